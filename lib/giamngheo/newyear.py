"""A new review year: its folder, its workbook, what carries over from the year before, and what to do, in order.

Villages, opening counts, running models, money not paid out (with its vintage), the board, documents and single
figures are written into `so-lieu.xlsx`; copied rows that may have become false say so in their note. Narrative
is copied with a first line that marks it as last year's: until that line is gone the section counts as unwritten.
"""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.styles import Protection

from giamngheo import budget, checks, data, letterhead, standards, template
from giamngheo.findings import DataError, Finding
from giamngheo.intake.codes import allowed
from giamngheo.intake.dictionary import tables
from giamngheo.intake.year import WORKBOOK
from giamngheo.narrative import SECTIONS
from giamngheo.present import day, plain
from giamngheo.trace import Figure

REWRITE = "<!-- cần viết lại"
CHECK = "Cần kiểm tra: chép từ năm"
UNCHANGED = ("board", "facts")  # tables copied row by row
ASKED = "request"  # a document that asked for last year's report
LINE = ("project", "capital_type", "source", "vintage", "execution_year", "model")  # what tells budget lines apart
COMMENT_SIZE = (320, 150)  # openpyxl does not read the size of a comment back
REPORT = """\
# Số và ngày của báo cáo: để trống đến khi văn thư cấp số.
number: ""
date: ""
# Năm ghi ở dòng địa danh, ngày tháng khi chưa có ngày.
year: {year}
"""


def make(unit: str, year: int) -> Path:
    """Make the folder of `unit` for `year` from the year before, and return it.

    Raises DataError where the folder is there already, or where last year's data cannot be used.
    """
    folder = data.root() / unit / str(year)
    if folder.exists():
        remedy = "điền tiếp vào thư mục này; muốn làm lại thì đổi tên hoặc xóa thư mục trước"
        raise DataError([Finding(f"{unit}/{year}", "", 0, "", "", "", "năm này đã có thư mục", remedy)])
    last = year - 1 in data.years(unit)
    if last:
        checks.require(unit, year - 1)
    made = Path(tempfile.mkdtemp(prefix=f".{year}-", dir=folder.parent if folder.parent.is_dir() else None))
    try:
        template.write(unit, year, made / WORKBOOK)
        fill(made / WORKBOOK, carried(unit, year) if last else {}, year, keep_opening=not new_standard(unit, year))
        (made / "report.yml").write_text(REPORT.format(year=year + 1), encoding="utf-8")
        copy_narrative(data.root() / unit / str(year - 1) / "narrative", made / "narrative", year - 1)
        os.rename(made, folder)
    except BaseException:
        shutil.rmtree(made)
        raise
    folder.chmod(0o755)
    return folder


def carried(unit: str, year: int) -> dict[str, list[dict]]:
    """The rows that go from the year before into the new year's tables, by table."""
    last = data.opened(unit, year - 1)
    money = list(money_left(unit, year))
    rows = {table: [marked(row, year) for row in last.reading(table).rows()] for table in UNCHANGED}
    rows["documents"] = [marked(row, year) for row in last.reading("documents").rows() if row["use"] != ASKED]
    rows["models"] = [
        marked(row, year)
        for row in last.reading("models").rows()
        if running(row["end"], year) or row["model"] in {line["model"] for line in money}
    ]
    return rows | {"budget": money}


def running(end: dt.date | None, year: int) -> bool:
    """Whether a model that ends on `end` (None: not known) goes on after the year before `year`."""
    return end is None or f"{end:%Y-%m-%d}" > f"{year - 1}-12-31"


def marked(row: dict, year: int) -> dict:
    """A copied row whose note asks to check it; a row copied before keeps the year it says it is from."""
    note = row["note"] or ""
    return row if note.startswith(CHECK) else row | {"note": "; ".join(filter(None, [f"{CHECK} {year - 1}", note]))}


def money_left(unit: str, year: int) -> Iterable[dict]:
    """Budget lines for the money of the year before that is not paid out: its vintage stays, the execution moves on.

    What is planned is what was left; lines that thereby become one are added up.
    """
    lines: dict[tuple, dict] = {}
    for row in budget.undisbursed(data.read("budget", unit, year - 1)).to_dict("records"):
        row["execution_year"] = max(row["execution_year"] + 1, year)
        line = lines.setdefault(tuple(row[name] for name in LINE), {name: row[name] for name in LINE} | {"planned": 0})
        line["planned"] += row["left"]
        line["note"] = f"{CHECK} {year - 1}, phần chưa giải ngân"
    return lines.values()


def new_standard(unit: str, year: int) -> bool:
    """Whether last year's result stands under another standard than the one in force in `year`."""
    if year - 1 not in data.years(unit):
        return False
    now = standards.at(standards.law("standards"), standards.year_end(year))["standard"]
    return not set(data.read("review", unit, year - 1)["standard"]) <= set(now)


def fill(path: Path, rows: dict[str, list[dict]], year: int, keep_opening: bool) -> None:
    """Write rows below what the workbook has; without `keep_opening` its opening counts are left blank.

    A new standard starts from a new count, so last year's closing counts do not open it.
    """
    book = load_workbook(path)
    for table, columns in tables().items():
        sheet = book[table]
        for heading in sheet[1]:
            heading.comment.width, heading.comment.height = COMMENT_SIZE
        for at, row in enumerate(rows.get(table, []), start=sheet.max_row + 1):
            for position, column in enumerate(columns, start=1):
                value = entered(row.get(column.name), column, year)
                if value is not None:
                    cell = sheet.cell(at, position, value)
                    cell.number_format = template.FORMATS.get(column.type, "@")
                    cell.protection = Protection(locked=False)
        if table == "movements" and not keep_opening:
            place = [column.name for column in columns].index("start")
            for row in sheet.iter_rows(min_row=2):
                if row[place].data_type == "n":
                    row[place].value = None
    book.save(path)


def entered(value: object, column, year: int) -> object:
    """A value as an officer would enter it: a code as its entry in the drop-down; None for a blank."""
    codes = allowed(column, year, lambda table, name: [])
    if codes and value in codes.names:
        return dict(zip(codes.names, codes.entries(), strict=True))[value]
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return None if value == "" else value


def copy_narrative(last: Path, folder: Path, year: int) -> None:
    """Copy the sections of the year before, each marked as to be rewritten; an older mark stays."""
    folder.mkdir()
    for section in SECTIONS:
        text = (last / f"{section}.md").read_text(encoding="utf-8-sig") if (last / f"{section}.md").exists() else ""
        if text.strip():
            mark = "" if text.startswith(REWRITE) else f"{REWRITE}: chép từ năm {year} -->\n"
            (folder / f"{section}.md").write_text(mark + text, encoding="utf-8")


def to_rewrite(unit: str, year: int) -> list[str]:
    """The sections that still carry the mark of last year's text."""
    narrative = data.root() / unit / str(year) / "narrative"
    texts = {section: narrative / f"{section}.md" for section in SECTIONS}
    return [
        section
        for section, path in texts.items()
        if path.exists() and path.read_text(encoding="utf-8-sig").lstrip().startswith(REWRITE)
    ]


def to_check(unit: str, year: int) -> dict[str, int]:
    """How many rows of each table still say that they were copied and must be checked."""
    found = data.opened(unit, year)
    many = {
        table: sum((row.get("note") or "").startswith(CHECK) for row in found.reading(table).rows())
        for table in tables()
    }
    return {table: number for table, number in many.items() if number}
