"""One row for a unit and a year, and what it is compared with: its own last year, or the merged units'."""

from fractions import Fraction

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from conftest import SEED, SEED_YEAR, frame
from giamngheo import opened, present, reconcile
from giamngheo.checks import own
from giamngheo.figures import poverty, results, trace
from giamngheo.present import prose


@pytest.fixture(scope="module")
def seed():
    return results.of(opened(SEED, SEED_YEAR))


# the seed -----------------------------------------------------------------------------------------


def test_the_seeds_total_of_2022_follows_from_its_two_printed_rates(seed):
    assert seed["households"].item() == 1160
    derivation, lines = seed["derived"].item()["households"]
    assert "1.160" in derivation
    assert [line for line in lines if not line.startswith(f"{SEED}/2022/published.csv:")] == []


def test_what_the_seed_gives_is_not_called_derived(seed):
    assert set(seed["derived"].item()) == {"households"}
    given = ["poor_households", "poor_persons", "near_poor_households", "near_poor_persons"]
    assert seed[given].iloc[0].tolist() == [242, 922, 324, 1399]


def test_what_nobody_printed_stays_unknown(seed):
    unknown = ["persons", "minority_households", "minority_poor_households", "average_living_households"]
    assert seed[unknown].isna().all(axis=None)


def test_the_seeds_2021_follows_from_its_printed_changes():
    before = results.baseline(opened(SEED, SEED_YEAR))
    assert before["poor_households"].item() == 242 + 20
    assert before["households"].item() == 1162
    assert before["near_poor_households"].item() == 324 - 3


def test_the_seeds_changes():
    changes = results.comparison(opened(SEED, SEED_YEAR)).changes.set_index("class")
    assert changes.loc["poor", "change_households"] == 242 - 262
    assert changes.loc["poor", "change_rate"] == Fraction(242, 1160) - Fraction(262, 1162)
    assert changes.loc["near_poor", "change_households"] == 324 - 321


PRINTED = f"{SEED}/2022/published.csv"
REVIEW = f"{SEED}/2022/review.csv:2"
FOUND = {
    "changes.poor.households_before": (f"{PRINTED}:2, 5", "242 + 20 = 262 hộ"),
    "changes.near_poor.households_before": (f"{PRINTED}:7, 10", "324 - 3 = 321 hộ"),
    "changes.multidimensionally_poor.households_before": (f"{PRINTED}:2, 5, 7, 10", "242 + 20 = 262 hộ; 324 - 3 = 321 hộ; 262 + 321 = 583"),
    "changes.poor.total": (f"{PRINTED}:2, 4, 7, 9", "242 = 20,86% và 324 = 27,93% chỉ khớp với 1.160 hộ"),
    "changes.poor.change_rate": (f"{PRINTED}:2, 4-7, 9-10; {REVIEW}", "242 / 1.160 - 262 / 1.162 = -1,69 điểm phần trăm"),
}


@pytest.mark.parametrize(("name", "found"), FOUND.items(), ids=FOUND)
def test_a_count_of_last_year_that_was_inferred_says_how_and_leads_to_the_printed_lines_never_to_the_blank_one(name, found):
    changes = trace.named(trace.figures(results.comparison(opened(SEED, SEED_YEAR)).changes, "changes", "class"))
    assert (changes[name].sources, present.arithmetic(changes[name])) == found


def test_a_rate_of_an_inferred_total_leads_to_what_that_total_was_inferred_from(seed):
    figures = trace.figures(poverty.rates(seed), "review")[""]
    assert figures["poor_rate"].sources == f"{REVIEW}; {PRINTED}:2, 4, 7, 9"
    assert figures["poor_households"].sources == REVIEW


def test_a_figure_that_follows_from_what_was_printed_does_not_confirm_it():
    together = own.claims_together(opened(SEED, SEED_YEAR))
    found = own.independent(reconcile.findings(together), together)
    assert set(found["verdict"]) == {"ok"}
    assert found.loc[found["independent"], "arithmetic"].tolist() == [
        "hộ nghèo: in hai lần, 242 và 242",
        "hộ nghèo không thể nhiều hơn khẩu nghèo: 242 ≤ 922",
        "khẩu nghèo: in hai lần, 922 và 922",
        "hộ cận nghèo: in hai lần, 324 và 324",
        "hộ cận nghèo không thể nhiều hơn khẩu cận nghèo: 324 ≤ 1.399",
        "khẩu cận nghèo: in hai lần, 1.399 và 1.399",
    ]
    assert present.verdicts(found).notes == (
        "6 phép kiểm tra khớp. 19 phép khác chỉ so số suy ra, số tính ra với chính các số đã dùng để có nó: khớp là đương nhiên, "
        "không phải một lần xác nhận.",
    )


