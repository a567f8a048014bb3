"""A unit from nothing: its place on the map, its letterhead, its first year with workbook and narrative files.

The map is `units.csv` of the data folder; a unit that is not on it is added as it was told (`year.unit_map`).
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from giamngheo import limits
from giamngheo.findings import DataError, Finding
from giamngheo.intake.unit import Year, meant
from giamngheo.law import unit_name
from giamngheo.law.dated import Law
from giamngheo.law.dictionary import Column, fields
from giamngheo.law.validity import year_end
from giamngheo.store import atomic_folders
from giamngheo.vietnamese import glyphs
from giamngheo.vietnamese.text import identity
from giamngheo.year import newyear
from giamngheo.year.unit_map import REFORM, Answers, names_above, with_unit, write_map

UNIT = "unit.yml"


@dataclass(frozen=True)
class Question:
    """Something that is asked of a new unit: its option, the words, whether there may be several answers, or none.

    Of several answers none may come twice where each is to be said `once`; `refused` says what is wrong with one.
    """

    name: str
    words: str
    several: bool = False
    needed: bool = False
    once: bool = False
    refused: Callable[[str], str] = lambda text: ""

    @property
    def option(self) -> str:
        return f"--{self.name.replace('_', '-')}"


def no_code(text: str) -> str:
    return "" if text.isascii() and text.isdigit() else "mã số đơn vị hành chính chỉ gồm chữ số"


def no_year(text: str) -> str:
    try:
        limits.year(text)
    except ValueError as refused:
        return str(refused)
    return ""


QUESTIONS = (
    Question("unit", "Mã đơn vị: tên thư mục, chữ không dấu, ví dụ to-tung", needed=True),
    Question("name", "Tên đơn vị như viết trong câu, ví dụ xã Tơ Tung", needed=True),
    Question("code", "Mã số đơn vị hành chính, ví dụ 23668; chưa rõ thì để trống", refused=no_code),
    Question("year", "Năm rà soát đầu tiên, ví dụ 2026", needed=True, refused=no_year),
    Question("province", "Tỉnh của xã (năm còn cấp huyện: huyện), mã hoặc tên; chưa rõ thì để trống"),
    Question("predecessors", "Các xã cũ nhập thành xã này (mã hoặc tên); không sáp nhập thì để trống", several=True, once=True),
    Question("villages", "Các thôn, làng; có thể điền sau trong tệp Excel", several=True, once=True),
    Question("addressees", "Kính gửi: các cơ quan nhận báo cáo", several=True),
    Question("recipients", "Nơi nhận, trừ dòng Lưu; để trống là “Như trên”", several=True),
    Question("position", "Chức vụ người ký; để trống là CHỦ TỊCH"),
    Question("signatory", "Họ tên người ký"),
    Question("drafting_unit", "Chữ viết tắt của phòng soạn thảo ở dòng Lưu, ví dụ KT"),
)


def asked(root: Path, given: Mapping[str, str | list[str]], ask: Callable[[str], str]) -> Answers:
    """The answers, those that the command line did not give asked for one by one; several are separated by ";", names by "," too.

    Raises DataError as soon as it is told a unit that is there already: nothing more is asked.
    """
    answers: Answers = {}
    for one in QUESTIONS:
        said = given.get(one.name)
        if said is None:
            said = ask(f"{one.words}{' (cách nhau dấu ;)' * one.several}{choices(root, one.name, answers)}: ")
        answers[one.name] = parts(said, one.once) if one.several else str(said).strip()
        if one.name == "unit" and said:
            require_free(root / meant(root, str(answers["unit"])), year=str(given.get("year") or "…"))
    return answers


def choices(root: Path, name: str, answers: Answers) -> str:
    """What may be answered to the question for the province, as far as the map of the year says; "" to any other."""
    if name != "province" or no_year(str(answers["year"])):
        return ""
    there = names_above(Law(root).rows("units"), year_end(int(str(answers["year"]))))
    return f" (trên bản đồ: {there})" if there else ""


def parts(said: str | list[str], names: bool = False) -> list[str]:
    """The parts of an answer, each between ";"; `names` may stand between "," instead, where the answer has no ";".

    >>> parts("Làng A; Làng B;"), parts(["Làng A", "Làng B; Làng C"])
    (['Làng A', 'Làng B'], ['Làng A', 'Làng B', 'Làng C'])
    >>> parts("xã A, xã B", names=True), parts("Làng A (thôn 1, 2); Làng B", names=True), parts("Sở A, Sở B")
    (['xã A', 'xã B'], ['Làng A (thôn 1, 2)', 'Làng B'], ['Sở A, Sở B'])
    """
    texts = [said] if isinstance(said, str) else said
    between = {text: "," if names and ";" not in text else ";" for text in texts}
    return [part.strip() for text in texts for part in text.split(between[text]) if part.strip()]


def make(root: Path, answers: Answers) -> Year:
    """Make the unit's files and its first year, and return that; raises DataError with what cannot be.

    The folder is made whole beside its place, then the map is written, then the folder takes its place: after a stop
    between the two the unit is on the map, and the same command goes on.
    """
    check(answers)
    unit, year = meant(root, str(answers["unit"])), int(str(answers["year"]))
    free = partial(require_free, year=year)
    free(root / unit)
    with atomic_folders.workshop(root / unit, require=free) as made:
        rows = Law(root).rows("units")
        now = with_unit(rows, unit, answers, Year(root, unit, year))
        this = Year(root, unit, year, Law(root, now))
        (made / UNIT).write_text(letterhead(answers), encoding="utf-8")
        (made / str(year)).mkdir()
        newyear.begin(this, made / str(year), villages(this, answers))
        if now != rows:
            write_map(root, now)
    return Year(root, unit, year)


def require_free(place: Path, year: int | str) -> None:
    """Raises DataError where something stands in the place of the new unit's folder."""
    if place.is_dir():
        remedy = f"mở năm mới của đơn vị này: giamngheo new-year --unit {place.name} --year {year}"
        raise DataError([Finding(place.name, "đơn vị này đã có thư mục", remedy)])
    if os.path.lexists(place):
        rule = "chỗ của thư mục này đã có một tệp hoặc một liên kết hỏng"
        raise DataError([Finding(place.name, rule, "đổi tên hoặc xóa nó rồi chạy lại")])


