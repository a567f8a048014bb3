"""Kinds of report as data: `kinds.csv` says what each is called and speaks of, `outlines.csv` its sections in their order.

A row of an outline is a heading (number, title), what `04_report` makes under it (`part`), the narrative printed after
that (`words`), and what a final needs because of it (`needs`, names of `checks.complete`). A commune writes a kind of its
own into `kinds-local.csv` and `outlines-local.csv` beside them.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from giamngheo.findings import DataError, Finding
from giamngheo.law.dated import Law
from giamngheo.law.validity import in_force, year_end
from giamngheo.vietnamese.text import ask

YEARLY = "yearly"  # the kind of a report of which nothing else is said
LEVELS = (r"Phần [IVX]+", r"[IVX]+\.", r"\d+\.", r"[a-zđ]\)|\d+\.\d+\.")  # of headings, by the form of their number
CODE, WORDS = re.compile(r"[a-z][a-z0-9_]*"), re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
REVIEW, PROGRAMME = "review", "programme"  # what a part may be about; "" is about neither
PARTS = {
    "documents": "", "board": "", "review": REVIEW, "counts": REVIEW, "changes": REVIEW, "changes-table": REVIEW,
    "changes-picture": REVIEW, "villages-picture": REVIEW, "movements": REVIEW, "deprivations": REVIEW,
    "groups-causes": REVIEW, "second-result": REVIEW, "money": PROGRAMME, "money-by-source": PROGRAMME,
    "models": PROGRAMME, "training": PROGRAMME, "closing": "", "tables": REVIEW,
}  # fmt: skip
TABLES = {
    REVIEW: ("review", "other_review", "movements", "deprivations", "groups", "causes", "targets", "published"),
    PROGRAMME: ("budget", "models", "training"),
}  # tables of the year that are read for what is about them; any other is read for every kind
PAPERS = ("letter", "decision", "minutes")  # what may go with a report about the review (`report.papers`)
BOOKS = {"01_review": REVIEW, "02_budget": PROGRAMME}  # notebooks that are about one of them


@dataclass(frozen=True)
class Section:
    """A row of an outline."""

    number: str
    title: str
    part: str
    words: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of report; its sentences (`period`, `abstract`, `opening`, `closing`) name figures in braces.

    projects      the projects of the programme whose money it tells; of all where it names none
    file          the name of its files, without their ending
    calculations  whether the annex of calculations is in what is sent
    papers        which of `PAPERS` go with it
    """

    code: str
    name: str
    period: str
    abstract: str
    opening: str
    closing: str
    addressees: tuple[str, ...]
    projects: tuple[str, ...]
    file: str
    calculations: bool
    papers: tuple[str, ...]
    outline: tuple[Section, ...]

    @property
    def parts(self) -> dict[str, int]:
        """What `04_report` makes for it, each with its place in the outline."""
        return {section.part: at for at, section in enumerate(self.outline) if section.part}

    @property
    def words(self) -> dict[str, str]:
        """The narrative it prints, by the name of its file: the title it stands under."""
        return {section.words: section.title for section in self.outline if section.words}

    @property
    def needs(self) -> list[str]:
        """What a final needs beside the letterhead and the words, each once."""
        return list(dict.fromkeys(need for section in self.outline for need in section.needs))

    def speaks_of(self, subject: str) -> bool:
        """Whether it speaks of REVIEW or PROGRAMME; of "" every kind does."""
        return not subject or any(PARTS[part] == subject for part in self.parts)

    def tells(self, project: str) -> bool:
        """Whether it tells the money of a project, DA7.1 being a part of DA7."""
        return not self.projects or any(f"{project}.".startswith(f"{one}.") for one in self.projects)

    def reads(self, table: str) -> bool:
        """Whether a table of the year is read for it."""
        return all(table not in tables or self.speaks_of(subject) for subject, tables in TABLES.items())


def known(law: Law, year: int) -> dict[str, Kind]:
    """The kinds in force at the end of a year, by code; DataError for a row that cannot be."""
    rows = {row["kind"]: row for row in law.rows("kinds") if in_force(row, year_end(year))}
    codes = law.codes("programme", "project", year)
    return {code: kind(row, outline(law, year, row["outline"]), codes) for code, row in rows.items()}


