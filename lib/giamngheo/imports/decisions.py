"""What a person decides of the doubtful rows of a list of households: a small file beside the list, `giu` or `bo`.

    <list>.quyet-dinh.csv    van_de, dong, cung_dong, quyet_dinh, danh_sach

A line with `*` as its row decides all rows of that kind that have no line of their own filled in. `danh_sach` is of the
list's bytes: decisions are of that list and no other. No name of a person is in it.
"""

import hashlib
from pathlib import Path

from giamngheo import limits
from giamngheo.findings import DataError, Finding
from giamngheo.imports.listed import MEANT, UNSURE, Doubt, Listed
from giamngheo.intake import csvfile
from giamngheo.intake.cell import shown
from giamngheo.spreadsheets import csv_text
from giamngheo.store import atomic
from giamngheo.vietnamese.text import clean, identity

COLUMNS = ("van_de", "dong", "cung_dong", "quyet_dinh", "danh_sach")
WORDS = {identity(word): meant for word, meant in (("giu", "giu"), ("giữ", "giu"), ("bo", "bo"), ("bỏ", "bo"))}
ALL = "*"

Decided = dict[tuple[str, str], str]  # by kind and row


def beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}.quyet-dinh.csv")


def of_list(path: Path) -> str:
    return "sha256-" + hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def read(path: Path) -> Decided:
    """The decisions beside a list; {} where there are none. Raises DataError for a word that is none, or another list's decisions."""
    file = beside(path)
    if not file.exists():
        return {}
    grid = csvfile.grid(limits.head(file, limits.TABLE), file.name, COLUMNS)
    if grid.findings:
        raise DataError(grid.findings)
    header = next(iter(grid.rows), None)
    at = {clean(shown(cell)): position for position, cell in enumerate(header.cells) if cell is not None} if header else {}
    if set(COLUMNS) - at.keys():
        raise DataError([grid.refusal(f"dòng đầu phải có các cột {', '.join(COLUMNS)}", "xoá tệp này rồi chạy lại để lập tệp mới", 1)])
    found: Decided = {}
    for row in grid.rows[1:]:
        kind, place, word, made_of = (said(row.at(at[name])) for name in ("van_de", "dong", "quyet_dinh", "danh_sach"))
        if row.blank or not word:
            continue
        if identity(word) not in WORDS:
            rule = "quyết định phải là giu hoặc bo"
            raise DataError([Finding(file.name, rule, "ghi giu hoặc bo", row=row.number, header="quyet_dinh", value=word)])
        if made_of != of_list(path):
            rule = "quyết định này là của một danh sách khác, hoặc danh sách đã đổi từ khi quyết định"
            raise DataError([Finding(file.name, rule, "đổi tên tệp này rồi chạy lại để lập tệp mới", row=row.number)])
        found[kind, place] = WORDS[identity(word)]
    return found


def said(cell: object) -> str:
    return "" if cell is None else clean(shown(cell))


def decided(doubt: Doubt, decisions: Decided) -> str:
    """What was decided of a doubt: `giu`, `bo`, or "" where nothing was."""
    return decisions.get((doubt.kind, str(doubt.row))) or decisions.get((doubt.kind, ALL), "")


def open_doubts(listed: Listed, decisions: Decided) -> list[Doubt]:
    return [doubt for doubt in listed.doubts if not decided(doubt, decisions)]


def dropped(listed: Listed, decisions: Decided) -> set[int]:
    """The rows that are not counted; with a name that is no village's all rows that have it."""
    gone = [doubt for doubt in listed.doubts if decided(doubt, decisions) == "bo"]
    return {doubt.row for doubt in gone} | {row for doubt in gone if doubt.kind == UNSURE for row in doubt.others}


def offer(path: Path, listed: Listed, decisions: Decided) -> Path:
    """Write the file of decisions with a line for every doubt; those made stay as they are."""
    file, made_of = beside(path), of_list(path)
    rows: list[tuple] = [COLUMNS]
    for kind in dict.fromkeys(doubt.kind for doubt in listed.doubts):
        rows.append((kind, ALL, MEANT[kind], decisions.get((kind, ALL), ""), made_of))
        for doubt in (doubt for doubt in listed.doubts if doubt.kind == kind):
            others = " ".join(map(str, doubt.others))
            rows.append((kind, str(doubt.row), f"dòng {others}" if others else "", decisions.get((kind, str(doubt.row)), ""), made_of))
    atomic.put(file, csv_text(rows), "utf-8-sig")
    return file
