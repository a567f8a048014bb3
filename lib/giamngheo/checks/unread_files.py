"""Files and folders that stand among those of a year and that nobody reads: they are named once, so that none is taken for read.

Misspelt tables, words and office files are findings of their own (`intake`); what systems leave behind is not told.
"""

from collections.abc import Iterator
from pathlib import Path

from giamngheo.findings import Finding
from giamngheo.intake.folder import LOCKS, SYSTEM_FILES, TABULAR
from giamngheo.intake.unit import Year
from giamngheo.store.belongings import readable
from giamngheo.vietnamese.text import first_few

TRACES = (".", *LOCKS)  # begin names that systems and programs give
TOLD_ELSEWHERE = (*TABULAR, ".yml", ".yaml")
OF_A_YEAR = ("narrative", "goc")  # folders: the words, and originals that were imported
OF_A_UNIT = ("tham-tra", "da-nop")  # folders: the sign-offs, and what was sent
MOST = 10  # names in one sentence


def findings(this: Year) -> list[Finding]:
    """A note for the unit's folder and one for the year's, where something stands there that nobody reads."""
    return [*unread(this.root / this.unit, this.unit, OF_A_UNIT), *unread(this.folder, this.place, OF_A_YEAR)]


def unread(folder: Path, place: str, known: tuple[str, ...]) -> Iterator[Finding]:
    names = [path.name + "/" * path.is_dir() for path in sorted(folder.iterdir()) if not read_or_told(path, known)]
    if names:
        rule = f"không ai đọc: {readable(first_few(names, MOST, 'tệp, thư mục'))}"
        remedy = "nếu là số liệu, lời văn thì chuyển vào đúng tệp, đúng tên; nếu chỉ để lưu thì để yên"
        yield Finding(place, rule, remedy, level="note")


def read_or_told(path: Path, known: tuple[str, ...]) -> bool:
    """Whether a file or folder is read, is named by another finding, or is what a system left behind."""
    if path.name.startswith(TRACES) or path.name.casefold() in SYSTEM_FILES:
        return True
    return path.name in known or path.name.isdecimal() if path.is_dir() else path.suffix.casefold() in TOLD_ELSEWHERE
