"""The office's own files: who writes to whom (`unit.yml`), which number and date the report has (`report.yml`).

`data/<unit>/unit.yml` holds the letterhead with its validity, `data/<unit>/<year>/report.yml` the number
and date the office gives the report. What is not filled in yet is left blank, as on the paper form.
"""

import datetime as dt
from pathlib import Path

from giamngheo import limits
from giamngheo.findings import DataError, Finding
from giamngheo.intake import office_form
from giamngheo.intake.unit import Year
from giamngheo.law import validity


def settings(this: Year) -> dict:
    """`unit.yml`, every value as the text it is; {} where there is no such file."""
    return this.once("unit.yml", lambda: read(this.root, f"{this.unit}/unit.yml"))


def report(this: Year) -> dict:
    """`report.yml` of the year: number, date, year."""
    return this.once("report.yml", lambda: read(this.root, f"{this.place}/report.yml"))


def read(root: Path, file: str) -> dict:
    """A YAML file below `root` with every value as text: 012 stays 012. Refused where it is no YAML."""
    path = root / file
    if not path.exists():
        return {}
    found = office_form.read(limits.head(path, limits.OFFICE), file)
    for dated in (found, *(found.get("letterhead") or [])):
        for name in ("date", "from", "to"):
            as_date(dated.get(name), file)
    return found


def refused(file: str, line: int, value: str, rule: str, remedy: str) -> DataError:
    return DataError([Finding(file, rule, remedy, row=line, value=value)])


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


def dated(this: Year) -> dt.date:
    """The report's date; until the office gives one, the last day of the review year."""
    return as_date(report(this).get("date")) or validity.year_end(this.year)


def in_force(this: Year, day: dt.date) -> dict:
    """The unit's letterhead on `day`: {} where unit.yml has none."""
    entries = settings(this).get("letterhead") or []
    return next((entry for entry in entries if validity.in_force(dates(entry), day)), {})


def dates(entry: dict) -> dict[str, str]:
    """The validity of a letterhead as the dated rows of the law write theirs.

    >>> dates({"from": "01/07/2025"})
    {'valid_from': '2025-07-01', 'valid_to': ''}
    """
    begins, ends = (as_date(entry.get(name)) for name in ("from", "to"))
    return {"valid_from": begins.isoformat() if begins else "", "valid_to": ends.isoformat() if ends else ""}
