"""A list of households becomes counts; what is doubtful of it a person decides; no name leaves it."""

import random
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

import tools
from giamngheo import cli, shipped
from giamngheo.findings import DataError
from giamngheo.imports import taking
from giamngheo.intake.unit import Year

UNIT = "kong-long-khong"
HEADINGS = [
    "Ngày rà soát", "Họ và tên chủ hộ", "Mã hộ", "Dân tộc tại chỗ", "Giới tính chủ hộ", "Số khẩu", "Kết quả rà soát nhanh",
    "Điểm B1", "Điểm B2", "Phân loại", "Người rà soát",
]  # fmt: skip
POINTS = {"Hộ nghèo": (120, 40), "Hộ cận nghèo": (120, 20), "Hộ không nghèo": (180, 0)}


@pytest.fixture
def this(tmp_path: Path) -> Year:
    shutil.copytree(shipped.DATA / UNIT, tmp_path / "data" / UNIT)
    (tmp_path / "danh-sach").mkdir()
    return Year(tmp_path / "data", UNIT, 2025)


def household(number: int, class_: str, members: int, code: str = "", **other) -> list:
    b1, b2 = POINTS[class_]
    cells = ["01/09/2025", f"Bí Mật {number}", code or f"2366{number:04}", "Có", "Nam", members, "Khá", b1, b2, class_, f"Kín Tiếng {number}"]
    for position, value in other.items():
        cells[int(position.removeprefix("at"))] = value
    return cells


