"""One moment: everything a report is made from is, from its first reading to its last, in one state.

Nothing is copied: the state of each file (which one it is, when it was last written and changed, its size) is looked
at before and after. While no state differs, whatever was read and hashed in between are the same bytes, and two looks
at some fifty files take a millisecond. The library is looked at when its code is loaded, since that is what runs.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from giamngheo import shipped
from giamngheo.findings import DataError, Finding
from giamngheo.intake import submissions
from giamngheo.intake.unit import Year
from giamngheo.law import dated
from giamngheo.report import inputs
from giamngheo.store import manifest

TRIES = 5
TICK = 50_000_000  # ns within which a file system may give two changes one time


class Changed(Exception):
    """A file has changed while something was made from it."""


@contextmanager
def one(this: Year) -> Iterator[None]:
    """Raise Changed, also in the place of another error, where the files of a report change while the block runs."""
    require_loaded()
    before = settled(this)
    try:
        yield
    except Exception:
        require_loaded()
        if before != state(this):
            raise Changed from None
        raise
    require_loaded()
    if before != state(this):
        raise Changed


@contextmanager
def at_rest(this: Year) -> Iterator[None]:
    """`one`, for what is not made again: DataError where a file changes on the way."""
    try:
        with one(this):
            yield
    except Changed:
        rule, remedy = "tệp số liệu thay đổi trong lúc chạy lệnh", "đợi người khác lưu xong rồi chạy lại"
        raise DataError([Finding(this.place, rule, remedy)]) from None


def require_loaded() -> None:
    """Refuse to go on where the library is no longer the one that this process has loaded."""
    if manifest.library_state() != manifest.library_state_now():
        rule, remedy = "mã của chương trình đã thay đổi trong lúc chạy", "chạy lại lệnh này"
        raise DataError([Finding("lib/giamngheo", rule, remedy)])


def settled(this: Year) -> dict[str, tuple]:
    """`state`, once nothing has changed for so long that the next change cannot have the same time."""
    while (found := state(this)) and any(0 <= time.time_ns() - seen[2] < TICK for seen in found.values()):
        time.sleep(TICK / 1e9)
    return found


def state(this: Year) -> dict[str, tuple]:
    """The state of every file that the report of a year is made from, by its path."""
    return {str(path): seen(path) for path in paths(this)}


def seen(path: Path) -> tuple[int, ...]:
    """Which file stands at a path, when it was written, when it was changed in any way, and its size."""
    try:
        found = os.stat(path) if path.exists() else os.lstat(path)  # also a link that leads nowhere is seen as it is
    except FileNotFoundError:
        raise Changed from None
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size


def paths(this: Year) -> list[Path]:
    """Every file that a report is made from: of the units, the law and the notebooks."""
    books = sorted((shipped.workbook(this.root) / "notebooks").glob("*.ipynb"))
    common = [*(this.law.path(name) for name in dated.TABLES), *books]
    below = this.law.territory(this.year).communes.get(this.unit)
    if below is None:
        return inputs.paths(this) + common
    own = [path for unit in below for path in this.other(unit).found() + submissions.read_again(this.other(unit))]
    own += submissions.read_again(this)
    return own + manifest.files_below(this.folder) + inputs.frames(this.root, [this.unit]) + common


def restless(this: Year) -> DataError:
    """The refusal where files changed during every one of so many runs."""
    rule = f"tệp số liệu thay đổi trong lúc lập báo cáo, {TRIES} lần liền"
    remedy = "đợi người khác lưu xong, hoặc đóng chương trình đang ghi vào thư mục này, rồi chạy lại"
    return DataError([Finding(this.place, rule, remedy)])
