"""Files and folders that appear whole, one holder at a time; nothing a person made is lost on the way.

A file is written beside its place and renamed into it (`put`). A folder is made beside its place and changes places
with the one before in one step (`workshop`). That one may go only where its manifest says that this program made it;
whatever else stands in it is carried into the new folder and told. Where two folders cannot change places in one
step, a stop between the two renames leaves the old folder under a hidden name, and `mend` puts it back.
"""

import ctypes
import os
import secrets
import shutil
import stat
import time
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
FAILED = "lap-hong"  # ends the name of the folder that a failed run leaves
PATIENCE = 1  # seconds that a reader waits for a folder which is just changing places
AT_FOLDER, EXCHANGE = -100, 2  # of Linux's renameat2


@contextmanager
def workshop(
    target: Path, failed: type[Exception] | tuple = (), tell: Callable[[str], None] = print, lasting: bool = True
) -> Iterator[Path]:
    """A folder beside `target` to work in, which takes its place in one step when all is done.

    One process at a time works beside `target`; another waits. After an error of the kind `failed` the folder is kept
    beside `target` as what a failed run left (`remains`). After any other end, also a killed process, `target` is as
    it was, and the next workshop removes what a killed one left. `tell` is given a sentence for each thing of a
    person's that was kept. What is not `lasting` may be lost where the machine itself stops in the next seconds.
    Raises DataError where `target` is not to be replaced.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with hold(target.parent, waiting=lambda: tell(busy(target.parent))):
        tidy(target)
        belongings.require_ours(target)
        folder = target.parent / f".{target.name}-{secrets.token_hex(4)}"
        folder.mkdir()
        try:
            yield folder
            if lasting:
                settle(folder)
            replace(folder, target, tell)
            discard(remains(target))
        except failed:
            leave(folder, target, tell)
            raise
        finally:
            with suppress(OSError):
                clear(folder, target)


def busy(place: Path) -> str:
    return f"Một lần chạy khác đang ghi vào {belongings.readable(place)}; đang đợi lần đó xong."


def settle(folder: Path) -> None:
    """Wait until the files of a folder are on the disk, so that no crash leaves a name without its content."""
    for place, _, names in os.walk(folder):
        for path in (Path(place), *(Path(place, name) for name in names)):
            if not path.is_symlink() and (path.is_file() or path.is_dir()):
                synchronize(path)


def synchronize(path: Path) -> None:
    """Wait until a file or folder is on the disk; a system that cannot wait for folders does not."""
    with suppress(PermissionError):
        opened = os.open(path, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def replace(folder: Path, target: Path, tell: Callable[[str], None] = print) -> None:
    """Put the finished `folder` in the place of `target`, with all in it that this program did not make."""
    belongings.require_ours(target)
    carried = belongings.carry(target, folder) if target.exists() else []
    old = swap(folder, target)
    if old:
        carried += belongings.carry(old, target)  # whatever came while the folders changed places
        shutil.rmtree(old, ignore_errors=True)
    synchronize(target.parent)
    for sentence in dict.fromkeys(carried):
        tell(sentence)


def swap(folder: Path, target: Path) -> Path | None:
    """Let `folder` take the place of `target`; where the old one is now, if there was one."""
    if not target.exists():
        os.rename(folder, target)
        return None
    if exchanged(folder, target):
        return folder
    old = target.parent / f".{target.name}-{secrets.token_hex(4)}"
    os.rename(target, old)
    try:
        os.rename(folder, target)
    except BaseException:
        os.rename(old, target)
        raise
    return old


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where this system or its disk cannot."""
    try:
        change = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return change(AT_FOLDER, os.fsencode(one), AT_FOLDER, os.fsencode(other), EXCHANGE) == 0


def leave(folder: Path, target: Path, tell: Callable[[str], None] = print) -> None:
    """Keep what a failed run of `target` made, beside it; where that place is somebody's own, nothing is kept."""
    try:
        belongings.record(folder, remains(target))
        replace(folder, remains(target), tell)
    except DataError as taken:
        tell(str(taken))


def remains(target: Path) -> Path:
    """Where a failed run of `target` leaves what it had made: a name that is no report's.

    >>> remains(Path("outputs/xa-mau/2024")).as_posix()
    'outputs/xa-mau/2024-lap-hong'
    """
    return target.with_name(f"{target.name}-{FAILED}")


def discard(folder: Path) -> None:
    """Remove a folder that this program made, if there is nothing else in it."""
    if belongings.all_ours(folder):
        gone = folder.parent / f".{folder.name}-{secrets.token_hex(4)}"
        os.rename(folder, gone)
        shutil.rmtree(gone, ignore_errors=True)


def sweep(target: Path) -> bool:
    """Remove the working folders that killed runs of `target` left; False where a run is at work."""
    try:
        with hold(target.parent, wait=False):
            tidy(target)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True


def tidy(target: Path) -> None:
    """`sweep` for the one who holds the folder above `target`; never removes the last copy of anything."""
    for place in (target, remains(target)):
        put_back(place)
    if fcntl is None:  # nobody can tell whether another run is at work
        return
    for folder in hidden(target):
        clear(folder, target)


def clear(folder: Path, target: Path) -> None:
    """Remove a working folder of `target`; what in it is somebody's goes to where it belongs first."""
    for place in (target, remains(target)):
        if place.exists() and belongings.made_for(folder, place):
            belongings.carry(folder, place)
    shutil.rmtree(folder, ignore_errors=True)


def mend(target: Path) -> None:
    """Put back what a killed run left under a hidden name, before `target` is read.

    Where a run is at work that is just putting its folder there, wait a moment for it.
    """
    if fcntl is None:  # nobody can tell whether a run is at work; the next one puts it back
        return
    until = time.monotonic() + PATIENCE
    while not target.exists() and whole(target) and time.monotonic() < until:
        try:
            with hold(target.parent, wait=False):
                put_back(target)
        except BlockingIOError:
            time.sleep(0.01)
        except OSError:  # a folder that may only be read
            return


def put_back(target: Path) -> None:
    """`mend` for the one who holds the folder above `target`."""
    if not os.path.lexists(target) and (found := whole(target)):
        os.rename(found[0], target)


def whole(target: Path) -> list[Path]:
    """The folders under hidden names that are a finished `target`."""
    return [folder for folder in hidden(target) if belongings.made_for(folder, target)]


def hidden(target: Path) -> list[Path]:
    """The working folders of `target`, in order."""
    with suppress(OSError), os.scandir(target.parent) as found:
        return [target.parent / entry.name for entry in sorted(found, key=lambda one: one.name)
                if entry.name.startswith(f".{target.name}-") and entry.is_dir(follow_symlinks=False)]  # fmt: skip
    return []


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


def refusal(path: Path, rule: str, remedy: str, row: int = 0) -> DataError:
    return DataError([Finding(belongings.readable(path), rule, remedy, row=row)])
