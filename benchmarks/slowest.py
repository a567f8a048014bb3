"""Where the time inside cells goes: the slowest cells of a report.

    python benchmarks/slowest.py [--communes 10]
"""

import argparse
import tempfile
from pathlib import Path

from cells import measured
from measure import province, told

from giamngheo.intake.unit import units

SLOWEST = 8


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--communes", type=int, default=10)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = province(Path(place, "data"), given.communes)
        _, cells = measured(root, units(root), Path(place, "out"))
    told("inside the cells of a report", f"{cells.total() / given.communes:.2f} s")
    for (name, said), seconds in cells.most_common(SLOWEST):
        told(f"of that in {name}, `{said[:60]}`", f"{seconds / given.communes * 1000:.0f} ms")


if __name__ == "__main__":
    main()
