"""Before a report is sent: what the office above would look for, one line each, with whether it is there.

Counts that should be one are read from the finished files, the Word file of the report, its forms in Excel, the papers that go
with it, and not from the data: what was edited in Word is seen too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zipfile import BadZipFile

import docx
import openpyxl
from docx.opc.exceptions import PackageNotFoundError

from giamngheo import checks
from giamngheo.checks.gaps import GAP
from giamngheo.findings import DataError, Finding
from giamngheo.intake import kinds, office, submissions
from giamngheo.intake.unit import Year
from giamngheo.report import after_submission, forms, inputs
from giamngheo.review import signed, signoff
from giamngheo.store import belongings, manifest
from giamngheo.store.belongings import readable
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.terms import capital
from giamngheo.vietnamese.text import first_few
from giamngheo.year import accompany, agenda

TOTAL, UNIT_COLUMN = "Tổng cộng", "Đơn vị"  # of a form in Excel
CLASSES = tuple(capital(terms.CLASSES[name]) for name in ("poor", "near_poor"))
COUNT = re.compile(rf"({'|'.join(CLASSES)})( \([^)]*\)| theo [^:]*)?: ([\d.]+) hộ, chiếm")
MARKS = {True: "x", False: " ", None: "-"}
listed = partial(first_few, most=3, others="điều", mark="; ")  # what a line names


@dataclass(frozen=True)
class Line:
    """One thing that is looked for: whether it is there (None: for information), and what is to be said of it."""

    good: bool | None
    said: str


def lines(this: Year, out: Path) -> list[Line]:
    """Everything that is looked for before the report of a year below `out` is sent, in order."""
    folder = kinds.folder(out, this)
    record = manifest.read(folder)
    return [data(this), *standing(this, folder, record), *form_lines(this), *accompanying(this, out), *agreeing(this, out), *office_lines(this),
            *signing(this, folder, record), *dates(this)]  # fmt: skip


def data(this: Year) -> Line:
    found = [one for one in checks.findings(this) + after_submission.findings(this) if one.level != "note"]
    if found:
        return Line(False, f"Số liệu, lời văn: còn {len(found)} điều phải xử lý, trước hết: {checks.said(found[0])}")
    return Line(True, "Số liệu, lời văn: đủ điều kiện lập bản chính thức")


def standing(this: Year, folder: Path, record: dict | None) -> Iterator[Line]:
    """Whether the report is there, today's, final, and as it was made."""
    if record is None:
        yield Line(False, "Báo cáo: chưa lập; chạy giamngheo report --final")
        return
    current = record["key"] == inputs.described(this)["key"]
    yield Line(current, "Báo cáo: đúng với số liệu hiện nay" if current else "Báo cáo: đã cũ so với số liệu; chạy giamngheo report --final")
    yield Line(not record["draft"], "Báo cáo: còn là DỰ THẢO" if record["draft"] else "Báo cáo: bản chính thức")
    altered = belongings.altered(folder)
    yield Line(not altered, f"Tệp của báo cáo đã bị sửa sau khi lập: {listed(altered)}" if altered else "Tệp của báo cáo: còn nguyên như khi lập")


def form_lines(this: Year) -> Iterator[Line]:
    """Which of the official forms the data do not reach."""
    if "tables" not in kinds.of(this).parts:
        return
    try:
        there = {shown.caption for shown in forms.tables(this)}
        missing = [title for title in forms.titles(this) if title not in there]
    except DataError:
        return
    yield Line(not missing, f"Biểu tổng hợp chưa có số liệu: {listed(missing)}" if missing else "Biểu tổng hợp: đủ")


def accompanying(this: Year, out: Path) -> Iterator[Line]:
    """The papers that go with the report: there, made from the report that stands, nothing left to fill in."""
    folder, record = accompany.place(this, out), manifest.read(kinds.folder(out, this))
    there = [path for path in sorted(folder.glob("*.docx")) if not path.name.startswith("~$")]
    if not there:
        yield Line(False, "Văn bản kèm theo: chưa lập; chạy giamngheo papers")
        return
    key = record["key"] if record else ""
    old = [path.name for path in there if keyed(path) != key]
    yield Line(not old, f"Văn bản kèm theo lập từ báo cáo cũ: {listed(old)}" if old else f"Văn bản kèm theo: {len(there)} tệp")
    for path in there:
        if gaps := [found[0] for text in texts(path) for found in GAP.finditer(text) if found[0].startswith("[")]:
            yield Line(False, f"{path.name}: còn chỗ cần bổ sung: {listed(gaps)}")


def agreeing(this: Year, out: Path) -> Iterator[Line]:
    """Whether the files that state the commune's counts state the same ones."""
    told = stated(this, out)
    if len(told) < 2:
        return
    first = next(iter(told))
    wrong = [f"{name}: {said(counts)}; {first}: {said(told[first])}" for name, counts in told.items() if differ(counts, told[first])]
    yield Line(not wrong, f"Số hộ KHÔNG thống nhất: {listed(wrong)}" if wrong else f"Số hộ thống nhất giữa {len(told)} tệp: {', '.join(told)}")


