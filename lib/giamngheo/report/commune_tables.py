"""The tables with a line for each commune that a report's sums are added up from (`sums.TABLES`)."""

from dataclasses import dataclass, replace

import pandas as pd

from giamngheo import present
from giamngheo.figures import budget
from giamngheo.present import Table
from giamngheo.present.tables import Cell
from giamngheo.report.sums import TABLES

COUNTS = [
    "households", "persons", "poor_households", "poor_persons", "near_poor_households", "near_poor_persons",
    "minority_households", "minority_poor_households",
]  # fmt: skip
MONEY = ["planned", "disbursed", "disbursement_rate"]


@dataclass(frozen=True)
class Tables:
    """Several tables one below the other; one without a line is left out."""

    tables: tuple[Table, ...]

    def _repr_html_(self) -> str:
        return "".join(shown._repr_html_() for shown in self.tables if shown.rows)


def of_reviews(reviews: pd.DataFrame, before: pd.DataFrame, seconds: pd.DataFrame, names: dict[str, str], standard: str) -> Tables:
    """The communes' results of the year, of the year before, and their other results, `names` being what communes are called."""

    def shown(id: str, rows: pd.DataFrame, table: str = "review", **more: str) -> Table:
        columns = [name for name in COUNTS if name in rows]
        caption = TABLES[id] + standard * (table == "review")
        return lines(present.table(rows, table, columns, key="village", keys=names, first="Xã", caption=caption, id=id, **more))

    mine = (shown("received", reviews), shown("received-before", before, called="before"))
    return Tables((*(table.named(present.early(reviews)) for table in mine), shown("received-second", seconds, "other_review")))


def of_money(by_commune: pd.DataFrame, by_project: pd.DataFrame, by_source: pd.DataFrame, names: dict[str, str], *called: dict[str, str]) -> Tables:
    """The communes' money: all of it, by project and by source (`of_each`), `called` being what projects and sources are called."""
    whole = present.table(
        by_commune, "budget", [*MONEY, "share"], key="unit", keys=names, first="Xã", caption=TABLES["money-by-commune"], id="money-by-commune"
    )
    split = [
        present.table(rows, "budget", MONEY, key=f"{by} unit", keys=both(rows, by, said, names), first=first, caption=TABLES[id], id=id)
        for rows, by, said, first, id in (
            (by_project, "project", called[0], "Dự án, xã", "money-by-project-and-commune"),
            (by_source, "source", called[1], "Nguồn vốn, xã", "money-by-source-and-commune"),
        )
    ]
    return Tables((lines(whole), *map(lines, split)))


def of_each(money: pd.DataFrame, by: str) -> pd.DataFrame:
    """The money of each commune for each project or source, those of one project one after the other."""
    return budget.breakdown(money, [by, "unit"]).sort_values(by, kind="stable")


def of_programmes(rows: pd.DataFrame, called: dict[str, str], names: dict[str, str]) -> Table:
    """The communes' money by programme and type of capital (`programmes.by_commune`), which are `called` so."""
    keys = zip(rows["programme"], rows["capital_type"], rows["unit"], strict=True)
    said = {f"{one}.{kind}.{unit}": f"{called[one]} {called.get(f'{one}.{kind}', kind)}, {names[unit]}" for one, kind, unit in keys}
    return lines(present.table(
        rows, "budget", MONEY, key="programme capital_type unit", keys=said, first="Chương trình, loại vốn, xã", called="programme",
        caption=TABLES["money-by-programme-and-commune"], id="money-by-programme-and-commune", empty="một chương trình, một loại vốn.",
    ))  # fmt: skip


def both(rows: pd.DataFrame, by: str, called: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    """What each row of a project (or source) and a commune is called."""
    keys = zip(rows[by], rows["unit"], strict=True)
    return {f"{code}.{unit}": f"{called.get(code, code).partition(':')[0]}, {names[unit]}" for code, unit in keys}


def lines(shown: Table) -> Table:
    """The table with its lines numbered, each with an address of its own."""
    rows: list[list[Cell]] = [[f"{n}. {first}", *others] for n, (first, *others) in enumerate(shown.rows, start=1)]
    return replace(shown, rows=rows, addressed=True)
