"""A printed figure is read as the values it can stand for; what cannot be read is refused."""

import shutil
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import PUBLISHED, claims, found
from giamngheo import reconcile
from giamngheo.findings import DataError
from giamngheo.reconcile.notation import NO_BOUND, rewrite, write

HEADER = "place,part_of,partition,year,standard,status,indicator,printed\n"

# counts and money: the lowest and the highest value, both whole ------------------------------------

WHOLE = {
    "1.399 khẩu": ("poor_persons", 1399, 1399),
    "922 người": ("poor_persons", 922, 922),
    "03 hộ": ("poor_households", 3, 3),
    "1399": ("poor_persons", 1399, 1399),
    "không còn hộ nghèo": ("poor_households", 0, 0),
    "gần 1.000 hộ": ("households", 900, 1000),  # the next lower figure of one digit is 900
    "gần 47 hộ": ("households", 46, 47),
    "gần 1.100 hộ": ("households", 1000, 1100),
    "hơn 1.000 hộ": ("households", 1000, 1999),  # the next higher figure of one digit is 2.000
    "trên 1.050 hộ": ("households", 1050, 1059),
    "khoảng 500 hộ nghèo": ("poor_households", 400, 600),
    "dưới 20 hộ": ("poor_households", 0, 20),
    "ít nhất 20 hộ": ("poor_households", 20, NO_BOUND),
    "1,97 triệu hộ": ("households", 1965000, 1979999),  # rounded from 1.965.000, cut to 1.979.999
    "148.300.000 đồng": ("budget_planned", 148300000, 148300000),
    "276.410 triệu đồng": ("budget_planned", 276409500000, 276410999999),
    "1.234,5 tỷ đồng": ("budget_planned", 1234450000000, 1234599999999),
    "1 tỷ 500 triệu đồng": ("budget_planned", 1499500000, 1500999999),
    "gần 47 tỷ đồng": ("budget_disbursed", 46 * 10**9, 47 * 10**9),
    "gần 47,0 tỷ đồng": ("budget_disbursed", 469 * 10**8, 47 * 10**9),
    "trên 932 triệu": ("budget_planned", 932 * 10**6, 933 * 10**6 - 1),
    "ước đạt trên 90 tỷ đồng": ("budget_planned", 90 * 10**9, 100 * 10**9 - 1),
    "giảm 20 hộ": ("change_poor_households", -20, -20),
    "tăng thêm 03 hộ": ("change_poor_households", 3, 3),
    "−20 hộ": ("change_poor_households", -20, -20),
    "giảm hơn 1.000 hộ so với năm 2021": ("change_poor_households", -1999, -1000),
    "không thay đổi": ("change_poor_households", 0, 0),
}


@pytest.mark.parametrize(("printed", "expected"), WHOLE.items(), ids=WHOLE)
def test_the_whole_numbers_a_figure_stands_for(printed, expected):
    indicator, low, high = expected
    reading = reconcile.parse(printed, indicator)
    assert (reading.low, reading.high) == (low, high)


# rates: rounded half away from zero [low, end), or cut [p, end) ------------------------------------

RATES = {
    "20,86%": ("poor_rate", "0.20855", "0.20865", "0.2087"),
    "20,86": ("poor_rate", "0.20855", "0.20865", "0.2087"),
    "đạt 85,94 %": ("disbursement_rate", "0.85935", "0.85945", "0.8595"),
    "5,0%": ("poor_rate", "0.0495", "0.0505", "0.051"),
    "11%": ("poor_rate", "0.105", "0.115", "0.12"),
    "0%": ("poor_rate", "0", "0.005", "0.01"),
    "giảm còn 5,71%": ("poor_rate", "0.05705", "0.05715", "0.0572"),
    "tăng 1,51%": ("change_poor_rate", "0.01505", "0.01515", "0.0152"),
}


@pytest.mark.parametrize(("printed", "expected"), RATES.items(), ids=RATES)
def test_the_rates_a_figure_stands_for(printed, expected):
    indicator, low, rounded_end, end = expected
    reading = reconcile.parse(printed, indicator)
    assert reading.low == reading.rounded_low == Fraction(low)
    assert 0 < Fraction(rounded_end) - reading.rounded_high < Fraction(1, 10**15)
    assert 0 < Fraction(end) - reading.high < Fraction(1, 10**15)


