"""One cell, one row, one file: what is read from it, or the rule it breaks and the remedy, word for word."""

import datetime as dt
import io
import os
import zipfile
from fractions import Fraction

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, IconSetRule
from openpyxl.styles import Alignment, Color, Font, PatternFill

from giamngheo import limits, opened
from giamngheo.findings import DataError
from giamngheo.intake import (
    csvfile,
    file_kinds,
    kinds,
    markdown,
    narrative,
    number_formats,
    office,
    office_form,
    plain_files,
    unit,
    unpacking,
    values,
    workbook,
)
from giamngheo.intake.cell import Misread, MonthShown, Number, Uncalculated, Unreadable, shown
from giamngheo.intake.codes import Codes
from years import BUDGET, MOVEMENTS, REVIEW, UNIT, changed, grid, saved, write
from years import YEAR as REVIEWED

COUNT = "phải là số nguyên không âm"
DIGITS = "chỉ ghi chữ số, ví dụ 32; lời giải thích ghi vào cột note"
DOTS = "ghi số nguyên bằng chữ số, hàng nghìn ngăn bằng dấu chấm hoặc để liền"
UNKNOWN = "ghi 0 nếu không có, để trống nếu chưa biết"
DATE = "phải là ngày có thật, dạng ngày/tháng/năm"
WRITE_DATE = "ghi ngày, tháng, năm, ví dụ 28/02/2023"
YEAR = ("phải là năm gồm bốn chữ số, từ 1900 đến 2100", "ghi năm, ví dụ 2022")
NUMBER = ("phải là số", "ghi bằng chữ số, phần thập phân sau dấu phẩy, đơn vị tính không ghi trong ô")
TOO_LARGE = ("số quá lớn", "kiểm tra số chữ số và đơn vị tính")

READ = [
    ("0", "count", "", 0),
    ("007", "count", "", 7),
    ("1.399", "count", "", 1399),
    ("12.345.678", "count", "", 12345678),
    ("1 399", "count", "", 1399),
    ("1.399,0", "count", "", 1399),
    ("1,399,000.00", "count", "", 1399000),
    ("999999999999999", "count", "", 10**15 - 1),
    ("32 hộ", "count", "households", 32),
    ("32hộ", "count", "households", 32),
    ("1.399 HỘ", "count", "households", 1399),
    ("922 nhân khẩu", "count", "persons", 922),
    ("148.300.000 đồng", "money", "dong", 148300000),
    ("20,86", "number", "", Fraction(2086, 100)),
    ("-0,5", "number", "", Fraction(-1, 2)),
    ("-12", "number", "", -12),
    ("0.125", "number", "", Fraction(1, 8)),
    ("1 399,5", "number", "", Fraction(2799, 2)),
    ("1.234.567", "number", "", 1234567),
    ("1,234,567.5", "number", "", Fraction(2469135, 2)),
    ("2022", "year", "", 2022),
    ("1900", "year", "", 1900),
    ("2100", "year", "", 2100),
    (Number(2022), "year", "", 2022),
    (Number(1399.0), "count", "", 1399),
    (Number(12.5), "number", "", Fraction(25, 2)),
    (Number(7, "@"), "text", "", "7"),
    ("2/9/2023", "date", "", dt.date(2023, 9, 2)),
    ("02-09-2023", "date", "", dt.date(2023, 9, 2)),
    ("02.09.2023", "date", "", dt.date(2023, 9, 2)),
    ("ngày 2 tháng 9 năm 2023", "date", "", dt.date(2023, 9, 2)),
    ("2 tháng 9 năm 2023", "date", "", dt.date(2023, 9, 2)),
    ("2023-09-02", "date", "", dt.date(2023, 9, 2)),
    ("1/1/1900", "date", "", dt.date(1900, 1, 1)),
    ("31/12/2100", "date", "", dt.date(2100, 12, 31)),
    (dt.datetime(2023, 9, 2), "date", "", dt.date(2023, 9, 2)),
    (dt.date(2023, 9, 2), "month", "", dt.date(2023, 9, 1)),
    (MonthShown(2023, 9, 17), "month", "", dt.date(2023, 9, 1)),
    ("9/2023", "month", "", dt.date(2023, 9, 1)),
    ("09-2023", "month", "", dt.date(2023, 9, 1)),
    ("Tháng 9 năm 2023", "month", "", dt.date(2023, 9, 1)),
    ("2023-09", "month", "", dt.date(2023, 9, 1)),
    ("17/9/2023", "month", "", dt.date(2023, 9, 1)),
    ("Mơ  Tôn ", "text", "", "Mơ Tôn"),
    ("số nhà 5?", "text", "", "số nhà 5?"),
    ("https://vbpl.vn/x?id=1", "text", "", "https://vbpl.vn/x?id=1"),
    (None, "text", "", ""),
    (None, "code", "", ""),
    (None, "count", "", None),
    (None, "date", "", None),
]


@pytest.mark.parametrize(("cell", "kind", "unit", "value"), READ, ids=[f"{one[0]} {one[1]}" for one in READ])
def test_a_cell_that_can_be_read_one_way_is_read(cell, kind, unit, value):
    read = values.read(cell, kind, unit)
    assert (read, type(read)) == (value, type(value) if kind != "number" else Fraction)


