"""A file that came by mail says which report it is, and whether it is that report byte for byte; else what in it differs."""

import io
import shutil

import docx
import pypdf
import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import cli
from giamngheo.intake.unit import Year
from giamngheo.run import mailed, runner
from giamngheo.store import manifest

ROOT = PROJECT / "data"


@pytest.fixture(scope="module")
def sent(seed_reports):
    """The folder of the seed's report and the first letters of the hash in its key."""
    return seed_reports[0], manifest.read(seed_reports[0])["key"].rpartition("/")[2][:12]


def claimed(name: str, digits: str) -> str:
    return f"{name} ghi là báo cáo của {SEED}, năm {SEED_YEAR}, mã {digits}….\n"


@pytest.mark.parametrize("name", ["bao-cao.pdf", "bao-cao.docx", "bao-cao.html", "02_budget.html"])
def test_a_file_as_it_was_sent_is_that_of_the_data(name, sent, tmp_path, capsys):
    received = shutil.copyfile(sent[0] / name, tmp_path / f"nhan-{name}")
    assert mailed.main(received, ROOT) == 0
    assert capsys.readouterr().out == claimed(f"nhan-{name}", sent[1]) + f"Đúng là {name} do số liệu này lập ra, không khác một byte nào.\n"


@pytest.fixture(scope="module")
def apart(tmp_path_factory):
    """The folder of the seed's yearly report, whose annex of calculations is a file of its own."""
    this = Year(ROOT, SEED, SEED_YEAR, kind="yearly")
    return runner.make(this, tmp_path_factory.mktemp("yearly"), say=lambda line: None, formats=("pdf", "docx"))


@pytest.mark.parametrize("name", ["cach-tinh.pdf", "cach-tinh.docx", "bao-cao.pdf", "bao-cao.docx"])
def test_an_annex_of_calculations_that_came_by_itself_is_compared_with_the_annex(name, apart, tmp_path, capsys):
    received = shutil.copyfile(apart / name, tmp_path / f"nhan-{name}")
    assert mailed.main(received, ROOT) == 0
    assert capsys.readouterr().out.endswith(f"Đúng là {name} do số liệu này lập ra, không khác một byte nào.\n")


def test_a_number_changed_in_an_annex_of_calculations_is_named(apart, tmp_path, capsys):
    document = docx.Document(str(apart / "cach-tinh.docx"))
    run = next(run for row in document.tables[-1].rows for p in row.cells[-1].paragraphs for run in p.runs if "20,86" in run.text)
    run.text = run.text.replace("20,86", "20,68")
    document.save(str(tmp_path / "sua.docx"))
    assert mailed.main(tmp_path / "sua.docx", ROOT) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[1] == "Khác với cach-tinh.docx lập lại:" and len(said) == 3 and "20,68%" in said[2]


def test_a_number_changed_in_word_is_named_with_its_paragraph_and_what_it_should_be(sent, tmp_path, capsys):
    document = docx.Document(str(sent[0] / "bao-cao.docx"))
    run = next(run for paragraph in document.paragraphs for run in paragraph.runs if run.text.startswith("242"))
    run.text = run.text.replace("242", "241")
    document.save(str(tmp_path / "sua.docx"))
    assert mailed.main(tmp_path / "sua.docx", ROOT) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[1] == "Khác với bao-cao.docx lập lại:"
    assert said[2].startswith("  sua.docx, đoạn ")
    assert said[2].endswith(
        ": “Hộ nghèo: 241 hộ, chiếm 20,86% tổng số hộ; nhân khẩu: 922 khẩu.”, lập lại: "
        "“Hộ nghèo: 242 hộ, chiếm 20,86% tổng số hộ; nhân khẩu: 922 khẩu.” (Hộ nghèo)"
    )
    assert len(said) == 3


