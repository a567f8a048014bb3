"""The rows below the header by what they are: data, total rows, notes; and what hinders reading them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from giamngheo.findings import Finding
from giamngheo.intake.cell import shown
from giamngheo.intake.grid import Grid, Row, letter
from giamngheo.intake.header import Header, find
from giamngheo.law.dictionary import COUNTED, Column
from giamngheo.vietnamese.text import identity

TOTAL_NAMES = (
    "Tổng",
    "Tổng số",
    "Tổng cộng",
    "Cộng",
    "Toàn xã",
    "Tổng toàn xã",
    "Cộng toàn xã",
    "Tổng cộng toàn xã",
)
TOTALS = frozenset(identity(name) for name in TOTAL_NAMES)


@dataclass
class Layout:
    """A table in its grid: the header's columns, the rows of data and the total rows."""

    grid: Grid
    header: Header
    data: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self):
        self.rows = {row.number: row for row in self.grid.rows}

    def position(self, column: str) -> int | None:
        return self.header.positions.get(column)

    def cell(self, row: int, column: str) -> object:
        """What stands in a column of the row with that number; None too for a column that is not there."""
        return self.rows[row].at(self.position(column))

    def finding(self, row: int, column: str, rule: str, remedy: str, level: str = "refuse") -> Finding:
        """A finding at a cell; `column` is a column's name, with "" for the whole row."""
        position, cell = self.position(column), self.cell(row, column)
        return Finding(
            file=self.grid.file,
            sheet=self.grid.sheet,
            row=row,
            column="" if position is None else letter(position),
            header=self.header.written.get(column, column),
            value="" if cell is None else shown(cell),
            rule=rule,
            remedy=remedy,
            level=level,
        )

    def refuse(self, row: Row, column: str, rule: str, remedy: str) -> None:
        self.findings.append(self.finding(row.number, column, rule, remedy))


def lay_out(grid: Grid, columns: Sequence[Column]) -> Layout:
    """Find the table in the grid; everything that hinders it becomes a finding."""
    header = find(grid, columns)
    if isinstance(header, Finding):
        return Layout(grid, Header(0, 0), findings=[header])
    layout = Layout(grid, header, findings=list(header.findings))
    has_counts = any(column.type in COUNTED for column in columns)
    gap = False
    for row in grid.rows:
        started = bool(layout.data or layout.totals)
        if (
            row.number <= header.row
            or (not started and numbers_columns(row))
            or (gap and is_note(row, layout, columns))
        ):
            continue
        if row.blank:
            gap = bool(layout.data)
        elif not grid.sheet and len(row.cells) != header.width:
            rule = f"dòng có {len(row.cells)} ô, dòng tên cột có {header.width} ô"
            remedy = 'kiểm tra dấu ngăn cột thừa hoặc thiếu; ô có dấu phẩy phải đặt trong ngoặc kép "…"'
            layout.refuse(row, "", rule, remedy)
        elif row.hidden:
            layout.refuse(row, "", "dòng đang bị ẩn", "bỏ ẩn dòng (Unhide, bỏ lọc) hoặc xoá dòng")
        elif has_counts and is_total(row, layout, columns):
            layout.totals.append(row)
        elif gap:
            remedy = (
                "xoá dòng trống ở trên nếu là số liệu của bảng; nếu là ghi chú thì chuyển sang trang khác"
            )
            layout.refuse(row, "", "có số liệu nằm sau một dòng trống", remedy)
        else:
            layout.data.append(_filled_down(layout, row, columns))
            layout.rows[row.number] = layout.data[-1]
    return layout


def is_total(row: Row, layout: Layout, columns: Sequence[Column]) -> bool:
    """Whether the row is a total: its first filled cell of text says "Tổng cộng" or the like."""
    for column in columns:
        cell = row.at(layout.position(column.name))
        if column.type in ("text", "code") and cell is not None:
            return isinstance(cell, str) and identity(cell.rstrip(" :")) in TOTALS
    return False


def is_note(row: Row, layout: Layout, columns: Sequence[Column]) -> bool:
    """Whether a row below the table is a remark or a signature, and can be passed over.

    It has no digit under a column of numbers or dates, and fills at most one of the columns that every
    row of data must fill.
    """
    filled = {
        column: cell for column in columns if (cell := row.at(layout.position(column.name))) is not None
    }
    numbers = [shown(cell) for column, cell in filled.items() if column.type not in ("text", "code")]
    if any(re.search("[0-9]", said) for said in numbers) or is_total(row, layout, columns):
        return False
    return not row.blank and sum(column.required == "value" for column in filled) <= 1


def numbers_columns(row: Row) -> bool:
    """Whether the row only numbers the form's columns, as official forms do below the header.

    >>> numbers_columns(Row(2, ("A", "B", "1", "2", "3"))), numbers_columns(Row(2, ("Mơ Tôn", "1", "2", "3")))
    (True, False)
    """
    said = [shown(cell).strip("() ") for cell in row.cells if cell is not None]
    numbers = [mark for mark in said if not re.fullmatch("[A-ZĐ]", mark)]
    return len(numbers) >= 3 and numbers == [str(place) for place in range(1, len(numbers) + 1)] != said


def _filled_down(layout: Layout, row: Row, columns: Sequence[Column]) -> Row:
    """The row with its cells of merged ranges filled, where one text stands for several rows."""
    cells = list(row.cells)
    for column in columns if layout.grid.merged else ():
        position = layout.position(column.name)
        bounds = layout.grid.merged.get((row.number, position))
        if bounds is None:
            continue
        first_row, first, _, last = bounds
        if first != last or column.type in (*COUNTED, "number"):
            rule = "ô bị gộp (merge) nên không biết số thuộc dòng nào, cột nào"
            layout.refuse(row, column.name, rule, "bỏ gộp ô (Unmerge) rồi ghi từng ô")
        else:
            cells[position] = layout.rows[first_row].cells[first]
    return Row(row.number, tuple(cells))
