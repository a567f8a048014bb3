"""One full assignment of whole numbers and exact rates under which every claim prints as it stands.

All identities that any claim can reach are taken together, printed or not (`closed`). Bounds are narrowed;
then one whole number after another, the one with fewest values left first, is given a value from the middle
of what is left, and the bounds are narrowed again; a value that leaves nothing for another is taken back.
Rates follow by division at the end. Quantities that no identity ties are searched apart."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import ceil, floor

from giamngheo.reconcile.bounds import VISITS, allowed, widest
from giamngheo.reconcile.claims import Claim, Quantity
from giamngheo.reconcile.constraints import AtMost, Constraint, Multiple, PointChange, Ratio, Sum, customary
from giamngheo.reconcile.indicators import (
    AVERAGES,
    CHANGE,
    FLOW_RATES,
    REACHES,
    RELATIVES,
    TOTALS,
    is_change,
    is_rate,
)
from giamngheo.reconcile.network import Network
from giamngheo.reconcile.notation import HAIR, NO_BOUND
from giamngheo.reconcile.sayings import PLANNED
from giamngheo.reconcile.verdicts import gap

TRIES = 1000  # values tried at most in one part that is searched apart
ALL = 3000  # values between two bounds of which every one is tried
CUSTOMS = 32  # ways of reading its changes of rates that are tried at most
SCALES = (10**5, 300, 10**3, 10**7)  # what is tried above the least value of a count that nothing bounds
LARGE = 10**4  # totals of such a scale are tried before their parts, smaller ones after them

Values = dict[Quantity, int | Fraction]
Spans = dict[Quantity, tuple]


def witness(network: Network) -> tuple[Values, list[list[Claim]]]:
    """The values found, and the claims of each part for which none were."""
    found, left = {}, []
    for claims, constraints in apart(network.claims, closed(network)):
        values = first(claims, constraints)
        if values is None:
            left.append(claims)
        else:
            found |= values
    return found | made(network, found), left


def made(network: Network, values: Values) -> Values:
    """The values of printed figures that are made from others: averages, relative changes, rates of flows, what a
    plan has reached; as they are where nothing they are made from is known."""
    found: Values = {}
    for claim in network.claims:
        low, high = claim.reading.interval()
        ways = [Fraction(part) / whole for part, whole in _operands(claim.quantity, values) if whole]
        if ways:
            found[claim.quantity] = next((one for one in ways if low <= one <= high), ways[0])
    return found


def _operands(one: Quantity, values: Values) -> Iterator[tuple]:
    """What a figure is the quotient of, in each way it may have been made."""
    group, indicator = one
    now, before = values.get, group.before()
    if indicator in AVERAGES:
        pairs = [(now(Quantity(group, AVERAGES[indicator])), group.length())]
    elif indicator in RELATIVES:
        count = RELATIVES[indicator]
        pairs = [(now(Quantity(group, CHANGE + count)), now(Quantity(before, count)))]
    elif indicator in FLOW_RATES:
        flow, origin = FLOW_RATES[indicator]
        bases = (Quantity(group, "households"), Quantity(before, "households"), Quantity(before, origin))
        pairs = [(now(Quantity(group, flow)), now(base)) for base in bases]
    elif indicator in REACHES:
        plan = group._replace(status=PLANNED)
        pairs = [(now(Quantity(group, REACHES[indicator])), now(Quantity(plan, REACHES[indicator])))]
    else:
        pairs = []
    yield from ((part, whole) for part, whole in pairs if part is not None and whole is not None)


def refuted(claims: Sequence[Claim], constraints: Sequence[Constraint]) -> bool:
    """Whether no values at all satisfy the constraints, every one having been tried; a change of rates is
    taken as wide as both customs allow."""
    spans: Spans = {}
    for claim in claims:
        spans[claim.quantity] = _meet(spans.get(claim.quantity), allowed(claim))
    search = Search(spans, [one for one in constraints if not isinstance(one, PointChange)])
    return search.solution(SCALES[0], TRIES * len(SCALES), thorough=True) is None and search.complete


def closed(network: Network) -> list[Constraint]:
    """The identities between all quantities that the printed ones reach: what a rate is a rate of, both years
    of a change, the rest of a sum of which two are known. Parts that nothing is known of are left out of
    bounds."""
    known, growing = set(network.printed), True
    while growing:
        before = len(known)
        for one in network.identities:
            if _reaches(one, known):
                known.update(one.variables)
        growing = len(known) > before
    return [kept for one in network.identities if (kept := _kept(one, known, network.printed))]


def _of_points(one: Constraint) -> bool:
    """Whether the constraint is a sum of changes of rates."""
    return isinstance(one, Sum) and is_rate(one.whole.indicator) and is_change(one.whole.indicator)


def _reaches(one: Constraint, known: set[Quantity]) -> bool:
    """Whether the constraint's other quantities are needed."""
    if isinstance(one, Ratio):
        return one.rate in known
    if not isinstance(one, Sum) or one.check in ("movements", "rate_sum"):
        return False
    return is_change(one.whole.indicator) and one.whole in known or len(known.intersection(one.variables)) > 1


