"""Yearly poverty reports of communes, every number of which can be made again.

    import giamngheo
    this = giamngheo.opened("kong-long-khong", 2022)    # a unit's year: its tables, its law, its neighbours
    review = this.table("review")

The rooms, from the ground up: `findings`, `vietnamese`, `writers`, `law`, `store`, `intake`, `reconcile`, `figures`,
`present`, `checks`, `report`, `review`, `run`, `year`, `lab`, `preview`, `simulate`, and `cli`, the command line. A room imports
only rooms below it, and a function answers from what it is given: the environment is read by `environment` alone.
"""

__all__ = ["__version__", "opened"]


def __getattr__(name: str) -> str:
    """`__version__`, looked up when it is asked for: no command waits for it."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version

    return version("giamngheo")


def opened(unit: str, year: int, kind: str = ""):
    """A unit's year (`intake.unit.Year`) from the data folder that the environment names, for notebooks.

    `kind` is the kind of report, a code of `data/kinds.csv`; "" for the year's main one.

    Opening it again is cheap, and a file that is saved in between is noticed anyway.
    """
    from giamngheo import environment  # so that `import giamngheo` alone stays quick

    return environment.opened(unit, year, kind)
