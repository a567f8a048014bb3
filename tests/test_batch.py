"""Many reports with one command: what stands is left alone, what changed is made again, what fails is told."""

import json

import pytest

from giamngheo import batch, simulate

YEAR = 2024
UNITS = ["mo-phong-001", "mo-phong-002"]


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """Two simulated communes and the reports of both."""
    base = tmp_path_factory.mktemp("batch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIAMNGHEO_DATA", str(base / "data"))
        simulate.write(base / "data", communes=2, villages=3, year=YEAR, seed=9)
        assert batch.main("all", YEAR, 2, out=base / "out") == 0
    return base


@pytest.fixture
def again(province, monkeypatch, capsys):
    """The same command once more: its exit code and what it said."""
    monkeypatch.setenv("GIAMNGHEO_DATA", str(province / "data"))

    def run(**more):
        code = batch.main("all", YEAR, 2, out=province / "out", **more)
        return code, "".join(capsys.readouterr())

    return run


def made_at(province):
    return {unit: (province / "out" / unit / str(YEAR) / "manifest.json").stat().st_mtime_ns for unit in UNITS}


def test_touch_nothing_and_nothing_runs(province, again):
    before = made_at(province)
    code, said = again()
    assert (code, made_at(province)) == (0, before)
    assert said.startswith("2 báo cáo năm 2024: 2 còn nguyên, 0 cần lập")


def test_every_output_carries_its_own_unit_and_key(province):
    for unit in UNITS:
        folder = province / "out" / unit / str(YEAR)
        record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert (record["unit"], record["year"]) == (unit, YEAR)
        assert record["key"] in (folder / "bao-cao.html").read_text(encoding="utf-8")
        assert record["key"].encode() in (folder / "04_report.ipynb").read_bytes()


def test_one_changed_file_makes_exactly_its_report(province, again):
    path = province / "data" / UNITS[1] / str(YEAR) / "narrative" / "kien-nghi.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nThêm một câu.\n", encoding="utf-8")
    before = made_at(province)
    assert batch.reasons(UNITS[1], YEAR, province / "out") != []
    code, _ = again()
    after = made_at(province)
    assert (code, [unit for unit in UNITS if after[unit] != before[unit]]) == (0, [UNITS[1]])


def test_a_unit_whose_data_are_wrong_fails_alone_and_is_told(province, again):
    path = province / "data" / UNITS[0] / str(YEAR) / "review.csv"
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"official", b"offical", 1))
    try:
        code, said = again(keep_going=True)
    finally:
        path.write_bytes(kept)
    assert code == 1
    assert f"{UNITS[0]}/{YEAR}/review.csv" in said
