"""Money of two programmes in one year: a total of each, and of each type of its capital; a content of the programme by its decision.

    Dự án 2 of 2025, vốn sự nghiệp              80 triệu, 20 disbursed
    Tiểu dự án 1 of 2025, đầu tư phát triển     120 triệu, 60 disbursed
    ND1 of 2026, kinh phí thường xuyên          500 triệu, 300 disbursed    of 700 in all
"""

import pytest

from conftest import frame
from giamngheo.law.dated import Law
from giamngheo.report import programmes

M = 1_000_000
OLD = {"project": "DA2", "capital_type": "recurrent", "source": "nstw", "vintage": 2025, "execution_year": 2026,
       "planned": 80 * M, "disbursed": 20 * M}  # fmt: skip
WORKS = OLD | {"project": "DA1.1", "capital_type": "investment", "planned": 120 * M, "disbursed": 60 * M}
NEW = OLD | {"project": "ND1", "vintage": 2026, "planned": 500 * M, "disbursed": 300 * M}
LOCAL = (
    "kind,code,parent,name,value,unit,within,valid_from,valid_to,decree,article,source,confidence\n"
    "project,ND1,,Nội dung 1: Hỗ trợ sinh kế,,,,2026-01-01,2030-12-31,Quyết định 12/QĐ-UBND ngày 05/3/2026 của UBND tỉnh,,,\n"
)
OF_2025 = "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025"
OF_2026 = (
    "Chương trình mục tiêu quốc gia xây dựng nông thôn mới, giảm nghèo bền vững và phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu "
    "số và miền núi giai đoạn 2026 - 2035"
)


@pytest.fixture
def law(tmp_path):
    (tmp_path / "programme-local.csv").write_text(LOCAL, encoding="utf-8")
    return Law(tmp_path)


def cells(block):
    return [["".join(run["text"] for run in cell["runs"]) for cell in row] for row in block["rows"]]


def test_each_programme_has_its_total_and_each_type_of_capital_under_the_name_of_its_time(law):
    (block,) = programmes.by_programme(programmes.named(law, frame("budget", NEW, OLD, WORKS)), programmes.names(law, 2026)).blocks
    assert (block["caption"], block["unit"]) == ("Kế hoạch vốn và giải ngân theo chương trình, loại vốn", "Đơn vị tính: đồng")
    assert cells(block) == [
        [OF_2025, "200.000.000", "80.000.000", "40,00", "28,57"],  # 80 / 200, 200 / 700
        ["– Vốn đầu tư phát triển", "120.000.000", "60.000.000", "50,00", "17,14"],
        ["– Vốn sự nghiệp", "80.000.000", "20.000.000", "25,00", "11,43"],
        [OF_2026, "500.000.000", "300.000.000", "60,00", "71,43"],
        ["– Kinh phí thường xuyên", "500.000.000", "300.000.000", "60,00", "71,43"],
    ]


def test_where_all_money_is_of_one_programme_and_one_type_its_total_is_said_already(law):
    for lines in (frame("budget", OLD, OLD | {"source": "nguoi_dan"}), frame("budget")):
        assert programmes.by_programme(programmes.named(law, lines), programmes.names(law, 2025)).blocks == []


def test_the_content_that_a_decision_gave_to_the_commune_is_printed_with_that_decision(law):
    lines = frame("budget", OLD, NEW, NEW)
    assert programmes.decrees(law, lines["project"]) == (
        "Nội dung 1: Hỗ trợ sinh kế: theo Quyết định 12/QĐ-UBND ngày 05/3/2026 của UBND tỉnh.",
    )
    assert programmes.decrees(law, lines["project"][:1]) == ()


def test_outside_the_table_a_type_of_capital_says_of_which_programme_it_is(law):
    figures = programmes.by_programme(programmes.named(law, frame("budget", NEW, OLD, WORKS)), programmes.names(law, 2026)).figures
    told = {name: (one.group, one.row) for name, one in figures.items() if name.endswith(".share")}
    assert told == {
        "budget.CT2021.share": ("", OF_2025),
        "budget.CT2021.investment.share": (OF_2025, "Vốn đầu tư phát triển"),
        "budget.CT2021.recurrent.share": (OF_2025, "Vốn sự nghiệp"),
        "budget.CT2026.share": ("", OF_2026),
        "budget.CT2026.recurrent.share": (OF_2026, "Kinh phí thường xuyên"),
    }
