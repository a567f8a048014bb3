"""What a kernel is told by its environment: read here, nowhere else.

    GIAMNGHEO_DATA       the data folder; else the project's own `data`, or that of the working folder
    GIAMNGHEO_REPORTS    where finished reports lie, for a unit whose report puts others together
    GIAMNGHEO_KEPT       where the processes that make one report share what they have worked out
"""

import ast
import difflib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from giamngheo.intake import office
from giamngheo.intake.unit import Year
from giamngheo.store import beside, cache, working_folder

PARAMETERS = ("unit", "year", "kind")  # of every notebook
INJECTED = "# Parameters\n"  # what papermill's own cell begins with
_inherited: list[Year] = []
DATA, REPORTS, KEPT = "GIAMNGHEO_DATA", "GIAMNGHEO_REPORTS", "GIAMNGHEO_KEPT"


def opened(unit: str, year: int, kind: str = "") -> Year:
    """A unit's year as this process's environment says; it need not be there until its tables are asked for."""
    require_known_parameters()
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


class UnknownParameter(ValueError):
    """A parameter that papermill was given and no notebook has."""


def require_known_parameters() -> None:
    """Refuse a name that papermill put into this kernel beside the parameters there are: it only warns and runs on with the others."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    given = [cell for cell in shell.user_ns.get("In", ()) if cell.startswith(INJECTED)] if shell else ()
    for name in (target.id for cell in given for line in ast.parse(cell).body for target in getattr(line, "targets", ())):
        if name not in PARAMETERS:
            raise UnknownParameter(unknown_parameter(name, PARAMETERS))


def unknown_parameter(name: str, declared: Sequence[str]) -> str:
    """What is said of a parameter that no notebook declares.

    >>> unknown_parameter("yaer", PARAMETERS)
    'Không có tham số yaer; có phải là year? Các tham số: unit, year, kind.'
    """
    near = difflib.get_close_matches(name, declared, n=1)
    guess = f"; có phải là {near[0]}?" if near else "."
    return f"Không có tham số {name}{guess} Các tham số: {', '.join(declared)}."


def of(this: Year, kept: Path | None = None) -> dict[str, str]:
    """The variables with which another process opens `this` year as it is here, and shares answers in `kept`."""
    told = {DATA: this.root, REPORTS: this.reports, KEPT: kept}
    return {name: str(path.absolute()) for name, path in told.items() if path}
