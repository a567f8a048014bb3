"""The first sheet of the workbook to fill in: how to fill it in, and what each sheet is."""

from collections.abc import Iterator

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo.intake import entry
from giamngheo.intake.folder import GUIDE_SHEET
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import tables
from giamngheo.vietnamese.terms import TITLES

GUIDE = (
    "Mỗi trang tính là một bảng; không đổi tên trang tính, không đổi dòng tên cột.",
    "Ô chưa biết thì để trống. Chỉ ghi 0 khi đúng là không có.",
    "Số hộ, số khẩu, số tiền ghi bằng số nguyên, không ghi đơn vị tính trong ô.",
    "Ô có danh sách thì chọn trong danh sách. Chọn một ô để xem cách ghi.",
    "Không để dòng trống giữa bảng, không ẩn dòng, không gộp ô số liệu.",
    "Dòng Tổng cộng tự tính; xã không có số liệu từng thôn thì ghi một dòng và để trống tên thôn, làng.",
    "Xong thì lưu (Save) với tên so-lieu.xlsx trong thư mục của năm, rồi chạy giamngheo check.",
)


def write(sheet: Worksheet, this: Year) -> None:
    """Write the instructions for a year's workbook into its first sheet."""
    sheet.title = GUIDE_SHEET
    sheet.append([f"Số liệu giảm nghèo năm {this.year} – {this.unit}"])
    for at, line in enumerate(GUIDE, start=1):
        sheet.append([f"{at}. {line}"])
    for at, line in enumerate(two_standards(this), start=len(GUIDE) + 1):
        sheet.append([f"{at}. {line}"])
    sheet.append([])
    for table in tables():
        sheet.append([f"{table}: {TITLES.get(table, table)}"])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 110
    for (cell,) in sheet.iter_rows():
        cell.alignment = entry.WRAPPED
    entry.printed(sheet)
    entry.protect(sheet)


def two_standards(this: Year) -> Iterator[str]:
    """Why a year of two standards has two sheets for the result."""
    reviewed = this.law.reviewed(this.year)
    if len(reviewed) > 1:
        basis, names = this.law.basis(reviewed[1]), this.law.standard_names()
        yield (
            f"Năm {this.year} rà soát đồng thời theo hai chuẩn ({basis['article']} {basis['decree']}): bảng review theo {names[reviewed[0]]}, "
            f"bảng other_review theo {names[reviewed[1]]}; hai kết quả không cộng, không trừ cho nhau."
        )
