"""The smallest corrections that would make a mismatch's figures agree: proposed in order, never applied.

One figure is set aside at a time; what the others leave for it is exact. First come figures one digit, one
swap of neighbouring digits or one turn of `tăng` and `giảm` away, then any other single figure; before all
stand those that also clear a note (a rounding nobody has to explain any more), last come those that would
make more figures disagree. Among these come first those that settle most other mismatches,
that are of one value only, that need no rounding to explain them, that leave last year's total nearest to
this year's, and that change fewest digits and least.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from giamngheo.reconcile.bounds import Bounds, allowed, propagate, widest
from giamngheo.reconcile.claims import Claim
from giamngheo.reconcile.identities import Check
from giamngheo.reconcile.indicators import is_change, is_rate
from giamngheo.reconcile.notation import NO_BOUND, decimals_of, parse, rewrite
from giamngheo.reconcile.verdicts import MISMATCH, OK, ROUNDING, TRUNCATED, Span, verdict
from giamngheo.reconcile.wording import named, span
from giamngheo.vietnamese.numbers import Exact, rounded, unsigned

LISTED = 5  # sentences given
WEIGHED = 12  # claims whose corrections are weighed against the other checks, those of smallest change first
TRIED = 20  # values of one figure that are tried one by one; of a longer span only the nearest

SWAP, TURN, DIGIT, OTHER = "đổi chỗ hai chữ số liền nhau", "đổi chiều tăng, giảm", "một chữ số khác", ""


@dataclass(frozen=True)
class Proposal:
    """Values that might correct one claim, how each differs from it, and the first and last of the span they
    are of."""

    claim: Claim
    values: dict[Exact, str]
    first: Exact
    last: Exact

    def smallness(self) -> tuple:
        ways = [(how == OTHER, _digits_changed(self.claim, one)) for one, how in self.values.items()]
        return min(ways, default=(True, 0))


@dataclass(frozen=True)
class Correction:
    """One claim with another figure, or one of a span of figures, and how small a step that is.

    settles, breaks   other mismatches it ends, checks that hold now and would not
    clears            notes of roundings and cuts that it ends
    explained         the figures would agree only as rounded or cut
    unrest            how far last year's total would lie from this year's
    """

    claim: Claim
    text: str
    how: str
    settles: int
    breaks: int
    explained: bool
    unrest: Exact
    digits: int
    size: Exact
    pivot: str
    clears: int = 0
    spanning: bool = False

    def rank(self) -> tuple:
        fit = self.breaks - self.settles, self.spanning, self.explained, self.unrest
        size = (self.how == DIGIT, self.digits, self.size)
        first = (self.breaks > self.settles, -self.clears, self.how == OTHER)
        return (*first, *fit, *size, self.claim.number)


def corrections(check: Check, touching: Mapping[int, Sequence[Check]]) -> list[str]:
    """At most LISTED sentences in Vietnamese, the smallest correction first.

    `touching` gives, for the number of a claim, all checks that use it.
    """
    proposals = [proposal(claim, *left) for claim, left in left_by_others(check)]
    small = sorted(proposals, key=Proposal.smallness)[:WEIGHED]
    found = [one for given in small if (one := weighed(given, check, touching[given.claim.number]))]
    sentences = [_sentence(one, check) for one in sorted(found, key=Correction.rank)]
    if check.name == "movements":
        others = "hoặc còn hộ tăng, giảm khác (chuyển đến, chuyển đi, tách hộ) chưa được in"
        return [*sentences[: LISTED - 1], others]
    return sentences[:LISTED]


def proposal(claim: Claim, low: Exact, high: Exact) -> Proposal:
    """The values between two bounds that one claim might be corrected to: nearby ones, and all or the
    nearest."""
    step = claim.reading.unit_in_last_place
    small = {value: how for value, how in near(claim) if low - step < value < high + step}
    if high >= NO_BOUND or low <= -NO_BOUND:
        return Proposal(claim, small, low, high)
    first, last = (ceil(low), floor(high)) if step == 1 else (rounded(low, step), rounded(high, step))
    many = last - first > TRIED * step
    values = [min(max(claim.reading.value, first), last)] if many else _steps(first, last, step)
    return Proposal(claim, dict.fromkeys(values, OTHER) | small, first, last)


def left_by_others(check: Check) -> Iterable[tuple[Claim, Span]]:
    """The bounds that a check's other claims leave for each; none for a claim without which they still
    disagree, or of which they say nothing."""
    if len(check.constraints) == 1 and len(check.claims) == len(check.constraints[0].variables):
        known = {one.quantity: allowed(one) for one in check.claims}
        left = {one.quantity: widest(one.quantity.indicator) for one in check.claims}
        for one, least, most, _ in check.constraints[0].narrow(lambda one: known[one], lambda one: None):
            low, high = left[one]
            left[one] = low if least is None else max(low, least), high if most is None else min(high, most)
        yield from (
            (claim, left[claim.quantity])
            for claim in check.claims
            if left[claim.quantity][0] <= left[claim.quantity][1]
        )
    elif len(check.claims) > 1:
        for claim in check.claims:
            bounds = propagate([one for one in check.claims if one is not claim], check.constraints)
            if bounds.contradiction is None and claim.quantity in bounds.low:
                yield claim, bounds.at(claim.quantity)


def near(claim: Claim) -> Iterable[tuple[Exact, str]]:
    """The values whose print differs from the claim's in one digit, in the order of two neighbouring digits,
    or in direction."""
    digits, step = _digits(claim, claim.reading.value), claim.reading.unit_in_last_place
    signed = -step if claim.reading.value < 0 else step
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield signed * int(digits[:at] + other + digits[at + 1 :]), DIGIT
    for at, (left, right) in enumerate(zip(digits, digits[1:], strict=False)):
        if left != right:
            yield signed * int(digits[:at] + right + left + digits[at + 2 :]), SWAP
    if is_change(claim.quantity.indicator) and claim.reading.value:
        yield -claim.reading.value, TURN


def weighed(given: Proposal, check: Check, touched: Sequence[Check]) -> Correction | None:
    """The best of a proposal's values that do settle the check; told as a span where several other values
    do."""
    related = [other for other in touched if other is not check and other.constraints]
    tried = [_correction(given.claim, value, how, check, related) for value, how in given.values.items()]
    found = [one for one in tried if one]
    if not found:
        return None
    best = min(found, key=Correction.rank)
    others = [one.text for one in found if one.how == OTHER]
    if list(given.values.values()).count(OTHER) == 1 and given.first != given.last:
        others = [_with(given.claim, end).reading.text for end in (given.first, given.last)]
    if best.how != OTHER or len(others) == 1:
        return best
    return replace(best, text=f"từ {others[0]} đến {others[-1]}", spanning=True)


def _correction(
    claim: Claim, value: Exact, how: str, check: Check, related: list[Check]
) -> Correction | None:
    """The correction of one claim to `value`, when it does settle the check."""
    new = _with(claim, value)
    settled = _agreement(check, claim, new)
    if settled is None:
        return None
    verdicts = [_agreement(other, claim, new) for other in related]
    after = [found is not None for found in verdicts]
    before = [other.verdict != MISMATCH for other in related]
    bounds = propagate(_replaced(check, claim, new), check.constraints) if check.pivot else Bounds()
    return Correction(
        claim,
        new.reading.text,
        how,
        settles=sum(now and not then for now, then in zip(after, before, strict=True)),
        breaks=sum(then and not now for now, then in zip(after, before, strict=True)),
        explained=settled != OK,
        unrest=_unrest(check, bounds),
        digits=_digits_changed(claim, value),
        size=Fraction(unsigned(value - claim.reading.value))
        / (unsigned(claim.reading.value) or claim.reading.unit_in_last_place),
        pivot=_pivot(check, bounds),
        clears=sum(
            other.verdict in (ROUNDING, TRUNCATED) and found == OK
            for other, found in zip(related, verdicts, strict=True)
        ),
    )


def _agreement(check: Check, old: Claim, new: Claim) -> str | None:
    """The verdict on a check with one claim replaced; None where its claims still contradict each other."""
    claims = _replaced(check, old, new)
    constraint = check.constraints[0] if check.constraints else None
    if constraint and constraint.variables == tuple(one.quantity for one in claims):
        found = verdict(constraint, claims)
        return None if found == MISMATCH else found
    return None if propagate(claims, check.constraints).contradiction else OK


def _replaced(check: Check, old: Claim, new: Claim) -> tuple[Claim, ...]:
    return tuple(new if one is old else one for one in check.claims)


def _with(claim: Claim, value: Exact) -> Claim:
    """The claim with another figure, printed as its own is."""
    indicator = claim.quantity.indicator
    return replace(claim, reading=parse(rewrite(value, indicator, claim.reading), indicator), summed=False)


def _unrest(check: Check, bounds: Bounds) -> Exact:
    """How far last year's total would lie from this year's, as a share of it: totals change slowly."""
    if check.name != "previous_total" or check.pivot is None:
        return Fraction(0)
    this_year = check.pivot._replace(group=check.pivot.group._replace(year=int(check.pivot.group.year) + 1))
    (low, high), (least, most) = bounds.at(check.pivot), bounds.at(this_year)
    if high >= NO_BOUND or most >= NO_BOUND or least <= 0:
        return Fraction(0)
    return abs(Fraction(low + high, least + most) - 1)


def _pivot(check: Check, bounds: Bounds) -> str:
    """What the contradicted figure would be, where it is not printed."""
    if check.pivot is None or check.pivot in [claim.quantity for claim in check.claims]:
        return ""
    low, high = bounds.at(check.pivot)
    return (
        ""
        if high >= NO_BOUND
        else f"{named(check.pivot, year=True)} là {span(low, high, check.pivot.indicator)}"
    )


def _sentence(one: Correction, check: Check) -> str:
    group = one.claim.quantity.group
    where = f" của {group.place}" if group.place != check.group.place else ""
    when = f" năm {group.year}" if group.year != check.group.year else ""
    notes = [
        one.how,
        f"khi đó {one.pivot}" if one.pivot else "",
        f"giải quyết cùng lúc {one.settles + 1} mâu thuẫn" if one.settles else "",
        f"hết luôn {one.clears} lưu ý" if one.clears else "",
        f"nhưng làm sai {one.breaks} phép kiểm tra đang khớp" if one.breaks else "",
    ]
    said = "; ".join(note for note in notes if note)
    text = f"{named(one.claim.quantity)}{where}{when}: {one.text} thay cho {one.claim.reading.text}"
    return f"{text} ({said})" if said else text


def _steps(first: Exact, last: Exact, step: Exact) -> list[Exact]:
    return [first + step * at for at in range((last - first) // step + 1)]


def _digits(claim: Claim, value: Exact) -> str:
    """The digits of a value printed as the claim is, without point and comma."""
    reading = claim.reading
    width = decimals_of(reading, Fraction(1, 100)) + 1 if is_rate(claim.quantity.indicator) else 1
    return str(unsigned(value) // reading.unit_in_last_place).zfill(width)


def _digits_changed(claim: Claim, value: Exact) -> int:
    old, new = _digits(claim, claim.reading.value), _digits(claim, value)
    width = max(len(old), len(new))
    return sum(a != b for a, b in zip(old.zfill(width), new.zfill(width), strict=True))
