"""A body of figures is proved both ways: the figures that cannot be true together, or values that print them all."""

from fractions import Fraction
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from claims import PUBLISHED, claims, frame, true_claims
from giamngheo import reconcile
from giamngheo.reconcile import witness
from giamngheo.reconcile.readback import Key, unlike
from giamngheo.reconcile.search import Search
from planted import planted

CONTRADICTED = {"N02", "N34", "R00", "R01", "R18", "R37"}
FILES = sorted(path.name for path in PUBLISHED.iterdir() if path.suffix in (".csv", ".xlsx") and path.stem != "N31")


@pytest.mark.parametrize("name", FILES)
def test_every_published_file_is_proved_one_way_or_the_other(name):
    proof = reconcile.prove(reconcile.read(PUBLISHED / name))
    assert proof.kind == ("contradiction" if name[:3] in CONTRADICTED else "witness")


@pytest.mark.parametrize("name", sorted(CONTRADICTED))
def test_a_contradiction_needs_each_of_its_claims(name):
    """With every other claim of its set it is gone; that a place is a member of a partition stays known."""
    everything = reconcile.read(PUBLISHED / f"{name}.csv")
    lines = everything["file"] + ":" + everything["line"].astype(str)
    members = everything[everything["partition"] != ""].drop_duplicates("place")
    members = members.assign(indicator="persons", printed="ít nhất 0 khẩu")
    for one in reconcile.prove(everything).sets:
        bodies = [everything[lines.isin(one)], *(everything[lines.isin(set(one) - {line})] for line in one)]
        kinds = [reconcile.prove(with_members(body, members)).kind for body in bodies]
        assert kinds[0] == "contradiction" and "contradiction" not in kinds[1:]


