"""What is wrong in the files of a year, said so that the person who filled them in can put it right.

A `Finding` points at one cell (or row, or file), says what was found, which rule it breaks and what to do.
All findings of a file are shown at once: as Vietnamese text, as a table, or marked in a copy of the file.
"""

import dataclasses
import errno
import json
import os
from collections.abc import Iterable
from dataclasses import field

import pandas as pd

from giamngheo import spreadsheets

LEVELS = ("refuse", "draft", "note")
LEVEL_LABELS = {"refuse": "", "draft": "[chỉ lập được DỰ THẢO] ", "note": "[lưu ý] "}


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing that is wrong, the place where it stands, and what to do about it.

    Written `Finding(file, rule, remedy, row=3, …)`: what is not known of the place is not named.

    file     path below the data folder, `kong-long-khong/2022/review.csv`
    sheet    sheet of an Excel workbook, "" for a CSV file
    row      line as a text editor or Excel counts it; 0 when the whole file or sheet is meant
    column   letter as in Excel, for CSV files too; "" when no single cell is meant
    header   name of the column as the file writes it
    value    what the cell says
    rule     what should have been there, in Vietnamese
    remedy   what to do, in Vietnamese
    level    refuse: no report can be made; draft: only a report marked DỰ THẢO; note: for information
    """

    file: str
    sheet: str = field(default="", kw_only=True)
    row: int = field(default=0, kw_only=True)
    column: str = field(default="", kw_only=True)
    header: str = field(default="", kw_only=True)
    value: str = field(default="", kw_only=True)
    rule: str
    remedy: str
    level: str = field(default="refuse", kw_only=True)

    def __post_init__(self):
        if self.level not in LEVELS:
            raise ValueError(f"level must be one of {', '.join(LEVELS)}; found {self.level!r}")

    @property
    def where(self) -> str:
        """File, sheet, row and column in words."""
        return _place(self)

    def __str__(self) -> str:
        level = LEVEL_LABELS[self.level]
        end = "" if self.remedy.endswith("?") else "."
        return f"{level}{self.where}: {_value(self)}{self.rule}. Cách sửa: {self.remedy}{end}"


class DataError(ValueError):
    """The data cannot be used; `findings` says why, and the message is their text."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = tuple(sorted(findings, key=order))
        super().__init__(self.findings)

    def __str__(self) -> str:
        return render(self.findings, "text")


# What the system says of a file or folder, and what to do about it.
SYSTEM = {
    errno.ENOSPC: ("ổ đĩa đã đầy", "giải phóng chỗ trên ổ đĩa rồi chạy lại"),
    errno.EDQUOT: ("đã dùng hết phần ổ đĩa được cấp", "giải phóng chỗ trên ổ đĩa rồi chạy lại"),
    errno.EACCES: ("không có quyền đọc hoặc ghi", "xem lại quyền của tệp hoặc thư mục này"),
    errno.EPERM: ("không có quyền đọc hoặc ghi", "xem lại quyền của tệp hoặc thư mục này"),
    errno.EROFS: ("ổ đĩa chỉ cho đọc", "chọn thư mục ghi được, hoặc mở quyền ghi"),
    errno.ENOENT: ("không có tệp hoặc thư mục này, hoặc liên kết đã hỏng", "xem lại tên và nơi để"),
    errno.EISDIR: ("là thư mục, không phải tệp", "đổi tên hoặc dời thư mục này đi"),
    errno.ENOTDIR: ("không phải thư mục", "đổi tên hoặc dời tệp này đi"),
    errno.EEXIST: ("ở chỗ này đã có một tệp, không phải thư mục", "đổi tên hoặc dời tệp này đi"),
    errno.EBUSY: ("đang có chương trình khác dùng", "đóng chương trình ấy rồi chạy lại"),
    errno.EFBIG: ("tệp lớn hơn mức hệ thống cho phép", "tăng giới hạn (ulimit -f), hoặc chọn ổ đĩa khác"),
    errno.ELOOP: ("liên kết đi vòng", "xóa liên kết này, hoặc thay bằng tệp thật"),
    errno.ENAMETOOLONG: ("tên quá dài", "rút ngắn tên tệp, tên thư mục"),
    errno.EMFILE: ("mở quá nhiều tệp cùng lúc", "giảm số báo cáo lập cùng lúc (--jobs), hoặc tăng giới hạn ulimit -n"),
    errno.ENFILE: ("cả máy mở quá nhiều tệp cùng lúc", "đóng bớt chương trình rồi chạy lại"),
    errno.EIO: ("ổ đĩa báo lỗi khi đọc hoặc ghi", "kiểm tra ổ đĩa, dây nối, kết nối mạng rồi chạy lại"),
}  # fmt: skip
NO_TEMPORARY_FOLDER = ("không thư mục tạm nào ghi được", "giải phóng chỗ ở thư mục tạm, hoặc đặt biến TMPDIR là một thư mục ghi được")


