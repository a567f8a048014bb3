"""Findings: sorted by place, rendered for officers and machines, marked in a copy of the file."""

import csv
import errno
import io
import json
import pickle

import pytest
from openpyxl import Workbook, load_workbook

from giamngheo import checks, findings, opened
from giamngheo.checks import marking
from giamngheo.findings import DataError, Finding
from years import REVIEW, UNIT, YEAR, changed, workbook, write

TEN = Finding(
    "xa/2022/review.csv", "phải là số nguyên không âm", "ghi số", row=10, column="B", header="households", value="x"
)
TWO = Finding(
    "xa/2022/review.csv", "không được để trống", "ghi Ghi chú", row=2, column="AA", header="note", level="draft"
)
EARLY = Finding(
    "xa/2022/review.csv", "phải là số nguyên không âm", "bỏ dấu âm", row=2, column="B", header="households", value="-1"
)
WHOLE = Finding("xa/2022/so-lieu.xlsx", "trang tính đang bị ẩn", "bỏ ẩn", sheet="review", level="note")
TEXT = """\
xa/2022/review.csv, dòng 2, cột B (households): giá trị "-1" — phải là số nguyên không âm. \
Cách sửa: bỏ dấu âm.
[chỉ lập được DỰ THẢO] xa/2022/review.csv, dòng 2, cột AA (note): không được để trống. Cách sửa: ghi Ghi chú.
xa/2022/review.csv, dòng 10, cột B (households): giá trị "x" — phải là số nguyên không âm. Cách sửa: ghi số.
[lưu ý] xa/2022/so-lieu.xlsx, trang tính review: trang tính đang bị ẩn. Cách sửa: bỏ ẩn."""


def test_text_is_sorted_by_place_with_row_2_before_10_and_column_b_before_aa():
    assert findings.render([WHOLE, TEN, TWO, EARLY]) == TEXT


def test_an_error_says_all_its_findings_and_survives_a_process_border():
    error = DataError([WHOLE, TEN, TWO, EARLY])
    assert str(error) == TEXT
    assert isinstance(error, ValueError)
    assert pickle.loads(pickle.dumps(error)).findings == (EARLY, TWO, TEN, WHOLE)


def test_the_table_has_one_row_for_each_finding():
    table = findings.table([TEN, EARLY])
    assert list(table.columns) == list(findings.Finding.__dataclass_fields__)
    assert table["row"].tolist() == [2, 10]
    assert findings.table([]).columns.tolist() == table.columns.tolist()


def test_csv_and_json_carry_every_field():
    rows = list(csv.DictReader(io.StringIO(findings.render([TEN, TWO], "csv"))))
    assert [row["row"] for row in rows] == ["2", "10"]
    assert [row["level"] for row in json.loads(findings.render([TEN, TWO], "json"))] == ["draft", "refuse"]
    assert rows[1]["rule"] == json.loads(findings.render([TEN, TWO], "json"))[1]["rule"] == TEN.rule


def test_unknown_levels_and_formats_are_refused():
    with pytest.raises(ValueError, match="level must be one of refuse, draft, note; found 'warning'"):
        Finding("a", "", "", level="warning")
    with pytest.raises(ValueError, match="format must be one of text, csv, json; found 'html'"):
        findings.render([], "html")


@pytest.fixture
def wrong_csv(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    text = changed(REVIEW, (",30,", ",3o,"), (",25,15,official", ",25,15,=1+1"))
    return write(tmp_path, {"review.csv": text}) / "review.csv"


def test_the_wrong_cells_of_a_csv_file_are_coloured_and_commented_in_a_workbook(wrong_csv, tmp_path):
    before = wrong_csv.read_bytes()
    found = checks.check(opened(UNIT, YEAR))
    marking.mark(wrong_csv, found, tmp_path / "marked.xlsx")
    book = load_workbook(tmp_path / "marked.xlsx")
    cell = book["review"]["D2"]
    assert book.sheetnames == ["Cần sửa", "review"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("3o", "00FFC7CE")
    assert cell.comment.text == (
        "phải là số nguyên không âm. Cách sửa: chỉ ghi chữ số, ví dụ 32; lời giải thích ghi vào cột note."
    )
    assert [row[2:6] for row in book["Cần sửa"].values][:2] == [
        ("Dòng", "Cột", "Tên cột", "Giá trị"),
        (2, "D", "poor_households", "3o"),
    ]
    assert book["review"]["B3"].fill.fgColor.rgb == "00000000"
    assert wrong_csv.read_bytes() == before


def test_text_that_looks_like_a_formula_stays_text_in_the_marked_copy(wrong_csv, tmp_path):
    marking.mark(wrong_csv, checks.check(opened(UNIT, YEAR)), tmp_path / "marked.xlsx")
    book = load_workbook(tmp_path / "marked.xlsx")
    assert (book["review"]["N2"].value, book["review"]["N2"].data_type) == ("=1+1", "s")
    assert "f" not in {cell.data_type for row in book["Cần sửa"] for cell in row}


def test_a_workbook_is_marked_in_its_own_cells_and_merged_cells_at_their_first(tmp_path):
    book = workbook(review=[["village"], ["Mơ Tôn"], ["Mơ Trai"]])
    book["review"].merge_cells("A2:A3")
    book.save(tmp_path / "so-lieu.xlsx")
    place = {"sheet": "review", "row": 3, "column": "A", "header": "village"}
    found = [Finding("xa/2022/so-lieu.xlsx", "trùng", "xoá", level="draft", **place)]
    elsewhere = [Finding("xa/2022/review.csv", "khác", "khác", row=2, column="A", header="village")]
    marking.mark(tmp_path / "so-lieu.xlsx", found + elsewhere, tmp_path / "marked.xlsx")
    marked = load_workbook(tmp_path / "marked.xlsx")
    assert marked["review"]["A2"].comment.text == "trùng. Cách sửa: xoá."
    assert marked["review"]["A2"].fill.fgColor.rgb == "00FFEB9C"
    assert marked["Cần sửa"].max_row == 2


@pytest.mark.parametrize("name", ["so-lieu.xlsx", "review.csv"])
def test_a_file_that_cannot_be_opened_still_gives_the_list(tmp_path, name):
    (tmp_path / name).write_bytes(b"\xff\xfe\x00")
    found = [Finding(f"xa/2022/{name}", "không mở được", "lưu lại")]
    marking.mark(tmp_path / name, found, tmp_path / "marked.xlsx")
    assert load_workbook(tmp_path / "marked.xlsx")["Cần sửa"]["G2"].value == "không mở được"


def test_a_workbook_made_by_hand_is_not_changed(tmp_path):
    path = tmp_path / "so-lieu.xlsx"
    book = Workbook()
    book.active.title = "review"
    book["review"]["A1"] = "village"
    book.save(path)
    before = path.read_bytes()
    marking.mark(
        path, [Finding("x/so-lieu.xlsx", "a", "b", sheet="review", row=1, column="A")], tmp_path / "out.xlsx"
    )
    assert path.read_bytes() == before


def test_no_folder_for_temporary_files_is_said_as_such():
    said = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp', '/var/tmp']")
    assert str(findings.unusable(said)) == (
        "máy này: không thư mục tạm nào ghi được. "
        "Cách sửa: giải phóng chỗ ở thư mục tạm, hoặc đặt biến TMPDIR là một thư mục ghi được."
    )
