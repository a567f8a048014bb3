"""Success is what is there: a command that made nothing, or not all, says so and does not end with 0."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import provinces
from conftest import PROJECT
from giamngheo import cli
from giamngheo.law.dated import Law
from giamngheo.review import index
from giamngheo.run import batch as batches

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2  # of Linux

WRONG = {
    "fewer jobs than none": (["batch", "--jobs", "-1"], "--jobs: phải là số nguyên từ 1 đến 512; nhận được '-1'"),
    "no job": (["batch", "--jobs", "0"], "--jobs: phải là số nguyên từ 1 đến 512; nhận được '0'"),
    "jobs in words": (["batch", "--jobs", "abc"], "--jobs: phải là số nguyên từ 1 đến 512; nhận được 'abc'"),
    "half a job": (["batch", "--jobs", "1.5"], "--jobs: phải là số nguyên từ 1 đến 512; nhận được '1.5'"),
    "more jobs than any machine has": (
        ["batch", "--jobs", "100000"], "--jobs: phải là số nguyên từ 1 đến 512; nhận được '100000'"
    ),
    "no unit": (["batch", "--units", ""], "--units: không được để trống; nhận được ''"),
    "commas": (["batch", "--units", " , "], "--units: không được để trống; nhận được ' , '"),
    "no village": (["simulate", "--villages", "0"], "--villages: phải là số nguyên từ 1 đến 5000; nhận được '0'"),
    "fewer villages": (["simulate", "--villages", "-3"], "--villages: phải là số nguyên từ 1 đến 5000; nhận được '-3'"),
    "a billion villages": (
        ["simulate", "--villages", "1000000000"], "--villages: phải là số nguyên từ 1 đến 5000; nhận được '1000000000'"
    ),
    "fewer communes than none": (
        ["simulate", "--communes", "-1"], "--communes: phải là số nguyên từ 1 đến 20000; nhận được '-1'"
    ),
    "fewer errors than none": (
        ["simulate", "--errors", "-1"], "--errors: phải là số nguyên từ 0 đến 1000000; nhận được '-1'"
    ),
    "the year 0": (["batch", "--year", "0"], "--year: năm phải từ 1990 đến 2099, bốn chữ số; nhận được '0'"),
    "a year of five digits": (
        ["new-year", "--year", "99999"], "--year: năm phải từ 1990 đến 2099, bốn chữ số; nhận được '99999'"
    ),
    "a year with a zero before it": (
        ["check", "--year", "02022"], "--year: năm phải từ 1990 đến 2099, bốn chữ số; nhận được '02022'"
    ),
    "two years": (["check", "--year", "2021", "--year", "2022"], "--year có hai lần; chỉ ghi một lần"),
    "two units": (["status", "--unit", "a", "--unit", "b"], "--unit có hai lần; chỉ ghi một lần"),
    "a parameter twice": (["report", "-p", "year=2021", "-p", "year=2022"], "Tham số year có hai lần; chỉ ghi một lần."),
    "a unit in two ways": (["report", "--unit", "a", "-p", "unit=b"], "Tham số unit có hai lần; chỉ ghi một lần."),
    "a year in two ways": (["report", "-p", "year=2022", "--year", "2022"], "Tham số year có hai lần; chỉ ghi một lần."),
    "from without to": (["diff", "--from", "2021"], "So sánh hai năm cần cả --from và --to, năm trước rồi năm sau, ví dụ --from 2021 --to 2022."),
    "to without from": (["diff", "--to", "2021"], "So sánh hai năm cần cả --from và --to, năm trước rồi năm sau, ví dụ --from 2021 --to 2022."),
    "a year with itself": (
        ["diff", "--from", "2021", "--to", "2021"],
        "So sánh hai năm cần cả --from và --to, năm trước rồi năm sau, ví dụ --from 2021 --to 2022.",
    ),
    "years backwards": (
        ["diff", "--from", "2022", "--to", "2021"],
        "So sánh hai năm cần cả --from và --to, năm trước rồi năm sau, ví dụ --from 2021 --to 2022.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("command", "message"), WRONG.values(), ids=WRONG)
def test_what_would_mean_nothing_is_2_and_makes_nothing(command, message, capsys, tmp_path):
    try:
        code = cli.main([*command, "--out", str(tmp_path / "out")])
    except SystemExit as ended:
        code = ended.code
    printed = capsys.readouterr()
    refused = f"giamngheo {command[0]}: {message}. Xem cách ghi: giamngheo {command[0]} --help\n"
    assert (code, printed.out, printed.err) == (2, "", f"{message}\n" if message.endswith(".") else refused)
    assert not (tmp_path / "out").exists()


def batch(capsys, data: Path, out: Path, *options: str) -> tuple[int, str, str]:
    code = cli.main(["batch", "--data", str(data), "--out", str(out), *options])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_year_of_which_nobody_has_data_is_1_with_the_years_there_are(capsys, tmp_path):
    assert batch(capsys, provinces.root(), tmp_path, "--year", "2030") == (
        1, "", "2030: không đơn vị nào có số liệu của năm này. Cách sửa: các năm có số liệu: 2023, 2024.\n"
    )  # fmt: skip


def test_a_data_folder_without_units_is_1(capsys, tmp_path):
    (tmp_path / "data").mkdir()
    assert batch(capsys, tmp_path / "data", tmp_path / "out", "--year", "2024") == (
        1, "", "2024: không đơn vị nào có số liệu của năm này. Cách sửa: các năm có số liệu: chưa có.\n"
    )  # fmt: skip


@pytest.mark.parametrize("name", [index.FILE, "manifest-2024.csv", "failures-2024.csv"])
def test_a_list_of_the_reports_that_cannot_be_written_is_1_though_every_report_stands(name, capsys, tmp_path):
    shutil.copytree(provinces.undisturbed(), tmp_path / "out")
    (tmp_path / "out" / name).unlink(missing_ok=True)
    (tmp_path / "out" / name).mkdir()
    code, said, complaint = batch(capsys, provinces.root(), tmp_path / "out", "--year", "2024")
    assert (code, said.splitlines()[-1].partition(";")[0]) == (1, "5/5 báo cáo còn nguyên, 0 lỗi")
    assert [line.partition(". ")[0] for line in complaint.splitlines()] == [f"Chưa ghi được {tmp_path / 'out' / name}"]


def as_anybody() -> None:
    """In a new process: give up the right of root to look into every folder."""
    if os.getuid() == 0:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


@pytest.fixture
def closed(tmp_path):
    """The folder of one of three communes, which may not be looked into; all reports stand."""
    shutil.copytree(provinces.root(), tmp_path / "data")
    shutil.copytree(provinces.undisturbed(), tmp_path / "out")
    folder = tmp_path / "data" / provinces.UNITS[0]
    folder.chmod(0)
    yield folder
    folder.chmod(0o755)


def test_a_unit_that_may_not_be_looked_into_is_a_failure_of_its_own(closed, tmp_path):
    options = ["batch", "--data", tmp_path / "data", "--out", tmp_path / "out", "--year", "2024"]
    command = [Path(sys.executable).parent / "giamngheo", *options]
    run = subprocess.run(command, preexec_fn=as_anybody, capture_output=True, text=True, cwd=PROJECT)
    assert run.returncode == 1, run.stderr
    told = (tmp_path / "out" / "failures-2024.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line.partition(",")[0] for line in told] == [*provinces.WHOLES[:1], closed.name, *provinces.WHOLES[1:]]
    assert all(f"{closed}: không có quyền đọc hoặc ghi" in line for line in told)
    assert "Traceback" not in run.stderr
    assert "2/5 báo cáo còn nguyên, 3 lỗi" in run.stdout


MISNAMED = ["a,b", "xã Một ", "x:y", "-xa", "~xa", "xa.", "xã\nHai", os.fsdecode(b"x\xe3 Ba")]


def test_a_folder_whose_name_no_unit_can_have_is_a_failure_of_its_own(capsys, tmp_path):
    shutil.copytree(provinces.root(), tmp_path / "data")
    shutil.copytree(provinces.undisturbed(), tmp_path / "out")
    for name in [*MISNAMED, ".an"]:
        (tmp_path / "data" / name / "2024").mkdir(parents=True)
    (tmp_path / "data" / "a;b" / "2023").mkdir(parents=True)
    (tmp_path / "data" / "#ghi chú").mkdir()
    for _ in range(2):  # nothing is told twice
        code, said, complaint = batch(capsys, tmp_path / "data", tmp_path / "out", "--year", "2024")
        assert (code, said.splitlines()[-1].partition(";")[0]) == (1, "5/13 báo cáo còn nguyên, 8 lỗi")
        assert all(one in complaint for one in ("a,b", "xã Một ", "x:y", "-xa", "~xa", "xa.", "xã\\nHai", "x\\udce3 Ba"))
        rows = index.failures(tmp_path / "out" / "failures-2024.csv")
        assert len(rows) == 8
        (found,) = [row["cause"] for row in rows if row["unit"] == "a,b"]
        assert found == (
            '"a,b": mã đơn vị phải là tên một thư mục trong thư mục số liệu. Cách sửa: đổi tên thư mục này: không để trống, '
            "không dùng đường dẫn, dấu / \\ : ; , * ? \" < > | # %, không bắt đầu bằng dấu chấm hay gạch ngang, "
            "không có khoảng trắng ở đầu, cuối hay dấu chấm ở cuối, không dùng tên riêng của Windows (con, nul, lpt1) hay của kết quả "
            "(index.html, nhat-ky, tên có đuôi .csv)."
        )
    for name in MISNAMED:
        (tmp_path / "data" / name / "2024").rmdir()
    assert batch(capsys, tmp_path / "data", tmp_path / "out", "--year", "2024")[0] == 0
    assert not (tmp_path / "out" / "failures-2024.csv").exists()


def test_a_report_of_files_that_changed_during_the_batch_stands_where_it_was_made_of_them_as_they_are(tmp_path):
    shutil.copytree(provinces.root(), tmp_path / "data")
    law = Law(tmp_path / "data")
    now, _ = batches.described(tmp_path / "data", law, provinces.UNITS, provinces.YEAR)
    first = provinces.UNITS[0]
    other = {"key": f"{first}/{provinces.YEAR}/{'0' * 64}", "inputs": {}}
    before = now | {first: now[first] | other}  # as its files were then
    assert batches.reasons(before[first], provinces.undisturbed()) != []
    assert batches.left_over(tmp_path / "data", law, before, provinces.undisturbed()) == []
    (tmp_path / "data" / first / str(provinces.YEAR) / "review.csv").write_text("village\n", encoding="utf-8")
    assert batches.left_over(tmp_path / "data", law, before, provinces.undisturbed()) == [first]
