"""The identities between quantities, each able to narrow the bounds of one quantity by those of the others.

Every constraint has `check` (the name of its check), `variables`, and `narrow(at, printed)`: `at(quantity)`
gives the bounds (low, high) known so far, `printed(quantity)` the claim about it, and `narrow` yields
`(quantity, low, high, because)`: bounds the quantity must also keep (None for none), and what they follow
from: ends of other quantities as (quantity, is_high) pairs and numbers of claims.
All arithmetic is exact; each narrowing is implied by the identity, so bounds that cross prove a
contradiction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from giamngheo.reconcile.claims import Claim, Quantity
from giamngheo.reconcile.notation import HAIR, NO_BOUND, Printed
from giamngheo.vietnamese.numbers import Exact

At = Callable[[Quantity], tuple[Exact, Exact]]
Printing = Callable[[Quantity], Claim | None]
LOW, HIGH = False, True


@dataclass(frozen=True)
class Sum:
    """whole = the sum of sign × term."""

    check: str
    whole: Quantity
    terms: tuple[tuple[int, Quantity], ...]

    @property
    def variables(self) -> tuple[Quantity, ...]:
        return (self.whole, *(term for _, term in self.terms))

    def narrow(self, at: At, printed: Printing) -> Iterable[tuple]:
        """0 = Σ s·x over all variables, so each s·x = -(Σ of the others), end by end."""
        signed = [(-1, self.whole), *self.terms]
        bounds = [at(one) for _, one in signed]
        lows = [s * (low if s > 0 else high) for (s, _), (low, high) in zip(signed, bounds, strict=True)]
        highs = [s * (high if s > 0 else low) for (s, _), (low, high) in zip(signed, bounds, strict=True)]
        least, most = sum(lows), sum(highs)
        for (s, one), low, high in zip(signed, lows, highs, strict=True):
            top, bottom = -(least - low), -(most - high)
            if top < NO_BOUND:
                yield _end(one, s, top, ((x, (t < 0) is HIGH) for t, x in signed if x != one), upper=True)
            if bottom > -NO_BOUND:
                yield _end(one, s, bottom, ((x, (t > 0) is HIGH) for t, x in signed if x != one), upper=False)


def _end(one: Quantity, sign: int, value: Exact, because: Iterable, upper: bool) -> tuple:
    """sign × one ≤ value (upper) or ≥ value, as a bound of `one`."""
    if upper == (sign > 0):
        return one, None, sign * value, because
    return one, sign * value, None, because


@dataclass(frozen=True)
class AtMost:
    """The parts together are not more than `times` × whole (parts that exclude each other; times > 1: at
    least one member each, so zero households have zero members)."""

    check: str
    parts: tuple[Quantity, ...]
    whole: Quantity
    times: int = 1

    @property
    def variables(self) -> tuple[Quantity, ...]:
        return (*self.parts, self.whole)

    def narrow(self, at: At, printed: Printing) -> Iterable[tuple]:
        lows = {part: at(part)[0] for part in self.parts}
        least = sum(lows.values())
        yield self.whole, least if self.times == 1 else Fraction(least, self.times), None, [(part, LOW) for part in self.parts]
        most = self.times * at(self.whole)[1]
        if most < NO_BOUND:
            for part in self.parts:
                because = ((one, one == self.whole) for one in self.variables if one != part)
                yield part, None, most - (least - lows[part]), because


@dataclass(frozen=True)
class Ratio:
    """rate = part / whole; a rate above zero is a rate of something, so its whole is at least one."""

    check: str
    rate: Quantity
    part: Quantity
    whole: Quantity

    @property
    def variables(self) -> tuple[Quantity, ...]:
        return (self.rate, self.part, self.whole)

    def narrow(self, at: At, printed: Printing) -> Iterable[tuple]:
        (rate_low, rate_high), (low, high), (least, most) = at(self.rate), at(self.part), at(self.whole)
        if least > 0:
            yield self.rate, Fraction(low, most), None, [(self.part, LOW), (self.whole, HIGH)]
            if high < NO_BOUND:
                yield self.rate, None, Fraction(high, least), [(self.part, HIGH), (self.whole, LOW)]
        if rate_low > 0:
            yield self.whole, Fraction(1), None, [(self.rate, LOW)]
        if rate_high > 0:
            yield self.whole, Fraction(low) / rate_high, None, [(self.part, LOW), (self.rate, HIGH)]
        if rate_low > 0 and high < NO_BOUND:
            yield self.whole, None, Fraction(high) / rate_low, [(self.part, HIGH), (self.rate, LOW)]
        yield self.part, rate_low * least, None, [(self.rate, LOW), (self.whole, LOW)]
        if most < NO_BOUND:
            yield self.part, None, rate_high * most, [(self.rate, HIGH), (self.whole, HIGH)]


@dataclass(frozen=True)
class Mean:
    """The rate of a whole lies between the least and the greatest rate of its parts, all of them known."""

    check: str
    whole: Quantity
    parts: tuple[Quantity, ...]

    @property
    def variables(self) -> tuple[Quantity, ...]:
        return (self.whole, *self.parts)

    def narrow(self, at: At, printed: Printing) -> Iterable[tuple]:
        yield self.whole, min(at(part)[0] for part in self.parts), None, [(part, LOW) for part in self.parts]
        yield self.whole, None, max(at(part)[1] for part in self.parts), [(part, HIGH) for part in self.parts]


@dataclass(frozen=True)
class PointChange:
    """change = now - before of two rates; the printed change may be the difference of the exact rates or of
    the printed ones, both are customary.

    The quantity `change` is the difference of the exact rates. Where this year's printed rate p and the
    printed change d have the unit u, last year's exact rate lies in now - d (first custom, d rounded or cut)
    or in [p - d - u/2, p - d + u) (second custom): in the hull of both. Where d is finer than p, the rates that it
    is the difference of were printed finer elsewhere, each off by less than a step of d. The same holds backwards
    for this year's rate."""

    check: str
    change: Quantity
    now: Quantity
    before: Quantity

    @property
    def variables(self) -> tuple[Quantity, ...]:
        return (self.change, self.now, self.before)

    def narrow(self, at: At, printed: Printing) -> Iterable[tuple]:
        change = printed(self.change)
        if change is None:
            return
        for known, other, sign in ((self.now, self.before, -1), (self.before, self.now, 1)):
            rate = printed(known)
            if rate is None:
                continue
            elsewhere = finer(change.reading, rate.reading)
            low, high = _finer_printed(change.reading) if elsewhere else change.reading.interval()
            least, most = at(known)
            first = (least + low, most + high) if sign > 0 else (least - high, most - low)
            ends = first if elsewhere else customary(rate.reading, change.reading, sign)
            second = ends[0], ends[1] - HAIR
            because = [change.number, rate.number]
            yield other, min(first[0], second[0]), None, [*because, (known, LOW)]
            yield other, None, max(first[1], second[1]), [*because, (known, HIGH)]


