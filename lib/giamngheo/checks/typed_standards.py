"""Of which result a typed sentence speaks in a year that has two, under two standards.

    Toàn xã có 588 hộ nghèo theo Nghị định 351/2025/NĐ-CP.    the result under that standard
    Toàn xã có 238 hộ nghèo.                                  either: it is wrong where it is the figure of neither
    Toàn xã có tổng cộng 826 hộ nghèo theo hai chuẩn.         both: results under two standards are not added or subtracted
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

BOTH = re.compile(r"\s*(?:,\s*)?(?:\btheo )?\b(?:cả )?hai (?:chuẩn|kết quả|nghị định)(?: nghèo)?(?: đa chiều)?\b", re.IGNORECASE)
AGES = ("cũ", "mới")  # what people call the standard of the main result, which is in force, and that of the other one
Said = tuple[str, str]  # an indicator and the printed figure


def words(decree: str, age: str) -> re.Pattern[str]:
    """What a sentence calls the standard that a decree sets.

    >>> words("Nghị định 351/2025/NĐ-CP", "mới").sub("", "Xã có 3 hộ nghèo theo chuẩn nghèo mới, theo Nghị định số 351/2025.")
    'Xã có 3 hộ nghèo.'
    """
    kind, _, number = decree.rpartition(" ")
    first = "/".join(map(re.escape, number.split("/")[:2]))
    standard = r"chuẩn(?: nghèo)?(?: đa chiều)?"
    by_number = rf"(?:{standard} )?(?:theo )?{kind} (?:số )?{first}(?:/[\w-]+)?"
    return re.compile(rf"\s*(?:,\s*)?(?:\btheo )?\b(?:{by_number}|{standard} {age})\b(?:\s*,)?", re.IGNORECASE)


def told_apart(line: str, decrees: Sequence[str], read: Callable[[str], list[Said]]) -> Iterator[tuple[Said, tuple[int, ...], bool]]:
    """The figures that `read` finds in a line, each with the results that it may be of, by place in `decrees`, and whether its
    sentence speaks of both standards at once."""
    named = [words(*one) for one in zip(decrees, AGES, strict=True)]
    either = Counter(read(line))
    yield from ((said, (0, 1), False) for said in either.elements())
    alone = [Counter(read(without(line, pattern))) - either for pattern in named]
    yield from ((said, (place,), False) for place, found in enumerate(alone) for said in found.elements())
    both = Counter(read(without(line, BOTH, *named))) - either - alone[0] - alone[1]
    yield from ((said, (0, 1), True) for said in both.elements())


def without(line: str, *patterns: re.Pattern[str]) -> str:
    """The line without what the patterns match, as far in as it stands."""
    indent = line[: len(line) - len(line.lstrip())]
    for pattern in patterns:
        line = pattern.sub("", line)
    return indent + line.lstrip()
