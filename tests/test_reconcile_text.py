"""A report's sentences are proposed as claims, and the numbers changed by hand after export are named."""

import io

import docx
import pandas as pd
import pytest

from giamngheo import reconcile
from giamngheo.reconcile import answers, paragraphs, proposals
from giamngheo.reconcile.paragraphs import Paragraph
from giamngheo.spreadsheets import original

TEXT = """Báo cáo kết quả rà soát hộ nghèo cuối năm 2022 trên địa bàn xã Mẫu Sơn

- Tổng số hộ dân: 1.160 hộ.
- Tổng số hộ nghèo: 242 hộ, 922 khẩu, chiếm 20,86%
  tổng số hộ. Giảm 20 hộ, tương đương giảm 1,69% so với năm 2021.
- Hộ nghèo đa chiều (hộ nghèo và hộ cận nghèo): 566 hộ.
- Có 30 hộ thoát nghèo, 05 hộ tái nghèo; hộ nghèo dân tộc thiểu số: 200 hộ.
- Tổng kế hoạch vốn: 148,3 triệu đồng; giải ngân 100 triệu đồng, đạt 67,43%.
- Mô hình nuôi bò có 07 hộ nghèo tham gia. Giá bán 800.000 đồng/m³.
"""
PROPOSED = [
    ("households", "1.160 hộ", "dòng 3"),
    ("poor_households", "242 hộ", "dòng 4"),
    ("poor_persons", "922 khẩu", "dòng 4"),
    ("poor_rate", "20,86%", "dòng 4"),
    ("change_poor_households", "giảm 20 hộ", "dòng 4"),
    ("change_poor_rate", "giảm 1,69%", "dòng 4"),
    ("multidimensionally_poor_households", "566 hộ", "dòng 6"),
    ("left_poverty", "30 hộ", "dòng 7"),
    ("relapsed", "05 hộ", "dòng 7"),
    ("minority_poor_households", "200 hộ", "dòng 7"),
    ("budget_planned", "148,3 triệu đồng", "dòng 8"),
    ("budget_disbursed", "100 triệu đồng", "dòng 8"),
    ("disbursement_rate", "67,43%", "dòng 8"),
]


def test_sentences_are_proposed_as_claims_with_their_place(tmp_path):
    path = tmp_path / "báo cáo.txt"
    path.write_text(TEXT, encoding="utf-8")
    text, code = answers.answer([path])
    proposed = pd.read_csv(io.StringIO(text), dtype=str).fillna("")
    proposed["printed"] = proposed["printed"].map(original)
    places = [where.partition(":")[0] for where in proposed["where"]]
    assert list(zip(proposed["indicator"], proposed["printed"], places, strict=True)) == PROPOSED
    assert set(zip(proposed["place"], proposed["year"], strict=True)) == {("xã Mẫu Sơn", "2022")}
    assert code == answers.TRUE


def test_what_is_proposed_can_be_judged_when_a_person_has_accepted_it(tmp_path):
    path, accepted = tmp_path / "báo cáo.txt", tmp_path / "claims.csv"
    path.write_text(TEXT, encoding="utf-8")
    accepted.write_text(answers.answer([path])[0], encoding="utf-8")
    assert reconcile.prove(reconcile.read(accepted)).kind == "witness"


@pytest.fixture
def exported(tmp_path):
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Hộ nghèo", "242"
    document.save(tmp_path / "bao-cao.docx")
    return tmp_path / "bao-cao.docx"


def test_every_number_changed_by_hand_in_word_is_named(exported, tmp_path):
    edited = docx.Document(exported)
    edited.paragraphs[3].runs[0].text = edited.paragraphs[3].runs[0].text.replace("242", "245")
    edited.paragraphs[7].runs[0].text += " 3"
    edited.tables[0].rows[0].cells[1].text = "244"
    edited.save(tmp_path / "sửa.docx")
    assert answers.answer([tmp_path / "sửa.docx"], exported=exported) == (
        "sửa.docx, đoạn 4: 245 thay cho 242 — - Tổng số hộ nghèo: 245 hộ, 922 khẩu, chiếm 20,86%\n"
        "sửa.docx, đoạn 8: 3 thay cho không có — - Tổng kế hoạch vốn: 148,3 triệu đồng; giải ngân 100 triệu "
        "đồng, đạt 67,43%. 3\n"
        "sửa.docx, bảng 1, hàng 1: 244 thay cho 242 — Hộ nghèo | 244",
        answers.CONTRADICTED,
    )
    assert answers.answer([exported], exported=exported) == ("Mọi con số vẫn như bản đã xuất.", answers.TRUE)


