"""Checks between the tables of a year, and with last year's review.

    closing count of the movements = count of the review             (forms F2.9 = F1.3, F3.9 = F1.5)
    opening count of the movements = count of last year's review     (F2.1, F3.1)
    poor that became near-poor     = near-poor that came from poor   (F2.2 = F3.5, F2.5 = F3.2)
    deprived, grouped, caused      ≤ households of the class
    a code that one village counts = a line for each village that has households of the class

A check is left out where one of its numbers is not known. Groups overlap, a household may have several
causes and several deprivations: their sums are not forced to anything.
"""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from giamngheo.checks import two_results
from giamngheo.checks.two_results import commune
from giamngheo.findings import Finding
from giamngheo.intake import reviews
from giamngheo.intake.codes import LAST_LISTED, LIST, LISTED, OWN
from giamngheo.intake.table import Reading
from giamngheo.intake.unit import Year
from giamngheo.law.validity import in_force, year_end, year_start
from giamngheo.vietnamese.numbers import number
from giamngheo.vietnamese.terms import CLASSES, COUNTED, UNITS
from giamngheo.vietnamese.text import ask, first_few, spans

MEASURES = {name: f"số {words}" for name, words in COUNTED.items()}
OF_VILLAGES = ("movements", "deprivations", "groups", "causes", "models")
CODED = {"deprivations": "indicator", "groups": "group", "causes": "cause"}
OTHER = {"poor": "near_poor", "near_poor": "poor"}
COMPARE = "đối chiếu hai nơi với sổ rồi sửa số sai"
MOST_PERSONS = 15  # persons per household above which the count is doubted


def findings(this: Year) -> list[Finding]:
    """All findings between the tables of `this` year and with the review of the year before, if there is one.

    Tables that are refused themselves are left out: their numbers are not known.
    """
    review = this.reading(reviews.main(this))
    found = [one for table in (*reviews.sheets(this), "groups") for one in _persons_per_household(this, table)]
    found += two_results.findings(this)
    if this.reading("budget").values:
        programme = this.law.rows("programme")
        found += [*_vintages(this, programme), *_counterpart(this, programme)]
    if review.refused:
        return found
    found += _unknown_villages(this)
    for table, code in CODED.items():
        found += [*_more_than_class(this, table), *_left_out(this, table, code)]
    found += [*_indicators(this), *_closing(this), *_opening(this), *_flows(this)]
    return found


def readable(year: Year, table: str) -> Reading:
    """The table's reading, or one without rows when it is refused."""
    reading = year.reading(table)
    return Reading(reading.columns) if reading.refused else reading


def by_village(rows: list[dict]) -> bool:
    """Whether the rows are those of villages, and not the commune's own."""
    return any(row["village"] for row in rows)


def _unknown_villages(this: Year) -> Iterator[Finding]:
    """A finding for each row that names a village which the review does not have: a slip of the pen.

    One that has several rows in a table is missing in the review: one finding for it, which names all its rows.
    """
    villages = [row["village"] for row in this.reading(reviews.main(this)).rows()]
    named: dict[str, dict[str, list[int]]] = {}
    for table in OF_VILLAGES if any(villages) else ():
        for at, row in enumerate(readable(this, table).rows()):
            if row["village"] and row["village"] not in villages:
                named.setdefault(row["village"], {}).setdefault(table, []).append(at)
    for village, tables in named.items():
        rule, remedy = "thôn, làng không có trong bảng review", f"ghi đúng như ở bảng review{ask(village, villages)}, hoặc thêm vào bảng review"
        missing = any(len(places) > 1 for places in tables.values())
        for table, places in list(tables.items())[: 1 if missing else None]:
            listed = _everywhere(this, tables) if missing else ""
            yield this.reading(table).finding(places[0], "village", rule + listed, remedy)


