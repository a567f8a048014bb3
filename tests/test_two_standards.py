"""A year under two standards: both results whole, each under its own name, and never a sum or a difference across them.

The counts are those of a made-up commune of six villages: 119 + 96 of 1.211 households under Nghị định 07/2021,
215 + 160 under Nghị định 351/2025; the year before 140 + 110 of 1.200 under Nghị định 07/2021.
"""

import io
import itertools
import re
from dataclasses import replace

import pandas as pd
import pytest
from openpyxl import load_workbook

from giamngheo import checks, opened
from giamngheo.checks import own, placeholders
from giamngheo.figures import poverty, results, targets, trace
from giamngheo.intake import reviews, template
from giamngheo.intake.unit import Year
from giamngheo.report import forms, papers, rollup, sections, stored, sums, two_standards
from giamngheo.review import diff
from giamngheo.year import newyear
from laws import LAW

UNIT, YEAR = "ia-mo-nong", 2026
DRAFT = "[chỉ lập được DỰ THẢO] "
NAMES = ("Mơ Nông 1", "Ia Nông", "Klăh", "Đê Gôh", "Tân Lập", "Phú Cường")
HOUSEHOLDS, PERSONS = (185, 168, 146, 124, 213, 375), (812, 750, 668, 570, 790, 1421)
OLD = {"poor_households": (26, 23, 33, 29, 4, 4), "poor_persons": (117, 100, 154, 131, 13, 11),
       "near_poor_households": (22, 20, 21, 16, 8, 9), "near_poor_persons": (101, 90, 93, 72, 30, 33)}  # fmt: skip
NEW = {"poor_households": (48, 44, 55, 47, 11, 10), "poor_persons": (216, 190, 250, 210, 38, 31),
       "near_poor_households": (40, 35, 30, 22, 15, 18), "near_poor_persons": (180, 150, 130, 100, 55, 66)}  # fmt: skip
LAST = {"households": 1200, "poor_households": 140, "near_poor_households": 110}


def rows(counts, standard):
    return [
        {"village": name, "households": HOUSEHOLDS[at], "persons": PERSONS[at], "standard": standard}
        | {column: values[at] for column, values in counts.items()}
        for at, name in enumerate(NAMES)
    ]


@pytest.fixture(params=[False, True], ids=["as the sheets are named", "the two sheets swapped"])
def this(request, write_year):
    old, new = rows(OLD, "ND07_2021"), rows(NEW, "ND351_2025")
    first, other = (new, old) if request.param else (old, new)
    write_year(UNIT, YEAR - 1, review=[LAST])
    write_year(UNIT, YEAR, review=first, other_review=other)
    return opened(UNIT, YEAR)


COUNTED = ["Hộ nghèo{standard}: {review.poor_households}, {review.poor_rate}.", "Hộ cận nghèo{standard}: {review.near_poor_households}."]
COMPARED = ["Hộ nghèo{standard}: {changes.poor.change_households}."]


def text(passage):
    found = []
    for block in passage.blocks:
        found += ["".join(run["text"] for run in runs) for runs in [block.get("runs", []), *block.get("items", [])]]
        found += [block["caption"]] if "caption" in block else []
    return [line for line in found if line]


def test_the_main_result_and_its_change_do_not_depend_on_the_sheet(this):
    assert (results.of(this)["poor_households"].item(), results.second(this)["poor_households"].item()) == (119, 215)
    changes = results.comparison(this).changes.set_index("class")["change_households"]
    assert changes.to_dict() == {"poor": 119 - 140, "near_poor": 96 - 110, "multidimensionally_poor": 215 - 250}


