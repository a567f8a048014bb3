"""A project folder that was copied or moved does not run the old folder's code, nor with other line ends."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import PROJECT, finished, program
from giamngheo import opened
from giamngheo.findings import DataError


@pytest.fixture
def copied(tmp_path) -> Path:
    """A copy of the project without its environment, whose commands are those of the old folder."""
    new = tmp_path / "bản sao"
    for name in ("lib", "data", "notebooks"):
        shutil.copytree(PROJECT / name, new / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "Makefile", new)
    return new


def refusal(place: Path) -> str:
    return (
        f"{place}: thư mục này có thư viện riêng, nhưng thư viện đang chạy nằm ở {PROJECT / 'lib' / 'giamngheo'}. "
        "Cách sửa: vào thư mục này rồi chạy make report (hay lệnh make khác): make lập lại .venv ở đây."
    )


@pytest.mark.parametrize("verb", ["report", "check"])
def test_the_old_folders_command_is_refused_in_the_new_one(copied, verb):
    run = program("giamngheo", verb, cwd=copied)
    said, complaint = run.communicate(timeout=60)
    assert (run.returncode, said, complaint) == (1, "", refusal(copied) + "\n")
    assert not (copied / "outputs").exists()


def test_the_new_folders_data_are_not_read_by_the_old_folders_library(copied, tmp_path):
    run = program("giamngheo", "check", "--data", copied / "data", cwd=tmp_path)
    assert run.communicate(timeout=60)[1] == refusal(copied) + "\n"


def test_a_notebook_of_the_new_folder_is_not_run_by_the_old_folders_kernel(copied, monkeypatch):
    monkeypatch.delenv("GIAMNGHEO_DATA")
    monkeypatch.chdir(copied / "notebooks")
    with pytest.raises(DataError) as refused:
        opened("kong-long-khong", 2022)
    assert str(refused.value) == refusal(copied)


def test_the_new_folders_own_library_is_taken(copied):
    finished(program("giamngheo", "check", "--names", cwd=copied, PYTHONPATH=str(copied / "lib")))


def plan(folder: Path, made_at: str) -> str:
    """What `make` would do about an environment that was made for the folder `made_at`."""
    (folder / ".venv").mkdir()
    (folder / ".venv" / "pyvenv.cfg").write_text(f"command = python3 -m venv {made_at}/.venv\n", encoding="utf-8")
    for name in ("requirements.lock", "pyproject.toml", ".venv/.ready"):
        (folder / name).touch()
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}  # not under `make test`
    run = {"env": alone, "capture_output": True, "text": True, "check": True}
    return subprocess.run(["make", "-n", ".venv/.ready"], cwd=folder, **run).stdout


def test_make_takes_an_environment_that_was_made_here(copied):
    assert "-m venv" not in plan(copied, str(copied))


def test_make_makes_an_environment_anew_that_was_moved_here(copied):
    assert plan(copied, "/nơi/cũ").startswith("python3 -m venv --clear .venv\n")


def test_make_installs_from_a_folder_of_wheels_where_there_is_one_and_asks_no_network(copied):
    before = plan(copied, "/nơi/cũ")
    (copied / "wheels").mkdir()
    (copied / "wheels" / "a-1-py3-none-any.whl").touch()
    shutil.rmtree(copied / ".venv")
    installs = [line for line in plan(copied, "/nơi/cũ").splitlines() if " install " in line]
    assert "--no-index" not in before
    assert [" --no-index --find-links wheels " in line for line in installs] == [True] * 3


def test_a_clone_that_changes_line_ends_has_the_same_files(tmp_path):
    """What is hashed into the key is the bytes on disk, so `.gitattributes` says which bytes."""
    run = {"check": True, "capture_output": True}
    files = ("lib", "data", "notebooks", ".gitattributes")
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    origin.mkdir()
    for name in files:
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, origin / name)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false"]
    subprocess.run([*git, "init", "-q"], cwd=origin, **run)
    subprocess.run([*git, "add", "."], cwd=origin, **run)
    subprocess.run([*git, "commit", "-qm", "a"], cwd=origin, **run)
    subprocess.run(["git", "-c", "core.autocrlf=true", "clone", "-q", origin, clone], **run)
    names = [path.relative_to(clone) for path in clone.rglob("*") if path.is_file() and ".git" not in path.parts]
    assert len(names) > 200
    assert [str(name) for name in names if (clone / name).read_bytes() != (PROJECT / name).read_bytes()] == []
