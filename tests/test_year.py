"""The 2023 year of a simulated commune, from new-year to the signed-off final PDF, as a person types it.

Every command is the real program. What stands in the workbook at the end, and so in the report:

    poor        166 at the start - 27 became near-poor - 11 left both + 4 came back from near-poor + 1 relapsed + 2 new = 135
    near-poor   144 at the start - 4 became poor - 17 left both + 27 came from the poor + 1 relapsed + 1 new = 152
    households  160 + 216 + 274 = 650
"""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

import tools
from conftest import PROJECT, program
from giamngheo import simulate
from giamngheo.intake.narrative import SECTIONS

pytestmark = pytest.mark.long

UNIT, YEAR = "mo-phong-001", 2023
ONE, TWO, THREE = VILLAGES = ["thôn Giả Định 1", "thôn Giả Định 2", "làng Giả Định 3"]
REVIEW = {
    "households": [160, 216, 274], "persons": [624, 850, 1081],
    "poor_households": [33, 44, 58], "poor_persons": [132, 179, 236],
    "near_poor_households": [38, 41, 73], "near_poor_persons": [147, 152, 270],
    "average_living_households": [25, 35, 40], "average_living_persons": [104, 150, 146],
    "minority_households": [137, 185, 234], "minority_persons": [533, 726, 911],
    "minority_poor_households": [31, 42, 56], "minority_near_poor_households": [33, 39, 60],
}  # fmt: skip
STEPS = ["start", "to_other_class", "above_near_poor", "other_decrease", "from_other_class", "relapsed", "new",
         "other_increase", "end"]  # fmt: skip
MOVEMENTS = {
    (ONE, "poor", "households"): [39, 6, 2, 0, 1, 1, 0, 0, 33],
    (ONE, "poor", "persons"): [155, 25, 8, 0, 4, 6, 0, 0, 132],
    (ONE, "near_poor", "households"): [36, 1, 4, 0, 6, 0, 1, 0, 38],
    (ONE, "near_poor", "persons"): [138, 4, 16, 0, 25, 0, 4, 0, 147],
    (TWO, "poor", "households"): [54, 9, 3, 0, 2, 0, 0, 0, 44],
    (TWO, "poor", "persons"): [219, 36, 12, 0, 8, 0, 0, 0, 179],
    (TWO, "near_poor", "households"): [40, 2, 7, 0, 9, 1, 0, 0, 41],
    (TWO, "near_poor", "persons"): [148, 8, 28, 0, 36, 4, 0, 0, 152],
    (THREE, "poor", "households"): [73, 12, 6, 0, 1, 0, 2, 0, 58],
    (THREE, "poor", "persons"): [298, 50, 24, 0, 4, 0, 8, 0, 236],
    (THREE, "near_poor", "households"): [68, 1, 6, 0, 12, 0, 0, 0, 73],
    (THREE, "near_poor", "persons"): [246, 4, 22, 0, 50, 0, 0, 0, 270],
}
DEPRIVED = {  # households short of each service, in the order of the drop-down
    "poor": [41, 50, 54, 35, 61, 50, 39, 53, 62, 30, 48, 35],
    "near_poor": [9, 18, 9, 6, 18, 9, 4, 15, 15, 4, 11, 9],
}
NEW_MONEY = {"project": "DA2", "capital_type": "recurrent", "source": "nstw", "vintage": 2023, "execution_year": 2023,
             "planned": 200_000_000, "disbursed": 190_000_000, "as_of": "31/01/2024"}  # fmt: skip
OWN_MONEY = NEW_MONEY | {"source": "nsdp_xa", "planned": 20_000_000, "disbursed": 20_000_000}
REQUEST = {"number": "401/UBND-TH", "date": "20/11/2023", "issuer": "UBND huyện Mô Phỏng 1", "kind": "Công văn",
           "title": "báo cáo kết quả giảm nghèo năm 2023", "use": "request"}  # fmt: skip
