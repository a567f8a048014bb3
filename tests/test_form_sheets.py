"""The Excel annex: the report's own figures in the official forms, live, and the same when LibreOffice works them out again."""

import io
import zipfile
from fractions import Fraction

import openpyxl
import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import simulate
from giamngheo.figures.trace import Figure
from giamngheo.intake.unit import Year
from giamngheo.report import form_sheets, forms
from giamngheo.writers import xlsx
from tools import folder, office
from years import MOVEMENTS, REVIEW

YEAR = 2024
META = {
    "title": "Báo cáo", "issuer": "Ủy ban nhân dân xã Mẫu", "key": "xa-mau/2024/" + "0" * 64,
    "timestamp": 0, "draft": ["thiếu số"], "synthetic": True,
}  # fmt: skip
HEAD = {"type": "letterhead", "superior": "UBND HUYỆN MẪU", "issuer": ["ỦY BAN NHÂN DÂN", "XÃ MẪU"]}
ANNEX = {"type": "annex", "attached": "(Kèm theo Báo cáo số 05/BC-UBND)"}


def year(villages: int, seed: int = 7) -> Year:
    """A simulated commune's year."""
    root = folder() / f"forms-{villages}-{seed}"
    if not root.exists():
        simulate.write(root, communes=1, villages=villages, year=YEAR, seed=seed)
    return Year(root, "mo-phong-001", YEAR)


def typed(root, **tables: str) -> Year:
    """A year of the tables, written as CSV."""
    own = root / "xa-mau" / str(YEAR)
    own.mkdir(parents=True)
    for table, text in tables.items():
        (own / f"{table}.csv").write_text(text, encoding="utf-8")
    return Year(root, "xa-mau", YEAR)


def document(this: Year) -> dict:
    """What the writer needs of a report: its forms, named, its letterhead."""
    tables = [shown for _, shown in [*forms.of_main(this), *forms.of_second(this)]]
    blocks = [HEAD, ANNEX, *({"type": "table", "id": shown.id, "caption": shown.caption} for shown in tables)]
    return {"meta": META, "blocks": blocks, "sheets": form_sheets.of(this, blocks)}


def opened(content: bytes, **how) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), **how)


def recalculated(book: openpyxl.Workbook, name: str) -> openpyxl.Workbook:
    """The workbook as LibreOffice works it out, from its formulas alone: openpyxl saves none of their values."""
    path = folder() / f"{name}.xlsx"
    book.save(path)
    return openpyxl.load_workbook(office("xlsx", path)[0], data_only=True)


def numbers(this: Year) -> dict[tuple[str, int, int], Fraction | None]:
    """Every number of the report's forms by sheet, line and column as Excel counts them."""
    return {
        (form.sheet, form_sheets.ABOVE + len(shown.header) + line, column): cell.value if isinstance(cell, Figure) else None
        for form, shown in forms.of_main(this)
        for line, row in enumerate(shown.rows, start=1)
        for column, cell in enumerate(row, start=1)
        if column > len(form.first)
    }


def off(book: openpyxl.Workbook, expected: dict) -> list:
    """The cells that do not hold what is expected; a float holds a fraction to 15 digits."""
    held = {place: book[place[0]].cell(*place[1:]).value for place in expected}
    return [
        (place, held[place], value)
        for place, value in expected.items()
        if held[place] is not value and (value is None or held[place] is None or abs(held[place] - value) > 1e-14 * max(1, value))
    ]


@pytest.mark.parametrize("villages", [1, 9, 40])
def test_every_cell_holds_what_the_report_says_as_written_and_as_libreoffice_works_it_out(villages):
    this = year(villages)
    content, expected = xlsx.write(document(this)), numbers(this)
    assert off(opened(content, data_only=True), expected) == []
    assert off(recalculated(opened(content), f"again-{villages}"), expected) == []


def test_rates_totals_and_the_closing_count_are_formulas_of_the_columns_beside_and_above_them():
    book = opened(xlsx.write(document(year(9))))
    review, moved, lacking, rates = (book[name] for name in (
        "Kết quả rà soát", "Diễn biến hộ nghèo", "Thiếu hụt, hộ nghèo", "Tỷ lệ thiếu hụt, hộ nghèo"))  # fmt: skip
    assert [review[place].value for place in ("E10", "F11", "F20", "E20")] == ["3", "=E11/C11", "=E20/C20", "=SUM(E11:E19)"]
    assert moved["L11"].value == "=D11-E11-F11-G11+H11+I11+J11+K11"
    assert moved["D29"].value == "=SUMIF(C11:C28,C29,D11:D28)"
    assert (lacking["C11"].value, lacking["D11"].value) == ("='Kết quả rà soát'!E11", "=SUM(E11:P11)")
    assert rates["D11"].value == "='Thiếu hụt, hộ nghèo'!E11/C11"


