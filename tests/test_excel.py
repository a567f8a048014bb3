"""Workbooks in: what is wrong → the whole message, and what is understood → the value a person reads."""

import datetime as dt

import pandas as pd
import pytest
from openpyxl.styles import Font

from giamngheo import checks, opened
from giamngheo.findings import DataError
from giamngheo.law import dictionary
from years import BUDGET, MODELS, MOVEMENTS, REVIEW, UNIT, YEAR, grid, saved, workbook, write

HERE = "xa-mau/2022/so-lieu.xlsx"
SHEET = f"{HERE}, trang tính review, "
COUNT = "phải là số nguyên không âm"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    return tmp_path


def review_book():
    return workbook(review=grid(REVIEW))


def read(folder, book, table="review", results=None):
    write(folder, {"so-lieu.xlsx": saved(book, results)})
    return opened(UNIT, YEAR).table(table)


def plain(folder):
    return read(folder, review_book()).drop(columns="found_at")


def put(place, value, number_format=None):
    def change(book):
        book["review"][place] = value
        if number_format:
            book["review"][place].number_format = number_format

    return change


def hide_row(book):
    book["review"].row_dimensions[3].hidden = True


def hide_column(book):
    book["review"].column_dimensions["C"].hidden = True


def hide_sheet(book):
    book.create_sheet("Hướng dẫn")
    book["review"].sheet_state = "hidden"


def merge(area):
    return lambda book: book["review"].merge_cells(area)


def add_rows(*rows):
    def change(book):
        for row in rows:
            book["review"].append(row)

    return change


def second_header(book):
    book["review"]["C1"] = "Tổng số hộ dân cư\nhouseholds"


def rename_sheet(book):
    book["review"].title = "reveiw"


