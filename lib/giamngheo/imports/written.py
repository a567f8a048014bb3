"""What was understood, written into the year's workbook; an extract of the original is kept beside it and cited by every row.

Nothing a person made is written over: where a village's row holds figures it is refused, and the workbook as it was before
is kept with the extracts.
"""

import io
from pathlib import Path

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo import limits
from giamngheo.findings import DataError, Finding
from giamngheo.imports import forms, prepared
from giamngheo.imports.extract import Kept
from giamngheo.imports.understood import Entry, Understood
from giamngheo.intake import entry, reading, template, values, workbook
from giamngheo.intake.cell import shown
from giamngheo.intake.codes import allowed
from giamngheo.intake.folder import WORKBOOK
from giamngheo.intake.grid import Grid
from giamngheo.intake.header import named, names
from giamngheo.intake.reviews import SHEETS
from giamngheo.intake.table import Reading
from giamngheo.intake.total_rows import VILLAGE, keys_beside_village
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import COUNTED, Column
from giamngheo.store import atomic, belongings
from giamngheo.vietnamese.text import clean, identity

ORIGINALS = "goc"  # the folder of a year in which original files are kept
Cells = dict[str, object]


def write(these: list[Understood], extract: Kept | None, this: Year) -> Path:
    """Write every table of `these` into the year's workbook and return its path; `extract` None keeps nothing of the file.

    Raises DataError where a table holds figures already, or does not read back as it was understood.
    """
    this.require_commune()
    this.require_folder(or_row=True)
    path = this.folder / WORKBOOK
    before = limits.head(path, limits.WORKBOOK) if path.is_file() else b""
    refuse_open(path)
    groups = {str(row.cells["group"]) for one in these for row in one.entries if "group" in row.cells}
    filled_so_far = before or template.content(this, used=groups)
    grids, book = opened(filled_so_far, this), entry.reopened(filled_so_far)
    cited = cited_name(extract, this.folder / ORIGINALS) if extract else these[0].grid.file
    kept = [kept_rows(one, book, grids, this) for one in these]
    for one, rows in zip(these, kept, strict=True):
        fill(one, book, rows, cited, grids, this)
    content = saved(book)
    again = opened(content, this)
    for one, rows in zip(these, kept, strict=True):
        require_same(one, rows, again, this)
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


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def kept_rows(one: Understood, book: Workbook, grids: dict[str, Grid], this: Year) -> list[Cells]:
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
    coming = {key(row.cells, one, this) for row in one.entries}
    classes = {found[1:] for found in coming}
    kept = []
    whole = {own[:1] == ("",) for own in coming}
    for number, cells in typed_rows(one, sheet, grids, this):
        own = key(cells, one, this)
        if any(cells.get(name) is not None for name in figures):
            if own in coming or one.table in SHEETS and {own[0] == ""} != whole:
                raise filled(sheet, number, str(cells[VILLAGE] or "toàn xã"), this)
            kept.append(cells)
        elif own[1:] not in classes and {own[0] == ""} == whole:
            kept.append(cells)
    return kept


def typed_rows(one: Understood, sheet: Worksheet, grids: dict[str, Grid], this: Year) -> list[tuple[int, Cells]]:
    """The rows of the table's sheet in which something is typed, each with its number: its cells by column.

    Those of a sheet as wide as a village become the table's own rows. Raises DataError for figures in a sheet of another layout.
    """
    at = places(sheet, one.defined)
    if not at and (wide := read_back(one, grids, this)).layout.grid.original:
        if wide.refused:
            raise DataError(wide.findings)
        rows = [{name: None if value == "" else value for name, value in row.items()} for row in wide.rows()]
        return [(wide.line(place), row) for place, row in enumerate(rows)]
    found: list[tuple[int, Cells]] = []
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


def fill(one: Understood, book: Workbook, kept: list[Cells], cited: str, grids: dict[str, Grid], this: Year) -> None:
    """Put the kept rows and the entries into the table's sheet: the one made for it, else a new one."""
    sheet = of_table(one.table, book)
    at = places(sheet, one.defined) if sheet is not None else {}
    new = [{column.name: entered(row, column, one, cited) for column in one.defined} for row in one.entries]
    place = None if sheet is None else book.index(sheet)
    wide = not at and prepared.fits(one.table, [*kept, *new])
    if wide and prepared.put(book, place, one.table, this, grids.get(one.table), kept, by_line(one, new, cited)):
        return
    fill_long(one, book, sheet, [*kept, *(in_lists(row, one, this) for row in new)], this)


