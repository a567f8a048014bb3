"""What is said of bodies of figures, word for word, and that no row is missing or one too many.

`reconciled.txt` holds the cases: figures as in `claims.claims`, a blank line, then what must be said of them:

    verdict [check, place, year, lines] arithmetic | printed | computed | difference
        a correction, the smallest first
    whether the figures can all be true
"""

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest

from claims import claims
from giamngheo import reconcile
from giamngheo.findings import DataError
from giamngheo.reconcile import answers, proposals, search, vocabulary
from giamngheo.reconcile.bounds import allowed
from giamngheo.reconcile.claims import Group, Quantity, claimed
from giamngheo.reconcile.constraints import AtMost, Mean, Multiple, PointChange, Ratio, Sum, customary
from giamngheo.reconcile.network import build
from giamngheo.reconcile.notation import HAIR, NO_BOUND, rewrite, write
from giamngheo.reconcile.paragraphs import Paragraph, joined
from giamngheo.reconcile.parts import totals_between
from giamngheo.reconcile.proof import CONTRADICTION, UNDECIDED, WITNESS, Proof
from giamngheo.reconcile.readback import Key, ends, prints, unlike
from giamngheo.reconcile.sayings import changes_of_periods, in_parts, since
from giamngheo.reconcile.search import Search, candidates
from giamngheo.reconcile.wording import formula, span
from years import workbook

CASES = [case.partition("\n") for case in Path(__file__).with_name("reconciled.txt").read_text("utf-8").split("## ")[1:]]


@pytest.mark.parametrize("case", [case for _, _, case in CASES], ids=[name for name, _, _ in CASES])
def test_every_check_of_the_figures_is_told_in_full(case):
    figures, _, expected = case.partition("\n\n")
    assert told(figures) == expected.strip()


def told(figures: str) -> str:
    lines = []
    for row in reconcile.findings(claims(figures)).itertuples():
        numbers = ", ".join(line.rpartition(":")[2] for line in row.lines)
        said = " | ".join((row.arithmetic, row.printed, row.computed, row.difference))
        lines.append(f"{row.verdict} [{row.check}, {row.place}, {row.year}, dòng {numbers}] {said}")
        lines += [f"    {correction}" for correction in row.corrections]
    return "\n".join([*lines, str(reconcile.prove(claims(figures)))])


# what a printed figure stands for ------------------------------------------------------------------


def share(percent: str) -> Fraction:
    return Fraction(percent) / 100


READ = {
    # text: indicator, value, low, high, rounded low, rounded high, step, word, scale
    "242 hộ": ("poor_households", 242, 242, 242, 242, 242, 1, "", ""),
    "242 hộ dân.": ("households", 242, 242, 242, 242, 242, 1, "", ""),
    "tổng số 242 hộ": ("households", 242, 242, 242, 242, 242, 1, "", ""),
    "không hộ nào": ("poor_households", 0, 0, 0, 0, 0, 1, "", ""),
    "không có": ("budget_planned", 0, 0, 0, 0, 0, 1, "", ""),
    "1,5 nghìn hộ": ("households", 1500, 1450, 1599, 1450, 1549, 100, "", "nghìn"),
    "2 triệu đồng": ("budget_planned", 2 * 10**6, 15 * 10**5, 3 * 10**6 - 1, 15 * 10**5, 25 * 10**5 - 1, 10**6, "", "triệu"),
    "2 nghìn tỷ đồng": (
        "budget_planned", 2 * 10**12, 15 * 10**11, 3 * 10**12 - 1, 15 * 10**11, 25 * 10**11 - 1, 10**12, "", "nghìn tỷ",
    ),
    "0 triệu đồng": ("budget_planned", 0, 0, 10**6 - 1, 0, 5 * 10**5 - 1, 10**6, "", "triệu"),
    "1 tỷ 50 triệu đồng": (
        "budget_planned", 105 * 10**7, 10495 * 10**5, 1051 * 10**6 - 1, 10495 * 10**5, 10505 * 10**5 - 1, 10**6, "", "triệu",
    ),
    "hơn 1 tỷ 50 triệu đồng": (
        "budget_planned", 105 * 10**7, 105 * 10**7, 106 * 10**7 - 1, 105 * 10**7, 106 * 10**7 - 1, 10**6, "hơn", "triệu",
    ),
    "gần 10 hộ": ("households", 10, 9, 10, 9, 10, 1, "gần", ""),  # a step of ten would begin at nought
    "chưa đến 100 hộ": ("households", 100, 90, 100, 90, 100, 1, "chưa đến", ""),
    "gần 5 hộ": ("households", 5, 4, 5, 4, 5, 1, "gần", ""),
    "khoảng 1.200 hộ": ("households", 1200, 1100, 1300, 1100, 1300, 1, "khoảng", ""),
    "khoảng 0 hộ": ("households", 0, 0, 1, 0, 1, 1, "khoảng", ""),
    "~ 300 hộ": ("households", 300, 200, 400, 200, 400, 1, "~", ""),
    "không quá 15 hộ": ("households", 15, 0, 15, 0, 15, 1, "không quá", ""),
    "tối thiểu 15 hộ": ("households", 15, 15, NO_BOUND, 15, NO_BOUND, 1, "tối thiểu", ""),
    "15 hộ trở xuống": ("households", 15, 0, 15, 0, 15, 1, "trở xuống", ""),
    "từ 15 hộ trở lên": ("households", 15, 15, NO_BOUND, 15, NO_BOUND, 1, "trở lên", ""),
    "10-15 hộ": ("households", 10, 10, 15, 10, 15, 1, "khoảng", ""),
    "1-2 tỷ đồng": ("budget_planned", 10**9, 10**9, 2 * 10**9, 10**9, 2 * 10**9, 10**9, "khoảng", "tỷ"),
    "tăng 3 hộ": ("change_poor_households", 3, 3, 3, 3, 3, 1, "", ""),
    "+3 hộ": ("change_poor_households", 3, 3, 3, 3, 3, 1, "", ""),
    "–3 hộ": ("change_poor_households", -3, -3, -3, -3, -3, 1, "", ""),
    "giữ nguyên": ("change_poor_households", 0, 0, 0, 0, 0, 1, "", ""),
    "giảm gần 20 hộ": ("change_poor_households", -20, -20, -10, -20, -10, 1, "gần", ""),
    "giảm 1,5 nghìn hộ": ("change_households", -1500, -1599, -1450, -1549, -1450, 100, "", "nghìn"),
    "0 hộ": ("change_poor_households", 0, 0, 0, 0, 0, 1, "", ""),
    "20%": ("poor_rate", share("20"), share("19.5"), share("21") - HAIR, share("19.5"), share("20.5") - HAIR, share("1"), "", ""),
    "hơn 20%": ("poor_rate", share("20"), share("20"), share("30") - HAIR, share("20"), share("30") - HAIR, share("1"), "hơn", ""),
    "trên 20,5%": (
        "poor_rate", share("20.5"), share("20.5"), share("20.6") - HAIR, share("20.5"), share("20.6") - HAIR, share("0.1"), "trên", "",
    ),
    "không thay đổi": (
        "change_poor_rate", 0, HAIR - share("0.01"), share("0.01") - HAIR, HAIR - share("0.005"), share("0.005") - HAIR, share("0.01"), "", "",
    ),
    "giảm 1,5 điểm phần trăm": (
        "change_poor_rate", -share("1.5"), HAIR - share("1.6"), -share("1.45"), HAIR - share("1.55"), -share("1.45"), share("0.1"), "", "",
    ),
    "vượt 5% kế hoạch": (
        "plan_reached_poor_households",
        share("105"), share("104.5"), share("106") - HAIR, share("104.5"), share("105.5") - HAIR, share("1"), "", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("printed", "expected"), READ.items(), ids=READ)
def test_all_that_a_printed_figure_stands_for(printed, expected):
    indicator, value, low, high, rounded_low, rounded_high, step, word, scale = expected
    reading = reconcile.parse(printed, indicator)
    assert dataclasses.astuple(reading) == (
        printed, value, low, high, rounded_low, rounded_high, step, bool(word), word, scale,
    )  # fmt: skip
    assert (reading.interval(), reading.interval(True)) == ((low, high), (rounded_low, rounded_high))


def test_a_value_is_written_as_its_indicator_is_printed_or_as_another_figure_is():
    money, rate = reconcile.parse("1,5 tỷ đồng", "budget_planned"), reconcile.parse("5%", "poor_rate")
    assert [write(Fraction(1, 8), "poor_rate"), write(Fraction(1, 8), "poor_rate", rate)] == ["12,50%", "13%"]
    assert [write(1399, "poor_persons"), write(3, "households", signed=True), write(-3, "households", signed=True)] == [
        "1.399 khẩu", "+3 hộ", "-3 hộ",
    ]  # fmt: skip
    assert [write(148300000, "budget_planned"), write(148300000, "budget_planned", money)] == ["148.300.000 đồng", "0,1 tỷ đồng"]
    assert write(0, "poor_rate", signed=True) == "0,00%"
    fall = reconcile.parse("giảm 1,5%", "change_poor_rate")
    assert [rewrite(share(one), "change_poor_rate", fall) for one in ("-2", "0", "2")] == ["giảm 2,0%", "tăng 0,0%", "tăng 2,0%"]
    assert rewrite(share("2"), "poor_rate", rate) == "2%"


# what ties figures ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "change", "sign", "low", "high"),
    [
        ("20,86%", "giảm 1,69%", -1, "22.545", "22.56"),  # 20,86 + 1,69 = 22,55: half a step below to a whole step above
        ("22,55%", "giảm 1,69%", 1, "20.855", "20.87"),
        ("22,6%", "giảm 1,69%", 1, "20.85", "21.015"),  # 22,6 - 1,70 = 20,90 and 22,6 - 1,685 = 20,915
    ],
    ids=["the year before", "the year itself", "a rate of one decimal and a change of two"],
)
def test_the_rates_of_the_other_year_where_a_change_was_reckoned_from_printed_rates(rate, change, sign, low, high):
    ends = customary(reconcile.parse(rate, "poor_rate"), reconcile.parse(change, "change_poor_rate"), sign)
    assert [end - end % (HAIR * 10) for end in ends] == [share(low), share(high)]


