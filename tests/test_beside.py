"""The tables that communes fill in beside the law: what cannot be used is refused at its line, whole messages."""

import pytest

from giamngheo import checks, opened
from giamngheo.figures import results
from giamngheo.findings import DataError
from giamngheo.law.dated import Law
from giamngheo.report import standing

CONTENTS = "kind,code,parent,name,value,unit,within,valid_from,valid_to,decree,article,source,confidence\n"
CONTENT = "project,ND1,,Nội dung 1: Hỗ trợ sinh kế,,,,2026-01-01,2030-12-31,Quyết định 12/QĐ-UBND ngày 05/3/2026,,,\n"
INDICATORS = "standard,indicator,number,dimension,name,valid_from,valid_to,issuer,decree\n"
INDICATOR = "ND351_2025,bhyt,1,Y tế,Bảo hiểm y tế,,,Ủy ban nhân dân tỉnh,Quyết định 88/QĐ-UBND ngày 10/9/2027\n"
LINE = {"programme": CONTENTS + CONTENT, "indicators": INDICATORS + INDICATOR}
WRONG = [
    ("programme", "project,", "Dự án,", 'cột kind: giá trị "Dự án": bảng này chỉ nhận nội dung, dự án của Chương trình. Cách sửa: ghi project'),
    ("programme", "project,", "minimum,", 'cột kind: giá trị "minimum": bảng này chỉ nhận nội dung, dự án của Chương trình. Cách sửa: ghi project'),
    ("programme", "ND1", "da2", 'cột code: mã "da2" đã là mã của chương trình. Cách sửa: đặt mã khác'),
    ("programme", "ND1,", "ND 1,", 'cột code: mã "ND 1" chỉ được gồm chữ, số, dấu chấm, gạch nối, không có dấu cách. Cách sửa: sửa mã'),
    ("programme", "ND1,,", "ND1,ND9,", 'cột parent: không có dự án "ND9". Cách sửa: ghi mã của dự án chứa nội dung này, hoặc để trống'),
    ("programme", "ND1,,", "ND1,ND1,", 'cột parent: không có dự án "ND1". Cách sửa: ghi mã của dự án chứa nội dung này, hoặc để trống'),
    ("programme", "2030-12-31", "2025-12-31", "cột valid_to: 2025-12-31 trước ngày bắt đầu 2026-01-01. Cách sửa: sửa ngày"),
    ("programme", "2026-01-01", "2025-12-31",
     "cột valid_from: nội dung trước 01/01/2026 đã có trong programme.csv. Cách sửa: dùng mã của danh mục, hoặc sửa ngày"),
    ("programme", "sinh kế", "sinh\u202ekế",
     "cột name: có ký tự không in ra được (xuống dòng, ký tự ẩn, ký tự đổi chiều chữ). Cách sửa: gõ lại ô này"),
    ("programme", "Quyết định 12/QĐ-UBND ngày 05/3/2026", "chưa có",
     'cột decree: "chưa có" không có số, ngày của văn bản. Cách sửa: ghi số, ngày, cơ quan ban hành'),
    ("indicators", "Ủy ban nhân dân tỉnh", "", "cột issuer: chưa ghi. Cách sửa: ghi ô này, theo văn bản ban hành"),
    ("indicators", "ND351_2025", "ND351",
     'cột standard: không có chuẩn "ND351". Cách sửa: dùng một trong các mã: QD59_2015, ND07_2021, ND351_2025'),
    ("indicators", "ND351_2025", "ND07_2021",
     "cột standard: danh mục chỉ số của chuẩn ND07_2021 đã có trong indicators.csv. Cách sửa: dùng danh mục ấy"),
    ("indicators", "bhyt", "water", 'cột indicator: mã "water" đã là mã của chương trình. Cách sửa: đặt mã khác'),
]  # fmt: skip


def read(root, table, text):
    (root / f"{table}-local.csv").write_text(text, encoding="utf-8")
    return Law(root).rows(table)


def refusal(root, table, text):
    with pytest.raises(DataError) as refused:
        read(root, table, text)
    return str(refused.value)


