"""The files of a year's folder: which tables are there, and in which form."""

import filecmp
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from giamngheo import limits
from giamngheo.findings import Finding
from giamngheo.intake import csvfile, file_kinds
from giamngheo.intake.codes import Codes, allowed
from giamngheo.intake.grid import Grid
from giamngheo.intake.header import names
from giamngheo.intake.reading import read
from giamngheo.intake.table import Reading
from giamngheo.law.dated import Law
from giamngheo.law.dictionary import Column, tables
from giamngheo.vietnamese.text import bare, guess, identity

WORKBOOK = "so-lieu.xlsx"
REQUIRED = "review"
UNOPENED = ""  # the name of the only sheet of a workbook that cannot be opened
GUIDE_SHEET, CODES_SHEET, LISTING_SHEET = "Hướng dẫn", "Danh mục", "Cần sửa"  # sheets that we write ourselves
NOT_TABLES = (GUIDE_SHEET, CODES_SHEET, LISTING_SHEET, UNOPENED)
OTHER_FORMATS = file_kinds.BY_SUFFIX
TABULAR = (".csv", ".tsv", ".xlsx", *OTHER_FORMATS)
IMPORTED = "nhập bằng lệnh giamngheo import"
SYSTEM_FILES = ("thumbs.db", "desktop.ini")  # that Windows leaves in folders
LOCKS = ("~$", ".~lock.")  # files that Excel and LibreOffice keep beside a workbook while it is open

COPIED = re.compile(r"[0-9]*(copy(of)?|bansao(cua)?|bak|backup|old|cu|moi|final|cuoi|nhap|csv|xlsx?)?[0-9]*")  # beside a file's name, `bare`


def is_copy(stem: str, name: str) -> bool:
    """Whether a file's name says that it is another one's copy.

    >>> [is_copy(stem, "review") for stem in ("Copy of review", "review (1)", "review - Copy (2)", "review", "reviews", "my review")]
    [True, True, True, False, False, False]
    """
    before, found, after = bare(stem).partition(bare(name))
    return bool(found and stem != name and COPIED.fullmatch(before + after))


