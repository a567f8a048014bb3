"""From what headings and lines say of a number to its place in the year's tables: table, keys beside the village, column."""

from typing import NamedTuple

from giamngheo.imports.headings import CODES, Says
from giamngheo.law.dictionary import columns, tables

CLASSES = ("poor", "near_poor")
KIND_OF = {table: kind for kind, table in CODES.items()}
CALLED = {
    "review": "kết quả rà soát",
    "other_review": "kết quả rà soát theo chuẩn khác",
    "movements": "diễn biến",
    "deprivations": "chỉ số thiếu hụt",
    "groups": "nhóm đối tượng",
    "causes": "nguyên nhân nghèo",
}


class Target(NamedTuple):
    """A column of a table, and the codes that with the village name its row."""

    keys: tuple[tuple[str, str], ...]
    column: str


def joined(column: Says, line: Says) -> Says | None:
    """What a column and a line say together; None where they contradict each other.

    >>> joined({"class": "poor", "measure": "households"}, {"measure": "persons"})
    {'class': 'poor', 'measure': 'persons'}

    A line of a class lets its columns say what they count:

    >>> joined({"measure": "persons"}, {"class": "poor", "measure": "households"})
    {'measure': 'persons', 'class': 'poor'}
    """
    if "class" in line and "class" not in column and "measure" in column:
        line = {kind: value for kind, value in line.items() if kind != "measure"}
    if column.get("measure") == "persons" and line.get("measure") == "households":
        return None
    if column.get("class", "all") != "all" and line.get("class", column["class"]) != column["class"]:
        return None
    return column | line


def target(table: str, says: Says) -> Target | None:
    """Where a count goes that headings and line say this of; None where they do not say enough, or it is no such count."""
    if says.get("rate") or says.get("role") or "deficits" in says:
        return None
    if table in ("review", "other_review"):
        name = review(says)
        return Target((), name) if name else None
    class_, measure = says.get("class", ""), says.get("measure", "households")
    if class_ not in CLASSES:
        return None
    if table == "movements":
        return Target((("class", class_), ("measure", measure)), says["move"]) if "move" in says and "measure" in says else None
    kind = KIND_OF[table]
    if kind not in says or measure not in {column.name for column in tables()[table]} or others(says, kind):
        return None
    return Target((("class", class_), (kind, says[kind])), measure)


def others(says: Says, kind: str) -> bool:
    """Whether something is said that a count of this kind has no place for."""
    return any(name in says for name in (*CODES, "move") if name != kind) or "minority" in says and says.get(kind) != "minority"


def review(says: Says) -> str:
    """The column of the review; "" for none.

    >>> review({"class": "poor", "measure": "persons"}), review({"class": "near_poor", "minority": "yes", "measure": "households"})
    ('poor_persons', 'minority_near_poor_households')
    """
    if "column" in says:
        return says["column"]
    class_, measure = says.get("class", "all" if "total" in says or "minority" in says else ""), says.get("measure", "")
    if not class_ or not measure or "move" in says or "step" in says or any(kind in says for kind in CODES if kind != "group"):
        return ""
    if "group" in says and says["group"] != "minority":
        return ""
    name = "_".join(filter(None, ["minority" if "minority" in says else "", "" if class_ == "all" else class_, measure]))
    return name if ("review", name) in columns() else ""


def rate(says: Says) -> str:
    """The rate of the review that is said; "" where there is none in the dictionary, or more than one."""
    class_, measure = says.get("class", ""), says.get("measure", "households")
    if "minority" in says or any(kind in says for kind in (*CODES, "move")):
        return ""
    short = "multidimensional_poverty" if class_ == "multidimensionally_poor" else class_
    name = f"{short}_{'person_' if measure == 'persons' else ''}rate"
    return name if ("review", name) in columns() else ""
