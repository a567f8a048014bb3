"""What in a folder this program made, as the folder's manifest says; all else is somebody's and is kept.

A file is ours while it has the bytes its manifest lists. A scan put beside a report, a DOCX changed in Word after it
was written, hidden files, folders and links are not. What is not ours goes into a new folder under its own name, or,
where a file of the new report has that name, under one that ends in `-giu-lai`. Files are linked, not moved: at any
moment they stand in one of the two folders, or in both.
"""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from giamngheo import limits
from giamngheo.findings import DataError, Finding

MANIFEST = "manifest.json"
KEPT = "giu-lai"  # ends the name of a file whose own name is taken
NO_REPORT = ("kiem-tra-", ".", "~$")  # begin names of what may stand here before there is a report: marked copies, traces


def about(folder: Path) -> dict:
    """The manifest of a folder, as far as it is one; {} where it is not."""
    try:
        found = json.loads(limits.head(folder / MANIFEST, limits.TABLE))
    except (OSError, ValueError, RecursionError):
        return {}
    good = isinstance(found, dict) and isinstance(found.get("key"), str) and isinstance(found.get("outputs"), dict)
    return found if good else {}


def record(folder: Path, place: Path) -> None:
    """Write down what is in `folder`, which is to stand at `place` and is no report."""
    outputs = {path.name: digest(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST and ours_kind(path)}
    made = {"key": f"{place.parent.name}/{place.name}/", "outputs": outputs}
    (folder / MANIFEST).write_text(json.dumps(made, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ours_kind(path: Path) -> bool:
    """Whether this is a plain file, and no link to one."""
    return stat.S_ISREG(path.lstat().st_mode)


def is_ours(path: Path, listed: dict[str, str]) -> bool:
    """Whether this is the file that the manifest lists, byte for byte; one that cannot be read is not."""
    try:
        return path.name in listed and ours_kind(path) and digest(path) == listed[path.name]
    except OSError:
        return False


def altered(folder: Path) -> list[str]:
    """The files that a folder's manifest lists and that are not there any more as they were made."""
    listed = about(folder).get("outputs", {})
    return [name for name in listed if not ((folder / name).exists() and is_ours(folder / name, listed))]


def others(folder: Path) -> list[Path]:
    """All that stands in a folder and is not ours, in order."""
    listed = about(folder).get("outputs", {})
    return sorted(path for path in folder.iterdir() if path.name != MANIFEST and not is_ours(path, listed))


def all_ours(folder: Path) -> bool:
    return folder.is_dir() and not folder.is_symlink() and made_for(folder, folder) and not others(folder)


def made_for(folder: Path, place: Path) -> bool:
    """Whether the manifest of a folder is that of the unit and year that stand at `place`."""
    unit, _, rest = about(folder).get("key", "").partition("/")
    return unit in (place.parent.name, place.parent.parent.name) and rest.partition("/")[0] == place.name


def require_ours(folder: Path) -> None:
    """Refuse a folder that must not be replaced: one that this program did not make, a link, a file.

    Where there is nothing in it, or nothing but marked copies, it may go.
    """
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        what = "là liên kết" if folder.is_symlink() else "không phải thư mục"
        raise refused(folder, f"{what} nên không thay bằng kết quả mới")
    if made_for(folder, folder) or all(path.name.startswith(NO_REPORT) for path in folder.iterdir()):
        return
    raise refused(folder, "thư mục này không phải do chương trình lập ra nên không thay bằng kết quả mới")


def refused(folder: Path, rule: str) -> DataError:
    remedy = "đổi tên hoặc dời nó đi nơi khác, hoặc chọn thư mục kết quả khác bằng --out, rồi chạy lại"
    return DataError([Finding(readable(folder), rule, remedy)])


def carry(old: Path, new: Path) -> list[str]:
    """Link all that is not ours from one folder into another; a sentence for each. What is there already stays."""
    listed, told = about(old).get("outputs", {}), []
    for path in others(old):
        place = free(path, new)
        if place is None:
            continue
        link(path, place)
        told.append(sentence(path.name, place.name, path.name in listed))
    return told


def sentence(name: str, now: str, changed: bool) -> str:
    what = "tệp đã sửa sau khi lập" if changed else "không phải của báo cáo"
    where = "còn nguyên chỗ cũ" if name == now else f"nay là {readable(now)}"
    return f"Giữ lại {readable(name)} ({what}): {where}."


def free(path: Path, folder: Path) -> Path | None:
    """The first free place for `path` in a folder; None where it stands there already."""
    if any(os.path.samestat(path.lstat(), there.lstat()) for there in folder.iterdir()):
        return None
    place = next(place for place in places(path, folder) if not os.path.lexists(place) or same(path, place))
    return None if os.path.lexists(place) else place


def places(path: Path, folder: Path) -> Iterator[Path]:
    """Where a file may stand in a folder, the best first: under its own name, or under one that ends in `-giu-lai`.

    >>> from itertools import islice
    >>> [place.name for place in islice(places(Path("a.pdf"), Path("b")), 3)]
    ['a.pdf', 'a-giu-lai.pdf', 'a-giu-lai-2.pdf']
    """
    yield folder / path.name
    yield folder / f"{path.stem}-{KEPT}{path.suffix}"
    for number in count(2):
        yield folder / f"{path.stem}-{KEPT}-{number}{path.suffix}"


def set_aside(path: Path, changed: bool) -> str:
    """Give a file whose place is needed the first free name beside it; a sentence that says so."""
    place = next(place for place in places(path, path.parent) if not os.path.lexists(place))
    os.rename(path, place)
    return sentence(path.name, place.name, changed)


def same(one: Path, other: Path) -> bool:
    """Whether two names are of one file, or of two with the same content."""
    a, b = one.lstat(), other.lstat()
    if os.path.samestat(a, b):
        return True
    if stat.S_IFMT(a.st_mode) != stat.S_IFMT(b.st_mode):
        return False
    if stat.S_ISLNK(a.st_mode):
        return os.readlink(one) == os.readlink(other)
    if stat.S_ISDIR(a.st_mode):
        return all((other / path.name).exists() and same(path, other / path.name) for path in one.iterdir())
    return stat.S_ISREG(a.st_mode) and a.st_size == b.st_size and digest(one) == digest(other)


def link(path: Path, place: Path) -> None:
    """Let a file stand at a second place too: linked, or copied where the disk knows no links; a folder with all in it."""
    if path.is_dir() and not path.is_symlink():
        place.mkdir()
        for inner in path.iterdir():
            link(inner, place / inner.name)
        shutil.copystat(path, place)
        return
    try:
        os.link(path, place, follow_symlinks=False)
    except OSError:
        shutil.copy2(path, place, follow_symlinks=False)


def readable(path: Path | str) -> str:
    """A path as text that can be printed, also where its bytes are no text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