FREE = (0, NO_BOUND)
A, B, C = "a", "b", "c"  # quantities; an end of one is (quantity, whether the upper)
NARROWED = {
    "a rate of 20% to 25% of 0 to 100, 10 to 12 in number": (
        Ratio("rate", A, B, C), {A: (Fraction(1, 5), Fraction(1, 4)), B: (10, 12), C: (0, 100)},
        [
            (C, 1, None, [(A, False)]), (C, 40, None, [(B, False), (A, True)]), (C, None, 60, [(B, True), (A, False)]),
            (B, 0, None, [(A, False), (C, False)]), (B, None, 25, [(A, True), (C, True)]),
        ],
    ),
    "a rate of at most 25%, 10 to 12 of 50 to 60": (
        Ratio("rate", A, B, C), {A: (0, Fraction(1, 4)), B: (10, 12), C: (50, 60)},
        [
            (A, Fraction(10, 60), None, [(B, False), (C, True)]), (A, None, Fraction(12, 50), [(B, True), (C, False)]),
            (C, 40, None, [(B, False), (A, True)]), (B, 0, None, [(A, False), (C, False)]), (B, None, 15, [(A, True), (C, True)]),
        ],
    ),
    "a rate that is nought, of counts of which nothing is known": (
        Ratio("rate", A, B, C), {A: (0, 0), B: FREE, C: (1, NO_BOUND)},
        [(A, 0, None, [(B, False), (C, True)]), (B, 0, None, [(A, False), (C, False)])],
    ),
    "5 to 6 and 7 to 8 of 20": (
        AtMost("subset", (A, B), C), {A: (5, 6), B: (7, 8), C: (0, 20)},
        [
            (C, 5 + 7, None, [(A, False), (B, False)]), (A, None, 20 - 7, [(B, False), (C, True)]),
            (B, None, 20 - 5, [(A, False), (C, True)]),
        ],
    ),
    "at most three persons in each household": (
        AtMost("persons", (A,), B, 3), {A: (5, 9), B: (0, 2)}, [(B, Fraction(5, 3), None, [(A, False)]), (A, None, 6, [(B, True)])],
    ),
    "parts of a whole of which nothing is known": (AtMost("subset", (A,), B), {A: (5, 6), B: FREE}, [(B, 5, None, [(A, False)])]),
    "a rate among those of its parts": (
        Mean("partition_rate", A, (B, C)), {A: (0, 1), B: (Fraction(1, 5), Fraction(1, 4)), C: (Fraction(1, 10), Fraction(1, 3))},
        [(A, Fraction(1, 10), None, [(B, False), (C, False)]), (A, None, Fraction(1, 3), [(B, True), (C, True)])],
    ),
    "five times 2 to 3 are 11 to 14": (
        Multiple("average", A, B, 5), {A: (11, 14), B: (2, 3)},
        [
            (A, 10, None, [(B, False)]), (A, None, 15, [(B, True)]), (B, Fraction(11, 5), None, [(A, False)]),
            (B, None, Fraction(14, 5), [(A, True)]),
        ],
    ),
    "1 to 2 are 5 to 7 less 3 to 4": (
        Sum("change", A, ((1, B), (-1, C))), {A: (1, 2), B: (5, 7), C: (3, 4)},
        [
            (A, 5 - 4, None, [(B, False), (C, True)]), (A, None, 7 - 3, [(B, True), (C, False)]),
            (B, None, 2 + 4, [(A, True), (C, True)]), (B, 1 + 3, None, [(A, False), (C, False)]),
            (C, 5 - 2, None, [(A, True), (B, False)]), (C, None, 7 - 1, [(A, False), (B, True)]),
        ],
    ),
    "a sum of which one part is not known": (
        Sum("class_sum", A, ((1, B), (1, C))), {A: (9, 9), B: (5, 5), C: FREE},
        [
            (A, 5, None, [(B, False), (C, False)]), (B, None, 9, [(A, True), (C, False)]), (B, 9 - NO_BOUND, None, [(A, False), (C, True)]),
            (C, None, 4, [(A, True), (B, False)]), (C, 4, None, [(A, False), (B, True)]),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("identity", "known", "narrowed"), NARROWED.values(), ids=NARROWED)
def test_the_bounds_that_an_identity_gives_and_the_ends_they_follow_from(identity, known, narrowed):
    found = identity.narrow(known.__getitem__, lambda _: None)
    assert [(one, low, high, list(because)) for one, low, high, because in found] == narrowed


SAID = {A: "20", B: "242", C: "1.160 - 7"}


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        (Ratio("rate", A, B, C), {A: "242 / (1.160 - 7)", B: "20 × (1.160 - 7)", C: "242 / 20"}),
        (Sum("change", A, ((1, B), (-1, C))), {A: "242 - (1.160 - 7)", B: "(1.160 - 7) + 20", C: "242 - 20"}),
        (PointChange("rate_change", A, B, C), {B: "(1.160 - 7) + 20", C: "242 - 20"}),
        (Mean("partition_rate", A, (B, C)), {A: "giữa các tỷ lệ 242; (1.160 - 7)"}),
        (Multiple("average", C, A, 5), {C: "5 × 20", A: "(1.160 - 7) / 5"}),
        (AtMost("subset", (A, B), C), {A: "nhiều nhất (1.160 - 7) - 242", C: "ít nhất 20 + 242"}),
        (AtMost("subset", (A, C), B), {A: "nhiều nhất 242 - (1.160 - 7)", B: "ít nhất 20 + (1.160 - 7)"}),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_figure_that_is_not_printed_is_told_by_those_it_follows_from(identity, said):
    texts = {one: {other: text for other, text in SAID.items() if other != one} for one in said}
    assert {one: formula(identity, one, texts[one]) for one in said} == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(5, 5, "5 hộ"), (5, 9, "5–9 hộ"), (-5, 9, "-5–9 hộ"), (5, NO_BOUND, "từ 5 hộ trở lên"), (-NO_BOUND, 5, "không quá 5 hộ")],
)
def test_the_values_between_two_bounds_are_told_without_a_bound_that_nothing_is_known_of(low, high, said):
    assert span(low, high, "poor_households") == said