WRONG = {
    "1.399 as a decimal number": (
        put("B3", 1.399),
        SHEET + 'dòng 3, cột B (households): giá trị "1.399" — ô chứa số thập phân 1,399, cột này phải '
        "là số nguyên "
        "không âm. Cách sửa: nếu là 1399 (dấu chấm ngăn hàng nghìn) thì gõ lại 1399; nếu đúng là "
        "1,399 thì số này "
        "sai, đối chiếu lại với sổ.",
    ),
    "12.5 as a decimal number": (
        put("D2", 12.5),
        SHEET
        + 'dòng 2, cột D (poor_households): giá trị "12.5" — ô chứa số thập phân 12,5, cột này phải là số '
        "nguyên không âm. Cách sửa: nếu là 12500 (dấu chấm ngăn hàng nghìn) thì gõ lại 12500; nếu "
        "đúng là 12,5 thì "
        "số này sai, đối chiếu lại với sổ.",
    ),
    "1,399 as text": (
        put("B3", "1,399"),
        SHEET
        + 'dòng 3, cột B (households): giá trị "1,399" — dấu phẩy đọc được hai cách: 1399 (phẩy ngăn hàng '
        "nghìn) hoặc 1,399 (phẩy thập phân); cột này phải là số nguyên không âm. "
        "Cách sửa: nếu là 1399 thì ghi 1399 hoặc 1.399; nếu không thì đối chiếu lại với sổ.",
    ),
    "a negative number": (
        put("D2", -30),
        SHEET
        + f'dòng 2, cột D (poor_households): giá trị "-30" — {COUNT}. Cách sửa: bỏ dấu âm hoặc sửa lại số.',
    ),
    "a number shown as percent": (
        put("D2", 30, "0%"),
        SHEET + 'dòng 2, cột D (poor_households): giá trị "30" — ô giữ số 30 nhưng định dạng (0%) làm '
        "Excel hiện số "
        "khác. Cách sửa: đặt định dạng ô là General rồi gõ lại số đầy đủ.",
    ),
    "a number shown in thousands": (
        put("D2", 30000, "#,##0,"),
        SHEET + 'dòng 2, cột D (poor_households): giá trị "30000" — ô giữ số 30000 nhưng định dạng '
        "(#,##0,) làm Excel "
        "hiện số khác. Cách sửa: đặt định dạng ô là General rồi gõ lại số đầy đủ.",
    ),
    "a count that Excel made a date": (
        put("D2", dt.datetime(2022, 1, 30)),
        SHEET + f'dòng 2, cột D (poor_households): giá trị "30/01/2022" — {COUNT}. '
        "Cách sửa: Excel đã đổi số thành ngày: định dạng ô là Number rồi gõ lại số.",
    ),
    "a truth value": (
        put("D2", True),
        SHEET + 'dòng 2, cột D (poor_households): giá trị "TRUE" — ô chứa giá trị đúng/sai (TRUE/FALSE) '
        "của Excel. "
        "Cách sửa: gõ lại giá trị cần ghi.",
    ),
    "a time": (
        put("D2", dt.time(3, 30)),
        SHEET + 'dòng 2, cột D (poor_households): giá trị "03:30:00" — ô chứa giờ. '
        "Cách sửa: định dạng lại ô rồi gõ lại giá trị.",
    ),
    "an error cell": (
        put("D2", "#REF!"),
        SHEET + 'dòng 2, cột D (poor_households): giá trị "#REF!" — ô báo lỗi của Excel. '
        "Cách sửa: sửa công thức, hoặc gõ lại giá trị.",
    ),
    "a formula that was never calculated": (
        put("D2", "=10+20"),
        SHEET + "dòng 2, cột D (poor_households): công thức chưa có kết quả. "
        "Cách sửa: mở tệp trong Excel, chờ tính xong rồi lưu lại.",
    ),
    "a village that is a date": (
        put("A2", dt.datetime(2022, 5, 1)),
        SHEET + 'dòng 2, cột A (village): giá trị "01/05/2022" — phải là chữ. '
        "Cách sửa: Excel đã đổi nội dung thành ngày: định dạng ô là Text rồi gõ lại.",
    ),
    "a hidden row": (
        hide_row,
        SHEET + "dòng 3: dòng đang bị ẩn. Cách sửa: bỏ ẩn dòng (Unhide, bỏ lọc) hoặc xoá dòng.",
    ),
    "a hidden column": (
        hide_column,
        SHEET + 'dòng 1, cột C (persons): giá trị "persons" — cột đang bị ẩn. '
        "Cách sửa: bỏ ẩn cột (Unhide) để kiểm tra, hoặc xoá cột.",
    ),
    "a hidden sheet": (
        hide_sheet,
        f"{HERE}, trang tính review: trang tính đang bị ẩn. "
        "Cách sửa: bỏ ẩn trang tính (Unhide) để kiểm tra, hoặc xoá trang tính.",
    ),
    "one count for two villages": (
        merge("D2:D3"),
        SHEET + 'dòng 2, cột D (poor_households): giá trị "30" — ô bị gộp (merge) nên không biết số '
        "thuộc dòng nào, "
        "cột nào. Cách sửa: bỏ gộp ô (Unmerge) rồi ghi từng ô.\n"
        + SHEET
        + "dòng 3, cột D (poor_households): ô bị gộp (merge) nên không biết số thuộc dòng nào, "
        "cột nào. Cách sửa: bỏ gộp ô (Unmerge) rồi ghi từng ô.",
    ),
    "one village for two rows of the review": (
        merge("A2:A3"),
        SHEET + 'dòng 3, cột A (village): giá trị "Mơ Tôn" — Thôn, làng trùng với dòng 2. '
        "Cách sửa: xoá dòng thừa hoặc sửa lại.",
    ),
    "a header for two columns": (
        second_header,
        SHEET
        + "dòng 1, cột persons: thiếu cột bắt buộc. Cách sửa: thêm cột persons; ô chưa biết thì để trống.\n"
        + SHEET
        + 'dòng 1, cột C (Tổng số hộ dân cư households): giá trị "Tổng số hộ dân cư households" — '
        "cột households có "
        "hai lần, lần đầu ở cột B. Cách sửa: xoá bớt một cột.",
    ),
    "a total that is not the sum": (
        add_rows(["Tổng cộng", 1520]),
        SHEET + 'dòng 4, cột B (households): giá trị "1520" — dòng tổng phải bằng tổng của các dòng; '
        "các dòng cộng lại là 1519. Cách sửa: sửa dòng sai, hoặc xoá dòng tổng.",
    ),
    "numbers below an empty row": (
        add_rows([], ["Làng mới", 20]),
        SHEET + "dòng 5: có số liệu nằm sau một dòng trống. Cách sửa: xoá dòng trống ở trên nếu là số "
        "liệu của bảng; "
        "nếu là ghi chú thì chuyển sang trang khác.",
    ),
    "a misspelt sheet": (
        rename_sheet,
        f"{HERE}, trang tính reveiw: tên trang tính không phải tên bảng. "
        'Cách sửa: đổi tên thành "review", hoặc xoá trang tính.',
    ),
}


