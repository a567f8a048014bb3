"""One report, from parameters to finished files: check, execute the notebooks, write the editions.

papermill executes; what it leaves open is closed here: parameters are checked before anything starts, codes
keep their leading zeros, Vietnamese stays readable in the injected cell, nothing in the outputs depends on
the clock or the place, and a failed run leaves its half-executed notebook beside the report that stands.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill import execute as steps
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from papermill.translators import PythonTranslator, papermill_translators
from papermill.utils import chdir

from giamngheo import checks, environment, shipped, writers
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year, meant
from giamngheo.report import calculations, correction, document, form_sheets, inputs, rollup, rollup_forms
from giamngheo.report.frames import NotPrintable
from giamngheo.review import diff, edition
from giamngheo.review.index_entry import RESULTS
from giamngheo.run import engine, moment
from giamngheo.store import atomic_folders, cache, manifest, places
from giamngheo.writers import held_fonts

NOTEBOOKS = manifest.BOOKS
REPORT = "04_report"
FORMATS = manifest.FORMATS
INPUT_LINE = re.compile(r"[\w./-]+\.(?:csv|xlsx|yml|md)[:!][\w!]*\d")
CELL_FILE = re.compile(r"\S*[/\\]ipykernel_\d+[/\\](\d+\.py)")  # a warning names the process of its cell
ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")  # where in memory a thing without a text of its own lay


class ParameterError(ValueError):
    """A parameter that no notebook declares, or a value of the wrong type."""


class RunError(RuntimeError):
    """A notebook stopped at a cell; the message names the notebook, the cell and the cause in two lines."""

    def __init__(self, notebook: str, cell: int, source: str, cause: str):
        self.notebook, self.cell, self.source, self.cause = notebook, cell, source, cause
        self.lines = "; ".join(dict.fromkeys(INPUT_LINE.findall(cause)))

    def __str__(self) -> str:
        first = self.source.strip().partition("\n")[0]
        return f"Sổ {self.notebook}.ipynb dừng ở ô tính số {self.cell}: {first}\nNguyên nhân: {self.cause}"


class NotFinal(RuntimeError):
    """A final report of files that only allow a draft; says why, a line each."""

    def __init__(self, reasons: Sequence[str]):
        super().__init__("\n- ".join(["Chưa lập được bản chính thức:", *reasons]))


class ReadableTranslator(PythonTranslator):
    """Text parameters as Python writes them, so that `xã` is not turned into `x\\xe3`."""

    @classmethod
    def translate_str(cls, val):
        return repr(val)


papermill_translators.register("python", ReadableTranslator)


def checked(given: Mapping[str, object], data: Path) -> dict[str, Any]:
    """`given` parameters with the types the notebooks of a data folder declare; an unknown name or a wrong type is refused.

    Raises ParameterError with what is declared and the nearest name.
    """
    declared = papermill.inspect_notebook(str(shipped.notebook(data, REPORT)))
    for name in given:
        if name not in declared:
            raise ParameterError(environment.unknown_parameter(name, list(declared)))
    return {name: typed(name, value, declared[name]["inferred_type_name"]) for name, value in given.items()}


def typed(name: str, value: Any, kind: str) -> object:
    if kind == "int" and not isinstance(value, bool) and str(value).isascii() and str(value).isdigit():
        return int(value)
    if kind == "str" and isinstance(value, str):
        return value
    wanted = {"int": "một số nguyên, ví dụ 2022", "str": "một chuỗi chữ, ví dụ kong-long-khong"}[kind]
    raise ParameterError(f"Tham số {name} phải là {wanted}; nhận được {value!r}.")


def execute(name: str, this: Year, folder: Path, engine_name: str, kept: Path | None = None) -> nbformat.NotebookNode:
    """Execute one notebook for a year in `folder`, sharing answers in `kept`; where a cell fails it is written there, marked, and RunError is raised.

    These are the steps of `papermill.execute_notebook` without its writing of notebooks that did not fail.
    """
    given = {"unit": this.unit, "year": this.year, "kind": kinds.of(this).code}
    notebook = parameterize_notebook(load_notebook_node(str(shipped.notebook(this.root, name))), given)
    target = folder / f"{name}.ipynb"
    with chdir(str(folder)):
        kernel = papermill_engines.nb_kernel_name(engine_name, notebook)
        executed = papermill_engines.execute_notebook_with_engine(
            engine_name, notebook, kernel_name=kernel, progress_bar=False, environ=environment.of(this, kept), opened=this
        )
    try:
        steps.raise_for_execution_errors(executed, str(target))
    except PapermillExecutionError as error:
        cause = error.evalue if error.ename == NotPrintable.__name__ else f"{error.ename}: {error.evalue}"
        raise RunError(name, error.exec_count or 0, error.source, cause) from error
    return executed


def settled(notebook: nbformat.NotebookNode, about: dict) -> nbformat.NotebookNode:
    """An executed notebook without what differs from run to run, with numbered cells and its manifest key."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata["giamngheo"] = about
    number = 0
    for place, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"injected-parameters-{place}"
        if cell.cell_type == "code":
            number += 1
            cell.metadata["number"] = number
            for output in cell.outputs:
                for said, name in ((output, "text"), (output.get("data", {}), "text/plain")):
                    if name in said:
                        said[name] = placeless(said[name])
    return notebook


