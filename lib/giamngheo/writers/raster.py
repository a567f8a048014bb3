"""Drawings as pictures of dots, for Word, whose older versions show no drawing."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import typst

from giamngheo.writers import fonts

FORM = Path(__file__).parent / "form" / "picture.typ"
DOTS_PER_INCH = 200.0


def pngs(drawings: Iterable[tuple[str, float]]) -> list[bytes]:
    """Each SVG so many mm wide on white, as PNG; they are pages of one document, which is quicker than one each."""
    pages = [{"svg": svg, "width": width} for svg, width in drawings]
    if not pages:
        return []
    made = _compiler().compile(sys_inputs={"drawings": json.dumps(pages)}, format="png", ppi=DOTS_PER_INCH)
    return made if isinstance(made, list) else [made or b""]


@cache
def _compiler() -> typst.Compiler:
    """Made after a fork, never before one."""
    return typst.Compiler(FORM, root=FORM.parent, font_paths=fonts.book())
