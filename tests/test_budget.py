"""The programme's money, the models it pays for, the training; and what must hold for any budget."""

from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from conftest import frame
from giamngheo.figures import budget, trace
from giamngheo.report import sections


def line(planned, disbursed=None, **row):
    codes = {
        "project": "DA2",
        "capital_type": "recurrent",
        "source": "nstw",
        "vintage": 2022,
        "execution_year": 2023,
    }
    return codes | {"planned": planned, "disbursed": disbursed} | row


CARRIED_OVER = (
    line(100, 100, vintage=2022),
    line(60, 30, vintage=2023),
    line(40, 10, vintage=2023, source="nsdp_xa"),
)


def test_the_whole_budget_is_all_lines_added():
    whole = budget.breakdown(frame("budget", *CARRIED_OVER), []).loc[0]
    assert (whole["planned"], whole["disbursed"]) == (100 + 60 + 40, 100 + 30 + 10)
    assert whole["disbursement_rate"] == Fraction(100 + 30 + 10, 100 + 60 + 40)


def test_capital_of_each_year_stands_beside_its_share_of_the_whole():
    by_vintage = budget.breakdown(frame("budget", *CARRIED_OVER), ["vintage"]).set_index("vintage")
    assert by_vintage["disbursement_rate"].to_dict() == {
        2022: Fraction(100, 100),
        2023: Fraction(30 + 10, 60 + 40),
    }
    assert by_vintage["share"].to_dict() == {2022: Fraction(100, 200), 2023: Fraction(60 + 40, 200)}


def test_money_by_source_and_vintage_names_the_lines_it_comes_from():
    by_both = budget.breakdown(frame("budget", *CARRIED_OVER), ["source", "vintage"])
    assert by_both["found_at"].tolist() == ["budget.csv:2", "budget.csv:3", "budget.csv:4"]


def test_money_that_nobody_reported_as_paid_out_is_not_zero():
    whole = budget.breakdown(frame("budget", line(100, 40), line(60)), []).loc[0]
    assert whole["planned"] == 100 + 60
    assert pd.isna(whole["disbursed"])
    assert whole["disbursement_rate"] is None


def test_a_plan_that_is_not_known_leaves_every_share_unknown():
    by_source = budget.breakdown(frame("budget", line(100), line(None, source="nsdp_xa")), ["source"])
    assert by_source["share"].tolist() == [None, None]


def test_a_year_without_budget_lines_has_no_known_money():
    whole = budget.breakdown(frame("budget"), [])
    known = whole[["planned", "disbursed", "total_planned", "disbursement_rate", "share"]].dropna(
        axis=0, how="all"
    )
    assert known.to_dict("records") == []


def test_capital_assigned_anew_after_a_merger_is_a_table_by_decision_and_none_where_there_is_none():
    first, second = "120/QĐ-UBND ngày 15/8/2025", "7/QĐ-UBND ngày 02/01/2026"
    lines = frame(
        "budget", line(100, 40, reassigned_by=first), line(60, 60), line(50, 10, reassigned_by=first, source="nsdp"),
        line(30, reassigned_by=second),
    )  # fmt: skip
    [block] = sections.reassigned(lines).blocks
    assert [["".join(run["text"] for run in cell["runs"]) for cell in row] for row in block["rows"]] == [
        [first, "150", "50", "33,33"],
        [second, "30", "…", "…"],
    ]
    assert sections.reassigned(lines[lines["reassigned_by"] == ""]).blocks == []


def test_what_is_left_to_pay_out_where_both_are_known():
    lines = frame(
        "budget", line(100, 40), line(60, 60), line(50), line(None, 10), line(20, 25, note="ứng trước")
    )
    assert budget.undisbursed(lines)["left"].tolist() == [100 - 40]
    assert budget.undisbursed(lines)["found_at"].tolist() == ["budget.csv:2"]


def test_nothing_is_left_to_pay_out_of_an_empty_budget():
    assert list(budget.undisbursed(frame("budget")).columns) == [*frame("budget").columns, "left"]


# models and training ------------------------------------------------------------------------------

COWS = {
    "model": "Nuôi bò",
    "project": "DA2",
    "members": 7,
    "poor_members": 4,
    "near_poor_members": 3,
    "other_members": 0,
    "minority_members": 6,
    "expected_profit": 30_000_000,
    "expected_years": 3,
}
PAID = (
    line(100_000_000, model="Nuôi bò"),
    line(12_000_000, model="Nuôi bò", source="nsdp_xa"),
    line(48_300_000, model="Nuôi bò", source="nguoi_dan"),
    line(900_000_000, model=""),
    line(5, model="Trồng mía"),
)


def model(lines=PAID, year=2022, **changed):
    return budget.models(frame("models", COWS | changed), frame("budget", *lines), year).loc[0]


