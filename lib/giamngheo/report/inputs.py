"""Everything that goes into a report: the files of the unit, its neighbours and the law, and so the report's key."""

import errno
import json
from collections.abc import Iterable
from pathlib import Path

from giamngheo import shipped
from giamngheo.findings import unusable
from giamngheo.intake.plain_files import frames, irregular, require_regular
from giamngheo.intake.unit import Year, unlisted, years
from giamngheo.law import dated
from giamngheo.law.dated import Law
from giamngheo.store.belongings import readable
from giamngheo.store.manifest import BOOKS, ROLLUP, files_below, hashed, keyed, sha256, unchanged


def paths(this: Year) -> list[Path]:
    """Every file of the data folder that a report reads (`Year.files`)."""
    return this.files()


def laws(law: Law) -> dict[str, str]:
    """sha256 of every law table."""
    return {f"{name}.csv": unchanged(law.path(name)) for name in dated.TABLES}


def books(root: Path, names: Iterable[str]) -> list[Path]:
    """The notebooks of these names that the data folder `root` is used with."""
    return [shipped.notebook(root, name) for name in names]


def described(this: Year) -> dict:
    """The manifest of a unit's report before it is made, with its key."""
    whole = this.law.territory(this.year).is_whole(this.unit)
    return of_whole(this, {}) if whole else keyed(this.unit, this.year, data(this), books(this.root, BOOKS))


def key(this: Year, files: dict[str, str]) -> str:
    """The key of the report that these files make, by name with a hash (as `data`)."""
    whole = this.law.territory(this.year).is_whole(this.unit)
    return keyed(this.unit, this.year, files, books(this.root, BOOKS + ROLLUP if whole else BOOKS))["key"]


def of_whole(parent: Year, known: dict[str, dict]) -> dict:
    """The manifest of the report that puts together the communes below `parent` (`below`), before it is made."""
    return keyed(parent.unit, parent.year, below(parent, known), books(parent.root, BOOKS + ROLLUP))


def data(this: Year) -> dict[str, str]:
    """sha256 of what goes into a unit's report of the data folder: of each file, or of each commune `below`."""
    if this.law.territory(this.year).is_whole(this.unit):
        return below(this, {})
    return hashed(paths(this), this.root) | laws(this.law)


def below(parent: Year, known: dict[str, dict]) -> dict[str, str]:
    """sha256 of what goes into the report that puts together the communes below `parent`.

    All that goes into the communes' reports goes into this one, of their files one hash for each commune; of a
    commune without data only the name does. `known` has the manifests (`described`) of communes for which that is
    worked out already. What is no file among a commune's, or cannot be read, is that commune's fault and said of it;
    among the parent's own it is refused. Raises PermissionError for a commune that may not be looked into, since
    nobody knows whether it has data.
    """
    root, year = parent.root, parent.year
    units, law = parent.law.territory(year).communes[parent.unit], laws(parent.law)
    for unit in set(units).intersection(unlisted(root)):
        raise PermissionError(errno.EACCES, "Permission denied", str(root / unit))
    there = [unit for unit in units if year in years(root, unit)]
    read = {unit: known[unit]["inputs"] if unit in known else standing(parent.other(unit).found(), root) for unit in there}
    own = {unit: {name: digest for name, digest in files.items() if name not in law} for unit, files in read.items()}
    each = {f"{unit}/{year}": sha256(json.dumps(files, sort_keys=True).encode()) for unit, files in own.items()}
    without = [unit for unit in units if unit not in own]
    beside = files_below(parent.folder) + frames(root, [parent.unit])
    require_regular(beside, root)
    named = standing(frames(root, without), root)
    return each | hashed(beside, root) | named | law


def standing(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """sha256 of each file, as `hashed`; of what cannot be read, of the reason."""
    found: dict[str, str] = {}
    for path in paths:
        wrong = irregular(path, root)
        try:
            found |= hashed([] if wrong else [path], root)
        except OSError as error:
            wrong = list(unusable(error).findings)
        found |= {readable(path.relative_to(root)): sha256(finding.rule.encode()) for finding in wrong}
    return found
