"""What is read as one stands together: a short table on one page, the number and sign of a document on one line."""

import io
import re

import docx
import pytest

import blocks
from giamngheo.writers import docx as word
from giamngheo.writers import pdf
from tools import said

ROWS = [[blocks.cell(f"Làng {at}"), blocks.cell(str(at))] for at in range(1, 9)]


def document(*made):
    return {"meta": blocks.meta(), "blocks": list(made), "figures": {}}


def table(rows=ROWS):
    return blocks.table("bang", 1, "Kết quả", [[blocks.cell("Thôn, làng"), blocks.cell("Hộ")]], rows, ["left", "right"], wide=False)


def printed(folder, *made):
    """The lines of each page of the PDF."""
    path = folder / "x.pdf"
    path.write_bytes(pdf.write(document(*made)))
    return [page.splitlines() for page in said("pdftotext", "-layout", path, "-").split("\f")]


@pytest.mark.parametrize("above", range(24, 34, 3))
def test_a_short_table_is_not_broken_across_pages(tmp_path, above):
    """Lines of text that leave room for its caption and a row or two, for half of it, for all of it."""
    filled = printed(tmp_path, *[blocks.paragraph(blocks.run(f"Dòng {at}."))for at in range(above)], table())
    (own,) = [page for page in filled if any("Bảng 1." in line for line in page)]
    assert [line.split()[1] for line in own if line.strip().startswith("Làng")] == [str(at) for at in range(1, 9)]


def test_a_table_of_more_rows_or_higher_than_a_page_goes_on_over_pages(tmp_path):
    many = [[blocks.cell(f"Làng {at}"), blocks.cell(str(at))] for at in range(1, 80)]
    high = [[blocks.cell("rất " * 50), blocks.cell("dài " * 50)] for _ in range(12)]
    for rows in (many, high):
        filled = printed(tmp_path, table(rows) | {"widths": [1, 12]})
        assert len(filled) > 2 and sum(line.split()[-1:] == ["Hộ"] for page in filled for line in page) > 1  # its header again


def test_word_keeps_every_row_of_a_short_table_with_the_next_and_none_of_a_long_one():
    for rows, kept in ((ROWS, [True] * 8 + [False]), (ROWS * 2, [False] * 17)):
        made = docx.Document(io.BytesIO(word.write(document(table(rows)))))
        assert [all(bool(cell.paragraphs[0].paragraph_format.keep_with_next) for cell in row.cells) for row in made.tables[-1].rows] == kept


@pytest.mark.parametrize("number", ["1315/VBHN-BLĐTBXH", "07/2021/NĐ-CP", "417/QĐ-BNNMT"])
def test_the_number_and_sign_of_a_document_stand_on_one_line(tmp_path, number):
    """Wherever the line ends: the words before the number grow by a letter from line to line."""
    made = [blocks.paragraph(blocks.run("x" * at + " thông tư và các văn bản sửa đổi, bổ sung (số " + number + ").")) for at in range(1, 20)]
    lines = [line for page in printed(tmp_path, *made) for line in page]
    assert [line for line in lines if re.search(r"/\s*$", line)] == []
    assert sum(number in line for line in lines) == 19
