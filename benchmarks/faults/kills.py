"""Killed at random moments: every piece is whole, old or new, and the next run leaves what an undisturbed one leaves."""

import random
import shutil
import statistics
import time
from pathlib import Path

import trials
from acts import ACTS, Act
from told import Told
from trees import Tree, differs, judged, tree

IN_A_ROW = 4  # kills before a run that is not disturbed


def after(act: Act, began: Path, place: Path) -> tuple[Tree, float]:
    """What an undisturbed run leaves, and how many seconds it takes."""
    took = []
    for _ in range(3):
        copied(began, place)
        start = time.perf_counter()
        ended = trials.run(act, place)
        took.append(time.perf_counter() - start)
        if ended.faults() or ended.code not in (0, 1):
            raise RuntimeError(f"{ended}")
    return tree(place), statistics.median(took)


def copied(began: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    return shutil.copytree(began, place)


def next_run(act: Act, place: Path, wanted: Tree) -> list[str]:
    """What is wrong after the act was done once more on what a stopped one left."""
    again = trials.run(act, place)
    return [f"next run: {fault}" for fault in again.faults() + differs(tree(place), wanted)]


def killed(name: str, times: int, began: Path, place: Path, seed: int = 1) -> Told:
    """Kill the act `times` times; every other time all its processes at once.

    What a kill left is where the next one happens, until something is new or `IN_A_ROW` were killed: then the act is
    done undisturbed.
    """
    act, moments, told = ACTS[name], random.Random(f"{seed}/{name}"), Told(f"kill {name}", "kills at random moments")
    before, (wanted, took) = tree(began), after(ACTS[name], began, place)
    copied(began, place)
    in_a_row = 0
    for number in range(times):
        running, moment = trials.Running(act, place), moments.uniform(0, took)
        time.sleep(moment)
        running.kill(everyone=bool(number % 2))
        ended, now = running.ended(), tree(place)
        faults = ended.faults() + judged(now, *([wanted] if ended.code == 0 else [before, wanted]))
        told.seen("ended before the kill" if ended.code >= 0 else "killed")
        in_a_row = in_a_row + 1 if now != before else 0
        if now not in (before, wanted):
            told.seen("left something behind")
            new = bool(judged(now, before))
            if new or in_a_row == IN_A_ROW or number == times - 1:
                told.seen("next runs")
                faults += next_run(act, place, wanted)
        if faults or judged(now, before) or in_a_row == IN_A_ROW:
            copied(began, place)
            in_a_row = 0
        told.trial(faults, f"{number}: {moment:.3f} of {took:.3f} s")
    return told
