"""Run every benchmark, one after the other, and keep what they tell in `results.md`: python benchmarks

Each with so few reports that all take some ten minutes of a machine of two processors; `python benchmarks/scale.py` alone
makes a thousand.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RUNS = (
    ("pairs", "--pairs", "5"),
    ("preview",),
    ("speed", "--communes", "24", "--theirs", "6", "--rounds", "1"),
    ("slowest", "--communes", "4"),
    ("cold", "--rounds", "1"),
    ("kill", "--times", "4"),
    ("scale", "--few", "30", "--many", "135"),
)
HEAD = "# Measurements\n\nMade by `make bench` on {machine}.\n\n| What | Measured | Wanted |\n|---|---|---|\n"


def main() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} processors, {memory:.0f} GB, Python {platform.python_version()}"
    rows = []
    for name, *few in RUNS:
        print(f"{name}.py …", file=sys.stderr, flush=True)
        script = [sys.executable, str(HERE / f"{name}.py"), *few]
        said = subprocess.run(script, check=True, stdout=subprocess.PIPE, text=True).stdout
        rows += [line for line in said.splitlines() if line.startswith("|")]
    text = HEAD.format(machine=machine) + "\n".join(rows) + "\n"
    (HERE / "results.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
