"""Make a finished report again from its manifest and compare every byte.

A report that cannot be made again, or that somebody has edited by hand, is told file by file: for text and
notebooks the first line that differs, for the parts of a DOCX the part, for a PDF the first byte.
"""

import io
import sys
import tempfile
import zipfile
from itertools import zip_longest
from pathlib import Path

from giamngheo.intake.unit import Year
from giamngheo.run import runner
from giamngheo.store import manifest

TEXT = (".html", ".ipynb", ".json", ".xml", ".rels")
SHOWN = 80  # characters of a differing line


def main(this: Year, out: Path = Path("outputs"), engine_name: str = "") -> int:
    """Compare the report of a year below `out` with one made now; 0 when no byte differs."""
    kept = out / this.unit / str(this.year)
    record = manifest.read(kept)
    if record is None:
        print(f"{kept} chưa có báo cáo nào lập xong", file=sys.stderr)
        return 1
    formats = [kind for kind in runner.FORMATS if f"bao-cao.{kind}" in record["outputs"]]
    with tempfile.TemporaryDirectory() as place:
        again = runner.make(this, Path(place), engine_name, say=lambda _: None, formats=formats)
        now = manifest.read(again)
        assert now is not None  # of a report that was just made
        changed = manifest.changes(record, now)
        found = edited(kept, record) + differences(kept, again)
    if changed:
        print("Đã thay đổi từ khi lập báo cáo:", *changed, sep="\n  ")
    if found:
        print("Khác với báo cáo lập lại:", *found, sep="\n  ")
        return 1
    print(f"{len(record['outputs']) + 1} tệp của {record['key']} lập lại được, không khác một byte nào.")
    return 0


def edited(folder: Path, record: dict) -> list[str]:
    """The files that are not as their manifest recorded them."""
    return [
        f"{name}: không còn như khi lập xong"
        for name, digest in record["outputs"].items()
        if (folder / name).is_file() and manifest.sha256((folder / name).read_bytes()) != digest
    ]


def differences(kept: Path, again: Path) -> list[str]:
    """Where the files of two folders differ, one line each."""
    names = sorted({path.name for folder in (kept, again) for path in folder.iterdir()})
    lines = []
    for name in names:
        if not (kept / name).exists() or not (again / name).exists():
            lines.append(f"{name}: {'chỉ có trong bản lập lại' if (again / name).exists() else 'bản lập lại không có'}")
        elif not (kept / name).is_file():
            lines.append(f"{name}: không phải là một tệp")
        else:
            lines += difference(name, (kept / name).read_bytes(), (again / name).read_bytes())
    return lines


def difference(name: str, kept: bytes, again: bytes) -> list[str]:
    """The first difference of one file; none where the bytes are equal.

    >>> difference("a.html", b"<p>\\n1\\n", b"<p>\\n2\\n")
    ['a.html, dòng 2: “1⏎”, lập lại: “2⏎”']
    >>> difference("a.pdf", b"%PDF-1", b"%PDF-2")
    ['a.pdf: khác từ byte thứ 6']
    """
    if kept == again:
        return []
    if name.endswith(".docx"):
        return parts(name, kept, again) or [f"{name}: khác ở phần đầu của tệp nén"]
    if not name.endswith(TEXT):
        place = next(n for n, (a, b) in enumerate(zip_longest(kept, again), 1) if a != b)
        return [f"{name}: khác từ byte thứ {place}"]
    both = zip_longest(kept.splitlines(keepends=True), again.splitlines(keepends=True), fillvalue=b"")
    number, (old, new) = next((n, pair) for n, pair in enumerate(both, 1) if pair[0] != pair[1])
    return [f"{name}, dòng {number}: “{shown(old, new)}”, lập lại: “{shown(new, old)}”"]


def shown(line: bytes, other: bytes) -> str:
    """The line from just before the place where it differs from the other."""
    text, than = line.decode(errors="replace"), other.decode(errors="replace")
    place = next((n for n, (a, b) in enumerate(zip_longest(text, than)) if a != b), 0)
    begin = max(0, place - SHOWN // 4)
    return "…" * bool(begin) + text[begin : begin + SHOWN].replace("\n", "⏎") + "…" * (len(text) > begin + SHOWN)


def parts(name: str, kept: bytes, again: bytes) -> list[str]:
    """The differing parts of two zip files."""
    old, new = (unzipped(content) for content in (kept, again))
    lines = [f"{name}!{part}: chỉ có ở một bản" for part in sorted(old.keys() ^ new.keys())]
    for part in sorted(old.keys() & new.keys()):
        lines += [f"{name}!{line}" for line in difference(part, old[part], new[part])]
    return lines


def unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of a zip file; none where it is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {part: archive.read(part) for part in archive.namelist()}
    except zipfile.BadZipFile:
        return {}