@pytest.mark.parametrize(("change", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_workbook_is_refused_with(folder, change, message):
    book = review_book()
    change(book)
    with pytest.raises(DataError) as refused:
        read(folder, book)
    assert str(refused.value) == message


BROKEN = "không mở được tệp Excel, tệp đã hỏng. Cách sửa: mở tệp trong Excel rồi lưu"
LOCKED = "tệp có mật khẩu hoặc là Excel kiểu cũ (.xls). Cách sửa: bỏ mật khẩu, lưu"
DAMAGED = {
    "no workbook at all": (b"xin chao", BROKEN),
    "half of it": (saved(review_book())[:-900], BROKEN),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", LOCKED),
}


@pytest.mark.parametrize(("content", "message"), DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("table", ["review", "budget"])
def test_a_damaged_workbook_is_refused_for_every_table(folder, content, message, table):
    write(folder, {"so-lieu.xlsx": content})
    with pytest.raises(DataError) as refused:
        opened(UNIT, YEAR).table(table)
    assert str(refused.value) == f"{HERE}: {message} lại dạng .xlsx."


def test_a_table_in_both_a_sheet_and_a_file_is_refused(folder):
    write(folder, {"review.csv": REVIEW, "so-lieu.xlsx": saved(review_book())})
    with pytest.raises(DataError) as refused:
        opened(UNIT, YEAR).table("review")
    assert str(refused.value) == (
        f"{HERE}, trang tính review: bảng review có cả ở trang tính này và ở tệp review.csv. "
        "Cách sửa: giữ một nơi: xoá tệp review.csv hoặc xoá trang tính review."
    )


def test_a_workbook_and_a_file_may_hold_different_tables(folder):
    write(folder, {"movements.csv": MOVEMENTS, "so-lieu.xlsx": saved(review_book())})
    assert len(opened(UNIT, YEAR).table("movements")) == 4
    assert opened(UNIT, YEAR).table("review")["found_at"].tolist() == [f"{HERE}:review!2", f"{HERE}:review!3"]


def title_rows(book):
    book["review"].insert_rows(1, 3)
    book["review"]["A1"] = "BIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT"
    book["review"].merge_cells("A1:O1")


def header_of_two_rows(book):
    book["review"].insert_rows(1)
    for column in book["review"].iter_cols(min_row=1, max_row=2, max_col=3):
        column[0].value, column[1].value = column[1].value, None
        book["review"].merge_cells(f"{column[0].coordinate}:{column[1].coordinate}")
    book["review"]["D1"] = "Kết quả rà soát về hộ và khẩu"
    book["review"].merge_cells("D1:I1")


def labels(book):
    for cell in book["review"][1]:
        cell.value = f"{dictionary.label('review', cell.value)}\n{cell.value}"


def formatted_to_the_last_row(book):
    book["review"]["A1048576"].font = Font(bold=True)
    book["review"]["XFD1048570"].font = Font(bold=True)


def scratch_sheet(book):
    book.create_sheet("Sheet1")["A1"] = 5


UNDERSTOOD = {
    "1.399 as text": put("B3", "1.399"),
    "1 399 as text": put("B3", "1 399"),
    "1 399 with a space that does not break": put("B3", "1\u00a0399"),
    "1,399.0 as text": put("B3", "1,399.0"),
    "02 hộ": put("D2", "030 hộ"),
    "a number as text": put("B3", "1399"),
    "1399.0": put("B3", 1399.0),
    "a float's last digit": put("B3", 1399.0000000000002),
    "a thousand separator as format": put("B3", 1399, "#,##0"),
    "a unit as format": put("B3", 1399, '#,##0" hộ"'),
    "title rows above": title_rows,
    "a header of two rows": header_of_two_rows,
    "labels above the names": labels,
    "a total row": add_rows(["Tổng cộng", 1519, 6100, 70]),
    "a total row that was never calculated": add_rows(["Tổng cộng", "=SUM(B2:B3)"]),
    "remarks and a signature below": add_rows(
        [], ["Người lập biểu", None, None, "Chủ tịch"], ["Ghi chú: đã họp dân"]
    ),
    "formats down to the last row of the sheet": formatted_to_the_last_row,
    "a sheet that is no table": scratch_sheet,
}


@pytest.mark.parametrize("change", UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_what_has_one_reading_is_understood(folder, change):
    book = review_book()
    change(book)
    pd.testing.assert_frame_equal(read(folder, book).drop(columns="found_at"), plain(folder))


def test_a_workbook_says_the_same_as_the_csv_file(folder):
    from_book = plain(folder)
    (folder / UNIT / str(YEAR) / "so-lieu.xlsx").unlink()
    write(folder, {"review.csv": REVIEW})
    pd.testing.assert_frame_equal(opened(UNIT, YEAR).table("review").drop(columns="found_at"), from_book)


def test_a_calculated_formula_counts_as_its_result(folder):
    book = review_book()
    put("D2", "=10+20")(book)
    assert read(folder, book, results={"1!D2": "30"})["poor_households"].tolist() == [30, 40]


def test_a_calculated_total_is_checked(folder):
    book = review_book()
    add_rows(["Tổng cộng", "=SUM(B2:B3)"])(book)
    assert len(read(folder, book, results={"1!B4": "1519"})) == 2
    with pytest.raises(DataError, match="các dòng cộng lại là 1519"):
        read(folder, book, results={"1!B4": "1399"})


def test_a_village_merged_over_its_lines_is_the_village_of_each(folder):
    rows = grid(MOVEMENTS)
    rows[2][0] = rows[4][0] = None
    book = workbook(review=grid(REVIEW), movements=rows)
    book["movements"].merge_cells("A2:A3")
    book["movements"].merge_cells("A4:A5")
    assert read(folder, book, "movements")["village"].tolist() == [
        "Mơ Tôn",
        "Mơ Tôn",
        "Đak Giang",
        "Đak Giang",
    ]


def test_a_village_is_not_carried_down_beyond_its_merged_cell(folder):
    rows = grid(MOVEMENTS)[:3]
    rows[2][0] = None
    with pytest.raises(DataError, match="để trống thôn, làng trong khi các dòng khác có tên"):
        read(folder, workbook(review=grid(REVIEW), movements=rows), "movements")


def test_dates_are_read_as_dates_or_text(folder):
    rows = grid(MODELS)
    rows[1][4:7] = [dt.datetime(2023, 2, 28), dt.datetime(2023, 5, 1), "31/12/2023"]
    models = read(folder, workbook(review=grid(REVIEW), models=rows), "models")
    found = models[["founded", "start", "end"]].iloc[0].tolist()
    assert found == [pd.Timestamp("2023-02-28"), pd.Timestamp("2023-05-01"), pd.Timestamp("2023-12-31")]


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ("E2", 44985, "phải là ngày có thật, dạng ngày/tháng/năm"),
        ("E2", dt.datetime(2023, 2, 28, 15, 30), "bỏ phần giờ phút trong ô"),
        ("E2", "28.2.23", "năm chỉ có hai chữ số, là 28/2/2023 hay 28/2/1923. Cách sửa: ghi năm bốn chữ số"),
        ("D2", 2022.5, "phải là năm gồm bốn chữ số"),
        ("A2", 1.1, "Excel giữ nội dung này dưới dạng số: định dạng ô là Text rồi gõ lại"),
    ],
)
def test_a_cell_of_another_kind_is_refused(folder, place, value, message):
    book = workbook(review=grid(REVIEW), models=grid(MODELS))
    book["models"][place] = value
    book["models"][place].number_format = (
        "General" if not isinstance(value, dt.datetime) else "dd/mm/yyyy hh:mm"
    )
    with pytest.raises(DataError, match=message):
        read(folder, book, "models")


@pytest.mark.parametrize(("number_format", "note"), [("General", "7"), ("00000", None)])
def test_a_number_is_text_only_where_excel_shows_its_digits(folder, number_format, note):
    book = workbook(review=grid(REVIEW), models=grid(MODELS), budget=grid(BUDGET))
    book["budget"]["J2"] = 7
    book["budget"]["J2"].number_format = number_format
    if note is None:  # Excel shows 00007
        with pytest.raises(DataError, match="Excel giữ nội dung này dưới dạng số"):
            read(folder, book, "budget")
    else:
        assert read(folder, book, "budget")["note"][0] == note


def test_the_workbook_is_not_changed(folder):
    read(folder, review_book())
    path = folder / UNIT / str(YEAR) / "so-lieu.xlsx"
    before = path.read_bytes()
    checks.check(opened(UNIT, YEAR))
    assert path.read_bytes() == before


def test_sheets_that_nobody_reads_are_noted(folder):
    book = review_book()
    scratch_sheet(book)
    write(folder, {"so-lieu.xlsx": saved(book), "ghi chu.csv": "x"})
    assert [str(finding) for finding in checks.check(opened(UNIT, YEAR))] == [
        "[lưu ý] xa-mau/2022/ghi chu.csv: tệp này không được đọc vì không phải là bảng của từ điển "
        "dữ liệu. "
        "Cách sửa: nếu có số liệu thì nhập bằng lệnh giamngheo import hoặc chuyển vào đúng bảng; nếu không thì để yên hoặc xoá.",
        f"[lưu ý] {HERE}, trang tính Sheet1: trang tính này không được đọc vì không phải là bảng "
        "của từ điển dữ "
        "liệu. Cách sửa: nếu có số liệu thì nhập bằng lệnh giamngheo import hoặc chuyển vào đúng bảng; nếu không thì để yên hoặc xoá.",
    ]
