"""The record of a run: what went in, what came out, with which code.

The manifest key is the unit, the year and the hash of everything that goes into a report: the files of the unit,
the law, the notebooks, the library, the parameters and the versions of the packages that compute and draw. Equal
key, equal bytes. Nothing in it says when, where or by whom the report was made. Every output carries the key.
"""

import hashlib
import json
import os
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from giamngheo import data, standards
from giamngheo.writers import fonts

PACKAGE = Path(__file__).parent
PROJECT = PACKAGE.parents[1]
NOTEBOOKS = PROJECT / "notebooks"
FILE = "manifest.json"
BOOKS = ("01_review", "02_budget", "03_checks", "04_report")
ROLLUP = ("05_rollup",)
MAKERS = (
    "babel", "ipykernel", "matplotlib", "mistune", "nbconvert", "numpy", "openpyxl", "pandas", "papermill",
    "python-docx", "pyyaml", "seaborn", "typst",
)  # fmt: skip


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def hashed(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """sha256 of each file by its path below `root`."""
    return {path.relative_to(root).as_posix(): sha256(path.read_bytes()) for path in paths}


def files_below(folder: Path) -> list[Path]:
    """Every file of a folder and its folders, in order; no caches, no hidden files, no open Office documents."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        found += [Path(place, name) for name in names if not name.startswith((".", "~$"))]
    return sorted(found)


@cache
def library() -> dict[str, str]:
    """sha256 of every file of the library, templates and fonts among them."""
    return hashed(files_below(PACKAGE), PROJECT)


def code(books: Iterable[str] = BOOKS) -> dict[str, str]:
    """sha256 of the notebooks of a report and of the library."""
    return {f"notebooks/{name}.ipynb": sha256((NOTEBOOKS / f"{name}.ipynb").read_bytes()) for name in books} | library()


@cache
def versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: version(name) for name in MAKERS}


@cache
def typeface() -> dict[str, str]:
    """The font the PDF is set in, and the sha256 of its files where they are the machine's own."""
    return {"name": fonts.serif()} | {Path(path).name: sha256(Path(path).read_bytes()) for path in fonts.installed()}


def input_paths(unit: str, year: int) -> list[Path]:
    """Every file of the data folder that a report reads: both years and the frame of the unit and its predecessors."""
    root = data.root()
    places = [root / unit / str(year), root / unit / str(year - 1)]
    places += [root / name / str(year - 1) for name in standards.predecessors(unit)]
    frames = [root / name / "unit.yml" for name in (unit, *standards.predecessors(unit))]
    return [path for place in places for path in files_below(place)] + [path for path in frames if path.exists()]


@cache
def law_file(path: Path, _changed: int) -> str:
    return sha256(path.read_bytes())


def law() -> dict[str, str]:
    """sha256 of every law table."""
    paths = {f"{name}.csv": data.law_path(name) for name in data.LAW}
    return {name: law_file(path, path.stat().st_mtime_ns) for name, path in paths.items()}


def described(unit: str, year: int) -> dict:
    """The manifest of a unit's report before it is made, with its key."""
    return keyed(unit, year, hashed(input_paths(unit, year), data.root()) | law(), BOOKS)


def of_whole(parent: str, year: int, keys: Iterable[str]) -> dict:
    """The manifest of the report that puts together the units whose reports have these `keys`, before it is made."""
    below = {unit: digest for unit, _, digest in (key.split("/") for key in keys)}
    own = [path for path in (data.root() / parent / "unit.yml",) if path.exists()] + files_below(data.root() / parent / str(year))
    return keyed(parent, year, below | hashed(own, data.root()) | law(), ROLLUP)


def keyed(unit: str, year: int, inputs: dict[str, str], books: Iterable[str]) -> dict:
    record = {"unit": unit, "year": year, "inputs": inputs}
    record |= {"code": code(books), "versions": versions(), "font": typeface()}
    return {"key": f"{unit}/{year}/{sha256(json.dumps(record, sort_keys=True).encode())}"} | record


def written(record: dict, outputs: dict[str, bytes]) -> bytes:
    """The text of `manifest.json`: the record and the sha256 of every output."""
    whole = record | {"outputs": {name: sha256(content) for name, content in sorted(outputs.items())}}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def read(folder: Path) -> dict | None:
    """The manifest of a finished report; None where there is none."""
    path = folder / FILE
    return json.loads(path.read_bytes()) if path.exists() else None


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
