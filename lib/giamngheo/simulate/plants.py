"""How single errors get into a simulated table: each function changes one table and says where.

What follows from the error elsewhere (a poor count that no longer meets the movements) is left for the reader
to find. A plant takes (rng, tables, name of the table) and returns the spot, or None where the tables give no
chance for it.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from giamngheo.law.dated import Law
from giamngheo.law.dictionary import Column
from giamngheo.law.validity import in_force, year_end
from giamngheo.simulate.sheets import TO_TCVN3, Table, sums

HEADER, TOTAL, FILE = -1, -2, -3  # places that are no row of data

Tables = Mapping[str, Table]


class Spot(NamedTuple):
    """Where an error stands: the row's place in the table (or HEADER, TOTAL, FILE) and the column ("" = no
    single cell); what was there and what is there now."""

    place: int
    column: str
    before: object
    after: object


Plant = Callable[[random.Random, Tables, str], Spot | None]


def in_cell(wanted: Callable[[Column], bool], change: Callable[[Any], object]) -> Plant:
    """An error in one filled cell of a `wanted` column, whose value becomes `change(value)`."""

    def plant(rng: random.Random, tables: Tables, name: str) -> Spot | None:
        table = tables[name]
        cells = [
            (place, column.name)
            for place, row in enumerate(table.rows)
            for column in table.dictionary
            if wanted(column)
            and row.get(column.name) not in (None, "")
            and change(row[column.name]) != row[column.name]
        ]
        if not cells:
            return None
        place, column = rng.choice(cells)
        return _put(table, place, column, change(table.rows[place][column]))

    return plant


def above(*pairs: tuple[str, str]) -> Plant:
    """A part larger than its whole, in one row: `pairs` of (part, whole)."""
    return _compared(pairs, lambda whole: whole + 1)


def below(*pairs: tuple[str, str]) -> Plant:
    """Fewer persons than households: `pairs` of (persons, households)."""
    return _compared(pairs, lambda households: households - 1)


def repeated(*keys: str) -> Plant:
    """A row whose keys repeat those of a row above it; the first key is where it shows."""

    def plant(rng: random.Random, tables: Tables, name: str) -> Spot | None:
        table = tables[name]
        if len(table.rows) < 2:
            return None
        first, later = sorted(rng.sample(range(len(table.rows)), 2))
        before = table.rows[later][keys[0]]
        for key in keys:
            table.rows[later][key] = table.rows[first][key]
        return Spot(later, keys[0], before, table.rows[later][keys[0]])

    return plant


def differing(column: str, value: str) -> Plant:
    """A column that must say the same in every row, and says `value` in a row that is not the first."""

    def plant(rng: random.Random, tables: Tables, name: str) -> Spot | None:
        rows = tables[name].rows
        return _put(tables[name], rng.randrange(1, len(rows)), column, value) if len(rows) > 1 else None

    return plant


def moved(column: str, together: str = "") -> Plant:
    """One more in a column of the movements; with `together` one more there too, so the row still closes."""

    def plant(rng: random.Random, tables: Tables, name: str) -> Spot:
        table = tables[name]
        place = rng.randrange(len(table.rows))
        if together:
            table.rows[place][together] += 1
        return _put(table, place, column, table.rows[place][column] + 1)

    return plant


def in_row(
    column: str, value: Callable[[dict], object], wanted: Callable[[dict], bool] = lambda row: True
) -> Plant:
    """An error in a column of one of the `wanted` rows, worked out from that row."""

    def plant(rng: random.Random, tables: Tables, name: str) -> Spot | None:
        table = tables[name]
        places = [place for place, row in enumerate(table.rows) if wanted(row)]
        if not places:
            return None
        place = rng.choice(places)
        return _put(table, place, column, value(table.rows[place]))

    return plant


def above_class(rng: random.Random, tables: Tables, name: str) -> Spot:
    """More households (persons, where the table counts them) with a code than the village's class has."""
    table = tables[name]
    place = rng.randrange(len(table.rows))
    row = table.rows[place]
    village = next(one for one in tables["review"].rows if one["village"] == row["village"])
    measure = "persons" if "persons" in table.columns else "households"
    return _put(table, place, measure, village[f"{row['class']}_{measure}"] + 1)


