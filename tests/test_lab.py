"""JupyterLab in a real Chromium: Run All, the tables and pictures, the export, and a repository that stays clean."""

import asyncio
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import entry_points
from pathlib import Path
from urllib.parse import urljoin

import nbformat
import pytest
from tornado.web import HTTPError

import browser
import tools
from conftest import NOTEBOOKS, PROJECT, SEED, SEED_YEAR
from giamngheo import lab
from giamngheo.intake.unit import Year
from giamngheo.lab import contents
from giamngheo.report import exporters, inputs
from giamngheo.report.stored import READ
from giamngheo.review import edition

JUPYTERLAB = runpy.run_path(str(PROJECT / "docs" / "screenshots.py"))["jupyterlab"]
NAMES = [path.name for path in NOTEBOOKS]
CALCULATIONS = ["01_review.ipynb", "02_budget.ipynb", "03_checks.ipynb"]
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
FAILED = f'{PANEL} [data-mime-type="application/vnd.jupyter.stderr"], {PANEL} [data-mime-type="application/vnd.jupyter.error"]'
FINISHED = f"""() => {{
  const cells = [...document.querySelectorAll('{PANEL} .jp-CodeCell')];
  const failed = document.querySelector('{FAILED}');
  return failed || cells.length > 5 && cells.every(cell => /\\d/.test(cell.querySelector('.jp-InputPrompt').textContent));
}}"""


