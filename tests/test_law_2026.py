"""The law of 2026: texts in force and ended, how they are cited, the money of the new programme, columns of a standard."""

import pandas as pd
import pytest

from conftest import PROJECT, data_folder
from giamngheo import checks, opened
from giamngheo.checks import law_texts
from giamngheo.findings import DataError
from giamngheo.intake.unit import Year
from giamngheo.law import kinds
from giamngheo.report import citations
from giamngheo.year import agenda, newyear
from laws import LAW

UNIT = "xa-mau"
REVIEW = [{"village": "Mơ Tôn", "households": 120, "poor_households": 30, "near_poor_households": 20}]


def document(number, kind="Nghị định", use="programme", note=""):
    return {"number": number, "date": "2025-01-01", "issuer": "Chính phủ", "kind": kind, "title": "quy định", "use": use, "note": note}


def said(write_year, *documents):
    write_year(UNIT, 2026, review=REVIEW, documents=list(documents))
    return [str(finding) for finding in law_texts.findings(opened(UNIT, 2026))]


def test_a_text_that_has_ended_is_a_finding_that_names_what_came_after_it(write_year):
    assert said(write_year, document("27/2022/NĐ-CP"), document("358/2025/NĐ-CP")) == [
        "[chỉ lập được DỰ THẢO] xa-mau/2026/documents.csv, dòng 2, cột A (number): giá trị "
        '"27/2022/NĐ-CP" — văn bản hết hiệu lực sau ngày 31/12/2025; báo cáo tính đến ngày 31/12/2026. '
        "Cách sửa: thay bằng 358/2025/NĐ-CP; nếu vẫn phải dẫn thì ghi lý do vào cột note."
    ]


def test_a_text_that_is_not_in_force_yet_is_a_finding_however_its_number_is_typed(write_year):
    write_year(UNIT, 2025, review=REVIEW, documents=[document("193/2026/nđ-cp"), document("257/2025/QH15", "Nghị quyết")])
    assert [str(one) for one in law_texts.findings(opened(UNIT, 2025))] == [
        '[chỉ lập được DỰ THẢO] xa-mau/2025/documents.csv, dòng 2, cột A (number): giá trị "193/2026/nđ-cp" — văn bản có hiệu lực từ ngày '
        "01/07/2026; báo cáo tính đến ngày 31/12/2025. Cách sửa: bỏ dòng này; nếu vẫn phải dẫn thì ghi lý do vào cột note."
    ]
    (ended,) = said(write_year, document("27/2022/ND-CP"))
    assert "văn bản hết hiệu lực sau ngày 31/12/2025" in ended


def test_an_ended_text_that_the_row_explains_is_meant(write_year):
    assert said(write_year, document("90/QĐ-TTg", note="vốn năm 2025 chi trong năm 2026")) == []


def test_the_standard_of_the_review_is_cited_as_of_the_review_year_also_in_january(write_year):
    folder = write_year(UNIT, 2026, review=REVIEW, documents=[document("07/2021/NĐ-CP", use="review")])
    (folder / "report.yml").write_text("date: 05/01/2027\n", encoding="utf-8")
    assert list(law_texts.findings(opened(UNIT, 2026))) == []


def test_a_consolidated_text_is_not_cited_alone(write_year):
    assert said(write_year, document("1315/VBHN-BLĐTBXH", "Văn bản hợp nhất", "review")) == [
        '[chỉ lập được DỰ THẢO] xa-mau/2026/documents.csv, dòng 2, cột A (number): giá trị "1315/VBHN-BLĐTBXH" — không dẫn riêng văn bản '
        "hợp nhất. Cách sửa: dẫn văn bản gốc (07/2021/TT-BLĐTBXH); báo cáo tự ghi “(hợp nhất tại Văn bản hợp nhất số 1315/VBHN-BLĐTBXH)”."
    ]


TEXTS = "number,kind,date,issuer,title,use,cited_from,valid_from,valid_to,replaced_by,consolidated_in,source,confidence\n"
MADE_UP = TEXTS + (
    "1/NĐ-CP,Nghị định,2020-01-01,Chính phủ,một,programme,,2020-01-01,2024-05-31,,9/VBHN,,high\n"
    "2/NĐ-CP,Nghị định,2020-01-01,Chính phủ,hai,programme,,2020-01-01,,,9/VBHN,,high\n"
    "9/VBHN,Văn bản hợp nhất,2021-01-01,Chính phủ,chín,programme,,2021-01-01,,,,,high\n"
)


