"""The tables of law in `data/`: their lines as rows of text, or one message with the file, the line and what to do."""

import csv
import io
import re
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.vietnamese.text import ask

DATED = ("valid_from", "valid_to")
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
COLUMNS = {
    "calendar": ("step", "name", "rule", "begins", "ends", "workdays", *DATED),
    "categories": ("kind", "code", "number", "name", *DATED, "form"),
    "dictionary": ("table", "column", "type", "unit", "required", "rule", "label", "meaning"),
    "forms": ("form", "table", "layout", "title", "number", "group", "label", "column", "formula", "sheet", "live"),
    "headings": ("heading", "says"),
    "holidays": ("day", "name", *DATED),
    "indicators": ("standard", "indicator", "number", "dimension", "name", *DATED),
    "objects": ("object", "standard", "column", "name", *DATED),
    "programme": ("kind", "code", "parent", "name", "value", "unit", "within", *DATED),
    "programme-local": ("kind", "code", "parent", "name", "value", "unit", "within", *DATED, "decree"),
    "standards": ("standard", "name", "area", "measure", "value", "unit", *DATED),
    "texts": ("number", "kind", "date", "issuer", "title", "use", "cited_from", *DATED, "replaced_by", "consolidated_in"),
    "units": ("unit", "code", "name", "kind", "area", "parent", "predecessors", *DATED),
}
# What must be said in a row of a table that the communes fill in themselves.
FILLED = {"programme-local": ("kind", "code", "name", "valid_from", "decree")}
BACK = "lấy lại tệp gốc của chương trình, hoặc sửa dòng này"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table of law, every cell as text, blank lines left out. Raises DataError."""
    lines = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    found: list[dict[str, str]] = []
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
                found.append(_row(dict(zip(header, cells, strict=True)), path, first))
            first = lines.line_num + 1
    except csv.Error:
        raise _wrong(path, first, "dấu ngoặc kép không đóng hoặc đặt sai chỗ", BACK) from None
    if not header:
        raise _wrong(path, 0, "tệp trống", BACK)
    return found


def _row(row: dict[str, str], path: Path, line: int) -> dict[str, str]:
    """The row, when its dates are days and what the table asks to be filled in is filled in."""
    for name in FILLED.get(path.stem, ()):
        if not row[name].strip():
            raise _wrong(path, line, f"chưa ghi cột {name}", "ghi ô này, theo văn bản giao vốn, hoặc xóa cả dòng")
    for name in DATED:
        if row.get(name) and not DAY.fullmatch(row[name]):
            raise _wrong(path, line, f'cột {name}: giá trị "{row[name]}" không phải là ngày', "ghi ngày dạng 2026-01-31")
    return row


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise _wrong(path, line, "tệp không phải UTF-8", f"lưu lại dạng CSV UTF-8; {BACK}") from None


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