def test_the_other_result_is_printed_whole_under_its_own_name_and_text(this):
    assert text(sections.second_result(this, COUNTED, COMPARED, {"last_year": "2025"})) == [
        "Kết quả rà soát theo chuẩn nghèo đa chiều theo Nghị định 351/2025/NĐ-CP; rà soát theo khoản 2 Điều 10 Thông tư 25/2026/TT-BNNMT:",
        "Hộ nghèo theo Nghị định 351/2025/NĐ-CP: 215 hộ, 17,75%.",
        "Hộ cận nghèo theo Nghị định 351/2025/NĐ-CP: 160 hộ.",
        "Chưa có kết quả năm 2025 theo Nghị định 351/2025/NĐ-CP để so sánh.",
        "Kết quả rà soát theo thôn, làng theo Nghị định 351/2025/NĐ-CP",
        "Tỷ lệ hộ nghèo, hộ cận nghèo theo thôn, làng năm 2026 theo Nghị định 351/2025/NĐ-CP",
        "Hai kết quả theo hai chuẩn nghèo khác nhau: không cộng, không trừ cho nhau.",
    ]
    assert results.under(this, results.of(this)) == " theo Nghị định 07/2021/NĐ-CP"


def test_the_minutes_of_a_village_say_its_counts_under_each_standard(this):
    """Of Mơ Nông 1, 185 households: 26 poor and 22 near-poor under the old standard, 48 and 40 under the new one."""
    village = results.reviewed(this).iloc[[0]]
    said = text(stored.Passage(papers.minutes(this, village)["blocks"]))
    at = said.index("1. Kết quả rà soát theo Nghị định 07/2021/NĐ-CP được thông báo tại cuộc họp:")
    assert said[at + 1 : at + 8] == [
        "Tổng số hộ dân cư: 185 hộ;",
        "Hộ nghèo theo Nghị định 07/2021/NĐ-CP: 26 hộ, chiếm 14,05% tổng số hộ; nhân khẩu: 117 khẩu;",
        "Hộ cận nghèo theo Nghị định 07/2021/NĐ-CP: 22 hộ, chiếm 11,89% tổng số hộ; nhân khẩu: 101 khẩu.",
        "Kết quả rà soát theo Nghị định 351/2025/NĐ-CP, không cộng, không trừ với kết quả trên:",
        "Tổng số hộ dân cư: 185 hộ;",
        "Hộ nghèo theo Nghị định 351/2025/NĐ-CP: 48 hộ, chiếm 25,95% tổng số hộ; nhân khẩu: 216 khẩu;",
        "Hộ cận nghèo theo Nghị định 351/2025/NĐ-CP: 40 hộ, chiếm 21,62% tổng số hộ; nhân khẩu: 180 khẩu.",
    ]


def test_a_year_with_one_result_says_nothing_of_standards(write_year):
    write_year(UNIT, 2025, review=[LAST])
    one = opened(UNIT, 2025)
    assert results.under(one, results.of(one)) == ""
    assert sections.second_result(one, COUNTED, COMPARED, {}).blocks == forms.of_second(one) == []


def every_figure(this):
    """Every figure that the year's report can print, of both results, with what it was made from."""
    made = {**placeholders.figures(this), **sections.second_result(this, COUNTED, COMPARED, {"last_year": "2025"}).figures}
    forms_of_both = [shown for _, shown in itertools.chain(forms.of_main(this), forms.of_second(this))]
    found = [*made.values(), *(figure for shown in forms_of_both for figure in shown.figures())]
    return found + [one for figure in found for one in figure.operands]


def test_no_figure_is_made_from_counts_under_two_standards(this):
    found = every_figure(this)
    files = [{re.split(r"[:!]", part)[0] for part in figure.sources.split("; ")} for figure in found]
    one, two = (f"{UNIT}/{YEAR}/{table}.csv" for table in ("review", "other_review"))
    assert sum(one in names for names in files) > 50 and sum(two in names for names in files) > 50
    assert [figure.name for figure, names in zip(found, files, strict=True) if {one, two} <= names] == []


