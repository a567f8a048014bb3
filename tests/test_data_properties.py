"""What holds for any file: a valid table comes back as written, and no number changes in silence."""

import re
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from giamngheo import checks, opened
from giamngheo.findings import DataError
from giamngheo.intake import csvfile, values
from giamngheo.intake import workbook as excel
from giamngheo.intake.cell import Misread, Number
from giamngheo.intake.codes import allowed
from giamngheo.intake.header import names
from giamngheo.intake.reading import read as read_grid
from giamngheo.law.dated import Law
from giamngheo.law.dictionary import tables
from giamngheo.vietnamese.text import clean
from years import REVIEW, UNIT, YEAR, grid, saved, workbook, write

COLUMNS = tables()["review"]
HEADER = REVIEW.splitlines()[0].split(",")
COUNTS = [column.name for column in COLUMNS if column.type == "count" and column.name in HEADER]


def codes(column):
    """The codes of a column in 2022 under the project's law, where no other table has rows."""
    return allowed(column, Law(), 2022, lambda table, name: [])


def from_csv(content):
    return read_grid(csvfile.grid(content, "a/2022/review.csv", names(COLUMNS)), COLUMNS, codes)


def from_excel(content):
    sheets = excel.grids(content, "a/2022/so-lieu.xlsx")
    return read_grid(sheets.get("review") or sheets.get(""), COLUMNS, codes)


@st.composite
def reviews(draw):
    """Rows of a review that break no rule, blanks among them."""
    villages = draw(
        st.lists(st.sampled_from(["Mơ Tôn", "Đak Giang", "Kbông", "Hợp 1", "Chư Krei"]), min_size=1, unique=True)
    )
    rows = []
    for village in villages:
        poor, near, middle, rest = (draw(st.integers(0, 9000)) for _ in range(4))
        minority_poor, minority_near = draw(st.integers(0, poor)), draw(st.integers(0, near))
        minority = minority_poor + minority_near + draw(st.integers(0, middle + rest))
        households = poor + near + middle + rest
        sizes = draw(st.integers(1, 9))
        counts = [
            households,
            households * sizes,
            poor,
            poor * sizes,
            near,
            near * sizes,
            middle,
            middle * sizes,
        ]
        counts += [minority, minority * sizes, minority_poor, minority_near]
        known = [count if draw(st.integers(0, 9)) else None for count in counts]
        rows.append([village, *known, "official", "ND07_2021"])
    return rows


def spellings(count):
    """Every way an officer writes a count that has one reading."""
    grouped = f"{count:,}"
    return st.sampled_from(
        [
            str(count),
            grouped.replace(",", "."),
            grouped.replace(",", " "),
            grouped.replace(",", "\u00a0"),
            f" {count} ",
            f"0{count}",
        ]
    )


def counts_of(rows):
    return [[row[position] for row in rows] for position in range(1, 13)]


def counts_read(reading):
    return [reading.values[name] for name in COUNTS]


@given(reviews(), st.data())
def test_a_valid_csv_file_comes_back_as_written_however_its_counts_are_spelt(rows, choice):
    lines = [",".join(HEADER)]
    for row in rows:
        cells = [
            "" if cell is None else choice.draw(spellings(cell)) if isinstance(cell, int) else cell for cell in row
        ]
        lines.append(",".join(cells))
    reading = from_csv("\n".join(lines).encode())
    assert reading.findings == []
    assert counts_read(reading) == counts_of(rows)
    assert reading.values["village"] == [row[0] for row in rows]


@settings(max_examples=15)
@given(reviews(), st.data())
def test_a_valid_workbook_comes_back_as_written_as_numbers_or_as_text(rows, choice):
    cells = [
        [choice.draw(st.one_of(st.just(cell), spellings(cell))) if isinstance(cell, int) else cell for cell in row]
        for row in rows
    ]
    reading = from_excel(saved(workbook(review=[HEADER, *cells])))
    assert reading.findings == []
    assert counts_read(reading) == counts_of(rows)
    assert reading.frame()["found_at"].tolist() == [f"a/2022/so-lieu.xlsx:review!{2 + at}" for at in range(len(rows))]


