"""What a cell that a form computes may say: a number in each way it can be read, as exact as it is written."""

import re
from fractions import Fraction

from giamngheo.intake.cell import Number
from giamngheo.vietnamese.text import clean


def numbers(cell: object) -> list[tuple[Fraction, Fraction]]:
    """The readings of a computed cell, each with the step of its last digit; none where it is no number.

    >>> numbers("5,57%"), numbers("1.234")
    ([(Fraction(557, 100), Fraction(1, 100))], [(Fraction(617, 500), Fraction(1, 1000)), (Fraction(1234, 1), Fraction(1, 1))])
    """
    if isinstance(cell, Number):
        digits = str(cell)
        return [step_of(digits)] if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", digits) else [(Fraction(str(cell.value)), Fraction(1, 10**9))]
    text = clean(str(cell)).rstrip("% ")
    found = []
    if re.fullmatch(r"[0-9]+([.,][0-9]+)?", text):
        found.append(step_of(text.replace(",", ".")))
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", text):
        found.append(step_of(text.replace(".", "").replace(",", ".")))
    return found


def step_of(digits: str) -> tuple[Fraction, Fraction]:
    return Fraction(digits), max(Fraction(1, 10 ** len(digits.partition(".")[2])), Fraction(1, 10**8))
