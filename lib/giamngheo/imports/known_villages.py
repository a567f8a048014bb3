"""The villages of a form, held against those that the year's review already names."""

from collections.abc import Iterator

from giamngheo.findings import Finding
from giamngheo.imports.lines import Line
from giamngheo.imports.quoting import told
from giamngheo.imports.totals import SHOWN
from giamngheo.intake import reviews
from giamngheo.intake.grid import Grid
from giamngheo.intake.unit import Year
from giamngheo.vietnamese.terms import UNITS
from giamngheo.vietnamese.text import ask, first_few, identity

REMEDY = "dòng không phải thôn, làng thì xoá; tên khác thì sửa cho giống"
LIST = "; thôn, làng đổi tên hay thêm mới thì sửa bảng review trước rồi nhập lại"


def findings(grid: Grid, taken: list[tuple[Line, str]], this: Year) -> Iterator[Finding]:
    """One finding for rows that are none of the villages the review names, one for villages of it that the form leaves out."""
    known = villages(this)
    named = {identity(village): (line.number, village) for line, village in taken if village}
    if not known or not named:
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


def villages(this: Year) -> list[str]:
    """The villages that the year's review names, [] where the year is not begun."""
    if this.year not in this.years:
        return []
    return [row["village"] for row in this.reading(reviews.main(this)).rows() if row.get("village")]
