"""A copy of a received file in which the wrong cells are coloured and carry the message as a comment."""

import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from giamngheo import spreadsheets
from giamngheo.findings import LEVELS, Finding, order, table
from giamngheo.intake import csvfile
from giamngheo.intake.folder import LISTING_SHEET
from giamngheo.intake.header import names
from giamngheo.law.dictionary import tables
from giamngheo.store import atomic

HEADINGS = ("Tệp", "Trang tính", "Dòng", "Cột", "Tên cột", "Giá trị", "Quy tắc", "Cách sửa", "Mức")
WIDTHS = (34, 14, 7, 6, 26, 20, 60, 60, 8)
COLOURS = {"refuse": "FFC7CE", "draft": "FFEB9C", "note": "DDEBF7"}


def mark(path_in: Path, found: Sequence[Finding], path_out: Path) -> None:
    """Write a copy of the file as a workbook in which the wrong cells are coloured and commented.

    `path_in` is an .xlsx or .csv file and is not changed; `path_out` is an .xlsx file. The first sheet,
    "Cần sửa", lists the findings of this file, also those that belong to no single cell; a file that
    cannot be opened gives that list alone.
    """
    found = [one for one in found if Path(one.file).name == path_in.name]
    book = _from_csv(path_in) if path_in.suffix == ".csv" else _from_workbook(path_in)
    by_cell: dict[tuple[str, int, str], list[Finding]] = {}
    for one in sorted(found, key=order):
        by_cell.setdefault((one.sheet or path_in.stem, one.row, one.column or "A"), []).append(one)
    for (sheet, row, column), ones in by_cell.items():
        if row and sheet in book.sheetnames:
            _mark_cell(_top_left(book[sheet], f"{column}{row}"), ones)
    _list(book, found)
    content = io.BytesIO()
    book.save(content)
    atomic.put(path_out, content.getvalue())


def _mark_cell(cell: Cell, ones: Sequence[Finding]) -> None:
    worst = min((one.level for one in ones), key=LEVELS.index)
    cell.fill = PatternFill("solid", fgColor=COLOURS[worst])
    said = "\n".join(f"{one.rule}. Cách sửa: {one.remedy}." for one in ones)
    cell.comment = Comment(said, "giamngheo", width=420, height=140)


def _top_left(sheet, place: str) -> Cell:
    """The cell itself, or the first cell of its merged range, the only one of it that can be marked."""
    for area in sheet.merged_cells.ranges:
        if place in area:
            return sheet.cell(area.min_row, area.min_col)
    return sheet[place]


def _list(book: Workbook, found: Sequence[Finding]) -> None:
    sheet = book.create_sheet(LISTING_SHEET, 0)
    for at, row in enumerate([HEADINGS, *table(found).itertuples(index=False)], start=1):
        for position, said in enumerate(row, start=1):
            _write(sheet.cell(at, position), said)
            sheet.cell(at, position).alignment = Alignment(wrap_text=True, vertical="top")
    for cell, width in zip(sheet[1], WIDTHS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A2"
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _write(cell: Cell, said: object) -> None:
    """Write text as text: a received cell that begins with = must not become a formula in the copy."""
    spreadsheets.write(cell, ILLEGAL_CHARACTERS_RE.sub("", said) if isinstance(said, str) else said)


def _from_workbook(path: Path) -> Workbook:
    try:
        return load_workbook(path, rich_text=True)
    except Exception:  # what cannot be opened cannot be marked; the listing still says why
        return _empty()


def _from_csv(path: Path) -> Workbook:
    data = path.read_bytes()
    columns = tables().get(path.stem, ())
    book = _empty()
    sheet = book.create_sheet(path.stem[:31])
    try:
        text = csvfile.decode(data)
        rows = csvfile.rows(text, csvfile.separator(text, names(columns)))
    except csvfile.NotText:
        return book
    for row in rows:
        for position, said in enumerate(row.cells, start=1):
            _write(sheet.cell(row.number, position), said)
    return book


def _empty() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    return book