def test_a_fall_is_read_towards_zero():
    fall, rise = (reconcile.parse(f"{word} 1,69%", "change_poor_rate") for word in ("giảm", "tăng"))
    assert (fall.low, fall.high, fall.value) == (-rise.high, -rise.low, -rise.value)


def test_a_range_is_its_two_ends():
    reading = reconcile.parse("giảm 1-1,5%/năm", "change_poor_rate")
    assert (reading.low, reading.high, reading.approximate) == (Fraction(-15, 1000), Fraction(-1, 100), True)


def test_what_was_printed_is_kept():
    reading = reconcile.parse("Trên 932 triệu đồng", "budget_planned")
    assert (reading.text, reading.direction, reading.approximate) == ("Trên 932 triệu đồng", "trên", True)
    assert reading.unit_in_last_place == 10**6


NOTATION = "không đọc được con số theo lối viết Việt Nam"
SWAPPED = 'dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân; có phải là "{}" không?'
UNREADABLE = {
    ("20.86%", "poor_rate"): (
        "không đọc được con số theo lối viết Việt Nam",
        'dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân; có phải là "20,86%" không?',
    ),
    ("1,399 hộ", "households"): (
        "số hộ, số khẩu, số đồng phải là số nguyên",
        'dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân; có phải là "1.399 hộ" không?',
    ),
    ("chưa có số liệu", "households"): (
        NOTATION,
        'ghi đúng như đã in, ví dụ "1.399 hộ"',
    ),
    ("242 khẩu", "households"): (
        'đơn vị "khẩu" không hợp với chỉ tiêu households, tính bằng hộ',
        "ghi bằng hộ",
    ),
    ("20%", "households"): ("dấu % không hợp với chỉ tiêu households, tính bằng hộ", "ghi bằng hộ"),
    ("148.300.000", "budget_planned"): ("số tiền không ghi đơn vị", "ghi thêm đồng, triệu đồng hoặc tỷ đồng"),
    ("1,69%", "change_poor_rate"): (
        "mức thay đổi không nói rõ tăng hay giảm",
        'ghi "tăng" hoặc "giảm" trước con số',
    ),
    ("giảm 5%", "poor_rate"): (
        "chỉ tiêu poor_rate không thể mang dấu âm hay chữ tăng, giảm",
        "nếu là mức thay đổi thì dùng chỉ tiêu change_poor_rate",
    ),
    ("242 hộ (20,86%)", "households"): (
        NOTATION,
        'ghi đúng như đã in, ví dụ "1.399 hộ"',
    ),
    ("١٢ hộ", "households"): (
        NOTATION,
        'ghi đúng như đã in, ví dụ "1.399 hộ"',
    ),
    ("5,5 hộ", "households"): ("số hộ, số khẩu, số đồng phải là số nguyên", SWAPPED.format("55 hộ")),
    ("1,50 khẩu", "poor_persons"): ("số hộ, số khẩu, số đồng phải là số nguyên", SWAPPED.format("150 khẩu")),
    ("0,5 đồng", "budget_planned"): ("số hộ, số khẩu, số đồng phải là số nguyên", 'ghi đúng như đã in, ví dụ "276.410 triệu đồng"'),
    ("1.5 triệu đồng", "budget_planned"): (NOTATION, SWAPPED.format("1,5 triệu đồng")),
    ("nhiều", "poor_persons"): (NOTATION, 'ghi đúng như đã in, ví dụ "1.399 khẩu"'),
    ("nhiều", "poor_rate"): (NOTATION, 'ghi đúng như đã in, ví dụ "20,86%"'),
    ("nhiều", "budget_planned"): (NOTATION, 'ghi đúng như đã in, ví dụ "276.410 triệu đồng"'),
    ("không thay đổi", "poor_households"): (NOTATION, 'ghi đúng như đã in, ví dụ "1.399 hộ"'),
    ("5 hộ", "poor_rate"): ('đơn vị "hộ" không hợp với chỉ tiêu poor_rate, tính bằng %', "ghi bằng %"),
    ("5 đồng", "households"): ('đơn vị "đồng" không hợp với chỉ tiêu households, tính bằng hộ', "ghi bằng hộ"),
    ("20% đồng", "budget_planned"): ("dấu % không hợp với chỉ tiêu budget_planned, tính bằng đồng", "ghi bằng đồng"),
    ("-5 hộ", "poor_households"): (
        "chỉ tiêu poor_households không thể mang dấu âm hay chữ tăng, giảm",
        "nếu là mức thay đổi thì dùng chỉ tiêu change_poor_households",
    ),
    ("20 hộ", "change_poor_households"): (
        "mức thay đổi không nói rõ tăng hay giảm",
        'ghi "tăng" hoặc "giảm" trước con số',
    ),
}


