"""Errors of named kinds, spread over the communes of a simulated province, and the list of where they stand.

A table of a commune holds one error at most, and no error stands where another would hide it, so that each
line of the list can be looked for among the findings.
"""

import copy
import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from giamngheo import spreadsheets
from giamngheo.intake.folder import WORKBOOK
from giamngheo.intake.grid import letter
from giamngheo.simulate.kinds import KINDS, Kind
from giamngheo.simulate.plants import FILE, HEADER, TOTAL, Spot
from giamngheo.simulate.sheets import Table, said


class Planted(NamedTuple):
    """One planted error, its place as in `Finding`: row 0 is the whole file, column "" no single cell."""

    kind: str
    file: str
    sheet: str
    row: int
    column: str
    header: str
    before: str
    after: str


@dataclass
class Errors:
    """The errors still to be planted: the kinds waiting, and how many each commune to come shall hold."""

    rng: random.Random
    waiting: list[str]
    shares: list[int]
    found: list[Planted] = field(default_factory=list)


def spread(many: int, communes: int, excel: bool, seed: int, example: Mapping[str, Table]) -> Errors:
    """`many` errors of all kinds in turn, over `communes` communes as evenly as can be.

    Left out are kinds of the other form, and those that the tables of the `example` commune cannot hold (two
    villages of one name where there is one village). Kinds that few tables can hold are placed first, so that
    the last ones find room.
    """
    rng = random.Random(f"{seed}/errors")
    other_form = "csv" if excel else "xlsx"
    names = [
        name
        for name, kind in KINDS.items()
        if kind.form != other_form and _planted(rng, kind, copy.deepcopy(example), set(), set())
    ]
    one_more = set(rng.sample(range(communes), many % communes))
    shares = [many // communes + (place in one_more) for place in range(communes)]
    waiting = [names[at % len(names)] for at in range(many)]
    return Errors(rng, sorted(waiting, key=lambda name: len(KINDS[name].tables)), shares)


def plant(errors: Errors, tables: Mapping[str, Table]) -> list[tuple[str, str, Spot]]:
    """Plant the next commune's share of the errors in its tables; returns (kind, table, spot) of each.

    A kind for which this commune gives no chance waits for the next one.
    """
    share = errors.shares.pop(0)
    planted: list[tuple[str, str, Spot]] = []
    needed: set[str] = set()
    for name in list(errors.waiting):
        if len(planted) == share:
            break
        spot = _planted(errors.rng, KINDS[name], tables, {table for _, table, _ in planted}, needed)
        if spot:
            errors.waiting.remove(name)
            planted.append((name, *spot))
            needed.update(KINDS[name].needs)
    if errors.shares:
        errors.shares[0] += share - len(planted)
    return planted


def _planted(
    rng: random.Random, kind: Kind, tables: Mapping[str, Table], touched: set[str], needed: set[str]
) -> tuple[str, Spot] | None:
    if touched & set(kind.needs):
        return None
    free = [table for table in kind.tables if table not in touched | needed and tables[table].rows]
    for table in rng.sample(free, len(free)):
        spot = kind.plant(rng, tables, table)
        if spot:
            return table, spot
    return None


def record(
    errors: Errors,
    planted: Sequence[tuple[str, str, Spot]],
    tables: Mapping[str, Table],
    place: str,
    first_rows: Mapping[str, int] | None,
) -> None:
    """Note where the errors stand in the files of `place` (`<unit>/<year>`).

    `first_rows` gives each sheet's first row of data; None for CSV files.
    """
    for kind, name, spot in planted:
        table = tables[name]
        columns = [column.name for column in table.dictionary]
        first = first_rows[name] if first_rows else 2
        total = 2 if first_rows else first + len(table.rows)
        errors.found.append(
            Planted(
                kind=kind,
                file=f"{place}/{WORKBOOK}" if first_rows else f"{place}/{name}.csv",
                sheet=name if first_rows else "",
                row={HEADER: 1, TOTAL: total, FILE: 0}.get(spot.place, first + spot.place),
                column=letter(columns.index(spot.column)) if spot.column else "",
                header=spot.column,
                before=said(spot.before),
                after=said(spot.after),
            )
        )


def write_list(errors: Errors, path: Path) -> None:
    """Write the list of the planted errors; raises ValueError when some found no place."""
    if errors.waiting:
        many = f"{len(errors.found)} trên {len(errors.found) + len(errors.waiting)} lỗi"
        raise ValueError(f"chỉ cài được {many}: tăng số xã; còn chờ: {', '.join(errors.waiting[:5])}")
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(Planted._fields)
        lines.writerows([spreadsheets.inert(str(cell)) for cell in one] for one in errors.found)
