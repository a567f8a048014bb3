"""Files as they are received: other formats, other agencies' tables, rows below blank lines, ordinal columns, dates."""

import datetime as dt
import io
import zipfile

import pandas as pd
import pytest

from giamngheo import checks, opened
from giamngheo.findings import DataError
from years import MODELS, REVIEW, UNIT, YEAR, changed, grid, saved, workbook, write

HERE = "xa-mau/2022"
SHEET = f"{HERE}/so-lieu.xlsx, trang tính review"
SAVE_AS = "mở bằng Excel hoặc LibreOffice, chọn Save As, kiểu Excel Workbook (.xlsx), lưu thành so-lieu.xlsx."
VALUES = ["village", "households", "persons", "poor_households", "near_poor_households", "status"]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    return tmp_path


def said(folder, table="review", **files):
    """What check says of a year with these files; a name's last _ stands for its dot."""
    write(folder, {".".join(name.rsplit("_", 1)): content for name, content in files.items()})
    return [str(finding) for finding in checks.check(opened(UNIT, YEAR))]


def review_of(rows):
    return saved(workbook(review=rows))


def zipped(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return made.getvalue()


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def strict(*namespaces):
    """A workbook whose parts say these namespaces as Strict Open XML does; all of them is what Excel writes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(review_of(grid(REVIEW)))) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            for old in namespaces:
                part = part.replace(old, STRICT[old])
            target.writestr(name, part)
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
OTHERS = {
    "an old workbook": (OLE + "Workbook".encode("utf-16le"), "Excel 97-2003 (.xls)"),
    "a binary workbook": (zipped(xl__workbook_DOT_bin="x"), "Excel nhị phân (.xlsb)"),
    "an OpenDocument": (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument (.ods)"),
    "a strict workbook": (strict(*STRICT), "Strict Open XML Spreadsheet"),
    "a workbook with strict cells": (strict([*STRICT][0]), "Strict Open XML Spreadsheet"),
    "a workbook with strict relations": (strict([*STRICT][1]), "Strict Open XML Spreadsheet"),
    "a Word document": (zipped(word__document_DOT_xml="<x/>"), "Word (.docx)"),
    "a page of the web": (b"\xef\xbb\xbf\n<html><table><tr><td>1</td></tr></table></html>", "trang web (HTML)"),
    "XML of 2003": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML Spreadsheet 2003"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name"), OTHERS.values(), ids=OTHERS)
def test_another_format_under_the_name_of_a_workbook_is_named(folder, content, name):
    message = f"{HERE}/so-lieu.xlsx: tệp mang đuôi .xlsx nhưng là {name}. Cách sửa: {SAVE_AS}"
    assert said(folder, **{"so-lieu_xlsx": content}) == [message]


def test_a_password_and_a_csv_file_in_a_workbooks_name_are_named(folder):
    locked = OLE + "EncryptedPackage".encode("utf-16le")
    assert said(folder, **{"so-lieu_xlsx": locked}) == [
        f"{HERE}/so-lieu.xlsx: tệp có mật khẩu. Cách sửa: mở bằng Excel, bỏ mật khẩu "
        "(File → Info → Protect Workbook), rồi lưu lại."
    ]
    assert said(folder, **{"so-lieu_xlsx": REVIEW}) == [
        f"{HERE}/so-lieu.xlsx: tệp mang đuôi .xlsx nhưng là CSV. Cách sửa: đổi tên thành <bảng>.csv, "
        f"ví dụ review.csv, hoặc {SAVE_AS}"
    ]


@pytest.mark.parametrize(
    ("suffix", "name"),
    [
        ("xls", "Excel 97-2003 (.xls)"),
        ("xlsb", "Excel nhị phân (.xlsb)"),
        ("ods", "OpenDocument (.ods)"),
        ("xlsm", "Excel có macro (.xlsm)"),
    ],
)
def test_a_file_of_another_format_is_named_with_the_way_to_save_it(folder, suffix, name):
    assert said(folder, **{f"so-lieu_{suffix}": "x"}) == [
        f"{HERE}/so-lieu.{suffix}: tệp kiểu {name} không được đọc. Cách sửa: {SAVE_AS.removesuffix('.')}; "
        "là biểu hay danh sách hộ thì nhập bằng lệnh giamngheo import."
    ]


@pytest.mark.parametrize("lock", ["~$so-lieu.xlsx", ".~lock.so-lieu.xlsx#"])
def test_a_workbook_that_somebody_has_open_is_said(folder, lock):
    write(folder, {lock: "Nguyễn Văn A", "so-lieu.xlsx": review_of(grid(REVIEW))})
    assert [str(one) for one in checks.check(opened(UNIT, YEAR))] == [
        f"[lưu ý] {HERE}/so-lieu.xlsx: có người đang mở tệp này; phần chưa lưu chưa được đọc. "
        "Cách sửa: lưu và đóng tệp rồi chạy lại."
    ]


@pytest.mark.parametrize("other", [" Review", "REVIEW ", "re\u200bview"])
def test_two_sheets_of_one_table_are_refused_naming_both(folder, other):
    book = workbook(**{"review": grid(REVIEW), other: grid(REVIEW)})
    assert said(folder, **{"so-lieu_xlsx": saved(book)}) == [
        f'{SHEET}: hai trang tính "review" và "{other}" cùng là bảng review. '
        "Cách sửa: giữ một trang tính, xoá hoặc đổi tên trang tính kia."
    ]


@pytest.mark.parametrize("other", ["Review.csv", "REVIEW.CSV", "review.CSV"])
def test_two_files_of_one_table_are_refused_naming_both(folder, other):
    write(folder, {"review.csv": REVIEW, other: REVIEW})
    assert [str(one) for one in checks.check(opened(UNIT, YEAR))] == [
        f"{HERE}/{other}: hai tệp {other} và review.csv cùng một tên, chỉ khác chữ hoa hay cách viết. "
        "Cách sửa: giữ một tệp, xoá hoặc đổi tên tệp kia."
    ]


def test_two_columns_of_one_name_are_refused(folder):
    text = changed(REVIEW, ("village,households,persons", "village,households,Tổng số hộ dân cư"))
    message = (
        f'{HERE}/review.csv, dòng 1, cột C (Tổng số hộ dân cư): giá trị "Tổng số hộ dân cư" — '
        "cột households có hai lần, lần đầu ở cột B. Cách sửa: xoá bớt một cột."
    )
    assert message in said(folder, review_csv=text)


BEYOND = "Cách sửa: xoá dòng trống ở trên nếu là số liệu của bảng; nếu là ghi chú thì chuyển sang trang khác."
UNREAD = (
    "dòng nằm dưới bảng, sau một dòng trống, không được đọc vì không có số liệu. "
    "Cách sửa: nếu là số liệu của bảng thì xoá dòng trống ở trên; nếu là ghi chú thì để yên."
)
SHORT = REVIEW + "\n"


def line(*cells):
    return ",".join(cells) + "," * (15 - len(cells)) + "\n"


@pytest.mark.parametrize(
    "row", [("thôn 5", "hai trăm"), ("thôn 5", "200"), ("", "hai trăm"), ("Làng Mới", "", "không rõ")]
)  # fmt: skip
def test_a_row_below_a_blank_line_however_short_is_reported(folder, row):
    assert said(folder, review_csv=SHORT + line(*row)) == [
        f"{HERE}/review.csv, dòng 5: có số liệu nằm sau một dòng trống. {BEYOND}"
    ]


@pytest.mark.parametrize("row", ["thôn 5\n", line("thôn 5"), line("Làng Mới")])
def test_a_name_alone_below_a_blank_line_is_said_to_be_left_out(folder, row):
    assert said(folder, review_csv=SHORT + row) == [f"[lưu ý] {HERE}/review.csv, dòng 5: {UNREAD}"]


SIGNED = line(*[""] * 8, "Gia Lai ngày 30 tháng 11 năm 2022") + line("Người lập biểu", *[""] * 7, "TM. ỦY BAN NHÂN DÂN")


@pytest.mark.parametrize("rows", [line("Ghi chú: số liệu đến ngày 30/11"), line("Nguồn: rà soát năm 2022"), SIGNED])
def test_remarks_and_signatures_below_a_blank_line_are_no_data(folder, rows):
    assert said(folder, review_csv=SHORT + rows) == []


def test_rows_below_a_blank_line_are_one_message_and_their_total_is_right(folder):
    first, second = REVIEW.splitlines()[1:]
    text = REVIEW.replace(second, "") + f"{second}\n" + line("Tổng cộng", "1519", "6100", "70")
    assert said(folder, review_csv=text + line("Ghi chú: sơ bộ")) == [
        f"{HERE}/review.csv, dòng 4: có số liệu nằm sau một dòng trống. {BEYOND}"
    ]


HEADER, FIRST, SECOND = REVIEW.splitlines()


@pytest.mark.parametrize(("lines", "row"), [
    ([HEADER, HEADER, FIRST, SECOND, line("Tổng cộng", "1519")], 2), ([HEADER, FIRST, HEADER, SECOND], 3),
    ([HEADER, FIRST, SECOND, HEADER], 4),
], ids=["at once", "in the middle", "at the end"])  # fmt: skip
def test_a_header_again_is_one_message(folder, lines, row):
    assert said(folder, review_csv="\n".join(lines)) == [
        f"{HERE}/review.csv, dòng {row}: dòng tên cột bị lặp lại. Cách sửa: xoá dòng này."
    ]


def with_ordinals(*ordinals, name="STT"):
    rows = grid(REVIEW)
    return [["KẾT QUẢ RÀ SOÁT"], [], *([mark, *row] for mark, row in zip([name, *ordinals], rows, strict=True))]


@pytest.mark.parametrize("name", ["STT", "TT", "Số TT", "Số thứ tự"])
@pytest.mark.parametrize("ordinals", [(1, 2), ("1.", "2."), ("I", "II"), (None, "a")])
def test_a_column_of_ordinal_numbers_is_passed_over(folder, name, ordinals):
    write(folder, {"so-lieu.xlsx": review_of(with_ordinals(*ordinals, name=name))})
    assert opened(UNIT, YEAR).table("review")["households"].tolist() == [120, 1399]


def test_a_total_that_stands_in_the_column_of_ordinals_is_a_total(folder):
    rows = [*with_ordinals(1, 2), ["Tổng cộng", None, 1520]]
    assert said(folder, **{"so-lieu_xlsx": review_of(rows)}) == [
        f'{SHEET}, dòng 6, cột C (households): giá trị "1520" — dòng tổng phải bằng tổng của các dòng; '
        "các dòng cộng lại là 1519. Cách sửa: sửa dòng sai, hoặc xoá dòng tổng."
    ]


def test_figures_in_the_column_of_ordinals_are_refused(folder):
    assert said(folder, **{"so-lieu_xlsx": review_of(with_ordinals(1, "12 hộ"))})[0].startswith(
        f'{SHEET}, dòng 5, cột A (STT): giá trị "12 hộ" — cột số thứ tự chứa nội dung khác'
    )


OTHER_AGENCY = {  # the table, what of it is ours, and what is not
    "without villages": (
        "STT,Xã/Phường,Trẻ em dưới 6 tuổi,Hộ nghèo,Hộ cận nghèo\n1,Xã Núi Thành,458,127,146\n",
        {"poor_households": "Hộ nghèo", "near_poor_households": "Hộ cận nghèo"}, "Xã/Phường, Trẻ em dưới 6 tuổi",
    ),
    "of villages, with semicolons": (
        "STT;Thôn, làng;Tổng số hộ dân cư;Hộ nghèo;Số trẻ em\n1;Bản A;120;30;5\n",
        {"village": "Thôn, làng", "households": "Tổng số hộ dân cư", "poor_households": "Hộ nghèo"}, "Số trẻ em",
    ),
    "with our codes": (
        "village,households,children,poor_households\nBản A,120,5,30\n",
        {"village": "village", "households": "households", "poor_households": "poor_households"}, "children",
    ),
    "with a unit of money": (
        "Khu vực,Hộ nghèo,Kinh phí (triệu đồng),Tổng số nhân khẩu\nKhu A,30,120,480\n",
        {"poor_households": "Hộ nghèo", "persons": "Tổng số nhân khẩu"}, "Khu vực, Kinh phí (triệu đồng)",
    ),
}  # fmt: skip


def sorted_out(ours, others):
    """What is said of a table's columns, in the order in which they stand there."""
    missing = [name for name in HEADER.split(",") if name not in ours]
    return (
        f"bảng có cột của nơi khác. Dùng được: {', '.join(f'{said} ({name})' for name, said in ours.items())}. "
        f"Để ngoài: {others}. Còn thiếu: {', '.join(missing)}. Cách sửa: "
        "nhập bằng lệnh giamngheo import, hoặc lập tệp mẫu (giamngheo template), chép các cột "
        "dùng được vào, bổ sung cột thiếu; ô chưa biết thì để trống."
    )


@pytest.mark.parametrize(("text", "ours", "others"), OTHER_AGENCY.values(), ids=OTHER_AGENCY)
def test_a_table_of_another_agency_is_one_message_that_sorts_its_columns(folder, text, ours, others):
    assert said(folder, review_csv=text) == [f"{HERE}/review.csv, dòng 1: {sorted_out(ours, others)}"]


def test_a_sheet_of_another_agency_under_its_title_is_one_message_too(folder):
    rows = [["BẢNG TỔNG HỢP"], [], ["TT", "Thôn, làng", "Hộ nghèo", "Trẻ em"], [1, "Bản A", 30, 5]]
    ours = {"village": "Thôn, làng", "poor_households": "Hộ nghèo"}
    assert said(folder, **{"so-lieu_xlsx": review_of(rows)}) == [f"{SHEET}, dòng 3: {sorted_out(ours, 'Trẻ em')}"]


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_a_quoted_table_without_our_columns_is_told_so_whatever_its_separator(folder, mark):
    header = mark.join(f'"{name}"' for name in ("Residence", "X1998", "X2002"))
    text = f'{header}\n{header}\n"whole_country"{mark}"37.4"{mark}"28.9"\n'
    assert said(folder, review_csv=text) == [
        f"{HERE}/review.csv: không tìm thấy dòng tên cột. Cách sửa: ghi dòng tên cột gồm: {HEADER.replace(',', ', ')}."
    ]


@pytest.mark.parametrize(
    "written",
    ["8.2.2023", "08-02-2023", "8/2/2023", "2023-02-08", "ngày 8 tháng 2 năm 2023", "08 tháng 02 năm 2023"],
)
def test_dates_are_read_as_people_write_them(folder, written):
    write(folder, {"review.csv": REVIEW, "models.csv": changed(MODELS, ("28/02/2023", written))})
    assert opened(UNIT, YEAR).table("models")["founded"][0] == pd.Timestamp(dt.date(2023, 2, 8))


@pytest.mark.parametrize("written", ["8.2/2023", "8.2", "30.2.2023", "2/30/2023", "8 2 2023"])
def test_what_is_no_date_is_refused(folder, written):
    write(folder, {"review.csv": REVIEW, "models.csv": changed(MODELS, ("28/02/2023", written))})
    with pytest.raises(DataError, match="phải là ngày có thật, dạng ngày/tháng/năm"):
        opened(UNIT, YEAR).table("models")


@pytest.mark.parametrize("written", ["05/2023", "5.2023", "5-2023", "tháng 5 năm 2023", "tháng 5/2023", "2023-05"])
def test_months_are_read_as_people_write_them(folder, written):
    write(folder, {"review.csv": REVIEW, "models.csv": changed(MODELS, ("05/2023", written))})
    assert opened(UNIT, YEAR).table("models")["start"][0] == pd.Timestamp(2023, 5, 1)


@pytest.mark.parametrize(("written", "day", "years"), [
    ("30/11/25", "30/11", (2025, 1925)), ("1.2.23", "1/2", (2023, 1923)), ("8-2-98", "8/2", (2098, 1998)),
    ("ngày 8 tháng 2 năm 23", "8/2", (2023, 1923)),
])  # fmt: skip
def test_two_digits_of_a_year_are_asked_about(folder, written, day, years):
    one, other = (f"{day}/{year}" for year in years)
    write(folder, {"review.csv": REVIEW, "models.csv": changed(MODELS, ("28/02/2023", written))})
    with pytest.raises(DataError) as refused:
        opened(UNIT, YEAR).table("models")
    assert str(refused.value) == (
        f'{HERE}/models.csv, dòng 2, cột E (founded): giá trị "{written}" — năm chỉ có hai chữ số, là {one} hay {other}. '
        f"Cách sửa: ghi năm bốn chữ số, ví dụ {one}."
    )


@pytest.mark.parametrize("text", ["40", "40 hộ", "040"])
def test_a_number_stored_as_text_that_the_sheets_total_left_out_is_named(folder, text):
    rows = grid(REVIEW)
    rows[2][3] = text
    rows.append(["Tổng cộng", 1519, 6100, 30])
    assert said(folder, **{"so-lieu_xlsx": review_of(rows)}) == [
        f'{SHEET}, dòng 3, cột D (poor_households): giá trị "{text}" — ô giữ số dưới dạng chữ nên công thức tổng '
        "của trang tính không cộng ô này. Cách sửa: định dạng ô là Number rồi gõ lại số (hoặc Convert to Number), "
        "chờ Excel tính lại tổng rồi lưu."
    ]


def test_a_wrong_total_is_not_blamed_on_text(folder):
    rows = grid(REVIEW)
    rows[2][3] = "40"
    rows.append(["Tổng cộng", 1519, 6100, 31])
    assert (
        "dòng tổng phải bằng tổng của các dòng; các dòng cộng lại là 70"
        in said(folder, **{"so-lieu_xlsx": review_of(rows)})[0]
    )


OTHER_UNIT = "nói số của bảng tính theo đơn vị khác, bảng này đọc từng đồng, từng hộ, từng người"
CONVERT = "đổi mọi số của bảng về đồng, hộ, người rồi xoá câu này"


@pytest.mark.parametrize(
    "words",
    [
        "Đơn vị tính: triệu đồng", "(ĐVT: 1.000 đồng)", "Đơn vị: nghìn hộ", "(tỷ đồng)", "ĐVT: Tr.đ", "Số liệu tính bằng triệu đồng",
        "Đơn vị tính: 1.000.000 đồng",
    ],
)  # fmt: skip
def test_a_table_in_millions_or_thousands_is_never_read_as_units(folder, words):
    found = said(folder, review_csv=REVIEW, budget_csv=f'"{words}"\nproject,planned\nDA2,100\n')
    assert f'{HERE}/budget.csv, dòng 1: câu "{words}" {OTHER_UNIT}. Cách sửa: {CONVERT}.' in found


def test_the_unit_of_a_table_may_stand_in_two_cells_in_its_header_or_below(folder):
    rows = grid(REVIEW)
    beside = review_of([["Kết quả rà soát", "Đơn vị tính:", "nghìn người"], *rows])
    header = review_of([[rows[0][0], "Tổng số hộ (nghìn hộ)\nhouseholds", *rows[0][2:]], *rows[1:]])
    below = review_of([*rows, [], ["Ghi chú: số liệu tính bằng nghìn hộ"]])
    for data, row, words in (
        (beside, 1, "Đơn vị tính: nghìn người"),
        (header, 1, "Tổng số hộ (nghìn hộ) households"),
        (below, 5, "Ghi chú: số liệu tính bằng nghìn hộ"),
    ):
        write(folder, {"so-lieu.xlsx": data})
        assert f'{SHEET}, dòng {row}: câu "{words}" {OTHER_UNIT}. Cách sửa: {CONVERT}.' in map(str, checks.check(opened(UNIT, YEAR)))


@pytest.mark.parametrize("words", ["Đơn vị tính: hộ, người", "Kế hoạch vốn 5 tỷ đồng", "ĐVT: đồng", "Đơn vị: xã Triệu Phong"])
def test_words_beside_a_table_that_change_no_unit_are_passed_over(folder, words):
    assert [one for one in said(folder, review_csv=f'"{words}",,\n{REVIEW}') if "đơn vị khác" in one] == []
