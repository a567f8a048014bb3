"""The claims of a frame as one network: quantities, and the identities that tie them together.

Figures are tied only within one place (and what it is part of), one standard and one status: across classes
of a year, between a year and the one before where a change is printed or both years are, and between the
parts of a place and the whole of the same year. An identity of which too little is known to say anything is
left out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from giamngheo.reconcile.claims import Claim, Group, Quantity
from giamngheo.reconcile.constraints import AtMost, Constraint, Mean, Multiple, PointChange, Ratio, Sum
from giamngheo.reconcile.indicators import (
    AVERAGES,
    CHANGE,
    CHANGES,
    CLASSES,
    DEPRIVED,
    LEFT,
    MEMBERS,
    MONIES,
    MOVEMENTS,
    OF_WHOLE,
    PARTS,
    POOR_MOVEMENTS,
    RATIOS,
    SHARES,
    STATES,
    SUBSETS,
    is_change,
    is_rate,
)
from giamngheo.reconcile.meanings import meant
from giamngheo.reconcile.sayings import PLANNED

MANY = 10**9  # more members than any household has
SHARED = {share: (one, one) for share, one in SHARES.items()} | {one: RATIOS[rate] for one, rate in OF_WHOLE.items()} | DEPRIVED
OWN_CHECK = ("disbursement_rate", "average_loan")


@dataclass(frozen=True)
class Network:
    """Claims, the constraints that tell something about them (of all their `identities`), claims by quantity."""

    claims: tuple[Claim, ...]
    constraints: tuple[Constraint, ...]
    printed: dict[Quantity, list[Claim]]
    identities: tuple[Constraint, ...] = ()

    def claims_of_places(self, claims: Iterable[Claim]) -> dict[Group, list[Claim]]:
        """The claims by place: their group without its year."""
        found = defaultdict(list)
        for claim in claims:
            found[claim.quantity.group.place_alone()].append(claim)
        return found

    def constraints_of_places(self, without: set[Constraint]) -> dict[Group, list[Constraint]]:
        """The constraints that tie figures of one place, by place, but for some."""
        found = defaultdict(list)
        for constraint in self.constraints:
            places = {one.group.place_alone() for one in constraint.variables}
            if len(places) == 1 and constraint not in without:
                found[places.pop()].append(constraint)
        return found


def build(claims: Iterable[Claim]) -> Network:
    """The network of the claims."""
    claims = tuple(_with_sums(meant(list(claims))))
    printed = defaultdict(list)
    for claim in claims:
        printed[claim.quantity].append(claim)
    groups = dict.fromkeys(claim.quantity.group for claim in claims)
    years = groups | {
        before: None
        for one in claims
        if is_change(one.quantity.indicator)
        for before in (previous(one.quantity.group, groups), one.quantity.group.end())
        if before
    }
    found = [constraint for group in years for constraint in _within(group)]
    found += [
        one
        for group in years
        if (before := previous(group, years)) in years
        for one in _between(group, group.end(), before)
    ]
    found += [
        Multiple("average", Quantity(group, change), Quantity(group, average), group.length())
        for group in groups
        if group.length()
        for average, change in AVERAGES.items()
    ]
    found += list(_parts(claims, years))
    return Network(claims, tuple(_telling(found, printed)), dict(printed), tuple(found))


def previous(group: Group, known: Iterable[Group]) -> Group | None:
    """The year before, or the first year of a period; of a plan, what was reached the year before where that is
    known."""
    before = group.before()
    if before is None or group.status != PLANNED:
        return before
    reached = [one for one in known if one[:4] == before[:4] and one.status != PLANNED]
    return min(reached, key=lambda one: one.status != "chính thức", default=before)


def _with_sums(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Mark each rate of poverty that was printed as the sum of the two printed rates."""
    claims = list(claims)
    printed = {claim.quantity: claim.reading for claim in claims}
    for claim in claims:
        group, indicator = claim.quantity
        names = CLASSES.get(indicator, ()) if is_rate(indicator) else ()
        parts = [printed[Quantity(group, part)].value for part in names if Quantity(group, part) in printed]
        summed = bool(names) and len(parts) == len(names) and sum(parts) == claim.reading.value
        yield replace(claim, summed=True) if summed else claim


