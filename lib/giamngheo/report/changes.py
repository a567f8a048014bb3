"""The figures of two documents side by side: which changed, by how much, and what can have changed them.

A figure is compared exactly (integers and fractions). Where the inputs of the two cannot tell one cause from another,
all that are possible are named.
"""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from giamngheo.figures.trace import Figure
from giamngheo.present import ABOUT_APART, APART, amount, apart, prose
from giamngheo.vietnamese.numbers import read

KINDS = {"data": "số liệu", "law": "luật, biểu mẫu, từ điển", "code": "mã tính"}
STATES = ("changed", "appeared", "vanished", "reworded", "remade", "same")  # the important ones first
UNDER_A_STANDARD = ("review", "before", "former", "changes", "movements", "deprivations", "groups", "causes")
OF_SECOND = ("other_review", "other_changes", "other_former")  # of the other result of a year under two standards
TWO_STANDARDS = "không so sánh: hai chuẩn nghèo khác nhau"
ROW_NUMBER = re.compile(r"\.\d+\.")  # in the name of a row that is only numbered: the same number may be another row
NOT_KEPT = "không tách được: báo cáo lập bằng bản cũ không ghi các số đã dùng để tính"


def rows(befores: dict[str, dict], afters: dict[str, dict], inputs: dict, refusal: str = "", years: bool = False) -> list[dict]:
    """The figures of two documents side by side, the important ones first, then in the order of the later one.

    Each row: state (`STATES`), name, label, row (which village, project …), old, new (as printed), old_value,
    new_value, difference (exact, None where there is none), said (the difference in words), cause (of the `inputs` that
    differ), old_made, new_made (the arithmetic), sources, href (the cell that made the newer figure, within its folder).
    """
    old, new = matched(befores), matched(afters)
    found = [beside(old.get(key), new.get(key), inputs, refusal, years) for key in dict.fromkeys([*new, *old])]
    return sorted(found, key=lambda row: STATES.index(row["state"]))


def with_given(figures: dict[str, dict], given: Mapping[str, dict], others: dict[str, dict]) -> dict[str, dict]:
    """The figures of a document and, of those that another one computed, the counts that stand in its tables as they were given.

    A sum of two lines in one year may be a single line in the next: it is printed in both.

    >>> planned = {"value": "660", "unit": "dong", "text": "660 đồng", "row": "Dự án 2", "arithmetic": "600 + 60"}
    >>> told = with_given({}, {"budget.DA2.planned": {"text": "150", "sources": "b.csv:2", "href": "#b"}}, {"budget.DA2.planned": planned})
    >>> [told["budget.DA2.planned"][name] for name in ("value", "text", "row", "arithmetic", "sources")]
    ['150', '150 đồng', 'Dự án 2', '', ['b.csv:2']]
    """
    found = dict(figures)
    for name, other in others.items():
        cell = {} if name in figures or ROW_NUMBER.search(name) else given.get(name, {})
        if cell.get("text", "").replace(".", "").isdecimal():
            value = read(cell["text"])
            own = {"value": str(value), "text": amount(value, other["unit"]), "href": cell["href"], "sources": cell["sources"].split("; ")}
            found[name] = other | own | {"formula": "", "arithmetic": "", "operands": None}
    return found


def matched(figures: dict[str, dict]) -> dict[str, dict]:
    """The figures by what they are of: rows that are only numbered (models, courses) go by their names.

    >>> model = {"row": "Nuôi bò", "text": "07 hộ"}
    >>> matched({"models.1.members": model, "budget.DA2.planned": {"row": "Dự án 2"}}).keys()
    dict_keys(['models.Nuôi bò.members', 'budget.DA2.planned'])
    """
    found: dict[str, dict] = {}
    for name, figure in figures.items():
        table, _, rest = name.partition(".")
        row, _, column = rest.rpartition(".")
        key = f"{table}.{figure['row']}.{column}" if row.isdigit() and figure["row"] else name
        found[name if key in found else key] = figure | {"name": name}
    return found


def beside(before: dict | None, after: dict | None, inputs: dict, refusal: str, years: bool) -> dict:
    """One figure of two runs as a row of `rows`."""
    told, state = after or before or {}, state_of(before, after)
    old, new = (exact(figure["value"]) if figure else None for figure in (before, after))
    difference = None if old is None or new is None else new - old
    if refused := refusal_of(before, after, told["name"].partition(".")[0], refusal):
        difference, said = None, refused
    else:
        said = in_words(difference, told["unit"]) + mark(old, new, told["unit"]) if state == "changed" else ""
    return {
        "state": state,
        "name": told["name"],
        "label": told["label"],
        "row": ", ".join(filter(None, [told.get("group"), told["row"]])),  # whose figure it is, in full
        "old": before["text"] if before else "",
        "new": after["text"] if after else "",
        "old_value": old,
        "new_value": new,
        "difference": difference,
        "said": said,
        "cause": "" if state == "same" else cause(before, after, inputs, years),
        "old_made": before["arithmetic"] if before else "",
        "new_made": after["arithmetic"] if after else "",
        "sources": "; ".join(told["sources"]),
        "href": after["href"] if after else "",
    }