@pytest.mark.parametrize(("given", "said"), UNREADABLE.items(), ids=[" ".join(one) for one in UNREADABLE])
def test_what_cannot_be_read_says_what_to_write(given, said):
    with pytest.raises(reconcile.Unreadable) as refused:
        reconcile.parse(*given)
    assert (refused.value.rule, refused.value.remedy) == said


@given(st.integers(0, 10**12))
def test_a_count_written_is_read_back(count):
    reading = reconcile.parse(write(count, "households"), "households")
    assert reading.low == reading.high == count


@given(st.integers(-(10**5), 10**5), st.sampled_from(["giảm 1,69%", "tăng 1,7%", "tăng 2%"]))
def test_a_change_written_like_another_is_read_back(steps, like):
    like = reconcile.parse(like, "change_poor_rate")
    value = steps * like.unit_in_last_place
    assert reconcile.parse(rewrite(value, "change_poor_rate", like), "change_poor_rate").value == value


@given(
    st.integers(0, 10**6),
    st.sampled_from(["gần 47 tỷ đồng", "148.300.000 đồng", "1.234,5 tỷ đồng", "9 triệu"]),
)
def test_money_written_like_another_is_read_back(steps, like):
    like = reconcile.parse(like, "budget_planned")
    value = steps * like.unit_in_last_place
    assert reconcile.parse(write(value, "budget_planned", like), "budget_planned").value == value


# files --------------------------------------------------------------------------------------------


def test_a_file_is_read_with_its_name_and_lines():
    frame = reconcile.read(PUBLISHED / "R37.csv")
    assert list(frame) == [*HEADER.strip().split(","), "doubt", "file", "line"]
    assert frame.iloc[-1].to_dict() == {
        "place": "xã Hoằng Xuyên",
        "part_of": "",
        "partition": "",
        "year": 2021,
        "standard": "QĐ 59/2015 (chuẩn 2016-2020)",
        "status": "chính thức",
        "indicator": "near_poor_rate",
        "printed": "6,29%",
        "doubt": "",
        "file": "R37.csv",
        "line": 7,
    }


def refusal(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DataError) as refused:
        reconcile.read(path)
    return str(refused.value)


def test_every_wrong_cell_is_named_at_once(tmp_path):
    rows = (
        'xã A,,,2022,S,chính thức,poor_houshold,"242 hộ"\n'
        'xã A,,,22,S,chính thức,poor_rate,"20.86%"\n'
        "\n"
        ",,,2022,S,chính thức,near_poor_rate,\n"
    )
    assert refusal(tmp_path / "claims.csv", HEADER + rows) == (
        'claims.csv, dòng 2, cột G (indicator): giá trị "poor_houshold" — không có chỉ tiêu này. '
        'Cách sửa: ghi tên chỉ tiêu như báo cáo in, ví dụ "Tỷ lệ hộ nghèo", hoặc mã của nó, ví dụ poor_rate (có phải là "poor_households" không?).\n'
        'claims.csv, dòng 3, cột D (year): giá trị "22" — năm phải có bốn chữ số. '
        "Cách sửa: ghi năm của con số, ví dụ 2022; vốn cả giai đoạn thì ghi 2021-2025.\n"
        'claims.csv, dòng 3, cột H (printed): giá trị "20.86%" — không đọc được con số theo lối '
        "viết Việt Nam. "
        'Cách sửa: dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân; có phải là "20,86%" không?\n'
        "claims.csv, dòng 5, cột A (place): ô này không được để trống. Cách sửa: ghi giá trị, hoặc "
        "bỏ cả dòng.\n"
        "claims.csv, dòng 5, cột H (printed): ô này không được để trống. Cách sửa: ghi giá trị, "
        "hoặc bỏ cả dòng."
    )


