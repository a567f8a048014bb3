"""The numbers of a document changed by hand after it was exported."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from giamngheo.reconcile.notation import SCALE
from giamngheo.reconcile.paragraphs import Paragraph, read
from giamngheo.vietnamese.numbers import NUMBER

COUNTED = re.compile(
    rf"(?:(\btăng|\bgiảm|(?<![\w)])-) ?(?:thêm )?)?({NUMBER})(?: ?(%|điểm\b|(?:{SCALE})\b|hộ\b|khẩu\b|người\b|đồng\b))?"
)


class Number(NamedTuple):
    """A number of a document with the word before it that gives it a direction and the unit after it."""

    direction: str
    number: str
    unit: str


def changed_by_hand(edited: Path, exported: Path) -> list[str]:
    """The numbers of a document that are no longer those of the one that was exported, each with its place; so are those
    that now go up instead of down or count something else."""
    now, before = _numbers(read(edited)), _numbers(read(exported))
    matcher = SequenceMatcher(None, [one for one, _ in before], [one for one, _ in now], autojunk=False)
    told = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            old, new = ([number for number, _ in part] for part in (before[a:b], now[c:d]))
            place = next((one for _, one in (*now[c:d], *now[max(c - 1, 0) : c])), Paragraph("", ""))
            told.append(f"{place.where}: {_instead(new, old)} — {place.text}")
    return told


def _instead(new: list[Number], old: list[Number]) -> str:
    """`245 thay cho 242`; where the numbers are the same, with the words that differ: `tăng 20 hộ thay cho giảm 20 hộ`."""
    same = [one.number for one in new] == [one.number for one in old]
    return " thay cho ".join(
        "; ".join(" ".join(filter(None, one)) if same else one.number for one in part) or "không có" for part in (new, old)
    )


def _numbers(paragraphs: Sequence[Paragraph]) -> list[tuple[Number, Paragraph]]:
    return [(Number(*found), one) for one in paragraphs for found in COUNTED.findall(one.text.casefold())]
