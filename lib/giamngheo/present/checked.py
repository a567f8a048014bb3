"""What the notebook of checks shows: claims, verdicts, corrections and findings, in Vietnamese and in full."""

import pandas as pd

from giamngheo.figures.trace import join_sources
from giamngheo.findings import Finding
from giamngheo.present.phrases import whole
from giamngheo.present.reviewer import Said
from giamngheo.present.tables import Cell, Table
from giamngheo.reconcile import indicators
from giamngheo.vietnamese.terms import capital

VERDICT_NAMES = {
    "ok": "khớp",
    "rounding": "sai số làm tròn",
    "truncated": "cắt bớt thay vì làm tròn",
    "note": "nên xem lại",
    "mismatch": "MÂU THUẪN",
}


CHECK_NAMES = {
    "repeat": "số in hai lần là một số",
    "range": "không tỷ lệ nào quá 100%",
    "rate": "tỷ lệ = phần / tổng",
    "disbursement_rate": "tỷ lệ giải ngân = giải ngân / kế hoạch",
    "disbursed": "giải ngân không quá kế hoạch",
    "class_sum": "nghèo + cận nghèo = nghèo đa chiều",
    "rate_sum": "cộng hai tỷ lệ",
    "subset": "một loại hộ không nhiều hơn loại chứa nó",
    "persons": "mỗi hộ ít nhất một khẩu",
    "change": "tăng, giảm = năm nay - năm trước",
    "rate_change": "tăng, giảm tỷ lệ (điểm phần trăm)",
    "movements": "diễn biến trong năm",
    "partition": "các phần cộng lại bằng tổng",
    "partition_rate": "tỷ lệ chung nằm giữa các tỷ lệ của các phần",
    "part": "phần không lớn hơn tổng",
    "implied_total": "các tỷ lệ cùng khớp với một tổng số hộ",
    "previous_total": "các mức tăng, giảm cùng khớp với một tổng số hộ năm trước",
    "part_total": "tổng số hộ của các phần và của cả nơi",
    "share": "tỷ trọng = phần / tổng",
    "share_sum": "các tỷ trọng cộng lại",
    "average": "bình quân năm = cả thời kỳ / số năm",
    "plan_reached": "mức đạt kế hoạch = thực hiện / kế hoạch",
    "average_loan": "dư nợ bình quân",
    "flow_rate": "tỷ lệ diễn biến",
    "relative_change": "tăng, giảm tương đối",
    "other_total": "tổng số hộ của phần và của cả nơi, khác năm hoặc khác chuẩn",
    "inferred": "suy từ nhiều số",
}


FOLLOWS = "đương nhiên (số suy ra, tính ra)"  # what an agreement is that no two sources make
SHOWN = 40  # more verdicts than this are counted, and only those that do not agree are shown


def verdicts(found: pd.DataFrame) -> Table:
    """The reconciliation's verdicts with their arithmetic.

    Where `found` says which agreements are `independent`, those alone are counted as such, and the others say what they are.
    """
    found = found if "independent" in found else found.assign(independent=True)
    agreeing, following = (int(((found["verdict"] == "ok") & (found["independent"] == one)).sum()) for one in (True, False))
    if len(found) > SHOWN:
        found = found[found["verdict"] != "ok"]
    note = f"{whole(agreeing)} phép kiểm tra khớp." + (f" {whole(following)} phép khác chỉ so số suy ra, số tính ra với chính các số đã "
           "dùng để có nó: khớp là đương nhiên, không phải một lần xác nhận." if following else "")
    columns = ("Phép kiểm tra", "Nơi, năm", "Phép tính", "Đã in", "Tính lại", "Chênh lệch", "Kết luận")
    rows: list[list[Cell]] = [
        [CHECK_NAMES[row.check], f"{row.place}, {row.year}", row.arithmetic, row.printed, row.computed, row.difference,
         VERDICT_NAMES[row.verdict] if row.independent else FOLLOWS]
        for row in found.itertuples()
    ]  # fmt: skip
    header = [[{"text": text} for text in columns]]
    found_at = [join_sources(row.lines) for row in found.itertuples()]
    return Table("verdicts", "Kết quả đối chiếu", header, rows, found_at, notes=(note,), empty=note)


def corrections(found: pd.DataFrame) -> Table:
    """The smallest corrections that would make each contradiction's figures agree, in their order."""
    wrong = found[found["verdict"] == "mismatch"]
    rows = [
        [str(place), text, row.arithmetic]
        for row in wrong.itertuples()
        for place, text in enumerate(row.corrections, start=1)
    ]
    found_at = [join_sources(row.lines) for row in wrong.itertuples() for _ in row.corrections]
    header = [[{"text": text} for text in ("Thứ tự", "Sửa đổi có thể", "Cho mâu thuẫn")]]
    return Table("corrections", "Những sửa đổi nhỏ nhất làm các số khớp nhau", header, rows, found_at)


def claims(printed: pd.DataFrame, standards: dict[str, str]) -> Table:
    """The published figures (`results.claims`), each as it was printed, with what is held against it.

    `standards` has the names of the standards by their codes.
    """
    columns = ("Nơi, năm", "Chỉ tiêu", "Số đã in", "Chuẩn nghèo, tình trạng", "Nghi vấn")
    rows: list[list[Cell]] = [
        [f"{row.place}, {row.year}", capital(indicators.label(row.indicator)), row.printed,
         ", ".join(filter(None, [standards.get(row.standard, row.standard), row.status])), row.doubt]
        for row in printed.itertuples()
    ]  # fmt: skip
    found_at = [f"{row.file}:{row.line}" for row in printed.itertuples()]
    return Table("claims", "Số đã công bố", [[{"text": text} for text in columns]], rows, found_at, empty="không có số nào.")


LEVEL_NAMES = {"refuse": "không lập được", "draft": "chỉ lập được dự thảo", "note": "lưu ý"}


def findings(found: list[Finding]) -> Table:
    """All that is to be dealt with, in full: where, what is there, the rule, what to do."""
    columns = ("Mức", "Giá trị", "Điều cần xử lý", "Cách sửa")
    rows: list[list[Cell]] = [[LEVEL_NAMES[one.level], one.value, capital(one.rule), capital(one.remedy)] for one in found]
    places = [one.where for one in found]
    return Table("findings", "Mọi điều cần xử lý", [[{"text": text} for text in columns]], rows, places, empty="không có điều nào.")


def levels(found: list[Finding]) -> Said:
    """How many findings of each level there are."""
    names = {level: LEVEL_NAMES[level] for level in ("draft", "note")}
    return Said("; ".join(f"{label}: {sum(one.level == level for one in found)}" for level, label in names.items()))
