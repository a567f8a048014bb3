"""A batch killed (SIGKILL) at random moments: no torn or wrong file, and the same command finishes the work.

    python benchmarks/kill.py [--times 20]
"""

import argparse
import csv
import random
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from measure import PROJECT, YEAR, command, province, told

COMMUNES, VILLAGES = 6, 3


def batch(data: Path, out: Path) -> subprocess.Popen:
    given = command(data, "batch", "--year", YEAR, "--jobs", 2, "--out", out)
    return subprocess.Popen(given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=PROJECT)


def files(out: Path) -> dict[str, bytes]:
    """The files of finished reports; working folders and the batch's own tables are not among them."""
    found = (path for path in out.glob("[!.]*/[!.]*/*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--times", type=int, default=20)
    given = ask.parse_args()
    moments = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        data = province(root / "data", COMMUNES, VILLAGES)
        began = time.perf_counter()
        assert batch(data, root / "whole").wait() == 0
        took, whole = time.perf_counter() - began, files(root / "whole")
        torn = unequal = 0
        for number in range(given.times):
            out = root / f"killed-{number}"
            running = batch(data, out)
            time.sleep(moments.uniform(0, took))
            running.send_signal(signal.SIGKILL)
            running.wait()
            torn += sum(whole.get(name) != content for name, content in files(out).items())
            assert batch(data, out).wait() == 0
            left = [path for path in out.rglob(".*") if path.is_dir()]
            unequal += files(out) != whole or bool(left) or tables(out) != tables(root / "whole")
    told(f"killed at {given.times} random moments", f"{torn} torn or wrong files", "0")
    told("resumed batches that differ from an undisturbed one", f"{unequal} of {given.times}", "0")


def tables(out: Path) -> list[dict]:
    with (out / f"manifest-{YEAR}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


if __name__ == "__main__":
    main()
