"""How many small changes of the code the tests notice: mutmut's mutants in the rooms that reckon, read and judge.

    python benchmarks/mutants.py [room …] [--sample N]

Each mutant changes one thing in one function; it is killed where a test that reaches the function goes red. mutmut makes
the mutants; they are run here: pytest collects the tests of a room once, then a process is forked for each mutant, puts
the changed code into the function and runs the tests that reach it, the fastest first, until one goes red. A mutant
that spends five times the processor time of its tests and twenty seconds more does not end; that counts as killed, in a
column of its own, and does not depend on what else the machine does. With `--sample N` N mutants of each room, drawn
with a fixed seed, stand for the others. Written to `benchmarks/mutants.md`, one room without touching the others: the
share killed, and each change that no test noticed. A run that is stopped (Ctrl-C) counts what it has tried. Functions
with a decorator that mutmut does not know are not changed.
"""

import argparse
import ast
import contextlib
import difflib
import functools
import gc
import importlib
import itertools
import json
import math
import os
import pickle
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import NamedTuple

import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation.file_mutation import mutate_file_contents

PROJECT = Path(__file__).parents[1]
# For each room the tests that stand nearest to it, run in one process and are fast.
ROOMS = {
    "law": ("law_guards", "standards", "law_files", "law_2026"),
    "figures": ("figures_guards", "results", "guards", "trace", "budget"),
    "checks": ("checks_guards", "data_checks", "past_years", "marked_copies", "law_2026", "placeholders", "findings", "two_standards"),
    "reconcile": ("reconcile", "reconcile_answers", "reconcile_guards", "reconcile_proof", "reconcile_reading", "reconcile_text"),
    "intake": ("data_csv", "excel", "form", "intake_guards", "narrative", "markdown", "letterhead", "template", "office", "tables_received",
               "two_standards", "new_unit"),
}
SLOW, ENOUGH = 3.0, 30.0  # seconds: of one test, a slower one is left out; of all tests of a mutant
PAGE = Path(__file__).with_name("mutants.md")
SEED = 7
HEAD = """# Mutants

Made by `make mutants`: one small change of one function at a time; does a test go red? A sample (`--sample N`, drawn with
seed 7) stands for its room; its share has the 95 % interval. "Does not end" counts as killed: five times the processor
time of its tests and twenty seconds more were not enough.

| room | mutants | tried | killed | does not end | survived | no test | share |
|---|---|---|---|---|---|---|---|
"""
ROW = re.compile(r"^\| (\w+) \| \d.*$", re.MULTILINE)
PART = re.compile(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
# Changes that change nothing, by what stands before and after the arrow.
SAME = {
    "the name of an encoding": r"""['"](utf-8|utf-8-sig|ascii)['"].* → .*['"](UTF-8|UTF-8-SIG|ASCII)['"]""",
    "both are of one length": r"strict=True.* → (?!.*strict=True)|(strict=True.*){2} → (?!(.*strict=True){2})",
    "a sign in the place of what is left out, nothing looks for it": r"sub\('§'.* → .*'XX§XX'",
    "no year is written with three digits": r"year > 99 .* → .*year > 100 ",
    "the dictionary is then asked anew": r"described = dictionary.*described = None|described=described.* → (?!.*described=described)",
    "false as well": r"index=False.* → .*index=None",
    "a name that nothing asks for": r"trace\.figure\(values, table, column, ''.* → .*'XXXX'",
    "no sign is nought": r"sign > 0 .* → .*sign >= 0 ",
    "a row that begins on a day is in force on it": r"> day\.isoformat.* → .*>= day\.isoformat",
    "no line is told either way": r"_wrong\(path, 0, .* → .*_wrong\(path, None, ",
    "empty as well": r"header: list\[str\] = \[\].* → .*header: list\[str\] = None",
    "a folder that is not there does not change": r"is_dir\(\) else 0.* → .*is_dir\(\) else 1",
    "no figure has an X in it": r"strip\('0\.,'\).* → .*strip\('XX0\.,XX'\)",
    "another first value to try": r"SCALES\[0\].* → .*SCALES\[1\]",
    "Excel's columns may be written small": r"'A\d?'.* → .*'a\d?'",
}
KILLED, ENDLESS, SURVIVED, UNTESTED, UNTRIED = "killed", "does not end", "survived", "no test", "not tried"


class Mutant(NamedTuple):
    """One changed function: where it is, the code to put into it, its defaults, and the change as text."""

    function: FunctionType
    code: CodeType
    defaults: tuple | None
    named: dict | None
    change: str

    def switch_on(self) -> None:
        self.function.__code__, self.function.__defaults__, self.function.__kwdefaults__ = self[1:4]


# the mutants ------------------------------------------------------------------------------------------


def made(room: str) -> dict[str, Mutant]:
    """The mutants of a room by name: `law.dated.Law.rows 3`."""
    found = {}
    for path in sorted((PROJECT / "lib" / "giamngheo" / room).rglob("*.py")):
        dotted = ".".join(path.relative_to(PROJECT / "lib").with_suffix("").parts).removesuffix(".__init__")
        module, written = importlib.import_module(dotted), mutate_file_contents(str(path), path.read_text(encoding="utf-8"))
        nodes = {node.name: node for node in ast.walk(ast.parse(written.code)) if isinstance(node, ast.FunctionDef)}
        codes = dict(functions(compile(written.code, str(path), "exec")))
        for name in written.mutant_names:
            plain, _, number = name.partition("__mutmut_")
            place = plain.removeprefix("x_").replace("xǁ", "").replace("ǁ", ".")
            function = plain_function(functools.reduce(lambda owner, part: vars(owner)[part], place.split("."), module))
            old, new = nodes[f"{plain}__mutmut_orig"], nodes[name]
            defaults, named = changed_defaults(function, old.args, new.args)
            mutant = Mutant(function, codes[name], defaults, named, difference(old, new))
            found[f"{dotted.removeprefix('giamngheo.')}.{place} {number}"] = mutant
    return found


def functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """The code of every changed function within that of a module, by name."""
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield part.co_name, part
            if "__mutmut_" not in part.co_name:
                yield from functions(part)


def plain_function(found: object) -> FunctionType:
    """The function itself within a method or property."""
    found = getattr(found, "__func__", None) or getattr(found, "fget", None) or getattr(found, "func", None) or found
    return getattr(found, "__wrapped__", found)


def changed_defaults(function: FunctionType, old: ast.arguments, new: ast.arguments) -> tuple[tuple | None, dict | None]:
    """The defaults of the changed function; those of the function where they are not what was changed."""
    defaults, named = function.__defaults__, function.__kwdefaults__
    if [*map(ast.dump, old.defaults)] != [*map(ast.dump, new.defaults)]:
        defaults = tuple(eval(ast.unparse(one), function.__globals__) for one in new.defaults)
    given = {arg.arg: one for arg, one in zip(new.kwonlyargs, new.kw_defaults, strict=True) if one}
    if [ast.dump(one) for one in old.kw_defaults if one] != [ast.dump(one) for one in given.values()]:
        named = {name: eval(ast.unparse(one), function.__globals__) for name, one in given.items()}
    return defaults, named


def difference(old: ast.FunctionDef, new: ast.FunctionDef) -> str:
    """What was changed: `line before` → `line after`."""
    texts = [ast.unparse(one).replace(one.name, "", 1).splitlines() for one in (old, new)]
    lines = [line for line in difflib.ndiff(*texts) if line[0] in "-+"]
    sides = (" ".join(line[2:].strip() for line in lines if line[0] == sign) for sign in "-+")
    return " → ".join(f"`{side}`" for side in sides)


# a room's tests, once for each mutant -----------------------------------------------------------------


def forked(work: Callable[[], object], seconds: int) -> tuple[object, int]:
    """What `work` gives in a process of its own with so much processor time, and how that ended: 0, or minus a signal."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
        signal.alarm(10 * seconds)  # one that only waits
        try:
            with os.fdopen(write, "wb") as answer, open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                pickle.dump(work(), answer)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        said = answer.read()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return (pickle.loads(said) if said and not ended else None), ended


class Run:
    """A plugin of pytest that runs the collected tests once with the code as it is, then those of each chosen mutant."""

    def __init__(self, room: str, sample: int | None):
        self.room, self.sample = room, sample
        self.results: dict[str, tuple[str, str]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Answers that the unchanged code has kept would hide a change."""
        for module in [module for name, module in sys.modules.items() if name.startswith("giamngheo.")]:
            for kept in [value for value in vars(module).values() if hasattr(value, "cache_clear")]:
                kept.cache_clear()
        if "laws" in sys.modules:
            vars(sys.modules["laws"].LAW).update(_read={}, _maps={})

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        mutants = made(self.room)
        reaching = self.reaching(session.items, {mutant.function.__code__ for mutant in mutants.values()})
        some = min(self.sample or len(mutants), len(mutants))
        chosen = random.Random(SEED).sample(sorted(mutants), some)  # in this order: what a stopped run tried is a sample too
        self.results = {name: (UNTRIED, mutant.change) for name, mutant in mutants.items()}
        gc.freeze()
        for at, name in enumerate(chosen, start=1):
            mutant = mutants[name]
            self.results[name] = (self.result(mutant, reaching.get(where(mutant.function.__code__), [])), mutant.change)
            if self.results[name][0] in (SURVIVED, UNTESTED):
                print(f"{self.results[name][0]}: {name}: {mutant.change}", flush=True)
            if at % 25 == 0:
                print(f"{at}/{some}", dict(Counter(result for result, _ in self.results.values())), flush=True)
        return True

    def reaching(self, tests: list[pytest.Item], codes: set[CodeType]) -> dict[tuple, list[tuple[float, pytest.Item]]]:
        """For each function, by its place, the tests that call it and are not slow, the fastest first."""
        timed, _ = forked(lambda: [clean(test, codes) for test in tests], 3600)
        found: dict[tuple, list[tuple[float, pytest.Item]]] = {}
        for test, (seconds, called) in sorted(zip(tests, timed, strict=True), key=lambda one: one[1][0]):
            for function in called if seconds < SLOW else ():
                found.setdefault(function, []).append((seconds, test))
        return found

    def result(self, mutant: Mutant, timed: list[tuple[float, pytest.Item]]) -> str:
        """What becomes of a mutant; of many tests only so many that they take `ENOUGH` seconds together.

        The test that went red comes first for the next mutant of the function.
        """
        spent = itertools.accumulate(seconds for seconds, _ in timed)
        tests = [test for before, (seconds, test) in zip(spent, timed, strict=True) if before - seconds < ENOUGH]
        if not tests:
            return UNTESTED
        seconds = int(20 + 5 * min(sum(one for one, _ in timed), ENOUGH))
        red, ended = forked(lambda: mutant.switch_on() or next((at for at, test in enumerate(tests) if fails(test)), None), seconds)
        if red:
            timed.insert(0, timed.pop(red))
        if ended in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGALRM):
            return ENDLESS
        return KILLED if red is not None or ended < 0 else SURVIVED


