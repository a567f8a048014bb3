"""Checks between the tables of a year and with last year's review: which numbers → which message."""

import pytest

from giamngheo import checks, opened
from giamngheo.checks import between_tables
from laws import LAW
from years import BUDGET, LAST_REVIEW, MODELS, MOVEMENTS, REVIEW, UNIT, YEAR, changed, write

GOOD = {"review": REVIEW, "movements": MOVEMENTS, "budget": BUDGET, "models": MODELS}
DRAFT, NOTE = "[chỉ lập được DỰ THẢO] ", "[lưu ý] "
COMPARE = "Cách sửa: đối chiếu hai nơi với sổ rồi sửa số sai."
VILLAGE = "village,class,"
MAP = "unit,code,name,kind,area,parent,predecessors,valid_from,valid_to,decree,source,confidence\n"
HERE, ELSEWHERE = (
    MAP + f"{province},,tỉnh,province,,,,,,,,\n{UNIT},,xã Mẫu,commune,rural,{province},,,,,,\n"
    for province in ("gia-lai-cu", "binh-dinh-cu")
)


def check(root, monkeypatch, last=LAST_REVIEW, units=HERE, **tables):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(root))
    write(root, {"review.csv": last}, YEAR - 1)
    (root / "units.csv").write_text(units, encoding="utf-8")
    write(root, {f"{table}.csv": text for table, text in (GOOD | tables).items()})
    return [str(finding).replace("xa-mau/2022/", "") for finding in checks.check(opened(UNIT, YEAR))]


def test_tables_that_agree_have_no_findings(tmp_path, monkeypatch):
    assert check(tmp_path, monkeypatch) == []


