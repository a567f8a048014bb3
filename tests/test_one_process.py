"""A command that makes a report is one process: it imports everything once, and its notebooks run in forks of it."""

import signal
import subprocess
import sys

import pytest

from conftest import BIN, PROJECT, SEED, SEED_YEAR

pytestmark = pytest.mark.long

FORKED = """
import os, signal, sys
from giamngheo.run import forkserver
forkserver.become_warm()
signal.signal(signal.SIGTERM, lambda *_: print("the command's own answer"))
forked = forkserver.context()
ours, theirs = forked.Pipe()
def tell():
    forkserver.detach()
    stops = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)]
    theirs.send((os.getppid(), sys.modules["__main__"].__name__, stops, signal.pthread_sigmask(signal.SIG_BLOCK, [])))
process = forked.Process(target=tell)
forkserver.start(process)
parent, main, stops, blocked = ours.recv()
process.join()
print(parent == os.getpid(), main, stops == [signal.SIG_DFL] * 2, blocked, signal.pthread_sigmask(signal.SIG_BLOCK, []))
"""

STOPPED = """\
import time, weakref
from pathlib import Path
from signal import SIGINT, raise_signal
from giamngheo.run import ending
def command():
    {command}
raise SystemExit(ending.orderly(command, "lệnh report", Path('{logs}')))
"""
BEFORE = """\
import builtins, signal
from giamngheo import __main__
find = builtins.__import__
def stopped(name, *given):
    if given[2] == ("cli",):
        signal.raise_signal(signal.SIGINT)
    return find(name, *given)
builtins.__import__ = stopped
__main__.main()
"""


@pytest.mark.parametrize("verb", ["report", "verify"])
def test_a_report_is_made_by_one_interpreter(verb, seed_reports):
    """With this option every interpreter says what it imports, also what a cell imports, in its results."""
    told = ("--unit", SEED, "--year", str(SEED_YEAR), "--out", str(seed_reports[0].parents[1]))
    command = [sys.executable, "-X", "importtime", str(BIN / "giamngheo"), verb, *told]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    said = [line.rpartition("|")[2].strip() for line in run.stderr.splitlines()]
    assert {name: said.count(name) for name in ("pandas", "papermill", "matplotlib")} == dict.fromkeys(("pandas", "papermill", "matplotlib"), 1)


def test_a_run_is_a_fork_of_the_command_and_hears_nothing_that_is_said_to_it():
    run = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, check=True)
    assert run.stdout == "True __main__ True set() set()\n"
    assert run.stderr == ""


@pytest.mark.parametrize(
    "command",
    [
        "raise_signal(SIGINT)",
        "try: raise_signal(SIGINT)\n    except KeyboardInterrupt: raise ImportError('initialization failed') from None",
        "it = type('It', (), {})(); ref = weakref.ref(it, lambda _: raise_signal(SIGINT)); del it; time.sleep(60)",
    ],
    ids=["in_the_command", "in_the_import_of_a_compiled_module", "where_python_can_raise_nothing"],
)
def test_a_stop_is_told_as_one_wherever_it_comes(command, tmp_path):
    stopped = STOPPED.format(command=command, logs=tmp_path)
    run = subprocess.run([sys.executable, "-c", stopped], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (130, "Đã dừng theo yêu cầu (Ctrl-C): lệnh report.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_stop_before_the_command_has_begun_ends_it_without_a_word():
    run = subprocess.run([sys.executable, "-X", "importtime", "-c", BEFORE], capture_output=True, text=True)
    assert (run.returncode, "Traceback" in run.stderr, "argparse" in run.stderr) == (-signal.SIGINT, False, False)


def test_a_stop_that_comes_while_runs_are_forked_ends_the_command_alone(tmp_path):
    """Whenever it comes, it is told once, in one line, by the command."""
    for wait in (0.9, 1.2, 1.5, 1.8):
        out = tmp_path / str(wait)
        run = subprocess.Popen([BIN / "giamngheo", "report", "--out", out], cwd=PROJECT, stderr=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, text=True, start_new_session=True)  # fmt: skip
        try:
            run.wait(wait)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGINT)
        assert run.communicate()[1] in ("", "Đã dừng theo yêu cầu (Ctrl-C): lệnh report, đơn vị kong-long-khong, năm 2022.\n")
