"""The smallest corrections that would make a mismatch's figures agree: proposed in order, never applied.

One figure is set aside at a time; what the others leave for it is exact. First come figures one digit, one swap of
neighbouring digits or one turn of `tăng` and `giảm` away, then any other single figure; among these, those that
settle most other mismatches and break fewest agreements, that need no rounding to explain them, that leave a total nearest to the next year's, and
that change fewest digits and least.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from giamngheo.reconcile.bounds import Bounds, propagate
from giamngheo.reconcile.checks import MISMATCH, OK, Check, judge
from giamngheo.reconcile.claims import Claim
from giamngheo.reconcile.indicators import is_change, is_rate
from giamngheo.reconcile.network import Network
from giamngheo.reconcile.notation import NO_BOUND, decimals_of, parse, rewrite, rounded
from giamngheo.reconcile.wording import named, span

LISTED = 5
TRIED = 20  # values of one figure that are tried one by one; a longer span is told as a span

DIGIT, SWAP, TURN, OTHER = "một chữ số khác", "đổi chỗ hai chữ số liền nhau", "đổi chiều tăng, giảm", ""


@dataclass(frozen=True)
class Correction:
    """One claim with another figure, or one of a span of figures, and how small a step that is.

    settles, breaks   other mismatches it ends, checks that hold now and would not
    explained         the figures would agree only as rounded or cut
    unrest            how far last year's total would lie from this year's
    """

    claim: Claim
    text: str
    how: str
    settles: int
    breaks: int
    explained: bool
    unrest: Fraction
    digits: int
    size: Fraction
    pivot: str = ""

    def rank(self) -> tuple:
        return (
            self.how == OTHER,
            self.breaks - self.settles,
            self.explained,
            self.unrest,
            self.digits,
            self.size,
            self.claim.number,
        )


def corrections(check: Check, made: Sequence[Check], network: Network) -> list[str]:
    """At most LISTED sentences in Vietnamese, the smallest correction first."""
    best = [_best(claim, check, made, network) for claim in check.claims]
    found = sorted((one for one in best if one), key=Correction.rank)
    sentences = [_sentence(one, check) for one in found][:LISTED]
    if check.name == "movements":
        sentences = [
            *sentences[: LISTED - 1],
            "hoặc còn hộ tăng, giảm khác (chuyển đến, chuyển đi, tách hộ) chưa được in",
        ]
    return sentences


def _best(claim: Claim, check: Check, made: Sequence[Check], network: Network) -> Correction | None:
    """The smallest correction of one claim that settles the check; None when no figure of its own does."""
    others = [one for one in check.claims if one is not claim]
    left = propagate(others, check.constraints)
    if left.contradiction is not None or not others:
        return None
    low, high = left.at(claim.quantity)
    step = claim.reading.unit_in_last_place
    related = [other for other in made if other is not check and other.constraints and claim in other.claims]

    def tried(values: dict[Fraction, str]) -> list[Correction]:
        found = [_correction(claim, value, how, check, related, network) for value, how in values.items()]
        return [one for one in found if one]

    small = tried({value: how for value, how in near(claim) if low - step < value < high + step})
    if small:
        return min(small, key=Correction.rank)
    if high >= NO_BOUND or low <= -NO_BOUND:
        return None
    first, last = (rounded(end, step) for end in (low, high))
    steps = int((last - first) / step)
    if steps > TRIED:
        nearest = tried({min(max(claim.reading.value, first), last): OTHER})
        return (
            _spanning(nearest, _with(claim, first).reading.text, _with(claim, last).reading.text)
            if nearest
            else None
        )
    possible = tried({first + step * at: OTHER for at in range(steps + 1)})
    if len(possible) < 2:
        return possible[0] if possible else None
    return _spanning(possible, possible[0].text, possible[-1].text)


def _correction(
    claim: Claim, value: Fraction, how: str, check: Check, related: list[Check], network: Network
) -> Correction | None:
    """The correction of one claim to `value`, when it does settle the check."""
    new = _with(claim, value)
    settled = _holds(check, claim, new, network)
    if settled is None:
        return None
    bounds, clean = settled
    after = [_holds(other, claim, new, network) is not None for other in related]
    before = [other.verdict != MISMATCH for other in related]
    return Correction(
        claim, new.reading.text, how,
        settles=sum(now and not then for now, then in zip(after, before, strict=True)),
        breaks=sum(then and not now for now, then in zip(after, before, strict=True)),
        explained=not clean, unrest=_unrest(check, bounds), digits=_changed_digits(claim, value),
        size=abs(value - claim.reading.value) / (abs(claim.reading.value) or claim.reading.unit_in_last_place),
        pivot=_pivot_value(check, bounds),
    )  # fmt: skip


def _spanning(possible: list[Correction], first: str, last: str) -> Correction:
    """The nearest of several possible figures, told as all of them."""
    return replace(min(possible, key=Correction.rank), text=f"từ {first} đến {last}")


def near(claim: Claim) -> Iterable[tuple[Fraction, str]]:
    """The values whose print differs from the claim's in one digit, in the order of two neighbouring digits, or in
    direction."""
    reading = claim.reading
    digits = _digits(claim, reading.value)
    sign = -1 if reading.value < 0 else 1
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield _value(digits[:at] + other + digits[at + 1 :], sign, reading.unit_in_last_place), DIGIT
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            yield _value(swapped, sign, reading.unit_in_last_place), SWAP
    if is_change(claim.quantity.indicator) and reading.value:
        yield -reading.value, TURN


def _digits(claim: Claim, value: Fraction) -> str:
    reading = claim.reading
    width = decimals_of(reading, Fraction(1, 100)) + 1 if is_rate(claim.quantity.indicator) else 1
    return str(int(abs(value) / reading.unit_in_last_place)).zfill(width)


def _value(digits: str, sign: int, step: Fraction) -> Fraction:
    return sign * int(digits) * step


def _changed_digits(claim: Claim, value: Fraction) -> int:
    old, new = _digits(claim, claim.reading.value), _digits(claim, value)
    width = max(len(old), len(new))
    return sum(a != b for a, b in zip(old.zfill(width), new.zfill(width), strict=True))


def _with(claim: Claim, value: Fraction) -> Claim:
    """The claim with another figure, printed as its own is."""
    text = rewrite(value, claim.quantity.indicator, claim.reading)
    return replace(claim, reading=parse(text, claim.quantity.indicator), summed=False)


def _holds(check: Check, old: Claim, new: Claim, network: Network) -> tuple[Bounds, bool] | None:
    """The bounds of a check's claims with one replaced, and whether they agree without rounding or cutting to explain
    it; None where they still contradict each other."""
    claims = tuple(new if one is old else one for one in check.claims)
    bounds = propagate(claims, check.constraints)
    if bounds.contradiction is not None:
        return None
    constraint = check.constraints[0] if check.constraints else None
    if constraint and constraint.variables == tuple(one.quantity for one in claims):
        again = judge(constraint, claims, network)
        return (
            (bounds, again is None or again.verdict == OK)
            if again is None or again.verdict != MISMATCH
            else None
        )
    return bounds, True


def _unrest(check: Check, bounds: Bounds) -> Fraction:
    """How far the pivot would lie from the same quantity a year later, as a share of it: totals change slowly."""
    if check.name != "previous_total":
        return Fraction(0)
    next_year = check.pivot._replace(group=check.pivot.group._replace(year=check.pivot.group.year + 1))
    (low, high), (least, most) = bounds.at(check.pivot), bounds.at(next_year)
    if high >= NO_BOUND or most >= NO_BOUND or least <= 0:
        return Fraction(0)
    return abs(Fraction(low + high, least + most) - 1)


def _pivot_value(check: Check, bounds: Bounds) -> str:
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
        f"nhưng làm sai {one.breaks} phép kiểm tra đang khớp" if one.breaks else "",
    ]
    said = "; ".join(note for note in notes if note)
    text = f"{named(one.claim.quantity)}{where}{when}: {one.text} thay cho {one.claim.reading.text}"
    return f"{text} ({said})" if said else text
