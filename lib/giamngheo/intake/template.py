"""The workbook an officer fills in for a year: a sheet per table, ready to be read back by `giamngheo.intake`.

Headers carry the Vietnamese label and the column's name, coded columns have drop-downs, comments give unit,
rule and meaning, villages and last year's closing counts are filled in, and totals are formulas.
"""

import io
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from pathlib import Path

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo import spreadsheets
from giamngheo.intake import entry, instructions, reviews, rules, wide_sheets
from giamngheo.intake.codes import Codes, allowed
from giamngheo.intake.folder import CODES_SHEET
from giamngheo.intake.grid import letter
from giamngheo.intake.total_rows import VILLAGE, keys_beside_village
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import COUNTED, Column, tables
from giamngheo.store import atomic
from giamngheo.vietnamese.terms import CLASSES

FORMATS = entry.FORMATS
def write(this: Year, path: Path, **how) -> None:
    """Write the workbook of the year to `path` (.xlsx).

    Raises DataError when there is neither a folder of that unit nor a row of the map, or when it has no data of its own.
    """
    this.require_commune()
    this.require_folder(or_row=True)
    workbook = content(this, **how)
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.put(path, workbook)


def beside(this: Year, path: Path) -> list[str]:
    """The tables in CSV that a workbook at `path` would stand beside, and so say each table twice."""
    if path.resolve() != (this.folder / "so-lieu.xlsx").resolve():
        return []
    return [f"{table}.csv" for table in tables() if (this.folder / f"{table}.csv").is_file()]


def content(this: Year, long: Collection[str] = (), used: Collection[str] = (), villages: Sequence[str] = ()) -> bytes:
    """The workbook of the year; villages and opening counts come from the review of the year before, else the `villages` are named in it.

    The tables named `long` get a row for each code, as in a CSV file; the codes `used` have a column in any case.
    """
    this.law.require_reviewed(this.year)
    before = _last_review(this) or [{VILLAGE: name} for name in villages]
    book = Workbook()
    instructions.write(book.active, this)
    lists = lists_of(book)
    for table in tables():
        sheet, columns = book.create_sheet(table), asked(table, this)
        if made := None if table in long else wide(table, this, used_codes(this) | set(used)):
            wide_sheet(sheet, lists, made, this, before)
            continue
        first = long_sheet(sheet, lists, this, columns)
        for number, row in enumerate(_prefilled(table, columns, before, this), start=first):
            _fill(sheet, columns, number, row)
    book.security = WorkbookProtection(lockStructure=True)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def asked(table: str, this: Year) -> tuple[Column, ...]:
    """The columns of a table's sheet: those of the dictionary without the optional ones that no standard of the year knows."""
    reviewed = this.law.reviewed(this.year)
    unknown = set.intersection(*(set(this.law.unknown(one, this.year)) for one in reviewed)) if table in reviews.SHEETS else set()
    return tuple(column for column in tables()[table] if column.required != "no" or column.name not in unknown)


def long_sheet(sheet: Worksheet, lists: Worksheet, this: Year, columns: Sequence[Column]) -> int:
    """Write a sheet of those columns with a row for each of the table's rows; returns the first row for data."""
    totals = list(_total_keys(columns, this))
    _header(sheet, columns)
    _drop_downs(sheet, lists, columns, this)
    _totals(sheet, columns, totals)
    sheet.freeze_panes = "B2"
    entry.printed(sheet, 1)
    entry.protect(sheet, len(columns))
    return 2 + len(totals)


def _last_review(this: Year) -> list[dict]:
    """Last year's review: the unit's own, else, for a merged unit's first year, those of the units merged into it."""
    return _review(this.last) if this.last else list(_of_predecessors(this))


def _review(year: Year) -> list[dict]:
    reading = year.reading(reviews.main(year))
    return [] if reading.refused else reading.rows()


def _of_predecessors(this: Year) -> Iterator[dict]:
    """Each village with its former commune; a name that two of them have says whose it is, a commune told in one row is one."""
    parts = [(this.law.unit_name(unit), part) for unit in this.merged if (part := this.other(unit).last)]
    rows = [(name, line) for name, part in parts for line in _review(part)]
    names = [line[VILLAGE] for _, line in rows]
    for name, line in rows:
        village = line[VILLAGE] or name
        shown = f"{village} ({name})" if names.count(line[VILLAGE]) > 1 and line[VILLAGE] else village
        yield line | {VILLAGE: shown, "former_commune": line["former_commune"] or name}


