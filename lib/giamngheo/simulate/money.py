"""The programme of a simulated commune: livelihood models, budget lines, training. Money is whole đồng."""

import datetime as dt
import random
from collections.abc import Sequence
from itertools import cycle

from giamngheo.simulate.households import Village
from giamngheo.simulate.law import Law

MILLION = 1_000_000
MODEL_PROJECTS = ("DA2", "DA3.1")
PROJECTS = ("DA4.1", "DA4.3", "DA6.2", "DA7.1", "DA7.2")
WORKS = "DA1.1"  # roads, schools: development capital, in some communes only
BUSINESS = (
    "nuôi bò sinh sản",
    "nuôi dê",
    "nuôi heo đen",
    "trồng mắc ca",
    "trồng dâu nuôi tằm",
    "trồng cà phê xen cây ăn quả",
)


def models(rng: random.Random, villages: Sequence[Village], law: Law) -> list[dict]:
    """A livelihood model of each project, of the vintages in turn, in a village with many poor households."""
    rows = []
    businesses = rng.sample(BUSINESS, len(MODEL_PROJECTS))
    for project, business, vintage in zip(MODEL_PROJECTS, businesses, cycle(law.vintages), strict=False):
        drawn = rng.sample(villages, min(3, len(villages)))
        village = max(drawn, key=lambda one: len(one.now["poor"]))
        part = {
            class_: rng.sample(village.now[class_], min(rng.randint(2, most), len(village.now[class_])))
            for class_, most in (("poor", 8), ("near_poor", 5), ("other", 3))
        }
        members = [household for households in part.values() for household in households]
        rows.append(
            {
                "model": f"Tổ hợp tác {business} vốn năm {vintage} {village.name}",
                "project": project,
                "village": village.name,
                "vintage": vintage,
                "founded": dt.date(law.year, rng.randint(1, 3), rng.randint(1, 28)),
                "start": dt.date(law.year, rng.randint(4, 6), 1),
                "end": dt.date(law.year, 12, rng.randint(1, 15)),
                "members": len(members),
                **{f"{class_}_members": len(households) for class_, households in part.items()},
                "minority_members": sum(household.minority for household in members),
                "expected_profit": rng.randrange(6, 40) * MILLION,
                "expected_years": rng.randint(2, 4),
            }
        )
    return rows


def budget(rng: random.Random, models: Sequence[dict], law: Law) -> list[dict]:
    """Central money and the local counterpart of each project, the people's share of each model."""
    rows: list[dict] = []
    for vintage, local in law.vintages.items():
        spent = _spent(vintage, law.year)
        for model in (one for one in models if one["vintage"] == vintage):
            named = {"project": model["project"], "model": model["model"]}
            central = _supported(rng, rows, named | spent, local, model["members"] * rng.randint(8, 15))
            given = central * rng.randint(20, 50) // 100
            rows.append(named | spent | {"source": "nguoi_dan", "planned": given, "disbursed": given})
        for project in sorted(rng.sample(PROJECTS, rng.randint(3, len(PROJECTS)))):
            _supported(rng, rows, {"project": project} | spent, local, rng.randint(15, 200))
        if rng.random() < 0.4:
            works = {"project": WORKS} | spent | {"capital_type": "investment"}
            _supported(rng, rows, works, local, rng.randint(500, 3000))
            money = rng.randint(100, 400) * MILLION
            rows.append(works | {"source": "long_ghep", "planned": money, "disbursed": money})
    return rows


def training(rng: random.Random, villages: Sequence[Village], year: int) -> list[dict]:
    """Courses for the commune's staff, and for posts that every village has."""
    course = "Tập huấn nâng cao năng lực thực hiện Chương trình"
    lessons = [
        ("DA7.1", course, "Cán bộ, công chức xã", rng.randint(2, 12), None),
        ("DA7.1", course, "Người hoạt động không chuyên trách cấp xã", rng.randint(2, 9), None),
        ("DA7.1", course, "Người hoạt động không chuyên trách ở thôn, làng", None, rng.randint(3, 7)),
        (
            "DA6.2",
            "Tập huấn truyền thông về giảm nghèo đa chiều",
            "Tuyên truyền viên ở thôn, làng",
            None,
            rng.randint(1, 3),
        ),
    ]
    return [
        {
            "project": project,
            "course": name,
            "group": group,
            "participants": posts * len(villages) if posts else people,
            "posts": posts,
            "villages": len(villages) if posts else None,
            "date": dt.date(year, rng.randint(7, 10), rng.randint(1, 28)),
        }
        for project, name, group, people, posts in lessons
    ]


def _spent(vintage: int, year: int) -> dict:
    return {
        "capital_type": "recurrent",
        "vintage": vintage,
        "execution_year": year,
        "as_of": dt.date(year, 12, 15),
    }


def _supported(rng: random.Random, rows: list[dict], line: dict, local: list[str], millions: int) -> int:
    """Add central money and a local counterpart of 10 to 15 percent of it; returns both together."""
    central = millions * MILLION
    counterpart = central * rng.randint(10, 15) // 100
    for source, planned in (("nstw", central), (rng.choice(local), counterpart)):
        disbursed = planned * rng.randint(70, 100) // 100 // 1000 * 1000
        rows.append(line | {"source": source, "planned": planned, "disbursed": disbursed})
    return central + counterpart
