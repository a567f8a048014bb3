"""A whole is made of its communes: counts are added before anything is divided, and what is missing is said."""

import csv
import json
import re
import shutil
import unicodedata
from fractions import Fraction
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import browser
from conftest import SEED, SEED_YEAR, data_folder, frame
from giamngheo import checks, cli, opened, simulate
from giamngheo.figures import poverty
from giamngheo.findings import DataError
from giamngheo.intake.unit import Year
from giamngheo.law.dated import Law
from giamngheo.report import cells, document, inputs, rollup, rollup_forms, sums
from giamngheo.run import batch, runner
from giamngheo.store import manifest
from provinces import UNITS, WHOLES, root, undisturbed
from provinces import YEAR as MADE_UP_YEAR
from tools import need

YEAR, PARENT = 2024, "huyen"
COLUMNS = ("unit", "name", "kind", "parent", "valid_from", "valid_to")
MAP = [
    ("tinh", "tỉnh Mẫu", "province", "", "", ""),
    ("huyen", "huyện Một", "district", "tinh", "", "2025-06-30"),
    ("huyen-2", "huyện Hai", "district", "tinh", "", "2025-06-30"),
    ("a", "xã A", "commune", "huyen", "", "2025-06-30"),
    ("b", "xã B", "commune", "huyen", "", ""),
    ("c", "xã C", "commune", "huyen", "", "2025-06-30"),
    ("d", "xã D", "commune", "huyen-2", "", "2025-06-30"),
    ("a", "xã A mới", "commune", "tinh", "2025-07-01", ""),
]


def village(poor, households, near_poor=0, **more):
    return {"village": "Thôn 1", "households": households, "poor_households": poor, "near_poor_households": near_poor} | more


@pytest.fixture
def province(write_year):
    """A function that writes communes' reviews (and other tables) into a province of two districts."""
    write_year.root.mkdir(parents=True)
    with (write_year.root / "units.csv").open("w", encoding="utf-8", newline="") as file:
        whole = ("unit", "code", "name", "kind", "area", "parent", "predecessors", "valid_from", "valid_to", "decree",
                 "source", "confidence")  # fmt: skip
        lines = csv.DictWriter(file, whole, restval="")
        lines.writeheader()
        lines.writerows(dict(zip(COLUMNS, row, strict=True)) for row in MAP)

    def write(reviews: dict[str, list[dict]], year=YEAR, **tables: dict[str, list[dict]]):
        for unit, review in reviews.items():
            more = {table: rows[unit] for table, rows in tables.items() if unit in rows}
            write_year(unit, year, review=review, **more)

    write.root = write_year.root
    return write


THREE = {"a": [village(10, 100)], "b": [village(30, 200)], "c": [village(5, 50)]}


def put_together(parent=PARENT):
    whole = opened(parent, YEAR)
    members = rollup.communes(whole)
    return members, rollup.reviews(whole, members)


def law():
    return Law(data_folder())


def only(frame, column):
    return frame[column].item()


# the map ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["check", "check --names", "status", "template", "new-year"])
@pytest.mark.parametrize(("unit", "name", "there"), [
    ("huyen", "huyện Một", "a, b"), ("huyen-2", "huyện Hai", "chưa có"), ("tinh", "tỉnh Mẫu", "a, b"),
])  # fmt: skip
def test_a_district_is_told_that_its_communes_have_the_data_and_what_to_run(province, capsys, verb, unit, name, there):
    province({"a": [village(10, 100)], "b": [village(30, 200)]})
    root = province.root
    before = sorted(root.rglob("*"))
    assert cli.main([*verb.split(), "--data", str(root), "--unit", unit, "--year", "2024"]) == 1
    said = "".join(capsys.readouterr()).strip()
    assert said == (
        f"{unit}: {name} không có số liệu riêng: báo cáo của đơn vị này cộng số liệu của các xã trên địa bàn. Cách sửa: kiểm tra "
        f"từng xã: giamngheo check --unit <xã> --year 2024, các xã đang có: {there}; lập báo cáo tổng hợp: giamngheo report "
        f"--unit {unit} --year 2024."
    )
    assert sorted(root.rglob("*")) == before


def test_a_province_has_the_communes_of_all_its_districts(province):
    assert law().territory(2024).communes == {"huyen": ["a", "b", "c"], "huyen-2": ["d"], "tinh": ["a", "b", "c", "d"]}


