"""The trace from a printed number to its source: its formula, its counts, the lines of the files.

A figure is one cell of a computed frame. Its formula stands in `data/dictionary.csv` and names other
columns of the same row, so the row itself holds everything needed to make the figure again by hand.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import pandas as pd

from giamngheo.law import dictionary
from giamngheo.law.expressions import expression
from giamngheo.vietnamese.numbers import Exact

NAME = re.compile(r"[a-z_]+")
Value = Exact | str | None  # of a figure; None where it is not known


def join_sources(sources: Iterable[str]) -> str:
    """The lines of each file, neighbouring lines drawn together; of a wide sheet the cells, by column.

    >>> join_sources(["r.csv:2", "r.csv:3", "r.csv:4", "r.csv:7", "m.csv:2"])
    'r.csv:2-4, 7; m.csv:2'
    >>> join_sources(["s.xlsx:groups!C5, D5", "s.xlsx:groups!C6, D6", "s.xlsx:groups!C8, D8"])
    's.xlsx:groups!C5-C6, C8, D5-D6, D8'
    """
    lines: dict[str, dict[str, set[int]]] = {}
    for source in sources:
        for part in filter(None, source.split("; ")):
            file, _, ranges = part.rpartition(":")
            sheet, mark, ranges = ranges.rpartition("!")
            for piece in ranges.split(","):
                first, _, last = piece.strip().partition("-")
                column = first.rstrip("0123456789")
                run = range(int(first.removeprefix(column)), int((last or first).removeprefix(column)) + 1)
                lines.setdefault(f"{file}:{sheet}{mark}", {}).setdefault(column, set()).update(run)
    return "; ".join(
        file + ", ".join(draw_together(sorted(found), column) for column, found in columns.items()) for file, columns in lines.items()
    )


def place(source: str) -> tuple[str, int]:
    """The first file (and sheet) and line of a source.

    >>> place("a/2022/review.csv:2-4, 7; b.csv:3"), place("a/2022/so-lieu.xlsx:review!5")
    (('a/2022/review.csv', 2), ('a/2022/so-lieu.xlsx:review', 5))
    >>> place("a/2022/so-lieu.xlsx:groups!C5-C6, D8")
    ('a/2022/so-lieu.xlsx:groups', 5)
    """
    found = re.fullmatch(r"(.*)[:!][A-Z]{0,3}(\d+).*?", source.partition("; ")[0])
    if not found:
        raise ValueError(f"a source is a file and lines; found {source!r}")
    return found[1], int(found[2])


def draw_together(numbers: list[int], column: str = "") -> str:
    """
    >>> draw_together([2, 3, 7]), draw_together([2, 3, 7], "C")
    ('2-3, 7', 'C2-C3, C7')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{column}{a}" if a == b else f"{column}{a}-{column}{b}" for a, b in runs)


@dataclass(frozen=True)
class Figure:
    """One number of the report: its exact value and how it was made.

    `value` is an int, a Fraction, a text, or None where it is not known. `formula` names the operands;
    `parts` are the counts a sum was added up from; `derivation` says, where the value was not given but
    follows from printed figures, how it follows.
    """

    name: str
    label: str
    value: Value
    unit: str
    formula: str = ""
    operands: tuple["Figure", ...] = ()
    parts: tuple[int | None, ...] = ()
    sources: str = ""
    derivation: str = ""
    signed: bool = False
    qualifier: str = ""
    group: str = ""
    row: str = ""

    @property
    def computed(self) -> bool:
        """Whether the number was made here, not given."""
        return bool(self.formula or self.derivation or self.written_out)

    @property
    def inferred(self) -> bool:
        """Whether it was inferred from printed figures, or is made of one that was."""
        return bool(self.derivation) or any(one.inferred for one in self.operands)

    @property
    def written_out(self) -> tuple[int | None, ...]:
        """The parts of a sum that shows them; () where they are too many, and its lines alone follow it."""
        return self.parts if len(self.parts) <= SHOWN_PARTS else ()

    def number(self) -> Exact:
        """The value of a figure that is a known number; TypeError of any other."""
        if not isinstance(self.value, int | Fraction):
            raise TypeError(f"{self.name} is no known number: {self.value!r}")
        return self.value


NUMBERS = ("count", "money", "number", "rate", "points")
SHOWN_PARTS = 12  # a sum of more parts than this is followed by its lines, not written out


Described = dict[tuple[str, str], dict[str, str]]


def column(table: str, name: str, described: Described | None = None) -> dict[str, str]:
    """What the dictionary says of a column: type, unit, formula (`rule`), label, meaning."""
    described = described or dictionary.columns()
    if (table, name) not in described:
        raise KeyError(f"data/dictionary.csv has no row {table}.{name}")
    return described[table, name]


