"""Pieces of the report: placeholders bound to figures; narrative, tables and pictures as blocks."""

from fractions import Fraction

import pytest

from conftest import SEED, SEED_YEAR, frame
from giamngheo import opened, present
from giamngheo.figures import poverty
from giamngheo.figures.trace import Figure
from giamngheo.findings import DataError
from giamngheo.report import citations, passages, sections
from giamngheo.report.frames import NotPrintable
from giamngheo.report.stored import MIME, Passage, described, unpacked

POOR, ALL = Figure("r.poor", "Hộ nghèo", 242, "households"), Figure("r.all", "Tổng số hộ", 1160, "households")
RATE = Figure(
    "r.rate",
    "Tỷ lệ hộ nghèo",
    Fraction(242, 1160),
    "rate",
    "poor / all",
    (POOR, ALL),
    sources="a.csv:2; b.csv:4",
)
FIGURES = {"r.poor": POOR, "r.rate": RATE, "r.none": Figure("r.none", "", None, "households"), "year": "2022"}


def said(passage):
    """The text of each paragraph and each line of a list."""
    lines = []
    for block in passage.blocks:
        lines += [
            "".join(run["text"] for run in runs)
            for runs in [block.get("runs", []), *block.get("items", [])]
            if runs
        ]
    return lines


def test_a_sentence_prints_the_figures_it_names():
    passage = passages.sentence("Năm {year} có {r.poor}, chiếm {r.rate}.", FIGURES)
    assert said(passage) == ["Năm 2022 có 242 hộ, chiếm 20,86%."]
    assert set(passage.figures) == {"r.poor", "r.rate"}


def test_a_figure_in_a_sentence_is_a_run_of_its_own_that_names_it():
    runs = passages.sentence("Có {r.poor}.", FIGURES).blocks[0]["runs"]
    assert runs == [{"text": "Có "}, {"text": "242 hộ", "figure": "r.poor"}, {"text": "."}]


def test_a_sentence_says_what_is_not_known():
    assert said(passages.sentence("Hộ nghèo: {r.none}.", FIGURES)) == ["Hộ nghèo: chưa có số liệu."]


def test_a_sentence_of_the_workbook_that_names_no_figure_stops_the_run():
    with pytest.raises(NotPrintable) as refused:
        passages.sentence("{r.wealth}", FIGURES)
    assert str(refused.value) == "không có số liệu nào tên {r.wealth}. Cách sửa: có phải là {r.rate}?"


def test_a_statement_about_something_that_does_not_exist_says_so():
    assert said(passages.stated("Diễn biến", "Có {r.left} thoát nghèo.", FIGURES)) == [
        "Diễn biến: chưa có số liệu."
    ]


def test_a_statement_about_something_that_is_not_known_is_one_plain_sentence():
    assert said(passages.stated("Diễn biến", "Có {r.none} thoát nghèo.", FIGURES)) == [
        "Diễn biến: chưa có số liệu."
    ]


def test_a_list_has_a_line_for_each_text_and_none_for_none():
    assert said(passages.items(["Có {r.poor}.", "Chiếm {r.rate}."], FIGURES)) == [
        "Có 242 hộ.",
        "Chiếm 20,86%.",
    ]
    assert passages.items([]).blocks == []


def test_text_of_the_data_is_no_template():
    assert said(passages.plain_items(["Kế hoạch {year}"])) == ["Kế hoạch {year}"]


def test_a_reader_may_ask_of_a_figure_what_it_is_and_how_it_was_made():
    told = described(RATE)
    assert {"value": told["value"], "text": told["text"], "label": told["label"]} == {
        "value": "121/580",
        "text": "20,86%",
        "label": "Tỷ lệ hộ nghèo",
    }
    assert (told["formula"], told["arithmetic"]) == ("Hộ nghèo / Tổng số hộ", "242 / 1.160 = 20,86%")
    assert told["sources"] == ["a.csv:2", "b.csv:4"]


