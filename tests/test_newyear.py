"""A new year: what carries over into its workbook, what does not, and the list of what to do."""

import datetime as dt
from fractions import Fraction

import pytest

from conftest import PROJECT
from giamngheo import checks, opened
from giamngheo.checks import carried_over, complete
from giamngheo.figures import budget
from giamngheo.findings import DataError
from giamngheo.year import agenda, newyear
from laws import LAW

UNIT, LAST, YEAR = "xa-mau", 2023, 2024
OFFICE = "letterhead:\n  - from: 2021-01-01\n    to: 2025-06-30\n    issuer: [ỦY BAN NHÂN DÂN]\n"
REVIEW = [
    {"village": "Mơ Tôn", "households": 120, "persons": 500, "poor_households": 30, "poor_persons": 130,
     "near_poor_households": 20, "near_poor_persons": 90},
    {"village": "Đak Giang", "households": 80, "persons": 300, "poor_households": 10, "poor_persons": 40,
     "near_poor_households": 5, "near_poor_persons": 20},
]  # fmt: skip
MONEY = {"project": "DA2", "capital_type": "recurrent", "source": "nstw", "vintage": 2022,
         "execution_year": LAST, "model": ""}  # fmt: skip
COWS = {"model": "Nuôi bò", "project": "DA2", "vintage": 2022, "end": "2024-06-30"}
GOATS = {"model": "Nuôi dê", "project": "DA2", "vintage": 2022, "end": "2023-12-31"}
PIGS = {"model": "Nuôi heo", "project": "DA2", "vintage": 2022, "end": "2023-06-30"}


@pytest.fixture
def last_year(write_year):
    """A function that writes last year, with these tables beside its review."""

    def write(**tables):
        folder = write_year(UNIT, LAST, **({"review": REVIEW} | tables))
        (folder.parent / "unit.yml").write_text(OFFICE, encoding="utf-8")
        return folder

    return write


def new(table):
    """The rows of a table of the new year, read back from its workbook."""
    return opened(UNIT, YEAR).table(table)


def test_last_years_villages_and_closing_counts_open_the_new_year(last_year):
    last_year()
    folder = newyear.make(opened(UNIT, YEAR))
    assert sorted(path.name for path in folder.iterdir()) == ["narrative", "report.yml", "so-lieu.xlsx"]
    opening = new("movements").set_index(["village", "class", "measure"])["start"]
    assert opening["Mơ Tôn", "poor", "households"] == 30
    assert opening["Đak Giang", "near_poor", "persons"] == 20
    assert len(opening) == 2 * 2 * 2  # villages, classes, measures


def test_what_is_still_to_be_filled_in_is_said_by_file_and_cell_and_nothing_is_invented(last_year):
    last_year()
    newyear.make(opened(UNIT, YEAR))
    with pytest.raises(DataError) as refused:
        checks.require(opened(UNIT, YEAR))
    assert {(finding.sheet, finding.header.split()[-1]) for finding in refused.value.findings} == {
        ("review", "status"), ("review", "standard"),
    }  # fmt: skip


def test_money_that_is_left_keeps_its_vintage_and_moves_to_the_new_year(last_year):
    last_year(budget=[
        MONEY | {"planned": 100_000_000, "disbursed": 90_000_000},
        MONEY | {"vintage": 2023, "planned": 50_000_000, "disbursed": 50_000_000},
        MONEY | {"source": "nsdp_tinh", "planned": 12_000_000},
    ])  # fmt: skip
    newyear.make(opened(UNIT, YEAR))
    (line,) = new("budget").to_dict("records")
    assert (line["source"], line["vintage"], line["execution_year"]) == ("nstw", 2022, YEAR)
    assert line["planned"] == 100_000_000 - 90_000_000
    assert new("budget")["disbursed"].isna().all()  # not known yet, which is not 0
    assert line["note"] == "Cần kiểm tra: chép từ năm 2023, phần chưa giải ngân"


