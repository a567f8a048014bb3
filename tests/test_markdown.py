"""What an officer writes is printed with the numbers it was written with, or is a finding at its line."""

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import printed
from blocks import meta
from conftest import PROJECT
from giamngheo.intake import markdown
from giamngheo.intake.markdown import letters
from giamngheo.report.document import from_notebook
from giamngheo.report.stored import MIME, packed
from giamngheo.writers import docx as word
from giamngheo.writers import html, pdf
from giamngheo.writers.arrangement import points
from tools import folder


def lines(body):
    """What a body prints, line by line, a point two blanks further in for each point it stands within."""
    words = markdown.read(body, "muc", "Tên mục")
    assert words.problems == []
    return [line for block in words.blocks for line in lines_of(block)]


def lines_of(block):
    if block["type"] == "list":
        zipped = zip(block["items"], points(block), strict=True)
        return ["  " * level + f"{mark} {said(item)}".strip() for item, (mark, level) in zipped]
    if block["type"] == "table":
        rows = [" | ".join(said(cell["runs"]) for cell in row) for row in block["header"] + block["rows"]]
        return [f"Bảng. {block['caption']}", *rows]
    return [said(block["runs"])]


def said(runs):
    return "".join(run["text"] for run in runs)


PRINTED = {
    "numbers to which the text refers": (
        "Đề nghị cấp trên:\n\n1. Bố trí vốn.\n2. Mở lớp tập huấn.\n\nRiêng tại điểm 2.\n\n3. Hỗ trợ giống.",
        ["Đề nghị cấp trên:", "1. Bố trí vốn.", "2. Mở lớp tập huấn.", "Riêng tại điểm 2.", "3. Hỗ trợ giống."],
    ),
    "letters below numbers, and what Word types": (
        "1. Kiện toàn.\n2. Tập trung:\n   a) Vốn\n   đ) Nhà\n      - giếng\n\n“Giảm nghèo” – ưu tiên…",
        ["1. Kiện toàn.", "2. Tập trung:", "  a) Vốn", "  đ) Nhà", "    - giếng", "“Giảm nghèo” – ưu tiên…"],
    ),
    "a number at the beginning of a line": ("324. hộ cận nghèo", ["324. hộ cận nghèo"]),
    "a number in a bracket": ("15) hộ thoát nghèo\n(2) hai\n3.1. ba", ["15) hộ thoát nghèo", "(2) hai", "3.1. ba"]),
    "numbers that do not follow": ("7. bảy\n3. ba\n3. lại ba", ["7. bảy", "3. ba", "3. lại ba"]),
    "Roman numbers and capital letters": ("II. Hai\niv) bốn\nB. Bê", ["II. Hai", "iv) bốn", "B. Bê"]),
    "signs of points": ("- một\n+ hai\n• ba\n– bốn\n* năm", ["- một", "+ hai", "• ba", "– bốn", "- năm"]),
    "one Enter is a line": ("Một.\nHai.\n\n\nBa.", ["Một.", "Hai.", "Ba."]),
    "a line within a point": ("- một\n  hai\nba", ["- một", "hai", "ba"]),
    "points that come back out": ("- a\n  - b\n    - c\n  - d\n- e", ["- a", "  - b", "    - c", "  - d", "- e"]),
    "points deeper than a page is wide": (
        "\n".join("  " * depth + f"- {depth}" for depth in range(7)),
        ["- 0", "  - 1", "    - 2", "      - 3", "        - 4", "        - 5", "        - 6"],
    ),
    "stars between digits": ("5*30*2 m, 1*000*000 đồng", ["5*30*2 m, 1*000*000 đồng"]),
    "stars between letters, alone, in brackets": ("a*b, 2 * 3, ghi chú (*)", ["a*b, 2 * 3, ghi chú (*)"]),
    "brackets before a colon": ("[Ghi-chú]: 20\n[1]: 30 hộ", ["[Ghi-chú]: 20", "[1]: 30 hộ"]),
    "signs of other languages": ("~ 20 hộ, _ 5, <20 hộ, > 3%, x^2, #4, R&D", ["~ 20 hộ, _ 5, <20 hộ, > 3%, x^2, #4, R&D"]),
    "a file name": ("so_ho_ngheo.xlsx, ban_do", ["so_ho_ngheo.xlsx, ban_do"]),
    "a mark after a backslash": (r"\*sao\*, \<b>, \# một, a \| b, 3\*, \&nbsp;", ["*sao*, <b>, # một, a | b, 3*, &nbsp;"]),
    "a number that is no point": ("1.160 hộ\n2022.\n5", ["1.160 hộ", "2022.", "5"]),
    "headings": ("# Về vốn\n### 3. *Giải pháp* ##\n  ## a", ["Về vốn", "3. Giải pháp", "a"]),
    "a heading ends a list": ("- một\n## hai\n  ba", ["- một", "hai", "ba"]),
    "links with their addresses": (
        "Xem [Nghị định 07](https://a.vn/nd_07_2021?x=1&lt;=2) và <https://b.vn/*c*>, https://d.vn/e_f_g.",
        ["Xem Nghị định 07 (https://a.vn/nd_07_2021?x=1&lt;=2) và https://b.vn/*c*, https://d.vn/e_f_g."],
    ),
    "a link in bold words and in a point": ("- **[xã](www.a.vn)**: 20", ["- xã (www.a.vn): 20"]),
    "a link in a table": ("|a|\n|-|\n|[x](http://a.vn/1)|", ["Bảng. Tên mục", "a", "x (http://a.vn/1)"]),
    "a table under its title": (
        "Bảng: Nhu cầu vốn\n\n| Nội dung | Số hộ |\n|---|---|\n| Nhà | 1.160 |\n|  | 5*3 |\nHết.",
        ["Bảng. Nhu cầu vốn", "Nội dung | Số hộ", "Nhà | 1.160", " | 5*3", "Hết."],
    ),
    "a table without a title has that of its section": ("a | b\n--|--\n1 | 2", ["Bảng. Tên mục", "a | b", "1 | 2"]),
    "a paragraph above a table stays one": (
        "Xã đã làm xong.\n|a|\n|-|\n|1|", ["Xã đã làm xong.", "Bảng. Tên mục", "a", "1"],
    ),
    "a comment on a line of its own": ("<!-- hỏi lại kế toán -->\nMột.", ["Một."]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), PRINTED.values(), ids=PRINTED)
