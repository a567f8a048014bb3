"""The named kinds of errors, after what an officer would have done: where they stand, what hides them."""

import re
from typing import NamedTuple

from giamngheo.law.dictionary import COUNTED, Column
from giamngheo.simulate import plants
from giamngheo.simulate.plants import Plant, above, below, differing, in_cell, in_row, moved, repeated

ANY = (
    "review", "movements", "deprivations", "groups", "causes", "budget", "models", "training", "documents",
    "board", "facts", "published",
)  # fmt: skip
COUNTING = (*ANY[:8], "board")
BY_VILLAGE = ("movements", "deprivations", "groups", "causes", "models")
BY_CLASS = ("deprivations", "groups", "causes")
MOVES, MONEY = ("review", "movements"), ("budget", "models")
BEFORE_THE_PROGRAMME = 2015


class Kind(NamedTuple):
    """How an error is planted, the tables it can stand in, and what must stay readable for it to be seen.

    needs   tables whose own errors would hide this one, beside the one it stands in
    form    "csv" or "xlsx" where it exists in one form only
    """

    plant: Plant
    tables: tuple[str, ...]
    needs: tuple[str, ...] = ()
    form: str = ""


def counted(column: Column) -> bool:
    return column.type in COUNTED


def dated(*types: str):
    return lambda column: column.type in types


def lost(text: str) -> str:
    """A text whose letters beyond ASCII were saved as question marks.

    A text with no other such mark than a last one is kept: nobody can tell it from a question.

    >>> lost("làng Giả Định 3"), lost("242 hộ")
    ('l?ng Gi? ??nh 3', '242 hộ')
    """
    marked = text.encode("ascii", "replace").decode()
    return marked if re.search(r"\?\S", marked) else text


def unknown(column: str) -> Plant:
    return in_cell(lambda one: one.name == column, lambda code: f"{code}x")


def one_more(column: str) -> Plant:
    """A count that is no longer what the other counts of its row make."""
    return in_row(column, lambda row: row[column] + 1, lambda row: row[column] is not None)


KINDS = {
    "text_in_count": Kind(in_cell(counted, lambda count: "ba mươi hai"), COUNTING),
    "negative_count": Kind(in_cell(counted, lambda count: -count - 1), COUNTING),
    "decimal_count": Kind(in_cell(counted, lambda count: count + 0.5), COUNTING),
    "blank_value": Kind(in_cell(lambda column: column.required == "value", lambda value: None), ANY),
    "lost_letters": Kind(in_cell(lambda column: column.type == "text", lost), ANY),
    "impossible_date": Kind(
        in_cell(dated("date"), lambda day: f"31/02/{day.year}"), MONEY + ("training", "documents")
    ),
    "impossible_month": Kind(in_cell(dated("month"), lambda month: f"13/{month.year}"), ("models",)),
    "impossible_year": Kind(in_cell(dated("year"), lambda year: year % 100), MONEY + ("published",)),
    "unknown_standard": Kind(unknown("standard"), ("review",)),
    "unknown_project": Kind(unknown("project"), ("budget", "models", "training")),
    "unknown_source": Kind(unknown("source"), ("budget",)),
    "unknown_capital_type": Kind(unknown("capital_type"), ("budget",)),
    "unknown_model": Kind(unknown("model"), ("budget",)),
    "unknown_class": Kind(unknown("class"), ("movements", *BY_CLASS)),
    "unknown_indicator": Kind(unknown("indicator"), ("deprivations",)),
    "unknown_group": Kind(unknown("group"), ("groups",)),
    "unknown_cause": Kind(unknown("cause"), ("causes",)),
    "unknown_village": Kind(unknown("village"), BY_VILLAGE, ("review",)),
    "mixed_status": Kind(differing("status", "preliminary"), ("review",)),
    "mixed_standard": Kind(differing("standard", "QD59_2015"), ("review",)),
    "duplicate_village": Kind(repeated("village"), ("review",)),
    "duplicate_model": Kind(repeated("model"), ("models",)),
    "duplicate_fact": Kind(repeated("fact"), ("facts",)),
    "duplicate_movement": Kind(repeated("village", "class", "measure"), ("movements",)),
    "duplicate_indicator": Kind(repeated("village", "class", "indicator"), ("deprivations",)),
    "duplicate_document": Kind(repeated("number", "issuer"), ("documents",)),
    "poor_above_households": Kind(
        in_row("near_poor_households", lambda row: row["households"] - row["poor_households"] + 1),
        ("review",),
    ),
    "subset_above_whole": Kind(
        above(
            ("minority_households", "households"),
            ("minority_persons", "persons"),
            ("minority_poor_households", "poor_households"),
            ("minority_near_poor_households", "near_poor_households"),
            ("minority_members", "members"),
        ),
        ("review", "models"),
    ),
    "persons_below_households": Kind(
        below(
            ("persons", "households"),
            ("poor_persons", "poor_households"),
            ("near_poor_persons", "near_poor_households"),
            ("average_living_persons", "average_living_households"),
        ),
        ("review", "groups"),
    ),
    "above_class": Kind(plants.above_class, BY_CLASS, ("review",)),
    "movement_not_closing": Kind(moved("end"), ("movements",)),
    "start_not_last_year": Kind(moved("start", "other_decrease"), ("movements",), MOVES),
    "end_not_review": Kind(moved("end", "new"), ("movements",), MOVES),
    "flows_differ": Kind(moved("from_other_class", "other_decrease"), ("movements",), MOVES),
    "disbursed_above_planned": Kind(in_row("disbursed", lambda row: row["planned"] + 1_000_000), ("budget",)),
    "executed_before_vintage": Kind(in_row("execution_year", lambda row: row["vintage"] - 1), ("budget",)),
    "vintage_before_programme": Kind(
        in_row("vintage", lambda row: BEFORE_THE_PROGRAMME, lambda row: row["source"] == "nguoi_dan"),
        ("budget",),
        MONEY,
    ),
    "low_counterpart": Kind(plants.low_counterpart, ("budget",), MONEY),
    "members_not_parts": Kind(one_more("members"), ("models",)),
    "participants_not_product": Kind(
        in_row("participants", lambda row: row["participants"] + 1, lambda row: row["posts"] is not None),
        ("training",),
    ),
    "total_not_sum": Kind(plants.wrong_total, ("review",)),
    "published_contradiction": Kind(plants.contradicted, ("published",), ANY),
    "missing_column": Kind(plants.missing_column, ANY),
    "misspelt_column": Kind(plants.misspelt_column, ANY),
    "utf16_file": Kind(plants.utf16, ANY, form="csv"),
    "tcvn3_file": Kind(plants.tcvn3, ANY, form="csv"),
    "ragged_row": Kind(plants.ragged_row, ANY, form="csv"),
    "error_cell": Kind(in_cell(counted, lambda count: "#REF!"), COUNTING, form="xlsx"),
    "uncalculated_formula": Kind(in_cell(counted, lambda count: f"=SUM({count},0)"), COUNTING, form="xlsx"),
    "hidden_row": Kind(plants.hidden_row, ANY, form="xlsx"),
    "hidden_column": Kind(plants.hidden_column, ANY, form="xlsx"),
}
