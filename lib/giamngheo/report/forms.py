"""The official result tables of the yearly review, village by village, with a total row.

Their columns, headings and formula rows are those of `law.forms`. A table is made as far as the data reach.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from giamngheo.figures import poverty, results, trace
from giamngheo.figures.results import under
from giamngheo.figures.trace import Figure
from giamngheo.intake.unit import Year
from giamngheo.law import forms
from giamngheo.law.forms import MEASURES, TOTAL, Column, Form
from giamngheo.present import MOVEMENT_NAMES, Table
from giamngheo.store import cache
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.terms import GAP, capital

SECOND = "other_review"  # what the figures of the second result are named by
ID = "bieu-"  # begins the name of a form's block
CODES = {"deprivations": "indicator", "groups": "group", "causes": "cause"}
Figures = dict[str, dict[str, Figure]]


@dataclass(frozen=True)
class Counted:
    """What the forms of a result are filled with: a line for each of the parts, villages or communes, and one for the `whole`.

    `tables` are the rows of the other tables, each with the part it is of in its column `village` ("" for the whole itself);
    `names` are those of the parts, `total` that of the whole, `under` the words for the standard, where there are two.
    """

    parts: pd.DataFrame
    whole: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    names: Mapping[str, str]
    total: str = "toàn xã"
    under: str = ""

    @property
    def standard(self) -> str:
        return self.parts["standard"].iloc[0] if len(self.parts) else self.whole["standard"].item()


def titles(this: Year) -> list[str]:
    """The titles of all forms of the main result."""
    return list(dict.fromkeys(form.title for form in of_its_standard(this, results.of(this)["standard"].item())))


def tables(this: Year) -> list[Table]:
    """Every form of whose own table at least one number is known, in the forms' order."""
    return [shown for _, shown in of_main(this)]


@cache.kept
def of_main(this: Year) -> list[tuple[Form, Table]]:
    """The same, each with the form it is made by."""
    return filled(this, counted_of(this))


def beside(this: Year) -> list[tuple[Form, Table]]:
    """What the year knows beyond the forms of its main result, as sheets of the annex that are no forms."""
    counted = counted_of(this)
    unknown = this.law.unknown(counted.standard, this.year)

    def known_of(form: Form) -> Form | None:
        made = forms.supplement(form)
        return made and replace(made, columns=tuple(one for one in made.columns if one.column not in unknown))

    return filled(this, counted, known_of)


def counted_of(this: Year) -> Counted:
    review, commune = results.reviewed(this), results.of(this)
    villages = review[review["village"] != ""]
    rows = {name: results.rows(this, name) for name in (*CODES, "movements")}
    return Counted(villages, commune, rows, named(villages), under=under(this, commune))


def filled(this: Year, counted: Counted, of: Callable[[Form], Form | None] = lambda form: form) -> list[tuple[Form, Table]]:
    """The forms of a result, or what is made `of` each, of whose own table at least one number is known."""
    codes = forms.codes(this.law, counted.standard, this.year)
    figures = all_figures(counted, code_names(this, codes))
    spread = [spread_out(form, figures, codes) for form in of_its_standard(this, counted.standard)]
    made = [(form, table(form, figures, counted.names)) for form in map(of, spread) if form]
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
    return of_review(this, Counted(villages, row, {}, named(villages), under=under(this, row)))


def of_review(this: Year, counted: Counted) -> list[tuple[Form, Table]]:
    """The forms of a result of which only the review is known, the second of a year."""
    figures = {SECOND: trace.figures(rates(counted), SECOND, "village")}
    made = [called(form, SECOND) for form in of_its_standard(this, counted.standard) if form.table == "review"]
    return [(form, table(form, figures, counted.names)) for form in made]


def named(villages: pd.DataFrame) -> dict[str, str]:
    """Villages go by their own names."""
    return {name: name for name in villages["village"]}


def called(form: Form, table: str) -> Form:
    """A form of the review that shows the figures of another `table` of the same columns."""
    return replace(form, table=table, columns=tuple(replace(column, table=table) for column in form.columns))


def of_its_standard(this: Year, standard: str) -> list[Form]:
    """The forms without what a standard does not know in the year, nor its name in a title; of another standard's result
    without the numbers of their columns.
    """
    left_out = this.law.unknown(standard, this.year)
    names = {line["name"] for line in this.law.rows("objects") if line["column"] in left_out}
    kept = (without(form, left_out, names) for form in forms.forms(this.law))
    return [replace(form, numbered=standard == forms.OF) for form in kept if form.columns]


