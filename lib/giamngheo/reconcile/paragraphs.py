"""The paragraphs of a document, each with the place where a person finds it: Word, PDF or plain text."""

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from giamngheo.findings import DataError, Finding
from giamngheo.vietnamese.text import clean

KINDS = (".docx", ".pdf", ".txt")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_READ = (WORD + "del", WORD + "moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
BREAKS = {WORD + "tab": " ", WORD + "br": " ", WORD + "cr": " ", WORD + "noBreakHyphen": "-"}
BESIDE = {"footnotes+xml": "chú thích", "endnotes+xml": "chú thích", "header+xml": "đầu trang", "footer+xml": "chân trang"}
HEAD = re.compile(r"[0-9]{1,3}(?: [A-ZĐÀ-Ỹ ]+)?")
ROW = re.compile(r"^[0-9.,…\- ]+$|(?:(?<!\S)[0-9][0-9.,]*(?:\s|$)){3}")
HEADING = re.compile(r"(?:[IVX]+|[0-9]+(?:\.[0-9]+)*)[.)] [^.:;]{3,70}")
STARTS = re.compile(r"[-+•*–]|\d+[.)](?!\d)|[a-zđ]\)|[IVX]+\.|PHẦN|Dự án|Ghi chú")


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
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        yield from of_word(docx.Document(str(path)))
    except PackageNotFoundError as wrong:
        raise FileNotFoundError if not path.exists() else ValueError from wrong


def of_word(document) -> Iterator[Paragraph]:
    """Paragraphs and the rows of tables of an opened Word document, in their order, as they read with every change
    accepted; then notes, heads and feet of pages."""
    from docx.oxml import parse_xml

    paragraphs = tables = 0
    for block in _blocks(document.element.body):
        if block.tag.endswith("}tbl"):
            tables += 1
            for at, row in enumerate(_inside(block, "tr"), start=1):
                yield Paragraph(f"bảng {tables}, hàng {at}", " | ".join(clean(_words(cell)) for cell in _inside(row, "tc")))
            continue
        paragraphs += 1
        if text := clean(_words(block)):
            yield Paragraph(f"đoạn {paragraphs}", text)
    for part in document.part.package.iter_parts():
        where = next((name for kind, name in BESIDE.items() if part.content_type.endswith(kind)), "")
        if where and (text := clean(_words(parse_xml(part.blob)))):
            yield Paragraph(where, text)


def _blocks(element) -> Iterator:
    """The paragraphs and tables of a body, those inside of content controls too."""
    for one in element:
        if one.tag.endswith(("}p", "}tbl")):
            yield one
        elif not one.tag.endswith("}sectPr"):
            yield from _blocks(one)


def _inside(element, name: str) -> Iterator:
    """The nearest elements of a name, not those inside of one another."""
    for one in element:
        if one.tag == WORD + name:
            yield one
        else:
            yield from _inside(one, name)


def _words(element) -> str:
    """The words of an element without those that a tracked change takes out or another shape repeats."""
    if element.tag in NOT_READ:
        return ""
    if element.tag == WORD + "t":
        return element.text or ""
    words = "".join(map(_words, element))
    if element.tag in BREAKS:
        return BREAKS[element.tag]
    return f" {words} " if element.tag == WORD + "p" else words


def _pdf(path: Path) -> Iterator[Paragraph]:
    pages = enumerate(of_pdf(path)[1], start=1)
    yield from together((f"trang {at}", line) for at, page in pages for line in lines_of_text(page))


def lines_of_text(page: str) -> Iterator[str | None]:
    """The lines of a page without its number and running head; None for a row of numbers, of a table or a picture."""
    for at, line in enumerate(clean(one) for one in page.strip().splitlines()):
        if at or not HEAD.fullmatch(line):
            yield None if ROW.search(line) else line


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
    yield from together((f"dòng {number}", line) for number, line in enumerate(text.splitlines(), start=1))


def together(lines: Iterable[tuple[str, str | None]]) -> Iterator[Paragraph]:
    """Lines, each with its place, as paragraphs with the place of their first; None ends one."""
    start, blank = "", False
    parts: list[str] = []
    for place, given in lines:
        line = clean(given or "")
        goes_on = line.casefold().startswith(("tăng", "giảm"))  # of the class that the line before is about
        goes_on |= bool(parts) and parts[-1][-1] == ":" and line[:1].isdigit()
        headed = blank and not goes_on or bool(parts) and HEADING.fullmatch(parts[-1]) is not None and line[:1].isupper()
        ended = given is None or line and (STARTS.match(line) or headed or parts and parts[-1][-1] in ".:;" and not goes_on)
        if parts and ended:
            yield Paragraph(start, " ".join(parts))
            parts = []
        blank = not line
        if line:
            start, parts = (start if parts else place), [*parts, line]
    if parts:
        yield Paragraph(start, " ".join(parts))
