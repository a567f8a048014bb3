"""One report from nothing: `giamngheo report` against papermill's own way for the same notebooks.

    python benchmarks/cold.py [--rounds 3]

Theirs makes the executed notebooks and their HTML; ours makes the report as HTML, PDF and DOCX besides.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from measure import PROJECT, command, quietly, timed, told

THEIRS = """
import sys
from pathlib import Path
import papermill
from nbconvert.exporters import HTMLExporter
out = Path(sys.argv[1])
for name in ("01_review", "02_budget", "03_checks", "04_report"):
    made = papermill.execute_notebook(f"notebooks/{name}.ipynb", str(out / f"{name}.ipynb"), progress_bar=False)
    (out / f"{name}.html").write_text(HTMLExporter().from_notebook_node(made)[0], encoding="utf-8")
"""


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    took = {"ours": [], "theirs": []}
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as place:
            took["theirs"].append(timed(lambda: quietly([sys.executable, "-c", THEIRS, place])))
            ours = command(PROJECT / "data", "report", "--out", Path(place, "ours"))
            took["ours"].append(timed(lambda: quietly(ours)))  # noqa: B023
    best = {name: min(times) for name, times in took.items()}
    told("one report from nothing: papermill + nbconvert HTML", f"{best['theirs']:.1f} s")
    told("one report from nothing: ours, with PDF and DOCX", f"{best['ours']:.1f} s", "not slower")


if __name__ == "__main__":
    main()
