"""Claims proposed from the sentences of a report, for a person to accept or correct before anything is judged.

    Tổng số hộ nghèo trên địa bàn xã: 242 hộ, 922 khẩu, chiếm 20,86%. Giảm 20 hộ, tỷ lệ giảm 1,69%.

A figure is about the class of households named last before it in its paragraph, or by its own unit (`242 hộ
nghèo`); its unit says whether it counts households, persons or a share of them, `tăng` and `giảm` that it is a
change. What is about no class is not proposed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pandas as pd

from giamngheo.reconcile.indicators import CHANGE, INDICATORS
from giamngheo.reconcile.notation import SCALE, WORD, Unreadable, parse
from giamngheo.reconcile.paragraphs import Paragraph, read
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
    r"thoát cận nghèo": ("left_near_poverty", "", "left_near_poverty_rate"),
    r"thoát nghèo": ("left_poverty", "", "left_poverty_rate"),
    r"tái nghèo": ("relapsed", "", "relapsed_rate"),
    r"phát sinh(?: nghèo| mới)?": ("newly_poor", "", "newly_poor_rate"),
    r"cận nghèo": ("near_poor_households", "near_poor_persons", "near_poor_rate"),
    r"(?:(?<=hộ )|(?<=khẩu )|(?<=tỷ lệ ))nghèo(?! đa chiều)": ("poor_households", "poor_persons", "poor_rate"),
    r"mức sống trung bình": ("average_living_households", "", "average_living_rate"),
    r"tổng số (?:hộ|nhân khẩu)(?: dân cư| dân)?(?! (?:cận )?nghèo)": ("households", "persons", ""),
    r"giải ngân": ("budget_disbursed", "", "disbursement_rate"),
    r"(?:kế hoạch|tổng|nguồn) vốn": ("budget_planned", "", ""),
}
MINORITY = re.compile(r"dân tộc thiểu số|dtts")
OF_MINORITY = {
    "households": "minority_households", "poor_households": "minority_poor_households", "poor_rate": "minority_poor_rate",
    "near_poor_households": "minority_near_poor_households", "near_poor_rate": "minority_near_poor_rate",
}  # fmt: skip
TOLD_OF = re.compile(r"(?<=%) ?(?:trong |so với |của )?(?:tổng )?(?:số )?(?:hộ|dân)[^,;.:]*")
FIGURE = re.compile(
    rf"(?P<direction>tăng|giảm)?(?P<to> (?:xuống )?còn)? ?(?:(?:thêm|được|đi) )?(?P<word>(?:{WORD}) )?(?<![\d,./])"
    rf"(?P<number>{NUMBER})(?P<two>/{NUMBER})? ?(?P<unit>%|điểm phần trăm|(?:(?:{SCALE}) )?đồng(?!/)|hộ|(?:nhân )?khẩu|người)"
)
PLACE = re.compile(r"(?<!\w)(?:xã|phường|thị trấn|huyện|tỉnh)(?: [A-ZĐÀ-Ỹ][\wà-ỹ’'-]*)+")
YEAR = re.compile(r"(?:kết quả|rà soát|cuối) [^.;:]{0,80}?năm (20[0-9]{2})", re.IGNORECASE)
ASIDE = re.compile(r"\([^()0-9]*\)")  # hộ nghèo đa chiều (hộ nghèo và hộ cận nghèo): 566 hộ
NOT_OF_THE_PLACE = re.compile(r"tham gia|mô hình|^ghi chú|^căn cứ| = ", re.IGNORECASE)
EVENT = re.compile("|".join(f"(?P<s{at}>{one})" for at, one in enumerate(SUBJECTS)) + "|" + FIGURE.pattern)


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
        rows += [said | {"indicator": indicator, "printed": printed} for indicator, printed in of(paragraph)]
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
    subject, minority = None, False
    for event, after in pairwise(events):
        if event is None:  # the end, which comes after the last event only
            break
        if event["number"] is None:
            subject = _subject(event)
            minority = _of_minority(text[max(event.start() - 40, 0) : event.end() + 30].split(":")[0])
            continue
        own = (
            after is not None
            and after["number"] is None
            and after.start() - event.end() <= 1
            and event["unit"] == terms.UNITS["households"]
        )
        about, few = (subject, minority) if not (own and after) else (_subject(after), _of_minority(_words_after(text, after)))
        claim = _claim(event, about, few) if about else None
        if claim:
            yield claim


def _subject(event: re.Match) -> tuple[str, str, str]:
    at = next(at for at in range(len(SUBJECTS)) if event[f"s{at}"])
    return list(SUBJECTS.values())[at]


def _of_minority(words: str) -> bool:
    return MINORITY.search(words) is not None


def _words_after(text: str, event: re.Match) -> str:
    """What is said right after the name of a class: `200 hộ nghèo dân tộc thiểu số`."""
    return re.split("[,;.:]", text[event.end() : event.end() + 30])[0]


def _claim(event: re.Match, subject: tuple[str, str, str], minority: bool) -> tuple[str, str] | None:
    """The indicator and the text of a figure; None where it has none or cannot be read as one."""
    unit = event["unit"]
    kind = 2 if unit in ("%", "điểm phần trăm") else 1 if terms.UNITS["persons"] in unit or unit in terms.ALSO_WRITTEN["persons"] else 0
    indicator = subject[kind]
    if minority:
        indicator = OF_MINORITY.get(indicator, "")
    printed = " ".join(event.group().split())
    if event["direction"] and not event["to"]:
        indicator = CHANGE + indicator
    try:
        parse(printed, indicator) if indicator in INDICATORS and not event["two"] else None
    except Unreadable:
        return None
    return (indicator, printed) if indicator in INDICATORS else None


def changed_by_hand(edited: Path, exported: Path) -> list[str]:
    """The numbers of a document that are no longer those of the one that was exported, each with its place."""
    from difflib import SequenceMatcher

    now, before = _numbers(read(edited)), _numbers(read(exported))
    matcher = SequenceMatcher(None, [one for one, _ in before], [one for one, _ in now], autojunk=False)
    told = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            old, new = (
                "; ".join(number for number, _ in part) or "không có" for part in (before[a:b], now[c:d])
            )
            place = (now[c:d] or now[max(c - 1, 0) : c] or [("", Paragraph("", ""))])[0][1]
            told.append(f"{place.where}: {new} thay cho {old} — {place.text}")
    return told


def _numbers(paragraphs: Sequence[Paragraph]) -> list[tuple[str, Paragraph]]:
    return [(number, one) for one in paragraphs for number in re.findall(NUMBER, one.text)]
