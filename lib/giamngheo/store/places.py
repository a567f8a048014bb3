"""Folders of data are there, and apart from folders of results: neither holds the other, also not through a link."""

import os
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.store.belongings import readable


def require_data(data: Path) -> None:
    """Refuse what is no data folder; nothing is made in its place."""
    if not data.is_dir():
        remedy = "chạy lệnh ở thư mục làm việc, nơi có thư mục data, hoặc ghi thư mục số liệu sau --data"
        raise DataError([Finding(readable(data), "không có thư mục số liệu này", remedy)])


def require_apart(data: Path, out: Path, unit: str = "", year: int | str = "") -> None:
    """Refuse results in the data's folder and data in the results' folder, before anything is read or written.

    With `unit` and `year` their folders on both sides are looked at too: each may be a link.
    """
    below = [Path(), *([Path(unit)] if unit else []), *([Path(unit, str(year))] if unit and year else [])]
    for ours in (data / part for part in below):
        for theirs in (out / part for part in below):
            if holds(ours, theirs) or holds(theirs, ours):
                rule = f"thư mục kết quả và thư mục số liệu ({readable(ours)}) là một, hoặc thư mục này nằm trong thư mục kia"
                remedy = "chọn bằng --out một thư mục kết quả ở ngoài thư mục số liệu"
                raise DataError([Finding(readable(theirs), rule, remedy)])


def holds(one: Path, other: Path) -> bool:
    """Whether `other` is the folder `one` or will stand in it, whatever names lead there."""
    try:
        mine = identity(one.stat())
    except OSError:
        return False
    place = Path(os.path.realpath(other))
    return any(identity(above.stat()) == mine for above in (place, *place.parents) if above.exists())


def identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino
