"""A contradiction that goes through unprinted figures, told at its pivot: the quantity that two ways give
two values."""

from collections.abc import Iterable, Sequence

from giamngheo.reconcile.bounds import Bounds, Branch
from giamngheo.reconcile.claims import Claim, Group, Quantity
from giamngheo.reconcile.constraints import Constraint, Ratio
from giamngheo.reconcile.identities import Check
from giamngheo.reconcile.indicators import TOTALS
from giamngheo.reconcile.verdicts import MISMATCH, gap
from giamngheo.reconcile.wording import expression, named, points, span

# the identity that a contradiction is named after is the most telling of its two
NAMED_AFTER = ("movements", "class_sum", "rate_sum", "change", "rate_change", "disbursement_rate", "rate")

BETWEEN = ("part", "partition")  # the identities of a whole and its parts


def apart(pivot: Quantity, ways: Sequence, bounds: Bounds, claims: Sequence[Claim]) -> Check:
    """Two ways to the pivot, each a branch or its printed figure, and the values they give."""
    ways = sorted(ways, key=lambda way: (way != pivot, _first(way, bounds, claims)))
    spans = [bounds.at(way) for way in ways]
    texts = [
        f"{way_text(way, bounds, claims)} → {span(*one, pivot.indicator)}"
        if way != pivot
        else f"đã in {span(*one, pivot.indicator)}"
        for way, one in zip(ways, spans, strict=True)
    ]
    name = check_name(pivot, ways, claims, bounds)
    return Check(
        name,
        pivot.group if name == "part_total" else reported_under(claims),
        f"{named(pivot, year=True)}: " + "; nhưng ".join(texts),
        span(*spans[0], pivot.indicator),
        span(*spans[1], pivot.indicator),
        points(gap(*spans), pivot.indicator),
        MISMATCH,
        tuple(claims),
        tuple(bounds.constraints),
        pivot,
    )


def impossible(crossed: Branch, bounds: Bounds, claims: Sequence[Claim]) -> Check:
    """One way to the pivot that leaves no whole number, or none in its range."""
    pivot, printed = crossed.quantity, "; ".join(claim.reading.text for claim in claims)
    text = f"{way_text(crossed, bounds, claims)} không ra số nào có thể có"
    return Check(
        check_name(pivot, (crossed,), claims, bounds),
        reported_under(claims),
        f"{named(pivot, year=True)}: {text}",
        printed,
        "không có",
        "",
        MISMATCH,
        tuple(claims),
        tuple(bounds.constraints),
        pivot,
    )


def unexplained(claims: Sequence[Claim], constraints: Sequence[Constraint]) -> Check:
    """A contradiction without a pivot: its figures alone."""
    figures = "; ".join(f"{named(claim.quantity, year=True)} {claim.reading.text}" for claim in claims)
    return Check(
        "inferred",
        reported_under(claims),
        f"không thể cùng đúng: {figures}",
        figures,
        "không có",
        "",
        MISMATCH,
        tuple(claims),
        tuple(constraints),
    )


def way_text(way: Branch | Quantity, bounds: Bounds, claims: Iterable[Claim]) -> str:
    printed = {claim.quantity: claim for claim in claims}
    return expression(way, bounds, printed)


def check_name(pivot: Quantity, ways: Iterable, claims: Sequence[Claim], bounds: Bounds) -> str:
    """implied_total and previous_total for totals that rates imply, part_total for those of parts and their
    whole, else the check of the identity that fails."""
    branches = [bounds.constraints[way.constraint] for way in ways if isinstance(way, Branch)]
    if pivot.indicator in TOTALS and any(one.check in BETWEEN for one in branches):
        return "part_total"
    if pivot.indicator in TOTALS and all(isinstance(one, Ratio) for one in branches):
        return "implied_total" if pivot.group.year == reported_under(claims).year else "previous_total"
    return min(
        (one.check for one in branches),
        key=lambda name: NAMED_AFTER.index(name) if name in NAMED_AFTER else len(NAMED_AFTER),
    )


def reported_under(claims: Sequence[Claim]) -> Group:
    """The group of the latest year among the claims, where the figures were printed side by side."""
    return max((claim.quantity.group for claim in claims), key=lambda group: str(group.year))


def causes(ways: Iterable, bounds: Bounds) -> frozenset[int]:
    return frozenset().union(*(bounds.why[way, end] for way in ways for end in (False, True)))


def _first(way, bounds: Bounds, claims: Sequence[Claim]) -> int:
    used = causes([way], bounds)
    return min((claim.number for claim in claims if claim.number in used), default=0)
