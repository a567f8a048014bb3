"""What in a text is still to be filled in: words that ask for it, what was left out while typing, what broke when it was copied."""

import re

from giamngheo.vietnamese.terms import ALSO_WRITTEN, UNITS

GAP = re.compile(
    r"(?i:\[\s*(?:cần|chờ|chưa|sẽ|bổ sung|điền)(?!\w)[^\]\n]*\]?|\((?:cần|chờ|sẽ) bổ sung(?: sau)?\))"
    r"|\.{4,}|…[….]+|_{3,}|(?<!\w)x{2,}(?!\w)"
)  # words that ask to be filled in; the dots, lines and xx of a form
LEFT_OUT = re.compile(
    r"(?<![\w/…>.\])])(?<!\d )/\s*(?:\d{4}\s*/\s*)?[A-ZĐ]{2,}-[A-ZĐ]{2,}|(?i:ngày\s*/\s*/\s*\d{4}|ngày\s+tháng\s+năm\s+\d{4})"
    r"|(?i:(?:số|ngày|tháng|năm)\s*:?\s*(?:…|\.{2,}))|(?:…|\.{2,})\s*/\s*[A-ZĐ]{2,}|\?{2,}|(?<!\w)(?:TODO|TBD|FIXME)(?!\w)|\[[\s.…]*\]|<[^\W\d][^<>\n]*>"
    r"|(?<!\w)[xX]+(?=\s*/\s*[A-ZĐ]{2,}-)|(?<=[/-])X{2,}(?!\w)|(?i:(?<!\w)(?:dd|ngày)/mm/y{2,4})|(?<!\w)(?:số|ngày|tháng|năm) {3,}(?=\w)"
)  # /QĐ-UBND, x/QĐ-UBND, ngày … tháng …, TODO: what somebody left out while typing

WORDS = {word for said in (*UNITS.values(), *sum(ALSO_WRITTEN.values(), ())) for word in said.split(", ")}
UNIT = f"(?:{'|'.join(map(re.escape, sorted(WORDS, key=len, reverse=True)))}|triệu|tỷ|lượt|%)(?!\\w)"
BEFORE = r"(?i:(?<!\w)(?:là|có|còn|đạt|chiếm|bằng|gồm|khoảng|được|giảm|tăng|xuống|lên))"
NUMBER_LEFT_OUT = re.compile(
    rf"(?<!, )(?<!\w)(?:…|\.{{2,}}|\(\s*(?:…|\.{{2,}}|\?)\s*\)|\[[^\[\]\n\d]*\]|XX+|[XN]+) *{UNIT}"
    rf"|{BEFORE}(?: {{2,}}{UNIT}(?=\s*(?:[,.;)]|$))| {{3,}}{UNIT}| *%)"
    r"|(?<!\w)(?i:là) +[.,;]|(?<!\w)(?i:còn|đạt|chiếm|bằng) {2,}[.,;]|\(\s*\?+\s*\)"
)  # … hộ, XX hộ, là  hộ, giảm %
BROKEN = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!)|(?<!\w)(?:NaN|None|null|undefined)(?!\w)"
    rf"|(?<!\w)nan(?= +{UNIT})|Error! [A-Z][\w ]+\.|«[^\s«»]*(?:_|[a-zà-ỹđ][A-ZĐ])[^\s«»]*»"
    r"|(?i:Click (?:or tap )?here to enter|(?:nhấp|bấm|nhấn) (?:hoặc gõ )?vào đây để nhập)"
)  # of a sheet, a program, a field of Word
TO_ONESELF = re.compile(
    r"(?i:\((?:(?:cần|chờ|sẽ|phải|xin|em) )*(?:kiểm tra|xác minh|kiểm tra lại|xác minh lại|xem lại|tính lại|hỏi lại|số liệu sau"
    r"|bỏ trống|để trống|chèn [^()\n]*|lấy số [^()\n]*)\)|(?<!\w)(?:bổ sung|cập nhật|điền|viết|ghi|hoàn thiện) sau(?: nhé| ạ)?(?= *(?:[.;!)]|$)))"
)  # (kiểm tra lại), bổ sung sau.
PATTERNS = (GAP, LEFT_OUT, NUMBER_LEFT_OUT, BROKEN, TO_ONESELF)


def left_open(text: str) -> list[str]:
    """What in a text still says that something is to be filled in, or was left out.

    >>> left_open("Quyết định số /QĐ-UBND ngày … tháng … năm 2024; TODO"), left_open("vốn, giống, …; 65/QĐ-UBND ngày 5/6/2024")
    (['/QĐ-UBND', 'ngày …', 'tháng …', 'TODO'], [])
    >>> left_open("Có … hộ thoát nghèo, giảm XX hộ, còn  hộ; #REF! (kiểm tra lại)"), left_open("Có hộ nghèo, vẫn còn. Tỷ lệ % giảm (?)")
    (['… hộ', 'XX hộ', 'còn  hộ', '#REF!', '(kiểm tra lại)'], ['(?)'])
    """
    found: list[re.Match] = []
    for match in sorted((match for pattern in PATTERNS for match in pattern.finditer(text)), key=re.Match.start):
        if not found or match.start() >= found[-1].end():
            found.append(match)
    return [match[0] for match in found]


def dots(value: str) -> list[str]:
    """The first dots within a value of the office that says something else: xã …"""
    return re.findall(r"…|\.{2,}", value)[:1] if any(map(str.isalnum, value)) else []
