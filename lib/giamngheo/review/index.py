"""`index.html`: every unit and year found in a folder of reports, with its state and what there is to open.

The page needs no server and no network; with JavaScript it can be searched and sorted, without it the whole table is there.
Everything on it comes from the files of the folder, from the data and from what was sent, so the same reports and data give
the same bytes. Whether a report is of the data there are now, and what a whole's map says is missing, is `index_states`' matter.
"""

import csv
import io
import re
from fractions import Fraction
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from giamngheo import limits, writers
from giamngheo.findings import DataError
from giamngheo.intake import kinds, office, submissions
from giamngheo.intake.unit import Year
from giamngheo.law.dated import Law
from giamngheo.review import index_states
from giamngheo.review.index_entry import RESULTS, STATES, Entry
from giamngheo.spreadsheets import original
from giamngheo.store import anew, atomic_folders, manifest
from giamngheo.vietnamese.terms import EARLY

TEMPLATES = Path(__file__).parent / "templates"
FILE = "index.html"
MOST = 5  # reasons of a draft that the page lists
MARK = "<title>Các báo cáo giảm nghèo</title>"  # by which a page of this program is known
PLACE = re.compile(rf"(\d{{4}})(?:-([a-z][a-z0-9_]*))?(?:-{atomic_folders.FAILED})?")  # the folder of a report: year, kind
LOST = re.compile(r"\.(\d{4}(?:-[a-z][a-z0-9_]*)?)-[0-9a-f]{8}")  # what a killed run left when it was putting it in its place


def entries(out: Path, root: Path) -> list[Entry]:
    """Every unit and year below `out`, their data below `root`.

    The latest year first, in it those that put communes together, then by unit.
    """
    law = Law(root)
    tables = {path.stem.partition("-")[2]: path for path in out.glob("failures-[0-9][0-9][0-9][0-9]*.csv")}
    failed = {asked(root, law, row["unit"], place): row for place, path in tables.items() for row in failures(path)}
    places = {(unit.name, *about(folder.name)) for unit in out.glob("[!.]*") for folder in years(unit)} | failed.keys()
    found = [entry(out, Year(root, unit, year, law, kind=kind), failed.get((unit, year, kind))) for unit, year, kind in places]
    found = index_states.of(found, root, law)
    return sorted(found, key=lambda one: (-one.year, not one.together, one.unit, one.kind))


def about(place: str) -> tuple[int, str]:
    """Of which year and kind ("" for the main one) the report in a folder of this name is.

    >>> about("2024"), about("2024-half_year"), about("2024-half_year-lap-hong")
    ((2024, ''), (2024, 'half_year'), (2024, 'half_year'))
    """
    found = PLACE.fullmatch(place)
    return int(place[:4]), (found[2] or "") if found else ""


def asked(root: Path, law: Law, unit: str, place: str) -> tuple[str, int, str]:
    """The unit, year and kind of a report that a batch was asked for; the year's main one may be asked for by its name."""
    year, kind = about(place)
    return unit, year, "" if kind and kind == office.main_kind(Year(root, unit, year, law)) else kind


def years(unit: Path) -> list[Path]:
    """The folders of a unit that hold the report of a year, or what a failed run of it left."""
    for lost in unit.glob(".[0-9][0-9][0-9][0-9]-*"):
        if found := LOST.fullmatch(lost.name):
            atomic_folders.mend(unit / found[1])
    return [path for path in sorted(unit.glob("[0-9][0-9][0-9][0-9]*")) if PLACE.fullmatch(path.name) and path.is_dir()]


def failures(path: Path) -> list[dict[str, str]]:
    """The rows of a `failures-<year>.csv`; none where there is no such file, or something else of that name."""
    try:
        lines = io.StringIO(limits.head(path, limits.TABLE).decode("utf-8", "replace"), newline="")
        rows = [{name: original(str(cell or "")) for name, cell in row.items()} for row in csv.DictReader(lines)]
    except (OSError, csv.Error):
        return []
    return [row for row in rows if all(row.get(name) for name in ("unit", "cause", "key"))]


