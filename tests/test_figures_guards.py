"""Whole rows of figures: two villages, three lines of money, two models, every number worked out by hand."""

from fractions import Fraction

import pandas as pd
import pytest

from conftest import frame
from giamngheo import opened
from giamngheo.figures import budget, poverty, results, trace
from giamngheo.figures.trace import Figure
from years import MODELS, REVIEW, UNIT, YEAR, changed, write

KIND = {"status": "official", "standard": "S"}
A = {"village": "A", "households": 200, "persons": 800, "poor_households": 30, "poor_persons": 130, "near_poor_households": 20,
     "near_poor_persons": 90, "average_living_households": 50, "average_living_persons": 210, "minority_households": 100,
     "minority_persons": 420, "minority_poor_households": 25, "minority_near_poor_households": 15, "low_income_workers": 7} | KIND  # fmt: skip
B = {"village": "B", "households": 100, "persons": 400, "poor_households": 5, "poor_persons": 20, "near_poor_households": 4,
     "near_poor_persons": 18, "average_living_households": 10, "average_living_persons": 40, "minority_households": 0,
     "minority_persons": 0, "minority_poor_households": 0, "minority_near_poor_households": 0, "low_income_workers": 3} | KIND  # fmt: skip
SUMS = {name: (A[name], B[name]) for name in A if name not in ("village", *KIND)}
REVIEWED = frame("review", A, B)
THEN = frame("review", A | {"households": 210, "poor_households": 40}, B | {"poor_households": 6})


def rows(made):
    """The rows of a frame with what is not known as None."""
    return [{name: None if not isinstance(cell, dict) and pd.isna(cell) else cell for name, cell in row.items()}
            for row in made.to_dict("records")]  # fmt: skip


# poverty ----------------------------------------------------------------------------------------------


def test_a_commune_is_the_sum_of_its_villages_with_what_was_added():
    one = rows(poverty.total(REVIEWED))[0]
    assert {name: one.pop(name) for name in SUMS} == {name: sum(parts) for name, parts in SUMS.items()}
    assert one == {"village": "", "parts": SUMS, "found_at": "review.csv:2-3"} | KIND


@pytest.mark.parametrize(
    ("row", "rates"),
    [
        (
            0,
            {
                "poor_rate": Fraction(30, 200), "near_poor_rate": Fraction(20, 200), "multidimensionally_poor_households": 30 + 20,
                "multidimensional_poverty_rate": Fraction(50, 200), "average_living_rate": Fraction(50, 200),
                "poor_person_rate": Fraction(130, 800), "near_poor_person_rate": Fraction(90, 800),
                "average_living_person_rate": Fraction(210, 800), "minority_poor_rate": Fraction(25, 100),
                "minority_near_poor_rate": Fraction(15, 100),
            },
        ),
        (
            1,
            {
                "poor_rate": Fraction(5, 100), "near_poor_rate": Fraction(4, 100), "multidimensionally_poor_households": 5 + 4,
                "multidimensional_poverty_rate": Fraction(9, 100), "average_living_rate": Fraction(10, 100),
                "poor_person_rate": Fraction(20, 400), "near_poor_person_rate": Fraction(18, 400),
                "average_living_person_rate": Fraction(40, 400), "minority_poor_rate": None, "minority_near_poor_rate": None,
            },
        ),
    ],
    ids=["A", "B, where no household is of a minority"],
)  # fmt: skip
def test_every_rate_of_a_village(row, rates):
    made = rows(poverty.rates(REVIEWED))[row]
    assert {name: made[name] for name in made if name not in REVIEWED} == rates


def test_every_change_of_a_commune():
    made = poverty.changes(poverty.total(REVIEWED), poverty.total(THEN))
    assert list(made) == poverty.CHANGE
    assert set(made[["households_before", "total_before", "households", "total", "change_households"]].dtypes) == {pd.Int64Dtype()}
    assert rows(made) == [
        {
            "class": name, "households_before": before, "total_before": 310, "households": now, "total": 300,
            "rate_before": Fraction(before, 310), "rate": Fraction(now, 300), "change_households": now - before,
            "change_rate": Fraction(now, 300) - Fraction(before, 310), "derived": {}, "parts": parts, "found_at": "review.csv:2-3",
        }
        for name, before, now, parts in (
                ("poor", 46, 35, {"households_before": (46,), "households": (35,)}),
                ("near_poor", 24, 24, {"households_before": (24,), "households": (24,)}),
                ("multidimensionally_poor", 70, 59, {"households_before": (46, 24), "households": (35, 24)}),
            )
    ]  # fmt: skip


