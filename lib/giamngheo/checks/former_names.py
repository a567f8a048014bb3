"""Names of units that the map no longer has on the day of the report, and of their bodies, in a narrative: perhaps carried over.

What is meant, for example in history, is confirmed by a line `<!-- đúng: huyện Kbang -->` with the words of the finding.
"""

import re
from collections.abc import Iterator, Sequence

from giamngheo.checks.past_years import DOCUMENT
from giamngheo.findings import Finding
from giamngheo.intake import kinds, narrative, office
from giamngheo.intake.narrative import PLACEHOLDER, Text
from giamngheo.intake.unit import Year
from giamngheo.law.validity import in_force

ABOVE = ("district", "province")
DISTRICT = "huyện"
COMMITTEE = r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân)\s+"
LABOUR = r"(?:Lao\s+động\W{1,3}Thương\s+binh\s+(?:và|&)\s+Xã\s+hội|LĐ\W{0,3}TB(?:\W{0,3}|\s+và\s+)XH)"
# Bodies that ended with the districts on 30/06/2025 or before, and who has their work: the agriculture and environment line has
# that of reducing poverty (Nghị định 131/2025/NĐ-CP, Thông tư 13/2025/TT-BNNMT).
BODIES = {
    r"Huyện\s+(?:ủy|uỷ)": "Đảng ủy xã hoặc Tỉnh ủy",
    rf"Phòng\s+{LABOUR}": "phòng chuyên môn của xã",
    rf"Sở\s+{LABOUR}": "Sở Nông nghiệp và Môi trường",
}
FORMERLY = re.compile(r"(?<!\w)(?:cũ|trước đây|nguyên(?= là| xã)|sáp nhập|hợp nhất)(?!\w)", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.;!?])\s+")


def findings(this: Year) -> list[Finding]:
    former, communes = ended(this), merged(this)
    if not (former or communes):
        return []
    return [found for section in kinds.words(this) for found in said(narrative.read(section, this), former, communes)]


def merged(this: Year) -> list[str]:
    """The names of the communes that were merged into the unit before the day of the report and that no unit has on it."""
    day = office.dated(this)
    there = {row["name"] for row in this.law.rows("units") if in_force(row, day)}
    gone = [row for row in this.law.rows("units") if row["unit"] in this.merged and not in_force(row, day)]
    return [name for row in gone if (name := row["name"].removesuffix(" (cũ)")) not in there]


def ended(this: Year) -> list[str]:
    """The names of districts and provinces that ended before the day of the report and that no unit has on it.

    "huyện" and the like alone where there is no district any more.
    """
    day = office.dated(this)
    rows = this.law.rows("units")
    there = [row for row in rows if in_force(row, day)]
    gone = [row for row in rows if row["kind"] in ABOVE and row["valid_to"] and row["valid_to"] < day.isoformat()]
    names = [row["name"] for row in gone if row["name"] not in {row["name"] for row in there}]
    no_district = any(row["kind"] == "district" for row in gone) and not any(row["kind"] == "district" for row in there)
    return [*dict.fromkeys(names), *[DISTRICT] * no_district]


def said(text: Text, former: list[str], communes: Sequence[str] = ()) -> Iterator[Finding]:
    """The former names in one section that nobody has confirmed, each at its line."""
    for number, name in text.unconfirmed(lambda line: names_in(line, former, communes)):
        now = next((now for body, now in BODIES.items() if re.fullmatch(body, name, re.IGNORECASE)), "")
        rule = f"{'cơ quan' if now else 'đơn vị hành chính'} không còn vào ngày của báo cáo: có thể là lời văn cũ còn sót lại"
        remedy = f"sửa thành {now or 'tên đơn vị hiện nay'}; nếu đúng ý thì thêm dòng <!-- đúng: {name} -->"
        yield Finding(text.file, rule, remedy, row=number, value=name, level="draft")


def names_in(line: str, former: list[str], communes: Sequence[str] = ()) -> list[str]:
    """The former names in a line that belong to no document; a word like "huyện" only behind that of its committee.

    A body of the district only where there is no district any more; a former commune only where its sentence does not call it so,
    and not in brackets behind the name of its village.

    >>> names_in("UBND huyện Kbang, huyện Kbang; UBND huyện giao vốn; huyện khác; tỉnh Gia Lai", ["huyện Kbang", "huyện"])
    ['UBND huyện Kbang', 'huyện Kbang', 'UBND huyện']
    >>> names_in("HĐND huyện, Phòng LĐ-TB&XH; Kế hoạch số 5/KH-UBND của UBND huyện", ["huyện"])
    ['HĐND huyện', 'Phòng LĐ-TB&XH']
    >>> names_in("UBND xã A giao. Xã A cũ; làng B (xã A)", [], ["xã A"])
    ['UBND xã A']
    """
    always = [COMMITTEE + name if " " not in name else f"(?:{COMMITTEE})?{re.escape(name)}" for name in former]
    always += BODIES if DISTRICT in former else []
    once = [rf"(?<!\()(?:{COMMITTEE})?{re.escape(name)}" for name in communes]
    rest = DOCUMENT.sub("§", PLACEHOLDER.sub("§", line))
    return [name for sentence in SENTENCE.split(rest) for name in matches(sentence, always + once * (not FORMERLY.search(sentence)))]


def matches(sentence: str, forms: list[str]) -> list[str]:
    """What the forms find in a sentence, save where it is who issued a document (`§`)."""
    if not forms:
        return []
    words = rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)"
    rest = re.sub(rf"§,? của {words}", "§", sentence, flags=re.IGNORECASE)
    return [found[0] for found in re.finditer(words, rest, re.IGNORECASE)]
