"""Rows that a new year copied from the year before, or proposed: until their note is cleared, nobody has looked at them."""

from giamngheo.findings import Finding
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import tables

ASK = "Cần kiểm tra:"  # how the note of a row begins that nobody has looked at
MARK = f"{ASK} chép từ năm"  # of a copied one
OFFERED = f"{ASK} chương trình đề xuất"  # of one that the table of law texts proposes
RULE = "dòng chép từ năm trước, chưa được xem lại"
OFFERED_RULE = "dòng do chương trình đề xuất, chưa được xem lại"
REMEDY = "dòng nào còn đúng với năm nay thì xóa ghi chú, không thì sửa hoặc xóa dòng"


def rows(this: Year, mark: str = MARK) -> dict[str, list[int]]:
    """The places of the rows whose note still begins with `mark`, by table; no table without one."""
    notes = {table: this.reading(table).values.get("note", []) for table in filter(kinds.of(this).reads, tables())}
    places = {table: [at for at, note in enumerate(said) if note.startswith(mark)] for table, said in notes.items()}
    return {table: found for table, found in places.items() if found}


def findings(this: Year) -> list[Finding]:
    """One finding for each table with such rows, at the first of them: a report with them is a draft."""
    return [
        this.reading(table).finding(places[0], "note", f"{rule}: {len(places)} dòng", REMEDY, "draft")
        for mark, rule in ((MARK, RULE), (OFFERED, OFFERED_RULE))
        for table, places in rows(this, mark).items()
    ]
