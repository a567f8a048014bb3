"""The PDF as poppler reads it: archival, accessible, nothing cut, nothing on top of anything else."""

import re
import shutil
import sys
from pathlib import Path

import pytest
import typst
from PIL import Image

import blocks
from giamngheo.writers import fonts, held_fonts, pdf
from printed import tags
from tools import folder, pages, said, written

NAMES = ["usual", "large", "hostile"]
MM = 72 / 25.4
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


def words(name: str) -> list[tuple[float, float, list[tuple]]]:
    """Of each page its width and height (pt) and its words as (left, top, right, bottom, text)."""
    listing = said("pdftotext", "-bbox", written(name, "pdf"), "-")
    return [
        (float(width), float(height), [(*map(float, word[:4]), word[4]) for word in WORD.findall(body)])
        for width, height, body in PAGE.findall(listing)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_poppler_opens_it_without_a_warning(name):
    file = written(name, "pdf")
    said("pdfinfo", file)
    said("pdftotext", file, "-")
    said("pdftoppm", "-r", "20", file, folder() / "silent")


def test_it_declares_pdf_a_2a_and_pdf_ua_1():
    metadata = said("pdfinfo", "-meta", written("usual", "pdf"))
    wanted = ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "<rdf:li>vi-VN<"]
    assert [text for text in wanted if text not in metadata] == []


def test_its_only_date_is_the_timestamp():
    assert set(re.findall(r"D:\d+", written("usual", "pdf").read_bytes().decode("latin-1"))) == {
        "D:20230228000000"
    }


def test_only_the_chosen_fonts_are_in_it_and_they_are_embedded():
    fonts_in = [line.split() for line in said("pdffonts", written("usual", "pdf")).splitlines()[2:]]
    assert {font[0].split("+")[1].split("-")[0] for font in fonts_in} == {fonts.serif().replace(" ", "")}
    assert {font[-5] for font in fonts_in} == {"yes"}


def test_files_that_only_bear_the_name_of_times_new_roman_are_not_taken_for_it(tmp_path, monkeypatch):
    """Typst would pass them over and set Liberation Serif, while the manifest named Times New Roman."""
    shipped = Path(fonts.__file__).with_name("LiberationSerif-Regular.ttf")
    for name in ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"):
        shutil.copy(shipped, tmp_path / name)
    monkeypatch.setattr(fonts, "FOLDERS", [str(tmp_path)])
    assert fonts.installed.__wrapped__() == []
    (tmp_path / "times.ttf").write_bytes(b"not a font")
    assert fonts.installed.__wrapped__() == []


@pytest.mark.parametrize("name", ["usual", "few", "large", "hostile"])
def test_the_fonts_that_are_recorded_are_those_another_program_finds_embedded(name):
    fonts_in = [line.split() for line in said("pdffonts", written(name, "pdf")).splitlines()[2:]]
    embedded = {font[0].split("+")[1] for font in fonts_in if font[-5] == "yes"}
    assert held_fonts.in_pdf(written(name, "pdf").read_bytes()) == sorted(embedded) != []


def times(folder: Path) -> None:
    """Four styles of a Times New Roman, made of the shipped font by another name."""
    from fontTools.ttLib import TTFont

    styles = {"times": "Regular", "timesbd": "Bold", "timesi": "Italic", "timesbi": "BoldItalic"}
    for file, style in styles.items():
        with TTFont(fonts.HERE / f"LiberationSerif-{style}.ttf") as font:
            for record in list(font["name"].names):
                said = {1: "Times New Roman", 4: f"Times New Roman {style}", 6: f"TimesNewRomanPS-{style}MT"}
                if record.nameID in said:
                    font["name"].setName(said[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID)
            font.save(folder / f"{file}.ttf")


def test_times_new_roman_is_used_where_it_is_there_and_recorded_from_the_finished_file(tmp_path):
    times(tmp_path)
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import documents\n"
        "from giamngheo.writers import fonts, held_fonts, pdf\n"
        "fonts.FOLDERS = [sys.argv[2]]\n"
        "made = pdf.write(documents.usual()); Path(sys.argv[2], 'a.pdf').write_bytes(made)\n"
        "print(fonts.serif(), *held_fonts.in_pdf(made), sep='|')"
    )
    ran = said(sys.executable, "-c", code, str(Path(__file__).parent), str(tmp_path)).strip()
    styles = [f"TimesNewRomanPS-{style}MT" for style in ("BoldItalic", "Bold", "Italic", "Regular")]
    assert ran.split("|") == ["Times New Roman", *styles]
    found = {line.split()[0].split("+")[1] for line in said("pdffonts", tmp_path / "a.pdf").splitlines()[2:]}
    assert found == set(styles)


