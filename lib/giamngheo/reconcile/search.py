"""Whole numbers between narrowed bounds: a few tried one after another and taken back where they leave nothing for
another, which finds values quickly; halved until one is left of each, which finds them too, or nothing of either half,
which shows that there are none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, isqrt

from giamngheo.reconcile.bounds import settled, widest
from giamngheo.reconcile.claims import Quantity
from giamngheo.reconcile.constraints import Constraint, Ratio
from giamngheo.reconcile.indicators import MONEY, TOTALS, is_rate, is_whole, unit

BRIEF = 20  # values tried at most by one search
HALVES = 400  # halves looked at, at most
MOST = 10**10  # no place has so many households or people
LITTLE = 50  # a bound that moves by less than the 50th part of a span is not told to others
ROUGH = Fraction(1, 50)  # a total known no better than this is halved before other counts
WIDE = 10**4  # how many times its least a count may be, where its size is known
SCALES = (10**5, 300, 10**3, 10**7)  # what is tried above the least value of a count that nothing bounds
LARGE = 10**4  # totals of such a scale are tried before their parts, smaller ones after them

Values = dict[Quantity, int | Fraction]
Spans = dict[Quantity, tuple]


class Search:
    """Bounds of quantities under constraints, narrowed and taken back."""

    def __init__(self, spans: Spans, constraints: Sequence[Constraint]):
        self.constraints = list(constraints)
        self.touching = defaultdict(list)
        for position, constraint in enumerate(constraints):
            for one in constraint.variables:
                self.touching[one].append(position)
        self.spans = {one: largest(one.indicator) for one in (*self.touching, *spans)}
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
            self.spans.setdefault(one, largest(one.indicator))
        kept = self.possible and all(self.narrow(one, *span) for one, span in narrower.items())
        return kept and self.settle(dict.fromkeys(at for one in narrower for at in self.touching[one]))

    def forget(self, tie: Constraint | None) -> None:
        """Give up the constraint adopted last."""
        if tie:
            self.constraints.pop()
            for variable in tie.variables:
                self.touching[variable].pop()

    def unbounded(self) -> bool:
        """Whether nothing tells how large some count is."""
        return any(wide(*span) for one, span in self.spans.items() if not is_rate(one.indicator))

    def solution(self, scale: int, tries: int) -> Values | None:
        """Values for everything, found by trying; None where there are none or too many were tried."""
        counts = [one for one in self.spans if is_whole(one.indicator)]
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
                low, high = self.spans[one]
                tried.append((len(self.trail), candidates(low, high, scale), one))
            while tried and not self.next_value(*tried[-1]):
                tried.pop()
            if not tried:
                return None
        self.take_back(mark)
        return None

    def beginning(self, values: Mapping[Quantity, int]) -> Values | None:
        """Values for everything of which some are given, found by trying; None where there are none or too many were tried."""
        mark = len(self.trail)
        kept = self.possible and all(self.narrow(one, value, value) for one, value in values.items())
        kept = kept and self.settle(dict.fromkeys(at for one in values for at in self.touching[one]))
        found = self.solution(SCALES[0], BRIEF) if kept else None
        self.take_back(mark)
        return found

    def halve(self) -> tuple[Values | None, bool]:
        """Values, if halving the counts comes to some, and whether it came to an end: then without values there are none."""
        counts = [one for one in self.spans if is_whole(one.indicator)]
        mark = len(self.trail)
        waiting: list[tuple[int, Quantity | None, tuple]] = [(mark, None, ())] if self.possible else []
        values = None
        for _ in range(HALVES):
            if not waiting or values is not None:
                break
            kept, half, span = waiting.pop()
            self.take_back(kept)
            if half and not (self.narrow(half, *span) and self.settle(self.touching[half])):
                continue
            one = self.least_known(counts)
            if one is None:
                values = self.values()
            else:
                low, high = self.spans[one]
                split = middle(low, high)
                waiting += [(len(self.trail), one, part) for part in ((split + 1, high), (low, split))]
        self.take_back(mark)
        return values, values is not None or not waiting

    def least_known(self, counts: list[Quantity]) -> Quantity | None:
        """The open quantity with the widest span for its size, before it totals that are roughly known; last
        come those that may be nothing, of which little is said."""

        def width(one: Quantity) -> tuple:
            low, high = self.spans[one]
            relative = Fraction(high - low, max(abs(low), abs(high)))
            return one.indicator in TOTALS and relative > ROUGH, low > 0 or high < 0, relative

        return max((one for one in counts if self.spans[one][0] < self.spans[one][1]), key=width, default=None)

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
        least, most = span = self.spans[one]
        whole = is_whole(one.indicator)
        if low is not None and low > least:
            least = ceil(low) if whole else low
        if high is not None and high < most:
            most = floor(high) if whole else high
        if (least, most) != span:
            self.trail.append((one, span))
            self.spans[one] = (least, most)
        return least <= most

    def settle(self, positions: Iterable[int]) -> bool:
        """Narrow by the constraints until nothing changes; False where something has no value left."""

        def ask(position: int) -> Iterable[Quantity] | None:
            changed = []
            for one, low, high, _ in self.constraints[position].narrow(self.spans.__getitem__, lambda _: None):
                before = self.spans[one]
                if not self.narrow(one, low, high):
                    return None
                after = self.spans[one]
                if after is not before and _much(before, after):
                    changed.append(one)
            return changed

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


def largest(indicator: str) -> tuple:
    """The bounds of a quantity of which nothing is known, but that it is of people who live."""
    low, high = widest(indicator)
    return (low, high) if is_rate(indicator) or unit(indicator) == MONEY else (max(low, -MOST), min(high, MOST))


def wide(low: int, high: int) -> bool:
    """Whether two bounds leave open of what order of magnitude a count is.

    >>> wide(0, 9000), wide(5, 10**6), wide(-(10**6), -5), wide(500, 10**6)
    (False, True, True, False)
    """
    return high > WIDE * max(low, 1) or low < WIDE * min(high, -1)


def _much(before: tuple, after: tuple) -> bool:
    """Whether so much of a span is gone that others should hear of it."""
    return (before[1] - before[0]) * (LITTLE - 1) > (after[1] - after[0]) * LITTLE


def middle(low: int, high: int) -> int:
    """What two bounds are split at: half of them, or of their orders of magnitude where these are far apart.

    >>> middle(5, 9), middle(100, 10**6), middle(0, 10**6), middle(-(10**6), -100), middle(-9, 10**6)
    (7, 10000, 1000, -10000, 0)
    """
    if low < 0 < high and wide(low, high):
        return 0
    if low >= 0 and high > 4 * max(low, 1):
        return isqrt(max(low, 1) * high)
    return -isqrt(low * min(high, -1)) if high <= 0 and low < 4 * min(high, -1) else (low + high) // 2


def candidates(low: int, high: int, scale: int = SCALES[0]) -> Iterator[int]:
    """A few values to try between two bounds, from the middle outwards."""
    if wide(low, high):
        near = 0 if low < 0 else low
        tries = (near + scale * share // 100 for share in (100, 307, 71, 153, 33, 211, 11, 1, 0))
        yield from (value for value in tries if low <= value <= high)
        return
    middle, width = (low + high) // 2, high - low
    for step in sorted({0, 1, 2, 3} | {width * at // 40 for at in range(1, 21)}):
        yield from (value for value in dict.fromkeys((middle - step, middle + step)) if low <= value <= high)
