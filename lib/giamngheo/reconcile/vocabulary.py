"""The names that people use for the columns of a file of claims and for indicators: those of the dictionary, as
the workbook prints them, beside the codes."""

from functools import cache

from giamngheo.law import dictionary
from giamngheo.reconcile.indicators import (
    CHANGE,
    CHANGES,
    INDICATORS,
    MONIES,
    MOVEMENTS,
    PLAN,
    REACHED,
    STATES,
)
from giamngheo.vietnamese.terms import COUNTED, UNITS
from giamngheo.vietnamese.text import identity

COLUMNS = ("place", "part_of", "partition", "year", "standard", "status", "indicator", "printed")
OPTIONAL = ("doubt",)
PLACED = ("where",)  # where a claim stands in a document, for the reader alone
UNREAD = frozenset(map(identity, ("stt", "tt", "số tt", "ghi chú", "nguồn", "trang")))  # columns for the reader alone
NEEDED = ("place", "year", "indicator", "printed")
OTHER_HEADERS = {
    "địa bàn": "place", "đơn vị": "place", "thuộc địa bàn": "part_of", "phần của": "part_of",
    "chuẩn": "standard", "trạng thái": "status", "tên chỉ tiêu": "indicator", "con số": "printed",
    "số đã in": "printed", "số liệu": "printed", "thôn": "place", UNITS["villages"]: "place", "tên thôn": "place", "xã": "place",
    "tên xã": "place", "tên đơn vị": "place",
}  # fmt: skip
OTHER_INDICATORS = {
    "tổng số hộ": "households", "số hộ": "households", "số hộ nghèo": "poor_households", "số hộ cận nghèo": "near_poor_households",
    "tổng số hộ nghèo": "poor_households", "tổng số hộ cận nghèo": "near_poor_households", "hộ nghèo đtts": "minority_poor_households",
    "tỷ lệ nghèo": "poor_rate", "tỷ lệ cận nghèo": "near_poor_rate", "tỷ lệ hộ nghèo đa chiều": "multidimensional_poverty_rate",
    "thoát nghèo": "left_poverty", "tái nghèo": "relapsed", "phát sinh mới": "newly_poor", "giải ngân": "budget_disbursed",
    "số khẩu nghèo": "poor_persons", "số khẩu cận nghèo": "near_poor_persons", "số khẩu": "persons", COUNTED["persons"]: "persons",
    "tổng số nhân khẩu": "persons", "tỷ lệ hộ dân tộc thiểu số": "minority_rate", "số hộ dân tộc thiểu số": "minority_households",
    "hộ dân tộc thiểu số": "minority_households", "tổng dư nợ": "loans_outstanding", "dư nợ bình quân": "average_loan",
    "số hộ còn dư nợ": "borrowing_households", "hộ vay vốn": "borrowing_households", "số hộ vay vốn": "borrowing_households",
    "nợ xấu": "loans_overdue", "tỷ lệ nợ xấu": "overdue_rate",
}  # fmt: skip
CHANGED = (
    "mức tăng, giảm",
    "tăng, giảm",
    "tăng giảm",
    "mức giảm",
    "mức tăng",
    "giảm",
    "tăng",
    "mức thay đổi",
    "thay đổi",
)


@cache
def _headers() -> dict[str, str]:
    described = dictionary.columns()
    known = {name: name for name in (*COLUMNS, *OPTIONAL)}
    known |= {described["published", name]["label"]: name for name in (*COLUMNS, *OPTIONAL)}
    return {identity(name): column for name, column in (known | OTHER_HEADERS).items()}


@cache
def _indicators() -> dict[str, str]:
    labels = {one.label: name for name, one in INDICATORS.items()}
    review = {
        row["label"]: name for (table, name), row in dictionary.columns().items() if table == "review"
    }
    states = {label: name for label, name in (labels | review | OTHER_INDICATORS).items() if name in STATES}
    changes = {f"{word} {label}": CHANGE + name for word in CHANGED for label, name in states.items()}
    plans = {f"{PLAN}{name}": PLAN + name for name in (*STATES, *CHANGES, *MOVEMENTS, *MONIES)}
    for word in ("kế hoạch", "chỉ tiêu", "mục tiêu"):
        plans |= {f"{word} {label}": PLAN + name for label, name in (changes | states).items()}
        plans |= {f"đạt {word} {label}": REACHED + name for label, name in (changes | states).items()}
        plans |= {f"đạt {word} giảm nghèo": REACHED + "change_poor_rate"}
        plans |= {f"đạt {word} giảm nghèo dtts": REACHED + "change_minority_poor_rate"}
        plans |= {f"{word} giảm nghèo": PLAN + "change_poor_rate"}
    known = plans | changes | labels | review | OTHER_INDICATORS | {name: name for name in INDICATORS}
    return {identity(name): one for name, one in known.items() if one.removeprefix(PLAN) in INDICATORS or one in INDICATORS}


def column(header: str) -> str:
    """The column that a header names; "" for none.

    >>> column("Chuẩn nghèo"), column("printed"), column("Chỉ  tiêu"), column("Dân tộc")
    ('standard', 'printed', 'indicator', '')
    """
    return _headers().get(identity(header), "")


def headers() -> list[str]:
    """Every header that names a column."""
    return list(_headers())


def indicator(name: str) -> str:
    """The indicator that a name means; "" for none.

    >>> indicator("Tổng số hộ dân cư"), indicator("Mức giảm tỷ lệ hộ nghèo"), indicator("poor_rate")
    ('households', 'change_poor_rate', 'poor_rate')
    """
    return _indicators().get(identity(name), "")


def indicators() -> list[str]:
    """Every name that means an indicator."""
    return list(dict.fromkeys([*INDICATORS, *(one.label for one in INDICATORS.values())]))
