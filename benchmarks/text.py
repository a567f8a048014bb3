"""How many figures of a report's sentences are proposed as claims and read rightly, against what the report's own notebook
says that it printed there.

    python benchmarks/text.py outputs/kong-long-khong/2022 …
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from giamngheo.reconcile import proposals
from giamngheo.reconcile.indicators import INDICATORS
from giamngheo.reconcile.notation import Unreadable, parse

BLOCKS = "application/vnd.giamngheo.blocks"
NAMES = {
    "budget.planned": "budget_planned", "budget.disbursed": "budget_disbursed", "budget.disbursement_rate": "disbursement_rate",
    "movements.poor.households.left": "left_poverty", "movements.near_poor.households.left": "left_near_poverty",
    "movements.poor.households.new": "newly_poor", "movements.poor.households.relapsed": "relapsed",
    "changes.multidimensionally_poor.change_rate": "change_multidimensional_poverty_rate",
}  # fmt: skip


def indicator(figure: str) -> str:
    """
    >>> indicator("review.poor_rate"), indicator("changes.poor.change_households"), indicator("models.1.members")
    ('poor_rate', 'change_poor_households', '')
    """
    table, _, rest = figure.partition(".")
    if table == "changes":
        group, _, kind = rest.partition(".")
        rest = f"change_{group}_{kind.removeprefix('change_')}"
    name = NAMES.get(figure, rest if table in ("review", "changes") else "")
    return name if name in INDICATORS else ""


def runs(notebook: Path) -> Iterator[dict]:
    """The pieces of the sentences and lists of an executed notebook, notes left out."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            passage = json.loads("".join(output.get("data", {}).get(BLOCKS, "null")))
            for block in passage["blocks"] if passage else []:
                if block.get("style") != "note":
                    yield from block.get("runs", [])
                    yield from (run for item in block.get("items", []) for run in item)


def figures(pairs: Iterator[tuple[str, str]]) -> Counter:
    """How often each (indicator, value) stands; what has no value (`chưa có số liệu`) is left out."""
    found: Counter = Counter()
    for name, text in pairs:
        try:
            found[name, parse(text, name).value] += bool(name)
        except (Unreadable, KeyError):
            continue
    return found


def main() -> None:
    for folder in map(Path, sys.argv[1:]):
        printed = figures((indicator(run.get("figure", "")), run["text"]) for run in runs(folder / "04_report.ipynb"))
        for name in ("bao-cao.docx", "bao-cao.pdf"):
            claims = proposals.propose(folder / name)
            proposed = figures(zip(claims["indicator"], claims["printed"], strict=True))
            right = (printed & proposed).total()
            print(f"{folder / name}: {printed.total()} printed, {proposed.total()} proposed, {right} of them right")
            print(*(f"  not found: {one}" for one in printed - proposed), *(f"  wrong: {one}" for one in proposed - printed), sep="\n")


if __name__ == "__main__":
    main()
