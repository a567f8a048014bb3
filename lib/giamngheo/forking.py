"""Processes forked from a warm one: where they come from and what they are cut off from."""

import ctypes
import multiprocessing
import os
import signal
import sys

WARM = "giamngheo.warm"
PR_SET_PDEATHSIG = 1


def context():
    """What forks a run: this process where it is warm and has one thread, else a warm server of its own."""
    if WARM in sys.modules and len(os.listdir("/proc/self/task")) == 1:
        return multiprocessing.get_context("fork")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload([WARM])
    return server


def detach() -> None:
    """In a forked process: Ctrl-C in a terminal goes to the one who started it, and it dies when that one does."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
