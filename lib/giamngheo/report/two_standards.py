"""What is said of a result in a year that has two under two poverty standards: under which one it is, by which text."""

import pandas as pd

from giamngheo.figures import results
from giamngheo.intake.unit import Year
from giamngheo.law.dated import Law
from giamngheo.report.passages import plain_paragraph
from giamngheo.report.stored import Passage


def under(this: Year, row: pd.DataFrame) -> str:
    """The words that say under which standard a result is, in a year that has two; nothing in a year with one."""
    return "" if results.second(this) is None else f" theo {decree(this.law, row)}"


def decree(law: Law, row: pd.DataFrame) -> str:
    """The text that sets the standard of a result, by type and number.

    >>> decree(Law(), pd.DataFrame({"standard": ["ND351_2025"]}))
    'Nghị định 351/2025/NĐ-CP'
    """
    standard = row["standard"].item()
    return next(one["decree"].partition(";")[0] for one in law.rows("standards") if one["standard"] == standard)


def objects(this: Year, row: pd.DataFrame) -> list[str]:
    """A line for each count that only some standards know, of those that the result's own knows in the year."""
    known = this.law.objects(row["standard"].item(), this.year)
    return [f"{name}: {{review.{column}}}." for column, name in known.items() if not column.endswith("_persons")]


def first_of_two(this: Year, row: pd.DataFrame, word: str = "") -> Passage:
    """What stands before the main result in a year that has two: under which standard it is."""
    return announced(this, row, word) if under(this, row) else Passage([])


def announced(this: Year, row: pd.DataFrame, word: str = "") -> Passage:
    """The sentence that names a result's standard, and the text by which it was reviewed; `word`: whether it is official."""
    basis, name = this.law.basis(row["standard"].item()), this.law.standard_names()[row["standard"].item()]
    by = f"; rà soát theo {basis['article']} {basis['decree']}".replace("  ", " ") if basis else ""
    return plain_paragraph(f"Kết quả rà soát{word} theo {name[:1].lower()}{name[1:]}{by}:")
