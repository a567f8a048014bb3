"""Totals that rates imply in the parts of a place and in the whole: they bound each other although neither is
printed.

    587.952 households = 1,87% need 31 million households in a part; the whole has 28 million

Within one year, one standard and one status the totals of a partition's members add up to the whole's, and
no part's total is above it: the search for contradictions goes through these identities too. Households are
counted whatever the poverty line is, so a part's total above the whole's of another year, standard or status
is odd; the counts need not be of one day, so it is told as a note."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from giamngheo.reconcile.bounds import Bounds
from giamngheo.reconcile.claims import Group, Quantity
from giamngheo.reconcile.constraints import AtMost, Constraint, Ratio, Sum
from giamngheo.reconcile.explanations import BETWEEN, way_text
from giamngheo.reconcile.identities import Check
from giamngheo.reconcile.indicators import TOTALS
from giamngheo.reconcile.network import Network
from giamngheo.reconcile.notation import NO_BOUND
from giamngheo.reconcile.verdicts import NOTE, gap
from giamngheo.reconcile.wording import kind, named, points, span
from giamngheo.vietnamese.numbers import Exact

Spans = Mapping[Group, tuple[Exact, Exact]]


def totals_between(constraints: Iterable[Constraint]) -> list[Constraint]:
    """The identities that tie totals of parts and wholes, with the rates that imply these totals; none where
    no parts are."""
    constraints = list(constraints)
    ties: list[Constraint] = [
        one for one in constraints if isinstance(one, Sum | AtMost) and one.check in BETWEEN and one.whole.indicator in TOTALS
    ]
    tied = {one for tie in ties for one in tie.variables}
    return ties + [one for one in constraints if isinstance(one, Ratio) and one.whole in tied]


def in_other_reviews(network: Network, bounds: Mapping[Group, Bounds]) -> list[Check]:
    """One note for each part whose total is above the whole's as another review has it."""
    spans = known_totals(network, bounds)
    reviews = defaultdict(list)
    for group in spans:
        reviews[group.place].append(group)
    found = []
    for part, (low, _) in spans.items():
        others = [one for one in reviews.get(part.part_of, ()) if one[2:] != part[2:] and spans[one][1] < low]
        if others:
            whole = min(others, key=lambda one: (abs(_year(one) - _year(part)), -spans[one][1]))
            found.append(_note(part, whole, spans, network, bounds))
    return found


def known_totals(network: Network, bounds: Mapping[Group, Bounds]) -> Spans:
    """The least and most households of each place and year that anything bounds from above."""
    groups = dict.fromkeys(claim.quantity.group for claim in network.claims)
    known = {}
    for group in groups:
        found, one = bounds.get(group.place_alone()), Quantity(group, "households")
        if found and found.contradiction is None and one in found.low and found.high[one] < NO_BOUND:
            known[group] = found.at(one)
    return known


def _note(part: Group, whole: Group, spans: Spans, network: Network, bounds: Mapping[Group, Bounds]) -> Check:
    """A part's total above the whole's of another review."""
    texts, used = [], []
    for group in (part, whole):
        one, found = Quantity(group, "households"), bounds[group.place_alone()]
        causes = found.why[one, False] | found.why[one, True]
        own = [claim for claim in network.claims if claim.number in causes]
        text = f"{way_text(one, found, own)} → {span(*spans[group], one.indicator)}"
        texts.append(f"{group.place} năm {group.year}{kind(group, {group[:3]})}: {text}")
        used += own
    one = Quantity(part, "households")
    return Check(
        "other_total",
        part,
        f"{named(one)} của {texts[0]}; nhưng của {texts[1]}",
        span(*spans[part], one.indicator),
        f"≤ {span(*spans[whole], one.indicator)}",
        points(gap(spans[part], spans[whole]), one.indicator),
        NOTE,
        tuple(used),
    )


def _year(group: Group) -> int:
    return int(str(group.year)[:4])
