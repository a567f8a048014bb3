"""Sheets as wide as a village: read as the rows of the table they are, each number with its cell; or refused at the cell."""

import csv
import io

import openpyxl
import pytest

from giamngheo import simulate
from giamngheo.checks import unknown_numbers
from giamngheo.figures import poverty, trace
from giamngheo.intake import template, wide_sheets
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import tables
from tools import folder, office

YEAR, UNIT = 2024, "mo-phong-001"
KEYS = {"movements": ["village", "class", "measure"], "deprivations": ["village", "class", "indicator"],
        "groups": ["village", "class", "group"], "causes": ["village", "class", "cause"]}  # fmt: skip


def year(villages: int, excel: bool, seed: int = 7) -> Year:
    """A simulated commune's year, as CSV files with a row for each code or as a workbook with wide sheets."""
    root = folder() / f"wide-{villages}-{seed}-{excel}"
    if not root.exists():
        simulate.write(root, communes=1, villages=villages, year=YEAR, seed=seed, excel=excel)
    return Year(root, UNIT, YEAR)


def sorted_by(keys: list[str], frame):
    return frame.drop(columns=["found_at", "cells_at"], errors="ignore").sort_values(keys).reset_index(drop=True)


def book_of(this: Year) -> openpyxl.Workbook:
    return openpyxl.load_workbook(this.folder / "so-lieu.xlsx")


def year_of(book: openpyxl.Workbook, root, only: str = "") -> Year:
    """A year of that workbook; of the sheet `only` and the review, where it is named."""
    own = root / UNIT / str(YEAR)
    own.mkdir(parents=True)
    for name in [name for name in book.sheetnames if only and name in tables() and name not in (only, "review")]:
        del book[name]
    book.save(own / "so-lieu.xlsx")
    return Year(root, UNIT, YEAR)


def told(this: Year) -> list[str]:
    return [str(found).removeprefix(f"{UNIT}/{YEAR}/so-lieu.xlsx, trang tính ") for found in this.findings()]


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("table", KEYS)
def test_a_wide_sheet_is_read_into_the_frame_of_the_long_one(table, seed):
    long, wide = (year(7, excel, seed).table(table) for excel in (False, True))
    assert sorted_by(KEYS[table], wide).equals(sorted_by(KEYS[table], long))


def test_each_figure_leads_to_its_cell():
    this = year(7, True)
    sheet = book_of(this)["deprivations"]
    rows = this.table("deprivations")
    assert len(rows) == 7 * 2 * 12
    for row in rows.itertuples():
        file, _, cell = row.found_at.partition("!")
        assert file == f"{UNIT}/{YEAR}/so-lieu.xlsx:deprivations"
        assert sheet[cell].value == row.households
        assert sheet[f"A{sheet[cell].row}"].value == row.village
        assert sheet.cell(2, sheet[cell].column).value.endswith(f"\n{row.indicator}")
    assert this.table("groups")["found_at"][0].endswith("so-lieu.xlsx:groups!B5, C5")
    assert this.table("movements")["found_at"][0].endswith("so-lieu.xlsx:movements!C6, D6, E6, F6, G6, H6, I6, J6, K6")


def test_each_step_of_the_movements_cites_the_cells_of_its_own_column_alone():
    """Seven villages with a line each of households and of persons from row 6 on: households in rows 6, 8 … 18."""
    this = year(7, True)
    made = trace.figures(poverty.movements(this.table("movements")), "movements", "class measure")["poor.households"]
    stem, lines = f"{UNIT}/{YEAR}/so-lieu.xlsx:movements!", range(6, 20, 2)
    assert made["start"].sources == stem + ", ".join(f"C{at}" for at in lines)
    assert made["end"].sources == stem + ", ".join(f"K{at}" for at in lines)
    assert made["left"].sources == stem + ", ".join(f"{column}{at}" for column in "DE" for at in lines)  # to the other class, above it
    assert sum(book_of(this)["movements"][f"C{at}"].value for at in lines) == made["start"].value


