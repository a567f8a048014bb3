"""The official result of a unit and a year as one row, and the baseline it is compared with.

A count that was not given but follows uniquely from printed figures is filled in and says so; a merged
unit's baseline is the sum of its predecessors' counts, never the mean of their rates.
"""

from dataclasses import dataclass

import pandas as pd

from giamngheo import reconcile
from giamngheo.figures import poverty, trace
from giamngheo.figures.trace import Figure, exact
from giamngheo.intake import office, reviews
from giamngheo.intake.unit import Year
from giamngheo.law.dated import Law
from giamngheo.store.cache import kept

UNRATED = ("low_income_workers",)  # counts of which no rate is made
STATUS_NAMES = {"official": "chính thức", "preliminary": "sơ bộ"}


def name(this: Year) -> str:
    """What the unit is called: in its own unit.yml, else on the map, else by its folder."""
    return office.name(this) or this.unit


def claims(this: Year) -> pd.DataFrame:
    """The figures of the unit printed elsewhere (`published.csv`), as `reconcile` takes them."""
    printed = this.table("published")
    places = [trace.place(found_at) for found_at in printed["found_at"]]
    return printed.drop(columns="found_at").assign(file=[p[0] for p in places], line=[p[1] for p in places])


def reviewed(this: Year, like: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rows of one result of the year: of two (a year reviewed under two standards has `other_review`
    too) the one with the standard and status of the row `like`, else the main one (`intake.reviews`).
    """
    tables = [this.table(table) for table in reviews.sheets(this)]
    kind = ["standard", "status"]
    wanted = (rows for rows in tables if like is not None and (rows[kind] == like[kind].iloc[0]).all(axis=None))
    return next(wanted, tables[0])


@kept
def of(this: Year, printed_in: Year | None = None, like: pd.DataFrame | None = None) -> pd.DataFrame:
    """The unit's one row for the year: villages added up, blank counts inferred where printed figures allow.

    `printed_in` is the year whose `published.csv` is asked (last year's counts follow from this year's
    printed changes); `like` chooses between two results (`reviewed`). Returns the columns of `review` and `derived`.
    """
    row = of_its_law(poverty.total(reviewed(this, like)), this)
    if row[poverty.counts("review", row)].notna().all(axis=None):
        return row.assign(derived=[{}])
    printed = claims(printed_in or this)
    if printed.empty:
        return row.assign(derived=[{}])
    inferred = reconcile.infer(
        printed, name(this), this.year, standard=row["standard"].item(), status=STATUS_NAMES[row["status"].item()]
    )
    return poverty.fill(row, inferred[inferred["year"] == this.year])


def of_its_law(row: pd.DataFrame, this: Year) -> pd.DataFrame:
    """The row without the counts that its standard does not ask for in the year and that nobody gave."""
    unknown = [name for name in UNRATED if name in this.law.unknown(row["standard"].item(), this.year)]
    return row.drop(columns=unknown)


def second(this: Year) -> pd.DataFrame | None:
    """The one row of the other result of a year that has two under two standards; None in a year with one.

    A second sheet under the same standard is no result: which of the two is wrong nobody knows (`checks.two_results`).
    """
    main, *others = reviews.sheets(this)
    two = bool(others) and reviews.standards(this, others[0]) != reviews.standards(this, main)
    return of(this, like=this.table(others[0])) if two else None


def under(this: Year, row: pd.DataFrame) -> str:
    """The words that say under which standard a result is, in a year that has two; nothing in a year with one."""
    return "" if second(this) is None else f" theo {decree(this.law, row)}"


def decree(law: Law, row: pd.DataFrame) -> str:
    """The text that sets the standard of a result, by type and number.

    >>> decree(Law(), pd.DataFrame({"standard": ["ND351_2025"]}))
    'Nghị định 351/2025/NĐ-CP'
    """
    standard = row["standard"].item()
    return next(one["decree"].partition(";")[0] for one in law.rows("standards") if one["standard"] == standard)


def rows(this: Year, table: str, result: pd.DataFrame | None = None) -> pd.DataFrame:
    """The rows of a table of the year that are of `result`, else of the main one: of a year that has two results, an
    indicator is of the standard whose list it is in; any other table is the main result's.
    """
    whole, two = this.table(table), second(this) is not None
    if table != "deprivations" or not two:
        return whole
    listed = list(this.law.indicators((of(this) if result is None else result)["standard"].item()))
    return whole[whole["indicator"].isin(listed)].reset_index(drop=True)


def baseline(this: Year, like: pd.DataFrame | None = None) -> pd.DataFrame | None:
    """Last year's one row, under the standard of `like` or of the main result: the unit's own, else the sum of the
    units merged into it; None where neither is known.
    """
    now, last = of(this) if like is None else like, this.last
    if last:
        return of(last, printed_in=this, like=now)
    parts = [part for part in (this.other(unit).last for unit in this.merged) if part]
    if not parts or len(parts) < len(this.merged):
        return None
    rows = pd.concat([of(part, like=now) for part in parts])
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


def comparison(this: Year, like: pd.DataFrame | None = None) -> Comparison:
    """This year against last year, under the standard of the result `like`, else of the main one, as each change says (`under`)."""
    nothing, before = pd.DataFrame(columns=poverty.CHANGE), None
    now = of(this) if like is None else like
    try:
        before = baseline(this, like)
        if before is None:
            return Comparison(nothing, f"Chưa có số liệu năm {this.year - 1}{missing(this)} để so sánh.")
        return Comparison(poverty.changes(now, before).assign(group_name=under(this, now).strip()), before=before)
    except poverty.NotComparable as refusal:
        return Comparison(nothing, refusal.named(this.law.standard_names()), before)


def missing(this: Year, like: pd.DataFrame | None = None) -> str:
    """Of which of the units merged into this one last year is not known (under the standard of `like`); "" where there are none."""
    names = [this.law.unit_name(unit) for unit in this.last_merged if lacks(this.other(unit).last, like)] if this.last is None else []
    return f" của {', '.join(names)}" * bool(names)


def lacks(last: Year | None, like: pd.DataFrame | None) -> bool:
    """Whether a unit's last year is not known, or has no result under the standard of `like`."""
    return last is None or (like is not None and of(last, like=like)["standard"].item() != like["standard"].item())


def facts(this: Year) -> dict[str, Figure]:
    """Single figures of the year that belong to no table, named `facts.<name>`."""
    return {
        f"facts.{row.fact}": Figure(
            name=f"facts.{row.fact}", label=row.label, value=exact(row.value), unit=row.unit,
            sources=row.found_at, qualifier=row.qualifier,
        )
        for row in this.table("facts").itertuples()
    }  # fmt: skip
