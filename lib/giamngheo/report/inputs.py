"""Everything that goes into a report: the files of the unit, its neighbours and the law, and so the report's key."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.intake.unit import Year, years
from giamngheo.law import dated
from giamngheo.law.dated import Law
from giamngheo.store.belongings import readable
from giamngheo.store.manifest import BOOKS, ROLLUP, files_below, hashed, keyed, sha256, unchanged


def paths(this: Year) -> list[Path]:
    """Every file of the data folder that a report reads: both years and the frame of the unit and its predecessors."""
    last = str(this.year - 1)
    places = [this.folder, this.root / this.unit / last, *(this.root / name / last for name in this.merged)]
    found = [path for place in places for path in files_below(place)] + frames(this.root, [this.unit, *this.merged])
    if wrong := [finding for path in found for finding in irregular(path, this.root)]:
        raise DataError(wrong)
    return found


def irregular(path: Path, root: Path) -> list[Finding]:
    """What makes a file one that no report can be made from: no plain file, a broken link, a name that is no text."""
    file, name = readable(path.relative_to(root)), os.fsencode(path)
    if name.decode("utf-8", "replace").encode() != name:
        rule, remedy = "tên tệp có ký tự không đọc được", "đổi tên tệp, hoặc dời nó khỏi thư mục số liệu"
    elif not path.exists():
        rule, remedy = "là liên kết hỏng", "xóa liên kết này, hoặc chép tệp thật vào đây"
    elif not path.is_file():
        rule, remedy = "không phải tệp thường (ống dẫn hay thiết bị)", "dời nó khỏi thư mục số liệu"
    else:
        return []
    return [Finding(file, rule, remedy)]


def frames(root: Path, units: Iterable[str]) -> list[Path]:
    """The `unit.yml` of each unit that has one."""
    files = (root / unit / "unit.yml" for unit in units)
    return [path for path in files if path.exists()]


def laws(law: Law) -> dict[str, str]:
    """sha256 of every law table."""
    return {f"{name}.csv": unchanged(law.path(name)) for name in dated.TABLES}


def described(this: Year) -> dict:
    """The manifest of a unit's report before it is made, with its key."""
    if this.law.territory(this.year).is_whole(this.unit):
        return of_whole(this, {})
    return keyed(this.unit, this.year, hashed(paths(this), this.root) | laws(this.law), BOOKS)


def of_whole(parent: Year, known: dict[str, dict]) -> dict:
    """The manifest of the report that puts together the communes below `parent`, before it is made.

    All that goes into the communes' reports goes into this one, of their files one hash for each commune; of a
    commune without data only the name does. `known` has the manifests (`described`) of communes for which that is
    worked out already.
    """
    root, year = parent.root, parent.year
    units, law = parent.law.territory(year).communes[parent.unit], laws(parent.law)
    there = [unit for unit in units if year in years(root, unit)]
    read = {unit: (known.get(unit) or described(parent.other(unit)))["inputs"] for unit in there}
    own = {unit: {name: digest for name, digest in files.items() if name not in law} for unit, files in read.items()}
    below = {f"{unit}/{year}": sha256(json.dumps(files, sort_keys=True).encode()) for unit, files in own.items()}
    without = [unit for unit in units if unit not in own]
    beside = files_below(parent.folder) + frames(root, [parent.unit, *without])
    return keyed(parent.unit, year, below | hashed(beside, root) | law, BOOKS + ROLLUP)
