"""Total rows among the rows of a table: checked against the sum of the others, never added to them.

A total row says "Tổng cộng" (or the like) where the others have a name, or has a blank village among named
ones. It is the total of the rows that share its other codes: "Tổng cộng, poor, households" adds up the
villages' rows of poor households.
"""

from collections.abc import Mapping, Sequence

from giamngheo.intake import values as cells
from giamngheo.intake.dictionary import COUNTED, Column
from giamngheo.intake.grid import Row
from giamngheo.intake.layout import Layout

VILLAGE = "village"


class Uncalculated(cells.Unreadable):
    """A formula without its result: nothing to check in a total row, unreadable anywhere else."""


def commune_rows(layout: Layout, columns: Sequence[Column]) -> None:
    """Rows "Toàn xã" that stand alone are the commune's own rows: they become data with a blank village."""
    counted = [
        column.name for column in columns if column.type in COUNTED and column.name in layout.positions
    ]
    filled = any(
        layout.cell(row.number, name) is not None
        and not isinstance(layout.cell(row.number, name), Uncalculated)
        for row in layout.totals
        for name in counted
    )
    if layout.data or not filled or VILLAGE not in layout.positions or keys_beside_village(columns) is None:
        return
    position = layout.positions[VILLAGE]
    for row in layout.totals:
        cells_without = (*row.cells[:position], None, *row.cells[position + 1 :])
        layout.data.append(Row(row.number, cells_without))
    layout.totals.clear()


def settle(reading, columns: Sequence[Column], code_of: Mapping) -> None:
    """Check every total row of a `Reading`, and take rows with a blank village out of its values."""
    _settle_blank_villages(reading, columns)
    for row in reading.layout.totals:
        keys = {}
        for column in columns:
            cell = row.cells[reading.layout.positions[column.name]]
            if column.type == "code" and isinstance(cell, str) and column.name in code_of:
                code = code_of[column.name].code(cells.clean(cell))
                if code is not None:
                    keys[column.name] = code
        parts = [at for at in range(len(reading.numbers)) if _shares(reading, at, keys)]
        for column in columns:
            if column.type in COUNTED:
                _check(reading, row.number, column, parts)


def _settle_blank_villages(reading, columns: Sequence[Column]) -> None:
    together = keys_beside_village(columns)
    villages = reading.values.get(VILLAGE, [])
    blank = [at for at, name in enumerate(villages) if name == "" and (at, VILLAGE) not in reading.unread]
    if together is None or len(blank) == len(villages):
        return
    for at in blank:
        keys = {name: reading.values[name][at] for name in together if name in reading.values}
        parts = [
            other for other in range(len(villages)) if other not in blank and _shares(reading, other, keys)
        ]
        if not parts:
            reading.findings.append(
                reading.finding(
                    at, VILLAGE, "để trống trong khi các dòng khác có tên thôn, làng",
                    "ghi tên thôn, làng ở mỗi dòng (hoặc gộp ô); dòng cộng của các thôn, làng thì ghi Tổng cộng",
                )
            )  # fmt: skip
        for column in columns:
            if parts and column.type in COUNTED:
                _check(reading, reading.numbers[at], column, parts)
    reading.drop(blank)


def keys_beside_village(columns: Sequence[Column]) -> list[str] | None:
    """The columns that tell a village's rows apart; None in a table that is not one of villages."""
    for column in columns:
        for rule in column.rules:
            if rule == "unique" and column.name == VILLAGE:
                return []
            names = [name.strip() for name in rule.removeprefix("unique with").split(",")]
            if rule.startswith("unique with") and VILLAGE in names:
                return [name for name in names if name != VILLAGE]
    return None


def _shares(reading, at: int, keys: Mapping[str, str]) -> bool:
    return all(reading.values[name][at] == key for name, key in keys.items())


def _check(reading, number: int, column: Column, parts: Sequence[int]) -> None:
    cell = reading.layout.cell(number, column.name)
    if cell is None or isinstance(cell, Uncalculated):
        return
    if any((at, column.name) in reading.unread for at in parts):
        return
    try:
        written = cells.read(cell, column.type, column.unit)
    except cells.Misread as wrong:
        reading.findings.append(reading.layout.finding(number, column.name, wrong.rule, wrong.remedy))
        return
    known = [reading.values[column.name][at] for at in parts]
    total = sum(value for value in known if value is not None)
    blank = sum(value is None for value in known)
    if written != total:
        unknown = f" ({blank} dòng còn để trống)" if blank else ""
        reading.findings.append(
            reading.layout.finding(
                number, column.name, f"dòng tổng phải bằng tổng của các dòng; các dòng cộng lại là {total}{unknown}",
                "sửa dòng sai, hoặc xoá dòng tổng",
            )
        )  # fmt: skip
