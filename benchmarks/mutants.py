"""How many small changes of the code the tests notice: mutmut over the rooms that reckon, read and judge.

    python benchmarks/mutants.py [room …] [--sample N] [--jobs N]

Each mutant changes one thing in one function; it is killed where a test that reaches the function goes red. A mutant
that ran out of time is tried again alone: only where it does not end there either is it counted, in a column of its own.
With `--sample N` N mutants of each room, drawn with a fixed seed, stand for the others. Written to `benchmarks/mutants.md`,
one room without touching the others: the share killed, and each change that no test noticed. Functions with a decorator
that mutmut does not know are not changed. Takes about a quarter of a second for each mutant on an idle machine.
"""

import argparse
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

PROJECT = Path(__file__).parents[1]
# For each room the tests that stand nearest to it, run in one process and are fast.
ROOMS = {
    "law": ("law_guards", "standards", "law_files", "law_2026"),
    "figures": ("figures_guards", "poverty", "budget", "trace", "results", "guards"),
    "checks": ("checks_guards", "data_checks", "placeholders", "past_years", "findings", "marked_copies", "guards", "law_2026"),
    "reconcile": ("reconcile", "reconcile_answers", "reconcile_guards", "reconcile_proof", "reconcile_reading", "reconcile_text"),
    "intake": ("data_csv", "excel", "form", "intake_guards", "narrative", "markdown", "letterhead", "template", "office"),
}
PAGE = Path(__file__).with_name("mutants.md")
SEED = 7
HEAD = """# Mutants

Made by `make mutants`: one small change of one function at a time; does a test go red? A sample (`--sample N`, drawn with
seed 7) stands for its room; its share has the 95 % interval. "Does not end" counts as killed: it ran out of time twice.

| room | mutants | tried | killed | does not end | survived | no test | share |
|---|---|---|---|---|---|---|---|
"""
ROW = re.compile(r"^\| (\w+) \| \d.*$", re.MULTILINE)
PART = re.compile(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
# Where the tests cannot even be loaded, pytest ends as if a person had stopped it; where conftest cannot, mutmut is wary.
RED = ("killed", "check was interrupted by user", "suspicious")
RESULT = re.compile(r"^\s+(\S+): (.+)$", re.MULTILINE)
CHANGED = re.compile(r"^[-+](?![-+]{2} )\s*(.*)$", re.MULTILINE)
# Changes that change nothing, by what stands before and after the arrow.
SAME = {
    "the name of an encoding": r'"(utf-8|utf-8-sig|ascii)".* → .*"(UTF-8|UTF-8-SIG|ASCII)"',
    "both are of one length": r"strict=True.* → (?!.*strict=True)",
}
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
only_mutate = [{only}]
also_copy = ["data", "notebooks", "docs", "benchmarks", "outputs", "README.md", "README.vi.md", "Makefile"]
pytest_add_cli_args_test_selection = [{tests}]
pytest_add_cli_args = ["-p", "no:xdist", "-p", "no:cacheprovider"]
timeout_multiplier = 30.0
use_git_change_detection = false
"""
# Joined to the copy's conftest: answers that the unchanged code has kept would hide a change.
FORGET = """

def pytest_runtest_setup(item):
    for name, module in list(sys.modules.items()):
        if name.startswith("giamngheo."):
            for kept in [value for value in vars(module).values() if hasattr(value, "cache_clear")]:
                kept.cache_clear()
    if "laws" in sys.modules:
        vars(sys.modules["laws"].LAW).update(_read={}, _maps={})
"""


def quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def staged(folder: Path, room: str) -> Path:
    """A copy of the project for mutmut, which wants the library in `src` and its changed copy in `mutants/src`."""
    ignored = shutil.ignore_patterns(".venv", ".git", "outputs", "__pycache__", "mutants")
    project = Path(shutil.copytree(PROJECT, folder / "project", ignore=ignored))
    (project / "lib").rename(project / "src")
    (project / "outputs").mkdir()
    (project / "mutants" / "src").mkdir(parents=True)
    tests = [f"tests/test_{name}.py" for name in ROOMS[room]] + [f"src/giamngheo/{room}"]
    only = quoted([f"src/giamngheo/{room}/*"])
    with (project / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS.format(only=only, tests=quoted(tests)))
    conftest = project / "tests" / "conftest.py"
    fewer = conftest.read_text(encoding="utf-8").replace("max_examples=50", "max_examples=8")
    conftest.write_text(fewer + FORGET, encoding="utf-8")
    return project


def mutmut(project: Path, *words: str, quiet: bool = False, check: bool = True) -> str:
    """What mutmut says; it must find the changed library before the installed one."""
    environment = os.environ | {"PYTHONPATH": str(project / "mutants" / "src")}
    command = [sys.executable, "-m", "mutmut", *words]
    output = subprocess.PIPE if quiet else None
    told = subprocess.run(command, cwd=project, env=environment, check=check, stdout=output, stderr=output, text=True)
    return told.stdout or ""


def results(project: Path) -> dict[str, str]:
    """What became of each mutant, by its name: killed, survived, no tests, timeout, not checked …"""
    told = RESULT.findall(mutmut(project, "results", "--all", "true", quiet=True))
    return {name: "killed" if result in RED else result for name, result in told}


def tried(project: Path, jobs: int, sample: int | None) -> dict[str, str]:
    """The results of all mutants or of a sample; the others stay "not checked"."""
    if sample is None:
        chosen = []
    else:
        mutmut(project, "run", "none", quiet=True, check=False)  # makes the mutants, then finds none of this name
        names = sorted(results(project))
        chosen = random.Random(SEED).sample(names, min(sample, len(names)))
    mutmut(project, "run", "--max-children", str(jobs), *chosen)
    late = [name for name, result in results(project).items() if result == "timeout"]
    if late:
        mutmut(project, "run", "--max-children", "1", *late)
    return results(project)


def interval(killed: int, number: int) -> tuple[int, int]:
    """The 95 % interval of a share found in a sample, in percent: Wilson, 1927."""
    z, share = 1.96, killed / number
    centre, half = share + z * z / (2 * number), z * math.sqrt(share * (1 - share) / number + z * z / (4 * number**2))
    return tuple(round(100 * (centre + side * half) / (1 + z * z / number)) for side in (-1, 1))


def row(room: str, told: dict[str, str]) -> str:
    """The room's line of the table."""
    counts = Counter(told.values())
    number = len(told) - counts["not checked"]
    ended = counts["killed"] + counts["timeout"]
    share = f"{100 * ended // max(1, number)} %"
    if counts["not checked"]:
        least, most = interval(ended, number)
        share += f" ({least}–{most} %)"
    left = number - ended - counts["no tests"]
    cells = [room, len(told), number, counts["killed"], counts["timeout"], left, counts["no tests"], share]
    return f"| {' | '.join(map(str, cells))} |"


def place(mutant: str) -> str:
    """The function a mutant changes: giamngheo.law.dated.xǁLawǁread__mutmut_3 -> law.dated.Law.read.

    >>> place("giamngheo.law.dated.xǁLawǁread__mutmut_3"), place("giamngheo.law.validity.x_in_force__mutmut_12")
    ('law.dated.Law.read', 'law.validity.in_force')
    """
    name = mutant.partition("__mutmut_")[0].removeprefix("giamngheo.")
    return re.sub(r"\bx_(?=\w+$)", "", name.replace("xǁ", "").replace("ǁ", "."))


def why(change: str) -> str:
    """Why a change changes nothing, where that is known."""
    return next((f" – {reason}" for reason, shape in SAME.items() if re.search(shape, change)), "")


def survivors(project: Path, told: dict[str, str]) -> str:
    """A line for each change that no test noticed: the function, the line before and after."""
    lines = []
    for mutant, result in told.items():
        if result not in ("killed", "timeout", "not checked"):
            change = " → ".join(f"`{line}`" for line in CHANGED.findall(mutmut(project, "show", mutant, quiet=True)))
            lines.append(f"- {place(mutant)}{' (no test)' if result == 'no tests' else ''}: {change}{why(change)}")
    return "\n".join(lines) + "\n\n"


def write(room: str, told: dict[str, str], left: str) -> None:
    """One room's row and survivors go into the page; those of the other rooms stay as they are."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    rows = {found[1]: found[0] for found in ROW.finditer(page)} | {room: row(room, told)}
    parts = dict(PART.findall(page)) | {room: left}
    text = HEAD + "".join(f"{rows[name]}\n" for name in ROOMS if name in rows) + "\nWhat survived:\n\n"
    text += "".join(f"## {name}\n\n{parts[name]}" for name in ROOMS if name in parts)
    PAGE.write_text(text.rstrip() + "\n", encoding="utf-8")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    given.add_argument("rooms", nargs="*", choices=ROOMS, default=list(ROOMS))
    given.add_argument("--jobs", type=int, default=os.cpu_count())
    given.add_argument("--sample", type=int)
    asked = given.parse_args()
    for room in asked.rooms:
        with tempfile.TemporaryDirectory() as folder:
            project = staged(Path(folder), room)
            told = tried(project, asked.jobs, asked.sample)
            write(room, told, survivors(project, told))
        print(row(room, told))


if __name__ == "__main__":
    main()
