"""The official frame of the report: who writes to whom on which day, as Decree 30/2020/NĐ-CP asks."""

import datetime as dt

import pytest

from conftest import SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.checks import complete
from giamngheo.findings import DataError
from giamngheo.intake import office as official
from giamngheo.report import letterhead

# A commune that lost its district on 01/07/2025.
UNIT = """\
name: xã Mẫu
letterhead:
  - from: 2021-01-01
    to: 2025-06-30
    issuer: [ỦY BAN NHÂN DÂN, XÃ MẪU]
    place: Mẫu
    addressees: [Ủy ban nhân dân huyện Kbang, Phòng Lao động - Thương binh và Xã hội huyện Kbang]
    recipients: [Như trên, Thường trực Đảng ủy xã]
    archive: VT
    position: CHỦ TỊCH
    signatory: Nguyễn Văn A
  - from: 2025-07-01
    issuer: [ỦY BAN NHÂN DÂN, XÃ MẪU MỚI]
    place: Mẫu Mới
    addressees: [Ủy ban nhân dân tỉnh Gia Lai, Sở Nông nghiệp và Môi trường tỉnh Gia Lai]
    recipients: [Như trên]
    archive: VT
    drafting_unit: KT
    authority: [KT. CHỦ TỊCH]
    position: PHÓ CHỦ TỊCH
    signatory: Nguyễn Thị B
"""


@pytest.fixture
def office(write_year):
    """A function that writes the unit and the number and date of one year's report."""

    def write(year=2024, report="", unit=UNIT):
        folder = write_year("xa", year)
        (folder / "report.yml").write_text(report, encoding="utf-8")
        if unit:
            (folder.parent / "unit.yml").write_text(unit, encoding="utf-8")
        return folder

    return write


def head(year=2024):
    return letterhead.letterhead(opened("xa", year), "Kết quả")


@pytest.mark.parametrize(
    ("date", "place", "first"),
    [
        ("2025-06-30", "Mẫu", "Ủy ban nhân dân huyện Kbang"),
        ("2025-07-01", "Mẫu Mới", "Ủy ban nhân dân tỉnh Gia Lai"),
    ],
    ids=["on the last day of the districts: the district", "on the first day without them: the province"],
)
def test_the_letterhead_is_the_one_in_force_on_the_reports_day(office, date, place, first):
    office(report=f"date: {date}")
    assert (head()["place_date"].partition(",")[0], head()["addressees"][0]) == (place, first)


@pytest.mark.parametrize(("year", "issuer"), [(2024, "XÃ MẪU"), (2025, "XÃ MẪU MỚI")])
def test_until_the_office_gives_a_date_the_end_of_the_year_decides(office, year, issuer):
    office(year)
    assert head(year)["issuer"][1] == issuer


DATES = {
    "day and month with a zero": ("2023-02-08", "Mẫu, ngày 08 tháng 02 năm 2023"),
    "January with a zero": ("2025-01-15", "Mẫu, ngày 15 tháng 01 năm 2025"),
    "March without": ("2024-03-05", "Mẫu, ngày 05 tháng 3 năm 2024"),
    "December": ("2024-12-31", "Mẫu, ngày 31 tháng 12 năm 2024"),
}


@pytest.mark.parametrize(("date", "line"), DATES.values(), ids=DATES)
def test_the_line_of_place_and_date(office, date, line):
    office(2022, report=f"date: {date}")
    assert head(2022)["place_date"] == line


def test_a_date_between_quotation_marks_is_the_same_date(office):
    office(2022, report='date: "2023-02-08"')
    assert head(2022)["place_date"] == "Mẫu, ngày 08 tháng 02 năm 2023"


def test_the_date_stays_blank_until_the_office_gives_it(office):
    office(report="year: 2025")
    assert head()["place_date"] == "Mẫu, ngày     tháng     năm 2025"


def test_the_year_stays_blank_too_where_the_office_names_none(office):
    """The review of 2024 is reported in December 2024 or in the year after: nobody knows before the clerk does."""
    office(2024)
    assert head()["place_date"] == "Mẫu, ngày     tháng     năm     "


