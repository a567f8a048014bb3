"""What is done with findings: corrections in order, figures that follow, and how they are handed out."""

import dataclasses
import io
import json
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from claims import PUBLISHED, claims, found
from giamngheo import reconcile
from giamngheo.findings import DataError
from giamngheo.reconcile import answers

SEED = {
    "place": "xã Kông Lơng Khơng",
    "year": 2022,
    "standard": "NĐ 07/2021 (chuẩn 2022-2025)",
    "status": "chính thức",
}


# corrections --------------------------------------------------------------------------------------


def corrections(frame: pd.DataFrame) -> list[list[str]]:
    rows = reconcile.findings(frame)
    return rows.loc[rows["verdict"] == "mismatch", "corrections"].to_list()


def test_the_corrections_of_the_seed():
    assert corrections(reconcile.read(PUBLISHED / "R00.csv")) == [
        [
            "mức tăng, giảm tỷ lệ hộ cận nghèo: tăng 0,31% thay cho tăng 1,51% (khi đó tổng số hộ "
            "năm 2021 là 1.162 hộ)",
            "mức tăng, giảm hộ cận nghèo: tăng 17 hộ thay cho tăng 3 hộ (khi đó tổng số hộ năm 2021 "
            "là 1.162 hộ)",
            "mức tăng, giảm hộ nghèo: giảm 32 hộ thay cho giảm 20 hộ (khi đó tổng số hộ năm 2021 là "
            "1.215 hộ)",
            "mức tăng, giảm tỷ lệ hộ nghèo: giảm 0,70% thay cho giảm 1,69% (khi đó tổng số hộ năm "
            "2021 là 1.215 hộ)",
        ]
    ]


def test_a_swap_that_settles_two_sums_comes_first():
    by_place = corrections(reconcile.read(PUBLISHED / "R01.csv"))
    assert by_place[1][0] == (
        "hộ nghèo của Đồng bằng sông Hồng: 69.329 hộ thay cho 69.239 hộ "
        "(đổi chỗ hai chữ số liền nhau; giải quyết cùng lúc 2 mâu thuẫn)"
    )
    assert by_place[3][0] == by_place[1][0].replace(" của Đồng bằng sông Hồng", "")


def test_the_corrections_of_a_rate():
    assert corrections(reconcile.read(PUBLISHED / "R18.csv")) == [
        [
            "tỷ trọng hộ DTTS trong hộ nghèo: 86,47% thay cho 85,94%",
            "hộ nghèo DTTS: từ 31.754 hộ đến 31.759 hộ thay cho 31.951 hộ",
            "hộ nghèo: từ 37.174 hộ đến 37.180 hộ thay cho 36.951 hộ (nhưng làm sai 1 phép kiểm tra "
            "đang khớp)",
        ]
    ]


def test_one_digit_comes_before_a_whole_figure():
    assert corrections(claims("households|1.160 hộ\npoor_households|242 hộ\npoor_rate|20,68%")) == [
        [
            "tỷ lệ hộ nghèo: 20,86% thay cho 20,68% (đổi chỗ hai chữ số liền nhau)",
            "tổng số hộ: 1.170 hộ thay cho 1.160 hộ (một chữ số khác)",
            "hộ nghèo: 240 hộ thay cho 242 hộ (một chữ số khác)",
        ]
    ]


def test_one_digit_comes_before_two():
    text = "poor_households|198 hộ\nnear_poor_households|102 hộ\nmultidimensionally_poor_households|340 hộ"
    assert corrections(claims(text)) == [
        [
            "hộ nghèo đa chiều: 300 hộ thay cho 340 hộ (một chữ số khác)",
            "hộ cận nghèo: 142 hộ thay cho 102 hộ (một chữ số khác)",
            "hộ nghèo: 238 hộ thay cho 198 hộ",
        ]
    ]


def test_what_would_make_other_figures_disagree_comes_last():
    text = "households|1.160 hộ\npoor_households|242 hộ\npoor_rate|20,86%\nnear_poor_households|324 hộ\n"
    text += "near_poor_rate|27,93%\nmultidimensionally_poor_households|570 hộ"
    assert corrections(claims(text)) == [
        [
            "hộ nghèo đa chiều: 566 hộ thay cho 570 hộ",
            "hộ cận nghèo: 328 hộ thay cho 324 hộ (một chữ số khác; nhưng làm sai 1 phép kiểm tra đang khớp)",
            "hộ nghèo: 246 hộ thay cho 242 hộ (một chữ số khác; nhưng làm sai 1 phép kiểm tra đang khớp)",
        ]
    ]


def test_movements_that_do_not_close_may_lack_other_movements():
    text = "change_poor_households|giảm 20 hộ\nleft_poverty|45 hộ\nnear_poor_became_poor|3 hộ\n"
    text += "relapsed|2 hộ\nnewly_poor|15 hộ"
    assert corrections(claims(text))[0][-1] == (
        "hoặc còn hộ tăng, giảm khác (chuyển đến, chuyển đi, tách hộ) chưa được in"
    )


# inference ----------------------------------------------------------------------------------------


