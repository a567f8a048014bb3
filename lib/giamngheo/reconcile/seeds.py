"""Values to begin with where changes are printed and little else: totals and counts of two years that fit them.

Of a class that grew by d households and whose rate grew by r, with N households before and M now, the count before is

    P = N × (r × M - d) / (N - M)        since (P + d) / M - P / N = r

so M is chosen on a side of every d / r where r × M - d has one sign for all classes, and N far enough from M for the
classes to be a part of the households only; those are kept of which whole numbers P give the rates."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from giamngheo.reconcile.claims import Quantity
from giamngheo.reconcile.constraints import PointChange
from giamngheo.reconcile.indicators import CHANGE, RATIOS
from giamngheo.vietnamese.numbers import rounded

APART = tuple(Fraction(times, 20) for times in (21, 23, 27, 30, 35, 45, 60, 100, 200, 800))  # times as far as is needed
BETWEEN = tuple(Fraction(share, 100) for share in (50, 20, 80, *range(3, 100, 3)))  # where between two ends
BEYOND = (2, 3, 5, 12, 40)  # how many times the last end

Spans = Mapping[Quantity, tuple]


class Grown(NamedTuple):
    """A class: its count the year before, by how many it grew, by how much its rate."""

    before: Quantity
    change: int
    rate: tuple[Fraction, Fraction]

    def middle(self) -> Fraction:
        return (self.rate[0] + self.rate[1]) / 2


def seeds(spans: Spans, changes: Sequence[PointChange]) -> Iterator[dict[Quantity, int]]:
    """Totals and counts of one place's two years, to be tried together."""
    places: dict[tuple[Quantity, Quantity], list[Grown]] = defaultdict(list)
    for one in changes:
        part, whole = RATIOS.get(one.now.indicator, ("", ""))
        low, high = spans.get(Quantity(one.change.group, CHANGE + part), (0, 1))
        if one.change in spans and low == high:
            key = Quantity(one.now.group, whole), Quantity(one.before.group, whole)
            least, most = spans[one.change]
            places[key].append(Grown(Quantity(one.before.group, part), low, (Fraction(least), Fraction(most))))
    for (now, before), classes in places.items():
        for many in _totals(classes):
            for last, counts in _fitting(many, classes):
                yield {now: many, before: last} | counts


def _totals(classes: Sequence[Grown]) -> Iterator[int]:
    """Totals of this year between the d / r of the classes and beyond them."""
    ends = sorted({one.change / one.middle() for one in classes if one.middle() and one.change / one.middle() > 0})
    for first, last in pairwise([Fraction(0), *(ends or [Fraction(1000)])]):
        yield from (int(first + share * (last - first)) for share in BETWEEN)
    yield from (int(times * (ends or [Fraction(1000)])[-1]) for times in BEYOND)


def _fitting(many: int, classes: Sequence[Grown]) -> Iterator[tuple[int, dict[Quantity, int]]]:
    """Totals of the year before and the counts that give the printed changes with them."""
    off = [one.middle() * many - one.change for one in classes]
    if not many or min(off) < 0 < max(off):
        return
    for times in APART:
        last = many + int(sum(off) * times) + (-1 if min(off) < 0 else 1)
        if last <= 0 or last == many:
            continue
        counts = {one.before: int(rounded(last * each / (last - many))) for one, each in zip(classes, off, strict=True)}
        if all(_gives(one, counts[one.before], many, last) for one in classes):
            yield last, counts


def _gives(one: Grown, count: int, many: int, last: int) -> bool:
    return one.rate[0] <= Fraction(count + one.change, many) - Fraction(count, last) <= one.rate[1]
