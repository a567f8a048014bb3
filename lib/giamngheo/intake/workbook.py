"""An Excel workbook's bytes → the cells of its sheets, with all that would make a reading of them a guess."""

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo import limits, private_names
from giamngheo.intake import appearance, conditional, file_kinds, number_formats, unpacking
from giamngheo.intake.cell import MonthShown, Number, Uncalculated, Unreadable
from giamngheo.intake.grid import Grid, Row
from giamngheo.vietnamese.numbers import number as shown

LOWEST, NARROWEST = 3, 0.6  # points, characters: in less nothing is seen
WIDEST = 16384  # columns of a sheet
RECALCULATED = re.compile(rb"""<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad\s*=\s*["'](?:1|true)["']""")
ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")


def grids(data: bytes, file: str) -> dict[str, Grid]:
    """The sheets of a workbook by name; a grid without rows, named "", when it cannot be opened."""
    if wrong := file_kinds.refusal(data) or unpacking.refusal(data):
        return _broken(file, *wrong)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features it does not keep; we only read
            results = load_workbook(io.BytesIO(data), data_only=True, rich_text=True)
            formulas = load_workbook(io.BytesIO(data))
            later = conditional.later(data)
            stale = RECALCULATED.search(unpacking.part(data, "xl/workbook.xml")) is not None
    except Exception:  # a damaged workbook fails in as many ways as zip, XML and openpyxl know
        return _broken(file, "không mở được tệp Excel, tệp đã hỏng", "mở tệp trong Excel rồi lưu lại dạng .xlsx")
    looks = appearance.Looks()
    if stale:
        forget_results(results, formulas)
    return {
        sheet.title: _grid(sheet, formulas[sheet.title], file, looks, later.get(sheet.title, []))
        for sheet in results.worksheets
    }


def forget_results(results: Workbook, formulas: Workbook) -> None:
    """Leave no result beside formulas that are to be worked out when the workbook is opened: a person sees others."""
    for sheet in results.worksheets:
        cells = private_names.cells(sheet)
        for place, formula in private_names.cells(formulas[sheet.title]).items():
            if formula.data_type == "f" and place in cells:
                cells[place].value = None


def _broken(file: str, rule: str, remedy: str) -> dict[str, Grid]:
    empty = Grid(file, "", ())
    return {"": Grid(file, "", (), findings=(empty.refusal(rule, remedy),))}


def _grid(
    sheet: Worksheet, formulas: Worksheet, file: str, looks: appearance.Looks, later: list[conditional.Area]
) -> Grid:
    calculated = private_names.cells(formulas)
    cells = {place: _cell(cell, calculated.get(place), looks) for place, cell in private_names.cells(sheet).items()}
    filled = {place: cell for place, cell in cells.items() if cell is not None}
    width = max((column for _, column in filled), default=0)
    last = max((row for row, _ in filled), default=0)
    if (wide := len({row for row, _ in filled}) * width) > limits.AREA:
        rule = f"số liệu trải trên {shown(wide)} ô (số dòng × số cột), giới hạn {shown(limits.AREA)}"
        return Grid(file, sheet.title, (), findings=(Grid(file, sheet.title, ()).refusal(rule, unpacking.SMALLER),))
    grid = Grid(
        file,
        sheet.title,
        tuple(_rows(filled, width, _hidden_rows(sheet, {row for row, _ in filled}))),
        merged=_merged(sheet, last, width),
        hidden_positions=_hidden_positions(sheet),
    )
    refusals = tuple(grid.refusal(*wrong) for wrong in _wrong_sheet(sheet, filled, later)) if filled else ()
    return replace(grid, findings=refusals)


def _wrong_sheet(
    sheet: Worksheet, filled: dict[tuple[int, int], object], later: list[conditional.Area]
) -> Iterator[tuple[str, str]]:
    if sheet.sheet_state != "visible":
        yield "trang tính đang bị ẩn", "bỏ ẩn trang tính (Unhide) để kiểm tra, hoặc xoá trang tính"
    yield from conditional.wrong(sheet, filled, later)
    zeros = any(isinstance(cell, Number) and cell.value == 0 for cell in filled.values())
    if zeros and appearance.hides_zeros(sheet):
        remedy = "bật lại Show a zero in cells that have zero value (File → Options → Advanced)"
        yield "trang tính đang ẩn các số 0, ô ghi 0 hiện như ô trống", remedy


