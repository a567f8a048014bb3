"""A file of words, or an office file, as text: UTF-8, or UTF-16 that says so; refused where it is no text or is not seen as it is stored."""

from functools import lru_cache
from pathlib import Path

from giamngheo import limits
from giamngheo.findings import DataError, Finding
from giamngheo.vietnamese import characters, encodings

SAVE_AS_UTF8 = "mở tệp bằng Notepad, chọn File → Save As, ở ô Encoding chọn UTF-8 rồi lưu"
OTHER_KINDS = {
    b"PK\x03\x04": "Word hoặc Excel", b"\xd0\xcf\x11\xe0": "Word hoặc Excel đời cũ", b"{\\rtf": "RTF", b"%PDF": "PDF",
}  # fmt: skip


def content(root: Path, file: str) -> str:
    """The text of a narrative file below `root`, "" where there is none; DataError where it is no text or not seen as stored.

    The only reader of these files: UTF-8, or UTF-16 that says so; NFC, plain spaces, lines ended by "\\n".
    """
    path = root / file
    try:
        there = limits.head(path, limits.TEXT)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        remedy = "đóng tệp ở phần mềm khác, xem lại quyền đọc; đây phải là một tệp, không phải thư mục"
        raise DataError([Finding(file, f"không mở được tệp ({error.strerror})", remedy)]) from None
    if len(there) > limits.TEXT:
        rule = f"tệp dài hơn {limits.TEXT} byte"
        raise DataError([Finding(file, rule, "tách bớt, đưa số liệu vào bảng facts")])
    return as_text(there, file)


@lru_cache(maxsize=64)  # the sections of a few years, which many checks ask for
def as_text(there: bytes, file: str) -> str:
    """The text of a file's bytes; DataError where they are no text, or are not seen as stored."""
    text = characters.decoded(decoded(there, file)).replace("\r\n", "\n").replace("\r", "\n")
    if found := [finding for number, line in enumerate(text.split("\n"), 1) for finding in unseen(file, number, line)]:
        raise DataError(found)
    return text


def decoded(there: bytes, file: str) -> str:
    """The letters of a file's bytes; DataError says which encoding or kind of file it is instead."""
    kind = next((kind for begins, kind in OTHER_KINDS.items() if there.startswith(begins)), "")
    if kind:
        remedy = "mở tệp bằng phần mềm của nó, chép phần chữ vào một tệp mới của Notepad, lưu với Encoding UTF-8"
        raise DataError([Finding(file, f"đây là tệp {kind} mang đuôi {Path(file).suffix}", remedy)])
    marked = there[:2] in (b"\xff\xfe", b"\xfe\xff") and there[2:4] != b"\0\0"  # those begin UTF-32
    try:
        if encodings.is_utf16(there) and not marked:
            rule = "có nhiều ký tự NUL: tệp đã hỏng hoặc lưu bằng UTF-16 mà không ghi dấu của bảng mã ấy"
            raise DataError([Finding(file, rule, SAVE_AS_UTF8)])
        return there.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        name = "" if marked else encodings.name_of(there)
        line = 0 if marked else there[: wrong.start].count(b"\n") + 1
        rule = "tệp không phải UTF-8" + f"; có vẻ là {name}" * bool(name)
        remedy = f"chuyển chữ sang Unicode (UniKey → Công cụ), rồi {SAVE_AS_UTF8}" if name else SAVE_AS_UTF8
        raise DataError([Finding(file, rule, remedy, row=line)]) from None


def unseen(file: str, number: int, line: str) -> list[Finding]:
    """The first character of a line that is not seen as what it is, or the old font the line was typed in."""
    for column, code, kind in characters.hidden(line):
        remedy = "xóa ký tự ấy: đặt con trỏ ngay sau nó rồi bấm Backspace, hoặc gõ lại từ ấy"
        return [Finding(file, f"{kind}, đọc và in ra sẽ khác nhau", remedy, row=number, column=str(column), value=code)]
    font = encodings.in_cell(line)
    if font or encodings.doubly_encoded(line):
        rule = f"chữ gõ bằng {font}" if font else "chữ đã hỏng khi chuyển mã"
        remedy = "chuyển chữ sang Unicode (UniKey → Công cụ), hoặc gõ lại dòng này"
        return [Finding(file, rule, remedy, row=number, value=line.strip()[:60])]
    return []
