"""What every chart is drawn on: a page in millimetres, our fonts, one look; the finished drawing as a `Picture`.

Text is measured by the font's own table, so that there is room for the longest name and number and none is cut off.
"""

import base64
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Self

import matplotlib as mpl
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.container import BarContainer
from matplotlib.figure import Figure as Canvas

from giamngheo.figures.trace import Figure
from giamngheo.vietnamese.text import appended

FONTS = Path(__file__).parents[1] / "writers" / "fonts"
WIDTH = 150  # mm of every page
MOST_LEFT, MOST_RIGHT = 80, 45  # mm for names and for numbers, so that there is always room for bars
BESIDE_NAMES = 4  # mm between names and bars
INCH = 25.4  # mm
POINTS = 72 / INCH  # in a mm
ABOVE, BELOW = 0.72, 0.22  # ems that letters reach above and below their line
TALLEST = 240  # mm of a picture, so that its caption stands on the same page
SHOWN_IN = "'Times New Roman', 'Liberation Serif', serif"  # as the text around it; both typefaces are equally wide
TYPEFACES = ["Liberation Serif", "DejaVu Sans"]
LOOK: dict[Any, Any] = {  # matplotlib's own type lists 325 names
    "font.family": TYPEFACES, "font.size": 11,
    "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": "#444444", "svg.hashsalt": "giamngheo", "svg.fonttype": "none", "hatch.linewidth": 0.6,
    "text.parse_math": False,
}  # fmt: skip


MEASURED_IN = ", ".join(f"'{name}'" for name in TYPEFACES)


@dataclass(frozen=True)
class Picture:
    """A chart as SVG, with its caption, its alternative text and the figures that are written on it."""

    id: str
    caption: str
    alt: str
    svg: str
    width_mm: int = WIDTH
    figures: tuple[Figure, ...] = ()

    def named(self, more: str) -> Self:
        """The same picture, with `more` behind its name and in the words that stand for it."""
        return replace(self, caption=appended(self.caption, more), alt=appended(self.alt, more))

    def _repr_html_(self) -> str:
        drawing = base64.b64encode(self.svg.encode()).decode()
        return (
            f"<figure><img src='data:image/svg+xml;base64,{drawing}' alt='{escape(self.alt, quote=True)}'>"
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )


class Pages(tuple[Picture, ...]):
    """One chart on several pages, a picture for each: it has more bars than a page has room for."""

    def named(self, more: str) -> "Pages":
        return Pages(part.named(more) for part in self)

    def _repr_html_(self) -> str:
        return "".join(part._repr_html_() for part in self)


@contextmanager
def look() -> Iterator[None]:
    """The one look, whatever the user's own settings of matplotlib are, or the notebook's."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(LOOK)
        yield


@cache
def load_fonts() -> None:
    """Leave matplotlib the fonts we ship and its own: a chart must not look different on another machine."""
    known_fonts = font_manager.fontManager
    known_fonts.ttflist = [font for font in known_fonts.ttflist if mpl.get_data_path() in font.fname]
    for path in sorted(FONTS.glob("Liberation*.ttf")):
        known_fonts.addfont(path)


@cache
def advances() -> dict[int, float]:
    """How far each character of our font moves the pen, in ems."""
    with TTFont(FONTS / "LiberationSerif-Regular.ttf") as font:
        widths, em = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[name][0] / em for code, name in font.getBestCmap().items()}


def breadth(line: str) -> float:
    """Width of a line of text in ems; a character that our font lacks is taken to be one wide."""
    known_widths = advances()
    return sum(known_widths.get(code, 1) for code in map(ord, line))


class Renderer(RendererSVG):
    """matplotlib's renderer; it measures text by the font's own table, the same everywhere and many times faster."""

    def get_text_width_height_descent(self, s, prop, ismath):
        size = prop.get_size_in_points()
        return breadth(s) * size, (ABOVE + BELOW) * size, BELOW * size


def drawn_bars(axes: Axes) -> list[BarContainer]:
    """The groups of bars that were drawn, in their order."""
    return [drawn for drawn in axes.containers if isinstance(drawn, BarContainer)]


def canvas(height_mm: float) -> tuple[Canvas, Axes]:
    load_fonts()
    page = Canvas(figsize=(WIDTH / INCH, height_mm / INCH), dpi=POINTS * INCH)
    return page, page.add_subplot()


def widest(texts: Iterable[str], size: float) -> float:
    """Millimetres that the longest line of some texts takes at a font size in points."""
    return max((breadth(line) for text in texts for line in text.splitlines()), default=0) * size / POINTS


def lay_out(page: Canvas, axes: Axes, names: Iterable[str], numbers: Iterable[str], label: str, size: float = 11) -> None:
    """Place the axes: names of `size` points left of it, numbers right of its longest bar, `label` and legend below.

    A name of thirty of the widest letters runs over the edge of the page; the table beside the chart has it in full.

    A layout engine of matplotlib would find this out by drawing everything three times.
    """
    height = page.get_figheight() * INCH
    handles, legends = axes.get_legend_handles_labels()
    left, right = min(widest(names, size) + BESIDE_NAMES, MOST_LEFT), min(widest(numbers, 10) + 4, MOST_RIGHT)
    below, above = 19 if handles else 12, 2
    page.subplots_adjust(left=left / WIDTH, right=1 - right / WIDTH, bottom=below / height, top=1 - above / height)
    axes.set(xlabel=label, ylabel="")
    axes.xaxis.set_label_coords(0.5, -6.9 / (height - below - above))
    axes.yaxis.set_label_coords(0, 0.5)
    if handles:
        page.legend(handles, legends, frameon=False, loc="lower center", ncols=3, borderaxespad=0.1)


def picture(page: Canvas, id: str, caption: str, alt: str, figures: Iterable[Figure] = ()) -> Picture:
    """The drawn page; its letters stay letters, which a reader can find and copy."""
    svg = io.StringIO()
    renderer = Renderer(*page.bbox.size, svg, image_dpi=page.dpi, metadata={"Date": None, "Creator": None})
    page.draw(renderer)
    renderer.finalize()
    return Picture(id, caption, alt, svg.getvalue().replace(MEASURED_IN, SHOWN_IN), figures=tuple(figures))


def own(drawn: Canvas, id: str, caption: str, alt: str) -> Picture:
    """A figure that an analyst drew with matplotlib, in the size it has, at most as wide and as high as the page."""
    load_fonts()
    with look():
        made = picture(drawn, id, caption, alt)
    width, height = drawn.get_size_inches() * INCH
    return replace(made, width_mm=max(1, int(min(width, WIDTH, width * TALLEST / height))))
