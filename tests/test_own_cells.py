"""What a commune adds to its own `04_report`: it is in every format, or it is refused in one sentence."""

import datetime as dt
import re
import shutil
from fractions import Fraction

import matplotlib.figure
import nbformat
import numpy as np
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

import printed
from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.findings import DataError
from giamngheo.report import cells, document, exporters, frames, passages
from giamngheo.report.frames import NotPrintable
from giamngheo.run import runner
from giamngheo.store import manifest

MARKED = {"tags": ["bao-cao"]}
OWN_TEXT = """Xã có **{review.poor_households}** nghèo, chiếm {review.poor_rate}; năm {year} tăng cường:

- tuyên truyền *tại làng*;
- tập huấn.

Bảng: Trường học của xã

| Bậc học | Lớp |
|---|---|
| Tiểu học | 12 |
"""
OWN_TABLE = """import pandas as pd
wells = pd.DataFrame({"Làng": ["Mơ Tôn", "Đak Rong"], "Giếng": [1399, None], "Sâu (m)": [7.25, 12.0]})
report.table(wells, caption="Giếng nước của các làng")"""
OWN_PICTURE = """import matplotlib.pyplot as plt
drawing, axes = plt.subplots()
axes.plot([0, 1, 2])
plt.close(drawing)
report.figure(drawing, caption="Mực nước giếng", alt="Mực nước tăng đều trong ba tháng.")"""
OWN_SENTENCE = """report.section("4.", "Nhận xét thêm",
    report.sentence("Xã đã khoan giếng cho {review.near_poor_households} cận nghèo.", figures))"""
PRIVATE = 'pd.DataFrame({"chỉ để thẩm tra": [987654]})'


def added(notebook, *new):
    """A copy of the report notebook with cells after the assessment of the year."""
    copied = nbformat.from_dict(notebook)
    place = next(n for n, cell in enumerate(copied.cells) if cell.id == "assessment") + 1
    copied.cells[place:place] = new
    return copied


@pytest.fixture(scope="module")
def extended(tmp_path_factory):
    """The folder of a report made, by the real runner, of a `04_report` to which a commune added cells."""
    folder, out = tmp_path_factory.mktemp("books"), tmp_path_factory.mktemp("out")
    books = folder / "notebooks"
    shutil.copytree(PROJECT / "data", folder / "data")
    shutil.copytree(PROJECT / "notebooks", books)
    own = [new_markdown_cell(OWN_TEXT, metadata=MARKED, id="own-text")]
    own += [new_code_cell(source) for source in (OWN_TABLE, OWN_PICTURE, OWN_SENTENCE, PRIVATE)]
    nbformat.write(added(nbformat.read(books / "04_report.ipynb", as_version=4), *own), books / "04_report.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIAMNGHEO_DATA", str(folder / "data"))
        yield runner.make(opened(SEED, SEED_YEAR), out, say=lambda line: None)


def executed(folder):
    return nbformat.read(folder / "04_report.ipynb", as_version=4)


FORMATS = {
    "HTML": lambda folder: printed.in_html((folder / "bao-cao.html").read_bytes()),
    "PDF": lambda folder: printed.in_pdf(folder / "bao-cao.pdf"),
    "DOCX": lambda folder: printed.in_docx((folder / "bao-cao.docx").read_bytes()),
}


@pytest.mark.parametrize("text", [
    "Nhận xét thêm",
    "Xã có 242 hộ nghèo, chiếm 20,86%; năm 2022 tăng cường:",
    "tuyên truyền tại làng;",
    "Trường học của xã",
    "Tiểu học12",
    "Giếng nước của các làng",
    "Đak Rong…12",
    "Mơ Tôn1.3997,25",
    "Mực nước giếng",
    "Xã đã khoan giếng cho 324 hộ cận nghèo.",
])  # fmt: skip
@pytest.mark.parametrize("read", FORMATS.values(), ids=FORMATS)
def test_what_is_added_is_in_every_format(extended, read, text):
    assert printed.squeezed(text) in printed.squeezed(read(extended))


@pytest.mark.parametrize("read", FORMATS.values(), ids=FORMATS)
def test_what_is_not_marked_stays_in_the_review_edition(extended, read):
    assert "987654" not in read(extended)
    assert "987654" in (extended / "04_report.html").read_text(encoding="utf-8")


