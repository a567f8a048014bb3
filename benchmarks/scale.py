"""A batch of a thousand communes against one of a hundred: time, memory, rerun, and whose content stands where.

    python benchmarks/scale.py [--few 100] [--many 1000] [--villages 9]
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import mean

from measure import PROJECT, YEAR, command, memory, processor, province, quietly, timed, told


def batch(data: Path, out: Path) -> list[str]:
    return command(data, "batch", "--year", YEAR, "--jobs", 2, "--out", out)


def watched(given: list[str]) -> tuple[float, list[int]]:
    """Seconds a command took, and the memory of all its processes, sampled every two seconds."""
    began, samples = time.perf_counter(), []
    running = subprocess.Popen(given, stdout=subprocess.DEVNULL, cwd=PROJECT)
    while running.poll() is None:
        samples.append(memory(running.pid))
        time.sleep(2)
    assert running.returncode == 0
    return time.perf_counter() - began, samples


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--few", type=int, default=100)
    ask.add_argument("--many", type=int, default=1000)
    ask.add_argument("--villages", type=int, default=9)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        few = province(root / "few", given.few, given.villages)
        many = province(root / "many", given.many, given.villages)
        first = watched(batch(few, root / "out-few"))[0] / given.few
        took, samples = watched(batch(many, root / "out-many"))
        tenth = max(len(samples) // 10, 1)
        early, late = mean(samples[tenth : 2 * tenth]), mean(samples[-2 * tenth : -tenth])
        told(f"{given.few} communes of {given.villages} villages", f"{first:.2f} s a report, roll-ups included")
        told(f"{given.many} communes of {given.villages} villages", f"{took:.0f} s, {took / given.many:.2f} s a report, "
             f"{took / given.many / first - 1:+.0%} a report", "within 10%; 135 in ≤ 100 s")  # fmt: skip
        told(f"the province's own report of {given.many} communes", rollup(many, root / "out-many"), "1,000 in ≤ 20 s")
        told("memory of all processes, second and ninth tenth", f"{early / 2**20:.0f} MB, {late / 2**20:.0f} MB", "flat")
        told(f"nothing changed, {given.many} reports", f"{timed(lambda: quietly(batch(many, root / 'out-many'))):.1f} s", "< 5 s")
        file = many / "mo-phong-001" / str(YEAR) / "narrative" / "giai-phap.md"
        file.write_text(file.read_text(encoding="utf-8") + "\nMột ý nữa.\n", encoding="utf-8")
        said = subprocess.run(batch(many, root / "out-many"), capture_output=True, text=True, check=True, cwd=PROJECT).stdout
        told("one file changed", said.splitlines()[0])
        told("reports whose content is another's", f"{strangers(root / 'out-many')} of {given.many}", "0")


def rollup(data: Path, out: Path) -> str:
    """Seconds and processor seconds of the report that puts most communes together, their own being finished."""
    from giamngheo.law.dated import Law

    below, before = Law(data).territory(YEAR).communes, processor()
    whole = max(below, key=lambda unit: len(below[unit]))
    took = timed(lambda: quietly(command(data, "report", "--unit", whole, "--year", YEAR, "--out", out)))
    return f"{took:.1f} s, {processor() - before:.1f} processor s"


def strangers(out: Path) -> int:
    """The reports of which a file is not what its row of the batch's manifest says."""
    import csv

    from giamngheo.run import batch_record

    with (out / f"manifest-{YEAR}.csv").open(encoding="utf-8", newline="") as lines:
        return len({wrong.unit for wrong in batch_record.self_check(out, list(csv.DictReader(lines)))})


if __name__ == "__main__":
    main()
