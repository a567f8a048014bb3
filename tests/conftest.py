"""What several tests share: frames as the intake gives them, made-up years, executed reports."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from giamngheo.law import dictionary

PROJECT = Path(__file__).parents[1]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
SEED, SEED_YEAR = "kong-long-khong", 2022
BIN = Path(sys.executable).parent
DTYPES = {
    "count": "Int64",
    "money": "Int64",
    "year": "Int64",
    "number": object,
    "date": "datetime64[ns]",
    "month": "datetime64[ns]",
}

# The same examples in every run, and no clock: a test is red because of the code alone.
settings.register_profile("giamngheo", deadline=None, database=None, derandomize=True, max_examples=50)
settings.load_profile("giamngheo")


def frame(table: str, *rows: dict) -> pd.DataFrame:
    """Rows of a table as a `Year` gives them: a column that a row does not name is blank."""
    described = dictionary.frame()
    described = described[(described["table"] == table) & (described["required"] != "formula")]
    columns = {
        name: pd.array(
            [row.get(name, None if kind in DTYPES else "") for row in rows], dtype=DTYPES.get(kind, "str")
        )
        for name, kind in zip(described["column"], described["type"], strict=True)
    }
    places = [row.get("found_at", f"{table}.csv:{line}") for line, row in enumerate(rows, start=2)]
    return pd.DataFrame(columns | {"found_at": places}, index=range(len(rows)))


def data_folder() -> Path:
    """The data folder from which `giamngheo.opened` opens years in this test."""
    return Path(os.environ["GIAMNGHEO_DATA"])


@pytest.fixture(autouse=True)
def own_data(monkeypatch):
    """Every test begins with the project's own data and leaves the environment as it was."""
    monkeypatch.setenv("GIAMNGHEO_DATA", str(PROJECT / "data"))


@pytest.fixture
def write_year(tmp_path, monkeypatch):
    """A function that writes tables of a made-up unit's year; `write_year.root` is the data folder.

    Where no standard or status is named, a review is official and under the standard of 2022.
    """
    root = tmp_path / "data"
    monkeypatch.setenv("GIAMNGHEO_DATA", str(root))

    def write(unit: str, year: int, **tables: list[dict]) -> Path:
        folder = root / unit / str(year)
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in tables.items():
            described = dictionary.frame()
            described = described[(described["table"] == table) & (described["required"] != "formula")]
            usual = {"status": "official", "standard": "ND07_2021"} if table.endswith("review") else {}
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                lines = csv.DictWriter(file, list(described["column"]))
                lines.writeheader()
                lines.writerows(usual | row for row in rows)
        return folder

    write.root = root
    return write


def program(name: str, *arguments: object, cwd: Path, **environment: str) -> subprocess.Popen:
    """One of the programs beside this Python, started in `cwd` with the project's own data."""
    own = {key: value for key, value in os.environ.items() if key != "GIAMNGHEO_DATA"}
    command = [BIN / name, *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=cwd, env=own | environment, **pipes)


def finished(started: subprocess.Popen) -> str:
    """What a program that must succeed printed."""
    said, complaint = started.communicate(timeout=300)
    assert started.returncode == 0, complaint[-3000:]
    return said


@pytest.fixture(scope="session")
def seed_reports(tmp_path_factory) -> tuple[Path, Path]:
    """The folders of two runs of the seed's report, made at the same time by the command line."""
    outs = [tmp_path_factory.mktemp("out") for _ in range(2)]
    options = ("report", "--unit", SEED, "--year", SEED_YEAR)
    runs = [program("giamngheo", *options, "--out", out, cwd=PROJECT) for out in outs]
    for run in runs:
        finished(run)
    return tuple(out / SEED / str(SEED_YEAR) for out in outs)
