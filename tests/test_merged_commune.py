"""xã Tơ Tung from an empty folder: the year of the merger, and the year of two standards, as a person types them.

    2024, of the former communes    1.000 + 500 = 1.500 households, poor 140 + 25 = 165, near-poor 110 + 30 = 140
    2025, of the merged one         1.510 households, poor 150 (15 less), near-poor 135
    2026 under Nghị định 07/2021    1.520 households, poor 130 (20 less), near-poor 128
    2026 under Nghị định 351/2025   1.520 households, poor 240, near-poor 190
    money of 2026                   80 of 100 triệu of 2025 under its old project, 300 of 500 triệu of 2026 under a content of its own
"""

import contextlib
import html
import io
import re
import subprocess
from pathlib import Path

import docx
import pytest

import tools
from conftest import BIN, PROJECT
from giamngheo import cli
from giamngheo.intake.narrative import SECTIONS
from test_year import STEPS, excel

pytestmark = pytest.mark.long

UNIT = "to-tung"
FORMER = {
    "kong-long-khong": {"Làng Mơ Tôn": (600, 100, 50), "Làng Đak Giang": (400, 40, 60)},
    "to-tung-cu": {"Làng Mơ Tôn": (500, 25, 30)},
}
ONE, TWO, THREE = VILLAGES = ("Làng Mơ Tôn (xã Kông Lơng Khơng)", "Làng Đak Giang", "Làng Mơ Tôn (xã Tơ Tung (cũ))")
COUNTS = ("households", "poor_households", "near_poor_households")
OF_2025 = ((605, 95, 50), (402, 35, 57), (503, 20, 28))
OF_2026 = ((610, 85, 48), (404, 30, 53), (506, 15, 27))
NEW_2026 = ((610, 130, 80), (404, 70, 60), (506, 40, 50))
PERSONS = 4  # of a household, in a made-up commune
ANSWERS = (
    UNIT, "xã Tơ Tung", "23668", "2025", "tỉnh Gia Lai", "Kông Lơng Khơng; Tơ Tung (cũ)", "",
    "Ủy ban nhân dân tỉnh Gia Lai; Sở Nông nghiệp và Môi trường tỉnh Gia Lai", "Như trên; Thường trực Đảng ủy xã", "", "Nguyễn Văn Nam", "KT",
)  # fmt: skip
CONTENT = (
    "kind,code,parent,name,value,unit,within,valid_from,valid_to,decree,article,source,confidence\n"
    "project,ND1,,Nội dung 1: Hỗ trợ phát triển sinh kế,,,,2026-01-01,2030-12-31,Quyết định 12/QĐ-UBND ngày 05/3/2026 của UBND tỉnh,,,\n"
)
MONEY = {"capital_type": "recurrent", "source": "nstw", "as_of": "30/11/2026"}
OF_OLD = {"project": "DA2", "vintage": 2025, "execution_year": 2025, "planned": 100_000_000, "disbursed": 20_000_000, "model": "Nuôi bò"}
OF_PEOPLE = {"source": "nguoi_dan", "planned": 25_000_000, "disbursed": 25_000_000}
OF_NEW = MONEY | {"project": "ND1", "vintage": 2026, "execution_year": 2026, "planned": 500_000_000, "disbursed": 300_000_000}
COW = {"model": "Nuôi bò", "project": "DA2", "village": TWO, "vintage": 2025, "start": "5/2025", "end": "31/12/2026",
       "members": 10, "poor_members": 6, "near_poor_members": 4, "other_members": 0, "minority_members": 10}  # fmt: skip
OF_OLD_PROGRAMME = {  # has ended, was not copied, and is meant
    "number": "90/QĐ-TTg", "date": "18/01/2022", "issuer": "Thủ tướng Chính phủ", "kind": "Quyết định", "use": "programme",
    "title": "phê duyệt Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025", "note": "vốn năm 2025 chi tiếp trong năm 2026",
}  # fmt: skip
BOARD = {"role": "Trưởng ban", "position": "Chủ tịch Ủy ban nhân dân xã", "members": 1}


