"""Official summary forms as officers have them in Excel, made up with known numbers and laid out in many ways."""

import io
import random
from dataclasses import dataclass, field
from itertools import groupby

from openpyxl import Workbook

from giamngheo.law import forms
from giamngheo.law.dated import Law

LAW = Law()
VILLAGES = ("Làng Mơ Hra", "Làng Đak Bơ Tưk", "Thôn 5", "Làng Tơ Kơr")
NAMES = {one.name: one for one in forms.forms(LAW)}


@dataclass
class Drawn:
    """A form drawn cell by cell: its headings over each column, its rows; `known` is what must be read of it."""

    title: str
    first: list[str]
    columns: list  # (group, label, number, formula, key)
    rows: list[list]  # [ordinal, unit, (measure), value by column…]
    known: dict = field(default_factory=dict)  # (village, keys…, column) -> count


def official(name: str, villages=VILLAGES, seed: int = 1, year: int = 2023) -> Drawn:
    """The form `name` filled in for villages, with its total row."""
    rng = random.Random(seed)
    codes = forms.codes(LAW, "ND07_2021", year).get(name, {})
    used = list(codes) if name[:2] != "F9" else rng.sample(list(codes), 3)
    form = NAMES[name].spread(codes, used)
    columns = [(one.group, one.label, one.number, one.formula, (one.column, one.code)) for one in form.columns]
    drawn = Drawn(form.title.upper(), list(form.first), columns, [])
    sums: dict = {}
    for ordinal, village in enumerate(villages, start=1):
        for measure in form.measures:
            values = filled(form, rng)
            known(drawn, form, village, measure, values)
            for key, value in values.items():
                sums.setdefault(measure, {}).setdefault(key, 0)
                sums[measure][key] += value
            drawn.rows.append([ordinal, village, *said(measure), *shown(form, values)])
    for measure in form.measures:
        drawn.rows.append([None, "Tổng cộng", *said(measure), *shown(form, sums[measure])])
    return drawn


def said(measure: str) -> list[str]:
    return [forms.MEASURES[measure]] if measure else []


def filled(form, rng: random.Random) -> dict:
    """Made-up counts of one line by (column, code)."""
    if form.table == "movements":
        start, steps = rng.randrange(30, 60), [rng.randrange(0, 6) for _ in range(7)]
        names = ("to_other_class", "above_near_poor", "other_decrease", "from_other_class", "relapsed", "new", "other_increase")
        end = start - sum(steps[:3]) + sum(steps[3:])
        return {("start", ""): start} | {(name, ""): step for name, step in zip(names, steps, strict=True)} | {("end", ""): end}
    if form.table == "review":
        poor, near, average = rng.randrange(5, 40), rng.randrange(5, 40), rng.randrange(0, 9)
        households = poor + near + average + rng.randrange(20, 1500)
        people = {"households": households, "poor_households": poor, "near_poor_households": near, "average_living_households": average}
        persons = {name.replace("households", "persons"): count * 4 for name, count in people.items()}
        return {(name, ""): count for name, count in (people | persons).items()}
    whole = rng.randrange(20, 60)
    counts = {(one.column, one.code): rng.randrange(0, whole) for one in form.columns if one.code}
    return {(f"{form.class_}_households", ""): whole, ("deficits", ""): sum(counts.values())} | counts


def shown(form, values: dict) -> list:
    """What the form's cells show: counts, and rates rounded to two decimals as officers type them."""
    rates = {"rate": ("households", "households"), "person_rate": ("persons", "persons")}
    row = []
    for one in form.columns:
        key = (one.column, one.code)
        if key in values:
            row.append(values[key])
        elif one.column.endswith("rate"):
            kind = "person_rate" if one.column.endswith("person_rate") else "rate"
            class_, (top, below) = one.column.removesuffix(f"_{kind}"), rates[kind]
            row.append(f"{100 * values[f'{class_}_{top}', ''] / values[below, '']:.2f}".replace(".", ","))
        else:
            row.append(None)
    return row


def known(drawn: Drawn, form, village: str, measure: str, values: dict) -> None:
    for (column, code), value in values.items():
        if form.table == "review" or form.table == "movements" or code:
            keys = (form.class_, *filter(None, [measure, code])) if form.table != "review" else ()
            drawn.known[village, *keys, column] = value


def workbook(drawn: Drawn, sheet: str = "Sheet1", merged: bool = True, marks: bool = True, title: str = "", notes: bool = True) -> bytes:
    """The form as .xlsx: letterhead, title, headings on two lines, a line of numbers and formulas, rows, a remark below."""
    book = Workbook()
    page = book.active
    page.title = sheet
    page.append(["ỦY BAN NHÂN DÂN XÃ MẪU"])
    page.append([title or drawn.title])
    page.append(["(Ban hành kèm theo Thông tư)"])
    page.append([])
    draw(page, drawn, merged, marks)
    for row in drawn.rows:
        page.append(row)
    if notes:
        page.append([])
        page.append([None, "Ghi chú: số liệu rà soát cuối năm"])
        page.append([None, None, None, "NGƯỜI LẬP BIỂU"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def draw(page, drawn: Drawn, merged: bool, marks: bool) -> None:
    top = page.max_row + 1
    wide = len(drawn.first)
    for at, text in enumerate(drawn.first, start=1):
        page.cell(top, at, text)
        if merged:
            page.merge_cells(start_row=top, end_row=top + 1, start_column=at, end_column=at)
    at = wide + 1
    for group, members in groupby(drawn.columns, key=lambda column: column[0]):
        members = list(members)
        if group:
            page.cell(top, at, group)
            for place, member in enumerate(members, start=at):
                page.cell(top + 1, place, member[1])
            if merged and len(members) > 1:
                page.merge_cells(start_row=top, end_row=top, start_column=at, end_column=at + len(members) - 1)
        else:
            for place, member in enumerate(members, start=at):
                page.cell(top, place, member[1])
                if merged:
                    page.merge_cells(start_row=top, end_row=top + 1, start_column=place, end_column=place)
        at += len(members)
    if marks:
        row = top + 2
        for place, letter in enumerate("ABC"[:wide], start=1):
            page.cell(row, place, letter)
        for place, column in enumerate(drawn.columns, start=wide + 1):
            page.cell(row, place, "=".join(filter(None, column[2:4])) if column[3] else int(column[2]) if column[2].isdecimal() else column[2])
            page.cell(row, place).data_type = "s" if column[3] else page.cell(row, place).data_type
