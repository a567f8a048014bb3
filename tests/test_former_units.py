"""Last year of a merged commune: of which former communes it is the sum, in a sentence and a table, and what is missing."""

import pytest

from giamngheo import opened
from giamngheo.figures import predecessors, results
from giamngheo.present import plain
from giamngheo.report import sections
from giamngheo.report.former_units import last_year_by_unit

ONE = {"households": 1000, "poor_households": 100, "near_poor_households": 50}
OTHER = {"households": 500, "poor_households": 25, "near_poor_households": 30}
MERGED = {"households": 1510, "poor_households": 110, "near_poor_households": 75}
NEW = {"standard": "ND351_2025", "status": "preliminary"}
WORDS = {"year": "2025", "last_year": "2024", "place": "xã Tơ Tung"}
SENTENCE = (
    "Số liệu năm 2024 của xã Tơ Tung là số cộng của 2 đơn vị cũ: xã Kông Lơng Khơng (1.000 hộ; hộ nghèo 100 hộ; hộ cận "
    "nghèo 50 hộ); xã Tơ Tung (cũ) (500 hộ; hộ nghèo 25 hộ; hộ cận nghèo 30 hộ). Tổng cộng: 1.500 hộ; hộ nghèo 125 hộ; hộ "
    "cận nghèo 80 hộ."
)


@pytest.fixture
def merged(write_year):
    """A function that writes the merged commune's year and last year of its former ones; gives the merged one's year."""

    def write(one=ONE, other=OTHER, **tables):
        write_year("to-tung", 2025, review=[MERGED], **tables)
        for unit, row in (("kong-long-khong", one), ("to-tung-cu", other)):
            if row:
                write_year(unit, 2024, review=[row])
        return opened("to-tung", 2025)

    return write


def text(runs):
    return "".join(run["text"] for run in runs)


def printed(passage):
    """The passage as its reader has it: sentences, and each table as caption, head, rows and notes."""
    found = []
    for block in passage.blocks:
        if block["type"] != "table":
            found.append(text(block["runs"]))
            continue
        lines = [[text(cell["runs"]) for cell in row] for row in (*block["header"], *block["rows"])]
        found += [block["caption"], *lines, *map(text, block["notes"])]
    return found


def last_year(this):
    return printed(last_year_by_unit(this, results.of(this), WORDS))


HEAD = ["Đơn vị cũ", "Tổng số hộ dân cư", "Hộ nghèo", "Hộ cận nghèo"]


def test_last_year_of_a_merged_commune_is_said_to_be_the_sum_of_its_former_ones_row_by_row(merged):
    assert last_year(merged()) == [
        SENTENCE,
        "Hộ nghèo, hộ cận nghèo năm 2024 của các đơn vị hành chính cũ",
        HEAD,
        ["xã Kông Lơng Khơng", "1.000", "100", "50"],
        ["xã Tơ Tung (cũ)", "500", "25", "30"],
        ["Cộng", "1.500", "125", "80"],
    ]


def test_the_sums_are_the_counts_that_the_year_is_compared_with_and_lead_back_to_the_files(merged):
    this = merged()
    before, figures = results.baseline(this), last_year_by_unit(this, results.of(this), WORDS).figures
    for count in predecessors.COUNTS:
        assert figures[f"former.{count}"].value == before[count].item()
        assert figures[f"former.{count}"].parts == (ONE[count], OTHER[count])
    assert figures["former.2.poor_households"].sources == "to-tung-cu/2024/review.csv:2"


def test_a_former_commune_without_figures_stays_in_the_table_and_nothing_is_added(merged):
    assert last_year(merged(other=None)) == [
        "Số liệu năm 2024 của xã Tơ Tung phải cộng từ 2 đơn vị cũ: xã Kông Lơng Khơng (1.000 hộ; hộ nghèo 100 hộ; hộ cận "
        "nghèo 50 hộ); xã Tơ Tung (cũ) (chưa có số liệu).",
        "Năm 2024 chưa có của xã Tơ Tung (cũ): tổng số hộ dân cư, hộ nghèo, hộ cận nghèo; số cộng của các mục này chưa tính được.",
        "Hộ nghèo, hộ cận nghèo năm 2024 của các đơn vị hành chính cũ",
        HEAD,
        ["xã Kông Lơng Khơng", "1.000", "100", "50"],
        ["xã Tơ Tung (cũ)", "…", "…", "…"],
        ["Cộng", "…", "…", "…"],
        "Dấu “…”: chưa có số liệu.",
    ]