def test_it_is_printed_as_it_is_written(body, expected):
    assert lines(body) == expected


def test_a_table_of_many_columns_turns_the_page():
    bodies = ["|" + "a|" * count + "\n|" + "-|" * count + "\n|" + "1|" * count for count in (8, 9)]
    assert [markdown.read(body).blocks[0]["wide"] for body in bodies] == [False, True]


def test_numbers_of_a_table_stand_to_the_right_where_nothing_else_is_said():
    body = "|a|b|c|d|e|\n|---|---|:-:|:--|--:|\n|1.160|{a.b}|x|1|y|\n|2,5%|  |x|2|y|"
    assert markdown.read(body).blocks[0]["align"] == ["right", "right", "center", "left", "right"]


def test_bold_and_italic_words():
    (block,) = markdown.read('**Vốn** và *{a.b}*, ***cả hai***, "**{c}**", (*d*), *e **f** g*').blocks
    marked = [(run["text"], *(name for name in ("bold", "italic") if run.get(name))) for run in block["runs"]]
    assert marked == [
        ("Vốn", "bold"), (" và ",), ("{a.b}", "italic"), (", ",), ("cả hai", "bold", "italic"), (', "',), ("{c}", "bold"),
        ('", (',), ("d", "italic"), ("), ",), ("e ", "italic"), ("f", "bold", "italic"), (" g", "italic"),
    ]  # fmt: skip


def test_a_heading_is_a_line_in_bold():
    (block,) = markdown.read("## Về *{a.b}*").blocks
    assert block["runs"] == [{"text": "Về ", "bold": True}, {"text": "{a.b}", "bold": True, "italic": True}]


def test_the_example_of_the_guide_is_printed_as_it_stands_there():
    guide = (PROJECT / "docs" / "huong-dan.md").read_text(encoding="utf-8")
    (example,) = [block for block in guide.split("```") if "Bảng: Nhu cầu vốn" in block]
    assert lines(example) == [
        "Đề nghị cấp trên:", "1. Bố trí vốn ngay từ đầu năm.", "2. Mở lớp tập huấn cho các làng:", "  a) về chăn nuôi;",
        "  b) về trồng trọt.", "Bảng. Nhu cầu vốn", "Nội dung | Số hộ", "Nhà ở | {review.poor_households}",
    ]  # fmt: skip


