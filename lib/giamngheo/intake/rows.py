"""The rows below the header by what they are: data, total rows, notes; and what hinders reading them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from giamngheo.findings import Finding
from giamngheo.intake import scale
from giamngheo.intake.cell import Unreadable, shown
from giamngheo.intake.grid import Grid, Place, Row, letter
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
ORDINAL = re.compile(r"[0-9]{1,4}(\.[0-9]{1,3})*[.)]?|[IVXLC]{1,6}[.)]?|[A-ZĐa-zđ][.)]?|[*+–-]")
REMARK = re.compile(
    r"\W*(ghi chú|chú thích|lưu ý|nguồn|người lập|lập biểu|nơi nhận|tm\b|kt\b|tl\b|chủ tịch|phó chủ tịch|thủ trưởng"
    r"|xác nhận|cán bộ|công chức|ký\b|đã ký)",
    re.IGNORECASE,
)
PLACE_AND_DAY = re.compile(r"ngày .{1,6}tháng .{1,6}năm", re.IGNORECASE)


@dataclass
class Layout:
    """A table in its grid: the header's columns, the rows of data and the total rows."""

    grid: Grid
    header: Header
    data: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    withheld: bool = False  # whether rows were refused whole, so that sums of the others say nothing

    def __post_init__(self):
        self.rows = {row.number: row for row in self.grid.rows}

    def position(self, column: str) -> int | None:
        return self.header.ordinal if column == self.header.ordinal_name else self.header.positions.get(column)

    def cell(self, row: int, column: str) -> object:
        """What stands in a column of the row with that number; None too for a column that is not there."""
        return self.rows[row].at(self.position(column))

    def finding(self, row: int, column: str, rule: str, remedy: str, level: str = "refuse") -> Finding:
        """A finding at a cell; `column` is a column's name, with "" for the whole row."""
        position, cell = self.position(column), self.cell(row, column)
        places = self.rows[row].places
        place = places[position] if places and position is not None else Place(self.rows[row].line, position or 0)
        return Finding(
            file=self.grid.file,
            sheet=self.grid.sheet,
            row=place.row,
            column="" if position is None else letter(place.position),
            header=place.heading or self.header.written.get(column, column),
            value="" if cell is None else shown(cell),
            rule=rule,
            remedy=remedy,
            level=level,
        )

    def refuse(self, row: Row, column: str, rule: str, remedy: str) -> None:
        self.findings.append(self.finding(row.number, column, rule, remedy))

    def withhold(self, row: Row, rule: str, remedy: str) -> None:
        """Refuse a whole row, which is then neither data nor a total."""
        self.refuse(row, "", rule, remedy)
        self.withheld = True


def nowhere() -> Layout:
    """The layout of a table that is not there: no header and no row."""
    return Layout(Grid("", "", ()), Header(0, 0))


def lay_out(grid: Grid, columns: Sequence[Column]) -> Layout:
    """Find the table in the grid; everything that hinders it becomes a finding."""
    header = find(grid, columns)
    if isinstance(header, Finding):
        return Layout(grid, Header(0, 0), findings=[header])
    layout = Layout(grid, header, findings=list(header.findings))
    names = [grid_row for grid_row in grid.rows if grid_row.number == header.row]
    gap, noted = False, False
    beyond: list[Row] = []
    hidden: list[Row] = []
    beside = [row for row in grid.rows if row.number <= header.row]  # titles, names of columns and remarks
    for original in grid.rows:
        if original.number <= header.row or _not_begun(layout) and numbers_columns(original):
            continue
        row = _without_ordinal(layout, original, columns)
        if row.blank:
            gap = gap or bool(layout.data)
        elif gap and is_note(row, layout, columns) and (noted or not _looks_like_data(row, layout, columns)):
            noted = noted or is_remark(row)
            beside.append(row)
            if not noted:
                layout.findings.append(layout.finding(row.number, "", *UNREAD_NOTE, "note"))
        elif row.hidden:
            hidden.append(row)
            layout.withheld = True
        elif wrong := _wrong_row(row, layout, names):
            layout.withhold(row, *wrong)
        elif is_total(row, layout, columns):
            layout.totals.append(row)
        elif gap and not _complete(row, layout, columns):
            beyond.append(row)
            layout.withheld = True
        else:
            beyond += [row] if gap else []
            layout.data.append(_filled_down(layout, row, columns))
            layout.rows[row.number] = layout.data[-1]
    if beyond:
        layout.refuse(beyond[0], "", f"có số liệu nằm sau một dòng trống{_listed(beyond)}", MOVED_OR_JOINED)
    if hidden:
        layout.refuse(hidden[0], "", f"dòng đang bị ẩn{_listed(hidden)}", "bỏ ẩn dòng (Unhide, bỏ lọc) hoặc xoá dòng")
    for row in beside:
        if words := scale.of(row):
            layout.refuse(row, "", scale.rule(words), scale.REMEDY)
    return layout


