"""The line of column names in a grid: which column of the dictionary stands where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from giamngheo.findings import Finding
from giamngheo.intake.cell import Unreadable, shown
from giamngheo.intake.grid import Grid, Row, letter
from giamngheo.law.dictionary import Column
from giamngheo.vietnamese.text import ask, identity

WITHIN = 30  # rows in which the header is looked for, below titles
ORDINALS = frozenset(identity(name) for name in ("STT", "TT", "Số TT", "Số thứ tự"))


@dataclass
class Header:
    """Where the header stands, the position and the written name of each column found, and what is wrong."""

    row: int
    width: int
    positions: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    ordinal: int | None = None  # where a column of ordinal numbers stands
    ordinal_name: str = "STT"


def names(columns: Sequence[Column]) -> dict[str, str]:
    """What a header may say → the column's name: the name itself, or its Vietnamese label."""
    labels = [identity(column.label) for column in columns]
    single = {label: column.name for label, column in zip(labels, columns, strict=True) if labels.count(label) == 1}
    return single | {identity(column.name): column.name for column in columns}


def named(cell: object, known: Mapping[str, str]) -> str | None:
    """The column a header cell names: by its last line (the name), else by all of it (the label).

    >>> named("Hộ nghèo\\npoor_households", {"poor_households": "poor_households"})
    'poor_households'
    """
    if isinstance(cell, Unreadable):
        cell = cell.shown
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
    unknown = _place_columns(header, best, grid, known)
    free = [column.name for column in columns if column.name not in header.positions]
    missing = [column.name for column in columns if column.required != "no" and column.name in free]
    others = [said for said in unknown.values() if said]
    if others and len(missing) > len(header.positions):
        return _of_others(header, grid, missing, others)
    _refuse_unknown(header, grid, unknown, free)
    _refuse_missing(header, grid, missing, others)
    return header


def _merged_cell(grid: Grid, rows: Mapping[int, tuple], row: Row, position: int) -> object:
    bounds = grid.merged.get((row.number, position))
    return rows[bounds[0]][bounds[1]] if bounds and bounds[0] in rows else row.cells[position]


def _place_columns(header: Header, row: Row, grid: Grid, known: Mapping[str, str]) -> dict[int, str]:
    """Note where each known column stands; returns what the cells of the other columns say, by position."""
    unknown: dict[int, str] = {}
    for position, cell in enumerate(row.cells):
        name = named(cell, known)
        if isinstance(cell, Unreadable):
            header.findings.append(_wrong(grid, header, position, shown(cell), cell.rule, cell.remedy))
        if name is None and header.ordinal is None and isinstance(cell, str) and identity(cell) in ORDINALS:
            header.ordinal, header.ordinal_name = position, shown(cell)
        elif name is None:
            unknown[position] = "" if cell is None else shown(cell)
        elif name in header.positions:
            first = letter(header.positions[name])
            rule = f"cột {name} có hai lần, lần đầu ở cột {first}"
            header.findings.append(_wrong(grid, header, position, shown(cell), rule, "xoá bớt một cột"))
        else:
            header.positions[name], header.written[name] = position, shown(cell)
    _refuse_hidden(header, grid)
    return unknown


def _refuse_hidden(header: Header, grid: Grid) -> None:
    """One finding for all columns that are not seen, at the first of them."""
    hidden = {name: at for name, at in header.positions.items() if at in grid.hidden_positions}
    for name, position in list(hidden.items())[:1]:
        listed = f" (cột {', '.join(map(letter, hidden.values()))})" if len(hidden) > 1 else ""
        remedy = "bỏ ẩn cột (Unhide) để kiểm tra, hoặc xoá cột"
        header.findings.append(_wrong(grid, header, position, header.written[name], f"cột đang bị ẩn{listed}", remedy))


def _of_others(header: Header, grid: Grid, missing: Sequence[str], others: Sequence[str]) -> Finding:
    """One refusal for a table of another agency: which of its columns are ours, which are not, what is missing."""
    ours = ", ".join(f"{written} ({name})" for name, written in header.written.items())
    rule = (
        f"bảng có cột của nơi khác. Dùng được: {ours}. Để ngoài: {', '.join(others)}. Còn thiếu: {', '.join(missing)}"
    )
    remedy = (
        "nhập bằng lệnh giamngheo import, hoặc lập tệp mẫu (giamngheo template), chép các cột dùng được vào, bổ sung cột thiếu; "
        "ô chưa biết thì để trống"
    )
    return grid.refusal(rule, remedy, header.row)


def _refuse_unknown(header: Header, grid: Grid, unknown: Mapping[int, str], free: Sequence[str]) -> None:
    for position, said in unknown.items():
        if said:
            rule = "không có cột này trong từ điển dữ liệu"
            remedy = f"sửa tên cột{ask(said, free)} hoặc xoá cột"
            header.findings.append(_wrong(grid, header, position, said, rule, remedy))
        elif any(below.number > header.row and below.at(position) is not None for below in grid.rows):
            rule, remedy = "cột có nội dung nhưng không có tên", "ghi tên cột hoặc xoá cột"
            header.findings.append(_wrong(grid, header, position, "", rule, remedy))


def _refuse_missing(header: Header, grid: Grid, missing: Sequence[str], others: Sequence[str]) -> None:
    for name in missing:
        header.findings.append(
            Finding(
                file=grid.file,
                sheet=grid.sheet,
                row=header.row,
                column="",
                header=name,
                value="",
                rule="thiếu cột bắt buộc",
                remedy=f"thêm cột {name}{ask(name, others)}; ô chưa biết thì để trống",
            )
        )


def _wrong(grid: Grid, header: Header, position: int, said: str, rule: str, remedy: str) -> Finding:
    return Finding(
        grid.file, rule, remedy, sheet=grid.sheet, row=header.row, column=letter(position), header=said, value=said
    )
