"""The names that sentences and narrative may use, what each prints, and where a sentence says the same twice.

`figures` is what the report's own notebook calls by name; a narrative is held against it before anything runs.
"""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from giamngheo import present, spreadsheets
from giamngheo.figures import budget, poverty, results, targets, trace
from giamngheo.figures.trace import Figure
from giamngheo.findings import Finding
from giamngheo.intake import kinds, narrative
from giamngheo.intake.narrative import CONTEXT, PLACEHOLDER, Text
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import PROGRAMME, REVIEW
from giamngheo.present.phrases import prose
from giamngheo.store.cache import kept
from giamngheo.vietnamese.terms import UNITS

CHANGES = {"tăng", "giảm"}
WORD = r"[^\W\d_]+(?:/[^\W\d_]+\d?)?|%"


@kept
def figures(this: Year) -> dict[str, Figure]:
    """Every figure of the year that can be called by name: of what its kind of report speaks of, and single ones."""
    kind = kinds.of(this)
    return (
        results.facts(this)
        | (of_review(this) if kind.speaks_of(REVIEW) else {})
        | (of_programme(this) if kind.speaks_of(PROGRAMME) else {})
    )


def of_review(this: Year) -> dict[str, Figure]:
    """Each says under which standard it is, in a year that has results under two."""
    commune, comparison, second = results.of(this), results.comparison(this), results.second(this)

    def of(rows: pd.DataFrame, result: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(group_name=results.under(this, result).strip())

    before, reached = comparison.before, targets.reached(this.table("targets"), comparison.changes)
    return trace.named(
        {} if second is None else trace.figures(of(poverty.rates(second), second), "other_review"),
        trace.figures(of(poverty.rates(commune), commune), "review"),
        {} if before is None else trace.figures(of(poverty.rates(before), before), "review", called="before"),
        trace.figures(comparison.changes, "changes", "class", present.CLASS_NAMES),
        trace.figures(of(poverty.movements(this.table("movements")), commune), "movements", "class measure", present.MOVEMENT_NAMES),
        trace.figures(of(reached, commune), "targets", "class", present.CLASS_NAMES),
    )


def of_programme(this: Year) -> dict[str, Figure]:
    lines = kinds.table(this, "budget")
    models = budget.models(kinds.table(this, "models"), lines, this.year)
    training = budget.training(kinds.table(this, "training"))
    return trace.named(
        trace.figures(budget.breakdown(lines, []), "budget"),
        trace.figures(models, "models", "number", in_order(models, "model")),
        trace.figures(budget.trained(training), "training"),
        trace.figures(training, "training", "number", in_order(training, "group")),
    )


def in_order(rows: pd.DataFrame, name: str) -> dict:
    """What the rows of a table are called, by their numbers."""
    return dict(zip(rows["number"], rows[name], strict=True))


def listed(known: Mapping[str, Figure | str]) -> list[tuple[str, str, str]]:
    """Each name with what it is and the words it prints.

    >>> listed({"year": "2022", "review.poor_households": Figure("", "Hộ nghèo", 242, "households")})
    [('year', 'Năm rà soát', '2022'), ('review.poor_households', 'Hộ nghèo', '242 hộ')]
    """
    return [
        (name, CONTEXT.get(name, ""), said) if isinstance(said, str) else (name, labelled(name, said), prose(said))
        for name, said in known.items()
    ]


def text(known: Mapping[str, Figure | str], form: str) -> str:
    """`listed` for the terminal, a line for each name, or as `csv`."""
    rows = [(f"{{{name}}}", said, label) for name, label, said in listed(known)]
    if form == "csv":
        return spreadsheets.csv_text([("name", "text", "label"), *rows])
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "".join(f"{name:<{widths[0]}}  {said:<{widths[1]}}  {label}\n" for name, said, label in rows)


def labelled(name: str, figure: Figure) -> str:
    """What a figure is, of whom and of which year."""
    whose = ", ".join(filter(None, [figure.group, figure.row, "năm trước" * name.startswith("before.")]))
    return figure.label + f" ({whose})" * bool(whose)


def findings(this: Year) -> list[Finding]:
    """Names in the narrative that no figure has, and words that a figure prints already."""
    known = figures(this)
    texts = [narrative.read(section, this) for section in kinds.words(this)]
    said = {name: f" (in ra “{prose(figure)}”)" for name, figure in known.items()}
    said |= {name: f" ({label.lower()})" for name, label in CONTEXT.items()}
    unknown = [finding for text in texts for finding in narrative.unknown_names(text, said, said.__getitem__)]
    return unknown + [finding for text in texts for finding in said_twice(text, known)]


def said_twice(text: Text, known: dict[str, Figure]) -> Iterator[Finding]:
    """Words that stand beside a name which prints them: {review.poor_households} hộ, giảm {changes.poor.change_rate}."""
    for number, match in narrative.lines_with(text, PLACEHOLDER):
        figure = known.get(match[1])
        if figure is None:
            continue
        before, after = match.string[: match.start()], match.string[match.end() :]
        shown = prose(figure)
        twice = repeated_before(shown, before), repeated_after(shown, UNITS.get(figure.unit, ""), after)
        if words := ", ".join(f"“{word}”" for word in twice if word):
            rule = f"{match.group()} đã in ra “{shown}”, chữ {words} sẽ thừa"
            remedy = f"bỏ chữ {words} bên cạnh tên số liệu"
            yield Finding(text.file, rule, remedy, row=number, value=match.group(), level="draft")


def repeated_after(shown: str, noun: str, after: str) -> str:
    """The word that stands after a figure and is one of its unit, whether the figure is known or not.

    >>> repeated_after("18 hộ", "hộ", "** hộ tham gia"), repeated_after("18 hộ", "hộ", " tham gia")
    ('hộ', '')
    >>> repeated_after("09 thôn, làng", "thôn, làng", " thôn"), repeated_after("chưa có số liệu", "hộ", " hộ")
    ('thôn', 'hộ')
    >>> repeated_after("chưa có số liệu", "hộ", " chưa rõ"), repeated_after("giảm 1,72 điểm phần trăm", "", " điểm")
    ('', 'điểm')
    """
    following, behind = after.lstrip(" *"), re.split(r"\d", shown)
    for word in re.findall(WORD, noun) + (re.findall(WORD, behind[-1]) if len(behind) > 1 else []):
        if re.match(re.escape(word) + r"(?!\w)", following, re.IGNORECASE):
            return word
    return ""


def repeated_before(shown: str, before: str) -> str:
    """The word that stands before a figure and is its first; a rise or fall before a figure that says which.

    >>> repeated_before("giảm 20 hộ", "Hộ nghèo tăng "), repeated_before("20 hộ", "Hộ nghèo giảm ")
    ('tăng', '')
    """
    first = re.match(WORD, shown)
    last = re.search(f"(?:{WORD})$", before.rstrip(" *(\"“"))
    if not first or not last:
        return ""
    words = {first[0].lower(), last[0].lower()}
    return last[0] if len(words) == 1 or words == CHANGES else ""