def test_a_printed_change_of_rates_bounds_either_year_by_either_custom():
    rate, change = reconcile.parse("20,86%", "poor_rate"), reconcile.parse("giảm 1,69%", "change_poor_rate")
    (now, fall) = claimed(claims("poor_rate|20,86%\nchange_poor_rate|giảm 1,69%"))
    low, high = change.interval()
    found = PointChange("rate_change", A, B, C).narrow({B: (share("20.86"), share("20.87"))}.__getitem__, {A: fall, B: now}.get)
    assert [tuple(one) for one in found] == [
        (C, min(share("20.86") - high, share("22.545")), None, [1, 0, (B, False)]),
        (C, None, max(share("20.87") - low, customary(rate, change, -1)[1]), [1, 0, (B, True)]),
    ]
    assert list(PointChange("rate_change", A, B, C).narrow({}.__getitem__, {B: now}.get)) == []


def test_a_change_of_rates_has_room_for_one_and_a_half_of_its_last_unit_and_a_sum_of_rates_for_one_below_and_two_above():
    fall, rate, summed = claimed(claims("change_poor_rate|giảm 1,69%\npoor_rate|20,86%\nmultidimensional_poverty_rate|48,79%"))
    assert allowed(fall) == (share("-1.705"), share("-1.675")) and allowed(fall, True) == (share("-1.7"), share("-1.68"))
    assert allowed(rate) == (share("20.855"), share("20.87") - HAIR)
    summed = dataclasses.replace(summed, summed=True)
    assert allowed(summed) == (share("48.78"), share("48.81")) and allowed(summed, True) == (share("48.78"), share("48.8"))


def test_an_average_per_year_is_tied_to_the_change_of_its_period_as_often_as_it_has_years():
    text = "year=2015-2020|change_poor_rate|giảm 7,5%\nyear=2015-2020|average|giảm 1,5% hằng năm"
    network = build(claimed(claims(text)))
    change, average = (claim.quantity for claim in network.claims)
    assert (change.indicator, average.indicator) == ("change_poor_rate", "average_change_poor_rate")
    assert [one for one in network.constraints if isinstance(one, Multiple)] == [Multiple("average", change, average, 5)]


def test_totals_of_parts_and_whole_are_tied_with_the_rates_that_are_rates_of_them():
    text = "place=tỉnh|households|100 hộ\nplace=vùng;part_of=tỉnh;partition=vùng|poor_rate|20%"
    tied = totals_between(build(claimed(claims(text))).identities)
    sums = [one.whole for one in tied if isinstance(one, Sum)]
    assert [(one.group.place, one.indicator) for one in sums] == [("tỉnh", "households"), ("tỉnh", "minority_households")]
    ratios = [one for one in tied if isinstance(one, Ratio)]
    assert {(one.whole.group.place, one.whole.indicator) for one in ratios} == {
        (place, total) for place in ("tỉnh", "vùng") for total in ("households", "minority_households")
    }


