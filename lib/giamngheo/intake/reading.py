"""From the cells of a grid to a table: its values where they can be read, and a finding wherever they cannot."""

from collections.abc import Callable, Sequence
from typing import Any

from giamngheo.intake import rules, total_rows, values, wide
from giamngheo.intake.cell import Misread
from giamngheo.intake.codes import Codes
from giamngheo.intake.grid import Grid
from giamngheo.intake.rows import lay_out
from giamngheo.intake.table import Reading
from giamngheo.law.dictionary import Column
from giamngheo.vietnamese.text import spans

EMPTY = "không được để trống"


def read(grid: Grid, columns: Sequence[Column], codes: Callable[[Column], Codes | None]) -> Reading:
    """Read a table from its grid; everything wrong becomes a finding.

    `codes(column)` gives the codes that a column may hold, None for one that holds none.
    """
    notes = list(grid.notes)
    grid = grid if grid.findings else wide.long(grid, columns, total_rows.keys_beside_village(columns) or [], codes)
    if grid.findings:
        return Reading(columns, findings=[*grid.findings, *notes])
    layout = lay_out(grid, columns)
    total_rows.commune_rows(layout, columns)
    reading = Reading(columns, layout, findings=layout.findings)
    reading.lines = [row.number for row in layout.data]
    present = [column for column in columns if layout.position(column.name) is not None]
    listed = {column.name: codes(column) for column in present}
    for column in present:
        _read_column(reading, column, listed[column.name])
    total_rows.settle(reading, present, listed)
    reading.findings += [reading.finding(*breach) for breach in rules.broken(reading)]
    reading.findings = list(dict.fromkeys([*reading.findings, *notes]))  # of a wide sheet a cell may stand for several rows
    return reading


def _read_column(reading: Reading, column: Column, codes: Codes | None) -> None:
    position = reading.layout.header.positions[column.name]
    blank = "" if column.type in ("text", "code") else None
    reading.values[column.name] = found = []
    empty: list[int] = []
    for at, row in enumerate(reading.layout.data):
        try:
            found.append(_value(row.cells[position], column, codes))
        except Misread as wrong:
            found.append(blank)
            reading.unread.add((at, column.name))
            if wrong.rule == EMPTY:
                empty.append(at)
            else:
                reading.findings.append(reading.finding(at, column.name, wrong.rule, wrong.remedy))
    if empty:
        others = sorted({reading.line(at) for at in empty} - {reading.line(empty[0])})
        more = f"; cũng vậy ở dòng {spans(others)}" if others else ""
        reading.findings.append(reading.finding(empty[0], column.name, EMPTY + more, f"ghi {column.label}"))


def _value(cell: object, column: Column, codes: Codes | None) -> Any:
    value: Any = values.read(cell, column.type, column.unit)
    if value in (None, "") and column.required == "value":
        raise Misread(EMPTY, f"ghi {column.label}")
    if codes is None or value == "":
        return value
    code = codes.code(value)
    if code is None:
        raise Misread(*codes.unknown(value))
    return code
