"""What is to do for a review year, in order, with the dates that the law sets (`data/calendar.csv`)."""

import datetime as dt
from collections.abc import Collection, Iterable

from giamngheo.checks import carried_over
from giamngheo.intake import instructions, office, reviews
from giamngheo.intake.folder import WORKBOOK
from giamngheo.intake.unit import Year
from giamngheo.law.dated import Law
from giamngheo.law.validity import in_force, year_end
from giamngheo.present import day
from giamngheo.year import newyear

SATURDAY = 5  # of `date.weekday`
SURE = ("high", "medium-high")  # how sure we are of a holiday that is counted without a word
ASK_AGAIN = "khá chắc, hỏi lại Sở Nông nghiệp và Môi trường"


def deadlines(law: Law, year: int) -> dict[str, str]:
    """For each step of the review calendar in force in `year`: when, what, and by which law, in one sentence.

    {} for a year whose calendar is not known (`data/calendar.csv`).
    """
    return {row.step: f"{dated(row, year, law)}: {row.name} ({based(row)})" for row in law.table("calendar", year_end(year)).itertuples()}


def based(row) -> str:
    """The law of a step, and where we are not quite sure that it holds here, whom to ask."""
    return "; ".join(filter(None, [f"{row.article} {row.decree}".strip(), ASK_AGAIN * (row.confidence != "high")]))


def dated(row, year: int, law: Law) -> str:
    """When a step is; where that hangs on a holiday of which we are not sure, the earlier day, and what it hangs on."""
    days = holidays(law, year)
    said = when(row.rule, row.begins, row.ends, year, row.workdays, days)
    for unsure in (one for one, confidence in days.items() if confidence not in SURE):
        other = when(row.rule, row.begins, row.ends, year, row.workdays, days.keys() - {unsure})
        if not said.startswith(other):
            said += f" (coi {unsure:%d/%m} là ngày nghỉ, điều này chưa chắc; nếu là ngày làm việc thì {other[:1].lower()}{other[1:]})"
    return said


def holidays(law: Law, year: int) -> dict[dt.date, str]:
    """The public holidays of a year that fall on the same day every year, or were fixed for this one: how sure we are of each."""
    days = {dt.date.fromisoformat(f"{year}-{row['day']}"): row for row in law.rows("holidays")}
    return {day: row["confidence"] for day, row in days.items() if in_force(row, day)}


def workdays_before(end: dt.date, many: int, free: Collection[dt.date]) -> dt.date:
    """The day after which there are `many` working days up to and with `end`.

    >>> workdays_before(dt.date(2026, 12, 14), 5, ())  # 8, 9, 10, 11 and 14 December
    datetime.date(2026, 12, 7)
    """
    day = end
    while many or not works(day, free):
        many -= works(day, free)
        day -= dt.timedelta(days=1)
    return day


def works(day: dt.date, free: Collection[dt.date]) -> bool:
    return day.weekday() < SATURDAY and day not in free


def when(rule: str, begins: str, ends: str, year: int, workdays: str = "", free: Collection[dt.date] = ()) -> str:
    """
    >>> when("between", "09-01", "12-14", 2023)
    'Từ ngày 01 tháng 9 năm 2023 đến hết ngày 14 tháng 12 năm 2023'
    >>> when("before", "", "11-15", 2023), when("monthly_on", "02-05", "09-05", 2023)
    ('Trước ngày 15 tháng 11 năm 2023', 'Ngày 05 hằng tháng, từ tháng 02 đến tháng 9 năm 2023')
    """

    def date(part: str) -> dt.date:
        return dt.date.fromisoformat(f"{year}-{part}")

    if rule == "between":
        return f"Từ {day(date(begins))} đến hết {day(date(ends))}"
    if rule == "before":
        return f"Trước {day(date(ends))}"
    if rule == "workdays_before":
        return f"Chậm nhất {day(workdays_before(date(ends), int(workdays), free))}"
    if rule == "monthly_from":
        return f"Từ ngày {date(begins).day:02d} hằng tháng"
    months = [day(date(part)).partition(" tháng ")[2].partition(" ")[0] for part in (begins, ends)]
    return f"Ngày {date(begins).day:02d} hằng tháng, từ tháng {months[0]} đến tháng {months[1]} năm {year}"


ACTIONS = {
    "periodic_review": (
        "lập danh sách, rà soát và phân loại, họp dân thống nhất, niêm yết công khai, xin ý kiến cấp trên, "
        "công nhận"
    ),
    "preliminary": (
        "trước đó điền review (status: preliminary), movements và các bảng rà soát, chạy giamngheo check rồi "
        "lập báo cáo"
    ),
    "official": "trước đó sửa theo kết quả được công nhận, đổi status của review thành official",
}


