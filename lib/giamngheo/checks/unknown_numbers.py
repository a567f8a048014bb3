"""Numbers of a village that nobody knows while the other villages have theirs: the commune's own number is not known then."""

from collections.abc import Iterator

from giamngheo.findings import Finding
from giamngheo.intake import kinds, reviews
from giamngheo.intake.table import Reading
from giamngheo.intake.total_rows import VILLAGE, keys_beside_village
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import COUNTED, tables
from giamngheo.vietnamese.text import first_few

TABLES = ("movements", "deprivations", "groups", "causes")
SHOWN = 5  # further places that a message names
RULE = "chưa biết số này của một thôn, làng trong khi các thôn, làng khác có số, nên tổng của xã cũng chưa biết"
REMEDY = "điền ô này; không có hộ nào thì ghi 0, không biết thì hỏi lại thôn, làng"


def findings(this: Year) -> Iterator[Finding]:
    """One finding for each table: the first such number, and where the others stand."""
    for table in filter(kinds.of(this).reads, TABLES):
        reading = this.reading(table)
        places = [] if reading.refused else sorted(unknown(reading, table, this))
        found = [reading.finding(at, column, RULE, REMEDY, "note") for at, column in places]
        if found:
            others = [f"{one.column}{one.row}" if one.sheet else f"dòng {one.row}, cột {one.column}" for one in found[1:]]
            more = f"; cũng vậy ở {first_few(others, SHOWN, 'ô')}" if others else ""
            yield reading.finding(*places[0], RULE + more, REMEDY, "note")


def unknown(reading: Reading, table: str, this: Year) -> Iterator[tuple[int, str]]:
    """The rows and columns of such numbers, without those of villages that have no household of the class."""
    keys = keys_beside_village(tables()[table]) or []
    none = {(line[VILLAGE], class_) for line in this.reading(reviews.main(this)).rows() for class_ in ("poor", "near_poor")
            if line.get(f"{class_}_households") == 0}  # fmt: skip
    alike: dict[tuple, list[int]] = {}
    rows = reading.rows()
    for at, row in enumerate(rows):
        alike.setdefault(tuple(row[key] for key in keys), []).append(at)
    for name in (column.name for column in tables()[table] if column.type in COUNTED):
        for places in alike.values():
            blank = [at for at in places if rows[at][name] is None]
            if len(blank) < len(places):
                yield from ((at, name) for at in blank if (at, name) not in reading.unread and (rows[at][VILLAGE], rows[at]["class"]) not in none)
