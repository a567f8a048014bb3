"""A drawing as a picture of dots, for Word, whose older versions show no drawing."""

from functools import cache
from pathlib import Path

import typst

FORM = Path(__file__).parent / "form" / "picture.typ"
DOTS_PER_INCH = 200.0


def png(svg: str, width_mm: float) -> bytes:
    """The SVG `width_mm` wide on white, as PNG."""
    drawing = {"svg": svg, "width": str(width_mm)}
    return _compiler().compile(sys_inputs=drawing, format="png", ppi=DOTS_PER_INCH)


@cache
def _compiler() -> typst.Compiler:
    """Made after a fork, never before one; a drawing brings its letters as outlines, so it needs no font."""
    return typst.Compiler(FORM, root=FORM.parent, ignore_system_fonts=True)