def villages(this: Year, answers: Answers) -> list[str]:
    """The villages that were named; raises DataError where they come from the predecessors."""
    there = [this.law.unit_name(unit) for unit in this.merged if this.other(unit).last]
    if there and answers["villages"]:
        rule = f"thôn, làng được chép từ số liệu năm {this.year - 1} của {', '.join(there)}"
        raise DataError([Finding("--villages", rule, "để trống; thiếu thôn, làng nào thì thêm dòng vào tệp Excel sau")])
    return list(answers["villages"])


# the answers -----------------------------------------------------------------------------------------


def check(answers: Answers) -> None:
    """Raises DataError with all that is wrong with the answers themselves, before anything is looked for or made."""
    found = [finding for one in QUESTIONS for finding in wrong(one, answers[one.name])]
    if found:
        raise DataError(found)
    if (size := len(letterhead(answers).encode())) > limits.OFFICE:
        rule = f"các câu trả lời dài {size} byte, nhiều nhất {limits.OFFICE}"
        raise DataError([Finding(UNIT, rule, "rút ngắn các dòng Kính gửi, Nơi nhận")])


def wrong(one: Question, said: str | list[str]) -> Iterator[Finding]:
    """What is wrong with the answer to one question."""
    texts = [said] if isinstance(said, str) else said
    if one.needed and not said:
        yield Finding(one.option, "chưa có câu trả lời", one.words)
    if len(texts) > limits.VILLAGES:
        yield Finding(one.option, f"có {len(texts)} câu trả lời, nhiều nhất {limits.VILLAGES}", "xem lại dấu ; giữa các câu trả lời")
    for text in texts:
        if len(text) > limits.REMARK:
            yield Finding(one.option, f"dài {len(text)} ký tự, nhiều nhất {limits.REMARK}", "rút ngắn câu trả lời này")
        elif not text.isprintable():
            rule = "có ký tự không in ra được (xuống dòng, ký tự ẩn, dấu cách không ngắt, ký tự đổi chiều chữ, byte không phải UTF-8)"
            yield Finding(one.option, rule, "gõ lại câu trả lời này trên một dòng", value=unit_name.printable(text))
        elif said and (rule := one.refused(text)):
            yield Finding(one.option, rule, one.words, value=text)
        elif letter := glyphs.box(text):
            yield Finding(one.option, glyphs.rule(letter[0]), glyphs.remedy(letter[0]), value=text)
    for text in twice(texts) if one.once else ():
        yield Finding(one.option, "ghi hai lần", "mỗi tên chỉ ghi một lần; hai thôn cùng tên thì ghi thêm chữ để phân biệt", value=text)


def twice(texts: list[str]) -> list[str]:
    """The texts that say once more what one before them says."""
    said = [identity(text) for text in texts]
    return [text for at, text in enumerate(texts) if said[at] in said[:at]]


# the letterhead --------------------------------------------------------------------------------------


def letterhead(answers: Answers) -> str:
    """`unit.yml`: every field of the dictionary with a comment that says what it is, filled in as far as it was told."""
    name, year = str(answers["name"]), int(str(answers["year"]))
    began = REFORM.isoformat() if year_end(year) >= REFORM else ""
    told: dict[str, object] = {
        "name": name,
        "issuer_name": f"Ủy ban nhân dân {name}",
        "letterhead.from": began,
        "letterhead.issuer": ["ỦY BAN NHÂN DÂN", name.upper()],
        "letterhead.place": name.partition(" ")[2] or name,
        "letterhead.addressees": answers["addressees"],
        "letterhead.recipients": answers["recipients"] or ["Như trên"],
        "letterhead.authority": ["TM. ỦY BAN NHÂN DÂN"],
        "letterhead.position": answers["position"] or "CHỦ TỊCH",
        "letterhead.signatory": answers["signatory"],
        "letterhead.drafting_unit": answers["drafting_unit"],
    }
    lines = ["# Thể thức văn bản của đơn vị. Dòng bắt đầu bằng dấu # là giải thích, không in."]
    for column in fields(UNIT):
        _, within, own = column.name.rpartition(".")
        indent = "    " if within else ""
        first = column.name == "letterhead.from"
        lines += [f"{indent}# {column.label}: {column.meaning}.", f"{'  - ' if first else indent}{own}:{value(column, told)}"]
    return "\n".join(lines) + "\n"


def value(column: Column, told: dict[str, object]) -> str:
    """What stands behind a field's name: the answer in quotation marks, nothing before the entries of a list."""
    if column.type == "entries":
        return ""
    blank: object = [] if column.type == "texts" else ""
    return f" {json.dumps(told.get(column.name, blank), ensure_ascii=False)}"
