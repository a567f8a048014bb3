"""Last year of a merged unit in its report: the sentence and the table that say of which former units it is the sum."""

import pandas as pd

from giamngheo import present
from giamngheo.figures import budget, predecessors, trace
from giamngheo.figures.predecessors import COUNTS
from giamngheo.figures.results import decree, under
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import label
from giamngheo.report.passages import Named, parts, sentence, table
from giamngheo.report.stored import Passage

UNIT = "{N.name} ({N.households}; hộ nghèo {N.poor_households}; hộ cận nghèo {N.near_poor_households})"
UNKNOWN_UNIT = f"{{N.name}} ({present.UNKNOWN})"
SUM = " Tổng cộng: {households}; hộ nghèo {poor_households}; hộ cận nghèo {near_poor_households}."


def last_year_by_unit(this: Year, row: pd.DataFrame, words: Named, name: str = "former") -> Passage:
    """What last year's counts are added up from, for the result `row`: as a sentence, as a table, and what is missing.

    Nothing for a unit that has its own last year, or of whose former units nothing is known. The figures are called
    `name.1.households`, `name.1.poor_households` … in the order of the map, and `name.households` … for the sums.
    """
    units = predecessors.last_year(this, row)
    known = units[units["standard"] != ""] if len(units) else units
    if known.empty:
        return Passage([])
    standard = standard_of(this, row, known)
    rows = units.assign(number=budget.numbers(units))
    frame = pd.concat([rows, predecessors.added(units).assign(number="")], ignore_index=True)
    called = {f"{name}.{one.number}.name": one.name for one in rows[["number", "name"]].itertuples(index=False)}
    shown = present.table(
        frame, "review", COUNTS, key="number", keys=dict(zip(rows["number"], rows["name"], strict=True)) | {"": "Cộng"},
        first="Đơn vị cũ", caption=f"Hộ nghèo, hộ cận nghèo năm {this.year - 1} của các đơn vị hành chính cũ",
        called=name, id=name, total=1,
    )  # fmt: skip
    figures: Named = {**words, **called, **{figure.name: figure for figure in shown.figures()}}
    return parts(
        sentence(added_up(rows, name, standard), figures),
        *(sentence(line, {}, "note") for line in missing(units, this.year - 1)),
        table(shown.named(standard + present.early(known))),
    )


def standard_of(this: Year, row: pd.DataFrame, known: pd.DataFrame) -> str:
    """Under which standard last year is, where that is not said already: two results stand here, or this year's has another."""
    another = known["standard"].iloc[0] != row["standard"].item()
    return f" theo {decree(this.law, known.head(1))}" if another else under(this, row)


def added_up(units: pd.DataFrame, name: str, standard: str) -> str:
    """The sentence, with the names of its figures; a former unit of which nothing is known has none, and then no sum has one.

    >>> added_up(pd.DataFrame({"number": ["1"], "standard": [""]}), "former", "")
    'Số liệu năm {last_year} của {place} phải cộng từ 1 đơn vị cũ: {former.1.name} (chưa có số liệu).'
    """
    known = units["standard"] != ""
    lines = (UNIT if there else UNKNOWN_UNIT for there in known)
    said = "; ".join(line.replace("{N.", f"{{{name}.{number}.") for line, number in zip(lines, units["number"], strict=True))
    verb, total = ("là số cộng của", SUM.replace("{", f"{{{name}.")) if known.all() else ("phải cộng từ", "")
    return f"Số liệu năm {{last_year}}{standard} của {{place}} {verb} {len(units)} đơn vị cũ: {said}.{total}"


def missing(units: pd.DataFrame, year: int) -> list[str]:
    """A line for each former unit that lacks a count: which.

    >>> missing(pd.DataFrame({"name": ["xã A", "xã B"], "households": [9, 5], "poor_households": [None, 1],
    ...                       "near_poor_households": [2, 3]}), 2024)
    ['Năm 2024 chưa có của xã A: hộ nghèo; số cộng của các mục này chưa tính được.']
    """
    lacking = {row["name"]: [label("review", count).lower() for count in COUNTS if pd.isna(row[count])] for row in trace.records(units)}
    return [
        f"Năm {year} chưa có của {name}: {', '.join(counts)}; số cộng của các mục này chưa tính được."
        for name, counts in lacking.items()
        if counts
    ]
