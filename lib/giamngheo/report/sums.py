"""The sums of a report that puts communes together, and of which communes each of them is.

Counts are added first, everything is divided once. The parts of a sum stand in a table of the notebook, a line for each
commune (`TABLES`): the sum cites those lines, and they cite the communes' files. A sum with an unknown part is unknown;
what is known of the other communes is said beside it (`known`). Wherever a sum is printed it says of which communes (`scope`).
"""

import re

import pandas as pd

from giamngheo.figures import budget, poverty, results, trace
from giamngheo.figures.trace import Figure
from giamngheo.intake.unit import Year
from giamngheo.report import passages
from giamngheo.report.passages import Named
from giamngheo.report.stored import Passage
from giamngheo.vietnamese.text import first_few

BOOK = "05_rollup.html"
TABLES = {  # those with a line for each commune, by their addresses
    "received": "Kết quả rà soát của các xã",
    "received-before": "Kết quả rà soát năm trước của các xã",
    "received-second": "Kết quả thứ hai của các xã",
    "money-by-commune": "Vốn theo xã",
    "money-by-project-and-commune": "Vốn theo dự án và xã",
    "money-by-source-and-commune": "Vốn theo nguồn và xã",
    "money-by-programme-and-commune": "Vốn theo chương trình, loại vốn và xã",
}
LISTED = 3  # communes that a sentence names
SHARE = ", chiếm "  # begins what a line says of the share that its count is
FIGURE = re.compile(r"\{review\.(\w+)\}")


def grounded(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of a table of communes, each found in its line of that table, so that their sum cites these lines.

    >>> grounded(pd.DataFrame({"village": ["a", "b"]}), "received")["found_at"].tolist()[1]
    '05_rollup.html, bảng “Kết quả rà soát của các xã”:2'
    """
    return frame.assign(found_at=[f"{place(table)}:{line}" for line in range(1, len(frame) + 1)])


def place(table: str) -> str:
    """
    >>> place("money-by-commune")
    '05_rollup.html, bảng “Vốn theo xã”'
    """
    return f"{BOOK}, bảng “{TABLES[table]}”"


def total(reviews: pd.DataFrame) -> pd.DataFrame:
    """One row: the communes' counts added; all unknown where results of two standards or statuses must not be."""
    try:
        return poverty.total(reviews)
    except poverty.NotComparable:
        counted = poverty.counts("review", reviews)
        return poverty.total(reviews.assign(status="", standard="", **dict.fromkeys(counted, pd.NA)))


def scope(members: pd.DataFrame, known_of: pd.Series) -> str:
    """Of which communes a sum is, `known_of` being the unit of each of its rows.

    >>> three = pd.DataFrame({"unit": ["a", "b", "c"]})
    >>> scope(three, pd.Series(["a", "a", "c"])), scope(three, pd.Series(["a", "b", "c"]))
    ('2/3 xã có số liệu', 'toàn bộ 3 xã')
    """
    there, all_of_them = known_of.nunique(), len(members)
    return f"toàn bộ {all_of_them} xã" if there == all_of_them else f"{there}/{all_of_them} xã có số liệu"


# what is known of some communes -------------------------------------------------------------------------


def points(members: pd.DataFrame, reviews: pd.DataFrame, said: list[str], words: Named) -> Passage:
    """Lines about all communes as a list; one that is known of some alone says of how many (`known`)."""
    told, figures = known(members, reviews, said)
    return passages.items(told, {**words, **figures})


def known(members: pd.DataFrame, reviews: pd.DataFrame, said: list[str]) -> tuple[list[str], dict[str, Figure]]:
    """Lines about all communes, and figures for those of them that are about the communes of which their counts are known.

    A line whose counts are not known of every commune says of how many it is; one that is known of none says so without a share.
    """
    told: list[str] = []
    figures: dict[str, Figure] = {}
    for line in said:
        there = of_known(reviews, line)
        if there.empty and SHARE in line:  # of no commune: not `chiếm chưa có số liệu tổng số hộ`
            line = f"{line.partition(SHARE)[0]}."
            there = of_known(reviews, line)
        columns = FIGURE.findall(line)
        if 0 < len(there) < len(reviews):
            figures |= trace.named(trace.figures(poverty.rates(total(there)), "review", only=columns, called="known"))
            subject, _, rest = line.replace("{review.", "{known.").partition(": ")
            line = f"{subject} ({len(there)}/{len(members)} xã có số liệu này): {rest}"
        told.append(line)
    return told, figures


def of_known(reviews: pd.DataFrame, line: str) -> pd.DataFrame:
    """The communes of which every count that a line is made from is known."""
    return reviews[reviews[counts_of(FIGURE.findall(line))].notna().all(axis=1)]


def counts_of(columns: list[str]) -> list[str]:
    """The counts of the review that columns are, or are computed from.

    >>> counts_of(["multidimensional_poverty_rate"])
    ['poor_households', 'near_poor_households', 'households']
    """
    found: list[str] = []
    for name in columns:
        row = trace.column("review", name)
        computed = row["required"] == "formula"
        found += counts_of(list(trace.operand_names(row["rule"]))) if computed else [name]
    return list(dict.fromkeys(found))


# last year ----------------------------------------------------------------------------------------------


def last_year(parent: Year, reviews: pd.DataFrame) -> pd.DataFrame:
    """Last year's result of every commune that has one to be compared with this year's, a row each, its unit in `village`."""
    rows = []
    for unit, now in reviews.groupby("village", sort=False):
        before = results.baseline(parent.other(unit))
        if before is not None and not refusal(now, before):
            rows.append(before.assign(village=unit))
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=["village", "found_at"])