def write(path: Path, rows: list[list]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def software_list(path: Path) -> Path:
    """60 households: 27 poor of 103 persons, 15 near poor of 72, 18 others of 87; 12 doubled, 3 codes shared, a header repeated."""
    rows, number = [], 0
    for class_, many, persons in (("Hộ nghèo", 27, 103), ("Hộ cận nghèo", 15, 72), ("Hộ không nghèo", 18, 87)):
        for at in range(many):
            rows.append(household(number, class_, persons // many + (at < persons % many)))
            number += 1
    for one, other in ((1, 40), (2, 41), (3, 59)):
        rows[other][2] = rows[one][2]
    rows[7][1], rows[8][0] = None, None
    doubled = [list(rows[at]) for at in range(10, 22)]
    return write(path, [HEADINGS, *rows[:30], list(HEADINGS), *rows[30:], *doubled])


def shown(path: Path, this: Year) -> str:
    return taking.taken(path, this)[0]


def test_a_list_of_the_software_is_counted_and_what_is_doubtful_is_shown_by_row(this, tmp_path):
    told = shown(software_list(tmp_path / "danh-sach" / "ho.xlsx"), this)
    assert told.partition("\n\nDòng hộ: ")[2] == """\
72
Tên cột lặp lại ở dòng 32: không phải hộ, để ngoài
Trùng hoàn toàn (mọi ô giống một dòng ở trên): 12 dòng (12 chưa quyết định): 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74
Trùng mã hộ (mã hộ của nhiều hộ khác nhau): 6 dòng (6 chưa quyết định): 3, 4, 5, 43, 44, 62
Thiếu tên (không có tên chủ hộ): 1 dòng (1 chưa quyết định): 9
Thiếu ngày (không có ngày rà soát): 1 dòng (1 chưa quyết định): 10

Đếm tạm, mỗi dòng trùng hoàn toàn một lần:
  27 hộ nghèo, 103 khẩu
  15 hộ cận nghèo, 72 khẩu
  18 hộ khác, 87 khẩu
Tổng số hộ, tổng số khẩu của xã không đếm được từ danh sách: để trống.

Còn 20 điều chưa quyết định: ghi giu hoặc bo ở cột quyet_dinh của ho.quyet-dinh.csv, cạnh danh sách, rồi chạy lại."""


def decide(file: Path, **words: str) -> None:
    """Fill in the line `*` of each kind."""
    text = file.read_text("utf-8-sig")
    for kind, word in words.items():
        kind = kind.replace("_", " ")
        line = next(line for line in text.splitlines() if line.startswith(f"{kind},*,"))
        cells = line.split(",")
        cells[-2] = word
        text = text.replace(line, ",".join(cells))
    file.write_text(text, "utf-8-sig")


DECIDED = {"trùng_hoàn_toàn": "bỏ", "trùng_mã_hộ": "giu", "thiếu_tên": "giữ", "thiếu_ngày": "giu"}


def test_nothing_is_written_until_a_person_has_decided_and_no_name_is_in_any_file_or_message(this, tmp_path, capfd):
    path = software_list(tmp_path / "danh-sach" / "ho.xlsx")
    said = ["import", str(path), "--data", str(this.root), "--out", str(tmp_path / "out"), "--unit", UNIT, "--year", "2025"]
    assert cli.main(said) == 1
    assert not this.folder.exists()
    decide(tmp_path / "danh-sach" / "ho.quyet-dinh.csv", **DECIDED)
    assert cli.main(said) == 0
    row = this.table("review").iloc[0]
    names = ["poor_households", "poor_persons", "near_poor_households", "near_poor_persons"]
    assert [row[name] for name in names] == [27, 103, 15, 72]
    assert row[["households", "persons", "average_living_households"]].isna().all()
    assert row["note"] == "Đếm từ danh sách hộ ho.xlsx, trang tính Sheet"
    printed = "".join(capfd.readouterr())
    found = [file for file in tmp_path.rglob("*") if file.is_file() and file != path]
    assert len(found) >= 3 and not (this.folder / "goc").exists()
    for name in ("Bí Mật", "Kín Tiếng"):
        assert name not in printed
        assert [file for file in found if name in tools.unpacked(file)] == []


def test_doubles_that_a_person_keeps_are_counted(this, tmp_path):
    path = software_list(tmp_path / "danh-sach" / "ho.xlsx")
    taking.taken(path, this)[1]()
    decide(tmp_path / "danh-sach" / "ho.quyet-dinh.csv", **DECIDED | {"trùng_hoàn_toàn": "giu"})
    assert "\n  39 hộ nghèo, 151 khẩu\n" in shown(path, this)  # 27 + 12 households, 103 + 12 × 4 persons


def test_decisions_of_another_list_are_refused(this, tmp_path):
    path = software_list(tmp_path / "danh-sach" / "ho.xlsx")
    taking.taken(path, this)[1]()
    decide(tmp_path / "danh-sach" / "ho.quyet-dinh.csv", **DECIDED)
    write(path, [HEADINGS, household(1, "Hộ nghèo", 4)])
    with pytest.raises(DataError) as refused:
        taking.taken(path, this)
    assert str(refused.value) == (
        "ho.quyet-dinh.csv, dòng 2: quyết định này là của một danh sách khác, hoặc danh sách đã đổi từ khi quyết định. "
        "Cách sửa: đổi tên tệp này rồi chạy lại để lập tệp mới."
    )


@pytest.mark.parametrize(
    ("class_", "b1", "b2", "doubtful"),
    [
        ("Hộ nghèo", 140, 30, False), ("Hộ nghèo", 141, 30, True), ("Hộ nghèo", 140, 29, True), ("Hộ cận nghèo", 140, 29, False),
        ("Hộ cận nghèo", 140, 30, True), ("Hộ không nghèo", 141, 90, False), ("Hộ không nghèo", 140, 0, True), ("Hộ nghèo", None, 30, False),
    ],
)  # fmt: skip
def test_a_class_is_held_against_the_points_of_the_law(this, tmp_path, class_, b1, b2, doubtful):
    path = write(tmp_path / "danh-sach" / "ho.xlsx", [HEADINGS, household(1, class_, 4, at7=b1, at8=b2), household(2, "Hộ nghèo", 3)])
    assert ("Trái điểm (phân loại trái với điểm B1, B2): 1 dòng (1 chưa quyết định): 2" in shown(path, this)) is doubtful


def test_households_are_counted_by_village_where_the_list_names_villages(this, tmp_path):
    rows = [household(1, "Hộ nghèo", 4), household(2, "Hộ cận nghèo", 5), household(3, "Hộ nghèo", 1)]
    rows = [[*row, village] for row, village in zip(rows, ("Làng A", "Làng B", "Làng B"), strict=True)]
    path = write(tmp_path / "danh-sach" / "ho.xlsx", [[*HEADINGS, "Thôn, làng"], *rows])
    taking.taken(path, this)[1]()
    names = ["village", "poor_households", "poor_persons", "near_poor_households", "near_poor_persons"]
    assert this.table("review")[names].values.tolist() == [["Làng A", 1, 4, 0, 0], ["Làng B", 1, 1, 1, 5]]


def test_headings_of_the_software_itself_are_known(this, tmp_path):
    names = ["date", "family.hostName", "family.code", "family.coDanTocTaiCho", "family.hostGender", "family.numberOfMembers",
             "quickReview.result", "b1Point", "b2Point", "classify", "reviewer"]  # fmt: skip
    path = write(tmp_path / "danh-sach" / "ho.xlsx", [names, household(1, "Hộ nghèo", 4)])
    assert "\n  1 hộ nghèo, 4 khẩu\n" in shown(path, this)


@pytest.mark.parametrize(
    ("position", "value", "said"),
    [
        (9, "Bí Mật", "ho.xlsx, trang tính Sheet, dòng 3, cột J (Phân loại): không rõ phân loại của hộ ở dòng này"),
        (5, "Bí Mật", "ho.xlsx, trang tính Sheet, dòng 3, cột F (Số khẩu): không đọc được số khẩu"),
        (5, None, "ho.xlsx, trang tính Sheet, dòng 3, cột F (Số khẩu): không đọc được số khẩu"),
    ],
)
def test_a_row_that_cannot_be_counted_is_refused_without_quoting_it(this, tmp_path, position, value, said):
    rows = [HEADINGS, household(1, "Hộ nghèo", 4), household(2, "Hộ nghèo", 4, **{f"at{position}": value})]
    told, write_it = taking.taken(write(tmp_path / "danh-sach" / "ho.xlsx", rows), this)
    assert (f"{said}. Cách sửa: sửa ô này trong danh sách rồi chạy lại." in told, "Bí Mật" in told, write_it) == (True, False, None)


def test_a_list_below_the_data_folder_is_refused(this):
    path = write(this.root / "ho.xlsx", [HEADINGS, household(1, "Hộ nghèo", 4)])
    with pytest.raises(DataError) as refused:
        taking.taken(path, this)
    assert str(refused.value) == (
        "ho.xlsx: danh sách hộ có tên người, không được để trong thư mục số liệu. Cách sửa: chuyển vào thư mục danh-sach/ cạnh thư mục số liệu "
        "(thư mục ấy không vào git) rồi chạy lại."
    )


@pytest.mark.parametrize("seed", range(30))
def test_any_list_is_counted_as_a_plain_count_of_its_different_rows(this, tmp_path, seed):
    rng = random.Random(seed)
    rows = [household(number, rng.choice(list(POINTS)), rng.randrange(1, 9)) for number in range(rng.randrange(1, 80))]
    counts = {class_: [row[5] for row in rows if row[9] == class_] for class_ in POINTS}
    doubled = [list(row) for row in rng.sample(rows, min(len(rows), rng.randrange(0, 40)))]
    order = rng.sample(range(11), 11)
    mixed = [HEADINGS, *rows, *[HEADINGS] * rng.randrange(3), *doubled]
    told = shown(write(tmp_path / "danh-sach" / "ho.xlsx", [[row[at] for at in order] for row in mixed]), this)
    for class_, called in (("Hộ nghèo", "hộ nghèo"), ("Hộ cận nghèo", "hộ cận nghèo"), ("Hộ không nghèo", "hộ khác")):
        if counts[class_]:
            assert f"\n  {len(counts[class_])} {called}, {sum(counts[class_])} khẩu\n" in told


def book_of_two(path: Path, **more) -> Path:
    book = Workbook()
    book.active.title = "Thôn A"
    for at, sheet in enumerate((book.active, book.create_sheet("Thôn B"))):
        sheet.append([*HEADINGS, *more])
        sheet.append([*household(at, "Hộ nghèo", 4 + at), *more.values()])
    book.save(path)
    return path


def test_one_villages_sheet_of_a_list_is_never_taken_for_the_whole_commune(this, tmp_path):
    path = book_of_two(tmp_path / "danh-sach" / "ho.xlsx")
    remedy = "gộp các danh sách vào một trang tính có cột Thôn; hoặc chọn một trang tính có cột ấy bằng --sheet."
    for sheet, place in (("", "ho.xlsx: tệp có nhiều danh sách hộ: Thôn A, Thôn B"),
                         ("Thôn A", "ho.xlsx, trang tính Thôn A: tệp có nhiều danh sách hộ, trang tính này không có cột thôn, làng")):  # fmt: skip
        with pytest.raises(DataError) as refused:
            taking.taken(path, this, sheet)
        assert str(refused.value) == f"{place}. Cách sửa: {remedy}"


def test_of_several_lists_one_that_names_its_villages_is_chosen_by_its_sheet(this, tmp_path):
    path = book_of_two(tmp_path / "danh-sach" / "ho.xlsx", Thôn="Thôn B")
    assert "\n  1 hộ nghèo, 5 khẩu\n" in taking.taken(path, this, "Thôn B")[0]


def test_the_short_words_for_a_class_are_known(this, tmp_path):
    rows = [["STT", "Thôn", "Họ tên", "Nhân khẩu", "Diện hộ"], [1, "Thôn A", "Bí Mật 1", 4, "HN"], [2, "Thôn A", "Bí Mật 2", 3, "HCN"],
            [3, "Thôn A", "Bí Mật 3", 5, "nghèo"]]  # fmt: skip
    told = shown(write(tmp_path / "danh-sach" / "ho.xlsx", rows), this)
    assert "Đếm:\n  2 hộ nghèo, 9 khẩu\n  1 hộ cận nghèo, 3 khẩu\n" in told


def test_a_total_and_a_signature_below_a_list_are_left_out_by_their_rows(this, tmp_path):
    rows = [HEADINGS, household(1, "Hộ nghèo", 4), household(2, "Hộ nghèo", 3), ["Tổng cộng:", None, None, None, None, 7], [None, "Bí Mật Ký"]]
    told, write_it = taking.taken(write(tmp_path / "danh-sach" / "ho.xlsx", rows), this)
    assert told.partition("\n\nDòng hộ: ")[2].partition("\nChuẩn nghèo")[0] == """\
2
Dòng cộng ở dòng 4: không phải hộ, để ngoài
Ghi chú, chữ ký ở dòng 5: không phải hộ, để ngoài

Đếm:
  2 hộ nghèo, 7 khẩu
Tổng số hộ, tổng số khẩu của xã không đếm được từ danh sách: để trống."""
    assert write_it is not None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["Tổng cộng", None, None, None, None, 9], "dòng 4, cột F (Số khẩu): dòng cộng ghi 9 khẩu, các dòng ở trên cộng lại là 7. "
         "Cách sửa: đối chiếu với sổ: sửa dòng sai, thêm dòng thiếu, hoặc sửa dòng cộng."),
        ([None, None, "2366", None, "Nam", None, "Khá"],
         "dòng 4, cột J (Phân loại): dòng này không có phân loại và số khẩu. Cách sửa: ghi đủ nếu là một hộ, xoá dòng nếu không phải."),
    ],
)  # fmt: skip
def test_below_a_list_a_total_of_other_persons_and_half_a_household_are_refused(this, tmp_path, row, said):
    rows = [HEADINGS, household(1, "Hộ nghèo", 4), household(2, "Hộ nghèo", 3), row]
    told = shown(write(tmp_path / "danh-sach" / "ho.xlsx", rows), this)
    assert told.partition("Không nhập được:\n")[2] == f"ho.xlsx, trang tính Sheet, {said}"


