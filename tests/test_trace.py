"""From a printed number to its formula, its counts and its lines; and back again in exact arithmetic."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SEED, SEED_YEAR, frame
from giamngheo import opened
from giamngheo.figures import budget, poverty, results, targets, trace
from giamngheo.figures.trace import Figure
from giamngheo.law import dictionary
from giamngheo.present import arithmetic
from giamngheo.report import stored

RATES = {"households": 1160, "poor_households": 242, "near_poor_households": 324, "village": "Mơ Tôn"}


def rates(**changed):
    return poverty.rates(frame("review", RATES | changed))


def test_a_figure_is_named_by_its_table_its_row_and_its_column():
    assert (
        trace.figures(rates(), "review", "village")["Mơ Tôn"]["poor_rate"].name == "review.Mơ Tôn.poor_rate"
    )
    assert trace.figures(rates(), "review")[""]["poor_rate"].name == "review.poor_rate"


def test_the_row_of_the_whole_has_no_key_in_its_name():
    whole = trace.figures(rates(village=""), "review", "village")[""]["poor_rate"]
    assert whole.name == "review.poor_rate"


def test_a_row_with_two_keys_has_both_in_its_name():
    rows = frame("movements", {"class": "poor", "measure": "persons", "start": 3})
    assert trace.figures(rows, "movements", "class measure")["poor.persons"]["start"].name == (
        "movements.poor.persons.start"
    )


def test_a_computed_figure_carries_its_formula_and_the_counts_it_names():
    figure = trace.figures(rates(), "review")[""]["poor_rate"]
    assert (figure.value, figure.formula) == (Fraction(242, 1160), "poor_households / households")
    assert [(part.label, part.value) for part in figure.operands] == [
        ("Hộ nghèo", 242),
        ("Tổng số hộ dân cư", 1160),
    ]


def test_an_operand_that_was_itself_computed_carries_its_own_operands():
    figure = trace.figures(rates(), "review")[""]["multidimensional_poverty_rate"]
    both = figure.operands[0]
    assert [part.value for part in both.operands] == [242, 324]


def test_a_figure_that_was_given_has_no_formula():
    figure = trace.figures(rates(), "review")[""]["poor_households"]
    assert (figure.formula, figure.operands, figure.computed) == ("", (), False)


def test_a_sum_carries_the_counts_it_was_added_up_from():
    two = frame("training", {"participants": 2}, {"participants": 5}, {"participants": 63})
    figure = trace.figures(budget.trained(two), "training")[""]["participants"]
    assert (figure.value, figure.parts, figure.sources) == (2 + 5 + 63, (2, 5, 63), "training.csv:2-4")


@pytest.mark.parametrize(("many", "shown"), [(12, " + ".join(["2"] * 12) + " = 24"), (13, "")])
def test_a_sum_of_more_than_twelve_counts_keeps_them_but_is_not_written_out(many, shown):
    rows = frame("training", *[{"participants": 2}] * many)
    figure = trace.figures(budget.trained(rows), "training")[""]["participants"]
    assert (figure.value, figure.parts, stored.operands(figure)) == (2 * many, (2,) * many, ["2"] * many)
    assert (arithmetic(figure), figure.computed) == (shown, bool(shown))


def test_a_derived_count_says_how_and_from_which_lines_it_follows():
    inferred = pd.DataFrame(
        [("households", 1160, "242 / 20,86%", ["a.csv:2", "a.csv:4"])],
        columns=["indicator", "value", "derivation", "lines"],
    )
    row = poverty.fill(frame("review", {"poor_households": 242}), inferred)
    figure = trace.figures(row, "review")[""]["households"]
    assert (figure.value, figure.derivation, figure.sources) == (1160, "242 / 20,86%", "a.csv:2, 4")
    assert trace.figures(row, "review")[""]["poor_households"].derivation == ""


def test_what_a_movement_counts_is_its_unit():
    rows = frame("movements", {"class": "poor", "measure": "persons", "start": 3})
    assert trace.figures(rows, "movements", "class")["poor"]["start"].unit == "persons"


def test_only_a_change_says_that_it_goes_up_or_down():
    before, after = frame("review", RATES), frame("review", RATES)
    figures = trace.figures(poverty.changes(after, before), "changes", "class")["poor"]
    assert {name for name, figure in figures.items() if figure.signed} == {"change_households", "change_rate"}


def test_columns_that_are_no_numbers_make_no_figures():
    assert (
        set(trace.figures(rates(), "review")[""]) & {"village", "status", "standard", "note", "found_at"}
        == set()
    )


def test_figures_of_several_frames_are_found_by_their_names():
    named = trace.named(
        trace.figures(rates(), "review"), trace.figures(frame("training", {"participants": 7}), "training")
    )
    assert (named["review.poor_households"].value, named["training.participants"].value) == (242, 7)


def test_a_column_that_the_dictionary_does_not_know():
    with pytest.raises(KeyError, match="data/dictionary.csv has no row review.wealth"):
        trace.column("review", "wealth")


SOURCES = {
    "lines of one file are drawn together": (["r.csv:2", "r.csv:3", "r.csv:4", "r.csv:7"], "r.csv:2-4, 7"),
    "files stay apart, in the order they come": (["r.csv:2", "m.csv:2", "r.csv:3"], "r.csv:2-3; m.csv:2"),
    "joined lines are joined again": (["r.csv:2-4, 7", "r.csv:5; m.csv:9"], "r.csv:2-5, 7; m.csv:9"),
    "the same line is named once": (["r.csv:2", "r.csv:2"], "r.csv:2"),
    "sheets of a workbook stay apart": (
        ["so-lieu.xlsx:review!2", "so-lieu.xlsx:budget!2"],
        "so-lieu.xlsx:review!2; so-lieu.xlsx:budget!2",
    ),
    "nothing comes from nowhere": (["", ""], ""),
}


@pytest.mark.parametrize(("sources", "joined"), SOURCES.values(), ids=SOURCES)
def test_sources_are_joined(sources, joined):
    assert trace.join_sources(sources) == joined


@given(st.lists(st.integers(1, 60), min_size=1))
def test_joining_keeps_every_line_and_adds_none(lines):
    ranges = trace.join_sources(f"r.csv:{line}" for line in lines).removeprefix("r.csv:").split(",")
    ends = [[int(end) for end in part.split("-")] for part in ranges]
    assert [line for part in ends for line in range(part[0], part[-1] + 1)] == sorted(set(lines))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (pd.NA, None),
        (None, None),
        (float("nan"), None),
        (7, 7),
        (Fraction(8, 2), Fraction(4)),
        (2.5, Fraction(5, 2)),
        ("x", "x"),
    ],
)
def test_exact(value, expected):
    assert trace.exact(value) == expected


# every formula of the dictionary, against what the functions return -------------------------------


def any_frame(table, **codes):
    """Frames of `table` with any counts, known or not; one row for each code where codes are given."""
    columns = [name for name, kind in frame(table).dtypes.items() if kind == "Int64"]
    numbers = st.fixed_dictionaries(dict.fromkeys(columns, st.none() | st.integers(0, 10**9)))
    rows = st.lists(numbers, min_size=1, max_size=3)
    return rows.map(
        lambda found: frame(table, *(codes | row | {"number": str(n)} for n, row in enumerate(found)))
    )


REVIEW = any_frame("review", status="official", standard="ND07_2021").map(lambda rows: rows.head(1))
MODELS = st.tuples(
    any_frame("models", model="Nuôi bò"),
    any_frame("budget", model="Nuôi bò", source="nstw"),
    any_frame("budget", model="Nuôi bò", source="nguoi_dan"),
)


def shares(table, code):
    rows = any_frame(table, **{"class": "poor", code: "x"})
    return st.tuples(rows, REVIEW).map(lambda made: poverty.shares(made[0], table, code, made[1]))


COMPUTED = {
    "review": REVIEW.map(poverty.rates),
    "other_review": any_frame("other_review", status="official", standard="ND351_2025").map(lambda rows: poverty.rates(rows.head(1))),
    "changes": st.tuples(REVIEW, REVIEW).map(lambda years: poverty.changes(*years)),
    # where a class has not grown: nothing is said to be reached of a plan to fall where there is a rise
    "targets": st.tuples(any_frame("targets", **{"class": "poor"}), st.tuples(REVIEW, REVIEW)).map(
        lambda made: targets.reached(made[0].head(1), poverty.changes(*made[1]))
    ).map(lambda rows: rows[(rows["achieved"] >= 0).fillna(False)]),
    "movements": any_frame("movements", **{"class": "poor", "measure": "households"}).map(poverty.movements),
    "deprivations": shares("deprivations", "indicator"),
    "groups": shares("groups", "group"),
    "causes": shares("causes", "cause"),
    "budget": any_frame("budget", source="nstw").map(lambda lines: budget.breakdown(lines, ["source"])),
    "models": MODELS.map(lambda made: budget.models(made[0], pd.concat(made[1:], ignore_index=True), 2022)),
    "training": any_frame("training", group="x").map(budget.training),
}
UNDISBURSED = any_frame("budget").map(budget.undisbursed)
FORMULAS = [row for row in dictionary.frame().itertuples() if row.required == "formula" and row.rule]


@pytest.mark.parametrize("table", dict.fromkeys(row.table for row in FORMULAS))
def test_the_dictionarys_formulas_give_what_the_functions_return(table):
    columns = [row.column for row in FORMULAS if row.table == table]

    @settings(max_examples=30)
    @given(COMPUTED[table], UNDISBURSED)
    def holds(computed, undisbursed):
        for column in columns:
            made = undisbursed if (table, column) == ("budget", "left") else computed
            for values in made.to_dict("records"):
                figure = trace.figure(values, table, column, f"{table}.")
                assert trace.remade(figure) == figure.value, figure

    holds()


def test_a_figure_made_of_an_unknown_count_is_unknown():
    parts = Figure("r.a", "", 242, ""), Figure("r.b", "", None, "")
    assert trace.remade(Figure("r.c", "", None, "rate", "a / b", parts)) is None


def test_a_share_of_nothing_is_unknown():
    parts = Figure("r.a", "", 242, ""), Figure("r.b", "", 0, "")
    assert trace.remade(Figure("r.c", "", None, "rate", "a / b", parts)) is None


def seed_figures():
    """The figures of every computed frame of the seed."""
    lines = opened(SEED, SEED_YEAR).table("budget")
    training = budget.training(opened(SEED, SEED_YEAR).table("training"))
    return trace.named(
        trace.figures(poverty.rates(results.of(opened(SEED, SEED_YEAR))), "review"),
        trace.figures(results.comparison(opened(SEED, SEED_YEAR)).changes, "changes", "class"),
        trace.figures(budget.breakdown(lines, []), "budget"),
        trace.figures(budget.breakdown(lines, ["source"]), "budget", "source"),
        trace.figures(budget.models(opened(SEED, SEED_YEAR).table("models"), lines, SEED_YEAR), "models", "number"),
        trace.figures(training, "training", "number"),
        trace.figures(budget.trained(training), "training"),
    )


def test_every_figure_of_the_seed_made_again_equals_its_value():
    computed = {name: figure for name, figure in seed_figures().items() if figure.formula}
    assert {name: trace.remade(figure) for name, figure in computed.items()} == {
        name: figure.value for name, figure in computed.items()
    }
    assert len([name for name, figure in computed.items() if figure.value is not None]) >= 15


def test_every_known_figure_of_the_seed_says_where_it_comes_from():
    known = [figure for figure in seed_figures().values() if figure.value is not None]
    assert [figure.name for figure in known if f"{SEED}/" not in figure.sources] == []
