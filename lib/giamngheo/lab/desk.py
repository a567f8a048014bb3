"""What the year's page does: it runs the commands of the command line and keeps what they print; previews that are open.

Each command is a process of its own, so that a terminal would have printed the same. One at a time: what is at work is
shown with what it has printed so far. All of it ends with JupyterLab, however that ends.
"""

import asyncio
import ctypes
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from giamngheo.intake.unit import Year
from giamngheo.preview import serving
from giamngheo.preview.shown import Shown

PR_SET_PDEATHSIG = 1
LONGEST = 200_000  # characters of what a command prints that are shown


@dataclass
class Run:
    """A command as it was begun: its verb, what one would have typed and the year it is about; what it has printed; its exit
    code once it has ended (else None)."""

    verb: str
    typed: str
    year: int
    printed: str = ""
    code: int | None = None
    process: asyncio.subprocess.Process | None = None


@dataclass
class Desk:
    """The year that JupyterLab was opened for, the last command, and the previews that are open.

    `place` is the folder that JupyterLab shows: commands are run there.
    """

    this: Year
    place: Path
    last: Run | None = None
    previews: dict[str, "Preview"] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        return self.this.reports or self.place / "outputs"

    @property
    def busy(self) -> bool:
        return self.last is not None and self.last.code is None

    async def begin(self, verb: str, unit: str, year: int, more: Sequence[str] = ()) -> None:
        """Begin a command about a year; one that is at work stays alone."""
        if not self.busy:
            self.last = Run(verb, " ".join(["giamngheo", verb, *about(unit, year), *more]), year)
            self.last.process = await self.started(verb, unit, year, more)
            asyncio.get_running_loop().create_task(heard(self.last))

    async def printed(self, verb: str, unit: str, year: int) -> str:
        """What a command that only reads prints."""
        run = Run(verb, "", year, process=await self.started(verb, unit, year))
        await heard(run)
        return run.printed

    async def started(self, verb: str, unit: str, year: int, more: Sequence[str] = ()) -> asyncio.subprocess.Process:
        places = ("--data", str(self.this.root), "--out", str(self.out))
        command = [sys.executable, "-P", "-m", "giamngheo", verb, *places, *about(unit, year), *more]
        return await asyncio.create_subprocess_exec(
            *command, cwd=self.place, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT, preexec_fn=dying_with(ctypes.CDLL(None)) if sys.platform == "linux" else None,
        )  # fmt: skip

    def preview(self, unit: str, year: int) -> Shown:
        """What a preview of a year shows; it is begun where it is not open yet."""
        named = f"{unit}/{year}"
        if named not in self.previews:
            self.previews[named] = Preview(self.this.other(unit, year), self.out)
        return self.previews[named].shown

    def close(self) -> None:
        """End all that was begun."""
        for preview in self.previews.values():
            preview.end()
        if self.busy and self.last and self.last.process:
            with suppress(ProcessLookupError):
                self.last.process.terminate()


def about(unit: str, year: int) -> list[str]:
    return [f"--unit={unit}", f"--year={year}"]


def dying_with(library: ctypes.CDLL):
    """What a process does before it is a command: it is told to stop where the one who started it has gone."""
    parent = os.getpid()

    def dying() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)

    return dying


async def heard(run: Run) -> None:
    """Keep what a command prints until it has ended."""
    assert run.process and run.process.stdout
    while said := await run.process.stdout.readline():
        run.printed = (run.printed + said.decode("utf-8", "replace"))[-LONGEST:]
    run.code = await run.process.wait()


class Preview:
    """A preview that is open in JupyterLab: its page is answered by JupyterLab's own server."""

    def __init__(self, this: Year, out: Path):
        self.folder = Path(tempfile.mkdtemp(prefix=serving.FOLDER))
        self.shown, self.over = serving.shown(this, self.folder), threading.Event()
        self.watching = threading.Thread(target=serving.watch, args=(this, out, self.shown, self.over), daemon=True)
        self.watching.start()

    def end(self) -> None:
        self.over.set()
        self.watching.join()
        shutil.rmtree(self.folder, ignore_errors=True)
