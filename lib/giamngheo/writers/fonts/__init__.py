"""The typeface of the report: Times New Roman as Decree 30/2020/NĐ-CP asks, or its metric equal.

Liberation Serif (SIL Open Font License, LICENSE.txt) is shipped here and has every Vietnamese letter.
`last-resort.ttf` holds one box for every character that no other font has: PDF/A forbids a missing glyph, so
an emoji in a name is drawn as a box and is still extracted as itself. `last_resort.py` makes it.
"""

import os
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

import typst

HERE = Path(__file__).parent
FALLBACK = ["Liberation Serif", "DejaVu Sans Mono", "Last Resort Box"]  # DejaVu Sans Mono comes with Typst

FOLDERS = ["/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts",
           "/System/Library/Fonts", "~/Library/Fonts", r"C:\Windows\Fonts"]  # fmt: skip
TIMES = [{"times", "timesnewroman"}, {"timesbd", "timesnewromanbold"}, {"timesi", "timesnewromanitalic"},
         {"timesbi", "timesnewromanbolditalic"}]  # fmt: skip
VIETNAMESE = {*map(ord, "ĂÂĐÊÔƠƯăâđêôơư"), *range(0x1EA0, 0x1EFA)}
EVERY_STYLE = '#set text(font: "Times New Roman", fallback: false)\na *b _c_* _d_'  # in Typst's own markup


@cache
def installed() -> list[str]:
    """Paths of the four styles of Times New Roman on this machine, or [] where one is missing.

    The files are looked for by name, which is many times faster than reading every font of the machine.
    """
    found: dict[str, str] = {}
    for root in map(os.path.expanduser, FOLDERS):
        for folder, _, files in os.walk(root):
            for file in files:
                if file.lower().endswith(".ttf"):
                    found.setdefault(re.sub("[ _-]", "", file[:-4]).lower(), os.path.join(folder, file))
    styles = [next((found[name] for name in sorted(names) if name in found), None) for names in TIMES]
    times = [path for path in styles if path and is_times(path)]
    return times if len(times) == len(styles) else []


def is_times(path: str) -> bool:
    """Whether a font file is what its name says, with every Vietnamese letter; else Typst would pass it over unsaid."""
    from fontTools.ttLib import TTFont, TTLibError  # slow to import, and most machines have no such file

    try:
        with open(path, "rb") as file, TTFont(file, lazy=True) as font:
            return font["name"].getBestFamilyName() == "Times New Roman" and font.getBestCmap().keys() >= VIETNAMESE
    except (TTLibError, OSError, KeyError):
        return False


def serif() -> str:
    """Name of the font the PDF is set in; the manifest records it."""
    return "Times New Roman" if installed() else "Liberation Serif"


@cache
def book() -> typst.Fonts:
    """The fonts for Typst, which sees no other; read after a fork, never before one.

    Typst takes folders, not files, and reads a font when it first sets a letter in it: Times New Roman is copied into a
    folder of its own, which goes once all four styles are read.
    """
    with tempfile.TemporaryDirectory(prefix="giamngheo-") as folder:
        for number, path in enumerate(installed()):
            shutil.copy(path, Path(folder, f"{number}.ttf"))
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(HERE), folder])
        if installed():
            typst.Compiler(EVERY_STYLE.encode(), font_paths=fonts).compile(format="pdf")
    return fonts
