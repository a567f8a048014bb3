"""Figures typed into a narrative against the workbook's own: the seed's commune has 242 poor of 1.160 households, 20,86%."""

import shutil

import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import checks
from giamngheo.checks import typed_claims
from giamngheo.intake.unit import Year

AT = "[chỉ lập được DỰ THẢO] kong-long-khong/2022/narrative/ra-soat.md, dòng"
WRONG = "số gõ tay và số liệu của sổ không thể cùng đúng"
REMEDY = "Cách sửa: sửa lại hoặc thay bằng {tên số liệu}; nếu câu này nói về nơi khác, năm khác thì thêm dòng <!-- đúng:"


@pytest.fixture
def typed(tmp_path):
    """What is found in the seed with one narrative file more, as messages."""
    shutil.copytree(PROJECT / "data", tmp_path / "data")

    def findings(body: str) -> list[str]:
        folder = tmp_path / "data" / SEED / str(SEED_YEAR)
        (folder / "narrative" / "ra-soat.md").write_text(body, "utf-8")
        return [str(one) for one in typed_claims.findings(Year(tmp_path / "data", SEED, SEED_YEAR))]

    return findings


AGREE = {
    "the rate as it is printed": "Tỷ lệ hộ nghèo 20,86% còn cao so với mặt bằng chung của huyện.",
    "the rate cut off": "Tỷ lệ hộ nghèo của xã là 20,8%.",
    "counts": "Toàn xã có 1.160 hộ dân, trên địa bàn xã có 242 hộ nghèo.",
    "a change": "Số hộ nghèo giảm 20 hộ so với năm {last_year}, còn 242 hộ.",
    "a near-poor rate that last year's printed figures contradict": "Tỷ lệ hộ cận nghèo 27,93%.",
}
ELSEWHERE = {
    "another year": "Năm 2021, toàn xã có 245 hộ nghèo.",
    "the year before": "So với năm 2021 là 262 hộ nghèo, toàn xã có 245 hộ nghèo.",
    "the province": "Tỷ lệ hộ nghèo của tỉnh là 9,2%.",
    "a village": "Làng Nam khó khăn nhất. Có 42 hộ nghèo.",
    "those a project reached": "Hỗ trợ 30 hộ nghèo xóa nhà tạm; toàn xã có 15 hộ nghèo được vay vốn.",
    "a point of a list under a village": "Làng Nam:\n- Hộ nghèo: 42 hộ",
    "a point of a list under a village, after another": "Làng Nam:\n- Hộ: 60 hộ\n\n- Hộ nghèo: 42 hộ",
    "a line that goes on from the one above": "Làng Nam\ncó 42 hộ nghèo.",
    "a line that goes on below": "Toàn xã có 30 hộ nghèo\nđược vay vốn.",
    "a point within a point": "- Làng Nam\n  - Hộ nghèo: 42 hộ",
    "two classes at once": "Hộ nghèo và hộ cận nghèo của xã: 300 hộ.",
    "a share of the poor": "Số hộ nghèo của xã chiếm 95% hộ nghèo dân tộc thiểu số.",
    "names of figures": "Toàn xã có {review.poor_households} hộ nghèo, chiếm {review.poor_rate}.",
}


@pytest.mark.parametrize("body", AGREE.values(), ids=AGREE)
def test_a_typed_figure_that_agrees_says_nothing(typed, body):
    assert typed(body) == []


@pytest.mark.parametrize("body", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_sentence_that_may_be_about_something_else_is_not_held_against_the_unit(typed, body):
    assert typed(body) == []


def test_a_typed_rate_that_is_not_the_workbooks_is_found_at_its_line_with_both_figures(typed):
    assert typed("Một.\n\nToàn xã có 242 hộ nghèo, chiếm 21,12%.") == [
        f'{AT} 3: giá trị "21,12%" — {WRONG}: tỷ lệ hộ nghèo: in hai lần, 20,86% và 21,12%. {REMEDY} 21,12% -->.'
    ]


def test_every_typed_figure_is_held_by_itself(typed):
    assert typed("Toàn xã có 245 hộ nghèo.\n\nTỷ lệ hộ cận nghèo năm {year} là 30%.") == [
        f'{AT} 1: giá trị "245 hộ" — {WRONG}: hộ nghèo: in hai lần, 242 và 245. {REMEDY} 245 hộ -->.',
        f'{AT} 3: giá trị "30%" — {WRONG}: tỷ lệ hộ cận nghèo: in hai lần, 27,93% và 30%. {REMEDY} 30% -->.',
    ]


def test_a_typed_change_is_held_against_the_change_since_last_year(typed):
    assert typed("Hộ nghèo giảm 21 hộ so với năm 2021.") == [
        f'{AT} 1: giá trị "giảm 21 hộ" — {WRONG}: mức tăng, giảm hộ nghèo: in hai lần, -20 và -21. {REMEDY} giảm 21 hộ -->.'
    ]


def test_more_who_left_poverty_than_were_poor_last_year_are_found_by_the_arithmetic(typed):
    assert typed("Toàn xã có 900 hộ thoát nghèo.") == [
        f'{AT} 1: giá trị "900 hộ" — {WRONG}: hộ nghèo năm 2021: 242 + 20 → 262 hộ; nhưng ít nhất 900 → từ 900 hộ trở lên. '
        f"{REMEDY} 900 hộ -->."
    ]


def test_a_typed_figure_that_contradicts_is_among_the_contradictions_of_the_year(tmp_path):
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    this = Year(tmp_path / "data", SEED, SEED_YEAR)
    before = checks.contradictions(this)
    (this.folder / "narrative" / "ra-soat.md").write_text("Toàn xã có 245 hộ nghèo.", "utf-8")
    (found,) = [one for one in checks.contradictions(Year(this.root, SEED, SEED_YEAR)) if one not in before]
    assert (found.file, found.row, found.value) == (f"{SEED}/{SEED_YEAR}/narrative/ra-soat.md", 1, "245 hộ")


def test_a_figure_that_is_meant_is_confirmed_by_its_words(typed):
    body = "Toàn xã có 245 hộ nghèo.\n<!-- đúng: 245 hộ -->"
    assert typed(body) == [] != typed(body.replace("đúng: 245", "đúng: 24"))
