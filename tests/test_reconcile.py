"""Figures that cannot all be true are found, figures that can are not: published ones and cases by hand."""

import dataclasses
import io
import json
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from claims import claims
from giamngheo import reconcile

PUBLISHED = Path(__file__).parent / "published"
SEED = {
    "place": "xã Kông Lơng Khơng",
    "year": 2022,
    "standard": "NĐ 07/2021 (chuẩn 2022-2025)",
    "status": "chính thức",
}


def found(frame: pd.DataFrame, *verdicts: str) -> list[tuple]:
    rows = reconcile.findings(frame)
    rows = rows[rows["verdict"].isin(verdicts)]
    return list(
        zip(
            rows["check"], rows["place"], rows["arithmetic"], rows["printed"], rows["difference"], strict=True
        )
    )


# published figures --------------------------------------------------------------------------------

MISMATCHES = {
    "R00": [
        (
            "previous_total",
            "xã Kông Lơng Khơng",
            "tổng số hộ năm 2021: (242 + 20) / (20,86% + 1,69%) → 1.162 hộ; "
            "nhưng (324 - 3) / (27,93% - 1,51%) → 1.215 hộ",
            "1.162 hộ",
            "-53 hộ",
        )
    ],
    "R01": [
        (
            "class_sum",
            "cả nước",
            "hộ nghèo đa chiều: 1.057.374 + 915.274 = 1.972.648 hộ",
            "1.972.767 hộ",
            "+119 hộ",
        ),
        (
            "partition",
            "cả nước",
            "hộ nghèo, tổng của 6 phần: 455.271 + 69.239 + 284.137 + 129.160 + 9.710 + 109.767 = "
            "1.057.284 hộ",
            "1.057.374 hộ",
            "+90 hộ",
        ),
        (
            "class_sum",
            "Đồng bằng sông Hồng",
            "hộ nghèo đa chiều: 69.239 + 100.237 = 169.476 hộ",
            "169.566 hộ",
            "+90 hộ",
        ),
        (
            "class_sum",
            "Tây Nguyên",
            "hộ nghèo đa chiều: 129.160 + 107.487 = 236.647 hộ",
            "236.766 hộ",
            "+119 hộ",
        ),
    ],
    "R18": [
        (
            "rate",
            "tỉnh Gia Lai",
            "tỷ trọng hộ DTTS trong hộ nghèo (chuẩn cũ, chính thức): 31.951 / 36.951 = 86,47%",
            "85,94%",
            "-0,53 điểm %",
        )
    ],
    "R37": [
        (
            "implied_total",
            "xã Hoằng Xuyên",
            "tổng số hộ năm 2021: 52 / 2,93% → 1.769–1.777 hộ; nhưng 116 / 6,29% → 1.842–1.845 hộ",
            "1.769–1.777 hộ",
            "-65 hộ",
        )
    ],
}
NOTES = {
    "R01": [
        ("rate_sum", "Tây Nguyên", "tỷ lệ nghèo đa chiều: 8,39% + 6,99% = 15,38%", "15,39%", "+0,01 điểm %"),
        (
            "rate_sum",
            "Đồng bằng sông Cửu Long",
            "tỷ lệ nghèo đa chiều: 2,26% + 3,46% = 5,72%",
            "5,73%",
            "+0,01 điểm %",
        ),
    ],
    "R06": [
        ("rate_sum", "nông thôn", "tỷ lệ nghèo đa chiều: 5,96% + 5,55% = 11,51%", "11,52%", "+0,01 điểm %")
    ],
    "R07": [
        (
            "rate",
            "tỉnh Quảng Nam",
            "tỷ lệ nghèo đa chiều: 37.819 / 439.300 = 8,6089%",
            "8,60%",
            "-0,01 điểm %",
        )
    ],
    "R15": [
        ("rate", "tỉnh Kon Tum", "tỷ lệ hộ nghèo: 21.848 / 113.820 = 19,1952%", "19,19%", "-0,01 điểm %")
    ],
    "R35": [("rate", "phường Hiệp Ninh", "tỷ lệ hộ cận nghèo: 9 / 5.347 = 0,1683%", "0,16%", "-0,01 điểm %")],
}
FILES = sorted(path.stem for path in PUBLISHED.glob("*.csv"))


@pytest.mark.parametrize("name", FILES)
def test_published_figures_give_exactly_their_contradictions(name):
    assert found(reconcile.read(PUBLISHED / f"{name}.csv"), "mismatch") == MISMATCHES.get(name, [])


