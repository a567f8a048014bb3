"""Figures as runs of a block: a cell of a table, a number that is written on a picture."""

from collections.abc import Iterable

from giamngheo.figures.trace import Figure
from giamngheo.present.phrases import plain
from giamngheo.report import stored


def split(shown: Iterable[Figure]) -> tuple[dict[str, Figure], dict[str, Figure]]:
    """Figures by their names: those that were computed, and the known ones that were given."""
    named = {figure.name: figure for figure in shown}
    computed = {name: figure for name, figure in named.items() if figure.computed}
    return computed, {name: figure for name, figure in named.items() if name not in computed and figure.value is not None}


def label_of(figure: Figure) -> list[dict]:
    """A figure that is written on a picture as runs: whose it is, and its number."""
    said = stored.named({"label": figure.label, "group": figure.group, "row": figure.row})
    return [{"text": f"{said}: "}, *cell_of(figure)["runs"]]


def cell_of(cell: str | Figure) -> dict:
    if isinstance(cell, str):
        return {"runs": [{"text": cell}]}
    named = {} if cell.value is None and not cell.computed else {"figure" if cell.computed else "given": cell.name}
    return {"runs": [{"text": plain(cell)} | named]}
