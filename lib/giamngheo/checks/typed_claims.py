"""Figures typed into a narrative, held against what the workbook itself prints and what others printed.

    Toàn xã có 245 hộ nghèo, chiếm 21,12%.

Only a sentence that says nothing but figures of the whole unit in the review year is a claim; one with any other word
(a village, another place or year, whom a project reached) may be about something else and is left alone. A figure
that is meant as it stands is confirmed by a line `<!-- đúng: 245 hộ -->` with the words of the finding.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd

from giamngheo import reconcile
from giamngheo.checks import own, typed_standards
from giamngheo.figures import results
from giamngheo.findings import DataError, Finding
from giamngheo.intake import kinds, narrative, narrative_file
from giamngheo.intake.narrative import PLACEHOLDER, Text
from giamngheo.intake.unit import Year
from giamngheo.vietnamese.text import clean

FIGURE = "§"  # stands for a figure in a sentence
OURS = ("review.", "changes.")  # names of figures of the whole unit
# a sentence of these words alone is about the whole unit in the review year
WORDS = {
    "tổng", "số", "tỷ", "lệ", "hộ", "khẩu", "nhân", "là", "còn", "ở", "mức", "chiếm", "đạt", "giảm", "tăng", "năm",
    "nay", "toàn", "xã", "phường", "của", "trên", "địa", "bàn", "hiện", "có", "và", "với", "cuối", "đến", "theo",
    "kết", "quả", "rà", "soát", "nghèo", "cận", "đa", "chiều", "dân", "cư", "tộc", "thiểu", "dtts", "thoát", "tái",
    "phát", "sinh", "mới", "cao", "thấp", "so", "tương", "ứng", "cộng",
}  # fmt: skip
WHOLE = re.compile(r"\b(?:toàn|địa bàn|tổng số|xã|phường)\b")
CHANGED = re.compile(r"\b(?:giảm|tăng|so với)\b")
NOT_ONE_CLASS = re.compile(  # two classes together, a share of a class, a rate that may be of persons
    rf"nghèo[^{FIGURE}]*nghèo|% (?:(?:trên|trong|so với|của) )?(?:tổng )?(?:số )?(?:hộ|dân)(?: (?:cận )?nghèo| tộc| dân tộc| dtts)"
    rf"|(?:khẩu|người)[^;.]*{FIGURE}%|nghèo mới"
)
POINT = re.compile(r"^\s*(?:[-+*•]|\d{1,2}[.)])\s+")
OF_RATE = re.compile(r"điểm|tỷ lệ (?:hộ )?(?:cận )?nghèo")  # a change in points; `hộ nghèo giảm 7,6%` may be of their number
COMPARED = re.compile(rf"so với (?:mặt bằng|bình quân) chung[^;.{FIGURE}]*")
COUNTED = re.compile(r"\d[^\n]{0,12}(?:%|điểm|hộ|khẩu|người)", re.IGNORECASE)
ENDS = re.compile(r"(?<=[.!?;])\s+")


def findings(this: Year) -> list[Finding]:
    """The typed figures of the narrative that contradict the workbook's own or the published ones."""
    texts = [narrative.read(section, this) for section in kinds.words(this) if _may_count(section, this)]
    if not any(map(narrative.typed_figures, texts)):
        return []
    known = own.claims_together(this)
    known = known[known["place"] == results.name(this)]  # sums of villages are held against it elsewhere
    told = [row for row in (results.of(this), results.second(this)) if row is not None]
    kinds_of = [own.kind_of(this, row) for row in told]
    decrees = [results.decree(this.law, row) for row in told]
    rows = (row for text in texts for row in claimed(text, this, decrees))
    return list(dict.fromkeys(finding for row in rows for finding in held_against(row, known, kinds_of)))


def held_against(row: dict, known: pd.DataFrame, kinds_of: Sequence[dict]) -> list[Finding]:
    """The finding of one typed claim that is of none of the results it may be of (`row["of"]`), or is of two at once."""
    from giamngheo.reconcile.indicators import CHANGES

    changed = row["indicator"] in CHANGES
    told = [kinds_of[place] for place in row["of"]]
    if changed and not row["across"]:  # one of which no change is known can have none in a sentence
        indicators = set(known.loc[known["indicator"] == row["indicator"], "standard"])
        told = [kind for kind in told if kind["standard"] in indicators] or told
    found = [list(held(row | kind, known)) for kind in told]
    if row["across"]:
        return [across(row)] if changed or any(found) else []
    return found[0] if all(found) else []


def across(row: dict) -> Finding:
    """The finding of a figure in a sentence about both standards that is not the figure of each."""
    rule = "câu này gộp hai chuẩn nghèo: hai kết quả theo hai chuẩn không cộng, không trừ cho nhau"
    remedy = f"viết mỗi chuẩn một câu, ghi rõ theo chuẩn nào; nếu đúng ý thì thêm dòng <!-- đúng: {row['said']} -->"
    return Finding(row["file"], rule, remedy, row=row["line"], value=row["said"], level="draft")


def _may_count(section: str, this: Year) -> bool:
    """Whether a file holds digits before a unit at all: quick, because most do not."""
    try:
        stored = narrative_file.content(this.root, f"{this.place}/narrative/{section}.md")
    except DataError:
        return False  # refused as it stands
    return COUNTED.search(stored) is not None


