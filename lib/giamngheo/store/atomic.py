"""Files that appear whole, and one holder of a folder at a time.

A file is written beside its place and renamed into it, so that a stop at any moment leaves the old one (`put`). What
several processes would do at once they do one after the other (`hold`).
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

from giamngheo.findings import DataError, Finding
from giamngheo.store import belongings

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows: no such locks, and no batch of many processes
    fcntl = None

WRITING = "dang-ghi"  # ends the hidden name of a file that is being written


def synchronize(path: Path) -> None:
    """Wait until a file or folder is on the disk; a system that cannot wait for folders does not."""
    with suppress(PermissionError):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def put(path: Path, content: bytes | str | Callable[[], bytes | str], encoding: str = "utf-8") -> None:
    """Write a file in one step, so that nobody ever reads half of it and a stop leaves the old one.

    Several processes write one after the other; where `content` is a function, it is called when it is this one's
    turn. Raises DataError for a text that cannot be written in `encoding` and for a place that is no plain file, both
    before the old file is touched.
    """
    path = plain_file(path)
    with written_beside(path) as (name, file):
        whole = content() if callable(content) else content
        file.write(encoded(path, whole, encoding) if isinstance(whole, str) else whole)
        file.flush()
        if path.exists():
            shutil.copymode(path, name)
        os.fsync(file.fileno())
        os.replace(name, path)
    synchronize(path.parent)


def plain_file(path: Path) -> Path:
    """The file that `path` is or leads to, or will be; DataError where something else stands there."""
    found = path.resolve() if path.is_symlink() else path
    try:
        mode = found.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            raise refusal(path, "là liên kết hỏng nên không ghi vào đó", "xóa liên kết này rồi chạy lại") from None
        return found
    if not stat.S_ISREG(mode):
        rule = "không phải tệp thường (thư mục, ống dẫn hay thiết bị) nên không ghi vào đó"
        raise refusal(path, rule, "đổi tên hoặc dời nó đi nơi khác rồi chạy lại")
    if not os.access(found, os.W_OK):
        raise refusal(path, "tệp chỉ cho đọc nên không ghi đè", "cho phép ghi tệp này, hoặc đổi tên nó, rồi chạy lại")
    return found


def encoded(path: Path, text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as wrong:
        place = text.count("\n", 0, wrong.start) + 1
        shown = text[wrong.start : wrong.end].encode("ascii", "backslashreplace").decode()
        rule = f"có ký tự không ghi được thành chữ ({shown}); tệp cũ còn nguyên"
        raise refusal(path, rule, "sửa chữ đó rồi làm lại", place) from None


@contextmanager
def written_beside(path: Path):
    """The hidden file beside `path` in which it is written, held by one process at a time: its name, and it, open.

    What a killed process left in it is written over.
    """
    name = path.with_name(f".{path.name}-{WRITING}")
    while True:
        opened = os.open(name, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        with os.fdopen(opened, "wb") as file:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX)
            if not same(name, opened):  # the one we waited for has put it in its place
                continue
            file.truncate()
            try:
                yield name, file
            except BaseException:
                with suppress(OSError):
                    name.unlink()
                raise
            return


def same(path: Path, opened: int) -> bool:
    """Whether the open file is the one that stands at `path`."""
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(opened))
    except FileNotFoundError:
        return False


@contextmanager
def hold(folder: Path, wait: bool = True, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold `folder`; where another process holds it, wait for that to end or raise BlockingIOError.

    `waiting` is called once before a wait.
    """
    if fcntl is None:
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not wait:
                raise
            waiting()
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def busy(place: Path) -> str:
    return f"Một lần chạy khác đang ghi vào {belongings.readable(place)}; đang đợi lần đó xong."


def refusal(path: Path, rule: str, remedy: str, row: int = 0) -> DataError:
    return DataError([Finding(belongings.readable(path), rule, remedy, row=row)])
