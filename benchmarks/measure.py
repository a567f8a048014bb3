"""What the benchmarks share: a made-up province, processes that are watched, a line of the result."""

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PROJECT = Path(__file__).parents[1]
YEAR = 2024
PR_SET_CHILD_SUBREAPER = 36


def told(what: str, figure: str, wanted: str = "") -> None:
    """A row of the table of results."""
    print(f"| {what} | {figure} | {wanted} |", flush=True)


def province(folder: Path, communes: int, villages: int = 9) -> Path:
    """A data folder with so many made-up communes."""
    from giamngheo import simulate

    simulate.write(folder, communes, villages, YEAR, seed=1)
    return folder


def command(data: Path, *arguments: object) -> list[str]:
    """A command line of ours on a data folder."""
    verb, *rest = map(str, arguments)
    return [sys.executable, "-m", "giamngheo", verb, "--data", str(data), *rest]


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def quietly(given: list[str]) -> None:
    subprocess.run(given, check=True, stdout=subprocess.DEVNULL, cwd=PROJECT)


def adopt_orphans() -> None:
    """Processes whose parent has ended become ours, so that a warm server's time is counted too."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def processor() -> float:
    """Processor seconds of the processes that we started, in all generations, and that have ended."""
    time.sleep(1)  # a warm server ends a moment after those it served
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def parents() -> dict[int, int]:
    """The parent of every process."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            found[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    return found


def memory(root: int) -> int:
    """Bytes of memory of a process and all its descendants, shared pages counted once (PSS)."""
    of, tree = parents(), {root}
    while more := {child for child, parent in of.items() if parent in tree} - tree:
        tree |= more
    return sum(pss(process) for process in tree)


def pss(process: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


@contextmanager
def without_output() -> Iterator[None]:
    """What is printed inside is thrown away."""
    with open(os.devnull, "w") as nothing:
        before, sys.stdout = sys.stdout, nothing
        try:
            yield
        finally:
            sys.stdout = before
