"""The sections of a report that puts communes together, as far as its kind of report speaks of them."""

from collections.abc import Callable

import pandas as pd

from giamngheo import present
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import PROGRAMME, REVIEW
from giamngheo.report import outline, passages, rollup
from giamngheo.report.document import ROMAN
from giamngheo.report.stored import Passage

PARTS = {"review": REVIEW, "league": REVIEW, "money": PROGRAMME, "states": ""}  # the sections, and what each is about


def section(parent: Year, name: str, title: str, made: Callable[[], Passage]) -> Passage:
    """A section of the whole, numbered among those that its kind of report speaks of; nothing where it does not."""
    kind = kinds.of(parent)
    spoken = [part for part, subject in PARTS.items() if kind.speaks_of(subject)]
    if name not in spoken:
        return outline.LeftOut(kind)
    return passages.section(f"{ROMAN[spoken.index(name)]}.", title, made())


def about(parent: Year) -> str:
    """What the whole puts together, in words; its figures and words still as names in braces."""
    if kinds.of(parent).speaks_of(REVIEW):
        return "kết quả rà soát{preliminary} hộ nghèo, hộ cận nghèo {period} của {scope}"
    said = kinds.of(parent).abstract.partition(" trên địa bàn")[0]
    return f"{said[:1].lower()}{said[1:]} của {{money_scope}}"


def districts(parent: Year, frame: pd.DataFrame, name: str, columns: list[str], caption: str, **more: str) -> Passage:
    """The sums of each district as a table of the `frame` called `name`; nothing where there are not two districts."""
    if frame.empty:
        return Passage([])
    key = "village" if name == "review" else "unit"
    keys = {unit: rollup.name(parent.other(unit)) for unit in frame[key]}
    return passages.table(present.table(frame, name, columns, key=key, keys=keys, first="Huyện", caption=caption, **more))


def annex_title(parent: Year) -> str:
    """What the annex with a line for each commune shows."""
    shown = [words for words, subject in (("KẾT QUẢ RÀ SOÁT", REVIEW), ("VỐN", PROGRAMME)) if kinds.of(parent).speaks_of(subject)]
    return f"{', '.join(shown)} VÀ TÌNH TRẠNG CỦA TỪNG XÃ"
