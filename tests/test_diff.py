"""What changed: between two real runs of the seed's report, and between made-up figures of every kind."""

import json
import re
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

import runs
from conftest import SEED, SEED_YEAR, data_folder
from giamngheo import opened
from giamngheo.report import changes
from giamngheo.review import diff, diff_page
from giamngheo.store import atomic_folders
from tools import need

UNCHANGED = {"inputs": {}, "code": {}, "versions": {}, "font": {}, "draft": []}


@pytest.fixture(scope="module")
def comparison():
    return diff.of_runs(runs.pair()[1], opened(SEED, SEED_YEAR))


def figure(
    value, made="", formula="", label="Số liệu", row="", unit="households", source="u/2022/review.csv:2", operands=()
):
    """A figure as the report's notebook records it; one that was given is made from itself."""
    return {"label": label, "row": row, "value": value, "operands": operands if operands != () else [value], "unit": unit,
            "text": f"{value} hộ", "arithmetic": made, "formula": formula, "sources": [source],
            "href": "04_report.html#so-x"}  # fmt: skip


def older(figure):
    """The same figure in a report of an older version, which did not keep what it was made from."""
    return {name: said for name, said in figure.items() if name != "operands"}


def run(figures, year=2022, inputs=None, code="1"):
    record = UNCHANGED | {"unit": "u", "year": year, "inputs": inputs or {}, "code": {"lib/a.py": code}}
    return diff.Run(Path("out/u") / str(year), record, figures, "xã Mẫu", data_folder())


DATA, LAW = (
    {"u/2022/review.csv": "1", "dictionary.csv": "1"},
    {"u/2022/review.csv": "1", "dictionary.csv": "2"},
)


def compared(before, after, old=DATA, new=DATA, code="1", **years):
    """The one row of the comparison of a run with the figure `before` and a run "
    "with the figure `after`."""
    olds, news = ({"review.x": one} if one else {} for one in (before, after))
    found = diff.compare(run(olds, inputs=old), run(news, inputs=new, code=code, **years))
    return found.iloc[0].to_dict()


def test_two_changed_cells_of_the_data_change_their_figures_and_what_is_made_of_them(comparison):
    changed = comparison.figures[comparison.figures["state"] == "changed"].set_index("name")
    assert set(changed["cause"]) == {"số liệu"}
    assert changed.loc["review.poor_persons", ["old", "new", "said"]].tolist() == [
        "922 khẩu",
        "925 khẩu",
        "tăng 3 khẩu",
    ]
    assert changed.loc["budget.planned", "difference"] == 50_000_000 - 48_300_000
    share = changed.loc["budget.nsnn.share"]
    assert share["difference"] == Fraction(100_000_000, 150_000_000) - Fraction(100_000_000, 148_300_000)
    assert (share["said"], share["old_made"]) == (
        "giảm 0,76 điểm phần trăm",
        "100.000.000 / 148.300.000 = 67,43%",
    )
    assert "review.poor_rate" not in changed.index  # households, not persons
    assert comparison.inputs == {"data": [f"{SEED}/{SEED_YEAR}/budget.csv", f"{SEED}/{SEED_YEAR}/review.csv"]}


def test_one_project_has_all_the_money_before_and_after_so_only_its_counts_changed(comparison):
    remade = comparison.figures[comparison.figures["state"] == "remade"].set_index("name")
    assert remade.loc["budget.DA2.share", ["old", "new", "said", "cause"]].tolist() == [
        "100,00%",
        "100,00%",
        "",
        "số liệu",
    ]


def test_a_report_compared_with_itself_has_no_difference():
    folder = runs.second(runs.pair()[1])
    same = diff.between(folder, folder, data_folder())
    assert (same.inputs, set(same.figures["state"]), set(same.figures["cause"])) == ({}, {"same"}, {""})
    assert diff_page.text(same).splitlines()[2:] == [f"Số liệu không đổi: {len(same.figures)}"]


def test_only_a_run_of_another_key_replaces_the_kept_one(tmp_path):
    folder = tmp_path / "u" / "2022"
    shutil.copytree(runs.second(runs.pair()[1]), folder)
    diff.keep(folder, json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["key"])
    assert not (tmp_path / "u" / ".lan-truoc").exists()
    diff.keep(folder, "another")
    assert diff.read(tmp_path / "u" / ".lan-truoc" / "2022", data_folder()).figures == diff.read(folder, data_folder()).figures


