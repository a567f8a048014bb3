"""Two results of one year against the standards of the year and against each other: whole messages, one fault each.

Three villages of 101, 102 and 103 households; 21 + 22 + 23 poor under Nghị định 07/2021, 26 + 27 + 28 under 351/2025.
"""

import pytest

from giamngheo import checks, opened
from giamngheo.checks import complete
from giamngheo.figures import results
from giamngheo.report import standing

UNIT, OLD, NEW = "ia-mo-nong", "ND07_2021", "ND351_2025"
DRAFT = "[chỉ lập được DỰ THẢO] "


def rows(standard, more=0, villages=3, **all_of_them):
    return [
        {"village": f"Làng {at}", "households": 100 + at, "persons": 400 + at, "poor_households": 20 + at + more,
         "near_poor_households": 10, "standard": standard} | all_of_them
        for at in range(1, villages + 1)
    ]  # fmt: skip


def said(write_year, year=2026, **tables):
    """What the year is told, but for the words and the office's files that it does not have."""
    write_year(UNIT, year, **tables)
    found = checks.findings(opened(UNIT, year))
    return [str(one) for one in found if not one.file.endswith((".md", ".yml"))]


def foreign(file, year, standard, reviewed):
    return (
        f'{DRAFT}{UNIT}/{year}/{file}.csv, dòng 2, cột O (standard): giá trị "{standard}" — theo luật mà chương trình biết, năm {year} '
        f"rà soát theo chuẩn {reviewed}, không theo chuẩn này. Cách sửa: sửa cột standard; vẫn phải theo chuẩn này thì ghi lý do vào cột "
        "note của dòng này."
    )


def test_two_results_of_the_same_villages_are_right_in_either_sheet(write_year):
    assert said(write_year, review=rows(OLD), other_review=rows(NEW, more=5)) == []
    assert said(write_year, review=rows(NEW, more=5), other_review=rows(OLD)) == []
    this = opened(UNIT, 2026)
    assert (results.of(this)["poor_households"].item(), results.second(this)["poor_households"].item()) == (66, 81)


def test_the_second_result_alone_is_refused_in_the_words_of_the_table_that_is_missing(write_year):
    assert said(write_year, other_review=rows(NEW)) == [
        f"{UNIT}/2026: thiếu bảng review (kết quả rà soát). Cách sửa: thêm tệp review.csv, hoặc trang tính review trong so-lieu.xlsx."
    ]


def test_the_new_standard_alone_is_a_draft_that_says_that_the_old_one_is_missing(write_year):
    assert said(write_year, review=rows(NEW)) == [
        f"{DRAFT}{UNIT}/2026: năm 2026 rà soát đồng thời theo hai chuẩn (khoản 2 Điều 10 Thông tư 25/2026/TT-BNNMT): chưa có kết quả theo "
        "chuẩn ND07_2021. Cách sửa: điền bảng other_review, mỗi thôn, làng một dòng; kết quả kia giữ nguyên ở bảng review."
    ]


def test_a_second_sheet_of_which_only_the_villages_are_filled_in_is_a_draft_count_by_count(write_year):
    blank = [{"village": f"Làng {at}", "standard": NEW} for at in (1, 2, 3)]
    ask = "Cách sửa: điền ô này; không có thì hỏi lại thôn, làng hoặc cấp trên."
    asked = {"B (households)": "Tổng số hộ dân cư", "D (poor_households)": "Hộ nghèo", "F (near_poor_households)": "Hộ cận nghèo"}
    assert said(write_year, review=rows(OLD), other_review=blank) == [
        f"{DRAFT}{UNIT}/2026/other_review.csv, dòng 2, cột {place}: chưa biết số của toàn xã: {label}. {ask}"
        for place, label in asked.items()
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "file", "line", "village", "near", "beside"),
    [(3, 4, "other_review", 5, "Làng 4", "Làng 3", "review"), (3, 2, "review", 4, "Làng 3", "Làng 2", "other_review")],
)
def test_a_village_that_only_one_of_the_two_has_is_refused(ours, theirs, file, line, village, near, beside, write_year):
    assert said(write_year, review=rows(OLD, villages=ours), other_review=rows(NEW, villages=theirs)) == [
        f'{UNIT}/2026/{file}.csv, dòng {line}, cột A (village): giá trị "{village}" — thôn, làng không có trong bảng {beside}: tổng của hai '
        f'bảng không phải của cùng một xã. Cách sửa: ghi tên giống nhau ở hai bảng (có phải là "{near}" không?), hoặc thêm dòng của thôn, '
        f"làng này vào bảng {beside}; chưa biết số thì để trống ô."
    ]