MISREAD = [
    ("-", "count", "", COUNT, UNKNOWN),
    ("–", "count", "", COUNT, UNKNOWN),
    ("không", "count", "", COUNT, UNKNOWN),
    ("-5", "count", "", COUNT, "bỏ dấu âm hoặc sửa lại số"),
    ("– 1.399", "count", "", COUNT, "bỏ dấu âm hoặc sửa lại số"),
    ("(5)", "count", "", COUNT, "bỏ dấu âm hoặc sửa lại số"),
    ("13.99", "count", "", COUNT, DOTS),
    ("0.399", "count", "", COUNT, DOTS),
    ("1.3999", "count", "", COUNT, DOTS),
    ("13 hộ", "count", "persons", COUNT, DIGITS),
    ("13 hộ, 2 khẩu", "count", "households", COUNT, DIGITS),
    ("khoảng 13", "count", "households", COUNT, DIGITS),
    ("13\n99", "count", "", "có ký tự xuống dòng, không được có trong số hay ngày", "xoá nội dung ô rồi gõ lại trên một dòng"),
    ("100 triệu", "money", "dong", COUNT, "ghi đủ số đồng, ví dụ 148300000; lời giải thích ghi vào cột note"),
    ("1" * 41, "count", "", COUNT, "ghi bằng chữ số, ví dụ 32"),
    ("1000000000000000", "count", "", *TOO_LARGE),
    (
        "1,399,000", "count", "",
        f"dấu phẩy đọc được hai cách: 1399000 (phẩy ngăn hàng nghìn) hoặc 1,399,000 (phẩy thập phân); cột này {COUNT}",
        "nếu là 1399000 thì ghi 1399000 hoặc 1.399.000; nếu không thì đối chiếu lại với sổ",
    ),
    (dt.date(2023, 1, 30), "count", "", COUNT, "Excel đã đổi số thành ngày: định dạng ô là Number rồi gõ lại số"),
    (True, "count", "", "ô chứa giá trị đúng/sai (TRUE/FALSE) của Excel", "gõ lại giá trị cần ghi"),
    (Number(-3), "count", "", COUNT, "bỏ dấu âm hoặc sửa lại số"),
    (Number(0.5), "count", "", COUNT, "ghi số nguyên, không có phần thập phân"),
    (Number(1.2345), "count", "", COUNT, "ghi số nguyên, không có phần thập phân"),
    (Number(1e15), "count", "", COUNT, "ghi số nguyên, không có phần thập phân"),
    (
        Number(1.4), "count", "",
        "ô chứa số thập phân 1,4, cột này phải là số nguyên không âm",
        "nếu là 1400 (dấu chấm ngăn hàng nghìn) thì gõ lại 1400; nếu đúng là 1,4 thì số này sai, đối chiếu lại với sổ",
    ),
    (
        Number(5, "0.000"), "count", "",
        "ô giữ số 5 nhưng định dạng (0.000) làm Excel hiện số khác",
        "đặt định dạng ô là General rồi gõ lại số đầy đủ",
    ),
    (
        Number(0.2, "0%"), "count", "",
        "ô giữ số 0.2 nhưng định dạng (0%) làm Excel hiện số khác",
        "đặt định dạng ô là General rồi gõ lại số đầy đủ",
    ),
    (
        Number(12.345, "0.0"), "number", "",
        "ô giữ số 12.345 nhưng định dạng (0.0) làm Excel hiện số khác",
        "đặt định dạng ô là General rồi gõ lại số đầy đủ",
    ),
    (
        Number(22, '0"?"'), "year", "",
        'ô giữ số 22 nhưng định dạng (0"?") làm Excel hiện số khác',
        "đặt định dạng ô là General rồi gõ lại số đầy đủ",
    ),
    (Number(10**15), "number", "", *TOO_LARGE),
    (Number(-(10**15)), "number", "", *TOO_LARGE),
    (dt.date(2023, 1, 30), "number", "", "phải là số", "Excel đã đổi số thành ngày: định dạng ô là Number rồi gõ lại số"),
    ("1" * 41, "number", "", "phải là số", "ghi bằng chữ số, phần thập phân sau dấu phẩy"),
    ("5 triệu", "number", "", *NUMBER),
    ("1.39.5", "number", "", *NUMBER),
    (
        "-1,399", "number", "",
        "đọc được hai cách: -1399 (dấu ngăn hàng nghìn) hoặc -1,399 (dấu thập phân)",
        "nếu là -1399 thì ghi -1399; nếu là số thập phân thì thêm số 0: -1,3990",
    ),
    ("1899", "year", "", *YEAR),
    ("2101", "year", "", *YEAR),
    ("năm 2022", "year", "", *YEAR),
    (dt.date(2022, 1, 1), "year", "", *YEAR),
    (Number(2022.5), "year", "", *YEAR),
    ("1/13/2023", "date", "", DATE, WRITE_DATE),
    ("2/9-2023", "date", "", DATE, WRITE_DATE),
    ("2023-13-01", "date", "", DATE, WRITE_DATE),
    ("cuối năm", "date", "", DATE, WRITE_DATE),
    ("2/9/23", "date", "", "năm chỉ có hai chữ số, là 2/9/2023 hay 2/9/1923", "ghi năm bốn chữ số, ví dụ 2/9/2023"),
    ("31/12/1899", "date", "", DATE, "năm phải từ 1900 đến 2100"),
    ("1/1/2101", "date", "", DATE, "năm phải từ 1900 đến 2100"),
    (Number(44985), "date", "", DATE, "ô chứa số: định dạng ô là ngày (Date) rồi gõ lại, ví dụ 28/02/2023"),
    (dt.datetime(2023, 9, 2, 8), "date", "", DATE, "bỏ phần giờ phút trong ô"),
    (
        MonthShown(2023, 9, 1), "date", "", DATE,
        "ô chỉ hiện tháng, năm: định dạng ô là ngày (Date, dd/mm/yyyy) rồi kiểm tra ngày",
    ),
    ("13/2023", "month", "", "phải là tháng có thật, dạng tháng/năm", "ghi tháng và năm, ví dụ 05/2023"),
    ("quý 3", "month", "", "phải là tháng có thật, dạng tháng/năm", "ghi tháng và năm, ví dụ 05/2023"),
    (dt.date(2023, 9, 2), "text", "", "phải là chữ", "Excel đã đổi nội dung thành ngày: định dạng ô là Text rồi gõ lại"),
    (Number(7, "00"), "text", "", "phải là chữ", "Excel giữ nội dung này dưới dạng số: định dạng ô là Text rồi gõ lại"),
    (Number(7.5), "text", "", "phải là chữ", "Excel giữ nội dung này dưới dạng số: định dạng ô là Text rồi gõ lại"),
    ("M? Tôn", "text", "", "chữ tiếng Việt đã mất dấu khi lưu tệp", "gõ lại chữ rồi lưu dạng CSV UTF-8 hoặc .xlsx"),
    ("M\ufffd Tôn", "text", "", "chữ tiếng Việt đã mất dấu khi lưu tệp", "gõ lại chữ rồi lưu dạng CSV UTF-8 hoặc .xlsx"),
    ("Mơ\ue000Tôn", "text", "", "có ký tự không đọc được", "xoá nội dung ô rồi gõ lại"),
    (Unreadable("x", "luật", "sửa"), "text", "", "luật", "sửa"),
    (Uncalculated("", "chưa tính", "tính"), "count", "", "chưa tính", "tính"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "kind", "unit", "rule", "remedy"), MISREAD, ids=[f"{one[0]} {one[1]}"[:50] for one in MISREAD]
)
def test_a_cell_that_cannot_be_read_says_why_and_what_to_write(cell, kind, unit, rule, remedy):
    with pytest.raises(Misread) as refused:
        values.read(cell, kind, unit)
    assert (refused.value.rule, refused.value.remedy) == (rule, remedy)


def test_a_cell_is_named_in_a_message_as_excel_shows_it():
    cells = (dt.datetime(2023, 9, 2, 8), True, False, " hai\n dòng ", Number(1399), Number(0.1 + 0.2), Unreadable("#REF!", "", ""))
    assert [shown(cell) for cell in cells] == ["02/09/2023", "TRUE", "FALSE", "hai dòng", "1399", "0.3", "#REF!"]


# what Excel shows of a number and of a date --------------------------------------------------------

SHOWN = [
    (148, "General", (), True),
    (148, "@", (), True),
    (148, "#,##0", (), True),
    (148, "# ##0", (), True),
    (-148, "#,##0;-#,##0", (), True),
    (-148, "#,##0;(#,##0)", (), True),
    (-148, "#,##0;[Red]-#,##0", (), True),
    (-148, "#,##0;#,##0", (), False),  # the minus is not seen
    (-148, "#,##0", (), True),
    (0, '#,##0;-#,##0;"-"', (), True),  # accounting shows nought as a dash
    (0, "#,##0;-#,##0;", (), False),  # nought is not seen
    (0, '0;-0;"không"', (), False),
    (0, "#", (), False),
    (0, "0.0", (), True),
    (5, "0;0;0;0;0", (), False),
    (5, '0" hộ"', ("hộ",), True),
    (5, '0" HỘ"', ("hộ",), True),
    (5, '"hộ "0', ("hộ",), True),
    (5, '0" hộ"', (), False),
    (5, '0" nghìn"', ("hộ",), False),
    (5, "0\\ ", (), True),
    (5, "0_)", (), True),
    (5, "* 0", (), True),
    (5, "*x0", (), False),
    (5, '[$₫-42A]0', ("₫",), True),
    (5, "[$-42A]0", (), True),
    (5, "[$-2010000]0", (), False),  # other digits
    (5, "0,", (), False),
    (5, "0%", (), False),
    (5, "[>3]0", (), False),
    (1500, "0E+00", (), False),
    (1500, "0.0E+00", (), True),
    (12.5, "0", (), False),
    (12.5, "0.0", (), True),
    (12.5, "0.00", (), True),
    (12.25, "0.0", (), False),
    (100, "0.0", (), True),
    (0.1 + 0.2, "0.0", (), True),  # 15 digits are all that Excel keeps
    (float("inf"), "0.0", (), False),
]  # fmt: skip


@pytest.mark.parametrize(("value", "format", "units", "seen"), SHOWN, ids=[f"{one[0]} {one[1]} {one[2]}" for one in SHOWN])
def test_a_number_is_taken_where_excel_shows_it_as_it_is(value, format, units, seen):
    assert number_formats.shows(value, format, units) is seen


@pytest.mark.parametrize(
    ("format", "seen"),
    [
        ("General", True),
        ("@", True),
        ("0", True),
        ("0;0;0;@", True),
        ("0;0;0;", False),
        ('0;0;0;"x"@', False),
        ('0;0;0;" "@', True),
        ("0;0;0;@;@", False),
        ('@" hộ"', False),
    ],
)
def test_a_text_is_taken_where_excel_shows_it_as_it_is(format, seen):
    assert number_formats.shows_text(format) is seen


