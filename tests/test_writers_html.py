"""The page in a real Chromium: nothing fetched or run; readable on a desk, a phone and paper, by everyone."""

import json
import re
from pathlib import Path

import lxml.html
import pytest
from playwright.sync_api import sync_playwright

import documents
from tools import need, pages, said, written

NAMES = ["usual", "large", "hostile"]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=need("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser):
    """Open an example document: the page, and what it asked for, said, or tried to run."""
    pages_opened = []

    def open_page(name, viewport=DESK):
        page = browser.new_page(viewport=viewport)
        events = []
        page.on("request", lambda request: events.append(request.url))
        page.on("console", lambda message: events.append(message.text))
        page.on("dialog", lambda dialog: events.append(dialog.message))
        page.on("pageerror", lambda error: events.append(str(error)))
        page.goto(written(name, "html").as_uri())
        pages_opened.append(page)
        return page, events

    yield open_page
    for page in pages_opened:
        page.close()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_one_small_file_that_asks_for_nothing_and_runs_nothing(name, opened):
    page, events = opened(name)
    own = written(name, "html").as_uri()
    assert [
        event for event in events if event != own and not event.startswith("data:image/svg+xml;base64,")
    ] == []
    assert page.evaluate("document.scripts.length") == 0
    assert written(name, "html").stat().st_size < 1_500_000


def test_every_picture_is_drawn(opened):
    page, _ = opened("usual")
    assert page.evaluate(
        "[...document.images].map(i => i.complete && i.naturalWidth > 0 && i.alt.length > 0)"
    ) == [True]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("name", ["usual", "few", "hostile"])
def test_axe_finds_no_violation(name, viewport, opened):
    page, _ = opened(name, viewport)
    page.evaluate(Path(need("axe")).read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_page_never_scrolls_sideways_on_a_phone(name, opened):
    page, _ = opened(name, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_numbers_in_a_table_are_never_broken(opened):
    for viewport in (DESK, PHONE):
        page, _ = opened("large", viewport)
        heights = page.evaluate(
            "[...document.querySelectorAll('td.right')].map(td => {const range = document.createRange();"
            " range.selectNodeContents(td); return range.getClientRects().length})"
        )
        assert set(heights) == {1}


def test_a_computed_number_shows_its_arithmetic_to_mouse_and_keyboard(opened):
    page, _ = opened("usual")
    number = page.locator("a.so").first
    shown = "getComputedStyle(document.querySelector('a.so'), '::after').content"
    assert page.evaluate(shown) == "none"
    number.hover()
    assert page.evaluate(shown) == json.dumps("242 / 1.160 = 20,86%")
    page.mouse.move(0, 0)
    assert page.evaluate(shown) == "none"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "so":
            break
    assert page.evaluate(shown) == json.dumps("242 / 1.160 = 20,86%")
    assert number.get_attribute("href") == "01_review.html#so-rates.poor_rate"
    assert number.text_content() == "20,86%"


def test_references_lead_to_their_table(opened):
    for name in NAMES:
        page, _ = opened(name)
        assert page.evaluate("[...document.querySelectorAll('a.den')].every(a => document.getElementById("
                             "decodeURIComponent(a.hash.slice(1))))")  # fmt: skip


def test_it_says_its_language_and_its_headings_are_in_order():
    page = lxml.html.document_fromstring(written("usual", "html").read_text())
    assert page.get("lang") == "vi"
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert {cell.get("scope") for cell in page.iter("th")} == {"col", "colgroup"}
    assert [table.find("caption").text_content()[:6] for table in page.iter("table")] == [
        "Bảng 1",
        "Bảng 2",
        "Bảng 3",
    ]


def test_on_paper_it_is_a4_with_headers_repeated_and_marks_on_every_page(opened, tmp_path):
    page, _ = opened("large")
    file = tmp_path / "paper.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    sizes = set(re.findall(r"size: +([\d.]+) x ([\d.]+) pts", said("pdfinfo", "-l", "99", file)))
    assert sizes == {("594.96", "841.92"), ("841.92", "594.96")}
    texts = said("pdftotext", "-raw", file, "-").split("\f")[:-1]
    assert [number for number, text in enumerate(texts, 1) if "SỐ LIỆU MÔ PHỎNG" not in text] == []
    rows = [text for text in texts if "Thôn số" in text]
    assert len(rows) > 8
    assert [text for text in rows if "STT" not in text] == []
    assert abs(len(texts) - pages(written("large", "pdf"))) <= 3


def test_draft_marks_are_not_in_the_way_of_the_text():
    page = lxml.html.document_fromstring(written("usual", "html").read_text())
    assert page.xpath("string(//header)") == "DỰ THẢO"
    assert "DỰ THẢO" not in page.xpath("string(//main)")
    assert documents.usual()["meta"]["draft"]
