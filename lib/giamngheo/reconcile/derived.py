"""The checks of figures that are made from others: averages per year, what a plan has reached, rates of flows; and
what is said of figures that were meant otherwise than named (`meanings`)."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from giamngheo.reconcile.claims import Claim, Quantity
from giamngheo.reconcile.constraints import Multiple, Ratio
from giamngheo.reconcile.identities import Check
from giamngheo.reconcile.indicators import (
    AVERAGES,
    CHANGE,
    FLOW_RATES,
    OF_WHOLE,
    REACHES,
    RELATIVES,
    is_change,
    is_whole,
)
from giamngheo.reconcile.meanings import adds_up
from giamngheo.reconcile.network import Network, previous
from giamngheo.reconcile.notation import write
from giamngheo.reconcile.sayings import PLANNED
from giamngheo.reconcile.verdicts import MISMATCH, NOTE, OK, Span, gap
from giamngheo.reconcile.wording import added, figure, named, points
from giamngheo.vietnamese.numbers import Exact, unsigned


def derived(network: Network) -> Iterable[Check]:
    """Every check of a printed figure that is made from other printed figures."""
    best = {one: claims[0] for one, claims in network.printed.items()}
    for claim in best.values():
        indicator = claim.quantity.indicator
        if indicator in AVERAGES:
            yield from _average(claim, best)
        elif indicator in REACHES:
            yield from _reached(claim, best)
        elif indicator in FLOW_RATES:
            yield from _flow(claim, best, network)
        elif indicator in RELATIVES:
            yield from _relative(claim, best)
    yield from _shares(best)


def _average(claim: Claim, best: dict[Quantity, Claim]) -> Iterable[Check]:
    """average = change of the period / its years"""
    group, indicator = claim.quantity
    change, years = best.get(Quantity(group, AVERAGES[indicator])), group.length()
    if change and years:
        low, high = change.reading.interval()
        span, value = (Fraction(low) / years, Fraction(high) / years), Fraction(change.reading.value) / years
        text = f"{named(claim.quantity)}: {figure(change)} / {years} năm"
        tie = Multiple("average", change.quantity, claim.quantity, years)
        yield _check("average", claim, text, value, span, (claim, change), (tie,))


def _reached(claim: Claim, best: dict[Quantity, Claim]) -> Iterable[Check]:
    """reached = what was achieved / what was planned"""
    group, indicator = claim.quantity
    achieved = best.get(Quantity(group, REACHES[indicator]))
    plan = best.get(Quantity(group._replace(status=PLANNED), REACHES[indicator]))
    if achieved and plan and plan.reading.value:
        text = f"{named(claim.quantity)}: {figure(achieved)} / {figure(plan)}"
        yield _quotient("plan_reached", claim, text, achieved, plan)


def _flow(claim: Claim, best: dict[Quantity, Claim], network: Network) -> Iterable[Check]:
    """rate = what moved / the households of this or last year, or of the class it left last year"""
    group, indicator = claim.quantity
    flow, origin = FLOW_RATES[indicator]
    before = previous(group, [one.group for one in best])
    moved = best.get(Quantity(group, flow))
    bases = [best.get(Quantity(group, "households"))]
    bases += [best.get(Quantity(before, one)) for one in ("households", origin)] if before else []
    if moved and (known := [one for one in bases if one and one.reading.value]):
        made = [
            _quotient("flow_rate", claim, f"{named(claim.quantity)}: {figure(moved)} / {figure(one)}", moved, one)
            for one in known
        ]
        yield min(made, key=lambda check: check.verdict == MISMATCH)


def _relative(claim: Claim, best: dict[Quantity, Claim]) -> Iterable[Check]:
    """relative change = change / last year's count, that is this year's less the change"""
    group, indicator = claim.quantity
    now, change = (best[Quantity(group, prefix + RELATIVES[indicator])] for prefix in ("", CHANGE))
    before = now.reading.value - change.reading.value
    value = Fraction(change.reading.value) / before
    less = added([(1, figure(now)), (-1, figure(change))])
    text = (
        f"{named(claim.quantity)}: {claim.reading.text} là so với năm trước, không phải điểm phần trăm: "
        f"{figure(change)} / ({less}) = {write(value, indicator, claim.reading)}"
    )
    shown = write(value, indicator, claim.reading)
    yield Check("relative_change", group, text, claim.reading.text, shown, "0", NOTE, (claim, now, change))


def _shares(best: dict[Quantity, Claim]) -> Iterable[Check]:
    """One note for each partition whose members' rates are shares of the whole's total that add up."""
    parts = defaultdict(list)
    for claim in best.values():
        group, indicator = claim.quantity
        if indicator in OF_WHOLE:
            parts[group.part_of, claim.partition, group[2:], indicator].append(claim)
    wholes = {(one.group.place, one.group[2:], one.indicator): claim for one, claim in best.items()}
    for (place, _, rest, indicator), members in parts.items():
        whole = wholes.get((place, rest, OF_WHOLE[indicator]))
        if whole is None or not adds_up(whole, members):
            continue
        total = sum(claim.reading.value for claim in members)
        text = (
            f"{named(whole.quantity)} của {len(members)} phần đều tính trên tổng số hộ của {place} nên cộng lại được: "
            f"{added((1, figure(claim)) for claim in members)} = {write(total, indicator, whole.reading)}"
        )
        off = points(whole.reading.value - total, indicator, whole.reading) if whole.reading.value != total else "0"
        shown = write(total, indicator, whole.reading)
        yield Check(
            "share_sum", whole.quantity.group, text, whole.reading.text, shown, off, NOTE, (whole, *members)
        )


def _quotient(name: str, claim: Claim, text: str, part: Claim, whole: Claim) -> Check:
    """The row of a share of two figures of one direction."""
    value = abs(Fraction(part.reading.value) / whole.reading.value)
    (low, high), (least, most) = (sorted(map(unsigned, one.reading.interval())) for one in (part, whole))
    span = (Fraction(low) / most, Fraction(high) / least) if least else (Fraction(0), Fraction(10**18))
    tie = Ratio(name, claim.quantity, part.quantity, whole.quantity)
    ties = () if is_change(part.quantity.indicator) else (tie,)  # a ratio is one of counts
    return _check(name, claim, text, value, span, (claim, part, whole), ties)


def _check(
    name: str, claim: Claim, text: str, value: Exact, span: Span, claims: tuple[Claim, ...], ties: tuple
) -> Check:
    indicator = claim.quantity.indicator
    wrong = gap(claim.reading.interval(), span)
    shown = figure(claim) if is_whole(indicator) and value != int(value) else write(value, indicator, claim.reading)
    off = points(claim.reading.value - value, indicator, claim.reading) if wrong else "0"
    return Check(
        name,
        claim.quantity.group,
        f"{text} = {shown}",
        claim.reading.text,
        shown,
        off,
        MISMATCH if wrong else OK,
        claims,
        ties,
    )