def refusal_of(before: dict | None, after: dict | None, table: str, refusal: str) -> str:
    """Why the two values of a figure must not be subtracted; "" where they may.

    A figure of the second result says in its group under which standard it is.
    """
    if table in OF_SECOND and before and after and before.get("group") != after.get("group"):
        return f"{TWO_STANDARDS} ({before.get('group') or 'không rõ'}; {after.get('group') or 'không rõ'})"
    return refusal if table in UNDER_A_STANDARD + OF_SECOND else ""


def state_of(before: dict | None, after: dict | None) -> str:
    if before is None or after is None:
        return "appeared" if before is None else "vanished"
    if before["value"] != after["value"]:
        return "changed"
    if before["text"] != after["text"]:
        return "reworded"
    made = [(figure["formula"], figure["arithmetic"]) for figure in (before, after)]
    return "same" if made[0] == made[1] and alike(before, after) is not False else "remade"


def cause(before: dict | None, after: dict | None, inputs: dict[str, list[str]], years: bool) -> str:
    """What changed a figure, in words; where it cannot be told because a report does not say what it was made from, that."""
    kinds = causes(before, after, inputs, years)
    said = "; ".join(KINDS[kind] for kind in kinds)
    untold = "data" in kinds and len(kinds) > 1 and any(figure and "operands" not in figure for figure in (before, after))
    return f"{said} ({NOT_KEPT})" if before and after and untold else said


def causes(before: dict | None, after: dict | None, inputs: dict[str, list[str]], years: bool) -> list[str]:
    """The kinds of inputs that can have changed a figure, of those that differ between its runs.

    The data did not where none of its files differs, or where it was made from the same values; the data
    alone did where those differ and its formula does not.
    """
    both = [figure for figure in (before, after) if figure]
    files = {source.partition(":")[0] for figure in both for source in figure["sources"]}
    others = [kind for kind in inputs if kind != "data"]
    if "data" not in inputs or not others:
        return list(inputs)
    if not years and files and not files & set(inputs["data"]):
        return others
    if before is None or after is None or (same := alike(before, after)) is None:
        return list(inputs)
    if same:
        return others
    return ["data"] if before["formula"] == after["formula"] else list(inputs)


def alike(before: dict, after: dict) -> bool | None:
    """Whether two figures were made from the same exact values; None where one does not say from which.

    >>> alike({"operands": {"a": "242", "b": "1160"}}, {"operands": {"a": "242", "b": "1160"}})
    True
    >>> alike({"operands": ["2", "3"]}, {"operands": ["2", "4"]}), alike({"operands": None}, {})
    (False, None)
    """
    made = [figure.get("operands") for figure in (before, after)]
    return None if None in made else made[0] == made[1]


def exact(value: str | None) -> Fraction | None:
    """The value a figure records, exactly; None where it is not known or not a number."""
    try:
        return None if value is None else Fraction(value)
    except ValueError:
        return None


def mark(old: Fraction | None, new: Fraction | None, unit: str) -> str:
    """What stands behind the difference of two shares that is not the difference of what is printed (`ABOUT_APART`).

    >>> mark(Fraction(18, 319), Fraction(18, 320), "rate"), mark(Fraction(1, 4), Fraction(1, 2), "rate"), mark(Fraction(1), None, "households")
    (' (*)', '', '')
    """
    scale = {"rate": 1, "points": 1, "percent": 100}.get(unit)
    if not scale or old is None or new is None:
        return ""
    return APART if apart(old / scale, new / scale) else ""


def marked(said: Iterable[str]) -> list[str]:
    """The note below differences of which one is so marked; nothing where none is."""
    return [ABOUT_APART] if any(one.endswith(APART) for one in said) else []


def in_words(difference: Fraction | None, unit: str) -> str:
    """
    >>> in_words(Fraction(-20), "households"), in_words(Fraction(1, 100), "rate")
    ('giảm 20 hộ', 'tăng 1,00 điểm phần trăm')
    >>> in_words(Fraction(1, 10**6), "rate")
    'tăng dưới 0,01 điểm phần trăm'
    """
    if difference is None:
        return ""
    if unit in ("rate", "percent"):
        difference, unit = difference / (100 if unit == "percent" else 1), "points"
    said = prose(Figure("", "", difference, unit, signed=True))
    return said if difference == 0 or re.search(r"[1-9]", said) else f"{said}, nhỏ hơn mức làm tròn"