def test_a_line_that_only_names_a_village_between_households_is_refused_as_what_it_is(this, tmp_path):
    rows = [HEADINGS, ["I", "Thôn A"], household(1, "Hộ nghèo", 4), ["II", "Thôn B"], household(2, "Hộ nghèo", 3)]
    told = shown(write(tmp_path / "danh-sach" / "ho.xlsx", rows), this)
    assert told.partition("Không nhập được:\n")[2].splitlines() == [
        f"ho.xlsx, trang tính Sheet, dòng {row}, cột J (Phân loại): dòng này chỉ ghi tên của một nhóm hộ (thôn, làng, khu vực). "
        "Cách sửa: thêm cột Thôn, ghi ở mỗi hộ, rồi xoá dòng này." for row in (2, 4)
    ]  # fmt: skip


def test_a_form_beside_a_list_is_named_as_unread(this, tmp_path):
    book = Workbook()
    for row in (HEADINGS, household(1, "Hộ nghèo", 4)):
        book.active.append(row)
    book.create_sheet("Biểu 1").append(["TT", "Thôn", "Hộ nghèo"])
    book.save(tmp_path / "danh-sach" / "ho.xlsx")
    assert lines(tmp_path / "danh-sach" / "ho.xlsx", this)[-1] == (
        "Trang tính khác của tệp không đọc: Biểu 1. Muốn nhập biểu ở đó thì lưu biểu thành tệp riêng, không có tên người."
    )


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_hidden_list_is_refused_in_every_format(this, tmp_path, kind):
    shutil.copy(Path(__file__).parent / "received" / f"danh-sach-an.{kind}", tmp_path / "danh-sach")
    told = shown(tmp_path / "danh-sach" / f"danh-sach-an.{kind}", this)
    assert f"danh-sach-an.{kind}, trang tính Danh sách: trang tính đang bị ẩn." in told


