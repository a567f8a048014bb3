"""A model whose cost is not known asks for the number or the line that is missing, by file, sheet and row; a final needs both."""

import pytest

from giamngheo import checks, opened
from giamngheo.checks import model_costs

UNIT = "xa-mau"
REVIEW = [{"village": "Mơ Tôn", "households": 120, "poor_households": 30, "near_poor_households": 20}]
COWS = {"model": "Nuôi bò", "project": "DA2", "vintage": 2024, "start": "05/2024", "members": 1, "poor_members": 1}
MONEY = {"project": "DA2", "capital_type": "recurrent", "source": "nstw", "vintage": 2024, "execution_year": 2024, "planned": 80, "model": "Nuôi bò"}
PEOPLE = MONEY | {"source": "nguoi_dan", "planned": 0}
AT = "[chỉ lập được DỰ THẢO] xa-mau/2024/"
CASES = {
    "nobody says what the people put in": (
        [COWS], [MONEY],
        [f'{AT}models.csv, dòng 2, cột A (model): giá trị "Nuôi bò" — bảng budget chưa có dòng nhân dân đối ứng của mô hình này nên chưa biết '
         "tổng kinh phí. Cách sửa: thêm dòng ấy vào bảng budget: source ghi nguoi_dan, cột model ghi tên mô hình; người dân không đóng góp "
         "thì ghi kế hoạch 0, giải ngân 0."],
    ),
    "the people put in nothing": ([COWS], [MONEY, PEOPLE], []),
    "the amount of a line is blank": (
        [COWS], [MONEY, PEOPLE | {"planned": ""}],
        [f"{AT}budget.csv, dòng 3, cột F (planned): chưa biết kế hoạch vốn của khoản này của mô hình Nuôi bò. Cách sửa: điền ô này."],
    ),
    "it runs on from a year before, and nobody says what it cost until then": (
        [COWS | {"start": "05/2023", "earlier_contribution": 0}], [MONEY | {"vintage": 2023}],
        [f"{AT}models.csv, dòng 2, cột O (earlier_support): mô hình chạy từ năm trước, chưa biết ngân sách hỗ trợ các năm trước nên chưa biết "
         "tổng kinh phí. Cách sửa: ghi số tiền đến hết năm trước, theo báo cáo hoặc sổ kế toán năm trước; không có thì ghi 0."],
    ),
    "it runs on and both are said": ([COWS | {"start": "05/2023", "earlier_support": 80, "earlier_contribution": 0}], [], []),
    "there is no model": ([], [MONEY | {"model": ""}], []),
}  # fmt: skip


@pytest.mark.parametrize(("models", "budget", "said"), CASES.values(), ids=CASES)
def test_what_is_missing_of_the_cost_of_a_model(write_year, models, budget, said):
    write_year(UNIT, 2024, review=REVIEW, models=models, budget=budget)
    this = opened(UNIT, 2024)
    assert [str(one) for what in model_costs.WHOSE for one in model_costs.unknown(this, what)] == said
    assert [reason for reason in checks.draft_reasons(this) if "budget.csv" in reason or "models.csv" in reason] == [
        one.removeprefix("[chỉ lập được DỰ THẢO] ") for one in said
    ]
