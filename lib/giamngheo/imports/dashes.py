"""What a dash stands for in a form: nought, or not known, as the form's own note says; without one nobody knows."""

import re

from giamngheo.imports.bands import Sheet
from giamngheo.vietnamese.text import clean

DASH = re.compile(r"\s*[-–—−]+\s*")
NOTE = re.compile(r"dấu\s+(?:gạch(?:\s+ngang)?\b|\W*[-–—−])|(?:[(\[“\"']\s*)[-–—−]\s*[)\]”\"']", re.IGNORECASE)
NOT_KNOWN = re.compile(r"chưa|không\s+(?:có\s+)?(?:số liệu|thông tin|thống kê|điều tra|rà soát|theo dõi|rõ|biết|đánh giá)", re.IGNORECASE)
NOUGHT = re.compile(r"không\s+(?:có|phát sinh)|bằng\s+(?:0\b|không)|(?:là|=|:)\s*0\b", re.IGNORECASE)


def is_dash(cell: object) -> bool:
    return isinstance(cell, str) and bool(DASH.fullmatch(cell))


def meaning(text: str) -> str:
    """What a note says of dashes: `nought`, `not known`, "" for a text that says nothing of them or not which.

    >>> meaning("Ghi chú: Dấu (-) là không có hộ nào"), meaning("(-): không có số liệu"), meaning("Dấu gạch: xem phụ lục")
    ('nought', 'not known', '')
    """
    said = clean(text)
    if not NOTE.search(said):
        return ""
    return "not known" if NOT_KNOWN.search(said) else "nought" if NOUGHT.search(said) else ""


def of_sheet(sheet: Sheet) -> tuple[str, int]:
    """What the notes of a sheet say of dashes, and the row of the first; "" and 0 where none does, or two say otherwise."""
    found = [(said, row.number) for row in sheet.grid.rows for text in sheet.texts(row.number) if text and (said := meaning(text))]
    return found[0] if len({said for said, _ in found}) == 1 else ("", 0)