def test_households_do_not_depend_on_the_standard_unless_the_row_says_why(write_year):
    other = rows(NEW)
    other[1]["households"] = 109
    told = (
        f'{DRAFT}{UNIT}/2026/other_review.csv, dòng 3, cột B (households): giá trị "109" — hai kết quả của cùng một năm phải có cùng tổng số '
        "hộ dân cư: ở bảng review là 102, ở đây là 109. Cách sửa: đối chiếu hai bảng với sổ rồi sửa số sai; đúng như vậy thì ghi lý do vào "
        "cột note của dòng này."
    )
    assert said(write_year, review=rows(OLD), other_review=other) == [told]
    other[1]["note"] = "rà soát sau khi 07 hộ tách hộ"
    assert said(write_year, review=rows(OLD), other_review=other) == []


def test_the_commune_is_compared_where_only_one_result_is_told_by_village(write_year):
    whole = [{"households": 307, "poor_households": 75, "near_poor_households": 30, "standard": NEW}]
    (only,) = said(write_year, review=rows(OLD), other_review=whole)
    assert "dòng 2, cột B (households)" in only and "ở bảng review là 306, ở đây là 307" in only


@pytest.mark.parametrize(
    ("year", "tables", "found"),
    [
        (2025, {"review": rows(NEW)}, [("review", NEW, OLD)]),
        (2025, {"review": rows(OLD), "other_review": rows(NEW)}, [("other_review", NEW, OLD)]),
        (2026, {"review": rows("QD59_2015"), "other_review": rows(NEW)}, [("review", "QD59_2015", f"{OLD}, {NEW}")]),
        (2027, {"review": rows(OLD)}, [("review", OLD, NEW)]),
        (2031, {"review": rows(NEW)}, []),  # nothing is known of that year yet
        (2025, {"review": rows(NEW, note="tỉnh làm thử")}, []),
    ],
)
def test_a_standard_under_which_the_year_is_not_reviewed_is_asked_about(year, tables, found, write_year):
    assert said(write_year, year, **tables) == [foreign(file, year, standard, reviewed) for file, standard, reviewed in found]


def test_of_results_of_which_one_is_refused_nothing_more_is_said(write_year):
    (only,) = said(write_year, review=rows(OLD), other_review=[*rows(NEW, villages=2), *rows(OLD)[2:]])
    assert "phải giống nhau ở mọi dòng" in only


# the decision on the second result -------------------------------------------------------------------

UNDECIDED = (
    "{file}: chưa có {what} quyết định công nhận kết quả thứ hai: bảng {table} ghi là chính thức. Cách sửa: điền mục other_approved_by.{field}; "
    "chưa có quyết định thì ghi preliminary ở cột status của bảng {table}."
)
NUMBER = "number: Số và ký hiệu đầy đủ, ví dụ 16/QĐ-UBND"


@pytest.mark.parametrize("sheets", [("review", "other_review"), ("other_review", "review")], ids=["in order", "swapped"])
def test_a_second_result_that_is_official_needs_a_decision_of_its_own(write_year, sheets):
    main, second = sheets
    folder = write_year(UNIT, 2026, **{main: rows(OLD), second: rows(NEW, more=5)})
    report = folder / "report.yml"
    report.write_text("approved_by:\n  number: 15/QĐ-UBND\n  date: 20/12/2026\n", encoding="utf-8")
    file = f"{UNIT}/2026/report.yml"
    asked = [(NUMBER, "số"), ("date: Ngày ký quyết định", "ngày")]
    assert [checks.said(one) for one in complete.second_undecided(opened(UNIT, 2026))] == [
        UNDECIDED.format(file=file, what=what, table=second, field=field) for field, what in asked
    ]
    assert [one for one in checks.draft_reasons(opened(UNIT, 2026)) if "kết quả thứ hai" in one] == [
        UNDECIDED.format(file=file, what=what, table=second, field=field) for field, what in asked
    ]
    report.write_text(report.read_text(encoding="utf-8") + "other_approved_by:\n  number: 16/QĐ-UBND\n  date: 22/12/2026\n", encoding="utf-8")
    this = opened(UNIT, 2026)
    assert list(complete.second_undecided(this)) == []
    (block,) = standing.approved(this, "other_approved_by").blocks
    assert block["runs"][0]["text"] == "Kết quả được công nhận tại Quyết định số 16/QĐ-UBND ngày 22 tháng 12 năm 2026."


def test_a_second_result_that_is_preliminary_needs_none_yet_and_one_result_has_none(write_year):
    write_year(UNIT, 2026, review=rows(OLD), other_review=rows(NEW, status="preliminary"))
    assert list(complete.second_undecided(opened(UNIT, 2026))) == []
    write_year(UNIT, 2025, review=rows(OLD))
    assert list(complete.second_undecided(opened(UNIT, 2025))) == []