TRAINING = {"project": "DA7.1", "course": "Tập huấn rà soát", "group": "Rà soát viên", "participants": 12}
NEW_WORDS = {  # the others are kept as they are
    "mo-hinh": "Mô hình thứ nhất có {models.1.members} tham gia, trong đó {models.1.target_members} nghèo, cận nghèo.",
    "ke-hoach": "Năm {next_year}, xã phấn đấu để {review.poor_households} nghèo hiện có đều được hỗ trợ sinh kế.",
}
PRINTED = [
    "Tổng số hộ dân cư: 650 hộ.",
    "Hộ nghèo: 135 hộ, chiếm 20,77% tổng số hộ; nhân khẩu: 547 khẩu.",  # 135 / 650; 132 + 179 + 236
    "Hộ cận nghèo: 152 hộ, chiếm 23,38% tổng số hộ; nhân khẩu: 569 khẩu.",  # 152 / 650; 147 + 152 + 270
    "Hộ nghèo so với năm 2022: giảm 31 hộ; tỷ lệ giảm 4,81 điểm phần trăm.",  # 166 - 135; 166 / 649 - 135 / 650
    "Hộ cận nghèo so với năm 2022: tăng 08 hộ; tỷ lệ tăng 1,20 điểm phần trăm.",
    "Trong năm có 38 hộ thoát nghèo, trong đó 27 hộ trở thành hộ cận nghèo; 02 hộ phát sinh mới, 01 hộ tái nghèo.",
    "Tổng kế hoạch vốn: 449.696.000 đồng; giải ngân tính đến ngày 31 tháng 01 năm 2024: 439.696.000 đồng; tỷ lệ giải ngân: 97,78%.",
    "Tổng số người tham gia tập huấn: 12 người.",
    "Năm 2024, xã phấn đấu để 135 hộ nghèo hiện có đều được hỗ trợ sinh kế.",
    "Số: 12/BC-UBND",
    "(Kèm theo Báo cáo số 12/BC-UBND ngày 05 tháng 02 năm 2024 của Ủy ban nhân dân xã Mô Phỏng 001)",
]


def giamngheo(verb: str, root: Path, *more: object, code: int = 0) -> str:
    """What the program printed; it must end with `code`."""
    given = ("--unit", UNIT, "--year", YEAR, "--data", root / "data", "--out", root / "out")
    started = program("giamngheo", verb, *given, *more, cwd=PROJECT)
    said, complaint = started.communicate(timeout=300)
    assert started.returncode == code, said + complaint
    return said + complaint


def text_of_pdf(root: Path) -> str:
    """The words of the PDF, on one line."""
    return " ".join(tools.said("pdftotext", root / "out" / UNIT / str(YEAR) / "bao-cao.pdf", "-").split())


@contextmanager
def excel(path: Path):
    """The workbook, open in Excel: a function that gives a sheet; saved at the end."""
    book = load_workbook(path)
    yield lambda table: Sheet(book, table)
    book.save(path)


class Sheet:
    """A sheet as a person sees it: cells by row and by the names in the headings, those of classes and codes `poor.employment`."""

    def __init__(self, book: Workbook, table: str):
        self.sheet, self.table = book[table], table
        self.first = int(self.sheet.freeze_panes[1:])
        merged = {place: str(one).partition(":")[0] for one in self.sheet.merged_cells.ranges for row in one.rows for place in map(at, row)}
        self.place = {}
        for column in range(1, self.sheet.max_column + 1):
            over = dict.fromkeys(merged.get(at((row, column)), at((row, column))) for row in range(1, min(self.first, 4)))
            said = [str(self.sheet[place].value).rpartition("\n") for place in over]
            self.place[".".join(name for _, mark, name in said if mark)] = column
        lists = ([cell.value for cell in column if cell.value] for column in book["Danh mục"].columns)
        self.lists = {heading: entries for heading, *entries in lists}

    def rows(self) -> dict[int, dict[str, object]]:
        """The rows that are filled in, by number, without heading and totals."""
        shown = {row: {name: self.sheet.cell(row, at).value for name, at in self.place.items()} for row in range(self.first, 100)}
        return {row: cells for row, cells in shown.items() if any(cells.values()) and "Tổng cộng" not in cells.values()}

    def type(self, row: int, **cells: object) -> None:
        """Type into a row; of a drop-down the entry with this code is chosen."""
        for name, typed in cells.items():
            entries = {entry.partition(" – ")[0]: entry for entry in self.lists.get(f"{self.table}.{name}", [])}
            self.sheet.cell(row, self.place[name]).value = entries.get(typed, typed)

    def add(self, **cells: object) -> None:
        totals = [cell.row for cell in self.sheet["A"] if cell.value == "Tổng cộng"]
        self.type(max([self.first - 1, *totals, *self.rows()]) + 1, **cells)


