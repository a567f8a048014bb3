"""The names that other libraries keep to themselves and that we need all the same: they stand here and nowhere else.

A new version may change them without a word. `NAMES` lists them; `tests/test_private_names.py` asks each library for
its own and says which one has gone, and from which version.
"""

import argparse
import os
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


class Name(NamedTuple):
    """A private name: whose it is ("python" or a distribution), where it is found, and its arguments if it is called."""

    library: str
    module: str
    name: str
    arguments: tuple[str, ...] | None = None


NAMES = (
    Name("python", "argparse", "ArgumentParser._actions"),
    Name("python", "argparse", "_"),
    Name("python", "argparse", "ngettext"),
    Name("python", "multiprocessing.forkserver", "_forkserver._forkserver_alive_fd"),
    Name("python", "multiprocessing.forkserver", "_forkserver._forkserver_pid"),
    Name("python", "multiprocessing.forkserver", "_forkserver._stop", ()),
    Name("python", "multiprocessing.resource_tracker", "_resource_tracker._pid"),
    Name("openpyxl", "openpyxl.worksheet.worksheet", "Worksheet._cells"),
    Name("nbclient", "nbclient.client", "_RGX_CARRIAGERETURN"),
    Name("nbclient", "nbclient.client", "NotebookClient._async_handle_timeout", ("self", "timeout", "cell")),
    Name("ipykernel", "ipykernel.ipkernel", "IPythonKernel._execute_sleep"),
    Name("ipykernel", "ipykernel.ipkernel", "IPythonKernel._abort_queues", ("self", "subshell_id")),
    Name("jupyter_server", "jupyter_server.services.contents.filecheckpoints", "AsyncFileCheckpoints._copy", ("self", "src", "dest")),
)


def options(parser: ArgumentParser) -> list[str]:
    """All that a parser of the command line knows: ["-h", "--help", "--unit", …]."""
    return [option for action in parser._actions for option in action.option_strings]


@contextmanager
def argparse_says(words: Mapping[str, str]) -> Iterator[None]:
    """Meanwhile argparse says `words` in place of its own English, which stays where there are none."""
    library: Any = argparse
    before = library._, library.ngettext
    library._ = lambda english: words.get(english, english)
    library.ngettext = lambda one, many, n: library._(one if n == 1 else many)
    try:
        yield
    finally:
        library._, library.ngettext = before


# multiprocessing: its warm server and its tracker of named resources, where they were loaded


def server() -> int | None:
    """The process of the warm server, if one runs."""
    loaded: Any = sys.modules.get("multiprocessing.forkserver")
    return loaded._forkserver._forkserver_pid if loaded else None


def stop_server() -> None:
    """Make multiprocessing forget its warm server; raises ChildProcessError where that has ended already."""
    loaded: Any = sys.modules["multiprocessing.forkserver"]
    loaded._forkserver._stop()


def let_go_of_server() -> None:
    """In a child of the warm server, if this is one: close the pipe by which that knows that somebody still needs it."""
    loaded: Any = sys.modules.get("multiprocessing.forkserver")
    known = loaded and loaded._forkserver
    if known and known._forkserver_alive_fd is not None:
        os.close(known._forkserver_alive_fd)
        known._forkserver_alive_fd = known._forkserver_pid = None


def tracker() -> int | None:
    """The process of the tracker of named resources, if one runs; it ends by itself when nobody holds its pipe."""
    loaded: Any = sys.modules.get("multiprocessing.resource_tracker")
    return loaded._resource_tracker._pid if loaded else None


# openpyxl


def cells(sheet: "Worksheet") -> "dict[tuple[int, int], Cell]":
    """The cells that are in the file, by row and column.

    The public iterators make every cell up to the last one, which is a million rows where somebody has formatted the
    bottom of the sheet.
    """
    return sheet._cells


# nbclient, ipykernel, jupyter_server: what their classes call of themselves


def replace_carriage_returns(client: ModuleType, expression: re.Pattern[str]) -> None:
    """Give the module `nbclient.client` another expression for what a carriage return in a cell's output overwrites."""
    client._RGX_CARRIAGERETURN = expression  # type: ignore[attr-defined]


class TimedOut:
    """Of nbclient's client: `overtime` is called when a cell has taken too long, before the client interrupts it."""

    def overtime(self, timeout: int, cell: Any) -> None: ...

    async def _async_handle_timeout(self, timeout, cell=None):
        self.overtime(timeout, cell)
        return await super()._async_handle_timeout(timeout, cell)  # type: ignore[misc]


class Unqueued:
    """Of ipykernel's kernel: nothing is queued, and it does not rest after a cell for the threads of its sockets."""

    _execute_sleep: Any = 0

    def _abort_queues(self, subshell_id=None) -> None: ...


class Copied:
    """Of jupyter_server's checkpoints: `copy` makes and puts back the copies of a file."""

    def copy(self, source: str, target: str) -> None: ...

    async def _copy(self, src, dest):
        self.copy(src, dest)
