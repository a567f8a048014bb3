"""What a final report needs, in one list: as long as one of `requirements` is missing the report is a DỰ THẢO.

Every kind of report needs its letterhead, its words and no gaps; what else, of `REQUIREMENTS`, says its outline (`needs`).

The fields of `unit.yml` and `report.yml` that a final needs are the rows of the dictionary that say `final`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from giamngheo.checks import model_costs
from giamngheo.checks.gaps import GAP, dots, left_open
from giamngheo.checks.office_values import missing, wrong_value
from giamngheo.checks.unwritten import first_line, held_places, written
from giamngheo.figures import results
from giamngheo.findings import DataError, Finding
from giamngheo.intake import kinds, narrative, office, reviews
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import Column, fields, label, tables
from giamngheo.vietnamese.stand_ins import asks, refers_back, says_nothing
from giamngheo.vietnamese.terms import PRELIMINARY
from giamngheo.vietnamese.text import ask

COUNTS = ("households", "poor_households", "near_poor_households")
MONEY = ("planned", "disbursed")


@dataclass(frozen=True)
class Requirement:
    """One thing that a final needs: its name, the question it answers, and what says that a year lacks it."""

    name: str
    question: str
    missing: Callable[[Year], Iterable[Finding]]


def findings(this: Year) -> list[Finding]:
    """Everything that a final of the year lacks, each thing once."""
    return list(dict.fromkeys(finding for one in requirements(this) for finding in lacking(one, this)))


def requirements(this: Year) -> list[Requirement]:
    """What a final of the year's kind of report needs, in the order of the list; DataError for a need that is none."""
    needs = kinds.of(this).needs
    if unknown := [need for need in needs if need not in {one.name for one in NAMED}]:
        raise DataError(unknown_need(need) for need in unknown)
    named = [one for one in NAMED if one.name in needs]
    return [*FRAME, *named, *(of_words(section, title) for section, title in kinds.words(this).items()), GAPS]


def unknown_need(need: str) -> Finding:
    names = [one.name for one in NAMED]
    remedy = f"dùng một trong các yêu cầu{ask(need, names)}: {'; '.join(names)}"
    return Finding("data/outlines.csv", "không có yêu cầu nào tên như vậy", remedy, value=need)


def lacking(one: Requirement, this: Year) -> list[Finding]:
    """What says that the year lacks one thing; nothing where its own files cannot be read, which is a refusal already."""
    try:
        return list(one.missing(this))
    except DataError:
        return []


def settled(this: Year) -> bool:
    """Whether a final could be made with what report.yml says of the report, its number and date among it: then none of its
    lines is told to anybody.
    """
    given = office.of_kind(office.told(this, "report.yml").values, this)
    asked = [one for one in requirements(this) if one.name.startswith("report.yml")]
    open_ = [text for file, _, text in office_lines(this) if file.endswith("report.yml") and (left_open(text) or dots(text) or asks(text))]
    lacking_ = [*office.half_replaced(this), *(found for one in asked for found in lacking(one, this))]
    return bool(given.get("number") and given.get("date")) and not open_ and not lacking_


def frame(this: Year) -> list[Finding]:
    """What the letterhead lacks, for a report that puts others together too."""
    return list(dict.fromkeys(finding for one in FRAME for finding in one.missing(this)))


# the office -----------------------------------------------------------------------------------------


def no_letterhead(this: Year) -> Iterator[Finding]:
    day = office.dated(this)
    if office.which(this, day) is None:
        rule = f"không có phần letterhead có hiệu lực ngày {day:%d/%m/%Y}"
        remedy = "điền cơ quan, nơi gửi, nơi nhận, người ký"
        yield Finding(f"{this.unit}/unit.yml", rule, remedy, level="draft")


def blank_in_unit(this: Year, column: Column) -> Iterator[Finding]:
    """A field of unit.yml that is not filled in, within the letterhead in force where it belongs to one."""
    known = office.settings(this) | {"name": office.name(this)}
    if not column.name.startswith("letterhead."):
        yield from blank(this, "unit.yml", known, column.name, column)
    elif (at := office.which(this, office.dated(this))) is not None:
        yield from blank(this, "unit.yml", known, column.name.replace(".", f".{at}."), column)


def blank_in_report(this: Year, column: Column) -> Iterator[Finding]:
    yield from blank(this, "report.yml", office.report(this), column.name, column)


