"""What the look of a workbook's cells changes in their reading: struck out, raised, hidden or repeated text.

A raised 2 behind 11 is a footnote to a person and 112 to a program; a struck-out figure no longer holds. Where
what is seen is not what is stored, the cell is not read.
"""

import re
from collections.abc import Iterator

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo.intake import colours, number_formats
from giamngheo.intake.colours import BLACK, Palette, unseen

SYMBOLS = re.compile(r"symbol\b|(wing|web)dings|marlett|mt extra|zapf|bookshelf symbol|ms outlook", re.IGNORECASE)
SMALLEST = 4  # points; smaller letters are specks
RAISED = {"superscript": "^", "subscript": "_"}

STRUCK = ("chữ hoặc số bị gạch ngang", "bỏ gạch ngang nếu còn đúng, xoá nội dung ô nếu đã bỏ")
CROSSED = ("ô bị gạch chéo (kẻ đường chéo qua ô)", "bỏ đường chéo nếu còn đúng, xoá nội dung ô nếu đã bỏ")
FOOTNOTE = (
    "có chữ hoặc số viết nhỏ ở trên hay ở dưới dòng (superscript, subscript), đọc được hai cách",
    "xoá phần viết nhỏ nếu là dấu chú thích, gõ lại ở cỡ thường nếu thuộc về giá trị",
)
UNSEEN = ("nội dung ô không nhìn thấy được (chữ cùng màu với nền)", "đổi màu chữ để kiểm tra, hoặc xoá nội dung ô")
REPEATED = ("căn ô kiểu Fill làm Excel hiện nội dung lặp lại", "đổi căn ngang của ô thành General")
BACKWARDS = ("ô viết từ phải sang trái nên số hiện theo thứ tự khác", "đổi hướng chữ của ô thành Context")
PICTURED = ("ô dùng phông ký hiệu nên chữ và số hiện thành hình", "đổi phông chữ của ô, ví dụ Times New Roman, rồi kiểm tra lại")
SPECK = ("chữ trong ô nhỏ đến mức không nhìn thấy", "đặt cỡ chữ của ô từ 8 trở lên rồi kiểm tra lại")
UNSHOWN = ("định dạng của ô ẩn hoặc đổi chữ trong ô", "đặt định dạng ô là General rồi kiểm tra lại")


class Looks:
    """What is wrong with the look of cells of one workbook; each style is judged once."""

    def __init__(self, palette: Palette):
        self.palette = palette
        self._known: dict[int, tuple[str, str] | None] = {}

    def of(self, cell) -> tuple[str, str] | None:
        """The rule and the remedy for a cell that is not to be read as stored; None for the others."""
        style = cell.style_id
        if style not in self._known:
            self._known[style] = self._wrong_style(cell)
        wrong = self._known[style]
        if wrong is None and isinstance(cell.value, CellRichText):
            wrong = next(filter(None, (self._wrong_font(run.font, cell.fill) for run in _runs(cell.value))), None)
        return wrong

    def _wrong_style(self, cell) -> tuple[str, str] | None:
        alignment = cell.alignment
        if alignment.horizontal == "fill":
            return REPEATED
        if alignment.readingOrder == 2:
            return BACKWARDS
        if crossed(cell.border):
            return CROSSED
        formatted = [self.palette.of(colours.of_format(name), BLACK) for name in number_formats.colours(cell.number_format)]
        lost = any(unseen(colour, self.palette.behind(cell.fill)) for colour in formatted)
        return UNSEEN if lost else self._wrong_font(cell.font, cell.fill)

    def _wrong_font(self, font, fill) -> tuple[str, str] | None:
        if font is None:
            return None
        if font.strike:
            return STRUCK
        if font.vertAlign in RAISED:
            return FOOTNOTE
        if SYMBOLS.match((font.rFont if isinstance(font, InlineFont) else font.name) or ""):
            return PICTURED
        if (font.sz or SMALLEST) < SMALLEST:
            return SPECK
        return UNSEEN if unseen(self.palette.of(font.color, BLACK), self.palette.behind(fill)) else None


def crossed(border) -> bool:
    """Whether a line is drawn through a cell from corner to corner."""
    line = border.diagonal
    return bool(line and line.style and (border.diagonalUp or border.diagonalDown))


def text(value: object) -> str:
    """A cell's text for a message, with raised and lowered parts marked: 11^2."""
    if not isinstance(value, CellRichText):
        return str(value)
    parts = (RAISED.get(run.font.vertAlign, "") + run.text if isinstance(run, TextBlock) else run for run in value)
    return "".join(parts)


def hides_zeros(sheet: Worksheet) -> bool:
    return any(view.showZeros is False for view in sheet.views.sheetView)


def _runs(value: CellRichText) -> Iterator[TextBlock]:
    return (run for run in value if isinstance(run, TextBlock) and run.text.strip())
