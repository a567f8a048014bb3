"""Whether commands are slower than at another commit: from nothing, in pairs, one after the other in turn.

    python benchmarks/pairs.py [commit] [--pairs 10] [--verbs report check status --help]

Both run with this Python and its packages, on the data of the seed as each commit has them, the report into an empty folder;
each once before it is timed, so that both are compiled. Of each pair the ratio is taken (second to first), since a shared
machine is not the same for two pairs; told are the median of the ratios and the quickest of each. Processor time is that of
every process of a run.
"""

import argparse
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from statistics import median

from measure import PROJECT, adopt_orphans, processor, timed, told

BEFORE = "c836e86~1"  # before a report was made by one process
WANTED = {"report": 0.38, "check": 0.64, "status": 0.28, "--help": 0.48}  # on the clock of an idle machine
SECONDS = {"report": 2, "check": 0.7, "status": 0.7, "--help": 0.15}
KINDS = ("clock", "processors")


def laid_out(commit: str, folder: Path) -> Path:
    """The library, notebooks and data of a commit."""
    packed = subprocess.run(["git", "archive", commit, "lib", "notebooks", "data"], cwd=PROJECT, check=True, stdout=subprocess.PIPE).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(folder, filter="data")
    return folder


def run(checkout: Path, verb: str) -> tuple[float, float]:
    """Seconds on the clock and of the processors for one command about the seed."""
    program = "import sys; from giamngheo import cli; sys.argv[0] = 'giamngheo'; sys.exit(cli.main())"
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as out:
        given = (verb,) if verb == "--help" else (verb, "--out", out)
        command, before = [sys.executable, "-c", program, *given], processor()
        environ = own | {"PYTHONPATH": str(checkout / "lib")}
        took = timed(lambda: subprocess.run(command, cwd=checkout, env=environ, stdout=subprocess.DEVNULL))
        return took, processor() - before


def pairs(verb: str, old: Path, new: Path, count: int) -> list[tuple]:
    """What both checkouts took for a command, so many times, each time the other one first."""
    found = []
    for checkout in (old, new):
        run(checkout, verb)
    for number in range(count):
        turn = (old, new) if number % 2 == 0 else (new, old)
        took = {checkout: run(checkout, verb) for checkout in turn}
        found.append((took[old], took[new]))
    return found


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("commit", nargs="?", default=BEFORE)
    ask.add_argument("--pairs", type=int, default=10)
    ask.add_argument("--verbs", nargs="+", choices=tuple(WANTED), default=tuple(WANTED))
    given = ask.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as place:
        old = laid_out(given.commit, Path(place))
        for verb in given.verbs:
            took = pairs(verb, old, PROJECT, given.pairs)
            for at, kind in enumerate(KINDS):
                ratios = sorted(new[at] / old[at] for old, new in took)
                best = [min(one[side][at] for one in took) for side in (0, 1)]
                told(f"`{verb}`, {kind}: before, after (quickest of {given.pairs})",
                     f"{best[0]:.2f} s, {best[1]:.2f} s; ratio {median(ratios):.2f} ({ratios[0]:.2f} – {ratios[-1]:.2f})",
                     f"ratio ≤ {WANTED[verb]}, ≤ {SECONDS[verb]} s")  # fmt: skip


if __name__ == "__main__":
    main()
