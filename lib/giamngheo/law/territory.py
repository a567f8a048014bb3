"""Which communes lie below which unit: the map `units.csv` as it stood at the end of a year.

A unit with communes below it (a district until 30/06/2025, a province) has a report that puts theirs together.
"""

from functools import lru_cache
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.intake import data
from giamngheo.law import standards

Map = dict[str, dict[str, str]]


def units(year: int) -> Map:
    """The rows of the map in force at the end of `year` by unit, in the order of the map."""
    path = data.law_path("units")
    return _units(path, path.stat().st_mtime_ns, year)


@lru_cache(maxsize=8)
def _units(path: Path, changed: int, year: int) -> Map:
    end = standards.year_end(year)
    return {row["unit"]: row for row in standards.read_rows(path, changed) if standards.in_force(row, end)}


def ancestors(unit: str, units: Map) -> list[str]:
    """The units above `unit`, the nearest first.

    >>> ancestors("xa", {"xa": {"parent": "huyen"}, "huyen": {"parent": "tinh"}, "tinh": {"parent": ""}})
    ['huyen', 'tinh']
    """
    found: list[str] = []
    while (unit := units.get(unit, {}).get("parent", "")) and unit not in found:
        found.append(unit)
    return found


def communes(year: int) -> dict[str, list[str]]:
    """For every unit that has communes below it at the end of `year`: which, in the order of the map."""
    path = data.law_path("units")
    return _communes(path, path.stat().st_mtime_ns, year)


@lru_cache(maxsize=8)
def _communes(path: Path, changed: int, year: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = _units(path, changed, year)
    for unit in (unit for unit, row in rows.items() if row["kind"] == "commune"):
        for above in ancestors(unit, rows):
            found.setdefault(above, []).append(unit)
    return found


def is_whole(unit: str, year: int) -> bool:
    """Whether the unit's report is one that puts together those of the communes below it."""
    return unit in communes(year)


def whole(unit: str, year: int) -> str:
    """The unit itself where communes lie below it, else the nearest one above it; DataError where there is none."""
    found = next((name for name in (unit, *ancestors(unit, units(year))) if is_whole(name, year)), None)
    if found is None:
        rule = f"không có xã nào thuộc đơn vị này vào cuối năm {year}, và không có đơn vị cấp trên"
        raise DataError([Finding("units.csv", "", 0, "", "unit", unit, rule, "xem cột parent, valid_from, valid_to")])
    return found
