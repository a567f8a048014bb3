"""Conditional formats that make cells show something else than they hold: struck out, hidden, in another number format.

Excel keeps some of them (those that look at another sheet, marks of its later versions) in a part of the sheet that
openpyxl leaves out; that part is read here from the file itself.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

from openpyxl.styles import GradientFill, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo.intake.colours import BLACK, Palette, unseen
from giamngheo.intake.unpacking import parts_of_sheets

REMEDY = "xoá định dạng có điều kiện đó (Conditional Formatting → Clear Rules)"
LATER = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
PLACES = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
Look = tuple[str, tuple[str, ...]]  # the colours of a cell's text and of its background
Area = tuple[MultiCellRange, list]  # where conditional formats hold, and their rules


def wrong(sheet: Worksheet, filled: Iterable[tuple[int, int]], later: list[Area], palette: Palette) -> Iterator[tuple[str, str]]:
    """A rule and a remedy for each conditional format that changes what the `filled` cells show.

    `later` are those of the sheet that openpyxl does not read.
    """
    looks: dict[Look, list[tuple[int, int]]] = {}
    for row, column in filled:
        cell = sheet.cell(row, column)
        looks.setdefault((palette.of(cell.font.color, BLACK), palette.behind(cell.fill)), []).append((row, column))
    openly = [(area.sqref, area.rules) for area in sheet.conditional_formatting]
    for places, rules in [*openly, *later]:
        if any(changes(rule, places, looks, palette) for rule in rules):
            yield f"định dạng có điều kiện ở {places} làm ô hiện khác với giá trị trong ô", REMEDY


def changes(rule: Any, places: MultiCellRange, looks: dict[Look, list[tuple[int, int]]], palette: Palette) -> bool:
    style = rule.dxf
    if style is not None and (style.numFmt or (style.font is not None and style.font.strike)):
        return True
    if any(mark is not None and mark.showValue is False for mark in (rule.iconSet, rule.dataBar)):
        return True
    return any(hides(rule, *look, palette) and within(cells, places) for look, cells in looks.items())


def hides(rule: Any, text: str, behind: tuple[str, ...], palette: Palette) -> bool:
    """Whether the rule gives a cell of these colours one colour for its text and its background."""
    style, scale = rule.dxf, rule.colorScale
    if scale is not None:
        return unseen(text, tuple(palette.of(one, "?") for one in scale.color))
    if style is None or style.font is None and style.fill is None:
        return False
    colour = text if style.font is None else palette.of(style.font.color, text)
    return unseen(colour, painted(style.fill, behind, palette))


def painted(fill: PatternFill | GradientFill | None, behind: tuple[str, ...], palette: Palette) -> tuple[str, ...]:
    """The colours of a background after a conditional format; its solid fill has no name for its pattern, or "solid"."""
    if fill is None or fill.fill_type == "none":
        return behind
    if isinstance(fill, PatternFill) and fill.fill_type in (None, "solid"):
        return (palette.of(fill.bgColor, "?"),)
    return palette.behind(fill, paper=behind[0])


def within(cells: list[tuple[int, int]], places: MultiCellRange) -> bool:
    return any(
        area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col
        for area in places.ranges for row, column in cells
    )  # fmt: skip


def later(data: bytes) -> dict[str, list[Area]]:
    """The conditional formats of a workbook's sheets, by name, that openpyxl does not read; errors are the caller's."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: areas(parts.read(file)) for name, file in parts_of_sheets(parts).items()}


def areas(sheet: bytes) -> list[Area]:
    if b"conditionalFormattings" not in sheet:
        return []
    found = ElementTree.fromstring(sheet).iter(f"{LATER}conditionalFormatting")
    return [(MultiCellRange(one.findtext(PLACES) or ""), [rule_of(rule) for rule in one.iter(f"{LATER}cfRule")]) for one in found]


def rule_of(element: ElementTree.Element) -> SimpleNamespace:
    """A rule of a later version as openpyxl gives the others."""
    style = element.find(f"{LATER}dxf")
    marks = {name: element.find(f"{LATER}{name}") for name in ("iconSet", "dataBar")}
    shown = {name: None if mark is None else SimpleNamespace(showValue=mark.get("showValue") not in ("0", "false"))
             for name, mark in marks.items()}  # fmt: skip
    return SimpleNamespace(dxf=None if style is None else DifferentialStyle.from_tree(style), colorScale=None, **shown)
