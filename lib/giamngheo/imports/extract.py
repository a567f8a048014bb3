"""What is kept of an officer's file beside the figures: the cells that were read, each where it stands in the file.

The file itself stays with the officer. Comments, hidden sheets, its author, and every word that is no heading of
`data/headings.csv`, no village that was taken and no word of the field may name a person, and are in no copy: what was not
read cannot be kept. The extract names the file and its sha256, so that an inspector who is shown it knows that it is the one.
"""

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from giamngheo.imports.bands import Band, Sheet
from giamngheo.imports.columns import Column, Columns
from giamngheo.imports.headings import PARTS, Vocabulary
from giamngheo.imports.lines import UNIT, Line
from giamngheo.imports.quoting import quotable
from giamngheo.imports.understood import Place, Understood
from giamngheo.intake.cell import Number, Uncalculated, shown
from giamngheo.vietnamese.text import clean

SOURCE = "Tệp gốc"  # the sheet that says what it is an extract of; no other can have this title, for it is not quotable
UNTITLED = "Trang 1"  # the sheet of a file that has none
FIGURES = re.compile(r"[0-9.,% …–-]+")
MADE = datetime(2000, 1, 1)  # the same for every extract, so that equal ones are the same bytes
EXPLAINED = "Chỉ chép các ô đã đọc, đúng chỗ của ô ở tệp gốc; chữ khác, ghi chú, thuộc tính của tệp không chép, vì có thể có tên người."


class Kept(NamedTuple):
    """An extract: the name it is kept under, its bytes, and the digest of the file it is of."""

    name: str
    content: bytes
    digest: str


def cells(sheet: Sheet, band: Band, columns: Columns, lines: Iterable[tuple[Line, bool]], vocabulary: Vocabulary) -> dict[Place, object]:
    """The cells that were read: known headings; of each line its figures and words, its name where it is taken or may be said."""
    used = [one for one in columns.columns if one.kind in ("value", "check", "unit", "ordinal", "line", "year")]
    found = {place: sheet.at(*place) for one in used for place in headed(sheet, band, one, vocabulary)}
    for line, taken in lines:
        for one in used:
            cell = sheet.at(line.number, one.position)
            if cell is not None and may_stay(cell, one, taken and line.kind == UNIT):
                found[line.number, one.position] = cell
    return found


def headed(sheet: Sheet, band: Band, one: Column, vocabulary: Vocabulary) -> Iterator[Place]:
    """Where the headings of a column stand of which every part is known, and the number that the form gives the column."""
    for row in range(band.top, band.bottom + 1):
        cell = sheet.at(row, one.position)
        first_row, first, *_ = sheet.grid.merged.get((row, one.position), (row, one.position))
        known = isinstance(cell, str) and all(vocabulary.part(part) is not None for part in PARTS.findall(cell))
        if cell is not None and (known or row == band.marks):
            yield first_row, first


def may_stay(cell: object, one: Column, named: bool) -> bool:
    """Whether a cell of a line is a figure, the name of a unit that is taken, or words that name nobody."""
    said = clean(shown(cell))
    return isinstance(cell, Number | Uncalculated) or bool(FIGURES.fullmatch(said)) or one.kind == "unit" and named or quotable(said)


def of(path: Path, these: list[Understood]) -> Kept:
    """The extract of a file of which `these` sheets were taken."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    name = path.name if path.suffix.lower() == ".xlsx" else f"{path.name}.xlsx"
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": MADE})
        for one in (one for one in these if one.table):
            page = book.add_worksheet(one.grid.sheet or UNTITLED)
            for (row, position), cell in sorted(one.read.items()):
                write_cell(page, row - 1, position, cell)
        source = book.add_worksheet(SOURCE)
        for row, words in enumerate((path.name, f"sha256: {digest}", EXPLAINED)):
            source.write_string(row, 0, words)
    return Kept(name, written.getvalue(), digest)


def write_cell(page: xlsxwriter.workbook.Worksheet, row: int, position: int, cell: object) -> None:
    """A number as a number, anything else as the text that was seen."""
    if isinstance(cell, Number):
        page.write_number(row, position, float(cell.value))
    elif said := shown(cell):
        page.write_string(row, position, said)
