"""Last year's result of a merged unit, by the units that were merged into it.

Counts are households; a unit of which last year is not known stays in its place with unknown counts, so the sum
is not known either.
"""

import pandas as pd

from giamngheo.figures import poverty, results
from giamngheo.intake.unit import Year

COUNTS = ["households", "poor_households", "near_poor_households"]
KIND = ["standard", "status"]


def last_year(this: Year, like: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row for each unit merged into this one, in the order of the map, under the standard of `like` where it has it.

    Returns unit, name, `COUNTS`, standard, status (blank where last year is not known), derived, found_at. No row
    where the unit has a year before of its own, or was not merged, or where results that must not be added stand
    side by side.
    """
    if this.last or not this.merged:
        return pd.DataFrame()
    now = results.of(this) if like is None else like
    rows = pd.concat([row(this.other(unit), now) for unit in this.merged], ignore_index=True)
    kinds = rows.loc[rows["standard"] != "", KIND].drop_duplicates()
    return rows if len(kinds) == 1 else pd.DataFrame()


def row(unit: Year, like: pd.DataFrame) -> pd.DataFrame:
    """Last year of one of the merged units as a row of `last_year`."""
    own = {"unit": unit.unit, "name": unit.law.unit_name(unit.unit)}
    if unit.last:
        return results.of(unit.last, like=like)[[*COUNTS, *KIND, "derived", "found_at"]].assign(**own)
    unknown = pd.DataFrame({count: pd.array([None], dtype="Int64") for count in COUNTS})
    return unknown.assign(standard="", status="", derived=[{}], found_at="", **own)


def added(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `last_year` added up: one row, its counts those of `results.baseline`, its unit and name blank."""
    sums = poverty.add(rows[[*COUNTS, "found_at"]], "review", [])
    return sums.assign(derived=[results.derived_in(rows)], unit="", name="")
