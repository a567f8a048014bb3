"""The indicators a claim can be about, and the identities between them that hold by definition.

Source of the identities: the summary form of the yearly review (columns 4 = 3/1, 6 = 5/1, 8 = 7/1), the form
of movements (9 = 1 - 2 - 3 + 5 + 6 + 7) and the definition of multidimensional poverty, poor + near-poor.
"""

from dataclasses import dataclass
from functools import cache

from giamngheo.vietnamese.terms import UNITS

CHANGE = "change_"
HOUSEHOLDS, PERSONS, RATE, MONEY = UNITS["households"], UNITS["persons"], "%", UNITS["dong"]


@dataclass(frozen=True)
class Indicator:
    """A name of `published.csv`, its unit and its Vietnamese label; a movement has no state to compare."""

    label: str
    unit: str
    movement: bool = False


STATES = {
    "households": Indicator("tổng số hộ", HOUSEHOLDS),
    "persons": Indicator("tổng số khẩu", PERSONS),
    "poor_households": Indicator("hộ nghèo", HOUSEHOLDS),
    "poor_persons": Indicator("khẩu nghèo", PERSONS),
    "poor_rate": Indicator("tỷ lệ hộ nghèo", RATE),
    "near_poor_households": Indicator("hộ cận nghèo", HOUSEHOLDS),
    "near_poor_persons": Indicator("khẩu cận nghèo", PERSONS),
    "near_poor_rate": Indicator("tỷ lệ hộ cận nghèo", RATE),
    "multidimensionally_poor_households": Indicator("hộ nghèo đa chiều", HOUSEHOLDS),
    "multidimensional_poverty_rate": Indicator("tỷ lệ nghèo đa chiều", RATE),
    "minority_households": Indicator("tổng số hộ DTTS", HOUSEHOLDS),
    "minority_poor_households": Indicator("hộ nghèo DTTS", HOUSEHOLDS),
    "minority_poor_rate": Indicator("tỷ lệ hộ nghèo DTTS", RATE),
    "minority_near_poor_households": Indicator("hộ cận nghèo DTTS", HOUSEHOLDS),
    "minority_near_poor_rate": Indicator("tỷ lệ hộ cận nghèo DTTS", RATE),
    "minority_share_of_poor": Indicator("tỷ trọng hộ DTTS trong hộ nghèo", RATE),
    "minority_share_of_near_poor": Indicator("tỷ trọng hộ DTTS trong hộ cận nghèo", RATE),
    "average_living_households": Indicator("hộ có mức sống trung bình", HOUSEHOLDS),
    "average_living_rate": Indicator("tỷ lệ hộ có mức sống trung bình", RATE),
    "poor_persons_rate": Indicator("tỷ lệ khẩu nghèo", RATE),
    "near_poor_persons_rate": Indicator("tỷ lệ khẩu cận nghèo", RATE),
    "multidimensionally_poor_persons": Indicator("khẩu nghèo đa chiều", PERSONS),
    "multidimensionally_poor_persons_rate": Indicator("tỷ lệ khẩu nghèo đa chiều", RATE),
    "minority_rate": Indicator("tỷ lệ hộ DTTS", RATE),
    "minority_persons": Indicator("khẩu DTTS", PERSONS),
    "minority_persons_rate": Indicator("tỷ lệ khẩu DTTS", RATE),
    # of one deprivation, which is the place of the claim, a part of the place that it is counted in
    "deprived_poor_households": Indicator("hộ nghèo thiếu hụt", HOUSEHOLDS),
    "deprived_near_poor_households": Indicator("hộ cận nghèo thiếu hụt", HOUSEHOLDS),
    # loans of the policy bank
    "borrowing_households": Indicator("hộ còn dư nợ", HOUSEHOLDS),
    "loans_outstanding": Indicator("dư nợ", MONEY),
    "loans_overdue": Indicator("nợ quá hạn", MONEY),
    "overdue_rate": Indicator("tỷ lệ nợ quá hạn", RATE),
}
MOVEMENTS = {
    "left_poverty": Indicator("hộ thoát nghèo", HOUSEHOLDS, movement=True),
    "left_near_poverty": Indicator("hộ thoát cận nghèo", HOUSEHOLDS, movement=True),
    "near_poor_became_poor": Indicator("hộ cận nghèo trở thành hộ nghèo", HOUSEHOLDS, movement=True),
    "relapsed": Indicator("hộ tái nghèo", HOUSEHOLDS, movement=True),
    "newly_poor": Indicator("hộ nghèo phát sinh mới", HOUSEHOLDS, movement=True),
}
MONIES = {
    "budget_planned": Indicator("kế hoạch vốn", MONEY),
    "budget_disbursed": Indicator("vốn đã giải ngân", MONEY),
    "disbursement_rate": Indicator("tỷ lệ giải ngân", RATE),
    "loans_made": Indicator("doanh số cho vay", MONEY),
}
CHANGES = {CHANGE + name: Indicator("mức tăng, giảm " + one.label, one.unit) for name, one in STATES.items()}
# a part's share of what it is part of: its count / the whole's count
SHARES = {
    "share_of_households": "households",
    "share_of_persons": "persons",
    "share_of_poor": "poor_households",
    "share_of_near_poor": "near_poor_households",
    "share_of_multidimensionally_poor": "multidimensionally_poor_households",
    "share_of_poor_persons": "poor_persons",
}
# of the poor or near-poor of a place those with one deprivation
DEPRIVED = {
    "deprived_poor_rate": ("deprived_poor_households", "poor_households"),
    "deprived_near_poor_rate": ("deprived_near_poor_households", "near_poor_households"),
}
# a part's count / the total of what it is part of; written as the part's rate, told apart by arithmetic
OF_WHOLE = {name + "_of_whole": name for name in ("poor_rate", "near_poor_rate", "multidimensional_poverty_rate")}
# an average change for each year of a period
AVERAGES = {"average_" + name: name for name in CHANGES}
# a change as a share of last year's count; written as a change of the rate, told apart by arithmetic
RELATIVES = {
    "relative_change_poor_rate": "poor_households",
    "relative_change_near_poor_rate": "near_poor_households",
    "relative_change_multidimensional_poverty_rate": "multidimensionally_poor_households",
}
# a mean need not be a whole number
MEANS = {*AVERAGES, "average_loan"}
# what moved / the households of this year, of last year, or of the class it left
FLOW_RATES = {
    "left_poverty_rate": ("left_poverty", "poor_households"),
    "left_near_poverty_rate": ("left_near_poverty", "near_poor_households"),
    "relapsed_rate": ("relapsed", "poor_households"),
    "newly_poor_rate": ("newly_poor", "poor_households"),
}
# what was reached of what was planned
PLAN, REACHED = "plan_", "plan_reached_"
REACHES = {REACHED + name: name for name in (*STATES, *CHANGES, *MOVEMENTS)}
DERIVED = (
    {name: Indicator(f"tỷ trọng trong {STATES[one].label}", RATE) for name, one in SHARES.items()}
    | {name: Indicator(f"tỷ lệ {STATES[one].label}", RATE) for name, (one, _) in DEPRIVED.items()}
    | {"average_loan": Indicator("dư nợ bình quân một hộ vay", MONEY)}
    | {name: Indicator(f"{STATES[one].label} tính trên tổng số hộ của cả nơi", RATE) for name, one in OF_WHOLE.items()}
    | {name: Indicator(f"{CHANGES[one].label} bình quân mỗi năm", CHANGES[one].unit) for name, one in AVERAGES.items()}
    | {name: Indicator(f"mức tăng, giảm tương đối của {STATES[one].label}", RATE) for name, one in RELATIVES.items()}
    | {name: Indicator(f"tỷ lệ {MOVEMENTS[one].label}", RATE, movement=True) for name, (one, _) in FLOW_RATES.items()}
    | {name: Indicator(f"mức đạt kế hoạch {(STATES | CHANGES | MOVEMENTS)[one].label}", RATE) for name, one in REACHES.items()}
)
INDICATORS = STATES | CHANGES | MOVEMENTS | MONIES | DERIVED
PARTS = tuple(
    name
    for name, one in (STATES | CHANGES | MOVEMENTS | MONIES).items()
    if one.unit != RATE and (not name.startswith(CHANGE))
)
SIGNED = (CHANGE, "average_" + CHANGE, "relative_" + CHANGE)

