"""Who writes to whom, on which day: the official frame of the report (Decree 30/2020/NĐ-CP, Annex I).

`data/<unit>/unit.yml` holds the letterhead with its validity, `data/<unit>/<year>/report.yml` the number
and date the office gives the report. What is not filled in yet is left blank, as on the paper form.
"""

import datetime as dt

import yaml

from giamngheo import data
from giamngheo.present import day

BLANK = "     "


def settings(unit: str) -> dict:
    path = data.root() / unit / "unit.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def report(unit: str, year: int) -> dict:
    path = data.root() / unit / str(year) / "report.yml"
    return (yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None) or {}


def as_date(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value) if value else None


def dated(unit: str, year: int) -> dt.date:
    """The report's date; until the office gives one, the last day of the review year."""
    return as_date(report(unit, year).get("date")) or dt.date(year, 12, 31)


def in_force(unit: str, date: dt.date) -> dict:
    """The unit's letterhead on `date`: {} where unit.yml has none."""
    for entry in settings(unit).get("letterhead") or []:
        begins, ends = as_date(entry.get("from")) or dt.date.min, as_date(entry.get("to")) or dt.date.max
        if begins <= date <= ends:
            return entry
    return {}


def place_and_date(place: str, date: dt.date | None, year: int) -> str:
    """The line of place and date, the date blank until the office gives one.

    >>> place_and_date("Kông Lơng Khơng", dt.date(2023, 6, 5), 2023)
    'Kông Lơng Khơng, ngày 05 tháng 6 năm 2023'
    """
    if date is None:
        return f"{place}, ngày{BLANK}tháng{BLANK}năm {year}"
    return f"{place}, {day(date)}"


def number(given: object) -> str:
    """
    >>> number(5), number("")
    ('Số: 05/BC-UBND', 'Số:     /BC-UBND')
    """
    text = str(given or "").strip()
    return f"Số: {text.zfill(2) if text else BLANK[1:]}/BC-UBND"


def letterhead(unit: str, year: int, abstract: str) -> dict:
    """The block at the head of the report's first page."""
    office, given = in_force(unit, dated(unit, year)), report(unit, year)
    return {
        "type": "letterhead",
        "superior": office.get("superior") or "",
        "issuer": office.get("issuer") or ["ỦY BAN NHÂN DÂN", "[cần bổ sung tên xã]"],
        "number": number(given.get("number")),
        "place_date": place_and_date(
            office.get("place") or "[cần bổ sung địa danh]", as_date(given.get("date")), given.get("year") or year + 1
        ),
        "kind": "BÁO CÁO",
        "abstract": abstract,
        "addressees": office.get("addressees") or ["[cần bổ sung nơi gửi]"],
    }


def signature(unit: str, year: int) -> dict:
    """The block of recipients and signature at the end of the text."""
    office = in_force(unit, dated(unit, year))
    archive = ", ".join(filter(None, [office.get("archive") or "VT", office.get("drafting_unit")]))
    return {
        "type": "signature",
        "recipients": [f"{line};" for line in office.get("recipients") or ["Như trên"]] + [f"Lưu: {archive}."],
        "authority": office.get("authority") or ["TM. ỦY BAN NHÂN DÂN"],
        "position": office.get("position") or "CHỦ TỊCH",
        "name": office.get("signatory") or "",
    }
