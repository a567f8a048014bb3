"""A sheet of any form → what is understood of it: its table, columns, rows, and the entries that go into the year."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from giamngheo.findings import Finding
from giamngheo.imports import bands, columns, extract, known_villages, lines, other_units, targets, totals
from giamngheo.imports.bands import Band, Sheet
from giamngheo.imports.columns import Column
from giamngheo.imports.headings import PERCENT, PERSONS, THOUSANDS, YEAR, Vocabulary
from giamngheo.imports.lines import COMMUNE, OF_YEAR, SECTION, TOTAL, UNIT, Line, Lines, alike
from giamngheo.imports.quoting import REGION, names_one_village, told
from giamngheo.imports.totals import Held
from giamngheo.imports.understood import Entry, Understood, said
from giamngheo.intake import reading, scale
from giamngheo.intake.codes import allowed
from giamngheo.intake.grid import Grid, Row, letter
from giamngheo.intake.table import Reading
from giamngheo.intake.total_rows import VILLAGE
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import tables
from giamngheo.vietnamese.text import clean, first_few, identity

PRELIMINARY = "preliminary"
NOT_RECOGNISED = (
    "không tìm thấy dòng tên cột có cột tên đơn vị (thôn, làng, xã) và cột số của chương trình",
    "xem tên các cột dùng được ở docs/huong-dan.md; hoặc chép số liệu vào tệp mẫu (giamngheo template)",
)


def understand(grid: Grid, this: Year, standard: str = "") -> Understood:
    """What is understood of a sheet for a unit's year; `standard` names that of its result where the year has two."""
    sheet, vocabulary = Sheet(grid), Vocabulary(this.law, this.year)
    found = Understood(grid, findings=list(grid.findings))
    found.findings = found.findings or list(other_scale(grid))
    band = None if found.findings else bands.find(sheet, vocabulary)
    if band is None:
        found.findings = found.findings or [grid.refusal(*NOT_RECOGNISED)]
        return found
    found.columns = columns.understand(band, sheet, vocabulary)
    found.table = found.columns.table
    found.findings += [*found.columns.findings, *wrong_sheet(sheet, band, found.columns.columns)]
    if not found.table:
        found.columns.columns = [Column(heading, {}, "aside", "không có trong từ điển") for heading in band.headings]
        return found
    rows = lines.Reader(sheet, band, found.columns, vocabulary).read()
    held = Held(sheet, band, found.columns, rows)
    held.settle()
    found.left_out, found.agreeing = rows.left_out, held.agreeing
    found.findings += persons_alone(grid, found.columns.of("value"))
    found.findings += [*rows.findings, *held.findings, *other_units.findings(sheet, found.columns, rows, this)]
    found.remarks = [*other_years(sheet, band, this), *held.remarks]
    taken = choose(rows, found, this, band, held)
    found.findings += known_villages.findings(grid, found.table, taken, held.summed(), this)
    numbers = {line.number for line, _ in taken}
    found.read = extract.cells(sheet, band, found.columns, [(line, line.number in numbers) for line in rows.lines], vocabulary)
    found.taken = [(line.number, line.name if name else f"{line.name} → toàn xã") for line, name in taken]
    if not found.columns.findings:
        enter(found, held, taken)
    if not found.findings:
        complete(found, this, standard)
    return found


def other_scale(grid: Grid) -> Iterator[Finding]:
    """One finding for numbers in thousands, or in percent, which no reading can make counts again."""
    for scaled, words in ((in_thousands, "nghìn (hoặc lớn hơn)"), (in_percent, "phần trăm")):
        found = saying(grid, scaled)
        for row, column, cell in found[:1]:
            others = [f"{letters}{number}" for number, letters, _ in found[1:]]
            more = f"; cũng vậy ở {first_few(others, totals.SHOWN, 'ô')}" if others else ""
            rule = f"số liệu ghi theo {words}, chương trình chỉ nhận số đếm đầy đủ{more}"
            remedy = "ghi lại đủ số hộ, số khẩu, hoặc bỏ câu này nếu số đã đủ"
            yield Finding(grid.file, rule, remedy, sheet=grid.sheet, row=row, column=column, value=said(cell))


def saying(grid: Grid, what: Callable[[str], bool]) -> list[tuple[int, str, str]]:
    """The texts of a sheet of which `what` holds: row, column's letter, text."""
    return [(row.number, letter(at), cell) for row in grid.rows for at, cell in enumerate(row.cells) if isinstance(cell, str) and what(cell)]


def in_persons(text: str) -> bool:
    """Whether a text says that all is counted in persons.

    >>> in_persons("ĐVT: người"), in_persons("Đơn vị tính: hộ, khẩu")
    (True, False)
    """
    return bool(PERSONS.search(clean(text)))


