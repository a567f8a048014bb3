"""The wheel alone, in an empty folder of a machine without the repository: `init`, then the same report to the byte."""

import json
import re
import socket
import subprocess
import time
import zipfile
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

import tools
from conftest import BIN, PROJECT, SEED, SEED_YEAR

pytestmark = pytest.mark.long

REFUSED = (
    "{}: đây chưa phải thư mục làm việc, vì không có các sổ tính ở notebooks. Cách sửa: chạy giamngheo init THƯ-MỤC để lập một "
    "thư mục làm việc, rồi chạy lại lệnh này trong đó.\n"
)
EVERY_VERB = """
from giamngheo import cli
for verb in cli.parser().verbs:
    if verb not in ("init", "reconcile"):
        print(verb, cli.main([verb, *({"import": ["bieu.xlsx"]}.get(verb, []))]))
"""
THEN = "Tiếp theo: vào thư mục ấy, đọc README.md, rồi chạy giamngheo report.\n"


def uv(*arguments: object) -> None:
    subprocess.run([tools.need(str(BIN / "uv")), *map(str, arguments)], check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("wheel")
    uv("build", "--wheel", "--out-dir", made, PROJECT)
    return next(made.glob("giamngheo-*.whl"))


@pytest.fixture(scope="module")
def programs(wheel, tmp_path_factory) -> Path:
    """The folder of programs of an environment that holds nothing but the wheel and the locked versions of what it needs."""
    made = tmp_path_factory.mktemp("env")
    uv("venv", "--quiet", "--python", BIN / "python", "--clear", made)
    uv("pip", "install", "--python", made / "bin" / "python", "--constraint", PROJECT / "requirements.lock", wheel)
    return made / "bin"


@pytest.fixture(scope="module")
def folder(programs, tmp_path_factory) -> Path:
    """A working folder that `init` has laid out."""
    place = tmp_path_factory.mktemp("outside")
    ran = run(programs / "giamngheo", "init", "Sổ của xã", cwd=place)
    assert (ran.returncode, ran.stderr) == (0, "")
    return place / "Sổ của xã"


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess:
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(cwd), "LANG": "C.UTF-8"}
    return subprocess.run(list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True)


def tracked(*below: str) -> set[str]:
    listed = ["git", "-c", "core.quotepath=off", "ls-files", *below]
    return set(subprocess.run(listed, cwd=PROJECT, check=True, capture_output=True, text=True).stdout.split("\n")) - {""}


def test_the_wheel_holds_the_library_and_the_workbook_once_and_nobodys_own_figures(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
    inside = "giamngheo/workbook/"
    sources = {
        f"{name.removeprefix(inside)}" if name.startswith(inside) else f"lib/{name}": content for name, content in held.items()
    }
    guides = {f"docs/{name}.md" for name in ("cum-may", "huong-dan", "thanh-tra", "tu-dien", "windows")}
    assert len(sources) == len(held)
    kept = {name for name in sources if (PROJECT / name).read_bytes() == sources[name]}
    assert kept == set(sources)
    wanted = tracked("notebooks", "data", "docs/images/*.png", "outputs") | guides
    assert {name for name in sources if not name.startswith("lib/")} == wanted
    assert {name for name in sources if name.startswith("lib/")} >= tracked("lib")


def test_without_init_every_verb_says_at_once_what_to_do(programs, tmp_path):
    ran = run(programs / "python", "-c", EVERY_VERB, cwd=tmp_path)
    said = ran.stdout.splitlines()
    assert len(said) >= 12 and {line.split()[1] for line in said} == {"1"}
    assert ran.stderr == REFUSED.format(tmp_path) * len(said)
    assert list(tmp_path.iterdir()) == []


def test_the_report_made_there_is_that_of_the_repository_to_the_byte(programs, folder, seed_reports):
    ran = run(programs / "giamngheo", "report", "--unit", SEED, "--year", SEED_YEAR, cwd=folder)
    assert (ran.returncode, ran.stderr) == (0, "")
    made, theirs = folder / "outputs" / SEED / str(SEED_YEAR), seed_reports[0]
    names = sorted(path.name for path in theirs.iterdir())
    assert sorted(path.name for path in made.iterdir()) == names
    assert [name for name in names if (made / name).read_bytes() != (theirs / name).read_bytes()] == []


def test_a_notebook_changed_there_is_the_one_that_runs(programs, folder):
    run(programs / "giamngheo", "report", "--unit", SEED, "--year", SEED_YEAR, cwd=folder)
    path = folder / "notebooks" / "02_budget.ipynb"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("budget.breakdown(lines, [])", "1 / 0"), encoding="utf-8")
    why = run(programs / "giamngheo", "why", "--unit", SEED, "--year", SEED_YEAR, cwd=folder)
    ran = run(programs / "giamngheo", "report", "--unit", SEED, "--year", SEED_YEAR, cwd=folder)
    path.write_text(before, encoding="utf-8")
    assert why.stdout == "mã: đổi notebooks/02_budget.ipynb\n"
    assert (ran.returncode, "ZeroDivisionError: division by zero" in ran.stderr) == (1, True)


