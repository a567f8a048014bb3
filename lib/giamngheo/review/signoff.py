"""Remarks and sign-offs of a reviewer, cell by cell, in a plain file beside the data.

    data/<unit>/tham-tra/<year>.csv      notebook, number, cell, status, text, by, code, value

A sign-off says of one cell of the review edition: this code and this value have been checked. It holds as
long as both are the same (`code`, `value`: their hashes) and is dropped, with the reason, when one changes.
The file stands outside the year's folder: it is no input of the report. `by` stays blank unless the
reviewer fills it in; nothing else says who it was. Whoever changes the file holds its folder from reading to
writing, and it is written whole and in one step: two at once lose nothing, and a stop leaves the old or the new file.
"""

import difflib
import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import nbformat
import pandas as pd

from giamngheo import limits, spreadsheets
from giamngheo.findings import DataError, Finding
from giamngheo.intake import csvfile, plain_files
from giamngheo.intake.grid import Row, letter
from giamngheo.intake.unit import Year
from giamngheo.report.stored import MIME
from giamngheo.store import atomic, manifest
from giamngheo.store.manifest import sha256

COLUMNS = ["notebook", "number", "cell", "status", "text", "by", "code", "value"]
STATUSES = {"signed": "đã ký", "dropped": "hết hiệu lực", "remark": "nhận xét"}


class NoCell(ValueError):
    """The review edition has no such cell; the message says which it has."""


class Unwritable(ValueError):
    """A remark or a name that no text file could give back as it was."""


def path(this: Year) -> Path:
    return this.root / this.unit / "tham-tra" / f"{this.year}.csv"


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
    return pd.DataFrame(list(lines.values()), columns=COLUMNS, dtype="str")


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
    if line[place] not in STATUSES:
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


def cells(folder: Path) -> pd.DataFrame:
    """The numbered cells of the review edition in `folder`, in order.

    Columns: notebook, number, cell (its id), heading (the last one above it), line (its first line), code and
    value (hashes).
    """
    rows, record = [], manifest.read(folder) or {}
    for file in sorted(folder.glob("*.ipynb")):
        if file.name not in record.get("outputs", [file.name]):  # somebody's own, kept beside the report
            continue
        heading = ""
        for cell in nbformat.read(file, as_version=4).cells:
            if cell.cell_type == "markdown":
                titles = [line.lstrip("# ") for line in cell.source.splitlines() if line.startswith("#")]
                heading = titles[-1] if titles else heading
            elif "number" in cell.metadata:
                line = cell.source.strip().partition("\n")[0]
                name = [file.stem, str(cell.metadata["number"]), cell["id"], heading, line]
                rows.append([*name, hashed(cell.source), hashed(shown(cell))])
    return pd.DataFrame(rows, columns=["notebook", "number", "cell", "heading", "line", "code", "value"])


def hashed(text: str) -> str:
    """A short hash that a spreadsheet does not take for a number."""
    return f"x{sha256(text.encode())[:12]}"


def shown(cell: dict) -> str:
    """What a cell shows, as text: its blocks where it has any, else its page, else its plain text."""
    values = []
    for output in cell.get("outputs", []):
        kinds = output.get("data", {"text": output.get("text", "")})
        first = next((kind for kind in (MIME, "text/html") if kind in kinds), None)
        values.append(kinds[first] if first else kinds)
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def at(shown: pd.DataFrame, address: str) -> dict[str, str]:
    """The cell at an address such as `01_review:6`; raises NoCell with the addresses there are."""
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


def addresses(text: str) -> list[str]:
    """The single addresses of a range of cells.

    >>> addresses("01_review:6-8"), addresses("01_review:6")
    (['01_review:6', '01_review:7', '01_review:8'], ['01_review:6'])
    """
    notebook, _, numbers = text.partition(":")
    first, _, last = numbers.partition("-")
    if not (first.isdecimal() and last.isdecimal() and int(first) <= int(last)):
        return [text]
    return [f"{notebook}:{number}" for number in range(int(first), int(last) + 1)]


