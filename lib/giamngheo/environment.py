"""What a kernel is told by its environment: read here, nowhere else.

    GIAMNGHEO_DATA       the data folder; else the project's own `data`, or that of the working folder
    GIAMNGHEO_REPORTS    where finished reports lie, for a unit whose report puts others together
    GIAMNGHEO_KEPT       where the processes that make one report share what they have worked out
"""

import os
from pathlib import Path

from giamngheo.intake import office
from giamngheo.intake.unit import Year
from giamngheo.store import beside, cache, working_folder

_inherited: list[Year] = []
DATA, REPORTS, KEPT = "GIAMNGHEO_DATA", "GIAMNGHEO_REPORTS", "GIAMNGHEO_KEPT"


def opened(unit: str, year: int, kind: str = "") -> Year:
    """A unit's year as this process's environment says; it need not be there until its tables are asked for."""
    cache.share(os.environ.get(KEPT))
    reports, data = os.environ.get(REPORTS), Path(os.environ.get(DATA) or working_folder.data_of(Path.cwd()))
    beside.require_own(data, Path.cwd())
    asked = Year(data, unit, year, reports=Path(reports) if reports else None, kind=kind)
    return next((known for known in _inherited if same(known, asked)), asked)


def inherit(this: Year) -> None:
    """In a process that was forked: go on with `this` year as the one who forked it had opened it and worked it out."""
    _inherited[:] = [this]


def same(known: Year, asked: Year) -> bool:
    """Whether two years are of one folder, unit, year and kind, so that they answer alike."""
    if (known.unit, known.year) != (asked.unit, asked.year) or of(known) != of(asked):
        return False
    return office.kind(known) == office.kind(asked)


def of(this: Year, kept: Path | None = None) -> dict[str, str]:
    """The variables with which another process opens `this` year as it is here, and shares answers in `kept`."""
    told = {DATA: this.root, REPORTS: this.reports, KEPT: kept}
    return {name: str(path.absolute()) for name, path in told.items() if path}
