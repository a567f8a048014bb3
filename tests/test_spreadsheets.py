"""Whatever this program writes for a spreadsheet is text there, and reads back as the same text."""

import csv
import io
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from giamngheo import findings, opened, simulate, spreadsheets
from giamngheo.findings import Finding
from giamngheo.intake import csvfile, template
from years import REVIEW, UNIT, YEAR, changed, write

LIVE = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://evil")', "=cmd()|' /C calc'!A0"]
CONVERTED = ["1/2", "00123", "1e5", "1E+05", "MAR1", "mar-2024", "1 thg 2", "12:30", "5%", "1.399", "30/11/2025", "TRUE", "2025-11-30"]  # fmt: skip
KEPT = ["120", "0", "-5", "-", "Mơ Tôn", "90/QĐ-TTg", "1.037 hộ", "DA1.1", "28 / 253 = 11,07%", ""]


def cells(text):
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("text", LIVE + CONVERTED)
def test_a_text_that_would_be_calculated_or_converted_is_guarded_and_comes_back(text):
    assert spreadsheets.as_text(text) == "'" + text
    assert spreadsheets.original("'" + text) == text


@pytest.mark.parametrize("text", KEPT)
def test_other_text_stays_as_it_is(text):
    assert (spreadsheets.as_text(text), spreadsheets.original(text)) == (text, text)


def test_numbers_stay_numbers_and_fractions_become_text():
    assert spreadsheets.csv_text([[1, -2, Fraction(1, 2), Fraction(-3)]]) == "1,-2,'1/2,-3\n"


@given(st.text(max_size=12))
@settings(max_examples=500)
def test_any_text_comes_back_and_none_begins_as_a_formula(text):
    written = spreadsheets.as_text(text)
    assert spreadsheets.original(written) == text
    assert spreadsheets.original(spreadsheets.inert(text)) == text or not spreadsheets.LIVE.match(text)
    assert not written.startswith(("=", "+", "@", "\t", "\r"))


@given(st.sampled_from(LIVE))
def test_a_cell_of_a_workbook_holds_text(text):
    book = Workbook()
    spreadsheets.write(book.active["A1"], text.strip())
    saved = io.BytesIO()
    book.save(saved)
    cell = load_workbook(saved).active["A1"]
    assert (cell.data_type, cell.value) == ("s", text.strip())


@pytest.mark.parametrize("text", ["=1+1", "1/2", "@x", "-1+1"])
def test_the_list_of_findings_is_text(text):
    one = Finding(f"{text}.csv", "r", "s", row=2, column="B", header=text, value=text)
    line = cells(findings.render([one], "csv"))[1]
    assert [spreadsheets.original(cell) for cell in line] == [
        f"{text}.csv",
        "",
        "2",
        "B",
        text,
        text,
        "r",
        "s",
        "refuse",
    ]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line)


@pytest.mark.parametrize("name", LIVE[:4])
def test_a_guarded_name_is_read_as_the_name(tmp_path, monkeypatch, name):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    write(tmp_path, {"review.csv": changed(REVIEW, ("Mơ Tôn", f"'{name}"))})
    assert opened(UNIT, YEAR).table("review")["village"][0] == name


@pytest.mark.parametrize("name", LIVE[:4])
def test_last_years_villages_are_text_in_the_template(tmp_path, monkeypatch, name):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    write(tmp_path, {"review.csv": changed(REVIEW, ("Mơ Tôn", name))})
    template.write(opened(UNIT, YEAR + 1), tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    assert (book["review"]["A3"].data_type, book["review"]["A3"].value) == ("s", name)
    assert book["review"]["B2"].data_type == "f"  # our own totals are formulas


def test_a_simulated_year_has_no_live_cell(tmp_path):
    simulate.write(tmp_path, communes=1, villages=2, year=2024, seed=1)
    for path in tmp_path.rglob("*.csv"):
        for row in cells(path.read_text(encoding="utf-8-sig")):
            assert not any(spreadsheets.LIVE.match(cell) and not spreadsheets.WHOLE.fullmatch(cell) for cell in row)


def test_a_guard_is_taken_off_where_a_csv_file_is_read():
    assert csvfile.rows("a,b\n'=1+1,'1/2\n''tên,tên'\n", ",")[1].cells == ("=1+1", "1/2")
    assert csvfile.rows("''tên',tên'\n", ",")[0].cells == ("'tên'", "tên'")
