"""Household totals, rates and money survive Excel → frame → report → PDF exactly, for every commune of a province."""

import re
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest

from giamngheo import opened, simulate
from giamngheo.run import runner
from tools import folder, need, said

pytestmark = pytest.mark.long
COMMUNES = [f"mo-phong-{number:03d}" for number in range(1, 6)]
YEAR = 2024


@pytest.fixture(scope="module")
def province():
    need("pdftotext")
    base = folder() / "excel"
    simulate.write(base / "data", communes=len(COMMUNES), villages=7, year=YEAR, seed=11, excel=True)
    return base


def column(province, commune: str, sheet: str, name: str) -> list[int]:
    """The numbers of one column of a sheet as Excel holds them, total rows left out."""
    rows = openpyxl.load_workbook(province / "data" / commune / str(YEAR) / "so-lieu.xlsx", data_only=True)[
        sheet
    ].values
    header, *lines = list(rows)
    names = [str(cell).rpartition("\n")[2] for cell in header]
    first = names.index("village") if "village" in names else 0
    kept = [line for line in lines if line[first] and "tổng" not in str(line[first]).lower()]
    return [int(line[names.index(name)]) for line in kept if line[names.index(name)] is not None]


def vietnamese(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def percent(part: int, whole: int) -> str:
    return str((Decimal(part * 100) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",") + "%"


@pytest.mark.parametrize("commune", COMMUNES)
def test_what_stands_in_excel_is_printed(province, monkeypatch, commune):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(province / "data"))
    made = runner.make(opened(commune, YEAR), province / "out", say=lambda line: None, formats=("pdf",))
    words = re.sub(r"\s+", " ", said("pdftotext", made / "bao-cao.pdf", "-"))
    households, poor, persons = (
        sum(column(province, commune, "review", name)) for name in ("households", "poor_households", "poor_persons")
    )
    planned = sum(column(province, commune, "budget", "planned"))
    assert f"Tổng số hộ dân cư: {vietnamese(households)} hộ." in words
    assert (
        f"Hộ nghèo: {vietnamese(poor)} hộ, chiếm {percent(poor, households)} tổng số hộ; "
        f"nhân khẩu: {vietnamese(persons)} khẩu." in words
    )
    assert f"Tổng kế hoạch vốn: {vietnamese(planned)} đồng" in words