def test_results_that_cannot_be_added_or_subtracted_say_why_by_the_names_of_the_standards():
    new = poverty.total(frame("review", A | {"standard": "T"}))
    with pytest.raises(poverty.NotComparable) as refused:
        poverty.changes(poverty.total(REVIEWED), new)
    assert str(refused.value) == "Không so sánh hai năm vì kết quả theo hai chuẩn khác nhau: T; S."
    assert refused.value.named({"S": "chuẩn cũ", "T": "chuẩn mới"}) == (
        "Không so sánh hai năm vì kết quả theo hai chuẩn khác nhau: chuẩn mới; chuẩn cũ."
    )
    with pytest.raises(poverty.NotComparable) as refused:
        poverty.changes(poverty.total(REVIEWED), poverty.total(frame("review", A | {"status": "preliminary"})))
    assert str(refused.value) == "Không so sánh hai năm vì một kết quả là sơ bộ, một kết quả là chính thức."
    with pytest.raises(poverty.NotComparable) as refused:
        poverty.total(frame("review", A, B | {"standard": "T"}))
    assert str(refused.value) == "Kết quả rà soát ghi nhiều chuẩn nghèo hoặc nhiều tình trạng nên không cộng được."


def test_a_movement_closes_by_its_own_arithmetic():
    moved = {"start": 33, "to_other_class": 4, "above_near_poor": 1, "other_decrease": 2, "from_other_class": 1, "relapsed": 3,
             "new": 5, "other_increase": 6, "end": 41}  # fmt: skip
    two = frame("movements", *({"village": name, "class": "poor", "measure": "households"} | moved for name in ("A", "B")))
    (one,) = rows(poverty.movements(two))
    assert (one["left"], one["entered"], one["closing"], one["end"]) == (2 * 5, 2 * 9, 2 * (33 - 5 - 2 + 9 + 6), 2 * 41)
    villages = rows(poverty.movements(two, ("village",)))
    assert [(row["village"], row["closing"], row["found_at"]) for row in villages] == [
        ("A", 41, "movements.csv:2"), ("B", 41, "movements.csv:3"),
    ]  # fmt: skip


DEPRIVED = frame(
    "deprivations",
    {"village": "A", "class": "poor", "indicator": "employment", "households": 12},
    {"village": "B", "class": "poor", "indicator": "employment", "households": 3},
    {"village": "A", "class": "near_poor", "indicator": "employment", "households": 2},
    {"village": "A", "class": "poor", "indicator": "nutrition", "households": 6},
)


def test_shares_of_a_class_in_the_commune_and_in_each_village():
    whole = rows(poverty.shares(DEPRIVED, "deprivations", "indicator", poverty.total(REVIEWED)))
    assert [(row["class"], row["indicator"], row["households"], row["class_households"], row["share"]) for row in whole] == [
        ("poor", "employment", 12 + 3, 35, Fraction(15, 35)),
        ("near_poor", "employment", 2, 24, Fraction(2, 24)),
        ("poor", "nutrition", 6, 35, Fraction(6, 35)),
    ]
    each = rows(poverty.shares(DEPRIVED, "deprivations", "indicator", REVIEWED, ("village",)))
    assert [(row["village"], row["class_households"], row["share"]) for row in each] == [
        ("A", 30, Fraction(12, 30)), ("B", 5, Fraction(3, 5)), ("A", 20, Fraction(2, 20)), ("A", 30, Fraction(6, 30)),
    ]  # fmt: skip