def test_tables_and_figures_that_are_added_are_counted_with_the_others(extended):
    blocks = document.from_notebook(executed(extended))["blocks"]
    for kind in ("table", "figure"):
        assert [block["number"] for block in blocks if block["type"] == kind] == list(
            range(1, 1 + sum(block["type"] == kind for block in blocks))
        )
    own = next(block for block in blocks if block.get("caption") == "Mực nước giếng")
    assert own["alt"] == "Mực nước tăng đều trong ba tháng."
    assert own["width_mm"] == 150


def test_a_figure_in_marked_text_leads_to_how_it_was_made(extended):
    paper = document.from_notebook(executed(extended))
    paragraph = next(block for block in paper["blocks"] if block.get("runs") and block["runs"][0]["text"] == "Xã có ")
    assert paragraph["runs"][1] == {"text": "242 hộ", "bold": True, "figure": "review.poor_households"}
    assert paper["figures"]["review.poor_rate"]["arithmetic"] == "242 / 1.160 = 20,86%"


def test_marked_text_reads_in_the_review_edition_as_it_is_printed(extended):
    page = (extended / "04_report.html").read_text(encoding="utf-8")
    assert "<strong>242 hộ</strong> nghèo, chiếm 20,86%; năm 2022 tăng cường" in page


def test_jupyterlab_exports_what_is_added_too(extended):
    page, _ = exporters.HtmlExporter().from_notebook_node(executed(extended))
    assert "Xã có 242 hộ nghèo, chiếm 20,86%; năm 2022 tăng cường:" in printed.in_html(page)


# refused ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(seed_reports):
    return nbformat.read(seed_reports[0] / "04_report.ipynb", as_version=4)


def shown(value):
    return new_output("execute_result", data={"text/plain": repr(value)})


SENTENCE = passages.sentence("Một câu.", {})
AFTER_27 = "sổ báo cáo, ô văn bản sau ô tính số 27"
CELL_28 = "sổ báo cáo, ô tính số 28"
LOST = {
    "a sentence that is not the last line": (
        new_code_cell('report.sentence("Một.", figures)\nreport.sentence("Hai.", figures)'),
        f'{CELL_28}: giá trị "report.sentence("Một.", figures)" — report.sentence(…) không phải dòng cuối của ô nên '
        "không được in. Cách sửa: để ở dòng cuối (không có dấu ; ở sau), hoặc gộp các đoạn của ô bằng "
        "report.parts(…).",
    ),
    "a sentence that a semicolon hides": (
        new_code_cell('report.sentence("Một.", figures);'),
        f'{CELL_28}: giá trị "report.sentence("Một.", figures);" — report.sentence(…) không phải dòng cuối của ô nên '
        "không được in. Cách sửa: để ở dòng cuối (không có dấu ; ở sau), hoặc gộp các đoạn của ô bằng "
        "report.parts(…).",
    ),
    "tables made in a loop": (
        new_code_cell('for name in names:\n    citations.documents(documents, name) + report.sentence("Một.", {})'),
        f'{CELL_28}: giá trị "for name in names:" — citations.documents(…) không phải dòng cuối của ô nên '
        "không được in. Cách sửa: để ở dòng cuối (không có dấu ; ở sau), hoặc gộp các đoạn của ô bằng "
        "report.parts(…).",
    ),
    "passages in a list": (
        new_code_cell("[first, second]", outputs=[shown([SENTENCE, SENTENCE])]),
        f'{CELL_28}: giá trị "[first, second]" — các đoạn của báo cáo nằm trong một danh sách nên không được in. '
        "Cách sửa: nối chúng bằng report.parts(đoạn, đoạn, …) ở dòng cuối của ô.",
    ),
    "a marked cell that shows a plain frame": (
        new_code_cell("frame", metadata=MARKED, outputs=[shown(pd.DataFrame({"a": [1]}))]),
        f'{CELL_28}: giá trị "frame" — ô mang thẻ bao-cao nhưng không cho đoạn nào của báo cáo. Cách sửa: kết thúc ô '
        "bằng report.table(bảng, caption=…), report.figure(…) hoặc report.sentence(…).",
    ),
    "a tag that is nearly the one": (
        new_markdown_cell("Một câu.", metadata={"tags": ["Báo cáo"]}),
        f'{AFTER_27}: giá trị "Một câu." — thẻ “Báo cáo” không có nghĩa gì với báo cáo. Cách sửa: đổi thẻ thành '
        "bao-cao.",
    ),
    "a name that no figure has": (
        new_markdown_cell("Một.\n\nHộ nghèo: {review.poor_rat}.", metadata=MARKED),
        f'{AFTER_27}, dòng 3: giá trị "{{review.poor_rat}}" — không có số liệu nào tên như vậy. Cách sửa: có phải là '
        "{review.poor_rate} (in ra “20,86%”), hay {review.near_poor_rate} (in ra “27,93%”), "
        "hay {review.poor_person_rate} (in ra “chưa có số liệu”).",
    ),
    "a table in Markdown without a title": (
        new_markdown_cell("| Làng | Giếng |\n|---|---|\n| A | 2 |", metadata=MARKED),
        f'{AFTER_27}: giá trị "| Làng | Giếng |" — bảng chưa có tên. Cách sửa: viết ngay trên bảng một dòng “Bảng: tên '
        "bảng”.",
    ),
    "a picture in Markdown": (
        new_markdown_cell("Xem ![giếng](gieng.png)", metadata=MARKED),
        f'{AFTER_27}, dòng 1: giá trị "Xem ![giếng](gieng.png)" — hình không dùng trong lời văn. Cách sửa: không chèn '
        "hình vào lời văn; nói bằng lời; muốn in chính dấu ấy thì đặt dấu \\ ngay trước nó.",
    ),
}


