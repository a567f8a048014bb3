"""Who writes to whom, on which day, as it stands on the page (Decree 30/2020/NĐ-CP, Annex I).

The number and date that the office has not given yet are left blank, as on the paper form; what the letterhead lacks
stands as a gap that asks to be filled in. Nothing is made up.
"""

import datetime as dt

from giamngheo.intake import kinds, office
from giamngheo.intake.unit import Year
from giamngheo.present import day

BLANK = "     "


def gap(what: str) -> str:
    """What stands where the letterhead says nothing.

    >>> gap("nơi gửi")
    '[cần bổ sung nơi gửi]'
    """
    return f"[cần bổ sung {what}]"


def place_and_date(place: str, date: dt.date | None, year: str) -> str:
    """The line of place and date; the date is blank until the office gives one, and so is the year where it is "".

    >>> place_and_date("Kông Lơng Khơng", dt.date(2023, 6, 5), "2023"), place_and_date("Tơ Tung", None, "2026")
    ('Kông Lơng Khơng, ngày 05 tháng 6 năm 2023', 'Tơ Tung, ngày     tháng     năm 2026')
    """
    if date is None:
        return f"{place}, ngày{BLANK}tháng{BLANK}năm{f' {year}' if year else BLANK}"
    return f"{place}, {day(date)}"


def year(given: dict) -> str:
    """The year a report is written in, from its `report.yml`: that of its date, else the one that is named, else "".

    >>> year({"date": "05/02/2024"}), year({"year": "2023"}), year({})
    ('2024', '2023', '')
    """
    date = office.as_date(given.get("date"))
    return str(date.year) if date else given.get("year") or ""


def number(given: str | None) -> str:
    """
    >>> number("5"), number("")
    ('Số: 05/BC-UBND', 'Số:     /BC-UBND')
    """
    text = (given or "").strip()
    return f"Số: {text.zfill(2) if text else BLANK[1:]}/BC-UBND"


def reference(given: dict) -> str:
    """How an annex names the report it belongs to, from its `report.yml`.

    >>> reference({"number": "12", "date": "05/02/2024"})
    'số 12/BC-UBND ngày 05 tháng 02 năm 2024'
    """
    date = office.as_date(given.get("date"))
    on = day(date) if date else f"ngày{BLANK}tháng{BLANK}năm{BLANK}"
    return f"số {number(given.get('number')).removeprefix('Số: ')} {on}"


def short(given: dict) -> str:
    """A report's number and date where there is little room.

    >>> short({"number": "5", "date": "2023-06-05"})
    'Báo cáo số 05/BC-UBND ngày 05/06/2023'
    """
    date = office.as_date(given.get("date"))
    return f"Báo cáo số {number(given.get('number')).removeprefix('Số: ')}" + (f" ngày {date:%d/%m/%Y}" if date else "")


def letterhead(this: Year, abstract: str) -> dict:
    """The block at the head of the report's first page."""
    frame, given = office.in_force(this, office.dated(this)), office.report(this)
    place, date = frame.get("place") or gap("địa danh"), office.as_date(given.get("date"))
    return {
        "type": "letterhead",
        "superior": frame.get("superior") or "",
        "issuer": frame.get("issuer") or [gap("cơ quan ban hành")],
        "number": number(given.get("number")),
        "place_date": place_and_date(place, date, year(given)),
        "kind": "BÁO CÁO",
        "abstract": abstract,
        **replacing(given.get("replaces") or {}),
        "addressees": given.get("addressees") or list(kinds.of(this).addressees) or frame.get("addressees") or [gap("nơi gửi")],
    }


def replacing(given: dict) -> dict[str, str]:
    """The line of a report that takes the place of one that was sent; {} for any other report.

    >>> replacing({"number": "5", "date": "05/06/2023"})
    {'replaces': '(Thay thế Báo cáo số 05/BC-UBND ngày 05 tháng 6 năm 2023)'}
    """
    return {"replaces": f"(Thay thế Báo cáo {reference(given)})"} if any(given.values()) else {}


def signature(this: Year) -> dict:
    """The block of recipients and signature at the end of the text."""
    frame = office.in_force(this, office.dated(this))
    archive = ", ".join(filter(None, [frame.get("archive") or "VT", frame.get("drafting_unit")]))
    return {
        "type": "signature",
        "recipients": [f"{line};" for line in frame.get("recipients") or [gap("nơi nhận")]] + [f"Lưu: {archive}."],
        "authority": frame.get("authority") or [gap("thẩm quyền ký")],
        "position": frame.get("position") or gap("chức vụ người ký"),
        "name": frame.get("signatory") or gap("họ tên người ký"),
    }
