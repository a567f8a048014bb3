"""Answers that are kept: the same question about the same figures is worked out once.

For pure functions of frames and plain values the whole content of a frame is part of the question (`by_content`),
for functions of a unit and a year the state of all the unit's files is (`by_files`), so an answer can never belong
to other figures. While a report is made (`within`), what one of its notebooks has worked
out lies ready for the next one: they draw the same pictures and draw the same conclusions.
"""

import copy
import hashlib
import os
import pickle
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

import pandas as pd

from giamngheo.intake import data
from giamngheo.law import standards
from giamngheo.store import atomic, environment

PLACE = "GIAMNGHEO_KEPT"
MOST = 64  # answers kept for each function


def by_content(function):
    """Keep what `function` answers about frames and plain values; the caller gets a copy.

    >>> asked = []
    >>> @by_content
    ... def doubled(frame, by):
    ...     asked.append(by)
    ...     return frame * by
    >>> frame = pd.DataFrame({"n": [1, 2]})
    >>> [int(doubled(given, 2)["n"].sum()) for given in (frame, frame.copy(), frame + 1)]
    [6, 6, 10]
    >>> asked
    [2, 2]
    """
    return keeping(function, lambda *_, **__: ())


def by_files(function):
    """Keep what `function(unit, year, …)` answers while no file of the unit and no law changes; the caller gets a copy."""
    return keeping(function, lambda unit, *_, **__: state(unit))


def keeping(function, seen: Callable[..., tuple]):
    """`function`, asked once for the same arguments and the same things `seen`."""
    kept: OrderedDict[str, object] = OrderedDict()

    @wraps(function)
    def answer(*given, **named):
        asked = question(function, (*given, seen(*given, **named)), named)
        if asked not in kept:
            kept[asked] = shared(asked, lambda: function(*given, **named))
            if len(kept) > MOST:
                kept.popitem(last=False)
        return copy.copy(kept[asked])

    return answer


def state(unit: str) -> tuple:
    """When every file of a unit, of those merged into it and of the law was last written, and its size."""
    places = [data.root() / name for name in (unit, *standards.predecessors(unit))]
    own = [f"{folder}/{name}" for place in places for folder, _, names in os.walk(place) for name in names]
    files = [*sorted(own), *(str(data.law_path(name)) for name in data.LAW)]
    return tuple((file, *data.since(os.stat(file))) for file in files)


@contextmanager
def within(folder: Path) -> Iterator[None]:
    """Share answers with the processes started in the block, through a folder in `folder` that goes with its end."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".kept-") as place, environment.setting(PLACE, place):
        yield


def shared(asked: str, work):
    """The answer that another process has left, or this one's own, left for the others.

    A process may have been told, by the one that started it, of a folder that has gone with its report since.
    """
    place = os.environ.get(PLACE, "")
    if not os.path.isdir(place):
        return work()
    path = Path(place, asked)
    if path.exists():
        return pickle.loads(path.read_bytes())
    answer = work()
    atomic.put(path, pickle.dumps(answer))
    return answer


def question(function, given: tuple, named: dict) -> str:
    """A name for the question: the function and everything it is given, frames with all their cells."""
    asked = [*map(content, given), *((name, content(named[name])) for name in sorted(named))]
    return hashlib.sha256(repr((function.__module__, function.__qualname__, asked)).encode()).hexdigest()


def content(value: object) -> object:
    """A value as part of a question: a frame is its columns, their types, its index and its cells, in order."""
    if not isinstance(value, pd.DataFrame):
        return value
    return (list(value.index), *((name, value[name].dtype, value[name].tolist()) for name in value))
