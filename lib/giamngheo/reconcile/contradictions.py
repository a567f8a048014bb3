"""What cannot be true together although no single identity and no implied total shows it.

The claims' bounds are narrowed through all identities of a place that hold by themselves. Where bounds
cross, the smallest set of identities and claims that crosses is taken and told at its pivot. Then the pivot
is split, so that no conclusion is drawn across it, and the search goes on. Nothing is concluded across a
contradicted total. Then the totals of parts and of their whole are held against each other (`parts`)."""

from collections.abc import Callable, Sequence

from giamngheo.reconcile.bounds import Bounds, Branch, propagate, smallest
from giamngheo.reconcile.claims import Claim, Group, Quantity
from giamngheo.reconcile.closure import closed
from giamngheo.reconcile.constraints import Constraint
from giamngheo.reconcile.derived import derived
from giamngheo.reconcile.explanations import apart, impossible, unexplained
from giamngheo.reconcile.household_totals import implied
from giamngheo.reconcile.identities import Check, direct, echoes, out_of_range
from giamngheo.reconcile.indicators import TOTALS
from giamngheo.reconcile.network import Network
from giamngheo.reconcile.parts import in_other_reviews, totals_between
from giamngheo.reconcile.verdicts import MISMATCH, gap

TRIES = 100  # contradictions looked for at most in one place


def every(network: Network) -> list[Check]:
    """Every check made on the claims of a network: the direct ones, then those that need inference."""
    made = [*direct(network), *derived(network)]
    return made + hidden(network, made)[0]


def hidden(network: Network, made: Sequence[Check]) -> tuple[list[Check], dict[Group, Bounds]]:
    """The rows that need inference, and the bounds of each place's quantities that nothing contradicts.

    Places are their groups without a year. A contradiction that would vanish with a figure already found in
    a mismatch is its echo and is not reported.
    """
    known = network.claims_of_places(usable(network, made))
    ties = network.constraints_of_places(
        without={one for check in made if check.verdict == MISMATCH for one in check.constraints}
    )
    mismatches = [check for check in made if check.verdict == MISMATCH]
    found: list[Check] = []
    bounds: dict[Group, Bounds] = {}
    pivots: frozenset[Quantity] = frozenset()
    for place, claims in known.items():
        rows, bounds[place], split = of_place(claims, ties.get(place, []), mismatches)
        found, pivots = [*found, *rows], pivots | split
    claims = [claim for place in known.values() for claim in place]
    found += of_parts(claims, totals_between(network.constraints), pivots, [*mismatches, *found])
    found += of_all(network, claims, [*mismatches, *found])
    return found + in_other_reviews(network, bounds), bounds


def of_place(
    claims: list[Claim], constraints: list[Constraint], mismatches: list[Check]
) -> tuple[list[Check], Bounds, frozenset[Quantity]]:
    """One place's rows that need inference, its bounds, and the quantities contradicted."""
    found, pivots = implied(claims, constraints, mismatches)
    constraints = [one for one in constraints if not pivots.intersection(one.variables)]
    rows, bounds, pivots = search(
        claims, constraints, pivots, lambda check: any(echoes(check, one) for one in (*mismatches, *found))
    )
    return found + rows, bounds, pivots


def of_parts(
    claims: list[Claim], constraints: list[Constraint], pivots: frozenset[Quantity], mismatches: list[Check]
) -> list[Check]:
    """What the totals implied by the rates of parts and of their whole say against each other."""

    def echo(check: Check) -> bool:
        """Whether a figure of a mismatch, set aside, leaves neither it nor any other contradiction of these
        totals."""
        for other in mismatches:
            if echoes(check, other):
                shared = {one.number for one in check.claims} & {one.number for one in other.claims}
                if any(
                    propagate(
                        [claim for claim in claims if claim.number != one], constraints, pivots
                    ).contradiction
                    is None
                    for one in shared
                ):
                    return True
        return False

    return search(claims, constraints, pivots, echo)[0] if constraints else []


def of_all(network: Network, claims: list[Claim], made: list[Check]) -> list[Check]:
    """What the figures of no mismatch say against each other through all identities of all places."""
    wrong = {claim.number for check in made if check.verdict == MISMATCH for claim in check.claims}
    return search(
        [one for one in claims if one.number not in wrong], closed(network), frozenset(), lambda _: False
    )[0]


def search(
    claims: list[Claim],
    constraints: list[Constraint],
    pivots: frozenset[Quantity],
    echo: Callable[[Check], bool],
) -> tuple[list[Check], Bounds, frozenset[Quantity]]:
    """Contradictions one after another, each split at its pivot; those that only echo another are not told."""
    found: list[Check] = []
    for _ in range(TRIES):
        bounds = propagate(claims, constraints, pivots)
        if bounds.contradiction is None:
            break
        kept, used = smallest(claims, constraints, bounds.causes(), pivots)
        check = told(kept, used, pivots)
        if not (echo(check) or any(echoes(check, one) for one in found)):
            found.append(check)
        if check.pivot and check.pivot not in pivots:
            pivots |= {check.pivot}
        else:
            constraints = [one for one in constraints if one not in used]
    return found, bounds, pivots


def usable(network: Network, made: Sequence[Check]) -> list[Claim]:
    """The claims without those above 100% and without the coarser of two that disagree about one quantity."""
    repeated = {
        check.claims[1].number for check in made if check.name == "repeat" and check.verdict == MISMATCH
    }
    return [one for one in network.claims if one.number not in repeated and not out_of_range(one)]


def told(claims: list[Claim], constraints: list[Constraint], pivots: frozenset[Quantity]) -> Check:
    """The contradiction at a pivot that two identities, or one, leave without a value; unprinted totals are
    preferred as pivots, those of a whole before those of its parts, then other unprinted quantities."""
    printed = {claim.quantity for claim in claims}
    candidates = dict.fromkeys(one for constraint in constraints for one in constraint.variables)
    for pivot in sorted(
        candidates, key=lambda one: (one in printed, one.indicator not in TOTALS, one.group.part_of != "")
    ):
        bounds = propagate(claims, constraints, pivots | {pivot})
        crossed = bounds.contradiction
        if crossed is not None:
            if isinstance(crossed, Branch) and crossed.quantity == pivot:
                return impossible(crossed, bounds, claims)
            continue
        ways: list[Quantity | Branch] = [pivot] if pivot in printed else []
        ways += [Branch(pivot, at) for at, one in enumerate(constraints) if pivot in one.variables]
        for at, first in enumerate(ways):
            for second in ways[at + 1 :]:
                if gap(bounds.at(first), bounds.at(second)):
                    return apart(pivot, (first, second), bounds, claims)
    return unexplained(claims, constraints)
