"""What a person sees on a sheet and nobody reads, and cells that no spreadsheet program writes: refused or told, at file, sheet and cell."""

import io
import zipfile

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from openpyxl.comments import Comment

from giamngheo import checks, opened, simulate
from giamngheo.intake import template
from giamngheo.intake.drawings import Drawing, Point, covering, under
from giamngheo.intake.unit import Year
from test_displayed import patched
from years import REVIEW, UNIT, YEAR, grid, saved, workbook, write

FILE = "xa-mau/2022/so-lieu.xlsx"
HERE = f"{FILE}, trang tính review"
CLEAR = "dời hoặc xoá hình che ô, kiểm tra lại các ô ở dưới rồi lưu"
LEAVE = "nếu có số liệu thì ghi vào ô của bảng; nếu không thì để yên"
NAMES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    return tmp_path


def said(folder, change, *patches) -> list[str]:
    """What is found in the tables of a sound year after a change of its sheet, and of the part of it that `patches` names."""
    book = workbook(review=grid(REVIEW))
    change(book["review"])
    data = saved(book)
    for part, *changes in patches:
        data = patched(data, part, *changes)
    write(folder, {"so-lieu.xlsx": data})
    return [str(found) for found in opened(UNIT, YEAR).findings() if "chưa có bảng" not in found.rule]


def unchanged(sheet):
    pass


def chart_at(place):
    return lambda sheet: sheet.add_chart(BarChart(), place)


# drawings -----------------------------------------------------------------------------------------


def anchored(first, last, shape) -> str:
    """A drawing from one cell (column, row, counted from 0) to the left upper corner of another."""
    corners = "".join(
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        for name, (column, row) in (("from", first), ("to", last))
    )
    return f"<xdr:twoCellAnchor>{corners}{shape}</xdr:twoCellAnchor>"


def box(text="", look="<a:solidFill/>", hidden="0"):
    words = f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>" if text else ""
    named = f'<xdr:nvSpPr><xdr:cNvPr id="2" name="x" hidden="{hidden}"/></xdr:nvSpPr>'
    return f"<xdr:sp>{named}<xdr:spPr>{look}</xdr:spPr>{words}</xdr:sp>"


def drawn(folder, *anchors):
    before = chart_at("R1")
    book = workbook(review=grid(REVIEW))
    before(book["review"])
    data = saved(book)
    part = "xl/drawings/drawing1.xml"
    whole = load(data, part)
    write(folder, {"so-lieu.xlsx": patched(data, part, (whole, f"<xdr:wsDr {NAMES}>{''.join(anchors)}</xdr:wsDr>"))})
    return [str(found) for found in opened(UNIT, YEAR).findings() if found.sheet == "review"]


def load(data, part):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(part).decode()


DRAWINGS = {
    "a text box over a number": (
        anchored((3, 1), (4, 2), box("Hộ nghèo: 31")),
        [
            f"{HERE}: hộp chữ ở ô D2 “Hộ nghèo: 31” che ô D2: người xem không thấy số được đọc. Cách sửa: {CLEAR}.",
            f"[lưu ý] {HERE}: không được đọc: hộp chữ ở ô D2 “Hộ nghèo: 31”. Cách sửa: {LEAVE}.",
        ],
    ),
    "a white rectangle over two": (
        anchored((3, 1), (4, 3), box()),
        [
            f"{HERE}: hình vẽ ở ô D2 che ô D2, D3: người xem không thấy số được đọc. Cách sửa: {CLEAR}.",
            f"[lưu ý] {HERE}: không được đọc: hình vẽ ở ô D2. Cách sửa: {LEAVE}.",
        ],
    ),
    "a picture beside the table": (
        anchored((20, 1), (22, 9), "<xdr:pic/>"), [f"[lưu ý] {HERE}: không được đọc: hình ở ô U2. Cách sửa: {LEAVE}."]),
    "a text box under the table": (
        anchored((0, 9), (2, 12), box("Số thôn 3: 12 hộ nghèo")),
        [f"[lưu ý] {HERE}: không được đọc: hộp chữ ở ô A10 “Số thôn 3: 12 hộ nghèo”. Cách sửa: {LEAVE}."],
    ),
    "a ring around a number": (
        anchored((3, 1), (4, 2), box(look="<a:noFill/>")), [f"[lưu ý] {HERE}: không được đọc: hình vẽ ở ô D2. Cách sửa: {LEAVE}."]),
    "a line": (anchored((3, 1), (4, 2), "<xdr:cxnSp/>"), []),
    "a hidden shape": (anchored((3, 1), (4, 2), box("31", hidden="1")), []),
}  # fmt: skip


