"""Claims: what was printed about one quantity, in a file or a frame; refused with every reason at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from giamngheo.findings import DataError, Finding
from giamngheo.intake import csvfile
from giamngheo.intake.grid import letter
from giamngheo.reconcile.indicators import INDICATORS
from giamngheo.reconcile.notation import Printed, Unreadable, parse
from giamngheo.vietnamese.text import ask, clean

COLUMNS = ("place", "part_of", "partition", "year", "standard", "status", "indicator", "printed")
OPTIONAL = ("doubt",)
NEEDED = ("place", "year", "indicator", "printed")


class Group(NamedTuple):
    """What figures are comparable within: one place, one year, one standard and one status."""

    place: str
    part_of: str
    year: int | str
    standard: str
    status: str

    def before(self) -> "Group":
        """The same place, standard and status the year before."""
        return self._replace(year=self.year - 1)

    def place_alone(self) -> "Group":
        """The group without its year: all years of one place under one standard and status."""
        return self._replace(year="")


class Quantity(NamedTuple):
    """One true but perhaps unknown figure: an indicator of a group."""

    group: Group
    indicator: str


@dataclass(frozen=True)
class Claim:
    """One line of a file: the figure printed for one quantity; `summed` when it is the sum of two printed
    rates."""

    number: int
    quantity: Quantity
    reading: Printed
    partition: str = ""
    doubt: str = ""
    file: str = ""
    line: int = 0
    summed: bool = False

    @property
    def source(self) -> str:
        return f"{self.file}:{self.line}"


def read(path: Path | str) -> pd.DataFrame:
    """The claims of one CSV file: the columns of `COLUMNS`, `doubt`, `file` (name) and `line` (1 = header).

    Raises DataError with every finding: encoding, columns, blank cells, years, indicators, printed figures.
    """
    path = Path(path)
    if not path.is_file():
        raise DataError(
            [Finding(path.name, "", 0, "", "", str(path), "không có tệp này", "kiểm tra lại đường dẫn")]
        )
    grid = csvfile.grid(path.read_bytes(), path.name, COLUMNS)
    if grid.findings:
        raise DataError(grid.findings)
    header, *rows = grid.rows
    names = [clean(str(cell)).casefold() if cell else "" for cell in header.cells]
    wrong = list(_header(names, path.name, header.number))
    if wrong:
        raise DataError(wrong)
    kept, wide = [], []
    for row in rows:
        if row.blank:
            continue
        if any(cell is not None for cell in row.cells[len(names) :]):
            wide.append(_too_wide(row, names, path.name))
            continue
        cells = {name: clean(str(row.at(at) or "")) for at, name in enumerate(names)}
        kept.append({"doubt": ""} | cells | {"file": path.name, "line": row.number})
    frame = pd.DataFrame(kept, columns=[*COLUMNS, *OPTIONAL, "file", "line"])
    _, wrong = examine(frame, {name: letter(at) for at, name in enumerate(names)})
    if wide or wrong:
        raise DataError([*wide, *wrong])
    return frame.assign(year=[_year(year) for year in frame["year"]])


def claimed(frame: pd.DataFrame) -> list[Claim]:
    """The rows of a claims frame as claims; raises DataError when one cannot be read."""
    found, wrong = examine(frame, {})
    if wrong:
        raise DataError(wrong)
    return found


def examine(frame: pd.DataFrame, letters: dict[str, str]) -> tuple[list[Claim], list[Finding]]:
    """The claims of the rows that can be read, and what is wrong in the others; `letters` are the columns'
    own."""
    found, wrong = [], []
    for at, row in enumerate(frame.to_dict("records")):
        row = {name: "" if pd.isna(value) else value for name, value in row.items()}
        complaints = list(_complaints(row))
        wrong += [
            Finding(
                str(row.get("file", "")),
                "",
                int(row.get("line") or 0),
                letters.get(name, ""),
                name,
                str(row[name]),
                rule,
                remedy,
            )
            for name, rule, remedy in complaints
        ]
        if not complaints:
            found.append(_claim(at, row))
    return found, wrong


def _claim(number: int, row: dict) -> Claim:
    text = {name: clean(str(row.get(name, ""))) for name in (*COLUMNS, *OPTIONAL)}
    group = Group(text["place"], text["part_of"], _year(row["year"]), text["standard"], text["status"])
    return Claim(
        number=number,
        quantity=Quantity(group, text["indicator"]),
        reading=parse(text["printed"], text["indicator"]),
        partition=text["partition"],
        doubt=text["doubt"],
        file=str(row.get("file", "")),
        line=int(row.get("line") or number + 2),
    )


def _year(given: object) -> int | str:
    """A year as a number; a period (`2021-2025`, for money) stays text and has no year before it."""
    text = clean(str(given))
    return int(text) if text.isdecimal() else text.replace(" ", "").replace("–", "-")


def _complaints(row: dict) -> Iterable[tuple[str, str, str]]:
    """(column, rule, remedy) for everything wrong in one row."""
    text = {name: clean(str(row.get(name, ""))) for name in NEEDED}
    yield from (
        (name, "ô này không được để trống", "ghi giá trị, hoặc bỏ cả dòng")
        for name in NEEDED
        if not text[name]
    )
    years = str(_year(text["year"])).split("-")
    if text["year"] and not (len(years) <= 2 and all(len(year) == 4 and year.isdecimal() for year in years)):
        yield (
            "year",
            "năm phải có bốn chữ số",
            "ghi năm của con số, ví dụ 2022; vốn cả giai đoạn thì ghi 2021-2025",
        )
    if not text["indicator"]:
        return
    if text["indicator"] not in INDICATORS:
        remedy = f"dùng tên chỉ tiêu trong bảng{ask(text['indicator'], INDICATORS)}"
        yield "indicator", "không có chỉ tiêu này", remedy
    elif text["printed"]:
        try:
            parse(text["printed"], text["indicator"])
        except Unreadable as unreadable:
            yield "printed", unreadable.rule, unreadable.remedy


def _header(names: list[str], file: str, line: int) -> Iterable[Finding]:
    """What is wrong in the line of column names; a missing column is guessed among the unknown ones."""
    known = (*COLUMNS, *OPTIONAL)
    unknown = [name for name in names if name and name not in known]
    for name in COLUMNS:
        if name not in names:
            yield Finding(
                file, "", line, "", name, "", "thiếu cột này", f"thêm cột {name}{ask(name, unknown)}"
            )
    for at, name in enumerate(names):
        if name in unknown:
            remedy = f"đổi tên hoặc bỏ cột này{ask(name, [one for one in known if one not in names])}"
            yield Finding(file, "", line, letter(at), name, "", "không có cột tên này", remedy)
        elif name and name in names[:at]:
            yield Finding(file, "", line, letter(at), name, "", "cột này có hai lần", "giữ lại một cột")


def _too_wide(row, names: list[str], file: str) -> Finding:
    extra = ", ".join(str(cell) for cell in row.cells[len(names) :] if cell is not None)
    return Finding(
        file,
        "",
        row.number,
        letter(len(names)),
        "",
        extra,
        f"dòng có nhiều ô hơn {len(names)} cột",
        'số có dấu phẩy phải nằm trong ngoặc kép, ví dụ "20,86%"',
    )