def in_villages(path: Path, *villages: str) -> Path:
    rows = [[*household(at, "Hộ nghèo", 4), village] for at, village in enumerate(villages)]
    return write(path, [[*HEADINGS, "Thôn, làng"], *rows])


def reviewed(this: Year, year: int, *villages: str) -> None:
    (this.root / UNIT / str(year)).mkdir()
    rows = "".join(f"ND07_2021,{village}\n" for village in villages)
    (this.root / UNIT / str(year) / "review.csv").write_text(f"standard,village\n{rows}", encoding="utf-8")


def test_villages_of_a_list_are_held_against_the_review_by_their_rows_because_a_person_may_stand_there(this, tmp_path):
    reviewed(this, 2025, "Kon A", "Kon B", "Kon C")
    told = shown(in_villages(tmp_path / "danh-sach" / "ho.xlsx", "Kon A", "Bí Mật", "Kon B", "Kín Tiếng"), this)
    assert told.partition("Không nhập được:\n")[2] == (
        "ho.xlsx, trang tính Sheet, dòng 3, cột L (Thôn, làng): tên ở ô này không có trong danh sách thôn, làng của bảng review năm 2025; "
        "cũng vậy: dòng 5. Cách sửa: sửa cho giống tên ở bảng review (hoặc các ô của dòng bị đặt lẫn cột); "
        "thôn, làng đổi tên hay thêm mới thì sửa bảng review trước rồi nhập lại."
    )
    assert "Bí Mật" not in told and "Kín Tiếng" not in told


