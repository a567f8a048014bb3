"""Every published file gives exactly its contradictions and its notes, no more and no less."""

import pytest

from claims import PUBLISHED, found
from giamngheo import reconcile
from giamngheo.findings import DataError

MISMATCHES = {
    "R00": [
        (
            "previous_total",
            "xã Kông Lơng Khơng",
            "tổng số hộ năm 2021: (242 + 20) / (20,86% + 1,69%) → 1.162 hộ; "
            "nhưng (324 - 3) / (27,93% - 1,51%) → 1.215 hộ",
            "1.162 hộ",
            "-53 hộ",
        )
    ],
    "N02": [
        (
            "part_total",
            "cả nước",
            "tổng số hộ năm 2023: riêng Trung du và miền núi phía Bắc 587.952 / 1,87% → từ 31.274.043 hộ trở lên; "
            "nhưng 771.235 / 2,78% → 27.642.832–27.792.252 hộ",
            "từ 31.274.043 hộ trở lên",
            "+3.481.791 hộ",
        )
    ],
    "N34": [
        (
            "disbursement_rate",
            "DTTS và miền núi",
            "tỷ lệ giải ngân: 4,3 tỷ / 355,211 tỷ = 1,21%",
            "2,7%",
            "+1,5 điểm %",
        )
    ],
    "R01": [
        (
            "class_sum",
            "cả nước",
            "hộ nghèo đa chiều: 1.057.374 + 915.274 = 1.972.648 hộ",
            "1.972.767 hộ",
            "+119 hộ",
        ),
        (
            "partition",
            "cả nước",
            "hộ nghèo, tổng của 6 phần: 455.271 + 69.239 + 284.137 + 129.160 + 9.710 + 109.767 = "
            "1.057.284 hộ",
            "1.057.374 hộ",
            "+90 hộ",
        ),
        (
            "part_total",
            "cả nước",
            "tổng số hộ năm 2022: 915.274 / 3,49% → 26.150.686–26.263.242 hộ; nhưng (246.190 / 7,69%) + "
            "(100.237 / 1,45%) + (284.137 / 4,99%) + (129.160 / 8,39%) + (9.710 / 0,21%) + (168.169 / 3,46%) "
            "→ 26.543.188–26.984.531 hộ",
            "26.150.686–26.263.242 hộ",
            "-279.946 hộ",
        ),
        (
            "class_sum",
            "Đồng bằng sông Hồng",
            "hộ nghèo đa chiều: 69.239 + 100.237 = 169.476 hộ",
            "169.566 hộ",
            "+90 hộ",
        ),
        (
            "class_sum",
            "Tây Nguyên",
            "hộ nghèo đa chiều: 129.160 + 107.487 = 236.647 hộ",
            "236.766 hộ",
            "+119 hộ",
        ),
    ],
    "R18": [
        (
            "rate",
            "tỉnh Gia Lai",
            "tỷ trọng hộ DTTS trong hộ nghèo (chuẩn cũ, chính thức): 31.951 / 36.951 = 86,47%",
            "85,94%",
            "-0,53 điểm %",
        )
    ],
    "R37": [
        (
            "implied_total",
            "xã Hoằng Xuyên",
            "tổng số hộ năm 2021: 52 / 2,93% → 1.769–1.777 hộ; nhưng 116 / 6,29% → 1.842–1.845 hộ",
            "1.769–1.777 hộ",
            "-65 hộ",
        )
    ],
}
SHARES = [
    (
        "share",
        "nghèo về thu nhập",
        "tỷ lệ hộ nghèo tính trên tổng số hộ của cả nơi: 16.594 / 79.677 = 20,8266%",
        "20,82%",
        "-0,01 điểm %",
    ),
    (
        "share_sum",
        "tỉnh Bắc Kạn",
        "tỷ lệ hộ nghèo của 2 phần đều tính trên tổng số hộ của tỉnh Bắc Kạn nên cộng lại được: "
        "20,82% + 1,06% = 21,88%",
        "21,88%",
        "0",
    ),
]  # of one base, in both files
NOTES = {
    "U07": SHARES,
    "V03": SHARES,
    "U16": [
        (
            "relative_change",
            "xã Vĩnh Ô",
            "mức tăng, giảm tương đối của hộ nghèo đa chiều: giảm 57,63% là so với năm trước, không phải điểm "
            "phần trăm: -136 / (100 + 136) = -57,63%",
            "giảm 57,63%",
            "0",
        )
    ],
    "N12": [
        (
            "rate_sum",
            "tỉnh Điện Biên",
            "tỷ lệ nghèo đa chiều: 25,6% + 11,29% = 36,89%",
            "36,97%",
            "+0,08 điểm %",
        ),
        (
            "rate_sum",
            "tỉnh Điện Biên",
            "tỷ lệ nghèo đa chiều: 21,29% + 11,96% = 33,25%",
            "33,24%",
            "-0,01 điểm %",
        ),
    ],
    "R01": [
        ("rate_sum", "Tây Nguyên", "tỷ lệ nghèo đa chiều: 8,39% + 6,99% = 15,38%", "15,39%", "+0,01 điểm %"),
        (
            "rate_sum",
            "Đồng bằng sông Cửu Long",
            "tỷ lệ nghèo đa chiều: 2,26% + 3,46% = 5,72%",
            "5,73%",
            "+0,01 điểm %",
        ),
    ],
    "R06": [
        ("rate_sum", "nông thôn", "tỷ lệ nghèo đa chiều: 5,96% + 5,55% = 11,51%", "11,52%", "+0,01 điểm %")
    ],
    "R07": [
        (
            "rate",
            "tỉnh Quảng Nam",
            "tỷ lệ nghèo đa chiều: 37.819 / 439.300 = 8,6089%",
            "8,60%",
            "-0,01 điểm %",
        )
    ],
    "R15": [
        ("rate", "tỉnh Kon Tum", "tỷ lệ hộ nghèo: 21.848 / 113.820 = 19,1952%", "19,19%", "-0,01 điểm %")
    ],
    "R35": [("rate", "phường Hiệp Ninh", "tỷ lệ hộ cận nghèo: 9 / 5.347 = 0,1683%", "0,16%", "-0,01 điểm %")],
}
FILES = sorted(path.name for path in PUBLISHED.iterdir() if path.suffix in (".csv", ".xlsx") and path.stem != "N31")


