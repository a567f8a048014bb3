"""The direct checks: an identity whose figures are all printed either holds, or is off by what rounding or
cutting explains, or cannot hold. Each is one comparison of exact intervals and gives one row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from giamngheo.reconcile.bounds import propagate
from giamngheo.reconcile.claims import Claim, Group, Quantity
from giamngheo.reconcile.constraints import AtMost, Constraint, Mean, PointChange, Ratio, Sum
from giamngheo.reconcile.indicators import RATIOS, is_bounded, is_change, is_rate
from giamngheo.reconcile.network import Network
from giamngheo.reconcile.notation import decimals_of, write
from giamngheo.reconcile.verdicts import MISMATCH, TRUNCATED, compare, gap, verdict
from giamngheo.reconcile.wording import added, change_name, figure, named, points, span
from giamngheo.vietnamese.numbers import Exact, number, rounded


@dataclass(frozen=True)
class Check:
    """One check made: what it is about, its arithmetic, its verdict, and the claims and constraints it rests
    on."""

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

    A bound (a part of a whole, a rate among those of the parts) that fails only because of a figure already
    found in a mismatch is not reported again.
    """
    best = {one: min(claims, key=_coarseness) for one, claims in network.printed.items()}
    made = [*repeats(network), *ranges(network)]
    bounds: list[Check] = []
    customs = {one.change: one for one in network.constraints if isinstance(one, PointChange)}
    for constraint in network.constraints:
        if all(one in best for one in constraint.variables):
            claims = tuple(best[one] for one in constraint.variables)
            if isinstance(constraint, Sum):
                companions = (customs[constraint.whole],) if constraint.check == "rate_change" else ()
                made.append(total(constraint, claims, companions))
            elif isinstance(constraint, Ratio):
                made.append(ratio(constraint, claims))
            elif isinstance(constraint, AtMost):
                primary = made if constraint.check == "disbursed" else bounds
                primary.extend(at_most(constraint, claims))
            elif isinstance(constraint, Mean):
                bounds.append(mean(constraint, claims))
        elif isinstance(constraint, Sum) and constraint.check == "partition" and constraint.whole in best:
            bounds += _some_members(constraint, best)
    for check in sorted(bounds, key=lambda check: len(check.claims)):
        if check.verdict != MISMATCH or not any(echoes(check, other) for other in made):
            made.append(check)
    return made


def echoes(later: Check, earlier: Check) -> bool:
    """Whether one figure that both mismatches use would, set aside, leave neither of them."""
    if earlier.verdict != MISMATCH:
        return False
    claims = {claim.number: claim for claim in (*later.claims, *earlier.claims)}
    shared = {claim.number for claim in later.claims} & {claim.number for claim in earlier.claims}
    if not shared:
        return False
    constraints = list(dict.fromkeys((*later.constraints, *earlier.constraints)))
    return any(
        not propagate([claims[other] for other in claims if other != one], constraints).contradiction
        for one in shared
    )


def repeats(network: Network) -> Iterable[Check]:
    """One quantity printed twice: the finer figure, rounded or cut to the other's last digit, gives the
    other."""
    for one, claims in network.printed.items():
        fine, *others = sorted(claims, key=_coarseness)
        for other in others:
            spans = [fine.reading.interval(mode) for mode in (True, False)]
            yield Check(
                "repeat",
                one.group,
                f"{named(one)}: in hai lần, {figure(fine)} và {figure(other)}",
                other.reading.text,
                fine.reading.text,
                points(other.reading.value - fine.reading.value, one.indicator, fine.reading),
                compare(other, fine.reading.value, spans, [fine]),
                (fine, other),
            )


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
                yield Check(
                    "range",
                    one.group,
                    f"{named(one)}: {figure(claim)} vượt quá 100%",
                    claim.reading.text,
                    "≤ 100%",
                    points(over, one.indicator, claim.reading),
                    MISMATCH,
                    (claim,),
                )


def out_of_range(claim: Claim) -> bool:
    low, high = claim.reading.interval()
    bounded = is_rate(claim.quantity.indicator) and is_bounded(claim.quantity.indicator)
    return bounded and (low > 1 or high < -1)


def ratio(constraint: Ratio, claims: tuple[Claim, ...]) -> Check:
    """The row of rate = part / whole."""
    rate, part, whole = claims
    one, found = constraint.rate, verdict(constraint, claims)
    text, computed, off = f"{named(one)}: {figure(part)} / {figure(whole)}", "", ""
    if whole.reading.value:
        value = Fraction(part.reading.value) / whole.reading.value
        decimals = max(decimals_of(rate.reading, Fraction(1, 100)), 2 if found == MISMATCH else 0)
        shown = f"{number(value * 100, decimals + 2 if found == TRUNCATED else decimals)}%"
        text += f" = {shown if is_rate(one.indicator) else write(value, one.indicator, rate.reading)}"
        computed, off = write(value, one.indicator, rate.reading), difference(rate, value)
    return Check(
        constraint.check, one.group, text, rate.reading.text, computed, off, found, claims, (constraint,)
    )


