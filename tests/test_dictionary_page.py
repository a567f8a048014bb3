"""The data dictionary for people says what the one for the program says."""

import runpy

from conftest import PROJECT
from giamngheo import data

WRITER = runpy.run_path(str(PROJECT / "docs" / "dictionary.py"))


def test_it_is_up_to_date():
    assert WRITER["PAGE"].read_text(encoding="utf-8") == WRITER["page"]()


def test_it_has_a_row_for_every_column():
    rows = [line for line in WRITER["page"]().splitlines() if line.startswith("| `")]
    assert sorted(row.split("`")[1] for row in rows) == sorted(data.dictionary()["column"])


def test_a_rule_with_a_bar_stays_in_its_cell():
    assert WRITER["cell"]("one of official|preliminary") == "one of official\\|preliminary"
