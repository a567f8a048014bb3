"""What finished files say a commune counted, read back from them as a reader at the province would."""

import re
from pathlib import Path

import docx
import openpyxl
from pypdf import PdfReader

COUNT = re.compile(r"(Hộ nghèo|Hộ cận nghèo): ([\d.]+) hộ, chiếm ([\d,]+%) tổng số hộ; nhân khẩu: ([\d.]+) khẩu")
HOUSEHOLDS = re.compile(r"Tổng số hộ dân cư: ([\d.]+) hộ")


def texts(path: Path) -> list[str]:
    """The paragraphs of a Word file and the cells of its tables, in no order."""
    opened_file = docx.Document(str(path))
    cells = [cell.text for table in opened_file.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in opened_file.paragraphs] + cells


def in_pages(path: Path) -> list[str]:
    """The text of a PDF file, its lines put together."""
    return [" ".join(page.extract_text() for page in PdfReader(path).pages).replace("\n", " ")]


def counts(said: list[str]) -> dict[str, tuple[str, ...]]:
    """What texts say of poor and near-poor households: households, rate, persons."""
    return {found[1]: found.groups()[1:] for text in said if (found := COUNT.search(text))}


def every_count(said: list[str]) -> dict[str, tuple[str, ...]]:
    """`counts` where one text may say several."""
    return {found[1]: found.groups()[1:] for text in said for found in COUNT.finditer(text)}


def households(said: list[str]) -> str:
    return next(found[1] for text in said if (found := HOUSEHOLDS.search(text)))


def whole(said: str) -> int:
    return int(said.replace(".", ""))


def totals(book: Path) -> tuple:
    """The line of totals of the first official form."""
    sheet = openpyxl.load_workbook(book, data_only=True).worksheets[0]
    return next(row for row in sheet.iter_rows(values_only=True) if "Tổng cộng" in row)