def blank(this: Year, file: str, values: dict, place: str, column: Column) -> Iterator[Finding]:
    """The field `place` of an office file where its value is not filled in, at its line or that of what it belongs to."""
    above, _, _ = place.rpartition(".")
    said = office.told(this, file)
    given = {at: text for at, text in texts(values) if f"{at}.".startswith(f"{place}.")}
    wrong = {at: found for at, text in given.items() if (found := wrong_value(text, column))}
    if len(wrong) == len(given):  # nothing is said at all: one finding, of the first
        wrong = dict(list(wrong.items())[:1]) or {place: missing(column)}
    for at, (rule, remedy) in wrong.items():
        line = said.lines.get(at) or said.lines.get(place) or said.lines.get(above, 0)
        yield Finding(said.file, rule, remedy, row=line, value=given.get(at, "").strip(), level="draft")


def of_office() -> tuple[Requirement, ...]:
    """A requirement for each field that the dictionary says a final needs."""
    looked = {"unit.yml": blank_in_unit, "report.yml": blank_in_report}
    return tuple(
        Requirement(f"{file} {column.name}", f"Đã có {column.label.lower()} chưa?", asked(look, column))
        for file, look in looked.items()
        for column in fields(file)
        if column.required == "final"
    )


def asked(look: Callable, about: object) -> Callable[[Year], Iterable[Finding]]:
    return lambda this: look(this, about)


# the result -----------------------------------------------------------------------------------------


def unknown_count(this: Year, column: str) -> Iterator[Finding]:
    """A count of the whole commune that is neither given nor follows from printed figures, in each result of the year."""
    for table in reviews.sheets(this):
        if results.of(this, like=this.table(table))[column].isna().item():
            reading = this.reading(table)
            at = next(at for at, row in enumerate(reading.rows()) if row[column] is None)
            rule = f"chưa biết số của toàn xã: {label('review', column)}"
            yield reading.finding(at, column, rule, "điền ô này; không có thì hỏi lại thôn, làng hoặc cấp trên", "draft")


def preliminary(this: Year) -> Iterator[Finding]:
    reading = this.reading(reviews.main(this))
    for at, row in enumerate(reading.rows()):
        if row["status"] not in ("official", None, ""):  # what cannot be read is refused at its cell
            remedy = "khi có quyết định công nhận thì ghi official, và ghi số, ngày quyết định vào report.yml"
            yield reading.finding(at, "status", PRELIMINARY, remedy, "draft")
            return


def second_undecided(this: Year) -> Iterator[Finding]:
    """A second result that is said to be official, and what is not told of the decision that approved it."""
    for table in reviews.sheets(this)[1:]:
        if {row["status"] for row in this.reading(table).rows()} == {"official"}:
            decided = [one for one in fields("report.yml") if one.name in SECOND_DECISION]
            for found in (finding for column in decided for finding in blank_in_report(this, column)):
                why = f"{found.rule}: bảng {table} ghi là chính thức"
                yield replace(found, rule=why, remedy=f"{found.remedy}; chưa có quyết định thì ghi preliminary ở cột status của bảng {table}")


SECOND_DECISION = ("other_approved_by.number", "other_approved_by.date")


def unknown_money(this: Year, column: str) -> Iterator[Finding]:
    """A budget line without the amount; a budget of no lines."""
    reading, what = this.reading("budget"), label("budget", column).lower()
    told = kinds.of(this).tells
    if not any(told(row["project"]) for row in reading.rows()):
        remedy = "ghi từng khoản vốn vào bảng budget"
        yield Finding(f"{this.place}/budget.csv", f"chưa có dòng nào của bảng budget: {what}", remedy, level="draft")
    for at, row in enumerate(reading.rows()):
        if row[column] is None and told(row["project"]):
            yield reading.finding(at, column, f"chưa biết {what} của khoản vốn này", "điền ô này; chưa giải ngân thì ghi 0", "draft")


# the words ------------------------------------------------------------------------------------------


def unwritten(this: Year, section: str) -> Iterator[Finding]:
    text, title = narrative.read(section, this), narrative.SECTIONS.get(section) or kinds.words(this)[section]
    if text.copied:
        rule, remedy = f"mục “{title}” còn là lời văn năm trước", "viết lại rồi xóa dòng đầu “<!-- cần viết lại…”"
        yield Finding(text.file, rule, remedy, row=1, level="draft")
    elif not text.body and not text.refused:
        yield Finding(text.file, f"chưa có lời văn của mục “{title}”", "viết mục này vào tệp", level="draft")
    elif text.body and not written(text, title):
        line, value = first_line(text)
        rule = f"mục “{title}” chưa có câu nào: chỉ có đề mục, tên bảng hoặc chữ giữ chỗ"
        remedy = "viết mục này; không có gì để nêu thì viết thành câu, ví dụ: Trong năm, xã không có …"
        yield Finding(text.file, rule, remedy, row=line, value=value[:60], level="draft")


