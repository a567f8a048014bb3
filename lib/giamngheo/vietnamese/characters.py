"""Characters that are not seen, or make text read differently from what is stored: found with their column.

Controls, bidi marks, zero-width marks, soft hyphens, object marks and private-use letters are named, never dropped.
Two rules decode: every kind of space is a space, and the bullets of Word's Symbol and Wingdings fonts at the
beginning of a line are bullets.
"""

import re
import unicodedata
from collections.abc import Iterator

BULLETS = dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0e0\uf0e8\uf0a8", "•") | {"\uf02d": "-", "\uf0be": "–"}
BULLET = re.compile(rf"^(\s*)([{''.join(BULLETS)}])\s*", re.MULTILINE)
SPACES: dict[str, str | int | None] = dict.fromkeys(
    map(chr, [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]), " "
)  # no-break, thin, wide …
HIDDEN = {
    "Cc": "ký tự điều khiển",
    "Cf": "ký tự không nhìn thấy",
    "Cn": "mã không có chữ nào",
    "Co": "ký tự riêng của một phông chữ",
    "Cs": "mã không có chữ nào",
    "Zl": "dấu ngắt dòng riêng của phần mềm",
    "Zp": "dấu ngắt đoạn riêng của phần mềm",
}
NOT_TEXT = {"\ufffc": "chỗ của một hình hoặc đối tượng", "\ufffd": "chữ đã hỏng khi chuyển mã"}
NAMES = {"Mn": "dấu đặt lên chữ số hoặc dấu câu", "Me": "dấu bao quanh chữ số hoặc chữ"}


def decoded(text: str) -> str:
    """The text in NFC, its spaces plain and Word's bullets bullets; everything else as it was.

    >>> decoded("\\uf0b7\\tM\\u1ed9t\\u00a0h\\u1ed9")
    '• Một hộ'
    """
    text = unicodedata.normalize("NFC", text).translate(str.maketrans(SPACES))
    return BULLET.sub(lambda found: f"{found[1]}{BULLETS[found[2]]} ", text)


def hidden(line: str) -> Iterator[tuple[int, str, str]]:
    """(column from 1, code, what it is) of each character of a line that is not seen as what it is; tabs may stand.

    >>> list(hidden("Số hộ \\u202e9931"))
    [(7, 'U+202E', 'ký tự không nhìn thấy')]
    """
    for column, (before, letter) in enumerate(zip(" " + line, line, strict=False), start=1):
        kind = unicodedata.category(letter)
        said = NOT_TEXT.get(letter) or ("" if letter == "\t" else HIDDEN.get(kind, ""))
        if kind == "Me" or kind == "Mn" and not (before.isalpha() or unicodedata.category(before) == "Mn"):
            said = NAMES[kind]
        if said:
            yield column, f"U+{ord(letter):04X}", said
