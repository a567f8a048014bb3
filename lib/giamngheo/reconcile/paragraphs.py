"""The paragraphs of a document, each with the place where a person finds it: Word, PDF or plain text."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from giamngheo.findings import DataError, Finding
from giamngheo.vietnamese.text import clean

KINDS = (".docx", ".pdf", ".txt")
STARTS = re.compile(r"[-+•*–]|\d+[.)]|[a-zđ]\)|[IVX]+\.|PHẦN|Dự án")


class Paragraph(NamedTuple):
    where: str
    text: str


def read(path: Path) -> list[Paragraph]:
    """The paragraphs of a document that have text. Raises DataError where it cannot be opened."""
    try:
        return list({".docx": _word, ".pdf": _pdf, ".txt": _plain}[path.suffix.lower()](path))
    except (OSError, ValueError, KeyError) as wrong:
        rule = "không có tệp này" if isinstance(wrong, FileNotFoundError) else "không mở được tệp"
        remedy = f"kiểm tra lại đường dẫn, hoặc lưu lại dạng {', '.join(KINDS)}"
        raise DataError([Finding(path.name, rule, remedy)]) from None


def _word(path: Path) -> Iterator[Paragraph]:
    """Paragraphs and the rows of tables, in their order."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = docx.Document(str(path))
    except PackageNotFoundError as wrong:
        raise FileNotFoundError if not path.exists() else ValueError from wrong
    paragraphs = tables = 0
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            tables += 1
            for at, row in enumerate(block.rows, start=1):
                cells = [clean(cell.text) for cell in dict.fromkeys(row.cells)]  # a merged cell comes several times
                yield Paragraph(f"bảng {tables}, hàng {at}", " | ".join(cells))
            continue
        paragraphs += 1
        if text := clean(block.text):
            yield Paragraph(f"đoạn {paragraphs}", text)


def _pdf(path: Path) -> Iterator[Paragraph]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() for page in PdfReader(path).pages]
    except PyPdfError as wrong:
        raise ValueError from wrong
    for number, page in enumerate(pages, start=1):
        yield from (Paragraph(f"trang {number}", one.text) for one in joined(page))


def _plain(path: Path) -> Iterator[Paragraph]:
    yield from joined(path.read_bytes().decode("utf-8-sig"))


def joined(text: str) -> Iterator[Paragraph]:
    """Lines that belong to one paragraph put together, with the number of the first."""
    start = 0
    parts: list = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = clean(line)
        if not line:
            continue
        goes_on = line.casefold().startswith(("tăng", "giảm"))  # of the class that the line before is about
        if parts and (STARTS.match(line) or parts[-1][-1] in ".:;" and not goes_on):
            yield Paragraph(f"dòng {start}", " ".join(parts))
            parts = []
        start, parts = (number if not parts else start), [*parts, line]
    if parts:
        yield Paragraph(f"dòng {start}", " ".join(parts))