def at(cell: tuple[int, int]) -> str:
    return f"{get_column_letter(cell[1])}{cell[0]}"


def code(entry: str) -> str:
    return entry.partition(" – ")[0]


def fill_in(sheet) -> None:
    """Everything that is known in January 2024, but with 85 poor households where 58 was meant, and no money of its own."""
    review, movements, money = sheet("review"), sheet("movements"), sheet("budget")
    for at, row in enumerate(review.rows()):
        counts = {name: villages[at] for name, villages in REVIEW.items()}
        review.type(row, status="official", standard="ND07_2021", **counts)
    review.type(row, poor_households=85)
    for row, cells in movements.rows().items():
        for class_ in ("poor", "near_poor"):
            steps = MOVEMENTS[cells["village"], class_, code(cells["measure"])]
            assert cells[f"{class_}.start"] == steps[0]  # carried over from the review of 2022
            movements.type(row, **{f"{class_}.{name}": number for name, number in zip(STEPS, steps, strict=True)})
    deprivations = sheet("deprivations")
    headings = {class_: [name for name in deprivations.place if name.startswith(f"{class_}.")] for class_ in DEPRIVED}
    deprivations.add(**{name: number for class_ in DEPRIVED for name, number in zip(headings[class_], DEPRIVED[class_], strict=True)})
    for row, cells in money.rows().items():  # what was left of 2022 has been paid out since
        money.type(row, disbursed=cells["planned"], as_of="31/01/2024")
    money.add(**NEW_MONEY)
    sheet("training").add(**TRAINING)
    sheet("documents").add(**REQUEST)


def clear_notes(sheet) -> None:
    """The copied rows have been read and are still right."""
    for table in ("budget", "models", "documents", "board", "facts"):
        for row in sheet(table).rows():
            sheet(table).type(row, note=None)


def rewrite(narrative: Path) -> None:
    """Each section without its first line, two of them with new words."""
    for path in narrative.iterdir():
        _, _, words = path.read_text(encoding="utf-8").partition("\n")
        path.write_text(NEW_WORDS.get(path.stem, words), encoding="utf-8")


def every_cell(listing: str) -> list[str]:
    """The options that sign every cell that `giamngheo review` lists, notebook by notebook."""
    last = dict(re.findall(r"(?m)^  (\w+):(\d+) ", listing))
    return [option for notebook, number in last.items() for option in ("--sign", f"{notebook}:1-{number}")]


def lines(said: str, *starts: str) -> list[str]:
    """The lines that begin so, each with its spaces made one."""
    return [" ".join(line.split()) for line in said.splitlines() if line.strip().startswith(starts)]


