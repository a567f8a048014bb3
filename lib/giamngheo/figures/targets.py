"""What was set for the unit to achieve in the year, beside what was achieved."""

from fractions import Fraction

import pandas as pd

from giamngheo.figures.poverty import known
from giamngheo.figures.trace import join_sources


def reached(rows: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """The rows of `targets` with what was achieved of them, from `poverty.changes`.

        achieved      = -(change in households)    reached      = achieved / reduction
        rate_achieved = -(change in rate)          rate_reached = rate_achieved / rate_reduction

    `rate_reduction` is given in percentage points and becomes a share, as all rates are: 1,5 is 3/200. Nothing is known
    to have been achieved where `changes` has no row of the class: last year is not comparable.
    """
    found = {row["class"]: row for row in changes.to_dict("records")}
    beside = [found.get(name, {}) for name in rows["class"]]
    households, rates = ([_fall(row.get(name)) for row in beside] for name in ("change_households", "change_rate"))
    planned = pd.Series([one / 100 if one is not None else None for one in map(_exact, rows["rate_reduction"])], index=rows.index, dtype=object)
    return rows.assign(
        achieved=pd.array([None if fall is None else int(fall) for fall in households], dtype="Int64"),
        rate_reduction=planned,
        rate_achieved=pd.Series(rates, index=rows.index, dtype=object),
        reached=_shares(households, rows["reduction"]),
        rate_reached=_shares(rates, planned),
        found_at=[join_sources([own, row.get("found_at", "")]) for own, row in zip(rows["found_at"], beside, strict=True)],
    )


def _exact(value: object) -> Fraction | None:
    """A number of a frame, whose whole numbers may be numpy's own."""
    if not known(value):
        return None
    return value if isinstance(value, Fraction) else Fraction(int(str(value)))


def _fall(change: object) -> Fraction | None:
    exact = _exact(change)
    return None if exact is None else -exact


def _shares(achieved: list[Fraction | None], planned: pd.Series) -> pd.Series:
    """What was achieved of what was planned; not known where either is not, nor where things went the other way."""
    both = zip(achieved, map(_exact, planned), strict=True)
    shares = [done / plan if done is not None and done >= 0 and plan else None for done, plan in both]
    return pd.Series(shares, index=planned.index, dtype=object)