def git(root: Path, *arguments: str) -> str:
    who = ("-c", "user.name=xã", "-c", "user.email=xa@example.invalid")
    return subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def root() -> Path:
    """A project of its own in git: the notebooks, the guides, the list of what is not kept."""
    made = tools.folder() / "lab"
    for name in ("notebooks", "docs"):
        shutil.copytree(PROJECT / name, made / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(PROJECT / ".gitignore", made)
    git(made, "init", "--quiet")
    git(made, "add", "--all")
    git(made, "commit", "--quiet", "--message", "as it was")
    return made


@pytest.fixture(scope="module")
def server(root):
    """The address of JupyterLab, as `make lab` starts it for the seed, where the user has a python3 of another project."""
    home = tools.folder() / "home"
    other = home / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text('{"argv": ["python-khac"], "display_name": "Python 3 (ipykernel)", "language": "python"}')
    data = str(browser.data_folder())
    with (tools.folder() / "lab.log").open("w") as log, JUPYTERLAB(root, home, log, GIAMNGHEO_DATA=data) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(server):
    with browser.chromium() as started:
        yield started


@pytest.fixture
def page(chromium):
    """A page of 1400 by 900; what it asks of other machines than this one fails the test."""
    opened = chromium.new_page(viewport={"width": 1400, "height": 900})
    elsewhere = []
    opened.on("request", lambda asked: elsewhere.append(asked.url) if "//127.0.0.1" not in asked.url else None)
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:"))] == []


def open_notebook(page, server: str, name: str):
    """A notebook alone on its workbench, its kernel ready."""
    page.goto(f"{server}/lab/workspaces/{os.urandom(4).hex()}/tree/notebooks/{name}?token=mo")
    page.locator(f"{PANEL} .jp-CodeCell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()


def menu(page, name: str, entry: str) -> None:
    page.get_by_role("menuitem", name=name, exact=True).click()
    page.get_by_role("menuitem", name=entry).first.click()


def run_all(page, unit: str, year: int) -> None:
    """Type other parameters into their cell, forget older results, run all cells, save."""
    wanted = f'unit: str = "{unit}"\nyear: int = {year}\nkind: str = ""'
    cell = page.locator(f"{PANEL} .jp-CodeCell .cm-content").first
    cell.click()
    cell.press("Control+A")
    page.keyboard.insert_text(wanted)
    assert cell.inner_text() == wanted
    menu(page, "Edit", "Clear Outputs of All Cells")
    menu(page, "Run", "Run All Cells")
    page.wait_for_function(FINISHED)
    assert page.locator(FAILED).all_inner_texts() == []
    page.keyboard.press("Control+S")
    page.wait_for_function("() => !document.querySelector('.lm-TabBar-tab.jp-mod-dirty')")


def saved(root: Path, name: str) -> nbformat.NotebookNode:
    return nbformat.read(root / contents.DESK / name, as_version=4)


def results(notebook) -> dict[str, list[dict]]:
    """What each cell shows, by the cell's id."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {cell.id: [output.get("data", output.get("text")) for output in cell.outputs] for cell in code}


def test_it_opens_at_a_start_page_in_vietnamese_with_the_notebooks_and_our_menu(page, server):
    page.goto(f"{server}/?token=mo")
    page.locator(".jp-MarkdownViewer h1").wait_for()
    assert page.locator(".jp-MarkdownViewer h1").inner_text() == "Bắt đầu"
    assert page.locator(".jp-MarkdownViewer table a").all_inner_texts() == NAMES
    page.get_by_role("menuitem", name="Báo cáo", exact=True).click()
    assert page.locator(".lm-Menu .lm-Menu-itemLabel").all_inner_texts() == [
        "Xuất PDF (từ sổ 04_report)", "Xuất Word (từ sổ 04_report)", "Xuất HTML (từ sổ 04_report)",
        "Xuất bản thẩm tra của sổ đang mở", "Trang của năm", "Xem trước báo cáo",
    ]  # fmt: skip
    page.keyboard.press("Escape")
    page.get_by_role("link", name="01_review.ipynb").click()
    page.locator(f"{PANEL} .jp-CodeCell").first.wait_for()


def ran(page, server: str, root: Path, name: str, commune: str) -> None:
    """Run all of a notebook for a commune: every cell shows what it shows in that commune's report."""
    open_notebook(page, server, name)
    run_all(page, *browser.BOTH[commune])
    here, there = saved(root, name), nbformat.read(browser.reports()[commune] / name, as_version=4)
    expected = {cell: shown for cell, shown in results(there).items() if not cell.startswith("injected-parameters")}
    assert results(here) == expected
    pages = "".join(output["text/html"] for shown in expected.values() for output in shown if "text/html" in output)
    counted = {tag: page.locator(f"{PANEL} .jp-OutputArea-output {tag}").count() for tag in ("table", "img")}
    assert counted == {tag: len(re.findall(f"<{tag}[ >]", pages)) for tag in ("table", "img")}
    assert git(root, "status", "--porcelain") == ""


def exported(page, server: str, entry: str) -> bytes:
    """The file that an entry of the menu *Báo cáo* gives.

    The menu opens the file's address in a window of its own, whose download Chromium tells nobody of; so the address
    is caught and fetched as that window would fetch it, with the page's cookies and its name.
    """
    page.evaluate("window.open = address => { window.opened = address; }")
    menu(page, "Báo cáo", entry)
    address = page.wait_for_function("window.opened").json_value()
    page.evaluate("delete window.opened")
    answer = page.request.get(urljoin(server, address), headers={"referer": page.url})
    assert answer.ok, re.sub(r"<[^>]*>|\s+", " ", answer.text())
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer.body()


@pytest.mark.parametrize("commune", browser.BOTH)
@pytest.mark.parametrize("name", CALCULATIONS)
def test_run_all_shows_what_the_report_was_made_from(name, commune, page, server, root):
    ran(page, server, root, name, commune)


@pytest.mark.parametrize("commune", browser.BOTH)
def test_run_all_adds_up_the_communes_around_this_one(commune, page, server, root):
    open_notebook(page, server, "05_rollup.ipynb")
    run_all(page, *browser.BOTH[commune])
    assert page.locator(f"{PANEL} .jp-OutputArea-output table").count() > 2
    assert git(root, "status", "--porcelain") == ""


def without_links(page: bytes) -> bytes:
    """A report without where its numbers lead: an exported page lies wherever it was saved, and has no review pages beside it."""
    return re.sub(rb'<a class="so" href="[^"#]+#[^"]*"([^>]*)>(.*?)</a>', rb'<span class="so" tabindex="0"\1>\2</span>', page)


@pytest.mark.parametrize("commune", browser.BOTH)
def test_the_exports_of_the_menu_are_the_files_of_make_report(commune, page, server, root):
    ran(page, server, root, "04_report.ipynb", commune)
    made = {kind: exported(page, server, f"Xuất {kind} (từ sổ 04_report)") for kind in ("PDF", "Word", "HTML")}
    folder = browser.reports()[commune]
    assert made["PDF"] == (folder / "bao-cao.pdf").read_bytes()
    assert made["Word"] == (folder / "bao-cao.docx").read_bytes()
    assert made["HTML"] == without_links((folder / "bao-cao.html").read_bytes())


def test_every_entry_of_the_menu_has_an_installed_exporter():
    """An entry without one answers with an error page: after a change of pyproject.toml, `make` installs anew."""
    settings = json.loads((lab.HERE / "labconfig" / "default_setting_overrides.json").read_text("utf-8"))
    menu, = settings["@jupyterlab/mainmenu-extension:plugin"]["menus"]
    asked = {item["args"]["format"] for item in menu["items"] if item["command"] == "notebook:export-to-format"}
    assert len(asked) == 4
    assert asked - {point.name for point in entry_points(group="nbconvert.exporters")} == set()


def test_half_a_run_is_not_exported():
    notebook = nbformat.read(browser.reports()["seed"] / "04_report.ipynb", as_version=4)
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    last.execution_count = None
    with pytest.raises(exporters.NotRunToTheEnd) as refused:
        exporters.PdfExporter().from_notebook_node(notebook)
    assert str(refused.value) == (
        'Không xuất được: ô `outline.part(this, "tables", figures, lambda: sections.annexes(this, figures))` '
        "chưa chạy, hoặc chạy trước ô ở trên nó. "
        "Cách làm: chọn Run ▸ Run All Cells, chờ chạy xong, rồi xuất lại."
    )


def test_nbconvert_on_the_command_line_says_why_it_refuses_and_nothing_else(tmp_path):
    notebook = nbformat.read(browser.reports()["seed"] / "04_report.ipynb", as_version=4)
    notebook.cells[-1].execution_count = None
    path = tmp_path / "04_report.ipynb"
    nbformat.write(notebook, path)
    command = [sys.executable, "-m", "nbconvert", "--log-level", "WARN", "--to", "bao_cao_html", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        'Không xuất được: ô `outline.part(this, "tables", figures, lambda: sections.annexes(this, figures))` '
        "chưa chạy, hoặc chạy trước ô ở trên nó. "
        "Cách làm: chọn Run ▸ Run All Cells, chờ chạy xong, rồi xuất lại.\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["04_report.ipynb"]


def test_the_review_edition_of_a_notebook_that_was_not_run_says_so(monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(browser.data_folder()))
    made = nbformat.read(browser.reports()["seed"] / "03_checks.ipynb", as_version=4)
    assert 'role="alert"' not in edition.ReviewExporter().from_notebook_node(made)[0]
    half = nbformat.from_dict(made)
    half.cells[-1].execution_count = None
    alert = '<p role="alert" style="padding: .5rem .8rem; border: 2px solid #a00000; color: #a00000; font-weight: bold">'
    said = "Sổ này chưa chạy, hoặc chạy dở: trang này thiếu kết quả, không dùng để thẩm tra."
    assert f"{alert}{said} {exporters.RUN_AGAIN}</p>" in edition.ReviewExporter().from_notebook_node(half)[0]


def test_a_report_that_is_exported_somewhere_has_no_links_that_would_lead_nowhere(monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(browser.data_folder()))
    page = exporters.HtmlExporter().from_notebook_node(run_in_lab())[0].decode()
    assert page.count('<span class="so" tabindex="0" title="242 / 1.160 = 20,86%">20,86%</span>') > 0
    assert 'href="0' not in page


def test_nbconvert_runs_a_notebook_where_it_is_told_to(tmp_path):
    command = [sys.executable, "-m", "nbconvert", "--log-level", "ERROR", "--execute", "--to", "bao_cao_html", "--output-dir", str(tmp_path)]
    subprocess.run([*command, str(PROJECT / "notebooks" / "04_report.ipynb")], check=True, capture_output=True, timeout=300)
    assert "20,86%" in (tmp_path / "04_report.html").read_text("utf-8")


def test_papermill_stops_at_a_parameter_that_no_notebook_has(tmp_path):
    command = [sys.executable, "-m", "papermill", "--log-level", "ERROR", "--no-progress-bar", "-k", "python3"]
    done = subprocess.run(
        [*command, "notebooks/03_checks.ipynb", str(tmp_path / "made.ipynb"), "-p", "yaer", "2021"],
        cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "UnknownParameter: Không có tham số yaer; có phải là year? Các tham số: unit, year, kind." in done.stderr


def add(path, text="\n"):
    path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")


HERE = f"{SEED}/{SEED_YEAR}"
LAW = PROJECT / "data" / "standards.csv"
CHANGED = {
    "the office": (lambda data: add(data / SEED / "unit.yml", "# sửa\n"), f"{SEED}/unit.yml"),
    "a figure": (lambda data: add(data / HERE / "review.csv"), f"{HERE}/review.csv"),
    "words that are new": (lambda data: add(data / HERE / "narrative" / "them.md", "Một."), f"{HERE}/narrative/them.md"),
    "last year's figures": (lambda data: (data / SEED / "2021" / "review.csv").unlink(), f"{SEED}/2021/review.csv"),
    "a law": (lambda data: add(data / "standards.csv", LAW.read_text("utf-8") + "\n"), "standards.csv"),
    "many files": (
        lambda data: [add(data / HERE / "narrative" / f"{n}.md", "Một.") for n in range(7)],
        ", ".join(f"{HERE}/narrative/{n}.md" for n in range(5)) + " và 2 tệp khác",
    ),
}


def run_in_lab() -> nbformat.NotebookNode:
    """The seed's report as JupyterLab would hold it: run, and without a key."""
    notebook = nbformat.read(browser.reports()["seed"] / "04_report.ipynb", as_version=4)
    del notebook.metadata["giamngheo"]
    return notebook


@pytest.mark.parametrize(("change", "named"), CHANGED.values(), ids=CHANGED)
def test_a_report_is_not_exported_once_a_file_has_changed_since_its_notebook_was_run(tmp_path, monkeypatch, change, named):
    data = tmp_path / "data"
    shutil.copytree(browser.data_folder(), data)
    monkeypatch.setenv("GIAMNGHEO_DATA", str(data))
    page, _ = exporters.HtmlExporter().from_notebook_node(run_in_lab())
    assert "</html>" in page.decode()
    change(data)
    with pytest.raises(exporters.ChangedSince) as refused:
        exporters.HtmlExporter().from_notebook_node(run_in_lab())
    assert str(refused.value) == (
        f"Không xuất được: tệp đã thay đổi sau khi chạy sổ ({named}), báo cáo sẽ khác số liệu. "
        "Cách làm: chọn Run ▸ Run All Cells, chờ chạy xong, rồi xuất lại."
    )


def test_a_finished_report_that_is_run_again_on_other_files_does_not_keep_its_key(tmp_path, monkeypatch):
    def exported(notebook):
        page, _ = exporters.HtmlExporter().from_notebook_node(notebook)
        return page.decode()

    data = tmp_path / "data"
    shutil.copytree(browser.data_folder(), data)
    monkeypatch.setenv("GIAMNGHEO_DATA", str(data))
    notebook = nbformat.read(browser.reports()["seed"] / "04_report.ipynb", as_version=4)
    key = notebook.metadata["giamngheo"]["key"]
    add(data / HERE / "review.csv")
    assert key in exported(notebook)  # run on the files that make its key, whatever they have become since
    stored = next(output.data for cell in notebook.cells for output in cell.get("outputs", []) if READ in output.get("data", {}))
    this = Year(data, SEED, SEED_YEAR)
    stored[READ] = json.dumps(inputs.data(this))  # as Run All in JupyterLab leaves it
    assert key not in exported(notebook)
    assert inputs.described(this)["key"] in exported(notebook)
    add(data / HERE / "review.csv")
    with pytest.raises(exporters.ChangedSince):
        exported(notebook)


def test_a_notebook_that_does_not_say_what_it_was_run_on_is_not_exported():
    notebook = run_in_lab()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(READ, None)
    with pytest.raises(exporters.ChangedSince) as refused:
        exporters.HtmlExporter().from_notebook_node(notebook)
    assert str(refused.value) == (
        "Không xuất được: sổ chạy bằng bản cũ, không ghi đã đọc những tệp nào. "
        "Cách làm: chọn Run ▸ Run All Cells, chờ chạy xong, rồi xuất lại."
    )


def test_results_are_there_again_when_the_notebook_is_opened_again(page, server, root):
    open_notebook(page, server, "02_budget.ipynb")
    run_all(page, SEED, SEED_YEAR)
    tables = page.locator(f"{PANEL} .jp-OutputArea-output table").count()
    open_notebook(page, server, "02_budget.ipynb")
    assert tables > 3
    page.locator(f"{PANEL} .jp-OutputArea-output table").nth(tables - 1).wait_for(state="attached")
    assert git(root, "status", "--porcelain") == ""


def test_the_kernel_is_the_python_the_lab_was_started_with(page, server, root):
    open_notebook(page, server, "03_checks.ipynb")
    page.keyboard.press("Escape")
    page.locator(f"{PANEL} .jp-CodeCell .cm-content").nth(1).click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("import sys; sys.executable")
    page.keyboard.press("Control+Enter")
    page.locator(f"{PANEL} .jp-OutputArea-output", has_text=sys.executable).first.wait_for()


@pytest.fixture
def desk(tmp_path) -> Path:
    """A project whose desk holds a run of 01_review for another unit and year."""
    shutil.copytree(PROJECT / "notebooks", tmp_path / "notebooks")
    contents.prepare(tmp_path, "xa-khac", 2030)
    whole = contents.opened(tmp_path, "01_review.ipynb")
    whole.cells[3 - 1].outputs = [nbformat.v4.new_output("stream", text="242")]
    contents.written(whole, tmp_path / contents.DESK / "01_review.ipynb")
    return tmp_path


def shown(root: Path) -> list[str]:
    notebook = contents.opened(root, "01_review.ipynb")
    return [output.text for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_the_desk_keeps_results_and_parameters(desk):
    assert shown(desk) == ["242"]
    assert contents.parameters(contents.opened(desk, "01_review.ipynb")).source == (
        'unit: str = "xa-khac"  # mã đơn vị: tên thư mục trong data/\nyear: int = 2030  # năm rà soát\n'
        'kind: str = ""  # loại báo cáo: mã ở data/kinds.csv; để trống là loại chính của năm'
    )


def test_a_desk_of_an_earlier_version_gets_the_parameters_that_have_come_since(desk):
    path = desk / contents.DESK / "01_review.ipynb"
    kept = nbformat.read(path, as_version=4)
    cell = contents.parameters(kept)
    cell.source = cell.source.partition("\nkind")[0]
    contents.written(kept, path)
    assert contents.parameters(contents.opened(desk, "01_review.ipynb")).source.splitlines() == [
        'unit: str = "xa-khac"  # mã đơn vị: tên thư mục trong data/',
        "year: int = 2030  # năm rà soát",
        'kind: str = ""  # loại báo cáo: mã ở data/kinds.csv; để trống là loại chính của năm',
    ]


def test_what_the_repository_keeps_has_neither_and_is_the_same_to_the_byte(desk):
    whole, ours = contents.opened(desk, "01_review.ipynb"), contents.declared(desk, "01_review.ipynb")
    assert contents.calculation(whole, ours) == ours
    assert nbformat.writes(contents.calculation(whole, ours)) + "\n" == (
        PROJECT / "notebooks" / "01_review.ipynb"
    ).read_text("utf-8")


def test_results_of_other_code_are_not_shown_but_the_parameters_stay(desk):
    path = desk / "notebooks" / "01_review.ipynb"
    path.write_text(path.read_text("utf-8").replace("poverty.rates(commune)", "poverty.rates(review)"), "utf-8")
    assert shown(desk) == []
    assert '"xa-khac"' in contents.parameters(contents.opened(desk, "01_review.ipynb")).source


def test_results_of_other_parameters_are_not_kept(desk):
    contents.prepare(desk, "xa-khac", 2030)
    assert shown(desk) == ["242"]
    contents.prepare(desk, "xa-khac", 2031)
    assert shown(desk) == []


def test_a_cell_that_was_changed_is_a_change_of_the_repository(desk):
    whole = contents.opened(desk, "01_review.ipynb")
    whole.cells[3].source = "# một câu mới"
    kept = contents.calculation(whole, contents.declared(desk, "01_review.ipynb"))
    assert kept.cells[3].source == "# một câu mới"
    assert [cell for cell in kept.cells if cell.get("outputs")] == []


# saving -------------------------------------------------------------------------------------------


def save(root, text, path="notebooks/01_review.ipynb"):
    """JupyterLab saving a notebook that holds a text and nothing else."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, id="a")])
    model = {"type": "notebook", "format": "json", "content": notebook}
    with ThreadPoolExecutor(1) as aside:  # a browser that other tests opened keeps a loop running here
        return aside.submit(asyncio.run, contents.Contents(root_dir=str(root)).save(model, path)).result()


def test_saving_leaves_the_two_halves_a_copy_to_go_back_to_and_nothing_else(desk):
    (desk / contents.DESK / "01_review.ipynb").unlink()
    for text in ("một", "hai"):
        save(desk, text)
    halves = [desk / folder / "01_review.ipynb" for folder in (contents.NOTEBOOKS, contents.DESK)]
    assert [nbformat.read(half, as_version=4).cells[0].source for half in halves] == ["hai", "hai"]
    hidden = [path.relative_to(desk / "notebooks").as_posix() for path in (desk / "notebooks").rglob("*") if "/." in str(path)]
    assert [name for name in hidden if "01_review" in name] == [".ipynb_checkpoints/01_review-checkpoint.ipynb"]


def test_a_notebook_that_cannot_be_saved_is_told_in_one_sentence(desk):
    place = desk / contents.DESK / "01_review.ipynb"
    place.unlink()
    place.mkdir()
    with pytest.raises(HTTPError) as refused:
        save(desk, "một")
    assert refused.value.log_message == (
        f"{place}: không phải tệp thường (thư mục, ống dẫn hay thiết bị) nên không ghi vào đó. "
        "Cách sửa: đổi tên hoặc dời nó đi nơi khác rồi chạy lại."
    )
