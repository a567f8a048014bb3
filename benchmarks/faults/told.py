"""What was tried and what was wrong, counted; a row of the table of results."""

import sys
import time
from collections import Counter
from collections.abc import Callable

EVERY = 30  # seconds between two looks at what is known so far
KEEP: list[Callable[[str], None]] = [lambda row: None]  # the last one is given a row as it grows


class Told:
    """The trials of one kind: how many, what was seen, how many had faults, and which kinds of faults."""

    def __init__(self, name: str, what: str):
        self.name, self.what = name, what
        self.trials = self.wrong = 0
        self.sights, self.faults, self.shown = Counter(), Counter(), {}
        self.keep, self.next = KEEP[-1], time.monotonic() + EVERY

    def seen(self, what: str) -> None:
        self.sights[what] += 1

    def trial(self, faults: list[str], which: str) -> None:
        """One trial has ended; of each kind of fault the first is shown at once."""
        self.trials, self.wrong = self.trials + 1, self.wrong + bool(faults)
        for kind in dict.fromkeys(fault.partition("/")[0][:70] for fault in faults):
            self.faults[kind] += 1
            if kind not in self.shown:
                self.shown[kind] = which
                whole = next(fault for fault in faults if fault.startswith(kind))
                print(f"  {self.name}, {which}: {whole}", file=sys.stderr, flush=True)
        if time.monotonic() > self.next:
            self.next = time.monotonic() + EVERY
            print(f"  {self.name}: {self.trials}, {self.wrong} wrong", file=sys.stderr, flush=True)
            self.keep(self.row())

    def row(self) -> str:
        """The row: what was tried, how often, what was seen, what was wrong."""
        sights = ", ".join(f"{many} {what}" for what, many in self.sights.items())
        faults = "; ".join(f"{many} × {kind}" for kind, many in self.faults.most_common())
        return f"| {self.name} | {self.trials} {self.what} | {sights} | {self.wrong} | {faults} |"