def test_columns_that_are_missing_or_unknown(tmp_path):
    header = HEADER.replace("part_of", "parts_of").replace(",status", "")
    assert refusal(tmp_path / "claims.csv", header) == (
        "claims.csv, dòng 1, cột B (parts_of): không có cột tên này. "
        'Cách sửa: đổi tên hoặc bỏ cột này (có phải là "part_of" không?).'
    )
    assert refusal(tmp_path / "claims.csv", header.replace("parts_of", "part_of").replace("year", "yaer")) == (
        "claims.csv, dòng 1, cột year: thiếu cột này. "
        'Cách sửa: thêm cột year (có phải là "yaer" không?).\n'
        "claims.csv, dòng 1, cột D (yaer): không có cột tên này. "
        'Cách sửa: đổi tên hoặc bỏ cột này (có phải là "year" không?).'
    )


def read(path: Path, content: str):
    path.write_text(content, encoding="utf-8")
    return reconcile.read(path)


def test_headers_and_indicators_as_the_workbook_prints_them(tmp_path):
    content = 'Nơi;Năm;Chỉ tiêu;Đã in\n"xã A";2022;Tổng số hộ dân cư;1.160 hộ\n'
    frame = read(tmp_path / "claims.csv", content)
    assert frame[["place", "year", "indicator", "printed"]].to_numpy().tolist() == [
        ["xã A", 2022, "Tổng số hộ dân cư", "1.160 hộ"]
    ]
    assert found(frame) == []


def test_the_cause_told_of_an_unknown_header_is_the_header(tmp_path):
    assert refusal(tmp_path / "claims.csv", '"Xã";"Năm";"Số"\n"A";"2022";"3 hộ"\n').startswith(
        "claims.csv, dòng 1, cột indicator: thiếu cột này."
    )


def test_one_standard_and_one_status_need_not_be_repeated(tmp_path):
    rows = 'xã A,,,2022,S,chính thức,poor_households,242 hộ\nxã A,,,2022,,,poor_rate,"20,86%"\n'
    assert read(tmp_path / "claims.csv", HEADER + rows)["standard"].to_list() == ["S", "S"]


def test_a_line_of_no_break_spaces_is_blank_and_one_in_a_figure_is_a_space(tmp_path):
    frame = read(tmp_path / "claims.csv", HEADER + "\u00a0,,,,,,,\nxã A,,,2022,S,,poor_households,1.399\u00a0hộ\n")
    assert frame[["line", "printed"]].to_numpy().tolist() == [[3, "1.399 hộ"]]


def test_a_table_of_places_and_indicators(tmp_path):
    content = 'Nơi,Năm,Tổng số hộ,Hộ nghèo,Tỷ lệ hộ nghèo\nxã A,2022,1.160,242,"20,86"\nxã B,2022,900,,"5,00%"\n'
    frame = read(tmp_path / "claims.csv", content)
    assert frame[["place", "indicator", "printed", "line"]].to_numpy().tolist() == [
        ["xã A", "households", "1.160", 2],
        ["xã A", "poor_households", "242", 2],
        ["xã A", "poor_rate", "20,86", 2],
        ["xã B", "households", "900", 3],
        ["xã B", "poor_rate", "5,00%", 3],
    ]


