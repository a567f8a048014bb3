"""Reports on more than one machine, through Dask (`distributed`, installed with the extra `cluster`).

A worker needs the same workbook, not the same disk: a report's input files travel with its task and its outputs
come back with the result, and only the one who asked writes them. A worker whose code, packages or fonts differ is
told and never used. When a worker is lost its reports are made by the others.
"""

import logging
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from giamngheo import shipped
from giamngheo.law import dated, dictionary
from giamngheo.report import inputs
from giamngheo.review import diff
from giamngheo.run import processes, received
from giamngheo.store import atomic_folders, manifest
from giamngheo.vietnamese.text import first_few

if TYPE_CHECKING:
    from distributed import Future  # slow to import, and optional

LOCAL = "local"
PATIENCE = 30  # seconds to wait for the first worker
LOST_AFTER = "10s"  # of a worker that does not answer
LOOK_AROUND = 2  # seconds between looks for workers that have come or gone
AHEAD = 2  # reports on their way to each worker
SHOWN = 5  # differences of a worker that are told


REACHABLE = "Cách sửa: xem bộ điều phối có đang chạy không, địa chỉ có đúng dạng tcp://máy:8786 hoặc tls://máy:8786 không."

AGAIN = "Cách sửa: khởi động lại bộ điều phối và các máy của nó, rồi chạy lại lệnh này để làm tiếp phần còn lại."


class NoWorker(processes.CannotStart):
    """No worker that could make these reports as they are made here."""


class SchedulerLost(processes.CannotGoOn):
    """The scheduler has gone while reports were being made."""


class Unfinished(Exception):
    """What came back is what a failed run had made."""


@dataclass(frozen=True)
class Parcel:
    """A report's task with everything it reads; `task.data` and `task.out` are the sender's and mean nothing here."""

    task: processes.Task
    files: dict[str, bytes]


def packed(task: processes.Task) -> Parcel:
    this = task.opened()
    files = {path.relative_to(task.data).as_posix(): path.read_bytes() for path in inputs.paths(this)}
    return Parcel(task, files | {f"{name}.csv": this.law.path(name).read_bytes() for name in dated.TABLES})


def make_there(parcel: Parcel) -> tuple[processes.Outcome, dict[str, bytes]]:
    """On a worker: make the report in a process of its own and return what it left."""
    multiprocessing.current_process().daemon = False  # a nanny's worker is one, and so might have no children
    with tempfile.TemporaryDirectory() as place:
        root, out = Path(place, "data"), Path(place, "out")
        for name, content in parcel.files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        task = replace(parcel.task, data=root, out=out)
        with closing(processes.run([task], 1)) as outcomes:
            outcome = next(outcomes)
        folder = task.folder()
        folder = folder if folder.exists() else atomic_folders.remains(folder)
        return outcome, {path.name: path.read_bytes() for path in folder.glob("[!.]*")}


def maker(data: Path = shipped.DATA) -> dict[str, dict[str, str]]:
    """All that makes a report besides its inputs, here for a data folder or on a worker."""
    words = {"data/dictionary.csv": manifest.unchanged(dictionary.PROJECT_DATA / dictionary.FILE)}
    return {"code": manifest.code(inputs.books(data, manifest.BOOKS)) | words, "versions": manifest.versions(), "font": manifest.typeface()}


def run(tasks: list[processes.Task], scheduler: str, at_once: int) -> Iterator[processes.Outcome]:
    """Make the reports on the workers of `scheduler` (tcp://…, or "local": `at_once` of this machine).

    Raises NoWorker where there is none that could, SchedulerLost where the scheduler ends before the last report is made.
    """
    waiting = list(reversed(tasks))
    submitted: dict[Future, tuple[processes.Task, frozenset[str], dict]] = {}
    accepted: set[str] = set()
    seen: set[str] = set()
    ours = maker(tasks[0].data) if tasks else maker()
    with silenced(), connected(scheduler, at_once) as client, answering(client, scheduler):
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=PATIENCE)
        while waiting or submitted:
            examine_workers(client, ours, accepted, seen)
            if not accepted and not submitted:
                raise NoWorker(f"{scheduler}: không có máy nào lập được báo cáo y như ở đây")
            while waiting and len(submitted) < AHEAD * len(accepted):
                task = waiting.pop()
                asked = inputs.described(task.opened())
                parcel = packed(task)
                future = client.submit(make_there, parcel, workers=sorted(accepted), pure=False)
                submitted[future] = task, frozenset(accepted), asked
            for future in done(submitted):
                task, _, asked = submitted.pop(future)
                yield collected(future, task, asked)
            for future in [future for future, (_, allowed, _) in submitted.items() if not allowed & accepted]:
                waiting.append(submitted.pop(future)[0])  # all who were to make it have gone
                future.cancel()


