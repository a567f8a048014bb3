"""Figures that were not printed but can have one value only, given those that were."""

import pandas as pd

from giamngheo.reconcile.bounds import Bounds, widest
from giamngheo.reconcile.checks import MISMATCH, Check, direct
from giamngheo.reconcile.claims import Quantity, claimed
from giamngheo.reconcile.constraints import Ratio
from giamngheo.reconcile.contradictions import hidden
from giamngheo.reconcile.indicators import MONIES, STATES, is_rate
from giamngheo.reconcile.network import Network, build
from giamngheo.reconcile.notation import NO_BOUND
from giamngheo.reconcile.wording import expression, figure, span

COLUMNS = ["indicator", "year", "value", "derivation", "lines"]


def infer(claims: pd.DataFrame, place: str, year: int, standard: str = "", status: str = "") -> pd.DataFrame:
    """The quantities of a place, of `year` and the year before, that follow uniquely from claims not in doubt.

    Columns: indicator, year, value (int; Fraction for a rate; None where the value is not unique or is
    contradicted), derivation (Vietnamese, with the arithmetic), lines (list of "file:line"). A figure of a direct
    mismatch is used for nothing.
    """
    trusted = [claim for claim in claimed(claims) if not claim.doubt]
    network = build(trusted)
    made = direct(network)
    wrong = {claim.number for check in made if check.verdict == MISMATCH for claim in check.claims}
    network = build(claim for claim in trusted if claim.number not in wrong)
    found, pivots, bounds = hidden(network, direct(network))
    told = {check.pivot: check for check in found}
    printed = {claim.quantity for claim in trusted}
    groups = dict.fromkeys(
        group._replace(year=at)
        for group in (claim.quantity.group for claim in trusted)
        for at in (int(year), int(year) - 1)
        if (group.place, group.standard, group.status) == (place, standard, status)
    )
    rows = []
    for group in groups:
        for name in (*STATES, *MONIES):
            one = Quantity(group, name)
            if one not in printed:
                rows += _row(one, bounds, network, told.get(one))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": object})


def _row(one: Quantity, bounds: Bounds, network: Network, contradiction: Check | None) -> list[dict]:
    """The row of one quantity; none where nothing tells its greatest value."""
    if contradiction:
        lines = [claim.source for claim in contradiction.claims]
        return [_as_row(one, None, f"mâu thuẫn, nên không suy ra được: {contradiction.arithmetic}", lines)]
    if bounds.contradiction is not None or one not in bounds.low:
        return []
    low, high = bounds.at(one)
    if high >= NO_BOUND or (low, high) == widest(one.indicator):
        return []
    causes = bounds.why[one, False] | bounds.why[one, True]
    used = sorted((claim for claim in network.claims if claim.number in causes), key=lambda claim: claim.number)
    how = derivation(one, bounds, network)
    lines = list(dict.fromkeys(claim.source for claim in used))
    if low != high:
        return [_as_row(one, None, f"nhiều giá trị khớp với {how}: {span(low, high, one.indicator)}", lines)]
    return [_as_row(one, low if is_rate(one.indicator) else int(low), how, lines)]


def _as_row(one: Quantity, value, how: str, lines: list[str]) -> dict:
    return {"indicator": one.indicator, "year": one.group.year, "value": value, "derivation": how, "lines": lines}


def derivation(one: Quantity, bounds: Bounds, network: Network) -> str:
    """How a quantity follows: `242 = 20,86% và 324 = 27,93% chỉ khớp với 1.160 hộ`, `242 + 20 = 262 hộ`."""
    low, high = bounds.at(one)
    printed = {claim.quantity: claim for claim in reversed(network.claims)}
    value = span(low, high, one.indicator)
    ways = [
        f"{figure(printed[ratio.part])} = {figure(printed[ratio.rate])}"
        for ratio in network.constraints
        if isinstance(ratio, Ratio) and ratio.whole == one and ratio.part in printed and ratio.rate in printed
        and printed[ratio.part].reading.value
    ]  # fmt: skip
    if not ways:
        text = expression(one, bounds, printed, network.constraints, known=True)
        last = next((network.constraints[at] for at in bounds.narrowed_by[one]), None)
        if not (isinstance(last, Ratio) and last.whole == one):
            return f"{text} = {value}" if low == high else text
        ways = [text]
    return " và ".join(ways) + (f" chỉ khớp với {value}" if low == high else "")


