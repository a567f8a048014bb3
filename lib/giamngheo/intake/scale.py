"""Words beside a table that say its numbers stand for more than they are: "Đơn vị tính: triệu đồng"."""

import re
from itertools import pairwise

from giamngheo.intake.cell import shown
from giamngheo.intake.grid import Row

MANY = r"(?:trăm|nghìn|ngàn|vạn|triệu|tr\.?|tỷ|tỉ|1(?:[. ]?000)+)"
ONE = r"(?:đồng|đ|vnđ|vnd|hộ|khẩu|nhân khẩu|người)"
SCALE = re.compile(
    rf"(?:\b(?:đơn vị|đvt?|tính)\b[ .:]*(?:tính)?[ .:]*(?:bằng|là|theo)?[ .:]*(?:\w+ )?|[(\[]\s*){MANY}[ .]?{ONE}\b",
    re.IGNORECASE,
)
REMEDY = "đổi mọi số của bảng về đồng, hộ, người rồi xoá câu này"


def of(row: Row) -> str:
    """The words of a row that give its table another unit than one dong, household or person; "" without any.

    They may stand in two cells, one beside the other.

    >>> of(Row(1, (None, "Đơn vị tính: triệu đồng"))), of(Row(1, ("Kế hoạch vốn 5 tỷ đồng",)))
    ('Đơn vị tính: triệu đồng', '')
    """
    said = [shown(cell) for cell in row.cells if isinstance(cell, str)]
    together = [f"{one} {next_}" for one, next_ in pairwise(said)]
    return next((words for words in [*said, *together] if SCALE.search(words)), "")


def rule(words: str) -> str:
    return f'câu "{words[:60]}" nói số của bảng tính theo đơn vị khác, bảng này đọc từng đồng, từng hộ, từng người'
