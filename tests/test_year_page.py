"""The year's page in JupyterLab, without a browser: its verbs are commands, what they print is shown, nothing is taken as HTML."""

import asyncio
import re

import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import cli
from giamngheo.intake.unit import Year
from giamngheo.lab import year_page
from giamngheo.lab.desk import Desk, Run

OTHER = "<b>xã</b>"


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(Year(PROJECT / "data", SEED, SEED_YEAR, reports=tmp_path), PROJECT)


def page(desk: Desk, status: str = "", unit: str = SEED) -> str:
    return year_page.page(desk, unit, SEED_YEAR, status, '<input name="_xsrf">', "/base/")


def test_every_verb_of_the_page_is_a_command():
    assert [verb.name for verb in year_page.VERBS] == ["check", "report", "ready", "submit", "new-year"]
    assert {verb.name for verb in year_page.VERBS} <= set(cli.parser().verbs)


def test_the_page_has_the_year_its_status_and_a_form_for_each_verb(desk):
    shown = page(desk, "Báo cáo: chưa lập\n")
    assert "<h1>xã Kông Lơng Khơng, năm rà soát 2022</h1>" in shown
    assert "<pre>Báo cáo: chưa lập</pre>" in shown
    assert re.findall(r'<button name="verb" value="([\w-]+)">([^<]+)<', shown) == [
        ("check", "Kiểm tra số liệu"), ("report", "Lập báo cáo"), ("ready", "Đủ để gửi chưa?"), ("submit", "Ghi nhận đã nộp"),
        ("new-year", "Mở năm 2023"),
    ]  # fmt: skip
    assert shown.count('<input name="_xsrf">') == shown.count('method="post"') == 5
    assert 'href="/base/giamngheo/xem-truoc/kong-long-khong/2022/"' in shown
    assert "<script" not in shown


def test_a_command_at_work_is_shown_with_what_it_has_printed_and_the_page_renews_itself(desk):
    desk.last = Run("report", "giamngheo report --unit=xa --year=2022", 2022, printed="[1/5] 01_review: đang chạy\n")
    shown = page(desk)
    assert year_page.RENEWED in shown and "<p>Đợi việc đang chạy xong.</p>" in shown
    assert "<h2>Lập báo cáo: đang chạy … <small>(giamngheo report --unit=xa --year=2022)</small></h2><pre>[1/5] 01_review: đang chạy</pre>" in shown


@pytest.mark.parametrize(
    ("code", "printed", "said"),
    [
        (0, "", "xong <small>(x)</small></h2><pre>Không có gì phải nêu.</pre>"),
        (1, "a & b", "xong, còn điều phải xử lý <small>(x)</small></h2><pre>a &amp; b</pre>"),
        (143, "", "không xong <small>(x)</small></h2><pre>Không có gì phải nêu.</pre>"),
    ],
)
def test_a_command_that_has_ended_is_shown_with_how_it_ended(desk, code, printed, said):
    desk.last = Run("check", "x", 2022, printed=printed, code=code)
    assert f"<h2>Kiểm tra số liệu: {said}" in page(desk)
    assert year_page.RENEWED not in page(desk)


def test_what_a_command_prints_and_what_a_folder_is_called_is_text_not_html(desk):
    desk.last = Run("check", OTHER, 2022, printed=OTHER, code=0)
    shown = page(desk, OTHER, OTHER)
    assert OTHER not in shown and shown.count("&lt;b&gt;xã&lt;/b&gt;") >= 4


def test_the_page_is_of_what_the_command_prints_and_one_command_is_at_work_at_a_time(desk):
    async def both():
        await desk.begin("check", SEED, SEED_YEAR)
        first = desk.last
        await desk.begin("ready", SEED, SEED_YEAR)
        assert desk.last is first and desk.busy
        while desk.busy:
            await asyncio.sleep(0.05)
        return first

    run = asyncio.run(both())
    assert run.typed == "giamngheo check --unit=kong-long-khong --year=2022"
    assert run.code == 1
    assert "chưa có số quyết định công nhận kết quả" in run.printed
