"""What comes with the library: notebooks, law, an example and guides, beside it in the repository or inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent
INSIDE = PACKAGE / "workbook"  # only in a wheel: pyproject.toml puts it there
INSTALLED = INSIDE.is_dir()
ROOT = INSIDE if INSTALLED else PACKAGE.parents[1]
DATA, NOTEBOOKS = ROOT / "data", ROOT / "notebooks"


def is_workbook(folder: Path) -> bool:
    """Whether a folder has notebooks of its own."""
    return any((folder / "notebooks" / path.name).is_file() for path in NOTEBOOKS.glob("*.ipynb"))


def workbook(data: Path) -> Path:
    """The folder whose notebooks a data folder is used with: the one it stands in, else what comes with the library."""
    return data.parent if is_workbook(data.parent) else ROOT


def notebook(data: Path, name: str) -> Path:
    """The file of a notebook, by its name without .ipynb, that a data folder is used with."""
    return workbook(data) / "notebooks" / f"{name}.ipynb"
