"""Work done in processes of their own, forked from a warm one, that may be stopped at any moment."""

import ctypes
import multiprocessing
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG = 36, 1
PATIENCE = 10  # seconds a process has to end when the one that started it has gone
SLOWEST = 300  # seconds after which a process hangs


@dataclass(frozen=True)
class Ended:
    """How a process ended (a negative code is a signal), what it said, and the processes it left behind."""

    code: int
    said: str
    complained: str
    left_behind: int = 0

    def faults(self) -> list[str]:
        """What no user may ever see."""
        found = ["traceback"] if "Traceback (most recent call last)" in self.said + self.complained else []
        found += ["hangs"] if self.code == -signal.SIGXCPU else []
        found += ["says nothing"] if self.code > 0 and not self.complained.strip() + self.said.strip() else []
        return found + ["leaves a process behind"] * bool(self.left_behind)


class Running:
    """A process that does `work`; it leads a session of its own."""

    def __init__(self, work: Callable[..., int], *given: object):
        self.texts = [os.memfd_create(name) for name in ("said", "complained")]
        sys.stdout.flush()
        self.pid = os.fork()
        if not self.pid:
            do(work, given, self.texts)

    def kill(self, everyone: bool = False) -> None:
        """Kill it, with `everyone` all its descendants too, before any of them can notice."""
        with suppress(ProcessLookupError):
            for pid in [self.pid, *(descendants(self.pid) if everyone else [])]:
                os.kill(pid, signal.SIGKILL)

    def ended(self, code: int | None = None) -> Ended:
        """Wait for its end; with `code` it has ended already."""
        code = self.waited() if code is None else code
        left = reap()
        texts = [os.pread(text, os.fstat(text).st_size, 0).decode(errors="replace") for text in self.texts]
        for text in self.texts:
            os.close(text)
        return Ended(code, *texts, left)

    def waited(self) -> int:
        until = time.monotonic() + SLOWEST
        while time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.002)
        self.kill(everyone=True)
        os.waitpid(self.pid, 0)
        return -signal.SIGXCPU


def do(work: Callable[..., int], given: tuple, texts: list[int]) -> None:
    """In the new process: do the work and leave with its code, as the command line would."""
    code = 70
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.dup2(texts[0], 1)
        os.dup2(texts[1], 2)
        code = work(*given) or 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(bool(left.code))
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def run(work: Callable[..., int], *given: object) -> Ended:
    return Running(work, *given).ended()


def descendants(pid: int) -> list[int]:
    """All processes below a process, as /proc tells."""
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                found += [child, *descendants(child)]
    return found


def reap() -> int:
    """Wait until every process that ended ones have left to us is gone; kill and count those that stay."""
    until, stayed = time.monotonic() + PATIENCE, 0
    with suppress(ChildProcessError):
        while True:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if not pid and time.monotonic() > until:
                late = descendants(os.getpid())
                stayed += len(late)
                for one in late:
                    os.kill(one, signal.SIGKILL)
                until += PATIENCE
            if not pid:
                time.sleep(0.002)
    return stayed


def warm(place: Path, work: Callable[..., object], *given: object) -> int:
    """Do `work` in a process that has everything loaded, from a copy of the project below `place`.

    The copy stays as it is while the project is being worked on. Returns the exit code.
    """
    own = place / "project"
    for name in ("lib", "notebooks", "data"):
        shutil.copytree(PROJECT / name, own / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    os.environ["PYTHONPATH"] = str(own / "lib")
    sys.path.insert(0, str(own / "lib"))
    os.chdir(own)
    process = multiprocessing.get_context("fork").Process(target=prepared, args=(work, *given))
    process.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        process.join()
    finally:
        process.kill()
        process.join()
    return process.exitcode


def prepared(work: Callable[..., object], *given: object) -> None:
    """What a report needs is loaded here once; the runs of notebooks are forked from here too."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    import jupyter_server.services.contents.largefilemanager  # noqa: F401

    import giamngheo.run.preload  # noqa: F401

    work(*given)
