"""One process at a time in a folder; the hold ends with the process, however that ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: no such locks, and no batch of many processes
    fcntl = None


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
