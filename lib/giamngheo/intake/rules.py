"""The rules of data/dictionary.csv, applied to the values of one table.

    unique                      no two rows have the same value
    unique with a, b            no two rows have the same values in all of these columns
    same in every row           one value for the whole table
    names a document            a text with the number and sign of a document: 12/QĐ-UBND
    poor <= households          an expression over the row's columns (`law.expressions`)
    one of a|b, in TABLE.COLUMN a code of a list (`intake.codes`, applied where the cell is read)

A rule is not applied where one of its numbers is blank: not known breaks no rule.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from giamngheo.intake.table import Reading
from giamngheo.law.dictionary import Column
from giamngheo.law.expressions import breach, expression, say
from giamngheo.vietnamese.text import identity

DOCUMENT = re.compile(r"\d\S*/[^\W\d_]")  # the number and sign of a document: 12/QĐ-UBND, 35/2025/NQ-HĐND, 12-QĐ/TU


class Broken(NamedTuple):
    """A rule that a row breaks: which row (its place in the table), where it shows, and what to say."""

    at: int
    column: str
    rule: str
    remedy: str


def broken(reading: Reading) -> Iterator[Broken]:
    """Every breach of `unique`, `same in every row`, `names a document` and of the row expressions, in the values of a table.

    A cell that could not be read breaks no further rule.
    """
    for column in reading.columns:
        for rule in column.rules if column.name in reading.values else ():
            if rule.startswith("unique"):
                yield from _repeated(rule, column, reading)
            elif rule == "same in every row":
                yield from _differing(column, reading)
            elif rule == "names a document":
                yield from _no_document(column, reading)
            elif not rule.startswith(("one of ", "in ")):
                yield from _untrue(rule, column, reading)


def in_words(rule: str, labels: dict[str, str]) -> str:
    """A rule of the dictionary as an officer reads it.

    >>> in_words("unique with village, class", {"village": "Thôn, làng", "class": "Loại hộ"})
    'không lặp lại: Thôn, làng + Loại hộ'
    >>> [in_words(rule, {}) for rule in ("one of poor|near_poor", "in standards.standard", "same in every row", "unique")]
    ['một trong: poor, near_poor', 'mã có trong standards.standard', 'giống nhau ở mọi dòng', 'không lặp lại']
    """
    if rule.startswith("unique with "):
        return "không lặp lại: " + " + ".join(labels[name] for name in _together(rule))
    if rule.startswith("one of "):
        return "một trong: " + ", ".join(rule.removeprefix("one of ").split("|"))
    if rule.startswith("in "):
        return f"mã có trong {rule.removeprefix('in ')}"
    fixed = {"unique": "không lặp lại", "same in every row": "giống nhau ở mọi dòng", "names a document": "có số, ký hiệu văn bản"}
    return fixed.get(rule) or say(expression(rule).tree, labels)


def _together(rule: str) -> list[str]:
    return [name.strip() for name in rule.removeprefix("unique with ").split(",")]


def _repeated(rule: str, column: Column, reading: Reading) -> Iterator[Broken]:
    names = [column.name] if rule == "unique" else _together(rule)
    there = [name for name in names if name in reading.values]
    labels = ", ".join(one.label for one in reading.columns if one.name in names)
    first: dict[tuple, int] = {}
    for at in range(len(reading.lines)):
        if any((at, name) in reading.unread for name in there):
            continue
        values = [reading.values[name][at] for name in there]
        key = tuple(identity(value) if isinstance(value, str) else value for value in values)
        if key in first:
            yield Broken(at, there[0], f"{labels} trùng với dòng {reading.line(first[key])}", "xoá dòng thừa hoặc sửa lại")
        first.setdefault(key, at)


def _differing(column: Column, reading: Reading) -> Iterator[Broken]:
    values = reading.values[column.name]
    filled = [(at, value) for at, value in enumerate(values) if value not in (None, "")]
    for at, value in filled:
        if value != filled[0][1]:
            rule = f'phải giống nhau ở mọi dòng; dòng {reading.line(filled[0][0])} ghi "{filled[0][1]}"'
            yield Broken(at, column.name, rule, "sửa cho cả bảng dùng một giá trị")


def _no_document(column: Column, reading: Reading) -> Iterator[Broken]:
    for at, value in enumerate(reading.values[column.name]):
        if value and not DOCUMENT.search(value):
            rule = f"{column.label} phải là một văn bản: chưa có số, ký hiệu, ví dụ 12/QĐ-UBND"
            yield Broken(at, column.name, rule, f"ghi {column.meaning[:1].lower()}{column.meaning[1:]}")


def _untrue(rule: str, column: Column, reading: Reading) -> Iterator[Broken]:
    compiled = expression(rule)
    labels = {one.name: one.label for one in reading.columns}
    texts = {one.name for one in reading.columns if one.type in ("text", "code")}
    for at in range(len(reading.lines)):
        row = {
            name: reading.values[name][at] if name in reading.values else "" if name in texts else None
            for name in compiled.names
        }
        unread = any((at, name) in reading.unread for name in compiled.names)
        if None not in row.values() and not unread and not compiled.holds(row):
            yield Broken(at, column.name, *breach(compiled, labels, row))
