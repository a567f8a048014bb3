"""How many small changes of the code the tests notice: mutmut over the rooms that reckon, read and judge.

    python benchmarks/mutants.py [room …]

Each mutant changes one thing in one function; it is killed where a test that reaches the function goes red. Written
to `benchmarks/mutants.md`: the share killed in each room, and the survivors. Functions with a decorator that mutmut
does not know are not changed. Takes about a quarter of a second for each mutant.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).parents[1]
# For each room the tests that stand nearest to it and run in one process.
ROOMS = {
    "law": ("standards", "trace", "poverty", "letterhead", "data_checks"),
    "figures": ("poverty", "budget", "trace", "results", "tables"),
    "checks": ("data_checks", "results", "findings", "newyear", "reconcile"),
    "reconcile": ("reconcile", "reconcile_answers", "reconcile_properties", "reconcile_published", "reconcile_reading"),
    "intake": ("data_csv", "excel", "data_properties", "narrative", "letterhead", "template"),
}
RESULT = Path(__file__).with_name("mutants.md")
KILLED = ("killed", "timeout")
LINE = re.compile(r"^\s+(\S+): (.+)$")
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = [{only}]
also_copy = ["data", "notebooks", "docs", "benchmarks", "outputs", "README.md", "README.vi.md", "Makefile"]
pytest_add_cli_args_test_selection = [{tests}]
pytest_add_cli_args = ["-p", "no:xdist", "-p", "no:cacheprovider"]
use_git_change_detection = false
"""


def quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def staged(folder: Path, room: str) -> Path:
    """A copy of the project for mutmut, which wants the library in `src` and its changed copy in `mutants/src`."""
    ignored = shutil.ignore_patterns(".venv", ".git", "outputs", "__pycache__", "mutants")
    shutil.copytree(PROJECT, folder / "project", ignore=ignored)
    project = folder / "project"
    (project / "lib").rename(project / "src")
    (project / "outputs").mkdir()
    (project / "mutants" / "src").mkdir(parents=True)
    tests = [f"tests/test_{name}.py" for name in ROOMS[room]] + [f"src/giamngheo/{room}"]
    only = quoted([f"src/giamngheo/{room}/*"])
    with (project / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(only=only, tests=quoted(tests)))
    return project


def run(project: Path, jobs: int) -> dict[str, str]:
    """What became of each mutant, by its name: killed, survived, no tests …"""
    environment = os.environ | {"PYTHONPATH": str(project / "mutants" / "src")}
    mutmut = [sys.executable, "-m", "mutmut"]
    subprocess.run([*mutmut, "run", "--max-children", str(jobs)], cwd=project, env=environment, check=True)
    told = subprocess.run(
        [*mutmut, "results", "--all", "true"], cwd=project, env=environment, check=True, capture_output=True, text=True
    )
    return dict(match.groups() for line in told.stdout.splitlines() if (match := LINE.match(line)))


def written(results: dict[str, dict[str, str]]) -> str:
    """The page: a table of the rooms, then every mutant that no test noticed."""
    lines = ["# Mutants", "", "Made by `make mutants`: one small change of one function at a time; does a test go red?", ""]
    lines += ["| room | mutants | killed | share |", "|---|---|---|---|"]
    for room, told in results.items():
        killed = sum(result in KILLED for result in told.values())
        lines.append(f"| {room} | {len(told)} | {killed} | {100 * killed // max(1, len(told))} % |")
    left = [f"- `{mutant}`: {result}" for told in results.values() for mutant, result in told.items() if result not in KILLED]
    return "\n".join([*lines, "", "## Survivors", "", *left]) + "\n"


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    given.add_argument("rooms", nargs="*", choices=ROOMS, default=list(ROOMS))
    given.add_argument("--jobs", type=int, default=os.cpu_count())
    asked, results = given.parse_args(), {}
    for room in asked.rooms:
        with tempfile.TemporaryDirectory() as place:
            results[room] = run(staged(Path(place), room), asked.jobs)
        RESULT.write_text(written(results), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
