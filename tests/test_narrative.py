"""The analyst's words: placeholders that exist, figures that are not typed, sections that are written."""

from pathlib import Path

import pytest

from conftest import SEED, SEED_YEAR, data_folder
from giamngheo import opened
from giamngheo.figures.trace import Figure
from giamngheo.findings import DataError
from giamngheo.intake import narrative
from giamngheo.intake.narrative import Text

FIGURES = {
    name: Figure(name, "", 1, "households") for name in ("review.poor_rate", "review.poor_households")
} | {"year": "2022"}


def written(body):
    return Text("ton-tai", "xa/2022/narrative/ton-tai.md", body)


REFUSED = {
    "a misspelt name, with the nearest one there is": (
        "Tỷ lệ {review.poor_rat} còn cao.",
        'xa/2022/narrative/ton-tai.md, dòng 1: giá trị "{review.poor_rat}" — không có số liệu nào '
        "tên như vậy. Cách sửa: có phải là {review.poor_rate}.",
    ),
    "a name like no other": (
        "Một.\n\nHai {wealth} ba.",
        'xa/2022/narrative/ton-tai.md, dòng 3: giá trị "{wealth}" — không có số liệu nào tên như vậy. '
        "Cách sửa: xem các tên có thể dùng: giamngheo check --names.",
    ),
    "every unknown name at once, line by line": (
        "{year}\n{yeer}\n{review.poor_household}",
        'xa/2022/narrative/ton-tai.md, dòng 2: giá trị "{yeer}" — không có số liệu nào tên như vậy. '
        "Cách sửa: có phải là {year}.\n"
        'xa/2022/narrative/ton-tai.md, dòng 3: giá trị "{review.poor_household}" — không có số liệu nào '
        "tên như vậy. Cách sửa: có phải là {review.poor_households}.",
    ),
}


@pytest.mark.parametrize(("body", "message"), REFUSED.values(), ids=REFUSED)
def test_a_placeholder_that_names_no_figure_is_refused(body, message):
    with pytest.raises(DataError) as refused:
        narrative.check_placeholders(written(body), FIGURES)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "body",
    ["{ review.poor_rate}", "{}", "{2022}", "{review.poor_rate", "review.poor_rate}", "{{year}}", "{{ 7 * 7 }}"],
)
def test_braces_around_something_else_than_a_name_never_reach_the_report(body):
    with pytest.raises(DataError):
        narrative.check_placeholders(written(body), FIGURES)


def test_names_that_exist_pass():
    narrative.check_placeholders(
        written("Năm {year}: {review.poor_households}, {review.poor_rate}."), FIGURES
    )


TYPED = {
    "a count": ("Toàn xã còn 242 hộ nghèo.", ["242"]),
    "a rate": ("Tỷ lệ hộ nghèo giảm 1,69% so với năm trước.", ["1,69%"]),
    "a count with a point": ("Có 1.399 khẩu.", ["1.399"]),
    "money": ("Kinh phí 148.300.000 đồng.", ["148.300.000"]),
    "a count below ten": ("Nhóm có 07 thành viên.", ["07"]),
    "a range": ("Khoảng 15-20 hộ.", ["15", "20"]),
    "the total number of households": ("Tổng số 1.160 hộ dân cư.", ["1.160"]),
    "a number of households": ("Số hộ nghèo là 242.", ["242"]),
    "a count after the word for number": ("Trong số 324 hộ cận nghèo có 12 hộ.", ["324", "12"]),
    "a count after a project's number": ("Dự án 2: 7 hộ tham gia.", ["7"]),
    "a count in a bullet": ("- 20 hộ thoát nghèo", ["20"]),
    "a numbered line is no figure, the figure in it is": ("2. Có 20 hộ thoát nghèo", ["20"]),
    "the number and the short date of a decision": ("Quyết định 90/QĐ-TTg ngày 18/01/2022.", []),
    "the number of a decree": ("Nghị định 27/2022/NĐ-CP, Nghị định số 07/2021/NĐ-CP.", []),
    "the number of a law": ("Luật 89/2025/QH15.", []),
    "the number of a resolution": ("Nghị quyết số 158/NQ-HĐND ngày 30/9/2022.", []),
    "an article of a decree": ("Theo khoản 3 Điều 26 Nghị định 27/2022/NĐ-CP.", []),
    "a date in words": ("Họp ngày 05 tháng 6 năm 2023.", []),
    "a date in words at the beginning": ("Ngày 05 tháng 6 năm 2023, xã họp.", []),
    "a short date at the beginning": ("Ngày 26/09/2022, xã họp.", []),
    "a month": ("Từ tháng 5/2023 đến tháng 12.", []),
    "a year": ("Kế hoạch năm 2023.", []),
    "a year at the beginning": ("Năm 2023, xã tiếp tục.", []),
    "a period": ("Giai đoạn 2021 - 2025; giai đoạn 2021-2025.", []),
    "a quarter": ("Trong quý IV và quý 3.", []),
    "names of projects": ("Dự án 1, Tiểu dự án 2 thuộc Dự án 3.", []),
    "a placeholder with digits in its name": ("Mô hình có {models.1.members}.", []),
    "no digit at all": ("Tâm lý trông chờ vẫn còn.", []),
}