def in_thousands(text: str) -> bool:
    return bool(THOUSANDS.search(clean(text)) or scale.of(Row(1, (text,))))


def in_percent(text: str) -> bool:
    """Whether a text says that all numbers are shares: in percent alone, and not in households and percent.

    >>> in_percent("(Đơn vị tính: %)"), in_percent("Đơn vị tính: hộ, %")
    (True, False)
    """
    return bool(PERCENT.search(clean(text)))


def persons_alone(grid: Grid, values: list[Column]) -> Iterator[Finding]:
    """A line that says all is counted in persons, above columns that name households."""
    households = [one.heading.written for one in values if one.says.get("measure") == "households"]
    for row, column, cell in saying(grid, in_persons)[:1] if households else ():
        rule, remedy = f"cả biểu tính bằng khẩu, mà cột “{households[0]}” là số hộ", "ghi rõ Số khẩu ở tên cột, hoặc bỏ câu này nếu là số hộ"
        yield Finding(grid.file, rule, remedy, sheet=grid.sheet, row=row, column=column, value=said(cell))


def wrong_sheet(sheet: Sheet, band: Band, its_columns: list[Column]) -> Iterator[Finding]:
    """Columns that are hidden."""
    grid = sheet.grid
    for one in its_columns:
        if one.kind in ("value", "check", "unit") and one.position in grid.hidden_positions:
            yield columns.wrong(grid, band, one, "cột đang bị ẩn", "bỏ ẩn cột (Unhide) để kiểm tra, hoặc xoá cột")


def other_years(sheet: Sheet, band: Band, this: Year) -> Iterator[str]:
    """A title that names another year: it is told, because titles are often wrong, and so are years that are typed."""
    for row in sheet.grid.rows:
        for text in sheet.texts(row.number) if row.number < band.top else ():
            if (found := YEAR.search(clean(text))) and (found[1] or found[2]) != str(this.year):
                remark = f"Lưu ý: dòng {row.number} ghi “{clean(found[0])}”, đang nhập vào năm {this.year}."
                yield f"{remark} Tiêu đề không quyết định gì; xem lại có đúng tệp không."
                return


def choose(rows: Lines, found: Understood, this: Year, band: Band, held: Held) -> list[tuple[Line, str]]:
    """The lines that are taken, each with the village it is of, "" for the whole commune; what is left out is noted."""
    units, sections, sums = rows.of(UNIT), rows.of(SECTION), rows.of(TOTAL)
    if units and is_of_communes(units, found):
        return own_rows(units, found, this)
    if units:
        found.left_out += [(line.number, line.name, "dòng cộng, đã đối chiếu với các dòng") for line in (*sections, *sums)]
        return [(line, line.name) for line in units]
    if sections and not all(REGION.match(line.name) for line in sections):
        return [(line, line.name) for line in sections]
    found.left_out += [(line.number, line.name, "dòng của một khu vực, đã đối chiếu với dòng tổng") for line in sections]
    if not sums:
        years = {why for _, _, why in found.left_out if why.startswith(OF_YEAR)}
        rule = "không có dòng nào của thôn, làng hay của toàn xã" + (f"; các dòng đều là {', '.join(sorted(years))}" if years else "")
        found.findings.append(found.grid.refusal(rule, "chọn đúng năm (--year)" if years else "kiểm tra cột tên đơn vị", band.bottom))
    found.findings += of_one_village(held.sheet, band) if sums else []
    return [(line, "") for line in sums]


def of_one_village(sheet: Sheet, band: Band) -> Iterator[Finding]:
    """A finding where a title above a form of sums alone speaks of one village: its sum is not the commune's."""
    titles = ((row.number, text) for row in sheet.grid.rows if row.number < band.top for text in sheet.texts(row.number))
    row = next((number for number, text in titles if names_one_village(text)), 0)
    if row:
        rule = "dòng này nói đây là biểu của một thôn, mà biểu không có dòng của thôn, làng nào, nên dòng cộng không phải của toàn xã"
        yield sheet.grid.refusal(rule, "ghi một dòng có tên thôn, làng ấy; biểu của toàn xã thì sửa tiêu đề", row)


def is_of_communes(units: list[Line], found: Understood) -> bool:
    """Whether the lines are communes, not villages: the heading says so, or all names do."""
    unit = next(iter(found.columns.of("unit")))
    return unit.says.get("level") == "commune" or all(COMMUNE.match(line.name) for line in units)


def own_rows(units: list[Line], found: Understood, this: Year) -> list[tuple[Line, str]]:
    """Of a table of communes the line of our own; a finding where it is not there."""
    name = this.law.unit_name(this.unit)
    own = [line for line in units if alike(line.name, name) or alike(line.name, this.unit)]
    found.left_out += [(line.number, line.name, "của đơn vị khác") for line in units if line not in own]
    if not own:
        rule = f"bảng có mỗi dòng một xã, phường, không có dòng nào là {name}"
        found.findings.append(found.grid.refusal(rule, "chọn đúng đơn vị (--unit), hoặc xem lại tên ở bảng"))
    return [(line, "") for line in own]


