"""A table over several pages leaves no few rows alone; a unit of two lines has one number."""

import re

import pytest

import tools
from blocks import cell, meta, paragraph, table
from giamngheo import opened
from giamngheo.report import forms
from giamngheo.writers import docx, pdf

VILLAGES, LINES = 14, range(14, 22)  # so many lines above put the end of the table at the foot of the first page, or just below it
HEADER = [["TT", "Thôn, làng", "Số hộ"]]


def document(lines: int) -> dict:
    """So many short paragraphs, then a table of villages with a total, as a form is."""
    rows = [[str(number), f"Làng {number}", "10"] for number in range(1, VILLAGES + 1)]
    rows.append([cell("", bold=True), cell("Tổng cộng", bold=True), cell("140", bold=True)])
    made = table("bieu-f1", 1, "Kết quả", HEADER, rows, ["left", "left", "right"])
    return {"meta": meta(), "blocks": [*(paragraph(f"Dòng {at}.") for at in range(lines)), made], "figures": {}}


@pytest.mark.parametrize("lines", LINES)
def test_neither_the_heading_nor_the_total_of_a_long_table_stands_with_fewer_than_two_rows(tmp_path, lines):
    (tmp_path / "a.pdf").write_bytes(pdf.write(document(lines)))
    pages = tools.said("pdftotext", "-layout", tmp_path / "a.pdf", "-").split("\f")
    found = [(len(re.findall(r"Làng \d+", page)), "Tổng cộng" in page) for page in pages if "Thôn, làng" in page]
    assert sum(rows for rows, _ in found) == VILLAGES and found[-1][1]
    assert [rows for rows, _ in found if rows < 2] == []


def test_in_word_the_same_rows_keep_with_the_next():
    words = docx_text(document(0))
    kept = [bool(re.search("<w:keepNext/>", row)) for row in re.findall(r"<w:tr>.*?</w:tr>", words, re.DOTALL)[-VILLAGES - 2 :]]
    assert "".join(".+"[one] for one in kept) == "+" + "++" + "." * (VILLAGES - 4) + "++" + "."


def docx_text(made: dict) -> str:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(docx.write(made))).read("word/document.xml").decode()


def test_a_village_of_two_lines_has_one_number_and_both_totals_are_bold(write_year):
    counts = {"to_other_class": 0, "above_near_poor": 2, "other_decrease": 0, "from_other_class": 0, "relapsed": 0, "new": 0, "other_increase": 0}
    review = [{"village": name, "households": 100, "poor_households": 8, "poor_persons": 32, "near_poor_households": 5} for name in ("Một", "Hai")]
    moved = [
        {"village": name, "class": "poor", "measure": measure, "start": end + 2, "end": end} | counts
        for name in ("Một", "Hai") for measure, end in (("households", 8), ("persons", 32))
    ]  # fmt: skip
    write_year("xa-mau", 2024, review=review, movements=moved)
    (shown,) = [table for form, table in forms.of_main(opened("xa-mau", 2024)) if form.table == "movements"]
    assert [row[:3] for row in shown.rows] == [
        ["1", "Một", "Hộ"], ["", "Một", "Nhân khẩu"], ["2", "Hai", "Hộ"], ["", "Hai", "Nhân khẩu"],
        ["", "Tổng cộng", "Hộ"], ["", "Tổng cộng", "Nhân khẩu"],
    ]  # fmt: skip
    assert shown.total == 2
