"""The official summary forms, as the rows of `data/forms.csv` describe them: one description for all that uses them.

The report prints them, the Excel annex carries them, sheets to fill in have their columns, and a filled form is read by
them. A row of the file is a column of a form. `layout` says how its lines are told apart: `codes|poor` (a column for each
code, the form counts poor households), `measures|poor` (a line each for households and persons), `|` (neither).
The numbers of the forms are not verified and are not printed. They are the forms of circular 07/2021; those of another
standard are not known, so its result is shown under the same headings without the numbers of their columns.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from giamngheo.law.dated import Law
from giamngheo.law.validity import year_end
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.terms import capital

OF = "ND07_2021"  # the standard whose forms these are
ALL, USED = "*", "+"  # the number of a column that stands for many: one for each code, one for each code in use
TOTAL = "Tổng cộng"
BESIDE = "Số liệu bổ sung, không thuộc mẫu"  # begins the title of a sheet that is no form
PERSONS, MINORITY, LOW_INCOME = "Số nhân khẩu", "Dân tộc thiểu số", "Người lao động có thu nhập thấp"
OF_MINORITY = {
    "minority_households": "Số hộ dân tộc thiểu số",
    "minority_persons": "Khẩu dân tộc thiểu số",
    "minority_poor_households": "Hộ nghèo dân tộc thiểu số",
    "minority_near_poor_households": "Hộ cận nghèo dân tộc thiểu số",
}
MEASURES = {name: capital(words) for name, words in terms.COUNTED.items()}


@dataclass(frozen=True)
class Column:
    """A column of a form: its number, heading (under a `group`, or "") and printed formula ("3/1").

    `table` and `column` name the quantity in the dictionary, `code` the code it counts, "" for none. `live` is its formula
    in a workbook: `3/1` the columns of the same line, `F1.3` a column of another form, `F4.*` the same code there, `SUM(*)`
    the sum of all columns of codes; "" where the number is entered.
    """

    number: str
    group: str
    label: str
    table: str
    column: str
    formula: str = ""
    live: str = ""
    code: str = ""


@dataclass(frozen=True)
class Form:
    """A form: which table's figures it shows, of which `class_` ("" for all), its title and the name of its sheet."""

    name: str
    table: str
    title: str
    sheet: str
    kind: str
    class_: str
    columns: tuple[Column, ...]
    numbered: bool = True  # whether the line of the columns' numbers is printed

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures each of which has a line of its own; ("",) where a line has none."""
        return tuple(MEASURES) if self.kind == "measures" else ("",)

    @property
    def first(self) -> list[str]:
        """The headings of the columns that say whose line it is."""
        return ["TT", "Đơn vị", *(["Phân tổ"] if self.kind == "measures" else [])]

    def spread(self, codes: Mapping[str, str], used: Collection[str] = ()) -> "Form":
        """The form with a column for each of the `codes` (official names by code), numbered on; some forms show only those `used`."""
        made: list[Column] = []
        for column in self.columns:
            if column.number in (ALL, USED):
                shown = {code: label for code, label in codes.items() if column.number == ALL or code in used}
                made += [replace(column, number=str(len(made) + n), label=label, code=code)
                         for n, (code, label) in enumerate(shown.items(), start=1)]  # fmt: skip
            else:
                made.append(column)
        return replace(self, columns=tuple(made))

    def header(self) -> list[list[dict]]:
        """The lines of the heading as cells {"text", "rowspan", "colspan"}: groups, columns, the columns' numbers with their formulas."""
        groups: list[dict] = [{"text": text, "rowspan": 2} for text in self.first]
        labels: list[dict] = []
        for group, its_columns in groupby(self.columns, key=lambda column: column.group):
            members = list(its_columns)
            if group:
                groups.append({"text": group, "colspan": len(members)})
                labels += [{"text": column.label} for column in members]
            else:
                groups += [{"text": column.label, "rowspan": 2} for column in members]
        numbers = [{"text": text} for text in "ABC"[: len(self.first)]]
        numbers += [{"text": "=".join(filter(None, [column.number, column.formula]))} for column in self.columns]
        above = [groups, labels] if labels else [[c | {"rowspan": 1} for c in groups]]
        return [*above, numbers] if self.numbered else above


def forms(law: Law) -> list[Form]:
    """Every form, in the order of the file, its columns of codes not yet spread out."""
    return [form(name, list(rows)) for name, rows in groupby(law.rows("forms"), key=lambda row: row["form"])]


def form(name: str, rows: Iterable[dict[str, str]]) -> Form:
    """One form from its rows; a column of another table says whose it is: `review.poor_households`."""
    rows = list(rows)
    kind, _, class_ = rows[0]["layout"].partition("|")
    own = rows[0]["table"]
    columns = []
    for row in rows:
        table, _, column = row["column"].rpartition(".")
        columns.append(Column(row["number"], row["group"], row["label"], table or own, column, row["formula"], row["live"]))
    return Form(name, own, rows[0]["title"], rows[0]["sheet"], kind, class_, tuple(columns))


def supplement(form: Form) -> Form | None:
    """What a table knows beyond its form, spread out, as a sheet of the annex that says it is no form; None where that is nothing.

    Of the review the ethnic minority households, of the groups the persons.
    """
    columns: list[Column] = []
    if form.name == "F1":
        columns = [Column(str(n), MINORITY, label, "review", column) for n, (column, label) in enumerate(OF_MINORITY.items(), start=1)]
        columns.append(Column(str(len(columns) + 1), "", LOW_INCOME, "review", "low_income_workers"))
    if form.table == "groups":
        columns = [replace(one, group=one.label, label=PERSONS, column="persons") if one.code else replace(one, live="") for one in form.columns]
    title, sheet = f"{BESIDE}. {form.title}", f"Bổ sung, {form.sheet[0].lower()}{form.sheet[1:]}"
    return replace(form, name=f"{form.name}-bo-sung", title=title, sheet=sheet, columns=tuple(columns)) if columns else None


def codes(law: Law, standard: str, year: int) -> dict[str, dict[str, str]]:
    """For each form that has a column for every code: the codes' official names, in the form's order."""
    categories = law.table("categories", year_end(year))
    by_family = {
        family: dict(zip(rows["code"], rows["name"], strict=True))
        for family, rows in categories.groupby("form", sort=False)
    }
    by_family |= dict.fromkeys(("F4", "F5", "F6", "F7"), law.indicators(standard))
    return {one.name: by_family[family] for one in forms(law) if (family := one.name.rstrip("ab")) in by_family}
