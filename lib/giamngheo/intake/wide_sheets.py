"""Sheets as wide as a village: a row for each village, under the headings of the official forms, read by `wide`.

Which columns there are say the forms (`law.forms`): a column for each code and class, of the movements for each step, with a row
for each measure. Headings end with the names that the dictionary and the law give.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo.intake import entry
from giamngheo.intake.codes import Codes
from giamngheo.intake.grid import letter
from giamngheo.intake.total_rows import VILLAGE, keys_beside_village
from giamngheo.law import forms
from giamngheo.law.dated import Law
from giamngheo.law.dictionary import COUNTED, Column, tables
from giamngheo.vietnamese.terms import capital

TABLES = ("movements", "deprivations", "groups", "causes")
CHOSEN = 2  # the row of headings in which a code can be chosen
SPARE = 4  # columns of each class whose code is chosen: an ethnic group that no village had last year
TOTAL = "Tổng cộng"
WIDTH = {"text": 28, "code": 20, "count": 12}


@dataclass(frozen=True)
class Spread:
    """A column of numbers: what stands over it from the class down, "" where a code is to be chosen; its codes by key."""

    texts: tuple[str, ...]
    path: dict[str, str]
    column: Column
    chosen: int = 0  # which of the codes to be chosen, 0 where the code is known


@dataclass(frozen=True)
class Layout:
    """The columns of a wide sheet: those of each row, then the spread ones, then the note."""

    before: tuple[Column, ...]
    spread: tuple[Spread, ...]
    after: tuple[Column, ...]

    @property
    def depth(self) -> int:
        return len(self.spread[0].texts)

    @property
    def width(self) -> int:
        return len(self.before) + len(self.spread) + len(self.after)

    def single(self) -> list[tuple[int, Column]]:
        """The columns that are one for each row, each with its position."""
        return [*enumerate(self.before), *enumerate(self.after, start=self.place(len(self.spread)))]

    def place(self, at: int) -> int:
        """The position of the `at`-th spread column."""
        return len(self.before) + at

    def types(self) -> list[str]:
        """The type of each column."""
        return [column.type for column in (*self.before, *(one.column for one in self.spread), *self.after)]

    def position(self, path: Mapping[str, str], column: str) -> int | None:
        """Where the numbers of a path stand; None where no column is of it."""
        found = (at for at, one in enumerate(self.spread) if one.path == path and one.column.name == column)
        return next((self.place(at) for at in found), None)


def layout(table: str, law: Law, standard: str, year: int, codes: Mapping[str, Codes | None], used: Collection[str] = ()) -> Layout:
    """The columns of a table's sheet in a year; of codes that only some communes have those `used`, and some to be chosen."""
    columns = tables()[table]
    counted = [column for column in columns if column.type in COUNTED]
    keys = keys_beside_village(columns) or []
    by_class = classes(table, law, standard, year, used)
    beside = [name for name in keys if name != "class" and not any(column.code for made in by_class.values() for column in made)]
    spread = [one for class_, made in by_class.items() for one in of_class(heading(codes["class"], class_), class_, made, keys, counted)]
    before = tuple(column for column in columns if column.name == VILLAGE or column.name in beside)
    after = tuple(column for column in columns if column.name not in (VILLAGE, *keys) and column.type not in COUNTED)
    return Layout(before, tuple(spread), after)


def classes(table: str, law: Law, standard: str, year: int, used: Collection[str]) -> dict[str, list[forms.Column]]:
    """For each class the columns of its forms that hold counts of the table itself, those of codes to be chosen without one."""
    names = forms.codes(law, standard, year)
    more = of_second(law, standard, year) if table == "deprivations" and law.indicators(standard) else {}
    found: dict[str, list[forms.Column]] = {}
    counted = {column.name for column in tables()[table] if column.type in COUNTED}
    for form in (form for form in forms.forms(law) if form.table == table):
        own = form.spread(names.get(form.name, {}) | more, used)
        made = [column for column in own.columns if column.table == table and column.column in counted]
        open_codes = any(column.number == forms.USED for column in form.columns)
        spare = [forms.Column("", "", "", table, "households")] * (SPARE if open_codes else 0)
        found.setdefault(form.class_, []).extend([*made, *spare])
    return {class_: made for class_, made in found.items() if made}


