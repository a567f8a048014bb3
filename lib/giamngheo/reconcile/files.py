"""A file of claims as people keep it: CSV or Excel, headers and indicators by code or as the workbook prints
them, one claim to a line or a table of places × indicators; refused with every reason at once."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pandas as pd

from giamngheo.findings import DataError, Finding
from giamngheo.intake import csvfile
from giamngheo.intake.cell import Number, Unreadable
from giamngheo.intake.grid import Grid, Row, letter
from giamngheo.reconcile import vocabulary
from giamngheo.reconcile.claims import examine
from giamngheo.reconcile.sayings import dated, year_of
from giamngheo.reconcile.vocabulary import COLUMNS, NEEDED, OPTIONAL, PLACED
from giamngheo.vietnamese.numbers import number
from giamngheo.vietnamese.terms import GAP, UNKNOWN
from giamngheo.vietnamese.text import ask, clean, identity

SAID_UNKNOWN = (UNKNOWN, GAP)  # printed where there is no figure: no claim


def read(path: Path | str) -> pd.DataFrame:
    """The claims of one file: the columns of `COLUMNS`, `doubt`, `file` (name) and `line` (1 = header).

    Raises DataError with every finding: encoding, columns, blank cells, years, indicators, printed figures.
    """
    path = Path(path)
    if not path.is_file():
        raise DataError([_finding(path.name, 0, str(path), "không có tệp này", "kiểm tra lại đường dẫn")])
    grid = _grid(path.read_bytes(), path.name)
    if grid.findings:
        raise DataError(grid.findings)
    header, *rows = _under_titles([row for row in grid.rows if not row.blank])
    heads = [clean(_text(cell)) for cell in header.cells]
    wide = _wide(heads)
    columns = [
        vocabulary.column(head) or (vocabulary.indicator(head) if wide else "") or head for head in heads
    ]
    wrong = list(_header(heads, columns, path.name, header.number, wide)) or list(
        _cells_unread(rows, heads, path.name)
    )
    if wrong:
        raise DataError(replace(one, sheet=grid.sheet) for one in wrong)
    extra = [row for row in rows if any(cell is not None for cell in row.cells[len(columns) :])]
    frame = _frame([claim for row in rows if row not in extra for claim in _claims(row, columns, path.name)])
    _, wrong = examine(frame, {name: letter(at) for at, name in enumerate(columns)})
    if extra or wrong:
        named = dict(zip(columns, heads, strict=True))
        wrong = [replace(one, sheet=grid.sheet, header=named.get(one.header, one.header)) for one in wrong]
        raise DataError([*(_too_wide(row, columns, path.name) for row in extra), *wrong])
    return frame.assign(year=[year_of(year) for year in frame["year"]])


def _frame(rows: list[dict]) -> pd.DataFrame:
    """The claims of the lines; one standard and one status that is said of some is that of all."""
    frame = pd.DataFrame(rows, columns=[*COLUMNS, *OPTIONAL, "file", "line"])
    for name in ("standard", "status"):
        said = set(frame[name]) - {""}
        frame[name] = frame[name].replace("", said.pop()) if len(said) == 1 else frame[name]
    return pd.DataFrame(map(dated, frame.to_dict("records")), columns=frame.columns)


def _cells_unread(rows: Iterable[Row], heads: list[str], file: str) -> Iterable[Finding]:
    """The cells of a workbook that hold no value: an error, a formula never calculated."""
    for row in rows:
        for at, cell in enumerate(row.cells[: len(heads)]):
            if isinstance(cell, Unreadable):
                yield _finding(file, row.number, cell.shown, cell.rule, cell.remedy, letter(at), heads[at])


def _grid(data: bytes, file: str) -> Grid:
    """The cells of a CSV file, or of the one sheet of a workbook that has claims."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from giamngheo.intake import workbook  # openpyxl is slow to import

        sheets = [grid for grid in workbook.grids(data, file).values() if grid.rows or grid.findings]
        known = [grid for grid in sheets if grid.findings or _of_claims(grid)] or sheets[:1]
        if len(known) == 1:
            return known[0]
        rule = "không có trang tính nào có số liệu" if not known else "có nhiều trang tính có số đã in"
        return Grid(
            file, "", (), findings=(_finding(file, 0, "", rule, "để lại một trang tính có số đã in"),)
        )
    first = data.split(b"\n", 1)[0].decode("utf-8", "replace")
    return csvfile.grid(data, file, [*vocabulary.headers(), *_cells(first)])