def sign(log: pd.DataFrame, shown: pd.DataFrame, address: str, by: str = "") -> pd.DataFrame:
    """The log with the cells at `address` signed off as they are now, in the place of earlier sign-offs."""
    by = written("tên người thẩm tra", by)
    for cell in [at(shown, one) for one in addresses(address)]:
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


def carry(folder: Path, log: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The log carried to the review edition in `folder`: what is kept, and the sign-offs that no longer hold.

    A cell is found again by its id, so a new cell above it only changes its number; the number of a cell that
    is gone is blank. Remarks are always kept. What is dropped says why in `text`.
    """
    now = cells(folder).set_index(["notebook", "cell"])
    kept: list[dict] = []
    dropped: list[dict] = []
    for row in log.to_dict("records"):
        key = (row["notebook"], row["cell"])
        cell = now.loc[key] if key in now.index else None
        row["number"] = "" if cell is None else cell["number"]
        why = "" if row["status"] != "signed" else reason(row, cell)
        (dropped if why else kept).append(row | ({"status": "dropped", "text": why} if why else {}))
    return tuple(pd.DataFrame(rows, columns=COLUMNS, dtype="str") for rows in (kept, dropped))


def reason(signed: dict[str, str], cell: pd.Series | None) -> str:
    """Why a sign-off no longer holds for the cell as it is now; "" where it does."""
    if cell is None:
        return "ô không còn trong sổ"
    parts = {"code": "mã", "value": "kết quả"}
    changed = [name for column, name in parts.items() if signed[column] != cell[column]]
    return f"{' và '.join(changed)} của ô đã thay đổi" if changed else ""


def update(this: Year, folder: Path) -> list[str]:
    """Carry the year's log, and its file, to the run in `folder`; a sentence for each sign-off dropped."""
    dropped = pd.DataFrame(columns=COLUMNS, dtype="str")

    def carried(log: pd.DataFrame) -> pd.DataFrame:
        nonlocal dropped
        kept, dropped = carry(folder, log)
        return pd.concat([kept, dropped], ignore_index=True)

    if path(this).exists():
        change(this, carried)
    return [
        f"Bỏ chữ ký ở ô {row.notebook}:{row.number or row.cell}: {row.text}; xem lại rồi ký lại."
        for row in dropped.itertuples()
    ]


def counted(shown: pd.DataFrame, log: pd.DataFrame) -> str:
    """How many cells are signed off, how many sign-offs were dropped, how many remarks there are."""
    many = log["status"].value_counts()
    signed, dropped, remarks = (many.get(status, 0) for status in STATUSES)
    return f"đã ký {signed} trên {len(shown)} ô; chữ ký hết hiệu lực: {dropped}; nhận xét: {remarks}"


def listing(shown: pd.DataFrame, log: pd.DataFrame) -> str:
    """Every cell with its address, its state and its remarks, for the terminal."""
    lines = [f"Bản thẩm tra: {counted(shown, log)}"]
    for notebook, there in shown.groupby("notebook", sort=False):
        lines += ["", notebook]
        for cell in there.itertuples():
            own = log[(log["notebook"] == notebook) & (log["cell"] == cell.cell)]
            states = [STATUSES[status] for status in own["status"] if status != "remark"]
            about = " · ".join(filter(None, [cell.heading, cell.line]))
            lines.append(f"  {notebook}:{cell.number:<3} {(states or ['chưa ký'])[-1]:<12}  {about[:90]}")
            lines += [f"        {STATUSES[row.status]}: {row.text}" for row in own.itertuples() if row.text]
    gone = log[log["number"] == ""].itertuples()
    lines += [f"  {one.notebook}, ô không còn: {one.text or STATUSES[one.status]}" for one in gone]
    return "\n".join(lines)