CASES = {
    "closing count, not the review's": (
        {"movements": changed(MOVEMENTS, ("42,3,0,0,0,0,1,0,40", "42,3,0,0,0,0,2,0,41"))},
        [
            DRAFT + 'movements.csv, dòng 4, cột L (end): giá trị "41" — số cuối kỳ phải bằng số ở bảng '
            "review cùng "
            f"năm (hộ nghèo, số hộ); ở đó là 40, bảng movements là 41. {COMPARE}"
        ],
    ),
    "opening count, not last year's": (
        {"movements": changed(MOVEMENTS, ("33,4,1", "32,4,0"))},
        [
            DRAFT + 'movements.csv, dòng 2, cột D (start): giá trị "32" — số đầu kỳ phải bằng số chính '
            "thức cuối năm "
            "2021 ở xa-mau/2021, bảng review (hộ nghèo, số hộ); ở đó là 33, bảng movements là 32. "
            + COMPARE
        ],
    ),
    "left one class, never came to the other": (
        {"movements": changed(MOVEMENTS, ("18,1,1,0,4,0,0", "18,1,1,0,3,0,1"))},
        [
            DRAFT + 'movements.csv, dòng 3, cột H (from_other_class): giá trị "3" — số hộ từ hộ nghèo '
            "chuyển thành hộ "
            "cận nghèo phải bằng nhau ở hai dòng; dòng 2 (to_other_class) là 4, dòng này là 3. " + COMPARE
        ],
    ),
    "a village without movements": (
        {"movements": "".join(MOVEMENTS.splitlines(keepends=True)[:4])},
        [
            DRAFT + 'review.csv, dòng 3, cột F (near_poor_households): giá trị "25" — bảng movements '
            "không có dòng hộ "
            "cận nghèo, số hộ của Đak Giang. Cách sửa: thêm dòng diễn biến của thôn, làng này vào "
            "bảng movements."
        ],
    ),
    "the commune's movements against the villages' review": (
        {
            "movements": MOVEMENTS.splitlines(keepends=True)[0]
            + ",poor,households,75,7,1,0,1,0,1,0,69\n,near_poor,households,40,1,1,0,7,0,0,0,45\n"
        },
        [
            DRAFT + 'movements.csv, dòng 2, cột L (end): giá trị "69" — số cuối kỳ phải bằng số ở bảng '
            "review cùng "
            f"năm (hộ nghèo, số hộ); ở đó là 70, bảng movements là 69. {COMPARE}"
        ],
    ),
    "a village that is not in the review": (
        {"groups": VILLAGE + "group,households,persons\nĐak Gian,poor,minority,20,90\n"},
        [
            'groups.csv, dòng 2, cột A (village): giá trị "Đak Gian" — thôn, làng không có trong '
            "bảng review. "
            'Cách sửa: ghi đúng như ở bảng review (có phải là "Đak Giang" không?), hoặc thêm vào '
            "bảng review."
        ],
    ),
    "a village that the review has lost": (
        {
            "review": "".join(REVIEW.splitlines(keepends=True)[:2]),
            "groups": VILLAGE + "group,households,persons\nĐak Giang,poor,minority,20,90\nMơ Tôn,poor,minority,25,90\n"
            "Đak Giang,near_poor,minority,10,40\n",
        },
        [
            'movements.csv, dòng 4, cột A (village): giá trị "Đak Giang" — thôn, làng không có trong bảng review '
            "(bảng movements dòng 4-5; bảng groups dòng 2, 4). Cách sửa: ghi đúng như ở bảng review, hoặc thêm vào bảng review."
        ],
    ),
    "more deprived than poor households": (
        {
            "deprivations": VILLAGE
            + "indicator,households\nMơ Tôn,poor,employment,31\nMơ Tôn,poor,nutrition,30\n"
            "Đak Giang,poor,employment,\nĐak Giang,poor,nutrition,0\n"
        },
        [
            'deprivations.csv, dòng 2, cột D (households): giá trị "31" — không được lớn hơn số hộ '
            "của hộ nghèo ở "
            f"bảng review, là 30. {COMPARE}"
        ],
    ),
    "more in the commune's cause than near-poor households": (
        {"causes": VILLAGE + "cause,households\n,near_poor,land,46\n,near_poor,capital,45\n"},
        [
            'causes.csv, dòng 2, cột D (households): giá trị "46" — không được lớn hơn số hộ của '
            "hộ cận nghèo ở bảng "
            f"review, là 45. {COMPARE}"
        ],
    ),
    "more persons in a group than in the class, and in a household": (
        {"groups": VILLAGE + "group,households,persons\nMơ Tôn,poor,minority,8,131\nĐak Giang,poor,minority,0,0\n"},
        [
            'groups.csv, dòng 2, cột E (persons): giá trị "131" — không được lớn hơn số nhân khẩu '
            "của hộ nghèo ở bảng "
            f"review, là 130. {COMPARE}",
            NOTE + 'groups.csv, dòng 2, cột E (persons): giá trị "131" — số khẩu bình quân một hộ ngoài '
            "khoảng 1 đến "
            "15: 131 khẩu, 8 hộ. Cách sửa: kiểm tra lại số hộ và số khẩu; nếu đúng thì giải thích "
            "ở cột note.",
        ],
    ),
    "overlapping groups and several causes are as they should be": (
        {
            "groups": VILLAGE
            + "group,households,persons\nMơ Tôn,poor,minority,30,130\nMơ Tôn,poor,merit,30,130\n"
            "Đak Giang,poor,minority,0,0\nĐak Giang,poor,merit,,\n",
            "causes": VILLAGE + "cause,households\n,poor,land,30\n,poor,capital,30\n",
        },
        [],
    ),
    "a village without a line for what another village counts": (
        {"causes": VILLAGE + "cause,households\nMơ Tôn,poor,land,20\nMơ Tôn,poor,capital,5\nĐak Giang,near_poor,land,9\nMơ Tôn,near_poor,land,0\n"},
        [
            DRAFT + 'causes.csv, dòng 2, cột C (cause): giá trị "land" — hộ nghèo (land, capital): không có dòng của Đak Giang, '
            "nên tổng của xã còn thiếu. Cách sửa: thêm dòng của thôn, làng ấy (không có hộ nào thì ghi 0)."
        ],
    ),
    "money of a year before the programme": (
        {"budget": changed(BUDGET, ("nguoi_dan,2022,2022", "nguoi_dan,2021,2022"))},
        [
            DRAFT + f'budget.csv, dòng 4, cột D (vintage): giá trị "2021" — mã {code} (cột {column}) chỉ '
            "có hiệu lực "
            f"{years}. Cách sửa: sửa năm giao vốn hoặc sửa mã."
            for code, column, years in [
                ("DA7.1", "project", "01/01/2022 đến 31/12/2025"),
                ("nguoi_dan", "source", "01/01/2022 đến nay"),
                ("recurrent", "capital_type", "01/01/2022 đến 31/12/2025; 01/01/2026 đến nay"),
            ]
        ],
    ),
    "local money below a tenth of central money": (
        {
            "budget": changed(
                BUDGET,
                ("nstw,2022,2023", "nstw,2023,2023"),
                ("nsdp_tinh,2022,2023,12", "nsdp_tinh,2023,2023,9"),
            )
        },
        [
            NOTE + 'budget.csv, dòng 2, cột F (planned): giá trị "100000000" — vốn đối ứng của địa phương cho vốn năm '
            "2023 là 9.000.000 đồng, thấp hơn mức tối thiểu 1/10 của 100.000.000 đồng (Nghị quyết 217/NQ-HĐND năm 2023 "
            "(Gia Lai)). Cách sửa: nếu sót thì thêm các dòng vốn đối ứng; nếu đúng như vậy thì nêu lý do trong báo cáo."
        ],
    ),
    "local money of exactly a tenth": (
        {
            "budget": changed(
                BUDGET,
                ("nstw,2022,2023", "nstw,2023,2023"),
                ("nsdp_tinh,2022,2023,12", "nsdp_tinh,2023,2023,10"),
            )
        },
        [],
    ),
    "a village that has no near-poor household, and one whose flows differ": (
        {
            "movements": changed(MOVEMENTS, ("Mơ Tôn,near_poor,households,18,1,1,0,4,0,0,0,20\n", "")).replace("22,0,0,0,3,0,0", "22,0,0,0,2,0,1"),
            "review": changed(REVIEW, ("30,130,20,90", "30,130,0,0"), ("25,15", "25,0")),
        },
        [
            DRAFT + 'movements.csv, dòng 4, cột H (from_other_class): giá trị "2" — số hộ từ hộ nghèo chuyển thành hộ cận nghèo phải bằng '
            "nhau ở hai dòng; dòng 3 (to_other_class) là 3, dòng này là 2. " + COMPARE
        ],
    ),
    "movements by village against the one row of a commune": (
        {
            "review": REVIEW.splitlines(keepends=True)[0] + ",1519,6100,70,300,46,200,,,170,720,60,35,official,ND07_2021\n",
            "movements": changed(MOVEMENTS, ("42,3,0,0,0,0,1,0,40", "42,3,0,0,0,0,3,0,42"))
            + "Mơ Tôn,poor,persons,130,0,0,0,0,0,0,0,130\nĐak Giang,poor,persons,170,0,0,0,0,0,0,0,170\n",
        },
        [
            DRAFT + f'movements.csv, dòng {line}, cột L (end): giá trị "{cell}" — số cuối kỳ phải bằng số ở bảng review cùng năm '
            f"({kind}, số hộ); ở đó là {there}, bảng movements là {total}. {COMPARE}"
            for line, cell, kind, there, total in ((2, 30, "hộ nghèo", 70, 72), (3, 20, "hộ cận nghèo", 46, 45))
        ],
    ),
    "the same before the minimum was in force": (
        {"budget": changed(BUDGET, ("nsdp_tinh,2022,2023,12", "nsdp_tinh,2022,2023,9"))},
        [],
    ),
}


