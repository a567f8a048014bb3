"""Claims: what was printed about one quantity, in a file or a frame; refused with every reason at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from giamngheo.findings import DataError, Finding
from giamngheo.reconcile import vocabulary
from giamngheo.reconcile.indicators import PLAN
from giamngheo.reconcile.notation import Printed, Unreadable, parse
from giamngheo.reconcile.sayings import (
    PLANNED,
    PLANNED_WORDS,
    PLANS,
    changes_of_periods,
    dated,
    in_parts,
    of_deprivation,
    since,
    year_of,
)
from giamngheo.reconcile.vocabulary import COLUMNS, NEEDED, OPTIONAL
from giamngheo.vietnamese.text import ask, clean, identity

NAMES = ("place", "part_of", "partition", "standard", "status")
NAMED = 'ghi tên chỉ tiêu như báo cáo in, ví dụ "Tỷ lệ hộ nghèo", hoặc mã của nó, ví dụ poor_rate'


class Group(NamedTuple):
    """What figures are comparable within: one place, one year, one standard and one status."""

    place: str
    part_of: str
    year: int | str
    standard: str
    status: str

    def before(self) -> "Group | None":
        """The same place, standard and status the year before, or in the first year of a period."""
        first = self.year - 1 if isinstance(self.year, int) else year_of(str(self.year).partition("-")[0])
        return self._replace(year=first) if isinstance(first, int) and first != self.year else None

    def end(self) -> "Group":
        """The group itself; of a period, that of its last year."""
        last = year_of(str(self.year).rpartition("-")[2])
        return self._replace(year=last)

    def length(self) -> int:
        """The years of a period; 0 for a year."""
        before = None if isinstance(self.year, int) else self.before()
        return int(self.end().year) - int(before.year) if before else 0

    def place_alone(self) -> "Group":
        """The group without its year: all years of one place under one standard and status."""
        return self._replace(year="")


class Quantity(NamedTuple):
    """One true but perhaps unknown figure: an indicator of a group."""

    group: Group
    indicator: str


@dataclass(frozen=True)
class Claim:
    """One line of a file: the figure printed for one quantity; `summed` when it is the sum of two printed
    rates."""

    number: int
    quantity: Quantity
    reading: Printed
    partition: str = ""
    doubt: str = ""
    file: str = ""
    line: int = 0
    summed: bool = False

    @property
    def source(self) -> str:
        return f"{self.file}:{self.line}"


def claimed(frame: pd.DataFrame) -> list[Claim]:
    """The rows of a claims frame as claims; raises DataError when one cannot be read."""
    found, wrong = examine(frame, {})
    if wrong:
        raise DataError(wrong)
    return found


def examine(frame: pd.DataFrame, letters: dict[str, str]) -> tuple[list[Claim], list[Finding]]:
    """The claims of the rows that can be read, and what is wrong in the others; `letters` are the columns'
    own."""
    found, wrong = [], []
    rows = [
        {name: "" if pd.isna(value) else value for name, value in row.items()} for row in frame.to_dict("records")
    ]
    rows = _of_one_spelling([of_deprivation(dated(row)) for row in rows])
    averaged = changes_of_periods(rows)
    for at, row in enumerate(rows):
        row = averaged(row)
        complaints = list(_complaints(row))
        wrong += [
            Finding(
                str(row.get("file", "")),
                rule,
                remedy,
                row=int(row.get("line") or 0),
                column=letters.get(name, ""),
                header=name,
                value=str(row[name]),
            )
            for name, rule, remedy in complaints
        ]
        if not complaints:
            found += [_claim(number, one) for number, one in zip((at, at + len(rows)), in_parts(row), strict=False)]
    return found, wrong


def _of_one_spelling(rows: list[dict]) -> list[dict]:
    """The rows with each name in the spelling that comes first: `Xã A` and `xã  A` are one place."""
    first: dict[str, str] = {}
    return [
        row | {name: first.setdefault(identity(str(row[name])), clean(str(row[name]))) for name in NAMES if row.get(name)}
        for row in rows
    ]


def _claim(number: int, row: dict) -> Claim:
    text = {name: clean(str(row.get(name, ""))) for name in (*COLUMNS, *OPTIONAL)}
    indicator = vocabulary.indicator(text["indicator"])
    status = PLANNED if text["status"].casefold() in PLANNED_WORDS or indicator.startswith(PLANS) else text["status"]
    group = Group(text["place"], text["part_of"], since(text, indicator), text["standard"], status)
    indicator = indicator.removeprefix(PLAN) if indicator.startswith(PLANS) else indicator
    return Claim(
        number=number,
        quantity=Quantity(group, indicator),
        reading=parse(text["printed"], indicator),
        partition=text["partition"],
        doubt=text["doubt"],
        file=str(row.get("file", "")),
        line=int(row.get("line") or number + 2),  # frames of our own say no line
    )


def _complaints(row: dict) -> Iterable[tuple[str, str, str]]:
    """(column, rule, remedy) for everything wrong in one row."""
    text = {name: clean(str(row.get(name, ""))) for name in NEEDED}
    yield from (
        (name, "ô này không được để trống", "ghi giá trị, hoặc bỏ cả dòng")
        for name in NEEDED
        if not text[name]
    )
    years = str(year_of(text["year"])).split("-")
    if text["year"] and not (len(years) <= 2 and all(len(year) == 4 and year.isdecimal() for year in years)):
        yield (
            "year",
            "năm phải có bốn chữ số",
            "ghi năm của con số, ví dụ 2022; vốn cả giai đoạn thì ghi 2021-2025",
        )
    if not text["indicator"]:
        return
    indicator = vocabulary.indicator(text["indicator"])
    if not indicator:
        near = ask(text["indicator"], vocabulary.indicators())
        yield "indicator", "không có chỉ tiêu này", f"{NAMED}{near}"
    elif text["printed"]:
        try:
            for one in in_parts(row | {"indicator": indicator}):
                parse(clean(str(one["printed"])), one["indicator"].removeprefix(PLAN) if one["indicator"].startswith(PLANS) else one["indicator"])
        except Unreadable as unreadable:
            yield "printed", unreadable.rule, unreadable.remedy
