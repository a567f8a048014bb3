"""Which column of a form is which quantity: by its headings, and by the form's own formulas where it has them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from giamngheo.findings import Finding
from giamngheo.imports import targets
from giamngheo.imports.bands import Band, Heading, Sheet
from giamngheo.imports.headings import CODES, Says, Vocabulary
from giamngheo.intake.grid import Grid, letter
from giamngheo.law import dictionary
from giamngheo.law.expressions import Expression, expression
from giamngheo.vietnamese.text import clean, first_few

ROLES = {"unit": "đơn vị", "ordinal": "số thứ tự", "line": "dòng của mỗi đơn vị", "note": "ghi chú, để ngoài", "commune": "xã", "year": "năm"}
SHOWN = 6  # columns that a message names
OF_YEAR = "số của năm"
ONLY_RATES = "biểu này chỉ có tỷ lệ, không có số đếm"
RATIO = re.compile(r"\(?([0-9]{1,2})\)?\s*[/:]\s*\(?([0-9]{1,2})\)?(\s*[*x×]\s*100\s*%?)?")


@dataclass(frozen=True)
class Column:
    """A column of the form: its headings, what they say, and what it is (`kind`).

    value      a count that is taken
    check      a number the form computes, or gives of another table: held against the counts, not taken
    aside      not taken, with the reason `why`
    unit, ordinal, line, note, commune
    """

    heading: Heading
    says: Says
    kind: str
    why: str = ""

    @property
    def position(self) -> int:
        return self.heading.position


@dataclass
class Columns:
    """The columns of a form and the table they belong to; "" where that is not known, which a finding says."""

    table: str = ""
    columns: list[Column] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def of(self, kind: str) -> list[Column]:
        return [column for column in self.columns if column.kind == kind]

    def numbered(self) -> dict[str, Column]:
        return {column.heading.number: column for column in self.columns if column.heading.number}


def is_count(table: str, one: Column) -> bool:
    """Whether a column that is taken holds counts, and not words."""
    return dictionary.columns().get((table, one.says.get("column", "")), {"type": "count"})["type"] == "count"


def plain(one: Column) -> bool:
    """Whether a column that is only compared holds whole counts."""
    return not one.says.get("rate")


def line_position(sheet: Sheet, band: Band, vocabulary: Vocabulary) -> int | None:
    """The column whose words say of each line what it counts (Hộ, Khẩu; Hộ nghèo, Hộ cận nghèo), whatever heads it."""
    for position in range(sheet.width):
        cells = [sheet.at(row.number, position) for row in sheet.grid.rows if row.number > band.bottom]
        words = [cell for cell in cells if cell is not None]
        said = [vocabulary.says(word) if isinstance(word, str) else None for word in words]
        lines = [says for says in said if says and not says.keys() - {"class", "measure", "total", "list"}]
        if position != band.unit and len(lines) > 1 and len(lines) * 2 > len(words) and len({str(says) for says in lines}) > 1:
            return position
    return None


def understand(band: Band, sheet: Sheet, vocabulary: Vocabulary) -> Columns:
    """What each column is; a finding where a column may be two things, or two columns one."""
    grid, line = sheet.grid, line_position(sheet, band, vocabulary)
    read = {heading.position: vocabulary.path(heading.texts) for heading in band.headings}
    of_which(read)
    said = {heading: read[heading.position][0] or {} for heading in band.headings}
    by_line = {} if line is None else {"class": "poor", "measure": "households"}
    tables = votes(said.values(), by_line)
    if only_rates(said.values()):
        return Columns(findings=[grid.refusal(ONLY_RATES, "nhập biểu số hộ; tỷ lệ do chương trình tính", band.top)])
    years = sorted({why for says, why in read.values() if says is None and why.startswith(OF_YEAR)})
    if not tables and years:
        return Columns(findings=[grid.refusal(f"bảng này chỉ có {', '.join(years)}", "chọn đúng năm (--year)", band.top)])
    if not tables:
        rule = "bảng này không có cột số nào của chương trình; các cột: " + ", ".join(heading.written for heading in band.headings)
        return Columns(findings=[grid.refusal(rule, "xem tên các cột dùng được ở docs/huong-dan.md", band.top)])
    if len(tables) > 1:
        listed = ", ".join(targets.CALLED[table] for table in tables)
        return Columns(findings=[grid.refusal(f"tên cột có thể là của nhiều bảng: {listed}", "tách mỗi bảng ra một trang tính", band.top)])
    table = tables[0]
    defaults = common(said.values(), table)
    columns = [column(heading, *read[heading.position], table, defaults, band, line, by_line) for heading in band.headings]
    if line is not None and line not in {one.position for one in columns}:
        columns.append(Column(Heading(line, ()), {"role": "line"}, "line"))
    made = Columns(table, with_rates(columns))
    made.findings = [*ambiguous(made, grid, band), *contradicted(made, grid, band)]
    return made


def of_which(read: dict[int, tuple[Says | None, str]]) -> None:
    """Let a heading "Trong đó …" that names no class speak of the class of the column before it, of which it is a part."""
    before: Says = {}
    for position in sorted(read):
        says = read[position][0]
        if says and "within" in says and "class" not in says and not says.get("role"):
            if "class" not in before:
                read[position] = None, "không rõ là trong số nào"
                continue
            read[position] = says | {"class": before["class"]}, ""
        elif says:
            before = says


def votes(said: Iterable[Says], by_line: Says) -> list[str]:
    """The tables that most headings are of, given what a line may add; more than one where as many are of another."""
    counted: Counter[str] = Counter()
    for says in said:
        if says.get("rate") or says.get("role"):
            continue
        counted.update(table for kind, table in CODES.items() if kind in says)
        counted.update(["movements"] if "move" in says else ["review"] if targets.review(by_line | says) and says else [])
    most = max(counted.values(), default=0)
    return [table for table, many in counted.items() if many == most]


def only_rates(said: Iterable[Says]) -> bool:
    """Whether more codes have a rate than a count: such a form is computed from another one."""
    coded = [bool(says.get("rate")) for says in said if any(kind in says for kind in CODES)]
    return sum(coded) * 2 > len(coded)


def common(said: Iterable[Says], table: str) -> Says:
    """The class (and of movements the measure) that all headings speak of that name one; a form of both has no such class."""
    found: Says = {}
    if table == "review":
        return found
    for kind in ("class", "measure") if table == "movements" else ("class",):
        named = {says[kind] for says in said if says.get(kind) and says[kind] != "all" and not says.get("role")}
        found |= {kind: named.pop()} if len(named) == 1 else {}
    return found


def column(heading: Heading, says: Says | None, why: str, table: str, defaults: Says, band: Band, line: int | None, by_line: Says) -> Column:
    if heading.position == band.unit:
        return Column(heading, says or {}, "unit")
    if heading.position == line:
        return Column(heading, {"role": "line"}, "line")
    if says is None:
        return Column(heading, {}, "aside", why)
    if role := says.get("role"):
        return Column(heading, says, "commune" if role == "unit" else role)
    if not says and not heading.texts:
        return Column(heading, {}, "aside", "không có tên cột")
    whole = defaults | says if says.get("class") != "all" else says
    if says.get("rate") or "deficits" in says or says.get("class") == "multidimensionally_poor":
        return Column(heading, whole if "class" in says else says, "check")
    if table == "movements" and "step" in says and "move" not in says and "class" in whole:
        return Column(heading, whole, "check")
    if targets.target(table, by_line | whole) or table == "movements" and "move" in says:
        return Column(heading, whole, "value")
    if table != "review" and (name := targets.review(says)):
        return Column(heading, says | {"review": name}, "check")
    return Column(heading, says, "aside", "không có trong bảng này")


def with_rates(columns: list[Column]) -> list[Column]:
    """A rate whose headings do not say of what is that of its formula, else of the count before it."""
    numbered = {column.heading.number: column for column in columns if column.heading.number}
    found: list[Column] = []
    for one in columns:
        if one.kind == "check" and one.says.get("rate") and "class" not in one.says:
            ratio = RATIO.fullmatch(one.heading.formula.strip())
            before = numbered.get(ratio[1]) if ratio else next((other for other in reversed(found) if other.kind == "value"), None)
            taken = before.says if before else {}
            one = replace(one, says={kind: value for kind, value in taken.items() if kind != "column"} | one.says)
        found.append(one)
    return found


def ambiguous(made: Columns, grid: Grid, band: Band) -> Iterable[Finding]:
    """Two columns that are understood as the same quantity, and codes of which no heading says the class."""
    seen: dict[tuple, Column] = {}
    for one in made.of("value"):
        key = targets.target(made.table, one.says) or tuple(sorted(one.says.items()))
        if key in seen:
            rule = f"cột {letter(seen[key].position)} và cột {letter(one.position)} cùng được hiểu là “{one.heading.written}”"
            yield wrong(grid, band, one, rule, "giữ một cột, hoặc ghi rõ tên cột")
        seen[key] = one
    bare = [one for one in made.columns if one.kind == "aside" and one.says.keys() - {"list"} == {"measure"}]
    if made.table == "review" and band.guessed and bare:
        rule = "tên cột không nói là hộ nào, và nhóm cột ở trên chưa gộp ô nên không rõ nhóm nào trùm lên cột này"
        yield wrong(grid, band, bare[0], rule, "gộp ô của mỗi nhóm cột, hoặc ghi đủ ở tên cột")
    rated = any(one.says.get("rate") and one.says.get("class") in targets.CLASSES for one in made.of("check"))
    if made.table == "review" and not made.of("line") and not any(classed(one) for one in made.columns) and rated:
        yield grid.refusal(f"{ONLY_RATES} của hộ nghèo, hộ cận nghèo", "thêm cột số hộ; tỷ lệ do chương trình tính", band.top)
    elif made.table == "review" and not made.of("line") and not any(classed(one) for one in made.columns):
        unknown = [f"“{one.heading.written}”" for one in made.columns if one.kind == "aside" and one.why.startswith("không rõ")]
        rule = "biểu chỉ có tổng số, không có cột hộ nghèo hay hộ cận nghèo, nên không rõ là tổng của mọi hộ hay của một loại hộ"
        rule += f"; chưa hiểu các cột {first_few(unknown, SHOWN, 'cột')}" if unknown else ""
        yield grid.refusal(rule, "ghi rõ ở tên cột: Tổng số hộ dân cư, Hộ nghèo, Hộ cận nghèo", band.top)
    if not made.of("value") and made.table != "review":
        rule = "không tên cột nào nói đây là số của hộ nghèo hay của hộ cận nghèo (tiêu đề của biểu không dùng để nhận ra)"
        remedy = "ghi một cột “Tổng số hộ nghèo” hoặc “Tổng số hộ cận nghèo”, hoặc nhóm cột “Hộ nghèo”, “Hộ cận nghèo”"
        yield grid.refusal(rule, remedy, band.top)


def classed(one: Column) -> bool:
    """Whether a column that is taken is of poor or near-poor households."""
    name = targets.review(one.says) if one.kind == "value" else ""
    return any(class_ in name for class_ in targets.CLASSES)


def contradicted(made: Columns, grid: Grid, band: Band) -> Iterable[Finding]:
    """Rates whose formula divides other columns than their headings say."""
    numbered = made.numbered()
    for one in made.of("check"):
        ratio, name = RATIO.fullmatch(one.heading.formula.strip()), targets.rate(one.says)
        if not (ratio and name and made.table == "review"):
            continue
        parts = [numbered.get(number) for number in ratio.groups()[:2]]
        meant = [targets.review(part.says) if part else "" for part in parts]
        expected = list(expression(dictionary.columns()["review", name]["rule"]).names)
        if all(meant) and meant != expected and not name.startswith("multi"):
            rule = f"tên cột là {dictionary.label('review', name)} nhưng công thức {one.heading.number}={one.heading.formula} chia hai cột khác"
            yield wrong(grid, band, one, rule, "sửa công thức hoặc tên cột của biểu")


def formula(one: Column, numbered: dict[str, Column]) -> Expression | None:
    """The form's own formula of a column over its numbered columns (`c2 / c1`); None where it has none that can be reckoned."""
    text = re.sub(r"\s*%$", "", one.heading.formula).replace(":", "/").replace("×", "*").replace("x", "*")
    if not re.fullmatch(r"[0-9+\-*/() ]+", text):
        return None
    named = re.sub("[0-9]+", lambda found: f"c{found[0]}" if found[0] in numbered else found[0], text)
    try:
        return expression(named)
    except (SyntaxError, ValueError):
        return None


def wrong(grid: Grid, band: Band, one: Column, rule: str, remedy: str) -> Finding:
    written = clean(one.heading.texts[-1]) if one.heading.texts else ""
    return Finding(grid.file, rule, remedy, sheet=grid.sheet, row=band.bottom, column=letter(one.position), header=written)
