"""The warm process beside a preview: it sees files change and forks what makes the page anew.

    python -P -m giamngheo.preview.watching DATA OUT UNIT YEAR KIND FOLDER

It speaks with the preview in lines: it is asked for a file by its name and tells JSON, `{"said": …, "what": …}`. When nobody
can ask any more, it ends, with all that it started and with its folder.
"""

import json
import os
import shutil
import sys
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from giamngheo.run import forkserver

if __name__ == "__main__":
    forkserver.become_warm()

from giamngheo import checks
from giamngheo.findings import DataError, unusable
from giamngheo.intake.unit import Year
from giamngheo.preview import dependence, making
from giamngheo.run import descendants, ending, moment
from giamngheo.store import atomic

EVERY = 0.2  # seconds between two looks at the files


class Watch:
    """The files of a year as they were when a page was last begun, what has to be made again, and the processes at work."""

    def __init__(self, this: Year, folder: Path, out):
        self.this, self.folder, self.out = this, folder, out
        self.seen: object = None
        self.again = dependence.EVERY
        self.making: Any = None  # the pipe of the process that makes the page
        self.running: dict[Any, tuple[Any, str]] = {}  # processes by their pipes, with the file that was asked for

    def tell(self, said: str, what: object) -> None:
        print(json.dumps({"said": said, "what": what}, ensure_ascii=False), file=self.out, flush=True)

    def look(self) -> None:
        """Begin a page where files have changed since the last one was begun; one that is at work is given up."""
        now = state(self.this)
        if now is None or now == self.seen:
            return
        changed = differing(self.seen, now)
        self.again |= dependence.EVERY if changed is None else dependence.of_all(changed)
        self.seen = now
        if self.making:
            self.end(self.making)
        self.tell("began", sorted(Path(name).name for name in changed or ()))
        self.making = self.fork("", make, self.again)

    def fork(self, name: str, work, *given):
        warm = forkserver.context()
        ours, theirs = warm.Pipe(duplex=False)
        process = warm.Process(target=work, args=(theirs, self.this, self.folder, *given))
        forkserver.start(process)
        theirs.close()
        self.running[ours] = (process, name)
        return ours

    def end(self, pipe) -> None:
        process, _ = self.running.pop(pipe)
        forkserver.end(process)
        pipe.close()
        self.making = None if pipe is self.making else self.making

    def hear(self, pipe) -> None:
        """Pass on what a process tells; one that ends without a word has been stopped."""
        process, name = self.running[pipe]
        try:
            said, what = pipe.recv()
        except EOFError:
            said, what = "stopped", "tiến trình bị dừng ngang"
        if said == "new":
            self.again = frozenset()
        self.tell(said, [name, what] if name else what)
        if said in ("new", "made", "stopped"):
            self.end(pipe)

    def ask(self, name: str) -> None:
        self.fork(name, ask, name)


def state(this: Year) -> object:
    """The state of every file of the year; why it cannot be told; None while a file is just being replaced."""
    try:
        return moment.settled(this)
    except moment.Changed:
        return None
    except DataError as refused:
        return str(refused)
    except OSError as error:
        return str(unusable(error))


def differing(before: object, now: object) -> list[str] | None:
    """The paths whose state is another one; None where nobody knows, since one of both could not be told."""
    if not (isinstance(before, dict) and isinstance(now, dict)):
        return None
    return [path for path in before.keys() | now.keys() if before.get(path) != now.get(path)]


def make(pipe, this: Year, folder: Path, again: frozenset[str]) -> None:
    """What the process of a page does."""
    forkserver.detach()
    try:
        making.made(lambda *said: pipe.send(said), this, folder, again)
    except making.Stopped as stopped:
        pipe.send(("stopped", str(stopped)))
    except Exception as unexpected:
        pipe.send(("stopped", ending.cause(unexpected, "xem trước", folder)))


def ask(pipe, this: Year, folder: Path, name: str) -> None:
    """What the process of a file that was asked for does."""
    forkserver.detach()
    try:
        atomic.put(folder / name, making.asked(name, this, folder))
        pipe.send(("made", ""))
    except Exception as error:
        pipe.send(("made", str(error) if isinstance(error, making.Stopped | DataError) else ending.cause(error, name, folder)))


def watch(this: Year, folder: Path, asked: int, out) -> None:
    """Look at the files and hear what is asked at the descriptor `asked`, until nobody can ask any more."""
    watched, heard = Watch(this, folder, out), b""
    while True:
        watched.look()
        for ready in wait([asked, *watched.running], timeout=EVERY):
            if ready in watched.running:
                watched.hear(ready)
            elif ready == asked:
                if not (read := os.read(asked, 4096)):
                    return
                *lines, heard = (heard + read).split(b"\n")
                for line in lines:
                    watched.ask(line.decode())


def main(data: str, out: str, unit: str, year: str, kind: str, place: str) -> None:
    """`watch`; the folder goes where nobody can ask any more, and stays for another one of us where we are told to stop."""
    this = Year(Path(data), unit, int(year), reports=Path(out), kind=kind)
    with suppress(Exception):  # which the process of the page tells; this is for what checks load when they are first made
        checks.findings(this)
    asked, told = os.dup(0), os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # cells have nobody to ask,
    os.dup2(2, 1)  # and what they print is no line of ours
    try:
        with ending.stops(), descendants.none_left(), suppress(BrokenPipeError):  # nobody hears us any more
            watch(this, Path(place), asked, told)
    except KeyboardInterrupt:
        return
    shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
