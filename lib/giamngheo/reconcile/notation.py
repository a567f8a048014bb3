"""A printed figure in Vietnamese notation → the exact interval of values it can stand for, and back.

`.` groups thousands and `,` starts the decimals. A figure printed to the unit u stands for the values that
give it when rounded half away from zero, [p - u/2, p + u/2), or when cut, [p, p + u). Words widen it to the
next figure with as many significant digits: `gần 47 tỷ` is [46; 47], `hơn 47 tỷ` is [47; 48), `trên 600
triệu` is [600; 700), `gần 100` is [90; 100], `khoảng` is both sides; `dưới` and `ít nhất` are bounds alone.
Counts and đồng are whole numbers, int; rates are fractions of one (20,86% is 0,2086), Fraction; never floats.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from giamngheo.reconcile.indicators import HOUSEHOLDS, MONEY, PERSONS, RATE, is_change, is_rate, is_whole, unit
from giamngheo.vietnamese.numbers import NUMBER, Exact, decimals_in, number, read, unsigned
from giamngheo.vietnamese.text import clean

NO_BOUND = 10**18  # no count of people and no sum of đồng reaches it
# Narrower than the gap between two rates of any real counts: an open end less a hair is a closed one.
HAIR = Fraction(1, 10**18)

SCALES = {
    "nghìn tỷ": 10**12, "ngàn tỷ": 10**12, "nghìn tỉ": 10**12, "ngàn tỉ": 10**12,
    "tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3,
}  # fmt: skip
SCALE = "|".join(SCALES)
WORDS = {
    "gần": "gần", "ngót": "gần", "chưa đến": "gần", "chưa tới": "gần",
    "hơn": "hơn", "trên": "hơn", "quá": "hơn",
    "khoảng": "khoảng", "xấp xỉ": "khoảng", "chừng": "khoảng", "ước tính": "khoảng", "ước đạt": "khoảng",
    "ước": "khoảng", "≈": "khoảng", "~": "khoảng",
    "dưới": "dưới", "không quá": "dưới", "tối đa": "dưới", "<": "dưới", "≤": "dưới",
    "ít nhất": "ít nhất", "tối thiểu": "ít nhất", "không dưới": "ít nhất", ">": "ít nhất", "≥": "ít nhất",
}  # fmt: skip
WORD = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
UNITS = {
    HOUSEHOLDS: r"(?:lượt )?hộ(?: gia đình| dân| dân cư| nghèo| cận nghèo| nghèo đa chiều| dtts)*",
    PERSONS: r"(?:nhân )?khẩu(?: nghèo| cận nghèo)?|người(?: nghèo| cận nghèo)?",
    "%": r"%|điểm phần trăm|điểm %|phần trăm",
    MONEY: r"đồng|đ|vnđ|vnd",
}
FIGURE = re.compile(
    r"(?:(?:đạt|vượt|bình quân(?: mỗi năm)?|còn lại|còn|chiếm|là|có|bằng|tổng số|tổng cộng|(?:giảm )?xuống còn|giảm còn|giảm xuống|tăng lên) )*"
    rf"(?P<sign>tăng|giảm|[-+−–])? ?(?:(?:thêm|được|đi) )*"
    rf"(?:(?:ước đạt|ước tính|ước|khoảng) (?={WORD}))?(?:(?P<word>{WORD}) ?)?(?:từ )?"
    rf"(?P<number>{NUMBER}) ?%?(?: ?(?:-|–|đến) ?(?P<upper>{NUMBER}))?"
    rf"(?: ?(?P<scale>{SCALE})\b)?(?P<more>(?: (?:{NUMBER}) (?:{SCALE})\b)*) ?"
    rf"(?P<unit>{'|'.join(UNITS.values())})?"
    r"(?P<open> trở lên| trở xuống)?(?:/năm| (?:mỗi|hằng|hàng|một) năm|/hộ)?"
    r"(?: so với (?:(?:cuối |đầu |cùng kỳ )?năm (?:trước|ngoái|[0-9]{4})|(?:kế hoạch|chỉ tiêu|mục tiêu).*)"
    r"| (?:kế hoạch|chỉ tiêu|mục tiêu).*)?[.;]?"
)
MORE = re.compile(rf"({NUMBER}) ({SCALE})")
NONE = re.compile(rf"không(?: có| còn)?(?: (?:{UNITS[HOUSEHOLDS]}|{UNITS[PERSONS]}))?(?: nào)?")
UNCHANGED = ("không đổi", "không thay đổi", "không tăng, không giảm", "giữ nguyên")


class Unreadable(ValueError):
    """A printed figure that is not in Vietnamese notation, with the rule it breaks and what to write
    instead."""

    def __init__(self, rule: str, remedy: str):
        super().__init__(rule, remedy)
        self.rule, self.remedy = rule, remedy


@dataclass(frozen=True)
class Printed:
    """One printed figure: `value` as printed, and the values it can stand for.

    low, high                   rounded or cut, or as wide as its word says
    rounded_low, rounded_high   rounded half away from zero only
    unit_in_last_place          one step of its last digit; a count or đồng printed in full has 1
    direction                   the word that makes it approximate, as printed: gần, hơn, trên, khoảng, dưới,
    … scale                       the word that multiplies it (`triệu`), "" for none
    """

    text: str
    value: Exact
    low: Exact
    high: Exact
    rounded_low: Exact
    rounded_high: Exact
    unit_in_last_place: Exact
    approximate: bool = False
    direction: str = ""
    scale: str = ""

    def interval(self, rounded: bool = False) -> tuple[Exact, Exact]:
        return (self.rounded_low, self.rounded_high) if rounded else (self.low, self.high)


@lru_cache(maxsize=8192)
def parse(printed: str, indicator: str) -> Printed:
    """The values a printed figure of `indicator` can stand for; raises Unreadable.

    >>> one = parse("20,86%", "poor_rate")
    >>> one.value, one.rounded_low, one.unit_in_last_place
    (Fraction(1043, 5000), Fraction(4171, 20000), Fraction(1, 10000))
    >>> two = parse("gần 47 tỷ đồng", "budget_disbursed")
    >>> int(two.low), int(two.high), two.direction
    (46000000000, 47000000000, 'gần')
    >>> int(parse("giảm 20 hộ", "change_poor_households").value)
    -20
    """
    text = clean(printed).casefold()
    if is_change(indicator) and text in UNCHANGED or not is_rate(indicator) and NONE.fullmatch(text):
        text = {MONEY: "0 đồng", RATE: "0,00"}.get(unit(indicator), "0")
    found = FIGURE.fullmatch(text)
    if not found:
        raise Unreadable("không đọc được con số theo lối viết Việt Nam", _example(text, indicator))
    _agree(found, indicator)
    percent = Fraction(1, 100) if is_rate(indicator) else 1
    whole, last = _magnitude(found, percent)
    if text.startswith("vượt"):
        whole += percent * 100
    if is_whole(indicator) and last < 1:
        raise Unreadable("số hộ, số khẩu, số đồng phải là số nguyên", _example(text, indicator))
    low, high, rounded_low, rounded_high = _interval(found, whole, last, percent, indicator)
    if is_change(indicator):
        if found["sign"] in ("giảm", "-", "−", "–"):
            whole, low, high, rounded_low, rounded_high = -whole, -high, -low, -rounded_high, -rounded_low
        elif whole == 0 and low != high:
            low, rounded_low = -high, -rounded_high
    values: Iterable[Exact] = (whole, low, high, rounded_low, rounded_high, last)
    value, low, high, rounded_low, rounded_high, step = map(_exact, values) if is_whole(indicator) else values
    return Printed(
        clean(printed), value, low, high, rounded_low, rounded_high, step,
        approximate=bool(found["word"] or found["upper"] or found["open"]),
        direction=found["word"] or ("khoảng" if found["upper"] else (found["open"] or "").strip()),
        scale=_last_scale(found),
    )  # fmt: skip


def write(value: Exact, indicator: str, like: Printed | None = None, signed: bool = False) -> str:
    """A value as `indicator` prints it, with the scale and decimals of `like`; `signed` puts + before a rise.

    >>> write(Fraction(8647, 10000), "poor_rate"), write(1160, "households"), write(-20, "poor_households")
    ('86,47%', '1.160 hộ', '-20 hộ')
    >>> write(276410 * 10**6, "budget_planned", parse("276.000 triệu đồng", "budget_planned"))
    '276.410 triệu đồng'
    """
    plus = "+" if signed and value > 0 else ""
    if is_rate(indicator):
        return f"{plus}{number(value * 100, decimals_of(like, Fraction(1, 100)) if like else 2)}%"
    scale = SCALES.get(like.scale, 1) if like else 1
    size = number(value if scale == 1 else Fraction(value) / scale, decimals_of(like, scale) if like else 0)
    return plus + " ".join(word for word in (size, like.scale if like else "", unit(indicator)) if word)


def rewrite(value: Exact, indicator: str, like: Printed) -> str:
    """A value printed the way `like` is: `tăng 17 hộ` for `tăng 3 hộ`.

    >>> rewrite(Fraction(31, 10000), "change_poor_rate", parse("giảm 1,51%", "change_poor_rate"))
    'tăng 0,31%'
    """
    if not is_change(indicator):
        return write(value, indicator, like)
    return ("giảm " if value < 0 else "tăng ") + write(unsigned(value), indicator, like)


def decimals_of(printed: Printed, scale: Exact) -> int:
    """How many decimals `printed` has when counted in `scale`."""
    return max(len(str(scale // printed.unit_in_last_place)) - 1, 0)


def _exact(value: Exact) -> Exact:
    """A whole number as an int, which is quicker to reckon with."""
    return value.numerator if value.denominator == 1 else value


def _agree(found: re.Match, indicator: str) -> None:
    """Refuse a unit of another kind, a money figure without a unit, a sign where none belongs, or none where
    one does."""
    kind = unit(indicator)
    given = found["unit"]
    if given and not re.fullmatch(UNITS[kind], given):
        raise Unreadable(
            f'đơn vị "{given}" không hợp với chỉ tiêu {indicator}, tính bằng {kind}', f"ghi bằng {kind}"
        )
    if "%" in found.group() and not is_rate(indicator):
        raise Unreadable(f"dấu % không hợp với chỉ tiêu {indicator}, tính bằng {kind}", f"ghi bằng {kind}")
    if kind == MONEY and not given and not found["scale"]:
        raise Unreadable("số tiền không ghi đơn vị", "ghi thêm đồng, triệu đồng hoặc tỷ đồng")
    zero = not found["number"].strip("0.,")
    if is_change(indicator) and not found["sign"] and not zero:
        raise Unreadable("mức thay đổi không nói rõ tăng hay giảm", 'ghi "tăng" hoặc "giảm" trước con số')
    if not is_change(indicator) and found["sign"] not in (None, "+"):
        raise Unreadable(f"chỉ tiêu {indicator} không thể mang dấu âm hay chữ tăng, giảm",
                         f"nếu là mức thay đổi thì dùng chỉ tiêu change_{indicator}")  # fmt: skip


def _magnitude(found: re.Match, percent: Exact) -> tuple[Fraction, Fraction]:
    """The size of the figure and one step of its last digit; `1 tỷ 500 triệu` is counted in triệu."""
    parts = [(found["number"], found["scale"] or ""), *MORE.findall(found["more"])]
    value = sum(read(digits) * SCALES.get(scale, 1) for digits, scale in parts) * percent
    digits, scale = parts[-1]
    return Fraction(value), Fraction(SCALES.get(scale, 1), 10 ** decimals_in(digits)) * percent


def _interval(
    found: re.Match, size: Fraction, last: Fraction, percent, indicator: str
) -> tuple[Exact, ...]:
    """low, high, rounded low, rounded high of a size, before its sign."""
    hair = 1 if is_whole(indicator) else HAIR
    if found["upper"]:
        upper = read(found["upper"]) * SCALES.get(found["scale"] or "", 1) * percent
        return size, upper, size, upper
    if found["open"]:
        low, high = (size, Fraction(NO_BOUND)) if "lên" in found["open"] else (Fraction(0), size)
        return low, high, low, high
    if found["word"]:
        direction = WORDS[found["word"]]
        step = _significant(found, last)
        below = step / 10 if size == step and last <= step / 10 else step
        low, high = {
            "gần": (size - below, size),
            "hơn": (size, size + step - hair),
            "khoảng": (size - below, size + below),
            "dưới": (Fraction(0), size),
            "ít nhất": (size, Fraction(NO_BOUND)),
        }[direction]
        return max(low, Fraction(0)), high, max(low, Fraction(0)), high
    if last == 1 and is_whole(indicator):
        return size, size, size, size
    low = max(size - last / 2, Fraction(0))
    return low, size + last - hair, low, size + last / 2 - hair


def _significant(found: re.Match, last: Fraction) -> Fraction:
    """One step of the last significant digit: zeros before the unit are not significant, decimals are."""
    digits = (MORE.findall(found["more"])[-1][0] if found["more"] else found["number"]).replace(".", "")
    if "," in digits:
        return last
    return last * 10 ** (len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0)


def _last_scale(found: re.Match) -> str:
    more = MORE.findall(found["more"])
    return more[-1][1] if more else found["scale"] or ""


def _example(text: str, indicator: str) -> str:
    """What to write instead: a likely reading of the digits where there is one, else an example."""
    digits = None if "/" in text else re.search(r"[0-9][0-9.,]*", text)
    swapped = digits.group().translate(str.maketrans(".,", ",.")) if digits else ""
    if digits and unit(indicator) in (HOUSEHOLDS, PERSONS):  # a count has no fraction: a thousands dot is misplaced
        swapped = number(int(re.sub(r"[.,]", "", digits.group())))
    if digits and is_rate(indicator) and re.fullmatch(r"0\.[0-9]{3,4}", digits.group()):  # a share of one, as Excel has it
        swapped = number(Fraction(digits.group()) * 100, 2) + "%"
    example = {HOUSEHOLDS: "1.399 hộ", PERSONS: "1.399 khẩu", "%": "20,86%", MONEY: "276.410 triệu đồng"}[
        unit(indicator)
    ]
    if digits and swapped != digits.group() and re.fullmatch(rf"(?:{NUMBER})%?", swapped):
        meant = text.replace(digits.group(), swapped)
        return f'dấu chấm ngăn hàng nghìn, dấu phẩy trước phần thập phân; có phải là "{meant}" không?'
    return f'ghi đúng như đã in, ví dụ "{example}"'
