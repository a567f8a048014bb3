"""Totals of households that rates imply: count / rate of each line bounds them, and all lines share one
whole number.

    total ∈ ⋂ over lines of [count / (p + u), count / (p - u/2)]

Last year's total is bounded by last year's counts and rates, this year's less their changes. Each line
speaks for itself: a total is compared line by line within one place, one standard and one status. Between
places totals are held against each other by `parts`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from giamngheo.reconcile.bounds import Bounds, Branch, propagate
from giamngheo.reconcile.claims import Claim, Quantity
from giamngheo.reconcile.constraints import Constraint, Ratio
from giamngheo.reconcile.explanations import apart, causes, check_name, impossible, reported_under, way_text
from giamngheo.reconcile.identities import Check, echoes
from giamngheo.reconcile.indicators import TOTALS
from giamngheo.reconcile.notation import NO_BOUND
from giamngheo.reconcile.verdicts import MISMATCH, OK, TRUNCATED, gap
from giamngheo.reconcile.wording import named, span

LINEAR = ("change", "rate_change")


def implied(
    claims: list[Claim], constraints: list[Constraint], mismatches: Sequence[Check]
) -> tuple[list[Check], frozenset[Quantity]]:
    """One row for each total of a place that two or more lines bound, and the totals that lines contradict.

    A total whose neighbour year is contradicted is looked at again once that contradiction is known. A
    contradiction that would vanish with a figure of a mismatch already found is its echo: no row, but
    nothing is inferred across it.
    """
    waiting = candidates(claims, constraints)
    found: list[Check] = []
    pivots: frozenset[Quantity] = frozenset()
    progress = True
    while waiting and progress:
        progress, later = False, []
        for total, ways, ties in waiting:
            bounds = propagate(claims, ties, pivots | {total})
            crossed = bounds.contradiction
            if crossed is not None and getattr(crossed, "quantity", None) != total:
                later.append((total, ways, ties))
                continue
            progress = True
            check = _row(total, ways, bounds, claims, pivots)
            wrong = check is not None and check.verdict == MISMATCH
            if wrong:
                pivots |= {total}
            if check and not (wrong and any(echoes(check, other) for other in (*mismatches, *found))):
                found.append(check)
        waiting = later
    return found, pivots


def candidates(
    claims: list[Claim], constraints: list[Constraint]
) -> list[tuple[Quantity, int, list[Constraint]]]:
    """Each total that at least two figures can bound, the number of its ways, the constraints, ways first. A
    ratio whose three figures are printed is a check of its own, not a way."""
    printed = {claim.quantity for claim in claims}
    ties = [one for one in constraints if isinstance(one, Ratio) or one.check in LINEAR]
    ways = defaultdict(list)
    for one in ties:
        if isinstance(one, Ratio) and one.whole.indicator in TOTALS and not printed.issuperset(one.variables):
            ways[one.whole].append(one)
    return [
        (total, len(own), [*own, *(one for one in ties if one not in own)])
        for total, own in ways.items()
        if len(own) + (total in printed) > 1
    ]


def _row(total: Quantity, ways: int, bounds: Bounds, claims: list[Claim], pivots: frozenset) -> Check | None:
    """The row of one total; None when fewer than two figures bound it from above."""
    crossed = bounds.contradiction
    if crossed is not None:
        assert isinstance(crossed, Branch)  # of the total, which is split
        return impossible(crossed, bounds, _used([crossed], bounds, claims))
    bounding: list[Quantity | Branch] = [total] if bounds.at(total)[1] < NO_BOUND else []
    bounding += [way for at in range(ways) if bounds.at(way := Branch(total, at))[1] < NO_BOUND]
    if len(bounding) < 2:
        return None
    for pair in combinations(bounding, 2):
        if gap(*map(bounds.at, pair)):
            return apart(total, pair, bounds, _used(pair, bounds, claims))
    return _agreed(total, bounding, bounds, claims, pivots)


def _used(ways: Iterable, bounds: Bounds, claims: list[Claim]) -> list[Claim]:
    used = causes(ways, bounds)
    return [claim for claim in claims if claim.number in used]


def _agreed(total: Quantity, ways: list, bounds: Bounds, claims: list[Claim], pivots: frozenset) -> Check:
    """The lines have a total in common: with every figure rounded (`ok`), or only with some cut
    (`truncated`)."""
    strict = propagate(claims, bounds.constraints, pivots | {total}, rounded=True)
    low, high = _meeting(map(strict.at, ways))
    meet = strict.contradiction is None and low <= high
    used = _used(ways, bounds, claims)
    lines = [way for way in ways if way != total]
    texts = " và ".join(way_text(way, bounds, used) for way in lines)
    low, high = _meeting(map(bounds.at, ways))
    first, common = span(*bounds.at(ways[0]), total.indicator), span(low, high, total.indicator)
    return Check(
        check_name(total, lines, used, bounds),
        reported_under(used),
        f"{named(total, year=True)}: {texts} → {common}",
        first,
        common,
        "0",
        OK if meet else TRUNCATED,
        tuple(used),
        tuple(bounds.constraints),
        total,
    )


def _meeting(spans: Iterable[tuple]) -> tuple:
    """What all spans share, from the highest low end to the lowest high end; they share nothing where these cross."""
    lows, highs = zip(*spans, strict=True)
    return max(lows), min(highs)