def test_the_annex_has_the_form_of_both_and_leaves_out_what_the_new_standard_does_not_know(this):
    ((_, of_main),), ((_, of_other),) = forms.of_main(this), forms.of_second(this)
    assert [{len(row) for row in shown.rows} for shown in (of_main, of_other)] == [{2 + 14}, {2 + 10}]
    numbers = [[cell["text"] for cell in shown.header[-1]] for shown in (of_main, of_other)]
    assert [numbers[0][:6], numbers[1][:4]] == [["A", "B", "1", "2", "3", "4=3/1"], ["Số hộ", "Nhân khẩu", "Hộ nghèo", "Tỷ lệ (%)"]]
    assert of_other.rows[-1][4].value == 215 and of_main.rows[-1][4].value == 119
    assert (of_other.caption, of_main.caption) == (
        "Tổng hợp kết quả rà soát hộ nghèo; hộ cận nghèo",
        "Tổng hợp kết quả rà soát hộ nghèo; hộ cận nghèo; hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình",
    )


def test_the_annex_of_2027_has_the_form_without_what_its_standard_does_not_know(write_year):
    write_year(UNIT, YEAR + 1, review=rows(NEW, "ND351_2025"))
    (of_main,) = forms.tables(opened(UNIT, YEAR + 1))
    assert of_main.caption == "Tổng hợp kết quả rà soát hộ nghèo; hộ cận nghèo" == forms.titles(opened(UNIT, YEAR + 1))[0]
    assert {len(row) for row in of_main.rows} == {2 + 10}
    assert [cell["text"] for cell in of_main.header[-1]][:3] == ["Số hộ", "Nhân khẩu", "Hộ nghèo"]  # no numbers of another standard's form


def test_both_results_are_claims_of_their_own_standard_and_agree(this):
    claims = own.own_claims(this)
    poor = claims[(claims["indicator"] == "poor_households") & (claims["part_of"] == "")]
    assert poor.set_index("standard")["printed"].to_dict() == {"ND07_2021": "119 hộ", "ND351_2025": "215 hộ"}
    assert [one for one in checks.contradictions(this) if one.level == "draft"] == []


COUNTS = ("households", "poor_households", "poor_rate", "near_poor_households", "near_poor_rate",
          "multidimensionally_poor_households", "multidimensional_poverty_rate")  # fmt: skip
CHANGED = ("change_poor_households", "change_poor_rate", "change_near_poor_households", "change_near_poor_rate")
COMMUNE, ONE, TWO = (UNIT, "", ""), ("Mơ Nông 1", UNIT, "thôn, làng"), ("Ia Nông", UNIT, "thôn, làng")
BOTH = [
    ("ND07_2021", "chính thức", "2026/review.csv", 2, COMMUNE, COUNTS, "200 hộ, 30 hộ, 15,00%, 20 hộ, 10,00%, 50 hộ, 25,00%"),
    ("ND07_2021", "chính thức", "2026/review.csv", 2, ONE, COUNTS, "100 hộ, 10 hộ, 10,00%, 5 hộ, 5,00%, 15 hộ, 15,00%"),
    ("ND07_2021", "chính thức", "2026/review.csv", 3, TWO, COUNTS, "100 hộ, 20 hộ, 20,00%, 15 hộ, 15,00%, 35 hộ, 35,00%"),
    ("ND07_2021", "chính thức", "2025/review.csv", 2, COMMUNE, CHANGED, "giảm 10 hộ, giảm 5,00%, tăng 0 hộ, tăng 0,00%"),
    ("ND351_2025", "sơ bộ", "2026/other_review.csv", 2, COMMUNE, COUNTS, "200 hộ, 50 hộ, 25,00%, 35 hộ, 17,50%, 85 hộ, 42,50%"),
    ("ND351_2025", "sơ bộ", "2026/other_review.csv", 2, ONE, COUNTS, "100 hộ, 20 hộ, 20,00%, 10 hộ, 10,00%, 30 hộ, 30,00%"),
    ("ND351_2025", "sơ bộ", "2026/other_review.csv", 3, TWO, COUNTS, "100 hộ, 30 hộ, 30,00%, 25 hộ, 25,00%, 55 hộ, 55,00%"),
    ("ND351_2025", "sơ bộ", "2025/other_review.csv", 2, COMMUNE, CHANGED, "giảm 14 hộ, giảm 7,00%, giảm 15 hộ, giảm 7,50%"),
]