@pytest.mark.parametrize(("cell", "message"), LOST.values(), ids=LOST)
def test_what_would_be_lost_is_refused_with_its_cell_and_what_to_do(report, cell, message):
    with pytest.raises(DataError) as refused:
        document.from_notebook(added(report, cell))
    assert str(refused.value) == message


def test_nothing_stands_above_the_letterhead(report):
    early = nbformat.from_dict(report)
    early.cells.insert(1, new_markdown_cell("Một câu.", metadata=MARKED))
    with pytest.raises(DataError) as refused:
        document.from_notebook(early)
    assert str(refused.value) == (
        'sổ báo cáo, ô văn bản sau ô tính số 0: giá trị "Một câu." — đứng trước phần đầu văn bản. Cách sửa: dời ô này '
        "xuống dưới ô có report.opening hoặc rollup.opening."
    )


@pytest.mark.parametrize("name", manifest.BOOKS)
def test_our_own_notebooks_lose_nothing(seed_reports, name):
    notebook = nbformat.read(seed_reports[0] / f"{name}.ipynb", as_version=4)
    rooms = cells.aliases(notebook)
    assert [lost for number, cell in cells.numbered(notebook) for lost in cells.lost_in(cell, number, rooms)] == []


def test_a_sentence_is_displayed_wherever_display_is_called():
    source = 'display(report.sentence("Một.", {}))\nreport.sentence("Hai.", {})'
    assert cells.unseen(source, {"report": passages}) == []
    assert cells.unseen(f"{source};", {"report": passages}) == ["report.sentence"]


# a plain frame ------------------------------------------------------------------------------------


def rows(block):
    return [["".join(run["text"] for run in cell["runs"]) for cell in row] for row in block["rows"]]


def test_a_plain_frame_is_printed_in_vietnamese_notation():
    frame = pd.DataFrame({
        "Làng": ["Mơ Tôn", "{x}"],
        "Hộ": pd.array([1399, None], "Int64"),
        "Tỷ số": [Fraction(1, 8), Fraction(2)],
        "Ngày": [dt.date(2024, 2, 5), pd.NaT],
        "Năm làm": [2024, np.nan],
    })  # fmt: skip
    block = passages.table(frame, caption="Giếng nước", unit="Đơn vị tính: hộ").blocks[0]
    assert rows(block) == [["Mơ Tôn", "1.399", "0,13", "05/02/2024", "2024"], ["{x}", "…", "2", "…", "…"]]
    assert block["align"] == ["left", "right", "right", "left", "right"]
    assert block["notes"] == [[{"text": "Dấu “…”: chưa có số liệu."}]]
    assert (block["caption"], block["unit"], block["id"]) == ("Giếng nước", "Đơn vị tính: hộ", "bang-giengnuoc")