def test_the_first_report_of_a_year_waits_for_no_earlier_one_while_it_lies_ready_itself(tmp_path, monkeypatch):
    folder, waited = tmp_path / "u" / "2022", []
    with atomic_folders.workshop(folder) as ready:
        (ready / "manifest.json").write_text('{"key": "u/2022/1", "outputs": {}}', encoding="utf-8")
        monkeypatch.setattr(atomic_folders.time, "sleep", waited.append)
        diff.keep(folder, "u/2022/1")
    assert waited == []


def test_a_folder_without_a_finished_report_is_refused(tmp_path):
    with pytest.raises(diff.NoRun) as refused:
        diff.of_years(tmp_path, opened("u", 2022), opened("u", 2023))
    assert str(refused.value) == (
        "u/2022: chưa có báo cáo đã lập xong. Cách làm: chạy giamngheo report, rồi so sánh lại."
    )
    with pytest.raises(diff.NoRun) as refused:
        diff.of_runs(tmp_path, opened("u", 2022))
    assert str(refused.value) == (
        ".lan-truoc/2022: chưa có lần lập trước nào khác lần này. Cách làm: chạy "
        "giamngheo report, rồi so sánh lại."
    )


def test_a_notebook_edited_after_the_run_is_refused(tmp_path):
    folder = tmp_path / "2022"
    shutil.copytree(runs.second(runs.pair()[1]), folder)
    notebook = folder / "04_report.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("925", "926"), encoding="utf-8")
    with pytest.raises(diff.NoRun) as refused:
        diff.read(folder, data_folder())
    assert str(refused.value) == f"{notebook}: đã bị sửa sau khi lập. Cách làm: chạy lại giamngheo report."


def rate(value, poor, households, made):
    return figure(value, made, "a / b", unit="rate", operands={"a": poor, "b": households})


NEW_DATA = {"u/2022/review.csv": "2", "dictionary.csv": "1"}
BOTH = {"u/2022/review.csv": "2", "dictionary.csv": "2"}
CAUSES = {
    "only the data differ": (figure("1"), figure("2"), {"new": NEW_DATA}, "số liệu"),
    "only the law differs": (figure("1"), figure("2"), {"new": LAW}, "luật, biểu mẫu, từ điển"),
    "only the code differs": (figure("1"), figure("2"), {"code": "2"}, "mã tính"),
    "nothing differs that is recorded": (figure("1"), figure("2"), {}, ""),
    "another count, same formula: data, though the code differs too": (
        rate("1/2", "1", "2", "1 / 2 = 50%"), rate("1/4", "1", "4", "1 / 4 = 25%"),
        {"new": NEW_DATA, "code": "2"}, "số liệu",
    ),
    "same counts, another result: not the data": (
        rate("1/2", "1", "2", "1 / 2 = 50%"), rate("2", "1", "2", "1 / 2 = 200%"),
        {"new": NEW_DATA, "code": "2"}, "mã tính",
    ),
    "counts that are printed alike and are not: data": (
        rate("1/3", "2000001/2", "3000000", "1,00 triệu / 3,00 triệu = 33,33%"),
        rate("7/20", "2000003/2", "3000000", "1,00 triệu / 3,00 triệu = 35,00%"),
        {"new": NEW_DATA, "code": "2"}, "số liệu",
    ),
    "the same counts printed otherwise: not the data": (
        rate("1/2", "1000", "2000", "1000 / 2000 = 50%"), rate("1/2", "1000", "2000", "1.000 / 2.000 = 50%"),
        {"new": NEW_DATA, "code": "2"}, "mã tính",
    ),
    "a sum of other parts: data": (
        figure("5", "2 + 3 = 5", operands=["2", "3"]), figure("6", "2 + 4 = 6", operands=["2", "4"]),
        {"new": NEW_DATA, "code": "2"}, "số liệu",
    ),
    "the same parts that add up to something else: not the data": (
        figure("5", "2 + 3 = 5", operands=["2", "3"]), figure("6", "2 + 3 = 6", operands=["2", "3"]),
        {"new": NEW_DATA, "code": "2"}, "mã tính",
    ),
    "the count itself printed in other words: not the data": (
        figure("5"), figure("5") | {"text": "05 hộ"}, {"new": NEW_DATA, "code": "2"}, "mã tính",
    ),
    "a report that does not say what it was made from, and data and code differ: it cannot be told, and that is said": (
        older(rate("1/2", "1", "2", "1 / 2 = 50%")), rate("1/4", "1", "4", "1 / 4 = 25%"),
        {"new": NEW_DATA, "code": "2"},
        "số liệu; mã tính (không tách được: báo cáo lập bằng bản cũ không ghi các số đã dùng để tính)",
    ),
    "such a report where only the data differ": (older(figure("1")), older(figure("2")), {"new": NEW_DATA}, "số liệu"),
    "such a report where law and code differ, which no count tells apart": (
        older(figure("1")), older(figure("2")), {"new": LAW, "code": "2"}, "luật, biểu mẫu, từ điển; mã tính",
    ),
    "such a report whose figure's file is as before": (
        older(figure("1", source="u/2021/review.csv:2")), older(figure("2", source="u/2021/review.csv:2")),
        {"new": NEW_DATA, "code": "2"}, "mã tính",
    ),
    "its file is as before: not the data": (
        figure("1", source="u/2021/review.csv:2"), figure("2", source="u/2021/review.csv:2"),
        {"new": NEW_DATA, "code": "2"}, "mã tính",
    ),
    "another formula of other counts: all that differ": (
        rate("1/2", "1", "3", "1 / 3 = 33%"), figure("3", "1 + 2 = 3", "a + b", operands={"a": "1", "b": "2"}),
        {"new": BOTH}, "số liệu; luật, biểu mẫu, từ điển",
    ),
    "a derivation in words cannot tell": (
        figure("1", "a và b chỉ khớp với 1", operands=None), figure("2", "a và b chỉ khớp với 2", operands=None),
        {"new": NEW_DATA, "code": "2"}, "số liệu; mã tính",
    ),
    "a figure that is new": (None, figure("2"), {"new": NEW_DATA, "code": "2"}, "số liệu; mã tính"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "inputs", "cause"), CAUSES.values(), ids=CAUSES)
