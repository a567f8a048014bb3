"""The workbook for a year: filled in as an officer would, it is read back as it was written."""

import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from giamngheo import checks, cli, opened
from giamngheo.findings import DataError
from giamngheo.intake import template
from giamngheo.intake.codes import allowed
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import tables
from laws import LAW
from years import LAST_REVIEW, REVIEW, UNIT, YEAR, grid, saved, write


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    write(tmp_path, {"review.csv": LAST_REVIEW}, YEAR - 1)
    return write(tmp_path, {})


@pytest.fixture
def book(folder):
    template.write(opened(UNIT, YEAR), folder / "so-lieu.xlsx")
    return load_workbook(folder / "so-lieu.xlsx")


def test_there_is_a_sheet_for_each_table_after_the_guide_and_the_hidden_lists(book):
    assert book.sheetnames == ["Hướng dẫn", "Danh mục", *tables()]
    assert book["Danh mục"].sheet_state == "hidden"


def test_a_header_cell_has_the_label_above_the_name_and_the_rule_in_its_comment(book):
    cell = book["review"]["F1"]
    assert cell.value == "Hộ cận nghèo\nnear_poor_households"
    assert cell.comment.text == (
        "Số hộ cận nghèo theo chuẩn ghi ở cột standard\n"
        "Kiểu: số nguyên không âm, đơn vị: hộ\n"
        "chưa biết thì để trống, không ghi 0\n"
        "Quy tắc: Hộ nghèo + Hộ cận nghèo ≤ Tổng số hộ dân cư"
    )


def test_the_unit_of_a_count_of_households_or_persons_is_said_by_the_row(book):
    start, measure = (prompt(book["movements"], place) for place in ("C6", "B6"))
    assert start == (
        "Tổng số hộ nghèo đầu kỳ",
        "Hộ nghèo, Tổng số hộ nghèo đầu kỳ\nKiểu: số nguyên không âm, đơn vị: theo cột Phân tổ\nchưa biết thì để trống, không ghi 0",
    )
    assert measure == ("Phân tổ", "Kiểu: chọn trong danh sách\nbắt buộc ghi")


def prompt(sheet, place):
    """The title and the words that Excel shows when a cell is entered."""
    (found,) = [listed for listed in sheet.data_validations.dataValidation if place in listed.cells]
    assert found.showInputMessage
    return found.promptTitle, found.prompt


def entries(book, sheet, column):
    """The entries of a column's drop-down, read from where its list stands."""
    for listed in book[sheet].data_validations.dataValidation:
        if listed.type == "list" and f"{column}6" in listed.cells:
            name, _, cells = listed.formula1.replace("'", "").partition("!")
            return [cell.value for row in book[name][cells.replace("$", "")] for cell in row]
    return None


def test_coded_columns_have_drop_downs_with_code_and_name(book):
    assert entries(book, "review", "N") == ["official – chính thức", "preliminary – sơ bộ"]
    assert "DA2 – Dự án 2: Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo" in entries(book, "budget", "A")
    assert entries(book, "movements", "A")[:2] == ["Mơ Tôn", "Đak Giang"]
    assert entries(book, "review", "A") is None


def test_last_years_villages_and_closing_counts_are_filled_in(book):
    assert [cell.value for cell in book["review"]["A"]][1:] == ["Tổng cộng", "Mơ Tôn", "Đak Giang"]
    opening = [[row[at].value for at in (0, 1, 2, 11)] for row in book["movements"].iter_rows(min_row=6)]
    assert [book["movements"].cell(1, at).value for at in (3, 12)] == ["Hộ nghèo\npoor", "Hộ cận nghèo\nnear_poor"]
    assert opening == [
        ["Mơ Tôn", "households – hộ", 33, 18],
        ["Mơ Tôn", "persons – nhân khẩu", None, None],
        ["Đak Giang", "households – hộ", 42, 22],
        ["Đak Giang", "persons – nhân khẩu", None, None],
    ]


