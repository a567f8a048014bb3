"""What is held against each other in a list of households that was read: columns, years, communes, totals, codes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from giamngheo.findings import Finding
from giamngheo.imports.bands import Sheet
from giamngheo.imports.lines import alike
from giamngheo.imports.listed import DOUBLED, SHARED, Doubt, Listed, wrong, wrong_at
from giamngheo.imports.other_units import OTHERS_REMEDY, own_names
from giamngheo.imports.quoting import names_one_village
from giamngheo.intake import quantities
from giamngheo.intake.cell import Misread, Number, Unreadable, shown
from giamngheo.intake.grid import letter
from giamngheo.intake.total_rows import VILLAGE
from giamngheo.intake.unit import Year
from giamngheo.vietnamese.numbers import number
from giamngheo.vietnamese.text import clean, first_few, identity

SHOWN = 12  # rows that a remark lists
COUNTED_BY = ("class", "members", "village")


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


def wrong_sums(found: Listed, sheet: Sheet) -> Iterator[Finding]:
    """A total below the list whose persons are not those of its rows, however its doubles are counted."""
    doubled = {doubt.row for doubt in found.doubts if doubt.kind == DOUBLED}
    ways = [sum(one.members for one in found.households if one.row not in without) for without in (set(), doubled)]
    for row in found.sums if not found.findings else ():
        said = whole(sheet.at(row, found.positions["members"]))
        if said is not None and said not in ways:
            rule = f"dòng cộng ghi {number(said)} khẩu, các dòng ở trên cộng lại là {number(ways[0])}"
            yield wrong(found, row, "members", rule, "đối chiếu với sổ: sửa dòng sai, thêm dòng thiếu, hoặc sửa dòng cộng")


def of_one_village(found: Listed, sheet: Sheet, header: int) -> Iterator[Finding]:
    """A list without a column of villages that is called one village's above its headings, or by its sheet: it is not the commune's."""
    if VILLAGE in found.positions:
        return
    above = [(row.number, text) for row in sheet.grid.rows if row.number < header for text in sheet.texts(row.number)]
    row = next((number for number, text in above if names_one_village(text)), 0)
    if row or names_one_village(sheet.grid.sheet):
        where = f"dòng {row}" if row else "tên trang tính"
        rule = f"{where} nói đây là danh sách của một thôn, mà danh sách không có cột thôn, làng, nên không phải số của toàn xã"
        yield found.grid.refusal(rule, "thêm cột Thôn, ghi ở mỗi hộ; gộp danh sách của mọi thôn vào một trang tính", row)


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


def shared(found: Listed, sheet: Sheet) -> list[Doubt]:
    """The rows whose code another row has that is not its double."""
    doubled = {doubt.row for doubt in found.doubts if doubt.kind == DOUBLED}
    by_code: dict[str, list[int]] = defaultdict(list)
    for one in found.households:
        cell = sheet.at(one.row, found.positions["code"]) if "code" in found.positions else None
        if cell is not None and one.row not in doubled:
            by_code[clean(shown(cell))].append(one.row)
    return [Doubt(row, SHARED, tuple(other for other in rows if other != row)) for rows in by_code.values() if len(rows) > 1 for row in rows]


def whole(cell: object) -> int | None:
    if cell is None or isinstance(cell, Unreadable) or not isinstance(cell, str | Number):
        return None
    try:
        return quantities.count(cell, "persons")
    except Misread:
        return None