def test_a_rate_computed_from_given_counts_confirms_the_rate_that_was_printed():
    origins = pd.DataFrame({"origin": [own.COMPUTED, own.PRINTED, own.DERIVED, own.GIVEN]})
    found = pd.DataFrame({"verdict": ["ok", "ok", "ok", "mismatch"], "claims": [[0, 1], [0, 3], [1, 2], [1, 2]]})
    assert own.independent(found, origins)["independent"].tolist() == [True, False, False, True]


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        ("changes.poor.change_households", "giảm 20 hộ"),
        ("changes.poor.change_rate", "giảm 1,69 điểm phần trăm"),
        ("changes.near_poor.change_households", "tăng 03 hộ"),
        ("changes.near_poor.change_rate", "tăng 0,31 điểm phần trăm"),
    ],
)
def test_the_seeds_changes_as_printed(figure, printed):
    changes = trace.named(trace.figures(results.comparison(opened(SEED, SEED_YEAR)).changes, "changes", "class"))
    assert prose(changes[figure]) == printed


def test_the_seeds_own_figures_agree_with_what_it_printed_but_for_the_one_in_doubt():
    claimed = own.own_claims(opened(SEED, SEED_YEAR)).set_index("indicator")["printed"]
    printed = results.claims(opened(SEED, SEED_YEAR)).set_index("indicator")
    same = printed[printed["doubt"] == ""]["printed"]
    assert claimed[same.index].str.replace("0", "").tolist() == same.str.replace("0", "").tolist()  # 03 hộ, 3 hộ
    assert (claimed["change_near_poor_rate"], printed["printed"]["change_near_poor_rate"]) == (
        "tăng 0,31%",
        "tăng 1,51%",
    )


def test_single_figures_have_a_name_a_unit_and_a_source():
    facts = results.facts(opened(SEED, SEED_YEAR))
    assert prose(facts["facts.ty_le_dan_so_dtts"]) == "hơn 78%"
    assert prose(facts["facts.so_thon_lang"]) == "09 thôn, làng"
    assert facts["facts.so_thon_lang"].sources == f"{SEED}/2022/facts.csv:2"


# filling in: a count that was not given but follows from printed ones ------------------------------

POOR_ONLY = {"poor_households": 242}


def inferred(**values):
    rows = [(name, value, f"{name} suy ra", ["published.csv:4"]) for name, value in values.items()]
    return pd.DataFrame(rows, columns=["indicator", "value", "derivation", "lines"])


def test_a_blank_count_is_filled_in_and_says_how_it_follows():
    row = frame("review", POOR_ONLY)
    filled = poverty.fill(row, inferred(households=1160))
    assert_frame_equal(row, frame("review", POOR_ONLY))
    assert filled["households"].item() == 1160
    assert filled["derived"].item() == {"households": ("households suy ra", ("published.csv:4",))}


NOTHING = {
    "a count that was given is never replaced": {"poor_households": 250},
    "what is not known fills nothing": {"households": None},
    "what is no count of the review fills nothing": {"change_poor_households": -20},
}


@pytest.mark.parametrize("quantities", NOTHING.values(), ids=NOTHING)
def test_nothing_is_filled_in(quantities):
    row = frame("review", POOR_ONLY)
    filled = poverty.fill(row, inferred(**quantities))
    assert filled["derived"].item() == {}
    assert_frame_equal(filled.drop(columns="derived"), frame("review", POOR_ONLY))
    assert_frame_equal(row, frame("review", POOR_ONLY))


# a made-up unit -----------------------------------------------------------------------------------

NOW = {"village": "A", "households": 200, "poor_households": 30, "near_poor_households": 20}
THEN = {"village": "A", "households": 190, "poor_households": 40, "near_poor_households": 25}


def test_villages_are_added_up(write_year):
    write_year("xa", 2024, review=[NOW, NOW | {"village": "B", "households": 100}])
    row = results.of(opened("xa", 2024))
    assert (row["households"].item(), row["poor_households"].item()) == (200 + 100, 30 + 30)
    assert row["found_at"].item() == "xa/2024/review.csv:2-3"
    assert row["derived"].item() == {}


def test_a_file_that_was_saved_again_is_read_again(write_year):
    write_year("xa", 2024, review=[NOW])
    before = results.of(opened("xa", 2024))["poor_households"].item()
    write_year("xa", 2024, review=[NOW | {"poor_households": before + 1}])
    assert results.of(opened("xa", 2024))["poor_households"].item() == before + 1


