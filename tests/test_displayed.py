"""What is seen in a cell is what is read of it, or the cell is refused and the message says why."""

import datetime as dt
import io
import re
import zipfile

import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, IconSetRule, Rule
from openpyxl.styles import Alignment, Border, Color, Font, GradientFill, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

from giamngheo import opened
from giamngheo.findings import DataError
from years import MODELS, REVIEW, UNIT, YEAR, changed, grid, saved, workbook, write

HERE = "xa-mau/2022/so-lieu.xlsx, trang tính review"
STRUCK = "chữ hoặc số bị gạch ngang. Cách sửa: bỏ gạch ngang nếu còn đúng, xoá nội dung ô nếu đã bỏ."
RAISED = (
    "có chữ hoặc số viết nhỏ ở trên hay ở dưới dòng (superscript, subscript), đọc được hai cách. "
    "Cách sửa: xoá phần viết nhỏ nếu là dấu chú thích, gõ lại ở cỡ thường nếu thuộc về giá trị."
)
UNSEEN = (
    "nội dung ô không nhìn thấy được (chữ cùng màu với nền). Cách sửa: đổi màu chữ để kiểm tra, hoặc xoá nội dung ô."
)
CROSSED = (
    "ô bị gạch chéo (kẻ đường chéo qua ô). Cách sửa: bỏ đường chéo nếu còn đúng, xoá nội dung ô nếu đã bỏ."
)
PICTURED = (
    "ô dùng phông ký hiệu nên chữ và số hiện thành hình. "
    "Cách sửa: đổi phông chữ của ô, ví dụ Times New Roman, rồi kiểm tra lại."
)
SPECK = "chữ trong ô nhỏ đến mức không nhìn thấy. Cách sửa: đặt cỡ chữ của ô từ 8 trở lên rồi kiểm tra lại."
ESCAPED = "có mã ký tự của Excel (_xHHHH_), chữ hiện trong ô khác với chữ được lưu. Cách sửa: gõ lại nội dung ô."


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    return tmp_path


def read(folder, change, table="review"):
    book = workbook(review=grid(REVIEW), models=grid(MODELS))
    change(book[table])
    write(folder, {"so-lieu.xlsx": saved(book)})
    return opened(UNIT, YEAR).table(table)


def refusal(folder, change, table="review"):
    with pytest.raises(DataError) as refused:
        read(folder, change, table)
    return str(refused.value)


def put(place, value, number_format="General", **styles):
    def change(sheet):
        sheet[place] = value
        sheet[place].number_format = number_format
        for name, style in styles.items():
            setattr(sheet[place], name, style)

    return change


def rich(*parts):
    return CellRichText(
        *(TextBlock(InlineFont(**part[1]), part[0]) if isinstance(part, tuple) else part for part in parts)
    )


