"""A simulated province: every count agrees, the law of its year holds, and nothing is found wrong in it."""

import random
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import data_folder
from giamngheo import checks, opened, simulate
from giamngheo.figures import budget, poverty, results, trace
from giamngheo.intake import narrative
from giamngheo.intake.unit import units
from giamngheo.law.dated import Law
from giamngheo.report import letterhead, passages
from giamngheo.simulate import households, law, words
from laws import LAW

pytestmark = pytest.mark.long

YEARS = (2022, 2023, 2024, 2025, 2026, 2027, 2030)


@cache
def law_of(year: int) -> law.Law:
    return law.of(year, LAW)


def commune(seed: int, villages: int = 2, year: int = 2024, index: int = 1) -> simulate.Commune:
    return simulate.commune(index, villages, law_of(year), seed)


def rows(made: simulate.Commune, table: str, **wanted) -> list[dict]:
    return [row for row in made.tables[table].rows if wanted.items() <= row.items()]


@pytest.fixture
def province(tmp_path, monkeypatch):
    """A function that writes a province and makes it the data of this test; returns its folder."""

    def write(communes: int, villages: int, year: int, seed: int = 1, **more):
        out = tmp_path / f"{communes} communes in {year}"
        simulate.write(out, communes, villages, year, seed, **more)
        monkeypatch.setenv("GIAMNGHEO_DATA", str(out))
        return out

    return write


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_movements_start_from_last_year_and_end_at_this_year(seed):
    made = commune(seed)
    for before, now in zip(made.last_review.rows, made.tables["review"].rows, strict=True):
        for class_ in ("poor", "near_poor"):
            for measure in ("households", "persons"):
                (row,) = rows(
                    made, "movements", **{"village": now["village"], "class": class_, "measure": measure}
                )
                left = row["to_other_class"] + row["above_near_poor"] + row["other_decrease"]
                came = row["from_other_class"] + row["relapsed"] + row["new"] + row["other_increase"]
                assert row["start"] == before[f"{class_}_{measure}"]
                assert row["start"] - left + came == row["end"] == now[f"{class_}_{measure}"]


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_households_that_leave_one_class_for_the_other_arrive_there_with_their_persons(seed):
    made = commune(seed)
    for row in made.tables["movements"].rows:
        other = {"poor": "near_poor", "near_poor": "poor"}[row["class"]]
        place = {"village": row["village"], "class": other, "measure": row["measure"]}
        (there,) = rows(made, "movements", **place)
        assert row["to_other_class"] == there["from_other_class"]


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_the_poor_lack_three_indicators_on_average_and_the_near_poor_two_at_most(seed):
    made = commune(seed)
    for village in made.tables["review"].rows:
        for class_ in ("poor", "near_poor"):
            lacking = rows(made, "deprivations", **{"village": village["village"], "class": class_})
            deficits, many = sum(row["households"] for row in lacking), village[f"{class_}_households"]
            assert len(lacking) == 12
            assert all(row["households"] <= many for row in lacking)
            assert deficits >= 3 * many if class_ == "poor" else deficits <= 2 * many


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_ethnic_groups_make_up_a_class_and_other_groups_overlap(seed):
    made = commune(seed)
    for village in made.tables["review"].rows:
        place = {"village": village["village"], "class": "poor"}
        many = {row["group"]: (row["households"], row["persons"]) for row in rows(made, "groups", **place)}
        whole = village["poor_households"], village["poor_persons"]
        minority = village["minority_poor_households"]
        assert tuple(map(sum, zip(many["kinh"], many["ba_na"], many["other_minority"], strict=True))) == whole
        assert many["minority"][0] == minority == many["ba_na"][0] + many["other_minority"][0]
        assert sum(many[name][0] for name in ("minority", "no_labour_capacity", "merit", "other")) >= whole[0]


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6), year=st.sampled_from((2023, 2024, 2025)))
def test_local_budgets_add_a_tenth_of_central_money_at_least(seed, year):
    lines = commune(seed, year=year).tables["budget"].rows
    for vintage in (year - 1, year):
        planned = {
            source: sum(
                row["planned"] for row in lines if (row["vintage"], row["source"]) == (vintage, source)
            )
            for source in ("nstw", "nsdp_tinh", "nsdp_huyen", "nsdp_xa")
        }
        central = planned.pop("nstw")
        assert 10 * sum(planned.values()) >= central > 0
    assert all(row["disbursed"] <= row["planned"] for row in lines)


def test_a_province_looks_like_the_central_highlands():
    made = [commune(seed=7, index=index, villages=9) for index in range(1, 61)]
    for one in made:
        review = one.tables["review"].rows
        total = {column: sum(row[column] for row in review) for column in ("households", "persons")}
        for class_ in ("poor", "near_poor"):
            rate = Fraction(sum(row[f"{class_}_households"] for row in review), total["households"])
            assert Fraction(2, 100) <= rate <= Fraction(35, 100)
        assert 3 <= Fraction(total["persons"], total["households"]) <= 5
        assert all(50 <= row["households"] <= 300 for row in review)
    names = [row["village"] for one in made for row in one.tables["review"].rows]
    long = sum(len(name) > 50 for name in names)
    assert all("Giả Định" in name for name in names)
    assert 0.1 < long / len(names) < 0.25


