"""How commands end: stopped, refused by the machine, met by an error nobody expected; one line, nothing torn, nobody left."""

import os
import resource
import signal
import subprocess
import time
from functools import partial
from pathlib import Path

import pytest

import projects
import provinces
from conftest import PROJECT, program
from giamngheo.run import descendants, ending

pytestmark = pytest.mark.long

UNIT = "mo-phong-001"
FORGETFUL = """\
import subprocess, sys, time
asleep = [sys.executable, "-c", "import time; time.sleep(1000)", str(__import__("os").getcwd())]
subprocess.Popen(asleep)
subprocess.Popen(asleep, start_new_session=True)
"""
REPORT = ("report", "--unit", "xa", "--year", 2022)
STOPS = {
    "SIGINT": (130, "Đã dừng theo yêu cầu (Ctrl-C): lệnh report, đơn vị xa, năm 2022."),
    "SIGTERM": (143, "Đã dừng vì được yêu cầu kết thúc: lệnh report, đơn vị xa, năm 2022."),
    "SIGHUP": (129, "Đã dừng vì cửa sổ lệnh đã đóng: lệnh report, đơn vị xa, năm 2022."),
}


@pytest.fixture(scope="module")
def hanging(tmp_path_factory):
    """A project whose report forgets two processes and then takes its time."""
    root = tmp_path_factory.mktemp("hanging")
    projects.write(root, f"{FORGETFUL}open('../began', 'w').close()\ntime.sleep(1000)", unit="xa")
    return root


