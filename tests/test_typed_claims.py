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
# how reports write what is true of the commune: 242 poor of 1.160 households, 20,86%; 262 of 1.162 the year before
TRUE = [
    "Hộ nghèo giảm 7,6% so với năm 2021.",
    "Số hộ nghèo giảm 7,63% so với năm trước.",
    "Số hộ cận nghèo tăng 0,93% so với năm 2021.",
    "Số hộ nghèo tăng 3 hộ, giảm 23 hộ.",
    "Xã có 30 hộ nghèo mới.",
    "Trong năm xã có 05 hộ nghèo phát sinh mới.",
    "Toàn xã có 23 hộ giảm nghèo.",
    "Toàn xã có 45 hộ nghèo thoát nghèo.",
    "Tỷ lệ giảm nghèo của xã đạt 1,69%.",
    "Tỷ lệ giảm nghèo của xã là 1,7%.",
    "Tỷ lệ giảm hộ nghèo năm nay đạt 1,69%.",
    "Toàn xã có gần 250 hộ nghèo.",
    "Toàn xã có trên 240 hộ nghèo, chiếm khoảng 21%.",
    "Tỷ lệ hộ nghèo của xã dưới 21%.",
    "Số hộ nghèo giảm từ 262 hộ xuống còn 242 hộ.",
    "Tỷ lệ hộ nghèo giảm từ 22,55% xuống còn 20,86%.",
    "Toàn xã có 242 hộ nghèo với 922 nhân khẩu.",
    "Hộ nghèo của xã: 242 hộ - 922 khẩu.",
    "Tỷ lệ hộ nghèo của xã 20,86 %.",
    "Tỷ lệ hộ nghèo của xã là 20,9%.",
    "Tỷ lệ hộ nghèo của xã là 21%.",
    "Theo Quyết định số 245/QĐ-UBND, xã có 242 hộ nghèo.",
    "Theo kết quả rà soát ngày 15/12/2022, xã có 242 hộ nghèo.",
    "Tổng số hộ nghèo của xã đến 31/12/2022 là 242 hộ.",
    "Toàn xã giảm 20 hộ nghèo, tương ứng 1,69%.",
    "Số hộ nghèo toàn xã còn 242 hộ, giảm 20 hộ; cận nghèo 324 hộ, tăng 3 hộ.",
    "Toàn xã có 242 hộ nghèo, tăng 03 hộ cận nghèo.",
    "Tổng số hộ nghèo đa chiều của xã là 566 hộ, chiếm 48,79%.",
    "Tỷ lệ hộ nghèo đa chiều của xã: 48,79%.",
    "Toàn xã có 1.160 hộ dân; hộ nghèo chiếm 20,86% tổng số hộ.",
    "Toàn xã có 1160 hộ, trong đó hộ nghèo 242 hộ.",
    "Tỷ lệ hộ nghèo giảm 1,69% so với năm 2021.",
    "Tỷ lệ hộ nghèo giảm 1,7 điểm phần trăm.",
    "Hộ nghèo giảm thêm 20 hộ so với cuối năm 2021.",
    "Tỷ lệ hộ nghèo bằng 20,86%.",
    "Toàn xã còn 242 hộ nghèo (20,86%).",
    "Xã có 242 hộ nghèo (chiếm tỷ lệ 20,86%), 324 hộ cận nghèo (chiếm tỷ lệ 27,93%).",
    "Số hộ thoát nghèo của xã là 30 hộ, số hộ tái nghèo 0 hộ.",
    "Toàn xã có 240 hộ nghèo là hộ dân tộc thiểu số.",
    "Hộ nghèo dân tộc thiểu số toàn xã 240 hộ, chiếm 99,17% số hộ nghèo.",
    "Xã hiện có 242 hộ nghèo, 1 hộ cận nghèo thoát nghèo.",
    "Tổng số hộ nghèo, cận nghèo của xã là 566 hộ, chiếm 48,79%.",
    "Năm 2022 toàn xã giảm 20 hộ nghèo, đạt 100%.",
    "Số hộ nghèo của xã giảm 20 hộ (7,63%).",
    "Hộ nghèo của xã giảm 20 hộ, tỷ lệ giảm 7,63%.",
]
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


def test_no_true_sentence_is_refused_however_it_is_written(typed):
    for sentence in TRUE:
        assert (sentence, typed(sentence)) == (sentence, [])


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
