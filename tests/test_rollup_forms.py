"""The Excel annex of a whole: the official forms, a line for each commune, the sums those of its report."""

import io
from fractions import Fraction

import openpyxl
import pytest

import provinces
from giamngheo.intake.unit import Year
from giamngheo.report import form_sheets, forms, rollup, rollup_forms, sums
from giamngheo.writers import xlsx
from test_form_sheets import META, off, recalculated

FORMS = [
    "Kết quả rà soát", "Diễn biến hộ nghèo", "Diễn biến hộ cận nghèo", "Thiếu hụt, hộ nghèo", "Tỷ lệ thiếu hụt, hộ nghèo",
    "Thiếu hụt, hộ cận nghèo", "Tỷ lệ thiếu hụt, hộ cận nghèo", "Nhóm, hộ nghèo", "Nhóm, hộ cận nghèo", "Dân tộc, hộ nghèo",
    "Dân tộc, hộ cận nghèo", "Nguyên nhân, hộ nghèo", "Nguyên nhân, hộ cận nghèo",
]  # fmt: skip
TITLE = "Tổng hợp kết quả rà soát hộ nghèo; hộ cận nghèo; hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình"


def book(sheets, **how) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.write({"meta": META, "blocks": [], "sheets": sheets})), **how)


@pytest.fixture(scope="module")
def whole() -> Year:
    """A made-up province of three communes."""
    return Year(provinces.root(), provinces.WHOLES[1], provinces.YEAR)


def test_each_form_has_a_line_for_each_commune_that_holds_what_its_own_form_says_in_total(whole):
    sheets = rollup_forms.of(whole)
    assert [sheet.name for sheet in sheets] == FORMS
    own = {unit: form_sheets_of(whole.other(unit)) for unit in provinces.UNITS}
    for sheet in sheets:
        for at, unit in enumerate(provinces.UNITS):
            its = own[unit][sheet.name]
            measures = sheet.totals
            lines, expected = sheet.rows[at * measures : (at + 1) * measures], its.rows[-measures:]
            assert {line[1].value for line in lines} == {f"xã Mô Phỏng {at + 1:03d}"}
            assert [[cell.value for cell in line[2:]] for line in lines] == [[cell.value for cell in line[2:]] for line in expected]


def form_sheets_of(this: Year) -> dict:
    """The sheets of a commune's own report by name."""
    made = forms.of_main(this)
    return {sheet.name: sheet for sheet in form_sheets.sheets(made, 1, {table.id: "" for _, table in made})}


def test_the_sums_are_those_of_the_report_and_change_with_a_count(whole):
    members = rollup.communes(whole)
    total = sums.total(rollup.reviews(whole, members))
    review = rollup_forms.of(whole)[0]
    names = ["households", "persons", "poor_households", "near_poor_households"]
    assert [review.rows[-1][place].value for place in (2, 3, 4, 6)] == [total[name].item() for name in names]
    assert review.rows[-1][5].value == Fraction(int(total["poor_households"].item()), int(total["households"].item()))
    assert review.title == f"{TITLE} của toàn bộ 3 xã"
    made = book([review])["Kết quả rà soát"]
    assert [made[place].value for place in ("C14", "E14", "F14", "F11")] == ["=SUM(C11:C13)", "=SUM(E11:E13)", "=E14/C14", "=E11/C11"]


def test_libreoffice_works_out_every_cell_of_a_whole_as_it_was_written(whole):
    sheets = rollup_forms.of(whole)
    expected = {
        (sheet.name, sheet.first + line, column): cell.value
        for sheet in sheets
        for line, row in enumerate(sheet.rows, start=1)
        for column, cell in enumerate(row, start=1)
        if not isinstance(cell.value, str)
    }
    assert len(expected) > 500
    assert off(book(sheets, data_only=True), expected) == []
    assert off(recalculated(book(sheets), "whole"), expected) == []