LOOKS = {
    "a footnote's raised figure": (put("D2", rich("30", ("2", {"vertAlign": "superscript"}))), "30^2", RAISED),
    "a lowered figure": (put("D2", rich("30", ("2", {"vertAlign": "subscript"}))), "30_2", RAISED),
    "a whole cell raised": (put("D2", 30, font=Font(vertAlign="superscript")), "30", RAISED),
    "an old figure struck out before the new": (put("D2", rich(("3", {"strike": True}), "30")), "330", STRUCK),
    "a number struck out": (put("D2", 30, font=Font(strike=True)), "30", STRUCK),
    "white on nothing": (put("D2", 30, font=Font(color="FFFFFFFF")), "30", UNSEEN),
    "the theme's white on nothing": (put("D2", 30, font=Font(color=Color(theme=0))), "30", UNSEEN),
    "the system's background colour": (put("D2", 30, font=Font(color=Color(indexed=65))), "30", UNSEEN),
    "nearly white": (put("D2", 30, font=Font(color="FFFAFAFA")), "30", UNSEEN),
    "yellow on yellow": (
        put("D2", 30, font=Font(color="00FFFF00"), fill=PatternFill("solid", fgColor="FFFFFF00")),
        "30",
        UNSEEN,
    ),
    "the theme's white, a little darker": (put("D2", 30, font=Font(color=Color(theme=0, tint=-0.05))), "30", UNSEEN),
    "the theme's black, made white": (put("D2", 30, font=Font(color=Color(theme=1, tint=0.99))), "30", UNSEEN),
    "the theme's blue, made white": (put("D2", 30, font=Font(color=Color(theme=4, tint=0.98))), "30", UNSEEN),
    "a black gradient": (put("D2", 30, fill=GradientFill(stop=("000000", "000000"))), "30", UNSEEN),
    "a gradient that ends in black": (put("D2", 30, fill=GradientFill(stop=("FFFFFF", "000000"))), "30", UNSEEN),
    "white on a white gradient": (
        put("D2", 30, font=Font(color="FFFFFFFF"), fill=GradientFill(stop=("FFFFFF", "FAFAFA"))),
        "30",
        UNSEEN,
    ),
    "a pattern of black ink": (put("D2", 30, fill=PatternFill("darkGray")), "30", UNSEEN),
    "a black trellis on red": (put("D2", 30, fill=PatternFill("darkTrellis", fgColor="FF000000", bgColor="FFFF0000")), "30", UNSEEN),
    "a few red dots on black": (put("D2", 30, fill=PatternFill("gray0625", fgColor="FFFF0000", bgColor="FF000000")), "30", UNSEEN),
    "a format that writes in white": (put("D2", 30, "[White]0"), "30", UNSEEN),
    "a format that writes in the white of the palette": (put("D2", 30, "[Color 2]#,##0"), "30", UNSEEN),
    "the same without a blank": (put("D2", 30, "[color2]0;-0"), "30", UNSEEN),
    "a format in the colour of the fill": (put("D2", 30, "[Red]0", fill=PatternFill("solid", fgColor="FFFF0000")), "30", UNSEEN),
    "crossed out from corner to corner": (
        put("D2", 30, border=Border(diagonal=Side("thin"), diagonalUp=True, diagonalDown=True)), "30", CROSSED,
    ),
    "crossed out once": (put("D2", 30, border=Border(diagonal=Side("thick"), diagonalDown=True)), "30", CROSSED),
    "a white run": (put("D2", rich("3", ("0", {"color": "FFFFFFFF"}))), "30", UNSEEN),
    "an escaped figure": (put("D2", "3_x0030_"), "3_x0030_", ESCAPED),
    "an escaped escape": (put("D2", "3_x005F_x0030_"), "3_x0030_", ESCAPED),
    "a text hidden by its format": (
        put("D2", "30", ";;;"),
        "30",
        "định dạng của ô ẩn hoặc đổi chữ trong ô. Cách sửa: đặt định dạng ô là General rồi kiểm tra lại.",
    ),
    "a text that its format makes longer": (
        put("D2", "30", '"1"@'),
        "30",
        "định dạng của ô ẩn hoặc đổi chữ trong ô. Cách sửa: đặt định dạng ô là General rồi kiểm tra lại.",
    ),
    "digits in a font of pictures": (put("D2", 30, font=Font(name="Wingdings 2")), "30", PICTURED),
    "a digit in a font of signs": (put("D2", rich("3", ("0", {"rFont": "Symbol"}))), "30", PICTURED),
    "a speck": (put("D2", 30, font=Font(sz=1)), "30", SPECK),
    "a cell filled with copies": (
        put("D2", 30, alignment=Alignment(horizontal="fill")),
        "30",
        "căn ô kiểu Fill làm Excel hiện nội dung lặp lại. Cách sửa: đổi căn ngang của ô thành General.",
    ),
    "written from right to left": (
        put("D2", "1 399", alignment=Alignment(readingOrder=2)),
        "1 399",
        "ô viết từ phải sang trái nên số hiện theo thứ tự khác. Cách sửa: đổi hướng chữ của ô thành Context.",
    ),
}


@pytest.mark.parametrize(("change", "value", "message"), LOOKS.values(), ids=LOOKS)
def test_a_look_that_changes_the_reading_is_refused_at_its_cell(folder, change, value, message):
    place = f'{HERE}, dòng 2, cột D (poor_households): giá trị "{value}" — '
    assert refusal(folder, change) == place + message


