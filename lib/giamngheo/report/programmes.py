"""Money by programme and type of capital, and by whose decision a commune's own contents of the programme are."""

import pandas as pd

from giamngheo.figures import budget
from giamngheo.law.dated import Law
from giamngheo.present import day
from giamngheo.present.tables import table as shown
from giamngheo.report.passages import table
from giamngheo.report.stored import Passage

BY = ["programme", "capital_type"]
CAPTION = "Kế hoạch vốn và giải ngân theo chương trình, loại vốn"
MONEY = ["planned", "disbursed", "disbursement_rate", "share"]


def named(law: Law, lines: pd.DataFrame) -> pd.DataFrame:
    """The lines, each with the `programme` that its project is of."""
    of = law.programmes()
    return lines.assign(programme=pd.array([of.get(project, project) for project in lines["project"]], dtype="str"))


def by_commune(law: Law, lines: pd.DataFrame) -> pd.DataFrame:
    """The money of each commune (`unit`) for each programme and type of capital; no row where there is one of each."""
    own = named(law, lines)
    return budget.breakdown(own, [*BY, "unit"]).sort_values(BY, kind="stable") if len(own[BY].drop_duplicates()) > 1 else own.head(0)


def by_programme(lines: pd.DataFrame, called: dict[str, str], whose: str = "") -> Passage:
    """Plan and disbursement of each programme and, within it, of each type of capital; nothing where there is one of each.

    `lines` say which programme they are of (`named`), `called` is what programmes and types are called (`names`), `whose`
    stands behind the table's name.
    """
    within = budget.breakdown(lines, BY)
    if len(within) < len(BY):
        return Passage([])
    rows = whose_types(pd.concat([budget.breakdown(lines, BY[:1]).assign(capital_type=""), within], ignore_index=True), called)
    return table(shown(
        rows, "budget", MONEY, key=" ".join(BY), keys=called,
        first="Chương trình, loại vốn", id="by-programme", caption=CAPTION + whose, unit="Đơn vị tính: đồng",
    ))  # fmt: skip


def whose_types(rows: pd.DataFrame, called: dict[str, str]) -> pd.DataFrame:
    """The rows, those of a type of capital under the name of their programme: outside the table two programmes have the same types."""
    pairs = list(zip(rows["programme"], rows["capital_type"], strict=True))
    groups = [called.get(programme, programme) if type_ else "" for programme, type_ in pairs]
    own = [called.get(f"{programme}.{type_}" if type_ else programme, type_ or programme) for programme, type_ in pairs]
    return rows.assign(group_name=groups, row_name=[name.removeprefix("– ") for name in own])


def names(law: Law, year: int) -> dict[str, str]:
    """The names of programmes and, below each, of the types of its capital as they were called in its time."""
    found: dict[str, str] = {}
    for row in (row for row in law.rows("programme") if row["kind"] == "programme"):
        types = law.names("programme", "capital_type", min(year, int(row["valid_to"][:4])))
        found |= {row["code"]: row["name"]} | {f"{row['code']}.{code}": f"– {name}" for code, name in types.items()}
    return found


def as_of(lines: pd.DataFrame) -> str:
    """Up to which day the money was paid out, to stand behind “giải ngân”; "" where no line says it.

    >>> as_of(pd.DataFrame({"as_of": pd.to_datetime(["2026-06-30", None]), "disbursed": pd.array([5, 7], dtype="Int64")}))
    ' tính đến ngày 30 tháng 6 năm 2026 (có khoản chưa ghi ngày)'
    """
    paid = lines[lines["disbursed"].notna()]
    days = sorted(paid["as_of"].dropna().unique())
    if not days:
        return ""
    first, last = (day(pd.Timestamp(found)) for found in (days[0], days[-1]))
    said = f" tính đến {first}" if first == last else f" tính đến các ngày khác nhau, từ {first} đến {last}"
    return said + " (có khoản chưa ghi ngày)" * bool(paid["as_of"].isna().any())


def decrees(law: Law, projects: pd.Series) -> tuple[str, ...]:
    """A note for each of the projects that a decision gave to the commune: by which one."""
    return tuple(f"{said}." for said in law.decrees(dict.fromkeys(projects)))
