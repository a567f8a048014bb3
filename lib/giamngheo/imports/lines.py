"""Which row of a form is which unit: villages, sections, totals, and what is no row of figures at all."""

import re
from dataclasses import dataclass, field, replace

from giamngheo.findings import Finding
from giamngheo.imports.bands import Band, Sheet, numbers_columns
from giamngheo.imports.columns import Columns
from giamngheo.imports.headings import Says, Vocabulary
from giamngheo.imports.quoting import WITHIN_COMMUNE, is_place, quotable, told
from giamngheo.intake.cell import Number, Uncalculated, shown
from giamngheo.intake.grid import letter
from giamngheo.intake.rows import ORDINAL, TOTALS, is_remark
from giamngheo.vietnamese.terms import UNITS
from giamngheo.vietnamese.text import clean, identity

REMARK = "ghi chú, chữ ký"  # a person's name may stand there, so that it is not quoted
NO_FIGURES = "không có số nào"
OF_YEAR = "số của năm"
UNIT, SECTION, TOTAL, HEADING = "unit", "section", "total", "heading"  # a heading is a section without figures
NUMERAL = re.compile(r"[0-9.,% ]+")
SUMS = re.compile(r"(tổng|cộng|toàn (xã|phường|thị trấn|đặc khu))\b", re.IGNORECASE)
SECTIONED = re.compile(r"([IVX]{1,5}|[A-HĐ])[.)]?")
KIND = re.compile(r"(xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE)  # begins a commune's name
BELOW = re.compile(r"[0-9]+[.,][0-9]+[.)]?|[a-zđ][.)]?|[-–—+•*]")  # the ordinal of a row below a numbered one
LISTED = re.compile(r"([-–—+•*])\s*\S")  # begins the name of one
PART = re.compile(r"(trong đó|trong số đó|chia ra)\b", re.IGNORECASE)  # begins the name of a part of the line above
AREA = re.compile(r"(khu vực|vùng|thành thị|nông thôn)\b", re.IGNORECASE)
COMMUNE = re.compile(rf"(xã|phường|thị trấn|đặc khu)\s+\S(?!.*[-–—,:;/]\s*{WITHIN_COMMUNE})", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A row of figures: what it is, its unit's name, what its own words say (households or persons), its section's level."""

    number: int
    kind: str
    name: str
    says: Says = field(default_factory=dict)
    level: int = 0
    ordinal: str = ""


def found_ordinal(name: str) -> str:
    """The ordinal with which a name begins: `3. Làng C`."""
    return name.partition(".")[0].partition(")")[0]


def alike(one: str, other: str) -> bool:
    """Whether two names are of one commune, its kind said or not.

    >>> alike("Xã Núi Thành", "núi thành"), alike("Xã Núi Thành", "xã Núi")
    (True, False)
    """
    bare = [identity(KIND.sub("", clean(name))) for name in (one, other)]
    return bare[0] == bare[1]


def level(ordinal: str) -> int:
    """How deep a section stands: A above I.

    >>> level("A"), level("II.")
    (0, 1)
    """
    return int(bool(re.fullmatch("[IVX]+[.)]?", ordinal)))


@dataclass
class Lines:
    """The rows of a table below its headings; `left_out` says of each row that is not taken why."""

    lines: list[Line] = field(default_factory=list)
    left_out: list[tuple[int, str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    own_sums: list[Line] = field(default_factory=list)  # of a unit's own lines

    def of(self, kind: str) -> list[Line]:
        return [line for line in self.lines if line.kind == kind]


class Reader:
    """Reads the rows below a band of headings, one after the other."""

    def __init__(self, sheet: Sheet, band: Band, columns: Columns, vocabulary: Vocabulary):
        self.sheet, self.band, self.columns, self.vocabulary = sheet, band, columns, vocabulary
        self.numbers = [one.position for one in columns.columns if one.kind in ("value", "check")]
        self.ordinal = next((one.position for one in columns.of("ordinal")), None)
        self.line_at = next((one.position for one in columns.of("line")), None)
        self.year_at = next((one.position for one in columns.of("year")), None)
        self.communes_at = [one.position for one in columns.of("commune")]
        self.found = Lines()
        self.parted: set[str] = set()
        self.above = ""  # the last village, which rows with a mark below a number are parts of
        self.last = ""  # the unit of the line before
        self.ended = False  # whether a second table has begun
        self.noted = False  # whether remarks and signatures have begun below the table

    def read(self) -> Lines:
        for row in self.sheet.grid.rows:
            if row.number > self.band.bottom and not row.blank and not self.ended:
                self.take(row.number)
        self.above_villages()
        return self.found

    def above_villages(self) -> None:
        """A commune among villages is a section, or where it is the last line a total: it is their sum, not one of them."""
        units = [] if self.columns.of("unit")[0].says.get("level") == "commune" else self.found.of(UNIT)
        communes = {line.number for line in units if COMMUNE.match(line.name)}
        if len(communes) == len(units):
            return
        last = max(line.number for line in units if line.number not in communes)
        made = {number: SECTION if number < last else TOTAL for number in communes}
        self.found.lines = [replace(line, kind=made.get(line.number, line.kind), level=-1 if line.number in made else line.level)
                            for line in self.found.lines]  # fmt: skip

    def take(self, number: int) -> None:
        name, ordinal = self.name(number)
        figures = [cell for at in self.numbers if (cell := self.sheet.at(number, at)) is not None]
        if of_another := self.another_year(number):
            self.found.left_out.append((number, name if is_place(name) or quotable(name) else "", of_another))
        elif reason := self.no_figures(number, name, figures, ordinal):
            self.found.left_out.append((number, name if reason != REMARK and (is_place(name) or quotable(name)) else "", reason))
            self.noted = self.noted or reason == REMARK and bool(self.found.lines)
            if reason == NO_FIGURES and (SECTIONED.fullmatch(ordinal) or AREA.match(name)):
                self.add(Line(number, HEADING, name, level=level(ordinal)))
        elif self.sheet.rows[number].hidden:
            self.refuse(number, "dòng đang bị ẩn", "bỏ ẩn dòng (Unhide, bỏ lọc) hoặc xoá dòng")
        elif spanning := self.spanning(number):
            self.refuse(number, f"ô {letter(spanning)}{number} bị gộp (merge) nên không biết số thuộc dòng nào, cột nào", "bỏ gộp ô rồi ghi từng ô")
        else:
            self.line(number, name, ordinal, figures)

    def name(self, number: int) -> tuple[str, str]:
        """The unit's name and the ordinal of a row; a name in the column of ordinals, or a total's in that of communes, is the unit's."""
        name, ordinal = self.said(number, self.band.unit), self.said(number, self.ordinal)
        if ordinal and not ORDINAL.fullmatch(ordinal):
            name, ordinal = name if name and name != ordinal else ordinal, ""
        name = name or next((said for at in self.communes_at if SUMS.match(said := self.said(number, at))), "")
        if (found := re.fullmatch(r"([0-9]{1,3}|[IVX]{1,5}|[A-HĐ])[.)]\s+(.+)", name)) and ordinal.rstrip(".)") in ("", found_ordinal(name)):
            ordinal, name = found[1], found[2]
        return name, ordinal

    def said(self, number: int, position: int | None) -> str:
        cell = None if position is None else self.sheet.at(number, position)
        return "" if cell is None else clean(shown(cell))

    def no_figures(self, number: int, name: str, figures: list, ordinal: str) -> str:
        """Why a row holds no figures of the table; "" where it does."""
        texts = [clean(text) for text in self.sheet.texts(number) if text]
        headed = {clean(text) for heading in self.band.headings for text in heading.texts}
        if numbers_columns(self.sheet, number) and self.band.marks:
            return "dòng số thứ tự của các cột"
        if len(texts) > 1 and set(texts) <= headed:
            return "dòng tên cột lặp lại"
        if is_remark(self.sheet.rows[number]) and not any(isinstance(cell, Number) or NUMERAL.fullmatch(shown(cell)) for cell in figures):
            return REMARK
        if any(re.search("[0-9]", shown(cell)) for cell in figures) or any(isinstance(cell, Uncalculated) for cell in figures):
            return ""
        if not name or self.noted:
            return REMARK
        if re.fullmatch("[0-9]+[.)]?", ordinal) or figures:
            return ""
        return NO_FIGURES

    def another_year(self, number: int) -> str:
        """Why a row is left out whose own column says that it is of another year; "" for any other row."""
        found = re.search(r"\b(?:19|20)[0-9]{2}\b", self.said(number, self.year_at))
        return f"{OF_YEAR} {found[0]}" if found and int(found[0]) != self.vocabulary.year else ""

    def spanning(self, number: int) -> int | None:
        """The position of a number in a merged range, in which it may be of several rows or columns."""
        return next((at for at in self.numbers if (number, at) in self.sheet.grid.merged and self.sheet.at(number, at) is not None), None)

    def line(self, number: int, name: str, ordinal: str, figures: list) -> None:
        says = self.line_says(number)
        unit = name or self.last if says else name
        sums = bool(SUMS.match(unit)) or identity(unit.rstrip(" :.")) in TOTALS
        if not unit:
            self.refuse(number, "dòng có số nhưng không có tên đơn vị", "ghi tên đơn vị ở dòng này, hoặc gộp ô tên với dòng trên; xoá dòng nếu thừa")
        elif says == {"total": "yes"}:
            self.found.left_out.append((number, unit, "dòng cộng các dòng của đơn vị"))
            self.found.own_sums.append(Line(number, TOTAL, unit))
        elif says and says.get("class") == "none":
            self.found.left_out.append((number, unit, "của hộ không nghèo, chương trình không đếm"))
        elif says is None:
            said = shown(self.sheet.at(number, self.line_at or 0) or "")
            rule = f"không rõ {told(said, 'ô phân tổ của dòng này')} là số hộ hay số khẩu, của loại hộ nào"
            self.refuse(number, rule, "ghi Số hộ hoặc Nhân khẩu, Hộ nghèo hoặc Hộ cận nghèo")
        elif not sums and (PART.match(unit) or (known := self.vocabulary.says(unit)) and "role" not in known):
            rule = f"{told(unit, 'chữ ở dòng này')} đứng ở cột đơn vị nhưng không phải tên đơn vị"
            self.refuse(number, rule, "đưa sang cột riêng, ghi tên đơn vị ở mỗi dòng")
        elif not sums and (known or {}).get("role") == "unit":
            self.refuse(number, "có bảng thứ hai bắt đầu từ dòng này", "tách mỗi bảng ra một trang tính")
            self.ended = True
        elif not sums and self.above and (mark := self.below_mark(number, unit)):
            self.refuse_part(number, mark)
        elif not sums and (SECTIONED.fullmatch(ordinal) or AREA.match(unit)):
            self.add(Line(number, SECTION, unit, says, level(ordinal)))
        else:
            self.add(Line(number, TOTAL if sums else UNIT, unit, says, ordinal=ordinal))
        self.last = unit

    def refuse_part(self, number: int, mark: str) -> None:
        """One finding for all parts of a village."""
        if self.above not in self.parted:
            rule = f"dòng này đánh số “{mark}” nên là một phần của dòng {told(self.above, UNITS['villages'])} ở trên, không phải một thôn, làng nữa"
            self.refuse(number, rule, "chỉ giữ dòng của thôn, làng, hoặc chỉ giữ các dòng con; không để cả hai")
            self.parted.add(self.above)

    def below_mark(self, number: int, name: str) -> str:
        """The mark of a row that stands below another one, as 1.1, a) or a dash; "" for any other row."""
        ordinal, listed = self.said(number, self.ordinal), LISTED.match(name)
        return ordinal if BELOW.fullmatch(ordinal) else listed[1] if listed else ""

    def line_says(self, number: int) -> Says | None:
        """What the words of a line say: `{}` where it has none, None where they are not known."""
        if self.line_at is None:
            return {}
        cell = self.sheet.at(number, self.line_at)
        said = self.vocabulary.says(cell) if isinstance(cell, str) else None
        return {kind: value for kind, value in said.items() if kind in ("class", "measure", "total")} or None if said else None

    def add(self, line: Line) -> None:
        self.found.lines.append(line)
        if line.kind != UNIT:
            self.above = ""
        elif not self.below_mark(line.number, line.name):
            self.above = line.name

    def refuse(self, number: int, rule: str, remedy: str) -> None:
        grid = self.sheet.grid
        self.found.findings.append(Finding(grid.file, rule, remedy, sheet=grid.sheet, row=number))