def finer(change: Printed, rate: Printed) -> bool:
    """Whether a change has decimals that the rate printed beside it has not.

    >>> from giamngheo.reconcile.notation import parse
    >>> [finer(parse(f"giảm {one}", "change_poor_rate"), parse("1,9%", "poor_rate")) for one in ("0,08%", "0,10%", "0,1%")]
    [True, False, False]
    """
    return change.unit_in_last_place < rate.unit_in_last_place and change.value % rate.unit_in_last_place != 0


def _finer_printed(change: Printed) -> tuple[Exact, Exact]:
    """The exact differences of two rates of which one was rounded, one cut to the step of their printed change."""
    low, high = change.interval()
    room = change.unit_in_last_place * Fraction(3, 2)
    return min(low, change.value - room), max(high, change.value + room)


def customary(rate: Printed, change: Printed, sign: int) -> tuple[Exact, Exact]:
    """The exact rates of the other year when the change was computed from printed rates: rate ± change."""
    step = rate.unit_in_last_place
    whole_steps = change.unit_in_last_place <= step and change.value % step == 0
    low, high = (change.value,) * 2 if whole_steps else change.interval()
    ends = sorted((rate.value + sign * low, rate.value + sign * high))
    return ends[0] - Fraction(step, 2), ends[1] + step


@dataclass(frozen=True)
class Multiple:
    """whole = times × part."""

    check: str
    whole: Quantity
    part: Quantity
    times: int

    @property
    def variables(self) -> tuple[Quantity, ...]:
        return (self.whole, self.part)

    def narrow(self, at: At, printed: Printing) -> Iterable[tuple]:
        (low, high), (least, most) = at(self.whole), at(self.part)
        yield self.whole, self.times * least, None, [(self.part, LOW)]
        yield self.whole, None, self.times * most, [(self.part, HIGH)]
        yield self.part, Fraction(low) / self.times, None, [(self.whole, LOW)]
        yield self.part, None, Fraction(high) / self.times, [(self.whole, HIGH)]


Constraint = Sum | AtMost | Ratio | Mean | PointChange | Multiple
