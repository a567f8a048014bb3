"""What a batch writes of itself: the list of all files made, each opened once more, and the list of failures.

`manifest-<year>.csv` lists units × notebooks × formats (`listed`); `self_check` sees that every file is the one its row
says; `failures-<year>.csv` says what could not be made and which older report still stands (`keep_failures`).
"""

import html
import io
import re
import sys
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

from giamngheo import spreadsheets
from giamngheo.review import index
from giamngheo.run import processes
from giamngheo.store import anew, atomic_folders, manifest

ROW = ("unit", "year", "notebook", "format", "file", "sha256", "key")
STAMP = re.compile(rb"/20\d\d(?:-[a-z][a-z0-9_]*)?/[0-9a-f]{64}")  # a manifest key from its second part on: quick to find in megabytes
UNIT = re.compile(rb"[\w-]{1,80}$")
BEFORE = 1000  # bytes before it that may hold the unit


def listed(unit: str, year: int, out: Path, place: str = "") -> list[dict]:
    """A report's files as rows of the batch's manifest; none where there is no finished report.

    `place` is the name of its folder where that is not the year's number.
    """
    folder = f"{unit}/{place or year}"
    record = manifest.read(out / folder)
    if record is None:
        return []
    report, papers = manifest.report(record).partition(".")[0], manifest.files(record).values()
    return [
        {
            "unit": unit, "year": str(year), "notebook": report if name in papers else name.partition(".")[0],
            "format": name.rpartition(".")[2], "file": f"{folder}/{name}", "sha256": digest, "key": record["key"],
        }
        for name, digest in record["outputs"].items()
    ]  # fmt: skip


def self_check(out: Path, rows: list[dict]) -> list[processes.Outcome]:
    """The files that are not what their row says: other bytes, or another unit's, year's or key's stamp."""
    wrong = []
    for row in rows:
        content = (out / row["file"]).read_bytes()
        found = stamps(content, row["unit"])
        if manifest.sha256(content) != row["sha256"] or found != {row["key"].encode()}:
            cause = f"{row['file']} không phải là kết quả của {row['key']}: mang dấu {sorted(found)}"
            wrong.append(processes.Outcome(row["unit"], int(row["year"]), row["notebook"], cause=cause))
    return wrong


def stamps(content: bytes, unit: str = "") -> set[bytes]:
    """The manifest keys that a file carries; DOCX and XLSX carry them in their properties.

    A name of letters, digits and hyphens is known by itself; any other, as in HTML or XML, where it is `unit`'s.
    """
    if content.startswith(b"PK"):
        content = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml")
    own = {unit.encode(), html.escape(unit).encode(), html.escape(unit, quote=False).encode()} - {b""}
    return {stamp(content[max(0, found.start() - BEFORE) : found.start()], found[0], own, unit) for found in STAMP.finditer(content)}


def stamp(before: bytes, rest: bytes, own: set[bytes], unit: str) -> bytes:
    """A manifest key from its second part (`rest`) on and the bytes before it."""
    if before.endswith(tuple(own)):
        return unit.encode() + rest
    named = UNIT.search(before)
    return (named[0] if named else b"?") + rest


NOWHERE: Mapping[str, str] = {}
FAILURE = {"unit": "đơn vị", "notebook": "sổ", "cell": "ô", "cause": "nguyên nhân", "lines": "dòng số liệu"}


def failure_rows(failed: list[processes.Outcome], year: int, out: Path, places: Mapping[str, str] = NOWHERE) -> list[dict[str, str]]:
    """A row for each report that was not made; its last column is the key of the older report that still stands.

    `places` has the names of the units' folders that are not the year's number.
    """
    rows = []
    for outcome in sorted(failed, key=str):
        stands = (manifest.read(out / outcome.unit / places.get(outcome.unit, str(year))) or {}).get("key", "")
        rows.append({column: str(getattr(outcome, column) or "-") for column in FAILURE} | {"key": stands or "-"})
    return rows


def keep_failures(path: Path, rows: list[dict[str, str]], asked: Collection[str] | None) -> None:
    """Keep the table of failures as a file; where nothing failed there is no such file.

    What an earlier batch could not make and this one was not `asked` for stays in it; with None, all were asked for.
    """
    earlier = [row for row in index.failures(path) if asked is not None and row["unit"] not in asked]
    if earlier or rows:
        save(path, (*FAILURE, "key"), earlier + rows)
    else:
        path.unlink(missing_ok=True)


def tell_failures(rows: list[dict[str, str]], path: Path, year: int, out: Path, places: Mapping[str, str] = NOWHERE) -> None:
    """Print the table of failures, the first line of each cause, and where the rest can be read."""
    if not rows:
        return
    short = [[row[column].partition("\n")[0][:80] for column in FAILURE] for row in rows]
    widths = [max(map(len, column)) for column in zip(FAILURE.values(), *short, strict=True)]
    for line in [FAILURE.values(), *short]:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip(), file=sys.stderr)
    if path.is_file():
        print(f"Đầy đủ: {path}", file=sys.stderr)
    for place in sorted({atomic_folders.remains(out / row["unit"] / places.get(row["unit"], str(year))) for row in rows}):
        if place.exists():
            print(f"Sổ đang chạy dở: {place}", file=sys.stderr)


def save(path: Path, columns: tuple[str, ...], rows: list[dict]) -> None:
    """Write a table as CSV."""
    text = spreadsheets.csv_text([columns, *([row[column] for column in columns] for row in rows)])
    anew.put(path, text, text.partition("\n")[0])
