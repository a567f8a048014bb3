"""`index.html`: every unit and year below a folder, with its state and its files; searchable where scripts run."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

import browser
import provinces
from conftest import data_folder
from giamngheo.review import index
from tools import need

HOSTILE = '<script>alert("Xã & \'Độc\'")</script>'


def finished(out: Path, unit: str, year: int, place: str, draft: list[str], books=("01_review", "04_report")) -> str:
    """A finished report's folder as far as the index reads it; returns its key."""
    folder = out / unit / str(year)
    folder.mkdir(parents=True)
    names = [f"{book}.{kind}" for book in books for kind in ("ipynb", "html")]
    names += ["bao-cao.html", "bao-cao.pdf", "bao-cao.docx"]
    record = {"key": f"{unit}/{year}/{'0' * 64}", "place": place, "draft": draft, "outputs": dict.fromkeys(names, "")}
    (folder / "manifest.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return record["key"]


def failed(out: Path, year: int, *rows: tuple[str, str, str]) -> None:
    """`failures-<year>.csv` with the unit, the cause and the key of the report that stands, of each row."""
    with (out / f"failures-{year}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("unit", "cause", "key"), *rows])


@pytest.fixture
def out(tmp_path) -> Path:
    finished(tmp_path, "xa-1", 2024, "xã Đăk Rong", [])
    finished(tmp_path, "xa-2", 2024, HOSTILE, ["thiếu một", "thiếu hai"])
    finished(tmp_path, "xa-1", 2023, "xã Đăk Rong", ["thiếu"])
    finished(tmp_path, "tinh", 2024, "tỉnh Mẫu", ["1 xã chưa có số liệu"], books=("05_rollup",))
    (tmp_path / "xa-1" / "khac-biet-2023-2024.html").touch()
    (tmp_path / "xa-1" / "khac-biet-2024.html").touch()
    (tmp_path / "xa-3" / "2024-lap-hong").mkdir(parents=True)
    (tmp_path / "xa-3" / "2024-lap-hong" / "02_budget.ipynb").touch()
    (tmp_path / "xa-1" / ".lan-truoc" / "2024").mkdir(parents=True)
    return tmp_path


def found(out: Path) -> dict[tuple[str, int], index.Entry]:
    return {(one.unit, one.year): one for one in index.entries(out, data_folder())}


def test_the_latest_year_comes_first_and_in_it_those_that_put_communes_together(out):
    assert list(found(out)) == [("tinh", 2024), ("xa-1", 2024), ("xa-2", 2024), ("xa-3", 2024), ("xa-1", 2023)]


def test_a_report_is_a_draft_with_so_many_findings_or_final_or_was_not_made(out):
    states = {key: (one.state, one.findings) for key, one in found(out).items()}
    assert states == {
        ("tinh", 2024): ("draft", 1), ("xa-1", 2024): ("final", 0), ("xa-2", 2024): ("draft", 2),
        ("xa-3", 2024): ("failed", None), ("xa-1", 2023): ("draft", 1),
    }  # fmt: skip


def test_every_file_there_is_leads_to_a_link(out):
    page = index.page(index.entries(out, data_folder()))
    links = re.findall('href="([^"]+)"', page)
    assert [link for link in links if link.startswith("xa-1/2024/") or link.startswith("xa-1/khac-biet")] == [
        "xa-1/2024/bao-cao.html", "xa-1/2024/bao-cao.pdf", "xa-1/2024/bao-cao.docx", "xa-1/2024/01_review.html",
        "xa-1/2024/04_report.html", "xa-1/khac-biet-2023-2024.html", "xa-1/khac-biet-2024.html",
    ]  # fmt: skip
    assert [link for link in links if "xa-3" in link] == ["xa-3/2024-lap-hong/02_budget.ipynb"]


def test_an_attempt_that_failed_is_told_until_another_report_takes_the_old_ones_place(out):
    key = f"xa-1/2024/{'0' * 64}"
    failed(out, 2024, ("xa-1", "số hộ nghèo lớn hơn số hộ\nchi tiết", key), ("xa-9", "không đọc được", "-"))
    told = found(out)
    assert (told["xa-1", 2024].state, told["xa-1", 2024].cause) == ("failed", "số hộ nghèo lớn hơn số hộ")
    assert "bao-cao.pdf" in told["xa-1", 2024].reports["PDF"]  # the older report still stands and can be opened
    assert (told["xa-9", 2024].state, told["xa-9", 2024].cause) == ("failed", "không đọc được")
    failed(out, 2024, ("xa-1", "số hộ nghèo lớn hơn số hộ", f"xa-1/2024/{'1' * 64}"))
    assert found(out)["xa-1", 2024].state == "final"


def test_a_year_with_two_results_names_the_standards_of_both(out):
    folder = out / "xa-1" / "2024"
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    both = {"ND07_2021": "Nghị định 07/2021/NĐ-CP", "ND351_2025": "Nghị định 351/2025/NĐ-CP"}
    (folder / "manifest.json").write_text(json.dumps(record | {"standards": both}), encoding="utf-8")
    said = "hai kết quả: Nghị định 07/2021/NĐ-CP; Nghị định 351/2025/NĐ-CP"
    assert index.page(index.entries(out, data_folder())).count(said) == 1


def test_hostile_names_are_text(out):
    finished(out, 'x"><img src=x onerror=alert(1)>#?', 2022, "xã", [])
    page = index.page(index.entries(out, data_folder()))
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(&#34;Xã &amp; &#39;Độc&#39;&#34;)&lt;/script&gt;" in page
    assert "<img" not in page
    assert "x%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E%23%3F/2022/bao-cao.pdf" in page


def test_the_same_reports_give_the_same_bytes_wherever_they_are(out, tmp_path_factory):
    first = index.write(out, data_folder()).read_bytes()
    assert index.write(out, data_folder()).read_bytes() == first
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "out"
    shutil.copytree(out, elsewhere)
    assert index.write(elsewhere, data_folder()).read_bytes() == first
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "tinh", "xa-1", "xa-2", "xa-3"]


def test_no_report_is_a_page_too(tmp_path):
    assert "0 báo cáo" in index.write(tmp_path, data_folder()).read_text(encoding="utf-8")


def test_three_thousand_rows_are_a_light_page(out):
    every = [one for one in index.entries(out, data_folder()) if one.unit == "xa-1"] * 1500
    assert len(index.page(every).encode()) < 3_000_000


@pytest.fixture(scope="module")
def chromium():
    with browser.chromium() as started:
        yield started


def visible(page) -> list[str]:
    return [row.inner_text().split("\t")[0] for row in page.locator("tbody tr").all() if row.is_visible()]


def test_typing_a_name_leaves_its_rows(out, chromium):
    page = chromium.new_page()
    page.goto(index.write(out, data_folder()).as_uri())
    assert len(visible(page)) == 5
    page.keyboard.press("Tab")
    page.keyboard.type("dak rong 2023")
    assert visible(page) == ["xã Đăk Rong xa-1"]
    assert page.get_by_role("status").inner_text() == "1 trên 5 báo cáo"
    page.get_by_label("Tìm theo tên").fill("ĐĂK RONG")
    assert len(visible(page)) == 2
    page.get_by_label("Tìm theo tên").fill("lập không xong")
    assert visible(page) == ["xa-3 xa-3"]
    page.get_by_label("Tìm theo tên").fill("")
    assert len(visible(page)) == 5
    page.close()


def test_without_scripts_all_rows_are_there_and_no_field_that_does_nothing(out, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(index.write(out, data_folder()).as_uri())
    assert len(visible(page)) == 5
    assert not page.locator("input").is_visible()
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_the_page_asks_for_nothing(out, width, chromium):
    failed(out, 2024, ("xa-9", "không đọc được", "-"))
    page, asked = chromium.new_page(viewport={"width": width, "height": 900}), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(index.write(out, data_folder()).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate(Path(need("axe")).read_text("utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    page.close()
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []
    assert len(asked) == 1


# of which data the reports are ------------------------------------------------------------------------


@pytest.fixture
def province(tmp_path):
    """The data and the reports of a made-up province of three communes, to change at will."""
    shutil.copytree(provinces.root(), tmp_path / "data")
    shutil.copytree(provinces.undisturbed(), tmp_path / "out")
    return tmp_path / "data", tmp_path / "out"


def told(province) -> dict[str, tuple[str, str]]:
    return {one.unit: (one.state, one.cause) for one in index.entries(province[1], province[0])}


AGAIN = "lập lại: giamngheo report --unit {} --year 2024"


def test_reports_of_the_data_there_are_stand(province):
    first, second, third = provinces.UNITS
    states = {unit: state for unit, (state, _) in told(province).items()}
    assert states == {first: "final", second: "final", third: "final", **dict.fromkeys(provinces.WHOLES, "draft")}


def test_a_report_older_than_its_data_is_named_and_so_is_every_whole_it_is_in(province):
    first = provinces.UNITS[0]
    (province[0] / first / "2024" / "facts.csv").unlink()
    (province[0] / first / "2024" / "review.csv").write_text("village\n", "utf-8")
    said = told(province)
    named = f"{first}/2024/facts.csv, {first}/2024/review.csv"
    assert said[first] == ("stale", f"đã đổi sau khi lập: {named}; {AGAIN.format(first)}")
    for whole in provinces.WHOLES:
        assert said[whole] == ("stale", f"đã đổi sau khi lập: xã Mô Phỏng 001; {AGAIN.format(whole)}")


def test_a_commune_whose_data_are_no_more_is_named(province):
    second = provinces.UNITS[1]
    shutil.rmtree(province[0] / second / "2024")
    assert told(province)[second] == ("gone", f"không còn {second}/2024 trong thư mục số liệu: lấy lại, hoặc bỏ báo cáo này")


def test_a_commune_of_the_map_without_a_report_is_named_with_or_without_data(province):
    second, third = provinces.UNITS[1:]
    shutil.rmtree(province[1] / second)
    shutil.rmtree(province[1] / third)
    shutil.rmtree(province[0] / third / "2024")
    said = told(province)
    assert said[second] == ("missing", f"lập: giamngheo report --unit {second} --year 2024")
    assert said[third] == ("missing", "chưa có số liệu năm 2024")
    page = index.write(province[1], province[0]).read_text("utf-8")
    assert "<p>3 báo cáo; DỰ THẢO: 0; chính thức: 1; lập không xong: 0; cũ: 2; chưa lập: 2.</p>" in page


def test_a_damaged_manifest_is_said(province):
    third = provinces.UNITS[2]
    (province[1] / third / "2024" / "manifest.json").write_text("{", "utf-8")
    cause = f"manifest.json hỏng; dời thư mục này đi nơi khác rồi lập lại: giamngheo report --unit {third} --year 2024"
    assert told(province)[third] == ("failed", cause)


def test_the_page_says_why_each_draft_is_one_and_what_its_rate_and_its_change_are(province):
    page = index.write(province[1], province[0]).read_text("utf-8")
    whole = json.loads((province[1] / provinces.WHOLES[1] / "2024" / "manifest.json").read_text("utf-8"))
    assert page.count(whole["draft"][0].replace('"', "&#34;")) == 1
    for said in whole["results"].values():
        assert f">{said['text']}</td>" in page
    assert list(whole["results"]) == list(index.RESULTS)


def test_a_click_on_a_heading_sorts_by_rate_and_again_the_other_way(province, chromium):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(index.write(province[1], province[0]).as_uri())
    rates = [one.results[0][1] for one in index.entries(province[1], province[0])]
    head = page.get_by_role("button", name="Tỷ lệ nghèo đa chiều")
    shown = page.locator("tbody tr td:nth-child(5)")
    for order in (sorted(rates), sorted(rates, reverse=True)):
        head.click()
        assert [float(cell.get_attribute("data-value")) for cell in shown.all()] == order
    assert page.get_by_role("columnheader", name="Tỷ lệ nghèo đa chiều").get_attribute("aria-sort") == "descending"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
