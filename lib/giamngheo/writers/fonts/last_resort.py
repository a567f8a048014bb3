"""Make `last-resort.ttf`, one box for every character: `python -m giamngheo.writers.fonts.last_resort`.

A cmap of format 13 (many characters, one glyph) keeps it under 1 kB. The text of the PDF still reads as the
character itself, because the PDF records what each drawn box stands for.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import getTableModule

NAME = "Last Resort Box"
EVERY_CHARACTER = {code: "box" for code in range(0x20, 0x110000) if not 0xD800 <= code < 0xE000}


def main(path: Path) -> None:
    font = FontBuilder(unitsPerEm=1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "box"])
    font.setupCharacterMap({0x20: "box"})
    font.setupGlyf({".notdef": _box(), "box": _box()})
    font.setupHorizontalMetrics({".notdef": (600, 60), "box": (600, 60)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    names = {
        "familyName": NAME,
        "uniqueFontIdentifier": NAME,
        "fullName": NAME,
        "psName": NAME.replace(" ", ""),
    }
    font.setupNameTable(names | {"styleName": "Regular", "version": "Version 1.0"})
    font.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.font["cmap"].tables = [_many_to_one()]
    font.font.recalcTimestamp = False
    font.font["head"].created = font.font["head"].modified = 0
    font.save(path)


def _box():
    """A hollow rectangle: the outer outline clockwise, the inner one counter-clockwise."""
    pen = TTGlyphPen(None)
    outer = [(60, -100), (60, 700), (540, 700), (540, -100)]
    inner = [(100, -60), (500, -60), (500, 660), (100, 660)]
    for outline in (outer, inner):
        pen.moveTo(outline[0])
        for point in outline[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def _many_to_one():
    table = getTableModule("cmap").CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length, table.nGroups = 13, 0, 0, 0
    table.cmap = EVERY_CHARACTER
    return table


if __name__ == "__main__":
    main(Path(__file__).with_name("last-resort.ttf"))