def test_a_village_of_the_review_without_a_household_in_the_list_stays_unknown_and_is_named(this, tmp_path):
    reviewed(this, 2025, "Kon A", "Kon B", "Kon C")
    assert lines(in_villages(tmp_path / "danh-sach" / "ho.xlsx", "Kon A"), this)[-3] == (
        "Danh sách không có hộ nào của Kon B, Kon C: số của các thôn, làng ấy để trống (chưa biết). Không có hộ nào thì ghi 0 ở bảng review."
    )


def test_a_list_without_villages_is_no_result_of_a_year_that_is_kept_by_village(this, tmp_path):
    reviewed(this, 2025, "Kon A")
    told = shown(write(tmp_path / "danh-sach" / "ho.xlsx", [HEADINGS, household(1, "Hộ nghèo", 4)]), this)
    assert told.partition("Không nhập được:\n")[2] == (
        "ho.xlsx, trang tính Sheet: danh sách không có cột thôn, làng, mà bảng review năm 2025 ghi theo từng thôn, làng. "
        "Cách sửa: thêm cột Thôn vào danh sách, ghi ở mỗi hộ."
    )


def test_where_no_year_names_villages_a_name_that_may_be_a_persons_is_decided_by_a_person(this, tmp_path):
    path = in_villages(tmp_path / "danh-sach" / "ho.xlsx", "Thôn A", "Kon B", "Bí Mật", "Kon B")
    told, write_it = taking.taken(path, this)
    assert "Bí Mật" not in told and "Kon B" not in told
    assert told.partition("Đếm:\n")[2].splitlines()[1:4] == [
        "  Thôn A: 1 hộ nghèo 4 khẩu", "  (thôn ghi ở dòng 3): 2 hộ nghèo 8 khẩu", "  (thôn ghi ở dòng 4): 1 hộ nghèo 4 khẩu",
    ]  # fmt: skip
    write_it()
    file = tmp_path / "danh-sach" / "ho.quyet-dinh.csv"
    assert [line.split(",")[:2] for line in file.read_text("utf-8-sig").splitlines()[1:]] == [["thôn chưa rõ", at] for at in ("*", "3", "4")]
    decide(file, thôn_chưa_rõ="giu")
    file.write_text(file.read_text("utf-8-sig").replace("thôn chưa rõ,4,,,", "thôn chưa rõ,4,,bo,"), "utf-8-sig")
    taking.taken(path, this)[1]()
    assert this.table("review")[["village", "poor_households"]].values.tolist() == [["Thôn A", 1], ["Kon B", 2]]


