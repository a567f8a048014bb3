"""Remarks and sign-offs of a reviewer, cell by cell, in a plain file beside the data.

    data/<unit>/tham-tra/<year>.csv      notebook, number, cell, status, text, by, code, value

A sign-off says of one cell of the review edition: this code and this value (`code`, `value`: their hashes) have been
checked. Whether it holds is no state that is kept here: it is found out whenever it is asked (`signed`).
The file stands outside the year's folder: it is no input of the report. `by` stays blank unless the
reviewer fills it in; nothing else says who it was. Whoever changes the file holds its folder from reading to
writing, and it is written whole and in one step: two at once lose nothing, and a stop leaves the old or the new file.
A kind of report that is not the year's main one has a file of its own, `<year>-<kind>.csv`.
"""

import difflib
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from giamngheo import limits, spreadsheets
from giamngheo.findings import DataError, Finding
from giamngheo.intake import csvfile, kinds, plain_files
from giamngheo.intake.grid import Row, letter
from giamngheo.intake.unit import Year
from giamngheo.store import atomic

COLUMNS = ["notebook", "number", "cell", "status", "text", "by", "code", "value"]
STATUSES = ("signed", "remark")
EARLIER = {"dropped": "signed"}  # what an older log calls a sign-off that did not hold when it was last looked at


class NoCell(ValueError):
    """The review edition has no such cell; the message says which it has."""


class Unwritable(ValueError):
    """A remark or a name that no text file could give back as it was."""


def path(this: Year) -> Path:
    return this.root / this.unit / "tham-tra" / f"{kinds.place(this)}.csv"


def read(this: Year) -> pd.DataFrame:
    """The log of a unit's year, every cell as text; no row where there is no file.

    Raises DataError where the file is not such a log.
    """
    file, log = path(this).relative_to(this.root).as_posix(), path(this)
    if not os.path.lexists(log):
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    plain_files.require_regular([log], this.root)
    grid = csvfile.grid(limits.head(log, limits.TABLE), file, COLUMNS)
    lines = {row.number: filled(row) for row in grid.rows if not row.blank}
    if grid.findings or next(iter(lines.values()), []) != COLUMNS:
        rule, remedy = "không phải tệp thẩm tra", f"dòng đầu phải là: {','.join(COLUMNS)}"
        raise DataError(grid.findings or [Finding(file, rule, remedy, row=1)])
    del lines[min(lines)]
    wrong = [one for number, line in lines.items() for one in wrong_line(file, number, line)]
    if wrong:
        raise DataError(wrong)
    return pd.DataFrame(list(lines.values()), columns=COLUMNS, dtype="str").replace({"status": EARLIER})


def filled(row: Row) -> list[str]:
    """The cells of a line as text, without the empty ones that a spreadsheet put after the last column."""
    line = [str(cell or "").strip() for cell in row.cells]
    return line[: len(COLUMNS)] + [cell for cell in line[len(COLUMNS) :] if cell]


def wrong_line(file: str, number: int, line: list[str]) -> list[Finding]:
    """What makes a line no line of a log: writing the log again would lose or change it."""
    if len(line) != len(COLUMNS):
        rule = f"dòng có {len(line)} ô, phải có {len(COLUMNS)}"
        return [Finding(file, rule, "lấy lại tệp cũ, hoặc sửa dòng này", row=number)]
    place = COLUMNS.index("status")
    if line[place] not in (*STATUSES, *EARLIER):
        remedy = f"dùng: {', '.join(STATUSES)}"
        rule, value = "không có tình trạng này", line[place]
        return [Finding(file, rule, remedy, row=number, column=letter(place), header="status", value=value)]
    return []