def test_after_the_districts_have_ended_communes_lie_below_the_province(province):
    assert law().territory(2025).communes["tinh"] == ["a"]
    assert not law().territory(2025).is_whole("huyen-2")


def test_a_commune_stands_for_the_unit_right_above_it(province):
    assert [law().territory(2024).whole(unit) for unit in ("a", "huyen", "d", "tinh")] == ["huyen", "huyen", "huyen-2", "tinh"]


def test_a_unit_that_the_map_does_not_know_is_refused(province):
    with pytest.raises(DataError) as refused:
        law().territory(2024).whole("khong-co")
    rule = "không có xã nào thuộc đơn vị này vào cuối năm 2024, và không có đơn vị cấp trên"
    assert str(refused.value) == (
        f'units.csv, cột unit: giá trị "khong-co" — {rule}. Cách sửa: xem cột parent, valid_from, valid_to.'
    )


# sums ---------------------------------------------------------------------------------------------


def test_counts_are_added_before_they_are_divided(province):
    province(THREE)
    members, reviews = put_together()
    whole = poverty.rates(sums.total(reviews))
    assert only(whole, "poor_rate") == Fraction(10 + 30 + 5, 100 + 200 + 50)  # 12,86 %
    assert only(whole, "poor_rate") != (Fraction(10, 100) + Fraction(30, 200) + Fraction(5, 50)) / 3
    assert sums.scope(members, reviews["village"]) == "toàn bộ 3 xã"


def test_a_district_and_its_province_add_the_same_communes_where_there_are_no_others(province):
    province(THREE | {"d": [village(5, 150)]})
    assert only(sums.total(put_together("huyen")[1]), "households") == 100 + 200 + 50
    assert only(sums.total(put_together("tinh")[1]), "households") == 100 + 200 + 50 + 150


def test_a_sum_with_an_unknown_part_is_unknown(province):
    province(THREE | {"c": [village(None, 50)]})
    whole = poverty.rates(sums.total(put_together()[1]))
    assert only(whole, "households") == 100 + 200 + 50
    assert only(whole, "poor_households") is pd.NA
    assert only(whole, "poor_rate") is None


def test_a_commune_without_data_is_listed_and_the_sum_says_of_how_many_it_is(province):
    province({unit: THREE[unit] for unit in ("a", "c")})
    members, reviews = put_together()
    assert dict(zip(members["unit"], members["state"], strict=True))["b"] == "missing"
    assert only(sums.total(reviews), "households") == 100 + 50
    assert sums.scope(members, reviews["village"]) == "2/3 xã có số liệu"
    assert "1 xã chưa có số liệu: xã B." in rollup.draft_reasons(opened(PARENT, YEAR), members, reviews)


def test_a_commune_whose_data_cannot_be_used_is_listed_with_its_first_finding_and_not_added(province):
    province(THREE | {"b": [village(300, 200)]})
    members, reviews = put_together()
    refused = members.set_index("unit").loc["b"]
    assert (refused["state"], refused["findings"]) == ("refused", len(checks.findings(opened("b", YEAR))))
    assert refused["first"].startswith("b/2024/review.csv, dòng 2")
    assert only(sums.total(reviews), "households") == 100 + 50
    assert "1 xã số liệu chưa dùng được: xã B." in rollup.draft_reasons(opened(PARENT, YEAR), members, reviews)


def test_a_unit_file_that_is_no_yaml_stops_its_own_commune_only(province):
    province(THREE)
    (province.root / "b" / "unit.yml").write_text("name: [", encoding="utf-8")
    members, _ = put_together()
    assert dict(zip(members["unit"], members["state"], strict=True)) == {"a": "draft", "b": "refused", "c": "draft"}
    assert list(members["name"]) == ["xã A", "xã B", "xã C"]


def test_without_any_usable_commune_there_is_nothing_to_put_together(province):
    with pytest.raises(DataError, match="chưa xã nào có số liệu dùng được"):
        put_together()


def test_results_of_two_statuses_are_not_added(province):
    province(THREE | {"b": [village(30, 200, status="preliminary")]})
    members, reviews = put_together()
    whole = sums.total(reviews)
    assert only(whole, "households") is pd.NA
    refusal = "Kết quả rà soát ghi nhiều chuẩn nghèo hoặc nhiều tình trạng nên không cộng được."
    assert refusal in rollup.draft_reasons(opened(PARENT, YEAR), members, reviews)


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), min_size=1, max_size=20))
def test_the_wholes_rate_lies_between_its_communes_rates(counts):
    rows = [{"village": str(n), "households": h, "poor_households": min(p, h), "near_poor_households": 0} for n, (h, p) in enumerate(counts)]
    reviews = frame("review", *rows)
    rates = poverty.rates(reviews)["poor_rate"]
    assert min(rates) <= only(poverty.rates(sums.total(reviews)), "poor_rate") <= max(rates)