def test_the_cause_is_named_as_far_as_it_can_be_told(before, after, inputs, cause):
    assert compared(before, after, **inputs)["cause"] == cause


STATES = {
    "changed": (figure("1"), figure("2")),
    "appeared": (None, figure("2")),
    "vanished": (figure("1"), None),
    "reworded": (figure("1"), figure("1") | {"text": "01 hộ"}),
    "remade": (rate("1", "1", "1", "1 / 1 = 1"), rate("1", "2", "2", "2 / 2 = 1")),
    "same": (figure("1"), figure("1")),
}


@pytest.mark.parametrize("state", STATES)
def test_a_figure_is_in_one_state(state):
    assert compared(*STATES[state])["state"] == state


def test_important_states_come_first_and_each_has_a_name():
    assert tuple(diff_page.STATES) == changes.STATES
    figures = {f"review.{state}": pair for state, pair in reversed(STATES.items())}
    olds, news = ({name: pair[side] for name, pair in figures.items() if pair[side]} for side in (0, 1))
    assert list(diff.compare(run(olds), run(news))["state"]) == list(changes.STATES)


VALUES = st.one_of(st.integers(-(10**9), 10**9).map(str), st.fractions().map(str), st.none())


@given(VALUES, VALUES)
def test_the_difference_is_exact_and_turns_its_sign_when_the_runs_are_swapped(one, other):
    there, back = (compared(figure(a), figure(b))["difference"] for a, b in ((one, other), (other, one)))
    if one is None or other is None:
        assert there is None and back is None
    else:
        assert there == Fraction(other) - Fraction(one) == -back


def test_an_unknown_figure_that_becomes_known_has_no_difference_but_is_told():
    found = compared(figure(None) | {"text": "chưa có số liệu"}, figure("5"), new=NEW_DATA)
    assert (found["state"], found["old"], found["new"], found["said"]) == (
        "changed",
        "chưa có số liệu",
        "5 hộ",
        "",
    )