def _cells(line: str) -> list[str]:
    """The cells of a line, by the separator that makes most of them."""
    split = [next(csv.reader(io.StringIO(line), delimiter=mark), []) for mark in ",;\t"]
    return max(split, key=len)


def _of_claims(grid: Grid) -> bool:
    head = next(iter(_under_titles([row for row in grid.rows if not row.blank])), Row(1, ()))
    return _names_columns(head)


def _under_titles(rows: list[Row]) -> list[Row]:
    """The rows from the one that names the columns on; above it stand at most a few that hold one cell, the title."""
    at = next((at for at, row in enumerate(rows) if _names_columns(row)), 0)
    titles = rows[:at]
    return rows[at:] if all(sum(cell is not None for cell in row.cells) == 1 for row in titles) else rows


def _names_columns(row: Row) -> bool:
    return any(vocabulary.column(_text(cell)) == "place" for cell in row.cells)


def _text(cell: object) -> str:
    """A cell as it would be printed: a number of Excel in Vietnamese notation."""
    if cell is None:
        return ""
    if not isinstance(cell, Number):
        return str(cell)
    if "%" in cell.format:
        places = len(cell.format.partition(".")[2].split("%")[0])
        return number(Fraction(str(cell)) * 100, places) + "%"
    return number(Fraction(str(cell)), len(str(cell).partition(".")[2]))


def _wide(heads: list[str]) -> bool:
    """Whether the headers are those of a table of places × indicators."""
    columns = {vocabulary.column(head) for head in heads}
    return "printed" not in columns and "indicator" not in columns and any(map(vocabulary.indicator, heads))


def _claims(row: Row, columns: list[str], file: str) -> Iterable[dict]:
    """The claims of a line: one, or one for each indicator of a wide table that has a figure."""
    if row.blank:
        return
    cells = {name: clean(_text(row.at(at))) for at, name in enumerate(columns)}
    common = dict.fromkeys((*COLUMNS, *OPTIONAL), "") | {"file": file, "line": row.number}
    known = {name: text for name, text in cells.items() if name in common}
    if "year" in known:
        known["year"] = clean(str(row.at(columns.index("year")) or ""))
    if "indicator" in columns:
        if known.get("printed") not in SAID_UNKNOWN:
            yield common | known
        return
    for name in columns:
        if name not in common and identity(name) not in vocabulary.UNREAD and cells[name] not in ("", *SAID_UNKNOWN):
            yield common | known | {"indicator": name, "printed": cells[name]}


def _header(heads: list[str], columns: list[str], file: str, line: int, wide: bool) -> Iterable[Finding]:
    """What is wrong in the line of column names; a missing column is guessed among the unknown ones."""
    known = (*COLUMNS, *OPTIONAL, *PLACED)
    unknown = [
        head
        for head, name in zip(heads, columns, strict=True)
        if head and name not in known and identity(head) not in vocabulary.UNREAD and not (wide and vocabulary.indicator(head))
    ]
    for name in NEEDED:
        if name not in columns and not (wide and name in ("indicator", "printed")):
            near = ask(name, unknown)
            yield _finding(file, line, "", "thiếu cột này", f"thêm cột {name}{near}", "", name)
    for at, head in enumerate(heads):
        if head in unknown:
            remedy = f"đổi tên hoặc bỏ cột này{ask(head, [one for one in known if one not in columns])}"
            yield _finding(file, line, "", "không có cột tên này", remedy, letter(at), head)
        elif head and columns[at] in columns[:at]:
            yield _finding(file, line, "", "cột này có hai lần", "giữ lại một cột", letter(at), head)


def _too_wide(row: Row, columns: list[str], file: str) -> Finding:
    extra = ", ".join(str(cell) for cell in row.cells[len(columns) :] if cell is not None)
    rule = f"dòng có nhiều ô hơn {len(columns)} cột"
    remedy = 'số có dấu phẩy phải nằm trong ngoặc kép, ví dụ "20,86%"'
    return _finding(file, row.number, extra, rule, remedy, letter(len(columns)))


def _finding(
    file: str, row: int, value: str, rule: str, remedy: str, column: str = "", header: str = ""
) -> Finding:
    return Finding(file, rule, remedy, row=row, column=column, header=header, value=value)
