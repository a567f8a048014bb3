"""A real Chromium, and the reports to read in it: the seed's and a made-up commune's, from one data folder."""

import shutil
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

import tools
from conftest import PROJECT, SEED, SEED_YEAR, finished, program
from giamngheo import simulate

MADE_UP, MADE_UP_YEAR = "mo-phong-001", 2024
BOTH = {"seed": (SEED, SEED_YEAR), "simulated": (MADE_UP, MADE_UP_YEAR)}
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def chromium():
    """Chromium without a window; no page of it may reach the network."""
    path = tools.need("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield browser
        browser.close()


@cache
def data_folder() -> Path:
    """The seed beside a simulated commune of five villages, both on one map."""
    folder = tools.folder() / "browser" / "data"
    simulate.write(folder, communes=1, villages=5, year=MADE_UP_YEAR, seed=7)
    shutil.copytree(PROJECT / "data" / SEED, folder / SEED)
    with (folder / "units.csv").open("a", encoding="utf-8") as file:
        file.writelines((PROJECT / "data" / "units.csv").read_text(encoding="utf-8").splitlines(keepends=True)[1:])
    return folder


@cache
def reports() -> dict[str, Path]:
    """The folders of both reports, made by the command line."""
    out = tools.folder() / "browser" / "out"
    for unit, year in BOTH.values():
        given = ("--unit", unit, "--year", year, "--data", data_folder(), "--out", out)
        finished(program("giamngheo", "report", *given, cwd=PROJECT))
    return {name: out / unit / str(year) for name, (unit, year) in BOTH.items()}
