"""The annex of calculations as a file of its own, for a report that is sent without it.

It is the inspector's: it names tables, villages and indicators, no files. Its first page leaves the upper right corner
free, where the office's signature of a separate annex goes (Decree 30/2020/NĐ-CP, Annex I).
"""

from giamngheo.report import annex_rows, document

FILE = "cach-tinh"
TITLE = "Cách tính các số liệu: "
FORMATS = ("pdf", "docx")


def apart(paper: dict) -> dict | None:
    """The annex of a report's document as a document of its own; None where the report has it, or computes nothing."""
    meta = paper["meta"]
    blocks = annex_rows.made_by_hand(paper["figures"] | paper["behind"], meta["unit"], annex_rows.in_words)
    if meta.get("calculations") != "no" or not blocks:
        return None
    annex, table = document.attached(blocks, paper["blocks"], meta)
    header = [[annex_rows.cell(text) for text in ("TT", "Số liệu", "Bảng số liệu: phép tính [dòng]")]]
    own = [annex, table | {"header": header}]
    return {"meta": meta | {"title": f"{TITLE}{meta['title']}"}, "blocks": list(document.numbered(own)), "figures": {}}