def inferred(frame: pd.DataFrame, **place) -> dict:
    rows = reconcile.infer(frame, **(SEED | place))
    return {(row.indicator, row.year): (row.value, row.derivation) for row in rows.itertuples()}


def test_what_follows_from_the_seed():
    seed = inferred(reconcile.read(PUBLISHED / "R00.csv"))
    assert seed["households", 2022] == (1160, "242 = 20,86% và 324 = 27,93% chỉ khớp với 1.160 hộ")
    assert seed["multidimensionally_poor_households", 2022] == (566, "242 + 324 = 566 hộ")
    assert seed["multidimensional_poverty_rate", 2022] == (Fraction(566, 1160), "566 / 1.160 = 48,79%")
    assert seed["poor_households", 2021] == (262, "242 + 20 = 262 hộ")
    assert seed["near_poor_households", 2021] == (321, "324 - 3 = 321 hộ")
    assert seed["households", 2021] == (
        None,
        "mâu thuẫn, nên không suy ra được: tổng số hộ năm 2021: (242 + 20) / (20,86% + 1,69%) → 1.162 hộ; "
        "nhưng (324 - 3) / (27,93% - 1,51%) → 1.215 hộ",
    )


def test_what_follows_from_the_seed_without_the_figure_in_doubt():
    frame = reconcile.read(PUBLISHED / "R00.csv")
    frame.loc[frame["indicator"] == "change_near_poor_rate", "doubt"] = "chờ đối chiếu"
    seed = inferred(frame)
    assert seed["households", 2021] == (1162, "(242 + 20) / (20,86% + 1,69%) chỉ khớp với 1.162 hộ")
    assert seed["near_poor_rate", 2021] == (Fraction(321, 1162), "321 / 1.162 = 27,62%")
    assert [row[0] for row in found(frame, "mismatch")] == [
        "previous_total"
    ]  # still reconciled, still reported


def test_an_inferred_count_names_its_lines():
    rows = reconcile.infer(reconcile.read(PUBLISHED / "R00.csv"), **SEED).set_index(["indicator", "year"])
    assert rows.loc[("households", 2022), "lines"] == ["R00.csv:2", "R00.csv:4", "R00.csv:7", "R00.csv:9"]


def test_what_has_several_values_is_not_inferred():
    frame = claims("poor_households|52 hộ\npoor_rate|2,93%")
    rows = inferred(frame, place="xã A", standard="S")
    assert rows["households", 2022] == (None, "nhiều giá trị khớp với 52 = 2,93%: 1.769–1.777 hộ")


def test_a_figure_of_a_direct_contradiction_is_used_for_nothing():
    frame = claims(
        "households|1.160 hộ\npoor_households|422 hộ\npoor_rate|20,86%\nnear_poor_households|324 hộ"
    )
    rows = inferred(frame, place="xã A", standard="S")
    assert ("multidimensionally_poor_households", 2022) not in rows


def test_another_standard_infers_nothing():
    assert inferred(reconcile.read(PUBLISHED / "R00.csv"), standard="QĐ 59/2015") == {}


@pytest.mark.parametrize(
    ("count", "low", "high", "totals"),
    [
        (242, "0.20855", "0.20865", range(1160, 1161)),  # 242 / 0,20865 = 1.159,8; 242 / 0,20855 = 1.160,4
        (52, "0.02925", "0.02935", range(1772, 1778)),
        (2, "0.44995", "0.45005", range(5, 5)),  # 2 / 5 = 40%, 2 / 4 = 50%
    ],
)
def test_the_totals_a_count_and_a_rate_imply(count, low, high, totals):
    assert reconcile.implied_totals(count, (Fraction(low), Fraction(high))) == totals


# what is handed out -------------------------------------------------------------------------------

COLUMNS = ["file", "place", "year", "check", "arithmetic", "printed", "computed", "difference", "verdict"]


def test_the_columns_of_the_findings():
    assert list(reconcile.findings(reconcile.read(PUBLISHED / "R18.csv"))) == [
        *COLUMNS,
        "corrections",
        "lines",
        "claims",
    ]


def test_findings_as_csv():
    findings = reconcile.findings(reconcile.read(PUBLISHED / "R18.csv"))
    rows = pd.read_csv(io.StringIO(reconcile.render(findings, "csv")), dtype=str)
    assert list(rows) == COLUMNS
    assert rows[rows["verdict"] == "mismatch"].iloc[0].to_list() == [
        "R18.csv", "tỉnh Gia Lai", "2015", "rate",
        "tỷ trọng hộ DTTS trong hộ nghèo (chuẩn cũ, chính thức): 31.951 / 36.951 = 86,47%",
        "'85,94%", "'86,47%", "'-0,53 điểm %", "mismatch",
    ]  # fmt: skip


def test_findings_as_json():
    findings = reconcile.findings(reconcile.read(PUBLISHED / "R37.csv"))
    rows = json.loads(reconcile.render(findings, "json"))
    assert [(row["check"], row["verdict"], row["lines"]) for row in rows if row["verdict"] == "mismatch"] == [
        ("implied_total", "mismatch", ["R37.csv:2", "R37.csv:4", "R37.csv:5", "R37.csv:7"])
    ]


