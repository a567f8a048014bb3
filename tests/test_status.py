"""Where the year stands: its tables, its words, its sign-offs, a report of today's data or an old one."""

from collections import Counter

import pytest

import runs
from conftest import SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.findings import DataError
from giamngheo.review import signed, signoff
from giamngheo.year import newyear, status

REVIEW = {"households": 120, "persons": 500, "poor_households": 30, "poor_persons": 130,
          "near_poor_households": 20, "near_poor_persons": 90}  # fmt: skip


@pytest.fixture
def seed(monkeypatch):
    """The output folder of the seed's two runs, whose data are those of the second."""
    root, out = runs.pair()
    monkeypatch.setenv("GIAMNGHEO_DATA", str(root))
    return root, out


def of(table, found):
    return found.tables.set_index("table").loc[table]


def test_a_table_is_missing_empty_failing_or_filled(write_year, tmp_path):
    folder = write_year(
        "u", 2023,
        review=[REVIEW],
        movements=[{"class": "poor", "measure": "households", "start": 30, "end": 31}],
        groups=[],
        causes=[{"class": "poor", "cause": "land", "households": 5}],
    )  # fmt: skip
    found = status.of(opened("u", 2023), tmp_path)
    states = found.tables.set_index("table")["state"]
    assert states[["review", "movements", "groups", "causes", "budget"]].tolist() == [
        "filled", "failing", "empty", "filled", "missing",
    ]  # fmt: skip
    # average living (2), minority (2), minority poor, minority near-poor
    assert of("review", found)[["rows", "blanks"]].tolist() == [1, 6]
    assert of("movements", found)["draft"] == 1  # 31 at the end, 30 in the review
    (folder / "review.csv").write_text("households\n1\n", encoding="utf-8")
    assert of("review", status.of(opened("u", 2023), tmp_path))["state"] == "failing"


def test_a_new_year_shows_what_is_to_be_checked_rewritten_and_filled_in(write_year, tmp_path):
    folder = write_year("u", 2023, review=[REVIEW], board=[{"role": "Trưởng ban", "position": "Chủ tịch"}])
    (folder / "narrative").mkdir()
    (folder / "narrative" / "giai-phap.md").write_text("- Tiếp tục.\n", encoding="utf-8")
    newyear.make(opened("u", 2024))
    found = status.of(opened("u", 2024), tmp_path)
    assert of("board", found)[["state", "to_check"]].tolist() == ["filled", 1]
    assert of("review", found)["state"] == "failing"
    assert Counter(found.sections.values()) == {"rewrite": 1, "missing": 14}
    assert (found.report, found.signed, found.numbered) == ("none", "", False)


def test_a_section_that_cannot_be_read_is_counted_as_such(write_year, tmp_path):
    folder = write_year("u", 2023, review=[REVIEW])
    (folder / "narrative").mkdir()
    (folder / "narrative" / "giai-phap.md").write_bytes(b"Ti\xd5p t\xf4c")
    (folder / "narrative" / "mo-hinh.md").write_text("<!-- hỏi lại -->", encoding="utf-8")
    found = status.of(opened("u", 2023), tmp_path)
    assert found.sections["giai-phap"] == "refused"
    assert Counter(found.sections.values()) == {"refused": 1, "missing": 14}
    assert "  không đọc được: 1 mục: giai-phap" in status.text(found).splitlines()


def test_a_report_of_the_data_as_they_are_is_up_to_date(seed):
    found = status.of(opened(SEED, SEED_YEAR), seed[1])
    assert (found.report, found.stale) == ("made", {})
    assert Counter(found.sections.values()) == {"written": 15}
    assert found.signed.startswith("đã ký 0 trên ")


def test_a_report_is_old_once_a_file_has_changed_and_the_status_names_it(seed):
    path = seed[0] / SEED / str(SEED_YEAR) / "training.csv"
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    try:
        found = status.of(opened(SEED, SEED_YEAR), seed[1])
    finally:
        path.write_bytes(before)
    assert (found.report, found.stale) == ("stale", {"data": [f"{SEED}/{SEED_YEAR}/training.csv"]})
    assert status.of(opened(SEED, SEED_YEAR), seed[1]).report == "made"


def test_a_run_that_did_not_end_is_no_report(seed, tmp_path):
    (tmp_path / SEED / str(SEED_YEAR)).mkdir(parents=True)
    assert status.of(opened(SEED, SEED_YEAR), tmp_path).report == "unfinished"


def test_sign_offs_are_counted(seed):
    shown = signed.cells(runs.second(seed[1]))
    log = signoff.sign(signoff.read(opened(SEED, SEED_YEAR)), shown, "02_budget:4")
    path = signoff.write(opened(SEED, SEED_YEAR), signoff.remark(log, shown, "02_budget:5", "Xem lại"))
    try:
        found = status.of(opened(SEED, SEED_YEAR), seed[1])
    finally:
        path.unlink()
    assert found.signed == f"đã ký 1 trên {len(shown)} ô; chữ ký hết hiệu lực: 0; nhận xét: 1"


def test_a_year_that_is_not_there_is_refused(seed):
    with pytest.raises(DataError) as refused:
        status.of(opened(SEED, 2030), seed[1])
    assert str(refused.value) == (
        f"{SEED}/2030: không có số liệu của năm này. Cách sửa: các năm đang có: 2021, {SEED_YEAR}."
    )


def test_the_screen_has_one_line_for_each_table_and_ends_with_the_sign_offs(write_year, tmp_path):
    write_year("u", 2023, review=[REVIEW])
    screen = status.text(status.of(opened("u", 2023), tmp_path)).splitlines()
    assert screen[:4] == [
        "u, năm rà soát 2023",
        "",
        "Số liệu",
        f"  {'review':<13} {'đã điền':<8} {'1 dòng, 6 ô trống':<40} Kết quả rà soát hộ nghèo, hộ cận nghèo",
    ]
    assert screen[4].startswith("  movements     thiếu ")
    assert screen[-4:] == [
        "Bản chính thức: còn 19 điều phải xử lý",
        "Báo cáo: chưa lập",
        "  số và ngày của văn thư: chưa có",
        "Thẩm tra: chưa có báo cáo để thẩm tra",
    ]
    assert len(screen) < 30
