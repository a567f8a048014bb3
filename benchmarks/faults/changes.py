"""Inputs that change while a report is made: the report belongs to one state of the files, the one its manifest names.

What was written is kept by its hash. From the files that the manifest lists ten figures and more are worked out by
hand, and the report is made once more without disturbance: every file must have the same bytes.
"""

import json
import os
import random
import shutil
import time
from hashlib import sha256
from pathlib import Path

import acts
import by_hand
import trials
from acts import ACTS, UNIT, YEAR
from kills import after, copied
from told import Told
from trees import judged, tree

REPORT = f"outputs/{UNIT}/{YEAR}"
OWN = f"data/{UNIT}/{YEAR}"
# A file that a report reads, and a text in it that may be another.
TEXTS = {
    f"data/{UNIT}/unit.yml": ("Người Ký Mô Phỏng", "Người Ký Khác"),
    f"{OWN}/narrative/giai-phap.md": ("Lồng ghép", "Phối hợp"),
    f"{OWN}/budget.csv": ("101200000", "101300000"),
    f"{OWN}/review.csv": (",54,", ",56,"),
    "data/programme.csv": ("Dự án 2: Đa dạng hóa sinh kế", "Dự án 2: Đa dạng sinh kế"),
    "notebooks/02_budget.ipynb": ("Vốn", "Nguồn vốn"),
}


def disturbed(times: int, began: Path, place: Path, seed: int = 1) -> Told:
    """Change one file at a random moment of a report, every other time back again before it ends."""
    told, moments = Told("change", "reports whose inputs changed meanwhile"), random.Random(seed)
    before, (_, took) = tree(began), after(ACTS["report"], began, place)
    references: dict[str, dict[str, str]] = {}
    for number in range(times):
        copied(began, place)
        file = list(TEXTS)[number % len(TEXTS)]
        changes = sorted(moments.uniform(0, took) for _ in range(1 + number // len(TEXTS) % 2))
        with restored(place, file) as path:
            states = [path.read_bytes(), changed(path.read_text(encoding="utf-8"), file)]
            ended = watched(place, path, states, changes)
        faults = ended.faults() + judged_report(ended, before, place, began, file, states, references, told)
        told.trial(faults, f"{number}: {file} at {', '.join(f'{one:.2f}' for one in changes)} of {took:.2f} s")
    return told


class restored:
    """The file to change; a notebook is the project's own copy, which is put back at the end."""

    def __init__(self, place: Path, file: str):
        self.path = Path.cwd() / file if file.startswith("notebooks") else place / file

    def __enter__(self) -> Path:
        self.content = self.path.read_bytes()
        return self.path

    def __exit__(self, *_) -> None:
        self.path.write_bytes(self.content)


def changed(text: str, file: str) -> bytes:
    old, new = TEXTS[file]
    if old not in text:
        raise KeyError(f"{old} in {file}")
    return text.replace(old, new).encode()


def watched(place: Path, path: Path, states: list[bytes], changes: list[float]) -> trials.Ended:
    """Run the report; at the moments of `changes` the file takes its other state, as programs save: whole."""
    start, running = time.perf_counter(), trials.Running(ACTS["report"], place)
    for step, moment in enumerate(changes, start=1):
        time.sleep(max(0, start + moment - time.perf_counter()))
        new = path.with_name(f"~$.{path.name}")
        new.write_bytes(states[step % 2])
        os.replace(new, path)
    return running.ended()


def judged_report(ended, before, place, began, file, states, references, told) -> list[str]:
    if ended.code:
        told.seen("refused and said so")
        if not file.startswith("notebooks"):
            shutil.copy2(began / file, place / file)
        return [f"refused, but: {fault}" for fault in judged(tree(place), before)]
    record = json.loads((place / REPORT / "manifest.json").read_bytes())
    hashes = record["inputs"] | record["code"]
    name = file.removeprefix("data/")
    name = name if name in hashes else Path(file).name
    state = next((one for one in states if sha256(one).hexdigest() == hashes.get(name)), None)
    if state is None:
        return [f"the manifest names a state of {name} that never was"]
    told.seen("made of the first state" if state == states[0] else "made of the second state")
    faults = [f"by hand: {one}" for one in by_hand.missing(place / REPORT, wanted(place, began, file, state))]
    if record["key"] not in references:
        references[record["key"]] = undisturbed(place.parent / "reference", began, file, state)
    alike = references[record["key"]]
    return faults + [f"other bytes: {path}" for path, one in tree(place / REPORT).items() if one != alike.get(path)]


def wanted(place: Path, began: Path, file: str, state: bytes) -> list[str]:
    """The sentences by hand, from the files as they began and the state of the one that changed."""
    names = [f"{OWN}/review.csv", f"data/{UNIT}/{YEAR - 1}/review.csv", f"{OWN}/budget.csv"]
    read = [state if name == file else (began / name).read_bytes() for name in names]
    return by_hand.sentences(*read, YEAR - 1)


def undisturbed(place: Path, began: Path, file: str, state: bytes) -> dict[str, str]:
    """The report of a state, made in peace."""
    copied(began, place)
    with restored(place, file) as path:
        path.write_bytes(state)
        acts.succeeded(place, ACTS["report"])
    found = tree(place / REPORT)
    shutil.rmtree(place)
    return found
