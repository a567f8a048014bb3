"""A new review year: its folder, its workbook, and what carries over from last year.

Villages, opening counts, running models, money not paid out (with its vintage), the board, documents and
single figures are written into `so-lieu.xlsx`; copied rows that may have become false say so in their note.
Narrative is copied with a first line that marks it as last year's: until that line is gone the section
counts as unwritten.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from giamngheo import checks
from giamngheo.checks import carried_over, ended
from giamngheo.figures import budget
from giamngheo.figures.poverty import CLASSES, known
from giamngheo.findings import DataError, Finding
from giamngheo.intake import entry, narrative, narrative_file, office_form, reviews, template, wide_sheets
from giamngheo.intake.codes import allowed
from giamngheo.intake.folder import WORKBOOK
from giamngheo.intake.narrative import REWRITE, SECTIONS
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import tables
from giamngheo.law.validity import year_end
from giamngheo.store import atomic_folders
from giamngheo.vietnamese.terms import COUNTED
from giamngheo.vietnamese.text import bare

UNCHANGED = ("board", "facts")  # tables copied row by row
ASKED = "request"  # a document that asked for last year's report
# What tells budget lines apart.
LINE = ("project", "capital_type", "source", "vintage", "execution_year", "model", "reassigned_by")
SURE = {
    "high": "đã đọc ở nguồn tin cậy, đối chiếu với bản chính",
    "medium-high": "khá chắc, đối chiếu ngày và trích yếu với bản chính",
    "medium": "chưa chắc, tra lại trước khi dẫn",
    "low": "chưa chắc, tra lại trước khi dẫn",
}  # by the confidence of a row of law


def make(this: Year) -> Path:
    """Make the folder of a year from the year before, and return it.

    Raises DataError where there is no such unit, where it has no data of its own, where the folder is there already, or
    where last year's files cannot be used.
    """
    this.require_commune()
    this.require_folder()
    folder = this.folder
    if folder.exists():
        remedy = "điền tiếp vào thư mục này; muốn làm lại thì đổi tên hoặc xóa thư mục trước"
        raise DataError([Finding(this.place, "năm này đã có thư mục", remedy)])
    require_lasting(this)
    if this.last:
        checks.require_figures(this.last)
    with atomic_folders.workshop(folder) as made:
        begin(this, made)
    return folder


def require_lasting(this: Year) -> None:
    """Raises DataError that names the successors of a unit that has ended before the year's end."""
    if found := [replace(one, level="refuse") for one in ended.findings(this)]:
        raise DataError(found)


def begin(this: Year, made: Path, villages: Sequence[str] = ()) -> None:
    """Write the files of a year into the empty folder `made`: what carries over; `villages` where none do."""
    last = this.last
    (made / WORKBOOK).write_bytes(template.content(this, villages=villages))
    rows = carried(last, this.year) if last else {}
    rows["documents"] = [*rows.get("documents", []), *offered(this, rows.get("documents", []))]
    fill(made / WORKBOOK, rows, this, opening(this))
    (made / "report.yml").write_text(office_form.blank("report.yml", {}), encoding="utf-8")
    copy_narrative(this.other(year=this.year - 1), made / "narrative")
    if last is None:
        begin_narrative(made / "narrative")


def carried(last: Year, year: int) -> dict[str, list[dict]]:
    """The rows that go from the year before into the new year's tables, by table."""
    money = list(money_left(last, year))
    rows = {table: [marked(row, year) for row in last.reading(table).rows()] for table in UNCHANGED}
    rows["documents"] = [marked(row, year) for row in cited(last) if ended_text(row, last, year) is None]
    rows["models"] = [
        marked(row | spent, year)
        for row, spent in zip(last.reading("models").rows(), earlier(last), strict=True)
        if running(row["end"], year) or row["model"] in {line["model"] for line in money}
    ]
    return rows | {"budget": money}


def cited(last: Year) -> list[dict]:
    """The documents of the year before that may be cited again: not the one that asked for its report."""
    return [row for row in last.reading("documents").rows() if row["use"] != ASKED]


