"""What this workbook itself prints, as claims: exact values, written once in the notation that claims are read in."""

from dataclasses import replace

import pandas as pd

from giamngheo.figures import budget, poverty, results, targets, trace
from giamngheo.figures.trace import Figure
from giamngheo.intake.unit import Year
from giamngheo.law import dictionary
from giamngheo.present import amount
from giamngheo.reconcile.indicators import PLAN, REACHED
from giamngheo.reconcile.notation import write
from giamngheo.store.cache import kept
from giamngheo.vietnamese.numbers import unsigned
from giamngheo.vietnamese.terms import UNITS

OWN = (
    "households", "persons", "poor_households", "poor_persons", "poor_rate", "near_poor_households",
    "near_poor_persons", "near_poor_rate", "multidimensionally_poor_households", "multidimensional_poverty_rate", "minority_households",
    "minority_poor_households", "minority_poor_rate", "minority_near_poor_households", "minority_near_poor_rate",
    "average_living_households", "average_living_rate",
)  # fmt: skip
RATES = {"poor": "poor_rate", "near_poor": "near_poor_rate", "multidimensionally_poor": "multidimensional_poverty_rate"}
SET = {
    name: {f"change_{name}_households": ("reduction", "reached"), f"change_{rate}": ("rate_reduction", "rate_reached")}
    for name, rate in RATES.items()
}  # what was set for a class, and the share that was reached of it
CHANGED = {"change_households": "change_{}_households", "change_rate": "change_{}_rate"}


def own_claims(this: Year) -> pd.DataFrame:
    """What this workbook itself prints, as claims: the commune, its villages, its changes and its money."""
    return pd.DataFrame(rows_of(this), columns=CLAIM_COLUMNS)


def rows_of(this: Year) -> list[dict]:
    """The same, a dictionary each, with their `origin`."""
    main = results.of(this)
    rows = of_result(this, main, results.comparison(this))
    if (second := results.second(this)) is not None:
        rows += of_result(this, second, results.comparison(this, second))
    kind = kind_of(this, main)
    rows += planned(this, {"place": results.name(this), "part_of": "", "partition": ""} | kind)
    whole = {"place": "tổng vốn", "part_of": "", "partition": ""} | kind
    budget_lines = this.table("budget")
    money = ("planned", "disbursed", "disbursement_rate")
    names = {"planned": "budget_planned", "disbursed": "budget_disbursed"}
    rows += claimed(within_plan(budget.breakdown(budget_lines, [])), "budget", money, [whole], names)
    by_source = within_plan(budget.breakdown(budget_lines, ["source"]))
    parts = [{"place": code, "part_of": "tổng vốn", "partition": "nguồn"} | kind for code in by_source["source"]]
    return rows + claimed(by_source, "budget", money, parts, names)


def of_result(this: Year, row: pd.DataFrame, comparison: results.Comparison) -> list[dict]:
    """One result as claims of its own standard and status: the commune, its villages, its changes."""
    place, kind, villages = results.name(this), kind_of(this, row), results.reviewed(this, row)
    whole = {"place": place, "part_of": "", "partition": ""} | kind
    rows = claimed(poverty.rates(row), "review", OWN, [whole])
    if len(villages) > 1:
        places = [{"place": name, "part_of": place, "partition": UNITS["villages"]} | kind for name in villages["village"]]
        rows += claimed(poverty.rates(villages), "review", OWN, places)
    for change in trace.figures(comparison.changes, "changes", "class").items():
        rows += changed(*change, whole)
    return rows


def kind_of(this: Year, row: pd.DataFrame) -> dict:
    status = results.STATUS_NAMES[row["status"].item()]
    return {"year": this.year, "standard": row["standard"].item(), "status": status}


@kept
def claims_together(this: Year) -> pd.DataFrame:
    """What this workbook prints (`own_claims`), then what others printed and nobody doubts, each with its `origin`."""
    printed = results.claims(this)
    own = pd.DataFrame(rows_of(this), columns=[*CLAIM_COLUMNS, "origin"])
    return pd.concat([own, printed[printed["doubt"] == ""].assign(origin=PRINTED)], ignore_index=True)


