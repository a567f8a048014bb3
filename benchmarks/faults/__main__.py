"""What is lost when it is killed, starved or raced, and its inputs change: python benchmarks/faults [KIND …] [--times N]

Writes the rows of the kinds that were asked for into `benchmarks/faults.md` and leaves the others there as they are.
Only the processes that it started itself are killed; nothing is written outside a folder of its own.
"""

import argparse
import datetime as dt
import os
import platform
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import trials

RESULTS = trials.PROJECT / "benchmarks" / "faults.md"
HEAD = """\
# Faults

What happened when the program was stopped, starved and raced; `make faults` writes this file. Wrong must be 0.

| What | Tried | Seen | Wrong | Which | When, where |
|---|---|---|---|---|---|
"""

def kinds(times: int) -> dict:
    """Every kind by name: a function of the place as it began and of a place to work in; 0 `times`: as many as are wanted."""
    import changes
    import kills
    import pairs
    import scarcity
    import stops
    from acts import ACTS

    found = {f"kill-{name}": partial(kills.killed, name, times or 400) for name in ACTS}
    found |= {f"stop-{name}": partial(stops.walked, name, times or stops.MOST) for name in ACTS if not skipped("stop", stops.impossible())}
    found |= {"change": partial(changes.disturbed, times or 50)}
    found |= {f"pair-{name.replace(' ', '')}": partial(pairs.at_once, name, times or 50) for name in pairs.PAIRS}
    if not skipped("disk, scarce", scarcity.impossible()):
        found |= {f"disk-{name}": partial(scarcity.full, name, times or 30) for name in scarcity.FULL}
        found |= {"scarce": scarcity.scarce}
    return found


def skipped(kinds: str, why: str) -> str:
    if why:
        print(f"{kinds}: left out, {why}", file=sys.stderr)
    return why


def measured(wanted: list[str], times: int, place: Path, results: Path | None) -> None:
    """Measure each kind, print its row, and put it into the table as it grows."""
    import told
    from acts import OTHER, UNIT, begun

    known = kinds(times)
    chosen = [name for name in known if not wanted or any(name.startswith(one) for one in wanted)]
    (place / "began").mkdir()
    many = any("batch" in name or name == "scarce" for name in chosen)
    began = begun(place / "began", (UNIT, OTHER) if many else (UNIT,))
    if results:
        told.KEEP.append(partial(written, results, machine()))
    for name in chosen:
        print(f"{name} …", file=sys.stderr, flush=True)
        row = known[name](began, place / "now").row()
        print(row, flush=True)
        told.KEEP[-1](row)


def written(results: Path, where: str, row: str) -> None:
    """Put a row, and where it was measured, into the table in the place of the one of the same name."""
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    rows = {line.split("|")[1]: line for line in lines if line.startswith("| ") and not line.startswith("| What")}
    rows[row.split("|")[1]] = f"{row} {where} |"
    results.write_text(HEAD + "\n".join(rows[name] for name in sorted(rows)) + "\n", encoding="utf-8")


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    made = subprocess.run(["git", "describe", "--always"], cwd=trials.PROJECT, capture_output=True, text=True).stdout.strip()
    return f"{dt.date.today()}, {os.cpu_count()} processors, {memory:.0f} GB, Python {platform.python_version()}, {made}"


def main() -> int:
    ask = argparse.ArgumentParser()
    ask.add_argument("kinds", nargs="*", help="what to measure: kill, stop, …, or kill-report (default: all)")
    ask.add_argument("--times", type=int, default=0, help="how often each is tried (default: as often as is wanted)")
    ask.add_argument("--only-print", action="store_true", help="leave faults.md as it is")
    given = ask.parse_args()
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory, prefix="faults-") as place:
        return trials.warm(Path(place), measured, given.kinds, given.times, Path(place), None if given.only_print else RESULTS)


if __name__ == "__main__":
    sys.exit(main())
