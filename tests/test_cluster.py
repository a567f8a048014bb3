"""A batch on a real scheduler and two worker processes: one is killed half-way, nothing is lost or doubled."""

import csv
import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from conftest import PROJECT
from provinces import YEAR, bytes_below, python, root, start, undisturbed

pytestmark = pytest.mark.long

distributed = pytest.importorskip("distributed")


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler on loopback and its address."""
    file = tmp_path / "scheduler.json"
    options = ("--port", 0, "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", file)
    started = python("-m", "distributed.cli.dask_scheduler", *options)
    until(file.exists)
    (tmp_path / "pid").write_text(str(started.pid))
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
    assert len(files) == len(set(files)) == 3 * 14 + 2 * 8


LOST = (
    "mất kết nối với bộ điều phối giữa chừng; các báo cáo đã nhận về còn nguyên. "
    "Cách sửa: khởi động lại bộ điều phối và các máy của nó, rồi chạy lại lệnh này để làm tiếp phần còn lại."
)


def test_a_scheduler_that_dies_half_way_is_one_sentence_and_what_has_come_back_stays(scheduler, tmp_path):
    one, out, asked = worker(scheduler), tmp_path / "out", address(scheduler)
    with distributed.Client(asked) as client:
        client.wait_for_workers(1, timeout=120)
    made = start(root(), out, scheduler=asked)
    try:
        until(lambda: finished(out) >= 1 or made.poll() is not None)
        os.kill(json.loads((scheduler.parent / "pid").read_text()), signal.SIGKILL)
        said = made.communicate(timeout=300)[0].splitlines()
    finally:
        made.kill()
        one.kill()
        one.communicate()
    there = finished(out)
    assert 1 <= there < 3
    assert (made.returncode, said[:-1]) == (1, ["5 báo cáo năm 2024: 0 còn nguyên, 5 cần lập", f"{asked}: {LOST}"])
    assert said[-1].partition(";")[0] == f"{there}/5 báo cáo còn nguyên, 0 lỗi"
    with (out / f"manifest-{YEAR}.csv").open(encoding="utf-8", newline="") as lines:
        assert len({row["unit"] for row in csv.DictReader(lines)}) == there
    assert [path.name for path in out.rglob(".*")] == []


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
