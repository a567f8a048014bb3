"""One unit's year, opened once and handed down: everything that is asked of a year is asked of a `Year`.

    data/<unit>/<year>/<table>.csv      one table each, or
    data/<unit>/<year>/so-lieu.xlsx     one workbook, its sheets named as the tables
    data/<unit>/unit.yml                the unit's letterhead (`office`), data/<unit>/<year>/report.yml its number and date
    data/<unit>/<year>/narrative/       the report's words (`narrative`)

A table whose file or sheet is not there is empty: nothing is known of it. Only `review` must be there.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from giamngheo.findings import DataError, Finding
from giamngheo.intake import plain_files
from giamngheo.intake.folder import Tables
from giamngheo.intake.table import Reading
from giamngheo.law import dated, dictionary, unit_name
from giamngheo.law.dated import Law
from giamngheo.store.cache import since
from giamngheo.vietnamese.text import ask

MOST = 64  # years that stay opened beside one another


class Year:
    """A unit's year below the data folder `root`, with its law and its neighbours.

    Nothing is read before it is asked for, and nothing twice while no file changes; `kept` holds what has been worked
    out. `reports` is where finished reports lie, for a unit whose report puts others together; None where nobody looks.
    `kind` is the kind of report it is opened for, "" for the year's main one (`intake.kinds`).
    """

    def __init__(self, root: Path, unit: str, year: int, law: Law | None = None, reports: Path | None = None, kind: str = ""):
        self.root, self.unit, self.year, self.reports, self.kind = Path(root), unit, int(year), reports, kind
        self.place = f"{unit}/{self.year}"
        self.folder = self.root / unit / str(self.year)
        self.law = law or Law(self.root)
        self.kept: dict[str, Any] = {}
        self._state: tuple = ()
        self._beside = {(unit, self.year): self}

    def table(self, name: str) -> pd.DataFrame:
        """The rows of one table, checked against the dictionary.

        Columns in dictionary order, then `found_at`, the file and line of each row. Counts, money and years are
        Int64 (blank = <NA>), decimals are Fraction, dates and months datetime64, text str ("" = blank).
        Raises DataError with every finding of the table.
        """
        known = dictionary.tables()
        if name not in known:
            remedy = f"dùng một trong các bảng{ask(name, known)}: {', '.join(known)}"
            raise DataError([Finding("data/dictionary.csv", "không có bảng này", remedy, value=name)])
        self.require()
        self.state()
        reading = self.reading(name)
        if reading.refused:
            raise DataError(finding for finding in reading.findings if finding.level == "refuse")
        return reading.frame()

    def reading(self, table: str) -> Reading:
        """What one table says and what is wrong with it, as last read (`state` notices files that change)."""
        return self._tables.reading(table)

    def findings(self, reads: Callable[[str], bool] = bool) -> list[Finding]:
        """Everything wrong within any table of the year that `reads` names, and the files and sheets that nobody reads."""
        return self._tables.findings(reads)

    @property
    def _tables(self) -> Tables:
        if "tables" not in self.kept:
            self.kept["tables"] = Tables(self.folder, self.place, self.year, self.law)
        return self.kept["tables"]

    @property
    def years(self) -> list[int]:
        """The years the unit has a folder for, in order; none for an unknown unit."""
        return years(self.root, self.unit)

    @property
    def last(self) -> "Year | None":
        """The unit's year before; None where it has none."""
        return self.other(year=self.year - 1) if self.year - 1 in self.years else None

    @property
    def merged(self) -> list[str]:
        """The units that were merged into this one."""
        return self.law.predecessors(self.unit)

    @property
    def last_merged(self) -> list[str]:
        """Those of them that were still there at the end of the year before, and so had a result of it of their own."""
        return [unit for unit in self.merged if unit in self.law.territory(self.year - 1).units]

    def other(self, unit: str = "", year: int | None = None) -> "Year":
        """Another unit's or another year, below the same folder and under the same law; the last few stay opened."""
        named = (unit or self.unit, self.year if year is None else year)
        if named not in self._beside:
            if len(self._beside) > MOST:
                self._beside.pop(next(iter(self._beside)))
            self._beside[named] = Year(self.root, *named, self.law, self.reports, self.kind)
            self._beside[named]._beside = self._beside
        self._beside[named].state()
        return self._beside[named]

    def of_kind(self, kind: str) -> "Year":
        """The same year, opened for another kind of report."""
        return self if kind == self.kind else Year(self.root, self.unit, self.year, self.law, self.reports, kind)

    def require(self) -> None:
        """Raises DataError that names the units or years there are where this one is not there, and what is no file in it."""
        self.require_commune()
        if not self.years:
            raise DataError([_absent(self.unit, "không có đơn vị này", self.unit, units(self.root), "các đơn vị đang có")])
        if self.year not in self.years:
            listed = [str(one) for one in self.years]
            rule = "không có số liệu của năm này"
            raise DataError([_absent(self.place, rule, str(self.year), listed, "các năm đang có")])
        self.files()

    def require_commune(self) -> None:
        """Raises DataError of a unit that has communes below it and so no data of its own, saying what to run instead."""
        communes, there = self.law.territory(self.year).communes.get(self.unit), units(self.root)
        if not communes:
            return
        rule = f"{self.law.unit_name(self.unit)} không có số liệu riêng: báo cáo của đơn vị này cộng số liệu của các xã trên địa bàn"
        listed = ", ".join(unit for unit in communes if unit in there) or "chưa có"
        remedy = (
            f"kiểm tra từng xã: giamngheo check --unit <xã> --year {self.year}, các xã đang có: {listed}; lập báo cáo tổng hợp: "
            f"giamngheo report --unit {self.unit} --year {self.year}"
        )
        raise DataError([Finding(self.unit, rule, remedy)])

    def require_folder(self, or_row: bool = False) -> None:
        """Raises DataError where the unit has no folder (nor a row of the map), asking for the nearest that has."""
        there = [*_folders(self.root), *(row["unit"] for row in self.law.rows("units") if or_row)]
        if self.unit not in there:
            remedy = f"mở đơn vị mới: giamngheo new-unit --unit {self.unit} --year {self.year}{ask(self.unit, there)}"
            raise DataError([Finding(self.unit, "không có thư mục của đơn vị này", remedy)])

    def files(self) -> list[Path]:
        """Every file of the data folder that a report reads: both years and the frame of the unit and its predecessors.

        Raises DataError where something else stands in the place of one.
        """
        found = self.found()
        plain_files.require_regular(found, self.root)
        return found

    def found(self) -> list[Path]:
        """What stands where `files` are, also what is none."""
        last = str(self.year - 1)
        places = [self.folder, *(self.root / unit / last for unit in (self.unit, *self.merged))]
        return [path for place in places for path in plain_files.below(place)] + plain_files.frames(self.root, [self.unit, *self.merged])

    def state(self) -> tuple:
        """When every file of the unit, of those merged into it and of the law was last written, and its size.

        Where that has changed since it was asked last, what was read and worked out before is forgotten.
        """
        places = [self.root / name for name in (self.unit, *self.merged)]
        own = [f"{folder}/{name}" for place in places for folder, _, names in os.walk(place) for name in names]
        every = [*sorted(own), *map(self.law.place, dated.TABLES)]
        now = tuple((file, *since(seen(file))) for file in every)
        if now != self._state:
            self._state, self.kept = now, {}
        return now

    def once(self, question: str, work: Callable[[], object]):
        """What `work` answers to the question, worked out once while no file changes."""
        self.state()
        if question not in self.kept:
            self.kept[question] = work()
        return self.kept[question]


