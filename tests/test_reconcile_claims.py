"""Claims of persons, deprivations and loans: each can be written down as reports print it, and is judged."""

from fractions import Fraction

import pytest

from claims import claims, found, frame
from giamngheo import reconcile
from giamngheo.reconcile.readback import Key, unlike

TRUE = {
    "persons": "persons|4.870 khẩu\npoor_persons|922 khẩu\nTỷ lệ khẩu nghèo|18,93%",
    "persons of both classes": "poor_persons|922 khẩu\nnear_poor_persons|1.399 khẩu\nKhẩu nghèo đa chiều|2.321 khẩu",
    "minority": "households|1.160 hộ\nminority_households|912 hộ\nTỷ lệ hộ DTTS|78,62%",
    "deprivations": (
        "poor_households|242 hộ\nHộ nghèo thiếu hụt về việc làm|120 hộ\nTỷ lệ hộ nghèo thiếu hụt việc làm|49,59%\n"
        "Hộ nghèo thiếu hụt chỉ số nhà ở|100 hộ"
    ),
    "loans": (
        "Tổng dư nợ|25.450 triệu đồng\nHộ còn dư nợ|512 hộ\nNợ quá hạn|120 triệu đồng\nTỷ lệ nợ quá hạn|0,47%\n"
        "Dư nợ bình quân|49,7 triệu đồng/hộ\nMức tăng dư nợ|tăng 2.300 triệu đồng\nyear=2021|Dư nợ|23.150 triệu đồng"
    ),
    "a mean alone": "Dư nợ bình quân|49,7 triệu đồng/hộ\nHộ còn dư nợ|512 hộ",
    "a mean of đồng": "Dư nợ|25.450.000.000 đồng\nHộ vay vốn|512 hộ\nDư nợ bình quân|49.707.031 đồng/hộ",
}


@pytest.mark.parametrize("name", TRUE)
def test_what_reports_say_of_persons_deprivations_and_loans_can_be_true(name):
    assert reconcile.prove(claims(TRUE[name])).kind == "witness"
    assert found(claims(TRUE[name]), "mismatch") == []


WRONG = {
    "year=2021|poor_households|12 hộ\nKế hoạch giảm hộ nghèo|giảm 33 hộ": (
        "mức tăng, giảm hộ nghèo năm 2022: đã in -33 hộ; nhưng hộ nghèo (không in) - 12 → từ -12 hộ trở lên"
    ),
    "persons|4.870 khẩu\npoor_persons|922 khẩu\nTỷ lệ khẩu nghèo|19,83%": "tỷ lệ khẩu nghèo: 922 / 4.870 = 18,93%",
    "poor_persons|922 khẩu\npoor_persons_rate|18,93%\nnear_poor_persons|1.399 khẩu\nnear_poor_persons_rate|27,83%": (
        "tổng số khẩu năm 2022: 922 / 18,93% → 4.869–4.871 khẩu; nhưng 1.399 / 27,83% → 5.026–5.027 khẩu"
    ),
    "poor_persons|922 khẩu\nnear_poor_persons|1.399 khẩu\nKhẩu nghèo đa chiều|2.231 khẩu": "khẩu nghèo đa chiều: 922 + 1.399 = 2.321 khẩu",
    "poor_households|242 hộ\nHộ nghèo thiếu hụt việc làm|120 hộ\nHộ nghèo thiếu hụt việc làm|49,95%": "tỷ lệ hộ nghèo thiếu hụt: 120 / 242 = 49,59%",
    "poor_households|242 hộ\nHộ nghèo thiếu hụt việc làm|250 hộ": (
        "hộ nghèo thiếu hụt không thể nhiều hơn hộ nghèo của xã A (ở thiếu hụt việc làm): 250 > 242"
    ),
    "Dư nợ|25.450 triệu đồng\nNợ quá hạn|120 triệu đồng\nTỷ lệ nợ quá hạn|0,74%": "tỷ lệ nợ quá hạn: 120 triệu / 25.450 triệu = 0,47%",
    "Dư nợ|25.450 triệu đồng\nHộ còn dư nợ|512 hộ\nDư nợ bình quân|47,9 triệu đồng/hộ": (
        "dư nợ bình quân một hộ vay: 25.450 triệu / 512 = 49,7 triệu đồng"
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_true_of_them_is_told(text):
    assert reconcile.prove(claims(text)).kind == "contradiction"
    assert [arithmetic for _, _, arithmetic, _, _ in found(claims(text), "mismatch")] == [WRONG[text]]


def test_loans_of_programmes_add_up_to_those_of_the_place():
    rows = [{"place": name, "part_of": "xã A", "partition": "chương trình", "indicator": "Dư nợ", "printed": f"{sum_} triệu đồng"}
            for name, sum_ in (("hộ nghèo", "12.500"), ("hộ cận nghèo", "12.950"))]  # fmt: skip
    wrong = [*rows, {"indicator": "Dư nợ", "printed": "25.540 triệu đồng"}]
    assert [one[2] for one in found(frame(wrong), "mismatch")] == ["dư nợ, tổng của 2 phần: 12.500 triệu + 12.950 triệu = 25.450 triệu đồng"]


def test_a_witness_whose_shares_are_no_quotients_is_none():
    """Of 240 poor households 120 have the deprivation and 60 are in the village; 40 owe 1.000 đồng; 30 of 300 left poverty."""
    whole = Key("xã A", "", 2022, "S", "chính thức", "poor_households")
    line = whole.of(place="thiếu hụt việc làm", part_of="xã A", indicator="deprived_poor_households")
    share, village = line.of(indicator="deprived_poor_rate"), line.of(place="thôn 1", indicator="poor_households")
    owed, owing = (whole.of(indicator=one) for one in ("loans_outstanding", "borrowing_households"))
    mean, part = whole.of(indicator="average_loan"), village.of(indicator="share_of_poor")
    flow, base, rate = whole.of(indicator="left_poverty"), whole.of(indicator="households"), whole.of(indicator="left_poverty_rate")
    true = {whole: 240, line: 120, village: 60, owed: 1000, owing: 40, flow: 30, base: 300}
    true |= {share: Fraction(1, 2), part: Fraction(1, 4), mean: Fraction(25), rate: Fraction(1, 10)}
    assert unlike([], true) == []
    assert unlike([], true | {mean: Fraction(50)}) == ["xã A 2022: average_loan × borrowing_households ≠ loans_outstanding"]
    for one in (share, part, rate):
        assert unlike([], true | {one: true[one] * 2}) == [f"{one.place} 2022: {one.indicator}"]