def clean(test: pytest.Item, codes: set[CodeType]) -> tuple[float, set[tuple]]:
    """The processor time of a test with the code as it is, and the places of the functions it calls."""
    called: set[tuple] = set()

    def note(frame: FrameType, event: str, argument: object) -> None:
        if frame.f_code in codes:
            called.add(where(frame.f_code))

    begun = time.process_time()
    sys.settrace(note)
    red = fails(test)
    sys.settrace(None)
    if red:
        print(f"red with the code as it is, left out: {test.nodeid}", file=sys.stderr)
    return math.inf if red else time.process_time() - begun, called


def where(code: CodeType) -> tuple:
    return code.co_filename, code.co_firstlineno, code.co_qualname


def fails(test: pytest.Item) -> bool:
    """Run one test; whether it is red."""
    return any(report.outcome == "failed" for report in runtestprotocol(test, log=False, nextitem=None))


def inside(room: str, sample: int | None, answer: Path) -> None:
    """In the copy: the room's mutants and what became of each, as JSON."""
    os.chdir(PROJECT)
    run = Run(room, sample)
    tests = [f"tests/test_{name}.py" for name in ROOMS[room]] + [f"lib/giamngheo/{room}"]
    pytest.main(["-q", "-p", "no:xdist", "-p", "no:cacheprovider", *tests], plugins=[run])
    answer.write_text(json.dumps(run.results), encoding="utf-8")


