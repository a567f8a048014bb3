"""A form of movements held against itself: opening, those who left and entered, closing, however closely they are told apart."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from giamngheo.imports.columns import Column
from giamngheo.imports.headings import Says
from giamngheo.vietnamese.numbers import number

PARTS = {"left": ("to_other_class", "above_near_poor"), "entered": ("from_other_class", "relapsed", "new")}
REMEDY = "đối chiếu với sổ rồi sửa số sai; có hộ tăng, giảm khác (chuyển đi, chết, tách, nhập hộ) thì thêm cột Giảm khác, Tăng khác"


class Wrong(NamedTuple):
    """What is wrong at a column of a line."""

    column: Column
    rule: str


def quantity(says: Says) -> str:
    """What a column of movements counts: `start`, `new`, …, or of a column that tells no parts `left`, `entered`."""
    return says.get("move") or says.get("step", "")


def wrong(columns: list[Column], counts: Mapping[int, int | None]) -> Iterator[Wrong]:
    """What contradicts itself in a line, class by class; `counts` by the columns' positions."""
    for class_, measure in dict.fromkeys((one.says.get("class"), one.says.get("measure")) for one in columns):
        own = {quantity(one.says): one for one in columns if (one.says.get("class"), one.says.get("measure")) == (class_, measure)}
        yield from of_class(own, {name: counts.get(one.position) for name, one in own.items()})


def of_class(own: dict[str, Column], said: Mapping[str, int | None]) -> Iterator[Wrong]:
    for step, parts in PARTS.items():
        told, added = said.get(step), total([said.get(part) for part in parts])
        if told is not None and added is not None and told != added:
            yield Wrong(own[step], f"các cột chi tiết của dòng cộng lại là {number(added)}")
            return
    start, end = said.get("start"), said.get("end")
    left, entered = (ways(step, own, said) for step in PARTS)
    others = {name: said[name] for name in ("other_decrease", "other_increase") if name in own}
    if start is None or end is None or not left or None in others.values():
        return
    less, more = (others.get(name) or 0 for name in ("other_decrease", "other_increase"))
    closing = [start - gone - less + come + more for gone in left for come in entered or [0]]
    if end not in closing if entered else end < min(closing):
        came = f" cộng {number(entered[0] + more)}" if entered else ""
        rule = "không phải số cuối kỳ ghi ở đây" if entered else "nhiều hơn số cuối kỳ ghi ở đây"
        yield Wrong(own["end"], f"đầu kỳ {number(start)} trừ {number(left[0] + less)}{came} là {number(closing[0])}, {rule}")


def ways(step: str, own: Mapping[str, Column], said: Mapping[str, int | None]) -> list[int]:
    """How many left or entered, [] where nobody knows: what the form says, with and without the parts it tells beside it; else their sum."""
    beside = [said[part] for part in PARTS[step] if part in own]
    told, added = said.get(step), total(beside)
    if told is not None and len(beside) < len(PARTS[step]):
        return [told, told + (added or 0)]
    return [told] if told is not None else [added] if added is not None and len(beside) == len(PARTS[step]) else []


def total(parts: list[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
