"""Processes forked from a warm one: where they come from and what they are cut off from."""

import ctypes
import multiprocessing
import os
import signal
import sys
from multiprocessing import forkserver

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
    """In a forked process: Ctrl-C in a terminal goes to the one who started it, and it dies when that one does.

    A warm server lives as long as someone holds its pipe. Its own children let go of it here, so that it ends, and
    they with it, when the one who started it has gone.
    """
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    server = forkserver._forkserver
    if server._forkserver_alive_fd is not None:
        os.close(server._forkserver_alive_fd)
        server._forkserver_alive_fd = server._forkserver_pid = None
