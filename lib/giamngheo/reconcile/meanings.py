"""Figures that contradict the others as they are named, and fit as something else: told apart by arithmetic.

A fall of 57,63% that is 136 of 236 households is relative to last year's, not in points. Rates of the members of
a partition that add up to the rate of the whole, which is above each of them, are shares of the whole's total; so
are they where one of them is its count over the whole's total and would leave the others fewer households than
they count."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from giamngheo.reconcile.claims import Claim, Group, Quantity
from giamngheo.reconcile.indicators import CHANGE, OF_WHOLE, RATIOS, RELATIVES
from giamngheo.vietnamese.numbers import Exact, unsigned


def meant(claims: list[Claim]) -> list[Claim]:
    """The claims, those that fit only in another meaning named so."""
    best = {claim.quantity: claim for claim in reversed(claims)}
    of_whole = {claim.number for claim in _shares(claims, best)}
    return [_relative(claim, best) or _of_whole(claim, of_whole) or claim for claim in claims]


def _relative(claim: Claim, best: dict[Quantity, Claim]) -> Claim | None:
    """A change of a rate that is the change of the count as a share of last year's, and cannot be in points."""
    group, indicator = claim.quantity
    relative = "relative_" + indicator
    if relative not in RELATIVES:
        return None
    rate, now, change = (
        best.get(Quantity(group, one))
        for one in (indicator.removeprefix(CHANGE), RELATIVES[relative], CHANGE + RELATIVES[relative])
    )
    if not (rate and now and change) or now.reading.approximate or change.reading.approximate:
        return None
    before = now.reading.value - change.reading.value
    low, high = claim.reading.interval()
    if before <= 0 or not change.reading.value or not low <= Fraction(change.reading.value) / before <= high:
        return None
    earlier = rate.reading.value - claim.reading.value
    return _renamed(claim, relative) if _impossible(earlier, before, rate, now) else None


def _impossible(earlier: Exact, before: Exact, rate: Claim, now: Claim) -> bool:
    """Whether last year's rate, with the change in points, needs a fifth fewer or more households than there are now."""
    if earlier <= 0 or rate.reading.value <= 0:
        return True
    total, last = (Fraction(part, share) for part, share in ((now.reading.value, rate.reading.value), (before, earlier)))
    return abs(last - total) > total / 5


def _shares(claims: Iterable[Claim], best: dict[Quantity, Claim]) -> Iterable[Claim]:
    """The rates of a partition's members that add up to the whole's rate, above which none of them can be."""
    members: dict[tuple, list[Claim]] = defaultdict(list)
    for claim in claims:
        group, indicator = claim.quantity
        if claim.partition and group.part_of and indicator + "_of_whole" in OF_WHOLE:
            members[group.part_of, claim.partition, group[2:], indicator].append(claim)
    wholes = {(claim.quantity.group.place, claim.quantity.group[2:], claim.quantity.indicator): claim for claim in best.values()}
    for (place, _, rest, indicator), parts in members.items():
        whole = wholes.get((place, rest, indicator))
        if len(parts) > 1 and (
            whole and _below(whole, parts) and adds_up(whole, parts) or _leaves_too_few(place, parts, best)
        ):
            yield from parts


def _below(whole: Claim, parts: list[Claim]) -> bool:
    return all(part.reading.high < whole.reading.low for part in parts)


def adds_up(whole: Claim, parts: list[Claim]) -> bool:
    """Whether the figures of the parts are together that of the whole, but for what was rounded or cut."""
    room = Fraction(sum(one.reading.unit_in_last_place for one in (*parts, whole)), 2)
    return unsigned(sum(part.reading.value for part in parts) - whole.reading.value) <= room


def _leaves_too_few(place: str, parts: list[Claim], best: dict[Quantity, Claim]) -> bool:
    """Whether a member's count over the whole's total is its rate, although with that rate of its own households the
    other members had fewer than they count."""
    group = parts[0].quantity.group
    name, total = RATIOS[parts[0].quantity.indicator]
    wholes = [
        claim
        for one, claim in best.items()
        if (one.group.place, *one.group[2:], one.indicator) == (place, *group[2:], total)
    ]
    counts = [best[one].reading.value for part in parts if (one := Quantity(part.quantity.group, name)) in best]
    if not wholes or len(counts) < len(parts):
        return False
    households = wholes[0].reading.value

    def of_whole(part: Claim, count: Exact) -> bool:
        low, high = part.reading.interval()
        room = households - (sum(counts) - count)  # what the others leave
        return 0 < low * households <= count <= high * households and count > high * room

    return any(map(of_whole, parts, counts))


def _of_whole(claim: Claim, numbers: set[int]) -> Claim | None:
    return _renamed(claim, claim.quantity.indicator + "_of_whole") if claim.number in numbers else None


def _renamed(claim: Claim, indicator: str) -> Claim:
    group: Group = claim.quantity.group
    return replace(claim, quantity=Quantity(group, indicator))
