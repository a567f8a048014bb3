"""A province (or district) from its communes: their counts are added first, everything is divided once.

Which communes there are and what keeps each from its final report; the sums are made in `sums`. Beside them stands the list
of all communes, so that whoever is missing or only in draft is seen.
"""

from dataclasses import replace

import pandas as pd

from giamngheo import checks, present
from giamngheo.checks import complete
from giamngheo.figures import poverty, results, trace
from giamngheo.figures.poverty import known
from giamngheo.findings import DataError, Finding, unusable
from giamngheo.intake import kinds, office, periods
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import REVIEW
from giamngheo.present import Table
from giamngheo.report import after_submission, inputs, passages, sections, sums, two_standards
from giamngheo.report.stored import Passage
from giamngheo.store import manifest
from giamngheo.vietnamese.terms import PRELIMINARY, UNKNOWN
from giamngheo.vietnamese.text import first_few

STATES = {
    "missing": UNKNOWN,
    "refused": "số liệu chưa dùng được",
    "draft": "mới lập được dự thảo",
    "final": "lập được bản chính thức",
}
USABLE = ("draft", "final")  # states of data of which a report can be made
LEAGUE = 10  # communes at each end of the league table
LISTED = 3  # communes that a sentence names


def whole(this: Year) -> Year:
    """The year itself where communes lie below its unit, else that of the nearest unit above; DataError where none is."""
    return this.other(this.law.territory(this.year).whole(this.unit))


def settings(this: Year) -> dict:
    """`unit.yml`; {} where it cannot be read, which is a finding of that unit and stops nobody else."""
    try:
        return office.settings(this)
    except DataError:
        return {}


def name(this: Year) -> str:
    """What a unit is called: in its own unit.yml, else on the map, else by its folder."""
    row = this.law.territory(this.year).units.get(this.unit, {})
    return settings(this).get("name") or row.get("name") or this.unit


def standing(this: Year) -> tuple[str, list[str]]:
    """The state of a commune's year (of `STATES`) and the findings that stand in the way, a line each.

    Its finished report, looked for in `this.reports`, has recorded them: where that was made of the very files there are now, nothing is checked
    again. Equal files and code give equal findings, so it makes no difference to what is said.
    """
    if this.year not in this.years:
        return "missing", []
    record = manifest.read(kinds.folder(this.reports, this)) if this.reports else None
    try:
        if record and record["key"] == inputs.described(this)["key"]:
            return "draft" if record["draft"] else "final", record["draft"]
        found = [finding for finding in checks.findings(this) if finding.level != "note"] + after_submission.findings(this)
    except DataError as refused:
        found = list(refused.findings)
    except OSError as error:
        found = [replace(finding, file=this.place) for finding in unusable(error).findings]
    state = "refused" if any(finding.level == "refuse" for finding in found) else "draft" if found else "final"
    return state, [checks.said(finding) for finding in found]


def communes(parent: Year) -> pd.DataFrame:
    """Every commune below `parent`: unit, name, state (of `STATES`), findings (how many stand in the way), first, found_at."""
    rows, same = [], parent.of_kind(kinds.of(parent).code)  # a report puts together those of its own kind
    for unit in parent.law.territory(parent.year).communes[parent.unit]:
        this = same.other(unit)
        state, found = standing(this)
        place = f"{unit}/{this.year}" if state in USABLE else unit
        rows.append([unit, name(this), state, len(found), found[0] if found else "", place])
    return pd.DataFrame(rows, columns=["unit", "name", "state", "findings", "first", "found_at"])


def usable(parent: Year, members: pd.DataFrame) -> list[Year]:
    """The years of the communes from which a report can be made."""
    return [parent.other(unit) for unit in members.loc[members["state"].isin(USABLE), "unit"]]


def reviews(parent: Year, members: pd.DataFrame) -> pd.DataFrame:
    """The official result of every commune that has one, a row each, its unit in the column `village`.

    No row for a kind of report that does not speak of the review.
    """
    there = usable(parent, members)
    if not there:
        rule = "chưa xã nào có số liệu dùng được nên không có gì để tổng hợp"
        raise DataError([Finding("units.csv", rule, "điền số liệu của các xã", value=str(parent.year))])
    if not kinds.of(parent).speaks_of(REVIEW):
        return pd.DataFrame(columns=["village", "status", "standard"])
    return pd.concat([results.of(this).assign(village=this.unit) for this in there], ignore_index=True)



