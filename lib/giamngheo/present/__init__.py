"""From exact values to what people read: how many decimals, in what words, in what form.

`phrases` writes numbers with their units, `tables` frames, `charts` pictures, `reviewer` what stands beside a result,
`checked` what the checks found.
"""

from importlib import import_module
from types import ModuleType

from giamngheo.present.checked import claims, corrections, findings, levels, verdicts
from giamngheo.present.phrases import ABOUT_APART, APART, amount, apart, arithmetic, day, formula, plain, prose
from giamngheo.present.reviewer import (
    adds_up,
    between,
    by_hand,
    derived,
    facts,
    source,
    sum_by_hand,
)
from giamngheo.present.tables import CLASS_NAMES, MOVEMENT_NAMES, Table, by_class, early, result, table
from giamngheo.vietnamese.terms import UNKNOWN

__all__ = [
    "ABOUT_APART", "APART", "CLASS_NAMES", "MOVEMENT_NAMES", "UNKNOWN", "Table", "adds_up", "amount", "apart", "arithmetic", "between",
    "by_class", "by_hand", "charts", "claims", "corrections", "day", "derived", "early", "facts", "findings", "formula", "levels", "plain", "prose",
    "result", "source", "sum_by_hand", "table", "verdicts",
]  # fmt: skip


def __getattr__(name: str) -> ModuleType:
    """`present.charts`, loaded when it is first asked for: it takes longer than all the rest, and few commands draw."""
    if name != "charts":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.{name}")