@pytest.mark.parametrize("name", FILES)
def test_published_figures_give_exactly_their_notes(name):
    assert found(reconcile.read(PUBLISHED / f"{name}.csv"), "rounding", "truncated") == NOTES.get(name, [])


def test_the_published_files_are_all_there():
    assert FILES == ["B00", "B03", "R00", "R01", "R06", "R07", "R15", "R18", "R35", "R37"]


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


# corrections --------------------------------------------------------------------------------------


def corrections(frame: pd.DataFrame) -> list[list[str]]:
    rows = reconcile.findings(frame)
    return rows.loc[rows["verdict"] == "mismatch", "corrections"].to_list()


def test_the_corrections_of_the_seed():
    assert corrections(reconcile.read(PUBLISHED / "R00.csv")) == [
        [
            "mức tăng, giảm tỷ lệ hộ cận nghèo: tăng 0,31% thay cho tăng 1,51% (khi đó tổng số hộ "
            "năm 2021 là 1.162 hộ)",
            "mức tăng, giảm hộ cận nghèo: tăng 17 hộ thay cho tăng 3 hộ (khi đó tổng số hộ năm 2021 "
            "là 1.162 hộ)",
            "mức tăng, giảm hộ nghèo: giảm 32 hộ thay cho giảm 20 hộ (khi đó tổng số hộ năm 2021 là "
            "1.215 hộ)",
            "mức tăng, giảm tỷ lệ hộ nghèo: giảm 0,70% thay cho giảm 1,69% (khi đó tổng số hộ năm "
            "2021 là 1.215 hộ)",
        ]
    ]


def test_a_swap_that_settles_two_sums_comes_first():
    by_place = corrections(reconcile.read(PUBLISHED / "R01.csv"))
    assert by_place[1][0] == (
        "hộ nghèo của Đồng bằng sông Hồng: 69.329 hộ thay cho 69.239 hộ "
        "(đổi chỗ hai chữ số liền nhau; giải quyết cùng lúc 2 mâu thuẫn)"
    )
    assert by_place[2][0] == by_place[1][0].replace(" của Đồng bằng sông Hồng", "")


def test_the_corrections_of_a_rate():
    assert corrections(reconcile.read(PUBLISHED / "R18.csv")) == [
        [
            "tỷ trọng hộ DTTS trong hộ nghèo: 86,47% thay cho 85,94%",
            "hộ nghèo DTTS: từ 31.754 hộ đến 31.759 hộ thay cho 31.951 hộ",
            "hộ nghèo: từ 37.174 hộ đến 37.180 hộ thay cho 36.951 hộ (nhưng làm sai 1 phép kiểm tra "
            "đang khớp)",
        ]
    ]


def test_one_digit_comes_before_a_whole_figure():
    assert corrections(claims("households|1.160 hộ\npoor_households|242 hộ\npoor_rate|20,68%")) == [
        [
            "tỷ lệ hộ nghèo: 20,86% thay cho 20,68% (đổi chỗ hai chữ số liền nhau)",
            "tổng số hộ: 1.170 hộ thay cho 1.160 hộ (một chữ số khác)",
            "hộ nghèo: 240 hộ thay cho 242 hộ (một chữ số khác)",
        ]
    ]


def test_one_digit_comes_before_two():
    text = "poor_households|198 hộ\nnear_poor_households|102 hộ\nmultidimensionally_poor_households|340 hộ"
    assert corrections(claims(text)) == [
        [
            "hộ nghèo đa chiều: 300 hộ thay cho 340 hộ (một chữ số khác)",
            "hộ cận nghèo: 142 hộ thay cho 102 hộ (một chữ số khác)",
            "hộ nghèo: 238 hộ thay cho 198 hộ",
        ]
    ]


def test_what_would_make_other_figures_disagree_comes_last():
    text = "households|1.160 hộ\npoor_households|242 hộ\npoor_rate|20,86%\nnear_poor_households|324 hộ\n"
    text += "near_poor_rate|27,93%\nmultidimensionally_poor_households|570 hộ"
    assert corrections(claims(text)) == [
        [
            "hộ nghèo đa chiều: 566 hộ thay cho 570 hộ",
            "hộ cận nghèo: 328 hộ thay cho 324 hộ (một chữ số khác; nhưng làm sai 1 phép kiểm tra đang khớp)",
            "hộ nghèo: 246 hộ thay cho 242 hộ (một chữ số khác; nhưng làm sai 1 phép kiểm tra đang khớp)",
        ]
    ]


