"""What each command does, with the options as argparse gives them: `reporting.report(given)` for `giamngheo report …`.

Each returns its exit code (`cli`). What one alone needs is imported by it, so that none waits for the others' rooms.
"""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from giamngheo.intake.unit import Year


def opened(given: argparse.Namespace, unit: str = "", year: int = 0) -> "Year":
    """The year that the command line names, or another of the same folder; DataError for a kind of report that is none."""
    from giamngheo.intake import kinds
    from giamngheo.intake.unit import Year  # slow to import, and `--help` needs none

    kind = getattr(given, "kind", "")
    this = Year(given.data.resolve(), unit or given.unit, year or given.year, reports=given.out.resolve(), kind=kind)
    if kind:
        kinds.of(this)
    return this


def followed(step: Callable[[], object]) -> bool:
    """Do what follows a finished report; where a file of it is refused, that is told and the report stands."""
    from giamngheo.findings import DataError

    try:
        step()
    except DataError as refused:
        print(refused, file=sys.stderr)
        return False
    return True
