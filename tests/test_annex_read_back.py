"""The Excel annex of a report, imported into an empty year, gives the very counts that the report was made of."""

import shutil

import pytest

from giamngheo import simulate
from giamngheo.imports import taking
from giamngheo.intake import template
from giamngheo.intake.unit import Year
from giamngheo.report import form_sheets, forms
from giamngheo.writers import xlsx
from tools import folder

YEAR, COMMUNES, AT_ONCE = 2024, 30, 6  # communes, and how many of them `make test` tries
META = {"title": "Báo cáo", "issuer": "UBND", "key": "x/2024/" + "0" * 64, "timestamp": 0, "draft": [], "synthetic": True}
KEYS = ("village", "class", "measure", "indicator", "group", "cause")


@pytest.fixture(scope="module")
def province():
    simulate.write(folder() / "annexes", communes=COMMUNES, villages=3, year=YEAR, seed=16)
    return folder() / "annexes"


def annex(this: Year) -> bytes:
    blocks = [
        {"type": "letterhead", "superior": "UBND TỈNH MẪU", "issuer": ["ỦY BAN NHÂN DÂN", "XÃ MẪU"]},
        {"type": "annex", "attached": "(Kèm theo Báo cáo số 05/BC-UBND)"},
        *({"type": "table", "id": shown.id, "caption": shown.caption} for _, shown in forms.of_main(this)),
    ]
    return xlsx.write({"meta": META, "blocks": blocks, "sheets": form_sheets.of(this, blocks)})


def counted(this: Year, table: str) -> list[str]:
    """All columns of a table but where a row was read, its note, and whether and by which standard a result is official, which is asked."""
    beside = {"found_at", "cells_at", "note", "status", "standard"}
    return [name for name in this.table(table) if name not in beside]


def rows(this: Year, table: str, columns: list[str]):
    keys = [name for name in columns if name in KEYS]
    return this.table(table)[columns].sort_values(keys).reset_index(drop=True)


LATER = [pytest.param(commune, marks=pytest.mark.long) for commune in range(AT_ONCE + 1, COMMUNES + 1)]


@pytest.mark.parametrize("commune", [*range(1, AT_ONCE + 1), *LATER])
def test_an_annex_that_is_imported_gives_the_same_frames(province, tmp_path, commune):
    unit = f"mo-phong-{commune:03d}"
    this, own = Year(province, unit, YEAR), tmp_path / "data" / unit
    path = tmp_path / "bieu-mau.xlsx"
    path.write_bytes(annex(this))
    own.mkdir(parents=True)
    shutil.copy(province / unit / "unit.yml", own)
    shown, write = taking.taken(path, Year(own.parent, unit, YEAR))
    assert write is not None, shown
    write()
    after = Year(own.parent, unit, YEAR)
    for table in ("review", "movements", "deprivations", "groups", "causes"):
        columns = counted(this, table)
        assert rows(after, table, columns).equals(rows(this, table, columns)), table


def test_what_is_not_known_in_an_annex_is_not_known_after_it_was_imported_and_no_sum_leaves_it_out(province, tmp_path):
    """Two of the households that lack employment are not known, one code nobody has counted."""
    unit = "mo-phong-001"
    before = shutil.copytree(province / unit, tmp_path / "before" / unit) / str(YEAR) / "deprivations.csv"
    shutil.copy(province / "units.csv", tmp_path / "before")
    lines = before.read_text("utf-8").splitlines()
    own = [line.split(",") for line in lines if line.startswith("làng Giả Định 1,poor,")]
    unknown = {",".join(own[0]): ",".join([*own[0][:3], "", *own[0][4:]])}
    kept = [unknown.get(line, line) for line in lines if f",{own[1][2]}," not in line]
    before.write_text("\n".join(kept) + "\n", "utf-8")
    this = Year(tmp_path / "before", unit, YEAR)
    path = tmp_path / "bieu-mau.xlsx"
    path.write_bytes(annex(this))
    (tmp_path / "data" / unit).mkdir(parents=True)
    shutil.copy(province / unit / "unit.yml", tmp_path / "data" / unit)
    after = Year(tmp_path / "data", unit, YEAR)
    shown, write = taking.taken(path, after)
    assert write is not None, shown
    write()
    columns = counted(this, "deprivations")
    assert rows(after, "deprivations", columns).equals(rows(this, "deprivations", columns))
    (total,) = [line for line in {form.name: table for form, table in forms.of_main(after)}["F4"].rows if line[1] == "Tổng cộng"]
    assert [cell if isinstance(cell, str) else cell.value for cell in total[3:6]] == [None, None, "…"]


def test_an_annex_is_imported_into_a_new_year_whose_wide_sheets_wait_for_numbers(province, tmp_path):
    """The workbook of a new year has villages and opening counts, which are no figures that a form would write over."""
    unit = "mo-phong-001"
    (tmp_path / "data" / unit).mkdir(parents=True)
    for name in ("unit.yml", str(YEAR - 1)):
        (shutil.copytree if (province / unit / name).is_dir() else shutil.copy)(province / unit / name, tmp_path / "data" / unit / name)
    (tmp_path / "data" / unit / str(YEAR)).mkdir()
    this = Year(tmp_path / "data", unit, YEAR)
    template.write(this, this.folder / "so-lieu.xlsx")
    path = tmp_path / "bieu-mau.xlsx"
    path.write_bytes(annex(Year(province, unit, YEAR)))
    shown, write = taking.taken(path, this)
    assert write is not None, shown
    write()
    after, before = Year(tmp_path / "data", unit, YEAR), Year(province, unit, YEAR)
    for table in ("movements", "deprivations"):
        columns = counted(before, table)
        assert rows(after, table, columns).equals(rows(before, table, columns)), table
