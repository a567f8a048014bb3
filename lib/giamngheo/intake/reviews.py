"""The results of a year: one, or two in a year that is reviewed under two standards.

Which of two is the main one does not depend on the sheet it was entered in: it is the one whose standard is in force at
the end of the year, which the movements, deprivations, groups and causes of the year belong to as well.
"""

from giamngheo.intake.unit import Year
from giamngheo.law.validity import year_end

SHEETS = ("review", "other_review")


def sheets(this: Year) -> tuple[str, ...]:
    """The tables that hold a result, that of the main one first; `review` alone where there is no other."""
    if not standards(this, SHEETS[1]):
        return SHEETS[:1]
    in_force = set(this.law.standards(year_end(this.year)))
    swapped = standards(this, SHEETS[1]) <= in_force and not standards(this, SHEETS[0]) & in_force
    return SHEETS[::-1] if swapped else SHEETS


def main(this: Year) -> str:
    """The table that holds the main result."""
    return sheets(this)[0]


def named(this: Year) -> dict[str, str]:
    """The standards of the year's results, that of the main one first, by code: the text that sets each.

    None where the unit has no figures of its own, as one whose report puts communes together.
    """
    if this.year not in this.years:
        return {}
    decrees = {row["standard"]: row["decree"].partition(";")[0] for row in reversed(this.law.rows("standards"))}
    return {code: decrees.get(code, code) for table in sheets(this) for code in sorted(standards(this, table))}


def preliminary(this: Year) -> bool:
    """Whether a result of the year is not official yet; False where it is refused or not there."""
    read = [reading for table in sheets(this) if not (reading := this.reading(table)).refused]
    return any(row["status"] == "preliminary" for reading in read for row in reading.rows())


def standards(this: Year, table: str) -> set[str]:
    """The standards that a table names; none where it is refused or not there."""
    reading = this.reading(table)
    return set() if reading.refused else {row["standard"] for row in reading.rows()}
