"""A CSV file's bytes → its cells: UTF-8 with commas, semicolons or tabs; anything else is refused by name."""

import csv
import io
from collections.abc import Collection

from giamngheo import limits
from giamngheo.intake.grid import Grid, Row
from giamngheo.spreadsheets import original
from giamngheo.vietnamese import encodings
from giamngheo.vietnamese.numbers import number
from giamngheo.vietnamese.text import clean, identity

SAVE_AS_UTF8 = "trong Excel chọn Save As → CSV UTF-8 (Comma delimited), hoặc lưu cả năm thành so-lieu.xlsx"
LOST = (
    "chữ có dấu đã mất khi lưu, thành dấu hỏi (?), không lấy lại được từ tệp này",
    "mở lại tệp gốc rồi " + SAVE_AS_UTF8,
)

SHORTER = "chỉ giữ các dòng, các cột có số liệu"


class NotText(ValueError):
    """Bytes that are not a CSV file in UTF-8: the rule, the remedy and, where known, the line."""

    def __init__(self, rule: str, remedy: str, line: int = 0):
        super().__init__(rule, remedy, line)
        self.rule, self.remedy, self.line = rule, remedy, line


def grid(data: bytes, file: str, names: Collection[str]) -> Grid:
    """The cells of a CSV file; `names` are the headers to expect, which tell the separator.

    Findings instead of rows where the bytes cannot be read.
    """
    try:
        text = decode(data)
        return Grid(file, "", tuple(rows(text, separator(text, names))))
    except NotText as wrong:
        empty = Grid(file, "", ())
        return Grid(file, "", (), findings=(empty.refusal(wrong.rule, wrong.remedy, wrong.line),))


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes, with or without a byte order mark."""
    if len(data) > limits.TABLE:
        raise NotText(f"tệp dài hơn {number(limits.TABLE)} byte", SHORTER)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotText("đây là tệp Excel mang đuôi .csv", "đổi tên thành so-lieu.xlsx, hoặc " + SAVE_AS_UTF8)
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise NotText("tệp trống", "ghi dòng tên cột và số liệu, hoặc xoá tệp nếu không có số liệu")
    if encodings.is_utf16(data):
        raise NotText("tệp lưu bằng bảng mã UTF-16, không phải UTF-8", SAVE_AS_UTF8)
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        raise NotText("có ký tự NUL, tệp đã hỏng", "lấy lại tệp gốc hoặc " + SAVE_AS_UTF8, line)
    if encodings.lost_letters(data):
        raise NotText(*LOST)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        looks = encodings.name_of(data)
        guess = f"; có vẻ là {looks}" if looks else ""
        remedy = f"chuyển sang Unicode rồi {SAVE_AS_UTF8}" if looks else SAVE_AS_UTF8
        raise NotText(f"tệp không phải UTF-8{guess}", remedy, line) from None


def separator(text: str, names: Collection[str]) -> str:
    """The separator that finds most of `names` in some line of the text's first lines.

    In doubt the one that makes most cells of the first line; then the comma.
    """
    known = {identity(name) for name in names}

    def found(mark: str) -> int:
        lines = csv.reader(io.StringIO(text[:20000], newline=""), delimiter=mark)
        most = 0
        try:
            for _, cells in zip(range(30), lines, strict=False):
                most = max(most, sum(identity(cell.split("\n")[-1]) in known for cell in cells))
        except csv.Error:
            pass
        return most

    def cells(mark: str) -> int:
        try:
            return len(next(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), ()))
        except csv.Error:
            return 0

    return max(",;\t", key=lambda mark: (found(mark), cells(mark)))


def rows(text: str, mark: str) -> list[Row]:
    """The lines of the text as rows of cells; a quoted cell may hold line breaks."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    found: list[Row] = []
    first = 1
    try:
        for cells in lines:
            if len(cells) > limits.COLUMNS or len(found) >= limits.ROWS:
                what = f"{number(limits.COLUMNS)} ô trên một dòng" if len(found) < limits.ROWS else f"{number(limits.ROWS)} dòng"
                raise NotText(f"tệp có hơn {what}", SHORTER, first)
            if not (first == 1 and mark.join(cells) == f"sep={mark}"):
                found.append(Row(first, tuple(original(cell) if clean(cell) else None for cell in cells)))
            first = lines.line_num + 1
    except csv.Error:
        raise NotText(
            "dấu ngoặc kép không đóng hoặc đặt sai chỗ",
            'mỗi ô có dấu phẩy, xuống dòng hoặc ngoặc kép phải nằm trọn trong một cặp ngoặc kép "…"',
            first,
        ) from None
    return found