@pytest.mark.parametrize(("body", "figures"), TYPED.values(), ids=TYPED)
def test_figures_typed_by_hand_are_found_and_nothing_else(body, figures):
    assert [figure for _, figure in narrative.typed_figures(written(body))] == figures


def test_a_typed_figure_is_found_on_its_line():
    assert narrative.typed_figures(written("Một.\n\nCòn 242 hộ.\nVà 324 hộ.")) == [(3, "242"), (4, "324")]


def section(folder: Path, name: str, body: str | bytes):
    (folder / "narrative").mkdir(exist_ok=True)
    (folder / "narrative" / f"{name}.md").write_bytes(body if isinstance(body, bytes) else body.encode())


def test_what_an_editor_puts_before_or_between_the_letters_does_not_matter(write_year):
    section(write_year("xa", 2022), "mo-hinh", "Làng Mơ Tôn.".encode("utf-8-sig"))
    assert narrative.read("mo-hinh", opened("xa", 2022)).body == "Làng Mơ Tôn."
    decomposed = "Làng".replace("à", "a\u0300")
    section(write_year("xa", 2022), "mo-hinh", decomposed)
    assert narrative.read("mo-hinh", opened("xa", 2022)).body == "Làng"


def test_a_section_of_blanks_is_not_written(write_year):
    section(write_year("xa", 2022), "mo-hinh", " \n\n")
    assert narrative.read("mo-hinh", opened("xa", 2022)).body == ""


def test_a_section_that_is_not_written_keeps_the_report_a_draft(write_year):
    write_year("xa", 2022)
    missing = {finding.file: str(finding) for finding in narrative.findings(opened("xa", 2022))}
    assert len(missing) == len(narrative.SECTIONS)
    assert missing["xa/2022/narrative/mo-hinh.md"] == (
        "[chỉ lập được DỰ THẢO] xa/2022/narrative/mo-hinh.md: chưa có lời văn của mục “Mô hình sinh kế”. "
        "Cách sửa: viết mục này vào tệp."
    )


def test_a_typed_figure_is_for_information(write_year):
    folder = write_year("xa", 2022)
    for name in narrative.SECTIONS:
        section(folder, name, "Còn 242 hộ." if name == "mo-hinh" else "Lời văn.")
    assert [str(finding) for finding in narrative.findings(opened("xa", 2022))] == [
        '[lưu ý] xa/2022/narrative/mo-hinh.md, dòng 1: giá trị "242" — số gõ tay: năm sau sẽ sai mà không '
        "ai biết. Cách sửa: thay bằng {tên số liệu}, hoặc đưa số vào bảng facts."
    ]


def test_a_file_that_no_section_reads_is_reported(write_year):
    folder = write_year("xa", 2022)
    for name in narrative.SECTIONS:
        section(folder, name, "Lời văn.")
    section(folder, "mo-hin", "Lời văn đặt nhầm tên tệp.")
    assert [finding.file for finding in narrative.findings(opened("xa", 2022))] == ["xa/2022/narrative/mo-hin.md"]


def test_the_seed_has_every_section_and_types_no_figure():
    assert narrative.findings(opened(SEED, SEED_YEAR)) == []
    folder = data_folder() / SEED / str(SEED_YEAR) / "narrative"
    assert {path.stem for path in folder.iterdir()} == set(narrative.SECTIONS)