def test_a_count_that_one_former_commune_lacks_is_named_and_the_others_are_added(merged):
    found = last_year(merged(other=OTHER | {"poor_households": None}))
    assert found[1] == "Năm 2024 chưa có của xã Tơ Tung (cũ): hộ nghèo; số cộng của các mục này chưa tính được."
    assert found[-2] == ["Cộng", "1.500", "…", "80"]


def test_a_commune_that_was_not_merged_or_has_its_own_last_year_says_nothing_of_former_ones(merged, write_year):
    write_year("to-tung", 2024, review=[MERGED])
    assert last_year(merged()) == last_year(opened("to-tung", 2024)) == last_year(opened("kong-long-khong", 2024)) == []


def test_where_nothing_is_known_of_any_former_commune_there_is_no_table(merged):
    assert last_year(merged(one=None, other=None)) == []


@pytest.mark.parametrize("kind", [{"status": "preliminary"}, {"standard": "ND351_2025"}], ids=["status", "standard"])
def test_results_that_must_not_be_added_stand_in_no_table_together(kind, merged):
    assert last_year(merged(other=OTHER | kind)) == []


def test_a_last_year_that_is_not_official_or_under_another_standard_says_so_in_its_name(merged):
    early = {"status": "preliminary"}
    assert last_year(merged(ONE | early, OTHER | early))[1] == (
        "Hộ nghèo, hộ cận nghèo năm 2024 của các đơn vị hành chính cũ (kết quả sơ bộ)"
    )
    found = last_year(merged(ONE | NEW, OTHER | NEW))
    assert found[0].startswith("Số liệu năm 2024 theo Nghị định 351/2025/NĐ-CP của xã Tơ Tung là số cộng")
    assert found[1].endswith("của các đơn vị hành chính cũ theo Nghị định 351/2025/NĐ-CP (kết quả sơ bộ)")


def test_the_second_result_has_the_sum_of_its_own_standard(merged, write_year):
    this = merged(other_review=[MERGED | NEW | {"poor_households": 200}])
    for unit, row in (("kong-long-khong", ONE), ("to-tung-cu", OTHER)):
        write_year(unit, 2024, other_review=[row | NEW | {"poor_households": row["poor_households"] + 40}])
    found = printed(last_year_by_unit(this, results.second(this), WORDS, "other_former"))
    assert found[0].startswith("Số liệu năm 2024 theo Nghị định 351/2025/NĐ-CP của xã Tơ Tung")
    assert found[-1] == ["Cộng", "1.500", str(100 + 40 + 25 + 40), "80"]
    figures = sections.second_result(this, [], [], WORDS).figures
    assert plain(figures["other_former.poor_households"]) == "205"


def test_a_second_result_that_last_year_does_not_have_names_no_sum(merged):
    this = merged(other_review=[MERGED | NEW])
    assert not any(name.startswith("other_former") for name in sections.second_result(this, [], [], WORDS).figures)


def items(passage):
    return [text(line) for block in passage.blocks for line in block.get("items", [])]


@pytest.mark.parametrize(
    ("with_it", "said"),
    [((), "xã Kông Lơng Khơng, xã Tơ Tung (cũ)"), (("kong-long-khong",), "xã Tơ Tung (cũ)")],
    ids=["neither", "one of them"],
)
def test_the_second_result_names_the_former_communes_that_have_none_under_its_standard(with_it, said, merged, write_year):
    this = merged(other_review=[MERGED | NEW])
    for unit in with_it:
        write_year(unit, 2024, other_review=[ONE | NEW])
    assert f"Chưa có kết quả năm 2024 theo Nghị định 351/2025/NĐ-CP của {said} để so sánh." in items(
        sections.second_result(this, [], [], WORDS)
    )


def test_the_second_result_names_no_former_commune_where_the_commune_has_its_own_last_year(merged, write_year):
    write_year("to-tung", 2024, review=[MERGED])
    found = items(sections.second_result(merged(other_review=[MERGED | NEW]), [], [], WORDS))
    assert "Chưa có kết quả năm 2024 theo Nghị định 351/2025/NĐ-CP để so sánh." in found