PLAIN_LOOKS = {
    "bold and red parts": put("D2", rich("3", ("0", {"b": True, "color": "FFFF0000"}))),
    "white on blue": put("D2", 30, font=Font(color="FFFFFFFF"), fill=PatternFill("solid", fgColor="FF0000FF")),
    "the system's text colour": put("D2", 30, font=Font(color=Color(indexed=64))),
    "dark on an automatic fill": put("D2", 30, fill=PatternFill("solid", fgColor=Color(auto=True))),
    "a gradient of light colours": put("D2", 30, fill=GradientFill(stop=("FFFFFF", "DDEBF7"))),
    "a few black dots": put("D2", 30, fill=PatternFill("gray125")),
    "light blue paper with stripes": put("D2", 30, fill=PatternFill("darkUp", fgColor="FF9BC2E6", bgColor="FFDDEBF7")),
    "the theme's white, much darker": put("D2", 30, font=Font(color=Color(theme=0, tint=-0.25))),
    "the theme's blue, a little lighter": put("D2", 30, font=Font(color=Color(theme=4, tint=0.4))),
    "another font of letters": put("D2", 30, font=Font(name="Segoe UI Symbols", sz=8)),
    "a format that writes in red": put("D2", 30, "[Red]0"),
    "a format that writes in a dark colour of the palette": put("D2", 30, "[Color 10]0"),
    "a format that writes in white on black": put("D2", 30, "[White]0", fill=PatternFill("solid", fgColor="FF000000"), font=Font(color="FFFFFFFF")),
    "framed": put("D2", 30, border=Border(left=Side("thin"), top=Side("thin"))),
    "a diagonal that is not drawn": put("D2", 30, border=Border(diagonal=Side("thin"))),
    "italic, underlined": put("D2", 30, font=Font(i=True, u="single")),
    "a line end of Windows in the name": put("A2", "Mơ_x000D_\nTôn"),
    "a blank cell struck out": put("H2", None, font=Font(strike=True)),
}


@pytest.mark.parametrize("change", PLAIN_LOOKS.values(), ids=PLAIN_LOOKS)
def test_a_look_that_changes_nothing_is_read(folder, change):
    table = read(folder, change)
    assert (table["village"][0], table["poor_households"][0]) == ("Mơ Tôn", 30)


def test_a_palette_of_the_workbook_s_own_is_what_its_cells_are_seen_in(folder):
    """Colour 17 is green in Excel; in a workbook that lists colours of its own it is what stands in the eighteenth place."""
    assert read(folder, put("D2", 30, font=Font(color=Color(indexed=17))))["poor_households"][0] == 30
    listed = "".join(f'<rgbColor rgb="00{"FEFEFE" if at == 17 else "336699"}"/>' for at in range(64))
    path = folder / UNIT / str(YEAR) / "so-lieu.xlsx"
    parts = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as again:
        for name in parts.namelist():
            own = f"<indexedColors>{listed}</indexedColors>"
            again.writestr(name, re.sub("<indexedColors>.*</indexedColors>", own, parts.read(name).decode()))
    with pytest.raises(DataError) as refused:
        opened(UNIT, YEAR).table("review")
    assert str(refused.value) == f'{HERE}, dòng 2, cột D (poor_households): giá trị "30" — {UNSEEN}'


def test_a_row_struck_out_as_a_whole_is_one_message(folder):
    def strike(sheet):
        for cell in sheet[3]:
            cell.font = Font(strike=True)
        sheet.append(["Tổng cộng", 1519])

    assert refusal(folder, strike) == f"{HERE}, dòng 3: cả dòng: {STRUCK}"


def test_rules_that_change_what_a_whole_sheet_shows_are_one_message_each(folder):
    def thousands(sheet):
        rule = Rule(type="cellIs", operator="greaterThan", formula=["1"], dxf=DifferentialStyle(font=Font(strike=True)))
        sheet.conditional_formatting.add("B2:M3", rule)

    def white(sheet):
        rule = CellIsRule("greaterThan", ["1"], font=Font(color="FFFFFFFF"))
        sheet.conditional_formatting.add("B2:M3", rule)

    def icons(sheet):
        sheet.conditional_formatting.add("D2:D3", IconSetRule("3Arrows", "num", [0, 1, 2], showValue=False))

    def no_zeros(sheet):
        sheet.sheet_view.showZeros = False

    changed_cells = "làm ô hiện khác với giá trị trong ô. Cách sửa: xoá định dạng có điều kiện đó (Conditional Formatting → Clear Rules)."
    assert refusal(folder, thousands) == f"{HERE}: định dạng có điều kiện ở B2:M3 {changed_cells}"
    assert refusal(folder, white) == f"{HERE}: định dạng có điều kiện ở B2:M3 {changed_cells}"
    assert refusal(folder, icons) == f"{HERE}: định dạng có điều kiện ở D2:D3 {changed_cells}"
    assert refusal(folder, no_zeros) == (
        f"{HERE}: trang tính đang ẩn các số 0, ô ghi 0 hiện như ô trống. "
        "Cách sửa: bật lại Show a zero in cells that have zero value (File → Options → Advanced)."
    )


