"""The data dictionary as the intake obeys it, and the folders in which data and law tables stand."""

import csv
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

PROJECT_DATA = Path(__file__).parents[3] / "data"
COUNTED = ("count", "money")


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


def root() -> Path:
    """The folder of the units: the environment variable GIAMNGHEO_DATA, else the project's own `data`."""
    return Path(os.environ.get("GIAMNGHEO_DATA") or PROJECT_DATA)


def law_path(name: str) -> Path:
    """Path of a law table, `data/<name>.csv`: below `root()` where it is there, else the project's own."""
    own = _below(os.environ.get("GIAMNGHEO_DATA"), name)
    return own if own.is_file() else _below(None, name)


@lru_cache
def _below(folder: str | None, name: str) -> Path:
    return Path(folder or PROJECT_DATA) / f"{name}.csv"


def dictionary_frame() -> pd.DataFrame:
    """The rows of data/dictionary.csv as a frame of text, read again only when the file has changed."""
    path = law_path("dictionary")
    return _frame(path, path.stat().st_mtime_ns)


def columns_by_name() -> dict[tuple[str, str], dict[str, str]]:
    """The rows of data/dictionary.csv by (table, column); shared, not to be changed."""
    path = law_path("dictionary")
    return _by_name(path, path.stat().st_mtime_ns)


def tables() -> dict[str, tuple[Column, ...]]:
    """The columns of every table that officers fill in, in dictionary order; computed tables are left out."""
    path = law_path("dictionary")
    return _tables(path, path.stat().st_mtime_ns)


@lru_cache
def _rows(path: Path, _changed: int) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(lines))


@lru_cache
def _frame(path: Path, changed: int) -> pd.DataFrame:
    return pd.DataFrame(_rows(path, changed), dtype="str")


@lru_cache
def _by_name(path: Path, changed: int) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["table"], row["column"]): row for row in _rows(path, changed)}


@lru_cache
def _tables(path: Path, changed: int) -> dict[str, tuple[Column, ...]]:
    found: dict[str, list[Column]] = {}
    for row in _rows(path, changed):
        if row["required"] != "formula":
            rules = tuple(rule.strip() for rule in row["rule"].split(";") if rule.strip())
            found.setdefault(row["table"], []).append(
                Column(
                    table=row["table"],
                    name=row["column"],
                    type=row["type"],
                    unit=row["unit"],
                    required=row["required"],
                    rules=rules,
                    label=row["label"],
                    meaning=row["meaning"],
                )
            )
    return {table: tuple(columns) for table, columns in found.items()}