def test_a_row_that_somebody_changed_is_given_unchanged_to_the_next(write_year):
    write_year("xa", 2024, review=[NOW])
    given = results.of(opened("xa", 2024))
    given["poor_households"] = 0
    assert results.of(opened("xa", 2024))["poor_households"].item() == NOW["poor_households"]


def test_a_unit_that_published_nothing_makes_no_claims(write_year):
    write_year("xa", 2024, review=[NOW])
    assert results.claims(opened("xa", 2024)).empty


def test_the_year_before_is_the_units_own(write_year):
    write_year("xa", 2024, review=[NOW])
    write_year("xa", 2023, review=[THEN])
    comparison = results.comparison(opened("xa", 2024))
    assert_frame_equal(comparison.before, results.of(opened("xa", 2023)))
    changes = comparison.changes.set_index("class")
    assert changes.loc["poor", "change_households"] == 30 - 40
    assert changes.loc["poor", "change_rate"] == Fraction(30, 200) - Fraction(40, 190)


def test_a_first_year_is_compared_with_nothing(write_year):
    write_year("xa", 2024, review=[NOW])
    comparison = results.comparison(opened("xa", 2024))
    assert comparison.refusal == "Chưa có số liệu năm 2023 để so sánh."
    shown = present.table(comparison.changes, "changes", ["change_rate"], key="class", caption="Thay đổi")
    assert shown.rows == []


def test_a_year_further_back_is_not_the_year_before(write_year):
    write_year("xa", 2024, review=[NOW])
    write_year("xa", 2022, review=[THEN])
    assert results.comparison(opened("xa", 2024)).refusal == "Chưa có số liệu năm 2023 để so sánh."


DIFFERENT = {
    "another standard": (
        {"standard": "QD59_2015"},
        "Không so sánh hai năm vì kết quả theo hai chuẩn khác nhau: Chuẩn nghèo tiếp cận đa chiều 2016-2020; "
        "Chuẩn nghèo đa chiều theo Nghị định 07/2021/NĐ-CP.",
    ),
    "another status": (
        {"status": "preliminary"},
        "Không so sánh hai năm vì một kết quả là sơ bộ, một kết quả là chính thức.",
    ),
}


@pytest.mark.parametrize(("before", "sentence"), DIFFERENT.values(), ids=DIFFERENT)
def test_results_that_must_not_be_subtracted_are_a_sentence(before, sentence, write_year):
    write_year("xa", 2024, review=[NOW])
    write_year("xa", 2023, review=[THEN | before])
    comparison = results.comparison(opened("xa", 2024))
    assert (comparison.refusal, comparison.changes.empty) == (sentence, True)
    assert_frame_equal(comparison.before, results.of(opened("xa", 2023)))


NEW = {"standard": "ND351_2025"}


def test_a_year_reviewed_under_two_standards_is_compared_under_the_one_they_share(write_year):
    write_year("xa", 2025, review=[THEN])
    write_year("xa", 2026, review=[NOW], other_review=[NOW | NEW | {"poor_households": 45}])
    write_year("xa", 2027, review=[NOW | NEW | {"poor_households": 41}])
    assert [results.second(opened("xa", year)) for year in (2025, 2027)] == [None, None]
    second = results.second(opened("xa", 2026))
    assert (second["poor_households"].item(), second["standard"].item()) == (45, "ND351_2025")
    refused = results.comparison(opened("xa", 2026), second)
    assert (refused.changes.empty, refused.before["poor_households"].item()) == (True, 40)
    changes = {year: results.comparison(opened("xa", year)).changes.set_index("class") for year in (2026, 2027)}
    assert changes[2026].loc["poor", "change_households"] == 30 - 40
    assert changes[2027].loc["poor", "change_households"] == 41 - 45


def test_without_the_second_result_the_first_year_of_a_standard_is_compared_with_nothing(write_year):
    write_year("xa", 2026, review=[NOW])
    write_year("xa", 2027, review=[NOW | NEW])
    comparison = results.comparison(opened("xa", 2027))
    assert comparison.changes.empty
    assert comparison.refusal.startswith("Không so sánh hai năm vì kết quả theo hai chuẩn khác nhau")


# a merged unit: xã Tơ Tung of 2025 is Kông Lơng Khơng and the old Tơ Tung ----------------------------

ONE = {"village": "", "households": 1000, "poor_households": 100, "near_poor_households": 50}
OTHER = {"village": "", "households": 500, "poor_households": 25, "near_poor_households": 30}
MERGED = {"village": "A", "households": 1510, "poor_households": 110, "near_poor_households": 75}