def refusal(now: pd.DataFrame, before: pd.DataFrame) -> poverty.NotComparable | None:
    """Why two results must not be subtracted; None where they may be."""
    try:
        poverty.comparable(now, before)
    except poverty.NotComparable as reason:
        return reason
    return None


def comparison(parent: Year, members: pd.DataFrame, reviews: pd.DataFrame, before: pd.DataFrame) -> results.Comparison:
    """The communes of `before` (`last_year`) this year against last year; a sentence where there is none of them."""
    nothing = pd.DataFrame(columns=poverty.CHANGE)
    if before.empty:
        return results.Comparison(nothing, not_one(parent, members, reviews))
    now = grounded(reviews, "received")
    try:
        earlier = poverty.total(grounded(before, "received-before"))
        changes = poverty.changes(poverty.total(now[now["village"].isin(before["village"])]), earlier)
    except poverty.NotComparable as reason:
        return results.Comparison(nothing, reason.named(parent.law.standard_names()))
    return results.Comparison(changes, before=earlier)


def not_one(parent: Year, members: pd.DataFrame, reviews: pd.DataFrame) -> str:
    """Why no commune's two years can be compared."""
    for unit, now in reviews.groupby("village", sort=False):
        before = results.baseline(parent.other(unit))
        if before is not None and (reason := refusal(now, before)):
            return reason.named(parent.law.standard_names())
    return f"Chưa so sánh được với năm {parent.year - 1}: {first_few(list(members['name']), LISTED, 'xã')} chưa đủ số liệu."


def of_both_years(members: pd.DataFrame, before: pd.DataFrame) -> str:
    """Of which communes a comparison is."""
    said = scope(members, before["village"])
    return said if len(before) == len(members) else f"{said} so sánh được của cả hai năm"


def without_both_years(parent: Year, members: pd.DataFrame, before: pd.DataFrame) -> list[str]:
    """The sentence that says which communes a comparison leaves out; none where it has them all, or there is none."""
    out = list(members.loc[~members["unit"].isin(before["village"]), "name"])
    if not out or before.empty:
        return []
    return [f"So sánh với năm {parent.year - 1} chỉ tính {of_both_years(members, before)}; không tính: {', '.join(out)}."]


# districts ----------------------------------------------------------------------------------------------


def districts(parent: Year) -> dict[str, str]:
    """For each commune the unit right below `parent` that it lies in; nothing where there are not two of these."""
    map_of_it = parent.law.territory(parent.year)
    below = [unit for unit, row in map_of_it.units.items() if row["parent"] == parent.unit and map_of_it.is_whole(unit)]
    return {commune: unit for unit in below for commune in map_of_it.communes[unit]} if len(below) > 1 else {}


def reviews_by_district(parent: Year, reviews: pd.DataFrame) -> pd.DataFrame:
    """The communes' counts added up for each district, its unit in `village`; no row where there are not two of them."""
    found = grounded(reviews, "received").assign(district=reviews["village"].map(districts(parent)))
    rows = [total(own).assign(village=unit) for unit, own in found.groupby("district", sort=False)]
    return pd.concat(rows, ignore_index=True) if rows else reviews.head(0)


def money_by_district(parent: Year, by_commune: pd.DataFrame) -> pd.DataFrame:
    """The communes' money added up for each district, its code in `unit`; no row where there are not two of them."""
    found = grounded(by_commune, "money-by-commune").assign(unit=by_commune["unit"].map(districts(parent)))
    return budget.breakdown(found, ["unit"]) if districts(parent) else found.head(0)
