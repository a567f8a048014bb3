"""The words of the field: what units, classes of households and a gap in the data are called. Each stands here alone.

Names of columns and of codes are data: `dictionary.csv`, `categories.csv`, `programme.csv`.
"""

UNKNOWN = "chưa có số liệu"
GAP = "…"  # the same in a cell of a table
UNITS = {  # after a number
    "households": "hộ",
    "persons": "khẩu",
    "dong": "đồng",
    "villages": "thôn, làng",
    "years": "năm",
    "dong_per_m3": "đồng/m³",
    "people": "người",
    "posts": "chức danh",
}
ALSO_WRITTEN = {"persons": ("nhân khẩu", "người"), "dong": ("đ", "vnđ", "vnd", "₫")}  # for UNITS, by people who fill in
COUNTED = {"households": "hộ", "persons": "nhân khẩu"}  # what is counted, without a number
CLASSES = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "multidimensionally_poor": "hộ nghèo đa chiều",
}


def capital(words: str) -> str:
    """The words as a heading or a line begins.

    >>> capital(CLASSES["poor"])
    'Hộ nghèo'
    """
    return words[:1].upper() + words[1:]
PRELIMINARY = "kết quả còn là sơ bộ"  # how what is wrong with a result begins that nobody has approved yet
EARLY = " (kết quả sơ bộ)"  # behind the name of whatever shows such a result

# What the tables of a year are called.
TITLES = {
    "review": "Kết quả rà soát hộ nghèo, hộ cận nghèo",
    "movements": "Diễn biến hộ nghèo, hộ cận nghèo",
    "deprivations": "Các chỉ số thiếu hụt dịch vụ xã hội cơ bản",
    "groups": "Các nhóm đối tượng",
    "causes": "Các nguyên nhân nghèo",
    "budget": "Vốn thực hiện Chương trình",
    "models": "Mô hình, dự án sinh kế",
    "training": "Tập huấn, nâng cao năng lực",
    "documents": "Văn bản",
    "board": "Ban quản lý, Ban chỉ đạo",
    "facts": "Số liệu khác dùng trong lời văn",
    "targets": "Chỉ tiêu giảm nghèo được giao",
    "other_review": "Kết quả rà soát theo chuẩn nghèo khác",
    "published": "Số liệu đã công bố, để đối chiếu",
}