def unusable(error: OSError) -> DataError:
    """What the system said of a file or folder, as a finding that names it, in one sentence.

    >>> print(unusable(OSError(errno.ENOSPC, "No space left on device", "outputs/xa-mau/2024/bao-cao.pdf")))
    outputs/xa-mau/2024/bao-cao.pdf: ổ đĩa đã đầy. Cách sửa: giải phóng chỗ trên ổ đĩa rồi chạy lại.
    """
    name = "" if error.filename is None or isinstance(error.filename, int) else error.filename
    place = os.fsencode(name).decode("utf-8", "backslashreplace") or "máy này"
    nowhere = error.errno == errno.ENOENT and not name  # said of no file: Python found no folder for temporary ones
    known = NO_TEMPORARY_FOLDER if nowhere else SYSTEM.get(error.errno or 0)
    rule, remedy = known or (f"hệ thống báo lỗi: {error.strerror or error}", "sửa theo lời báo rồi chạy lại")
    return DataError([Finding(place, rule, remedy)])


def order(finding: Finding) -> tuple:
    """Sort key: file, sheet, row, column as Excel orders its letters (B before AA), then the text."""
    return (
        finding.file,
        finding.sheet,
        finding.row,
        len(finding.column),
        finding.column,
        finding.header,
        finding.rule,
        finding.value,
    )


def table(findings: Iterable[Finding]) -> pd.DataFrame:
    """The findings as a frame, one row each, sorted by place.

    Columns: file, sheet, row, column, header, value, rule, remedy, level.
    """
    columns = [one.name for one in dataclasses.fields(Finding)]
    return pd.DataFrame([dataclasses.astuple(one) for one in sorted(findings, key=order)], columns=columns)


def render(findings: Iterable[Finding], format: str = "text") -> str:
    """The findings, sorted by place, as `text` (one Vietnamese block each), `csv` or `json`.

    >>> one = Finding("a/2022/review.csv", "phải là số nguyên không âm", "ghi bằng chữ số, ví dụ 32",
    ...               row=2, column="E", header="poor_households", value="32a")
    >>> print(render([one]))
    a/2022/review.csv, dòng 2, cột E (poor_households): giá trị "32a" — phải là số nguyên không âm. \
Cách sửa: ghi bằng chữ số, ví dụ 32.
    """
    found = sorted(findings, key=order)
    if format == "text":
        return "\n".join(str(one) for one in found)
    if format == "json":
        return json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=2)
    if format == "csv":
        names = [one.name for one in dataclasses.fields(Finding)]
        return spreadsheets.csv_text([names, *map(dataclasses.astuple, found)])
    raise ValueError(f"format must be one of text, csv, json; found {format!r}")


def _place(finding: Finding) -> str:
    place = finding.file
    if finding.sheet:
        place += f", trang tính {finding.sheet}"
    if finding.row:
        place += f", dòng {finding.row}"
    if finding.column:
        place += f", cột {finding.column}"
    if finding.header:
        place += f" ({finding.header})" if finding.column else f", cột {finding.header}"
    return place


def _value(finding: Finding) -> str:
    return f'giá trị "{finding.value}" — ' if finding.value else ""
