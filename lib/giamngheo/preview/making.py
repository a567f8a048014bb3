"""One page, made in a process of its own: what is wrong, the notebooks that have changed, the report as HTML, what is new in it.

It lies in a folder of the preview: `01_review.ipynb` … as last executed, `bao-cao.html`, and in `last.pickle` the document it
was written from. Each file there is whole at any moment, and a page that cannot be made leaves the last one.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

import nbformat

from giamngheo import checks, writers
from giamngheo.findings import DataError, Finding, order, unusable
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import Kind
from giamngheo.report import after_submission, correction, document, form_sheets, inputs, rollup_forms
from giamngheo.review import edition
from giamngheo.run import forkserver, runner
from giamngheo.store import atomic, cache, manifest

PAGE, LAST = "bao-cao.html", "last.pickle"


class Stopped(RuntimeError):
    """A page that could not be made; says why."""


@dataclass(frozen=True)
class Last:
    """The document of the last good page, the manifest of its report and the kind it is of."""

    paper: dict
    record: dict
    kind: Kind


def made(tell: Callable[[str, object], None], this: Year, folder: Path, again: Iterable[str]) -> None:
    """Make the page of a year in `folder`, running the notebooks `again` and those that are not there yet.

    `tell` is given `findings` first, then each `step`, at the end what is `new`. Raises Stopped.
    """
    try:
        found = [] if is_whole(this) else [*checks.findings(this), *after_submission.findings(this)]
        tell("findings", [shown(one) for one in sorted(found, key=order)])
        if refused := checks.refusing(found):
            raise DataError(refused)
        written(tell, this, folder, frozenset(again), books(this))
    except (DataError, document.NotAReport) as refused:
        raise Stopped(str(refused)) from refused
    except OSError as error:
        raise Stopped(str(unusable(error))) from error


def is_whole(this: Year) -> bool:
    return this.law.territory(this.year).is_whole(this.unit)


def books(this: Year) -> Sequence[str]:
    """The notebooks of the report, the report itself last."""
    return manifest.ROLLUP if is_whole(this) else tuple(kinds.books(this))


def shown(finding: Finding) -> dict[str, str]:
    said = f'giá trị "{finding.value}": ' if finding.value else ""
    return {"level": finding.level, "where": finding.where, "rule": said + finding.rule, "remedy": finding.remedy}


def written(tell, this: Year, folder: Path, again: frozenset[str], books: Sequence[str]) -> None:
    before, record, kind = last(folder), inputs.described(this), kinds.of(this)
    if before and before.kind != kind:
        again |= frozenset(books)
    todo = [name for name in books if name in again or not (folder / f"{name}.ipynb").exists()]
    tell("step", f"đang chạy {', '.join(todo)}" if todo else "đang ghi")
    with cache.within(folder) as kept:
        executed_at_once(this, folder, todo, {name: record[name] for name in ("key", "unit", "year", "kind")}, kept)
        executed = {name: nbformat.read(folder / f"{name}.ipynb", as_version=4) for name in books}
        paper = document.from_notebook(executed[books[-1]], record["key"], document.homes(executed))
        paper = correction.applied(this, paper)
    atomic.put(folder / PAGE, writers.write("html", paper))
    atomic.put(folder / LAST, pickle.dumps(Last(paper, record, kind)))
    tell("new", {"first": before is None} | (news(before.paper, paper) if before else {}))


def last(folder: Path) -> Last | None:
    return pickle.loads((folder / LAST).read_bytes()) if (folder / LAST).exists() else None


def news(before: dict, after: dict) -> dict[str, list]:
    """What one document prints otherwise than another: figures and cells as rows (what, before, now, difference), places of words."""
    rows = [*correction.of_figures(before, after), *correction.of_cells(before, after)]
    return {"figures": rows, "words": list(correction.of_words(before["blocks"], after["blocks"]))}


# notebooks ----------------------------------------------------------------------------------------


def executed_at_once(this: Year, folder: Path, names: Sequence[str], about: dict, kept: Path) -> None:
    """Execute notebooks side by side, each in a process of its own, and put the results into `folder`; raises Stopped."""
    running = {}
    warm = forkserver.context()
    for name in names:
        ours, theirs = warm.Pipe(duplex=False)
        process = warm.Process(target=execute, args=(theirs, this, folder, name, about, kept))
        forkserver.start(process)
        theirs.close()
        running[ours] = process
    said = {}
    try:
        for pipe, process in running.items():
            wait([pipe])
            try:
                said[process] = pipe.recv()
            except EOFError:
                said[process] = "tiến trình chạy sổ tính bị dừng ngang"
            process.join()
    finally:
        for process in running.values():
            forkserver.end(process)
    if wrong := [told for told in said.values() if told]:
        raise Stopped(wrong[0])


def execute(pipe: Connection, this: Year, folder: Path, name: str, about: dict, kept: Path) -> None:
    """What the process of a notebook does; tells "" or why it stopped."""
    forkserver.detach()
    try:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            notebook = runner.settled(runner.execute(name, this, Path(place), "warm", kept), about)
        atomic.put(folder / f"{name}.ipynb", nbformat.writes(notebook) + "\n")
        pipe.send("")
    except (runner.RunError, DataError) as error:
        pipe.send(str(error))


# on demand ----------------------------------------------------------------------------------------


def names(record: dict, books: Iterable[str]) -> dict[str, str]:
    """The files that are made when they are asked for, by name: a format of the report, or the notebook of a page of the review."""
    formats = {name: kind for kind, name in manifest.files(record).items() if kind != "html"}
    return formats | {f"{name}.html": name for name in books}


def asked(name: str, this: Year, folder: Path) -> bytes:
    """A file of the last good page that is asked for by name; raises Stopped where there is none."""
    found = last(folder)
    known = names(found.record, books(this)) if found else {}
    if found is None or name not in known:
        raise Stopped("chưa có trang nào để lập tệp này")
    if name.endswith(".html"):
        return edition.review(nbformat.read(folder / f"{known[name]}.ipynb", as_version=4), found.record, this)
    if known[name] != "xlsx":
        return writers.write(known[name], found.paper)
    sheets = rollup_forms.of(this) if is_whole(this) else form_sheets.of(this, found.paper["blocks"])
    return writers.write("xlsx", found.paper | {"sheets": sheets})
