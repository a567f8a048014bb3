"""What was understood of a sheet: said in words before anything is written."""

from dataclasses import dataclass, field, replace

from giamngheo.findings import Finding, render
from giamngheo.imports import targets
from giamngheo.imports.columns import ROLES, Column, Columns
from giamngheo.intake.cell import shown
from giamngheo.intake.grid import Grid, letter
from giamngheo.law import dictionary
from giamngheo.law.dictionary import Column as Defined
from giamngheo.law.dictionary import tables
from giamngheo.vietnamese.text import clean

Place = tuple[int, int]  # a row and a position of the original


@dataclass
class Entry:
    """A row to be written: its cells by column, and where each that was taken stands in the original."""

    cells: dict[str, object] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    sheet: str = ""
    note: str = ""
    others: tuple["Entry", ...] = ()  # of other sheets, of which it has more numbers

    def joined(self, other: "Entry") -> "Entry":
        """The entry with the numbers that another sheet has of the same row."""
        taken = {name: other.cells[name] for name in other.places}
        return replace(self, cells=self.cells | taken, others=(*self.others, other))

    @property
    def row(self) -> tuple:
        """What tells it from the other rows of its table."""
        return tuple(self.cells.get(name) for name in ("village", "class", "measure", "indicator", "group", "cause"))

    @property
    def columns(self) -> set[str]:
        """The columns whose numbers were taken from a sheet."""
        return {*self.places, *(name for other in self.others for name in other.places)}

    @property
    def cited(self) -> str:
        """The cells it was taken from: `C9, D9`."""
        return ", ".join(f"{letter(position)}{row}" for row, position in dict.fromkeys(self.places.values()))


@dataclass
class Understood:
    """One sheet: the table it goes into ("" for none), what its columns are, which rows are taken, and all that is wrong."""

    grid: Grid
    columns: Columns = field(default_factory=Columns)
    table: str = ""
    entries: list[Entry] = field(default_factory=list)
    taken: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[tuple[int, str, str]] = field(default_factory=list)
    agreeing: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read: dict[Place, object] = field(default_factory=dict)  # the cells that were read, of which an extract is kept

    @property
    def defined(self) -> tuple[Defined, ...]:
        return tables()[self.table]

    def beside(self, other: "Understood") -> "Understood":
        """The entries of another sheet of the same table behind those of this one, the numbers of one row together."""
        rows = {entry.row: entry for entry in self.entries}
        for entry in other.entries:
            rows[entry.row] = rows[entry.row].joined(entry) if entry.row in rows else entry
        return Understood(self.grid, self.columns, self.table, list(rows.values()))

    @property
    def place(self) -> str:
        return f"{self.grid.file}, trang tính {self.grid.sheet}" if self.grid.sheet else self.grid.file


def text(one: Understood) -> str:
    """The sheet as it was understood, in Vietnamese."""
    if not one.columns.columns:
        return "\n".join([f"{one.place}: không đọc.", render(one.findings)])
    called = f"bảng {one.table} ({targets.CALLED[one.table]})" if one.table else "không bảng nào"
    parts = [f"{one.place} → {called}"]
    parts += ["", "Cột:", *(f"  {letter(column.position):<3} {column.heading.written} → {meaning(one, column)}" for column in one.columns.columns)]
    parts += ["", "Dòng lấy:", *(f"  {row} {name}" for row, name in one.taken)] if one.taken else []
    parts += ["", "Dòng để ngoài:", *(f"  {row} {f'{name}: ' if name else ''}{why}" for row, name, why in one.left_out)] if one.left_out else []
    parts += ["", "Đã đối chiếu:", *(f"  {line}" for line in one.agreeing)] if one.agreeing else []
    parts += ["", *one.remarks] if one.remarks else []
    parts += ["", "Không nhập được:" if one.table else "Để ngoài cả trang:", render(one.findings)] if one.findings else []
    return "\n".join(parts)


def meaning(one: Understood, column: Column) -> str:
    """What a column was understood as, in words."""
    if column.kind == "aside":
        return f"để ngoài: {column.why}"
    if column.kind == "check":
        name = targets.rate(column.says) if column.says.get("rate") else column.says.get("review", "")
        return "để kiểm tra, không lấy" + (f": {dictionary.label('review', name)}" if name else "")
    if column.kind != "value":
        return ROLES[column.kind]
    found = targets.target(one.table, column.says)
    if found is None:
        return f"{column.says.get('move', '')}, theo dòng"
    table = "review" if one.table == "other_review" else one.table
    keys = ", ".join(value for _, value in found.keys)
    return f"{dictionary.label(table, found.column)} ({'; '.join(filter(None, [found.column, keys]))})"


def said(cell: object) -> str:
    return "" if cell is None else clean(shown(cell))
