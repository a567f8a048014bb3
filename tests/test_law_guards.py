"""The law at its edges: first and last days, the messages word for word, maps with gaps and circles."""

import datetime as dt

import pandas as pd
import pytest

from giamngheo.findings import DataError
from giamngheo.law import dictionary, lawfile, unit_name, validity
from giamngheo.law.dated import Law, begun
from giamngheo.law.expressions import breach, expression, say
from giamngheo.law.territory import Territory
from laws import LAW

# days -------------------------------------------------------------------------------------------------


def test_a_year_begins_on_the_first_of_january_and_ends_on_the_last_of_december():
    assert (validity.year_start(2022), validity.year_end(2022)) == (dt.date(2022, 1, 1), dt.date(2022, 12, 31))


def test_a_row_that_begins_on_the_last_day_of_a_year_has_begun_in_it_and_one_of_the_day_after_has_not():
    rows = [{"valid_from": day} for day in ("", "2022-12-31", "2023-01-01")]
    assert begun(rows, 2022) == rows[:2]


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [((2020, 1, 1), (2021, 12, 31), False), ((2020, 1, 1), (2022, 1, 1), True), ((2025, 12, 31), (2026, 5, 1), True),
     ((2026, 1, 1), (2026, 5, 1), False)],
)  # fmt: skip
def test_a_rule_of_2022_to_2025_holds_on_some_day_between_two_days(first, last, holds):
    row = {"valid_from": "2022-01-01", "valid_to": "2025-12-31"}
    assert validity.in_force(row, dt.date(*first), dt.date(*last)) is holds


@pytest.mark.parametrize(
    ("day", "standards"),
    [
        ((2015, 12, 31), []),
        ((2021, 12, 31), ["QD59_2015"]),
        ((2022, 1, 1), ["ND07_2021"]),
        ((2026, 12, 31), ["ND07_2021"]),
        ((2027, 1, 1), ["ND351_2025"]),
    ],
)
def test_the_standards_of_a_day(day, standards):
    assert LAW.standards(dt.date(*day)) == standards


# tables -----------------------------------------------------------------------------------------------


def test_a_table_of_which_nothing_is_in_force_keeps_its_columns_as_text(tmp_path):
    header = "standard,indicator,number,dimension,name,valid_from,valid_to"
    (tmp_path / "indicators.csv").write_text(f"{header}\na,b,1,c,d,2022-01-01,2022-12-31\n", encoding="utf-8")
    law = Law(tmp_path)
    assert law.table("indicators", dt.date(2022, 12, 31)).iloc[0].tolist() == ["a", "b", "1", "c", "d", "2022-01-01", "2022-12-31"]
    later = law.table("indicators", dt.date(2023, 1, 1))
    assert (list(later), later.empty, set(later.dtypes)) == (header.split(","), True, {pd.StringDtype(na_value=float("nan"))})


def test_a_table_is_read_again_when_its_file_has_changed_and_else_it_is_the_same(tmp_path):
    line = "standard,indicator,number,dimension,name,valid_from,valid_to\na,b,1,c,{},,\n"
    file = tmp_path / "indicators.csv"
    file.write_text(line.format("Việc làm"), encoding="utf-8")
    law = Law(tmp_path)
    assert law.rows("indicators") is law.rows("indicators")
    assert law.indicators("a") == {"b": "Việc làm"}
    file.write_text(line.format("Y tế"), encoding="utf-8")
    read = law.rows("indicators")
    assert law.indicators("a") == {"b": "Y tế"}
    (tmp_path / "xa-moi").mkdir()  # which changes the map and nothing else
    assert law.rows("indicators") is read
    assert law.rows("standards") == LAW.rows("standards")  # what the folder has not is the project's


