"""Tables beside the law that communes fill in themselves: every row is checked before anything is worked out with it.

`programme-local` is the contents of the programme from 2026 on, `indicators-local` the list of indicators that the
province uses under a standard whose own list nobody has confirmed. Each row names the decision that gave it.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.law import lawfile

# Tables that the communes of a data folder fill in themselves, beside a table of law and read with it.
BESIDE = {"programme": "programme-local", "indicators": "indicators-local", "kinds": "kinds-local", "outlines": "outlines-local"}
OF_REPORTS = ("kinds-local", "outlines-local")  # whose rows `law.kinds` reads and checks
CODE = re.compile(r"[\w.-]+")
BEGAN = dt.date(2026, 1, 1)  # the contents of the programme until then are all in programme.csv
KEYS = {"programme-local": "code", "indicators-local": "indicator"}  # the column of the code that a row gives
FILLED = {
    "programme-local": ("kind", "code", "name", "valid_from", "decree"),
    "indicators-local": ("standard", "indicator", "name", "issuer", "decree"),
    "kinds-local": ("kind", "name", "outline", "period", "abstract", "opening", "closing", "file", "calculations"),
    "outlines-local": ("outline",),
}
Row = Mapping[str, str]
Fault = tuple[str, str, str]  # the column, what is wrong with it, what to do


def rows(path: Path, law: Sequence[Row], standards: Collection[str]) -> list[dict[str, str]]:
    """The rows of the table at `path`, each of them checked; raises DataError at the first wrong one.

    `law` are the rows of the table that it stands beside, `standards` the codes of the poverty standards there are.
    """
    found: list[dict[str, str]] = []
    lines = lawfile.lines(path)
    own = [row for _, row in lines]
    for line, row in lines:
        more = of_programme(row, law, own) if path.stem == "programme-local" else of_indicators(row, law, standards)
        said = [*unsaid(path.stem, row), *([] if path.stem in OF_REPORTS else [*wrong(path.stem, row, law, found), *more])]
        for column, rule, remedy in said:
            raise DataError([Finding(f"data/{path.name}", f"cột {column}: {rule}", f"{remedy}, hoặc xóa cả dòng", row=line)])
        found.append(row)
    return found


def unsaid(table: str, row: Row) -> Iterator[Fault]:
    """What a row of any of the tables lacks, or says that cannot be printed."""
    for name in FILLED[table]:
        if not row[name].strip():
            yield name, "chưa ghi", "ghi ô này" + ", theo văn bản ban hành" * (table not in OF_REPORTS)
    for name, text in row.items():
        if not text.isprintable():
            yield name, "có ký tự không in ra được (xuống dòng, ký tự ẩn, ký tự đổi chiều chữ)", "gõ lại ô này"


def wrong(table: str, row: Row, law: Sequence[Row], above: Sequence[Row]) -> Iterator[Fault]:
    """What is wrong with a row of what the law or the province gives; `above` are the rows before it."""
    key = KEYS[table]
    if not CODE.fullmatch(row[key]):
        yield key, f'mã "{row[key]}" chỉ được gồm chữ, số, dấu chấm, gạch nối, không có dấu cách', "sửa mã"
    if not any(map(str.isdecimal, row["decree"])):
        yield "decree", f'"{row["decree"]}" không có số, ngày của văn bản', "ghi số, ngày, cơ quan ban hành"
    if any(one[key].casefold() == row[key].casefold() for one in law):
        yield key, f'mã "{row[key]}" đã là mã của chương trình', "đặt mã khác"
    if any(one[key].casefold() == row[key].casefold() and one[key] != row[key] for one in above):
        yield key, f'mã "{row[key]}" ở dòng trên ghi khác chữ hoa, chữ thường', "mỗi mã một cách viết"
    if row["valid_from"] and row["valid_to"] and row["valid_to"] < row["valid_from"]:
        yield "valid_to", f"{row['valid_to']} trước ngày bắt đầu {row['valid_from']}", "sửa ngày"


def of_programme(row: Row, law: Sequence[Row], own: Sequence[Row]) -> Iterator[Fault]:
    """What is wrong with a content of the programme; `own` are all rows of its file."""
    if row["kind"] != "project":
        yield "kind", f'giá trị "{row["kind"]}": bảng này chỉ nhận nội dung, dự án của Chương trình', "ghi project"
    if row["valid_from"] < BEGAN.isoformat():
        yield "valid_from", f"nội dung trước {BEGAN:%d/%m/%Y} đã có trong programme.csv", "dùng mã của danh mục, hoặc sửa ngày"
    parents = {one["code"] for one in (*law, *own) if one is not row and one["kind"] == "project"}
    if row["parent"] and row["parent"] not in parents:
        yield "parent", f'không có dự án "{row["parent"]}"', "ghi mã của dự án chứa nội dung này, hoặc để trống"


def of_indicators(row: Row, law: Sequence[Row], standards: Collection[str]) -> Iterator[Fault]:
    """What is wrong with an indicator of a province's list."""
    if row["standard"] not in standards:
        yield "standard", f'không có chuẩn "{row["standard"]}"', f"dùng một trong các mã: {', '.join(standards)}"
    if any(one["standard"] == row["standard"] for one in law):
        yield "standard", f"danh mục chỉ số của chuẩn {row['standard']} đã có trong indicators.csv", "dùng danh mục ấy"
