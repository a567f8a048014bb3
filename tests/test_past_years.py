"""Years before the review year in a narrative: carried over, or confirmed as meant."""

import pytest

from conftest import SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.checks import past_years
from giamngheo.intake.narrative import Text

FOUND = {
    "a year": ("Năm 2025, xã họp.", ["Năm 2025"]),
    "a year in the sentence": ("so với năm 2024 và năm 2026", ["năm 2024"]),
    "a short date": ("rà soát từ ngày 01/9/2025.", ["01/9/2025"]),
    "a date with dots, with dashes, with two digits": ("15.3.2025, 15-3-2025, 15/3/25", ["15.3.2025", "15-3-2025", "15/3/25"]),
    "a date in words": ("ngày 05 tháng 6 năm 2025", ["05 tháng 6 năm 2025"]),
    "a month and a quarter": ("tháng 12/2025, quý IV năm 2025, quý 3/2025", ["tháng 12/2025", "quý IV năm 2025", "quý 3/2025"]),
    "a period that is over": ("giai đoạn 2021 - 2025", ["2021 - 2025"]),
    "a period in words": ("từ 2021 đến năm 2024", ["2021 đến năm 2024"]),
    "a plan that has no number": ("Theo Kế hoạch 2025 của xã", ["2025"]),
    "a date beside a document": ("Theo 90/QĐ-TTg, xã họp ngày 01/9/2025", ["01/9/2025"]),
    "a word that only ends like law": ("theo pháp luật trong năm 2025", ["năm 2025"]),
    "the review year and later": ("năm 2026, 2027, ngày 01/9/2026, tháng 1/2026", []),
    "a period that reaches the year": ("giai đoạn 2021-2026, từ 2022 đến 2030", []),
    "a document with its date": ("Quyết định 90/QĐ-TTg ngày 18/01/2022, Nghị định 27/2022/NĐ-CP", []),
    "a document of an office": ("Kế hoạch số 12/KH-UBND của UBND xã ngày 05 tháng 6 năm 2025", []),
    "a letter by its number": ("Công văn số 1234 ngày 05/6/2025; công văn 77, ngày 1/2/2025", []),
    "a law by its year": ("Luật Đất đai năm 2013, Hiến pháp 2013", []),
    "counts": ("2000 đồng, 1998 hộ, 2.025 khẩu, 1.2020, 2025,5", []),
    "a name of a figure": ("{facts.nam_2025} và {last_year}", []),
}  # fmt: skip


@pytest.mark.parametrize(("line", "found"), FOUND.values(), ids=FOUND)
def test_times_before_the_review_year_are_found_and_nothing_else(line, found):
    assert past_years.times(line, 2026) == found


def past(body):
    return [str(finding) for finding in past_years.past(Text("mo-hinh", "xa/2026/narrative/mo-hinh.md", body), 2026)]


def test_a_past_year_keeps_the_report_a_draft_until_it_is_confirmed():
    assert past("Một.\n\nTừ ngày 01/9/2025 và năm 2019.\n<!-- đúng: năm 2019 -->") == [
        '[chỉ lập được DỰ THẢO] xa/2026/narrative/mo-hinh.md, dòng 3: giá trị "01/9/2025" — trước năm rà soát 2026: có '
        "thể là lời văn năm trước còn sót lại. Cách sửa: sửa lại, hoặc viết {last_year} thay cho 2025; nếu đúng ý thì "
        "thêm dòng <!-- đúng: 01/9/2025 -->."
    ]


@pytest.mark.parametrize("comment", ["đúng: năm 2025", "hỏi lại năm 2019", "đúng: năm 20190", "đúng:"])
def test_only_the_very_words_confirm(comment):
    assert len(past(f"Từ năm 2019.\n<!-- {comment} -->")) == 1


def test_a_confirmation_holds_for_every_line_and_for_capitals():
    assert past("<!-- đúng: năm 2019 -->\nNăm 2019.\nTừ năm 2019.") == []


def test_the_seed_speaks_of_no_past_year():
    assert past_years.findings(opened(SEED, SEED_YEAR)) == []