MODEL = {
    "what the people put in is not support": ("supported", 100_000_000 + 12_000_000),
    "only the people's own lines are their contribution": ("contributed", 48_300_000),
    "cost is support and contribution": ("cost", 100_000_000 + 12_000_000 + 48_300_000),
    "support as a share of the cost": ("support_share", Fraction(112_000_000, 160_300_000)),
    "contribution as a share of the cost": ("contribution_share", Fraction(48_300_000, 160_300_000)),
    "poor and near-poor members are the target": ("target_members", 4 + 3),
    "the target as a share of all members": ("target_share", Fraction(4 + 3, 7)),
    "minority members as a share of all members": ("minority_share", Fraction(6, 7)),
    "cost for one household": ("cost_per_household", Fraction(160_300_000, 7)),
    "profit of one year": ("profit_per_year", Fraction(30_000_000, 3)),
    "its own number": ("number", "1"),
    "its own line and the lines of its money": ("found_at", "models.csv:2; budget.csv:2-4"),
}


@pytest.mark.parametrize(("column", "expected"), MODEL.values(), ids=MODEL)
def test_model(column, expected):
    assert model()[column] == expected


UNKNOWN_MODEL = {
    "no line of people's money: contribution and cost are not known": (
        PAID[:2],
        {},
        ["contributed", "cost", "support_share", "contribution_share", "cost_per_household"],
    ),
    "no line of the model at all": ((), {}, ["supported", "contributed", "cost", "cost_per_household"]),
    "one of its lines not known": (
        (line(None, model="Nuôi bò"), *PAID),
        {},
        ["supported", "cost", "support_share"],
    ),
    "members not known": (PAID, {"members": None}, ["target_share", "minority_share", "cost_per_household"]),
    "near-poor members not known": (PAID, {"near_poor_members": None}, ["target_members", "target_share"]),
    "profit not given": (PAID, {"expected_profit": None}, ["profit_per_year"]),
}


@pytest.mark.parametrize(("lines", "changed", "unknown"), UNKNOWN_MODEL.values(), ids=UNKNOWN_MODEL)
def test_what_is_not_known_of_a_model_stays_unknown(lines, changed, unknown):
    row = model(lines, **changed)
    assert [column for column in unknown if not pd.isna(row[column])] == []


def course(group, participants, posts=None, villages=None):
    row = {"project": "DA7.1", "course": "Tập huấn", "group": group}
    return row | {"participants": participants, "posts": posts, "villages": villages}


def test_participants_stand_beside_posts_times_villages():
    training = budget.training(frame("training", course("xã", 5), course("thôn, làng", 63, 7, 9)))
    assert training["number"].tolist() == ["1", "2"]
    assert training["expected"].tolist() == [pd.NA, 7 * 9]


def test_all_participants_are_added_up():
    training = frame(
        "training", course("hưởng lương", 2), course("không chuyên trách", 5), course("thôn, làng", 63)
    )
    trained = budget.trained(training)
    assert trained["participants"].tolist() == [2 + 5 + 63]
    assert trained["parts"].tolist() == [{"participants": (2, 5, 63)}]


def test_without_training_nobody_is_counted():
    assert budget.trained(frame("training")).empty


def test_one_group_unknown_leaves_the_number_of_participants_unknown():
    assert (
        budget.trained(frame("training", course("xã", 5), course("làng", None)))["participants"].isna().all()
    )


def test_rows_are_numbered_from_one():
    assert budget.numbers(frame("training", course("a", 1), course("b", 1))) == ["1", "2"]


# what must hold for any budget --------------------------------------------------------------------

MONEY = st.integers(0, 10**13)


def budgets(planned, disbursed):
    row = st.fixed_dictionaries(
        {
            "project": st.sampled_from(["DA2", "DA4.1", "DA7.1"]),
            "capital_type": st.sampled_from(["investment", "recurrent"]),
            "source": st.sampled_from(["nstw", "nsdp_xa", "nguoi_dan"]),
            "vintage": st.integers(2022, 2025),
            "execution_year": st.integers(2022, 2025),
            "planned": planned,
            "disbursed": disbursed,
        }
    )
    return st.lists(row, min_size=1, max_size=6).map(lambda rows: frame("budget", *rows))


GROUPINGS = st.lists(
    st.sampled_from(["project", "capital_type", "source", "vintage", "execution_year"]),
    unique=True,
    max_size=3,
)


@given(budgets(MONEY, MONEY), GROUPINGS)
def test_any_grouping_neither_makes_nor_loses_a_dong(lines, by):
    groups = budget.breakdown(lines, by)
    assert groups["planned"].sum() == sum(lines["planned"])
    assert groups["disbursed"].sum() == sum(lines["disbursed"])


@given(budgets(st.integers(1, 10**13), MONEY), GROUPINGS)
def test_shares_add_up_to_exactly_one(lines, by):
    assert sum(budget.breakdown(lines, by)["share"]) == 1


@given(budgets(st.integers(1, 10**13), MONEY), GROUPINGS)
def test_the_wholes_disbursement_rate_lies_between_its_parts_rates(lines, by):
    parts = budget.breakdown(lines, by)["disbursement_rate"]
    assert min(parts) <= budget.breakdown(lines, [])["disbursement_rate"].item() <= max(parts)