def ended_text(row: dict, last: Year, year: int) -> dict[str, str] | None:
    """The law text that a document of the year before is, where that is no longer in force at the end of `year`; else None."""
    texts = {bare(text["number"]): text for text in last.law.rows("texts")}
    text = texts.get(bare(row["number"]))
    return text if text and text["valid_to"] and text["valid_to"] < f"{year_end(year)}" else None


def earlier(last: Year) -> list[dict]:
    """What each model of the year before has cost until then, as the new year's table of models says it."""
    costed = budget.models(last.table("models"), last.table("budget"), last.year)
    names = {"earlier_support": "supported", "earlier_contribution": "contributed"}
    return [
        {name: int(row[column]) if known(row[column]) else None for name, column in names.items()}
        for row in costed.to_dict("records")
    ]


def offered(this: Year, carried: list[dict]) -> list[dict]:
    """The law texts to cite for the first time in the year, those that are not there yet; for a first year all that are cited by then.

    How sure we are of a text stands in its note, which asks to check it.
    """
    there, rows = {row["number"] for row in carried}, this.law.texts(year_end(this.year))
    return [
        row | {"date": row["date"] and dt.date.fromisoformat(row["date"]), "note": f"{carried_over.OFFERED}; {SURE[row['confidence']]}"}
        for row in rows
        if row["use"] and row["number"] not in there and cited_first(row, this)
    ]


def cited_first(row: dict, this: Year) -> bool:
    """Whether a law text is cited from the year on; of a unit's first year, from that year or an earlier one."""
    first = int(row["cited_from"] or this.year)
    return first <= this.year if this.last is None else first == this.year


def running(end: dt.date | None, year: int) -> bool:
    """Whether a model that ends on `end` (None: not known) goes on after the year before `year`."""
    return end is None or f"{end:%Y-%m-%d}" > f"{year - 1}-12-31"


def marked(row: dict, year: int) -> dict:
    """A copied row whose note asks to check it; a row copied before keeps the year it says it is from."""
    note = row["note"] or ""
    if note.startswith(carried_over.MARK):
        return row
    return row | {"note": "; ".join(filter(None, [f"{carried_over.MARK} {year - 1}", note]))}


def money_left(last: Year, year: int) -> Iterable[dict]:
    """Budget lines for last year's money that is not paid out: the vintage stays, the execution moves on.

    What is planned is what was left; lines that thereby become one are added up.
    """
    lines: dict[tuple, dict] = {}
    for row in budget.undisbursed(last.table("budget")).to_dict("records"):
        row["execution_year"] = max(row["execution_year"] + 1, year)
        key = {name: row[name] for name in LINE}
        line = lines.setdefault(tuple(key.values()), key | {"planned": 0})
        line["planned"] += row["left"]
        line["note"] = f"{carried_over.MARK} {year - 1}, phần chưa giải ngân"
    return lines.values()


def opening(this: Year) -> dict[tuple[str, str, str], int | None] | None:
    """Opening counts by village, class and measure under a new standard; None where last year's review holds.

    A new standard starts from last year's result under that standard where there is one (`other_review`),
    else from no count.
    """
    last = this.last
    if last is None:
        return None
    in_force = set(this.law.standards(year_end(this.year)))
    if reviews.standards(last, reviews.main(last)) <= in_force:
        return None
    return {
        (row["village"], class_, measure): row[f"{class_}_{measure}"]
        for table in reviews.SHEETS
        for row in last.reading(table).rows()
        if row["standard"] in in_force
        for class_ in CLASSES
        for measure in COUNTED
    }


