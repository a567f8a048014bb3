"""The law and the map at a date: which rows are in force, what a code is called, who was merged into whom."""

import datetime as dt

import pytest

from conftest import PROJECT
from giamngheo.findings import DataError
from giamngheo.law import dated
from giamngheo.law.dated import Law
from giamngheo.law.territory import Territory
from laws import LAW

LAWS = ("standards", "indicators", "programme", "categories", "units")
EDGES = [
    dt.date(2021, 12, 31),
    dt.date(2022, 1, 1),
    dt.date(2025, 6, 30),
    dt.date(2025, 7, 1),
    dt.date(2025, 12, 31),
    dt.date(2026, 1, 1),
    dt.date(2026, 12, 31),
    dt.date(2027, 1, 1),
    dt.date(2030, 12, 31),
]


def unit(name, day):
    """The row of the map for a unit on a day; None where the map does not know it."""
    return Territory(LAW.rows("units"), day).units.get(name)


def thresholds(day):
    """Income thresholds (đồng a person a month) in force on `day`, by area."""
    rows = LAW.table("standards", dt.date.fromisoformat(day))
    rows = rows[rows["measure"].isin(["income", "income_poor"])]
    return dict(zip(rows["area"], rows["value"].astype(int), strict=True))


@pytest.mark.parametrize(
    ("day", "rural", "urban"),
    [
        ("2021-12-31", 700_000, 900_000),
        ("2022-01-01", 1_500_000, 2_000_000),
        ("2025-12-31", 1_500_000, 2_000_000),
        ("2026-12-31", 1_500_000, 2_000_000),
        ("2027-01-01", 2_200_000, 2_800_000),
        ("2030-12-31", 2_200_000, 2_800_000),
    ],
    ids=[
        "the last day of decision 59/2015",
        "the first day of decree 07/2021",
        "the end of the period 2021-2025",
        "decree 351/2025 keeps decree 07/2021 to the end of 2026",
        "the first day of the standard of decree 351/2025",
        "its last day",
    ],
)
def test_the_income_threshold_on_a_day(day, rural, urban):
    assert thresholds(day) == {"rural": rural, "urban": urban}


def test_no_threshold_is_known_after_2030():
    assert thresholds("2031-01-01") == {}


@pytest.mark.parametrize("day", EDGES, ids=str)
@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("standards", ["standard", "area", "measure"]),
        ("indicators", ["standard", "indicator"]),
        ("programme", ["kind", "code"]),
        ("categories", ["kind", "code"]),
        ("units", ["unit"]),
        ("units", ["kind", "code"]),
    ],
    ids=lambda part: "-".join(part) if isinstance(part, list) else part,
)
def test_on_no_day_two_rows_say_the_same_thing(table, key, day):
    rows = LAW.table(table, day)
    assert rows[rows.duplicated(key, keep=False)].to_dict("records") == []


@pytest.mark.parametrize("table", LAWS)
def test_every_row_of_the_law_says_where_it_comes_from_and_how_sure_we_are(table):
    rows = LAW.table(table)
    assert set(rows["confidence"]) <= {"high", "medium-high", "medium", "low"}
    assert (rows["source"] != "").all()
    ends = rows[rows["valid_to"] != ""]
    assert (ends["valid_from"] <= ends["valid_to"]).all()


CODES = [
    ("standards", "standard"),
    ("indicators", "indicator"),
    ("programme", "project"),
    ("programme", "capital_type"),
    ("programme", "source"),
    ("categories", "group"),
    ("categories", "cause"),
    ("units", "unit"),
]


@pytest.mark.parametrize("year", range(2020, 2031))
@pytest.mark.parametrize(("table", "column"), CODES)
def test_no_code_comes_twice(table, column, year):
    codes = LAW.codes(table, column, year)
    assert len(codes) == len(set(codes))


def test_a_code_of_an_ended_source_stays_readable_and_a_later_one_is_not_there_yet():
    assert {"nsdp_huyen", "nsdp_xa"} <= set(LAW.codes("programme", "source", 2027))
    assert "nsdp" not in LAW.codes("programme", "source", 2025)
    assert "nsdp" in LAW.codes("programme", "source", 2026)


