"""What the headings of forms say, in the words in which people write them: the rows of `data/headings.csv`.

A row says of a heading one or more of: `role` (unit, ordinal, line, note), `class`, `measure`, `rate`, `minority`, a
movement (`move`) or a group of them (`step`), a code (`indicator`, `group`, `cause`), a `column` of the review. `-` says nothing by itself.
"""

import re
from functools import cached_property

from giamngheo.law import lawfile
from giamngheo.law.dated import Law
from giamngheo.law.dictionary import tables
from giamngheo.shipped import DATA
from giamngheo.vietnamese.text import clean, identity

Says = dict[str, str]
CODES = {"indicator": "deprivations", "group": "groups", "cause": "causes"}
THOUSANDS = re.compile(r"(đơn vị( tính)?|đvt)\W+.*(nghìn|ngàn|1[. ]?000|triệu|tỷ)|\b(nghìn|ngàn|1[. ]?000|triệu) (hộ|khẩu|người|nhân khẩu)", re.I)
PERCENT = re.compile(r"(?:đơn vị(?: tính)?|đvt)\W+(?:%|phần trăm)\W*$", re.IGNORECASE)
PERSONS = re.compile(r"(?:đơn vị(?: tính)?|đvt)\W+(?:(?:nhân )?khẩu|người)\W*$", re.IGNORECASE)
COUNTS_HOUSEHOLDS = re.compile(r"(?:tổng )?số hộ\b", re.IGNORECASE)
AS_OF = r"(?:tính )?(?:đến|tại)(?: thời điểm| hết)?(?: ngày)? "
LAST_YEAR = r"(?<=[^\W\d_] )(?=[0-9]{4}$)"  # a year that ends a heading: Hộ nghèo 2025
YEAR = re.compile(
    rf"(?:{AS_OF})?31/12/((?:19|20)[0-9]{{2}})|(?:{AS_OF})?(?:(?:cuối |của )?năm |{LAST_YEAR})((?:19|20)[0-9]{{2}})", re.IGNORECASE
)
BARE_YEAR = re.compile("(?:19|20)[0-9]{2}")
PARTS = re.compile(r"[^()\[\]]+")
MARK = re.compile(r"[0-9*]{0,2}|[A-ZĐ]")  # a footnote's mark or a column's letter, which says nothing


def phrase(text: str) -> str:
    """The words of a heading in one spelling, without signs.

    >>> phrase("Tỉ lệ (%)") == phrase(" tỷ lệ"), phrase("Thôn/làng") == phrase("thôn, làng"), phrase("Trong đó:")
    (True, True, 'trong đó')
    """
    words = identity(" ".join(re.findall(r"\w+", clean(text))))
    return words.replace(identity("tỉ"), identity("tỷ"))


BEFORE = tuple(f"{phrase(words)} " for words in ("Trong đó", "Chia ra", "Trong đó có"))


def written() -> list[str]:
    """Every heading of `data/headings.csv`, as it is written there."""
    return [row["heading"] for row in lawfile.rows(DATA / "headings.csv")]


class Vocabulary:
    """What headings say under a data folder's law in a year; `year` is what a heading that names a year is held against."""

    def __init__(self, law: Law, year: int):
        self.law, self.year = law, year

    @cached_property
    def known(self) -> dict[str, Says]:
        found: dict[str, Says] = {}
        for kind, named in self.codes.items():
            for code, name in named.items():
                for written in (name, re.sub("^Dân tộc ", "", name)):
                    found[phrase(written)] = {kind: code} | ({"measure": "households"} if name.startswith("Hộ ") else {})
        found |= {phrase(name): {} for name in self.dimensions if phrase(name) not in found}
        return found | {phrase(row["heading"]): said(row["says"]) for row in lawfile.rows(DATA / "headings.csv")}

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """The official names of the codes by their kind."""
        rows = self.law.rows("indicators")
        return {
            "indicator": {row["indicator"]: row["name"] for row in rows},
            "group": self.law.names("categories", "group", self.year),
            "cause": self.law.names("categories", "cause", self.year),
        }

    @cached_property
    def dimensions(self) -> set[str]:
        return {row["dimension"] for row in self.law.rows("indicators")}

    def says(self, text: str) -> Says | None:
        """What one heading says; None where a part of it is not known."""
        if name := technical(text):
            return name
        if BARE_YEAR.fullmatch(clean(text)):
            return {"year": clean(text)}
        bare, year = YEAR.sub(" ", clean(text)), YEAR.search(clean(text))
        parts = [self.part(part) for part in PARTS.findall(bare)]
        if parts and (parts[0] or {}).get("role"):
            return parts[0]  # whatever stands in brackets behind it
        found: Says = {}
        for part in parts:
            if part is None:
                return None
            found |= part
        found |= {"rate": "yes"} if "%" in text else {}
        return found | ({"year": year[1] or year[2]} if year else {})

    def part(self, text: str) -> Says | None:
        words = phrase(text)
        for spelled in (words, *(words.removeprefix(before) for before in BEFORE if words.startswith(before))):
            if spelled in self.known:
                return self.known[spelled] | ({} if spelled == words else {"within": "yes"})
        return {} if MARK.fullmatch(text.strip(" %.:;,-")) else None

    def path(self, texts: tuple[str, ...]) -> tuple[Says | None, str]:
        """What a column's headings say together, from the upmost to its own; None with the reason where they say no one thing."""
        found: Says = {}
        for text in texts:
            own = self.says(text)
            if own is None:
                return None, f"không rõ “{clean(text)}” là gì"
            for kind, value in own.items():
                upper = found.get(kind, value)
                if upper != value and (not gives_way(kind, upper, value) or upper == "persons" and COUNTS_HOUSEHOLDS.match(clean(text))):
                    return None, f"“{'”, “'.join(map(clean, texts))}” nói hai điều khác nhau"
                found[kind] = found[kind] if stays(kind, found.get(kind, ""), value, own) else value
        if found.get("year", str(self.year)) != str(self.year):
            return None, f"số của năm {found['year']}"
        return found, ""


def said(words: str) -> Says:
    """
    >>> said("class:poor measure:households rate"), said("-")
    ({'class': 'poor', 'measure': 'households', 'rate': 'yes'}, {})
    """
    pairs = (word.partition(":") for word in words.split() if word != "-")
    return {kind: value or "yes" for kind, _, value in pairs}


def gives_way(kind: str, upper: str, lower: str) -> bool:
    """Whether what a heading says above may be said more closely below it: a measure, a code, a class of all or of both poor ones."""
    return kind in ("measure", *CODES) or kind == "class" and ("all" in (upper, lower) or upper == "multidimensionally_poor")


def stays(kind: str, upper: str, lower: str, own: Says) -> bool:
    """Whether what a heading says above holds for the one below: the class before all households, and persons before a class's name.

    >>> stays("measure", "persons", "households", {"class": "poor"})  # Số khẩu ▸ Hộ nghèo
    True
    """
    return bool(upper) and (kind == "class" and lower == "all" or (kind, upper, lower) == ("measure", "persons", "households") and "class" in own)


def technical(text: str) -> Says | None:
    """What the headings of our own sheets say, whose last line is a column's name."""
    name = text.strip().splitlines()[-1].strip() if text.strip() else ""
    if name == "village":
        return {"role": "unit", "level": "village"}
    if name == "note":
        return {"role": "note"}
    return {"column": name} if name in {column.name for column in tables()["review"]} else None
