"""Figures of a simulated commune as they were printed elsewhere: the rows of published.csv, all true."""

from collections.abc import Sequence
from fractions import Fraction

from giamngheo.present.phrases import percent, whole

COUNTED = {
    "households": "hộ",
    "persons": "khẩu",
    "poor_households": "hộ",
    "poor_persons": "khẩu",
    "near_poor_households": "hộ",
    "near_poor_persons": "khẩu",
    "minority_households": "hộ",
    "minority_poor_households": "hộ",
}
RATES = {
    "poor_rate": ("poor_households", "households"),
    "near_poor_rate": ("near_poor_households", "households"),
    "minority_poor_rate": ("minority_poor_households", "minority_households"),
}
CHANGED = ("poor", "near_poor")
BY_VILLAGE = ("households", "poor_households", "near_poor_households")
MONEY = "tổng vốn"


def published(
    place: str, year: int, review: Sequence[dict], last_review: Sequence[dict], budget: Sequence[dict]
) -> list[dict]:
    """The commune's counts, rates and changes, its villages' counts, and its money by source."""
    now, before = _total(review), _total(last_review)
    kind = {"year": year, "standard": review[0]["standard"], "status": "chính thức"}
    rows = [{"place": place} | kind | claim for claim in _counts(now) + _rates(now) + _changes(now, before)]
    last = kind | {"year": year - 1}
    rows += [{"place": place} | last | claim for claim in _counts(before, BY_VILLAGE) + _rates(before)]
    for village in review:
        part = {"place": village["village"], "part_of": place, "partition": "thôn, làng"}
        rows += [part | kind | claim for claim in _counts(village, BY_VILLAGE)]
    rows += [{"place": MONEY, "year": year} | claim for claim in _money(budget)]
    for source in dict.fromkeys(line["source"] for line in budget):
        part = {"place": source, "part_of": MONEY, "partition": "nguồn", "year": year}
        rows += [part | claim for claim in _money([line for line in budget if line["source"] == source])]
    return rows


def _total(review: Sequence[dict]) -> dict[str, int]:
    return {column: sum(row[column] for row in review) for column in COUNTED}


def _counts(row: dict, columns: Sequence[str] = tuple(COUNTED)) -> list[dict]:
    return [{"indicator": column, "printed": f"{whole(row[column])} {COUNTED[column]}"} for column in columns]


def _rates(row: dict) -> list[dict]:
    return [
        {"indicator": rate, "printed": f"{percent(Fraction(row[part], row[all_]))}%"}
        for rate, (part, all_) in RATES.items()
        if row[all_]
    ]


def _changes(now: dict, before: dict) -> list[dict]:
    """Changes against last year, printed "giảm 20 hộ", "giảm 1,69%"; a class that did not change has none."""
    found = []
    for name in CHANGED:
        column = f"{name}_households"
        households = now[column] - before[column]
        rate = Fraction(now[column], now["households"]) - Fraction(before[column], before["households"])
        changes = {f"change_{column}": (households, f"{whole(abs(households))} hộ")}
        changes[f"change_{name}_rate"] = (rate, f"{percent(abs(rate))}%")
        for indicator, (change, said) in changes.items():
            if change:
                found.append(
                    {"indicator": indicator, "printed": f"{'tăng' if change > 0 else 'giảm'} {said}"}
                )
    return found


def _money(lines: Sequence[dict]) -> list[dict]:
    planned, disbursed = (sum(line[column] for line in lines) for column in ("planned", "disbursed"))
    return [
        {"indicator": "budget_planned", "printed": f"{whole(planned)} đồng"},
        {"indicator": "budget_disbursed", "printed": f"{whole(disbursed)} đồng"},
        {"indicator": "disbursement_rate", "printed": f"{percent(Fraction(disbursed, planned))}%"},
    ]