def of_second(law: Law, main: str, year: int) -> dict[str, str]:
    """The indicators of the other standard under which a year is reviewed, as far as its list is known, each with its standard."""
    others = [one for one in law.reviewed(year) if one != main]
    decrees = {row["standard"]: row["decree"].partition(";")[0] for row in reversed(law.rows("standards"))}
    return {code: f"{name} ({decrees[one]})" for one in others for code, name in law.indicators(one).items()}


def of_class(over: str, class_: str, made: Sequence[forms.Column], keys: Sequence[str], counted: Sequence[Column]) -> Iterator[Spread]:
    """The columns of one class: for each code every number that the table has of it, or the steps of the movements."""
    named = {column.name: column for column in counted}
    key, chosen = keys[-1], 0
    for column in made:
        if column.group and not column.code and column.number:
            yield Spread((over, column.group, f"{column.label}\n{column.column}"), {"class": class_}, named[column.column])
        elif column.number and not column.code:
            yield Spread((over, f"{column.label}\n{column.column}", ""), {"class": class_}, named[column.column])
        else:
            chosen += not column.code
            text = f"{column.label}\n{column.code}" if column.code else ""
            for one in counted:
                below = (f"{one.label}\n{one.name}",) if len(counted) > 1 else ()
                yield Spread((over, text, *below), {"class": class_, key: column.code}, one, 0 if column.code else chosen)


def heading(codes: Codes | None, code: str) -> str:
    return f"{capital(codes.names[code])}\n{code}" if codes else code


def write(sheet: Worksheet, made: Layout, totals: Sequence[str], lists: Mapping[str, str]) -> int:
    """Write headings, totals (one, or one for each of the `totals` of the second column), lists; returns the first row for a village.

    `lists` says where the entries of a column, by name, are found, under "" the codes to be chosen as headings.
    """
    first = made.depth + len(totals) + 1
    _headings(sheet, made, lists.get("", ""))
    labels = {column.name: column.label for column in (*made.before, *made.after)}
    for position, column in made.single():
        entry.column(sheet, position, column.type, WIDTH.get(column.type, 15))
        place = f"{letter(position)}{first}:{letter(position)}{entry.LAST_ROW}"
        prompt = entry.expected(column, labels)
        entry.typed(sheet, place, column, lists.get(column.name, ""), prompt, loose=column.name == VILLAGE)
    for at, one in enumerate(made.spread):
        position = made.place(at)
        entry.column(sheet, position, one.column.type, WIDTH["count"])
        place = f"{letter(position)}{first}:{letter(position)}{entry.LAST_ROW}"
        title = (one.texts[-1] or one.texts[1]).partition("\n")[0] or one.column.label
        over = ", ".join(text.partition("\n")[0] for text in one.texts if text)
        entry.typed(sheet, place, one.column, "", f"{over}\n{entry.expected(one.column, labels | {'measure': 'Phân tổ'})}", title=title)
    _totals(sheet, made, totals, first)
    entry.printed(sheet, made.depth)
    sheet.freeze_panes = f"{letter(len(made.before))}{first}"
    entry.protect(sheet, made.width)
    return first