def test_from_new_year_to_the_signed_off_final_pdf(tmp_path):
    simulate.write(tmp_path / "data", communes=1, villages=3, year=YEAR - 1, seed=5)
    folder = tmp_path / "data" / UNIT / str(YEAR)

    said = giamngheo("new-year", tmp_path)
    assert said.splitlines()[0] == str(folder)
    assert "\n2. Xem lại các dòng có ghi chú “Cần kiểm tra: chép từ năm…”" in said
    stands = giamngheo("status", tmp_path)
    assert lines(stands, "movements", "budget", "training", "cần viết lại", "Báo cáo") == [
        "movements đã điền 12 dòng, 96 ô trống Diễn biến hộ nghèo, hộ cận nghèo",
        "budget đã điền 14 dòng, 28 ô trống, 14 dòng cần kiểm tra Vốn thực hiện Chương trình",
        "training trống Tập huấn, nâng cao năng lực",
        f"cần viết lại: 15 mục: {', '.join(SECTIONS)}",
        "Báo cáo: chưa lập",
    ]

    with excel(folder / "so-lieu.xlsx") as sheet:
        fill_in(sheet)
    place = f"[chỉ lập được DỰ THẢO] {UNIT}/{YEAR}/so-lieu.xlsx, trang tính"
    noted = f"[lưu ý] {UNIT}/{YEAR}/so-lieu.xlsx, trang tính"
    found = lines(giamngheo("check", tmp_path, code=1), f"{noted} budget, dòng 16", f"{place} movements")
    assert found == [
        f'{noted} budget, dòng 16, cột F (Kế hoạch vốn planned): giá trị "200000000" — vốn đối ứng của địa phương cho '
        "vốn năm 2023 là 0 đồng, thấp hơn mức tối thiểu 1/10 của 200.000.000 đồng (Nghị quyết 217/NQ-HĐND năm 2023 "
        "(Gia Lai)). Cách sửa: nếu sót thì thêm các dòng vốn đối ứng; nếu đúng như vậy thì nêu lý do trong báo cáo.",
        f'{place} movements, dòng 10, cột K (Hộ nghèo, Tổng số hộ nghèo cuối kỳ): giá trị "58" — số cuối kỳ phải bằng số ở bảng review cùng năm '
        "(hộ nghèo, số hộ); ở đó là 85, bảng movements là 58. Cách sửa: đối chiếu hai nơi với sổ rồi sửa số sai.",
    ]
    with excel(folder / "so-lieu.xlsx") as sheet:
        sheet("review").type(5, poor_households=58)
        sheet("budget").add(**OWN_MONEY)

    said = giamngheo("report", tmp_path)
    copied = "dòng chép từ năm trước, chưa được xem lại"
    assert re.findall(rf"trang tính (\w+), .*{copied}: (\d+) dòng", said) == [
        ("budget", "14"), ("models", "2"), ("documents", "9"), ("board", "6"), ("facts", "2"),
    ]  # fmt: skip
    assert said.count("còn là lời văn năm trước. Cách sửa: viết lại rồi xóa dòng đầu “<!-- cần viết lại…”.") == 15
    assert "DỰ THẢO" in text_of_pdf(tmp_path)
    assert giamngheo("report", tmp_path, "--final", code=1).startswith("Chưa lập được bản chính thức:")

    with excel(folder / "so-lieu.xlsx") as sheet:
        clear_notes(sheet)
    rewrite(folder / "narrative")
    frame = folder / "report.yml"
    assert giamngheo("check", tmp_path, code=1).splitlines() == [
        f"[chỉ lập được DỰ THẢO] {UNIT}/{YEAR}/report.yml, dòng 12: chưa có số quyết định công nhận kết quả. "
        "Cách sửa: điền mục approved_by.number: Số và ký hiệu đầy đủ, ví dụ 15/QĐ-UBND.",
        f"[chỉ lập được DỰ THẢO] {UNIT}/{YEAR}/report.yml, dòng 14: chưa có ngày quyết định công nhận kết quả. "
        "Cách sửa: điền mục approved_by.date: Ngày ký quyết định.",
    ]
    decided = frame.read_text("utf-8").replace('  number: ""', "  number: 15/QĐ-UBND", 1).replace('  date: ""', "  date: 26/12/2023", 1)
    frame.write_text(decided, encoding="utf-8")
    assert giamngheo("check", tmp_path).strip() == ""
    assert lines(giamngheo("status", tmp_path), "Báo cáo", "đã viết") == [
        "đã viết: 15 mục", "Báo cáo: đã lập nhưng đã cũ",
    ]  # fmt: skip
    giamngheo("report", tmp_path, "--final")
    signed = giamngheo("review", tmp_path, *every_cell(giamngheo("review", tmp_path)))
    assert "chưa ký" not in signed

    given = frame.read_text("utf-8").replace('number: ""', 'number: "12"', 1).replace('date: ""', "date: 05/02/2024", 1)
    frame.write_text(given, encoding="utf-8")
    said = giamngheo("report", tmp_path, "--final")
    dropped = re.findall(r"Chữ ký ở ô (\w+:\d+) hết hiệu lực: kết quả của ô đã thay đổi; xem lại rồi ký lại.", said)
    # the names, the letterhead, the circular that is cited with its consolidated text from 2024 on, the line of the annex
    assert dropped == ["04_report:6", "04_report:7", "04_report:12", "04_report:31"]
    giamngheo("review", tmp_path, *(option for cell in dropped for option in ("--sign", cell)))

    cells = len(re.findall(r"(?m)^  \w+:\d+ ", signed))
    assert giamngheo("status", tmp_path).splitlines()[-3:] == [
        "Báo cáo: đã lập, đúng với số liệu hiện nay",
        "  số và ngày của văn thư: đã có",
        f"Thẩm tra: đã ký {cells} trên {cells} ô; chữ ký hết hiệu lực: 0; nhận xét: 0",
    ]
    printed = text_of_pdf(tmp_path)
    assert [sentence for sentence in PRINTED if sentence not in printed] == []
    assert "DỰ THẢO" not in printed
