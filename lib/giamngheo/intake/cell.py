"""What a cell of a file holds before it is read, and the reason why one cannot be read.

A cell of a CSV file is text; a cell of a workbook is text, a `Number`, a date, a truth value or `Unreadable`;
a blank cell is None.
"""

import datetime as dt
import re
from dataclasses import dataclass

from giamngheo.intake import number_formats

IN_BRACES = re.compile(r"(?<!\{)\{ *[A-Za-z_][\w.]* *\}(?!\})")  # how words call a figure; in a finished report a name nobody filled in


class Misread(ValueError):
    """A cell that cannot be read: the rule it breaks and the remedy, in Vietnamese."""

    def __init__(self, rule: str, remedy: str):
        super().__init__(rule, remedy)
        self.rule, self.remedy = rule, remedy


@dataclass(frozen=True)
class Number:
    """A number in a cell of a workbook, with the format Excel shows it in."""

    value: int | float
    format: str = "General"

    def __str__(self) -> str:
        return str(self.value) if isinstance(self.value, int) else format(self.value, ".15g")

    def changes_reading(self, units: tuple[str, ...] = ()) -> bool:
        """Whether the format shows another number than the cell holds, or words other than these units."""
        return not number_formats.shows(self.value, self.format, units)


class MonthShown(dt.date):
    """A date in a cell of a workbook of which Excel shows the month and the year alone."""


@dataclass(frozen=True)
class Unreadable:
    """A cell of a workbook that holds no value to read (an error, a formula never calculated)."""

    shown: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class Uncalculated(Unreadable):
    """A formula without its result: nothing to check in a total row, unreadable anywhere else."""

    formula: str = ""

    @property
    def adds(self) -> bool:
        """Whether the formula adds up cells and leaves out numbers that are stored as text."""
        return "SUM" in self.formula.upper() or "SUBTOTAL" in self.formula.upper()


def shown(cell: object) -> str:
    """What the cell says, for a message: dates as day/month/year, line breaks as spaces."""
    if isinstance(cell, dt.datetime | dt.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, bool):
        return str(cell).upper()
    return " ".join(str(cell).split())
