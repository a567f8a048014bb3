"""The rules of data/dictionary.csv, applied to the values of one table.

    unique                      no two rows have the same value
    unique with a, b            no two rows have the same values in all of these columns
    one of a|b                  one of these codes
    in TABLE.COLUMN             a code of a law table at the year, or of the same year's own table
    same in every row           one value for the whole table
    poor <= households          an expression over the row's columns: + - * comparisons, and, or

A rule is not applied where one of its numbers is blank: not known breaks no rule.
"""

import ast
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from giamngheo.intake.dictionary import Column, law_path, tables
from giamngheo.intake.text import ask, identity

NODES = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub,
    ast.Mult, ast.Compare, ast.LtE, ast.GtE, ast.Lt, ast.Gt, ast.Eq, ast.NotEq, ast.Name, ast.Load, ast.Constant,
)  # fmt: skip
SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "×", ast.LtE: "≤", ast.GtE: "≥", ast.Lt: "<", ast.Gt: ">", ast.Eq: "=",
    ast.NotEq: "≠", ast.And: "và", ast.Or: "hoặc", ast.Not: "không", ast.USub: "-",
}  # fmt: skip


class Broken(NamedTuple):
    """A rule that a row breaks: which row (its place in the table), where it shows, and what to say."""

    at: int
    column: str
    rule: str
    remedy: str


class Expression(NamedTuple):
    """A rule over the columns of one row, compiled; `names` are those columns."""

    code: object
    tree: ast.expr
    names: tuple[str, ...]


class Codes(NamedTuple):
    """The codes a column may hold, each with its official name ("" where it has none)."""

    names: dict[str, str]

    def entries(self) -> list[str]:
        """What the drop-down of a workbook offers: `DA2 – Dự án 2: …`."""
        return [f"{code} – {name}" if name else code for code, name in self.names.items()]

    def code(self, said: str) -> str | None:
        """The code meant by a cell: the code itself, its entry in the drop-down, or its official name.

        >>> Codes({"poor": "hộ nghèo"}).code("Hộ nghèo"), Codes({"poor": "hộ nghèo"}).code("rich")
        ('poor', None)
        """
        if said in self.names:
            return said
        wanted = identity(said)
        for spellings in (self.names, self.entries(), self.names.values()):
            spelled = [identity(spelling) for spelling in spellings]
            if spelled.count(wanted) == 1:
                return list(self.names)[spelled.index(wanted)]
        return None


