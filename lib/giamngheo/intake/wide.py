"""A sheet as wide as a village: a row for each village, a column for each code, read as the rows of its table.

    Thôn, làng | Hộ nghèo              | Hộ cận nghèo
    village    | poor                  | near_poor
               | Việc làm  | Dinh dưỡng | Việc làm  | …      →   village, class, indicator, households
               | employment| nutrition  | employment|
    Mơ Tôn     | 3         | 1          | 0         | …          Mơ Tôn, poor, employment, 3 …

What stands over a column says which codes its numbers are of, and which number, where a table has several. A column of a
code that is blank all the way down says nothing, nor do the villages where only the commune's own row is filled in; in any
other place a blank cell is a number that is not known. Each number keeps its cell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from giamngheo.findings import Finding
from giamngheo.intake.cell import shown
from giamngheo.intake.codes import Codes
from giamngheo.intake.grid import Grid, Place, Row, letter
from giamngheo.intake.header import ORDINALS, WITHIN, named, names
from giamngheo.intake.rows import TOTALS, numbers_columns
from giamngheo.law.dictionary import COUNTED, Column
from giamngheo.vietnamese.text import ask, clean, identity

VILLAGE = "village"
STEP = 1_000  # rows of the table that one row of the sheet can become: codes, classes and measures of a village
MERGED = "ô bị gộp (merge) nên không biết số thuộc dòng nào, cột nào", "bỏ gộp ô (Unmerge) rồi ghi từng ô"
HIDDEN = "cột đang bị ẩn", "bỏ ẩn cột (Unhide) để kiểm tra, hoặc xoá cột"
Path = dict[str, str]  # of a column: the code of each key that stands over it, and under "" the number's own column


def long(grid: Grid, columns: Sequence[Column], keys: Sequence[str], codes: Callable[[Column], Codes | None]) -> Grid:
    """The rows of the table that a wide sheet holds, `keys` telling those of a village apart; any other grid as it is."""
    if not keys:
        return grid
    sheet = Wide(grid, columns, keys, {column.name: codes(column) for column in columns if column.name in keys})
    return grid if sheet.is_long or len(sheet.paths) < 2 else sheet.long()


@dataclass
class Wide:
    """A wide sheet: where its headings end, what stands over each column."""

    grid: Grid
    columns: Sequence[Column]
    keys: Sequence[str]
    codes: Mapping[str, Codes | None]

    def __post_init__(self):
        self.rows = {row.number: row for row in self.grid.rows}
        self.known = names(self.columns)
        self.counted = [column.name for column in self.columns if column.type in COUNTED]
        self.width = max((len(row.cells) for row in self.grid.rows), default=0)

    def at(self, number: int, position: int) -> object:
        """A cell; within a merged range what its first cell says."""
        first_row, first, *_ = self.grid.merged.get((number, position), (number, position))
        row = self.rows.get(first_row)
        return None if row is None else row.at(first)

    @cached_property
    def top(self) -> list[int]:
        return [row.number for row in self.grid.rows[:WITHIN]]

    @cached_property
    def is_long(self) -> bool:
        """Whether some row names every key as a column, as a sheet of a row for each code does."""
        said = [{named(self.at(number, position), self.known) for position in range(self.width)} for number in self.top]
        return any(set(self.keys) <= there for there in said)

    @cached_property
    def beside(self) -> dict[str, int]:
        """Where the columns stand that are one for each row: the village, a key that is not spread out, the note."""
        found: dict[str, int] = {}
        for number in self.top:
            for position in range(self.width):
                name = named(self.at(number, position), self.known)
                if name and name not in self.counted:
                    found.setdefault(name, position)
        return found

    def meaning(self, cell: object) -> Path:
        """What a heading says: a code of a key, or which number; {} for other words."""
        if not isinstance(cell, str) or not cell.strip():
            return {}
        for said in (clean(cell.strip().splitlines()[-1]), clean(cell)):
            for key in (key for key in self.keys if key not in self.beside):
                listed = self.codes[key]
                if listed and (code := listed.code(said)):
                    return {key: code}
        name = named(cell, self.known)
        return {"": name} if name in self.counted else {}

    @cached_property
    def last(self) -> int:
        """The last row of headings; 0 where there is none."""
        own = set(self.beside.values())
        spread = [position for position in range(self.width) if position not in own]
        headed = [number for number in self.top if any(self.meaning(self.at(number, position)) for position in spread)]
        return max(headed, default=0)

    @cached_property
    def headings(self) -> dict[int, list[tuple[int, str]]]:
        """For each position the headings over it, each with its row, a merged one once."""
        found: dict[int, list[tuple[int, str]]] = {}
        for position in range(self.width):
            for number in (number for number in self.top if number <= self.last):
                first_row, *_ = self.grid.merged.get((number, position), (number,))
                cell = self.at(number, position)
                if first_row == number and isinstance(cell, str):
                    found.setdefault(position, []).append((number, cell))
        return found

    @cached_property
    def paths(self) -> dict[int, Path]:
        """The path of each column over which every key and the number are said; one of the only number need not say it."""
        found = {}
        for position, over in self.headings.items():
            path = {"": self.counted[0]} if len(self.counted) == 1 else {}
            for _, text in over:
                path |= self.meaning(text)
            if position not in self.beside.values() and {"", *self.keys} <= path.keys() | self.beside.keys():
                found[position] = path
        return found

    def title(self, position: int) -> str:
        """The headings of a column in one line."""
        return ", ".join(clean(text.strip().splitlines()[0]) for _, text in self.headings.get(position, []))

    @cached_property
    def body(self) -> list[Row]:
        below = [row for row in self.grid.rows if row.number > self.last]
        return [row for at, row in enumerate(below) if at or not numbers_columns(row)]

    @cached_property
    def filled(self) -> list[int]:
        """The positions of the columns that count, of those of codes the ones in which some village has something."""
        said = sorted(self.paths)
        return [position for position in said if self._something_in(position)] if self.of_codes else said

    @property
    def of_codes(self) -> bool:
        """Whether there is a column for each code of a list, not all of which every commune counts."""
        return any(rule.startswith("in ") for column in self.columns if column.name in self.keys for rule in column.rules)

    @cached_property
    def parts(self) -> list[Row]:
        """The rows below the headings that are no totals."""
        village = self.beside.get(VILLAGE)
        said = {row.number: None if village is None else self.at(row.number, village) for row in self.body}
        return [row for row in self.body if identity(str(said[row.number]).rstrip(" :")) not in TOTALS]

    @cached_property
    def unused(self) -> set[int]:
        """The rows of villages where no village has any number of a code: only the commune's own row counts."""
        village = self.beside.get(VILLAGE)
        named = [row for row in self.parts if village is not None and self.at(row.number, village) is not None]
        blank = {row.number for row in named if not any(row.at(position) is not None for position in self.paths)}
        return blank if self.of_codes and len(blank) == len(named) else set()

    def _something_in(self, position: int) -> bool:
        return any(row.at(position) is not None for row in self.parts)

    def long(self) -> Grid:
        rows = [Row(number * STEP, self.rows[number].cells) for number in self.top if number <= self.last]
        head = Row(self.last * STEP + 1, tuple(column.name for column in self.columns))
        below = [one for row in self.body if row.number not in self.unused for one in self._rows(row, gap=self._gap(row))]
        return Grid(self.grid.file, self.grid.sheet, (*rows, head, *below), findings=tuple(self._findings()), original=self.grid)

    def _gap(self, row: Row) -> bool:
        """Whether a blank row stands above, so that a row without numbers may be a remark."""
        above = self.rows.get(row.number - 1)
        return any(one.blank for one in self.body if one.number < row.number) or above is None

    def _groups(self) -> list[list[int]]:
        """The filled columns whose numbers stand in one row of the table."""
        groups: dict[tuple, list[int]] = {}
        for position in self.filled:
            groups.setdefault(tuple(self.paths[position].get(key, "") for key in self.keys), []).append(position)
        return list(groups.values())

    def _rows(self, row: Row, gap: bool) -> Iterator[Row]:
        """The table's rows of one row of the sheet; a row of words alone below a blank one stays one row."""
        groups = self._groups()
        number = row.number * STEP
        if row.blank or gap and not any(row.at(position) is not None for position in self.paths):
            yield self._row(row, [], number)
            return
        for at, group in enumerate(groups):
            yield self._row(row, group, number + at)

    def _row(self, row: Row, group: list[int], number: int) -> Row:
        path = self.paths[group[0]] if group else {}
        where = {self.paths[position][""]: position for position in group}
        cells: list[object] = []
        places = []
        for column in self.columns:
            position = where.get(column.name, self.beside.get(column.name) if column.name not in self.counted else None)
            cell = path.get(column.name) if position is None else self._own(row, position, column)
            cells.append(cell)
            places.append(Place(row.number, 0 if position is None else position, self.title(position) if position in group else ""))
        cited = tuple(f"{letter(position)}{row.number}" for position in sorted(group))
        return Row(number, tuple(cells), row.hidden, tuple(places), cited)

    def _own(self, row: Row, position: int, column: Column) -> object:
        return row.at(position) if column.name in self.counted else self.at(row.number, position)

    # what hinders a reading -----------------------------------------------------------------------

    def _findings(self) -> Iterator[Finding]:
        yield from self._not_ours()
        yield from self._twice()
        yield from self._lacking()
        yield from self._hidden()
        yield from self._merged()

    def _wrong(self, row: int, position: int, rule: str, remedy: str) -> Finding:
        value = self.at(row, position)
        said = "" if value is None else shown(value)
        title = self.title(position)
        return Finding(self.grid.file, rule, remedy, sheet=self.grid.sheet, row=row, column=letter(position), header=title, value=said)

    def _not_ours(self) -> Iterator[Finding]:
        """Columns with something in them over which not all is said, or nothing that is known."""
        for position in range(self.width):
            over = self.headings.get(position, [])
            ordinal = any(identity(text) in ORDINALS for _, text in over)
            if position in self.paths or position in self.beside.values() or ordinal:
                continue
            if not self._something_in(position):
                continue
            if not over:
                yield self._wrong(self.last, position, "cột có nội dung nhưng không có tên", "ghi tên cột hoặc xoá cột")
                continue
            number, text = over[-1]
            listed = self.codes.get(next((key for key in reversed(self.keys) if key not in self.beside), ""))
            near = ask(clean(text), listed.names.values() if listed else ())
            yield self._wrong(number, position, "tên cột không cho biết đây là số của mã nào, loại hộ nào", f"sửa tên cột{near} hoặc xoá cột")

    def _twice(self) -> Iterator[Finding]:
        first: dict[tuple, int] = {}
        for position, path in self.paths.items():
            said = tuple(sorted(path.items()))
            if said in first and not self._something_in(position):
                continue
            if said in first:
                rule = f"hai cột cùng là số này, cột trước là cột {letter(first[said])}"
                yield self._wrong(self.headings[position][-1][0], position, rule, "xoá bớt một cột")
            first.setdefault(said, position)

    def _lacking(self) -> Iterator[Finding]:
        """Of a table of several numbers, the required ones that a group of columns does not have."""
        asked = [column.name for column in self.columns if column.name in self.counted and column.required != "no"]
        groups: dict[tuple, list[int]] = {}
        for position in sorted(self.paths):
            groups.setdefault(tuple(self.paths[position].get(key, "") for key in self.keys), []).append(position)
        for group in groups.values():
            there = {self.paths[position][""] for position in group}
            for name in (name for name in asked if name not in there):
                yield replace(
                    self._wrong(self.last, group[0], "thiếu cột bắt buộc", f"thêm cột {name}; ô chưa biết thì để trống"),
                    column="", header=name, value="",
                )  # fmt: skip

    def _hidden(self) -> Iterator[Finding]:
        for position in (*self.paths, *self.beside.values()):
            if position in self.grid.hidden_positions:
                yield self._wrong(self.headings[position][-1][0], position, *HIDDEN)

    def _merged(self) -> Iterator[Finding]:
        """A number in a merged range may be of several rows or columns."""
        for (number, position), (first_row, first, *_) in self.grid.merged.items():
            if number > self.last and position in self.paths and (number, position) == (first_row, first):
                yield self._wrong(number, position, *MERGED)
