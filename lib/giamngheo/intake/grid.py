"""The cells of a file as they stand, before anyone asks what they mean."""

from dataclasses import dataclass, field

from giamngheo.findings import Finding


@dataclass(frozen=True)
class Place:
    """Where a cell stands in its sheet, and the headings over it."""

    row: int
    position: int
    heading: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a file: its number as an editor or Excel counts it, and its cells, None where blank.

    A row made of cells of a wide sheet (`wide`) has a number of its own, the place of each cell, and its numbers' addresses.
    """

    number: int
    cells: tuple
    hidden: bool = False
    places: tuple[Place, ...] = ()
    cited: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The line of the file in which it stands."""
        return self.places[0].row if self.places else self.number

    @property
    def source(self) -> str:
        """What stands behind a grid's stem in a source: the line, or the cells of its numbers."""
        return ", ".join(self.cited) or str(self.line)

    @property
    def blank(self) -> bool:
        return all(cell is None for cell in self.cells)

    def at(self, position: int | None) -> object:
        """The cell at a position; None where the row is shorter or there is no position."""
        return self.cells[position] if position is not None and position < len(self.cells) else None


@dataclass(frozen=True)
class Grid:
    """One sheet or CSV file; `file` and `sheet` as in `Finding`.

    `merged` maps each cell of a merged range, (row, position), to the range's bounds: first row, first
    position, last row, last position. With `findings` it is not read; `notes` say what of it nobody reads.
    `original` is the sheet that these rows were put together from.
    """

    file: str
    sheet: str
    rows: tuple[Row, ...]
    merged: dict[tuple[int, int], tuple[int, int, int, int]] = field(default_factory=dict)
    hidden_positions: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    original: "Grid | None" = None

    @property
    def stem(self) -> str:
        """What stands before a row's number in its source: `unit/2022/review.csv:` or `….xlsx:review!`."""
        return f"{self.file}:{self.sheet}!" if self.sheet else f"{self.file}:"

    def refusal(self, rule: str, remedy: str, row: int = 0) -> Finding:
        return Finding(self.file, rule, remedy, sheet=self.sheet, row=row)


def letter(position: int) -> str:
    """Excel's name of a column counted from 0.

    >>> letter(0), letter(25), letter(26), letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    before, last = divmod(position, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)
