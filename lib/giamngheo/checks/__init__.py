"""Everything that is wrong, missing or contradictory in a unit's year, from all rooms, in one list.

`refuse` findings stop the run, `draft` findings let it make a DỰ THẢO only, `note` findings inform.
"""

from dataclasses import replace
from pathlib import Path

from giamngheo import findings as findings_of
from giamngheo import reconcile
from giamngheo.checks import carried_over, names, own, past_years
from giamngheo.figures import results, trace
from giamngheo.findings import DataError, Finding
from giamngheo.intake import data, narrative
from giamngheo.report import letterhead
from giamngheo.store.cache import by_files

check = by_files(data.check)


def require(unit: str, year: int) -> None:
    """Refuse a unit or year that does not exist, data of which no report can be made, words that cannot be printed."""
    refused = refused_figures(unit, year)
    refused += refusing(words(unit, year, known=not refused))
    if refused:
        raise DataError(refused)


def require_figures(unit: str, year: int) -> None:
    """Refuse a unit or year that does not exist and data that cannot be used, whatever its narrative says."""
    if refused := refused_figures(unit, year):
        raise DataError(refused)


def refused_figures(unit: str, year: int) -> list[Finding]:
    return refusing(check(unit, year)) or unreadable(unit, year)


def refusing(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.level == "refuse"]


def unreadable(unit: str, year: int) -> list[Finding]:
    """Printed figures that the reconciliation cannot read."""
    try:
        reconcile.findings(results.claims(unit, year))
    except DataError as error:
        layout = data.opened(unit, year).reading("published").layout
        return [layout.finding(found.row, found.header, found.rule, found.remedy) for found in error.findings]
    return []


@by_files
def findings(unit: str, year: int) -> list[Finding]:
    """All findings of the year: data, narrative, official frame, and figures that cannot all be true."""
    found = check(unit, year)
    if not any(finding.level == "refuse" for finding in found):
        found = [*found, *unreadable(unit, year)]
    if any(finding.level == "refuse" for finding in found):
        return found + refusing(words(unit, year, known=False))
    found = [*found, *carried_over.findings(unit, year), *words(unit, year, known=True)]
    return [*found, *office(unit, year), *contradictions(unit, year)]


@by_files
def words(unit: str, year: int, known: bool) -> list[Finding]:
    """What is wrong in the narrative; its names are looked up where the figures are `known`."""
    said = [*narrative.findings(unit, year), *past_years.findings(unit, year)]
    return said + names.findings(unit, year) if known else said


def office(unit: str, year: int) -> list[Finding]:
    """What the official frame lacks."""
    if letterhead.in_force(unit, letterhead.dated(unit, year)):
        return []
    rule = f"không có phần letterhead có hiệu lực ngày {letterhead.dated(unit, year):%d/%m/%Y}"
    return [Finding(f"{unit}/unit.yml", "", 0, "", "", "", rule, "điền cơ quan, nơi gửi, nơi nhận, người ký", "draft")]


def contradictions(unit: str, year: int) -> list[Finding]:
    """Figures that cannot all be true: those printed elsewhere, and they against what this workbook prints."""
    printed, together = results.claims(unit, year), own.claims_together(unit, year)
    given = {f"{claim.file}:{claim.line}": claim.line for claim in printed.itertuples()}
    reading = data.opened(unit, year).reading("published")
    found = []
    for row in (row for claims in (printed, together) for row in reconcile.findings(claims).itertuples()):
        if row.verdict == "mismatch":
            rule = f"các số không thể cùng đúng: {row.arithmetic}"
            remedy = "; hoặc ".join(row.corrections[:2]) or "đối chiếu với sổ gốc"
            lines = [given[line] for line in row.lines if line in given]
            if lines:
                found.append(reading.layout.finding(lines[-1], "printed", rule, remedy, "draft"))
            else:
                file, line = trace.place(row.lines[-1])
                found.append(Finding(file, "", line, "", "", row.printed, rule, remedy, "draft"))
    return list(dict.fromkeys(found))


def draft_reasons(unit: str, year: int) -> list[str]:
    """Why the report can only be a draft; empty where it may be final."""
    return [said(finding) for finding in findings(unit, year) if finding.level == "draft"]


def said(finding: Finding) -> str:
    """The finding without its level, for a list in which all have the same."""
    return str(replace(finding, level="refuse"))


def mark(found: list[Finding], folder: Path) -> list[Path]:
    """Copies of the input files, as Excel, with the wrong cells coloured and commented; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    marked = []
    for file in dict.fromkeys(finding.file for finding in found):
        source = data.root() / file
        if source.suffix in (".csv", ".xlsx") and source.exists():
            path = folder / f"kiem-tra-{source.stem}.xlsx"
            findings_of.mark(source, [finding for finding in found if finding.file == file], path)
            marked.append(path)
    return marked