DATES = [
    ("dd/mm/yyyy", "dmy"),
    ("d-m-yyyy", "dmy"),
    ("yyyy-mm-dd", "dmy"),
    ("dddd, dd mmmm yyyy", "dmy"),
    ("mmm d, yyyy", "dmy"),
    ('"ngày" dd "tháng" mm "năm" yyyy', "dmy"),
    ("dd/mm/yyyy hh:mm", "dmy"),
    ("dd/mm/yyyy;@", "dmy"),
    ("[$-42A]dd/mm/yyyy", "dmy"),
    ("mm-dd-yy", "dmy"),  # as the machine shows dates
    ("[$-F800]dddd, mmmm dd, yyyy", "dmy"),
    ("mm/yyyy", "my"),
    ("yyyy-mm", "my"),
    ("mmm-yy", "my"),
    ("mm/dd/yyyy", ""),
    ("dd/mm", ""),
    ("yyyy", ""),
    ("[$-1010000]dd/mm/yyyy", "dmy"),
    ('dd/mm/yyyy" BC"', ""),
    ("dd\\/mm\\/yyyy", "dmy"),
]


@pytest.mark.parametrize(("format", "parts"), DATES, ids=[one for one, _ in DATES])
def test_the_parts_of_a_date_that_excel_shows(format, parts):
    assert number_formats.parts_of_date(format) == parts


@pytest.mark.parametrize(
    ("day", "format", "parts"),
    [
        (dt.date(2023, 9, 2), "dd/mm/yy", "dmy"),
        (dt.date(1930, 1, 1), "dd/mm/yy", "dmy"),
        (dt.date(2029, 12, 31), "dd/mm/yy", "dmy"),
        (dt.date(1929, 12, 31), "dd/mm/yy", ""),  # shown as 31/12/29, read as 2029
        (dt.date(2030, 1, 1), "dd/mm/yy", ""),
        (dt.date(1929, 12, 31), "dd/mm/yyyy", "dmy"),
        (dt.date(1929, 12, 31), "[$-F800]", "dmy"),
    ],
)
def test_two_digits_of_a_year_stand_for_1930_to_2029(day, format, parts):
    assert number_formats.shows_date(day, format) == parts


# a cell whose look says another thing than it holds ------------------------------------------------


def in_book(change) -> object:
    """What is read from cell A1 after `change` was made to it."""
    book = Workbook()
    book.active["A1"] = "242"
    change(book.active["A1"])
    content = io.BytesIO()
    book.save(content)
    (row,) = workbook.grids(content.getvalue(), "so-lieu.xlsx")["Sheet"].rows
    return row.cells[0]


def styled(**style):
    def change(cell):
        for name, value in style.items():
            setattr(cell, name, value)

    return change


def rich(*parts):
    return styled(value=CellRichText(*parts))


def solid(colour):
    return PatternFill("solid", fgColor=colour)


STRUCK = Unreadable("242", "chữ hoặc số bị gạch ngang", "bỏ gạch ngang nếu còn đúng, xoá nội dung ô nếu đã bỏ")
RAISED = Unreadable(
    "242",
    "có chữ hoặc số viết nhỏ ở trên hay ở dưới dòng (superscript, subscript), đọc được hai cách",
    "xoá phần viết nhỏ nếu là dấu chú thích, gõ lại ở cỡ thường nếu thuộc về giá trị",
)
UNSEEN = Unreadable(
    "242", "nội dung ô không nhìn thấy được (chữ cùng màu với nền)", "đổi màu chữ để kiểm tra, hoặc xoá nội dung ô"
)
UNSHOWN = Unreadable(
    "242", "định dạng của ô ẩn hoặc đổi chữ trong ô", "đặt định dạng ô là General rồi kiểm tra lại"
)
LOOKS = {
    "as it is": (styled(), "242"),
    "bold and red": (styled(font=Font(bold=True, color="FFFF0000")), "242"),
    "struck out": (styled(font=Font(strike=True)), STRUCK),
    "raised": (styled(font=Font(vertAlign="superscript")), RAISED),
    "lowered": (styled(font=Font(vertAlign="subscript")), RAISED),
    "on the line": (styled(font=Font(vertAlign="baseline")), "242"),
    "white on white": (styled(font=Font(color="FFFFFFFF")), UNSEEN),
    "nearly white on white": (styled(font=Font(color="FFF0F0F0")), UNSEEN),
    "light grey on white": (styled(font=Font(color="FFEEEEEE")), "242"),
    "white on blue": (styled(font=Font(color="FFFFFFFF"), fill=solid("FF0000FF")), "242"),
    "black on black": (styled(fill=solid("FF000000")), UNSEEN),
    "the theme's background colour": (styled(font=Font(color=Color(theme=0))), UNSEEN),
    "the theme's text colour": (styled(font=Font(color=Color(theme=1))), "242"),
    "a colour of the theme on itself": (styled(font=Font(color=Color(theme=4)), fill=solid(Color(theme=4))), UNSEEN),
    "a colour of the theme on a lighter one": (
        styled(font=Font(color=Color(theme=4)), fill=solid(Color(theme=4, tint=0.5))),
        "242",
    ),
    "a darkened background colour": (styled(font=Font(color=Color(theme=0, tint=-0.5))), "242"),
    "the palette's white": (styled(font=Font(color=Color(indexed=9))), UNSEEN),
    "the palette's red": (styled(font=Font(color=Color(indexed=10))), "242"),
    "the system's text colour": (styled(font=Font(color=Color(indexed=64))), "242"),
    "the system's background colour": (styled(font=Font(color=Color(indexed=65))), UNSEEN),
    "a few black dots behind white": (styled(font=Font(color="FFFFFFFF"), fill=PatternFill("gray125")), UNSEEN),
    "a few black dots behind black": (styled(fill=PatternFill("gray125")), "242"),
    "a blue pattern behind white": (
        styled(font=Font(color="FFFFFFFF"), fill=PatternFill("darkGray", fgColor="FF1F497D", bgColor="FF4F81BD")),
        "242",
    ),
    "repeated to fill the cell": (
        styled(alignment=Alignment(horizontal="fill")),
        Unreadable("242", "căn ô kiểu Fill làm Excel hiện nội dung lặp lại", "đổi căn ngang của ô thành General"),
    ),
    "centred": (styled(alignment=Alignment(horizontal="center")), "242"),
    "from right to left": (
        styled(alignment=Alignment(readingOrder=2)),
        Unreadable("242", "ô viết từ phải sang trái nên số hiện theo thứ tự khác", "đổi hướng chữ của ô thành Context"),
    ),
    "from left to right": (styled(alignment=Alignment(readingOrder=1)), "242"),
    "hidden by its format": (styled(number_format=";;;"), UNSHOWN),
    "a word of it struck out": (
        rich("24", TextBlock(InlineFont(strike=True), "2")),
        Unreadable("242", STRUCK.rule, STRUCK.remedy),
    ),
    "a footnote": (
        rich("24", TextBlock(InlineFont(vertAlign="superscript"), "2")),
        Unreadable("24^2", RAISED.rule, RAISED.remedy),
    ),
    "an index": (
        rich("24", TextBlock(InlineFont(vertAlign="subscript"), "2")),
        Unreadable("24_2", RAISED.rule, RAISED.remedy),
    ),
    "a blank struck out": (rich("242", TextBlock(InlineFont(strike=True), " ")), "242 "),
    "a bold word": (rich("24", TextBlock(InlineFont(b=True), "2")), "242"),
    "a struck-out blank cell": (styled(value="  ", font=Font(strike=True)), None),
}


@pytest.mark.parametrize(("change", "read"), LOOKS.values(), ids=LOOKS)
def test_a_cell_is_read_only_where_it_looks_like_what_it_holds(change, read):
    if read is None:
        with pytest.raises(ValueError, match="not enough values"):  # the sheet has no row
            in_book(change)
    else:
        assert in_book(change) == read


