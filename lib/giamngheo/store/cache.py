"""Answers that are kept: the same question about the same things is worked out once.

What a question is about is part of it: of a frame every cell, of a unit's year the state of all its files. So an answer
can never belong to other figures. While a report is made (`within`), what one of its notebooks has worked out lies ready
for the next one: they draw the same pictures and draw the same conclusions.
"""

import copy
import hashlib
import os
import pickle
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import pandas as pd

from giamngheo.store import atomic

MOST = 64  # answers kept for each function
_shared_in: Path | None = None  # where this process shares answers with others


def kept(function):
    """Keep what a pure `function` answers; the caller gets a copy.

    Answers about a thing that changes (one with a `state`, and `kept` for what was worked out of it) are kept there.

    >>> asked = []
    >>> @kept
    ... def doubled(frame, by):
    ...     asked.append(by)
    ...     return frame * by
    >>> frame = pd.DataFrame({"n": [1, 2]})
    >>> [int(doubled(given, 2)["n"].sum()) for given in (frame, frame.copy(), frame + 1)]
    [6, 6, 10]
    >>> asked
    [2, 2]
    """
    own: OrderedDict[str, object] = OrderedDict()

    @wraps(function)
    def answer(*given, **named):
        asked = question(function, given, named)
        answers = given[0].kept if hasattr(type(given[0]), "state") else own
        if asked not in answers:
            answers[asked] = shared(asked, lambda: function(*given, **named))
            if len(own) > MOST:
                own.popitem(last=False)
        return copy.copy(answers[asked])

    return answer


def share(folder: str | Path | None) -> None:
    """Share answers with the processes that share in the same folder; with None, with nobody."""
    global _shared_in
    _shared_in = Path(folder) if folder else None


@contextmanager
def within(folder: Path) -> Iterator[Path]:
    """Share answers in the block, in a folder in `folder` that goes with its end; processes started there may join."""
    before = _shared_in
    with tempfile.TemporaryDirectory(dir=folder, prefix=".kept-") as place:
        share(place)
        try:
            yield Path(place)
        finally:
            share(before)


def shared(asked: str, work):
    """The answer that another process has left, or this one's own, left for the others.

    A process may have been told, by the one that started it, of a folder that has gone with its report since.
    """
    if _shared_in is None or not _shared_in.is_dir():
        return work()
    path = _shared_in / asked
    if path.exists():
        return pickle.loads(path.read_bytes())
    answer = work()
    atomic.put(path, pickle.dumps(answer))
    return answer


def question(function, given: tuple, named: dict) -> str:
    """A name for the question: the function and everything it is given, frames with all their cells."""
    asked = [*map(content, given), *((name, content(named[name])) for name in sorted(named))]
    return hashlib.sha256(repr((function.__module__, function.__qualname__, asked)).encode()).hexdigest()


def content(value: Any) -> object:
    """A value as part of a question.

    A frame is its columns, their types, its index and its cells, in order; a thing with a `state` is that.
    """
    if isinstance(value, pd.DataFrame):
        return (list(value.index), *((name, value[name].dtype, value[name].tolist()) for name in value))
    return (value.place, value.kind, value.state()) if hasattr(type(value), "state") else value


def changed(path: Path) -> tuple[int, int]:
    """When a file was last written (ns) and its size (bytes): while both stay, its content does."""
    return since(path.stat())


def since(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_mtime_ns, stat.st_size
