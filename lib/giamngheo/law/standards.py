"""The law and the map at a date: poverty standards, indicators, programme, form categories, units.

Each law is a table of `data/` whose rows carry `valid_from` and `valid_to` (ISO dates, blank = open),
the decree, the source and how sure we are of it. A change of law is a new row, never a change of code.
"""

import datetime as dt
from functools import cache
from pathlib import Path

import pandas as pd

from giamngheo.intake import data

# Tables in which a code stands in the column `code` and its family in the column `kind`.
BY_KIND = ("programme", "categories")


@cache
def read_law(path: Path, _changed: int) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


@cache
def read_rows(path: Path, changed: int) -> list[dict[str, str]]:
    return read_law(path, changed).to_dict("records")


def law(table: str) -> pd.DataFrame:
    """The whole dated table `data/<table>.csv`, every cell as text."""
    path = data.law_path(table)
    return read_law(path, path.stat().st_mtime_ns)


def law_rows(table: str) -> list[dict[str, str]]:
    """The same table row by row; shared, not to be changed."""
    path = data.law_path(table)
    return read_rows(path, path.stat().st_mtime_ns)


def at(rows: pd.DataFrame, date: dt.date) -> pd.DataFrame:
    """The rows in force on `date`.

    >>> rows = pd.DataFrame({"valid_from": ["2022-01-01", "2026-01-01"], "valid_to": ["2025-12-31", ""]})
    >>> at(rows, dt.date(2026, 6, 30)).index.tolist()
    [1]
    """
    day = date.isoformat()
    begun = (rows["valid_from"] == "") | (rows["valid_from"] <= day)
    ended = (rows["valid_to"] != "") & (rows["valid_to"] < day)
    return rows[begun & ~ended]


def in_force(row: dict[str, str], date: dt.date) -> bool:
    """The same of one row.

    >>> in_force({"valid_from": "2022-01-01", "valid_to": ""}, dt.date(2021, 12, 31))
    False
    """
    return row["valid_from"] <= date.isoformat() <= (row["valid_to"] or "9999")


def year_end(year: int) -> dt.date:
    return dt.date(int(year), 12, 31)


def codes(table: str, column: str, year: int) -> list[str]:
    """Codes of `table` that had come into force by the end of `year`, in the table's order.

    A code whose validity has ended stays readable: money of an ended source is still settled years later.
    A standard is never too early, because a result belongs to a standard, not to a year (the end-2021
    review exists under the standard that came into force in 2022).
    """
    rows = law_rows(table)
    if table in BY_KIND:
        rows, column = [row for row in rows if row["kind"] == column], "code"
    if table != "standards":
        rows = [row for row in rows if row["valid_from"] <= year_end(year).isoformat()]
    return list(dict.fromkeys(row[column] for row in rows))


def names(table: str, kind: str, year: int) -> dict[str, str]:
    """Official name of each code: the one in force at the end of `year`, else the last one before it."""
    rows, key, end = law_rows(table), kind, year_end(year)
    if table in BY_KIND:
        rows, key = [row for row in rows if row["kind"] == kind], "code"
    begun = [row for row in rows if row["valid_from"] <= end.isoformat()]
    current = [row for row in begun if in_force(row, end)]
    return {row[key]: row["name"] for row in (*begun, *current)}


def project_names(year: int) -> dict[str, str]:
    """Projects and sub-projects by code; a sub-project says whose it is: `Dự án 3 - Tiểu dự án 1: …`."""
    projects = law("programme")
    parents = dict(zip(projects["code"], projects["parent"], strict=True))
    official = names("programme", "project", year)
    short = {code: name.partition(":")[0] for code, name in official.items()}
    return {
        code: f"{short[parents[code]]} - {name}" if parents[code] in short else name for code, name in official.items()
    }


def indicators(standard: str) -> pd.DataFrame:
    """The deprivation indicators of `standard`, in the order of the form; empty where they are not confirmed."""
    rows = law("indicators")
    return rows[rows["standard"] == standard].reset_index(drop=True)


def standard_name(standard: str) -> str:
    """Official name of a standard, for example of `ND07_2021`."""
    rows = law("standards")
    return rows.loc[rows["standard"] == standard, "name"].iloc[0]


def unit(name: str, date: dt.date) -> dict[str, str] | None:
    """The row of `units.csv` for the unit on `date`, or None where the map does not know it."""
    rows = law("units")
    rows = at(rows[rows["unit"] == name], date)
    return None if rows.empty else rows.iloc[-1].to_dict()


def predecessors(name: str) -> list[str]:
    """The units that were merged into `name`: its baseline is the sum of their counts."""
    path = data.law_path("units")
    return mergers(path, path.stat().st_mtime_ns).get(name, [])


@cache
def mergers(path: Path, changed: int) -> dict[str, list[str]]:
    """The predecessors of every unit."""
    listed: dict[str, list[str]] = {}
    for row in read_rows(path, changed):
        parts = [part.strip() for part in row["predecessors"].split(";") if part.strip()]
        listed.setdefault(row["unit"], []).extend(parts)
    return listed
