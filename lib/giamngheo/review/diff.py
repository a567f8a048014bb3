"""What changed between two finished reports: each figure, both values, the difference, and what changed it.

It was changed by the data, by the law (the tables of `data/` that hold law, forms and definitions) or by the code, as
the two manifests and the figure's own counts tell (`report.changes`).
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pandas as pd

from giamngheo.figures import results
from giamngheo.intake import kinds, submissions
from giamngheo.intake.submissions import Submission
from giamngheo.intake.unit import Year
from giamngheo.report import changes, document
from giamngheo.report.changes import TWO_STANDARDS
from giamngheo.store import atomic_folders, belongings, manifest
from giamngheo.vietnamese.text import first_few

KEPT = ".lan-truoc"  # beside a unit's years: the figures of the run before the last one
listed = partial(first_few, most=5, others="nơi")  # names that a sentence lists
COLUMNS = [
    "state", "name", "label", "row", "old", "new", "old_value", "new_value", "difference", "said", "cause",
    "old_made", "new_made", "sources", "href",
]  # fmt: skip
PREVIOUS = "lan-truoc"  # what one calls it on the command line


class NoRun(ValueError):
    """There is no finished report to compare; the message says which one and what to do."""


@dataclass(frozen=True)
class Run:
    """A finished report: its folder, its manifest, its figures by name, what it is a report of, and the data's folder."""

    folder: Path
    record: dict
    figures: dict[str, dict]
    place: str
    root: Path
    standards: Mapping[str, str] = field(default_factory=dict)  # of its results, the main one first; none in an older report
    sent: Submission | None = None  # what it was sent as; None for a report among the results
    given: dict[str, dict] = field(default_factory=dict)  # the counts of its tables that are as they were given

    @property
    def year(self) -> int:
        return self.record["year"]


@dataclass(frozen=True)
class Comparison:
    """Two runs, what differs in what went into them ({kind: names}), and their figures side by side."""

    old: Run
    new: Run
    inputs: dict[str, list[str]]
    figures: pd.DataFrame

    @property
    def years(self) -> bool:
        """Whether two years are compared, and not two runs of one year."""
        return self.old.year != self.new.year


def keep(folder: Path, key: str) -> None:
    """Keep the figures of the report in `folder` before a run with another manifest `key` takes its place.

    That run works beside `folder`, so what is not there is not about to come, and is not waited for.
    """
    record = belongings.about(folder)
    if record and record["key"] != key and (folder / manifest.report(record)).is_file():
        with atomic_folders.workshop(folder.parent / KEPT / folder.name) as kept:
            for name in (manifest.report(record), manifest.FILE):
                shutil.copyfile(folder / name, kept / name)


def of_years(out: Path, first: Year, last: Year) -> Comparison:
    """The reports of two years of a unit below `out`."""
    earlier, later = (kinds.folder(out, this) for this in (first, last))
    return between(earlier, later, last.root)


def of_runs(out: Path, this: Year) -> Comparison:
    """The report of a year below `out` and the one it took the place of (`keep`)."""
    return between(out / this.unit / KEPT / kinds.place(this), kinds.folder(out, this), this.root)


def of_two(out: Path, this: Year, first: str, last: str) -> Comparison:
    """Two reports of a unit by what one calls them (`named`), of two years the earlier first; without `last`, the one there
    is now of the year of `first`."""
    one = named(out, this, first)
    other = named(out, this.other(year=one.year), last or str(one.year))
    old, new = sorted((one, other), key=lambda run: run.year)
    return Comparison(old, new, differing(old.record, new.record), compare(old, new))


def named(out: Path, this: Year, name: str) -> Run:
    """The report that is called `2023` (of that year), `lan-truoc` (the one before of this year), or, of those sent,
    `so-12` or `2024-02-05-so-12`; raises NoRun where there is none, or more than one."""
    if name == PREVIOUS:
        return read(out / this.unit / KEPT / kinds.place(this), this.root)
    if name.isdecimal():
        return read(kinds.folder(out, this.other(year=int(name))), this.root)
    sent = submissions.everywhere(this)
    found = [one for one in sent if name in (one.name, one.short, one.short.replace("-0", "-"))]
    if len(found) == 1:
        return replace(read(found[0].folder, this.root), sent=found[0])
    listed = ", ".join(one.name for one in found or sent) or "chưa có"
    why_not = "nhiều bản đã nộp có số ấy; ghi đủ" if found else "không có bản đã nộp nào như vậy; các bản đã nộp"
    raise NoRun(f"{this.unit}, {name}: {why_not}: {listed}.")


