"""Decisions and documents dated after the day on which the report speaks of them: nobody can have read them.

Held against the report's own date they keep a final back. Until it has one they are held against today, which is only told
(`not_yet`): a year is the same whenever it is looked at.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator

from giamngheo.findings import Finding
from giamngheo.intake import kinds, office
from giamngheo.intake.table import Reading
from giamngheo.intake.unit import Year

WRITTEN = re.compile(r"ngày (\d{1,2})(?:[/.-]| tháng )(\d{1,2})(?:[/.-]| năm )(\d{4})", re.IGNORECASE)
Told = Callable[[str, str, str], Finding]  # a rule, a remedy and a level as the finding at its place
REMEDY = "đối chiếu với bản chính rồi sửa ngày"


def findings(this: Year) -> list[Finding]:
    """What is dated after the report, where the report has its date; decisions in `report.yml` itself are refused there."""
    if not office.report(this).get("date"):
        return []
    day = office.dated(this)
    rule = f"sau ngày của báo cáo ({day:%d/%m/%Y})"
    return [told(f"văn bản đề ngày {one:%d/%m/%Y}, {rule}", REMEDY, "draft") for one, told in of_documents(this) if one > day]


def not_yet(this: Year, today: dt.date) -> list[Finding]:
    """What is dated after today."""
    dates = [*of_decisions(this), *of_documents(this)]
    return [told(f"văn bản đề ngày {one:%d/%m/%Y}, sau hôm nay ({today:%d/%m/%Y})", REMEDY, "note") for one, told in dates if one > today]


def of_documents(this: Year) -> Iterator[tuple[dt.date, Told]]:
    """The dates of documents that the year's tables and lists name, with what makes the finding at the place of each."""
    for table in filter(kinds.of(this).reads, ("documents", "budget", "targets")):
        yield from of_table(this, table)
    yield from of_own_lists(this)


def of_decisions(this: Year) -> Iterator[tuple[dt.date, Told]]:
    said = office.told(this, "report.yml")
    for name in office.DECISIONS:
        value = (said.values.get(name) or {}).get("date", "")
        if day := office.as_date(value):
            yield day, at(said.file, value, said.lines.get(f"{name}.date", 0))


def of_table(this: Year, table: str) -> Iterator[tuple[dt.date, Told]]:
    """The dates of documents, and those within a cell that names one."""
    reading = this.reading(table)
    if reading.refused:
        return
    names = [column.name for column in reading.columns if "names a document" in column.rules]
    for line, row in enumerate(reading.rows()):
        if table == "documents" and row.get("date"):
            yield row["date"], in_cell(reading, line, "date")
        for name in names:
            yield from ((day, in_cell(reading, line, name)) for day in written(row.get(name) or ""))


def of_own_lists(this: Year) -> Iterator[tuple[dt.date, Told]]:
    """The decisions that gave the year's own contents of the programme and its lists of indicators."""
    readings = [reading for table in ("budget", "models") if not (reading := this.reading(table)).refused]
    for said in this.law.decrees(dict.fromkeys(code for reading in readings for code in reading.values.get("project", []) if code)):
        yield from ((day, at("data/programme-local.csv", said)) for day in written(said))
    for said in (one for standard in this.law.reviewed(this.year) for one in this.law.lists(standard)):
        yield from ((day, at("data/indicators-local.csv", said)) for day in written(said))


def at(file: str, value: str, row: int = 0) -> Told:
    return lambda rule, remedy, level: Finding(file, rule, remedy, row=row, value=value, level=level)


def in_cell(reading: Reading, line: int, column: str) -> Told:
    return lambda rule, remedy, level: reading.finding(line, column, rule, remedy, level)


def written(text: str) -> Iterator[dt.date]:
    """The dates that a text writes out.

    >>> [str(day) for day in written("Quyết định 12/QĐ-UBND ngày 05/3/2026 của UBND tỉnh; ngày 31 tháng 12 năm 2025; ngày 31/2/2026")]
    ['2026-03-05', '2025-12-31']
    """
    for day, month, year in WRITTEN.findall(text):
        try:
            yield dt.date(int(year), int(month), int(day))
        except ValueError:  # no such day: told where dates are read
            continue
