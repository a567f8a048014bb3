"""Every place at which two files of one name differ, told as a person finds it: page, paragraph, row of a table, line.

What is printed is compared first, and where a computed figure is printed otherwise it is named. Only where all that can be read
is equal is the place within the file told: the part of a packed file, the byte.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest

from giamngheo.reconcile import paragraphs
from giamngheo.vietnamese.text import clean

TEXT = (".html", ".ipynb", ".json", ".xml", ".rels", ".csv")
SHOWN = 80  # characters of a differing line
LISTED = 40  # differences of one file that are told
NAMED = 3  # figures that are named at one place
Line = tuple[str, str]  # where it stands, what it says


def of(name: str, kept: bytes, again: bytes, figures: Iterable[Mapping] = ()) -> list[str]:
    """The differences of one file, a line each; none where the bytes are equal.

    `figures` (label, row, text) are those of the file as it is made `again`.

    >>> of("a.html", b"<p>\\n1\\n", b"<p>\\n2\\n")
    ['a.html, dòng 2: “1⏎”, lập lại: “2⏎”']
    >>> of("a.pdf", b"%PDF-1", b"%PDF-2")
    ['a.pdf: khác từ byte thứ 6']
    """
    if kept == again:
        return []
    return readable(name, kept, again, figures) or within(name, kept, again)


def readable(name: str, kept: bytes, again: bytes, figures: Iterable[Mapping] = ()) -> list[str]:
    """The differences in what can be read of one file, a line each."""
    read = READERS.get(f".{name.rpartition('.')[2].lower()}", lambda _: [])
    return told(name, read(kept), read(again), list(figures))


def told(name: str, kept: list[Line], again: list[Line], figures: list[Mapping]) -> list[str]:
    """Where the lines of two files differ, at most `LISTED` of the places and how many more there are."""
    matcher = SequenceMatcher(None, [text for _, text in kept], [text for _, text in again], autojunk=False)
    pairs = [
        pair
        for change, a, b, c, d in matcher.get_opcodes()
        if change != "equal"
        for pair in zip_longest(kept[a:b], again[c:d])
    ]
    lines = [f"{name}, {said(old, new, figures)}" for old, new in pairs[:LISTED]]
    more = len(pairs) - LISTED
    return lines + [f"{name}: và {more} chỗ khác nữa"] * (more > 0)


def said(old: Line | None, new: Line | None, figures: list[Mapping]) -> str:
    """One place in words; the figures of the new line whose text the old one does not have are named."""
    where = (old or new or ("", ""))[0]
    before, after = (line[1] if line else "" for line in (old, new))
    if old is None:
        return f"{where}: thiếu “{shown(after, before)}”"
    changed = [f for f in figures if printed(f["text"], after) and not printed(f["text"], before)]
    names = dict.fromkeys(", ".join(filter(None, [f["label"], f.get("row")])) for f in changed)
    about = f" ({'; '.join(list(names)[:NAMED])}{' …' * (len(names) > NAMED)})" if names else ""
    if new is None:
        return f"{where}: thừa “{shown(before, after)}”"
    return f"{where}: “{shown(before, after)}”, lập lại: “{shown(after, before)}”{about}"


def printed(number: str, line: str) -> bool:
    """Whether a number stands in a line, and not as a part of another one.

    >>> printed("42", "có 42 hộ"), printed("42", "có 242 hộ"), printed("42", "42,5%")
    (True, False, False)
    """
    return bool(number) and re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)", line) is not None


def shown(line: str, other: str) -> str:
    """The line from just before the place where it differs from the other."""
    place = next((n for n, (a, b) in enumerate(zip_longest(line, other)) if a != b), 0)
    begin = max(0, place - SHOWN // 4)
    return "…" * bool(begin) + line[begin : begin + SHOWN] + "…" * (len(line) > begin + SHOWN)


def text_lines(content: bytes) -> list[Line]:
    lines = content.splitlines(keepends=True)
    return [(f"dòng {number}", line.decode(errors="replace").replace("\n", "⏎")) for number, line in enumerate(lines, start=1)]


def pdf_lines(content: bytes) -> list[Line]:
    """The lines of each page of a PDF; none where it is damaged."""
    try:
        _, pages = paragraphs.of_pdf(io.BytesIO(content))
    except (ValueError, OSError):
        return []
    numbered = [(number, clean(line)) for number, page in enumerate(pages, start=1) for line in page.splitlines()]
    return [(f"trang {number}", line) for number, line in numbered if line]


def word_lines(content: bytes) -> list[Line]:
    """The paragraphs and rows of tables of a Word file; none where it is damaged."""
    from docx import Document

    try:
        return [(one.where, one.text) for one in paragraphs.of_word(Document(io.BytesIO(content)))]
    except (zipfile.BadZipFile, ValueError, KeyError, OSError):
        return []


def excel_lines(content: bytes) -> list[Line]:
    """What each cell of an Excel file holds, a formula as it is written; none where the file is damaged."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, KeyError, OSError):
        return []
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return [(f"trang {cell.parent.title}, ô {cell.coordinate}", str(cell.value)) for cell in cells]


READERS: Mapping[str, Callable[[bytes], list[Line]]] = dict.fromkeys(TEXT, text_lines) | {
    ".pdf": pdf_lines, ".docx": word_lines, ".xlsx": excel_lines,
}  # fmt: skip


def within(name: str, kept: bytes, again: bytes) -> list[str]:
    """Where two files differ that read alike: the part and the line of a packed one, else the byte."""
    if name.endswith((".docx", ".xlsx")):
        return parts(name, kept, again) or [f"{name}: khác ở phần đầu của tệp nén"]
    place = next(n for n, (a, b) in enumerate(zip_longest(kept, again), 1) if a != b)
    return [f"{name}: khác từ byte thứ {place}"]


def parts(name: str, kept: bytes, again: bytes) -> list[str]:
    """The differing parts of two packed files."""
    old, new = (unpacked(content) for content in (kept, again))
    lines = [f"{name}!{part}: chỉ có ở một bản" for part in sorted(old.keys() ^ new.keys())]
    for part in sorted(old.keys() & new.keys()):
        lines += [f"{name}!{line}" for line in of(part, old[part], new[part])]
    return lines


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a packed file; none where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {part: archive.read(part) for part in archive.namelist()}
    except zipfile.BadZipFile:
        return {}
