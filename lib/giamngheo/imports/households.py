"""A list of households, as the review software exports it → counts by class of households and of persons, by village.

What is doubtful of a row is shown by its number and decided by a person (`decisions`): rows that are doubled, codes of
several households, names and dates that are missing, a class that contradicts its points. Nothing but counts leaves the
list: no message quotes a cell of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from giamngheo.findings import Finding
from giamngheo.imports.bands import Sheet
from giamngheo.imports.headings import Vocabulary, phrase
from giamngheo.imports.lines import alike
from giamngheo.imports.other_units import OTHERS_REMEDY, own_names
from giamngheo.intake import quantities
from giamngheo.intake.cell import Misread, Number, Unreadable, shown
from giamngheo.intake.grid import Grid, Row, letter
from giamngheo.intake.rows import TOTALS
from giamngheo.intake.unit import Year
from giamngheo.law.validity import in_force, year_end
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.text import clean, first_few, identity

SHOWN = 12  # rows that a remark lists
WITHIN = 30  # rows in which a list begins
PERSONAL = ("name", "relation", "person")
BESIDE = ("ordinal", "commune")  # columns that count nothing
COUNTED_BY = ("class", "members", "village")
NEEDED = {"class": "Phân loại", "members": "Số khẩu"}
CLASSES = {name: terms.CLASSES[name] for name in ("poor", "near_poor")} | {"average_living": "hộ có mức sống trung bình", "none": "hộ khác"}
DOUBLED, SHARED, NAMELESS, DATELESS, CODELESS, POINTS = "trùng hoàn toàn", "trùng mã hộ", "thiếu tên", "thiếu ngày", "thiếu mã hộ", "trái điểm"
MEANT = {
    DOUBLED: "mọi ô giống một dòng ở trên",
    SHARED: "mã hộ của nhiều hộ khác nhau",
    NAMELESS: "không có tên chủ hộ",
    DATELESS: "không có ngày rà soát",
    CODELESS: "không có mã hộ",
    POINTS: "phân loại trái với điểm B1, B2",
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


def recognise(sheet: Sheet, vocabulary: Vocabulary) -> tuple[Row, dict[str, int]] | None:
    """The row of column names of a list of households and where each column stands; None for a sheet that is none."""
    for row in sheet.grid.rows[:WITHIN]:
        found: dict[str, int] = {}
        for position, name in named(row, vocabulary):
            if name not in BESIDE:
                found.setdefault(name, position)
        if len(found.keys() & {"name", "code", "b1", "b2"}) >= 1 and len(found) >= 3:
            return row, found
    return None


def named(row: Row, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    """The columns whose heading says what they are of a household; one of another year is none."""
    for position, cell in enumerate(row.cells):
        says = vocabulary.says(cell) or {} if isinstance(cell, str) else {}
        unit = {"commune": "commune"}.get(says.get("level", ""), "village") if says.get("role") == "unit" else ""
        name = says.get("list") or unit or ("ordinal" if says.get("role") == "ordinal" else "")
        if name and name not in ("other", "person") and says.get("year", str(vocabulary.year)) == str(vocabulary.year):
            yield position, name


def row_of_names(grid: Grid, vocabulary: Vocabulary) -> int:
    """The row that heads a column of names or other words of persons, as no form has; 0 where there is none."""
    headings = {words for words, says in vocabulary.known.items() if says.get("list") in PERSONAL}
    for row in grid.rows:
        texts = [phrase(cell.partition("(")[0]) for cell in row.cells if isinstance(cell, str)]
        if len(texts) > 1 and not headings.isdisjoint(texts):
            return row.number
    return 0


def read(sheet: Sheet, vocabulary: Vocabulary, this: Year) -> Listed | None:
    """The list in a sheet, None where there is none."""
    header = recognise(sheet, vocabulary)
    if header is None:
        return None
    row, positions = header
    headings = {at: clean(shown(cell)) for at, cell in enumerate(row.cells) if cell is not None}
    found = Listed(sheet.grid, positions, headings, [], [], [], list(sheet.grid.findings))
    for name, called in NEEDED.items():
        if name not in positions:
            found.findings.append(sheet.grid.refusal(f"danh sách hộ thiếu cột “{called}”", f"ghi tên cột là “{called}”", row.number))
    if "relation" in positions:
        rule = "danh sách có cột “Quan hệ với chủ hộ”: mỗi dòng là một người, không phải một hộ"
        found.findings.append(sheet.grid.refusal(rule, "chỉ giữ dòng của chủ hộ rồi xoá cột ấy", row.number))
    if found.findings:
        return found
    names = [phrase(shown(cell)) if cell is not None else "" for cell in row.cells]
    ordinals = {at for at, name in named(row, vocabulary) if name == "ordinal"}
    limits = points(this)
    found.remark = "" if limits else "Chưa đối chiếu phân loại với điểm B1, B2: không rõ đơn vị ở thành thị hay nông thôn, hoặc chuẩn không có điểm."
    seen: dict[tuple, int] = {}
    for line in sheet.grid.rows:
        if line.number <= row.number or line.blank:
            continue
        if [phrase(shown(cell)) if cell is not None else "" for cell in line.cells] == names:
            found.repeated.append(line.number)
        else:
            take(found, line, vocabulary, seen, limits, ordinals)
    found.findings += [*twice(found, sheet, named(row, vocabulary)), *of_others(found, sheet, named(row, vocabulary), this)]
    found.remark = "\n".join(filter(None, [found.remark, of_other_years(found, sheet, this.year)]))
    found.doubts += shared(found, sheet)
    found.doubts.sort(key=lambda doubt: (list(MEANT).index(doubt.kind), doubt.row))
    return found


def take(found: Listed, line: Row, vocabulary: Vocabulary, seen: dict[tuple, int], limits: Mapping[str, int], ordinals: set[int]) -> None:
    """One row: what is counted, what is doubtful, what cannot be read."""
    cells = {name: line.at(position) for name, position in found.positions.items()}
    same = tuple("" if cell is None else clean(shown(cell)) for at, cell in enumerate(line.cells) if at not in ordinals)
    if cells["class"] is None and is_sum(line):
        found.findings.append(wrong(found, line.number, "class", "dòng cộng đứng giữa các hộ", "xoá dòng cộng trong danh sách"))
        return
    if cells["class"] is None and cells["members"] is None:
        remedy = "ghi đủ nếu là một hộ, xoá dòng nếu không phải"
        found.findings.append(wrong(found, line.number, "class", "dòng này không có phân loại và số khẩu", remedy))
        return
    class_ = class_of(cells["class"], vocabulary)
    members = whole(cells["members"])
    unread = "hộ không có khẩu nào" if members == 0 else "không đọc được số khẩu"
    for name, value, rule in (("class", class_, "không rõ phân loại của hộ ở dòng này"), ("members", members, unread)):
        if not value:
            found.findings.append(wrong(found, line.number, name, rule))
    if line.hidden:
        found.findings.append(wrong(found, line.number, "class", "dòng đang bị ẩn"))
    if class_ and members:
        village = cells.get("village")
        found.households.append(Household(line.number, clean(shown(village)) if village is not None else "", class_, members))
    if same in seen:
        found.doubts.append(Doubt(line.number, DOUBLED, (seen[same],)))
        return  # what else is doubtful of it is told of the row it doubles
    seen[same] = line.number
    found.doubts += [Doubt(line.number, kind) for kind in missing(cells)]
    if limits and contradicts(class_, whole(cells.get("b1")), whole(cells.get("b2")), limits):
        found.doubts.append(Doubt(line.number, POINTS))


def twice(found: Listed, sheet: Sheet, headed: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """A finding where a second column is said to be the class, the persons or the village too, and says something else."""
    for position, name in headed:
        first = found.positions.get(name, position)
        if name not in COUNTED_BY or position == first:
            continue
        for one in found.households:
            cells = [sheet.at(one.row, at) for at in (first, position)]
            if len({"" if cell is None else identity(clean(shown(cell))) for cell in cells}) > 1:
                rule = f"cột này và cột {letter(first)} cùng được hiểu là một điều mà ghi khác nhau"
                yield wrong_at(found, one.row, position, rule, "xoá một cột, hoặc ghi năm ở tên mỗi cột")
                break


def of_other_years(found: Listed, sheet: Sheet, year: int) -> str:
    """Tells the rows whose date of review is of another year than the one that is counted."""
    if "date" not in found.positions:
        return ""
    said = ((one.row, sheet.at(one.row, found.positions["date"])) for one in found.households)
    rows = [str(row) for row, cell in said if cell is not None and (named := re.search("(?:19|20)[0-9]{2}", shown(cell))) and named[0] != str(year)]
    return f"Lưu ý: {len(rows)} dòng có ngày rà soát không thuộc năm {year}: {first_few(rows, SHOWN, 'dòng')}." if rows else ""


def of_others(found: Listed, sheet: Sheet, headed: Iterable[tuple[int, str]], this: Year) -> Iterator[Finding]:
    """A finding at the first household that its row says is of another commune, which is not merged into ours either."""
    own = own_names(this)
    for position in (at for at, name in headed if name == "commune"):
        said = ((one.row, sheet.at(one.row, position)) for one in found.households)
        row = next((row for row, cell in said if cell is not None and not any(alike(shown(cell), name) for name in own)), 0)
        if row:
            rule = f"dòng này không phải của {this.law.unit_name(this.unit)} hay của xã nhập vào đó"
            yield wrong_at(found, row, position, rule, OTHERS_REMEDY)


def is_sum(line: Row) -> bool:
    """Whether the first words of a row are those of a total."""
    first = next((cell for cell in line.cells if isinstance(cell, str)), "")
    return identity(clean(first).rstrip(" :.")) in TOTALS


def missing(cells: Mapping[str, object]) -> Iterator[str]:
    for name, kind in (("name", NAMELESS), ("date", DATELESS), ("code", CODELESS)):
        if name in cells and cells[name] is None:
            yield kind


def shared(found: Listed, sheet: Sheet) -> list[Doubt]:
    """The rows whose code another row has that is not its double."""
    doubled = {doubt.row for doubt in found.doubts if doubt.kind == DOUBLED}
    by_code: dict[str, list[int]] = defaultdict(list)
    for one in found.households:
        cell = sheet.at(one.row, found.positions["code"]) if "code" in found.positions else None
        if cell is not None and one.row not in doubled:
            by_code[clean(shown(cell))].append(one.row)
    return [Doubt(row, SHARED, tuple(other for other in rows if other != row)) for rows in by_code.values() if len(rows) > 1 for row in rows]


def class_of(cell: object, vocabulary: Vocabulary) -> str:
    """The class that a cell names; "" where it names none."""
    says = vocabulary.says(cell) if isinstance(cell, str) else None
    return says["class"] if says and says.get("class") in CLASSES and not says.keys() - {"class", "measure"} else ""


def whole(cell: object) -> int | None:
    if cell is None or isinstance(cell, Unreadable) or not isinstance(cell, str | Number):
        return None
    try:
        return quantities.count(cell, "persons")
    except Misread:
        return None


def points(this: Year) -> dict[str, int]:
    """The points of the law that part the classes: at most so many of B1 for both, at least so many of B2 for a poor one.

    {} where the law of the year has none or the unit's area is not known.
    """
    area = next((row["area"] for row in reversed(this.law.rows("units")) if row["unit"] == this.unit), "")
    current = this.law.standards(year_end(this.year))[:1]
    rows = [row for row in this.law.rows("standards") if row["standard"] in current and in_force(row, year_end(this.year))]
    found = {row["measure"]: int(row["value"]) for row in rows if row["unit"] == "points" and row["area"] in (area, "all")}
    return found if found.keys() >= {"score_a_max", "score_b_poor"} else {}


def contradicts(class_: str, b1: int | None, b2: int | None, limits: Mapping[str, int]) -> bool:
    """Whether points say another class; an average living is no class of points.

    >>> limits = {"score_a_max": 140, "score_b_poor": 30}
    >>> [contradicts("poor", b1, b2, limits) for b1, b2 in ((140, 30), (141, 30), (140, 29), (None, 30))]
    [False, True, True, False]
    """
    if b1 is None or b2 is None or class_ == "":
        return False
    said = "none" if b1 > limits["score_a_max"] else "poor" if b2 >= limits["score_b_poor"] else "near_poor"
    return said != ("none" if class_ == "average_living" else class_)


def wrong(found: Listed, row: int, name: str, rule: str, remedy: str = "sửa ô này trong danh sách rồi chạy lại") -> Finding:
    """A finding at a cell of the list; what the cell says is not told, because it may be a person's name."""
    return wrong_at(found, row, found.positions[name], rule, remedy)


def wrong_at(found: Listed, row: int, position: int, rule: str, remedy: str) -> Finding:
    return Finding(
        found.grid.file, rule, remedy, sheet=found.grid.sheet, row=row, column=letter(position),
        header=found.headings[position],
    )  # fmt: skip