def test_of_the_money_it_is_said_of_how_many_communes_it_is(province):
    line = {"project": "DA2", "capital_type": "recurrent", "source": "nstw", "vintage": 2024, "execution_year": 2024, "planned": 100}
    province(THREE, budget={"a": [line], "c": [line]})
    members, reviews = put_together()
    lines = rollup.together(opened(PARENT, YEAR), members, "budget")
    words = rollup.context(opened(PARENT, YEAR), members, reviews, lines)
    assert (words["scope"], words["money_scope"]) == ("toàn bộ 3 xã", "2/3 xã có số liệu")


# last year ----------------------------------------------------------------------------------------


def compared():
    members, reviews = put_together()
    parent = opened(PARENT, YEAR)
    before = sums.last_year(parent, reviews)
    return sums.comparison(parent, members, reviews, before), sums.without_both_years(parent, members, before)


def test_two_years_are_compared(province):
    province(THREE)
    province({"a": [village(12, 100)], "b": [village(40, 200)], "c": [village(5, 50)]}, YEAR - 1)
    comparison, without = compared()
    changes = comparison.changes.set_index("class").loc["poor"]
    assert changes["change_households"] == (10 + 30 + 5) - (12 + 40 + 5)
    assert changes["change_rate"] == Fraction(45, 350) - Fraction(57, 350)
    assert without == []


def test_a_commune_of_one_year_alone_is_left_out_of_both_years_and_named(province):
    province(THREE)
    province({"a": [village(12, 100)], "b": [village(40, 200)]}, YEAR - 1)
    comparison, without = compared()
    changes = comparison.changes.set_index("class").loc["poor"]
    assert changes["change_households"] == (10 + 30) - (12 + 40)
    assert changes["change_rate"] == Fraction(40, 300) - Fraction(52, 300)
    assert without == ["So sánh với năm 2023 chỉ tính 2/3 xã có số liệu so sánh được của cả hai năm; không tính: xã C."]


def test_a_commune_whose_last_year_is_under_another_standard_is_left_out_and_named(province):
    province(THREE)
    earlier = {"a": [village(12, 100)], "b": [village(40, 200, standard="QD59_2015")], "c": [village(5, 50)]}
    province(earlier, YEAR - 1)
    comparison, without = compared()
    assert comparison.changes.set_index("class").loc["poor"]["change_households"] == (10 + 5) - (12 + 5)
    assert without == ["So sánh với năm 2023 chỉ tính 2/3 xã có số liệu so sánh được của cả hai năm; không tính: xã B."]


def test_where_no_commune_has_two_years_it_is_said(province):
    province(THREE)
    comparison, without = compared()
    assert comparison.changes.empty and without == []
    assert comparison.refusal == "Chưa so sánh được với năm 2023: xã A, xã B, xã C chưa đủ số liệu."


# what is known of some ----------------------------------------------------------------------------


def test_what_is_not_known_of_one_commune_is_said_of_the_others(province):
    province({
        "a": [village(10, 100, minority_households=80, minority_poor_households=8)],
        "b": [village(30, 200, minority_households=100, minority_poor_households=25)],
        "c": [village(5, 50)],
    })  # fmt: skip
    members, reviews = put_together()
    lines = ["Hộ nghèo: {review.poor_households}.", "Hộ nghèo dân tộc thiểu số: {review.minority_poor_households}, {review.minority_poor_rate}."]
    said, figures = sums.known(members, reviews, lines)
    assert said == [
        "Hộ nghèo: {review.poor_households}.",
        "Hộ nghèo dân tộc thiểu số (2/3 xã có số liệu này): {known.minority_poor_households}, {known.minority_poor_rate}.",
    ]
    assert figures["known.minority_poor_households"].value == 8 + 25
    assert figures["known.minority_poor_rate"].value == Fraction(8 + 25, 80 + 100)


def test_what_is_known_of_no_commune_stays_unknown(province):
    province(THREE)
    members, reviews = put_together()
    line = "Hộ nghèo dân tộc thiểu số: {review.minority_poor_households}."
    assert sums.known(members, reviews, [line]) == ([line], {})