def test_the_map_is_read_again_when_a_folder_has_another_spelling_and_else_it_is_the_same(tmp_path):
    (tmp_path / "KONG-LONG-KHONG").mkdir()
    law = Law(tmp_path)
    assert law.territory(2022) is law.territory(2022)
    assert law.territory(2022) is not law.territory(2021)
    assert law.territory(2022).ancestors("KONG-LONG-KHONG") == ["kbang-huyen", "gia-lai-cu"]
    assert law.predecessors("to-tung") == ["KONG-LONG-KHONG", "to-tung-cu"]
    (tmp_path / "KONG-LONG-KHONG").rename(tmp_path / "Kong-Long-Khong")
    assert law.predecessors("to-tung") == ["Kong-Long-Khong", "to-tung-cu"]
    assert law.territory(2022).whole("Kong-Long-Khong") == "kbang-huyen"
    assert Law(tmp_path / "khong-co").predecessors("to-tung") == ["kong-long-khong", "to-tung-cu"]


@pytest.mark.parametrize(
    ("code", "begins"),
    [
        ("DA3", "Dự án 3: "),
        ("DA3.1", "Dự án 3 - Tiểu dự án 1: "),
    ],
)
def test_a_sub_project_says_whose_it_is(code, begins):
    names, own = LAW.project_names(2022), LAW.names("programme", "project", 2022)
    assert list(names) == list(own) and len(names) == 7 + 11
    assert names[code] == begins + own[code].partition(": ")[2]


def test_a_name_is_cut_at_its_first_colon_and_a_sub_project_of_an_unknown_project_stands_alone(tmp_path):
    head = "kind,code,parent,name,value,unit,within,valid_from,valid_to"
    lines = ["DA1,,Dự án 1: Nước: sạch", "DA1.1,DA1,Tiểu dự án 1: Giếng", "DA9.1,DA9,Tiểu dự án 1: Đường"]
    (tmp_path / "programme.csv").write_text("\n".join([head, *(f"project,{line},,,,," for line in lines)]), encoding="utf-8")
    assert Law(tmp_path).project_names(2022) == {
        "DA1": "Dự án 1: Nước: sạch", "DA1.1": "Dự án 1 - Tiểu dự án 1: Giếng", "DA9.1": "Tiểu dự án 1: Đường",
    }  # fmt: skip


