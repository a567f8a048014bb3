"""Claims written in one line each, and bodies of claims that are true of a place made up by hypothesis."""

from fractions import Fraction
from pathlib import Path

import pandas as pd
from hypothesis import strategies as st

from giamngheo import reconcile
from giamngheo.vietnamese.numbers import number, rounded

PUBLISHED = Path(__file__).parent / "published"


def found(frame: pd.DataFrame, *verdicts: str) -> list[tuple]:
    """(check, place, arithmetic, printed, difference) of the findings with one of the verdicts."""
    rows = reconcile.findings(frame)
    rows = rows[rows["verdict"].isin(verdicts)]
    columns = ("check", "place", "arithmetic", "printed", "difference")
    return list(zip(*(rows[column] for column in columns), strict=True))


BLANK = {
    "place": "xã A",
    "part_of": "",
    "partition": "",
    "year": 2022,
    "standard": "S",
    "status": "chính thức",
}


def frame(rows: list[dict]) -> pd.DataFrame:
    """A claims frame of rows that name only what differs from `BLANK`."""
    named = [BLANK | {"doubt": "", "file": "t.csv", "line": at + 2} | row for at, row in enumerate(rows)]
    return pd.DataFrame(named)


def claims(text: str) -> pd.DataFrame:
    """A claims frame of lines `year=2021 part_of=tỉnh | poor_households | 262 hộ`; what is not said is
    BLANK."""
    rows = []
    for line in text.strip().splitlines():
        *said, indicator, printed = (part.strip() for part in line.split("|"))
        row = dict(one.split("=") for part in said for one in part.split(";"))
        rows.append(row | {"indicator": indicator, "printed": printed})
    return frame(rows)


def cut(value: Fraction, step: Fraction) -> Fraction:
    """`value` with what lies below `step` cut off, towards zero."""
    return rounded(value - (value % step if value > 0 else -(-value % step)), step)


def percent(value: Fraction, decimals: int, how) -> str:
    return f"{number(how(value * 100, Fraction(1, 10**decimals)), decimals)}%"


def signed(value: Fraction | int, printed: str) -> str:
    return ("giảm " if value < 0 else "tăng ") + printed.removeprefix("-")


CLASSES = {"poor": "poor_households", "near_poor": "near_poor_households"}


@st.composite
def places(draw, name="xã A", years=(2021, 2022), most=60000):
    """The true counts of a place: {year: {indicator: count}}."""
    counts = {}
    for year in years:
        poor, near, living, others = (
            draw(st.integers(0, draw(st.sampled_from([9, 300, most])))) for _ in range(4)
        )
        households = poor + near + living + others + 1
        minority_poor, minority_near = draw(st.integers(0, poor)), draw(st.integers(0, near))
        counts[year] = {
            "households": households,
            "poor_households": poor,
            "near_poor_households": near,
            "multidimensionally_poor_households": poor + near,
            "average_living_households": living,
            "minority_households": minority_poor + minority_near + draw(st.integers(0, living)),
            "minority_poor_households": minority_poor,
            "minority_near_poor_households": minority_near,
            "persons": 4 * households,
            "poor_persons": poor * draw(st.integers(1, 6)) if poor < households / 8 else poor,
            "near_poor_persons": near,
        }
    return counts


RATES = {
    "poor_rate": ("poor_households", "households"),
    "near_poor_rate": ("near_poor_households", "households"),
    "multidimensional_poverty_rate": ("multidimensionally_poor_households", "households"),
    "average_living_rate": ("average_living_households", "households"),
    "minority_poor_rate": ("minority_poor_households", "minority_households"),
    "minority_near_poor_rate": ("minority_near_poor_households", "minority_households"),
    "minority_share_of_poor": ("minority_poor_households", "poor_households"),
    "minority_share_of_near_poor": ("minority_near_poor_households", "near_poor_households"),
}


@st.composite
def printed_place(draw, counts, place="xã A", part_of="", partition=""):
    """Rows that print a place's true counts, rates and changes: rounded or cut, 0 to 2 decimals, or
    left out."""
    rows, where = [], {"place": place, "part_of": part_of, "partition": partition}
    printed = {}

    def say(year, indicator, text):
        if draw(st.integers(0, 3)):
            rows.append(where | {"year": year, "indicator": indicator, "printed": text})

    rows.append(
        where | {"year": 2022, "indicator": "persons", "printed": f"{number(counts[2022]['persons'])} khẩu"}
    )
    for year, known in counts.items():
        for indicator, count in known.items():
            say(year, indicator, number(count) + (" khẩu" if "persons" in indicator else " hộ"))
        for indicator, (part, whole) in RATES.items():
            if known[whole]:
                decimals = draw(st.sampled_from([2, 2, 2, 1, 0]))
                text = percent(
                    Fraction(known[part], known[whole]), decimals, draw(st.sampled_from([rounded, cut]))
                )
                printed[year, indicator] = Fraction(text[:-1].replace(".", "").replace(",", ".")), decimals
                say(year, indicator, text)
    before, now = (counts[year] for year in sorted(counts))
    for indicator in now:
        change = now[indicator] - before[indicator]
        say(
            2022,
            "change_" + indicator,
            signed(change, number(change) + (" khẩu" if "persons" in indicator else " hộ")),
        )
    for indicator, (part, whole) in RATES.items():
        if (2021, indicator) in printed and (2022, indicator) in printed:
            change, decimals = _printed_change(draw, printed, indicator, part, whole, before, now)
            say(2022, "change_" + indicator, signed(change, f"{number(change, decimals)}%"))
    return rows


