"""How much of the execution of notebooks is spent inside their cells."""

from pathlib import Path

from measure import YEAR, timed

from giamngheo import forking, runner


def inside_cells(pipe, units: list[str], out: Path) -> None:
    """Send how long execution took and how much of it was spent inside cells, in a process forked warm."""
    seconds = {"execution": 0.0, "cells": 0.0}
    execute = runner.execute

    def watched(*given):
        found = []
        seconds["execution"] += timed(lambda: found.append(execute(*given)))
        seconds["cells"] += sum(cell.metadata.get("papermill", {}).get("duration") or 0 for cell in found[0].cells)
        return found[0]

    runner.execute = watched
    for unit in units:
        runner.make(unit, YEAR, out, "warm", say=lambda _: None, formats=("html",))
    pipe.send(seconds)


def overhead(units: list[str], out: Path) -> float:
    """Time to execute notebooks over the time spent inside their cells."""
    warm = forking.context()
    ours_end, theirs_end = warm.Pipe(duplex=False)
    process = warm.Process(target=inside_cells, args=(theirs_end, units, out))
    forking.start(process)
    seconds = ours_end.recv()
    process.join()
    return seconds["execution"] / seconds["cells"]