HELD = {
    "a whole number": (styled(value=1399, number_format="#,##0"), Number(1399, "#,##0")),
    "a decimal": (styled(value=12.5), Number(12.5)),
    "a day": (styled(value=dt.date(2023, 9, 17), number_format="dd/mm/yyyy"), dt.datetime(2023, 9, 17)),
    "a month": (styled(value=dt.date(2023, 9, 17), number_format="mm/yyyy"), MonthShown(2023, 9, 17)),
    "a day of which the month is shown first": (
        styled(value=dt.date(2023, 9, 17), number_format="mm/dd/yyyy"),
        Unreadable(
            "17/09/2023",
            "ô giữ ngày 17/09/2023 nhưng định dạng (mm/dd/yyyy) không hiện đủ ngày, tháng, năm theo thứ tự đó",
            "đặt định dạng ô là dd/mm/yyyy rồi kiểm tra lại ngày",
        ),
    ),
    "a time": (
        styled(value=dt.time(3, 30)),
        Unreadable("03:30:00", "ô chứa giờ", "định dạng lại ô rồi gõ lại giá trị"),
    ),
    "a length of time": (
        styled(value=dt.timedelta(hours=30)),
        Unreadable("1 day, 6:00:00", "ô chứa giờ", "định dạng lại ô rồi gõ lại giá trị"),
    ),
    "a truth": (styled(value=True), True),
    "an error": (
        styled(value="#N/A", data_type="e"),
        Unreadable("#N/A", "ô báo lỗi của Excel", "sửa công thức, hoặc gõ lại giá trị"),
    ),
    "a formula without its result": (
        styled(value="=1+1"),
        Uncalculated("", "công thức chưa có kết quả", "mở tệp trong Excel, chờ tính xong rồi lưu lại", formula="=1+1"),
    ),
    "a line end as Excel writes it": (styled(value="Mơ_x000D_Tôn_x000a_Một"), "Mơ\nTôn\nMột"),
    "another code of Excel": (
        styled(value="Mơ_x0041_Tôn"),
        Unreadable(
            "Mơ_x0041_Tôn",
            "có mã ký tự của Excel (_xHHHH_), chữ hiện trong ô khác với chữ được lưu",
            "gõ lại nội dung ô",
        ),
    ),
    "a text with blanks around it": (styled(value=" Mơ Tôn "), " Mơ Tôn "),
}


@pytest.mark.parametrize(("change", "read"), HELD.values(), ids=HELD)
def test_what_a_cell_holds_is_read_with_its_kind(change, read):
    found = in_book(change)
    assert (found, type(found)) == (read, type(read))


def test_a_cell_of_blanks_is_blank_whatever_blanks_they_are():
    book = Workbook()
    book.active.append(["a", " \u00a0\u200b\ufeff\t", "\r\n"])
    assert workbook.grids(saved(book), "so-lieu.xlsx")["Sheet"].rows[0].cells == ("a",)


def test_blank_rows_hidden_rows_and_merged_cells_keep_their_numbers():
    book = Workbook()
    sheet = book.active
    sheet["B2"], sheet["A5"], sheet["C7"] = "x", "y", "z"
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("A5:B9")
    found = workbook.grids(saved(book), "so-lieu.xlsx")["Sheet"]
    assert [(row.number, row.cells, row.hidden) for row in found.rows] == [
        (1, (None, None, None), False),
        (2, (None, "x", None), False),
        (3, (None, None, None), False),
        (5, ("y", None, None), True),
        (6, (None, None, None), False),
        (7, (None, None, "z"), False),
    ]
    assert found.hidden_positions == {2}
    assert found.merged == {(row, position): (5, 0, 9, 1) for row in (5, 6, 7) for position in (0, 1)}
    assert (found.file, found.sheet, found.stem, found.findings) == ("so-lieu.xlsx", "Sheet", "so-lieu.xlsx:Sheet!", ())


def of_sheet(change) -> list[tuple[str, str]]:
    book = Workbook()
    for row in ([0, 1], [5, 2]):
        book.active.append(row)
    change(book.active)
    content = io.BytesIO()
    book.save(content)
    return [(one.rule, one.remedy) for one in workbook.grids(content.getvalue(), "so-lieu.xlsx")["Sheet"].findings]


def conditional(rule):
    return lambda sheet: sheet.conditional_formatting.add("A1:B2", rule)


def without_zeros(sheet):
    sheet.sheet_view.showZeros = False


def without_zeros_where_there_are_none(sheet):
    sheet.sheet_view.showZeros = False
    sheet["A1"] = 7


CHANGED = (
    "định dạng có điều kiện ở A1:B2 làm ô hiện khác với giá trị trong ô",
    "xoá định dạng có điều kiện đó (Conditional Formatting → Clear Rules)",
)
SHEETS = {
    "red where below nought": (conditional(CellIsRule("lessThan", ["0"], font=Font(color="FFFF0000"))), []),
    "struck out where below nought": (conditional(CellIsRule("lessThan", ["0"], font=Font(strike=True))), [CHANGED]),
    "white where nought": (conditional(CellIsRule("equal", ["0"], font=Font(color="FFFFFFFF"))), [CHANGED]),
    "white on red where nought": (
        conditional(CellIsRule("equal", ["0"], font=Font(color="FFFFFFFF"), fill=PatternFill(bgColor="FFFF0000"))),
        [],
    ),
    "signs beside the numbers": (conditional(IconSetRule("3Arrows", "percent", [0, 33, 67])), []),
    "signs instead of the numbers": (
        conditional(IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False)),
        [CHANGED],
    ),
    "noughts hidden": (
        without_zeros,
        [
            (
                "trang tính đang ẩn các số 0, ô ghi 0 hiện như ô trống",
                "bật lại Show a zero in cells that have zero value (File → Options → Advanced)",
            )
        ],
    ),
    "noughts hidden where there are none": (without_zeros_where_there_are_none, []),
}


@pytest.mark.parametrize(("change", "found"), SHEETS.values(), ids=SHEETS)
def test_rules_of_a_sheet_that_change_what_its_cells_show_are_named(change, found):
    assert of_sheet(change) == found


def test_each_cell_of_a_workbook_is_judged_by_its_own_look():
    book = Workbook()
    for row, style in enumerate(({}, {"strike": True}, {}, {"vertAlign": "superscript"}), start=1):
        book.active.cell(row, 1, "242").font = Font(**style)
    rows = workbook.grids(saved(book), "so-lieu.xlsx")["Sheet"].rows
    assert [row.cells[0] for row in rows] == ["242", STRUCK, "242", RAISED]


def test_a_cell_longer_than_excel_allows_is_shown_by_its_beginning(monkeypatch):
    monkeypatch.setattr(limits, "CELL", 1000)
    short, long = "a" * 1000, "a" * 1001
    assert in_book(styled(value=short)) == short
    assert in_book(styled(value=long)) == Unreadable(
        "a" * 40 + "…", "ô dài 1.001 ký tự, giới hạn 1.000", "viết ngắn lại, hoặc đưa lời văn vào narrative"
    )


def test_a_sheet_whose_cells_lie_too_far_apart_is_refused_and_no_row_of_it_is_read(monkeypatch):
    monkeypatch.setattr(limits, "AREA", 5)
    book = Workbook()
    book.active["A1"], book.active["B9"] = "a", "b"  # two rows of two cells
    assert workbook.grids(saved(book), "so-lieu.xlsx")["Sheet"].findings == ()
    book.active["C9"] = "c"
    read = workbook.grids(saved(book), "so-lieu.xlsx")["Sheet"]
    assert (read.file, read.sheet, read.rows) == ("so-lieu.xlsx", "Sheet", ())
    assert [str(one) for one in read.findings] == [
        "so-lieu.xlsx, trang tính Sheet: số liệu trải trên 6 ô (số dòng × số cột), giới hạn 5. Cách sửa: chép riêng các ô có số liệu "
        "sang tệp mới lập bằng giamngheo template, rồi lưu lại."
    ]


def test_a_name_of_a_column_that_cannot_be_read_is_said_at_the_header(folder):
    book = Workbook()
    book.active.title = "review"
    for row in grid(REVIEW):
        book.active.append(row)
    book.active["C1"].font = Font(strike=True)
    assert told(folder, {"so-lieu.xlsx": saved(book)}) == [
        'so-lieu.xlsx, trang tính review, dòng 1, cột C (persons): giá trị "persons" — chữ hoặc số bị gạch ngang. '
        "Cách sửa: bỏ gạch ngang nếu còn đúng, xoá nội dung ô nếu đã bỏ."
    ]


# files that call themselves a workbook -------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), data)
    return content.getvalue()


