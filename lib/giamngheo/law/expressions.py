"""Row expressions of the dictionary, `poor <= households`: checked, compiled, said in Vietnamese."""

import ast
from functools import lru_cache
from typing import NamedTuple

SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "×",
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

    code: object
    tree: ast.expr
    names: tuple[str, ...]

    def holds(self, row: dict[str, object]) -> bool:
        return bool(eval(self.code, {"__builtins__": {}}, row))


@lru_cache
def expression(rule: str) -> Expression:
    """Compile a row expression; anything but sums, products and comparisons of columns is refused.

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
    parts = [say(node.left, terms)]
    for sign, right in zip(node.ops, node.comparators, strict=True):
        parts += [SIGNS[type(sign)], say(right, terms)]
    return " ".join(parts)


def breach(rule: Expression, labels: dict[str, str], row: dict[str, object]) -> tuple[str, str]:
    """Rule and remedy, in Vietnamese, for a row in which the expression does not hold.

    >>> breach(expression("poor <= all"), {"poor": "Hộ nghèo", "all": "Hộ"}, {"poor": 9, "all": 7})[0]
    'phải có Hộ nghèo ≤ Hộ; ở đây 9 ≤ 7 là sai'
    """
    comparison = rule.tree.values[0] if isinstance(rule.tree, ast.BoolOp) else rule.tree
    found = say(comparison, {name: _written(value) for name, value in row.items()})
    texts = [node.left.id for node in ast.walk(rule.tree) if _wants_text(node)]
    numbers = ", ".join(name for name in rule.names if name not in texts)
    reason = f", hoặc ghi lý do vào cột {', '.join(texts)}" if texts else ""
    return (
        f"phải có {say(rule.tree, labels)}; ở đây {found} là sai",
        f"đối chiếu các cột {numbers} của dòng này với sổ rồi sửa ô sai{reason}",
    )


def _wants_text(node: ast.AST) -> bool:
    """Whether a part of an expression says that a text is there: `note != ""`."""
    return isinstance(node, ast.Compare) and ast.unparse(node).endswith(" != ''")


def _written(value: object) -> str:
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value)
