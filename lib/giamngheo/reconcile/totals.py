"""Totals of households that rates imply: count / rate of each line bounds them, and all lines share one whole number.

    total ∈ ⋂ over lines of [count / (p + u), count / (p - u/2)]

Last year's total is bounded by last year's counts and rates, this year's less their changes. Each line speaks for
itself: a total is compared line by line within one place, one standard and one status. Totals that are only implied
are not added up over places: the totals behind the rates of different places need not come from one count.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from giamngheo.reconcile.bounds import Bounds, Branch, propagate
from giamngheo.reconcile.checks import MISMATCH, OK, TRUNCATED, Check, echoes
from giamngheo.reconcile.claims import Claim, Quantity
from giamngheo.reconcile.constraints import Constraint, Ratio
from giamngheo.reconcile.indicators import TOTALS
from giamngheo.reconcile.network import Network
from giamngheo.reconcile.notation import NO_BOUND
from giamngheo.reconcile.telling import apart, causes, check_name, impossible, reported_under, way_text
from giamngheo.reconcile.wording import gap, named, span

LINEAR = ("change", "rate_change")


def implied(network: Network, claims: Sequence[Claim], made: Sequence[Check]) -> tuple[list[Check], frozenset[Quantity]]:
    """One row for each total that two or more lines bound, and the totals that lines contradict.

    A total whose neighbour year is contradicted is looked at again once that contradiction is known. A contradiction
    that would vanish with a figure of a mismatch already found is its echo: no row, but nothing is inferred across it.
    """
    waiting, found, pivots = _candidates(network, claims, made), [], frozenset()
    progress = True
    while waiting and progress:
        progress, later = False, []
        for total, ways, known, constraints in waiting:
            bounds = propagate(known, constraints, pivots | {total})
            crossed = bounds.contradiction
            if crossed is not None and getattr(crossed, "quantity", None) != total:
                later.append((total, ways, known, constraints))
                continue
            progress = True
            check = _row(total, ways, bounds, known, constraints, pivots)
            if check and check.verdict == MISMATCH:
                pivots |= {total}
            if check and not (check.verdict == MISMATCH and any(echoes(check, other) for other in (*made, *found))):
                found.append(check)
        waiting = later
    return found, pivots


def _candidates(network: Network, claims: Sequence[Claim], made: Sequence[Check]) -> list[tuple]:
    """(total, number of ways, claims, constraints) for each total that at least two figures can bound; the ways come
    first among the constraints. A ratio whose three figures are printed is a check of its own, not a way."""
    broken = {constraint for check in made if check.verdict == MISMATCH for constraint in check.constraints}
    known, tied, ways = defaultdict(list), defaultdict(list), defaultdict(list)
    for claim in claims:
        known[_place(claim.quantity)].append(claim)
    for constraint in network.constraints:
        if constraint in broken or not (isinstance(constraint, Ratio) or constraint.check in LINEAR):
            continue
        tied[_place(constraint.variables[0])].append(constraint)
        direct = all(one in network.printed for one in constraint.variables)
        if isinstance(constraint, Ratio) and constraint.whole.indicator in TOTALS and not direct:
            ways[constraint.whole].append(constraint)
    return [
        (total, len(own), known[_place(total)], [*own, *(one for one in tied[_place(total)] if one not in own)])
        for total, own in ways.items()
        if len(own) + (total in network.printed) > 1
    ]


def _place(one: Quantity) -> tuple:
    return one.group._replace(year="")


def _row(total: Quantity, ways: int, bounds: Bounds, claims: list, constraints: list, pivots: frozenset) -> Check | None:
    """The row of one total; None when fewer than two figures bound it from above."""
    if bounds.contradiction is not None:
        crossed = bounds.contradiction
        return impossible(crossed, bounds, *_used([crossed], bounds, claims, constraints))
    bounding = [total] if bounds.at(total)[1] < NO_BOUND else []
    bounding += [way for at in range(ways) if bounds.at(way := Branch(total, at))[1] < NO_BOUND]
    if len(bounding) < 2:
        return None
    for at, first in enumerate(bounding):
        for second in bounding[at + 1:]:
            if gap(bounds.at(first), bounds.at(second)):
                return apart(total, (first, second), bounds, _used((first, second), bounds, claims, constraints)[0],
                             constraints)  # fmt: skip
    return _agreed(total, bounding, bounds, claims, constraints, pivots)


def _used(ways: Iterable, bounds: Bounds, claims: list[Claim], constraints: list) -> tuple[list[Claim], list[Constraint]]:
    used = causes(ways, bounds)
    return [claim for claim in claims if claim.number in used], constraints


def _agreed(total: Quantity, ways: list, bounds: Bounds, claims: list, constraints: list, pivots: frozenset) -> Check:
    """The lines have a total in common: with every figure rounded (`ok`), or only with some cut (`truncated`)."""
    spans = [bounds.at(way) for way in ways]
    common = max(low for low, _ in spans), min(high for _, high in spans)
    strict = propagate(claims, constraints, pivots | {total}, rounded=True)
    rounded = [strict.at(way) for way in ways]
    meet = strict.contradiction is None and max(low for low, _ in rounded) <= min(high for _, high in rounded)
    used, _ = _used(ways, bounds, claims, constraints)
    lines = [way for way in ways if way != total]
    texts = " và ".join(way_text(way, bounds, used, constraints) for way in lines)
    said = f"{named(total, year=True)}: {texts} → {span(*common, total.indicator)}"
    return Check(
        check_name(total, lines, used, constraints), reported_under(used), said, span(*spans[0], total.indicator),
        span(*common, total.indicator), "0", OK if meet else TRUNCATED, tuple(used), tuple(constraints), total,
    )  # fmt: skip
