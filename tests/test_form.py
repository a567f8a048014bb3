"""The form of Decree 30/2020/NĐ-CP, Annex I, measured on the PDF and in the styles of the Word file."""

import re
from functools import cache

import docx
import lxml.etree
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from PIL import Image

from tools import folder, said, written

PT_PER_MM = 72 / 25.4


@cache
def lines(name: str, page: int) -> list[dict]:
    """Lines of a page from the top: {"text", "left", "right", "top" (mm), "size" (pt), "bold", "italic"}."""
    options = ["-xml", "-i", "-stdout", "-zoom", "1", "-noroundcoord", "-f", str(page), "-l", str(page)]
    listing = lxml.etree.fromstring(said("pdftohtml", *options, written(name, "pdf")).encode())
    sizes = {font.get("id"): float(font.get("size")) for font in listing.iter("fontspec")}
    return [
        {"text": " ".join("".join(found.itertext()).split()), "size": sizes[found.get("font")],
         "bold": found.find(".//b") is not None, "italic": found.find(".//i") is not None,
         "left": float(found.get("left")) / PT_PER_MM, "top": float(found.get("top")) / PT_PER_MM,
         "right": (float(found.get("left")) + float(found.get("width"))) / PT_PER_MM}
        for found in sorted(listing.iter("text"), key=lambda text: float(text.get("top")))
    ]  # fmt: skip


def line(start: str, name: str = "usual", page: int = 1) -> dict:
    return next(found for found in lines(name, page) if found["text"].startswith(start))


BOLD, ITALIC, PLAIN = (True, False), (False, True), (False, False)

ELEMENTS = [  # start of the text, page, size, weight and slope, style of the Word file
    ("CỘNG HÒA XÃ HỘI", 1, 12, BOLD, "Quốc hiệu"),
    ("Độc lập - Tự do", 1, 13, BOLD, "Tiêu ngữ"),
    ("ỦY BAN NHÂN DÂN", 1, 12, BOLD, "Cơ quan ban hành"),
    ("Số:", 1, 13, PLAIN, "Số, ký hiệu"),
    ("Kông Lơng Khơng, ngày", 1, 13, ITALIC, "Địa danh, ngày tháng"),
    ("BÁO CÁO", 1, 14, BOLD, "Title"),
    ("Kết quả thực hiện", 1, 14, BOLD, "Subtitle"),
    ("Kính gửi", 1, 14, PLAIN, "Kính gửi nhiều nơi"),
    ("Căn cứ", 1, 14, ITALIC, "Căn cứ"),
    ("Ủy ban nhân dân xã Kông", 1, 14, PLAIN, "Body Text"),
    ("Phần I", 1, 14, BOLD, "Heading 1"),
    ("I. CÔNG TÁC", 1, 14, BOLD, "Heading 2"),
    ("1. Xây dựng", 2, 14, BOLD, "Heading 3"),
    ("a) Kết quả", 3, 14, PLAIN, "Heading 4"),
    ("Bảng 1", 3, 14, BOLD, "Caption"),
    ("Nơi nhận", 9, 12, (True, True), "Nơi nhận"),
    ("- Như trên", 9, 11, PLAIN, "Nơi nhận (danh sách)"),
    ("TM. ỦY BAN", 9, 14, BOLD, "Quyền hạn, chức vụ"),
    ("Trần Văn Nhơn", 9, 14, BOLD, "Họ và tên"),
    ("2", 2, 13, PLAIN, "Header"),
]


def inherited(style, attribute):
    """A property of a Word style, looked for up the styles it is based on, else the document's default."""
    while style is not None:
        if getattr(style.font, attribute) is not None:
            return getattr(style.font, attribute)
        style = style.base_style
    return {"size": Pt(14), "bold": False, "italic": False}[attribute]


@pytest.mark.parametrize(
    ("start", "page", "size", "shape", "style"), ELEMENTS, ids=[element[4] for element in ELEMENTS]
)
def test_element_has_the_size_and_shape_of_the_decree_in_pdf_and_word(start, page, size, shape, style):
    found = line(start, page=page)
    assert (found["size"], found["bold"], found["italic"]) == (size, *shape)
    word = docx.Document(written("usual", "docx")).styles[style]
    assert (inherited(word, "size"), inherited(word, "bold"), inherited(word, "italic")) == (Pt(size), *shape)


def test_paper_and_margins():
    sizes = re.findall(r"size: +([\d.]+) x ([\d.]+)", said("pdfinfo", "-l", "99", written("large", "pdf")))
    assert set(sizes) == {("595.276", "841.89"), ("841.89", "595.276")}
    section = docx.Document(written("usual", "docx")).sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    millimetres = [round(length / Mm(1)) for length in (section.page_width, section.page_height, *margins)]
    assert millimetres == [210, 297, 25, 20, 30, 15]
    assert round(min(found["left"] for found in lines("usual", 2))) == 30
    assert round(max(found["right"] for found in lines("usual", 2))) in (
        195,
        196,
    )  # with the space at the end of a line


