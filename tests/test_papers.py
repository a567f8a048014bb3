"""What goes with a report says the same numbers: read back from the finished files of three made-up communes."""

import io
import re
import shutil
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from conftest import SEED, SEED_YEAR
from counted import counts, households, texts, totals, whole
from giamngheo import opened
from giamngheo.findings import DataError
from giamngheo.intake.unit import Year
from giamngheo.report import papers
from giamngheo.writers import html, pdf
from giamngheo.year import accompany, ready
from provinces import UNITS, YEAR, root, undisturbed

pytestmark = pytest.mark.long


@pytest.fixture(scope="module", params=UNITS)
def made(request, tmp_path_factory):
    """A commune's year, the folder of its finished report, and its papers by name."""
    this, out = Year(root(), request.param, YEAR), tmp_path_factory.mktemp("papers")
    report = undisturbed() / request.param / str(YEAR)
    (out / request.param).mkdir()
    (out / request.param / str(YEAR)).symlink_to(report)
    return this, report, {path.name: path for path in accompany.make(this, out, tell=lambda sentence: None)}


def test_report_letter_and_decision_say_the_same_counts(made):
    _, report, files = made
    told = counts(texts(report / "bao-cao.docx"))
    assert told.keys() == {"Hộ nghèo", "Hộ cận nghèo"}
    assert counts(texts(files["cong-van.docx"])) == counts(texts(files["quyet-dinh.docx"])) == told
    assert households(texts(files["cong-van.docx"])) == households(texts(report / "bao-cao.docx"))


def test_the_minutes_of_all_villages_add_up_to_the_report(made):
    _, report, files = made
    minutes = [path for name, path in files.items() if name.startswith("bien-ban-")]
    told = counts(texts(report / "bao-cao.docx"))
    for name, (poor, _, persons) in told.items():
        assert sum(whole(counts(texts(path))[name][0]) for path in minutes) == whole(poor)
        assert sum(whole(counts(texts(path))[name][2]) for path in minutes) == whole(persons)
    assert sum(whole(households(texts(path))) for path in minutes) == whole(households(texts(report / "bao-cao.docx")))


def test_the_forms_in_excel_have_the_counts_of_the_letter(made):
    _, report, files = made
    total = totals(report / "bieu-mau.xlsx")
    poor = counts(texts(files["cong-van.docx"]))["Hộ nghèo"][0]
    assert {whole(households(texts(files["cong-van.docx"]))), whole(poor)} <= set(total)


def test_the_sheet_for_the_clerk_has_the_abstract_the_pages_and_the_addressees_of_the_report(made):
    _, report, files = made
    rows = {row.cells[0].text: row.cells[1].text for row in docx.Document(str(files["phieu-thong-tin.docx"])).tables[-1].rows}
    pages = len(PdfReader(io.BytesIO((report / "bao-cao.pdf").read_bytes())).pages)
    assert rows["Số trang"] == str(pages)
    assert rows["Trích yếu nội dung"] in texts(report / "bao-cao.docx")
    assert rows["Số ký tự của trích yếu"] == f"{len(rows['Trích yếu nội dung'])}/500"
    said = " ".join(texts(report / "bao-cao.docx"))
    assert all(name in said for name in rows["Nơi gửi"].split("; "))


def test_number_and_date_are_blank_and_no_form_is_named_by_a_number(made):
    _, _, files = made
    letter, decision = (" ".join(texts(files[name])) for name in ("cong-van.docx", "quyet-dinh.docx"))
    assert re.search(r"Số: +/UBND", letter) and re.search(r"Số: +/QĐ-UBND", decision)
    minutes = [" ".join(texts(path)) for name, path in files.items() if name.startswith("bien-ban-")]
    assert minutes and all(re.search(r"Số: +/BB-UBND", one) for one in minutes)
    assert "ngày     tháng     năm" in letter and "ngày     tháng     năm" in decision
    assert "Mẫu số" not in letter + decision


def test_a_file_that_was_edited_is_kept_when_the_papers_are_made_again(made):
    this, _, files = made
    letter = files["cong-van.docx"]
    before = letter.read_bytes()
    letter.write_bytes(before + b"edited")
    told: list[str] = []
    accompany.make(this, letter.parents[2], told.append)
    assert (letter.read_bytes(), letter.with_name("cong-van-giu-lai.docx").read_bytes()) == (before, before + b"edited")
    assert told == ["Giữ lại cong-van.docx (tệp đã sửa sau khi lập): nay là cong-van-giu-lai.docx."]


def test_without_a_report_of_todays_data_no_paper_is_made(tmp_path):
    with pytest.raises(DataError) as refused:
        accompany.make(opened(SEED, SEED_YEAR), tmp_path)
    assert str(refused.value) == (
        f"{tmp_path / SEED / str(SEED_YEAR)}: chưa có báo cáo lập từ số liệu hiện nay, nên chưa lập được văn bản kèm theo. "
        "Cách sửa: chạy giamngheo report trước."
    )


