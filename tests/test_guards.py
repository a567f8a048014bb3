"""Guards and second branches, each at the value where it turns: one more, and the answer is another."""

import pandas as pd
import pytest

from claims import claims
from conftest import SEED, SEED_YEAR, frame
from giamngheo import checks, opened, reconcile
from giamngheo.figures import poverty, results, trace
from giamngheo.intake.codes import Codes
from giamngheo.report import inputs, passages
from giamngheo.review import signoff
from giamngheo.year import agenda
from years import BUDGET, REVIEW, UNIT, YEAR, changed, write


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    return tmp_path


# figures that others printed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("households", "poor", "verdict"),
    [
        ("1.160 hộ", "240 hộ", "mismatch"),  # 240 / 1.160 = 20,69 %
        ("1,2 nghìn hộ", "242 hộ", "rounding"),  # 242 / 1.200 = 20,17 %, 242 / 1.160 = 20,86 %
        ("khoảng 1.160 hộ", "240 hộ", "ok"),
        ("1.160 hộ", "khoảng 240 hộ", "ok"),
    ],
)
def test_a_rate_of_20_5_percent_is_excused_by_rounding_or_by_the_word_about_in_either_count(households, poor, verdict):
    text = f"households|{households}\npoor_households|{poor}\npoor_rate|20,5%"
    found = reconcile.findings(claims(text)).set_index("check")["verdict"]
    assert found["rate"] == verdict


def test_a_contradiction_of_the_seed_names_the_two_likeliest_corrections():
    (told,) = checks.contradictions(opened(SEED, SEED_YEAR))
    assert told.remedy == (
        "mức tăng, giảm tỷ lệ hộ cận nghèo: tăng 0,31% thay cho tăng 1,51% (khi đó tổng số hộ năm 2021 là 1.162 hộ); hoặc "
        "mức tăng, giảm hộ cận nghèo: tăng 17 hộ thay cho tăng 3 hộ (khi đó tổng số hộ năm 2021 là 1.162 hộ)"
    )


# tables -----------------------------------------------------------------------------------------------


NOT_READ = (
    "[lưu ý] xa-mau/2022/review.csv, dòng 5: dòng nằm dưới bảng, sau một dòng trống, không được đọc vì không có số liệu. "
    "Cách sửa: nếu là số liệu của bảng thì xoá dòng trống ở trên; nếu là ghi chú thì để yên."
)
DATA = (
    "xa-mau/2022/review.csv, dòng 5: có số liệu nằm sau một dòng trống. "
    "Cách sửa: xoá dòng trống ở trên nếu là số liệu của bảng; nếu là ghi chú thì chuyển sang trang khác."
)


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("Người lập biểu" + "," * 14, []),
        ("Kon Ka,,,,,,,,,,,,,official,", [NOT_READ]),
        ("Kon Ka,,,,,,,,,,,,,official,ND07_2021", [DATA]),
        (",,,,,,,,,,,,,official,ND07_2021", [DATA]),
    ],
    ids=["a signature", "one column that every row must fill", "two of them and a village", "two of them"],
)
def test_a_row_below_a_blank_line_is_data_where_it_fills_two_columns_that_every_row_must_fill(root, below, said):
    write(root, {"review.csv": f"{REVIEW}\n{below}\n"})
    assert list(map(str, opened(UNIT, YEAR).findings())) == said


def test_a_name_that_two_codes_share_means_neither():
    cattle = Codes({"bo-1": "Nuôi bò", "bo-2": "nuôi bò", "de": "Nuôi dê"})
    assert [cattle.code(said) for said in ("Nuôi bò", "nuôi dê", "bo-2", "bo-1 – Nuôi bò")] == [None, "de", "bo-2", "bo-1"]


@pytest.mark.parametrize(
    ("lock", "file"), [("~$so-lieu.xlsx", "so-lieu.xlsx"), (".~lock.review.csv#", "review.csv")], ids=["Excel", "LibreOffice"]
)
def test_a_file_that_somebody_has_open_is_told_and_never_read_as_a_table(root, lock, file):
    write(root, {"review.csv": REVIEW, lock: "Nguyễn Văn A"})
    assert list(map(str, opened(UNIT, YEAR).findings())) == [
        f"[lưu ý] {UNIT}/{YEAR}/{file}: có người đang mở tệp này; phần chưa lưu chưa được đọc. "
        "Cách sửa: lưu và đóng tệp rồi chạy lại."
    ]