def test_movements_that_do_not_close_may_lack_other_movements():
    text = "change_poor_households|giảm 20 hộ\nleft_poverty|45 hộ\nnear_poor_became_poor|3 hộ\n"
    text += "relapsed|2 hộ\nnewly_poor|15 hộ"
    assert corrections(claims(text))[0][-1] == (
        "hoặc còn hộ tăng, giảm khác (chuyển đến, chuyển đi, tách hộ) chưa được in"
    )


# inference ----------------------------------------------------------------------------------------


def inferred(frame: pd.DataFrame, **place) -> dict:
    rows = reconcile.infer(frame, **(SEED | place))
    return {(row.indicator, row.year): (row.value, row.derivation) for row in rows.itertuples()}


def test_what_follows_from_the_seed():
    seed = inferred(reconcile.read(PUBLISHED / "R00.csv"))
    assert seed["households", 2022] == (1160, "242 = 20,86% và 324 = 27,93% chỉ khớp với 1.160 hộ")
    assert seed["multidimensionally_poor_households", 2022] == (566, "242 + 324 = 566 hộ")
    assert seed["multidimensional_poverty_rate", 2022] == (Fraction(566, 1160), "566 / 1.160 = 48,79%")
    assert seed["poor_households", 2021] == (262, "242 + 20 = 262 hộ")
    assert seed["near_poor_households", 2021] == (321, "324 - 3 = 321 hộ")
    assert seed["households", 2021] == (
        None,
        "mâu thuẫn, nên không suy ra được: tổng số hộ năm 2021: (242 + 20) / (20,86% + 1,69%) → 1.162 hộ; "
        "nhưng (324 - 3) / (27,93% - 1,51%) → 1.215 hộ",
    )


def test_what_follows_from_the_seed_without_the_figure_in_doubt():
    frame = reconcile.read(PUBLISHED / "R00.csv")
    frame.loc[frame["indicator"] == "change_near_poor_rate", "doubt"] = "chờ đối chiếu"
    seed = inferred(frame)
    assert seed["households", 2021] == (1162, "(242 + 20) / (20,86% + 1,69%) chỉ khớp với 1.162 hộ")
    assert seed["near_poor_rate", 2021] == (Fraction(321, 1162), "321 / 1.162 = 27,62%")
    assert [row[0] for row in found(frame, "mismatch")] == [
        "previous_total"
    ]  # still reconciled, still reported


def test_an_inferred_count_names_its_lines():
    rows = reconcile.infer(reconcile.read(PUBLISHED / "R00.csv"), **SEED).set_index(["indicator", "year"])
    assert rows.loc[("households", 2022), "lines"] == ["R00.csv:2", "R00.csv:4", "R00.csv:7", "R00.csv:9"]


def test_what_has_several_values_is_not_inferred():
    frame = claims("poor_households|52 hộ\npoor_rate|2,93%")
    rows = inferred(frame, place="xã A", standard="S")
    assert rows["households", 2022] == (None, "nhiều giá trị khớp với 52 = 2,93%: 1.769–1.777 hộ")


def test_a_figure_of_a_direct_contradiction_is_used_for_nothing():
    frame = claims(
        "households|1.160 hộ\npoor_households|422 hộ\npoor_rate|20,86%\nnear_poor_households|324 hộ"
    )
    rows = inferred(frame, place="xã A", standard="S")
    assert ("multidimensionally_poor_households", 2022) not in rows


def test_another_standard_infers_nothing():
    assert inferred(reconcile.read(PUBLISHED / "R00.csv"), standard="QĐ 59/2015") == {}


@pytest.mark.parametrize(
    ("count", "low", "high", "totals"),
    [
        (242, "0.20855", "0.20865", range(1160, 1161)),  # 242 / 0,20865 = 1.159,8; 242 / 0,20855 = 1.160,4
        (52, "0.02925", "0.02935", range(1772, 1778)),
        (2, "0.44995", "0.45005", range(5, 5)),  # 2 / 5 = 40%, 2 / 4 = 50%
    ],
)
def test_the_totals_a_count_and_a_rate_imply(count, low, high, totals):
    assert reconcile.implied_totals(count, (Fraction(low), Fraction(high))) == totals


# what is handed out -------------------------------------------------------------------------------

