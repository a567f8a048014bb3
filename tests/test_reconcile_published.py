"""Every published file gives exactly its contradictions and its notes, no more and no less."""

import pytest

from claims import PUBLISHED, found
from giamngheo import reconcile

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
NOTES = {
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
FILES = sorted(path.stem for path in PUBLISHED.glob("*.csv"))


@pytest.mark.parametrize("name", FILES)
def test_published_figures_give_exactly_their_contradictions(name):
    assert found(reconcile.read(PUBLISHED / f"{name}.csv"), "mismatch") == MISMATCHES.get(name, [])


@pytest.mark.parametrize("name", FILES)
def test_published_figures_give_exactly_their_notes(name):
    assert found(reconcile.read(PUBLISHED / f"{name}.csv"), "rounding", "truncated") == NOTES.get(name, [])


def test_the_published_files_are_all_there():
    assert FILES == ["B00", "B03", "R00", "R01", "R06", "R07", "R15", "R18", "R35", "R37"]
