"""The law and the map of a data folder: poverty standards, indicators, programme, form categories, units.

Each is a table whose rows carry `valid_from` and `valid_to` (ISO dates, blank = open), the decree, the source and how
sure we are of it. A change of law is a new row, never a change of code.
"""

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from giamngheo import limits
from giamngheo.findings import DataError, Finding
from giamngheo.law import beside, lawfile, unit_name
from giamngheo.law.beside import BESIDE
from giamngheo.law.dictionary import FILE, PROJECT_DATA
from giamngheo.law.territory import Territory
from giamngheo.law.validity import in_force, year_end
from giamngheo.vietnamese.text import spans

# The tables of a data folder that hold for every unit: the dictionary, the law and the map.
TABLES = (
    "dictionary", "standards", "objects", "indicators", "indicators-local", "programme", "programme-local", "texts", "categories", "units", "forms",
    "kinds", "kinds-local", "outlines", "outlines-local",
)  # fmt: skip
# Tables in which a code stands in the column `code` and its family in the column `kind`.
BY_KIND = ("programme", "categories")


class Law:
    """The dated tables of the data folder `root`; a table it does not have is the project's own.

    A table is read once and again when its file has changed. The map names every unit as its folder in `root` does,
    whatever capitals and Unicode form its file is written in. `units` is a map that is not written yet.
    """

    def __init__(self, root: Path = PROJECT_DATA, units: list[dict[str, str]] | None = None):
        self.root, self._units = root, units
        self._read: dict[str, tuple[tuple, list[dict[str, str]]]] = {}
        self._maps: dict[int, tuple[list, Territory]] = {}
        own = root / FILE
        if own.is_file() and own.read_bytes() != (PROJECT_DATA / FILE).read_bytes():
            rule = "từ điển dữ liệu trong thư mục này khác từ điển của chương trình"
            raise DataError([Finding(FILE, rule, "xóa hoặc đổi tên tệp này; chương trình dùng từ điển của mình")])

    def path(self, table: str) -> Path:
        """Path of `<table>.csv`: in the data folder where it is there, else the project's own."""
        return Path(self.place(table))

    def place(self, table: str) -> str:
        """`path` as text: it is asked for a thousand times a report, to see whether the file has changed."""
        own = f"{self.root}/{table}.csv"
        return own if os.path.isfile(own) else f"{PROJECT_DATA}/{table}.csv"

    def rows(self, table: str) -> list[dict[str, str]]:
        """The whole table row by row, every cell as text, with what stands `BESIDE` it; shared, not to be changed."""
        if table == "units" and self._units is not None:
            return self._units
        own = self._rows(table)
        more = self._rows(BESIDE[table]) if table in BESIDE else []
        return own + more if more else own

    def _rows(self, table: str) -> list[dict[str, str]]:
        path = self.path(table)
        stat = path.stat()
        seen = (path, stat.st_mtime_ns, stat.st_size, table == "units" and self._folders_changed())
        if self._read.get(table, (None,))[0] != seen:
            rows = self._beside(table) if table in BESIDE.values() else lawfile.rows(path)
            self._read[table] = (seen, self._as_folders(rows) if table == "units" else rows)
        return self._read[table][1]

    def _beside(self, table: str) -> list[dict[str, str]]:
        law = next(name for name, own in BESIDE.items() if own == table)
        standards = dict.fromkeys(row["standard"] for row in self._rows("standards"))
        return beside.rows(self.path(table), self._rows(law), standards)

    def _folders_changed(self) -> int:
        """When a folder of the data folder was last made, renamed or removed."""
        return self.root.stat().st_mtime_ns if self.root.is_dir() else 0

    def _as_folders(self, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        """The rows of the map, every unit spelled as its folder."""
        folders = sorted(os.listdir(self.root)) if self.root.is_dir() else []
        spelling = unit_name.Spelling(folders, (row["unit"] for row in rows))
        return [spelling.row(row) for row in rows]

    def table(self, table: str, day: dt.date | None = None) -> pd.DataFrame:
        """The same as a frame; with `day`, only the rows in force on it."""
        rows = self.rows(table)
        kept = [row for row in rows if day is None or in_force(row, day)]
        return pd.DataFrame(kept, columns=list(rows[0]) if rows else None, dtype="str")

    def codes(self, table: str, column: str, year: int) -> list[str]:
        """Codes of `table` that had come into force by the end of `year`, in the table's order.

        A code whose validity has ended stays readable: money of an ended source is still settled years later.
        A standard is never too early, because a result belongs to a standard, not to a year (the end-2021
        review exists under the standard that came into force in 2022).
        """
        rows, key = self._of_kind(table, column)
        if table != "standards":
            rows = begun(rows, year)
        return list(dict.fromkeys(row[key] for row in rows))

    def names(self, table: str, kind: str, year: int) -> dict[str, str]:
        """Official name of each code: the one in force at the end of `year`, else the last one before it; no standard is too early."""
        rows, key = self._of_kind(table, kind)
        rows = begun(rows, year) if table != "standards" else rows
        current = [row for row in rows if in_force(row, year_end(year))]
        return {row[key]: row["name"] for row in (*rows, *current)}

    def _of_kind(self, table: str, kind: str) -> tuple[list[dict[str, str]], str]:
        """The rows that hold the codes of a kind, and the column in which they stand."""
        if table in BY_KIND:
            return [row for row in self.rows(table) if row["kind"] == kind], "code"
        return self.rows(table), kind

    def project_names(self, year: int) -> dict[str, str]:
        """Projects and sub-projects by code; a sub-project says whose it is: `Dự án 3 - Tiểu dự án 1: …`."""
        parents = {row["code"]: row["parent"] for row in self.rows("programme")}
        official = self.names("programme", "project", year)
        short = {code: name.partition(":")[0] for code, name in official.items()}
        return {
            code: f"{short[parents[code]]} - {name}" if parents[code] in short else name
            for code, name in official.items()
        }

    def programmes(self) -> dict[str, str]:
        """For each project the code of the programme it belongs to: the one in force when the project began."""
        rows = self.rows("programme")
        whole, projects = ([row for row in rows if row["kind"] == kind] for kind in ("programme", "project"))
        return {
            row["code"]: one["code"] for row in projects for one in whole if in_force(one, dt.date.fromisoformat(row["valid_from"]))
        }

    def decrees(self, projects: Iterable[str]) -> list[str]:
        """Of those projects that a decision gave to the communes of the data folder alone: which, by which decision."""
        own = {row["code"]: row for row in self._rows(BESIDE["programme"])}
        return [f"{own[code]['name']}: theo {own[code]['decree']}" for code in projects if code in own]

    def indicators(self, standard: str) -> dict[str, str]:
        """Deprivation indicators of `standard`, code to name, in the order of the form; none where not confirmed."""
        return {row["indicator"]: row["name"] for row in self.rows("indicators") if row["standard"] == standard}

    def lists(self, standard: str) -> list[str]:
        """By whom and where the list of indicators of `standard` was issued, where it is one that a province uses."""
        own = (row for row in self._rows(BESIDE["indicators"]) if row["standard"] == standard)
        return list(dict.fromkeys(f"do {row['issuer']} ban hành tại {row['decree']}" for row in own))

    def standard_names(self) -> dict[str, str]:
        """Official name of each standard, for example of `ND07_2021`."""
        return {row["standard"]: row["name"] for row in reversed(self.rows("standards"))}

    def standards(self, day: dt.date) -> list[str]:
        """The poverty standards in force on `day`."""
        return list(dict.fromkeys(row["standard"] for row in self.rows("standards") if in_force(row, day)))

    def reviewed(self, year: int) -> list[str]:
        """The standards under which a year is reviewed: the one in force at its end, then one that comes into force later.

        From when a later one is reviewed says its row `reviewed_from`.
        """
        end = year_end(year)
        begun = [row for row in self.rows("standards") if row["measure"] == "reviewed_from" and row["value"] <= end.isoformat()]
        later = [row["standard"] for row in begun if row["valid_from"] > end.isoformat()]
        return [*self.standards(end), *later]

    def require_reviewed(self, year: int) -> None:
        """Raises DataError with the years that can be reviewed where this one cannot: no standard is in force at its end."""
        if self.standards(year_end(year)):
            return
        known = [one for one in range(limits.FIRST_YEAR, limits.LAST_YEAR + 1) if self.standards(year_end(one))]
        rule = f"không có chuẩn nghèo nào có hiệu lực vào cuối năm {year}"
        remedy = f"chọn một trong các năm {spans(known)}, hoặc thêm dòng của chuẩn mới vào bảng này"
        raise DataError([Finding("data/standards.csv", rule, remedy)])

    def basis(self, standard: str) -> dict[str, str]:
        """The row `reviewed_from` of a standard: by which text, and from which day, it is reviewed; {} where not known."""
        rows = (row for row in self.rows("standards") if (row["standard"], row["measure"]) == (standard, "reviewed_from"))
        return next(rows, {})

    def objects(self, standard: str, year: int) -> dict[str, str]:
        """The columns of the review that only some standards know, of those that `standard` knows in `year`: their names."""
        rows = (row for row in self.rows("objects") if row["standard"] == standard and in_force(row, year_end(year)))
        return {row["column"]: row["name"] for row in rows}

    def unknown(self, standard: str, year: int) -> list[str]:
        """The columns of the review that are not of `standard` in `year`, as far as the law is known."""
        known = self.objects(standard, year)
        return [column for column in dict.fromkeys(row["column"] for row in self.rows("objects")) if column not in known]

    def texts(self, day: dt.date) -> list[dict[str, str]]:
        """The law texts in force on `day`."""
        return [row for row in self.rows("texts") if in_force(row, day)]

    def territory(self, year: int) -> Territory:
        """The map as it stood at the end of `year`."""
        rows = self.rows("units")
        if self._maps.get(year, (None,))[0] is not rows:
            self._maps[year] = (rows, Territory(rows, year_end(year)))
        return self._maps[year][1]

    def unit_name(self, unit: str) -> str:
        """The last official name of a unit; its code where the map does not know it."""
        return next((row["name"] for row in reversed(self.rows("units")) if row["unit"] == unit), unit)

    def ended(self, unit: str, day: dt.date) -> list[dict[str, str]]:
        """The units that a unit has become where the map says that it ended before `day`; [] where it is still there."""
        own = [row for row in self.rows("units") if row["unit"] == unit]
        if not own or any(in_force(row, day) or row["valid_from"] > day.isoformat() for row in own):
            return []
        return [row for row in self.rows("units") if unit in self.predecessors(row["unit"]) and in_force(row, day)]

    def predecessors(self, unit: str) -> list[str]:
        """The units that were merged into `unit`: its baseline is the sum of their counts."""
        own = (row["predecessors"] for row in self.rows("units") if row["unit"] == unit)
        return [part.strip() for merged in own for part in merged.split(";") if part.strip()]


def begun(rows: list[dict[str, str]], year: int) -> list[dict[str, str]]:
    """The rows that had come into force by the end of `year`, also those that have ended since."""
    return [row for row in rows if row["valid_from"] <= year_end(year).isoformat()]