def _header(sheet: Worksheet, columns: Sequence[Column]) -> None:
    labels = {column.name: column.label for column in columns}
    for position, column in enumerate(columns):
        cell = sheet.cell(1, position + 1)
        entry.heading(cell, f"{column.label}\n{column.name}", column.required == "value")
        cell.comment = entry.explanation(_explanation(column, labels))
        entry.column(sheet, position, column.type, 28 if column.type in ("text", "code") else 15)
    texts = ((f"{column.label}\n{column.name}", sheet.column_dimensions[letter(at)].width) for at, column in enumerate(columns))
    sheet.row_dimensions[1].height = entry.height(texts)


def _explanation(column: Column, labels: dict[str, str]) -> str:
    lines = [column.meaning, entry.expected(column, labels)]
    return "\n".join([*lines, *(f"Quy tắc: {rules.in_words(rule, labels)}" for rule in column.rules)])


def _drop_downs(sheet: Worksheet, lists: Worksheet, columns: Sequence[Column], this: Year) -> None:
    labels = {column.name: column.label for column in columns}
    for position, column in enumerate(columns):
        place = f"{letter(position)}2:{letter(position)}{entry.LAST_ROW}"
        prompt = f"{entry.expected(column, labels)}\n{column.meaning}"
        entry.typed(sheet, place, column, _list_of(lists, column, this), prompt, loose=column.name == VILLAGE)


def _list_of(lists: Worksheet, column: Column, this: Year) -> str:
    """Where the entries of a column's drop-down stand; "" for a column without one."""
    if column.name == VILLAGE and column.table != "review":
        return _own_column("review", VILLAGE, this)
    for rule in column.rules:
        table, _, name = rule.removeprefix("in ").partition(".")
        if rule.startswith("in ") and table in tables():
            return _own_column(table, name, this)
    codes = _codes(column, this)
    if codes is None:
        return ""
    return _listed(lists, f"{column.table}.{column.name}", codes.entries())


def _listed(lists: Worksheet, name: str, entries: Sequence[str]) -> str:
    """Write the entries of a drop-down into a column of their own, unless one has them; where they stand."""
    said = [name, *entries]
    columns = [[cell for cell in column if cell is not None] for column in lists.iter_cols(values_only=True)]
    there = next((at for at, column in enumerate(columns) if column == said), None)
    position = sum(map(bool, columns)) if there is None else there
    for row, text in enumerate(said if there is None else (), start=1):
        spreadsheets.write(lists.cell(row, position + 1), text)
    return f"'{lists.title}'!${letter(position)}$2:${letter(position)}${len(entries) + 1}"


def _own_column(table: str, name: str, this: Year) -> str:
    columns = asked(table, this)
    at = letter([column.name for column in columns].index(name))
    return f"{table}!${at}${2 + len(list(_total_keys(columns, this)))}:${at}${entry.LAST_ROW}"


def _total_keys(columns: Sequence[Column], this: Year) -> Iterator[dict[str, str]]:
    """The total rows of a table of villages: one for each combination of its other codes.

    A table told apart by long lists (indicators, causes) has none: its sum would count households twice.
    """
    names = keys_beside_village(columns)
    keys = [column for column in columns if names is not None and column.name in names]
    if names is None or any(rule.startswith("in ") for column in keys for rule in column.rules):
        return
    entries = [codes.entries() for column in keys if (codes := _codes(column, this))]
    for said in product(*entries):
        yield {column.name: entry for column, entry in zip(keys, said, strict=True)} | {VILLAGE: "Tổng cộng"}


def _totals(sheet: Worksheet, columns: Sequence[Column], totals: Sequence[dict[str, str]]) -> None:
    first = 2 + len(totals)
    place = {column.name: letter(position) for position, column in enumerate(columns)}
    for number, total in enumerate(totals, start=2):
        conditions = [(place[name], f"${place[name]}{number}") for name in total if name != VILLAGE]
        for position, column in enumerate(columns):
            formula = entry.added(letter(position), first, conditions) if column.type in COUNTED else None
            entry.total(sheet.cell(number, position + 1), total.get(column.name, formula), column.type)


def _codes(column: Column, this: Year) -> Codes | None:
    """The codes of a column whose list does not depend on what will be filled in."""
    return allowed(column, this.law, this.year, lambda table, name: [])


