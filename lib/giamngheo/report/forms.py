"""The official result tables of the yearly review, village by village, with a total row.

Their columns, headings and formula rows are the dated rows of `data/forms.csv`; the numbers of the forms
are not verified and are not printed. A table is made as far as the data reach.
"""

from collections.abc import Collection
from itertools import groupby

import pandas as pd

from giamngheo.figures import poverty, results, trace
from giamngheo.figures.trace import Figure
from giamngheo.intake.unit import Year
from giamngheo.law.dated import Law
from giamngheo.law.validity import year_end
from giamngheo.present import MOVEMENT_NAMES, Table
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.terms import GAP, capital

TOTAL = "Tổng cộng"
MEASURES = {name: capital(words) for name, words in terms.COUNTED.items()}
SECOND = "other_review"  # what the figures of the second result are named by
CODES = {"deprivations": "indicator", "groups": "group", "causes": "cause"}
Figures = dict[str, dict[str, Figure]]


def titles(law: Law) -> list[str]:
    return list(dict.fromkeys(row["title"] for row in law.rows("forms")))


def tables(this: Year) -> list[Table]:
    """Every form of whose own table at least one number is known, in the forms' order."""
    figures = all_figures(this)
    villages = [name for name in results.reviewed(this)["village"] if name]
    codes = code_names(this)
    made = []
    for form, its_columns in groupby(this.law.rows("forms"), key=lambda row: row["form"]):
        columns = list(its_columns)
        own = f"{columns[0]['table']}."
        shown = table(form, columns, figures, [*villages, ""], codes.get(form.rstrip("ab"), {}))
        if any(figure.value is not None for figure in shown.figures() if figure.name.startswith(own)):
            made.append(shown)
    return made


def of_second(this: Year) -> list[Table]:
    """The forms of the review for the other result of a year that has two, without what its standard does not know."""
    row = results.second(this)
    if row is None:
        return []
    villages = results.reviewed(this, row)
    villages = villages[villages["village"] != ""]
    figures = trace.figures(joined(poverty.rates(villages), poverty.rates(row)), SECOND, "village")
    left_out = this.law.unknown(row["standard"].item(), this.year)
    made = []
    for form, its_columns in groupby(this.law.rows("forms"), key=lambda line: line["form"]):
        columns = [line | {"table": SECOND} for line in its_columns if line["table"] == "review" and not made_of(line["column"], left_out)]
        if columns:
            made.append(table(form, columns, {SECOND: figures}, [*villages["village"], ""], {}))
    return made


def made_of(column: str, names: Collection[str]) -> bool:
    """Whether a column of the review is one of `names` or computed from one."""
    formula = trace.column("review", column)
    return column in names or (formula["required"] == "formula" and not set(trace.operand_names(formula["rule"])).isdisjoint(names))


def all_figures(this: Year) -> dict[str, Figures]:
    """For each table the figures of every village and of the commune, by row key."""
    review, commune = results.reviewed(this), results.of(this)
    villages = review[review["village"] != ""]
    found = {"review": trace.figures(joined(poverty.rates(villages), poverty.rates(commune)), "review", "village")}
    names = all_code_names(this)
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


def all_code_names(this: Year) -> dict[str, dict[str, str]]:
    """For each table the official names of its codes."""
    names = code_names(this)
    return {
        "deprivations": names["F4"],
        "groups": names.get("F8", {}) | names.get("F9", {}),
        "causes": names.get("F10", {}),
    }


def code_names(this: Year) -> dict[str, dict[str, str]]:
    """The codes that make a form's columns, with their official names."""
    deprivations = this.law.indicators(results.of(this)["standard"].item())
    categories = this.law.table("categories", year_end(this.year))
    by_form = {
        form: dict(zip(rows["code"], rows["name"], strict=True))
        for form, rows in categories.groupby("form", sort=False)
    }
    return by_form | dict.fromkeys(("F4", "F5", "F6", "F7"), deprivations)


def table(form: str, columns: list[dict], figures: dict[str, Figures], rows: list[str], codes: dict[str, str]) -> Table:
    """One form: its spread-out columns, a line for each village (and measure) and for the commune."""
    kind, _, group = columns[0]["layout"].partition("|")
    name = columns[0]["table"]
    used = {part for key in figures[name] for part in key.split(".")}
    spread = spread_out(columns, codes, used)
    lines = [(row, measure) for row in rows for measure in (MEASURES if kind == "measures" else ("",))]
    body, found_at = [], []
    for number, (row, measure) in enumerate(lines, start=1):
        cells = [cell(column, figures, name, group, measure, row) for column in spread]
        label = row or TOTAL
        body.append([str(number) if row else "", label, *([MEASURES[measure]] if measure else []), *cells])
        found_at.append("; ".join(dict.fromkeys(c.sources for c in cells if isinstance(c, Figure))))
    first = ["TT", "Đơn vị"] + (["Phân tổ"] if kind == "measures" else [])
    return Table(
        id=f"bieu-{form}" + "-2" * (name == SECOND), caption=columns[0]["title"], header=header(first, spread), rows=body, found_at=found_at,
        wide=True, total=True,
    )  # fmt: skip


def spread_out(columns: list[dict], codes: dict[str, str], used: Collection[str] = ()) -> list[dict]:
    """The form's columns, a column for all codes (`*`), or for those `used` (`+`), spread into one for each, numbered on."""
    spread: list[dict] = []
    for column in columns:
        if column["number"] in ("*", "+"):
            shown = {code: label for code, label in codes.items() if column["number"] == "*" or code in used}
            spread += [column | {"number": str(len(spread) + n), "label": label, "code": code}
                       for n, (code, label) in enumerate(shown.items(), start=1)]  # fmt: skip
        else:
            spread.append(column | {"code": ""})
    return spread


def cell(column: dict, figures: dict[str, Figures], name: str, group: str, measure: str, row: str) -> Figure | str:
    """The figure of one column in one line, "…" where the data have no such row."""
    table_name, _, value = column["column"].rpartition(".")
    parts = [row] if table_name or name in ("review", SECOND) else [group, measure, column["code"], row]
    return figures[table_name or name].get(".".join(filter(None, parts)), {}).get(value, GAP)


def header(first: list[str], columns: list[dict]) -> list[list[dict]]:
    """Three lines: groups, columns, the numbers of the columns with their formulas."""
    groups: list[dict] = [{"text": text, "rowspan": 2} for text in first]
    labels: list[dict] = []
    for group, its_columns in groupby(columns, key=lambda column: column["group"]):
        members = list(its_columns)
        if group:
            groups.append({"text": group, "colspan": len(members)})
            labels += [{"text": column["label"]} for column in members]
        else:
            groups += [{"text": column["label"], "rowspan": 2} for column in members]
    numbers = [{"text": text} for text in "ABC"[: len(first)]]
    numbers += [{"text": "=".join(filter(None, [column["number"], column["formula"]]))} for column in columns]
    return [groups, labels, numbers] if labels else [[c | {"rowspan": 1} for c in groups], numbers]
