"""The document as a Word file whose parts are the templates of `form/docx/`, an unpacked .docx.

Headings are numbered by Word itself where Word counts as the report does: I., 1., a). It cannot count the
Vietnamese alphabet (a, b, c, d, đ, e, g), so each letter that it would get wrong has a list of its own. Any
other number is typed text. What is printed is always the number the document gives.
"""

import io
import re
import struct
import zipfile
from datetime import UTC, datetime

import docx

from giamngheo.writers import arrangement, raster, templates

PARTS = [
    path.relative_to(templates.FORM).as_posix() for path in sorted((templates.FORM / "docx").rglob("*.*"))
]
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip entry can carry
EMU_PER_MM = 36000

LETTERS = {letter + ")": list_id for list_id, letter in enumerate("abcdđeghiklmnopqrstuvxy", 10)}
HEADINGS, CAPTIONED = ("heading", "annex"), ("table", "figure")
LEVELS = [  # what numbering.xml counts on each level of list 1, and the form of number that stands there
    (r"Phần [IVX]+", lambda count: f"Phần {_roman(count[0])}"),
    (r"[IVX]+\.", lambda count: f"{_roman(count[1])}."),
    (r"\d+\.", lambda count: f"{count[2]}."),
    (r"\d+\.\d+\.", lambda count: f"{count[2]}.{count[3]}."),
    (r"[a-zđ]\)", lambda count: f"{chr(ord('a') - 1 + count[4])})"),
]


def write(document: dict) -> bytes:
    """The .docx, byte-identical for equal documents; `meta.timestamp` (s, UTC) is the only date in it."""
    arranged = arrangement.arrange(document)
    sections = arranged["sections"]
    sections = _told(sections, HEADINGS, number_headings(_of(sections, HEADINGS)))
    captions, targets, pictures = _captioned(_of(sections, CAPTIONED))
    values = arranged | {"sections": _told(sections, CAPTIONED, captions)}
    values |= {"targets": targets, "pictures": pictures, "letters": LETTERS, "points": arrangement.points}
    values |= {"in_twips": _in_twips, "text_width": _text_width}
    parts = {name.removeprefix("docx/"): templates.fill(name, **values).encode() for name in PARTS}
    parts |= {f"word/media/{name}.png": png for name, png in pictures.items()}
    return _zipped(_opened(_zipped(parts, zipfile.ZIP_STORED), document["meta"]))


def _of(sections: list[dict], types: tuple[str, ...]) -> list[dict]:
    """The blocks of some types, in their order."""
    return [block for section in sections for block in section["blocks"] if block["type"] in types]


def _told(sections: list[dict], types: tuple[str, ...], learned: list[dict]) -> list[dict]:
    """The sections with what was learned of their blocks of some types (`_of`), a dict for each, beside what they say."""
    one = iter(learned)
    return [
        section | {"blocks": [block | next(one) if block["type"] in types else block for block in section["blocks"]]}
        for section in sections
    ]


def number_headings(headings: list[dict]) -> list[dict]:
    """For each heading {"numbered": {"list", "level"}}, the Word list that prints its number; list 0: typed.

    >>> numbers = ["I.", "1.", "a)", "b)", "đ)", "2.", "5."]
    >>> titles = [{"type": "heading", "number": number} for number in numbers]
    >>> [(made["numbered"]["list"], made["numbered"]["level"]) for made in number_headings(titles)]
    [(1, 1), (1, 2), (1, 4), (1, 4), (14, 0), (1, 2), (0, 0)]
    """
    made, annexes = [], 0
    counts: list[int | None] = [0] * len(LEVELS)
    for heading in headings:
        number, numbered = heading["number"], {"list": 0, "level": 0}
        if heading["type"] == "annex":
            if number == f"Phụ lục {_roman(annexes + 1)}":
                annexes, numbered = annexes + 1, {"list": 2, "level": 0}
        else:
            for level, (form, shown) in enumerate(LEVELS):
                count = counts[level]
                if not re.fullmatch(form, number) or count is None:
                    continue
                above = [one or None for one in counts[:level]]  # skipped by the text, so perhaps counted by Word
                counted = [*above, count + 1, *[0] * (len(LEVELS) - level - 1)]
                if shown(counted) == number:
                    counts, numbered = counted, {"list": 1, "level": level}
            if not numbered["list"] and number in LETTERS:
                numbered = {"list": LETTERS[number], "level": 0}
        made.append({"numbered": numbered})
    return made


def _roman(number: int) -> str:
    """Roman numeral of a number below 40, where headings of reports end."""
    return "X" * (number // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]


def _captioned(blocks: list[dict]) -> tuple[list[dict], dict, dict]:
    """For each table or figure whether Word counts its number and its picture; bookmarks by id, pictures by part name."""
    captions, targets, pictures, last = [], {}, {}, {"table": 0, "figure": 0}
    drawn = iter(raster.pngs((block["svg"], block["width_mm"]) for block in blocks if block["type"] == "figure"))
    for mark, block in enumerate(blocks, 1):
        kind, number = block["type"], block["number"]
        label = "Bảng" if kind == "table" else "Hình"
        targets[block["id"]] = {"mark": mark, "bookmark": f"_Ref_{kind}_{mark}", "label": f"{label} {number}"}
        captions.append({"in_order": number == last[kind] + 1})
        last[kind] = number
        if kind == "figure":
            png = next(drawn)
            name = f"picture{mark}"
            pixels_wide, pixels_high = struct.unpack(">II", png[16:24])  # the PNG header
            width = round(min(block["width_mm"], arrangement.PORTRAIT) * EMU_PER_MM)
            captions[-1]["picture"] = {"name": name, "width": width, "height": width * pixels_high // pixels_wide}
            pictures[name] = png
    return captions, targets, pictures


def _in_twips(shares: list[float], width: int) -> list[int]:
    """Column widths in whole twips that add up to `width`."""
    edges = [round(sum(shares[:column]) * width) for column in range(len(shares) + 1)]
    return [right - left for left, right in zip(edges, edges[1:], strict=False)]


def _text_width(text: str, points: float) -> float:
    """Rough width in twips of bold text in Times; good to 7 %, enough for a rule of 1/3 to 1/2 of it."""
    em = sum(0.70 if letter.isupper() else 0.48 if letter.isalnum() else 0.25 for letter in text)
    return em * points * 20


def _opened(package: bytes, meta: dict) -> dict[str, bytes]:
    """The parts as python-docx saves them; it fails on a part that is not well formed or not found."""
    opened = docx.Document(io.BytesIO(package))
    properties = opened.core_properties
    properties.title, properties.author = meta["title"][:255], meta["issuer"][:255]
    properties.last_modified_by = ""
    properties.keywords, properties.language = meta["key"], "vi-VN"
    properties.created = properties.modified = datetime.fromtimestamp(meta["timestamp"], UTC)
    properties.revision = 1
    saved = io.BytesIO()
    opened.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with its entries sorted and undated, the content types first as Word writes them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = method
            archive.writestr(entry, parts[name])
    return target.getvalue()