def _prefilled(table: str, columns: Sequence[Column], before: list[dict], this: Year) -> Iterator[dict]:
    """Last year's villages, and in the movements their closing counts as this year's opening counts."""
    by_name = {column.name: column for column in columns}
    sheets = under(this)
    for line in before:
        if table in sheets and line[VILLAGE]:
            yield {VILLAGE: line[VILLAGE], "former_commune": line.get("former_commune")} | sheets[table]
        if table == "movements":
            pairs = (_pairs(_codes(by_name[name], this)) for name in ("class", "measure"))
            for (class_, its_class), (measure, its_measure) in product(*pairs):
                start = line.get(f"{class_}_{measure}")
                yield {VILLAGE: line[VILLAGE], "class": its_class, "measure": its_measure, "start": start}


def under(this: Year) -> dict[str, dict[str, str]]:
    """The sheets that get the villages: `review`, and in a year of two standards both, each with its standard entered."""
    standard = next(column for column in tables()["review"] if column.name == "standard")
    reviewed, entries = this.law.reviewed(this.year), dict(_pairs(_codes(standard, this)))
    if len(reviewed) < len(reviews.SHEETS):
        return {"review": {}}
    return {table: {"standard": entries.get(code, code)} for table, code in zip(reviews.SHEETS, reviewed, strict=False)}


def _pairs(codes: Codes | None) -> list[tuple[str, str]]:
    """Each code with its entry in the drop-down; none of a column without codes."""
    return list(zip(codes.names, codes.entries(), strict=True)) if codes else []


def _fill(sheet: Worksheet, columns: Sequence[Column], number: int, row: dict[str, object]) -> None:
    entry.opened(sheet, number, (column.type for column in columns))
    for position, column in enumerate(columns):
        if row.get(column.name) not in (None, ""):
            entry.enter(sheet.cell(number, position + 1), row[column.name], column.type)


# sheets as wide as a village ------------------------------------------------------------------------


def wide(table: str, this: Year, used: Collection[str] = ()) -> wide_sheets.Layout | None:
    """The wide sheet of a table; None for a table that has none, or whose codes are not known in the year."""
    if table not in wide_sheets.TABLES:
        return None
    columns = tables()[table]
    codes = {column.name: _codes(column, this) for column in columns}
    made = wide_sheets.layout(table, this.law, this.law.reviewed(this.year)[0], this.year, codes, used)
    return made if made.spread else None


def used_codes(this: Year) -> set[str]:
    """The groups that the unit counted last year."""
    return {row["group"] for row in this.last.reading("groups").rows()} if this.last else set()


def lists_of(book: Workbook) -> Worksheet:
    """The sheet of the entries of drop-downs, made where a workbook has none."""
    if CODES_SHEET in book.sheetnames:
        return book[CODES_SHEET]
    lists = book.create_sheet(CODES_SHEET)
    lists.sheet_state = "hidden"
    return lists


def wide_sheet(sheet: Worksheet, lists: Worksheet, made: wide_sheets.Layout, this: Year, before: list[dict]) -> int:
    """Write a table's wide sheet with the villages of last year's review; returns the first row for a village."""
    table = sheet.title
    sources = {column.name: _list_of(lists, column, this) for column in made.before}
    if any(one.chosen for one in made.spread):
        key = next(column for column in tables()[table] if column.name == (keys_beside_village(tables()[table]) or [])[-1])
        codes = _codes(key, this)
        sources[""] = _listed(lists, f"{table}.{key.name}", codes.entries() if codes else [])
    measures = [column for column in made.before if column.name != VILLAGE]
    lines = [said for column in measures for _, said in _pairs(_codes(column, this))] or [""]
    first = wide_sheets.write(sheet, made, lines, sources)
    pairs = [(line, measure) for line in before for measure in (_pairs(_codes(measures[0], this)) if measures else [("", "")])]
    for number, (line, (measure, said)) in enumerate(pairs, start=first):
        entry.opened(sheet, number, made.types())
        if line[VILLAGE]:
            entry.enter(sheet.cell(number, 1), line[VILLAGE], "text")
        if said:
            entry.enter(sheet.cell(number, 2), said, "code")
        for class_ in CLASSES:
            position = made.position({"class": class_}, "start")
            if position is not None and (start := line.get(f"{class_}_{measure}")) is not None:
                entry.enter(sheet.cell(number, position + 1), start, "count")
    return first
