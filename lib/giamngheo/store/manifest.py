"""The record of a run: what went in, what came out, with which code.

The manifest key is the unit, the year (and kind of report) and the hash of everything that goes into a report: the files of the unit,
the law, the notebooks, the library, the parameters and the versions of the packages that compute and draw. Equal
key, equal bytes. What is hashed is the bytes on disk, line ends among them; `.gitattributes` keeps those the same in
every clone. Nothing in it says when, where or by whom the report was made. Every output carries the key.
"""

import hashlib
import json
import os
import platform
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from giamngheo import shipped, writers
from giamngheo.store import atomic_folders, belongings
from giamngheo.store.cache import changed
from giamngheo.vietnamese.terms import PRELIMINARY
from giamngheo.writers import fonts

FILE = belongings.MANIFEST
FORMATS = tuple(writers.FORMATS)  # of the report
BOOKS = ("01_review", "02_budget", "03_checks", "04_report")
ROLLUP = ("05_rollup",)  # of a unit that has communes below it
MAKERS = (
    "babel", "ipykernel", "matplotlib", "mistune", "nbconvert", "numpy", "openpyxl", "pandas", "papermill",
    "python-docx", "pyyaml", "seaborn", "typst", "xlsxwriter",
)  # fmt: skip


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def hashed(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """sha256 of each file by its path below `root`."""
    above = f"{root.as_posix()}/"
    return {path.as_posix().removeprefix(above): sha256(path.read_bytes()) for path in paths}


def files_below(folder: Path) -> list[Path]:
    """Every file of a folder and its folders, in order; no caches, no hidden files, no open Office documents."""
    found, seen = [], set()
    for place, folders, names in os.walk(folder, followlinks=True):
        if (real := os.path.realpath(place)) in seen:  # a link that leads round in a circle
            folders[:] = []
            continue
        seen.add(real)
        folders[:] = [name for name in folders if name != "__pycache__"]
        found += [Path(place, name) for name in names if not name.startswith((".", "~$"))]
    return sorted(found)


def library_files() -> list[Path]:
    """Every file of the library, without the workbook that a wheel has inside it."""
    return [path for path in files_below(shipped.PACKAGE) if shipped.INSIDE not in path.parents]


@cache
def library() -> dict[str, str]:
    """sha256 of every file of the library, templates and fonts among them, by its path in the repository."""
    return {f"lib/giamngheo/{name}": digest for name, digest in hashed(library_files(), shipped.PACKAGE).items()}


@cache
def library_state() -> dict[str, tuple[int, int]]:
    """When every file of the library was written and its size, as first asked: when its code was loaded."""
    return library_state_now()


def library_state_now() -> dict[str, tuple[int, int]]:
    return {str(path): changed(path) for path in library_files()}


def code(books: Iterable[Path]) -> dict[str, str]:
    """sha256 of the notebooks of a report and of the library."""
    return {f"notebooks/{path.name}": unchanged(path) for path in books} | library()


@cache
def versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: version(name) for name in MAKERS}


@cache
def typeface() -> dict[str, str]:
    """The font the PDF is to be set in, and the sha256 of its files where they are the machine's own.

    What a finished file really holds is read from it (`writers.held_fonts`) and stands beside its hash.
    """
    return {"name": fonts.serif()} | {Path(path).name: sha256(Path(path).read_bytes()) for path in fonts.installed()}


def unchanged(path: Path) -> str:
    """sha256 of a file that many reports share, read once while it has not changed."""
    return _unchanged(path, changed(path))


@lru_cache
def _unchanged(path: Path, _changed: tuple[int, int]) -> str:
    return sha256(path.read_bytes())


def keyed(about: dict, place: str, inputs: dict[str, str], books: Iterable[Path]) -> dict:
    """The manifest of a report before it is made: what it is (`about`: unit, year, kind, name of its files), what goes into it.

    `place` is the name of its folder below the unit's.
    """
    record = about | {"inputs": inputs, "code": code(books), "versions": versions(), "font": typeface()}
    return {"key": f"{about['unit']}/{place}/{sha256(json.dumps(record, sort_keys=True).encode())}"} | record


def report(record: dict) -> str:
    """The name of the notebook among a finished report's files that is the report itself; "" where there is none."""
    return max((name for name in record["outputs"] if name.endswith(".ipynb")), default="")


def place(record: dict) -> str:
    """The name of a report's folder below its unit's."""
    return record["key"].split("/")[1]


def files(record: dict) -> dict[str, str]:
    """The name of the report itself in each format; a report of an older version is called bao-cao."""
    return {kind: writers.file(kind, record.get("file", "bao-cao")) for kind in FORMATS}


def written(record: dict, outputs: dict[str, bytes]) -> bytes:
    """The text of `manifest.json`: the record and the sha256 of every output."""
    whole = record | {"outputs": {name: sha256(content) for name, content in sorted(outputs.items())}}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def read(folder: Path) -> dict | None:
    """The manifest of a finished report; None where there is none, or what is there is no manifest."""
    atomic_folders.mend(folder)
    return belongings.about(folder) or None


def early(record: dict) -> bool:
    """Whether the result of a report, or one of several, was not official yet; that is not whether the report is a draft."""
    return bool(record.get("preliminary")) or any(PRELIMINARY in line for line in record["draft"])


PARTS = {"inputs": "số liệu", "code": "mã", "versions": "phiên bản", "font": "phông chữ"}


def changes(before: dict, now: dict) -> list[str]:
    """What differs between two manifests, one line each.

    >>> changes({"inputs": {"a.csv": "1", "b.csv": "1"}}, {"inputs": {"a.csv": "2", "c.csv": "1"}})
    ['số liệu: đổi a.csv', 'số liệu: bỏ b.csv', 'số liệu: thêm c.csv']
    """
    lines = []
    for part, label in PARTS.items():
        old, new = before.get(part, {}), now.get(part, {})
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                happened = "thêm" if name not in old else "bỏ" if name not in new else "đổi"
                lines.append(f"{label}: {happened} {name}")
    return lines
