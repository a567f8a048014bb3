"""A unit from nothing: what is asked, what is written, what is refused; a merged one begins with its predecessors' counts."""

import datetime as dt
import errno
import io
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from openpyxl import load_workbook

from giamngheo import checks, cli
from giamngheo.figures import results
from giamngheo.findings import DataError
from giamngheo.intake import narrative, office, wide_sheets
from giamngheo.intake.unit import Year
from giamngheo.law import unit_name
from giamngheo.law.dated import Law
from giamngheo.review import index
from giamngheo.run import ending
from giamngheo.year import agenda, newunit, newyear, unit_map
from laws import LAW

ANSWERS = (
    "to-tung", "xã Tơ Tung", "23668", "2025", "", "Kông Lơng Khơng; Tơ Tung (cũ)", "",
    "Ủy ban nhân dân tỉnh Gia Lai; Sở Nông nghiệp và Môi trường tỉnh Gia Lai", "Như trên; Thường trực Đảng ủy xã", "",
    "Nguyễn Văn A", "KT",
)  # fmt: skip
ONE = [
    {"village": "Làng Mơ Tôn", "households": 600, "poor_households": 100, "near_poor_households": 50},
    {"village": "Làng Đak Giang", "households": 400, "poor_households": 40, "near_poor_households": 60},
]
OTHER = [{"village": "Làng Mơ Tôn", "households": 500, "poor_households": 25, "near_poor_households": 30}]


