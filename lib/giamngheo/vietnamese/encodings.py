"""Which old Vietnamese encoding a text was written in, told by the syllables it would make.

TCVN3 (fonts .Vn…) and VNI (fonts VNI-…) keep Vietnamese letters at the places of other letters, so a file
or a cell written with them reads as nonsense in Unicode. They are named, never converted.
"""

import re
import unicodedata

from giamngheo.vietnamese.text import TONE

TCVN3 = "TCVN3 (phông .Vn…)"
VNI = "VNI (phông VNI-…)"
WINDOWS_1258 = "Windows-1258"
SYLLABLE = re.compile(
    r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"(iêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|yêu|"
    r"ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy])"
    r"(ng|nh|ch|[cmnpt])?"
)
WORD = re.compile(r"[^\W\d_]+")

TCVN3_BYTES = dict(
    zip(
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedf"
            "e1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# VNI writes the base letter, then a mark: `aø` is à, `aâ` is â, `aá` is ấ; some letters stand alone.
VNI_ALONE = dict(zip("ñÑöÖôÔæóòíìÆÓÒÍÌ", "đĐưƯơƠỉĩịíìỈĨỊÍÌ", strict=True))
VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}  # fmt: skip


def from_tcvn3(data: bytes) -> str:
    """The text that bytes in TCVN3 stand for.

    >>> from_tcvn3("Th«n M¬ T«n".encode("latin-1"))
    'Thôn Mơ Tôn'
    """
    return "".join(TCVN3_BYTES.get(byte, chr(byte)) for byte in data)


def from_vni(data: bytes) -> str:
    """The text that bytes in VNI stand for.

    >>> from_vni("Thoân Mô Toân".encode("latin-1"))
    'Thôn Mơ Tôn'
    """
    text = data.decode("latin-1")
    letters = []
    for at, letter in enumerate(text):
        previous = text[at - 1].lower() if at else ""
        mark = VNI_MARKS.get(letter.lower())
        if mark and previous in "aeouyôö":
            letters.append(mark)
        else:
            letters.append(VNI_ALONE.get(letter, letter))
    return unicodedata.normalize("NFC", "".join(letters))


def from_windows_1258(data: bytes) -> str:
    """The text that bytes in Windows-1258 stand for: `Mõ Tôn` is Mơ Tôn."""
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


def syllables(text: str) -> tuple[int, int]:
    """How many of the words that hold a letter beyond ASCII could be Vietnamese syllables.

    >>> syllables("Thôn Mơ Tôn"), syllables("Th«n M¬ T«n")
    ((3, 3), (0, 0))
    """
    words = [word for word in WORD.findall(text.lower()) if not word.isascii()]
    return sum(_could_be_syllable(word) for word in words), len(words)


def is_utf16(data: bytes) -> bool:
    """Whether the bytes are UTF-16: its byte order mark, or a zero in about every second byte.

    >>> is_utf16("hộ nghèo".encode("utf-16-le")), is_utf16("hộ nghèo".encode())
    (True, False)
    """
    beginning = data[:400]
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or beginning.count(0) * 3 > len(beginning)


def lost_letters(data: bytes) -> bool:
    """Whether letters were replaced by question marks, as programs do that know none of ours.

    >>> lost_letters("H? nghèo, H? c?n nghèo".encode("cp1252")), lost_letters(b"H? ngh?o,C?n ngh?o"), lost_letters(b"a?b=1&c")
    (True, True, False)
    """
    if not data.isascii() and is_utf8(data):
        return False
    return len(re.findall(rb"[A-Za-z\x80-\xff]\?+(?=[A-Za-z\x80-\xff])|\b[A-Za-z]{1,4}\?(?=[ ,;])", data)) > 1


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def name_of(data: bytes) -> str:
    """The encoding that makes most of the bytes' words Vietnamese, or "" when none does.

    >>> name_of("Th«n M¬ T«n, hé nghÌo".encode("latin-1"))
    'TCVN3 (phông .Vn…)'
    """
    readings = {
        TCVN3: from_tcvn3(data),
        VNI: from_vni(data),
        WINDOWS_1258: from_windows_1258(data),
    }
    scores = {name: _score(text) for name, text in readings.items()}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= 0.6 else ""


def in_cell(text: str) -> str:
    """The old encoding a cell of Unicode text was typed in, or "" for text that reads as it stands.

    >>> in_cell("Thoân Mô Toân"), in_cell("Thôn Mơ Tôn"), in_cell("nhà 45 m²"), in_cell("10 × 10")
    ('VNI (phông VNI-…)', '', '', '')
    """
    if text.isascii() or any(ord(letter) > 0xFF for letter in text):
        return ""
    right, words = syllables(text)
    odd = [word for word in re.findall(r"\S+", text) if not word.isascii()]
    if not any(letter.isalpha() for letter in text):
        return ""  # signs and numbers alone: 10 × 10, ½
    if words == len(odd) and right == words:
        return ""
    data = text.encode("latin-1")
    for name, read in ((TCVN3, from_tcvn3), (VNI, from_vni)):
        better = read(data)
        if better != text and syllables(better)[0] >= max(len(odd), 1) > right:
            return name
    return ""


def doubly_encoded(text: str) -> bool:
    """Whether the text is UTF-8 that was opened as Windows-1252 and saved again.

    >>> doubly_encoded("Máº¡nh"), doubly_encoded("Mạnh")
    (True, False)
    """
    try:
        again = text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return False
    return again != text


def _could_be_syllable(word: str) -> bool:
    parts = unicodedata.normalize("NFD", word)
    return len(TONE.findall(parts)) <= 1 and bool(
        SYLLABLE.fullmatch(unicodedata.normalize("NFC", TONE.sub("", parts)))
    )


def _score(text: str) -> float:
    right, words = syllables(text)
    strange = sum(0x7F <= ord(letter) <= 0xBF for letter in text)
    return right / (words + strange) if words else 0.0
