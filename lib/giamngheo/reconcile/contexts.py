"""What the words around a figure of a sentence say of it: of which year or day it is, whether it was set or achieved, of
which place it is, and whether it counts only those for whom something was done.

    Đầu năm thôn Bản Lầu có 35 hộ nghèo; kế hoạch giảm 18 hộ nghèo. Hỗ trợ 15 hộ nghèo vay vốn.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from giamngheo.reconcile.moments import moment

CAPITAL = "[A-Z" + "".join(filter(str.isupper, map(chr, range(0xC0, 0x1F00)))) + "]"
NAME = rf"(?: (?:{CAPITAL}[\w’'-]*|[0-9]{{1,2}}(?![\w.,/%]| (?:hộ|khẩu|người|triệu|tỷ|đồng)\b)))+"
VILLAGES = "thôn|làng|bản|buôn|ấp|khóm|tổ dân phố|khu phố|plei|xóm"
VILLAGE = re.compile(rf"(?<!\w)(?:{VILLAGES}|{'|'.join(map(str.capitalize, VILLAGES.split('|')))}){NAME}")
LEVELS = r"xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh"
NAMED_PLACE = re.compile(rf"(?<!\w)(?:{LEVELS}){NAME}")
WIDE = re.compile(
    r"\b(?:toàn|cả|trên địa bàn|bình quân(?: chung)?(?: của)?|mặt bằng chung(?: của)?|của|tại) (?:các )?"
    rf"({LEVELS}|nước|quốc|vùng|khu vực)\b"
)
AUTHORITY = re.compile(r"(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|đảng ủy|quyết định|kế hoạch|công văn)[^,;.]{0,12}$")

SET = re.compile(
    r"phấn đấu|dự kiến|ước (?:thực hiện|đến)|(?<!theo )(?<!đạt )(?<!vượt )(?<!so với )(?<!% )"
    r"(?:(?:kế hoạch|chỉ tiêu)(?! số| vốn| rà soát| [0-9])|mục tiêu(?! quốc gia))"
)
DONE = re.compile(r"thực hiện(?! (?:kế hoạch|chỉ tiêu|mục tiêu|chương trình))|kết quả|(?<!phấn đấu )đạt|đến nay|hiện (?:có|nay|còn)|\bđã\b|thực tế")
ONLY_SOME = re.compile(  # for whom something was done, or whom else the sentence tells apart
    r"hỗ trợ|vay|dư nợ|\bthẻ\b|cấp phát|tặng|trao|xây (?:dựng|mới|nhà)|làm nhà|sửa (?:chữa|nhà)|nhà ở|tập huấn|học nghề|đăng ký|đề nghị|trợ cấp"
    r"|người có công|không có khả năng|bảo trợ|chủ hộ|có thành viên|thiếu hụt|nguyên nhân|sinh kế"
    r"|thuộc (?:hộ|chính sách|diện)|theo thu nhập|khẩu trở (?:lên|xuống)"
    rf"|(?:của|tại|ở) [0-9]+ (?:{VILLAGES})|[0-9] (?:{VILLAGES}) có tỷ lệ|\bquà\b|xuất khẩu lao động"
)
STANDARD = re.compile(r"chuẩn (?:hộ )?nghèo[^,;.0-9]{0,40}(20[0-9]{2}) ?[-–] ?(20[0-9]{2})")
SENTENCE = re.compile(r"[.!?](?= |$)")
COMPARED = re.compile(r"(?:so với|bằng|hơn)\b", re.IGNORECASE)
BRACKETED = re.compile(r"\((?=(?:cuối |đầu )?năm 20)", re.IGNORECASE)
CLAUSE = re.compile(r"[,;:.()](?= |$)|[()]")


class Context(NamedTuple):
    """`when` is a year, the day a count is as of, or "" for the document's own; `village` "" for the whole place;
    `standard` the years of the poverty standard, where the sentence says it."""

    when: str = ""
    planned: bool = False
    village: str = ""
    standard: str = ""


def context(text: str, start: int, end: int, place: str, own: str) -> Context | None:
    """What a sentence says of the figure at `start`–`end`; `place` and `own` are the document's place and time. None
    where it is a figure of some other place, of some households alone, or of a time that cannot be told."""
    before, clause = _around(text, start, end)
    return None if _of_some(before.casefold(), clause.casefold()) else circumstances(text, start, end, place, own)


def circumstances(text: str, start: int, end: int, place: str, own: str) -> Context | None:
    """The time and place of a figure, whomever it counts; None where one of them cannot be told."""
    before, clause = _around(text, start, end)
    when = _when(before.casefold(), clause.casefold(), own)
    village = _village(before, clause, place)
    if when is None or village is None:
        return None
    standard = next((f"{first}-{last}" for first, last in STANDARD.findall(before.casefold())), "")
    return Context("" if when == own else when, _planned(before.casefold()), village, standard)


def _of_some(before: str, clause: str) -> bool:
    """Whether a figure counts those for whom something was done, as its own clause says or those before it that count, too.

    >>> _of_some("hỗ trợ 12 hộ nghèo, ", "hộ cận nghèo"), _of_some("nhờ vay vốn, hộ nghèo còn ", ""), _of_some("giảm nghèo cho ", "hộ nghèo")
    (True, False, True)
    """
    *others, own = before.split(", ")
    counting = takewhile(lambda words: re.search("[0-9]", words), reversed(others))
    return own.endswith("cho ") or ONLY_SOME.search(", ".join([clause, own, *counting])) is not None


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words of a figure's sentence before it, and those of its clause after it."""
    begun = max((one.end() for one in SENTENCE.finditer(text, 0, start)), default=0)
    ended = SENTENCE.search(text, end)
    after = text[end : ended.start() if ended else len(text)]
    return text[begun:start], re.split(CLAUSE, BRACKETED.sub(" ", after))[0]


