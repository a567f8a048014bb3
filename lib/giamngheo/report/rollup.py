"""A province (or district) from its communes: their counts are added first, everything is divided once.

A sum with an unknown part is unknown. A sum of those communes whose data are there says so wherever it is printed
(`scope`), and beside the sums stands the list of all communes, so that whoever is missing or only in draft is seen.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from giamngheo import checks
from giamngheo.figures import poverty, results
from giamngheo.figures.poverty import known
from giamngheo.findings import DataError, Finding
from giamngheo.intake import data
from giamngheo.law import standards, territory
from giamngheo.present import Table
from giamngheo.report import letterhead, passages
from giamngheo.report.stored import Passage
from giamngheo.store import environment, manifest

STATES = {
    "missing": "chưa có số liệu",
    "refused": "số liệu chưa dùng được",
    "draft": "mới lập được dự thảo",
    "final": "lập được bản chính thức",
}
LEAGUE = 10  # communes at each end of the league table
LISTED = 3  # communes that a sentence names
REPORTS = "GIAMNGHEO_REPORTS"
ANNEX = "số liệu từng xã ở phụ lục"  # where the parts of a sum stand


@contextmanager
def reports_in(folder: Path) -> Iterator[None]:
    """Let `standing` look for the communes' finished reports below `folder`, here and in processes started in the block."""
    with environment.setting(REPORTS, str(folder.resolve())):
        yield


def settings(unit: str) -> dict:
    """`unit.yml`; {} where it cannot be read, which is a finding of that unit and stops nobody else."""
    try:
        return letterhead.settings(unit)
    except DataError:
        return {}


def name(unit: str, year: int) -> str:
    """What a unit is called: in its own unit.yml, else on the map, else by its folder."""
    row = standards.unit(unit, standards.year_end(year)) or {}
    return settings(unit).get("name") or row.get("name") or unit


def standing(unit: str, year: int) -> tuple[str, list[str]]:
    """The state of a commune's year (of `STATES`) and the findings that stand in the way, a line each.

    Its finished report has recorded them: where that was made of the very files there are now, nothing is checked
    again. Equal files and code give equal findings, so it makes no difference to what is said.
    """
    if year not in data.years(unit):
        return "missing", []
    record = manifest.read(Path(os.environ[REPORTS], unit, str(year))) if REPORTS in os.environ else None
    if record and record["key"] == manifest.described(unit, year)["key"]:
        return "draft" if record["draft"] else "final", record["draft"]
    try:
        found = [finding for finding in checks.findings(unit, year) if finding.level != "note"]
    except DataError as refused:
        found = list(refused.findings)
    state = "refused" if any(finding.level == "refuse" for finding in found) else "draft" if found else "final"
    return state, [checks.said(finding) for finding in found]


def communes(parent: str, year: int) -> pd.DataFrame:
    """Every commune below `parent`: unit, name, state (of `STATES`), findings (how many stand in the way), first."""
    rows = []
    for unit in territory.communes(year)[parent]:
        state, found = standing(unit, year)
        rows.append([unit, name(unit, year), state, len(found), found[0] if found else ""])
    return pd.DataFrame(rows, columns=["unit", "name", "state", "findings", "first"])


def usable(members: pd.DataFrame) -> list[str]:
    return list(members.loc[members["state"].isin(["draft", "final"]), "unit"])


def reviews(members: pd.DataFrame, year: int) -> pd.DataFrame:
    """The official result of every commune that has one, a row each, its unit in the column `village`."""
    rows = [results.of(unit, year).assign(village=unit) for unit in usable(members)]
    if not rows:
        rule = "chưa xã nào có số liệu dùng được nên không có gì để tổng hợp"
        raise DataError([Finding("units.csv", "", 0, "", "", str(year), rule, "điền số liệu của các xã")])
    return pd.concat(rows, ignore_index=True)


def total(reviews: pd.DataFrame) -> pd.DataFrame:
    """One row: the communes' counts added; all unknown where results of two standards or statuses must not be."""
    try:
        row = poverty.total(reviews)
    except poverty.NotComparable:
        counted = poverty.counts("review", reviews)
        row = poverty.total(reviews.assign(status="", standard="", **dict.fromkeys(counted, pd.NA)))
    return row.assign(found_at=added(reviews["village"]))


def added(units: pd.Series) -> str:
    """Where the parts of a sum over these units' rows stand: not in a thousand files but in the annex, a line each.

    >>> added(pd.Series(["a", "a", "c"]))
    'số liệu từng xã ở phụ lục:1-2'
    """
    return f"{ANNEX}:1-{units.nunique()}"


def together(members: pd.DataFrame, table: str, year: int) -> pd.DataFrame:
    """The rows of one table of all communes, one after the other, each with its `unit`."""
    return pd.concat([data.read(table, unit, year).assign(unit=unit) for unit in usable(members)], ignore_index=True)


