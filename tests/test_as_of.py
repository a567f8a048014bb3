"""The money of a report is that of its time: what was paid out later is not told for half a year, and the day is printed."""

import datetime as dt
import shutil
from pathlib import Path

import pandas as pd
import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo.checks import as_of
from giamngheo.intake import periods
from giamngheo.intake.unit import Year
from giamngheo.report import programmes

HEADER = "project,capital_type,source,vintage,execution_year,planned,disbursed,as_of,model"
OWN = "kinds:\n  - kind: half_year\n    date: {date}\n    period: {period}\n"


@pytest.fixture
def data(tmp_path) -> Path:
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    return tmp_path / "data"


def budget(data: Path, *days: str) -> None:
    """Lines of the seed's budget, 100 million planned and 60 paid out until each of the days."""
    lines = [f"DA2,recurrent,nsnn,2022,2022,100000000,60000000,{day}," for day in days]
    (data / SEED / "2022" / "budget.csv").write_text("\n".join([HEADER, *lines, ""]), "utf-8")


def said(data: Path, kind: str) -> list[str]:
    return [str(found) for found in as_of.findings(Year(data, SEED, SEED_YEAR, kind=kind))]


def report_yml(data: Path, text: str) -> None:
    (data / SEED / "2022" / "report.yml").write_text(text, "utf-8")


LATER = (
    f'[chỉ lập được DỰ THẢO] {SEED}/2022/budget.csv, dòng {{}}, cột H (as_of): giá trị "{{}}" — số giải ngân tính đến ngày {{}}, sau kỳ '
    "báo cáo (6 tháng đầu năm 2022: đến hết ngày 30/06/2022). Cách sửa: ghi số đã giải ngân đến hết ngày ấy, và ngày chốt số ở ô này; "
    "số mới hơn để cho báo cáo của kỳ sau."
)


def test_money_counted_up_to_december_is_no_money_of_the_first_half_and_its_rows_are_named(data):
    budget(data, "2022-12-31", "2022-06-30", "2022-07-01", "2022-12-31", "2022-12-31")
    later = LATER.replace("30/06/2022).", "30/06/2022) (dòng 2, 5-6).")
    assert said(data, "half_year") == [later.format(2, "2022-12-31", "31/12/2022"), LATER.format(4, "2022-07-01", "01/07/2022")]
    assert said(data, "programme") == said(data, "yearly") == said(data, "preliminary") == []


def test_money_without_a_day_is_not_told_for_half_a_year(data):
    budget(data, "")
    assert said(data, "half_year") == [
        f"[chỉ lập được DỰ THẢO] {SEED}/2022/budget.csv, dòng 2, cột H (as_of): chưa ghi số giải ngân tính đến ngày nào, kỳ báo cáo là "
        "6 tháng đầu năm 2022: đến hết ngày 30/06/2022. Cách sửa: ghi ngày chốt số giải ngân vào ô này."
    ]
    assert said(data, "programme") == []


def test_money_of_a_day_before_the_end_is_told_as_such(data):
    budget(data, "2022-06-14")
    assert said(data, "half_year") == [
        f'[lưu ý] {SEED}/2022/budget.csv, dòng 2, cột H (as_of): giá trị "2022-06-14" — số giải ngân tính đến ngày 14/06/2022, '
        "trước khi hết kỳ báo cáo (6 tháng đầu năm 2022: đến hết ngày 30/06/2022); báo cáo in ngày ấy. "
        "Cách sửa: đã có số đến hết kỳ thì ghi số ấy và ngày ấy."
    ]


def test_the_time_that_report_yml_says_is_the_one_that_counts(data):
    report_yml(data, OWN.format(date="", period="từ ngày 01/01/2022 đến ngày 30/9/2022"))
    budget(data, "2022-09-30", "2022-10-01")
    (only,) = said(data, "half_year")
    assert "dòng 3" in only and "(từ ngày 01/01/2022 đến ngày 30/9/2022: đến hết ngày 30/09/2022)" in only