def named(law: Law, year: int, code: str) -> Kind:
    """The kind of this code; DataError that names those there are."""
    kinds = known(law, year)
    if code not in kinds:
        listed = "; ".join(f"{one.code} ({one.name.lower()})" for one in kinds.values())
        raise DataError([Finding("kind", "không có loại báo cáo này", f"dùng một trong các loại{ask(code, kinds)}: {listed}", value=code)])
    return kinds[code]


def kind(row: dict[str, str], sections: tuple[Section, ...], codes: Collection[str] = ()) -> Kind:
    if wrong := list(wrong_in(row, codes)):
        raise DataError(wrong)
    if "closing" not in [section.part for section in sections]:
        rule = "dàn ý không có hoặc thiếu phần closing (câu kết, nơi nhận, chữ ký)"
        raise DataError([refused("outlines", rule, "thêm vào dàn ý một dòng có part là closing", row["outline"])])
    return Kind(
        code=row["kind"],
        **{name: row[name] for name in ("name", "period", "abstract", "opening", "closing", "file")},
        addressees=tuple(parts(row["addressees"])),
        projects=tuple(parts(row["projects"])),
        calculations=row["calculations"] == "yes",
        papers=tuple(parts(row["papers"])),
        outline=sections,
    )


def wrong_in(row: dict[str, str], codes: Collection[str]) -> Iterator[Finding]:
    """What keeps a row of `kinds.csv` from being a kind; `codes` are the projects of the programme."""
    if not CODE.fullmatch(row["kind"]):
        yield refused("kinds", "mã loại báo cáo phải là chữ thường không dấu", "dùng chữ a - z, số và dấu _", row["kind"])
    if not WORDS.fullmatch(row["file"]):
        yield refused("kinds", "tên tệp phải là chữ thường không dấu", "dùng chữ a - z, số và dấu -, ví dụ bao-cao-von", row["file"])
    if row["calculations"] not in ("yes", "no"):
        yield refused("kinds", "cột calculations phải là yes hoặc no", "ghi yes hoặc no", row["calculations"])
    if row["projects"] and (unknown := set(parts(row["projects"])).difference(codes)):
        remedy = f"dùng mã ở data/programme.csv{ask(min(unknown), codes)}"
        yield refused("kinds", "Chương trình không có dự án này", remedy, min(unknown))
    if unknown := set(parts(row["papers"])).difference(PAPERS):
        remedy = f"dùng một trong các văn bản{ask(min(unknown), PAPERS)}: {', '.join(PAPERS)}"
        yield refused("kinds", "chương trình không lập văn bản kèm theo này", remedy, min(unknown))
    for name in ("name", "period", "abstract", "opening", "closing"):
        if not row[name].strip():
            yield refused("kinds", f"chưa ghi cột {name}", "ghi ô này", row["kind"])


def outline(law: Law, year: int, name: str) -> tuple[Section, ...]:
    rows = [row for row in law.rows("outlines") if row["outline"] == name and in_force(row, year_end(year))]
    if wrong := [finding for row in rows for finding in wrong_section(row)]:
        raise DataError(wrong)
    return tuple(
        Section(row["number"], row["title"], row["part"], row["words"], tuple(parts(row["needs"]))) for row in rows
    )


def wrong_section(row: dict[str, str]) -> Iterator[Finding]:
    """What keeps a row of `outlines.csv` from being a section."""
    if row["part"] and row["part"] not in PARTS:
        remedy = f"dùng một trong các phần{ask(row['part'], PARTS)}: {', '.join(PARTS)}"
        yield refused("outlines", "sổ 04_report không có phần này", remedy, row["part"])
    if row["words"] and not WORDS.fullmatch(row["words"]):
        yield refused("outlines", "tên tệp lời văn phải là chữ thường không dấu", "ghi tên tệp trong narrative/, không có .md", row["words"])
    if bool(row["number"]) != bool(row["title"]):
        yield refused("outlines", "đề mục phải có cả số và tên", "ghi cả number và title, hoặc bỏ cả hai", row["number"] or row["title"])
    if row["number"] and not any(re.fullmatch(form, row["number"]) for form in LEVELS):
        yield refused("outlines", "số của đề mục phải có dạng Phần I, I., 1. hoặc a)", "sửa cột number", row["number"])


def parts(listed: str) -> Iterator[str]:
    """What stands between the semicolons of a cell."""
    return (part.strip() for part in listed.split(";") if part.strip())


def refused(table: str, rule: str, remedy: str, value: str) -> Finding:
    return Finding(f"data/{table}.csv", rule, remedy, value=value)