def test_a_line_that_is_known_of_no_commune_says_nothing_of_a_share(province):
    province({"a": [village(10, 100, minority_poor_households=8)], "b": [village(30, 200, minority_poor_households=25)]})
    members, reviews = put_together()
    line = "{0}: {{review.{1}_poor_households}}, chiếm {{review.{1}_poor_rate}} tổng số hộ dân tộc thiểu số."
    counted = line.format("Hộ nghèo dân tộc thiểu số", "minority")  # the minority households themselves are not known
    said, figures = sums.known(members, reviews, [counted])
    assert said == ["Hộ nghèo dân tộc thiểu số: {review.minority_poor_households}."] and figures == {}
    (unknown,) = sums.known(members, reviews.assign(minority_poor_households=pd.NA), [counted])[0]
    assert unknown == "Hộ nghèo dân tộc thiểu số: {review.minority_poor_households}."


# districts ----------------------------------------------------------------------------------------


def test_a_province_of_two_districts_has_a_sum_of_each_that_cites_the_lines_of_its_communes(province):
    province(THREE | {"d": [village(5, 150)]})
    parent, (_, reviews) = opened("tinh", YEAR), put_together("tinh")
    rows = sums.reviews_by_district(parent, reviews).set_index("village")
    assert dict(rows["poor_households"]) == {"huyen": 10 + 30 + 5, "huyen-2": 5}
    table = "05_rollup.html, bảng “Kết quả rà soát của các xã”"
    assert dict(rows["found_at"]) == {"huyen": f"{table}:1-3", "huyen-2": f"{table}:4"}


def test_one_district_is_no_subtotal(province):
    province(THREE)
    assert sums.reviews_by_district(opened("huyen", YEAR), put_together()[1]).empty


# forms --------------------------------------------------------------------------------------------

FORM_TITLE = "Tổng hợp kết quả rà soát hộ nghèo; hộ cận nghèo; hộ làm nông, lâm, ngư, diêm nghiệp có mức sống trung bình"


def test_a_commune_without_data_has_no_line_and_the_title_and_a_note_say_so(province):
    province({unit: THREE[unit] for unit in ("a", "c")})
    (review,) = rollup_forms.of(opened(PARENT, YEAR))
    assert (review.title, review.notes) == (f"{FORM_TITLE} của 2/3 xã có số liệu", ("Không có trong biểu: xã B.",))
    assert [line[1].value for line in review.rows] == ["xã A", "xã C", "Tổng cộng"]
    assert [line[2].value for line in review.rows] == [100, 50, 150]


def test_a_sum_to_which_a_commune_has_given_no_number_is_blank_not_the_sum_of_the_others(province):
    def lacking(indicator, households):
        return {"village": "Thôn 1", "class": "poor", "indicator": indicator, "households": households}

    silent = {"a": [lacking("employment", 4), lacking("nutrition", 2)], "b": [lacking("employment", 9)]}
    province(THREE | {"b": [village(None, 200)]}, deprivations=silent)
    review, poor, *_ = (sheet for sheet in rollup_forms.of(opened(PARENT, YEAR)))
    assert [line[4].value for line in review.rows] == [10, None, 5, None]
    assert [[cell.value for cell in line[:6]] for line in poor.rows] == [
        ["1", "xã A", 10, 6, 4, None],
        ["2", "xã B", None, None, 9, None],
        ["3", "xã C", 5, None, None, None],
        ["", "Tổng cộng", None, None, None, None],
    ]
    assert poor.rows[-1][4].formula == poor.rows[-1][3].formula == ""


def test_results_under_two_standards_have_forms_of_their_own_and_no_common_sum(province):
    new = {"standard": "ND351_2025"}
    province({"a": [village(10, 100)], "b": [village(30, 200)], "c": [village(5, 50, **new)]},
             other_review={"b": [village(50, 200, **new)]})  # fmt: skip
    sheets = rollup_forms.of(opened(PARENT, YEAR))
    assert [(sheet.name, sheet.title) for sheet in sheets] == [
        ("Kết quả rà soát", f"{FORM_TITLE} của 2/3 xã có số liệu theo Nghị định 07/2021/NĐ-CP"),
        ("Kết quả rà soát (2)", "Tổng hợp kết quả rà soát hộ nghèo; hộ cận nghèo của 1/3 xã có số liệu theo Nghị định 351/2025/NĐ-CP"),
        ("Kết quả rà soát (3)", "Tổng hợp kết quả rà soát hộ nghèo; hộ cận nghèo của 1/3 xã có số liệu theo Nghị định 351/2025/NĐ-CP"),
    ]
    assert [[line[4].value for line in sheet.rows] for sheet in sheets] == [[10, 30, 40], [5, 5], [50, 50]]


