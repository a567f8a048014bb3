"""What every sheet to fill in has: open cells, formats, lists, prompts, a protected heading."""

import io
import warnings
from collections.abc import Iterable
from math import ceil

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo import limits, spreadsheets
from giamngheo.intake.grid import letter
from giamngheo.law.dictionary import COUNTED, Column
from giamngheo.vietnamese.terms import UNITS

LAST_ROW = limits.ROWS  # as far as rows are read, lists, formats and totals reach
LAST_COLUMN = 16_384  # of a sheet: Excel deletes a row of a protected sheet only where every cell of it is open
TYPES = {
    "text": "chữ",
    "code": "chọn trong danh sách",
    "count": "số nguyên không âm",
    "money": "số tiền, đồng, không có phần thập phân",
    "number": "số, phần thập phân sau dấu phẩy",
    "date": "ngày/tháng/năm",
    "month": "tháng/năm",
    "year": "năm, bốn chữ số",
}
REQUIRED = {"value": "bắt buộc ghi", "column": "chưa biết thì để trống, không ghi 0", "no": "không bắt buộc"}
FORMATS = {
    "count": "#,##0",
    "money": "#,##0",
    "date": "dd/mm/yyyy",
    "month": "mm/yyyy",
    "year": "0",
    "number": "General",
}
ALLOWED = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter")
AUTHOR, COMMENT_SIZE = "giamngheo", (320, 150)  # of the explanations of columns; openpyxl does not read a size back
A4, HEADING_LINE, BOLD = 9, 15.0, 1.15  # paper; points of a line; of a plain letter that a bold one takes
TITLE, PROMPT = 32, 255  # characters that Excel shows of a prompt
WRAPPED = Alignment(wrap_text=True, vertical="top")
LINE = Border(*[Side("thin", color="999999")] * 4)


def reopened(content: bytes) -> Workbook:
    """A workbook to be changed and saved again."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that openpyxl does not keep
        book = load_workbook(io.BytesIO(content))
    for cell in (cell for sheet in book.worksheets for cell in next(sheet.iter_rows(max_row=1), ())):
        if cell.comment and cell.comment.author == AUTHOR:
            cell.comment.width, cell.comment.height = COMMENT_SIZE
    return book


def explanation(text: str) -> Comment:
    width, height = COMMENT_SIZE
    return Comment(text, AUTHOR, width=width, height=height)


def expected(column: Column, labels: dict[str, str]) -> str:
    """Of what kind a value is, in which unit, and whether it must be there; two lines."""
    unit = UNITS.get(column.unit) or f"theo cột {labels.get(column.unit)}"  # of a movement the row's measure
    return f"Kiểu: {TYPES[column.type]}{f', đơn vị: {unit}' if column.unit else ''}\n{REQUIRED[column.required]}"


def heading(cell: Cell, text: str, required: bool = False) -> None:
    spreadsheets.write(cell, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="FCE4D6" if required else "DDEBF7")
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    cell.border = LINE


def column(sheet: Worksheet, position: int, type: str, width: float) -> None:
    """Every cell of a column open, in the format of its type."""
    dimension = sheet.column_dimensions[letter(position)]
    dimension.width, dimension.number_format = width, FORMATS.get(type, "@")
    dimension.protection = Protection(locked=False)
    dimension.alignment = WRAPPED if type in ("text", "code") else Alignment()


def enter(cell: Cell, value: object, type: str) -> None:
    """Put a value into an open cell."""
    spreadsheets.write(cell, value)
    _open(cell, type)


def _open(cell: Cell, type: str) -> None:
    cell.number_format, cell.protection = FORMATS.get(type, "@"), Protection(locked=False)
    if type in ("text", "code"):
        cell.alignment = WRAPPED


def opened(sheet: Worksheet, row: int, types: Iterable[str]) -> None:
    """Every cell of a row open, each of its type."""
    for position, type in enumerate(types, start=1):
        _open(sheet.cell(row, position), type)


def total(cell: Cell, value: object, type: str = "text") -> None:
    """A cell of a total row, which is locked."""
    cell.value = value
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="F2F2F2")
    if type in COUNTED:
        cell.number_format = FORMATS[type]


def added(column: str, first: int, conditions: Iterable[tuple[str, str]] = ()) -> str:
    """The formula that adds up a column from row `first` on, of the rows whose cells are as `conditions` (column, cell) say.

    >>> added("B", 3)
    '=IF(COUNT(B$3:B$200000)=0,"",SUM(B$3:B$200000))'
    """
    rows = f"{column}${first}:{column}${LAST_ROW}"
    asked = "".join(f",${name}${first}:${name}${LAST_ROW},{cell}" for name, cell in conditions)
    return f'=IF(COUNT({rows})=0,"",{f"SUMIFS({rows}{asked})" if asked else f"SUM({rows})"})'


def typed(sheet: Worksheet, place: str, column: Column, source: str, prompt: str, loose: bool = False, title: str = "") -> None:
    """What may be typed in the cells of `place`, and what is shown when one is entered; a `loose` list only warns."""
    if source:
        rule = DataValidation("list", source, allow_blank=True, showErrorMessage=True)
        rule.error, rule.errorStyle = "Chọn một mục trong danh sách.", "warning" if loose else "stop"
    elif column.type in COUNTED:
        rule = DataValidation("whole", "0", allow_blank=True, operator="greaterThanOrEqual", showErrorMessage=True)
        rule.error = "Ghi số nguyên không âm; chưa biết thì để trống."
    else:
        rule = DataValidation(allow_blank=True)
    rule.errorTitle = column.label[:TITLE]
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, (title or column.label)[:TITLE], prompt[:PROMPT]
    rule.add(place)
    sheet.add_data_validation(rule)


def printed(sheet: Worksheet, headings: int = 0) -> None:
    """How a sheet is printed: A4 across, one page wide, lines around cells, the `headings` on each page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_margins.left = sheet.page_margins.right = sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    if headings:
        sheet.print_title_rows, sheet.print_options.gridLines = f"1:{headings}", True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P/&N"


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Points that a row of bold headings needs, each text in a cell of so many characters.

    >>> height([("Tổng số hộ", 12), ("Người phụ thuộc trong hộ gia đình\\ndependents", 12)])
    96.0
    """
    lines = [sum(max(1, ceil(len(part) * BOLD / (width - 1))) for part in text.split("\n")) for text, width in texts if text]
    return HEADING_LINE * max(lines, default=1) + 6


def protect(sheet: Worksheet, width: int = 0) -> None:
    """Lock header and totals; what filling in rows needs stays allowed, also beyond the `width` columns. There is no password."""
    sheet.protection.enable()
    for allowed_action in ALLOWED:
        setattr(sheet.protection, allowed_action, False)  # openpyxl says what is locked
    if width:
        beyond = sheet.column_dimensions[letter(width)]
        beyond.min, beyond.max, beyond.width = width + 1, LAST_COLUMN, 13
        beyond.protection = Protection(locked=False)
