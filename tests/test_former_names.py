"""Districts and provinces that are no more, in a narrative: found at their line, or confirmed as meant."""

from conftest import SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.checks import former_names
from giamngheo.intake.narrative import Text

FORMER = ["tỉnh Bình Định", "huyện Kbang", "huyện"]


def said(body):
    return [str(finding) for finding in former_names.said(Text("mo-hinh", "xa/2026/narrative/mo-hinh.md", body), FORMER)]


def test_the_map_says_which_names_are_no_more_on_the_day_of_the_report(write_year):
    write_year("to-tung", 2025, review=[{"households": 9}])
    write_year("to-tung", 2024, review=[{"households": 9}])
    assert former_names.ended(opened("to-tung", 2025)) == FORMER
    assert former_names.ended(opened("to-tung", 2024)) == []


def test_a_former_name_keeps_the_report_a_draft_until_it_is_confirmed():
    assert said("Một.\n\nUBND huyện giao vốn; trước đây là huyện Kbang.\n<!-- đúng: huyện Kbang -->") == [
        '[chỉ lập được DỰ THẢO] xa/2026/narrative/mo-hinh.md, dòng 3: giá trị "UBND huyện" — đơn vị hành chính không còn vào '
        "ngày của báo cáo: có thể là lời văn cũ còn sót lại. Cách sửa: sửa thành tên đơn vị hiện nay; nếu đúng ý thì thêm dòng "
        "<!-- đúng: UBND huyện -->."
    ]


def test_names_of_today_and_documents_of_the_former_district_are_meant():
    assert said("Tỉnh Gia Lai; Quyết định số 12/QĐ-UBND ngày 05/6/2024; trong huyện.") == []


def test_the_seed_names_only_units_of_its_day():
    assert former_names.findings(opened(SEED, SEED_YEAR)) == []