def test_passages_are_joined_in_order_and_keep_their_figures_and_the_meta():
    first = Passage([{"type": "heading"}], {"r.poor": POOR}, {"title": "x"})
    both = first + passages.sentence("{r.rate}", FIGURES)
    assert [block["type"] for block in both.blocks] == ["heading", "paragraph"]
    assert (set(both.figures), both.meta) == ({"r.poor", "r.rate"}, {"title": "x"})


def test_the_form_of_its_number_is_the_level_of_a_heading_and_what_stands_under_it_follows():
    section = passages.section("Phần I", "Kết quả", passages.section("3.", "Rà soát", passages.sentence("Ba.", {})))
    assert section.blocks == [
        {"type": "heading", "level": 1, "number": "Phần I", "text": "Kết quả"},
        {"type": "heading", "level": 3, "number": "3.", "text": "Rà soát"},
        {"type": "paragraph", "runs": [{"text": "Ba."}], "style": "body"},
    ]


def test_a_number_that_is_not_of_a_report_is_refused():
    with pytest.raises(ValueError) as refused:
        passages.section("2)", "Rà soát")
    assert str(refused.value) == "Số của đề mục phải có dạng Phần I, I., 1. hoặc a); nhận được '2)'."


def test_the_notebook_stores_blocks_beside_a_page_to_look_at():
    bundle = passages.sentence("Có {r.poor} <b>.", FIGURES)._repr_mimebundle_()
    stored = unpacked(bundle[MIME])
    assert stored["blocks"][0]["type"] == "paragraph"
    assert stored["figures"]["r.poor"]["text"] == "242 hộ"
    assert "242 hộ" in bundle["text/html"]
    assert "<b>" not in bundle["text/html"]


# narrative ----------------------------------------------------------------------------------------


@pytest.fixture
def narrated(write_year):
    """A function that writes one section and returns it as a passage."""

    def narrate(body):
        folder = write_year("xa", 2022) / "narrative"
        folder.mkdir(exist_ok=True)
        (folder / "mo-hinh.md").write_text(body, encoding="utf-8")
        return passages.words("mo-hinh", opened("xa", 2022), FIGURES)

    return narrate


def test_paragraphs_and_lists_of_the_narrative(narrated):
    passage = narrated("Có {r.poor}.\nMột Enter là một dòng.\n\n- một\n- **hai** {r.rate}\n\nHết.")
    assert [block["type"] for block in passage.blocks] == ["paragraph", "paragraph", "list", "paragraph"]
    assert said(passage) == ["Có 242 hộ.", "Một Enter là một dòng.", "một", "hai 20,86%", "Hết."]
    assert set(passage.figures) == {"r.poor", "r.rate"}


def test_bold_and_italic_stay_on_the_figure_too(narrated):
    runs = narrated("**{r.poor}** và *nghiêng*").blocks[0]["runs"]
    assert runs[0] == {"text": "242 hộ", "bold": True, "figure": "r.poor"}
    assert runs[-1] == {"text": "nghiêng", "italic": True}


def test_lines_of_a_list_within_a_list_stay_apart(narrated):
    assert said(narrated("- cha\n  - con một\n  - con hai")) == ["cha", "con một", "con hai"]


def test_paragraphs_of_one_point_stay_apart(narrated):
    assert said(narrated("- một\n\n  hai")) == ["một", "hai"]


def test_what_cannot_be_printed_as_it_is_written_stops_its_section(narrated):
    with pytest.raises(DataError) as refused:
        narrated("Một.\n\n***\n\nHai {r.por} \u202e9931.")
    assert str(refused.value) == (
        'xa/2022/narrative/mo-hinh.md, dòng 5, cột 13: giá trị "U+202E" — ký tự không nhìn thấy, đọc và in ra sẽ '
        "khác nhau. Cách sửa: xóa ký tự ấy: đặt con trỏ ngay sau nó rồi bấm Backspace, hoặc gõ lại từ ấy."
    )
    with pytest.raises(DataError) as refused:
        narrated("Một.\n\n***\n\nHai {r.por}.")
    assert [(found.row, found.value) for found in refused.value.findings] == [(3, "***"), (5, "{r.por}")]


