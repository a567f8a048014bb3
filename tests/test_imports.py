"""An officer's own form is read as it says, or refused with the reason: what is understood is shown before it is written."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from giamngheo import cli, shipped
from giamngheo.findings import DataError
from giamngheo.imports import forms, sources, taking, understood
from giamngheo.intake.unit import Year
from giamngheo.law import forms as described
from officials import VILLAGES, official, workbook

UNIT = "kong-long-khong"
COUNTED_FORMS = [name for name in (one.name for one in described.forms(Year(shipped.DATA, UNIT, 2023).law)) if name not in ("F5", "F7")]


@pytest.fixture
def this(tmp_path: Path) -> Year:
    shutil.copytree(shipped.DATA / UNIT, tmp_path / "data" / UNIT)
    return Year(tmp_path / "data", UNIT, 2023)


def read(content: bytes, this: Year, name: str = "bieu.xlsx") -> understood.Understood:
    return forms.understand(sources.looked_at(content, name)[0], this)


def take(path: Path, this: Year) -> None:
    shown, write = taking.taken(path, this)
    assert write is not None, shown
    write()


def counts(one: understood.Understood) -> dict:
    """What was taken: (village, codes…, column) -> count."""
    names = ("village", "class", "measure", "indicator", "group", "cause")
    return {
        (*[entry.cells[name] for name in names if name in entry.cells], column): int(str(entry.cells[column]))
        for entry in one.entries
        for column in entry.places
        if entry.cells[column] is not None
    }


def book(rows: list[list], merged: tuple[str, ...] = (), sheet: str = "Biểu 1") -> bytes:
    import io

    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    for cells in merged:
        made.active.merge_cells(cells)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


SUMMARY = [
    ["TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023"],
    [],
    ["TT", "Đơn vị", "Tổng số hộ dân cư", "Hộ nghèo", None, None, "Hộ cận nghèo"],
    [None, None, None, "Số hộ", "Tỷ lệ %", "Trong đó hộ DTTS", "Số hộ", "Tỷ lệ %", "Trong đó hộ DTTS"],
    ["A", "B", 1, 2, "3=2/1", 4, 5, "6=5/1", 7],
    ["I", "Khu vực thành thị", None, 1823, None, None, 1095],
    ["II", "Khu vực nông thôn", None, 22846, None, None, 7307],
    [None, "Tổng cộng", 442673, 24669, "5,57", None, 8402, "1,9"],
]
MERGED = ("C3:C4", "B3:B4", "A3:A4", "D3:F3", "G3:I3")


def test_a_summary_with_two_sections_and_a_total_is_one_row_for_the_whole(this):
    one = read(book(SUMMARY, MERGED), this)
    assert understood.text(one) == """\
bieu.xlsx, trang tính Biểu 1 → bảng review (kết quả rà soát)

Cột:
  A   TT → số thứ tự
  B   Đơn vị → đơn vị
  C   Tổng số hộ dân cư → Tổng số hộ dân cư (households)
  D   Hộ nghèo, Số hộ → Hộ nghèo (poor_households)
  E   Hộ nghèo, Tỷ lệ % → để kiểm tra, không lấy: Tỷ lệ hộ nghèo
  F   Hộ nghèo, Trong đó hộ DTTS → Hộ nghèo dân tộc thiểu số (minority_poor_households)
  G   Hộ cận nghèo, Số hộ → Hộ cận nghèo (near_poor_households)
  H   Hộ cận nghèo, Tỷ lệ % → để kiểm tra, không lấy: Tỷ lệ hộ cận nghèo
  I   Hộ cận nghèo, Trong đó hộ DTTS → Hộ cận nghèo dân tộc thiểu số (minority_near_poor_households)

Dòng lấy:
  8 Tổng cộng → toàn xã

Dòng để ngoài:
  6 Khu vực thành thị: dòng của một khu vực, đã đối chiếu với dòng tổng
  7 Khu vực nông thôn: dòng của một khu vực, đã đối chiếu với dòng tổng

Đã đối chiếu:
  dòng 8 “Tổng cộng”: 2 cột bằng tổng các dòng
  2 ô tỷ lệ, ô tính của biểu khớp với số đếm

