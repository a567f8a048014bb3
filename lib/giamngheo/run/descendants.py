"""The processes that this one started, and theirs: none outlives the command that started them.

On Linux only, where orphans can be made to come back to us; elsewhere nothing is followed.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from giamngheo import private_names

PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 5  # seconds until killed processes have gone


@contextmanager
def none_left() -> Iterator[None]:
    """Whatever is started meanwhile has ended afterwards, also what a notebook's cell started and forgot."""
    if sys.platform != "linux":
        yield
        return
    before = of(os.getpid())
    adopt(True)
    try:
        yield
    finally:
        with suppress(OSError):  # no file can be opened, not even of /proc
            end(before)
        adopt(False)


def adopt(orphans: bool) -> None:
    """Whether processes whose parents end become children of this one."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, int(orphans), 0, 0, 0)


def end(but: set[int]) -> None:
    """Kill all descendants `but` these and theirs; the warm server and its tracker end as multiprocessing ends them."""
    until = time.monotonic() + PATIENCE
    spared = but | {process for process in [private_names.tracker()] if process}
    while (left := of(os.getpid(), spared)) and time.monotonic() < until:
        for process in left:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        stop_server(left)
        reap(left)
        time.sleep(0.01)


def reap(processes: set[int]) -> None:
    """Take note of the end of those that are our own children."""
    for process in processes:
        with suppress(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def stop_server(killed: set[int]) -> None:
    """Make multiprocessing forget its warm server where that was `killed`."""
    if private_names.server() in killed:
        with suppress(ChildProcessError, OSError):
            private_names.stop_server()


def of(ancestor: int, but: frozenset[int] | set[int] = frozenset()) -> set[int]:
    """The processes below `ancestor`, without those `but` and what is below them."""
    children: dict[int, list[int]] = {}
    for process, parent in parents().items():
        children.setdefault(parent, []).append(process)
    found, open_ = set(), [ancestor]
    while open_:
        below = [process for process in children.get(open_.pop(), []) if process not in but]
        found.update(below)
        open_ += below
    return found


def parents() -> dict[int, int]:
    """Every living process of this machine with its parent."""
    found = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            state, parent = place.read_text(errors="replace").rpartition(")")[2].split()[:2]
            if state != "Z" or int(parent) == os.getpid():
                found[int(place.parent.name)] = int(parent)
    return found