def giamngheo(root: Path, verb: str, *more: object, typed: str = "") -> str:
    """What the program printed in a person's folder `root`; it must end well."""
    given = ["--data", root / "data", "--out", root / "out", *more]
    ran = subprocess.run([BIN / "giamngheo", verb, *map(str, given)], input=typed, capture_output=True, text=True, cwd=PROJECT)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def at_once(root: Path, verb: str, *more: object) -> str:
    """The same without starting the program anew, for what is quick."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        assert cli.main([verb, "--data", str(root / "data"), "--out", str(root / "out"), *map(str, more)]) == 0
    return said.getvalue()


def of_year(year: int) -> tuple[object, ...]:
    return "--unit", UNIT, "--year", year


def reviewed(sheet, counts, **more) -> None:
    """Type the counts of the three villages, and four persons for each household."""
    for (row, cells), of_village in zip(sheet.rows().items(), counts, strict=True):
        assert cells["village"] in VILLAGES
        persons = {f"{name.removesuffix('households')}persons": PERSONS * count for name, count in zip(COUNTS, of_village, strict=True)}
        sheet.type(row, **dict(zip(COUNTS, of_village, strict=True)), **persons, status="official", **more)


def moved(sheet, after) -> None:
    """Type a year's movements: what is less has risen above the near-poor, nothing else moves."""
    for row, cells in sheet.rows().items():
        measure = cells["measure"].partition(" – ")[0]
        for at, class_ in enumerate(("poor", "near_poor"), start=1):
            end = after[VILLAGES.index(cells["village"])][at] * (PERSONS if measure == "persons" else 1)
            start = cells[f"{class_}.start"]
            start = start if start is not None else end + PERSONS  # persons of the former communes are not known
            steps = dict.fromkeys(STEPS, 0) | {"start": start, "above_near_poor": start - end, "end": end}
            sheet.type(row, **{f"{class_}.{name}": number for name, number in steps.items()})


def read_and_right(sheet) -> None:
    """Whatever asks to be looked at has been looked at; the texts offered are the ones to cite."""
    for table in ("budget", "models", "documents", "board", "facts"):
        for row in sheet(table).rows():
            sheet(table).type(row, note=None)


def written(folder: Path, year: int) -> None:
    """Words for each section, and the decision that approved the result."""
    for section, title in SECTIONS.items():
        words = f"Xã đã thực hiện nội dung “{title}” của năm {{year}}; toàn xã có {{review.poor_households}} nghèo.\n"
        (folder / "narrative" / f"{section}.md").write_text(words, encoding="utf-8")
    frame = folder / "report.yml"
    told = frame.read_text("utf-8")
    for name, said in (("number", "15/QĐ-UBND"), ("date", f"20/12/{year}"), ("issuer", "Chủ tịch Ủy ban nhân dân xã")):
        told = told.replace(f'  {name}: ""', f"  {name}: {said}", 2 if year == 2026 else 1)  # a decision for each result
    frame.write_text(told, encoding="utf-8")


def former_communes(root: Path) -> None:
    (root / "data").mkdir()
    for unit, villages in FORMER.items():
        at_once(root, "template", "--unit", unit, "--year", 2024)
        with excel(root / "data" / unit / "2024" / "so-lieu.xlsx") as sheet:
            for row, (village, counts) in enumerate(villages.items(), start=3):  # below the heading and the totals
                sheet("review").type(row, village=village, status="official", standard="ND07_2021", **dict(zip(COUNTS, counts, strict=True)))


def year_of_the_merger(root: Path) -> None:
    said = giamngheo(root, "new-unit", typed="\n".join(ANSWERS) + "\n")
    assert "Xem lại tên thôn, làng và số đầu kỳ chép từ năm 2024 của xã Kông Lơng Khơng, xã Tơ Tung (cũ)" in said
    with excel(root / "data" / UNIT / "2025" / "so-lieu.xlsx") as sheet:
        reviewed(sheet("review"), OF_2025, standard="ND07_2021", low_income_workers=12)
        moved(sheet("movements"), OF_2025)
        sheet("models").add(**COW)
        sheet("budget").add(**MONEY | OF_OLD | {"as_of": "31/12/2025"})
        sheet("budget").add(**MONEY | OF_OLD | OF_PEOPLE | {"as_of": "31/12/2025"})
        sheet("board").add(**BOARD)
        read_and_right(sheet)
    written(root / "data" / UNIT / "2025", 2025)
    giamngheo(root, "report", *of_year(2025), "--final")


def year_of_two_standards(root: Path) -> None:
    said = at_once(root, "new-year", *of_year(2026))
    assert "Không chép 3 văn bản đã hết hiệu lực trước ngày 31/12/2026: 90/QĐ-TTg (thay bằng 417/QĐ-BNNMT), 27/2022/NĐ-CP" in said
    (root / "data" / "programme-local.csv").write_text(CONTENT, encoding="utf-8")
    with excel(root / "data" / UNIT / "2026" / "so-lieu.xlsx") as sheet:
        reviewed(sheet("review"), OF_2026, low_income_workers=9)
        reviewed(sheet("other_review"), NEW_2026)
        moved(sheet("movements"), OF_2026)
        for row, cells in sheet("budget").rows().items():
            sheet("budget").type(row, disbursed=cells["planned"], as_of="30/11/2026")
        sheet("budget").add(**OF_NEW)
        read_and_right(sheet)
        sheet("documents").add(**OF_OLD_PROGRAMME)
    written(root / "data" / UNIT / "2026", 2026)
    giamngheo(root, "report", *of_year(2026), "--final")