def low_counterpart(rng: random.Random, tables: Tables, name: str) -> Spot | None:
    """Central money too large for the local budgets' share; it shows on its first line of the vintage."""
    table, minimums = tables[name], [row for row in Law().rows("programme") if row["kind"] == "minimum"]
    vintages = dict.fromkeys(row["vintage"] for row in table.rows)
    asked = [vintage for vintage in vintages if any(in_force(row, year_end(vintage)) for row in minimums)]
    if not asked:
        return None
    vintage = rng.choice(asked)
    lines = [
        place for place, row in enumerate(table.rows) if (row["vintage"], row["source"]) == (vintage, "nstw")
    ]
    planned = sum(table.rows[place]["planned"] for place in lines)
    return _put(table, lines[0], "planned", 10 * planned)


def contradicted(rng: random.Random, tables: Tables, name: str) -> Spot | None:
    """A printed rate of the commune that its printed counts do not give; it shows on the rate's line."""
    table = tables[name]
    rates = ("poor_rate", "near_poor_rate")
    year = max(row["year"] for row in table.rows)
    places = [
        place for place, row in enumerate(table.rows) if row["indicator"] in rates and row["year"] == year
    ]
    place = rng.choice(places)
    whole, comma, rest = table.rows[place]["printed"].partition(",")
    return _put(table, place, "printed", f"{int(whole) + 1}{comma}{rest}")


def wrong_total(rng: random.Random, tables: Tables, name: str) -> Spot:
    """A total row with one sum that is not that of its rows."""
    table = tables[name]
    table.total = sums(table)
    column = rng.choice([column for column in table.total if column != "village"])
    before = table.total[column]
    table.total[column] += 10
    return Spot(TOTAL, column, before, before + 10)


def missing_column(rng: random.Random, tables: Tables, name: str) -> Spot:
    table = tables[name]
    column = rng.choice([column.name for column in table.dictionary if column.required != "no"])
    table.columns.remove(column)
    return Spot(HEADER, "", column, "")


def misspelt_column(rng: random.Random, tables: Tables, name: str) -> Spot:
    table = tables[name]
    column = rng.choice(table.columns)
    table.misspelt[column] = column[:-2] + column[-1]
    return Spot(HEADER, column, column, table.misspelt[column])


def utf16(rng: random.Random, tables: Tables, name: str) -> Spot:
    tables[name].encoding = "utf-16"
    return Spot(FILE, "", "utf-8", "utf-16")


def tcvn3(rng: random.Random, tables: Tables, name: str) -> Spot:
    """A file in the old encoding TCVN3; it shows on the first line with a Vietnamese letter."""
    table = tables[name]
    table.encoding = "tcvn3"
    place = next(
        place for place, row in enumerate(table.rows) if set("".join(map(str, row.values()))) & set(TO_TCVN3)
    )
    return Spot(place, "", "utf-8", "tcvn3")


def ragged_row(rng: random.Random, tables: Tables, name: str) -> Spot:
    place = rng.randrange(len(tables[name].rows))
    tables[name].ragged.add(place)
    return Spot(place, "", "", "thừa một ô")


def hidden_row(rng: random.Random, tables: Tables, name: str) -> Spot:
    place = rng.randrange(len(tables[name].rows))
    tables[name].hidden.add(place)
    return Spot(place, "", "", "ẩn dòng")


def hidden_column(rng: random.Random, tables: Tables, name: str) -> Spot:
    column = rng.choice(tables[name].columns)
    tables[name].hidden.add(column)
    return Spot(HEADER, column, "", "ẩn cột")


def _compared(pairs: tuple[tuple[str, str], ...], wrong: Callable[[int], int]) -> Plant:
    def plant(rng: random.Random, tables: Tables, name: str) -> Spot | None:
        table = tables[name]
        fitting = [(one, other) for one, other in pairs if one in table.columns and other in table.columns]
        one, other = rng.choice(fitting)
        return in_row(one, lambda row: wrong(row[other]), lambda row: row[other] > 0)(rng, tables, name)

    return plant


def _put(table: Table, place: int, column: str, value: object) -> Spot:
    before = table.rows[place].get(column)
    table.rows[place][column] = value
    return Spot(place, column, before, value)