def test_totals_are_formulas_header_is_frozen_and_only_input_cells_are_open(book):
    sheet = book["review"]
    assert sheet["B2"].value == '=IF(COUNT(B$3:B$200000)=0,"",SUM(B$3:B$200000))'
    assert book["movements"]["D4"].value == (
        '=IF(COUNT(D$6:D$200000)=0,"",SUMIFS(D$6:D$200000,$B$6:$B$200000,$B4))'
    )
    assert book["deprivations"]["B3"].value == '=IF(COUNT(B$4:B$200000)=0,"",SUM(B$4:B$200000))'
    assert sheet.freeze_panes == "B2"
    assert book.security.lockStructure
    assert sheet.protection.sheet
    assert (sheet["B1"].protection.locked, sheet["B2"].protection.locked) == (True, True)
    assert (sheet["A3"].protection.locked, sheet.column_dimensions["B"].protection.locked) == (False, False)


def fill(book, text):
    """Type the rows of a CSV text below the total row of the review."""
    for number, row in enumerate(grid(text)[1:], start=3):
        for position, value in enumerate(row, start=1):
            book["review"].cell(number, position, value)


def test_a_template_that_was_filled_in_is_read_back_as_written(folder, book):
    fill(book, REVIEW.replace("official", "official – chính thức"))
    (folder / "so-lieu.xlsx").write_bytes(saved(book))
    from_book = opened(UNIT, YEAR).table("review")
    movements = opened(UNIT, YEAR).table("movements")
    assert checks.check(opened(UNIT, YEAR)) == []
    assert movements["start"].tolist()[:3] == [33, 18, pd.NA]
    (folder / "so-lieu.xlsx").unlink()
    write(folder.parents[1], {"review.csv": REVIEW})
    assert from_book.drop(columns="found_at").equals(opened(UNIT, YEAR).table("review").drop(columns="found_at"))


def test_a_template_calculated_by_excel_is_checked_against_its_totals(folder, book):
    fill(book, REVIEW)
    sheet = str(book.sheetnames.index("review") + 1)
    (folder / "so-lieu.xlsx").write_bytes(saved(book, {f"{sheet}!B2": "1519"}))
    assert checks.check(opened(UNIT, YEAR)) == []
    (folder / "so-lieu.xlsx").write_bytes(saved(book, {f"{sheet}!B2": "1520"}))
    assert [finding.value for finding in checks.check(opened(UNIT, YEAR))] == ["1520"]


def test_a_template_nobody_filled_in_is_refused_once_for_each_column_with_all_its_rows(folder, book):
    with pytest.raises(DataError) as refused:
        opened(UNIT, YEAR).table("review")
    assert [(one.row, one.column, one.rule) for one in refused.value.findings] == [
        (3, "N", "không được để trống; cũng vậy ở dòng 4"), (3, "O", "không được để trống; cũng vậy ở dòng 4"),
    ]  # fmt: skip


def test_a_count_that_the_standards_of_the_year_do_not_know_has_no_column(tmp_path):
    """Low-income workers are counted in 2025 and 2026 alone; in 2026 both sheets have the column, as they may be swapped."""
    for year, asked in ((2024, False), (2025, True), (2026, True), (2027, False)):
        this = Year(tmp_path, UNIT, year)
        book = load_workbook(io.BytesIO(template.content(this)))
        for table in ("review", "other_review"):
            names = [str(cell.value).rpartition("\n")[2] for cell in book[table][1]]
            assert ("low_income_workers" in names, names[-1]) == (asked, "note")


def test_the_first_year_of_a_unit_has_an_empty_template(folder):
    template.write(opened(UNIT, YEAR - 1), folder / "so-lieu.xlsx")
    book = load_workbook(folder / "so-lieu.xlsx")
    assert (book["review"].max_row, book["movements"].max_row) == (2, 5)  # header and totals


