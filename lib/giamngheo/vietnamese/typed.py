"""Characters that change what a number or a text is seen to say: line breaks, invisible marks, foreign digits."""

import re
import unicodedata

SPACES = "\u00a0\u2007\u2009\u202f"  # no-break and thin spaces: people separate thousands with them
NAMES = {
    "\n": "xuống dòng",
    "\r": "xuống dòng",
    "\t": "tab",
    "\u00ad": "dấu nối ẩn (U+00AD)",
    "\u200b": "khoảng trắng không độ rộng (U+200B)",
    "\u200c": "dấu ngắt không độ rộng (U+200C)",
    "\u200d": "dấu nối không độ rộng (U+200D)",
    "\u2060": "dấu nối không độ rộng (U+2060)",
    "\ufeff": "dấu thứ tự byte (U+FEFF)",
    "\u2212": "dấu trừ toán học (U+2212)",
}
DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
MISLEADING = re.compile(rf"[{DIRECTIONS}]|(?<=[0-9.,])[\r\n\t]\s*(?=[0-9])|(?<=[0-9])[\u200b-\u200d\u2060](?=[0-9])")


def stranger(text: str) -> str:
    """The name of the first character that may not stand in a number or a date, else "".

    Letters may: they are units ("hộ") or make it no number at all. Spaces and line ends around it do not count.

    >>> stranger("1\\u00a0399 hộ"), stranger("5\\n120"), stranger("\\u202e9931")
    ('', 'xuống dòng', 'U+202E RIGHT-TO-LEFT OVERRIDE')
    """
    if text.isascii() and text.isprintable():
        return ""
    inside = text.strip(f" \t\r\n{SPACES}")
    return next((name_of(letter) for letter in inside if _strange(letter)), "")


def misleading(text: str) -> str:
    """The name of the first character of a text that changes the order of what is seen, or joins two numbers.

    >>> misleading("thôn 5\\nxã Mẫu"), misleading("1.0\\n37 hộ")
    ('', 'xuống dòng')
    """
    if text.isascii() and text.isprintable():
        return ""
    found = MISLEADING.search(text)
    return name_of(found[0][0]) if found else ""


def name_of(letter: str) -> str:
    return NAMES.get(letter) or f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()


def _strange(letter: str) -> bool:
    if letter.isascii():
        return not letter.isprintable()
    kind = unicodedata.category(letter)
    digit = kind in ("Nd", "Nl", "No")
    return digit or letter == "\u2212" or kind[0] in "CZ" and letter not in SPACES
