"""The words of the field stand in one table: to change one is to change one line."""

import ast

from conftest import PROJECT
from giamngheo.present import CLASS_NAMES, MOVEMENT_NAMES, UNKNOWN
from giamngheo.reconcile import indicators
from giamngheo.vietnamese import terms

LIBRARY = PROJECT / "lib" / "giamngheo"
COMMON = {"năm", "người"}  # words that say other things too
WORDS = {*terms.CLASSES.values(), *terms.UNITS.values(), *terms.COUNTED.values(), terms.UNKNOWN} - COMMON
OWN_WORDS = ("simulate",)  # makes up what others print, and is held against it
LABELS = {
    "indicators.py": {"hộ nghèo", "hộ cận nghèo", "hộ nghèo đa chiều"},  # what a claim is about, in its own list
    "typed_claims.py": {"hộ", "khẩu"},  # words of a sentence, among others
}


def words_in(code):
    """The words of the table that stand in code as texts of their own."""
    texts = (node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text.lower() in WORDS}


def test_a_word_of_the_table_is_typed_nowhere_else():
    found = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        if path.name != "terms.py" and path.relative_to(LIBRARY).parts[0] not in OWN_WORDS:
            found[path.name] = words_in(path.read_text(encoding="utf-8")) - LABELS.get(path.name, set())
    assert {name: words for name, words in found.items() if words} == {}


def test_the_search_for_words_finds_them():
    assert words_in('names = {"poor": "Hộ nghèo"}; f"{x} hộ"; print("một hộ nghèo", "khẩu")') == {"Hộ nghèo", "khẩu"}


def test_what_is_printed_is_made_of_the_table():
    assert CLASS_NAMES["near_poor"] == "Hộ cận nghèo"
    assert list(MOVEMENT_NAMES.values()) == [
        "Hộ nghèo (hộ)", "Hộ nghèo (khẩu)", "Hộ cận nghèo (hộ)", "Hộ cận nghèo (khẩu)",
    ]  # fmt: skip
    assert UNKNOWN == "chưa có số liệu"
    assert (indicators.HOUSEHOLDS, indicators.PERSONS, indicators.MONEY) == ("hộ", "khẩu", "đồng")
