"""The workbook an officer fills in for a year: a sheet per table, ready to be read back by `giamngheo.intake`.

Headers carry the Vietnamese label and the column's name, coded columns have drop-downs, comments give unit,
rule and meaning, villages and last year's closing counts are filled in, and totals are formulas.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo import spreadsheets
from giamngheo.intake import reviews, rules
from giamngheo.intake.codes import Codes, allowed
from giamngheo.intake.folder import CODES_SHEET, GUIDE_SHEET
from giamngheo.intake.grid import letter
from giamngheo.intake.total_rows import VILLAGE, keys_beside_village
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import COUNTED, Column, tables
from giamngheo.store import atomic
from giamngheo.vietnamese.terms import UNITS

LAST_ROW = 500  # rows offered for input
TITLES = {
    "review": "Kết quả rà soát hộ nghèo, hộ cận nghèo",
    "movements": "Diễn biến hộ nghèo, hộ cận nghèo",
    "deprivations": "Các chỉ số thiếu hụt dịch vụ xã hội cơ bản",
    "groups": "Các nhóm đối tượng",
    "causes": "Các nguyên nhân nghèo",
    "budget": "Vốn thực hiện Chương trình",
    "models": "Mô hình, dự án sinh kế",
    "training": "Tập huấn, nâng cao năng lực",
    "documents": "Văn bản",
    "board": "Ban quản lý, Ban chỉ đạo",
    "facts": "Số liệu khác dùng trong lời văn",
    "other_review": "Kết quả rà soát theo chuẩn nghèo khác",
    "published": "Số liệu đã công bố, để đối chiếu",
}
TYPES = {
    "text": "chữ",
    "code": "chọn trong danh sách",
    "count": "số nguyên không âm",
    "money": "số tiền, đồng, không có phần thập phân",
    "number": "số, phần thập phân sau dấu phẩy",
    "date": "ngày/tháng/năm",
    "month": "tháng/năm",
    "year": "năm, bốn chữ số",
}
REQUIRED = {"value": "bắt buộc ghi", "column": "chưa biết thì để trống, không ghi 0", "no": "không bắt buộc"}
FORMATS = {
    "count": "#,##0",
    "money": "#,##0",
    "date": "dd/mm/yyyy",
    "month": "mm/yyyy",
    "year": "0",
    "number": "General",
}
ALLOWED = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter")
GUIDE = (
    "Mỗi trang tính là một bảng; không đổi tên trang tính, không đổi dòng tên cột.",
    "Ô chưa biết thì để trống. Chỉ ghi 0 khi đúng là không có.",
    "Số hộ, số khẩu, số tiền ghi bằng số nguyên, không ghi đơn vị tính trong ô.",
    "Ô có danh sách thì chọn trong danh sách. Đưa chuột lên tên cột để xem cách ghi.",
    "Không để dòng trống giữa bảng, không ẩn dòng, không gộp ô số liệu.",
    "Dòng Tổng cộng tự tính; xã không có số liệu từng thôn thì ghi một dòng và để trống tên thôn, làng.",
    "Xong thì lưu (Save) với tên so-lieu.xlsx trong thư mục của năm, rồi chạy giamngheo check.",
)


def write(this: Year, path: Path) -> None:
    """Write the workbook of the year to `path` (.xlsx).

    Raises DataError when there is neither a folder of that unit nor a row of the map, or when it has no data of its own.
    """
    this.require_commune()
    this.require_folder(or_row=True)
    workbook = content(this)
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.put(path, workbook)


def beside(this: Year, path: Path) -> list[str]:
    """The tables in CSV that a workbook at `path` would stand beside, and so say each table twice."""
    if path.resolve() != (this.folder / "so-lieu.xlsx").resolve():
        return []
    return [f"{table}.csv" for table in tables() if (this.folder / f"{table}.csv").is_file()]


def content(this: Year) -> bytes:
    """The workbook of the year; villages and opening counts come from the review of the year before, where there is one."""
    before = _last_review(this)
    book = Workbook()
    _guide(book.active, this)
    lists = book.create_sheet(CODES_SHEET)
    lists.sheet_state = "hidden"
    for table, columns in tables().items():
        sheet = book.create_sheet(table)
        totals = list(_total_keys(columns, this))
        _header(sheet, columns)
        _drop_downs(sheet, lists, columns, this)
        _totals(sheet, columns, totals)
        for number, row in enumerate(_prefilled(table, columns, before, this), start=2 + len(totals)):
            _fill(sheet, columns, number, row)
        sheet.freeze_panes = "B2"
        _protect(sheet)
    book.security = WorkbookProtection(lockStructure=True)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


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


def _guide(sheet: Worksheet, this: Year) -> None:
    sheet.title = GUIDE_SHEET
    sheet.append([f"Số liệu giảm nghèo năm {this.year} – {this.unit}"])
    for at, line in enumerate(GUIDE, start=1):
        sheet.append([f"{at}. {line}"])
    for at, line in enumerate(_two_standards(this), start=len(GUIDE) + 1):
        sheet.append([f"{at}. {line}"])
    sheet.append([])
    for table in tables():
        sheet.append([f"{table}: {TITLES.get(table, table)}"])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 110
    _protect(sheet)


def _two_standards(this: Year) -> Iterator[str]:
    """Why a year of two standards has two sheets for the result."""
    reviewed = this.law.reviewed(this.year)
    if len(reviewed) > 1:
        basis, names = this.law.basis(reviewed[1]), this.law.standard_names()
        yield (
            f"Năm {this.year} rà soát đồng thời theo hai chuẩn ({basis['article']} {basis['decree']}): bảng review theo {names[reviewed[0]]}, "
            f"bảng other_review theo {names[reviewed[1]]}; hai kết quả không cộng, không trừ cho nhau."
        )


def _header(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for position, column in enumerate(columns):
        cell = sheet.cell(1, position + 1)
        spreadsheets.write(cell, f"{column.label}\n{column.name}")
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FCE4D6" if column.required == "value" else "DDEBF7")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.comment = Comment(_explanation(column), "giamngheo", width=320, height=150)
        dimension = sheet.column_dimensions[letter(position)]
        dimension.width = 28 if column.type in ("text", "code") else 15
        dimension.protection = Protection(locked=False)
        dimension.number_format = FORMATS.get(column.type, "@")
    sheet.row_dimensions[1].height = 60


def _explanation(column: Column) -> str:
    labels = {one.name: one.label for one in tables()[column.table]}
    unit = UNITS.get(column.unit) or f"theo cột {labels.get(column.unit)}"  # of a movement the row's measure
    lines = [column.meaning, f"Kiểu: {TYPES[column.type]}{f', đơn vị: {unit}' if column.unit else ''}", REQUIRED[column.required]]
    return "\n".join([*lines, *(f"Quy tắc: {rules.in_words(rule, labels)}" for rule in column.rules)])


def _drop_downs(sheet: Worksheet, lists: Worksheet, columns: Sequence[Column], this: Year) -> None:
    for position, column in enumerate(columns):
        source = _list_of(lists, column, this)
        place = f"{letter(position)}2:{letter(position)}{LAST_ROW}"
        if source:
            listed = DataValidation("list", source, allow_blank=True, showErrorMessage=True)
            listed.errorTitle, listed.error = column.label, "Chọn một mục trong danh sách."
            listed.errorStyle = "warning" if column.name == VILLAGE else "stop"
        elif column.type in COUNTED:
            listed = DataValidation("whole", "0", allow_blank=True, operator="greaterThanOrEqual")
            listed.errorTitle, listed.error = column.label, "Ghi số nguyên không âm; chưa biết thì để trống."
            listed.showErrorMessage = True
        else:
            continue
        listed.add(place)
        sheet.add_data_validation(listed)


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
    position = lists.max_column if lists.max_row > 1 or lists["A1"].value else 0
    for at, said in enumerate([f"{column.table}.{column.name}", *codes.entries()], start=1):
        spreadsheets.write(lists.cell(at, position + 1), said)
    own = letter(position)
    return f"'{lists.title}'!${own}$2:${own}${len(codes.names) + 1}"


def _own_column(table: str, name: str, this: Year) -> str:
    columns = tables()[table]
    at = letter([column.name for column in columns].index(name))
    return f"{table}!${at}${2 + len(list(_total_keys(columns, this)))}:${at}${LAST_ROW}"


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
        conditions = "".join(
            f",${place[name]}${first}:${place[name]}${LAST_ROW},${place[name]}{number}"
            for name in total
            if name != VILLAGE
        )
        for position, column in enumerate(columns):
            cell = sheet.cell(number, position + 1)
            rows = f"{letter(position)}${first}:{letter(position)}${LAST_ROW}"
            if column.name in total:
                cell.value = total[column.name]
            elif column.type in COUNTED:
                added = f"SUMIFS({rows}{conditions})" if conditions else f"SUM({rows})"
                cell.value = f'=IF(COUNT({rows})=0,"",{added})'
                cell.number_format = FORMATS[column.type]
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="F2F2F2")


def _codes(column: Column, this: Year) -> Codes | None:
    """The codes of a column whose list does not depend on what will be filled in."""
    return allowed(column, this.law, this.year, lambda table, name: [])


def _prefilled(table: str, columns: Sequence[Column], before: list[dict], this: Year) -> Iterator[dict]:
    """Last year's villages, and in the movements their closing counts as this year's opening counts."""
    by_name = {column.name: column for column in columns}
    sheets = under(this)
    for line in before:
        if table in sheets and line[VILLAGE]:
            yield {VILLAGE: line[VILLAGE], "former_commune": line["former_commune"]} | sheets[table]
        if table == "movements":
            pairs = (_pairs(_codes(by_name[name], this)) for name in ("class", "measure"))
            for (class_, its_class), (measure, its_measure) in product(*pairs):
                start = line[f"{class_}_{measure}"]
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
    for position, column in enumerate(columns):
        if row.get(column.name) not in (None, ""):
            cell = sheet.cell(number, position + 1)
            spreadsheets.write(cell, row[column.name])
            cell.number_format = FORMATS.get(column.type, "@")
            cell.protection = Protection(locked=False)


def _protect(sheet: Worksheet) -> None:
    """Lock header and totals; what filling in rows needs stays allowed. There is no password."""
    sheet.protection.enable()
    for allowed_action in ALLOWED:
        setattr(sheet.protection, allowed_action, False)  # openpyxl says what is locked
