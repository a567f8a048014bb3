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


VERDICT_NAMES = {
    "ok": "khớp",
    "rounding": "sai số làm tròn",
    "truncated": "cắt bớt thay vì làm tròn",
    "note": "nên xem lại",
    "mismatch": "MÂU THUẪN",
}


SHOWN = 40  # more verdicts than this are counted, and only those that do not agree are shown


def verdicts(findings: pd.DataFrame) -> Table:
    """The reconciliation's verdicts with their arithmetic."""
    agreeing = (findings["verdict"] == "ok").sum()
    if len(findings) > SHOWN:
        findings = findings[findings["verdict"] != "ok"]
    note = f"{whole(int(agreeing))} phép kiểm tra khớp."
    columns = ("Phép kiểm tra", "Nơi", "Năm", "Phép tính", "Đã in", "Tính lại", "Chênh lệch", "Kết luận")
    rows = [
        [row.check, row.place, str(row.year), row.arithmetic, row.printed, row.computed, row.difference,
         VERDICT_NAMES[row.verdict]]
        for row in findings.itertuples()
    ]  # fmt: skip
    header = [[{"text": text} for text in columns]]
    found_at = ["; ".join(row.lines) for row in findings.itertuples()]
    return Table("verdicts", "Kết quả đối chiếu", header, rows, found_at, notes=(note,), empty=note)


def corrections(findings: pd.DataFrame) -> Table:
    """The smallest corrections that would make each contradiction's figures agree, in their order."""
    wrong = findings[findings["verdict"] == "mismatch"]
    rows = [
        [str(place), text, row.arithmetic]
        for row in wrong.itertuples()
        for place, text in enumerate(row.corrections, start=1)
    ]
    found_at = ["; ".join(row.lines) for row in wrong.itertuples() for _ in row.corrections]
    header = [[{"text": text} for text in ("Thứ tự", "Sửa đổi có thể", "Cho mâu thuẫn")]]
    return Table("corrections", "Những sửa đổi nhỏ nhất làm các số khớp nhau", header, rows, found_at)


def levels(findings: pd.DataFrame) -> Said:
    """How many findings of each level there are."""
    names = {"draft": "chỉ lập được dự thảo", "note": "lưu ý"}
    return Said("; ".join(f"{label}: {(findings['level'] == level).sum()}" for level, label in names.items()))