@given(budgets(st.none() | MONEY, st.none() | MONEY), GROUPINGS)
def test_a_groups_money_is_unknown_exactly_where_one_of_its_lines_is(lines, by):
    groups = budget.breakdown(lines, by)
    blank = lines.groupby(by, sort=False)["disbursed"].agg(lambda money: money.isna().any()) if by else None
    expected = [lines["disbursed"].isna().any()] if blank is None else blank.tolist()
    assert groups["disbursed"].isna().tolist() == expected


UNTOUCHED = {
    "breakdown": lambda: (budget.breakdown, [frame("budget", *PAID), ["source"]]),
    "undisbursed": lambda: (budget.undisbursed, [frame("budget", *PAID)]),
    "models": lambda: (budget.models, [frame("models", COWS), frame("budget", *PAID), 2022]),
    "training": lambda: (budget.training, [frame("training", course("a", 6, 2, 3))]),
    "trained": lambda: (budget.trained, [frame("training", course("a", 6, 2, 3))]),
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_the_frames_that_go_in_stay_as_they_were(name):
    function, arguments = UNTOUCHED[name]()
    _, before = UNTOUCHED[name]()
    function(*arguments)
    for argument, copy in zip(arguments, before, strict=True):
        if isinstance(argument, pd.DataFrame):
            assert_frame_equal(argument, copy)


# models that run on from a year before --------------------------------------------------------------

SPENT = {"vintage": 2022, "earlier_support": 112_000_000, "earlier_contribution": 48_300_000}
LEFT = line(30_000_000, model="Nuôi bò", vintage=2022)


def costs(row):
    return [None if pd.isna(row[name]) else row[name] for name in ("supported", "contributed", "carried", "cost")]


RUNS_ON = {
    "all is paid out: the cost is that of the years before": ((), [112_000_000, 48_300_000, None, 160_300_000]),
    "what is left of it is a part of it": ((LEFT,), [112_000_000, 48_300_000, 30_000_000, 160_300_000]),
    "money of the year is more of it": (
        (LEFT, line(20_000_000, model="Nuôi bò", vintage=2023)), [132_000_000, 48_300_000, 30_000_000, 180_300_000],
    ),
    "people add to what they added": (
        (line(1_700_000, model="Nuôi bò", vintage=2023, source="nguoi_dan"),), [112_000_000, 50_000_000, None, 162_000_000],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), RUNS_ON.values(), ids=RUNS_ON)
def test_the_cost_of_a_model_that_runs_on_is_not_what_is_left_of_it(lines, expected):
    assert costs(model(lines, 2023, **SPENT)) == expected


def test_where_the_years_before_are_not_given_what_is_left_of_them_is_not_said_to_be_all():
    assert costs(model((LEFT,), 2023, vintage=2022)) == [None, None, None, None]
    assert costs(model((LEFT,), 2023, vintage=2022, start=pd.Timestamp("2022-05-01"))) == [None, None, None, None]


def test_a_model_that_begins_in_the_year_with_money_granted_before_has_all_of_it_in_its_lines():
    people = line(10_000_000, model="Nuôi bò", vintage=2022, source="nguoi_dan")
    assert costs(model((LEFT, people), 2023, vintage=2022, start=pd.Timestamp("2023-05-01"))) == [30_000_000, 10_000_000, None, 40_000_000]


def test_a_model_to_which_the_people_put_in_nothing_costs_its_support():
    row = model((*PAID[:2], line(0, 0, model="Nuôi bò", source="nguoi_dan")))
    assert costs(row) == [112_000_000, 0, None, 112_000_000]
    assert (row["support_share"], row["contribution_share"]) == (1, 0)


def told(lines, year, **changed):
    made = budget.models(frame("models", COWS | changed), frame("budget", *lines), year)
    figures = trace.named(trace.figures(made, "models", "number"))
    passage = sections.models(made, figures)
    return ["".join(run["text"] for run in runs) for runs in passage.blocks[1]["items"]][1:-1]


def test_a_model_that_runs_on_says_its_whole_cost_and_what_is_left_of_it():
    assert told((LEFT,), 2023, **SPENT) == [
        "Tổng kinh phí: 160.300.000 đồng, gồm ngân sách hỗ trợ 112.000.000 đồng (69,87%) và nhân dân đối ứng 48.300.000 đồng "
        "(30,13%); bình quân 22.900.000 đồng một hộ tham gia.",
        "Trong tổng kinh phí, vốn các năm trước chuyển sang thực hiện trong năm: 30.000.000 đồng.",
    ]


def test_a_model_without_a_known_cost_says_once_what_is_not_known():
    assert told(PAID[:2], 2022) == ["Ngân sách hỗ trợ: 112.000.000 đồng; nhân dân đối ứng: chưa có số liệu."]
    assert told((LEFT,), 2023, vintage=2022) == ["Tổng kinh phí: chưa có số liệu."]
    assert told((), 2022, vintage=2022) == ["Tổng kinh phí: chưa có số liệu."]
    assert told((LEFT,), 2023, vintage=2022, earlier_support=80_000_000) == [
        "Ngân sách hỗ trợ: 80.000.000 đồng; nhân dân đối ứng: chưa có số liệu."
    ]
