"""What was understood, put into the sheet as wide as a village that was prepared for it, or into a new one of the same make.

A wide sheet has a cell for every village and code. Rows that do not fill it so (a code of which some villages have no row)
have no place in one and are written with a row each.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo.imports.understood import Entry
from giamngheo.intake import entry, template, wide, wide_sheets
from giamngheo.intake.codes import allowed
from giamngheo.intake.grid import Grid, letter
from giamngheo.intake.total_rows import VILLAGE, keys_beside_village
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import COUNTED, tables
from giamngheo.vietnamese.text import identity

TAKEN_FROM = "Nhập từ"  # begins the note of a row that was taken from a file
Line = tuple[str, ...]  # what tells the lines of a wide sheet apart: the village, and of the movements the measure
Cells = dict[str, object]


def sheet_of(grid: Grid, table: str, this: Year) -> wide.Wide | None:
    """The sheet as the wide one it is; None for a sheet of another layout."""
    columns, keys = tables()[table], keys_beside_village(tables()[table]) or []
    listed = {column.name: allowed(column, this.law, this.year, lambda *_: []) for column in columns if column.name in keys}
    found = wide.Wide(grid, columns, keys, listed)
    return None if not keys or found.is_long or len(found.paths) < 2 else found


def fits(table: str, rows: Collection[Cells]) -> bool:
    """Whether the rows of a table fill a wide sheet: of codes each village has a row of every one, and some village knows each."""
    columns = tables()[table]
    keys = keys_beside_village(columns) or []
    counted = [column.name for column in columns if column.type in COUNTED]
    of_lists = any(rule.startswith("in ") for column in columns if column.name in keys for rule in column.rules)
    if table not in wide_sheets.TABLES or not of_lists:
        return table in wide_sheets.TABLES
    said = {(identity(str(row[VILLAGE] or "")), *(str(row[key]) for key in keys)) for row in rows}
    known = {tuple(str(row[key]) for key in keys) for row in rows if any(row.get(name) is not None for name in counted)}
    return len(said) == len({one[0] for one in said}) * len({one[1:] for one in said}) and {one[1:] for one in said} == known


def cited(entries: Iterable[Entry], file: str) -> str:
    """Where the cells of a line were taken from: the sheets of the original and the cells of each, neighbours drawn together.

    >>> cited([Entry(places={"households": (9, 3), "persons": (9, 4)}, sheet="Biểu 1"), Entry(places={"end": (8, 2)}, sheet="Biểu 2")], "goc/a.xlsx")
    'Nhập từ goc/a.xlsx, trang tính Biểu 1, ô D9-E9; trang tính Biểu 2, ô C8'
    """
    by_sheet: dict[str, list[tuple[int, int]]] = {}
    for one in (each for line in entries for each in (line, *line.others)):
        by_sheet.setdefault(one.sheet, []).extend(one.places.values())
    said = [", ".join(filter(None, [f"trang tính {sheet}" if sheet else "", f"ô {', '.join(runs(places))}"])) for sheet, places in by_sheet.items()]
    return f"{TAKEN_FROM} {file}, {'; '.join(said)}"


def runs(places: Collection[tuple[int, int]]) -> list[str]:
    """The addresses of cells (row, position), those of neighbours in a row drawn together: `D9-F9`."""
    made = []
    for _, group in groupby(enumerate(sorted(set(places))), key=lambda one: (one[1][0], one[1][1] - one[0])):
        cells = [f"{letter(position)}{row}" for _, (row, position) in group]
        made.append("-".join(dict.fromkeys([cells[0], cells[-1]])))
    return made


def noted(before: object, more: str) -> str:
    """A note with another behind it, once."""
    said = str(before or "").strip()
    return said if more in said else "; ".join(filter(None, [said, more]))


def put(book: Workbook, place: int | None, table: str, this: Year, grid: Grid | None, kept: list[Cells], rows: list[Cells]) -> bool:
    """Put rows into the wide sheet at a place of the workbook, `None` where there is none yet; False where the table has no such sheet.

    What stands in the sheet stays; one without a column for a number, or with lines that go, is made anew with the `kept` rows.
    """
    found = sheet_of(grid, table, this) if grid is not None else None
    if place is not None and found and fill(book.worksheets[place], found, kept, rows):
        return True
    used = {str(row["group"]) for row in (*kept, *rows) if "group" in row}
    made = template.wide(table, this, used | template.used_codes(this))
    if made is None:
        return False
    if place is not None:
        book.remove(book.worksheets[place])
    sheet = book.create_sheet(table, place)
    first = template.wide_sheet(sheet, template.lists_of(book), made, this, [])
    wide_sheets.fill(sheet, made, first, together(made, kept, rows), entries(made, this))
    return True


def together(made: wide_sheets.Layout, kept: list[Cells], rows: list[Cells]) -> list[Cells]:
    """Kept and new rows, those of one line with one note of all that is said of it."""
    lines = [tuple(row.get(column.name) for column in made.before) for row in (*kept, *rows)]
    notes: dict[tuple, str] = {}
    for line, row in zip(lines, (*kept, *rows), strict=True):
        notes[line] = noted(notes.get(line), str(row.get("note") or ""))
    return [row | {"note": notes[line]} for line, row in zip(lines, (*kept, *rows), strict=True)]


def entries(made: wide_sheets.Layout, this: Year) -> dict[str, str]:
    """What the codes beside the village are called in the lists."""
    listed = [allowed(column, this.law, this.year, lambda *_: []) for column in made.before]
    return {code: said for codes in listed if codes for code, said in zip(codes.names, codes.entries(), strict=True)}


def fill(sheet: Worksheet, found: wide.Wide, kept: Collection[Cells], rows: Collection[Cells]) -> bool:
    """Put rows into the cells of the sheet that is there.

    Nothing is touched, and False said, where a number has no column, or a line is of a village that is neither `kept` nor among the rows.
    """
    lines = {line_in(found, row.number): row.number for row in found.parts if not row.blank}
    places = {tuple(sorted(path.items())): position for position, path in sorted(found.paths.items(), reverse=True)}
    if lines.keys() - {line_of(found, row) for row in (*kept, *rows)} or any(one not in places for row in rows for one in spread(found, row)):
        return False
    free = max(found.last, *(row.number for row in found.body if not row.blank), 0) + 1
    for row in rows:
        if (line := line_of(found, row)) not in lines:
            begin(sheet, free, found, row)
            lines[line], free = free, free + 1
        for one, value in spread(found, row).items():
            entry.enter(sheet.cell(lines[line], places[one] + 1), value, "count")
        if "note" in found.beside:
            cell = sheet.cell(lines[line], found.beside["note"] + 1)
            entry.enter(cell, noted(cell.value, str(row["note"])), "text")
    return True


def line_of(found: wide.Wide, row: Mapping[str, object]) -> Line:
    return (identity(str(row[VILLAGE] or "")), *(str(row[key]) for key in found.keys if key in found.beside))


def line_in(found: wide.Wide, number: int) -> Line:
    """The same of a row of the sheet."""
    said = [found.at(number, found.beside[name]) if name in found.beside else None for name in (VILLAGE, *found.keys)]
    village, *others = ["" if cell is None else str(cell) for cell in said]
    codes = [listed.code(cell) or cell if (listed := found.codes[key]) else cell for key, cell in zip(found.keys, others, strict=True)]
    return (identity(village), *(code for key, code in zip(found.keys, codes, strict=True) if key in found.beside))


def spread(found: wide.Wide, row: Mapping[str, object]) -> dict[tuple, object]:
    """The numbers of a row of the table by the path of their columns."""
    path = [(key, str(row[key])) for key in found.keys if key not in found.beside]
    return {tuple(sorted([*path, ("", name)])): row.get(name) for name in found.counted}


def begin(sheet: Worksheet, number: int, found: wide.Wide, row: Mapping[str, object]) -> None:
    """A new line of the sheet: its cells open, its village and codes entered."""
    entry.opened(sheet, number, ("count" if position in found.paths else "text" for position in range(found.width)))
    for name in (VILLAGE, *found.keys):
        if name in found.beside and row.get(name):
            listed = found.codes.get(name)
            said = dict(zip(listed.names, listed.entries(), strict=True)) if listed else {}
            entry.enter(sheet.cell(number, found.beside[name] + 1), said.get(str(row[name]), row[name]), "code" if listed else "text")
