"""Whether a report is slower than with another checkout: the seed's, cold, in pairs, one after the other in turn.

    python benchmarks/pairs.py ../before . [--pairs 10]

Each checkout runs with its own `.venv`. Of each pair the ratio is taken (second to first), since a shared machine is not
the same for two pairs; told is the median. Processor time is that of every process of a run.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from measure import adopt_orphans, processor, timed


def report(checkout: Path) -> tuple[float, float]:
    """Seconds on the clock and of the processors for one report of the seed, into an empty folder."""
    program = (checkout / ".venv" / "bin" / "giamngheo").absolute()
    with tempfile.TemporaryDirectory() as out:
        command, before = [program, "report", "--out", out], processor()
        took = timed(lambda: subprocess.run(command, cwd=checkout, check=True, stdout=subprocess.DEVNULL))
        return took, processor() - before


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("old", type=Path)
    ask.add_argument("new", type=Path)
    ask.add_argument("--pairs", type=int, default=10)
    given = ask.parse_args()
    adopt_orphans()
    pairs = []
    for number in range(given.pairs):
        turn = (given.old, given.new) if number % 2 == 0 else (given.new, given.old)
        took = {checkout: report(checkout) for checkout in turn}
        pairs.append((took[given.old], took[given.new]))
        (old, old_processors), (new, new_processors) = pairs[-1]
        print(f"{old:6.2f} {new:6.2f} s   processors {old_processors:6.2f} {new_processors:6.2f} s", flush=True)
    for kind, place in (("clock", 0), ("processors", 1)):
        ratios = sorted(new[place] / old[place] for old, new in pairs)
        print(f"{kind}: median of {len(ratios)} ratios {median(ratios):.3f} ({ratios[0]:.3f} – {ratios[-1]:.3f})")


if __name__ == "__main__":
    main()