def test_a_row_that_says_no_file_and_no_line_is_counted_below_a_header():
    row = claims("poor_households|3 hộ\nhouseholds|9 hộ").drop(columns=["file", "line"])
    assert [(claim.number, claim.file, claim.line) for claim in claimed(row)] == [(0, "", 2), (1, "", 3)]


@pytest.mark.parametrize(
    ("low", "high", "scale", "tried"),
    [
        (5, 9, 100, [7, 6, 8, 5, 9]),
        (5, 5, 100, [5]),
        (-1, 2, 100, [0, -1, 1, 2]),
        (10, NO_BOUND, 100, [110, 317, 81, 163, 43, 221, 21, 11, 10]),
        (-NO_BOUND, 33, 100, [33, 11, 1, 0]),
    ],
    ids=["from the middle outwards", "one value", "an even number of them", "no bound above", "no bound below"],
)
def test_the_values_that_are_tried_between_two_bounds(low, high, scale, tried):
    assert list(candidates(low, high, scale)) == tried


def test_few_of_many_values_are_tried_and_none_twice():
    tried = list(candidates(0, 1000))
    assert len(tried) == len(set(tried)) < 50


def count(name: str) -> Quantity:
    return Quantity(Group("xã A", "", 2022, "", ""), name)


POOR, NEAR, HOUSEHOLDS, PERSONS = map(count, ("poor_households", "near_poor_households", "households", "persons"))


def halved(spans: dict, *constraints) -> tuple:
    """What halving finds, and whether it came to an end; it leaves the bounds as they were."""
    search = Search(spans, constraints)
    before, answer = dict(search.spans), search.halve()
    assert search.spans == before
    return answer


def test_halving_shows_that_two_counts_of_a_sum_and_of_a_difference_do_not_fit():
    """x + y = 101 and x - y = 4 need 2x = 105: bounds alone keep all of 0 to 101, no whole number fits."""
    together = Sum("class_sum", HOUSEHOLDS, ((1, POOR), (1, NEAR)))
    apart = Sum("class_sum", PERSONS, ((1, POOR), (-1, NEAR)))
    spans = {POOR: (0, 101), NEAR: (0, 101), HOUSEHOLDS: (101, 101)}
    assert halved(spans | {PERSONS: (4, 4)}, together, apart) == (None, True)
    assert halved(spans | {PERSONS: (5, 5)}, together, apart) == ({POOR: 53, NEAR: 48, HOUSEHOLDS: 101, PERSONS: 5}, True)


def test_halving_of_counts_without_a_bound_comes_to_the_least_of_no_counts_to_nothing():
    assert halved({POOR: (7, NO_BOUND)}) == ({POOR: 7}, True)
    assert halved({}) == ({}, True)
    assert halved({POOR: (3, 2)}) == (None, True)


def test_halving_that_is_not_at_its_end_says_nothing(monkeypatch):
    """Of 40.000 to 50.000 households, two halves do not come to those of which 20,92457433 % are a whole number."""
    monkeypatch.setattr(search, "HALVES", 2)
    proof = reconcile.prove(claims("households|gần 50.000 hộ\npoor_rate|20,92457433%"))
    assert (proof.kind, proof.open) == (UNDECIDED, ("t.csv:2", "t.csv:3"))


def test_halving_begins_with_totals_that_are_roughly_known_and_ends_with_what_may_be_nothing():
    search = Search({POOR: (0, 110), NEAR: (1000, 1050), HOUSEHOLDS: (3000, 5001), PERSONS: (700, 800)}, [])
    counts = [POOR, NEAR, HOUSEHOLDS, PERSONS]
    assert search.least_known(counts) == HOUSEHOLDS
    search.narrow(HOUSEHOLDS, 5000, 5001)
    assert search.least_known(counts) == PERSONS  # 100 of 800 is more than 50 of 1.050
    search.narrow(PERSONS, 705, 705)
    assert search.least_known(counts) == NEAR
    search.narrow(NEAR, 1000, 1000)
    assert search.least_known(counts) == HOUSEHOLDS
    search.narrow(HOUSEHOLDS, 5001, 5001)
    assert search.least_known(counts) == POOR
    search.narrow(POOR, 9, 9)
    assert search.least_known(counts) is None


# a witness is read back by other code ---------------------------------------------------------------

PRINTS = {
    ("242 hộ", "poor_households"): ([242], [241, 243, Fraction(485, 2)]),
    ("20,86%", "poor_rate"): ([share("20.855"), share("20.864"), share("20.869")], [share("20.854"), share("20.87")]),
    ("0%", "poor_rate"): ([0, share("0.4"), share("0.9")], [share("1")]),
    ("không còn", "poor_households"): ([0], [1]),
    ("giảm 20 hộ", "change_poor_households"): ([-20], [20, -21]),
    ("tăng 20 hộ", "change_poor_households"): ([20], [-20]),
    ("giảm 0,00%", "change_poor_rate"): ([0, share("0.004"), -share("0.004")], [share("0.01"), -share("0.02")]),
    ("giảm 1,69%", "change_poor_rate"): ([-share("1.69"), -share("1.695")], [share("1.69"), -share("1.68")]),
    ("10-15 hộ", "households"): ([10, 15], [9, 16]),
    ("từ 10 đến 15 hộ", "households"): ([10, 15], [9, 16]),
    ("1-2 tỷ đồng", "budget_planned"): ([10**9, 2 * 10**9], [10**9 - 1, 2 * 10**9 + 1]),
    ("1 tỷ 50 triệu đồng", "budget_planned"): ([105 * 10**7, 10509 * 10**5], [1049 * 10**6, 1051 * 10**6]),
    ("gần 1.000 hộ", "households"): ([900, 1000], [899, 1001]),
    ("gần 10 hộ", "households"): ([9, 10], [8, 11]),
    ("hơn 1.000 hộ", "households"): ([1000, 1999], [999, 2000]),
    ("khoảng 500 hộ", "households"): ([400, 600], [399, 601]),
    ("dưới 20 hộ", "households"): ([0, 20], [21]),
    ("20 hộ trở xuống", "households"): ([0, 20], [21]),
    ("ít nhất 20 hộ", "households"): ([20, 10**6], [19]),
    ("20 hộ trở lên", "households"): ([20, 10**6], [19]),
    ("vượt 5% kế hoạch", "plan_reached_poor_households"): ([share("105")], [share("5"), share("104")]),
    ("giảm 5 hộ so với năm 2021", "change_poor_households"): ([-5], [-2021]),
    ("1,97 triệu hộ", "households"): ([1965000, 1979999], [1964999, 1980000]),
}


