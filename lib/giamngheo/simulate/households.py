"""Villages made of single households, and what happened to each household in a year.

Every count of a simulated commune is a count of these households, so sums, subsets and movements agree by
construction: a household that leaves the poor for the near-poor takes its persons with it.
"""

import random
from dataclasses import dataclass
from typing import NamedTuple

CLASSES = ("poor", "near_poor", "other")
SIZES, SIZE_WEIGHTS = (2, 3, 4, 5, 6), (1, 3, 4, 3, 1)  # persons; four on average
LONG_NAMES = (
    "làng Giả Định {number} Đăk Rơ Nglông Kon Hơ Nglêh (tách từ làng Kon Giả Định Thượng cũ)",
    "thôn Giả Định {number} Kông Giang Krông Pơ Tó (nhập từ hai làng Giả Định Đông và Giả Định Tây)",
)
# The share of a class (first column) that goes each way in a year, lowest and highest.
LEAVING = {
    "poor": {"to_other_class": (0.06, 0.16), "above_near_poor": (0.02, 0.08), "other_decrease": (0.0, 0.02)},
    "near_poor": {
        "to_other_class": (0.0, 0.03),
        "above_near_poor": (0.06, 0.18),
        "other_decrease": (0.0, 0.02),
    },
}
# The share of the households that are neither that falls into a class; `other_increase` comes from outside.
ENTERING = {"relapsed": (0.0, 0.005), "new": (0.0, 0.01), "other_increase": (0.0, 0.004)}
OTHER_CLASS = {"poor": "near_poor", "near_poor": "poor"}


class Household(NamedTuple):
    """One household: its persons, its ethnic group, and whether it lacks labour or has a person of merit."""

    persons: int
    ethnicity: str
    no_labour_capacity: bool
    merit: bool

    @property
    def minority(self) -> bool:
        return self.ethnicity != "kinh"


Households = list[Household]


class Traits(NamedTuple):
    """What the villages of one commune have in common, as shares of all households."""

    poor: float
    near_poor: float
    minority: float
    ba_na: float  # of the minority households


@dataclass(frozen=True)
class Village:
    """Households by class last year and now, and those that moved: {class: {column: households}}."""

    name: str
    before: dict[str, Households]
    moved: dict[str, dict[str, Households]]
    now: dict[str, Households]


def traits(rng: random.Random) -> Traits:
    return Traits(
        rng.uniform(0.05, 0.27), rng.uniform(0.06, 0.23), rng.uniform(0.2, 0.95), rng.uniform(0.3, 0.9)
    )


def villages(rng: random.Random, many: int) -> list[Village]:
    """The villages of one commune, `many` of them, 50 to 300 households each; one in six has a long name."""
    common = traits(rng)
    return [_village(rng, _name(rng, number), common) for number in range(1, many + 1)]


def persons(households: Households) -> int:
    return sum(household.persons for household in households)


def _name(rng: random.Random, number: int) -> str:
    if rng.random() < 1 / 6:
        return rng.choice(LONG_NAMES).format(number=number)
    return f"{rng.choice(('làng', 'làng', 'thôn'))} Giả Định {number}"


def _village(rng: random.Random, name: str, common: Traits) -> Village:
    whole = rng.randint(60, 280)
    poor = _part(rng, whole, common.poor * rng.uniform(0.7, 1.3))
    near_poor = _part(rng, whole, common.near_poor * rng.uniform(0.7, 1.3))
    many = {"poor": poor, "near_poor": near_poor, "other": whole - poor - near_poor}
    before = {name: _households(rng, many[name], name, common) for name in CLASSES}
    moved, now = _a_year(rng, before, common)
    return Village(name, before, moved, now)


def _households(rng: random.Random, many: int, class_: str, common: Traits) -> Households:
    poorer = class_ != "other"
    minority = min(common.minority * (1.15 if poorer else 0.95), 0.99)
    no_labour = {"poor": 0.12, "near_poor": 0.05, "other": 0.01}[class_]
    made = []
    for size in rng.choices(SIZES, SIZE_WEIGHTS, k=many):
        ethnicity = "kinh"
        if rng.random() < minority:
            ethnicity = "ba_na" if rng.random() < common.ba_na else "other_minority"
        made.append(Household(size, ethnicity, rng.random() < no_labour, rng.random() < 0.03))
    return made


def _a_year(rng: random.Random, before: dict[str, Households], common: Traits) -> tuple[dict, dict]:
    """Who moved where, and the classes after it."""
    staying = {name: list(households) for name, households in before.items()}
    moved: dict[str, dict[str, Households]] = {
        class_: {
            way: _taken(staying[class_], _part(rng, len(before[class_]), rng.uniform(*share)))
            for way, share in ways.items()
        }
        for class_, ways in LEAVING.items()
    }
    risen = [household for class_ in moved for household in moved[class_]["above_near_poor"]]
    for class_, other in OTHER_CLASS.items():
        moved[class_]["from_other_class"] = moved[other]["to_other_class"]
        for way, share in ENTERING.items():
            many = _part(rng, len(before["other"]), rng.uniform(*share))
            from_outside = way == "other_increase"
            moved[class_][way] = (
                _households(rng, many, class_, common) if from_outside else _taken(staying["other"], many)
            )
    now = {
        class_: staying[class_]
        + [household for way in ("from_other_class", *ENTERING) for household in moved[class_][way]]
        for class_ in moved
    }
    grown = _households(rng, _part(rng, len(before["other"]), rng.uniform(0, 0.02)), "other", common)
    return moved, now | {"other": staying["other"] + risen + grown}


def _part(rng: random.Random, many: int, share: float) -> int:
    """`share` of `many`, up or down to a whole number by chance, so that small villages move too."""
    return min(many, int(many * share + rng.random()))


def _taken(households: Households, many: int) -> Households:
    """The last `many` households, taken out of the list (which is in no order)."""
    taken = households[len(households) - many :]
    del households[len(households) - many :]
    return taken