def test_a_named_index_is_printed_and_one_that_counts_the_rows_is_not():
    frame = pd.DataFrame({"Hộ": [3, 4]}, index=pd.Index(["A", "B"], name="Làng"))
    assert rows(frames.block(frame, "x")) == [["A", "3"], ["B", "4"]]
    assert rows(frames.block(frame.reset_index()[1:], "x")) == [["B", "4"]]
    numbered = pd.DataFrame({"Hộ": [3]}, index=pd.Index([2], name="Thôn số"))
    assert rows(frames.block(numbered, "x")) == [["2", "3"]]


def test_a_frame_without_rows_is_the_sentence_that_nothing_is_known():
    passage = passages.table(pd.DataFrame({"Hộ": []}), caption="Giếng {nước}")
    assert passage.blocks[0]["runs"] == [{"text": "Giếng {nước}: chưa có số liệu."}]


DRAWING = matplotlib.figure.Figure()
REFUSED = {
    "a frame without a caption": (
        lambda: passages.table(pd.DataFrame({"Hộ": [1]})),
        'bảng đưa vào báo cáo phải có tên. Cách sửa: viết report.table(bảng, caption="Tên bảng").',
    ),
    "a frame without columns": (
        lambda: passages.table(pd.DataFrame(), caption="Giếng"),
        "bảng “Giếng” không có cột nào. Cách sửa: chọn ít nhất một cột.",
    ),
    "headings of two levels": (
        lambda: passages.table(pd.DataFrame({("a", "b"): [1]}), caption="Giếng"),
        "bảng “Giếng” có tiêu đề nhiều tầng. Cách sửa: đặt lại bảng.columns, mỗi cột một tên.",
    ),
    "a cell that is yes or no": (
        lambda: passages.table(pd.DataFrame({"Có": [True]}), caption="Giếng"),
        "cột “Có”, dòng 1: giá trị True (kiểu bool) không phải chữ, số hay ngày. Cách sửa: bỏ cột này, ví dụ "
        'report.table(bảng[["cột cần in"]], caption=…), hoặc đổi nó thành chữ.',
    ),
    "a cell without end": (
        lambda: passages.table(pd.DataFrame({"Tỷ số": [np.inf]}), caption="Giếng"),
        "cột “Tỷ số”, dòng 1: giá trị inf (kiểu float) không phải chữ, số hay ngày. Cách sửa: bỏ cột này, ví dụ "
        'report.table(bảng[["cột cần in"]], caption=…), hoặc đổi nó thành chữ.',
    ),
    "a column that is no frame": (
        lambda: passages.table(pd.Series([1]), caption="Giếng"),
        "report.table nhận bảng của present.table hoặc một DataFrame, không nhận Series. Cách sửa: "
        'report.table(bảng, caption="Tên bảng"); với một cột (Series): bảng = cột.to_frame().',
    ),
    "a picture without words for those who do not see it": (
        lambda: passages.figure(DRAWING, caption="Giếng"),
        "hình đưa vào báo cáo phải có tên và lời mô tả cho người không xem được hình. Cách sửa: viết "
        'report.figure(hình, caption="Tên hình", alt="Hình cho thấy gì, với những số nào").',
    ),
    "an axis": (
        lambda: passages.figure(DRAWING.add_subplot()),
        "report.figure nhận hình của present.charts hoặc của matplotlib, không nhận Axes. Cách sửa: với một trục "
        "(Axes) hay lưới hình: report.figure(hình.figure, caption=…, alt=…).",
    ),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_printed_is_refused_in_one_sentence(make, message):
    with pytest.raises(NotPrintable) as refused:
        make()
    assert str(refused.value) == message


def test_two_tables_of_one_name_have_an_address_each():
    block = frames.block(pd.DataFrame({"Hộ": [1]}), "Giếng")
    assert [one["id"] for one in document.apart([block, block])] == ["bang-gieng", "bang-gieng-2"]


def test_every_room_that_the_report_calls_for_passages_is_looked_at(report):
    imports = re.compile(r"^from giamngheo\.report import ([\w, ]+)$", re.M)
    found = imports.findall("\n".join(cell["source"] for cell in report["cells"]))
    called = {name.partition(" as ")[0] for line in found for name in line.split(", ")}
    assert {"citations", "passages"} < called == cells.ROOMS.keys()
