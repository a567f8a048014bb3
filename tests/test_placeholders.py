"""Names in a narrative: every wrong one at once with a guess, the words each prints, no word said twice."""

import json

import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import checks, cli, opened
from giamngheo.checks import placeholders
from giamngheo.findings import DataError
from giamngheo.intake.narrative import CONTEXT, Text
from giamngheo.report import passages

REVIEW = {"households": 1160, "poor_households": 242, "near_poor_households": 324}


@pytest.fixture
def commune(write_year):
    """A function that writes sections of a commune with last year's figures and says what is wrong with their names."""

    def write(**sections):
        write_year("xa", 2023, review=[REVIEW | {"poor_households": 262}])
        folder = write_year("xa", 2024, review=[REVIEW])
        (folder / "narrative").mkdir(exist_ok=True)
        for section, body in sections.items():
            (folder / "narrative" / f"{section.replace('_', '-')}.md").write_text(body, encoding="utf-8")
        return [str(finding) for finding in placeholders.findings(opened("xa", 2024))]

    return write


def test_every_wrong_name_of_every_section_is_named_at_once(commune):
    assert commune(
        mo_hinh="Mô hình có {models.members} tham gia.",
        ket_qua_dat_duoc="- Tỷ lệ {review.poor_rte},\n- {changes.poor.chang_households}.",
        giam_sat="Trong năm {yeer}.",
    ) == [
        'xa/2024/narrative/mo-hinh.md, dòng 1: giá trị "{models.members}" — không có số liệu nào tên như vậy. '
        "Cách sửa: có phải là {models.1.members}; tên ấy chỉ có khi bảng models có dòng.",
        'xa/2024/narrative/giam-sat.md, dòng 1: giá trị "{yeer}" — không có số liệu nào tên như vậy. '
        "Cách sửa: có phải là {year} (năm rà soát).",
        'xa/2024/narrative/ket-qua-dat-duoc.md, dòng 1: giá trị "{review.poor_rte}" — không có số liệu nào tên như '
        "vậy. Cách sửa: có phải là {review.poor_rate} (in ra “20,86%”), hay {review.near_poor_rate} (in ra “27,93%”), "
        "hay {review.poor_person_rate} (in ra “chưa có số liệu”).",
        'xa/2024/narrative/ket-qua-dat-duoc.md, dòng 2: giá trị "{changes.poor.chang_households}" — không có số liệu '
        "nào tên như vậy. Cách sửa: có phải là {changes.poor.change_households} (in ra “giảm 20 hộ”), hay "
        "{changes.near_poor.change_households} (in ra “không thay đổi”), hay {changes.poor.households} (in ra “242 hộ”).",
    ]


def test_a_report_with_a_wrong_name_is_refused_before_anything_runs(commune):
    wrong = commune(giam_sat="Trong năm {yeer}.")
    with pytest.raises(DataError) as refused:
        checks.require(opened("xa", 2024))
    assert [str(refused.value)] == wrong
    checks.require_figures(opened("xa", 2024))


TWICE = {
    "the unit": ("Có {review.poor_households} hộ nghèo", "{review.poor_households}", "242 hộ", "hộ"),
    "the unit after bold words": ("Có **{review.poor_households}** hộ", "{review.poor_households}", "242 hộ", "hộ"),
    "the unit in a cell of a table": ("|a|\n|-|\n|{review.households} Hộ|", "{review.households}", "1.160 hộ", "hộ"),
    "the sign of per cent": ("Là {review.poor_rate} %.", "{review.poor_rate}", "20,86%", "%"),
    "a fall": ("Đã giảm {changes.poor.change_households}.", "{changes.poor.change_households}", "giảm 20 hộ", "giảm"),
    "a rise before a fall": ("Tăng *{changes.poor.change_rate}*", "{changes.poor.change_rate}", "giảm 1,72 điểm phần trăm", "Tăng"),
    "one word of the unit": ("{changes.poor.change_rate} điểm", "{changes.poor.change_rate}", "giảm 1,72 điểm phần trăm", "điểm"),
    "the unit of a count that is not known": ("{review.poor_persons} khẩu", "{review.poor_persons}", "chưa có số liệu", "khẩu"),
    "a word of what is printed where a count is not known": ("Hiện chưa {review.poor_persons}", "{review.poor_persons}", "chưa có số liệu", "chưa"),
    "the same in quotes": ("Nay Giảm (“*{changes.poor.change_households}", "{changes.poor.change_households}", "giảm 20 hộ", "Giảm"),
    "the last word of the unit": ("{changes.poor.change_rate} trăm", "{changes.poor.change_rate}", "giảm 1,72 điểm phần trăm", "trăm"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "name", "shown", "word"), TWICE.values(), ids=TWICE)
def test_a_word_that_a_figure_prints_already_is_named(commune, body, name, shown, word):
    (said,) = commune(mo_hinh=body)
    line = body.count("\n") + 1
    assert said == (
        f'[chỉ lập được DỰ THẢO] xa/2024/narrative/mo-hinh.md, dòng {line}: giá trị "{name}" — {name} đã in ra '
        f"“{shown}”, chữ “{word}” sẽ thừa. Cách sửa: bỏ chữ “{word}” bên cạnh tên số liệu."
    )


