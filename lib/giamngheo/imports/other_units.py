"""A second column of names beside the one that names the units: it may say that a row, or a column, is of another unit."""

from collections.abc import Iterator

from giamngheo.findings import Finding
from giamngheo.imports.bands import Sheet
from giamngheo.imports.columns import Column, Columns
from giamngheo.imports.lines import UNIT, Line, Lines, alike
from giamngheo.imports.quoting import told
from giamngheo.intake.cell import shown
from giamngheo.intake.grid import letter
from giamngheo.intake.unit import Year
from giamngheo.vietnamese.text import clean, identity

OTHERS_REMEDY = "xoá các dòng của xã khác, hoặc sửa tên xã; xã cũ thì ghi ở cột predecessors của units.csv"


def findings(sheet: Sheet, columns: Columns, rows: Lines, this: Year) -> Iterator[Finding]:
    """One finding for each column whose names are not those of the units, nor all of this commune."""
    unit, units = columns.of("unit")[0], rows.of(UNIT)
    for other in columns.of("commune"):
        if other.says.get("level") == unit.says.get("level"):
            yield from two_names(sheet, unit, other, units)
        elif other.says.get("level") == "commune":
            yield from of_others(sheet, other, units, this)


def two_names(sheet: Sheet, unit: Column, other: Column, units: list[Line]) -> Iterator[Finding]:
    """Two columns of one kind that name different units in a row: what stands behind the second is of the second."""
    for line in units:
        one, two = (said(sheet, line, column) for column in (unit, other))
        if two and identity(one) != identity(two):
            said_two = f"ghi {told(one, 'một tên')} mà cột này ghi {told(two, 'tên khác')}"
            rule = f"cột {letter(unit.position)} {said_two}, nên không rõ số của dòng là của đơn vị nào"
            remedy = "nếu là hai bảng đặt cạnh nhau thì tách mỗi bảng ra một trang tính; nếu không thì xoá một cột tên"
            yield finding(sheet, line, other, rule, remedy)
            return


def of_others(sheet: Sheet, other: Column, units: list[Line], this: Year) -> Iterator[Finding]:
    """A column of communes that names one which is neither ours nor was merged into ours."""
    own = own_names(this)
    for line in units:
        named = said(sheet, line, other)
        if named and not any(alike(named, name) for name in own):
            rule = f"dòng này là của “{named}”, không phải của {this.law.unit_name(this.unit)} hay của xã nhập vào đó"
            yield finding(sheet, line, other, rule, OTHERS_REMEDY)
            return


def own_names(this: Year) -> list[str]:
    """What this commune is called, and the communes that were merged into it."""
    return [this.unit, *map(this.law.unit_name, (this.unit, *this.merged))]


def said(sheet: Sheet, line: Line, column: Column) -> str:
    cell = sheet.at(line.number, column.position)
    return "" if cell is None else clean(shown(cell))


def finding(sheet: Sheet, line: Line, column: Column, rule: str, remedy: str) -> Finding:
    grid = sheet.grid
    return Finding(grid.file, rule, remedy, sheet=grid.sheet, row=line.number, column=letter(column.position), header=column.heading.written)
