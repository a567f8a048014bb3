"""The paragraphs of a document, each with the place where a person finds it: Word, PDF or plain text."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

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

    try:
        yield from of_word(docx.Document(str(path)))
    except PackageNotFoundError as wrong:
        raise FileNotFoundError if not path.exists() else ValueError from wrong


def of_word(document) -> Iterator[Paragraph]:
    """Paragraphs and the rows of tables of an opened Word document, in their order."""
    from docx.table import Table

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
    for number, page in enumerate(of_pdf(path)[1], start=1):
        yield from (Paragraph(f"trang {number}", one.text) for one in joined(page))


def of_pdf(source: Path | BinaryIO) -> tuple[str, list[str]]:
    """The keywords of a PDF and the text of each page. Raises ValueError where it cannot be read."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it finds wrong is said here, by whoever asked
    try:
        reader = PdfReader(source)
        return str(reader.metadata.get("/Keywords", "") if reader.metadata else ""), [page.extract_text() for page in reader.pages]
    except (PyPdfError, KeyError, TypeError, AttributeError, RecursionError) as wrong:  # of files that are damaged inside
        raise ValueError from wrong


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
