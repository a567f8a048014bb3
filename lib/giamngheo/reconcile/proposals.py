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

import pandas as pd

from giamngheo.reconcile.indicators import CHANGE, INDICATORS, PLAN, REACHED
from giamngheo.reconcile.notation import SCALE, WORD, Unreadable, parse
from giamngheo.reconcile.paragraphs import Paragraph, read
from giamngheo.reconcile.sayings import PLANS
from giamngheo.reconcile.vocabulary import COLUMNS
from giamngheo.vietnamese import terms
from giamngheo.vietnamese.numbers import NUMBER

# what names a class, the longest first, and its indicators: households, persons, rate
SUBJECTS = {
    r"(?:hộ |tỷ lệ )*nghèo đa chiều": (
        "multidimensionally_poor_households",
        "",
        "multidimensional_poverty_rate",
    ),
    r"(?:hộ )?cận nghèo trở thành (?:hộ )?nghèo": ("near_poor_became_poor", "", ""),
    r"trở thành (?:hộ )?(?:cận )?nghèo": ("", "", ""),  # a part of those who left a class
    r"(?:thoát|ra khỏi diện)(?: hộ)? cận nghèo": ("left_near_poverty", "", "left_near_poverty_rate"),
    r"(?:thoát|ra khỏi diện)(?: hộ)? nghèo": ("left_poverty", "", "left_poverty_rate"),
    r"tái nghèo": ("relapsed", "", "relapsed_rate"),
    r"(?<=hộ )nghèo (?:phát sinh(?: mới)?|mới)|phát sinh(?: nghèo| mới)?": ("newly_poor", "", "newly_poor_rate"),
    r"cận nghèo": ("near_poor_households", "near_poor_persons", "near_poor_rate"),
    r"(?:(?<=hộ )|(?<=khẩu )|(?<=tỷ lệ ))nghèo(?! đa chiều)": ("poor_households", "poor_persons", "poor_rate"),
    r"mức sống trung bình": ("average_living_households", "", "average_living_rate"),
    r"tổng số (?:hộ|nhân khẩu)(?: dân cư| dân)?(?! (?:cận )?nghèo)": ("households", "persons", ""),
    r"(?<=hộ )dân(?: cư)?(?! tộc)": ("households", "persons", ""),
    r"giải ngân": ("budget_disbursed", "", "disbursement_rate"),
    r"(?:kế hoạch|tổng|nguồn) vốn": ("budget_planned", "", ""),
}
MINORITY = re.compile(r"dân tộc thiểu số|dtts")
OF_MINORITY = {
    "households": "minority_households", "poor_households": "minority_poor_households", "poor_rate": "minority_poor_rate",
    "near_poor_households": "minority_near_poor_households", "near_poor_rate": "minority_near_poor_rate",
}  # fmt: skip
TOLD_OF = re.compile(
    r"(?:tỷ lệ )?(?:trên|so với|trong) tổng số hộ(?: dân tộc thiểu số| dân cư| dân)?"
    r"|(?<=%) ?(?:trong |so với |của )?(?:tổng )?(?:số )?(?:hộ|dân)[^,;.:]*"
)
FIGURE = re.compile(
    rf"(?P<direction>tăng|giảm)?(?P<to> (?:xuống )?còn)? ?(?:(?:thêm|được|đi) )?(?P<word>(?:{WORD}) )?(?<![\d,./])"
    rf"(?P<number>{NUMBER})(?P<two>/{NUMBER})? ?(?P<unit>%|điểm phần trăm|(?:(?:{SCALE}) )?đồng(?!/)|hộ|(?:nhân )?khẩu|người)"
)
STILL = r"(?P<rated>tỷ lệ (?:hộ (?:cận )?nghèo )?)?(?P<still>không (?:thay )?đổi)"
NUMBERED = r"(?: [0-9]{1,3}(?![\w%]|[.,][0-9]| (?:hộ|khẩu|người|thôn|làng|triệu|tỷ|đồng)\b))?"  # phường 5, not xã Mẫu Sơn 242 hộ
PLACE = re.compile(rf"(?<!\w)(?:xã|phường|thị trấn|huyện|tỉnh)(?: [A-ZĐÀ-Ỹ][\wà-ỹ’'-]*)+{NUMBERED}")
PLANNED = re.compile(r" ?(?:so với )?(?:kế hoạch|chỉ tiêu|mục tiêu)")
SET = re.compile(r"(?:kế hoạch|chỉ tiêu|mục tiêu)(?: giao| được giao| đề ra)?:? ?(?:là )?$")
AVERAGE = re.compile(r"bình quân[^.;]{0,60}$")
PERIOD = re.compile(r"(?:giai đoạn|từ năm) (20[0-9]{2})(?: ?[-–] ?| đến năm | - năm )(20[0-9]{2})")
YEAR = re.compile(r"(?:kết quả|rà soát|cuối) [^.;:]{0,80}?năm (20[0-9]{2})", re.IGNORECASE)
ASIDE = re.compile(r"\([^()0-9]*\)")  # hộ nghèo đa chiều (hộ nghèo và hộ cận nghèo): 566 hộ
NOT_OF_THE_PLACE = re.compile(r"tham gia|mô hình|^ghi chú|^căn cứ (?!.{0,40}nêu trên)| = ", re.IGNORECASE)
EVENT = re.compile("|".join(f"(?P<s{at}>{one})" for at, one in enumerate(SUBJECTS)) + f"|{FIGURE.pattern}|{STILL}")


