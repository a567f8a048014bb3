"""The official forms as an Excel workbook: a sheet for each, with live formulas whose values are those of the report.

Every sheet is set for A4 across: letterhead at the left, the upper right corner free for the office's electronic seal,
the title in the middle, headings repeated on each page, one page wide. A text never becomes a formula.
"""

import io
from datetime import UTC, datetime
from fractions import Fraction
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from giamngheo.spreadsheets import LIVE
from giamngheo.writers import arrangement
from giamngheo.writers.sheets import ABOVE, Cell, Sheet

A4, FONT = 9, "Times New Roman"
NUMBER, NARROWEST, WIDEST = 9, 6, 32  # characters
HEAD = 46  # characters that a letterhead takes
LINE = 15.75  # points of one line of text
BOLD = 1.25  # of a plain letter that a bold one, in lines broken between words, takes
FORMATS = {"rate": "0.00%", "": "#,##0"}  # by the unit of a number
NOTHING = "Báo cáo này không in biểu nào có số liệu."
UNKNOWN = "Ô để trống: chưa có số liệu."


def write(document: dict) -> bytes:
    """The .xlsx of `document["sheets"]`, byte-identical for equal documents; `meta.timestamp` is the only date in it."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_size(2400, 1400)
    meta = document["meta"]
    made = datetime.fromtimestamp(meta["timestamp"], UTC).replace(tzinfo=None)
    book.set_properties({"title": meta["title"], "author": meta["issuer"], "keywords": meta["key"], "created": made})
    styles = Styles(book)
    for sheet in document["sheets"]:
        _sheet(book.add_worksheet(sheet.name), sheet, document, styles)
    if not document["sheets"]:
        book.add_worksheet("Biểu mẫu").write_string(0, 0, NOTHING, styles.of())
    book.close()
    return written.getvalue()


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook):
        self._book = book
        self._made: dict[tuple, Format] = {}

    def of(self, **asked) -> Format:
        key = tuple(sorted(asked.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": 12, "valign": "vcenter"} | asked)
        return self._made[key]


def _sheet(page: Worksheet, sheet: Sheet, document: dict, styles: Styles) -> None:
    heading = _slots(sheet)
    widths = _widths(sheet, heading)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    _print_setup(page, sheet, document["meta"])
    _above(page, sheet, document, widths, styles)
    for at, slots in enumerate(heading):
        _heading(page, ABOVE + at, slots, widths, styles, numbers=at == len(heading) - 1)
    for line, cells in enumerate(sheet.rows):
        page.set_row(sheet.first + line, LINE * max(_lines(cell.value, width) for cell, width in zip(cells, widths, strict=True)))
        for column, cell in enumerate(cells):
            _cell(page, sheet.first + line, column, cell, styles, bold=line >= len(sheet.rows) - sheet.totals)
    unknown = any(cell.value is None for cells in sheet.rows for cell in cells)
    for at, note in enumerate([*sheet.notes, *([UNKNOWN] if unknown else [])], start=sheet.first + len(sheet.rows) + 1):
        _text(page, at, 0, note, styles.of(italic=True))


def _slots(sheet: Sheet) -> list[list[dict]]:
    """The cells of the heading with the columns and lines they take, each where it begins; the text is in `runs`."""
    lines = [[cell | {"runs": [cell["text"]]} for cell in line] for line in sheet.header]
    placed = arrangement.grid(lines, ["left"] * len(sheet.rows[0]))
    return [[slot for slot in line if slot["runs"]] for line in placed]


def _widths(sheet: Sheet, heading: list[list[dict]]) -> list[float]:
    """Of each column, in characters: its texts, the longest word of its heading, at least a number of seven digits."""
    widths = [max(_letters(row[x]) for row in sheet.rows) for x in range(len(sheet.rows[0]))]
    for slot in (slot for slots in heading[:-1] for slot in slots if slot["colspan"] == 1):
        widths[slot["x"]] = max(widths[slot["x"]], *(len(word) + 2 for word in slot["runs"][0].split()))
    return [min(WIDEST, width) for width in widths]


def _letters(cell: Cell) -> int:
    return max(NARROWEST, ceil(len(cell.value) * BOLD)) if isinstance(cell.value, str) else NUMBER


def _print_setup(page: Worksheet, sheet: Sheet, meta: dict) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.repeat_rows(ABOVE, sheet.first - 1)
    page.set_footer("&L&8" + meta["key"].replace("&", "&&") + "&R&8&P/&N")
    page.freeze_panes(sheet.first, 2)


def _above(page: Worksheet, sheet: Sheet, document: dict, widths: list[float], styles: Styles) -> None:
    """Letterhead and title; what stands right of the letterhead stays free."""
    head: dict = next((block for block in document["blocks"] if block["type"] == "letterhead"), {})
    attached = next((block["attached"] for block in document["blocks"] if block["type"] == "annex"), "")
    lines: list[tuple[int, str, dict]] = [
        (0, head.get("superior", ""), {}),
        (1, " ".join(head.get("issuer", [])), {"bold": True}),
        (3, sheet.title, {"bold": True, "font_size": 14, "text_wrap": True}),
        (4, attached, {"italic": True}),
        (5, " – ".join(arrangement.marks(document["meta"])), {"bold": True, "font_color": "#A00000"}),
    ]
    for row, text, form in lines:
        last = _left(widths) if row < 3 else len(widths) - 1
        _merged(page, (row, 0, row, last), text, styles.of(align="center", **form))
    page.set_row(3, 1.25 * LINE * _lines(sheet.title, sum(widths)))


def _left(widths: list[float]) -> int:
    """The last column that the letterhead takes: less than half of the width, and no more than it needs."""
    room = min(HEAD, sum(widths) / 2)
    return max(1, sum(sum(widths[: column + 1]) < room for column in range(len(widths))) - 1)


def _heading(page: Worksheet, row: int, slots: list[dict], widths: list[float], styles: Styles, numbers: bool) -> None:
    """One line of the heading, as high as its longest text needs."""
    style = styles.of(border=1, align="center", text_wrap=True, bold=not numbers, italic=numbers, font_size=10 if numbers else 12)
    for slot in slots:
        _merged(page, (row, slot["x"], row + slot["rowspan"] - 1, slot["x"] + slot["colspan"] - 1), slot["runs"][0], style)
    taken = [(slot, sum(widths[slot["x"] : slot["x"] + slot["colspan"]])) for slot in slots]
    page.set_row(row, LINE * max(_lines(slot["runs"][0], wide, slot["rowspan"]) for slot, wide in taken))


def _lines(said: object, width: float, rows: int = 1) -> int:
    """Lines of each of the `rows` that a text needs in a cell of `width` characters, as bold as a heading; a number needs one.

    >>> _lines("Tỷ lệ (%)", 10), _lines("Trở thành hộ cận nghèo", 9), _lines(1234567, 6)
    (2, 4, 1)
    """
    return ceil(len(said) * BOLD / width / rows) if isinstance(said, str) and said else 1


def _merged(page: Worksheet, place: tuple[int, int, int, int], text: str, style: Format) -> None:
    if place[:2] != place[2:]:
        page.merge_range(*place, "", style)
    _text(page, *place[:2], text, style)


def _text(page: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    page.write_string(row, column, text, style) if text else page.write_blank(row, column, None, style)


def _cell(page: Worksheet, row: int, column: int, cell: Cell, styles: Styles, bold: bool) -> None:
    if isinstance(cell.value, str):
        quoted = {"quote_prefix": True} if LIVE.match(cell.value) else {}
        align = "left" if column else "center"
        _text(page, row, column, cell.value, styles.of(border=1, bold=bold, align=align, text_wrap=True, **quoted))
        return
    style = styles.of(border=1, bold=bold, num_format=FORMATS.get(cell.unit, FORMATS[""]))
    if cell.value is None:
        page.write_blank(row, column, None, style)
    elif cell.formula:
        page.write_formula(row, column, f"={cell.formula}", style, _plain(cell.value))
    else:
        page.write_number(row, column, _plain(cell.value), style)


def _plain(value: int | Fraction) -> int | float:
    return value if isinstance(value, int) else float(value)