def test_both_results_are_claims_each_with_its_villages_and_its_changes_under_its_own_standard_and_status(write_year):
    def result(standard, status, *counts):
        kind = {"standard": standard, "status": status}
        return [dict(zip(("village", "households", "poor_households", "near_poor_households"), line, strict=True)) | kind for line in counts]

    old, new = ("ND07_2021", "official"), ("ND351_2025", "preliminary")
    write_year(UNIT, 2025, review=result(*old, ("", 200, 40, 20)), other_review=result(*new, ("", 200, 64, 50)))
    write_year(UNIT, 2026, review=result(*old, ("Mơ Nông 1", 100, 10, 5), ("Ia Nông", 100, 20, 15)),
               other_review=result(*new, ("Mơ Nông 1", 100, 20, 10), ("Ia Nông", 100, 30, 25)))  # fmt: skip
    assert list(own.own_claims(opened(UNIT, 2026)).itertuples(index=False, name=None)) == [
        (*place, 2026, standard, status, indicator, text, "", f"{UNIT}/{file}", line)
        for standard, status, file, line, place, indicators, texts in BOTH
        for indicator, text in zip(indicators, texts.split(", "), strict=True)
    ]


def test_a_year_of_two_standards_with_one_result_is_a_draft_that_says_which_is_missing(write_year):
    write_year(UNIT, YEAR, review=rows(OLD, "ND07_2021"))
    said = [str(one) for one in checks.two_results.missing(opened(UNIT, YEAR))]
    assert said == [
        DRAFT + "ia-mo-nong/2026: năm 2026 rà soát đồng thời theo hai chuẩn (khoản 2 Điều 10 Thông tư 25/2026/TT-BNNMT): "
        "chưa có kết quả theo chuẩn ND351_2025. Cách sửa: điền bảng other_review, mỗi thôn, làng một dòng; kết quả kia giữ nguyên ở "
        "bảng review."
    ]


def test_nothing_is_missing_of_a_year_with_both_results_nor_of_one_whose_results_cannot_be_read(this, write_year):
    assert list(checks.two_results.missing(this)) == []
    write_year(UNIT, YEAR - 1, review=[LAST | {"standard": "ND7"}])
    write_year(UNIT, YEAR, review=[LAST | {"standard": "ND7"}], other_review=[])
    assert list(checks.two_results.missing(opened(UNIT, YEAR))) == []


def test_a_second_standard_of_which_the_law_is_not_sure_is_not_asked_for(write_year):
    write_year(UNIT, YEAR, review=rows(OLD, "ND07_2021"))
    law = LAW.path("standards").read_text(encoding="utf-8")
    (write_year.root / "standards.csv").write_text(law.replace(",U1,high", ",U1,medium"), encoding="utf-8")
    assert list(checks.two_results.missing(opened(UNIT, YEAR))) == []


def test_two_sheets_under_one_standard_are_one_finding_and_contradict_nothing(write_year):
    """The second sheet's 215 poor households are neither held against the 119 of the first nor against the year before."""
    write_year(UNIT, YEAR - 1, review=[LAST])
    write_year(UNIT, YEAR, review=rows(OLD, "ND07_2021"), other_review=rows(NEW, "ND07_2021"))
    assert [str(one) for one in checks.findings(opened(UNIT, YEAR)) if not one.file.endswith((".md", ".yml"))] == [
        DRAFT + 'ia-mo-nong/2026/other_review.csv, dòng 2, cột O (standard): giá trị "ND07_2021" — bảng review cũng theo chuẩn này: hai '
        "bảng là hai kết quả theo hai chuẩn, nên chưa so bảng này với năm nào. Cách sửa: mỗi chuẩn một bảng: sửa cột standard (năm 2026 còn "
        "thiếu kết quả theo chuẩn ND351_2025), hoặc xóa các dòng ở bảng này."
    ]