def about(root: Path) -> list[str]:
    """The command lines and folders of living processes that name `root`."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            said = f"{(place / 'cmdline').read_text(errors='replace')} {os.readlink(place / 'cwd')}"
        except OSError:
            continue
        found += [said] if str(root) in said else []
    return found


def until(true, seconds=120):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("engine", ["warm", "kernel"])
@pytest.mark.parametrize("stop", STOPS)
def test_a_stopped_report_says_so_in_one_line_and_leaves_no_process_and_no_folder(hanging, stop, engine):
    began = hanging / "outputs" / "xa" / "began"
    began.unlink(missing_ok=True)
    run = program("giamngheo", *REPORT, "--engine", engine, cwd=hanging, PYTHONPATH=str(hanging / "lib"))
    until(began.exists)
    run.send_signal(getattr(signal, stop))
    complaint = run.communicate(timeout=60)[1]
    assert (run.returncode, complaint.splitlines()[-1]) == STOPS[stop]
    assert "Traceback" not in complaint
    assert about(hanging) == []
    assert [path.name for path in began.parent.iterdir()] == ["began"]


def test_a_second_ctrl_c_does_not_disturb_the_cleaning_up(hanging):
    began = hanging / "outputs" / "xa" / "began"
    began.unlink(missing_ok=True)
    run = program("giamngheo", *REPORT, cwd=hanging, PYTHONPATH=str(hanging / "lib"))
    until(began.exists)
    for _ in range(5):
        run.send_signal(signal.SIGINT)
    assert (run.communicate(timeout=60)[1].splitlines()[-1], run.returncode) == (STOPS["SIGINT"][1], 130)
    assert about(hanging) == []


def test_a_stopped_batch_says_how_far_it_came_and_leaves_no_process(hanging):
    began = hanging / "outputs" / "xa" / "began"
    began.unlink(missing_ok=True)
    run = program("giamngheo", "batch", "--year", 2022, cwd=hanging, PYTHONPATH=str(hanging / "lib"))
    until(began.exists)
    run.send_signal(signal.SIGTERM)
    complaint = run.communicate(timeout=60)[1]
    assert (run.returncode, complaint) == (143, "Đã dừng theo yêu cầu; chạy lại lệnh này thì làm tiếp phần còn lại.\n")
    assert about(hanging) == []


def test_what_a_finished_report_forgot_has_ended_too(tmp_path):
    projects.write(tmp_path, FORGETFUL, "1 / 0", unit="xa")
    run = program("giamngheo", *REPORT, cwd=tmp_path, PYTHONPATH=str(tmp_path / "lib"))
    assert "ZeroDivisionError" in run.communicate(timeout=120)[1]
    assert about(tmp_path) == []


def test_processes_that_were_there_before_a_command_are_left_alone():
    before = subprocess.Popen(["sleep", "100"])
    try:
        with descendants.none_left():
            during = subprocess.Popen(["sleep", "100"])
        assert before.poll() is None
        assert during.wait(timeout=5) in (0, -signal.SIGKILL)
    finally:
        before.kill()
        before.wait()


# what nobody expected ------------------------------------------------------------------------------


@pytest.fixture
def told(capsys, tmp_path):
    """A function that ends a command by an error and returns its exit code and what is complained of."""

    def end(error: BaseException):
        def command():
            raise error

        code = ending.orderly(command, "lệnh check, đơn vị xa, năm 2022", tmp_path / "nhat-ky")
        return code, capsys.readouterr().err

    return end


def test_an_error_nobody_expected_is_one_line_and_its_traceback_stands_in_the_log_it_names(told, tmp_path):
    code, complaint = told(KeyError("poor_households"))
    log = next((tmp_path / "nhat-ky").iterdir())
    assert (code, complaint) == (
        1,
        "Không xong: lệnh check, đơn vị xa, năm 2022. Nguyên nhân: lỗi không lường trước, KeyError: 'poor_households'. "
        f"Nhật ký cho người phụ trách phần mềm: {log}\n",
    )
    lines = log.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == [
        "lệnh check, đơn vị xa, năm 2022", "Có thể có giá trị lấy từ số liệu: xem lại trước khi gửi cho ai."
    ]  # fmt: skip
    assert lines[3] == "Traceback (most recent call last):"
    assert lines[-1] == "KeyError: 'poor_households'"


def test_where_the_outputs_cannot_be_written_the_log_is_with_the_users_temporary_files(told, tmp_path, monkeypatch):
    (tmp_path / "nhat-ky").touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tam"))
    (tmp_path / "tam").mkdir()
    complaint = told(ZeroDivisionError("division by zero"))[1]
    log = next((tmp_path / "tam" / "giamngheo").iterdir())
    assert complaint.endswith(f"Nhật ký cho người phụ trách phần mềm: {log}\n")


def test_where_no_log_can_be_written_that_is_said(told, tmp_path, monkeypatch):
    (tmp_path / "nhat-ky").touch()
    (tmp_path / "tam").touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tam"))
    assert told(ValueError("x\nxx"))[1] == (
        "Không xong: lệnh check, đơn vị xa, năm 2022. Nguyên nhân: lỗi không lường trước, ValueError: x xx. "
        f"Không ghi được nhật ký ở {tmp_path / 'nhat-ky'}.\n"
    )


class Panic(BaseException):
    """As the typesetter's: none of Exception."""


MACHINE = {
    "a full disk": (OSError(28, "No space left on device", "x.pdf"), "x.pdf: ổ đĩa đã đầy. Cách sửa: giải phóng chỗ trên ổ đĩa rồi chạy lại."),
    "a folder that may not be written": (
        PermissionError(13, "Permission denied", "out"),
        "out: không có quyền đọc hoặc ghi. Cách sửa: xem lại quyền của tệp hoặc thư mục này.",
    ),
    "too many open files": (
        OSError(24, "Too many open files"),
        "máy này: mở quá nhiều tệp cùng lúc. "
        "Cách sửa: giảm số báo cáo lập cùng lúc (--jobs), hoặc tăng giới hạn ulimit -n.",
    ),
    "no memory": (MemoryError(), "hết bộ nhớ. Cách sửa: đóng bớt chương trình, hoặc tăng giới hạn bộ nhớ, rồi chạy lại."),
}


