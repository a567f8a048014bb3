"""The band of headings over a table: which rows it is, and for each column what stands over it from top to bottom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from giamngheo.imports.headings import BARE_YEAR, Vocabulary
from giamngheo.intake.cell import Number, shown
from giamngheo.intake.grid import Grid, Row
from giamngheo.vietnamese.text import clean

WITHIN = 60  # rows in which a table begins
DEEPEST = 6  # rows of headings, that of column numbers not counted
NUMBERED = re.compile(r"\(?([0-9]{1,2})\)?(?:\s*=\s*(.+))?")
LETTERED = re.compile(r"\(?[A-ZĐ]\)?")


@dataclass(frozen=True)
class Heading:
    """What stands over a column: its headings from the upmost to its own, the number and formula the form gives it."""

    position: int
    texts: tuple[str, ...]
    number: str = ""
    formula: str = ""

    @property
    def written(self) -> str:
        return ", ".join(map(clean, self.texts))


@dataclass(frozen=True)
class Sheet:
    """A grid asked cell by cell: within a merged range every cell says what its first one does."""

    grid: Grid

    @cached_property
    def rows(self) -> dict[int, Row]:
        return {row.number: row for row in self.grid.rows}

    def at(self, number: int, position: int) -> object:
        first_row, first, *_ = self.grid.merged.get((number, position), (number, position))
        row = self.rows.get(first_row)
        return row.at(first) if row else None

    @cached_property
    def width(self) -> int:
        return max((len(row.cells) for row in self.grid.rows), default=0)

    def texts(self, number: int) -> list[str]:
        """What each cell of a row says, "" where it is blank or holds a number."""
        cells = (self.at(number, position) for position in range(self.width))
        return [cell if isinstance(cell, str) else "" for cell in cells]

    def headings(self, number: int) -> list[str]:
        """What each cell of a row of headings says: its text, or the year that was typed as a number."""
        cells = (self.at(number, position) for position in range(self.width))
        return [cell if isinstance(cell, str) else year(cell) for cell in cells]


def year(cell: object) -> str:
    """The year that a number or a text is; "" for any other."""
    return shown(cell) if cell is not None and BARE_YEAR.fullmatch(shown(cell)) else ""


@dataclass(frozen=True)
class Band:
    """The headings of a table, the rows they take (`top` to `bottom`) and the column that names the units."""

    top: int
    bottom: int
    unit: int
    headings: tuple[Heading, ...]
    marks: int = 0  # the row of column numbers, 0 where there is none
    guessed: bool = False  # whether a group is taken to reach over columns that it was not merged with


def find(sheet: Sheet, vocabulary: Vocabulary) -> Band | None:
    """The band with the most headings that are known, of those that name a column of units; None where there is none."""
    best, most = None, 1
    for number, position in unit_cells(sheet, vocabulary):
        band = around(sheet, vocabulary, number, position)
        known = sum(bool(vocabulary.path(heading.texts)[0]) for heading in band.headings)
        if known > most:
            best, most = band, known
    return best


def unit_cells(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Where a cell names the column of units, the closest unit first in each row."""
    for row in sheet.grid.rows[:WITHIN]:
        said = {at: vocabulary.says(cell) or {} for at, cell in enumerate(row.cells) if isinstance(cell, str)}
        units = [(says.get("level") == "commune", at) for at, says in said.items() if says.get("role") == "unit"]
        if units:
            yield row.number, min(units)[1]


def around(sheet: Sheet, vocabulary: Vocabulary, number: int, unit: int) -> Band:
    """The band around the cell that heads the column of units."""
    top, last = number, sheet.grid.merged.get((number, unit), (0, 0, number, 0))[2]
    while top - 1 in sheet.rows and heads(sheet, vocabulary, top - 1, unit):
        top -= 1
    while last - top < DEEPEST and last + 1 in sheet.rows and continues(sheet, last + 1, unit, number):
        last += 1
    marks = last + 1 if last + 1 in sheet.rows and numbers_columns(sheet, last + 1) else 0
    headings = tuple(over(sheet, top, last, marks))
    guessed = any(spread(sheet, row, top, last) != sheet.headings(row) for row in range(top, last + 1))
    return Band(top, marks or last, unit, headings, marks, guessed)