def test_a_class_that_the_review_does_not_have_has_no_share():
    (one,) = rows(poverty.shares(frame("groups", {"village": "C", "class": "poor", "group": "g", "households": 1}), "groups", "group",
                                 REVIEWED, ("village",)))  # fmt: skip
    assert (one["class_households"], one["share"]) == (None, None)


def test_counts_keep_their_kind_where_nothing_is_known_and_the_keys_of_groups_where_there_is_no_row():
    stranger = frame("groups", {"village": "C", "class": "poor", "group": "g", "households": 1})
    assert poverty.shares(stranger, "groups", "group", REVIEWED, ("village",))["class_households"].dtype == pd.Int64Dtype()
    none, some = (poverty.add(rows, "budget", ["source", "vintage"]) for rows in (MONEY.head(0), MONEY))
    assert none.empty and none.dtypes["source":"disbursed"].tolist() == some.dtypes["source":"disbursed"].tolist()


def test_each_rate_stands_in_the_row_of_its_counts_and_two_tables_of_unequal_length_are_never_divided():
    villages = REVIEWED.set_index("village")
    assert poverty.rates(villages)["poor_rate"].to_dict() == {"A": Fraction(30, 200), "B": Fraction(5, 100)}
    with pytest.raises(ValueError, match="shorter"):
        poverty.ratio(REVIEWED["poor_households"], REVIEWED["households"].head(1))


def test_cases_of_a_class_are_counted_together():
    assert rows(poverty.deficits(DEPRIVED)) == [
        {"class": "poor", "deficits": 21, "parts": {"deficits": (12, 3, 6)}, "found_at": "deprivations.csv:2-3, 5"},
        {"class": "near_poor", "deficits": 2, "parts": {"deficits": (2,)}, "found_at": "deprivations.csv:4"},
    ]
    assert [(row["village"], row["class"], row["deficits"]) for row in rows(poverty.deficits(DEPRIVED, ("village",)))] == [
        ("A", "poor", 18), ("B", "poor", 3), ("A", "near_poor", 2),
    ]  # fmt: skip


# money ------------------------------------------------------------------------------------------------

LINE = {"project": "DA2", "capital_type": "recurrent", "source": "nstw", "vintage": 2022, "execution_year": 2022}
MONEY = frame(
    "budget",
    LINE | {"planned": 100, "disbursed": 90, "model": "Bò"},
    LINE | {"source": "nguoi_dan", "planned": 20, "disbursed": 20, "model": "Bò"},
    LINE | {"project": "DA7", "planned": 30, "disbursed": None, "model": ""},
)


def test_the_money_of_each_project_beside_its_shares():
    assert rows(budget.breakdown(MONEY, ["project"])) == [
        {
            "project": "DA2", "planned": 120, "disbursed": 110, "parts": {"planned": (100, 20), "disbursed": (90, 20)},
            "found_at": "budget.csv:2-3", "total_planned": 150, "disbursement_rate": Fraction(110, 120), "share": Fraction(120, 150),
        },
        {
            "project": "DA7", "planned": 30, "disbursed": None, "parts": {"planned": (30,), "disbursed": (pd.NA,)},
            "found_at": "budget.csv:4", "total_planned": 150, "disbursement_rate": None, "share": Fraction(30, 150),
        },
    ]  # fmt: skip


def test_the_whole_plan_is_not_known_where_one_line_is_not_or_where_there_is_none():
    unknown = budget.breakdown(frame("budget", LINE | {"planned": 100}, LINE | {"project": "DA7"}), ["project"])
    assert (unknown["total_planned"].isna().tolist(), unknown["share"].tolist()) == ([True, True], [None, None])
    nothing = budget.breakdown(frame("budget"), [])
    assert (nothing["total_planned"].isna().tolist(), nothing["planned"].isna().tolist()) == ([True], [True])
    assert {made["total_planned"].dtype for made in (unknown, nothing, budget.breakdown(MONEY, []))} == {pd.Int64Dtype()}