def without(form: Form, columns: Collection[str], names: Collection[str]) -> Form:
    """A form without the columns that are one of `columns` of the review or computed from one, and without `names` in its title."""
    kept = [column for column in form.columns if column.table != "review" or not made_of(column.column, columns)]
    title = "; ".join(part for part in form.title.split("; ") if capital(part) not in names)
    return replace(form, title=title, columns=tuple(kept))


def made_of(column: str, names: Collection[str]) -> bool:
    """Whether a column of the review is one of `names` or computed from one."""
    formula = trace.column("review", column)
    return column in names or (formula["required"] == "formula" and not set(trace.operand_names(formula["rule"])).isdisjoint(names))


def all_figures(counted: Counted, names: Mapping[str, Mapping[str, str]]) -> dict[str, Figures]:
    """For each table the figures of every part and of the whole, by row key; `names` are those of the codes of each table."""
    found = {"review": trace.figures(rates(counted), "review", "village")}
    for name, code in CODES.items():
        rows = counted.tables[name]
        by_part = poverty.shares(rows, name, code, counted.parts, ("village",))
        shares = joined(by_part, poverty.shares(rows, name, code, counted.whole), counted)
        groups = [
            f"{terms.CLASSES[c]}, {names[name].get(v, v)}"
            for c, v in zip(shares["class"], shares[code], strict=True)
        ]
        found[name] = trace.figures(shares.assign(group_name=groups), name, f"class {code} village")
    rows = counted.tables["deprivations"]
    deficits = joined(poverty.deficits(rows, ("village",)), poverty.deficits(rows), counted)
    deficits["group_name"] = deficits["class"].map(terms.CLASSES)
    found["deprivations"] |= trace.figures(deficits, "deprivations", "class village")
    rows = counted.tables["movements"]
    steps = joined(poverty.movements(rows, ("village",)), poverty.movements(rows), counted)
    steps["group_name"] = (steps["class"] + "." + steps["measure"]).map(MOVEMENT_NAMES).str.lower()
    found["movements"] = trace.figures(steps, "movements", "class measure village")
    return found


def rates(counted: Counted) -> pd.DataFrame:
    """The review's counts and rates of the parts and the whole."""
    both = joined(poverty.rates(counted.parts), poverty.rates(counted.whole), counted)
    return both.assign(group_name=counted.under.strip())


def joined(by_part: pd.DataFrame, whole: pd.DataFrame, counted: Counted) -> pd.DataFrame:
    """The parts and, last, the whole, each with its name; only the whole where the data name no part."""
    both = pd.concat([by_part[by_part["village"] != ""], whole.assign(village="")], ignore_index=True)
    names = {**counted.names, "": counted.total}
    return both.assign(row_name=[names.get(part, part) for part in both["village"]])


def code_names(this: Year, codes: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """For each table the official names of its codes."""
    names: dict[str, dict[str, str]] = {table: {} for table in CODES}
    for form in forms.forms(this.law):
        names.get(form.table, {}).update(codes.get(form.name, {}))
    return names


def spread_out(form: Form, figures: dict[str, Figures], codes: dict[str, dict[str, str]]) -> Form:
    """The form with a column for each of its codes, or for those that its table's figures use."""
    return form.spread(codes.get(form.name, {}), {part for key in figures[form.table] for part in key.split(".")})


def table(form: Form, figures: dict[str, Figures], parts: Mapping[str, str]) -> Table:
    """One form: its spread-out columns, a line for each of the named `parts` (and measure) and for the whole."""
    units = enumerate({**parts, "": TOTAL}.items(), start=1)
    lines = [(number, row, label, measure) for number, (row, label) in units for measure in form.measures]
    body, found_at = [], []
    for number, row, label, measure in lines:
        cells = [cell(column, figures, form, measure, row) for column in form.columns]
        numbered = row and measure == form.measures[0]  # a unit of several lines has its number in the first one
        body.append([str(number) if numbered else "", label, *([MEASURES[measure]] if measure else []), *cells])
        found_at.append("; ".join(dict.fromkeys(c.sources for c in cells if isinstance(c, Figure))))
    return Table(
        id=f"{ID}{form.name}" + "-2" * (form.table == SECOND), caption=form.title, header=form.header(), rows=body, found_at=found_at,
        wide=True, total=len(form.measures),
    )  # fmt: skip


def cell(column: Column, figures: dict[str, Figures], form: Form, measure: str, row: str) -> Figure | str:
    """The figure of one column in one line, "…" where the data have no such row."""
    parts = [row] if column.table in ("review", SECOND) else [form.class_, measure, column.code, row]
    return figures[column.table].get(".".join(filter(None, parts)), {}).get(column.column, GAP)
