"""Whether commands are slower than with another checkout: cold, in pairs, one after the other in turn.

    python benchmarks/pairs.py ../before . [--pairs 10] [--verbs report check status]

Each checkout runs with its own `.venv`, on its own data of the seed, the report into an empty folder. Of each pair the ratio is
taken (second to first), since a shared machine is not the same for two pairs; told are the median of the ratios and the
quickest of each. Processor time is that of every process of a run.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from measure import adopt_orphans, processor, timed, told

VERBS = ("report", "check", "status", "--help")
KINDS = ("clock", "processors")


def run(checkout: Path, verb: str) -> tuple[float, float]:
    """Seconds on the clock and of the processors for one command about the seed."""
    program = (checkout / ".venv" / "bin" / "giamngheo").absolute()
    with tempfile.TemporaryDirectory() as out:
        command, before = [program, verb, *(("--out", out) if verb in VERBS[:3] else ())], processor()
        took = timed(lambda: subprocess.run(command, cwd=checkout, stdout=subprocess.DEVNULL))
        return took, processor() - before


def pairs(verb: str, old: Path, new: Path, count: int) -> list[tuple]:
    """What both checkouts took for a command, so many times, each time the other one first."""
    found = []
    for number in range(count):
        turn = (old, new) if number % 2 == 0 else (new, old)
        took = {checkout: run(checkout, verb) for checkout in turn}
        found.append((took[old], took[new]))
    return found


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("old", type=Path)
    ask.add_argument("new", type=Path)
    ask.add_argument("--pairs", type=int, default=10)
    ask.add_argument("--verbs", nargs="+", choices=VERBS[:3], default=VERBS)
    given = ask.parse_args()
    adopt_orphans()
    for verb in given.verbs:
        took = pairs(verb, given.old, given.new, given.pairs)
        for place, kind in enumerate(KINDS):
            ratios = sorted(new[place] / old[place] for old, new in took)
            best = [min(one[side][place] for one in took) for side in (0, 1)]
            told(f"`{verb}`, {kind}: before, after (quickest of {given.pairs})", f"{best[0]:.2f} s, {best[1]:.2f} s",
                 f"ratio {median(ratios):.2f} ({ratios[0]:.2f} – {ratios[-1]:.2f})")  # fmt: skip


if __name__ == "__main__":
    main()
