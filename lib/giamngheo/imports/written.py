"""What was understood, written into the year's workbook; an extract of the original is kept beside it and cited by every row.

Nothing a person made is written over: where a village's row holds figures it is refused, and the workbook as it was before
is kept with the extracts.
"""

import io
import warnings
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo import limits, spreadsheets
from giamngheo.findings import DataError, Finding
from giamngheo.imports import forms
from giamngheo.imports.extract import Kept
from giamngheo.imports.understood import Entry, Understood
from giamngheo.intake import reading, template, values, wide_sheets, workbook
from giamngheo.intake.cell import shown
from giamngheo.intake.codes import allowed
from giamngheo.intake.folder import WORKBOOK
from giamngheo.intake.grid import Grid, letter
from giamngheo.intake.header import named, names
from giamngheo.intake.reviews import SHEETS
from giamngheo.intake.table import Reading
from giamngheo.intake.total_rows import VILLAGE, keys_beside_village
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import COUNTED, Column
from giamngheo.store import atomic, belongings
from giamngheo.vietnamese.text import clean, identity

ORIGINALS = "goc"  # the folder of a year in which original files are kept
TAKEN_FROM = "Nhập từ"  # begins the note of a row that was taken from a file


def write(these: list[Understood], extract: Kept | None, this: Year) -> Path:
    """Write every table of `these` into the year's workbook and return its path; `extract` None keeps nothing of the file.

    Raises DataError where a table holds figures already, or does not read back as it was understood.
    """
    this.require_commune()
    this.require_folder(or_row=True)
    path = this.folder / WORKBOOK
    before = limits.head(path, limits.WORKBOOK) if path.is_file() else b""
    refuse_open(path)
    filled_so_far = before or template.content(this, long=wide_sheets.TABLES)
    grids, book = opened(filled_so_far, this), loaded(filled_so_far)
    cited = cited_name(extract, this.folder / ORIGINALS) if extract else these[0].grid.file
    kept = [kept_rows(one, book, grids, this) for one in these]
    for one, rows in zip(these, kept, strict=True):
        fill(one, book, rows, cited)
    content = saved(book)
    again = opened(content, this)
    for one, rows in zip(these, kept, strict=True):
        require_same(one, len(rows), again, this)
    if extract:
        keep(extract.content, this.folder / ORIGINALS / Path(cited).name)
    if before:
        keep(before, next(place for place in belongings.places(path, this.folder / ORIGINALS) if fits(before, place)))
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.put(path, content)
    return path


def refuse_open(path: Path) -> None:
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise DataError([Finding(path.name, "có người đang mở tệp này", "lưu và đóng tệp rồi chạy lại")])


def opened(content: bytes, this: Year) -> dict[str, Grid]:
    """The cells of the year's workbook, by table where a sheet is one; raises DataError where it cannot be opened."""
    found = workbook.grids(content, f"{this.place}/{WORKBOOK}")
    if broken := [finding for grid in found.values() if not grid.sheet for finding in grid.findings]:
        raise DataError(broken)
    return {identity(name): grid for name, grid in found.items()}