OLE = b"\xd0\xcf\x11\xe0" + b"\0" * 40
KINDS = {
    "Excel 97-2003": (OLE + "Workbook".encode("utf-16le"), "Excel 97-2003 (.xls)"),
    "Excel 5": (OLE + "Book".encode("utf-16le"), "Excel 97-2003 (.xls)"),
    "OpenDocument": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument (.ods)"),
    "Excel binary": (zipped(xl__workbook_bin=b""), "Excel nhị phân (.xlsb)"),
    "Word": (zipped(word__document_xml=b""), "Word (.docx)"),
    "strict": (
        zipped(xl__workbook_xml=b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">'),
        "Strict Open XML Spreadsheet",
    ),
    "a web page": (b"\xef\xbb\xbf \n<!DOCTYPE HTML><html>", "trang web (HTML)"),
    "a table of a web page": (b"<TABLE><tr>", "trang web (HTML)"),
    "a page that begins with meta": (b"<meta charset=utf-8>", "trang web (HTML)"),
    "XML of 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "XML Spreadsheet 2003",
    ),
}


@pytest.mark.parametrize(("data", "name"), KINDS.values(), ids=KINDS)
def test_a_file_of_another_kind_is_called_by_its_name(data, name):
    remedy = "mở bằng Excel hoặc LibreOffice, chọn Save As, kiểu Excel Workbook (.xlsx), lưu thành so-lieu.xlsx"
    assert file_kinds.refusal(data) == (f"tệp mang đuôi .xlsx nhưng là {name}", remedy)


def test_a_file_with_a_password_says_so():
    remedy = "mở bằng Excel, bỏ mật khẩu (File → Info → Protect Workbook), rồi lưu lại"
    assert file_kinds.refusal(OLE + "EncryptedPackage".encode("utf-16le")) == ("tệp có mật khẩu", remedy)
    assert file_kinds.refusal(OLE) == ("tệp có mật khẩu hoặc là Excel kiểu cũ (.xls)", "bỏ mật khẩu, lưu lại dạng .xlsx")


@pytest.mark.parametrize("text", [b"village;households;persons\nx;1;2", b"a,b,c", b"a\tb\tc"])
def test_a_csv_file_that_calls_itself_a_workbook_is_given_its_name(text):
    assert file_kinds.refusal(text) == (
        "tệp mang đuôi .xlsx nhưng là CSV",
        "đổi tên thành <bảng>.csv, ví dụ review.csv, hoặc mở bằng Excel hoặc LibreOffice, chọn Save As, "
        "kiểu Excel Workbook (.xlsx), lưu thành so-lieu.xlsx",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"xin chao, ban",  # one separator is a sentence
        b"a,b,c\0",
        b"<?xml version='1.0'?><x/>",
        b"PK\x03\x04 broken",
        zipped(mimetype=b"application/epub+zip"),
        zipped(xl__workbook_xml=b"<workbook/>"),
    ],
)
def test_what_may_be_a_workbook_is_left_to_whoever_opens_it(data):
    assert file_kinds.refusal(data) is None


# rows below the header ------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    return tmp_path


def told(folder, files: dict[str, str | bytes]) -> list[str]:
    """Everything that is wrong in the files of the year, without their folder."""
    write(folder, files)
    return [str(finding).replace("xa-mau/2022/", "") for finding in opened(UNIT, REVIEWED).findings()]


def numbered(*numbers: str) -> str:
    """The review with a first column STT."""
    return "".join(f"{number},{line}\n" for number, line in zip(("STT", *numbers), REVIEW.splitlines(), strict=True))


