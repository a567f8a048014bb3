"""The Word file as python-docx and LibreOffice read it: real styles, numbers, fields, headers."""

import io
import re
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

import blocks
import documents
from giamngheo.writers import docx as writer
from giamngheo.writers import held_fonts
from printed import squeezed
from tools import folder, in_office, office, pages, said, written

NAMES = ["usual", "large"]

# The order of properties (ECMA-376 part 1, 17.3–17.9); Word calls a file with another order damaged.
ORDER = {
    "pPr": "pStyle keepNext keepLines numPr pBdr shd spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b i caps color sz szCs lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "trPr": "cantSplit tblHeader",
    "sectPr": "headerReference pgSz pgMar pgNumType titlePg",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "numbering": "abstractNum num",
}


def opened(name):
    return docx.Document(written(name, "docx"))


def elements(document, *tags):
    return list(document.element.body.iter(*map(qn, tags)))


def test_the_word_file_asks_for_times_new_roman_alone_and_that_is_recorded():
    assert held_fonts.in_docx(written("usual", "docx").read_bytes()) == ["Times New Roman"]
    changed, saved = opened("usual"), io.BytesIO()
    changed.paragraphs[0].add_run("a").font.name = "Courier New"
    changed.save(saved)
    assert held_fonts.in_docx(saved.getvalue()) == ["Courier New", "Times New Roman"]


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_sets_as_many_pages_as_the_pdf_has(name):
    assert abs(pages(in_office("pdf")[name]) - pages(written(name, "pdf"))) <= 1


@pytest.mark.parametrize("name", [*NAMES, "hostile"])
def test_every_part_keeps_the_order_of_elements_that_word_insists_on(name):
    with zipfile.ZipFile(written(name, "docx")) as archive:
        for part in archive.namelist():
            if part.startswith("word/") and part.endswith(".xml"):
                for element in docx.oxml.parse_xml(archive.read(part)).iter():
                    wanted = ORDER.get(element.tag.split("}")[1])
                    if wanted:
                        found = [wanted.split().index(child.tag.split("}")[1]) for child in element]
                        assert found == sorted(found), f"{part}: {element.tag}"


def test_headings_have_heading_styles_and_are_numbered_by_word():
    found = {p.style.name for p in opened("usual").paragraphs if p.style.name.startswith("Heading")}
    assert found == {"Heading 1", "Heading 2", "Heading 3", "Heading 4"}
    typed = [
        p.text
        for p in opened("usual").paragraphs
        if p.style.name.startswith("Heading") and re.match(r"[\dIVX]+\.|\w\)", p.text)
    ]
    assert typed == []
    shown = in_office("txt:Text")["usual"].read_text("utf-8-sig")
    labels = re.findall(r"^ +(Phần [IVX]+|[IVX]+\.|\d\.\d\.|\d\.|\w\)) ", shown, re.MULTILINE)
    assert labels == [
        "Phần I",
        "I.",
        "II.",
        "1.",
        "2.",
        "3.",
        "a)",
        "b)",
        "c)",
        "d)",
        "đ)",
        "e)",
        "g)",
        "4.",
        "4.1.",
        "4.2.",
        "III.",
        "Phần II",
        "I.",
        "II.",
        "III.",
    ]


@pytest.mark.parametrize(
    ("numbers", "lists"),
    [
        (["Phần I", "I.", "1.", "a)", "b)", "2.", "a)", "II.", "1."], [1] * 9),
        (["I.", "II.", "1.", "1.1.", "a)", "1.2.", "a)"], [1] * 7),
        (["1.", "3."], [1, 0]),  # Word would count 2.
        (["a)", "1.", "a)"], [1, 0, 10]),  # what Word makes of levels the text skips is not relied on
        (["a)", "b)", "c)", "d)", "đ)", "e)", "g)"], [1, 1, 1, 1, 14, 1, 16]),  # Word's fifth letter is e
        (["", "Mục 1", "A."], [0, 0, 0]),
    ],
    ids=["as in the decree", "with 1.1.", "a gap", "a skipped level", "Vietnamese letters", "other forms"],
)
def test_word_counts_a_heading_only_where_it_counts_right(numbers, lists):
    headings = [{"type": "heading", "number": number} for number in numbers]
    assert [made["numbered"]["list"] for made in writer.number_headings(headings)] == lists
    assert headings == [{"type": "heading", "number": number} for number in numbers]