def test_money_spent_the_year_after_its_review_moves_on_by_a_year(last_year):
    last_year(budget=[MONEY | {"execution_year": YEAR, "planned": 10_000_000, "disbursed": 4_000_000}])
    newyear.make(opened(UNIT, YEAR))
    assert new("budget")["execution_year"].tolist() == [YEAR + 1]


def test_lines_that_become_one_are_added_up(last_year):
    left = {"planned": 10_000_000, "disbursed": 4_000_000}
    last_year(budget=[MONEY | left | {"execution_year": 2022}, MONEY | left])
    newyear.make(opened(UNIT, YEAR))
    assert new("budget")["planned"].tolist() == [6_000_000 + 6_000_000]


def test_a_model_goes_on_while_it_runs_or_has_money_left(last_year):
    last_year(
        models=[COWS, GOATS, PIGS],
        budget=[MONEY | {"model": "Nuôi heo", "planned": 9_000_000, "disbursed": 1_000_000}],
    )
    newyear.make(opened(UNIT, YEAR))
    models = new("models")
    assert models["model"].tolist() == ["Nuôi bò", "Nuôi heo"]
    assert models["end"].tolist() == [dt.datetime(2024, 6, 30), dt.datetime(2023, 6, 30)]


def test_a_model_whose_end_is_not_known_goes_on(last_year):
    last_year(models=[COWS | {"end": ""}])
    newyear.make(opened(UNIT, YEAR))
    assert new("models")["model"].tolist() == ["Nuôi bò"]


def test_documents_board_and_facts_are_copied_with_a_note_to_check_but_not_last_years_request(last_year):
    paper = {
        "number": "90/QĐ-TTg",
        "date": "2022-01-18",
        "issuer": "Thủ tướng",
        "kind": "Quyết định",
        "title": "phê duyệt",
    }
    last_year(
        documents=[paper | {"use": "programme"}, paper | {"number": "534/UBND", "use": "request"}],
        board=[{"role": "Trưởng ban", "position": "Chủ tịch", "members": 1, "note": "theo QĐ 477"}],
        facts=[
            {"fact": "muc_nuoc", "label": "Mức nước", "value": "12,5", "unit": "percent", "origin": "trạm"}
        ],
    )
    newyear.make(opened(UNIT, YEAR))
    assert new("documents")[["number", "note"]].values.tolist() == [
        ["90/QĐ-TTg", "Cần kiểm tra: chép từ năm 2023"]
    ]
    assert new("documents")["date"].tolist() == [dt.datetime(2022, 1, 18)]
    assert new("board")["note"].tolist() == ["Cần kiểm tra: chép từ năm 2023; theo QĐ 477"]
    assert new("facts")["value"].tolist() == [Fraction(25, 2)]
    assert carried_over.rows(opened(UNIT, YEAR)) == {"documents": [0], "board": [0], "facts": [0]}


def test_a_report_is_a_draft_until_the_copied_rows_and_words_have_been_read(last_year):
    words = last_year(board=[{"role": "Trưởng ban", "position": "Chủ tịch"}, {"role": "Thành viên", "position": "Kế toán"}])
    (words / "narrative").mkdir()
    (words / "narrative" / "giai-phap.md").write_text("- Tiếp tục.\n", encoding="utf-8")
    newyear.make(opened(UNIT, YEAR))
    (board,) = carried_over.findings(opened(UNIT, YEAR))
    assert str(board) == (
        "[chỉ lập được DỰ THẢO] xa-mau/2024/so-lieu.xlsx, trang tính board, dòng 2, cột D (Ghi chú note): "
        'giá trị "Cần kiểm tra: chép từ năm 2023" — dòng chép từ năm trước, chưa được xem lại: 2 dòng. '
        "Cách sửa: dòng nào còn đúng với năm nay thì xóa ghi chú, không thì sửa hoặc xóa dòng."
    )
    (section,) = complete.unwritten(opened(UNIT, YEAR), "giai-phap")
    assert str(section) == (
        "[chỉ lập được DỰ THẢO] xa-mau/2024/narrative/giai-phap.md, dòng 1: mục “Giải pháp” còn là lời văn năm trước. "
        "Cách sửa: viết lại rồi xóa dòng đầu “<!-- cần viết lại…”."
    )


