"""What a document must print, and what each format is found to print: texts in reading order.

Spaces and line ends are a matter of setting, so texts are compared without them (`squeezed`).
"""

import io
import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import docx
import lxml.html
from docx.oxml.ns import qn

from giamngheo.writers.arrangement import points
from tools import need


def squeezed(text: str) -> str:
    """Without spaces and without invisible marks, which a PDF reader may move or drop."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf")


def expected(document: dict) -> list[str]:
    """Every text of the document with the words the form itself adds, in reading order."""
    return [text for block in document["blocks"] for text in _TEXTS[block["type"]](block)]


def in_html(page: bytes) -> str:
    """The words of the page itself: its <main>, without what only the screen shows."""
    words = lxml.html.document_fromstring(page.decode()).find(".//main")
    for labels in words.findall(".//details[@class='labels']"):  # the numbers of a picture, which its bars show
        labels.drop_tree()
    return words.text_content()


def in_docx(file: bytes) -> str:
    """The typed words of the body; numbers that Word counts are not among them."""
    body = docx.Document(io.BytesIO(file)).element.body
    return "".join(text.text or "" for text in body.iter(qn("w:t")))


class Tagged:
    """A node of the PDF's structure tree, as poppler reads it: `tag`, `text` of its own, `children`."""

    def __init__(self, tag: str):
        self.tag, self.own, self.children = tag, [], []

    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text() for part in self.own)

    def every(self, *tags: str) -> list["Tagged"]:
        """The nodes below with one of these tags, in reading order."""
        found = []
        for child in self.children:
            found += [child] if child.tag in tags else child.every(*tags)
        return found


@cache
def tags(pdf: Path) -> Tagged:
    """The structure tree; poppler 22.12 complains of a border attribute, hence no check of stderr."""
    listing = subprocess.run(
        [need("pdfinfo"), "-struct-text", pdf], capture_output=True, check=True
    ).stdout.decode(errors="replace")
    root = Tagged("")
    path = [(-1, root)]
    for line in listing.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        while path[-1][0] >= indent:
            path.pop()
        parent = path[-1][1]
        if text := re.fullmatch(r' *"(.*)"', line):
            parent.own.append(text[1])
        elif (tag := re.match(r" *(\w+)", line)) and not line.lstrip().startswith("/"):
            node = Tagged(tag[1])
            parent.children.append(node)
            parent.own.append(node)
            path.append((indent, node))
    return root


def in_pdf(pdf: Path) -> str:
    """The words of the pages in reading order: no page numbers, no repeated table headers."""
    return tags(pdf).text()


def tables(document: dict) -> list[list[str]]:
    """Of every table, its cells in reading order."""
    return [[_joined(cell["runs"]) for row in block["header"] + block["rows"] for cell in row]
            for block in document["blocks"] if block["type"] == "table"]  # fmt: skip


def tables_in_docx(file: bytes) -> list[list[str]]:
    """The same of the Word file; a cell that spans rows or columns is read once."""
    found = docx.Document(io.BytesIO(file)).tables
    return [
        [cell.text for row in table.rows for cell in _own_cells(row)]
        for table in found
        if table.style.name == "Bảng số liệu"
    ]


def tables_in_pdf(pdf: Path) -> list[list[str]]:
    return [[cell.text() for cell in table.every("TH", "TD")] for table in tags(pdf).every("Table")]


def _own_cells(row):
    for cell in row._tr.tc_lst:
        if cell.vMerge != "continue":
            yield docx.table._Cell(cell, row)


def _joined(runs: list[dict]) -> str:
    return "".join(run["text"] for run in runs)


def _letterhead(block):
    names, single = block["addressees"], len(block["addressees"]) == 1
    ends = ["."] if single else [*[";"] * (len(names) - 1), "."]
    nation = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    lines = [block[key] for key in ("number", "place_date", "kind", "abstract")]
    addressed = [("" if single else "- ") + name + end for name, end in zip(names, ends, strict=True)]
    return [block["superior"], *block["issuer"], *nation, *lines, "Kính gửi:", *addressed]


def _table(block):
    cells = [_joined(cell["runs"]) for row in block["header"] + block["rows"] for cell in row]
    caption = f"Bảng {block['number']}. {block['caption']}"
    return [caption, block["unit"], *cells, *[_joined(note) for note in block["notes"]]]


def _signature(block):
    recipients = ["- " + line for line in block["recipients"]]
    return ["Nơi nhận:", *recipients, *block["authority"], block["position"], block["name"]]


_TEXTS = {
    "letterhead": _letterhead,
    "heading": lambda block: [block["number"], block["text"]],
    "paragraph": lambda block: ["[cần bổ sung] " * (block["style"] == "missing") + _joined(block["runs"])],
    "list": lambda block: [f"{mark} {_joined(item)}".strip() for item, (mark, _) in zip(block["items"], points(block), strict=True)],
    "table": _table,
    "figure": lambda block: [f"Hình {block['number']}. {block['caption']}"],
    "annex": lambda block: [block["number"], block["title"], block["attached"]],
    "signature": _signature,
}
