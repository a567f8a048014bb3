"""What a report may be once one of its year has been sent: the very same one, or one that takes its place and says so."""

from giamngheo import checks
from giamngheo.findings import DataError, Finding
from giamngheo.intake import office, submissions
from giamngheo.intake.submissions import Submission, named
from giamngheo.intake.unit import Year
from giamngheo.report import inputs
from giamngheo.store import belongings, manifest
from giamngheo.vietnamese.text import first_few

LISTED = 3  # changes that a message names
A_NEW_ONE = (
    "xin văn thư số và ngày mới, ghi vào number và date; ở mục replaces ghi number: {number}, date: {day:%d/%m/%Y}, "
    "reason: vì sao thay thế; rồi lập lại với --final"
)


def reasons(this: Year) -> list[str]:
    """Why, beside what was sent, the report of a year can only be a draft, a line each."""
    return [checks.said(finding) for finding in findings(this)]


def findings(this: Year) -> list[Finding]:
    """`reasons` as findings of `report.yml`; none where that cannot be read, which is a refusal already."""
    try:
        given = office.report(this)
        sent = submissions.of(this)
    except DataError:
        return []
    if not sent:
        return [*taken(this, given), *([nothing_sent(this)] if given.get("replaces") and named(given["replaces"]) else [])]
    record = inputs.described(this)
    if record["key"] in [one.key for one in sent]:
        return []
    return [*same_number(this, sent, given, record), *taken(this, given), *replacing(this, sent, given)]


def same_number(this: Year, sent: list[Submission], given: dict, record: dict) -> list[Finding]:
    """What is said of a report that has the number and date of one that was sent, and is another one."""
    one = next((one for one in sent if one.name == named(given)), None)
    if one is None:
        return []
    rule = f"{one} đã nộp; bản lập bây giờ khác bản ấy ở {changed_since(belongings.about(one.folder), record)}"
    remedy = A_NEW_ONE.format(number=one.number, day=one.date)
    return [finding(this, "number", rule, f"giữ bản đã nộp thì sửa lại như khi nộp; phải thay thế thì {remedy}")]


def taken(this: Year, given: dict) -> list[Finding]:
    """What is said of a number that another report sent in the same calendar year has; one of this kind and date is `same_number`."""
    date = office.as_date(given.get("date"))
    if not given.get("number") or not date:
        return []
    own, number = office.kind(this), submissions.number(given["number"])
    found = [
        one for one in submissions.of_every_kind(this)
        if (one.number, one.date.year) == (number, date.year) and (submissions.kind(this, one), one.date) != (own, date)
    ]  # fmt: skip
    rule = "số này là của {} đã nộp: trong một năm mỗi báo cáo có một số riêng"
    return [finding(this, "number", rule.format(one), "xin văn thư số khác, ghi vào number") for one in found]


def replacing(this: Year, sent: list[Submission], given: dict) -> list[Finding]:
    """What is said of a report that does not name the one of those sent whose place it takes."""
    last = submissions.in_force(sent)[-1]
    asked = given.get("replaces") or {}
    if named(given) == last.name or named(asked) == last.name:
        return []
    if not any(asked.values()):
        rule = f"năm này đã nộp {last}; bản này chưa ghi thay thế bản ấy"
        return [finding(this, "replaces", rule, A_NEW_ONE.format(number=last.number, day=last.date))]
    rule = "mục replaces không phải là báo cáo đã nộp đang có hiệu lực"
    remedy = f"ghi số, ngày của {last}: number: {last.number}, date: {last.date:%d/%m/%Y}"
    return [finding(this, "replaces", rule, remedy)]


def nothing_sent(this: Year) -> Finding:
    rule = "năm này chưa ghi nhận báo cáo nào đã nộp, nên không có bản nào để thay thế"
    return finding(this, "replaces", rule, "để trống mục replaces; đã nộp mà chưa ghi nhận thì chạy giamngheo submit với bản ấy trước")


def finding(this: Year, field: str, rule: str, remedy: str) -> Finding:
    return Finding(f"{this.place}/report.yml", rule, remedy, row=office.line(this, field), level="draft")


def changed_since(before: dict, record: dict) -> str:
    """What differs in what went into two reports, as their manifests say, in words; of what was sent, where nothing else does."""
    parted = [line.partition(": ")[::2] for line in manifest.changes(before, record)]
    own = [(part, change) for part, change in parted if f"/{submissions.FOLDER}/" not in change]
    found: dict[str, list[str]] = {}
    for part, change in own or [("bản đã nộp", change) for _, change in parted]:
        found.setdefault(part, []).append(change)
    return "; ".join(f"{part} ({first_few(changes, LISTED, 'nơi')})" for part, changes in found.items())


def replaced(this: Year, asked: dict) -> Submission | None:
    """The submission with the number and date `asked` for; None where there is none."""
    name = named(asked)
    return next((one for one in submissions.of(this) if name and one.name == name), None)