def total(constraint: Sum, claims: tuple[Claim, ...], companions: tuple[Constraint, ...] = ()) -> Check:
    """The row of whole = Σ sign × term; a change of rates has its other custom as a companion."""
    whole, *terms = claims
    signs, one = [sign for sign, _ in constraint.terms], constraint.whole
    value = sum(sign * term.reading.value for sign, term in zip(signs, terms, strict=True))
    like = min((claim.reading for claim in claims), key=lambda reading: reading.unit_in_last_place)
    text = added((sign, figure(term)) for sign, term in zip(signs, terms, strict=True))
    computed = write(value, one.indicator, like)
    return Check(
        constraint.check,
        one.group,
        f"{_sum_label(constraint)}: {text} = {computed}",
        whole.reading.text,
        computed,
        difference(whole, value, like),
        verdict(constraint, claims),
        claims,
        (constraint, *companions),
    )


def _sum_label(constraint: Sum) -> str:
    one = constraint.whole
    if constraint.check in ("change", "rate_change"):
        now, before = (term.group.year for _, term in constraint.terms)
        return f"{change_name(one)} năm {now} so với năm {before}"
    if constraint.check == "partition":
        return f"{named(one)}, tổng của {len(constraint.terms)} phần"
    return named(one)


def at_most(constraint: AtMost, claims: tuple[Claim, ...]) -> Iterable[Check]:
    """The row of parts that cannot be more than their whole, or of members where there are no households."""
    *parts, whole = claims
    if constraint.times > 1 and whole.reading.high > 0:
        return
    found = verdict(constraint, claims)
    like = min((claim.reading for claim in claims), key=lambda reading: reading.unit_in_last_place)
    excess = sum(part.reading.value for part in parts) - whole.reading.value
    off = points(excess, parts[0].quantity.indicator, like) if found == MISMATCH else "0"
    names, figures = (
        " + ".join(dict.fromkeys(named(part.quantity) for part in parts)),
        added((1, figure(part)) for part in parts),
    )
    said = parts[0].reading.text if len(parts) == 1 else figures
    sign = ">" if found == MISMATCH else "≤"
    text = f"{names} không thể nhiều hơn {_whole_name(constraint)}: {figures} {sign} {figure(whole)}"
    if constraint.times > 1:
        text = f"không có {named(constraint.whole)} thì không thể có {names}: {whole.reading.text}, {said}"
    yield Check(
        constraint.check,
        constraint.whole.group,
        text,
        said,
        f"≤ {whole.reading.text}",
        off,
        found,
        claims,
        (constraint,),
    )


def _some_members(constraint: Sum, best: dict[Quantity, Claim]) -> Iterable[Check]:
    """Where not every member of a partition has a figure, those that do are together not more than the
    whole."""
    known = tuple(one for _, one in constraint.terms if one in best)
    if len(known) > 1 and not is_change(constraint.whole.indicator):
        yield from at_most(
            AtMost("partition", known, constraint.whole),
            tuple(best[one] for one in (*known, constraint.whole)),
        )


def _whole_name(constraint: AtMost) -> str:
    whole, part = constraint.whole, constraint.parts[0]
    if whole.group.place != part.group.place:
        what = "" if whole.indicator == part.indicator else f"{named(whole)} "
        return f"{what}của {whole.group.place} (ở {', '.join(part.group.place for part in constraint.parts)})"
    return named(whole, year=whole.group.year != part.group.year)


def mean(constraint: Mean, claims: tuple[Claim, ...]) -> Check:
    """The row of a whole's rate among those of its parts."""
    whole, *parts = claims
    one = constraint.whole
    values = sorted(part.reading.value for part in parts)
    between = span(values[0], values[-1], one.indicator)
    off = gap((whole.reading.value,) * 2, (values[0], values[-1]))
    return Check(
        constraint.check,
        one.group,
        f"{named(one)} phải nằm giữa các tỷ lệ của {len(parts)} phần: {between}",
        whole.reading.text,
        between,
        points(off, one.indicator, whole.reading) if off else "0",
        verdict(constraint, claims),
        claims,
        (constraint,),
    )


def difference(printed: Claim, value: Exact, like=None) -> str:
    """printed - computed, at the precision of `like` (the printed figure's own by default)."""
    like = like or printed.reading
    off = printed.reading.value - rounded(value, like.unit_in_last_place)
    return points(off, printed.quantity.indicator, like) if off else "0"


def _coarseness(claim: Claim) -> tuple:
    return claim.reading.approximate, claim.reading.unit_in_last_place, claim.number
