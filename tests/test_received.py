"""What another machine sends back is held against what was asked for; nothing else is ever written."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import provinces
from conftest import PROJECT, program
from giamngheo.run import received
from giamngheo.run.processes import Outcome, Task
from giamngheo.store import manifest

UNIT, YEAR = "mo-phong-001", 2024
TASK = Task(UNIT, YEAR, Path("data"), Path("out"), "", ("pdf",))
ASKED = {"key": f"{UNIT}/{YEAR}/{'0' * 64}", "unit": UNIT, "year": YEAR, "inputs": {"a.csv": "1"}}
FILES = {"04_report.ipynb": b"{}", "bao-cao.pdf": b"%PDF-"}
MADE = Outcome(UNIT, YEAR)


def sent(files=FILES, asked=ASKED, **more) -> dict[str, bytes]:
    """A report's files with their manifest, and `more` files that it does not list."""
    return files | {"manifest.json": manifest.written(asked, files)} | more


def refusal(outcome, files, task=TASK) -> str:
    with pytest.raises(received.Untrusted) as refused:
        received.checked((outcome, files), task, ASKED)
    return str(refused.value)


def test_the_report_that_was_asked_for_is_taken_as_it_is():
    assert received.checked((MADE, sent()), TASK, ASKED) == (MADE, sent())


def test_of_a_failed_report_the_notebooks_are_taken_and_nothing_else():
    failed = replace(MADE, cause="ZeroDivisionError")
    files = {"01_review.ipynb": b"{}", "bao-cao.pdf": b"", "manifest.json": b"{}"}
    assert received.checked((failed, files), TASK, ASKED) == (failed, {"01_review.ipynb": b"{}"})


NAMES = [
    "../x.pdf", "/etc/x.conf", "a/b.pdf", ".bashrc", "..", "x", "a\0.pdf", "a\n.pdf", "C:\\x.pdf", "bao-cao.pdf ",
    "б.pdf", "a" * 200 + ".pdf", 7,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("cause", ["", "boom"])
def test_a_name_that_is_no_plain_name_is_refused_also_with_a_failure(name, cause):
    said = refusal(replace(MADE, cause=cause), sent() | {name: b""})
    assert said == f"tên tệp {str(name)[:100]!r} không phải là tên của một tệp báo cáo"


OTHER = ASKED | {"key": f"mo-phong-002/{YEAR}/{'0' * 64}"}
WRONG = {
    "another unit": (replace(MADE, unit="mo-phong-002"), sent(), "kết quả của đơn vị hoặc năm khác"),
    "another year": (replace(MADE, year=2023), sent(), "kết quả của đơn vị hoặc năm khác"),
    "no outcome": ("xong", sent(), "kết quả của đơn vị hoặc năm khác"),
    "another key": (MADE, sent(asked=OTHER), f"manifest.json của báo cáo khác, không phải {ASKED['key']}"),
    "other inputs under the key": (
        MADE, sent(asked=ASKED | {"inputs": {"a.csv": "2"}}), f"manifest.json của báo cáo khác, không phải {ASKED['key']}"
    ),
    "a file that is not listed": (MADE, sent(**{"extra.html": b""}), "tệp extra.html không khớp với manifest.json: thừa"),
    "a listed file that is not there": (
        MADE, {name: content for name, content in sent().items() if name != "bao-cao.pdf"},
        "tệp bao-cao.pdf không khớp với manifest.json: thiếu",
    ),
    "other bytes": (MADE, sent() | {"bao-cao.pdf": b"%PDF-x"}, "tệp bao-cao.pdf có nội dung khác với manifest.json"),
    "no manifest": (MADE, FILES, "không có manifest.json đọc được"),
    "a manifest that is none": (MADE, FILES | {"manifest.json": b"[1]"}, "không có manifest.json đọc được"),
    "a manifest as deep as a well": (MADE, FILES | {"manifest.json": b"[" * 100_000}, "không có manifest.json đọc được"),
    "nothing at all": (MADE, {}, "không có manifest.json đọc được"),
    "no report among the files": (MADE, sent({"x.html": b""}), "manifest.json không liệt kê các tệp"),
    "a form less than asked for": (MADE, sent({"04_report.ipynb": b"{}"}), "thiếu dạng pdf"),
    "text in place of bytes": (MADE, sent() | {"bao-cao.pdf": "%PDF-"}, "tệp bao-cao.pdf không phải là dãy byte"),
    "a cause that is no text": (replace(MADE, cause=b"boom"), sent(), "lời báo không phải là chữ, hoặc quá dài"),
    "a cause without end": (replace(MADE, cause="a" * 200_000), sent(), "lời báo không phải là chữ, hoặc quá dài"),
}  # fmt: skip


@pytest.mark.parametrize(("outcome", "files", "message"), WRONG.values(), ids=WRONG)
def test_what_was_not_asked_for_is_refused_by_name(outcome, files, message):
    assert refusal(outcome, files) == message


def test_a_result_that_is_no_pair_is_refused():
    with pytest.raises(received.Untrusted, match="không phải là một kết quả và các tệp của nó"):
        received.checked(json, TASK, ASKED)


HOSTILE = """
import sys
from pathlib import Path
from giamngheo.run import batch, cluster, processes

def hostile(parcel):  # what a worker that lies might send
    return processes.Outcome(parcel.task.unit, parcel.task.year), {"../../outside.pdf": b"x", "manifest.json": b"{}"}

if __name__ == "__main__":
    cluster.make_there = hostile
    sys.exit(batch.main(Path(sys.argv[2]), "mo-phong-001", 2024, 1, "local", out=Path(sys.argv[1])))
"""


def test_a_worker_that_lies_makes_one_failure_and_no_file(tmp_path):
    pytest.importorskip("distributed")
    (tmp_path / "lies.py").write_text(HOSTILE, encoding="utf-8")
    run = provinces.python(tmp_path / "lies.py", tmp_path / "a" / "out", provinces.root())
    said = run.communicate(timeout=120)[0]
    assert run.returncode == 1, said
    assert "không nhận kết quả từ máy khác: tên tệp '../../outside.pdf' không" in said
    assert "Traceback" not in said
    assert not list(tmp_path.rglob("outside.pdf"))
    assert not (tmp_path / "a" / "out" / UNIT / "2024").exists()


SCHEDULERS = {"nobody answers": "tcp://127.0.0.1:1", "no address": "abc://x", "no machine": "tcp://khong-co.invalid:8786"}


@pytest.mark.parametrize("address", SCHEDULERS.values(), ids=SCHEDULERS)
def test_a_scheduler_that_cannot_be_reached_is_1_and_said_in_a_line(address, tmp_path):
    options = ("--data", provinces.root(), "--out", tmp_path, "--year", YEAR, "--scheduler", address)
    run = program("giamngheo", "batch", *options, cwd=PROJECT)
    complaint = run.communicate(timeout=120)[1]
    assert run.returncode == 1
    assert [line for line in complaint.splitlines() if line.startswith(f"{address}: không kết nối được")] == complaint.splitlines()
