"""What an import leaves in the year's workbook: the sheets that were prepared for it, filled, and all else as it stood."""

import re
import shutil
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from giamngheo import simulate
from giamngheo.imports import prepared, taking
from giamngheo.intake import template, wide_sheets
from giamngheo.intake.unit import Year
from test_annex_read_back import annex
from tools import folder

YEAR, UNIT, VILLAGES = 2024, "mo-phong-001", 5
FORMS = ("review", *wide_sheets.TABLES)


@pytest.fixture(scope="module")
def before():
    root = folder() / "prepared"
    simulate.write(root, communes=1, villages=VILLAGES, year=YEAR, seed=11)
    return Year(root, UNIT, YEAR)


@pytest.fixture
def this(before, tmp_path):
    (tmp_path / "data" / UNIT).mkdir(parents=True)
    shutil.copy(before.folder.parent / "unit.yml", tmp_path / "data" / UNIT)
    return Year(tmp_path / "data", UNIT, YEAR)


def take(content: bytes, this: Year, name: str = "bieu-mau.xlsx") -> Workbook:
    path = this.root.parent / name
    path.write_bytes(content)
    shown, write = taking.taken(path, this)
    assert write is not None, shown
    write()
    return load_workbook(this.folder / "so-lieu.xlsx")


def make(sheet) -> dict:
    """How a sheet is made, whatever is filled in: its headings and totals, merged cells, lists, widths, what is locked."""
    top = {cell.coordinate: (cell.value, cell.protection.locked) for row in sheet.iter_rows(max_row=HEAD[sheet.title]) for cell in row}
    rules = sorted((str(one.sqref), one.type, one.formula1, one.promptTitle, one.prompt, one.error) for one in sheet.data_validations.dataValidation)
    widths = {letter: (one.width, one.number_format, one.protection.locked) for letter, one in sheet.column_dimensions.items()}
    return {"top": top, "lists": rules, "widths": widths, "merged": {str(one) for one in sheet.merged_cells.ranges},
            "locked": sheet.protection.sheet, "frozen": sheet.freeze_panes, "size": sheet.max_column}  # fmt: skip


HEAD = {"review": 2, "movements": 5, "deprivations": 3, "groups": 4, "causes": 3}  # rows of headings and totals


def test_an_import_fills_the_sheets_that_a_template_prepares_with_a_row_for_each_village(before, this):
    used = set(before.table("groups")["group"])
    now = take(annex(before), this)
    template.write(this, this.root / "mau.xlsx", used=used)
    prepared = load_workbook(this.root / "mau.xlsx")
    for table in FORMS:
        assert make(now[table]) == make(prepared[table]), table
        lines = VILLAGES * (2 if table == "movements" else 1)
        assert now[table].max_row == HEAD[table] + lines
        open_rows = now[table].iter_rows(min_row=HEAD[table] + 1)
        assert [cell.coordinate for row in open_rows for cell in row if cell.protection.locked] == []
    assert now.sheetnames == prepared.sheetnames


def test_what_stands_in_a_prepared_sheet_stays_where_it_stands(before, this):
    """An officer marked a village yellow, wrote a note to it, and moved the village to the top of the sheet."""
    shutil.copytree(before.folder.parent / str(YEAR - 1), this.folder.parent / str(YEAR - 1))
    template.write(this, this.folder / "so-lieu.xlsx", used=set(before.table("groups")["group"]))
    book = load_workbook(this.folder / "so-lieu.xlsx")
    sheet = book["causes"]
    note = sheet.max_column
    names = [sheet.cell(row, 1).value for row in range(4, 4 + VILLAGES)]
    for row, name in enumerate(reversed(names), start=4):
        sheet.cell(row, 1).value = name
    sheet["A4"].fill, sheet.cell(4, note).value = PatternFill("solid", fgColor="FFFF00"), "hỏi lại trưởng thôn"
    book.save(this.folder / "so-lieu.xlsx")
    now = take(annex(before), this)["causes"]
    assert [now.cell(row, 1).value for row in range(4, 4 + VILLAGES)] == names[::-1]
    assert (now["A4"].fill.fgColor.rgb, now.max_row) == ("00FFFF00", 3 + VILLAGES)
    assert now.cell(4, note).value.startswith(
        "hỏi lại trưởng thôn; Nhập từ goc/bieu-mau.xlsx, trang tính Nguyên nhân, hộ nghèo, ô "
    )
    causes = before.table("causes")
    last = causes[(causes["village"] == names[-1]) & (causes["class"] == "poor")]["households"].tolist()
    assert [now.cell(4, column).value for column in range(2, 2 + len(last))] == last


def one_line(head: list[str], *rows: list) -> bytes:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    path = folder() / "one-line.xlsx"
    book.save(path)
    return path.read_bytes()


CAUSES = ["TT", "Đơn vị", "Hộ nghèo không có đất sản xuất", "Hộ nghèo không có lao động"]


def test_a_form_of_the_whole_commune_takes_the_place_of_villages_that_have_no_numbers(before, this):
    """The prepared sheet of movements has two lines for each of five villages; the form has one for the commune, of poor households."""
    shutil.copytree(before.folder.parent / str(YEAR - 1), this.folder.parent / str(YEAR - 1))
    template.write(this, this.folder / "so-lieu.xlsx")
    head = ["TT", "Đơn vị", "Tổng số hộ nghèo đầu kỳ", "Trở thành hộ cận nghèo", "Vượt chuẩn cận nghèo", "Giảm khác",
            "Hộ cận nghèo trở thành hộ nghèo", "Tái nghèo", "Phát sinh mới", "Tăng khác", "Tổng số hộ nghèo cuối kỳ"]  # fmt: skip
    now = take(one_line(head, [None, "Tổng cộng", 100, 10, 5, 0, 1, 0, 2, 0, 88]), this)["movements"]
    assert (now.max_row, [cell.value for cell in now[6]][:12]) == (
        6, [None, "households – hộ", 100, 10, 5, 0, 1, 0, 2, 0, 88, None],
    )  # fmt: skip
    template.write(this, this.root / "mau.xlsx")
    assert make(now) == make(load_workbook(this.root / "mau.xlsx")["movements"])


def cause(village: str, code: str, households: int | None) -> dict:
    return {"village": village, "class": "poor", "cause": code, "households": households}


def test_rows_of_which_a_village_lacks_one_or_nobody_knows_one_fill_no_wide_sheet():
    """Of village B only land was ever counted: in a wide sheet its labour would be a number that is not known."""
    whole = [cause("A", "no_land", 1), cause("A", "no_labour", 2), cause("B", "no_land", 3), cause("B", "no_labour", None)]
    assert prepared.fits("causes", whole)
    assert not prepared.fits("causes", whole[:3])
    assert not prepared.fits("causes", [*whole, cause("A", "other", None), cause("B", "other", None)])
    assert not prepared.fits("review", whole)


def test_explanations_of_columns_keep_their_size_when_a_form_is_imported(before, this):
    take(annex(before), this)
    with zipfile.ZipFile(this.folder / "so-lieu.xlsx") as parts:
        drawn = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".vml"))
    assert set(re.findall(rb"width:[0-9a-z]+;height:[0-9a-z]+", drawn)) == {b"width:320px;height:150px"}
