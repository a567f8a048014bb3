"""Where a new unit stands on the map: its row, those of its predecessors, and what the map says already.

A code alone does not tell a unit (23668 was Kông Lơng Khơng's, and is Tơ Tung's): one that was another unit's on the day
is refused, as is an answer that the map contradicts.
"""

import csv
import datetime as dt
import io
from pathlib import Path

from giamngheo.findings import DataError, Finding
from giamngheo.intake.unit import Year
from giamngheo.law import unit_name
from giamngheo.law.validity import in_force, year_end
from giamngheo.store import atomic
from giamngheo.vietnamese.text import bare, identity
from giamngheo.year import newyear

REFORM = dt.date(2025, 7, 1)  # the first day of the communes that were merged in 2025
FORMER = " (cũ)"  # behind the name of a unit that has ended, where one of the same name is there now
COMMUNE = "commune"  # the kind of unit that has figures of its own
Answers = dict[str, str | list[str]]

def with_unit(rows: list[dict[str, str]], unit: str, answers: Answers, this: Year) -> list[dict[str, str]]:
    """The map with the unit, and predecessors that are not known, added; `rows` where it is on it. Raises DataError."""
    newyear.require_lasting(this)
    day = year_end(this.year)
    merged = [known(said, rows) for said in answers["predecessors"]]
    parent = above(str(answers["province"]), rows, day)
    if own := [row for row in rows if row["unit"] == unit]:
        require_same(own, answers, merged, rows, day)
        require_same_parent(own, parent, rows, day)
        return rows
    code = str(answers["code"])
    if other := next((row for row in rows if code and row["code"] == code and row["kind"] == COMMUNE and in_force(row, day)), None):
        rule = f"ngày {day:%d/%m/%Y} mã này là của {other['name']} ({other['unit']})"
        raise DataError([Finding("units.csv", rule, "xem lại mã số; chưa rõ thì để trống", header="code", value=code)])
    began = REFORM.isoformat() if merged else ""
    told = {"parent": parent, "predecessors": "; ".join(row["unit"] for row in merged), "valid_from": began}
    own = [placed(unit, str(answers["name"]), code) | told]
    added = [row for row in merged if row not in rows]
    require_names(merged, added, [*rows, *own])
    require_free_predecessors(merged, rows, day)
    return [*rows, *added, *own]


def require_same(own: list[dict[str, str]], answers: Answers, merged: list[dict[str, str]], rows: list[dict[str, str]], day: dt.date) -> None:
    """Raises DataError where the map `rows` says another thing of the unit: its rows `own` are no commune of that name on the
    day, or have another code or other predecessors than `answers` say.
    """
    there, name, code = next((row for row in own if in_force(row, day)), None), str(answers["name"]), str(answers["code"])
    if there is None or there["kind"] != COMMUNE:
        rule = f"trên bản đồ mã đơn vị này là của {own[-1]['name']}, ngày {day:%d/%m/%Y} không phải là một xã"
        raise DataError([Finding("units.csv", rule, "đặt mã đơn vị khác, hoặc xem lại năm", header="unit", value=own[-1]["unit"])])
    if identity(name) not in (identity(there["name"]), identity(there["name"].partition(" ")[2])):
        remedy = f"mã {there['unit']} là của {there['name']}; dùng mã khác, hoặc sửa tên"
        raise DataError([Finding("units.csv", "trên bản đồ đơn vị này có tên khác", remedy, value=name)])
    if code and there["code"] and code != there["code"]:
        rule = f"trên bản đồ mã số của {there['name']} là {there['code']}"
        raise DataError([Finding("--code", rule, "để trống thì dùng mã trên bản đồ; bản đồ sai thì sửa units.csv", value=code)])
    listed = listed_in(there)
    if merged and {row["unit"] for row in merged} != set(listed):
        names = {row["unit"]: row["name"] for row in rows}
        rule = f"trên bản đồ các xã cũ của {there['name']} là: {'; '.join(names.get(unit, unit) for unit in listed) or 'không có'}"
        remedy = "ghi đúng các xã ấy, cách nhau dấu ;, hoặc để trống thì dùng các xã trên bản đồ; bản đồ sai thì sửa units.csv"
        raise DataError([Finding("--predecessors", rule, remedy, value="; ".join(answers["predecessors"]))])


