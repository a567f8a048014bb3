"""Official forms changed as people change them: what must then be read of them, or that they must be refused.

`mutated(rng)` draws a form and changes it in one to three ways. Harmless ways move, rename and add; a fault (a wrong total,
a line twice, thousands) must be refused.
"""

import csv
import io
import random
from dataclasses import dataclass, field
from itertools import groupby

from openpyxl import Workbook

from giamngheo.imports import forms, sources
from giamngheo.imports.headings import phrase, said
from giamngheo.law import lawfile
from giamngheo.shipped import DATA
from officials import NAMES, VILLAGES, official

FORMS = [name for name in NAMES if name not in ("F5", "F7")]
ALIASES: dict[str, list[str]] = {}
for _row in lawfile.rows(DATA / "headings.csv"):
    ALIASES.setdefault(str(sorted(said(_row["says"]).items())), []).append(_row["heading"])
BY_PHRASE = {phrase(row["heading"]): str(sorted(said(row["says"]).items())) for row in lawfile.rows(DATA / "headings.csv")}
SHEETS = ("Rà soát", "Biểu 1", "Sheet1", "PL 2.3", "Trang_tính1")
TITLES = ("TỔNG HỢP HỘ NGHÈO", "DANH SÁCH HỘ CẬN NGHÈO NĂM 2023", "BÁO CÁO THU CHI", "")
STRANGERS = ("Trẻ em dưới 6 tuổi", "Người cao tuổi", "Diện tích (ha)", "Số máy cày", "Người có công")


@dataclass
class Changed:
    """A form being changed: heading and cells of each column, which rows are what."""

    name: str
    first: list[str]
    columns: list[list]  # group, label, number, formula, key
    rows: list[dict]  # kind, ordinal, unit, measure, values by index of column
    known: dict
    sheet: str = "Sheet1"
    title: str = "BIỂU TỔNG HỢP"
    merged: str = "merged"  # merged, left, repeated
    marks: bool = True
    kind: str = "xlsx"
    faulty: bool = False
    above: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)


def drawn(rng: random.Random) -> Changed:
    name = rng.choice(FORMS)
    villages = rng.sample(VILLAGES, rng.randrange(2, len(VILLAGES) + 1))
    form = official(name, villages, rng.randrange(10**6))
    wide = len(form.first)
    rows = []
    for row in form.rows:
        values = dict(enumerate(row[wide:]))
        kind = "total" if row[1] == "Tổng cộng" else "unit"
        rows.append({"kind": kind, "ordinal": row[0], "unit": row[1], "measure": row[2] if wide > 2 else "", "values": values})
    return Changed(name, form.first, [[*column, at] for at, column in enumerate(form.columns)], rows, dict(form.known))


def mutated(rng: random.Random) -> Changed:
    form = drawn(rng)
    for way in rng.sample(WAYS, rng.randrange(1, 4)):
        way(form, rng)
        form.ways.append(way.__name__)
    return form


def moved(form: Changed, rng: random.Random) -> None:
    """Groups in another order, and half the time the columns within a group as well: a rate may then stand behind any count."""
    groups = [list(members) for _, members in groupby(form.columns, key=lambda column: column[0])]
    rng.shuffle(groups)
    for members in groups if rng.random() < 0.5 else ():
        rng.shuffle(members)
    form.columns = [column for members in groups for column in members]


def renamed(form: Changed, rng: random.Random) -> None:
    for column in form.columns:
        for at in (0, 1):
            others = ALIASES.get(BY_PHRASE.get(phrase(column[at]), ""), [])
            if column[at] and others and rng.random() < 0.7 and not column[at].startswith("Kết quả"):
                column[at] = rng.choice(others)
    for at, text in enumerate(form.first):
        others = [other for other in ALIASES.get(BY_PHRASE.get(phrase(text), ""), []) if other != "Loại hộ"]
        form.first[at] = rng.choice(others or [text])
    seen: dict[str, str] = {}
    for column in form.columns:  # neighbours of one group keep one name
        column[0] = seen.setdefault(column[0], column[0])


def inserted(form: Changed, rng: random.Random) -> None:
    for _ in range(rng.randrange(1, 3)):
        index = max((column[5] for column in form.columns), default=0) + 100
        form.columns.insert(rng.choice(between(form)), ["", rng.choice(STRANGERS), "", "", None, index])
        for row in form.rows:
            row["values"][index] = rng.choice([None, rng.randrange(0, 900), "x"])


