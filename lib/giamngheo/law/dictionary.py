"""The data dictionary: what every column of every table is. It is the workbook's own, as its formulas are.

Law and map may differ from one data folder to the next (`law.dated`); the dictionary does not, and a data folder that
has another one is refused there.
"""

from dataclasses import dataclass
from functools import cache

import pandas as pd

from giamngheo.law import lawfile
from giamngheo.shipped import DATA as PROJECT_DATA

FILE = "dictionary.csv"
COUNTED = ("count", "money")
OFFICE = ("unit.yml", "report.yml")  # the office's own files, whose fields the dictionary describes too


@dataclass(frozen=True)
class Column:
    """One row of data/dictionary.csv: what a column of a table must be."""

    table: str
    name: str
    type: str
    unit: str
    required: str
    rules: tuple[str, ...]
    label: str
    meaning: str


@cache
def rows() -> tuple[dict[str, str], ...]:
    """The rows of data/dictionary.csv; shared, not to be changed."""
    return tuple(lawfile.rows(PROJECT_DATA / FILE))


def frame() -> pd.DataFrame:
    """The same as a frame of text; the caller gets a copy of its own."""
    return pd.DataFrame(rows())


@cache
def columns() -> dict[tuple[str, str], dict[str, str]]:
    """The rows of data/dictionary.csv by (table, column); shared, not to be changed."""
    return {(row["table"], row["column"]): row for row in rows()}


def label(table: str, column: str) -> str:
    """The Vietnamese name of a column.

    >>> label("review", "poor_households")
    'Hộ nghèo'
    """
    return columns()[table, column]["label"]


@cache
def tables() -> dict[str, tuple[Column, ...]]:
    """The columns of every table that officers fill in, in dictionary order; computed tables are left out."""
    found: dict[str, list[Column]] = {}
    for row in rows():
        if row["required"] != "formula" and row["table"] not in OFFICE:
            found.setdefault(row["table"], []).append(column_of(row))
    return {table: tuple(columns) for table, columns in found.items()}


@cache
def fields(file: str) -> tuple[Column, ...]:
    """The fields of an office file in dictionary order; the name of one within another is `letterhead.place`."""
    return tuple(column_of(row) for row in rows() if row["table"] == file)


def column_of(row: dict[str, str]) -> Column:
    return Column(
        table=row["table"],
        name=row["column"],
        type=row["type"],
        unit=row["unit"],
        required=row["required"],
        rules=tuple(rule.strip() for rule in row["rule"].split(";") if rule.strip()),
        label=row["label"],
        meaning=row["meaning"],
    )