def test_a_model_costs_what_the_budget_gives_and_what_its_people_add():
    herd = {"model": "Bò", "project": "DA2", "members": 10, "poor_members": 4, "near_poor_members": 3, "minority_members": 6,
            "expected_profit": 90, "expected_years": 3}  # fmt: skip
    made = rows(budget.models(frame("models", herd, {"model": "Dê", "members": 5, "poor_members": 1}), MONEY, 2022))
    told = ["number", "supported", "contributed", "cost", "target_members", "target_share", "minority_share", "support_share",
            "contribution_share", "cost_per_household", "profit_per_year", "found_at"]  # fmt: skip
    assert [made[0][name] for name in told] == [
        "1", 100, 20, 120, 7, Fraction(7, 10), Fraction(6, 10), Fraction(100, 120), Fraction(20, 120), 12, 30,
        "models.csv:2; budget.csv:2-3",
    ]  # fmt: skip
    assert [made[1][name] for name in told] == ["2", *[None] * 10, "models.csv:3"]


def test_money_of_models_is_whole_dong_and_not_known_where_one_of_its_lines_is_not():
    cattle = frame("models", {"model": "Bò"}, {"model": "Dê"})
    made = budget.models(cattle, frame("budget", LINE | {"model": "Bò", "planned": 9_007_199_254_740_993}, LINE | {"model": "Dê"},
                                       LINE | {"model": "Dê", "planned": 5}), 2022)  # fmt: skip
    assert set(made[["supported", "contributed", "cost"]].dtypes) == {pd.Int64Dtype()}
    assert [row["supported"] for row in rows(made)] == [9_007_199_254_740_993, None]


def test_participants_are_counted_beside_posts_times_villages_and_added_up():
    groups = frame("training", {"group": "Trưởng thôn", "participants": 9, "posts": 3, "villages": 3}, {"group": "Dân", "participants": 20})
    assert [(row["number"], row["expected"]) for row in rows(budget.training(groups))] == [("1", 3 * 3), ("2", None)]
    assert rows(budget.trained(groups)) == [
        {"participants": 9 + 20, "parts": {"participants": (9, 20)}, "found_at": "training.csv:2-3"}
    ]
    assert budget.trained(groups.head(0)).empty


@pytest.mark.parametrize(
    ("value", "exact"), [(4.0, 4), (0.5, Fraction(1, 2)), (float("nan"), None), (pd.NA, None), (None, None), ("4", "4"), (0, 0)]
)
def test_a_value_is_whole_where_it_can_be_else_a_fraction_a_text_or_not_known(value, exact):
    assert (trace.exact(value), type(trace.exact(value))) == (exact, type(exact))


def test_what_is_left_to_pay_out_is_of_the_lines_of_which_both_sums_are_known():
    left = budget.undisbursed(MONEY)
    assert (left["left"].tolist(), left["found_at"].tolist()) == ([100 - 90], ["budget.csv:2"])
    paid = frame("budget", *(LINE | {"planned": 100, "disbursed": disbursed} for disbursed in (99, 100, 101)))
    assert budget.undisbursed(paid)["left"].tolist() == [1]


# the trace --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "place"),
    [("r.csv:2-4, 7; b.csv:3", ("r.csv", 2)), ("w.xlsx:review!15", ("w.xlsx:review", 15)), ("C:/a/r.csv:12", ("C:/a/r.csv", 12))],
)
def test_the_first_line_of_a_source(source, place):
    assert trace.place(source) == place


def test_what_is_no_source_is_an_error_that_shows_it():
    with pytest.raises(ValueError) as refused:
        trace.place("r.csv")
    assert str(refused.value) == "a source is a file and lines; found 'r.csv'"


def test_lines_are_joined_by_file_and_sheet():
    joined = trace.join_sources(["w.xlsx:review!5", "", "w.xlsx:review!6-7, 9", "w.xlsx:groups!2", "r.csv:8; w.xlsx:review!8", "r.csv:1"])
    assert joined == "w.xlsx:review!5-9; w.xlsx:groups!2; r.csv:1, 8"
    assert trace.join_sources(["C:/a/r.csv:12", "C:/a/r.csv:13"]) == "C:/a/r.csv:12-13"


