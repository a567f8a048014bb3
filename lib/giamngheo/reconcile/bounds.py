"""What a set of claims says about every quantity: exact bounds, narrowed until nothing changes.

Bounds carry why they hold (the claims and constraints used), so a contradiction names its causes, and the
smallest of them are found by leaving out what is not needed.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from giamngheo.reconcile.claims import Claim, Quantity
from giamngheo.reconcile.constraints import HIGH, LOW, Constraint
from giamngheo.reconcile.indicators import is_bounded, is_change, is_rate, is_whole
from giamngheo.reconcile.notation import NO_BOUND
from giamngheo.vietnamese.numbers import Exact

# How often a constraint is asked at most: asking less often only leaves bounds wider than they could be.
VISITS = 25


class Branch(NamedTuple):
    """What one constraint alone says of a quantity that is split, each constraint seeing a copy of its
    own."""

    quantity: Quantity
    constraint: int

    @property
    def indicator(self) -> str:
        return self.quantity.indicator


@dataclass
class Bounds:
    """low and high of each quantity, why they hold, the constraints that narrowed it; the contradiction if
    any.

    Causes are numbers of claims and, as -1 - position in `constraints`, of constraints.
    """

    constraints: Sequence[Constraint] = ()
    low: dict = field(default_factory=dict)
    high: dict = field(default_factory=dict)
    why: dict = field(default_factory=lambda: defaultdict(frozenset))
    narrowed_by: dict = field(default_factory=lambda: defaultdict(list))
    contradiction: Quantity | Branch | None = None

    def at(self, one) -> tuple[Exact, Exact]:
        if one not in self.low:
            self.low[one], self.high[one] = widest(one.indicator)
        return self.low[one], self.high[one]

    def tighten(self, one, low, high, causes: frozenset) -> bool:
        """Keep the narrower of the known bounds and these; whether anything changed."""
        least, most = self.at(one)
        whole = is_whole(one.indicator)
        changed = False
        if low is not None and (end := ceil(low) if whole else low) > least:
            self.low[one], self.why[one, LOW], changed = end, causes, True
        if high is not None and (end := floor(high) if whole else high) < most:
            self.high[one], self.why[one, HIGH], changed = end, causes, True
        if changed and self.low[one] > self.high[one]:
            self.contradiction = one
        return changed

    def causes(self) -> frozenset:
        """Why the contradiction's two ends hold."""
        one = self.contradiction
        return self.why[one, LOW] | self.why[one, HIGH]


def widest(indicator: str) -> tuple[int, int]:
    """The bounds of a quantity of which nothing is known."""
    if is_change(indicator):
        return (-1, 1) if is_rate(indicator) else (-NO_BOUND, NO_BOUND)
    return 0, 1 if is_rate(indicator) and is_bounded(indicator) else NO_BOUND


def allowed(claim: Claim, rounded: bool = False) -> tuple[Exact, Exact]:
    """The exact values a claim admits; a change of rates may also be a difference of printed rates, and a
    rate of poverty a sum of printed rates, each off by up to one and a half of its last unit (one when only
    rounded)."""
    reading, step = claim.reading, claim.reading.unit_in_last_place
    low, high = reading.interval(rounded)
    indicator = claim.quantity.indicator
    if is_change(indicator) and is_rate(indicator):
        room = step if rounded else step * Fraction(3, 2)
        return min(low, reading.value - room), max(high, reading.value + room)
    if claim.summed:
        return reading.value - step, reading.value + (step if rounded else 2 * step)
    return low, high


def propagate(
    claims: Iterable[Claim],
    constraints: Sequence[Constraint],
    split: frozenset[Quantity] = frozenset(),
    rounded: bool = False,
) -> Bounds:
    """The bounds that the claims and constraints imply, up to the first contradiction.

    A quantity in `split` passes nothing from one constraint to another: each has its `Branch` of it.
    `rounded` reads every figure as rounded, never as cut."""
    bounds = Bounds(constraints)
    printed: dict[Quantity, Claim] = {}
    for claim in claims:
        printed.setdefault(claim.quantity, claim)
        bounds.tighten(claim.quantity, *allowed(claim, rounded), frozenset((claim.number,)))
        if bounds.contradiction:
            return bounds
    touching = defaultdict(list)
    for position, constraint in enumerate(constraints):
        for one in constraint.variables:
            touching[Branch(one, position) if one in split else one].append(position)

    def ask(position: int) -> list | None:
        changed = []
        for one in _narrowed(bounds, constraints[position], position, split, printed):
            if bounds.contradiction:
                return None
            changed.append(one)
        return changed

    settled(range(len(constraints)), touching, ask)
    return bounds


def settled(positions: Iterable[int], touching: Mapping, ask: Callable[[int], Iterable | None]) -> bool:
    """Ask constraints, by their positions, and again those that touch what changed, until nothing changes.

    `ask` gives the quantities that a constraint changed, None where it left one without a value: then False."""
    waiting = deque(positions)
    visits: dict[int, int] = defaultdict(int)
    queued = set(waiting)
    while waiting:
        position = waiting.popleft()
        queued.discard(position)
        visits[position] += 1
        changed = ask(position)
        if changed is None:
            return False
        for one in changed:
            for other in touching[one]:
                if other not in queued and visits[other] < VISITS:
                    queued.add(other)
                    waiting.append(other)
    return True


def _narrowed(
    bounds: Bounds, constraint: Constraint, position: int, split: frozenset, printed: dict
) -> Iterable:
    """Apply one constraint; yield each quantity it narrowed."""

    def own(one: Quantity):
        return Branch(one, position) if one in split else one

    for one, low, high, because in constraint.narrow(lambda one: bounds.at(own(one)), printed.get):
        one = own(one)
        least, most = bounds.at(one)
        if (low is None or low <= least) and (high is None or high >= most):
            continue
        causes = {-1 - position}
        for cause in because:
            causes |= {cause} if isinstance(cause, int) else bounds.why[own(cause[0]), cause[1]]
        if bounds.tighten(one, low, high, frozenset(causes)):
            bounds.narrowed_by[one].append(position)
            yield one


def smallest(
    claims: Sequence[Claim],
    constraints: Sequence[Constraint],
    causes: frozenset,
    split: frozenset,
) -> tuple[list[Claim], list[Constraint]]:
    """A contradiction's claims and constraints without those it does not need: leaving out any one resolves
    it."""
    kept = [claim for claim in claims if claim.number in causes]
    used = [constraint for position, constraint in enumerate(constraints) if -1 - position in causes]
    for constraint in list(used):
        fewer = [one for one in used if one is not constraint]
        if propagate(kept, fewer, split).contradiction:
            used = fewer
    for claim in list(kept):
        others = [one for one in kept if one is not claim]
        if propagate(others, used, split).contradiction:
            kept = others
    return kept, used


def implied_totals(count: int, rate_interval: tuple) -> range:
    """All whole numbers N for which count / N lies in the closed interval of rates.

    >>> from fractions import Fraction
    >>> implied_totals(242, (Fraction("0.20855"), Fraction("0.20865")))  # 242 = 20,86%
    range(1160, 1161)
    """
    low, high = rate_interval
    if count < 0 or low <= 0 or high < low:
        raise ValueError("the count must be at least 0 and the rates above 0, low before high")
    return range(max(ceil(count / high), 1), floor(count / low) + 1)
