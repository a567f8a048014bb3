"""Two who write at the same time: what is there is what one after the other would leave, and nobody gets a traceback."""

import random
import time
from functools import partial
from pathlib import Path

import acts
import trials
from acts import ACTS, Act
from kills import copied
from told import Told
from trees import Tree, judged, tree

PAIRS: dict[str, tuple[Act, Act]] = {
    "report + report": (ACTS["report"], ACTS["report"]),
    "report + batch": (ACTS["report"], ACTS["batch"]),
    "batch + batch": (ACTS["batch"], ACTS["batch"]),
    "sign + remark": (ACTS["sign"], ACTS["remark"]),
    "remark + remark": (ACTS["remark"], acts.act("review", "--remark", "02_budget:7", "Thiếu chứng từ")),
    "remark + report": (ACTS["remark"], ACTS["report"]),
    "new-year + new-year": (ACTS["new-year"], ACTS["new-year"]),
    "new-year + template": (ACTS["new-year"], ACTS["template"]),
    "template + template": (ACTS["template"], ACTS["template"]),
    "lab + lab": (ACTS["lab"], partial(acts.saved, sentence="một câu khác")),
    "diff + report": (ACTS["diff"], ACTS["report"]),
    "mark + mark": (ACTS["mark"], ACTS["mark"]),
}


def in_turn(works: tuple[Act, Act], began: Path, place: Path) -> Tree:
    """What is there when the second begins after the first has ended."""
    copied(began, place)
    for work in works:
        trials.run(work, place)
    return tree(place)


def at_once(name: str, times: int, began: Path, place: Path, seed: int = 1) -> Told:
    """Start both within a moment of each other, and see what is there when both have ended."""
    told, moments, works = Told(f"pair {name}", "pairs at once"), random.Random(f"{seed}/{name}"), PAIRS[name]
    start = time.perf_counter()
    orders = [in_turn(works, began, place), in_turn(works[::-1], began, place)]
    took = (time.perf_counter() - start) / 4
    alone = [in_turn(works[:1], began, place), in_turn(works[1:], began, place)]
    for number in range(times):
        copied(began, place)
        both = [trials.Running(works[0], place)]
        time.sleep(moments.choice((0, moments.uniform(0, took))))
        both.append(trials.Running(works[1], place))
        ended = [one.waited() for one in both]
        ends = [one.ended(code) for one, code in zip(both, ended, strict=True)]
        refused = [bool(end.code) for end in ends]
        told.seen("both finished" if not any(refused) else "one was told why not" if not all(refused) else "neither finished")
        allowed = orders + [state for state, other in zip(alone, refused[::-1], strict=True) if other]
        now = tree(place)
        known = {path for state in orders for path in state}
        faults = [fault for end in ends for fault in end.faults()] + judged(now, *allowed)
        faults += [f"leftover: {path}" for path in sorted(now.keys() - known)]
        told.trial(faults, str(number))
    return told
