"""The analyst's words: placeholders that exist, figures that are not typed, sections that are written."""

from pathlib import Path

import pytest

from conftest import SEED, SEED_YEAR, data_folder
from giamngheo import opened
from giamngheo.checks import complete
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
        "tên như vậy. Cách sửa: có phải là {review.poor_rate}, hay {review.poor_households}.",
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
        "tên như vậy. Cách sửa: có phải là {review.poor_households}, hay {review.poor_rate}.",
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


def refused_file(write_year, content: bytes) -> list[str]:
    """What is refused of one section that holds these bytes."""
    section(write_year("xa", 2022), "mo-hinh", content)
    text = narrative.read("mo-hinh", opened("xa", 2022))
    assert text.body == ""
    assert set(text.refused) <= set(narrative.findings(opened("xa", 2022)))
    return [str(finding).removeprefix("xa/2022/narrative/mo-hinh.md") for finding in text.refused]


NOTEPAD = "mở tệp bằng Notepad, chọn File → Save As, ở ô Encoding chọn UTF-8 rồi lưu."
UNIKEY = "chuyển chữ sang Unicode (UniKey → Công cụ), "
OTHER_BYTES = {
    "TCVN3": (
        b"Ti\xd5p t\xf4c gi\xb6m ngh\xcco, h\xe9 ngh\xcco c\xf1a x\xb7",
        f", dòng 1: tệp không phải UTF-8; có vẻ là TCVN3 (phông .Vn…). Cách sửa: {UNIKEY}rồi {NOTEPAD}",
    ),
    "VNI": (
        "Mot.\nTieáp tuïc giaûm ngheøo, hoä ngheøo".encode("latin-1"),
        f", dòng 2: tệp không phải UTF-8; có vẻ là VNI (phông VNI-…). Cách sửa: {UNIKEY}rồi {NOTEPAD}",
    ),
    "Windows-1258": (
        b"Ti\xea\xecp tu\xf2c gia\xd2m ngh\xe8o, h\xf4\xf2 ngh\xe8o cu\xd2a xa\xde",
        f", dòng 1: tệp không phải UTF-8; có vẻ là Windows-1258. Cách sửa: {UNIKEY}rồi {NOTEPAD}",
    ),
    "VNI typed as Unicode": (
        "Một.\nHoä ngheøo, hoä caän ngheøo".encode(),
        f', dòng 2: giá trị "Hoä ngheøo, hoä caän ngheøo" — chữ gõ bằng VNI (phông VNI-…). Cách sửa: {UNIKEY}hoặc gõ lại '
        "dòng này.",
    ),
    "UTF-8 opened as Windows-1252": (
        "Hồ Văn".encode().decode("cp1252").encode(),
        f', dòng 1: giá trị "Há»“ VÄƒn" — chữ đã hỏng khi chuyển mã. Cách sửa: {UNIKEY}hoặc gõ lại dòng này.',
    ),
    "UTF-16 that does not say so": (
        "Hộ nghèo".encode("utf-16-le"),
        ": có nhiều ký tự NUL: tệp đã hỏng hoặc lưu bằng UTF-16 mà không ghi dấu của bảng mã ấy. "
        f"Cách sửa: {NOTEPAD}",
    ),
    "half a letter of UTF-16": (
        "Hộ".encode("utf-16") + b"\x00",
        f": tệp không phải UTF-8. Cách sửa: {NOTEPAD}",
    ),
    "bytes of nothing": (b"a\xff\xfeb", f", dòng 1: tệp không phải UTF-8. Cách sửa: {NOTEPAD}"),
    "a Word file": (
        b"PK\x03\x04abc",
        ": đây là tệp Word hoặc Excel mang đuôi .md. Cách sửa: mở tệp bằng phần mềm của nó, chép phần chữ vào một tệp mới "
        "của Notepad, lưu với Encoding UTF-8.",
    ),
}


@pytest.mark.parametrize(("content", "message"), OTHER_BYTES.values(), ids=OTHER_BYTES)
def test_a_file_that_is_no_unicode_text_is_refused_with_what_to_do(write_year, content, message):
    assert refused_file(write_year, content) == [message]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_a_file_that_says_what_it_is_is_read(write_year, encoding):
    section(write_year("xa", 2022), "mo-hinh", "Hộ nghèo:\r\n1. một\r2. hai".encode(encoding))
    assert narrative.read("mo-hinh", opened("xa", 2022)).body == "Hộ nghèo:\n1. một\n2. hai"


