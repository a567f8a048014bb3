"""A sheet of the workbook that `xlsx` writes: what stands in its cells, and where."""

from dataclasses import dataclass
from fractions import Fraction

ABOVE = 7  # lines above the heading: superior, issuer, a blank one, title, of which report, marks, a blank one


@dataclass(frozen=True)
class Cell:
    """A text, or a number (None: not known) and the `formula` that gives it, without its "="; "" where it is entered."""

    value: str | int | Fraction | None
    formula: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Sheet:
    """A form: the lines of its heading as cells {"text", "rowspan", "colspan"}, its lines, the last of them `totals`, its notes."""

    name: str
    title: str
    header: list[list[dict]]
    rows: list[list[Cell]]
    totals: int = 1
    notes: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        """The place of its first line, counted from 0."""
        return ABOVE + len(self.header)
