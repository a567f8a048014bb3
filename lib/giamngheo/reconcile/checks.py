"""The direct checks: an identity whose figures are all printed either holds, or is off by what rounding or cutting
explains, or cannot hold. Each is one comparison of exact intervals and gives one row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from giamngheo.reconcile.bounds import allowed, propagate
from giamngheo.reconcile.claims import Claim, Group, Quantity
from giamngheo.reconcile.constraints import AtMost, Constraint, Mean, PointChange, Ratio, Sum
from giamngheo.reconcile.indicators import RATIOS, is_change, is_rate
from giamngheo.reconcile.network import Network
from giamngheo.reconcile.notation import cut, decimals_of, number, rounded, write
from giamngheo.reconcile.wording import added, change_name, figure, gap, named, points, span

OK, ROUNDING, TRUNCATED, MISMATCH = "ok", "rounding", "truncated", "mismatch"


@dataclass(frozen=True)
class Check:
    """One check made: what it is about, its arithmetic, its verdict, and the claims and constraints it rests on."""

    name: str
    group: Group
    arithmetic: str
    printed: str
    computed: str
    difference: str
    verdict: str
    claims: tuple[Claim, ...]
    constraints: tuple[Constraint, ...] = ()
    pivot: Quantity | None = None


def direct(network: Network) -> list[Check]:
    """Every identity whose figures are all printed, and every figure printed twice or out of its range.

    A bound (a part of a whole, a rate among those of the parts) that fails only because of a figure already found in a
    mismatch is not reported again.
    """
    best = {one: min(claims, key=_coarseness) for one, claims in network.printed.items()}
    made = [*repeats(network), *ranges(network)]
    bounds = []
    for constraint in network.constraints:
        if all(one in best for one in constraint.variables):
            check = judge(constraint, tuple(best[one] for one in constraint.variables), network)
            if check:
                (
                    bounds if isinstance(constraint, AtMost | Mean) and check.name != "disbursed" else made
                ).append(check)
        elif constraint.check == "partition" and constraint.whole in best:
            bounds += _some_members(constraint, best)
    for check in sorted(bounds, key=lambda check: len(check.claims)):
        if check.verdict != MISMATCH or not any(echoes(check, other) for other in made):
            made.append(check)
    return made


def judge(constraint: Constraint, claims: tuple[Claim, ...], network: Network) -> Check | None:
    """One identity on its printed figures, in the order of its variables; None where it says nothing."""
    if isinstance(constraint, Sum):
        return total(constraint, claims, _companions(constraint, network))
    if isinstance(constraint, Ratio):
        return ratio(constraint, claims)
    if isinstance(constraint, AtMost):
        return at_most(constraint, claims)
    return mean(constraint, claims) if isinstance(constraint, Mean) else None


def echoes(later: Check, earlier: Check) -> bool:
    """Whether one figure that both mismatches use would, set aside, leave neither of them."""
    if earlier.verdict != MISMATCH:
        return False
    claims = {claim.number: claim for claim in (*later.claims, *earlier.claims)}
    shared = {claim.number for claim in later.claims} & {claim.number for claim in earlier.claims}
    constraints = list(dict.fromkeys((*later.constraints, *earlier.constraints)))
    return any(
        not propagate([claims[other] for other in claims if other != one], constraints).contradiction
        for one in shared
    )


def repeats(network: Network) -> Iterable[Check]:
    """One quantity printed twice: the finer figure, rounded or cut to the other's last digit, gives the other."""
    for one, claims in network.printed.items():
        fine, *others = sorted(claims, key=_coarseness)
        for other in others:
            verdict = compare(other, fine.reading.value, _spans([fine]), fine.reading.approximate)
            yield Check(
                "repeat", one.group, f"{named(one)}: in hai lần, {figure(fine)} và {figure(other)}", other.reading.text,
                fine.reading.text, points(other.reading.value - fine.reading.value, one.indicator, fine.reading),
                verdict, (fine, other),
            )  # fmt: skip


def ranges(network: Network) -> Iterable[Check]:
    """A rate is not above 100%; where its two counts are printed, the checks of those say so."""
    for one, claims in network.printed.items():
        for claim in claims:
            counted = all(
                Quantity(one.group, name) in network.printed for name in RATIOS.get(one.indicator, ("",))
            )
            if out_of_range(claim) and not counted:
                value = claim.reading.value
                over = value - 1 if value > 0 else value + 1
                yield Check("range", one.group, f"{named(one)}: {figure(claim)} vượt quá 100%", claim.reading.text,
                            "≤ 100%", points(over, one.indicator, claim.reading), MISMATCH, (claim,))  # fmt: skip


