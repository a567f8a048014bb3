"""What the words around a figure say of it: its year or day, its place, whether it was set or achieved, of whom it tells."""

import pytest

from giamngheo.reconcile import proposals
from giamngheo.reconcile.paragraphs import Paragraph

# said in a report of xã Mẫu Sơn of 2022: (indicator, figure, year or day if another, village if one, standard if named)
SAID = {
    "6 tháng đầu năm 2024 toàn xã có 250 hộ nghèo.": ["poor_households|250 hộ|30/6/2024"],
    "Trong 6 tháng đầu năm, hộ nghèo còn 250 hộ.": ["poor_households|còn 250 hộ|30/6/2022"],
    "Đến tháng 6 năm 2022 còn 255 hộ nghèo.": ["poor_households|còn 255 hộ|30/6/2022"],
    "Tính đến ngày 15/11/2022, toàn xã còn 250 hộ nghèo.": ["poor_households|còn 250 hộ|15/11/2022"],
    "Tính đến ngày 31/12/2022, toàn xã còn 250 hộ nghèo.": ["poor_households|còn 250 hộ"],
    "Quý III năm 2022 giảm 5 hộ nghèo.": ["change_poor_households|giảm 5 hộ|30/9/2022"],
    "Nhiệm vụ 6 tháng cuối năm giảm 5 hộ nghèo.": [],
    "Số hộ nghèo đầu năm 262 hộ, cuối năm 242 hộ.": ["poor_households|262 hộ|2021", "poor_households|242 hộ"],
    "Đầu năm 2022, xã có 262 hộ nghèo; cuối năm còn 242 hộ.": ["poor_households|262 hộ|2021", "poor_households|còn 242 hộ"],
    "Số hộ nghèo năm 2021 là 262 hộ (22,55%), năm 2022 là 242 hộ (20,86%).": [
        "poor_households|262 hộ|2021", "poor_rate|22,55%|2021", "poor_households|242 hộ", "poor_rate|20,86%",
    ],
    "Xã có 262 hộ nghèo (năm 2021).": ["poor_households|262 hộ|2021"],
    "Năm trước có 262 hộ nghèo.": ["poor_households|262 hộ|2021"],
    "So với cuối năm 2021, giảm 20 hộ nghèo.": ["change_poor_households|giảm 20 hộ"],
    "So với cùng kỳ năm 2021 giảm 20 hộ nghèo.": ["change_poor_households|giảm 20 hộ"],
    "Cùng kỳ năm 2021 có 262 hộ nghèo.": [],
    "Theo Quyết định ban hành năm 2021, xã có 242 hộ nghèo.": ["poor_households|242 hộ"],
    "Giai đoạn 2021-2025, số hộ nghèo giảm 120 hộ.": [],
    "Kế hoạch năm 2022 giảm 18 hộ nghèo, thực hiện giảm 20 hộ.": ["plan_change_poor_households|giảm 18 hộ", "change_poor_households|giảm 20 hộ"],
    "Dự kiến đến cuối năm 2023 còn 222 hộ nghèo.": ["plan_poor_households|còn 222 hộ|2023"],
    "Phấn đấu năm 2023 giảm 20 hộ nghèo, tỷ lệ hộ nghèo còn 19%.": ["plan_change_poor_households|giảm 20 hộ|2023", "plan_poor_rate|còn 19%|2023"],
    "Thực hiện Kế hoạch số 67/KH-UBND, kết quả có 242 hộ nghèo.": ["poor_households|242 hộ"],
    "Chương trình mục tiêu quốc gia giảm nghèo bền vững: còn 242 hộ nghèo.": ["poor_households|còn 242 hộ"],
    "Chỉ tiêu giao giảm 18 hộ nghèo; kết quả giảm 20/18 hộ, đạt 111,11% kế hoạch.": ["plan_change_poor_households|giảm 18 hộ"],
    "Giảm tỷ lệ hộ nghèo 3-4%/năm.": [],
    "Toàn xã có 566 hộ nghèo, cận nghèo, chiếm 48,79%.": ["multidimensionally_poor_households|566 hộ", "multidimensional_poverty_rate|48,79%"],
    "Tổng số hộ nghèo và hộ cận nghèo là 566 hộ.": ["multidimensionally_poor_households|566 hộ"],
    "Xã có 242 hộ nghèo, cận nghèo 324 hộ.": ["poor_households|242 hộ", "near_poor_households|324 hộ"],
    "Hộ nghèo của thôn Bản Lầu là 35 hộ; 8 hộ cận nghèo.": ["poor_households|35 hộ||thôn Bản Lầu", "near_poor_households|8 hộ||thôn Bản Lầu"],
    "Thôn 1 có 30 hộ nghèo. Toàn xã có 242 hộ nghèo.": ["poor_households|30 hộ||Thôn 1", "poor_households|242 hộ"],
    "Tại thôn Nà Mằn, thôn Bản Lầu có 42 hộ nghèo.": [],
    "Tổng số hộ nghèo của 3 thôn là 72 hộ.": [],
    "Có 5/12 thôn có tỷ lệ hộ nghèo trên 50%.": [],
    "Tỷ lệ hộ nghèo toàn tỉnh 8,5%; của xã Bình Xá 15,2%; của xã Mẫu Sơn 20,86%.": ["poor_rate|20,86%"],
    "Theo Quyết định của UBND huyện Lộc Bình, xã có 242 hộ nghèo.": ["poor_households|242 hộ"],
    "Hỗ trợ 15 hộ nghèo vay vốn 750 triệu đồng.": [],
    "242 hộ nghèo đã được cấp thẻ bảo hiểm y tế.": [],
    "Hộ nghèo không có khả năng lao động: 22 hộ.": [],
    "Hộ nghèo có 5 khẩu trở lên: 40 hộ.": [],
    "Theo chuẩn nghèo giai đoạn 2016-2020 có 180 hộ nghèo.": ["poor_households|180 hộ|||2016-2020"],
    "Hộ nghèo: 242/1.160 hộ, chiếm 20,86%.": ["poor_households|242/1.160 hộ", "poor_rate|20,86%"],
    "Có 200/242 hộ nghèo là hộ DTTS.": [],
    "Hộ nghèo: 242 hộ/922 khẩu.": ["poor_households|242 hộ", "poor_persons|922 khẩu"],
    "Hộ nghèo giảm 20 hộ (từ 262 hộ xuống 242 hộ), tương ứng 1,69%.": [
        "change_poor_households|giảm 20 hộ", "poor_households|242 hộ", "change_poor_rate|giảm 1,69%",
    ],
    "Số hộ thoát nghèo: 45 hộ, trong đó 30 hộ xuống cận nghèo.": ["left_poverty|45 hộ"],
    "Hộ nghèo dân tộc thiểu số 200 hộ, chiếm 82,64% tổng số hộ nghèo.": ["minority_poor_households|200 hộ", "minority_share_of_poor|82,64%"],
    "Xã có 12 thôn với 1.160 hộ, 4.870 nhân khẩu.": ["households|1.160 hộ", "persons|4.870 nhân khẩu"],
    "Toàn xã có 1.160 hộ, trong đó hộ DTTS 912 hộ, chiếm 78,62% tổng số hộ.": [
        "households|1.160 hộ", "minority_households|912 hộ", "minority_rate|78,62%",
    ],
    "Hộ nghèo: 242 hộ, trong đó 200 hộ dân tộc thiểu số.": ["poor_households|242 hộ", "minority_poor_households|200 hộ"],
    "Hộ nghèo: 242 hộ, chiếm 20,86%; hộ dân tộc thiểu số: 912 hộ.": [
        "poor_households|242 hộ", "poor_rate|20,86%", "minority_households|912 hộ",
    ],
    "Hộ nghèo: 242 hộ; 922 khẩu, chiếm 18,93% dân số.": ["poor_households|242 hộ", "poor_persons|922 khẩu", "poor_persons_rate|18,93%"],
    "Hộ nghèo thiếu hụt về việc làm: 120 hộ, chiếm 49,59% tổng số hộ nghèo.": [
        "deprived_poor_households|120 hộ||thiếu hụt việc làm", "deprived_poor_rate|49,59%||thiếu hụt việc làm",
    ],
    "Tổng dư nợ đến nay đạt 25.450 triệu đồng, với 512 hộ còn dư nợ, dư nợ bình quân 49,7 triệu đồng/hộ.": [
        "loans_outstanding|25.450 triệu đồng", "average_loan|49,7 triệu đồng/hộ", "borrowing_households|512 hộ",
    ],
    "Nợ quá hạn 120 triệu đồng, chiếm 0,47%; doanh số cho vay 6.200 triệu đồng.": [
        "loans_made|6.200 triệu đồng", "loans_overdue|120 triệu đồng", "overdue_rate|0,47%",
    ],
    "Dư nợ cho vay hộ nghèo 12.500 triệu đồng.": [],
    "Xã có 20 hộ trồng sâm, 3 hộ nuôi ong.": [],
}  # fmt: skip