@contextmanager
def connected(scheduler: str, at_once: int):
    """A client of the scheduler; of one on this machine, with so many workers, where it is LOCAL."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise NoWorker("Chưa cài distributed: cài thêm phần mở rộng cluster (pip install giamngheo[cluster]).") from None
    options = {"n_workers": at_once, "threads_per_worker": 1, "dashboard_address": None}
    with ExitStack() as open_until_the_end, dask.config.set({"distributed.comm.timeouts.connect": LOST_AFTER}):
        address = scheduler if scheduler != LOCAL else open_until_the_end.enter_context(LocalCluster(**options))
        try:
            client = open_until_the_end.enter_context(Client(address))
        except (OSError, ValueError, TypeError) as error:
            said = " ".join(str(error).split())
            raise NoWorker(f"{scheduler}: không kết nối được với bộ điều phối này ({said}). {REACHABLE}") from None
        yield client


@contextmanager
def answering(client, scheduler: str):
    """Raise SchedulerLost in the place of whatever error there is once the scheduler has gone, in our words alone.

    A scheduler that was started again in the meantime knows nothing of the reports on their way.
    """
    from distributed import CancelledError

    try:
        yield
    except Exception as error:
        if client.status == "running" and not isinstance(error, CancelledError):
            raise
        lost = f"{scheduler}: mất kết nối với bộ điều phối giữa chừng; các báo cáo đã nhận về còn nguyên. {AGAIN}"
        raise SchedulerLost(lost) from None


@contextmanager
def silenced():
    """Without what a client logs of a lost scheduler, also while it is closed: that is said here in our words."""
    logs = logging.getLogger("distributed.client")
    logs.addFilter(silent)
    try:
        yield
    finally:
        logs.removeFilter(silent)


def silent(_) -> bool:
    """A filter of logs that lets nothing through."""
    return False


def examine_workers(client, ours: dict, accepted: set[str], seen: set[str]) -> None:
    """Take note of workers that have come or gone; those that differ from here are told once and not accepted."""
    there = set(client.scheduler_info(n_workers=-1)["workers"])
    accepted &= there
    if new := there - seen:
        for address, theirs in sorted(client.run(maker, workers=sorted(new), on_error="return").items()):
            differs = manifest.changes(ours, theirs) if isinstance(theirs, dict) else [repr(theirs)]
            if differs:
                print(f"{address}: không dùng, vì khác ở đây: {first_few(differs, SHOWN, 'chỗ', '; ')}", file=sys.stderr)
            else:
                accepted.add(address)
        seen |= new


def done(submitted: dict) -> list:
    """The futures that have come to an end, after a wait of at most LOOK_AROUND seconds for the first of them."""
    from distributed import wait

    try:
        return list(wait(list(submitted), timeout=LOOK_AROUND, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def collected(future, task: processes.Task, asked: dict) -> processes.Outcome:
    """Write what a report's result brought, in one step, and tell how the report ended.

    `asked` is the manifest of the report before it is made; a result that is not that report is a failure.
    """
    if future.status != "finished":
        error = future.exception()
        return processes.Outcome(task.unit, task.year, cause=f"{type(error).__name__}: {error}")
    try:
        outcome, files = received.checked(future.result(), task, asked)
    except received.Untrusted as wrong:
        return processes.Outcome(task.unit, task.year, cause=f"không nhận kết quả từ máy khác: {wrong}")
    target = task.folder()
    if not files:
        return outcome
    kept: list[str] = []
    with suppress(Unfinished), atomic_folders.workshop(target, Unfinished, kept.append) as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        if outcome.cause:
            raise Unfinished
        diff.keep(target, asked["key"])
    return replace(outcome, kept=(*outcome.kept, *kept))