@pytest.mark.parametrize(("anchor", "told"), DRAWINGS.values(), ids=DRAWINGS)
def test_what_floats_over_the_cells_is_told_and_refused_where_it_hides_one(folder, anchor, told):
    assert drawn(folder, anchor) == told


def test_a_chart_over_the_table_is_refused_with_the_first_cells_that_it_hides(folder):
    assert said(folder, chart_at("A1")) == [
        f"{HERE}: biểu đồ ở ô A1 che ô A1, B1, C1, D1, E1 và 20 ô khác: người xem không thấy số được đọc. Cách sửa: {CLEAR}.",
        f"[lưu ý] {HERE}: không được đọc: biểu đồ ở ô A1. Cách sửa: {LEAVE}.",
    ]


def test_a_drawing_hides_a_cell_of_which_it_covers_half():
    edges = [0, 100, 200, 300]
    assert list(under((Point(0, 40), Point(2, 40)), edges)) == [1, 2]  # 60 of the first, all of the second, 40 of the third
    assert list(under((Point(0, 60), Point(2, 60)), edges)) == [2, 3]
    assert list(under((Point(1, 0), 150), edges)) == [2]
    assert list(under((Point(7, 0), Point(9, 0)), edges)) == []


def test_hundreds_of_drawings_are_too_many(folder):
    one = Drawing("hình", "", True, (Point(0, 0), 1), (Point(0, 0), 1))
    sheet = workbook(review=grid(REVIEW))["review"]
    assert list(covering([one] * 201, sheet, {(1, 1): "x"})) == [
        ("trang tính có 201 hình, giới hạn 200", "xoá các hình rồi kiểm tra lại các ô")
    ]


# comments -----------------------------------------------------------------------------------------


def test_a_comment_is_told_at_its_cell_and_not_read(folder):
    def change(sheet):
        sheet["D2"].comment = Comment("Thực ra là\n31 hộ", "cán bộ thôn")

    remedy = "nếu ghi chú sửa số trong ô thì sửa ô rồi xoá ghi chú; nếu không thì để yên"
    assert said(folder, change) == [f"[lưu ý] {HERE}, dòng 2, cột D: ghi chú gắn ở ô không được đọc: “Thực ra là 31 hộ”. Cách sửa: {remedy}."]
    assert opened(UNIT, YEAR).table("review")["poor_households"].tolist() == [30, 40]


def test_a_comment_of_a_marked_copy_is_our_own(folder):
    def change(sheet):
        sheet["D2"].comment = Comment("phải là số nguyên", "giamngheo")

    assert said(folder, change) == []


def test_formulas_shown_in_place_of_their_results_are_refused(folder):
    def change(sheet):
        sheet.sheet_view.showFormulas = True

    assert said(folder, change) == [f"{HERE}: trang tính đang hiện công thức thay cho kết quả. Cách sửa: tắt Show Formulas (Ctrl+`) rồi lưu."]


# a text under a sum ---------------------------------------------------------------------------------

AS_TEXT = (
    "ô giữ số dưới dạng chữ nên công thức tổng của trang tính không cộng ô này. Cách sửa: định dạng ô là Number rồi gõ lại số "
    "(hoặc Convert to Number), chờ Excel tính lại tổng rồi lưu."
)


