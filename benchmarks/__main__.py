"""Run every benchmark, one after the other, and keep what they tell in `results.md`: python benchmarks"""

import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
HEAD = "# Measurements\n\nMade by `make bench` on {machine}.\n\n| What | Measured | Wanted |\n|---|---|---|\n"


def main() -> None:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} processors, {memory:.0f} GB, Python {platform.python_version()}"
    rows = []
    for name in ("speed", "slowest", "cold", "preview", "kill", "scale"):
        print(f"{name}.py …", file=sys.stderr, flush=True)
        script = [sys.executable, str(HERE / f"{name}.py")]
        said = subprocess.run(script, check=True, stdout=subprocess.PIPE, text=True).stdout
        rows += [line for line in said.splitlines() if line.startswith("|")]
    text = HEAD.format(machine=machine) + "\n".join(rows) + "\n"
    (HERE / "results.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
