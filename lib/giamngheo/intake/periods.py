"""The time a report is of: what it is called, and the last day of it where it ends within a year."""

import calendar
import datetime as dt
import re

from giamngheo.intake import kinds, office
from giamngheo.intake.unit import Year
from giamngheo.vietnamese.text import clean

UNTIL = re.compile(r"đến (?:hết )?(?:ngày )?(\d{1,2})(?:/(\d{1,2})/| tháng (\d{1,2}) năm )(\d{4})(?!\d)")
MONTHS = re.compile(r"(?<!\d)(\d{1,2}) tháng đầu năm (\d{4})")
QUARTER = re.compile(r"quý (iv|i{1,3}|[1-4])(?:/| năm | )(\d{4})")
MONTH = re.compile(r"tháng (\d{1,2})(?:/| năm )(\d{4})")
YEARS = re.compile(r"(?:cả )?năm (?:ngân sách )?\d{4}|(?:giai đoạn|các năm) \d{4} ?[-–] ?\d{4}|6 tháng cuối năm \d{4}")
FORMS = ("năm 2026", "6 tháng đầu năm 2026", "quý III năm 2026", "từ ngày 01/01/2026 đến ngày 30/9/2026", "tính đến ngày 30/9/2026")
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def of(this: Year) -> str:
    """The time the report is of, in words that may name the years in braces: as report.yml says, else as its kind does."""
    return own(this) or kinds.of(this).period


def own(this: Year) -> str:
    """The time that report.yml says the report is of; "" where it leaves that to the kind."""
    return office.of_kind(office.told(this, "report.yml").values, this).get("period") or ""


def said(this: Year) -> str:
    """The time the report is of, as it is printed."""
    return of(this).replace("{year}", str(this.year))


def whole_years(period: str) -> bool:
    """Whether a time is of whole years; their money is still paid out after their end."""
    return bool(YEARS.fullmatch(plain(period)))


def end(period: str) -> dt.date | None:
    """The last day of a time within a year; None for whole years, and where it cannot be read.

    >>> end("6 tháng đầu năm 2026"), end("từ ngày 01/01/2026 đến hết ngày 30/9/2026"), end("quý III/2026")
    (datetime.date(2026, 6, 30), datetime.date(2026, 9, 30), datetime.date(2026, 9, 30))
    >>> end("năm 2026"), end("đợt 2 năm 2026")
    (None, None)
    """
    text = plain(period)
    if found := UNTIL.search(text):
        number, month, spelled, year = found.groups()
        return day(int(year), int(month or spelled), int(number))
    if found := MONTHS.fullmatch(text) or MONTH.fullmatch(text):
        return day(int(found[2]), int(found[1]))
    if found := QUARTER.fullmatch(text):
        return day(int(found[2]), 3 * QUARTERS.get(found[1], 0) or 3 * int(found[1]))
    return None


def plain(period: str) -> str:
    return clean(period).strip(" .").lower()


def day(year: int, month: int, number: int = 0) -> dt.date | None:
    """A day of a month, its last one where no number is given; None where there is no such day."""
    try:
        return dt.date(year, month, number or calendar.monthrange(year, month)[1])
    except ValueError:
        return None
