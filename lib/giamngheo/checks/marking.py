"""A copy of a received file in which the wrong cells are coloured and carry the message as a comment.

A copy says in its properties (`identifier`) what was in it when it was made. One in which somebody worked, or that is
no copy of ours, is not written over: it gets another name first.
"""

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from giamngheo import limits, spreadsheets
from giamngheo.findings import LEVELS, Finding, order, table
from giamngheo.intake import csvfile, file_kinds, unpacking
from giamngheo.intake.folder import LISTING_SHEET
from giamngheo.intake.header import names
from giamngheo.law.dictionary import tables
from giamngheo.store import atomic, belongings

HEADINGS = ("Tệp", "Trang tính", "Dòng", "Cột", "Tên cột", "Giá trị", "Quy tắc", "Cách sửa", "Mức")
WIDTHS = (34, 14, 7, 6, 26, 20, 60, 60, 8)
COLOURS = {"refuse": "FFC7CE", "draft": "FFEB9C", "note": "DDEBF7"}
PROPERTIES = "docProps/core.xml"  # the part of a workbook with its properties
OURS = "giamngheo:"  # begins what the properties of a copy say of its content
BLANK = "0" * 64
SAID = re.compile(rf"{OURS}([0-9a-f]{{64}})".encode())


def mark(path_in: Path, found: Sequence[Finding], path_out: Path) -> list[str]:
    """Write a copy of the file as a workbook in which the wrong cells are coloured and commented.

    `path_in` is an .xlsx or .csv file and is not changed; `path_out` is an .xlsx file. The first sheet,
    "Cần sửa", lists the findings of this file, also those that belong to no single cell; a file that
    cannot be opened gives that list alone. A sentence for what stood at `path_out` and was kept.
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
    content = sealed(book)
    kept = set_aside(path_out)
    atomic.put(path_out, content)
    return kept


def set_aside(path: Path) -> list[str]:
    """Give a file that is not a copy as we made it another name; a sentence for it, none where there is nothing to keep."""
    if not path.is_file():
        return []
    said, inside = seal(path)
    return [] if said and said == inside else [belongings.set_aside(path, changed=bool(said))]


def sealed(book: Workbook) -> bytes:
    """The workbook as a file that says what is in it."""
    saved, content = io.BytesIO(), io.BytesIO()
    book.properties.identifier = OURS + BLANK
    book.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as whole:
        inside = digest(parts)
        for name in parts.namelist():
            part = parts.read(name)
            whole.writestr(name, part.replace(BLANK.encode(), inside.encode()) if name == PROPERTIES else part)
    return content.getvalue()


def seal(path: Path) -> tuple[str, str]:
    """What a workbook says was in it when we made it and what is in it now; "" where it says nothing or is no workbook."""
    try:
        with zipfile.ZipFile(path) as parts, parts.open(PROPERTIES) as properties:
            said = SAID.search(properties.read(limits.OFFICE))
            return (said[1].decode() if said else ""), digest(parts)
    except Exception:  # a damaged workbook fails in as many ways as zip knows
        return "", ""


def digest(parts: zipfile.ZipFile) -> str:
    """sha256 of what the zip says of its parts, their checksums among it; nothing is unpacked."""
    listed = sorted((part.filename, part.CRC, part.file_size) for part in parts.infolist() if part.filename != PROPERTIES)
    return hashlib.sha256(repr(listed).encode()).hexdigest()


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
    data = limits.head(path, limits.WORKBOOK)
    if file_kinds.refusal(data) or unpacking.refusal(data):
        return _empty()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features it does not keep
            return load_workbook(io.BytesIO(data), rich_text=True)
    except Exception:  # what cannot be opened cannot be marked; the listing still says why
        return _empty()


def _from_csv(path: Path) -> Workbook:
    data = limits.head(path, limits.TABLE)
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
