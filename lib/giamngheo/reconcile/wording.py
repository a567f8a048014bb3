"""Figures, expressions and spans as an analyst reads them: `(242 + 20) / (20,86% + 1,69%)`, `1.772–1.777
hộ`."""

from collections.abc import Iterable, Mapping

from giamngheo.reconcile.bounds import Bounds, Branch, widest
from giamngheo.reconcile.claims import Claim, Group, Quantity
from giamngheo.reconcile.constraints import AtMost, Constraint, Mean, Multiple, PointChange, Ratio, Sum
from giamngheo.reconcile.indicators import is_change, is_rate, label
from giamngheo.reconcile.notation import NO_BOUND, write
from giamngheo.vietnamese.numbers import Exact, number

LISTED = 8  # longer sums name their first and last figures only


def figure(claim: Claim) -> str:
    """A printed figure inside an expression: `31.951`, `gần 47 tỷ`, `-1,69%`."""
    reading, indicator = claim.reading, claim.quantity.indicator
    text = write(reading.value, indicator, reading)
    text = text if is_rate(indicator) else text.rpartition(" ")[0]
    return f"{reading.direction} {text}".strip()


def added(terms: Iterable[tuple[int, str]]) -> str:
    """Signed texts as one sum.

    >>> added([(1, "242"), (-1, "-20")]), added([(-1, "40"), (1, "2")])
    ('242 + 20', '-40 + 2')
    """
    parts: list[str] = []
    for sign, text in terms:
        if text.startswith("-"):
            sign, text = -sign, text[1:]
        if parts:
            text = ("+ " if sign > 0 else "- ") + text
        elif sign < 0:
            text = "-" + text
        parts.append(text)
    return " ".join(parts if len(parts) <= LISTED else [*parts[:3], "+ … " + parts[-1]])


def span(low, high, indicator: str) -> str:
    """The values between two bounds.

    >>> span(1772, 1777, "households"), span(1160, 1160, "households"), span(5, NO_BOUND, "households")
    ('1.772–1.777 hộ', '1.160 hộ', 'từ 5 hộ trở lên')
    """
    if is_rate(indicator):
        first, last = (number(end * 100, 3 if low != high else 2) for end in (low, high))
        return f"{first}%" if first == last else f"{first}%–{last}%"
    if low == high:
        return write(low, indicator)
    if high >= NO_BOUND // 2:
        return f"từ {write(low, indicator)} trở lên"
    if low <= -NO_BOUND // 2:
        return f"không quá {write(high, indicator)}"
    return f"{number(low)}–{write(high, indicator)}"


def named(one: Quantity, year: bool = False) -> str:
    """What a quantity is: `hộ nghèo`, with its year where asked."""
    return label(one.indicator) + (f" năm {one.group.year}" if year else "")


def kind(group: Group, mixed: set) -> str:
    """The standard and status, where the place's year has figures under more than one: ` (chuẩn cũ, sơ
    bộ)`."""
    if group[:3] not in mixed:
        return ""
    return f" ({', '.join(text for text in (group.standard, group.status) if text)})"


def expression(
    one: Quantity | Branch,
    bounds: Bounds,
    printed: Mapping[Quantity, Claim],
    seen: frozenset = frozenset(),
) -> str:
    """How a quantity follows from printed figures: its own figure, or the constraint that narrowed it
    first."""
    if one in printed and not isinstance(one, Branch):
        return figure(printed[one])
    plain = one.quantity if isinstance(one, Branch) else one
    for position in dict.fromkeys([one.constraint] if isinstance(one, Branch) else bounds.narrowed_by[one]):
        constraint = bounds.constraints[position]
        others = [other for other in constraint.variables if other != plain]
        if not seen.intersection(others):
            texts = {other: expression(other, bounds, printed, seen | {plain}) for other in others}
            return formula(constraint, plain, texts)
    low, high = bounds.at(one)
    return (
        f"{named(plain)} (không in)"
        if (low, high) == widest(plain.indicator)
        else span(low, high, plain.indicator)
    )


def formula(constraint: Constraint, one: Quantity, texts: dict[Quantity, str]) -> str:
    """`one` by the constraint, from the texts of its other quantities."""

    def of(other: Quantity) -> str:
        text = texts[other]
        return f"({text})" if " " in text and not text[0].isalpha() else text

    if isinstance(constraint, Ratio):
        if one == constraint.part:
            return f"{of(constraint.rate)} × {of(constraint.whole)}"
        return (
            f"{of(constraint.part)} / {of(constraint.whole if one == constraint.rate else constraint.rate)}"
        )
    if isinstance(constraint, Sum):
        if one == constraint.whole:
            return added((sign, of(term)) for sign, term in constraint.terms)
        own = next(sign for sign, term in constraint.terms if term == one)
        others = [(-own * sign, of(term)) for sign, term in constraint.terms if term != one]
        return added([*others, (own, of(constraint.whole))])
    if isinstance(constraint, PointChange):
        if one == constraint.before:
            return added([(1, of(constraint.now)), (-1, of(constraint.change))])
        return added([(1, of(constraint.before)), (1, of(constraint.change))])
    if isinstance(constraint, Mean):
        return "giữa các tỷ lệ " + "; ".join(map(of, constraint.parts))
    if isinstance(constraint, Multiple):
        whole = one == constraint.whole
        return f"{constraint.times} × {of(constraint.part)}" if whole else f"{of(constraint.whole)} / {constraint.times}"
    single = constraint.check == "part"
    return bound_text(constraint, one, texts if single else {other: of(other) for other in texts})


def bound_text(constraint: AtMost, one: Quantity, texts: dict[Quantity, str]) -> str:
    if one == constraint.whole and constraint.check == "part":
        return f"riêng {constraint.parts[0].group.place} {texts[constraint.parts[0]]}"
    if one == constraint.whole:
        return "ít nhất " + added((1, texts[part]) for part in constraint.parts)
    rest = [(-1, texts[part]) for part in constraint.parts if part != one]
    return "nhiều nhất " + added([(1, texts[constraint.whole]), *rest])


def points(value: Exact, indicator: str, like=None) -> str:
    """A difference with its sign: `+119 hộ`, `-0,53 điểm %`."""
    text = write(value, indicator, like, signed=True)
    return text.removesuffix("%") + " điểm %" if is_rate(indicator) else text


def change_name(one: Quantity) -> str:
    """The state that a change is about: `hộ nghèo` for change_poor_households."""
    return label(one.indicator.removeprefix("change_")) if is_change(one.indicator) else label(one.indicator)
