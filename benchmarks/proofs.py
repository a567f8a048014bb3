"""How often figures are proved one way or the other: true bodies of figures, and bodies with one impossible figure.

    python benchmarks/proofs.py [--true 1000] [--planted 1000]
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings

from giamngheo import reconcile

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))
from claims import frame, true_claims  # noqa: E402
from planted import planted  # noqa: E402


def true_bodies(many: int) -> Counter:
    """What is proved of bodies of figures that are all true."""
    kinds: Counter = Counter()

    @settings(max_examples=many, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None, database=None)
    @given(true_claims())
    def prove(rows):
        kinds[reconcile.prove(frame(rows)).kind] += 1

    prove()
    return kinds


def planted_bodies(many: int) -> Counter:
    """What is proved of bodies with one impossible figure, and whether that figure is in the contradiction."""
    kinds: Counter = Counter()
    for seed in range(many):
        for name, rows, at in planted(Random(seed)):
            proof = reconcile.prove(frame(rows))
            found = f"t.csv:{at + 2}" in {line for one in proof.sets for line in one}
            kinds[proof.kind, "with the figure" if found else f"without the figure ({name})"] += 1
            if kinds.total() >= many:
                return kinds
    return kinds


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--true", type=int, default=1000)
    options.add_argument("--planted", type=int, default=1000)
    given_options = options.parse_args()
    for prove, many in ((true_bodies, given_options.true), (planted_bodies, given_options.planted)):
        began = time.process_time()
        kinds = prove(many)
        print(f"{prove.__name__}: {dict(kinds)}, {time.process_time() - began:.0f} s of processor time")


if __name__ == "__main__":
    main()
