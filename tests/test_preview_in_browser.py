"""A preview in a real Chromium: files are saved, the page follows, an error and its mending, strangers, a clean end."""

import os
import shutil
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

import openpyxl
import pytest

import browser
import tools
from conftest import PROJECT, finished, program
from giamngheo import simulate
from giamngheo.intake.unit import Year
from giamngheo.preview import dependence, making, serving
from giamngheo.run import runner

pytestmark = pytest.mark.long

UNIT, YEAR = "mo-phong-001", 2024
SENTENCE = "Xã đã họp dân để chọn hộ làm trước."
PATIENCE = 120_000  # milliseconds


@pytest.fixture(scope="module")
def root() -> Path:
    """A project of its own, its library too, with a made-up commune in an Excel workbook."""
    made = tools.folder() / "preview"
    for name in ("lib", "notebooks"):
        shutil.copytree(PROJECT / name, made / name, ignore=shutil.ignore_patterns("__pycache__"))
    simulate.write(made / "data", communes=1, villages=5, year=YEAR, seed=7, excel=True)
    for law in (PROJECT / "data").glob("*.csv"):
        if not (made / "data" / law.name).exists():
            shutil.copy(law, made / "data")
    return made


def started(root: Path):
    options = ("--unit", UNIT, "--year", YEAR, "--no-browser")
    return program("giamngheo", "preview", *options, cwd=root, PYTHONPATH=str(root / "lib"), PYTHONDONTWRITEBYTECODE="1")


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def preview(root):
    """The address of a preview, and its process."""
    run = started(root)
    yield run.stdout.readline().split()[-1], run
    run.kill()
    run.communicate()


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(chromium, preview):
    opened = chromium.new_page(viewport={"width": 1400, "height": 900})
    opened.goto(preview[0])
    until_page(opened, 1)
    return opened


def until_page(page, number: int) -> None:
    page.locator(f'iframe[src="bao-cao.html?{number}"]').wait_for(timeout=PATIENCE)


def report(page):
    return page.frame_locator("#bao-cao").locator("body")


def numbered(page) -> int:
    return int(page.locator("#bao-cao").get_attribute("src").partition("?")[2])


def test_the_page_shows_the_report_as_it_is_made_and_what_is_wrong(page, root, tmp_path):
    shown = page.request.get(f"{page.url}bao-cao.html").body().decode()
    options = ("--unit", UNIT, "--year", YEAR, "--out", tmp_path)
    finished(program("giamngheo", "report", *options, cwd=root, PYTHONPATH=str(root / "lib")))
    assert shown == (tmp_path / UNIT / str(YEAR) / "bao-cao.html").read_text(encoding="utf-8")
    assert page.locator("#can-sua").inner_text() == "Không có."


def test_a_saved_narrative_is_on_the_page_with_where_its_words_changed(page, root):
    before = numbered(page)
    with next((root / "data" / UNIT / str(YEAR) / "narrative").glob("*.md")).open("a", encoding="utf-8") as file:
        file.write(f"\n{SENTENCE}\n")
    until_page(page, before + 1)
    assert SENTENCE in report(page).inner_text(timeout=PATIENCE)
    assert page.locator("#thay-doi li").count() == 1


def test_a_figure_saved_in_excel_is_on_the_page_with_what_it_was(page, root):
    before, path = numbered(page), root / "data" / UNIT / str(YEAR) / "so-lieu.xlsx"
    book = openpyxl.load_workbook(path)
    planned = next(one for row in book["budget"].iter_rows() for one in row if isinstance(one.value, int) and one.value > 1_000_000)
    planned.value += 1_000_000
    book.save(path)
    until_page(page, before + 1)
    rows = page.locator("#thay-doi tbody tr").all_inner_texts()
    assert any(line.startswith("Kế hoạch vốn") and line.endswith("tăng 1.000.000 đồng") for line in rows), rows


def test_an_error_leaves_the_last_good_page_and_its_mending_takes_the_message_away(page, root):
    before, path = numbered(page), root / "data" / UNIT / str(YEAR) / "so-lieu.xlsx"
    good = path.read_bytes()
    path.write_bytes(b"PK no workbook")
    page.locator("#loi").wait_for(timeout=PATIENCE)
    assert f"{UNIT}/{YEAR}/so-lieu.xlsx" in page.locator("#loi pre").inner_text()
    assert f"{UNIT}/{YEAR}/so-lieu.xlsx" in page.locator("#can-sua tbody tr").first.inner_text()
    assert numbered(page) == before
    assert SENTENCE in report(page).inner_text()
    path.write_bytes(good)
    until_page(page, before + 1)
    page.locator("#loi").wait_for(state="detached", timeout=PATIENCE)
    assert page.locator("#thay-doi").inner_text() == "Không số liệu, lời văn nào của báo cáo thay đổi."


def test_a_cell_that_fails_is_named_and_a_mended_notebook_is_run_again(page, root):
    before, path = numbered(page), root / "notebooks" / "04_report.ipynb"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace('"import giamngheo', '"1 / 0\\n",\n    "import giamngheo', 1), encoding="utf-8")
    page.locator("#loi").wait_for(timeout=PATIENCE)
    assert "Sổ 04_report.ipynb dừng ở ô tính số" in page.locator("#loi pre").inner_text()
    assert "ZeroDivisionError" in page.locator("#loi pre").inner_text()
    path.write_text(good, encoding="utf-8")
    until_page(page, before + 1)
    assert page.locator("#loi").count() == 0