def tried(room: str, sample: int | None) -> dict[str, tuple[str, str]]:
    """What became of each mutant of a room, tried in a copy of the project that it may damage."""
    with tempfile.TemporaryDirectory() as folder:
        ignored = shutil.ignore_patterns(".venv", ".git", "outputs", "__pycache__")
        project = Path(shutil.copytree(PROJECT, Path(folder) / "project", ignore=ignored))
        (project / "outputs").mkdir()
        conftest = project / "tests" / "conftest.py"
        fewer = conftest.read_text(encoding="utf-8").replace("max_examples=50", "max_examples=8")
        conftest.write_text(fewer, encoding="utf-8")
        answer = Path(folder) / "answer.json"
        command = [sys.executable, project / "benchmarks" / "mutants.py", room, "--inside", answer]
        command += ["--sample", str(sample)] if sample else []
        there = os.environ | {"PYTHONPATH": f"{project / 'lib'}{os.pathsep}{project / 'tests'}"}
        with subprocess.Popen(command, env=there) as run, contextlib.suppress(KeyboardInterrupt):
            run.wait()
        return json.loads(answer.read_text(encoding="utf-8"))


# the page ---------------------------------------------------------------------------------------------


def interval(killed: int, number: int) -> tuple[int, int]:
    """The 95 % interval of a share found in a sample, in percent: Wilson, 1927."""
    z, share = 1.96, killed / number
    centre, half = share + z * z / (2 * number), z * math.sqrt(share * (1 - share) / number + z * z / (4 * number**2))
    least, most = (round(100 * (centre + side * half) / (1 + z * z / number)) for side in (-1, 1))
    return least, most