def _kept(one: Constraint, known: set[Quantity], printed: dict) -> Constraint | None:
    if isinstance(one, AtMost) and one.whole in known:
        parts = tuple(part for part in one.parts if part in known)
        return replace(one, parts=parts) if parts else None
    needed = printed if isinstance(one, Sum) and one.check == "movements" else known
    return one if all(variable in needed for variable in one.variables) else None


def apart(
    claims: Sequence[Claim], constraints: Sequence[Constraint]
) -> Iterator[tuple[list[Claim], list[Constraint]]]:
    """Claims and constraints in groups that share no quantity."""
    leader: dict[Quantity, Quantity] = {}

    def of(one: Quantity) -> Quantity:
        while (above := leader.setdefault(one, one)) != one:
            leader[one] = leader[above]
            one = above
        return one

    for constraint in constraints:
        head, *others = constraint.variables
        for one in others:
            leader[of(one)] = of(head)
    groups = defaultdict(lambda: ([], []))
    for claim in claims:
        groups[of(claim.quantity)][0].append(claim)
    for constraint in constraints:
        groups[of(constraint.variables[0])][1].append(constraint)
    yield from groups.values()


def first(claims: Sequence[Claim], constraints: Sequence[Constraint]) -> Values | None:
    """The first assignment found, for any way of reading the printed changes of rates; None where none is."""
    changes = [one for one in constraints if isinstance(one, PointChange)]
    fixed = [one for one in constraints if not isinstance(one, PointChange | Multiple) and not _of_points(one)]
    printed = {claim.quantity: claim for claim in claims}
    spans: Spans = {}
    for claim in claims:
        if not (is_rate(claim.quantity.indicator) and is_change(claim.quantity.indicator)):
            spans[claim.quantity] = _meet(spans.get(claim.quantity), allowed(claim))
    search = Search(spans, fixed)
    told = [one for one in changes if one.change in printed]
    for scale in SCALES:
        for _ in islice(_read(search, told, printed), CUSTOMS):
            values = search.solution(scale)
            if values is not None:
                return _with_changes(values, changes)
    return None


def _read(search: "Search", changes: Sequence[PointChange], printed: dict[Quantity, Claim]) -> Iterator[None]:
    """Stop at each way of reading the printed changes that leaves something for every quantity."""
    if not changes:
        yield
        return
    for tie, narrower in _customs(changes[0], printed, search):
        mark = len(search.trail)
        if search.adopt(tie, narrower):
            yield from _read(search, changes[1:], printed)
        search.forget(tie)
        search.take_back(mark)


def _customs(one: PointChange, printed: dict[Quantity, Claim], search: "Search") -> Iterator[tuple]:
    """The ways to read a printed change of rates: as the difference of the printed rates (nothing more is
    asked, or the unprinted rates must print so), as the difference of the exact ones."""
    change = printed[one.change].reading
    now, before = (printed[rate].reading if rate in printed else None for rate in (one.now, one.before))
    if now and before and not gap((now.value - before.value,) * 2, change.interval()):
        yield None, {}
    difference = Sum("rate_change", one.change, ((1, one.now), (-1, one.before)))
    yield difference, {one.change: change.interval()}
    step = change.unit_in_last_place
    if bool(now) != bool(before):
        known, other, sign = (now, one.before, -1) if now else (before, one.now, 1)
        if known.unit_in_last_place == step and not known.approximate:
            low, high = customary(known, change, sign)
            yield None, {other: (low, high - HAIR)}
    if not now and not before:
        least, most = search.spans[one.before]
        for at in candidates(floor(least / step), ceil(most / step)):
            spans = [(value - step / 2, value + step - HAIR) for value in (at * step + change.value, at * step)]
            yield None, dict(zip((one.now, one.before), spans, strict=True))


def _with_changes(values: Values, changes: list[PointChange]) -> Values:
    """The values with the exact changes of rates."""
    return values | {one.change: values[one.now] - values[one.before] for one in changes}


def _meet(first: tuple | None, second: tuple) -> tuple:
    return (max(first[0], second[0]), min(first[1], second[1])) if first else second