def scope(members: pd.DataFrame, known_of: pd.Series) -> str:
    """Of which communes a sum is, `known_of` being the unit of each of its rows.

    >>> three = pd.DataFrame({"unit": ["a", "b", "c"]})
    >>> scope(three, pd.Series(["a", "a", "c"])), scope(three, pd.Series(["a", "b", "c"]))
    ('2/3 xã có số liệu', 'toàn bộ 3 xã')
    """
    there, all_of_them = known_of.nunique(), len(members)
    return f"toàn bộ {all_of_them} xã" if there == all_of_them else f"{there}/{all_of_them} xã có số liệu"


def listed(names: list[str]) -> str:
    """The first few of many names.

    >>> listed(["A", "B", "C", "D", "E"])
    'A, B, C và 2 xã khác'
    """
    more = f" và {len(names) - LISTED} xã khác" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more


def comparison(members: pd.DataFrame, reviews: pd.DataFrame, year: int) -> results.Comparison:
    """All communes this year against all last year; one sentence where one of them has no result of either."""
    nothing, names = pd.DataFrame(columns=poverty.CHANGE), dict(zip(members["unit"], members["name"], strict=True))
    before = {unit: results.baseline(unit, year) for unit in reviews["village"]}
    without = [names[unit] for unit in names if before.get(unit) is None]
    if without:
        return results.Comparison(nothing, f"Chưa so sánh được với năm {year - 1}: {listed(without)} chưa đủ số liệu.")
    try:
        earlier = poverty.total(pd.concat(before.values(), ignore_index=True))
        changes = poverty.changes(poverty.total(reviews), earlier)
        return results.Comparison(changes.assign(found_at=added(reviews["village"])), before=earlier)
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


def counted(members: pd.DataFrame) -> str:
    """How many communes are in each state.

    >>> counted(pd.DataFrame({"state": ["final", "missing", "final"]}))
    '1 xã chưa có số liệu; 2 xã lập được bản chính thức'
    """
    many = members["state"].value_counts()
    return "; ".join(f"{many[state]} xã {said}" for state, said in STATES.items() if state in many)


def unfinished(members: pd.DataFrame) -> pd.DataFrame:
    """The communes that something keeps from a final report."""
    return members[members["state"] != "final"]


def roll(members: pd.DataFrame, **more) -> Table:
    """The communes with their state and what stands in the way of a final report."""
    header = [[{"text": text} for text in ("TT", "Xã", "Tình trạng", "Số điều cần xử lý", "Điều đầu tiên")]]
    rows = [
        [str(number), row["name"], STATES[row["state"]], str(row["findings"]), row["first"]]
        for number, row in enumerate(members.to_dict("records"), start=1)
    ]
    looks = {"widths": (1, 4, 4, 2, 9), "empty": "không có xã nào."} | more
    caption = looks.pop("caption", "Các xã và tình trạng số liệu")
    return Table(looks.pop("id", "communes"), caption, header, rows, list(members["unit"]), **looks)


def draft_reasons(parent: str, year: int, members: pd.DataFrame, reviews: pd.DataFrame) -> list[str]:
    """Why the whole can only be a draft: its own frame, communes missing or not final, results that do not add up."""
    told = {state: list(members.loc[members["state"] == state, "name"]) for state in ("missing", "refused", "draft")}
    lines = [checks.said(found) for found in checks.office(parent, year)]
    lines += [f"{len(names)} xã {STATES[state]}: {listed(names)}." for state, names in told.items() if names]
    try:
        poverty.total(reviews)
    except poverty.NotComparable as refusal:
        lines.append(str(refusal))
    return lines


def reasons(parent: str, year: int, out: Path) -> list[str]:
    """`draft_reasons` before the whole is made; the communes' reports are looked for below `out`."""
    with reports_in(out):
        members = communes(parent, year)
    return draft_reasons(parent, year, members, reviews(members, year))


def context(parent: str, year: int, members: pd.DataFrame, reviews: pd.DataFrame, money: pd.DataFrame) -> dict[str, str]:
    """Words that any sentence may use; the map gives the name where the unit has no unit.yml of its own.

    `scope` and `money_scope` say of which communes the sums of the review and of the money are.
    """
    place, issuer = name(parent, year), settings(parent).get("issuer_name")
    scopes = {"scope": scope(members, reviews["village"]), "money_scope": scope(members, money["unit"])}
    return passages.context(parent, year) | {"place": place, "issuer": issuer or f"Ủy ban nhân dân {place}"} | scopes


def opening(parent: str, year: int, abstract: str, draft: list[str], members: pd.DataFrame) -> Passage:
    """The letterhead of the whole; its numbers are made up where those of a commune are."""
    first, place = passages.opening(parent, year, abstract, draft), name(parent, year)
    made_up = any(settings(unit).get("synthetic") == "true" for unit in members["unit"])
    issuer = settings(parent).get("issuer_name") or f"Ủy ban nhân dân {place}"
    head = first.blocks[0]
    if not letterhead.in_force(parent, letterhead.dated(parent, year)):
        head = head | {"issuer": ["ỦY BAN NHÂN DÂN", place.upper()]}
    meta = first.meta | {"synthetic": made_up, "place": place, "issuer": issuer}
    return Passage([head, *first.blocks[1:]], first.figures, meta)