def with_members(body: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([body, members], ignore_index=True)


@settings(max_examples=15, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(true_claims())
def test_figures_that_are_all_true_get_a_witness(rows):
    assert reconcile.prove(frame(rows)).kind == "witness"


@settings(max_examples=10, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(true_claims())
def test_halving_alone_denies_no_figures_that_are_all_true(rows):
    tried, witness.TRIED = witness.TRIED, 0
    try:
        assert reconcile.prove(frame(rows)).kind != "contradiction"
    finally:
        witness.TRIED = tried


def test_ways_of_reading_that_are_not_gone_through_leave_nothing_behind():
    """403 and 60 households: 15 poor households less are 3,72 points, 16 and 9 near-poor are 3,97% and 15,00%; there are
    others, of which none is among the first ways of reading the changes of rates."""
    changes = [
        "change_poor_households|giảm 15 hộ", "change_poor_rate|giảm 3,72%",
        "change_near_poor_households|giảm 7 hộ", "change_near_poor_rate|tăng 11,02%",
    ]  # fmt: skip
    known = ["year=2021|households|403 hộ", "households|60 hộ", "near_poor_households|9 hộ", "poor_households|0 hộ"]
    assert reconcile.prove(claims("\n".join(changes))).kind == "witness"
    assert reconcile.prove(claims("\n".join([*changes, *known]))).kind == "witness"


CLOSE = {  # of C05: near-poor households 8.402 now, which are 1,90% or, cut, 1,89%; 8.673 last year
    "giảm 4.677 hộ": "giảm 4.477 hộ",
    "giảm 1,02%": "giảm 1,06%",
    "giảm 0,06%": "giảm 0,08%",
}


@pytest.mark.parametrize("wrong", CLOSE)
def test_a_figure_that_no_way_of_reading_a_change_admits_is_denied(wrong):
    """A fall of 0,08 points to 1,90% or 1,89% needs 1,98% or 1,97% of 441.374 households or fewer; the poor, whose rate fell by
    1,02 points from 6,59% or 6,603%, need 441.425 or more. Bounds that take every way at once leave room."""
    published = reconcile.read(PUBLISHED / "C05.csv")
    published.loc[published["printed"] == CLOSE[wrong], "printed"] = wrong
    (lines,) = reconcile.prove(published).sets
    assert {"C05.csv:7", "C05.csv:8", "C05.csv:11", "C05.csv:12"} <= set(lines)


def test_a_figure_that_a_contradiction_does_not_need_is_left_out_of_it():
    """That near-poor households are 8.402 is not needed: a fall of 571 among about 440 thousand, whose rate fell by 0,08
    points from about 2%, takes 1,7% fewer households than the year before, the poor and their rate at most 0,3%."""
    published = reconcile.read(PUBLISHED / "C05.csv")
    published.loc[published["printed"] == "giảm 271 hộ", "printed"] = "giảm 571 hộ"
    assert reconcile.prove(published).sets == (tuple(f"C05.csv:{line}" for line in (5, 6, 7, 8, 11, 12)),)


IDENTITIES = [name for name, _, _ in planted(Random(0))]


@pytest.mark.parametrize("name", IDENTITIES)
def test_one_impossible_figure_is_in_the_contradiction(name):
    for seed in range(5):
        rows, at = {one: (rows, at) for one, rows, at in planted(Random(seed))}[name]
        proof = reconcile.prove(frame(rows))
        assert proof.kind == "contradiction"
        assert f"t.csv:{at + 2}" in {line for one in proof.sets for line in one}
        true = [row for position, row in enumerate(rows) if position != at]
        assert reconcile.prove(frame(true)).kind == "witness"


def test_a_witness_gives_every_figure_a_value():
    proof = reconcile.prove(claims("poor_households|242 hộ\npoor_rate|20,86%\nnear_poor_households|324 hộ"))
    values = {key.indicator: value for key, value in proof.values.items()}
    assert values == {
        "poor_households": 242,
        "households": 1160,
        "poor_rate": Fraction(242, 1160),
        "near_poor_households": 324,
        "multidimensionally_poor_households": 566,
    }
    assert str(proof) == (
        "Các số này có thể cùng đúng: có ít nhất một bộ số nguyên và tỷ lệ đúng từng con số đã in "
        "(5 giá trị, đã in lại và so từng số)."
    )


def test_a_witness_that_prints_otherwise_or_breaks_an_identity_is_none():
    key = Key("xã A", "", 2022, "S", "chính thức", "poor_households")
    total, share = key.of(indicator="households"), key.of(indicator="poor_rate")
    rows = [(key, "", "242 hộ"), (share, "", "20,86%")]
    values = {key: 242, total: 1160, share: Fraction(242, 1160)}
    assert unlike(rows, values) == []
    assert unlike(rows, values | {key: 241}) == ["xã A 2022 poor_households: 242 hộ", "xã A 2022: poor_rate × households ≠ poor_households"]
    assert unlike(rows, values | {total: 1161}) == ["xã A 2022: poor_rate × households ≠ poor_households"]
    assert unlike(rows, values | {total: 1170, share: Fraction(242, 1170)}) == ["xã A 2022 poor_rate: 20,86%"]


def test_the_sets_of_a_contradiction_are_its_lines():
    proof = reconcile.prove(reconcile.read(PUBLISHED / "R37.csv"))
    assert proof.sets == (("R37.csv:2", "R37.csv:4", "R37.csv:7"),)  # 6,29% of 1.769–1.777 is no whole number
    assert str(proof) == "Các số này không thể cùng đúng: 1 nhóm số mâu thuẫn với nhau (dòng 2, 4, 7)."


HARD = {
    "three changes of rates that only cut figures explain": (
        "poor_rate|20,86%\nchange_poor_rate|giảm 1,69%\nchange_near_poor_rate|tăng 1,51%\nchange_multidimensional_poverty_rate|giảm 0,20%",
        "witness",
    ),
    "changes that no cut explains: -1,69 + 1,51 = -0,18": (
        "change_poor_rate|giảm 1,69%\nchange_near_poor_rate|tăng 1,51%\nchange_multidimensional_poverty_rate|giảm 0,25%",
        "contradiction",
    ),
}


@pytest.mark.parametrize("name", HARD)
def test_changes_of_rates_are_proved_with_few_values_tried(name, monkeypatch):
    text, kind = HARD[name]
    tried = []
    narrow = Search.narrow
    monkeypatch.setattr(Search, "narrow", lambda *given: tried.append(given) or narrow(*given))
    assert reconcile.prove(claims(text)).kind == kind
    assert len(tried) < 20_000


def test_a_change_finer_than_the_rate_beside_it_is_still_that_of_the_households():
    """8.873 of 439 thousand and 8.402 of 442.673 households are 2,02 % and 1,90 %: a fall of 0,12 points, not 0,08."""
    published = reconcile.read(PUBLISHED / "C05.csv")
    assert reconcile.prove(published).kind == "witness"
    published.loc[published["printed"] == "giảm 271 hộ", "printed"] = "giảm 471 hộ"
    assert reconcile.prove(published).kind == "contradiction"


def test_shares_of_one_base_are_told_even_where_one_of_them_is_wrong():
    """841 of 79.677 households are 1,06 %; with 1,06 % of its own 79 thousand it left the other part no room for 16.594."""
    published = reconcile.read(PUBLISHED / "U07.csv")
    published.loc[published["printed"] == "20,82%", "printed"] = "22,82%"
    assert reconcile.prove(published).sets == (("U07.csv:2", "U07.csv:5", "U07.csv:6"),)
    (wrong,) = reconcile.findings(published).query("verdict == 'mismatch'").itertuples()
    assert (wrong.check, wrong.computed) == ("share", "20,83%")
    assert wrong.corrections[0] == (
        "tỷ lệ hộ nghèo tính trên tổng số hộ của cả nơi: 20,82% thay cho 22,82% (một chữ số khác)"
    )


AVERAGES = {  # of the change of a period: 61 households in three years are 20,33 a year, 6,1 points 2,03
    "change_poor_households|giảm 61 hộ": ("giảm 20 hộ", "giảm 20,3 hộ", "giảm trên 20 hộ", "giảm 21 hộ"),
    "change_poor_rate|giảm 6,1%": ("giảm 2,03%", "giảm 2,05%", "giảm 2%", "giảm 2,5%"),
}


@pytest.mark.parametrize("change", AVERAGES)
def test_an_average_per_year_is_rounded_and_no_whole_number_alone(change):
    *fitting, wrong = AVERAGES[change]
    for printed, kind in [*((one, "witness") for one in fitting), (wrong, "contradiction")]:
        text = f"year=2021-2024|{change}\nyear=2021-2024|average_{change.partition('|')[0]}|{printed}"
        assert reconcile.prove(claims(text)).kind == kind


@pytest.mark.parametrize("change", AVERAGES)
def test_an_average_alone_has_a_change_that_it_is_the_average_of(change):
    average = f"average_{change.partition('|')[0]}|{AVERAGES[change][0]}"
    assert reconcile.prove(claims(f"year=2021-2024|{average}")).kind == "witness"


def test_an_average_that_is_not_that_of_its_change_is_no_witness():
    key = Key("xã A", "", "2021-2024", "S", "chính thức", "change_poor_households")
    average = key.of(indicator="average_change_poor_households")
    rows = [(key, "", "giảm 61 hộ"), (average, "", "giảm 20 hộ")]
    assert unlike(rows, {key: -61, average: Fraction(-61, 3)}) == []
    assert unlike(rows, {key: -61, average: Fraction(-60, 3)}) == ["xã A 2021-2024: average_change_poor_households"]
    assert unlike(rows, {key: -61}) == ["xã A 2021-2024 average_change_poor_households: giảm 20 hộ"]


CHANGES = [  # of communes of about a thousand households, nothing but the changes of two classes
    "tăng 8 hộ|tăng 0,54%|tăng 0 hộ|giảm 0,88%",
    "giảm 26 hộ|giảm 2,73%|tăng 4 hộ|tăng 0,66%",
    "tăng 15 hộ|tăng 0,84%|giảm 19 hộ|giảm 5,91%",
]


@pytest.mark.parametrize("printed", CHANGES)
def test_changes_alone_have_a_witness(printed):
    names = ("change_poor_households", "change_poor_rate", "change_near_poor_households", "change_near_poor_rate")
    text = "\n".join(f"{name}|{said}" for name, said in zip(names, printed.split("|"), strict=True))
    assert reconcile.prove(claims(text)).kind == "witness"


def test_classes_that_would_have_to_grow_to_two_sides_are_denied():
    """With 1.000 households now, 15 fewer and 3,72 points less need fewer of them the year before, 7 fewer and 11,02 points more
    need more of them."""
    printed = ["giảm 15 hộ", "giảm 3,72%", "giảm 7 hộ", "tăng 11,02%"]
    names = ("change_poor_households", "change_poor_rate", "change_near_poor_households", "change_near_poor_rate")
    rows = [f"{name}|{said}" for name, said in zip(names, printed, strict=True)]
    assert reconcile.prove(claims("\n".join([*rows, "households|1.000 hộ"]))).kind == "contradiction"
