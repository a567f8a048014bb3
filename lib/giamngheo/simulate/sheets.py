"""The tables of a simulated year as they are handed in, and the CSV files they make."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from giamngheo import spreadsheets
from giamngheo.law.dictionary import COUNTED, Column, tables
from giamngheo.vietnamese.encodings import TCVN3_BYTES

TO_TCVN3 = {letter: chr(byte) for byte, letter in TCVN3_BYTES.items()}


@dataclass
class Table:
    """Rows of {column: value} under the dictionary's columns, and what may be wrong with their form.

    total      a row "Tổng cộng" of {column: value}, or None
    columns    the dictionary's columns, less those that are left out
    misspelt   columns whose header says something else
    ragged     rows (their places) with one cell too many
    hidden     rows (their places) and columns (their names) hidden in the workbook
    encoding   of the CSV file: "utf-8", "utf-16" or "tcvn3"
    """

    name: str
    rows: list[dict]
    total: dict | None = None
    columns: list[str] = field(default_factory=list)
    misspelt: dict[str, str] = field(default_factory=dict)
    ragged: set[int] = field(default_factory=set)
    hidden: set[int | str] = field(default_factory=set)
    encoding: str = "utf-8"

    def __post_init__(self):
        self.columns = [column.name for column in self.dictionary]

    @property
    def dictionary(self) -> Sequence[Column]:
        return tables()[self.name]

    def header(self) -> list[str]:
        return [self.misspelt.get(column, column) for column in self.columns]


def sums(table: Table) -> dict:
    """The total row of a table of villages: the counts of its rows added up."""
    counted = [column.name for column in table.dictionary if column.type in COUNTED]
    return {"village": "Tổng cộng"} | {name: sum(row[name] for row in table.rows) for name in counted if name in table.rows[0]}


def write_csv(table: Table, folder: Path) -> None:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(table.header())
    types = {column.name: column.type for column in table.dictionary}
    for place, row in enumerate(table.rows + ([table.total] if table.total else [])):
        cells = [said(row.get(column), types[column]) for column in table.columns]
        lines.writerow(cells + [""] if place in table.ragged else cells)
    (folder / f"{table.name}.csv").write_bytes(encoded(text.getvalue(), table.encoding))


def said(value: object, type: str = "") -> str:
    """A value as a CSV file writes it: dates as ISO dates, months without their day, blanks as nothing.

    >>> said(dt.date(2024, 5, 1)), said(dt.date(2024, 5, 1), "month"), said(None)
    ('2024-05-01', '2024-05', '')
    """
    if value is None:
        return ""
    if type in ("text", "code"):
        return spreadsheets.inert(str(value))
    if isinstance(value, dt.date):
        return f"{value:%Y-%m}" if type == "month" else value.isoformat()
    return str(value)


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a text; TCVN3 keeps capitals with marks as small letters, as its fonts do.

    >>> encoded("Thôn Mơ Tôn", "tcvn3")
    b'Th\\xabn M\\xac T\\xabn'
    """
    if encoding != "tcvn3":
        return text.encode(encoding)
    old = "".join(TO_TCVN3.get(letter) or TO_TCVN3.get(letter.lower(), letter) for letter in text)
    return old.encode("latin-1", "replace")
