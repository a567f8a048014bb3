"""A unit from nothing: what is asked, what is written, what is refused; a merged one begins with its predecessors' counts."""

import datetime as dt
import io

import pytest

from giamngheo import cli
from giamngheo.figures import results
from giamngheo.findings import DataError
from giamngheo.intake import narrative, office
from giamngheo.intake.unit import Year
from giamngheo.year import newyear

ANSWERS = (
    "to-tung", "xã Tơ Tung", "23668", "2025", "Kông Lơng Khơng; Tơ Tung (cũ)", "",
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


def test_a_code_that_is_another_units_on_that_day_is_refused(tmp_path, monkeypatch, capsys):
    answers = ("xa-moi", "xã Mới", *ANSWERS[2:])
    assert typed(monkeypatch, tmp_path / "data", answers) == 1
    assert capsys.readouterr().err.strip() == (
        'units.csv, cột code: giá trị "23668" — ngày 31/12/2025 mã này là của xã Tơ Tung (to-tung). '
        "Cách sửa: xem lại mã số; chưa rõ thì để trống."
    )
    assert not (tmp_path / "data" / "xa-moi").exists()


def test_the_same_code_was_the_old_communes_before_the_reform(tmp_path, monkeypatch):
    answers = ("kong-long-khong", "Kông Lơng Khơng", "23668", "2024", "", "Làng A; Làng B", *ANSWERS[6:])
    assert typed(monkeypatch, tmp_path / "data", answers) == 0
    assert [row["village"] for row in Year(tmp_path / "data", "kong-long-khong", 2024).reading("review").rows()] == ["Làng A", "Làng B"]


def test_a_unit_that_is_not_on_the_map_is_added_with_its_predecessors(tmp_path, monkeypatch):
    answers = ("xa-moi", "xã Mới", "", "2026", "xã Cũ Một; xã Cũ Hai", *ANSWERS[5:])
    assert typed(monkeypatch, tmp_path / "data", answers) == 0
    law = Year(tmp_path / "data", "xa-moi", 2026).law
    names = {unit: law.unit_name(unit) for unit in law.predecessors("xa-moi")}
    assert list(names.values()) == ["xã Cũ Một", "xã Cũ Hai"]
    assert [row["unit"] for row in law.ended(list(names)[0], dt.date(2026, 12, 31))] == ["xa-moi"]


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
