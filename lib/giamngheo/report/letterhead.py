"""Who writes to whom, on which day: the official frame of the report (Decree 30/2020/NĐ-CP, Annex I).

`data/<unit>/unit.yml` holds the letterhead with its validity, `data/<unit>/<year>/report.yml` the number
and date the office gives the report. What is not filled in yet is left blank, as on the paper form.
"""

import datetime as dt
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

from giamngheo.findings import DataError, Finding
from giamngheo.intake import data
from giamngheo.present import day

BLANK = "     "


def settings(unit: str) -> dict:
    """`unit.yml`, every value as the text it is; {} where there is no such file."""
    return read(f"{unit}/unit.yml")


def report(unit: str, year: int) -> dict:
    """`report.yml` of the year: number, date, year."""
    return read(f"{unit}/{year}/report.yml")


def read(file: str) -> dict:
    """A YAML file below the data folder with every value as text: 012 stays 012. Refused where it is no YAML."""
    path = data.root() / file
    return parsed(path, file, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache
def parsed(path: Path, file: str, _changed: int) -> dict:
    try:
        found = yaml.load(unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig")), yaml.BaseLoader) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = error.problem_mark.line + 1 if getattr(error, "problem_mark", None) else 0
        remedy = "xem lại dấu hai chấm, dấu ngoặc ở dòng này"
        raise refused(file, line, "", "tệp không đúng cách viết YAML", remedy) from error
    if not isinstance(found, dict):
        raise refused(file, 1, str(found), "tệp phải gồm các dòng `tên: giá trị`", "xem tệp của đơn vị khác làm mẫu")
    for dated in (found, *(found.get("letterhead") or [])):
        for name in ("date", "from", "to"):
            as_date(dated.get(name), file)
    return found


def refused(file: str, line: int, value: str, rule: str, remedy: str) -> DataError:
    return DataError([Finding(file, "", line, "", "", value, rule, remedy)])


def as_date(value: str | None, file: str = "") -> dt.date | None:
    """A date written yyyy-mm-dd or dd/mm/yyyy; None where it is blank."""
    for form in ("%Y-%m-%d", "%d/%m/%Y") if value else ():
        try:
            return dt.datetime.strptime(value, form).date()
        except ValueError:
            continue
    if value:
        raise refused(file, 0, value, "không phải là ngày", "ghi ngày dạng 05/06/2023 hoặc 2023-06-05")
    return None


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


def number(given: str | None) -> str:
    """
    >>> number("5"), number("")
    ('Số: 05/BC-UBND', 'Số:     /BC-UBND')
    """
    text = (given or "").strip()
    return f"Số: {text.zfill(2) if text else BLANK[1:]}/BC-UBND"


def reference(given: dict) -> str:
    """How an annex names the report it belongs to, from `report`.

    >>> reference({"number": "12", "date": "05/02/2024"})
    'số 12/BC-UBND ngày 05 tháng 02 năm 2024'
    """
    date = as_date(given.get("date"))
    on = day(date) if date else f"ngày{BLANK}tháng{BLANK}năm{BLANK}"
    return f"số {number(given.get('number')).removeprefix('Số: ')} {on}"


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
