"""A province (or district) from its communes: their counts are added first, everything is divided once.

What is known of only some communes is not a figure of the province: a sum with an unknown part is unknown. Beside
the sums stands the list of all communes, so that whoever is missing or only in draft is seen.
"""

import pandas as pd

from giamngheo import checks, data, letterhead, passages, poverty, results, standards
from giamngheo.findings import DataError, Finding
from giamngheo.passages import Passage
from giamngheo.poverty import known
from giamngheo.present import Table

STATES = {"missing": "chưa có số liệu", "refused": "số liệu chưa dùng được", "draft": "dự thảo", "final": "chính thức"}
LEAGUE = 10  # communes at each end of the league table


def above(year: int) -> dict[str, str]:
    """For every unit of the map the one it belonged to at the end of `year`; "" for the topmost."""
    rows = standards.at(standards.law("units"), standards.year_end(year))
    return dict(zip(rows["unit"], rows["parent"], strict=True))


def ancestors(unit: str, parents: dict[str, str]) -> list[str]:
    """The units above `unit`, the nearest first.

    >>> ancestors("xa", {"xa": "huyen", "huyen": "tinh", "tinh": ""})
    ['huyen', 'tinh']
    """
    found: list[str] = []
    while (unit := parents.get(unit, "")) and unit not in found:
        found.append(unit)
    return found


def tops(units: list[str], year: int) -> list[str]:
    """The topmost units above `units` at the end of `year`."""
    parents = above(year)
    return sorted({name for unit in units for name in ancestors(unit, parents)[-1:]})


def children(parent: str, year: int) -> list[str]:
    """The communes below `parent` at the end of `year`, in the order of the map; raises DataError where it has none."""
    rows, parents = standards.at(standards.law("units"), standards.year_end(year)), above(year)
    communes = rows.loc[rows["kind"] == "commune", "unit"]
    found = [unit for unit in communes if parent in ancestors(unit, parents)]
    if not found:
        rule, remedy = f"không có xã nào thuộc đơn vị này vào cuối năm {year}", "xem cột parent, valid_from, valid_to"
        raise DataError([Finding("units.csv", "", 0, "", "unit", parent, rule, remedy)])
    return found


def name(unit: str, year: int) -> str:
    """What a unit is called: in its own unit.yml, else on the map, else by its folder."""
    row = standards.unit(unit, standards.year_end(year)) or {}
    return letterhead.settings(unit).get("name") or row.get("name") or unit


def communes(parent: str, year: int) -> pd.DataFrame:
    """Every commune below `parent`: unit, name, state (of `STATES`), findings (how many stand in the way), first."""
    rows = []
    for unit in children(parent, year):
        state, found = "missing", []
        if year in data.years(unit):
            found = [finding for finding in checks.findings(unit, year) if finding.level != "note"]
            refused = any(finding.level == "refuse" for finding in found)
            state = "refused" if refused else "draft" if found else "final"
        first = checks.said(found[0]) if found else ""
        rows.append([unit, name(unit, year), state, len(found), first])
    return pd.DataFrame(rows, columns=["unit", "name", "state", "findings", "first"])


def reviews(members: pd.DataFrame, year: int) -> pd.DataFrame:
    """The official result of every commune that has one, a row each, its unit in the column `village`."""
    rows = [results.of(unit, year).assign(village=unit) for unit in usable(members)]
    if not rows:
        found = Finding(", ".join(members["unit"]), "", 0, "", "", str(year), "chưa xã nào có số liệu dùng được", "điền số liệu")
        raise DataError([found])
    return pd.concat(rows, ignore_index=True)


def usable(members: pd.DataFrame) -> list[str]:
    return list(members.loc[members["state"].isin(["draft", "final"]), "unit"])


def together(members: pd.DataFrame, table: str, year: int) -> pd.DataFrame:
    """The rows of one table of all communes, one after the other."""
    return pd.concat([data.read(table, unit, year) for unit in usable(members)], ignore_index=True)


