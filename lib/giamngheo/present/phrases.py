"""Numbers in Vietnamese notation: `1.399 khẩu`, `20,86%`, `148.300.000 đồng`, `giảm 1,69 điểm phần trăm`.

This is where it is said how many decimals are printed: rates and points 2, money whole đồng. Exact values go
in and `vietnamese.numbers` rounds, so a number is rounded once.
"""

import datetime as dt
from fractions import Fraction

from giamngheo.figures.trace import NAME, Figure
from giamngheo.vietnamese.numbers import Exact, number, rounded, unsigned
from giamngheo.vietnamese.terms import GAP, UNITS, UNKNOWN

APART = " (*)"  # behind a change of shares that is not the difference of the shares as they are printed
ABOUT_APART = f"{APART.strip()} Tính từ số chưa làm tròn, nên lệch 0,01 so với hiệu của hai số đã in."
PADDED = ("households", "people", "villages", "posts")  # 03 hộ: counts below ten get a leading zero in prose


def whole(value: Exact) -> str:
    """
    >>> whole(148300000), whole(-20)
    ('148.300.000', '-20')
    """
    return number(value)


def as_given(value: Exact | float) -> str:
    """A number that was given with decimals, or marks an axis: at most two of them.

    >>> as_given(Fraction(157, 2)), as_given(2)
    ('78,5', '2')
    """
    return number(Fraction(value), 2).rstrip("0").rstrip(",")


def percent(share: Exact) -> str:
    """A share as a number of percent, without the sign.

    >>> percent(Fraction(242, 1160)), percent(Fraction(1, 1))
    ('20,86', '100,00')
    """
    return number(share * 100, 2)


def day(date: dt.date) -> str:
    """A date in words; days under 10 and months 1 and 2 get a leading zero (Decree 30/2020/NĐ-CP).

    >>> day(dt.date(2023, 6, 5)), day(dt.date(2023, 2, 28))
    ('ngày 05 tháng 6 năm 2023', 'ngày 28 tháng 02 năm 2023')
    """
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def plain(figure: Figure) -> str:
    """The figure as a table cell prints it: the number alone, "…" where it is not known."""
    if figure.value is None:
        return GAP
    if isinstance(figure.value, str):
        return figure.value
    return percent(figure.value) if figure.unit in ("rate", "points") else whole(figure.value)


def amount(value: Exact, unit: str) -> str:
    """The number with its unit, as in a sentence.

    >>> amount(3, "households"), amount(1399, "persons"), amount(Fraction(242, 1160), "rate")
    ('03 hộ', '1.399 khẩu', '20,86%')
    """
    if unit == "rate":
        return f"{percent(value)}%"
    if unit == "points":
        return f"{percent(value)} điểm phần trăm"
    if unit == "percent":
        return f"{as_given(value)}%"
    padded = unit in PADDED and value in range(1, 10)
    digits = f"0{value}" if padded else whole(value) if unit == "dong" else as_given(value)
    return f"{digits} {UNITS[unit]}" if unit in UNITS else digits


def prose(figure: Figure) -> str:
    """The figure as a sentence prints it; a change says whether it went up or down.

    >>> prose(Figure("c", "", Fraction(-169, 10000), "points", signed=True))
    'giảm 1,69 điểm phần trăm'
    >>> prose(Figure("c", "", Fraction(1, 10**6), "points", signed=True))
    'tăng dưới 0,01 điểm phần trăm'
    """
    value = figure.value
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if not figure.signed:
        return f"{figure.qualifier} {amount(value, figure.unit)}".lstrip()
    if value == 0:
        return "không thay đổi"
    below = "dưới 0,01 điểm phần trăm" if figure.unit == "points" and not rounded(value * 10_000) else ""
    return ("tăng " if value > 0 else "giảm ") + (below or amount(unsigned(value), figure.unit))


def apart(before: Exact | None, after: Exact | None) -> bool:
    """Whether the change of a share, as it is printed, is not the difference of the two shares as they are printed.

    >>> apart(Fraction(18, 319), Fraction(18, 320))  # 5,64% and 5,63%, a change of 0,02
    True
    """
    if before is None or after is None:
        return False
    printed = [rounded(Fraction(value) * 10_000) for value in (before, after, after - before)]
    return printed[1] - printed[0] != printed[2]


def arithmetic(figure: Figure) -> str:
    """The figure made by hand from its operands: `242 / 1.160 = 20,86%`; "" for a figure that was given.

    >>> arithmetic(Figure("c", "", 583, "households", parts=(262, 321), derivation="242 + 20 = 262 hộ"))
    '242 + 20 = 262 hộ; 262 + 321 = 583'
    """
    parts = [part for part in figure.written_out if part is not None]
    written = f"{' + '.join(map(whole, parts))} = {plain(figure)}" if parts and figure.value is not None else ""
    if figure.derivation:
        return "; ".join([figure.derivation, *([written] if sum(parts) == figure.value else [])])
    if written:
        return written
    if not figure.formula or any(operand.value is None for operand in figure.operands):
        return ""
    operands = {operand.name.rpartition(".")[2]: plain(operand) for operand in figure.operands}
    made = NAME.sub(lambda name: operands[name.group()], figure.formula).replace("*", "×")
    signed_text = plain(figure) + {"rate": "%", "points": " điểm phần trăm"}.get(figure.unit, "")
    return f"{made} = {signed_text}"


def formula(figure: Figure) -> str:
    """The figure's formula in words: `Hộ nghèo / Tổng số hộ dân cư`."""
    labels = {operand.name.rpartition(".")[2]: operand.label for operand in figure.operands}
    return NAME.sub(lambda name: labels[name.group()], figure.formula).replace("*", "×")
