"""The fonts that a finished file really holds, read from its bytes: a PDF embeds them, a Word file only names them."""

import io
import re
import zipfile

# An object of a PDF as Typst writes it, not in a stream; a test reads the same with another program.
EMBEDDED = re.compile(rb"\n\d+ 0 obj\n<</Type/FontDescriptor/FontName/(?:[A-Z]{6}\+)?([^/\s<>\[\]()]+)[^<>]*/FontFile")
ASKED = re.compile(rb"<w:rFonts\b[^>]*>|<a:(?:latin|ea|cs)\b[^>]*>")
NAME = re.compile(rb'(?:w:ascii|w:hAnsi|w:cs|w:eastAsia|typeface)="([^"]+)"')


def of(format: str, content: bytes) -> list[str]:
    """Names of the fonts in a file of one of `writers.FORMATS`, sorted; a web page holds none."""
    return {"pdf": in_pdf, "docx": in_docx}.get(format, lambda _: [])(content)


def in_pdf(content: bytes) -> list[str]:
    """PostScript names of the fonts embedded in a PDF of ours."""
    return sorted({name.decode() for name in EMBEDDED.findall(content)})


def in_docx(content: bytes) -> list[str]:
    """Names of the fonts that the parts of a Word file ask for; a reader's machine has them or takes others."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
    return sorted({name.decode() for part in parts for asked in ASKED.findall(part) for name in NAME.findall(asked)})