UNSEEN = {
    "a mark that turns the direction": ("Số hộ \u202e9931\u202c", 7, "U+202E", "ký tự không nhìn thấy"),
    "a mark of direction": ("9\u200e", 2, "U+200E", "ký tự không nhìn thấy"),
    "an isolate": ("\u20679", 1, "U+2067", "ký tự không nhìn thấy"),
    "a blank without width": ("1\u200b2", 2, "U+200B", "ký tự không nhìn thấy"),
    "a joiner": ("1\u200d2", 2, "U+200D", "ký tự không nhìn thấy"),
    "a byte order mark in the text": ("hộ \ufeff9", 4, "U+FEFF", "ký tự không nhìn thấy"),
    "a soft hyphen": ("1\u00ad2", 2, "U+00AD", "ký tự không nhìn thấy"),
    "a picture that was pasted": ("\ufffc", 1, "U+FFFC", "chỗ của một hình hoặc đối tượng"),
    "a letter that was lost": ("H\ufffd", 2, "U+FFFD", "chữ đã hỏng khi chuyển mã"),
    "Word's bullet within a line": ("hai \uf0b7 ba", 5, "U+F0B7", "ký tự riêng của một phông chữ"),
    "a letter of some font": ("\ue000", 1, "U+E000", "ký tự riêng của một phông chữ"),
    "NUL": ("hộ\x00nghèo và cận nghèo", 3, "U+0000", "ký tự điều khiển"),
    "Word's line break": ("một\x0bhai", 4, "U+000B", "ký tự điều khiển"),
    "a page break": ("một\x0c", 4, "U+000C", "ký tự điều khiển"),
    "a line break of another kind": ("5\u2028120", 2, "U+2028", "dấu ngắt dòng riêng của phần mềm"),
    "a code without a letter": ("a\u0378", 2, "U+0378", "mã không có chữ nào"),
    "a stroke through a digit": ("12\u0336", 3, "U+0336", "dấu đặt lên chữ số hoặc dấu câu"),
    "a key around a digit": ("1\ufe0f\u20e3", 2, "U+FE0F", "dấu đặt lên chữ số hoặc dấu câu"),
    "a circle": ("a\u20dd", 2, "U+20DD", "dấu bao quanh chữ số hoặc chữ"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "column", "code", "kind"), UNSEEN.values(), ids=UNSEEN)
def test_a_character_that_is_not_seen_is_named_at_its_line_and_column(write_year, line, column, code, kind):
    (said,) = refused_file(write_year, f"Một hộ.\n{line}".encode())
    assert said == (
        f', dòng 2, cột {column}: giá trị "{code}" — {kind}, đọc và in ra sẽ khác nhau. Cách sửa: xóa ký tự ấy: đặt con '
        "trỏ ngay sau nó rồi bấm Backspace, hoặc gõ lại từ ấy."
    )


def test_bullets_of_word_and_blanks_of_every_width_are_decoded(write_year):
    body = "\uf0b7 Một\n  \uf0a7\tHai\n\uf0d8Ba\n\uf02d 1\u00a0160\u2009hộ\u202f; ơ\u0306"
    section(write_year("xa", 2022), "mo-hinh", body)
    assert narrative.read("mo-hinh", opened("xa", 2022)).body == "• Một\n  • Hai\n• Ba\n- 1 160 hộ ; ơ\u0306"


def test_a_folder_in_place_of_a_file_and_a_file_in_place_of_the_folder(write_year):
    folder = write_year("xa", 2022)
    (folder / "narrative" / "mo-hinh.md").mkdir(parents=True)
    (said,) = narrative.read("mo-hinh", opened("xa", 2022)).refused
    assert said.rule.startswith("không mở được tệp (")
    assert said.remedy == "đóng tệp ở phần mềm khác, xem lại quyền đọc; đây phải là một tệp, không phải thư mục"
    other = write_year("xb", 2022)
    (other / "narrative").write_text("Lời văn.", encoding="utf-8")
    assert "xb/2022/narrative: đây phải là một thư mục. Cách sửa: đổi tên tệp này, mỗi mục viết một tệp trong thư mục " \
        "narrative." in [str(finding) for finding in narrative.findings(opened("xb", 2022))]