def fill(path: Path, rows: dict[str, list[dict]], this: Year, starts: dict | None) -> None:
    """Write rows below what the workbook has, and `starts` (`opening`) in place of its opening counts."""
    book = entry.reopened(path.read_bytes())
    for table in tables():
        sheet, columns = book[table], template.asked(table, this)
        for at, row in enumerate(rows.get(table, []), start=sheet.max_row + 1):
            entry.opened(sheet, at, (column.type for column in columns))
            for position, column in enumerate(columns, start=1):
                value = entered(row.get(column.name), column, this)
                if value is not None:
                    entry.enter(sheet.cell(at, position), value, column.type)
        if starts is not None and table == "movements" and (made := template.wide(table, this)):
            reopen(sheet, made, starts)
    book.save(path)


def reopen(sheet: Worksheet, made: wide_sheets.Layout, starts: dict) -> None:
    """Write `starts` as the opening counts; one it does not name is left blank, totals stay formulas."""
    for row in sheet.iter_rows(min_row=made.depth + 1):
        village, measure = (row[at].value or "" for at in (0, 1))
        for class_ in CLASSES:
            position = made.position({"class": class_}, "start")
            if position is not None and row[position].data_type != "f":
                row[position].value = starts.get((village, class_, measure.partition(" – ")[0]))


def entered(value: object, column, this: Year) -> object:
    """A value as an officer would enter it: a code as its entry in the drop-down; None for a blank."""
    codes = allowed(column, this.law, this.year, lambda table, name: [])
    if codes and value in codes.names:
        return dict(zip(codes.names, codes.entries(), strict=True))[value]
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return None if value == "" else value


def copy_narrative(last: Year, folder: Path) -> None:
    """Copy the sections of `last` year into a new `folder`, each marked as to be rewritten; older marks stay.

    What was confirmed as meant then is asked again in the new year.
    """
    folder.mkdir()
    for section in SECTIONS:
        text = narrative.unconfirmed(narrative_file.content(last.root, f"{last.place}/narrative/{section}.md"))
        if text.strip():
            mark = "" if text.startswith(REWRITE) else f"{REWRITE}: chép từ năm {last.year} -->\n"
            (folder / f"{section}.md").write_text(mark + text, encoding="utf-8")


def begin_narrative(folder: Path) -> None:
    """A file for each section, with its title and what belongs there, as a note that is not printed."""
    for section, title in SECTIONS.items():
        note = f"<!-- {title}. {HINTS[section]} Viết dưới dòng này. -->\n"
        (folder / f"{section}.md").write_text(note, encoding="utf-8")


# What belongs in each section of the narrative.
HINTS = {
    "tuyen-truyen": "Đã tuyên truyền gì, bằng hình thức nào, cho ai.",
    "trien-khai": "Xã đã ban hành, triển khai những văn bản nào, ai thực hiện.",
    "ban-quan-ly": "Ban quản lý họp, phân công, hoạt động ra sao.",
    "ra-soat": "Tập huấn, lập danh sách, điều tra, họp dân, niêm yết: làm thế nào, ai giám sát.",
    "ra-soat-thuan-loi": "Điều gì giúp việc rà soát thuận lợi.",
    "ra-soat-kho-khan": "Việc rà soát gặp khó khăn, tồn tại gì.",
    "ra-soat-nguyen-nhan": "Vì sao có các khó khăn, tồn tại ấy.",
    "mo-hinh": "Mô hình sinh kế được lập, vận hành, kết quả ra sao.",
    "giam-sat": "Ai kiểm tra, giám sát, mấy lần, kết luận gì.",
    "ket-qua-dat-duoc": "Những kết quả nổi bật của năm.",
    "ton-tai": "Việc chưa làm được, hạn chế.",
    "nguyen-nhan": "Nguyên nhân khách quan, chủ quan của tồn tại, hạn chế.",
    "ke-hoach": "Mục tiêu, nhiệm vụ, vốn dự kiến của năm sau.",
    "giai-phap": "Các giải pháp để thực hiện kế hoạch.",
    "kien-nghi": "Đề nghị với cấp trên.",
}


def to_rewrite(this: Year) -> list[str]:
    """The sections that still carry the mark of last year's text."""
    return [section for section in SECTIONS if narrative.read(section, this).copied]
