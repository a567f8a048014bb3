"""A result that nobody has approved yet is called “sơ bộ” wherever it is printed."""

import shutil

import pandas as pd
import pytest

import provinces
from giamngheo.intake.unit import Year
from giamngheo.report import document, rollup, sections
from giamngheo.report.stored import Passage
from giamngheo.review import index
from giamngheo.run import runner

UNIT, YEAR = provinces.UNITS[0], provinces.YEAR
OFFICIAL, EARLY = pd.DataFrame({"status": ["official"]}), pd.DataFrame({"status": ["official", "preliminary"]})
TABLE = Passage([{"type": "table", "caption": "Hộ nghèo"}, {"type": "paragraph", "runs": []}])
DRAWN = Passage([{"type": "figure", "caption": "Diễn biến"}])


def captions(passage: Passage) -> list[str]:
    return [block["caption"] for block in passage.blocks if "caption" in block]


def test_the_names_of_tables_and_pictures_say_that_a_result_is_preliminary():
    assert captions(sections.result(OFFICIAL, TABLE, DRAWN)) == ["Hộ nghèo", "Diễn biến"]
    assert captions(sections.result(EARLY, TABLE, DRAWN)) == ["Hộ nghèo (kết quả sơ bộ)", "Diễn biến (kết quả sơ bộ)"]
    assert captions(TABLE) == ["Hộ nghèo"]


@pytest.fixture
def early(tmp_path):
    """A commune's year whose result, like that of the year before, is preliminary."""
    root = tmp_path / "data"
    shutil.copytree(provinces.root(), root)
    for review in root.glob(f"{UNIT}/*/review.csv"):
        review.write_text(review.read_text("utf-8").replace(",official,", ",preliminary,"), "utf-8")
    return Year(root, UNIT, YEAR, reports=tmp_path / "out")


def test_everything_that_prints_a_preliminary_result_calls_it_so(early, tmp_path):
    folder = runner.make(early, tmp_path / "out", say=lambda line: None, formats=("html",))
    paper = document.from_notebook(runner.load_notebook_node(str(folder / "04_report.ipynb")))
    words = "rà soát sơ bộ hộ nghèo, hộ cận nghèo năm 2024"
    assert words in paper["meta"]["title"] and any("kết quả còn là sơ bộ" in line for line in paper["meta"]["draft"])
    said = ["".join(run["text"] for run in block["runs"]) for block in paper["blocks"] if block["type"] == "paragraph"]
    assert sum(words in line for line in said) == 2  # the first sentence and the last
    headings = [block["text"] for block in paper["blocks"] if block["type"] == "heading"]
    assert f"Kết quả {words}" in headings and "Kết quả rà soát sơ bộ" in headings
    named = [block["caption"] for block in paper["blocks"] if block["type"] in ("table", "figure")]
    plain = [caption for caption in named if not caption.endswith("(kết quả sơ bộ)")]
    assert [caption for caption in plain if "nghèo" in caption or "thiếu hụt" in caption] == []
    assert len(plain) == 4  # money by project and by source, its picture, and the annex of calculations
    assert any(block["type"] == "annex" and block["title"].endswith("RÀ SOÁT SƠ BỘ") for block in paper["blocks"])
    index.write(tmp_path / "out", early.root)
    assert "DỰ THẢO (kết quả sơ bộ)" in (tmp_path / "out" / index.FILE).read_text("utf-8")


def test_the_whole_says_of_how_many_communes_the_result_is_preliminary(early):
    parent = rollup.whole(early)
    members = rollup.communes(parent)
    reasons = rollup.draft_reasons(parent, members, rollup.reviews(parent, members))
    assert "1 xã kết quả còn là sơ bộ: xã Mô Phỏng 001." in reasons
    assert sections.called(rollup.reviews(parent, members)) == {"preliminary": " sơ bộ"}


def test_an_official_result_says_which_decision_approved_it():
    this = Year(provinces.root(), UNIT, YEAR)
    (block,) = sections.approved(this).blocks
    (run,) = block["runs"]
    assert run["text"].startswith("Kết quả được công nhận tại Quyết định số ")
    assert run["text"].endswith(" của Ủy ban nhân dân huyện Mô Phỏng 1 (số liệu mô phỏng).")