JOINED = {
    "a digit before": ("Có 1{review.poor_households}", "1{review.poor_households}"),
    "a point of a list without its blank": ("1.{review.poor_households}", "1.{review.poor_households}"),
    "a dash without its blank": ("-{review.poor_households}", "-{review.poor_households}"),
    "a plus": ("tăng +{review.poor_households}", "+{review.poor_households}"),
    "noughts behind": ("{review.poor_households}.000 đồng", "{review.poor_households}.0"),
    "decimals behind": ("{review.poor_households},5", "{review.poor_households},5"),
    "a raised figure behind": ("{review.poor_households}²", "{review.poor_households}²"),
    "bold stars between": ("**{review.poor_households}**.000", "{review.poor_households}.0"),
    "two names": ("{review.poor_households}{year}", "{review.poor_households}{"),
    "a year with a digit more": ("năm {year}5", "{year}5"),
    "in a cell": ("|a|\n|-|\n|2{review.poor_households}|", "2{review.poor_households}"),
}


@pytest.mark.parametrize(("body", "value"), JOINED.values(), ids=JOINED)
def test_what_touches_a_name_would_print_another_number_and_is_refused(body, value):
    found = narrative.unprintable(written(body))
    line = body.count("\n") + 1
    assert [str(one) for one in found] == [
        f'xa/2022/narrative/ton-tai.md, dòng {line}: giá trị "{value}" — chữ số hoặc dấu đứng sát tên số liệu, in ra '
        "thành một số khác. Cách sửa: đặt dấu cách ở chỗ ấy, hoặc bỏ phần đứng sát."
    ]


@pytest.mark.parametrize("body", [
    "Ngày 01/6/{year}, 01.6.{year}; {last_year}-{year}, {last_year}–{year}.", "(1) {review.poor_rate}, 1. {review.poor_rate}",
    "**{review.poor_rate}**; ({review.poor_rate}); {review.poor_rate}.", "{review.poor_rate}-{year}, từ 10%-{review.poor_rate}",
    "1.160 {review.poor_rate} 5", "- {review.poor_rate}", "{review.poor_rate}/{year}; x-{review.poor_rate}",
])  # fmt: skip
def test_names_that_stand_by_themselves_or_in_a_date_are_printed(body):
    assert narrative.unprintable(written(body)) == []


def test_braces_of_another_width_are_no_name():
    (found,) = narrative.unknown_names(written("Có ｛review.poor_rate｝"), FIGURES)
    assert found.value == "｛review.poor_rate｝" and found.remedy.startswith("có phải là {review.poor_rate}")


def test_lines_that_cannot_be_printed_are_found_where_they_stand(write_year):
    section(write_year("xa", 2022), "mo-hinh", "Một.\n#Hai\n\n> ba")
    found = [finding for finding in narrative.findings(opened("xa", 2022)) if finding.level == "refuse"]
    assert [(finding.row, finding.value) for finding in found] == [(2, "#Hai"), (4, "> ba")]


def test_a_section_of_comments_is_not_written(write_year):
    section(write_year("xa", 2022), "mo-hinh", "<!-- {hỏi} lại 20 hộ -->\n")
    text = narrative.read("mo-hinh", opened("xa", 2022))
    assert (text.body, text.refused, narrative.unknown_names(text, [])) == ("", (), [])


def test_a_number_of_three_digits_at_the_beginning_is_a_figure():
    assert narrative.typed_figures(written("324. hộ cận nghèo")) == [(1, "324")]


def test_a_section_of_blanks_is_not_written(write_year):
    section(write_year("xa", 2022), "mo-hinh", " \n\n")
    assert narrative.read("mo-hinh", opened("xa", 2022)).body == ""


def test_a_section_that_is_not_written_keeps_the_report_a_draft(write_year):
    write_year("xa", 2022)
    this = opened("xa", 2022)
    missing = {found.file: str(found) for section in narrative.SECTIONS for found in complete.unwritten(this, section)}
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
