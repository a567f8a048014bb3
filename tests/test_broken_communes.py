"""In a province of 25 communes one is broken, one has vanished, one is older than its data and one has a damaged manifest: all the
others are made, and each of the four is named in the batch, the index and the province's report, with its cause and what to do.
"""

import shutil

import pytest

from conftest import PROJECT, program
from giamngheo import simulate
from giamngheo.intake.unit import Year
from giamngheo.review import index

pytestmark = pytest.mark.long
YEAR, MANY = 2024, 25
BROKEN, GONE, STALE, DAMAGED = (f"mo-phong-{number:03d}" for number in (3, 7, 11, 20))


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """The data, the reports and what a second batch said, after four communes were disturbed."""
    base = tmp_path_factory.mktemp("province")
    simulate.write(base / "data", communes=MANY, villages=2, year=YEAR, seed=5)
    command = ["giamngheo", "batch", "--units", "all", "--year", YEAR, "--data", base / "data", "--out", base / "out", "--keep-going"]
    first = program(*command, cwd=PROJECT)
    assert first.communicate(timeout=900) and first.returncode == 0
    review = base / "data" / BROKEN / str(YEAR) / "review.csv"
    header, line, *rest = review.read_text("utf-8").splitlines()
    village, households, *others = line.split(",")
    review.write_text("\n".join([header, ",".join([village, f"9{households}", *others]), *rest]) + "\n", "utf-8")
    shutil.rmtree(base / "data" / GONE / str(YEAR))
    facts = base / "data" / STALE / str(YEAR) / "facts.csv"
    facts.write_text(facts.read_text("utf-8") + "\n", "utf-8")
    (base / "out" / DAMAGED / str(YEAR) / "manifest.json").write_text("{", "utf-8")
    before = {one.unit: one for one in index.entries(base / "out", base / "data")}
    second = program(*command, cwd=PROJECT)
    said = "".join(second.communicate(timeout=900))
    assert second.returncode == 1
    return base, before, said


def test_the_index_names_each_before_anything_is_made_again(province):
    _, before, _ = province
    assert (before[BROKEN].state, before[STALE].state) == ("stale", "stale")
    assert before[STALE].cause.startswith(f"đã đổi sau khi lập: {STALE}/{YEAR}/facts.csv; lập lại: ")
    assert (before[GONE].state, before[DAMAGED].state) == ("gone", "failed")
    assert before[DAMAGED].cause.startswith("manifest.json hỏng; ")
    assert before["tinh-mo-phong"].cause.startswith("đã đổi sau khi lập: xã Mô Phỏng 003, xã Mô Phỏng 007, xã Mô Phỏng 011; lập lại: ")
    untouched = [one for unit, one in before.items() if unit.startswith("mo-phong") and unit not in (BROKEN, GONE, STALE, DAMAGED)]
    assert [one.state for one in untouched] == ["final"] * (MANY - 4)


def test_the_batch_makes_all_others_and_names_the_three_that_it_cannot_make(province):
    base, _, said = province
    assert f"{BROKEN}/{YEAR}/review.csv, dòng 2, cột C (persons)" in (base / "out" / f"failures-{YEAR}.csv").read_text("utf-8-sig")
    assert f"\n{BROKEN} " in said and f"\n{DAMAGED} " in said
    assert f"Chú ý: xã Mô Phỏng 007 ({GONE}): không còn số liệu; " in said
    now = {one.unit: one.state for one in index.entries(base / "out", base / "data")}
    assert (now[BROKEN], now[GONE], now[STALE], now[DAMAGED]) == ("failed", "gone", "final", "failed")
    assert [now[unit] for unit in now if unit.startswith(("huyen", "tinh"))] == ["draft"] * len([u for u in now if u.startswith(("huyen", "tinh"))])


def test_the_province_says_of_how_many_it_is_and_why_the_two_without_data_are_not_in_it(province):
    base, _, _ = province
    page = (base / "out" / "tinh-mo-phong" / str(YEAR) / "bao-cao.html").read_text("utf-8")
    assert "Tính chung 23/25 xã có số liệu:" in page
    assert "1 xã chưa có số liệu; 1 xã số liệu chưa dùng được; 23 xã lập được bản chính thức." in page
    assert f"{BROKEN}/{YEAR}/review.csv, dòng 2, cột C (persons)" in page
    there = Year(base / "data", "tinh-mo-phong", YEAR).law.territory(YEAR).communes["tinh-mo-phong"]
    assert len(there) == MANY
