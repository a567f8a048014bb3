"""One document, three formats: the same words, the same table values, the same bytes on every run."""

import hashlib
import importlib
import io
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter

import docx
import lxml.html
import pytest

import blocks
import documents
import printed
from giamngheo.writers import html, pdf
from tools import folder, in_office, said, written

NAMES = ["usual", "few"]
KINDS = ["pdf", "docx", "html"]
LEFT_TO_RIGHT = [
    text for text in documents.HOSTILE if all(unicodedata.bidirectional(c) not in ("R", "AL") for c in text)
]


def expected(name: str) -> str:
    return printed.squeezed("".join(printed.expected(getattr(documents, name)())))


# ---- the same words ----


@pytest.mark.parametrize("name", NAMES)
def test_pdf_prints_every_word_in_order_and_nothing_else(name):
    """Titles of parts and sections are IN HOA, so capitals are not compared."""
    assert printed.squeezed(printed.in_pdf(written(name, "pdf"))).upper() == expected(name).upper()


@pytest.mark.parametrize("name", [*NAMES, "large", "hostile"])
def test_html_prints_every_word_in_order_and_nothing_else(name):
    assert printed.squeezed(printed.in_html(written(name, "html").read_bytes())) == expected(name)


@pytest.mark.parametrize("name", [*NAMES, "large", "hostile"])
def test_docx_prints_every_word_in_order_and_nothing_else(name):
    """Read by LibreOffice, which shows the numbers Word counts; its text export writes "•" for a dash."""
    text = in_office("txt:Text")[name].read_text("utf-8-sig").replace("•", "-")
    assert printed.squeezed(text) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_vietnamese_leaves_every_format_in_nfc(name):
    texts = [
        said("pdftotext", written(name, "pdf"), "-"),
        printed.in_docx(written(name, "docx").read_bytes()),
        printed.in_html(written(name, "html").read_bytes()),
    ]
    assert [unicodedata.is_normalized("NFC", text) for text in texts] == [True, True, True]
    assert all("Kông Lơng Khơng" in text and "Độc lập - Tự do - Hạnh phúc" in text for text in texts)


@pytest.mark.parametrize("name", NAMES)
def test_tables_have_the_same_values_cell_by_cell(name):
    page = lxml.html.document_fromstring(written(name, "html").read_text())
    in_html = [[cell.text_content() for cell in table.iter("th", "td")] for table in page.iter("table")]
    in_pdf = [
        [" ".join(cell.split()) for cell in table] for table in printed.tables_in_pdf(written(name, "pdf"))
    ]
    in_docx = printed.tables_in_docx(written(name, "docx").read_bytes())
    assert in_docx == printed.tables(getattr(documents, name)())
    assert in_html == in_docx
    assert in_pdf == in_docx


# ---- hostile texts ----


@pytest.mark.parametrize("text", documents.HOSTILE, ids=range(len(documents.HOSTILE)))
def test_hostile_text_loses_no_letter_in_the_pdf(text):
    document = documents.hostile(text) | {"meta": blocks.meta()}
    file = folder() / "one.pdf"
    file.write_bytes(pdf.write(document))
    pages = said("pdftotext", "-raw", file, "-")
    found = printed.squeezed(re.sub(r"\f\d+\n", "", pages)).upper()
    wanted = printed.squeezed("".join(printed.expected(document))).upper()
    assert not Counter(wanted) - Counter(found)
    if text in LEFT_TO_RIGHT:
        assert found.count(printed.squeezed(text).upper()) >= wanted.count(printed.squeezed(text).upper())


def test_most_hostile_texts_are_compared_in_order_too():
    assert len(LEFT_TO_RIGHT) == len(documents.HOSTILE) - 2


def test_hostile_text_stays_text_in_the_word_file():
    """No field, link or number asks Word for more than the form does."""
    body = docx.Document(io.BytesIO(written("hostile", "docx").read_bytes())).element.body
    instructions = {" ".join(i.text.split()[:1]) for i in body.iter(docx.oxml.ns.qn("w:instrText"))}
    assert instructions == {"SEQ"}  # the reference reads "Bảng", not "Bảng 1": it is a link, not a field
    assert {tag.split("}")[1] for tag in {e.tag for e in body.iter()}} <= set(ELEMENTS.split())