NUMBERS = {
    "a number below ten has a leading zero": ("number: 5", "Số: 05/BC-UBND"),
    "a larger one has none": ("number: 123", "Số: 123/BC-UBND"),
    "a text stays as it is": ('number: "05"', "Số: 05/BC-UBND"),
    "blank until the office gives it": ('number: ""', "Số:     /BC-UBND"),
    "not said": ("", "Số:     /BC-UBND"),
}


@pytest.mark.parametrize(("report", "printed"), NUMBERS.values(), ids=NUMBERS)
def test_the_reports_number(office, report, printed):
    office(report=report)
    assert head()["number"] == printed


def test_a_leading_zero_does_not_make_another_number_of_it(office):
    office(report="number: 012")
    assert head()["number"] in ("Số: 012/BC-UBND", "Số: 12/BC-UBND")


@pytest.mark.parametrize("report", ["date: 31/02/2023", "date: [2023", "date: hôm nay"])
def test_a_date_that_cannot_be_read_is_refused_with_the_file(office, report):
    office(report=report)
    with pytest.raises(DataError, match="xa/2024/report.yml"):
        head()


@pytest.mark.parametrize("unit", ["name: [xã", "letterhead:\n  - from: 1/13/2025\n"])
def test_a_unit_that_cannot_be_read_is_refused_with_the_file(office, unit):
    office(unit=unit)
    with pytest.raises(DataError, match="xa/unit.yml"):
        head()


def test_the_signature_ends_with_the_archive_and_the_drafting_unit(office):
    office(2025)
    assert letterhead.signature(opened("xa", 2025)) == {
        "type": "signature",
        "recipients": ["Như trên;", "Lưu: VT, KT."],
        "authority": ["KT. CHỦ TỊCH"],
        "position": "PHÓ CHỦ TỊCH",
        "name": "Nguyễn Thị B",
    }


def test_the_recipients_of_a_report_upward_begin_with_those_above(office):
    office()
    assert letterhead.signature(opened("xa", 2024))["recipients"] == [
        "Như trên;",
        "Thường trực Đảng ủy xã;",
        "Lưu: VT.",
    ]


def test_what_the_unit_does_not_say_asks_to_be_filled_in_and_nothing_is_made_up(office):
    office(unit="")
    assert head() == {
        "type": "letterhead",
        "superior": "",
        "issuer": ["[cần bổ sung cơ quan ban hành]"],
        "number": "Số:     /BC-UBND",
        "place_date": "[cần bổ sung địa danh], ngày     tháng     năm     ",
        "kind": "BÁO CÁO",
        "abstract": "Kết quả",
        "addressees": ["[cần bổ sung nơi gửi]"],
    }
    assert letterhead.signature(opened("xa", 2024)) == {
        "type": "signature",
        "recipients": ["[cần bổ sung nơi nhận];", "Lưu: VT."],
        "authority": ["[cần bổ sung thẩm quyền ký]"],
        "position": "[cần bổ sung chức vụ người ký]",
        "name": "[cần bổ sung họ tên người ký]",
    }


def test_a_unit_without_a_letterhead_on_the_day_gets_a_draft_only(office):
    office(2020)
    assert [str(finding) for finding in complete.frame(opened("xa", 2020))] == [
        "[chỉ lập được DỰ THẢO] xa/unit.yml: không có phần letterhead có hiệu lực ngày 31/12/2020. "
        "Cách sửa: điền cơ quan, nơi gửi, nơi nhận, người ký."
    ]
    assert complete.frame(opened("xa", 2020))[0].level == "draft"


def test_an_open_end_is_in_force_for_ever(office):
    office()
    assert official.in_force(opened("xa", 2024), dt.date(2099, 1, 1))["place"] == "Mẫu Mới"
    assert official.in_force(opened("xa", 2024), dt.date(2020, 12, 31)) == {}


def test_the_seed_writes_to_its_district():
    block = letterhead.letterhead(opened(SEED, SEED_YEAR), "Kết quả")
    assert block["issuer"] == ["ỦY BAN NHÂN DÂN", "XÃ KÔNG LƠNG KHƠNG"]
    assert block["addressees"] == [
        "Ủy ban nhân dân huyện Kbang",
        "Phòng Lao động - Thương binh và Xã hội huyện Kbang",
    ]
    assert block["place_date"] == "Kông Lơng Khơng, ngày     tháng     năm 2023"