@pytest.mark.parametrize(("figure", "values"), PRINTS.items(), ids=[" ".join(one) for one in PRINTS])
def test_a_value_prints_as_the_figure_or_not(figure, values):
    text, indicator = figure
    yes, no = values
    assert [prints(text, indicator, value) for value in (*yes, *no)] == [True] * len(yes) + [False] * len(no)


KEY = Key("xã A", "", 2022, "S", "chính thức", "")


def held(*rows: str, **values) -> list[str]:
    """What is wrong with the values, given claims `indicator|text` of xã A in 2022."""
    claimed = [(KEY.of(indicator=name), "", text) for name, text in (row.split("|") for row in rows)]
    return unlike(claimed, {KEY.of(indicator=name): value for name, value in values.items()})


BROKEN = {
    "20 + 30 = 50, not 51": (
        {"poor_households": 20, "near_poor_households": 30, "multidimensionally_poor_households": 51},
        ["xã A 2022: multidimensionally_poor_households ≠ [20, 30]"],
    ),
    "the sum is right": ({"poor_households": 20, "near_poor_households": 30, "multidimensionally_poor_households": 50}, []),
    "-20 + 5 = -15, not -10": (
        {
            "change_poor_households": -20, "change_near_poor_households": 5, "change_multidimensionally_poor_households": -10
        },
        ["xã A 2022: change_multidimensionally_poor_households ≠ [-20, 5]"],
    ),
    "20% of 100 is 20, not 21": (
        {"households": 100, "poor_households": 21, "poor_rate": Fraction(1, 5)},
        ["xã A 2022: poor_rate × households ≠ poor_households"],
    ),
    "101 of 100": ({"households": 100, "poor_households": 101}, ["xã A 2022: [101] > households", "xã A 2022: [101, 0, 0] > households"]),
    "60 + 50 of 100": (
        {"households": 100, "poor_households": 60, "near_poor_households": 50},
        ["xã A 2022: [60, 50, 0] > households"],
    ),
    "10 households of 9 persons": ({"poor_households": 10, "poor_persons": 9}, ["xã A 2022: [10] > poor_persons"]),
}  # fmt: skip


@pytest.mark.parametrize(("values", "wrong"), BROKEN.values(), ids=BROKEN)
def test_values_that_break_an_identity_are_no_proof(values, wrong):
    assert sorted(held(**values)) == sorted(wrong)


def of_two_years(now: dict, before: dict) -> list[str]:
    values = {KEY.of(indicator=name): value for name, value in now.items()}
    return unlike([], values | {KEY.of(indicator=name, year=2021): value for name, value in before.items()})


def test_a_change_is_this_year_less_the_year_before_in_every_value():
    assert of_two_years({"poor_households": 242, "change_poor_households": -20}, {"poor_households": 262}) == []
    assert of_two_years({"poor_households": 242, "change_poor_households": -19}, {"poor_households": 262}) == [
        "xã A 2022: change_poor_households"
    ]
    assert of_two_years({"left_poverty": 262}, {"poor_households": 262}) == []
    assert of_two_years({"left_poverty": 263}, {"poor_households": 262}) == ["xã A 2022: left_poverty > poor_households"]


@pytest.mark.parametrize(
    ("now_printed", "before_printed", "change", "now", "before", "wrong"),
    [
        ("20,86%", "22,55%", "giảm 1,69%", "20.864", "22.545", []),  # 20,86 - 22,55, although 20,864 - 22,545 = -1,681
        ("20,86%", "22,55%", "giảm 1,67%", "20.864", "22.545", ["giảm 1,67%"]),
        ("20,86%", "", "giảm 1,69%", "20.864", "22.545", []),  # 20,86 + 1,69 = 22,55
        ("20,86%", "", "giảm 1,69%", "20.864", "22.544", ["giảm 1,69%"]),  # which prints as 22,54
        (
            "20,9%",
            "",
            "giảm 1,69%",
            "20.864",
            "22.545",
            [],
        ),  # the rates are 20,86 and 22,55 where they are printed finer
        ("20,9%", "22,5%", "giảm 1,69%", "20.864", "22.545", []),
        ("20,9%", "", "giảm 1,66%", "20.864", "22.545", ["giảm 1,66%"]),
        ("20,9%", "", "giảm 1,60%", "20.864", "22.500", []),  # 20,9 + 1,6 = 22,5, of one decimal
        (
            "20,80%",
            "",
            "giảm 1,7%",
            "20.804",
            "22.45",
            ["giảm 1,7%"],
        ),  # 22,45 - 20,80 is 1,65, which is printed 1,6 or 1,7
        ("", "22,55%", "giảm 1,69%", "20.864", "22.545", []),  # 22,55 - 1,69 = 20,86
        ("", "22,55%", "giảm 1,69%", "20.854", "22.545", []),  # 20,854 - 22,545 = -1,691
        ("", "22,55%", "giảm 1,69%", "20.850", "22.551", ["giảm 1,69%"]),
        ("", "", "giảm 1,69%", "20.864", "22.545", []),  # as 20,86 and 22,55 both would print
        ("", "", "giảm 1,66%", "20.864", "22.545", ["giảm 1,66%"]),
        ("22,55%", "20,86%", "tăng 1,69%", "22.545", "20.864", []),
        ("", "20,86%", "tăng 1,69%", "22.545", "20.864", []),
    ],
)
def test_a_change_of_rates_may_be_that_of_the_rates_as_they_are_printed(now_printed, before_printed, change, now, before, wrong):
    rate, earlier, moved = KEY.of(indicator="poor_rate"), KEY.of(indicator="poor_rate", year=2021), KEY.of(indicator="change_poor_rate")
    printed = [(rate, "", now_printed), (earlier, "", before_printed), (moved, "", change)]
    values = {rate: share(now), earlier: share(before), moved: share(now) - share(before)}
    said = [f"xã A 2022 change_poor_rate: {text}" for text in wrong]
    assert unlike([row for row in printed if row[2]], values) == said


