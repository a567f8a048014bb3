"""Follows the printed figures of a report as a reader with a mouse would: to the cell that made each, and from there to its ground.

A figure's ground is a line of a data file that is shown on the way, or, of a derived figure, words that derive it and such a line.
"""

import base64
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import lxml.etree
import lxml.html

LINK = re.compile(r"(?P<page>[^#]*)(?:#(?P<place>.*))?")
RANGE = re.compile(r"(?P<first>\d+)-[A-Z]{0,3}(?P<last>\d+)$")
LINES_OF_DATA = "lines"  # the class of a table that shows lines of a file


@cache
def opened(path: Path) -> tuple[lxml.html.HtmlElement, dict[str, lxml.html.HtmlElement]]:
    """A page and what stands at each address of it; an address that stands twice is an error."""
    page = lxml.html.document_fromstring(path.read_text("utf-8"))
    named = page.xpath("//*[@id]")
    there = {one.get("id"): one for one in named}
    assert len(there) == len(named), f"{path}: an address stands twice"
    return page, there


def followed(page: Path, href: str) -> tuple[Path, lxml.html.HtmlElement | None]:
    """The page and the element that a link of `page` leads to; None for a whole page. AssertionError where it leads nowhere."""
    found = LINK.fullmatch(href)
    target = (page.parent / unquote(found["page"])).resolve() if found["page"] else page
    assert target.is_file(), f"{page}: {href} leads to no file"
    if not found["place"]:
        return target, None
    there = opened(target)[1]
    assert unquote(found["place"]) in there, f"{page}: {href} leads to no place of {target}"
    return target, there[unquote(found["place"])]


def row_of(element: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    return element if element.tag == "tr" else next(element.iterancestors("tr"))


def text(row: lxml.html.HtmlElement) -> str:
    """What a row says, its cells apart."""
    return " | ".join(" ".join(cell.text_content().split()) for cell in row)


def shown(link: lxml.html.HtmlElement, place: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    """The place that a link leads to and, where the link names several lines, the rows below it that it names."""
    lines = RANGE.search(link.text_content())
    last = int(lines["last"]) - int(lines["first"]) if lines else 0
    return [place, *(row for row, _ in zip(place.itersiblings("tr"), range(last), strict=False))] if place.tag == "tr" else [place]


def trail(page: Path, cell: lxml.html.HtmlElement, seen: frozenset = frozenset()) -> tuple[list[str], list[str]]:
    """The rows that a reader meets who follows every link from the row of a cell, and the lines of data among them."""
    row = row_of(cell)
    if next(row.iterancestors("table")).get("class") == LINES_OF_DATA:
        return [text(row)], [text(row)]
    rows, grounds = [text(row)], []
    for link in row.xpath(".//a[@href]"):
        to, place = followed(page, link.get("href"))
        if place is None or place.tag not in ("tr", "td") or (step := (to, place.get("id"))) in seen:
            continue
        for one in shown(link, place):
            more, lines = trail(to, one, seen | {step})
            rows, grounds = rows + more, grounds + lines
    return rows, grounds


NUMBER = re.compile(r"(?<![\d.,])\d[\d.]*(?:,\d+)?")


def unseen(figure: lxml.html.HtmlElement, rows: list[str], page: Path) -> list[str]:
    """The numbers that a figure was made from, or of a given one itself, that stand in none of the rows.

    The whole that a share is of may stand in another row of the page that made the share, under an address of its own.
    """
    made = figure.get("title") if " = " in figure.get("title") else ""
    wanted = NUMBER.findall(made.rpartition(" = ")[0]) if made else NUMBER.findall(figure.text_content())[:1]
    there = {number.replace(".", "") for row in rows for number in NUMBER.findall(row)} | (made_at(page) if made else set())
    return [number for number in wanted if number.replace(".", "").lstrip("0") not in there | {""}]


@cache
def made_at(page: Path) -> set[str]:
    """The numbers that stand in a cell of a page that has an address as a figure."""
    cells = [cell.text_content() for name, cell in opened(page)[1].items() if name.startswith("so-")]
    return {number.replace(".", "") for cell in cells for number in NUMBER.findall(cell)}


def printed(report: Path) -> list[lxml.html.HtmlElement]:
    """The links of a report's page that are figures."""
    return opened(report)[0].xpath("//a[@class='so']")


AXIS = "*[starts-with(@id, 'matplotlib.axis')]"


def pictures(report: Path) -> Iterator[tuple[str, list[str], list[str], list[str]]]:
    """Each picture of a page: its name, the numbers on it, those of the words that stand for it, those that are links below it.

    The scale of an axis is no number of the report, and no name of a village is.
    """
    for figure in opened(report)[0].iter("figure"):
        (image,) = figure.iter("img")
        drawing = lxml.etree.fromstring(base64.b64decode(image.get("src").partition(",")[2]))
        texts = drawing.xpath(f"//*[local-name()='text'][not(ancestor::{AXIS})]")
        links = [NUMBER.search(link.text_content())[0] for link in figure.xpath(".//a[@class='so']")]
        yield figure.findtext("figcaption"), numbers(one.text for one in texts), numbers([image.get("alt")]), links


def numbers(texts: Iterator[str]) -> list[str]:
    """The numbers of texts, without the signs before them."""
    return [number for text in texts for number in NUMBER.findall(text or "")]


def check(report: Path, fewest: int) -> None:
    """Every figure of a page, more than `fewest` of them, leads to its cell and on to lines that hold its numbers."""
    figures = printed(report)
    assert len(figures) > fewest
    for figure in figures:
        page, cell = followed(report, figure.get("href"))
        rows, grounds = trail(page, cell)
        assert grounds, f"{figure.get('href')} leads to no line of data"
        assert unseen(figure, rows, page) == [], figure.get("href")
