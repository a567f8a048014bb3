"""What is said of a result in a year that has two under two poverty standards: under which one it is, by which text."""

import pandas as pd

from giamngheo.figures.results import under
from giamngheo.intake.unit import Year
from giamngheo.report.passages import plain_paragraph
from giamngheo.report.stored import Passage


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