def test_a_rate_of_poverty_may_be_the_sum_of_the_rates_as_they_are_printed():
    values = {"poor_rate": share("20.864"), "near_poor_rate": share("27.934"), "multidimensional_poverty_rate": share("48.798")}
    texts = ["poor_rate|20,86%", "near_poor_rate|27,93%"]
    assert held(*texts, "multidimensional_poverty_rate|48,79%", **values) == []
    assert held(*texts, "multidimensional_poverty_rate|48,78%", **values) == ["xã A 2022 multidimensional_poverty_rate: 48,78%"]
    assert held(texts[0], "multidimensional_poverty_rate|48,78%", **values) == ["xã A 2022 multidimensional_poverty_rate: 48,78%"]


@pytest.mark.parametrize(("printed", "wrong"), [("75%", []), ("80%", ["xã A 2022 plan_reached_poor_households: 80%"])])
def test_what_a_plan_has_reached_may_be_that_of_the_figures_as_they_are_printed(printed, wrong):
    done, plan = KEY.of(indicator="poor_households"), KEY.of(indicator="poor_households", status="kế hoạch")
    reached = KEY.of(indicator="plan_reached_poor_households")
    rows = [(done, "", "hơn 150 hộ"), (plan, "", "khoảng 200 hộ"), (reached, "", printed)]
    assert unlike(rows, {done: 159, plan: 190, reached: Fraction(159, 190)}) == wrong  # 150 of 200
    assert unlike(rows[1:], {plan: 190, reached: Fraction(159, 190)}) == [f"xã A 2022 plan_reached_poor_households: {printed}"]


def test_movements_close_where_all_of_them_are_printed():
    moves = {"left_poverty": 45, "near_poor_became_poor": 3, "relapsed": 2, "newly_poor": 15}
    rows = [f"{name}|{count} hộ" for name, count in moves.items()] + ["change_poor_households|giảm 25 hộ"]
    assert held(*rows, change_poor_households=-25, **moves) == []
    rows[-1] = "change_poor_households|giảm 20 hộ"
    assert held(*rows, change_poor_households=-20, **moves) == ["xã A 2022: movements"]
    assert held(*rows[1:], change_poor_households=-20, **moves) == []


def of_parts(whole: int, *parts: int, printed: str = "") -> list[str]:
    province = KEY.of(place="tỉnh", indicator="poor_households")
    keys = [province.of(place=name, part_of="tỉnh") for name, _ in zip("abc", parts, strict=False)]
    rows = [(province, "", printed or f"{whole} hộ"), *((key, "vùng", f"{part} hộ") for key, part in zip(keys, parts, strict=True))]
    return unlike(rows, {province: whole} | dict(zip(keys, parts, strict=True)))


def test_parts_are_not_more_than_their_whole_and_a_partition_adds_up():
    assert of_parts(100, 60, 40) == []
    assert of_parts(100, 60, 30) == ["tỉnh 2022 poor_households ≠ vùng"]
    assert of_parts(100, 101) == ["a 2022 poor_households > tỉnh", "tỉnh 2022 poor_households ≠ vùng"]
    assert of_parts(100, 60, 40, printed="101 hộ") == ["tỉnh 2022 poor_households: 101 hộ"]


def test_the_years_between_which_a_change_lies():
    assert [ends(KEY.of(year=year)) for year in (2022, "2022", "2015-2020", "2022-", "giai đoạn")] == [
        (2021, 2022), (2021, 2022), (2015, 2020), None, None,
    ]  # fmt: skip


# names, sentences, files ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "indicator"),
    [
        ("Tổng số hộ", "households"),
        ("Tỷ lệ nghèo", "poor_rate"),
        ("mức tăng, giảm hộ nghèo", "change_poor_households"),
        ("giảm tỷ lệ hộ nghèo", "change_poor_rate"),
        ("thay đổi hộ cận nghèo", "change_near_poor_households"),
        ("kế hoạch tỷ lệ hộ nghèo", "plan_poor_rate"),
        ("chỉ tiêu giảm hộ nghèo", "plan_change_poor_households"),
        ("mục tiêu giảm nghèo", "plan_change_poor_rate"),
        ("đạt mục tiêu hộ nghèo", "plan_reached_poor_households"),
        ("đạt chỉ tiêu giảm nghèo", "plan_reached_change_poor_rate"),
        ("đạt kế hoạch giảm nghèo DTTS", "plan_reached_change_minority_poor_rate"),
        ("kế hoạch vốn", "budget_planned"),
        ("giải ngân", "budget_disbursed"),
        ("tỷ lệ hộ thoát nghèo", "left_poverty_rate"),
        ("plan_left_poverty", "plan_left_poverty"),
        ("plan_budget_planned", "plan_budget_planned"),
        ("số hộ giàu", ""),
    ],
)
def test_an_indicator_is_known_by_the_names_reports_use(name, indicator):
    assert vocabulary.indicator(name) == indicator


@pytest.mark.parametrize(
    ("printed", "figures"),
    [
        ("còn 17.435/79.677 hộ", [("poor_households", "còn 17.435 hộ"), ("households", "79.677 hộ")]),
        ("242 / 1.160 hộ dân", [("poor_households", "242 hộ dân"), ("households", "1.160 hộ dân")]),
        ("242 hộ", [("Hộ nghèo", "242 hộ")]),
    ],
)
def test_a_count_that_is_printed_with_the_total_it_is_of_is_two_figures(printed, figures):
    row = {"place": "A", "indicator": "Hộ nghèo", "printed": printed}
    assert list(in_parts(row)) == [row | {"indicator": name, "printed": text} for name, text in figures]
    percent = row | {"indicator": "Tỷ lệ hộ nghèo"}  # which is printed with no total
    assert list(in_parts(percent)) == [percent]


@pytest.mark.parametrize(
    ("year", "printed", "indicator", "meant"),
    [
        ("2022", "giảm 5% so với năm 2015", "change_poor_rate", "2015-2022"),
        ("2022", "giảm 5% so với năm 2020", "change_poor_rate", "2020-2022"),
        ("2022", "Giảm 5% so với Năm 2021", "change_poor_rate", 2022),
        ("2022", "giảm 5% so với đầu năm 2022", "change_poor_rate", 2022),
        ("2022", "giảm 5% so với đầu năm 2021", "change_poor_rate", "2020-2022"),
        ("2022", "5% so với năm 2015", "poor_rate", 2022),
        ("2016 – 2020", "giảm 5% so với năm 2010", "change_poor_rate", "2016-2020"),
    ],
)
def test_a_change_since_a_year_before_the_last_is_one_of_a_period(year, printed, indicator, meant):
    assert since({"year": year, "printed": printed}, indicator) == meant