# rate = part / whole
RATIOS = {
    "poor_rate": ("poor_households", "households"),
    "near_poor_rate": ("near_poor_households", "households"),
    "multidimensional_poverty_rate": ("multidimensionally_poor_households", "households"),
    "average_living_rate": ("average_living_households", "households"),
    "minority_poor_rate": ("minority_poor_households", "minority_households"),
    "minority_near_poor_rate": ("minority_near_poor_households", "minority_households"),
    "minority_share_of_poor": ("minority_poor_households", "poor_households"),
    "minority_share_of_near_poor": ("minority_near_poor_households", "near_poor_households"),
    "disbursement_rate": ("budget_disbursed", "budget_planned"),
    "poor_persons_rate": ("poor_persons", "persons"),
    "near_poor_persons_rate": ("near_poor_persons", "persons"),
    "multidimensionally_poor_persons_rate": ("multidimensionally_poor_persons", "persons"),
    "minority_rate": ("minority_households", "households"),
    "minority_persons_rate": ("minority_persons", "persons"),
    "overdue_rate": ("loans_overdue", "loans_outstanding"),
    "average_loan": ("loans_outstanding", "borrowing_households"),
}
# whole = the sum of its two classes
CLASSES = {
    "multidimensionally_poor_households": ("poor_households", "near_poor_households"),
    "multidimensional_poverty_rate": ("poor_rate", "near_poor_rate"),
    "multidimensionally_poor_persons": ("poor_persons", "near_poor_persons"),
    "multidimensionally_poor_persons_rate": ("poor_persons_rate", "near_poor_persons_rate"),
}
# the change in poor households = what came in - what went out
POOR_MOVEMENTS = (("left_poverty", -1), ("near_poor_became_poor", 1), ("relapsed", 1), ("newly_poor", 1))
# parts, which exclude each other, cannot be more than the whole
SUBSETS = (
    (("poor_households", "near_poor_households", "average_living_households"), "households"),
    (("multidimensionally_poor_households",), "households"),
    (("minority_households",), "households"),
    (("poor_households",), "households"),
    (("near_poor_households",), "households"),
    (("poor_persons", "near_poor_persons"), "persons"),
    (("poor_persons",), "persons"),
    (("near_poor_persons",), "persons"),
    (("multidimensionally_poor_persons",), "persons"),
    (("minority_persons",), "persons"),
    (("borrowing_households",), "households"),
    (("loans_overdue",), "loans_outstanding"),
    (("poor_households",), "multidimensionally_poor_households"),
    (("near_poor_households",), "multidimensionally_poor_households"),
    (("minority_poor_households", "minority_near_poor_households"), "minority_households"),
    (("minority_poor_households",), "minority_households"),
    (("minority_near_poor_households",), "minority_households"),
    (("minority_poor_households",), "poor_households"),
    (("minority_near_poor_households",), "near_poor_households"),
    (("relapsed", "newly_poor"), "poor_households"),
    (("near_poor_became_poor",), "poor_households"),
    (("budget_disbursed",), "budget_planned"),
)
# what left a class during the year was in it the year before
LEFT = (
    ("left_poverty", "poor_households"),
    ("left_near_poverty", "near_poor_households"),
    ("near_poor_became_poor", "near_poor_households"),
)
MEMBERS = (
    ("households", "persons"),
    ("poor_households", "poor_persons"),
    ("near_poor_households", "near_poor_persons"),
    ("multidimensionally_poor_households", "multidimensionally_poor_persons"),
    ("minority_households", "minority_persons"),
)
TOTALS = ("households", "minority_households")


@cache
def unit(indicator: str) -> str:
    return INDICATORS[indicator].unit


@cache
def is_rate(indicator: str) -> bool:
    return unit(indicator) == RATE


@cache
def is_whole(indicator: str) -> bool:
    """Whether values are whole numbers: counts and sums of đồng are, rates and means need not be."""
    return not is_rate(indicator) and indicator not in MEANS


@cache
def is_change(indicator: str) -> bool:
    """Whether a figure has a direction, up or down."""
    return indicator.startswith(SIGNED)


def is_bounded(indicator: str) -> bool:
    """Whether a rate is one of a part in a whole, so that it is not above 100%."""
    return not indicator.startswith(REACHED)


def label(indicator: str) -> str:
    """
    >>> label("change_poor_rate")
    'mức tăng, giảm tỷ lệ hộ nghèo'
    """
    return INDICATORS[indicator].label
