"""The official result of a unit and a year as one row, and the baseline it is compared with.

A count that was not given but follows uniquely from printed figures is filled in and says so; a merged
unit's baseline is the sum of its predecessors' counts, never the mean of their rates.
"""

from dataclasses import dataclass

import pandas as pd

from giamngheo import reconcile
from giamngheo.figures import budget, poverty, trace
from giamngheo.figures.trace import Figure, exact
from giamngheo.intake import data
from giamngheo.law import standards
from giamngheo.present import plain, prose
from giamngheo.report import letterhead
from giamngheo.store.cache import by_files

STATUS_NAMES = {"official": "chính thức", "preliminary": "sơ bộ"}


def claims(unit: str, year: int) -> pd.DataFrame:
    """The figures of the unit printed elsewhere (`published.csv`), as `reconcile` takes them."""
    printed = data.read("published", unit, year)
    places = [trace.place(found_at) for found_at in printed["found_at"]]
    return printed.drop(columns="found_at").assign(file=[p[0] for p in places], line=[p[1] for p in places])


def reviewed(unit: str, year: int, like: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rows of one result of the year: of two (a year reviewed under two standards has `other_review`
    too) the one with the standard and status of the row `like`, else the main one.
    """
    main = data.read("review", unit, year)
    other = data.read("other_review", unit, year) if like is not None else main.head(0)
    kind = ["standard", "status"]
    wanted = not other.empty and (other[kind] == like[kind].iloc[0]).all(axis=None)
    return other if wanted else main


@by_files
def of(unit: str, year: int, printed_in: int | None = None, like: pd.DataFrame | None = None) -> pd.DataFrame:
    """The unit's one row for `year`: villages added up, blank counts inferred where printed figures allow.

    `printed_in` is the year whose `published.csv` is asked (last year's counts follow from this year's
    printed changes); `like` chooses between two results (`reviewed`). Returns the columns of `review` and `derived`.
    """
    row = poverty.total(reviewed(unit, year, like))
    if row[poverty.counts("review", row)].notna().all(axis=None):
        return row.assign(derived=[{}])
    printed = claims(unit, printed_in or year)
    if printed.empty:
        return row.assign(derived=[{}])
    place = letterhead.settings(unit).get("name") or unit
    inferred = reconcile.infer(
        printed, place, year, standard=row["standard"].item(), status=STATUS_NAMES[row["status"].item()]
    )
    return poverty.fill(row, inferred[inferred["year"] == year])


def baseline(unit: str, year: int) -> pd.DataFrame | None:
    """Last year's one row: the unit's own, else the sum of the units merged into it; None where neither is known."""
    now = of(unit, year)
    if year - 1 in data.years(unit):
        return of(unit, year - 1, printed_in=year, like=now)
    parts = [name for name in standards.predecessors(unit) if name in data.units() and year - 1 in data.years(name)]
    if not parts or len(parts) < len(standards.predecessors(unit)):
        return None
    rows = pd.concat([of(name, year - 1, like=now) for name in parts], ignore_index=True)
    return poverty.total(rows).assign(derived=[derived_in(rows)])


def derived_in(rows: pd.DataFrame) -> dict[str, tuple[str, tuple[str, ...]]]:
    """A sum of counts of which one was derived is derived too: how, and from which lines."""
    joined: dict[str, tuple[str, tuple[str, ...]]] = {}
    for derived in rows["derived"]:
        for column, (how, lines) in derived.items():
            earlier, earlier_lines = joined.get(column, ("", ()))
            joined[column] = ("; ".join(filter(None, [earlier, how])), earlier_lines + lines)
    return joined


@dataclass(frozen=True)
class Comparison:
    """This year against last year: the changes, or one sentence that says why there are none.

    `before` is last year's one row where it is known, also when it must not be compared.
    """

    changes: pd.DataFrame
    refusal: str = ""
    before: pd.DataFrame | None = None


def comparison(unit: str, year: int) -> Comparison:
    nothing, before = pd.DataFrame(columns=poverty.CHANGE), None
    try:
        before = baseline(unit, year)
        if before is None:
            return Comparison(nothing, f"Chưa có số liệu năm {year - 1} để so sánh.")
        return Comparison(poverty.changes(of(unit, year), before), before=before)
    except poverty.NotComparable as refusal:
        return Comparison(nothing, str(refusal), before)


OWN = (
    "households", "persons", "poor_households", "poor_persons", "poor_rate", "near_poor_households",
    "near_poor_persons", "near_poor_rate", "multidimensionally_poor_households", "multidimensional_poverty_rate", "minority_households",
    "minority_poor_households", "minority_poor_rate", "minority_near_poor_households", "minority_near_poor_rate",
    "average_living_households", "average_living_rate",
)  # fmt: skip
CHANGED = {"change_households": "change_{}_households", "change_rate": "change_{}_rate"}


def own_claims(unit: str, year: int) -> pd.DataFrame:
    """What this workbook itself prints, as claims: the commune, its villages, its changes and its money."""
    review = data.read("review", unit, year)
    commune, place = of(unit, year), letterhead.settings(unit).get("name") or unit
    kind = {"year": year, "standard": commune["standard"].item(), "status": STATUS_NAMES[commune["status"].item()]}
    whole = {"place": place, "part_of": "", "partition": ""} | kind
    rows = claimed(poverty.rates(commune), "review", OWN, [whole])
    if len(review) > 1:
        villages = [{"place": name, "part_of": place, "partition": "thôn, làng"} | kind for name in review["village"]]
        rows += claimed(poverty.rates(review), "review", OWN, villages)
    for change in trace.figures(comparison(unit, year).changes, "changes", "class").items():
        rows += changed(*change, whole)
    budget_lines = data.read("budget", unit, year)
    money = ("planned", "disbursed", "disbursement_rate")
    names = {"planned": "budget_planned", "disbursed": "budget_disbursed"}
    rows += claimed(budget.breakdown(budget_lines, []), "budget", money, [whole | {"place": "tổng vốn"}], names)
    by_source = budget.breakdown(budget_lines, ["source"])
    parts = [{"place": code, "part_of": "tổng vốn", "partition": "nguồn"} | kind for code in by_source["source"]]
    rows += claimed(by_source, "budget", money, parts, names)
    return pd.DataFrame(rows, columns=CLAIM_COLUMNS)


@by_files
def claims_together(unit: str, year: int) -> pd.DataFrame:
    """What this workbook prints (`own_claims`), then what others printed and nobody doubts."""
    printed = claims(unit, year)
    return pd.concat([own_claims(unit, year), printed[printed["doubt"] == ""]], ignore_index=True)


CLAIM_COLUMNS = [
    "place", "part_of", "partition", "year", "standard", "status", "indicator", "printed", "doubt", "file", "line",
]  # fmt: skip


def claimed(
    frame: pd.DataFrame, table: str, columns: tuple[str, ...], places: list[dict], names: dict | None = None
) -> list[dict]:
    """The known figures of `columns`, row by row, each as a claim about its place."""
    described = data.columns()
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


def claim(figure: Figure, indicator: str) -> dict:
    """A figure as the report prints it, with the first line it was made from."""
    file, line = trace.place(figure.sources)
    unit = {"households": "hộ", "persons": "khẩu", "dong": "đồng"}.get(figure.unit, "")
    printed = (
        prose(figure) if figure.signed else f"{plain(figure)}{'%' if figure.unit == 'rate' else ''} {unit}".strip()
    )
    printed = printed.replace(" điểm phần trăm", "%").replace("không thay đổi", f"tăng 0 {unit}".strip())
    return {"indicator": indicator, "printed": printed, "doubt": "", "file": file, "line": line}


def facts(unit: str, year: int) -> dict[str, Figure]:
    """Single figures of the year that belong to no table, named `facts.<name>`."""
    return {
        f"facts.{row.fact}": Figure(
            name=f"facts.{row.fact}", label=row.label, value=exact(row.value), unit=row.unit,
            sources=row.found_at, qualifier=row.qualifier,
        )
        for row in data.read("facts", unit, year).itertuples()
    }  # fmt: skip
