"""One cell → one value of the dictionary's type, or the reason why it cannot be read.

Dates and text are read here, numbers in `intake.numbers`.
"""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from giamngheo.intake.cell import IN_BRACES, Misread, MonthShown, Number, Unreadable
from giamngheo.intake.quantities import FIRST_YEAR, LAST_YEAR, count, number, typed, year
from giamngheo.vietnamese import encodings, glyphs
from giamngheo.vietnamese.text import clean
from giamngheo.vietnamese.typed import misleading

DATE_RULE = "phải là ngày có thật, dạng ngày/tháng/năm"


def read(cell: object, type: str, unit: str = "") -> object:
    """The value of `cell` in a column of `type`: int, Fraction, str, a date, or None for a blank cell.

    Raises Misread.

    >>> read("1.399", "count"), read(" 1 399 ", "count"), read("02 hộ", "count", "households")
    (1399, 1399, 2)
    >>> read(None, "count"), read(None, "text")
    (None, '')
    >>> read("28/02/2023", "date"), read("05/2023", "month"), read("20,86", "number")
    (datetime.date(2023, 2, 28), datetime.date(2023, 5, 1), Fraction(1043, 50))
    """
    if cell is None:
        return "" if type in ("text", "code") else None
    if isinstance(cell, Unreadable):
        raise Misread(cell.rule, cell.remedy)
    if isinstance(cell, bool):
        raise Misread("ô chứa giá trị đúng/sai (TRUE/FALSE) của Excel", "gõ lại giá trị cần ghi")
    return READERS[type](cell, unit)


def date(cell: object, _unit: str) -> dt.date:
    """A day: dd/mm/yyyy, yyyy-mm-dd, or a date cell of Excel."""
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time():
            raise Misread(DATE_RULE, "bỏ phần giờ phút trong ô")
        cell = cell.date()
    if isinstance(cell, MonthShown):
        raise Misread(DATE_RULE, "ô chỉ hiện tháng, năm: định dạng ô là ngày (Date, dd/mm/yyyy) rồi kiểm tra ngày")
    if isinstance(cell, Number):
        raise Misread(DATE_RULE, "ô chứa số: định dạng ô là ngày (Date) rồi gõ lại, ví dụ 28/02/2023")
    if isinstance(cell, str):
        cell = _day(typed(cell))
    assert isinstance(cell, dt.date)  # the last kind of cell there is (`intake.cell`)
    if not FIRST_YEAR <= cell.year <= LAST_YEAR:
        raise Misread(DATE_RULE, f"năm phải từ {FIRST_YEAR} đến {LAST_YEAR}")
    return cell


def month(cell: object, unit: str) -> dt.date:
    """The first day of a month: mm/yyyy, yyyy-mm, or any full date in it."""
    if isinstance(cell, MonthShown):
        return dt.date(cell.year, cell.month, 1)
    if isinstance(cell, str):
        text = typed(cell)
        if vietnamese := re.fullmatch(r"(?:tháng )?([0-9]{1,2})(?:[/.-]| năm )([0-9]{4})", text.casefold()):
            cell = f"1/{vietnamese[1]}/{vietnamese[2]}"
        elif re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            cell = f"{text}-01"
    try:
        return date(cell, unit).replace(day=1)
    except Misread:
        raise Misread("phải là tháng có thật, dạng tháng/năm", "ghi tháng và năm, ví dụ 05/2023") from None


def text(cell: object, _unit: str) -> str:
    """Text in one form (NFC, single spaces); refused when letters were lost or typed in an old encoding."""
    if isinstance(cell, dt.date):
        raise Misread("phải là chữ", "Excel đã đổi nội dung thành ngày: định dạng ô là Text rồi gõ lại")
    if isinstance(cell, Number):
        if isinstance(cell.value, int) and cell.format in ("General", "0", "@"):
            return str(cell)
        raise Misread("phải là chữ", "Excel giữ nội dung này dưới dạng số: định dạng ô là Text rồi gõ lại")
    return _legible(cell)


READERS = {
    "count": count,
    "money": count,
    "number": number,
    "year": year,
    "date": date,
    "month": month,
    "text": text,
    "code": text,
}


@lru_cache(maxsize=4096)
def _legible(cell: str) -> str:
    if name := misleading(cell):
        raise Misread(f"có ký tự {name} làm chữ số hiện khác với khi in", "xoá nội dung ô rồi gõ lại")
    words = clean(cell)
    if figure := IN_BRACES.search(words):
        raise Misread(f"{figure[0]} là cách gọi tên số liệu trong lời văn, không dùng trong bảng", "bỏ dấu { và }, hoặc dùng ngoặc tròn")
    if words.isascii() and words.isprintable() and "?" not in words:
        return words
    if "\ufffd" in words or re.search(r"\?(?=\s*\w)|(?<=\w)\?(?=\S)", re.sub(r"\S+://\S+", "", words)):
        raise Misread("chữ tiếng Việt đã mất dấu khi lưu tệp", "gõ lại chữ rồi lưu dạng CSV UTF-8 hoặc .xlsx")
    if any(unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") for letter in words):
        raise Misread("có ký tự không đọc được", "xoá nội dung ô rồi gõ lại")
    if encodings.doubly_encoded(words):
        raise Misread("chữ UTF-8 đã bị mở bằng bảng mã khác", "mở lại tệp gốc bằng bảng mã UTF-8 rồi lưu")
    if old := encodings.in_cell(words):
        raise Misread(f"chữ gõ bằng bảng mã cũ {old}, không phải Unicode", "chuyển sang Unicode rồi lưu lại")
    if found := glyphs.box(words):
        raise Misread(glyphs.rule(found[0]), glyphs.remedy(found[0]))
    return words


def _day(text: str) -> dt.date:
    in_words = r"(?:ngày )?([0-9]{1,2})(?: tháng |([/.-]))([0-9]{1,2})(?(2)\2| năm )([0-9]{2}|[0-9]{4})"
    vietnamese = re.fullmatch(in_words, text.casefold())
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if vietnamese and len(vietnamese[4]) == 2:
        full = [f"{vietnamese[1]}/{vietnamese[3]}/{century}{vietnamese[4]}" for century in (20, 19)]
        raise Misread(f"năm chỉ có hai chữ số, là {full[0]} hay {full[1]}", f"ghi năm bốn chữ số, ví dụ {full[0]}")
    try:
        if vietnamese:
            return dt.date(int(vietnamese[4]), int(vietnamese[3]), int(vietnamese[1]))
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise Misread(DATE_RULE, "ghi ngày, tháng, năm, ví dụ 28/02/2023")