def test_a_section_that_is_not_written_asks_for_its_words(write_year):
    write_year("xa", 2022)
    block = passages.words("mo-hinh", opened("xa", 2022), FIGURES).blocks[0]
    assert (block["style"], block["runs"]) == ("missing", [{"text": "Mô hình sinh kế"}])


# tables, pictures, sections -----------------------------------------------------------------------

RATES = poverty.rates(frame(
    "review", {"village": "A", "households": 120, "poor_households": 30}, {"village": "B", "households": 80}
))  # fmt: skip


def table(rows=RATES):
    columns = ["households", "poor_rate"]
    return passages.table(
        present.table(
            rows, "review", columns, key="village", first="Thôn", caption="Hộ nghèo", unit="Đơn vị tính: hộ"
        )
    )


def test_a_table_as_a_block():
    block = table().blocks[0]
    assert (block["caption"], block["unit"], block["align"]) == (
        "Hộ nghèo",
        "Đơn vị tính: hộ",
        ["left", "right", "right"],
    )
    assert [cell["runs"][0]["text"] for cell in block["rows"][0]] == ["A", "120", "25,00"]
    assert [note[0]["text"] for note in block["notes"]] == ["Dấu “…”: chưa có số liệu."]


def test_a_computed_cell_leads_to_its_figure():
    made = table()
    assert made.blocks[0]["rows"][0][2]["runs"] == [{"text": "25,00", "figure": "review.A.poor_rate"}]
    assert made.figures["review.A.poor_rate"].value == Fraction(30, 120)


def test_a_table_without_rows_is_a_sentence():
    passage = table(RATES.head(0))
    assert [block["type"] for block in passage.blocks] == ["paragraph"]
    assert said(passage)[0].startswith("Hộ nghèo: ")


def test_no_picture_is_no_block():
    assert passages.figure(None).blocks == []


def test_years_and_places_are_words_of_every_sentence():
    words = passages.context(opened(SEED, SEED_YEAR))
    assert passages.text("{last_year}, {year}, {next_year}: {issuer}", words) == (
        "2021, 2022, 2023: Ủy ban nhân dân xã Kông Lơng Khơng"
    )


def test_the_opening_says_why_the_document_is_a_draft_and_whether_it_is_made_up(write_year):
    folder = write_year("xa", 2022)
    (folder.parent / "unit.yml").write_text("name: xã Mẫu\nsynthetic: true\n", encoding="utf-8")
    meta = passages.opening(opened("xa", 2022), "Kết quả", ["lý do"]).meta
    assert (meta["draft"], meta["synthetic"], meta["place"]) == (["lý do"], True, "xã Mẫu")
    assert passages.opening(opened(SEED, SEED_YEAR), "Kết quả", []).meta["synthetic"] is False


def test_documents_of_a_section_in_their_order_the_last_with_a_full_stop():
    lines = said(citations.documents(opened(SEED, SEED_YEAR).table("documents"), "board"))
    assert lines == [
        "Quyết định số 477/QĐ-UBND ngày 10 tháng 8 năm 2022 của UBND xã Kông Lơng Khơng thành lập Ban quản "
        "lý các Chương trình mục tiêu quốc gia xã Kông Lơng Khơng giai đoạn 2021 - 2025."
    ]
    several = said(citations.documents(opened(SEED, SEED_YEAR).table("documents"), "review"))
    assert [line[-1] for line in several] == [";"] * (len(several) - 1) + ["."]


EMPTY = {
    "documents": (lambda: citations.documents(frame("documents"), "board"), ["Văn bản: chưa có số liệu."]),
    "board": (lambda: sections.board(frame("board")), ["Thành phần Ban quản lý: chưa có số liệu."]),
    "models": (lambda: sections.models(frame("models"), {}), ["Mô hình sinh kế: chưa có số liệu."]),
    "training": (lambda: sections.training(frame("training"), {}), ["Tập huấn: chưa có số liệu."]),
}


@pytest.mark.parametrize(("section", "lines"), EMPTY.values(), ids=EMPTY)
def test_a_section_without_data_says_so(section, lines):
    assert said(section()) == lines
