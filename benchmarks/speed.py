"""Ours against papermill's API and nbconvert: seconds per report, the ways in turn, in one run.

    python benchmarks/speed.py [--communes 100] [--theirs 12] [--rounds 2]

Theirs: `papermill.execute_notebook` as it comes, then nbconvert's `HTMLExporter`, in two processes that stay up
for the whole run. Ours: `giamngheo batch` with two jobs, once for HTML only and once with PDF and DOCX. On a
machine with other work the ratios hold and the seconds do not, so the ways take turns.
"""

import argparse
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from cells import overhead
from measure import YEAR, adopt_orphans, processor, province, timed, told, without_output

from giamngheo import environment, shipped
from giamngheo.intake.unit import units as units_below
from giamngheo.run import batch, runner


def theirs(unit: str, out: Path) -> None:
    import papermill
    from nbconvert.exporters import HTMLExporter

    folder = out / unit
    folder.mkdir(parents=True)
    for name in runner.NOTEBOOKS:
        executed = papermill.execute_notebook(
            str(shipped.NOTEBOOKS / f"{name}.ipynb"), str(folder / f"{name}.ipynb"),
            {"unit": unit, "year": YEAR}, progress_bar=False,
        )  # fmt: skip
        page, _ = HTMLExporter().from_notebook_node(executed)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")


def run_theirs(units: list[str], out: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(theirs, units, [out] * len(units)))


def run_ours(root: Path, units: list[str], out: Path, formats: tuple[str, ...]) -> None:
    """In a process of its own, so that its warm server ends with it and is counted."""
    process = get_context("spawn").Process(target=ours, args=(root, units, out, formats))
    process.start()
    process.join()
    assert process.exitcode == 0


def ours(root: Path, units: list[str], out: Path, formats: tuple[str, ...]) -> None:
    with without_output():
        raise SystemExit(batch.main(root, ",".join(units), YEAR, 2, out=out, formats=formats))


def main() -> None:
    ask = argparse.ArgumentParser()
    for name, default in (("communes", 100), ("theirs", 12), ("rounds", 2), ("villages", 9)):
        ask.add_argument(f"--{name}", type=int, default=default)
    given = ask.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        data = province(root / "data", 2 * given.communes, given.villages)
        os.environ[environment.DATA] = str(data)  # for papermill's own kernels
        units = units_below(data)[::2]  # of no district all communes: theirs has no roll-up, so ours must make none
        ways = {
            "papermill + nbconvert HTML": (given.theirs, lambda out: run_theirs(units[: given.theirs], out), ""),
            "ours, HTML": (len(units), lambda out: run_ours(data, units, out, ("html",)), "≥ 12 times"),
            "ours, HTML + PDF + DOCX": (len(units), lambda out: run_ours(data, units, out, batch.FORMATS), "≥ 9 times, ≤ 1.1 processor s"),
        }
        took = {name: [] for name in ways}
        for turn in range(given.rounds):
            for number, (name, (reports, make, _)) in enumerate(ways.items()):
                spent = processor()
                wall = timed(lambda: make(root / f"out-{turn}-{number}")) / reports  # noqa: B023
                took[name].append((wall, (processor() - spent) / reports))
        base = min(took["papermill + nbconvert HTML"])
        for name, (_, _, wanted) in ways.items():
            wall, spent = min(took[name])
            times = f"{base[0] / wall:.1f} times (processor time: {base[1] / spent:.1f} times)"
            told(name, f"{wall:.2f} s a report, {spent:.2f} processor s; {times}", wanted)
        told("execution over the time inside cells", f"{overhead(data, units[:10], root / 'out'):.2f}", "≤ 1.3")


if __name__ == "__main__":
    main()
