"""Files with things put into them, as typing, copying and converting do: what is read, refused, changed in silence?

    python benchmarks/mutations.py [--each 2500]

Writes `benchmarks/mutations.md`. A number that would be printed otherwise than it is written, and any error that is no
finding, is wrong and printed as it was put together.
"""

import argparse
import datetime as dt
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

PROJECT = Path(__file__).parents[1]
sys.path.insert(0, str(PROJECT / "tests"))
import mutations  # noqa: E402
import test_displayed_properties as displayed  # noqa: E402

QUIET: dict = {"phases": [Phase.generate], "suppress_health_check": list(HealthCheck), "deadline": None, "database": None}
RESULTS = PROJECT / "benchmarks" / "mutations.md"
HEAD = """\
# Mutations

Files of a small commune with letters, marks, formats and encodings put into them; `make mutations` writes this file. What is read is
held against an independent reading of the written text; *changed* and *traceback* must be 0.

| What | Tried | Read | Refused | Changed | Traceback | When, where |
|---|---|---|---|---|---|---|
"""


@contextmanager
def judged(kind: str, answers: Counter, given: str = "") -> Iterator[None]:
    """Count a number that changed, or an error that is no finding, and say what was `given`."""
    try:
        yield
    except AssertionError as changed:
        answers["changed"] += 1
        print(f"{kind}: {str(changed)[:300]}{given}", flush=True)
    except Exception as error:
        answers["traceback"] += 1
        print(f"{kind}: {type(error).__name__}: {error}{given}", flush=True)


def tried(kind: str, many: int) -> Counter:
    """What became of so many mutated files of a kind; each that is wrong is said."""
    answers: Counter = Counter()

    @seed(1)
    @settings(max_examples=many, **QUIET)
    @given(mutations.EDITS, mutations.ENCODINGS)
    def one(edits, encoding):
        whole = sum(answers.values()) % mutations.WHOLE == 0
        with judged(kind, answers, f"\n    {edits} {encoding}"):
            answers[mutations.KINDS[kind](edits, encoding, whole)] += 1

    one()
    return answers


def formatted(many: int) -> Counter:
    """What became of so many cells of workbooks with formats and looks put on them, or characters into them."""
    answers: Counter = Counter()
    cells, texts = (st.lists(one(), min_size=displayed.CELLS, max_size=displayed.CELLS) for one in (displayed.numbers, displayed.texts))
    trials = {
        displayed.test_a_count_in_a_workbook_is_read_as_it_is_seen_or_refused: (cells,),
        displayed.test_a_count_as_text_is_read_as_it_is_seen_or_refused_in_csv: (texts,),
        displayed.test_a_count_as_text_is_read_as_it_is_seen_or_refused_in_a_workbook: (texts, st.integers(0, 3)),
    }
    for trial, strategies in trials.items():
        books_of(trial, strategies, -(-many // len(trials) // displayed.CELLS), answers)
    return answers


def books_of(trial, strategies: tuple, many: int, answers: Counter) -> None:
    """Try so many workbooks or files of cells, and count what became of their cells."""

    @seed(2)
    @settings(max_examples=many, **QUIET)
    @given(st.tuples(*strategies))
    def one(told):
        with judged("cells", answers):
            trial.hypothesis.inner_test(*told)
            answers["read or refused"] += displayed.CELLS

    one()


def row(kind: str, answers: Counter, began: float) -> str:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.strip()
    where = f"{dt.date.today()}, Python {platform.python_version()}, {commit}, {time.monotonic() - began:.0f} s"
    read = answers["read or refused"] or answers["read"]
    together = "with refused" if answers["read or refused"] else answers["refused"]
    return f"| {kind} | {sum(answers.values())} | {read} | {together} | {answers['changed']} | {answers['traceback']} | {where} |\n"


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--each", type=int, default=2000, help="files of each kind")
    each = asked.parse_args().each
    rows, wrong = [], 0
    for kind in [*mutations.KINDS, "cells of workbooks and CSV files"]:
        began = time.monotonic()
        answers = tried(kind, each) if kind in mutations.KINDS else formatted(each)
        wrong += answers["changed"] + answers["traceback"]
        rows.append(row(kind, answers, began))
        print(rows[-1], end="", flush=True)
        RESULTS.write_text(HEAD + "".join(rows), encoding="utf-8")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