@pytest.mark.parametrize("column", ["valid_from", "valid_to"])
@pytest.mark.parametrize(
    ("day", "read"),
    [("", True), ("2022-01-31", True), ("2022-12-01", True), ("2022-13-01", False), ("2022-00-10", False), ("2022-01-32", False),
     ("2022-1-1", False), ("31/01/2022", False), ("2022-01-31 ", False)],
)  # fmt: skip
def test_a_date_of_law_is_written_year_month_day(tmp_path, column, day, read):
    path = tmp_path / "indicators.csv"
    row = {"standard": "a", "indicator": "b", "number": "1", "dimension": "c", "name": "d", "valid_from": "", "valid_to": ""} | {column: day}
    path.write_text(f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8")
    if read:
        assert lawfile.rows(path) == [row]
        return
    with pytest.raises(DataError) as refused:
        lawfile.rows(path)
    assert str(refused.value) == (
        f'data/indicators.csv, dòng 2: cột {column}: giá trị "{day}" không phải là ngày. Cách sửa: ghi ngày dạng 2026-01-31.'
    )


def test_the_standards_of_a_review_say_by_which_text_and_from_when():
    basis = LAW.basis("ND351_2025")
    assert (basis["standard"], basis["measure"]) == ("ND351_2025", "reviewed_from")
    assert LAW.basis("khong-co") == {}


def test_the_first_of_two_columns_that_a_table_has_twice_is_named(tmp_path):
    path = tmp_path / "indicators.csv"
    path.write_text("standard,indicator,number,dimension,name,valid_from,valid_to,number,name\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        lawfile.rows(path)
    assert str(refused.value) == (
        "data/indicators.csv, dòng 1: cột number có hai lần. "
        "Cách sửa: xoá bớt một cột; lấy lại tệp gốc của chương trình, hoặc sửa dòng này."
    )


def test_all_columns_that_a_table_lacks_are_named_and_what_one_of_them_may_have_been(tmp_path):
    path = tmp_path / "indicators.csv"
    path.write_text("standard,indicator,number,dimenson,valid_from,valid_to\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        lawfile.rows(path)
    assert str(refused.value) == (
        "data/indicators.csv, dòng 1: bảng luật thiếu cột dimension, name. Cách sửa: sửa dòng tên cột "
        '(có phải là "dimenson" không?); lấy lại tệp gốc của chương trình, hoặc sửa dòng này.'
    )


def test_a_table_that_no_law_knows_is_read_as_it_is_and_a_line_within_a_cell_stays_as_it_was_written(tmp_path):
    path = tmp_path / "ghi-chu.csv"
    path.write_bytes('a,b\r\n1,"hai\r\ndòng"\r\n'.encode())
    assert lawfile.rows(path) == [{"a": "1", "b": "hai\r\ndòng"}]
    path.write_bytes(b"a,b\r1,hai\r")
    assert lawfile.rows(path) == [{"a": "1", "b": "hai"}]


def test_the_counts_that_a_standard_does_not_ask_for_in_a_year():
    living = ["average_living_households", "average_living_persons"]
    assert [LAW.unknown("ND07_2021", year) for year in (2021, 2024, 2025)] == [[*living, "low_income_workers"], ["low_income_workers"], []]
    assert list(LAW.objects("ND07_2021", 2024)) == living
    assert LAW.unknown("QD59_2015", 2022) == [*living, "low_income_workers"]


# the map ----------------------------------------------------------------------------------------------


def territory(*units, day=dt.date(2022, 12, 31)):
    """A map of lines `unit parent kind`."""
    rows = [dict(zip(("unit", "parent", "kind"), line.split(","), strict=True)) for line in units]
    return Territory([row | {"valid_from": "", "valid_to": ""} for row in rows], day)


MAP = ("xa-1,huyen,commune", "xa-2,huyen,commune", "huyen,tinh,district", "tinh,,province", "xa-3,tinh,commune")


def test_the_communes_below_a_unit_are_those_of_all_floors_in_the_order_of_the_map():
    assert territory(*MAP).communes == {"huyen": ["xa-1", "xa-2"], "tinh": ["xa-1", "xa-2", "xa-3"]}
    assert [territory(*MAP).is_whole(unit) for unit in ("xa-1", "huyen", "tinh", "khong-co")] == [False, True, True, False]


@pytest.mark.parametrize(
    ("lines", "ancestors"),
    [
        (MAP, ["huyen", "tinh"]),
        (MAP[:1], ["huyen"]),
        (("xa-1,huyen,commune", "huyen,tinh,district", "tinh,huyen,province"), ["huyen", "tinh"]),
        ((), []),
    ],
    ids=["to the top", "a parent that the map does not know", "a circle", "a unit that the map does not know"],
)
def test_the_units_above_a_commune(lines, ancestors):
    assert territory(*lines).ancestors("xa-1") == ancestors


@pytest.mark.parametrize(("unit", "whole"), [("tinh", "tinh"), ("huyen", "huyen"), ("xa-2", "huyen"), ("xa-3", "tinh")])
def test_the_report_that_puts_others_together_is_the_units_own_or_the_nearest_above(unit, whole):
    assert territory(*MAP).whole(unit) == whole


def test_a_commune_above_which_there_is_nothing_is_refused():
    with pytest.raises(DataError) as refused:
        territory(*MAP).whole("xa-9")
    assert str(refused.value) == (
        'units.csv, cột unit: giá trị "xa-9" — không có xã nào thuộc đơn vị này vào cuối năm 2022, '
        "và không có đơn vị cấp trên. Cách sửa: xem cột parent, valid_from, valid_to."
    )


# names of units ---------------------------------------------------------------------------------------

NAME_RULE = "mã đơn vị phải là tên một thư mục trong thư mục số liệu"
NAME_REMEDY = (
    'không để trống, không dùng đường dẫn, dấu / \\ : ; , * ? " < > | # %, không bắt đầu bằng dấu chấm hay gạch ngang, '
    "không có khoảng trắng ở đầu, cuối hay dấu chấm ở cuối, không dùng tên riêng của Windows (con, nul, lpt1) hay của kết quả "
    "(index.html, nhat-ky, tên có đuôi .csv)"
)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("xã Bình Minh", True), ("a.b-c~d", True), (".a", False), ("-a", False), ("~a", False), ("a.", False), ("a ", False),
     (" a", False), ("", False), ("a;b", False), ("đ" * 100, True), ("đ" * 100 + "a", False),
     ("con", False), ("LPT1", False), ("nul.txt", False), ("aux .a", False), ("Index.HTML", False),
     ("nhat-ky", False), ("manifest-2024.csv", False), ("cong", True), ("con-cuong", True), ("com10", True)],
)  # fmt: skip
def test_a_units_name_is_one_plain_name_of_at_most_200_bytes(name, plain):
    assert unit_name.is_plain(name) is plain


@pytest.mark.parametrize(
    ("given", "there", "message"),
    [
        ("../xa-mau", [], f'"../xa-mau": {NAME_RULE}. Cách sửa: {NAME_REMEDY}.'),
        ("data/xa-mau/", ["xa-hai", "xa-mau"], f'"data/xa-mau/": {NAME_RULE}. Cách sửa: {NAME_REMEDY} (có phải là "xa-mau" không?).'),
        ("/can-bo/so-lieu/xa-mau", ["xa-mau"], f'"/can-bo/so-lieu/xa-mau": {NAME_RULE}. Cách sửa: {NAME_REMEDY} (có phải là "xa-mau" không?).'),
        ("a\nb", [], f'"a\\nb": {NAME_RULE}. Cách sửa: {NAME_REMEDY}.'),
        (
            "xa-mau",
            ["Xa-Mau", "XA-MAU", "Xa-Mau", "xa-hai"],
            "xa-mau: có 2 thư mục chỉ khác nhau ở chữ hoa hoặc dạng Unicode: Xa-Mau, XA-MAU. "
            "Cách sửa: đổi tên để mỗi đơn vị có một thư mục.",
        ),
    ],
)
def test_a_name_that_means_no_one_unit_is_refused(given, there, message):
    with pytest.raises(DataError) as refused:
        unit_name.resolved(given, there)
    assert str(refused.value) == message


def test_a_name_that_is_there_as_given_is_meant_whatever_else_is_spelled_alike():
    assert unit_name.resolved("xa-mau", ["XA-MAU", "xa-mau"]) == "xa-mau"
    assert unit_name.resolved("xa\u0303", ["xã"]) == "xã"
    assert unit_name.alike("XA", ["xa", "xb", "Xa", "xa"]) == ["xa", "Xa"]


def test_a_folder_whose_name_no_unit_can_have():
    assert str(unit_name.misnamed("a,b\t")) == f'"a,b\\t": {NAME_RULE}. Cách sửa: đổi tên thư mục này: {NAME_REMEDY}.'


def test_the_map_spells_units_as_their_folders_and_leaves_what_two_folders_share():
    spelling = unit_name.Spelling(["Xa-Mau", "xa-hai", "XA-HAI"], ["XA-MAU", "xa-ba", "XA-BA"])
    row = {"unit": "xa-mau", "parent": "xa-BA", "predecessors": " XA-MAU ;xa-Hai;; xa-tư", "name": "xã Mẫu"}
    assert spelling.row(row) == {"unit": "Xa-Mau", "parent": "xa-ba", "predecessors": "Xa-Mau;xa-Hai;xa-tư", "name": "xã Mẫu"}
    assert spelling.row(row | {"parent": "", "predecessors": ""})["parent"] == ""
    assert unit_name.printable("xã\u200b \\1") == "xã\\u200b \\1"


# expressions ------------------------------------------------------------------------------------------

LABELS = {"planned": "Kế hoạch", "disbursed": "Giải ngân", "note": "Ghi chú", "why": "Lý do", "start": "Bắt đầu", "end": "Kết thúc"}


@pytest.mark.parametrize(
    ("rule", "row", "message"),
    [
        (
            "disbursed <= planned",
            {"disbursed": 9, "planned": 7},
            (
                "phải có Giải ngân ≤ Kế hoạch; ở đây 9 ≤ 7 là sai",
                "đối chiếu các cột disbursed, planned của dòng này với sổ rồi sửa ô sai",
            ),
        ),
        (
            "disbursed <= planned or note != ''",
            {"disbursed": 9, "planned": 7, "note": ""},
            (
                "phải có Giải ngân ≤ Kế hoạch hoặc có Ghi chú; ở đây 9 ≤ 7 là sai",
                "đối chiếu các cột disbursed, planned của dòng này với sổ rồi sửa ô sai, hoặc ghi lý do vào cột note",
            ),
        ),
        (
            "planned > 0 or note != '' or why != ''",
            {"planned": 0, "note": "", "why": ""},
            (
                "phải có Kế hoạch > 0 hoặc có Ghi chú hoặc có Lý do; ở đây 0 > 0 là sai",
                "đối chiếu các cột planned của dòng này với sổ rồi sửa ô sai, hoặc ghi lý do vào cột note, why",
            ),
        ),
        (
            "start <= end",
            {"start": dt.date(2022, 5, 3), "end": dt.date(2022, 4, 30)},
            (
                "phải có Bắt đầu ≤ Kết thúc; ở đây 03/05/2022 ≤ 30/04/2022 là sai",
                "đối chiếu các cột start, end của dòng này với sổ rồi sửa ô sai",
            ),
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_told_with_its_numbers_and_what_to_do(rule, row, message):
    assert not expression(rule).holds(row)
    assert breach(expression(rule), LABELS, row) == message


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("planned - disbursed", "Kế hoạch - Giải ngân"),
        ("planned * 2 / disbursed", "Kế hoạch × 2 / Giải ngân"),
        ("0 < disbursed < planned", "0 < Giải ngân < Kế hoạch"),
        ("planned >= 1 and disbursed == 1", "Kế hoạch ≥ 1 và Giải ngân = 1"),
        ("planned != disbursed", "Kế hoạch ≠ Giải ngân"),
    ],
)
def test_an_expression_in_words(rule, said):
    assert say(expression(rule).tree, LABELS) == said


@pytest.mark.parametrize("word", ["id", "sum", "open"])
def test_a_column_that_a_row_does_not_have_is_never_a_word_of_the_language(word):
    with pytest.raises(NameError):
        expression(f"{word} == 1").holds({"poor": 1})


@pytest.mark.parametrize("rule", ["poor.real == 1", "[poor]", "poor if poor else 1", "-poor", "poor ** 9", "not poor", "(poor := 3)"])
def test_what_is_no_sum_product_quotient_or_comparison_of_columns_is_refused(rule):
    with pytest.raises(ValueError) as refused:
        expression(rule)
    assert str(refused.value) == f'data/dictionary.csv: the rule "{rule}" is not an expression over columns'


# the dictionary ---------------------------------------------------------------------------------------


def test_a_row_of_the_dictionary_as_a_column():
    row = {"table": "t", "column": "c", "type": "count", "unit": "households", "required": "value", "rule": "a <= b; ;c > 0 ",
           "label": "Hộ", "meaning": "số hộ"}  # fmt: skip
    assert dictionary.column_of(row) == dictionary.Column(
        "t", "c", "count", "households", "value", ("a <= b", "c > 0"), "Hộ", "số hộ"
    )


def test_the_tables_that_officers_fill_in_have_no_computed_column_and_no_field_of_the_office():
    assert {"review", "movements", "budget"} <= set(dictionary.tables())
    assert not {"unit.yml", "report.yml"} & set(dictionary.tables())
    required = {column.required for columns in dictionary.tables().values() for column in columns}
    assert "formula" not in required
    assert [column.name for column in dictionary.tables()["review"]][:3] == ["village", "households", "persons"]
    assert "approved_by.number" in [column.name for column in dictionary.fields("report.yml")]
    assert set(dictionary.frame().dtypes) == {pd.StringDtype(na_value=float("nan"))}


# units that have ended --------------------------------------------------------------------------------


MERGED = """unit,code,name,kind,area,parent,predecessors,valid_from,valid_to,decree,source,confidence
a,1,xã A,commune,rural,,,,2024-12-31,,,
a,1,thị trấn A,commune,rural,,,2025-01-01,2025-06-30,,,
b,2,xã B,commune,rural,,,,2025-06-30,,,
ab,3,xã Anh Bình,commune,rural,,a; b,2025-07-01,2026-12-31,,,
c,4,xã C,commune,rural,,b,2027-01-01,,,,
d,5,xã D,commune,rural,,,,,,,
"""


@pytest.fixture
def mapped(tmp_path):
    (tmp_path / "units.csv").write_text(MERGED, encoding="utf-8")
    return Law(tmp_path)


def test_a_unit_is_called_by_its_last_name_and_one_that_is_on_no_map_by_its_code(mapped):
    assert [mapped.unit_name(unit) for unit in ("a", "d", "nowhere")] == ["thị trấn A", "xã D", "nowhere"]


@pytest.mark.parametrize(
    ("unit", "day", "became"),
    [
        ("a", (2025, 6, 30), []),
        ("a", (2025, 7, 1), ["ab"]),
        ("b", (2026, 12, 31), ["ab"]),
        ("b", (2027, 1, 1), ["c"]),
        ("ab", (2027, 1, 1), []),
        ("c", (2026, 12, 31), []),
        ("c", (2027, 1, 1), []),
        ("d", (2027, 1, 1), []),
        ("nowhere", (2027, 1, 1), []),
    ],
    ids=str,
)
def test_a_unit_has_ended_when_its_last_day_is_over_and_is_then_part_of_those_that_are_in_force(unit, day, became, mapped):
    assert [row["unit"] for row in mapped.ended(unit, dt.date(*day))] == became


def test_a_unit_that_begins_on_the_day_itself_has_not_ended(tmp_path):
    (tmp_path / "units.csv").write_text(MERGED + "b,6,xã B,commune,rural,,,2027-01-01,,,,\n", encoding="utf-8")
    assert Law(tmp_path).ended("b", dt.date(2027, 1, 1)) == Law(tmp_path).ended("b", dt.date(2026, 12, 31)) == []


@pytest.mark.parametrize(
    ("reviewed_from", "valid_from", "standards"),
    [("2026-12-31", "2027-01-01", ["old", "new"]), ("2027-01-01", "2027-01-01", ["old"]), ("2026-09-01", "2026-12-31", ["old", "new"])],
)
def test_a_later_standard_is_reviewed_too_where_its_review_begins_by_the_last_day_of_the_year(reviewed_from, valid_from, standards, tmp_path):
    header = "standard,name,area,measure,value,unit,valid_from,valid_to,decree,article,source,confidence\n"
    old, new = "old,Cũ,all,reviewed_from,2021-09-01,date,2022-01-01,,,,,\n", f"new,Mới,all,reviewed_from,{reviewed_from},date,{valid_from},,,,,\n"
    (tmp_path / "standards.csv").write_text(header + old + new, encoding="utf-8")
    assert Law(tmp_path).reviewed(2026) == standards
