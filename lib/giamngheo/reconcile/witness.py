"""One full assignment of whole numbers and exact rates under which every claim prints as it stands.

All identities that any claim can reach are taken together, printed or not (`closed`). Bounds are narrowed;
then one whole number after another, the one with fewest values left first, is given a value from the middle
of what is left, and the bounds are narrowed again; a value that leaves nothing for another is taken back.
Rates follow by division at the end. Quantities that no identity ties are searched apart."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from fractions import Fraction
from functools import partial
from itertools import islice
from math import ceil, floor

from giamngheo.reconcile.bounds import allowed, widest
from giamngheo.reconcile.claims import Claim, Group, Quantity
from giamngheo.reconcile.closure import apart, closed
from giamngheo.reconcile.constraints import Constraint, Multiple, PointChange, Sum, customary, finer
from giamngheo.reconcile.indicators import (
    AVERAGES,
    CHANGE,
    FLOW_RATES,
    REACHES,
    RELATIVES,
    is_change,
    is_rate,
)
from giamngheo.reconcile.network import Network
from giamngheo.reconcile.notation import HAIR
from giamngheo.reconcile.sayings import PLANNED
from giamngheo.reconcile.search import BRIEF, SCALES, Search, Spans, Values, candidates
from giamngheo.reconcile.seeds import seeds
from giamngheo.reconcile.verdicts import gap
from giamngheo.vietnamese.numbers import Exact

TRIED, HALVED = 4, 32  # ways of reading its changes of rates in which values are tried, and counts halved, at most
FEW = 20  # figures of an unprinted rate that are gone through one by one
Customs = Callable[[PointChange, dict[Quantity, Claim], Search], Iterator[tuple]]


def witness(network: Network) -> tuple[Values, list[list[Claim]], list[list[Claim]]]:
    """The values found, the claims of each part that has none, those of each part of which neither was shown."""
    found: Values = {}
    without: list[list[Claim]] = []
    undecided: list[list[Claim]] = []
    for claims, constraints in apart(network.claims, closed(network)):
        values, whole = decided(claims, constraints)
        if values is None:
            (without if whole else undecided).append(claims)
        else:
            found |= values
    return found | made(network, found), without, undecided


def made(network: Network, values: Values) -> Values:
    """The values of printed figures that are made from others: averages, relative changes, rates of flows, what a
    plan has reached; as they are where nothing they are made from is known."""
    found: Values = {}
    for claim in network.claims:
        low, high = claim.reading.interval()
        ways = [Fraction(part) / whole for part, whole in _operands(claim.quantity, values, network.printed) if whole]
        if ways:
            found[claim.quantity] = next((one for one in ways if low <= one <= high), ways[0])
    return found


def _operands(one: Quantity, values: Values, printed: dict[Quantity, list[Claim]]) -> Iterator[tuple]:
    """What a figure is the quotient of, in each way it may have been made."""
    group, indicator = one
    before = group.before()

    def of(name: str, group: Group | None = group) -> Exact | None:
        return values.get(Quantity(group, name)) if group else None

    pairs: list[tuple[Exact | None, Exact | None]] = []
    if indicator in AVERAGES:
        change = printed.get(Quantity(group, AVERAGES[indicator]))
        pairs = [(of(AVERAGES[indicator]), group.length()), (change[0].reading.value if change else None, group.length())]
    elif indicator in RELATIVES:
        count = RELATIVES[indicator]
        pairs = [(of(CHANGE + count), of(count, before))]
    elif indicator in FLOW_RATES:
        flow, origin = FLOW_RATES[indicator]
        bases = (of("households"), of("households", before), of(origin, before))
        pairs = [(of(flow), base) for base in bases]
    elif indicator in REACHES:
        pairs = [(of(REACHES[indicator]), of(REACHES[indicator], group._replace(status=PLANNED)))]
    yield from ((part, whole) for part, whole in pairs if part is not None and whole is not None)


def impossible(claims: Sequence[Claim], constraints: Sequence[Constraint]) -> bool:
    """Whether it was shown that there are no values."""
    return decided(claims, constraints) == (None, True)


def decided(claims: Sequence[Claim], constraints: Sequence[Constraint]) -> tuple[Values | None, bool]:
    """The values found; where there are none, whether it was shown that there are none. A few values are tried first,
    then halves, in each way of reading the printed changes of rates."""
    changes = [one for one in constraints if isinstance(one, PointChange)]
    fixed = [
        one for one in constraints if not isinstance(one, PointChange | Multiple) and not _of_points(one)
    ]
    printed = {claim.quantity: claim for claim in claims}
    stated = (
        claim
        for claim in claims
        if claim.quantity.indicator not in AVERAGES
        and not (is_rate(claim.quantity.indicator) and is_change(claim.quantity.indicator))
    )
    spans = {rate: widest(rate.indicator) for one in changes for rate in (one.now, one.before)} | _spans(stated)
    for change, span in _of_averages(constraints, printed):
        spans[change] = _meet(spans.get(change), span)
        fixed += [_difference(one) for one in changes if one.change == change]
    search = Search(spans, fixed)
    told = [one for one in changes if one.change in printed]
    with closing(_read(search, told, printed, partial(_customs, sampled=True))) as ways:
        for _ in islice(ways, TRIED):
            for scale in SCALES if search.unbounded() else SCALES[:1]:
                values = search.solution(scale, BRIEF)
                if values is not None:
                    return _with_changes(values, changes), True
            for begun in seeds(search.spans, told) if search.unbounded() else ():
                values = search.beginning(begun)
                if values is not None:
                    return _with_changes(values, changes), True
    if told and _halved(search, told, printed, _at_most) == (None, True):
        return None, True
    values, ended = _halved(search, told, printed, _customs)
    return values and _with_changes(values, changes), ended


def _halved(search: Search, changes: list[PointChange], printed: dict, customs: Customs) -> tuple[Values | None, bool]:
    """The values that halving finds in one of the ways, or whether all ways came to an end without any."""
    with closing(_read(search, changes, printed, customs)) as ways:
        for at, _ in enumerate(ways):
            values, ended = search.halve() if at < HALVED else (None, False)
            if values is not None or not ended:
                return values, ended
    return None, True


def _of_averages(constraints: Iterable[Constraint], printed: dict[Quantity, Claim]) -> Iterator[tuple[Quantity, tuple]]:
    """What printed averages per year leave of the change of their period, but where they are that of its printed figure."""
    for one in constraints:
        if isinstance(one, Multiple) and one.part in printed:
            low, high = printed[one.part].reading.interval()
            shown = printed[one.whole].reading.value if one.whole in printed else None
            if shown is None or not one.times * low <= shown <= one.times * high:
                yield one.whole, (one.times * low, one.times * high)


def _spans(claims: Iterable[Claim]) -> Spans:
    """What the claims alone leave of each quantity."""
    spans: Spans = {}
    for claim in claims:
        spans[claim.quantity] = _meet(spans.get(claim.quantity), allowed(claim))
    return spans


def _of_points(one: Constraint) -> bool:
    """Whether the constraint is a sum of changes of rates."""
    return isinstance(one, Sum) and is_rate(one.whole.indicator) and is_change(one.whole.indicator)


def _read(search: Search, changes: Sequence[PointChange], printed: dict, customs: Customs) -> Generator[None]:
    """Stop at each way of reading the printed changes that leaves something for every quantity."""
    if not changes:
        yield
        return
    for tie, narrower in customs(changes[0], printed, search):
        mark = len(search.trail)
        try:
            if search.adopt(tie, narrower):
                yield from _read(search, changes[1:], printed, customs)
        finally:  # also where no further way is asked for
            search.forget(tie)
            search.take_back(mark)


def _at_most(one: PointChange, printed: dict[Quantity, Claim], search: Search) -> Iterator[tuple]:
    """What holds of a printed change of rates in whatever way it is read, as one way."""
    claim = printed[one.change]
    beside = [printed[rate].reading.unit_in_last_place for rate in (one.now, one.before) if rate in printed]
    if all(step <= claim.reading.unit_in_last_place for step in beside):
        yield _difference(one), {one.change: allowed(claim)}
    else:
        yield None, {}


def _difference(one: PointChange) -> Sum:
    return Sum("rate_change", one.change, ((1, one.now), (-1, one.before)))


def _customs(one: PointChange, printed: dict[Quantity, Claim], search: Search, sampled: bool = False) -> Iterator[tuple]:
    """The ways to read a printed change of rates: as the difference of the printed rates (nothing more is
    asked, or the unprinted rates must print so), as the difference of the exact ones. A rate printed coarser than its
    change counts as unprinted. Where unprinted rates may have had many figures, a few are `sampled`, or all are taken at
    once."""
    change = printed[one.change].reading
    now, before = (printed[rate].reading if rate in printed else None for rate in (one.now, one.before))
    if now and before and not gap((now.value - before.value,) * 2, change.interval()):
        yield None, {}
    yield _difference(one), {one.change: change.interval()}
    step = change.unit_in_last_place
    known, other, sign = (now, one.before, -1) if now else (before, one.now, 1)
    if known and not (now and before) and not finer(change, known) and not known.approximate:
        low, high = customary(known, change, sign)
        yield None, {other: (low, high - HAIR)}
    if all(rate is None or finer(change, rate) for rate in (now, before)):
        least, most = floor(search.spans[one.before][0] / step), ceil(search.spans[one.before][1] / step)
        if most - least > FEW and not sampled:
            yield from _at_most(one, printed, search)
            return
        for at in candidates(least, most) if most - least > FEW else range(least, most + 1):
            spans = [
                (value - step / 2, value + step - HAIR) for value in (at * step + change.value, at * step)
            ]
            yield None, dict(zip((one.now, one.before), spans, strict=True))


def _with_changes(values: Values, changes: list[PointChange]) -> Values:
    """The values with the exact changes of rates."""
    return values | {one.change: values[one.now] - values[one.before] for one in changes}


def _meet(first: tuple | None, second: tuple) -> tuple:
    return (max(first[0], second[0]), min(first[1], second[1])) if first else second
