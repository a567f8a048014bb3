"""The sections of a report that puts communes together, as far as its kind of report speaks of them."""

from collections.abc import Callable

from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import PROGRAMME, REVIEW
from giamngheo.report import outline, passages
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
    return "kết quả thực hiện, giải ngân vốn Chương trình mục tiêu quốc gia giảm nghèo bền vững {period} của {money_scope}"


def annex_title(parent: Year) -> str:
    """What the annex with a line for each commune shows."""
    shown = [words for words, subject in (("KẾT QUẢ RÀ SOÁT", REVIEW), ("VỐN", PROGRAMME)) if kinds.of(parent).speaks_of(subject)]
    return f"{', '.join(shown)} VÀ TÌNH TRẠNG CỦA TỪNG XÃ"
