"""Ways to make a finished report say something else: each ends in a difference that is named, a refusal or a fallen sign-off.

A cheat is done to a copy of the folder of reports; the report made again is made once, since no cheat changes what it is made from.
"""

import base64
import json
import re
import shutil
import zipfile
from pathlib import Path

import nbformat
import openpyxl
import pypdf
import pypdf.annotations
import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.intake.unit import Year
from giamngheo.report import inputs
from giamngheo.review import index, signed, signoff
from giamngheo.run import mailed, runner, verify
from giamngheo.store import belongings, manifest

REPORT = Path(SEED) / str(SEED_YEAR)


@pytest.fixture(scope="module")
def honest(tmp_path_factory):
    """A folder of reports with its index, and the seed's report made again."""
    out, again = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("again")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIAMNGHEO_DATA", str(PROJECT / "data"))
        runner.make(opened(SEED, SEED_YEAR), out, say=lambda _: None)
        index.write(out, PROJECT / "data")
        folder, _ = verify.made_again(opened(SEED, SEED_YEAR), again, "", list(runner.FORMATS))
    return out, folder


@pytest.fixture
def out(honest, tmp_path):
    shutil.copytree(honest[0], tmp_path / "out")
    return tmp_path / "out"


def told(out, again):
    """What `verify` finds, a line each, of a report that was made again from unchanged files."""
    kept = out / REPORT
    return verify.edited(kept) + verify.between(kept, again) + verify.stale(out, PROJECT / "data")


def recorded(out):
    """Have the manifest say that the files are as they are now, as somebody who knows it would."""
    file = out / REPORT / "manifest.json"
    record = json.loads(file.read_text("utf-8"))
    record["outputs"] = {name: manifest.sha256((out / REPORT / name).read_bytes()) for name in record["outputs"]}
    file.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")


def replaced(path, old, new):
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new.encode()))


def in_manifest(**changed):
    def change(out):
        file = out / REPORT / "manifest.json"
        file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | changed, ensure_ascii=False, indent=2) + "\n", "utf-8")

    return change


def in_word(out):
    path, unpacked = out / REPORT / "bao-cao.docx", {}
    with zipfile.ZipFile(path) as archive:
        unpacked = {name: archive.read(name) for name in archive.namelist()}
    unpacked["word/document.xml"] = unpacked["word/document.xml"].replace(b"242", b"212")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in unpacked.items():
            archive.writestr(name, content)
    recorded(out)


def in_excel(out):
    path = out / REPORT / "bieu-mau.xlsx"
    book = openpyxl.load_workbook(path)
    cell = next(cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == 242)
    cell.value = 212
    book.save(path)
    recorded(out)


def in_pdf(out):
    path = out / REPORT / "bao-cao.pdf"
    writer = pypdf.PdfWriter(clone_from=str(path))
    del writer.pages[1]
    writer.write(str(path))
    recorded(out)


def in_page(out):
    replaced(out / REPORT / "bao-cao.html", "242 hộ", "212 hộ")
    recorded(out)


def in_the_reviewers_page(out):
    replaced(out / REPORT / "01_review.html", ">242<", ">212<")
    recorded(out)


def in_the_record_of_the_run(out):
    notebook = out / REPORT / "01_review.ipynb"
    replaced(notebook, "242", "212")
    recorded(out)


def in_code_that_was_run(out):
    notebook = out / REPORT / "02_budget.ipynb"
    made = nbformat.read(notebook, as_version=4)
    made.cells[-1].source += "\n# như cũ"
    nbformat.write(made, notebook)
    recorded(out)


def in_the_index(out):
    replaced(out / "index.html", "DỰ THẢO", "chính thức")


def a_file_more(out):
    (out / REPORT / "bao-cao-chinh-thuc.pdf").write_bytes(b"%PDF-")


def a_file_less(out):
    (out / REPORT / "03_checks.html").unlink()


def in_a_picture(out):
    page = out / REPORT / "bao-cao.html"
    drawing = re.search(r"data:image/svg[^,]*,([^\"]+)", page.read_text("utf-8"))[1]
    replaced(page, drawing, base64.b64encode(base64.b64decode(drawing).replace(b">242<", b">212<")).decode())
    recorded(out)