def propose(path: Path) -> pd.DataFrame:
    """The claims that the sentences of a document seem to make: `COLUMNS` and `where` with the sentence's
    place and words. Raises DataError where the document cannot be opened."""
    paragraphs = read(path)
    text = " ".join(one.text for one in paragraphs)
    place = next((name for name, _ in Counter(PLACE.findall(text)).most_common(1)), "")
    years = Counter(re.findall(r"năm (20[0-9]{2})", text))
    rows, year = [], years.most_common(1)[0][0] if years else ""
    for paragraph in paragraphs:
        year = next(iter(YEAR.findall(paragraph.text)), year)
        said = dict.fromkeys(COLUMNS, "") | {
            "place": place,
            "year": year,
            "where": f"{paragraph.where}: {paragraph.text}",
        }
        period = "-".join(next(iter(PERIOD.findall(paragraph.text)), ()))
        for indicator, printed in of(paragraph):
            when = {"year": period} if period and indicator.startswith("average_") else {}
            rows.append(said | when | {"indicator": indicator, "printed": printed})
    return pd.DataFrame(rows, columns=[*COLUMNS, "where"])


def of(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """(indicator, printed figure) of one paragraph, those that read as figures of their indicator.

    >>> list(of(Paragraph("", "Hộ nghèo: 242 hộ, 922 khẩu, chiếm 20,86%. Giảm 20 hộ, tỷ lệ giảm 1,69%.")))
    ... # doctest: +NORMALIZE_WHITESPACE
    [('poor_households', '242 hộ'), ('poor_persons', '922 khẩu'), ('poor_rate', '20,86%'),
     ('change_poor_households', 'giảm 20 hộ'), ('change_poor_rate', 'giảm 1,69%')]
    """
    if NOT_OF_THE_PLACE.search(paragraph.text) or paragraph.where.startswith("bảng"):
        return
    text = paragraph.text.casefold()
    for aside in (TOLD_OF, ASIDE):
        text = aside.sub(lambda found: " " * len(found.group()), text)
    events = [*EVENT.finditer(text), None]
    subject, minority, named, said = None, False, 0, ""
    for event, after in pairwise(events):
        if event is None:  # the end, which comes after the last event only
            break
        if _names_a_class(event):
            subject, named = _subject(event), event.end()
            minority = _of_minority(text[max(event.start() - 40, 0) : event.end() + 30].split(":")[0])
            continue
        own = (
            after is not None
            and _names_a_class(after)
            and after.start() - event.end() <= 1
            and event["unit"] == terms.UNITS["households"]
        )
        about, few = (subject, minority) if not (own and after) else (_subject(after), _of_minority(_words_after(text, after)))
        money = event["unit"] and event["unit"].endswith(terms.UNITS["dong"])
        elsewhere = money and ". " in text[named : event.start()]  # money of another sentence is something else's
        indicator = _indicator(event, about, few) if about and not elsewhere else ""
        was = text[: event.start()].rstrip().endswith(("giảm từ", "tăng từ"))  # giảm từ 262 hộ xuống còn 242 hộ
        if was or event["still"] and "so với" not in text:
            continue
        if PLANNED.match(text, event.end()) and REACHED + said in INDICATORS:
            indicator = REACHED + said
        if AVERAGE.search(text[: event.start()]) and "average_" + indicator in INDICATORS:
            indicator = "average_" + indicator
        if SET.search(text[: event.start()]) and PLAN + indicator in PLANS:
            indicator = PLAN + indicator
        printed = ("vượt " if text[: event.start()].rstrip().endswith("vượt") else "") + _printed(event)
        if _reads(printed, indicator) and not event["two"]:
            yield indicator, printed
            said = said if _aside(text, event) or indicator in PLANS else indicator


def _aside(text: str, event: re.Match) -> bool:
    """Whether a figure stands in brackets."""
    return text.rfind("(", 0, event.start()) > text.rfind(")", 0, event.start())


def _names_a_class(event: re.Match) -> bool:
    return event["number"] is None and event["still"] is None


def _subject(event: re.Match) -> tuple[str, str, str]:
    at = next(at for at in range(len(SUBJECTS)) if event[f"s{at}"])
    return list(SUBJECTS.values())[at]


def _of_minority(words: str) -> bool:
    return MINORITY.search(words) is not None


def _words_after(text: str, event: re.Match) -> str:
    """What is said right after the name of a class: `200 hộ nghèo dân tộc thiểu số`."""
    return re.split("[,;.:]", text[event.end() : event.end() + 30])[0]


def _indicator(event: re.Match, subject: tuple[str, str, str], minority: bool) -> str:
    """The indicator of a figure, by its unit; "" where it has none."""
    unit = event["unit"] or ""
    if unit in ("%", "điểm phần trăm") or event["rated"]:
        indicator = subject[2]
    else:
        indicator = subject[terms.UNITS["persons"] in unit or unit in terms.ALSO_WRITTEN["persons"]]
    indicator = OF_MINORITY.get(indicator, "") if minority else indicator
    return CHANGE + indicator if event["still"] or event["direction"] and not event["to"] else indicator


def _printed(event: re.Match) -> str:
    return event["still"] or " ".join(event.group().split())


def _reads(printed: str, indicator: str) -> bool:
    try:
        known = indicator in INDICATORS or indicator in PLANS
        return known and parse(printed, indicator.removeprefix(PLAN) if indicator in PLANS else indicator) is not None
    except Unreadable:
        return False