def test_a_changed_count_changes_every_rate_and_total_that_is_made_of_it():
    this = year(9)
    book = opened(xlsx.write(document(this)))
    review = book["Kết quả rà soát"]
    poor, all_poor, households = review["E11"].value, sum(review[f"E{row}"].value for row in range(11, 20)), review["C11"].value
    review["E11"] = poor + 1
    changed = recalculated(book, "changed")
    assert changed["Kết quả rà soát"]["F11"].value == pytest.approx((poor + 1) / households, abs=1e-15)
    assert changed["Kết quả rà soát"]["E20"].value == all_poor + 1
    assert changed["Thiếu hụt, hộ nghèo"]["C20"].value == all_poor + 1
    first = book["Thiếu hụt, hộ nghèo"]["E11"].value
    assert changed["Tỷ lệ thiếu hụt, hộ nghèo"]["D11"].value == pytest.approx(first / (poor + 1), abs=1e-15)


def test_a_number_that_its_formula_would_not_give_is_written_as_it_is(tmp_path):
    unknown_end = MOVEMENTS.replace("Mơ Tôn,poor,households,33,4,1,0,1,0,1,0,30", "Mơ Tôn,poor,households,33,4,1,0,1,0,1,0,")
    this = typed(tmp_path, review=REVIEW, movements=unknown_end)
    sheet = opened(xlsx.write(document(this)))["Diễn biến hộ nghèo"]
    assert [sheet[f"L{row}"].value for row in (11, 13, 15)] == [None, "=D13-E13-F13-G13+H13+I13+J13+K13", None]
    assert sheet["D15"].value == "=SUMIF(C11:C14,C15,D11:D14)"


def test_what_is_not_known_is_blank_never_nought_and_a_note_says_so():
    sheet = opened(xlsx.write(document(Year(PROJECT / "data", SEED, SEED_YEAR))))["Kết quả rà soát"]
    assert [cell.value for cell in sheet[11]][:9] == [None, "Tổng cộng", 1160, None, 242, "=E11/C11", 324, "=G11/C11", None]
    assert sheet["A13"].value == "Ô để trống: chưa có số liệu."


def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path):
    content = xlsx.write(document(typed(tmp_path, review=REVIEW.replace("Mơ Tôn", "'=1+1"))))
    cell = opened(content)["Kết quả rà soát"]["B11"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    (path := folder() / "live.xlsx").write_bytes(content)
    assert openpyxl.load_workbook(office("xlsx", path)[0], data_only=True)["Kết quả rà soát"]["B11"].value == "=1+1"


def test_each_sheet_prints_on_a4_across_with_its_heading_on_every_page_and_its_upper_right_corner_free():
    for sheet in opened(xlsx.write(document(year(40)))):
        heading = len(sheet.merged_cells.ranges) and next(row for row in range(8, 12) if sheet.cell(row, 1).value == "A")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        fitted = sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage
        assert fitted == (None, 0, True)  # one page wide is what no width says
        assert (sheet.print_title_rows, sheet.freeze_panes) == (f"$8:${heading}", f"C{heading + 1}")
        wide = sheet.max_column
        assert [sheet.cell(row, column).value for row in (1, 2, 3) for column in range(wide // 2 + 1, wide + 1)] == [None] * 3 * (wide - wide // 2)
        assert (sheet["A1"].value, sheet["A2"].value) == ("UBND HUYỆN MẪU", "ỦY BAN NHÂN DÂN XÃ MẪU")
        assert [sheet[f"A{row}"].value for row in (5, 6)] == ["(Kèm theo Báo cáo số 05/BC-UBND)", "DỰ THẢO – SỐ LIỆU MÔ PHỎNG"]


def test_a_name_too_long_for_its_column_has_the_height_of_its_lines():
    sheet = opened(xlsx.write(document(year(40))))["Kết quả rà soát"]
    heights = {len(sheet[f"B{row}"].value): sheet.row_dimensions[row].height for row in range(11, 51)}
    assert {height for length, height in heights.items() if length < 25} == {15.75}
    assert min(height for length, height in heights.items() if length > 40) > 2 * 15.75


def test_equal_figures_make_equal_bytes_that_carry_the_key_and_no_clock():
    one, two = (xlsx.write(document(year(9))) for _ in range(2))
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert META["key"] in core and core.count("1970-01-01T00:00:00Z") == 2


def test_a_report_without_forms_says_so():
    sheet = opened(xlsx.write({"meta": META, "blocks": [], "sheets": []}))["Biểu mẫu"]
    assert sheet["A1"].value == "Báo cáo này không in biểu nào có số liệu."
