"""The review tables of a simulated commune: households counted by village, class, indicator, group, cause."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from giamngheo.simulate.households import Household, Households, Village, persons
from giamngheo.simulate.law import Law

POOR = ("poor", "near_poor")
MOVES = (
    "to_other_class", "above_near_poor", "other_decrease", "from_other_class", "relapsed", "new",
    "other_increase",
)  # fmt: skip
GROUPS: dict[str, Callable[[Household], bool]] = {
    "minority": lambda household: household.minority,
    "no_labour_capacity": lambda household: household.no_labour_capacity,
    "merit": lambda household: household.merit,
    "other": lambda household: not (household.minority or household.no_labour_capacity or household.merit),
    "kinh": lambda household: household.ethnicity == "kinh",
    "ba_na": lambda household: household.ethnicity == "ba_na",
    "other_minority": lambda household: household.ethnicity == "other_minority",
}
AVERAGE_LIVING = 0.3  # of the households that are neither poor nor near-poor
# The poor lack three indicators or more, the near-poor fewer (Decree 07/2021/NĐ-CP, article 3).
DEFICITS = {"poor": (3, 7), "near_poor": (0, 2)}


def review(villages: Sequence[Village], standard: str, last: bool = False, former: str = "") -> list[dict]:
    """The review of this year, or of `last` year, one row per village.

    `former` names the commune there was before a merger: its parts A and B; "" where there was none.
    """
    rows = []
    for place, village in enumerate(villages):
        classes = village.before if last else village.now
        everyone = [household for households in classes.values() for household in households]
        row = {"village": village.name, "households": len(everyone), "persons": persons(everyone)}
        average = classes["other"][: int(len(classes["other"]) * AVERAGE_LIVING)]
        counted = {"poor": classes["poor"], "near_poor": classes["near_poor"], "average_living": average}
        counted["minority"] = _minority(everyone)
        for name, households in counted.items():
            row |= {f"{name}_households": len(households), f"{name}_persons": persons(households)}
        row |= {f"minority_{name}_households": len(_minority(classes[name])) for name in POOR}
        was = f"{former} {'A' if place < len(villages) / 2 else 'B'}" if former else ""
        rows.append(row | {"status": "official", "standard": standard, "former_commune": was})
    return rows


def other_review(villages: Sequence[Village], standard: str, former: str = "") -> list[dict]:
    """The same households under a second `standard`, which draws its lines higher."""
    return review([_raised(village) for village in villages], standard, former=former)


def _raised(village: Village) -> Village:
    """The village where who is near-poor counts as poor, and one in ten of the others as near-poor."""
    now = village.now
    more = len(now["other"]) // 10
    classes = {"poor": now["poor"] + now["near_poor"], "near_poor": now["other"][:more], "other": now["other"][more:]}
    return replace(village, now=classes)


def movements(villages: Sequence[Village]) -> list[dict]:
    """Each village's poor and near-poor, in households and persons, from last year's count to this year's."""
    rows = []
    for village in villages:
        for class_ in POOR:
            for measure, size in (("households", len), ("persons", persons)):
                row: dict[str, object] = {"village": village.name, "class": class_, "measure": measure}
                row["start"] = size(village.before[class_])
                row |= {way: size(village.moved[class_][way]) for way in MOVES}
                rows.append(row | {"end": size(village.now[class_])})
    return rows


def deprivations(rng: random.Random, villages: Sequence[Village], law: Law) -> list[dict]:
    """Households that lack each indicator of the standard; no row where its indicators are not confirmed."""
    return _drawn(rng, villages, "indicator", law.indicators, DEFICITS) if law.indicators else []


def causes(rng: random.Random, villages: Sequence[Village], law: Law) -> list[dict]:
    """Households with each cause of poverty, one to three causes a household."""
    return _drawn(rng, villages, "cause", law.causes, {"poor": (1, 3), "near_poor": (1, 2)})


def groups(villages: Sequence[Village], law: Law) -> list[dict]:
    """Households and persons of each group; the groups overlap."""
    codes = [code for code in law.groups if code in GROUPS]
    rows = []
    for village in villages:
        for class_ in POOR:
            for code in codes:
                members = [household for household in village.now[class_] if GROUPS[code](household)]
                row = {"village": village.name, "class": class_, "group": code}
                rows.append(row | {"households": len(members), "persons": persons(members)})
    return rows


def _minority(households: Households) -> Households:
    return [household for household in households if household.minority]


def _drawn(
    rng: random.Random,
    villages: Sequence[Village],
    name: str,
    codes: list[str],
    many: dict[str, tuple[int, int]],
) -> list[dict]:
    """Households with each code; a household has between the two numbers of `many` codes, all different."""
    weights = list(accumulate(rng.uniform(0.2, 1) for _ in codes))
    rows = []
    for village in villages:
        for class_, (least, most) in many.items():
            found: Counter[str] = Counter()
            for _ in village.now[class_]:
                has = set(rng.choices(codes, cum_weights=weights, k=rng.randint(least, most)))
                while len(has) < least:
                    has.update(rng.choices(codes, cum_weights=weights))
                found.update(has)
            rows += [
                {"village": village.name, "class": class_, name: code, "households": found[code]}
                for code in codes
            ]
    return rows
