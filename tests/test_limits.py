"""What a small file can unfold to is counted before it is read; the message says which limit, how much, what to do."""

import io
import os
import resource
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

import provinces
from conftest import PROJECT
from giamngheo.findings import DataError
from giamngheo.intake import csvfile, office_form, unpacking, workbook

SMALLER = "chép riêng các ô có số liệu sang tệp mới lập bằng giamngheo template, rồi lưu lại"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MERGED, HIDDEN = '<mergeCell ref="A{}:XFD{}"/>', '<col min="1" max="16384" hidden="1"/>'
MANY = "<row><c><v>1</v></c></row>"


def made(*parts: tuple[str, str], **sheet: str) -> bytes:
    """A workbook with one cell whose sheet (`rows`, `after` them) or other parts, by name, have been replaced."""
    plain, out = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(plain)
    changed = dict(parts)
    if sheet:
        rows = sheet.get("rows", MANY)
        text = f'<worksheet xmlns="{SPACE}">{sheet.get("before", "")}<sheetData>{rows}</sheetData>{sheet.get("after", "")}</worksheet>'
        changed["xl/worksheets/sheet1.xml"] = text
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            new.writestr(name, changed.get(name, old.read(name) if name in old.namelist() else b""))
    return out.getvalue()


BOMBS = {
    "one merged range over everything": (
        lambda: made(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        "tệp có 17.179.869.184 ô nằm trong vùng gộp, giới hạn 200.000",
    ),
    "a thousand merged rows": (
        lambda: made(after="".join(["<mergeCells>", *(MERGED.format(n, n) for n in range(1, 1001)), "</mergeCells>"])),
        "tệp có 212.992 ô nằm trong vùng gộp, giới hạn 200.000",
    ),
    "a merged range in the letters of XML": (
        lambda: made(after='<mergeCells><mergeCell ref="&#65;1:&#88;FD1048576"/></mergeCells>'),
        "tệp có 17.179.869.184 ô nằm trong vùng gộp, giới hạn 200.000",
    ),
    "two million empty rows with a format": (
        lambda: made(rows='<row s="1"/>' * 2_000_000), "tệp có 1.500.001 ô, dòng và định dạng, giới hạn 1.500.000"
    ),
    "formats of every column, a thousand times": (
        lambda: made(before="".join(["<cols>", HIDDEN * 5000, "</cols>"])),
        "tệp có 2.001 định dạng cột, giới hạn 2.000",
    ),
    "a sheet named five thousand times": (
        lambda: made(("xl/workbook.xml", f'<workbook xmlns="{SPACE}"><sheets>{"<sheet/>" * 5000}</sheets></workbook>')),
        "tệp có 101 trang tính, giới hạn 100",
    ),
    "a text of 200 MB": (
        lambda: made(("xl/sharedStrings.xml", f"<sst xmlns='{SPACE}'><si><t>{'a' * 201_000_000}</t></si></sst>")),
        "tệp có 201.0",
    ),
    "more files than a workbook has": (
        lambda: made(*((f"x/{n}", "") for n in range(6000))), "tệp có 6.0"
    ),
    "a laugh a billion times": (
        lambda: made(("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>')),
        "tệp có phần XML mà Excel không bao giờ ghi (DOCTYPE hoặc UTF-16)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("bomb", "rule"), BOMBS.values(), ids=BOMBS)
def test_a_small_workbook_that_unfolds_is_refused_before_it_is_read(bomb, rule):
    data = bomb()
    began = time.process_time()
    said, remedy = unpacking.refusal(data)
    assert (said[: len(rule)], remedy) == (rule, SMALLER)
    assert time.process_time() - began < 20
    assert [str(one) for one in workbook.grids(data, "xa/2024/so-lieu.xlsx")[""].findings] == [
        f"xa/2024/so-lieu.xlsx: {said}. Cách sửa: {SMALLER}."
    ]


def test_cells_far_apart_make_no_table_of_all_between():
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 401))
    found = workbook.grids(made(rows=rows), "so-lieu.xlsx")["Sheet"]
    rule = "số liệu trải trên 6.553.600 ô (số dòng × số cột), giới hạn 5.000.000"
    assert (found.rows, [str(one) for one in found.findings]) == (
        (), [f"so-lieu.xlsx, trang tính Sheet: {rule}. Cách sửa: {SMALLER}."]
    )  # fmt: skip


def test_a_cell_longer_than_excel_allows_is_not_read():
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 40_000}</t></is></c></row>'
    cell = workbook.grids(made(rows=rows), "so-lieu.xlsx")["Sheet"].rows[0].at(0)
    assert (cell.rule, len(cell.shown)) == ("ô dài 40.000 ký tự, giới hạn 32.767", 41)


def test_a_used_range_of_the_whole_sheet_with_two_filled_cells_is_read():
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    found = workbook.grids(made(before='<dimension ref="A1:XFD1048576"/>', rows=rows), "so-lieu.xlsx")["Sheet"]
    assert [str(row.at(0)) for row in found.rows] == ["7"]


def test_a_workbook_as_people_save_it_is_far_below_every_limit(tmp_path):
    book = openpyxl.Workbook()
    for number in range(5000):
        book.active.append([number] * 30)
    book.save(tmp_path / "x.xlsx")
    assert unpacking.refusal((tmp_path / "x.xlsx").read_bytes()) is None


TABLES = {
    "of 21 MB": (b"a,b\n" * 5_250_000, "tệp dài hơn 20.000.000 byte"),
    "of 300.000 lines": (b"a\n" * 300_000, "tệp có hơn 200.000 dòng"),
    "of empty lines": (b"a" + b"\n" * 10_000_000, "tệp có hơn 200.000 dòng"),
    "of commas": (b"a" + b"," * 10_000, "tệp có hơn 2.000 ô trên một dòng"),
}


@pytest.mark.parametrize(("data", "rule"), TABLES.values(), ids=TABLES)
def test_a_table_without_end_is_refused(data, rule):
    found = csvfile.grid(data, "xa/2024/review.csv", ["a"])
    assert (found.rows, found.findings[0].rule) == ((), rule)


def laughs(times: int) -> bytes:
    lines = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(times)]
    return "\n".join(lines).encode()


PATTERN = "xem tệp của đơn vị khác làm mẫu"
OFFICES = {
    "a laugh a billion times": (
        laughs(9), "xa/unit.yml, dòng 1: không dùng & và * để nhắc lại một phần của tệp. "
        "Cách sửa: ghi đầy đủ, hoặc đặt trong ngoặc kép.",
    ),
    "lists in lists": (b"name: " + b"[" * 10_000, f"xa/unit.yml, dòng 1: lồng nhau quá 8 bậc. Cách sửa: {PATTERN}."),
    "maps in maps": (b"{a: " * 10_000, f"xa/unit.yml, dòng 1: lồng nhau quá 8 bậc. Cách sửa: {PATTERN}."),
    "dashes on a line": (b"name:\n  " + b"- " * 10_000, f"xa/unit.yml, dòng 2: lồng nhau quá 8 bậc. Cách sửa: {PATTERN}."),
    "a book": (b"name: " + b"a" * 70_000, "xa/unit.yml: tệp dài hơn 65536 byte. Cách sửa: xóa những gì không thuộc tệp này."),
    "a letterhead that is a text": (
        b"name: x\nletterhead: abc\n",
        'xa/unit.yml, dòng 2: giá trị "abc" — phải là danh sách. Cách sửa: ghi mỗi mục một dòng, bắt đầu bằng dấu gạch: - ….',
    ),
    "an issuer that is a text": (
        "name: x\nletterhead:\n- issuer: ỦY BAN NHÂN DÂN XÃ\n".encode(),
        'xa/unit.yml, dòng 3: giá trị "ỦY BAN NHÂN DÂN XÃ" — phải là danh sách. '
        "Cách sửa: ghi mỗi mục một dòng, bắt đầu bằng dấu gạch: - ….",
    ),
    "a colon in a line of a list": (
        "name: x\nletterhead:\n- issuer: [A, B]\n  recipients:\n  - Lưu: VT\n".encode(),
        'xa/unit.yml, dòng 5: giá trị "Lưu" — mục có dấu hai chấm nên không còn là chữ. '
        'Cách sửa: đặt cả mục trong ngoặc kép, ví dụ "Lưu: VT".',
    ),
    "a name twice": (
        "name: xã A\nname: xã B\n".encode(),
        'xa/unit.yml, dòng 2: giá trị "name" — tên này có hai lần. Cách sửa: giữ một dòng.',
    ),
    "a misspelt name": (
        b"nam: x\n",
        'xa/unit.yml, dòng 1: giá trị "nam" — không có mục nào tên như vậy. Cách sửa: dùng một trong các tên '
        '(có phải là "name" không?): name, issuer_name, board_name, synthetic, letterhead.',
    ),
    "a list as a name": (b"name: [a, b]\n", 'xa/unit.yml, dòng 1: giá trị "a" — phải là chữ, không phải danh sách. Cách sửa: ghi trên một dòng.'),
    "a text as the whole": (b"abc\n", f'xa/unit.yml, dòng 1: giá trị "abc" — phải gồm các dòng `tên: giá trị`. Cách sửa: {PATTERN}.'),
    "an entry that is a text": (
        b"letterhead:\n- abc\n", f'xa/unit.yml, dòng 2: giá trị "abc" — phải gồm các dòng `tên: giá trị`. Cách sửa: {PATTERN}.'
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), OFFICES.values(), ids=OFFICES)
def test_an_office_file_of_another_form_is_refused_with_its_line(content, message):
    began = time.process_time()
    with pytest.raises(DataError) as refused:
        office_form.read(content, "xa/unit.yml")
    assert str(refused.value) == message
    assert time.process_time() - began < 5


def test_every_fault_of_an_office_file_is_told_at_once():
    with pytest.raises(DataError) as refused:
        office_form.read(b"nam: x\nletterhead:\n- isuer: [a]\n  place: [b]\n", "xa/unit.yml")
    assert [one.row for one in refused.value.findings] == [1, 3, 4]


@pytest.mark.parametrize("content", [b"", b"# nothing yet\n", b"letterhead:\n", b"letterhead: []\n"])
def test_what_is_not_filled_in_yet_is_nothing(content):
    assert office_form.read(content, "xa/unit.yml") in ({}, {"letterhead": []})


def test_values_are_the_text_they_are():
    assert office_form.read(b"number: 012\ndate: 2023-06-05\nyear: 2023\n", "xa/2022/report.yml") == {
        "number": "012", "date": "2023-06-05", "year": "2023"
    }  # fmt: skip


def test_64_kilobytes_take_neither_memory_nor_minutes(tmp_path):
    """The whole command, with 1.5 GB of addresses and 60 s of a processor."""
    shutil.copytree(provinces.root() / provinces.UNITS[0], tmp_path / "data" / "xa")
    bomb = BOMBS["one merged range over everything"][0]()
    assert len(bomb) < 65_536
    (tmp_path / "data" / "xa" / "2024" / "so-lieu.xlsx").write_bytes(bomb)

    def poor():
        resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    command = [Path(sys.executable).parent / "giamngheo", "check", "--data", tmp_path / "data", "--unit", "xa", "--year", "2024"]
    run = subprocess.run(command, preexec_fn=poor, capture_output=True, text=True, cwd=PROJECT, env=dict(os.environ))
    assert run.returncode == 1, run.stderr
    assert "xa/2024/so-lieu.xlsx: tệp có 17.179.869.184 ô nằm trong vùng gộp, giới hạn 200.000" in run.stdout
