"""The year's page and the preview within JupyterLab, in a real Chromium; strangers; a lab that is killed."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

import browser
import tools
from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo.run import descendants
from giamngheo.store import manifest
from test_lab import JUPYTERLAB
from test_preview_in_browser import command_line, gone

pytestmark = pytest.mark.long

PATIENCE = 120_000  # milliseconds
SENTENCE = "Xã đã họp dân để chọn hộ làm trước."


@pytest.fixture(scope="module")
def root() -> Path:
    made = tools.folder() / "lab-year"
    for name in ("notebooks", "docs", "data"):
        shutil.copytree(PROJECT / name, made / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return made


@pytest.fixture(scope="module")
def server(root):
    home = tools.folder() / "lab-year-home"
    home.mkdir()
    with (tools.folder() / "lab-year.log").open("w") as log, JUPYTERLAB(root, home, log, GIAMNGHEO_DATA=str(root / "data")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(server):
    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def page(chromium, server):
    opened = chromium.new_page(viewport={"width": 1400, "height": 900})
    opened.set_default_timeout(PATIENCE)
    opened.goto(f"{server}/?token=mo")
    return opened


def year(page):
    return page.frame_locator("iframe[title='Trang của năm']")


def printed(page, verb: str) -> str:
    """What a verb's command printed once it has ended."""
    year(page).locator(f"button[value={verb}]").click()
    year(page).locator("#ket-qua h2", has_text=re.compile(rf": xong.*\(giamngheo {verb} ")).wait_for()
    return year(page).locator("#ket-qua pre").inner_text()


def test_the_start_page_has_the_year_beside_it(page):
    page.locator(".jp-MarkdownViewer h1").wait_for()
    assert year(page).locator("h1").inner_text() == "xã Kông Lơng Khơng, năm rà soát 2022"
    assert "Báo cáo: chưa lập" in year(page).locator("#dang-o-dau pre").inner_text()


def test_a_verb_shows_what_a_terminal_would_have_printed(page, root):
    run = subprocess.run([Path(sys.executable).with_name("giamngheo"), "check"], cwd=root, capture_output=True, text=True)
    assert (run.returncode, printed(page, "check")) == (1, run.stdout.strip())


def test_a_report_is_made_without_a_terminal_and_opened_from_the_page(page, root):
    assert "Báo cáo là DỰ THẢO vì:" in printed(page, "report")
    names = year(page).locator("section", has_text="Báo cáo đã lập").locator("a").all_inner_texts()
    assert {"bao-cao.pdf", "bao-cao.docx", "bao-cao.html"} <= set(names)
    to = year(page).locator("a", has_text="bao-cao.pdf").get_attribute("href")
    made = root / "outputs" / SEED / str(SEED_YEAR) / "bao-cao.pdf"
    given = page.request.get(page.url.partition("/lab")[0] + to, headers={"referer": page.url})
    assert given.body() == made.read_bytes()
    assert "đã lập, đúng với số liệu hiện nay" in year(page).locator("#dang-o-dau pre").inner_text()


def test_a_draft_is_not_submitted_and_that_is_said(page):
    year(page).locator("input[name=sure]").check()
    assert "báo cáo còn là DỰ THẢO" in printed(page, "submit")
    assert year(page).locator("#ket-qua.loi").count() == 1


def test_the_next_year_is_begun_and_opened(page, root):
    assert str(root / "data" / SEED / "2023") in printed(page, "new-year")
    year(page).locator("input[name=year]").fill("2023")
    year(page).get_by_role("button", name="Mở", exact=True).click()
    year(page).locator("h1", has_text="năm rà soát 2023").wait_for()


