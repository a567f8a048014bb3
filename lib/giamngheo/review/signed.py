"""What is signed off: the cells of a review edition, and which sign-offs of the year's log (`signoff`) hold for them.

A sign-off holds while the code and the value of its cell are those that were signed, and while every file of the finished report
is as it was when it was made. That is found out from the files whenever it is asked: no word in the log makes it so.
"""

import json
import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import Path

import pandas as pd

from giamngheo.intake.unit import Year
from giamngheo.report import inputs
from giamngheo.report.stored import MIME, joined, unpacked
from giamngheo.review import signoff
from giamngheo.store import belongings, manifest
from giamngheo.store.manifest import sha256
from giamngheo.vietnamese.text import clean, first_few

LABELS = {"signed": "đã ký", "dropped": "hết hiệu lực", "remark": "nhận xét"}
PARTS = {"code": "mã", "value": "kết quả"}
CAPTION, TAG = re.compile(r"<(?:fig)?caption[^>]*>(.*?)</(?:fig)?caption>", re.DOTALL), re.compile(r"<[^>]*>")
listed = partial(first_few, most=3, others="chỗ")  # what a sentence names


class NotToSign(ValueError):
    """There is no finished report, or it is not the one that the data make now; the message says what to do."""


def require_current(this: Year, folder: Path) -> None:
    """Refuse to sign in `folder` what is not, byte for byte, the report that the files of the year make."""
    record = manifest.read(folder)
    if record is None:
        raise NotToSign("Chưa có bản thẩm tra: lập báo cáo trước (giamngheo report).")
    if names := belongings.altered(folder):
        raise NotToSign(f"Chưa ký được: báo cáo đã bị sửa sau khi lập ({listed(names)}). Cách làm: lập lại báo cáo, xem lại rồi ký.")
    if changed := manifest.changes(record, inputs.described(this)):
        raise NotToSign(f"Chưa ký được: báo cáo đã cũ ({listed(changed)}). Cách làm: lập lại báo cáo, xem lại rồi ký.")


def cells(folder: Path) -> pd.DataFrame:
    """The numbered cells of the review edition in `folder`, in order.

    Columns: notebook, number, cell (its id), heading (the last one above it), line (what it says in the report's words, where
    it says nothing its first line of code), code and value (hashes).
    """
    import nbformat  # slow to import, and only needed where there is a report

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
                line = words(cell) or cell.source.strip().partition("\n")[0]
                name = [file.stem, str(cell.metadata["number"]), cell["id"], heading, line]
                rows.append([*name, hashed(cell.source), hashed(shown(cell))])
    return pd.DataFrame(rows, columns=["notebook", "number", "cell", "heading", "line", "code", "value"])


def words(cell: dict) -> str:
    """The first words that a cell puts into the report or the review edition: a title, a caption, a sentence."""
    for output in cell.get("outputs", []):
        kinds = output.get("data", {})
        blocks = unpacked(kinds[MIME])["blocks"] if MIME in kinds else []
        said = [text for block in blocks for text in texts(block)]
        said += [unescape(TAG.sub("", found)) for found in CAPTION.findall(joined(kinds.get("text/html", "")))]
        if found := next((clean(text) for text in said if clean(text)), ""):
            return found
    return ""


def texts(block: dict) -> Iterator[str]:
    """The texts of a block that say what it is about, the best first."""
    yield from (str(block[name]) for name in ("title", "caption") if block.get(name))
    lines = [block.get("runs", []), *block.get("items", [])]
    yield from ("".join(run.get("text", "") for run in line) for line in lines)


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


def numbered(log: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """The log with the numbers its cells have now, blank for a cell that is gone; a cell is found again by its id."""
    numbers = {(row.notebook, row.cell): row.number for row in shown.itertuples()}
    return log.assign(number=[numbers.get((row.notebook, row.cell), "") for row in log.itertuples()]).astype("str")


def reasons(log: pd.DataFrame, shown: pd.DataFrame, altered: list[str]) -> list[str]:
    """For each row of the log why its sign-off does not hold for the cells that are `shown`; "" where it does.

    `altered` are the files of the report that are not as they were made: with one of them no sign-off holds.
    """
    now = {(row["notebook"], row["cell"]): row for row in shown.to_dict("records")}
    return [
        "" if row["status"] != "signed" else reason(row, now.get((row["notebook"], row["cell"])), altered)
        for row in log.to_dict("records")
    ]


def reason(signed: dict[str, str], cell: dict[str, str] | None, altered: list[str]) -> str:
    """Why one sign-off does not hold; "" where it does."""
    if cell is None:
        return "ô không còn trong sổ"
    changed = [name for column, name in PARTS.items() if signed[column] != cell[column]]
    if changed:
        return f"{' và '.join(changed)} của ô đã thay đổi"
    return f"báo cáo đã bị sửa sau khi lập ({listed(altered)})" if altered else ""


def update(this: Year, folder: Path) -> list[str]:
    """Give the cells of the year's log the numbers they have in `folder`; a sentence for each sign-off that does not hold."""
    if not signoff.path(this).exists():
        return []
    shown = cells(folder)
    log = signoff.change(this, lambda log: numbered(log, shown))
    return [
        f"Chữ ký ở ô {row.notebook}:{row.number or row.cell} hết hiệu lực: {why}; xem lại rồi ký lại."
        for row, why in zip(log.itertuples(), reasons(log, shown, belongings.altered(folder)), strict=True)
        if why
    ]


def counted(folder: Path, log: pd.DataFrame) -> str:
    """How many cells of the report in `folder` are signed off, how many sign-offs do not hold, how many remarks there are."""
    shown = cells(folder)
    fallen = sum(map(bool, reasons(log, shown, belongings.altered(folder))))
    many = log["status"].value_counts()
    signed, remarks = many.get("signed", 0) - fallen, many.get("remark", 0)
    return f"đã ký {signed} trên {len(shown)} ô; chữ ký hết hiệu lực: {fallen}; nhận xét: {remarks}"


def listing(folder: Path, log: pd.DataFrame) -> str:
    """Every cell with its address, its state and its remarks, for the terminal."""
    shown, lines = cells(folder), [f"Bản thẩm tra: {counted(folder, log)}"]
    log = numbered(log, shown).assign(why=reasons(log, shown, belongings.altered(folder)))
    for notebook, there in shown.groupby("notebook", sort=False):
        lines += ["", notebook]
        for cell in there.itertuples():
            own = log[(log["notebook"] == notebook) & (log["cell"] == cell.cell)]
            about = " · ".join(filter(None, [cell.heading, cell.line]))
            lines.append(f"  {notebook}:{cell.number:<3} {state(own):<12}  {about[:90]}")
            lines += [f"        {label}: {text}" for label, text in told(own)]
    gone = log[log["number"] == ""]
    return "\n".join(lines + [f"  {row.notebook}, ô không còn: {row.text or LABELS['signed']}" for row in gone.itertuples()])


def state(own: pd.DataFrame) -> str:
    """The state of a cell in a word, from its rows of the log."""
    signed = own[own["status"] == "signed"]
    if signed.empty:
        return "chưa ký"
    return LABELS["dropped" if signed["why"].iloc[-1] else "signed"]


def told(own: pd.DataFrame) -> list[tuple[str, str]]:
    """What is said below a cell: why a sign-off does not hold, each remark."""
    rows = [(LABELS["dropped"], row.why) if row.why else (LABELS["remark"], row.text) for row in own.itertuples()]
    return [(label, text) for label, text in rows if text]