def test_a_word_said_twice_is_named_also_behind_a_name_that_there_is_not(commune):
    wrong, twice = commune(mo_hinh="Có {review.poor} và {review.poor_households} hộ.")
    assert ("“hộ”" in twice, "{review.poor}" in wrong) == (True, True)


@pytest.mark.parametrize(("body", "before", "after"), [
    ("Hộ nghèo giảm {changes.poor.change_households} hộ.", "giảm", "hộ"), ("tăng **{changes.poor.change_households}** Hộ", "tăng", "hộ"),
    ("(Giảm {changes.poor.change_households}  hộ)", "Giảm", "hộ"),
])  # fmt: skip
def test_words_on_both_sides_that_a_figure_prints_already_are_named_at_once(commune, body, before, after):
    (said,) = commune(mo_hinh=body)
    assert said == (
        '[chỉ lập được DỰ THẢO] xa/2024/narrative/mo-hinh.md, dòng 1: giá trị "{changes.poor.change_households}" — '
        f"{{changes.poor.change_households}} đã in ra “giảm 20 hộ”, chữ “{before}”, “{after}” sẽ thừa. "
        f"Cách sửa: bỏ chữ “{before}”, “{after}” bên cạnh tên số liệu."
    )


@pytest.mark.parametrize("body", [
    "Số khẩu: {review.poor_persons} số liệu", "X{review.poor_households}X hộ",
    "Có {review.poor_households} nghèo.", "Toàn xã {review.households}. Hộ nghèo còn nhiều.", "năm {year}",
    "Số hộ nghèo {changes.poor.change_households}, hộ cận nghèo giữ nguyên.", "hộ {review.poor_households}",
    "Tỷ lệ {review.poor_rate} số hộ", "{review.poor_households} hộp", "<!-- {review.poor_households} hộ -->",
])  # fmt: skip
def test_words_that_are_not_said_twice_are_left_alone(commune, body):
    assert commune(mo_hinh=body) == []


def test_the_names_are_those_of_the_reports_own_notebook():
    notebook = json.loads((PROJECT / "notebooks" / "04_report.ipynb").read_text(encoding="utf-8"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    end = next(at for at, source in enumerate(sources) if "sections.available(figures)" in source)
    here: dict = {}
    for source in sources[: end + 1]:
        exec(source, here)  # the notebook's own cells, in order
    known = passages.context(opened(SEED, SEED_YEAR)) | placeholders.figures(opened(SEED, SEED_YEAR))
    assert placeholders.listed(here["figures"]) == placeholders.listed(known)


def test_words_of_a_whole_that_no_commune_has_are_listed_without_a_label():
    assert placeholders.listed({"scope": "toàn bộ 3 xã"}) == [("scope", "", "toàn bộ 3 xã")]


def test_words_called_by_name_are_all_described():
    assert list(passages.context(opened(SEED, SEED_YEAR))) == list(CONTEXT)


def test_check_lists_the_names_and_what_they_print(capsys):
    assert cli.main(["check", "--names", "--format", "csv", "--data", str(PROJECT / "data")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["name,text,label", "{year},2022,Năm rà soát"]
    assert "{review.poor_households},242 hộ,Hộ nghèo" in said
    assert "{before.poor_households},262 hộ,Hộ nghèo (năm trước)" in said
    assert "{changes.poor.change_households},giảm 20 hộ,\"Tăng, giảm số hộ (Hộ nghèo)\"" in said
    assert cli.main(["check", "--names", "--data", str(PROJECT / "data")]) == 0
    aligned = capsys.readouterr().out.splitlines()
    assert len(aligned) == len(said) - 1
    assert aligned[0].split("  ", 1)[0] == "{year}" and aligned[0].endswith("Năm rà soát")
    assert cli.main(["check", "--names", "--format", "json", "--data", str(PROJECT / "data")]) == 2
    assert capsys.readouterr().err == "--names chỉ đi với --format text hoặc csv\n"


def test_a_label_that_begins_like_a_formula_stays_text_in_the_list_of_names(write_year, capsys):
    write_year("xa", 2024, review=[REVIEW], facts=[
        {"fact": "diem", "label": '=HYPERLINK("http://mang.invalid")', "value": "5", "unit": "people"},
    ])  # fmt: skip
    assert cli.main(["check", "--names", "--format", "csv", "--data", str(write_year.root), "--unit", "xa", "--year", "2024"]) == 0
    assert '{facts.diem},05 người,"\'=HYPERLINK(""http://mang.invalid"")"' in capsys.readouterr().out.splitlines()


def test_a_word_beside_a_name_of_words_is_no_unit():
    assert list(placeholders.said_twice(Text("s", "f", "năm {year} năm"), {})) == []


def test_a_word_that_only_a_report_of_several_communes_has_needs_no_description():
    assert placeholders.listed({"scope": "3 xã", "year": "2024"}) == [("scope", "", "3 xã"), ("year", "Năm rà soát", "2024")]
