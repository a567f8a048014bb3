"""Targets set for the unit: what was reached of them, how the report says it, and what it then claims."""

from fractions import Fraction

import pytest

from giamngheo import opened, reconcile
from giamngheo.checks import own, placeholders
from giamngheo.figures import results
from giamngheo.figures.targets import reached
from giamngheo.present.phrases import prose
from giamngheo.report import sections
from years import LAST_REVIEW, REVIEW, UNIT, YEAR, write

TARGETS = """\
class,reduction,rate_reduction,origin
poor,10,"0,25",Quyết định số 12/QĐ-UBND
near_poor,3,,Quyết định số 12/QĐ-UBND
"""


@pytest.fixture
def commune(tmp_path, monkeypatch):
    """A function that opens a year with the targets, with last year's review or without."""
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))

    def opening(targets=TARGETS, last=LAST_REVIEW):
        if last:
            write(tmp_path, {"review.csv": last}, YEAR - 1)
        write(tmp_path, {"review.csv": REVIEW, "targets.csv": targets})
        return opened(UNIT, YEAR)

    return opening


def said(this) -> list[str]:
    """The lines of the report about the targets."""
    comparison = results.comparison(this)
    rows = reached(this.table("targets"), comparison.changes)
    passage = sections.targets(rows, comparison, placeholders.figures(this))
    return ["".join(run["text"] for run in item) for block in passage.blocks for item in block["items"]]


def test_the_report_prints_what_was_set_what_was_done_and_the_share_that_was_reached(commune):
    """75 poor households of 1.508 became 70 of 1.519: 5 of the 10 that were set; 4,9735 % became 4,6083 %: 0,3652 of 0,25 points."""
    assert said(commune()) == [
        "Hộ nghèo: chỉ tiêu giảm 10 hộ, thực hiện: giảm 05 hộ, đạt 50,00% kế hoạch.",
        "Tỷ lệ hộ nghèo: chỉ tiêu giảm 0,25 điểm phần trăm, thực hiện: giảm 0,37 điểm phần trăm, đạt 146,07% kế hoạch.",
        "Hộ cận nghèo: chỉ tiêu giảm 03 hộ, thực hiện: tăng 05 hộ.",
    ]


def test_without_a_last_year_only_what_was_set_is_said_and_without_targets_nothing(commune):
    assert said(commune(last="")) == [
        "Hộ nghèo: chỉ tiêu giảm 10 hộ.", "Tỷ lệ hộ nghèo: chỉ tiêu giảm 0,25 điểm phần trăm.", "Hộ cận nghèo: chỉ tiêu giảm 03 hộ.",
    ]  # fmt: skip
    assert said(commune("class,reduction,rate_reduction,origin\n")) == []


def test_what_was_set_and_reached_is_claimed_and_fits_what_was_achieved(commune):
    claims = own.own_claims(commune())
    planned = claims[claims["indicator"].str.startswith("plan")]
    assert list(zip(planned["indicator"], planned["printed"], strict=True)) == [
        ("plan_change_poor_households", "giảm 10 hộ"),
        ("plan_reached_change_poor_households", "50,00%"),
        ("plan_change_poor_rate", "giảm 0,25%"),
        ("plan_reached_change_poor_rate", "146,07%"),
        ("plan_change_near_poor_households", "giảm 03 hộ"),
    ]
    found = reconcile.findings(claims).query("check == 'plan_reached'")
    assert found["verdict"].tolist() == ["ok", "ok"]
    wrong = claims.assign(printed=claims["printed"].mask(claims["indicator"] == "plan_reached_change_poor_households", "58,00%"))
    assert reconcile.findings(wrong).query("verdict == 'mismatch'")["check"].tolist() == ["plan_reached"]


def test_a_target_is_a_figure_that_words_can_call_by_name(commune):
    known = placeholders.figures(commune())
    assert {name: prose(known[name]) for name in ("targets.poor.reduction", "targets.poor.reached")} == {
        "targets.poor.reduction": "10 hộ", "targets.poor.reached": "50,00%",
    }  # fmt: skip
    assert known["targets.poor.rate_reduction"].value == Fraction(1, 400)


def test_a_target_that_asks_for_no_reduction_and_a_class_that_is_none_are_refused(commune):
    wrong = commune('class,reduction,rate_reduction,origin\npoor,0,,12/QĐ-UBND\nrich,3,,12/QĐ-UBND\n').reading("targets").findings
    assert [str(one).partition("targets.csv, ")[2] for one in wrong] == [
        'dòng 3, cột A (class): giá trị "rich" — mã không có trong danh mục. Cách sửa: dùng một trong các mã: poor, near_poor, '
        "multidimensionally_poor.",
        'dòng 2, cột B (reduction): giá trị "0" — phải có Chỉ tiêu giảm số hộ > 0; ở đây 0 > 0 là sai. Cách sửa: đối chiếu các cột '
        "reduction của dòng này với sổ rồi sửa ô sai.",
    ]


def test_who_set_a_target_is_a_document_with_its_number(commune):
    (wrong,) = commune("class,reduction,rate_reduction,origin\npoor,3,,Sổ của xã\n").reading("targets").findings
    assert str(wrong).partition("targets.csv, ")[2] == (
        'dòng 2, cột D (origin): giá trị "Sổ của xã" — Văn bản giao phải là một văn bản: chưa có số, ký hiệu, ví dụ 12/QĐ-UBND. '
        "Cách sửa: ghi số, ngày của văn bản giao chỉ tiêu, ví dụ Quyết định 65/QĐ-UBND ngày 05/3/2026."
    )