Chuẩn nghèo: Chuẩn nghèo đa chiều theo Nghị định 07/2021/NĐ-CP (ND07_2021), vì biểu không ghi.
Tình trạng: sơ bộ, vì biểu không ghi; có quyết định công nhận thì đổi ở cột status."""
    assert counts(one) == {(None, "households"): 442673, (None, "poor_households"): 24669, (None, "near_poor_households"): 8402}


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        (7, 3, 24670, "dòng 8, cột D (Hộ nghèo, Số hộ): giá trị \"24670\" — dòng “Tổng cộng” phải bằng tổng của các dòng; "
                      "các dòng cộng lại là 24.669"),
        (7, 4, "6,57", "dòng 8, cột E (Hộ nghèo, Tỷ lệ %): giá trị \"6,57\" — ô tính của biểu không khớp với số đếm: "
                       "từ các cột của biểu thì được 5,57%"),
        (4, 4, "3=5/1", "dòng 5, cột E (Tỷ lệ %): tên cột là Tỷ lệ hộ nghèo nhưng công thức 3=5/1 chia hai cột khác"),
        (0, 0, "Đơn vị tính: nghìn hộ", "dòng 1, cột A: giá trị \"Đơn vị tính: nghìn hộ\" — "
                                             "số liệu ghi theo nghìn (hoặc lớn hơn), chương trình chỉ nhận số đếm đầy đủ"),
        (7, 2, 442.673, "dòng 8, cột C (Tổng số hộ dân cư): giá trị \"442.673\" — ô chứa số thập phân 442,673, cột này phải là số nguyên không âm"),
    ],
)  # fmt: skip
def test_a_summary_that_contradicts_itself_is_refused_at_the_cell(this, row, column, value, said):
    rows = [list(cells) for cells in SUMMARY]
    rows[row][column] = value
    found = read(book(rows, MERGED), this).findings
    assert [str(one).partition(". Cách sửa")[0] for one in found][0] == f"bieu.xlsx, trang tính Biểu 1, {said}"


@pytest.mark.parametrize("name", COUNTED_FORMS)
@pytest.mark.parametrize(("merged", "marks"), [(True, True), (False, True), (True, False), (False, False)])
def test_every_official_form_is_read_cell_by_cell_whatever_its_title_and_sheet(this, name, merged, marks):
    drawn = official(name)
    one = read(workbook(drawn, "Rà soát", merged, marks, title="DANH SÁCH TẬP HUẤN"), this)
    assert ([str(found) for found in one.findings], counts(one)) == ([], drawn.known)


@pytest.mark.parametrize("name", ["F5", "F7"])
def test_a_form_of_rates_alone_is_left_with_the_reason(this, name):
    one = read(workbook(official(name)), this)
    assert (one.table, [found.rule for found in one.findings]) == ("", ["biểu này chỉ có tỷ lệ, không có số đếm"])


def test_an_imported_row_cites_the_cells_of_the_original_kept_beside_it(this, tmp_path):
    (tmp_path / "Biểu 1.xlsx").write_bytes(book(SUMMARY, MERGED))
    said = ["import", str(tmp_path / "Biểu 1.xlsx"), "--data", str(this.root), "--out", str(tmp_path / "out"), "--unit", UNIT, "--year", "2023"]
    assert cli.main([*said, "--dry-run"]) == 0
    assert not this.folder.exists()
    assert cli.main(said) == 0
    assert (this.folder / "goc" / "Biểu 1.xlsx").read_bytes() == (tmp_path / "Biểu 1.xlsx").read_bytes()
    row = this.table("review").iloc[0]
    assert (row["households"], row["poor_households"], row["status"], row["standard"]) == (442673, 24669, "preliminary", "ND07_2021")
    assert row["note"] == "Nhập từ goc/Biểu 1.xlsx, trang tính Biểu 1, ô C8, D8, F8, G8, I8"


def test_two_forms_of_one_table_stand_below_each_other_and_a_second_time_is_refused(this, tmp_path):
    for name in ("F2", "F3"):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(workbook(official(name)))
        take(path, this)
    assert len(this.table("movements")) == 2 * 2 * len(VILLAGES)
    before = (this.folder / "so-lieu.xlsx").read_bytes()
    with pytest.raises(DataError) as refused:
        take(path, this)
    assert str(refused.value) == (
        "kong-long-khong/2023/so-lieu.xlsx, trang tính movements, dòng 14: trang tính đã có số liệu của “Làng Mơ Hra” ở dòng này, không ghi đè. "
        "Cách sửa: xoá các dòng số liệu ấy rồi chạy lại, hoặc sửa tay trong tệp."
    )
    assert (this.folder / "so-lieu.xlsx").read_bytes() == before


def test_what_an_officer_typed_stays_and_the_workbook_before_is_kept(this, tmp_path):
    first = tmp_path / "F1.xlsx"
    first.write_bytes(workbook(official("F1")))
    take(first, this)
    typed = load_workbook(this.folder / "so-lieu.xlsx")
    typed["board"].append(["Trưởng ban", "Chủ tịch", 1])
    typed.save(this.folder / "so-lieu.xlsx")
    before = (this.folder / "so-lieu.xlsx").read_bytes()
    second = tmp_path / "F4.xlsx"
    second.write_bytes(workbook(official("F4")))
    take(second, this)
    assert (this.folder / "goc" / "so-lieu.xlsx").read_bytes() == before
    assert this.table("board")["role"].tolist() == ["Trưởng ban"]
    assert this.table("review")["village"].tolist() == list(VILLAGES)
    assert len(this.table("deprivations")) == 12 * len(VILLAGES)
