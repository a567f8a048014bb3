"""The document as PDF/A-2a and PDF/UA-1, set by Typst from `form/form.typ`.

The document enters as JSON, never as markup, so no text in it can be read as code. Typst refuses to write a
file that breaks either standard: a picture without alternative text or a letter without a glyph is an error.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import typst

from giamngheo.writers import arrangement, fonts

FORM = Path(__file__).parent / "form" / "form.typ"
# False is what its absence means too, and pdfinfo warns of it (poppler 22.12); blanks keep every offset.
SUSPECTS = b"/MarkInfo<</Marked true/Suspects false>>"
SPARED = b"/MarkInfo<</Marked true>>".ljust(len(SUSPECTS))


def write(document: dict) -> bytes:
    """The PDF, byte-identical for equal documents; `meta.timestamp` (s, UTC) is the only date in it."""
    blocks = [block | {"svg": apart(block["svg"])} if "svg" in block else block for block in document["blocks"]]
    rows = {name: figure["row_of_annex"] for name, figure in document["figures"].items() if figure and "row_of_annex" in figure}
    arranged = arrangement.arrange(document | {"blocks": blocks, "figures": {}})
    data = json.dumps(arranged | {"rows_of_annex": rows, "fonts": [fonts.serif(), *fonts.FALLBACK]}, ensure_ascii=False)
    written = _compiler().compile(
        sys_inputs={"document": data},
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        timestamp=document["meta"]["timestamp"],
    )
    assert isinstance(written, bytes)  # one PDF, as no path to write to is given
    return SPARED.join(written.rsplit(SUSPECTS, 1))


def apart(svg: str) -> str:
    """A drawing whose marks above and below letters (Čư̆) stand apart from them, without a space.

    Typst gives what a letter of a drawing stands for to the letter alone, and PDF/A forbids a mark that stands for nothing.

    >>> apart("<text>Jơ\u0306</text>") == "<text>Jơ\u200c\u0306</text>"
    True
    """
    return re.sub(r"[^\x00-\u02ff]", lambda found: "\u200c" * bool(unicodedata.combining(found[0])) + found[0], svg)


@cache
def _compiler() -> typst.Compiler:
    """One compiler per process, with the fonts and the parsed form; made after a fork, never before one."""
    return typst.Compiler(FORM, root=FORM.parent, font_paths=fonts.book())
