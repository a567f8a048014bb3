"""One table as it was received: its values where they can be read, and a finding wherever they cannot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from giamngheo.findings import Finding
from giamngheo.intake import rules, total_rows, values
from giamngheo.intake.cell import Misread
from giamngheo.intake.codes import Codes
from giamngheo.intake.grid import Grid
from giamngheo.intake.rows import Layout, lay_out
from giamngheo.law.dictionary import Column


@dataclass
class Reading:
    """The values of a table by column, and what is wrong with them.

    values    of each column, one per row; None, or "" in a column of text, where blank
    lines     each row's number in the file
    unread    the (row, column) whose cell could not be read; their value is blank
    """

    columns: Sequence[Column]
    layout: Layout | None = None
    values: dict[str, list] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    unread: set[tuple[int, str]] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        return any(finding.level == "refuse" for finding in self.findings)

    def finding(self, at: int, column: str, rule: str, remedy: str, level: str = "refuse") -> Finding:
        """A finding at the `at`-th row of the table."""
        return self.layout.finding(self.lines[at], column, rule, remedy, level)

    def drop(self, places: Sequence[int]) -> None:
        """Take the rows at `places` out of the values."""
        kept = [at for at in range(len(self.lines)) if at not in set(places)]
        self.values = {name: [column[at] for at in kept] for name, column in self.values.items()}
        self.lines = [self.lines[at] for at in kept]
        self.unread = {(kept.index(at), name) for at, name in self.unread if at in kept}

    def rows(self) -> list[dict[str, object]]:
        """The rows as {column: value}, with every column of the dictionary; None or "" where blank."""
        blank = {column.name: "" if column.type in ("text", "code") else None for column in self.columns}
        known = ({name: column[at] for name, column in self.values.items()} for at in range(len(self.lines)))
        return [blank | row for row in known]

    def frame(self) -> pd.DataFrame:
        """The values with the dictionary's columns and dtypes, and each row's line, `found_at`."""
        return self._frame.copy()

    @cached_property
    def _frame(self) -> pd.DataFrame:
        many = len(self.lines)
        unknown = [None] * many
        series = {one.name: _typed(self.values.get(one.name, unknown), one.type) for one in self.columns}
        stem = self.layout.grid.stem if self.layout else ""
        series["found_at"] = _typed([f"{stem}{number}" for number in self.lines], "text")
        return pd.DataFrame(series)


def read(grid: Grid, columns: Sequence[Column], codes: Callable[[Column], Codes | None]) -> Reading:
    """Read a table from its grid; everything wrong becomes a finding.

    `codes(column)` gives the codes that a column may hold, None for one that holds none.
    """
    if grid.findings:
        return Reading(columns, findings=list(grid.findings))
    layout = lay_out(grid, columns)
    total_rows.commune_rows(layout, columns)
    reading = Reading(columns, layout, findings=layout.findings)
    reading.lines = [row.number for row in layout.data]
    present = [column for column in columns if layout.position(column.name) is not None]
    listed = {column.name: codes(column) for column in present}
    for column in present:
        _read_column(reading, column, listed[column.name])
    total_rows.settle(reading, present, listed)
    reading.findings += [reading.finding(*breach) for breach in rules.broken(reading)]
    return reading


def _read_column(reading: Reading, column: Column, codes: Codes | None) -> None:
    position = reading.layout.position(column.name)
    blank = "" if column.type in ("text", "code") else None
    reading.values[column.name] = found = []
    for at, row in enumerate(reading.layout.data):
        try:
            found.append(_value(row.cells[position], column, codes))
        except Misread as wrong:
            found.append(blank)
            reading.unread.add((at, column.name))
            reading.findings.append(reading.finding(at, column.name, wrong.rule, wrong.remedy))


def _value(cell: object, column: Column, codes: Codes | None) -> object:
    value = values.read(cell, column.type, column.unit)
    if value in (None, "") and column.required == "value":
        raise Misread("không được để trống", f"ghi {column.label}")
    if codes is None or value == "":
        return value
    code = codes.code(value)
    if code is None:
        raise Misread(*codes.unknown(value))
    return code


def _typed(values: list, type: str) -> object:
    if type in ("count", "money", "year"):
        return pd.array([pd.NA if value is None else value for value in values], dtype="Int64")
    if type in ("date", "month"):
        days = [np.datetime64("NaT") if value is None else np.datetime64(value) for value in values]
        return np.array(days, dtype="datetime64[ns]")
    if type == "number":
        return pd.array([pd.NA if value is None else value for value in values], dtype=object)
    return pd.array(["" if value is None else value for value in values], dtype="str")