def entry(out: Path, this: Year, failure: dict[str, str] | None) -> Entry:
    """A unit's year; `failure` counts as long as the report is still the one that stood when it happened."""
    unit, year = this.unit, this.year
    place = f"{year}-{this.kind}" if this.kind else str(year)
    folder = out / unit / place
    record = finished(folder)
    outputs = record["outputs"] if record else {}
    editions = {name: writers.FORMATS[kind] for kind, name in manifest.files(record or {}).items()}
    beside = [folder, atomic_folders.remains(folder)]
    failure = failure if failure and failure["key"] == (record["key"] if record else "-") else None
    books = sorted(name for name in outputs if name.endswith(".html") and name not in editions)
    pages = sorted(path.name for path in (out / unit).glob(f"khac-biet-*{place}.html"))
    return Entry(
        unit=unit,
        year=year,
        name=(record or {}).get("place") or name(this),
        together=manifest.report(record).startswith(manifest.ROLLUP) if record else False,
        state="failed" if failure or record is None else "draft" if record["draft"] else "final",
        preliminary=manifest.early(record) if record else False,
        findings=len(record["draft"]) if record else None,
        cause=failure["cause"].partition("\n")[0] if failure else damaged(folder, unit, year) if record is None else "",
        reports={said: f"{unit}/{place}/{name}" for name, said in editions.items() if name in outputs},
        reviews={name.partition("_")[0]: f"{unit}/{place}/{name}" for name in books}
        | ({} if record else unfinished(unit, beside)),
        changes={said_of(name): f"{unit}/{name}" for name in pages},
        sent=tuple(submissions.lines(this)),
        kind=kind_name(this),
        code=this.kind,
        standards=tuple(map(str, two.values())) if isinstance(two := (record or {}).get("standards"), dict) else (),
        why=tuple(record["draft"]) if record else (),
        results=told(record or {}),
        inputs=(record or {}).get("inputs"),
    )


def told(record: dict) -> tuple[tuple[str, float | None], ...]:
    """The results of a report as its manifest tells them (`manifest.results`), as printed and as a number to sort by."""
    said = record.get("results") or {}
    return tuple((said[name]["text"], float(Fraction(said[name]["value"]))) if name in said else ("", None) for name in RESULTS)


def damaged(folder: Path, unit: str, year: int) -> str:
    """Why a folder of a report says nothing of it, and what to do; "" where none has ever been finished there."""
    if not (folder / manifest.FILE).exists():
        return ""
    return f"{manifest.FILE} hỏng; dời thư mục này đi nơi khác rồi lập lại: {index_states.command(unit, year)}"


def kind_name(this: Year) -> str:
    """What the kind of report is called, "" for the year's main one; its code where the law does not know it (any more)."""
    try:
        return kinds.of(this).name if this.kind else ""
    except DataError:
        return this.kind


def unfinished(unit: str, folders: list[Path]) -> dict[str, str]:
    """The half-executed notebooks in some folders of a unit, by their names."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.ipynb"))]
    return {path.stem: f"{unit}/{path.parent.name}/{path.name}" for path in paths}


def name(this: Year) -> str:
    """What a unit is called that has no finished report to say so."""
    from giamngheo.report import rollup  # slow to import, and seldom needed

    try:
        return rollup.name(this)
    except (DataError, OSError):  # its files cannot be read, which its own failure says
        return this.unit


def finished(folder: Path) -> dict | None:
    """The manifest of a finished report as far as it says what stands on the page; None where there is none."""
    record = manifest.read(folder) or {}
    draft, notebook = record.get("draft"), manifest.report(record) if record else ""
    whole = notebook and isinstance(draft, list) and all(isinstance(line, str) for line in draft)
    return record if whole else None


def said_of(page: str) -> str:
    """What a page of `diff_page` compares.

    >>> said_of("khac-biet-2022.html"), said_of("khac-biet-2021-2022.html"), said_of("khac-biet-2022-programme.html")
    ('lần trước', '2021', 'lần trước')
    >>> said_of("khac-biet-so-12-2022.html"), said_of("khac-biet-so-12-so-15-2022.html")
    ('bản đã nộp số 12', 'bản đã nộp số 12, số 15')
    """
    if numbers := re.findall(r"-so-([0-9]+[a-zđ]?)", page):
        return f"bản đã nộp số {', số '.join(numbers)}"
    years = re.findall(r"-(\d{4})(?=[-.])", page)
    return years[0] if len(years) > 1 else "lần trước"


@cache
def template() -> Template:
    near = [TEMPLATES, TEMPLATES / "giamngheo-review"]
    templates = Environment(loader=FileSystemLoader(near), autoescape=True, undefined=StrictUndefined,
                            trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    return templates.get_template("index.html")


def page(found: list[Entry]) -> str:
    """The entries as one page that stands in the folder of the reports."""
    counts = {state: sum(one.state == state for one in found) for state in STATES}
    counts = {state: many for state, many in counts.items() if many or state in ("draft", "final", "failed")}
    return template().render(entries=found, states=STATES, counts=counts, early=EARLY, most=MOST)


def write(out: Path, root: Path) -> Path:
    """Write the page of the reports below `out` in one step; returns its path. Names not reported stand below `root`."""
    anew.put(out / FILE, lambda: page(entries(out, root)), MARK)
    return out / FILE