UNREAD_NOTE = (
    "dòng nằm dưới bảng, sau một dòng trống, không được đọc vì không có số liệu. "
    "Cách sửa: nếu là số liệu của bảng thì xoá dòng trống ở trên; nếu là ghi chú thì để yên."
)
BEYOND = "Cách sửa: xoá dòng trống ở trên nếu là số liệu của bảng; nếu là ghi chú thì chuyển sang trang khác."
BELOW = {
    "ordinal numbers": (numbered("1", "2"), []),
    "ordinal numbers of several parts, Roman ones, letters and signs": (numbered("1.2.", "IV)"), []),
    "letters and signs as ordinals": (numbered("a)", "-"), []),
    "words in the column of ordinals": (
        numbered("1", "mới"),
        [
            'review.csv, dòng 3, cột A (STT): giá trị "mới" — cột số thứ tự chứa nội dung khác. '
            "Cách sửa: chuyển sang đúng cột."
        ],
    ),
    "a total named in the column of ordinals": (numbered("1", "2") + "Tổng cộng,,1519,6100,70,300,,,,,,,,,,\n", []),
    "a total with a colon": (REVIEW + "TỔNG SỐ :,1519,6100,70,300,,,,,,,,,,\n", []),
    "a word below the table": (REVIEW + "\nsố liệu của làng,,,,,,,,,,,,,,\n", [f"[lưu ý] review.csv, dòng 5: {UNREAD_NOTE}"]),
    "a remark below the table, and whatever follows it": (
        REVIEW + "\nNguồn: sổ theo dõi,,,,,,,,,,,,,,\nhai dòng nữa,,,,,,,,,,,,,,\n",
        [],
    ),
    "place and day below the table": (REVIEW + "\n,,,\"Mơ Tôn, ngày 5 tháng 6 năm 2022\",,,,,,,,,,,\n", []),
    "two villages below an empty line": (
        REVIEW + "\nLàng Một,20,,,,,,,,,,,,official,ND07_2021\nLàng Hai,30,,,,,,,,,,,,official,ND07_2021\n",
        [f"review.csv, dòng 5: có số liệu nằm sau một dòng trống (dòng 5, 6). {BEYOND}"],
    ),
    "words where numbers belong, below an empty line": (
        REVIEW + "\nLàng Một,hai mươi,,,,,,,,,,,,,\n",
        [f"review.csv, dòng 5: có số liệu nằm sau một dòng trống. {BEYOND}"],
    ),
    "a village without figures below an empty line": (
        REVIEW + "\nLàng Một,,,,,,,,,,,,,official,ND07_2021\n",
        [f"review.csv, dòng 5: có số liệu nằm sau một dòng trống. {BEYOND}"],
    ),
    "words under both columns that every row must fill are a row of data": (
        REVIEW + "\n,,,,,,,,,,,,,Người ký,Đóng dấu\n",
        [
            f"review.csv, dòng 5: có số liệu nằm sau một dòng trống. {BEYOND}",
            'review.csv, dòng 5, cột N (status): giá trị "Người ký" — mã không có trong danh mục. Cách sửa: dùng một trong các mã: '
            "official, preliminary.",
            'review.csv, dòng 5, cột O (standard): giá trị "Đóng dấu" — mã không có trong danh mục. Cách sửa: dùng một trong các mã: '
            "QD59_2015, ND07_2021, ND351_2025.",
        ],
    ),
    "a signature that stands under a column of codes": (
        REVIEW + "\n,,,,,,,,,,,,,Văn A,\n",
        [f"[lưu ý] review.csv, dòng 5: {UNREAD_NOTE}"],
    ),
    "numbers of the form's columns": (changed(REVIEW, ("Mơ Tôn", "(A),( 1 ),(2),3,4,5,6,7,8,9,10,11,12,13,14\nMơ Tôn")), []),
    "the header repeated": (
        changed(REVIEW, ("Đak", REVIEW.splitlines()[0] + "\nĐak")),
        ["review.csv, dòng 3: dòng tên cột bị lặp lại. Cách sửa: xoá dòng này."],
    ),
    "a commune's row that is not the sum": (
        REVIEW + ",1520,6100,70,300,45,200,,,,,,,official,ND07_2021\n",
        [
            'review.csv, dòng 4, cột B (households): giá trị "1520" — dòng để trống thôn, làng là dòng của toàn xã, phải '
            "bằng tổng của các thôn, làng; các dòng cộng lại là 1519. Cách sửa: sửa số sai; ghi tên thôn, làng ở mỗi dòng "
            "(hoặc gộp ô); nếu là dòng cộng của các thôn, làng thì ghi Tổng cộng."
        ],
    ),
    "a total that is no number": (
        REVIEW + "Tổng cộng,x,6100,70,300,,,,,,,,,,\n",
        [
            'review.csv, dòng 4, cột B (households): giá trị "x" — phải là số nguyên không âm. '
            "Cách sửa: ghi 0 nếu không có, để trống nếu chưa biết."
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), BELOW.values(), ids=BELOW)
def test_rows_of_data_totals_and_remarks_are_told_apart(folder, text, found):
    assert told(folder, {"review.csv": text}) == found


def test_a_total_is_compared_with_the_rows_of_its_own_codes(folder):
    wrong = MOVEMENTS + "Cộng,poor,households,76,7,1,0,1,0,2,0,70\n"
    assert told(folder, {"review.csv": REVIEW, "movements.csv": wrong}) == [
        'movements.csv, dòng 6, cột D (start): giá trị "76" — dòng tổng phải bằng tổng của các dòng; các dòng cộng lại '
        "là 75. Cách sửa: sửa dòng sai, hoặc xoá dòng tổng.",
        # 76 - 7 - 1 + 1 + 2 is not asked of a total: its columns are sums
    ]


def test_a_sheets_own_total_that_left_out_a_number_stored_as_text(folder):
    book = Workbook()
    book.active.title = "review"
    for row in grid(REVIEW):
        book.active.append(row)
    book.active["B3"] = "1399"
    book.active.append(["Tổng cộng", 120])
    assert told(folder, {"so-lieu.xlsx": saved(book)}) == [
        'so-lieu.xlsx, trang tính review, dòng 3, cột B (households): giá trị "1399" — ô giữ số dưới dạng chữ nên công thức '
        "tổng của trang tính không cộng ô này. Cách sửa: định dạng ô là Number rồi gõ lại số (hoặc Convert to Number), chờ "
        "Excel tính lại tổng rồi lưu."
    ]


def test_a_row_that_is_struck_out_is_one_message_and_one_cell_of_a_row_is_its_own(folder):
    book = Workbook()
    book.active.title = "review"
    for row in grid(REVIEW):
        book.active.append(row)
    for cell in book.active[2]:
        cell.font = Font(strike=True)
    book.active["A3"].font = Font(strike=True)
    struck = "chữ hoặc số bị gạch ngang. Cách sửa: bỏ gạch ngang nếu còn đúng, xoá nội dung ô nếu đã bỏ."
    assert told(folder, {"so-lieu.xlsx": saved(book)}) == [
        f"so-lieu.xlsx, trang tính review, dòng 2: cả dòng: {struck}",
        f'so-lieu.xlsx, trang tính review, dòng 3, cột A (village): giá trị "Đak Giang" — {struck}',
    ]


def test_a_hidden_row_is_seen_also_beside_a_column_of_ordinal_numbers(folder):
    book = Workbook()
    book.active.title = "review"
    for row in grid(numbered("1", "2")):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    assert told(folder, {"so-lieu.xlsx": saved(book)}) == [
        "so-lieu.xlsx, trang tính review, dòng 3: dòng đang bị ẩn. Cách sửa: bỏ ẩn dòng (Unhide, bỏ lọc) hoặc xoá dòng."
    ]


def test_a_rule_that_asks_for_a_note_holds_also_where_the_table_has_no_column_of_notes(folder):
    """5.000.000 were planned and 6.000.000 paid out; the reason stands in no note."""
    lines = [line.rpartition(",")[0] for line in changed(BUDGET, ("Nuôi bò,", ","), ("Nuôi bò,", ",")).splitlines()]
    assert told(folder, {"review.csv": REVIEW, "budget.csv": "\n".join(lines)}) == [
        'budget.csv, dòng 4, cột G (disbursed): giá trị "6000000" — phải có Giải ngân ≤ Kế hoạch vốn hoặc có Ghi chú; ở đây '
        "6000000 ≤ 5000000 là sai. Cách sửa: đối chiếu các cột disbursed, planned của dòng này với sổ rồi sửa ô sai, hoặc ghi lý do vào "
        "cột note."
    ]


def test_a_cell_of_text_that_cannot_be_read_is_blank(folder):
    write(folder, {"review.csv": changed(REVIEW, ("Mơ Tôn", "M? Tôn"))})
    assert opened(UNIT, REVIEWED).reading("review").values["village"] == ["", "Đak Giang"]


def test_a_unit_and_a_year_that_are_not_there_are_answered_with_those_that_are(folder):
    write(folder, {"review.csv": REVIEW})
    write(folder, {"review.csv": REVIEW}, 2023)
    (folder / "xa-hai" / "2022").mkdir(parents=True)
    for this, message in (
        (opened("xa-hay", 2022), 'xa-hay: không có đơn vị này. Cách sửa: các đơn vị đang có (có phải là "xa-hai" không?): xa-hai, xa-mau.'),
        (opened(UNIT, 2024), "xa-mau/2024: không có số liệu của năm này. Cách sửa: các năm đang có (có phải là \"2023\" không?): 2022, 2023."),
    ):
        with pytest.raises(DataError) as refused:
            this.require()
        assert str(refused.value) == message


def test_the_row_of_a_whole_commune_that_stands_alone_is_its_data_where_it_has_a_count(folder):
    head = REVIEW.splitlines(keepends=True)[0]
    assert told(folder, {"review.csv": head + "Toàn xã,1519,,,,,,,,,,,,official,ND07_2021\n"}) == []
    assert opened(UNIT, REVIEWED).table("review")[["village", "households"]].values.tolist() == [["", 1519]]


def test_a_code_that_is_not_listed_is_answered_with_the_list_or_its_length():
    assert Codes({}).unknown("x") == (
        "chưa có mã nào trong danh mục",
        "khai báo mã trong danh mục trước, hoặc để trống nếu được",
    )
    many = Codes({f"m{at}": "" for at in range(26)})
    assert many.unknown("x") == ("mã không có trong danh mục", "dùng một trong các mã: 26 mã của danh mục")
    few = Codes({f"m{at}": "" for at in range(25)})
    assert few.unknown("x")[1] == "dùng một trong các mã: " + ", ".join(few.names)
    named = Codes({"a": "một", "b": "một", "c": "hai"})
    assert [named.code(said) for said in ("a", "A", "c – hai", "HAI", "một", "d")] == ["a", "a", "c", "c", None, None]
    assert named.entries() == ["a – một", "b – một", "c – hai"] and Codes({"a": ""}).entries() == ["a"]


# files that are too much, and their separators ------------------------------------------------------


def test_a_line_of_a_table_has_so_many_cells_and_no_more():
    most = csvfile.grid(("a," * 1999 + "a\n").encode(), "x.csv", ["a"])
    assert (most.findings, len(most.rows[0].cells)) == ((), 2000)
    (more,) = csvfile.grid(("a\n" + "a," * 2000 + "a\n").encode(), "x.csv", ["a"]).findings
    assert str(more) == "x.csv, dòng 2: tệp có hơn 2.000 ô trên một dòng. Cách sửa: chỉ giữ các dòng, các cột có số liệu."


def test_a_table_has_so_many_lines_and_no_more(monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 3)
    assert len(csvfile.grid(b"a\nb\nc\n", "x.csv", ["a"]).rows) == 3
    (more,) = csvfile.grid(b"a\nb\nc\nd\n", "x.csv", ["a"]).findings
    assert str(more) == "x.csv, dòng 4: tệp có hơn 3 dòng. Cách sửa: chỉ giữ các dòng, các cột có số liệu."


def test_a_workbook_has_so_many_files_and_elements_and_no_more(monkeypatch):
    two = zipped(x=b"<w><a/></w>", y=b"<w/>")  # two files, three elements
    monkeypatch.setattr(limits, "PARTS", 2)
    monkeypatch.setattr(limits, "ELEMENTS", 3)
    assert unpacking.refusal(two) is None
    monkeypatch.setattr(limits, "ELEMENTS", 2)
    assert unpacking.refusal(two) == ("tệp có 3 ô, dòng và định dạng, giới hạn 2", unpacking.SMALLER)
    monkeypatch.setattr(limits, "PARTS", 1)
    assert unpacking.refusal(two) == ("tệp có 2 tệp bên trong, giới hạn 1", unpacking.SMALLER)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("village;households\n1,5;2,5", ";"),
        ("village\thouseholds", "\t"),
        ("village,households", ","),
        ("BIỂU; SỐ; 1\nvillage,households", ","),  # the line with the names decides
        ('"village";"households, persons"', ";"),
        ("x;y;z", ";"),  # in doubt what makes most cells
        ("x", ","),
        ('"x', ","),
    ],
)
def test_the_separator_is_the_one_that_finds_the_names(text, separator):
    assert csvfile.separator(text, ["village", "households"]) == separator