@pytest.mark.parametrize(("tables", "messages"), CASES.values(), ids=CASES)
def test_tables_that_disagree_say_where_and_by_how_much(tmp_path, monkeypatch, tables, messages):
    assert check(tmp_path, monkeypatch, **tables) == messages


UNKNOWN = {
    "last year's review is preliminary": {"last": LAST_REVIEW.replace("official", "preliminary")},
    "last year's review follows another standard": {"last": LAST_REVIEW.replace("ND07_2021", "QD59_2015")},
    "last year's count is not known": {"last": changed(LAST_REVIEW, ("118,,33", "118,,"))},
    "the opening count is not known": {"movements": changed(MOVEMENTS, ("33,4", ",4"))},
}


@pytest.mark.parametrize("change", UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_known_breaks_nothing(tmp_path, monkeypatch, change):
    wrong = {"movements": changed(MOVEMENTS, ("33,4,1", "32,4,0"))}
    assert check(tmp_path, monkeypatch, **(wrong | change)) == []


def test_a_refused_review_is_said_once_and_not_compared(tmp_path, monkeypatch):
    found = check(tmp_path, monkeypatch, review=changed(REVIEW, (",30,", ",3o,")))
    assert len(found) == 1
    assert found[0].startswith('review.csv, dòng 2, cột D (poor_households): giá trị "3o"')


def test_an_indicator_of_another_standard_makes_a_draft(tmp_path, monkeypatch):
    law = LAW.path("indicators").read_text(encoding="utf-8")
    later = "ND351_2025,digital,11,Thông tin,Dịch vụ số,Digital services,,2022-01-01,,,,,low\n"
    (tmp_path / "indicators.csv").write_text(law.rstrip("\n") + "\n" + later, encoding="utf-8")
    deprivations = VILLAGE + "indicator,households\n,poor,digital,3\n,poor,employment,3\n"
    found = check(tmp_path, monkeypatch, deprivations=deprivations)
    assert found == [
        DRAFT
        + 'deprivations.csv, dòng 2, cột C (indicator): giá trị "digital" — chỉ số không thuộc chuẩn nghèo '
        "ND07_2021 của bảng review. Cách sửa: dùng một trong các mã: employment, dependents, nutrition, health_insurance, "
        "adult_education, school_attendance, housing_quality, housing_area, water, toilet, telecom, information_means."
    ]


def test_opening_counts_under_a_new_standard_are_those_of_last_years_other_review(tmp_path, monkeypatch):
    """Last year's main result is under the old standard (34 and 43 poor), its other one under the new (33 and 42)."""
    old = changed(LAST_REVIEW, ("118,,33", "118,,34"), ("1390,,42", "1390,,43")).replace("ND07_2021", "QD59_2015")
    write(tmp_path, {"other_review.csv": LAST_REVIEW}, YEAR - 1)
    assert check(tmp_path, monkeypatch, last=old) == []
    wrong = changed(MOVEMENTS, ("33,4,1", "32,4,0"))
    (said,) = check(tmp_path, monkeypatch, last=old, movements=wrong)
    assert "ở xa-mau/2021, bảng other_review (hộ nghèo, số hộ); ở đó là 33" in said


def test_the_minimum_of_one_province_is_not_asked_of_another(tmp_path, monkeypatch):
    tables, messages = CASES["local money below a tenth of central money"]
    assert check(tmp_path, monkeypatch, **tables) == messages
    assert check(tmp_path, monkeypatch, units=ELSEWHERE, **tables) == []


def test_a_minimum_of_the_whole_country_is_asked_of_every_unit_and_no_local_money_is_below_it(tmp_path, monkeypatch):
    tables = {"budget": changed(BUDGET, ("nstw,2022,2023,100000000,90000000", "nstw,2023,2023,1,1"), ("nsdp_tinh", "tin_dung"))}
    law = LAW.path("programme").read_text(encoding="utf-8")
    (tmp_path / "programme.csv").write_text(changed(law, ("per_10,gia-lai-cu,", "per_10,,")), encoding="utf-8")
    assert check(tmp_path, monkeypatch, units=ELSEWHERE, **tables) == [
        NOTE + 'budget.csv, dòng 2, cột F (planned): giá trị "1" — vốn đối ứng của địa phương cho vốn năm 2023 là 0 đồng, thấp hơn '
        "mức tối thiểu 1/10 của 1 đồng (Nghị quyết 217/NQ-HĐND năm 2023 (Gia Lai)). Cách sửa: nếu sót thì thêm các dòng vốn đối "
        "ứng; nếu đúng như vậy thì nêu lý do trong báo cáo."
    ]


def test_a_table_that_is_refused_itself_is_held_against_nothing(tmp_path, monkeypatch):
    causes = VILLAGE + "cause,households\nMơ Tôn,poor,land,31\nMơ Tôn,poor,capital,3o\n"
    assert [one.partition(" — ")[0] for one in check(tmp_path, monkeypatch, causes=causes)] == [
        'causes.csv, dòng 3, cột D (households): giá trị "3o"'
    ]


def test_a_code_that_begins_or_ends_within_the_year_of_its_money_is_in_force(tmp_path, monkeypatch):
    line = {"valid_from": "2025-02-01", "valid_to": "2025-06-30"}
    assert [between_tables._in_year(line, year) for year in (2024, 2025, 2026)] == [False, True, False]


LATER = (
    "; nội dung của Chương trình giai đoạn 2026 - 2030 chưa có trong danh mục thì thêm một dòng vào data/programme-local.csv, "
    "kèm quyết định giao vốn (docs/huong-dan.md, mục Vốn từ năm 2026)"
)


@pytest.mark.parametrize(
    ("kind", "vintage", "codes", "remedy"),
    [
        ("source", 2026, 0, "sửa năm giao vốn hoặc sửa mã"),
        ("source", 2026, 1, "sửa năm giao vốn, hoặc dùng mã có hiệu lực năm 2026: m1"),
        ("source", 2025, 25, "sửa năm giao vốn, hoặc dùng mã có hiệu lực năm 2025: " + ", ".join(f"m{n}" for n in range(1, 26))),
        ("source", 2025, 26, "sửa năm giao vốn hoặc sửa mã"),
        ("project", 2025, 2, "sửa năm giao vốn, hoặc dùng mã có hiệu lực năm 2025: m1, m2"),
        ("project", 2026, 0, "sửa năm giao vốn hoặc sửa mã" + LATER),
    ],
)  # fmt: skip
def test_what_to_do_about_a_code_that_was_not_in_force_depends_on_the_codes_that_were(kind, vintage, codes, remedy):
    dates = {"valid_from": f"{vintage}-01-01", "valid_to": ""}
    programme = [{"kind": kind, "code": f"m{number}"} | dates for number in range(1, codes + 1)]
    assert between_tables._other_code(kind, vintage, programme) == remedy
