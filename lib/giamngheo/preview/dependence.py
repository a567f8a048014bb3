"""What has to be made again when a file is saved: the notebooks, by the kind of file."""

from collections.abc import Iterable
from pathlib import Path

from giamngheo.store.manifest import BOOKS, ROLLUP

EVERY = frozenset(BOOKS + ROLLUP)
OF_WORDS = frozenset({"03_checks", "04_report", *ROLLUP})  # the others show figures alone
OFFICE = ("unit.yml", "report.yml")


def notebooks(path: Path) -> frozenset[str]:
    """The notebooks that show something else once this file is another one.

    >>> sorted(notebooks(Path("data/xa/2024/narrative/causes.md")))
    ['03_checks', '04_report', '05_rollup']
    >>> sorted(notebooks(Path("notebooks/02_budget.ipynb")))
    ['02_budget']
    >>> notebooks(Path("data/xa/2024/so-lieu.xlsx")) == notebooks(Path("data/standards.csv")) == EVERY
    True
    """
    if path.suffix == ".ipynb":
        return frozenset({path.stem})
    return OF_WORDS if path.parent.name == "narrative" or path.name in OFFICE else EVERY


def of_all(paths: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(notebooks(Path(path)) for path in paths))
