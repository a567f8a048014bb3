"""A made-up province of one district of three small communes, and all reports, made once by a batch that nobody disturbed."""

import hashlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import tools
from giamngheo import simulate

YEAR = 2024
UNITS = ["mo-phong-001", "mo-phong-002", "mo-phong-003"]
WHOLES = ["huyen-mo-phong-1", "tinh-mo-phong"]
BATCH = """
import sys
from pathlib import Path
from giamngheo.run import batch
if __name__ == "__main__":
    root, year, out, jobs, scheduler = sys.argv[1:]
    sys.exit(batch.main(Path(root), "all", int(year), int(jobs), scheduler, out=Path(out)))
"""


@cache
def root() -> Path:
    """The data folder."""
    folder = tools.folder() / "province"
    simulate.write(folder, communes=3, villages=2, year=YEAR, seed=1)
    return folder


@cache
def undisturbed() -> Path:
    """The output folder, its reports made one after the other."""
    out = tools.folder() / "undisturbed"
    made = start(root(), out, jobs=1)
    said = made.communicate(timeout=300)[0]
    assert made.returncode == 0, said
    return out


def start(data: Path, out: Path, jobs: int = 2, scheduler: str = "") -> subprocess.Popen:
    """A batch of all units in a process of its own."""
    script = tools.folder() / "batch.py"
    script.write_text(BATCH, encoding="utf-8")
    return python(script, data, YEAR, out, jobs, scheduler)


def python(*arguments: object, **environment: str) -> subprocess.Popen:
    command = [sys.executable, *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, env=os.environ | environment, start_new_session=True, **pipes)


def bytes_below(folder: Path) -> dict[str, str]:
    """The sha256 of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
