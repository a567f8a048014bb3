"""A newcomer with the README alone: report, one figure changed in Excel, the difference page, the way back.

The commands are read from the README's own blocks and run in their order, in a copy of the project; the lines that
begin with # are what the newcomer does by hand.
"""

import json
import os
import re
import shutil
import subprocess
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import BIN, PROJECT
from giamngheo.review import diff_page

pytestmark = pytest.mark.long

READMES = ["README.md", "README.vi.md"]
BY_HAND = re.compile(r"# .*?: (?P<file>\S+\.xlsx), \D+ (?P<sheet>[a-z]+), \S+ (?P<cell>[A-Z]+\d+): (?P<old>\d+) -> (?P<new>\d+);")
WORDS, CHARACTERS, HAND = 200, 200, 60  # read and typed in a minute; seconds to change a cell in Excel and save


def commands(readme: str) -> list[str]:
    """The lines of the README's blocks, without the remarks at their ends."""
    blocks = re.findall(r"```\n(.*?)```", (PROJECT / readme).read_text(encoding="utf-8"), re.DOTALL)
    return [re.sub(r"(?<=\S)\s+# .*", "", line) for block in blocks for line in block.splitlines()]


def test_both_readmes_lead_the_same_way():
    ways = []
    for readme in READMES:
        typed = [line for line in commands(readme) if not line.startswith("#")]
        ways.append((typed, [found.groups() for found in map(BY_HAND.match, commands(readme)) if found]))
    assert ways[0] == ways[1]
    assert len(ways[0][1]) == 1  # one figure is changed by hand


@pytest.fixture
def project(tmp_path) -> Path:
    """What a newcomer has after the first `make`: the project, with its programs in .venv."""
    for name in ("data", "notebooks"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(BIN)
    (tmp_path / ".venv" / ".ready").touch()
    return tmp_path


def type_into(file: Path, sheet: str, cell: str, old: str, new: str) -> None:
    book = load_workbook(file)
    assert book[sheet][cell].value == int(old)
    book[sheet][cell].value = int(new)
    book.save(file)


class Rows(HTMLParser):
    """The rows of a page's tables, each cell its text with the spaces made one."""

    def __init__(self, page: str):
        super().__init__()
        self.rows, self.open = [], False
        self.feed(page)
        self.rows = [[" ".join(cell.split()) for cell in row] for row in self.rows]

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.open = True

    def handle_endtag(self, tag):
        self.open = self.open and tag not in ("td", "th")

    def handle_data(self, data):
        if self.open:
            self.rows[-1][-1] += f" {data}"


def report_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def code_of(report: dict[str, bytes]) -> dict[str, str]:
    return json.loads(report["manifest.json"])["code"]


def test_from_the_readme_to_a_report_a_change_and_back_in_under_ten_minutes(project):
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GIAMNGHEO", "MAKE"))}
    made = project / "outputs" / "mo-phong-001" / "2024"
    seen, spent = [], 0.0
    for line in commands("README.md"):
        by_hand = BY_HAND.match(line)
        if by_hand:
            type_into(project / by_hand["file"], *by_hand.group("sheet", "cell", "old", "new"))
            spent += HAND
        elif not line.startswith("#") and not line.startswith("make test"):  # these are the tests
            began = time.monotonic()
            ran = subprocess.run(line, shell=True, cwd=project, env=own, capture_output=True, text=True)
            assert (ran.returncode, ran.stderr) == (0, ""), line
            spent += time.monotonic() - began + 60 * len(line) / CHARACTERS
            if " report --data" in line:
                seen.append(report_in(made))

    assert (project / "outputs" / "kong-long-khong" / "2022" / "bao-cao.pdf").exists()
    first, changed, back = seen
    assert changed["bao-cao.pdf"] != first["bao-cao.pdf"]
    assert code_of(back) == code_of(first), "the code was changed while this test ran"
    assert back == first

    shown = (made.parent / "khac-biet-2024.html").read_text(encoding="utf-8")
    assert diff_page.EXCEL in shown  # why the old figure typed again is not the old file
    page = Rows(shown)
    told = [row[:5] for row in page.rows if len(row) == 6][1:]  # those that changed, without their arithmetic
    book = "mo-phong-001/2024/so-lieu.xlsx:training!"
    assert told == [
        [f"Số người {book}2-5", "99 người", "100 người", "tăng 01 người", "số liệu"],  # 12 + 6 + 54 + 27; 13 + 6 + 54 + 27
        [f"Số người – Cán bộ, công chức xã {book}2", "12 người", "13 người", "tăng 01 người", "số liệu"],
    ]
    read = 60 * len((PROJECT / "README.md").read_text(encoding="utf-8").split()) / WORDS
    print(f"{spent:.0f} s of typing and waiting, {read:.0f} s of reading")
    assert spent + read < 10 * 60