def out_of_range(claim: Claim) -> bool:
    low, high = claim.reading.interval()
    return is_rate(claim.quantity.indicator) and (low > 1 or high < -1)


def ratio(constraint: Ratio, claims: tuple[Claim, ...]) -> Check:
    """rate = part / whole. With both counts exact the quotient is one number, which rounds or cuts to the printed rate or
    does not; with counts that are intervals it is an interval, which meets the printed rate's or does not. A rate that is
    the sum of two printed rates may be off by what those were rounded."""
    rate, part, whole = claims
    one = constraint.rate
    if whole.reading.value == 0:
        verdict = OK if part.reading.low <= 0 and rate.reading.low <= 0 else MISMATCH
        return Check(constraint.check, one.group, f"{named(one)}: {figure(part)} / {figure(whole)} không chia được",
                     rate.reading.text, "", "", verdict, claims, (constraint,))  # fmt: skip
    value = part.reading.value / whole.reading.value
    approximate = part.reading.approximate or whole.reading.approximate
    verdict = compare(rate, value, [_quotient(part, whole, mode) for mode in (True, False)], approximate)
    more = 2 if verdict == TRUNCATED else 0
    decimals = max(decimals_of(rate.reading, Fraction(1, 100)), 2 if verdict == MISMATCH else 0) + more
    shown = number(value * 100, decimals)
    return Check(
        constraint.check, one.group, f"{named(one)}: {figure(part)} / {figure(whole)} = {shown}%", rate.reading.text,
        write(value, one.indicator, rate.reading), difference(rate, value), verdict, claims, (constraint,),
    )  # fmt: skip


def _quotient(part: Claim, whole: Claim, mode: bool) -> tuple[Fraction, Fraction]:
    (low, high), (least, most) = part.reading.interval(mode), whole.reading.interval(mode)
    return Fraction(low) / most, Fraction(high) / least if least > 0 else Fraction(10**6)


def total(constraint: Sum, claims: tuple[Claim, ...], companions: tuple[Constraint, ...]) -> Check:
    """whole = Σ sign × term. The sum of the printed terms, rounded to the whole's last digit, is the whole (`ok`); or the
    intervals of the rounded figures meet (`rounding`), or only those of cut figures do (`truncated`)."""
    whole, *terms = claims
    signs = [sign for sign, _ in constraint.terms]
    value = sum(sign * term.reading.value for sign, term in zip(signs, terms, strict=True))
    approximate = any(term.reading.approximate for term in terms)
    verdict = compare(whole, value, _spans(terms, signs), approximate)
    one = constraint.whole
    like = min((claim.reading for claim in claims), key=lambda reading: reading.unit_in_last_place)
    text = added((sign, figure(term)) for sign, term in zip(signs, terms, strict=True))
    return Check(
        constraint.check, one.group, f"{_sum_label(constraint)}: {text} = {write(value, one.indicator, like)}",
        whole.reading.text, write(value, one.indicator, like), difference(whole, value, like), verdict, claims,
        (constraint, *companions),
    )  # fmt: skip


def _sum_label(constraint: Sum) -> str:
    one = constraint.whole
    if constraint.check in ("change", "rate_change"):
        return f"{change_name(one)} năm {one.group.year} so với năm {one.group.year - 1}"
    if constraint.check == "partition":
        return f"{named(one)}, tổng của {len(constraint.terms)} phần"
    return named(one)


def _companions(constraint: Sum, network: Network) -> tuple[Constraint, ...]:
    """The other reading of a change of rates belongs to the same check."""
    if constraint.check != "rate_change":
        return ()
    return tuple(
        one for one in network.constraints if isinstance(one, PointChange) and one.change == constraint.whole
    )


def at_most(constraint: AtMost, claims: tuple[Claim, ...]) -> Check | None:
    """The least the parts can be is not above the most the whole can be."""
    *parts, whole = claims
    if constraint.times > 1:
        return _no_members(constraint, parts[0], whole)
    least = sum(part.reading.low for part in parts)
    over = least - whole.reading.high
    names = " + ".join(named(part.quantity) for part in parts)
    text = added((1, figure(part)) for part in parts)
    sign = "≤" if over <= 0 else ">"
    return Check(
        constraint.check, constraint.whole.group,
        f"{names} không thể nhiều hơn {_whole_name(constraint)}: {text} {sign} {figure(whole)}",
        parts[0].reading.text if len(parts) == 1 else write(least, parts[0].quantity.indicator),
        f"≤ {whole.reading.text}", points(over, whole.quantity.indicator) if over > 0 else "0",
        MISMATCH if over > 0 else OK, claims, (constraint,),
    )  # fmt: skip


