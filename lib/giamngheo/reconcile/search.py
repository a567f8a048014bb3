"""Whole numbers between narrowed bounds: tried one after another and taken back where they leave nothing for
another, which finds values; halved until nothing is left of either half, which shows that there are none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType

from giamngheo.reconcile.bounds import settled, widest
from giamngheo.reconcile.claims import Claim, Quantity
from giamngheo.reconcile.constraints import Constraint, Ratio
from giamngheo.reconcile.indicators import TOTALS, is_rate
from giamngheo.reconcile.notation import NO_BOUND

BRIEF, LONG = 20, 400  # values tried at most by one search
HALVES = 100  # halves looked at, at most, to show that there are no values
SCALES = (10**5, 300, 10**3, 10**7)  # what is tried above the least value of a count that nothing bounds
LARGE = 10**4  # totals of such a scale are tried before their parts, smaller ones after them

Values = dict[Quantity, int | Fraction]
Spans = dict[Quantity, tuple]


class Search:
    """Bounds of quantities under constraints, narrowed and taken back."""

    def __init__(
        self, spans: Spans, constraints: Sequence[Constraint], printed: Mapping[Quantity, Claim] = MappingProxyType({})
    ):
        self.printed = printed
        self.constraints = list(constraints)
        self.touching = defaultdict(list)
        for position, constraint in enumerate(constraints):
            for one in constraint.variables:
                self.touching[one].append(position)
        self.spans = {one: widest(one.indicator) for one in (*self.touching, *spans)}
        self.trail: list[tuple[Quantity, tuple]] = []
        self.tries = 0  # values that may still be tried
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

    def unbounded(self) -> bool:
        """Whether nothing tells the most that some count can be."""
        return any(high >= NO_BOUND for one, (_, high) in self.spans.items() if not is_rate(one.indicator))

    def solution(self, scale: int, tries: int) -> Values | None:
        """Values for everything, found by trying; None where there are none or too many were tried."""
        counts = [one for one in self.spans if not is_rate(one.indicator)]
        tried: list[tuple[int, Iterator[int], Quantity]] = []
        mark = len(self.trail)
        if not self.possible:
            return None
        self.tries = tries + 2 * len(counts)
        while self.tries > 0:
            if not tried or self.spans[tried[-1][2]][0] == self.spans[tried[-1][2]][1]:
                one = self.narrowest(counts, totals_first=scale > LARGE)
                if one is None:
                    return self.values()
                tried.append((len(self.trail), candidates(*self.spans[one], scale), one))
            while tried and not self.next_value(*tried[-1]):
                tried.pop()
            if not tried:
                return None
        self.take_back(mark)
        return None

    def empty(self) -> bool:
        """Whether there are no values at all, shown by halving the count that is least known; False where some may be
        left of the halves looked at."""
        counts = [one for one in self.spans if not is_rate(one.indicator)]
        mark = len(self.trail)
        waiting: list[tuple[int, Quantity | None, tuple]] = [(0, None, ())] if self.possible else []
        for _ in range(HALVES):
            if not waiting:
                self.take_back(mark)
                return True
            kept, half, span = waiting.pop()
            self.take_back(mark + kept)
            if half and not (self.narrow(half, *span) and self.settle(self.touching[half])):
                continue
            one = self.least_known(counts)
            if one is None:
                break
            low, high = self.spans[one]
            middle = (low + high) // 2
            waiting += [(len(self.trail) - mark, one, part) for part in ((low, middle), (middle + 1, high))]
        self.take_back(mark)
        return False

    def least_known(self, counts: list[Quantity]) -> Quantity | None:
        """The open quantity, of those bounded on both sides, with the widest span for its size; last come those that may
        be nothing, of which little is said."""

        def width(one: Quantity) -> tuple:
            low, high = self.spans[one]
            return low > 0 or high < 0, Fraction(high - low, max(abs(low), abs(high)))

        def is_open(low: int, high: int) -> bool:
            return -NO_BOUND < low < high < NO_BOUND

        return max((one for one in counts if is_open(*self.spans[one])), key=width, default=None)

    def next_value(self, mark: int, values: Iterator[int], one: Quantity) -> bool:
        """Give a quantity its next value that leaves something for all others."""
        for value in values:
            self.take_back(mark)
            self.tries -= 1
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

        def ask(position: int) -> Iterable[Quantity] | None:
            mark = len(self.trail)
            for one, low, high, _ in self.constraints[position].narrow(self.spans.__getitem__, self.printed.get):
                if not self.narrow(one, low, high):
                    return None
            return [one for one, _ in self.trail[mark:]]

        return settled(positions, self.touching, ask)

    def take_back(self, mark: int) -> None:
        while len(self.trail) > mark:
            one, span = self.trail.pop()
            self.spans[one] = span

    def values(self) -> Values:
        """The one value of each count, and each rate by division; a rate of nothing is the least it can be."""
        found: Values = {one: low for one, (low, _) in self.spans.items()}
        for ratio in self.constraints:
            if isinstance(ratio, Ratio) and found[ratio.whole]:
                found[ratio.rate] = Fraction(found[ratio.part], found[ratio.whole])
        return found


def candidates(low: int, high: int, scale: int = SCALES[0]) -> Iterator[int]:
    """A few values to try between two bounds, from the middle outwards."""
    if high >= NO_BOUND or low <= -NO_BOUND:
        near = 0 if low <= -NO_BOUND else low
        tries = (near + scale * share // 100 for share in (100, 307, 71, 153, 33, 211, 11, 1, 0))
        yield from (value for value in tries if low <= value <= high)
        return
    middle, width = (low + high) // 2, high - low
    for step in sorted({0, 1, 2, 3} | {width * at // 40 for at in range(1, 21)}):
        yield from (value for value in dict.fromkeys((middle - step, middle + step)) if low <= value <= high)
