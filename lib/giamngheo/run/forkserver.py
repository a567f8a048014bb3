"""Processes forked from a warm one: where they come from and what they are cut off from."""

import ctypes
import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from multiprocessing import forkserver
from types import ModuleType

from giamngheo import private_names

WARM = "giamngheo.run.preload"
PR_SET_PDEATHSIG = 1


def context():
    """What forks a run: this process where it was itself forked warm and has one thread, else a warm server."""
    if multiprocessing.parent_process() and WARM in sys.modules and len(os.listdir("/proc/self/task")) == 1:
        return multiprocessing.get_context("fork")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload([WARM])
    return server


def prepare() -> None:
    """Start the warm server now, so that it loads what a run needs while this process does other things.

    A Ctrl-C in the terminal is for the one who started it.
    """
    if sys.platform == "linux" and not multiprocessing.parent_process():
        context()
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            forkserver.ensure_running()
        finally:
            signal.signal(signal.SIGINT, heard)


def start(process) -> None:
    """Start a process of `context()`; it needs nothing of the script that started it, and must not run that again."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = main


def end(process) -> None:
    """End a process of `context()` at once, with all that it started in its session."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def detach() -> None:
    """In a forked process: Ctrl-C in a terminal goes to the one who started it, and it dies when that one does.

    A warm server lives as long as someone holds its pipe. Its own children let go of it here, so that it ends, and
    they with it, when the one who started it has gone.
    """
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    private_names.let_go_of_server()