@pytest.mark.parametrize(("value", "known"), [(3, True), (Fraction(1, 2), True), (None, False), ("ba", False)])
def test_only_a_known_number_is_handed_out_as_one(value, known):
    figure = Figure("review.a", "Hộ", value, "households")
    if known:
        assert figure.number() == value
        return
    with pytest.raises(TypeError) as refused:
        figure.number()
    assert str(refused.value) == f"review.a is no known number: {value!r}"


def test_a_number_was_made_here_where_it_has_a_formula_a_derivation_or_parts():
    blank = {"name": "review.a", "label": "Hộ", "value": 3, "unit": "households"}
    made = [{}, {"formula": "a + b"}, {"derivation": "a / b"}, {"parts": (1, 2)}]
    assert [Figure(**blank | one).computed for one in made] == [False, True, True, True]


def test_a_column_that_the_dictionary_does_not_know_is_an_error_that_names_it():
    with pytest.raises(KeyError) as refused:
        trace.column("review", "khong_co")
    assert refused.value.args == ("data/dictionary.csv has no row review.khong_co",)
    mine = {("review", "khong_co"): {"label": "Của riêng"}}
    assert trace.column("review", "khong_co", mine) == {"label": "Của riêng"}


def test_the_figures_of_a_frame_by_row_and_column():
    made = trace.figures(
        poverty.rates(REVIEWED), "review", "village", {"A": "làng A"}, only=["poor_rate", "poor_households", "village"], called="before"
    )
    assert {key: list(figures) for key, figures in made.items()} == {key: ["poor_rate", "poor_households"] for key in ("A", "B")}
    rate = made["A"]["poor_rate"]
    assert rate == Figure(
        name="before.A.poor_rate", label="Tỷ lệ hộ nghèo", value=Fraction(30, 200), unit="rate",
        formula="poor_households / households", operands=rate.operands, sources="review.csv:2", row="làng A",
    )  # fmt: skip
    assert rate.operands == (
        made["A"]["poor_households"],
        Figure("before.A.households", "Tổng số hộ dân cư", 200, "households", sources="review.csv:2", row="làng A"),
    )
    assert rate.operands[0] is made["A"]["poor_households"]
    assert made["B"]["poor_households"].row == "B"
    assert list(trace.named(made)) == [f"before.{key}.{name}" for key in "AB" for name in ("poor_rate", "poor_households")]


def test_a_figure_is_described_by_the_dictionary_it_is_given_and_of_a_row_that_says_nothing_of_itself_nothing_is_said():
    row = {"unit": "households", "required": "value", "rule": "", "label": "Hộ có nhà mới"}
    mine = {("review", "new_houses"): row, ("review", "twice"): row | {"required": "formula", "rule": "new_houses + new_houses"}}
    assert trace.figure({"new_houses": 3, "twice": 6}, "review", "twice", "r.", described=mine) == Figure(
        "r.twice", "Hộ có nhà mới", 6, "households", "new_houses + new_houses",
        (Figure("r.new_houses", "Hộ có nhà mới", 3, "households"),),
    )  # fmt: skip


def test_rows_that_share_a_group_carry_its_name_and_a_blank_key_is_left_out():
    two = frame("groups", {"village": "", "class": "poor", "group": "g", "households": 3}).assign(group_name="Nhóm g", row_name="Hộ nghèo")
    figure = trace.figures(two, "groups", "village class group")["poor.g"]["households"]
    assert (figure.name, figure.group, figure.row) == ("groups.poor.g.households", "Nhóm g", "Hộ nghèo")
    whole = trace.figures(poverty.total(REVIEWED), "review", "village", {"": "toàn xã"})[""]["households"]
    assert (whole.name, whole.row, whole.parts) == ("review.households", "toàn xã", (200, 100))


def test_a_figure_of_a_derived_count_names_the_printed_lines_and_a_change_is_signed():
    values = {"households": 1160, "derived": {"households": ("242 / 20,86%", ("p.csv:3", "p.csv:4"))}, "found_at": "r.csv:2"}
    figure = trace.figure(values, "review", "households", "review.")
    assert (figure.derivation, figure.sources, figure.signed) == ("242 / 20,86%", "p.csv:3-4", False)
    changes = poverty.changes(poverty.total(REVIEWED), poverty.total(THEN))
    signed = {name for name, figure in trace.figures(changes, "changes", "class")["poor"].items() if figure.signed}
    assert signed == {"change_households", "change_rate"}


