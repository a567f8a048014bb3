"""Processes forked from a warm one: where they come from and what they are cut off from."""

import ctypes
import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing.context import ForkProcess
from types import ModuleType

from giamngheo import private_names

WARM = "giamngheo.run.preload"
PR_SET_PDEATHSIG = 1


STOPS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} if os.name == "posix" else set()


def context():
    """What forks a run: this process where it is warm and has one thread, else a warm server."""
    if WARM in sys.modules and len(os.listdir("/proc/self/task")) == 1:
        return multiprocessing.get_context("fork")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload([WARM])
    return server


def become_warm() -> None:
    """Make this process the one that its runs are forked from: all that they need is imported once, here.

    It has to come first, in a process that is a command and nothing else.
    """
    if sys.platform == "linux":
        import_module(WARM)


def start(process) -> None:
    """Start a process of `context()`; it needs nothing of the script that started it, and must not run that again.

    What asks the one who starts it to stop is heard by that one alone, also before the process is `detach`ed.
    """
    main, forked = sys.modules["__main__"], isinstance(process, ForkProcess)
    if not forked:
        sys.modules["__main__"] = ModuleType("__main__")
    waiting = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS) if forked else set()
    try:
        process.start()
    finally:
        sys.modules["__main__"] = main
        if forked:
            signal.pthread_sigmask(signal.SIG_SETMASK, waiting)


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
    for number in STOPS:
        if callable(signal.getsignal(number)):  # of the command that this process is a copy of
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    private_names.let_go_of_server()
