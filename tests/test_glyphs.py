"""Every character that may be typed is printed as itself: what our fonts do not draw is refused where it stands."""

import io
import unicodedata
from pathlib import Path

import matplotlib
import pypdf
import pytest
from fontTools.ttLib import TTFont

import blocks
from giamngheo import checks, opened
from giamngheo.vietnamese import glyphs
from giamngheo.writers import fonts, pdf

MONO = Path(matplotlib.get_data_path(), "fonts", "ttf")  # the same files as within Typst
FAMILIES = {fonts.HERE: "LiberationSerif-*.ttf", MONO: "DejaVuSansMono*.ttf"}
STYLES = ({}, {"bold": True}, {"italic": True}, {"bold": True, "italic": True})


def drawn() -> set[int]:
    """The characters that every style of one of the families of the report draws; no control, and none that is set from the right."""
    found: set[int] = set()
    for folder, names in FAMILIES.items():
        found |= set.intersection(*(set(TTFont(path).getBestCmap()) for path in folder.glob(names)))
    return {code for code in found if unicodedata.category(chr(code))[0] != "C" and not from_the_right(chr(code))}


def from_the_right(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL", "AN")


def ranges(codes: set[int]) -> str:
    """The codes as `glyphs.DRAWN` writes them: first-last, in hexadecimal."""
    ends: list[list[int]] = []
    for code in sorted(codes):
        if ends and ends[-1][1] == code - 1:
            ends[-1][1] = code
        else:
            ends.append([code, code])
    return " ".join(f"{first:X}-{last:X}" if first != last else f"{first:X}" for first, last in ends)


def test_the_table_of_characters_is_what_the_fonts_draw():
    assert " ".join(glyphs.DRAWN.split()) == ranges(drawn())


def test_none_of_them_is_set_as_a_box_in_any_style():
    letters = [chr(code) for code in sorted(drawn()) if unicodedata.category(chr(code))[0] not in "MZ"]
    runs = [blocks.run(" ".join(letters), **style) for style in STYLES]
    pages = pypdf.PdfReader(io.BytesIO(pdf.write({"meta": blocks.meta(), "figures": {}, "blocks": [blocks.paragraph(*runs)]}))).pages
    held = {font.get_object()["/BaseFont"].partition("+")[2].partition("-")[0] for page in pages for font in page["/Resources"]["/Font"].values()}
    assert held == {"LiberationSerif", "DejaVuSansMono"}


ROW = {"households": 9, "poor_households": 1, "near_poor_households": 1}
LACKING = "phông chữ của báo cáo không có ký tự {} ({}), in ra thành ô vuông. Cách sửa: {}"
IN_CELLS = {
    "a circled number": ("thôn ①", LACKING.format("①", "U+2460", "gõ lại bằng chữ, số thường: 1.")),
    "a Roman number of one character": ("tổ Ⅳ", LACKING.format("Ⅳ", "U+2163", "gõ lại bằng chữ, số thường: IV.")),
    "Chinese letters": ("làng 中文", LACKING.format("中", "U+4E2D", "xóa ký tự ấy, hoặc viết bằng lời.")),
    "a face": ("làng 😀", LACKING.format("😀", "U+1F600", "xóa ký tự ấy, hoặc viết bằng lời.")),
    "bold digits of mathematics": ("thôn 𝟏𝟑", LACKING.format("𝟏", "U+1D7CF", "gõ lại bằng chữ, số thường: 1.")),
    "a square that bold letters lack": ("thôn ☐", LACKING.format("☐", "U+2610", "xóa ký tự ấy, hoặc viết bằng lời.")),
    "wide digits": ("thôn １３", LACKING.format("１", "U+FF11", "gõ lại bằng chữ, số thường: 1.")),
    "a name in braces": (
        "làng {Kon}", "{Kon} là cách gọi tên số liệu trong lời văn, không dùng trong bảng. Cách sửa: bỏ dấu { và }, hoặc dùng ngoặc tròn."
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "message"), IN_CELLS.values(), ids=IN_CELLS)
def test_a_cell_that_cannot_be_printed_is_refused(write_year, name, message):
    write_year("xa", 2022, review=[ROW | {"village": name}, ROW | {"village": "thôn 2"}])
    assert [str(finding) for finding in checks.check(opened("xa", 2022)) if finding.file.endswith("review.csv")] == [
        f'xa/2022/review.csv, dòng 2, cột A (village): giá trị "{name}" — {message}'
    ]


def test_a_line_of_the_narrative_that_cannot_be_printed_is_refused(write_year):
    folder = write_year("xa", 2022, review=[ROW])
    (folder / "narrative").mkdir()
    (folder / "narrative" / "giai-phap.md").write_text("<!-- ① của bản thảo -->\n\nGiải pháp ② là vay vốn.\n", "utf-8")
    assert [str(finding) for finding in checks.findings(opened("xa", 2022)) if finding.level == "refuse"] == [
        'xa/2022/narrative/giai-phap.md, dòng 3, cột 11: giá trị "Giải pháp ② là vay vốn." — '
        + LACKING.format("②", "U+2461", "gõ lại bằng chữ, số thường: 2.")
    ]


def test_a_value_of_the_office_that_cannot_be_printed_is_refused(write_year):
    folder = write_year("xa", 2022, review=[ROW])
    (folder.parent / "unit.yml").write_text("# ① tên\nname: xã ☎ Mẫu\n", "utf-8")
    assert [str(finding) for finding in checks.findings(opened("xa", 2022)) if finding.level == "refuse"] == [
        'xa/unit.yml, dòng 2: giá trị "xã ☎ Mẫu" — ' + LACKING.format("☎", "U+260E", "xóa ký tự ấy, hoặc viết bằng lời.")
    ]


def test_letters_of_every_people_of_the_highlands_are_printed(write_year):
    write_year("xa", 2022, review=[ROW | {"village": "Buôn Čư\u0306 Êmưm"}, ROW | {"village": "Plei Bŏng Jơ\u0306"}])
    assert checks.check(opened("xa", 2022)) == []