def test_the_library_is_loaded_anew_when_it_is_saved(page, root):
    before, path = numbered(page), root / "lib" / "giamngheo" / "writers" / "templates" / "report.html"
    found = path if path.exists() else next(one for one in (root / "lib").rglob("*.py") if one.name == "html.py")
    good = found.read_text(encoding="utf-8")
    found.write_text(good + "\nđây không phải mã\n", encoding="utf-8")
    page.locator("#loi").wait_for(timeout=PATIENCE)
    assert numbered(page) == before
    found.write_text(good, encoding="utf-8")
    until_page(page, before + 1)
    assert page.locator("#loi").count() == 0


def test_pdf_word_excel_and_the_review_are_made_when_they_are_asked_for(page):
    for name, begins in (("bao-cao.pdf", b"%PDF"), ("bao-cao.docx", b"PK"), ("bieu-mau.xlsx", b"PK"), ("01_review.html", b"<!DOCTYPE html>")):
        given = page.request.get(f"{page.url}{name}")
        assert (given.status, given.body()[: len(begins)]) == (200, begins)


def test_the_page_is_read_without_javascript(chromium, preview):
    with chromium.new_context(java_script_enabled=False) as plain:
        opened = plain.new_page()
        opened.goto(preview[0])
        assert SENTENCE in report(opened).inner_text(timeout=PATIENCE)


@pytest.mark.parametrize("name", ["", "x/", "x/bao-cao.html"])
def test_who_does_not_know_the_token_gets_nothing(preview, name):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(preview[0].rpartition("/")[0].rpartition("/")[0] + "/" + name)
    assert (refused.value.code, refused.value.read()) == (404, b"")


def test_a_page_of_another_origin_gets_nothing_though_it_knows_the_address(chromium, preview, tmp_path):
    (tmp_path / "other.html").write_text("<title>x</title>", encoding="utf-8")
    with chromium.new_context() as others:
        other = others.new_page()
        other.goto((tmp_path / "other.html").as_uri())
        asked = "address => fetch(address, {mode: 'no-cors'}).then(given => given.text(), () => '')"
        assert other.evaluate(asked, preview[0]) == ""


def test_nothing_but_the_page_was_written_and_a_stop_leaves_nobody(preview, page, root):
    address, run = preview
    assert not (root / "outputs").exists()
    below = [process for process in map(int, filter(str.isdigit, os.listdir("/proc"))) if str(root) in command_line(process)]
    run.send_signal(signal.SIGTERM)
    said, complaint = run.communicate(timeout=60)
    assert complaint == f"Đã dừng vì được yêu cầu kết thúc: lệnh preview, đơn vị {UNIT}, năm {YEAR}.\n"
    assert run.returncode == 143
    gone(below)


@pytest.mark.parametrize("wait", [0.5, 3, 6])
def test_a_preview_that_is_killed_takes_all_its_processes_and_its_folder_with_it(root, wait):
    inputs = files(root / "data")
    run = started(root)
    run.stdout.readline()
    time.sleep(wait)
    below = [process for process in map(int, filter(str.isdigit, os.listdir("/proc"))) if str(root) in command_line(process)]
    run.kill()
    run.communicate()
    gone(below)
    assert files(root / "data") == inputs
    assert not (root / "outputs").exists()


def command_line(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_text(errors="replace")
    except OSError:
        return ""


def gone(processes: list[int], seconds: float = 30) -> None:
    """The processes end, and the folders that they name go with them."""
    places = [word for process in processes for word in command_line(process).split("\0") if "giamngheo-xem-truoc-" in word]
    until = time.monotonic() + seconds
    while any(command_line(process) for process in processes) or any(Path(place).exists() for place in places):
        assert time.monotonic() < until
        time.sleep(0.1)


def appended(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_page_equals_the_report_after_every_kind_of_change(root, tmp_path):
    """What is not run again would have shown the same: after each change the page is that of a whole run."""
    data = Path(shutil.copytree(root / "data", tmp_path / "data"))
    folder, this = tmp_path / "page", Year(data, UNIT, YEAR)
    folder.mkdir()
    narrative = next((data / UNIT / str(YEAR) / "narrative").glob("*.md"))
    frame = data / UNIT / "unit.yml"
    changes = [
        (lambda: None, dependence.EVERY),
        (lambda: appended(narrative, "\nThêm.\n"), dependence.OF_WORDS),
        (lambda: appended(frame, "# ghi chú\n"), dependence.OF_WORDS),
    ]
    for change, again in changes:
        change()
        making.made(lambda *said: None, Year(data, UNIT, YEAR), folder, again)
        whole = runner.make(this, tmp_path / "out", say=lambda line: None, formats=("html",))
        assert (folder / making.PAGE).read_bytes() == (whole / "bao-cao.html").read_bytes()


def test_the_preview_of_a_district_has_every_file_of_its_report(tmp_path):
    simulate.write(tmp_path / "data", communes=2, villages=3, year=YEAR, seed=1)
    given = ("--year", YEAR, "--data", tmp_path / "data", "--out", tmp_path / "out")
    finished(program("giamngheo", "batch", *given, cwd=PROJECT))
    this, folder = Year(tmp_path / "data", "huyen-mo-phong-1", YEAR, reports=tmp_path / "out"), tmp_path / "page"
    folder.mkdir()
    making.made(lambda *said: None, this, folder, dependence.EVERY)
    shown, made = serving.shown(this, folder), tmp_path / "out" / this.place
    asked = {name: making.asked(name, this, folder) for name in shown.files}
    assert asked.keys() == {"bao-cao.pdf", "bao-cao.docx", "bieu-mau.xlsx", "05_rollup.html"}
    assert asked | {making.PAGE: (folder / making.PAGE).read_bytes()} == {
        name: (made / name).read_bytes() for name in (*asked, making.PAGE)
    }
