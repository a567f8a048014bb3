"""From a number of the report to the cell that made it and to the line of the file, by mouse or by keyboard alone."""

import re
from urllib.parse import unquote

import docx
import lxml.html
import pytest

import browser
from conftest import SEED
from tools import said

REVIEW = f"{SEED}/2022/review.csv"
RATE, NUMBER = re.compile(r"\d+,\d\d ?%"), re.compile(r"[1-9][\d.,]*|0")
NEW_PAGE = re.compile(r"\d+\s+[A-ZĐỰẢỐỆÔỎ –]*\s*TT Số liệu Tệp: phép tính \[dòng\]")  # number, marks, header


@pytest.fixture(scope="module")
def chromium():
    browser.reports()
    with browser.chromium() as started:
        yield started


@pytest.fixture
def report(chromium):
    """The seed's report, opened where no JavaScript runs."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto((browser.reports()["seed"] / "bao-cao.html").as_uri())
    yield page
    context.close()


def text_of(locator) -> str:
    return " ".join(locator.text_content().split())


def arrived(page):
    """The figure's cell that the address points at, and the row it stands in."""
    return page.locator(":target"), page.locator("tr:has(:target)")


def check_the_cell(page):
    made, row = arrived(page)
    assert page.url.endswith("/01_review.html#so-review.poor_rate")
    assert text_of(made) == "20,86" and made.get_attribute("title") == "242 / 1.160 = 20,86%"
    assert [text_of(cell) for cell in row.locator("td").all()][:2] == ["1.160", "242"]


def check_the_line(page):
    line = page.locator("tr:target")
    assert text_of(line.locator("th")) == "2"
    names = [text_of(cell) for cell in page.locator("table:has(:target) tbody tr").first.locator("td").all()]
    values = dict(zip(names, [text_of(cell) for cell in line.locator("td").all()], strict=True))
    assert (values["poor_households"], values["near_poor_households"]) == ("242", "324")
    assert text_of(page.locator("table:has(:target) caption")) == REVIEW


def test_by_mouse_without_javascript(report):
    number = report.get_by_role("link", name="20,86%", exact=True).first
    assert number.get_attribute("title") == "242 / 1.160 = 20,86%"
    number.click()
    check_the_cell(report)
    arrived(report)[1].get_by_role("link", name=f"{REVIEW}:2", exact=True).click()
    check_the_line(report)


def tab_to(page, wanted: str, most: int) -> None:
    """Press Tab until the link that says `wanted` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and text_of(focused) == wanted:
            return
    raise AssertionError(f"{most} times Tab, and {wanted} has not got the focus")


def test_by_keyboard_alone(report):
    tab_to(report, "20,86%", 60)
    report.keyboard.press("Enter")
    report.wait_for_url("**/01_review.html#so-review.poor_rate")
    check_the_cell(report)
    tab_to(report, f"{REVIEW}:2", 12)
    report.keyboard.press("Enter")
    report.wait_for_url(re.compile("#dong-"))
    check_the_line(report)


def test_the_arithmetic_is_shown_where_the_pointer_or_the_focus_is(chromium):
    page = chromium.new_page()
    page.goto((browser.reports()["seed"] / "bao-cao.html").as_uri())
    number = page.locator("a.so", has_text="20,86%").first

    def shows(wanted: str) -> None:
        page.wait_for_function(
            "([element, wanted]) => getComputedStyle(element, '::after').content === wanted",
            arg=[number.element_handle(), wanted],
        )

    shows("none")
    number.hover()
    shows('"242 / 1.160 = 20,86%"')
    page.mouse.move(0, 0)
    shows("none")
    tab_to(page, "20,86%", 60)
    shows('"242 / 1.160 = 20,86%"')
    page.close()


both = pytest.mark.parametrize("name", browser.BOTH)


def parsed(folder, page):
    return lxml.html.document_fromstring((folder / page).read_text(encoding="utf-8"))


def links_of(name) -> list:
    return parsed(browser.reports()[name], "bao-cao.html").xpath("//a[@class='so']")


@both
def test_every_computed_figure_leads_to_its_cell_with_its_arithmetic_and_its_lines(name):
    folder, links = browser.reports()[name], links_of(name)
    assert len(links) > 50
    pages = {page: {found.get("id"): found for found in parsed(folder, page).xpath("//*[@id]")}
             for page in {link.get("href").partition("#")[0] for link in links}}  # fmt: skip
    for link in links:
        page, _, address = link.get("href").partition("#")
        target = pages[page][unquote(address)]
        row = target if target.tag == "tr" else target.getparent()
        made = f"{target.get('title')} {row.text_content()}"
        printed = NUMBER.search(link.text_content())
        wanted = link.get("title") if " = " in link.get("title") else printed and printed[0] or "…"
        assert wanted in made, f"{link.get('href')}: {wanted} is not in {made}"
        lines = [found.get("href")[1:] for found in row.xpath(".//a[contains(@href, '#dong-')]")]
        assert lines and all(line in pages[page] for line in lines), link.get("href")


@both
def test_a_rate_that_is_no_link_is_quoted_from_what_was_published(name):
    """It stands in the words that say how a figure was derived, or which printed figures contradict each other."""
    unit, year = browser.BOTH[name]
    page = parsed(browser.reports()[name], "bao-cao.html")
    for found in page.xpath("//a[@class='so'] | //*[@id='cach-tinh'] | //header"):
        found.drop_tree()
    published = (browser.data_folder() / unit / str(year) / "published.csv").read_text(encoding="utf-8")
    assert set(RATE.findall(page.xpath("string(//main)"))) <= set(RATE.findall(published))


@both
def test_the_annex_of_pdf_and_word_has_every_computed_figure_in_numbered_rows(name):
    folder = browser.reports()[name]
    made = {link.get("title") for link in links_of(name) if " = " in link.get("title")}
    annex = folder / ("cach-tinh" if (folder / "cach-tinh.pdf").exists() else "bao-cao")  # its own file, or in the report
    rows = docx.Document(annex.with_suffix(".docx")).tables[-1].rows[1:]
    assert [row.cells[0].text for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    word = "\n".join(row.cells[-1].text for row in rows)
    pdf = re.sub(r"\s", "", NEW_PAGE.sub("", said("pdftotext", "-raw", annex.with_suffix(".pdf"), "-")))
    assert [one for one in made if one not in word] == []
    assert [one for one in made if re.sub(r"\s", "", one) not in pdf] == []