def test_whatever_the_numbers_are_they_are_what_is_shown():
    numbers = ["Phần II", "I.", "3.", "a)", "4.", "b)", "4.1.", "đ)", "z)", "IX.", "%1.", "1."]
    made = [blocks.heading(1 + index % 4, number, f"Mục thứ {index}") for index, number in enumerate(numbers)]
    from giamngheo.writers import docx as writer

    file = folder() / "numbers.docx"
    file.write_bytes(writer.write({"meta": blocks.meta(), "blocks": made, "figures": {}}))
    shown = office("txt:Text", file)[0].read_text("utf-8-sig")
    wanted = "".join(f"{number} Mục thứ {index}" for index, number in enumerate(numbers))
    assert squeezed(shown) == squeezed(wanted)


def test_captions_count_with_seq_fields_and_references_are_ref_fields():
    instructions = [" ".join(i.text.split()) for i in elements(opened("usual"), "w:instrText")]
    counted = [i.split()[1] for i in instructions if i.startswith("SEQ")]
    assert counted == ["Bảng", "Hình", "Bảng", "Bảng"]
    marks = {mark.get(qn("w:name")) for mark in elements(opened("usual"), "w:bookmarkStart")}
    referred = {i.split()[1] for i in instructions if i.startswith("REF")}
    assert len(referred) == 3 and referred <= marks


def test_a_number_out_of_order_resets_the_sequence():
    rows = [["1"]]
    made = [blocks.table(f"b{number}", number, "Bảng", [["A"]], rows, ["left"]) for number in (1, 2, 5, 6)]
    file = io.BytesIO(writer.write({"meta": blocks.meta(), "blocks": made, "figures": {}}))
    assert [
        i.text.strip()[len("SEQ Bảng \\* ARABIC") :] for i in elements(docx.Document(file), "w:instrText")
    ] == ["", "", " \\r 5", ""]


@pytest.mark.parametrize("name", NAMES)
def test_header_rows_repeat_and_no_row_splits(name):
    tables = [table for table in opened(name).tables if table.style.name == "Bảng số liệu"]
    blocks = [block for block in getattr(documents, name)()["blocks"] if block["type"] == "table"]
    for table, block in zip(tables, blocks, strict=True):
        headers = [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.rows]
        assert headers == [True] * len(block["header"]) + [False] * len(block["rows"])
        assert all(row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in table.rows)
    shown = said("pdftotext", "-raw", in_office("pdf")[name], "-").split("\f")
    assert [page for page in shown if "Thôn số" in page and "STT" not in page] == []


def test_pictures_have_alternative_texts_and_tables_names():
    document = opened("usual")
    assert [p.get("descr") for p in elements(document, "wp:docPr")] == [
        "Biểu đồ cột: hộ nghèo giảm từ 262 xuống 242, hộ cận nghèo tăng từ 321 lên 324."]  # fmt: skip
    assert [c.get(qn("w:val"))[:7] for c in elements(document, "w:tblCaption")] == [
        "Bảng 1.",
        "Bảng 2.",
        "Bảng 3.",
    ]


def test_the_language_is_vietnamese_and_the_only_date_the_timestamp():
    document = opened("usual")
    languages = document.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    properties = document.core_properties
    day = datetime(2023, 2, 28, tzinfo=UTC)
    assert (languages, properties.language) == (["vi-VN"], "vi-VN")
    assert (properties.created, properties.modified) == (day, day)
    with zipfile.ZipFile(written("usual", "docx")) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_wide_table_turns_its_section_and_an_annex_starts_at_page_one():
    sections = [
        (s.orientation, s.different_first_page_header_footer, s._sectPr.find(qn("w:pgNumType")) is not None)
        for s in opened("large").sections
    ]
    upright, turned = docx.enum.section.WD_ORIENT.PORTRAIT, docx.enum.section.WD_ORIENT.LANDSCAPE
    assert sections == [
        (upright, True, True),
        (turned, False, False),
        (upright, False, False),
        (turned, True, True),
        (upright, True, True),
    ]


def test_page_numbers_agree_with_the_pdf():
    """The first lines of the pages of both: marks alone on the first page of the report and of each annex."""

    def heads(file):
        return [" ".join(page.split()[:1]) for page in said("pdftotext", "-raw", file, "-").split("\f")[:-1]]

    assert heads(in_office("pdf")["large"]) == heads(written("large", "pdf"))
    assert heads(written("large", "pdf"))[:3] == ["SỐ", "2", "3"]