def test_numbers_of_a_workbook_are_read_as_excel_shows_them(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Nơi", "Năm", "Tổng số hộ", "Tỷ lệ hộ nghèo"])
    book.active.append(["xã A", 2022, 1160, 0.2086])
    book.active["D2"].number_format = "0.00%"
    book.save(tmp_path / "claims.xlsx")
    frame = reconcile.read(tmp_path / "claims.xlsx")
    assert frame[["year", "printed"]].to_numpy().tolist() == [[2022, "1.160"], [2022, "20,86%"]]


MORE_FIGURES = {
    "từ 2% trở lên": ("poor_rate", Fraction(2, 100), NO_BOUND),
    "5% trở xuống": ("poor_rate", 0, Fraction(5, 100)),
    "đạt 140% kế hoạch tỉnh giao": ("plan_reached_poor_households", Fraction(1395, 1000), Fraction(141, 100)),
    "vượt 1,91% kế hoạch": ("plan_reached_poor_households", Fraction(101905, 100000), Fraction(10192, 10000)),
}


@pytest.mark.parametrize(("printed", "expected"), MORE_FIGURES.items(), ids=MORE_FIGURES)
def test_open_bounds_and_plans(printed, expected):
    indicator, low, high = expected
    reading = reconcile.parse(printed, indicator)
    assert reading.low == low and 0 <= high - reading.high < Fraction(1, 10**15)


def test_a_thousands_dot_out_of_place_and_a_fraction_bar():
    for printed, remedy in {
        "67.39 hộ": 'dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân; có phải là "6.739 hộ" không?',
        "17.435/79.677 hộ/x": 'ghi đúng như đã in, ví dụ "1.399 hộ"',
    }.items():
        with pytest.raises(reconcile.Unreadable) as refused:
            reconcile.parse(printed, "minority_poor_households")
        assert refused.value.remedy == remedy


def test_a_decimal_comma_without_quotation_marks(tmp_path):
    assert refusal(tmp_path / "claims.csv", HEADER + "xã A,,,2022,S,chính thức,poor_rate,20,86%\n") == (
        'claims.csv, dòng 2, cột I: giá trị "86%" — dòng có nhiều ô hơn 8 cột. '
        'Cách sửa: số có dấu phẩy phải nằm trong ngoặc kép, ví dụ "20,86%".'
    )


def test_another_encoding(tmp_path):
    content = (HEADER + 'xa Mo Ton,,,2022,S,,poor_rate,"giảm 5%"\n').encode("utf-16")
    assert refusal(tmp_path / "claims.csv", content).startswith(
        "claims.csv: tệp lưu bằng bảng mã UTF-16, không phải UTF-8. Cách sửa: "
    )


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DataError) as refused:
        reconcile.read(tmp_path / "claims.csv")
    assert str(refused.value) == (
        f'claims.csv: giá trị "{tmp_path / "claims.csv"}" — không có tệp này. Cách sửa: kiểm tra lại đường dẫn.'
    )


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text(HEADER.replace(",", ";") + "xã A;;;2022;S;;poor_rate;20,86%\n", encoding="utf-8-sig")
    assert reconcile.read(path)["printed"].to_list() == ["20,86%"]


def test_one_file_is_the_same_twice(tmp_path):
    shutil.copy(PUBLISHED / "R01.csv", tmp_path / "again.csv")
    first, again = (
        reconcile.findings(reconcile.read(path)) for path in (PUBLISHED / "R01.csv", tmp_path / "again.csv")
    )
    assert first.drop(columns=["file", "lines"]).equals(again.drop(columns=["file", "lines"]))


def test_a_frame_with_an_unreadable_figure_is_refused():
    with pytest.raises(DataError) as refused:
        reconcile.findings(claims("poor_rate|20.86%"))
    assert str(refused.value) == (
        't.csv, dòng 2, cột printed: giá trị "20.86%" — không đọc được con số theo lối viết Việt Nam. '
        'Cách sửa: dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân; có phải là "20,86%" không?'
    )


def test_a_formula_that_was_never_calculated_is_named_as_such(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "số"
    book.active.append(["Nơi", "Năm", "Chỉ tiêu", "Đã in"])
    book.active.append(["xã A", 2022, "Hộ nghèo", "=240+2"])
    book.active.append(["xã A", 2022, "Hộ", "242"])
    book.save(tmp_path / "claims.xlsx")
    with pytest.raises(DataError) as refused:
        reconcile.read(tmp_path / "claims.xlsx")
    assert str(refused.value) == (
        "claims.xlsx, trang tính số, dòng 2, cột D (Đã in): công thức chưa có kết quả. "
        "Cách sửa: mở tệp trong Excel, chờ tính xong rồi lưu lại."
    )


def test_a_finding_names_the_header_as_the_file_writes_it(tmp_path):
    content = 'Nơi,Năm,Chỉ tiêu,Đã in\nxã A,2022,Hộ nghèo,"242.5"\n'
    assert refusal(tmp_path / "claims.csv", content).startswith(
        'claims.csv, dòng 2, cột D (Đã in): giá trị "242.5" — không đọc được con số'
    )


def test_a_file_with_a_header_alone_has_nothing_to_prove(tmp_path):
    assert str(reconcile.prove(read(tmp_path / "claims.csv", HEADER))) == "Không có con số nào để xét."
