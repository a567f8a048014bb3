"""What is wrong with the value of a field of `unit.yml` or `report.yml` that a final needs: it says nothing, or not what the field asks for."""

import re

from giamngheo.checks.gaps import GAP, left_open
from giamngheo.law.dictionary import Column
from giamngheo.vietnamese.stand_ins import asks, refers_back

LETTER = re.compile(r"[^\W\d_]")
NOT_YET = re.compile(r"\W*(?:chờ|chưa|cần (?!thơ|giờ|giuộc|đước))(?!\w)", re.IGNORECASE)  # how a value begins that stands for one to come
NUMBER = r"0*[1-9]\d*[a-wyzđ]?\s*(?:(?:/\s*\d{4}\s*)?/|-)\s*[A-ZĐ][A-Za-zĐđ]+(?:[-./][A-ZĐ][\wĐđ]*)*"
NUMBERS = re.compile(rf"(?=[^,;]*/){NUMBER}(?:\s*(?:,|;|và)\s*{NUMBER})*")  # 15/QĐ-UBND, 7/2024/QĐ-UBND, 12-QĐ/HU; of several decisions

DECISION = re.compile(r".*(?:QĐ|QD).*")
OFFICES = r"(?i:(?:(?:đồng chí|ông|bà)\s+)?(?:(?:phó|quyền)\s+)?(?:chủ tịch|bí thư|giám đốc|trưởng))(?!\w)"
PERSON = re.compile(rf"(?!{OFFICES})(?!(?:[^\W\d_]\.\s*)+[^\W\d_]?$)(?:[^\W\d_]|[\s.'’\-\u0300-\u036f])+(?<!\.)")
RECIPIENTS = "letterhead.recipients"  # where “Như trên” names somebody: the addressees
WRITTEN_SO = {  # how the value of a field with that rule of the dictionary is written: its forms, each with its rule and its remedy
    "number of a document": (
        (
            NUMBERS,
            "số của một văn bản gồm con số, dấu gạch chéo, chữ viết tắt",
            "ghi số và ký hiệu, không ghi gì khác, ví dụ 15/QĐ-UBND; chưa có thì để trống",
        ),
        (
            DECISION,
            "đây không phải số của một quyết định (không có chữ QĐ)",
            "kết quả được công nhận bằng quyết định: ghi số và ký hiệu của quyết định ấy, ví dụ 15/QĐ-UBND",
        ),
    ),
    "a person": ((PERSON, "họ tên chỉ gồm chữ, không phải chức vụ, không viết tắt", "chỉ ghi họ và tên đầy đủ; chức vụ ghi ở mục position"),),
}


def missing(column: Column) -> tuple[str, str]:
    return f"chưa có {column.label.lower()}", f"điền mục {column.name}: {column.meaning}"


def wrong_value(value: str, column: Column) -> tuple[str, str] | None:
    """The rule and the remedy for the value of a field that says nothing, or is not of its kind; None for the others.

    >>> from giamngheo.law.dictionary import fields
    >>> number = next(one for one in fields("report.yml") if one.name == "approved_by.number")
    >>> [bool(wrong_value(value, number)) for value in ("15/QĐ-UBND", "12-QĐ/HU", "…", "chưa có", "số 5", "QĐ-UBND")]
    [False, False, True, True, True, True]
    """
    if GAP.search(value) and any(map(str.isalnum, value)):
        return None  # told as a gap
    back = refers_back(value) and column.name != RECIPIENTS
    wordless = column.type in ("text", "texts") and not column.rules and not LETTER.search(value)
    if not filled_in(value) or back or wordless:
        return missing(column)
    if left_open(value):
        return None
    forms = (form for rule in column.rules for form in WRITTEN_SO.get(rule, ()))
    return next(((rule, remedy) for form, rule, remedy in forms if not form.fullmatch(value.strip())), None)


def filled_in(value: str) -> bool:
    """Whether a value says something: not dots or a dash alone, not that it is still to come, not what the form asks for.

    >>> [filled_in(value) for value in ("15/QĐ-UBND", "…", "chưa có", "Họ và tên", "Cần Thơ")]
    [True, False, False, False, True]
    """
    return not (NOT_YET.match(value) or asks(value))
