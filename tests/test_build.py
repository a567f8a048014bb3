"""One list of dependencies, said the same everywhere; the commands that are promised exist."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
import yaml

from conftest import PROJECT

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
READMES = ["README.md", "README.vi.md"]
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
WANTED = [*PYPROJECT["project"]["dependencies"], *(entry for extra in EXTRAS.values() for entry in extra)]


def name(requirement):
    return re.split(r"[^A-Za-z0-9_.-]", requirement.strip())[0].lower().replace("_", "-").replace(".", "-")


def locked():
    """The lock's packages by name, each with its version and its lines."""
    packages = re.split(r"\n(?=[A-Za-z0-9])", "\n" + LOCK)[1:]
    return {name(package): package for package in packages}


def test_conda_installs_what_pyproject_names():
    environment = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in environment if isinstance(entry, dict))
    assert [entry for entry in pip if not entry.startswith("--")] == PYPROJECT["project"]["dependencies"]
    assert [entry for entry in pip if entry.startswith("--")] == ["--editable ."]
    assert f"python{PYPROJECT['project']['requires-python']}" in environment


def test_the_lock_holds_every_dependency_and_every_extra():
    assert [entry for entry in WANTED if name(entry) not in locked()] == []


def test_the_locked_versions_are_those_pyproject_asks_for():
    for entry in WANTED:
        least = re.search(r">=([\d.]+)", entry)[1]
        pinned = re.search(r"==([\d.]+)", locked()[name(entry)])[1]
        assert [int(part) for part in pinned.split(".")] >= [int(part) for part in least.split(".")], entry


def test_nothing_is_locked_that_nobody_asks_for():
    asked = {name(entry) for entry in WANTED}
    without = [package for package, lines in locked().items() if "# via" not in lines]
    assert [package for package in without if package not in asked] == []


def test_every_locked_package_is_pinned_and_hashed():
    loose = [
        package
        for package, lines in locked().items()
        if not re.search(r"==\S+", lines) or not re.search(r"--hash=sha256:[0-9a-f]{64}", lines)
    ]
    assert loose == []
    assert len(locked()) > 50


def test_what_the_library_imports_is_locked_and_no_tool_of_the_tests():
    imported = set()
    for path in (PROJECT / "lib").rglob("*.py"):
        code = path.read_text(encoding="utf-8")
        imported |= set(re.findall(r"^ *(?:from|import) ([A-Za-z_]\w*)", code, re.MULTILINE))
    provided = packages_distributions()
    packages = {name(provided[module][0]) for module in imported & set(provided)} - {"giamngheo"}
    assert packages <= set(locked())
    assert packages & {name(entry) for entry in EXTRAS["test"]} == set()
    assert imported - set(provided) - sys.stdlib_module_names - {"giamngheo"} == set()


# commands -----------------------------------------------------------------------------------------


def make(*arguments):
    return subprocess.run(
        ["make", *arguments], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout


def targets():
    """The targets of the Makefile that a person may ask for."""
    return re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)


def test_make_alone_lists_every_target_with_what_it_does():
    listed = dict(re.findall(r"^  make (\S+) +(\S.*)$", make(), re.MULTILINE))
    assert list(listed) == targets()


def test_every_target_is_phony():
    phony = re.search(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)[1].split()
    assert sorted(phony) == sorted(targets())
    assert ".DELETE_ON_ERROR:" in MAKEFILE


@pytest.mark.parametrize("readme", READMES)
def test_the_commands_of_the_readme_exist(readme):
    text = (PROJECT / readme).read_text(encoding="utf-8")
    used = re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)
    assert used
    assert set(used) <= set(targets())
    verbs = set(re.findall(r"giamngheo ([a-z-]+) ", "\n".join(re.findall(r"`([^`]*)`", text))))
    listed = subprocess.run(
        [sys.executable, "-m", "giamngheo", "--help"], capture_output=True, text=True, cwd=PROJECT
    )
    assert [verb for verb in verbs if f"  {verb}" not in listed.stdout] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_files_the_readme_names_exist(readme):
    text = (PROJECT / readme).read_text(encoding="utf-8")
    linked = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in linked if not (PROJECT / link).exists()] == []


def test_the_check_on_a_clean_machine_gives_the_readmes_test_commands():
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for command in ("make test", "make test-long"):
        assert re.search(rf"^{command}$", script, re.MULTILINE)
        assert re.search(rf"^{command}(?: |$)", readme, re.MULTILINE)
    assert (PROJECT / ".ci" / "run").stat().st_mode & 0o111


def test_make_report_gives_its_unit_and_year_to_the_command_line():
    said = make("--dry-run", "--assume-old=.venv/.ready", "report", "UNIT=00123", "YEAR=2024")
    assert "giamngheo report --unit 00123 --year 2024" in said


def test_what_is_not_committed_is_ignored():
    ignored = (PROJECT / ".gitignore").read_text(encoding="utf-8").split()
    assert {".venv/", "__pycache__/", "outputs/*", "!outputs/README.md"} <= set(ignored)


@pytest.mark.parametrize("entry", PYPROJECT["project"]["entry-points"]["nbconvert.exporters"].values())
def test_the_registered_exporters_are_there(entry):
    module, _, attribute = entry.partition(":")
    assert hasattr(__import__(module, fromlist=[attribute]), attribute)


def test_the_projects_texts_name_no_machine():
    suspicious = re.compile(r"(?<![\w.:/])/(?:home|root|work|Users)/\w|[A-Z]:\\Users")
    folders = ("lib", "tests", "data", "docs", "notebooks", ".ci")
    files = [path for folder in folders for path in (PROJECT / folder).rglob("*") if path.is_file()]
    files += [path for path in PROJECT.iterdir() if path.is_file()]
    named = []
    for path in files:
        if path.suffix in {".py", ".md", ".csv", ".yml", ".toml", ".ipynb", ".typ", ".html", ".css", ""}:
            named += [
                path.name
                for line in path.read_text(encoding="utf-8", errors="ignore").splitlines()
                if suspicious.search(line)
            ]
    assert set(named) - {"test_build.py", "test_seed.py"} == set()
