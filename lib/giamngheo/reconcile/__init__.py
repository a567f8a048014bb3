"""Can these printed figures all be true? Every identity between them is checked by exact interval arithmetic.

A printed figure stands for every value that rounds, or is cut, to it (`notation`); a count or a sum of đồng
printed in full stands for itself. Figures contradict each other when no values inside their intervals
satisfy the identities between them (`network`). What the figures do not tell is unknown, never zero.

    check              what must hold
    repeat             a figure printed twice is one figure
    range              no rate is above 100%
    rate               rate = part / whole, both printed
    disbursement_rate  printed share = disbursed / planned
    disbursed          disbursed is not above planned
    class_sum          poor + near-poor households = multidimensionally poor households (also their changes)
    rate_sum           the same of their rates (also their changes)
    subset             a class is not larger than what it is a class of
    persons            a household has one person at least; no household, no person
    change             change = this year - last year, in households or persons
    rate_change        the same in percentage points, of exact or of printed rates
    movements          change in poor households = became poor + relapsed + newly poor - left poverty
    partition          the members of a named partition add up to the whole
    partition_rate     the whole's rate lies between the rates of a partition's members
    part               a part is not larger than what it is part of
    implied_total      count / rate of several lines imply one common whole number
    previous_total     the same of last year's total, through the printed changes
    part_total         the totals that rates imply in the parts and in the whole fit together
    share              a part's share = its count / the whole's count
    share_sum          shares of the whole's total, printed as rates of the parts, add up (a note)
    average_loan       average loan = loans outstanding / households that owe
    average            average change = change of a period / its years
    plan_reached       what was reached = what was achieved / what was planned
    flow_rate          rate of a flow = what moved / households of this or last year, or of the class it left
    relative_change    change / last year's count, printed as if in points (a note)
    other_total        a part's implied total is not above the whole's of another year, standard or status
    inferred           any other contradiction, through figures that are not printed

`prove` says of the whole body whether it can be true: the smallest contradictions, or a value for every figure.

Every check of printed figures gives one row (`range` and a bound that echoes a reported mismatch only when
violated); unprinted totals that several rates imply give one row each. verdicts: `ok`; `rounding`, off by no
more than rounding explains; `truncated`, a figure was cut instead of rounded; `note`, odd but not wrong, as
`arithmetic` says; `mismatch`. `difference` is
printed - computed. For implied and previous totals `printed` and `computed` are the two totals that two
lines imply."""

from collections import Counter, defaultdict

import pandas as pd

from giamngheo.reconcile.bounds import implied_totals
from giamngheo.reconcile.claims import claimed
from giamngheo.reconcile.contradictions import every
from giamngheo.reconcile.corrections import corrections
from giamngheo.reconcile.files import read
from giamngheo.reconcile.identities import Check
from giamngheo.reconcile.inference import infer
from giamngheo.reconcile.network import build
from giamngheo.reconcile.notation import Printed, Unreadable, parse
from giamngheo.reconcile.proof import Proof, prove
from giamngheo.reconcile.rendering import COLUMNS, render
from giamngheo.reconcile.verdicts import MISMATCH
from giamngheo.reconcile.wording import kind
from giamngheo.store.cache import kept

__all__ = [
    "Printed", "Proof", "Unreadable", "findings", "implied_totals", "infer", "parse", "prove", "read", "render",
]  # fmt: skip


@kept
def findings(claims: pd.DataFrame) -> pd.DataFrame:
    """Every check made on the claims of a frame, which are taken together as one body of figures.

    Columns: those of the CSV, then `corrections` (Vietnamese sentences, the smallest first), `lines`
    ("file:line" of the claims) and `claims` (which rows of the frame were held against each other). Rows
    stand in the order of the claims. Raises DataError when a claim cannot be read."""
    network = build(claimed(claims))
    made = every(network)
    touching = defaultdict(list)
    for check in made:
        for claim in check.claims:
            touching[claim.number].append(check)
    variants = Counter(group[:3] for group in {claim.quantity.group for claim in network.claims})
    mixed = {place for place, count in variants.items() if count > 1}
    rows = [
        {
            "file": check.claims[0].file,
            "place": check.group.place,
            "year": check.group.year,
            "check": check.name,
            "arithmetic": _labelled(check, mixed),
            "printed": check.printed,
            "computed": check.computed,
            "difference": check.difference,
            "verdict": check.verdict,
            "corrections": corrections(check, touching) if check.verdict == MISMATCH else [],
            "lines": [claim.source for claim in sorted(check.claims, key=lambda claim: claim.number)],
            "claims": sorted({claim.number % len(claims) for claim in check.claims}),
        }
        for check in sorted(made, key=lambda check: min(claim.number for claim in check.claims))
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS, "corrections", "lines", "claims"])


def _labelled(check: Check, mixed: set) -> str:
    """The arithmetic with its standard and status where the place has several, and with the doubts of its
    claims."""
    label, colon, rest = check.arithmetic.partition(":")
    doubts = [
        f" [dòng {claim.line} đang bị nghi vấn: {claim.doubt}]" for claim in check.claims if claim.doubt
    ]
    return label + kind(check.group, mixed) + colon + rest + "".join(doubts)
