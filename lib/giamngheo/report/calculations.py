"""The annex of calculations as a file of its own, for a report that is sent without it.

It is the inspector's: it names tables, villages and indicators, no files. Its first page leaves the upper right corner
free, where the office's signature of a separate annex goes (Decree 30/2020/NĐ-CP, Annex I).
"""

import re

from giamngheo.report import annex_rows, document
from giamngheo.vietnamese.terms import TITLES

FILE = "cach-tinh"
TITLE = "Cách tính các số liệu: "
FORMATS = ("pdf", "docx")
TABLE = re.compile(r"(?:(?P<unit>.+)/)?(?P<year>\d{4})/(?:so-lieu\.xlsx[:!])?(?P<table>\w+)(?:\.csv)?")


def apart(paper: dict) -> dict | None:
    """The annex of a report's document as a document of its own; None where the report has it, or computes nothing."""
    meta = paper["meta"]
    blocks = annex_rows.made_by_hand(paper["figures"] | paper["behind"], meta["unit"], in_words)
    if meta.get("calculations") != "no" or not blocks:
        return None
    annex, table = blocks
    top = next(block for block in paper["blocks"] if block["type"] == "letterhead")
    number, date = top["number"].removeprefix("Số: "), top["place_date"].rpartition(", ")[2]
    header = [[annex_rows.cell(text) for text in ("TT", "Số liệu", "Bảng số liệu: phép tính [dòng]")]]
    own = [annex | {"attached": f"(Kèm theo Báo cáo số {number} {date} của {meta['issuer']})"}, table | {"header": header}]
    return {"meta": meta | {"title": f"{TITLE}{meta['title']}"}, "blocks": list(document.numbered(own)), "figures": {}}


def in_words(place: str) -> str:
    """A table of a year by its name.

    >>> in_words("2022/training.csv"), in_words("xa-cu/2021/so-lieu.xlsx:training"), in_words("phụ lục")
    ('Tập huấn, nâng cao năng lực năm 2022', 'Tập huấn, nâng cao năng lực năm 2021 (xa-cu)', 'phụ lục')
    """
    found = TABLE.fullmatch(place)
    if found is None or found["table"] not in TITLES:
        return place
    return f"{TITLES[found['table']]} năm {found['year']}" + (f" ({found['unit']})" if found["unit"] else "")
