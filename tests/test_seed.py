"""The real report of xã Kông Lơng Khơng: what it printed, computed again, and what it did not say."""

import html
import json
import re
import shutil

import nbformat
import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo.checks import typed_claims
from giamngheo.intake import narrative
from giamngheo.intake.unit import Year
from giamngheo.reconcile import paragraphs
from giamngheo.run import runner
from giamngheo.writers import held_fonts


def text(page: str) -> str:
    """A page as a reader sees it: no markup, no style, one space between words."""
    page = re.sub(r"</?(?:a|b|em|i|span|strong|u)\b[^>]*>", "", page)
    body = re.sub(r"<(style|script|title|pre)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(body))


@pytest.fixture(scope="module")
def report(seed_reports):
    return text((seed_reports[0] / "bao-cao.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def editions(seed_reports):
    """The pages of the report and of its notebooks, with what they show where the pointer rests."""
    pages = sorted(seed_reports[0].glob("*.html"))
    return html.unescape(" ".join(page.read_text(encoding="utf-8") for page in pages))


def saved(seed_reports, name):
    """What the cells of an executed notebook show."""
    notebook = nbformat.read(seed_reports[0] / f"{name}.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return text(
        "\n".join(output["data"].get("text/html") or output["data"]["text/plain"] for output in outputs)
    )


PRINTED = {
    "poor households, persons and rate": "242 hộ, chiếm 20,86% tổng số hộ; nhân khẩu: 922 khẩu",
    "near-poor households, persons and rate": "324 hộ, chiếm 27,93% tổng số hộ; nhân khẩu: 1.399 khẩu",
    "the poor became fewer": "giảm 20 hộ",
    "their rate fell": "giảm 1,69 điểm phần trăm",
    "the near-poor became more": "tăng 03 hộ",
    "their rate rose by what the counts give": "tăng 0,31 điểm phần trăm",
    "the total is derived": "1.160",
    "multidimensionally poor households": "566 hộ, chiếm 48,79%",
    "the model's cost": "148.300.000 đồng",
    "what the budget gave": "100.000.000 đồng (67,43%)",
    "what the people gave": "48.300.000 đồng (32,57%)",
    "members of the model": "04 hộ nghèo, 03 hộ cận nghèo",
    "people trained": "70 người",
    "of whom in the villages": "63 người (07 chức danh × 09 thôn, làng)",
    "officials trained": "02 người",
    "part-time officials trained": "05 người",
    "the share of minorities": "hơn 78%",
    "the price of manure": "800.000 đồng/m³",
}


@pytest.mark.parametrize("words", PRINTED.values(), ids=PRINTED)
def test_the_report_says(report, words):
    assert words in report


MADE = {
    "the poor rate": "242 / 1.160 = 20,86%",
    "the near-poor rate": "324 / 1.160 = 27,93%",
    "both together": "242 + 324 = 566",
    "the multidimensional rate": "566 / 1.160 = 48,79%",
    "the change in poor households": "242 - 262 = -20",
    "the change in the poor rate": "242 / 1.160 - 262 / 1.162 = -1,69 điểm phần trăm",
    "the change in the near-poor rate": "324 / 1.160 - 321 / 1.162 = 0,31 điểm phần trăm",
    "the model's cost": "100.000.000 + 48.300.000 = 148.300.000",
    "what the budget gave": "100.000.000 / 148.300.000 = 67,43%",
    "what the people gave": "48.300.000 / 148.300.000 = 32,57%",
    "the model's members": "4 + 3 = 7",
    "the people trained": "2 + 5 + 63 = 70",
    "those in the villages": "7 × 9 = 63",
}


@pytest.mark.parametrize("arithmetic", MADE.values(), ids=MADE)
def test_a_reader_finds_how_it_was_made(editions, arithmetic):
    assert arithmetic in editions


@pytest.mark.parametrize("name", ["242 / 1.160 = 20,86%", "566 / 1.160 = 48,79%", "-1,69 điểm phần trăm"])
def test_the_report_itself_has_an_annex_with_the_arithmetic(report, name):
    assert name in report.partition("CÁCH TÍNH CÁC SỐ LIỆU TRONG BÁO CÁO")[2]


def test_the_total_is_called_derived_and_says_from_what(report):
    note = re.search(r"Ghi chú: tổng số hộ dân cư 1\.160 hộ là số suy ra: ([^.]*(?:\.\d+[^.]*)*)\.", report)
    assert note
    assert "242" in note[1]


@pytest.mark.parametrize(
    "subject",
    [
        "Hộ nghèo dân tộc thiểu số: ",
        "có mức sống trung bình: ",
        "giải ngân: ",
        "tỷ lệ giải ngân: ",
        "Diễn biến hộ nghèo trong năm: ",
    ],
)
def test_what_the_seed_does_not_give_is_said_not_to_be_known(report, subject):
    assert f"{subject}chưa có số liệu" in report


def test_nothing_unknown_is_printed_as_zero(report):
    assert re.findall(r"(?<![\d.,])0(?:,00)?(?:%| hộ| khẩu| đồng| người)", report) == []


def test_the_contradiction_is_shown_with_both_totals_and_both_corrections(seed_reports):
    checks = saved(seed_reports, "03_checks")
    assert "1.162" in checks
    assert "1.215" in checks
    assert "MÂU THUẪN" in checks
    corrections = checks.partition("Những sửa đổi nhỏ nhất")[2]
    assert "17 hộ" in corrections
    assert "0,31" in corrections


def test_the_record_names_the_fonts_that_the_finished_files_hold(seed_reports):
    record = json.loads((seed_reports[0] / "manifest.json").read_text(encoding="utf-8"))
    pdf, word = ((seed_reports[0] / f"bao-cao.{kind}").read_bytes() for kind in ("pdf", "docx"))
    assert record["fonts"] == {"bao-cao.pdf": held_fonts.in_pdf(pdf), "bao-cao.docx": held_fonts.in_docx(word)}
    assert {name.split("-")[0] for name in record["fonts"]["bao-cao.pdf"]} == {record["font"]["name"].replace(" ", "")}


def test_the_report_is_a_draft_while_its_source_contradicts_itself(seed_reports, report):
    assert "DỰ THẢO" in report
    assert "tăng 1,51%" in report  # what was printed, in doubt, with the reason
    assert "đang có nghi vấn" in report
    assert report.count("(Kèm theo Báo cáo số") == 2  # each annex says to what it belongs
    assert "số đã in “tăng 1,51%” (bảng Số liệu đã công bố, để đối chiếu năm 2022, dòng 11) đang có nghi vấn" in report  # no path


def test_no_section_waits_for_its_words(report):
    assert [title for title in narrative.SECTIONS.values() if f"[cần bổ sung: {title}]" in report] == []
    assert "cần bổ sung" not in report


NOTEBOOK_FILES = [f"{name}.{kind}" for name in runner.NOTEBOOKS for kind in ("html", "ipynb")]
FILES = [*NOTEBOOK_FILES, "bao-cao.docx", "bao-cao.html", "bao-cao.pdf", "bieu-mau.xlsx", "manifest.json"]


def test_all_sentences_of_the_report_typed_by_hand_contradict_nothing_until_one_is_changed(seed_reports, tmp_path):
    """It prints 242 poor households of 1.160 in a sentence of the whole commune, and figures of much else."""
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    this = Year(tmp_path / "data", SEED, SEED_YEAR)
    said = [one.text for one in paragraphs.read(seed_reports[0] / "bao-cao.docx") if not one.where.startswith("bảng")]
    for count, wrong in (("242 hộ", []), ("245 hộ", ["245 hộ"])):
        body = "\n\n".join(said).replace("242 hộ", count)
        (this.folder / "narrative" / "ra-soat.md").write_text(body, encoding="utf-8")
        assert [one.value for one in typed_claims.findings(this)] == wrong


def test_a_run_makes_these_files_and_no_other(seed_reports):
    assert sorted(path.name for path in seed_reports[0].iterdir()) == FILES


@pytest.mark.parametrize("name", FILES)
def test_a_second_run_changes_no_byte(seed_reports, name):
    once, again = ((folder / name).read_bytes() for folder in seed_reports)
    assert once == again


def test_the_manifest_names_every_file_that_went_in_and_came_out(seed_reports):
    record = json.loads((seed_reports[0] / "manifest.json").read_text(encoding="utf-8"))
    assert sorted([*record["outputs"], "manifest.json"]) == FILES
    assert {f"{SEED}/{SEED_YEAR}/review.csv", f"{SEED}/unit.yml", "standards.csv", "dictionary.csv"} <= set(
        record["inputs"]
    )


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".html", ".ipynb", ".json"))])
def test_no_output_says_where_or_by_whom_it_was_made(seed_reports, name):
    content = (seed_reports[0] / name).read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w/.:])/(?:home|root|tmp|work|Users)/[^\s\"'<]*", content) == []
