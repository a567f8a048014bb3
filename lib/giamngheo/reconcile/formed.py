"""Figures that are told by the form of their sentence: households with a deprivation, the loans of the policy bank.

    Hộ nghèo thiếu hụt về việc làm: 120 hộ, chiếm 49,59% tổng số hộ nghèo.
    Tổng dư nợ 25.450 triệu đồng với 512 hộ còn dư nợ; nợ quá hạn 120 triệu đồng, chiếm 0,47%.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from giamngheo.reconcile.notation import SCALE
from giamngheo.vietnamese.numbers import NUMBER

MONEY = rf"(?:{NUMBER}) (?:(?:{SCALE}) )?đồng"
IS = r"(?: (?:là|có|đạt|trên địa bàn xã|toàn xã|đến nay))*:? "
SHARE = rf"(?:,? ?\(?(?:chiếm |tỷ lệ )+(?P<rate>(?:{NUMBER})%))?"
DEPRIVED = re.compile(
    rf"hộ (?P<near>cận )?nghèo (?:bị )?thiếu hụt (?:về |chỉ số |tiêu chí )*(?P<what>[^0-9,;:.()]+?){IS}(?P<count>(?:{NUMBER}) hộ){SHARE}"
)
LOANS = {  # which indicator the figure is of, and the share behind it
    rf"(?:doanh số cho vay)(?: trong năm)?{IS}(?P<count>{MONEY})": ("loans_made", ""),
    rf"(?:tổng )?dư nợ{IS}(?P<count>{MONEY})(?!/hộ)": ("loans_outstanding", ""),
    rf"dư nợ bình quân(?: mỗi hộ| một hộ)?{IS}(?P<count>{MONEY}/hộ)": ("average_loan", ""),
    rf"nợ (?:quá hạn|xấu){IS}(?P<count>{MONEY}){SHARE}": ("loans_overdue", "overdue_rate"),
    rf"tỷ lệ nợ (?:quá hạn|xấu){IS}(?P<count>(?:{NUMBER})%)": ("overdue_rate", ""),
    rf"(?P<count>(?:{NUMBER}) hộ) (?:còn|đang) (?:dư nợ|vay)": ("borrowing_households", ""),
}


class Formed(NamedTuple):
    """A figure at `start`–`end`; `line` is the deprivation that it is of, "" for none."""

    start: int
    end: int
    indicator: str
    printed: str
    line: str = ""


def formed(text: str) -> Iterator[Formed]:
    """The figures of such sentences in a paragraph in small letters.

    >>> [one[2:] for one in formed("hộ nghèo thiếu hụt về việc làm: 120 hộ, chiếm 49,59% tổng số hộ nghèo.")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('deprived_poor_households', '120 hộ', 'thiếu hụt việc làm'), ('deprived_poor_rate', '49,59%', 'thiếu hụt việc làm')]
    """
    for found in DEPRIVED.finditer(text):
        kind = f"deprived_{'near_' if found['near'] else ''}poor_"
        yield from _of(found, f"{kind}households", f"{kind}rate", f"thiếu hụt {found['what']}")
    for pattern, (indicator, share) in LOANS.items():
        for found in re.finditer(pattern, text):
            yield from _of(found, indicator, share, "")


def _of(found: re.Match, indicator: str, share: str, line: str) -> Iterator[Formed]:
    yield Formed(*found.span("count"), indicator, found["count"], line)
    if share and found["rate"]:
        yield Formed(*found.span("rate"), share, found["rate"], line)