def _printed_change(draw, printed, indicator, part, whole, before, now):
    """A change of rates by one of the two customs: of the printed rates, or of the exact ones, rounded
    or cut."""
    (old, old_decimals), (new, decimals) = printed[2021, indicator], printed[2022, indicator]
    if old_decimals == decimals and draw(st.booleans()):
        return new - old, decimals
    exact = (Fraction(now[part], now[whole]) - Fraction(before[part], before[whole])) * 100
    decimals = draw(st.sampled_from([2, 1]))
    return draw(st.sampled_from([rounded, cut]))(exact, Fraction(1, 10**decimals)), decimals


@st.composite
def true_claims(draw):
    """A body of claims that can all be true: a province, its partition into parts, its districts' money."""
    parts = [draw(places()) for _ in range(draw(st.integers(0, 3)))]
    whole = draw(places())
    if parts:
        whole = {year: {one: sum(part[year][one] for part in parts) for one in whole[year]} for year in whole}
    rows = draw(printed_place(whole, place="tỉnh"))
    for at, part in enumerate(parts):
        rows += draw(printed_place(part, f"vùng {at}", "tỉnh", "vùng"))  # every member is named at least once
    return rows + draw(movements(whole)) + draw(money())


@st.composite
def movements(draw, counts):
    """What left and entered poverty, closing with the change; in a year of its own so that counts need
    not fit."""
    left, became, relapsed, new = (draw(st.integers(0, 500)) for _ in range(4))
    before = left + draw(st.integers(0, 500))
    now = before - left + became + relapsed + new
    said = {"left_poverty": left, "near_poor_became_poor": became, "relapsed": relapsed, "newly_poor": new}
    rows = [
        {"year": 2018, "indicator": name, "printed": f"{number(count)} hộ"} for name, count in said.items()
    ]
    rows.append({"year": 2018, "indicator": "poor_households", "printed": f"{number(now)} hộ"})
    rows.append({"year": 2017, "indicator": "poor_households", "printed": f"{number(before)} hộ"})
    return [{"place": "tỉnh"} | row for row in rows if draw(st.integers(0, 4))]


@st.composite
def money(draw):
    """Money planned and disbursed by source, in đồng, triệu or tỷ, rounded, cut or approximate."""
    rows, total = [], {"budget_planned": 0, "budget_disbursed": 0}
    for at in range(draw(st.integers(1, 4))):
        planned = draw(st.integers(1, 10 ** draw(st.integers(6, 12))))
        amounts = {"budget_planned": planned, "budget_disbursed": draw(st.integers(0, planned))}
        for name, amount in amounts.items():
            total[name] += amount
            rows.append({"place": f"nguồn {at}", "part_of": "tổng", "partition": "nguồn", "indicator": name,
                         "printed": draw(amounts_printed(amount))})  # fmt: skip
    rows += [
        {"place": "tổng", "indicator": name, "printed": draw(amounts_printed(amount))}
        for name, amount in total.items()
    ]
    share = Fraction(total["budget_disbursed"], total["budget_planned"])
    printed = percent(share, draw(st.integers(0, 2)), draw(st.sampled_from([rounded, cut])))
    rows.append({"place": "tổng", "indicator": "disbursement_rate", "printed": printed})
    return [
        row
        for row in rows
        if (row["indicator"] == "budget_planned" and "part_of" in row) or draw(st.integers(0, 4))
    ]


@st.composite
def amounts_printed(draw, amount: int) -> str:
    """One amount of đồng as a newspaper prints it."""
    scale, word = draw(st.sampled_from([(1, ""), (10**6, "triệu "), (10**9, "tỷ ")]))
    decimals = 0 if scale == 1 else draw(st.integers(0, 3))
    step = Fraction(1, 10**decimals)
    value = Fraction(amount, scale)
    about = draw(st.sampled_from(["", "", "gần ", "hơn ", "trên ", "khoảng "]))
    if about in ("hơn ", "trên "):
        value = cut(value, step)
    elif about == "gần ":
        value = -cut(-value, step) if cut(value, step) == value else cut(value, step) + step
    else:
        value = draw(st.sampled_from([rounded, cut]))(value, step)
    return f"{about}{number(value, decimals)} {word}đồng"