def test_the_launcher_opens_the_preview_beside_and_it_follows_what_is_saved(page, root):
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("New Launcher")).click()
    page.locator(".jp-LauncherCard", has_text="Xem trước báo cáo").first.click()
    shown = page.frame_locator("iframe[title='Xem trước báo cáo']")
    shown.locator("iframe[src='bao-cao.html?1']").wait_for()
    with (root / "data" / SEED / str(SEED_YEAR) / "narrative" / "giai-phap.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{SENTENCE}\n")
    shown.locator("iframe[src='bao-cao.html?2']").wait_for()
    assert SENTENCE in shown.frame_locator("#bao-cao").locator("body").inner_text()
    address = page.url.partition("/lab")[0] + f"/giamngheo/xem-truoc/{SEED}/{SEED_YEAR}/bao-cao.pdf"
    assert page.request.get(address).body()[:4] == b"%PDF"


def test_the_page_is_used_without_javascript(chromium, server):
    with chromium.new_context(java_script_enabled=False) as plain:
        opened = plain.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.goto(f"{server}/giamngheo/?token=mo")
        opened.locator("button[value=ready]").click()
        opened.locator("#ket-qua h2", has_text="xong").wait_for()
        assert opened.locator("#ket-qua pre").inner_text()


@pytest.mark.parametrize("path", ["", "xem-truoc/", f"xem-truoc/{SEED}/{SEED_YEAR}/", f"xem-truoc/{SEED}/{SEED_YEAR}/bao-cao.html"])
def test_who_does_not_know_the_token_gets_nothing_but_the_door(server, path):
    with urlopen(f"{server}/giamngheo/{path}") as answer:
        assert answer.url.startswith(f"{server}/login?")
        assert "Kông Lơng Khơng" not in answer.read().decode()


def test_who_does_not_know_the_token_can_begin_nothing(server):
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{server}/giamngheo/", data=b"verb=report"))
    assert refused.value.code == 403
    refused.value.close()


def test_a_page_of_another_origin_can_begin_nothing_in_the_name_of_who_is_in(page, server):
    """The browser sends the cookies of JupyterLab along; what is hidden in the form it cannot know."""
    sent = page.request.post(f"{server}/giamngheo/", form={"verb": "new-year"}, headers={"Origin": "http://example.invalid"})
    assert sent.status in (403, 404)
    assert page.request.post(f"{server}/giamngheo/", form={"verb": "new-year"}).status == 403


def test_a_verb_that_is_none_of_the_page_is_refused(page, server):
    hidden = year(page).locator("input[name=_xsrf]").first.get_attribute("value")
    for form in ({"verb": "simulate"}, {"verb": "submit"}, {}):
        assert page.request.post(f"{server}/giamngheo/", form=form | {"_xsrf": hidden}).status == 400


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGTERM])
def test_a_lab_that_is_stopped_takes_its_preview_and_its_command_with_it(root, stop, tmp_path):
    with JUPYTERLAB(root, tmp_path, GIAMNGHEO_DATA=str(root / "data")) as address:
        asked = {"Authorization": "token mo"}
        urlopen(Request(f"{address}/giamngheo/xem-truoc/{SEED}/{SEED_YEAR}/", headers=asked)).close()
        urlopen(Request(f"{address}/giamngheo/", data=b"verb=report", headers=asked)).close()
        time.sleep(1.5)
        lab = next(one for one in descendants.of(os.getpid()) if f"port={address.rpartition(':')[2]}" in command_line(one))
        others = descendants.of(lab)
        assert any("preview.watching" in command_line(one) for one in others)
        os.kill(lab, stop)
        gone([*others])
    made = root / "outputs" / SEED / str(SEED_YEAR)
    record = manifest.read(made)
    assert record is None or {name: manifest.sha256((made / name).read_bytes()) for name in record["outputs"]} == record["outputs"]


def test_a_lab_that_is_stopped_while_a_notebook_is_opened_ends(chromium, root, tmp_path):
    """Its kernel is just being started: the thread that waited for it kept the process for ever."""
    with JUPYTERLAB(root, tmp_path, GIAMNGHEO_DATA=str(root / "data")) as address:
        opened = chromium.new_page()
        opened.goto(f"{address}/lab/tree/notebooks/01_review.ipynb?token=mo")
        opened.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for(timeout=PATIENCE)
        opened.close()