def test_opening_counts_are_not_held_against_a_sheet_of_last_year_that_is_under_the_wrong_standard(write_year):
    write_year(UNIT, YEAR - 1, review=rows(OLD, "ND07_2021"), other_review=rows(NEW, "ND07_2021"))
    start = {"class": "poor", "measure": "households", "start": 119}
    write_year(UNIT, YEAR, review=rows(OLD, "ND07_2021"), other_review=rows(NEW, "ND351_2025"), movements=[start])
    assert [one.rule for one in checks.check(opened(UNIT, YEAR)) if "đầu kỳ" in one.rule] == []
    write_year(UNIT, YEAR, movements=[start | {"start": 215}])
    assert [one.rule for one in checks.check(opened(UNIT, YEAR)) if "đầu kỳ" in one.rule] == [
        "số đầu kỳ phải bằng số chính thức cuối năm 2025 ở ia-mo-nong/2025, bảng review (hộ nghèo, số hộ); ở đó là 119, bảng movements là 215"
    ]


def test_low_income_workers_are_printed_in_2026_and_a_count_of_another_year_is_not(write_year):
    for year in (2024, YEAR):
        write_year(UNIT, year, review=[LAST | {"low_income_workers": 57}])
    lines = {year: two_standards.objects(opened(UNIT, year), results.of(opened(UNIT, year))) for year in (2024, YEAR)}
    assert [line.partition(":")[0] for line in lines[YEAR]][1:] == ["Người lao động có thu nhập thấp"]
    assert len(lines[2024]) == 1
    assert [str(one) for one in checks.check(opened(UNIT, 2024)) if one.level == "note"] == [
        '[lưu ý] ia-mo-nong/2024/review.csv, dòng 2, cột Q (low_income_workers): giá trị "57" — theo luật mà chương trình biết, chuẩn '
        "ND07_2021 năm 2024 không có mục này: báo cáo không in. Cách sửa: xem lại cột standard; nếu mẫu của tỉnh có mục này thì hỏi "
        "lại cấp trên."
    ]


def test_the_new_years_workbook_has_both_sheets_with_the_villages_and_says_why(write_year):
    write_year(UNIT, YEAR - 1, review=[LAST | {"village": name} for name in NAMES[:2]])
    book = load_workbook(newyear.make(opened(UNIT, YEAR)) / "so-lieu.xlsx")
    for table, standard in (("review", "ND07_2021"), ("other_review", "ND351_2025")):
        columns = [cell.value.rpartition("\n")[2] for cell in book[table][1]]
        entered = [[row[columns.index(name)] for name in ("village", "standard")] for row in book[table].iter_rows(min_row=3, values_only=True)]
        assert [line[0] for line in entered] == list(NAMES[:2])
        assert all(line[1].startswith(standard) for line in entered)
    guide = [row[0] for row in book.worksheets[0].iter_rows(values_only=True) if row[0]]
    assert any("rà soát đồng thời theo hai chuẩn (khoản 2 Điều 10 Thông tư 25/2026/TT-BNNMT)" in line for line in guide)


def test_2027_is_compared_with_the_result_of_2026_under_its_own_standard_whichever_sheet_it_is_in(this, write_year):
    write_year(UNIT, YEAR + 1, review=[LAST | {"poor_households": 200, "standard": "ND351_2025"}])
    changes = results.comparison(opened(UNIT, YEAR + 1)).changes.set_index("class")
    assert changes.loc["poor", "change_households"] == 200 - 215