def test_a_letter_has_its_subject_under_its_number_in_every_format_and_no_title(made):
    letter = papers.letter(made[0])
    assert letter["blocks"][0]["subject"] == f"V/v đề nghị cho ý kiến về kết quả rà soát hộ nghèo, hộ cận nghèo năm {YEAR}"
    page = html.write(letter).decode()
    assert "<h1>" not in page and "V/v đề nghị cho ý kiến" in page
    assert "V/v đề nghị" in PdfReader(io.BytesIO(pdf.write(letter))).pages[0].extract_text()


@pytest.fixture
def sending(made, tmp_path):
    """The commune's year and a copy of its finished files, to be changed."""
    this, report, files = made
    out = tmp_path / "out"
    shutil.copytree(next(iter(files.values())).parents[2], out, ignore=shutil.ignore_patterns("*giu-lai*"))
    return this, out


def left(this: Year, out: Path) -> list[str]:
    return [line.said for line in ready.lines(this, out) if line.good is False]


def test_what_is_ready_is_told_from_what_is_not(sending):
    this, out = sending
    unsigned, = [said for said in left(this, out) if said.startswith("Thẩm tra")]
    assert left(this, out) == [
        "quyet-dinh.docx: còn chỗ cần bổ sung: [cần bổ sung người đề nghị]; [cần bổ sung người chịu trách nhiệm thi hành]",
        unsigned,
    ]
    told = ready.text(ready.lines(this, out)).splitlines()
    assert "[x] Số hộ thống nhất giữa 4 tệp: bao-cao.docx, cong-van.docx, quyet-dinh.docx, bieu-mau.xlsx" in told
    assert "[x] Báo cáo: bản chính thức" in told and f"[ ] {unsigned}" in told
    assert told[-1] == "Còn 2 điều trước khi gửi."


def test_a_count_that_was_changed_in_word_is_told_from_the_file(sending):
    this, out = sending
    letter = accompany.place(this, out) / "cong-van.docx"
    poor, near = (whole(counts(texts(letter))[name][0]) for name in ("Hộ nghèo", "Hộ cận nghèo"))
    opened_file = docx.Document(str(letter))
    for run in (run for paragraph in opened_file.paragraphs if "Hộ nghèo:" in paragraph.text for run in paragraph.runs):
        run.text = re.sub(r"^\d+ hộ", f"{poor + 1} hộ", run.text)
    opened_file.save(str(letter))
    said = f"cong-van.docx: hộ nghèo {poor + 1}, hộ cận nghèo {near}; bao-cao.docx: hộ nghèo {poor}, hộ cận nghèo {near}"
    assert f"Số hộ KHÔNG thống nhất: {said}" in left(this, out)


def test_what_is_missing_altered_or_no_word_file_is_told(sending):
    this, out = sending
    folder, beside = out / this.unit / str(this.year), accompany.place(this, out)
    (beside / "~$cong-van.docx").write_bytes(b"open in Word")
    with (folder / "bao-cao.pdf").open("ab") as file:
        file.write(b"changed")
    assert "Tệp của báo cáo đã bị sửa sau khi lập: bao-cao.pdf" in left(this, out)
    (beside / "cong-van.docx").write_bytes(b"no Word file")
    with pytest.raises(DataError) as refused:
        ready.lines(this, out)
    assert str(refused.value) == (
        f"{beside / 'cong-van.docx'}: không phải tệp Word đọc được. "
        "Cách sửa: đóng tệp này trong Word, hoặc dời nó đi nơi khác, rồi chạy lại."
    )
    shutil.rmtree(beside)
    assert "Văn bản kèm theo: chưa lập; chạy giamngheo papers" in left(this, out)


def test_the_seed_is_not_ready_and_every_reason_is_told(tmp_path):
    assert left(opened(SEED, SEED_YEAR), tmp_path)[1:] == [
        "Báo cáo: chưa lập; chạy giamngheo report --final",
        "Biểu tổng hợp chưa có số liệu: Tổng hợp diễn biến hộ nghèo; Tổng hợp diễn biến hộ cận nghèo; "
        "Phân tích các chỉ số thiếu hụt dịch vụ xã hội cơ bản của hộ nghèo và 9 điều khác",
        "Văn bản kèm theo: chưa lập; chạy giamngheo papers",
        "Số và ngày: chưa có; văn thư cấp thì ghi vào report.yml",
    ]


def test_an_abstract_that_the_e_office_would_cut_is_told(made):
    this, _, _ = made
    long = {"type": "letterhead", "kind": "BÁO CÁO", "number": "Số: 05/BC-UBND", "place_date": "Mẫu", "abstract": "a" * 501, "addressees": []}
    end = {"type": "signature", "position": "CHỦ TỊCH", "name": "", "recipients": []}
    made_up = papers.sheet(this, {"blocks": [long, end], "meta": {"issuer": "Ủy ban nhân dân xã"}}, 3)
    said = ["".join(run["text"] for run in row[1]["runs"]) for row in made_up["blocks"][1]["rows"]]
    assert "a" * 501 + " (dài 501 ký tự, quá 500: rút gọn)" in said
    assert made_up["blocks"][0]["number"] == ""  # the sheet has no number of its own to wait for