def test_every_place_of_a_page_that_was_changed_is_named(sent, tmp_path, capsys):
    page = (sent[0] / "bao-cao.html").read_text("utf-8")
    changed = [number for number, line in enumerate(page.splitlines(), start=1) if "20,86" in line]
    (tmp_path / "sua.html").write_text(page.replace("20,86", "19,86"), "utf-8")
    assert mailed.main(tmp_path / "sua.html", ROOT) == 1
    told = capsys.readouterr().out.splitlines()[2:]
    assert [line.partition(":")[0] for line in told] == [f"  sua.html, dòng {number}" for number in changed]


def test_a_pdf_that_another_program_saved_again_reads_the_same_and_is_not_the_same(sent, tmp_path, capsys):
    pypdf.PdfWriter(clone_from=str(sent[0] / "bao-cao.pdf")).write(str(tmp_path / "luu-lai.pdf"))
    assert mailed.main(tmp_path / "luu-lai.pdf", ROOT) == 1
    assert capsys.readouterr().out.splitlines()[1:] == ["Khác với bao-cao.pdf lập lại:", "  luu-lai.pdf: khác từ byte thứ 8"]


def test_data_that_have_changed_since_are_told_with_the_figures_that_differ(sent, tmp_path, capsys):
    shutil.copytree(ROOT, tmp_path / "data")
    review = tmp_path / "data" / SEED / str(SEED_YEAR) / "review.csv"
    review.write_text(review.read_text("utf-8").replace("922", "923"), "utf-8")
    assert mailed.main(sent[0] / "bao-cao.pdf", tmp_path / "data") == 1
    first, second, *told = capsys.readouterr().out.splitlines()
    assert first + "\n" == claimed("bao-cao.pdf", sent[1])
    assert second.startswith("Số liệu, luật hoặc mã nay khác khi tệp này được lập: lập lại bây giờ là mã ")
    changed = [line for line in told if line.startswith("  bao-cao.pdf, trang ") and "922" in line]
    assert changed
    assert all("923" in line.partition("lập lại")[2] for line in changed)
    assert any(line.endswith("(Khẩu hộ nghèo)") for line in changed)


def as_pdf(content: str) -> bytes:
    made, page = pypdf.PdfWriter(), io.BytesIO()
    made.add_blank_page(100, 100)
    made.add_metadata({"/Keywords": content})
    made.write(page)
    return page.getvalue()


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("la.pdf", b"no pdf", "la.pdf: không mang mã của báo cáo nào do chương trình này lập, hoặc mã đã bị xóa.\n"),
        ("la.docx", b"no docx", "la.docx: không mang mã của báo cáo nào do chương trình này lập, hoặc mã đã bị xóa.\n"),
        ("la.html", b"<p>242</p>", "la.html: không mang mã của báo cáo nào do chương trình này lập, hoặc mã đã bị xóa.\n"),
        ("trang.pdf", as_pdf("bao cao"), "trang.pdf: không mang mã của báo cáo nào do chương trình này lập, hoặc mã đã bị xóa.\n"),
        ("la.odt", b"", "la.odt: chỉ xem được tệp .html, .pdf, .docx, .xlsx\n"),
        ("xa.pdf", as_pdf(f"../../x/2022/{'0' * 64}"), "xa.pdf: không mang mã của báo cáo nào do chương trình này lập, hoặc mã đã bị xóa.\n"),
        ("xa.pdf", as_pdf(f"xa-khac/2022/{'0' * 64}"), f"Không có số liệu của xa-khac, năm 2022 trong {ROOT} nên không lập lại để so được.\n"),
    ],
)  # fmt: skip
def test_a_file_of_no_report_there_is_is_refused_in_a_sentence(name, content, said, tmp_path, capsys):
    (tmp_path / name).write_bytes(content)
    assert mailed.main(tmp_path / name, ROOT) == 1
    assert capsys.readouterr().err == said


def test_the_file_says_of_which_unit_and_year_it_is(tmp_path, capsys):
    with pytest.raises(SystemExit):
        cli.main(["verify", "--year", "2022", str(tmp_path / "a.pdf")])
    said = "tệp gửi đến tự ghi là của đơn vị nào, năm nào: bỏ --unit, --year"
    assert capsys.readouterr().err == f"giamngheo verify: {said}. Xem cách ghi: giamngheo verify --help\n"
