"""Tables for spreadsheet programs in which text stays text: nothing is calculated, no code becomes a number or a date.

In a CSV file such a text begins with an apostrophe, which our own reader takes off again (`original`); in a workbook
the cell itself says that it holds text.
"""

import csv
import io
import re
from collections.abc import Iterable
from fractions import Fraction

GUARD = "'"
LIVE = re.compile(r"[=+\-@\t\r']")
WHOLE = re.compile("-?[1-9][0-9]{0,14}|0|-")  # a number to every spreadsheet, and the same one; a dash for nothing
NUMBER_LIKE = re.compile(r"(?=.*[0-9])[0-9\s.,:/%+\-$€₫()]*(e[+-]?[0-9]+)?[0-9\s.,:/%+\-$€₫()]*", re.IGNORECASE)
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg"
# No program takes a text as long as a sha256 for a date, also where it begins with 1feb4.
DATE_LIKE = re.compile(rf"([0-9]+\W*)?({MONTHS})[a-z]*\W*[0-9].{{0,40}}|[0-9]+\W*({MONTHS})[a-z]*|true|false", re.IGNORECASE)


def inert(text: str) -> str:
    """The text so that no spreadsheet program takes it for a formula.

    >>> inert("=1+1"), inert("-5"), inert("'tên'"), inert("Mơ Tôn")
    ("'=1+1", '-5', "''tên'", 'Mơ Tôn')
    """
    return GUARD + text if LIVE.match(text) and not WHOLE.fullmatch(text) else text


def as_text(value: object) -> object:
    """A text or a fraction so that a spreadsheet program neither calculates nor converts it.

    >>> as_text("1/2"), as_text("00123"), as_text("1e5"), as_text("MAR1"), as_text(Fraction(1, 2))
    ("'1/2", "'00123", "'1e5", "'MAR1", "'1/2")
    >>> as_text("120"), as_text(-5), as_text("90/QĐ-TTg"), as_text("1feb4" + "a" * 59)[:6]
    ('120', -5, '90/QĐ-TTg', '1feb4a')
    """
    if isinstance(value, Fraction):
        value = str(value)
    if not isinstance(value, str) or WHOLE.fullmatch(value):
        return value
    return GUARD + value if NUMBER_LIKE.fullmatch(value) or DATE_LIKE.fullmatch(value) else inert(value)


def original(cell: str) -> str:
    """The text that `as_text` or `inert` made into this cell.

    >>> original("'=1+1"), original("''tên'"), original("'tên'")
    ('=1+1', "'tên'", "'tên'")
    """
    bare = cell.removeprefix(GUARD)
    return bare if bare != cell and as_text(bare) == cell else cell


def csv_text(rows: Iterable[Iterable]) -> str:
    """The rows as CSV that a spreadsheet program opens with every text as it is."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([as_text(cell) for cell in row] for row in rows)
    return text.getvalue()


def write(cell, value: object) -> None:
    """Put a value into a cell of an openpyxl workbook; a text that looks like a formula stays a text."""
    cell.value = value
    if isinstance(value, str) and LIVE.match(value):
        cell.data_type, cell.quotePrefix = "s", True