def test_a_cell_keeps_its_blanks_and_lines_and_a_row_its_number():
    rows = csvfile.rows('sep=;\n a ;"b\nc"\n;"'+"'"+'=d"\n', ";")
    assert [(row.number, row.cells, row.blank) for row in rows] == [(2, (" a ", "b\nc"), False), (4, (None, "=d"), False)]


BOMBS = {
    "sheets": (zipped(x=b"<w>" + b"<sheet/>" * 101 + b"</w>"), "tệp có 101 trang tính, giới hạn 100"),
    "merged cells": (
        zipped(x=b'<w><mergeCell ref="A1:B100000"/><mergeCell ref="C1"/></w>'),
        "tệp có 200.001 ô nằm trong vùng gộp, giới hạn 200.000",
    ),
    "formats of columns": (zipped(x=b"<w>" + b"<col/>" * 2001 + b"</w>"), "tệp có 2.001 định dạng cột, giới hạn 2.000"),
    "a document type": (
        zipped(x=b"<!DOCTYPE x><w/>"),
        "tệp có phần XML mà Excel không bao giờ ghi (DOCTYPE hoặc UTF-16)",
    ),
    "UTF-16": (
        zipped(x="<w/>".encode("utf-16")),
        "tệp có phần XML mà Excel không bao giờ ghi (DOCTYPE hoặc UTF-16)",
    ),
}


@pytest.mark.parametrize(("data", "rule"), BOMBS.values(), ids=BOMBS)
def test_a_workbook_that_unfolds_to_too_much_says_of_what(data, rule):
    remedy = "chép riêng các ô có số liệu sang tệp mới lập bằng giamngheo template, rồi lưu lại"
    assert unpacking.refusal(data) == (rule, remedy)


def test_a_workbook_at_its_limits_is_opened():
    inside = b"<w>" + b"<sheet/>" * 100 + b"<col/>" * 2000 + b'<mergeCell ref="A1:B100000"/></w>'
    assert unpacking.refusal(zipped(x=inside)) is None
    assert unpacking.refusal(b"no zip file") is None


# words ----------------------------------------------------------------------------------------------

INSTEAD = {
    "#a": "viết đề mục là một đến sáu dấu #, một dấu cách, rồi tên",
    "---": "xóa dòng này, mỗi dòng đã là một đoạn",
    "> a": "bỏ dấu >, hoặc viết bằng lời: lớn hơn, trên",
    "`a`": "bỏ dấu `",
    "~~a~~": "xóa hẳn chữ bị gạch",
    "- [ ] a": "viết bằng lời: đã làm, chưa làm",
    "![](a)": "không chèn hình vào lời văn; nói bằng lời",
    "a[^1]": "viết nội dung ấy vào ngay trong câu",
    "[a](b)": "viết thẳng tên và địa chỉ vào câu",
    "a <!-- b -->": "để ghi chú trọn trên một dòng riêng",
    "<b>": "bỏ thẻ, chỉ viết chữ",
    "&amp;": "gõ thẳng ký tự ấy",
    "_a_": "viết *chữ nghiêng*",
    "a\\": "bỏ dấu \\; mỗi dòng đã xuống dòng",
    "**a": "đặt **…** sát hai đầu chữ in đậm, *…* sát hai đầu chữ in nghiêng, trên một dòng",
    "a|b": "viết dòng tên cột, dưới nó dòng |---|---|, rồi các dòng số liệu, mỗi dòng mở đầu bằng |",
}


@pytest.mark.parametrize(("line", "remedy"), INSTEAD.items())
def test_what_to_write_instead_of_a_mark(line, remedy):
    (problem,) = markdown.read(line).problems
    assert problem.remedy == f"{remedy}; muốn in chính dấu ấy thì đặt dấu \\ ngay trước nó"


def test_what_to_write_instead_of_a_table_with_a_number_or_a_short_row():
    (counted,) = markdown.read("Bảng số 2: Vốn\n|a|\n|-|\n|1|").problems
    assert counted == (1, "Bảng số 2: Vốn", "bảng của báo cáo tự có số", "viết dòng ngay trên bảng là “Bảng: tên bảng”, không ghi số")
    (short,) = markdown.read("|a|b|\n|-|-|\n|1|").problems
    assert short == (3, "|1|", "dòng này có 1 ô, dòng tên cột có 2 ô", "ghi đủ các ô của bảng, ô trống vẫn có dấu |")


def test_a_long_line_is_shown_by_its_beginning():
    assert [markdown.read(">a" + " a" * count).problems[0].value for count in (29, 30)] == [">a" + " a" * 29, ">a" + " a" * 28 + " …"]


def test_the_blocks_of_a_table():
    (block,) = markdown.read("Vốn. Bảng:  Nhu cầu .\n|a|b|\n|-|-|\n|Nhà||", "mo-hinh", "Mô hình").blocks[1:]
    assert {name: block[name] for name in ("type", "id", "caption", "unit", "widths", "wide", "notes")} == {
        "type": "table", "id": "loi-van-mo-hinh-1", "caption": "Mô hình", "unit": "", "widths": [], "wide": False, "notes": [],
    }  # fmt: skip
    assert block["rows"] == [[{"runs": [{"text": "Nhà"}]}, {"runs": [{"text": ""}]}]]
    long = "V" * 200
    assert [markdown.read(f"{title}\n|a|\n|-|\n|1|", "x", "mục").blocks[-1]["caption"] for title in (long, long + "V", "Vốn:", "Vốn;")] == [
        long, "mục", "Vốn", "mục",
    ]  # fmt: skip


def test_a_file_that_no_section_reads_is_told_its_name_or_all_names(write_year):
    folder = write_year("xa", 2022) / "narrative"
    folder.mkdir()
    for name in ("mo-hin.md", "zzz.md", "mo-hinh.txt"):
        (folder / name).write_text("Lời văn.", encoding="utf-8")
    unread = [str(one) for one in narrative.unread(opened("xa", 2022))]
    rule = "không mục nào của báo cáo đọc tệp này. Cách sửa: "
    draft = "[chỉ lập được DỰ THẢO] xa/2022/narrative/"
    assert unread == [
        f"{draft}mo-hin.md: {rule}đổi tên thành mo-hinh.md.",
        f"{draft}mo-hinh.txt: {rule}đổi tên thành mo-hinh.md.",
        f"{draft}zzz.md: {rule}các tên có thể dùng: {', '.join(narrative.SECTIONS)}.",
    ]


def test_a_narrative_longer_than_a_book_is_refused(write_year):
    folder = write_year("xa", 2022) / "narrative"
    folder.mkdir()
    (folder / "mo-hinh.md").write_bytes(b"a" * 1_000_001)
    (found,) = narrative.read("mo-hinh", opened("xa", 2022)).refused
    assert str(found) == (
        "xa/2022/narrative/mo-hinh.md: tệp dài hơn 1000000 byte. Cách sửa: tách bớt, đưa số liệu vào bảng facts."
    )


