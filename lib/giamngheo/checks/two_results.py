"""The results of a year held against the standards under which it is reviewed, and against each other.

Two results of one year are of the same villages and households: what does not depend on a poverty standard is the same.
"""

from collections.abc import Iterator

from giamngheo.checks.carried_over import ASK
from giamngheo.findings import Finding
from giamngheo.intake import reviews
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import label
from giamngheo.vietnamese.text import ask

SAME = ("households", "persons", "minority_households", "minority_persons")  # counts that no poverty standard changes


def findings(this: Year) -> Iterator[Finding]:
    """Of tables that are refused themselves nothing is said: their numbers are not known."""
    tables = reviews.sheets(this)
    for table in tables:
        yield from foreign(this, table)
        yield from unknown(this, table)
    if any(this.reading(table).refused for table in reviews.SHEETS):
        return
    yield from missing(this)
    if len(tables) > 1:
        yield from alike(this, *tables)
        yield from list(villages(this, *tables)) or differing(this, *tables)


def explained(row: dict) -> bool:
    """Whether the note of a row says why it is so, and not that it is still to be looked at."""
    return bool(row["note"]) and not row["note"].startswith(ASK)


def foreign(this: Year, table: str) -> Iterator[Finding]:
    """A standard under which the year is not reviewed, as far as the law is known."""
    reviewed, reading = this.law.reviewed(this.year), this.reading(table)
    rows = [] if reading.refused else reading.rows()
    if reviewed and rows and rows[0]["standard"] not in reviewed and not explained(rows[0]):
        rule = f"theo luật mà chương trình biết, năm {this.year} rà soát theo chuẩn {', '.join(reviewed)}, không theo chuẩn này"
        remedy = "sửa cột standard; vẫn phải theo chuẩn này thì ghi lý do vào cột note của dòng này"
        yield reading.finding(0, "standard", rule, remedy, "draft")


def unknown(this: Year, table: str) -> Iterator[Finding]:
    """Counts that the standard of their sheet does not ask for in the year."""
    reading = this.reading(table)
    for at, row in enumerate([] if reading.refused else reading.rows()):
        for column in this.law.unknown(row["standard"], this.year):
            if row[column] is not None:
                rule = f"theo luật mà chương trình biết, chuẩn {row['standard']} năm {this.year} không có mục này: báo cáo không in"
                yield reading.finding(at, column, rule, "xem lại cột standard; nếu mẫu của tỉnh có mục này thì hỏi lại cấp trên", "note")


def missing(this: Year) -> Iterator[Finding]:
    """In a year that is surely reviewed under two standards: the one of which there is no result yet."""
    reviewed, (main, other) = this.law.reviewed(this.year), reviews.SHEETS
    sure = len(reviewed) > 1 and all(this.law.basis(one)["confidence"] == "high" for one in reviewed[1:])
    if not sure or reviews.standards(this, other) or not (there := reviews.standards(this, main)) & set(reviewed):
        return
    basis = this.law.basis(reviewed[-1])
    for standard in (one for one in reviewed if one not in there):
        said = f"{basis['article']} {basis['decree']}"
        rule = f"năm {this.year} rà soát đồng thời theo hai chuẩn ({said}): chưa có kết quả theo chuẩn {standard}"
        remedy = f"điền bảng {other}, mỗi thôn, làng một dòng; kết quả kia giữ nguyên ở bảng {main}"
        yield Finding(this.place, rule, remedy, level="draft")


def alike(this: Year, main: str, other: str) -> Iterator[Finding]:
    """Two sheets under one standard: which of the two is wrong nobody knows, nor what it is under."""
    if (there := reviews.standards(this, main)) == reviews.standards(this, other):
        left = [one for one in this.law.reviewed(this.year) if one not in there]
        lacking = f" (năm {this.year} còn thiếu kết quả theo chuẩn {', '.join(left)})" if left else ""
        remedy = f"mỗi chuẩn một bảng: sửa cột standard{lacking}, hoặc xóa các dòng ở bảng này"
        rule = f"bảng {main} cũng theo chuẩn này: hai bảng là hai kết quả theo hai chuẩn, nên chưa so bảng này với năm nào"
        yield this.reading(other).finding(0, "standard", rule, remedy, "draft")


def villages(this: Year, main: str, other: str) -> Iterator[Finding]:
    """Villages that only one of the two results has, where both are told by village."""
    names = {table: [row["village"] for row in this.reading(table).rows()] for table in (main, other)}
    if not all(map(any, names.values())):
        return
    for table, beside in ((main, other), (other, main)):
        for at, village in enumerate(names[table]):
            if village not in names[beside]:
                rule = f"thôn, làng không có trong bảng {beside}: tổng của hai bảng không phải của cùng một xã"
                remedy = (
                    f"ghi tên giống nhau ở hai bảng{ask(village, names[beside])}, hoặc thêm dòng của thôn, làng này vào bảng {beside}; "
                    "chưa biết số thì để trống ô"
                )
                yield this.reading(table).finding(at, "village", rule, remedy)


def differing(this: Year, main: str, other: str) -> Iterator[Finding]:
    """Counts that do not depend on the standard and differ between the two results: by village, else of the commune."""
    reading, ours, theirs = this.reading(other), this.reading(main).rows(), this.reading(other).rows()
    own = {row["village"]: row for row in ours}
    by_village = all(row["village"] in own for row in theirs)
    lines = [(at, [own[row["village"]]], [row]) for at, row in enumerate(theirs)] if by_village else [(0, ours, theirs)]
    for at, these, those in lines:
        for column in SAME:
            one, two = commune(these, column), commune(those, column)
            if one is not None and two is not None and one != two and not any(map(explained, those)):
                rule = f"hai kết quả của cùng một năm phải có cùng {label('review', column).lower()}: ở bảng {main} là {one}, ở đây là {two}"
                remedy = "đối chiếu hai bảng với sổ rồi sửa số sai; đúng như vậy thì ghi lý do vào cột note của dòng này"
                yield reading.finding(at, column, rule, remedy, "draft")


def commune(rows: list[dict], column: str) -> int | None:
    """The sum over all rows; None when there is no row or one of them is not known.

    >>> commune([{"poor": 3}, {"poor": 4}], "poor"), commune([{"poor": 3}, {"poor": None}], "poor")
    (7, None)
    """
    known = [row[column] for row in rows]
    return None if not known or None in known else sum(known)
