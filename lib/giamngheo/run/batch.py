"""Many reports with one command: what is missing or has changed is made, everything else is left alone.

A report stands when its folder holds a manifest with today's key and the files of every wanted format. Since a
folder appears in one step, whatever a killed batch left is either whole or not there, and the same command goes
on where it stopped. After the communes come the districts and provinces that put them together. Then `batch_record`
lists and opens all that was made, and `index.html` leads to it.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import closing, contextmanager
from pathlib import Path

from giamngheo.findings import DataError, Finding, unusable
from giamngheo.intake.unit import Year, meant, misnamed, units, unlisted, years
from giamngheo.law import unit_name
from giamngheo.law.dated import Law
from giamngheo.report import inputs
from giamngheo.review import index
from giamngheo.review.index_entry import STATES, Entry
from giamngheo.run import batch_record, ending, processes
from giamngheo.store import atomic_folders, manifest, places
from giamngheo.store.atomic import hold

FORMATS = manifest.FORMATS
OTHERS = ("stale", "gone", "missing")  # states that a batch tells besides its own failures
LISTED = 20  # units that are told
ON_REQUEST = 130  # what a command that Ctrl-C ended returns


class Busy(processes.CannotStart):
    """Another batch is writing below the same folder."""


def main(
    root: Path, wanted: str, year: int, jobs_at_once: int = 0, scheduler: str = "", keep_going: bool = False,
    out: Path = Path("outputs"), formats: Iterable[str] = FORMATS, engine_name: str = "", kind: str = "",
) -> int:  # fmt: skip
    """Make the reports of `wanted` units ("a,b" or "all"), whose data lie below `root`, for `year` that do not stand yet.

    Of each unit that of the `kind`, "" for its main one.

    Returns 0 when all stand, 1 when one does not, 130 after Ctrl-C. Raises DataError for a unit without data for
    the year, Busy while another batch writes below `out`.
    """
    places.require_apart(root, out)
    began, law = time.monotonic(), Law(root)
    communes = chosen(root, law, wanted, year)
    with alone(out):
        now, failed = described(root, law, communes, year, kind, {meant(root, name.strip()) for name in wanted.split(",") if name.strip()})
        places_of, named = {unit: manifest.place(record) for unit, record in now.items()}, f"{year}-{kind}" if kind else str(year)
        todo = [unit for unit in now if reasons(now[unit], out, formats)]
        print(f"{len(now)} báo cáo năm {year}: {len(now) - len(todo)} còn nguyên, {len(todo)} cần lập", flush=True)
        place = root.resolve(), out.resolve(), engine_name, tuple(formats)
        parts, wholes = (
            [processes.Task(unit, year, *place, kind) for unit in todo if law.territory(year).is_whole(unit) == whole]
            for whole in (False, True)
        )
        at_once = jobs_at_once or os.cpu_count() or 1
        failed_now, stopped = made(parts, at_once, scheduler, keep_going)
        failed += failed_now
        if not stopped and (keep_going or not failed):
            failed_too, stopped = made(wholes, at_once, "", keep_going)
            failed += failed_too
        rows = [row for unit in now for row in batch_record.listed(unit, year, out, places_of[unit])]
        files, failures = out / f"manifest-{named}.csv", out / f"failures-{named}.csv"
        told = [written(files, out, lambda: batch_record.save(files, batch_record.ROW, rows))]
        made_now = set(todo)
        failed += batch_record.self_check(out, [row for row in rows if row["unit"] in made_now])
        asked = None if wanted == "all" else now.keys() | {one.unit for one in failed}
        not_made = batch_record.failure_rows(failed, year, out, places_of)
        told += [written(failures, out, lambda: batch_record.keep_failures(failures, not_made, asked))]
        batch_record.tell_failures(not_made, failures, year, out, places_of)
        told += [written(out / index.FILE, out, lambda: index.write(out, root))]
        tell_others(index.entries(out, root) if all(told) else [], year)
    left = left_over(root, law, now, out, formats, kind)
    every = len(now.keys() | {one.unit for one in failed})
    print(f"{len(now) - len(left)}/{every} báo cáo còn nguyên, {len(failed)} lỗi; {time.monotonic() - began:.1f} giây")
    if stopped == ON_REQUEST:
        print("Đã dừng theo yêu cầu; chạy lại lệnh này thì làm tiếp phần còn lại.", file=sys.stderr)
    return stopped or int(bool(left or failed) or not all(told))


def tell_others(entries: list[Entry], year: int) -> None:
    """Print of each report of the year that is old, or has no data any more, or was never made, what it is and what to do."""
    others = [one for one in entries if one.year == year and one.state in OTHERS]
    for one in others[:LISTED]:
        print(f"Chú ý: {one.name} ({one.unit}): {STATES[one.state]}; {one.cause}", file=sys.stderr)
    if len(others) > LISTED:
        print(f"Chú ý: còn {len(others) - LISTED} đơn vị khác như vậy, xem {index.FILE}", file=sys.stderr)


def written(path: Path, out: Path, write: Callable[[], object]) -> bool:
    """Write a page or list that tells of the reports; whether it could be written, else the reason is told."""
    try:
        write()
    except Exception as error:
        why_not = ending.cause(error, f"ghi {path.name}", out / ending.LOGS)
        print(f"Chưa ghi được {path}. {why_not}", file=sys.stderr)
        return False
    return True


def why(this: Year, out: Path = Path("outputs")) -> list[str]:
    """What has changed since the report of a unit was made, one line each; raises DataError for one without data."""
    chosen(this.root, this.law, this.unit, this.year)
    return reasons(inputs.described(this), out)


def chosen(root: Path, law: Law, wanted: str, year: int) -> list[str]:
    """The communes named, those below a district or province that is, or all that have data for the year.

    With "all", also the folders that may not be looked into and those whose name no unit can have: they fail (`described`).
    Raises DataError for a unit that has none.
    """
    below = law.territory(year).communes
    have = [unit for unit in units(root) if year in years(root, unit) and unit not in below]
    closed = unlisted(root) + misnamed(root, year)
    if wanted == "all" and not have and not closed:
        there = sorted({one for unit in units(root) for one in years(root, unit)})
        where = f"các năm có số liệu: {', '.join(map(str, there)) or 'chưa có'}"
        raise DataError([Finding(str(year), "không đơn vị nào có số liệu của năm này", where)])
    if wanted == "all":
        return have + closed
    named, unknown = set(), []
    for name in filter(None, (name.strip() for name in wanted.split(","))):
        name = meant(root, name)
        found = set(below.get(name, [name])).intersection(have)
        named |= found
        unknown += [] if found else [name]
    if unknown:
        where = f"các đơn vị có số liệu năm {year}: {', '.join(have) or 'chưa có'}"
        raise DataError(Finding(name, f"không có số liệu năm {year}", where) for name in unknown)
    return sorted(named)


def described(
    root: Path, law: Law, communes: list[str], year: int, kind: str = "", named: Collection[str] = ()
) -> tuple[dict[str, dict], list[processes.Outcome]]:
    """The manifests of the reports to make, of `communes` and of those that put them together (`wholes_of`), and a failure
    for each whose files cannot be read."""
    now: dict[str, dict] = {}
    failed = []
    for unit in [*communes, *wholes_of(root, law, communes, year, named)]:
        try:
            if not unit_name.is_plain(unit):
                raise DataError([unit_name.misnamed(unit)])
            if unit in unlisted(root):
                raise PermissionError(errno.EACCES, "Permission denied", str(root / unit))
            this = Year(root, unit, year, law, kind=kind)
            now[unit] = inputs.of_whole(this, now) if law.territory(year).is_whole(unit) else inputs.described(this)
        except (OSError, DataError) as error:
            said = error if isinstance(error, DataError) else unusable(error)
            failed.append(processes.Outcome(unit_name.printable(unit), year, cause=str(said)))
    return now, failed


def wholes_of(root: Path, law: Law, communes: list[str], year: int, named: Collection[str] = ()) -> list[str]:
    """The units that put communes together: those with two or more that have data or may have, all of them in `communes`.

    One with a single commune is among them where it is `named`, or where the map knows no other commune of it.
    """
    closed = unlisted(root)
    lying = law.territory(year).communes
    below = {parent: {unit for unit in members if unit in closed or year in years(root, unit)} for parent, members in lying.items()}
    alone = {parent for parent, members in below.items() if members and (parent in named or len(lying[parent]) == 1)}
    return sorted(parent for parent, members in below.items() if (len(members) > 1 or parent in alone) and members <= set(communes))


def reasons(now: dict, out: Path, formats: Iterable[str] = FORMATS) -> list[str]:
    """Why the report that `now` describes has to be made, one line each; none when it stands."""
    folder = out / now["unit"] / manifest.place(now)
    before = manifest.read(folder)
    if before is None:
        return ["chưa lập xong lần nào"]
    there = set(os.listdir(folder))
    missing = [name for name in before["outputs"] if name not in there]
    absent = [kind for kind in formats if manifest.files(now)[kind] not in before["outputs"]]
    lines = manifest.changes(before, now) if before["key"] != now["key"] else []
    return lines + [f"kết quả: thiếu {name}" for name in missing] + [f"kết quả: chưa có dạng {kind}" for kind in absent]


def left_over(root: Path, law: Law, now: dict[str, dict], out: Path, formats: Iterable[str] = FORMATS, kind: str = "") -> list[str]:
    """The units whose report does not stand; `now` is what was to be made.

    Where files have changed since `now`, a report that was made of them as they are stands.
    """

    def stands(unit: str) -> bool:
        try:
            return not reasons(inputs.described(Year(root, unit, now[unit]["year"], law, kind=kind)), out, formats)
        except (OSError, DataError):
            return False

    return [unit for unit in now if reasons(now[unit], out, formats) and not stands(unit)]


def made(tasks: list[processes.Task], at_once: int, scheduler: str, keep_going: bool) -> tuple[list[processes.Outcome], int]:
    """Make the reports; what failed, and the exit code where it ended too early, else 0.

    That is ON_REQUEST after Ctrl-C, and 1 where what makes the reports is lost, which is told. Without `keep_going` the
    first failure ends it.
    """
    sweep(tasks)
    failed, progress = [], Progress(len(tasks))
    try:
        with closing(started(tasks, at_once, scheduler)) as outcomes:
            for outcome in outcomes:
                progress.step(outcome)
                for sentence in outcome.kept:
                    print(f"{outcome.unit}: {sentence}", flush=True)
                failed += [outcome] if outcome.cause else []
                if failed and not keep_going:
                    break
    except KeyboardInterrupt:
        return failed, ON_REQUEST
    except processes.CannotGoOn as lost:
        print(lost, file=sys.stderr)
        return failed, 1
    finally:
        progress.end()
        sweep(tasks, patience=5)
    return failed, 0


def sweep(tasks: list[processes.Task], patience: float = 0) -> None:
    """Remove the working folders that killed runs left; those of runs just killed are free within `patience` s."""
    until = time.monotonic() + patience
    for task in tasks:
        target = task.folder()
        while not atomic_folders.sweep(target) and time.monotonic() < until:
            time.sleep(0.05)


def started(tasks: list[processes.Task], at_once: int, scheduler: str):
    if not scheduler:
        return processes.run(tasks, at_once)
    from giamngheo.run import cluster

    return cluster.run(tasks, scheduler, at_once)


class Progress:
    """Counts and the remaining time on one line of a terminal; nothing in a log."""

    def __init__(self, total: int):
        self.total, self.done, self.failed, self.began = total, 0, 0, time.monotonic()
        self.shown = sys.stderr.isatty()

    def step(self, outcome: processes.Outcome) -> None:
        self.done, self.failed = self.done + 1, self.failed + bool(outcome.cause)
        left = (time.monotonic() - self.began) / self.done * (self.total - self.done)
        if self.shown:
            line = f"{self.done}/{self.total}, {self.failed} lỗi, còn khoảng {left / 60:.0f} phút {left % 60:02.0f} giây"
            print(f"\r{line}  {outcome.unit}\x1b[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.shown and self.total:
            print(file=sys.stderr)


@contextmanager
def alone(out: Path):
    """Hold `out` for one batch at a time; the hold ends with the process, however that ends."""
    out.mkdir(parents=True, exist_ok=True)
    try:
        with hold(out, wait=False):
            yield
    except BlockingIOError:
        raise Busy(f"Một lần chạy khác đang ghi vào {out}; đợi lần đó xong.") from None
