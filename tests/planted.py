"""One figure made impossible in a body of true figures, once for each identity."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from claims import percent, signed
from giamngheo.vietnamese.numbers import number, rounded


def place(random: Random) -> dict[str, int]:
    """The counts of a commune in which every class has at least twenty households."""
    poor, near, living, others = (random.randint(20, 400) for _ in range(4))
    minority_poor = random.randint(10, poor - 5)
    return {
        "households": poor + near + living + others,
        "persons": 4 * (poor + near + living + others),
        "poor_households": poor,
        "near_poor_households": near,
        "multidimensionally_poor_households": poor + near,
        "poor_persons": 4 * poor,
        "minority_households": minority_poor + living,
        "minority_poor_households": minority_poor,
    }


def row(indicator: str, printed: str, **where) -> dict:
    return {"indicator": indicator, "printed": printed} | where


def counted(counts: dict[str, int], *names: str, **where) -> list[dict]:
    return [row(name, number(counts[name]), **where) for name in names]


def rate(counts: dict[str, int], part: str, whole: str = "households", times: Fraction | int = 1) -> str:
    return percent(Fraction(counts[part], counts[whole]) * times, 2, rounded)


def planted(random: Random) -> Iterator[tuple[str, list[dict], int]]:
    """(check, rows, position of the impossible row) for every identity between figures of households."""
    a, b = place(random), place(random)
    poor, near, both = "poor_households", "near_poor_households", "multidimensionally_poor_households"
    off, more = random.randint(3, 90), Fraction(random.randint(120, 180), 100)
    base = counted(a, "households", poor, near)
    true_rate = row("near_poor_rate", rate(a, near))
    yield "repeat", [*base, row(poor, number(a[poor] + off))], 3
    yield "range", [*base, row("average_living_rate", f"{100 + off},5%")], 3
    yield "rate", [*base, true_rate, row("poor_rate", rate(a, poor, times=more))], 4
    yield "class_sum", [*base, true_rate, row(both, number(a[both] + off))], 4
    sums = [row("poor_rate", rate(a, poor)), true_rate]
    yield "rate_sum", [*sums, row("multidimensional_poverty_rate", rate(a, both, times=more))], 2
    yield "subset", [*base, true_rate, row("minority_poor_households", number(a[poor] + off))], 4
    yield "persons", [*base, true_rate, row("poor_persons", number(a[poor] - 1))], 4
    last = counted(a, poor, year=2021)
    yield "change", [*last, *counted(b, poor), _change(b[poor] - a[poor] + off)], 2
    point = Fraction(b[poor], b["households"]) - Fraction(a[poor], a["households"]) + Fraction(off, 1000)
    rates = [row("poor_rate", rate(a, poor), year=2021), row("poor_rate", rate(b, poor))]
    wrong = row("change_poor_rate", signed(point, percent(point, 2, rounded)))
    yield "rate_change", [*rates, wrong], 2
    moves = {"left_poverty": 9, "near_poor_became_poor": 2, "relapsed": 1, "newly_poor": 3}
    flows = [row(name, number(count)) for name, count in moves.items()]
    yield "movements", [*flows, _change(-3 - off)], 4
    members = [
        claim
        for at, one in enumerate((a, b))
        for claim in counted(one, "households", poor, place=f"thôn {at}", part_of="xã", partition="thôn")
    ]
    total = {name: a[name] + b[name] for name in a}
    yield "partition", [*members, row(poor, number(total[poor] + off), place="xã")], 4
    parts = [
        row("poor_rate", rate(one, poor), place=f"thôn {at}", part_of="xã", partition="thôn")
        for at, one in enumerate((a, b))
    ]
    above = percent(max(Fraction(one[poor], one["households"]) for one in (a, b)) + Fraction(off, 100), 2, rounded)
    yield "partition_rate", [*parts, row("poor_rate", above, place="xã")], 2
    within = [*counted(a, "households", place="thôn 0", part_of="xã"), *counted(total, near, place="xã")]
    yield "part", [*within, row(near, number(total[near] + off), place="thôn 0", part_of="xã")], 2
    unprinted = [*counted(a, poor, near), row("poor_rate", rate(a, poor))]
    yield "implied_total", [*unprinted, row("near_poor_rate", rate(a, near, times=more))], 3
    earlier = {name: count + random.randint(5, 15) for name, count in a.items()}
    changes = [
        claim
        for name, share in ((poor, "poor_rate"), (near, "near_poor_rate"))
        for claim in (
            row("change_" + name, signed(a[name] - earlier[name], number(a[name] - earlier[name]))),
            row("change_" + share, _points(a, earlier, name, times=3 if name == near else 1)),
        )
    ]
    yield "previous_total", [*unprinted, true_rate, *changes], 7
    inner = [*counted(a, poor, place="thôn 0", part_of="xã"), *counted(total, near, place="xã"),
             row("near_poor_rate", rate(total, near), place="xã")]  # fmt: skip
    tiny = percent(Fraction(a[poor], 4 * total["households"]), 2, rounded)
    yield "part_total", [*inner, row("poor_rate", tiny, place="thôn 0", part_of="xã")], 3
    money = [row("budget_planned", f"{900 + off} triệu đồng"), row("budget_disbursed", f"{450 + off} triệu đồng")]
    yield "disbursement_rate", [*money, row("disbursement_rate", "91,5%")], 2
    yield "disbursed", [money[0], row("budget_disbursed", f"{950 + 2 * off} triệu đồng")], 1


def _change(households: int) -> dict:
    return row("change_poor_households", signed(households, number(households)))


def _points(now: dict, before: dict, name: str, times: int) -> str:
    before = before | {"households": before["households"] * times}
    points = Fraction(now[name], now["households"]) - Fraction(before[name], before["households"])
    return signed(points, percent(points, 2, rounded))
