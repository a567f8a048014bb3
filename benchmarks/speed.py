"""Ours against papermill's API and nbconvert: seconds per report, both ways in turn, in one run.

    python benchmarks/speed.py [--communes 100] [--theirs 12] [--rounds 2]

Theirs: `papermill.execute_notebook` as it comes, then nbconvert's `HTMLExporter`, in two processes that stay up
for the whole run. Ours: `batch` with two jobs, once for HTML only and once with PDF and DOCX. On a machine with
other work the ratios hold and the seconds do not, so the ways take turns and processor seconds are told too.
"""

import argparse
import ctypes
import os
import resource
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from giamngheo import batch, data, manifest, runner, simulate

YEAR = 2024
PR_SET_CHILD_SUBREAPER = 36


def theirs(unit: str, out: Path) -> None:
    import papermill
    from nbconvert.exporters import HTMLExporter

    folder = out / unit
    folder.mkdir(parents=True)
    for name in runner.NOTEBOOKS:
        executed = papermill.execute_notebook(
            str(manifest.NOTEBOOKS / f"{name}.ipynb"), str(folder / f"{name}.ipynb"),
            {"unit": unit, "year": YEAR}, progress_bar=False,
        )  # fmt: skip
        page, _ = HTMLExporter().from_notebook_node(executed)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")


def processor() -> float:
    """Processor seconds of this machine's processes that were started by us and have ended, in all generations."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def adopt_orphans() -> None:
    """Processes whose parent has ended become ours, so that a warm server's time is counted too."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def timed(make, reports: int) -> tuple[float, float]:
    """Wall and processor seconds per report."""
    wall, spent = time.perf_counter(), processor()
    make()
    took = time.perf_counter() - wall
    time.sleep(1)  # a warm server ends a moment after those it served
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    return took / reports, (processor() - spent) / reports


def run_theirs(units: list[str], out: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(theirs, units, [out] * len(units)))


def run_ours(units: list[str], out: Path, formats: tuple[str, ...]) -> None:
    shutil.rmtree(out, ignore_errors=True)
    # a process of its own, so that its warm server ends with it and is counted
    process = get_context("spawn").Process(target=ours, args=(units, out, formats))
    process.start()
    process.join()
    assert process.exitcode == 0


def ours(units: list[str], out: Path, formats: tuple[str, ...]) -> None:
    raise SystemExit(batch.main(",".join(units), YEAR, 2, out=out, formats=formats))


def main() -> None:
    ask = argparse.ArgumentParser()
    for name, default in (("communes", 100), ("theirs", 12), ("rounds", 2), ("villages", 9)):
        ask.add_argument(f"--{name}", type=int, default=default)
    given = ask.parse_args()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        os.environ["GIAMNGHEO_DATA"] = str(root / "data")
        simulate.write(root / "data", given.communes, given.villages, YEAR, seed=1)
        units = data.units()
        ways = {
            "papermill + nbconvert HTML": (lambda out: run_theirs(units[: given.theirs], out), given.theirs),
            "ours, HTML": (lambda out: run_ours(units, out, ("html",)), len(units)),
            "ours, HTML + PDF + DOCX": (lambda out: run_ours(units, out, batch.FORMATS), len(units)),
        }
        took = {name: [] for name in ways}
        for turn in range(given.rounds):
            for number, (name, (make, reports)) in enumerate(ways.items()):
                took[name].append(timed(lambda: make(root / f"out-{turn}-{number}"), reports))
    base = min(took["papermill + nbconvert HTML"])
    for name, times in took.items():
        wall, spent = min(times)
        print(f"{name:28} {wall:6.2f} s/report, {spent:6.2f} processor s/report, "
              f"{base[0] / wall:5.1f} times, by processor time {base[1] / spent:5.1f} times")  # fmt: skip


if __name__ == "__main__":
    main()
