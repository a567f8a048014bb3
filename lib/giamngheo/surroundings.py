"""What lies around a run and must not change it: the user's own settings of Python, matplotlib and IPython.

It is loaded before anything else, so it needs the standard library alone.
"""

import gc
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

LIBRARY = Path(__file__).parents[1]
LEFT_OUT = ("PYTHONSTARTUP", "PYTHONWARNINGS", "PYTHONOPTIMIZE", "PYTHONINSPECT", "MPLBACKEND", "IPYTHONDIR", "JUPYTER_PATH")
UNUSED = ("debugpy", "rfc3987_syntax")  # optional parts of ipykernel and jsonschema
PATH, DRAWING = "PYTHONPATH", "MATPLOTLIBRC"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")  # numpy's, and Typst's
SELDOM = 50_000, 20, 100  # for `gc.set_threshold`: ours are few things, and most of them stay


def cleaned(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment without the user's own settings: matplotlib draws by its own, Python finds only this library.

    >>> cleaned({"MPLBACKEND": "TkAgg", "PYTHONPATH": "elsewhere", "LANG": "vi_VN.UTF-8"}).keys() - {"MATPLOTLIBRC"}
    {'LANG'}
    """
    kept = {name: value for name, value in environ.items() if name not in (*LEFT_OUT, PATH)}
    if own := [place for place in environ.get(PATH, "").split(os.pathsep) if place and Path(place).resolve() == LIBRARY]:
        kept[PATH] = own[0]
    matplotlib = find_spec("matplotlib")
    assert matplotlib and matplotlib.origin  # a dependency, and a package with a file of its own
    return kept | {DRAWING: str(Path(matplotlib.origin).with_name("mpl-data") / "matplotlibrc")}


def start_clean() -> None:
    """Go on without the user's own settings; where Python has heeded one of them already, it begins again."""
    clean = cleaned(os.environ)
    if any(name in os.environ and os.environ[name] != clean.get(name) for name in (*LEFT_OUT, PATH)):
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], clean)
    os.environ.update(clean)


def one_thread() -> None:
    """What is loaded afterwards starts no threads of its own, which a fork would lose and a short command only waits for."""
    os.environ.update(dict.fromkeys(THREADS, "1"))


def short() -> None:
    """For a command that reads, answers and ends: it waits neither for threads nor for what looks for things to throw away."""
    one_thread()
    gc.set_threshold(*SELDOM)


@contextmanager
def without_unused() -> Iterator[None]:
    """What is imported meanwhile does without parts that no run uses, and whose import takes longer than all the rest."""
    absent = set(UNUSED) - sys.modules.keys()
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None: to be looked for nowhere
    try:
        yield
    finally:
        for name in absent:
            sys.modules.pop(name, None)