def test_a_result_may_be_under_a_standard_that_came_into_force_later():
    assert "ND07_2021" in LAW.codes("standards", "standard", 2021)


@pytest.mark.parametrize(
    ("year", "name"), [(2022, "Vốn sự nghiệp"), (2025, "Vốn sự nghiệp"), (2026, "Kinh phí thường xuyên")]
)
def test_recurrent_capital_has_another_name_since_2026(year, name):
    assert LAW.names("programme", "capital_type", year)["recurrent"] == name


def test_an_ended_code_keeps_its_last_name():
    assert LAW.names("programme", "source", 2027)["nsdp_huyen"] == "Ngân sách huyện"


@pytest.mark.parametrize("year", range(2022, 2031))
@pytest.mark.parametrize(("table", "column"), [pair for pair in CODES if pair[0] in dated.BY_KIND])
def test_every_code_that_data_may_use_has_a_name(table, column, year):
    names = LAW.names(table, column, year)
    assert [code for code in LAW.codes(table, column, year) if not names.get(code)] == []


def test_seven_projects_and_eleven_sub_projects():
    rows = LAW.table("programme")
    projects = rows[rows["kind"] == "project"]
    assert (sum(projects["parent"] == ""), sum(projects["parent"] != "")) == (7, 11)
    assert set(projects["parent"]) - {""} <= set(projects["code"])


def test_twelve_indicators_of_decree_07_in_the_order_of_the_form():
    indicators = LAW.indicators("ND07_2021")
    assert len(indicators) == 12
    assert list(indicators.values())[0] == "Việc làm"
    assert list(indicators.values())[-1] == "Phương tiện phục vụ tiếp cận thông tin"


def test_indicators_that_are_not_confirmed_are_not_there():
    assert LAW.indicators("ND351_2025") == {}


def test_a_standard_has_its_official_name():
    assert LAW.standard_names()["ND07_2021"] == "Chuẩn nghèo đa chiều theo Nghị định 07/2021/NĐ-CP"


def test_kong_long_khong_and_the_old_to_tung_are_now_to_tung():
    assert LAW.predecessors("to-tung") == ["kong-long-khong", "to-tung-cu"]
    assert LAW.predecessors("kong-long-khong") == []
    assert LAW.predecessors("khong-co") == []


def test_the_same_code_means_another_unit_after_the_reform():
    before, after = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
    assert (unit("kong-long-khong", before)["code"], unit("to-tung", after)["code"]) == (
        "23668",
    ) * 2
    assert unit("kong-long-khong", after) is None
    assert unit("to-tung", before) is None
    assert unit("kbang-huyen", after) is None


def test_units_belong_to_units_of_the_map():
    units = LAW.table("units")
    named = {part for cell in [*units["parent"], *units["predecessors"]] for part in cell.split(";") if part}
    assert named <= set(units["unit"])


@pytest.mark.parametrize("table", LAWS)
def test_a_folder_of_communes_may_bring_its_own_law(table, write_year):
    law = (PROJECT / "data" / f"{table}.csv").read_text(encoding="utf-8")
    write_year.root.mkdir()
    (write_year.root / f"{table}.csv").write_text("\n".join(law.splitlines()[:2]), encoding="utf-8")
    assert Law(write_year.root).rows(table)[: len(LAW.rows(table))] == LAW.rows(table)[:1]


def test_a_folder_of_communes_has_no_dictionary_of_its_own(write_year):
    write_year.root.mkdir()
    dictionary = (PROJECT / "data" / "dictionary.csv").read_text(encoding="utf-8")
    (write_year.root / "dictionary.csv").write_text(dictionary, encoding="utf-8")
    assert len(Law(write_year.root).rows("dictionary")) == len(LAW.rows("dictionary"))
    (write_year.root / "dictionary.csv").write_text(dictionary.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        Law(write_year.root)
    assert str(refused.value) == (
        "dictionary.csv: từ điển dữ liệu trong thư mục này khác từ điển của chương trình. "
        "Cách sửa: xóa hoặc đổi tên tệp này; chương trình dùng từ điển của mình."
    )
