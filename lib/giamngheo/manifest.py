"""The record of a run: what went in, what came out, with which code.

The manifest key is the hash of everything that goes into a report: the unit's files, the law, the
notebooks, the library, the parameters and the versions of the packages that compute and draw. Equal key,
equal bytes. Nothing in it says when, where or by whom the report was made.
"""

import hashlib
import json
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from giamngheo import data
from giamngheo.writers import fonts

PACKAGE = Path(__file__).parent
PROJECT = PACKAGE.parents[1]
NOTEBOOKS = PROJECT / "notebooks"
LAW = ("dictionary", "standards", "indicators", "programme", "categories", "units", "forms")
MAKERS = (
    "babel", "ipykernel", "matplotlib", "mistune", "nbconvert", "numpy", "openpyxl", "pandas", "papermill",
    "python-docx", "pyyaml", "seaborn", "typst",
)  # fmt: skip


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def files_below(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(p for p in found if "__pycache__" not in p.parts and not p.name.startswith((".", "~$")))


@cache
def code() -> dict[str, str]:
    """sha256 of the notebooks and of the library, as two numbers."""
    return {
        "notebooks": sha256(b"".join(path.read_bytes() for path in sorted(NOTEBOOKS.glob("*.ipynb")))),
        "library": sha256(b"".join(path.read_bytes() for path in files_below(PACKAGE))),
    }


@cache
def versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: version(name) for name in MAKERS}


def inputs(unit: str, year: int) -> dict[str, str]:
    """sha256 of every file a report of `unit` and `year` reads: both years, the unit's frame, the law."""
    root = data.root()
    folders = [root / unit / str(year), root / unit / str(year - 1)]
    files = [path for folder in folders for path in files_below(folder)]
    files += [path for path in [root / unit / "unit.yml"] if path.exists()]
    listed = {path.relative_to(root).as_posix(): sha256(path.read_bytes()) for path in files}
    return listed | {f"{name}.csv": sha256(data.law_path(name).read_bytes()) for name in LAW}


def described(unit: str, year: int) -> dict:
    """The manifest of a run before it starts, with its key."""
    record = {
        "unit": unit,
        "year": year,
        "inputs": inputs(unit, year),
        "code": code(),
        "versions": versions(),
        "font": fonts.serif(),
    }
    return {"key": sha256(json.dumps(record, sort_keys=True).encode())} | record


def write(path: Path, record: dict, outputs: dict[str, bytes]) -> None:
    """Write `manifest.json`: the record and the sha256 of every output."""
    whole = record | {"outputs": {name: sha256(content) for name, content in sorted(outputs.items())}}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