def together(parent: Year, members: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of one table of all communes, one after the other, each with its `unit`."""
    return pd.concat([results.rows(this, table).assign(unit=this.unit) for this in usable(parent, members)], ignore_index=True)


def second(parent: Year, members: pd.DataFrame, reviews: pd.DataFrame, shown: list[str]) -> Passage:
    """The communes' other results in a year of two standards, a line each and their sum, never added to `reviews`.

    Nothing where no commune has another one.
    """
    rows = seconds(parent, members)
    names, made = dict(zip(members["unit"], members["name"], strict=True)), Passage([])
    for _, own in rows.groupby("standard", sort=False):
        standard = f" theo {results.decree(parent.law, own.iloc[[0]])}"
        whole, rates = (poverty.rates(of).assign(group_name=standard.strip()) for of in (sums.total(sums.grounded(own, "received-second")), own))
        figures = trace.named(trace.figures(whole, "other_review"))
        made += two_standards.announced(parent, own.iloc[[0]], sections.called(own)["preliminary"])
        made += passages.sentence(SECOND, {**figures, "scope": sums.scope(members, own["village"]), "standard": standard})
        made += sections.result(own, passages.table(present.table(
            rates, "other_review", shown, key="village", keys=names, first="Xã", id="second-result",
            caption="Hộ nghèo, hộ cận nghèo theo xã",
        )), standard=standard)  # fmt: skip
    apart = f"Các số ở trên{under(parent, members, reviews)}; không cộng, không trừ với kết quả dưới đây."
    return passages.plain_paragraph(apart) + made if len(rows) else made


def seconds(parent: Year, members: pd.DataFrame) -> pd.DataFrame:
    """The other result of each commune that has two, a row each, its unit in the column `village`."""
    rows = [row.assign(village=this.unit) for this in usable(parent, members) if (row := results.second(this)) is not None]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=["village", "standard", "found_at"])


def under(parent: Year, members: pd.DataFrame, reviews: pd.DataFrame) -> str:
    """The words that say under which standard the communes' results are, where one of them has two; else nothing."""
    if reviews.empty:
        return ""
    mains = (one for _, one in reviews.groupby("standard", sort=False))
    listed = " và ".join(results.decree(parent.law, one.iloc[[0]]) for one in mains)
    return f" theo {listed}" if len(seconds(parent, members)) else ""


SECOND = (
    "Cộng {scope}{standard}: {other_review.households}; hộ nghèo {other_review.poor_households}, chiếm {other_review.poor_rate}; hộ cận nghèo "
    "{other_review.near_poor_households}, chiếm {other_review.near_poor_rate} tổng số hộ."
)



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
    return Table(looks.pop("id", "communes"), caption, header, rows, list(members["found_at"]), **looks)


def draft_reasons(parent: Year, members: pd.DataFrame, reviews: pd.DataFrame) -> list[str]:
    """Why the whole can only be a draft: its own frame, communes missing or not final, results that do not add up."""
    told = {state: list(members.loc[members["state"] == state, "name"]) for state in ("missing", "refused", "draft")}
    lines = [checks.said(found) for found in complete.frame(parent)]
    lines += [f"{len(names)} xã {STATES[state]}: {first_few(names, LISTED, 'xã')}." for state, names in told.items() if names]
    early = [parent.other(unit) for unit in reviews.loc[reviews["status"] == "preliminary", "village"]]
    lines += [f"{len(early)} xã {PRELIMINARY}: {first_few([name(this) for this in early], LISTED, 'xã')}."] if early else []
    try:
        poverty.total(reviews) if len(reviews) else None
    except poverty.NotComparable as refusal:
        lines.append(refusal.named(parent.law.standard_names()))
    return lines


def reasons(this: Year) -> list[str]:
    """Why the report of a year, a commune's or a whole's, can only be a draft, before it is made."""
    if not this.law.territory(this.year).is_whole(this.unit):
        return checks.draft_reasons(this) + after_submission.reasons(this)
    members = communes(this)
    return draft_reasons(this, members, reviews(this, members)) + after_submission.reasons(this)


def context(parent: Year, members: pd.DataFrame, reviews: pd.DataFrame, money: pd.DataFrame) -> dict[str, str]:
    """Words that any sentence may use; the map gives the name where the unit has no unit.yml of its own.

    `scope` and `money_scope` say of which communes the sums of the review and of the money are.
    """
    place, issuer = name(parent), settings(parent).get("issuer_name")
    scopes = {"scope": sums.scope(members, reviews["village"]), "money_scope": sums.scope(members, money["unit"])}
    words = passages.context(parent) | {"place": place, "issuer": issuer or f"Ủy ban nhân dân {place}"} | scopes
    return words | {"period": passages.text(periods.of(parent), words)}


def opening(parent: Year, abstract: str, draft: list[str], members: pd.DataFrame) -> Passage:
    """The letterhead of the whole; its numbers are made up where those of a commune are."""
    first, place = passages.opening(parent, abstract, draft), name(parent)
    made_up = any(settings(parent.other(unit)).get("synthetic") == "true" for unit in members["unit"])
    issuer = settings(parent).get("issuer_name") or f"Ủy ban nhân dân {place}"
    head = first.blocks[0]
    if not office.in_force(parent, office.dated(parent)):
        head = head | {"issuer": ["ỦY BAN NHÂN DÂN", place.upper()]}
    meta = (first.meta or {}) | {"synthetic": made_up, "place": place, "issuer": issuer}
    return Passage([head, *first.blocks[1:]], first.figures, meta, first.read)
