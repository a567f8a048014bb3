"""An officer's own form is read as it says, or refused with the reason: what is understood is shown before it is written."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

import tools
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


def test_an_imported_row_cites_the_cells_of_the_extract_kept_beside_it(this, tmp_path):
    (tmp_path / "Biểu 1.xlsx").write_bytes(book(SUMMARY, MERGED))
    said = ["import", str(tmp_path / "Biểu 1.xlsx"), "--data", str(this.root), "--out", str(tmp_path / "out"), "--unit", UNIT, "--year", "2023"]
    assert cli.main([*said, "--dry-run"]) == 0
    assert not this.folder.exists()
    assert cli.main(said) == 0
    extract = load_workbook(this.folder / "goc" / "Biểu 1.xlsx")["Biểu 1"]
    assert [extract[place].value for place in ("C8", "D8", "F8", "G8", "I8", "B8", "D3", "D4", "A1")] == [
        442673, 24669, None, 8402, None, "Tổng cộng", "Hộ nghèo", "Số hộ", None,
    ]  # fmt: skip
    row = this.table("review").iloc[0]
    assert (row["households"], row["poor_households"], row["status"], row["standard"]) == (442673, 24669, "preliminary", "ND07_2021")
    assert row["note"] == "Nhập từ goc/Biểu 1.xlsx, trang tính Biểu 1, ô C8, D8, F8, G8, I8"


def test_two_forms_of_one_table_stand_below_each_other_and_a_second_time_is_refused(this, tmp_path):
    for name in ("F2", "F3"):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(workbook(official(name)))
        take(path, this)
    assert len(this.table("movements")) == 2 * 2 * len(VILLAGES)
    assert this.table("movements")["note"][0] == (
        "Nhập từ goc/F2.xlsx, trang tính Sheet1, ô D7-L7; Nhập từ goc/F3.xlsx, trang tính Sheet1, ô D7-L7"
    )
    before = (this.folder / "so-lieu.xlsx").read_bytes()
    with pytest.raises(DataError) as refused:
        take(path, this)
    assert str(refused.value) == (
        "kong-long-khong/2023/so-lieu.xlsx, trang tính movements, dòng 6: trang tính đã có số liệu của “Làng Mơ Hra” ở dòng này, không ghi đè. "
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


def rows_of(*lines: list) -> bytes:
    return book([["BIỂU TỔNG HỢP"], [], *lines])


def told(one: understood.Understood) -> list[str]:
    return [str(found).partition(". Cách sửa")[0].removeprefix("bieu.xlsx, trang tính Biểu 1, ") for found in one.findings]


def test_three_lines_for_each_unit_say_the_class_and_their_sum_is_left_out(this):
    one = read(rows_of(
        ["TT", "Thôn, làng", "Loại hộ", "Thiếu đất sản xuất", "Thiếu vốn sản xuất"],
        [1, "Làng A", "Hộ nghèo", 3, 4],
        [None, None, "Hộ cận nghèo", 1, 2],
        [None, None, "Cộng", 4, 6],
        [2, "Làng B", "Hộ nghèo", 5, 0],
        [None, None, "Hộ cận nghèo", 2, 2],
        [None, None, "Cộng", 7, 2],
    ), this)  # fmt: skip
    assert (told(one), one.table, len(one.left_out)) == ([], "causes", 2)
    assert counts(one) == {
        ("Làng A", "poor", "land", "households"): 3, ("Làng A", "poor", "capital", "households"): 4,
        ("Làng A", "near_poor", "land", "households"): 1, ("Làng A", "near_poor", "capital", "households"): 2,
        ("Làng B", "poor", "land", "households"): 5, ("Làng B", "poor", "capital", "households"): 0,
        ("Làng B", "near_poor", "land", "households"): 2, ("Làng B", "near_poor", "capital", "households"): 2,
    }  # fmt: skip


def test_two_lines_for_each_unit_are_told_apart_by_their_words_also_without_a_heading(this):
    one = read(rows_of(
        ["Đơn vị (thôn, làng thuộc xã)", None, "Tổng số", "Nghèo", "Cận nghèo"],
        ["Làng A", "Hộ", 100, 9, 4],
        [None, "Khẩu", 420, 40, 17],
        ["Làng B", "Hộ", 50, 5, 2],
        [None, "Khẩu", 210, 21, 9],
        ["Toàn xã", "Hộ", 150, 14, 6],
        [None, "Khẩu", 630, 61, 26],
    ), this)  # fmt: skip
    assert told(one) == []
    assert counts(one) == {
        ("Làng A", "households"): 100, ("Làng A", "poor_households"): 9, ("Làng A", "near_poor_households"): 4,
        ("Làng A", "persons"): 420, ("Làng A", "poor_persons"): 40, ("Làng A", "near_poor_persons"): 17,
        ("Làng B", "households"): 50, ("Làng B", "poor_households"): 5, ("Làng B", "near_poor_households"): 2,
        ("Làng B", "persons"): 210, ("Làng B", "poor_persons"): 21, ("Làng B", "near_poor_persons"): 9,
    }  # fmt: skip


HEAD = ["TT", "Đơn vị", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"]


def test_sections_subtotals_and_a_commune_above_its_villages_are_sums_not_villages(this):
    one = read(rows_of(
        HEAD, [None, "Xã Mẫu", 250, 23, 11], ["I", "Khu vực 1", 150, 14, 6], [1, "Làng A", 100, 9, 4], [2, "Làng B", 50, 5, 2],
        ["II", "Khu vực 2", None, None, None], [3, "Làng C", 100, 9, 5], [None, "Cộng khu vực 2", 100, 9, 5], [None, "TỔNG CỘNG (I+II)", 250, 23, 11],
    ), this)  # fmt: skip
    assert (told(one), [name for _, name in one.taken]) == ([], ["Làng A", "Làng B", "Làng C"])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([[None, "Xã Mẫu", 151, 14, 6], [1, "Làng A", 100, 9, 4], [2, "Làng B", 50, 5, 2]],
         "dòng 4, cột C (Tổng số hộ): giá trị \"151\" — dòng “Xã Mẫu” phải bằng tổng của các dòng; các dòng cộng lại là 150"),
        ([["I", "Làng Trên", 20, 1, 1], [1, "Làng A", 100, 9, 4], [2, "Làng B", 50, 5, 2]],
         "dòng 4, cột C (Tổng số hộ): giá trị \"20\" — dòng “Làng Trên” phải bằng tổng của các dòng; các dòng cộng lại là 150"),
        ([[1, "Làng A", 100, 9, 4], [2, "Làng B", 50, 5, 2], ["II", "Làng Dưới", 20, 1, 1]],
         "dòng 6, cột C (Tổng số hộ): giá trị \"20\" — không rõ “Làng Dưới” là một thôn, làng hay là dòng cộng: "
         "dưới dòng này không có dòng nào của nó"),
        ([[1, "Làng A", 100, 9, 4], [2, "Làng A", 50, 5, 2]],
         "dòng 5, cột C (Tổng số hộ): hai dòng 4 và 5 cùng là của “Làng A”"),
        ([[1, "Làng A", 100, 9, 4], [None, None, 50, 5, 2]],
         "dòng 5: dòng có số nhưng không có tên đơn vị"),
        ([[1, "Làng A", 100, 9, 4], [], HEAD, [1, "Làng A", 90, 9, 4]],
         "dòng 7, cột C (Tổng số hộ): hai dòng 4 và 7 cùng là của “Làng A”"),
        ([[1, "Làng A", 100, 9, 4], [], ["TT", "Đơn vị", "Tổng số hộ", "Số hộ thoát nghèo", "Tái nghèo"], [1, "Làng B", 90, 9, 4]],
         "dòng 6: có bảng thứ hai bắt đầu từ dòng này"),
        ([[1, "Làng A", 100, 101, 4]],
         "dòng 4, cột D (poor_households): giá trị \"101\" — phải có Hộ nghèo ≤ Tổng số hộ dân cư; ở đây 101 ≤ 100 là sai"),
        ([[1, "Làng A", 100, "9 hộ (tạm)", 4]],
         "dòng 4, cột D (Hộ nghèo): giá trị \"9 hộ (tạm)\" — phải là số nguyên không âm"),
    ],
)  # fmt: skip
def test_rows_that_may_be_two_things_are_refused_at_the_row(this, lines, said):
    assert told(read(rows_of(HEAD, *lines), this))[0] == said


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        (["TT", "Đơn vị", "Hộ nghèo", "Số hộ nghèo"], "cột C và cột D cùng được hiểu là “Số hộ nghèo”"),
        (["TT", "Đơn vị", "Bảo hiểm y tế", "Dinh dưỡng"],
         "không tên cột nào nói đây là số của hộ nghèo hay của hộ cận nghèo (tiêu đề của biểu không dùng để nhận ra)"),
        (["TT", "Đơn vị", "Diện tích", "Số máy cày"], "bảng này không có cột số nào của chương trình; các cột: TT, Đơn vị, Diện tích, Số máy cày"),
        (["TT", "Hộ nghèo", "Hộ cận nghèo", "Tỷ lệ"],
         "không tìm thấy dòng tên cột có cột tên đơn vị (thôn, làng, xã) và cột số của chương trình"),
        (["TT", "Đơn vị", "Hộ nghèo", "Thiếu đất sản xuất"], "tên cột có thể là của nhiều bảng: kết quả rà soát, nguyên nhân nghèo"),
    ],
)
def test_columns_that_may_be_two_things_are_refused(this, head, rule):
    assert [found.rule for found in read(rows_of(head, [1, "Làng A", 9, 4]), this).findings] == [rule]


def test_a_heading_of_another_year_or_of_an_unknown_group_is_left_out(this):
    one = read(book([
        ["TT", "Đơn vị", "Năm 2022", "Năm 2023", "Trẻ em"], [None, None, "Hộ nghèo", "Hộ nghèo", "Hộ nghèo"], [1, "Làng A", 9, 8, 7],
    ]), this)  # fmt: skip
    assert counts(one) == {("Làng A", "poor_households"): 8}
    assert [column.why for column in one.columns.columns if column.kind == "aside"] == ["số của năm 2022", "không rõ “Trẻ em” là gì"]


AGENCY = """\
STT,Xã/Phường,Trẻ em dưới 6 tuổi,Người cao tuổi,Người có công,Người khuyết tật,Hộ nghèo,Hộ cận nghèo,Vùng khó khăn/DTTS
1,Xã Núi Thành,458,2060,,1800,127,146,
2,Phường Tam Kỳ,972,6811,,875,44,29,
"""


@pytest.mark.parametrize("years", [("2022", "2023"), (2022, 2023)])
def test_of_two_years_side_by_side_below_one_heading_that_of_the_year_is_taken(this, years):
    one = read(rows_of(["TT", "Thôn", "Hộ nghèo", None], [None, None, *years], [1, "Làng A", 9, 8], [2, "Làng B", 5, 3]), this)
    assert counts(one) == {("Làng A", "poor_households"): 8, ("Làng B", "poor_households"): 3}
    assert [column.why for column in one.columns.columns if column.kind == "aside"] == ["số của năm 2022"]
    assert one.findings == []


def csv_of(text: str, this: Year) -> understood.Understood:
    return forms.understand(sources.of_text(text.encode("utf-8-sig"), "bang.csv")[0], this)


def test_of_another_agencys_table_our_columns_are_offered_and_the_line_of_our_commune_is_taken(this):
    one = csv_of(AGENCY.replace("Xã Núi Thành", "Kông Lơng Khơng"), this)
    assert (told(one), counts(one)) == ([], {(None, "poor_households"): 127, (None, "near_poor_households"): 146})
    assert understood.text(one).splitlines()[4:13] == [
        "  B   Xã/Phường → đơn vị",
        "  C   Trẻ em dưới 6 tuổi → để ngoài: không rõ “Trẻ em dưới 6 tuổi” là gì",
        "  D   Người cao tuổi → để ngoài: không rõ “Người cao tuổi” là gì",
        "  E   Người có công → để ngoài: không rõ “Người có công” là gì",
        "  F   Người khuyết tật → để ngoài: không rõ “Người khuyết tật” là gì",
        "  G   Hộ nghèo → Hộ nghèo (poor_households)",
        "  H   Hộ cận nghèo → Hộ cận nghèo (near_poor_households)",
        "  I   Vùng khó khăn/DTTS → để ngoài: không rõ “Vùng khó khăn/DTTS” là gì",
        "",
    ]


def test_another_agencys_table_without_our_commune_is_refused_after_its_columns_were_shown(this):
    one = csv_of(AGENCY, this)
    assert [found.rule for found in one.findings] == ["bảng có mỗi dòng một xã, phường, không có dòng nào là xã Kông Lơng Khơng"]
    assert "G   Hộ nghèo → Hộ nghèo (poor_households)" in understood.text(one)


def test_a_statistical_table_of_regions_is_refused_with_the_true_reason(this):
    head = '"Residence.and.by.region";"X1998";"X2002"\n'
    one = csv_of(head + head + '"whole_country";"37.4";"28.9"\n', this)
    assert understood.text(one) == (
        "bang.csv: không đọc.\nbang.csv: không tìm thấy dòng tên cột có cột tên đơn vị (thôn, làng, xã) và cột số của chương trình. "
        "Cách sửa: xem tên các cột dùng được ở docs/huong-dan.md; hoặc chép số liệu vào tệp mẫu (giamngheo template)."
    )


def test_in_a_year_of_two_standards_a_form_is_asked_which(this):
    year = this.other(year=2026)
    content = rows_of(HEAD, [1, "Làng A", 100, 9, 4])
    assert [found.rule for found in read(content, year).findings] == [
        "năm 2026 rà soát theo nhiều chuẩn (ND07_2021, ND351_2025), biểu không nói theo chuẩn nào"
    ]
    grid = sources.looked_at(content, "bieu.xlsx")[0]
    assert [forms.understand(grid, year, code).table for code in ("ND07_2021", "ND351_2025")] == ["review", "other_review"]


def test_a_workbook_with_macros_is_read_as_one_without(this, tmp_path):
    (tmp_path / "bieu.xlsx").write_bytes(workbook(official("F2")))
    (converted,) = tools.office("xlsm:Calc MS Excel 2007 VBA XML", tmp_path / "bieu.xlsx")
    assert converted.suffix == ".xlsm"
    one = forms.understand(sources.grids(converted)[0], this)
    assert (told(one), counts(one)) == ([], official("F2").known)


def test_a_binary_workbook_is_read_by_its_values_also_without_merged_headings(this, tmp_path):
    path = Path(shutil.copy(Path(__file__).parent / "received" / "dien-bien.xlsb", tmp_path))
    one = forms.understand(sources.grids(path)[0], this)
    assert (told(one), counts(one)) == ([], official("F2").known)
    take(path, this)
    assert this.table("movements")["note"][0] == "Nhập từ goc/dien-bien.xlsb.xlsx, trang tính Sheet1, ô D7-L7"


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_older_and_open_formats_are_read_by_their_values(this, tmp_path, kind):
    (tmp_path / "bieu.xlsx").write_bytes(workbook(official("F2")))
    (converted,) = tools.office(kind, tmp_path / "bieu.xlsx")
    one = forms.understand(sources.grids(converted)[0], this)
    assert (told(one), counts(one)) == ([], official("F2").known)
    shown, write_it = taking.taken(converted, this)
    assert write_it is not None
    assert shown.endswith(
        "\n\nLưu ý: chỉ đọc được giá trị và dòng, cột ẩn, không thấy định dạng của tệp kiểu này: xem lại bằng mắt, hoặc lưu thành .xlsx rồi nhập."
    )


def test_a_form_with_letterhead_three_lines_of_headings_two_former_communes_and_signatures(this):
    one = read(book([
        [], ["UBND TỈNH GIA LAI", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["UBND XÃ MẪU"],
        [None, None, None, None, "Xã Mẫu, ngày 20 tháng 12 năm 2023"], ["TỔNG HỢP DIỄN BIẾN HỘ CẬN NGHÈO NĂM 2023"],
        ["(Kèm theo Báo cáo số 12/BC-UBND)"],
        ["Số TT", "Tên thôn, bản", "Tổng số hộ dân", "Kết quả rà soát đến 31/12/2023", None, None, None, None, None, "Ghi chú"],
        [None, None, None, "Hộ nghèo", None, None, "Hộ cận nghèo"],
        [None, None, None, "Số hộ", "Số khẩu", "Tỷ lệ hộ (%)", "Số hộ", "Số khẩu", "Tỷ lệ hộ (%)"],
        ["A", "B", "(1)", "(2)", "(3)", "(4)=(2)/(1)", "(5)", "(6)", "(7)=(5)/(1)"],
        [None, "TỔNG SỐ", 300, 30, 120, 10, 15, 60, 5],
        ["I", "Xã Cũ Một", 200, 20, 80, 10, 10, 40, 5],
        ["1.", "Làng A", 100, 10, 40, 10, 5, 20, 5, "tách thôn"], ["2.", "Làng B", 100, 10, 40, 10, 5, 20, 5],
        ["II", "Xã Cũ Hai", 100, 10, 40, 10, 5, 20, 5],
        [3, "3. Làng C", 100, 10, 40, 10, 5, 20, 5],
        [], [None, "NGƯỜI LẬP BIỂU", None, None, None, None, "Xã Mẫu, ngày 20 tháng 12 năm 2023"],
        [None, None, None, None, None, None, "TM. ỦY BAN NHÂN DÂN"], [None, "Nguyễn Văn X", None, None, None, None, "Trần Thị Y"],
    ], ("A7:A9", "B7:B9", "C7:C9", "D7:I7", "D8:F8", "G8:I8", "J7:J9", "A5:J5")), this)  # fmt: skip
    assert told(one) == []
    assert counts(one) == {
        (village, column): count
        for village in ("Làng A", "Làng B", "Làng C")
        for column, count in (("households", 100), ("poor_households", 10), ("poor_persons", 40), ("near_poor_households", 5),
                              ("near_poor_persons", 20))
    }  # fmt: skip
    assert one.agreeing[-1] == "12 ô tỷ lệ, ô tính của biểu khớp với số đếm"
    assert "Nguyễn" not in understood.text(one)


def test_a_file_that_is_no_workbook_is_refused_by_name(tmp_path):
    for name, content, rule in (
        ("a.xls", b"abc", "không mở được tệp: đã hỏng, có mật khẩu hoặc không đúng đuôi"),
        ("a.pdf", b"%PDF", "không đọc được tệp kiểu này (.pdf)"),
        ("a.xlsx", b"abc", "không mở được tệp Excel, tệp đã hỏng"),
        ("a.csv", b"", "tệp trống"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DataError) as refused:
            sources.grids(tmp_path / name)
        assert [found.rule for found in refused.value.findings] == [rule]


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (["Thôn", "Hộ nghèo", "Trong đó hộ DTTS"], {"poor_households": 9, "minority_poor_households": 4}),
        (["Thôn", "Tổng số hộ", "Trong đó: hộ nghèo"], {"households": 9, "poor_households": 4}),
        (["Thôn", "Hộ nghèo", "Hộ thoát nghèo"], {"poor_households": 9}),
        (["Thôn", "Hộ cận nghèo", "Hộ nghèo đầu năm 2023"], {"near_poor_households": 9}),
        (["Thôn", "Hộ nghèo cuối năm 2023", "Hộ nghèo năm 2022"], {"poor_households": 9}),
        (["Thôn", "Số hộ nghèo (hộ)", "Số khẩu nghèo (người)"], {"poor_households": 9, "poor_persons": 4}),
    ],
)
def test_a_heading_is_read_as_a_person_reads_it_beside_its_neighbours(this, head, known):
    one = read(rows_of(head, ["Làng A", 9, 4]), this)
    told_counts = {column: count for (_, column), count in counts(one).items()}
    expected = known if known != {"poor_households": 9, "poor_persons": 4} else {}  # 4 persons in 9 households cannot be
    assert (told_counts if not one.findings else {}) == expected


def test_a_table_of_sums_alone_and_a_group_typed_in_the_middle_are_refused(this):
    sums = read(rows_of(["Thôn", "Tổng số hộ", "Tổng số khẩu"], ["Làng A", 24, 90]), this)
    middle = read(rows_of(
        ["Thôn", "Tổng số hộ", None, "Hộ nghèo", "Hộ cận nghèo", None], [None, None, "Số hộ", "Tỷ lệ", "Số hộ", "Tỷ lệ"],
        ["Làng A", 100, 9, "9,00", 4, "4,00"],
    ), this)  # fmt: skip
    assert [found.rule for found in (*sums.findings, *middle.findings)] == [
        "biểu chỉ có tổng số, không có cột hộ nghèo hay hộ cận nghèo, nên không rõ là tổng của mọi hộ hay của một loại hộ",
        "tên cột không nói là hộ nào, và nhóm cột ở trên chưa gộp ô nên không rõ nhóm nào trùm lên cột này",
    ]


PLAIN = ["TT", "Thôn", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"]


def test_a_dash_is_refused_once_for_the_sheet_because_it_may_be_nought_or_not_known(this):
    one = read(book([PLAIN, [1, "Thôn A", 100, "-", 3], [2, "Thôn B", 200, 6, "–"], ["", "Cộng", 300, 6, 3]]), this)
    assert [str(found) for found in one.findings] == [
        'bieu.xlsx, trang tính Biểu 1, dòng 2, cột D (Hộ nghèo): giá trị "-" — dấu gạch không nói là bằng 0 hay chưa biết; '
        "cũng vậy ở 1 ô nữa: E3. Cách sửa: ghi 0 nếu không có, để trống nếu chưa biết."
    ]


def test_a_village_behind_its_communes_name_is_a_village_not_another_commune(this):
    one = read(book([PLAIN, [1, "Xã A - Thôn 1", 100, 4, 3], [2, "Xã B: Làng 1", 200, 6, 1], ["", "Cộng", 300, 10, 4]]), this)
    assert (one.taken, one.findings) == ([(2, "Xã A - Thôn 1"), (3, "Xã B: Làng 1")], [])


def test_a_hidden_row_is_one_fault_and_the_sums_that_lack_it_are_none(this):
    import io

    shown = load_workbook(io.BytesIO(book([PLAIN, [1, "Thôn A", 100, 4, 3], [2, "Thôn B", 200, 6, 1], ["", "Cộng", 300, 10, 4]])))
    shown.active.row_dimensions[3].hidden = True
    hidden = io.BytesIO()
    shown.save(hidden)
    assert [str(found) for found in read(hidden.getvalue(), this).findings] == [
        "bieu.xlsx, trang tính Biểu 1, dòng 3: dòng đang bị ẩn. Cách sửa: bỏ ẩn dòng (Unhide, bỏ lọc) hoặc xoá dòng."
    ]


def test_what_stands_below_a_table_and_names_no_place_is_told_by_its_row_alone(this):
    below = [[None, "Bí Mật Một"], [None, "(1) Ông Bí Mật Hai đã chuyển đi"], [None, "Thôn C"], [3, "Plei D"]]
    one = read(book([PLAIN, [1, "Thôn A", 100, 4, 3], ["", "Cộng", 100, 4, 3], *below]), this)
    assert one.left_out == [
        (4, "", "không có số nào"), (5, "", "không có số nào"), (6, "Thôn C", "không có số nào"), (3, "Cộng", "dòng cộng, đã đối chiếu với các dòng"),
    ]  # fmt: skip


@pytest.mark.parametrize("sheet", ["", "Biểu 1"])
def test_a_file_that_names_households_in_any_sheet_is_not_kept_as_a_form(this, tmp_path, sheet):
    import io

    made = load_workbook(io.BytesIO(book([PLAIN, [1, "Thôn A", 1, 1, 0]])))
    made.create_sheet("Tên").append(["Họ và tên chủ hộ (viết hoa)", "Thôn", "Tổng số khẩu", "Hộ nghèo"])
    made["Tên"].append(["Bí Mật", "Thôn A", 4, 1])
    made.save(tmp_path / "bieu.xlsx")
    with pytest.raises(DataError) as refused:
        taking.taken(tmp_path / "bieu.xlsx", this, sheet)
    assert str(refused.value) == (
        "bieu.xlsx, trang tính Tên, dòng 1: dòng này có cột tên hoặc giấy tờ của người: là danh sách hộ, không phải biểu, "
        "không được chép vào thư mục số liệu. Cách sửa: muốn đếm từ danh sách thì ghi đủ các cột Phân loại, Số khẩu; "
        "muốn nhập biểu thì lưu biểu thành tệp riêng không có tên người."
    )


@pytest.mark.parametrize("heading", ["Đại diện hộ", "Ông (bà)", "HỌ VÀ TÊN THÀNH VIÊN", "Quan hệ với chủ hộ", "Số CCCD", "Ngày sinh"])
def test_whatever_heads_the_persons_of_a_sheet_its_file_is_not_kept(this, tmp_path, heading):
    import io

    made = load_workbook(io.BytesIO(book([PLAIN, [1, "Thôn A", 1, 1, 0]])))
    made.create_sheet("Sheet2").append(["STT", heading, "Ghi chú"])
    made["Sheet2"].append([1, "Bí Mật", ""])
    made.save(tmp_path / "bieu.xlsx")
    with pytest.raises(DataError, match="^bieu.xlsx, trang tính Sheet2, dòng 1: dòng này có cột tên hoặc giấy tờ của người"):
        taking.taken(tmp_path / "bieu.xlsx", this)


def test_a_code_of_more_households_than_the_forms_own_column_has_is_refused_at_the_cell(this):
    rows = [["TT", "Thôn", "Tổng số hộ nghèo", "Thiếu hụt các chỉ số", None], [None, None, None, "Việc làm", "Dinh dưỡng"],
            [1, "Thôn A", 10, 4, 12], [2, "Thôn B", 20, 20, 6], ["", "Cộng", 30, 24, 18]]  # fmt: skip
    one = read(book(rows, ("A1:A2", "B1:B2", "C1:C2", "D1:E1")), this)
    assert [str(found) for found in one.findings] == [
        'bieu.xlsx, trang tính Biểu 1, dòng 3, cột E (Thiếu hụt các chỉ số, Dinh dưỡng): giá trị "12" — nhiều hơn 10 ở cột C '
        "(Tổng số hộ nghèo) của cùng dòng. Cách sửa: đối chiếu hai ô với sổ rồi sửa ô sai."
    ]


ROWS = [[1, "Làng A", 100, 9, 4], [2, "Làng B", 50, 5, 2]]
TOTAL_ROW = [None, "Tổng cộng", 150, 14, 6]
AB = {
    ("Làng A", "households"): 100, ("Làng A", "poor_households"): 9, ("Làng A", "near_poor_households"): 4,
    ("Làng B", "households"): 50, ("Làng B", "poor_households"): 5, ("Làng B", "near_poor_households"): 2,
}  # fmt: skip
BESIDE = ["TT", "Xã", "Thôn, làng", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["TT", "Thôn, làng", "Hộ nghèo", None, "TT", "Thôn, làng", "Hộ cận nghèo"], [1, "Làng A", 9, None, 1, "Làng B", 2]],
         "dòng 4, cột F (Thôn, làng): cột B ghi “Làng A” mà cột này ghi “Làng B”, nên không rõ số của dòng là của đơn vị nào. Cách sửa: "
         "nếu là hai bảng đặt cạnh nhau thì tách mỗi bảng ra một trang tính; nếu không thì xoá một cột tên."),
        ([BESIDE, [1, "Kông Lơng Khơng", "Làng A", 100, 9, 4], [2, "Tơ Tung", "Làng B", 50, 5, 2]],
         "dòng 5, cột B (Xã): dòng này là của “Tơ Tung”, không phải của xã Kông Lơng Khơng hay của xã nhập vào đó. Cách sửa: "
         "xoá các dòng của xã khác, hoặc sửa tên xã; xã cũ thì ghi ở cột predecessors của units.csv."),
        ([HEAD, *ROWS, TOTAL_ROW, [3, "Làng C", 30, 2, 1]],
         "dòng 7, cột C (Tổng số hộ): giá trị \"30\" — dòng này đứng sau dòng “Tổng cộng” và không có trong dòng ấy. Cách sửa: "
         "nếu là thôn, làng thì đưa lên trên và cộng vào; nếu là số trong đó thì xoá dòng."),
        ([HEAD, *ROWS, [None, "Trong đó: Làng người Kinh", 20, 1, 1]],
         "dòng 6: “Trong đó: Làng người Kinh” đứng ở cột đơn vị nhưng không phải tên đơn vị. Cách sửa: "
         "đưa sang cột riêng, ghi tên đơn vị ở mỗi dòng."),
        ([["Đơn vị tính: %"], HEAD, *ROWS],
         "dòng 3, cột A: giá trị \"Đơn vị tính: %\" — số liệu ghi theo phần trăm, chương trình chỉ nhận số đếm đầy đủ. Cách sửa: "
         "ghi lại đủ số hộ, số khẩu, hoặc bỏ câu này nếu số đã đủ."),
        ([["TT", "Thôn", "Tổng số hộ (nghìn hộ)", "Hộ nghèo (nghìn hộ)", "Hộ cận nghèo (nghìn hộ)"], *ROWS],
         "dòng 3, cột C: giá trị \"Tổng số hộ (nghìn hộ)\" — số liệu ghi theo nghìn (hoặc lớn hơn), chương trình chỉ nhận số đếm đầy đủ; "
         "cũng vậy ở D3, E3. Cách sửa: ghi lại đủ số hộ, số khẩu, hoặc bỏ câu này nếu số đã đủ."),
        ([["TT", "Thôn", "Năm", "Tổng số hộ", "Hộ nghèo"], [1, "Làng A", 2022, 98, 10], [2, "Làng B", "2022", 49, 6]],
         "dòng 3: không có dòng nào của thôn, làng hay của toàn xã; các dòng đều là số của năm 2022. Cách sửa: chọn đúng năm (--year)."),
        ([["TT", "Thôn", "Tổng số hộ", "Hộ nghèo đầu năm", "Hộ nghèo cuối năm"], *ROWS],
         "dòng 3: biểu chỉ có tổng số, không có cột hộ nghèo hay hộ cận nghèo, nên không rõ là tổng của mọi hộ hay của một loại hộ; "
         "chưa hiểu các cột “Hộ nghèo đầu năm”, “Hộ nghèo cuối năm”. Cách sửa: ghi rõ ở tên cột: Tổng số hộ dân cư, Hộ nghèo, Hộ cận nghèo."),
    ],
)  # fmt: skip
def test_a_number_that_may_be_of_another_unit_year_or_scale_is_refused_with_the_true_reason(this, rows, said):
    assert [str(found) for found in read(rows_of(*rows), this).findings] == [f"bieu.xlsx, trang tính Biểu 1, {said}"]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, ["(1)", "(2)", "(3)", "(4)", "(5)"], *ROWS],
        [HEAD, [1, 2, 3, 4, 5], *ROWS],
        [["Đơn vị tính: hộ, %"], HEAD, *ROWS, TOTAL_ROW],
        [BESIDE, [1, "Kông Lơng Khơng", "Làng A", 100, 9, 4], [2, "xã Kông Lơng Khơng", "Làng B", 50, 5, 2], [None, "Tổng", None, 150, 14, 6]],
        [["TT", "Thôn", "Năm", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"], [1, "Làng A", 2022, 98, 10, 5], [None, "Làng A", 2023, 100, 9, 4],
         [2, "Làng B", 2022, 49, 6, 3], [None, "Làng B", "năm 2023", 50, 5, 2]],
        [["TT", "Thôn", "Tổng số hộ", "Hộ nghèo", None, "Thôn", "Hộ cận nghèo"], [1, "Làng A", 100, 9, None, "Làng A", 4],
         [2, "Làng B", 50, 5, None, "làng B", 2]],
        [HEAD, *ROWS[:1], TOTAL_ROW, *ROWS[1:]],
    ],
)  # fmt: skip
def test_numbers_of_columns_names_of_the_commune_and_years_beside_the_villages_are_no_villages(this, rows):
    one = read(rows_of(*rows), this)
    assert (told(one), counts(one)) == ([], AB)


def test_villages_that_are_named_by_numbers_are_no_numbers_of_columns(this):
    one = read(rows_of(["Thôn", "Hộ nghèo", "Hộ cận nghèo"], [1, 2, 3], [2, 9, 4]), this)
    found = [(entry.cells["village"], entry.cells["poor_households"].value, entry.cells["near_poor_households"].value) for entry in one.entries]
    assert [(str(name), poor, near_poor) for name, poor, near_poor in found] == [("1", 2, 3), ("2", 9, 4)]


@pytest.mark.parametrize(
    ("note", "count", "remark"),
    [
        ("Ghi chú: dấu (-) là không có hộ nào", 0, "Lưu ý: 1 ô có dấu gạch lấy là bằng 0, theo câu ở dòng 7 của biểu."),
        ("“–”: không phát sinh", 0, "Lưu ý: 1 ô có dấu gạch lấy là bằng 0, theo câu ở dòng 7 của biểu."),
        ("Dấu gạch ngang: chưa có số liệu", None, "Lưu ý: 1 ô có dấu gạch lấy là chưa biết, theo câu ở dòng 7 của biểu."),
        ("(-) không rà soát", None, "Lưu ý: 1 ô có dấu gạch lấy là chưa biết, theo câu ở dòng 7 của biểu."),
    ],
)
def test_a_dash_is_what_the_forms_own_note_says(this, note, count, remark):
    one = read(rows_of(HEAD, [1, "Làng A", 100, 9, "-"], *ROWS[1:], [], [note]), this)
    assert (told(one), counts(one).get(("Làng A", "near_poor_households"))) == ([], count)
    assert remark in one.remarks


def test_notes_that_say_two_things_of_a_dash_leave_it_refused(this):
    one = read(rows_of(HEAD, [1, "Làng A", 100, 9, "-"], [], ["(-): chưa có số liệu"], ["dấu - là không có"]), this)
    assert told(one) == ['dòng 4, cột E (Hộ cận nghèo): giá trị "-" — dấu gạch không nói là bằng 0 hay chưa biết']


def test_a_blank_is_not_known_also_where_the_forms_total_takes_it_for_nought_and_it_says_so(this):
    one = read(rows_of(HEAD, [1, "Làng A", 100, 9, None], [2, "Làng B", 50, None, 2], [None, "Tổng cộng", 150, 9, 2]), this)
    assert (told(one), ("Làng A", "near_poor_households") in counts(one)) == ([], False)
    assert one.remarks[0] == (
        "Lưu ý: 2 ô trống (E4, D5) là chưa biết, nên tổng toàn xã của các cột ấy cũng chưa biết, dù biểu có dòng cộng. "
        "Nếu là không có hộ nào thì ghi 0 rồi nhập lại."
    )


def test_a_sheet_whose_name_was_typed_in_capitals_is_still_the_tables_own(this, tmp_path):
    for name in ("F4", "F6"):
        (tmp_path / f"{name}.xlsx").write_bytes(workbook(official(name)))
    take(tmp_path / "F4.xlsx", this)
    renamed = load_workbook(this.folder / "so-lieu.xlsx")
    renamed["deprivations"].title = "-"  # openpyxl takes the same name in capitals for one that is taken
    renamed["-"].title = "DEPRIVATIONS"
    renamed.save(this.folder / "so-lieu.xlsx")
    take(tmp_path / "F6.xlsx", this)
    assert len(this.table("deprivations")) == 2 * 12 * len(VILLAGES)


@pytest.mark.parametrize(("mark", "name"), [("1.1", "Nhóm hộ 1"), ("a)", "Tổ 1"), ("-", "Tổ 1"), (None, "+ Tổ 1")])
def test_parts_of_a_village_are_refused_once_and_never_counted_beside_it(this, mark, name):
    one = read(rows_of(HEAD, ROWS[0], [mark, name, 60, 5, 2], [mark, f"{name}b", 40, 4, 2], ROWS[1]), this)
    assert told(one) == [f"dòng 5: dòng này đánh số “{mark or '+'}” nên là một phần của dòng “Làng A” ở trên, không phải một thôn, làng nữa"]


def test_villages_with_marks_below_a_section_are_villages(this):
    one = read(rows_of(HEAD, ["I", "Khu vực 1", 150, 14, 6], ["-", "Làng A", 100, 9, 4], ["-", "Làng B", 50, 5, 2]), this)
    assert (told(one), counts(one)) == ([], AB)


def test_the_share_of_a_code_is_held_against_its_count_and_its_class(this):
    rows = [["TT", "Thôn", "Tổng số hộ nghèo", "Việc làm", None, "Dinh dưỡng", None], [None, None, None, "Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)"],
            [1, "Làng A", 10, 4, 50, 2, 20], [2, "Làng B", 8, 3, "37,5", 1, "12,5"]]  # fmt: skip
    one = read(book(rows, ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1")), this)
    assert told(one) == [
        'dòng 3, cột E (Việc làm, Tỷ lệ (%)): giá trị "50" — ô tính của biểu không khớp với số đếm: từ các cột của biểu thì được 40,00%'
    ]


def test_a_line_for_each_class_has_households_and_persons_beside_each_other_and_others_are_left_out(this):
    one = read(rows_of(
        ["Thôn, làng", "Loại hộ", "Số hộ", "Số khẩu"],
        ["Làng A", "Hộ nghèo", 9, 40], [None, "Hộ cận nghèo", 4, 17], [None, "Hộ không nghèo", 87, 363],
        ["Làng B", "Hộ nghèo", 5, 21], [None, "Hộ cận nghèo", 2, 9], [None, "Hộ không nghèo", 43, 180],
    ), this)  # fmt: skip
    assert (told(one), one.left_out[0]) == ([], (6, "Làng A", "của hộ không nghèo, chương trình không đếm"))
    assert counts(one) == {
        ("Làng A", "poor_households"): 9, ("Làng A", "poor_persons"): 40, ("Làng A", "near_poor_households"): 4, ("Làng A", "near_poor_persons"): 17,
        ("Làng B", "poor_households"): 5, ("Làng B", "poor_persons"): 21, ("Làng B", "near_poor_households"): 2, ("Làng B", "near_poor_persons"): 9,
    }  # fmt: skip


def test_persons_of_a_class_below_their_common_heading_are_no_households(this):
    rows = [["TT", "Thôn, làng", "Số hộ", None, "Số khẩu", None], [None, None, "Hộ nghèo", "Hộ cận nghèo", "Hộ nghèo", "Hộ cận nghèo"],
            [1, "Làng A", 9, 4, 40, 18], [2, "Làng B", 5, 2, 21, 9]]  # fmt: skip
    one = read(book(rows, ("A1:A2", "B1:B2", "C1:D1", "E1:F1")), this)
    assert ([str(found) for found in one.findings], counts(one)) == ([], {
        ("Làng A", "poor_households"): 9, ("Làng A", "near_poor_households"): 4, ("Làng A", "poor_persons"): 40, ("Làng A", "near_poor_persons"): 18,
        ("Làng B", "poor_households"): 5, ("Làng B", "near_poor_households"): 2, ("Làng B", "poor_persons"): 21, ("Làng B", "near_poor_persons"): 9,
    })  # fmt: skip


@pytest.mark.parametrize("line", ["Đơn vị tính: khẩu", "ĐVT: người", "(Đơn vị: nhân khẩu)"])
def test_a_form_in_persons_is_not_taken_for_households(this, line):
    assert [str(found) for found in read(rows_of([line], HEAD, *ROWS), this).findings] == [
        f'bieu.xlsx, trang tính Biểu 1, dòng 3, cột A: giá trị "{line}" — cả biểu tính bằng khẩu, mà cột “Tổng số hộ” là số hộ. '
        "Cách sửa: ghi rõ Số khẩu ở tên cột, hoặc bỏ câu này nếu là số hộ."
    ]


def test_a_number_of_households_below_persons_says_two_things(this):
    rows = [["Thôn, làng", "Số khẩu", "Hộ cận nghèo"], [None, "Số hộ nghèo", "Số hộ"], ["Làng A", 9, 4]]
    one = read(book(rows, ("A1:A2",)), this)
    assert counts(one) == {("Làng A", "near_poor_households"): 4}
    assert [column.why for column in one.columns.columns if column.kind == "aside"] == ["“Số khẩu”, “Số hộ nghèo” nói hai điều khác nhau"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*ROWS, [3, "Kế hoạch giao", 500, 90, 65], [4, "Cùng kỳ năm trước", 148, 20, 8]],
         ", dòng 6: “Kế hoạch giao” không có trong danh sách thôn, làng của bảng review năm 2023; cũng vậy: dòng 7 “Cùng kỳ năm trước”. Cách sửa: "
         "dòng không phải thôn, làng thì xoá; tên khác thì sửa cho giống; thôn, làng đổi tên hay thêm mới thì sửa bảng review trước rồi nhập lại."),
        (ROWS[:1],
         ": biểu không có dòng của Làng B, có ở bảng review năm 2023. Cách sửa: "
         "thêm dòng ấy, số chưa biết thì để trống; thôn, làng đổi tên hay thêm mới thì sửa bảng review trước rồi nhập lại."),
    ],
)  # fmt: skip
def test_rows_are_held_against_the_villages_that_the_review_names(this, rows, said):
    folder = this.root / UNIT / "2023"
    folder.mkdir()
    (folder / "review.csv").write_text("standard,village\nND07_2021,Làng A\nND07_2021,Làng B\n", encoding="utf-8")
    assert [str(found) for found in read(rows_of(HEAD, *rows), this).findings] == [f"bieu.xlsx, trang tính Biểu 1{said}"]
    assert [str(found) for found in read(rows_of(HEAD, *ROWS), this).findings] == []


ASK = ("xoá các dòng không phải thôn, làng; là thôn, làng thì đánh số thứ tự 1, 2, 3…, ghi thêm dòng Tổng cộng, "
       "hoặc ghi danh sách thôn, làng vào bảng review trước")  # fmt: skip
LIKE = "không có số thứ tự, không bắt đầu bằng Thôn, Làng, Bản… như các dòng khác, nên không rõ có phải thôn, làng"
UNDER = "có thể là một phần của thôn, làng ở dòng trên, đã tính trong đó"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([[1, "Kon A", 9, 8], [2, "Kon B", 5, 3], [3, "Kế hoạch giao", 12, 9]], "dòng 6: “Kế hoạch giao” không phải tên thôn, làng"),
        ([[1, "Kon A", 9, 8], [2, "Kon B", 5, 3], [3, "Kỳ trước", 12, 9], [4, "So với năm trước", 2, 2]],
         "dòng 6: “Kỳ trước” không phải tên thôn, làng; cũng vậy: dòng 7 “So với năm trước”"),
        ([[1, "Kon A", 9, 8], [2, "Hội Nông dân", 5, 3]], "dòng 5: dòng này không phải tên thôn, làng"),
        ([[None, "Bản A", 9, 8], [None, "Tổ 1", 5, 3], [None, "Tổ 2", 4, 5]], f"dòng 5: “Tổ 1” {UNDER}; cũng vậy: dòng 6 “Tổ 2”"),
        ([[1, "Kon A", 9, 8], [2, "Kon B", 5, 3], [3, "Kon C", 5, 3], [None, "Người ngoài xã", 1, 1]], f"dòng 7: dòng này {LIKE}"),
        ([[None, "Thôn 1", 9, 8], [None, "Thôn 2", 5, 3], [None, "Trực tuyến", 1, 1]], f"dòng 6: dòng này {LIKE}"),
        ([[1, "Kon A", 9, 8], [2, "Kon B", 5, 3]], ""),
        ([[None, "Kon A", 9, 8], [None, "Plei B", 5, 3]], ""),
        ([[None, "Bản A", 9, 8], [None, "Tổ 1", 5, 3], [None, "Tổng cộng", 14, 11]], ""),
        ([[None, "Tổ 1", 9, 8], [None, "Tổ 2", 5, 3]], ""),
        ([[1, "Thôn 1", 9, 8], [2, "Kon B", 5, 3], [None, "Tổng cộng", 14, 11]], ""),
        ([[None, "Thôn 1", 9, 8], [None, "Thôn 2", 5, 3], [None, "Kon B", 1, 1], [None, "Tổng cộng", 15, 12]], ""),
    ],
)  # fmt: skip
def test_a_first_import_takes_no_row_that_may_be_no_village(this, rows, said):
    one = read(rows_of(["TT", "Thôn", "Hộ nghèo", "Hộ cận nghèo"], *rows), this)
    assert [str(found) for found in one.findings] == ([f"bieu.xlsx, trang tính Biểu 1, {said}. Cách sửa: {ASK}."] if said else [])


def test_villages_of_the_year_before_vouch_for_a_first_import(this):
    (this.root / UNIT / "2022").mkdir(exist_ok=True)
    rows = [["TT", "Thôn", "Hộ nghèo"], [1, "Thôn 1", 9], [2, "Thôn 2", 5], [None, "Kon B", 1]]
    (this.root / UNIT / "2022" / "review.csv").write_text("standard,village\nND07_2021,Kon B\n", encoding="utf-8")
    assert read(rows_of(*rows), this).findings == []


def test_a_sum_of_the_commune_is_no_result_of_a_year_that_is_kept_by_village(this):
    folder = this.root / UNIT / "2023"
    folder.mkdir()
    (folder / "review.csv").write_text("standard,village\nND07_2021,Làng A\n", encoding="utf-8")
    assert [str(found) for found in read(book(SUMMARY, MERGED), this).findings] == [
        "bieu.xlsx, trang tính Biểu 1: biểu chỉ có số của toàn xã, mà bảng review năm 2023 ghi theo từng thôn, làng. "
        "Cách sửa: nhập biểu có dòng của từng thôn, làng; chỉ báo cáo toàn xã thì xoá các dòng thôn, làng ở bảng review."
    ]


OPENING, CLOSING = "Số hộ nghèo đầu kỳ", "Số hộ nghèo cuối kỳ"
LEFT, ENTERED = "Số hộ thoát nghèo", "Số hộ nghèo phát sinh"


@pytest.mark.parametrize(
    ("head", "row", "said"),
    [
        ([OPENING, LEFT, ENTERED, CLOSING], [20, 5, 1, 16], ""),
        ([OPENING, LEFT, ENTERED, CLOSING], [20, 5, 1, 15], "F4: đầu kỳ 20 trừ 5 cộng 1 là 16, không phải số cuối kỳ ghi ở đây"),
        ([OPENING, LEFT, CLOSING], [20, 5, 17], ""),
        ([OPENING, LEFT, CLOSING], [20, 5, 12], "E4: đầu kỳ 20 trừ 5 là 15, nhiều hơn số cuối kỳ ghi ở đây"),
        ([OPENING, LEFT, "Giảm khác", CLOSING], [20, 5, 3, 12], ""),
        ([OPENING, LEFT, "Giảm khác", CLOSING], [20, 5, None, 12], ""),
        ([OPENING, LEFT, "Tái nghèo", ENTERED, CLOSING], [20, 5, 1, 2, 18], ""),
        ([OPENING, LEFT, "Tái nghèo", ENTERED, CLOSING], [20, 5, 1, 2, 19], "G4: đầu kỳ 20 trừ 5 cộng 2 là 17, không phải số cuối kỳ ghi ở đây"),
        ([OPENING, LEFT, "Thành hộ cận nghèo", "Vượt chuẩn cận nghèo", CLOSING], [20, 5, 3, 1, 15], "D4: các cột chi tiết của dòng cộng lại là 4"),
    ],
)  # fmt: skip
def test_who_left_and_entered_is_held_against_opening_and_closing(this, head, row, said):
    one = read(rows_of(["TT", "Thôn", *head], [1, "Làng A", *row]), this)
    assert [f"{found.column}{found.row}: {found.rule}" for found in one.findings] == ([said] if said else [])


NDC = [["TT", "Thôn", "Tổng số hộ", "Hộ nghèo đa chiều"], [None, None, None, "Tổng", "Hộ nghèo", "Hộ cận nghèo"]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*NDC, [1, "Thôn 1", 100, 15, 10, 5]], []),
        ([*NDC, [1, "Thôn 1", 100, 16, 10, 5]], ["D5: ô tính của biểu không khớp với số đếm: từ các cột của biểu thì được 15"]),
        ([["TT", "Thôn", "Tổng số hộ", "Hộ nghèo", "Tỷ lệ"], [1, "Thôn 1", 100, 5, "5%"]], []),
        ([["TT", "Thôn", "Tổng số hộ", "Hộ nghèo", "Tỷ lệ"], [1, "Thôn 1", 100, 5, "6%"]],
         ["E4: ô tính của biểu không khớp với số đếm: từ các cột của biểu thì được 5,00%"]),
        ([["TT", "Thôn", "Loại hộ", "Số hộ"], [1, "Thôn 1", "Hộ nghèo", 10], [None, None, "Hộ cận nghèo", 5], [None, None, "Cộng", 15]], []),
        ([["TT", "Thôn", "Loại hộ", "Số hộ"], [1, "Thôn 1", "Hộ nghèo", 10], [None, None, "Hộ cận nghèo", 5], [None, None, "Cộng", 16]],
         ["D6: dòng “Thôn 1” phải bằng tổng của các dòng; các dòng cộng lại là 15"]),
        ([["TT", "Thôn", "Hộ nghèo"], [1, "Thôn 1", 10], ["TT", "Thôn", "Hộ cận nghèo"], [1, "Thôn 1", 5]],
         ["5: có bảng thứ hai bắt đầu từ dòng này"]),
    ],
)  # fmt: skip
def test_what_a_form_computes_itself_is_held_and_a_second_table_is_one_fault(this, rows, said):
    assert [f"{found.column}{found.row}: {found.rule}" for found in read(rows_of(*rows), this).findings] == said


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_hidden_row_and_a_hidden_column_are_refused_in_older_and_open_formats(this, tmp_path, kind):
    path = Path(shutil.copy(Path(__file__).parent / "received" / f"an-dong.{kind}", tmp_path))
    (one,) = taking.understand(sources.grids(path), this)
    assert [str(found) for found in one.findings] == [
        f"an-dong.{kind}, trang tính Biểu 1, dòng 1, cột D (Hộ cận nghèo): cột đang bị ẩn. "
        "Cách sửa: bỏ ẩn cột (Unhide) để kiểm tra, hoặc xoá cột.",
        f"an-dong.{kind}, trang tính Biểu 1, dòng 3: dòng đang bị ẩn. Cách sửa: bỏ ẩn dòng (Unhide, bỏ lọc) hoặc xoá dòng.",
    ]


@pytest.mark.parametrize(("record", "flags", "said"), [
    (b"\x00\x19" + (6).to_bytes(4, "little"), (13, 0x10), "dien-bien.xlsb, trang tính Sheet1, dòng 7: dòng đang bị ẩn"),
    (b"\x3c\x12" + (4).to_bytes(4, "little") * 2, (18, 1), "dien-bien.xlsb, trang tính Sheet1, dòng 6, cột E"),
])  # fmt: skip
def test_a_hidden_row_and_a_hidden_column_of_a_binary_workbook_are_refused(this, tmp_path, record, flags, said):
    import zipfile

    path = tmp_path / "dien-bien.xlsb"
    with zipfile.ZipFile(Path(__file__).parent / "received" / path.name) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = bytearray(old.read(name))
            if name == "xl/worksheets/sheet1.bin":
                part[part.index(record) + flags[0]] |= flags[1]
            new.writestr(name, bytes(part))
    (one,) = taking.understand(sources.grids(path), this)
    assert any(str(found).startswith(said) for found in one.findings), told(one)


def test_a_file_whose_hidden_rows_cannot_be_told_is_refused(tmp_path, monkeypatch):
    path = Path(shutil.copy(Path(__file__).parent / "received" / "an-dong.xls", tmp_path))
    monkeypatch.setattr(sources.hidden, "of_file", lambda data, suffix: None)
    with pytest.raises(DataError) as refused:
        sources.grids(path)
    assert str(refused.value) == "an-dong.xls: không đọc được tệp này ẩn những dòng, cột nào. Cách sửa: mở bằng Excel rồi lưu lại dạng .xlsx."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["TỔNG HỢP THÔN 5"], ["TT", "Đơn vị", "Hộ nghèo"], [None, "Tổng cộng", 10]],
         ["3: dòng này nói đây là biểu của một thôn, mà biểu không có dòng của thôn, làng nào, nên dòng cộng không phải của toàn xã"]),
        ([["TỔNG HỢP CÁC THÔN"], ["TT", "Đơn vị", "Hộ nghèo"], [None, "Tổng cộng", 10]], []),
        ([["TT", "Tổ dân phố", "Hộ nghèo"], [None, "Toàn phường", 9], [1, "TDP 1", 5], [2, "TDP 2", 4]], []),
        ([["TT", "Tổ dân phố", "Hộ nghèo"], [None, "Toàn phường", 8], [1, "TDP 1", 5], [2, "TDP 2", 4]],
         ["C4: dòng “Toàn phường” phải bằng tổng của các dòng; các dòng cộng lại là 9"]),
        ([["TT", "Thôn", "Tổng số hộ", "Hộ nghèo (%)"], [1, "Thôn 1", 100, 5]],
         ["3: biểu này chỉ có tỷ lệ, không có số đếm của hộ nghèo, hộ cận nghèo"]),
        ([["TT", "Thôn", "Hộ nghèo năm 2022"], [1, "Thôn 1", 5]], ["3: bảng này chỉ có số của năm 2022"]),
        ([["TT", "Thôn", "HN", "NK nghèo"], [1, "Thôn 1", 5, 20]], []),
    ],
)  # fmt: skip
def test_a_form_of_one_village_of_a_ward_of_rates_and_of_another_year_says_so(this, rows, said):
    assert [f"{found.column}{found.row}: {found.rule}" for found in read(rows_of(*rows), this).findings] == said
