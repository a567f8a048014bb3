"""The workbook an officer would hand in: the template of the year, filled in and saved."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo.intake import entry, template, wide_sheets
from giamngheo.intake.codes import allowed
from giamngheo.intake.folder import WORKBOOK
from giamngheo.intake.grid import letter
from giamngheo.intake.unit import Year
from giamngheo.simulate.sheets import Table

TOTAL = "Tổng cộng"
SAVED = dt.datetime(2020, 1, 1)  # every copy says this time, so that equal tables make equal bytes


def write_workbook(tables: Mapping[str, Table], this: Year, long: bool = False) -> dict[str, int]:
    """Write the tables of a year into its workbook, with `long` all with a row for each code; returns each sheet's first row of data.

    The unit's folder and last year's review must stand there already: the template is made from them.
    """
    path = this.folder / WORKBOOK
    used = {row["group"] for row in tables["groups"].rows}
    template.write(this, path, long=wide_sheets.TABLES if long else (), used=used)
    book = entry.reopened(path.read_bytes())
    first = {}
    for name, table in tables.items():
        made = None if long else template.wide(name, this, used | template.used_codes(this))
        first[name] = _fill_wide(book[name], made, table, this) if made else _fill(book[name], table, this, tables)
    path.write_bytes(_settled(book))
    return first


def _fill_wide(sheet: Worksheet, made: wide_sheets.Layout, table: Table, this: Year) -> int:
    first = _first(sheet, made.depth + 1)
    sheet.delete_rows(first, sheet.max_row)
    codes = [allowed(column, this.law, this.year, lambda name, key: []) for column in made.before]
    entries = {code: said for listed in codes if listed for code, said in zip(listed.names, listed.entries(), strict=True)}
    wide_sheets.fill(sheet, made, first, table.rows, entries)
    return first


def _first(sheet: Worksheet, after: int) -> int:
    """The first row, from `after` on, that is no total."""
    return next(row for row in range(after, sheet.max_row + 2) if sheet.cell(row, 1).value != TOTAL)


def _fill(sheet: Worksheet, table: Table, this: Year, tables: Mapping[str, Table]) -> int:
    first = _first(sheet, 2)
    sheet.delete_rows(first, sheet.max_row)
    columns = template.asked(sheet.title, this)
    for number in range(first, first + len(table.rows)):
        entry.opened(sheet, number, (column.type for column in columns))
    for position, column in enumerate(columns, start=1):
        if column.name not in table.columns:
            for row in range(1, first):
                sheet.cell(row, position).value = None
            continue
        if column.name in table.misspelt:
            sheet.cell(1, position).value = table.misspelt[column.name]
        codes = allowed(column, this.law, this.year, lambda name, key: [row[key] for row in tables[name].rows])
        entries = dict(zip(codes.names, codes.entries(), strict=True)) if codes else {}
        for row, values in enumerate(table.rows, start=first):
            value = values.get(column.name)
            if value not in (None, ""):
                entry.enter(sheet.cell(row, position), entries.get(value, value), column.type)
        if table.total and column.name in table.total:
            sheet.cell(2, position).value = table.total[column.name]
        if column.name in table.hidden:
            sheet.column_dimensions[letter(position - 1)].hidden = True
    for place in table.hidden:
        if isinstance(place, int):
            sheet.row_dimensions[first + place].hidden = True
    return first


def _settled(book: Workbook) -> bytes:
    """The workbook's bytes with the time of saving taken out."""
    saved, settled = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", f"{SAVED:%Y-%m-%dT%H:%M:%SZ}".encode(), content
                )
            target.writestr(zipfile.ZipInfo(name, SAVED.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return settled.getvalue()