def _no_members(constraint: AtMost, persons: Claim, households: Claim) -> Check | None:
    """No household, no person; where there are households this says nothing."""
    if households.reading.high > 0:
        return None
    people = persons.reading
    return Check(
        constraint.check, constraint.whole.group,
        f"không có {named(constraint.whole)} thì không thể có {named(persons.quantity)}: {households.reading.text}, {people.text}",
        people.text, "0 khẩu", points(people.low, persons.quantity.indicator) if people.low else "0",
        MISMATCH if people.low > 0 else OK, (persons, households), (constraint,),
    )  # fmt: skip


def _some_members(constraint: Sum, best: dict[Quantity, Claim]) -> Iterable[Check]:
    """Where not every member of a partition has a figure, those that do are together not more than the whole."""
    known = tuple(one for _, one in constraint.terms if one in best)
    if len(known) > 1 and not is_change(constraint.whole.indicator):
        yield at_most(
            AtMost("partition", known, constraint.whole),
            tuple(best[one] for one in (*known, constraint.whole)),
        )


def _whole_name(constraint: AtMost) -> str:
    whole, part = constraint.whole, constraint.parts[0]
    if whole.group.place != part.group.place:
        return f"của {whole.group.place} (ở {part.group.place})"
    return named(whole, year=whole.group.year != part.group.year)


def mean(constraint: Mean, claims: tuple[Claim, ...]) -> Check:
    """The whole's rate lies between the least and the greatest of the parts' rates, as any weighted mean does."""
    whole, *parts = claims
    low, high = min(part.reading.low for part in parts), max(part.reading.high for part in parts)
    off = gap(whole.reading.interval(), (low, high))
    one = constraint.whole
    values = sorted(part.reading.value for part in parts)
    outside = not values[0] <= whole.reading.value <= values[-1]
    return Check(
        constraint.check, one.group, f"{named(one)} phải nằm giữa các tỷ lệ của {len(parts)} phần: "
        + span(values[0], values[-1], one.indicator), whole.reading.text, span(values[0], values[-1], one.indicator),
        points(off, one.indicator, whole.reading) if off else "0", MISMATCH if off else ROUNDING if outside else OK,
        claims, (constraint,),
    )  # fmt: skip


def compare(printed: Claim, value: Fraction, spans: list[tuple], approximate: bool = False) -> str:
    """The verdict on a printed figure against a computed value and its spans [all rounded, rounded or cut];
    `approximate` when a figure it was computed from is."""
    reading = printed.reading
    if not reading.approximate and rounded(value, reading.unit_in_last_place) == reading.value:
        return OK
    if spans[1][0] == spans[1][1] and cut(value, reading.unit_in_last_place) == reading.value:
        return TRUNCATED
    if not gap(reading.interval(rounded=True), spans[0]):
        return OK if reading.approximate or approximate else ROUNDING
    if not gap(reading.interval(), spans[1]):
        return TRUNCATED
    return ROUNDING if printed.summed and not gap(allowed(printed), spans[1]) else MISMATCH


def difference(printed: Claim, value: Fraction, like=None) -> str:
    """printed - computed, at the precision of `like` (the printed figure's own by default)."""
    like = like or printed.reading
    off = printed.reading.value - rounded(value, like.unit_in_last_place)
    return points(off, printed.quantity.indicator, like) if off else "0"


def _spans(claims: Sequence[Claim], signs: Sequence[int] | None = None) -> list[tuple]:
    """The interval of Σ sign × figure, with every figure rounded, and rounded or cut."""
    found = []
    for mode in (True, False):
        ends = [claim.reading.interval(mode) for claim in claims]
        turned = [(low, high) if sign > 0 else (-high, -low)
                  for sign, (low, high) in zip(signs or [1] * len(ends), ends, strict=True)]  # fmt: skip
        found.append((sum(low for low, _ in turned), sum(high for _, high in turned)))
    return found


def _coarseness(claim: Claim) -> tuple:
    return claim.reading.approximate, claim.reading.unit_in_last_place, claim.number