def test_a_text_that_nothing_replaced_is_left_out_and_a_consolidated_one_names_all_its_originals(write_year):
    """A text that is not in the table stands first: nothing is known of it, and the others are looked at all the same."""
    data_folder().mkdir(parents=True)
    (data_folder() / "texts.csv").write_text(MADE_UP, encoding="utf-8")
    start = "[chỉ lập được DỰ THẢO] xa-mau/2026/documents.csv, dòng "
    assert said(write_year, document("8/NĐ-CP"), document("1/NĐ-CP", note="Cần kiểm tra: chép từ năm 2025"), document("9/VBHN")) == [
        start + '3, cột A (number): giá trị "1/NĐ-CP" — văn bản hết hiệu lực sau ngày 31/05/2024; báo cáo tính đến ngày 31/12/2026. '
        "Cách sửa: bỏ dòng này; nếu vẫn phải dẫn thì ghi lý do vào cột note.",
        start + '4, cột A (number): giá trị "9/VBHN" — không dẫn riêng văn bản hợp nhất. Cách sửa: dẫn văn bản gốc (1/NĐ-CP, 2/NĐ-CP); '
        "báo cáo tự ghi “(hợp nhất tại Văn bản hợp nhất số 9/VBHN)”.",
    ]


def test_a_text_of_the_programme_is_cited_as_of_the_day_of_the_report(write_year):
    folder = write_year(UNIT, 2026, review=REVIEW, documents=[document("07/2021/NĐ-CP", use="programme")])
    (folder / "report.yml").write_text("date: 05/01/2027\n", encoding="utf-8")
    (only,) = law_texts.findings(opened(UNIT, 2026))
    assert only.rule == "văn bản hết hiệu lực sau ngày 31/12/2026; báo cáo tính đến ngày 05/01/2027"


def test_documents_that_are_refused_are_not_held_against_the_law(write_year):
    assert said(write_year, document("27/2022/NĐ-CP") | {"date": "hôm qua"}) == []


def cited(number, kind, title, date="2021-07-18", issuer="Bộ"):
    row = pd.DataFrame([{"number": number, "kind": kind, "title": title, "date": pd.Timestamp(date) if date else pd.NaT, "issuer": issuer}])
    return citations.cited(next(row.itertuples()), citations.consolidated(Year(PROJECT / "data", UNIT, 2026)))


def test_a_law_is_cited_by_name_and_date_without_number_and_issuer():
    said = cited("89/2025/QH15", "Luật", "Ngân sách nhà nước", "2025-06-25", "Quốc hội")
    assert said == "Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2025"


def test_a_consolidated_text_stands_in_brackets_behind_its_original():
    assert cited("07/2021/TT-BLĐTBXH", "Thông tư", "hướng dẫn") == (
        "Thông tư số 07/2021/TT-BLĐTBXH ngày 18 tháng 7 năm 2021 của Bộ hướng dẫn "
        "(hợp nhất tại Văn bản hợp nhất số 1315/VBHN-BLĐTBXH)"
    )


def test_the_texts_of_2026_are_proposed_once_and_a_date_that_is_not_known_stays_blank(write_year):
    write_year(UNIT, 2025, review=REVIEW, documents=[document("424/NQ-CP", "Nghị quyết")])
    newyear.make(opened(UNIT, 2026))
    rows = opened(UNIT, 2026).table("documents").set_index("number")
    assert list(rows.index) == [
        "424/NQ-CP", "351/2025/NĐ-CP", "25/2026/TT-BNNMT", "89/2025/QH15", "257/2025/QH15", "358/2025/NĐ-CP", "417/QĐ-BNNMT",
        "193/2026/NĐ-CP",
    ]  # fmt: skip
    assert pd.isna(rows.loc["25/2026/TT-BNNMT", "date"])
    assert rows.loc["25/2026/TT-BNNMT", "note"] == "Cần kiểm tra: chương trình đề xuất; đã đọc ở nguồn tin cậy, đối chiếu với bản chính"
    (offered,) = [one for one in checks.carried_over.findings(opened(UNIT, 2026)) if "đề xuất" in one.rule]
    assert (offered.rule, offered.level) == ("dòng do chương trình đề xuất, chưa được xem lại: 7 dòng", "draft")


def test_a_first_year_is_offered_the_texts_that_are_cited_by_then_and_none_of_the_next_programme(write_year):
    (write_year.root / UNIT).mkdir(parents=True)
    newyear.make(opened(UNIT, 2025))
    assert opened(UNIT, 2025).table("documents")["number"].tolist() == [
        "07/2021/NĐ-CP", "24/2021/QĐ-TTg", "07/2021/TT-BLĐTBXH", "90/QĐ-TTg", "27/2022/NĐ-CP", "38/2023/NĐ-CP",
    ]  # fmt: skip


MONEY = {"project": "ND1", "capital_type": "recurrent", "source": "nstw", "vintage": 2026, "execution_year": 2026, "planned": 5}
HEAD = "kind,code,parent,name,value,unit,within,valid_from,valid_to,decree,article,source,confidence\n"
DECISION = "Quyết định 12/QĐ-UBND ngày 05/3/2026 của UBND tỉnh"
LINE = f"project,ND1,,Nội dung 1: Hỗ trợ sinh kế,,,,2026-01-01,2030-12-31,{DECISION},,,\n"


