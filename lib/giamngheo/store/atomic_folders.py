"""Folders that appear whole; nothing a person made is lost on the way.

A folder is made beside its place and changes places with the one before in one step (`workshop`). That one may go only
where its manifest says that this program made it; whatever else stands in it is carried into the new folder and told.
Where two folders cannot change places in one step, a stop between the two renames leaves the old folder under a hidden
name, and `mend` puts it back.
"""

import ctypes
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from giamngheo.findings import DataError
from giamngheo.store import atomic, belongings
from giamngheo.store.atomic import hold, synchronize

FAILED = "lap-hong"  # ends the name of the folder that a failed run leaves
PATIENCE = 1  # seconds that a reader waits for a folder which is just changing places
AT_FOLDER, EXCHANGE = -100, 2  # of Linux's renameat2


@contextmanager
def workshop(
    target: Path,
    failed: type[Exception] | tuple = (),
    tell: Callable[[str], None] = print,
    lasting: bool = True,
    require: Callable[[Path], None] = belongings.require_ours,
) -> Iterator[Path]:
    """A folder beside `target` to work in, which takes its place in one step when all is done.

    One process at a time works beside `target`; another waits. After an error of the kind `failed` the folder is kept
    beside `target` as what a failed run left (`remains`). After any other end, also a killed process, `target` is as
    it was, and the next workshop removes what a killed one left. `tell` is given a sentence for each thing of a
    person's that was kept. What is not `lasting` may be lost where the machine itself stops in the next seconds.
    Raises DataError where `target` is not to be replaced, as `require` says of it when it is this process's turn.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with hold(target.parent, waiting=lambda: tell(atomic.busy(target.parent))):
        tidy(target)
        require(target)
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


def settle(folder: Path) -> None:
    """Wait until the files of a folder are on the disk, so that no crash leaves a name without its content."""
    for place, _, names in os.walk(folder):
        for path in (Path(place), *(Path(place, name) for name in names)):
            if not path.is_symlink() and (path.is_file() or path.is_dir()):
                synchronize(path)


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
    if atomic.fcntl is None:  # nobody can tell whether another run is at work
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
    if atomic.fcntl is None:  # nobody can tell whether a run is at work; the next one puts it back
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
    ours = re.compile(rf"\.{re.escape(target.name)}(-{FAILED})?-[0-9a-f]{{8}}")
    with suppress(OSError), os.scandir(target.parent) as found:
        return [target.parent / entry.name for entry in sorted(found, key=lambda one: one.name)
                if ours.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)]  # fmt: skip
    return []