def test_paragraphs_are_justified_with_the_first_line_in():
    begin = [
        found
        for found in lines("usual", 2)
        if found["text"].startswith("Ủy ban nhân dân xã phối hợp với Mặt trận")
    ]
    assert {round(found["left"] - 30, 1) for found in begin} == {12.7}
    assert {round(found["right"]) for found in begin} == {196}
    word = docx.Document(written("usual", "docx")).styles["Body Text"].paragraph_format
    assert (word.alignment, word.first_line_indent.cm, word.space_before.pt) == (
        WD_ALIGN_PARAGRAPH.JUSTIFY,
        1.27,
        6,
    )


def test_lines_are_between_single_and_one_and_a_half_and_paragraphs_6_pt_apart():
    """Single spacing of Times is 1,149 of the size of 14 pt."""
    body = [
        found["top"] * PT_PER_MM for found in lines("usual", 2) if found["size"] == 14 and not found["bold"]
    ]
    steps = [round(below - above, 1) for above, below in zip(body, body[1:], strict=False)]
    pitch = max(set(steps), key=steps.count)
    assert 14 * 1.149 <= pitch <= 14 * 1.149 * 1.5
    assert min(step for step in steps if step > pitch + 0.5) >= pitch + 6 - 0.1


def rule_below(found: dict) -> float:
    """Length (mm) of the longest horizontal line in the 4 mm below a line of text on page 1."""
    dots = 300 / 25.4
    said(
        "pdftoppm",
        "-r",
        "300",
        "-gray",
        "-l",
        "1",
        "-singlefile",
        written("usual", "pdf"),
        folder() / "first",
    )
    picture = Image.open(folder() / "first.pgm").point(lambda level: 1 if level < 128 else 0)
    bottom = found["top"] + found["size"] / PT_PER_MM
    middle = (found["left"] + found["right"]) / 2
    left, right = (
        (30, 98) if middle < 90 and found["size"] < 14 else (98, 195) if found["size"] < 14 else (30, 195)
    )
    strip = picture.crop((int(left * dots), int(bottom * dots), int(right * dots), int((bottom + 4) * dots)))
    rows = [strip.crop((0, y, strip.width, y + 1)).tobytes() for y in range(strip.height)]
    return max(max(map(len, row.split(b"\0"))) for row in rows) / dots


def test_the_rule_under_the_motto_is_as_long_as_the_motto():
    motto = line("Độc lập")
    assert abs(rule_below(motto) - (motto["right"] - motto["left"])) <= 0.5


@pytest.mark.parametrize(
    ("last", "whole"), [("XÃ KÔNG", "XÃ KÔNG"), ("2022 trên", "Kết quả thực")], ids=["issuer", "abstract"]
)
def test_the_other_rules_are_a_third_to_a_half_of_the_text(last, whole):
    length = line(whole)["right"] - line(whole)["left"]
    assert length / 3 <= rule_below(line(last)) <= length / 2


def test_page_numbers_are_centred_at_the_top_and_absent_on_first_pages():
    assert [lines("usual", page)[0]["text"] for page in (1, 2, 9, 10, 11)] == [
        "DỰ THẢO",
        "2",
        "9",
        "DỰ THẢO",
        "2",
    ]
    number = lines("usual", 2)[0]
    assert abs((number["left"] + number["right"]) / 2 - (30 + 165 / 2)) < 0.2
    assert 8 <= number["top"] <= 20


def test_two_addressees_stand_under_the_colon_and_end_with_semicolon_and_full_stop():
    first, second = line("- Ủy ban nhân dân huyện"), line("- Phòng Lao động")
    assert (first["text"][-1], second["text"][-1]) == (";", ".")
    assert first["left"] == second["left"]
    assert abs(first["left"] - (line("Kính gửi:")["right"] - 1.4)) < 0.5  # 1,4 mm: the width of the colon


def test_one_addressee_stands_on_the_line_of_kinh_gui():
    assert "Kính gửi: Ủy ban nhân dân tỉnh Gia Lai." in said(
        "pdftotext", "-raw", "-l", "1", written("large", "pdf"), "-"
    )


def test_recipients_stand_level_with_the_signature():
    recipients, authority = line("Nơi nhận", page=9), line("TM. ỦY BAN", page=9)
    assert abs(recipients["top"] - authority["top"]) < 1
    assert recipients["left"] < 31 and authority["left"] > 100


def test_the_signature_is_never_alone_on_its_page():
    assert lines("usual", 9)[2]["text"].startswith("Trên đây là báo cáo")
