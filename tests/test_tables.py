"""Tables of finished text: every row and every number of the frame is there, and nothing is made up."""

import re
from fractions import Fraction

import pandas as pd
import pytest

from conftest import frame
from giamngheo import present, reconcile
from giamngheo.figures import budget, poverty
from giamngheo.findings import Finding
from giamngheo.present import checked

VILLAGES = poverty.rates(
    frame(
        "review",
        {"village": "Mơ Tôn", "households": 120, "poor_households": 30, "near_poor_households": 20},
        {"village": "Đak <Giang>", "households": 1399, "poor_households": 40},
    )
)
COLUMNS = ["households", "poor_households", "poor_rate", "near_poor_rate"]


def villages(**more):
    return present.table(
        VILLAGES, "review", COLUMNS, key="village", first="Thôn, làng", caption="Hộ nghèo", **more
    )


def texts(table):
    return [[cell if isinstance(cell, str) else present.plain(cell) for cell in row] for row in table.rows]


def test_a_table_is_a_row_for_each_village_with_its_figures():
    assert texts(villages()) == [
        ["Mơ Tôn", "120", "30", "25,00", "16,67"],
        ["Đak <Giang>", "1.399", "40", "2,86", "…"],
    ]


def test_headings_are_the_dictionarys_labels_with_the_unit_of_rates():
    assert [cell["text"] for cell in villages().header[0]] == [
        "Thôn, làng",
        "Tổng số hộ dân cư",
        "Hộ nghèo",
        "Tỷ lệ hộ nghèo (%)",
        "Tỷ lệ hộ cận nghèo (%)",
    ]


def test_a_difference_of_rates_is_headed_as_points_not_as_percent():
    review = frame("review", {"households": 9, "poor_households": 3, "near_poor_households": 1})
    changes = poverty.changes(review, review)
    shown = present.table(changes, "changes", ["rate", "change_rate"], key="class", caption="Thay đổi")
    assert [cell["text"] for cell in shown.header[0][1:]] == ["Tỷ lệ (%)", "Tăng, giảm tỷ lệ (điểm %)"]


def test_a_table_without_key_is_the_whole_alone():
    whole = present.table(VILLAGES.head(1), "review", COLUMNS, caption="Toàn xã")
    assert texts(whole) == [["120", "30", "25,00", "16,67"]]


def test_the_meaning_of_the_dots_is_printed_only_where_they_are():
    assert villages().all_notes() == ["Dấu “…”: chưa có số liệu."]
    assert present.table(VILLAGES.head(1), "review", COLUMNS, caption="Toàn xã").all_notes() == []


def test_the_reviewers_page_has_for_every_figure_its_address_its_arithmetic_and_its_lines():
    page = villages()._repr_html_()
    assert "<td class='number' id='so-review.Mơ Tôn.poor_rate' title='30 / 120 = 25,00%'>25,00</td>" in page
    assert "<td class='found-at'>review.csv:2</td>" in page


def test_nothing_in_the_data_can_become_markup():
    page = villages()._repr_html_()
    assert "Đak &lt;Giang&gt;" in page
    assert "<Giang>" not in page


def test_a_table_without_rows_says_that_nothing_is_known():
    empty = present.table(VILLAGES.head(0), "review", COLUMNS, key="village", caption="Hộ nghèo")
    assert empty._repr_html_() == "<p class='note'><strong>Hộ nghèo</strong>: chưa có số liệu.</p>"


SOURCES = frame(
    "budget",
    {"source": "nstw", "planned": 100},
    {"source": "nsdp_xa", "planned": 48},
    {"source": "la", "planned": 2},
)
NAMES = {"nsdp_xa": "Ngân sách xã", "nstw": "Ngân sách trung ương"}


def by_source():
    rows = budget.breakdown(SOURCES, ["source"])
    return present.table(rows, "budget", ["planned"], key="source", keys=NAMES, first="Nguồn", caption="Vốn")


def test_rows_come_in_the_order_of_their_official_names():
    assert texts(by_source())[:2] == [["Ngân sách xã", "48"], ["Ngân sách trung ương", "100"]]


def test_a_row_whose_code_has_no_official_name_is_not_dropped():
    assert sum(figure.value for figure in by_source().figures()) == 100 + 48 + 2


def test_places_stand_beside_their_own_rows():
    assert by_source().found_at[:2] == ["budget.csv:3", "budget.csv:2"]


DEPRIVED = poverty.shares(
    frame(
        "deprivations",
        {"class": "poor", "indicator": "water", "households": 90},
        {"class": "near_poor", "indicator": "water", "households": 27},
        {"class": "poor", "indicator": "toilet", "households": 121},
    ),
    "deprivations",
    "indicator",
    frame("review", {"poor_households": 242, "near_poor_households": 324}),
)


def by_class(names):
    return present.by_class(DEPRIVED, "deprivations", "indicator", names, first="Chỉ số", caption="Thiếu hụt")


def test_poor_and_near_poor_stand_side_by_side_in_the_order_of_the_form():
    assert texts(by_class({"toilet": "Nhà tiêu", "water": "Nguồn nước"})) == [
        ["Nhà tiêu", "121", "50,00", "…", "…"],
        ["Nguồn nước", "90", "37,19", "27", "8,33"],
    ]


def test_dots_for_a_row_that_is_not_there_are_explained_too():
    assert by_class({"toilet": "Nhà tiêu", "water": "Nguồn nước"}).all_notes() == [
        "Dấu “…”: chưa có số liệu."
    ]


@pytest.mark.parametrize("names", [{"water": "Nguồn nước"}, {}], ids=["one indicator", "no indicator"])
def test_an_indicator_whose_name_is_not_confirmed_is_not_dropped(names):
    shown = [cell for row in texts(by_class(names)) for cell in row]
    assert {"90", "27", "121"} <= set(shown)


