"""The sections of the report in the order of its kind (`law.kinds`): which are made, under which heading, in which place.

A cell of `04_report` makes one part, by name; a part that the kind's outline does not have is not made, nor is anything
computed for it. Every block keeps its place in the outline (`at`), by which `document` puts them in order.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd

from giamngheo.figures import results
from giamngheo.figures.results import under
from giamngheo.intake import kinds, narrative, periods
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import PARTS, REVIEW, Kind, Section
from giamngheo.report import passages, sections
from giamngheo.report.passages import Named
from giamngheo.report.stored import Passage


class LeftOut(Passage):
    """Nothing of the report; in the review edition a line that says that its kind does not speak of this."""

    def __init__(self, kind: Kind):
        super().__init__([])
        self.said = f"{kind.name}: loại báo cáo này không có phần này."

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        return {"text/plain": self.said, "text/html": f"<p>{escape(self.said)}</p>"}


def speaks_of(this: Year, subject: str) -> bool:
    """Whether the kind of report speaks of the subject, "review" or "programme"."""
    return kinds.of(this).speaks_of(subject)


def table(this: Year, name: str) -> pd.DataFrame:
    """The rows of a table of the year that the kind of report tells (`kinds.table`)."""
    return kinds.table(this, name)


def about(this: Year, subject: str, made: Callable[[], Any]) -> Any:
    """What `made` gives where the kind speaks of the subject, "review" or "programme"."""
    return made() if speaks_of(this, subject) else LeftOut(kinds.of(this))


def part(this: Year, name: str, figures: Named, made: Callable[[], Passage]) -> Passage:
    """The part `name` of the outline: its headings, what `made` gives, its words."""
    if name not in PARTS:
        raise ValueError(f"law.kinds.PARTS không có phần {name!r}")
    kind = kinds.of(this)
    if name not in kind.parts:
        return LeftOut(kind)
    return placed(this, kind.parts[name], figures, made())


def words(this: Year, figures: Named, *names: str) -> Passage:
    """Sections of the outline that are narrative alone, by the names of their files; what it does not have is left out."""
    kind = kinds.of(this)
    found = [at for at, row in enumerate(kind.outline) if row.words in names and not row.part]
    return passages.parts(*(placed(this, at, figures) for at in found)) if found else LeftOut(kind)


def own_words(this: Year, figures: Named) -> Passage:
    """The sections of narrative that only this kind has."""
    own = [row.words for row in kinds.of(this).outline if row.words and row.words not in narrative.SECTIONS]
    return words(this, figures, *own)


def placed(this: Year, at: int, figures: Named, made: Passage | None = None) -> Passage:
    """A section of the outline: the headings above it that stand alone, its own, what was made, its words."""
    outline = kinds.of(this).outline
    row = outline[at]
    written = [passages.words(row.words, this, figures)] if row.words else []
    whole = passages.parts(*headings(this, at), *([made] if made else []), *written)
    return replace(whole, blocks=[block | {"at": at} for block in whole.blocks])


def headings(this: Year, at: int) -> Iterator[Passage]:
    """The heading of a section, after those right above it under which nothing stands."""
    outline = kinds.of(this).outline
    first = at
    while first and alone(outline[first - 1]):
        first -= 1
    for row in outline[first : at + 1]:
        if row.number:
            yield passages.heading(passages.level(row.number), row.number, passages.text(row.title, called(this)))


def alone(row: Section) -> bool:
    return bool(row.number) and not row.part and not row.words


def called(this: Year) -> Named:
    """The words that sentences and headings may call: the context, the period, the standard of the main result where there
    are two, and whether it is preliminary.
    """
    kind, known = kinds.of(this), passages.context(this)
    row = results.of(this) if kind.speaks_of(REVIEW) else None
    known |= {"preliminary": "", "standard": ""} if row is None else sections.called(row) | {"standard": under(this, row)}
    return known | {"period": passages.text(periods.of(this), known)}


def sentence(this: Year, which: str) -> str:
    """The `abstract`, `opening` or `closing` sentence of the kind, its figures and words still as names in braces."""
    return getattr(kinds.of(this), which).replace("{period}", periods.of(this))