def test_narrative_is_copied_under_a_line_that_says_it_is_last_years(last_year):
    words = last_year() / "narrative"
    words.mkdir()
    (words / "giai-phap.md").write_text("- Tiếp tục.\n", encoding="utf-8")
    (words / "kien-nghi.md").write_text("<!-- cần viết lại: chép từ năm 2022 -->\nCũ.\n", encoding="utf-8")
    (words / "ra-soat.md").write_text("\n", encoding="utf-8")
    copied = newyear.make(opened(UNIT, YEAR)) / "narrative"
    assert {path.name: path.read_text(encoding="utf-8") for path in copied.iterdir()} == {
        "giai-phap.md": "<!-- cần viết lại: chép từ năm 2023 -->\n- Tiếp tục.\n",
        "kien-nghi.md": "<!-- cần viết lại: chép từ năm 2022 -->\nCũ.\n",
    }
    assert newyear.to_rewrite(opened(UNIT, YEAR)) == ["giai-phap", "kien-nghi"]
    (copied / "giai-phap.md").write_text("- Mới.\n", encoding="utf-8")
    assert newyear.to_rewrite(opened(UNIT, YEAR)) == ["kien-nghi"]


def test_a_new_standard_starts_from_a_new_count(write_year):
    write_year(UNIT, 2026, review=REVIEW)
    newyear.make(opened(UNIT, 2027))
    assert opened(UNIT, 2027).table("movements")["start"].isna().all()
    assert len(opened(UNIT, 2027).table("movements")) == 2 * 2 * 2
    blank = "Năm 2027 áp dụng chuẩn nghèo mới: số đầu kỳ để trống, lấy theo kết quả theo chuẩn mới."
    assert blank in agenda.todo(opened(UNIT, 2027))


def test_a_new_standard_starts_from_last_years_other_review_where_there_were_two(write_year):
    new_kind = {"standard": "ND351_2025", "status": "official"}
    others = [row | new_kind | {"poor_households": 33} for row in REVIEW]
    write_year(UNIT, 2026, review=REVIEW, other_review=others)
    newyear.make(opened(UNIT, 2027))
    starts = opened(UNIT, 2027).table("movements").set_index(["village", "class", "measure"])["start"]
    assert (starts["Mơ Tôn", "poor", "households"], starts["Mơ Tôn", "near_poor", "households"]) == (33, 20)
    there = "Năm 2027 áp dụng chuẩn nghèo mới: số đầu kỳ lấy từ bảng other_review của năm trước."
    assert there in agenda.todo(opened(UNIT, 2027))


def test_the_sheet_of_last_year_that_a_new_standard_starts_from_is_named_also_where_the_two_were_swapped(write_year):
    new_kind = {"standard": "ND351_2025", "status": "official"}
    write_year(UNIT, 2026, review=[row | new_kind for row in REVIEW], other_review=REVIEW)
    newyear.make(opened(UNIT, 2027))
    there = "Năm 2027 áp dụng chuẩn nghèo mới: số đầu kỳ lấy từ bảng review của năm trước."
    assert there in agenda.todo(opened(UNIT, 2027))


def test_a_year_that_is_there_is_not_touched(last_year, write_year):
    last_year()
    folder = write_year(UNIT, YEAR, review=REVIEW)
    before = {path: path.read_bytes() for path in folder.rglob("*")}
    with pytest.raises(DataError) as refused:
        newyear.make(opened(UNIT, YEAR))
    assert str(refused.value) == (
        "xa-mau/2024: năm này đã có thư mục. Cách sửa: điền tiếp vào thư mục này; muốn "
        "làm lại thì đổi tên "
        "hoặc xóa thư mục trước."
    )
    assert {path: path.read_bytes() for path in folder.rglob("*")} == before