OF_MERGER = [
    "Số liệu năm 2024 của xã Tơ Tung là số cộng của 2 đơn vị cũ: xã Kông Lơng Khơng (1.000 hộ; hộ nghèo 140 hộ; hộ cận nghèo 110 hộ); "
    "xã Tơ Tung (cũ) (500 hộ; hộ nghèo 25 hộ; hộ cận nghèo 30 hộ). Tổng cộng: 1.500 hộ; hộ nghèo 165 hộ; hộ cận nghèo 140 hộ.",
    "Hộ nghèo so với năm 2024: giảm 15 hộ; tỷ lệ giảm 1,07 điểm phần trăm.",  # 150 / 1.510 - 165 / 1.500
    "Người lao động có thu nhập thấp: 36 người.",
]
OLD, NEW = "theo Nghị định 07/2021/NĐ-CP", "theo Nghị định 351/2025/NĐ-CP"
OF_TWO = [
    f"Hộ nghèo {OLD}: 130 hộ, chiếm 8,55% tổng số hộ; nhân khẩu: 520 khẩu.",
    f"Hộ nghèo {OLD} so với năm 2025: giảm 20 hộ; tỷ lệ giảm 1,38 điểm phần trăm.",  # 130 / 1.520 - 150 / 1.510
    "Người lao động có thu nhập thấp: 27 người.",
    f"Hộ nghèo {NEW}: 240 hộ, chiếm 15,79% tổng số hộ; nhân khẩu: 960 khẩu.",
    f"Chưa có kết quả năm 2025 {NEW} để so sánh.",
    "Hai kết quả theo hai chuẩn nghèo khác nhau: không cộng, không trừ cho nhau.",
    "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025",
    "Nội dung 1: Hỗ trợ phát triển sinh kế: theo Quyết định 12/QĐ-UBND ngày 05/3/2026 của UBND tỉnh.",
    "Tổng kế hoạch vốn: 580.000.000 đồng; giải ngân tính đến ngày 30 tháng 11 năm 2026: 380.000.000 đồng; "
    "tỷ lệ giải ngân: 65,52%.",  # 80 + 500, 80 + 300
    "Tổng kinh phí: 125.000.000 đồng, gồm ngân sách hỗ trợ 100.000.000 đồng (80,00%) và nhân dân đối ứng 25.000.000 đồng (20,00%); "
    "bình quân 12.500.000 đồng một hộ tham gia.",  # of the model that runs on: 20 paid in 2025 and the 80 carried over, 25 of the people
    "Trong tổng kinh phí, vốn các năm trước chuyển sang thực hiện trong năm: 80.000.000 đồng.",
    "Lợi nhuận dự kiến: chưa có số liệu.",
]


def missing(said: list[str], text: str) -> list[str]:
    """The sentences that a document does not say, wherever its lines end."""
    return [one for one in said if "".join(one.split()) not in "".join(text.split())]


def in_formats(folder: Path) -> dict[str, str]:
    """The words of the Word file and of the page."""
    page = (folder / "bao-cao.html").read_text(encoding="utf-8")
    return {
        "docx": "\n".join(paragraph.text for paragraph in docx.Document(folder / "bao-cao.docx").paragraphs),
        "html": html.unescape(re.sub(r"<[^>]*>", "", page)),
    }


def swap(root: Path) -> None:
    """Each of the two results where the other one stood."""
    with excel(root / "data" / UNIT / "2026" / "so-lieu.xlsx") as sheet:
        one, two = sheet("review"), sheet("other_review")
        for (row, ours), (other, theirs) in zip(one.rows().items(), two.rows().items(), strict=True):
            one.type(row, **theirs)
            two.type(other, **ours)


def test_from_an_empty_folder_to_the_final_of_two_standards_and_the_same_with_the_two_sheets_swapped(tmp_path):
    former_communes(tmp_path)
    year_of_the_merger(tmp_path)
    year_of_two_standards(tmp_path)
    out = tmp_path / "out" / UNIT
    for year, sentences in ((2025, OF_MERGER), (2026, OF_TWO)):
        said = {"pdf": tools.said("pdftotext", out / str(year) / "bao-cao.pdf", "-"), **in_formats(out / str(year))}
        assert {format: missing(sentences, text) for format, text in said.items()} == {"pdf": [], "docx": [], "html": []}
        assert [format for format, text in said.items() if "DỰ THẢO" in text or "[cần bổ sung" in text] == []
    compared = two_years(tmp_path)
    assert f"- Hộ nghèo – {OLD}, toàn xã: 150 hộ → 130 hộ (giảm 20 hộ); do số liệu" in compared
    assert f"- Hộ nghèo – {NEW}, toàn xã: không có → 240 hộ;" in compared

    swap(tmp_path)
    giamngheo(tmp_path, "report", *of_year(2026), "--final")
    again = at_once(tmp_path, "diff", *of_year(2026)).splitlines()
    assert [line for line in again if line.startswith(("Số liệu", "- "))] == ["Số liệu không đổi: 154"]
    assert two_years(tmp_path) == compared


def two_years(root: Path) -> str:
    return at_once(root, "diff", "--unit", UNIT, "--from", 2025, "--to", 2026)
