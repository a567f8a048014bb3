"""Which words of a file may be said again: those of the field, never what may be the name of a person."""

import re
from dataclasses import replace
from functools import cache

from giamngheo.imports.headings import written
from giamngheo.intake.grid import Grid
from giamngheo.law import lawfile
from giamngheo.law.dictionary import tables
from giamngheo.shipped import DATA
from giamngheo.vietnamese.terms import UNITS
from giamngheo.vietnamese.text import bare, clean, identity

WITHIN_COMMUNE = r"(thôn|làng|bản|buôn|ấp|xóm|khóm|khu phố|khu dân cư|tổ dân phố|tdp)\b"
VILLAGE = re.compile(WITHIN_COMMUNE, re.IGNORECASE)
ONE_VILLAGE = re.compile(
    r"(?i:(?<!các )(?<!theo )(?<!cấp )(?<!từng )(?<!mỗi )(?<!thôn )(?<!thôn, )(?<!cộng )(?:\b(?:thôn|làng|buôn|ấp|xóm|khóm|khu phố|tổ dân phố|tdp)\b"
    r"|(?<!văn )(?<!biên )(?<!phiên )\bbản\b))\s*[:.]?\s*(?=[A-ZĐ0-9])(?!(?i:bản|làng|buôn|xóm|tổ|năm|trên|thuộc|trong|của|số|sao|đồ|ấp)\b)"
)
REGION = re.compile(r"(khu vực|vùng|thành thị|nông thôn|các (thôn|làng|xã)|xã|phường|thị trấn|cụm)\b", re.IGNORECASE)
OF_SHEETS = (
    "sheet biểu bảng mẫu phụ lục trang tính danh sách tổng hợp số liệu kế hoạch giao cùng kỳ báo cáo th kq pl f khác thực hiện "
    "chênh lệch so với data ds trước"
)
BEGUN = ["biểu", "bảng", "mẫu", "phụ", "sheet", "rà", "tổng", "kết", UNITS["households"], "danh"]  # no name begins so: capitals may follow
LONGEST, OF_NO_TITLE = 31, re.compile(r"[\[\]:*?/\\']")  # of a sheet's title in a workbook
OF_WHICH = re.compile(r"(trong đó|chia ra)\W+", re.IGNORECASE)
UNTITLED = "thứ {}"  # behind “trang tính”: what a sheet is called whose title may be a name


def is_place(name: str) -> bool:
    """Whether the words themselves say that this names a place, and not a person.

    >>> is_place("Thôn 5"), is_place("Khu vực I"), is_place("(1) Ông A đã chuyển đi")
    (True, True, False)
    """
    return bool(REGION.match(name) or VILLAGE.match(name))


def names_one_village(text: str) -> bool:
    """Whether a title speaks of one village, and not of villages in general.

    >>> [names_one_village(text) for text in ("Thôn: Kon A", "DANH SÁCH HỘ NGHÈO THÔN 5", "Bản Lao", "Theo thôn, làng", "VĂN BẢN SỐ 5")]
    [True, True, True, False, False]
    """
    return bool(ONE_VILLAGE.search(clean(text)))


@cache
def known_words() -> frozenset[str]:
    """The words of which headings and titles of forms are made, and the same without accents."""
    phrases = [*written(), *tables(), *(row["title"] for row in lawfile.rows(DATA / "forms.csv")), OF_SHEETS]
    words = {word for text in phrases for word in re.findall(r"[^\W\d_]+", text.replace("_", " "))}
    return frozenset({identity(word) for word in words} | {bare(word) for word in words})


def quotable(text: str) -> bool:
    """Whether a text names a place or is made of the field's words, written as words are and not as names are.

    >>> quotable("Biểu 1"), quotable("Kế hoạch giao"), quotable("Thôn 5"), quotable("Y Bình"), quotable("Nguyễn Văn A")
    (True, True, True, False, False)
    """
    said = OF_WHICH.sub("", clean(text))
    words = re.findall(r"[^\W\d_]+", said.replace("_", " "))
    if is_place(said) and not re.search(r"\W(?=\s|$)|[,;:(]", said):
        return True
    plain = all(word == word.lower() for word in words[1:]) or words[0].casefold() in BEGUN
    return plain and all(identity(word) in known_words() for word in words) and not (len(words) > 1 and len(words[0]) == 1)


def told(text: str, otherwise: str) -> str:
    """The text in quotation marks where it may be said, else what stands for it.

    >>> told("Kế hoạch giao", "tên ở dòng này"), told("Nguyễn Văn A", "tên ở dòng này")
    ('“Kế hoạch giao”', 'tên ở dòng này')
    """
    return f"“{text}”" if quotable(text) else otherwise


def named_safely(grid: Grid, number: int) -> Grid:
    """The sheet under its title where that may be said, else under its place among the sheets."""
    if not grid.sheet or quotable(grid.sheet) and len(grid.sheet) <= LONGEST and not OF_NO_TITLE.search(grid.sheet):
        return grid
    name = UNTITLED.format(number)
    findings, notes = (tuple(replace(one, sheet=name) for one in found) for found in (grid.findings, grid.notes))
    return replace(grid, sheet=name, findings=findings, notes=notes)