def test_a_document_that_cannot_be_opened_is_refused(tmp_path):
    (tmp_path / "hỏng.docx").write_bytes(b"x")
    for name, rule in {"hỏng.docx": "không mở được tệp", "thiếu.docx": "không có tệp này"}.items():
        with pytest.raises(reconcile.files.DataError) as refused:
            answers.answer([tmp_path / name])
        assert str(refused.value) == (
            f"{name}: {rule}. Cách sửa: kiểm tra lại đường dẫn, hoặc lưu lại dạng .docx, .pdf, .txt."
        )


def test_a_sentence_that_goes_on_about_the_same_class_stays_with_it(tmp_path):
    path = tmp_path / "báo cáo.txt"
    path.write_text("Hộ cận nghèo: 324 hộ.\n\nTăng 03 hộ so với năm trước.\n\nGiá: 05 hộ.", encoding="utf-8")
    proposed = proposals.propose(path)
    assert proposed[["indicator", "printed"]].to_numpy().tolist() == [
        ["near_poor_households", "324 hộ"],
        ["change_near_poor_households", "tăng 03 hộ"],
    ]


def proposed(text: str) -> list[tuple[str, str]]:
    return list(proposals.of(Paragraph("dòng 1", text)))


def test_where_people_of_a_class_went_is_no_second_count_of_those_who_left_it():
    """Of 8 households that left poverty 6 became near-poor: one claim about who left, none about the 6."""
    assert proposed("Trong năm có 08 hộ thoát nghèo, trong đó 06 hộ trở thành hộ cận nghèo; 04 hộ phát sinh mới.") == [
        ("left_poverty", "08 hộ"), ("newly_poor", "04 hộ"),
    ]  # fmt: skip
    assert proposed("Có 19 hộ thoát cận nghèo; 04 hộ cận nghèo trở thành hộ nghèo; 08 hộ ra khỏi diện hộ nghèo.") == [
        ("left_near_poverty", "19 hộ"), ("near_poor_became_poor", "04 hộ"), ("left_poverty", "08 hộ"),
    ]  # fmt: skip


def test_no_change_is_a_figure_where_it_is_said_against_what():
    assert proposed("Hộ nghèo so với năm 2022: không thay đổi; tỷ lệ không thay đổi.") == [
        ("change_poor_households", "không thay đổi"), ("change_poor_rate", "không thay đổi"),
    ]  # fmt: skip
    assert proposed("Đời sống của hộ nghèo không thay đổi.") == []


def test_what_was_reached_is_of_the_figure_before_it_that_stands_in_no_brackets():
    assert proposed("Số hộ nghèo giảm 41 hộ (tương đương giảm 0,98%), đạt 136,67% chỉ tiêu giao.") == [
        ("change_poor_households", "giảm 41 hộ"), ("change_poor_rate", "giảm 0,98%"),
        ("plan_reached_change_poor_households", "136,67%"),
    ]  # fmt: skip
    assert proposed("Tỷ lệ hộ nghèo giảm 0,98%, vượt 8,5% kế hoạch.")[1:] == [("plan_reached_change_poor_rate", "vượt 8,5%")]


def test_what_was_set_is_told_apart_from_what_was_achieved():
    assert proposed("Hộ nghèo: chỉ tiêu giảm 10 hộ, thực hiện: giảm 05 hộ, đạt 50,00% kế hoạch.") == [
        ("plan_change_poor_households", "giảm 10 hộ"), ("change_poor_households", "giảm 05 hộ"),
        ("plan_reached_change_poor_households", "50,00%"),
    ]  # fmt: skip


def test_the_share_of_a_total_is_that_of_the_class_before_it():
    assert proposed("Hộ nghèo dân tộc thiểu số: 26 hộ, tỷ lệ trên tổng số hộ dân tộc thiểu số: 8,72%.") == [
        ("minority_poor_households", "26 hộ"), ("minority_poor_rate", "8,72%"),
    ]  # fmt: skip
    assert proposed("Xã có 4.215 hộ dân với 16.480 nhân khẩu.") == [("households", "4.215 hộ"), ("persons", "16.480 nhân khẩu")]


def test_money_of_another_sentence_is_not_that_of_the_programme():
    assert proposed("Giải ngân 1.101 triệu đồng. Tập huấn hết 45 triệu đồng.") == [("budget_disbursed", "1.101 triệu đồng")]


