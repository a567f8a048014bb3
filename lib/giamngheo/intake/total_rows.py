"""Total rows among the rows of a table: checked against the sum of the others, never added to them.

A total row says "Tổng cộng" (or the like) where the others have a name, or has a blank village among named
ones. It is the total of the rows that share its other codes: "Tổng cộng, poor, households" adds up the
villages' rows of poor households.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from giamngheo.findings import Finding
from giamngheo.intake import values
from giamngheo.intake.cell import Misread, Uncalculated
from giamngheo.intake.codes import Codes
from giamngheo.intake.rows import Layout
from giamngheo.intake.table import Reading
from giamngheo.law.dictionary import COUNTED, Column
from giamngheo.vietnamese.text import clean

VILLAGE = "village"
OF_COMMUNE = "dòng để trống thôn, làng là dòng của toàn xã, phải bằng tổng của các thôn, làng"
NAMELESS = "để trống thôn, làng trong khi các dòng khác có tên"
NAME_IT = "ghi tên thôn, làng ở mỗi dòng (hoặc gộp ô); nếu là dòng cộng của các thôn, làng thì ghi Tổng cộng"
STORED_AS_TEXT = (
    "ô giữ số dưới dạng chữ nên công thức tổng của trang tính không cộng ô này",
    "định dạng ô là Number rồi gõ lại số (hoặc Convert to Number), chờ Excel tính lại tổng rồi lưu",
)


def keys_beside_village(columns: Sequence[Column]) -> list[str] | None:
    """The columns that tell a village's rows apart; None in a table that is not one of villages."""
    for column in columns:
        for rule in column.rules:
            names = [name.strip() for name in rule.removeprefix("unique with").split(",")]
            if rule == "unique" and column.name == VILLAGE:
                return []
            if rule.startswith("unique with") and VILLAGE in names:
                return [name for name in names if name != VILLAGE]
    return None


def commune_rows(layout: Layout, columns: Sequence[Column]) -> None:
    """Rows "Toàn xã" that stand alone are the commune's own rows: they become data with a blank village."""
    village = layout.position(VILLAGE)
    cells_of_totals = (
        layout.cell(row.number, column.name) for row in layout.totals for column in columns if column.type in COUNTED
    )
    counted = any(cell is not None and not isinstance(cell, Uncalculated) for cell in cells_of_totals)
    if layout.data or not counted or village is None or keys_beside_village(columns) is None:
        return
    for row in layout.totals:
        layout.data.append(replace(row, cells=(*row.cells[:village], None, *row.cells[village + 1 :])))
    layout.totals.clear()


def settle(reading: Reading, columns: Sequence[Column], codes: Mapping[str, Codes | None]) -> None:
    """Check every total row, and take rows with a blank village among named ones out of the values."""
    if reading.layout.withheld:
        return
    _settle_blank_villages(reading, columns)
    rule, remedy = "dòng tổng phải bằng tổng của các dòng", "sửa dòng sai, hoặc xoá dòng tổng"
    for row in reading.layout.totals:
        keys = {}
        for column in columns:
            cell = row.at(reading.layout.position(column.name))
            if isinstance(cell, str) and (listed := codes.get(column.name)):
                keys[column.name] = listed.code(clean(cell))
        known = {name: code for name, code in keys.items() if code is not None}
        parts = [at for at in range(len(reading.lines)) if _shares(reading, at, known)]
        reading.findings += _compared(reading, row.number, columns, parts, rule, remedy)


def _settle_blank_villages(reading: Reading, columns: Sequence[Column]) -> None:
    together = keys_beside_village(columns)
    villages = reading.values.get(VILLAGE, [])
    blank = [at for at, name in enumerate(villages) if name == "" and (at, VILLAGE) not in reading.unread]
    if together is None or len(blank) == len(villages):
        return
    named = [other for other in range(len(villages)) if other not in blank]
    by_line = groupby(blank, key=reading.line)
    for rows in (list(rows) for _, rows in by_line):
        found = []
        for at in rows:
            keys = {name: reading.values[name][at] for name in together if name in reading.values}
            parts = [other for other in named if _shares(reading, other, keys)]
            found += _compared(reading, reading.lines[at], columns, parts, OF_COMMUNE, f"sửa số sai; {NAME_IT}") if parts else []
        numbers = sum(reading.values[column.name][at] is not None for at in rows for column in columns if column.type in COUNTED)
        nameless = len(found) > 1 and 2 * len(found) > numbers or not all(_shares_any(reading, at, named, together) for at in rows)
        reading.findings += [reading.finding(rows[0], VILLAGE, NAMELESS, NAME_IT)] if nameless else found
    reading.drop(blank)


def _shares_any(reading: Reading, at: int, others: Sequence[int], together: Sequence[str]) -> bool:
    keys = {name: reading.values[name][at] for name in together if name in reading.values}
    return any(_shares(reading, other, keys) for other in others)


def _shares(reading: Reading, at: int, keys: Mapping[str, str]) -> bool:
    return all(reading.values[name][at] == key for name, key in keys.items())


def _as_text(reading: Reading, column: str, parts: Sequence[int]) -> list[int]:
    """The parts whose numbers are stored as text and were read."""
    known = (at for at in parts if (at, column) not in reading.unread)
    return [at for at in known if isinstance(reading.layout.cell(reading.lines[at], column), str)]


def _left_out(reading: Reading, column: str, parts: Sequence[int], total: object) -> list[int]:
    """The parts whose numbers are stored as text, where a sheet's total is the sum of all the others."""
    texts = _as_text(reading, column, parts)
    added = sum(reading.values[column][at] or 0 for at in parts if at not in texts)
    return texts if reading.layout.grid.sheet and total == added else []


def _compared(reading: Reading, number: int, columns: Sequence[Column], parts: Sequence[int], rule: str, remedy: str) -> list[Finding]:
    """Findings for the counts of a total row that are not the sum of its parts."""
    return [finding for column in columns if column.type in COUNTED for finding in _of_count(reading, number, column, parts, rule, remedy)]


def _of_count(reading: Reading, number: int, column: Column, parts: Sequence[int], rule: str, remedy: str) -> Iterator[Finding]:
    cell = reading.layout.cell(number, column.name)
    if isinstance(cell, Uncalculated) and cell.adds:
        yield from (reading.finding(at, column.name, *STORED_AS_TEXT) for at in _as_text(reading, column.name, parts))
    if cell is None or isinstance(cell, Uncalculated) or any((at, column.name) in reading.unread for at in parts):
        return
    parted = [reading.values[column.name][at] for at in parts]
    known = [value for value in parted if value is not None]
    blank = f", {len(parted) - len(known)} dòng còn để trống" if len(known) < len(parted) else ""
    try:
        total = values.read(cell, column.type, column.unit)
    except Misread as wrong:
        found = reading.layout.finding(number, column.name, wrong.rule, wrong.remedy)
        yield from [found] if found not in reading.findings else []
        return
    texts = [] if total == sum(known) else _left_out(reading, column.name, parts, total)
    yield from (reading.finding(at, column.name, *STORED_AS_TEXT) for at in texts)
    if total != sum(known) and not texts:
        yield reading.layout.finding(number, column.name, f"{rule}; các dòng cộng lại là {sum(known)}{blank}", remedy)