def _within(group: Group) -> Iterable[Constraint]:
    """The identities of one year."""

    def of(name: str) -> Quantity:
        return Quantity(group, name)

    for rate, (part, whole) in RATIOS.items():
        yield Ratio(rate if rate in OWN_CHECK else "rate", of(rate), of(part), of(whole))
    for prefix in ("", CHANGE):
        for whole, parts in CLASSES.items():
            check = "rate_sum" if is_rate(whole) else "class_sum"
            yield Sum(check, of(prefix + whole), tuple((1, of(prefix + part)) for part in parts))
    yield Sum(
        "movements", of("change_poor_households"), tuple((sign, of(name)) for name, sign in POOR_MOVEMENTS)
    )
    for inside, whole in SUBSETS:
        yield AtMost("disbursed" if whole == "budget_planned" else "subset", tuple(map(of, inside)), of(whole))
    for households, persons in MEMBERS:
        yield AtMost("persons", (of(households),), of(persons))
        yield AtMost("persons", (of(persons),), of(households), times=MANY)


def _between(group: Group, now: Group, before: Group) -> Iterable[Constraint]:
    """The identities of a year and the year before, or of the last and the first year of a period."""
    for name in STATES:
        change = Quantity(group, CHANGE + name)
        check = "rate_change" if is_rate(name) else "change"
        yield Sum(check, change, ((1, Quantity(now, name)), (-1, Quantity(before, name))))
        if is_rate(name):
            yield PointChange(check, change, Quantity(now, name), Quantity(before, name))
    for name, origin in LEFT:
        yield AtMost("subset", (Quantity(now, name),), Quantity(before, origin))


def _parts(claims: tuple[Claim, ...], groups: Iterable[Group]) -> Iterable[Constraint]:
    """The identities of a whole and its parts. The members of a named partition are all the places that ever
    carry its name: where one of them has no figure, the others only cannot be more than the whole."""
    wholes: dict[str, set[str]] = defaultdict(set)
    members: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for claim in claims:
        group = claim.quantity.group
        wholes[group.place].add(group.part_of)
        if claim.partition and group.part_of:
            members[group.part_of, claim.partition][group.place] = None
    groups = dict.fromkeys(groups)
    sharing = {claim.quantity.group for claim in claims if claim.quantity.indicator in SHARED}
    for group in groups:
        if group.part_of and len(wholes[group.part_of]) == 1 and group.place != group.part_of:
            whole = group._replace(place=group.part_of, part_of=next(iter(wholes[group.part_of])))
            for name in PARTS:
                yield AtMost("part", (Quantity(group, name),), Quantity(whole, name))
            for share, (part, total) in (SHARED.items() if group in sharing else ()):
                yield Ratio("share", Quantity(group, share), Quantity(group, part), Quantity(whole, total))
            for part, total in DEPRIVED.values():
                yield AtMost("subset", (Quantity(group, part),), Quantity(whole, total))
    for (place, _), names in members.items():
        if len(wholes[place]) != 1:
            continue
        for whole in [group for group in groups if group.place == place]:
            parts = [whole._replace(place=name, part_of=place) for name in names]
            for name in (*STATES, *CHANGES, *MOVEMENTS, *MONIES):
                one, all_parts = Quantity(whole, name), tuple(Quantity(group, name) for group in parts)
                if not is_rate(name):
                    yield Sum("partition", one, tuple((1, part) for part in all_parts))
                elif not is_change(name):
                    yield Mean("partition_rate", one, all_parts)


def _telling(constraints: list[Constraint], printed: dict) -> Iterable[Constraint]:
    """The constraints that can narrow something: a quantity is within reach when it is printed or when a
    constraint derives it from others within reach; bounds alone (`AtMost`, `Mean`) put nothing within reach.
    Movements close only when all four are printed: one that is not printed is unknown, not zero."""
    reach = set(printed)
    growing = True
    while growing:
        growing = False
        for constraint in constraints:
            if isinstance(constraint, Ratio | Sum | PointChange | Multiple) and constraint.check != "movements":
                missing = [one for one in constraint.variables if one not in reach]
                if len(missing) == 1:
                    reach.add(missing[0])
                    growing = True
    for constraint in constraints:
        terms = constraint.terms if isinstance(constraint, Sum) else ()
        if constraint.check == "movements" and any(term not in printed for _, term in terms):
            continue
        unknown = sum(one not in reach for one in constraint.variables)
        loose = isinstance(constraint, Sum) and unknown <= len(constraint.variables) - 2
        if unknown == 0 or loose:
            yield constraint
