"""Marked copies of wrong files: one in which somebody worked is kept, and no two files share one."""

import os

import pytest
from openpyxl import Workbook, load_workbook

from giamngheo import checks, cli
from giamngheo.checks import marking
from giamngheo.findings import Finding
from giamngheo.intake.unit import Year
from test_limits import made
from years import REVIEW, UNIT, YEAR, changed, write

NAME = "kiem-tra-review.xlsx"
KEPT = "kiem-tra-review-giu-lai.xlsx"
CHANGED = f"Giữ lại {NAME} (tệp đã sửa sau khi lập): nay là {KEPT}."
SOMEBODYS = f"Giữ lại {NAME} (không phải của báo cáo): nay là {KEPT}."


@pytest.fixture
def data(tmp_path):
    write(tmp_path / "data", {"review.csv": changed(REVIEW, (",30,", ",3o,"))})
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "out" / UNIT / str(YEAR)


@pytest.fixture
def check(data, tmp_path, capsys):
    """Mark what is wrong as a person does; the lines printed, without those of what only makes a draft."""

    def run() -> list[str]:
        options = ["--unit", UNIT, "--year", str(YEAR), "--data", str(data), "--out", str(tmp_path / "out")]
        assert cli.main(["check", "--format", "xlsx", *options]) == 1
        return [line for line in capsys.readouterr().out.splitlines() if not line.startswith("[")]

    return run


def note(path, text: str = "đã hỏi thôn: 30") -> bytes:
    """Write a note into a workbook as a person does; its bytes then."""
    book = load_workbook(path)
    book["review"]["P2"] = text
    book.save(path)
    return path.read_bytes()


def test_a_copy_that_nobody_touched_is_made_anew_and_nothing_is_said(check, folder):
    assert check() == check() == [str(folder / NAME)]
    assert os.listdir(folder) == [NAME]


def test_a_copy_in_which_somebody_worked_is_kept_under_a_name_of_its_own_and_that_is_said(check, folder):
    check()
    first = note(folder / NAME)
    assert check() == [CHANGED, str(folder / NAME)]
    second = note(folder / NAME, "trưởng thôn xác nhận")
    assert check() == [CHANGED.replace("giu-lai", "giu-lai-2"), str(folder / NAME)]
    assert (folder / KEPT).read_bytes() == first
    assert (folder / "kiem-tra-review-giu-lai-2.xlsx").read_bytes() == second
    assert load_workbook(folder / NAME)["review"]["P2"].value is None


def test_what_is_no_copy_of_ours_is_kept_whatever_it_is(check, folder):
    folder.mkdir(parents=True)
    for number, content in enumerate([b"", b"not a workbook", b"PK\x03\x04 torn"], start=1):
        (folder / NAME).write_bytes(content)
        now = KEPT.replace(".xlsx", f"-{number}.xlsx") if number > 1 else KEPT
        assert check() == [SOMEBODYS.replace(KEPT, now), str(folder / NAME)]
        assert (folder / now).read_bytes() == content


def test_a_workbook_of_another_program_is_kept(check, folder):
    folder.mkdir(parents=True)
    Workbook().save(folder / NAME)
    before = (folder / NAME).read_bytes()
    assert check() == [SOMEBODYS, str(folder / NAME)]
    assert (folder / KEPT).read_bytes() == before


def test_a_link_to_somebodys_file_is_kept_and_not_written_through(check, folder, data):
    folder.mkdir(parents=True)
    source = data / UNIT / str(YEAR) / "review.csv"
    before = source.read_bytes()
    (folder / NAME).symlink_to(source)
    assert check() == [SOMEBODYS, str(folder / NAME)]
    assert (source.read_bytes(), (folder / KEPT).is_symlink()) == (before, True)
    assert load_workbook(folder / NAME).sheetnames == ["Cần sửa", "review"]


def test_two_files_of_one_name_have_a_copy_each(data):
    for year in (YEAR - 1, YEAR):
        write(data, {"review.csv": REVIEW, "review.xlsx": b""}, year)
    files = [f"{UNIT}/{YEAR - 1}/review.csv", f"{UNIT}/{YEAR}/review.csv", f"{UNIT}/{YEAR}/review.xlsx"]
    found = [Finding(file, f"sai {number}", "sửa") for number, file in enumerate(files)]
    assert checks.copies(Year(data, UNIT, YEAR), found) == {
        files[0]: f"kiem-tra-{YEAR - 1}-review.xlsx",
        files[1]: "kiem-tra-review.xlsx",
        files[2]: "kiem-tra-review-xlsx.xlsx",
    }


def test_what_is_wrong_elsewhere_than_in_a_table_is_said_where_the_copies_are_named(check, folder, data):
    (data / UNIT / "unit.yml").write_text("nam: xã Mẫu\n", encoding="utf-8")
    lines = check()
    assert lines[0] == str(folder / NAME)
    assert lines[1].startswith(f"{UNIT}/unit.yml, dòng 1: ")


def test_a_workbook_that_unfolds_is_not_opened_to_be_marked(tmp_path, monkeypatch):
    monkeypatch.setattr(marking, "load_workbook", lambda *_, **__: pytest.fail("opened"))
    (tmp_path / "la.xlsx").write_bytes(made(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
    marking.mark(tmp_path / "la.xlsx", [Finding("xa/2022/la.xlsx", "quá lớn", "chép sang")], tmp_path / "marked.xlsx")
    assert load_workbook(tmp_path / "marked.xlsx")["Cần sửa"]["G2"].value == "quá lớn"