def test_a_commune_without_villages_gets_its_own_opening_counts(folder):
    commune = LAST_REVIEW.splitlines()[0] + "\n,1508,,75,,40,,,,,,,,official,ND07_2021\n"
    write(folder.parents[1], {"review.csv": commune}, YEAR - 1)
    template.write(opened(UNIT, YEAR), folder / "so-lieu.xlsx")
    rows = [
        [row[at].value for at in (0, 1, 2, 11)]
        for row in load_workbook(folder / "so-lieu.xlsx")["movements"].iter_rows()
    ]
    assert rows[5] == [None, "households – hộ", 75, 40]


def test_an_unknown_unit_is_refused(folder):
    with pytest.raises(DataError) as refused:
        template.write(opened("xa-khac", YEAR), folder / "so-lieu.xlsx")
    assert str(refused.value) == (
        "xa-khac: không có thư mục của đơn vị này. Cách sửa: mở đơn vị mới: giamngheo new-unit --unit xa-khac --year 2022."
    )


def test_the_guide_says_what_to_do_and_what_each_sheet_is(book):
    lines = [cell.value for cell in book["Hướng dẫn"]["A"]]
    assert lines[:3] == [
        "Số liệu giảm nghèo năm 2022 – xa-mau",
        "1. Mỗi trang tính là một bảng; không đổi tên trang tính, không đổi dòng tên cột.",
        "2. Ô chưa biết thì để trống. Chỉ ghi 0 khi đúng là không có.",
    ]
    assert lines[7:11] == [
        "7. Xong thì lưu (Save) với tên so-lieu.xlsx trong thư mục của năm, rồi chạy giamngheo check.",
        None,
        "review: Kết quả rà soát hộ nghèo, hộ cận nghèo",
        "movements: Diễn biến hộ nghèo, hộ cận nghèo",
    ]
    assert [line.partition(":")[0] for line in lines[9:]] == list(tables())
    assert all(line.partition(": ")[2] for line in lines[9:])
    title = book["Hướng dẫn"]["A1"].font
    assert (title.bold, title.size, book["Hướng dẫn"].column_dimensions["A"].width) == (True, 14, 110)


def test_a_column_is_as_wide_and_as_formatted_as_what_is_typed_there(book):
    columns = {
        f"{name}!{column}": (dimension.width, dimension.number_format)
        for name in ("review", "budget", "models")
        for column, dimension in book[name].column_dimensions.items()
    }
    assert [columns[place] for place in ("review!A", "review!B", "budget!D", "budget!F", "budget!H", "models!F")] == [
        (28, "@"), (15, "#,##0"), (15, "0"), (15, "#,##0"), (15, "dd/mm/yyyy"), (15, "mm/yyyy"),
    ]  # fmt: skip


def test_a_column_that_must_be_filled_in_has_another_colour(book):
    colours = [book["budget"][place].fill.fgColor.rgb for place in ("A1", "E1", "F1", "J1")]
    assert colours == ["00FCE4D6", "00FCE4D6", "00DDEBF7", "00DDEBF7"]
    header, total, village = book["review"]["B1"], book["review"]["B2"], book["review"]["A3"]
    assert (header.fill.fill_type, header.font.bold, book["review"].row_dimensions[1].height) == ("solid", True, 96)
    alignment = header.alignment
    assert (alignment.wrap_text, alignment.vertical, alignment.horizontal) == (True, "center", "center")
    assert header.comment.author == "giamngheo"
    assert (total.font.bold, total.fill.fill_type, total.fill.fgColor.rgb) == (True, "solid", "00F2F2F2")
    assert (total.number_format, book["review"]["N2"].fill.fgColor.rgb) == ("#,##0", "00F2F2F2")
    assert (village.number_format, village.font.bold, book["movements"]["D6"].number_format) == ("@", False, "#,##0")


