"""Ways in which reports say more than one figure of one year: two figures in one (`17.435/79.677 hộ`), a change
since a named year, an average per year, a plan, a figure as of a day."""

import re
from collections.abc import Callable, Iterable

from giamngheo.reconcile import vocabulary
from giamngheo.reconcile.indicators import CHANGE, INDICATORS, PLAN, RATIOS, REACHED
from giamngheo.vietnamese.numbers import NUMBER
from giamngheo.vietnamese.text import clean

PLANNED = "kế hoạch"
PLANNED_WORDS = ("kế hoạch", "chỉ tiêu", "mục tiêu")
PLANS = tuple(PLAN + name for name in INDICATORS if not name.startswith(REACHED))
TWO = re.compile(rf"(?P<before>\D*)(?P<part>{NUMBER}) ?/ ?(?P<whole>{NUMBER})(?P<unit>.*)")
SINCE = re.compile(r"so với (?P<start>đầu )?năm (?P<year>[0-9]{4})")
DAY = re.compile(r"(?:đến |tính đến |ngày )*(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})")
AVERAGE = ("average", "bình quân", "bình quân mỗi năm", "bình quân hằng năm", "bình quân hàng năm")
DEPRIVATION = re.compile(r"(?:số |tỷ lệ )?hộ (?P<near>cận )?nghèo (?:bị )?thiếu hụt (?:về |chỉ số |tiêu chí )*(?P<what>.+)")
WHOLES = dict(reversed(RATIOS.values()))  # the first total that a count is printed with


def year_of(given: object) -> int | str:
    """A year as a number; a period (`2021-2025`) stays text and has no year before it."""
    text = clean(str(given)).casefold().removeprefix("năm ")
    return int(text) if text.isdecimal() else text.replace(" ", "").replace("–", "-")


def dated(row: dict) -> dict:
    """A figure as of a day is one of its year, comparable with figures of that day alone.

    >>> dated({"year": "30/6/2024", "status": "sơ bộ"})
    {'year': '2024', 'status': 'sơ bộ, đến 30/6/2024'}
    """
    found = DAY.fullmatch(clean(str(row.get("year", ""))))
    if not found:
        return row
    day = f"đến {int(found['day'])}/{int(found['month'])}/{found['year']}"
    return row | {"year": found["year"], "status": ", ".join(filter(None, [str(row.get("status", "")), day]))}


def of_deprivation(row: dict) -> dict:
    """A figure of one deprivation is one of a line of its place.

    >>> of_deprivation({"place": "xã A", "indicator": "Hộ nghèo thiếu hụt về việc làm", "printed": "120 hộ"})
    {'place': 'thiếu hụt việc làm', 'indicator': 'deprived_poor_households', 'printed': '120 hộ', 'part_of': 'xã A'}
    """
    found = DEPRIVATION.fullmatch(clean(str(row.get("indicator", ""))).casefold())
    if not found:
        return row
    kind = "rate" if "%" in str(row["printed"]) else "households"
    line = {"place": f"thiếu hụt {found['what']}", "indicator": f"deprived_{'near_' if found['near'] else ''}poor_{kind}"}
    return row | line | {"part_of": row["place"]}


def in_parts(row: dict) -> Iterable[dict]:
    """The figures that one printed text holds: `17.435/79.677 hộ` is a count and the total it is of."""
    indicator = vocabulary.indicator(clean(str(row["indicator"])))
    found = TWO.fullmatch(clean(str(row["printed"])))
    if not found or indicator not in WHOLES:
        yield row
        return
    for name, size in ((indicator, found["part"]), (WHOLES[indicator], found["whole"])):
        before = found["before"] if name == indicator else ""
        yield row | {"indicator": name, "printed": f"{before}{size}{found['unit']}"}


def since(text: dict[str, str], indicator: str) -> int | str:
    """The year of a claim; of a change since a named year that is not the last one, the period."""
    year, found = year_of(text["year"]), SINCE.search(text["printed"].casefold())
    if not (found and isinstance(year, int) and indicator.startswith(CHANGE)):
        return year
    first = int(found["year"]) - bool(found["start"])
    return year if first >= year - 1 else f"{first}-{year}"


def changes_of_periods(rows: list[dict]) -> Callable[[dict], dict]:
    """How a bare "average" is read: that of the one change printed for the same place and period, with its
    direction where it has none."""
    changes: dict[tuple, list[dict]] = {}
    for row in rows:
        if vocabulary.indicator(clean(str(row.get("indicator", "")))).startswith(CHANGE):
            changes.setdefault(_place(row), []).append(row)

    def read(row: dict) -> dict:
        said = clean(str(row.get("indicator", ""))).casefold()
        known = changes.get(_place(row), []) if said in AVERAGE else []
        if len(known) != 1:
            return row
        direction = next((word for word in ("giảm", "tăng") if word in str(known[0]["printed"]).casefold()), "")
        printed = str(row["printed"])
        unsaid = not re.search("giảm|tăng|^[-+−–]", printed.casefold())
        indicator = "average_" + vocabulary.indicator(clean(str(known[0]["indicator"])))
        return row | {"indicator": indicator, "printed": f"{direction} {printed}" if unsaid else printed}

    return read


def _place(row: dict) -> tuple:
    """What the row is about, but for its indicator."""
    return tuple(str(row.get(name, "")) for name in ("place", "part_of", "year", "standard", "status"))