def _everywhere(this: Year, tables: dict[str, list[int]]) -> str:
    """The rows at these places of tables, for a message: (bảng causes dòng 2-9; bảng models dòng 3)."""
    lines = {table: list(dict.fromkeys(this.reading(table).line(at) for at in places)) for table, places in tables.items()}
    return f" ({'; '.join(f'bảng {table} dòng {spans(there)}' for table, there in lines.items())})"


def _more_than_class(this: Year, table: str) -> Iterator[Finding]:
    main = reviews.main(this)
    reading, of_indicators = readable(this, table), _results_by_indicator(this)
    for at, row in enumerate(reading.rows()):
        result = of_indicators.get(row.get("indicator", ""), main)
        review = this.reading(result).rows()
        own = [line for line in review if line["village"] == row["village"]] or review
        for measure in MEASURES:
            part, whole = row.get(measure), commune(own, f"{row['class']}_{measure}")
            if part is not None and whole is not None and part > whole:
                what = f"{MEASURES[measure]} của {CLASSES[row['class']]}"
                rule = f"không được lớn hơn {what} ở bảng {'review' if result == main else result}, là {whole}"
                yield reading.finding(at, measure, rule, COMPARE)


def _left_out(this: Year, table: str, code: str) -> Iterator[Finding]:
    """Villages with households of a class that have no line for a code which others count: their sum would leave them out."""
    reading, lines = readable(this, table), this.reading(reviews.main(this)).rows()
    there: dict[tuple[str, str], dict[str, int]] = {}
    for at, row in enumerate(reading.rows()):
        there.setdefault((row["class"], row[code]), {})[row["village"]] = at
    lacking: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (class_, name), told in there.items():
        villages = {line["village"]: line[f"{class_}_households"] for line in lines if line["village"]}
        if set(told) <= set(villages) and (missing := tuple(one for one, count in villages.items() if count != 0 and one not in told)):
            lacking.setdefault((class_, missing), []).append(name)
    for (class_, missing), names in lacking.items():
        where = min(there[class_, names[0]].values())
        left_out = first_few(missing, 3, UNITS["villages"])
        rule = f"{CLASSES[class_]} ({first_few(names, 3, 'mã')}): không có dòng của {left_out}, nên tổng của xã còn thiếu"
        yield reading.finding(where, code, rule, "thêm dòng của thôn, làng ấy (không có hộ nào thì ghi 0)", "draft")


def _results_by_indicator(this: Year) -> dict[str, str]:
    """For each indicator of a standard of the year's results the table of that result, the main one first."""
    found: dict[str, str] = {}
    for table in reviews.sheets(this):
        for standard in reviews.standards(this, table):
            found = dict.fromkeys(this.law.indicators(standard), table) | found
    return found


def _indicators(this: Year) -> Iterator[Finding]:
    """Indicators that are of no standard of the year's results; nobody counts by a list that is not known."""
    allowed = _results_by_indicator(this)
    results = [(table, sorted(reviews.standards(this, table))) for table in reviews.sheets(this)]
    reading = readable(this, "deprivations")
    for at, row in enumerate(reading.rows()):
        if row["indicator"] not in allowed:
            rule = "; ".join(f"chỉ số không thuộc chuẩn nghèo {', '.join(standards)} của bảng {table}" for table, standards in results)
            remedy = f"dùng một trong các mã: {', '.join(allowed)}" if allowed else LIST
            yield reading.finding(at, "indicator", rule, remedy, "draft")


def _closing(this: Year) -> Iterator[Finding]:
    review, movements = this.reading(reviews.main(this)), readable(this, "movements")
    where = "ở bảng review cùng năm"
    yield from _equal_counts(movements, "end", review, f"số cuối kỳ phải bằng số {where}")
    yield from _without_movements(movements, review)


