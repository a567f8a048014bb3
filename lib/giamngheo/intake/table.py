"""A table as it was received: the values of its cells, by column, and all that is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from giamngheo.findings import Finding
from giamngheo.intake.grid import letter
from giamngheo.intake.rows import Layout, nowhere
from giamngheo.law.dictionary import Column


@dataclass
class Reading:
    """The values of a table by column, and what is wrong with them.

    values    of each column, one per row; None, or "" in a column of text, where blank
    layout    where they stand; of a table that is not there, nowhere
    lines     each row's number in the layout
    unread    the (row, column) whose cell could not be read; their value is blank
    """

    columns: Sequence[Column]
    layout: Layout = field(default_factory=nowhere)
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

    def line(self, at: int) -> int:
        """The line of the file in which the `at`-th row of the table stands."""
        return self.layout.rows[self.lines[at]].line

    def drop(self, places: Sequence[int]) -> None:
        """Take the rows at `places` out of the values."""
        kept = [at for at in range(len(self.lines)) if at not in set(places)]
        self.values = {name: [column[at] for at in kept] for name, column in self.values.items()}
        self.lines = [self.lines[at] for at in kept]
        self.unread = {(kept.index(at), name) for at, name in self.unread if at in kept}

    def rows(self) -> list[dict[str, Any]]:
        """The rows as {column: value}, with every column of the dictionary; None or "" where blank."""
        blank = {column.name: "" if column.type in ("text", "code") else None for column in self.columns}
        known = ({name: column[at] for name, column in self.values.items()} for at in range(len(self.lines)))
        return [blank | row for row in known]

    def frame(self) -> pd.DataFrame:
        """The values with the dictionary's columns and dtypes, and each row's line, `found_at`; of a wide sheet that has several
        numbers of a row also `cells_at`, the cell of each by its column.
        """
        return self._frame.copy()

    @cached_property
    def _frame(self) -> pd.DataFrame:
        many = len(self.lines)
        unknown = [None] * many
        series = {one.name: _typed(self.values.get(one.name, unknown), one.type) for one in self.columns}
        stem = self.layout.grid.stem
        series["found_at"] = _typed([f"{stem}{self.layout.rows[number].source}" for number in self.lines], "text")
        frame = pd.DataFrame(series)
        several = any(len(self.layout.rows[number].cited) > 1 for number in self.lines)
        return frame.assign(cells_at=[self._cells(number) for number in self.lines]) if several else frame

    def _cells(self, number: int) -> dict[str, str]:
        """The cell of each number of a row of a wide sheet, as a source, by column."""
        row, stem = self.layout.rows[number], self.layout.grid.stem
        cells = {f"{letter(place.position)}{place.row}": column.name for column, place in zip(self.columns, row.places, strict=False)}
        return {name: f"{stem}{cell}" for cell, name in cells.items() if cell in row.cited}


def _typed(values: list, type: str) -> object:
    if type in ("count", "money", "year"):
        return pd.array([pd.NA if value is None else value for value in values], dtype="Int64")
    if type in ("date", "month"):
        return np.array(values, dtype="datetime64[D]").astype("datetime64[ns]")  # None becomes NaT
    if type == "number":
        return pd.array([pd.NA if value is None else value for value in values], dtype=object)
    return pd.array(["" if value is None else value for value in values], dtype="str")
