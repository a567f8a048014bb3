"""Reports side by side, each in a process of its own, on this machine.

Every process is forked from a warm server (`forking`), leads a session of its own, so that Ctrl-C in a terminal
reaches only us, and dies with us.
"""

import signal
import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from giamngheo.run import ending, forkserver

if TYPE_CHECKING:
    from giamngheo.intake.unit import Year

REPORT_TIME = 1800  # seconds


class CannotStart(RuntimeError):
    """A batch that cannot begin now, and why."""


class CannotGoOn(RuntimeError):
    """A batch that has begun and cannot be brought to its end now, and why."""


@dataclass(frozen=True)
class Task:
    """One report to make: where its data are, where it goes, how it is run."""

    unit: str
    year: int
    data: Path
    out: Path
    engine_name: str
    formats: tuple[str, ...]
    kind: str = ""  # "" for the year's main one

    def opened(self) -> "Year":
        from giamngheo.intake.unit import Year

        return Year(self.data, self.unit, self.year, reports=self.out, kind=self.kind)

    def folder(self) -> Path:
        """Where its report goes."""
        from giamngheo.intake import kinds

        return kinds.folder(self.out, self.opened())


@dataclass(frozen=True)
class Outcome:
    """How a report ended: made, or failed for a `cause` at a notebook's cell, with the input lines it names."""

    unit: str
    year: int
    notebook: str = ""
    cell: int = 0
    cause: str = ""
    lines: str = ""
    kept: tuple[str, ...] = ()  # a sentence for each thing of a person's that was kept


def make(task: Task) -> Outcome:
    """Make one report here and now; data that cannot be used and cells that fail become an outcome."""
    from giamngheo.findings import DataError, unusable
    from giamngheo.run import runner

    about = (task.unit, task.year)
    kept: list[str] = []
    try:
        runner.make(task.opened(), task.out, task.engine_name, lambda _: None, task.formats, kept.append)
    except DataError as refused:
        lines = "; ".join(f"{found.file}:{found.row}" for found in refused.findings)
        return Outcome(*about, cause=str(refused), lines=lines, kept=tuple(kept))
    except runner.RunError as stopped:
        return Outcome(*about, stopped.notebook, stopped.cell, stopped.cause, stopped.lines, tuple(kept))
    except OSError as error:
        return Outcome(*about, cause=str(unusable(error)), kept=tuple(kept))
    return Outcome(*about, kept=tuple(kept))


def worker(pipe, task: Task) -> None:
    """What the process of a report does; an error nobody expected is an outcome too, and names its log."""
    forkserver.detach()
    try:
        pipe.send(make(task))
    except Exception as unexpected:
        doing = f"lập báo cáo của {task.unit}, năm {task.year}"
        pipe.send(Outcome(task.unit, task.year, cause=ending.cause(unexpected, doing, task.out / ending.LOGS)))


def run(tasks: Iterable[Task], jobs: int, time_limit: float = REPORT_TIME) -> Generator[Outcome]:
    """Make the reports, `jobs` at a time, and yield each outcome as it comes; closing the iterator ends them all."""
    warm, waiting = forkserver.context(), iter(tasks)
    running: dict[Any, tuple] = {}  # by the pipe through which a process tells
    try:
        while True:
            while len(running) < jobs and (task := next(waiting, None)):
                ours, theirs = warm.Pipe(duplex=False)
                process = warm.Process(target=worker, args=(theirs, task))
                forkserver.start(process)
                theirs.close()
                running[ours] = (process, task, time.monotonic() + time_limit)
            if not running:
                return
            for pipe in wait(running, timeout=1):
                process, task, _ = running.pop(pipe)
                yield outcome(process, pipe, task)
            for process, _, deadline in running.values():
                if time.monotonic() > deadline:
                    forkserver.end(process)
    finally:
        for process, _, _ in running.values():
            forkserver.end(process)


def outcome(process, pipe, task: Task) -> Outcome:
    """What a process told of its report, or how it ended if it told nothing."""
    try:
        told = pipe.recv()
    except EOFError:
        told = None
    pipe.close()
    process.join()
    code = process.exitcode
    process.close()
    how = signal.Signals(-code).name if code < 0 else f"mã {code}"
    return told or Outcome(task.unit, task.year, cause=f"tiến trình của báo cáo kết thúc bởi {how}")