def test_the_two_numbers_of_a_group_cite_a_cell_each_and_its_share_the_households():
    this = year(7, True)
    commune = poverty.total(this.table("review"))
    made = trace.figures(poverty.shares(this.table("groups"), "groups", "group", commune), "groups", "class group")
    one = next(iter(made.values()))
    stem = f"{UNIT}/{YEAR}/so-lieu.xlsx:groups!"
    assert (one["households"].sources, one["persons"].sources if "persons" in one else "") == (f"{stem}B5-B11", f"{stem}C5-C11")
    assert one["share"].sources == f"{stem}B5-B11"


def test_forty_villages_are_typed_in_with_less_than_a_tenth_of_the_rows():
    long, wide = year(40, False), year(40, True)
    many = sum(len(long.reading(table).lines) for table in KEYS)
    lines = sum(len({wide.reading(table).line(at) for at in range(len(wide.reading(table).lines))}) for table in KEYS)
    assert (many, lines) == (160 + 960 + 560 + 640, 80 + 40 + 40 + 40)
    assert lines / many < 0.1


def test_headings_are_those_of_the_official_forms_above_the_names_of_the_dictionary():
    sheet = book_of(year(7, True))["movements"]
    assert [sheet.cell(1, at).value for at in (1, 2, 3, 12, 21)] == [
        "Thôn, làng\nvillage", "Phân tổ\nmeasure", "Hộ nghèo\npoor", "Hộ cận nghèo\nnear_poor", "Ghi chú\nnote",
    ]  # fmt: skip
    assert [sheet.cell(2, at).value for at in range(3, 8)] == [
        "Tổng số hộ nghèo đầu kỳ\nstart", "Số hộ thoát nghèo", None, "Giảm khác\nother_decrease", "Số hộ nghèo bổ sung",
    ]  # fmt: skip
    assert [sheet.cell(3, at).value for at in (4, 5, 7)] == [
        "Trở thành hộ cận nghèo\nto_other_class", "Vượt chuẩn cận nghèo\nabove_near_poor", "Hộ cận nghèo trở thành hộ nghèo\nfrom_other_class",
    ]  # fmt: skip
    assert {str(one) for one in sheet.merged_cells.ranges} >= {"A1:A3", "B1:B3", "C1:K1", "L1:T1", "C2:C3", "D2:E2", "G2:I2"}


@pytest.mark.parametrize("how", [{}, {"long": wide_sheets.TABLES}])
def test_every_cell_to_be_typed_in_is_open_and_says_what_it_expects(how):
    this = year(7, True)
    book = openpyxl.load_workbook(io.BytesIO(template.content(this, **how)))
    for sheet in (book[name] for name in tables()):
        first = next(row for row in range(1, 12) if all(sheet.cell(row, 1).value != "Tổng cộng" for row in (row, row + 1, row + 2, row + 3)))
        first = max(first, int(sheet.freeze_panes[1:])) if sheet.title in wide_sheets.TABLES else first
        width = max(cell.column for cell in sheet[1])
        asked = [str(rule.sqref) for rule in sheet.data_validations.dataValidation if rule.showInputMessage and rule.prompt]
        for column in range(1, width + 1):
            letter = openpyxl.utils.get_column_letter(column)
            assert not sheet.column_dimensions[letter].protection.locked, (sheet.title, letter)
            assert any(place.startswith(letter) and place.endswith(f":{letter}200000") for place in asked), (sheet.title, letter)
        typed = [cell for row in sheet.iter_rows(min_row=first) for cell in row if cell.value is not None and cell.data_type != "f"]
        assert [cell.coordinate for cell in typed if cell.protection.locked and cell.row > first + 8] == []
        beyond = sheet.column_dimensions[openpyxl.utils.get_column_letter(width + 1)]
        assert (beyond.min, beyond.max, beyond.protection.locked) == (width + 1, 16384, False)  # so that Excel deletes whole rows


def test_a_simulated_workbook_has_no_locked_cell_to_type_in():
    this = year(7, True)
    for table in tables():
        open_rows = [row for row in book_of(this)[table].iter_rows(min_row=2) if row[0].protection.locked is False]
        assert [cell.coordinate for row in open_rows for cell in row if cell.protection.locked] == []
        assert len(open_rows) == len({this.reading(table).line(at) for at in range(len(this.reading(table).lines))}), table