# the office's own files, and what stands in the place of a file ---------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"a: &x 1\nname: *x\n",
            ", dòng 1: không dùng & và * để nhắc lại một phần của tệp. Cách sửa: ghi đầy đủ, hoặc đặt trong ngoặc kép.",
        ),
        (
            b"letterhead: " + b"[" * 9,
            ", dòng 1: lồng nhau quá 8 bậc. Cách sửa: xem tệp của đơn vị khác làm mẫu.",
        ),
        (b"name: x\n" * 8193, ": tệp dài hơn 65536 byte. Cách sửa: xóa những gì không thuộc tệp này."),
        (
            b"name: 'x\n\n",
            ", dòng 3: tệp không đúng cách viết YAML. Cách sửa: xem lại dấu hai chấm, dấu ngoặc ở dòng này.",
        ),
        (
            b'name: x\nboard_name: "a\\nb"\n',
            ', dòng 2: giá trị "a\nb" — chữ nằm trên nhiều dòng. Cách sửa: ghi trên một dòng.',
        ),
        (
            b'letterhead:\n  - issuer: [a, ""]\n',
            ", dòng 2: danh sách Cơ quan ban hành có một dòng trống. Cách sửa: ghi chữ vào dòng này, hoặc xóa dòng.",
        ),
        (b"- name\n", ', dòng 1: giá trị "name" — phải gồm các dòng `tên: giá trị`. Cách sửa: xem tệp của đơn vị khác làm mẫu.'),
    ],
)  # fmt: skip
def test_an_office_file_that_is_no_form_is_refused_at_its_line(content, message):
    found = office_form.told(content, "xa/unit.yml").findings
    assert ([str(one) for one in found], type(found[0].value)) == ([f"xa/unit.yml{message}"], str)


OTHER_YEARS = "báo cáo và quyết định của năm rà soát 2022 phải ở các năm 2022 - 2027. Cách sửa: sửa ngày hoặc năm này."


@pytest.mark.parametrize(
    ("said", "messages"),
    [
        ("date: 01/01/2022\n", []),
        ("date: 31/12/2027\n", []),
        ("date: 31/12/2021\n", [f'dòng 1: giá trị "31/12/2021" — {OTHER_YEARS}']),
        ("number: 1\nyear: 2028\n", [f'dòng 2: giá trị "2028" — {OTHER_YEARS}']),
        ("approved_by:\n  date: 01/01/2028\n", [f'dòng 2: giá trị "01/01/2028" — {OTHER_YEARS}']),
        (
            "date: 10/12/2022\nyear: 2023\napproved_by:\n  date: 11/12/2022\n",
            [
                'dòng 2: giá trị "2023" — khác năm của ngày báo cáo (10/12/2022). Cách sửa: sửa một trong hai, hoặc để trống mục year.',
                'dòng 4: giá trị "11/12/2022" — quyết định công nhận kết quả có sau ngày của báo cáo (10/12/2022). '
                "Cách sửa: sửa một trong hai ngày.",
            ],
        ),
        ("date: 10/12/2022\nyear: 2022\napproved_by:\n  date: 10/12/2022\n", []),
    ],
)
def test_dates_of_a_report_and_its_decision_that_cannot_be_are_said_at_their_lines(folder, said, messages):
    write(folder, {"review.csv": REVIEW, "report.yml": said})
    this = opened(UNIT, REVIEWED)
    found = sorted([*office.told(this, "report.yml").findings, *kinds.findings(this)], key=lambda one: one.row)
    assert [str(one) for one in found] == [f"xa-mau/2022/report.yml, {message}" for message in messages]


def test_an_office_file_without_a_word_says_nothing():
    assert [office_form.told(content, "xa/unit.yml").values for content in (b"", b"\n# nothing\n")] == [{}, {}]


def test_what_stands_in_the_place_of_a_file_is_told_with_what_to_do(tmp_path):
    (tmp_path / "xa").mkdir()
    places = {name: tmp_path / "xa" / name for name in ("tệp.csv", "liên kết.csv", "thư mục.csv", "ống.csv")}
    places["tệp.csv"].write_text("a")
    places["liên kết.csv"].symlink_to("không có")
    places["thư mục.csv"].mkdir()
    os.mkfifo(places["ống.csv"])
    odd = tmp_path / os.fsdecode(b"xa/\xff.csv")
    assert [[str(one) for one in plain_files.irregular(path, tmp_path)] for path in (*places.values(), odd)] == [
        [],
        ["xa/liên kết.csv: là liên kết hỏng. Cách sửa: xóa liên kết này, hoặc chép tệp thật vào đây."],
        [
            "xa/thư mục.csv: đây phải là một tệp, không phải thư mục. "
            "Cách sửa: đổi tên hoặc dời thư mục này, rồi đặt tệp vào chỗ của nó."
        ],
        ["xa/ống.csv: không phải tệp thường (ống dẫn hay thiết bị). Cách sửa: dời nó khỏi thư mục số liệu."],
        ["xa/\\xff.csv: tên tệp có ký tự không đọc được. Cách sửa: đổi tên tệp, hoặc dời nó khỏi thư mục số liệu."],
    ]


def test_every_place_without_a_file_is_refused_at_once_before_anything_is_read(folder):
    for name in ("2022/review.csv", "2022/budget.csv"):
        (folder / UNIT / name).mkdir(parents=True)
    this = opened(UNIT, REVIEWED)
    with pytest.raises(DataError) as refused:
        this.require()
    advice = "đây phải là một tệp, không phải thư mục. Cách sửa: đổi tên hoặc dời thư mục này, rồi đặt tệp vào chỗ của nó."
    assert str(refused.value) == f"xa-mau/2022/budget.csv: {advice}\nxa-mau/2022/review.csv: {advice}"


def test_a_link_that_leads_nowhere_is_seen_as_changed_when_it_is(folder):
    link = write(folder, {"review.csv": REVIEW}) / "ghi-chu.txt"
    link.symlink_to("không có")
    this = opened(UNIT, REVIEWED)
    before = this.state()
    link.unlink()
    assert [file for file, *_ in before if file not in [one for one, *_ in this.state()]] == [str(link)]


def test_the_files_of_a_unit_are_those_that_are_read_and_folders_in_their_place(tmp_path):
    unit = tmp_path / "xa"
    (unit / "2022" / "narrative" / "mo-hinh.md").mkdir(parents=True)
    (unit / "2022" / "review.csv").write_text("a")
    (unit / "unit.yml").write_text("a")
    found = [path.relative_to(unit).as_posix() for path in plain_files.below(unit / "2022")]
    assert found == ["2022/review.csv", "2022/narrative/mo-hinh.md"]
    assert plain_files.frames(tmp_path, ["xa", "xb"]) == [unit / "unit.yml"]


def test_a_workbook_that_somebody_has_open_is_named_not_its_lock(folder):
    locks = {"~$so-lieu.xlsx": b"x", ".~lock.so-lieu.xlsx#": b"x"}
    note = "có người đang mở tệp này; phần chưa lưu chưa được đọc. Cách sửa: lưu và đóng tệp rồi chạy lại."
    assert told(folder, {"review.csv": REVIEW} | locks) == [f"[lưu ý] so-lieu.xlsx: {note}"]


def test_a_table_of_another_agency_is_one_message_with_what_can_be_used(folder):
    theirs = "Thôn, làng,Tổng số hộ dân cư,Diện tích,Mật độ\nMơ Tôn,120,5,24\n".replace("Thôn, làng", '"Thôn, làng"')
    (said,) = told(folder, {"review.csv": theirs})
    assert said.startswith(
        "review.csv, dòng 1: bảng có cột của nơi khác. Dùng được: Thôn, làng (village), Tổng số hộ dân cư (households). "
        "Để ngoài: Diện tích, Mật độ. Còn thiếu: persons, poor_households"
    )
    assert said.endswith(
        "Cách sửa: nhập bằng lệnh giamngheo import, hoặc lập tệp mẫu (giamngheo template), chép các cột dùng được "
        "vào, bổ sung cột thiếu; ô chưa biết thì để trống."
    )


def test_what_was_confirmed_for_one_year_is_left_out_of_the_next():
    text = "Một.\n<!-- đúng: 15 hộ -->\nHai.\n<!-- hỏi lại -->"
    assert narrative.unconfirmed(text) == "Một.\nHai.\n<!-- hỏi lại -->"


def test_a_unit_is_meant_by_its_folder_or_by_the_map(folder):
    write(folder, {"review.csv": REVIEW})
    assert [unit.meant(folder, given) for given in ("xa-mau", "xa-la")] == ["xa-mau", "xa-la"]
    assert unit.unlisted(folder) == []
    (folder / "xa, la" / "2022").mkdir(parents=True)
    (folder / ".git" / "2022").mkdir(parents=True)
    assert (unit.units(folder), unit.misnamed(folder, 2022), unit.misnamed(folder, 2021)) == (["xa-mau"], ["xa, la"], [])
