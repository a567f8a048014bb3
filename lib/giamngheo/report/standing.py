"""What a result stands on: the decision that approved it, and the list of indicators where it is a province's own."""

import pandas as pd

from giamngheo import present
from giamngheo.figures import results
from giamngheo.intake import office
from giamngheo.intake.unit import Year
from giamngheo.report.passages import plain_paragraph
from giamngheo.report.stored import Passage


def approved(this: Year, by: str = office.DECISIONS[0]) -> Passage:
    """The decision `by` which a result was approved; nothing as long as its number and date are not known."""
    decision = office.report(this).get(by) or {}
    day = office.as_date(decision.get("date"))
    if not (decision.get("number") and day):
        return Passage([])
    issuer = decision.get("issuer")
    by_whom = f" của {issuer}" if issuer else ""
    return plain_paragraph(f"Kết quả được công nhận tại Quyết định số {decision['number']} {present.day(day)}{by_whom}.")


def indicator_list(this: Year, row: pd.DataFrame) -> Passage:
    """Whose list the deprivations are counted by, where the law's own list is not confirmed; nothing where none are counted."""
    issued = this.law.lists(row["standard"].item())
    if not issued or results.rows(this, "deprivations", row).empty:
        return Passage([])
    return plain_paragraph(f"Chỉ số thiếu hụt theo danh mục chỉ số {'; '.join(issued)}.")