PERIOD = {"place": "A", "part_of": "tỉnh", "year": "2015-2020", "standard": "S", "status": "chính thức"}
FALL = PERIOD | {"indicator": "Giảm tỷ lệ hộ nghèo", "printed": "Giảm 7,5%"}
YEARLY = PERIOD | {"indicator": "Bình quân", "printed": "1,5% mỗi năm"}


@pytest.mark.parametrize(
    ("rows", "row", "read"),
    [
        ([FALL], YEARLY, {"indicator": "average_change_poor_rate", "printed": "giảm 1,5% mỗi năm"}),
        ([FALL | {"printed": "tăng 7,5%"}], YEARLY, {"indicator": "average_change_poor_rate", "printed": "tăng 1,5% mỗi năm"}),
        ([FALL], YEARLY | {"printed": "Tăng 1,5%"}, {"indicator": "average_change_poor_rate"}),
        ([FALL], YEARLY | {"printed": "-1,5%"}, {"indicator": "average_change_poor_rate"}),
        ([FALL], YEARLY | {"indicator": "Hộ nghèo"}, {}),
        ([FALL, FALL | {"indicator": "change_near_poor_rate"}], YEARLY, {}),
        ([], YEARLY, {}),
        *(([FALL | {name: "khác"}], YEARLY, {}) for name in PERIOD),
    ],
)  # fmt: skip
def test_an_average_is_that_of_the_one_change_of_its_place_and_period_in_its_direction(rows, row, read):
    assert changes_of_periods(rows)(row) == row | read


SENTENCES = {
    "Hộ thoát nghèo: 30 hộ, đạt 11,45%": [("left_poverty", "30 hộ"), ("left_poverty_rate", "11,45%")],
    "Có 12 hộ thoát cận nghèo và 05 hộ tái nghèo.": [("left_near_poverty", "12 hộ"), ("relapsed", "05 hộ")],
    "Phát sinh mới 7 hộ.": [("newly_poor", "7 hộ")],
    "Hộ có mức sống trung bình: 100 hộ.": [("average_living_households", "100 hộ")],
    "Tổng số nhân khẩu: 4.500 khẩu": [("persons", "4.500 khẩu")],
    "Hộ nghèo có 922 người.": [("poor_persons", "922 người")],
    "Hộ nghèo giảm còn 242 hộ.": [("poor_households", "giảm còn 242 hộ")],
    "Tỷ lệ hộ cận nghèo tăng 1,51 điểm phần trăm": [("change_near_poor_rate", "tăng 1,51 điểm phần trăm")],
    "Hộ nghèo dân tộc thiểu số: 200 hộ. Theo kết quả rà soát của năm nay, hộ cận nghèo: 30 hộ": [
        ("minority_poor_households", "200 hộ"),
        ("near_poor_households", "30 hộ"),
    ],
    "Toàn xã có 242 hộ nghèo, 200 hộ nghèo dân tộc thiểu số": [
        ("poor_households", "242 hộ"),
        ("minority_poor_households", "200 hộ"),
    ],
    "Mô hình nuôi bò cho 07 hộ nghèo": [],
    "Ghi chú: hộ nghèo 5 hộ": [],
    "Căn cứ rà soát hộ nghèo 5 hộ": [],
    "242 hộ nghèo": [("poor_households", "242 hộ")],
    "242 hộ": [],
    "Hộ nghèo 5/20 hộ": [("poor_households", "5/20 hộ")],
    "5/20 hộ nghèo là hộ dân tộc thiểu số": [],
    "Hộ tái nghèo 5 khẩu": [],
    "Hộ nghèo 242 hộ, cận nghèo 324 hộ": [("poor_households", "242 hộ"), ("near_poor_households", "324 hộ")],
    "Hộ nghèo dân tộc thiểu số giảm 20 khẩu": [],  # of the persons of a minority no class is counted
    "Hộ nghèo dân tộc thiểu số giảm 20 hộ": [("change_minority_poor_households", "giảm 20 hộ")],
}


@pytest.mark.parametrize(("sentence", "proposed"), SENTENCES.items(), ids=SENTENCES)
def test_the_claims_that_a_sentence_makes(sentence, proposed):
    assert list(proposals.of(Paragraph("đoạn 1", sentence))) == proposed
    assert list(proposals.of(Paragraph("bảng 1, hàng 1", sentence))) == []


def test_lines_that_belong_together_are_one_paragraph_with_the_number_of_the_first():
    text = "I. Kết quả\n\nHộ nghèo: 242 hộ,\n  chiếm 20,86%.\nTăng 3 hộ.\n- Hộ cận nghèo\n324 hộ;\n1) Vốn"
    assert [tuple(one) for one in joined(text)] == [
        ("dòng 1", "I. Kết quả"),
        ("dòng 3", "Hộ nghèo: 242 hộ, chiếm 20,86%. Tăng 3 hộ."),
        ("dòng 6", "- Hộ cận nghèo 324 hộ;"),
        ("dòng 8", "1) Vốn"),
    ]
    assert [one.text for one in joined("Hộ nghèo: 242 hộ.\nGiảm 20 hộ.\nHộ cận nghèo: 324 hộ.")] == [
        "Hộ nghèo: 242 hộ. Giảm 20 hộ.", "Hộ cận nghèo: 324 hộ.",
    ]  # fmt: skip
    assert list(joined("\n \n")) == []


