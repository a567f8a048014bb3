"""Official forms changed as people change them: read right, refused, or wrong?

    python benchmarks/form_mutations.py [--times 3000]

Writes `benchmarks/form_mutations.md`. A count that is not the form's, and a fault that is taken in, is wrong and printed.
"""

import argparse
import platform
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

PROJECT = Path(__file__).parents[1]
sys.path.insert(0, str(PROJECT / "tests"))
import form_mutations  # noqa: E402
from giamngheo import shipped  # noqa: E402
from giamngheo.intake.unit import Year  # noqa: E402

RESULTS = PROJECT / "benchmarks" / "form_mutations.md"
HEAD = """\
# Forms, changed

Official forms of two to four villages, each changed in one to three ways (`tests/form_mutations.py`: columns moved, renamed within
`data/headings.csv`, inserted; headings merged otherwise, repeated or not at all; sections, totals first, CSV … and faults: a wrong
total, a wrong count, a line twice, a column twice, thousands). `make form-mutations` writes this file; *wrong* must be 0.

| Way | Forms without a fault: right | refused | With a fault: refused | Wrong |
|---|---|---|---|---|
"""


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=3000)
    times, began = options.parse_args().times, time.time()
    this = Year(shipped.DATA, "kong-long-khong", 2023)
    found: Counter = Counter()
    for number in range(times):
        form = form_mutations.mutated(random.Random(number))
        what = form_mutations.outcome(form, form_mutations.understood(form, this))
        if what == "wrong":
            print(number, form.name, form.ways, flush=True)
        for way in ("all", *form.ways):
            found[way, "wrong" if what == "wrong" else f"{what} {form.faulty}"] += 1
    lines = [row(way, found) for way in ("all", *sorted(way.__name__ for way in form_mutations.WAYS))]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=PROJECT, capture_output=True, text=True).stdout.strip()
    foot = f"\n{times} forms in {time.time() - began:.0f} s, at {commit}, Python {platform.python_version()}.\n"
    RESULTS.write_text(HEAD + "\n".join(lines) + "\n" + foot, encoding="utf-8")
    return int(found["all", "wrong"] > 0)


def row(way: str, found: Counter) -> str:
    counts = [found[way, what] for what in ("right False", "refused False", "refused True", "wrong")]
    return f"| {way.replace('_', ' ')} | {' | '.join(map(str, counts))} |"


if __name__ == "__main__":
    sys.exit(main())
