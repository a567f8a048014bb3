"""The way on from a report that puts communes together: to the line of its table that is added up, to the commune's own
page, to its cell and to its line of data.

The addresses are those that a batch gives the reports below one folder, so they need no network. Whether a commune's
report has been made there is no matter of this page, which is made from data alone; `index.html` and the batch say so.
"""

import re
from functools import partial
from html import escape, unescape
from urllib.parse import quote

from giamngheo.findings import DataError
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import PROGRAMME, TABLES
from giamngheo.report import sums
from giamngheo.review.cited_lines import CELL, LETTERS, RANGES, address

LINES = re.compile(rf"{re.escape(sums.BOOK)}, bảng “(?P<table>[^”]+)”:(?P<first>\d+)[\d, -]*")
FILE = re.compile(rf"(?P<file>(?P<unit>[^/;:<>]+)/(?P<year>\d{{4}})/(?P<name>[\w-]+)\.(?:csv|xlsx)){RANGES}")
COMMUNE = re.compile(r"(?<=<td class='found-at'>)(?P<unit>[^/<>]+)/(?P<year>\d{4})(?=</td>)")
FIGURE = re.compile(r"(?P<cell><td class='number' id='so-(?P<name>[^']*)'[^>]*>)(?P<said>[^<]+)(?=</td>)")
PAGES = {"review": "01_review.html", "budget": "02_budget.html", "checks": "03_checks.html"}  # where a commune shows what
OF_ALL = "share"  # of all communes' money, which no commune's own page shows
Pages = dict[str, dict[str, str]]  # for each unit the addresses of its pages, by what they show


def linked(page: str, parent: Year) -> str:
    """The page with every line of a table of communes, every file of a commune and every figure of one made a link."""
    pages = pages_below(parent)
    page = CELL.sub(lambda found: found[1] + FILE.sub(partial(to_line, pages), LINES.sub(to_table, found[2])), page)
    page = COMMUNE.sub(lambda found: anchor(pages, found["unit"], "checks", "", found[0]), page)
    return FIGURE.sub(partial(to_figure, pages), page)


def pages_below(parent: Year) -> Pages:
    """The pages of the communes below `parent`, of those merged into one, and of the districts between."""
    same = parent.of_kind(kinds.of(parent).code)
    found: Pages = {}
    for unit in parent.law.territory(parent.year).communes[parent.unit]:
        this = same.other(unit)
        if this.year in this.years and (folder := beside(this)):
            found |= dict.fromkeys([*this.merged, unit], {what: f"{folder}/{page}" for what, page in PAGES.items()})
    for unit in dict.fromkeys(sums.districts(parent).values()):
        found[unit] = dict.fromkeys(("review", "budget"), f"{beside(same.other(unit))}/{sums.BOOK}")
    return found


def beside(this: Year) -> str:
    """Where a unit's report stands, from the folder of another's; "" where its files do not say."""
    try:
        return f"../../{quote(this.unit)}/{kinds.place(this)}"
    except DataError:
        return ""


def to_table(found: re.Match) -> str:
    """A link to the first of the lines that a sum cites."""
    table = next((name for name, called in sums.TABLES.items() if called == unescape(found["table"])), "")
    return f'<a href="#{table}-{found["first"]}">{found[0]}</a>' if table else found[0]


def to_line(pages: Pages, found: re.Match) -> str:
    """A link to the first of the lines of a commune's file, on the commune's own page."""
    table = (found["sheet"] or found["name"]).strip().casefold()
    line = int(found["ranges"].partition(",")[0].partition("-")[0].lstrip(LETTERS))
    place = address((found["file"], found["sheet"] or ""), line)
    return anchor(pages, found["unit"], "budget" if table in TABLES[PROGRAMME] else "review", place, found[0])


def to_figure(pages: Pages, found: re.Match) -> str:
    """A commune's figure as a link to its cell on the commune's own page."""
    table, *rest = unescape(found["name"]).split(".")
    unit = next((part for part in rest if part in pages), "")
    if not unit or table not in PAGES or rest[-1] == OF_ALL:
        return found[0]
    name = ".".join([table, *(part for part in rest if part != unit)])
    return found["cell"] + anchor(pages, unit, table, f"so-{quote(name)}", found["said"])


def anchor(pages: Pages, unit: str, what: str, place: str, said: str) -> str:
    """`said` as a link to a place of a unit's page; as it stands where the unit has no data of the year."""
    page = pages.get(unescape(unit), {}).get(what)
    return f'<a href="{escape(page)}{"#" * bool(place)}{place}">{said}</a>' if page else said
