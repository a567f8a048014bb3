"""CSV files in: what is wrong → the whole message, and what is understood → the value a person reads."""

import unicodedata
from fractions import Fraction

import pandas as pd
import pytest

from giamngheo import opened
from giamngheo.findings import DataError
from giamngheo.intake import rules, values
from giamngheo.intake.unit import units, years
from giamngheo.law import dictionary
from giamngheo.law.dated import Law
from giamngheo.law.dictionary import PROJECT_DATA, tables
from years import BUDGET, MODELS, MOVEMENTS, REVIEW, UNIT, YEAR, changed, write

UTF8 = "trong Excel chọn Save As → CSV UTF-8 (Comma delimited), hoặc lưu cả năm thành so-lieu.xlsx"
QUOTES = 'mỗi ô có dấu phẩy, xuống dòng hoặc ngoặc kép phải nằm trọn trong một cặp ngoặc kép "…"'
RAGGED = 'kiểm tra dấu ngăn cột thừa hoặc thiếu; ô có dấu phẩy phải đặt trong ngoặc kép "…"'
PROJECTS = (
    "DA1, DA1.1, DA1.2, DA2, DA3, DA3.1, DA3.2, DA4, DA4.1, DA4.2, DA4.3, DA5, DA6, DA6.1, DA6.2, DA7, "
    "DA7.1, DA7.2"
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    return tmp_path


def read(folder, table, **files):
    write(folder, {f"{name}.csv": text for name, text in ({"review": REVIEW} | files).items()})
    return opened(UNIT, YEAR).table(table)


WRONG_REVIEWS = {
    "an empty file": (
        "",
        "tệp trống. Cách sửa: ghi dòng tên cột và số liệu, hoặc xoá tệp nếu không có số liệu.",
    ),
    "a header and nothing else": (
        REVIEW.splitlines()[0],
        "chưa có dòng số liệu nào. Cách sửa: ghi ít nhất một dòng số liệu.",
    ),
    "no header": (
        "a,b\n1,2\n",
        "không tìm thấy dòng tên cột. Cách sửa: ghi dòng tên cột gồm: "
        + ", ".join(REVIEW.splitlines()[0].split(","))
        + ".",
    ),
    "a missing column, misspelt": (
        changed(REVIEW, ("village,households", "village,household")),
        "dòng 1, cột households: thiếu cột bắt buộc. Cách sửa: thêm cột households (có phải là "
        '"household" không?); '
        "ô chưa biết thì để trống.\n"
        'dòng 1, cột B (household): giá trị "household" — không có cột này trong từ điển dữ liệu. '
        'Cách sửa: sửa tên cột (có phải là "households" không?) hoặc xoá cột.',
    ),
    "a header twice": (
        changed(REVIEW, ("persons,poor", "households,poor")),
        "dòng 1, cột persons: thiếu cột bắt buộc. Cách sửa: thêm cột persons; ô chưa biết thì để trống.\n"
        'dòng 1, cột C (households): giá trị "households" — cột households có hai lần, lần đầu ở cột B. '
        "Cách sửa: xoá bớt một cột.",
    ),
    "a column without a name": (
        "\n".join(line + end for line, end in zip(REVIEW.splitlines(), (",", ",x", ","), strict=True)),
        "dòng 1, cột P: cột có nội dung nhưng không có tên. Cách sửa: ghi tên cột hoặc xoá cột.",
    ),
    "text in a count": (
        changed(REVIEW, (",30,", ",3o,")),
        'dòng 2, cột D (poor_households): giá trị "3o" — phải là số nguyên không âm. '
        "Cách sửa: chỉ ghi chữ số, ví dụ 32; lời giải thích ghi vào cột note.",
    ),
    "two things at once": (
        changed(REVIEW, (",30,", ",-30,"), (",170,", ",-,")),
        'dòng 2, cột D (poor_households): giá trị "-30" — phải là số nguyên không âm. '
        "Cách sửa: bỏ dấu âm hoặc sửa lại số.\n"
        'dòng 3, cột E (poor_persons): giá trị "-" — phải là số nguyên không âm. '
        "Cách sửa: ghi 0 nếu không có, để trống nếu chưa biết.",
    ),
    "half a household": (
        changed(REVIEW, (",30,", ",30.5,")),
        'dòng 2, cột D (poor_households): giá trị "30.5" — phải là số nguyên không âm. '
        "Cách sửa: ghi số nguyên bằng chữ số, hàng nghìn ngăn bằng dấu chấm hoặc để liền.",
    ),
    "a comma that can be read in two ways": (
        changed(REVIEW, (",1399,", ',"1,399",')),
        'dòng 3, cột B (households): giá trị "1,399" — dấu phẩy đọc được hai cách: 1399 (phẩy ngăn '
        "hàng nghìn) hoặc "
        "1,399 (phẩy thập phân); cột này phải là số nguyên không âm. "
        "Cách sửa: nếu là 1399 thì ghi 1399 hoặc 1.399; nếu không thì đối chiếu lại với sổ.",
    ),
    "the same comma without quotes": (
        changed(REVIEW, (",1399,", ",1,399,")),
        f"dòng 3: dòng có 16 ô, dòng tên cột có 15 ô. Cách sửa: {RAGGED}.",
    ),
    "a number no commune has": (
        changed(REVIEW, (",1399,", ",99999999999999999999,")),
        'dòng 3, cột B (households): giá trị "99999999999999999999" — số quá lớn. '
        "Cách sửa: kiểm tra số chữ số và đơn vị tính.",
    ),
    "persons called households": (
        changed(REVIEW, (",30,", ",30 khẩu,")),
        'dòng 2, cột D (poor_households): giá trị "30 khẩu" — phải là số nguyên không âm. '
        "Cách sửa: chỉ ghi chữ số, ví dụ 32; lời giải thích ghi vào cột note.",
    ),
    "more poor and near-poor than households": (
        changed(REVIEW, (",30,130,20,", ",101,130,20,")),
        'dòng 2, cột F (near_poor_households): giá trị "20" — phải có Hộ nghèo + Hộ cận nghèo ≤ '
        "Tổng số hộ dân cư; "
        "ở đây 101 + 20 ≤ 120 là sai. Cách sửa: đối chiếu các cột poor_households, "
        "near_poor_households, households "
        "của dòng này với sổ rồi sửa ô sai.",
    ),
    "the same village twice, spelt in another way": (
        changed(REVIEW, ("Đak Giang", "mơ  TÔN")),
        'dòng 3, cột A (village): giá trị "mơ TÔN" — Thôn, làng trùng với dòng 2. '
        "Cách sửa: xoá dòng thừa hoặc sửa lại.",
    ),
    "an unknown code": (
        changed(REVIEW, ("ND07_2021", "ND07_2022")),
        'dòng 2, cột O (standard): giá trị "ND07_2022" — mã không có trong danh mục. Cách sửa: '
        "dùng một trong các mã "
        '(có phải là "ND07_2021" không?): QD59_2015, ND07_2021, ND351_2025.',
    ),
    "two statuses": (
        changed(REVIEW, ("official", "preliminary")),
        'dòng 3, cột N (status): giá trị "official" — phải giống nhau ở mọi dòng; dòng 2 ghi '
        '"preliminary". '
        "Cách sửa: sửa cho cả bảng dùng một giá trị.",
    ),
    "a blank where a value must be": (
        changed(REVIEW, ("official", "")),
        "dòng 2, cột N (status): không được để trống. Cách sửa: ghi Tình trạng.",
    ),
    "a total that is not the sum": (
        REVIEW + "Tổng cộng:,1520,6100,70,300,,,,,,,,,,\n",
        'dòng 4, cột B (households): giá trị "1520" — dòng tổng phải bằng tổng của các dòng; '
        "các dòng cộng lại là 1519. Cách sửa: sửa dòng sai, hoặc xoá dòng tổng.",
    ),
    "a total of villages that are not all known": (
        changed(REVIEW, ("120,500", "120,")) + "Cộng,1519,6100,,,,,,,,,,,,\n",
        'dòng 4, cột C (persons): giá trị "6100" — dòng tổng phải bằng tổng của các dòng; '
        "các dòng cộng lại là 5600, 1 dòng còn để trống. Cách sửa: sửa dòng sai, hoặc xoá dòng tổng.",
    ),
    "a row without its last cells": (
        changed(REVIEW, (",official,ND07_2021\nĐak", "\nĐak")),
        f"dòng 2: dòng có 13 ô, dòng tên cột có 15 ô. Cách sửa: {RAGGED}.",
    ),
    "rows after an empty line": (
        changed(REVIEW, ("Đak", "\nĐak")),
        "dòng 4: có số liệu nằm sau một dòng trống. Cách sửa: xoá dòng trống ở trên nếu là số liệu "
        "của bảng; "
        "nếu là ghi chú thì chuyển sang trang khác.",
    ),
    "a quote that is never closed": (
        changed(REVIEW, ("Mơ Tôn", '"Mơ Tôn')),
        f"dòng 2: dấu ngoặc kép không đóng hoặc đặt sai chỗ. Cách sửa: {QUOTES}.",
    ),
    "a wrong number below a cell of two lines": (
        changed(REVIEW, ("Mơ Tôn", '"Mơ\nTôn"'), (",40,", ",4o,")),
        'dòng 4, cột D (poor_households): giá trị "4o" — phải là số nguyên không âm. '
        "Cách sửa: chỉ ghi chữ số, ví dụ 32; lời giải thích ghi vào cột note.",
    ),
    "letters lost when saving": (
        changed(REVIEW, ("Mơ Tôn", "M? Tôn")),
        'dòng 2, cột A (village): giá trị "M? Tôn" — chữ tiếng Việt đã mất dấu khi lưu tệp. '
        "Cách sửa: gõ lại chữ rồi lưu dạng CSV UTF-8 hoặc .xlsx.",
    ),
    "a village typed with an old font": (
        changed(REVIEW, ("Mơ Tôn", "Th«n M¬ T«n")),
        'dòng 2, cột A (village): giá trị "Th«n M¬ T«n" — chữ gõ bằng bảng mã cũ TCVN3 (phông .Vn…), '
        "không phải Unicode. Cách sửa: chuyển sang Unicode rồi lưu lại.",
    ),
    "UTF-8 opened as another encoding": (
        changed(REVIEW, ("Mơ Tôn", "MÆ¡ TÃ´n")),
        'dòng 2, cột A (village): giá trị "MÆ¡ TÃ´n" — chữ UTF-8 đã bị mở bằng bảng mã khác. '
        "Cách sửa: mở lại tệp gốc bằng bảng mã UTF-8 rồi lưu.",
    ),
    "a NUL byte": (
        changed(REVIEW, ("Mơ", "M\0ơ")),
        f"dòng 2: có ký tự NUL, tệp đã hỏng. Cách sửa: lấy lại tệp gốc hoặc {UTF8}.",
    ),
    "UTF-16": (
        REVIEW.encode("utf-16"),
        f"tệp lưu bằng bảng mã UTF-16, không phải UTF-8. Cách sửa: {UTF8}.",
    ),
    "UTF-16 without its mark": (
        REVIEW.encode("utf-16-le"),
        f"tệp lưu bằng bảng mã UTF-16, không phải UTF-8. Cách sửa: {UTF8}.",
    ),
    "TCVN3": (
        b"village,households\nTh\xabn M\xac T\xabn,120\n",
        "dòng 2: tệp không phải UTF-8; có vẻ là TCVN3 (phông .Vn…). Cách sửa: chuyển sang Unicode "
        f"rồi {UTF8}.",
    ),
    "letters saved as question marks": (
        "village,households\nThôn M? Tôn,H? nghèo: 120\n".encode("cp1252"),
        "chữ có dấu đã mất khi lưu, thành dấu hỏi (?), không lấy lại được từ tệp này. "
        f"Cách sửa: mở lại tệp gốc rồi {UTF8}.",
    ),
    "VNI": (
        "village,households\nThoân Mô Toân, hoä ngheøo,120\n".encode("latin-1"),
        "dòng 2: tệp không phải UTF-8; có vẻ là VNI (phông VNI-…). Cách sửa: chuyển sang Unicode "
        f"rồi {UTF8}.",
    ),
    "Windows-1258": (
        b"village,households\nTh\xf4n M\xf5 T\xf4n, h\xf4\xf2 nghe\xcco,120\n",
        f"dòng 2: tệp không phải UTF-8; có vẻ là Windows-1258. Cách sửa: chuyển sang Unicode rồi {UTF8}.",
    ),
    "another encoding": (
        b"village,households\npr\xe9nomm\xe9e,120\n",
        f"dòng 2: tệp không phải UTF-8. Cách sửa: {UTF8}.",
    ),
    "a workbook called .csv": (
        b"PK\x03\x04",
        f"đây là tệp Excel mang đuôi .csv. Cách sửa: đổi tên thành so-lieu.xlsx, hoặc {UTF8}.",
    ),
}


def located(message: str, file: str) -> str:
    """The message with the file before each of its lines, as a reader sees it."""
    lines = message.split("\n")
    return "\n".join(
        f"xa-mau/2022/{file}{', ' if line.startswith('dòng ') else ': '}{line}" for line in lines
    )


@pytest.mark.parametrize(("text", "message"), WRONG_REVIEWS.values(), ids=WRONG_REVIEWS)
def test_a_wrong_review_is_refused_with(folder, text, message):
    with pytest.raises(DataError) as refused:
        read(folder, "review", review=text)
    assert str(refused.value) == located(message, "review.csv")


WRONG_TABLES = {
    "an unknown project": (
        "budget",
        changed(BUDGET, ("DA2", "DA 2.1")),
        'dòng 2, cột A (project): giá trị "DA 2.1" — mã không có trong danh mục. '
        f'Cách sửa: dùng một trong các mã (có phải là "DA2" không?): {PROJECTS}.',
    ),
    "disbursed above planned without a note": (
        "budget",
        changed(BUDGET, ("dân góp thêm", "")),
        'dòng 4, cột G (disbursed): giá trị "6000000" — phải có Giải ngân ≤ Kế hoạch vốn hoặc có Ghi chú; '
        "ở đây 6000000 ≤ 5000000 là sai. Cách sửa: đối chiếu các cột disbursed, planned của dòng "
        "này với sổ "
        "rồi sửa ô sai, hoặc ghi lý do vào cột note.",
    ),
    "money in words": (
        "budget",
        changed(BUDGET, ("100000000", "100 triệu")),
        'dòng 2, cột F (planned): giá trị "100 triệu" — phải là số nguyên không âm. '
        "Cách sửa: ghi đủ số đồng, ví dụ 148300000; lời giải thích ghi vào cột note.",
    ),
    "a day that does not exist": (
        "budget",
        changed(BUDGET, ("31/12/2023", "31/02/2023")),
        'dòng 2, cột H (as_of): giá trị "31/02/2023" — phải là ngày có thật, dạng ngày/tháng/năm. '
        "Cách sửa: ghi ngày, tháng, năm, ví dụ 28/02/2023.",
    ),
    "a year of two digits": (
        "budget",
        changed(BUDGET, ("2022,2023", "22,2023")),
        'dòng 2, cột D (vintage): giá trị "22" — phải là năm gồm bốn chữ số, từ 1900 đến 2100. '
        "Cách sửa: ghi năm, ví dụ 2022.",
    ),
    "a model that is not in the models": (
        "budget",
        changed(BUDGET, ("Nuôi bò", "Nuôi dê")),
        'dòng 2, cột I (model): giá trị "Nuôi dê" — mã không có trong danh mục. '
        'Cách sửa: dùng một trong các mã (có phải là "Nuôi bò" không?): Nuôi bò.',
    ),
    "the same money twice": (
        "budget",
        BUDGET + "DA2,recurrent,nsdp_tinh,2022,2023,1,,,Nuôi bò,\n",
        'dòng 5, cột A (project): giá trị "DA2" — Dự án, tiểu dự án, Loại vốn, Nguồn vốn, Vốn năm, '
        "Năm thực hiện, "
        "Mô hình, Quyết định giao lại trùng với dòng 3. Cách sửa: xoá dòng thừa hoặc sửa lại.",
    ),
    "members that do not add up": (
        "models",
        changed(MODELS, (",7,4,3", ",8,4,3")),
        'dòng 2, cột H (members): giá trị "8" — phải có Số hộ tham gia = Hộ nghèo tham gia + Hộ '
        "cận nghèo tham gia + "
        "Hộ khác tham gia; ở đây 8 = 4 + 3 + 0 là sai. Cách sửa: đối chiếu các cột members, poor_members, "
        "near_poor_members, other_members của dòng này với sổ rồi sửa ô sai.",
    ),
    "an end before the start": (
        "models",
        changed(MODELS, ("31/12/2023", "30/04/2023")),
        'dòng 2, cột G (end): giá trị "30/04/2023" — phải có Kết thúc ≥ Bắt đầu; ở đây 30/04/2023 '
        "≥ 01/05/2023 "
        "là sai. Cách sửa: đối chiếu các cột end, start của dòng này với sổ rồi sửa ô sai.",
    ),
    "a month 13": (
        "models",
        changed(MODELS, ("05/2023", "13/2023")),
        'dòng 2, cột F (start): giá trị "13/2023" — phải là tháng có thật, dạng tháng/năm. '
        "Cách sửa: ghi tháng và năm, ví dụ 05/2023.",
    ),
    "a closing count that does not follow": (
        "movements",
        changed(MOVEMENTS, (",0,30\n", ",0,31\n")),
        'dòng 2, cột L (end): giá trị "31" — phải có Cuối kỳ = Đầu kỳ - Chuyển sang loại kia - '
        "Vượt chuẩn cận nghèo - "
        "Giảm khác + Từ loại kia chuyển sang + Tái nghèo, tái cận nghèo + Phát sinh mới + Tăng khác; "
        "ở đây 31 = 33 - 4 - 1 - 0 + 1 + 0 + 1 + 0 là sai. Cách sửa: đối chiếu các cột end, start, "
        "to_other_class, "
        "above_near_poor, other_decrease, from_other_class, relapsed, new, other_increase của dòng "
        "này với sổ "
        "rồi sửa ô sai.",
    ),
    "a second line of a village without its name": (
        "movements",
        "".join(changed(MOVEMENTS, ("Mơ Tôn,near_poor", ",near_poor")).splitlines(keepends=True)[:3]),
        "dòng 3, cột A (village): để trống thôn, làng trong khi các dòng khác có tên. Cách sửa: "
        "ghi tên thôn, làng "
        "ở mỗi dòng (hoặc gộp ô); nếu là dòng cộng của các thôn, làng thì ghi Tổng cộng.",
    ),
}


@pytest.mark.parametrize(("table", "text", "message"), WRONG_TABLES.values(), ids=WRONG_TABLES)
def test_a_wrong_table_is_refused_with(folder, table, text, message):
    with pytest.raises(DataError) as refused:
        read(folder, table, **({"models": MODELS} | {table: text}))
    assert str(refused.value) == located(message, f"{table}.csv")


UNDERSTOOD = {
    "a thousand dot": (",1399,", ",1.399,"),
    "a space": (",1399,", ",1 399,"),
    "a space that does not break": (",1399,", ",1\u00a0399,"),
    "an English thousand with .0": (",1399,", ',"1,399.0",'),
    "leading zeros": (",30,", ",030,"),
    "a unit": (",30,130,", ",30 hộ,130 khẩu,"),
    "letters in parts": ("Mơ Tôn", unicodedata.normalize("NFD", "Mơ Tôn")),
    "invisible characters": ("Mơ Tôn", "\u200bMơ\u00a0 Tôn "),
    "the code's name": ("official", "Chính thức"),
    "a label as header": ("village,households", '"Thôn, làng",Tổng số hộ dân cư'),
    "a label above the name": ("village,households", '"Thôn, làng\nvillage",households'),
    "titles above": ("village,", "BIỂU TỔNG HỢP\n\nvillage,"),
    "a row of column numbers": ("Mơ Tôn", "A,1,2,3,4,5,6,7,8,9,10,11,12,13,14\nMơ Tôn"),
    "a cell of two lines": ("Mơ Tôn", '"Mơ\nTôn"'),
}


@pytest.mark.parametrize(("old", "new"), UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_what_has_one_reading_is_understood(folder, old, new):
    plain = read(folder, "review").drop(columns="found_at")
    again = read(folder, "review", review=changed(REVIEW, (old, new))).drop(columns="found_at")
    pd.testing.assert_frame_equal(again, plain)


FORMS = {
    "a byte order mark": "\ufeff" + REVIEW,
    "a byte order mark before a quote": "\ufeff" + changed(REVIEW, ("village", '"village"')),
    "semicolons": REVIEW.replace(",", ";"),
    "semicolons announced by Excel": "sep=;\n" + REVIEW.replace(",", ";"),
    "tabs": REVIEW.replace(",", "\t"),
    "Windows line ends": REVIEW.replace("\n", "\r\n"),
    "a total row that is right": REVIEW + "Tổng cộng,1519,6100,70,300,,,,,,,,,,\n",
    "a commune row that is right": REVIEW + ",1519,6100,70,300,45,200,,,,,,,official,ND07_2021\n",
    "remarks and a signature below": REVIEW + "\nGhi chú: số liệu chính thức\n\n,Người lập biểu,,,Chủ tịch\n",
    "empty lines at the end": REVIEW + "\n,,,,,,,,,,,,,,\n\n",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_file_in_another_form_is_the_same_table(folder, text):
    plain = read(folder, "review").drop(columns="found_at")
    pd.testing.assert_frame_equal(read(folder, "review", review=text).drop(columns="found_at"), plain)


def test_each_column_has_its_type_and_each_row_its_line(folder):
    models = read(folder, "models", models=MODELS)
    row = models.iloc[0].to_dict()
    assert (row["model"], row["vintage"], row["members"], row["note"]) == ("Nuôi bò", 2022, 7, "")
    assert (row["founded"], row["start"]) == (pd.Timestamp("2023-02-28"), pd.Timestamp("2023-05-01"))
    assert row["found_at"] == "xa-mau/2022/models.csv:2"
    assert models["expected_profit"].tolist() == [pd.NA]  # an optional column that is not there is not known
    types = models.dtypes.astype(str)
    assert types[["model", "vintage", "founded", "members"]].tolist() == [
        "str",
        "Int64",
        "datetime64[ns]",
        "Int64",
    ]


def test_a_blank_count_is_not_known_and_a_zero_is_zero(folder):
    review = read(folder, "review")
    assert review["average_living_households"].tolist() == [pd.NA, 0]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("9", Fraction(9)),
        ("20,86", Fraction(2086, 100)),
        ("20.86", Fraction(2086, 100)),
        ("1.399,5", Fraction(2799, 2)),
    ],
)
def test_a_decimal_is_exact(folder, written, value):
    facts = f'fact,label,value,unit,qualifier,origin\nx,X,"{written}",percent,,sổ\n'
    assert read(folder, "facts", facts=facts)["value"].tolist() == [value]


def test_a_decimal_that_could_be_a_thousand_is_refused(folder):
    with pytest.raises(DataError) as refused:
        read(folder, "facts", facts="fact,label,value,unit,qualifier,origin\nx,X,1.399,percent,,sổ\n")
    assert str(refused.value) == (
        'xa-mau/2022/facts.csv, dòng 2, cột C (value): giá trị "1.399" — đọc được hai cách: 1399 '
        "(dấu ngăn hàng "
        "nghìn) hoặc 1,399 (dấu thập phân). Cách sửa: nếu là 1399 thì ghi 1399; nếu là số thập "
        "phân thì thêm số 0: "
        "1,3990."
    )


def test_a_lone_row_of_the_whole_commune_is_the_communes(folder):
    commune = REVIEW.splitlines()[0] + "\nToàn xã,120,500,30,130,20,90,,,100,420,25,15,official,ND07_2021\n"
    review = read(folder, "review", review=commune)
    assert (review["village"].tolist(), review["households"].tolist()) == ([""], [120])


def test_a_total_row_adds_up_the_rows_that_share_its_codes(folder):
    totals = (
        MOVEMENTS
        + "Cộng,poor,households,75,7,1,0,1,0,2,0,70\nCộng,near_poor,households,40,1,1,0,7,0,0,0,45\n"
    )
    assert len(read(folder, "movements", movements=totals)) == 4  # 33 + 42 = 75 poor households at the start


def test_a_table_without_a_file_is_empty_and_a_review_must_be_there(folder):
    assert read(folder, "groups").empty
    assert list(read(folder, "groups").columns) == [
        "village",
        "class",
        "group",
        "households",
        "persons",
        "note",
        "found_at",
    ]
    (folder / UNIT / str(YEAR) / "review.csv").unlink()
    with pytest.raises(DataError) as refused:
        opened(UNIT, YEAR).table("review")
    assert str(refused.value) == (
        "xa-mau/2022: thiếu bảng review (kết quả rà soát). "
        "Cách sửa: thêm tệp review.csv, hoặc trang tính review trong so-lieu.xlsx."
    )


def test_a_misspelt_file_name_is_asked_about(folder):
    write(folder, {"reviews.csv": REVIEW})
    with pytest.raises(DataError) as refused:
        opened(UNIT, YEAR).table("review")
    assert str(refused.value) == (
        "xa-mau/2022/reviews.csv: tên tệp không phải tên bảng. Cách sửa: đổi tên thành "
        '"review.csv", hoặc xoá tệp.'
    )


ABSENT = {
    "a misspelt unit": (
        ("review", "xa-mo", 2022),
        'xa-mo: không có đơn vị này. Cách sửa: các đơn vị đang có (có phải là "xa-mau" không?): xa-mau.',
    ),
    "a missing year": (
        ("review", "xa-mau", 2031),
        "xa-mau/2031: không có số liệu của năm này. Cách sửa: các năm đang có: 2022.",
    ),
    "a misspelt table": (
        ("reveiw", "xa-mau", 2022),
        'data/dictionary.csv: giá trị "reveiw" — không có bảng này. Cách sửa: dùng một trong các bảng '
        f'(có phải là "review" không?): {", ".join(tables())}.',
    ),
}


@pytest.mark.parametrize(("asked", "message"), ABSENT.values(), ids=ABSENT)
def test_what_is_not_there_is_answered_with_what_is(folder, asked, message):
    write(folder, {"review.csv": REVIEW})
    table, unit, year = asked
    with pytest.raises(DataError) as refused:
        opened(unit, year).table(table)
    assert str(refused.value) == message


def test_units_and_years_are_the_folders_that_hold_data(folder):
    write(folder, {"review.csv": REVIEW})
    write(folder, {"review.csv": REVIEW}, 2021)
    (folder / "không có năm").mkdir()
    assert (units(folder), years(folder, UNIT), years(folder, "khác")) == ([UNIT], [2021, 2022], [])


def test_a_data_folder_that_is_not_there_holds_no_units(folder, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(folder / "khác"))
    assert units(folder / "khác") == []
    with pytest.raises(DataError, match="không có đơn vị này. Cách sửa: các đơn vị đang có: chưa có"):
        opened(UNIT, YEAR).table("review")


@pytest.mark.parametrize("note", ["https://gialai.gov.vn/tin?id=5", "Vì sao?", "nhà 45 m²", "“đã đối chiếu”"])
def test_ordinary_text_is_left_alone(folder, note):
    assert (
        read(folder, "budget", models=MODELS, budget=changed(BUDGET, ("dân góp thêm", note)))["note"][2]
        == note
    )


@pytest.mark.parametrize(
    "column",
    [column for columns in tables().values() for column in columns],
    ids=lambda column: f"{column.table}.{column.name}",
)
def test_the_dictionary_uses_only_types_and_rules_that_the_intake_knows(column):
    assert column.type in values.READERS
    assert column.required in ("value", "column", "no")
    siblings = {other.name: other.label for other in tables()[column.table]}
    assert all(rules.in_words(rule, siblings) for rule in column.rules)


def test_law_tables_come_from_the_data_folder_where_it_has_them(folder):
    assert Law(folder).path("standards").parent == PROJECT_DATA
    (folder / "standards.csv").write_text("")
    assert Law(folder).path("standards") == folder / "standards.csv"


def test_the_dictionary_is_the_callers_own_copy():
    mine = dictionary.frame()
    mine.loc[0, "label"] = "đã sửa"
    assert dictionary.label("review", "village") == dictionary.frame().loc[0, "label"] == "Thôn, làng"
    assert dictionary.columns()["review", "village"]["label"] == "Thôn, làng"