def test_a_commune_does_not_depend_on_how_many_there_are(province, tmp_path):
    few = files(province(2, 2, 2024, seed=3))
    many = files(province(4, 2, 2024, seed=3))
    assert {path: few[path] for path in few if path.startswith("mo-phong")}.items() <= many.items()


@pytest.mark.parametrize("excel", [False, True])
def test_the_same_call_writes_the_same_bytes(tmp_path, excel):
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        simulate.write(folder, 2, 2, 2024, seed=5, errors=4, excel=excel)
    assert files(folders[0]) == files(folders[1])


def files(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "year, addressees",
    [
        (
            2024,
            ["Ủy ban nhân dân huyện Mô Phỏng 2", "Phòng Lao động - Thương binh và Xã hội huyện Mô Phỏng 2"],
        ),
        (2025, ["Ủy ban nhân dân tỉnh Mô Phỏng", "Sở Nông nghiệp và Môi trường tỉnh Mô Phỏng"]),
    ],
)
def test_the_report_goes_to_the_district_as_long_as_there_is_one(province, year, addressees):
    province(13, 1, year)
    block = letterhead.letterhead(opened("mo-phong-013", year), "")
    assert block["addressees"] == addressees
    assert passages.opening(opened("mo-phong-013", year), "", []).meta["synthetic"] is True


@pytest.mark.parametrize(
    "year, parents", [(2024, ["huyen-mo-phong-1", "tinh-mo-phong"]), (2025, ["tinh-mo-phong"])]
)
def test_the_map_leads_from_the_commune_to_the_province(province, year, parents):
    province(1, 1, year)
    units = Law(data_folder()).territory(year).units
    found, unit = [], units["mo-phong-001"]
    while unit["parent"]:
        found.append(unit["parent"])
        unit = units[unit["parent"]]
    assert found == parents


def test_money_of_the_district_ends_with_the_district():
    sources = {
        (row["vintage"], row["source"])
        for seed in range(20)
        for row in commune(seed, year=2025).tables["budget"].rows
    }
    assert (2024, "nsdp_huyen") in sources
    assert (2025, "nsdp_huyen") not in sources


def test_no_indicator_is_counted_while_the_standard_has_none_confirmed():
    assert rows(commune(1, year=2026), "deprivations") != []
    assert rows(commune(1, year=2027), "deprivations") == []


def test_a_folder_with_other_data_is_refused(tmp_path):
    (tmp_path / "units.csv").touch()
    with pytest.raises(ValueError) as refused:
        simulate.write(tmp_path, 1, 1, 2024, 1)
    assert str(refused.value) == f"{tmp_path} không trống: tỉnh mô phỏng không được lẫn với số liệu khác; chọn thư mục mới bằng --out"


def test_a_year_before_the_programme_is_refused(tmp_path):
    with pytest.raises(ValueError) as refused:
        simulate.write(tmp_path, 1, 1, 2021, 1)
    assert str(refused.value) == "programme.csv không có dự án nào có hiệu lực đến hết năm 2021"


def test_every_section_has_a_text_whose_figures_exist_and_are_known(province):
    province(1, 2, 2024)
    unit, year = "mo-phong-001", 2024
    commune_row, lines = results.of(opened(unit, year)), opened(unit, year).table("budget")
    trained = budget.training(opened(unit, year).table("training"))
    figures = passages.context(opened(unit, year)) | results.facts(opened(unit, year)) | trace.named(
        trace.figures(poverty.rates(commune_row), "review"),
        trace.figures(results.comparison(opened(unit, year)).changes, "changes", "class"),
        trace.figures(poverty.movements(opened(unit, year).table("movements")), "movements", "class measure"),
        trace.figures(budget.breakdown(lines, []), "budget"),
        trace.figures(budget.models(opened(unit, year).table("models"), lines, year), "models", "number"),
        trace.figures(budget.trained(trained), "training"),
    )  # fmt: skip
    assert list(words.TEXTS) == list(narrative.SECTIONS)
    for section in narrative.SECTIONS:
        text = narrative.read(section, opened(unit, year))
        narrative.check_placeholders(text, figures)
        used = [match.group(1) for _, match in narrative.lines_with(text, narrative.PLACEHOLDER)]
        assert all(getattr(figures[name], "value", figures[name]) is not None for name in used)


def test_nothing_is_wrong_in_two_hundred_communes(province):
    """The data of all of them; of every tenth also its narrative, its frame and what it prints."""
    for year in YEARS:
        communes, villages = (200 - 5 * (len(YEARS) - 1), 1) if year == 2024 else (5, 4)
        province(communes, villages, year, seed=11)
        made = units(data_folder())
        assert len(made) == communes
        assert [one for unit in made for one in checks.check(opened(unit, year))] == []
        assert [one for unit in made[::10] for one in checks.findings(opened(unit, year))] == []


def test_nothing_is_wrong_in_workbooks(province):
    province(3, 3, 2024, seed=12, excel=True)
    assert [one for unit in units(data_folder()) for one in checks.findings(opened(unit, 2024))] == []
    assert len(opened("mo-phong-001", 2024).table("movements")) == 3 * 2 * 2


def test_forty_villages_have_forty_different_names():
    villages = households.villages(random.Random(1), 40)
    assert len({village.name for village in villages}) == 40
