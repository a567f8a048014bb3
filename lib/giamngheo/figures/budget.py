"""The programme's money: planned and disbursed, by project, capital type, source and vintage.

Money is whole đồng. A vintage is the year the capital was granted, the execution year the one it is spent
in; both stand on every line. Undisbursed money that is not known is not 0.
"""

import pandas as pd

from giamngheo.figures.poverty import add, ratio
from giamngheo.figures.trace import join_sources

PEOPLE = "nguoi_dan"  # the source of what households themselves put in


def breakdown(budget: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Money for each group in `by`, each beside what it is a share of.

        disbursement rate = disbursed / planned
        share             = planned / planned of all lines

    Returns one row per group: `by`, planned, disbursed, total_planned (đồng), disbursement_rate, share, found_at.

    >>> lines = pd.DataFrame({"source": ["state", "people"], "planned": pd.array([100, 48], "Int64"),
    ...                       "disbursed": pd.array([100, None], "Int64"), "found_at": ["b.csv:2", "b.csv:3"]})
    >>> breakdown(lines, ["source"])["share"].tolist()  # 100 and 48 of 148
    [Fraction(25, 37), Fraction(12, 37)]
    """
    groups = add(budget, "budget", by)
    whole = budget["planned"].sum(skipna=False) if len(budget) else pd.NA
    groups = groups.assign(total_planned=pd.array([whole] * len(groups), dtype="Int64"))
    return groups.assign(
        disbursement_rate=ratio(groups["disbursed"], groups["planned"]),
        share=ratio(groups["planned"], groups["total_planned"]),
    )


def models(models: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    """Livelihood models with their members and, from the budget lines that name them, their cost.

        target members     = poor + near-poor members
        target share       = target members / all members
        cost               = support + people's contribution
        cost per household = cost / members
        profit per year    = expected profit / years it takes

    Returns one row per model: the columns of `models` and number (1, 2, …), supported, contributed, cost (đồng),
    target_members, target_share, minority_share, support_share, contribution_share, cost_per_household,
    profit_per_year.
    """
    people = budget["source"] == PEOPLE
    supported, contributed = (
        budget[rows].groupby("model")["planned"].agg(lambda money: money.sum(skipna=False))
        for rows in (~people, people)
    )
    costed = models.assign(
        number=numbers(models),
        supported=models["model"].map(supported).astype("Int64"),
        contributed=models["model"].map(contributed).astype("Int64"),
        found_at=[
            join_sources([row.found_at, *budget.loc[budget["model"] == row.model, "found_at"]])
            for row in models.itertuples()
        ],
    )
    costed["cost"] = costed["supported"] + costed["contributed"]
    costed["target_members"] = costed["poor_members"] + costed["near_poor_members"]
    return costed.assign(
        target_share=ratio(costed["target_members"], costed["members"]),
        minority_share=ratio(costed["minority_members"], costed["members"]),
        support_share=ratio(costed["supported"], costed["cost"]),
        contribution_share=ratio(costed["contributed"], costed["cost"]),
        cost_per_household=ratio(costed["cost"], costed["members"]),
        profit_per_year=ratio(costed["expected_profit"], costed["expected_years"]),
    )


def training(training: pd.DataFrame) -> pd.DataFrame:
    """Participants of each group, beside posts × villages where the group is counted that way.

    Returns the columns of `training`, `number` (1, 2, …) and `expected`, what posts and villages give.
    """
    return training.assign(number=numbers(training), expected=training["posts"] * training["villages"])


def trained(training: pd.DataFrame) -> pd.DataFrame:
    """All participants added up, one row; none where no training is known."""
    return add(training[["participants", "found_at"]], "training", []).head(len(training))


def numbers(rows: pd.DataFrame) -> list[str]:
    """Rows numbered from 1, to name their figures."""
    return [str(number) for number in range(1, len(rows) + 1)]


def undisbursed(budget: pd.DataFrame) -> pd.DataFrame:
    """The lines whose money is not yet all paid out: planned - disbursed > 0, where both are known."""
    left = budget["planned"] - budget["disbursed"]
    remaining = left > 0
    return budget[remaining].assign(left=left[remaining])
