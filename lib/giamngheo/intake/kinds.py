"""Which kind of report a year is opened for, and where that report stands among the results."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from giamngheo.findings import DataError, Finding
from giamngheo.intake import narrative, office
from giamngheo.intake.unit import Year
from giamngheo.law import kinds
from giamngheo.law.kinds import REVIEW, Kind
from giamngheo.store.manifest import BOOKS

NEEDS_DECISION = "report.yml approved_by.date"  # what a kind needs that cannot do without a decision on the result


def of(this: Year) -> Kind:
    """The kind of report that the year is opened for; DataError where there is none of that name."""
    return this.once(f"kind {this.kind}", lambda: kinds.named(this.law, this.year, office.kind(this)))


def place(this: Year) -> str:
    """The name of the folder of its results: the year, with the kind behind it where that is not the year's main one."""
    return str(this.year) if office.kind(this) == office.main_kind(this) else f"{this.year}-{this.kind}"


def folder(out: Path, this: Year) -> Path:
    """Where the report of the year and kind stands below `out`."""
    return out / this.unit / place(this)


def table(this: Year, name: str) -> pd.DataFrame:
    """The rows of a table that the kind tells: of a kind that is about some projects alone, those of these projects."""
    rows, kind = this.table(name), of(this)
    if not kind.projects or rows.empty:
        return rows
    return rows[[kind.tells(project) for project in rows["project"]]].reset_index(drop=True)


def requests(this: Year) -> pd.DataFrame:
    """The documents that asked for the report: the one that report.yml names for this kind; for the main kind, all that are no other's."""
    rows = this.table("documents")
    asked, said = rows[rows["use"] == "request"], office.told(this, "report.yml").values
    if own := office.of_kind(said, this).get("request"):
        return asked[asked["number"] == own]
    named = {entry.get("request", "") for entry in said.get("kinds") or []}
    return asked[[office.kind(this) == office.main_kind(this) and number not in named for number in asked["number"]]]


def told(this: Year) -> dict:
    """What `report.yml` says that goes into the report of this kind; what it says of the others does not."""
    said, main = office.told(this, "report.yml").values, office.kind(this) == office.main_kind(this)
    left_out = ("kinds", *(() if of(this).speaks_of(REVIEW) else office.DECISIONS))
    own = {name: value for name, value in office.of_kind(said, this).items() if name not in left_out}
    asked_by_others = sorted(filter(None, (entry.get("request") for entry in said.get("kinds") or []))) if main else []
    return own | {"kind": office.kind(this), "main": main, "asked_by_others": asked_by_others}


def is_told(this: Year, place: str) -> bool:
    """Whether what stands at a place of `report.yml` (`kinds.0.number`) is said of the report of this kind."""
    name, _, rest = place.partition(".")
    if name == "kinds":
        entries = dict(enumerate(office.told(this, "report.yml").values["kinds"]))
        return any(rest.partition(".")[0] == str(at) and entry.get("kind") == office.kind(this) for at, entry in entries.items())
    if name in office.DECISIONS:
        return of(this).speaks_of(REVIEW)
    return name == "kind" or office.kind(this) == office.main_kind(this)


def words(this: Year) -> dict[str, str]:
    """The narrative files of the kind, with the titles that messages call them by."""
    return {name: narrative.SECTIONS.get(name, title or name) for name, title in of(this).words.items()}


def calculations(this: Year) -> bool:
    """Whether the annex of calculations is in what is sent: as report.yml says of this kind, else as the kind does."""
    said = office.of_kind(office.told(this, "report.yml").values, this).get("calculations")
    return said == "yes" if said else of(this).calculations


def known_words(this: Year) -> list[str]:
    """The narrative files that any kind of report prints."""
    own = [name for kind in kinds.known(this.law, this.year).values() for name in kind.words]
    return list(dict.fromkeys([*narrative.SECTIONS, *own]))


def books(this: Year) -> list[str]:
    """The notebooks that a report of the kind is made of, the last one the report itself."""
    return [name for name in BOOKS if of(this).speaks_of(kinds.BOOKS.get(name, ""))]


def findings(this: Year) -> Iterator[Finding]:
    """Kinds that report.yml names and there are not, or names twice."""
    said = office.told(this, "report.yml")
    entries = {f"kinds.{at}.kind": entry.get("kind", "") for at, entry in enumerate(said.values.get("kinds") or [])}
    for at, code in ({"kind": said.values.get("kind", "")} | entries).items():
        if list(entries.values()).count(code) > 1 and at in entries:
            yield office.finding(said, at, code, "loại báo cáo này có hai lần", "giữ một mục")
        try:
            if code or at in entries:
                kinds.named(this.law, this.year, code)
        except DataError as unknown:
            yield from (office.finding(said, at, one.value, one.rule, one.remedy) for one in unknown.findings)
    yield from unknown_requests(this)
    yield from decided_later(this)


def decided_later(this: Year) -> Iterator[Finding]:
    """Decisions on the result that are later than the report of this kind, where that cannot do without one."""
    said = office.told(this, "report.yml")
    dated = office.of_kind(said.values, this).get("date")
    for decision in office.DECISIONS if NEEDS_DECISION in of(this).needs else ():
        written = (said.values.get(decision) or {}).get("date") or ""
        day, decided = office.as_date(dated), office.as_date(written)
        if day and decided and decided > day:
            rule = f"quyết định công nhận kết quả có sau ngày của báo cáo ({dated})"
            yield office.finding(said, f"{decision}.date", written, rule, "sửa một trong hai ngày")


def unknown_requests(this: Year) -> Iterator[Finding]:
    """Documents that report.yml says asked for a kind of report, and `documents` does not have."""
    said, reading = office.told(this, "report.yml"), this.reading("documents")
    there = {row["number"] for row in reading.rows() if row["use"] == "request"}
    for at, entry in enumerate(said.values.get("kinds") or []):
        if (number := entry.get("request")) and number not in there and not reading.refused:
            rule = "bảng documents không có văn bản yêu cầu (use: request) nào số này"
            yield office.finding(said, f"kinds.{at}.request", number, rule, "ghi đúng số ở bảng documents, hoặc thêm văn bản vào bảng ấy")