def comparison(members: pd.DataFrame, year: int) -> results.Comparison:
    """All communes this year against all last year; one sentence where one of them has no result of last year."""
    nothing, units = pd.DataFrame({"class": []}), usable(members)
    before = {unit: results.baseline(unit, year) for unit in units}
    without = [name(unit, year) for unit, row in before.items() if row is None]
    if without or len(units) < len(members):
        lacking = without or list(members.loc[~members["unit"].isin(units), "name"])
        more = f" và {len(lacking) - 3} xã khác" if len(lacking) > 3 else ""
        return results.Comparison(nothing, f"Chưa so sánh được với năm {year - 1}: {', '.join(lacking[:3])}{more} chưa đủ số liệu.")
    try:
        earlier = poverty.total(pd.concat(before.values(), ignore_index=True))
        return results.Comparison(poverty.changes(poverty.total(reviews(members, year)), earlier), before=earlier)
    except poverty.NotComparable as refusal:
        return results.Comparison(nothing, str(refusal))


def league(rates: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The communes with the highest and, the lowest first, those with the lowest multidimensional poverty rate.

    At most `LEAGUE` at each end, and no commune at both; communes whose rate is not known are at neither.
    """
    ranked = rates[[known(rate) for rate in rates["multidimensional_poverty_rate"]]]
    ranked = ranked.sort_values(["multidimensional_poverty_rate", "village"], ascending=[False, True], kind="stable")
    size = min(LEAGUE, (len(ranked) + 1) // 2)
    return ranked.head(size), ranked.iloc[size:].tail(LEAGUE).iloc[::-1]


def roll(members: pd.DataFrame) -> Table:
    """The communes with their state and what stands in the way of a final report."""
    header = [[{"text": text} for text in ("TT", "Xã", "Báo cáo", "Điều cần xử lý", "Điều đầu tiên")]]
    rows = [
        [str(number), row["name"], STATES[row["state"]], str(row["findings"]), row["first"]]
        for number, row in enumerate(members.to_dict("records"), start=1)
    ]
    return Table("communes", "Các xã và tình trạng báo cáo", header, rows, list(members["unit"]), widths=(1, 5, 3, 2, 9))


def draft_reasons(parent: str, year: int, members: pd.DataFrame) -> list[str]:
    """Why the whole can only be a draft: its own frame, and the communes that are missing or not final."""
    told = {state: list(members.loc[members["state"] == state, "name"]) for state in ("missing", "refused", "draft")}
    office = [checks.said(found) for found in checks.office(parent, year)]
    return office + [
        f"{len(names)} xã {STATES[state]}: {', '.join(names[:LEAGUE])}{'…' if len(names) > LEAGUE else ''}"
        for state, names in told.items()
        if names
    ]


def context(parent: str, year: int) -> dict[str, str]:
    """Words that any sentence may use; the map gives the name where the unit has no unit.yml of its own."""
    place, issuer = name(parent, year), letterhead.settings(parent).get("issuer_name")
    return passages.context(parent, year) | {"place": place, "issuer": issuer or f"Ủy ban nhân dân {place}"}


def labels(column: str, year: int) -> dict[str, str]:
    """The official name of each project or source of money."""
    return standards.project_names(year) if column == "project" else standards.names("programme", column, year)


def opening(parent: str, year: int, abstract: str, members: pd.DataFrame) -> Passage:
    """The letterhead of the whole; its numbers are made up where those of a commune are."""
    first = passages.opening(parent, year, abstract, draft_reasons(parent, year, members))
    made_up = any(letterhead.settings(unit).get("synthetic") == "true" for unit in members["unit"])
    words = context(parent, year)
    meta = first.meta | {"synthetic": made_up, "place": words["place"], "issuer": words["issuer"]}
    head = first.blocks[0]
    if not letterhead.in_force(parent, letterhead.dated(parent, year)):
        head = head | {"issuer": ["ỦY BAN NHÂN DÂN", words["place"].upper()]}
    return Passage([head, *first.blocks[1:]], first.figures, meta)
