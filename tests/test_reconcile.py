"""Figures that cannot all be true are found, figures that can are not: cases made by hand."""

import pandas as pd
import pytest

from claims import claims, found
from giamngheo import reconcile

# cases by hand: what cannot be true ---------------------------------------------------------------

WRONG = {
    "242 / 1.160 = 20,86%, not 20,68%": (
        "households|1.160 hộ\npoor_households|242 hộ\npoor_rate|20,68%",
        ["rate"],
    ),
    "242 + 324 = 566, not 556": (
        "poor_households|242 hộ\nnear_poor_households|324 hộ\nmultidimensionally_poor_households|556 hộ",
        ["class_sum"],
    ),
    "20,86 + 27,93 = 48,79, three hundredths from 48,82": (
        "poor_rate|20,86%\nnear_poor_rate|27,93%\nmultidimensional_poverty_rate|48,82%",
        ["rate_sum"],
    ),
    "242 - 262 = -20, not -22": (
        "poor_households|242 hộ\nyear=2021|poor_households|262 hộ\nchange_poor_households|giảm 22 hộ",
        ["change"],
    ),
    "10,06 - 12,16 = -2,10, not -2,04": (
        "poor_rate|10,06%\nyear=2021|poor_rate|12,16%\nchange_poor_rate|giảm 2,04%",
        ["rate_change"],
    ),
    "a fall printed as a rise": (
        "poor_households|242 hộ\nyear=2021|poor_households|262 hộ\nchange_poor_households|tăng 20 hộ",
        ["change"],
    ),
    "2 of 5 is 40%, 2 of 4 is 50%: no total makes 45,00%": (
        "poor_households|2 hộ\npoor_rate|45,00%",
        ["implied_total"],
    ),
    "(242 + 20) / (20,86 + 1,69)% = 1.162, not 1.200": (
        "poor_households|242 hộ\npoor_rate|20,86%\nchange_poor_households|giảm 20 hộ\n"
        "change_poor_rate|giảm 1,69%\nyear=2021|households|1.200 hộ",
        ["previous_total"],
    ),
    "566 - 242 = 324, but 30% of 1.160 is 348": (
        "multidimensionally_poor_households|566 hộ\npoor_households|242 hộ\n"
        "near_poor_rate|30,00%\nhouseholds|1.160 hộ",
        ["class_sum"],
    ),
    "-45 + 3 + 2 + 15 = -25, not -20": (
        "change_poor_households|giảm 20 hộ\nleft_poverty|45 hộ\nnear_poor_became_poor|3 hộ\n"
        "relapsed|2 hộ\nnewly_poor|15 hộ",
        ["movements"],
    ),
    "242 - 262 = -20, but -45 + 3 + 2 + 15 = -25": (
        "poor_households|242 hộ\nyear=2021|poor_households|262 hộ\nleft_poverty|45 hộ\n"
        "near_poor_became_poor|3 hộ\nrelapsed|2 hộ\nnewly_poor|15 hộ",
        ["movements"],
    ),
    "300 left poverty, but only 262 were poor the year before": (
        "left_poverty|300 hộ\nyear=2021|poor_households|262 hộ",
        ["subset"],
    ),
    "110 poor minority households of 100 poor ones": (
        "poor_households|100 hộ\nminority_poor_households|110 hộ",
        ["subset"],
    ),
    "no poor household, three poor persons": ("poor_households|0 hộ\npoor_persons|3 khẩu", ["persons"]),
    "ten households of nine persons": ("poor_households|10 hộ\npoor_persons|9 khẩu", ["persons"]),
    "a rate above 100%": ("poor_rate|110%", ["range"]),
    "one figure printed twice, differently": ("poor_households|242 hộ\npoor_households|244 hộ", ["repeat"]),
    "48,3 + 100 = 148,3, not 158,3 million": (
        "place=tổng|budget_planned|158,3 triệu đồng\n"
        "place=a;part_of=tổng;partition=nguồn|budget_planned|100 triệu đồng\n"
        "place=b;part_of=tổng;partition=nguồn|budget_planned|48,3 triệu đồng",
        ["partition"],
    ),
    "two of three members are already more than the whole": (
        "place=tổng|budget_disbursed|100 triệu đồng\n"
        "place=a;part_of=tổng;partition=nguồn|budget_disbursed|60 triệu đồng\n"
        "place=b;part_of=tổng;partition=nguồn|budget_disbursed|50 triệu đồng\n"
        "place=c;part_of=tổng;partition=nguồn|budget_planned|50 triệu đồng",
        ["partition"],
    ),
    "a district poorer than its province": (
        "place=tỉnh|poor_households|100 hộ\nplace=huyện;part_of=tỉnh|poor_households|110 hộ",
        ["part"],
    ),
    "the whole's 9% is not between its parts' 2% and 8%": (
        "place=tỉnh|poor_rate|9,00%\nplace=a;part_of=tỉnh;partition=vùng|poor_rate|2,00%\n"
        "place=b;part_of=tỉnh;partition=vùng|poor_rate|8,00%",
        ["partition_rate"],
    ),
    "277 of 276 billion disbursed": (
        "budget_planned|276 tỷ đồng\nbudget_disbursed|277,9 tỷ đồng",
        ["disbursed"],
    ),
    "more than 46 of 276 billion is not 19%": (
        "budget_planned|276.410 triệu đồng\nbudget_disbursed|gần 47 tỷ đồng\ndisbursement_rate|19%",
        ["disbursement_rate"],
    ),
    "an approximate word does not excuse everything": (
        "place=tổng|budget_planned|trên 932 triệu đồng\n"
        "place=a;part_of=tổng;partition=nguồn|budget_planned|trên 600 triệu đồng\n"
        "place=b;part_of=tổng;partition=nguồn|budget_planned|trên 93 triệu đồng\n"
        "place=c;part_of=tổng;partition=nguồn|budget_planned|gần 133 triệu đồng",
        ["partition"],
    ),
    "two prints of one figure: 1.050 / 10.000 = 10,50%, whatever `hơn 1.000` admits": (
        "households|10.000 hộ\npoor_households|hơn 1.000 hộ\npoor_households|1.050 hộ\npoor_rate|10,90%",
        ["rate"],
    ),
    "a figure printed twice does not hide two rates without a common total": (
        "persons|4.000 khẩu\npersons|4.400 khẩu\npoor_households|52 hộ\npoor_rate|2,93%\n"
        "near_poor_households|116 hộ\nnear_poor_rate|6,29%",
        ["repeat", "implied_total"],
    ),
    "no poor household, but a rate of them": ("poor_households|0 hộ\npoor_rate|5,00%", ["implied_total"]),
    "100 of 90, and so more than the whole: told as the sum that fails": (
        "place=tỉnh|poor_households|90 hộ\nplace=a;part_of=tỉnh;partition=vùng|poor_households|100 hộ\n"
        "place=b;part_of=tỉnh;partition=vùng|poor_households|20 hộ",
        ["partition"],
    ),
    "5,00% printed as 4,99%: a whole step is not cut off": (
        "households|1.000 hộ\npoor_households|50 hộ\npoor_rate|4,99%",
        ["rate"],
    ),
}


