"""A unit from nothing: its place on the map, its letterhead, its first year with workbook and narrative files.

A code alone does not tell a unit (23668 was Kông Lơng Khơng's, and is Tơ Tung's): one that was another unit's on the day
is refused. The map is `units.csv` of the data folder; a unit that is not on it is added as it was told.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.intake import template
from giamngheo.intake.folder import WORKBOOK
from giamngheo.intake.unit import Year
from giamngheo.law import unit_name
from giamngheo.law.dated import Law
from giamngheo.law.dictionary import Column, fields
from giamngheo.law.validity import in_force, year_end
from giamngheo.store import atomic
from giamngheo.vietnamese.text import bare, identity
from giamngheo.year import newyear

REFORM = dt.date(2025, 7, 1)  # the first day of the communes that were merged in 2025
UNIT = "unit.yml"


@dataclass(frozen=True)
class Question:
    """Something that is asked of a new unit: its option, the words, whether there may be several answers, or none."""

    name: str
    words: str
    several: bool = False
    needed: bool = False


QUESTIONS = (
    Question("unit", "Mã đơn vị: tên thư mục, chữ không dấu, ví dụ to-tung", needed=True),
    Question("name", "Tên đơn vị như viết trong câu, ví dụ xã Tơ Tung", needed=True),
    Question("code", "Mã số đơn vị hành chính, ví dụ 23668; chưa rõ thì để trống"),
    Question("year", "Năm rà soát đầu tiên, ví dụ 2026", needed=True),
    Question("predecessors", "Các xã cũ nhập thành xã này (mã hoặc tên); không sáp nhập thì để trống", several=True),
    Question("villages", "Các thôn, làng; có thể điền sau trong tệp Excel", several=True),
    Question("addressees", "Kính gửi: các cơ quan nhận báo cáo", several=True),
    Question("recipients", "Nơi nhận, trừ dòng Lưu; để trống là “Như trên”", several=True),
    Question("position", "Chức vụ người ký; để trống là CHỦ TỊCH"),
    Question("signatory", "Họ tên người ký"),
    Question("drafting_unit", "Chữ viết tắt của phòng soạn thảo ở dòng Lưu, ví dụ KT"),
)
Answers = dict[str, str | list[str]]


def asked(given: Mapping[str, str | list[str]], ask: Callable[[str], str]) -> Answers:
    """The answers, those that the command line did not give asked for one by one; several are separated by ";"."""
    answers: Answers = {}
    for one in QUESTIONS:
        said = given.get(one.name)
        if said is None:
            said = ask(f"{one.words}{' (cách nhau dấu ;)' * one.several}: ")
        answers[one.name] = parts(said) if one.several else str(said).strip()
    return answers


def parts(said: str | list[str]) -> list[str]:
    """
    >>> parts("Làng A; Làng B;"), parts(["Làng A", "Làng B; Làng C"])
    (['Làng A', 'Làng B'], ['Làng A', 'Làng B', 'Làng C'])
    """
    texts = [said] if isinstance(said, str) else said
    return [part.strip() for text in texts for part in text.split(";") if part.strip()]


def make(root: Path, answers: Answers) -> Year:
    """Make the unit's files and its first year, and return that; raises DataError with what cannot be."""
    missing = [one for one in QUESTIONS if one.needed and not answers[one.name]]
    if missing:
        raise DataError(Finding(f"--{one.name}", "chưa có câu trả lời", one.words) for one in missing)
    unit, year = str(answers["unit"]), str(answers["year"])
    if not (year.isdecimal() and len(year) == len("2026")):
        raise DataError([Finding("--year", "không phải là năm", "ghi năm bằng bốn chữ số, ví dụ 2026", value=year)])
    unit = unit_name.resolved(unit, [row["unit"] for row in Law(root).rows("units")])
    if (root / unit).exists():
        remedy = f"mở năm mới của đơn vị này: giamngheo new-year --unit {unit} --year {year}"
        raise DataError([Finding(unit, "đơn vị này đã có thư mục", remedy)])
    on_the_map(root, unit, answers, int(year))
    (root / unit).mkdir(parents=True)
    atomic.put(root / unit / UNIT, letterhead(answers, int(year)).encode())
    this = Year(root, unit, int(year))
    folder = newyear.make(this)
    rows = [{"village": name} for name in answers["villages"]]
    if rows and not this.merged:
        sheets = template.under(this)
        newyear.fill(folder / WORKBOOK, {table: [row | more for row in rows] for table, more in sheets.items()}, this, None)
    return this


# the map ---------------------------------------------------------------------------------------------


def on_the_map(root: Path, unit: str, answers: Answers, year: int) -> None:
    """Add the unit, and predecessors that are not known, to the map; refuse a code that was another's."""
    rows, day = Law(root).rows("units"), year_end(year)
    there = next((row for row in rows if row["unit"] == unit and in_force(row, day)), None)
    if there:
        if identity(str(answers["name"])) not in (identity(there["name"]), identity(there["name"].partition(" ")[2])):
            remedy = f"mã {unit} là của {there['name']}; dùng mã khác, hoặc sửa tên"
            raise DataError([Finding("units.csv", "trên bản đồ đơn vị này có tên khác", remedy, value=str(answers["name"]))])
        return
    code = str(answers["code"])
    if other := next((row for row in rows if code and row["code"] == code and row["kind"] == "commune" and in_force(row, day)), None):
        rule = f"ngày {day:%d/%m/%Y} mã này là của {other['name']} ({other['unit']})"
        raise DataError([Finding("units.csv", rule, "xem lại mã số; chưa rõ thì để trống", header="code", value=code)])
    merged = [known(said, rows) for said in answers["predecessors"]]
    added = [row for row in merged if row not in rows]
    began = REFORM.isoformat() if merged else ""
    own = placed(unit, str(answers["name"]), code) | {"predecessors": "; ".join(row["unit"] for row in merged), "valid_from": began}
    write_map(root, [*rows, *added, own])


def known(said: str, rows: list[dict[str, str]]) -> dict[str, str]:
    """The row of a predecessor, told by its code or its name; one that is not on the map as it would stand there."""
    ended = [row for row in rows if row["kind"] == "commune" and row["valid_to"]]
    alike = [row for row in ended if identity(said) in (identity(row["unit"]), identity(row["name"]))]
    last = (REFORM - dt.timedelta(days=1)).isoformat()
    return alike[0] if alike else placed(f"{bare(said)}-cu", said, "") | {"valid_to": last}


def placed(unit: str, name: str, code: str) -> dict[str, str]:
    area = "rural" if identity(name).startswith("xã ") else "urban"
    blank = dict.fromkeys(("parent", "predecessors", "valid_from", "valid_to"), "")
    told = {"decree": "", "source": "đơn vị tự khai", "confidence": "medium"}
    return {"unit": unit, "code": code, "name": name, "kind": "commune", "area": area} | blank | told


def write_map(root: Path, rows: list[dict[str, str]]) -> None:
    names = list(rows[0])
    text = io.StringIO()
    lines = csv.DictWriter(text, names, lineterminator="\n", extrasaction="ignore", restval="")
    lines.writeheader()
    lines.writerows(rows)
    root.mkdir(parents=True, exist_ok=True)
    atomic.put(root / "units.csv", text.getvalue().encode())


# the letterhead --------------------------------------------------------------------------------------


def letterhead(answers: Answers, year: int) -> str:
    """`unit.yml`: every field of the dictionary with a comment that says what it is, filled in as far as it was told."""
    name = str(answers["name"])
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
