"""A damaged table of law is one message with its file and line, whichever table it is, and never a traceback."""

import pytest

from giamngheo import cli
from giamngheo.findings import DataError
from giamngheo.law import lawfile
from giamngheo.law.dictionary import PROJECT_DATA
from years import REVIEW, UNIT, YEAR, write

BACK = "lấy lại tệp gốc của chương trình, hoặc sửa dòng này."
TABLES = sorted(path.stem for path in PROJECT_DATA.glob("*.csv"))


def refusal(folder, table, content):
    path = folder / f"{table}.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DataError) as refused:
        lawfile.rows(path)
    return str(refused.value)


def test_every_table_of_law_has_its_list_of_columns():
    assert sorted(lawfile.COLUMNS) == TABLES


@pytest.mark.parametrize("table", TABLES)
def test_a_header_without_a_column_is_named_with_its_line(tmp_path, table):
    header, rest = (PROJECT_DATA / f"{table}.csv").read_text(encoding="utf-8").split("\n", 1)
    for column in lawfile.COLUMNS[table]:
        names = [f"{name}x" if name == column else name for name in header.split(",")]
        message = refusal(tmp_path, table, ",".join(names) + "\n" + rest)
        assert message.startswith(f"data/{table}.csv, dòng 1: bảng luật thiếu cột {column}. Cách sửa: sửa dòng tên cột")
        assert message.endswith(BACK)


HEADER = "standard,indicator,number,dimension,name,valid_from,valid_to\n"
DAMAGED = {
    "nothing": ("", f"data/indicators.csv: tệp trống. Cách sửa: {BACK}"),
    "a line too short": (
        HEADER + "a,b,1,c,d,,\n\na,b\n",
        "data/indicators.csv, dòng 4: dòng có 2 ô, dòng tên cột có 7 ô. "
        f'Cách sửa: kiểm tra dấu phẩy và ngoặc kép "…"; {BACK}',
    ),
    "an open quotation mark": (
        HEADER + 'a,"b,1\n',
        f"data/indicators.csv, dòng 2: dấu ngoặc kép không đóng hoặc đặt sai chỗ. Cách sửa: {BACK}",
    ),
    "a column twice": (
        HEADER.replace("\n", ",name\n"),
        f"data/indicators.csv, dòng 1: cột name có hai lần. Cách sửa: xoá bớt một cột; {BACK}",
    ),
    "a header alone": (HEADER, f"data/indicators.csv: bảng chỉ có dòng tên cột, không có dòng nào. Cách sửa: {BACK}"),
    "a letter that is none": (HEADER + "a,b\0,1,c,d,,\n", f"data/indicators.csv, dòng 2: có ký tự NUL, tệp đã hỏng. Cách sửa: {BACK}"),
    "a letter that no font has": (
        HEADER + "a,b,1,c,d,,\na,e,Ⅱ,c,d,,\n", "data/indicators.csv, dòng 3: phông chữ của báo cáo không có ký tự Ⅱ (U+2161), "
        f"in ra thành ô vuông. Cách sửa: gõ lại bằng chữ, số thường: II; {BACK}",
    ),
    "a row twice": (
        HEADER + "a,b,1,c,d,,\na,e,2,c,d,,\na,b,3,c,d,,\n",
        "data/indicators.csv, dòng 4: a, b đã có ở dòng 2 và cùng còn hiệu lực một ngày. "
        f"Cách sửa: xóa bớt một dòng, hoặc ghi valid_to của dòng trước; {BACK}",
    ),
    "a row that begins before the one above has ended": (
        HEADER + "a,b,1,c,d,2022-01-01,2025-12-31\na,b,3,c,d,2025-12-31,\n",
        "data/indicators.csv, dòng 3: a, b đã có ở dòng 2 và cùng còn hiệu lực một ngày. "
        f"Cách sửa: xóa bớt một dòng, hoặc ghi valid_to của dòng trước; {BACK}",
    ),
    "another encoding": (
        HEADER.encode() + b"a,Y t\xea,1,c,d,,\n",
        f"data/indicators.csv, dòng 2: tệp không phải UTF-8. Cách sửa: lưu lại dạng CSV UTF-8; {BACK}",
    ),
}


@pytest.mark.parametrize(("content", "message"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_table_is_refused_with(tmp_path, content, message):
    assert refusal(tmp_path, "indicators", content) == message


@pytest.mark.parametrize("table", ["standards", "units"])
def test_the_command_says_it_in_one_line(tmp_path, capsys, monkeypatch, table):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path))
    write(tmp_path, {"review.csv": REVIEW})
    (tmp_path / f"{table}.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    out = str(tmp_path / "out")
    code = cli.main(["check", "--data", str(tmp_path), "--out", out, "--unit", UNIT, "--year", str(YEAR)])
    said = capsys.readouterr()
    assert code == 1
    assert (said.out + said.err).startswith(f"data/{table}.csv, dòng 1: bảng luật thiếu cột ")
    assert (said.out + said.err).count("\n") == 1


def test_one_row_after_the_other_says_what_has_changed(tmp_path):
    path = tmp_path / "indicators.csv"
    path.write_text(HEADER + "a,b,3,c,d,2026-01-01,\na,b,1,c,d,2022-01-01,2025-12-31\n", encoding="utf-8")
    assert [row["number"] for row in lawfile.rows(path)] == ["3", "1"]


@pytest.mark.parametrize("table", ["programme-local", "units"])
def test_a_table_that_the_communes_fill_in_may_have_no_row_yet(tmp_path, table):
    path = tmp_path / f"{table}.csv"
    path.write_text(",".join(lawfile.COLUMNS[table]) + "\n", encoding="utf-8")
    assert lawfile.rows(path) == []


def test_a_byte_order_mark_and_blank_lines_do_not_count(tmp_path):
    path = tmp_path / "indicators.csv"
    path.write_text("\ufeff" + HEADER + "\na,b,1,c,d,,\n", encoding="utf-8")
    assert lawfile.rows(path)[0]["standard"] == "a"
