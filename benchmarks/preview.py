"""From a saved file to the page that shows it: `giamngheo preview` on a copy of the seed.

    python benchmarks/preview.py [--rounds 5]

Told are the quickest and the middle one of so many saves of each kind, and the processor seconds of one: those of all that the
watching process started.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from measure import PROJECT, command, parents, told

UNIT, YEAR = "kong-long-khong", "2022"
SAVES = {  # what is saved, the texts of which one takes the place of the other, and what is wanted
    "a narrative": ("narrative/giai-phap.md", "\n\nThêm một câu.\n", "≤ 1 s"),
    "report.yml": ("report.yml", "\n# ghi chú\n", "≤ 1 s"),
    "a figure": ("budget.csv", ("48300000", "50000000"), "≤ 1,5 s"),
}


def saved(path: Path, what: str | tuple[str, str], again: bool) -> None:
    text = path.read_text(encoding="utf-8")
    old, new = ("", what) if isinstance(what, str) else what
    other = (text.replace(new, old) if again else text + new) if not old else text.replace(*((new, old) if again else (old, new)))
    path.write_text(other, encoding="utf-8")


def pages(address: str) -> int:
    """The number of the page that is shown; 0 while another one is being made."""
    shown = urlopen(address).read().decode()
    number = shown.partition('src="bao-cao.html?')[2].partition('"')[0]
    return int(number) if number and "Trang số" in shown else 0


def until(address: str, number: int) -> None:
    while pages(address) < number:
        time.sleep(0.02)


def processors(process: int) -> float:
    """Processor seconds of the processes that a process started and that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[13:15])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--rounds", type=int, default=5)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        data = Path(shutil.copytree(PROJECT / "data", Path(place, "data")))
        started = command(data, "preview", "--no-browser", "--out", Path(place, "outputs"))
        began = time.perf_counter()
        preview = subprocess.Popen(started, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        try:
            address = preview.stdout.readline().split()[-1]
            until(address, 1)
            told("preview: from the command to the first page", f"{time.perf_counter() - began:.1f} s")
            watching, count = next(child for child, parent in parents().items() if parent == preview.pid), 1
            for name, (file, what, wanted) in SAVES.items():
                took, before = [], processors(watching)
                for number in range(given.rounds):
                    count, began = count + 1, time.perf_counter()
                    saved(data / UNIT / YEAR / file, what, bool(number % 2))
                    until(address, count)
                    took.append(time.perf_counter() - began)
                    time.sleep(0.5)  # until its processes have ended
                used = (processors(watching) - before) / given.rounds
                said = f"{min(took):.2f} s (middle one {median(took):.2f} s), {used:.2f} processor s"
                told(f"preview: {name} is saved, the page shows it", said, wanted)
        finally:
            preview.terminate()
            preview.wait()


if __name__ == "__main__":
    main()
