"""Rates, changes, movements and shares: cases an analyst can approve, and what must hold for any review."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from conftest import frame
from giamngheo.figures import poverty
from giamngheo.figures.poverty import NotComparable
from laws import LAW

OFFICIAL = {"status": "official", "standard": "ND07_2021"}


def row(households=None, poor=None, near=None, **more):
    """A row of the review: all, poor and near-poor households."""
    counts = {"households": households, "poor_households": poor, "near_poor_households": near}
    return OFFICIAL | counts | more


def review(*rows):
    return frame("review", *rows)


RATES = {
    "two villages are added before dividing":
        ("poor_rate", [row(200, 30), row(100, 5)], Fraction(30 + 5, 200 + 100)),
    "near-poor households are a share of all households":
        ("near_poor_rate", [row(1160, 242, 324)], Fraction(324, 1160)),
    "multidimensionally poor are the poor and the near-poor":
        ("multidimensional_poverty_rate", [row(1160, 242, 324)], Fraction(242 + 324, 1160)),
    "households of average living standard are a share of all households":
        ("average_living_rate", [row(120, average_living_households=9)], Fraction(9, 120)),
    "poor persons are a share of persons, not of households":
        ("poor_person_rate", [row(100, 10, persons=430, poor_persons=41)], Fraction(41, 430)),
    "near-poor persons are a share of persons":
        ("near_poor_person_rate", [row(100, 10, persons=430, near_poor_persons=60)], Fraction(60, 430)),
    "persons of average living standard are a share of persons":
        ("average_living_person_rate", [row(100, persons=430, average_living_persons=43)], Fraction(43, 430)),
    "poor minority households are a share of minority households, not of all":
        ("minority_poor_rate", [row(500, 60, minority_households=200, minority_poor_households=50)],
         Fraction(50, 200)),
    "near-poor minority households are a share of minority households":
        ("minority_near_poor_rate", [row(500, minority_households=200, minority_near_poor_households=20)],
         Fraction(20, 200)),
    "no poor household is a rate of zero": ("poor_rate", [row(120, 0)], Fraction(0, 120)),
    "a blank count is not zero": ("poor_rate", [row(120, None)], None),
    "a blank village leaves the commune's rate unknown": ("poor_rate", [row(200, 30), row(100, None)], None),
    "with the near-poor blank, both together are unknown":
        ("multidimensional_poverty_rate", [row(120, 30, None)], None),
    "a share of no household at all does not exist": ("poor_rate", [row(0, 0)], None),
}  # fmt: skip


@pytest.mark.parametrize(("rate", "villages", "expected"), RATES.values(), ids=RATES)
def test_rate(rate, villages, expected):
    assert poverty.rates(poverty.total(review(*villages)))[rate].item() == expected


def test_each_village_has_its_own_rate():
    rates = poverty.rates(review(row(200, 30), row(100, 5)))
    assert rates["poor_rate"].tolist() == [Fraction(30, 200), Fraction(5, 100)]


def test_the_commune_is_one_row_that_knows_its_standard_its_status_and_its_lines():
    whole = poverty.total(review(row(200, village="A"), row(100, village="B")))
    kept = whole[["village", "status", "standard", "found_at"]].to_dict("records")
    assert kept == [{"village": "", **OFFICIAL, "found_at": "review.csv:2-3"}]


@pytest.mark.parametrize("other", [{"standard": "QD59_2015"}, {"status": "preliminary"}], ids=str)
def test_villages_that_must_not_be_added(other):
    with pytest.raises(NotComparable) as refused:
        poverty.total(review(row(200), row(100, **other)))
    message = "Kết quả rà soát ghi nhiều chuẩn nghèo hoặc nhiều tình trạng nên không cộng được."
    assert refused.value.named(LAW.standard_names()) == message


def test_counts_are_those_the_dictionary_calls_counts():
    some = review(row(200))[["village", "households", "poor_households", "status"]]
    assert poverty.counts("review", some) == ["households", "poor_households"]


def test_adding_keeps_what_was_added():
    added = poverty.add(review(row(200), row(100), row(None, village="B")), "review", ["village"])
    assert added["households"].tolist() == [200 + 100, pd.NA]
    assert [parts["households"] for parts in added["parts"]] == [(200, 100), (pd.NA,)]
    assert added["found_at"].tolist() == ["review.csv:2-3", "review.csv:4"]


def test_adding_nothing_is_not_zero():
    added = poverty.add(review(), "review", [])
    assert [value for value in added["households"] if not pd.isna(value)] == []


@pytest.mark.parametrize("blank", [None, pd.NA, pd.NaT, float("nan")], ids=str)
def test_a_blank_is_not_known_and_zero_is(blank):
    assert (poverty.known(blank), poverty.known(0)) == (False, True)


# changes ------------------------------------------------------------------------------------------

BEFORE, AFTER = (1162, 262, 321), (1160, 242, 324)


def change(name, after, before):
    return poverty.changes(review(row(*after)), review(row(*before))).set_index("class").loc[name]


CHANGES = {
    "the poor became fewer": ("poor", 242 - 262, Fraction(242, 1160) - Fraction(262, 1162)),
    "the near-poor became more": ("near_poor", 324 - 321, Fraction(324, 1160) - Fraction(321, 1162)),
    "both together": ("multidimensionally_poor", 566 - 583, Fraction(566, 1160) - Fraction(583, 1162)),
}


@pytest.mark.parametrize(("name", "households", "points"), CHANGES.values(), ids=CHANGES)
def test_change_is_a_difference_of_counts_and_a_difference_of_unrounded_rates(name, households, points):
    changed = change(name, AFTER, BEFORE)
    assert (changed["change_households"], changed["change_rate"]) == (households, points)


def test_a_change_names_the_lines_of_both_years():
    before = review(row(*BEFORE, found_at="a/2021/review.csv:2"))
    after = review(row(*AFTER, found_at="a/2022/review.csv:2"))
    assert set(poverty.changes(after, before)["found_at"]) == {"a/2021/review.csv:2; a/2022/review.csv:2"}


def test_without_last_years_total_the_change_in_households_is_known_and_the_change_in_rate_is_not():
    changed = change("poor", AFTER, (None, 262, 321))
    assert changed["change_households"] == 242 - 262
    assert changed["change_rate"] is None


def test_without_last_years_count_nothing_is_known_of_the_change():
    changed = change("near_poor", AFTER, (1162, 262, None))
    assert pd.isna(changed["change_households"])
    assert changed["change_rate"] is None


NOT_COMPARABLE = {
    "two standards": (
        {"standard": "QD59_2015"},
        "Không so sánh hai năm vì kết quả theo hai chuẩn khác nhau: Chuẩn nghèo tiếp cận đa chiều 2016-2020; "
        "Chuẩn nghèo đa chiều theo Nghị định 07/2021/NĐ-CP.",
    ),
    "an official and a preliminary result": (
        {"status": "preliminary"},
        "Không so sánh hai năm vì một kết quả là sơ bộ, một kết quả là chính thức.",
    ),
}


@pytest.mark.parametrize(("before", "message"), NOT_COMPARABLE.values(), ids=NOT_COMPARABLE)
def test_results_that_must_not_be_subtracted(before, message):
    with pytest.raises(NotComparable) as refused:
        poverty.changes(review(row(*AFTER)), review(row(*BEFORE, **before)))
    assert refused.value.named(LAW.standard_names()) == message


# movements, shares --------------------------------------------------------------------------------

STEPS = {
    "start": 33, "to_other_class": 4, "above_near_poor": 3, "other_decrease": 2, "from_other_class": 1,
    "relapsed": 5, "new": 6, "other_increase": 7, "end": 43,
}  # fmt: skip


def moved(name="poor", measure="households", **more):
    return {"class": name, "measure": measure} | STEPS | more


def test_closing_is_start_less_those_who_left_and_more_those_who_entered():
    closed = poverty.movements(frame("movements", moved())).loc[0]
    assert closed["left"] == 4 + 3
    assert closed["entered"] == 1 + 5 + 6
    assert closed["closing"] == 33 - 4 - 3 - 2 + 1 + 5 + 6 + 7


def test_movements_of_villages_are_added_by_class_and_measure():
    steps = [moved(village="A", start=30), moved(village="B", start=12), moved("near_poor", start=18)]
    rows = frame("movements", *steps, moved(measure="persons", start=130))
    assert poverty.movements(rows)["start"].tolist() == [30 + 12, 18, 130]
    assert poverty.movements(rows, ("village",))["start"].tolist() == [30, 12, 18, 130]


def test_one_unknown_movement_leaves_the_closing_unknown():
    assert poverty.movements(frame("movements", moved(relapsed=None)))["closing"].isna().all()


def deprived(name, count, village="", indicator="housing_area"):
    return {"class": name, "indicator": indicator, "households": count, "village": village}


def shares(rows, whole, **more):
    frames = frame("deprivations", *rows), "deprivations", "indicator", whole
    return poverty.shares(*frames, **more)["share"].tolist()


def test_a_share_is_of_the_households_of_its_own_class():
    rows = [deprived("poor", 90, "A"), deprived("poor", 31, "B"), deprived("near_poor", 27, "A")]
    assert shares(rows, review(row(1160, 242, 324))) == [Fraction(90 + 31, 242), Fraction(27, 324)]


def test_a_villages_share_is_of_the_villages_own_households():
    villages = review(row(poor=100, village="A"), row(poor=142, village="B"))
    rows = [deprived("poor", 90, "A"), deprived("poor", 31, "B")]
    assert shares(rows, villages, by=("village",)) == [Fraction(90, 100), Fraction(31, 142)]


@pytest.mark.parametrize(("count", "poor"), [(None, 242), (90, None), (0, 0)])
def test_a_share_of_or_in_an_unknown_number_is_unknown(count, poor):
    assert shares([deprived("poor", count)], review(row(1160, poor))) == [None]


def test_deficits_are_cases_not_households():
    rows = frame("deprivations", deprived("poor", 90), deprived("poor", 31, indicator="housing_quality"))
    assert poverty.deficits(rows)["deficits"].tolist() == [90 + 31]
    assert "households" not in poverty.deficits(rows)


# what must hold for any review --------------------------------------------------------------------

COUNT = st.none() | st.integers(0, 10**7)


def rows_of(table, numbers, **choices):
    """Any frame of `table`: its numbers by `numbers`, its codes by `choices`."""
    columns = [name for name, kind in frame(table).dtypes.items() if kind == "Int64"]
    codes = {name: st.sampled_from(values) for name, values in choices.items()}
    row = st.fixed_dictionaries(dict.fromkeys(columns, numbers) | codes)
    return st.lists(row, min_size=1, max_size=6).map(
        lambda rows: frame(table, *(OFFICIAL | row for row in rows))
    )


VILLAGES, CODES = {"village": "ABC"}, {"class": ("poor", "near_poor"), "measure": ("households", "persons")}
REVIEWS = rows_of("review", COUNT, former_commune="XY", **VILLAGES)
MOVEMENTS = rows_of("movements", COUNT, **VILLAGES, **CODES)


@given(REVIEWS, st.sampled_from([["village"], ["former_commune"], ["village", "former_commune"]]))
def test_any_grouping_counts_the_same_households(rows, by):
    grouped, whole = poverty.add(rows, "review", by), poverty.total(rows)
    for column in poverty.counts("review", rows):
        added, total = grouped[column].sum(skipna=False), whole[column].item()
        assert added is total is pd.NA or added == total


@given(rows_of("review", st.integers(1, 10**7), **VILLAGES))
def test_the_communes_rate_lies_between_its_villages_rates(rows):
    villages, whole = poverty.rates(rows), poverty.rates(poverty.total(rows))
    for rate in (column for column in whole if column.endswith("_rate")):
        assert min(villages[rate]) <= whole[rate].item() <= max(villages[rate])


@given(REVIEWS)
def test_a_rate_is_unknown_exactly_where_a_count_is(rows):
    parts = rows[["poor_households", "near_poor_households", "households"]]
    unknown = parts.isna().any(axis=1) | (rows["households"] == 0).fillna(True)
    assert poverty.rates(rows)["multidimensional_poverty_rate"].isna().tolist() == unknown.tolist()


@given(MOVEMENTS)
def test_movements_close_village_by_village_and_for_the_whole(rows):
    keys, villages = ["class", "measure"], poverty.movements(rows, ("village",))
    added = villages.groupby(keys)["closing"].agg(lambda counts: counts.sum(skipna=False)).astype("Int64")
    assert added.to_dict() == poverty.movements(rows).set_index(keys)["closing"].to_dict()


@given(rows_of("review", st.integers(1, 10**7)))
def test_a_change_there_and_back_is_no_change(rows):
    there = poverty.changes(rows.iloc[:1], rows.iloc[-1:])
    back = poverty.changes(rows.iloc[-1:], rows.iloc[:1])
    for column in ("change_households", "change_rate"):
        assert [a + b for a, b in zip(there[column], back[column], strict=True)] == [0, 0, 0]


UNTOUCHED = {
    "rates": lambda: (poverty.rates, review(row(*AFTER))),
    "total": lambda: (poverty.total, review(row(*AFTER))),
    "add": lambda: (poverty.add, review(row(*AFTER)), "review", ["village"]),
    "changes": lambda: (poverty.changes, review(row(*AFTER)), review(row(*BEFORE))),
    "movements": lambda: (poverty.movements, frame("movements", moved())),
    "shares": lambda: (
        poverty.shares, frame("deprivations", deprived("poor", 9)), "deprivations", "indicator",
        review(row(*AFTER)),
    ),
    "deficits": lambda: (poverty.deficits, frame("deprivations", deprived("poor", 9))),
}  # fmt: skip


@pytest.mark.parametrize("made", UNTOUCHED.values(), ids=UNTOUCHED)
def test_the_frames_that_go_in_stay_as_they_were(made):
    function, *arguments = made()
    function(*arguments)
    for argument, before in zip(arguments, made()[1:], strict=True):
        if isinstance(argument, pd.DataFrame):
            assert_frame_equal(argument, before)


def test_lines_of_several_files_of_which_only_one_tells_its_cells_are_added():
    lines = pd.DataFrame({
        "class": ["poor", "poor"], "indicator": ["employment"] * 2, "households": pd.array([4, 9], "Int64"),
        "found_at": ["a/2026/so-lieu.xlsx:deprivations!3", "b/2026/deprivations.csv:2"],
        "cells_at": [{"households": "a/2026/so-lieu.xlsx:deprivations!B3"}, float("nan")],
    })  # fmt: skip
    added = poverty.add(lines, "deprivations", ["class"])
    assert added["households"].item() == 4 + 9
    assert added["cells_at"].item() == {"households": "a/2026/so-lieu.xlsx:deprivations!B3; b/2026/deprivations.csv:2"}