def _cell(cell, formula, looks: appearance.Looks) -> object:
    value = cell.value
    if value is not None and (wrong := looks.of(cell)) and appearance.text(value).strip():
        return Unreadable(appearance.text(value), *wrong)
    if isinstance(value, CellRichText):
        value = str(value)
    if formula is not None and formula.data_type == "f" and value is None:
        return Uncalculated("", "công thức chưa có kết quả", "mở tệp trong Excel, chờ tính xong rồi lưu lại")
    if cell.data_type == "e":
        return Unreadable(str(value), "ô báo lỗi của Excel", "sửa công thức, hoặc gõ lại giá trị")
    if isinstance(value, str):
        return _text(value, cell.number_format) if value.strip("\u00a0\u200b\ufeff \t\r\n") else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Number(value, cell.number_format)
    if isinstance(value, dt.time | dt.timedelta):
        return Unreadable(str(value), "ô chứa giờ", "định dạng lại ô rồi gõ lại giá trị")
    return _date(value, cell.number_format) if isinstance(value, dt.date) else value


def _text(value: str, format: str) -> str | Unreadable:
    """A text with Excel's codes for line ends decoded; other codes and formats that hide it are refused."""
    if len(value) > limits.CELL:
        rule = f"ô dài {shown(len(value))} ký tự, giới hạn {shown(limits.CELL)}"
        return Unreadable(value[:40] + "…", rule, "viết ngắn lại, hoặc đưa lời văn vào narrative")
    value = re.sub("_x000[9ADad]_", "\n", value)
    if ESCAPED.search(value):
        rule = "có mã ký tự của Excel (_xHHHH_), chữ hiện trong ô khác với chữ được lưu"
        return Unreadable(value, rule, "gõ lại nội dung ô")
    return value if number_formats.shows_text(format) else Unreadable(value, *appearance.UNSHOWN)


def _date(value: dt.date, format: str) -> dt.date | Unreadable:
    parts = number_formats.shows_date(value, format)
    if parts == "my":
        return MonthShown(value.year, value.month, value.day)
    if parts == "dmy":
        return value
    rule = f"ô giữ ngày {value:%d/%m/%Y} nhưng định dạng ({format}) không hiện đủ ngày, tháng, năm theo thứ tự đó"
    return Unreadable(f"{value:%d/%m/%Y}", rule, "đặt định dạng ô là dd/mm/yyyy rồi kiểm tra lại ngày")


def _rows(filled: dict[tuple[int, int], object], width: int, hidden: frozenset[int]) -> Iterable[Row]:
    by_row: dict[int, list] = {}
    for (row, column), cell in filled.items():
        by_row.setdefault(row, [None] * width)[column - 1] = cell
    before = 0
    for number in sorted(by_row):
        if number > before + 1:
            yield Row(before + 1, (None,) * width)
        yield Row(number, tuple(by_row[number]), number in hidden)
        before = number


def _hidden_rows(sheet: Worksheet, filled: set[int]) -> frozenset[int]:
    """Rows that are hidden, or too low to be seen; those that say nothing of their height have that of the sheet."""
    usual = sheet.sheet_format
    default = 0 if usual.zeroHeight else usual.defaultRowHeight
    said = {number: 0 if row.hidden else row.height for number, row in sheet.row_dimensions.items()}
    heights = {number: default if said.get(number) is None else said[number] for number in filled}
    return frozenset(number for number, height in heights.items() if height is not None and height < LOWEST)


def _hidden_positions(sheet: Worksheet) -> frozenset[int]:
    """Columns that are hidden, or too narrow to be seen, counted from 0."""
    usual = sheet.sheet_format.defaultColWidth
    narrow = usual is not None and usual < NARROWEST
    said: dict[int, bool] = {}
    for column in sheet.column_dimensions.values():
        hidden = column.hidden or column.width < NARROWEST
        said |= dict.fromkeys(range((column.min or 1) - 1, min(column.max or 1, WIDEST)), hidden)
    return frozenset(at for at in (range(WIDEST) if narrow else said) if said.get(at, narrow))


def _merged(sheet: Worksheet, last: int, width: int) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    found = {}
    for area in sheet.merged_cells.ranges:
        bounds = (area.min_row, area.min_col - 1, area.max_row, area.max_col - 1)
        for row in range(area.min_row, min(area.max_row, last) + 1):
            for position in range(area.min_col - 1, min(area.max_col, width)):
                found[row, position] = bounds
    return found
