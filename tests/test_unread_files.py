"""Files and folders among those of a year that nobody reads: each is named once, copies that say something else stop a final."""

import pytest

from giamngheo import checks, opened
from giamngheo.intake.folder import is_copy

UNIT, YEAR = "xa-mau", 2022
HERE = f"{UNIT}/{YEAR}"
REVIEW = {"households": 200, "poor_households": 30, "near_poor_households": 20}
COPY = "giữ bản đúng dưới tên review.csv, xoá hoặc dời bản kia khỏi thư mục này"
KEEP = "nếu là số liệu, lời văn thì chuyển vào đúng tệp, đúng tên; nếu chỉ để lưu thì để yên"


@pytest.fixture
def folder(write_year):
    """A sound year, and a function that says what is found in it beside what was found before."""
    write_year(UNIT, YEAR, review=[REVIEW])
    there = write_year.root / HERE
    before = set(map(str, checks.check(opened(UNIT, YEAR))))
    return there, lambda: [said for found in checks.check(opened(UNIT, YEAR)) if (said := str(found)) not in before]


COPIES = (
    "review (1).csv", "Copy of review.csv", "review - Copy.csv", "Bản sao của review.csv", "review_moi.csv", "Review .csv", "review.csv.xlsx",
)  # fmt: skip


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_that_says_something_else_leaves_a_draft(folder, name):
    there, said = folder
    (there / name).write_bytes((there / "review.csv").read_bytes().replace(b"30", b"31"))
    assert said() == [
        f"[chỉ lập được DỰ THẢO] {HERE}/{name}: giống tên review.csv nhưng không được đọc, và nội dung khác tệp ấy. Cách sửa: {COPY}."
    ]


def test_a_copy_of_the_same_bytes_is_noted(folder):
    there, said = folder
    (there / "review (1).csv").write_bytes((there / "review.csv").read_bytes())
    assert said() == [f"[lưu ý] {HERE}/review (1).csv: là bản chép của review.csv, không được đọc. Cách sửa: để yên, hoặc xoá tệp này."]


def test_a_copy_of_a_workbook_beside_tables_is_a_misspelt_workbook(folder):
    there, said = folder
    (there / "so-lieu - Copy.xlsx").write_bytes(b"x")
    assert said() == [f'{HERE}/so-lieu - Copy.xlsx: tên tệp không phải tên bảng. Cách sửa: đổi tên thành "so-lieu.xlsx", hoặc xoá tệp.']


def test_capitals_are_another_file_and_refused(folder):
    there, said = folder
    (there / "Review.CSV").write_bytes((there / "review.csv").read_bytes())
    assert said() == [
        f"{HERE}/Review.CSV: hai tệp Review.CSV và review.csv cùng một tên, chỉ khác chữ hoa hay cách viết. "
        "Cách sửa: giữ một tệp, xoá hoặc đổi tên tệp kia."
    ]


@pytest.mark.parametrize("name", ["review.xls", "review.ods", "review.tsv"])
def test_a_file_of_the_same_name_and_another_kind_is_noted(folder, name):
    there, said = folder
    (there / name).write_bytes(b"x")
    assert said() == [
        f"[lưu ý] {HERE}/{name}: cùng tên với review.csv nhưng là tệp kiểu khác, không được đọc. "
        "Cách sửa: nếu tệp này mới hơn thì lưu lại thành review.csv; nếu không thì dời khỏi thư mục này."
    ]


def test_everything_else_is_named_once_for_its_folder(folder):
    there, said = folder
    for name in ("bao-cao.docx", "review.csv.bak", "review.csv~", "review.txt", "ra-soat.md", "scan.pdf"):
        (there / name).write_text("x")
    for name in ("Narrative", "cu", "goc"):
        (there / name).mkdir()
    for name in (f"{YEAR} (1)", "tham-tra", "da-nop"):
        (there.parent / name).mkdir()
    (there.parent / "ghi-chu.txt").write_text("x")
    assert said() == [
        f"[lưu ý] {UNIT}: không ai đọc: {YEAR} (1)/, ghi-chu.txt. Cách sửa: {KEEP}.",
        f"[lưu ý] {HERE}: không ai đọc: Narrative/, bao-cao.docx, cu/, ra-soat.md, review.csv.bak, review.csv~, review.txt, scan.pdf. "
        f"Cách sửa: {KEEP}.",
    ]


def test_many_are_counted(folder):
    there, said = folder
    for number in range(10, 25):
        (there / f"anh-{number}.jpg").write_text("x")
    first = ", ".join(f"anh-{number}.jpg" for number in range(10, 20))
    assert said() == [f"[lưu ý] {HERE}: không ai đọc: {first} và 5 tệp, thư mục khác. Cách sửa: {KEEP}."]


def test_what_systems_leave_behind_is_not_told(folder):
    there, said = folder
    (there / "narrative").mkdir(exist_ok=True)
    left = (
        "Thumbs.db", "desktop.ini", ".DS_Store", "._review.csv",
        "narrative/.DS_Store", "narrative/Thumbs.db", "narrative/desktop.ini", "narrative/~$ra-soat.md",
    )  # fmt: skip
    for name in left:
        (there / name).write_text("x")
    assert said() == []


@pytest.mark.parametrize("stem", ["review-thon-2", "reviews", "danh sach review", "review", "so-lieu ho ngheo"])
def test_a_name_of_its_own_is_no_copy(stem):
    assert not is_copy(stem, "review") and not is_copy(stem, "so-lieu")