@pytest.mark.parametrize("formula", ["=SUM(D2:D3)", "=SUBTOTAL(9,D2:D3)"])
def test_a_number_stored_as_text_is_named_also_where_the_sum_has_no_result_yet(folder, formula):
    def change(sheet):
        sheet["D2"] = "30"
        sheet["A4"], sheet["D4"] = "Tổng cộng", formula

    assert said(folder, change) == [f'{HERE}, dòng 2, cột D (poor_households): giá trị "30" — {AS_TEXT}']


def test_a_sum_written_out_adds_texts_too(folder):
    def change(sheet):
        sheet["D2"] = "30"
        sheet["A4"], sheet["D4"] = "Tổng cộng", "=D2+D3"

    assert said(folder, change) == []


# cells that no program writes -----------------------------------------------------------------------

SHEET = "xl/worksheets/sheet1.xml"
D2 = '<c r="D2" t="n"><v>30</v></c>'
REPAIR = "mở tệp trong Excel, để Excel sửa, kiểm tra lại ô này rồi lưu"
WRITTEN = {
    "digits of Python": (D2, D2.replace("30", "3_0"), "ô D2 ghi là số nhưng giữ “3_0”"),
    "digits of another script": (D2, D2.replace("30", "٣٠"), "ô D2 ghi là số nhưng giữ “٣٠”"),
    "no number": (D2, D2.replace("30", "nan"), "ô D2 ghi là số nhưng giữ “nan”"),
    "two values": (D2, D2.replace("</v>", "</v><v>31</v>"), "ô D2 có hai giá trị"),
    "a value and a text": (D2, D2.replace("</v>", "</v><is><t>31</t></is>"), "ô D2 có hai giá trị"),
    "a cell twice": (D2, D2 + D2.replace("30", "31"), "ô D2 có hai lần hoặc đứng sai thứ tự trong tệp"),
    "a cell in another's row": (D2, D2.replace("D2", "D3"), "ô D3 có hai lần hoặc đứng sai thứ tự trong tệp"),
    "an address that is none": (D2, D2.replace("D2", "d2"), "ô d2 có hai lần hoặc đứng sai thứ tự trong tệp"),
    "a row twice": ("</sheetData>", '<row r="2">' + D2 + "</row></sheetData>", "dòng 2 có hai lần hoặc đứng sai thứ tự trong tệp"),
}


@pytest.mark.parametrize(("old", "new", "rule"), WRITTEN.values(), ids=WRITTEN)
def test_a_cell_that_each_program_would_read_in_its_own_way_is_refused(folder, old, new, rule):
    found = said(folder, unchanged, (SHEET, (old, new)))
    assert found[0] == f"{FILE}: trang tính review: {rule}. Cách sửa: {REPAIR}."


@pytest.mark.parametrize("value", ["30.0", "3e1", " 30 ", "030", "+30"])
def test_a_number_that_every_program_reads_alike_is_read(folder, value):
    assert said(folder, unchanged, (SHEET, ("<v>30</v>", f"<v>{value}</v>"))) == []
    assert opened(UNIT, YEAR).table("review")["poor_households"].tolist() == [30, 40]


# no false alarm -------------------------------------------------------------------------------------


def test_a_made_up_workbook_and_its_copy_by_openpyxl_say_nothing_of_this(tmp_path):
    simulate.write(tmp_path / "data", communes=1, villages=3, year=2024, seed=7, excel=True)
    path = next((tmp_path / "data").glob("*/2024/so-lieu.xlsx"))
    unit = path.parent.parent.name
    assert checks.check(Year(tmp_path / "data", unit, 2024)) == []
    load_workbook(path).save(path)
    assert checks.check(Year(tmp_path / "data", unit, 2024)) == []


@pytest.mark.parametrize("year", [2016, 2021, 2024, 2026])
def test_a_workbook_to_fill_in_lacks_its_rows_and_nothing_else(tmp_path, year):
    this = Year(tmp_path, UNIT, year)
    this.folder.mkdir(parents=True)
    template.write(this, this.folder / "so-lieu.xlsx")
    assert list(map(str, this.findings())) == [
        f"xa-mau/{year}/so-lieu.xlsx, trang tính review: chưa có dòng số liệu nào. Cách sửa: ghi ít nhất một dòng số liệu."
    ]
