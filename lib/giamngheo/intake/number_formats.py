"""Number formats of Excel: whether what a cell shows is what it holds, by a list of formats that do.

Listed are General, whole numbers and decimals with or without thousands, powers of ten, spaces, colours and the
column's own unit ("#,##0 hộ"); dates that show their day, month and year. Anything else is not taken on trust.
"""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

# Other locales in a format show other digits or another calendar.
LOCALE = "(?:-(?:[0-9A-F]{1,4}|101[0-9A-F]{4}|[a-z]{2}-[A-Z]{2}))"
TOKEN = re.compile(
    rf'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|(?P<filled>\*.)|\[\$(?P<currency>[^\]-]*){LOCALE}?\]'
    r"|(?P<colour>\[(?P<named>Black|White|Red|Blue|Green|Magenta|Cyan|Yellow|Color ?(?:[1-9]|[1-4]\d|5[0-6]))\])"
    r"|(?P<mask>General|[0#?.,@%]|E[+-])"
    r"|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
WHOLE = r"(?:[0#?]+(?:,[0#?]+)*|[#?]+(?: [#0?]{3})+)"
LISTED = re.compile(rf"General|@|{WHOLE}(?:\.(?P<decimals>[0#?]+))?(?:E[+-][0#]+)?", re.IGNORECASE)
BRACKETS = re.compile(r"\((.*)\)")
DATE_TOKEN = re.compile(
    rf'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\${LOCALE}\]|(?P<part>d+|m+|y+|h.*|;.*)|(?P<other>.)', re.I
)
DATE_WORDS = re.compile(r"(ngày|tháng|năm|[\s/.,-])*", re.IGNORECASE)
SYSTEM_DATES = ("mm-dd-yy", "m/d/yy h:mm")  # how openpyxl writes the formats 14 and 22: as the machine shows dates


class Section(NamedTuple):
    """One part of a format: what stands before the digits, the digits' places, what stands after.

    Words among the places keep their quotes: the dot of `0"."000` divides nothing.
    """

    before: str
    mask: str
    after: str


@lru_cache(maxsize=1024)
def sections(format: str) -> tuple[Section, ...]:
    """The parts of a format: positive; negative; zero; text.

    >>> sections('#,##0" hộ";-0')
    (Section(before='', mask='#,##0', after=' hộ'), Section(before='-', mask='0', after=''))
    """
    parts: list[list[tuple[bool, str]]] = [[]]
    for token in TOKEN.finditer(format):
        if token["end"]:
            parts.append([])
        elif token["mask"]:
            parts[-1].append((True, token[0]))
        elif token["filled"]:
            parts[-1].append((False, token[0].strip("* ")))
        elif not token["colour"]:
            said = (token["quoted"], token["escaped"], token["currency"], token["other"])
            parts[-1].append((False, next((text for text in said if text is not None), " ")))
    return tuple(_section(part) for part in parts)


def _section(part: list[tuple[bool, str]]) -> Section:
    places = [at for at, (is_mask, _) in enumerate(part) if is_mask]
    first, last = (places[0], places[-1] + 1) if places else (len(part), len(part))
    texts = [text for _, text in part]
    mask = (text if is_mask or text == " " else f'"{text}"' for is_mask, text in part[first:last])
    return Section("".join(texts[:first]), "".join(mask), "".join(texts[last:]))


@lru_cache(maxsize=1024)
def colours(format: str) -> tuple[str, ...]:
    """The colours that a format gives to what it shows, as it names them.

    >>> colours('[Red]0;[Color 2]-0;"[Blue]"')
    ('Red', 'Color 2')
    """
    return tuple(token["named"] for token in TOKEN.finditer(format) if token["named"])


def shows(value: int | float, format: str, units: tuple[str, ...] = ()) -> bool:
    """Whether a number in that format is seen as the number it is; `units` may stand beside it.

    >>> shows(148, "#,##0"), shows(148, '0" triệu đồng"', ("đồng",)), shows(148, '0" đồng"', ("đồng",))
    (True, False, True)
    >>> shows(12.345, "0.0"), shows(0, "#,###"), shows(5, "0,")
    (False, False, False)
    """
    parts = sections(format)
    at = _section_for(value, len(parts))
    before, mask, after = parts[at] if at < len(parts) else Section("", "", "")
    beside = f"{before} {after}".replace("\u00a0", " ").strip()
    if value == 0 and not mask.strip("?") and beside == "-":
        return True  # accounting formats show nought as a dash
    if at == 1:
        bare = BRACKETS.sub(r"\1", beside) if BRACKETS.fullmatch(beside) else beside.removeprefix("-")
        if bare == beside:
            return False
        beside = bare.strip()
    listed = LISTED.fullmatch(mask)
    return bool(listed and (not beside or beside.casefold() in units) and _whole_value(value, mask, listed))


def _section_for(value: float, many: int) -> int:
    if many > 4:
        return many
    return 1 if value < 0 and many > 1 else 2 if value == 0 and many > 2 else 0


def _whole_value(value: int | float, mask: str, listed: re.Match) -> bool:
    """Whether every digit of the value has a place in the mask."""
    if mask.casefold() in ("general", "@"):
        return True
    if value == 0:
        return "0" in mask
    exact = Decimal(value if isinstance(value, int) else format(value, ".15g"))
    if not exact.is_finite():
        return False
    places = len(listed["decimals"] or "")
    if "E" in mask.upper():
        places -= exact.adjusted()
    _, digits, exponent = exact.as_tuple()
    assert isinstance(exponent, int)  # of a finite number
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return exponent + zeros >= -places


@lru_cache(maxsize=1024)
def shows_text(format: str) -> bool:
    """Whether a text in that format is seen as it is.

    >>> shows_text("General"), shows_text("@"), shows_text(";;;"), shows_text('"1"@')
    (True, True, False, False)
    """
    parts = sections(format)
    own = parts[3:4] or [part for part in parts[:1] if "@" in part.mask]
    return len(parts) <= 4 and all(part.mask == "@" and not (part.before + part.after).strip() for part in own)


@lru_cache(maxsize=1024)
def parts_of_date(format: str) -> str:
    """Which parts of a date a format shows: "dmy", "my", or "" where it cannot be read in one way.

    >>> parts_of_date("dd/mm/yyyy"), parts_of_date("mmm-yy"), parts_of_date("dd"), parts_of_date("mm/dd/yyyy")
    ('dmy', 'my', '', '')
    """
    if format in SYSTEM_DATES or format.upper().startswith("[$-F800]"):
        return "dmy"
    found, words = [], ""
    for token in DATE_TOKEN.finditer(format):
        words += token["quoted"] or token["escaped"] or token["other"] or ""
        found += [token["part"].lower()] if token["part"] else []
    shown = [part for part in found if not re.match("ddd|h|;", part)]
    order = "".join(part[0] for part in shown)
    named = any(part.startswith("mmm") for part in shown)
    if not DATE_WORDS.fullmatch(words):
        return ""
    if order in ("dmy", "ymd") or (named and sorted(order) == ["d", "m", "y"]):
        return "dmy"
    return "my" if order in ("my", "ym") else ""


def shows_date(day: dt.date, format: str) -> str:
    """Which parts of that very day the format shows; two digits of a year stand for 1930 to 2029."""
    in_full = "yyy" in format.lower() or format.upper().startswith("[$-F800]") or 1930 <= day.year <= 2029
    return parts_of_date(format) if in_full else ""