def test_a_figure_is_named_in_full_with_the_class_and_the_measure_it_is_of():
    """“Số đầu kỳ” alone is that of poor or of near-poor, of households or of persons."""
    one, other = (figure(value, label="Số đầu kỳ", row="Số hộ") | {"group": "Hộ nghèo"} for value in ("5", "6"))
    rows = diff.compare(run({"movements.poor.households.start": one}), run({"movements.poor.households.start": other}))
    assert rows[["label", "row"]].values.tolist() == [["Số đầu kỳ", "Hộ nghèo, Số hộ"]]
    assert diff_page.told(rows.to_dict("records")[0])[0].startswith("- Số đầu kỳ – Hộ nghèo, Số hộ: 5 hộ → 6 hộ")


EARLY = {"draft": ["xa/2022/review.csv, dòng 2: giá trị \"preliminary\" — kết quả còn là sơ bộ."]}


def told_of(old, new):
    """The comparison of two runs of one figure, whose results are official or (`EARLY`) not yet."""
    both = [replace(run({"review.x": figure(value)}, year), record=run({}, year).record | more) for value, year, more in (old, new)]
    return diff.Comparison(*both, {}, diff.compare(*both))


@pytest.mark.parametrize(("years", "old", "new", "title", "names"), [
    ((2022, 2022), EARLY, {}, "So sánh hai lần lập báo cáo năm 2022 của xã Mẫu: lần trước (kết quả sơ bộ)",
     ["Lần trước (kết quả sơ bộ)", "Lần này"]),
    ((2022, 2022), EARLY, EARLY,
     "So sánh hai lần lập báo cáo năm 2022 của xã Mẫu: lần trước (kết quả sơ bộ), lần này (kết quả sơ bộ)",
     ["Lần trước (kết quả sơ bộ)", "Lần này (kết quả sơ bộ)"]),
    ((2021, 2022), {}, EARLY, "So sánh báo cáo năm 2021 với năm 2022 (kết quả sơ bộ) của xã Mẫu",
     ["Năm 2021", "Năm 2022 (kết quả sơ bộ)"]),
    ((2021, 2022), {}, {}, "So sánh báo cáo năm 2021 với năm 2022 của xã Mẫu", ["Năm 2021", "Năm 2022"]),
], ids=["then preliminary", "both preliminary", "two years", "official"])  # fmt: skip
def test_a_comparison_says_which_result_was_preliminary(years, old, new, title, names):
    comparison = told_of(("5", years[0], old), ("7", years[1], new))
    assert diff_page.title(comparison) == title and diff_page.text(comparison).splitlines()[0] == title
    page = diff_page.page(comparison, Path("out/u"))
    assert f"<h1>{title}</h1>" in page
    assert re.findall(r'<th scope="col">(Năm .*|Lần .*)</th>', page) == names


def test_a_preliminary_and_an_official_result_of_two_years_are_not_subtracted():
    (row,) = told_of(("5", 2021, EARLY), ("7", 2022, {})).figures.to_dict("records")
    assert (row["difference"], row["said"]) == (None, "không so sánh: một kết quả là sơ bộ, một kết quả là chính thức")
    (row,) = told_of(("5", 2022, EARLY), ("7", 2022, {})).figures.to_dict("records")
    assert (row["difference"], row["said"]) == (7 - 5, "tăng 02 hộ")


def test_models_are_matched_by_name_when_their_numbers_change():
    cows = figure("7", row="Nuôi bò", label="Số hộ tham gia")
    goats = figure("5", row="Nuôi dê", label="Số hộ tham gia")
    found = diff.compare(
        run({"models.1.members": cows, "models.2.members": goats}), run({"models.1.members": goats})
    )
    assert found[["row", "state"]].values.tolist() == [["Nuôi bò", "vanished"], ["Nuôi dê", "same"]]


def test_a_sum_that_is_a_single_line_in_the_other_report_is_printed_in_both():
    two_lines = figure("660", "600 + 60 = 660", row="Dự án 2", label="Kế hoạch vốn")
    one_line = {"label": "Kế hoạch vốn (Dự án 2)", "text": "150", "sources": "u/2022/budget.csv:2", "href": "04_report.html#so-b"}
    summed = run({"budget.DA2.planned": two_lines})
    single = replace(run({}), given={"budget.DA2.planned": one_line})
    (row,) = diff.compare(summed, single).to_dict("records")
    assert (row["state"], row["old"], row["new"], row["difference"]) == ("changed", "660 hộ", "150 hộ", 150 - 660)
    assert (row["new_made"], row["href"]) == ("", "04_report.html#so-b")
    (back,) = diff.compare(single, summed).to_dict("records")
    assert (back["state"], back["old"], back["new"], back["difference"]) == ("changed", "150 hộ", "660 hộ", 660 - 150)


