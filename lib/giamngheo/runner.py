"""One report, from parameters to finished files: check, execute the notebooks, write the editions.

papermill executes; what it leaves open is closed here: parameters are checked before anything starts, codes
keep their leading zeros, Vietnamese stays readable in the injected cell, nothing in the outputs depends on
the clock, and a failed run leaves its half-executed notebook but no report that looks finished.
"""

import difflib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from papermill.translators import PythonTranslator, papermill_translators

from giamngheo import checks, document, exporters, manifest
from giamngheo.writers import docx, html, pdf

NOTEBOOKS = ("01_review", "02_budget", "03_checks", "04_report")
REPORT = "04_report"
EDITIONS = {"bao-cao.html": html.write, "bao-cao.pdf": pdf.write, "bao-cao.docx": docx.write}


class ParameterError(ValueError):
    """A parameter that no notebook declares, or a value of the wrong type."""


class RunError(RuntimeError):
    """A notebook stopped at a cell; the message names the notebook, the cell and the cause in two lines."""


class ReadableTranslator(PythonTranslator):
    """Text parameters as Python writes them, so that `xã` is not turned into `x\\xe3`."""

    @classmethod
    def translate_str(cls, val):
        return repr(val)


papermill_translators.register("python", ReadableTranslator)


def notebook_path(name: str) -> Path:
    return manifest.NOTEBOOKS / f"{name}.ipynb"


def checked(given: dict[str, object]) -> dict[str, object]:
    """`given` parameters with the types the notebooks declare; an unknown name or a wrong type is refused.

    Raises ParameterError with what is declared and the nearest name.
    """
    declared = papermill.inspect_notebook(str(notebook_path(REPORT)))
    for name in given:
        if name not in declared:
            near = difflib.get_close_matches(name, declared, n=1)
            guess = f"; có phải là {near[0]}?" if near else ""
            raise ParameterError(f"Không có tham số {name}{guess} Các tham số: {', '.join(declared)}.")
    return {name: typed(name, value, declared[name]["inferred_type_name"]) for name, value in given.items()}


def typed(name: str, value: object, kind: str) -> object:
    if kind == "int" and not isinstance(value, bool) and str(value).isascii() and str(value).isdigit():
        return int(value)
    if kind == "str" and isinstance(value, str):
        return value
    wanted = {"int": "một số nguyên, ví dụ 2022", "str": "một chuỗi chữ, ví dụ kong-long-khong"}[kind]
    raise ParameterError(f"Tham số {name} phải là {wanted}; nhận được {value!r}.")


def execute(name: str, unit: str, year: int, folder: Path, engine: str | None) -> Path:
    """Execute one notebook into `folder`; raises RunError where a cell fails."""
    target = folder / f"{name}.ipynb"
    try:
        papermill.execute_notebook(
            str(notebook_path(name)), str(target), {"unit": unit, "year": year}, cwd=str(folder), engine_name=engine,
            progress_bar=False, log_output=False, request_save_on_cell_execute=False, record_timing=False,
        )  # fmt: skip
    except PapermillExecutionError as error:
        raise RunError(
            f"Sổ {name}.ipynb dừng ở ô tính thứ {error.cell_index}: {error.source.strip().splitlines()[0]}\n"
            f"Nguyên nhân: {error.ename}: {error.evalue}"
        ) from error
    return target


def settled(path: Path, about: dict) -> nbformat.NotebookNode:
    """The executed notebook without what differs from run to run, with numbered cells and its manifest key."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    notebook.metadata["giamngheo"] = about
    number = 0
    for place, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"injected-parameters-{place}"
        if cell.cell_type == "code":
            number += 1
            cell.metadata["number"] = number
    nbformat.write(notebook, path)
    return notebook


def make(unit: str, year: int, out: Path, engine: str | None = None, say: Callable[[str], None] = print) -> Path:
    """Make the report of `unit` and `year` below `out` and return its folder.

    Raises DataError for unusable data (before anything runs) and RunError for a cell that fails.
    """
    checks.require(unit, year)
    record = manifest.described(unit, year)
    about = {"key": record["key"], "unit": unit, "year": year}
    target = out / unit / str(year)
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{year}-", dir=target.parent))
    try:
        outputs, executed = {}, {}
        for number, name in enumerate(NOTEBOOKS, start=1):
            say(f"[{number}/{len(NOTEBOOKS) + 1}] {name}: đang chạy")
            executed[name] = settled(execute(name, unit, year, folder, engine), about)
            outputs[f"{name}.ipynb"] = (folder / f"{name}.ipynb").read_bytes()
            outputs[f"{name}.html"] = exporters.review(executed[name])
        say(f"[{len(NOTEBOOKS) + 1}/{len(NOTEBOOKS) + 1}] ghi báo cáo: {', '.join(EDITIONS)}")
        paper = document.from_notebook(executed[REPORT], record["key"], document.homes(executed))
        outputs |= {name: write(paper) for name, write in EDITIONS.items()}
        for name, content in outputs.items():
            (folder / name).write_bytes(content)
        manifest.write(folder / "manifest.json", record, outputs)
        replace(folder, target)
    except BaseException:
        keep_broken(folder, target)
        raise
    return target


def replace(folder: Path, target: Path) -> None:
    """Put the finished folder in the place of the old one."""
    if target.exists():
        shutil.rmtree(target)
    os.rename(folder, target)
    target.chmod(0o755)


def keep_broken(folder: Path, target: Path) -> None:
    """After a failed run only the notebooks stay, half-executed, for whoever looks for the cause."""
    for path in folder.iterdir():
        if path.suffix != ".ipynb":
            path.unlink()
    replace(folder, target)
