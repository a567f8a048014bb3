"""What changed between two finished reports: each figure, both values, the difference, and what changed it.

A figure is compared exactly (integers and fractions); it was changed by the data, by the law (the tables of
`data/` that hold law, forms and definitions) or by the code, as the two manifests and the figure's own counts
tell. Where they cannot tell one cause from another, all that are possible are named.
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import nbformat
import pandas as pd

from giamngheo.figures import results
from giamngheo.figures.trace import Figure
from giamngheo.intake.unit import Year
from giamngheo.present import prose
from giamngheo.report import document
from giamngheo.store import atomic_folders, manifest

KEPT = ".lan-truoc"  # beside a unit's years: the figures of the run before the last one
KINDS = {"data": "số liệu", "law": "luật, biểu mẫu, từ điển", "code": "mã tính"}
STATES = ("changed", "appeared", "vanished", "reworded", "remade", "same")  # the important ones first
UNDER_A_STANDARD = ("review", "before", "former", "changes", "movements", "deprivations", "groups", "causes")
OF_SECOND = ("other_review", "other_changes", "other_former")  # of the other result of a year under two standards
COLUMNS = [
    "state", "name", "label", "row", "old", "new", "old_value", "new_value", "difference", "said", "cause",
    "old_made", "new_made", "sources", "href",
]  # fmt: skip
TWO_STANDARDS = "không so sánh: hai chuẩn nghèo khác nhau"
LISTED = 5  # names that a sentence lists
NOT_KEPT = "không tách được: báo cáo lập bằng bản cũ không ghi các số đã dùng để tính"


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
    """Keep the figures of the report in `folder` before a run with another manifest `key` takes its place."""
    record = manifest.read(folder)
    if record and record["key"] != key and (folder / manifest.report(record)).is_file():
        with atomic_folders.workshop(folder.parent / KEPT / folder.name) as kept:
            for name in (manifest.report(record), manifest.FILE):
                shutil.copyfile(folder / name, kept / name)


def of_years(out: Path, first: Year, last: Year) -> Comparison:
    """The reports of two years of a unit below `out`."""
    earlier, later = (out / this.unit / str(this.year) for this in (first, last))
    return between(earlier, later, last.root)


def of_runs(out: Path, this: Year) -> Comparison:
    """The report of a year below `out` and the one it took the place of (`keep`)."""
    return between(out / this.unit / KEPT / str(this.year), out / this.unit / str(this.year), this.root)


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
    paper = document.from_notebook(nbformat.reads(content.decode(), as_version=4))
    return Run(folder, record, paper["figures"], paper["meta"]["place"], root, paper["meta"].get("standards", {}))


def differing(old: dict, new: dict) -> dict[str, list[str]]:
    """What differs in what went into two runs: files of data, tables of law, parts of the code.

    Of two years the files they share are compared, the others are the years' own. {} where nothing differs.
    """
    found: dict[str, list[str]] = {}
    paths = dict.fromkeys([*old["inputs"], *new["inputs"]])
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
    """The figures of two runs side by side, the important ones first, then in the order of the report.

    Columns: state (`STATES`), name, label, row (which village, project …), old, new (as printed), old_value,
    new_value, difference (exact, None where there is none), said (the difference in words), cause, old_made,
    new_made (the arithmetic), sources, href (the cell that made the newer figure, within its folder).
    """
    inputs = differing(old.record, new.record)
    refusal = apart(old, new)
    befores, afters = matched(old.figures), matched(new.figures)
    rows = [
        beside(befores.get(key), afters.get(key), inputs, refusal, old.year != new.year)
        for key in dict.fromkeys([*afters, *befores])
    ]
    return pd.DataFrame(sorted(rows, key=lambda row: STATES.index(row["state"])), columns=COLUMNS)


def matched(figures: dict[str, dict]) -> dict[str, dict]:
    """The figures by what they are of: rows that are only numbered (models, courses) go by their names.

    >>> model = {"row": "Nuôi bò", "text": "07 hộ"}
    >>> matched({"models.1.members": model, "budget.DA2.planned": {"row": "Dự án 2"}}).keys()
    dict_keys(['models.Nuôi bò.members', 'budget.DA2.planned'])
    """
    found: dict[str, dict] = {}
    for name, figure in figures.items():
        table, _, rest = name.partition(".")
        row, _, column = rest.rpartition(".")
        key = f"{table}.{figure['row']}.{column}" if row.isdigit() and figure["row"] else name
        found[name if key in found else key] = figure | {"name": name}
    return found


def beside(before: dict | None, after: dict | None, inputs: dict, refusal: str, years: bool) -> dict:
    """One figure of two runs as a row of `compare`."""
    told, state = after or before or {}, state_of(before, after)
    old, new = (exact(figure["value"]) if figure else None for figure in (before, after))
    difference = None if old is None or new is None else new - old
    if refused := refusal_of(before, after, told["name"].partition(".")[0], refusal):
        difference, said = None, refused
    else:
        said = in_words(difference, told["unit"]) if state == "changed" else ""
    return {
        "state": state,
        "name": told["name"],
        "label": told["label"],
        "row": ", ".join(filter(None, [told.get("group"), told["row"]])),  # whose figure it is, in full
        "old": before["text"] if before else "",
        "new": after["text"] if after else "",
        "old_value": old,
        "new_value": new,
        "difference": difference,
        "said": said,
        "cause": "" if state == "same" else cause(before, after, inputs, years),
        "old_made": before["arithmetic"] if before else "",
        "new_made": after["arithmetic"] if after else "",
        "sources": "; ".join(told["sources"]),
        "href": after["href"] if after else "",
    }


def refusal_of(before: dict | None, after: dict | None, table: str, refusal: str) -> str:
    """Why the two values of a figure must not be subtracted; "" where they may.

    A figure of the second result says in its group under which standard it is.
    """
    if table in OF_SECOND and before and after and before.get("group") != after.get("group"):
        return f"{TWO_STANDARDS} ({before.get('group') or 'không rõ'}; {after.get('group') or 'không rõ'})"
    return refusal if table in UNDER_A_STANDARD + OF_SECOND else ""


def state_of(before: dict | None, after: dict | None) -> str:
    if before is None or after is None:
        return "appeared" if before is None else "vanished"
    if before["value"] != after["value"]:
        return "changed"
    if before["text"] != after["text"]:
        return "reworded"
    made = [(figure["formula"], figure["arithmetic"]) for figure in (before, after)]
    return "same" if made[0] == made[1] and alike(before, after) is not False else "remade"


def cause(before: dict | None, after: dict | None, inputs: dict[str, list[str]], years: bool) -> str:
    """What changed a figure, in words; where it cannot be told because a report does not say what it was made from, that."""
    kinds = causes(before, after, inputs, years)
    said = "; ".join(KINDS[kind] for kind in kinds)
    untold = "data" in kinds and len(kinds) > 1 and any(figure and "operands" not in figure for figure in (before, after))
    return f"{said} ({NOT_KEPT})" if before and after and untold else said


def causes(before: dict | None, after: dict | None, inputs: dict[str, list[str]], years: bool) -> list[str]:
    """The kinds of inputs that can have changed a figure, of those that differ between its runs.

    The data did not where none of its files differs, or where it was made from the same values; the data
    alone did where those differ and its formula does not.
    """
    both = [figure for figure in (before, after) if figure]
    files = {source.partition(":")[0] for figure in both for source in figure["sources"]}
    others = [kind for kind in inputs if kind != "data"]
    if "data" not in inputs or not others:
        return list(inputs)
    if not years and files and not files & set(inputs["data"]):
        return others
    if before is None or after is None or (same := alike(before, after)) is None:
        return list(inputs)
    if same:
        return others
    return ["data"] if before["formula"] == after["formula"] else list(inputs)


def alike(before: dict, after: dict) -> bool | None:
    """Whether two figures were made from the same exact values; None where one does not say from which.

    >>> alike({"operands": {"a": "242", "b": "1160"}}, {"operands": {"a": "242", "b": "1160"}})
    True
    >>> alike({"operands": ["2", "3"]}, {"operands": ["2", "4"]}), alike({"operands": None}, {})
    (False, None)
    """
    made = [figure.get("operands") for figure in (before, after)]
    return None if None in made else made[0] == made[1]


def exact(value: str | None) -> Fraction | None:
    """The value a figure records, exactly; None where it is not known or not a number."""
    try:
        return None if value is None else Fraction(value)
    except ValueError:
        return None


def listed(names: list[str]) -> str:
    """
    >>> listed(["a", "b"]), listed(list("abcdefgh"))
    ('a, b', 'a, b, c, d, e và 3 nơi khác')
    """
    more = f" và {len(names) - LISTED} nơi khác" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more


def in_words(difference: Fraction | None, unit: str) -> str:
    """
    >>> in_words(Fraction(-20), "households"), in_words(Fraction(1, 100), "rate")
    ('giảm 20 hộ', 'tăng 1,00 điểm phần trăm')
    >>> in_words(Fraction(1, 10**6), "rate")
    'tăng dưới 0,01 điểm phần trăm'
    """
    if difference is None:
        return ""
    if unit in ("rate", "percent"):
        difference, unit = difference / (100 if unit == "percent" else 1), "points"
    said = prose(Figure("", "", difference, unit, signed=True))
    return said if difference == 0 or re.search(r"[1-9]", said) else f"{said}, nhỏ hơn mức làm tròn"


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