@pytest.mark.parametrize(("text", "checks"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_true_is_found_once(text, checks):
    assert [row[0] for row in found(claims(text), "mismatch")] == checks


# cases by hand: what can be true ------------------------------------------------------------------

SILENT = {
    "two standards in one year are not compared": (
        "standard=cũ|poor_households|36.951 hộ\nstandard=mới|poor_households|64.087 hộ\n"
        "standard=cũ|poor_rate|11,36%\nstandard=mới|poor_rate|19,71%"
    ),
    "a preliminary and an official figure are not compared": (
        "status=sơ bộ|poor_households|242 hộ\nstatus=chính thức|poor_households|250 hộ\n"
        "year=2021;status=sơ bộ|poor_households|262 hộ\nchange_poor_households|giảm 3 hộ"
    ),
    "the year before under another standard is not compared": (
        "poor_households|242 hộ\nchange_poor_households|giảm 20 hộ\n"
        "year=2021;standard=cũ|poor_households|90 hộ"
    ),
    "two places of one name in two provinces are not compared": (
        "place=thành thị;part_of=A|poor_households|10 hộ\nplace=thành thị;part_of=B|poor_households|12 hộ"
    ),
    "some parts need not add up": (
        "place=tỉnh|poor_households|100 hộ\nplace=a;part_of=tỉnh|poor_households|30 hộ\n"
        "place=b;part_of=tỉnh|poor_households|20 hộ"
    ),
    "parts that overlap may add up to more": (
        "place=tỉnh|poor_households|100 hộ\nplace=nông thôn;part_of=tỉnh|poor_households|90 hộ\n"
        "place=huyện;part_of=tỉnh|poor_households|20 hộ"
    ),
    "a member of the partition without a figure is unknown, not zero": (
        "place=tỉnh|poor_households|100 hộ\nplace=a;part_of=tỉnh;partition=vùng|poor_households|30 hộ\n"
        "place=b;part_of=tỉnh;partition=vùng|poor_households|20 hộ\n"
        "place=c;part_of=tỉnh;partition=vùng|near_poor_households|5 hộ"
    ),
    "a movement that is not printed is unknown, not zero": (
        "change_poor_households|giảm 20 hộ\nleft_poverty|45 hộ\nrelapsed|2 hộ\nnewly_poor|15 hộ"
    ),
    "a fall of 20 where 10 left poverty: what else changed is not printed": (
        "change_poor_households|giảm 20 hộ\nleft_poverty|10 hộ"
    ),
    "a part of one of two places of one name": (
        "place=Bắc;part_of=A|poor_households|10 hộ\nplace=Bắc;part_of=B|poor_households|90 hộ\n"
        "place=xã;part_of=Bắc;partition=xã|poor_households|50 hộ"
    ),
    "a part of the other of two places of one name": (
        "place=Bắc;part_of=A|poor_households|90 hộ\nplace=Bắc;part_of=B|poor_households|10 hộ\n"
        "place=xã;part_of=Bắc;partition=xã|poor_households|50 hộ"
    ),
    "changes of printed rates, each off by a step": (
        "change_poor_rate|tăng 92%\nchange_near_poor_rate|giảm 87,99%\n"
        "change_multidimensional_poverty_rate|tăng 3,37%"
    ),
    "2,04 is the exact difference, 2,03 the printed one": (
        "households|1.000.000 hộ\npoor_households|100.551 hộ\npoor_rate|10,06%\nchange_poor_rate|giảm 2,04%\n"
        "year=2021|households|1.000.000 hộ\nyear=2021|poor_households|120.949 hộ\nyear=2021|poor_rate|12,09%"
    ),
    "7,53 is the sum of the printed rates, 7,52 the rate of the counts": (
        "households|100.000 hộ\npoor_households|4.036 hộ\npoor_rate|4,04%\nnear_poor_households|3.488 hộ\n"
        "near_poor_rate|3,49%\nmultidimensionally_poor_households|7.524 hộ\n"
        "multidimensional_poverty_rate|7,53%"
    ),
    "5,0% and 5,02% and 5%": "poor_rate|5,0%\npoor_rate|5,02%\npoor_rate|5%",
    "more than 47 and nearly 48 billion": "budget_planned|hơn 47 tỷ đồng\nbudget_planned|gần 48 tỷ đồng",
    "no poor household, no poor person, no rate": (
        "households|5.347 hộ\npoor_households|0 hộ\npoor_persons|0 khẩu\npoor_rate|0%"
    ),
    "no household at all": "households|0 hộ\npoor_households|0 hộ\npoor_rate|0,00%",
    "38.550 = 10,06% and 37.253 = 9,72% share a total": (
        "poor_households|38.550 hộ\npoor_rate|10,06%\nnear_poor_households|37.253 hộ\nnear_poor_rate|9,72%"
    ),
    "144,953 + 14,496 = 159,449 and 3,559 + 10,937 = 14,496 billion": (
        "place=tổng|budget_planned|159,449 tỷ đồng\n"
        "place=trung ương;part_of=tổng;partition=nguồn|budget_planned|144,953 tỷ đồng\n"
        "place=địa phương;part_of=tổng;partition=nguồn|budget_planned|14.496 triệu đồng\n"
        "place=tỉnh;part_of=địa phương;partition=cấp|budget_planned|3,559 tỷ đồng\n"
        "place=huyện;part_of=địa phương;partition=cấp|budget_planned|10,937 tỷ đồng"
    ),
    "a plan for a period": "year=2021-2025|budget_planned|trên 905 tỷ đồng\n"
    "year=2022|budget_planned|90 tỷ đồng",
    "46,97 of 58 billion is 81,0% or 81,2%": (
        "budget_planned|58 tỷ đồng\nbudget_disbursed|46,97 tỷ đồng\ndisbursement_rate|81,5%"
    ),
    "disbursed 47 of 46,8 billion, both rounded": "budget_planned|46,8 tỷ đồng\nbudget_disbursed|47 tỷ đồng",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_can_be_true_is_not_reported(text):
    assert found(claims(text), "mismatch") == []


VERDICTS = {
    "37.819 / 439.300 = 8,6089%, cut to 8,60%": (
        "households|439.300 hộ\nmultidimensionally_poor_households|37.819 hộ\n"
        "multidimensional_poverty_rate|8,60%",
        "rate",
        "truncated",
    ),
    "1 / 8 = 12,5%, printed 13% or 12%: rounded": (
        "households|8 hộ\npoor_households|1 hộ\npoor_rate|13%",
        "rate",
        "ok",
    ),
    "1 / 8 = 12,5% printed 12%: cut": (
        "households|8 hộ\npoor_households|1 hộ\npoor_rate|12%",
        "rate",
        "truncated",
    ),
    "8,39 + 6,99 against 15,39: rounding": (
        "poor_rate|8,39%\nnear_poor_rate|6,99%\nmultidimensional_poverty_rate|15,39%",
        "rate_sum",
        "rounding",
    ),
    "10,06 - 12,09 against -2,04: rounding": (
        "poor_rate|10,06%\nyear=2021|poor_rate|12,09%\nchange_poor_rate|giảm 2,04%",
        "rate_change",
        "rounding",
    ),
    "200,4 + 76 billion against 276.410 million: rounding": (
        "place=tổng|budget_planned|276.410 triệu đồng\n"
        "place=a;part_of=tổng;partition=nguồn|budget_planned|200,4 tỷ đồng\n"
        "place=b;part_of=tổng;partition=nguồn|budget_planned|76 tỷ đồng",
        "partition",
        "rounding",
    ),
    "600+ and 90+ and 233+ against 932+ million: not exact, not wrong": (
        "place=tổng|budget_planned|trên 932 triệu đồng\n"
        "place=a;part_of=tổng;partition=nguồn|budget_planned|trên 600 triệu đồng\n"
        "place=b;part_of=tổng;partition=nguồn|budget_planned|trên 90 triệu đồng\n"
        "place=c;part_of=tổng;partition=nguồn|budget_planned|trên 233 triệu đồng",
        "partition",
        "ok",
    ),
    "242 / 20,86% and 324 / 27,93% are 1.160": (
        "poor_households|242 hộ\npoor_rate|20,86%\nnear_poor_households|324 hộ\nnear_poor_rate|27,93%",
        "implied_total",
        "ok",
    ),
    "349 / 1.160 = 30,086% printed 30,08% is cut": (
        "poor_households|242 hộ\npoor_rate|20,86%\nnear_poor_households|349 hộ\nnear_poor_rate|30,08%",
        "implied_total",
        "truncated",
    ),
}


@pytest.mark.parametrize(("text", "check", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_the_verdict_on_a_check(text, check, verdict):
    rows = reconcile.findings(claims(text))
    assert rows.loc[rows["check"] == check, "verdict"].to_list() == [verdict]


def test_one_wrong_count_is_not_echoed_through_inference():
    """422 for 242: its rate and its sum fail as printed; last year's totals, which need it, are not
    told again."""
    text = """
        households|1.160 hộ
        poor_households|422 hộ
        poor_rate|20,86%
        near_poor_households|324 hộ
        near_poor_rate|27,93%
        multidimensionally_poor_households|566 hộ
        change_poor_households|giảm 20 hộ
        change_poor_rate|giảm 1,69%
        change_near_poor_households|tăng 17 hộ
        change_near_poor_rate|tăng 1,51%
    """
    rows = reconcile.findings(claims(text))
    wrong = rows[rows["verdict"] == "mismatch"]
    assert wrong["check"].to_list() == ["rate", "class_sum"]
    assert [sentences[0] for sentences in wrong["corrections"]] == [
        "hộ nghèo: 242 hộ thay cho 422 hộ (đổi chỗ hai chữ số liền nhau; giải quyết cùng lúc 2 mâu thuẫn)"
    ] * 2


def test_three_lines_of_which_one_disagrees_are_told_once():
    text = "poor_households|242 hộ\npoor_rate|20,86%\nnear_poor_households|324 hộ\nnear_poor_rate|27,93%\n"
    text += "average_living_households|100 hộ\naverage_living_rate|9,62%"
    assert [(row[0], row[2]) for row in found(claims(text), "mismatch")] == [
        ("implied_total", "tổng số hộ năm 2022: 242 / 20,86% → 1.160 hộ; nhưng 100 / 9,62% → 1.039–1.040 hộ")
    ]


def test_claims_of_one_frame_are_taken_together_whatever_their_file():
    now = claims("poor_households|242 hộ\nchange_poor_households|giảm 22 hộ").assign(file="2022.csv")
    before = claims("year=2021|poor_households|262 hộ").assign(file="2021.csv")
    both = reconcile.findings(pd.concat([now, before]))
    assert both["lines"].to_list() == [["2022.csv:2", "2022.csv:3", "2021.csv:2"]]
    assert reconcile.findings(now).empty and reconcile.findings(before).empty


def test_a_part_is_not_larger_than_the_whole_of_another_review():
    text = (
        "place=tỉnh | poor_households | 815 hộ\nplace=tỉnh | poor_rate | 2,93%\n"
        "place=xã A;part_of=tỉnh;year=2023 | poor_households | 588 hộ\nplace=xã A;part_of=tỉnh;year=2023 | poor_rate | 1,87%"
    )
    assert found(claims(text), "note", "mismatch") == [
        (
            "other_total",
            "xã A",
            "tổng số hộ của xã A năm 2023 (S, chính thức): 588 / 1,87% → 31.277–31.528 hộ; "
            "nhưng của tỉnh năm 2022 (S, chính thức): 815 / 2,93% → 27.722–27.863 hộ",
            "31.277–31.528 hộ",
            "+3.414 hộ",
        )
    ]
    assert found(claims(text.replace("1,87%", "2,37%")), "note", "mismatch") == []


# plans, periods, shares, flows ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("change_poor_rate|giảm 2,04%\nplan_change_poor_rate|giảm 2,00%\nđạt kế hoạch giảm nghèo|đạt 102% kế hoạch", []),
        (
            "change_poor_rate|giảm 2,04%\nplan_change_poor_rate|giảm 2,00%\nđạt kế hoạch giảm nghèo|đạt 120,91% kế hoạch",
            ["mức đạt kế hoạch mức tăng, giảm tỷ lệ hộ nghèo (S, chính thức): -2,04% / -2,00% = 102,00%"],
        ),
        ("year=2021|poor_households|262 hộ\nstatus=chỉ tiêu|change_poor_households|giảm 20 hộ\nstatus=chỉ tiêu|poor_households|242 hộ", []),
        (
            "year=2021|poor_households|262 hộ\nstatus=chỉ tiêu|change_poor_households|giảm 20 hộ\nstatus=chỉ tiêu|poor_households|252 hộ",
            ["hộ nghèo năm 2022 so với năm 2021: 252 - 262 = -10 hộ"],
        ),
        ("year=2015|poor_rate|8,86%\nyear=2020|poor_rate|1,30%\nyear=2020|change_poor_rate|giảm 7,56% so với năm 2015", []),
        (
            "year=2015|poor_rate|8,86%\nyear=2020|poor_rate|1,30%\nyear=2020|change_poor_rate|giảm 6,56% so với năm 2015",
            ["tỷ lệ hộ nghèo năm 2020 so với năm 2015: 1,30% - 8,86% = -7,56%"],
        ),
        ("year=2015-2020|change_poor_rate|giảm 7,56%\nyear=2015-2020|average|trên 1,5% hằng năm", []),
        (
            "year=2015-2020|change_poor_rate|giảm 7,56%\nyear=2015-2020|average|2,5% hằng năm",
            ["mức tăng, giảm tỷ lệ hộ nghèo bình quân mỗi năm: -7,56% / 5 năm = -1,5%"],
        ),
        ("poor_households|1.000 hộ\nplace=nhóm;part_of=xã A|poor_households|65 hộ\nplace=nhóm;part_of=xã A|share_of_poor|6,5%", []),
        (
            "poor_households|1.000 hộ\nplace=nhóm;part_of=xã A|poor_households|65 hộ\nplace=nhóm;part_of=xã A|share_of_poor|8,5%",
            ["tỷ trọng trong hộ nghèo: 65 / 1.000 = 6,50%"],
        ),
        ("households|1.000 hộ\nleft_poverty|42 hộ\nleft_poverty_rate|4,2%", []),
        (
            "households|1.000 hộ\nleft_poverty|42 hộ\nleft_poverty_rate|5,2%",
            ["tỷ lệ hộ thoát nghèo: 42 / 1.000 = 4,2%"],
        ),
        ("poor_households|242/1.160 hộ\npoor_rate|20,86%", []),
        ("poor_households|242/1.160 hộ\npoor_rate|22,86%", ["tỷ lệ hộ nghèo: 242 / 1.160 = 20,86%"]),
        ("year=30/6/2022|poor_households|250 hộ\npoor_households|242 hộ", []),
    ],
)  # fmt: skip
def test_what_reports_say_of_plans_periods_shares_and_flows(text, wrong):
    assert [arithmetic for _, _, arithmetic, _, _ in found(claims(text), "mismatch")] == wrong
    assert reconcile.prove(claims(text)).kind == ("contradiction" if wrong else "witness")


def test_rates_that_are_cut_to_nothing_are_not_taken_for_shares_of_the_whole():
    """0% may stand for 0,9%, so the whole's 0,9% lies between the rates of its parts."""
    text = "".join(f"place=thôn {at};part_of=xã;partition=thôn | poor_rate | 0%\n" for at in (1, 2))
    assert found(claims(text + "place=xã | poor_rate | 0,9%"), "mismatch", "note") == []


@pytest.mark.parametrize(
    ("said", "year"), [("so với năm 2021", 2022), ("so với đầu năm 2022", 2022), ("so với năm 2020", "2020-2022")]
)
def test_a_change_is_of_the_years_that_it_names(said, year):
    rows = reconcile.findings(
        claims(
            "poor_households|242 hộ\nyear=2021|poor_households|262 hộ\nyear=2020|poor_households|262 hộ\n"
            f"change_poor_households|giảm 20 hộ {said}"
        )
    )
    assert rows.loc[rows["check"] == "change", "year"].to_list() == [year]