def test_what_a_movement_counts_is_the_unit_of_its_figures():
    moved = frame("movements", {"class": "poor", "measure": "persons", "start": 3})
    assert trace.figures(moved, "movements", "class measure")["poor.persons"]["start"].unit == "persons"


@pytest.mark.parametrize(
    ("operands", "value"),
    [((242, 1160), Fraction(242, 1160)), ((1160, 290), 4), ((None, 1160), None), ((242, 0), None), (("a", 2), None)],
)
def test_a_rate_made_again_from_its_operands(operands, value):
    parts = tuple(Figure(f"r.thôn A.{name}", "", one, "") for name, one in zip("ab", operands, strict=True))
    assert trace.remade(Figure("r.c", "", None, "rate", "a / b", parts)) == value


@pytest.mark.parametrize(("cell", "said"), [({"a": 1}, {"a": 1}), (None, {}), (float("nan"), {}), ("a", {})])
def test_what_a_row_says_of_its_columns_is_a_table_or_nothing(cell, said):
    assert trace.by_column({"derived": cell}, "derived") == said
    assert trace.by_column({}, "derived") == {}


# results ----------------------------------------------------------------------------------------------


def test_a_unit_is_called_by_its_name_else_by_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    write(tmp_path, {"review.csv": REVIEW})
    assert results.name(opened(UNIT, YEAR)) == UNIT
    (tmp_path / UNIT / "unit.yml").write_text("name: xã Mẫu\n", encoding="utf-8")
    assert results.name(opened(UNIT, YEAR)) == "xã Mẫu"


def test_of_two_results_the_one_with_the_standard_and_the_status_asked_for_else_the_main_one(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    other = changed(REVIEW, ("ND07_2021", "ND351_2025"), ("ND07_2021", "ND351_2025"), (",30,130", ",31,130"))
    write(tmp_path, {"review.csv": REVIEW, "other_review.csv": other})
    this = opened(UNIT, YEAR)
    def like(**kind):
        return frame("review", {"standard": "ND351_2025", "status": "official"} | kind)
    counts = [results.reviewed(this, one)["poor_households"].iloc[0] for one in (None, like(), like(status="preliminary"),
                                                                                   like(standard="ND07_2021"))]  # fmt: skip
    assert counts == [30, 31, 30, 30]
    assert results.of(this, like=like())["poor_households"].item() == 31 + 40
    assert results.of(this)["derived"].item() == {}


def test_facts_are_figures_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    facts = "fact,label,value,unit,qualifier,origin\ngia_nuoc,Giá nước,12500,dong_per_m3,trên,Niên giám\n"
    write(tmp_path, {"review.csv": REVIEW, "models.csv": MODELS, "facts.csv": facts})
    assert results.facts(opened(UNIT, YEAR)) == {
        "facts.gia_nuoc": Figure(
            "facts.gia_nuoc", "Giá nước", 12500, "dong_per_m3", sources="xa-mau/2022/facts.csv:2", qualifier="trên"
        )
    }


def test_printed_figures_are_claims_with_their_file_and_line(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    head = "place,part_of,partition,year,standard,status,indicator,printed,doubt\n"
    write(tmp_path, {"review.csv": REVIEW, "published.csv": head + "xa-mau,,,2022,ND07_2021,chính thức,households,1.519 hộ,\n"})
    (claim,) = results.claims(opened(UNIT, YEAR)).to_dict("records")
    assert (claim["indicator"], claim["printed"], claim["file"], claim["line"]) == ("households", "1.519 hộ", "xa-mau/2022/published.csv", 2)
    assert "found_at" not in claim


def test_a_year_with_nothing_to_compare_it_with_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    write(tmp_path, {"review.csv": REVIEW})
    comparison = results.comparison(opened(UNIT, YEAR))
    assert (comparison.refusal, comparison.before, list(comparison.changes)) == (
        "Chưa có số liệu năm 2021 để so sánh.", None, poverty.CHANGE
    )  # fmt: skip