def test_findings_as_text():
    files = [reconcile.findings(reconcile.read(PUBLISHED / f"{name}.csv")) for name in ("B00", "R18", "R35")]
    assert reconcile.render(pd.concat(files, ignore_index=True)) == (
        "B00.csv: 3 phép kiểm tra, không có mâu thuẫn\n"
        "\n"
        "R18.csv: 7 phép kiểm tra, 1 mâu thuẫn\n"
        "\n"
        "  MÂU THUẪN — tỉnh Gia Lai, 2015 [rate, dòng 2, 4, 5]\n"
        "    tỷ trọng hộ DTTS trong hộ nghèo (chuẩn cũ, chính thức): 31.951 / 36.951 = 86,47%\n"
        "    đã in 85,94%, tính ra 86,47%, lệch -0,53 điểm %\n"
        "    Một trong các sửa đổi sau sẽ làm các số khớp nhau (chưa sửa gì):\n"
        "      1. tỷ trọng hộ DTTS trong hộ nghèo: 86,47% thay cho 85,94%\n"
        "      2. hộ nghèo DTTS: từ 31.754 hộ đến 31.759 hộ thay cho 31.951 hộ\n"
        "      3. hộ nghèo: từ 37.174 hộ đến 37.180 hộ thay cho 36.951 hộ (nhưng làm sai 1 phép "
        "kiểm tra đang khớp)\n"
        "\n"
        "R35.csv: 8 phép kiểm tra, không có mâu thuẫn, 1 lưu ý\n"
        "\n"
        "  Lưu ý, không phải lỗi:\n"
        "    phường Hiệp Ninh, 2022: tỷ lệ hộ cận nghèo: 9 / 5.347 = 0,1683%, đã in 0,16% — cắt bớt "
        "thay vì làm tròn"
    )


def test_no_figures_no_findings():
    nothing = reconcile.findings(claims("poor_households|242 hộ").iloc[:0])
    assert nothing.empty and list(nothing) == [*COLUMNS, "corrections", "lines", "claims"]
    assert reconcile.render(nothing) == "Không có phép kiểm tra nào làm được với các số đã cho."


def test_a_doubt_is_told_beside_the_arithmetic():
    frame = claims("households|1.160 hộ\npoor_households|242 hộ\npoor_rate|20,68%")
    frame.loc[2, "doubt"] = "chờ sổ gốc"
    assert found(frame, "mismatch")[0][2] == (
        "tỷ lệ hộ nghèo: 242 / 1.160 = 20,86% [dòng 4 đang bị nghi vấn: chờ sổ gốc]"
    )


def test_the_claims_are_not_changed():
    frame = reconcile.read(PUBLISHED / "R00.csv")
    before = frame.copy(deep=True)
    reconcile.findings(frame)
    reconcile.infer(frame, **SEED)
    pd.testing.assert_frame_equal(frame, before)


def test_a_printed_figure_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        reconcile.parse("20,86%", "poor_rate").value = 0


def test_a_correction_that_also_clears_a_note_comes_first():
    """150 of 1.000.000 is 0,015%, cut to 0,01%; 149, which the sum asks for, is rounded to it."""
    text = (
        "households|1.000.000 hộ\npoor_households|150 hộ\npoor_rate|0,01%\nnear_poor_households|50 hộ\n"
        "multidimensionally_poor_households|199 hộ"
    )
    assert corrections(claims(text)) == [
        [
            "hộ nghèo: 149 hộ thay cho 150 hộ (hết luôn 1 lưu ý)",
            "hộ cận nghèo: 49 hộ thay cho 50 hộ",
            "hộ nghèo đa chiều: 200 hộ thay cho 199 hộ",
        ]
    ]


def test_two_files_of_one_name_are_refused_before_one_hides_the_other(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "R00.csv").write_bytes((PUBLISHED / "R00.csv").read_bytes())
    with pytest.raises(DataError) as refused:
        answers.answer([tmp_path / "a" / "R00.csv", tmp_path / "b" / "R00.csv"])
    assert str(refused.value) == (
        f"{tmp_path}/a/R00.csv: có hai tệp cùng tên. Cách sửa: đổi tên một tệp, hoặc chạy riêng từng tệp."
    )


def test_a_table_beside_a_document_is_refused_and_not_left_out():
    with pytest.raises(DataError) as refused:
        answers.answer([Path("bao-cao.txt"), PUBLISHED / "R00.csv"])
    assert str(refused.value) == (
        f"{PUBLISHED}/R00.csv: là bảng số liệu, không đọc cùng lúc với văn bản. "
        "Cách sửa: chạy riêng bảng số liệu và riêng văn bản."
    )


def test_a_witness_for_which_there_is_no_folder_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(DataError) as refused:
        answers.answer([tmp_path / "nowhere.csv"], witness=tmp_path / "none" / "a.csv")
    assert str(refused.value) == (
        f"{tmp_path / 'none' / 'a.csv'}: không có thư mục để ghi vào. Cách sửa: tạo thư mục trước, hoặc chọn nơi khác cho --witness."
    )
