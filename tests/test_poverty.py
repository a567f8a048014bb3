"""Rates, changes, movements and shares: cases an analyst can approve, and what must hold for any review."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from conftest import frame
from giamngheo import poverty
from giamngheo.poverty import NotComparable

RATES = {
    "two villages are added before dividing": (
        "poor_rate",
        [{"households": 200, "poor_households": 30}, {"households": 100, "poor_households": 5}],
        Fraction(30 + 5, 200 + 100),
    ),
    "near-poor households are a share of all households": (
        "near_poor_rate",
        [{"households": 1160, "poor_households": 242, "near_poor_households": 324}],
        Fraction(324, 1160),
    ),
    "multidimensionally poor are the poor and the near-poor": (
        "multidimensional_poverty_rate",
        [{"households": 1160, "poor_households": 242, "near_poor_households": 324}],
        Fraction(242 + 324, 1160),
    ),
    "households of average living standard are a share of all households": (
        "average_living_rate",
        [
            {"households": 120, "average_living_households": 9},
            {"households": 80, "average_living_households": 1},
        ],
        Fraction(9 + 1, 120 + 80),
    ),
    "poor persons are a share of persons, not of households": (
        "poor_person_rate",
        [{"households": 100, "persons": 430, "poor_households": 10, "poor_persons": 41}],
        Fraction(41, 430),
    ),
    "near-poor persons are a share of persons": (
        "near_poor_person_rate",
        [{"persons": 430, "near_poor_persons": 60}],
        Fraction(60, 430),
    ),
    "persons of average living standard are a share of persons": (
        "average_living_person_rate",
        [{"persons": 430, "average_living_persons": 43}],
        Fraction(43, 430),
    ),
    "poor minority households are a share of minority households, not of all": (
        "minority_poor_rate",
        [{"households": 500, "minority_households": 200, "minority_poor_households": 50}],
        Fraction(50, 200),
    ),
    "near-poor minority households are a share of minority households": (
        "minority_near_poor_rate",
        [{"households": 500, "minority_households": 200, "minority_near_poor_households": 20}],
        Fraction(20, 200),
    ),
    "no poor household is a rate of zero": (
        "poor_rate",
        [{"households": 120, "poor_households": 0}],
        Fraction(0, 120),
    ),
    "a blank count is not zero": ("poor_rate", [{"households": 120}], None),
    "a village whose count is blank leaves the commune's rate unknown": (
        "poor_rate",
        [{"households": 200, "poor_households": 30}, {"households": 100}],
        None,
    ),
    "the near-poor blank, both together unknown": (
        "multidimensional_poverty_rate",
        [{"households": 120, "poor_households": 30}],
        None,
    ),
    "a share of no household at all does not exist": (
        "poor_rate",
        [{"households": 0, "poor_households": 0}],
        None,
    ),
}


@pytest.mark.parametrize(("rate", "villages", "expected"), RATES.values(), ids=RATES)
def test_rate(rate, villages, expected):
    review = frame(
        "review", *({"status": "official", "standard": "ND07_2021"} | village for village in villages)
    )
    assert poverty.rates(poverty.total(review))[rate].item() == expected


def test_each_village_has_its_own_rate():
    review = frame(
        "review", {"households": 200, "poor_households": 30}, {"households": 100, "poor_households": 5}
    )
    assert poverty.rates(review)["poor_rate"].tolist() == [Fraction(30, 200), Fraction(5, 100)]


def test_the_commune_is_one_row_that_knows_its_standard_its_status_and_its_lines():
    official = {"status": "official", "standard": "ND07_2021"}
    whole = poverty.total(
        frame("review", {"village": "A", "households": 200, **official}, {"village": "B", **official})
    )
    kept = whole[["village", "status", "standard", "found_at"]].to_dict("records")
    assert kept == [{"village": "", **official, "found_at": "review.csv:2-3"}]


@pytest.mark.parametrize(
    ("column", "values"),
    [("standard", ("QD59_2015", "ND07_2021")), ("status", ("official", "preliminary"))],
    ids=["under two standards", "preliminary and official"],
)
def test_villages_that_must_not_be_added(column, values):
    same = {"status": "official", "standard": "ND07_2021"}
    review = frame("review", *(same | {column: value, "households": 1} for value in values))
    with pytest.raises(NotComparable) as refused:
        poverty.total(review)
    assert (
        str(refused.value)
        == "Kết quả rà soát ghi nhiều chuẩn nghèo hoặc nhiều tình trạng nên không cộng được."
    )


def test_counts_are_those_the_dictionary_calls_counts():
    review = frame("review", {"village": "A", "households": 200})[
        ["village", "households", "poor_households", "status"]
    ]
    assert poverty.counts("review", review) == ["households", "poor_households"]


def test_adding_keeps_what_was_added():
    review = frame("review", {"households": 200}, {"households": 100}, {"households": None, "village": "B"})
    added = poverty.add(review, "review", ["village"])
    assert added["households"].tolist() == [200 + 100, pd.NA]
    assert [parts["households"] for parts in added["parts"]] == [(200, 100), (pd.NA,)]
    assert added["found_at"].tolist() == ["review.csv:2-3", "review.csv:4"]


def test_adding_nothing_is_not_zero():
    added = poverty.add(frame("review"), "review", [])
    assert [value for value in added["households"] if not pd.isna(value)] == []


@pytest.mark.parametrize(
    ("value", "known"),
    [(None, False), (pd.NA, False), (float("nan"), False), (pd.NaT, False), (0, True), (Fraction(0), True)],
)
def test_known(value, known):
    assert poverty.known(value) is known


# filling in ---------------------------------------------------------------------------------------


def inferred(**values):
    rows = [(name, value, f"{name} suy ra", ["published.csv:4"]) for name, value in values.items()]
    return pd.DataFrame(rows, columns=["indicator", "value", "derivation", "lines"])


def test_a_blank_count_is_filled_in_and_says_how_it_follows():
    row = poverty.fill(frame("review", {"poor_households": 242}), inferred(households=1160))
    assert row["households"].item() == 1160
    assert row["derived"].item() == {"households": ("households suy ra", ("published.csv:4",))}


@pytest.mark.parametrize(
    "quantities",
    [{"poor_households": 250}, {"households": None}, {"change_poor_households": -20}],
    ids=[
        "a count that was given is never replaced",
        "what is not known fills nothing",
        "what is no count of the review fills nothing",
    ],
)
def test_nothing_is_filled_in(quantities):
    row = frame("review", {"poor_households": 242})
    filled = poverty.fill(row, inferred(**quantities))
    assert filled["derived"].item() == {}
    assert_frame_equal(filled.drop(columns="derived"), row)


# changes ------------------------------------------------------------------------------------------

OFFICIAL = {"status": "official", "standard": "ND07_2021"}


def result(**row):
    return frame("review", OFFICIAL | row)


def change(name, after, before):
    changes = poverty.changes(result(**after), result(**before))
    return changes.set_index("class").loc[name]


BEFORE = {"households": 1162, "poor_households": 262, "near_poor_households": 321}
AFTER = {"households": 1160, "poor_households": 242, "near_poor_households": 324}


@pytest.mark.parametrize(
    ("name", "households", "points"),
    [
        ("poor", 242 - 262, Fraction(242, 1160) - Fraction(262, 1162)),
        ("near_poor", 324 - 321, Fraction(324, 1160) - Fraction(321, 1162)),
        (
            "multidimensionally_poor",
            (242 + 324) - (262 + 321),
            Fraction(242 + 324, 1160) - Fraction(262 + 321, 1162),
        ),
    ],
    ids=["the poor became fewer", "the near-poor became more", "both together"],
)
def test_change_is_a_difference_of_counts_and_a_difference_of_unrounded_rates(name, households, points):
    row = change(name, AFTER, BEFORE)
    assert (row["change_households"], row["change_rate"]) == (households, points)


def test_a_change_names_the_lines_of_both_years():
    before, after = (
        result(found_at="a/2021/review.csv:2", **BEFORE),
        result(found_at="a/2022/review.csv:2", **AFTER),
    )
    assert set(poverty.changes(after, before)["found_at"]) == {"a/2021/review.csv:2; a/2022/review.csv:2"}


def test_last_years_total_blank_the_change_in_households_is_known_and_the_change_in_rate_is_not():
    row = change("poor", AFTER, BEFORE | {"households": None})
    assert row["change_households"] == 242 - 262
    assert row["change_rate"] is None


def test_last_years_count_blank_nothing_is_known_of_the_change():
    row = change("near_poor", AFTER, {"households": 1162})
    assert pd.isna(row["change_households"])
    assert row["change_rate"] is None


NOT_COMPARABLE = {
    "two standards": (
        {"standard": "ND07_2021"},
        {"standard": "QD59_2015"},
        "Không so sánh hai năm vì kết quả theo hai chuẩn khác nhau: Chuẩn nghèo tiếp cận đa chiều 2016-2020; "
        "Chuẩn nghèo đa chiều theo Nghị định 07/2021/NĐ-CP.",
    ),
    "an official and a preliminary result": (
        {"status": "official"},
        {"status": "preliminary"},
        "Không so sánh hai năm vì một kết quả là sơ bộ, một kết quả là chính thức.",
    ),
}


@pytest.mark.parametrize(("after", "before", "message"), NOT_COMPARABLE.values(), ids=NOT_COMPARABLE)
def test_results_that_must_not_be_subtracted(after, before, message):
    with pytest.raises(NotComparable) as refused:
        poverty.changes(result(**AFTER | after), result(**BEFORE | before))
    assert str(refused.value) == message


# movements, shares --------------------------------------------------------------------------------


def movement(**row):
    still = dict.fromkeys(
        [
            "start",
            "to_other_class",
            "above_near_poor",
            "other_decrease",
            "from_other_class",
            "relapsed",
            "new",
            "other_increase",
            "end",
        ],
        0,
    )
    return {"class": "poor", "measure": "households"} | still | row


def test_closing_is_start_less_those_who_left_and_more_those_who_entered():
    rows = frame(
        "movements",
        movement(
            start=33,
            to_other_class=4,
            above_near_poor=3,
            other_decrease=2,
            from_other_class=1,
            relapsed=5,
            new=6,
            other_increase=7,
        ),
    )
    row = poverty.movements(rows).loc[0]
    assert row["left"] == 4 + 3
    assert row["entered"] == 1 + 5 + 6
    assert row["closing"] == 33 - 4 - 3 - 2 + 1 + 5 + 6 + 7


def test_movements_of_villages_are_added_by_class_and_measure():
    rows = frame(
        "movements",
        movement(village="A", start=30),
        movement(village="B", start=12),
        movement(village="A", start=18, **{"class": "near_poor"}),
        movement(village="A", start=130, measure="persons"),
    )
    added = poverty.movements(rows).set_index(["class", "measure"])["start"].to_dict()
    assert added == {
        ("poor", "households"): 30 + 12,
        ("near_poor", "households"): 18,
        ("poor", "persons"): 130,
    }
    assert poverty.movements(rows, ("village",))["start"].tolist() == [30, 12, 18, 130]


def test_one_unknown_movement_leaves_the_closing_unknown():
    closing = poverty.movements(frame("movements", movement(start=33, relapsed=None, end=33)))["closing"]
    assert closing.isna().all()


def deprived(name, count, village="", indicator="housing_area"):
    return {"class": name, "indicator": indicator, "households": count, "village": village}


def test_a_share_is_of_the_households_of_its_own_class():
    rows = frame(
        "deprivations", deprived("poor", 90, "A"), deprived("poor", 31, "B"), deprived("near_poor", 27, "A")
    )
    shares = poverty.shares(
        rows, "deprivations", "indicator", result(poor_households=242, near_poor_households=324)
    )
    assert shares["share"].tolist() == [Fraction(90 + 31, 242), Fraction(27, 324)]


def test_a_villages_share_is_of_the_villages_own_households():
    review = frame(
        "review", {"village": "A", "poor_households": 100}, {"village": "B", "poor_households": 142}
    )
    rows = frame("deprivations", deprived("poor", 90, "A"), deprived("poor", 31, "B"))
    shares = poverty.shares(rows, "deprivations", "indicator", review, ("village",))
    assert shares["share"].tolist() == [Fraction(90, 100), Fraction(31, 142)]


@pytest.mark.parametrize("unknown", [{"count": None}, {"poor_households": None}, {"poor_households": 0}])
def test_a_share_of_or_in_an_unknown_number_is_unknown(unknown):
    known = {"count": 90, "poor_households": 242} | unknown
    rows = frame("deprivations", deprived("poor", known.pop("count")))
    assert poverty.shares(rows, "deprivations", "indicator", result(**known))["share"].tolist() == [None]


def test_deficits_are_cases_not_households():
    rows = frame("deprivations", deprived("poor", 90), deprived("poor", 31, indicator="housing_quality"))
    deficits = poverty.deficits(rows)
    assert deficits["deficits"].tolist() == [90 + 31]
    assert "households" not in deficits


# what must hold for any review --------------------------------------------------------------------

COUNT = st.none() | st.integers(0, 10**7)
KNOWN = st.integers(0, 10**7)


def rows_of(table, numbers, **choices):
    """Any frame of `table`: its numbers by `numbers`, its codes by `choices`."""
    columns = [name for name, kind in frame(table).dtypes.items() if kind == "Int64"]
    codes = {name: st.sampled_from(values) for name, values in choices.items()}
    row = st.fixed_dictionaries(dict.fromkeys(columns, numbers) | codes)
    return st.lists(row, min_size=1, max_size=6).map(lambda rows: frame(table, *rows))


VILLAGES, CLASSES, MEASURES = ("A", "B", "C"), ("poor", "near_poor"), ("households", "persons")
REVIEWS = rows_of(
    "review", COUNT, village=VILLAGES, former_commune=("X", "Y"), status=["official"], standard=["ND07_2021"]
)
MOVEMENTS = rows_of("movements", COUNT, village=VILLAGES, measure=MEASURES, **{"class": CLASSES})


@given(REVIEWS, st.sampled_from([["village"], ["former_commune"], ["village", "former_commune"]]))
def test_any_grouping_counts_the_same_households(review, by):
    grouped, whole = poverty.add(review, "review", by), poverty.total(review)
    for column in poverty.counts("review", review):
        added = grouped[column].sum(skipna=False)
        assert (added is pd.NA and whole[column].item() is pd.NA) or added == whole[column].item()


@given(
    rows_of("review", st.integers(1, 10**7), village=VILLAGES, status=["official"], standard=["ND07_2021"])
)
def test_the_communes_rate_lies_between_its_villages_rates(review):
    villages, whole = poverty.rates(review), poverty.rates(poverty.total(review))
    for rate in (column for column in whole if column.endswith("_rate")):
        assert min(villages[rate]) <= whole[rate].item() <= max(villages[rate])


@given(REVIEWS)
def test_a_rate_is_unknown_exactly_where_a_count_is(review):
    rates = poverty.rates(review)
    blank = review[["poor_households", "near_poor_households", "households"]].isna().any(axis=1) | (
        review["households"] == 0
    )
    assert rates["multidimensional_poverty_rate"].isna().tolist() == blank.fillna(True).tolist()


@given(MOVEMENTS)
def test_movements_close_village_by_village_and_for_the_whole(rows):
    whole, villages = poverty.movements(rows), poverty.movements(rows, ("village",))
    added = villages.groupby(["class", "measure"], sort=False)["closing"].agg(
        lambda counts: counts.sum(skipna=False)
    )
    kept = whole.set_index(["class", "measure"])["closing"]
    assert added.astype("Int64").to_dict() == kept.to_dict()


@given(MOVEMENTS)
def test_closing_is_column_9_of_the_form(rows):
    for row in poverty.movements(rows).dropna(subset=["closing"]).to_dict("records"):
        gone = row["to_other_class"] + row["above_near_poor"] + row["other_decrease"]
        come = row["from_other_class"] + row["relapsed"] + row["new"] + row["other_increase"]
        assert row["closing"] == row["start"] - gone + come


@given(rows_of("review", KNOWN, status=["official"], standard=["ND07_2021"]))
def test_a_change_there_and_back_is_no_change(review):
    there, back = (
        poverty.changes(*pair)
        for pair in ((review.iloc[:1], review.iloc[-1:]), (review.iloc[-1:], review.iloc[:1]))
    )
    assert (there["change_households"] + back["change_households"] == 0).all()
    assert [
        a + b for a, b in zip(there["change_rate"], back["change_rate"], strict=True) if a is not None
    ] in ([], [0] * 3)


UNTOUCHED = {
    "rates": lambda: (poverty.rates, [result(**AFTER)]),
    "total": lambda: (poverty.total, [result(**AFTER)]),
    "add": lambda: (poverty.add, [result(**AFTER), "review", ["village"]]),
    "fill": lambda: (poverty.fill, [result(poor_households=242), inferred(households=1160)]),
    "changes": lambda: (poverty.changes, [result(**AFTER), result(**BEFORE)]),
    "movements": lambda: (poverty.movements, [frame("movements", movement(start=3))]),
    "shares": lambda: (
        poverty.shares,
        [frame("deprivations", deprived("poor", 9)), "deprivations", "indicator", result(**AFTER)],
    ),
    "deficits": lambda: (poverty.deficits, [frame("deprivations", deprived("poor", 9))]),
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_the_frames_that_go_in_stay_as_they_were(name):
    function, arguments = UNTOUCHED[name]()
    _, before = UNTOUCHED[name]()
    function(*arguments)
    for argument, copy in zip(arguments, before, strict=True):
        if isinstance(argument, pd.DataFrame):
            assert_frame_equal(argument, copy)
