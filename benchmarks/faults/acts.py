"""What people do with the program, on one small made-up province in the middle of its year's work.

A place holds `data/`, `outputs/` and `notebooks/`. In `data/` are three communes; two have a report and the figures
of an earlier one, one a log of the reviewer with sign-offs and remarks; since then a figure has changed.
"""

import asyncio
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import trials

UNIT, OTHER, YEAR = "mo-phong-001", "mo-phong-002", 2024
Act = Callable[[Path], int]


def command(verb: str, *rest: object, place: Path, unit: str = UNIT, year: int = YEAR) -> int:
    """The command line on a place."""
    from giamngheo import cli

    whose = [] if verb in ("simulate", "batch") else ["--unit", unit]
    when = [] if verb == "simulate" else ["--year", year]
    where = ["--data", place / "data", "--out", place / "outputs"]
    return cli.main([str(part) for part in (verb, *where, *whose, *when, *rest)])


def act(verb: str, *rest: object, **which: object) -> Act:
    def done(place: Path) -> int:
        return command(verb, *rest, place=place, **which)

    return done


def simulated(name: str, *options: object, communes: int = 1, villages: int = 2) -> Act:
    """A made-up province in a folder of its own."""

    def done(place: Path) -> int:
        from giamngheo import cli

        shape = ("--communes", communes, "--villages", villages)
        return cli.main(["simulate", *map(str, ("--out", place / name, *shape, *options))])

    return done


def saved(place: Path, sentence: str = "một câu mới") -> int:
    """JupyterLab saving a notebook that the analyst ran and changed."""
    import nbformat
    from tornado.web import HTTPError

    from giamngheo.lab import contents

    seen = nbformat.read(place / "outputs" / UNIT / str(YEAR) / "01_review.ipynb", as_version=4)
    seen.cells.append(nbformat.v4.new_markdown_cell(sentence, id="moi"))
    model = {"type": "notebook", "format": "json", "content": seen}
    try:
        asyncio.run(contents.Contents(root_dir=str(place)).save(model, "notebooks/01_review.ipynb"))
    except HTTPError as refused:  # the server sends it to the page
        print(refused, file=sys.stderr)
        return 1
    return 0


SIGN = act("review", "--sign", "01_review:11-14")
REMARK = act("review", "--remark", "01_review:20", "Xem lại số này")
ACTS: dict[str, Act] = {
    "sign": SIGN,
    "remark": REMARK,
    "report": act("report"),
    "batch": act("batch", "--units", f"{UNIT},{OTHER}", "--jobs", 2),
    "new-year": act("new-year", year=YEAR + 1),
    "template": act("template", year=YEAR + 1),
    "lab": saved,
    "diff": act("diff"),
    "simulate": simulated("moi"),
    "mark": act("check", "--format", "xlsx", unit="bang-tinh"),
}


def changed(place: Path, unit: str = UNIT, step: int = 1) -> None:
    """A figure of a commune's review changes: the persons of its first village grow by `step`."""
    path = place / "data" / unit / str(YEAR) / "review.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = lines[1].split(",")
    cells[2] = str(int(cells[2]) + step)
    path.write_text("".join([lines[0], ",".join(cells), *lines[2:]]), encoding="utf-8")


def begun(place: Path, units: tuple[str, ...] = (UNIT, OTHER)) -> Path:
    """Make a place in the middle of its year's work; `units` are those with reports, UNIT the first."""
    import nbformat

    done = partial(succeeded, place)
    done(simulated("data", communes=3, villages=3))
    done(simulated("excel", "--excel", "--errors", 2))
    shutil.move(place / "excel" / UNIT, place / "data" / "bang-tinh")
    shutil.rmtree(place / "excel")
    for step in range(2):
        for unit in units:
            changed(place, unit)
            done(act("report", unit=unit))
        if step == 0:
            done(act("review", "--sign", "01_review:1-9"))
            done(act("review", "--remark", "01_review:3", "Số này lấy ở đâu?", "--remark", "02_budget:4", "Đã đối chiếu"))
    done(act("diff"))
    shutil.copytree(trials.PROJECT / "notebooks", place / "notebooks", ignore=shutil.ignore_patterns(".*"))
    (place / "outputs" / ".lab").mkdir()
    executed = nbformat.read(place / "outputs" / UNIT / str(YEAR) / "01_review.ipynb", as_version=4)
    nbformat.write(executed, place / "outputs" / ".lab" / "01_review.ipynb")
    for unit in units:
        changed(place, unit)
    return place


def succeeded(place: Path, work: Act) -> None:
    ended = trials.run(work, place)
    if ended.code:
        raise RuntimeError(f"{ended.code}: {ended.said}{ended.complained}")
