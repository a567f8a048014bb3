"""The guides: their links and pictures are there, their example is what the program says, the dictionary is up to date."""

import re
import runpy
import shutil

import pytest

from conftest import PROJECT, SEED, finished, program
from giamngheo import cli
from giamngheo.law import dictionary

DOCS = PROJECT / "docs"
GUIDES = ["huong-dan.md", "thanh-tra.md", "windows.md", "tu-dien.md", "architecture.md"]
WRITER = runpy.run_path(str(DOCS / "dictionary.py"))
HOUSE = runpy.run_path(str(DOCS / "architecture.py"))


def test_the_dictionary_page_is_up_to_date():
    assert WRITER["PAGE"].read_text(encoding="utf-8") == WRITER["page"]()


def test_the_picture_of_the_house_is_drawn_from_its_imports():
    assert HOUSE["PICTURE"].read_text(encoding="utf-8") == HOUSE["drawing"]()


def test_a_room_that_imports_from_above_is_a_circle_and_not_a_floor():
    with pytest.raises(ValueError, match="^a circle of imports: cellar, roof$"):
        HOUSE["floors"]({"roof": {"cellar"}, "cellar": {"roof"}, "ground": set()})


def test_every_file_that_the_page_of_the_house_names_is_there():
    named = re.findall(r"`((?:data|notebooks|docs|[a-z]+)/[\w/.]+\.(?:py|csv|ipynb|md))`", (DOCS / "architecture.md").read_text("utf-8"))
    places = [PROJECT, PROJECT / "lib" / "giamngheo"]
    assert named and [name for name in named if not any((place / name).exists() for place in places)] == []


def test_the_dictionary_page_has_a_row_for_every_column():
    rows = [line for line in WRITER["page"]().splitlines() if line.startswith("| `")]
    assert sorted(row.split("`")[1] for row in rows) == sorted(dictionary.frame()["column"])


def test_a_rule_with_a_bar_stays_in_its_cell():
    assert WRITER["cell"]("one of official|preliminary") == "one of official\\|preliminary"


@pytest.mark.parametrize("name", GUIDES)
def test_every_link_and_picture_is_there(name):
    targets = re.findall(r"\]\(([^)#]+)", (DOCS / name).read_text(encoding="utf-8"))
    assert [target for target in targets if "://" not in target and not (DOCS / target).exists()] == []


def test_pictures_are_small_and_all_are_shown():
    shown = {
        found for name in GUIDES for found in re.findall(r"images/([\w-]+\.(?:png|svg))", (DOCS / name).read_text("utf-8"))
    }
    assert {path.name for path in (DOCS / "images").iterdir()} == shown
    assert [path.name for path in (DOCS / "images").iterdir() if path.stat().st_size >= 150_000] == []


def test_the_message_in_the_guide_is_what_the_check_says(tmp_path, capsys):
    shutil.copytree(PROJECT / "data" / SEED, tmp_path / SEED)
    review = tmp_path / SEED / "2022" / "review.csv"
    text = review.read_text(encoding="utf-8")
    assert "\n,,,242," in text
    review.write_text(text.replace("\n,,,242,", "\n,180,,242,"), encoding="utf-8")
    assert cli.main(["check", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().out.splitlines()[0]
    guide = (DOCS / "huong-dan.md").read_text(encoding="utf-8")
    assert said in [" ".join(block.split()) for block in re.findall(r"```\n(.*?)```", guide, re.DOTALL)]


@pytest.mark.parametrize("name", GUIDES)
def test_the_commands_of_the_guides_exist(name):
    verbs = set(cli.parser().verbs)
    text = (DOCS / name).read_text(encoding="utf-8")
    said = re.findall(r"(?m)^giamngheo ([a-z-]+)|`giamngheo ([a-z-]+)", text)
    assert {first or second for first, second in said} - verbs == set()
    targets = set(re.findall(r"(?m)^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8")))
    assert set(re.findall(r"\bmake ([a-z]+) ?[U`]", text)) - targets == set()


WITHOUT_UNIX = """
import builtins, os, sys

given = builtins.__import__


def on_windows(name, globals=None, *more, **named):
    if name in ("fcntl", "resource", "pwd") and (globals or {}).get("__name__", "").startswith("giamngheo"):
        raise ModuleNotFoundError(name)
    return given(name, globals, *more, **named)


builtins.__import__ = on_windows
del os.fork, os.setsid, os.killpg, os.getuid
from giamngheo import cli

sys.exit(cli.main())
"""


def test_a_report_needs_nothing_that_windows_lacks(tmp_path):
    (tmp_path / "program.py").write_text(WITHOUT_UNIX, encoding="utf-8")
    made = program("python", tmp_path / "program.py", "report", "--engine", "kernel", "--out", tmp_path, cwd=PROJECT)
    assert finished(made).rstrip().endswith(f"{SEED}/2022/bao-cao.pdf")
