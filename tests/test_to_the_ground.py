"""Every printed figure is followed, link by link, to the lines of data that hold its numbers: all of them, none to a blank line."""

import re
import zipfile

import pypdf
import pytest

import browser
import crawler
import paper
import provinces

REPORTS = {
    "the seed": lambda: browser.reports()["seed"],
    "a commune": lambda: browser.reports()["simulated"],
    "a district": lambda: provinces.undisturbed() / provinces.WHOLES[0] / str(provinces.YEAR),
    "a province": lambda: provinces.undisturbed() / provinces.WHOLES[1] / str(provinces.YEAR),
}

DATA = {"the seed": browser.data_folder, "a commune": browser.data_folder, "a district": provinces.root, "a province": provinces.root}


@pytest.fixture(params=REPORTS.values(), ids=REPORTS)
def folder(request):
    return request.param()


def test_every_figure_leads_to_its_cell_and_on_to_lines_that_hold_its_numbers(folder):
    crawler.check(folder / "bao-cao.html", 50)


def test_no_link_of_any_page_leads_nowhere(folder):
    followed = [
        crawler.followed(page, link.get("href"))
        for page in sorted(folder.glob("*.html"))
        for link in crawler.opened(page)[0].xpath("//a[@href]")
    ]
    assert len(followed) > 100


def test_a_sum_leads_from_the_provinces_page_to_the_communes_cell_and_line(folder):
    if "05_rollup.html" not in {path.name for path in folder.iterdir()}:
        return
    page = folder / "05_rollup.html"
    whole = crawler.opened(page)[1]["so-review.poor_households"]
    (link,) = crawler.row_of(whole).xpath(".//a")
    assert link.text_content() == "05_rollup.html, bảng “Kết quả rà soát của các xã”:1-3"
    commune = crawler.followed(page, link.get("href"))[1]
    figure = commune.xpath(".//td[@id='so-review.mo-phong-001.poor_households']/a")[0]
    there, cell = crawler.followed(page, figure.get("href"))
    assert (there.parent.parent.name, there.name, cell.get("id")) == ("mo-phong-001", "01_review.html", "so-review.poor_households")
    assert cell.text_content() == figure.text_content()
    line = crawler.followed(page, commune.xpath(".//td[@class='found-at']/a")[0].get("href"))[1]
    assert line.get("id") == "dong-mo-phong-001/2024/review.csv--2"


def test_every_number_in_a_table_of_the_report_is_a_link_also_one_that_was_given(folder):
    page = crawler.opened(folder / "bao-cao.html")[0]
    numbers = page.xpath("//td[contains(@class, 'right')]")
    assert len(numbers) > 15
    assert [cell.text_content() for cell in numbers if any(map(str.isdigit, cell.text_content())) and not cell.xpath(".//a")] == []


def test_no_figure_leads_to_a_line_without_a_number():
    """The seed's last year has a line in which nothing is filled in: what is said of that year was inferred from others."""
    report = browser.reports()["seed"] / "bao-cao.html"
    before = [figure for figure in crawler.printed(report) if "before" in figure.get("href")]
    assert len(before) > 5
    for figure in before:
        rows, _ = crawler.trail(*crawler.followed(report, figure.get("href")))
        assert [row for row in rows if "2021" in row and "review" in row] == []


def computed(folder) -> int:
    """How many numbers of a report's text were computed and have a row in its annex of calculations; none where that is a file of its own."""
    if (folder / "cach-tinh.pdf").exists():
        return 0
    figures = crawler.opened(folder / "bao-cao.html")[0].xpath("//a[@class='so'][not(ancestor::details)]")
    return sum(" = " in figure.get("title") or "khớp với" in figure.get("title") for figure in figures)


def test_in_the_pdf_every_computed_number_is_a_link_to_a_row_of_the_annex_it_has(folder):
    reader = pypdf.PdfReader(folder / "bao-cao.pdf")
    links = [one.get_object() for page in reader.pages for one in page.get("/Annots", ()) if one.get_object()["/Subtype"] == "/Link"]
    pages = {page.indirect_reference.idnum: page for page in reader.pages}
    assert len(links) >= computed(folder)
    for link in links:
        assert "phép tính [dòng]" in " ".join(pages[link["/Dest"][0].idnum].extract_text().split())


def test_in_word_every_computed_number_is_a_link_to_a_row_of_the_annex_it_has(folder):
    with zipfile.ZipFile(folder / "bao-cao.docx") as file:
        document = file.read("word/document.xml").decode()
    links, rows = re.findall('w:anchor="(cach_tinh[^"]+)"', document), re.findall('w:name="(cach_tinh[^"]+)"', document)
    assert len(links) == computed(folder)
    assert len(set(rows)) == len(rows) and set(links) <= set(rows)
    behind = [int(row.rpartition("_")[2]) for row in set(rows) - set(links)]  # of figures that only others are made of: the last ones
    assert sorted(behind) == list(range(len(rows) - len(behind) + 1, len(rows) + 1))


def test_the_seeds_report_has_its_annex():
    assert computed(browser.reports()["seed"]) > 40


def test_every_number_on_a_picture_and_in_the_words_that_stand_for_it_is_a_link_below_it(folder):
    """But for the years that are compared, the whole's rate, which stands in the text, and how many bars there are."""
    report = folder / "bao-cao.html"
    linked = set(crawler.numbers(link.text_content() for link in crawler.printed(report)))
    pictures = list(crawler.pictures(report))
    assert len(pictures) > 1
    for name, drawn, said, links in pictures:
        years = set(re.findall(r"\d{4}", name))
        assert [one for one in drawn if one not in {*links, *years} and not ("Tỷ lệ hộ" in name and one in linked)] == [], name
        assert [one for one in said if "," in one and one not in linked] == [], name


def test_on_paper_a_computed_number_has_a_row_of_the_annex_whose_lines_or_whose_own_rows_hold_its_numbers(folder, request):
    assert paper.without_ground(folder, DATA[request.node.callspec.id]()) == []
