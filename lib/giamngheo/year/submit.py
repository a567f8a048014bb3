"""Sending a report: the final that stands is kept as it is, whole, beside the data (`intake.submissions`).

Whole or not at all: the copy is made beside its place and takes it in one step, the record in it. A report that is a
draft, that was changed after it was made or that today's data would make otherwise is not the one to keep.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import nbformat

from giamngheo.findings import DataError, Finding
from giamngheo.intake import kinds, office, submissions
from giamngheo.intake.submissions import Submission, named
from giamngheo.intake.unit import Year
from giamngheo.report import document, inputs
from giamngheo.report.after_submission import changed_since
from giamngheo.run import moment
from giamngheo.store import atomic_folders, belongings, manifest
from giamngheo.store.belongings import readable
from giamngheo.store.manifest import sha256


def submit(this: Year, out: Path, sent: dt.date, tell: Callable[[str], None] = print) -> tuple[Submission, bool]:
    """Keep the final report of a year below `out`, which went out on the day `sent`; and whether that is new.

    The very same report is kept once. Raises DataError where there is none to keep, naming everything that is in the way.
    """
    folder = kinds.folder(out, this)
    with moment.at_rest(this):
        record = finished(folder)
        given = office.report(this)
        require_final(this, folder, record, given)
        files = {name: (folder / name).read_bytes() for name in [*record["outputs"], manifest.FILE]}
        before = {one.name: one for one in submissions.of(this)}
    one = described(this, given, record, files, sent)
    if one.name in before:
        return require_same(before[one.name], one), False
    require_whole(before.values())
    if one.sent < one.date or one.sent > dt.date.today():
        rule = f"ngày gửi phải từ ngày của báo cáo ({one.date:%d/%m/%Y}) đến hôm nay"
        raise refused("--sent", rule, "ghi ngày đã gửi, ví dụ --sent 05/02/2024", f"{one.sent:%d/%m/%Y}")
    keep(one, files, tell)
    return one, True


def finished(folder: Path) -> dict:
    record = manifest.read(folder)
    if record is None:
        raise refused(readable(folder), "chưa có báo cáo nào lập xong để nộp", "chạy giamngheo report --final trước")
    return record


def require_final(this: Year, folder: Path, record: dict, given: dict) -> None:
    """Refuse a report that is not ready to be kept, with every reason."""
    place, again = readable(folder), "chạy lại giamngheo report --final, xem lại bản mới rồi nộp"
    found = [Finding(f"{this.place}/report.yml", f"chưa có {what}", f"ghi {what} văn thư đã cấp vào {name}, rồi {again}")
             for name, what in (("number", "số của báo cáo"), ("date", "ngày của báo cáo")) if not given.get(name)]  # fmt: skip
    if record["draft"]:
        rule = f"báo cáo còn là DỰ THẢO vì: {'; '.join(record['draft'])}"
        found.append(Finding(place, rule, "xử lý các điều này rồi chạy giamngheo report --final"))
    absent = [name for name in record["outputs"] if not (folder / name).is_file()]
    altered = [name for name in belongings.altered(folder) if name not in absent]
    found += [Finding(f"{place}/{name}", "tệp của báo cáo đã mất", again) for name in absent]
    remedy = f"dời tệp đã sửa đi nơi khác, {again}; chữ cần sửa thì sửa ở lời văn, số liệu"
    found += [Finding(f"{place}/{name}", "đã bị sửa sau khi lập", remedy) for name in altered]
    now = inputs.described(this)
    if record["key"] != now["key"]:
        found.append(Finding(place, f"báo cáo không còn đúng với số liệu hiện nay: {changed_since(record, now)}", again))
    if found:
        raise DataError(found)


def described(this: Year, given: dict, record: dict, files: dict[str, bytes], sent: dt.date) -> Submission:
    """The submission of these files, with who they went to as the report itself says."""
    notebook = nbformat.reads(files[manifest.report(record)].decode(), as_version=4)
    blocks = {block["type"]: block for block in document.from_notebook(notebook)["blocks"]}
    date = submissions.day(given["date"])
    return Submission(
        folder=submissions.place(this) / named(given),
        kind=record.get("kind", ""),
        number=submissions.number(given["number"]),
        date=date,
        sent=sent,
        replaces=named(given.get("replaces") or {}),
        addressees=tuple(blocks["letterhead"]["addressees"]),
        recipients=tuple(line.rstrip(".;") for line in blocks["signature"]["recipients"]),
        key=record["key"],
        files={name: sha256(content) for name, content in sorted(files.items())},
    )


def require_same(kept: Submission, one: Submission) -> Submission:
    """The one that was kept, where it is this very report and whole; else DataError."""
    if kept.files != one.files:
        rule = f"{kept} đã nộp ngày {kept.sent:%d/%m/%Y} với nội dung khác"
        raise refused(readable(kept.folder), rule, "báo cáo thay thế phải có số, ngày mới và mục replaces trong report.yml")
    require_whole([kept])
    return kept


def require_whole(kept: Iterable[Submission]) -> None:
    """Refuse to go on from what was sent where that is no longer as it was sent, naming every file."""
    found: list[Finding] = []
    for path in (one.folder / name for one in kept for name in one.altered()):
        rule = "không còn như khi nộp" if path.exists() else "tệp đã nộp không còn"
        found += submissions.broken(path, rule, "lấy lại tệp này từ kho git hoặc bản sao lưu").findings
    if found:
        raise DataError(found)


def keep(one: Submission, files: dict[str, bytes], tell: Callable[[str], None]) -> None:
    """Put the files and the record in their place in one step."""

    def require_free(place: Path) -> None:
        if os.path.lexists(place):
            raise refused(readable(place), "một lần chạy khác vừa ghi bản nộp này", "chạy lại lệnh này để xem")

    with atomic_folders.workshop(one.folder, tell=tell, require=require_free) as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        (folder / submissions.RECORD).write_text(one.record(), encoding="utf-8")


def refused(place: str, rule: str, remedy: str, value: str = "") -> DataError:
    return DataError([Finding(place, rule, remedy, value=value)])


def text(one: Submission, new: bool) -> str:
    """What was kept, for the terminal."""
    if not new:
        return f"{one} đã ghi nhận là nộp ngày {one.sent:%d/%m/%Y}, không khác một byte nào: {readable(one.folder)}"
    told = [f"Đã ghi nhận nộp {one}, gửi ngày {one.sent:%d/%m/%Y}: {', '.join(one.addressees)}."]
    told += [f"{len(one.files)} tệp giữ nguyên tại {readable(one.folder)}; hồ sơ: {submissions.RECORD}."]
    return "\n".join([*told, "Từ đây số liệu, lời văn thay đổi thì phải lập báo cáo thay thế (số, ngày mới; mục replaces trong report.yml)."])