def _when(before: str, clause: str, own: str) -> str | None:
    """The moment named in a figure's own clause after it, else the last one before it."""
    near = moment(re.split(r"còn\b|xuống|, ", clause)[0], own)
    return moment(before, own) if near == "" else near


def _planned(before: str) -> bool:
    """Whether the last word of a sentence before a figure says that it was set, not achieved.

    >>> _planned("kế hoạch năm 2022 giảm "), _planned("kế hoạch giảm 18 hộ nghèo, thực hiện giảm "), _planned("tổng kế hoạch vốn ")
    (True, False, False)
    """
    last: Iterator[tuple[int, bool]] = ((one.start(), kind is SET) for kind in (SET, DONE) for one in kind.finditer(before))
    return max(last, default=(0, False))[1]


def _village(before: str, clause: str, place: str) -> str | None:
    """The village a figure is of; "" for the whole place, None for another place or one of several."""
    own = {place.partition(" ")[0].casefold()} if place else {"xã", "phường", "thị trấn"}
    named: list[tuple[int, str | None]] = []
    for words, at in ((before, 0), (COMPARED.split(clause)[0], len(before))):
        named += [(at + one.start(), one.group()) for one in VILLAGE.finditer(words)]
        for one in NAMED_PLACE.finditer(words):
            if not AUTHORITY.search(words[: one.start()].casefold()):
                named.append((at + one.start(), "" if _same(one.group(), place) else None))
        named += [(at + one.start(), "" if one[1] in own else None) for one in WIDE.finditer(words.casefold()) if not _named_at(words, one)]
    named.sort(key=lambda one: one[0])
    villages = [one for one in named if one[1]]
    if len(villages) > 1 and named[-1][1] and not re.search(r"\d", before[villages[-2][0] + len(villages[-2][1] or "") : villages[-1][0]]):
        return None
    return named[-1][1] if named else ""


def _named_at(words: str, wide: re.Match) -> bool:
    """Whether the kind of place of `của huyện` has a name after it, or is that of an authority."""
    return NAMED_PLACE.match(words, wide.start(1)) is not None or words[wide.end() :].lstrip()[:2].casefold() == "ủy"


def _same(name: str, place: str) -> bool:
    return name.casefold().startswith(place.casefold()) or place.casefold().startswith(name.casefold())