def without_its_mark(out):
    replaced(out / REPORT / "bao-cao.html", '<header class="marks">DỰ THẢO</header>', "")
    recorded(out)


def led_elsewhere(out):
    replaced(out / REPORT / "bao-cao.html", "01_review.html#so-review.poor_rate", "01_review.html#so-review.near_poor_rate")
    recorded(out)


def in_the_head_of_the_word_file(out):
    path, unpacked = out / REPORT / "bao-cao.docx", {}
    with zipfile.ZipFile(path) as archive:
        unpacked = {name: archive.read(name) for name in archive.namelist()}
    draft = "DỰ THẢO".encode()
    assert any(draft in content for name, content in unpacked.items() if "header" in name)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in unpacked.items():
            archive.writestr(name, content.replace(draft, b"") if "header" in name else content)
    recorded(out)


def a_formula_in_excel(out):
    path = out / REPORT / "bieu-mau.xlsx"
    book = openpyxl.load_workbook(path)
    cell = next(cell for row in book.worksheets[0].iter_rows() for cell in row if str(cell.value).startswith("="))
    cell.value = 21
    book.save(path)
    recorded(out)


def over_the_pdf(out):
    path = out / REPORT / "bao-cao.pdf"
    writer = pypdf.PdfWriter(clone_from=str(path))
    writer.add_annotation(0, pypdf.annotations.FreeText(text="212", rect=(200, 550, 250, 600), font_size="14pt"))
    writer.write(str(path))
    recorded(out)


CHEATS = {
    "a number in the Word file": (in_word, r"bao-cao\.docx, đoạn \d+: “.*212.*”, lập lại: “.*242.*” \(.*Hộ nghèo.*\)"),
    "a count in the Excel annex": (in_excel, r"bieu-mau\.xlsx, trang .*, ô [A-Z]+\d+: “212”, lập lại: “242”"),
    "a formula in the Excel annex": (a_formula_in_excel, r"bieu-mau\.xlsx, trang .*, ô [A-Z]+\d+: “21”, lập lại: “=.*”"),
    "the mark of a draft in the Word file": (in_the_head_of_the_word_file, r"bao-cao\.docx, đầu trang: thiếu “DỰ THẢO”"),
    "a number on a picture": (in_a_picture, r"bao-cao\.html, dòng \d+: “….{80}…”, lập lại: “….{80}…”.*"),
    "the mark of a draft on the page": (without_its_mark, r"bao-cao\.html, dòng \d+: .*DỰ THẢO.*"),
    "where a number leads": (led_elsewhere, r"bao-cao\.html, dòng \d+: “.*”, lập lại: “.*”.*"),
    "a number laid over the PDF": (over_the_pdf, r"bao-cao\.pdf: khác từ byte thứ \d+"),
    "a page of the PDF": (in_pdf, r"bao-cao\.pdf, trang \d+: thiếu “.*”"),
    "a number on the page": (in_page, r"bao-cao\.html, dòng \d+: “.*212 hộ.*”, lập lại: “.*242 hộ.*”.*"),
    "a number in the review edition": (in_the_reviewers_page, r"01_review\.html, dòng \d+: “.*>212<.*”, lập lại: “.*>242<.*”"),
    "a number in an executed notebook": (in_the_record_of_the_run, r"01_review\.ipynb, dòng \d+: “.*212.*”, lập lại: “.*242.*”"),
    "code that was run": (in_code_that_was_run, r"02_budget\.ipynb, dòng \d+: .*# như cũ.*"),
    "the manifest says final": (in_manifest(draft=[]), r"manifest\.json, dòng \d+: .*"),
    "the manifest names other inputs": (in_manifest(inputs={}), r"manifest\.json, dòng \d+: .*"),
    "the manifest lists no files": (in_manifest(outputs={}), r"manifest\.json, dòng \d+: .*"),
    "the manifest has another font": (in_manifest(fonts={"bao-cao.pdf": ["TimesNewRoman"]}), r"manifest\.json, dòng \d+: .*TimesNewRoman.*"),
    "the index calls a draft final": (in_the_index, r"index\.html: không như các báo cáo đang có\. Cách làm: .*"),
    "a file more": (a_file_more, r"bao-cao-chinh-thuc\.pdf: bản lập lại không có"),
    "a file less": (a_file_less, r"03_checks\.html: chỉ có trong bản lập lại"),
}  # fmt: skip


