"""Expressions of the dictionary over the columns of a row: rules (`poor <= households`), formulas (`poor / households`).

What they may hold is checked before anything is compiled; rules are also said in Vietnamese.
"""

import ast
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from types import CodeType
from typing import Any, NamedTuple, TypeGuard

from giamngheo.vietnamese.numbers import Exact

SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "×",
    ast.Div: "/",
    ast.LtE: "≤",
    ast.GtE: "≥",
    ast.Lt: "<",
    ast.Gt: ">",
    ast.Eq: "=",
    ast.NotEq: "≠",
    ast.And: "và",
    ast.Or: "hoặc",
}
NODES = (ast.Expression, ast.BoolOp, ast.BinOp, ast.Compare, ast.Name, ast.Load, ast.Constant, *SIGNS)


class Expression(NamedTuple):
    """A rule over the columns of one row, compiled; `names` are those columns, as first named."""

    code: CodeType
    tree: ast.expr
    names: tuple[str, ...]

    def holds(self, row: dict[str, Any]) -> bool:
        return bool(self._evaluated(row))

    def value(self, row: Mapping[str, Exact]) -> Fraction:
        """What the expression gives for the numbers of a row, exactly; raises ZeroDivisionError.

        >>> expression("poor / households").value({"poor": 242, "households": 1160})
        Fraction(121, 580)
        """
        return Fraction(self._evaluated({name: Fraction(row[name]) for name in self.names}))

    def _evaluated(self, row: dict[str, Any]) -> Any:
        return eval(self.code, {"__builtins__": {}}, row)  # of the nodes that `expression` lets through


@lru_cache
def expression(rule: str) -> Expression:
    """Compile a row expression; anything but sums, products, quotients and comparisons of columns is refused.

    >>> expression("poor + near_poor <= households").names
    ('poor', 'near_poor', 'households')
    >>> expression("open('x')")
    Traceback (most recent call last):
    ValueError: data/dictionary.csv: the rule "open('x')" is not an expression over columns
    """
    tree = ast.parse(rule, mode="eval")
    if not all(isinstance(node, NODES) for node in ast.walk(tree)):
        raise ValueError(f'data/dictionary.csv: the rule "{rule}" is not an expression over columns')
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    in_order = dict.fromkeys(node.id for node in sorted(names, key=lambda node: node.col_offset))
    return Expression(compile(tree, "data/dictionary.csv", "eval"), tree.body, tuple(in_order))


def say(node: ast.expr, terms: dict[str, str]) -> str:
    """An expression in words, each column replaced by its term.

    >>> say(expression("a + b <= c").tree, {"a": "Hộ nghèo", "b": "Hộ cận nghèo", "c": "Tổng số hộ"})
    'Hộ nghèo + Hộ cận nghèo ≤ Tổng số hộ'
    >>> say(expression("a <= b or note != ''").tree, {"a": "Giải ngân", "b": "Kế hoạch", "note": "Ghi chú"})
    'Giải ngân ≤ Kế hoạch hoặc có Ghi chú'
    """
    if isinstance(node, ast.Name):
        return terms[node.id]
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.BinOp):
        return f"{say(node.left, terms)} {SIGNS[type(node.op)]} {say(node.right, terms)}"
    if isinstance(node, ast.BoolOp):
        return f" {SIGNS[type(node.op)]} ".join(say(part, terms) for part in node.values)
    if _wants_text(node):
        return f"có {say(node.left, terms)}"
    assert isinstance(node, ast.Compare)  # the last kind that `NODES` lets through
    parts = [say(node.left, terms)]
    for sign, right in zip(node.ops, node.comparators, strict=True):
        parts += [SIGNS[type(sign)], say(right, terms)]
    return " ".join(parts)


def breach(rule: Expression, labels: dict[str, str], row: dict[str, Any]) -> tuple[str, str]:
    """Rule and remedy, in Vietnamese, for a row in which the expression does not hold.

    >>> breach(expression("poor <= all"), {"poor": "Hộ nghèo", "all": "Hộ"}, {"poor": 9, "all": 7})[0]
    'phải có Hộ nghèo ≤ Hộ; ở đây 9 ≤ 7 là sai'
    """
    comparison = rule.tree.values[0] if isinstance(rule.tree, ast.BoolOp) else rule.tree
    found = say(comparison, {name: _written(value) for name, value in row.items()})
    texts = [ast.unparse(node.left) for node in ast.walk(rule.tree) if _wants_text(node)]
    numbers = ", ".join(name for name in rule.names if name not in texts)
    reason = f", hoặc ghi lý do vào cột {', '.join(texts)}" if texts else ""
    return (
        f"phải có {say(rule.tree, labels)}; ở đây {found} là sai",
        f"đối chiếu các cột {numbers} của dòng này với sổ rồi sửa ô sai{reason}",
    )


def _wants_text(node: ast.AST) -> TypeGuard[ast.Compare]:
    """Whether a part of an expression says that a text is there: `note != ""`."""
    return isinstance(node, ast.Compare) and ast.unparse(node).endswith(" != ''")


def _written(value: Any) -> str:
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value)
