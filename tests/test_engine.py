"""The engines: a forked process gives what a kernel gives, keeps nothing, and fails as loudly."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from ast import literal_eval
from pathlib import Path

import nbformat
import pytest
from nbformat import v4
from papermill.engines import papermill_engines

from conftest import NOTEBOOKS, PROJECT, SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.run import engine, runner

# What notebooks do, from printing to background threads; each cell may fail, and then its error is compared.
CELLS = [
    "print('một'); import sys; print('hai', file=sys.stderr); print('ba')",
    "from IPython.display import HTML, clear_output, display, update_display\ndisplay(HTML('<b>x</b>')); print('y')\n1",
    "display('đầu', display_id='tên')",
    "update_display('sau', display_id='tên')",
    "print('gone'); clear_output(); print('kept')",
    "print('gone'); clear_output(wait=True); display('kept')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3]); plt.title('Tiêu đề')",
    "figure, axes = plt.subplots(); axes.bar(['a'], [1]); plt.show(); print('after')",
    "%matplotlib inline\nplt.figure(figsize=(2, 1)); plt.plot([1]); None",
    "import os\nhere = %pwd\nhere == os.getcwd()",
    "%%capture out\nprint('captured')",
    "out.stdout",
    "%env MY_VARIABLE=5",
    "!echo from the shell",
    "%%bash\necho in bash; echo aside >&2",
    # ipykernel reads what processes write in a thread of its own, and a cell that has ended gets no more of it
    "import subprocess, time; subprocess.run(['echo', 'from a process'], check=True); time.sleep(0.5)",
    "os.system('echo from os.system'); time.sleep(0.5)",
    "_, len(In), len(Out)",
    "1 / 0",
    "import warnings; warnings.warn('cẩn thận'); warnings.warn('old', DeprecationWarning)",
    "import asyncio\nawait asyncio.sleep(0.01)\nasyncio.get_running_loop().is_running()",
    "input('?')",
    "def f(:",
    "class Shown:\n    def _repr_html_(self): return '<p>A</p>'\nShown()",
    "class Broken:\n    def _repr_html_(self): raise ValueError('no html')\n    def __repr__(self): return 'B()'\nBroken()",
    "import pandas as pd; pd.DataFrame({str(i): range(3) for i in range(30)})",
    "print('\\rprogress 1', end=''); print('\\rprogress 2')",
    "import threading\nthread = threading.Thread(target=print, args=['from a thread']); thread.start(); thread.join()",
    "import logging; logging.warning('logged')",
    "%precision 3\nimport numpy as np\nnp.arange(3) / 3",
    "import multiprocessing as mp\nfork = mp.get_context('fork').Process(target=print, args=['from a fork'])\n"
    "fork.start(); fork.join()",
    "[os.environ.get(name) for name in ('MPLBACKEND', 'TERM', 'PAGER', 'CLICOLOR')]",
    "import signal; signal.getsignal(signal.SIGINT)",
    "%xmode Minimal\n[][1]",
    "pd.get_option('display.max_columns'), plt.rcParams['figure.figsize'], sys.stdout.isatty()",
    "sys.path[0] == '', '' in sys.path, __name__",
    "raise KeyboardInterrupt",
    "sorted(name for name in globals() if not name.startswith('_'))",
]  # fmt: skip


def notebook(*sources, tags=()):
    made = v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    made.metadata.papermill = {}
    for number, source in enumerate(sources):
        made.cells.append(v4.new_code_cell(source, id=f"c{number:02d}", metadata={"tags": list(tags)}))
    return made


def run(name, made, **options):
    """The executed notebook as a report keeps it."""
    executed = papermill_engines.execute_notebook_with_engine(
        name, made, kernel_name="python3", progress_bar=False, **options
    )
    return runner.settled(executed, {})


def shown(executed):
    return [(cell.source, cell.execution_count, json.loads(json.dumps(cell.outputs))) for cell in executed.cells]


def last_error(executed):
    return next(output for output in executed.cells[-1].outputs if output.output_type == "error")


def text(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


def test_a_forked_process_shows_and_raises_what_a_kernel_does(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # where it is set, ipykernel leaves what processes write to pytest
    warm, kernel = (run(name, notebook(*CELLS, tags=["raises-exception"])) for name in ("warm", "kernel"))
    for ours, theirs in zip(shown(warm), shown(kernel), strict=True):
        assert ours == theirs
    assert warm.metadata.language_info == kernel.metadata.language_info
    assert sum(bool(cell.outputs) for cell in warm.cells) > len(CELLS) - 6


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.stem in runner.NOTEBOOKS], ids=lambda path: path.stem)
def test_every_notebook_gives_the_same_under_both_engines(path, tmp_path):
    warm, kernel = (
        nbformat.writes(runner.settled(runner.execute(path.stem, opened(SEED, SEED_YEAR), tmp_path, name), {}))
        for name in ("warm", "kernel")
    )
    assert warm == kernel


LEFT_BEHIND = """\
import os, random, sys
import matplotlib, numpy, pandas
leaked = 1
os.chdir('/'); os.environ['LEAKED'] = '1'; os.environ['GIAMNGHEO_DATA'] = '/leaked'
matplotlib.rcParams['font.size'] = 99; pandas.set_option('display.max_rows', 3)
random.seed(1); numpy.random.seed(1)
import giamngheo.figures.poverty
giamngheo.figures.poverty.rates = None; sys.modules['leaked'] = sys; sys.path.append('leaked')
"""
FOUND = """\
import os, random, sys
import matplotlib, numpy, pandas
import giamngheo.figures.poverty
['leaked' in globals(), os.getcwd() == '/', 'LEAKED' in os.environ, os.environ['GIAMNGHEO_DATA'] == '/leaked',
 matplotlib.rcParams['font.size'] == 99, pandas.get_option('display.max_rows') == 3,
 giamngheo.figures.poverty.rates is None, 'leaked' in sys.modules, 'leaked' in sys.path]