def test_a_result_that_is_not_official_yet_says_so(province):
    province({"a": [village(10, 100, status="preliminary")]})
    (review,) = rollup_forms.of(opened(PARENT, YEAR))
    assert review.title == f"{FORM_TITLE} của 1/3 xã có số liệu (kết quả sơ bộ)"


def test_a_report_of_money_alone_has_no_forms(province):
    line = {"project": "DA2", "capital_type": "recurrent", "source": "nstw", "vintage": 2024, "execution_year": 2024, "planned": 100}
    refused = {"village": "Thôn 1", "class": "poor", "indicator": "employment", "households": "năm"}
    province({"a": [village(10, 100)]}, budget={"a": [line]}, deprivations={"a": [refused]})
    assert rollup_forms.of(opened(PARENT, YEAR).of_kind("programme")) == []


# league -------------------------------------------------------------------------------------------


def ranks(*rates):
    named = [f"xa-{n:02d}" for n in range(len(rates))]
    exact = [None if rate is None else Fraction(rate, 100) for rate in rates]
    return pd.DataFrame({"village": named, "multidimensional_poverty_rate": pd.Series(exact, dtype=object)})


def test_the_highest_come_first_the_lowest_first_and_no_commune_at_both_ends():
    highest, lowest = rollup.league(ranks(5, 30, 20, None, 10, 30))
    assert list(highest["village"]) == ["xa-01", "xa-05", "xa-02"]
    assert list(lowest["village"]) == ["xa-00", "xa-04"]


def test_at_each_end_are_ten_communes_at_most():
    highest, lowest = rollup.league(ranks(*range(25)))
    assert list(highest["village"]) == [f"xa-{n:02d}" for n in range(24, 14, -1)]
    assert list(lowest["village"]) == [f"xa-{n:02d}" for n in range(10)]


# what its communes' reports have found ----------------------------------------------------------------


@pytest.fixture
def made_up(monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(root()))


def test_a_finished_report_says_of_its_commune_what_a_check_finds(made_up, monkeypatch):
    checked = rollup.communes(opened(WHOLES[0], MADE_UP_YEAR))
    monkeypatch.setattr(checks, "findings", None)  # whoever asks again fails
    whole = Year(root(), WHOLES[0], MADE_UP_YEAR, reports=undisturbed())
    pd.testing.assert_frame_equal(rollup.communes(whole), checked)


