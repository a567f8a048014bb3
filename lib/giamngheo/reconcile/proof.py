"""Can the claims all be true? A contradiction, a witness, or neither found.

    contradiction   the smallest sets of claims that cannot be true together
    witness         a value for every quantity, under which every claim prints as it stands
    undecided       the claims for which neither was found

A witness is given only when `readback`, which shares no code with the search, agrees with every claim."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import pandas as pd

from giamngheo.reconcile.bounds import propagate
from giamngheo.reconcile.claims import Claim, claimed
from giamngheo.reconcile.closure import closed
from giamngheo.reconcile.constraints import Constraint
from giamngheo.reconcile.contradictions import every
from giamngheo.reconcile.indicators import INDICATORS
from giamngheo.reconcile.network import Network, build
from giamngheo.reconcile.notation import write
from giamngheo.reconcile.readback import Key, unlike
from giamngheo.reconcile.verdicts import MISMATCH
from giamngheo.reconcile.witness import impossible, witness
from giamngheo.vietnamese.numbers import Exact

ORDER = {indicator: at for at, indicator in enumerate(INDICATORS)}
CONTRADICTION, WITNESS, UNDECIDED = "contradiction", "witness", "undecided"


@dataclass(frozen=True)
class Proof:
    """The answer: `sets` of lines ("file:line") that contradict each other, `values` of a witness (Key →
    exact value), lines left `open`."""

    kind: str
    sets: tuple[tuple[str, ...], ...] = ()
    values: dict[Key, Exact] = field(default_factory=dict)
    open: tuple[str, ...] = ()

    def table(self) -> pd.DataFrame:
        """The witness as a frame: place, year, standard, status, indicator and the value written exactly."""
        rows = [
            (*key[:1], *key[2:], str(value) if isinstance(value, Fraction) else write(value, key.indicator))
            for key, value in self.values.items()
        ]
        return pd.DataFrame(rows, columns=["place", "year", "standard", "status", "indicator", "value"])

    def __str__(self) -> str:
        if self.kind == CONTRADICTION:
            sets = "; ".join(f"dòng {_numbers(one)}" for one in self.sets)
            return f"Các số này không thể cùng đúng: {len(self.sets)} nhóm số mâu thuẫn với nhau ({sets})."
        if self.kind == WITNESS and not self.values:
            return "Không có con số nào để xét."
        if self.kind == WITNESS:
            return (
                "Các số này có thể cùng đúng: có ít nhất một bộ số nguyên và tỷ lệ đúng từng con số đã in "
                f"({len(self.values)} giá trị, đã in lại và so từng số)."
            )
        return f"Chưa biết các số này có cùng đúng được không: còn bỏ ngỏ dòng {_numbers(self.open)}."


def prove(claims: pd.DataFrame) -> Proof:
    """The answer for the claims of a frame, taken together. Raises DataError when a claim cannot be read."""
    network = build(claimed(claims))
    wrong = [check for check in every(network) if check.verdict == MISMATCH]
    if wrong:
        identities = closed(network)
        distinct = dict.fromkeys(needed(check.claims, [*check.constraints, *identities]) for check in wrong)
        return Proof(CONTRADICTION, _sources(distinct))
    values, without, left = witness(network)
    if without:
        return Proof(CONTRADICTION, _sources(needed(part, closed(network)) for part in without))
    places = list(dict.fromkeys(one.group.place for one in values))
    order = sorted(
        values, key=lambda one: (places.index(one.group.place), str(one.group), ORDER[one.indicator])
    )
    found = {Key(*one.group, one.indicator): values[one] for one in order}
    rows = [
        (Key(*claim.quantity.group, claim.quantity.indicator), claim.partition, claim.reading.text)
        for claim in network.claims
    ]
    if not left and not unlike(rows, found):
        return Proof(WITNESS, values=found)
    return Proof(UNDECIDED, open=_lines(network, left))


def needed(claims: Sequence[Claim], identities: Sequence[Constraint]) -> tuple[Claim, ...]:
    """Claims that contradict each other without those it does not take: leaving out any other one resolves
    it."""
    constraints = _own(claims, identities)
    kept = sorted(claims, key=lambda claim: claim.number)
    for claim in list(kept):
        fewer = [one for one in kept if one is not claim]
        if propagate(fewer, constraints).contradiction or impossible(fewer, constraints):
            kept = fewer
    return tuple(kept)


def _own(claims: Sequence[Claim], identities: Sequence[Constraint]) -> list[Constraint]:
    """The identities between figures of the claims' places."""
    places = {claim.quantity.group.place for claim in claims}
    own = (one for one in identities if places.issuperset(part.group.place for part in one.variables))
    return list(dict.fromkeys(own))


def _numbers(lines: Iterable[str]) -> str:
    return ", ".join(line.rpartition(":")[2] for line in lines)


def _sources(sets: Iterable[Iterable[Claim]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(claim.source for claim in one) for one in sets)


def _lines(network: Network, left: Sequence[Sequence[Claim]]) -> tuple[str, ...]:
    numbers = {claim.number for part in left for claim in part}
    return tuple(claim.source for claim in network.claims if claim.number in numbers or not numbers)
