"""Sections in which nothing is written: their heading, the name of a table, words that hold a place, and no more."""

import re
from collections.abc import Iterator

from giamngheo.intake.markdown import HEADING, POINT, TITLED
from giamngheo.intake.narrative import Text
from giamngheo.vietnamese.stand_ins import refers_back, says_nothing
from giamngheo.vietnamese.text import identity

WORD = re.compile(r"[^\W\d_]{2,}|\{")  # a word, or the name of a figure
NUMBERED = re.compile(r"(?:bảng|biểu|hình)(?: số)?[\s\d.:]*", re.IGNORECASE)  # Bảng 1
LABELLED = re.compile(r"[^:]{1,80}:\s*(\S.*)")
ENDED = (".", ";", "!")


def written(text: Text, title: str) -> bool:
    """Whether a section says something of its own."""
    return any(tells(block, title) for block in text.words().blocks)


def tells(block: dict, title: str) -> bool:
    """Whether a block says more than what stands above or before something else.

    >>> line = lambda text, **style: {"type": "paragraph", "runs": [{"text": text} | style]}
    >>> [tells(line(text), "Giải pháp") for text in ("Giải pháp", "Các giải pháp:", "Bảng: Vốn", "(chưa viết)", "Vay vốn.")]
    [False, False, False, False, True]
    >>> tells(line("Giải pháp về vốn", bold=True), ""), tells(line("Không có.", bold=True), "")
    (False, True)
    """
    if block["type"] == "table":
        return any(re.search(r"\w", said) and not says_nothing(said) for row in block["rows"] for said in map(joined, row))
    if block["type"] == "list":
        return any(sentence(joined({"runs": item}), title) for item in block["items"])
    said = joined(block)
    heading = all(run.get("bold") for run in block["runs"]) and not said.rstrip().endswith(ENDED)
    return not heading and sentence(said, title)


def sentence(said: str, title: str) -> bool:
    name = TITLED.match(said) or NUMBERED.fullmatch(said)
    lead_in = said.rstrip(" …").endswith(":") or name is not None or identity(said.rstrip(" .:…")) == identity(title)
    return bool(WORD.search(said)) and not lead_in and not holds_a_place(said) and not refers_back(said)


def holds_a_place(said: str) -> bool:
    """Whether a line only holds the place of words to come, or names something of which it does.

    >>> holds_a_place("(chưa viết)"), holds_a_place("Hộ nghèo: chưa có số liệu."), holds_a_place("Khó khăn: không có")
    (True, True, False)
    """
    named = LABELLED.fullmatch(said)
    return says_nothing(said) or named is not None and says_nothing(named[1])


def joined(holder: dict) -> str:
    return "".join(run["text"] for run in holder["runs"])


def first_line(text: Text) -> tuple[int, str]:
    """The first line of a section that is printed, with its number."""
    return next(((number, line.strip()) for number, line in text.lines() if line.strip()), (1, ""))


def held_places(text: Text) -> Iterator[tuple[int, str]]:
    """The lines that only hold a place among others that say something, without the mark of their point."""
    for number, line in text.lines():
        point, heading = POINT.fullmatch(line), HEADING.fullmatch(line)
        said = (point[3] if point else heading[1] if heading else line).strip()
        if said and "|" not in line and holds_a_place(said):
            yield number, said