@pytest.mark.parametrize(("error", "cause"), MACHINE.values(), ids=MACHINE)
def test_what_the_machine_refuses_is_said_without_a_log(told, tmp_path, error, cause):
    assert told(error) == (1, f"Không xong: lệnh check, đơn vị xa, năm 2022. Nguyên nhân: {cause}\n")
    assert not (tmp_path / "nhat-ky").exists()


def test_a_panic_of_a_library_is_told_like_any_other_error(told):
    code, complaint = told(Panic("memory"))
    assert (code, "lỗi không lường trước, Panic: memory. " in complaint) == (1, True)


@pytest.mark.parametrize("verb", ["check", "why", "status", "report"])
def test_a_screen_that_cannot_show_vietnamese_is_no_reason_to_stop(verb, tmp_path):
    options = ("--data", provinces.root(), "--out", tmp_path, "--unit", UNIT, "--year", provinces.YEAR)
    run = program("giamngheo", verb, *options, cwd=PROJECT, PYTHONIOENCODING="ascii")
    said, complaint = run.communicate(timeout=120)
    assert (complaint, "\\u" in said) == ("", False)


def test_output_that_has_nowhere_to_go_is_said(tmp_path):
    with open("/dev/full", "w") as full:
        command = [Path(ending.sys.executable).parent / "giamngheo", "why", "--data", provinces.root(), "--out", tmp_path]
        run = subprocess.run([*command, "--unit", UNIT, "--year", "2024"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert (run.returncode, run.stderr) == (
        1,
        f"Không xong: lệnh why, đơn vị {UNIT}, năm 2024. Nguyên nhân: máy này: ổ đĩa đã đầy. "
        "Cách sửa: giải phóng chỗ trên ổ đĩa rồi chạy lại.\n",
    )  # fmt: skip


def test_too_little_memory_is_said_before_anything_is_tried(tmp_path):
    run = report_with(partial(resource.setrlimit, resource.RLIMIT_AS, (999_999_999,) * 2), tmp_path)
    assert (run.returncode, run.stderr) == (
        1,
        f"Không xong: lệnh report, đơn vị {UNIT}, năm 2024. Nguyên nhân: giới hạn bộ nhớ đang đặt là 999 MB, "
        "cần ít nhất 1000 MB. Cách sửa: nâng giới hạn (ulimit -v unlimited) rồi chạy lại.\n",
    )
    assert list(tmp_path.iterdir()) == []


POOR = {
    "a memory of 1 GB": partial(resource.setrlimit, resource.RLIMIT_AS, (1_000_000_000,) * 2),
    "a memory of 1.5 GB": partial(resource.setrlimit, resource.RLIMIT_AS, (1_500_000_000,) * 2),
    "64 open files": partial(resource.setrlimit, resource.RLIMIT_NOFILE, (64, 64)),
    "files of at most 20 kB": partial(resource.setrlimit, resource.RLIMIT_FSIZE, (20_000, 20_000)),
    "a memory of 300 MB": partial(resource.setrlimit, resource.RLIMIT_AS, (300_000_000,) * 2),
    "12 open files": partial(resource.setrlimit, resource.RLIMIT_NOFILE, (12, 12)),
}


def report_with(limit, out):
    """The report of a made-up commune, made by a process that `limit` holds back."""
    command = [Path(ending.sys.executable).parent / "giamngheo", "report", "--data", provinces.root(), "--out", out]
    command += ["--unit", UNIT, "--year", "2024"]
    return subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, timeout=300, cwd=PROJECT)


@pytest.mark.parametrize("limit", POOR.values(), ids=POOR)
def test_a_poor_machine_makes_the_report_or_says_why_not(limit, tmp_path):
    run = report_with(limit, tmp_path)
    made = (tmp_path / UNIT / "2024" / "manifest.json").exists()
    assert (run.returncode == 0) == made
    assert bool(run.stderr.strip()) != made, run.stderr
    assert "Traceback" not in run.stderr