def test_a_rule_is_held_against_the_colours_that_its_cells_have(folder):
    red, black = PatternFill(bgColor="FFFF0000"), PatternFill(bgColor="FF000000")

    def when(place, rule, **styles):
        def change(sheet):
            for name, style in styles.items():
                setattr(sheet["D2"], name, style)
            sheet.conditional_formatting.add(place, rule)

        return change

    on_black = when("D2:D3", CellIsRule("greaterThan", ["1"], fill=black))
    red_on_red = when("D2", CellIsRule("greaterThan", ["1"], fill=red), font=Font(color="FFFF0000"))
    turned_red = when("D2", CellIsRule("greaterThan", ["1"], font=Font(color="FFFF0000")), fill=PatternFill("solid", fgColor="FFFF0000"))
    scale = when("D1:D3", ColorScaleRule("min", None, "FFFFFFFF", "max", None, "FF000000"))
    for change, place in ((on_black, "D2:D3"), (red_on_red, "D2"), (turned_red, "D2"), (scale, "D1:D3")):
        assert refusal(folder, change).startswith(f"{HERE}: định dạng có điều kiện ở {place} làm ô hiện khác")
    elsewhere = when("E2", CellIsRule("greaterThan", ["1"], fill=red), font=Font(color="FFFF0000"))
    striped = when("D2", CellIsRule("greaterThan", ["1"], fill=PatternFill("lightGray")))
    for change in (elsewhere, striped):
        assert read(folder, change)["poor_households"][0] == 30


LATER = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings><x14:conditionalFormatting '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="{}" priority="1" id="{{1}}">{}</x14:cfRule>'
    "<xm:sqref>D2:D3</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
)


