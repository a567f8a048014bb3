"""The paper frame of a simulated commune: its place on the map, letterhead, documents, board, single facts.

Names say that they are made up. Districts exist until 30/06/2025; a report dated later goes to the province.
"""

import datetime as dt
import random
from collections.abc import Sequence

from giamngheo.intake.office import DECISIONS

LABEL = "số liệu mô phỏng"
PROVINCE, PROVINCE_NAME = "tinh-mo-phong", "tỉnh Mô Phỏng"
DISTRICTS_END = dt.date(2025, 6, 30)
COMMUNES_IN_DISTRICT = 12
UNIT_COLUMNS = (
    "unit", "code", "name", "kind", "area", "parent", "predecessors", "valid_from", "valid_to", "decree",
    "source", "confidence",
)  # fmt: skip
POVERTY_2025 = "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025"
REVIEWED = "hộ nghèo, hộ cận nghèo"
# First and last review year that cite a document of the state, its number, date, issuer, kind, title, use.
STATE_DOCUMENTS = (
    (2022, 2025, "27/2022/NĐ-CP", dt.date(2022, 4, 19), "Chính phủ", "Nghị định",
     "quy định cơ chế quản lý, tổ chức thực hiện các chương trình mục tiêu quốc gia", "programme"),
    (2022, 2025, "90/QĐ-TTg", dt.date(2022, 1, 18), "Thủ tướng Chính phủ", "Quyết định",
     f"phê duyệt {POVERTY_2025}", "programme"),
    (2026, 2030, "257/2025/QH15", dt.date(2025, 12, 11), "Quốc hội", "Nghị quyết",
     "phê duyệt chủ trương đầu tư Chương trình mục tiêu quốc gia xây dựng nông thôn mới, giảm nghèo bền vững "
     "và phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi giai đoạn 2026 - 2035",
     "programme"),
    (2026, 2030, "358/2025/NĐ-CP", dt.date(2025, 12, 31), "Chính phủ", "Nghị định",
     "quy định cơ chế quản lý, tổ chức thực hiện Chương trình", "programme"),
    (2022, 2026, "24/2021/QĐ-TTg", dt.date(2021, 7, 16), "Thủ tướng Chính phủ", "Quyết định",
     f"quy định quy trình rà soát {REVIEWED} hằng năm", "review"),
    (2022, 2026, "07/2021/NĐ-CP", dt.date(2021, 1, 27), "Chính phủ", "Nghị định",
     "quy định chuẩn nghèo đa chiều giai đoạn 2021 - 2025", "review"),
    (2022, 2026, "07/2021/TT-BLĐTBXH", dt.date(2021, 7, 18), "Bộ Lao động - Thương binh và Xã hội",
     "Thông tư",
     f"hướng dẫn phương pháp rà soát, phân loại {REVIEWED} và mẫu biểu báo cáo", "review"),
    (2026, 2030, "351/2025/NĐ-CP", dt.date(2025, 12, 30), "Chính phủ", "Nghị định",
     "quy định chuẩn nghèo đa chiều", "review"),
)  # fmt: skip


def unit(index: int) -> str:
    return f"mo-phong-{index:03d}"


def name(index: int) -> str:
    return f"xã Mô Phỏng {index:03d}"


def under_district(year: int) -> bool:
    """Whether the report of `year`, dated in its December, still goes to a district."""
    return dt.date(year, 12, 31) <= DISTRICTS_END


def district(index: int) -> tuple[str, str]:
    number = (index - 1) // COMMUNES_IN_DISTRICT + 1
    return f"huyen-mo-phong-{number}", f"huyện Mô Phỏng {number}"


def units(indices: Sequence[int], year: int) -> list[dict]:
    """The rows of units.csv: the province, in years that have them its districts, and the communes."""
    dates = (
        {"valid_to": DISTRICTS_END}
        if under_district(year)
        else {"valid_from": DISTRICTS_END + dt.timedelta(days=1)}
    )
    common: dict[str, object] = {**dates, "source": LABEL, "confidence": "low"}
    rows: list[dict] = [{"unit": PROVINCE, "code": "99", "name": PROVINCE_NAME, "kind": "province"} | common]
    for key, said in dict(map(district, indices) if under_district(year) else ()).items():
        code = f"9{int(key.rpartition('-')[2]):02d}"
        rows.append(
            {"unit": key, "code": code, "name": said, "kind": "district", "parent": PROVINCE} | common
        )
    for index in indices:
        parent = district(index)[0] if under_district(year) else PROVINCE
        row = {
            "unit": unit(index),
            "code": f"9{index:04d}",
            "name": name(index),
            "kind": "commune",
            "area": "rural",
        }
        rows.append(row | {"parent": parent} | common)
    return rows


