"""What floats over a sheet's cells: pictures, charts, text boxes. Nobody reads them, and what lies under them nobody sees."""

import io
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.worksheet.worksheet import Worksheet

from giamngheo import limits
from giamngheo.intake.grid import letter
from giamngheo.intake.unpacking import linked, parts_of_sheets
from giamngheo.vietnamese.numbers import number
from giamngheo.vietnamese.text import clean, first_few

KINDS = {"pic": "hình", "graphicFrame": "biểu đồ", "sp": "hình vẽ", "grpSp": "nhóm hình", "cxnSp": ""}  # a line covers nothing
POINT, PIXEL = 12_700, 9_525  # in the units of drawings
USUAL_HEIGHT, USUAL_WIDTH, DIGIT = 15, 64, 7  # points of a row; pixels of a column and of a digit in one
SHOWN, TOLD = 60, 5  # letters of a text box, drawings of a sheet
CLEAR = "dời hoặc xoá hình che ô, kiểm tra lại các ô ở dưới rồi lưu"
LEAVE = "nếu có số liệu thì ghi vào ô của bảng; nếu không thì để yên"


class Point(NamedTuple):
    """A place on a sheet: the row or column from 0, and how far into it."""

    at: int
    further: int


class Drawing(NamedTuple):
    """What is drawn: its kind in words, its text, whether it hides what is under it, where it begins and ends across and down.

    An end that is a number is a length.
    """

    kind: str
    text: str
    covers: bool
    across: tuple[Point, Point | int]
    down: tuple[Point, Point | int]

    @property
    def place(self) -> str:
        return f"{letter(self.across[0].at)}{self.down[0].at + 1}"

    @property
    def named(self) -> str:
        said = f" “{self.text[:SHOWN]}{'…' * (len(self.text) > SHOWN)}”" if self.text else ""
        return f"{self.kind} ở ô {self.place}{said}"


def of_sheets(data: bytes) -> dict[str, list[Drawing]]:
    """The drawings of a workbook's sheets, by name; errors of a broken workbook are the caller's."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: list(of_sheet(parts, file)) for name, file in parts_of_sheets(parts).items()}


def of_sheet(parts: zipfile.ZipFile, file: str) -> Iterator[Drawing]:
    for target in linked(parts, file).values():
        if target.startswith("xl/drawings/") and target.endswith(".xml") and target in parts.namelist():
            for anchor in ElementTree.fromstring(parts.read(target)):
                yield from drawn(anchor)


def drawn(anchor: ElementTree.Element) -> Iterator[Drawing]:
    """What hangs at one place, unless it is hidden."""
    shape = next((one for one in anchor.iter() if local(one) in KINDS), None)
    properties = child(shape, "cNvPr")
    if shape is None or properties is not None and properties.get("hidden") in ("1", "true"):
        return
    text = clean(" ".join(one.text or "" for one in shape.iter() if local(one) == "t"))
    kind = "hộp chữ" if text and local(shape) == "sp" else KINDS[local(shape)]
    covers = bool(text) or local(shape) != "sp" or not unfilled(shape)
    if kind:
        yield Drawing(kind, text, covers, extent(anchor, "col", "x"), extent(anchor, "row", "y"))


def unfilled(shape: ElementTree.Element) -> bool:
    """Whether a shape is an outline only: what is under it is seen."""
    look = child(shape, "spPr")
    return look is not None and any(local(one) == "noFill" for one in look)


def extent(anchor: ElementTree.Element, cells: str, axis: str) -> tuple[Point, Point | int]:
    """Where an anchor begins and ends along one axis: at cells, or so many units long."""
    ends = [point(child(anchor, name), cells) for name in ("from", "to")]
    place, size = child(anchor, "pos"), child(anchor, "ext")
    first = ends[0] or Point(0, whole(place.get(axis) if place is not None else None))
    return first, ends[1] or whole(size.get(f"c{axis}") if size is not None else None)


def point(found: ElementTree.Element | None, cells: str) -> Point | None:
    if found is None:
        return None
    said = {local(one): one.text for one in found}
    return Point(whole(said.get(cells)), whole(said.get(f"{cells}Off")))


def whole(said: str | None) -> int:
    return max(int(said or 0), 0)


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def child(element: ElementTree.Element | None, name: str) -> ElementTree.Element | None:
    return None if element is None else next((one for one in element.iter() if local(one) == name), None)


# what is under them -------------------------------------------------------------------------------


def covering(drawings: list[Drawing], sheet: Worksheet, filled: Iterable[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """A rule and a remedy for each drawing that hides at least half of one of the `filled` cells."""
    if len(drawings) > limits.DRAWINGS:
        yield f"trang tính có {number(len(drawings))} hình, giới hạn {number(limits.DRAWINGS)}", "xoá các hình rồi kiểm tra lại các ô"
        return
    places = set(filled) if drawings else set()
    widths = edges(column_widths(sheet), max((column for _, column in places), default=0))
    heights = edges(row_heights(sheet), max((row for row, _ in places), default=0))
    for one in drawings if places else ():
        rows, columns = under(one.down, heights), under(one.across, widths)
        hidden = [(row, column) for row in rows for column in columns if (row, column) in places] if one.covers else []
        if hidden:
            cells = first_few([f"{letter(column - 1)}{row}" for row, column in hidden], TOLD, "ô")
            yield f"{one.named} che ô {cells}: người xem không thấy số được đọc", CLEAR


def notes(drawings: list[Drawing]) -> Iterator[tuple[str, str]]:
    if drawings:
        yield f"không được đọc: {first_few([one.named for one in drawings], TOLD, 'hình', '; ')}", LEAVE


def edges(size: Callable[[int], int], last: int) -> list[int]:
    """Where each row or column begins, up to the `last` from 1, and where that ends."""
    return [0, *accumulate(size(at) for at in range(1, last + 1))]


def under(reach: tuple[Point, Point | int], edges: list[int]) -> range:
    """The rows or columns, from 1, of which a drawing hides half or more."""
    first, end = reach
    begins = position(first, edges)
    ends = begins + end if isinstance(end, int) else position(end, edges)
    middles = [(one + other) / 2 for one, other in zip(edges, edges[1:], strict=False)]
    return range(bisect_left(middles, begins) + 1, bisect_left(middles, ends) + 1)


def position(place: Point, edges: list[int]) -> int:
    """How far from the sheet's corner a place is; beyond the last cell it is beyond that."""
    if place.at >= len(edges) - 1:
        return edges[-1] + 1
    return min(edges[place.at] + place.further, edges[place.at + 1])


def column_widths(sheet: Worksheet) -> Callable[[int], int]:
    usual = sheet.sheet_format.defaultColWidth
    said: dict[int, int] = {}
    for column in sheet.column_dimensions.values():
        width = 0 if column.hidden else round(column.width * DIGIT) * PIXEL
        said |= dict.fromkeys(range(column.min or 1, min(column.max or 1, limits.COLUMNS) + 1), width)
    return lambda at: said.get(at, (round(usual * DIGIT) if usual else USUAL_WIDTH) * PIXEL)


def row_heights(sheet: Worksheet) -> Callable[[int], int]:
    usual = sheet.sheet_format.defaultRowHeight or USUAL_HEIGHT
    said = {at: 0 if row.hidden else row.height for at, row in sheet.row_dimensions.items()}
    return lambda at: round((usual if said.get(at) is None else said[at]) * POINT)
