"""Claims proposed from the sentences of a report, for a person to accept or correct before anything is judged.

    Tổng số hộ nghèo trên địa bàn xã: 242 hộ, 922 khẩu, chiếm 20,86%. Giảm 20 hộ, tỷ lệ giảm 1,69%.

A figure is about the class of households named last before it in its paragraph, or by its own unit (`242 hộ
nghèo`); its unit says whether it counts households, persons or a share of them, `tăng` and `giảm` that it is a
change. What is about no class is not proposed."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from giamngheo.reconcile.contexts import CAPITAL, VILLAGE, Context, circumstances, context
from giamngheo.reconcile.formed import formed
from giamngheo.reconcile.indicators import CHANGE, INDICATORS, MONIES, PLAN, REACHED
from giamngheo.reconcile.moments import moment
from giamngheo.reconcile.notation import SCALE, WORD, Unreadable, parse
from giamngheo.reconcile.paragraphs import Paragraph, read
from giamngheo.reconcile.sayings import PLANS, WHOLES, in_parts
from giamngheo.reconcile.vocabulary import COLUMNS
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.numbers import NUMBER

# what names a class, the longest first, and its indicators: households, persons, rate
SUBJECTS = {
    r"(?:hộ |tỷ lệ )*nghèo đa chiều|(?<![0-9] )(?<![0-9] hộ )(?:hộ |tỷ lệ )*nghèo(?:,| và)(?: hộ)? cận nghèo"
    r"|(?:hộ |tỷ lệ )*nghèo(?:,| và)(?: hộ)? cận nghèo(?!:? ?(?:là |có |còn )?[0-9])": (
        "multidimensionally_poor_households",
        "",
        "multidimensional_poverty_rate",
    ),
    r"(?:hộ )?cận nghèo trở thành (?:hộ )?nghèo": ("near_poor_became_poor", "", ""),
    # where a part of those went who left a class
    r"(?:trở thành|xuống|lên|chuyển (?:sang|xuống|thành)|rơi (?:vào|xuống))(?: diện)? (?:hộ )?(?:cận )?nghèo": ("", "", ""),
    r"(?:thoát|ra khỏi diện)(?: hộ)? cận nghèo": ("left_near_poverty", "", "left_near_poverty_rate"),
    r"(?:thoát|ra khỏi diện)(?: hộ)? nghèo": ("left_poverty", "", "left_poverty_rate"),
    r"tái nghèo": ("relapsed", "", "relapsed_rate"),
    r"(?<=hộ )nghèo (?:phát sinh(?: mới)?|mới)|phát sinh(?: nghèo| mới)?": ("newly_poor", "", "newly_poor_rate"),
    r"cận nghèo": ("near_poor_households", "near_poor_persons", "near_poor_rate"),
    r"(?:(?<=hộ )|(?<=khẩu )|(?<=tỷ lệ ))nghèo(?! đa chiều)": ("poor_households", "poor_persons", "poor_rate"),
    r"mức sống trung bình": ("average_living_households", "", "average_living_rate"),
    r"^(?:[-+*•] ?)?(?:hiện nay,? |trên địa bàn |toàn )*(?:xã|phường|thị trấn)\b"
    r"(?=[^,;.0-9]{0,50} (?:[0-9]{1,3} \w+ (?:với|và) )?[0-9.]+ hộ(?: dân)?(?:[,;.]| với| và))"
    r"|tổng số (?:hộ|nhân khẩu)(?: dân cư| dân)?(?! (?:cận )?nghèo)": ("households", "persons", ""),
    r"(?<=hộ )dân(?: cư)?(?! tộc)": ("households", "persons", ""),
    r"(?<=hộ )(?:là )?(?:đồng bào )?(?:dân tộc thiểu số|dtts)(?! (?:cận )?nghèo)": ("minority_households", "minority_persons", "minority_rate"),
    r"giải ngân": ("budget_disbursed", "", "disbursement_rate"),
    r"(?:kế hoạch|tổng|nguồn) vốn": ("budget_planned", "", ""),
}
MINORITY = re.compile(r"dân tộc thiểu số|dtts")
OF_MINORITY = {
    "minority_households": "minority_households", "minority_persons": "minority_persons", "minority_rate": "minority_rate",
    "households": "minority_households", "poor_households": "minority_poor_households", "poor_rate": "minority_poor_rate",
    "near_poor_households": "minority_near_poor_households", "near_poor_rate": "minority_near_poor_rate",
}  # fmt: skip
TOLD_OF = re.compile(
    r"(?:tỷ lệ )?(?:trên|so với|trong) tổng số hộ(?: dân tộc thiểu số| dân cư| dân)?"
    r"|(?<=%) ?(?:trong |so với |của )?(?:tổng )?(?:số )?(?:hộ|dân)[^,;.:]*"
)
FIGURE = re.compile(
    rf"(?P<direction>tăng|giảm)?(?P<to> (?:xuống )?còn)? ?(?:(?:thêm|được|đi) )?(?P<word>(?:{WORD}) )?(?<![\d,.])(?<!\d/)(?!(?<=năm )20\d\d\b)"
    rf"(?P<number>{NUMBER})(?P<two>/(?:{NUMBER}))? ?(?P<unit>%|điểm phần trăm|(?:(?:{SCALE}) )?đồng(?!/)|hộ|(?:nhân )?khẩu|người)"
)
STILL = r"(?P<rated>tỷ lệ (?:hộ (?:cận )?nghèo )?)?(?P<still>không (?:thay )?đổi)"
NUMBERED = r"(?: [0-9]{1,3}(?![\w%]|[.,][0-9]| (?:hộ|khẩu|người|thôn|làng|triệu|tỷ|đồng)\b))?"  # phường 5, not xã Mẫu Sơn 242 hộ
PLACE = re.compile(rf"(?<!\w)(?:xã|phường|thị trấn|huyện|tỉnh)(?: {CAPITAL}[\w’'-]*)+{NUMBERED}")
PLANNED = re.compile(r" ?(?:so với )?(?:kế hoạch|chỉ tiêu|mục tiêu)")
UNTOLD = re.compile(r"(?:giảm|tăng)(?: được)? (?:tỷ lệ |số )?hộ (?:cận )?nghèo(?: (?:dtts|dân tộc thiểu số))?(?: bình quân)?(?: từ)? ?$")

TELLS_OF_SOME = re.compile(r"[^,;.(]*\b(?:là|thuộc|có|được|dân tộc|dtts)\b")
OF_PERSONS = re.compile(r" ?(?:trong |so với |trên |của )?(?:tổng |toàn )?(?:số )?(?:dân(?! cư| tộc)|nhân khẩu|khẩu|người)\b")
PERSON_RATES = {"poor_persons": "poor_persons_rate", "near_poor_persons": "near_poor_persons_rate"}
ALSO = re.compile(r"tương (?:đương|ứng)(?: với)?(?: tỷ lệ)? ?$")
SHARE = re.compile(r" ?(?:trong |so với |trên |của )?(?:tổng (?:số )?)?(?:số )?hộ (cận )?nghèo")
AVERAGE = re.compile(r"bình quân[^.;]{0,60}$")
PERIOD = re.compile(r"(?:giai đoạn|từ năm) (20[0-9]{2})(?: ?[-–] ?| đến năm | - năm )(20[0-9]{2})")
YEAR = re.compile(r"(?:kết quả|rà soát|(?<!so với )cuối) [^.;:]{0,80}?năm (20[0-9]{2})", re.IGNORECASE)
HALF = re.compile(r"(?:tháng(?: đầu)?|quý [ivIV]+) năm 20[0-9]{2}", re.IGNORECASE)
PAPER = re.compile(r"\W*(?:căn cứ|theo|quyết định|nghị|thông tư|kế hoạch|công văn|chỉ thị|thực hiện)", re.IGNORECASE)
OF_VILLAGE = re.compile(rf"^(?:[0-9]+[.)]|[a-zđ]\)|[-+*•])? ?({VILLAGE.pattern}):?$")
ASIDE = re.compile(r"\([^()0-9]*\)")  # hộ nghèo đa chiều (hộ nghèo và hộ cận nghèo): 566 hộ
NOT_OF_THE_PLACE = re.compile(r"tham gia|mô hình|^ghi chú|^căn cứ (?!.{0,40}nêu trên)| = ", re.IGNORECASE)
EVENT = re.compile("|".join(f"(?P<s{at}>{one})" for at, one in enumerate(SUBJECTS)) + f"|{FIGURE.pattern}|{STILL}")


class Told(NamedTuple):
    """A figure of a sentence: what it seems to be of, as it is printed, and what the words around it say."""

    indicator: str
    printed: str
    context: Context


def propose(path: Path) -> pd.DataFrame:
    """The claims that the sentences of a document seem to make: `COLUMNS` and `where` with the sentence's
    place and words. Raises DataError where the document cannot be opened."""
    paragraphs = read(path)
    text = ". ".join(one.text for one in paragraphs)
    place = next((name for name, _ in Counter(PLACE.findall(text)).most_common(1)), "")
    years = Counter(re.findall(r"năm (20[0-9]{2})", text))
    rows, own, village = [], years.most_common(1)[0][0] if years else "", ""
    for paragraph in paragraphs:
        said = list(told(paragraph, place, own))
        if not said:
            own, village = _headed(paragraph.text, own, village)
        for one in said:
            rows.append(_row(one, paragraph, place, own, village))
    return pd.DataFrame(rows, columns=[*COLUMNS, "where"])


def _row(one: Told, paragraph: Paragraph, place: str, own: str, village: str) -> dict[str, str]:
    period = "-".join(next(iter(PERIOD.findall(paragraph.text)), ())) if one.indicator.startswith("average_") else ""
    village = one.context.village or village
    return dict.fromkeys(COLUMNS, "") | {
        "place": village or place,
        "part_of": place if village else "",
        "year": period or one.context.when or own,
        "standard": one.context.standard,
        "indicator": one.indicator,
        "printed": one.printed,
        "where": f"{paragraph.where}: {paragraph.text}",
    }


def _headed(text: str, own: str, village: str) -> tuple[str, str]:
    """The time and the village of the figures below a paragraph that has none of its own.

    >>> _headed("I. Kết quả 6 tháng đầu năm 2024", "2024", ""), _headed("1. Thôn Nà Mằn:", "2024", "")
    (('30/6/2024', ''), ('2024', 'Thôn Nà Mằn'))
    """
    if not PAPER.match(text) and (YEAR.search(text) or HALF.search(text)) and (named := moment(text.casefold(), own)):
        own = named
    return own, next(iter(OF_VILLAGE.findall(text)), "")


def of(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """(indicator, printed figure) of one paragraph about a whole place, those of the latest year that it names.

    >>> list(of(Paragraph("", "Hộ nghèo: 242 hộ, 922 khẩu, chiếm 20,86%. Giảm 20 hộ, tỷ lệ giảm 1,69%.")))
    ... # doctest: +NORMALIZE_WHITESPACE
    [('poor_households', '242 hộ'), ('poor_persons', '922 khẩu'), ('poor_rate', '20,86%'),
     ('change_poor_households', 'giảm 20 hộ'), ('change_poor_rate', 'giảm 1,69%')]
    """
    latest = max(re.findall(r"(?:năm |/)(20[0-9]{2})", paragraph.text), default="")
    for one in told(paragraph, own=latest):
        if not (one.context.when or one.context.village):
            yield one.indicator, one.printed


def told(paragraph: Paragraph, place: str = "", own: str = "") -> Iterator[Told]:
    """The figures of a paragraph, each with what the words around it say, in a document about `place` at the time `own`."""
    if NOT_OF_THE_PLACE.search(paragraph.text) or paragraph.where.startswith("bảng"):
        return
    original, text = paragraph.text, paragraph.text.casefold()
    for one in formed(text):
        if around := circumstances(original, one.start, one.end, place, own):
            yield Told(one.indicator, one.printed, around._replace(village=one.line or around.village))
    for aside in (TOLD_OF, ASIDE):
        text = aside.sub(lambda found: " " * len(found.group()), text)
    said = direction = ""
    for event, indicator in _named(text, original.casefold()):
        around = context(original, event.start(), event.end(), place, own)
        if around is None or _not_of_now(event, text, indicator):
            continue
        printed = _printed(event)
        if direction and not event["direction"] and ALSO.search(text[: event.start()]) and CHANGE + indicator in INDICATORS:
            indicator, printed = CHANGE + indicator, f"{direction} {printed}"  # giảm 20 hộ, tương đương 1,69%
        if PLANNED.match(text, event.end()) and indicator not in MONIES:
            indicator = REACHED + said if REACHED + said in INDICATORS else ""
        elif AVERAGE.search(text[: event.start()]):
            indicator = "average_" + indicator if "average_" + indicator in INDICATORS else ""
        elif around.planned and indicator not in MONIES:
            indicator = PLAN + indicator if PLAN + indicator in PLANS else ""
        printed = ("vượt " if text[: event.start()].rstrip().endswith("vượt") else "") + printed
        if _reads(printed, indicator) and (not event["two"] or _of_all(event, text, indicator)):
            yield Told(indicator, printed, around)
            if not _aside(text, event):
                said = said if indicator in PLANS else indicator
                direction = "" if event["to"] else event["direction"] or ""


def _named(text: str, whole: str) -> Iterator[tuple[re.Match, str]]:
    """The figures of a text with their indicators, "" for none: what class was named last, or by its own unit; `whole` is
    the text with what figures are shares of."""
    subject, minority, named = None, False, 0
    for event, after in pairwise([*EVENT.finditer(text), None]):
        if event is None:  # the end, which comes after the last event only
            break
        if _names_a_class(event):
            if _among(text, event.start(), subject) and _subject(event)[0] == "minority_households":
                minority = True
                continue
            subject, named = _subject(event), event.end()
            minority = _of_minority((text[max(event.start() - 40, 0) : event.end()] + _words_after(text, event)).split(":")[0])
            continue
        own = (
            after is not None
            and _names_a_class(after)
            and after.start() - event.end() <= 1
            and event["unit"] == terms.UNITS["households"]
        )
        about, few = (subject, minority) if not (own and after) else (_subject(after), _of_minority(_words_after(text, after)))
        if subject and about and about[0] == "minority_households" and _among(text, event.start(), subject):
            about, few = subject, True
        money = event["unit"] and event["unit"].endswith(terms.UNITS["dong"])
        elsewhere = money and ". " in text[named : event.start()]  # money of another sentence is something else's
        was = text[: event.start()].rstrip().endswith(("giảm từ", "tăng từ"))  # giảm từ 262 hộ xuống còn 242 hộ
        if not (was or event["still"] and "so với" not in text):
            yield event, _indicator(event, about, few, whole) if about and not elsewhere else ""


def _not_of_now(event: re.Match, text: str, indicator: str) -> bool:
    """Whether a figure is the one before a change, one of a year among several, or the change of what is named only later."""
    before, after = text[: event.start()], text[event.end() : event.end() + 40]
    was = before.rstrip().endswith("từ") and re.match(r"[^,;.]*?(?:xuống|lên|còn)\b", after)
    unsaid = UNTOLD.search(before) and not event["direction"]
    size = event["unit"] in (terms.UNITS["persons"], *terms.ALSO_WRITTEN["persons"]) and after.startswith(" trở ")
    years = indicator.startswith(CHANGE) and PERIOD.search(text) and not AVERAGE.search(before)
    return bool(was or unsaid or size or years or after.startswith("/năm"))


def _aside(text: str, event: re.Match) -> bool:
    """Whether a figure stands in brackets."""
    return _within(text[: event.start()])


def _names_a_class(event: re.Match) -> bool:
    return event["number"] is None and event["still"] is None


def _among(text: str, start: int, subject: tuple[str, str, str] | None) -> bool:
    """Whether what follows is told of a class named before: `242 hộ nghèo, trong đó 200 hộ dân tộc thiểu số`."""
    before = text[:start]
    return subject is not None and "nghèo" in before and (_within(before) or before.rpartition(". ")[2].rfind("trong đó") > -1)


def _within(before: str) -> bool:
    return before.rfind("(") > before.rfind(")")


def _subject(event: re.Match) -> tuple[str, str, str]:
    at = next(at for at in range(len(SUBJECTS)) if event[f"s{at}"])
    return list(SUBJECTS.values())[at]


def _of_minority(words: str) -> bool:
    return MINORITY.search(words) is not None


def _words_after(text: str, event: re.Match) -> str:
    """What is said right after the name of a class: `200 hộ nghèo dân tộc thiểu số`."""
    return re.split("[,;.:]", text[event.end() : event.end() + 30])[0]


def _indicator(event: re.Match, subject: tuple[str, str, str], minority: bool, text: str) -> str:
    """The indicator of a figure, by its unit and what it is a share of; "" where it has none."""
    unit = event["unit"] or ""
    if unit == "%" and OF_PERSONS.match(text, event.end()):
        return "" if minority else PERSON_RATES.get(subject[1], "")
    if unit == "%" and (share := SHARE.match(text, event.end())):
        return ("minority_share_of_near_poor" if share[1] else "minority_share_of_poor") if minority else ""
    if unit in ("%", "điểm phần trăm") or event["rated"]:
        indicator = subject[2]
    else:
        indicator = subject[terms.UNITS["persons"] in unit or unit in terms.ALSO_WRITTEN["persons"]]
    indicator = OF_MINORITY.get(indicator, "") if minority else indicator
    return CHANGE + indicator if event["still"] or event["direction"] and not event["to"] else indicator


def _printed(event: re.Match) -> str:
    return event["still"] or " ".join(event.group().split())


def _of_all(event: re.Match, text: str, indicator: str) -> bool:
    """Whether two figures in one are a class and all households: `hộ nghèo: 242/1.160 hộ`, not `49/63 hộ nghèo là …`."""
    return WHOLES.get(indicator) == "households" and not TELLS_OF_SOME.match(text, event.end())


def _reads(printed: str, indicator: str) -> bool:
    if indicator not in INDICATORS and indicator not in PLANS:
        return False
    try:
        for one in in_parts({"indicator": indicator, "printed": printed}):
            parse(one["printed"], one["indicator"].removeprefix(PLAN) if indicator in PLANS else one["indicator"])
    except Unreadable:
        return False
    return True