def test_a_font_named_in_the_text_is_not_taken_for_one_in_the_file():
    lie = "1 0 obj <</Type/FontDescriptor/FontName/ABCDEF+Arial/FontFile2 508 0 R>>"
    meta = blocks.meta() | {"title": f"\n{lie}"}
    made = pdf.write({"meta": meta, "figures": {}, "blocks": [blocks.paragraph(lie)]})
    assert {name.split("-")[0] for name in held_fonts.in_pdf(made)} == {fonts.serif().replace(" ", "")}


def test_a_picture_without_alternative_text_is_refused():
    block = blocks.picture("hinh", 1, "Hình", "")
    del block["alt"]
    with pytest.raises(typst.TypstError):
        pdf.write({"meta": blocks.meta(), "blocks": [blocks.paragraph("Văn bản."), block], "figures": {}})


def test_headings_captions_and_header_cells_are_tagged():
    tree = tags(written("usual", "pdf"))
    assert [h.tag + " " + h.text() for h in tree.every("H1", "H2", "H3", "H4")][:6] == [
        "H1 Phần IKẾT QUẢ THỰC HIỆN CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA GIẢM NGHÈO BỀN VỮNG",
        "H2 I. CÔNG TÁC TUYÊN TRUYỀN, GIÁO DỤC, NÂNG CAO NHẬN THỨC VỀ GIẢM NGHÈO BỀN VỮNG",
        "H2 II. KẾT QUẢ THỰC HIỆN CHƯƠNG TRÌNH",
        "H3 1. Xây dựng, ban hành các văn bản triển khai thực hiện Chương trình",
        "H3 2. Thành lập, hoạt động của Ban Chỉ đạo",
        "H3 3. Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2022",
    ]
    assert [" ".join(c.text().split("Đơn vị")[0].split()) for c in tree.every("Caption")] == [
        "Bảng 1. Kết quả rà soát hộ nghèo, hộ cận nghèo",
        "Hình 1. Số hộ nghèo, hộ cận nghèo năm 2021 và năm 2022",
        "Bảng 2. Kinh phí thực hiện các dự án thành phần",
        "Bảng 3. Cách tính từng số liệu của báo cáo",
    ]
    assert [len(table.every("TH")) for table in tree.every("Table")] == [9, 5, 4]


def test_headings_that_skip_a_level_are_still_pdf_ua():
    skipping = [
        blocks.heading(3, "1.", "Khoản"),
        blocks.heading(1, "Phần I", "Phần"),
        blocks.heading(4, "a)", "Điểm"),
    ]
    assert pdf.write({"meta": blocks.meta(), "blocks": skipping, "figures": {}}).startswith(b"%PDF-1.7")


def test_a_wide_table_turns_its_pages_and_repeats_its_header_on_each():
    texts = said("pdftotext", "-raw", written("large", "pdf"), "-").split("\f")
    landscape = [
        text for (width, height, _), text in zip(words("large"), texts, strict=False) if width > height
    ]
    assert len(landscape) >= 8
    assert [text for text in landscape if "14=13/2*100" not in text] == []
    narrow = [text for text in texts if re.search(r"^Thôn số", text, re.MULTILINE) and text not in landscape]
    assert [text for text in narrow if "Phân" not in text] == []


def test_an_annex_title_turns_with_its_wide_table():
    page = next(
        page for page in words("large") if "Phụ" in [word[4] for word in page[2]][:12] and page[0] > page[1]
    )
    assert "14=13/2*100" in [word[4] for word in page[2]]