def test_hostile_text_makes_no_element_of_the_page():
    page = lxml.html.document_fromstring(written("hostile", "html").read_text())
    assert not page.xpath(
        "//script | //iframe | //object | //link | //form | //@onerror"
        " | //img[not(starts-with(@src, 'data:'))]"
    )
    assert {link.get("href").split("#")[0] for link in page.iter("a")} == {"", "01_review.html"}


def test_hostile_text_makes_no_action_in_the_pdf():
    raw = written("hostile", "pdf").read_bytes()
    assert [
        word
        for word in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/OpenAction", b"/EmbeddedFile")
        if word in raw
    ] == []


# ---- the same bytes ----


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_run_writes_the_same_bytes(kind):
    """Also in another process with another hash seed, locale and time zone, from the document as JSON."""
    document = documents.usual()
    write = importlib.import_module(f"giamngheo.writers.{kind}").write
    first = hashlib.sha256(write(document)).hexdigest()
    assert hashlib.sha256(write(document)).hexdigest() == first
    code = (f"import hashlib, json, sys; from giamngheo.writers import {kind}; "
            f"print(hashlib.sha256({kind}.write(json.load(sys.stdin))).hexdigest())")  # fmt: skip
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C", "PATH": ""}
    command = [sys.executable, "-c", code]
    elsewhere = subprocess.run(
        command, input=json.dumps(document), capture_output=True, text=True, env=environment
    )
    assert elsewhere.stdout.strip() == first


@pytest.mark.parametrize("kind", KINDS)
def test_a_writer_leaves_the_document_as_it_was(kind):
    document = documents.usual()
    before = json.dumps(document)
    importlib.import_module(f"giamngheo.writers.{kind}").write(document)
    assert json.dumps(document) == before


@pytest.mark.parametrize("kind", KINDS)
def test_the_manifest_key_is_in_the_file(kind):
    key = documents.usual()["meta"]["key"]
    file = written("usual", kind)
    found = {
        "pdf": lambda: said("pdfinfo", file),
        "docx": lambda: docx.Document(file).core_properties.keywords,
        "html": lambda: lxml.html.fromstring(file.read_text()).xpath(
            "string(//meta[@name='keywords']/@content)"
        ),
    }[kind]()
    assert key in found


@pytest.mark.parametrize(
    ("draft", "synthetic", "mark"),
    [([], False, None), (["thiếu số liệu"], False, "DỰ THẢO"), ([], True, "SỐ LIỆU MÔ PHỎNG"),
     (["thiếu số liệu"], True, "DỰ THẢO – SỐ LIỆU MÔ PHỎNG")],
)  # fmt: skip
def test_marks_stand_on_every_page(draft, synthetic, mark):
    document = documents.usual() | {"meta": blocks.meta(draft=draft, synthetic=synthetic)}
    file = folder() / "marked.pdf"
    file.write_bytes(pdf.write(document))
    on_pages = [
        ("DỰ THẢO" in page, "SỐ LIỆU MÔ PHỎNG" in page)
        for page in said("pdftotext", file, "-").split("\f")[:-1]
    ]
    assert set(on_pages) == {(bool(draft), synthetic)}
    header = lxml.html.fromstring(html.write(document).decode()).xpath("//header")
    assert [element.text for element in header] == ([mark] if mark else [])


ELEMENTS = """body p pPr pStyle keepNext numPr ilvl numId ind jc r rPr b i caps sz t br fldChar instrText
hyperlink bookmarkStart bookmarkEnd tbl tblPr tblStyle tblW tblLayout tblLook tblCaption tblCellMar left right
tblGrid gridCol tr trPr cantSplit tblHeader tc tcPr tcW gridSpan vMerge vAlign sectPr headerReference pgSz
pgMar pgNumType titlePg drawing inline extent docPr graphic graphicData pic nvPicPr cNvPr cNvPicPr blipFill
blip stretch fillRect spPr xfrm off ext prstGeom avLst"""
