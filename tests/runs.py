"""Two real runs of the seed's report, the second after two figures of its data were changed."""

import shutil
from functools import cache
from pathlib import Path

import pytest

import tools
from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.report import inputs
from giamngheo.review import diff
from giamngheo.run import runner

CHANGES = {"review.csv": ("242,922", "242,925"), "budget.csv": ("48300000", "50000000")}


@cache
def pair() -> tuple[Path, Path]:
    """The data folder and the output folder of both runs; the runs are in `first(out)` and `second(out)`."""
    root, out = tools.folder() / "runs" / "data", tools.folder() / "runs" / "out"
    shutil.copytree(PROJECT / "data", root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIAMNGHEO_DATA", str(root))
        folder = runner.make(opened(SEED, SEED_YEAR), out, say=lambda line: None)
        for name, (old, new) in CHANGES.items():
            path = root / SEED / str(SEED_YEAR) / name
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")
        shutil.copytree(folder, first(out))
        diff.keep(folder, inputs.described(opened(SEED, SEED_YEAR))["key"])
        runner.make(opened(SEED, SEED_YEAR), out, say=lambda line: None)
    return root, out


def first(out: Path) -> Path:
    return out.parent / "first" / SEED / str(SEED_YEAR)


def second(out: Path) -> Path:
    return out / SEED / str(SEED_YEAR)
