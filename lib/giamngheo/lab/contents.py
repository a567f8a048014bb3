"""Notebooks in two halves: the calculation, which the repository keeps, and its results, which stay on this desk.

A notebook of `notebooks/` is saved there without results and with the parameters the repository declares;
the whole of it, with its results and the unit and year typed into it, goes to `outputs/.lab/`, which git
ignores. Opening it joins the two again, so nothing is lost and a run never shows up as a change.
"""

import copy
import io
import json
import re
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jupyter_server.services.contents.filecheckpoints import AsyncFileCheckpoints
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError
from traitlets import default

from giamngheo import private_names
from giamngheo.findings import DataError, unusable
from giamngheo.store import atomic

NOTEBOOKS, DESK = Path("notebooks"), Path("outputs", ".lab")
ASSIGNMENT = re.compile(r"(?m)^(\w+)(: \w+ = ).*?(  # .*)?$")


class Checkpoints(private_names.Copied, AsyncFileCheckpoints):
    """The copies to which JupyterLab can go back, written and put back in one step."""

    def copy(self, source, target):
        with refusals():
            atomic.put(Path(target), Path(source).read_bytes())


class Contents(AsyncLargeFileManager):
    """JupyterLab's files, with the notebooks of `notebooks/` in two halves."""

    @default("checkpoints_class")
    def own_checkpoints(self):
        return Checkpoints

    async def get(self, path, content=True, type=None, format=None, require_hash=False):
        model = await super().get(path, content, type, format, require_hash)
        if content and model["type"] == "notebook" and self.halves(path):
            model["content"] = opened(Path(self.root_dir), Path(path).name)
            self.mark_trusted_cells(model["content"], path)
        return model

    async def save(self, model, path=""):
        if model.get("type") == "notebook" and self.halves(path):
            whole = nbformat.from_dict(model["content"])
            self.check_and_sign(whole, path)
            desk = Path(self.root_dir) / DESK / Path(path).name
            with refusals():
                written(whole, desk)
                model = model | {"content": calculation(whole, declared(Path(self.root_dir), desk.name))}
        return await super().save(model, path)

    def halves(self, path: str) -> bool:
        return Path(path.strip("/")).parent == NOTEBOOKS

    @contextmanager
    def atomic_writing(self, os_path, text=True, encoding="utf-8", **_):
        """Whatever is saved is written in one step; the server's own way empties the file first."""
        file = io.StringIO() if text else io.BytesIO()
        yield file
        with refusals():
            atomic.put(Path(os_path), file.getvalue(), encoding)


@contextmanager
def refusals():
    """What cannot be written is told where it was to be saved, in the sentence that names the file."""
    try:
        yield
    except DataError as refused:
        raise HTTPError(500, str(refused)) from refused
    except OSError as error:
        raise HTTPError(500, str(unusable(error))) from error


def prepare(root: Path, unit: str, year: int, kind: str = "") -> list[str]:
    """Put `unit`, `year` and `kind` into the desk's half of every notebook below `root`; returns the notebooks' names.

    Results of another unit, year or kind are not kept: they would stand under parameters that did not make them.
    """
    names = sorted(path.name for path in (root / NOTEBOOKS).glob("*.ipynb"))
    for name in names:
        notebook = opened(root, name)
        cell = parameters(notebook)
        wanted = assigned(cell.source, {"unit": unit, "year": year, "kind": kind}) if cell else ""
        if cell and cell.source != wanted:
            cell.source = wanted
            fresh = nbformat.read(root / NOTEBOOKS / name, as_version=4)
            take_parameters(notebook, fresh)
            written(fresh, root / DESK / name)
    return names


def declared(root: Path, name: str) -> nbformat.NotebookNode | None:
    """The notebook as the repository has it; None for a new one."""
    path = root / NOTEBOOKS / name
    return nbformat.read(path, as_version=4) if path.exists() else None


def opened(root: Path, name: str) -> nbformat.NotebookNode:
    """The repository's notebook with the desk's parameters, and with its results if the cells are the same."""
    ours, path = nbformat.read(root / NOTEBOOKS / name, as_version=4), root / DESK / name
    if not path.exists():
        return ours
    desk = nbformat.read(path, as_version=4)
    typed, repository = parameters(desk), parameters(ours)
    if typed and repository:
        typed.source = completed(typed.source, repository.source)
    if calculation(desk, ours) == ours:
        return desk
    take_parameters(desk, ours)
    return ours


def calculation(whole: nbformat.NotebookNode, ours: nbformat.NotebookNode | None) -> nbformat.NotebookNode:
    """`whole` without results; metadata and parameters as in `ours`, the repository's version of it."""
    bare = copy.deepcopy(whole)
    for cell in bare.cells:
        cell.metadata = {name: value for name, value in cell.metadata.items() if name == "tags"}
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if ours is not None:
        bare.metadata, bare.nbformat_minor = ours.metadata, ours.nbformat_minor
        take_parameters(ours, bare)
    return nbformat.from_dict(bare)


def take_parameters(source: nbformat.NotebookNode, target: nbformat.NotebookNode) -> None:
    """Write the parameters of `source` into `target`, where both have such a cell."""
    given, cell = parameters(source), parameters(target)
    if given and cell:
        cell.source = given.source


def parameters(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode | None:
    """The cell tagged `parameters`."""
    return next((cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])), None)


def completed(source: str, declared: str) -> str:
    """A parameters cell with the lines of those `declared` that it lacks: one typed over, or of an earlier version.

    >>> completed('unit = "xã-b"', 'unit: str = "a"\\nkind: str = ""').splitlines()
    ['unit = "xã-b"', 'kind: str = ""']
    """
    there = set(re.findall(r"(?m)^(\w+)\s*[:=]", source))
    return "\n".join([source, *(line[0] for line in ASSIGNMENT.finditer(declared) if line[1] not in there)])


def assigned(source: str, values: dict[str, object]) -> str:
    """A parameters cell with `values` in place of those it declares.

    >>> assigned('unit: str = "a"  # mã đơn vị\\nyear: int = 2022', {"unit": "xã-b", "year": 2024})
    'unit: str = "xã-b"  # mã đơn vị\\nyear: int = 2024'
    """

    def line(found: re.Match) -> str:
        name, declared_as, help_text = found.groups(default="")
        if name not in values:
            return found[0]
        return f"{name}{declared_as}{json.dumps(values[name], ensure_ascii=False)}{help_text}"

    return ASSIGNMENT.sub(line, source)


def written(notebook: nbformat.NotebookNode, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.put(path, nbformat.writes(notebook) + "\n")
