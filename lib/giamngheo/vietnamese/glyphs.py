"""Which characters the fonts of a report draw; any other would be printed as a box.

The fonts are Liberation Serif (behind Times New Roman where that is installed) and, for what that lacks, DejaVu Sans
Mono. `DRAWN` lists what every style of one of them has, first-last in hexadecimal; a test reads it off the fonts.
"""

import re
import unicodedata
from functools import lru_cache

DRAWN = """
20-7E A0-AC AE-36F 374-375 37A-37E 384-38A 38C 38E-3A1 3A3-3CE 3D0-513 51A-51D 531-556 559-55F 561-587 589-58A 591-5BD
5BF 5C1-5C2 5C4-5C5 5C7 E3F E81-E82 E84 E87-E88 E8A E8D E94-E97 E99-E9F EA1-EA3 EA5 EA7 EAA-EAB EAD-EB9 EBB-EBC
EC8-ECD 10D0-10FC 1D00-1DCA 1DFE-1E9B 1E9E-1EF9 1F00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 1F5B 1F5D
1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE 2000-200A 2010-2023 2026 202F-2037
2039-203A 203C-203F 2044-2049 204B 205E-205F 2070-2071 2074-208E 2090-209C 20A0-20B5 20B8-20B9 20BF 20F0 2102 2105
210D-210F 2113 2115-2117 2119-211A 211D 2122 2124 2126 212A-212B 212E 2148 214D-214E 2150-2151 2153-215F 2184 2189
2190-2213 2215 2217-2220 2223 2227-222D 2234-223D 2241-2269 226D-228B 228D-22A5 22B2-22B5 22B8 22C2-22C6 22CD-22D1
22DA-22E9 22EF 2300-2306 2308-2315 2318-2319 231C-2321 2325-2328 232B 2335-237A 237D 2380-2383 2388-238B 2395
239B-23AE 23CE-23CF 2423 2500-2600 2638-263C 263F-2647 2660-2667 2669-266F 27C2 27C5-27C6 27DC 27E0 27E6-27EB
27F5-27F7 2987-2988 2997-2998 29EB 29FA-29FB 2A00 2A2F 2A6A-2A6B 2B05-2B0D 2B12-2B1A 2C60-2C77 2C79-2C7A 2C7C-2C7F
2E17-2E18 2E1F 2E22-2E25 2E2E A708-A727 A788-A78E A790-A791 A7AA A7F8-A7F9 FB01-FB02 FB1E FB29 FE20-FE23 FFFC-FFFD
1D55A
"""
RANGES = [part.partition("-") for part in DRAWN.split()]
CLASS = "".join(f"\\U{first:0>8}" + f"-\\U{last:0>8}" * bool(last) for first, _, last in RANGES)
UNSEEN = "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # draw nothing and turn or join letters: refused where text is read
BOX = re.compile(f"[^\\s{CLASS}{UNSEEN}]")


def box(text: str) -> re.Match | None:
    """The first character of a text that would be printed as a box.

    >>> box("Buôn Čư̆ Êmưm, 20 m²"), box("điểm ①")[0]
    (None, '①')
    """
    return None if text.isascii() else BOX.search(text)


def rule(letter: str) -> str:
    return f"phông chữ của báo cáo không có ký tự {letter} (U+{ord(letter):04X}), in ra thành ô vuông"


@lru_cache(maxsize=256)
def remedy(letter: str) -> str:
    """What to type instead: the plain letters that the character stands for, where it does.

    >>> remedy("Ⅳ"), remedy("😀")
    ('gõ lại bằng chữ, số thường: IV', 'xóa ký tự ấy, hoặc viết bằng lời')
    """
    plain = unicodedata.normalize("NFKC", letter)
    return "xóa ký tự ấy, hoặc viết bằng lời" if box(plain) else f"gõ lại bằng chữ, số thường: {plain}"
