"""A result that nobody has approved yet is called “sơ bộ” wherever it is printed."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

import provinces
from giamngheo import present
from giamngheo.intake.unit import Year
from giamngheo.present.drawing import Pages, Picture
from giamngheo.report import document, rollup, sections
from giamngheo.report.stored import Passage
from giamngheo.review import index
from giamngheo.run import runner

UNIT, YEAR = provinces.UNITS[0], provinces.YEAR
OFFICIAL, EARLY = pd.DataFrame({"status": ["official"]}), pd.DataFrame({"status": ["official", "preliminary"]})
TABLE = Passage([{"type": "table", "caption": "Hộ nghèo"}, {"type": "paragraph", "runs": []}])
DRAWN = Passage([{"type": "figure", "caption": "Diễn biến", "alt": "Cuối kỳ 242 hộ."}])
PICTURE = Picture("h-1", "Diễn biến", "Cuối kỳ 242 hộ.", "<svg/>")
EARLY_PICTURE = Picture("h-1", "Diễn biến (kết quả sơ bộ)", "Cuối kỳ 242 hộ (kết quả sơ bộ).", "<svg/>")


def names(passage: Passage) -> list[str]:
    """The names of tables and pictures, and the words that stand for a picture."""
    return [block[name] for block in passage.blocks for name in ("caption", "alt") if name in block]


def test_the_names_of_tables_and_pictures_and_what_stands_for_them_say_that_a_result_is_preliminary():
    assert names(sections.result(OFFICIAL, TABLE, DRAWN)) == ["Hộ nghèo", "Diễn biến", "Cuối kỳ 242 hộ."]
    assert names(sections.result(EARLY, TABLE, DRAWN)) == [
        "Hộ nghèo (kết quả sơ bộ)", "Diễn biến (kết quả sơ bộ)", "Cuối kỳ 242 hộ (kết quả sơ bộ).",
    ]  # fmt: skip
    assert names(TABLE) == ["Hộ nghèo"]


def test_what_a_notebook_shows_of_a_preliminary_result_is_named_so():
    shown = present.Table("t", "Hộ nghèo", [], [], [])
    assert present.result(EARLY, shown).caption == "Hộ nghèo (kết quả sơ bộ)" and shown.caption == "Hộ nghèo"
    assert present.result(EARLY, PICTURE) == EARLY_PICTURE
    assert present.result(EARLY, Pages([PICTURE, PICTURE])) == Pages([EARLY_PICTURE, EARLY_PICTURE])
    assert present.result(OFFICIAL, shown) == shown and present.result(OFFICIAL, PICTURE) == PICTURE
    assert present.result(EARLY, None) is None


def shown(notebook: Path) -> list[tuple[str, str]]:
    """The name of each table and picture that the cells of an executed notebook show, and the words for a picture."""
    cells = runner.load_notebook_node(str(notebook)).cells
    said = "".join(output["data"].get("text/html", "") for cell in cells for output in cell.get("outputs", []))
    tables = re.findall(r"<caption>(.*?)</caption>|<p class='note'><strong>(.*?)</strong>", said)
    pictures = re.findall(r"alt='(.*?)'><figcaption>(.*?)</figcaption>", said)
    return [(name or empty, "") for name, empty in tables] + [(name, alt) for alt, name in pictures]


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
    assert len(plain) == 4  # money by project, by programme and capital, by source, and the picture of that
    assert any(block["type"] == "annex" and block["title"].endswith("RÀ SOÁT SƠ BỘ") for block in paper["blocks"])
    counted = shown(folder / "01_review.ipynb")
    assert [name for name, _ in counted if not name.endswith("(kết quả sơ bộ)")] == ["Số liệu khác"]
    assert len(counted) == 19
    assert {alt.endswith(" (kết quả sơ bộ).") for _, alt in counted if alt} == {True}
    assert {alt.endswith(" (kết quả sơ bộ).") for alt in (block["alt"] for block in paper["blocks"] if block["type"] == "figure")
            if "vốn" not in alt} == {True}  # fmt: skip
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
