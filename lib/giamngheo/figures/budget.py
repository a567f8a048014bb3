"""The programme's money: planned and disbursed, by project, capital type, source and vintage.

Money is whole đồng. A vintage is the year the capital was granted, the execution year the one it is spent
in; both stand on every line. Undisbursed money that is not known is not 0.
"""

import pandas as pd

from giamngheo.figures.poverty import add, known, ratio, summed
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


def models(models: pd.DataFrame, budget: pd.DataFrame, year: int) -> pd.DataFrame:
    """Livelihood models with their members and, from the budget lines that name them, their cost as of the review `year`.

        target members     = poor + near-poor members
        target share       = target members / all members
        cost               = support + people's contribution, of all years (`granted`)
        carried            = what of the money of earlier years is still to be spent: a part of the cost, not more of it
        cost per household = cost / members
        profit per year    = expected profit / years it takes

    Returns one row per model: the columns of `models` and number (1, 2, …), runs_on (whether it began before the year: by
    its start, where that is not known by its vintage),
    supported, contributed, carried, cost (đồng), target_members, target_share, minority_share, support_share,
    contribution_share, cost_per_household, profit_per_year, parts ({column: what was added}).
    """
    people = budget["source"] == PEOPLE
    parts = {
        "supported": granted(models, "earlier_support", budget[~people], year),
        "contributed": granted(models, "earlier_contribution", budget[people], year),
        "carried": [carried(row, budget, year) for row in models.itertuples()],
    }
    costed = models.assign(
        number=numbers(models),
        runs_on=begun(models, year),
        **{name: pd.array([summed(added) for added in own], dtype="Int64") for name, own in parts.items()},
        parts=[dict(zip(parts, own, strict=True)) for own in zip(*parts.values(), strict=True)],
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


def begun(models: pd.DataFrame, year: int) -> pd.Series:
    """Whether each model began before the year: by its start, where that is not known by its vintage."""
    return models["start"].dt.year.astype("Int64").fillna(models["vintage"]).lt(year).fillna(False).astype(bool)


def granted(models: pd.DataFrame, earlier: str, lines: pd.DataFrame, year: int) -> list[tuple[int, ...]]:
    """Money of each model, as the parts that are added: that of the years before, as its column `earlier` says, and the year's lines.

    Where the years before are given, a line of an earlier vintage is a part of them and is not added again; where they
    are not, the money of a model that began before the year is not known: what is carried over is not all of it.
    """
    parts = []
    for row, began in zip(models.itertuples(), begun(models, year), strict=True):
        own, before = lines[lines["model"] == row.model], getattr(row, earlier)
        added = [before, *own.loc[own["vintage"] >= year, "planned"]] if known(before) or began else [*own["planned"]]
        parts.append(tuple(added))
    return parts


def carried(model, lines: pd.DataFrame, year: int) -> tuple[int, ...]:
    """Money of earlier vintages that the year's lines plan for a model whose cost of the years before is given; none for others."""
    given = known(model.earlier_support) or known(model.earlier_contribution)
    own = lines[(lines["model"] == model.model) & (lines["vintage"] < year)] if given else lines.head(0)
    return tuple(own["planned"])


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