@pytest.mark.parametrize("sentence", SAID)
def test_a_figure_is_of_the_time_the_place_and_the_people_that_its_sentence_names(sentence):
    told = proposals.told(Paragraph("", sentence), "xã Mẫu Sơn", "2022")
    said = ["|".join([one.indicator, one.printed, one.context.when, one.context.village, one.context.standard]) for one in told]
    assert [one.rstrip("|") for one in said] == SAID[sentence]


REPORT = """Kết quả rà soát hộ nghèo năm 2024 trên địa bàn xã Mẫu Sơn

I. Kết quả 6 tháng đầu năm 2024
Hộ nghèo: 250 hộ.
1. Thôn Nà Mằn:
- Hộ nghèo: 30 hộ.
2. Đánh giá chung
Hộ cận nghèo: 320 hộ.
"""


def test_figures_below_a_heading_are_of_its_time_and_its_village(tmp_path):
    path = tmp_path / "báo cáo.txt"
    path.write_text(REPORT, encoding="utf-8")
    found = proposals.propose(path)[["place", "part_of", "year", "indicator", "printed"]].to_numpy().tolist()
    assert found == [
        ["xã Mẫu Sơn", "", "30/6/2024", "poor_households", "250 hộ"],
        ["Thôn Nà Mằn", "xã Mẫu Sơn", "30/6/2024", "poor_households", "30 hộ"],
        ["xã Mẫu Sơn", "", "30/6/2024", "near_poor_households", "320 hộ"],
    ]