REFUSED = {
    "dấu # của đề mục": ["#", "  ###", "#Đề mục", "####### sâu", "##5 hộ", "- # 5 hộ", "1. ## Năm"],
    "đường kẻ ngang": ["---", "***", "_ _ _", "=====", "- - -", "-"],
    "dấu > ở đầu dòng (trích dẫn)": ["> trích", ">20 hộ", "  > > hai", "- > 5 hộ", "a) >20 hộ"],
    "dấu : ở đầu dòng (định nghĩa)": [": hộ có thu nhập thấp", "  : nghĩa", "- : nghĩa"],
    "khung của phần mềm khác": [":::", "::: note", '!!! note "Lưu ý"', ".. note:: 12"],
    "thẻ trong ngoặc vuông": ["[b]12[/b] hộ", "[TOC]"],
    "dấu == hoặc ++ (tô nền, gạch dưới)": ["có ==12== hộ", "== Đề mục ==", "++12++ hộ"],
    "dấu ^ hoặc ~ (chữ nhỏ ở trên, ở dưới dòng)": ["45 m^2^", "^5^ hộ", "H~2~O"],
    "dấu $ (công thức)": ["$x^2$", "có $5*3$ hộ"],
    "dấu ` (mã)": ["`mã`", "```", "có ` lẻ"],
    "dấu ~~ (gạch bỏ)": ["~~20~~ 30 hộ", "~~~", "a~~b~~"],
    "ô đánh dấu [ ]": ["- [ ] chưa", "- [x] xong", "  * [X] xong", "1. [x] xong", "b) [ ] chưa", "[x] xong"],
    "hình": ["![](a.png)", "Xem ![bản đồ](b.png)", "![a][b]"],
    "cước chú": ["hộ[^1]", "[^1]: 20 hộ", "[^ghi-chú]: x", "hộ^[là 20 hộ]"],
    "liên kết": [
        "[xã](xa.md)", "[xã][1]", '[xã](http://a.vn "Xã")', "[xã](javascript:x)", "[1]: http://a.vn", "[x]: www.a.vn",
        "[x]: <http://a.vn>", "[x]: mailto:a@b.vn", "[[Hộ nghèo]]",
    ],
    "ghi chú <!-- … --> lẫn trong lời văn": ["20 <!-- 30 --> hộ", "<!-- mở", "đóng -->"],
    "thẻ HTML": ["<b>20</b>", "a<br>b", "<!DOCTYPE x>", "<a@b.vn>"],
    "mã của một ký tự": ["20&nbsp;hộ", "&#50;0", "&lt;20", "&#x32;"],
    "dấu _ (in nghiêng)": ["_nghiêng_", "là __20__ hộ", "(_a b_)"],
    r"dấu \ đứng một mình": [r"C:\xa", "hết dòng\\", r"\{year}"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "line"), [(rule, line) for rule, examples in REFUSED.items() for line in examples]
)
def test_what_has_no_place_in_a_report_is_named_at_its_line(rule, line):
    (problem,) = markdown.read(f"Một.\n\n{line}\nHai.").problems
    assert (problem.line, problem.value, problem.rule) == (3, line.strip(), f"{rule} không dùng trong lời văn")
    assert problem.remedy.endswith(r"; muốn in chính dấu ấy thì đặt dấu \ ngay trước nó")


@pytest.mark.parametrize("line", ["Nội dung\tSố hộ", "5\t120", "1.\tNhà ở\t12", "  Nước sạch \t 3"])
def test_columns_that_were_pasted_with_tabs_do_not_run_into_one_line(line):
    (problem,) = markdown.read(line).problems
    assert problem.rule == "dấu Tab ở giữa dòng"
    assert problem.remedy == (
        "nếu là bảng thì viết mỗi dòng giữa các dấu |, xem hướng dẫn; nếu là lời văn thì thay Tab bằng dấu cách"
    )


@pytest.mark.parametrize("body", ["\tMột", "1.\tMột", "-\tMột\t", "•\tMột", "| a\t|\tb |\n|-|-|\n|\t1 | 2 |"])
def test_a_tab_before_or_after_words_is_room(body):
    assert markdown.read(body).problems == []


@pytest.mark.parametrize("line", ["~5 hộ, ~6 hộ; 5~6", "5$ và 6$, 3^2, 10^6", "C++, x ++ y", "\\$x\\$, \\^5\\^, \\: a"])
def test_signs_that_are_no_marks_are_printed(line):
    assert lines(line) == [line.replace("\\", "")]


@pytest.mark.parametrize("line", ["**Vốn", "Vốn**", "** Vốn **", "**Vốn**đầu tư", "OCOP 3*, 4*", "- *một", "*a\nb*", "* Vốn *", "2**3"])
def test_a_star_without_its_pair_is_named(line):
    problem = markdown.read(line).problems[0]
    assert (problem.line, problem.rule) == (1, "dấu * không thành cặp")


TABLES = {
    "no line under the head": ("|a|b|\n|1|2|\n|3|4|", 1, "dấu | mà không thành bảng"),
    "a bar in a sentence": ("Một.\nhộ | khẩu", 2, "dấu | mà không thành bảng"),
    "no row": ("|a|\n|-|", 1, "bảng chỉ có dòng tên cột"),
    "a row that is too short": ("|a|b|\n|-|-|\n|1|2|\n|3|", 4, "dòng này có 1 ô, dòng tên cột có 2 ô"),
    "a row that is too long": ("|a|\n|-|\n|1|2|", 3, "dòng này có 2 ô, dòng tên cột có 1 ô"),
    "a number of its own": ("Bảng 3. Vốn\n\n|a|\n|-|\n|1|", 1, "bảng của báo cáo tự có số"),
}


