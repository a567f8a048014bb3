"""One cell → one value of the dictionary's type, or the reason why it cannot be read.

A cell of a CSV file is text; a cell of a workbook is text, a `Number`, a date, a truth value or `Unreadable`.
A number is read only where there is one way to read it: "1.399" in a column of counts is 1399 because a
count has no decimals, but "1,399" could be either and is refused.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from giamngheo.intake import encodings
from giamngheo.intake.text import clean

LARGEST = 10**15  # Excel keeps 15 digits; no commune counts or spends more
FIRST_YEAR, LAST_YEAR = 1900, 2100
NUMERIC = ("count", "money", "number", "year")
SUFFIXES = {
    "households": ("hộ",),
    "persons": ("khẩu", "nhân khẩu", "người"),
    "dong": ("đồng", "đ", "vnđ", "vnd"),
    "years": ("năm",),
}
COUNT_RULE = "phải là số nguyên không âm"
DATE_RULE = "phải là ngày có thật, dạng ngày/tháng/năm"
UNKNOWN_REMEDY = "ghi 0 nếu không có, để trống nếu chưa biết"


class Misread(ValueError):
    """A cell that cannot be read: the rule it breaks and the remedy, in Vietnamese."""

    def __init__(self, rule: str, remedy: str):
        super().__init__(rule, remedy)
        self.rule, self.remedy = rule, remedy


@dataclass(frozen=True)
class Number:
    """A number in a cell of a workbook, with the format Excel shows it in."""

    value: int | float
    format: str = "General"

    def __str__(self) -> str:
        return str(self.value) if isinstance(self.value, int) else format(self.value, ".15g")

    def changes_reading(self) -> bool:
        """Whether the format shows another number than the cell holds (percent, or scaled to thousands)."""
        shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", self.format)
        return "%" in shown or bool(re.search(r"[0#?],+(?![0#?])", shown)) or shown.strip(";") == ""


@dataclass(frozen=True)
class Unreadable:
    """A cell of a workbook that holds no value to read (an error, a formula never calculated)."""

    shown: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        return self.shown


def shown(cell: object) -> str:
    """What the cell says, for a message: dates as day/month/year, line breaks as spaces."""
    if isinstance(cell, dt.datetime | dt.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, bool):
        return str(cell).upper()
    return " ".join(str(cell).split())


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


def count(cell: object, unit: str) -> int:
    """A whole number that is not negative."""
    if isinstance(cell, dt.date):
        raise Misread(COUNT_RULE, "Excel đã đổi số thành ngày: định dạng ô là Number rồi gõ lại số")
    value = _whole_in_cell(cell) if isinstance(cell, Number) else _whole_in_text(clean(cell), unit)
    if value >= LARGEST:
        raise Misread("số quá lớn", "kiểm tra số chữ số và đơn vị tính")
    return value


def number(cell: object, _unit: str) -> Fraction:
    """A decimal number, exactly as written."""
    if isinstance(cell, dt.date):
        raise Misread("phải là số", "Excel đã đổi số thành ngày: định dạng ô là Number rồi gõ lại số")
    if isinstance(cell, Number):
        _refuse_changed_reading(cell)
        if not abs(cell.value) < LARGEST:
            raise Misread("số quá lớn", "kiểm tra số chữ số và đơn vị tính")
        return Fraction(str(cell))
    text = clean(cell)
    if len(text) > 40:
        raise Misread("phải là số", "ghi bằng chữ số, phần thập phân sau dấu phẩy")
    if re.fullmatch(r"-?[0-9]+", text):
        return Fraction(text)
    if re.fullmatch(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", text):
        whole, _, part = text.replace(",", ".").partition(".")
        raise Misread(
            f"đọc được hai cách: {whole}{part} (dấu ngăn hàng nghìn) hoặc {whole},{part} (dấu thập phân)",
            f"nếu là {whole}{part} thì ghi {whole}{part}; nếu là số thập phân thì thêm số 0: {whole},{part}0",
        )
    if re.fullmatch(r"-?[0-9]+[.,][0-9]+", text):
        return Fraction(text.replace(",", "."))
    if re.fullmatch(r"-?[1-9][0-9]{0,2}((\.[0-9]{3})+(,[0-9]+)?|( [0-9]{3})+(,[0-9]+)?)", text):
        return Fraction(text.replace(".", "").replace(" ", "").replace(",", "."))
    if re.fullmatch(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?", text):
        return Fraction(text.replace(",", ""))
    raise Misread("phải là số", "ghi bằng chữ số, phần thập phân sau dấu phẩy, đơn vị tính không ghi trong ô")


def year(cell: object, _unit: str) -> int:
    """A year of four digits."""
    text = str(cell) if isinstance(cell, Number) else clean(cell) if isinstance(cell, str) else ""
    if re.fullmatch(r"[0-9]{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise Misread(f"phải là năm gồm bốn chữ số, từ {FIRST_YEAR} đến {LAST_YEAR}", "ghi năm, ví dụ 2022")


def date(cell: object, _unit: str) -> dt.date:
    """A day: dd/mm/yyyy, yyyy-mm-dd, or a date cell of Excel."""
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time():
            raise Misread(DATE_RULE, "bỏ phần giờ phút trong ô")
        cell = cell.date()
    if isinstance(cell, Number):
        raise Misread(DATE_RULE, "ô chứa số: định dạng ô là ngày (Date) rồi gõ lại, ví dụ 28/02/2023")
    if isinstance(cell, str):
        cell = _day(clean(cell))
    if not FIRST_YEAR <= cell.year <= LAST_YEAR:
        raise Misread(DATE_RULE, f"năm phải từ {FIRST_YEAR} đến {LAST_YEAR}")
    return cell


def month(cell: object, unit: str) -> dt.date:
    """The first day of a month: mm/yyyy, yyyy-mm, or any full date in it."""
    if isinstance(cell, str):
        text = clean(cell)
        if vietnamese := re.fullmatch(r"([0-9]{1,2})/([0-9]{4})", text):
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
    words = clean(cell)
    if words.isascii() and words.isprintable() and "?" not in words:
        return words
    if "\ufffd" in words or re.search(r"\?(?=\s*\w)", re.sub(r"\S+://\S+", "", words)):
        raise Misread("chữ tiếng Việt đã mất dấu khi lưu tệp", "gõ lại chữ rồi lưu dạng CSV UTF-8 hoặc .xlsx")
    if any(unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") for letter in words):
        raise Misread("có ký tự không đọc được", "xoá nội dung ô rồi gõ lại")
    if encodings.doubly_encoded(words):
        raise Misread("chữ UTF-8 đã bị mở bằng bảng mã khác", "mở lại tệp gốc bằng bảng mã UTF-8 rồi lưu")
    if old := encodings.in_cell(words):
        raise Misread(f"chữ gõ bằng bảng mã cũ {old}, không phải Unicode", "chuyển sang Unicode rồi lưu lại")
    return words


def _refuse_changed_reading(cell: Number) -> None:
    if cell.changes_reading():
        raise Misread(
            f"ô giữ số {cell} nhưng định dạng ({cell.format}) làm Excel hiện số khác",
            "đặt định dạng ô là General rồi gõ lại số đầy đủ",
        )


def _whole_in_cell(cell: Number) -> int:
    _refuse_changed_reading(cell)
    digits = str(cell)
    if re.fullmatch(r"[0-9]+", digits):
        return int(digits)
    if cell.value < 0:
        raise Misread(COUNT_RULE, "bỏ dấu âm hoặc sửa lại số")
    if re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}", digits) and cell.value >= 1:
        whole, _, part = digits.partition(".")
        thousands = whole + part.ljust(3, "0")
        raise Misread(
            f"ô chứa số thập phân {whole},{part}, cột này phải là số nguyên không âm",
            f"nếu là {thousands} (dấu chấm ngăn hàng nghìn) thì gõ lại {thousands}; "
            f"nếu đúng là {whole},{part} thì số này sai, đối chiếu lại với sổ",
        )
    raise Misread(COUNT_RULE, "ghi số nguyên, không có phần thập phân")


def _whole_in_text(text: str, unit: str) -> int:
    digits = text
    for suffix in SUFFIXES.get(unit, ()):
        if text.casefold().endswith(suffix) and re.fullmatch(r"[0-9., ]+", text[: -len(suffix)]):
            digits = text[: -len(suffix)].rstrip()
    if len(digits) > 40:
        raise Misread(COUNT_RULE, "ghi bằng chữ số, ví dụ 32")
    if re.fullmatch(r"[0-9]+|[1-9][0-9]{0,2}((\.[0-9]{3})+|( [0-9]{3})+)", digits):
        return int(re.sub(r"[. ]", "", digits))
    if re.fullmatch(r"[1-9][0-9]{0,2}((,[0-9]{3})+\.0+|(\.[0-9]{3})+,0+)", digits):
        return int(re.sub(r"[.,]", "", re.sub(r"[.,]0+$", "", digits)))
    if re.fullmatch(r"[1-9][0-9]{0,2}(,[0-9]{3})+", digits):
        whole = digits.replace(",", "")
        dotted = digits.replace(",", ".")
        raise Misread(
            f"dấu phẩy đọc được hai cách: {whole} (phẩy ngăn hàng nghìn) hoặc {digits} (phẩy thập phân); "
            f"cột này {COUNT_RULE}",
            f"nếu là {whole} thì ghi {whole} hoặc {dotted}; nếu không thì đối chiếu lại với sổ",
        )
    if re.fullmatch(r"[-–−]", digits) or not any(letter.isdigit() for letter in digits):
        raise Misread(COUNT_RULE, UNKNOWN_REMEDY)
    if re.fullmatch(r"[-–−] ?[0-9., ]+|\([0-9., ]+\)", digits):
        raise Misread(COUNT_RULE, "bỏ dấu âm hoặc sửa lại số")
    if re.fullmatch(r"[0-9., ]+", digits):
        raise Misread(COUNT_RULE, "ghi số nguyên bằng chữ số, hàng nghìn ngăn bằng dấu chấm hoặc để liền")
    example = "ghi đủ số đồng, ví dụ 148300000" if unit == "dong" else "chỉ ghi chữ số, ví dụ 32"
    raise Misread(COUNT_RULE, f"{example}; lời giải thích ghi vào cột note")


def _day(text: str) -> dt.date:
    vietnamese = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    try:
        if vietnamese:
            return dt.date(int(vietnamese[3]), int(vietnamese[2]), int(vietnamese[1]))
        if iso:
            return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise Misread(DATE_RULE, "ghi ngày, tháng, năm, ví dụ 28/02/2023")
