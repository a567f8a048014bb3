"""The day the money and the courses of a report are of: not after the report, nor after the time it is of.

Money is paid out until some day, `as_of`. A report of half a year tells what was paid by the end of that half: a number
of December is another number, and without its day nobody knows which it is. Only whole years have no end of their own,
since their money is paid until the January after them.
"""

import datetime as dt
from collections.abc import Iterator

from giamngheo.findings import Finding
from giamngheo.intake import kinds, office, periods
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import PROGRAMME
from giamngheo.vietnamese.text import spans

DAYS = {"budget": ("as_of", "số giải ngân tính đến ngày"), "training": ("date", "tập huấn ngày")}
LATER = {
    "budget": "ghi số đã giải ngân đến hết ngày ấy, và ngày chốt số ở ô này; số mới hơn để cho báo cáo của kỳ sau",
    "training": "báo cáo này chưa nói đến lớp tập huấn ấy: ghi lại ngày nếu sai, không thì để dòng này cho báo cáo của kỳ sau",
}


def findings(this: Year) -> Iterator[Finding]:
    """Rows whose day is not in the time of the report, or is not known where it must be; none for a kind that tells no money."""
    if not kinds.of(this).speaks_of(PROGRAMME):
        return
    yield from unreadable(this)
    end, dated = periods.end(periods.said(this)), office.as_date(office.of_kind(office.told(this, "report.yml").values, this).get("date"))
    for table in DAYS:
        yield from of_table(this, table, end, dated)


def of_table(this: Year, table: str, end: dt.date | None, dated: dt.date | None) -> Iterator[Finding]:
    """What is wrong with the days of a table in a report of a time that ends on the day `end` and is `dated`: rows of one day together."""
    reading, column = this.reading(table), DAYS[table][0]
    found: dict[tuple[str, str, str], list[int]] = {}
    for at, row in enumerate(reading.rows()):
        if kinds.of(this).tells(row["project"]) and (wrong := wrong_in(this, table, row, end, dated)):
            found.setdefault(wrong, []).append(at)
    for (rule, remedy, level), places in found.items():
        lines = f" (dòng {spans([reading.line(at) for at in places])})" if len(places) > 1 else ""
        yield reading.finding(places[0], column, rule + lines, remedy, level)


def wrong_in(this: Year, table: str, row: dict, end: dt.date | None, dated: dt.date | None) -> tuple[str, str, str] | None:
    """The rule that the day of a row breaks, the remedy and the level."""
    column, said = DAYS[table]
    day, upto = row[column], f"{periods.said(this)}: đến hết ngày {end:%d/%m/%Y}" if end else ""
    if end and day and day > end:
        return f"{said} {day:%d/%m/%Y}, sau kỳ báo cáo ({upto})", LATER[table], "draft"
    if dated and day and day > dated:
        return f"{said} {day:%d/%m/%Y}, sau ngày của báo cáo ({dated:%d/%m/%Y})", "sửa một trong hai ngày", "draft"
    if not end or table != "budget" or row["disbursed"] is None:
        return None
    if day is None:
        return f"chưa ghi số giải ngân tính đến ngày nào, kỳ báo cáo là {upto}", "ghi ngày chốt số giải ngân vào ô này", "draft"
    early = f"{said} {day:%d/%m/%Y}, trước khi hết kỳ báo cáo ({upto}); báo cáo in ngày ấy"
    return (early, "đã có số đến hết kỳ thì ghi số ấy và ngày ấy", "note") if day < end else None


def unreadable(this: Year) -> Iterator[Finding]:
    """A time of which nobody can say when it ends."""
    said = periods.said(this)
    if periods.whole_years(said) or periods.end(said):
        return
    own = f"{this.place}/report.yml" if periods.own(this) else "data/kinds.csv"
    remedy = f"viết theo một trong các dạng: {'; '.join(periods.FORMS)}"
    row = office.line(this, "period") if periods.own(this) else 0
    yield Finding(own, "không đọc được kỳ báo cáo hết vào ngày nào", remedy, row=row, value=said, level="draft")
