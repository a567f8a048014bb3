"""`unit.yml` and `report.yml` as people fill them in: what is of no known form is a finding with its line and what to do."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SEED, SEED_YEAR
from giamngheo import checks, opened
from giamngheo.findings import DataError
from giamngheo.intake import office, office_form

PATTERN = "xem tệp của đơn vị khác làm mẫu"
ENTRY = "from, to, superior, place, archive, drafting_unit, position, signatory, issuer, addressees, recipients, authority"
DASHES = "ghi mỗi mục một dòng, bắt đầu bằng dấu gạch: - …"
MISSPELT = """\
name: xã Ia Mơ Nông
issuer_name: Ủy ban nhân dân xã Ia Mơ Nông
letterhead:
  - from: 2025-07-01
    superior: ""
    issuer: [ỦY BAN NHÂN DÂN, XÃ IA MƠ NÔNG]
    place: Ia Mơ Nông
    addressee:
      - Sở Nông nghiệp và Môi trường tỉnh Gia Lai
    signatory: (tên người ký)
"""
REMARK = (
    "chữ sau dấu # bị bỏ, không đọc, không in. Cách sửa: là chữ cần in thì đặt cả mục trong ngoặc kép, "
    'ví dụ "32 #8"; là ghi chú thì chuyển xuống một dòng riêng, bắt đầu bằng dấu #.'
)
UNITS = {
    "a misspelt addressee": (
        MISSPELT, f'dòng 8: giá trị "addressee" — không có mục nào tên như vậy. Cách sửa: dùng một trong các tên '
        f'(có phải là "addressees" không?): {ENTRY}.',
    ),
    "a letterhead that is a text": ("name: x\nletterhead: abc\n", f'dòng 2: giá trị "abc" — phải là danh sách. Cách sửa: {DASHES}.'),
    "a colon in an item": (
        "name: x\nletterhead:\n- issuer: [A, B]\n  recipients:\n  - Lưu: VT\n",
        'dòng 5: giá trị "Lưu" — mục có dấu hai chấm nên không còn là chữ. Cách sửa: đặt cả mục trong ngoặc kép, ví dụ "Lưu: VT".',
    ),
    "an issuer that is a text": (
        "name: x\nletterhead:\n- issuer: ỦY BAN NHÂN DÂN XÃ\n",
        f'dòng 3: giá trị "ỦY BAN NHÂN DÂN XÃ" — phải là danh sách. Cách sửa: {DASHES}.',
    ),
    "a name twice": ("name: xã A\nname: xã B\n", 'dòng 2: giá trị "name" — tên này có hai lần. Cách sửa: giữ một dòng.'),
    "a place twice in one letterhead": (
        "letterhead:\n- place: A\n  to: 2025-06-30\n  place: B\n", 'dòng 4: giá trị "place" — tên này có hai lần. Cách sửa: giữ một dòng.'
    ),
    "a key in capitals": (
        "Name: xã A\n", 'dòng 1: giá trị "Name" — không có mục nào tên như vậy. Cách sửa: dùng một trong các tên '
        '(có phải là "name" không?): name, issuer_name, board_name, synthetic, letterhead.',
    ),
    "a day that is not": (
        "letterhead:\n- from: 31/06/2025\n",
        'dòng 2: giá trị "31/06/2025" — không phải là ngày. Cách sửa: ghi ngày dạng 05/06/2023 hoặc 2023-06-05.',
    ),
    "an end before its beginning": (
        "letterhead:\n- from: 2025-07-01\n  to: 2024-07-01\n",
        'dòng 3: giá trị "2024-07-01" — ngày cuối đứng trước ngày đầu (2025-07-01). Cách sửa: sửa from hoặc to.',
    ),
    "two letterheads on one day": (
        "letterhead:\n- from: 2021-01-01\n- from: 01/07/2025\n",
        'dòng 3: giá trị "01/07/2025" — hai thể thức cùng có hiệu lực một ngày: không biết in thể thức nào. '
        "Cách sửa: ghi ngày cuối (to) của thể thức trước, ngày đầu (from) của thể thức sau.",
    ),
    "null for nothing": (
        "name: null\n", 'dòng 1: giá trị "null" — trong YAML chữ này nghĩa là để trống. '
        'Cách sửa: để trống thì ghi ""; nếu đúng là chữ thì đặt trong ngoặc kép.',
    ),
    "a text that swallows the next line": (
        "letterhead:\n- place: Ia Mơ Nông\n    signatory A\n",
        'dòng 2: giá trị "Ia Mơ Nông signatory A" — chữ nằm trên nhiều dòng. Cách sửa: ghi trên một dòng.'
    ),
    "a name of a figure": (
        "name: xã {place}\n", 'dòng 1: giá trị "{place}" — tệp này không dùng tên trong ngoặc nhọn. Cách sửa: ghi chữ cần in.'
    ),
    "an item that is blank": (
        'letterhead:\n- addressees:\n  - ""\n', "dòng 3: danh sách Nơi gửi có một dòng trống. Cách sửa: ghi chữ vào dòng này, hoặc xóa dòng."
    ),
    "neither true nor false": ("synthetic: có\n", 'dòng 1: giá trị "có" — Số liệu mô phỏng phải là một trong: true, false. Cách sửa: sửa lại.'),
    "a kind": ("name: !!int 5\n", "dòng 1: không dùng ! để ghi kiểu của giá trị. Cách sửa: bỏ phần bắt đầu bằng !, hoặc đặt trong ngoặc kép."),
    "a tab": ("letterhead:\n\t- place: A\n", "dòng 2: tệp không đúng cách viết YAML. Cách sửa: thay dấu Tab ở dòng này bằng dấu cách."),
    "a tab before a value": ("name:\tA\n", "dòng 1: tệp không đúng cách viết YAML. Cách sửa: thay dấu Tab ở dòng này bằng dấu cách."),
    "a code of a letter": (
        'name: "xã A\\u200b"\n', 'dòng 1: giá trị "\\u200b" — trong ngoặc kép, dấu \\ mở đầu mã của một ký tự. '
        "Cách sửa: gõ thẳng ký tự ấy; muốn in dấu \\ thì ghi \\\\."
    ),
    "words after a #": (
        "name: xã Ia Mơ Nông # mới\n", f'dòng 1: giá trị "# mới" — {REMARK}'
    ),
    "an item all of which is after a #": ("letterhead:\n- recipients:\n  - #2 Phòng A\n", 'dòng 3: giá trị "#2 Phòng A" — ' + REMARK),
    "words after a list on one line": ("letterhead:\n- issuer: [A, B] #C\n", f'dòng 2: giá trị "#C" — {REMARK}'),
    "a remark beside a name": ("letterhead: # thể thức\n- place: A\n", f'dòng 1: giá trị "# thể thức" — {REMARK}'),
    "a code in a list": (
        'letterhead:\n- addressees:\n  - "Sở A"\n  - "Sở\\tB"\n', 'dòng 4: giá trị "\\t" — trong ngoặc kép, dấu \\ mở đầu mã của một ký tự. '
        "Cách sửa: gõ thẳng ký tự ấy; muốn in dấu \\ thì ghi \\\\."
    ),
}  # fmt: skip
REPORTS = {
    "the rest of a number after a #": ("number: 32 #8\n", f'dòng 1: giá trị "#8" — {REMARK}'),
    "a number all of which is after a #": ("number: #8\n", f'dòng 1: giá trị "#8" — {REMARK}'),
    "a code of a digit": (
        'number: "1\\x35"\n', 'dòng 1: giá trị "\\x35" — trong ngoặc kép, dấu \\ mở đầu mã của một ký tự. '
        "Cách sửa: gõ thẳng ký tự ấy; muốn in dấu \\ thì ghi \\\\."
    ),
    "the letters of a number that are printed already": (
        "number: 115/BC-UBND\n", 'dòng 1: giá trị "115/BC-UBND" — Số của báo cáo chỉ là con số. '
        "Cách sửa: ghi số, ví dụ 15: phần /BC-UBND đã in sẵn; chưa có thì để trống."
    ),
    "a number of nought": (
        "number: '0'\n", 'dòng 1: giá trị "0" — Số của báo cáo chỉ là con số. '
        "Cách sửa: ghi số, ví dụ 15: phần /BC-UBND đã in sẵn; chưa có thì để trống."
    ),
    "a year of five digits": ("year: '02023'\n", 'dòng 1: giá trị "02023" — không phải là năm. Cách sửa: ghi năm bằng bốn chữ số, ví dụ 2023.'),
    "dots for a number": (
        "number: '...'\n", 'dòng 1: giá trị "..." — Số của báo cáo chỉ là con số. '
        "Cách sửa: ghi số, ví dụ 15: phần /BC-UBND đã in sẵn; chưa có thì để trống."
    ),
    "a number twice": (
        'number: "07"\ndate: 05/06/2023\nnumber: "12"\nyear: 2023\n', 'dòng 3: giá trị "number" — tên này có hai lần. Cách sửa: giữ một dòng.'
    ),
    "a misspelt decision": (
        "approved_by:\n  numbr: 1/QĐ-UBND\n", 'dòng 2: giá trị "numbr" — không có mục nào tên như vậy. '
        'Cách sửa: dùng một trong các tên (có phải là "number" không?): number, date, issuer.',
    ),
    "a decision that is a text": (
        "approved_by: 15/QĐ-UBND\n",
        f'dòng 1: giá trị "15/QĐ-UBND" — phải gồm các dòng `tên: giá trị`. Cách sửa: {PATTERN}.',
    ),
    "no year": ("year: 23\n", 'dòng 1: giá trị "23" — không phải là năm. Cách sửa: ghi năm bằng bốn chữ số, ví dụ 2023.'),
    "a year before the review": (
        "year: 2021\n", 'dòng 1: giá trị "2021" — báo cáo và quyết định của năm rà soát 2022 phải ở các năm 2022 - 2027. '
        "Cách sửa: sửa ngày hoặc năm này.",
    ),
    "a year far away": (
        "date: 05/06/2032\n", 'dòng 1: giá trị "05/06/2032" — báo cáo và quyết định của năm rà soát 2022 phải ở các năm 2022 - 2027. '
        "Cách sửa: sửa ngày hoặc năm này.",
    ),
    "a decision after the report": (
        "date: 05/02/2023\napproved_by:\n  number: 15/QĐ-UBND\n  date: 26/12/2023\n",
        'dòng 4: giá trị "26/12/2023" — quyết định công nhận kết quả có sau ngày của báo cáo (05/02/2023). Cách sửa: sửa một trong hai ngày.',
    ),
    "two years": (
        "date: 05/02/2023\nyear: 2022\n", 'dòng 2: giá trị "2022" — khác năm của ngày báo cáo (05/02/2023). '
        "Cách sửa: sửa một trong hai, hoặc để trống mục year.",
    ),
    "two digits of a year": (
        "date: 05/02/23\n", 'dòng 1: giá trị "05/02/23" — không phải là ngày. Cách sửa: ghi ngày dạng 05/06/2023 hoặc 2023-06-05.'
    ),
}  # fmt: skip


def said(write_year, name: str, content: bytes) -> list[str]:
    """What the check of a year says of one of its office's files."""
    folder = write_year("xa", 2022, review=[{"households": 9, "poor_households": 1, "near_poor_households": 1}])
    path = folder.parent / "unit.yml" if name == "unit.yml" else folder / name
    path.write_bytes(content)
    return [str(finding) for finding in checks.findings(opened("xa", 2022)) if finding.file.endswith(name) and finding.level == "refuse"]


