"""The files of the data folder that a report reads, and those among them that are no files.

A pipe would be waited for without end, a device read without end, a link that leads nowhere read as nothing: what
stands in the place of a file is refused before any file is opened, by every command with the same sentence.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.store.belongings import readable
from giamngheo.store.manifest import files_below

KINDS = (".csv", ".xlsx", ".yml", ".md")  # end the names of files that are read


def below(folder: Path) -> list[Path]:
    """Every file below a folder, in order, and folders that stand in the place of one."""
    return files_below(folder) + sorted([*folders(folder), *folders(folder / "narrative")])


def folders(place: Path) -> list[Path]:
    """The folders in a folder that have a name of a file."""
    with suppress(OSError), os.scandir(place) as found:
        return [place / entry.name for entry in found if entry.name.endswith(KINDS) and entry.is_dir()]
    return []


def frames(root: Path, units: Iterable[str]) -> list[Path]:
    """Where the `unit.yml` of each unit stands that has one, or has something in its place."""
    places = (root / unit / "unit.yml" for unit in units)
    return [path for path in places if os.path.lexists(path)]


def require_regular(paths: Iterable[Path], root: Path) -> None:
    """Refuse what stands in the place of a file."""
    if wrong := [finding for path in paths for finding in irregular(path, root)]:
        raise DataError(wrong)


def irregular(path: Path, root: Path) -> list[Finding]:
    """What makes a file one that no report can be made from: no plain file, a broken link, a name that is no text."""
    name = os.fsencode(path)
    is_text = name.decode("utf-8", "replace").encode() == name
    if is_text and path.is_file():
        return []
    if not is_text:
        rule, remedy = "tên tệp có ký tự không đọc được", "đổi tên tệp, hoặc dời nó khỏi thư mục số liệu"
    elif not path.exists():
        rule, remedy = "là liên kết hỏng", "xóa liên kết này, hoặc chép tệp thật vào đây"
    elif path.is_dir():
        rule, remedy = "đây phải là một tệp, không phải thư mục", "đổi tên hoặc dời thư mục này, rồi đặt tệp vào chỗ của nó"
    else:
        rule, remedy = "không phải tệp thường (ống dẫn hay thiết bị)", "dời nó khỏi thư mục số liệu"
    return [Finding(readable(path.relative_to(root)), rule, remedy)]