def change(this: Year, changed: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """Put what `changed` makes of the log in its place and return it; others who change it wait meanwhile.

    Whatever is refused or fails on the way leaves the file as it was.
    """
    folder = path(this).parent
    folder.mkdir(parents=True, exist_ok=True)
    with atomic.hold(folder):
        before = read(this)
        after = changed(before)
        if not after.equals(before):
            write(this, after)
    return after


def write(this: Year, log: pd.DataFrame) -> Path:
    """Write the log in the order of the cells, in one step; Excel opens it and takes nothing in it for a formula."""
    numbered = log.assign(at=pd.to_numeric(log["number"], errors="coerce"))
    order = numbered.sort_values(["notebook", "at"], kind="stable")
    said = spreadsheets.csv_text([COLUMNS, *order[COLUMNS].itertuples(index=False)])
    path(this).parent.mkdir(parents=True, exist_ok=True)
    atomic.put(path(this), said.encode("utf-8-sig"))
    return path(this)


def at(shown: pd.DataFrame, address: str) -> dict[str, str]:
    """The cell at an address such as `01_review:6`, of the cells that are `shown` (`signed.cells`).

    Raises NoCell with the addresses there are.
    """
    notebook, _, number = address.partition(":")
    there = shown[shown["notebook"] == notebook]
    if there.empty:
        names = list(shown["notebook"].unique())
        near = difflib.get_close_matches(notebook, names, n=1)
        guess = f"; có phải là {near[0]}?" if near else ""
        raise NoCell(f"Không có sổ {notebook}{guess} Các sổ: {', '.join(names)}. Ghi ô như 01_review:6.")
    found = there[there["number"] == number]
    if found.empty:
        raise NoCell(f"Sổ {notebook} không có ô {number or '(chưa ghi số)'}; các ô: 1 đến {len(there)}.")
    return found.iloc[0].to_dict()


def addresses(text: str, shown: pd.DataFrame) -> list[str]:
    """The single addresses of a cell, a range of cells or a whole notebook.

    >>> shown = pd.DataFrame({"notebook": ["01_review"] * 8, "number": list("12345678")})
    >>> addresses("01_review:6-8", shown), addresses("01_review:6", shown)
    (['01_review:6', '01_review:7', '01_review:8'], ['01_review:6'])
    >>> len(addresses("01_review", shown))
    8
    """
    notebook, colon, numbers = text.partition(":")
    there = shown[shown["notebook"] == notebook]
    if not colon and len(there):
        return [f"{notebook}:{number}" for number in there["number"]]
    first, _, last = numbers.partition("-")
    if not (first.isdecimal() and last.isdecimal() and int(first) <= int(last)):
        return [text]
    return [f"{notebook}:{number}" for number in range(int(first), int(last) + 1)]


def sign(log: pd.DataFrame, shown: pd.DataFrame, address: str, by: str = "") -> pd.DataFrame:
    """The log with the cells at `address` signed off as they are now, in the place of earlier sign-offs."""
    by = written("tên người thẩm tra", by)
    for cell in [at(shown, one) for one in addresses(address, shown)]:
        same = (log["notebook"] == cell["notebook"]) & (log["cell"] == cell["cell"])
        log = added(log[~same | (log["status"] == "remark")], cell, "signed", "", by)
    return log


def remark(log: pd.DataFrame, shown: pd.DataFrame, address: str, text: str, by: str = "") -> pd.DataFrame:
    """The log with a remark on the cell at `address`."""
    cell, text, by = at(shown, address), written("nhận xét", text), written("tên người thẩm tra", by)
    if not text:
        raise Unwritable(f"Nhận xét ở ô {address} trống: ghi nhận xét sau địa chỉ của ô.")
    return added(log, cell, "remark", text, by)


def written(what: str, text: str) -> str:
    """A text as the log keeps it, on one line.

    Raises Unwritable for bytes that are no UTF-8 (a shell hands them on as surrogates), for control characters and
    for more than `limits.REMARK` characters.
    """
    wrong = [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\r\n"]
    if wrong:
        raise Unwritable(f"Không ghi được {what}: có ký tự {wrong[0]!r} không phải là chữ; gõ lại bằng Unicode (UTF-8).")
    if len(text) > limits.REMARK:
        raise Unwritable(f"Không ghi được {what}: dài {len(text)} ký tự, giới hạn {limits.REMARK}; viết ngắn lại.")
    return " ".join(text.split())


def added(log: pd.DataFrame, cell: dict[str, str], status: str, text: str, by: str) -> pd.DataFrame:
    row = {column: cell.get(column, "") for column in COLUMNS} | {"status": status, "text": text, "by": by}
    return pd.concat([log, pd.DataFrame([row])], ignore_index=True).astype("str")