class Search:
    """Bounds of quantities under constraints, narrowed and taken back."""

    def __init__(self, spans: Spans, constraints: Sequence[Constraint]):
        self.constraints = list(constraints)
        self.touching = defaultdict(list)
        for position, constraint in enumerate(constraints):
            for one in constraint.variables:
                self.touching[one].append(position)
        self.spans = {one: widest(one.indicator) for one in (*self.touching, *spans)}
        self.trail: list[tuple[Quantity, tuple]] = []
        self.complete = True  # whether every value has been tried where none was found
        self.possible = all(self.narrow(one, *span) for one, span in spans.items())
        self.possible = self.possible and self.settle(range(len(constraints)))

    def adopt(self, tie: Constraint | None, narrower: Spans) -> bool:
        """Take one more constraint and more bounds; whether they leave something."""
        if tie:
            self.constraints.append(tie)
            for variable in tie.variables:
                self.touching[variable].append(len(self.constraints) - 1)
        for one in narrower:
            self.spans.setdefault(one, widest(one.indicator))
        kept = self.possible and all(self.narrow(one, *span) for one, span in narrower.items())
        return kept and self.settle(dict.fromkeys(at for one in narrower for at in self.touching[one]))

    def forget(self, tie: Constraint | None) -> None:
        """Give up the constraint adopted last."""
        if tie:
            self.constraints.pop()
            for variable in tie.variables:
                self.touching[variable].pop()

    def solution(self, scale: int, tries: int = TRIES, thorough: bool = False) -> Values | None:
        """Values for everything, found by trying; None where there are none or too many were tried."""
        counts = [one for one in self.spans if not is_rate(one.indicator)]
        tried: list[tuple[int, Iterator[int], Quantity]] = []
        mark = len(self.trail)
        if not self.possible:
            return None
        for _ in range(tries + 2 * len(counts)):
            if not tried or self.spans[tried[-1][2]][0] == self.spans[tried[-1][2]][1]:
                one = self.narrowest(counts, totals_first=scale > LARGE)
                if one is None:
                    return self.values()
                low, high = self.spans[one]
                self.complete = self.complete and high - low <= ALL
                tried.append((len(self.trail), iter(candidates(low, high, scale, thorough)), one))
            while tried and not self.next_value(*tried[-1]):
                tried.pop()
            if not tried:
                return None
        self.complete = False
        self.take_back(mark)
        return None

    def next_value(self, mark: int, values: Iterator[int], one: Quantity) -> bool:
        """Give a quantity its next value that leaves something for all others."""
        for value in values:
            self.take_back(mark)
            if self.narrow(one, value, value) and self.settle(self.touching[one]):
                return True
        self.take_back(mark)
        return False

    def narrowest(self, counts: list[Quantity], totals_first: bool) -> Quantity | None:
        """The open quantity with fewest values left."""

        def width(one: Quantity) -> tuple:
            low, high = self.spans[one]
            return high - low, (one.indicator in TOTALS) != totals_first

        open_ones = [one for one in counts if self.spans[one][0] < self.spans[one][1]]
        return min(open_ones, key=width, default=None)

    def narrow(self, one: Quantity, low, high) -> bool:
        """Keep the narrower bounds; False where nothing is left."""
        least, most = self.spans[one]
        if not is_rate(one.indicator):
            low, high = low if low is None else ceil(low), high if high is None else floor(high)
        new = (least if low is None or low < least else low, most if high is None or high > most else high)
        if new != (least, most):
            self.trail.append((one, (least, most)))
            self.spans[one] = new
        return new[0] <= new[1]

    def settle(self, positions: Iterable[int]) -> bool:
        """Narrow by the constraints until nothing changes; False where something has no value left."""
        waiting, visits = deque(positions), defaultdict(int)
        queued = set(waiting)
        while waiting:
            position = waiting.popleft()
            queued.discard(position)
            visits[position] += 1
            mark = len(self.trail)
            for one, low, high, _ in self.constraints[position].narrow(self.spans.__getitem__, lambda _: None):
                if not self.narrow(one, low, high):
                    return False
            for one, _ in self.trail[mark:]:
                for other in self.touching[one]:
                    if other not in queued and visits[other] < VISITS:
                        queued.add(other)
                        waiting.append(other)
        return True

    def take_back(self, mark: int) -> None:
        while len(self.trail) > mark:
            one, span = self.trail.pop()
            self.spans[one] = span

    def values(self) -> Values:
        """The one value of each count, and each rate by division; a rate of nothing is the least it can be."""
        found = {one: low for one, (low, _) in self.spans.items()}
        for ratio in self.constraints:
            if isinstance(ratio, Ratio) and found[ratio.whole]:
                found[ratio.rate] = Fraction(found[ratio.part], found[ratio.whole])
        return found


def candidates(low: int, high: int, scale: int = SCALES[0], thorough: bool = False) -> Iterator[int]:
    """A few values to try between two bounds, from the middle outwards; then, where `thorough`, all others unless
    there are too many."""
    if high >= NO_BOUND or low <= -NO_BOUND:
        near = 0 if low <= -NO_BOUND else low
        tries = (near + scale * share // 100 for share in (100, 307, 71, 153, 33, 211, 11, 1, 0))
        yield from (value for value in tries if low <= value <= high)
        return
    middle, width = (low + high) // 2, high - low
    few = sorted({0, 1, 2, 3} | {width * at // 40 for at in range(1, 21)})
    rest = sorted(set(range(width // 2 + 2)).difference(few)) if thorough and width <= ALL else ()
    for step in (*few, *rest):
        yield from (value for value in dict.fromkeys((middle - step, middle + step)) if low <= value <= high)