class Tables:
    """The tables of a year's `folder`, each read once when first asked for; findings call the folder `place`."""

    def __init__(self, folder: Path, place: str, year: int, law: Law):
        self.folder, self.place, self.year, self.law = folder, place, year, law
        self._readings: dict[str, Reading] = {}

    @cached_property
    def sheets(self) -> dict[str, Grid]:
        """The sheets of the year's workbook by name; empty when there is no workbook."""
        path = self.folder / WORKBOOK
        if not path.is_file():
            return {}
        from giamngheo.intake import workbook  # openpyxl is slow to import and only some years are workbooks

        return workbook.grids(limits.head(path, limits.WORKBOOK), f"{self.place}/{WORKBOOK}")

    @cached_property
    def _by_table(self) -> dict[str, Grid]:
        found: dict[str, Grid] = {}
        for name, grid in self.sheets.items():
            same = found.setdefault(identity(name), grid)
            if same is not grid and identity(name) in tables():
                rule = f'hai trang tính "{same.sheet}" và "{name}" cùng là bảng {identity(name)}'
                refusal = same.refusal(rule, "giữ một trang tính, xoá hoặc đổi tên trang tính kia")
                found[identity(name)] = replace(same, findings=(*same.findings, refusal))
        return found

    def reading(self, table: str) -> Reading:
        """What one table says and what is wrong with it."""
        if table not in self._readings:
            # Set before reading, so that two tables that name each other's codes come to an end.
            self._readings[table] = Reading(tables()[table])
            self._readings[table] = self._read(table)
        return self._readings[table]

    def findings(self, reads: Callable[[str], bool] = bool) -> list[Finding]:
        """Everything wrong in any table of the year that `reads` names, and the files and sheets that nobody reads."""
        found = [finding for table in filter(reads, tables()) for finding in self.reading(table).findings]
        return list(dict.fromkeys([*found, *(stray for _, stray in self.strays)]))

    @cached_property
    def strays(self) -> list[tuple[str, Finding]]:
        """Files and sheets that are no table, each with the table (or workbook) that was probably meant."""
        return [*self._stray_files(), *self._stray_sheets()]

    def _stray_files(self) -> Iterator[tuple[str, Finding]]:
        for path in sorted(self.folder.iterdir()):
            read_here = path.name == WORKBOOK or path.suffix == ".csv" and path.stem in tables()
            if path.name.startswith(LOCKS):
                yield "", self._open_elsewhere(path.name)
            elif path.suffix.lower() in TABULAR and not read_here and not path.name.startswith("._"):
                known = [*tables(), Path(WORKBOOK).stem]
                meant = next((one for one in known if is_copy(path.stem, one)), guess(path.stem, known))
                name = WORKBOOK if meant == Path(WORKBOOK).stem else f"{meant}.csv"
                yield meant, self._stray(f"{self.place}/{path.name}", "", "tệp", meant, name)

    def _stray_sheets(self) -> Iterator[tuple[str, Finding]]:
        for name in self.sheets:
            if identity(name) not in tables() and name not in NOT_TABLES:
                meant = guess(name, tables())
                yield meant, self._stray(f"{self.place}/{WORKBOOK}", name, "trang tính", meant, meant)

    def _open_elsewhere(self, lock: str) -> Finding:
        rule = "có người đang mở tệp này; phần chưa lưu chưa được đọc"
        name = lock.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
        return Finding(f"{self.place}/{name}", rule, "lưu và đóng tệp rồi chạy lại", level="note")

    def _stray(self, file: str, sheet: str, what: str, meant: str, name: str) -> Finding:
        suffix = Path(file).suffix.lower()
        if not sheet and suffix in OTHER_FORMATS and meant and not self._has(meant):
            rule = f"tệp kiểu {OTHER_FORMATS[suffix]} không được đọc"
            return Finding(file, rule, f"{file_kinds.SAVE_AS}; là biểu hay danh sách hộ thì {IMPORTED}")
        if not sheet and identity(Path(file).name) == name and self._has(meant):
            rule = f"hai tệp {Path(file).name} và {name} cùng một tên, chỉ khác chữ hoa hay cách viết"
            return Finding(file, rule, "giữ một tệp, xoá hoặc đổi tên tệp kia")
        if not sheet and is_copy(Path(file).stem, Path(name).stem) and self._has(meant):
            return self._copy(file, name)
        if not sheet and identity(Path(file).stem) == Path(name).stem and self._has(meant):
            rule = f"cùng tên với {name} nhưng là tệp kiểu khác, không được đọc"
            return Finding(file, rule, f"nếu tệp này mới hơn thì lưu lại thành {name}; nếu không thì dời khỏi thư mục này", level="note")
        if meant and not self._has(meant):
            rule, remedy = f"tên {what} không phải tên bảng", f'đổi tên thành "{name}", hoặc xoá {what}'
            return Finding(file, rule, remedy, sheet=sheet)
        rule = f"{what} này không được đọc vì không phải là bảng của từ điển dữ liệu"
        remedy = f"nếu có số liệu thì {IMPORTED} hoặc chuyển vào đúng bảng; nếu không thì để yên hoặc xoá"
        return Finding(file, rule, remedy, sheet=sheet, level="note")

    def _copy(self, file: str, name: str) -> Finding:
        """What is said of a copy of a file that is read: where it says something else, nobody knows which of the two holds."""
        mine, read_here = self.folder / Path(file).name, self.folder / name
        if read_here.is_file() and mine.is_file() and filecmp.cmp(mine, read_here, shallow=False):
            return Finding(file, f"là bản chép của {name}, không được đọc", "để yên, hoặc xoá tệp này", level="note")
        rule = f"giống tên {name} nhưng không được đọc, và nội dung khác tệp ấy"
        return Finding(file, rule, f"giữ bản đúng dưới tên {name}, xoá hoặc dời bản kia khỏi thư mục này", level="draft")

    def _has(self, name: str) -> bool:
        """Whether there is a table of that name, or the workbook."""
        workbook = name == Path(WORKBOOK).stem and bool(self.sheets)
        return workbook or name in self._by_table or (self.folder / f"{name}.csv").is_file()

    def _read(self, table: str) -> Reading:
        columns = tables()[table]
        path = self.folder / f"{table}.csv"
        sheet = self.sheets.get(UNOPENED) or self._by_table.get(table)
        if sheet is not None and sheet.sheet and path.is_file():
            twice = sheet.refusal(
                f"bảng {table} có cả ở trang tính này và ở tệp {table}.csv",
                f"giữ một nơi: xoá tệp {table}.csv hoặc xoá trang tính {table}",
            )
            return Reading(columns, findings=[twice])
        if sheet is None and path.is_file():
            sheet = csvfile.grid(limits.head(path, limits.TABLE), f"{self.place}/{path.name}", names(columns))
        if sheet is None:
            return Reading(columns, findings=self._absent(table))
        reading = read(sheet, columns, self._codes)
        if table == REQUIRED and not reading.findings and not reading.lines:
            reading.findings.append(sheet.refusal("chưa có dòng số liệu nào", "ghi ít nhất một dòng số liệu"))
        return reading

    def _codes(self, column: Column) -> Codes | None:
        return allowed(column, self.law, self.year, self._own)

    def _own(self, table: str, column: str) -> list[str]:
        """The values of a column of the same year's own table."""
        return [value for value in self.reading(table).values.get(column, []) if value not in (None, "")]

    def _absent(self, table: str) -> list[Finding]:
        names_meant = (table, Path(WORKBOOK).stem)
        meant = [stray for name, stray in self.strays if stray.level == "refuse" and name in names_meant]
        if table == REQUIRED and not meant:
            rule = f"thiếu bảng {REQUIRED} (kết quả rà soát)"
            remedy = f"thêm tệp {REQUIRED}.csv, hoặc trang tính {REQUIRED} trong {WORKBOOK}"
            meant = [Finding(self.place, rule, remedy)]
        return meant
