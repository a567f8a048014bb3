"""What a reviewer is shown beside a result: its source, one row by hand, the identities that must hold."""

import inspect
from collections.abc import Callable
from fractions import Fraction
from html import escape

import pandas as pd

from giamngheo.figures import trace
from giamngheo.figures.trace import Figure
from giamngheo.present.phrases import amount, arithmetic, formula, percent, prose, whole
from giamngheo.present.tables import Cell, Table, early
from giamngheo.vietnamese.terms import UNKNOWN


class source:
    """The source of the function that made a frame, for the reviewer to read under its result."""

    def __init__(self, function: Callable):
        self.text = inspect.getsource(function)

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return (
            f"<details class='source'><summary>Mã nguồn của công thức</summary><pre>{escape(self.text)}</pre></details>"
        )


class Said(str):
    """A line of finished text, shown as a sentence and not as a Python string."""

    def _repr_html_(self) -> str:
        return f"<p class='said'>{escape(self)}</p>"


def by_hand(frame: pd.DataFrame, name: str, column: str, key: str = "") -> Said:
    """The first known `column` of `frame` made again by the dictionary's formula; it must equal the frame's."""
    rows = trace.figures(frame, name, key).values()
    first = next((row[column] for row in rows if row[column].value is not None), None)
    if first is None:
        return Said(UNKNOWN)
    if trace.remade(first) != first.value:
        raise AssertionError(f"{first.name}: {first.formula} gives {trace.remade(first)}, the frame says {first.value}")
    return Said(f"{formula(first)}: {arithmetic(first)}")


def sum_by_hand(frame: pd.DataFrame, name: str, column: str) -> Said:
    """A sum written out from the counts it was added up from."""
    figure = trace.figures(frame, name).get("", {}).get(column)
    if figure is None or figure.value is None:
        return Said(UNKNOWN)
    if figure.parts and sum(part for part in figure.parts if part is not None) != figure.value:
        raise AssertionError(f"{figure.name}: {figure.parts} do not add up to {figure.value}")
    return Said(arithmetic(figure) or whole(figure.number()))


def between(rate: Fraction | None, parts: pd.Series) -> Said:
    """The whole's rate beside the lowest and the highest of its parts."""
    if rate is None or not len(parts):
        return Said(UNKNOWN)
    return Said(f"{percent(min(parts))}% ≤ {percent(rate)}% ≤ {percent(max(parts))}%")


def adds_up(parts: pd.DataFrame, whole_row: pd.DataFrame, column: str, unit: str) -> Said:
    """The parts added up beside the whole; they must be equal."""
    added, total = parts[column].sum(skipna=False), whole_row[column].sum(skipna=False)
    if pd.isna(added) or pd.isna(total):
        return Said(UNKNOWN)
    if added != total:
        raise AssertionError(f"{column}: the parts give {added}, the whole is {total}")
    return Said(f"{' + '.join(whole(part) for part in parts[column])} = {amount(total, unit)}")


def derived(row: pd.DataFrame, name: str) -> Table:
    """The counts of a one-row result, and for each one that was not given how it follows from printed figures."""
    figures = trace.figures(row, name)[""]
    known = [figure for figure in figures.values() if figure.value is not None]
    header = [[{"text": text} for text in ("Số liệu", "Giá trị", "Được cho hay suy ra")]]
    rows: list[list[Cell]] = [[figure.label, figure, figure.derivation or "Số liệu được cho"] for figure in known]
    caption = "Số liệu của toàn xã" + early(row)
    return Table(f"derived-{name}", caption, header, rows, [figure.sources for figure in known])


def facts(figures: dict[str, Figure]) -> Table:
    header = [[{"text": text} for text in ("Số liệu", "Giá trị", "Trong câu")]]
    rows: list[list[Cell]] = [[figure.label, figure, prose(figure)] for figure in figures.values()]
    return Table("facts", "Số liệu khác", header, rows, [figure.sources for figure in figures.values()])