def _opening(this: Year) -> Iterator[Finding]:
    """Opening counts against last year's official result under the same standard; a new one starts anew."""
    standard, last = {row["standard"] for row in this.reading(reviews.main(this)).rows()}, this.last
    if last is None:
        return
    main, *others = reviews.sheets(last)
    for table in (main, *(one for one in others if reviews.standards(last, one) != reviews.standards(last, main))):
        rows = readable(last, table).rows()
        if {row["standard"] for row in rows} == standard and {row["status"] for row in rows} == {"official"}:
            rule = f"số đầu kỳ phải bằng số chính thức cuối năm {last.year} ở {last.place}, bảng {table}"
            yield from _equal_counts(readable(this, "movements"), "start", last.reading(table), rule)


def _equal_counts(movements: Reading, column: str, review: Reading, rule: str) -> Iterator[Finding]:
    """Movements against the review: village by village where both have villages, else the commune's sums."""
    lines, rows = review.rows(), movements.rows()
    if by_village(lines) and by_village(rows):
        for at, row in enumerate(rows):
            own = [line for line in lines if line["village"] == row["village"]]
            yield from _unequal(movements, at, column, row[column], row, own, rule)
        return
    for key in dict.fromkeys((row["class"], row["measure"]) for row in rows):
        places = [at for at, row in enumerate(rows) if (row["class"], row["measure"]) == key]
        total = commune([rows[at] for at in places], column)
        yield from _unequal(movements, places[0], column, total, rows[places[0]], lines, rule)


def _unequal(
    movements: Reading, at: int, column: str, written: int | None, row: dict, lines: list[dict], rule: str
) -> Iterator[Finding]:
    wanted = commune(lines, f"{row['class']}_{row['measure']}")
    if written is not None and wanted is not None and written != wanted:
        what = f"{CLASSES[row['class']]}, {MEASURES[row['measure']]}"
        told = f"{rule} ({what}); ở đó là {wanted}, bảng movements là {written}"
        yield movements.finding(at, column, told, COMPARE, "draft")


def _without_movements(movements: Reading, review: Reading) -> Iterator[Finding]:
    """Villages of the review that the movements leave out, for each class and measure told by village."""
    rows = movements.rows()
    if not by_village(rows):
        return
    told = {(row["village"], row["class"], row["measure"]) for row in rows}
    for class_, measure in dict.fromkeys((row["class"], row["measure"]) for row in rows):
        for at, line in enumerate(review.rows()):
            count = line[f"{class_}_{measure}"]
            if line["village"] and count and (line["village"], class_, measure) not in told:
                what = f"{CLASSES[class_]}, {MEASURES[measure]}"
                rule = f"bảng movements không có dòng {what} của {line['village']}"
                remedy = "thêm dòng diễn biến của thôn, làng này vào bảng movements"
                yield review.finding(at, f"{class_}_{measure}", rule, remedy, "draft")


def _flows(this: Year) -> Iterator[Finding]:
    movements = readable(this, "movements")
    rows = movements.rows()
    places = {(row["village"], row["measure"], row["class"]): at for at, row in enumerate(rows)}
    for (village, measure, class_), at in places.items():
        other = places.get((village, measure, OTHER[class_]))
        if other is None:
            continue
        left, came = rows[at]["to_other_class"], rows[other]["from_other_class"]
        if left is not None and came is not None and left != came:
            what = f"{MEASURES[measure]} từ {CLASSES[class_]} chuyển thành {CLASSES[OTHER[class_]]}"
            there = f"dòng {movements.line(at)} (to_other_class) là {left}"
            rule = f"{what} phải bằng nhau ở hai dòng; {there}, dòng này là {came}"
            yield movements.finding(other, "from_other_class", rule, COMPARE, "draft")


def _vintages(this: Year, programme: list[dict]) -> Iterator[Finding]:
    """Codes of the programme that were not in force in the year the capital was granted."""
    budget = readable(this, "budget")
    for at, row in enumerate(budget.rows()):
        for kind in ("project", "capital_type", "source"):
            spans = [line for line in programme if (line["kind"], line["code"]) == (kind, row[kind])]
            if not any(_in_year(line, row["vintage"]) for line in spans):
                years = "; ".join(
                    f"{_day(line['valid_from'])} đến {_day(line['valid_to'])}" for line in spans
                )
                rule = f"mã {row[kind]} (cột {kind}) chỉ có hiệu lực {years}"
                yield budget.finding(at, "vintage", rule, _other_code(kind, row["vintage"], programme), "draft")


