"""What the page of all reports tells of one of them."""

from dataclasses import dataclass, field

STATES = {
    "draft": "DỰ THẢO", "final": "chính thức", "failed": "lập không xong", "stale": "cũ", "gone": "không còn số liệu",
    "missing": "chưa lập",
}  # fmt: skip
RESULTS = ("review.multidimensional_poverty_rate", "changes.multidimensionally_poor.change_rate")  # that the page tells


@dataclass(frozen=True)
class Entry:
    """One unit's report of a year: what it is called, how its report ended, and the files there are, by what to call them."""

    unit: str
    year: int
    name: str
    together: bool  # whether the report puts together those of communes
    state: str  # of STATES; whether it is "stale", "gone" or "missing" says `index_states`
    preliminary: bool  # whether its result, or one of several, is not official yet
    findings: int | None  # that keep the report a draft; None where it was not made
    cause: str  # why it was not made
    reports: dict[str, str] = field(default_factory=dict)
    reviews: dict[str, str] = field(default_factory=dict)
    changes: dict[str, str] = field(default_factory=dict)
    sent: tuple[str, ...] = ()  # a line for each report that was sent
    kind: str = ""  # what kind of report it is called, where it is not the year's main one
    code: str = ""  # of that kind
    standards: tuple[str, ...] = ()  # the texts that set the standards of its results, where it has two
    why: tuple[str, ...] = ()  # what keeps it a draft
    results: tuple[tuple[str, float | None], ...] = (("", None), ("", None))  # of RESULTS, as printed and to sort by
    inputs: dict[str, str] | None = None  # what it was made from, as its manifest says
