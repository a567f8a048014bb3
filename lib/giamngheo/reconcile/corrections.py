"""The smallest corrections that would make a mismatch's figures agree: proposed in order, never applied.

One figure is set aside at a time; what the others leave for it is exact. First come figures one digit, one swap of
neighbouring digits or one turn of `tăng` and `giảm` away, then any other single figure; among these, those that
settle most other mismatches and break fewest agreements, that leave a total nearest to the next year's, and
that change fewest digits and least.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from giamngheo.reconcile.bounds import Bounds, propagate
from giamngheo.reconcile.checks import MISMATCH, Check, judge
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
    """One claim with another figure, or one of a span of figures, and how small a step that is."""

    claim: Claim
    text: str
    how: str
    settles: int
    breaks: int
    unrest: Fraction
    digits: int
    size: Fraction
    pivot: str = ""

    def rank(self) -> tuple:
        return (self.how == OTHER, self.breaks - self.settles, self.unrest, self.digits, self.size, self.claim.number)


def corrections(check: Check, made: Sequence[Check], network: Network) -> list[str]:
    """At most LISTED sentences in Vietnamese, the smallest correction first."""
    found = sorted((one for claim in check.claims for one in _of(claim, check, made, network)), key=Correction.rank)
    sentences = list(dict.fromkeys(_sentence(one, check) for one in found))[:LISTED]
    if check.name == "movements":
        sentences = [*sentences[: LISTED - 1], "hoặc còn hộ tăng, giảm khác (chuyển đến, chuyển đi, tách hộ) chưa được in"]
    return sentences


def _of(claim: Claim, check: Check, made: Sequence[Check], network: Network) -> Iterator[Correction]:
    """The corrections of one claim that settle the check."""
    others = [one for one in check.claims if one is not claim]
    left = propagate(others, check.constraints)
    if left.contradiction is not None:
        return
    low, high = left.at(claim.quantity)
    if high >= NO_BOUND or low <= -NO_BOUND or not others:
        return
    related = [
        other for other in made if other is not check and other.constraints and any(one is claim for one in other.claims)
    ]

    def correction(value: Fraction, how: str, text: str = "") -> Correction | None:
        """The correction to `value`, when it does settle the check."""
        new = _with(claim, value)
        bounds = _holds(check, claim, new, network)
        if bounds is None:
            return None
        after = [_holds(other, claim, new, network) is not None for other in related]
        before = [other.verdict != MISMATCH for other in related]
        return Correction(
            claim, text or new.reading.text, how,
            settles=sum(now and not then for now, then in zip(after, before, strict=True)),
            breaks=sum(then and not now for now, then in zip(after, before, strict=True)),
            unrest=_unrest(check, bounds), digits=_changed_digits(claim, value),
            size=abs(value - claim.reading.value) / (abs(claim.reading.value) or claim.reading.unit_in_last_place),
            pivot=_pivot_value(check, bounds),
        )  # fmt: skip

    step = claim.reading.unit_in_last_place
    small = {value: how for value, how in near(claim) if low - step < value < high + step}
    yield from filter(None, (correction(value, how) for value, how in small.items()))
    first, last = (rounded(end, step) for end in (low, high))
    if (last - first) / step <= TRIED:
        steps = [first + step * at for at in range(int((last - first) / step) + 1)]
        possible = [one for value in steps if (one := correction(value, OTHER)) and value not in small]
        yield from possible[:1] if len(possible) < 2 else [_nearest(possible)]
    else:
        value = min(max(claim.reading.value, first), last)
        found = correction(value, OTHER, "một số từ " + span(first, last, claim.quantity.indicator).replace("–", " đến "))
        yield from [found] if found else []


def _nearest(possible: list[Correction]) -> Correction:
    """The nearest of several possible figures, told as all of them."""
    first, last = possible[0].text, possible[-1].text
    return replace(min(possible, key=Correction.rank), text=f"từ {first} đến {last}", digits=9)


def near(claim: Claim) -> Iterable[tuple[Fraction, str]]:
    """The values whose print differs from the claim's in one digit, in the order of two neighbouring digits, or in
    direction."""
    reading = claim.reading
    digits = _digits(claim, reading.value)
    sign = -1 if reading.value < 0 else 1
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield _value(digits[:at] + other + digits[at + 1:], sign, reading.unit_in_last_place), DIGIT
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2:]
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


def _holds(check: Check, old: Claim, new: Claim, network: Network) -> Bounds | None:
    """The bounds of a check's claims with one replaced; None where they still contradict each other."""
    claims = tuple(new if one is old else one for one in check.claims)
    bounds = propagate(claims, check.constraints)
    if bounds.contradiction is not None:
        return None
    constraint = check.constraints[0] if check.constraints else None
    if constraint and constraint.variables == tuple(one.quantity for one in claims):
        again = judge(constraint, claims, network)
        return bounds if again is None or again.verdict != MISMATCH else None
    return bounds


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
    return "" if high >= NO_BOUND else f"{named(check.pivot, year=True)} là {span(low, high, check.pivot.indicator)}"


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
