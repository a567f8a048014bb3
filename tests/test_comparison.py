"""A change is computed only within one standard and one status; otherwise the report says so and shows both years."""

from fractions import Fraction

import pytest

from giamngheo import opened
from giamngheo.figures import results, trace
from giamngheo.report import passages, sections
from laws import LAW

HEADER = (
    "village,households,persons,poor_households,poor_persons,near_poor_households,near_poor_persons,"
    "average_living_households,average_living_persons,minority_households,minority_persons,"
    "minority_poor_households,minority_near_poor_households,status,standard\n"
)


@pytest.fixture
def year(tmp_path, monkeypatch):
    """Write one result: poor and near-poor of all households, under a standard, of a status."""
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))

    def write(year, poor, near_poor, households, standard, status="official", table="review"):
        folder = tmp_path / "xa" / str(year)
        folder.mkdir(parents=True, exist_ok=True)
        row = f",{households},,{poor},,{near_poor},,,,,,,,{status},{standard}\n"
        (folder / f"{table}.csv").write_text(HEADER + row, encoding="utf-8")

    return write


def test_a_year_reviewed_under_two_standards_is_compared_within_the_same_one(year):
    year(2021, 50, 60, 1000, "QD59_2015")
    year(2021, 200, 150, 1000, "ND07_2021", table="other_review")
    year(2022, 180, 140, 1000, "ND07_2021")
    poor = results.comparison(opened("xa", 2022)).changes.iloc[0]
    assert (poor["households_before"], poor["change_households"]) == (200, 180 - 200)
    assert poor["change_rate"] == Fraction(180, 1000) - Fraction(200, 1000)


def test_results_under_two_standards_are_not_subtracted_and_both_are_shown(year):
    year(2021, 50, 60, 1000, "QD59_2015")
    year(2022, 180, 140, 1000, "ND07_2021")
    comparison = results.comparison(opened("xa", 2022))
    assert comparison.refusal == (
        "Không so sánh hai năm vì kết quả theo hai chuẩn khác nhau: Chuẩn nghèo tiếp cận đa chiều 2016-2020; "
        "Chuẩn nghèo đa chiều theo Nghị định 07/2021/NĐ-CP."
    )
    figures = {"last_year": "2021"} | trace.named(sections.before_figures(comparison))
    assert [passages.text(line, figures) for line in sections.before(comparison, LAW)] == [
        "Kết quả năm 2021 (Chuẩn nghèo tiếp cận đa chiều 2016-2020): hộ nghèo 50 hộ, 5,00%; hộ cận nghèo 60 hộ, 6,00%."
    ]


def test_preliminary_and_official_results_are_not_subtracted(year):
    year(2022, 180, 140, 1000, "ND07_2021", status="preliminary")
    year(2023, 170, 130, 1000, "ND07_2021")
    assert results.comparison(opened("xa", 2023)).refusal == (
        "Không so sánh hai năm vì một kết quả là sơ bộ, một kết quả là chính thức."
    )


def test_without_last_year_there_is_nothing_to_compare_with(year):
    year(2023, 170, 130, 1000, "ND07_2021")
    comparison = results.comparison(opened("xa", 2023))
    assert (comparison.refusal, comparison.before) == ("Chưa có số liệu năm 2022 để so sánh.", None)


def test_a_change_that_is_not_the_difference_of_the_printed_rates_says_so(year):
    year(2022, 18, 29, 319, "ND07_2021")  # 5,64%, 9,09%, together 14,73%
    year(2023, 18, 29, 320, "ND07_2021")  # 5,63%, 9,06%, together 14,69%
    changes = results.comparison(opened("xa", 2023)).changes
    assert sections.apart(changes) == ("Tính từ số chưa làm tròn, nên lệch 0,01 so với hiệu của hai số đã in: hộ nghèo, hộ nghèo đa chiều.",)
    assert [round(float(change), 6) for change in changes["change_rate"]] == [-0.000176, -0.000284, -0.00046]  # 0,02, 0,03, 0,05


def test_changes_that_are_the_difference_of_the_printed_rates_need_no_note(year):
    year(2022, 180, 140, 1000, "ND07_2021")
    year(2023, 170, 130, 1000, "ND07_2021")
    assert sections.apart(results.comparison(opened("xa", 2023)).changes) == ()
