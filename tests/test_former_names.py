"""Districts and provinces that are no more, in a narrative: found at their line, or confirmed as meant."""

import pytest

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


@pytest.mark.parametrize(
    ("body", "now"),
    [
        ("Huyện ủy", "Đảng ủy xã hoặc Tỉnh ủy"), ("Huyện uỷ", "Đảng ủy xã hoặc Tỉnh ủy"),
        ("Phòng Lao động - Thương binh và Xã hội", "phòng chuyên môn của xã"), ("phòng Lao động – Thương binh và Xã hội", "phòng chuyên môn của xã"),
        ("Phòng LĐTBXH", "phòng chuyên môn của xã"), ("Phòng LĐ-TB&XH", "phòng chuyên môn của xã"), ("Phòng LĐ-TBXH", "phòng chuyên môn của xã"),
        ("Phòng LĐTB và XH", "phòng chuyên môn của xã"), ("Phòng LĐ–TB–XH", "phòng chuyên môn của xã"),
        ("Sở Lao động, Thương binh và Xã hội", "Sở Nông nghiệp và Môi trường"), ("Sở LĐ-TB&XH", "Sở Nông nghiệp và Môi trường"),
    ],
)  # fmt: skip
def test_a_body_that_ended_with_the_districts_is_asked_about_with_who_has_its_work_now(body, now):
    assert said(f"Theo hướng dẫn của {body}.") == [
        f'[chỉ lập được DỰ THẢO] xa/2026/narrative/mo-hinh.md, dòng 1: giá trị "{body}" — cơ quan không còn vào ngày của báo cáo: '
        f"có thể là lời văn cũ còn sót lại. Cách sửa: sửa thành {now}; nếu đúng ý thì thêm dòng <!-- đúng: {body} -->."
    ]
    assert said(f"Theo hướng dẫn của {body}.\n<!-- đúng: {body} -->") == []
    assert former_names.names_in(f"Theo hướng dẫn của {body}.", ["huyện Kbang"]) == []  # there are districts still


def test_the_councils_of_the_district_are_its_bodies_too():
    line = "Nghị quyết của HĐND huyện, Hội đồng nhân dân huyện Kbang; Sở Nông nghiệp và Môi trường; lao động thương binh."
    assert former_names.names_in(line, FORMER) == ["HĐND huyện", "Hội đồng nhân dân huyện Kbang"]


def test_a_merged_commune_calls_its_former_communes_former(write_year):
    write_year("to-tung", 2025, review=[{"households": 9}])
    assert former_names.merged(opened("to-tung", 2025)) == ["xã Kông Lơng Khơng"]  # the other one is called as the new one
    written = write_year.root / "to-tung" / "2025" / "narrative" / "mo-hinh.md"
    written.parent.mkdir(exist_ok=True)
    written.write_text(
        "UBND xã Kông Lơng Khơng đã tổ chức rà soát.\n\nXã Kông Lơng Khơng cũ có mô hình nuôi bò; Làng Mơ Tôn (xã Kông Lơng Khơng) nuôi dê.\n\n"
        "Quyết định số 12/QĐ-UBND ngày 05/6/2024 của UBND xã Kông Lơng Khơng. Xã được sáp nhập từ xã Kông Lơng Khơng và xã Tơ Tung.\n",
        encoding="utf-8",
    )
    assert [(found.row, found.value) for found in former_names.findings(opened("to-tung", 2025))] == [(1, "UBND xã Kông Lơng Khơng")]


def test_the_seed_names_only_units_of_its_day():
    assert former_names.findings(opened(SEED, SEED_YEAR)) == []
