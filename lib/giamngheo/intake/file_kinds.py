"""Which program wrote a file that calls itself a workbook, by its bytes: the name of its format and what to do."""

import io
import zipfile

OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
SAVE_AS = "mở bằng Excel hoặc LibreOffice, chọn Save As, kiểu Excel Workbook (.xlsx), lưu thành so-lieu.xlsx"
BY_SUFFIX = {
    ".xls": "Excel 97-2003 (.xls)",
    ".xlsb": "Excel nhị phân (.xlsb)",
    ".xlsm": "Excel có macro (.xlsm)",
    ".ods": "OpenDocument (.ods)",
    ".html": "trang web (.html)",
    ".htm": "trang web (.htm)",
    ".numbers": "Apple Numbers (.numbers)",
    ".et": "WPS Spreadsheets (.et)",
}
STRICT = b"http://purl.oclc.org/ooxml/"


def refusal(data: bytes) -> tuple[str, str] | None:
    """The rule and the remedy for bytes that are no workbook in the form .xlsx; None where they may be one."""
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16le") in data:
            return "tệp có mật khẩu", "mở bằng Excel, bỏ mật khẩu (File → Info → Protect Workbook), rồi lưu lại"
        if "Workbook".encode("utf-16le") in data or "Book".encode("utf-16le") in data:
            return _saved_as(BY_SUFFIX[".xls"])
        return "tệp có mật khẩu hoặc là Excel kiểu cũ (.xls)", "bỏ mật khẩu, lưu lại dạng .xlsx"
    if data.startswith(ZIP):
        name = _in_zip(data)
        return _saved_as(name) if name else None
    return _of_text(data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower())


def _saved_as(name: str) -> tuple[str, str]:
    return f"tệp mang đuôi .xlsx nhưng là {name}", SAVE_AS


def _in_zip(data: bytes) -> str:
    """The name of another format that is a zip file; "" for a workbook .xlsx and for a zip that cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = set(parts.namelist())
            if "mimetype" in names and b"opendocument" in _start(parts, "mimetype"):
                return BY_SUFFIX[".ods"]
            if "xl/workbook.bin" in names:
                return BY_SUFFIX[".xlsb"]
            if any(name.startswith("word/") for name in names):
                return "Word (.docx)"
            if "xl/workbook.xml" in names and STRICT in _start(parts, "xl/workbook.xml"):
                return "Strict Open XML Spreadsheet"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        pass
    return ""


def _start(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as part:
        return part.read(4096)


def _of_text(start: bytes) -> tuple[str, str] | None:
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        return _saved_as("trang web (HTML)")
    if start.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return _saved_as("XML Spreadsheet 2003")
    first = start.splitlines()[0] if start else b""
    if b"\0" not in start and sum(first.count(mark) for mark in (b",", b";", b"\t")) >= 2:
        return "tệp mang đuôi .xlsx nhưng là CSV", "đổi tên thành <bảng>.csv, ví dụ review.csv, hoặc " + SAVE_AS
    return None