def held(row: dict, known: pd.DataFrame) -> Iterator[Finding]:
    """The finding of one typed claim where what the workbook prints, and what others printed, contradicts it."""
    claim = row | {"printed": row["said"]}
    together = pd.concat([known, pd.DataFrame([claim])[own.CLAIM_COLUMNS]], ignore_index=True)
    source = f"{row['file']}:{row['line']}"
    made = [one for one in reconcile.findings(together).itertuples() if source in one.lines]
    printed = [one for one in made if one.check == "repeat"]
    against = [one for one in printed or made if one.verdict == "mismatch"]
    for one in sorted(against, key=lambda one: len(one.lines))[:1]:
        rule = f"số gõ tay và số liệu của sổ không thể cùng đúng: {one.arithmetic}"
        remedy = (
            "sửa lại hoặc thay bằng {tên số liệu}; nếu câu này nói về nơi khác, năm khác thì thêm dòng "
            f"<!-- đúng: {row['said']} -->"
        )
        yield Finding(row["file"], rule, remedy, row=row["line"], value=row["said"], level="draft")


def claimed(text: Text, this: Year, decrees: Sequence[str]) -> Iterator[dict]:
    """The claims of one section about the whole unit that nobody has confirmed as meant otherwise, each with its line and
    the results that it may be `of`; `decrees` set the standards of those of the year, the main one first."""
    place = {"place": results.name(this), "part_of": "", "partition": ""}
    typed = {number for number, _ in narrative.typed_figures(text)}
    meant = {said.casefold() for said in text.confirmed()}
    lines = ["", *text.body.split("\n"), ""]
    for number in sorted(one for one in typed if not _goes_on(lines[one + 1])):
        before, line = lines[number - 1].strip(), lines[number]
        under = before != "" or POINT.match(line) is not None
        read = partial(said_of_unit, place=place["place"], year=this.year, under=under)
        told = typed_standards.told_apart(line, decrees, read) if len(decrees) > 1 else ((said, (0,), False) for said in read(line))
        for (indicator, said), of, both in told:
            if said not in meant:
                yield place | {"indicator": indicator, "said": said, "doubt": "", "file": text.file, "line": number, "of": of, "across": both}


def _goes_on(after: str) -> bool:
    """Whether the line after one belongs to the same sentence or paragraph."""
    return bool(after.strip()) and not POINT.match(after) and not after.lstrip().startswith("<!--")


def said_of_unit(line: str, place: str, year: int, under: bool = False) -> list[tuple[str, str]]:
    """(indicator, printed figure) of the sentences of a line that can only be about the unit in `year`; a line within
    another, or `under` one that it may go on, must say itself that it is.

    >>> said_of_unit("Xã Đông còn 245 hộ nghèo, chiếm 21,12%. Làng Nam có 30 hộ nghèo.", "xã Đông", 2022)
    [('poor_households', 'còn 245 hộ'), ('poor_rate', '21,12%')]
    >>> said_of_unit("Năm 2021, tỷ lệ hộ nghèo là 22,55%; hỗ trợ 15 hộ nghèo vay vốn.", "xã Đông", 2022)
    []
    """
    inside = under or line[:1].isspace()
    sentences = ENDS.split(POINT.sub("", _named(line, place, year)))
    found = []
    for at, sentence in enumerate(sentences):
        follows = any(not _plain(before) for before in sentences[:at])
        if _plain(sentence) and (WHOLE.search(sentence) or not (inside or follows)):
            said = [one for one in _read(sentence) if _certain(*one, sentence)]
            named = Counter(indicator for indicator, _ in said)  # `tăng 3 hộ, giảm 23 hộ`: neither is the change
            found += [one for one in said if named[one[0]] == 1]
    return found


def _named(line: str, place: str, year: int) -> str:
    """The line in small letters with its figures by name as signs, the unit as `toàn xã`, the review year left out."""
    names = {"year": str(year), "last_year": str(year - 1), "place": place}
    line = PLACEHOLDER.sub(lambda found: names.get(found[1], FIGURE if found[1].startswith(OURS) else found[0]), line)
    line = clean(line.replace("**", "")).casefold().replace(place.casefold(), "toàn xã")
    line = COMPARED.sub("cao", re.sub(rf"\bso với (?:cuối )?năm (?:{year - 1}|trước|ngoái)\b", "so với năm", line))
    return re.sub(rf"\bnăm {year}\b", "năm", line)


def _plain(sentence: str) -> bool:
    """Whether a sentence says nothing but figures of the unit, each of one class."""
    from giamngheo.reconcile.proposals import FIGURE as PRINTED

    signs = PRINTED.sub(lambda found: f" {FIGURE}{'%' if found['unit'][:1] in '%đ' else ' ' + found['unit']} ", sentence)
    signs = " ".join(signs.split())
    words = re.sub(rf"[{FIGURE}%,;:.()–-]", " ", signs).split()
    return WORDS.issuperset(words) and not NOT_ONE_CLASS.search(signs)


def _read(sentence: str) -> list[tuple[str, str]]:
    from giamngheo.reconcile.paragraphs import Paragraph
    from giamngheo.reconcile.proposals import of

    return list(of(Paragraph("", sentence)))


def _certain(indicator: str, said: str, sentence: str) -> bool:
    """Whether a figure can only be what its indicator says: a change where something changed, no rate of a part of a class."""
    from giamngheo.reconcile.indicators import CHANGES, MOVEMENTS, STATES

    if indicator.startswith("minority_") and indicator.endswith("rate"):
        return False
    if indicator.startswith("change_") and said.endswith("%") and not OF_RATE.search(sentence):
        return False
    moved = CHANGED.search(sentence) and not re.search(r"còn", said)
    return indicator in (CHANGES | MOVEMENTS if moved else STATES | MOVEMENTS)
