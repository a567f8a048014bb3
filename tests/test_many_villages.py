"""From 1 village to 150: every name, bar, axis and legend is on a page of the PDF, of Word's pages and of the HTML."""

import re
from fractions import Fraction
from functools import cache
from html import unescape

import pandas as pd
import pytest
from PIL import Image

import blocks
from giamngheo.present import charts, drawing
from giamngheo.report import document, passages
from giamngheo.writers import docx, html, pdf
from printed import in_docx, in_html, squeezed
from tools import folder, office, pages, said

COUNTS = (1, 9, 28, 40, 80, 150)
LEGEND = ["Tỷ lệ trên tổng số hộ (%)", "Hộ nghèo", "Hộ cận nghèo", "Toàn xã 15,24%"]
KINDS = [
    "thôn {}", "Làng Kông Giang {}", "Tổ dân phố Nguyễn Thị Minh Khai mở rộng số {}",
    "Khu dân cư thủy điện Vĩnh Sơn thuộc nông trường Sơn Lang cũ điểm số {}",
]  # fmt: skip


def names(count: int) -> list[str]:
    return [KINDS[number % len(KINDS)].format(number) for number in range(1, count + 1)]


def rates(villages: list[str]) -> pd.DataFrame:
    """The first village is the poorest: 200 poor and 100 near-poor of 1000 households, each next one a poor one less."""
    poor = [Fraction(200 - place, 1000) for place in range(len(villages))]
    near = [Fraction(100, 1000)] * len(villages)
    whole = [sum(pair) for pair in zip(poor, near, strict=True)]
    columns = {"village": villages, "poor_rate": poor, "near_poor_rate": near, "multidimensional_poverty_rate": whole}
    return pd.DataFrame(columns, dtype=object)


def drawn(villages: list[str]):
    return charts.villages(rates(villages), Fraction(1524, 10000), 2024)


@cache
def report(count: int) -> dict:
    """A report of nothing but the chart and a table of the villages as wide as the annex forms are."""
    pictures = passages.figure(drawn(names(count))).blocks
    rows = [[str(number), name, *["1.234"] * 13] for number, name in enumerate(names(count), 1)]
    head = [["TT", "Đơn vị", *["Số hộ"] * 13]]
    table = blocks.table("bang", 1, "Các thôn, làng", head, rows, ["center", "left", *["right"] * 13], wide=True)
    text = blocks.paragraph("Kết quả rà soát.")
    return {"meta": blocks.meta(), "figures": {}, "blocks": list(document.numbered(document.apart([text, *pictures, table])))}


@cache
def as_pdf(count: int):
    file = folder() / f"villages-{count}.pdf"
    file.write_bytes(pdf.write(report(count)))
    return file


@cache
def as_docx(count: int):
    file = folder() / f"villages-word-{count}.docx"
    file.write_bytes(docx.write(report(count)))
    return file


@cache
def from_word() -> dict:
    return dict(zip(COUNTS, office("pdf", *map(as_docx, COUNTS)), strict=True))


def pictures(count: int) -> list[dict]:
    return [block for block in report(count)["blocks"] if block["type"] == "figure"]


def texts(svg: str) -> str:
    return squeezed("".join(unescape(text) for text in re.findall(r">([^<>\n]+)</text>", svg)))


def missing(wanted: list[str], text: str) -> list[str]:
    return [one for one in wanted if squeezed(one) not in squeezed(text)]


@pytest.mark.parametrize("count", COUNTS[1:])
def test_every_village_has_its_bar_and_every_page_its_axis_and_legend(count):
    parts = [texts(picture["svg"]) for picture in pictures(count)]
    assert missing(names(count), "".join(parts)) == []
    assert [missing(LEGEND, part) for part in parts] == [[]] * len(parts)
    assert sum(len(re.findall(r"ytick_\d+", picture["svg"])) for picture in pictures(count)) == count


def test_one_village_alone_is_no_comparison_and_has_no_chart():
    assert pictures(1) == []


@pytest.mark.parametrize("count", COUNTS)
def test_the_pdf_has_them_all_with_nothing_in_its_margins(count):
    parts = said("pdftotext", as_pdf(count), "-").split("\f")
    with_chart = [part for part in parts if squeezed(LEGEND[0]) in squeezed(part)]
    assert missing(names(count), "".join(parts)) == []
    assert [missing(LEGEND + ["theo thôn, làng năm 2024"], part) for part in with_chart] == [[]] * len(pictures(count))
    assert edges(as_pdf(count)) == []


@pytest.mark.parametrize("count", COUNTS)
def test_word_has_them_all_with_nothing_in_its_margins(count):
    parts = said("pdftotext", from_word()[count], "-").split("\f")
    assert missing(names(count), "".join(parts)) == []
    assert sum("theo thôn, làng năm 2024" in part for part in parts) == len(pictures(count))
    assert missing([picture["caption"] for picture in pictures(count)], in_docx(as_docx(count).read_bytes())) == []
    assert pages(from_word()[count]) == pages(as_pdf(count))
    assert edges(from_word()[count]) == []


@pytest.mark.parametrize("count", COUNTS)
def test_the_web_page_has_them_all(count):
    page = html.write(report(count))
    assert missing(names(count), in_html(page)) == []
    assert page.count(b"<img ") == len(pictures(count))


