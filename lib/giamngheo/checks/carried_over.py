"""Rows that a new year copied from the year before: until their note is cleared, nobody has looked at them."""

from giamngheo.findings import Finding
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import tables

MARK = "Cần kiểm tra: chép từ năm"  # how the note of a copied row begins
RULE = "dòng chép từ năm trước, chưa được xem lại"
REMEDY = "dòng nào còn đúng với năm nay thì xóa ghi chú, không thì sửa hoặc xóa dòng"


def rows(this: Year) -> dict[str, list[int]]:
    """The places of the copied rows that still ask to be checked, by table; no table without one."""
    notes = {table: this.reading(table).values.get("note", []) for table in tables()}
    places = {table: [at for at, note in enumerate(said) if note.startswith(MARK)] for table, said in notes.items()}
    return {table: found for table, found in places.items() if found}


def findings(this: Year) -> list[Finding]:
    """One finding for each table with such rows, at the first of them: a report with them is a draft."""
    return [
        this.reading(table).finding(places[0], "note", f"{RULE}: {len(places)} dòng", REMEDY, "draft")
        for table, places in rows(this).items()
    ]
