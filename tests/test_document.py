"""The executed report as one document: in order, numbered, ended, and every computed figure explained."""

from fractions import Fraction

import pytest

from giamngheo.figures.trace import Figure
from giamngheo.findings import DataError
from giamngheo.report import document
from giamngheo.report.document import NotAReport
from giamngheo.report.stored import MIME, described, packed

META = {"title": "Kết quả", "unit": "xa", "year": 2022}
SIGNATURE = {"type": "signature"}


POOR = Figure("review.poor_households", "Hộ nghèo", 242, "households", sources="xa/2022/r.csv:2")
ALL = Figure("review.households", "Tổng số hộ", 1160, "households", sources="xa/2022/r.csv:2")
RATE = Figure(
    name="review.poor_rate",
    label="Tỷ lệ hộ nghèo",
    value=Fraction(242, 1160),
    unit="rate",
    formula="poor_households / households",
    operands=(POOR, ALL),
    sources="xa/2022/r.csv:2",
)


def paragraph(*texts, **marks):
    return {"type": "paragraph", "style": "body", "runs": [{"text": text, **marks} for text in texts]}


def executed(*passages, meta=True):
    """An executed report whose cells show these lists of blocks."""
    bundles = [{"blocks": list(blocks), "figures": figures} for blocks, figures in passages]
    if meta:
        bundles[0]["meta"] = META
    outputs = [{"data": {MIME: packed(bundle), "text/plain": ""}} for bundle in bundles]
    return {"cells": [{"cell_type": "markdown"}, *({"outputs": [output]} for output in outputs)]}


def made(*blocks, figures=()):
    return document.from_notebook(executed((blocks, {figure.name: described(figure) for figure in figures})))


@pytest.mark.parametrize(
    "notebook",
    [{"cells": []}, {"cells": [{"outputs": []}]}, executed(([paragraph("x")], {}), meta=False)],
    ids=["empty", "not executed", "not the report"],
)
def test_a_notebook_that_is_no_executed_report_is_refused(notebook):
    with pytest.raises(NotAReport) as refused:
        document.from_notebook(notebook)
    assert str(refused.value) == (
        "Sổ này chưa chạy, hoặc không phải sổ báo cáo: không có phần đầu văn bản trong kết quả."
    )


@pytest.mark.parametrize("text", ["{review.poor_rate}", "còn { yeer } hộ", "**{a}**"])
def test_a_name_that_no_figure_has_taken_the_place_of_stops_the_document(text):
    with pytest.raises(DataError) as refused:
        document.from_notebook(executed(([paragraph("một"), paragraph(text)], {})))
    name = text[text.index("{") : text.index("}") + 1]
    assert str(refused.value) == (
        f'04_report: giá trị "{name}" — còn tên trong ngoặc nhọn chưa được thay bằng số liệu. '
        "Cách sửa: sửa tên ấy ở sổ hoặc lời văn, rồi chạy lại."
    )


def test_braces_of_the_data_that_are_no_name_are_text():
    assert len(document.from_notebook(executed(([paragraph("{{ 7 * 7 }} {% raw %} {0} {}")], {})))["blocks"]) == 1


def test_a_document_that_still_prints_a_gap_is_a_draft_and_says_which():
    gap = paragraph("Kính gửi: ", "[cần bổ sung nơi gửi]")
    assert made(gap, gap, paragraph("một"))["meta"]["draft"] == [
        "04_report: còn in “[cần bổ sung nơi gửi]”. Cách sửa: điền chỗ này ở sổ, lời văn hoặc tệp của văn phòng."
    ]
    assert "draft" not in made(paragraph("một"))["meta"]


def test_a_draft_keeps_the_reasons_it_was_given():
    notebook = executed(([paragraph("[cần bổ sung]")], {}), meta=False)
    first = {"blocks": [], "figures": {}, "meta": META | {"draft": ["số liệu mâu thuẫn"]}}
    notebook["cells"].insert(0, {"outputs": [{"data": {MIME: packed(first)}}]})
    assert document.from_notebook(notebook)["meta"]["draft"] == ["số liệu mâu thuẫn"]