# figures ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("villages", "written"), [(1, 0), (2, 2), (12, 12), (13, 0)])
def test_a_sum_of_two_to_twelve_villages_is_written_out(villages, written):
    rows = frame("review", *[{"village": f"thôn {at}", "households": at} for at in range(1, villages + 1)])
    whole = trace.named(trace.figures(poverty.add(rows, "review", []), "review"))["review.households"]
    assert whole.value == villages * (villages + 1) // 2
    assert whole.written_out == tuple(range(1, written + 1))


def test_a_count_that_was_derived_in_both_merged_units_says_both_ways_and_all_lines():
    one = frame("review", {"poor_households": 242}).assign(derived=[{"households": ("242 / 20,86%", ("a.csv:2", "a.csv:3"))}])
    other = one.assign(derived=[{"households": ("50 / 10%", ("b.csv:2",)), "persons": ("4 × 500", ("b.csv:5",))}])
    given = one.assign(derived=[{}])
    rows = pd.concat([one, given, other])
    assert results.derived_in(rows) == {
        "households": ("242 / 20,86%; 50 / 10%", ("a.csv:2", "a.csv:3", "b.csv:2")),
        "persons": ("4 × 500", ("b.csv:5",)),
    }


# the report -------------------------------------------------------------------------------------------


def test_last_year_of_the_units_that_were_merged_goes_into_the_reports_key(write_year):
    counts = {"village": "", "households": 500, "poor_households": 25, "near_poor_households": 30}
    for unit, year in (("to-tung", 2025), ("kong-long-khong", 2024), ("to-tung-cu", 2024), ("to-tung-cu", 2023)):
        write_year(unit, year, review=[counts])
    (write_year.root / "to-tung-cu" / "unit.yml").write_text("name: xã Tơ Tung (cũ)\n", encoding="utf-8")
    assert [path.relative_to(write_year.root).as_posix() for path in inputs.paths(opened("to-tung", 2025))] == [
        "to-tung/2025/review.csv",
        "kong-long-khong/2024/review.csv",
        "to-tung-cu/2024/review.csv",
        "to-tung-cu/unit.yml",
    ]


@pytest.mark.parametrize(
    ("office", "place", "issuer"),
    [
        ("", UNIT, f"Ủy ban nhân dân {UNIT}"),
        ("name: xã Mẫu\n", "xã Mẫu", "Ủy ban nhân dân xã Mẫu"),
        ("name: xã Mẫu\nissuer_name: Ban Chỉ đạo xã Mẫu\n", "xã Mẫu", "Ban Chỉ đạo xã Mẫu"),
    ],
    ids=["no name", "a name", "an issuer of its own"],
)
def test_who_issues_the_report_is_the_communes_committee_where_unit_yml_names_nobody_else(root, office, place, issuer):
    write(root, {"review.csv": REVIEW})
    (root / UNIT / "unit.yml").write_text(office, encoding="utf-8")
    assert passages.context(opened(UNIT, YEAR)) == {
        "year": "2022", "last_year": "2021", "next_year": "2023", "place": place, "issuer": issuer,
        "reference": "số     /BC-UBND ngày     tháng     năm     ",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["-A", "=A", "+A", "@A"])
def test_no_name_in_the_log_of_those_who_signed_is_a_formula(root, name):
    write(root, {"review.csv": REVIEW})
    row = dict.fromkeys(signoff.COLUMNS, "") | {"notebook": "01_review", "number": "1", "by": name}
    path = signoff.write(opened(UNIT, YEAR), pd.DataFrame([row]))
    assert f",'{name}," in path.read_text(encoding="utf-8-sig").splitlines()[1]


@pytest.mark.parametrize(
    ("amounts", "unknown"),
    [("100000000,90000000", 0), ("100000000,", 1), (",90000000", 1), (",", 1)],
    ids=["both known", "disbursed is not known", "planned is not known", "neither"],
)
def test_the_agenda_counts_last_years_lines_of_which_planned_or_disbursed_is_not_known(root, amounts, unknown):
    lines = "\n".join(BUDGET.splitlines()[:2]) + "\n"
    write(root, {"review.csv": REVIEW, "budget.csv": changed(lines, ("100000000,90000000", amounts), (",Nuôi bò", ","))})
    said = [
        f"{unknown} dòng vốn của năm {YEAR} chưa có số giải ngân nên không chép sang: hỏi kế toán, còn tiền thì thêm dòng "
        "vào bảng budget, giữ nguyên vốn năm (vintage)."
    ]
    write(root, {"review.csv": REVIEW}, YEAR + 1)
    assert list(agenda.from_last_year(opened(UNIT, YEAR + 1))) == said * bool(unknown)