def test_poverty_of_two_years_under_two_standards_is_not_subtracted_but_money_is(write_year):
    write_year("u", 2026, review=[{"households": 100, "poor_households": 10}])
    write_year("u", 2027, review=[{"households": 100, "poor_households": 15, "standard": "ND351_2025"}])
    olds, news = (
        {"review.x": figure(value), "budget.x": figure(value, unit="dong")} for value in ("10", "15")
    )
    found = diff.compare(run(olds, 2026), run(news, 2027)).set_index("name")
    assert found["difference"].to_dict() == {"review.x": None, "budget.x": 15 - 10}
    assert found.loc["review.x", "said"] == (
        "không so sánh: hai chuẩn nghèo khác nhau (Chuẩn nghèo đa chiều theo Nghị định "
        "07/2021/NĐ-CP; "
        "Chuẩn nghèo đa chiều theo Nghị định 351/2025/NĐ-CP)"
    )


def test_two_years_differ_in_their_own_data_and_in_shared_files_that_were_changed_since():
    old = run({}, 2022, {"u/2022/review.csv": "1", "u/2021/review.csv": "1", "u/unit.yml": "1"})
    new = run({}, 2023, {"u/2023/review.csv": "3", "u/2022/review.csv": "2", "u/unit.yml": "1"})
    assert diff.differing(old.record, new.record) == {
        "data": ["số liệu riêng của năm 2022 và năm 2023", "u/2022/review.csv"]
    }


def test_the_text_says_what_changed_and_the_way_back():
    old, new = run({"review.x": figure("10")}, inputs=DATA), run({"review.x": figure("12")}, inputs=NEW_DATA)
    made = diff.Comparison(old, new, diff.differing(old.record, new.record), diff.compare(old, new))
    assert diff_page.text(made) == (
        "So sánh hai lần lập báo cáo năm 2022 của xã Mẫu\n\n"
        "Khác ở số liệu: u/2022/review.csv\n"
        "Số liệu thay đổi: 1\n\n"
        "Thay đổi\n"
        "- Số liệu: 10 hộ → 12 hộ (tăng 02 hộ); do số liệu\n\n"
        "Muốn trở lại: sửa các tệp nêu trên về số cũ, chạy giamngheo report --unit u "
        "--year 2022; "
        "báo cáo sẽ giống hệt lần trước."
    )


@pytest.fixture(scope="module")
def page(comparison):
    return diff_page.write(comparison, runs.pair()[1] / SEED)


def test_the_csv_beside_the_page_is_utf8_that_excel_knows_and_has_every_figure(page, comparison):
    beside = page.with_suffix(".csv")
    assert beside.read_bytes().startswith(b"\xef\xbb\xbf")
    assert list(pd.read_csv(beside)["name"]) == list(comparison.figures["name"])


def test_the_page_runs_nothing_and_its_links_lead_to_cells_that_are_there(page):
    html = page.read_text(encoding="utf-8")
    assert page.name == "khac-biet-2022.html"
    assert "<script" not in html and "http" not in html
    links = re.findall(r'href="([^"#]+)(?:#([^"]+))?"', html)
    assert len(links) > 50
    for file, place in links:
        target = (page.parent / file).read_text(encoding="utf-8")
        assert not place or f'id="{place}"' in target or f"id='{place}'" in target


def test_names_from_the_data_stay_text_in_the_page(tmp_path):
    old, new = run({"review.x": figure("1", label="<b>&")}), run({"review.x": figure("2", label="<b>&")})
    made = diff.Comparison(old, new, {}, diff.compare(old, new))
    assert "&lt;b&gt;&amp;" in diff_page.page(made, tmp_path) and "<b>" not in diff_page.page(made, tmp_path)


@pytest.mark.parametrize("width", [1280, 390], ids=["desk", "phone"])
def test_axe_finds_nothing_on_the_page(page, width):
    axe, chromium = need("axe"), need("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page(viewport={"width": width, "height": 900})
        shown.goto(page.as_uri())
        shown.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        shown.evaluate(Path(axe).read_text("utf-8"))
        found = shown.evaluate("axe.run()")["violations"]
        wide = shown.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []
    assert wide == width
