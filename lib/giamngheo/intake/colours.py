"""The colours that a workbook's cells are shown in: of the theme, lightened or darkened, mixed by gradients and patterns."""

import colorsys
import re
from xml.etree import ElementTree

from openpyxl.styles import PatternFill
from openpyxl.styles.colors import COLOR_INDEX, Color

WHITE, BLACK = "FFFFFF", "000000"
OFFICE = (WHITE, BLACK, "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646", "0000FF", "800080")
THEME = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SYSTEM_COLOURS = 64  # the first index that is no colour of the palette: the system's text, then its background
BEFORE_NUMBERED = 7  # a format's Color 1 is the colour 8 of cells
OF_FORMATS = {
    "black": BLACK, "white": WHITE, "red": "FF0000", "green": "00FF00", "blue": "0000FF", "yellow": "FFFF00", "magenta": "FF00FF", "cyan": "00FFFF",
}  # fmt: skip
ALIKE = 16  # steps of 256 in each of red, green and blue within which two colours are not told apart
UNSAID = Color()  # how openpyxl gives a colour of which the file says nothing
# Patterns whose ink covers half of a cell or more; of the others the paper is what a text is seen on.
DENSE = ("darkGray", "mediumGray", "darkHorizontal", "darkVertical", "darkDown", "darkUp", "darkGrid", "darkTrellis")


class Palette:
    """The colours of one workbook: of the XML of its theme, None where it has none, and of that of its styles."""

    def __init__(self, theme: bytes | None = None, styles: bytes = b""):
        self.theme = named_colours(theme) if theme else OFFICE
        self.numbered = numbered_colours(styles) if styles else COLOR_INDEX

    def of(self, said: Color | None, default: str) -> str:
        """Red, green and blue in hexadecimal, "?" for a colour that is not known."""
        if said is None or said.type not in ("rgb", "indexed", "theme"):
            return default
        if said.type == "theme":
            plain = self.theme[said.theme] if 0 <= said.theme < len(self.theme) else "?"
        elif said.type == "indexed":
            listed = self.numbered[said.indexed][-6:].upper() if said.indexed < min(SYSTEM_COLOURS, len(self.numbered)) else default
            plain = {SYSTEM_COLOURS: BLACK, SYSTEM_COLOURS + 1: WHITE}.get(said.indexed, listed)
        else:
            plain = said.rgb[-6:].upper()
        return tinted(plain, said.tint) if said.tint else plain

    def behind(self, fill, paper: str = WHITE) -> tuple[str, ...]:
        """The colours that a text in this fill is seen on; `paper` lies under a fill that says nothing."""
        if stops := getattr(fill, "stop", None):  # a gradient; openpyxl hands out styles in a cover that is of no type
            return tuple(self.of(stop.color, "?") for stop in stops)
        kind = getattr(fill, "fill_type", None)
        if kind in (None, "none"):
            return (paper,)
        return (self.of(fill.fgColor, "?"),) if kind == "solid" else self.pattern(fill, paper)

    def pattern(self, fill: PatternFill, paper: str) -> tuple[str, ...]:
        ink = BLACK if fill.fgColor == UNSAID else self.of(fill.fgColor, "?")
        ground = paper if fill.bgColor == UNSAID else self.of(fill.bgColor, paper)
        return (ink, ground) if fill.fill_type in DENSE else (ground,)


def named_colours(theme: bytes) -> tuple[str, ...]:
    """The colours of a theme in the order in which cells name them.

    >>> named_colours(b'<a:x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:lt1><a:srgbClr val="fafafa"/></a:lt1></a:x>')[:2]
    ('FAFAFA', '000000')
    """
    root = ElementTree.fromstring(theme)
    found = {}
    for name in THEME:
        colour = next((inner for one in root.iter(DRAWING + name) for inner in one), None)
        if colour is not None:
            found[name] = (colour.get("lastClr") or colour.get("val") or "?").upper()
    return tuple(found.get(name, usual) for name, usual in zip(THEME, OFFICE, strict=True))


def numbered_colours(styles: bytes) -> tuple[str, ...]:
    """The colours that cells call by number: the workbook's own where its styles list some, else Excel's.

    >>> numbered_colours(b'<x><colors><indexedColors><rgbColor rgb="00FAFAFA"/></indexedColors></colors></x>')
    ('00FAFAFA',)
    """
    own = ElementTree.fromstring(styles).findall(".//{*}indexedColors/{*}rgbColor")
    return tuple(colour.get("rgb", "?") for colour in own) or COLOR_INDEX


def of_format(name: str) -> Color:
    """The colour of a number format: `Red`, or by its number `Color 2`."""
    number = re.sub(r"\D", "", name)
    return Color(indexed=int(number) + BEFORE_NUMBERED) if number else Color(rgb="00" + OF_FORMATS[name.casefold()])


def tinted(colour: str, tint: float) -> str:
    """A colour made lighter (to 1: white) or darker (to -1: black), as Excel does.

    >>> tinted("FFFFFF", -0.05), tinted("000000", 1), tinted("?", 0.5)
    ('F2F2F2', 'FFFFFF', '?')
    """
    parts = rgb(colour)
    if parts is None:
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in parts))
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation))


def rgb(colour: str) -> tuple[int, ...] | None:
    found = re.fullmatch("([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})", colour)
    return tuple(int(part, 16) for part in found.groups()) if found else None


def alike(one: str, other: str) -> bool:
    """Whether two colours are not told apart.

    >>> alike("FFFFFF", "F2F2F2"), alike("FFFFFF", "EEEEEE"), alike("?", "?")
    (True, False, True)
    """
    a, b = rgb(one), rgb(other)
    return one == other or bool(a and b) and max(abs(x - y) for x, y in zip(a or (), b or (), strict=True)) <= ALIKE


def unseen(text: str, behind: tuple[str, ...]) -> bool:
    """Whether a text of that colour is lost on any of the colours behind it."""
    return any(alike(text, colour) for colour in behind)
