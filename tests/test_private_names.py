"""The names that other libraries keep to themselves: each is still there, and none is used but through their one module."""

import ast
import asyncio
import importlib
import inspect
import os
import pkgutil
import platform
import re
import textwrap
from importlib.metadata import version
from multiprocessing import resource_tracker
from types import SimpleNamespace

import pytest
from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.filecheckpoints import AsyncFileCheckpoints
from nbclient import NotebookClient
from openpyxl import Workbook

import giamngheo
from conftest import PROJECT
from giamngheo import private_names
from giamngheo.cli import parser
from giamngheo.lab import contents
from giamngheo.private_names import NAMES, Name
from giamngheo.run import descendants, engine, forkserver, kernel

LIBRARY = PROJECT / "lib" / "giamngheo"
MADE = {"Worksheet": lambda _: Workbook().active, "ArgumentParser": lambda class_: class_()}  # that get theirs when they are made
DOCUMENTED = {"_replace", "_fields", "_repr_html_", "_repr_mimebundle_"}  # of named tuples, and of what Jupyter shows


def missing(one: Name) -> str:
    """What is no longer as we use it, with the library and its version; "" where all is."""
    has = f"{one.library} {platform.python_version() if one.library == 'python' else version(one.library)}"
    first, _, then = one.name.partition(".")
    owner = getattr(importlib.import_module(one.module), first, None)
    found = inspect.getattr_static(MADE.get(first, lambda same: same)(owner), then, None) if then and owner else owner
    if found is None and not (owner and then in vars(owner)):
        return f"{has}: {one.module} has no {one.name}; private_names.py needs it"
    if one.arguments is not None and (now := tuple(inspect.signature(getattr(owner, then)).parameters)) != one.arguments:
        return f"{has}: {one.module} calls {one.name} with {now}, not {one.arguments}, as private_names.py does"
    return ""


@pytest.mark.parametrize("one", NAMES, ids=lambda one: f"{one.library}-{one.name}")
def test_each_private_name_is_there_in_the_version_that_is_installed(one):
    assert missing(one) == ""


def test_a_name_that_a_new_version_drops_is_told_with_its_library_and_version(monkeypatch):
    renamed = Name("nbclient", "nbclient.client", "NotebookClient._handle_timeout")
    assert missing(renamed) == (
        f"nbclient {version('nbclient')}: nbclient.client has no NotebookClient._handle_timeout; private_names.py needs it"
    )
    other = Name("ipykernel", "ipykernel.ipkernel", "IPythonKernel._abort_queues", ("self",))
    assert missing(other) == (
        f"ipykernel {version('ipykernel')}: ipykernel.ipkernel calls IPythonKernel._abort_queues with "
        "('self', 'subshell_id'), not ('self',), as private_names.py does"
    )


# what each is for


def test_only_the_cells_that_are_in_the_file_are_given():
    sheet = Workbook().active
    sheet["A1"], sheet["C7"] = "Thôn", 242
    assert {place: cell.value for place, cell in private_names.cells(sheet).items()} == {(1, 1): "Thôn", (7, 3): 242}


def test_the_options_of_a_command_are_those_its_help_lists():
    assert private_names.options(parser().verbs["why"]) == ["-h", "--help", "--data", "--out", "--unit", "--year", "--kind"]


def test_the_tracker_is_the_process_that_multiprocessing_started():
    resource_tracker.ensure_running()
    assert descendants.parents()[private_names.tracker()] == os.getpid()


def test_nbclient_asks_our_client_before_it_interrupts_a_cell():
    asked = []
    client = engine.Client.__new__(engine.Client)
    client.overtime = lambda timeout, cell: asked.append((timeout, cell))
    NotebookClient.__init__(client, SimpleNamespace(cells=[]), interrupt_on_timeout=True)
    client.km = SimpleNamespace(interrupt_kernel=lambda: asked.append("interrupted"))
    asyncio.run(client._async_handle_timeout(600, None))
    assert asked == [(600, None), "interrupted"]


@pytest.mark.parametrize(("ours", "theirs"), [
    (engine.Client, NotebookClient), (kernel.PipeKernel, IPythonKernel), (contents.Checkpoints, AsyncFileCheckpoints),
])  # fmt: skip
def test_our_way_stands_before_theirs(ours, theirs):
    order = ours.__mro__
    assert any(order.index(one) < order.index(theirs) for one in order if one.__module__ == private_names.__name__)


def test_the_copies_of_jupyter_server_are_made_by_our_copy():
    class Told(private_names.Copied, AsyncFileCheckpoints):
        def copy(self, source, target):
            told.append((source, target))

    told = []
    asyncio.run(Told()._copy("a.ipynb", "b.ipynb"))
    assert told == [("a.ipynb", "b.ipynb")]


# everywhere else none


def private(name: str) -> bool:
    return name.startswith("_") and not re.fullmatch("__.+__|_+", name) and name not in DOCUMENTED


def defined(tree: ast.AST) -> set[str]:
    """The private names that a file gives to functions, classes, variables and attributes of its own."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            found.add(node.attr)
    return found


def foreign(text: str) -> list[str]:
    """The private names of others that a file uses, as `line: name`."""
    tree, found = ast.parse(text), []
    own = defined(tree)
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Attribute) and node.attr not in own:
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] != "giamngheo":
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [part for alias in node.names for part in alias.name.split(".")]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "setattr", "hasattr", "delattr"):
            names = [one.value for one in node.args[1:2] if isinstance(one, ast.Constant)]
        found += [f"{node.lineno}: {name}" for name in names if private(name)]
    return found


@pytest.mark.parametrize(("line", "found"), [
    ("sheet._cells", ["1: _cells"]),
    ("sheet._cells = {}", ["1: _cells"]),
    ("from nbclient.client import _RGX_CARRIAGERETURN", ["1: _RGX_CARRIAGERETURN"]),
    ("from fontTools.ttLib.tables._c_m_a_p import CmapSubtable", ["1: _c_m_a_p"]),
    ("import fontTools.ttLib.tables._c_m_a_p", ["1: _c_m_a_p"]),
    ("getattr(cell, '_style')", ["1: _style"]),
    ("class A:\n def of(self):\n  self._known = {}\n  return self._known", []),
    ("group._replace(year=2022)", []),
    ("vars(this).__dict__", []),
])  # fmt: skip
def test_a_private_name_of_another_is_found(line, found):
    assert foreign(line) == found


def test_no_other_module_uses_a_private_name_of_a_library():
    files = [path for path in sorted(LIBRARY.rglob("*.py")) if path.name != "private_names.py"]
    used = {path.relative_to(LIBRARY).as_posix(): foreign(path.read_text(encoding="utf-8")) for path in files}
    assert {file: names for file, names in used.items() if names} == {}
    assert len(files) > 150


def test_no_class_takes_the_place_of_what_its_library_keeps_to_itself():
    taken = set()
    for module in pkgutil.walk_packages(giamngheo.__path__, "giamngheo."):
        if module.name in (private_names.__name__, forkserver.WARM):  # the second makes a kernel when it is imported
            continue
        for class_ in vars(importlib.import_module(module.name)).values():
            if isinstance(class_, type) and class_.__module__ == module.name:
                others = [base for base in class_.__mro__[1:] if not base.__module__.startswith("giamngheo")]
                source = ast.parse(textwrap.dedent(inspect.getsource(class_)))
                names = {name for name in defined(source) & set(vars(class_)) if private(name)}
                taken |= {f"{class_.__name__}.{name}" for name in names if any(name in vars(base) for base in others)}
    assert taken == set()