@pytest.mark.parametrize(("cheat", "said"), CHEATS.values(), ids=CHEATS)
def test_a_cheat_is_named(cheat, said, out, honest):
    cheat(out)
    lines = told(out, honest[1])
    assert [line for line in lines if re.fullmatch(said, line)] != [], lines


def test_nothing_is_named_where_nobody_cheats(out, honest):
    assert told(out, honest[1]) == []


def test_a_report_under_another_ones_key_is_told_what_differs(out, tmp_path, capsys):
    """Somebody takes the key of a genuine report for numbers of their own."""
    page = (out / REPORT / "bao-cao.html").read_text("utf-8").replace("1.160 hộ", "1.610 hộ")
    (tmp_path / "gia.html").write_text(page, "utf-8")
    assert mailed.main(tmp_path / "gia.html", PROJECT / "data") == 1
    assert "1.610 hộ" in capsys.readouterr().out


def test_every_sign_off_falls_with_one_byte_of_the_pdf(out):
    folder = out / REPORT
    log = signoff.sign(signoff.read(opened("khong-co", SEED_YEAR)), signed.cells(folder), "01_review")
    assert signed.counted(folder, log).endswith("; chữ ký hết hiệu lực: 0; nhận xét: 0")
    pdf = folder / "bao-cao.pdf"
    pdf.write_bytes(pdf.read_bytes()[:-1] + b" ")
    assert signed.counted(folder, log) == f"đã ký 0 trên {len(signed.cells(folder))} ô; chữ ký hết hiệu lực: {len(log)}; nhận xét: 0"


def test_a_row_that_was_signed_for_another_value_cannot_be_set_back(out):
    folder = out / REPORT
    shown = signed.cells(folder)
    log = signoff.sign(signoff.read(opened("khong-co", SEED_YEAR)), shown, "01_review:6")
    log.loc[:, "value"] = "x000000000000"
    assert signed.reasons(log.assign(status="signed", text=""), shown, []) == ["kết quả của ô đã thay đổi"]


@pytest.fixture
def data(tmp_path):
    """The data folder, of which a file is changed after the report was made."""
    return Path(shutil.copytree(PROJECT / "data", tmp_path / "data"))


@pytest.mark.parametrize("name", ["standards.csv", f"{SEED}/{SEED_YEAR}/published.csv", f"{SEED}/{SEED_YEAR}/narrative/ke-hoach.md"])
def test_what_is_changed_after_a_report_was_made_is_named_and_nothing_is_signed(name, out, data):
    """A table of the law, a published figure, the words of a plan."""
    path = data / name
    path.write_bytes(path.read_bytes() + b"\n")
    this, record = Year(data, SEED, SEED_YEAR), manifest.read(out / REPORT)
    assert verify.changes(record, inputs.described(this)) == [f"Đã thay đổi từ khi lập báo cáo:\n  số liệu: đổi {name}"]
    (entry,) = [one for one in index.entries(out, data) if (one.unit, one.year) == (SEED, SEED_YEAR)]
    assert (entry.state, entry.cause.partition("; ")[0]) == ("stale", f"đã đổi sau khi lập: {name}")
    with pytest.raises(signed.NotToSign, match=re.escape(f"báo cáo đã cũ (số liệu: đổi {name})")):
        signed.require_current(this, out / REPORT)


def test_the_report_of_another_year_in_the_place_of_this_one_is_not_taken_for_it(out, data):
    """Somebody puts an older report, whole and with its manifest, where the newer one stood."""
    older = (out / REPORT).rename(out / SEED / "2021")
    (entry,) = [one for one in index.entries(out, data) if (one.unit, one.year) == (SEED, 2021)]
    assert entry.state == "stale"
    assert not belongings.made_for(older, older)