def test_an_average_is_of_its_period_and_a_place_may_bear_a_number(tmp_path):
    path = tmp_path / "báo cáo.txt"
    path.write_text("Phường có tên phường An Bình 2. Bình quân mỗi năm giai đoạn 2022-2024 tỷ lệ hộ nghèo giảm 0,91%.", "utf-8")
    found = proposals.propose(path)[["place", "year", "indicator", "printed"]].to_numpy().tolist()
    assert found == [["phường An Bình 2", "2022-2024", "average_change_poor_rate", "giảm 0,91%"]]


def test_rows_of_numbers_in_a_pdf_are_no_sentences_and_a_sentence_goes_on_over_the_page():
    pages = ["Hộ phát sinh mới 1 2 3 4\nĐến nay đã giải ngân", "9 DỰ THẢO\n2.643.411.000 đồng, tỷ lệ:\n88,84%."]
    lines = [(f"trang {at}", line) for at, page in enumerate(pages, start=1) for line in paragraphs.lines_of_text(page)]
    assert list(paragraphs.together(lines)) == [
        Paragraph("trang 1", "Đến nay đã giải ngân 2.643.411.000 đồng, tỷ lệ: 88,84%.")
    ]


def test_words_that_word_keeps_of_tracked_changes_are_read_as_accepted(exported, tmp_path):
    edited = docx.Document(exported)
    run = edited.paragraphs[3].runs[0]._r
    inserted = docx.oxml.OxmlElement("w:ins")
    inserted.append(docx.oxml.parse_xml(f'<w:r xmlns:w="{paragraphs.WORD[1:-1]}"><w:t xml:space="preserve"> 7 hộ</w:t></w:r>'))
    run.addnext(inserted)
    struck = docx.oxml.OxmlElement("w:del")
    run = edited.paragraphs[7].runs[0]._r
    run.addprevious(struck)
    struck.append(run)
    edited.save(tmp_path / "sửa.docx")
    said, code = answers.answer([tmp_path / "sửa.docx"], exported=exported)
    assert [line.partition(" — ")[0] for line in said.splitlines()] == [
        "sửa.docx, đoạn 4: 7 thay cho không có", "sửa.docx, đoạn 7: không có thay cho 148,3; 100; 67,43",
    ]  # fmt: skip
    assert code == answers.CONTRADICTED


def test_a_fall_turned_into_a_rise_and_households_into_persons_are_changes_too(exported, tmp_path):
    edited = docx.Document(exported)
    for run in (run for paragraph in edited.paragraphs for run in paragraph.runs):
        run.text = run.text.replace("Giảm 20 hộ", "Tăng 20 hộ").replace("922 khẩu", "922 người")
    edited.save(tmp_path / "sửa.docx")
    said, _ = answers.answer([tmp_path / "sửa.docx"], exported=exported)
    assert [line.partition(" — ")[0] for line in said.splitlines()] == [
        "sửa.docx, đoạn 4: 922 người thay cho 922 khẩu", "sửa.docx, đoạn 5: tăng 20 hộ thay cho giảm 20 hộ",
    ]  # fmt: skip


SAID = {
    "Hộ nghèo toàn xã giảm từ 262 hộ xuống còn 242 hộ.": [("poor_households", "xuống còn 242 hộ")],
    "Tỷ lệ hộ nghèo giảm từ 22,55% xuống 20,86%.": [("poor_rate", "20,86%")],
    "Trong năm có 45 hộ thoát nghèo, 25 hộ nghèo phát sinh mới.": [("left_poverty", "45 hộ"), ("newly_poor", "25 hộ")],
    "Xã có 30 hộ nghèo mới.": [("newly_poor", "30 hộ")],
    "Theo Quyết định số 245/QĐ-UBND ngày 15/12/2022, xã có 242 hộ nghèo.": [("poor_households", "242 hộ")],
    "Đến ngày 31/12/2022, theo Quyết định 1052/QĐ-TTg, còn 242 hộ nghèo.": [("poor_households", "còn 242 hộ")],
    "Tỷ lệ hộ nghèo của xã bằng 1,5 lần bình quân chung của huyện.": [],
    "Xã đứng thứ 3 trong huyện về giảm nghèo, điểm 2 khoản 4 Điều 26.": [],
}


@pytest.mark.parametrize("sentence", SAID)
def test_what_a_sentence_says_of_now_is_proposed_and_no_date_document_or_figure_of_before(sentence):
    assert list(proposals.of(Paragraph("", sentence))) == SAID[sentence]
