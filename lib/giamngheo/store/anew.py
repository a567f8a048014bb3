"""Pages and lists among the results that are made anew each time: the index, comparisons, lists of a batch."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from giamngheo import limits
from giamngheo.store import atomic, belongings

BEGINNING = 2_000  # bytes in which a page or list says what it is


def put(path: Path, content: str | Callable[[], str], mark: str, encoding: str = "utf-8") -> None:
    """Write a page or list in one step; `mark` stands at the beginning of each that this program has made.

    Somebody's own file of that name is kept beside it, and told. Raises DataError for a link, whose end is not ours to
    write, and as `atomic.put` does.
    """
    if path.is_symlink():
        raise atomic.refusal(path, "là liên kết nên không ghi qua đó", "xóa hoặc dời liên kết này rồi chạy lại")
    if path.is_file() and mark.encode() not in limits.head(path, BEGINNING):
        with suppress(FileNotFoundError):  # another process has done it
            print(belongings.set_aside(path, changed=False), file=sys.stderr)
    atomic.put(path, content, encoding)