def test_villages_of_the_year_before_are_known(this, tmp_path):
    reviewed(this, 2024, "Kon B")
    assert "\n  Kon B: 1 hộ nghèo 4 khẩu\n" in shown(in_villages(tmp_path / "danh-sach" / "ho.xlsx", "Kon B"), this)


@pytest.mark.parametrize(("folder", "warned"), [("danh-sach", False), ("danh-sach/cu", False), ("bang-ke", True), (".", True)])
def test_a_list_that_git_would_take_in_is_warned_about(this, tmp_path, folder, warned):
    (tmp_path / ".git").mkdir()
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    told = shown(write(tmp_path / folder / "ho.xlsx", [HEADINGS, household(1, "Hộ nghèo", 4)]), this)
    said = "Lưu ý: danh sách có tên người mà nằm trong kho git, ngoài danh-sach/: chuyển vào thư mục danh-sach/ để không bị đưa lên kho."
    assert (said in told.splitlines()) is warned


def test_a_list_outside_any_repository_is_not_warned_about(this, tmp_path):
    assert "kho git" not in shown(write(tmp_path / "ho.xlsx", [HEADINGS, household(1, "Hộ nghèo", 4)]), this)


def lines(path: Path, this: Year) -> list[str]:
    return shown(path, this).splitlines()