def row(room: str, told: dict[str, tuple[str, str]]) -> str:
    """The room's line of the table."""
    counts = Counter(result for result, _ in told.values())
    number, ended = len(told) - counts[UNTRIED], counts[KILLED] + counts[ENDLESS]
    share = f"{100 * ended // max(1, number)} %"
    if counts[UNTRIED]:
        least, most = interval(ended, number)
        share += f" ({least}–{most} %)"
    cells = [room, len(told), number, *(counts[name] for name in (KILLED, ENDLESS, SURVIVED, UNTESTED)), share]
    return f"| {' | '.join(map(str, cells))} |"


def why(change: str) -> str:
    """Why a change changes nothing, where that is known."""
    return next((f" – {reason}" for reason, shape in SAME.items() if re.search(shape, change)), "")


def left(told: dict[str, tuple[str, str]]) -> str:
    """A line for each change that no test noticed: the function, the line before and after."""
    lines = [
        f"- {name.rpartition(' ')[0]}{' (no test)' * (result == UNTESTED)}: {change}{why(change)}"
        for name, (result, change) in told.items()
        if result in (SURVIVED, UNTESTED)
    ]
    return "\n".join(lines) + "\n\n"


def write(room: str, told: dict[str, tuple[str, str]]) -> None:
    """One room's row and survivors go into the page; those of the other rooms stay as they are."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    rows = {found[1]: found[0] for found in ROW.finditer(page)} | {room: row(room, told)}
    parts = dict(PART.findall(page)) | {room: left(told)}
    text = HEAD + "".join(f"{rows[name]}\n" for name in ROOMS if name in rows) + "\nWhat survived:\n\n"
    text += "".join(f"## {name}\n\n{parts[name].rstrip()}\n\n" for name in ROOMS if name in parts)
    PAGE.write_text(text.rstrip() + "\n", encoding="utf-8")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    given.add_argument("rooms", nargs="*", choices=ROOMS, default=list(ROOMS))
    given.add_argument("--sample", type=int)
    given.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    asked = given.parse_args()
    for room in asked.rooms:
        if asked.inside:
            inside(room, asked.sample, asked.inside)
        else:
            told = tried(room, asked.sample)
            write(room, told)
            print(row(room, told))


if __name__ == "__main__":
    main()