def fill(sheet: Worksheet, made: Layout, first: int, rows: Sequence[Mapping[str, object]], entries: Mapping[str, str]) -> None:
    """Type the rows of a table into its sheet from row `first` on; `entries` are what codes are called in the lists."""
    beside = [column.name for column in made.before]
    lines: dict[tuple, int] = {}
    for row in rows:
        line = tuple(row.get(name) for name in beside)
        if line not in lines:
            lines[line] = first + len(lines)
            entry.opened(sheet, lines[line], made.types())
        number = lines[line]
        for position, column in made.single():
            if row.get(column.name) not in (None, ""):
                entry.enter(sheet.cell(number, position + 1), entries.get(str(row[column.name]), row[column.name]), column.type)
        for at, one in enumerate(made.spread):
            if not one.chosen and one.path.items() <= row.items() and row.get(one.column.name) is not None:
                entry.enter(sheet.cell(number, made.place(at) + 1), row[one.column.name], one.column.type)


def _headings(sheet: Worksheet, made: Layout, choices: str) -> None:
    for position, column in made.single():
        for row in range(1, made.depth + 1):
            entry.heading(sheet.cell(row, position + 1), f"{column.label}\n{column.name}" if row == 1 else "", column.required == "value")
        sheet.merge_cells(start_row=1, end_row=made.depth, start_column=position + 1, end_column=position + 1)
    for row in range(1, made.depth + 1):
        position = made.place(0) + 1
        for _, group in groupby(made.spread, key=lambda one: (one.texts[:row], one.chosen if row > 1 else 0)):
            members = list(group)
            _heading(sheet, made, row, position, members)
            if choices and row == CHOSEN and members[0].chosen:
                sheet.cell(row, position).protection = Protection(locked=False)
                place = f"{letter(position - 1)}{row}"
                entry.typed(sheet, place, members[0].column, choices, "Cần thêm dân tộc nào thì chọn ở đây.", title="Thêm một cột")
            position += len(members)
    for row, height in enumerate(_heights(made), start=1):
        sheet.row_dimensions[row].height = height


def _heights(made: Layout) -> list[float]:
    """Points of each line of the headings; one that reaches over the line below has room in both."""
    heights: list[float] = []
    for row in range(made.depth):
        groups = (list(group) for _, group in groupby(made.spread, key=lambda one: (one.texts[: row + 1], one.chosen if row else 0)))
        own = [(members[0].texts[row], WIDTH["count"] * len(members)) for members in groups if not _deep(made, row, members[0])]
        below = [(one.texts[row - 1], WIDTH["count"]) for one in made.spread if row and _deep(made, row - 1, one)]
        heights.append(max(entry.height(own), entry.height(below) - heights[-1] if below else 0))
    return heights


def _deep(made: Layout, row: int, one: Spread) -> bool:
    """Whether a heading, its line counted from 0, reaches over the last line of the headings."""
    return row + 2 == made.depth and not one.texts[-1]


def _heading(sheet: Worksheet, made: Layout, row: int, position: int, members: Sequence[Spread]) -> None:
    """One heading over the columns it stands for, and over the line below it where that says nothing."""
    if row == made.depth > CHOSEN and not members[0].texts[-1]:
        return  # the line above has it
    deep = row + 1 == made.depth and not members[0].texts[-1]
    for lower, at in product(range(row, row + 1 + deep), range(position, position + len(members))):
        entry.heading(sheet.cell(lower, at), members[0].texts[row - 1] if (lower, at) == (row, position) else "")
    if deep or len(members) > 1:
        sheet.merge_cells(start_row=row, end_row=row + deep, start_column=position, end_column=position + len(members) - 1)


def _totals(sheet: Worksheet, made: Layout, totals: Sequence[str], first: int) -> None:
    for number, said in enumerate(totals, start=made.depth + 1):
        entry.total(sheet.cell(number, 1), TOTAL)
        for position in range(1, made.width):
            entry.total(sheet.cell(number, position + 1), None)
        if said:
            entry.total(sheet.cell(number, 2), said)
        conditions = [("B", f"$B{number}")] if said else []
        for at, one in enumerate(made.spread):
            formula = entry.added(letter(made.place(at)), first, conditions)
            entry.total(sheet.cell(number, made.place(at) + 1), formula, one.column.type)