def test_a_household_listed_twice_is_a_double_whatever_its_ordinal_and_without_a_code(this, tmp_path):
    without_code = [[cell for at, cell in enumerate(household(number, "Hộ nghèo", 4)) if at != 2] for number in (1, 2, 2)]
    rows = [["STT", *(heading for heading in HEADINGS if heading != "Mã hộ")], *([at, *cells] for at, cells in enumerate(without_code, start=1))]
    said = lines(write(tmp_path / "ho.xlsx", rows), this)
    assert "Trùng hoàn toàn (mọi ô giống một dòng ở trên): 1 dòng (1 chưa quyết định): 4" in said
    assert "  2 hộ nghèo, 8 khẩu" in said


def classed_twice(heading: str, other: str) -> list[list]:
    rows = [list(HEADINGS), household(1, "Hộ cận nghèo", 4), household(2, "Hộ cận nghèo", 3)]
    for row, cell in zip(rows, (heading, "Hộ nghèo", "Hộ nghèo"), strict=True):
        row.insert(9, cell)
    rows[0][10] = other
    return rows


def test_of_classes_of_two_years_that_of_the_year_is_counted(this, tmp_path):
    assert "  2 hộ cận nghèo, 7 khẩu" in lines(write(tmp_path / "ho.xlsx", classed_twice("Phân loại năm 2024", "Phân loại năm 2025")), this)


def test_two_columns_of_classes_that_differ_are_refused(this, tmp_path):
    assert lines(write(tmp_path / "ho.xlsx", classed_twice("Phân loại", "Phân loại")), this)[-1] == (
        "ho.xlsx, trang tính Sheet, dòng 2, cột K (Phân loại): cột này và cột J cùng được hiểu là một điều mà ghi khác nhau. "
        "Cách sửa: xoá một cột, hoặc ghi năm ở tên mỗi cột."
    )


def test_households_of_another_commune_are_refused_and_one_without_persons_is_too(this, tmp_path):
    rows = [[*HEADINGS, "Xã"], [*household(1, "Hộ nghèo", 4), "kông lơng khơng"], [*household(2, "Hộ nghèo", 0), "Tơ Tung"],
            [*household(3, "Hộ nghèo", 4), "Tơ Tung"]]  # fmt: skip
    assert [line.partition(". Cách sửa")[0] for line in lines(write(tmp_path / "ho.xlsx", rows), this)[-2:]] == [
        "ho.xlsx, trang tính Sheet, dòng 3, cột F (Số khẩu): hộ không có khẩu nào",
        "ho.xlsx, trang tính Sheet, dòng 4, cột L (Xã): dòng này không phải của xã Kông Lơng Khơng hay của xã nhập vào đó",
    ]


def test_a_village_is_one_in_capitals_or_not_and_dates_of_another_year_are_told(this, tmp_path):
    rows = [["Thôn", *HEADINGS]] + [
        [village, *household(at, "Hộ nghèo", 4, at0=date)]
        for at, (village, date) in enumerate([("Thôn 1", "01/09/2025"), ("thôn 1", "01/09/2023"), ("Thôn 2", "15/10/2024")])
    ]
    said = lines(write(tmp_path / "ho.xlsx", rows), this)
    assert [line for line in said if line.startswith("  Thôn")] == ["  Thôn 1: 2 hộ nghèo 8 khẩu", "  Thôn 2: 1 hộ nghèo 4 khẩu"]
    assert "Lưu ý: 2 dòng có ngày rà soát không thuộc năm 2025: 3, 4." in said


def test_a_list_of_persons_is_not_counted_as_one_of_households(this, tmp_path):
    rows = [["STT", "Họ và tên", "Quan hệ với chủ hộ", "Thôn", "Số khẩu", "Phân loại"], [1, "A", "Chủ hộ", "Thôn 1", 3, "Hộ nghèo"],
            [2, "B", "Vợ", "Thôn 1", 3, "Hộ nghèo"], [3, "C", "Con", "Thôn 1", 3, "Hộ nghèo"]]  # fmt: skip
    assert (
        "danh-sach.xlsx, trang tính Sheet, dòng 1: danh sách có cột “Quan hệ với chủ hộ”: mỗi dòng là một người, không phải một hộ. "
        "Cách sửa: chỉ giữ dòng của chủ hộ rồi xoá cột ấy."
    ) in shown(write(tmp_path / "danh-sach.xlsx", rows), this)