def between(old_folder: Path, new_folder: Path, root: Path) -> Comparison:
    """Two finished reports, made from the data folder `root`; raises NoRun where a folder holds none."""
    old, new = read(old_folder, root), read(new_folder, root)
    return Comparison(old, new, differing(old.record, new.record), compare(old, new))


def read(folder: Path, root: Path) -> Run:
    """The finished report in `folder`; raises NoRun where none is, or not the one its manifest records."""
    record = manifest.read(folder)
    if record is None:
        where = f"{folder.parent.name}/{folder.name}"
        kept = KEPT in folder.parts
        none = "chưa có lần lập trước nào khác lần này" if kept else "chưa có báo cáo đã lập xong"
        raise NoRun(f"{where}: {none}. Cách làm: chạy giamngheo report, rồi so sánh lại.")
    notebook = manifest.report(record)
    content = (folder / notebook).read_bytes()
    if manifest.sha256(content) != record["outputs"][notebook]:
        raise NoRun(f"{folder / notebook}: đã bị sửa sau khi lập. Cách làm: chạy lại giamngheo report.")
    import nbformat  # slow to import, and only asked for by a comparison

    paper = document.from_notebook(nbformat.reads(content.decode(), as_version=4))
    return Run(folder, record, paper["figures"], paper["meta"]["place"], root, paper["meta"].get("standards", {}), given=paper["given"])


def differing(old: dict, new: dict) -> dict[str, list[str]]:
    """What differs in what went into two runs: files of data, tables of law, parts of the code.

    What was sent before is left out: it changes no figure. Of two years the files they share are compared, the others are
    the years' own. {} where nothing differs.
    """
    found: dict[str, list[str]] = {}
    paths = [path for path in dict.fromkeys([*old["inputs"], *new["inputs"]]) if f"/{submissions.FOLDER}/" not in path]
    for path in paths:
        shared = path in old["inputs"] and path in new["inputs"]
        if old["inputs"].get(path) != new["inputs"].get(path) and (shared or old["year"] == new["year"]):
            found.setdefault("data" if "/" in path else "law", []).append(path)
    if old["year"] != new["year"]:
        found["data"] = [f"số liệu riêng của năm {old['year']} và năm {new['year']}", *found.get("data", [])]
    code = [
        name
        for part in ("code", "versions", "font")
        for name in dict.fromkeys([*old[part], *new[part]])
        if old[part].get(name) != new[part].get(name)
    ]
    return found | ({"code": code} if code else {})


def compare(old: Run, new: Run) -> pd.DataFrame:
    """The figures of two runs side by side (`changes.rows`), the important ones first, then in the order of the report."""
    inputs = differing(old.record, new.record)
    befores, afters = (changes.with_given(run.figures, run.given, other.figures) for run, other in ((old, new), (new, old)))
    rows = changes.rows(befores, afters, inputs, apart(old, new), old.year != new.year)
    return pd.DataFrame(rows, columns=COLUMNS)


def apart(old: Run, new: Run) -> str:
    """Why poverty figures of the main results of two runs must not be subtracted; "" where they may."""
    years = [Year(new.root, new.record["unit"], run.year) for run in (old, new)]
    if old.year == new.year:
        mains = [next(iter(run.standards.values()), "") for run in (old, new)]
        return f"{TWO_STANDARDS} ({'; '.join(mains)})" if all(mains) and mains[0] != mains[1] else ""
    if manifest.early(old.record) != manifest.early(new.record):
        return "không so sánh: một kết quả là sơ bộ, một kết quả là chính thức"
    if any(this.year not in this.years for this in years):
        return ""
    under = [set(results.reviewed(this)["standard"]) for this in years]
    if under[0] == under[1]:
        return ""
    official = years[0].law.standard_names()
    names = [", ".join(official[code] for code in sorted(codes)) for codes in under]
    return f"{TWO_STANDARDS} ({'; '.join(names)})"
