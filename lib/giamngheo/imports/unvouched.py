"""Rows of a form that may be no villages, where no review names the villages yet: a plan, last year's figures, parts of a village.

A form vouches for its rows itself: by a total that is their sum, by ordinals, by the words Thôn, Làng, Bản … before names.
A row that stands out from the others in that is shown to a person and not taken.
"""

import re
from collections.abc import Iterator

from giamngheo.findings import Finding
from giamngheo.imports.lines import Line
from giamngheo.imports.quoting import VILLAGE, told
from giamngheo.imports.totals import SHOWN
from giamngheo.intake.grid import Grid
from giamngheo.vietnamese.text import first_few, identity

NO_PLACE = re.compile(
    r"(kế hoạch|chỉ tiêu|mục tiêu|nghị quyết|so (với|sánh)|tăng|giảm|chênh lệch|cùng kỳ|kỳ trước|(đầu|cuối|giữa) (năm|kỳ)"
    r"|(năm|kỳ|quý|tháng) (trước|nay|này|[0-9])"
    r"|(thực hiện|ước|đạt|luỹ kế|lũy kế|bình quân|trung bình|tỷ lệ|tỉ lệ|còn lại|số liệu|trên giao|(tỉnh|huyện|xã|cấp trên) giao)(\W|$)"
    r"|hội (nông dân|phụ nữ|liên hiệp|lhpn|cựu|ccb|người)|đoàn (thanh|tncs)|trường (học|mầm|tiểu|th|ptdt)|trạm y tế|công ty|doanh nghiệp"
    r"|hợp tác xã|htx|mttq|ubnd|ủy ban|uỷ ban)",
    re.IGNORECASE,
)
PART = re.compile(r"(tổ(?! dân phố)|nhóm|đội|cụm|liên gia)\b", re.IGNORECASE)
REMEDY = (
    "xoá các dòng không phải thôn, làng; là thôn, làng thì đánh số thứ tự 1, 2, 3…, ghi thêm dòng Tổng cộng, "
    "hoặc ghi danh sách thôn, làng vào bảng review trước"
)


def findings(grid: Grid, units: list[Line], summed: bool, before: list[str]) -> Iterator[Finding]:
    """One finding for each kind of row that may be no village; `summed` where the form's total is the sum of all `units`."""
    formerly = set(map(identity, before))
    asked = [line for line in units if identity(line.name) not in formerly]
    if strange := [line for line in asked if NO_PLACE.match(line.name)]:
        yield finding(grid, strange, "không phải tên thôn, làng")
        return
    places = [line for line in units if VILLAGE.match(line.name)]
    parts = [line for line in asked if PART.match(line.name)]
    if summed:
        return
    if parts and len(parts) < len(units):
        yield finding(grid, parts, "có thể là một phần của thôn, làng ở dòng trên, đã tính trong đó")
    elif odd := standing_out(asked, places, len(units)):
        yield finding(grid, odd, "không có số thứ tự, không bắt đầu bằng Thôn, Làng, Bản… như các dòng khác, nên không rõ có phải thôn, làng")


def standing_out(asked: list[Line], places: list[Line], many: int) -> list[Line]:
    """The rows with neither an ordinal nor a place's word, where more than half of the rows have one."""
    odd = [line for line in asked if not line.ordinal and line not in places]
    return odd if len(odd) * 2 < many else []


def finding(grid: Grid, lines: list[Line], rule: str) -> Finding:
    others = [f"dòng {line.number} {told(line.name, '')}".strip() for line in lines[1:]]
    more = f"; cũng vậy: {first_few(others, SHOWN, 'dòng')}" if others else ""
    return Finding(grid.file, f"{told(lines[0].name, 'dòng này')} {rule}{more}", REMEDY, sheet=grid.sheet, row=lines[0].number)
