"""How much of the execution of notebooks is spent inside their cells, and in which.

A module of its own, because a warm process cannot load a function of a script.
"""

from collections import Counter
from pathlib import Path

from measure import YEAR, timed

from giamngheo.intake.unit import Year
from giamngheo.run import forkserver, runner

Cell = tuple[str, str]  # the notebook, the last line of the cell


def inside_cells(pipe, root: Path, units: list[str], out: Path) -> None:
    """Send how long execution took and how long each cell did, in a process forked warm."""
    execution, cells = [], Counter()
    execute = runner.execute

    def watched(name, *given):
        found = []
        execution.append(timed(lambda: found.append(execute(name, *given))))
        for cell in found[0].cells:
            if cell.cell_type == "code":
                said = cell.source.splitlines()[-1]
                cells[name, said] += cell.metadata.papermill.duration or 0
        return found[0]

    runner.execute = watched
    for unit in units:
        runner.make(Year(root, unit, YEAR), out, "warm", say=lambda _: None, formats=("html",))
    pipe.send((sum(execution), cells))


def measured(root: Path, units: list[str], out: Path) -> tuple[float, Counter[Cell]]:
    """Seconds that the execution of notebooks took, and seconds inside each cell."""
    warm = forkserver.context()
    ours_end, theirs_end = warm.Pipe(duplex=False)
    process = warm.Process(target=inside_cells, args=(theirs_end, root, units, out))
    forkserver.start(process)
    found = ours_end.recv()
    process.join()
    return found


def overhead(root: Path, units: list[str], out: Path) -> float:
    """Time to execute notebooks over the time spent inside their cells."""
    execution, cells = measured(root, units, out)
    return execution / cells.total()
