"""The villages of a form or a list, held against those that the year's review already names."""

from collections import defaultdict
from collections.abc import Iterator

from giamngheo.findings import Finding
from giamngheo.imports import unvouched
from giamngheo.imports.lines import Line
from giamngheo.imports.listed import UNSURE, Doubt, Listed, wrong
from giamngheo.imports.quoting import quotable, told
from giamngheo.imports.totals import SHOWN
from giamngheo.intake import reviews
from giamngheo.intake.grid import Grid
from giamngheo.intake.total_rows import VILLAGE
from giamngheo.intake.unit import Year
from giamngheo.vietnamese.terms import UNITS
from giamngheo.vietnamese.text import ask, first_few, identity

REMEDY = "dòng không phải thôn, làng thì xoá; tên khác thì sửa cho giống"
LIST = "; thôn, làng đổi tên hay thêm mới thì sửa bảng review trước rồi nhập lại"


def findings(grid: Grid, table: str, taken: list[tuple[Line, str]], summed: bool, this: Year) -> Iterator[Finding]:
    """One finding for rows that are none of the villages the review names, one for villages of it that the form leaves out.

    Where there is no review yet, the rows must vouch for themselves; `summed` where the form's total is the sum of all.
    """
    known = villages(this)
    named = {identity(village): (line.number, village) for line, village in taken if village}
    if not known:
        units = {identity(village): line for line, village in reversed(taken) if village}
        yield from unvouched.findings(grid, list(units.values())[::-1], summed, villages(this.last) if this.last else [])
        return
    if not named:
        if taken and table == "review":
            rule = f"biểu chỉ có số của toàn xã, mà bảng review năm {this.year} ghi theo từng thôn, làng"
            yield grid.refusal(rule, "nhập biểu có dòng của từng thôn, làng; chỉ báo cáo toàn xã thì xoá các dòng thôn, làng ở bảng review")
        return
    there = set(map(identity, known))
    if strangers := [one for key, one in named.items() if key not in there]:
        number, village = strangers[0]
        others = [f"dòng {row} {told(name, '')}".strip() for row, name in strangers[1:]]
        more = f"; cũng vậy: {first_few(others, SHOWN, 'dòng')}" if others else ""
        rule = f"{told(village, 'tên ở dòng này')} không có trong danh sách thôn, làng của bảng review năm {this.year}{more}"
        yield Finding(grid.file, rule, f"{REMEDY}{ask(village, known)}{LIST}", sheet=grid.sheet, row=number)
    if lacking := [one for one in known if identity(one) not in named]:
        rule = f"biểu không có dòng của {first_few(lacking, SHOWN, UNITS['villages'])}, có ở bảng review năm {this.year}"
        yield grid.refusal(rule, f"thêm dòng ấy, số chưa biết thì để trống{LIST}")


def of_list(found: Listed, this: Year) -> None:
    """Hold the villages of a list of households against the review's; where a year has none yet, a name that is no place's is a doubt.

    No name is quoted that is in neither: a person's may stand in the column of villages.
    """
    known = villages(this)
    rows: dict[str, list[int]] = defaultdict(list)
    for one in found.households:
        rows[identity(one.village)].append(one.row)
    if known and VILLAGE not in found.positions:
        rule = f"danh sách không có cột thôn, làng, mà bảng review năm {this.year} ghi theo từng thôn, làng"
        found.findings.append(found.grid.refusal(rule, "thêm cột Thôn vào danh sách, ghi ở mỗi hộ"))
    elif known:
        found.findings += strangers_of_list(found, known, rows, this)
        lacking = [one for one in known if identity(one) not in rows]
        told = f"Danh sách không có hộ nào của {first_few(lacking, SHOWN, UNITS['villages'])}: số của các thôn, làng ấy để trống (chưa biết)."
        remark = f"{told} Không có hộ nào thì ghi 0 ở bảng review." if lacking else ""
        found.remark = "\n".join(filter(None, [found.remark, remark]))
    else:
        there = {identity(one) for one in villages(this.last)} if this.last else set()
        spelled = {identity(one.village): one.village for one in found.households}
        unsure = [key for key in rows if key and key not in there and not quotable(spelled[key])]
        found.doubts += [Doubt(rows[key][0], UNSURE, tuple(rows[key][1:])) for key in unsure]


def strangers_of_list(found: Listed, known: list[str], rows: dict[str, list[int]], this: Year) -> Iterator[Finding]:
    """One finding for all rows whose village is not in the review's list."""
    there = {"", *map(identity, known)}
    strange = sorted(row for key, of_village in rows.items() if key not in there for row in of_village)
    if strange:
        more = f"; cũng vậy: {first_few([f'dòng {row}' for row in strange[1:]], SHOWN, 'dòng')}" if strange[1:] else ""
        rule = f"tên ở ô này không có trong danh sách thôn, làng của bảng review năm {this.year}{more}"
        yield wrong(found, strange[0], VILLAGE, rule, f"sửa cho giống tên ở bảng review (hoặc các ô của dòng bị đặt lẫn cột){LIST}")


def villages(this: Year) -> list[str]:
    """The villages that the year's review names, [] where the year is not begun."""
    if this.year not in this.years:
        return []
    return [row["village"] for row in this.reading(reviews.main(this)).rows() if row.get("village")]