def test_communes_are_added_under_each_standard_alone(this, write_year):
    members = pd.DataFrame({"unit": [UNIT, "xa-hai"], "name": ["xã Một", "xã Hai"], "state": "draft"})
    write_year("xa-hai", YEAR, review=[LAST], other_review=[LAST | {"poor_households": 300, "standard": "ND351_2025"}])
    parent = this.other("tinh")
    reviews = rollup.reviews(parent, members)
    assert sums.total(reviews)["poor_households"].item() == 119 + 140
    said = text(rollup.second(parent, members, reviews, ["households", "poor_households"]))
    # (215 + 300) / (1.211 + 1.200)
    assert said[2].startswith("Cộng toàn bộ 2 xã theo Nghị định 351/2025/NĐ-CP: 2.411 hộ; hộ nghèo 515 hộ, chiếm 21,36%;")
    assert said[0] == "Các số ở trên theo Nghị định 07/2021/NĐ-CP; không cộng, không trừ với kết quả dưới đây."
    assert rollup.under(parent, members, reviews) == " theo Nghị định 07/2021/NĐ-CP"
    assert rollup.under(parent, members[:0], reviews) == ""


# what is made of two reports -------------------------------------------------------------------------


def made(this, standards):
    """A finished report of the year as the comparison of reports reads it: its main and its second result."""
    figures = trace.named(trace.figures(poverty.rates(results.of(this)), "review"))
    if results.second(this) is not None:
        figures |= sections.second_result(this, COUNTED, COMPARED, {"last_year": str(this.year - 1)}).figures
    said = {name: stored.described(figure) | {"href": ""} for name, figure in figures.items()}
    record = {"unit": this.unit, "year": this.year, "draft": [], "inputs": {}, "code": {}, "versions": {}, "font": {}}
    return diff.Run(this.folder, record, said, "xã Mẫu", this.root, standards)


def subtracted(old, new):
    rows = diff.compare(old, new).set_index("name")
    return rows[rows["state"] == "changed"]


def test_the_second_result_stands_in_a_comparison_under_its_own_name(this):
    rows = diff.compare(made(this, {}), made(this, {})).set_index("name")
    assert rows.loc["other_review.poor_households", ["row", "new"]].tolist() == ["theo Nghị định 351/2025/NĐ-CP", "215 hộ"]


def test_two_makings_of_a_year_subtract_each_result_from_itself(write_year):
    write_year(UNIT, YEAR, review=rows(OLD, "ND07_2021"), other_review=rows(NEW, "ND351_2025"))
    before = made(opened(UNIT, YEAR), reviews.named(opened(UNIT, YEAR)))
    more = NEW | {"poor_households": (49, *NEW["poor_households"][1:])}
    write_year(UNIT, YEAR, review=rows(more, "ND351_2025"), other_review=rows(OLD, "ND07_2021"))  # and the sheets are swapped
    found = subtracted(before, made(opened(UNIT, YEAR), reviews.named(opened(UNIT, YEAR))))
    assert found.loc["other_review.poor_households", ["difference", "said"]].tolist() == [216 - 215, "tăng 01 hộ"]
    assert not [name for name in found.index if name.startswith("review.")]


def test_a_main_result_that_was_the_only_one_is_not_subtracted_from_that_of_another_standard(write_year):
    write_year(UNIT, YEAR, review=rows(NEW, "ND351_2025"))
    early = made(opened(UNIT, YEAR), reviews.named(opened(UNIT, YEAR)))
    write_year(UNIT, YEAR, review=rows(OLD, "ND07_2021"), other_review=rows(NEW, "ND351_2025"))
    found = subtracted(early, made(opened(UNIT, YEAR), reviews.named(opened(UNIT, YEAR))))
    assert found.loc["review.poor_households", ["difference", "said"]].tolist() == [
        None, "không so sánh: hai chuẩn nghèo khác nhau (Nghị định 351/2025/NĐ-CP; Nghị định 07/2021/NĐ-CP)",
    ]  # fmt: skip
    assert found["difference"].isna().all()


