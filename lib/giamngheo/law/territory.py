"""Which communes lie below which unit: the map `units.csv` as it stood at the end of a year.

A unit with communes below it (a district until 30/06/2025, a province) has a report that puts theirs together.
"""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from giamngheo.findings import DataError, Finding
from giamngheo.law.validity import in_force


class Territory:
    """The map on a day: `units`, its rows by unit, in the order of the map."""

    def __init__(self, rows: Iterable[dict[str, str]], day: dt.date):
        self.day = day
        self.units = {row["unit"]: row for row in rows if in_force(row, day)}

    @cached_property
    def communes(self) -> dict[str, list[str]]:
        """For every unit that has communes below it: which, in the order of the map."""
        found: dict[str, list[str]] = {}
        for unit in (unit for unit, row in self.units.items() if row["kind"] == "commune"):
            for above in self.ancestors(unit):
                found.setdefault(above, []).append(unit)
        return found

    def ancestors(self, unit: str) -> list[str]:
        """The units above `unit`, the nearest first.

        >>> rows = [{"unit": unit, "parent": parent, "kind": "", "valid_from": "", "valid_to": ""}
        ...         for unit, parent in (("xa", "huyen"), ("huyen", "tinh"), ("tinh", ""))]
        >>> Territory(rows, dt.date(2022, 12, 31)).ancestors("xa")
        ['huyen', 'tinh']
        """
        found: list[str] = []
        while unit in self.units and (unit := self.units[unit]["parent"]) and unit not in found:
            found.append(unit)
        return found

    def is_whole(self, unit: str) -> bool:
        """Whether the unit's report is one that puts together those of the communes below it."""
        return unit in self.communes

    def whole(self, unit: str) -> str:
        """The unit itself where communes lie below it, else the nearest one above it; DataError where there is none."""
        found = next((name for name in (unit, *self.ancestors(unit)) if self.is_whole(name)), None)
        if found is None:
            rule = f"không có xã nào thuộc đơn vị này vào cuối năm {self.day.year}, và không có đơn vị cấp trên"
            remedy = "xem cột parent, valid_from, valid_to"
            raise DataError([Finding("units.csv", rule, remedy, header="unit", value=unit)])
        return found
