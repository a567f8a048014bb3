"""Too little of what a machine gives: disk, places to write, memory, open files. A message, and nothing lost.

The full disk is a small one of memory that only root can mount; folders that cannot be written are mounted so for the
one process that is tried.
"""

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import trials
from acts import ACTS, UNIT, YEAR, Act
from kills import after, next_run
from told import Told
from trees import Tree, judged, tree

DISK = 128 << 20  # bytes
FULL = ("report", "batch", "sign", "remark", "new-year", "template", "lab", "diff", "simulate", "mark")
NEWNS = 0x20000


def impossible() -> str:
    """Why no disk can be mounted here; "" where it can."""
    if os.environ.get("CI") == "true":
        return "no disks are mounted in CI"
    return "" if os.geteuid() == 0 else "only root can mount a disk"


def full(name: str, points: int, began: Path, place: Path) -> Told:
    """Leave so many amounts of free space between nothing and 16 MB, do the act, then make room and do it again."""
    told, act = Told(f"full disk {name}", "amounts of free space"), ACTS[name]
    before, (wanted, _) = tree(began), after(act, began, place)
    shutil.rmtree(place)
    disk = place.parent / "disk"
    disk.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", disk], check=True)
    try:
        for point in range(points):
            room = 0 if point == 0 else int(4096 * 2 ** (12 * (point - 1) / (points - 2)))
            own = shutil.copytree(began, disk / "place")
            ballast(disk / "ballast", room)
            told.trial(tried(act, act, own, before, wanted, told, (disk / "ballast").unlink), f"{room} bytes free")
            shutil.rmtree(own)
    finally:
        subprocess.run(["umount", disk], check=True)
    return told


def ballast(path: Path, room: int) -> None:
    """Fill the disk so that `room` bytes are left, in whole pages."""
    with path.open("wb") as file:
        free = os.statvfs(path.parent)
        os.posix_fallocate(file.fileno(), 0, max(free.f_bavail * free.f_bsize - room, 1))


def tried(
    act: Act, again: Act, place: Path, before: Tree, wanted: Tree, told: Told, relieve: Callable[[], object] = int
) -> list[str]:
    """Do the act where something is scarce; then, when that is over (`relieve`), do it `again`."""
    ended, now = trials.run(act, place), tree(place)
    told.seen("went well" if not ended.code else "told why not" if ended.code > 0 else "ended by a signal")
    faults = ended.faults() + judged(now, *([wanted] if ended.code == 0 else [before, wanted]))
    faults += ["ended by a signal"] if ended.code < 0 else []
    relieve()
    return faults + (next_run(again, place, wanted) if now not in (before, wanted) else [])


def in_namespace(*commands: list[str]) -> None:
    """In the process to be tried: mount for itself alone."""
    if ctypes.CDLL(None).unshare(NEWNS):
        raise OSError("unshare")
    for command in (["mount", "--make-rprivate", "/"], *commands):
        subprocess.run(command, check=True)


def read_only(act: Act, *folders: str) -> Act:
    """The act where folders of the place cannot be written."""

    def done(place: Path) -> int:
        mounts = []
        for folder in folders:
            mounts += [["mount", "--bind", place / folder, place / folder]]
            mounts += [["mount", "-o", "remount,bind,ro", place / folder]]
        in_namespace(*mounts)
        return act(place)

    return done


def without_tmp(act: Act) -> Act:
    """The act where no folder for temporary files can be written."""

    def done(place: Path) -> int:
        os.environ["TMPDIR"] = "/khong-co"
        places = [one for one in ("/tmp", "/var/tmp") if os.path.isdir(one)]
        mounts = [(["mount", "--bind", one, one], ["mount", "-o", "remount,bind,ro", one]) for one in places]
        in_namespace(*chain.from_iterable(mounts))
        return act(place)

    return done


def cold(verb: str, *rest: object, limit: int = 0, most: int = 0) -> Act:
    """A command line in a new Python, as people start it, under a limit of the system."""

    def limited() -> None:
        resource.setrlimit(limit, (most, most))

    def done(place: Path) -> int:
        where = ["--data", place / "data", "--out", place / "outputs", "--year", YEAR]
        command = [sys.executable, "-m", "giamngheo", verb, *map(str, (*where, *rest))]
        return subprocess.run(command, preexec_fn=limited if limit else None).returncode

    return done


MEMORY = {"limit": resource.RLIMIT_AS, "most": 3 << 29}
FILES = {"limit": resource.RLIMIT_NOFILE, "most": 64}
ONE, SAID = ("--unit", UNIT), ("--remark", "01_review:20", "Xem lại số này")
TWO = ("--units", "mo-phong-001,mo-phong-002", "--jobs", 2)
# What is scarce, for which act of ACTS, and the act where it is.
SCARCE: dict[str, tuple[str, Act]] = {
    "1.5 GB of memory, report": ("report", cold("report", *ONE, **MEMORY)),
    "1.5 GB of memory, batch": ("batch", cold("batch", *TWO, **MEMORY)),
    "1.5 GB of memory, remark": ("remark", cold("review", *ONE, *SAID, **MEMORY)),
    "64 open files, report": ("report", cold("report", *ONE, **FILES)),
    "64 open files, batch": ("batch", cold("batch", *TWO, **FILES)),
    "64 open files, remark": ("remark", cold("review", *ONE, *SAID, **FILES)),
    "64 open files, template": ("template", cold("template", *ONE, "--year", YEAR + 1, **FILES)),
    **{f"data read-only, {name}": (name, read_only(ACTS[name], "data"))
       for name in ("report", "batch", "sign", "remark", "new-year", "template")},
    **{f"outputs read-only, {name}": (name, read_only(ACTS[name], "outputs"))
       for name in ("report", "batch", "remark", "diff", "mark", "lab")},
    "notebooks read-only, lab": ("lab", read_only(ACTS["lab"], "notebooks")),
    "everything read-only, simulate": ("simulate", read_only(ACTS["simulate"], ".")),
    **{f"no folder for temporary files, {name}": (name, without_tmp(ACTS[name]))
       for name in ("report", "batch", "remark", "new-year", "template", "diff", "lab", "mark")},
}  # fmt: skip


def scarce(began: Path, place: Path) -> Told:
    """Each of SCARCE once; afterwards the act without scarcity."""
    told, before, ends = Told("scarce", "acts where something is scarce"), tree(began), {}
    for what, (name, act) in SCARCE.items():
        wanted = ends.get(name) or ends.setdefault(name, after(ACTS[name], began, place)[0])
        shutil.rmtree(place)
        shutil.copytree(began, place)
        told.trial([f"{what}: {fault}" for fault in tried(act, ACTS[name], place, before, wanted, told)], what)
    return told