COLUMNS = ["file", "place", "year", "check", "arithmetic", "printed", "computed", "difference", "verdict"]


def test_the_columns_of_the_findings():
    assert list(reconcile.findings(reconcile.read(PUBLISHED / "R18.csv"))) == [
        *COLUMNS,
        "corrections",
        "lines",
    ]


def test_findings_as_csv():
    findings = reconcile.findings(reconcile.read(PUBLISHED / "R18.csv"))
    rows = pd.read_csv(io.StringIO(reconcile.render(findings, "csv")), dtype=str)
    assert list(rows) == COLUMNS
    assert rows[rows["verdict"] == "mismatch"].iloc[0].to_list() == [
        "R18.csv", "tỉnh Gia Lai", "2015", "rate",
        "tỷ trọng hộ DTTS trong hộ nghèo (chuẩn cũ, chính thức): 31.951 / 36.951 = 86,47%",
        "85,94%", "86,47%", "-0,53 điểm %", "mismatch",
    ]  # fmt: skip


def test_findings_as_json():
    findings = reconcile.findings(reconcile.read(PUBLISHED / "R37.csv"))
    rows = json.loads(reconcile.render(findings, "json"))
    assert [(row["check"], row["verdict"], row["lines"]) for row in rows if row["verdict"] == "mismatch"] == [
        ("implied_total", "mismatch", ["R37.csv:2", "R37.csv:4", "R37.csv:5", "R37.csv:7"])
    ]


def test_findings_as_text():
    files = [reconcile.findings(reconcile.read(PUBLISHED / f"{name}.csv")) for name in ("B00", "R18", "R35")]
    assert reconcile.render(pd.concat(files, ignore_index=True)) == (
        "B00.csv: 3 phép kiểm tra, không có mâu thuẫn\n"
        "\n"
        "R18.csv: 7 phép kiểm tra, 1 mâu thuẫn\n"
        "\n"
        "  MÂU THUẪN — tỉnh Gia Lai, 2015 [rate, dòng 2, 4, 5]\n"
        "    tỷ trọng hộ DTTS trong hộ nghèo (chuẩn cũ, chính thức): 31.951 / 36.951 = 86,47%\n"
        "    đã in 85,94%, tính ra 86,47%, lệch -0,53 điểm %\n"
        "    Một trong các sửa đổi sau sẽ làm các số khớp nhau (chưa sửa gì):\n"
        "      1. tỷ trọng hộ DTTS trong hộ nghèo: 86,47% thay cho 85,94%\n"
        "      2. hộ nghèo DTTS: từ 31.754 hộ đến 31.759 hộ thay cho 31.951 hộ\n"
        "      3. hộ nghèo: từ 37.174 hộ đến 37.180 hộ thay cho 36.951 hộ (nhưng làm sai 1 phép "
        "kiểm tra đang khớp)\n"
        "\n"
        "R35.csv: 8 phép kiểm tra, không có mâu thuẫn, 1 lưu ý\n"
        "\n"
        "  Lưu ý, không phải lỗi:\n"
        "    phường Hiệp Ninh, 2022: tỷ lệ hộ cận nghèo: 9 / 5.347 = 0,1683%, đã in 0,16% — cắt bớt "
        "thay vì làm tròn"
    )


def test_no_figures_no_findings():
    nothing = reconcile.findings(claims("poor_households|242 hộ").iloc[:0])
    assert nothing.empty and list(nothing) == [*COLUMNS, "corrections", "lines"]
    assert reconcile.render(nothing) == "Không có phép kiểm tra nào làm được với các số đã cho."


def test_a_doubt_is_told_beside_the_arithmetic():
    frame = claims("households|1.160 hộ\npoor_households|242 hộ\npoor_rate|20,68%")
    frame.loc[2, "doubt"] = "chờ sổ gốc"
    assert found(frame, "mismatch")[0][2] == (
        "tỷ lệ hộ nghèo: 242 / 1.160 = 20,86% [dòng 4 đang bị nghi vấn: chờ sổ gốc]"
    )


def test_the_claims_are_not_changed():
    frame = reconcile.read(PUBLISHED / "R00.csv")
    before = frame.copy(deep=True)
    reconcile.findings(frame)
    reconcile.infer(frame, **SEED)
    pd.testing.assert_frame_equal(frame, before)


def test_a_printed_figure_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        reconcile.parse("20,86%", "poor_rate").value = 0
