"""A report's annex in Excel, imported into an empty year, gives the figures it was made of."""

import pytest

from giamngheo import cli
from giamngheo.imports import taking
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import tables

UNIT, YEAR = "mo-phong-001", 2024
KEYS = {
    "review": ["village"],
    "movements": ["village", "class", "measure"],
    "deprivations": ["village", "class", "indicator"],
    "groups": ["village", "class", "group"],
    "causes": ["village", "class", "cause"],
}
NOT_IN_FORMS = ("minority", "low_income", "groups.persons")  # columns that no official form has


@pytest.fixture(scope="module")
def years(tmp_path_factory) -> tuple[Year, Year]:
    """A made-up commune of five villages, and the empty year into which the annex of its report was imported."""
    place = tmp_path_factory.mktemp("annex")
    assert cli.main(["simulate", "--communes", "1", "--villages", "5", "--seed", "7", "--out", str(place / "data")]) == 0
    common = ["--unit", UNIT, "--year", str(YEAR)]
    assert cli.main(["report", "--data", str(place / "data"), "--out", str(place / "out"), *common]) == 0
    (place / "empty" / UNIT).mkdir(parents=True)
    empty = Year(place / "empty", UNIT, YEAR)
    shown, write = taking.taken(place / "out" / UNIT / str(YEAR) / "bieu-mau.xlsx", empty)
    assert write is not None, shown
    write()
    return Year(place / "data", UNIT, YEAR), empty


@pytest.mark.parametrize("table", KEYS)
def test_every_figure_of_the_forms_comes_back(years, table):
    counted = [one.name for one in tables()[table] if one.type == "count"]
    names = [name for name in counted if not name.startswith(NOT_IN_FORMS) and f"{table}.{name}" not in NOT_IN_FORMS]
    first, back = (year.table(table)[[*KEYS[table], *names]].sort_values(KEYS[table], ignore_index=True) for year in years)
    assert len(first) >= 5
    assert first.equals(back)


def test_every_row_that_came_back_cites_its_cells_in_the_annex(years):
    notes = years[1].table("movements")["note"]
    assert notes[0] == "Nhập từ goc/bieu-mau.xlsx, trang tính Diễn biến hộ nghèo, ô D11, E11, F11, G11, H11, I11, J11, K11, L11"
    assert notes.str.startswith("Nhập từ goc/bieu-mau.xlsx, trang tính Diễn biến hộ").all()