def test_blocks_of_all_cells_in_their_order_and_the_key():
    notebook = executed(([paragraph("một")], {}), ([paragraph("hai"), paragraph("ba")], {}))
    paper = document.from_notebook(notebook, "abc")
    assert [block["runs"][0]["text"] for block in paper["blocks"]] == ["một", "hai", "ba"]
    assert paper["meta"] == META | {"key": "abc"}


def test_tables_figures_and_annexes_are_counted_each_for_itself():
    kinds = ["table", "figure", "table", "annex", "figure", "annex"]
    blocks = made(*({"type": kind} for kind in kinds))["blocks"]
    assert [(block["type"], block["number"]) for block in blocks] == [
        ("table", 1),
        ("figure", 1),
        ("table", 2),
        ("annex", "Phụ lục I"),
        ("figure", 2),
        ("annex", "Phụ lục II"),
    ]


def test_a_single_annex_has_no_number():
    assert made({"type": "annex"})["blocks"][0]["number"] == "Phụ lục"


ENDS = {
    "a full stop becomes the end mark": (paragraph("Hết."), "Hết./."),
    "no full stop": (paragraph("Hết"), "Hết./."),
    "a semicolon": (paragraph("Hết; "), "Hết./."),
    "only the last run is marked": (paragraph("Báo cáo ", "năm 2022."), "Báo cáo năm 2022./."),
}


@pytest.mark.parametrize(("last", "printed"), ENDS.values(), ids=ENDS)
def test_the_text_ends_before_the_signature(last, printed):
    blocks = made(paragraph("Đầu."), last, SIGNATURE)["blocks"]
    assert "".join(run["text"] for run in blocks[1]["runs"]) == printed
    assert blocks[0] == paragraph("Đầu.")


def test_a_list_at_the_end_is_ended_in_its_last_line():
    points = {"type": "list", "items": [[{"text": "một;"}], [{"text": "hai."}]]}
    assert made(points, SIGNATURE)["blocks"][0]["items"] == [[{"text": "một;"}], [{"text": "hai./."}]]


def test_what_was_executed_is_not_changed_by_reading_it():
    notebook = executed(([paragraph("Hết."), SIGNATURE], {}))
    assert document.from_notebook(notebook) == document.from_notebook(notebook)


def printed(table):
    return [["".join(run["text"] for run in cell["runs"]) for cell in row] for row in table["rows"]]


def test_the_last_annex_shows_how_every_computed_figure_was_made():
    rate, poor = paragraph("20,86%", figure=RATE.name), paragraph("242", figure=POOR.name)
    annex, table = made(rate, poor, figures=(RATE, POOR))["blocks"][-2:]
    assert (annex["type"], annex["title"]) == ("annex", "CÁCH TÍNH CÁC SỐ LIỆU TRONG BÁO CÁO")
    rows = printed(table)
    assert rows == [["1", "Tỷ lệ hộ nghèo = Hộ nghèo / Tổng số hộ", "2022/r.csv: 242 / 1.160 = 20,86% [2]."]]


def test_a_report_of_given_figures_alone_has_no_such_annex():
    blocks = made(paragraph("242", figure=POOR.name), figures=[POOR])["blocks"]
    assert [block["type"] for block in blocks] == ["paragraph"]


def test_a_figure_leads_to_the_notebook_that_made_it_and_else_to_the_report():
    page = "<td class='number' id='so-review.poor_rate' title=''>20,86</td>"
    shown = {"cells": [{"outputs": [{"data": {"text/html": page}}]}]}
    homes = document.homes({"01_review": shown, "04_report": shown})
    runs = [paragraph("20,86%", figure=RATE.name), paragraph("242", figure=POOR.name)]
    notebook = executed((runs, {figure.name: described(figure) for figure in (RATE, POOR)}))
    paper = document.from_notebook(notebook, shown_in=homes)
    assert {name: figure["href"] for name, figure in paper["figures"].items()} == {
        "review.poor_rate": "01_review.html#so-review.poor_rate",
        "review.poor_households": "04_report.html#so-review.poor_households",
    }