def typed(monkeypatch, data, answers=ANSWERS, *options):
    """The command as a person answers it, line by line."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers) + "\n" * bool(answers)))
    return cli.main(["new-unit", "--data", str(data), "--out", str(data.parent / "out"), *options])


def test_the_questions_answered_one_by_one_make_a_letterhead_and_a_first_year(tmp_path, monkeypatch, capsys):
    data = tmp_path / "data"
    assert typed(monkeypatch, data) == 0
    this = Year(data, "to-tung", 2025)
    assert sorted(path.name for path in this.folder.iterdir()) == ["narrative", "report.yml", "so-lieu.xlsx"]
    (entry,) = office.settings(this)["letterhead"]
    assert (entry["place"], entry["signatory"], entry["position"]) == ("Tơ Tung", "Nguyễn Văn A", "CHỦ TỊCH")
    assert entry["issuer"] == ["ỦY BAN NHÂN DÂN", "XÃ TƠ TUNG"] and len(entry["addressees"]) == 2
    assert office.findings(this) == []
    said = capsys.readouterr().out
    assert "Thiếu số liệu năm 2024 của xã Kông Lơng Khơng: giamngheo template --unit kong-long-khong --year 2024" in said


def test_every_field_of_the_letterhead_has_a_comment_and_every_section_a_hint(tmp_path, monkeypatch):
    data = tmp_path / "data"
    typed(monkeypatch, data)
    lines = (data / "to-tung" / "unit.yml").read_text(encoding="utf-8").splitlines()
    pairs = zip(lines, lines[1:], strict=False)
    assert all(before.lstrip().startswith("#") for before, line in pairs if not line.lstrip().startswith("#"))
    files = {path.stem: path.read_text(encoding="utf-8") for path in (data / "to-tung" / "2025" / "narrative").iterdir()}
    assert sorted(files) == sorted(narrative.SECTIONS)
    assert files["giai-phap"] == "<!-- Giải pháp. Các giải pháp để thực hiện kế hoạch. Viết dưới dòng này. -->\n"
    assert all(narrative.read(section, Year(data, "to-tung", 2025)).body == "" for section in files)


def test_a_merged_commune_begins_with_the_villages_and_counts_of_all_its_predecessors(write_year, monkeypatch):
    write_year("kong-long-khong", 2024, review=ONE)
    write_year("to-tung-cu", 2024, review=OTHER)
    typed(monkeypatch, write_year.root)
    this = Year(write_year.root, "to-tung", 2025)
    opening = {(row["village"], row["class"]): row["start"] for row in this.reading("movements").rows() if row["measure"] == "households"}
    one, other = "Làng Mơ Tôn (xã Kông Lơng Khơng)", "Làng Mơ Tôn (xã Tơ Tung (cũ))"
    assert opening == {
        (one, "poor"): 100, (one, "near_poor"): 50, ("Làng Đak Giang", "poor"): 40, ("Làng Đak Giang", "near_poor"): 60,
        (other, "poor"): 25, (other, "near_poor"): 30,
    }  # fmt: skip
    assert [row["former_commune"] for row in this.reading("review").rows()] == ["xã Kông Lơng Khơng"] * 2 + ["xã Tơ Tung (cũ)"]


def test_a_predecessor_without_figures_is_named_where_there_is_nothing_to_compare_with(write_year):
    write_year("kong-long-khong", 2024, review=ONE)
    write_year("to-tung", 2025, review=ONE)
    assert results.comparison(Year(write_year.root, "to-tung", 2025)).refusal == (
        "Chưa có số liệu năm 2024 của xã Tơ Tung (cũ) để so sánh."
    )


@pytest.mark.parametrize("said", ["Kông Lơng Khơng; Tơ Tung", "Kông Lơng Khơng, xã Tơ Tung", "to-tung-cu, kong-long-khong", ""])
def test_the_predecessors_are_told_as_a_person_writes_them(tmp_path, monkeypatch, said):
    assert typed(monkeypatch, tmp_path / "data", (*ANSWERS[:5], said, *ANSWERS[6:])) == 0
    assert Year(tmp_path / "data", "to-tung", 2025).merged == ["kong-long-khong", "to-tung-cu"]


def test_a_predecessor_whose_name_two_former_communes_have_is_asked_for_by_its_code():
    row = dict.fromkeys(LAW.rows("units")[0], "") | {"kind": "commune", "name": "xã Sơn Hà", "valid_to": "2025-06-30"}
    with pytest.raises(DataError) as refused:
        unit_map.known("Sơn Hà", [row | {"unit": "son-ha-1"}, row | {"unit": "son-ha-2", "name": "xã Sơn Hà (cũ)"}, row | {"unit": "son-ha-3"}])
    assert str(refused.value) == (
        '--predecessors: giá trị "Sơn Hà" — trên bản đồ có 2 xã cũ cùng tên này: son-ha-1, son-ha-3. '
        "Cách sửa: ghi mã của xã cũ thay cho tên."
    )


def test_a_code_that_is_another_units_on_that_day_is_refused(tmp_path, monkeypatch, capsys):
    answers = ("xa-moi", "xã Mới", *ANSWERS[2:])
    assert typed(monkeypatch, tmp_path / "data", answers) == 1
    assert capsys.readouterr().err.strip() == (
        'units.csv, cột code: giá trị "23668" — ngày 31/12/2025 mã này là của xã Tơ Tung (to-tung). '
        "Cách sửa: xem lại mã số; chưa rõ thì để trống."
    )
    assert not (tmp_path / "data" / "xa-moi").exists()


def test_the_same_code_was_the_old_communes_before_the_reform(tmp_path, monkeypatch):
    answers = ("kong-long-khong", "Kông Lơng Khơng", "23668", "2024", "Kbang", "", "Làng A; Làng B", *ANSWERS[7:])
    assert typed(monkeypatch, tmp_path / "data", answers) == 0
    assert [row["village"] for row in Year(tmp_path / "data", "kong-long-khong", 2024).reading("review").rows()] == ["Làng A", "Làng B"]


def test_a_unit_that_is_not_on_the_map_is_added_with_its_predecessors(tmp_path, monkeypatch):
    answers = ("xa-moi", "xã Mới", "", "2026", "", "xã Cũ Một; xã Cũ Hai", *ANSWERS[6:])
    assert typed(monkeypatch, tmp_path / "data", answers) == 0
    law = Year(tmp_path / "data", "xa-moi", 2026).law
    names = {unit: law.unit_name(unit) for unit in law.predecessors("xa-moi")}
    assert list(names.values()) == ["xã Cũ Một", "xã Cũ Hai"]
    assert [row["unit"] for row in law.ended(list(names)[0], dt.date(2026, 12, 31))] == ["xa-moi"]


def test_a_commune_is_in_the_roll_up_of_the_province_it_was_told_to_lie_in(tmp_path):
    this = newunit.make(tmp_path, NEW | {"province": "Gia Lai"})
    assert this.law.territory(2026).communes["gia-lai"] == ["to-tung", "xa-moi"]
    assert [line for line in agenda.todo(this) if "units.csv" in line] == []


def test_a_commune_that_lies_in_no_province_is_in_no_roll_up_and_hears_it(tmp_path):
    this = newunit.make(tmp_path, NEW)
    assert [line for line in agenda.todo(this) if "units.csv" in line] == [
        "xã Mới chưa có đơn vị cấp trên nên không vào báo cáo tổng hợp nào: ghi mã của tỉnh vào cột parent của dòng xa-moi trong "
        "data/units.csv (tỉnh chưa có trong bảng thì thêm dòng, kind là province)."
    ]


@pytest.mark.parametrize(("year", "there"), [("2026", "tỉnh Gia Lai"), ("2024", "tỉnh Gia Lai; tỉnh Bình Định; huyện Kbang")])
def test_the_question_for_the_province_offers_those_of_that_year(tmp_path, year, there):
    questions = []
    newunit.asked(tmp_path, {"unit": "xa-moi", "year": year}, lambda words: questions.append(words) or "")
    assert [words for words in questions if words.startswith("Tỉnh")] == [
        f"Tỉnh của xã (năm còn cấp huyện: huyện), mã hoặc tên; chưa rõ thì để trống (trên bản đồ: {there}): "
    ]


def test_of_a_unit_that_is_there_nothing_more_is_asked(tmp_path, monkeypatch, capsys):
    (tmp_path / "data" / "xa-hai").mkdir(parents=True)
    assert typed(monkeypatch, tmp_path / "data", ("Xa-Hai", "xã Hai")) == 1
    said = capsys.readouterr()
    assert said.out == f"{newunit.QUESTIONS[0].words}: "
    assert said.err == "xa-hai: đơn vị này đã có thư mục. Cách sửa: mở năm mới của đơn vị này: giamngheo new-year --unit xa-hai --year ….\n"


def test_answers_that_are_needed_are_asked_for_by_their_options(tmp_path, monkeypatch, capsys):
    assert typed(monkeypatch, tmp_path / "data", (), "--unit", "xa-moi") == 1
    said = capsys.readouterr().err
    assert "--name: chưa có câu trả lời. Cách sửa: Tên đơn vị như viết trong câu, ví dụ xã Tơ Tung." in said
    assert "--year: chưa có câu trả lời" in said


def test_a_year_of_a_unit_that_has_ended_is_not_opened_and_its_successor_is_named(write_year):
    write_year("kong-long-khong", 2024, review=ONE)
    with pytest.raises(DataError) as refused:
        newyear.make(Year(write_year.root, "kong-long-khong", 2025))
    assert str(refused.value) == (
        "kong-long-khong/2025: đơn vị này không còn vào ngày 31/12/2025, đã nhập vào xã Tơ Tung. Cách sửa: mở năm cho đơn vị mới "
        "(xã Tơ Tung: giamngheo new-unit --unit to-tung --year 2025), hoặc sửa units.csv nếu bản đồ sai."
    )


def test_a_year_of_a_unit_that_has_ended_is_a_draft_that_names_its_successor_and_gets_no_workbook(write_year, capsys):
    write_year("kong-long-khong", 2025, review=ONE)
    found = [str(one) for one in checks.check(Year(write_year.root, "kong-long-khong", 2025)) if "không còn" in one.rule]
    assert found == [
        "[chỉ lập được DỰ THẢO] kong-long-khong/2025: đơn vị này không còn vào ngày 31/12/2025, đã nhập vào xã Tơ Tung. Cách sửa: mở năm "
        "cho đơn vị mới (xã Tơ Tung: giamngheo new-unit --unit to-tung --year 2025), hoặc sửa units.csv nếu bản đồ sai."
    ]
    options = ["--unit", "kong-long-khong", "--year", "2026", "--data", str(write_year.root)]
    assert cli.main(["template", *options]) == 1
    assert "đã nhập vào xã Tơ Tung" in capsys.readouterr().err
    assert not (write_year.root / "kong-long-khong" / "2026").exists()


def test_villages_are_typed_where_no_predecessor_has_them_and_else_copied(write_year):
    told_villages = NEW | {"unit": "to-tung", "name": "xã Tơ Tung", "year": "2025"}
    write_year("kong-long-khong", 2024, review=ONE)
    with pytest.raises(DataError) as refused:
        newunit.make(write_year.root, told_villages)
    assert str(refused.value) == (
        "--villages: thôn, làng được chép từ số liệu năm 2024 của xã Kông Lơng Khơng. Cách sửa: để trống; thiếu thôn, làng nào thì thêm "
        "dòng vào tệp Excel sau."
    )
    shutil.rmtree(write_year.root / "kong-long-khong")
    this = newunit.make(write_year.root, told_villages)
    assert [row["village"] for row in this.reading("review").rows()] == ["Làng A", "Làng B"]
    book = load_workbook(this.folder / "so-lieu.xlsx")
    named = {table: [row[0] for row in book[table].iter_rows(values_only=True) if row[0] in ("Làng A", "Làng B")] for table in wide_sheets.TABLES}
    assert named == dict.fromkeys(wide_sheets.TABLES, ["Làng A", "Làng B"]) | {"movements": ["Làng A", "Làng A", "Làng B", "Làng B"]}


def test_a_merged_commune_that_begins_after_its_first_year_asks_for_its_own_last_year(tmp_path):
    """At the end of 2025 the former communes were no more: nobody has their figures of that year."""
    this = newunit.make(tmp_path, NEW | {"unit": "to-tung", "name": "xã Tơ Tung", "year": "2026"})
    asked = [line for line in agenda.todo(this) if "giamngheo template" in line]
    assert [line.partition(". ")[0] for line in asked] == ["Không có năm 2025 để chép sang"]
    assert results.missing(this) == ""


# whole or nothing ------------------------------------------------------------------------------------

NEW = {
    "unit": "xa-moi", "name": "xã Mới", "code": "", "year": "2026", "province": "", "predecessors": [], "villages": ["Làng A", "Làng B"],
    "addressees": [], "recipients": [], "position": "", "signatory": "", "drafting_unit": "",
}  # fmt: skip
STOPS = ("mkdir", "rename", "replace", "link", "unlink", "rmdir", "open", "write", "fsync")


def told(root, **answers):
    """What is said of a new unit that is refused; nothing may have been made of it."""
    before = sorted(root.rglob("*")) if root.exists() else []
    with pytest.raises(DataError) as refused:
        newunit.make(root, NEW | answers)
    assert [path for path in sorted(root.rglob("*")) if path not in before] == []
    return str(refused.value)


def state(root):
    """All that stands below a folder: what a text says, and that a workbook is there."""
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*")}
    return {name: path.read_bytes() if path.suffix in (".csv", ".yml", ".md") else b"" for name, path in files.items()}


def after(first, call):
    """`call`, with `first` done before it."""
    return lambda *given, **named: (first(), call(*given, **named))[1]


def test_after_a_stop_at_any_call_that_changes_a_file_the_same_command_makes_the_unit(tmp_path):
    """Every state of the data folder that a killed run can leave is kept as a copy; in each, the command is run again."""
    root, left = tmp_path / "data", {}

    def keep():
        now = state(root) if root.exists() else {}
        shape = tuple(sorted((re.sub("-[0-9a-f]{8}", "-", name), content) for name, content in now.items()))
        if shape not in left:
            left[shape] = tmp_path / f"{len(left)}"
            shutil.copytree(root, left[shape]) if root.exists() else left[shape].mkdir()

    with pytest.MonkeyPatch.context() as patch:
        for name in STOPS:
            patch.setattr(os, name, after(keep, getattr(os, name)))
        newunit.make(root, NEW)
    whole = state(root)
    assert len(left) > 5 and any("xa-moi" not in os.listdir(one) and "units.csv" in os.listdir(one) for one in left.values())
    for one in left.values():
        if not (one / "xa-moi").exists():  # else all was done
            newunit.make(one, NEW)
        assert state(one) == whole


def test_a_full_disk_leaves_neither_a_row_nor_a_folder(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    root = tmp_path / "data"
    monkeypatch.setattr(newyear, "copy_narrative", full)
    with pytest.raises(OSError):
        newunit.make(root, NEW)
    assert list(root.iterdir()) == []
    monkeypatch.undo()
    newunit.make(root, NEW)
    assert sorted(os.listdir(root)) == ["units.csv", "xa-moi"]


def test_units_made_at_once_are_all_on_the_map(tmp_path):
    root, known = tmp_path / "data", len(Law().rows("units"))
    names = [f"xa-{letter}" for letter in "abcd"]
    with ThreadPoolExecutor(len(names)) as several:
        list(several.map(lambda unit: newunit.make(root, NEW | {"unit": unit, "villages": []}), names))
    rows = Law(root).rows("units")
    assert len(rows) == known + len(names) and sorted(row["unit"] for row in rows[known:]) == names
    assert sorted(os.listdir(root)) == ["units.csv", *names]


def test_what_stands_in_the_units_place_is_told(tmp_path):
    (tmp_path / "xa-moi").symlink_to("nowhere")
    assert told(tmp_path) == (
        "xa-moi: chỗ của thư mục này đã có một tệp hoặc một liên kết hỏng. Cách sửa: đổi tên hoặc xóa nó rồi chạy lại."
    )
    (tmp_path / "xa-hai").mkdir()
    assert told(tmp_path, unit="Xa-Hai") == (
        "xa-hai: đơn vị này đã có thư mục. Cách sửa: mở năm mới của đơn vị này: giamngheo new-year --unit xa-hai --year 2026."
    )


def test_a_hidden_folder_of_a_person_beside_the_unit_stays(tmp_path):
    (tmp_path / ".xa-moi-ban-cu").mkdir()
    newunit.make(tmp_path, NEW)
    assert sorted(os.listdir(tmp_path)) == [".xa-moi-ban-cu", "units.csv", "xa-moi"]


# answers that are refused ----------------------------------------------------------------------------

UNPRINTABLE = (
    "có ký tự không in ra được (xuống dòng, ký tự ẩn, dấu cách không ngắt, ký tự đổi chiều chữ, byte không phải UTF-8). "
    "Cách sửa: gõ lại câu trả lời này trên một dòng."
)
CODE = "mã số đơn vị hành chính chỉ gồm chữ số. Cách sửa: Mã số đơn vị hành chính, ví dụ 23668; chưa rõ thì để trống."
YEAR_REMEDY = "Cách sửa: Năm rà soát đầu tiên, ví dụ 2026."
TWICE = "ghi hai lần. Cách sửa: mỗi tên chỉ ghi một lần; hai thôn cùng tên thì ghi thêm chữ để phân biệt."
LONG = ["x" * 2000] * 40  # 80,000 bytes
SIZE = len(newunit.letterhead(NEW | {"addressees": LONG}).encode())


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"name": "xã\nMới"}, f'--name: giá trị "xã\\nMới" — {UNPRINTABLE}'),
        ({"name": "xã Mới\udcff"}, f'--name: giá trị "xã Mới\\udcff" — {UNPRINTABLE}'),
        ({"unit": "xa\u202emoi"}, f'--unit: giá trị "xa\\u202emoi" — {UNPRINTABLE}'),
        ({"villages": ["Làng A", "Làng\u200b B"]}, f'--villages: giá trị "Làng\\u200b B" — {UNPRINTABLE}'),
        ({"drafting_unit": "K\x00T"}, f'--drafting-unit: giá trị "K\\x00T" — {UNPRINTABLE}'),
        ({"name": "x" * 100_000}, "--name: dài 100000 ký tự, nhiều nhất 2000. Cách sửa: rút ngắn câu trả lời này."),
        ({"code": "=1+1"}, f'--code: giá trị "=1+1" — {CODE}'),
        ({"code": "２３６６８"}, f'--code: giá trị "２３６６８" — {CODE}'),
        ({"year": "1989"}, f"--year: giá trị \"1989\" — năm phải từ 1990 đến 2099, bốn chữ số; nhận được '1989'. {YEAR_REMEDY}"),
        ({"year": "nay"}, f"--year: giá trị \"nay\" — năm phải là số nguyên, ví dụ 2022; nhận được 'nay'. {YEAR_REMEDY}"),
        ({"villages": ["Làng Hòa", "làng  Hoà"]}, f'--villages: giá trị "làng  Hoà" — {TWICE}'),
        ({"predecessors": ["xã Cũ", "Xã Cũ"]}, f'--predecessors: giá trị "Xã Cũ" — {TWICE}'),
        (
            {"predecessors": ["to-tung-cu", "xã Tơ Tung (cũ)"]},
            '--predecessors: giá trị "xã Tơ Tung (cũ)" — xã Tơ Tung (cũ) ghi hai lần. '
            "Cách sửa: ghi mã của xã cũ trong units.csv, hoặc sửa tên.",
        ),
        (
            {"predecessors": ["..."]},
            '--predecessors: giá trị "..." — không đặt được mã đơn vị cho xã cũ này (-cu). '
            "Cách sửa: ghi mã của xã cũ trong units.csv, hoặc sửa tên.",
        ),
        (
            {"villages": [f"Làng {at}" for at in range(5001)]},
            "--villages: có 5001 câu trả lời, nhiều nhất 5000. Cách sửa: xem lại dấu ; giữa các câu trả lời.",
        ),
        (
            {"addressees": LONG},
            f"unit.yml: các câu trả lời dài {SIZE} byte, nhiều nhất 65536. Cách sửa: rút ngắn các dòng Kính gửi, Nơi nhận.",
        ),
        (
            {"unit": "gia-lai", "name": "tỉnh Gia Lai"},
            'units.csv, cột unit: giá trị "gia-lai" — trên bản đồ mã đơn vị này là của tỉnh Gia Lai, ngày 31/12/2026 không phải là '
            "một xã. Cách sửa: đặt mã đơn vị khác, hoặc xem lại năm.",
        ),
        (
            {"unit": "to-tung", "name": "xã Tơ Tung", "year": "2024"},
            'units.csv, cột unit: giá trị "to-tung" — trên bản đồ mã đơn vị này là của xã Tơ Tung, ngày 31/12/2024 không phải là '
            "một xã. Cách sửa: đặt mã đơn vị khác, hoặc xem lại năm.",
        ),
        (
            {"unit": "to-tung", "name": "xã Khác"},
            'units.csv: giá trị "xã Khác" — trên bản đồ đơn vị này có tên khác. '
            "Cách sửa: mã to-tung là của xã Tơ Tung; dùng mã khác, hoặc sửa tên.",
        ),
        (
            {"unit": "to-tung", "name": "xã Tơ Tung", "code": "99999"},
            '--code: giá trị "99999" — trên bản đồ mã số của xã Tơ Tung là 23668. '
            "Cách sửa: để trống thì dùng mã trên bản đồ; bản đồ sai thì sửa units.csv.",
        ),
        (
            {"province": "tỉnh Bình Định"},
            '--province: giá trị "tỉnh Bình Định" — ngày 31/12/2026 trên bản đồ không có đơn vị cấp trên này. Cách sửa: các đơn vị có trên '
            "bản đồ: tỉnh Gia Lai; đơn vị khác thì để trống, rồi thêm dòng của nó vào units.csv.",
        ),
        (
            {"unit": "kong-long-khong", "name": "Kông Lơng Khơng", "year": "2024", "province": "gia-lai-cu"},
            '--province: giá trị "tỉnh Gia Lai" — trên bản đồ xã Kông Lơng Khơng thuộc: huyện Kbang. '
            "Cách sửa: để trống thì dùng đơn vị trên bản đồ; bản đồ sai thì sửa cột parent của units.csv.",
        ),
        (
            {"unit": "to-tung", "name": "xã Tơ Tung", "predecessors": ["Kông Lơng Khơng"]},
            '--predecessors: giá trị "Kông Lơng Khơng" — trên bản đồ các xã cũ của xã Tơ Tung là: xã Kông Lơng Khơng; xã Tơ Tung (cũ). '
            "Cách sửa: ghi đúng các xã ấy, cách nhau dấu ;, hoặc để trống thì dùng các xã trên bản đồ; bản đồ sai thì sửa units.csv.",
        ),
        (
            {"predecessors": ["xã Kông Lơng Khơng"]},
            '--predecessors: giá trị "xã Kông Lơng Khơng" — xã cũ này đã nhập vào xã Tơ Tung (to-tung): số liệu sẽ tính hai lần. '
            "Cách sửa: bỏ xã này; chỉ nhập một phần thì ghi phần ấy như một xã cũ có tên riêng, với số liệu của nó.",
        ),
        (
            {"villages": ["Làng ①"]}, '--villages: giá trị "Làng ①" — phông chữ của báo cáo không có ký tự ① (U+2460), in ra thành ô vuông. '
            "Cách sửa: gõ lại bằng chữ, số thường: 1.",
        ),
        ({"unit": "nul.txt"}, f'"nul.txt": {unit_name.RULE}. Cách sửa: {unit_name.REMEDY}.'),
        ({"unit": "index.html"}, f'"index.html": {unit_name.RULE}. Cách sửa: {unit_name.REMEDY}.'),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused_before_anything_is_made(tmp_path, answers, said):
    assert told(tmp_path, **answers) == said


def test_no_unit_is_called_as_what_lies_beside_the_units_in_the_results():
    assert [unit_name.is_plain(name) for name in (index.FILE, ending.LOGS, "manifest-2024.csv", "failures-2024.csv")] == [False] * 4


def test_an_answer_typed_in_bytes_that_are_no_utf_8_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"xa-moi\nx\xe3 M\xff\n"), encoding="utf-8"))
    assert cli.main(["new-unit", "--data", str(tmp_path / "data"), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == (
        "câu trả lời: có byte không phải chữ UTF-8. Cách sửa: chọn bảng mã UTF-8 cho cửa sổ lệnh rồi gõ lại.\n"
    )


def test_the_workbook_of_a_misspelt_unit_is_not_made_and_that_of_one_on_the_map_is(tmp_path, capsys):
    root = tmp_path / "data"
    root.mkdir()
    asked = ["template", "--data", str(root), "--out", str(tmp_path / "out"), "--year", "2024", "--unit"]
    assert cli.main([*asked, "kong-lng-khong"]) == 1
    assert capsys.readouterr().err == (
        "kong-lng-khong: không có thư mục của đơn vị này. "
        'Cách sửa: mở đơn vị mới: giamngheo new-unit --unit kong-lng-khong --year 2024 (có phải là "kong-long-khong" không?).\n'
    )
    assert list(root.iterdir()) == []
    assert cli.main([*asked, "kong-long-khong"]) == 0
    assert [path.relative_to(root).as_posix() for path in root.rglob("*.xlsx")] == ["kong-long-khong/2024/so-lieu.xlsx"]
