"""A batch leaves nothing torn, however it ends, and the same command goes on where it stopped."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from giamngheo.run import batch, processes
from provinces import UNITS, YEAR, bytes_below, root, start, undisturbed

pytestmark = pytest.mark.long

HTML = ("html",)


def test_a_second_batch_waits_for_its_turn(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(root()))
    with batch.alone(tmp_path), pytest.raises(batch.Busy, match="đang ghi vào"):
        batch.main(root(), "all", YEAR, out=tmp_path)


def dies(pipe, task):
    os.kill(os.getpid(), signal.SIGKILL)


def sleeps(pipe, task):
    time.sleep(60)


@pytest.mark.parametrize("worker, limit", [(dies, 60), (sleeps, 1)])
def test_a_report_whose_process_dies_or_takes_too_long_is_a_failure(worker, limit, tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "worker", worker)
    (outcome,) = processes.run([processes.Task(UNITS[0], YEAR, root(), tmp_path, "warm", HTML)], 1, limit)
    assert outcome.cause == "tiến trình của báo cáo kết thúc bởi SIGKILL"


def working(out: Path) -> bool:
    return any(out.glob("*/.*"))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "ctrl-c"])
def test_a_batch_that_is_stopped_leaves_whole_reports_only_and_goes_on(how, tmp_path):
    whole = bytes_below(undisturbed())
    running = start(root(), tmp_path)
    while not working(tmp_path):
        time.sleep(0.01)
    time.sleep(random.Random(int(how)).uniform(0, 3))
    running.send_signal(how)
    running.communicate(timeout=60)
    assert running.returncode == (130 if how == signal.SIGINT else -how)
    for name, digest in bytes_below(tmp_path).items():
        assert "/." in name or "/" not in name or whole[name] == digest
    assert how == signal.SIGKILL or not working(tmp_path)
    again = start(root(), tmp_path, jobs=4)
    said = again.communicate(timeout=300)[0]
    assert again.returncode == 0, said
    assert bytes_below(tmp_path) == whole