def test_a_line_of_the_new_programme_is_entered_with_the_decision_that_gave_it(write_year):
    write_year(UNIT, 2026, review=REVIEW, budget=[MONEY])
    (refused,) = [one for one in opened(UNIT, 2026).findings() if one.level == "refuse"]
    assert refused.remedy.endswith(
        "nội dung của Chương trình giai đoạn 2026 - 2030 chưa có trong danh mục thì thêm một dòng vào data/programme-local.csv, "
        "kèm quyết định giao vốn (docs/huong-dan.md, mục Vốn từ năm 2026)"
    )
    (data_folder() / "programme-local.csv").write_text(HEAD + LINE, encoding="utf-8")
    assert [one for one in checks.check(opened(UNIT, 2026)) if one.header.startswith("project")] == []
    assert opened(UNIT, 2026).law.project_names(2026)["ND1"] == "Nội dung 1: Hỗ trợ sinh kế"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (DECISION, "", "cột decree: chưa ghi. Cách sửa: ghi ô này, theo văn bản ban hành, hoặc xóa cả dòng."),
        ("2026-01-01", "01/01/2026", 'cột valid_from: giá trị "01/01/2026" không phải là ngày. Cách sửa: ghi ngày dạng 2026-01-31.'),
    ],
)  # fmt: skip
def test_a_line_without_its_decision_or_with_no_date_is_refused(write_year, old, new, message):
    write_year(UNIT, 2026, review=REVIEW, budget=[MONEY])
    (data_folder() / "programme-local.csv").write_text(HEAD + LINE.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        opened(UNIT, 2026).findings()
    assert str(refused.value) == f"data/programme-local.csv, dòng 2: {message}"


def test_money_of_2025_spent_in_2026_stays_under_its_old_project_and_old_money_of_2026_is_a_finding(write_year):
    old = MONEY | {"project": "DA2", "vintage": 2025}
    write_year(UNIT, 2026, review=REVIEW, budget=[old, old | {"vintage": 2026, "source": "nsdp_xa"}])
    found = [str(one) for one in checks.check(opened(UNIT, 2026)) if one.header.startswith("vintage")]
    assert len(found) == 2 and "dòng 2" not in "".join(found)
    assert found[1].endswith(
        "mã nsdp_xa (cột source) chỉ có hiệu lực 01/01/2022 đến 31/12/2025. Cách sửa: sửa năm giao vốn, hoặc dùng mã có hiệu lực "
        "năm 2026: nstw, nsnn, nsdp, tin_dung, long_ghep, huy_dong_khac, nguoi_dan."
    )


@pytest.mark.parametrize("decision", ["có", "15/8/2025", "Quyết định của tỉnh"])
def test_capital_is_reassigned_by_a_document_and_by_nothing_else(write_year, decision):
    write_year(UNIT, 2026, review=REVIEW, budget=[MONEY | {"project": "DA2", "vintage": 2025, "reassigned_by": decision}])
    (refused,) = [one for one in opened(UNIT, 2026).findings() if "reassigned_by" in one.header]
    assert str(refused) == (
        f'xa-mau/2026/budget.csv, dòng 2, cột J (reassigned_by): giá trị "{decision}" — Quyết định giao lại phải là một văn bản: chưa có số, '
        "ký hiệu, ví dụ 12/QĐ-UBND. Cách sửa: ghi số, ngày của quyết định giao lại vốn sau sáp nhập, mỗi quyết định một dòng; để trống nếu "
        "vốn không phải giao lại."
    )


@pytest.mark.parametrize("decision", ["", "Quyết định 12/QĐ-UBND ngày 05/3/2026", "số 35/2025/NQ-HĐND", "12-QĐ/TU"])
def test_the_number_and_sign_of_a_document_are_enough(write_year, decision):
    write_year(UNIT, 2026, review=REVIEW, budget=[MONEY | {"project": "DA2", "vintage": 2025, "reassigned_by": decision}])
    assert [one for one in opened(UNIT, 2026).findings() if "reassigned_by" in one.header] == []


def test_two_standards_are_reviewed_in_2026_and_one_in_the_years_around_it():
    assert {year: LAW.reviewed(year) for year in range(2021, 2028)} == {
        2021: ["QD59_2015", "ND07_2021"], 2022: ["ND07_2021"], 2023: ["ND07_2021"], 2024: ["ND07_2021"],
        2025: ["ND07_2021"], 2026: ["ND07_2021", "ND351_2025"], 2027: ["ND351_2025"],
    }  # fmt: skip


def test_low_income_workers_are_of_2025_and_2026_and_average_living_of_the_old_standard():
    assert {year: "low_income_workers" in LAW.objects("ND07_2021", year) for year in (2024, 2025, 2026)} == {
        2024: False, 2025: True, 2026: True,
    }  # fmt: skip
    assert LAW.unknown("ND351_2025", 2026) == ["average_living_households", "average_living_persons", "low_income_workers"]


def test_the_54_ethnic_groups_have_their_names_in_the_official_order_and_the_others_follow():
    groups = [name.removeprefix("Dân tộc ") for name in LAW.names("categories", "group", 2026).values() if name.startswith("Dân tộc ")]
    assert len(groups) == 55 and groups[:3] == ["Kinh", "Tày", "Thái"]
    assert [name for name in groups if name in ("Rơ Măm", "Gia Rai", "Giẻ Triêng", "Ba Na")] == ["Gia Rai", "Ba Na", "Giẻ Triêng", "Rơ Măm"]
    assert groups[-1] == "thiểu số khác"


def in_data(words):
    """The tables of law, and the notebooks, that say the words."""
    places = [*sorted((PROJECT / "data").glob("*.csv")), *sorted((PROJECT / "notebooks").glob("*.ipynb"))]
    return [path.name for path in places if words in path.read_text(encoding="utf-8")]


UNVERIFIED = {
    "the number of a form of the review": "Mẫu 7.",
    "the same, said in full": "Mẫu số 7.",
    "a form of circular 10/2022": "Biểu 0",
    "procedures whose names are not known": "1.11621",
    "a threshold that stands in test fixtures only": "1800000",
    "articles of circular 13/2025": "13/2025/TT-BNNMT",
    "rules on web pages that may have ended": "TT-BTTTT",
}


@pytest.mark.parametrize("words", UNVERIFIED.values(), ids=UNVERIFIED)
def test_what_nobody_could_verify_stands_in_no_table_and_no_sentence(words):
    assert in_data(words) == []


def test_what_is_not_known_of_the_new_standard_and_the_new_programme_stays_a_gap():
    (circular,) = [row for row in LAW.rows("texts") if row["number"] == "25/2026/TT-BNNMT"]
    assert circular["date"] == ""
    assert LAW.indicators("ND351_2025") == {}
    of_new = {row["measure"] for row in LAW.rows("standards") if row["standard"] == "ND351_2025"}
    assert of_new == {"income", "deficits_poor", "reviewed_from"}  # no scores
    projects = [row for row in LAW.rows("programme") if row["kind"] == "project"]
    assert [row["code"] for row in projects if (row["valid_to"] or "9999") > "2025-12-31"] == []
    monthly = [row for row in LAW.rows("calendar") if row["step"] == "frequent_report" and (row["valid_to"] or "9999") > "2025-12-31"]
    assert monthly == []  # to whom the monthly report goes in 2026


def test_a_text_that_has_ended_is_not_copied_into_the_new_year_and_is_named(write_year):
    asked = document("90/QĐ-TTg") | {"use": "request"}  # the letter that asked for a report is never copied, ended or not
    cited = [document("27/2022/ND-CP"), document("07/2021/NĐ-CP", use="review"), document("65/NQ-HĐND"), asked]
    write_year(UNIT, 2025, review=REVIEW, documents=cited)
    newyear.make(opened(UNIT, 2026))
    this = opened(UNIT, 2026)
    copied = [row["number"] for row in this.reading("documents").rows() if "chép từ năm 2025" in row["note"]]
    assert copied == ["07/2021/NĐ-CP", "65/NQ-HĐND"]
    told = [line for line in agenda.todo(this) if line.startswith("Không chép")]
    assert told == [
        "Không chép 1 văn bản đã hết hiệu lực trước ngày 31/12/2026: 27/2022/NĐ-CP (thay bằng 358/2025/NĐ-CP); vẫn phải dẫn (ví dụ vốn cũ "
        "còn chi tiếp) thì thêm lại vào bảng documents, ghi lý do vào cột note."
    ]


@pytest.mark.parametrize("kind", ["yearly", "inspection", "programme", "half_year"])
def test_a_report_of_2026_is_not_called_after_the_programme_that_ended_in_2025(kind):
    old, new = "Chương trình mục tiêu quốc gia giảm nghèo bền vững", "các chương trình mục tiêu quốc gia về giảm nghèo bền vững"
    before, after = (kinds.named(LAW, year, kind) for year in (2025, 2026))
    for name in ("abstract", "opening", "closing"):
        assert old in getattr(before, name) and getattr(after, name) == getattr(before, name).replace(old, new)
    assert [one.title.replace(old, new) for one in before.outline] == [one.title for one in after.outline]
    assert not [one.title for one in after.outline if old in one.title]
