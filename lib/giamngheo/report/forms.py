"""The official result tables of the yearly review, village by village, with a total row.

Their columns, headings and formula rows are those of `law.forms`. A table is made as far as the data reach.
"""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from giamngheo.figures import poverty, results, trace
from giamngheo.figures.trace import Figure
from giamngheo.intake.unit import Year
from giamngheo.law import forms
from giamngheo.law.forms import MEASURES, TOTAL, Column, Form
from giamngheo.present import MOVEMENT_NAMES, Table
from giamngheo.report.two_standards import under
from giamngheo.store import cache
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.terms import GAP, capital

SECOND = "other_review"  # what the figures of the second result are named by
ID = "bieu-"  # begins the name of a form's block
CODES = {"deprivations": "indicator", "groups": "group", "causes": "cause"}
Figures = dict[str, dict[str, Figure]]


def titles(this: Year) -> list[str]:
    """The titles of all forms of the main result."""
    return list(dict.fromkeys(form.title for form in of_its_standard(this, results.of(this))))


def tables(this: Year) -> list[Table]:
    """Every form of whose own table at least one number is known, in the forms' order."""
    return [shown for _, shown in of_main(this)]


@cache.kept
def of_main(this: Year) -> list[tuple[Form, Table]]:
    """The same, each with the form it is made by."""
    figures = all_figures(this)
    villages = [name for name in results.reviewed(this)["village"] if name]
    codes = codes_of(this)
    spread = [spread_out(form, figures, codes) for form in of_its_standard(this, results.of(this))]
    made = [(form, table(form, figures, [*villages, ""])) for form in spread]
    return [(form, shown) for form, shown in made if known(shown, form.table)]


def known(shown: Table, own: str) -> bool:
    """Whether a form shows a number of its `own` table."""
    return any(figure.value is not None for figure in shown.figures() if figure.name.startswith(f"{own}."))


def of_second(this: Year) -> list[tuple[Form, Table]]:
    """The forms of the review for the other result of a year that has two, without what its standard does not know."""
    row = results.second(this)
    if row is None:
        return []
    villages = results.reviewed(this, row)
    villages = villages[villages["village"] != ""]
    rates = joined(poverty.rates(villages), poverty.rates(row)).assign(group_name=under(this, row).strip())
    figures = trace.figures(rates, SECOND, "village")
    made = [called(form, SECOND) for form in of_its_standard(this, row) if form.table == "review"]
    return [(form, table(form, {SECOND: figures}, [*villages["village"], ""])) for form in made]


def called(form: Form, table: str) -> Form:
    """A form of the review that shows the figures of another `table` of the same columns."""
    return replace(form, table=table, columns=tuple(replace(column, table=table) for column in form.columns))


def of_its_standard(this: Year, row: pd.DataFrame) -> list[Form]:
    """The forms without what the standard of the result `row` does not know in the year, nor its name in a title."""
    left_out = this.law.unknown(row["standard"].item(), this.year)
    names = {line["name"] for line in this.law.rows("objects") if line["column"] in left_out}
    kept = (without(form, left_out, names) for form in forms.forms(this.law))
    return [form for form in kept if form.columns]


def without(form: Form, columns: Collection[str], names: Collection[str]) -> Form:
    """A form without the columns that are one of `columns` of the review or computed from one, and without `names` in its title."""
    kept = [column for column in form.columns if column.table != "review" or not made_of(column.column, columns)]
    title = "; ".join(part for part in form.title.split("; ") if capital(part) not in names)
    return replace(form, title=title, columns=tuple(kept))


def made_of(column: str, names: Collection[str]) -> bool:
    """Whether a column of the review is one of `names` or computed from one."""
    formula = trace.column("review", column)
    return column in names or (formula["required"] == "formula" and not set(trace.operand_names(formula["rule"])).isdisjoint(names))


def all_figures(this: Year) -> dict[str, Figures]:
    """For each table the figures of every village and of the commune, by row key."""
    review, commune = results.reviewed(this), results.of(this)
    villages = review[review["village"] != ""]
    rates = joined(poverty.rates(villages), poverty.rates(commune)).assign(group_name=under(this, commune).strip())
    found = {"review": trace.figures(rates, "review", "village")}
    names = code_names(this)
    for name, code in CODES.items():
        rows = this.table(name)
        by_village = poverty.shares(rows, name, code, villages, ("village",))
        shares = joined(by_village, poverty.shares(rows, name, code, commune))
        groups = [
            f"{terms.CLASSES[c]}, {names[name].get(v, v)}"
            for c, v in zip(shares["class"], shares[code], strict=True)
        ]
        found[name] = trace.figures(shares.assign(group_name=groups), name, f"class {code} village")
    rows = this.table("deprivations")
    deficits = joined(poverty.deficits(rows, ("village",)), poverty.deficits(rows))
    deficits["group_name"] = deficits["class"].map(terms.CLASSES)
    found["deprivations"] |= trace.figures(deficits, "deprivations", "class village")
    rows = this.table("movements")
    steps = joined(poverty.movements(rows, ("village",)), poverty.movements(rows))
    steps["group_name"] = (steps["class"] + "." + steps["measure"]).map(MOVEMENT_NAMES).str.lower()
    found["movements"] = trace.figures(steps, "movements", "class measure village")
    return found


def joined(by_village: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Villages and, last, the commune, each with its name; only the commune where the data name no village."""
    both = pd.concat([by_village[by_village["village"] != ""], whole.assign(village="")], ignore_index=True)
    return both.assign(row_name=both["village"].replace("", "toàn xã"))


def codes_of(this: Year) -> dict[str, dict[str, str]]:
    """The codes that make a form's columns, with their official names, under the standard of the year's result."""
    return forms.codes(this.law, results.of(this)["standard"].item(), this.year)


def code_names(this: Year) -> dict[str, dict[str, str]]:
    """For each table the official names of its codes."""
    names: dict[str, dict[str, str]] = {table: {} for table in CODES}
    by_form = codes_of(this)
    for form in forms.forms(this.law):
        names.get(form.table, {}).update(by_form.get(form.name, {}))
    return names


def spread_out(form: Form, figures: dict[str, Figures], codes: dict[str, dict[str, str]]) -> Form:
    """The form with a column for each of its codes, or for those that its table's figures use."""
    return form.spread(codes.get(form.name, {}), {part for key in figures[form.table] for part in key.split(".")})


def table(form: Form, figures: dict[str, Figures], rows: list[str]) -> Table:
    """One form: its spread-out columns, a line for each village (and measure) and for the commune."""
    lines = [(row, measure) for row in rows for measure in form.measures]
    body, found_at = [], []
    for number, (row, measure) in enumerate(lines, start=1):
        cells = [cell(column, figures, form, measure, row) for column in form.columns]
        label = row or TOTAL
        body.append([str(number) if row else "", label, *([MEASURES[measure]] if measure else []), *cells])
        found_at.append("; ".join(dict.fromkeys(c.sources for c in cells if isinstance(c, Figure))))
    return Table(
        id=f"{ID}{form.name}" + "-2" * (form.table == SECOND), caption=form.title, header=form.header(), rows=body, found_at=found_at,
        wide=True, total=True,
    )  # fmt: skip


def cell(column: Column, figures: dict[str, Figures], form: Form, measure: str, row: str) -> Figure | str:
    """The figure of one column in one line, "…" where the data have no such row."""
    parts = [row] if column.table in ("review", SECOND) else [form.class_, measure, column.code, row]
    return figures[column.table].get(".".join(filter(None, parts)), {}).get(column.column, GAP)