@pytest.mark.parametrize(("body", "line", "rule"), TABLES.values(), ids=TABLES)
def test_what_is_no_table_is_named_at_its_line(body, line, rule):
    (problem,) = markdown.read(body).problems
    assert (problem.line, problem.rule) == (line, rule)


def test_a_line_whose_letters_would_not_all_be_printed_is_refused(monkeypatch):
    """The last guard: whatever a rule for marks may swallow, the line is compared with what it prints."""
    monkeypatch.setattr(markdown, "styled", lambda text, **style: [{"text": text.replace("0", "")}])
    assert [problem.rule for problem in markdown.read("Có 20 hộ.\nHai.").problems] == [
        "chữ và số in ra không đúng như đã viết"
    ]


# Any text -------------------------------------------------------------------------------------------

MARKS = ["*", "**", "_", "`", "~", "#", ">", "<", "&", ";", "[", "]", "(", ")", "!", "|", "-", "+", "•", "\\", ":", ".", ")", "{", "}", "=", "^"]
PIECES = st.one_of(
    st.sampled_from(["\n", "\n\n", " ", "  ", "    ", "\t", "hộ", "Vốn", "đ)", "a)", "1.", "2.", "324.", "- ", "20", "1.160", "|-|-|", "| a | b |"]),
    st.sampled_from(MARKS),
    st.integers(0, 99999).map(str),
)  # fmt: skip
BODIES = st.lists(PIECES, max_size=30).map("".join)


@given(BODIES)
@settings(max_examples=1500, deadline=None)
def test_a_text_is_printed_with_all_its_letters_and_digits_or_named(body):
    words = markdown.read(body, "muc", "")
    if not words.problems:
        written = "\n".join(line for n, line in enumerate(body.split("\n"), 1) if n not in words.comments)
        assert letters(written) == letters("".join(line.removeprefix("Bảng. ") for b in words.blocks for line in lines_of(b)))


def document(blocks):
    """The document of a report that holds these blocks and nothing else."""
    told = meta(title="Lời văn", issuer="Xã")
    output = {"data": {MIME: packed({"blocks": blocks, "figures": {}, "meta": told})}}
    return from_notebook({"cells": [{"outputs": [output]}]})


@given(BODIES)
@settings(max_examples=60, deadline=None)
def test_pages_and_word_files_print_it_too(body):
    blocks = markdown.read(body.replace("{", "").replace("}", ""), "muc", "Tên").blocks
    if markdown.read(body).problems or not blocks:
        return
    paper = document(blocks)
    wanted = printed.squeezed("".join(printed.expected(paper)))
    assert printed.squeezed(printed.in_html(html.write(paper))) == wanted
    assert letters(printed.in_docx(word.write(paper))) == letters(wanted)


POINTS = (
    "## Đề nghị [xã](https://a.vn/b_c_d):\n1. Bố trí vốn.\n2. Tập huấn:\n   a) Vốn\n   đ) Nhà\n      - giếng 5*30*2\n"
    "324. hộ\n\nBảng: Vốn\n|a|b|\n|-|-|\n|Nhà|1.160|"
)


def test_points_and_a_table_in_all_three_formats():
    paper = document(markdown.read(POINTS, "muc").blocks)
    path = folder() / "points.pdf"
    path.write_bytes(pdf.write(paper))
    wanted = printed.squeezed("".join(printed.expected(paper)))
    assert wanted == "Đềnghịxã(https://a.vn/b_c_d):1.Bốtrívốn.2.Tậphuấn:a)Vốnđ)Nhà-giếng5*30*2324.hộBảng1.VốnabNhà1.160"
    assert printed.squeezed(printed.in_html(html.write(paper))) == wanted
    assert printed.squeezed(printed.in_pdf(path)) == wanted
    file = docx.Document(io.BytesIO(word.write(paper)))
    indented = [(line.text, line.paragraph_format.left_indent) for line in file.paragraphs[1:7]]
    assert [text for text, _ in indented] == ["1. Bố trí vốn.", "2. Tập huấn:", "a) Vốn", "đ) Nhà", "giếng 5*30*2", "324. hộ"]
    assert [left and round(left.cm) for _, left in indented] == [None, None, 1, 1, 2, None]
    assert printed.tables_in_docx(word.write(paper)) == [["a", "b", "Nhà", "1.160"]]
