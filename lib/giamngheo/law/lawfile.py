"""The tables of law in `data/`: their lines as rows of text, or one message with the file, the line and what to do."""

import csv
import io
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.vietnamese.text import ask

DATED = ("valid_from", "valid_to")
COLUMNS = {
    "calendar": ("step", "name", "rule", "begins", "ends", *DATED),
    "categories": ("kind", "code", "number", "name", *DATED, "form"),
    "dictionary": ("table", "column", "type", "unit", "required", "rule", "label", "meaning"),
    "forms": ("form", "table", "layout", "title", "number", "group", "label", "column", "formula"),
    "indicators": ("standard", "indicator", "number", "dimension", "name", *DATED),
    "programme": ("kind", "code", "parent", "name", "value", "unit", "within", *DATED),
    "standards": ("standard", "name", "area", "measure", "value", "unit", *DATED),
    "units": ("unit", "code", "name", "kind", "area", "parent", "predecessors", *DATED),
}
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
                found.append(dict(zip(header, cells, strict=True)))
            first = lines.line_num + 1
    except csv.Error:
        raise _wrong(path, first, "dấu ngoặc kép không đóng hoặc đặt sai chỗ", BACK) from None
    if not header:
        raise _wrong(path, 0, "tệp trống", BACK)
    return found


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
