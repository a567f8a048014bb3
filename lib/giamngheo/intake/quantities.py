"""A cell → a count, a decimal or a year, only where there is one way to read it.

"1.399" in a column of counts is 1399, because a count has no decimals, but "1,399" has two readings.
"""

import datetime as dt
import re
from fractions import Fraction

from giamngheo.intake.cell import Misread, Number
from giamngheo.vietnamese.terms import ALSO_WRITTEN, UNITS
from giamngheo.vietnamese.text import clean
from giamngheo.vietnamese.typed import stranger

LARGEST = 10**15  # Excel keeps 15 digits; no commune counts or spends more
FIRST_YEAR, LAST_YEAR = 1900, 2100
SUFFIXES = {unit: (UNITS[unit], *ALSO_WRITTEN.get(unit, ())) for unit in ("households", "persons", "dong", "years")}
THREE_DECIMALS = re.compile(r"[.]000(?![0#?])")  # 5 shown as 5.000 is five thousand to a Vietnamese reader
COUNT_RULE = "phải là số nguyên không âm"
UNKNOWN_REMEDY = "ghi 0 nếu không có, để trống nếu chưa biết"


def count(cell: object, unit: str) -> int:
    """A whole number that is not negative."""
    if isinstance(cell, dt.date):
        raise Misread(COUNT_RULE, "Excel đã đổi số thành ngày: định dạng ô là Number rồi gõ lại số")
    value = _whole_in_cell(cell, unit) if isinstance(cell, Number) else _whole_in_text(typed(str(cell)), unit)
    if value >= LARGEST:
        raise Misread("số quá lớn", "kiểm tra số chữ số và đơn vị tính")
    return value


def typed(cell: str) -> str:
    """The text of a cell in which every character can be seen; Misread where one cannot stand in a number.

    >>> typed(" 1\u00a0399 ")
    '1 399'
    """
    if name := stranger(cell):
        raise Misread(f"có ký tự {name}, không được có trong số hay ngày", "xoá nội dung ô rồi gõ lại trên một dòng")
    return clean(cell)


def number(cell: object, unit: str) -> Fraction:
    """A decimal number, exactly as written."""
    if isinstance(cell, dt.date):
        raise Misread("phải là số", "Excel đã đổi số thành ngày: định dạng ô là Number rồi gõ lại số")
    if isinstance(cell, Number):
        _refuse_changed_reading(cell, unit)
        if not abs(cell.value) < LARGEST:
            raise Misread("số quá lớn", "kiểm tra số chữ số và đơn vị tính")
        return Fraction(str(cell))
    text = typed(str(cell))
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


def year(cell: object, unit: str) -> int:
    """A year of four digits."""
    if isinstance(cell, Number):
        _refuse_changed_reading(cell, unit)
    text = str(cell) if isinstance(cell, Number) else typed(cell) if isinstance(cell, str) else ""
    if re.fullmatch(r"[0-9]{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise Misread(f"phải là năm gồm bốn chữ số, từ {FIRST_YEAR} đến {LAST_YEAR}", "ghi năm, ví dụ 2022")


def _refuse_changed_reading(cell: Number, unit: str) -> None:
    if cell.changes_reading(SUFFIXES.get(unit, ())):
        raise _shown_otherwise(cell)


def _shown_otherwise(cell: Number) -> Misread:
    rule = f"ô giữ số {cell} nhưng định dạng ({cell.format}) làm Excel hiện số khác"
    return Misread(rule, "đặt định dạng ô là General rồi gõ lại số đầy đủ")


def _whole_in_cell(cell: Number, unit: str) -> int:
    digits = str(cell)
    if "." not in digits or "%" in cell.format:
        _refuse_changed_reading(cell, unit)
    if re.fullmatch(r"[0-9]+", digits):
        if THREE_DECIMALS.search(cell.format):
            raise _shown_otherwise(cell)
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