UNREAD_NOTE = (
    "dòng nằm dưới bảng, sau một dòng trống, không được đọc vì không có số liệu",
    "nếu là số liệu của bảng thì xoá dòng trống ở trên; nếu là ghi chú thì để yên",
)


MOVED_OR_JOINED = "xoá dòng trống ở trên nếu là số liệu của bảng; nếu là ghi chú thì chuyển sang trang khác"


def _listed(rows: Sequence[Row]) -> str:
    """The numbers of several rows, for the one message about them all."""
    lines = list(dict.fromkeys(row.line for row in rows))
    return f" (dòng {', '.join(map(str, lines))})" if len(lines) > 1 else ""


def _not_begun(layout: Layout) -> bool:
    return not (layout.data or layout.totals)


def _wrong_row(row: Row, layout: Layout, names: Sequence[Row]) -> tuple[str, str] | None:
    """The rule and the remedy for a row that cannot be read as a whole."""
    if not layout.grid.sheet and len(row.cells) != layout.header.width:
        rule = f"dòng có {len(row.cells)} ô, dòng tên cột có {layout.header.width} ô"
        return rule, 'kiểm tra dấu ngăn cột thừa hoặc thiếu; ô có dấu phẩy phải đặt trong ngoặc kép "…"'
    if any(said.cells == layout.rows[row.number].cells for said in names):
        return "dòng tên cột bị lặp lại", "xoá dòng này"
    filled = [cell for cell in row.cells if cell is not None]
    same = len({cell.rule if isinstance(cell, Unreadable) else "" for cell in filled}) == 1
    if len(filled) > 1 and same and isinstance(filled[0], Unreadable):
        return f"cả dòng: {filled[0].rule}", filled[0].remedy
    return None


def _without_ordinal(layout: Layout, row: Row, columns: Sequence[Column]) -> Row:
    """The row without its ordinal number; a total's name that stands there moves to the column of names."""
    at = layout.header.ordinal
    cell = row.at(at)
    if at is None or cell is None:
        return row
    cells = list(row.cells)
    cells[at] = None
    first = next((layout.position(one.name) for one in columns if one.type in ("text", "code")), None)
    if isinstance(cell, str) and first is not None and row.at(first) is None and not ORDINAL.fullmatch(cell.strip()):
        cells[first] = cell
    elif not ORDINAL.fullmatch(shown(cell)):
        layout.refuse(row, layout.header.ordinal_name, "cột số thứ tự chứa nội dung khác", "chuyển sang đúng cột")
    return replace(row, cells=tuple(cells))


def _complete(row: Row, layout: Layout, columns: Sequence[Column]) -> bool:
    """Whether the row fills every column that each row of data must fill."""
    return all(row.at(layout.position(one.name)) is not None for one in columns if one.required == "value")


def _looks_like_data(row: Row, layout: Layout, columns: Sequence[Column]) -> bool:
    """Whether a row without digits has words where its table has numbers, and is no remark."""
    filled = [row.at(layout.position(one.name)) for one in columns if one.type not in ("text", "code")]
    return any(cell is not None for cell in filled) and not is_remark(row)


def is_remark(row: Row) -> bool:
    """Whether the row begins as remarks, sources, dates and signatures below a table do.

    >>> is_remark(Row(9, ("Ghi chú: số liệu sơ bộ", None))), is_remark(Row(9, ("thôn 5", "hai trăm")))
    (True, False)
    """
    said = next((shown(cell) for cell in row.cells if cell is not None), "")
    return bool(REMARK.match(said) or PLACE_AND_DAY.search(said))


def is_total(row: Row, layout: Layout, columns: Sequence[Column]) -> bool:
    """Whether the row is a total: its first filled cell of text says "Tổng cộng" or the like."""
    if not any(column.type in COUNTED for column in columns):
        return False
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
    filled = {column: cell for column in columns if (cell := row.at(layout.position(column.name))) is not None}
    numbers = [shown(cell) for column, cell in filled.items() if column.type not in ("text", "code")]
    numbers = [said for said in numbers if not PLACE_AND_DAY.search(said)]
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
        bounds = None if position is None else layout.grid.merged.get((row.number, position))
        if position is None or bounds is None:
            continue
        first_row, first, _, last = bounds
        if first != last or column.type in (*COUNTED, "number"):
            rule = "ô bị gộp (merge) nên không biết số thuộc dòng nào, cột nào"
            layout.refuse(row, column.name, rule, "bỏ gộp ô (Unmerge) rồi ghi từng ô")
        else:
            cells[position] = layout.rows[first_row].cells[first]
    return replace(row, cells=tuple(cells))
