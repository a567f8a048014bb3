"""Everything that is wrong, missing or contradictory in a unit's year, from all rooms, in one list.

`refuse` findings stop the run, `draft` findings let it make a DỰ THẢO only, `note` findings inform.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from giamngheo import reconcile
from giamngheo.checks import (
    as_of,
    between_tables,
    carried_over,
    complete,
    ended,
    former_names,
    later,
    law_texts,
    own,
    past_years,
    placeholders,
    typed_claims,
    unknown_numbers,
    unread_files,
)
from giamngheo.figures import results, trace
from giamngheo.findings import DataError, Finding, order
from giamngheo.intake import kinds, narrative, office
from giamngheo.intake.rows import Layout
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import REVIEW
from giamngheo.store import atomic
from giamngheo.store.cache import kept
from giamngheo.vietnamese.text import identity


@kept
def check(this: Year) -> list[Finding]:
    """Everything that is wrong in the files of the year and the office, also between its tables and with last year's.

    Tables that the kind of report does not read are left out.

    Raises DataError when there is no such unit or year.
    """
    this.require()
    reads = kinds.of(this).reads
    between = [finding for finding in between_tables.findings(this) if reads(table_of(finding))]
    beside = [*office.findings(this), *kinds.findings(this), *as_of.findings(this), *ended.findings(this), *unread_files.findings(this)]
    return sorted([*this.findings(reads), *between, *beside], key=order)


def table_of(finding: Finding) -> str:
    """The table that a finding is of, by its sheet or its file."""
    return identity(finding.sheet) or Path(finding.file).stem


def require(this: Year) -> None:
    """Refuse a unit or year that does not exist, data of which no report can be made, words that cannot be printed."""
    refused = refused_figures(this)
    refused += refusing(words(this, known=not refused))
    if refused:
        raise DataError(refused)


def require_figures(this: Year) -> None:
    """Refuse a unit or year that does not exist and data that cannot be used, whatever its narrative says."""
    if refused := refused_figures(this):
        raise DataError(refused)


def refused_figures(this: Year) -> list[Finding]:
    return refusing(check(this)) or unreadable(this)


def refusing(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.level == "refuse"]


def unreadable(this: Year) -> list[Finding]:
    """Printed figures that the reconciliation cannot read; none for a kind of report that does not speak of the review."""
    if not kinds.of(this).speaks_of(REVIEW):
        return []
    try:
        reconcile.findings(results.claims(this))
    except DataError as error:
        layout = this.reading("published").layout
        return [layout.finding(found.row, found.header, found.rule, found.remedy) for found in error.findings]
    return []


@kept
def findings(this: Year) -> list[Finding]:
    """All findings of the year: data, office, narrative, what a final lacks, and figures that cannot all be true.

    Where the data cannot be used, what needs the figures is left out: names in the narrative and contradictions.
    """
    found = check(this)
    if not refusing(found):
        found = [*found, *unreadable(this)]
    known = not refusing(found)
    found = [*found, *carried_over.findings(this), *(law_texts.findings(this) if known else [])]
    found = [*found, *([*later.findings(this), *unknown_numbers.findings(this)] if known else [])]
    found = [*found, *words(this, known), *complete.findings(this)]
    return [*found, *contradictions(this)] if known else list(dict.fromkeys(found))


@kept
def words(this: Year, known: bool) -> list[Finding]:
    """What is wrong in the narrative; its names are looked up where the figures and the day of the report are `known`."""
    said = [*narrative.findings(this, kinds.words(this), kinds.known_words(this)), *past_years.findings(this)]
    return [*said, *former_names.findings(this), *placeholders.findings(this)] if known else said


def contradictions(this: Year) -> list[Finding]:
    """Figures that cannot all be true: those printed elsewhere and those typed into the narrative, against what this
    workbook prints.

    They are figures of the review; none for a kind of report that does not speak of it.
    """
    if not kinds.of(this).speaks_of(REVIEW):
        return []
    printed, together = results.claims(this), own.claims_together(this)
    given = {f"{claim.file}:{claim.line}": claim.line for claim in printed.itertuples()}
    rows = (row for claims in (printed, together) for row in reconcile.findings(claims).itertuples())
    layout = this.reading("published").layout
    found = [contradiction(row, given, layout) for row in rows if row.verdict == "mismatch"]
    return list(dict.fromkeys([*found, *typed_claims.findings(this)]))


def contradiction(row: Any, given: dict[str, int], layout: Layout) -> Finding:
    """One row of the reconciliation as a finding: at its last line that is `given`, which can be put right, else at its last."""
    rule = f"các số không thể cùng đúng: {row.arithmetic}"
    remedy = "; hoặc ".join(row.corrections[:2]) or "đối chiếu với sổ gốc"
    lines = [given[line] for line in row.lines if line in given]
    if lines:
        return layout.finding(lines[-1], "printed", rule, remedy, "draft")
    file, line = trace.place(row.lines[-1])
    return Finding(file, rule, remedy, row=line, value=row.printed, level="draft")


def draft_reasons(this: Year) -> list[str]:
    """Why the report can only be a draft; empty where it may be final."""
    return [said(finding) for finding in findings(this) if finding.level == "draft"]


def said(finding: Finding) -> str:
    """The finding without its level, for a list in which all have the same."""
    return str(replace(finding, level="refuse"))


def mark(this: Year, folder: Path, tell: Callable[[str], None] = print) -> dict[str, Path]:
    """Copies of the input files with findings, as Excel in `folder`, with the wrong cells coloured and commented.

    Their paths by the file they are of; `tell` is given a sentence for each file of a person's that stood in the place
    of one and was kept.
    """
    from giamngheo.checks import marking  # openpyxl is slow to import

    found = findings(this)
    marked = {file: folder / name for file, name in copies(this, found).items()}
    if marked:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with atomic.hold(folder.parent, waiting=lambda: tell(atomic.busy(folder.parent))):
            folder.mkdir(exist_ok=True)
            for file, path in marked.items():
                for sentence in marking.mark(this.root / file, [one for one in found if one.file == file], path):
                    tell(sentence)
    return marked


def copies(this: Year, found: list[Finding]) -> dict[str, str]:
    """The name of the marked copy of each input file with findings; no two have one name.

    What is not of the year itself says where it is from, and one of two files of one name says what it is.
    """
    names: dict[str, str] = {}
    for file in dict.fromkeys(one.file for one in found):
        path = this.root / file
        if path.suffix in (".csv", ".xlsx") and path.is_file():
            place = "-".join(part for part in Path(file).parent.parts if part not in (this.unit, str(this.year)))
            stem = "-".join(filter(None, ("kiem-tra", place, path.stem)))
            taken = f"{stem}.xlsx" in names.values()
            names[file] = f"{stem}{'-' + path.suffix[1:] if taken else ''}.xlsx"
    return names