def test_a_second_result_is_not_subtracted_from_that_of_another_standard(write_year):
    write_year(UNIT, YEAR, review=rows(OLD, "ND07_2021"), other_review=rows(NEW, "ND351_2025"))
    now = made(opened(UNIT, YEAR), reviews.named(opened(UNIT, YEAR)))
    another = {name: figure | {"group": "theo Nghị định 1/2031/NĐ-CP", "value": "1"} for name, figure in now.figures.items()}
    found = diff.compare(replace(now, figures=another), now).set_index("name")
    seconds = [name for name in found.index if name.startswith("other_")]
    assert seconds and found.loc[seconds, "difference"].isna().all()
    assert found.loc["other_review.poor_households", "said"] == (
        "không so sánh: hai chuẩn nghèo khác nhau (theo Nghị định 1/2031/NĐ-CP; theo Nghị định 351/2025/NĐ-CP)"
    )


def test_every_figure_that_a_sentence_calls_says_under_which_standard_it_is(this, write_year):
    write_year(UNIT, YEAR - 1, review=[LAST])
    write_year(UNIT, YEAR, targets=[{"class": "multidimensionally_poor", "reduction": 10, "origin": "Kế hoạch 14/KH-UBND"}])
    named = placeholders.of_review(opened(UNIT, YEAR))
    old = ("review.multidimensionally_poor_households", "changes.multidimensionally_poor.change_households", "before.poor_rate",
           "targets.multidimensionally_poor.reached")  # fmt: skip
    assert {name: named[name].group for name in old} == dict.fromkeys(old, "theo Nghị định 07/2021/NĐ-CP")
    shown = trace.named(trace.figures(results.comparison(this).changes, "changes", "class"))
    assert {one.group for one in shown.values()} == {"theo Nghị định 07/2021/NĐ-CP"}
    assert {one.group for name, one in named.items() if name.startswith("other_")} == {"theo Nghị định 351/2025/NĐ-CP"}
    assert {one.group for name, one in named.items() if not name.startswith("other_")} == {"theo Nghị định 07/2021/NĐ-CP"}


def test_what_was_set_and_what_was_reached_of_it_are_said_under_the_standard_of_the_result(this, write_year):
    """119 + 96 of 1.211 under the old standard after 140 + 110 of 1.200: 35 fewer and 3,08 points less, where 10 and 1,5 were set."""
    write_year(UNIT, YEAR - 1, review=[LAST])
    write_year(UNIT, YEAR, targets=[{"class": "multidimensionally_poor", "reduction": 10, "rate_reduction": "1,5", "origin": "14/KH-UBND"}])
    this = opened(UNIT, YEAR)
    comparison = results.comparison(this)
    words = {**placeholders.of_review(this), "standard": results.under(this, results.of(this))}
    said = text(sections.targets(targets.reached(this.table("targets"), comparison.changes), comparison, words))
    assert said == [
        "Hộ nghèo đa chiều theo Nghị định 07/2021/NĐ-CP: chỉ tiêu giảm 10 hộ, thực hiện: giảm 35 hộ, đạt 350,00% kế hoạch.",
        "Tỷ lệ hộ nghèo đa chiều theo Nghị định 07/2021/NĐ-CP: chỉ tiêu giảm 1,50 điểm phần trăm, thực hiện: giảm 3,08 điểm phần trăm, "
        "đạt 205,29% kế hoạch.",
    ]


def test_every_figure_of_either_result_says_under_which_standard_it_is(this):
    said = {"review.": "theo Nghị định 07/2021/NĐ-CP", "other_review.": "theo Nghị định 351/2025/NĐ-CP"}
    shown = [figure for made in (forms.of_main(this), forms.of_second(this)) for _, one in made for figure in one.figures()]
    shown += [*sections.second_result(this, COUNTED, COMPARED, {"last_year": "2025"}).figures.values()]
    wrong = [one.name for one in shown for start, group in said.items() if one.name.startswith(start) and one.group != group]
    assert len(shown) > 100 and wrong == []


# what the households of the second result lack --------------------------------------------------------

LIST = (
    "standard,indicator,number,dimension,name,valid_from,valid_to,issuer,decree\n"
    "ND351_2025,bhyt_moi,1,Y tế,Bảo hiểm y tế,,,Ủy ban nhân dân tỉnh Gia Lai,Quyết định 88/QĐ-UBND ngày 10/9/2026\n"
)
LACKING = [
    {"class": "poor", "indicator": "health_insurance", "households": 30},
    {"class": "near_poor", "indicator": "health_insurance", "households": 12},
    {"class": "poor", "indicator": "bhyt_moi", "households": 150},  # more than the 119 poor of the old standard
]


