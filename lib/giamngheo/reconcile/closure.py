"""The identities that the figures of a network can reach, printed or not, and the parts of it that share no figure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from giamngheo.reconcile.claims import Claim, Quantity
from giamngheo.reconcile.constraints import AtMost, Constraint, Multiple, Ratio, Sum
from giamngheo.reconcile.indicators import is_change
from giamngheo.reconcile.network import Network


def closed(network: Network) -> list[Constraint]:
    """The identities between all quantities that the printed ones reach: what a rate is a rate of, both years
    of a change, the rest of a sum of which two are known. Parts that nothing is known of are left out of
    bounds."""
    known, growing = set(network.printed), True
    while growing:
        before = len(known)
        for one in network.identities:
            if _reaches(one, known):
                known.update(one.variables)
        growing = len(known) > before
    return [kept for one in network.identities if (kept := _kept(one, known, network.printed))]


def _reaches(one: Constraint, known: set[Quantity]) -> bool:
    """Whether the constraint's other quantities are needed."""
    if isinstance(one, Ratio):
        return one.rate in known
    if isinstance(one, Multiple):
        return one.part in known
    if not isinstance(one, Sum) or one.check in ("movements", "rate_sum"):
        return False
    return is_change(one.whole.indicator) and one.whole in known or len(known.intersection(one.variables)) > 1


def _kept(one: Constraint, known: set[Quantity], printed: dict) -> Constraint | None:
    if isinstance(one, AtMost) and one.whole in known:
        parts = tuple(part for part in one.parts if part in known)
        return replace(one, parts=parts) if parts else None
    needed = printed if isinstance(one, Sum) and one.check == "movements" else known
    return one if all(variable in needed for variable in one.variables) else None


def apart(
    claims: Sequence[Claim], constraints: Sequence[Constraint]
) -> Iterator[tuple[list[Claim], list[Constraint]]]:
    """Claims and constraints in groups that share no quantity."""
    leader: dict[Quantity, Quantity] = {}

    def of(one: Quantity) -> Quantity:
        while (above := leader.setdefault(one, one)) != one:
            leader[one] = leader[above]
            one = above
        return one

    for constraint in constraints:
        head, *others = constraint.variables
        for one in others:
            leader[of(one)] = of(head)
    groups: dict[object, tuple[list[Claim], list[Constraint]]] = defaultdict(lambda: ([], []))
    for claim in claims:
        groups[of(claim.quantity)][0].append(claim)
    for constraint in constraints:
        groups[of(constraint.variables[0])][1].append(constraint)
    yield from groups.values()
