"""Make a finished report again from its data and compare every byte (of one file that came by mail: `mailed`).

Nothing is taken from what is verified: the report is made again from the data, the law and the code that are there, and one that
puts others together finds out the state of each of them for itself. A report that cannot be made again, or that somebody has
edited by hand, is told file by file, each place (`differences`).
"""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import nbformat

from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.report import document
from giamngheo.review import index
from giamngheo.run import differences, runner
from giamngheo.store import belongings, manifest


def main(this: Year, out: Path = Path("outputs"), engine_name: str = "") -> int:
    """Compare the report of a year below `out` with one made now; 0 when no byte differs."""
    kept = kinds.folder(out, this)
    record = manifest.read(kept)
    if record is None:
        print(f"{kept} chưa có báo cáo nào lập xong", file=sys.stderr)
        return 1
    formats = [kind for kind, name in manifest.files(record).items() if name in record["outputs"]]
    with tempfile.TemporaryDirectory() as place:
        again, now = made_again(this, Path(place), engine_name, formats)
        changed, found = changes(record, now), edited(kept) + between(kept, again) + stale(out, this.root)
    print(*changed, sep="\n", end="\n" * bool(changed))
    if found:
        print("Khác với báo cáo lập lại:", *found, sep="\n  ")
        return 1
    print(f"{len(record['outputs']) + 1} tệp của {record['key']} lập lại được, không khác một byte nào.")
    return 0


def made_again(this: Year, place: Path, engine_name: str, formats: list[str]) -> tuple[Path, dict]:
    """The report of a year made below `place` without a look at finished ones: its folder and its manifest."""
    alone = Year(this.root, this.unit, this.year, this.law, kind=this.kind)
    folder = runner.make(alone, place, engine_name, say=lambda _: None, formats=formats)
    record = manifest.read(folder)
    assert record is not None  # of a report that was just made
    return folder, record


def changes(before: dict, now: dict) -> list[str]:
    """What has changed since a report was made: first Python and the libraries, a line each, then the files.

    >>> changes({"versions": {"python": "3.11.2", "numpy": "2.4.0"}}, {"versions": {"python": "3.13.1", "numpy": "2.4.1"}})
    ['Lập bằng Python 3.11.2, nay là Python 3.13.1.', 'Thư viện khác phiên bản: numpy 2.4.0, nay là 2.4.1.']
    """
    then, there = before.get("versions", {}), now.get("versions", {})
    other = [name for name in sorted(then.keys() | there.keys()) if then.get(name) != there.get(name)]
    said = {name: f"{then.get(name, 'không có')}, nay là {there.get(name, 'không có')}" for name in other}
    python = said.pop("python", "")
    lines = [f"Lập bằng Python {python.replace('nay là', 'nay là Python')}."] * bool(python)
    lines += [f"Thư viện khác phiên bản: {'; '.join(f'{name} {versions}' for name, versions in said.items())}."] * bool(said)
    rest = manifest.changes(before | {"versions": there}, now)
    return lines + ["\n  ".join(["Đã thay đổi từ khi lập báo cáo:", *rest])] * bool(rest)


def edited(folder: Path) -> list[str]:
    """The files that are there and not as their manifest recorded them."""
    return [f"{name}: không còn như khi lập xong" for name in belongings.altered(folder) if (folder / name).is_file()]


def between(kept: Path, again: Path) -> list[str]:
    """Where the files of two folders differ, a line for each place."""
    names, figures = sorted({path.name for folder in (kept, again) for path in folder.iterdir()}), printed(again)
    lines = []
    for name in names:
        if not (kept / name).exists() or not (again / name).exists():
            lines.append(f"{name}: {'chỉ có trong bản lập lại' if (again / name).exists() else 'bản lập lại không có'}")
        elif not (kept / name).is_file():
            lines.append(f"{name}: không phải là một tệp")
        else:
            lines += differences.of(name, (kept / name).read_bytes(), (again / name).read_bytes(), figures)
    return lines


def printed(folder: Path) -> list[Mapping]:
    """The figures of the report in a folder that was just made."""
    record = manifest.read(folder) or {"outputs": {}}
    notebook = nbformat.read(folder / manifest.report(record), as_version=4)
    return list(document.from_notebook(notebook)["figures"].values())


def stale(out: Path, root: Path) -> list[str]:
    """A sentence where the index of a folder of reports does not say what its reports say."""
    page = out / index.FILE
    if not page.is_file() or page.read_bytes() == index.page(index.entries(out, root)).encode():
        return []
    return [f"{index.FILE}: không như các báo cáo đang có. Cách làm: chạy lại giamngheo report hoặc giamngheo batch"]
