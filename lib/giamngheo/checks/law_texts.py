"""Documents of the year held against the table of law texts: one that is no longer or not yet in force, a consolidated text alone.

A text of the review is cited as it was in force in the review year, any other as on the day of the report. What a year
cites all the same is explained in the row's note.
"""

import datetime as dt
from collections.abc import Iterator

from giamngheo.checks.carried_over import ASK
from giamngheo.findings import Finding
from giamngheo.intake import office
from giamngheo.intake.unit import Year
from giamngheo.law.validity import year_end
from giamngheo.vietnamese.text import bare

CONSOLIDATED = "Văn bản hợp nhất"


def findings(this: Year) -> Iterator[Finding]:
    reading, known = this.reading("documents"), {bare(row["number"]): row for row in this.law.rows("texts")}
    for at, row in enumerate([] if reading.refused else reading.rows()):
        text, explained = known.get(bare(row["number"])), bool(row["note"]) and not row["note"].startswith(ASK)
        if text is None or explained:
            continue
        day = cited_on(this, row["use"])
        if text["kind"] == CONSOLIDATED:
            originals = ", ".join(one["number"] for one in known.values() if one["consolidated_in"] == text["number"])
            remedy = f"dẫn văn bản gốc ({originals}); báo cáo tự ghi “(hợp nhất tại Văn bản hợp nhất số {text['number']})”"
            yield reading.finding(at, "number", "không dẫn riêng văn bản hợp nhất", remedy, "draft")
        elif text["valid_from"] > day.isoformat():
            rule = f"văn bản có hiệu lực từ ngày {said(text['valid_from'])}; báo cáo tính đến ngày {day:%d/%m/%Y}"
            yield reading.finding(at, "number", rule, "bỏ dòng này; nếu vẫn phải dẫn thì ghi lý do vào cột note", "draft")
        elif text["valid_to"] and text["valid_to"] < day.isoformat():
            rule = f"văn bản hết hiệu lực sau ngày {said(text['valid_to'])}; báo cáo tính đến ngày {day:%d/%m/%Y}"
            other = f"thay bằng {text['replaced_by']}" if text["replaced_by"] else "bỏ dòng này"
            yield reading.finding(at, "number", rule, f"{other}; nếu vẫn phải dẫn thì ghi lý do vào cột note", "draft")


def said(day: str) -> str:
    """
    >>> said("2026-07-01")
    '01/07/2026'
    """
    return f"{dt.date.fromisoformat(day):%d/%m/%Y}"


def cited_on(this: Year, use: str) -> dt.date:
    """The day on which a document with this use must be in force."""
    end, report = year_end(this.year), office.dated(this)
    return min(end, report) if use == "review" else report
