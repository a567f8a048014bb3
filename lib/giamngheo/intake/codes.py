"""The codes a column may hold: listed in the dictionary, in a law table, or in the year's own table."""

from collections.abc import Callable
from typing import NamedTuple

from giamngheo.law.dated import Law
from giamngheo.law.dictionary import Column, tables
from giamngheo.vietnamese.text import ask, identity

LISTED = 25  # codes a message lists in full
LAST_LISTED = 2025  # the last year whose projects are all in programme.csv
OWN = (
    "nội dung của Chương trình giai đoạn 2026 - 2030 chưa có trong danh mục thì thêm một dòng vào data/programme-local.csv, "
    "kèm quyết định giao vốn (docs/huong-dan.md, mục Vốn từ năm 2026)"
)
LIST = (
    "chuẩn chưa có danh mục chỉ số thì ghi danh mục mà tỉnh đang dùng vào data/indicators-local.csv, kèm văn bản ban hành "
    "(docs/huong-dan.md, mục Chỉ số thiếu hụt của chuẩn mới)"
)


class Codes(NamedTuple):
    """The codes a column may hold, each with its official name ("" where it has none); `more` says how there may be others."""

    names: dict[str, str]
    more: str = ""

    def entries(self) -> list[str]:
        """What the drop-down of a workbook offers: `DA2 – Dự án 2: …`."""
        return [f"{code} – {name}" if name else code for code, name in self.names.items()]

    def code(self, said: str) -> str | None:
        """The code meant by a cell: the code itself, its entry in the drop-down, or its official name.

        >>> poor = Codes({"poor": "hộ nghèo"})
        >>> poor.code("Hộ nghèo"), poor.code("poor – hộ nghèo"), poor.code("rich")
        ('poor', 'poor', None)
        """
        if said in self.names:
            return said
        wanted = identity(said)
        for spellings in (self.names, self.entries(), self.names.values()):
            spelled = [identity(spelling) for spelling in spellings]
            if spelled.count(wanted) == 1:
                return list(self.names)[spelled.index(wanted)]
        return None

    def unknown(self, said: str) -> tuple[str, str]:
        """Rule and remedy, in Vietnamese, for a code that is not among these."""
        if not self.names:
            return "chưa có mã nào trong danh mục", "khai báo mã trong danh mục trước, hoặc để trống nếu được"
        listed = ", ".join(self.names) if len(self.names) <= LISTED else f"{len(self.names)} mã của danh mục"
        return "mã không có trong danh mục", f"dùng một trong các mã{ask(said, self.names)}: {listed}{self.more}"


def allowed(column: Column, law: Law, year: int, own: Callable[[str, str], list[str]]) -> Codes | None:
    """The codes that a column with a rule `one of` or `in` may hold in `year`, else None.

    `own(table, column)` gives the values of the same year's own tables.
    """
    for rule in column.rules:
        if rule.startswith("one of "):
            said = dict(part.partition(":")[::2] for part in column.meaning.split(";"))
            titles = {code.strip(): name.strip() for code, name in said.items()}
            return Codes({code: titles.get(code, "") for code in rule.removeprefix("one of ").split("|")})
        if rule.startswith("in "):
            table, _, name = rule.removeprefix("in ").partition(".")
            if table in tables():
                return Codes(dict.fromkeys(own(table, name), ""))
            titles = law.names(table, name, year)
            more = _more(table, name, law, year)
            return Codes({code: titles.get(code, "") for code in law.codes(table, name, year)}, f"; {more}" if more else "")
    return None


def _more(table: str, name: str, law: Law, year: int) -> str:
    """How a code that a table of law does not have can be given; "" where it has them all."""
    if (table, name) == ("programme", "project") and year > LAST_LISTED:
        return OWN
    unlisted = any(not law.indicators(standard) for standard in law.reviewed(year))
    return LIST if (table, name) == ("indicators", "indicator") and unlisted else ""