def test_what_the_households_of_each_result_lack_is_told_by_the_list_of_its_own_standard(this, write_year):
    """30 of 119 poor and 12 of 96 near-poor households under the old standard, 150 of 215 poor ones under the new one."""
    (write_year.root / "indicators-local.csv").write_text(LIST, encoding="utf-8")
    write_year(UNIT, YEAR, deprivations=LACKING)
    this = opened(UNIT, YEAR)
    assert [str(one) for one in checks.check(this) if one.file.endswith("deprivations.csv")] == []
    assert results.rows(this, "deprivations")["households"].tolist() == [30, 12]
    said = sections.second_result(this, COUNTED, COMPARED, {"last_year": "2025"})
    assert "Chỉ số thiếu hụt theo danh mục chỉ số do Ủy ban nhân dân tỉnh Gia Lai ban hành tại Quyết định 88/QĐ-UBND ngày 10/9/2026." in text(said)
    (block,) = [one for one in said.blocks if one.get("id") == "other_deprivations"]
    assert block["caption"] == "Thiếu hụt dịch vụ xã hội cơ bản của hộ nghèo, hộ cận nghèo theo Nghị định 351/2025/NĐ-CP"
    assert [["".join(run["text"] for run in cell["runs"]) for cell in row] for row in block["rows"]] == [
        ["Bảo hiểm y tế", "150", "69,77", "…", "…"]  # 150 / 215
    ]
    shown = forms.of_main(this)
    printed = {figure.value for form, one in shown if form.table == "deprivations" for figure in one.figures()}
    assert 30 in printed and 150 not in printed


def test_an_indicator_is_held_against_the_result_of_its_own_standard(this, write_year):
    (write_year.root / "indicators-local.csv").write_text(LIST, encoding="utf-8")
    write_year(UNIT, YEAR, deprivations=[{"class": "poor", "indicator": code, "households": 216} for code in ("health_insurance", "bhyt_moi")])
    other = reviews.sheets(opened(UNIT, YEAR))[1]
    assert [one.rule for one in checks.check(opened(UNIT, YEAR)) if one.file.endswith("deprivations.csv")] == [
        "không được lớn hơn số hộ của hộ nghèo ở bảng review, là 119",
        f"không được lớn hơn số hộ của hộ nghèo ở bảng {other}, là 215",
    ]


def test_an_indicator_of_neither_standard_is_a_draft_that_names_both(this, write_year):
    (write_year.root / "indicators-local.csv").write_text(LIST.replace("ND351_2025,bhyt_moi", "QD59_2015,bhyt_cu"), encoding="utf-8")
    write_year(UNIT, YEAR, deprivations=[{"class": "poor", "indicator": "bhyt_cu", "households": 3}])
    main, other = reviews.sheets(opened(UNIT, YEAR))
    assert [(one.level, one.rule) for one in checks.check(opened(UNIT, YEAR)) if one.file.endswith("deprivations.csv")] == [
        ("draft", f"chỉ số không thuộc chuẩn nghèo ND07_2021 của bảng {main}; chỉ số không thuộc chuẩn nghèo ND351_2025 của bảng {other}")
    ]


def test_the_sheet_of_2026_has_a_column_for_the_indicators_of_both_lists(tmp_path):
    (tmp_path / "indicators-local.csv").write_text(LIST, encoding="utf-8")
    book = load_workbook(io.BytesIO(template.content(Year(tmp_path, UNIT, YEAR))))
    heads = [str(cell.value) for cell in book["deprivations"][2] if cell.value]
    assert heads.count("Bảo hiểm y tế (Nghị định 351/2025/NĐ-CP)\nbhyt_moi") == 2  # poor, near-poor
    assert len(heads) == 2 * (12 + 1)
