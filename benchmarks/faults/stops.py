"""Held after every system call that changes a file: what is there then is what a kill at that point would leave.

The process is traced (ptrace), so nothing is left to luck and nothing of the program is replaced. What it has not
yet handed to the system is lost with a kill, as it is here, where only the files are looked at.
"""

import ctypes
import os
import platform
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import trials
from acts import ACTS
from kills import after, next_run
from told import Told
from trees import judged, signature, tree

TRACEME, GETREGS, SYSCALL, SETOPTIONS = 0, 12, 24, 0x4200
OPTIONS = 1 | 8 | 0x100000  # tell system calls from signals, follow threads, die with us
WALL = 0x40000000
ORDER = (
    "r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8", "rax", "rcx", "rdx", "rsi", "rdi", "orig_rax",
    "rip", "cs", "eflags", "rsp", "ss", "fs_base", "gs_base", "ds", "es", "fs", "gs",
)  # fmt: skip
# System calls of x86_64 that change files, by number.
CALLS = {
    1: "write", 18: "pwrite64", 20: "writev", 2: "open", 257: "openat", 85: "creat", 82: "rename", 264: "renameat",
    316: "renameat2", 87: "unlink", 263: "unlinkat", 83: "mkdir", 258: "mkdirat", 84: "rmdir", 74: "fsync",
    75: "fdatasync", 77: "ftruncate", 76: "truncate", 86: "link", 265: "linkat", 88: "symlink", 266: "symlinkat",
    90: "chmod", 91: "fchmod", 268: "fchmodat", 40: "sendfile", 326: "copy_file_range", 285: "fallocate", 3: "close",
}  # fmt: skip
HANDLES = {"write": "rdi", "pwrite64": "rdi", "writev": "rdi", "sendfile": "rdi", "copy_file_range": "rdx",
           "fsync": "rdi", "fdatasync": "rdi"}  # fmt: skip
FLAGS = {"open": "rsi", "openat": "rdx"}
MOST = 25  # states of one act from which the next run is tried


class Registers(ctypes.Structure):
    _fields_ = [(name, ctypes.c_ulong) for name in ORDER]


ptrace = ctypes.CDLL(None, use_errno=True).ptrace
ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def traced(work, *given):
    """In the process to be traced: wait until it is."""
    ptrace(TRACEME, 0, None, None)
    os.kill(os.getpid(), signal.SIGSTOP)
    return work(*given)


def points(running: trials.Running, place: Path) -> Iterator[str]:
    """The system calls that may have changed a file below `place`, each just after it; ends with the process."""
    os.waitpid(running.pid, 0)
    ptrace(SETOPTIONS, running.pid, None, OPTIONS)
    inside: set[int] = set()
    pid, pass_on = running.pid, 0
    while True:
        ptrace(SYSCALL, pid, None, pass_on)
        pid, status = os.waitpid(-1, WALL)
        pass_on = 0
        if not os.WIFSTOPPED(status):
            if pid == running.pid:
                running.code = os.waitstatus_to_exitcode(status)
                return
            continue
        stopped = os.WSTOPSIG(status)
        if stopped == signal.SIGTRAP | 0x80:
            inside ^= {pid}
            if pid not in inside and (call := changing(pid, place)):
                yield call
        elif not status >> 16 and stopped != signal.SIGSTOP:
            pass_on = stopped


def changing(pid: int, place: Path) -> str:
    """The name of the call a process has just made, if it can have changed a file below `place`; else ""."""
    registers = Registers()
    ptrace(GETREGS, pid, None, ctypes.byref(registers))
    call = CALLS.get(registers.orig_rax, "")
    if call in FLAGS:
        return call if getattr(registers, FLAGS[call]) & (os.O_CREAT | os.O_TRUNC) else ""
    if call in HANDLES:
        handle = f"/proc/{pid}/fd/{getattr(registers, HANDLES[call])}"
        return call if os.path.lexists(handle) and os.readlink(handle).startswith(str(place)) else ""
    return "" if call == "close" else call


def walked(name: str, most: int, began: Path, place: Path) -> Told:
    """Look at the files after each call of an act, then do the act again from the states seen, `most` at most."""
    told = Told(f"stop {name}", "calls that change a file, looked at after each")
    before, (wanted, _) = tree(began), after(ACTS[name], began, place)
    shutil.rmtree(place)
    shutil.copytree(began, place)
    running, last, states = trials.Running(traced, ACTS[name], place), signature(place), []
    for number, call in enumerate(points(running, place)):
        if (looks := signature(place)) == last:
            told.trial([], call)
            continue
        last, now = looks, tree(place)
        told.trial(judged(now, before, wanted), f"{number}, after {call}")
        if now not in (before, wanted, *(state for _, state, _ in states)):
            kept = place.parent / "states" / str(number)
            shutil.copytree(place, kept)
            states.append((f"{number}, after {call}", now, kept))
    running.ended(running.code)
    for which, _, kept in states[:: -(-len(states) // most) or 1]:
        told.seen("next runs")
        told.trial(next_run(ACTS[name], kept, wanted), which)
    shutil.rmtree(place.parent / "states", ignore_errors=True)
    return told


def impossible() -> str:
    """Why a process cannot be traced here; "" where it can."""
    if platform.machine() != "x86_64" or platform.system() != "Linux":
        return "system calls are known by number only on Linux, x86_64"
    return ""
