"""A copy of the project whose first notebook has other cells: to see how commands end that its cells disturb."""

import shutil
from pathlib import Path

import nbformat

from conftest import PROJECT, SEED
from giamngheo.run import runner

PARAMETERS = 'unit: str = "x"  # mã đơn vị\nyear: int = 2020  # năm rà soát'


def write(root: Path, *cells: str | nbformat.NotebookNode, unit: str) -> None:
    """Write the project below `root` with the data of one commune, 2022; text is a cell of code after the parameters."""
    unread = shutil.ignore_patterns("__pycache__", SEED)
    for part in ("lib", "data"):
        shutil.copytree(PROJECT / part, root / part, ignore=unread)
    new, kernel = nbformat.v4, {"name": "python3", "display_name": "Python 3", "language": "python"}
    parameters = new.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    prose = [cell for cell in cells if not isinstance(cell, str)]
    first = [*prose, parameters, *(new.new_code_cell(cell) for cell in cells if isinstance(cell, str))]
    (root / "notebooks").mkdir()
    for name in runner.NOTEBOOKS:
        notebook = new.new_notebook(cells=first if name == runner.NOTEBOOKS[0] else [parameters], metadata={"kernelspec": kernel})
        nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")
    folder = root / "data" / unit / "2022"
    folder.mkdir(parents=True)
    header = (PROJECT / "data" / SEED / "2022" / "review.csv").read_text(encoding="utf-8").splitlines()[0]
    row = dict.fromkeys(header.split(","), "") | {"households": "200", "poor_households": "30"}
    row |= {"status": "official", "standard": "ND07_2021"}
    (folder / "review.csv").write_text(f"{header}\n{','.join(row.values())}\n", encoding="utf-8")
