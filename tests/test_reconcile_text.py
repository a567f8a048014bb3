"""A report's sentences are proposed as claims, and the numbers changed by hand after export are named."""

import io

import docx
import pandas as pd
import pytest

from giamngheo import reconcile
from giamngheo.reconcile import answers, proposals
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