def todo(this: Year) -> list[str]:
    """What is to do for a new year, in order, with the dates the law sets."""
    unit, year = this.unit, this.year
    place, options = f"data/{unit}/{year}", f"--unit {unit} --year {year}"
    steps = ["; ".join(filter(None, [said, ACTIONS.get(step)])) for step, said in deadlines(this.law, year).items()]
    unknown = f"Hỏi cấp trên lịch rà soát năm {year}, ghi vào data/calendar.csv"
    rewrite = len(newyear.to_rewrite(this))
    first_line = f"xong mục nào thì xóa dòng đầu “{newyear.REWRITE}…”"
    words = f"Viết lại {rewrite} mục lời văn trong {place}/narrative, {first_line}."
    compare = f"So với năm trước: giamngheo diff --unit {unit} --from {year - 1} --to {year}."
    return [
        *frame(this),
        *nowhere(this),
        *from_last_year(this),
        *offered(this),
        *instructions.two_standards(this),
        *[f"{said}." for said in steps or [unknown]],
        f"Điền vốn và giải ngân (budget), mô hình (models), tập huấn (training) trong {place}/{WORKBOOK}.",
        *([words] if rewrite else []),
        f"Chạy giamngheo check {options} và sửa hết lỗi; giamngheo status {options} cho biết còn thiếu gì.",
        f"Lập báo cáo: giamngheo report {options}; khi không còn gì ở dạng dự thảo thì thêm --final.",
        *([compare] if this.last else []),
        f"Thẩm tra từng ô và ký: giamngheo review {options} --sign 01_review:6 (nhiều ô: 01_review:6-9).",
        f"Khi văn thư cấp số: ghi số và ngày vào {place}/report.yml, lập lại báo cáo, ký lại ô có số và ngày.",
    ]


def frame(this: Year) -> Iterable[str]:
    """What is to do about the official frame."""
    file = f"data/{this.unit}/unit.yml"
    if office.in_force(this, year_end(this.year)):
        yield f"Xem lại {file}: nơi gửi, nơi nhận, người ký còn đúng cho năm {this.year} không."
    else:
        yield f"Thêm vào {file} một phần letterhead có hiệu lực ngày 31/12/{this.year}."


def nowhere(this: Year) -> Iterable[str]:
    """What is to do about a commune that lies in no other unit of the map, and so in no roll-up."""
    row = this.law.territory(this.year).units.get(this.unit)
    if row and row["kind"] == "commune" and not row["parent"]:
        yield (
            f"{row['name']} chưa có đơn vị cấp trên nên không vào báo cáo tổng hợp nào: ghi mã của tỉnh vào cột parent của dòng {this.unit} trong "
            "data/units.csv (tỉnh chưa có trong bảng thì thêm dòng, kind là province)."
        )


def offered(this: Year) -> Iterable[str]:
    """What is to do about the law texts that are proposed."""
    if rows := carried_over.rows(this, carried_over.OFFERED).get("documents"):
        yield (
            f"Xem {len(rows)} văn bản chương trình đề xuất ở bảng documents (căn cứ): cần dẫn thì đối chiếu với bản chính rồi "
            "xóa ghi chú, không dẫn thì xóa dòng."
        )


def from_predecessors(this: Year) -> Iterable[str]:
    """What was copied from the units merged into this one, and which of those that had a last year has nothing to copy."""
    there = [unit for unit in this.merged if this.other(unit).last]
    if there:
        names = ", ".join(map(this.law.unit_name, there))
        yield f"Xem lại tên thôn, làng và số đầu kỳ chép từ năm {this.year - 1} của {names}; cột former_commune ghi xã cũ."
    for unit in this.last_merged:
        if unit not in there:
            yield (
                f"Thiếu số liệu năm {this.year - 1} của {this.law.unit_name(unit)}: giamngheo template --unit {unit} --year {this.year - 1}, "
                "điền bảng review rồi xóa thư mục của năm này và mở lại; không có thì để trống số đầu kỳ của các thôn, làng ấy."
            )


def from_last_year(this: Year) -> Iterable[str]:
    """What is to do about what was copied from the year before, and what could not be."""
    last = this.last
    if last is None and (told := list(from_predecessors(this))):
        yield from told
        return
    if last is None:
        yield (
            f"Không có năm {this.year - 1} để chép sang. Để có số đầu kỳ và so được với năm ấy: giamngheo template --unit {this.unit} "
            f"--year {this.year - 1}, điền bảng review rồi xóa thư mục của năm này và mở lại; không thì điền số đầu kỳ từ đầu."
        )
        return
    rows = carried_over.rows(this)
    if rows:
        listed = ", ".join(f"{table} {len(places)} dòng" for table, places in rows.items())
        yield f"Xem lại các dòng có ghi chú “{carried_over.MARK}…”, đúng rồi thì xóa ghi chú đó: {listed}."
    yield from left_out(last, this.year)
    lines = last.table("budget")
    unknown = int((lines["planned"].isna() | lines["disbursed"].isna()).sum())
    if unknown:
        yield (
            f"{unknown} dòng vốn của năm {last.year} chưa có số giải ngân nên không chép sang: "
            f"hỏi kế toán, còn tiền thì thêm dòng vào bảng budget, giữ nguyên vốn năm (vintage)."
        )
    starts = newyear.opening(this)
    if starts is not None:
        in_force = set(this.law.standards(year_end(this.year)))
        sheet = next((table for table in reviews.sheets(last) if reviews.standards(last, table) <= in_force), "")
        said = f"lấy từ bảng {sheet} của năm trước" if starts else "để trống, lấy theo kết quả theo chuẩn mới"
        yield f"Năm {this.year} áp dụng chuẩn nghèo mới: số đầu kỳ {said}."


def left_out(last: Year, year: int) -> Iterable[str]:
    """The law texts cited in the year before that are not copied because they are no longer in force."""
    ended = [text for row in newyear.cited(last) if (text := newyear.ended_text(row, last, year))]
    if ended:
        listed = ", ".join(text["number"] + f" (thay bằng {text['replaced_by']})" * bool(text["replaced_by"]) for text in ended)
        yield (
            f"Không chép {len(ended)} văn bản đã hết hiệu lực trước ngày 31/12/{year}: {listed}; vẫn phải dẫn (ví dụ vốn cũ còn chi tiếp) thì "
            "thêm lại vào bảng documents, ghi lý do vào cột note."
        )
