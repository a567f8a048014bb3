"""Folders to work in that become the finished folder in one step, or vanish; files that appear whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: no such locks, and no batch of many processes
    fcntl = None



@contextmanager
def workshop(target: Path, keep: type[Exception] | tuple = ()):
    """A folder beside `target` to work in, which takes its place in one step when all is done.

    After an error of the kind `keep` it takes that place too, for whoever looks for the cause. After any other
    end, also a killed process, `target` is as it was; `sweep` removes what a killed one left.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    with hold(folder):
        try:
            yield folder
            replace(folder, target)
        except keep:
            replace(folder, target)
            raise
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def replace(folder: Path, target: Path) -> None:
    """Put the finished folder in the place of the old one, which is moved away whole before it is removed."""
    folder.chmod(0o755)
    if target.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
        os.rename(target, old / target.name)
        os.rename(folder, target)
        shutil.rmtree(old)
    else:
        os.rename(folder, target)


def put(path: Path, content: bytes) -> None:
    """Write a file in one step, so that nobody ever reads half of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def sweep(target: Path) -> bool:
    """Remove the working folders of `target` that no process holds; whether none is left."""
    left = False
    for folder in target.parent.glob(f".{target.name}-*"):
        try:
            with hold(folder, wait=False):
                shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            left = True
    return not left


@contextmanager
def hold(folder: Path, wait: bool = True) -> Iterator[None]:
    """Hold `folder`; where another process holds it, wait for that to end or raise BlockingIOError."""
    if fcntl is None:
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(held)