@pytest.mark.parametrize("name", FILES)
def test_published_figures_give_exactly_their_contradictions(name):
    assert found(reconcile.read(PUBLISHED / name), "mismatch") == MISMATCHES.get(name[:3], [])


@pytest.mark.parametrize("name", FILES)
def test_published_figures_give_exactly_their_notes(name):
    assert found(reconcile.read(PUBLISHED / name), "rounding", "truncated", "note") == NOTES.get(name[:3], [])


def test_the_published_files_are_all_there():
    assert [name[:3] for name in FILES] == [
        "B00", "B03", "C05", "C14", "N02", "N04", "N06", "N08", "N12", "N16", "N19", "N24", "N25", "N32", "N34",
        "N36", "N38", "N40", "N45", "N48", "N52", "R00", "R01", "R06", "R07", "R15", "R18", "R35", "R37", "U01",
        "U05", "U07", "U11", "U16", "U19", "V03",
    ]  # fmt: skip


def test_a_misplaced_thousands_dot_is_refused_with_the_number_that_fits():
    with pytest.raises(DataError) as refused:
        reconcile.read(PUBLISHED / "N31.csv")
    assert str(refused.value) == (
        'N31.csv, dòng 4, cột H (printed): giá trị "67.39 hộ" — không đọc được con số theo lối viết Việt Nam. '
        'Cách sửa: dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân; có phải là "6.739 hộ" không?'
    )
