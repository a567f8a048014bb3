"""The law that a simulated year needs, looked up once: its standard, its codes, the capital spent in it."""

from typing import NamedTuple

from giamngheo.law import standards


class Law(NamedTuple):
    """What is in force in a year.

    indicators   of the standard, none where they are not confirmed
    vintages     years whose capital is spent in the year, each with the local sources in force at its end
    """

    year: int
    standard: str
    indicators: list[str]
    groups: list[str]
    causes: list[str]
    vintages: dict[int, list[str]]


def of(year: int) -> Law:
    """The law of `year`; raises ValueError where no standard, or no project of the programme, is known."""
    end = standards.year_end(year)
    in_force = standards.at(standards.law("standards"), end)["standard"]
    if in_force.empty:
        raise ValueError(f"standards.csv không có chuẩn nghèo nào có hiệu lực vào cuối năm {year}")
    standard = in_force.iloc[-1]
    return Law(
        year=year,
        standard=standard,
        indicators=list(standards.indicators(standard)["indicator"]),
        groups=standards.codes("categories", "group", year),
        causes=standards.codes("categories", "cause", year),
        vintages={vintage: _local_sources(vintage) for vintage in _vintages(year)},
    )


def _vintages(year: int) -> list[int]:
    """`year` and the year before, as far as projects were in force; else the last year in which they were."""
    starts = [int(start[:4]) for start in _programme("project")["valid_from"] if start]
    known = [
        one
        for one in range(min(starts), year + 1)
        if len(standards.at(_programme("project"), standards.year_end(one)))
    ]
    if not known:
        raise ValueError(f"programme.csv không có dự án nào có hiệu lực đến hết năm {year}")
    return [one for one in (year - 1, year) if one in known] or known[-1:]


def _local_sources(vintage: int) -> list[str]:
    sources = standards.at(_programme("source"), standards.year_end(vintage))
    return list(sources.loc[sources["parent"] == "local", "code"])


def _programme(kind: str):
    rows = standards.law("programme")
    return rows[rows["kind"] == kind]
