"""Cells and lines as they come, 2,000 of each: what is read is what is seen, or it is refused; nothing else happens.

What is seen is told by a small painter of formats of its own, which knows of each part what Excel makes of it, and by
a reader who takes digits for digits. Neither is made from the code that is tested.
"""

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from giamngheo.intake import csvfile, reading, workbook
from giamngheo.law.dictionary import tables
from years import saved

CELLS = 100  # cells in a workbook, lines in a file
HEADER = ["village", "households", "note"]
COLUMNS = [column for column in tables()["review"] if column.name in HEADER]

grouped: Callable[[int], str] = lambda value: f"{value:,}".replace(",", ".")  # noqa: E731
# The digits' part of a format, and how Excel shows a count in it.
MASKS = {
    "General": str,
    "0": str,
    "@": str,
    "000": lambda value: f"{value:03}",
    "#": lambda value: str(value or ""),
    "#,##0": grouped,
    "#,###": lambda value: grouped(value) if value else "",
    "0.0": lambda value: f"{value},0",
    "0,": lambda value: str((value + 500) // 1000),
    "#,##0,,": lambda value: str((value + 500000) // 1000000),
    "0%": lambda value: f"{value}00%",
    "0E+0": lambda value: f"{value:.0e}",
    "0.00E+00": lambda value: f"{value:.2e}",
    "0\\0": lambda value: f"{value // 10}0{value % 10}",
    "": lambda value: "",
}
# What stands beside it, and what is seen of that.
BESIDE = {
    "": "", " ": " ", "_)": " ", "* ": "", "[Red]": "", '" hộ"': " hộ", '" khẩu"': " khẩu", '"000"': "000", "\\0": "0",
    '" triệu"': " triệu", '"%"': "%", "-": "-", '"."': ".", "[$-42A]": "", '[$"5"]': "?", "*9": "99", '"hộ"': "hộ",
}  # fmt: skip
LOOKS = {
    "plain": {}, "bold": {"font": Font(b=True)}, "struck": {"font": Font(strike=True)},
    "raised": {"font": Font(vertAlign="superscript")}, "white": {"font": Font(color="FFFFFFFF")},
    "white on blue": {"font": Font(color="FFFFFFFF"), "fill": PatternFill("solid", fgColor="FF0000FF")},
}  # fmt: skip
HIDING = ("struck", "raised", "white")


@st.composite
def numbers(draw):
    """A count, its format, its look, and what is seen of it ("" where nothing can be)."""
    value = draw(st.one_of(st.integers(0, 40), st.integers(900, 120000)))
    before, mask, after = (draw(st.sampled_from(list(parts))) for parts in (BESIDE, MASKS, BESIDE))
    condition = draw(st.sampled_from(["", "", "", "", "[>5]", "[=1]", ";", "0;"]))
    look = draw(st.sampled_from([*LOOKS, "plain", "plain", "plain"]))
    seen = BESIDE[before] + MASKS[mask](value) + BESIDE[after]
    if condition.startswith("[") or before in ('[$"5"]',) or after in ('[$"5"]',):
        seen = "?"
    shown_as = f"{before}{mask}{after}"
    if condition == "0;":  # a section of its own for numbers below nought
        shown_as, seen = f"{shown_as};-0", seen
    else:
        shown_as = condition + shown_as
        seen = "" if condition == ";" else seen
    return value, shown_as or "General", look, seen if shown_as else str(value)


STRANGE = "\n\r\t\u200b\u200d\u00ad\u202e\u200f\u2066\u2212\u2007\u3000\u0663\uff13\u00b2\u2009\u00a0\u202f."


@st.composite
def texts(draw):
    """A count as text in which a character was put somewhere."""
    said = draw(st.sampled_from([str, grouped]))(draw(st.integers(0, 99999)))
    at = draw(st.integers(0, len(said)))
    return said[:at] + draw(st.one_of(st.just(""), st.sampled_from(STRANGE))) + said[at:]


def seen_count(seen: str) -> int | None:
    """The count that a person reads: digits, in threes between equal dots or spaces, decimals of noughts, the unit."""
    text = re.sub("[\u00a0\u2009\u2007\u202f]", " ", seen).strip(" \t\r\n").removesuffix("hộ").strip()
    text = re.sub("^hộ ?", "", text)
    text = re.sub(r"^(\d+),0$", r"\1", text) if text.isascii() else text
    if re.fullmatch(r"\d\.?\d*e[+]\d+", text) and text.isascii():
        return int(float(text))
    if not re.fullmatch(r"[0-9]{1,3}([. ][0-9]{3})+|[0-9]+", text) or (" " in text and "." in text):
        return None
    return int(re.sub("[. ]", "", text))


def read(grid):
    return reading.read(grid, COLUMNS, lambda column: None)


@settings(max_examples=20, deadline=None)
@given(st.lists(numbers(), min_size=CELLS, max_size=CELLS))
def test_a_count_in_a_workbook_is_read_as_it_is_seen_or_refused(cells):
    book = Workbook()
    book.active.title = "review"
    book.active.append(HEADER)
    for at, (value, shown_as, look, _) in enumerate(cells, start=2):
        book.active.append([f"thôn {at}", value])
        cell = book.active.cell(at, 2)
        cell.number_format = shown_as
        for name, style in LOOKS[look].items():
            setattr(cell, name, style)
    found = read(workbook.grids(saved(book), "x")["review"])
    refused = {at for at, name in found.unread if name == "households"}
    assert found.lines == list(range(2, CELLS + 2))
    for at, (value, shown_as, look, seen) in enumerate(cells):
        if at not in refused:
            read_as = found.values["households"][at]
            assert (read_as, look in HIDING) == (value, False), (value, shown_as, look)
            assert seen_count(seen) == value or (seen.strip() == "-" and value == 0), (value, shown_as, seen)


def assert_texts(found, said):
    refused = {at for at, name in found.unread if name == "households"}
    for at, text in enumerate(said):
        if at not in refused and found.values["households"][at] is not None:
            assert found.values["households"][at] == seen_count(text), text


@settings(max_examples=20, deadline=None)
@given(st.lists(texts(), min_size=CELLS, max_size=CELLS))
def test_a_count_as_text_is_read_as_it_is_seen_or_refused_in_csv(said):
    lines = [f'thôn {at},"{text}",' for at, text in enumerate(said)]
    content = "\n".join([",".join(HEADER), *lines]).encode()
    assert_texts(read(csvfile.grid(content, "x", HEADER)), said)


@settings(max_examples=20, deadline=None)
@given(st.lists(texts(), min_size=CELLS, max_size=CELLS), st.integers(0, 3))
def test_a_count_as_text_is_read_as_it_is_seen_or_refused_in_a_workbook(said, runs):
    book = Workbook()
    book.active.title = "review"
    book.active.append(HEADER)
    fonts = (
        InlineFont(b=True),
        InlineFont(strike=True),
        InlineFont(vertAlign="superscript"),
        InlineFont(color="FFFFFFFF"),
    )
    for at, text in enumerate(said, start=2):
        rich = CellRichText(text[:1], TextBlock(fonts[runs], text[1:])) if text[1:].strip() and at % 2 else text
        book.active.append([f"thôn {at}", None])
        book.active.cell(at, 2).value = rich
    found = read(workbook.grids(saved(book), "x")["review"])
    assert_texts(found, said)
    hidden = {at for at in range(CELLS) if at % 2 and said[at][1:].strip()} if runs else set()
    assert hidden <= {at for at, name in found.unread if name == "households"}