def of_words(section: str, title: str) -> Requirement:
    return Requirement(f"narrative {section}", f"Mục “{title}” đã viết chưa?", asked(unwritten, section))


def gaps(this: Year) -> Iterator[Finding]:
    """Places that still say they are to be filled in: in the office's files, the tables and the words."""
    rule, remedy = "còn chỗ cần bổ sung", "điền vào chỗ này, hoặc bỏ đi"
    found = [(file, line, one) for file, line, text in office_lines(this) if not stands_in(text) for one in left_open(text) or dots(text)]
    found += [(file, line, one) for file, line, text in narrative_lines(this) for one in left_open(text)]
    for file, line, value in [*found, *(one for one in unneeded_lines(this) if stands_in(one[2])), *held_lines(this)]:
        yield Finding(file, rule, remedy, row=line, value=value, level="draft")
    for table in filter(kinds.of(this).reads, tables()):
        reading = this.reading(table)
        for column, values in reading.values.items():
            for at, value in enumerate(values):
                if isinstance(value, str) and (left_open(value) or column != "note" and value and says_nothing(value)):
                    yield reading.finding(at, column, rule, remedy, "draft")


def stands_in(value: str) -> bool:
    """Whether a value of the office as a whole stands for one to come; words that ask to be filled in are told as they are."""
    return (asks(value) or refers_back(value)) and not GAP.search(value)


def held_lines(this: Year) -> Iterator[tuple[str, int, str]]:
    """The lines that only hold a place, of sections that say something elsewhere: a section of no more is told as unwritten."""
    for text in (narrative.read(section, this) for section in kinds.words(this)):
        held = held_places(text) if written(text, "") else ()
        yield from ((text.file, line, said[:60]) for line, said in held if not left_open(said))


def office_lines(this: Year, which: Callable[[str, str], bool] = lambda name, field: True) -> Iterator[tuple[str, int, str]]:
    """Each text of the office's files with its file and line, of the fields that are asked for; none of other kinds of report."""
    for name in office.FILES:
        said = office.told(this, name)
        for place, text in texts(said.values):
            read = name != "report.yml" or kinds.is_told(this, place)
            if text and read and which(name, re.sub(r"\.\d+", "", place)):
                yield said.file, said.lines.get(place, 0), text


def unneeded_lines(this: Year) -> Iterator[tuple[str, int, str]]:
    """Texts of fields that a final can do without: those it needs are told as missing."""
    needed = {(name, column.name) for name in office.FILES for column in fields(name) if column.required == "final" or column.name in SECOND_DECISION}
    return office_lines(this, lambda name, field: (name, field) not in needed)


def texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Each text within a value, with its place: `letterhead.0.place`."""
    if isinstance(value, str):
        yield place, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from texts(part, f"{place}.{name}" if place else str(name))


def narrative_lines(this: Year) -> Iterator[tuple[str, int, str]]:
    """Each printed line of the narrative with its file and number."""
    for text in (narrative.read(section, this) for section in kinds.words(this)):
        yield from ((text.file, number, line) for number, line in text.lines())


OFFICE = of_office()
FRAME = (
    Requirement("unit.yml letterhead", "Có thể thức có hiệu lực vào ngày của báo cáo không?", no_letterhead),
    *(one for one in OFFICE if one.name.startswith("unit.yml")),
)
NAMED = (
    *(one for one in OFFICE if one.name.startswith("report.yml")),
    Requirement("review status", "Kết quả đã chính thức chưa?", preliminary),
    Requirement("other_review decision", "Kết quả thứ hai ghi là chính thức đã có quyết định công nhận chưa?", second_undecided),
    *(
        Requirement(f"review {column}", f"Đã biết {label('review', column)} của toàn xã chưa?", asked(unknown_count, column))
        for column in COUNTS
    ),
    *(
        Requirement(f"budget {column}", f"Đã biết {label('budget', column).lower()} của từng khoản vốn chưa?", asked(unknown_money, column))
        for column in MONEY
    ),
    *(
        Requirement(f"models {what}", f"Đã biết phần {whose} của từng mô hình chưa?", asked(model_costs.unknown, what))
        for what, whose in model_costs.WHOSE.items()
    ),
)
GAPS = Requirement("gaps", "Còn chỗ nào ghi cần bổ sung không?", gaps)
REQUIREMENTS = (*FRAME, *NAMED, *(of_words(section, title) for section, title in narrative.SECTIONS.items()), GAPS)
