"""True figures of any place never contradict each other, and one impossible figure is always found."""

import time
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from claims import RATES, frame, percent, places, true_claims
from giamngheo import reconcile
from giamngheo.vietnamese.numbers import number, rounded

BIG = settings(
    max_examples=12, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)


def mismatches(rows: list[dict]):
    findings = reconcile.findings(frame(rows))
    return findings[findings["verdict"] == "mismatch"]


@BIG
@given(true_claims())
def test_figures_that_are_all_true_never_contradict_each_other(rows):
    assert mismatches(rows)["arithmetic"].to_list() == []


@BIG
@given(true_claims(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    kinds = [
        sorted(zip(found["place"], found["check"], found["verdict"], strict=True))
        for found in (reconcile.findings(frame(rows)), reconcile.findings(frame(shuffled)))
    ]
    assert kinds[0] == kinds[1]


def whole_year(counts: dict) -> list[dict]:
    """Every count and rate of one year, printed and rounded."""
    rows = [{"indicator": name, "printed": number(count)} for name, count in counts.items()]
    return rows + [
        {"indicator": rate, "printed": percent(Fraction(counts[part], counts[whole]), 2, rounded)}
        for rate, (part, whole) in RATES.items()
        if counts[whole]
    ]


@given(places(years=(2022,), most=3000), st.sampled_from(sorted(set(RATES))), st.integers(2, 5000))
def test_a_rate_two_steps_off_is_found_at_that_rate(counts, rate, steps):
    part, whole = RATES[rate]
    assume(counts[2022][whole])
    wrong = rounded(Fraction(counts[2022][part], counts[2022][whole]) * 100, Fraction(1, 100)) + Fraction(
        steps, 100
    )
    rows = [row for row in whole_year(counts[2022]) if row["indicator"] != rate]
    rows.append({"indicator": rate, "printed": f"{number(wrong, 2)}%"})
    assert f"t.csv:{len(rows) + 1}" in sum(mismatches(rows)["lines"], [])


@given(places(years=(2022,), most=3000), st.integers(1, 5000))
def test_a_count_that_does_not_add_up_is_found_at_that_count(counts, off):
    name = "multidimensionally_poor_households"
    rows = [{"indicator": name, "printed": number(counts[2022][name] + off)}]
    rows += [row for row in whole_year(counts[2022]) if row["indicator"] != name]
    found = mismatches(rows)
    assert "class_sum" in found["check"].to_list()
    assert "t.csv:2" in sum(found["lines"], [])


@given(st.integers(200, 3000), st.integers(1, 900), st.integers(1, 900), st.integers(10, 400))
def test_two_rates_of_different_totals_are_found(households, poor, near, more):
    assume(poor + near <= households)
    poor_rate = rounded(Fraction(poor * 100, households), Fraction(1, 100))
    near_rate = rounded(Fraction(near * 100, households + more), Fraction(1, 100))
    rows = [
        {"indicator": "poor_households", "printed": f"{number(poor)} hộ"},
        {"indicator": "near_poor_households", "printed": f"{number(near)} hộ"},
        {"indicator": "poor_rate", "printed": f"{number(poor_rate, 2)}%"},
        {"indicator": "near_poor_rate", "printed": f"{number(near_rate, 2)}%"},
    ]
    step = Fraction(1, 100)
    assume(poor_rate > step and near_rate > step)
    first, second = (
        reconcile.implied_totals(count, ((rate - step / 2) / 100, (rate + step) / 100))
        for count, rate in ((poor, poor_rate), (near, near_rate))
    )
    apart = not set(first) & set(second)
    assert (mismatches(rows)["check"].to_list() == ["implied_total"]) == apart


@given(st.integers(1, 3000), st.integers(0, 3000), st.integers(1, 9999))
def test_implied_totals_are_all_and_only_the_totals_that_fit(count, low, width):
    interval = Fraction(low + 1, 10**4), Fraction(low + 1 + width, 10**4)
    totals = reconcile.implied_totals(count, interval)
    top = count * 10**4 // (low + 1) + 2
    assume(top < 20000)
    assert list(totals) == [n for n in range(1, top) if interval[0] <= Fraction(count, n) <= interval[1]]


@settings(max_examples=30)
@given(places(most=3000))
def test_what_is_inferred_is_true(counts):
    """A total that is not printed, and last year's figures, follow as they were or not at all."""
    now, before = counts[2022], counts[2021]
    names = ("poor_households", "near_poor_households")
    rows = [{"indicator": name, "printed": number(now[name])} for name in names]
    for name in names:
        change = now[name] - before[name]
        rows.append(
            {"indicator": f"change_{name}", "printed": f"{'giảm' if change < 0 else 'tăng'} {abs(change)} hộ"}
        )
    for rate in ("poor_rate", "near_poor_rate"):
        part, whole = RATES[rate]
        rows.append({"indicator": rate, "printed": percent(Fraction(now[part], now[whole]), 2, rounded)})
    inferred = reconcile.infer(frame(rows), "xã A", 2022, "S", "chính thức")
    for row in inferred.itertuples():
        if row.value is not None and row.indicator in counts[row.year]:
            assert row.value == counts[row.year][row.indicator]
    told = {(row.indicator, row.year): row.value for row in inferred.itertuples()}
    assert told["poor_households", 2021] == before["poor_households"]


@pytest.mark.parametrize("wrong", [False, True], ids=["all true", "every tenth rate wrong"])
def test_a_thousand_claims_take_less_than_two_seconds(wrong):
    rows = []
    for at in range(150):
        households, poor, near = 1000 + 7 * at, 100 + 3 * at, 90 + at
        where = {"place": f"xã {at}", "part_of": "tỉnh", "partition": "xã"}
        counts = {
            "poor_households": poor,
            "near_poor_households": near,
            "change_poor_households": "giảm 20 hộ",
        }
        rates = {"poor_rate": Fraction(poor, households), "near_poor_rate": Fraction(near, households)}
        if wrong and at % 10 == 0:
            rates["poor_rate"] *= Fraction(11, 10)
        rows += [where | {"indicator": name, "printed": str(count)} for name, count in counts.items()]
        rows += [
            where | {"indicator": name, "printed": percent(rate, 2, rounded)} for name, rate in rates.items()
        ]
        rows.append(where | {"indicator": "households", "printed": number(households)})
        rows.append(where | {"indicator": "change_poor_rate", "printed": "giảm 1,00%"})
    claims = frame(rows)
    began = time.process_time()
    found = reconcile.findings(claims)
    assert time.process_time() - began < 2
    assert len(claims) == 1050 and (found["verdict"] == "mismatch").sum() == (15 if wrong else 0)