def loaded(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that openpyxl does not keep; the workbook as it was is kept
        return load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def kept_rows(one: Understood, book: Workbook, grids: dict[str, Grid], this: Year) -> list[dict[str, object]]:
    """The cells of the table's rows that stay: all but those without figures in whose place new ones come.

    Raises DataError where a row of the same village and codes holds figures, or the table cannot be read.
    """
    file = this.folder / f"{one.table}.csv"
    if file.exists():
        raise DataError([Finding(f"{this.place}/{file.name}", f"bảng {one.table} đã có tệp này", "đổi tên hoặc dời tệp này đi rồi chạy lại")])
    sheet = of_table(one.table, book)
    if sheet is None:
        return []
    figures = [column.name for column in one.defined if column.type in COUNTED and column.name != "start"]
    coming = {key(entry.cells, one, this) for entry in one.entries}
    classes = {found[1:] for found in coming}
    kept = []
    whole = {own[:1] == ("",) for own in coming}
    for number, cells in typed_rows(one, sheet, grids, this):
        own = key(cells, one, this)
        if any(cells[name] is not None for name in figures):
            if own in coming or one.table in SHEETS and {own[0] == ""} != whole:
                raise filled(sheet, number, str(cells[VILLAGE] or "toàn xã"), this)
            kept.append(cells)
        elif own[1:] not in classes and {own[0] == ""} == whole:
            kept.append(cells)
    return kept


def typed_rows(one: Understood, sheet: Worksheet, grids: dict[str, Grid], this: Year) -> list[tuple[int, dict[str, object]]]:
    """The rows of the table's sheet in which something is typed, each with its number: its cells by column.

    Those of a sheet as wide as a village become the table's own rows. Raises DataError for figures in a sheet of another layout.
    """
    at = places(sheet, one.defined)
    if not at and (wide := read_back(one, grids, this)).layout.grid.original:
        if wide.refused:
            raise DataError(wide.findings)
        rows = [{name: None if value == "" else value for name, value in row.items()} for row in wide.rows()]
        return [(wide.line(place), row) for place, row in enumerate(rows)]
    found: list[tuple[int, dict[str, object]]] = []
    for row in sheet.iter_rows(min_row=2):
        typed = [cell for cell in row if cell.value is not None and cell.data_type != "f"]
        if not at and any(isinstance(cell.value, int | float) for cell in typed):
            raise filled(sheet, typed[0].row, "", this)
        if at and typed and not any(cell.data_type == "f" for cell in row):
            found.append((row[0].row, {name: row[column - 1].value for name, column in at.items()}))
    return found


def filled(sheet: Worksheet, row: int, village: str, this: Year) -> DataError:
    rule = "trang tính đã có số liệu của " + (f"“{village}” ở dòng này, không ghi đè" if village else "bảng này, không ghi đè")
    remedy = "xoá các dòng số liệu ấy rồi chạy lại, hoặc sửa tay trong tệp"
    return DataError([Finding(f"{this.place}/{WORKBOOK}", rule, remedy, sheet=sheet.title, row=row)])


def key(cells: dict, one: Understood, this: Year) -> tuple[str, ...]:
    """What tells a row from the others: its village, then its codes, however they are spelled."""
    names = keys_beside_village(one.defined) or []
    columns = [column for column in one.defined if column.name in names]
    said = [text_of(cells.get(column.name)) for column in columns]
    codes = [allowed(column, this.law, this.year, lambda table, name: []) for column in columns]
    meant = [listed.code(word) or word if listed else word for listed, word in zip(codes, said, strict=True)]
    return (identity(text_of(cells.get(VILLAGE))), *meant)


def text_of(cell: object) -> str:
    return "" if cell is None else clean(str(cell))


def of_table(table: str, book: Workbook) -> Worksheet | None:
    return next((sheet for sheet in book.worksheets if identity(sheet.title) == table), None)


def fill(one: Understood, book: Workbook, kept: list[dict[str, object]], cited: str) -> None:
    """Put the kept rows and the entries into the table's sheet: the one made for it, else a new one with the dictionary's columns."""
    sheet = of_table(one.table, book)
    at = places(sheet, one.defined) if sheet is not None else {}
    if sheet is None or not at:
        place = book.index(sheet) if sheet is not None else None
        if sheet is not None:
            book.remove(sheet)
        sheet = book.create_sheet(one.table, place)
        at = head(sheet, one.defined)
    first = first_free(sheet)
    for row in sheet.iter_rows(min_row=first):
        for cell in row:
            cell.value = None
    new = [{column.name: entered(entry, column, one, cited) for column in one.defined} for entry in one.entries]
    for number, cells in enumerate([*kept, *new], start=first):
        for column in one.defined:
            if cells.get(column.name) is not None:
                cell = sheet.cell(number, at[column.name])
                spreadsheets.write(cell, cells[column.name])
                cell.number_format = template.FORMATS.get(column.type, "@")
                cell.protection = Protection(locked=False)


def places(sheet: Worksheet, columns: tuple[Column, ...]) -> dict[str, int]:
    """Where each column stands in a sheet that has all of them; {} for a sheet of another layout."""
    known = names(columns)
    found = {name: at for at, cell in enumerate(sheet[1], start=1) if (name := named(cell.value, known))}
    return found if {column.name for column in columns} <= found.keys() else {}


def head(sheet: Worksheet, columns: tuple[Column, ...]) -> dict[str, int]:
    """Write the line of column names into a new sheet; where each column stands."""
    for position, column in enumerate(columns, start=1):
        cell = sheet.cell(1, position)
        spreadsheets.write(cell, f"{column.label}\n{column.name}")
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[letter(position - 1)].width = 28 if column.type in ("text", "code") else 15
    sheet.freeze_panes = "B2"
    return {column.name: position for position, column in enumerate(columns, start=1)}


def first_free(sheet: Worksheet) -> int:
    """The first row below the header and the totals, which are formulas."""
    formulas = [cell.row for row in sheet.iter_rows(min_row=2) for cell in row if cell.data_type == "f"]
    return max(formulas, default=1) + 1


def entered(entry: Entry, column: Column, one: Understood, cited: str) -> object:
    """The value of a column as it is typed: a count as a number, anything else as the original says it; the note cites it."""
    if column.name == "note":
        if entry.note:
            return entry.note
        sheet = f", trang tính {entry.sheet}" if entry.sheet else ""
        return f"{TAKEN_FROM} {cited}{sheet}, ô {entry.cited}"
    value = entry.cells.get(column.name)
    if value is None or column.type not in COUNTED:
        return None if value is None else shown(value)
    found = values.read(value, column.type, column.unit)
    return found if isinstance(found, int) else None


def require_same(one: Understood, many: int, grids: dict[str, Grid], this: Year) -> None:
    """Read the table back from the workbook as it will be; refuse where one value of it is not the one understood.

    `many` rows that were there before stand above those that were added.
    """
    back = read_back(one, grids, this)
    if back.refused:
        raise DataError(back.findings)
    meant, found = ([row | {"note": ""} for row in table.rows()] for table in (forms.read(one, this), back))
    if found[many:] != meant:
        rule = f"bảng {one.table} đọc lại từ sổ khác với biểu đã hiểu, nên chưa ghi gì"
        raise DataError([Finding(f"{this.place}/{WORKBOOK}", rule, "nhập tay bảng này và báo cho người giữ chương trình")])


def read_back(one: Understood, grids: dict[str, Grid], this: Year) -> Reading:
    return reading.read(grids[one.table], one.defined, lambda column: allowed(column, this.law, this.year, lambda table, name: []))


def cited_name(extract: Kept, folder: Path) -> str:
    """How rows cite an extract that is kept in `folder`: `goc/bieu-1.xlsx`."""
    return f"{ORIGINALS}/{next(place for place in belongings.places(folder / extract.name, folder) if fits(extract.content, place)).name}"


def fits(content: bytes, place: Path) -> bool:
    """Whether bytes may be kept at a place: nothing is there, or the same bytes are."""
    return not place.exists() or place.is_file() and place.read_bytes() == content


def keep(content: bytes, place: Path) -> None:
    """Put a file into the folder of originals."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        atomic.put(place, content)