def _other_code(kind: str, vintage: int, programme: list[dict]) -> str:
    """What to do about a code that was not in force when the capital was granted: the codes that were."""
    there = list(dict.fromkeys(line["code"] for line in programme if line["kind"] == kind and _in_year(line, vintage)))
    other = f"dùng mã có hiệu lực năm {vintage}: {', '.join(there)}" if 0 < len(there) <= LISTED else ""
    own = f"; {OWN}" if kind == "project" and vintage > LAST_LISTED else ""
    return (f"sửa năm giao vốn, hoặc {other}" if other else "sửa năm giao vốn hoặc sửa mã") + own


def _counterpart(this: Year, programme: list[dict]) -> Iterator[Finding]:
    """Local money below the share of central money that a row `minimum` of programme.csv asks for.

    A province's own minimum (`within`) holds for the units that lay below it when the money was given.
    """
    local = {line["code"] for line in programme if line["kind"] == "source" and line["parent"] == "local"}
    budget = readable(this, "budget")
    rows = budget.rows()
    for minimum in (line for line in programme if line["kind"] == "minimum"):
        share = Fraction(int(minimum["value"]), int(minimum["unit"].removeprefix("per_")))
        for vintage in sorted({row["vintage"] for row in rows}):
            lines = [(at, row) for at, row in enumerate(rows) if row["vintage"] == vintage]
            central = [(at, row) for at, row in lines if row["source"] == minimum["parent"]]
            whole = commune([row for _, row in central], "planned")
            part = commune([row for _, row in lines if row["source"] in local] or [{"planned": 0}], "planned")
            asked = _in_year(minimum, vintage) and _holds_for(minimum["within"], this, vintage)
            if asked and whole and part is not None and part < share * whole:
                least = f"mức tối thiểu {share} của {number(whole)} đồng ({minimum['decree']})"
                rule = f"vốn đối ứng của địa phương cho vốn năm {vintage} là {number(part)} đồng, thấp hơn {least}"
                remedy = "nếu sót thì thêm các dòng vốn đối ứng; nếu đúng như vậy thì nêu lý do trong báo cáo"
                yield budget.finding(central[0][0], "planned", rule, remedy, "note")


def _holds_for(within: str, this: Year, year: int) -> bool:
    """Whether a rule of the unit `within` (blank: of the whole country) holds for the unit in a year."""
    return within in ("", this.unit, *this.law.territory(year).ancestors(this.unit))


def _in_year(line: dict, year: int) -> bool:
    """Whether a dated row is in force on some day of the year."""
    return in_force(line, year_start(year), year_end(year))


def _day(date: str) -> str:
    return f"{dt.date.fromisoformat(date):%d/%m/%Y}" if date else "nay"


def _persons_per_household(this: Year, table: str) -> Iterator[Finding]:
    reading = readable(this, table)
    names = [column.name for column in reading.columns if column.name.endswith("households")]
    for at, row in enumerate(reading.rows()):
        for name in names:
            persons_name = name.removesuffix("households") + "persons"
            households, persons = row[name], row.get(persons_name)
            known = households is not None and persons is not None
            if known and not households <= persons <= MOST_PERSONS * households:
                found = f"{persons} khẩu, {households} hộ"
                rule = f"số khẩu bình quân một hộ ngoài khoảng 1 đến {MOST_PERSONS}: {found}"
                remedy = "kiểm tra lại số hộ và số khẩu; nếu đúng thì giải thích ở cột note"
                yield reading.finding(at, persons_name, rule, remedy, "note")