def seen(file: str) -> os.stat_result:
    """The state of a file, of a link that leads nowhere its own."""
    try:
        return os.stat(file)
    except OSError:
        return os.lstat(file)


def units(root: Path) -> list[str]:
    """The folders of the data folder `root` that hold a year, sorted."""
    return [name for name in _folders(root) if years(root, name)]


def years(root: Path, unit: str) -> list[int]:
    """The years a unit has a folder for, in order; none for an unknown unit and for what is no unit's name."""
    return sorted(int(name) for name in (_folders(root / unit) if unit_name.is_plain(unit) else ()) if name.isdecimal())


def meant(root: Path, given: str) -> str:
    """The unit that is meant by a name somebody typed: that of a folder, else one of the map, else as given.

    Raises DataError for what is no unit's name.
    """
    folder = unit_name.resolved(given, _folders(root))
    return folder if (root / folder).is_dir() else unit_name.resolved(folder, (row["unit"] for row in Law(root).rows("units")))


def unlisted(root: Path) -> list[str]:
    """The units' folders that may not be looked into; whether they hold a year is not known."""
    return [name for name in _folders(root) if not os.access(root / name, os.R_OK | os.X_OK)]


def misnamed(root: Path, year: int) -> list[str]:
    """The folders that hold the year but whose name no unit can have; hidden ones are nobody's unit."""
    wrong = (name for name in _folders(root) if not unit_name.is_plain(name) and not name.startswith("."))
    return [name for name in wrong if str(year) in _folders(root / name)]


def _folders(place: Path) -> list[str]:
    """The names of the folders in `place`, sorted; none where it is no folder. A link that leads round is none."""
    try:
        with os.scandir(place) as found:
            return sorted(entry.name for entry in found if os.path.isdir(entry.path))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return []


def _absent(place: str, rule: str, wanted: str, there: list[str], heading: str) -> Finding:
    remedy = f"{heading}{ask(wanted, there)}: {', '.join(there) or 'chưa có'}"
    return Finding(place, rule, remedy)
