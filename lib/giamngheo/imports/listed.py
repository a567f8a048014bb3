"""A list of households as it was read: its rows, what is doubtful of them, what cannot be read; no cell of it is quoted."""

from collections import defaultdict
from dataclasses import dataclass, field

from giamngheo.findings import Finding
from giamngheo.intake.grid import Grid, letter
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.text import identity

CLASSES = {name: terms.CLASSES[name] for name in ("poor", "near_poor")} | {"average_living": "hộ có mức sống trung bình", "none": "hộ khác"}
DOUBLED, SHARED, NAMELESS, DATELESS = "trùng hoàn toàn", "trùng mã hộ", "thiếu tên", "thiếu ngày"
CODELESS, POINTS, UNSURE = "thiếu mã hộ", "trái điểm", "thôn chưa rõ"
MEANT = {
    DOUBLED: "mọi ô giống một dòng ở trên",
    SHARED: "mã hộ của nhiều hộ khác nhau",
    NAMELESS: "không có tên chủ hộ",
    DATELESS: "không có ngày rà soát",
    CODELESS: "không có mã hộ",
    POINTS: "phân loại trái với điểm B1, B2",
    UNSURE: "năm chưa có danh sách thôn, làng, mà chữ ở ô này không bắt đầu bằng Thôn, Làng, Bản…: là thôn, làng thì giu, tên người thì sửa",
}


@dataclass(frozen=True)
class Household:
    """A row of the list: what is counted of it. Its other cells stay in the list."""

    row: int
    village: str
    class_: str
    members: int


@dataclass(frozen=True)
class Doubt:
    """What is doubtful of a row, and the other rows it concerns."""

    row: int
    kind: str
    others: tuple[int, ...] = ()


@dataclass
class Listed:
    """A list of households: where its columns stand, its rows, what is doubtful, what cannot be read."""

    grid: Grid
    positions: dict[str, int]
    headings: dict[int, str]
    households: list[Household]
    doubts: list[Doubt]
    repeated: list[int]
    findings: list[Finding]
    remark: str = ""
    sums: list[int] = field(default_factory=list)  # the rows of totals below the households
    below: list[int] = field(default_factory=list)  # the rows of remarks and signatures below them

    def counted(self, dropped: set[int]) -> dict[str, dict[str, tuple[int, int]]]:
        """By village and class: how many households and persons, without the rows dropped."""
        found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        spelled: dict[str, str] = {}  # a village by the name it has first
        for one in self.households:
            if one.row not in dropped:
                village = found[spelled.setdefault(identity(one.village), one.village)]
                many, persons = village.get(one.class_, (0, 0))
                village[one.class_] = (many + 1, persons + one.members)
        return found


def wrong(found: Listed, row: int, name: str, rule: str, remedy: str = "sửa ô này trong danh sách rồi chạy lại") -> Finding:
    """A finding at a cell of the list; what the cell says is not told, because it may be a person's name."""
    return wrong_at(found, row, found.positions[name], rule, remedy)


def wrong_at(found: Listed, row: int, position: int, rule: str, remedy: str) -> Finding:
    return Finding(
        found.grid.file, rule, remedy, sheet=found.grid.sheet, row=row, column=letter(position),
        header=found.headings[position],
    )  # fmt: skip
