"""What is wrong in the files of a year, said so that the person who filled them in can put it right.

A `Finding` points at one cell (or row, or file), says what was found, which rule it breaks and what to do.
All findings of a file are shown at once: as Vietnamese text, as a table, or marked in a copy of the file.
"""

import dataclasses
import json
import os
from collections.abc import Iterable

import pandas as pd

from giamngheo import spreadsheets
from giamngheo.system_errors import SYSTEM

LEVELS = ("refuse", "draft", "note")
LEVEL_LABELS = {"refuse": "", "draft": "[chỉ lập được DỰ THẢO] ", "note": "[lưu ý] "}


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing that is wrong, the place where it stands, and what to do about it.

    file     path below the data folder, `kong-long-khong/2022/review.csv`
    sheet    sheet of an Excel workbook, "" for a CSV file
    row      line as a text editor or Excel counts it; 0 when the whole file or sheet is meant
    column   letter as in Excel, for CSV files too; "" when no single cell is meant
    header   name of the column as the file writes it
    value    what the cell says
    rule     what should have been there, in Vietnamese
    remedy   what to do, in Vietnamese
    level    refuse: no report can be made; draft: only a report marked DỰ THẢO; note: for information
    """

    file: str
    sheet: str
    row: int
    column: str
    header: str
    value: str
    rule: str
    remedy: str
    level: str = "refuse"

    def __post_init__(self):
        if self.level not in LEVELS:
            raise ValueError(f"level must be one of {', '.join(LEVELS)}; found {self.level!r}")

    def __str__(self) -> str:
        level = LEVEL_LABELS[self.level]
        return f"{level}{_place(self)}: {_value(self)}{self.rule}. Cách sửa: {self.remedy}."


class DataError(ValueError):
    """The data cannot be used; `findings` says why, and the message is their text."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = tuple(sorted(findings, key=order))
        super().__init__(self.findings)

    def __str__(self) -> str:
        return render(self.findings, "text")


def unusable(error: OSError) -> DataError:
    """What the system said of a file or folder, as a finding that names it, in one sentence.

    >>> print(unusable(OSError(28, "No space left on device", "outputs/xa-mau/2024/bao-cao.pdf")))
    outputs/xa-mau/2024/bao-cao.pdf: đĩa đã đầy. Cách sửa: dọn bớt tệp rồi chạy lại.
    """
    name = "" if error.filename is None or isinstance(error.filename, int) else error.filename
    place = os.fsencode(name).decode("utf-8", "backslashreplace") or "máy này"
    known = SYSTEM.get(error.errno)
    rule, remedy = known or (f"hệ thống báo lỗi: {error.strerror or error}", "sửa theo lời báo rồi chạy lại")
    return DataError([Finding(place, "", 0, "", "", "", rule, remedy)])


def order(finding: Finding) -> tuple:
    """Sort key: file, sheet, row, column as Excel orders its letters (B before AA), then the text."""
    return (
        finding.file,
        finding.sheet,
        finding.row,
        len(finding.column),
        finding.column,
        finding.header,
        finding.rule,
        finding.value,
    )


def table(findings: Iterable[Finding]) -> pd.DataFrame:
    """The findings as a frame, one row each, sorted by place.

    Columns: file, sheet, row, column, header, value, rule, remedy, level.
    """
    columns = [field.name for field in dataclasses.fields(Finding)]
    return pd.DataFrame([dataclasses.astuple(one) for one in sorted(findings, key=order)], columns=columns)


def render(findings: Iterable[Finding], format: str = "text") -> str:
    """The findings, sorted by place, as `text` (one Vietnamese block each), `csv` or `json`.

    >>> one = Finding("a/2022/review.csv", "", 2, "E", "poor_households", "32a",
    ...               "phải là số nguyên không âm", "ghi bằng chữ số, ví dụ 32")
    >>> print(render([one]))
    a/2022/review.csv, dòng 2, cột E (poor_households): giá trị "32a" — phải là số nguyên không âm. \
Cách sửa: ghi bằng chữ số, ví dụ 32.
    """
    found = sorted(findings, key=order)
    if format == "text":
        return "\n".join(str(one) for one in found)
    if format == "json":
        return json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=2)
    if format == "csv":
        names = [field.name for field in dataclasses.fields(Finding)]
        return spreadsheets.csv_text([names, *map(dataclasses.astuple, found)])
    raise ValueError(f"format must be one of text, csv, json; found {format!r}")


def _place(finding: Finding) -> str:
    place = finding.file
    if finding.sheet:
        place += f", trang tính {finding.sheet}"
    if finding.row:
        place += f", dòng {finding.row}"
    if finding.column:
        place += f", cột {finding.column}"
    if finding.header:
        place += f" ({finding.header})" if finding.column else f", cột {finding.header}"
    return place


def _value(finding: Finding) -> str:
    return f'giá trị "{finding.value}" — ' if finding.value else ""
