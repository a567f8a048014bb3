"""The typeface of the report: Times New Roman as Decree 30/2020/NĐ-CP asks, or its metric equal.

Liberation Serif (SIL Open Font License, LICENSE.txt) is shipped here and has every Vietnamese letter.
`last-resort.ttf` holds one box for every character that no other font has: PDF/A forbids a missing glyph, so
an emoji in a name is drawn as a box and is still extracted as itself. `last_resort.py` makes it.
"""

from functools import cache
from pathlib import Path

import typst

HERE = Path(__file__).parent
FALLBACK = ["Liberation Serif", "DejaVu Sans Mono", "Last Resort Box"]


@cache
def installed() -> list[str]:
    """Paths of the four styles of Times New Roman on this machine, or [] where one is missing."""
    times = [
        font for font in typst.Fonts(include_embedded_fonts=False).fonts() if font.family == "Times New Roman"
    ]
    styles = {(font.style, font.weight): font.path for font in times}
    wanted = [(style, weight) for style in ("normal", "italic") for weight in (400, 700)]
    return [styles[key] for key in wanted] if set(wanted) <= set(styles) else []


def serif() -> str:
    """Name of the font the PDF is set in; the manifest records it."""
    return "Times New Roman" if installed() else "Liberation Serif"


def paths() -> list[str]:
    """Font files and folders for Typst, which sees no other font."""
    return [str(HERE), *installed()]
