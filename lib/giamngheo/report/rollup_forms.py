"""The official forms of a whole: a line for each commune whose data are there, their sum in the last one.

The sums are those of its report. One to which a commune has given no number is not known, also where it only lacks the code;
results under different standards have forms of their own, and each title says of how many communes it is.
"""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from giamngheo import present
from giamngheo.figures import results
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import REVIEW
from giamngheo.report import form_sheets, forms, rollup, sums
from giamngheo.report.forms import CODES, Counted
from giamngheo.vietnamese.text import appended, first_few
from giamngheo.writers.sheets import Sheet

KEYS = {name: ["class", code] for name, code in CODES.items()} | {"movements": ["class", "measure"]}


def of(parent: Year) -> list[Sheet]:
    """A sheet for each form of which a commune has a number; none for a kind of report that does not speak of the review."""
    if not kinds.of(parent).speaks_of(REVIEW):
        return []
    members = rollup.communes(parent)
    mains, seconds = rollup.reviews(parent, members), rollup.seconds(parent, members)
    tables = {name: together(parent, members, name) for name in KEYS}
    every = [(own, tables) for own in by_standard(mains)] + [(own, {}) for own in by_standard(seconds)]
    made: list[Sheet] = []
    for number, (own, rows) in enumerate(every, start=1):
        named = f" theo {results.decree(parent.law, own.iloc[[0]])}" if len(every) > 1 else ""
        made += sheets(parent, members, counted(own, rows, members, named), number)
    return made


def by_standard(reviews: pd.DataFrame) -> list[pd.DataFrame]:
    """The communes' results, those under one standard together."""
    return [own for _, own in reviews.groupby("standard", sort=False)]


def together(parent: Year, members: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of a table of all communes, each with its commune as what a form calls a village."""
    rows = rollup.together(parent, members, table)
    return rows.assign(village=rows["unit"])


def counted(reviews: pd.DataFrame, tables: Mapping[str, pd.DataFrame], members: pd.DataFrame, named: str) -> Counted:
    """What the forms of the communes' results under one standard are filled with."""
    units = set(reviews["village"])
    own = {name: with_unknown(rows[rows["village"].isin(units)], KEYS[name], list(reviews["village"])) for name, rows in tables.items()}
    called = {row["unit"]: row["name"] for row in members.to_dict("records") if row["unit"] in units}
    return Counted(reviews, sums.total(reviews), own, called, sums.scope(members, reviews["village"]), named)


def with_unknown(rows: pd.DataFrame, keys: list[str], units: Sequence[str]) -> pd.DataFrame:
    """The rows, and one without numbers for each commune that does not say what another one says.

    >>> rows = pd.DataFrame({"village": ["a", "a", "b"], "class": "poor", "cause": ["land", "skill", "land"],
    ...                      "households": pd.array([3, 2, 1], "Int64"), "found_at": ["a.csv:2", "a.csv:3", "b.csv:2"]})
    >>> with_unknown(rows, ["class", "cause"], ["a", "b"])[["village", "cause", "households"]].values.tolist()
    [['a', 'land', 3], ['a', 'skill', 2], ['b', 'land', 1], ['b', 'skill', <NA>]]
    """
    said = rows[keys].drop_duplicates()
    every = pd.DataFrame({"village": units}).merge(said, how="cross")
    there = set(rows[["village", *keys]].itertuples(index=False, name=None))
    silent = every[[one not in there for one in every.itertuples(index=False, name=None)]]
    return pd.concat([rows, silent.assign(found_at="")], ignore_index=True) if len(silent) else rows


def sheets(parent: Year, members: pd.DataFrame, counted: Counted, number: int) -> list[Sheet]:
    """The sheets of one standard, the first, second … of the year."""
    made = forms.filled(parent, counted) if counted.tables else forms.of_review(parent, counted)
    of_whom = f" của {counted.total}{counted.under}{present.early(counted.parts)}"
    captions = {table.id: appended(table.caption, of_whom) for _, table in made}
    return form_sheets.sheets(made, number, captions, list(absent(members, counted)))


def absent(members: pd.DataFrame, counted: Counted) -> Iterator[str]:
    """A note that names the communes which have no line."""
    names = [row["name"] for row in members.to_dict("records") if row["unit"] not in counted.names]
    if names:
        yield f"Không có trong biểu: {first_few(names, rollup.LISTED, 'xã')}."
