"""The office's own files: who writes to whom (`unit.yml`), which number and date the report has (`report.yml`).

`data/<unit>/unit.yml` holds the letterhead with its validity, `data/<unit>/<year>/report.yml` the number and date the
office gives the report, and the decision that approved the result. What is not filled in yet is left blank, as on the paper form.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from giamngheo import limits
from giamngheo.findings import DataError, Finding, unusable
from giamngheo.intake import office_form
from giamngheo.intake.office_form import Said
from giamngheo.intake.unit import Year
from giamngheo.law import validity
from giamngheo.law.dictionary import fields
from giamngheo.law.kinds import YEARLY

FILES = {"unit.yml": "{unit}/unit.yml", "report.yml": "{unit}/{year}/report.yml"}
DECISIONS = ("approved_by", "other_approved_by")  # of the year's result, and of a second one under another standard
LATE = 5  # years after the review year in which a report of it may still be dated


def settings(this: Year) -> dict:
    """`unit.yml`, every value as the text it is; {} where there is no such file."""
    return values(this, "unit.yml")


def main_kind(this: Year) -> str:
    """The code of the kind of report that is the year's main one: as `report.yml` says, else the yearly one."""
    return told(this, "report.yml").values.get("kind") or YEARLY


def kind(this: Year) -> str:
    """The code of the kind of report that the year is opened for."""
    return this.kind or main_kind(this)


def report(this: Year) -> dict:
    """What `report.yml` says of the report of this kind: number, date, year, approved_by, period, addressees.

    What stands at the top, the year on the page among it, is of the year's main report; every kind has its own entry
    below `kinds`, and the decision that approved the result is the year's.
    """
    return of_kind(values(this, "report.yml"), this)


def of_kind(said: dict, this: Year) -> dict:
    """What the values of `report.yml` say of the report of this kind, as far as they can be read."""
    own = kind(this)
    entry: dict = next((one for one in said.get("kinds") or [] if one.get("kind") == own), {})
    if own == main_kind(this):
        return said | {name: value for name, value in entry.items() if value}
    return {name: value for name, value in said.items() if name in DECISIONS} | entry


def line(this: Year, field: str) -> int:
    """The line of `report.yml` that a field of the report of this kind stands in, else that of what it would belong to; 0 for none."""
    said, own = told(this, "report.yml"), kind(this)
    at = next((f"kinds.{n}" for n, one in enumerate(said.values.get("kinds") or []) if one.get("kind") == own), "")
    named = [name for name in (field, field.rpartition(".")[0]) if name]
    places = [f"{at}.{name}" for name in named if at] + [name for name in named if own == main_kind(this)] + [f"{at}.kind"] * bool(at)
    return next((said.lines[place] for place in places if place in said.lines), 0)


def name(this: Year) -> str:
    """What the unit is called: in its own unit.yml, else on the map, "" where neither says."""
    on_the_map = this.law.territory(this.year).units.get(this.unit, {})
    return settings(this).get("name") or on_the_map.get("name", "")


def values(this: Year, name: str) -> dict:
    """What one of the files says; raises DataError with everything in it that is not of its form."""
    said = told(this, name)
    if refused := [finding for finding in said.findings if finding.level == "refuse"]:
        raise DataError(refused)
    return said.values


def told(this: Year, name: str) -> Said:
    """What one of the files says, where each value stands, and what is wrong with it; nothing where it is not there."""
    return this.once(f"office {name}", lambda: read(this.root, FILES[name].format(unit=this.unit, year=this.year), this.year))


def read(root: Path, file: str, year: int) -> Said:
    try:
        said = office_form.told(limits.head(root / file, limits.OFFICE), file)
    except FileNotFoundError:
        return Said(file)
    except OSError as error:
        return Said(file, findings=[replace(finding, file=file) for finding in unusable(error).findings])
    if not said.findings:
        said.findings += [*ended_before_it_began(said), *two_in_force(said), *out_of_time(said, year), *replaced_too_early(said)]
    return said


def findings(this: Year) -> list[Finding]:
    """Everything wrong in the two files, each read by the rules of the dictionary, and files beside them that nobody reads."""
    return [*(finding for name in FILES for finding in told(this, name).findings), *half_replaced(this), *unread(this)]


def unread(this: Year) -> Iterator[Finding]:
    """Files that were probably meant as one of the two: `report.yaml`, `reprot.yml`."""
    for name, form in FILES.items():
        read_here = this.root / form.format(unit=this.unit, year=this.year)
        for path in sorted(read_here.parent.glob("*.y*ml")):
            if path.name != name:
                file = path.relative_to(this.root).as_posix()
                yield Finding(file, "không ai đọc tệp này", f"đổi tên thành {name}, hoặc xóa tệp", level="draft")


def as_date(value: str | None) -> dt.date | None:
    """A date written yyyy-mm-dd or dd/mm/yyyy; None where it is blank."""
    return office_form.date_of(value) if value else None