def test_init_again_adds_what_is_missing_and_overwrites_nothing(programs, tmp_path):
    init = [programs / "giamngheo", "init", "."]
    assert run(*init, cwd=tmp_path).stdout == f"Thư mục làm việc: {tmp_path}, ghi thêm {len(tracked_parts())} tệp.\n{THEN}"
    (tmp_path / "data" / "standards.csv").write_text("của tôi\n", encoding="utf-8")
    (tmp_path / "notebooks" / "05_rollup.ipynb").unlink()
    (tmp_path / "outputs" / "README.md").unlink()
    (tmp_path / "outputs" / "README.md").symlink_to("không có")
    ran = run(*init, cwd=tmp_path)
    kept = "Đã có, khác bản của chương trình, giữ nguyên: "
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == (
        f"Thư mục làm việc: {tmp_path}, ghi thêm 1 tệp.\n{kept}data/standards.csv\n{kept}outputs/README.md\n{THEN}"
    )
    assert (tmp_path / "data" / "standards.csv").read_text(encoding="utf-8") == "của tôi\n"
    assert (tmp_path / "notebooks" / "05_rollup.ipynb").read_bytes() == (PROJECT / "notebooks" / "05_rollup.ipynb").read_bytes()
    assert (tmp_path / "outputs" / "README.md").is_symlink()


def tracked_parts() -> set[str]:
    """The files of a working folder: those of the workbook and its README."""
    guides = {f"docs/{name}.md" for name in ("cum-may", "huong-dan", "thanh-tra", "tu-dien", "windows")}
    return tracked("notebooks", "data", "docs/images/*.png", "outputs") | guides | {"README.md"}


def test_every_link_of_the_guides_leads_to_a_file_of_the_working_folder(folder):
    broken = []
    for page in folder.rglob("*.md"):
        links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
        broken += [(page.name, link) for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_in_the_repository_there_is_nothing_to_lay_out(tmp_path):
    ran = run(BIN / "giamngheo", "init", tmp_path / "mới", cwd=tmp_path)
    assert (ran.returncode, ran.stdout, list(tmp_path.iterdir())) == (1, "", [])
    assert ran.stderr == (
        f"giamngheo init: chương trình này chạy từ kho mã, ở đó đã có thư mục làm việc. Cách sửa: làm việc trong {PROJECT}.\n"
    )


def listens(port: int) -> bool:
    """Whether something answers at a port of this machine."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False


@contextmanager
def jupyterlab(programs: Path, folder: Path, home: Path):
    """The address of the JupyterLab that `giamngheo lab` starts in the working folder."""
    (home / "jupyter_server_config.json").write_text(json.dumps({"ServerApp": {"allow_root": True}}), encoding="utf-8")
    own = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8", "JUPYTER_TOKEN": "mo"}
    own |= {"JUPYTER_CONFIG_DIR": str(home), "JUPYTER_RUNTIME_DIR": str(home)}
    log = home / "lab.log"
    with log.open("w") as said:
        command = [programs / "giamngheo", "lab", "--no-browser", "--unit", SEED, "--year", str(SEED_YEAR)]
        started = subprocess.Popen(command, cwd=folder, env=own, stdout=said, stderr=said)
    try:
        until = time.monotonic() + 120
        while not ((found := re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text())) and listens(int(found[1]))):
            assert started.poll() is None and time.monotonic() < until, log.read_text()
            time.sleep(0.3)
        yield found[0].rstrip("/")
    finally:
        started.terminate()
        started.wait(30)


def test_jupyterlab_opens_the_notebooks_of_the_working_folder(programs, folder, tmp_path):
    with jupyterlab(programs, folder, tmp_path) as address:
        with urlopen(f"{address}/api/contents/notebooks?token=mo", timeout=30) as answer:
            listed = {entry["name"] for entry in json.load(answer)["content"]}
        with urlopen(f"{address}/api/contents/outputs/bat-dau.md?token=mo", timeout=30) as answer:
            start = json.load(answer)["content"]
    assert listed == {path.name for path in (PROJECT / "notebooks").glob("*.ipynb")}
    assert f"Đang mở: đơn vị `{SEED}`, năm {SEED_YEAR}." in start