def test_what_libreoffice_saves_is_read_as_before_and_keeps_lists_formats_prompts_and_open_cells():
    this = year(7, True)
    path = this.folder / "so-lieu.xlsx"
    again = folder() / "wide-again"
    (again / UNIT / str(YEAR)).mkdir(parents=True)
    saved = office("xlsx", path)[0]
    (again / UNIT / str(YEAR) / "so-lieu.xlsx").write_bytes(saved.read_bytes())
    after = Year(again, UNIT, YEAR)
    assert told(after) == told(this)
    for table in tables():
        assert after.table(table).equals(this.table(table)), table
    was, now = openpyxl.load_workbook(path), openpyxl.load_workbook(saved)
    for sheet in (was[name] for name in tables()):
        kept = now[sheet.title]
        assert kept.protection.sheet and not kept.protection.insertRows and not kept.protection.deleteRows
        assert {str(one) for one in kept.merged_cells.ranges} == {str(one) for one in sheet.merged_cells.ranges}
        assert prompts(kept) == prompts(sheet)
        for row in sheet.iter_rows(max_row=20):
            for cell in row:
                assert look(kept, cell.coordinate) == look(sheet, cell.coordinate), cell


def look(sheet, place: str) -> tuple[bool, str]:
    """Whether a cell is locked, and its number format: its own, or where it has none that of its column."""
    cell = sheet[place]
    columns = [one for one in sheet.column_dimensions.values() if one.min <= cell.column <= one.max]
    seen = cell if cell.has_style else columns[0]
    return seen.protection.locked, seen.number_format


def prompts(sheet) -> dict[str, tuple]:
    """What may be typed and what is said, by the column and its first row."""
    rules = sheet.data_validations.dataValidation
    return {str(one.sqref).partition(":")[0]: (one.type, one.promptTitle, one.prompt, one.errorStyle or "stop") for one in rules}


def test_a_blank_cell_among_numbers_is_not_known_and_a_column_of_a_code_that_nobody_counts_says_nothing(tmp_path):
    book = book_of(year(7, True))
    sheet = book["deprivations"]
    sheet["B4"] = None
    for row in range(4, 11):
        sheet[f"C{row}"] = None
    rows = year_of(book, tmp_path).table("deprivations")
    first = rows[rows["class"] == "poor"]
    assert first[first["indicator"] == "employment"]["households"].isna().tolist() == [True] + [False] * 6
    assert "dependents" not in set(first["indicator"]) and "dependents" in set(rows["indicator"])


def test_where_only_the_commune_has_its_numbers_the_villages_say_nothing(tmp_path):
    book = book_of(year(7, True))
    sheet = book["causes"]
    for row in range(4, 11):
        for column in range(2, 18):
            sheet.cell(row, column).value = None
    for column in range(2, 18):
        sheet.cell(11, column).value = column
    rows = year_of(book, tmp_path).table("causes")
    assert rows["village"].tolist() == [""] * 16 and rows["households"].tolist() == list(range(2, 18))


def test_a_code_is_chosen_in_a_spare_heading(tmp_path):
    book = book_of(year(7, True))
    sheet = book["groups"]
    spare = next(column for column in range(2, 40) if sheet.cell(2, column).value is None and not is_merged(sheet, 2, column))
    assert not sheet.cell(2, spare).protection.locked
    sheet.cell(2, spare).value = "ro_mam – Dân tộc Rơ Măm"
    for row in range(5, 12):
        sheet.cell(row, spare).value = 0
        sheet.cell(row, spare + 1).value = 0
    sheet.cell(5, spare).value, sheet.cell(5, spare + 1).value = 1, 4
    rows = year_of(book, tmp_path).table("groups")
    chosen = rows[rows["group"] == "ro_mam"]
    assert chosen[["class", "households", "persons"]].values.tolist() == [["poor", 1, 4]] + [["poor", 0, 0]] * 6


def is_merged(sheet, row: int, column: int) -> bool:
    """Whether a cell lies in a merged range that begins elsewhere."""
    return any((row, column) in one.cells and (one.min_row, one.min_col) != (row, column) for one in map(Range, sheet.merged_cells.ranges))