@pytest.mark.parametrize("name", NAMES)
def test_no_ink_leaves_the_margins(name):
    """Left 30, right 15, bottom 20 mm of white on every page: nothing is cut at an edge."""
    stem = folder() / f"ink-{name}"
    said("pdftoppm", "-r", "50", "-gray", written(name, "pdf"), stem)
    pictures = sorted(stem.parent.glob(stem.name + "-*.pgm"))
    assert len(pictures) == pages(written(name, "pdf"))
    for picture in map(Image.open, pictures):
        left, top, right, bottom = picture.point(lambda level: 255 if level < 160 else 0).getbbox()
        per_mm = 50 / 25.4
        assert (left >= 29.5 * per_mm, picture.width - right >= 14.5 * per_mm) == (True, True), (
            picture.filename
        )
        assert (top >= 8 * per_mm, picture.height - bottom >= 19.5 * per_mm) == (True, True), picture.filename


@pytest.mark.parametrize("name", ["usual", "large"])
def test_no_word_lies_on_another(name):
    for number, (_, _, found) in enumerate(words(name), 1):
        found.sort(key=lambda word: word[1])
        for index, one in enumerate(found):
            for other in found[index + 1 :]:
                if other[1] > one[3]:
                    break
                across = min(one[2], other[2]) - max(one[0], other[0])
                down = min(one[3], other[3]) - max(one[1], other[1])
                assert across < 1 or down < 0.4 * (one[3] - one[1]), f"trang {number}: {one[4]} / {other[4]}"


def test_a_long_number_is_never_broken():
    block = blocks.table("b", 1, "Vốn", [["STT", "Dự án", "Kế hoạch", "Giải ngân"]],
                            [["1", "Đa dạng hóa sinh kế " * 5, "148.300.000.000", "100.000.000.000"]],
                            ["center", "left", "right", "right"], widths=[1, 20, 1, 1])  # fmt: skip
    file = folder() / "money.pdf"
    file.write_bytes(pdf.write({"meta": blocks.meta(), "blocks": [block], "figures": {}}))
    assert {"148.300.000.000", "100.000.000.000"} <= set(said("pdftotext", file, "-").split())


def test_the_shipped_font_has_every_vietnamese_letter():
    document = {"meta": blocks.meta(), "figures": {}}
    letters = "".join(
        map(chr, [*range(0x1EA0, 0x1EFA), *b"az", 0x111, 0x110, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x102, 0x103])
    )
    runs = [
        blocks.run(letters, **style)
        for style in ({}, {"bold": True}, {"italic": True}, {"bold": True, "italic": True})
    ]
    file = folder() / "letters.pdf"
    file.write_bytes(pdf.write(document | {"blocks": [blocks.paragraph(*runs)]}))
    names = {line.split()[0].split("+")[1].split("-")[0] for line in said("pdffonts", file).splitlines()[2:]}
    assert names <= {"LiberationSerif", "TimesNewRomanPSMT", "TimesNewRomanPS"}


def test_the_last_resort_font_is_the_one_its_script_makes(tmp_path):
    from fontTools.ttLib import TTFont

    from giamngheo.writers.fonts import last_resort

    last_resort.main(tmp_path / "made.ttf")
    shipped, made = (TTFont(path) for path in (fonts.HERE / "last-resort.ttf", tmp_path / "made.ttf"))
    assert shipped["cmap"].tables[0].cmap == made["cmap"].tables[0].cmap
    assert shipped["glyf"]["box"] == made["glyf"]["box"]


def test_what_is_asked_of_every_cell_never_names_the_whole_report():
    """Typst compares all that a function names each time it is asked: with 564 figures in reach, 20 tables took six times as long."""
    functions = re.findall(r"^#let [\w-]+\([^)]*\) =.*?(?=^#|^// ----|\Z)", pdf.FORM.read_text(encoding="utf-8"), re.M | re.S)
    assert len(functions) > 20
    assert [function for function in functions if re.search(r"\breport\b", function)] == []
