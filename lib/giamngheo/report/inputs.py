"""Everything that goes into a report: the files of the unit, its neighbours and the law, and so the report's key."""

import errno
import json
from collections.abc import Iterable
from pathlib import Path

from giamngheo import shipped
from giamngheo.checks import complete
from giamngheo.findings import DataError, unusable
from giamngheo.intake import kinds, office, submissions
from giamngheo.intake.plain_files import frames, irregular, require_regular
from giamngheo.intake.unit import Year, unlisted, years
from giamngheo.law import dated
from giamngheo.law.dated import Law
from giamngheo.store.belongings import readable
from giamngheo.store.manifest import BOOKS, ROLLUP, files_below, hashed, keyed, sha256, unchanged


def paths(this: Year) -> list[Path]:
    """Every file of the data folder that a report reads: `Year.files`, and of what was sent before it."""
    return this.files() + submissions.read_again(this)


def laws(law: Law) -> dict[str, str]:
    """sha256 of every law table."""
    return {f"{name}.csv": unchanged(law.path(name)) for name in dated.TABLES}


def books(root: Path, names: Iterable[str]) -> list[Path]:
    """The notebooks of these names that the data folder `root` is used with."""
    return [shipped.notebook(root, name) for name in names]


def described(this: Year) -> dict:
    """The manifest of a unit's report before it is made, with its key."""
    whole = this.law.territory(this.year).is_whole(this.unit)
    return of_whole(this, {}) if whole else after_sent(this, own(this), kinds.books(this))


def key(this: Year, files: dict[str, str]) -> str:
    """The key of the report that these files make, by name with a hash (as `data`)."""
    whole = this.law.territory(this.year).is_whole(this.unit)
    return report(this, files, BOOKS + ROLLUP if whole else kinds.books(this))["key"]


def of_whole(parent: Year, known: dict[str, dict]) -> dict:
    """The manifest of the report that puts together the communes below `parent` (`below`), before it is made."""
    return after_sent(parent, below(parent, known), BOOKS + ROLLUP)


def report(this: Year, files: dict[str, str], names: Iterable[str]) -> dict:
    """The manifest of the report of a year and kind that is made from these files with the notebooks of these names."""
    kind = kinds.of(this)
    about = {"unit": this.unit, "year": this.year, "kind": kind.code, "file": kind.file}
    return keyed(about, kinds.place(this), files, books(this.root, names))


def after_sent(this: Year, inputs: dict[str, str], names: Iterable[str]) -> dict:
    """The manifest of a report made from `inputs` with the notebooks of these names.

    The records of what was sent before it are inputs too, since beside them it may only be a draft or a correction. One
    that is still as it was sent has the key it was sent with, and is not made from its own record.
    """
    sent, notebooks = submissions.of(this), list(names)
    for before in range(len(sent)):
        record = report(this, inputs | told(this, sent[:before]), notebooks)
        if record["key"] == sent[before].key:
            return record
    return report(this, inputs | told(this, sent) | lines_beside(this, sent), notebooks)


def lines_beside(this: Year, sent: list[submissions.Submission]) -> dict[str, str]:
    """sha256 of the lines of report.yml, which a draft beside what was sent names; {} for the first report and a correction."""
    given = office.of_kind(office.told(this, "report.yml").values, this)
    free = submissions.named(given) not in [one.name for one in sent]
    if not sent or (free and submissions.named(given.get("replaces") or {}) == submissions.in_force(sent)[-1].name):
        return {}
    name = f"{this.unit}/{submissions.FOLDER}/{kinds.place(this)}/report.yml"
    return {name: sha256(json.dumps(told_lines(this), sort_keys=True).encode())}


def told_lines(this: Year) -> dict[str, int]:
    """The lines of what report.yml says of the report of this kind."""
    return {place: line for place, line in office.told(this, "report.yml").lines.items() if kinds.is_told(this, place)}


def told(this: Year, sent: list[submissions.Submission]) -> dict[str, str]:
    """sha256 of the record of each submission."""
    return hashed(submissions.records(sent), this.root)


def data(this: Year) -> dict[str, str]:
    """sha256 of what goes into a unit's report of the data folder: of each file, or of each commune `below`."""
    if submissions.of(this):
        return described(this)["inputs"]
    return below(this, {}) if this.law.territory(this.year).is_whole(this.unit) else own(this)


def own(this: Year) -> dict[str, str]:
    """sha256 of each file of a unit's year and of the law."""
    return of_the_kind(this, hashed(this.files(), this.root)) | laws(this.law)


def of_the_kind(this: Year, files: dict[str, str]) -> dict[str, str]:
    """The hashes of the year's files with that of the kind's part of `report.yml` in the place of the whole of it."""
    name = f"{this.place}/report.yml"
    if name not in files or office.told(this, "report.yml").refused:
        return files
    said = [kinds.told(this), {} if complete.settled(this) else told_lines(this)]  # lines are told of what a final lacks
    part = {f"{name} [{office.kind(this)}]": sha256(json.dumps(said, sort_keys=True).encode())}
    return {file: digest for file, digest in files.items() if file != name} | part


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
    read = {unit: known[unit]["inputs"] if unit in known else as_found(parent.other(unit)) for unit in there}
    each = {f"{unit}/{year}": one_hash(files, parent.law) for unit, files in read.items()}
    without = [unit for unit in units if unit not in read]
    beside = files_below(parent.folder) + frames(root, [parent.unit])
    require_regular(beside, root)
    named = standing(frames(root, without), root)
    return each | of_the_kind(parent, hashed(beside, root)) | named | law


def one_hash(files: dict[str, str], law: Law) -> str:
    """One hash of all the files that go into a commune's report, the law's left out."""
    return sha256(json.dumps({name: digest for name, digest in files.items() if name not in laws(law)}, sort_keys=True).encode())


def as_found(this: Year) -> dict[str, str]:
    """What goes into a commune's report, also where some of it cannot be read (`standing`)."""
    found = of_the_kind(this, standing(this.found(), this.root)) | laws(this.law)
    try:
        return after_sent(this, found, BOOKS)["inputs"]
    except DataError as broken:
        return found | {finding.file: sha256(finding.rule.encode()) for finding in broken.findings}


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
