"""Vietnamese on every screen, and the same bytes in every file and pipe, whatever the machine's locale is.

It is loaded before anything else, so it needs the standard library alone.
"""

import codecs
import io
import sys
import unicodedata

UNMARKED = "giamngheo.unmarked"  # the name under which Python knows `unmarked`
PLAIN = {
    "đ": "d", "Đ": "D", "“": '"', "”": '"', "’": "'", "…": "...", "–": "-", "—": "-", "−": "-", "→": "->", "×": "x", "≤": "<=",
    "≥": ">=", "≈": "~", "•": "*", "·": "*", "▸": ">", "₫": "d", "\u00a0": " ", "\u202f": " ",
}  # fmt: skip


def speak_vietnamese() -> None:
    """Files and pipes get UTF-8; a screen that lacks our letters gets them without their marks."""
    codecs.register_error(UNMARKED, unmarked)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors=UNMARKED)
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def unmarked(error: UnicodeError) -> tuple[str, int]:
    """What is shown for letters that a screen lacks, and where it goes on, as `codecs.register_error` asks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(plain, error.object[error.start : error.end])), error.end


def plain(letter: str) -> str:
    """A letter without its marks, a sign as it is typed; the code of any other: a raised 2 must not become a 2.

    >>> "".join(map(plain, "Đơn vị “xã Tơ Tung” → 11²"))
    'Don vi "xa To Tung" -> 11\\\\xb2'
    """
    bare = PLAIN.get(letter) or "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
    return bare.encode("ascii", "backslashreplace").decode()