def test_last_year_that_cannot_be_used_is_refused_and_leaves_no_half_made_folder(last_year):
    folder = last_year(review=[REVIEW[0] | {"poor_households": 500}])
    with pytest.raises(DataError):
        newyear.make(opened(UNIT, YEAR))
    assert sorted(path.name for path in folder.parent.iterdir()) == ["2023", "unit.yml"]


def test_words_in_an_old_code_page_are_refused_and_leave_no_half_made_folder(last_year):
    folder = last_year()
    (folder / "narrative").mkdir()
    tcvn3 = b"Ti\xd5p t\xf4c gi\xb6m ngh\xcco, h\xe9 ngh\xcco c\xf1a x\xb7"  # Tiếp tục giảm nghèo, hộ nghèo của xã
    (folder / "narrative" / "giai-phap.md").write_bytes(tcvn3)
    with pytest.raises(DataError) as refused:
        newyear.make(opened(UNIT, YEAR))
    assert str(refused.value) == (
        "xa-mau/2023/narrative/giai-phap.md, dòng 1: tệp không phải UTF-8; có vẻ là TCVN3 (phông .Vn…). "
        "Cách sửa: chuyển chữ sang Unicode (UniKey → Công cụ), rồi mở tệp bằng Notepad, chọn File → Save As, "
        "ở ô Encoding chọn UTF-8 rồi lưu."
    )
    assert sorted(path.name for path in folder.parent.iterdir()) == ["2023", "unit.yml"]


def test_words_in_utf_16_that_says_so_are_read_and_copied(last_year):
    folder = last_year()
    (folder / "narrative").mkdir()
    (folder / "narrative" / "giai-phap.md").write_bytes("1. Tiếp tục.\r\n<!-- đúng: năm 2019 -->".encode("utf-16"))
    copied = newyear.make(opened(UNIT, YEAR)) / "narrative" / "giai-phap.md"
    assert copied.read_text(encoding="utf-8") == "<!-- cần viết lại: chép từ năm 2023 -->\n1. Tiếp tục."


def test_an_unknown_unit_is_refused(last_year):
    last_year()
    with pytest.raises(DataError) as refused:
        newyear.make(opened("xa-la", YEAR))
    assert (
        str(refused.value)
        == "xa-la: không có thư mục của đơn vị này. "
        "Cách sửa: mở đơn vị mới: giamngheo new-unit --unit xa-la --year 2024 (có phải là \"xa-mau\" không?)."
    )