def ended_before_it_began(said: Said) -> Iterator[Finding]:
    for at, entry in enumerate(said.values.get("letterhead") or []):
        begins, ends = as_date(entry.get("from")), as_date(entry.get("to"))
        if begins and ends and begins > ends:
            rule = f"ngày cuối đứng trước ngày đầu ({entry['from']})"
            yield finding(said, f"letterhead.{at}.to", entry["to"], rule, "sửa from hoặc to")


def two_in_force(said: Said) -> Iterator[Finding]:
    """Letterheads that are both in force on a day: nobody could say which one is printed."""
    spans = [(dates(entry), f"letterhead.{at}") for at, entry in enumerate(said.values.get("letterhead") or [])]
    for (one, _), (next_, place) in pairwise(sorted(spans, key=lambda span: span[0]["valid_from"])):
        if not one["valid_to"] or next_["valid_from"] <= one["valid_to"]:
            rule = "hai thể thức cùng có hiệu lực một ngày: không biết in thể thức nào"
            written = said.values["letterhead"][int(place.rpartition(".")[2])].get("from", "")
            yield finding(said, place, written, rule, "ghi ngày cuối (to) của thể thức trước, ngày đầu (from) của thể thức sau")


def entries(said: Said) -> Iterator[tuple[str, dict]]:
    """What `report.yml` says of each of the year's reports, with what its fields' places begin with."""
    yield "", said.values
    yield from ((f"kinds.{at}.", entry) for at, entry in enumerate(said.values.get("kinds") or []))


def out_of_time(said: Said, year: int) -> Iterator[Finding]:
    """Dates of reports and of the decisions before them that cannot be, `year` being the review year."""
    own = said.values
    shown = {f"{place}date": entry.get("date") for place, entry in entries(said)}
    shown |= {f"{name}.date": (own.get(name) or {}).get("date") for name in DECISIONS}
    years = {name: as_date(written) for name, written in shown.items()}
    written = {name: day.year for name, day in years.items() if day} | ({"year": int(own["year"])} if own.get("year") else {})
    shown |= {"year": own.get("year")}
    for name, there in written.items():
        if not year <= there <= year + LATE:
            rule = f"báo cáo và quyết định của năm rà soát {year} phải ở các năm {year} - {year + LATE}"
            yield finding(said, name, str(shown[name]), rule, "sửa ngày hoặc năm này")
    if years["date"] and own.get("year") and years["date"].year != int(own["year"]):
        rule = f"khác năm của ngày báo cáo ({own['date']})"
        yield finding(said, "year", own["year"], rule, "sửa một trong hai, hoặc để trống mục year")


def half_replaced(this: Year) -> Iterator[Finding]:
    """What is not filled in of the report whose place that of this kind takes."""
    asked = of_kind(told(this, "report.yml").values, this).get("replaces") or {}
    for column in fields("report.yml") if any(asked.values()) else ():
        part = column.name.removeprefix("replaces.")
        if part != column.name and not (asked.get(part) or "").strip():
            rule, remedy = f"chưa có {column.label.lower()}", f"điền mục {column.name}: {column.meaning}"
            yield Finding(told(this, "report.yml").file, rule, remedy, row=line(this, column.name), level="draft")


def replaced_too_early(said: Said) -> Iterator[Finding]:
    """Reports that take the place of one that is later than they are."""
    for at, given in entries(said):
        asked = given.get("replaces") or {}
        own, before = as_date(given.get("date")), as_date(asked.get("date"))
        if own and before and before > own:
            rule = f"báo cáo được thay thế có sau ngày của báo cáo này ({given['date']})"
            yield finding(said, f"{at}replaces.date", asked["date"], rule, "sửa một trong hai ngày")


def finding(said: Said, place: str, value: str, rule: str, remedy: str) -> Finding:
    return Finding(said.file, rule, remedy, row=said.lines.get(place, 0), value=value)


def dated(this: Year) -> dt.date:
    """The report's date; until the office gives one, the last day of the review year."""
    return as_date(report(this).get("date")) or validity.year_end(this.year)


def in_force(this: Year, day: dt.date) -> dict:
    """The unit's letterhead on `day`: {} where unit.yml has none."""
    at = which(this, day)
    return {} if at is None else settings(this)["letterhead"][at]


def which(this: Year, day: dt.date) -> int | None:
    """Which of the unit's letterheads is in force on `day`, counted from 0; None where none is."""
    entries = settings(this).get("letterhead") or []
    return next((at for at, entry in enumerate(entries) if validity.in_force(dates(entry), day)), None)


def dates(entry: dict) -> dict[str, str]:
    """The validity of a letterhead as the dated rows of the law write theirs.

    >>> dates({"from": "01/07/2025"})
    {'valid_from': '2025-07-01', 'valid_to': ''}
    """
    begins, ends = (as_date(entry.get(name)) for name in ("from", "to"))
    return {"valid_from": begins.isoformat() if begins else "", "valid_to": ends.isoformat() if ends else ""}
