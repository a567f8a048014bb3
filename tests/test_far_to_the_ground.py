"""As `test_to_the_ground`, of a commune of 40 villages and of a province of 25 communes."""

import pytest

import crawler
import paper
from conftest import PROJECT, finished, program
from giamngheo import simulate

pytestmark = pytest.mark.long
YEAR, VILLAGES, COMMUNES = 2024, 40, 25


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The data of a commune of 40 villages and the folder of its report."""
    base = tmp_path_factory.mktemp("large")
    simulate.write(base / "data", communes=1, villages=VILLAGES, year=YEAR, seed=7)
    given = ("--unit", "mo-phong-001", "--year", YEAR, "--data", base / "data", "--out", base / "out")
    finished(program("giamngheo", "report", *given, cwd=PROJECT))
    return base / "data", base / "out" / "mo-phong-001" / str(YEAR)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The data of a province of 25 communes and the folder of all reports."""
    base = tmp_path_factory.mktemp("province")
    simulate.write(base / "data", communes=COMMUNES, villages=2, year=YEAR, seed=5)
    made = program("giamngheo", "batch", "--units", "all", "--year", YEAR, "--data", base / "data", "--out", base / "out", cwd=PROJECT)
    assert made.communicate(timeout=900) and made.returncode == 0
    return base / "data", base / "out"


def test_every_figure_of_40_villages_leads_to_its_lines(large):
    crawler.check(large[1] / "bao-cao.html", 6000)


def test_every_figure_of_40_villages_has_on_paper_a_row_that_leads_to_its_lines(large):
    assert sum(1 for _ in paper.computed(large[1] / "bao-cao.html")) > 1500
    assert paper.without_ground(large[1], large[0]) == []


def test_every_number_on_the_pictures_of_40_villages_is_a_link_below_them(large):
    pictures = list(crawler.pictures(large[1] / "bao-cao.html"))
    assert [len(links) for name, _, _, links in pictures if "theo thôn, làng" in name] == [13, 13, 14]
    assert sum(links != [] for _, _, _, links in pictures) == len(pictures)


@pytest.mark.parametrize("unit", ["tinh-mo-phong", "huyen-mo-phong-1"])
def test_every_figure_of_25_communes_leads_to_the_lines_of_the_communes(whole, unit):
    crawler.check(whole[1] / unit / str(YEAR) / "bao-cao.html", 150)


@pytest.mark.parametrize("unit", ["tinh-mo-phong", "huyen-mo-phong-1"])
def test_every_figure_of_25_communes_has_on_paper_a_row_that_leads_to_its_lines(whole, unit):
    assert paper.without_ground(whole[1] / unit / str(YEAR), whole[0]) == []
