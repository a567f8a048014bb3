"""Numbers in Vietnamese notation, written and read, and the one way in which a number is rounded.

`.` groups thousands and `,` starts the decimals: `1.399`, `20,86`. A half is rounded away from zero, as
officials and Excel's ROUND do. Exact values go in, never floats that were rounded before.
"""

from decimal import MAX_PREC, Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache

from babel.numbers import NumberPattern, format_decimal, parse_pattern

Exact = Fraction | int  # a number as it is; whole ones reckon faster as int
NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"


def unsigned(value: Exact) -> Exact:
    """The value without its sign."""
    return -value if value < 0 else value


def rounded(value: Exact, step: Exact = 1) -> Exact:
    """`value` to the nearest multiple of `step`, half away from zero.

    >>> rounded(Fraction(25, 2)), rounded(Fraction(-25, 2)), rounded(Fraction(57, 200), Fraction(1, 100))
    (13, -13, Fraction(29, 100))
    """
    if step == 1 and isinstance(value, int):
        return value
    exact = Fraction(unsigned(value)) / step
    steps = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return (-steps if value < 0 else steps) * step


@lru_cache(maxsize=16384)
def number(value: Exact, decimals: int = 0) -> str:
    """An exact value with so many decimals.

    >>> number(148300000), number(Fraction(-1, 8), 2), number(Fraction(1, 8), 3)
    ('148.300.000', '-0,13', '0,125')
    """
    with localcontext(prec=MAX_PREC):  # a number has all its digits, however many
        digits = Decimal(int(rounded(value * 10**decimals))).scaleb(-decimals)
        return format_decimal(digits, format=_pattern(decimals), locale="vi")


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + "." * bool(decimals) + "0" * decimals)


def read(digits: str) -> Fraction:
    """The value of digits that match `NUMBER`.

    >>> read("1.399"), read("20,86")
    (Fraction(1399, 1), Fraction(1043, 50))
    """
    return Fraction(digits.replace(".", "").replace(",", "."))


def decimals_in(digits: str) -> int:
    """
    >>> decimals_in("1.399"), decimals_in("20,86")
    (0, 2)
    """
    return len(digits.partition(",")[2])