def test_money_of_a_day_after_the_report_itself_cannot_be(data):
    report_yml(data, "kind: programme\ndate: 05/01/2023\n")
    budget(data, "2023-01-05", "2023-01-31")
    assert said(data, "") == [
        f'[chỉ lập được DỰ THẢO] {SEED}/2022/budget.csv, dòng 3, cột H (as_of): giá trị "2023-01-31" — số giải ngân tính đến ngày '
        "31/01/2023, sau ngày của báo cáo (05/01/2023). Cách sửa: sửa một trong hai ngày."
    ]


def test_a_course_held_after_half_a_year_is_not_told_in_its_report(data):
    budget(data, "2022-06-30")
    text = "project,course,group,participants,date\nDA7.1,Tập huấn,Cán bộ xã,12,2022-06-30\nDA7.1,Tập huấn,Cán bộ thôn,9,2022-10-12\n"
    (data / SEED / "2022" / "training.csv").write_text(text, "utf-8")
    assert said(data, "half_year") == [
        f'[chỉ lập được DỰ THẢO] {SEED}/2022/training.csv, dòng 3, cột E (date): giá trị "2022-10-12" — tập huấn ngày 12/10/2022, sau kỳ '
        "báo cáo (6 tháng đầu năm 2022: đến hết ngày 30/06/2022). Cách sửa: báo cáo này chưa nói đến lớp tập huấn ấy: ghi lại ngày nếu sai, "
        "không thì để dòng này cho báo cáo của kỳ sau."
    ]


def test_a_time_of_which_nobody_can_say_when_it_ends_is_asked_for(data):
    report_yml(data, OWN.format(date="", period="đợt 2 năm 2022"))
    budget(data, "2022-12-31")
    assert said(data, "half_year") == [
        f'[chỉ lập được DỰ THẢO] {SEED}/2022/report.yml, dòng 4: giá trị "đợt 2 năm 2022" — không đọc được kỳ báo cáo hết vào ngày nào. '
        "Cách sửa: viết theo một trong các dạng: năm 2026; 6 tháng đầu năm 2026; quý III năm 2026; "
        "từ ngày 01/01/2026 đến ngày 30/9/2026; tính đến ngày 30/9/2026."
    ]


ENDS = {
    "6 tháng đầu năm 2026": dt.date(2026, 6, 30),
    "9 tháng đầu năm 2026": dt.date(2026, 9, 30),
    "từ ngày 15/12/2025 đến ngày 14/6/2026": dt.date(2026, 6, 14),
    "từ ngày 01 tháng 01 đến hết ngày 30 tháng 9 năm 2026": dt.date(2026, 9, 30),
    "tính đến ngày 30/9/2026": dt.date(2026, 9, 30),
    "Quý I năm 2026": dt.date(2026, 3, 31),
    "quý IV/2026": dt.date(2026, 12, 31),
    "tháng 02 năm 2024": dt.date(2024, 2, 29),
    "tính đến ngày 31/9/2026": None,  # there is no such day
    "đợt 2 năm 2026": None,
    "năm 2026": None,
}


@pytest.mark.parametrize(("period", "end"), ENDS.items())
def test_the_last_day_of_a_time_is_read_from_its_words(period, end):
    assert periods.end(period) == end
    assert periods.whole_years(period) == (period == "năm 2026")


def test_the_sentence_says_up_to_which_day_the_money_was_paid_out():
    def lines(*days):
        return pd.DataFrame({"as_of": pd.to_datetime(list(days)), "disbursed": pd.array([5] * len(days), dtype="Int64")})

    assert programmes.as_of(lines("2026-06-30", "2026-06-30")) == " tính đến ngày 30 tháng 6 năm 2026"
    apart = " tính đến các ngày khác nhau, từ ngày 31 tháng 5 năm 2026 đến ngày 30 tháng 6 năm 2026"
    assert programmes.as_of(lines("2026-06-30", "2026-05-31")) == apart
    assert programmes.as_of(lines("2026-06-30", None)) == " tính đến ngày 30 tháng 6 năm 2026 (có khoản chưa ghi ngày)"
    assert programmes.as_of(lines(None)) == programmes.as_of(lines()) == ""
