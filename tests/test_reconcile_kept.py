"""Files of claims as people keep them: names spelled in two ways, titles above the table, columns for the reader, cells without a figure."""

import openpyxl
import pytest

from claims import claims, found
from giamngheo import reconcile
from giamngheo.findings import DataError

RATE = "tỷ lệ hộ nghèo: 242 / 1.160 = 20,86%"
HEAD = "Nơi,Năm,Chỉ tiêu,Đã in\n"
WRONG = 'xã A,2022,Hộ nghèo,242 hộ\nxã A,2022,Tổng số hộ,1.160 hộ\nxã A,2022,Tỷ lệ hộ nghèo,"20,68%"\n'
KEPT = {
    "one place spelled in three ways": HEAD + WRONG.replace("xã A", "Xã A", 1).replace("xã A", "xã  A", 1),
    "a title above": "SỐ LIỆU HỘ NGHÈO NĂM 2022,,,\n,,,\n" + HEAD + WRONG,
    "a year in words": HEAD + WRONG.replace("2022", "Năm 2022"),
    "a note beside": HEAD.replace("\n", ",Ghi chú\n") + WRONG.replace("\n", ",theo báo cáo\n"),
    "no figure in a cell": HEAD + WRONG + "xã A,2022,Hộ cận nghèo,chưa có số liệu\n",
    "a table of villages": 'STT,Thôn,Năm,Tổng số hộ,Hộ nghèo,Tỷ lệ hộ nghèo,Ghi chú\n1,xã A,2022,1.160,242,"20,68%",\n2,xã B,2022,…,5,,cũ\n',
}


@pytest.mark.parametrize("name", KEPT)
def test_a_file_as_people_keep_it_is_judged_as_a_tidy_one(name, tmp_path):
    path = tmp_path / "số.csv"
    path.write_text(KEPT[name], encoding="utf-8")
    read = reconcile.read(path)
    assert [arithmetic for _, _, arithmetic, _, _ in found(read, "mismatch")] == [RATE]


def test_a_title_above_the_table_of_a_workbook_is_passed_over(tmp_path):
    book = openpyxl.Workbook()
    for row in (["TỔNG HỢP NĂM 2022"], ["Nơi", "Năm", "Chỉ tiêu", "Đã in"], ["xã A", 2022, "Hộ nghèo", "242 hộ"]):
        book.active.append(row)
    book.save(tmp_path / "số.xlsx")
    assert reconcile.read(tmp_path / "số.xlsx")[["place", "indicator", "line"]].to_numpy().tolist() == [["xã A", "Hộ nghèo", 3]]


def test_what_stands_above_the_table_and_is_no_title_is_refused(tmp_path):
    path = tmp_path / "số.csv"
    path.write_text("xã A,2022,Hộ nghèo,242 hộ\n" + HEAD + WRONG, encoding="utf-8")
    with pytest.raises(DataError):
        reconcile.read(path)


def test_a_share_of_one_as_excel_has_it_is_refused_with_its_percent():
    with pytest.raises(DataError) as refused:
        reconcile.findings(claims("poor_rate|0.2086"))
    assert str(refused.value) == (
        't.csv, dòng 2, cột printed: giá trị "0.2086" — không đọc được con số theo lối viết Việt Nam. Cách sửa: dấu chấm ngăn '
        'hàng nghìn, dấu phẩy trước phần thập phân; có phải là "20,86%" không?'
    )


def test_what_follows_of_a_place_is_found_by_its_name_in_any_spelling():
    inferred = reconcile.infer(claims("place=Xã A|households|1.160 hộ\nplace=xã  A|poor_households|242 hộ"), "xã A", 2022, "S", "chính thức")
    assert inferred.set_index("indicator")["value"]["poor_rate"] * 1160 == 242
