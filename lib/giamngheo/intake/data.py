"""The files of a unit and a year, read as data/dictionary.csv says, or refused with every reason at once.

    data/<unit>/<year>/<table>.csv      one table each, or
    data/<unit>/<year>/so-lieu.xlsx     one workbook, its sheets named as the tables

A table whose file or sheet is not there is empty: nothing is known of it. Only `review` must be there.
"""

import os
from functools import lru_cache
from pathlib import Path

import pandas as pd

from giamngheo.findings import DataError, Finding, order
from giamngheo.intake.folder import Year
from giamngheo.law import dictionary as words
from giamngheo.law.dictionary import law_path, root
from giamngheo.vietnamese.text import ask

# The tables of `data/` that hold for every unit: the dictionary, the law and the map.
LAW = ("dictionary", "standards", "indicators", "programme", "categories", "units", "forms")

__all__ = ["check", "columns", "dictionary", "label", "law_path", "read", "root", "units", "years"]


def read(table: str, unit: str, year: int) -> pd.DataFrame:
    """The rows of one table, checked against the dictionary.

    Columns in dictionary order, then `found_at`, the file and line of each row. Counts, money and years are
    Int64 (blank = <NA>), decimals are Fraction, dates and months datetime64, text str ("" = blank).
    Raises DataError with every finding of the table.
    """
    if table not in words.tables():
        known = ", ".join(words.tables())
        remedy = f"dùng một trong các bảng{ask(table, words.tables())}: {known}"
        raise DataError([Finding("data/dictionary.csv", "", 0, "", "", table, "không có bảng này", remedy)])
    reading = opened(unit, year).reading(table)
    if reading.refused:
        raise DataError(finding for finding in reading.findings if finding.level == "refuse")
    return reading.frame()


def check(unit: str, year: int) -> list[Finding]:
    """Everything that is wrong in the files of the year, also between its tables and with last year's.

    Raises DataError when there is no such unit or year.
    """
    from giamngheo.checks import between_tables

    this = opened(unit, year)
    last = Year(root(), unit, year - 1) if year - 1 in years(unit) else None
    return sorted([*this.findings(), *between_tables.findings(this, last)], key=order)


def opened(unit: str, year: int) -> Year:
    """The files of a unit and a year; raises DataError naming those there are when there are none."""
    if not years(unit):
        raise DataError([_absent(unit, "không có đơn vị này", unit, units(), "các đơn vị đang có")])
    if int(year) not in years(unit):
        listed = [str(one) for one in years(unit)]
        raise DataError(
            [_absent(f"{unit}/{year}", "không có số liệu của năm này", str(year), listed, "các năm đang có")]
        )
    with os.scandir(root() / unit / str(year)) as files:
        state = sorted((file.name, *since(file.stat())) for file in files)
    return _opened(root(), unit, int(year), (*state, *(changed(law_path(name)) for name in LAW)))


@lru_cache(maxsize=8)
def _opened(root: Path, unit: str, year: int, _files: tuple) -> Year:
    """The year's tables, each read once while no file they come from has changed."""
    return Year(root, unit, year)


def changed(path: Path) -> tuple[int, int]:
    """When a file was last written (ns) and its size (bytes): while both stay, its content does."""
    return since(path.stat())


def since(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_mtime_ns, stat.st_size


def units() -> list[str]:
    """The folders of `root()` that hold a year, sorted."""
    return [name for name in _folders(root()) if years(name)]


def years(unit: str) -> list[int]:
    """The years a unit has a folder for, in order; none for an unknown unit."""
    return sorted(int(name) for name in _folders(root() / unit) if name.isdecimal())


def unlisted() -> list[str]:
    """The units' folders that may not be looked into; whether they hold a year is not known."""
    return [name for name in _folders(root()) if not os.access(root() / name, os.R_OK | os.X_OK)]


def dictionary() -> pd.DataFrame:
    """data/dictionary.csv as a frame of text; the caller gets a copy of its own."""
    return words.dictionary_frame().copy()


def columns() -> dict[tuple[str, str], dict[str, str]]:
    """The rows of data/dictionary.csv by (table, column); shared, not to be changed."""
    return words.columns_by_name()


def label(table: str, column: str) -> str:
    """The Vietnamese name of a column.

    >>> label("review", "poor_households")
    'Hộ nghèo'
    """
    return columns()[table, column]["label"]


def _folders(place: Path) -> list[str]:
    """The names of the folders in `place`, sorted; none where it is no folder."""
    try:
        with os.scandir(place) as found:
            return sorted(entry.name for entry in found if entry.is_dir())
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []


def _absent(place: str, rule: str, wanted: str, there: list[str], heading: str) -> Finding:
    remedy = f"{heading}{ask(wanted, there)}: {', '.join(there) or 'chưa có'}"
    return Finding(place, "", 0, "", "", "", rule, remedy)