def test_what_to_do_is_in_order_with_the_dates_of_the_calendar(last_year):
    last_year(
        documents=[{"number": "1", "issuer": "a", "kind": "b", "title": "c", "use": "board"}],
        budget=[MONEY | {"planned": 12_000_000}],
    )
    newyear.make(opened(UNIT, YEAR))
    assert agenda.todo(opened(UNIT, YEAR)) == [
        "Xem lại data/xa-mau/unit.yml: nơi gửi, nơi nhận, người ký còn đúng cho năm 2024 không.",
        "Xem lại các dòng có ghi chú “Cần kiểm tra: chép từ năm…”, đúng rồi thì xóa ghi "
        "chú đó: documents 1 dòng.",
        "1 dòng vốn của năm 2023 chưa có số giải ngân nên không chép sang: hỏi kế toán, "
        "còn tiền thì thêm dòng vào "
        "bảng budget, giữ nguyên vốn năm (vintage).",
        "Từ ngày 15 hằng tháng: Rà soát hộ nghèo, hộ cận nghèo thường xuyên (Điều 3 "
        "Quyết định 24/2021/QĐ-TTg).",
        "Ngày 05 hằng tháng, từ tháng 02 đến tháng 9 năm 2024: Chủ tịch Ủy ban nhân dân "
        "xã báo cáo kết quả rà soát "
        "thường xuyên lên cấp trên (Điều 7 Quyết định 24/2021/QĐ-TTg).",
        "Trước ngày 01 tháng 6 năm 2024: Báo cáo giám sát, đánh giá Chương trình 6 tháng tới Bộ "
        "(Điều 4 Thông tư 10/2022/TT-BLĐTBXH).",
        "Từ ngày 01 tháng 9 năm 2024 đến hết ngày 14 tháng 12 năm 2024: Rà soát hộ "
        "nghèo, hộ cận nghèo định kỳ "
        "(Điều 3 Quyết định 24/2021/QĐ-TTg); lập danh sách, rà soát và phân loại, họp "
        "dân thống nhất, niêm yết "
        "công khai, xin ý kiến cấp trên, công nhận.",
        "Trước ngày 15 tháng 11 năm 2024: Cấp tỉnh báo cáo kết quả rà soát sơ bộ (Điều 7 "
        "Quyết định 24/2021/QĐ-TTg); "
        "trước đó điền review (status: preliminary), movements và các bảng rà soát, chạy "
        "giamngheo check rồi lập "
        "báo cáo.",
        "Trước ngày 01 tháng 12 năm 2024: Báo cáo giám sát, đánh giá Chương trình hằng "
        "năm tới Bộ "
        "(Điều 4 Thông tư 10/2022/TT-BLĐTBXH).",
        "Trước ngày 20 tháng 12 năm 2024: Cấp tỉnh báo cáo kết quả rà soát chính thức "
        "(Điều 7 Quyết định 24/2021/QĐ-TTg); trước đó sửa theo kết quả được công nhận, "
        "đổi status của review thành "
        "official.",
        "Điền vốn và giải ngân (budget), mô hình (models), tập huấn (training) trong "
        "data/xa-mau/2024/so-lieu.xlsx.",
        "Chạy giamngheo check --unit xa-mau --year 2024 và sửa hết lỗi; giamngheo status "
        "--unit xa-mau --year 2024 "
        "cho biết còn thiếu gì.",
        "Lập báo cáo: giamngheo report --unit xa-mau --year 2024; khi không còn gì ở "
        "dạng dự thảo thì thêm --final.",
        "So với năm trước: giamngheo diff --unit xa-mau --from 2023 --to 2024.",
        "Thẩm tra từng ô và ký: giamngheo review --unit xa-mau --year 2024 --sign 01_review:6 "
        "(nhiều ô: 01_review:6-9).",
        "Khi văn thư cấp số: ghi số và ngày vào data/xa-mau/2024/report.yml, lập lại báo cáo, "
        "ký lại ô có số và ngày.",
    ]


def test_dates_that_no_known_law_sets_are_asked_for_and_not_invented(last_year, write_year):
    write_year(UNIT, 2026, review=REVIEW)
    newyear.make(opened(UNIT, 2027))
    listed = agenda.todo(opened(UNIT, 2027))
    assert agenda.deadlines(LAW, 2027) == {}
    assert "Hỏi cấp trên lịch rà soát năm 2027, ghi vào data/calendar.csv." in listed


def test_the_last_days_of_2026_are_counted_back_from_14_december():
    """Working days of 2026 before Monday 14/12: the Sở's 5 begin after 7/12, 3 of posting after 2/12, 10 more for a
    complaint after 18/11, or after 17/11 if Tuesday 24/11 is a holiday, of which we are not sure."""
    said = agenda.deadlines(LAW, 2026)
    days = {step: text.partition(":")[0] for step, text in said.items()}
    assert days == {
        "frequent_review": "Từ ngày 15 hằng tháng",
        "periodic_review": "Từ ngày 01 tháng 9 năm 2026 đến hết ngày 14 tháng 12 năm 2026",
        "preliminary": "Trước ngày 15 tháng 11 năm 2026",
        "posting_with_complaint": "Chậm nhất ngày 17 tháng 11 năm 2026 (coi 24/11 là ngày nghỉ, điều này chưa chắc; "
        "nếu là ngày làm việc thì chậm nhất ngày 18 tháng 11 năm 2026)",
        "posting": "Chậm nhất ngày 02 tháng 12 năm 2026",
        "opinion": "Chậm nhất ngày 07 tháng 12 năm 2026",
        "official": "Trước ngày 20 tháng 12 năm 2026",
    }
    assert said["opinion"] == (
        "Chậm nhất ngày 07 tháng 12 năm 2026: Gửi hồ sơ xin ý kiến Sở Nông nghiệp và Môi trường (5 ngày làm việc) (Quy trình thủ tục "
        "1.011606 (Quyết định 3207/QĐ-UBND ngày 30/5/2026, Thành phố Hồ Chí Minh); khá chắc, hỏi lại Sở Nông nghiệp và Môi trường)"
    )
    assert "phúc tra 7 ngày làm việc, niêm yết lại 3 ngày làm việc" in said["posting_with_complaint"]