def patched(data: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """The workbook with one of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            target.writestr(item, changed(content.decode(), *changes).encode() if item.filename == part else content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("kind", "says", "hides"),
    [
        ("expression", '<xm:f>models!A1="x"</xm:f><x14:dxf><font><strike/></font></x14:dxf>', True),
        ("expression", '<xm:f>models!A1="x"</xm:f><x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf>', True),
        ("expression", '<xm:f>models!A1="x"</xm:f><x14:dxf><numFmt numFmtId="170" formatCode="0,"/></x14:dxf>', True),
        ("iconSet", '<x14:iconSet showValue="0"/>', True),
        ("dataBar", '<x14:dataBar minLength="0" maxLength="100"/>', False),
        ("expression", '<xm:f>models!A1="x"</xm:f><x14:dxf><font><b/></font></x14:dxf>', False),
    ],
)
def test_rules_that_excel_keeps_apart_are_looked_at_too(folder, kind, says, hides):
    data = saved(workbook(review=grid(REVIEW)))
    later = ("</worksheet>", LATER.format(kind, says))
    write(folder, {"so-lieu.xlsx": patched(data, "xl/worksheets/sheet1.xml", later)})
    found = [str(one) for one in opened(UNIT, YEAR).findings() if "điều kiện" in one.rule]
    assert [one.partition(" làm ô")[0] for one in found] == [f"{HERE}: định dạng có điều kiện ở D2:D3"] * hides


def test_what_is_too_low_or_too_narrow_to_be_seen_is_hidden(folder):
    def low(sheet):
        sheet.row_dimensions[2].height = 0.75

    def narrow(sheet):
        sheet.column_dimensions["D"].width = 0.1

    def all_low(sheet):
        sheet.sheet_format.zeroHeight = True

    def all_narrow(sheet):
        sheet.sheet_format.defaultColWidth = 0
        for column in "ABC":
            sheet.column_dimensions[column].width = 12

    shown = "cột D (poor_households): giá trị \"poor_households\" — cột đang bị ẩn"
    unhide = "Cách sửa: bỏ ẩn dòng (Unhide, bỏ lọc) hoặc xoá dòng."
    assert refusal(folder, low) == f"{HERE}, dòng 2: dòng đang bị ẩn. {unhide}"
    assert refusal(folder, all_low) == f"{HERE}, dòng 2: dòng đang bị ẩn (dòng 2, 3). {unhide}"
    assert refusal(folder, narrow).startswith(f"{HERE}, dòng 1, {shown}. Cách sửa")
    assert refusal(folder, all_narrow).startswith(
        f"{HERE}, dòng 1, {shown} (cột D, E, F, G, H, I, J, K, L, M, N, O). Cách sửa"
    )


def test_results_that_are_to_be_worked_out_anew_on_opening_are_not_read(folder):
    """Programs that write a workbook without Excel leave 0 beside a formula and ask Excel to work it out."""
    book = workbook(review=grid(REVIEW))
    book["review"]["H2"] = "=70-1"
    data = saved(book, {"1!H2": "0"})
    write(folder, {"so-lieu.xlsx": data})
    assert opened(UNIT, YEAR).table("review")["average_living_households"][0] == 0
    write(folder, {"so-lieu.xlsx": patched(data, "xl/workbook.xml", ("<calcPr ", '<calcPr fullCalcOnLoad="1" '))})
    with pytest.raises(DataError) as refused:
        opened(UNIT, YEAR).table("review")
    assert str(refused.value) == (
        f"{HERE}, dòng 2, cột H (average_living_households): công thức chưa có kết quả. "
        "Cách sửa: mở tệp trong Excel, chờ tính xong rồi lưu lại."
    )


def test_a_colour_rule_changes_no_reading(folder):
    def colours(sheet):
        fill, font = PatternFill(bgColor="FFFF0000"), Font(color="FFFFFFFF")
        sheet.conditional_formatting.add("B2:M3", CellIsRule("greaterThan", ["1"], fill=fill))
        sheet.conditional_formatting.add("B2:M3", CellIsRule("greaterThan", ["5"], font=font, fill=fill))

    assert read(folder, colours)["poor_households"].tolist() == [30, 40]


# A number and its format; what Excel shows stands beside it.
SHOWN_OTHERWISE = [
    (148, '#,##0" triệu đồng"'),  # 148 triệu đồng
    (5, '0"000"'),  # 5000
    (253, '[=253]"352"'),  # 352
    (30, '0"%"'),  # 30%
    (30, "0%"),  # 3000%
    (1399000, "#,##0,"),  # 1,399
    (1399000, "0,,"),  # 1
    (30, "0*0"),  # 300000…
    (30, "-0"),  # -30
    (30, "(0)"),  # (30)
    (30, "# ?/?"),  # 30
    (30, ";;;"),  # nothing
    (0, "#,###"),  # nothing
    (0, "0;-0;"),  # nothing
    (12345, "0.0E+00"),  # 1.2E+04
    (30, '"1"0'),  # 130
    (30, "1\\0"),
    (30, "[DBNum1]General"),  # 三十
    (30, "[>9]0;0"),
    (30, "[$-2000000]0"),  # Arabic or other digits are shown by a locale
    (30, '0" khẩu"'),  # another unit than households
    (5, "0.000"),  # 5.000
    (5, '0"."000'),  # 0.005
    (1399, '#"."##0'),  # 1.399, but 5 would be .5
    (1399, "0\\.000"),
    (30, "dd"),
]


@pytest.mark.parametrize(("value", "shown_as"), SHOWN_OTHERWISE[:-1])
def test_a_count_that_is_shown_as_another_is_refused(folder, value, shown_as):
    message = refusal(folder, put("D2", value, shown_as))
    assert message == (
        f'{HERE}, dòng 2, cột D (poor_households): giá trị "{value}" — ô giữ số {value} nhưng định dạng ({shown_as}) '
        "làm Excel hiện số khác. Cách sửa: đặt định dạng ô là General rồi gõ lại số đầy đủ."
    )


SHOWN_AS_IT_IS = [
    "0", "00", "#", "#,##0", "#,###", "0.00", "#,##0.0", "@", "General", '0" hộ"', 'General" hộ"', "#,##0\\ \\h\\ộ",
    "[Red]#,##0", "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)", "#,##0;[Red]-#,##0", "# ##0", "#\\ ##0", "[$-42A]#,##0",
    "0.0E+00", "##0;;", "_-* #,##0_-;\\-* #,##0_-;_-* \"-\"_-;_-@_-",
]  # fmt: skip


@pytest.mark.parametrize("shown_as", SHOWN_AS_IT_IS)
def test_a_count_that_is_shown_as_it_is_is_read(folder, shown_as):
    assert read(folder, put("D2", 30, shown_as))["poor_households"][0] == 30


def test_a_dash_for_nought_is_nought_and_a_blank_is_not(folder):
    assert read(folder, put("H2", 0, '#,##0;-#,##0;"-"'))["average_living_households"][0] == 0
    assert "làm Excel hiện số khác" in refusal(folder, put("H2", 0, "#,##0;-#,##0;"))


DAY = dt.datetime(2023, 2, 8)


@pytest.mark.parametrize(
    "shown_as", ["dd/mm/yyyy", "d-mmm-yy", "yyyy-mm-dd", "mm-dd-yy", '"ngày "dd" tháng "mm" năm "yyyy', "dd/mm/yy"]
)
def test_a_date_that_shows_its_day_month_and_year_is_read(folder, shown_as):
    assert read(folder, put("E2", DAY, shown_as), "models")["founded"][0] == pd.Timestamp(DAY)


@pytest.mark.parametrize("shown_as", ["dd", "mm/dd/yyyy", "dd/yyyy", "yyyy", '"1"dd/mm/yyyy', "dd/mm"])
def test_a_date_of_which_another_or_only_a_part_is_shown_is_refused(folder, shown_as):
    assert refusal(folder, put("E2", DAY, shown_as), "models") == (
        'xa-mau/2022/so-lieu.xlsx, trang tính models, dòng 2, cột E (founded): giá trị "08/02/2023" — ô giữ ngày '
        f"08/02/2023 nhưng định dạng ({shown_as}) không hiện đủ ngày, tháng, năm theo thứ tự đó. "
        "Cách sửa: đặt định dạng ô là dd/mm/yyyy rồi kiểm tra lại ngày."
    )


def test_a_month_is_enough_where_a_month_is_asked_for(folder):
    assert read(folder, put("F2", DAY, "mm/yyyy"), "models")["start"][0] == pd.Timestamp(2023, 2, 1)
    assert refusal(folder, put("E2", DAY, "mm/yyyy"), "models").endswith(
        "ô chỉ hiện tháng, năm: định dạng ô là ngày (Date, dd/mm/yyyy) rồi kiểm tra ngày."
    )


STRANGERS = {
    "5\n120": "xuống dòng",
    "5\t120": "tab",
    "\u202e9931": "U+202E RIGHT-TO-LEFT OVERRIDE",
    "13\u200f99": "U+200F RIGHT-TO-LEFT MARK",
    "1\u200b399": "khoảng trắng không độ rộng (U+200B)",
    "1\u200d399": "dấu nối không độ rộng (U+200D)",
    "1\u00ad399": "dấu nối ẩn (U+00AD)",
    "１３９９": "U+FF11 FULLWIDTH DIGIT ONE",
    "١٣٩٩": "U+0661 ARABIC-INDIC DIGIT ONE",
    "\u22125": "dấu trừ toán học (U+2212)",
    "11²": "U+00B2 SUPERSCRIPT TWO",
    "1\u3000399": "U+3000 IDEOGRAPHIC SPACE",
}


@pytest.mark.parametrize(("said", "name"), STRANGERS.items())
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_character_that_may_not_stand_in_a_number_is_named(folder, kind, said, name):
    if kind == "xlsx":
        message = refusal(folder, put("D2", said))
    else:
        write(folder, {"review.csv": changed(REVIEW, ("500,30,", f'500,"{said}",'))})
        with pytest.raises(DataError) as refused:
            opened(UNIT, YEAR).table("review")
        message = str(refused.value)
    assert (
        f"— có ký tự {name}, không được có trong số hay ngày. Cách sửa: xoá nội dung ô rồi gõ lại trên một dòng."
        in message
    )


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_spaces_separate_thousands(folder, space):
    assert read(folder, put("B3", f"1{space}399"))["households"].tolist() == [120, 1399]


@pytest.mark.parametrize("said", ["Mơ \u202eTôn", "20\n24", "20\u200b24"])
def test_a_text_that_is_seen_otherwise_than_printed_is_refused(folder, said):
    assert "làm chữ số hiện khác với khi in" in refusal(folder, put("A2", said))