def by_line(one: Understood, rows: list[Cells], cited: str) -> list[Cells]:
    """The rows for a wide sheet, each with the note of its line."""
    names = [VILLAGE, *(["measure"] if "measure" in {column.name for column in one.defined} else [])]
    lines: dict[tuple, list[Entry]] = {}
    for row in one.entries:
        lines.setdefault(tuple(row.cells.get(name) for name in names), []).append(row)
    notes = {line: prepared.cited(entries, cited) for line, entries in lines.items()}
    return [row | {"note": notes[tuple(row.get(name) for name in names)]} for row in rows]


def in_lists(row: Cells, one: Understood, this: Year) -> Cells:
    """A row with its codes as the drop-downs of the sheet call them."""
    listed = {column.name: allowed(column, this.law, this.year, lambda table, name: []) for column in one.defined}
    called = {name: dict(zip(codes.names, codes.entries(), strict=True)) for name, codes in listed.items() if codes}
    return {name: called.get(name, {}).get(str(value), value) for name, value in row.items()}


def fill_long(one: Understood, book: Workbook, sheet: Worksheet | None, rows: list[Cells], this: Year) -> None:
    """Write a row for each of the table's rows, below the header and the totals of its sheet, or of a new one of the same make."""
    used = {name for cells in rows for name, value in cells.items() if value is not None}
    if sheet is None or not used <= places(sheet, one.defined).keys():
        sheet = begun(one, book, sheet, used, this)
    at, first = places(sheet, one.defined), first_free(sheet)
    types = [one.type for one in sorted((column for column in one.defined if column.name in at), key=lambda column: at[column.name])]
    for row in sheet.iter_rows(min_row=first):
        for cell in row:
            cell.value = None
    for number, cells in enumerate(rows, start=first):
        entry.opened(sheet, number, types)
        for column in one.defined:
            if cells.get(column.name) is not None:
                entry.enter(sheet.cell(number, at[column.name]), cells[column.name], column.type)


def begun(one: Understood, book: Workbook, sheet: Worksheet | None, used: set[str], this: Year) -> Worksheet:
    """A new sheet with a row for each row of the table, in the place of the one that is there."""
    place = None if sheet is None else book.index(sheet)
    if sheet is not None:
        book.remove(sheet)
    made = book.create_sheet(one.table, place)
    asked = {column.name for column in template.asked(one.table, this)} | used
    template.long_sheet(made, template.lists_of(book), this, [column for column in one.defined if column.name in asked])
    return made


def places(sheet: Worksheet, columns: tuple[Column, ...]) -> dict[str, int]:
    """Where each column stands in a sheet that has all that must be there; {} for a sheet of another layout."""
    known = names(columns)
    found = {name: at for at, cell in enumerate(sheet[1], start=1) if (name := named(cell.value, known))}
    return found if {column.name for column in columns if column.required != "no"} <= found.keys() else {}


def first_free(sheet: Worksheet) -> int:
    """The first row below the header and the totals, which are formulas."""
    formulas = [cell.row for row in sheet.iter_rows(min_row=2) for cell in row if cell.data_type == "f"]
    return max(formulas, default=1) + 1


def entered(row: Entry, column: Column, one: Understood, cited: str) -> object:
    """The value of a column as it is typed: a count as a number, anything else as the original says it; the note cites it."""
    if column.name == "note":
        if row.note:
            return row.note
        sheets = [", ".join(filter(None, [f"trang tính {one.sheet}" if one.sheet else "", f"ô {one.cited}"])) for one in (row, *row.others)]
        return f"{prepared.TAKEN_FROM} {cited}, {'; '.join(sheets)}"
    value = row.cells.get(column.name)
    if value is None or column.type not in COUNTED:
        return None if value is None else shown(value)
    found = values.read(value, column.type, column.unit)
    return found if isinstance(found, int) else None


def require_same(one: Understood, kept: list[Cells], grids: dict[str, Grid], this: Year) -> None:
    """Read the table back from the workbook as it will be; refuse where one value of it is not the one understood, or a row is not there.

    Of a wide sheet a village without any number of a class is a row of nothing known, which is none.
    """
    back = read_back(one, grids, this)
    if back.refused:
        raise DataError(back.findings)
    meant = {key(row, one, this): row | {"note": ""} for row in forms.read(one, this).rows()}
    found = {key(row, one, this): row | {"note": ""} for row in back.rows()}
    stayed = {key(row, one, this) for row in kept}
    more = [row for own, row in found.items() if own not in meant and own not in stayed and any(row[name] is not None for name in counts(one))]
    if more or not stayed <= found.keys() or any(found.get(own) != row for own, row in meant.items()):
        rule = f"bảng {one.table} đọc lại từ sổ khác với biểu đã hiểu, nên chưa ghi gì"
        raise DataError([Finding(f"{this.place}/{WORKBOOK}", rule, "nhập tay bảng này và báo cho người giữ chương trình")])


def counts(one: Understood) -> list[str]:
    return [column.name for column in one.defined if column.type in COUNTED]


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