def read_by_a_person(cell):
    """The whole number a Vietnamese reader sees in a cell of text; None where it is none, or could be two.

    Written apart from the code it checks: digits in one run, or in groups of three between equal dots or
    spaces, whatever stands around them being blank or the unit.
    """
    text = clean(cell).removesuffix("hộ").strip()
    for mark in (".", " "):
        groups = text.split(mark)
        if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3:
            text = text.replace(mark, "")
    english = re.fullmatch(r"(\d{1,3}(?:,\d{3})+)\.0+", text) or re.fullmatch(r"(\d{1,3}(?:\.\d{3})+),0+", text)
    text = re.sub("[.,]", "", english[1]) if english else text
    return int(text) if re.fullmatch("[0-9]+", text) else None


@settings(max_examples=400)
@given(st.one_of(st.text(), st.text(alphabet="0123456789., -hộ\u00a0%e+()'", max_size=14)))
@example("1.399")
@example("1,399")
@example("1399.")
@example("٣٤")
@example("1.399.00")
@example("0.399")
def test_text_is_read_as_the_count_a_person_reads_or_not_at_all(text):
    try:
        found = values.read(text, "count", "households")
    except Misread:
        return
    assert found == read_by_a_person(text)


@settings(max_examples=200)
@given(st.one_of(st.integers(), st.floats(allow_nan=True), st.floats(0, 1e6).map(lambda number: round(number, 3))))
def test_a_number_cell_is_read_as_excel_shows_it_or_not_at_all(number):
    try:
        found = values.read(Number(number), "count")
    except Misread:
        return
    assert f"{number:.15g}" == f"{found:.15g}" and found >= 0


@settings(max_examples=200)
@given(st.decimals(-(10**9), 10**9, places=4), st.booleans())
def test_a_decimal_is_read_exactly_with_comma_or_dot(number, comma):
    written = f"{number:f}".replace(".", "," if comma else ".")
    assert values.read(written, "number") == Fraction(number)


@settings(max_examples=200)
@given(st.text(), st.sampled_from(["number", "year", "date", "month", "text", "code", "money"]))
def test_any_text_in_any_column_is_a_value_or_a_message(text, kind):
    try:
        values.read(text, kind)
    except Misread as wrong:
        assert wrong.rule and wrong.remedy


BYTES = REVIEW.encode()


@settings(max_examples=150)
@given(st.integers(0, len(BYTES)), st.integers(0, 12), st.binary(max_size=12))
@example(0, 0, b"\xff\xfe")
@example(300, 0, b"\x00")
def test_changed_bytes_of_a_csv_file_are_a_table_or_a_message(start, cut, inserted):
    content = BYTES[:start] + inserted + BYTES[start + cut :]
    reading = from_csv(content)
    assert reading.refused or counts_shown(reading) == counts_read(reading)


def counts_shown(reading):
    """What a person reads in the cells of the counts, straight from the layout."""
    shown = [[reading.layout.cell(number, name) for number in reading.lines] for name in COUNTS]
    return [[None if cell is None else read_by_a_person(cell) for cell in column] for column in shown]


ANY_CELL = st.one_of(
    st.none(),
    st.integers(-10, 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), max_size=8),
    st.sampled_from(["1,399", "1.399", "#REF!", "=1+1", "Tổng cộng", "02 hộ", "\u00a0"]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 15), ANY_CELL), min_size=1, max_size=4))
def test_changed_cells_of_a_workbook_are_a_table_or_a_message(changes):
    book = workbook(review=grid(REVIEW))
    for row, column, value in changes:
        book["review"].cell(row + 1, column + 1, value)
    reading = from_excel(saved(book))
    assert reading.refused or all(
        found is None
        and cell is None
        or isinstance(cell, str)
        and found == read_by_a_person(cell)
        or isinstance(cell, Number)
        and found == cell.value
        for name in COUNTS
        for found, cell in zip(
            reading.values[name],
            [reading.layout.cell(number, name) for number in reading.lines],
            strict=True,
        )
    )


WORKBOOK = saved(workbook(review=grid(REVIEW)))


@settings(max_examples=60)
@given(st.integers(0, len(WORKBOOK)), st.integers(0, 40), st.binary(max_size=12))
def test_changed_bytes_of_a_workbook_are_a_table_or_a_message(start, cut, inserted):
    reading = from_excel(WORKBOOK[:start] + inserted + WORKBOOK[start + cut :])
    assert reading.refused or counts_read(reading) == counts_of(grid(REVIEW)[1:])


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_any_bytes_as_a_table_are_refused_with_a_data_error(tmp_path, monkeypatch, content):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    write(tmp_path, {"review.csv": content, "movements.csv": content})
    with pytest.raises(DataError):
        opened(UNIT, YEAR).table("review")
    assert all(finding.rule for finding in checks.check(opened(UNIT, YEAR)))
