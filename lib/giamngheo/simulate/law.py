"""The law that a simulated year needs, looked up once: its standard, its codes, the capital spent in it."""

from typing import NamedTuple

from giamngheo.law import dated
from giamngheo.law.validity import in_force, year_end


class Law(NamedTuple):
    """What is in force in a year.

    second       the standard under which the year is reviewed too; "" where it is not
    unknown      columns of the review that a standard does not know, for both
    indicators   of the standard, none where they are not confirmed
    vintages     years whose capital is spent in the year, each with the local sources in force at its end
    """

    year: int
    standard: str
    second: str
    unknown: dict[str, list[str]]
    indicators: list[str]
    groups: list[str]
    causes: list[str]
    vintages: dict[int, list[str]]

    def known(self, review: list[dict]) -> list[dict]:
        """The rows of a review without the columns that their standard does not know."""
        return [{column: value for column, value in row.items() if column not in self.unknown[row["standard"]]} for row in review]


def of(year: int, laws: dated.Law) -> Law:
    """What `laws` say of `year`; raises ValueError where no standard, or no project of the programme, is known."""
    laws.require_reviewed(year)
    standard = laws.standards(year_end(year))[-1]
    second = next((one for one in laws.reviewed(year) if one != standard), "")
    return Law(
        year=year,
        standard=standard,
        second=second,
        unknown={one: laws.unknown(one, year) for one in (standard, second) if one},
        indicators=list(laws.indicators(standard)),
        groups=laws.codes("categories", "group", year),
        causes=laws.codes("categories", "cause", year),
        vintages={vintage: _local_sources(vintage, laws) for vintage in _vintages(year, laws)},
    )


def _vintages(year: int, laws: dated.Law) -> list[int]:
    """`year` and the year before, as far as projects were in force; else the last year in which they were."""
    projects = [row for row in laws.rows("programme") if row["kind"] == "project"]
    first = min(int(row["valid_from"][:4]) for row in projects if row["valid_from"])
    known = [one for one in range(first, year + 1) if any(in_force(row, year_end(one)) for row in projects)]
    if not known:
        raise ValueError(f"programme.csv không có dự án nào có hiệu lực đến hết năm {year}")
    return [one for one in (year - 1, year) if one in known] or known[-1:]


def _local_sources(vintage: int, laws: dated.Law) -> list[str]:
    local = (row for row in laws.rows("programme") if (row["kind"], row["parent"]) == ("source", "local"))
    return [row["code"] for row in local if in_force(row, year_end(vintage))]