def heads(sheet: Sheet, vocabulary: Vocabulary, number: int, unit: int) -> bool:
    """Whether the row above holds groups of headings: some known, and none of them over the whole width, as titles are."""
    texts = [text for text in sheet.texts(number) if text]
    known = [text for text in texts if vocabulary.says(text)]
    return bool(known) and len(set(texts)) > 1 and not any(isinstance(cell, Number) for cell in sheet.rows[number].cells)


def continues(sheet: Sheet, number: int, unit: int, first: int) -> bool:
    """Whether a row below still holds headings: only words, and none under the column of units but its own heading."""
    said = sheet.at(number, unit)
    cells = [cell for cell in sheet.rows[number].cells if cell is not None]
    years = len({year(cell) for cell in cells} - {""}) > 1
    worded = all(years and year(cell) or isinstance(cell, str) and not re.fullmatch(r"[-–0-9.,%\s…x]*", cell) for cell in cells)
    repeated = said == sheet.at(first, unit)
    return bool(cells) and worded and (said is None or repeated) and not numbers_columns(sheet, number)


def numbers_columns(sheet: Sheet, number: int) -> bool:
    """Whether the row only numbers the columns, as A, B, 1, 2, 3=2/1."""
    said = [shown(cell) for cell in sheet.rows[number].cells if cell is not None]
    numbers = [found[1] for mark in said if (found := NUMBERED.fullmatch(mark))]
    letters = [mark for mark in said if LETTERED.fullmatch(mark)]
    formulas = any("=" in mark for mark in said)
    whole = len(numbers) + len(letters) == len(said) and len(set(numbers)) == len(numbers) > 1
    return whole and "1" in numbers and bool(letters or formulas or counts_up(sheet, number, said))


def counts_up(sheet: Sheet, number: int, said: list[str]) -> bool:
    """Whether a row says 1, 2, 3 … in all its cells: in brackets, or such that no row of villages named by numbers begins there."""
    plain = [mark.strip("()") for mark in said]
    below = [shown(cell).strip() for cell in sheet.rows[number + 1].cells if cell is not None] if number + 1 in sheet.rows else []
    bracketed = all(mark.startswith("(") for mark in said)
    return plain == [str(at) for at in range(1, len(plain) + 1)] and len(plain) > 2 and (bracketed or below[:1] != ["2"])


def over(sheet: Sheet, top: int, last: int, marks: int) -> Iterator[Heading]:
    lines = [spread(sheet, number, top, last) for number in range(top, last + 1)]
    for position in range(sheet.width):
        texts = [line[position] for line in lines if line[position]]
        distinct = tuple(text for at, text in enumerate(texts) if not at or clean(text) != clean(texts[at - 1]))
        mark = NUMBERED.fullmatch(shown(sheet.at(marks, position) or "")) if marks else None
        if distinct or mark:
            yield Heading(position, distinct, mark[1] if mark else "", (mark[2] or "") if mark else "")


def spread(sheet: Sheet, number: int, top: int, last: int) -> list[str]:
    """The headings of one row; a group that was not merged reaches over the columns to its right that have headings below."""
    texts, group = sheet.headings(number), ""
    below = [[sheet.headings(lower)[at] for lower in range(number + 1, last + 1)] for at in range(sheet.width)]
    for at, text in enumerate(texts):
        deeper = any(lower and lower != text for lower in below[at])
        if text or not deeper or any(sheet.headings(upper)[at] for upper in range(top, number)):
            group = text if deeper else ""
        else:
            texts[at] = group
    return texts