def edges(file) -> list[str]:
    """Pages with ink within 29 mm of the left, 14 of the right or 19 of the bottom edge."""
    stem = folder() / f"edges-{file.stem}-{file.parent.name}"
    said("pdftoppm", "-r", "30", "-gray", file, stem)
    wrong = []
    for path in sorted(stem.parent.glob(stem.name + "-*.pgm")):
        with Image.open(path) as page:
            left, _, right, bottom = page.point(lambda level: 255 if level < 160 else 0).getbbox()
            mm = 30 / 25.4
            if left < 29 * mm or page.width - right < 14 * mm or page.height - bottom < 19 * mm:
                wrong.append(path.name)
    return wrong


def test_28_villages_stand_on_one_page_and_more_are_shared_out_evenly_on_one_scale():
    made = {count: drawn([f"thôn {number}" for number in range(count)]) for count in (28, 40, 80, 150)}
    assert isinstance(made[28], drawing.Picture)
    assert [len(made[count]) for count in (40, 80, 150)] == [2, 3, 6]
    assert [picture.svg.count("ytick_") for picture in made[80]] == [26, 27, 27]
    ticks = [re.findall(r'<g id="xtick_\d+">.*?>(\S+)</text>', picture.svg, re.DOTALL) for picture in made[80]]
    assert ticks[0] == ticks[1] == ticks[2] == ["0", "5", "10", "15", "20", "25", "30"]


def ticks(picture) -> list[str]:
    return re.findall(r'<g id="xtick_\d+">.*?>(\S+)</text>', picture.svg, re.DOTALL)


def lower(names: list[str], times: int):
    """The picture of villages whose rates are so many times lower."""
    made = rates(names)
    for column in ("poor_rate", "near_poor_rate", "multidimensional_poverty_rate"):
        made[column] = made[column] / times
    return charts.villages(made, Fraction(1, 100), 2024)


def test_the_scale_is_the_same_beside_long_names_and_short_ones():
    long = "nhập từ hai làng cũ Kông Lơng Khơng và Đê Bar"
    wide, narrow = lower([f"làng {number} {long}" if number >= 15 else f"làng {number}" for number in range(30)], 2)
    assert ticks(wide) == ticks(narrow) == ["0", "5", "10", "15"]


def test_an_axis_has_its_decimals_behind_a_comma():
    assert ticks(lower(["thôn A", "thôn B"], 24)) == ["0", "0,2", "0,4", "0,6", "0,8", "1", "1,2"]


def test_each_part_says_which_villages_it_shows_and_that_it_is_a_part():
    first, second = drawn([f"thôn {number}" for number in range(1, 31)])
    assert first.caption == "Tỷ lệ hộ nghèo, hộ cận nghèo theo thôn, làng năm 2024 (1/2)"
    assert first.alt == (
        "Biểu đồ thanh 30 thôn, làng xếp từ tỷ lệ nghèo đa chiều cao nhất, phần 1/2: từ thứ 1 (thôn 1: 30,00%) "
        "đến thứ 15 (thôn 15: 28,60%); toàn xã 15,24%."
    )
    assert second.alt == (
        "Biểu đồ thanh 30 thôn, làng xếp từ tỷ lệ nghèo đa chiều cao nhất, phần 2/2: từ thứ 16 (thôn 16: 28,50%) "
        "đến thứ 30 (thôn 30: 27,10%); toàn xã 15,24%."
    )


def test_in_a_notebook_the_parts_stand_one_below_the_other():
    assert drawn(names(40))._repr_html_().count("<figure>") == len(pictures(40)) > 1


LONG = "Khu dân cư thủy điện Vĩnh Sơn thuộc nông trường Sơn Lang cũ, phía đông đường Trường Sơn Đông, điểm số {}"


def test_the_longest_names_are_written_out_beside_their_bars():
    villages = [LONG.format(1), LONG.format(2), "W" * 60, "thôn 3"]
    picture = drawn(villages)
    assert missing(villages, texts(picture.svg)) == [] and "…" not in texts(picture.svg)


def test_forty_of_the_longest_names_stand_on_four_pages_of_ten():
    villages = [LONG.format(number) for number in range(1, 41)]
    made = drawn(villages)
    assert [picture.svg.count("ytick_") for picture in made] == [10, 10, 10, 10]
    assert missing(villages, "".join(texts(picture.svg) for picture in made)) == []


def test_marks_that_no_letter_has_of_itself_are_printed_in_a_chart_too():
    villages = ["Buôn Čư\u0306 Êmưm", "Plei Jơ\u0306 H\u0331ra", "Làng b\u0323\u0306"]
    chart = passages.figure(drawn(villages)).blocks
    made = {"meta": blocks.meta(), "figures": {}, "blocks": list(document.numbered(document.apart([blocks.paragraph("Kết quả."), *chart])))}
    file = folder() / "marks.pdf"
    file.write_bytes(pdf.write(made))
    text, marks = said("pdftotext", file, "-"), re.compile("[\u200c\u0306\u0331\u0323]")
    assert missing([marks.sub("", name) for name in villages], marks.sub("", text)) == []
    assert (text.count("\u0306"), text.count("\u0331")) == (3, 1)


def test_a_tall_figure_of_an_analyst_becomes_as_small_as_the_page():
    tall = drawing.Canvas(figsize=(150 / 25.4, 480 / 25.4))
    tall.add_subplot().plot([1, 2])
    assert drawing.own(tall, "hinh", "Hình", "Đường đi lên từ 1 đến 2.").width_mm == 75
