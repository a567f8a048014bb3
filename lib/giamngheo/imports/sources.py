"""A file of any spreadsheet format → the cells of its sheets.

openpyxl reads .xlsx and .xlsm with their look, so that what is seen and what is stored can be compared; python-calamine
reads the values of .xls, .xlsb and .ods alone, and `hidden` which of their rows and columns are hidden.
"""

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from giamngheo import limits
from giamngheo.findings import DataError, Finding
from giamngheo.imports import hidden
from giamngheo.imports.headings import written
from giamngheo.imports.quoting import named_safely
from giamngheo.intake import csvfile, workbook
from giamngheo.intake.cell import Number, Unreadable
from giamngheo.intake.grid import Grid, Row
from giamngheo.intake.workbook import HIDDEN_SHEET

LOOKED_AT = (".xlsx", ".xlsm")
VALUES_ALONE = (".xls", ".xlsb", ".ods")
TEXT = (".csv", ".tsv")
OPENED = ", ".join((*LOOKED_AT, *VALUES_ALONE, *TEXT))
UNSEEN = "Lưu ý: chỉ đọc được giá trị và dòng, cột ẩn, không thấy định dạng của tệp kiểu này: xem lại bằng mắt, hoặc lưu thành .xlsx rồi nhập."


def grids(path: Path, wanted: str = "") -> list[Grid]:
    """The sheets of a file that hold anything, or the one that is `wanted`; a CSV file is one. Raises DataError.

    A title that may be a person's name is not said again: its sheet is called by its place, and chosen by either.
    """
    kind = path.suffix.lower()
    if kind not in (*LOOKED_AT, *VALUES_ALONE, *TEXT):
        raise refusal(path.name, f"không đọc được tệp kiểu này ({kind or 'không có đuôi'})", f"lưu thành một trong các kiểu {OPENED}")
    data = limits.head(path, limits.TABLE if kind in TEXT else limits.WORKBOOK)
    found = of_text(data, path.name) if kind in TEXT else looked_at(data, path.name) if kind in LOOKED_AT else values_alone(data, path.name)
    filled = [(grid.sheet, named_safely(grid, at)) for at, grid in enumerate(found, start=1) if grid.rows or grid.findings]
    if broken := [finding for _, grid in filled if not grid.rows for finding in grid.findings]:
        raise DataError(broken)
    chosen = [grid for title, grid in filled if wanted in ("", title, grid.sheet)]
    if not chosen:
        named = ", ".join(grid.sheet for _, grid in filled if grid.sheet) or "không có"
        rule = f"không có trang tính “{wanted}”" if wanted else "tệp không có ô nào ghi gì"
        raise refusal(path.name, rule, f"các trang tính có nội dung: {named}")
    return chosen


def of_text(data: bytes, file: str) -> list[Grid]:
    return [csvfile.grid(data, file, written())]


def looked_at(data: bytes, file: str) -> list[Grid]:
    return list(workbook.grids(data, file).values())


def values_alone(data: bytes, file: str) -> list[Grid]:
    if len(data) > limits.WORKBOOK:
        raise refusal(file, "tệp quá lớn", "chép riêng các ô có số liệu sang tệp mới")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = {sheet.name: sheet.visible == SheetVisibleEnum.Visible for sheet in book.sheets_metadata}
        named = book.sheet_names[: limits.SHEETS]
        unseen = hidden.of_file(data, Path(file).suffix.lower())
        if unseen is None or set(named) - unseen.keys():
            raise refusal(file, "không đọc được tệp này ẩn những dòng, cột nào", "mở bằng Excel rồi lưu lại dạng .xlsx")
        return [values_of(book.get_sheet_by_name(name), file, shown[name], unseen[name]) for name in named]
    except CalamineError:
        raise refusal(file, "không mở được tệp: đã hỏng, có mật khẩu hoặc không đúng đuôi", "mở bằng Excel rồi lưu lại dạng .xlsx") from None


def values_of(sheet: CalamineSheet, file: str, visible: bool, unseen: hidden.Hidden) -> Grid:
    lines = enumerate(sheet.to_python(skip_empty_area=False), start=1)
    rows = [Row(at, tuple(cell(value) for value in values), at in unseen.rows) for at, values in lines]
    merged: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        bounds = (top + 1, left, bottom + 1, right)
        merged |= {(row, at): bounds for row in range(top + 1, bottom + 2) for at in range(left, right + 1)}
    grid = Grid(file, sheet.name, tuple(rows), merged=merged, hidden_positions=frozenset(unseen.positions))
    return grid if visible else replace(grid, findings=(grid.refusal(*HIDDEN_SHEET),))


def cell(value: object) -> object:
    """A value as `intake.cell` has it: a whole number that was kept as a float is whole again."""
    if isinstance(value, bool | dt.date):
        return value
    if isinstance(value, int | float):
        return Number(int(value) if float(value).is_integer() else value)
    if isinstance(value, str):
        return value if value.strip() else None
    return Unreadable(str(value), "ô chứa giờ", "định dạng lại ô rồi gõ lại giá trị")


def refusal(file: str, rule: str, remedy: str) -> DataError:
    return DataError([Finding(file, rule, remedy)])