def test_what_cannot_be_typed_is_said_where_it_is_typed(book):
    typed = {
        f"{name}!{listed.sqref}": listed
        for name in ("review", "movements", "budget")
        for listed in book[name].data_validations.dataValidation
    }
    count, coded, village = (typed[place] for place in ("review!B2:B200000", "movements!B6:B200000", "movements!A6:A200000"))
    assert (count.type, count.operator, count.formula1) == ("whole", "greaterThanOrEqual", "0")
    assert (count.errorTitle, count.error) == ("Tổng số hộ dân cư", "Ghi số nguyên không âm; chưa biết thì để trống.")
    assert (coded.formula1, coded.errorStyle) == ("'Danh mục'!$C$2:$C$3", "stop")
    assert (village.formula1, village.errorStyle) == ("review!$A$3:$A$200000", "warning")  # a village may be new
    assert (village.errorTitle, village.error) == ("Thôn, làng", "Chọn một mục trong danh sách.")
    assert typed["budget!I2:I200000"].formula1 == "models!$A$2:$A$200000"
    ruled = [one for one in typed.values() if one.type is not None]
    assert all((one.allow_blank, one.showErrorMessage) == (True, True) for one in ruled) and len(ruled) > 20
    assert [typed[f"budget!{column}2:{column}200000"].type for column in "JD"] == [None, None]  # only told what they expect
    assert [book["Danh mục"].cell(at, 3).value for at in (1, 2, 3)] == [
        "movements.measure",
        "households – hộ",
        "persons – nhân khẩu",
    ]


def test_rows_may_be_added_and_sorted_but_no_column_changed(book):
    for sheet in (book["Hướng dẫn"], book["review"]):
        locked = {name: getattr(sheet.protection, name) for name in ("insertRows", "deleteRows", "sort", "insertColumns")}
        assert locked == {"insertRows": False, "deleteRows": False, "sort": False, "insertColumns": True}
        assert (sheet.protection.sheet, sheet.protection.password) == (True, None)
    cells = book["movements"]
    assert [cells[place].protection.locked for place in ("A1", "A4", "D4", "A6", "D6")] == [True, True, True, False, False]


def test_of_a_review_of_last_year_with_a_fault_nothing_is_filled_in(folder):
    write(folder.parents[1], {"review.csv": LAST_REVIEW.replace(",33,", ",ba mươi,")}, YEAR - 1)
    template.write(opened(UNIT, YEAR), folder / "so-lieu.xlsx")
    assert load_workbook(folder / "so-lieu.xlsx")["review"].max_row == 2


def test_a_workbook_beside_tables_in_csv_says_that_each_table_has_one_place(folder, capsys, monkeypatch):
    write(folder.parents[1], {"budget.csv": "project,planned\n", "review.csv": REVIEW})
    monkeypatch.chdir(folder.parents[1])
    asked = ["template", "--data", ".", "--out", str(folder.parents[2] / "ra"), "--unit", UNIT, "--year", str(YEAR)]
    assert cli.main([*asked, "--file", "mau.xlsx"]) == 0
    assert capsys.readouterr().err == ""
    assert cli.main(asked) == 0
    assert capsys.readouterr().err == (
        "Năm này đã có review.csv, budget.csv: mỗi bảng chỉ ở một nơi, điền tệp Excel xong thì xóa các tệp CSV ấy\n"
    )


def test_a_standard_has_its_name_in_the_drop_down_also_before_it_is_in_force():
    column = next(one for one in tables()["other_review"] if one.name == "standard")
    entries = allowed(column, LAW, 2026, lambda table, name: []).entries()
    assert "ND351_2025 – Chuẩn nghèo đa chiều theo Nghị định 351/2025/NĐ-CP" in entries


def test_every_sheet_is_printed_on_a4_across_one_page_wide_with_its_headings_on_each_page(book):
    assert {sheet.title: (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight)
            for sheet in book if sheet.sheet_state == "visible"} == dict.fromkeys(["Hướng dẫn", *tables()], ("landscape", 9, 1, 0))  # fmt: skip
    assert all(book[table].sheet_properties.pageSetUpPr.fitToPage for table in tables())
    depth = {"movements": 3, "deprivations": 2, "groups": 3, "causes": 2}
    assert {table: book[table].print_title_rows for table in tables()} == {table: f"$1:${depth.get(table, 1)}" for table in tables()}
