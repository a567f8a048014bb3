"""The line of column names in a grid: which column of the dictionary stands where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from giamngheo.findings import Finding
from giamngheo.intake.cell import shown
from giamngheo.intake.grid import Grid, Row, letter
from giamngheo.law.dictionary import Column
from giamngheo.vietnamese.text import ask, identity

WITHIN = 30  # rows in which the header is looked for, below titles


@dataclass
class Header:
    """Where the header stands, the position and the written name of each column found, and what is wrong."""

    row: int
    width: int
    positions: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def names(columns: Sequence[Column]) -> dict[str, str]:
    """What a header may say → the column's name: the name itself, or its Vietnamese label."""
    labels = [identity(column.label) for column in columns]
    single = {
        label: column.name for label, column in zip(labels, columns, strict=True) if labels.count(label) == 1
    }
    return single | {identity(column.name): column.name for column in columns}


def named(cell: object, known: Mapping[str, str]) -> str | None:
    """The column a header cell names: by its last line (the name), else by all of it (the label).

    >>> named("Hộ nghèo\\npoor_households", {"poor_households": "poor_households"})
    'poor_households'
    """
    if not isinstance(cell, str):
        return None
    last = cell.strip().splitlines()[-1] if cell.strip() else ""
    return known.get(identity(last)) or known.get(identity(cell))


def find(grid: Grid, columns: Sequence[Column]) -> Header | Finding:
    """The header of a table, with a finding for every column that is missing, unknown or there twice.

    The header is the first row with the most known names, at least two of them. A finding instead when
    there is no such row.
    """
    known = names(columns)
    best, most = None, min(2, len(columns)) - 1
    rows = {row.number: row.cells for row in grid.rows}
    for row in grid.rows[:WITHIN]:
        cells = [_merged_cell(grid, rows, row, position) for position in range(len(row.cells))]
        found = len({named(cell, known) for cell in cells} - {None})
        if found > most:
            best, most = Row(row.number, tuple(cells)), found
    if best is None:
        wanted = ", ".join(column.name for column in columns if column.required != "no")
        return grid.refusal("không tìm thấy dòng tên cột", f"ghi dòng tên cột gồm: {wanted}")
    header = Header(best.number, len(best.cells))
    _place_columns(header, best, grid, columns, known)
    return header


def _merged_cell(grid: Grid, rows: Mapping[int, tuple], row: Row, position: int) -> object:
    bounds = grid.merged.get((row.number, position))
    return rows[bounds[0]][bounds[1]] if bounds and bounds[0] in rows else row.cells[position]


def _place_columns(
    header: Header, row: Row, grid: Grid, columns: Sequence[Column], known: Mapping[str, str]
) -> None:
    unknown: dict[int, str] = {}
    for position, cell in enumerate(row.cells):
        name = named(cell, known)
        if name is None:
            unknown[position] = "" if cell is None else shown(cell)
        elif name in header.positions:
            first = letter(header.positions[name])
            rule = f"cột {name} có hai lần, lần đầu ở cột {first}"
            header.findings.append(_wrong(grid, header, position, shown(cell), rule, "xoá bớt một cột"))
        else:
            header.positions[name], header.written[name] = position, shown(cell)
            if position in grid.hidden_positions:
                remedy = "bỏ ẩn cột (Unhide) để kiểm tra, hoặc xoá cột"
                header.findings.append(_wrong(grid, header, position, shown(cell), "cột đang bị ẩn", remedy))
    free = [column.name for column in columns if column.name not in header.positions]
    for position, said in unknown.items():
        if said:
            rule = "không có cột này trong từ điển dữ liệu"
            remedy = f"sửa tên cột{ask(said, free)} hoặc xoá cột"
            header.findings.append(_wrong(grid, header, position, said, rule, remedy))
        elif any(below.number > row.number and below.at(position) is not None for below in grid.rows):
            rule, remedy = "cột có nội dung nhưng không có tên", "ghi tên cột hoặc xoá cột"
            header.findings.append(_wrong(grid, header, position, "", rule, remedy))
    for column in columns:
        if column.required != "no" and column.name in free:
            remedy = f"thêm cột {column.name}{ask(column.name, filter(None, unknown.values()))}"
            header.findings.append(
                Finding(
                    file=grid.file,
                    sheet=grid.sheet,
                    row=row.number,
                    column="",
                    header=column.name,
                    value="",
                    rule="thiếu cột bắt buộc",
                    remedy=f"{remedy}; ô chưa biết thì để trống",
                )
            )


def _wrong(grid: Grid, header: Header, position: int, said: str, rule: str, remedy: str) -> Finding:
    return Finding(grid.file, grid.sheet, header.row, letter(position), said, said, rule, remedy)
