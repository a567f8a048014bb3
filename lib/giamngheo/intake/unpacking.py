"""What a workbook unfolds to, counted before it is read: a few kilobytes may ask for gigabytes.

Every part is gone through once, element by element, without being kept; openpyxl reads only what is within `limits`.
"""

import io
import posixpath
import re
import zipfile
from contextlib import suppress
from xml.etree import ElementTree

from giamngheo import limits
from giamngheo.intake import cell_order
from giamngheo.vietnamese.numbers import number

SMALLER = "chép riêng các ô có số liệu sang tệp mới lập bằng giamngheo template, rồi lưu lại"
RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
SHEET, ROW, CELL = (f"{{http://schemas.openxmlformats.org/spreadsheetml/2006/main}}{name}" for name in ("sheet", "row", "c"))
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
COUNTED = {  # by the element's name: what it is called, how many there may be
    "sheet": ("trang tính", limits.SHEETS),
    "col": ("định dạng cột", limits.COLUMN_FORMATS),
}


class Refused(ValueError):
    """More of something than a workbook may have, or what no program writes: the rule and the remedy."""


def refusal(data: bytes) -> tuple[str, str] | None:
    """The rule and the remedy for a workbook that unfolds to more than is read, or in no order; None for others, also broken ones."""
    try:
        check(data)
    except Refused as wrong:
        return wrong.args
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return None  # whoever reads it says what is broken
    return None


def check(data: bytes) -> None:
    within(len(data), limits.WORKBOOK, "byte")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        entries = parts.infolist()
        within(len(entries), limits.PARTS, "tệp bên trong")
        within(sum(entry.file_size for entry in entries), limits.UNPACKED, "byte khi mở nén")
        seen: dict[str, int] = {}
        for entry in entries:
            with parts.open(entry) as part, suppress(ElementTree.ParseError):  # a picture, or broken
                try:
                    count(part, seen)
                except cell_order.Disorder as wrong:
                    raise Refused(f"trang tính {sheet_of(entry.filename, parts)}: {wrong}", cell_order.REMEDY) from None


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name)


def parts_of_sheets(parts: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by its name, of those that are there; what is broken raises what zip and XML raise."""
    book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
    files = linked(parts, "xl/workbook.xml")
    found = {sheet.get("name", ""): files.get(sheet.get(LINK, ""), "") for sheet in book.iter(SHEET)}
    return {name: file for name, file in found.items() if file in parts.namelist()}


def sheet_of(part: str, parts: zipfile.ZipFile) -> str:
    """The name of the sheet that stands in a part; the part's own where the workbook does not say."""
    with suppress(KeyError, ElementTree.ParseError):
        return next((name for name, file in parts_of_sheets(parts).items() if file == part), part)
    return part


def linked(parts: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part refers to, by the names it has for them."""
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    if links not in parts.namelist():
        return {}
    root = ElementTree.fromstring(parts.read(links))
    return {link.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))[1:] for link in root}


def count(part, seen: dict[str, int]) -> None:
    """Add a part's elements to those `seen` in the parts before it."""
    start = part.peek(4096)[:4096]
    if start[:2] in UTF16 or b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise Refused("tệp có phần XML mà Excel không bao giờ ghi (DOCTYPE hoặc UTF-16)", SMALLER)
    open_, cells = [], cell_order.Cells()
    for event, element in ElementTree.iterparse(part, events=("start", "end")):
        if event == "start":
            open_.append(element)
            name = element.tag.rpartition("}")[2]
            if element.tag == ROW:
                cells.begin_row(element)
            add(seen, "", 1, "ô, dòng và định dạng", limits.ELEMENTS)
            if name in COUNTED:
                add(seen, name, 1, *COUNTED[name])
            if name == "mergeCell":
                add(seen, name, area(element.get("ref", "")), "ô nằm trong vùng gộp", limits.MERGED)
            continue
        open_.pop()
        if not open_:
            continue
        if element.tag == CELL and open_[-1].tag == ROW:
            cells.end_cell(element)
        if open_[-1].tag != CELL:
            open_[-1].clear()


def add(seen: dict[str, int], name: str, many: int, what: str, most: int) -> None:
    seen[name] = seen.get(name, 0) + many
    within(seen[name], most, what)


def within(many: int, most: int, what: str) -> None:
    if many > most:
        raise Refused(f"tệp có {number(many)} {what}, giới hạn {number(most)}", SMALLER)


def area(ref: str) -> int:
    """The number of cells in a range.

    >>> area("A1:XFD1048576"), area("$B$2:C3"), area("B2")
    (17179869184, 4, 1)
    """
    found = RANGE.fullmatch(ref.strip())
    if not found:
        return 1
    first, top, last, bottom = found.groups()
    wide = abs(position(last or first) - position(first)) + 1
    return wide * (abs(int(bottom or top) - int(top)) + 1)


def position(letters: str) -> int:
    """A column's number, from 1."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place
