"""Figures typed into a narrative of a year under two standards, held against the result that their sentence speaks of.

The commune has 1.211 households: 119 poor and 96 near-poor under Nghị định 07/2021 (140 and 110 of 1.200 the year before), 215 and 160
under Nghị định 351/2025. 119 + 215 = 334 and 215 - 119 = 96 more are no figures: the two are not added or subtracted.
"""

import pytest

from giamngheo import opened
from giamngheo.checks import typed_claims

UNIT, YEAR = "ia-mo-nong", 2026
OLD = {"households": 1211, "poor_households": 119, "near_poor_households": 96, "standard": "ND07_2021"}
NEW = OLD | {"poor_households": 215, "near_poor_households": 160, "standard": "ND351_2025"}
LAST = {"households": 1200, "poor_households": 140, "near_poor_households": 110, "standard": "ND07_2021"}
AT = f"[chỉ lập được DỰ THẢO] {UNIT}/{YEAR}/narrative/ra-soat.md, dòng 1: giá trị"


@pytest.fixture(params=[False, True], ids=["as the sheets are named", "the two sheets swapped"])
def typed(request, write_year):
    """What is found in a sentence of the year, as messages."""
    first, other = (NEW, OLD) if request.param else (OLD, NEW)
    write_year(UNIT, YEAR - 1, review=[LAST])
    write_year(UNIT, YEAR, review=[first], other_review=[other])

    def findings(body: str) -> list[str]:
        folder = write_year.root / UNIT / str(YEAR) / "narrative"
        folder.mkdir(exist_ok=True)
        (folder / "ra-soat.md").write_text(body, "utf-8")
        return [str(one) for one in typed_claims.findings(opened(UNIT, YEAR))]

    return findings


TRUE = [
    "Toàn xã có 119 hộ nghèo.",
    "Toàn xã có 215 hộ nghèo.",
    "Toàn xã có 215 hộ nghèo theo Nghị định 351/2025/NĐ-CP.",
    "Theo Nghị định số 07/2021/NĐ-CP, toàn xã có 119 hộ nghèo, chiếm 9,83%.",
    "Theo chuẩn mới, toàn xã có 215 hộ nghèo. Hộ cận nghèo 160 hộ.",
    "Theo chuẩn nghèo đa chiều cũ, số hộ nghèo giảm 21 hộ so với năm 2025.",
    "Toàn xã có 119 hộ nghèo theo Nghị định 07/2021/NĐ-CP và 215 hộ nghèo theo Nghị định 351/2025/NĐ-CP.",
    "Theo cả hai chuẩn, toàn xã có 1.211 hộ dân.",
    "Theo Nghị định 351/2025/NĐ-CP, Làng Nam có 30 hộ nghèo.",
]


def test_what_is_true_of_the_result_that_a_sentence_speaks_of_is_not_asked_about(typed):
    for sentence in TRUE:
        assert (sentence, typed(sentence)) == (sentence, [])


FALSE = {
    "of neither": ("Toàn xã có 900 hộ nghèo.", "900 hộ", "ND07_2021", "hộ nghèo", "119 và 900"),
    "of the other": ("Toàn xã có 119 hộ nghèo theo Nghị định 351/2025/NĐ-CP.", "119 hộ", "ND351_2025", "hộ nghèo", "215 và 119"),
    "of the other, by age": ("Theo chuẩn cũ, toàn xã có 215 hộ nghèo.", "215 hộ", "ND07_2021", "hộ nghèo", "119 và 215"),
    "after the sentence that names the standard":
        ("Theo chuẩn nghèo mới, toàn xã có 215 hộ nghèo. Hộ cận nghèo 96 hộ.", "96 hộ", "ND351_2025", "hộ cận nghèo", "160 và 96"),
    "a change from last year's other standard":
        ("So với năm 2025 hộ nghèo tăng 75 hộ.", "tăng 75 hộ", "ND07_2021", "mức tăng, giảm hộ nghèo", "-21 và 75"),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "said", "standard", "name", "twice"), FALSE.values(), ids=FALSE)
def test_a_figure_that_is_not_of_the_result_spoken_of_is_found_with_the_one_that_is(typed, sentence, said, standard, name, twice):
    assert typed(sentence) == [
        f'{AT} "{said}" — số gõ tay và số liệu của sổ không thể cùng đúng: {name} ({standard}, chính thức): in hai lần, {twice}. '
        f"Cách sửa: sửa lại hoặc thay bằng {{tên số liệu}}; nếu câu này nói về nơi khác, năm khác thì thêm dòng <!-- đúng: {said} -->."
    ]


ACROSS = {
    "a sum": ("Toàn xã có tổng cộng 334 hộ nghèo theo hai chuẩn.", "334 hộ"),
    "a difference": ("Theo chuẩn mới, số hộ nghèo tăng 96 hộ so với chuẩn cũ.", "tăng 96 hộ"),
    "a difference, by number":
        ("Số hộ nghèo theo Nghị định 351/2025/NĐ-CP tăng 96 hộ so với Nghị định 07/2021/NĐ-CP.", "tăng 96 hộ"),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "said"), ACROSS.values(), ids=ACROSS)
def test_a_sum_or_difference_of_the_two_results_is_no_figure(typed, sentence, said):
    assert typed(sentence) == [
        f'{AT} "{said}" — câu này gộp hai chuẩn nghèo: hai kết quả theo hai chuẩn không cộng, không trừ cho nhau. Cách sửa: viết mỗi '
        f"chuẩn một câu, ghi rõ theo chuẩn nào; nếu đúng ý thì thêm dòng <!-- đúng: {said} -->."
    ]
    assert typed(f"{sentence}\n<!-- đúng: {said} -->") == []
