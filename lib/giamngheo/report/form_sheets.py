"""The official forms as sheets of a workbook: the report's own figures, each with the formula by which it changes.

A number has a formula only where that gives exactly what the report says: a rate divides its two counts, a total adds up its
villages, a closing count follows from its movements. Everything else is entered.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from giamngheo.figures.trace import Figure
from giamngheo.intake.grid import letter
from giamngheo.intake.unit import Year
from giamngheo.law.expressions import expression
from giamngheo.law.forms import Form
from giamngheo.present import Table
from giamngheo.report import forms
from giamngheo.vietnamese.numbers import Exact
from giamngheo.vietnamese.terms import GAP
from giamngheo.writers.sheets import ABOVE, Cell, Sheet

REFERENCE = re.compile(r"SUM\(\*\)|(?:(F\w+)\.)?(\d+|\*)")  # of a live formula, as `law.forms.Column` says
BESIDE = "-bo-sung"  # ends the name of a sheet of what no form shows
Part = tuple[str, Exact]  # how a workbook names a number, and the number


@dataclass(frozen=True)
class Shown:
    """A form as the report shows it, and the sheet that it becomes."""

    form: Form
    table: Table
    name: str

    def value(self, line: int, place: int) -> Exact | None:
        """The number of the form's column at `place`; None where it is not known."""
        cell = self.table.rows[line][len(self.form.first) + place]
        return cell.value if isinstance(cell, Figure) and isinstance(cell.value, int | Fraction) else None

    def address(self, line: int, place: int) -> str:
        """Where the form's column at `place` stands in a line; at -1, -2 what stands before its columns."""
        return f"{letter(len(self.form.first) + place)}{ABOVE + len(self.table.header) + line + 1}"

    def place(self, number: str, code: str) -> int | None:
        """Where the column of that number stands, `*` the one of the code; None where the form has none."""
        columns = self.form.columns
        return next((n for n, c in enumerate(columns) if (c.code == code if number == "*" else c.number == number)), None)

    def coded(self) -> list[int]:
        return [place for place, column in enumerate(self.form.columns) if column.code]


def of(this: Year, blocks: Sequence[dict]) -> list[Sheet]:
    """A sheet for each official form that a report's blocks print, named as they name it."""
    captions = {block["id"]: block["caption"] for block in blocks if block["type"] == "table"}
    if not any(name.startswith(forms.ID) for name in captions):
        return []
    printed = ([(form, table) for form, table in made if table.id in captions] for made in (forms.of_main(this), forms.of_second(this)))
    shown = [one for number, made in enumerate(printed, start=1) for one in sheets(made, number, captions)]
    more = [(form, table) for form, table in forms.beside(this) if table.id.removesuffix(BESIDE) in captions]
    return [*shown, *sheets(more, 1, {table.id: form.title for form, table in more})]


def sheets(made: Sequence[tuple[Form, Table]], number: int, captions: Mapping[str, str], notes: Sequence[str] = ()) -> list[Sheet]:
    """The sheets of one result's forms, of the first, second … result of the year; captions by the tables' names."""
    shown = {form.name: Shown(form, table, form.sheet + (f" ({number})" if number > 1 else "")) for form, table in made}
    return [sheet(one, shown, captions[one.table.id], notes) for one in shown.values()]


def sheet(shown: Shown, others: Mapping[str, Shown], caption: str, notes: Sequence[str] = ()) -> Sheet:
    rows = [[cell(shown, line, column, others) for column in range(len(row))] for line, row in enumerate(shown.table.rows)]
    return Sheet(shown.name, caption, shown.table.header, rows, len(shown.form.measures), (*shown.table.notes, *notes))


def cell(shown: Shown, line: int, column: int, others: Mapping[str, Shown]) -> Cell:
    said = shown.table.rows[line][column]
    place = column - len(shown.form.first)
    if isinstance(said, str):
        return Cell(None if said == GAP and place >= 0 else said)
    value = shown.value(line, place)
    return Cell(value, "" if value is None else formula(shown, line, place, value, others), said.unit)


def formula(shown: Shown, line: int, place: int, value: Exact, others: Mapping[str, Shown]) -> str:
    """The formula of a known number; "" where it has none, or none that gives this number."""
    live = shown.form.columns[place].live
    made = computed(shown, line, place, live, others) if live else added(shown, line, place)
    return made[0] if made and made[1] == value else ""


def computed(shown: Shown, line: int, place: int, live: str, others: Mapping[str, Shown]) -> Part | None:
    """A column's live formula in one line, and what it gives; None where one of its numbers is not known."""
    code = shown.form.columns[place].code
    parts = [part(shown, line, code, found, others) for found in REFERENCE.finditer(live)]
    known = [one for one in parts if one is not None]
    if len(known) < len(parts):
        return None
    names, addresses = iter(range(len(known))), iter(known)
    rule = REFERENCE.sub(lambda _: f"n{next(names)}", live)
    try:
        value = expression(rule).value({f"n{at}": number for at, (_, number) in enumerate(known)})
    except ZeroDivisionError:
        return None
    return REFERENCE.sub(lambda _: next(addresses)[0], live), value


def part(shown: Shown, line: int, code: str, found: re.Match, others: Mapping[str, Shown]) -> Part | None:
    """What one reference of a live formula names."""
    if not found[2]:
        return summed(shown, [(line, place) for place in shown.coded()])
    named = others.get(found[1]) if found[1] else shown
    if named is None or (place := named.place(found[2], code)) is None or (value := named.value(line, place)) is None:
        return None
    return ("" if named is shown else f"'{named.name}'!") + named.address(line, place), value


def added(shown: Shown, line: int, place: int) -> Part | None:
    """A total as the sum of the lines above it, of its own measure where lines have one."""
    steps = len(shown.form.measures)
    lines = range(line % steps, len(shown.table.rows) - steps, steps)
    if line < len(shown.table.rows) - steps:
        return None
    whole = summed(shown, [(above, place) for above in lines])
    if whole is None or steps == 1:
        return whole
    last = len(shown.table.rows) - steps - 1
    named, counts = (f"{shown.address(0, at)}:{shown.address(last, at)}" for at in (-1, place))
    return f"SUMIF({named},{shown.address(line, -1)},{counts})", whole[1]


def summed(shown: Shown, places: Sequence[tuple[int, int]]) -> Part | None:
    """The sum of a run of cells; None where there is none, or one is not known."""
    values = [shown.value(*place) for place in places]
    known = [value for value in values if value is not None]
    if not places or len(known) < len(values):
        return None
    return f"SUM({shown.address(*places[0])}:{shown.address(*places[-1])})", Fraction(sum(known))
