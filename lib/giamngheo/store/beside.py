"""The library that runs is the one beside the data and notebooks it is used with.

A project folder that was copied with its `.venv` would run the code of the old folder on the data of the new one.
"""

from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.shipped import PACKAGE
from giamngheo.store.belongings import readable

LIBRARY = Path("lib", "giamngheo")


def require_own(data: Path, here: Path) -> None:
    """Refuse a data folder, or a folder `here` where one works, that stands in a project with a library of its own."""
    places = [data.resolve().parent, here, *([here.parent] if here.name == "notebooks" else [])]
    for place in places:
        theirs = place / LIBRARY
        if (theirs / "__init__.py").exists() and not theirs.samefile(PACKAGE):
            rule = f"thư mục này có thư viện riêng, nhưng thư viện đang chạy nằm ở {readable(PACKAGE)}"
            remedy = "vào thư mục này rồi chạy make report (hay lệnh make khác): make lập lại .venv ở đây"
            raise DataError([Finding(readable(place), rule, remedy)])
