"""What is said of bodies of figures, word for word, and that no row is missing or one too many.

`reconciled.txt` holds the cases: figures as in `claims.claims`, a blank line, then what must be said of them:

    verdict [check, place, year, lines] arithmetic | printed | computed | difference
        a correction, the smallest first
    whether the figures can all be true
"""

from pathlib import Path

import pytest

from claims import claims
from giamngheo import reconcile

CASES = [case.partition("\n") for case in Path(__file__).with_name("reconciled.txt").read_text("utf-8").split("## ")[1:]]


@pytest.mark.parametrize("case", [case for _, _, case in CASES], ids=[name for name, _, _ in CASES])
def test_every_check_of_the_figures_is_told_in_full(case):
    figures, _, expected = case.partition("\n\n")
    assert told(figures) == expected.strip()


def told(figures: str) -> str:
    lines = []
    for row in reconcile.findings(claims(figures)).itertuples():
        numbers = ", ".join(line.rpartition(":")[2] for line in row.lines)
        said = " | ".join((row.arithmetic, row.printed, row.computed, row.difference))
        lines.append(f"{row.verdict} [{row.check}, {row.place}, {row.year}, dòng {numbers}] {said}")
        lines += [f"    {correction}" for correction in row.corrections]
    return "\n".join([*lines, str(reconcile.prove(claims(figures)))])