def enter(found: Understood, held: Held, taken: list[tuple[Line, str]]) -> None:
    """The entries of the lines taken; a finding where two lines or columns would fill one cell."""
    made: dict[tuple, Entry] = {}
    for line, village in taken:
        for one in found.columns.of("value"):
            together = targets.joined(one.says, line.says)
            target = targets.target(found.table, together) if together else None
            if target is None:
                rule = f"dòng {line.number} và cột “{one.heading.written}” không nói rõ là số của loại hộ nào, số hộ hay số khẩu"
                found.findings.append(columns_finding(found, line, one, rule, "ghi rõ ở tên cột hoặc ở cột phân tổ"))
                continue
            entry = made.setdefault((identity(village), target.keys), Entry({VILLAGE: village or None, **dict(target.keys)}, sheet=found.grid.sheet))
            if target.column in entry.places:
                other = entry.places[target.column][0]
                rule = f"hai dòng {other} và {line.number} cùng là của {told(village, 'một đơn vị') if village else '“toàn xã”'}"
                found.findings.append(columns_finding(found, line, one, rule, "xoá dòng thừa, hoặc ghi đúng tên đơn vị"))
                return
            entry.cells[target.column] = held.taken(line.number, one.position)
            entry.places[target.column] = (line.number, one.position)
    said = {keys for (_, keys), entry in made.items() if filled(entry)}
    found.entries = [entry for (_, keys), entry in made.items() if found.table == "review" or keys in said]


def filled(entry: Entry) -> bool:
    """Whether anything is known of a row. A form has a cell for every code; where no unit has counted one, there is no row of it."""
    return any(entry.cells[name] is not None for name in entry.places)


def columns_finding(found: Understood, line: Line, one: Column, rule: str, remedy: str) -> Finding:
    return Finding(found.grid.file, rule, remedy, sheet=found.grid.sheet, row=line.number, column=letter(one.position), header=one.heading.written)


def complete(found: Understood, this: Year, standard: str) -> None:
    """Add what the form does not say and the year's table asks for, then hold every entry against the dictionary's rules."""
    if found.table == "review":
        name = standard_of(this, standard)
        if not name:
            listed = ", ".join(this.law.reviewed(this.year))
            rule = f"năm {this.year} rà soát theo nhiều chuẩn ({listed}), biểu không nói theo chuẩn nào"
            found.findings.append(found.grid.refusal(rule, "ghi thêm --standard và mã của chuẩn"))
            return
        found.table = "review" if name in this.law.reviewed(this.year)[:1] or len(this.law.reviewed(this.year)) < 2 else "other_review"
        assumed(found, "standard", name, f"Chuẩn nghèo: {this.law.standard_names()[name]} ({name}), vì biểu không ghi.")
        assumed(found, "status", PRELIMINARY, "Tình trạng: sơ bộ, vì biểu không ghi; có quyết định công nhận thì đổi ở cột status.")
    found.findings += [at_origin(finding, found) for finding in read(found, this).findings]


def standard_of(this: Year, said: str) -> str:
    """The standard of a result: the one said, else the year's only one; "" where there are several or it is not known."""
    known = this.law.reviewed(this.year)
    return said if said in this.law.standard_names() else known[0] if len(known) == 1 and not said else ""


def assumed(found: Understood, column: str, value: str, remark: str) -> None:
    """Fill a column that the form does not have, and say so."""
    missing = [entry for entry in found.entries if entry.cells.get(column) is None]
    for entry in missing:
        entry.cells[column] = value
    found.remarks += [remark] if missing else []


def read(found: Understood, this: Year) -> Reading:
    """The entries read as the year's own table is read; row 1 has the names, entry n stands in row n + 1."""
    names = [column.name for column in found.defined]
    rows = [Row(1, tuple(names))]
    rows += [Row(at, tuple(entry.cells.get(name) for name in names)) for at, entry in enumerate(found.entries, start=2)]
    grid = Grid(found.grid.file, found.grid.sheet or "1", tuple(rows))
    return reading.read(grid, tables()[found.table], lambda column: allowed(column, this.law, this.year, lambda table, name: []))


def at_origin(finding: Finding, found: Understood) -> Finding:
    """A finding of a row of the entries, told of the cell of the original."""
    if finding.row < 2:
        return replace(finding, sheet=found.grid.sheet, row=0, column="")
    entry = found.entries[finding.row - 2]
    row, position = entry.places.get(finding.header) or next(iter(entry.places.values()), (0, 0))
    column = letter(position) if finding.header in entry.places else ""
    return replace(finding, sheet=found.grid.sheet, row=row, column=column)