def placeless(text: str) -> str:
    """Text of an output without the process and the place in memory it came from.

    >>> placeless("tmp/ipykernel_12/34.py:1: <Axes at 0x7f52ab8c>")
    '34.py:1: <Axes at 0x0>'
    """
    text = CELL_FILE.sub(r"\1", text) if "ipykernel_" in text else text
    return ADDRESS.sub(" at 0x0", text)


def make(
    this: Year, out: Path, engine_name: str | None = None, say: Callable[[str], None] = print,
    formats: Collection[str] = FORMATS, tell: Callable[[str], None] = print, final: bool = False,
) -> Path:  # fmt: skip
    """Make the report of a year below `out` and return its folder.

    A unit with communes below it has a report that puts theirs together; what those found is looked up in the
    finished ones below `this.reports`. `say` is given each step, `tell` a sentence for each thing of a person's that
    was kept. Raises DataError for unusable data (before anything runs), RunError for a cell that fails and NotFinal where
    it is to be `final` and can only be a draft. Where the unit's files change in the meantime, everything is done again.
    """
    for _ in range(moment.TRIES):
        with suppress(moment.Changed):
            return made(this, out, engine_name or engine.DEFAULT, say, formats, tell, final)
    raise moment.restless(this)


def made(this: Year, out: Path, engine_name: str, say, formats, tell, final: bool) -> Path:
    """`make`, once; raises moment.Changed where a file that the report is made from has changed in the meantime."""
    this = this.other(meant(this.root, this.unit))
    places.require_apart(this.root, out, this.unit, this.year)
    target = kinds.folder(out, this).absolute()
    whole = this.law.territory(this.year).is_whole(this.unit)
    books = manifest.ROLLUP if whole else kinds.books(this)
    with atomic_folders.workshop(target, RunError, tell) as folder:
        with moment.one(this), cache.within(folder) as kept:
            if not whole:
                checks.require(this)
            if final and (reasons := rollup.reasons(this)):
                raise NotFinal(reasons)
            record = inputs.described(this)
            outputs = contents(this, record, books, folder, engine_name, kept, say, formats)
        for name, content in outputs.items():
            (folder / name).write_bytes(content)
        diff.keep(target, record["key"])
    return target


def left_by(target: Path) -> list[str]:
    """What a failed run of the report at `target` has left and what it has left alone, a sentence each."""
    remains = atomic_folders.remains(target)
    lines = [f"Sổ đang chạy dở: {remains}"] if remains.exists() else []
    return lines + ([f"Báo cáo lập lần trước còn nguyên: {target}"] if manifest.read(target) else [])


def contents(
    this: Year, record: dict, books: Sequence[str], folder: Path, engine_name: str, kept: Path, say, formats
) -> dict[str, bytes]:
    """Every file of a report by name, its manifest last; the last of its `books` is the report."""
    about = {name: record[name] for name in ("key", "unit", "year", "kind")}
    outputs: dict[str, bytes] = {}
    executed: dict[str, nbformat.NotebookNode] = {}
    for number, name in enumerate(books, start=1):
        say(f"[{number}/{len(books) + 1}] {name}: đang chạy")
        executed[name] = settled(execute(name, this, folder, engine_name, kept), about)
        outputs[f"{name}.ipynb"] = (nbformat.writes(executed[name]) + "\n").encode()
        if "html" in formats:
            outputs[f"{name}.html"] = edition.review(executed[name], record, this)
    editions = {name: kind for kind, name in manifest.files(record).items() if kind in formats}
    say(f"[{len(books) + 1}/{len(books) + 1}] ghi báo cáo: {', '.join(editions)}")
    paper = document.from_notebook(executed[books[-1]], record["key"], document.homes(executed))
    if "xlsx" in formats:
        paper["sheets"] = rollup_forms.of(this) if books == manifest.ROLLUP else form_sheets.of(this, paper["blocks"])
    paper = correction.applied(this, paper)
    outputs |= {name: writers.write(kind, paper) for name, kind in editions.items()}
    if own := calculations.apart(paper):
        outputs |= {f"{calculations.FILE}.{kind}": writers.write(kind, own) for kind in calculations.FORMATS if kind in formats}
    told = {name: paper["meta"][name] for name in ("place", "draft")}
    told |= {"preliminary": True} if paper["meta"].get("preliminary") else {}
    if len(paper["meta"].get("standards", {})) > 1:
        told["standards"] = paper["meta"]["standards"]
    told["results"] = {name: {part: paper["figures"][name][part] for part in ("value", "text")} for name in RESULTS if known(paper, name)}
    told |= {"fonts": {name: held for name, kind in editions.items() if (held := held_fonts.of(kind, outputs[name]))}}
    return outputs | {manifest.FILE: manifest.written(record | told, outputs)}


def known(paper: dict, name: str) -> bool:
    """Whether a document prints the figure of this name, and its value is known."""
    return (paper["figures"].get(name) or {}).get("value") is not None
