"""Where a year stands, on one screen: its tables, its words, its sign-offs, its report."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from giamngheo import checks
from giamngheo.checks import carried_over
from giamngheo.findings import LEVELS
from giamngheo.intake import kinds, narrative, office, submissions
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import tables
from giamngheo.report import after_submission, changes, inputs
from giamngheo.review import diff, signed, signoff
from giamngheo.store import manifest
from giamngheo.vietnamese.terms import TITLES

STATES = {"missing": "thiếu", "empty": "trống", "failing": "có lỗi", "filled": "đã điền"}
WORDS = {"written": "đã viết", "rewrite": "cần viết lại", "missing": "chưa viết", "refused": "không đọc được"}
REPORTS = {
    "none": "chưa lập",
    "unfinished": "lần lập gần nhất không xong",
    "stale": "đã lập nhưng đã cũ",
    "made": "đã lập, đúng với số liệu hiện nay",
}
SAID = {"refuse": "không lập được báo cáo", "draft": "chỉ lập được dự thảo", "note": "lưu ý"}


@dataclass(frozen=True)
class Status:
    """Where a year stands.

    tables    one row per table: table, state (`STATES`), rows, blanks (cells still to be filled in), to_check
              (copied rows to be checked), and the number of findings of each level: refuse, draft, note
    others    the number of findings of each level that belong to no table
    lacking   how many things keep the report from being final
    sections  each section of the narrative: `WORDS`
    numbered  whether the office has given the report its number and date
    signed    the sign-offs in one line; "" where there is no report to sign
    report    `REPORTS`
    stale     what has changed since the report was made (`diff.differing`)
    sent      a line for each report that was sent, first of this kind
    """

    unit: str
    year: int
    tables: pd.DataFrame
    others: Counter
    lacking: int
    sections: dict[str, str]
    numbered: bool
    signed: str
    report: str
    stale: dict[str, list[str]]
    sent: list[str]


def of(this: Year, out: Path) -> Status:
    """Where a year stands, its report below `out`; raises DataError where there is no such year."""
    found = checks.findings(this) + after_submission.findings(this)
    findings = Counter(
        (finding.sheet or Path(finding.file).stem, finding.level)
        for finding in found
        if not finding.rule.startswith(carried_over.RULE)  # counted by its rows: `to_check`
    )
    to_check = carried_over.rows(this)
    rows = [counted(table, this) | {"to_check": len(to_check.get(table, []))} for table in tables()]
    rows = [row | {level: findings[row["table"], level] for level in LEVELS} for row in rows]
    rows = [row | {"state": "failing"} if row["refuse"] or row["draft"] else row for row in rows]
    others: Counter[str] = Counter()
    for (place, level), number in findings.items():
        others[level] += 0 if place in tables() else number
    folder, given = kinds.folder(out, this), office.of_kind(office.told(this, "report.yml").values, this)
    report, stale = made(folder, this)
    done = report in ("made", "stale")
    return Status(
        unit=this.unit,
        year=this.year,
        tables=pd.DataFrame(rows),
        others=+others,
        lacking=sum(finding.level != "note" for finding in found),
        sections=sections(this),
        numbered=bool(given.get("number") and given.get("date")),
        signed=signed.counted(folder, signoff.read(this)) if done else "",
        report=report,
        stale=stale,
        sent=submissions.lines(this) + submissions.lines_of_other_kinds(this),
    )


def counted(table: str, this: Year) -> dict:
    """A table's rows, and its blank cells among those that are to be filled in."""
    reading = this.reading(table)
    rows = reading.rows()
    wanted = [one.name for one in reading.columns if one.required == "column" and one.type != "text"]
    there = reading.layout.header.row or reading.findings
    return {
        "table": table,
        "state": "filled" if rows else "empty" if there else "missing",
        "rows": len(rows),
        "blanks": sum(row[name] in (None, "") for row in rows for name in wanted),
    }


def sections(this: Year) -> dict[str, str]:
    """For each section of the narrative whether it is written, last year's text, or missing."""
    return {section: written(narrative.read(section, this)) for section in kinds.words(this)}


def written(text: narrative.Text) -> str:
    if text.refused:
        return "refused"
    return "rewrite" if text.copied else "written" if text.body else "missing"


def made(folder: Path, this: Year) -> tuple[str, dict[str, list[str]]]:
    """Whether the report in `folder` is there and is today's, and what has changed since it was made."""
    if not folder.exists():
        return "none", {}
    record, now = manifest.read(folder), inputs.described(this)
    if record is None:
        return "unfinished", {}
    return ("made", {}) if record["key"] == now["key"] else ("stale", diff.differing(record, now))


def text(status: Status) -> str:
    """The status on one screen."""
    lines, rows = [f"{status.unit}, năm rà soát {status.year}", "", "Số liệu"], status.tables.to_dict("records")
    width = max([40, *(len(said(row)) for row in rows)])
    for row in rows:
        table, state = row["table"], STATES[row["state"]]
        lines.append(f"  {table:<13} {state:<8} {said(row):<{width}} {TITLES.get(table, table)}")
    others = [f"{SAID[level]}: {number}" for level, number in status.others.items()]
    lines += [f"  Ngoài các bảng: {', '.join(others)}"] if others else []
    lines += ["", "Lời văn"]
    for state, words in WORDS.items():
        those = [section for section, own in status.sections.items() if own == state]
        if those:
            listed = "" if state == "written" else f": {', '.join(those)}"
            lines.append(f"  {words}: {len(those)} mục{listed}")
    final = f"còn {status.lacking} điều phải xử lý" if status.lacking else "đủ điều kiện"
    lines += ["", f"Bản chính thức: {final}", f"Báo cáo: {REPORTS[status.report]}"]
    lines += [f"  khác ở {changes.KINDS[kind]}: {diff.listed(names)}" for kind, names in status.stale.items()]
    lines.append(f"  số và ngày của văn thư: {'đã có' if status.numbered else 'chưa có'}")
    lines += [f"Đã nộp: {line}" for line in status.sent]
    lines.append(f"Thẩm tra: {status.signed or 'chưa có báo cáo để thẩm tra'}")
    return "\n".join(lines)


def said(row: dict) -> str:
    """What there is to say of a table's contents."""
    parts = [(row["rows"], "dòng"), (row["blanks"], "ô trống"), (row["to_check"], "dòng cần kiểm tra")]
    parts += [(row["refuse"] + row["draft"], "lỗi"), (row["note"], "lưu ý")]
    return ", ".join(f"{number} {of}" for number, of in parts if number)