def test_a_list_whose_names_have_an_unknown_heading_is_a_list_by_its_class_and_persons(this, tmp_path):
    rows = [["STT", "Hộ gia đình", "Thôn", "Số khẩu", "Diện hộ"], [1, "Bí Mật", "Thôn A", 4, "HN"]]
    told = shown(write(tmp_path / "danh-sach" / "ho.xlsx", rows), this)
    assert ("\n  1 hộ nghèo, 4 khẩu\n" in told, "Bí Mật" in told) == (True, False)


def test_headings_on_two_lines_and_a_village_merged_over_its_households_are_read(this, tmp_path):
    book = Workbook()
    for row in (["STT", "Họ và tên chủ hộ", "Thôn", "Số khẩu", "Kết quả"], [None, None, None, None, "Phân loại", "Điểm B1"],
                [1, "Bí Mật 1", "Thôn A", 4, "Hộ nghèo"], [2, "Bí Mật 2", None, 3, "Hộ nghèo"]):  # fmt: skip
        book.active.append(row)
    for cells in ("E1:F1", "C3:C4"):
        book.active.merge_cells(cells)
    book.save(tmp_path / "danh-sach" / "ho.xlsx")
    assert "\n  Thôn A: 2 hộ nghèo 7 khẩu\n" in shown(tmp_path / "danh-sach" / "ho.xlsx", this)


@pytest.mark.parametrize(
    ("head", "class_"), [(["Phân loại 2024", "Phân loại 2025"], "hộ cận nghèo"), (["Phân loại 2025", "Phân loại 2024"], "hộ nghèo")]
)
def test_of_classes_headed_by_bare_years_that_of_the_year_is_counted(this, tmp_path, head, class_):
    rows = [["STT", "Họ và tên chủ hộ", "Thôn", "Số khẩu", *head], [1, "Bí Mật", "Thôn A", 4, "Hộ nghèo", "Hộ cận nghèo"]]
    assert f"\n  1 {class_}, 4 khẩu\n" in shown(write(tmp_path / "danh-sach" / "ho.xlsx", rows), this)


@pytest.mark.parametrize(("above", "sheet", "where"), [("Thôn: Kon A", "Sheet", "dòng 1"), ("", "Thôn A", "tên trang tính")])
def test_a_list_of_one_village_is_never_the_communes(this, tmp_path, above, sheet, where):
    book = Workbook()
    book.active.title = sheet
    for row in ([above], HEADINGS, household(1, "Hộ nghèo", 4)):
        book.active.append(row)
    book.save(tmp_path / "danh-sach" / "ho.xlsx")
    assert (f"{where} nói đây là danh sách của một thôn, mà danh sách không có cột thôn, làng, nên không phải số của toàn xã. "
            "Cách sửa: thêm cột Thôn, ghi ở mỗi hộ; gộp danh sách của mọi thôn vào một trang tính."
            ) in shown(tmp_path / "danh-sach" / "ho.xlsx", this)  # fmt: skip


def test_a_total_among_the_households_is_refused_as_a_total(this, tmp_path):
    rows = [HEADINGS, household(1, "Hộ nghèo", 4), ["Cộng thôn A", None, None, None, None, 4], household(2, "Hộ nghèo", 3)]
    told = shown(write(tmp_path / "danh-sach" / "ho.xlsx", rows), this)
    assert "dòng 3, cột J (Phân loại): dòng cộng đứng giữa các hộ. Cách sửa: xoá dòng cộng" in told