def test_a_year_of_two_standards_says_why_before_its_dates(write_year):
    write_year(UNIT, 2025, review=REVIEW)
    newyear.make(opened(UNIT, 2026))
    listed = agenda.todo(opened(UNIT, 2026))
    why = (
        "Năm 2026 rà soát đồng thời theo hai chuẩn (khoản 2 Điều 10 Thông tư 25/2026/TT-BNNMT): bảng review theo Chuẩn nghèo đa chiều theo "
        "Nghị định 07/2021/NĐ-CP, bảng other_review theo Chuẩn nghèo đa chiều theo Nghị định 351/2025/NĐ-CP; hai kết quả không cộng, "
        "không trừ cho nhau."
    )
    assert listed[listed.index(why) + 1].startswith("Từ ngày 15 hằng tháng: Rà soát")


def test_the_year_of_a_report_without_a_date_is_left_blank_for_the_clerk(last_year):
    last_year()
    newyear.make(opened(UNIT, YEAR))
    assert 'year: ""\n' in (opened(UNIT, YEAR).folder / "report.yml").read_text(encoding="utf-8")


def test_a_unit_without_last_year_gets_an_empty_workbook_and_is_told(last_year):
    (last_year().parent.parent / "xa-moi").mkdir()
    newyear.make(opened("xa-moi", YEAR))
    assert opened("xa-moi", YEAR).table("budget").empty
    assert agenda.todo(opened("xa-moi", YEAR))[:2] == [
        "Thêm vào data/xa-moi/unit.yml một phần letterhead có hiệu lực ngày 31/12/2024.",
        "Không có năm 2023 để chép sang. Để có số đầu kỳ và so được với năm ấy: giamngheo template --unit xa-moi --year 2023, "
        "điền bảng review rồi xóa thư mục của năm này và mở lại; không thì điền số đầu kỳ từ đầu.",
    ]


def test_every_date_of_the_calendar_has_its_law_and_is_sure():
    rows = LAW.table("calendar")
    assert set(rows["confidence"]) == {"high", "medium-high"}
    assert (rows[["decree", "source", "valid_from"]] != "").all().all()
    assert (PROJECT / "data" / "calendar.csv").read_text(encoding="utf-8").endswith("\n")


def test_a_model_takes_along_what_it_has_cost_and_what_is_left_of_it_is_no_cost_of_the_new_year(last_year):
    money = MONEY | {"model": "Nuôi bò"}
    last_year(models=[COWS | {"earlier_support": 50_000_000, "earlier_contribution": 0}], budget=[
        money | {"vintage": 2022, "planned": 10_000_000, "disbursed": 10_000_000},
        money | {"vintage": 2023, "planned": 100_000_000, "disbursed": 90_000_000},
        money | {"vintage": 2023, "source": "nguoi_dan", "planned": 48_000_000, "disbursed": 48_000_000},
    ])  # fmt: skip
    newyear.make(opened(UNIT, YEAR))
    (model,) = new("models").to_dict("records")
    assert (model["earlier_support"], model["earlier_contribution"]) == (50_000_000 + 100_000_000, 48_000_000)
    (costed,) = budget.models(new("models"), new("budget"), YEAR).to_dict("records")
    assert (costed["cost"], costed["carried"]) == (150_000_000 + 48_000_000, 100_000_000 - 90_000_000)


def test_a_model_whose_money_is_not_known_takes_along_no_cost(last_year):
    last_year(models=[COWS])
    newyear.make(opened(UNIT, YEAR))
    assert new("models")[["earlier_support", "earlier_contribution"]].isna().all(axis=None)
