"""The lines of data files that a page cites, shown on the page itself: the last step from a number to its source."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from string import ascii_uppercase
from urllib.parse import quote

from giamngheo.intake.cell import shown
from giamngheo.intake.grid import Grid, Row, letter
from giamngheo.intake.unit import Year

LETTERS = f"-{ascii_uppercase}"
CELL = re.compile(r"(<td[^>]*>)([^<:]*:[^<]*)(?=</td>)")  # of a table, with a colon, as citations have
PIECE = r"[A-Z]{0,3}\d+(?:-[A-Z]{0,3}\d+)?"  # a line or lines, or of a wide sheet a cell or cells of a column
RANGES = rf":(?:(?P<sheet>[^!:;,]+)!)?(?P<ranges>{PIECE}(?:, ?{PIECE})*)"

Place = tuple[str, str]  # the file, its sheet or ""


def linked(page: str, files: Iterable[str]) -> tuple[str, dict[Place, set[int]]]:
    """`page` with every citation in its tables made a link, and the lines cited of each file.

    >>> linked("<td>a/2022/review.csv:2-3, 7</td>", ["a/2022/review.csv"])[0].count("<a href=")
    2
    """
    names = "|".join(re.escape(escape(file)) for file in files if file.count("/") == 2)
    if not names:
        return page, {}
    citation = re.compile(f"(?P<file>{names}){RANGES}")
    cited: dict[Place, set[int]] = {}

    def link(found: re.Match) -> str:
        place = found["file"], found["sheet"] or ""
        before, pieces = found[0].removesuffix(found["ranges"]), []
        for text in re.split(", ?", found["ranges"]):
            first, _, last = (int(line.lstrip(LETTERS) or 0) for line in text.partition("-"))
            cited.setdefault(place, set()).update(range(first, (last or first) + 1))
            pieces.append(f'<a href="#{address(place, first)}">{before}{text}</a>')
            before = ""
        return ", ".join(pieces)

    return CELL.sub(lambda cell: cell[1] + citation.sub(link, cell[2]), page), cited


def address(place: Place, line: int) -> str:
    return f"{beginning(place)}-{line}"


@lru_cache
def beginning(place: Place) -> str:
    return f"dong-{quote(place[0])}-{quote(place[1])}"


def appendix(cited: dict[Place, set[int]], this: Year | None) -> str:
    """The cited lines of each file under the header they stand under, as a section; "" where nothing is cited.

    `this` is the year of the report that cites them.
    """
    if this is None or not cited:
        return ""
    tables = "".join(listing(place, lines, grid(*place, this)) for place, lines in sorted(cited.items()))
    if not tables:
        return ""
    words = "<h2>Số liệu gốc</h2><p>Các dòng được dẫn ở trên, như trong tệp.</p>"
    return f'<section id="so-lieu-goc">{words}{tables}</section>'


def listing(place: Place, lines: set[int], grid: Grid | None) -> str:
    """The header and the cited lines of one file or sheet."""
    if grid is None:
        return ""
    first = min(lines)
    rows = [row for row in grid.rows if row.number in lines or row.number < first and is_header(row)]
    width = max(len(row.cells) for row in rows)
    named = escape(": ".join(filter(None, place)))
    head = "".join(f'<th scope="col">{letter(position)}</th>' for position in range(width))
    body = "".join(
        f'<tr id="{address(place, row.number)}"><th scope="row">{row.number}</th>'
        + "".join(f"<td>{escape(shown(cell)) if cell is not None else ''}</td>" for cell in row.cells)
        + "<td></td>" * (width - len(row.cells)) + "</tr>"
        for row in rows
    )  # fmt: skip
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{named}"><table class="lines"><caption>{named}</caption>'
        f'<thead><tr><th scope="col">Dòng</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def is_header(row: Row) -> bool:
    """Whether a row only names what stands below it: several cells, none of them a number."""
    filled = [shown(cell) for cell in row.cells if cell is not None]
    return len(filled) > 1 and not any(text.replace(".", "").isdecimal() for text in filled)


def grid(file: str, sheet: str, this: Year) -> Grid | None:
    """The cells of a file of the data folder."""
    unit, year, name = file.split("/")
    layout = this.other(unit, int(year)).reading(sheet.strip().casefold() or name.rpartition(".")[0]).layout
    return (layout.grid.original or layout.grid) if layout.grid.file else None
