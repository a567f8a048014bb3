"""What there is below a folder, and whether that is what was there before or what should be there after."""

import csv
import io
import os
import re
import zipfile
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

FAILED = "-lap-hong"  # ends the name of the folder that a failed run leaves
TOLD = re.compile(r"outputs/(index\.html|(manifest|failures)-\d+\.csv)")  # what a batch says of itself, also of a failed one
TORN = "torn "  # before the digest of a half of one
Tree = dict[str, str]  # every file by its path with its digest; every folder, its path ending in "/", with ""


def tree(place: Path) -> Tree:
    found = {}
    for folder, folders, names in os.walk(place):
        below = os.path.relpath(folder, place)
        for name in folders:
            found[os.path.normpath(f"{below}/{name}") + "/"] = ""
        for name in names:
            found[os.path.normpath(f"{below}/{name}")] = digest(Path(folder, name))
    return found


def digest(path: Path) -> str:
    """A hash of the content; an Excel file's without the moment it was saved, a log's without the order of lines."""
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        try:
            with zipfile.ZipFile(path) as parts:
                inside = [(one.filename, one.CRC) for one in parts.infolist() if one.filename != "docProps/core.xml"]
            return sha256(repr(sorted(inside)).encode()).hexdigest()
        except zipfile.BadZipFile:
            pass
    if path.parent.name == "tham-tra":
        content = b"".join(sorted(content.splitlines(keepends=True)))
    whole = not TOLD.fullmatch("/".join(path.parts[-2:])) or told_whole(path.suffix, content)
    return ("" if whole else TORN) + sha256(content).hexdigest()


def told_whole(kind: str, content: bytes) -> bool:
    """Whether nothing is missing at the end of a page or a table of a batch."""
    if kind == ".html":
        return content.rstrip().endswith(b"</html>")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"))))
    return content.endswith(b"\n") and len({len(row) for row in rows}) == 1


def signature(place: Path) -> dict[str, tuple]:
    """When each file was written and how long it is: while that stays, `tree` does."""
    found = {}
    for folder, _, names in os.walk(place):
        found[folder] = ()
        for name in names:
            stat = os.lstat(f"{folder}/{name}")
            found[f"{folder}/{name}"] = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
    return found


def together(path: str) -> str:
    """What must be of one piece: a report's folder, the figures kept of the last one, a new year; else the file itself."""
    parts = path.split("/")
    if parts[0] == "outputs" and len(parts) > 3:
        return "/".join(parts[: 4 if parts[2].startswith(".") else 3])
    if parts[0] == "data" and parts[2:3] == ["2025"]:
        return "/".join(parts[:3])
    return "moi" if parts[0] == "moi" else path


def judged(now: Tree, *allowed: Tree) -> list[str]:
    """What is neither of the `allowed` states, piece by piece; working folders, which are hidden, do not count.

    What a batch says of itself must be whole: it says other things of a batch that failed.
    """
    known = {path for one in allowed for path in one}
    pieces = defaultdict(set)
    for path in known | {path for path in now if not hidden(path, known)}:
        if not path.endswith("/"):
            pieces[together(path)].add(path)
    faults = []
    for piece, paths in sorted(pieces.items()):
        states = [{path: one[path] for path in paths & one.keys()} for one in allowed]
        there = {path: now[path] for path in paths & now.keys()}
        if TOLD.fullmatch(piece):
            faults += [f"torn: {piece}" for digest in there.values() if digest.startswith(TORN)]
        elif there not in states:
            faults.append(f"{said(there, states)}: {piece}")
    return faults


def said(there: Tree, states: list[Tree]) -> str:
    if not there:
        return "lost"
    if sha256(b"").hexdigest() in there.values():
        return "empty"
    digests = {path: {state.get(path) for state in states} for path in there}
    return "mixed" if all(there[path] in digests[path] for path in there) else "torn"


def hidden(path: str, known: set[str]) -> bool:
    """Whether a part of the path is hidden, or says that it is what a failed run left, that no known path has."""
    parts = path.rstrip("/").split("/")
    aside = [name.startswith(".") or name.endswith(FAILED) for name in parts]
    places = ("/".join(parts[: depth + 1]) for depth in range(len(parts)) if aside[depth])
    return any(place not in known and f"{place}/" not in known for place in places)


def differs(now: Tree, wanted: Tree) -> list[str]:
    """How the files differ from those an undisturbed run leaves."""
    left = [f"leftover: {path}" for path in sorted(now.keys() - wanted.keys())]
    missing = [f"missing: {path}" for path in sorted(wanted.keys() - now.keys())]
    other = [f"other: {path}" for path in sorted(wanted.keys() & now.keys()) if now[path] != wanted[path]]
    return left + missing + other