# beside a result ----------------------------------------------------------------------------------


def test_a_rate_made_again_by_hand():
    line = present.by_hand(VILLAGES, "review", "poor_rate", key="village")
    assert line == "Hộ nghèo / Tổng số hộ dân cư: 30 / 120 = 25,00%"


def test_a_frame_that_says_something_else_than_its_formula_stops_the_run():
    with pytest.raises(AssertionError) as stopped:
        present.by_hand(VILLAGES.head(1).assign(poor_rate=[Fraction(1, 3)]), "review", "poor_rate")
    assert (
        str(stopped.value) == "review.poor_rate: poor_households / households gives 1/4, the frame says 1/3"
    )


def test_a_sum_written_out():
    trained = budget.trained(
        frame("training", {"participants": 2}, {"participants": 5}, {"participants": 63})
    )
    assert present.sum_by_hand(trained, "training", "participants") == "2 + 5 + 63 = 70"


def test_a_sum_that_is_not_the_sum_of_its_parts_stops_the_run():
    trained = budget.trained(frame("training", {"participants": 2}, {"participants": 5})).assign(
        participants=8
    )
    with pytest.raises(AssertionError) as stopped:
        present.sum_by_hand(trained, "training", "participants")
    assert str(stopped.value) == "training.participants: (2, 5) do not add up to 8"


@pytest.mark.parametrize(
    "line",
    [
        lambda: present.by_hand(VILLAGES.tail(1), "review", "near_poor_rate", key="village"),
        lambda: present.sum_by_hand(
            budget.trained(frame("training", {"participants": None})), "training", "participants"
        ),
        lambda: present.sum_by_hand(budget.trained(frame("training")), "training", "participants"),
        lambda: present.between(None, VILLAGES["poor_rate"]),
        lambda: present.adds_up(VILLAGES, VILLAGES, "near_poor_households", unit="households"),
    ],
    ids=["by hand", "sum", "sum of nothing", "between", "adds up"],
)
def test_what_cannot_be_made_again_is_unknown(line):
    assert line() == "chưa có số liệu"


def test_the_wholes_rate_between_the_lowest_and_the_highest():
    assert present.between(Fraction(70, 1519), VILLAGES["poor_rate"]) == "2,86% ≤ 4,61% ≤ 25,00%"


def test_parts_beside_their_sum():
    whole = pd.DataFrame({"households": [120 + 1399]})
    assert present.adds_up(VILLAGES, whole, "households", unit="households") == "120 + 1.399 = 1.519 hộ"


def test_parts_that_do_not_add_up_stop_the_run():
    with pytest.raises(AssertionError) as stopped:
        present.adds_up(VILLAGES, pd.DataFrame({"households": [1500]}), "households", unit="households")
    assert str(stopped.value) == "households: the parts give 1519, the whole is 1500"


def test_the_source_of_a_formula_is_the_function_itself():
    shown = present.source(poverty.deficits)
    assert repr(shown).startswith("def deficits(rows: pd.DataFrame")
    assert "&quot;deprivations&quot;" in shown._repr_html_()


def test_a_derived_count_says_how_beside_the_counts_that_were_given():
    row = poverty.fill(
        frame("review", {"poor_households": 242}),
        pd.DataFrame(
            {
                "indicator": ["households"],
                "value": [1160],
                "derivation": ["242 / 20,86%"],
                "lines": [["p.csv:4"]],
            }
        ),
    )
    shown = present.derived(row, "review")
    assert texts(shown) == [
        ["Tổng số hộ dân cư", "1.160", "242 / 20,86%"],
        ["Hộ nghèo", "242", "Số liệu được cho"],
    ]
    assert shown.found_at == ["p.csv:4", "review.csv:2"]


def test_levels_of_findings_are_counted():
    found = [Finding("a.csv", "chưa điền", "điền số", level=level) for level in ("draft", "note", "draft")]
    assert present.levels(found) == "chỉ lập được dự thảo: 2; lưu ý: 1"


def test_findings_are_shown_in_full_with_their_place():
    long = "hộ " * 80 + "không thể cùng đúng"
    found = [Finding("a/2022/review.csv", long, "xem lại", row=3, column="E", header="poor_households", value="32a", level="draft")]
    shown = present.findings(found)
    assert texts(shown) == [["chỉ lập được dự thảo", "32a", "H" + long[1:], "Xem lại"]]
    assert shown.found_at == ["a/2022/review.csv, dòng 3, cột E (poor_households)"]


def test_published_figures_are_shown_in_the_words_of_the_report():
    claim = {
        "place": "xã A", "year": 2022, "standard": "ND07_2021", "status": "chính thức", "indicator": "change_poor_rate",
        "printed": "giảm 1,69%", "doubt": "chờ đối chiếu", "file": "a/2022/published.csv", "line": 6,
    }  # fmt: skip
    shown = present.claims(pd.DataFrame([claim]), {"ND07_2021": "Chuẩn 2022-2025"})
    assert texts(shown) == [
        ["xã A, 2022", "Mức tăng, giảm tỷ lệ hộ nghèo", "giảm 1,69%", "Chuẩn 2022-2025, chính thức", "chờ đối chiếu"]
    ]
    assert shown.found_at == ["a/2022/published.csv:6"]


def test_every_check_of_the_reconciliation_has_a_name_that_people_read():
    described = re.findall(r"^    ([a-z_]+) {2,}\S", reconcile.__doc__, re.MULTILINE)
    assert described[0] == "check"
    assert set(checked.CHECK_NAMES) == set(described[1:])