@pytest.mark.parametrize(("content", "message"), UNITS.values(), ids=UNITS)
def test_a_fault_of_unit_yml_is_told_by_the_check(write_year, content, message):
    assert said(write_year, "unit.yml", content.encode()) == [f"xa/unit.yml, {message}"]


@pytest.mark.parametrize(("content", "message"), REPORTS.values(), ids=REPORTS)
def test_a_fault_of_report_yml_is_told_by_the_check(write_year, content, message):
    assert said(write_year, "report.yml", content.encode()) == [f"xa/2022/report.yml, {message}"]


REMARKS = """\
# một dòng riêng
name: "xã A #1"  # như con dấu
letterhead:
  # nơi nhận là của năm 2023
  - recipients:
      - 'Phòng B #2' # cũ
      - Trường C#3
"""


def test_remarks_on_lines_of_their_own_and_behind_quotation_marks_hide_nothing():
    assert office_form.read(REMARKS.encode(), "xa/unit.yml") == {
        "name": "xã A #1", "letterhead": [{"recipients": ["Phòng B #2", "Trường C#3"]}],
    }  # fmt: skip


SAVE = "mở tệp bằng Notepad, chọn File → Save As, ở ô Encoding chọn UTF-8 rồi lưu"
ENCODED = {
    "UTF-16 without its mark": (
        "name: xã Mẫu\n".encode("utf-16-le"),
        f"xa/unit.yml: có nhiều ký tự NUL: tệp đã hỏng hoặc lưu bằng UTF-16 mà không ghi dấu của bảng mã ấy. Cách sửa: {SAVE}.",
    ),
    "the letters of an old font": (
        "board_name: a\nname: xã\n".encode("latin-1"), "xa/unit.yml, dòng 2: tệp không phải UTF-8; có vẻ là TCVN3 (phông .Vn…). "
        f"Cách sửa: chuyển chữ sang Unicode (UniKey → Công cụ), rồi {SAVE}.",
    ),
    "a Word file": (
        b"PK\x03\x04rest", "xa/unit.yml: đây là tệp Word hoặc Excel mang đuôi .yml. Cách sửa: mở tệp bằng phần mềm của nó, "
        "chép phần chữ vào một tệp mới của Notepad, lưu với Encoding UTF-8.",
    ),
    "a bidi mark": (
        "name: xã\nboard_name: a\u202eb\n".encode(),
        'xa/unit.yml, dòng 2, cột 14: giá trị "U+202E" — ký tự không nhìn thấy, đọc và in ra sẽ khác nhau. '
        "Cách sửa: xóa ký tự ấy: đặt con trỏ ngay sau nó rồi bấm Backspace, hoặc gõ lại từ ấy.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), ENCODED.values(), ids=ENCODED)
def test_an_office_file_that_is_not_seen_as_it_is_stored_is_refused(write_year, content, message):
    assert said(write_year, "unit.yml", content) == [message]


def test_utf16_that_says_so_is_read(write_year):
    assert said(write_year, "unit.yml", "name: xã Mẫu\n".encode("utf-16")) == []
    assert office.settings(opened("xa", 2022)) == {"name": "xã Mẫu"}


@pytest.mark.parametrize("name", ["report.yaml", "reprot.yml", "report (1).yml"])
def test_a_file_that_was_meant_as_one_of_the_two_is_named(write_year, name):
    folder = write_year("xa", 2022)
    (folder / name).write_text("number: 12\n", "utf-8")
    assert [str(finding) for finding in office.findings(opened("xa", 2022))] == [
        f"[chỉ lập được DỰ THẢO] xa/2022/{name}: không ai đọc tệp này. Cách sửa: đổi tên thành report.yml, hoặc xóa tệp."
    ]


def test_a_folder_in_place_of_the_file_is_told(write_year):
    folder = write_year("xa", 2022, review=[{"households": 9}])
    (folder / "report.yml").mkdir()
    assert [str(found) for found in office.findings(opened("xa", 2022))] == [
        "xa/2022/report.yml: là thư mục, không phải tệp. Cách sửa: đổi tên hoặc dời thư mục này đi."
    ]


def test_the_empty_report_of_a_new_year_comes_from_the_dictionary_and_is_of_its_form():
    written = office_form.blank("report.yml", {"year": "2025"})
    assert office_form.read(written.encode(), "xa/2024/report.yml") == {
        "kind": "", "number": "", "date": "", "year": "2025", "approved_by": {"number": "", "date": "", "issuer": ""},
        "other_approved_by": {"number": "", "date": "", "issuer": ""},
        "replaces": {"number": "", "date": "", "reason": ""}, "kinds": [],
    }  # fmt: skip


def test_the_seed_is_a_draft_for_a_contradiction_and_because_no_decision_is_named():
    contradiction, *others = checks.draft_reasons(opened(SEED, SEED_YEAR))[::-1]
    assert "các số không thể cùng đúng" in contradiction
    assert others[::-1] == [
        f"{SEED}/2022/report.yml: chưa có số quyết định công nhận kết quả. "
        "Cách sửa: điền mục approved_by.number: Số và ký hiệu đầy đủ, ví dụ 15/QĐ-UBND.",
        f"{SEED}/2022/report.yml: chưa có ngày quyết định công nhận kết quả. Cách sửa: điền mục approved_by.date: Ngày ký quyết định.",
    ]


# any file ------------------------------------------------------------------------------------------

WHOLE = (MISSPELT.replace("addressee:", "addressees:") + 'synthetic: "true"\n').splitlines()
REPORT = office_form.blank("report.yml", {"number": '"12"', "date": "05/02/2023", "approved_by.date": "2023-01-05"}).splitlines()
ODD = st.sampled_from(
    ["", "null", "~", "[a, b]", "{a: b}", "abc", "- a", "a: b: c", "!!int 5", "&a x", "*a", "31/02/2023", "2023", "\t", "'", '"',
     "|", ">", "a\u202e", "\x00", "\ue000", "\u2028", "\x85", "ngày 5", "%YAML 9.9", "---", "...", "[cần bổ sung]", "{year}", "#", "? a", "<<"]
)  # fmt: skip
CHANGE = st.one_of(
    st.tuples(st.just("value"), st.integers(0, 30), ODD | st.text(max_size=12)),
    st.tuples(st.just("key"), st.integers(0, 30), ODD | st.text(max_size=12)),
    st.tuples(st.just("twice"), st.integers(0, 30), st.just("")),
    st.tuples(st.just("out"), st.integers(0, 30), st.just("")),
    st.tuples(st.just("indent"), st.integers(0, 30), st.sampled_from([" ", "  ", "\t", "- "])),
    st.tuples(st.just("line"), st.integers(0, 30), ODD | st.text(max_size=20)),
)


def mutated(lines: list[str], changes: list[tuple[str, int, str]]) -> str:
    for kind, at, new in changes:
        at %= max(1, len(lines))
        line = lines[at] if lines else ""
        key, colon, value = line.partition(":")
        made = {"value": [f"{key}: {new}"], "key": [f"{new}{colon}{value}"], "twice": [line, line], "out": [],
                "indent": [new + line], "line": [line, new]}[kind]  # fmt: skip
        lines = [*lines[:at], *made, *lines[at + 1 :]]
    return "\n".join(lines) + "\n"


@settings(max_examples=1000)
@given(
    file=st.sampled_from([("xa/unit.yml", WHOLE), ("xa/2022/report.yml", REPORT)]),
    changes=st.lists(CHANGE, max_size=4),
    encoding=st.sampled_from(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "utf-16-le", "cp1258"]),
)
def test_any_office_file_is_read_or_told_at_its_line(file, changes, encoding):
    name, lines = file
    content = mutated(lines, changes).encode(encoding, "replace")
    told = office_form.told(content, name)
    for found in told.findings:
        whole = "UTF-" in found.rule or "YAML" in found.rule and not found.row
        assert (found.file, found.level) == (name, "refuse") and (found.row > 0 or whole) and found.remedy
        assert found.row <= content.decode(encoding).count("\n") + content.decode(encoding).count("\r") + 2
    if told.findings:
        with pytest.raises(DataError):
            office_form.read(content, name)
        return
    assert all(line > 0 for line in told.lines.values())
    for place in ("date", "approved_by.date"):
        above, _, last = place.rpartition(".")
        value = (told.values.get(above) or {} if above else told.values).get(last)
        assert not value or isinstance(office.as_date(value), dt.date)