def figures(
    frame: pd.DataFrame,
    table: str,
    key: str = "",
    rows: dict[str, str] | None = None,
    only: Iterable[str] = (),
    called: str = "",
) -> dict[str, dict[str, Figure]]:
    """Every figure of `frame`: for each row's key, its columns' figures (those of `only`, where given).

    `key` names the columns, separated by spaces, that tell the rows apart; a blank one is left out, so a
    total's figure is named `table.column` and a row's `table.key.column`. `rows` gives the keys' names;
    where many rows share a group, the frame's columns `group_name` and `row_name` do. `called` is what the
    names begin with, where that is not `table`.
    """
    rows = rows or {}
    described = dictionary.columns()
    known = [name for name in only or frame if described.get((table, name), {}).get("type") in NUMBERS]
    found = {}
    for values in records(frame):
        row_key = ".".join(str(values[part]) for part in key.split() if values[part] != "")
        prefix = f"{called or table}.{row_key}." if row_key else f"{called or table}."
        made: dict[str, Figure] = {}
        for name in known:
            figure(values, table, name, prefix, rows.get(row_key, row_key), made=made)
        found[row_key] = {name: made[name] for name in known}
    return found


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, each with its values by column; `to_dict` does the same in twice the time.

    >>> records(pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}))
    [{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'y'}]
    """
    columns = [frame[name].tolist() for name in frame]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


@cache
def operand_names(formula: str) -> tuple[str, ...]:
    """The columns that a formula of the dictionary names, each once."""
    return expression(formula).names if formula else ()


def figure(
    values: dict[str, Any], table: str, name: str, prefix: str, row_name: str = "",
    described: Described | None = None, made: dict[str, Figure] | None = None,
) -> Figure:  # fmt: skip
    """The figure of one column in one row, with the figures its formula names.

    `made` has those of the same row that are made already, and gets this one.
    """
    made = {} if made is None else made
    if name in made:
        return made[name]
    row = column(table, name, described)
    formula = row["rule"] if row["required"] == "formula" else ""
    derivation, lines = by_column(values, "derived").get(name, ("", ()))
    parts = by_column(values, "parts").get(name, ())
    operands = tuple(figure(values, table, part, prefix, row_name, described, made) for part in operand_names(formula))
    made[name] = Figure(
        name=prefix + name,
        label=row["label"],
        value=exact(values[name]),
        unit=str(values["measure"]) if row["unit"] == "measure" else row["unit"],
        formula=formula,
        operands=operands,
        parts=tuple(None if pd.isna(part) else int(part) for part in parts) if len(parts) > 1 else (),
        sources=join_sources(lines or found_in(values, name, operands)),
        derivation=derivation,
        signed=name.startswith("change_"),
        group=str(values.get("group_name", "")),
        row=str(values.get("row_name", row_name)),
    )
    return made[name]


def cells_of(values: dict[str, Any], name: str, operands: Iterable[Figure]) -> str:
    """The cells of the row's own numbers that a column is, or is made of; "" where they are not told by column (`cells_at`).

    >>> row = {"cells_at": {"start": "s.xlsx:movements!C5", "end": "s.xlsx:movements!J5"}}
    >>> cells_of(row, "end", ()), cells_of(row, "total", ())
    ('s.xlsx:movements!J5', '')
    """
    cells = by_column(values, "cells_at")
    return join_sources(cells[one] for one in cells if one in {name, *below(operands)}) if cells else ""


def below(operands: Iterable[Figure]) -> set[str]:
    """The columns that figures are, and those that they are made of."""
    return {column for one in operands for column in (one.name.rpartition(".")[2], *below(one.operands))}


def found_in(values: dict[str, Any], name: str, operands: tuple[Figure, ...]) -> list[str]:
    """Where a figure was read: its cells or its row and, of what was inferred among its operands, the lines that follow from."""
    own = cells_of(values, name, operands) or str(values.get("found_at", ""))
    return [own, *(one.sources for one in operands if one.inferred)]


def named(*frames: dict[str, dict[str, Figure]]) -> dict[str, Figure]:
    """The figures of several frames (`figures`) by their names."""
    return {f.name: f for frame in frames for row in frame.values() for f in row.values()}


def remade(figure: Figure) -> Value:
    """The figure made again from its operands by the dictionary's formula, in exact arithmetic.

    >>> parts = Figure("r.a", "", 242, ""), Figure("r.b", "", 1160, "")
    >>> remade(Figure("r.c", "", None, "rate", "a / b", parts))
    Fraction(121, 580)
    """
    values = {one.name.rpartition(".")[2]: one.value for one in figure.operands if isinstance(one.value, int | Fraction)}
    if len(values) < len(figure.operands):
        return None
    try:
        return exact(expression(figure.formula).value(values))
    except ZeroDivisionError:
        return None


def by_column(values: dict[str, Any], name: str) -> dict:
    """What a row's `name` says of each column; nothing where the row has no such cell."""
    said = values.get(name)
    return said if isinstance(said, dict) else {}


def exact(value: Any) -> Value:
    """A value as an int, a Fraction, a text or None.

    >>> exact(pd.NA), exact(Fraction(1, 2)), exact("x")
    (None, Fraction(1, 2), 'x')
    """
    if isinstance(value, (int, Fraction, str)):
        return value
    if value is None or pd.isna(value):
        return None
    exactly = Fraction(value)
    return int(exactly) if exactly.denominator == 1 else exactly