def refusal(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        reconcile.read(path)
    return str(refused.value)


def test_a_column_twice_and_a_column_of_no_name(tmp_path):
    assert refusal(tmp_path / "c.csv", "Nơi,Năm,place,Chỉ tiêu,Đã in\nA,2022,A,Hộ nghèo,3 hộ\n") == (
        "c.csv, dòng 1, cột C (place): cột này có hai lần. Cách sửa: giữ lại một cột."
    )
    assert refusal(tmp_path / "c.csv", "Nơi,Năm,Tổng số hộ,Màu sắc\nA,2022,3,xanh\n") == (
        "c.csv, dòng 1, cột D (Màu sắc): không có cột tên này. Cách sửa: đổi tên hoặc bỏ cột này."
    )


def test_a_file_of_one_line_has_no_claims_and_a_column_that_is_missing_is_told_whatever_separates_them(tmp_path):
    (tmp_path / "c.csv").write_text("Nơi;Năm;Chỉ tiêu;Đã in", encoding="utf-8")
    assert reconcile.read(tmp_path / "c.csv").empty
    assert refusal(tmp_path / "c.csv", "Nơi\tNăm\tChỉ tiêu\nA\t2022\tHộ nghèo; hộ cận nghèo\n") == (
        "c.csv, dòng 1, cột printed: thiếu cột này. Cách sửa: thêm cột printed."
    )


def test_a_year_is_four_digits_or_a_period_and_a_day_belongs_to_its_year(tmp_path):
    head = "Nơi,Năm,Tình trạng,Chỉ tiêu,Đã in\n"
    (tmp_path / "c.csv").write_text(head + "A,2021 – 2025,,Kế hoạch vốn,5 tỷ đồng\nA,30/6/2024,sơ bộ,Hộ nghèo,3 hộ\n", "utf-8")
    rows = reconcile.read(tmp_path / "c.csv")
    assert rows[["year", "status"]].to_numpy().tolist() == [["2021-2025", "sơ bộ"], [2024, "sơ bộ, đến 30/6/2024"]]
    said = "năm phải có bốn chữ số. Cách sửa: ghi năm của con số, ví dụ 2022; vốn cả giai đoạn thì ghi 2021-2025."
    for year in ("2021-2025-2030", "21-25", "năm nay"):
        assert refusal(tmp_path / "c.csv", head + f"A,{year},,Hộ nghèo,3 hộ\n") == (
            f'c.csv, dòng 2, cột B (Năm): giá trị "{year}" — {said}'
        )


def book(path: Path, **sheets: list[list]) -> Path:
    workbook(**sheets).save(path)
    return path


HEAD = ["Nơi", "Năm", "Chỉ tiêu", "Đã in"]


def test_one_sheet_of_a_workbook_holds_the_claims(tmp_path):
    row = ["xã A", 2022, "Hộ nghèo", 242]
    one = book(tmp_path / "c.xlsx", bìa=[["BÁO CÁO"]], số=[HEAD, row])
    assert reconcile.read(one)[["place", "printed", "line"]].to_numpy().tolist() == [["xã A", "242", 2]]
    remedy = "Cách sửa: để lại một trang tính có số đã in."
    for sheets, rule in (
        ({"một": [HEAD, row], "hai": [HEAD, row]}, "có nhiều trang tính có số đã in"),
        ({"một": []}, "không có trang tính nào có số liệu"),
    ):
        with pytest.raises(DataError) as refused:
            reconcile.read(book(tmp_path / "c.xlsx", **sheets))
        assert str(refused.value) == f"c.xlsx: {rule}. {remedy}"


def test_a_number_of_a_workbook_has_the_decimals_that_excel_shows(tmp_path):
    rows = [["Nơi", "Năm", "Tổng số hộ", "Tỷ lệ hộ nghèo", "Tỷ lệ hộ cận nghèo"], ["xã A", "2022", 1160, 0.2086, 0.3]]
    path = book(tmp_path / "c.xlsx", số=rows)
    from openpyxl import load_workbook

    made = load_workbook(path)
    made["số"]["D2"].number_format, made["số"]["E2"].number_format = "0.0%", "0%"
    made.save(path)
    assert reconcile.read(path)["printed"].to_list() == ["1.160", "20,9%", "30%"]


def test_what_is_proved_is_said_with_the_lines():
    assert str(Proof(UNDECIDED, open=("a.csv:2", "a.csv:5"))) == (
        "Chưa biết các số này có cùng đúng được không: còn bỏ ngỏ dòng 2, 5."
    )
    assert str(Proof(CONTRADICTION, (("a.csv:2", "b.csv:3"), ("a.csv:7",)))) == (
        "Các số này không thể cùng đúng: 2 nhóm số mâu thuẫn với nhau (dòng 2, 3; dòng 7)."
    )
    assert str(Proof(WITNESS)) == "Không có con số nào để xét."


def test_each_of_two_files_is_answered_alone_and_one_contradiction_is_the_code_of_the_answer(tmp_path):
    head = "Nơi,Năm,Chỉ tiêu,Đã in\n"
    for name, poor in (("a.csv", 9), ("b.csv", 5)):
        (tmp_path / name).write_text(f"{head}A,2022,Hộ nghèo,{poor} hộ\nA,2022,Tổng số hộ,7 hộ\n", encoding="utf-8")
    text, code = answers.answer([tmp_path / "a.csv", tmp_path / "b.csv"], witness=tmp_path / "w.csv")
    assert code == answers.CONTRADICTED
    assert text.partition("\n")[0] == "a.csv: 1 phép kiểm tra, 1 mâu thuẫn"
    assert text.split("\n\n")[-2:] == [
        "b.csv: 1 phép kiểm tra, không có mâu thuẫn",
        "a.csv: Các số này không thể cùng đúng: 1 nhóm số mâu thuẫn với nhau (dòng 2, 3).\n"
        "b.csv: Các số này có thể cùng đúng: có ít nhất một bộ số nguyên và tỷ lệ đúng từng con số đã in "
        "(2 giá trị, đã in lại và so từng số).",
    ]
    assert (tmp_path / "w.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "place,year,standard,status,indicator,value", "A,2022,,,households,7 hộ", "A,2022,,,poor_households,5 hộ",
    ]  # fmt: skip
    assert answers.answer([tmp_path / "b.csv"], "csv") == (
        "file,place,year,check,arithmetic,printed,computed,difference,verdict\n"
        "b.csv,A,2022,subset,hộ nghèo không thể nhiều hơn tổng số hộ: 5 ≤ 7,5 hộ,≤ 7 hộ,0,ok\n",
        answers.TRUE,
    )


def test_the_values_of_a_witness_as_a_table():
    table = reconcile.prove(claims("poor_households|1 hộ\npoor_rate|33,33%")).table()
    assert list(table) == ["place", "year", "standard", "status", "indicator", "value"]
    assert table.to_numpy().tolist() == [
        ["xã A", 2022, "S", "chính thức", "households", "3 hộ"],
        ["xã A", 2022, "S", "chính thức", "poor_households", "1 hộ"],
        ["xã A", 2022, "S", "chính thức", "poor_rate", "1/3"],
    ]
