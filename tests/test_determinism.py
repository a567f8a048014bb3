"""Same inputs, same code: the same bytes in every file, wherever, whenever and however the report is made."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import surroundings
from conftest import BIN, PROJECT, SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.run import runner

pytestmark = pytest.mark.long

MAKE = """
import os, sys
from pathlib import Path
from giamngheo import opened
from giamngheo.run import runner
os.umask(0o077)
runner.make(opened(sys.argv[1], int(sys.argv[2])), Path(sys.argv[3]), sys.argv[4], say=lambda _: None)
"""
ELSEWHERE = {
    "papermill's own kernel": ("kernel", {}),
    "the first place on earth to begin a day, in Turkish": (
        "warm", {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
    ),
    "the last place on earth to end it, in no language": (
        "warm", {"TZ": "Etc/GMT+12", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0",
                 "OMP_NUM_THREADS": "4", "COLUMNS": "40"},
    ),
}  # fmt: skip


def bytes_of(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIAMNGHEO_DATA", str(PROJECT / "data"))
        return bytes_of(runner.make(opened(SEED, SEED_YEAR), tmp_path_factory.mktemp("here"), say=lambda _: None))


@pytest.mark.parametrize("engine, environment", ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_the_same_bytes_elsewhere(here, engine, environment, tmp_path):
    place = tmp_path / "một nơi khác"
    place.mkdir()
    command = [sys.executable, "-c", MAKE, SEED, str(SEED_YEAR), "kết quả", engine]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTEST"))}
    subprocess.run(command, cwd=place, env=own | environment, check=True)
    assert bytes_of(place / "kết quả" / SEED / str(SEED_YEAR)) == here


@pytest.mark.parametrize("engine", ["warm", "kernel"])
def test_the_same_bytes_in_a_home_full_of_settings(here, engine, tmp_path):
    place = tmp_path / "nhà của người khác"
    settings = surroundings.hostile(place)
    command = [BIN / "giamngheo", "report", "--unit", SEED, "--year", str(SEED_YEAR), "--data", PROJECT / "data", "--engine", engine]
    ran = subprocess.run([*command, "--out", "kết quả"], cwd=place / "own", env=os.environ | settings, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert bytes_of(place / "own" / "kết quả" / SEED / str(SEED_YEAR)) == here
