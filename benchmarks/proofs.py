"""How often figures are proved one way or the other: true bodies of figures, and bodies with one impossible figure.

    python benchmarks/proofs.py [--true 1000] [--planted 1000]
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings

from giamngheo import reconcile
from giamngheo.findings import DataError

TESTS = Path(__file__).parents[1] / "tests"
sys.path.insert(0, str(TESTS))
from claims import PUBLISHED, frame, true_claims  # noqa: E402
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


def one_digit_each(claims: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    """(row, body) for every digit that stands for another in a printed figure."""
    for at, text in enumerate(claims["printed"]):
        for place in re.finditer("[0-9]", text):
            for digit in set("0123456789") - {place.group()}:
                body = claims.copy()
                body.loc[at, "printed"] = text[: place.start()] + digit + text[place.end() :]
                yield at, body


def published_bodies(each: int) -> Counter:
    """What is proved of published figures of which one digit is another, and whether the figure is in each contradiction."""
    kinds: Counter = Counter()
    for path in sorted(path for path in PUBLISHED.iterdir() if path.suffix in (".csv", ".xlsx") and path.stem != "N31"):
        claims = reconcile.read(path)
        if reconcile.prove(claims).kind == "witness":
            for at, body in islice(one_digit_each(claims), 0, None, each):
                kinds[proved(body, f"{path.name}:{claims['line'][at]}")] += 1
    return kinds


def proved(body: pd.DataFrame, source: str) -> str:
    """The kind of proof of a body, and whether the figure of that source is in its contradiction."""
    try:
        proof = reconcile.prove(body)
    except DataError:
        return "refused"
    found = source in {line for one in proof.sets for line in one}
    return proof.kind if not proof.sets else f"contradiction {'with' if found else 'without'} the figure"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--true", type=int, default=1000)
    options.add_argument("--planted", type=int, default=1000)
    options.add_argument("--each", type=int, default=1)
    given_options = options.parse_args()
    for prove, many in (
        (true_bodies, given_options.true), (planted_bodies, given_options.planted), (published_bodies, given_options.each)
    ):  # fmt: skip
        began = time.process_time()
        kinds = prove(many)
        print(f"{prove.__name__}: {dict(kinds)}, {time.process_time() - began:.0f} s of processor time")


if __name__ == "__main__":
    main()