def office_lines(this: Year) -> Iterator[Line]:
    """Number, date, and where what was sent before stands."""
    given = office.of_kind(office.told(this, "report.yml").values, this)
    numbered = bool(given.get("number") and given.get("date"))
    yield Line(numbered, "Số và ngày: đã có" if numbered else "Số và ngày: chưa có; văn thư cấp thì ghi vào report.yml")
    for line in submissions.lines(this):
        yield Line("KHÔNG" not in line, f"Đã nộp: {line}")


def signing(this: Year, folder: Path, record: dict | None) -> Iterator[Line]:
    """Who still has to sign: the reviewer cell by cell, then the one who signs the report."""
    if record is not None:
        shown, log = signed.cells(folder), signoff.read(this)
        fallen = sum(map(bool, signed.reasons(log, shown, belongings.altered(folder))))
        done = len(shown) and (log["status"] == "signed").sum() - fallen == len(shown)
        yield Line(bool(done), f"Thẩm tra: {signed.counted(folder, log)}")
    frame = office.in_force(this, office.dated(this))
    if frame.get("signatory"):
        yield Line(None, f"Người ký báo cáo: {frame.get('position', '').capitalize()} {frame['signatory']}")


def dates(this: Year) -> Iterator[Line]:
    """The last days of the year's review, for information."""
    for deadline in agenda.deadlines(this.law, this.year).values():
        yield Line(None, f"Hạn: {deadline}")


# what the finished files say ---------------------------------------------------------------------------


def stated(this: Year, out: Path) -> dict[str, dict[str, int]]:
    """The households of each class that the finished files state of the whole commune, by file."""
    folder, beside = kinds.folder(out, this), accompany.place(this, out)
    names = manifest.files(manifest.read(folder) or {})
    words = [folder / names["docx"], beside / "cong-van.docx", beside / "quyet-dinh.docx"]
    found = {path.name: in_words(texts(path)) for path in words if path.is_file()}
    if (book := folder / names["xlsx"]).is_file():
        found[book.name] = in_form(book)
    return {name: counts for name, counts in found.items() if counts}


def in_words(texts: Iterable[str]) -> dict[str, int]:
    """The first count of each class that sentences give.

    >>> in_words(["Hộ nghèo: 1.029 hộ, chiếm 6,13% tổng số hộ;", "Hộ cận nghèo theo chuẩn cũ: 41 hộ, chiếm 8,67%"])
    {'Hộ nghèo': 1029, 'Hộ cận nghèo': 41}
    """
    found: dict[str, int] = {}
    for text in texts:
        for match in COUNT.finditer(text):
            found.setdefault(match[1], int(match[3].replace(".", "")))
    return found


def in_form(path: Path) -> dict[str, int]:
    """The count of each class in the line of totals of the first form, or in its only line."""
    book = openpyxl.load_workbook(path, data_only=True)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    heads = {said: row.index(said) for said in CLASSES for row in rows if said in row}
    places = [row.index(UNIT_COLUMN) for row in rows if UNIT_COLUMN in row]
    lines = [row for row in rows if places and all(isinstance(row[at], int) for at in heads.values())]
    total = next((row for row in lines if TOTAL in row), lines[0] if len(lines) == 1 else None)
    return {said: total[at] for said, at in heads.items()} if total else {}


def differ(one: dict[str, int], other: dict[str, int]) -> bool:
    return any(one[name] != other[name] for name in one.keys() & other.keys())


def said(counts: dict[str, int]) -> str:
    return ", ".join(f"{name.lower()} {count}" for name, count in counts.items())


def texts(path: Path) -> list[str]:
    """The paragraphs of a Word file and the cells of its tables."""
    opened = word(path)
    return [one.text for one in opened.paragraphs] + [cell.text for table in opened.tables for row in table.rows for cell in row.cells]


def keyed(path: Path) -> str:
    """The manifest key that a Word file carries."""
    return word(path).core_properties.keywords


def word(path: Path):
    """A Word file, opened; raises DataError for what is none."""
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        rule, remedy = "không phải tệp Word đọc được", "đóng tệp này trong Word, hoặc dời nó đi nơi khác, rồi chạy lại"
        raise DataError([Finding(readable(path), rule, remedy)]) from None


def text(found: list[Line]) -> str:
    """The list for the terminal; what is still to do is marked."""
    left = sum(line.good is False for line in found)
    last = f"Còn {left} điều trước khi gửi." if left else "Sẵn sàng gửi."
    return "\n".join([*(f"[{MARKS[line.good]}] {line.said}" for line in found), "", last])
