"""A form's own totals, rates and computed columns, held against the counts that are taken from it."""

import re
from collections import defaultdict
from collections.abc import Iterable

from giamngheo.findings import Finding
from giamngheo.imports import dashes, steps, targets
from giamngheo.imports.bands import Band, Sheet
from giamngheo.imports.columns import Column, Columns, formula, is_count, plain
from giamngheo.imports.computed import numbers
from giamngheo.imports.headings import CODES
from giamngheo.imports.lines import HEADING, SECTION, TOTAL, UNIT, Line, Lines
from giamngheo.imports.quoting import quotable, told
from giamngheo.intake import quantities
from giamngheo.intake.cell import Misread, Number, Uncalculated, Unreadable, shown
from giamngheo.intake.grid import letter
from giamngheo.law import dictionary
from giamngheo.law.expressions import expression
from giamngheo.vietnamese.numbers import number as written
from giamngheo.vietnamese.text import first_few

SHOWN = 12  # cells that a message lists

Counts = dict[tuple[int, int], int | None]  # by row and position


class Held:
    """The counts of a form and what is wrong with them; `agreeing` says how many sums and rates were found right."""

    def __init__(self, sheet: Sheet, band: Band, columns: Columns, lines: Lines):
        self.sheet, self.band, self.columns, self.lines = sheet, band, columns, lines
        self.counts: Counts = {}
        self.reckoned: Counts = {}  # where the form has a formula whose result is not kept
        self.findings: list[Finding] = []
        self.agreeing: list[str] = []
        self.remarks: list[str] = []
        self.dashes: list[tuple[int, Column]] = []
        self.dash, self.dash_row = dashes.of_sheet(sheet)
        self.counted = [one for one in columns.columns if one.kind == "value" and is_count(columns.table, one) or one.kind == "check" and plain(one)]

    def settle(self) -> None:
        for line in (*self.lines.lines, *self.lines.own_sums):
            for one in self.counted:
                self.counts[line.number, one.position] = self.count(line, one)
        for line in self.lines.lines:
            for one in self.columns.of("value"):
                self.reckon(line, one)
        self.explain_dashes()
        if self.reckoned:
            self.agreeing.append(f"{len(self.reckoned)} ô công thức chưa có kết quả, tính theo công thức của biểu")
        if not self.findings and not self.lines.findings:
            self.sums()
            self.computed()
            self.within()
            self.steps()

    def count(self, line: Line, one: Column) -> int | None:
        cell = known(self.sheet.at(line.number, one.position))
        if isinstance(cell, Uncalculated):
            return None
        if dashes.is_dash(cell):
            self.dashes.append((line.number, one))
            return 0 if self.dash == "nought" else None
        try:
            return quantities.count(cell, one.says.get("measure", "households")) if readable(cell) else None
        except Misread as wrong:
            self.refuse(line.number, one, wrong.rule, wrong.remedy)
            return None

    def explain_dashes(self) -> None:
        """One finding for all dashes of a form that does not say what they are: nought at some offices, not known at others."""
        if not self.dashes:
            return
        if self.dash:
            called = "bằng 0" if self.dash == "nought" else "chưa biết"
            self.remarks.append(f"Lưu ý: {len(self.dashes)} ô có dấu gạch lấy là {called}, theo câu ở dòng {self.dash_row} của biểu.")
            return
        others = [f"{letter(one.position)}{number}" for number, one in self.dashes[1:]]
        more = f"; cũng vậy ở {len(others)} ô nữa: {', '.join(others[:SHOWN])}{', …' if len(others) > SHOWN else ''}" if others else ""
        self.refuse(*self.dashes[0], f"dấu gạch không nói là bằng 0 hay chưa biết{more}", quantities.UNKNOWN_REMEDY)

    def taken(self, number: int, position: int) -> object:
        """What is taken of a cell: as it stands, what was worked out in its place, or what the form says of its dash."""
        cell, reckoned = known(self.sheet.at(number, position)), self.reckoned.get((number, position))
        if dashes.is_dash(cell) and self.dash:
            return Number(0) if self.dash == "nought" else None
        return cell if reckoned is None else Number(reckoned)

    def reckon(self, line: Line, one: Column) -> None:
        """Work out a count that the form has a formula for and no result of, from the columns its formula names."""
        cell = self.sheet.at(line.number, one.position)
        if not isinstance(cell, Uncalculated):
            return
        own = formula(one, self.columns.numbered())
        parts = {name: self.counts.get((line.number, self.columns.numbered()[name[1:]].position)) for name in own.names} if own else {}
        values = {name: count for name, count in parts.items() if count is not None}
        if own is not None and parts and len(values) == len(parts) and (exact := own.value(values)).denominator == 1:
            self.counts[line.number, one.position] = self.reckoned[line.number, one.position] = int(exact)
        elif line.kind == UNIT:
            self.refuse(line.number, one, cell.rule, cell.remedy)

    def sums(self) -> None:
        """Every total is the sum of all units, or of those since the section or total before it; a section of those below it."""
        groups: dict[tuple, list[Line]] = defaultdict(list)
        for line in self.lines.lines:
            if line.kind != HEADING:
                groups[tuple(sorted(line.says.items()))].append(line)
        for lines in groups.values():
            lines[:] = sorted([*lines, *self.lines.of(HEADING)], key=lambda line: line.number)
            units = [line for line in lines if line.kind == UNIT] or [line for line in lines if line.kind == SECTION]
            for at, line in enumerate(lines):
                if line.kind == TOTAL:
                    self.compare(line, [units, since(lines, at)])
                elif line.kind == SECTION and line not in units:
                    self.section(line, below(lines, at))
            self.behind(lines, units)
        for line in self.lines.own_sums:
            self.compare(line, [[part for part in self.lines.of(UNIT) if part.name == line.name]])
        self.remark_blanks()

    def behind(self, lines: list[Line], units: list[Line]) -> None:
        """A unit behind the last total, of which that is no part though others are, may be one more or a part of them."""
        last = max((at for at, line in enumerate(lines) if line.kind == TOTAL), default=None)
        if last is None or not since(lines, last) or not self.differing(lines[last], units):
            return
        for line in lines[last + 1 :]:
            if line.kind == UNIT:
                rule = f"dòng này đứng sau dòng {told(lines[last].name, 'cộng')} và không có trong dòng ấy"
                self.refuse(line.number, self.counted[0], rule, "nếu là thôn, làng thì đưa lên trên và cộng vào; nếu là số trong đó thì xoá dòng")
            elif line.kind in (SECTION, HEADING):
                return

    def remark_blanks(self) -> None:
        """Say that a blank is not known, also where a total seems to take it for nought."""
        summed = {one.position for one in self.counted for line in self.lines.of(TOTAL) if self.counts[line.number, one.position] is not None}
        blank = [f"{letter(one.position)}{line.number}" for line in self.lines.of(UNIT) for one in self.columns.of("value")
                 if one.position in summed and self.counts.get((line.number, one.position), 0) is None]  # fmt: skip
        if blank:
            cells = first_few(blank, SHOWN, "ô")
            self.remarks.append(
                f"Lưu ý: {len(blank)} ô trống ({cells}) là chưa biết, nên tổng toàn xã của các cột ấy cũng chưa biết, dù biểu có dòng cộng. "
                "Nếu là không có hộ nào thì ghi 0 rồi nhập lại."
            )

    def section(self, line: Line, parts: list[Line]) -> None:
        """A section's figures are the sum of the units below it; with none below it nobody knows what they are of."""
        if parts:
            self.compare(line, [parts])
        elif any(self.counts[line.number, one.position] is not None for one in self.counted):
            rule = f"không rõ {told(line.name, 'dòng này')} là một thôn, làng hay là dòng cộng: dưới dòng này không có dòng nào của nó"
            self.refuse(line.number, self.counted[0], rule, "đánh số 1, 2, 3… nếu là thôn, làng; ghi Tổng cộng nếu là dòng cộng")

    def compare(self, line: Line, choices: list[list[Line]]) -> None:
        """A finding for each count of a total that is the sum of none of the choices; of several, that with most in common."""
        wrong = [self.differing(line, parts) for parts in choices if parts]
        for one, added in min(wrong, key=len, default=[]):
            rule = f"dòng {told(line.name, 'cộng này')} phải bằng tổng của các dòng; các dòng cộng lại là {written(added)}"
            self.refuse(line.number, one, rule, "đối chiếu từng dòng với sổ, sửa dòng sai hoặc dòng tổng")
        if [] in wrong:
            parts = next(parts for parts in choices if parts and not self.differing(line, parts))
            held = [one for one in self.counted if {self.counts[part.number, one.position] for part in (*parts, line)} != {None}]
            said = [one for one in held if any(self.counts[part.number, one.position] is not None for part in parts)]
            self.agreeing.append(f"dòng {line.number} {told(line.name, '(dòng cộng)')}: {len(said)} cột bằng tổng các dòng")

    def summed(self) -> bool:
        """Whether a total of the form is, in every count it has, the sum of all units."""
        units, totals = self.lines.of(UNIT), self.lines.of(TOTAL)
        said = [line for line in totals if any(self.counts[line.number, one.position] is not None for one in self.counted)]
        return any(not self.differing(line, units) for line in said) and bool(units)

    def differing(self, line: Line, parts: list[Line]) -> list[tuple[Column, int]]:
        found = []
        for one in self.counted:
            total = self.counts[line.number, one.position]
            known = [count for part in parts if (count := self.counts[part.number, one.position]) is not None]
            whole = self.lines.of(UNIT) or known
            if total is not None and whole and total != sum(known):
                found.append((one, sum(known)))
        return found

    def computed(self) -> None:
        """Every rate and every column with a formula of the form's own is what its columns make."""
        numbered, checked = self.columns.numbered(), 0
        by_name = {targets.review(one.says): one for one in self.counted}
        for one in self.columns.columns:
            parts, reckoned = operands(one, numbered, by_name, self.counted)
            if reckoned is None:
                continue
            for line in self.lines.lines:
                checked += self.agrees(line, one, reckoned, {name: self.counts[line.number, part.position] for name, part in parts.items()})
        if checked:
            self.agreeing.append(f"{checked} ô tỷ lệ, ô tính của biểu khớp với số đếm")

    def agrees(self, line: Line, one: Column, reckoned, counts: dict[str, int | None]) -> bool:
        cell = self.sheet.at(line.number, one.position)
        if cell is None or isinstance(cell, Uncalculated) or None in counts.values() or not (said := numbers(cell)):
            return False
        try:
            exact = reckoned.value({name: count for name, count in counts.items() if count is not None})
        except ZeroDivisionError:
            return False
        rate = bool(one.says.get("rate"))
        ways = (exact, exact * 100) if rate else (exact,)
        if any(way == value or rate and abs(way - value) < step for way in ways for value, step in said):
            return True
        shows = written(exact * 100, 2) + "%" if rate else written(exact, 0)
        rule = f"ô tính của biểu không khớp với số đếm: từ các cột của biểu thì được {shows}"
        self.refuse(line.number, one, rule, "đối chiếu các số của dòng này với sổ, sửa số sai; hoặc sửa tên cột nếu cột là số khác")
        return False

    def within(self) -> None:
        """No code has more households of a class, or persons, than the form's own column says there are of it."""
        coded = [one for one in self.columns.of("value") if any(kind in one.says for kind in CODES)]
        for line in self.lines.lines:
            wholes = {targets.review(says): one for one in self.columns.of("check") if (says := targets.joined(one.says, line.says)) and plain(one)}
            for one in coded:
                says = targets.joined(one.says, line.says) or {}
                whole = wholes.get(f"{says.get('class', '')}_{says.get('measure', 'households')}")
                count, most = (self.counts.get((line.number, part.position)) if part else None for part in (one, whole))
                if whole and count is not None and most is not None and count > most:
                    rule = f"nhiều hơn {written(most)} ở cột {letter(whole.position)} ({whole.heading.written}) của cùng dòng"
                    self.refuse(line.number, one, rule, "đối chiếu hai ô với sổ rồi sửa ô sai")

    def steps(self) -> None:
        """What left and entered is what parts opening and closing."""
        lines = self.lines.of(UNIT) or self.lines.lines
        for line in lines if self.columns.table == "movements" else ():
            counts = {one.position: self.counts.get((line.number, one.position)) for one in self.counted}
            for one, rule in steps.wrong(self.counted, counts):
                self.refuse(line.number, one, rule, steps.REMEDY)

    def refuse(self, number: int, one: Column, rule: str, remedy: str) -> None:
        grid, cell = self.sheet.grid, self.sheet.at(number, one.position)
        said = "" if cell is None else shown(cell)
        self.findings.append(Finding(
            grid.file, rule, remedy, sheet=grid.sheet, row=number, column=letter(one.position), header=one.heading.written,
            value=said if re.search("[0-9]", said) or dashes.is_dash(cell) or quotable(said) else "",
        ))  # fmt: skip


