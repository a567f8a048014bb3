"""A preview from its beginning to its end: the page, the watching process beside it, which is begun anew with new code."""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from giamngheo import shipped
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.preview.pages import Server
from giamngheo.preview.shown import Shown
from giamngheo.store import manifest

EVERY = 0.5  # seconds between two looks at the library
PATIENCE = 10  # seconds that the watching process has to end
LOG = "nhat-ky.txt"
FOLDER = "giamngheo-xem-truoc-"  # what the name of a preview's folder begins with


def at_once(text: str) -> None:
    print(text, flush=True)


def serve(this: Year, out: Path, browser: bool = True, say: Callable[[str], None] = at_once) -> None:
    """Show the report of a year at an address that `say` is given, until this process is stopped."""
    folder = Path(tempfile.mkdtemp(prefix=FOLDER))
    seen = shown(this, folder)
    server = Server(seen)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        say(f"Xem trước: {server.address}\nTự lập lại khi lưu tệp; dừng: Ctrl-C. Không ghi gì vào {out}.")
        if browser:
            webbrowser.open(server.address)
        watch(this, out.absolute(), seen, threading.Event())
    finally:
        server.shutdown()
        server.server_close()
        shutil.rmtree(folder, ignore_errors=True)


def shown(this: Year, folder: Path) -> Shown:
    """What a preview of a year shows before anything is made; its files are to lie in `folder`."""
    whole = this.law.territory(this.year).is_whole(this.unit)
    books = list(manifest.ROLLUP) if whole else kinds.books(this)
    return Shown(f"{this.unit}, năm {this.year}", folder, kinds.of(this).file, books)


def watch(this: Year, out: Path, shown: Shown, over: threading.Event) -> None:
    """Keep a watching process beside the page until it is `over`; one whose library has changed is followed by one that has loaded the new."""
    while not over.is_set():
        state = library()
        watching = start(this, out, shown)
        try:
            while state == library() and not over.wait(EVERY):
                pass
            watching.send_signal(signal.SIGTERM)  # it leaves the folder to the next one
        finally:
            end(watching)


def library() -> dict:
    """The state of the library's files; {} while one is just being replaced."""
    try:
        return manifest.library_state_now()
    except OSError:
        return {}


def start(this: Year, out: Path, shown: Shown) -> subprocess.Popen:
    """A watching process, and a thread that hears what it tells."""
    told = [this.root, out, this.unit, this.year, this.kind, shown.folder]
    command = [sys.executable, "-P", "-m", "giamngheo.preview.watching", *map(str, told)]
    with (shown.folder / LOG).open("w", encoding="utf-8") as log:
        watching = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True,
            cwd=shipped.workbook(this.root),
        )  # fmt: skip
    shown.ask = lambda name: asked(watching, name)
    threading.Thread(target=hear, args=(watching, shown), daemon=True).start()
    return watching


def asked(watching: subprocess.Popen, name: str) -> None:
    assert watching.stdin
    with suppress(OSError, ValueError):  # it has just ended
        watching.stdin.write(f"{name}\n".encode())
        watching.stdin.flush()


def hear(watching: subprocess.Popen, shown: Shown) -> None:
    """Pass on what a watching process tells, at its end why it ended where nobody asked it to."""
    assert watching.stdout
    with suppress(ValueError):  # closed by `end`
        for line in watching.stdout:
            shown.hear(**json.loads(line))
    if watching.wait() > 0:
        last = (shown.folder / LOG).read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]
        shown.hear("stopped", f"mã của chương trình không chạy được: {last}. Cách sửa: sửa mã rồi lưu lại")


def end(watching: subprocess.Popen) -> None:
    """End a watching process with all that it started, at last by force."""
    assert watching.stdin
    with suppress(OSError):
        watching.stdin.close()
    try:
        watching.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        watching.kill()
        watching.wait()
