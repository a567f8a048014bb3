"""Names of districts and provinces that the map no longer has on the day of the report, in a narrative: perhaps carried over.

What is meant, for example in history, is confirmed by a line `<!-- đúng: huyện Kbang -->` with the words of the finding.
"""

import re
from collections.abc import Iterator

from giamngheo.checks.past_years import DOCUMENT
from giamngheo.findings import Finding
from giamngheo.intake import kinds, narrative, office
from giamngheo.intake.narrative import PLACEHOLDER, Text
from giamngheo.intake.unit import Year
from giamngheo.law.validity import in_force

ABOVE = ("district", "province")
COMMITTEE = r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+"


def findings(this: Year) -> list[Finding]:
    former = ended(this)
    return [found for section in kinds.words(this) for found in said(narrative.read(section, this), former)] if former else []


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
    return [*dict.fromkeys(names), *["huyện"] * no_district]


def said(text: Text, former: list[str]) -> Iterator[Finding]:
    """The former names in one section that nobody has confirmed, each at its line."""
    for number, name in text.unconfirmed(lambda line: names_in(line, former)):
        rule = "đơn vị hành chính không còn vào ngày của báo cáo: có thể là lời văn cũ còn sót lại"
        remedy = f"sửa thành tên đơn vị hiện nay; nếu đúng ý thì thêm dòng <!-- đúng: {name} -->"
        yield Finding(text.file, rule, remedy, row=number, value=name, level="draft")


def names_in(line: str, former: list[str]) -> list[str]:
    """The former names in a line that belong to no document; a word like "huyện" only behind that of its committee.

    >>> names_in("UBND huyện Kbang, huyện Kbang; UBND huyện giao vốn; huyện khác; tỉnh Gia Lai", ["huyện Kbang", "huyện"])
    ['UBND huyện Kbang', 'huyện Kbang', 'UBND huyện']
    """
    forms = [COMMITTEE + name if " " not in name else f"(?:{COMMITTEE})?{re.escape(name)}" for name in former]
    rest = DOCUMENT.sub("§", PLACEHOLDER.sub("§", line))
    return [found[0] for found in re.finditer(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", rest, re.IGNORECASE)]
