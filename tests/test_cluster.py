"""A batch on a real scheduler and two worker processes: one is killed half-way, nothing is lost or doubled."""

import csv
import json
import shutil
import signal
import time
from pathlib import Path

import pytest

from conftest import PROJECT
from provinces import YEAR, bytes_below, python, root, start, undisturbed

pytest.importorskip("distributed")


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler on loopback and its address."""
    file = tmp_path / "scheduler.json"
    options = ("--port", 0, "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", file)
    started = python("-m", "distributed.cli.dask_scheduler", *options)
    until(file.exists)
    yield file
    started.kill()
    started.communicate()


def worker(scheduler: Path, **environment):
    options = ("--nthreads", 1, "--no-nanny", "--no-dashboard", "--local-directory", scheduler.parent)
    return python("-m", "distributed.cli.dask_worker", "--scheduler-file", scheduler, *options, **environment)


def until(true, seconds=120):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def address(scheduler: Path) -> str:
    return json.loads(scheduler.read_text())["address"]


def finished(out: Path) -> int:
    return len(list(out.glob("*/*/manifest.json")))


def test_one_of_two_workers_is_killed_half_way_and_every_report_is_made_once(scheduler, tmp_path):
    workers = [worker(scheduler) for _ in range(2)]
    out = tmp_path / "out"
    made = start(root(), out, scheduler=address(scheduler))
    try:
        until(lambda: finished(out) >= 1 or made.poll() is not None)
        workers[0].send_signal(signal.SIGKILL)
        said = made.communicate(timeout=300)[0]
        assert made.returncode == 0, said
    finally:
        for one in workers:
            one.kill()
            one.communicate()
    assert bytes_below(out) == bytes_below(undisturbed())
    with (out / f"manifest-{YEAR}.csv").open(encoding="utf-8", newline="") as lines:
        files = [row["file"] for row in csv.DictReader(lines)]
    assert len(files) == len(set(files)) == 3 * 11 + 2 * 5


def test_a_worker_whose_library_differs_is_refused(scheduler, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(PROJECT / "lib", other / "lib", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("notebooks", "data"):
        shutil.copytree(PROJECT / folder, other / folder)
    with (other / "lib" / "giamngheo" / "figures" / "poverty.py").open("a", encoding="utf-8") as file:
        file.write("# not the same\n")
    different = worker(scheduler, PYTHONPATH=str(other / "lib"))
    try:
        made = start(root(), tmp_path / "out", scheduler=address(scheduler))
        said = made.communicate(timeout=120)[0]
    finally:
        different.kill()
        different.communicate()
    assert made.returncode == 1
    assert "không dùng, vì khác ở đây: mã: đổi lib/giamngheo/figures/poverty.py" in said
    assert "không có máy nào lập được báo cáo y như ở đây" in said
    assert finished(tmp_path / "out") == 0


def test_a_cluster_of_this_machines_own_makes_the_same_reports(tmp_path):
    made = start(root(), tmp_path / "out", scheduler="local")
    said = made.communicate(timeout=300)[0]
    assert made.returncode == 0, said
    assert bytes_below(tmp_path / "out") == bytes_below(undisturbed())
