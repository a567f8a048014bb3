"""A unit's year is opened once: what it answers is what its files say now, wherever and whenever it is asked."""

import os
import shutil
from pathlib import Path

import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import checks, environment, opened
from giamngheo.figures import results
from giamngheo.findings import DataError
from giamngheo.intake import office
from giamngheo.intake.unit import Year
from giamngheo.store import cache

COUNTS = {"households": 200, "poor_households": 30, "near_poor_households": 10}


def village(**counts) -> dict:
    return {"village": "Làng Một"} | COUNTS | counts


def poor(this: Year) -> int:
    return results.of(this)["poor_households"].item()


def test_a_file_that_is_saved_between_two_cells_is_read_again(write_year):
    write_year("xa", 2022, review=[village()])
    this = opened("xa", 2022)
    assert (this.table("review")["poor_households"].item(), poor(this)) == (30, 30)
    write_year("xa", 2022, review=[village(poor_households=31)])
    assert (this.table("review")["poor_households"].item(), poor(this)) == (31, 31)


def test_so_is_the_year_before_that_it_is_compared_with(write_year):
    write_year("xa", 2021, review=[village(poor_households=40)])
    write_year("xa", 2022, review=[village()])
    this = opened("xa", 2022)
    change = results.comparison(this).changes.set_index("class").loc["poor", "change_households"]
    assert change == 30 - 40
    write_year("xa", 2021, review=[village(poor_households=45)])
    change = results.comparison(this).changes.set_index("class").loc["poor", "change_households"]
    assert change == 30 - 45


def test_what_was_wrong_is_no_longer_found_once_it_is_put_right(write_year):
    write_year("xa", 2022, review=[village(poor_households="ba mươi")])
    this = opened("xa", 2022)
    assert [finding.value for finding in checks.check(this)] == ["ba mươi"]
    write_year("xa", 2022, review=[village()])
    assert checks.check(this) == []


def test_the_year_before_is_checked_against_as_it_stands_now(write_year):
    steps = ("to_other_class", "above_near_poor", "other_decrease", "from_other_class", "relapsed", "new", "other_increase")
    moved = {"village": "Làng Một", "class": "poor", "measure": "households", "start": 40, "end": 30}
    moved |= dict.fromkeys(steps, 0) | {"above_near_poor": 10}
    write_year("xa", 2021, review=[village(poor_households=40)])
    write_year("xa", 2022, review=[village()], movements=[moved])
    this = opened("xa", 2022)
    assert [finding.value for finding in checks.check(this) if "số đầu kỳ" in finding.rule] == []
    write_year("xa", 2021, review=[village(poor_households=45)])
    assert [finding.value for finding in checks.check(this) if "số đầu kỳ" in finding.rule] == ["40"]


def test_the_offices_files_and_the_law_are_read_again_too(write_year):
    folder = write_year("xa", 2022, review=[village()])
    this = opened("xa", 2022)
    assert office.settings(this) == {}
    (folder.parent / "unit.yml").write_text("name: xã Mẫu\n", encoding="utf-8")
    assert office.settings(this) == {"name": "xã Mẫu"}
    assert this.law.names("programme", "source", 2022)["nstw"] != "Vốn trung ương"
    rows = (PROJECT / "data" / "programme.csv").read_text(encoding="utf-8").splitlines()
    header = rows[0].split(",")
    line = dict.fromkeys(header, "") | {"kind": "source", "code": "nstw", "name": "Vốn trung ương"}
    line |= {"valid_from": "2021-01-01", "source": "thử", "decree": "thử", "confidence": "high"}
    own = ",".join(line[name] for name in header)
    (write_year.root / "programme.csv").write_text(f"{rows[0]}\n{own}\n", encoding="utf-8")
    assert this.law.names("programme", "source", 2022) == {"nstw": "Vốn trung ương"}


def test_nothing_is_read_twice_while_no_file_changes(write_year):
    write_year("xa", 2022, review=[village()])
    this = opened("xa", 2022)
    this.table("review")
    assert this.reading("review") is this.reading("review")
    assert this.once("asked", lambda: 1) == this.once("asked", lambda: 2) == 1


def test_two_data_folders_answer_side_by_side(write_year, tmp_path):
    write_year("xa", 2022, review=[village()])
    other = tmp_path / "other"
    (other / "xa").mkdir(parents=True)
    os.rename(write_year.root / "xa" / "2022", other / "xa" / "2022")
    write_year("xa", 2022, review=[village(poor_households=7)])
    assert [poor(Year(root, "xa", 2022)) for root in (write_year.root, other, write_year.root)] == [7, 30, 7]


def test_a_kernel_opens_the_year_as_it_was_opened_where_it_was_started(tmp_path, monkeypatch):
    this = Year(PROJECT / "data", SEED, SEED_YEAR, reports=tmp_path / "out")
    told = environment.of(this, tmp_path)
    assert set(told) == {"GIAMNGHEO_DATA", "GIAMNGHEO_REPORTS", "GIAMNGHEO_KEPT"}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(cache, "_shared_in", None)
    there = opened(SEED, SEED_YEAR)
    assert (there.root, there.unit, there.year, there.reports) == (this.root, SEED, SEED_YEAR, tmp_path / "out")
    assert cache._shared_in == tmp_path


def test_a_year_that_is_not_there_is_opened_but_says_so_when_it_is_asked(write_year):
    write_year("xa", 2022, review=[village()])
    this = opened("xa", 2030)
    assert (this.last, this.years) == (None, [2022])
    with pytest.raises(DataError, match="xa/2030: không có số liệu của năm này"):
        this.table("review")


def test_only_the_edge_knows_the_environment():
    naming = [path for path in sorted((PROJECT / "lib").rglob("*.py")) if "GIAMNGHEO_" in path.read_text(encoding="utf-8")]
    assert [path.name for path in naming] == ["environment.py"]


def test_a_forked_run_goes_on_with_the_year_that_was_opened_and_with_no_other(tmp_path, monkeypatch):
    """Of the same folder, unit, year and kind, the main kind by its code too; a file that changes is noticed as ever."""
    root = Path(shutil.copytree(PROJECT / "data", tmp_path / "data"))
    monkeypatch.setenv("GIAMNGHEO_DATA", str(root))
    monkeypatch.setattr(environment, "_inherited", [])
    this = Year(root, SEED, SEED_YEAR)
    environment.inherit(this)
    main = office.main_kind(this)
    assert all(environment.opened(SEED, SEED_YEAR, kind) is this for kind in ("", main))
    others = [("kong-long", SEED_YEAR, ""), (SEED, SEED_YEAR - 1, ""), (SEED, SEED_YEAR, "half_year")]
    assert not any(environment.opened(*other) is this for other in others)
    monkeypatch.setenv("GIAMNGHEO_REPORTS", str(tmp_path / "outputs"))
    assert environment.opened(SEED, SEED_YEAR) is not this
    monkeypatch.delenv("GIAMNGHEO_REPORTS")
    planned = this.table("budget")["planned"].tolist()
    path = root / SEED / str(SEED_YEAR) / "budget.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("48300000", "50000000"), encoding="utf-8")
    assert environment.opened(SEED, SEED_YEAR).table("budget")["planned"].tolist() == [
        50_000_000 if amount == 48_300_000 else amount for amount in planned
    ]
    monkeypatch.setenv("GIAMNGHEO_DATA", str(PROJECT / "data"))
    assert environment.opened(SEED, SEED_YEAR) is not this