def codes(column: Column, year: int, own: Callable[[str, str], list[str]]) -> Codes | None:
    """The codes of a column with a rule `one of` or `in`, else None.

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
            path = law_path(table)
            return _law_codes(table, name, year, path, path.stat().st_mtime_ns)
    return None


@lru_cache(maxsize=256)
def _law_codes(table: str, name: str, year: int, _path: Path, _changed: int) -> Codes:
    from giamngheo import standards  # which itself finds the law tables through giamngheo.data

    titles = standards.names(table, name, year)
    return Codes({code: titles.get(code, "") for code in standards.codes(table, name, year)})


def broken(
    columns: Sequence[Column], values: dict[str, list], lines: Sequence[int], unread: set[tuple[int, str]]
) -> Iterator[Broken]:
    """Every breach of `unique`, `same in every row` and of the row expressions.

    `values` holds, for each column that is there, one value per row (None or "" = blank); `lines` are the
    rows' numbers in the file; `unread` are the (row, column) that could not be read, which break no further
    rule.
    """
    by_name = {column.name: column for column in columns}
    for column in columns:
        if column.name not in values:
            continue
        for rule in column.rules:
            if rule.startswith("unique"):
                yield from _repeated(rule, column, by_name, values, lines, unread)
            elif rule == "same in every row":
                yield from _differing(column, values, lines)
            elif not rule.startswith(("one of ", "in ")):
                yield from _untrue(expression(rule), column, by_name, values, unread)


@lru_cache
def expression(rule: str) -> Expression:
    """Compile a row expression of the dictionary; anything but arithmetic and comparison is refused.

    >>> expression("poor + near_poor <= households").names
    ('poor', 'near_poor', 'households')
    """
    tree = ast.parse(rule, mode="eval")
    for node in ast.walk(tree):
        if not isinstance(node, NODES):
            raise ValueError(f"data/dictionary.csv: the rule {rule!r} is not an expression over columns")
    names = dict.fromkeys(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    in_order = sorted(names, key=rule.index)
    return Expression(compile(tree, "data/dictionary.csv", "eval"), tree.body, tuple(in_order))


def say(node: ast.expr, terms: dict[str, str]) -> str:
    """An expression in words, each column replaced by its term.

    >>> say(expression("a + b <= c").tree, {"a": "Hộ nghèo", "b": "Hộ cận nghèo", "c": "Tổng số hộ"})
    'Hộ nghèo + Hộ cận nghèo ≤ Tổng số hộ'
    """
    if isinstance(node, ast.Name):
        return terms[node.id]
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.BinOp):
        return f"{say(node.left, terms)} {SIGNS[type(node.op)]} {say(node.right, terms)}"
    if isinstance(node, ast.UnaryOp):
        return f"{SIGNS[type(node.op)]} {say(node.operand, terms)}"
    if isinstance(node, ast.BoolOp):
        return f" {SIGNS[type(node.op)]} ".join(say(part, terms) for part in node.values)
    if _asks_for_text(node):
        return f"có ghi {say(node.left, terms)}"
    parts = [say(node.left, terms)]
    for sign, right in zip(node.ops, node.comparators, strict=True):
        parts += [SIGNS[type(sign)], say(right, terms)]
    return " ".join(parts)


def in_words(rule: str, labels: dict[str, str]) -> str:
    """A rule of the dictionary as an officer reads it.

    >>> in_words("unique with village, class", {"village": "Thôn, làng", "class": "Loại hộ"})
    'không lặp lại: Thôn, làng + Loại hộ'
    """
    if rule == "unique":
        return "không lặp lại"
    if rule.startswith("unique with "):
        names = rule.removeprefix("unique with ").split(",")
        return "không lặp lại: " + " + ".join(labels[name.strip()] for name in names)
    if rule == "same in every row":
        return "giống nhau ở mọi dòng"
    if rule.startswith("one of "):
        return "một trong: " + ", ".join(rule.removeprefix("one of ").split("|"))
    if rule.startswith("in "):
        return f"mã có trong {rule.removeprefix('in ')}"
    return say(expression(rule).tree, labels)


def _asks_for_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Compare)
        and isinstance(node.ops[0], ast.NotEq)
        and isinstance(node.comparators[0], ast.Constant)
        and node.comparators[0].value == ""
    )


def _untrue(
    rule: Expression,
    column: Column,
    by_name: dict[str, Column],
    values: dict[str, list],
    unread: set[tuple[int, str]],
) -> Iterator[Broken]:
    texts = [name for name in rule.names if by_name[name].type in ("text", "code")]
    numbers = [name for name in rule.names if name not in texts]
    if any(name not in values for name in numbers):
        return
    for at in range(len(values[column.name])):
        row = {name: values[name][at] for name in numbers}
        if None in row.values() or any((at, name) in unread for name in rule.names):
            continue
        row |= {name: values[name][at] if name in values else "" for name in texts}
        if not eval(rule.code, {"__builtins__": {}}, row):
            yield Broken(at, column.name, _breach(rule, by_name, row), _correction(rule))


def _breach(rule: Expression, by_name: dict[str, Column], row: dict[str, object]) -> str:
    comparison = rule.tree.values[0] if isinstance(rule.tree, ast.BoolOp) else rule.tree
    found = say(comparison, {name: _written(value) for name, value in row.items()})
    wanted = say(rule.tree, {name: by_name[name].label for name in rule.names})
    return f"phải có {wanted}; ở đây {found} là sai"


def _written(value: object) -> str:
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value)


def _correction(rule: Expression) -> str:
    texts = [node.left.id for node in ast.walk(rule.tree) if _asks_for_text(node)]
    reason = f", hoặc ghi lý do vào cột {', '.join(texts)}" if texts else ""
    numbers = ", ".join(name for name in rule.names if name not in texts)
    return f"đối chiếu các cột {numbers} của dòng này với sổ rồi sửa ô sai{reason}"


def _repeated(
    rule: str,
    column: Column,
    by_name: dict[str, Column],
    values: dict[str, list],
    lines: Sequence[int],
    unread: set[tuple[int, str]],
) -> Iterator[Broken]:
    together = [name.strip() for name in rule.removeprefix("unique").removeprefix(" with").split(",")]
    names = [name for name in together if name] or [column.name]
    shown_in = names[0] if names[0] in values else column.name
    first: dict[tuple, int] = {}
    for at in range(len(values[column.name])):
        if any((at, name) in unread for name in names):
            continue
        key = tuple(_comparable(values[name][at]) if name in values else "" for name in names)
        if key in first:
            labels = ", ".join(by_name[name].label for name in names)
            yield Broken(
                at, shown_in, f"{labels} trùng với dòng {lines[first[key]]}", "xoá dòng thừa hoặc sửa lại"
            )
        else:
            first[key] = at


def _comparable(value: object) -> object:
    return identity(value) if isinstance(value, str) else value if value is not None else ""


def _differing(column: Column, values: dict[str, list], lines: Sequence[int]) -> Iterator[Broken]:
    filled = [(at, value) for at, value in enumerate(values[column.name]) if value not in (None, "")]
    for at, value in filled:
        if value != filled[0][1]:
            yield Broken(
                at, column.name, f'phải giống nhau ở mọi dòng; dòng {lines[filled[0][0]]} ghi "{filled[0][1]}"',
                "sửa cho cả bảng dùng một giá trị",
            )  # fmt: skip


def unknown_code(said: str, allowed: Codes) -> tuple[str, str]:
    """Rule and remedy for a code that is not among those allowed."""
    if not allowed.names:
        return "chưa có mã nào trong danh mục", "khai báo mã trong danh mục trước, hoặc để trống nếu được"
    listed = ", ".join(allowed.names) if len(allowed.names) <= 25 else f"{len(allowed.names)} mã của danh mục"
    return "mã không có trong danh mục", f"dùng một trong các mã{ask(said, allowed.names)}: {listed}"