@pytest.fixture
def merged(write_year):
    def write(one=ONE, other=OTHER, **published):
        write_year("to-tung", 2025, review=[MERGED])
        if one:
            write_year("kong-long-khong", 2024, review=[one], **published)
        if other:
            write_year("to-tung-cu", 2024, review=[other])

    return write


def test_a_merged_units_baseline_is_the_sum_of_the_counts_never_the_mean_of_the_rates(merged):
    merged()
    before = results.baseline(opened("to-tung", 2025))
    assert before["poor_households"].item() == 100 + 25
    assert poverty.rates(before)["poor_rate"].item() == Fraction(100 + 25, 1000 + 500)
    assert before["found_at"].item() == "kong-long-khong/2024/review.csv:2; to-tung-cu/2024/review.csv:2"


def test_a_merged_unit_is_compared_with_the_sum(merged):
    merged()
    changes = results.comparison(opened("to-tung", 2025)).changes.set_index("class")
    assert changes.loc["poor", "change_households"] == 110 - (100 + 25)
    assert changes.loc["near_poor", "change_rate"] == Fraction(75, 1510) - Fraction(50 + 30, 1000 + 500)


def test_one_unknown_count_leaves_the_sum_unknown(merged):
    merged(other=OTHER | {"poor_households": None})
    before = results.baseline(opened("to-tung", 2025))
    assert before["poor_households"].isna().item()
    assert before["near_poor_households"].item() == 50 + 30


@pytest.mark.parametrize("missing", ["one", "other"])
def test_half_a_baseline_is_none(merged, missing):
    merged(**{missing: None})
    assert results.baseline(opened("to-tung", 2025)) is None
    name = {"one": "xã Kông Lơng Khơng", "other": "xã Tơ Tung (cũ)"}[missing]
    assert results.comparison(opened("to-tung", 2025)).refusal == f"Chưa có số liệu năm 2024 của {name} để so sánh."


def test_where_last_year_of_both_units_is_missing_both_are_named(merged):
    merged(one=None, other=None)
    assert results.comparison(opened("to-tung", 2025)).refusal == (
        "Chưa có số liệu năm 2024 của xã Kông Lơng Khơng, xã Tơ Tung (cũ) để so sánh."
    )


def test_the_results_of_merged_units_are_added_under_the_standard_that_is_asked_for(merged, write_year):
    merged(one=ONE, other=OTHER)
    for unit, row in (("kong-long-khong", ONE), ("to-tung-cu", OTHER)):
        write_year(unit, 2024, other_review=[row | NEW | {"poor_households": row["poor_households"] + 7}])
    this = opened("to-tung", 2025)
    before = results.baseline(this, results.of(this).assign(**NEW))
    assert (before["standard"].item(), before["poor_households"].item()) == ("ND351_2025", 100 + 7 + 25 + 7)
    changes = results.comparison(this, results.of(this).assign(**NEW, poor_households=150)).changes.set_index("class")
    assert changes.loc["poor", "change_households"] == 150 - (100 + 7 + 25 + 7)


def test_workers_of_low_income_are_a_count_of_the_years_in_which_the_standard_knows_them(write_year):
    for year in (2024, 2025):
        write_year("xa", year, review=[NOW])
    assert ["low_income_workers" in results.of(opened("xa", year)) for year in (2024, 2025)] == [False, True]


def test_a_merged_units_own_year_comes_before_its_predecessors(merged, write_year):
    merged()
    write_year("to-tung", 2024, review=[MERGED | {"poor_households": 130}])
    assert results.baseline(opened("to-tung", 2025))["poor_households"].item() == 130


@pytest.mark.parametrize(("other", "sentence"), DIFFERENT.values(), ids=DIFFERENT)
def test_predecessors_that_must_not_be_added_are_a_sentence(other, sentence, merged):
    merged(other=OTHER | other)
    comparison = results.comparison(opened("to-tung", 2025))
    assert comparison.changes.empty
    assert comparison.refusal == (
        "Kết quả rà soát ghi nhiều chuẩn nghèo hoặc nhiều tình trạng nên không cộng được."
    )


def test_a_derived_count_stays_derived_in_the_sum(merged):
    kind = {"place": "xã Kông Lơng Khơng", "year": 2024, "standard": "ND07_2021", "status": "chính thức"}
    printed = [("poor_households", "242 hộ"), ("poor_rate", "20,86%"), ("near_poor_households", "324 hộ"),
               ("near_poor_rate", "27,93%")]  # fmt: skip
    merged(
        one={"village": "", "poor_households": 242, "near_poor_households": 324},
        published=[kind | {"indicator": name, "printed": text} for name, text in printed],
    )
    before = results.baseline(opened("to-tung", 2025))
    assert before["households"].item() == 1160 + 500
    assert "households" in before["derived"].item()
