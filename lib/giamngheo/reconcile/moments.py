"""The year, or the day, that the words of a sentence name for a figure: `đầu năm`, `6 tháng đầu năm 2024`, `đến 15/11/2022`."""

import calendar
import re

MONTHS = {"ba": 3, "sáu": 6, "chín": 9, "i": 3, "ii": 6, "iii": 9, "iv": 12}
YEAR = "20[0-9]{2}"
MOMENT = re.compile(
    r"(?:(?P<months>[0-9]{1,2}|ba|sáu|chín) tháng(?: (?P<part>đầu|cuối))?|quý (?P<quarter>i{1,3}|iv))(?: của)?"
    rf" ?(?:năm(?: (?P<partly>{YEAR}))?|/(?P<slash>{YEAR}))"
    rf"|(?:đến|hết)(?: hết| cuối)? tháng (?P<till>[0-9]{{1,2}})(?: năm |/)(?P<tilled>{YEAR})"
    rf"|(?:đến|thời điểm)(?: hết)?(?: ngày)? (?P<day>[0-9]{{1,2}})(?:/| tháng )(?P<month>[0-9]{{1,2}})(?:/| năm )(?P<daily>{YEAR})"
    rf"|(?P<start>đầu )?năm (?P<year>{YEAR})(?! ?[-–/])"
    rf"|(?P<same>cùng kỳ(?: năm (?:{YEAR}|trước|ngoái))?)"
    r"|(?P<before>(?:đầu|cuối) năm (?:trước|ngoái)|đầu (?:năm|kỳ)|năm (?:trước|ngoái))"
    r"|(?P<end>cuối (?:năm|kỳ)(?! 20)|năm nay)"
)
NO_MOMENT = re.compile(  # before a year: it is what something is compared with, the date of a paper, the end of a period
    r"(?:so với|hơn|từ|giai đoạn|tháng [0-9]{1,2}|[0-9]/[0-9]{4}"
    r"|(?:quyết định|nghị định|thông tư|công văn|nghị quyết|văn bản|chuẩn) [^,;.]{0,40}) ?(?:với |cuối |đầu |hết |cùng kỳ )*$"
)


def moment(words: str, own: str) -> str | None:
    """The last moment that words name: a year, a day, "" for none, None for one that cannot be told.

    >>> moment("6 tháng đầu năm 2024", ""), moment("đầu năm", "2022"), moment("so với năm 2021", "2022")
    ('30/6/2024', '2021', '')
    """
    found: str | None = ""
    for one in MOMENT.finditer(words):
        if not NO_MOMENT.search(words[: one.start()]):
            found = _moment(one, own)
    return found


def _moment(one: re.Match, own: str) -> str | None:
    """The year or day of one of the ways to name a moment; the middle of last year, and half a year to come, are none."""
    current = own.rpartition("/")[2]
    if one["months"] or one["quarter"]:
        word = one["months"] or one["quarter"]
        month, year = int(MONTHS.get(word, word)), one["partly"] or one["slash"] or current
        return None if one["part"] == "cuối" or not year else as_of(month, year)
    if one["till"]:
        return as_of(int(one["till"]), one["tilled"])
    if one["day"]:
        whole_year = (int(one["day"]), int(one["month"])) == (31, 12)
        return one["daily"] if whole_year else f"{int(one['day'])}/{int(one['month'])}/{one['daily']}"
    if one["year"]:
        return str(int(one["year"]) - bool(one["start"]))
    if one["same"] or one["before"]:
        return str(int(current) - 1) if current and one["before"] else None
    return current


def as_of(month: int, year: str) -> str | None:
    """The last day of a month as a date; the year alone for its last one.

    >>> as_of(6, "2024"), as_of(12, "2024"), as_of(13, "2024")
    ('30/6/2024', '2024', None)
    """
    if not 1 <= month <= 12:
        return None
    return year if month == 12 else f"{calendar.monthrange(int(year), month)[1]}/{month}/{year}"
