"""How the report names documents: the opening that says who asked for it, and the documents of a section, as they are cited."""

from collections.abc import Mapping

import pandas as pd

from giamngheo import present
from giamngheo.intake import kinds, office
from giamngheo.intake.unit import Year
from giamngheo.report.passages import Named, plain_items, sentence
from giamngheo.report.stored import Passage

WITHOUT_NUMBER = ("Luật", "Bộ luật", "Pháp lệnh")  # cited by name and date: Nghị định 30/2020/NĐ-CP, Phụ lục I
INFINITIVES = (
    "phê duyệt",
    "quy định",
    "hướng dẫn",
    "thành lập",
    "sửa đổi",
    "triển khai",
    "phân bổ",
    "ban hành",
    "kiện toàn",
    "quyết toán",
    "quản lý",
)


def cited(row, consolidated: Mapping[str, str] | None = None) -> str:
    """A document as it is cited: kind, number, date, issuer, title; a law by its name and date alone.

    A text of which there is a consolidated one (`consolidated`, by number) says so in brackets.
    """
    date = "" if pd.isna(row.date) else f" {present.day(row.date)}"
    if row.kind in WITHOUT_NUMBER:
        return f"{row.kind} {row.title.removeprefix(row.kind).strip()}{date}"
    about = " " if row.title.lower().startswith(INFINITIVES) else " về việc "
    said = f"{row.kind} số {row.number}{date} của {row.issuer}{about}{row.title}"
    found = (consolidated or {}).get(row.number)
    return f"{said} (hợp nhất tại Văn bản hợp nhất số {found})" if found else said


def consolidated(this: Year) -> dict[str, str]:
    """The consolidated text of each law text that has one on the day of the report."""
    texts = this.law.texts(office.dated(this))
    there = {row["number"] for row in texts}
    return {row["number"]: row["consolidated_in"] for row in texts if row["consolidated_in"] in there}


def documents(rows: pd.DataFrame, use: str, consolidated: Mapping[str, str] | None = None) -> Passage:
    """The documents of one section, in the order of the data."""
    found = [cited(row, consolidated) for row in rows[rows["use"] == use].itertuples()]
    if not found:
        return sentence(f"Văn bản: {present.UNKNOWN}.", {})
    return plain_items(f"{text};" for text in found[:-1]) + plain_items([f"{found[-1]}."])


def introduction(this: Year, opening: str, figures: Named) -> Passage:
    """The opening sentence, after the document that asks for this kind of report where there is one."""
    asked = [cited(row) for row in kinds.requests(this).itertuples()]
    before = Passage(
        [{"type": "paragraph", "style": "basis", "runs": [{"text": f"Thực hiện {asked[0]};"}]}] if asked else []
    )
    return before + sentence(opening, figures)
