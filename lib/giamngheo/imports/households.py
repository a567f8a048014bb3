"""A list of households, as the review software exports it → counts by class of households and of persons, by village.

What is doubtful of a row is shown by its number and decided by a person (`decisions`): rows that are doubled, codes of
several households, names and dates that are missing, a class that contradicts its points. Nothing but counts leaves the
list: no message quotes a cell of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

from giamngheo.imports import known_villages
from giamngheo.imports.bands import Sheet
from giamngheo.imports.headings import Vocabulary, phrase
from giamngheo.imports.lines import SUMS
from giamngheo.imports.list_checks import of_one_village, of_other_years, of_others, shared, twice, whole, wrong_sums
from giamngheo.imports.listed import (
    CLASSES,
    CODELESS,
    DATELESS,
    DOUBLED,
    MEANT,
    NAMELESS,
    POINTS,
    Doubt,
    Household,
    Listed,
    wrong,
)
from giamngheo.imports.quoting import is_place
from giamngheo.intake.cell import shown
from giamngheo.intake.grid import Grid, Row
from giamngheo.intake.rows import ORDINAL, TOTALS
from giamngheo.intake.total_rows import VILLAGE
from giamngheo.intake.unit import Year
from giamngheo.law.validity import in_force, year_end
from giamngheo.vietnamese.text import clean, identity

FEW = 2  # cells that a remark or a signature fills
WITHIN = 30  # rows in which a list begins
PERSONAL = ("name", "relation", "person")
BESIDE = ("ordinal", "commune")  # columns that count nothing
NEEDED = {"class": "Phân loại", "members": "Số khẩu"}



def recognise(sheet: Sheet, vocabulary: Vocabulary) -> tuple[Row, dict[str, int]] | None:
    """The row of column names of a list of households and where each column stands; None for a sheet that is none."""
    for row, below in zip_longest(sheet.grid.rows[:WITHIN], sheet.grid.rows[1 : WITHIN + 1]):
        found = places(row, vocabulary)
        counts_households = any((vocabulary.says(cell) or {}).get("measure") == "households" for cell in row.cells if isinstance(cell, str))
        persons = found.keys() & {"name", "code", "b1", "b2"} or {"class", "members"} <= found.keys() and not counts_households
        if persons and len(found) >= 3:
            return with_second_line(row, below, found, vocabulary)
    return None


def places(row: Row, vocabulary: Vocabulary) -> dict[str, int]:
    """Where each column that a row heads stands, the first of its kind."""
    found: dict[str, int] = {}
    for position, name in named(row, vocabulary):
        if name not in BESIDE:
            found.setdefault(name, position)
    return found


def with_second_line(row: Row, below: Row | None, found: dict[str, int], vocabulary: Vocabulary) -> tuple[Row, dict[str, int]]:
    """The headings with those that stand in a second line below them, where that has only headings, and none below a name."""
    second = places(below, vocabulary) if below else {}
    if below is None or not second or any(cell is not None and not isinstance(cell, str) for cell in below.cells):
        return row, found
    if any(below.at(at) is not None for at in found.values() if at not in second.values()):
        return row, found
    width = max(len(row.cells), len(below.cells))
    cells = tuple(row.at(at) if below.at(at) is None else below.at(at) for at in range(width))
    return Row(below.number, cells), second | found


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
    found.findings += of_one_village(found, sheet, row.number)
    if found.findings:
        return found
    names = [phrase(shown(cell)) if cell is not None else "" for cell in row.cells]
    ordinals = {at for at, name in named(row, vocabulary) if name == "ordinal"}
    limits = points(this)
    found.remark = "" if limits else "Chưa đối chiếu phân loại với điểm B1, B2: không rõ đơn vị ở thành thị hay nông thôn, hoặc chuẩn không có điểm."
    seen: dict[tuple, int] = {}
    rows = [filled(line, sheet, positions.get(VILLAGE)) for line in sheet.grid.rows if line.number > row.number and not line.blank]
    last = max((line.number for line in rows if class_of(line.at(positions["class"]), vocabulary)), default=0)
    for line in rows:
        if line.number > last and is_sum(line):
            found.sums.append(line.number)
        elif line.number > last and is_remark_below(line, positions):
            found.below.append(line.number)
        elif [phrase(shown(cell)) if cell is not None else "" for cell in line.cells] == names:
            found.repeated.append(line.number)
        else:
            take(found, line, vocabulary, seen, limits, ordinals)
    found.findings += [*twice(found, sheet, named(row, vocabulary)), *of_others(found, sheet, named(row, vocabulary), this)]
    found.remark = "\n".join(filter(None, [found.remark, of_other_years(found, sheet, this.year)]))
    found.doubts += shared(found, sheet)
    found.findings += wrong_sums(found, sheet)
    known_villages.of_list(found, this)
    found.doubts.sort(key=lambda doubt: (list(MEANT).index(doubt.kind), doubt.row))
    return found


def is_remark_below(line: Row, positions: Mapping[str, int]) -> bool:
    """Whether a row below the households is a remark or a signature: few cells, and neither a class nor persons."""
    few = sum(cell is not None for cell in line.cells) <= FEW
    return few and all(line.at(positions[name]) is None for name in ("class", "members"))


def filled(line: Row, sheet: Sheet, position: int | None) -> Row:
    """The row with the village of the range that it is merged into."""
    if position is None or (line.number, position) not in sheet.grid.merged or line.blank:
        return line
    cells = [*line.cells, *[None] * (position + 1 - len(line.cells))]
    cells[position] = sheet.at(line.number, position)
    return replace(line, cells=tuple(cells))


def take(found: Listed, line: Row, vocabulary: Vocabulary, seen: dict[tuple, int], limits: Mapping[str, int], ordinals: set[int]) -> None:
    """One row: what is counted, what is doubtful, what cannot be read."""
    cells = {name: line.at(position) for name, position in found.positions.items()}
    same = tuple("" if cell is None else clean(shown(cell)) for at, cell in enumerate(line.cells) if at not in ordinals)
    if cells["class"] is None and is_sum(line):
        found.findings.append(wrong(found, line.number, "class", "dòng cộng đứng giữa các hộ", "xoá dòng cộng trong danh sách"))
        return
    if cells["class"] is None and cells["members"] is None and names_a_place(line):
        remedy = "thêm cột Thôn, ghi ở mỗi hộ, rồi xoá dòng này"
        found.findings.append(wrong(found, line.number, "class", "dòng này chỉ ghi tên của một nhóm hộ (thôn, làng, khu vực)", remedy))
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


def names_a_place(line: Row) -> bool:
    """Whether a row holds nothing but a place's name and its ordinal."""
    words = [clean(cell) for cell in line.cells if isinstance(cell, str) and not ORDINAL.fullmatch(cell.strip())]
    return len(words) == 1 and is_place(words[0])


def is_sum(line: Row) -> bool:
    """Whether the first words of a row are those of a total."""
    first = clean(next((cell for cell in line.cells if isinstance(cell, str)), ""))
    return bool(SUMS.match(first)) or identity(first.rstrip(" :.")) in TOTALS


def missing(cells: Mapping[str, object]) -> Iterator[str]:
    for name, kind in (("name", NAMELESS), ("date", DATELESS), ("code", CODELESS)):
        if name in cells and cells[name] is None:
            yield kind


def class_of(cell: object, vocabulary: Vocabulary) -> str:
    """The class that a cell names; "" where it names none."""
    says = vocabulary.says(cell) if isinstance(cell, str) else None
    return says["class"] if says and says.get("class") in CLASSES and not says.keys() - {"class", "measure"} else ""


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
