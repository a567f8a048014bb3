"""The verdict on one identity whose figures are all printed: exact intervals meet or they do not.

ok         the printed figure is the computed one, rounded to its last digit, or its word admits it
rounding   it is off by no more than the rounding of the printed figures explains
truncated  only if a figure was cut instead of rounded
note       odd but not wrong: what the arithmetic says of it
mismatch   no values inside the intervals satisfy the identity
"""

from collections.abc import Sequence
from fractions import Fraction

from giamngheo.reconcile.bounds import allowed
from giamngheo.reconcile.claims import Claim
from giamngheo.reconcile.constraints import AtMost, Constraint, Mean, Ratio, Sum
from giamngheo.vietnamese.numbers import Exact, rounded

OK, ROUNDING, TRUNCATED, NOTE, MISMATCH = "ok", "rounding", "truncated", "note", "mismatch"
FAR = Fraction(10**18)

Span = tuple[Exact, Exact]


def verdict(constraint: Constraint, claims: Sequence[Claim]) -> str:
    """The verdict on an identity, given the claims about its variables in their order."""
    if isinstance(constraint, Sum):
        return sum_verdict(constraint, claims)
    if isinstance(constraint, Ratio):
        return ratio_verdict(claims)
    if isinstance(constraint, AtMost):
        return at_most_verdict(constraint, claims)
    return mean_verdict(claims) if isinstance(constraint, Mean) else OK


def sum_verdict(constraint: Sum, claims: Sequence[Claim]) -> str:
    """whole = Σ sign × term: the sum of the printed terms is the whole to its last digit; or the sum of
    their intervals meets the whole's. Changes of rates may be differences of printed rates, so their sums
    have that much more room."""
    whole, *terms = claims
    signs = [sign for sign, _ in constraint.terms]
    value = sum(sign * term.reading.value for sign, term in zip(signs, terms, strict=True))
    loose = constraint.check == "rate_sum"
    return compare(whole, value, [_added(terms, signs, mode, loose) for mode in (True, False)], terms, loose)


def ratio_verdict(claims: Sequence[Claim]) -> str:
    """rate = part / whole: with both counts exact the quotient is one number, which rounds or is cut to the
    printed rate or not; else the quotient is an interval, which meets the printed rate's or not. A rate of a
    whole that is nothing is wrong unless it is zero."""
    rate, part, whole = claims
    if whole.reading.high == 0:
        return OK if part.reading.low <= 0 and rate.reading.low <= 0 else MISMATCH
    spans = [_quotient(part, whole, mode) for mode in (True, False)]
    if whole.reading.value == 0:
        return MISMATCH if gap(rate.reading.interval(), spans[1]) else OK
    return compare(rate, Fraction(part.reading.value) / whole.reading.value, spans, (part, whole))


def at_most_verdict(constraint: AtMost, claims: Sequence[Claim]) -> str:
    """The least the parts can be is not above the most the whole can be (`times` as many, for members)."""
    *parts, whole = claims
    over = sum(part.reading.low for part in parts) > constraint.times * whole.reading.high
    return MISMATCH if over else OK


def mean_verdict(claims: Sequence[Claim]) -> str:
    """A whole's rate lies between the least and the greatest of the parts' rates, as any weighted mean
    does."""
    whole, *parts = claims
    values = [part.reading.value for part in parts]
    if min(values) <= whole.reading.value <= max(values):
        return OK
    span = min(part.reading.low for part in parts), max(part.reading.high for part in parts)
    return MISMATCH if gap(whole.reading.interval(), span) else ROUNDING


def compare(
    printed: Claim, value: Exact, spans: list[Span], used: Sequence[Claim], loose: bool = False
) -> str:
    """The verdict on a printed figure against the value computed from `used` and its spans [rounded, rounded
    or cut]."""
    reading = printed.reading
    if not reading.approximate and rounded(value, reading.unit_in_last_place) == reading.value:
        return OK
    if not gap(ends(printed, True, loose), spans[0]):
        return OK if reading.approximate or any(one.reading.approximate for one in used) else ROUNDING
    if not gap(ends(printed, False, loose), spans[1]):
        return TRUNCATED
    return ROUNDING if printed.summed and not gap(allowed(printed), spans[1]) else MISMATCH


def gap(first: Span, second: Span) -> Exact:
    """How far the first span lies from the second, with its sign; 0 where they meet."""
    if first[0] > second[1]:
        return first[0] - second[1]
    if first[1] < second[0]:
        return first[1] - second[0]
    return Fraction(0)


def ends(claim: Claim, rounded: bool, loose: bool = False) -> Span:
    return allowed(claim, rounded) if loose else claim.reading.interval(rounded)


def _added(terms: Sequence[Claim], signs: Sequence[int], rounded: bool, loose: bool) -> Span:
    """The interval of Σ sign × term."""
    least = most = Fraction(0)
    for sign, term in zip(signs, terms, strict=True):
        low, high = ends(term, rounded, loose)
        least, most = least + (low if sign > 0 else -high), most + (high if sign > 0 else -low)
    return least, most


def _quotient(part: Claim, whole: Claim, rounded: bool) -> Span:
    (low, high), (least, most) = part.reading.interval(rounded), whole.reading.interval(rounded)
    return Fraction(low) / most, Fraction(high) / least if least > 0 else FAR