def require_same_parent(own: list[dict[str, str]], parent: str, rows: list[dict[str, str]], day: dt.date) -> None:
    """Raises DataError where the unit is told to lie in `parent` and the map has it in another one, or in none."""
    there = next(row for row in own if in_force(row, day))
    if parent and parent != there["parent"]:
        names = {row["unit"]: row["name"] for row in rows}
        rule = f"trên bản đồ {there['name']} thuộc: {names.get(there['parent'], there['parent']) or 'chưa ghi'}"
        remedy = "để trống thì dùng đơn vị trên bản đồ; bản đồ sai thì sửa cột parent của units.csv"
        raise DataError([Finding("--province", rule, remedy, value=names[parent])])


def require_free_predecessors(merged: list[dict[str, str]], rows: list[dict[str, str]], day: dt.date) -> None:
    """Raises DataError of a predecessor that has become part of another unit: its counts would be in both."""
    for row in merged:
        other = next((one for one in rows if in_force(one, day) and row["unit"] in listed_in(one)), None)
        if other:
            rule = f"xã cũ này đã nhập vào {other['name']} ({other['unit']}): số liệu sẽ tính hai lần"
            remedy = "bỏ xã này; chỉ nhập một phần thì ghi phần ấy như một xã cũ có tên riêng, với số liệu của nó"
            raise DataError([Finding("--predecessors", rule, remedy, value=row["name"])])


def listed_in(row: dict[str, str]) -> list[str]:
    """The units that a row of the map names as merged into its own."""
    return [unit.strip() for unit in row["predecessors"].split(";") if unit.strip()]


def require_names(merged: list[dict[str, str]], added: list[dict[str, str]], rows: list[dict[str, str]]) -> None:
    """Raises DataError of a predecessor told twice, and of one whose name gives no new unit's name beside those of `rows`."""
    taken = {unit_name.folded(row["unit"]) for row in rows}
    units = [row["unit"] for row in merged]
    for at, row in enumerate(merged):
        if row["unit"] in units[:at]:
            rule = f"{row['name']} ghi hai lần"
        elif row in added and not (bare(row["name"]) and unit_name.is_plain(row["unit"]) and unit_name.folded(row["unit"]) not in taken):
            rule = f"không đặt được mã đơn vị cho xã cũ này ({row['unit']})"
        else:
            continue
        raise DataError([Finding("--predecessors", rule, "ghi mã của xã cũ trong units.csv, hoặc sửa tên", value=row["name"])])


def above(said: str, rows: list[dict[str, str]], day: dt.date) -> str:
    """The unit above the communes that is told by its code or its name; "" where none is told. Raises DataError where it is not there."""
    there = [row for row in rows if row["kind"] != COMMUNE and in_force(row, day)]
    found = next((row["unit"] for row in there if identity(said) in called(row["unit"], row["name"])), "")
    if said and not found:
        rule = f"ngày {day:%d/%m/%Y} trên bản đồ không có đơn vị cấp trên này"
        remedy = f"{names_above(rows, day) or 'chưa có đơn vị nào'}; đơn vị khác thì để trống, rồi thêm dòng của nó vào units.csv"
        raise DataError([Finding("--province", rule, f"các đơn vị có trên bản đồ: {remedy}", value=said)])
    return found


def names_above(rows: list[dict[str, str]], day: dt.date) -> str:
    """The units above the communes on a day, as a person may choose one."""
    return "; ".join(row["name"] for row in rows if row["kind"] != COMMUNE and in_force(row, day))


def known(said: str, rows: list[dict[str, str]]) -> dict[str, str]:
    """The row of a predecessor, told by its code or its name, with or without the “(cũ)” that the map may have behind it; one
    that is not on the map as it would stand there. Raises DataError where several are called so.
    """
    ended = [row for row in rows if row["kind"] == COMMUNE and row["valid_to"]]
    exact = [row for row in ended if identity(said) in called(row["unit"], row["name"])]
    alike = exact or [row for row in ended if identity(said) in called(row["name"].removesuffix(FORMER))]
    if len({row["unit"] for row in alike}) > 1:
        rule = f"trên bản đồ có {len(alike)} xã cũ cùng tên này: {', '.join(row['unit'] for row in alike)}"
        raise DataError([Finding("--predecessors", rule, "ghi mã của xã cũ thay cho tên", value=said)])
    last = (REFORM - dt.timedelta(days=1)).isoformat()
    return alike[0] if alike else placed(f"{bare(said)}-cu", said, "") | {"valid_to": last}


def called(*names: str) -> list[str]:
    """What a unit of these names is called: each whole, and without the word for its kind."""
    return [identity(part) for name in names for part in (name, name.partition(" ")[2]) if part]


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
    atomic.put(root / "units.csv", text.getvalue().encode())
