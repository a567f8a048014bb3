"""Years and dates before the review year in a narrative: words that were perhaps carried over from last year's text.

Dates and years of documents, and periods that reach the review year, are meant as they stand. What else is meant is
confirmed by a line `<!-- đúng: năm 2019 -->` with the very words of the finding.
"""

import re
from collections.abc import Iterator

from giamngheo.findings import Finding
from giamngheo.intake import kinds, narrative
from giamngheo.intake.narrative import PLACEHOLDER, Text
from giamngheo.intake.unit import Year

DATE = (
    r"(?<![\d.,/-])(?:\d{1,2}/\d{1,2}/\d{2}(?:\d{2})?(?!\d)|\d{1,2}[.-]\d{1,2}[.-]\d{4}(?!\d)"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
)
ISSUED = rf"(?:,?(?:\s+của\s+[^.,;:()\d]{{1,80}}?)?,?\s+\(?(?:ban hành\s+|ký\s+)?(?:ngày\s+)?{DATE})?"
DOCUMENT = re.compile(
    rf"\d+(?:/\d{{4}})?/[A-ZĐ][\w-]*{ISSUED}|(?i:số|công văn)\s+\d+(?![\d/]){ISSUED}"
    r"|(?:Luật|Bộ luật|Hiến pháp|Pháp lệnh)\s[^.,;:\d]{0,60}\d{4}"
)
COUNTED = r"\s*(?:hộ|nhân khẩu|khẩu|người|đồng|triệu|tỷ|ha|m|m2|km|kg|con|cây|tấn|lượt|suất|%)(?!\w)"
YEAR = rf"(?<![\d.,/])(?:19|20)\d\d(?!\d|[.,/]\d|{COUNTED})"
TIME = re.compile(
    rf"(?P<period>(?<!\d)(?:19|20)\d\d\s*(?:-|–|đến|tới)\s*(?:năm\s+)?(?:19|20)\d\d(?!\d))"
    rf"|{DATE}|(?:tháng|quý)\s+(?:\d+|[IVX]+)\s*(?:/|-|\.|\s+năm)\s*(?:19|20)\d\d(?!\d)|(?:năm\s+)?{YEAR}",
    re.IGNORECASE,
)


def findings(this: Year) -> list[Finding]:
    return [finding for section in kinds.words(this) for finding in past(narrative.read(section, this), this.year)]


def past(text: Text, year: int) -> Iterator[Finding]:
    """The times before `year` in one section that nobody has confirmed, each at its line."""
    for number, said in text.unconfirmed(lambda line: times(line, year)):
        rule = f"trước năm rà soát {year}: có thể là lời văn năm trước còn sót lại"
        remedy = f"sửa lại, hoặc viết {{last_year}} thay cho {year - 1}; nếu đúng ý thì thêm dòng <!-- đúng: {said} -->"
        yield Finding(text.file, rule, remedy, row=number, value=said, level="draft")


def times(line: str, year: int) -> list[str]:
    """The times of a line that lie before `year` and belong to no document.

    >>> times("Từ ngày 01/9/2025, theo Quyết định 90/QĐ-TTg ngày 18/01/2022, so với năm 2024; giai đoạn 2021-2026", 2026)
    ['01/9/2025', 'năm 2024']
    """
    rest = DOCUMENT.sub("§", PLACEHOLDER.sub("§", line))
    return [found[0] for found in TIME.finditer(rest) if last_year_of(found[0]) < year]


def last_year_of(time: str) -> int:
    """The year a time ends in; two digits are of this century."""
    year = int(re.findall(r"\d+", time)[-1])
    return year if year > 99 else 2000 + year
