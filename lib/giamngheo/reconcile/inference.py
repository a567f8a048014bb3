"""Figures that were not printed but can have one value only, given those that were."""

import pandas as pd

from giamngheo.reconcile.bounds import Bounds, widest
from giamngheo.reconcile.claims import Claim, Quantity, claimed
from giamngheo.reconcile.constraints import Ratio, Sum
from giamngheo.reconcile.contradictions import hidden
from giamngheo.reconcile.identities import Check, direct
from giamngheo.reconcile.indicators import MONIES, STATES, is_rate
from giamngheo.reconcile.network import Network, build
from giamngheo.reconcile.notation import NO_BOUND
from giamngheo.reconcile.verdicts import MISMATCH
from giamngheo.reconcile.wording import expression, figure, formula, span
from giamngheo.store.cache import kept
from giamngheo.vietnamese.text import identity

FAR = NO_BOUND // 1000  # an end beyond it was never really bounded
COLUMNS = ["indicator", "year", "value", "derivation", "lines"]


@kept
def infer(claims: pd.DataFrame, place: str, year: int, standard: str = "", status: str = "") -> pd.DataFrame:
    """The quantities of a place, of `year` and the year before, that follow uniquely from claims not in
    doubt.

    Columns: indicator, year, value (int; Fraction for a rate; None where the value is not unique or is
    contradicted), derivation (Vietnamese, with the arithmetic), lines (list of "file:line"). A figure of a
    direct mismatch is used for nothing.
    """
    trusted = [claim for claim in claimed(claims) if not claim.doubt]
    network = build(trusted)
    made = direct(network)
    wrong = {claim.number for check in made if check.verdict == MISMATCH for claim in check.claims}
    network = build(claim for claim in trusted if claim.number not in wrong)
    found, bounds = hidden(network, direct(network))
    told = {check.pivot: check for check in found if check.verdict == MISMATCH}
    printed = {claim.quantity for claim in trusted}
    groups = dict.fromkeys(
        group._replace(year=at)
        for group in (claim.quantity.group for claim in trusted)
        for at in (int(year), int(year) - 1)
        if [*map(identity, (group.place, group.standard, group.status))] == [*map(identity, (place, standard, status))]
    )
    rows = []
    for group in groups:
        for name in (*STATES, *MONIES):
            one = Quantity(group, name)
            if one not in printed:
                rows += _row(one, bounds.get(group.place_alone(), Bounds()), network, told.get(one))
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in COLUMNS})


def _row(one: Quantity, bounds: Bounds, network: Network, contradiction: Check | None) -> list[dict]:
    """The row of one quantity; none where nothing tells its greatest value."""
    if contradiction:
        lines = [claim.source for claim in contradiction.claims]
        return [_as_row(one, None, f"mâu thuẫn, nên không suy ra được: {contradiction.arithmetic}", lines)]
    if bounds.contradiction is not None or one not in bounds.low:
        return []
    low, high = bounds.at(one)
    if high >= FAR or (low, high) == widest(one.indicator):
        return []
    causes = bounds.why[one, False] | bounds.why[one, True]
    used = [claim for claim in network.claims if claim.number in causes]
    how, named = derivation(one, bounds, network)
    used = sorted({*used, *named}, key=lambda claim: claim.number)
    lines = list(dict.fromkeys(claim.source for claim in used))
    if low != high:
        return [_as_row(one, None, f"nhiều giá trị khớp với {how}: {span(low, high, one.indicator)}", lines)]
    return [_as_row(one, low if is_rate(one.indicator) else int(low), how, lines)]


def _as_row(one: Quantity, value, how: str, lines: list[str]) -> dict:
    return {
        "indicator": one.indicator,
        "year": one.group.year,
        "value": value,
        "derivation": how,
        "lines": lines,
    }


def derivation(one: Quantity, bounds: Bounds, network: Network) -> tuple[str, list[Claim]]:
    """How a quantity follows, and the claims named: `242 = 20,86% và 324 = 27,93% chỉ khớp với 1.160 hộ`,
    `242 + 20 = 262 hộ`."""
    low, high = bounds.at(one)
    printed = {claim.quantity: claim for claim in reversed(network.claims)}
    value = span(low, high, one.indicator)
    ratios = [ratio for ratio in bounds.constraints if isinstance(ratio, Ratio) and ratio.whole == one]
    lines = [
        (printed[ratio.part], printed[ratio.rate])
        for ratio in ratios
        if ratio.part in printed and ratio.rate in printed and printed[ratio.part].reading.value
    ]
    if lines:
        text = " và ".join(f"{figure(part)} = {figure(rate)}" for part, rate in lines)
    elif ratios and bounds.constraints[bounds.narrowed_by[one][0]] in ratios:
        text = expression(one, bounds, printed)
    else:
        text = simplest(one, bounds, printed) or expression(one, bounds, printed)
        return f"{text} = {value}" if low == high else text, []
    return text + (f" chỉ khớp với {value}" if low == high else ""), [
        claim for line in lines for claim in line
    ]


def simplest(one: Quantity, bounds: Bounds, printed: dict[Quantity, Claim]) -> str:
    """A unique quantity by the first identity of which all else is printed in full or unique: counts added,
    then counts divided; "" where there is none."""
    low, high = bounds.at(one)
    if low != high:
        return ""
    narrowing = [bounds.constraints[at] for at in bounds.narrowed_by[one]]
    for kind in (Sum, Ratio):
        for constraint in (*narrowing, *bounds.constraints):
            others = [other for other in constraint.variables if other != one]
            counted = isinstance(constraint, kind) and len(others) < len(constraint.variables)
            if (
                counted
                and all(_exact(other, bounds) for other in others)
                and not (kind is Sum and is_rate(one.indicator))
            ):
                return formula(constraint, one, {other: _text(other, bounds, printed) for other in others})
    return ""


def _exact(one: Quantity, bounds: Bounds) -> bool:
    low, high = bounds.at(one)
    return low == high


def _text(one: Quantity, bounds: Bounds, printed: dict[Quantity, Claim]) -> str:
    """The figure printed for a quantity, else its one value."""
    if one in printed:
        return figure(printed[one])
    text = span(*bounds.at(one), one.indicator)
    return text if is_rate(one.indicator) else text.rpartition(" ")[0]