class Range:
    def __init__(self, merged):
        self.min_row, self.min_col = merged.min_row, merged.min_col
        self.cells = {(row, column) for row, column in merged.cells}


FAULTS = {
    "letters in a count": (
        {"B4": "ba"},
        ['deprivations, dòng 4, cột B (Hộ nghèo, Việc làm): giá trị "ba" — phải là số nguyên không âm. '
         "Cách sửa: ghi 0 nếu không có, để trống nếu chưa biết."],
    ),
    "a heading of no code": (
        {"B2": "Việc lm"},
        ['deprivations, dòng 2, cột B (Hộ nghèo, Việc lm): giá trị "Việc lm" — tên cột không cho biết đây là số của mã nào, loại hộ nào. '
         'Cách sửa: sửa tên cột (có phải là "Việc làm" không?) hoặc xoá cột.'],
    ),
    "a code twice": (
        {"C2": "Việc làm\nemployment"},
        ['deprivations, dòng 2, cột C (Hộ nghèo, Việc làm): giá trị "Việc làm employment" — hai cột cùng là số này, cột trước là cột B. '
         "Cách sửa: xoá bớt một cột."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_once_at_its_cell_under_its_headings(tmp_path, fault):
    cells, said = FAULTS[fault]
    book = book_of(year(7, True))
    for place, value in cells.items():
        book["deprivations"][place] = value
    assert told(year_of(book, tmp_path, "deprivations")) == said


@pytest.mark.parametrize("table", KEYS)
def test_a_long_and_a_wide_sheet_of_one_table_are_refused_naming_both(tmp_path, table):
    book = book_of(year(7, True))
    long = book.create_sheet(f"{table.upper()} ")
    for row in csv.reader(io.StringIO((year(7, False).folder / f"{table}.csv").read_text(encoding="utf-8-sig"))):
        long.append(row)
    said = (
        f'{table}: hai trang tính "{table}" và "{long.title}" cùng là bảng {table}. '
        "Cách sửa: giữ một trang tính, xoá hoặc đổi tên trang tính kia."
    )
    assert said in told(year_of(book, tmp_path))


@pytest.mark.parametrize("table", KEYS)
def test_a_wide_sheet_beside_the_tables_long_file_is_refused(tmp_path, table):
    this = year_of(book_of(year(7, True)), tmp_path)
    (this.folder / f"{table}.csv").write_bytes((year(7, False).folder / f"{table}.csv").read_bytes())
    assert f"{table}: bảng {table} có cả ở trang tính này và ở tệp {table}.csv. " \
        f"Cách sửa: giữ một nơi: xoá tệp {table}.csv hoặc xoá trang tính {table}." in told(this)  # fmt: skip


@pytest.mark.parametrize(("table", "row"), [("deprivations", 6), ("groups", 7), ("causes", 6), ("movements", 8)])
def test_a_line_whose_village_is_not_named_is_one_fault_however_many_numbers_it_has(tmp_path, table, row):
    book = book_of(year(7, True))
    book[table][f"A{row}"] = None
    assert told(year_of(book, tmp_path)) == [
        f"{table}, dòng {row}, cột A (village): để trống thôn, làng trong khi các dòng khác có tên. Cách sửa: ghi tên thôn, làng ở mỗi dòng "
        "(hoặc gộp ô); nếu là dòng cộng của các thôn, làng thì ghi Tổng cộng."
    ]


def test_a_number_of_one_village_that_is_left_blank_is_told_with_the_others_of_its_sheet(tmp_path):
    book = book_of(year(7, True))
    for place in ("B6", "D5", "D7"):
        book["deprivations"][place] = None
    (found,) = unknown_numbers.findings(year_of(book, tmp_path))
    assert str(found) == (
        f"[lưu ý] {UNIT}/{YEAR}/so-lieu.xlsx, trang tính deprivations, dòng 5, cột D (Hộ nghèo, Dinh dưỡng): chưa biết số này của "
        "một thôn, làng trong khi các thôn, làng khác có số, nên tổng của xã cũng chưa biết; cũng vậy ở B6, D7. Cách sửa: điền ô này; không có hộ "
        "nào thì ghi 0, không biết thì hỏi lại thôn, làng."
    )
