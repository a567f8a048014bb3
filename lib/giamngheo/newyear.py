"""A new review year: its folder, its workbook, what carries over from last year, and what to do, in order.

Villages, opening counts, running models, money not paid out (with its vintage), the board, documents and
single figures are written into `so-lieu.xlsx`; copied rows that may have become false say so in their note.
Narrative is copied with a first line that marks it as last year's: until that line is gone the section
counts as unwritten.
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
from giamngheo.present import day

REWRITE = "<!-- cần viết lại"
CHECK = "Cần kiểm tra: chép từ năm"
UNCHANGED = ("board", "facts")  # tables copied row by row
ASKED = "request"  # a document that asked for last year's report
# What tells budget lines apart.
LINE = ("project", "capital_type", "source", "vintage", "execution_year", "model")
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
        rows = carried(unit, year) if last else {}
        fill(made / WORKBOOK, rows, year, keep_opening=not new_standard(unit, year))
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
    if note.startswith(CHECK):
        return row
    return row | {"note": "; ".join(filter(None, [f"{CHECK} {year - 1}", note]))}


def money_left(unit: str, year: int) -> Iterable[dict]:
    """Budget lines for last year's money that is not paid out: the vintage stays, the execution moves on.

    What is planned is what was left; lines that thereby become one are added up.
    """
    lines: dict[tuple, dict] = {}
    for row in budget.undisbursed(data.read("budget", unit, year - 1)).to_dict("records"):
        row["execution_year"] = max(row["execution_year"] + 1, year)
        key = {name: row[name] for name in LINE}
        line = lines.setdefault(tuple(key.values()), key | {"planned": 0})
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
        path = last / f"{section}.md"
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
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


def deadlines(year: int) -> dict[str, str]:
    """For each step of the review calendar in force in `year`: when, what, and by which law, in one sentence.

    {} for a year whose calendar is not known (`data/calendar.csv`).
    """
    rows = standards.at(standards.law("calendar"), standards.year_end(year))
    dates = {row.step: when(row.rule, row.begins, row.ends, year) for row in rows.itertuples()}
    return {
        row.step: f"{dates[row.step]}: {row.name} ({row.article} {row.decree})" for row in rows.itertuples()
    }


def when(rule: str, begins: str, ends: str, year: int) -> str:
    """
    >>> when("between", "09-01", "12-14", 2023)
    'Từ ngày 01 tháng 9 năm 2023 đến hết ngày 14 tháng 12 năm 2023'
    >>> when("before", "", "11-15", 2023), when("monthly_on", "02-05", "09-05", 2023)
    ('Trước ngày 15 tháng 11 năm 2023', 'Ngày 05 hằng tháng, từ tháng 02 đến tháng 9 năm 2023')
    """
    first, last = (dt.date.fromisoformat(f"{year}-{part}") if part else None for part in (begins, ends))
    if rule == "between":
        return f"Từ {day(first)} đến hết {day(last)}"
    if rule == "before":
        return f"Trước {day(last)}"
    if rule == "monthly_from":
        return f"Từ ngày {first.day:02d} hằng tháng"
    months = [day(date).partition(" tháng ")[2].partition(" ")[0] for date in (first, last)]
    return f"Ngày {first.day:02d} hằng tháng, từ tháng {months[0]} đến tháng {months[1]} năm {year}"


ACTIONS = {
    "periodic_review": (
        "lập danh sách, rà soát và phân loại, họp dân thống nhất, niêm yết công khai, xin ý kiến cấp trên, "
        "công nhận"
    ),
    "preliminary": (
        "trước đó điền review (status: preliminary), movements và các bảng rà soát, chạy giamngheo check rồi "
        "lập báo cáo"
    ),
    "official": "trước đó sửa theo kết quả được công nhận, đổi status của review thành official",
}


def todo(unit: str, year: int) -> list[str]:
    """What is to do for a new year, in order, with the dates the law sets."""
    place, options = f"data/{unit}/{year}", f"--unit {unit} --year {year}"
    dated = ["; ".join(filter(None, [said, ACTIONS.get(step)])) for step, said in deadlines(year).items()]
    unknown = f"Hỏi cấp trên lịch rà soát năm {year}, ghi vào data/calendar.csv"
    rewrite, first_line = len(to_rewrite(unit, year)), f"xong mục nào thì xóa dòng đầu “{REWRITE}…”"
    words = f"Viết lại {rewrite} mục lời văn trong {place}/narrative, {first_line}."
    compare = f"So với năm trước: giamngheo diff --unit {unit} --from {year - 1} --to {year}."
    return [
        *frame(unit, year),
        *copied(unit, year),
        *[f"{said}." for said in dated or [unknown]],
        f"Điền vốn và giải ngân (budget), mô hình (models), tập huấn (training) trong {place}/{WORKBOOK}.",
        *([words] if rewrite else []),
        f"Chạy giamngheo check {options} và sửa hết lỗi; giamngheo status {options} cho biết còn thiếu gì.",
        f"Lập báo cáo: giamngheo report {options}; khi không còn gì ở dạng dự thảo thì thêm --final.",
        *([compare] if year - 1 in data.years(unit) else []),
        f"Thẩm tra từng ô và ký: giamngheo review {options}.",
        f"Khi văn thư cấp số: ghi số và ngày vào {place}/report.yml rồi lập lại báo cáo.",
    ]


def frame(unit: str, year: int) -> Iterable[str]:
    """What is to do about the official frame."""
    if letterhead.in_force(unit, standards.year_end(year)):
        yield f"Xem lại data/{unit}/unit.yml: nơi gửi, nơi nhận, người ký còn đúng cho năm {year} không."
    else:
        yield f"Thêm vào data/{unit}/unit.yml một phần letterhead có hiệu lực ngày 31/12/{year}."


def copied(unit: str, year: int) -> Iterable[str]:
    """What is to do about what was copied from the year before, and what could not be."""
    if year - 1 not in data.years(unit):
        yield f"Không có năm {year - 1} để chép sang: điền tên thôn, làng, số đầu kỳ và các bảng khác từ đầu."
        return
    rows = to_check(unit, year)
    if rows:
        listed = ", ".join(f"{table} {number} dòng" for table, number in rows.items())
        yield f"Xem lại các dòng có ghi chú “{CHECK}…”, đúng rồi thì xóa ghi chú đó: {listed}."
    lines = data.read("budget", unit, year - 1)
    unknown = int((lines["planned"].isna() | lines["disbursed"].isna()).sum())
    if unknown:
        yield (
            f"{unknown} dòng vốn của năm {year - 1} chưa có số giải ngân nên không chép sang: "
            f"hỏi kế toán, còn tiền thì thêm dòng vào bảng budget, giữ nguyên vốn năm (vintage)."
        )
    if new_standard(unit, year):
        yield f"Năm {year} áp dụng chuẩn nghèo mới: số đầu kỳ để trống, lấy theo kết quả theo chuẩn mới."