def between(form: Changed) -> list[int]:
    """Where a column may be put in without parting a group."""
    groups = [column[0] for column in form.columns]
    return [at for at in range(len(groups) + 1) if at in (0, len(groups)) or groups[at - 1] != groups[at] or not groups[at]]


def merged_otherwise(form: Changed, rng: random.Random) -> None:
    form.merged = rng.choice(["left", "repeated"])


def unmarked(form: Changed, rng: random.Random) -> None:
    form.marks = False


def titled(form: Changed, rng: random.Random) -> None:
    form.title, form.sheet = rng.choice(TITLES), rng.choice(SHEETS)


def without_ordinals(form: Changed, rng: random.Random) -> None:
    form.first = [text for text in form.first if phrase(text) not in ORDINAL]


def as_csv(form: Changed, rng: random.Random) -> None:
    form.kind = rng.choice(["csv", "csv;"])
    form.merged = "left" if form.merged == "merged" else form.merged


def thousands_dotted(form: Changed, rng: random.Random) -> None:
    for row in form.rows:
        for at, value in row["values"].items():
            if isinstance(value, int) and value >= 1000:
                row["values"][at] = f"{value:,}".replace(",", ".")


def sections(form: Changed, rng: random.Random) -> None:
    """A section without figures before the first unit and one in between, as former communes stand in a form."""
    for at, ordinal, name in ((len(form.rows) // 2, "II", "Xã Mẫu Hai (cũ)"), (0, "I", "Xã Mẫu Một (cũ)")):
        while at and form.rows[at]["unit"] == form.rows[at - 1]["unit"]:
            at -= 1
        form.rows.insert(at, {"kind": "section", "ordinal": ordinal, "unit": name, "measure": "", "values": {}})


def header_again(form: Changed, rng: random.Random) -> None:
    at = rng.randrange(1, len(form.rows))
    form.rows.insert(at, {"kind": "header", "ordinal": "", "unit": "", "measure": "", "values": {}})


def total_first(form: Changed, rng: random.Random) -> None:
    form.rows.sort(key=lambda row: row["kind"] != "total")


def unit_once(form: Changed, rng: random.Random) -> None:
    """Of the lines of one unit only the first carries its name."""
    before = ""
    for row in form.rows:
        row["unit"], before = ("" if row["unit"] == before and row["kind"] == "unit" else row["unit"]), row["unit"] or before


def total_wrong(form: Changed, rng: random.Random) -> None:
    change(form, rng, "total")


def count_wrong(form: Changed, rng: random.Random) -> None:
    change(form, rng, "unit")


def change(form: Changed, rng: random.Random, kind: str) -> None:
    if {"total_wrong", "count_wrong"} & set(form.ways):  # two such faults may make a form that agrees again
        return
    row = rng.choice([row for row in form.rows if row["kind"] == kind])
    counted = [column[5] for column in form.columns if column[4] and isinstance(row["values"].get(column[5]), int)]
    if counted:
        row["values"][rng.choice(counted)] += rng.choice([-1, 1, 9, 90])
        form.faulty = True


def line_doubled(form: Changed, rng: random.Random) -> None:
    at = rng.choice([at for at, row in enumerate(form.rows) if row["kind"] == "unit"])
    copied = dict(form.rows[at], values=dict(form.rows[at]["values"]))
    form.rows.insert(rng.randrange(at, len(form.rows)), copied)
    form.faulty = True


def in_thousands(form: Changed, rng: random.Random) -> None:
    """Counts given in thousands, some of them not whole, with or without a word that says so."""
    if rng.random() < 0.5:
        form.above.append(rng.choice(["Đơn vị tính: nghìn hộ", "ĐVT: 1.000 người", "(Đơn vị: ngàn hộ, ngàn khẩu)"]))
    for row in form.rows:
        for column in form.columns:
            if column[4] and isinstance(row["values"].get(column[5]), int):
                row["values"][column[5]] = row["values"][column[5]] / 1000
    form.faulty = True


def column_twice(form: Changed, rng: random.Random) -> None:
    """A column of counts stands twice, the second time with other numbers."""
    column = rng.choice([column for column in form.columns if column[4] and not column[3]])
    index = max(other[5] for other in form.columns) + 50
    form.columns.insert(form.columns.index(column) + 1, [*column[:2], "", "", None, index])
    for row in form.rows:
        value = row["values"].get(column[5])
        row["values"][index] = value + 1 if isinstance(value, int) else value
    form.faulty = True


def other_class(form: Changed, rng: random.Random) -> None:
    """Beside the form its like for another year: no count of it may be taken."""
    if form.name != "F1":
        return
    index = 500
    for at, label in enumerate(("Hộ nghèo", "Hộ cận nghèo")):
        form.columns.append(["Năm 2021", label, "", "", None, index + at])
        for row in form.rows:
            row["values"][index + at] = rng.randrange(0, 99)


ORDINAL = {phrase(text) for text in ("STT", "TT", "Số TT", "Số thứ tự")}
HARMLESS = [moved, renamed, inserted, merged_otherwise, unmarked, titled, without_ordinals, as_csv, thousands_dotted, sections, header_again,
            total_first, unit_once, other_class]  # fmt: skip
FAULTS = [total_wrong, count_wrong, line_doubled, in_thousands, column_twice]
WAYS = HARMLESS + FAULTS


def cells(form: Changed) -> tuple[list[list], list[tuple[int, int, int, int]]]:
    """The form as rows of cells, and the ranges that are merged: row, row, column, column, from 1."""
    rows: list[list] = [["UBND XÃ MẪU"], [form.title], *([text] for text in form.above), []]
    top = len(rows) + 1
    wide = len(form.first)
    upper, lower = list(form.first), [None] * wide
    merged = [(top, top + 1, at, at) for at in range(1, wide + 1)]
    at = wide + 1
    for group, members in groupby(form.columns, key=lambda column: column[0]):
        labels = [column[1] for column in members]
        if group:
            upper += [group] + [group if form.merged == "repeated" else None] * (len(labels) - 1)
            lower += labels
            merged += [(top, top, at, at + len(labels) - 1)] if len(labels) > 1 else []
        else:
            upper += labels
            lower += labels if form.merged == "repeated" else [None] * len(labels)
            merged += [(top, top + 1, place, place) for place in range(at, at + len(labels))]
        at += len(labels)
    if form.merged == "repeated":
        lower[:wide] = form.first
    header = [upper, lower]
    rows += header
    if form.marks:
        rows.append([*"ABC"[:wide], *("=".join(filter(None, column[2:4])) or None for column in form.columns)])
    for row in form.rows:
        if row["kind"] == "header":
            rows += [list(upper), list(lower)]
            continue
        begin = {"ordinal": row["ordinal"], "unit": row["unit"], "line": row["measure"]}
        kinds = ["ordinal" if phrase(text) in ORDINAL else "unit" if at == first_unit(form) else "line" for at, text in enumerate(form.first)]
        rows.append([*(begin[kind] or None for kind in kinds), *(row["values"].get(column[5]) for column in form.columns)])
    rows += [[], [None, "Ghi chú: số liệu đã thống nhất"]]
    return rows, merged if form.merged == "merged" else []


def first_unit(form: Changed) -> int:
    return next(at for at, text in enumerate(form.first) if phrase(text) not in ORDINAL)


def content(form: Changed) -> bytes:
    rows, merged = cells(form)
    if form.kind != "xlsx":
        written = io.StringIO(newline="")
        csv.writer(written, delimiter=";" if form.kind.endswith(";") else ",").writerows(rows)
        return written.getvalue().encode("utf-8-sig")
    book = Workbook()
    page = book.active
    page.title = form.sheet
    for row in rows:
        page.append(row)
    for row in page.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.data_type = "s"
    for top, bottom, left, right in merged:
        page.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def counts(one) -> dict:
    """What was understood: (village, codes…, column) -> count."""
    names = ("village", "class", "measure", "indicator", "group", "cause")
    return {
        (*[entry.cells[name] for name in names if name in entry.cells], column): int(str(entry.cells[column]).replace(".", ""))
        for entry in one.entries
        for column in entry.places
        if entry.cells[column] is not None
    }


def outcome(form: Changed, one) -> str:
    """What became of a changed form: `right`, `refused`, or `wrong`, also where a fault was taken in."""
    if one.findings or not one.table:
        return "refused"
    return "right" if not form.faulty and counts(one) == form.known else "wrong"


def understood(form: Changed, this):
    """The changed form as it is understood for a year."""
    opened = sources.looked_at if form.kind == "xlsx" else sources.of_text
    return forms.understand(opened(content(form), f"bieu.{form.kind[:4].rstrip(';')}")[0], this)