"""


def test_nothing_that_a_run_changes_is_found_by_the_next(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("warm", notebook(LEFT_BEHIND))
    found = run("warm", notebook(FOUND))
    assert found.cells[0].outputs[0].data["text/plain"].replace("\n", "") == "[" + ", ".join(["False"] * 9) + "]"


def test_random_numbers_differ_from_run_to_run():
    drawn = "import random, numpy\nrandom.random(), float(numpy.random.random())"
    once, again = (run("warm", notebook(drawn)).cells[0].outputs[0].data["text/plain"] for _ in range(2))
    assert set(once.strip("()").split(", ")).isdisjoint(again.strip("()").split(", "))


def test_a_caller_whose_own_event_loop_has_ended_gets_the_results():
    run("warm", notebook("1"))
    asyncio.run(asyncio.sleep(0))
    assert [text(cell) for cell in run("warm", notebook("print('một')")).cells] == ["một\n"]


def test_the_environment_and_the_folder_are_the_callers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASKED", "1")
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    executed = run("warm", notebook("import os, time\nos.environ['ASKED'], os.getcwd(), time.tzname[0]"))
    assert literal_eval(executed.cells[0].outputs[0].data["text/plain"]) == ("1", str(tmp_path), "+07")


@pytest.mark.parametrize(
    "crash, cause",
    [
        ("import ctypes; ctypes.string_at(0)", "the process of the run ended by SIGSEGV"),
        ("import os; os._exit(3)", "the process of the run left with code 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "the process of the run ended by SIGKILL"),
    ],
)
def test_a_crash_is_an_error_at_the_cell_that_crashed(crash, cause):
    executed = run("warm", notebook("print('before')", f"display('so far')\n{crash}"))
    assert text(executed.cells[0]) == "before\n"
    assert executed.cells[1].outputs[0].data["text/plain"] == "'so far'"
    assert (last_error(executed).ename, last_error(executed).evalue) == ("DeadKernelError", cause)


def test_papermills_own_kernel_crashes_as_loudly():
    executed = run("kernel", notebook("print('before')", "import os; os._exit(3)"))
    assert text(executed.cells[0]) == "before\n"
    assert last_error(executed).ename == "DeadKernelError"


def test_a_cell_that_takes_too_long_is_interrupted_and_shows_where_it_was():
    executed = run("warm", notebook("import time\nwhile True: time.sleep(0.01)"), execution_timeout=1)
    assert last_error(executed).ename == "KeyboardInterrupt"
    assert "time.sleep" in "".join(last_error(executed).traceback)


def test_a_cell_that_does_not_heed_the_interrupt_is_given_up():
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    started = time.monotonic()
    executed = run("warm", notebook(stubborn), execution_timeout=1)
    assert last_error(executed).ename == "CellTimeoutError"
    assert time.monotonic() - started < 20


def test_more_memory_than_allowed_is_an_error_of_the_cell():
    executed = run("warm", notebook("len(bytearray(3 << 30))"), memory=2 << 30)
    assert last_error(executed).ename == "MemoryError"


def test_nothing_lives_on_when_the_one_who_asked_is_killed(tmp_path):
    asking = f"""
import os, sys
sys.path[:0] = [{str(PROJECT / "tests")!r}]
import test_engine
test_engine.run("warm", test_engine.notebook(
    "import os, pathlib, time; pathlib.Path('pid').write_text(str(os.getpid())); time.sleep(60)"))
"""
    asker = subprocess.Popen([sys.executable, "-c", asking], cwd=tmp_path)
    waited = time.monotonic() + 60
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < waited
        time.sleep(0.05)
    asker.send_signal(signal.SIGKILL)
    asker.wait()
    runs = int((tmp_path / "pid").read_text())
    while alive(runs):
        assert time.monotonic() < waited
        time.sleep(0.05)


def alive(process):
    """Whether the process runs; one that has ended and waits to be counted does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_where_processes_cannot_be_forked_papermills_kernel_is_the_default():
    assert ("warm" if sys.platform == "linux" else "kernel") == engine.DEFAULT