def known(cell: object) -> object:
    """The cell, None where it only says that nothing is known: the dots that official tables print."""
    return None if isinstance(cell, str) and cell.strip() in ("…", "...", "....") else cell


def readable(cell: object) -> bool:
    """Whether a cell holds anything; Misread where what it holds cannot be read at all."""
    if isinstance(cell, Unreadable):
        raise Misread(cell.rule, cell.remedy)
    if isinstance(cell, bool):
        raise Misread("ô chứa giá trị đúng/sai (TRUE/FALSE) của Excel", "gõ lại giá trị cần ghi")
    return cell is not None


def since(lines: list[Line], at: int) -> list[Line]:
    """The units between a total and the section or total before it."""
    found: list[Line] = []
    for line in reversed(lines[:at]):
        if line.kind != UNIT:
            break
        found.append(line)
    return found


def below(lines: list[Line], at: int) -> list[Line]:
    """The units of a section: those until the next one of its level or above it."""
    found: list[Line] = []
    for line in lines[at + 1 :]:
        if line.kind == TOTAL and not line.name.casefold().startswith("cộng") or line.kind in (SECTION, HEADING) and line.level <= lines[at].level:
            break
        found += [line] if line.kind == UNIT else []
    return found


def operands(one: Column, numbered: dict[str, Column], by_name: dict[str, Column], counted: Iterable[Column]):
    """The columns that a computed column is made of, by the names its formula gives them, and that formula; {} and None for none."""
    if one.kind not in ("check", "value"):
        return {}, None
    if "deficits" in one.says:
        parts = {f"c{part.position}": part for part in counted if part is not one and any(kind in part.says for kind in CODES)}
        return (parts, expression(" + ".join(parts))) if parts else ({}, None)
    if (own := formula(one, numbered)) is not None:
        parts = {name: numbered[name[1:]] for name in own.names}
        return (parts, own) if parts and all(part in counted for part in parts.values()) else ({}, None)
    if one.says.get("rate") and (kind := next((kind for kind in CODES if kind in one.says), "")):
        said = (kind, "class", "measure")
        part = next((part for part in counted if part.kind == "value" and all(part.says.get(name) == one.says.get(name) for name in said)), None)
        whole = by_name.get(f"{one.says.get('class', '')}_households")
        return ({"part": part, "whole": whole}, expression("part / whole")) if part and whole else ({}, None)
    both = "multidimensionally_poor_households" if one.says.get("class") == "multidimensionally_poor" else ""
    name = targets.rate(one.says) if one.says.get("rate") else both
    if not name:
        return {}, None
    rule = expression(dictionary.columns()["review", name]["rule"])
    return ({part: by_name[part] for part in rule.names}, rule) if set(rule.names) <= by_name.keys() else ({}, None)
