"""The tables of law in `data/`: their lines as rows of text, or one message with the file, the line and what to do."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.vietnamese import glyphs
from giamngheo.vietnamese.text import ask

DATED = ("valid_from", "valid_to")
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
KIND = ("kind", "name", "outline", "period", "abstract", "opening", "closing", "addressees", "projects", "file", "calculations", "papers", *DATED)
OUTLINE = ("outline", "number", "title", "part", "words", "needs", *DATED)
COLUMNS = {
    "calendar": ("step", "name", "rule", "begins", "ends", "workdays", *DATED),
    "categories": ("kind", "code", "number", "name", *DATED, "form"),
    "dictionary": ("table", "column", "type", "unit", "required", "rule", "label", "meaning"),
    "forms": ("form", "table", "layout", "title", "number", "group", "label", "column", "formula", "sheet", "live"),
    "headings": ("heading", "says"),
    "holidays": ("day", "name", *DATED),
    "indicators": ("standard", "indicator", "number", "dimension", "name", *DATED),
    "indicators-local": ("standard", "indicator", "number", "dimension", "name", *DATED, "issuer", "decree"),
    "kinds": KIND,
    "kinds-local": KIND,
    "objects": ("object", "standard", "column", "name", *DATED),
    "outlines": OUTLINE,
    "outlines-local": OUTLINE,
    "programme": ("kind", "code", "parent", "name", "value", "unit", "within", *DATED),
    "programme-local": ("kind", "code", "parent", "name", "value", "unit", "within", *DATED, "decree"),
    "standards": ("standard", "name", "area", "measure", "value", "unit", *DATED),
    "texts": ("number", "kind", "date", "issuer", "title", "use", "cited_from", *DATED, "replaced_by", "consolidated_in"),
    "units": ("unit", "code", "name", "kind", "area", "parent", "predecessors", *DATED),
}
# What a row is about: no two rows of a table say two things about it for one day.
ABOUT = {
    "calendar": ("step",),
    "categories": ("kind", "code", "form"),
    "dictionary": ("table", "column"),
    "holidays": ("day",),
    "indicators": ("standard", "indicator"),
    "indicators-local": ("standard", "indicator"),
    "kinds": ("kind",),
    "kinds-local": ("kind",),
    "objects": ("object", "standard", "column"),
    "programme": ("kind", "code", "within"),
    "programme-local": ("kind", "code", "within"),
    "standards": ("standard", "area", "measure"),
    "texts": ("number",),
    "units": ("unit",),
}
# Tables that may have no row: those that a commune fills in (`law.beside`), and the units, where a commune is by itself.
EMPTY = ("programme-local", "indicators-local", "kinds-local", "outlines-local", "units")
BACK = "lấy lại tệp gốc của chương trình, hoặc sửa dòng này"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table of law, every cell as text, blank lines left out. Raises DataError."""
    return [row for _, row in lines(path)]


def lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The same, each with the number of its first line; Excel here saves a table with ; between the cells."""
    text = _text(path)
    head = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head and "," not in head else ",", strict=True)
    found: list[tuple[int, dict[str, str]]] = []
    said: dict[tuple[str, ...], list[tuple[int, dict[str, str]]]] = {}
    header: list[str] = []
    first = 1
    try:
        for cells in lines:
            if not header:
                header = _checked(cells, path, first)
            elif len(cells) != len(header) and cells:
                rule = f"dòng có {len(cells)} ô, dòng tên cột có {len(header)} ô"
                raise _wrong(path, first, rule, f'kiểm tra dấu phẩy và ngoặc kép "…"; {BACK}')
            elif cells:
                found.append((first, _row(dict(zip(header, cells, strict=True)), path, first)))
                _said_once(found[-1][1], said, path, first)
            first = lines.line_num + 1
    except csv.Error:
        raise _wrong(path, first, "dấu ngoặc kép không đóng hoặc đặt sai chỗ", BACK) from None
    if not header:
        raise _wrong(path, 0, "tệp trống", BACK)
    if not found and path.stem in COLUMNS and path.stem not in EMPTY:
        raise _wrong(path, 0, "bảng chỉ có dòng tên cột, không có dòng nào", BACK)
    return found


def _said_once(row: dict[str, str], said: dict[tuple[str, ...], list[tuple[int, dict[str, str]]]], path: Path, line: int) -> None:
    """Refuse a row about what a row before it is about, on a day on which both are in force; else add it to `said`."""
    about = tuple(row[name] for name in ABOUT.get(path.stem, ()))
    for before, other in said.get(about, ()):
        if about and _overlap(row, other):
            rule = f"{', '.join(filter(None, about))} đã có ở dòng {before} và cùng còn hiệu lực một ngày"
            raise _wrong(path, line, rule, f"xóa bớt một dòng, hoặc ghi valid_to của dòng trước; {BACK}")
    said.setdefault(about, []).append((line, row))


def _overlap(one: dict[str, str], other: dict[str, str]) -> bool:
    """Whether there is a day on which both rows are in force."""
    spans = [(row.get("valid_from", ""), row.get("valid_to") or "9999-12-31") for row in (one, other)]
    return max(begins for begins, _ in spans) <= min(ends for _, ends in spans)


def _row(row: dict[str, str], path: Path, line: int) -> dict[str, str]:
    """The row, when its dates are days."""
    for name in DATED:
        if row.get(name) and not _is_day(row[name]):
            raise _wrong(path, line, f'cột {name}: giá trị "{row[name]}" không phải là ngày', "ghi ngày dạng 2026-01-31")
    return row


def _is_day(text: str) -> bool:
    """
    >>> _is_day("2026-02-28"), _is_day("2026-02-31"), _is_day("28/02/2026")
    (True, False, False)
    """
    try:
        return bool(DAY.fullmatch(text)) and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        if 0 in content and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            raise _wrong(path, content[: content.index(0)].count(b"\n") + 1, "có ký tự NUL, tệp đã hỏng", BACK)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise _wrong(path, line, "tệp không phải UTF-8", f"lưu lại dạng CSV UTF-8; {BACK}") from None
    if found := glyphs.box(text):
        raise _wrong(path, text[: found.start()].count("\n") + 1, glyphs.rule(found[0]), f"{glyphs.remedy(found[0])}; {BACK}")
    return text


def _checked(header: list[str], path: Path, line: int) -> list[str]:
    """The names of the columns, when all that the table must have are there, once."""
    missing = [name for name in COLUMNS.get(path.stem, ()) if name not in header]
    twice = [name for name in header if header.count(name) > 1]
    if missing:
        strangers = [name for name in header if name not in COLUMNS[path.stem]]
        rule = f"bảng luật thiếu cột {', '.join(missing)}"
        raise _wrong(path, line, rule, f"sửa dòng tên cột{ask(missing[0], strangers)}; {BACK}")
    if twice:
        raise _wrong(path, line, f"cột {twice[0]} có hai lần", f"xoá bớt một cột; {BACK}")
    return header


def _wrong(path: Path, line: int, rule: str, remedy: str) -> DataError:
    return DataError([Finding(f"data/{path.name}", rule, remedy, row=line)])