def test_a_report_of_other_data_says_nothing_of_these(made_up, tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    simulate.write(tmp_path / "data", communes=1, villages=2, year=MADE_UP_YEAR, seed=2)
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(checks, "findings", lambda this: asked.append(this.unit) or [])
    asked = []
    rollup.standing(Year(tmp_path / "data", UNITS[0], MADE_UP_YEAR, reports=undisturbed()))
    assert asked == [UNITS[0]]


def test_everything_that_is_read_for_a_whole_is_in_its_key(province):
    province({unit: THREE[unit] for unit in ("a", "c")})
    before = inputs.described(opened(PARENT, YEAR))
    (province.root / "b").mkdir()
    for file, line in {
        "b/unit.yml": "số liệu: thêm b/unit.yml", "huyen/unit.yml": "số liệu: thêm huyen/unit.yml",
        "huyen/2024/report.yml": "số liệu: thêm huyen/2024/report.yml", "a/unit.yml": "số liệu: đổi a/2024",
    }.items():  # fmt: skip
        path = province.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("name: x", encoding="utf-8")
        assert manifest.changes(before, inputs.described(opened(PARENT, YEAR))) == [line]
        path.unlink()
    assert {f"notebooks/{name}.ipynb" for name in (*manifest.BOOKS, *manifest.ROLLUP)} <= before["code"].keys()


# the notebook and the report ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def partial(tmp_path_factory):
    """The data folder of four made-up communes, one of them without its year, and their district's report."""
    base = tmp_path_factory.mktemp("partial")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIAMNGHEO_DATA", str(base / "data"))
        simulate.write(base / "data", communes=4, villages=2, year=2024, seed=3)
        for file in sorted((base / "data" / "mo-phong-002" / "2024").rglob("*"), reverse=True):
            file.unlink() if file.is_file() else file.rmdir()
        (base / "data" / "mo-phong-002" / "2024").rmdir()
        folder = runner.make(opened("huyen-mo-phong-1", 2024), base / "out", "warm", say=lambda _: None)
    return base / "data", folder


def lines_of(folder) -> list[str]:
    """The paragraphs, points and captions of a report as text."""
    blocks = document.from_notebook(nbformat.read(folder / "05_rollup.ipynb", as_version=4))["blocks"]
    texts = [block.get("caption") or "".join(run["text"] for run in block.get("runs", [])) for block in blocks]
    return texts + ["".join(run["text"] for run in item) for block in blocks for item in block.get("items", [])]


def test_the_report_prints_the_sums_and_of_how_many_communes_they_are(partial, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(partial[0]))
    have = [opened(unit, 2024).table("review") for unit in ("mo-phong-001", "mo-phong-003", "mo-phong-004")]
    poor = sum(int(review["poor_households"].sum()) for review in have)
    said = lines_of(partial[1])
    assert "Tính chung 3/4 xã có số liệu:" in said
    assert any(line.startswith(f"Hộ nghèo: {poor} hộ, chiếm ") for line in said)
    sums = [line for line in said if re.search("theo (dự án|nguồn)|^Tổng kế hoạch vốn|^Trên đây|tổng hợp kết quả", line)]
    assert len(sums) == 6
    assert [line for line in sums if "3/4 xã có số liệu" not in line] == []


def test_a_partial_whole_is_a_draft_and_says_why(partial):
    record = manifest.read(partial[1])
    assert record["draft"][1:] == ["1 xã chưa có số liệu: xã Mô Phỏng 002."]
    assert record["place"] == "huyện Mô Phỏng 1"
    assert "DỰ THẢO" in (partial[1] / "bao-cao.html").read_text(encoding="utf-8")


def test_both_engines_give_the_same_bytes(partial, tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(partial[0]))
    again = runner.make(opened("huyen-mo-phong-1", 2024), tmp_path, "kernel", say=lambda _: None)
    for path in sorted(partial[1].iterdir()):
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_district_without_an_office_of_its_own_is_named_as_on_the_map(partial):
    head = nbformat.read(partial[1] / "05_rollup.ipynb", as_version=4)
    first = next(block for passage in cells.of(head) for block in passage["blocks"])
    assert first["issuer"] == ["ỦY BAN NHÂN DÂN", "HUYỆN MÔ PHỎNG 1"]


def test_a_whole_is_made_again_byte_for_byte_and_says_what_has_changed(made_up, capsys):
    asked = ["--unit", WHOLES[1], "--year", str(MADE_UP_YEAR), "--data", str(root()), "--out", str(undisturbed())]
    assert cli.main(["why", *asked]) == 0
    assert cli.main(["verify", *asked]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "Báo cáo còn nguyên: không có gì thay đổi."
    assert second.startswith("9 tệp của tinh-mo-phong/2024/")


def test_a_whole_takes_no_word_of_a_communes_finished_report_when_it_is_verified(made_up, tmp_path, capsys):
    out = shutil.copytree(undisturbed(), tmp_path / "out")
    record = out / UNITS[0] / str(MADE_UP_YEAR) / "manifest.json"
    said = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps(said | {"draft": ["một điều bịa ra"]}, ensure_ascii=False), "utf-8")
    asked = ["--unit", WHOLES[1], "--year", str(MADE_UP_YEAR), "--data", str(root()), "--out", str(out)]
    cli.main(["report", *asked])
    assert "một điều bịa ra" in (out / WHOLES[1] / str(MADE_UP_YEAR) / "bao-cao.html").read_text("utf-8")
    capsys.readouterr()
    assert cli.main(["verify", *asked]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Khác với báo cáo lập lại:"
    assert any(line.startswith("  bao-cao.pdf, trang ") and "một điều bịa ra" in line for line in told)


def test_the_excel_annex_of_a_whole_has_a_line_for_each_commune_whose_data_are_there(partial):
    sheet = openpyxl.load_workbook(partial[1] / "bieu-mau.xlsx", data_only=True)["Kết quả rà soát"]
    poor = [sheet[f"E{line}"].value for line in range(11, 15)]
    assert [sheet[f"B{line}"].value for line in range(11, 15)] == ["xã Mô Phỏng 001", "xã Mô Phỏng 003", "xã Mô Phỏng 004", "Tổng cộng"]
    assert any(line.startswith(f"Hộ nghèo: {poor[3]} hộ, chiếm ") for line in lines_of(partial[1])) and sum(poor[:3]) == poor[3]
    assert sheet["A16"].value == "Không có trong biểu: xã Mô Phỏng 002."


@pytest.mark.parametrize("name", ["bao-cao.html", "05_rollup.html"])
def test_axe_finds_nothing_on_the_pages_of_a_whole(name, partial):
    script = Path(need("axe")).read_text("utf-8")
    with browser.chromium() as started:
        page = started.new_page(viewport={"width": 390, "height": 844})
        page.goto((partial[1] / name).as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.evaluate(script)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []
    assert wide == 390


def test_a_whole_can_be_made_alone_but_not_as_a_final_one_while_something_is_missing(tmp_path, capsys):
    asked = ["report", "--unit", "kbang-huyen", "--year", str(SEED_YEAR), "--out", str(tmp_path)]
    assert cli.main([*asked, "--final"]) == 1
    assert "- 1 xã chưa có số liệu: xã Tơ Tung (cũ)." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert cli.main(asked) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-4:-1] == [f"- {line}" for line in manifest.read(tmp_path / "kbang-huyen" / str(SEED_YEAR))["draft"]]


def test_the_seeds_commune_alone_is_one_of_two_of_its_district():
    members = rollup.communes(rollup.whole(opened(SEED, SEED_YEAR)))
    assert list(members["state"]) == ["draft", "missing"]
    assert sums.scope(members, pd.Series([SEED])) == "1/2 xã có số liệu"


# names --------------------------------------------------------------------------------------------

FORMS = {"NFC": lambda name: unicodedata.normalize("NFC", name), "NFD": lambda name: unicodedata.normalize("NFD", name),
         "capitals": str.upper}  # fmt: skip


@pytest.mark.parametrize("folder", FORMS)
@pytest.mark.parametrize("on_the_map", FORMS)
def test_a_folder_is_its_unit_in_whatever_unicode_form_and_capitals_the_map_writes_it(on_the_map, folder, province, write_year):
    file = write_year.root / "units.csv"
    text = file.read_text(encoding="utf-8").replace("\na,", f"\n{FORMS[on_the_map]('kông hoà')},")
    file.write_text(text, encoding="utf-8")
    there = FORMS[folder]("kông hoà")
    province({there: THREE["a"], "b": THREE["b"], "c": THREE["c"]})
    members, reviews = put_together()
    assert list(members["unit"]) == [there, "b", "c"]
    assert only(sums.total(reviews), "poor_households") == 10 + 30 + 5
    assert batch.chosen(write_year.root, law(), PARENT, YEAR) == sorted([there, "b", "c"])
    assert law().territory(YEAR).ancestors(there) == ["huyen", "tinh"]


@pytest.mark.parametrize("folder", FORMS)
@pytest.mark.parametrize("on_the_map", FORMS)
def test_the_units_that_were_merged_into_one_are_found_in_either_form(on_the_map, folder, province, write_year):
    written, there = FORMS[on_the_map], FORMS[folder]
    with (write_year.root / "units.csv").open("a", encoding="utf-8") as file:
        file.write(f"{written('xã mới')},,xã Mới,commune,,tinh,{written('kông hoà')}; b,2025-07-01,,,,\n")
    for name in ("xã mới", "kông hoà"):
        province({there(name): THREE["a"]})
    province({"b": THREE["b"]})
    assert law().predecessors(there("xã mới")) == [there("kông hoà"), "b"]


def test_two_folders_of_one_name_are_not_taken_for_one_another(province, write_year):
    province({"A": THREE["b"], "a": THREE["a"], "b": THREE["b"], "c": THREE["c"]})
    assert only(sums.total(put_together()[1]), "poor_households") == 10 + 30 + 5


def test_a_folder_that_is_renamed_is_found_under_its_new_name(province, write_year):
    map_of_it = law()
    province({"A": THREE["a"]})
    assert map_of_it.territory(YEAR).communes["huyen"] == ["A", "b", "c"]
    (write_year.root / "A").rename(write_year.root / "a")
    assert map_of_it.territory(YEAR).communes["huyen"] == ["a", "b", "c"]