def independent(found: pd.DataFrame, together: pd.DataFrame) -> pd.DataFrame:
    """The verdicts on `together` (`claims_together`), each with whether an agreement says anything: `independent`.

    A figure that follows from what others printed agrees with them whatever they printed, and one that was computed here
    agrees with the counts it was computed from. That a check fails says something in any case.
    """
    origins = [set(together["origin"].iloc[rows]) for rows in found["claims"]]
    alone = [DERIVED in made or (COMPUTED in made and PRINTED not in made) for made in origins]
    return found.assign(independent=[verdict != "ok" or not made for verdict, made in zip(found["verdict"], alone, strict=True)])


GIVEN, COMPUTED, DERIVED, PRINTED = "given", "computed", "derived", "printed"  # where a claim comes from
CLAIM_COLUMNS = [
    "place", "part_of", "partition", "year", "standard", "status", "indicator", "printed", "doubt", "file", "line",
]  # fmt: skip


def within_plan(money: pd.DataFrame) -> pd.DataFrame:
    """Sums of money; what was paid out beyond the plan is left out, because a line of which that is so says why in its note."""
    beyond = (money["disbursed"] > money["planned"]).fillna(False)
    return money.assign(**{name: money[name].mask(beyond) for name in ("disbursed", "disbursement_rate")})


def claimed(
    frame: pd.DataFrame, table: str, columns: tuple[str, ...], places: list[dict], names: dict | None = None
) -> list[dict]:
    """The known figures of `columns`, row by row, each as a claim about its place."""
    described = dictionary.columns()
    return [
        place | claim(figure, (names or {}).get(column, column))
        for place, values in zip(places, trace.records(frame), strict=True)
        for column in columns
        if (figure := trace.figure(values, table, column, "", described=described)).value is not None
    ]


def changed(name: str, figures: dict[str, Figure], whole: dict) -> list[dict]:
    """The changes of one class as claims; a class without an indicator of its own makes none."""
    if name not in poverty.CLASSES:
        return []
    known = {column: figures[column] for column in CHANGED if figures[column].value is not None}
    return [whole | claim(figure, CHANGED[column].format(name)) for column, figure in known.items()]


def planned(this: Year, whole: dict) -> list[dict]:
    """What was set for the year and what the report says was reached of it, as claims."""
    frame = targets.reached(this.table("targets"), results.comparison(this).changes)
    rows = []
    for name, figures in trace.figures(frame, "targets", "class").items():
        for change, (plan, share) in SET[name].items():
            if figures[plan].value is not None:
                fall = replace(figures[plan], value=-figures[plan].number(), signed=True)
                rows.append(whole | claim(fall, PLAN + change))
            if figures[share].value is not None:
                rows.append(whole | claim(figures[share], REACHED + change))
    return rows


def claim(figure: Figure, indicator: str) -> dict:
    """A figure as a claim, with the first line it was made from."""
    file, line = trace.place(figure.sources)
    said = {"indicator": indicator, "printed": printed(figure, indicator), "doubt": "", "file": file, "line": line}
    return said | {"origin": DERIVED if figure.inferred else COMPUTED if figure.formula or figure.parts else GIVEN}

def printed(figure: Figure, indicator: str) -> str:
    """The exact value in the notation of claims; a change says whether it went up or down, in points written as %.

    >>> from fractions import Fraction
    >>> printed(Figure("c", "", Fraction(-169, 10000), "points", signed=True), "change_poor_rate")
    'giảm 1,69%'
    >>> printed(Figure("c", "", 0, "households", signed=True), "change_poor_households")
    'tăng 0 hộ'
    """
    value = figure.number()
    if not figure.signed:
        return write(value, indicator)
    written = amount(unsigned(value), "rate" if figure.unit == "points" else figure.unit)
    return ("giảm " if value < 0 else "tăng ") + written
