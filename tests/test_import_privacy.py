"""What is read of an officer's file goes on; a person's name in it does not, wherever it stands and whatever heads it."""

import hashlib
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

import tools
from giamngheo import cli, shipped
from giamngheo.imports import sources
from giamngheo.intake.unit import Year

UNIT, SECRET = "kong-long-khong", "Bí Mật"
HEAD = ["TT", "Thôn", "Hộ nghèo", "Hộ cận nghèo", "Ghi chú"]
ROWS = [[1, "Thôn A", 12, 5], [2, "Thôn B", 8, 3], [None, "Tổng cộng", 20, 8]]


@pytest.fixture
def this(tmp_path: Path) -> Year:
    shutil.copytree(shipped.DATA / UNIT, tmp_path / "data" / UNIT)
    return Year(tmp_path / "data", UNIT, 2023)


def plain() -> Workbook:
    book = Workbook()
    book.active.title = "Biểu 1"
    for row in (HEAD, *ROWS):
        book.active.append(row)
    return book


def in_another_sheet(heading: str | None) -> Workbook:
    book = plain()
    book.create_sheet("Sheet2").append(["STT", heading, "Số khẩu"] if heading else [1, f"{SECRET} 0", 4])
    book["Sheet2"].append([1, f"{SECRET} 1", 4])
    return book


def in_the_column_of_notes() -> Workbook:
    book = plain()
    book.active["E2"] = f"hộ ông {SECRET} chuyển đi"
    return book


def in_a_comment() -> Workbook:
    book = plain()
    book.active["C2"].comment = Comment(f"tính cả hộ {SECRET}", SECRET)
    return book


def in_a_hidden_sheet() -> Workbook:
    book = in_another_sheet("Tên")
    book["Sheet2"].sheet_state = "hidden"
    return book


def as_author() -> Workbook:
    book = plain()
    book.properties.creator = book.properties.lastModifiedBy = SECRET
    return book


def in_the_title_and_the_signature() -> Workbook:
    book = plain()
    book.active.insert_rows(1, 2)
    book.active["A1"] = f"DANH SÁCH DO {SECRET} LẬP NĂM 2022"
    book.active["B8"], book.active["B9"] = "Người lập biểu", f"{SECRET} ký"
    return book


def as_title_of_a_sheet() -> Workbook:
    book = plain()
    book.active.title = f"{SECRET} lập"
    return book


def in_a_column_nobody_knows() -> Workbook:
    book = plain()
    for row, said in enumerate(("Đối tượng phụ trách", f"{SECRET} 1", f"{SECRET} 2"), start=1):
        book.active.cell(row, 6).value = said
    return book


PLACES = {
    "a sheet headed Hộ gia đình": lambda: in_another_sheet("Hộ gia đình"), "a sheet headed Tên": lambda: in_another_sheet("Tên"),
    "a sheet headed Đối tượng": lambda: in_another_sheet("Đối tượng"), "a sheet without a heading": lambda: in_another_sheet(None),
    "a note": in_the_column_of_notes, "a comment": in_a_comment, "a hidden sheet": in_a_hidden_sheet, "the author": as_author,
    "title and signature": in_the_title_and_the_signature, "a sheet's title": as_title_of_a_sheet, "an unknown column": in_a_column_nobody_knows,
}  # fmt: skip


@pytest.mark.parametrize("where", PLACES)
def test_a_name_anywhere_in_a_form_is_in_no_message_and_in_no_file_below_the_data(this, tmp_path, capfd, where):
    path = tmp_path / "bieu.xlsx"
    PLACES[where]().save(path)
    said = ["import", str(path), "--data", str(this.root), "--out", str(tmp_path / "out"), "--unit", UNIT, "--year", "2023"]
    assert cli.main(said) == 0
    printed = "".join(capfd.readouterr())
    assert this.table("review")[["village", "poor_households", "near_poor_households"]].values.tolist() == [["Thôn A", 12, 5], ["Thôn B", 8, 3]]
    assert SECRET not in printed and SECRET.upper() not in printed
    assert [file for file in this.root.rglob("*") if file.is_file() and SECRET in tools.unpacked(file)] == []


def test_of_a_form_the_cells_that_were_read_are_kept_where_they_stand_with_the_digest_of_the_file(this, tmp_path, capsys):
    path = tmp_path / "bieu.xlsx"
    in_the_title_and_the_signature().save(path)
    said = ["import", str(path), "--data", str(this.root), "--out", str(tmp_path / "out"), "--unit", UNIT, "--year", "2023"]
    assert cli.main(said) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Trong goc/ giữ các ô đã đọc của bieu.xlsx. Chỉ chép các ô đã đọc, đúng chỗ của ô ở tệp gốc; "
        "chữ khác, ghi chú, thuộc tính của tệp không chép, vì có thể có tên người."
    )
    kept = load_workbook(this.folder / "goc" / "bieu.xlsx")
    assert [[cell.value for cell in row] for row in kept["Biểu 1"].iter_rows()] == [
        [None] * 4, [None] * 4, HEAD[:4], *ROWS,
    ]  # fmt: skip
    assert kept["Tệp gốc"]["A2"].value == f"sha256: {hashlib.sha256(path.read_bytes()).hexdigest()}"


def test_a_sheet_whose_title_may_be_a_name_is_called_by_its_place_and_chosen_by_either(tmp_path):
    path = tmp_path / "bieu.xlsx"
    as_title_of_a_sheet().save(path)
    for wanted in ("", f"{SECRET} lập", "thứ 1"):
        assert [grid.sheet for grid in sources.grids(path, wanted)] == ["thứ 1"]
