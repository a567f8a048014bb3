"""An Excel workbook's bytes → the cells of its sheets, with all that would make a reading of them a guess."""

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo import limits, private_names
from giamngheo.findings import Finding
from giamngheo.intake import appearance, conditional, drawings, file_kinds, number_formats, unpacking
from giamngheo.intake.cell import MonthShown, Number, Uncalculated, Unreadable
from giamngheo.intake.colours import Palette
from giamngheo.intake.grid import Grid, Row, letter
from giamngheo.vietnamese.numbers import number as shown

LOWEST, NARROWEST = 3, 0.6  # points, characters: in less nothing is seen
WIDEST = 16384  # columns of a sheet
HIDDEN_SHEET = ("trang tính đang bị ẩn", "bỏ ẩn trang tính (Unhide) để kiểm tra, hoặc xoá trang tính")
RECALCULATED = re.compile(rb"""<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad\s*=\s*["'](?:1|true)["']""")
ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")

OURS, COMMENT = "giamngheo", 100  # the author of our own comments; how much of others' is quoted
EXPLANATION = re.compile("^Kiểu: ", re.MULTILINE)  # of a column of our workbook, whose author other programs drop


class Floating(NamedTuple):
    """What a workbook's parts say of its sheets, by name, that openpyxl does not keep."""

    formats: dict[str, list[conditional.Area]]
    drawings: dict[str, list[drawings.Drawing]]


def grids(data: bytes, file: str) -> dict[str, Grid]:
    """The sheets of a workbook by name; a grid without rows, named "", when it cannot be opened."""
    if wrong := file_kinds.refusal(data) or unpacking.refusal(data):
        return _broken(file, *wrong)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features it does not keep; we only read
            results = load_workbook(io.BytesIO(data), data_only=True, rich_text=True)
            formulas = load_workbook(io.BytesIO(data))
            floating = Floating(conditional.later(data), drawings.of_sheets(data))
            styles = unpacking.part(data, "xl/styles.xml")
            stale = RECALCULATED.search(unpacking.part(data, "xl/workbook.xml")) is not None
    except Exception:  # a damaged workbook fails in as many ways as zip, XML and openpyxl know
        return _broken(file, "không mở được tệp Excel, tệp đã hỏng", "mở tệp trong Excel rồi lưu lại dạng .xlsx")
    palette = Palette(results.loaded_theme, styles)
    looks = appearance.Looks(palette)
    if stale:
        forget_results(results, formulas)
    return {
        sheet.title: _grid(sheet, formulas[sheet.title], file, looks, floating)
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
    sheet: Worksheet, formulas: Worksheet, file: str, looks: appearance.Looks, floating: Floating
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
    refusals = tuple(grid.refusal(*wrong) for wrong in _wrong_sheet(sheet, filled, floating, looks.palette)) if filled else ()
    return replace(grid, findings=refusals, notes=tuple(_notes(grid, sheet, floating)))


def _notes(grid: Grid, sheet: Worksheet, floating: Floating) -> Iterator[Finding]:
    """What a person sees in a sheet and nobody reads: comments, and what is drawn over the cells."""
    for rule, remedy in drawings.notes(floating.drawings.get(sheet.title, [])):
        yield replace(grid.refusal(rule, remedy), level="note")
    for (row, column), cell in private_names.cells(sheet).items():
        if cell.comment and cell.comment.author != OURS and not EXPLANATION.search(cell.comment.text):
            said = " ".join(cell.comment.text.split())
            rule = f"ghi chú gắn ở ô không được đọc: “{said[:COMMENT]}{'…' * (len(said) > COMMENT)}”"
            remedy = "nếu ghi chú sửa số trong ô thì sửa ô rồi xoá ghi chú; nếu không thì để yên"
            yield Finding(grid.file, rule, remedy, sheet=grid.sheet, row=row, column=letter(column - 1), level="note")


def _wrong_sheet(
    sheet: Worksheet, filled: dict[tuple[int, int], object], floating: Floating, palette: Palette
) -> Iterator[tuple[str, str]]:
    if sheet.sheet_state != "visible":
        yield HIDDEN_SHEET
    yield from conditional.wrong(sheet, filled, floating.formats.get(sheet.title, []), palette)
    yield from drawings.covering(floating.drawings.get(sheet.title, []), sheet, filled)
    if any(view.showFormulas for view in sheet.views.sheetView):
        yield "trang tính đang hiện công thức thay cho kết quả", "tắt Show Formulas (Ctrl+`) rồi lưu"
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
        wait = "mở tệp trong Excel, chờ tính xong rồi lưu lại"
        return Uncalculated("", "công thức chưa có kết quả", wait, formula=str(formula.value))
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