def settings(index: int, year: int) -> dict:
    """What stands in unit.yml."""
    said = name(index)
    above = district(index)[1] if under_district(year) else PROVINCE_NAME
    line = (
        "Phòng Lao động - Thương binh và Xã hội" if under_district(year) else "Sở Nông nghiệp và Môi trường"
    )
    dates = {"to": DISTRICTS_END} if under_district(year) else {"from": DISTRICTS_END + dt.timedelta(days=1)}
    letterhead = dates | {
        "superior": "",
        "issuer": ["ỦY BAN NHÂN DÂN", said.upper()],
        "place": said.removeprefix("xã "),
        "addressees": [f"Ủy ban nhân dân {above}", f"{line} {above}"],
        "recipients": [
            "Như trên",
            "Thường trực Đảng ủy xã",
            "Thường trực HĐND xã",
            "Ủy ban MTTQ Việt Nam xã",
        ],
        "archive": "VT",
        "drafting_unit": "" if under_district(year) else "KT",
        "authority": ["TM. ỦY BAN NHÂN DÂN"],
        "position": "CHỦ TỊCH",
        "signatory": "Người Ký Mô Phỏng",
    }
    return {
        "name": said,
        "synthetic": True,
        "issuer_name": f"Ủy ban nhân dân {said}",
        "board_name": "Ban quản lý các Chương trình mục tiêu quốc gia xã",
        "letterhead": [letterhead],
    }


def report(rng: random.Random, index: int, year: int, two: bool) -> dict:
    """What stands in report.yml; the decision that approved the result, or both of a year of `two`, is made up, as its issuer says."""
    number, day = rng.randint(100, 600), rng.randint(20, 30)
    above = district(index)[1] if under_district(year) else PROVINCE_NAME
    decided = {
        name: {
            "number": f"{number - 50}/QĐ-UBND",
            "date": dt.date(year, 12, day - 10),
            "issuer": f"Ủy ban nhân dân {above} ({LABEL})",
        }
        for name in DECISIONS[: 1 + two]
    }
    return {"number": str(number), "date": dt.date(year, 12, day), "year": year, **decided}


def documents(rng: random.Random, index: int, year: int) -> list[dict]:
    columns = ("number", "date", "issuer", "kind", "title", "use")
    issuer = f"UBND {name(index)}"
    above = f"UBND {district(index)[1]}" if under_district(year) else f"UBND {PROVINCE_NAME}"
    first, last = rng.randint(10, 80), rng.randint(81, 400)
    own = [
        (f"{last}/UBND-TH", dt.date(year, 11, 20), above, "Công văn",
         f"báo cáo kết quả giảm nghèo năm {year}", "request"),
        (f"{first}/KH-UBND", dt.date(year, 2, 15), issuer, "Kế hoạch",
         f"thực hiện Chương trình năm {year}", "programme"),
        (f"{first + 1}/QĐ-UBND", dt.date(year, 3, 1), issuer, "Quyết định",
         f"kiện toàn Ban quản lý các Chương trình mục tiêu quốc gia {name(index)}", "board"),
        (f"{last + 1}/QĐ-UBND", dt.date(year, 8, 25), issuer, "Quyết định",
         f"thành lập Ban chỉ đạo rà soát {REVIEWED} năm {year}", "review"),
        (f"{last + 2}/KH-UBND", dt.date(year, 8, 28), issuer, "Kế hoạch",
         f"rà soát {REVIEWED} năm {year}", "review"),
    ]  # fmt: skip
    law = [document[2:] for document in STATE_DOCUMENTS if document[0] <= year <= document[1]]
    return [dict(zip(columns, document, strict=True)) for document in own[:1] + law + own[1:]]


def board(villages: int) -> list[dict]:
    members = (
        ("Trưởng ban", "Chủ tịch Ủy ban nhân dân xã", 1),
        ("Phó trưởng ban", "Phó Chủ tịch Ủy ban nhân dân xã", 1),
        ("Thành viên", "Công chức phụ trách giảm nghèo", 1),
        ("Thành viên", "Công chức Tài chính - Kế toán", 1),
        ("Thành viên", "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam xã, trưởng các đoàn thể xã", 5),
        ("Thành viên", "Trưởng các thôn, làng", villages),
    )
    return [{"role": role, "position": position, "members": many} for role, position, many in members]


def facts(review: Sequence[dict]) -> list[dict]:
    """Single figures for the narrative, which agree with the review."""
    everyone, minority = (sum(row[column] for row in review) for column in ("persons", "minority_persons"))
    found = (
        ("so_thon_lang", "Số thôn, làng của xã", len(review), "villages", ""),
        (
            "ty_le_dan_so_dtts",
            "Tỷ lệ dân số là đồng bào dân tộc thiểu số",
            minority * 100 // everyone,
            "percent",
            "hơn",
        ),
    )
    columns = ("fact", "label", "value", "unit", "qualifier")
    return [dict(zip(columns, fact, strict=True)) | {"origin": LABEL} for fact in found]