@pytest.mark.parametrize(("table", "old", "new", "message"), WRONG)
def test_a_row_that_cannot_be_used_is_refused_at_its_line(tmp_path, table, old, new, message):
    assert refusal(tmp_path, table, LINE[table].replace(old, new, 1)) == f"data/{table}-local.csv, dòng 2: {message}, hoặc xóa cả dòng."


def test_a_code_is_written_in_one_way(tmp_path):
    again = CONTENTS + CONTENT + CONTENT.replace("ND1", "nd1")
    assert refusal(tmp_path, "programme", again) == (
        'data/programme-local.csv, dòng 3: cột code: mã "nd1" ở dòng trên ghi khác chữ hoa, chữ thường. Cách sửa: mỗi mã một cách viết, '
        "hoặc xóa cả dòng."
    )


def test_a_day_that_is_not_in_the_calendar_is_refused(tmp_path):
    assert refusal(tmp_path, "programme", LINE["programme"].replace("2026-01-01", "2026-02-31")) == (
        'data/programme-local.csv, dòng 2: cột valid_from: giá trị "2026-02-31" không phải là ngày. Cách sửa: ghi ngày dạng 2026-01-31.'
    )


def test_a_content_may_lie_below_one_that_stands_after_it_and_a_table_saved_by_excel_here_is_read(tmp_path):
    two = CONTENTS + CONTENT.replace("ND1,,", "ND1.1,ND1,") + CONTENT
    for text in (two, "\ufeff" + two.replace(",", ";").replace("\n", "\r\n")):
        assert [row["code"] for row in read(tmp_path, "programme", text)[-2:]] == ["ND1.1", "ND1"]
    assert Law(tmp_path).project_names(2026)["ND1.1"] == "Nội dung 1 - Nội dung 1: Hỗ trợ sinh kế"


NEW = {"households": 300, "persons": 1200, "poor_households": 60, "near_poor_households": 30, "standard": "ND351_2025"}
COUNTED = {"class": "poor", "indicator": "bhyt", "households": 5}


def test_indicators_of_a_provinces_list_are_counted_and_the_report_says_whose_list_it_is(write_year):
    write_year("xa-mau", 2027, review=[NEW], deprivations=[COUNTED])
    read(write_year.root, "indicators", LINE["indicators"])
    this = opened("xa-mau", 2027)
    assert [str(one) for one in checks.check(this) if one.header.startswith("indicator")] == []
    (said,) = standing.indicator_list(this, results.of(this)).blocks
    assert said["runs"] == [
        {"text": "Chỉ số thiếu hụt theo danh mục chỉ số do Ủy ban nhân dân tỉnh ban hành tại Quyết định 88/QĐ-UBND ngày 10/9/2027."}
    ]


def test_nothing_is_said_of_a_list_by_which_nothing_is_counted_nor_of_the_laws_own(write_year):
    write_year("xa-mau", 2027, review=[NEW])
    write_year("xa-mau", 2025, review=[NEW | {"standard": "ND07_2021"}], deprivations=[COUNTED | {"indicator": "water"}])
    read(write_year.root, "indicators", LINE["indicators"])
    for year in (2025, 2027):
        assert standing.indicator_list(opened("xa-mau", year), results.of(opened("xa-mau", year))).blocks == []


def test_where_no_list_is_known_the_message_says_where_the_provinces_own_goes(write_year):
    write_year("xa-mau", 2027, review=[NEW], deprivations=[COUNTED, COUNTED | {"indicator": "water"}])
    list_of_province = (
        "chuẩn chưa có danh mục chỉ số thì ghi danh mục mà tỉnh đang dùng vào data/indicators-local.csv, kèm văn bản ban hành "
        "(docs/huong-dan.md, mục Chỉ số thiếu hụt của chuẩn mới)"
    )
    (unknown,) = [one for one in checks.check(opened("xa-mau", 2027)) if one.header.startswith("indicator")]
    assert unknown.remedy.endswith(list_of_province)
    write_year("xa-mau", 2027, review=[NEW], deprivations=[COUNTED | {"indicator": "water"}])
    (foreign,) = [one for one in checks.check(opened("xa-mau", 2027)) if one.header.startswith("indicator")]
    assert (foreign.level, foreign.rule, foreign.remedy) == (
        "draft", "chỉ số không thuộc chuẩn nghèo ND351_2025 của bảng review", list_of_province
    )  # fmt: skip
