"""What a preview shows now: the last good page, what is wrong, what has changed, what is being done."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from giamngheo import writers

PATIENCE = 120  # seconds until a file that was asked for is there
FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Biểu Excel"}
BOOKS = {"01_review": "Rà soát", "02_budget": "Kinh phí", "03_checks": "Đối chiếu", "04_report": "Báo cáo", "05_rollup": "Tổng hợp"}


class Shown:
    """What is shown, told by the watching process (`hear`) and asked for by the browser; each change has the next number.

    `ask` is how a file is asked for, by its name.
    """

    def __init__(self, title: str, folder: Path, report: str, books: list[str]):
        self.title, self.folder = title, folder
        self.files = {writers.file(kind, report): said for kind, said in FORMATS.items()}
        self.files |= {f"{name}.html": f"Bản thẩm tra: {BOOKS.get(name, name)}" for name in books}
        self.number = self.pages = 0
        self.busy, self.message, self.took, self.began = "", "", "", time.monotonic()
        self.findings: list[dict[str, str]] = []
        self.news: dict = {}
        self.made: dict[str, str] = {}  # what was asked for: "" or why it is not there
        self.ask: Callable[[str], None] = lambda name: None
        self.changed = threading.Condition()

    def hear(self, said: str, what) -> None:
        """Take note of what the watching process tells."""
        with self.changed:
            self.note(said, what)
            self.number += said != "made"
            self.changed.notify_all()

    def note(self, said: str, what) -> None:
        if said == "began":
            self.began, self.busy = time.monotonic(), ", ".join(what) or "lần đầu"
        elif said == "step":
            self.busy = what
        elif said == "findings":
            self.findings = what
        elif said == "made":
            name, wrong = what
            self.made[name] = wrong
        elif said == "stopped":
            self.busy, self.message = "", what
        elif said == "new":
            self.busy, self.message, self.news, self.pages = "", "", what, self.pages + 1
            self.took = f"{time.monotonic() - self.began:.1f}".replace(".", ",")

    def file(self, name: str) -> tuple[bytes, str]:
        """A file of the last good page and "", or why there is none."""
        if name != "bao-cao.html":
            if name not in self.files or not self.pages:
                return b"", "không có tệp này"
            if wrong := self.asked(name):
                return b"", wrong
        try:
            return (self.folder / name).read_bytes(), ""
        except OSError:
            return b"", "chưa có trang nào"

    def asked(self, name: str) -> str:
        """Have a file made; why it is not there."""
        with self.changed:
            self.made.pop(name, None)
            self.ask(name)
            self.changed.wait_for(lambda: name in self.made, PATIENCE)
            return self.made.pop(name, "lâu quá chưa xong, tải lại trang để thử lần nữa")
