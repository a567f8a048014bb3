"""A passage of the report as an executed notebook stores it: its blocks as JSON, and a page to look at."""

import json
from dataclasses import dataclass, field
from html import escape

from giamngheo.figures.trace import Figure, Value
from giamngheo.present import arithmetic, prose
from giamngheo.present.phrases import formula, plain
from giamngheo.writers import html

MIME = "application/vnd.giamngheo.blocks"  # its content is JSON as text: `packed`, `unpacked`
READ = "application/vnd.giamngheo.read"  # beside the opening: which files the notebook was run on
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass
class Passage:
    """A piece of the report: its blocks, the figures they print, and (once) the document's `meta` and the files it was
    made from, by name with a hash (`read`). `given` are the figures of its tables' cells that are counts as they were given.
    """

    blocks: list[dict]
    figures: dict[str, Figure] = field(default_factory=dict)
    meta: dict | None = None
    read: dict[str, str] | None = None
    given: dict[str, Figure] = field(default_factory=dict)

    def __add__(self, other: "Passage") -> "Passage":
        figures, given = self.figures | other.figures, self.given | other.given
        return Passage(self.blocks + other.blocks, figures, self.meta or other.meta, self.read or other.read, given)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {"blocks": self.blocks, "figures": {n: described(f) for n, f in with_operands(self.figures).items()}}
        if self.given:
            bundle["given"] = {name: brief(figure) for name, figure in self.given.items()}
        if self.meta is not None:
            bundle["meta"] = self.meta
        shown = {MIME: packed(bundle), "text/html": preview(bundle), "text/plain": "Đoạn của báo cáo"}
        return shown if self.read is None else shown | {READ: json.dumps(self.read)}


def with_operands(figures: dict[str, Figure]) -> dict[str, Figure]:
    """The figures and, behind them, the computed ones that they are made of and that are not among them.

    >>> half = Figure("r.half", "", None, "rate", "a / b", (Figure("r.a", "", 1, ""), Figure("r.b", "", 2, "", derivation="1 + 1")))
    >>> list(with_operands({"r.half": half}))
    ['r.half', 'r.b']
    """
    below = {one.name: one for figure in figures.values() for one in figure.operands if one.computed}
    return figures | {name: one for name, one in (with_operands(below) if below else {}).items() if name not in figures}


def packed(bundle: dict) -> str:
    """A passage's blocks and figures as text, a line for each, so that two runs can be compared line by line.

    >>> print(packed({"blocks": [{"type": "heading"}], "figures": {}}))
    {"blocks": [
    {"type":"heading"}
    ],
    "figures": {}}
    """

    def lines(value: dict | list) -> str:
        if isinstance(value, list):
            return ",\n".join(ENCODE(item) for item in value)
        return ",\n".join(f"{ENCODE(name)}:{ENCODE(item)}" for name, item in value.items())

    def part(value: dict | list) -> str:
        opens, closes = "[]" if isinstance(value, list) else "{}"
        return f"{opens}\n{lines(value)}\n{closes}" if value else opens + closes

    return "{" + ",\n".join(f'"{name}": {part(value)}' for name, value in bundle.items()) + "}"


def unpacked(stored: str | list[str]) -> dict:
    """The passage that was `packed`, from a notebook in memory or from its file, which keeps a list of lines."""
    return json.loads(joined(stored))


def joined(stored: str | list[str]) -> str:
    """Text of an output: one string in memory, a list of lines in the file."""
    return stored if isinstance(stored, str) else "".join(stored)


def preview(bundle: dict) -> str:
    """The passage as a page, and under it how each of its figures was made."""
    made = "".join(
        f"<tr id='so-{escape(name)}'><td>{escape(named(figure))}</td><td>{escape(figure['formula'])}</td>"
        f"<td>{escape(figure['arithmetic'] or figure['text'])}</td><td>{escape('; '.join(figure['sources']))}</td></tr>"
        for name, figure in bundle["figures"].items()
    ) + "".join(
        f"<tr id='so-{escape(name)}'><td>{escape(figure['label'])}</td><td></td><td>{escape(figure['text'])}</td>"
        f"<td>{escape(figure['sources'])}</td></tr>"
        for name, figure in bundle.get("given", {}).items()
    )
    head = "<tr><th>Số liệu</th><th>Cách tính</th><th>Phép tính</th><th>Tệp: dòng</th></tr>"
    count = len(bundle["figures"]) + len(bundle.get("given", {}))
    traced = f"<details class='made'><summary>Cách tính {count} số liệu</summary><table>{head}{made}</table></details>"
    return (html.passage(bundle) if bundle["blocks"] else "") + (traced if made else "")


def named(figure: dict[str, str]) -> str:
    whose = ", ".join(filter(None, [figure["group"], figure["row"]]))
    return figure["label"] + f" ({whose})" * bool(whose)


def brief(figure: Figure) -> dict[str, str]:
    """What is said of a count that stands in a table as it was given: what it is, as it is printed, where it was read."""
    return {"label": named({"label": figure.label, "group": figure.group, "row": figure.row}), "text": plain(figure), "sources": figure.sources}


def text(value: Value) -> str | None:
    return None if value is None else str(value)


def operands(figure: Figure) -> dict[str, str | None] | list[str | None] | None:
    """The exact values a figure was made from: by name for a formula, in their order for a sum.

    Of a figure that was given that is its own value. None where it follows from printed figures, in words.

    >>> operands(Figure("r.c", "", None, "rate", "a / b", (Figure("r.a", "", 1, ""), Figure("r.b", "", 4, ""))))
    {'a': '1', 'b': '4'}
    >>> operands(Figure("r.c", "", 5, "", parts=(2, None, 3))), operands(Figure("r.c", "", 5, ""))
    (['2', None, '3'], ['5'])
    """
    if figure.derivation:
        return None
    if figure.formula:
        return {one.name.rpartition(".")[2]: text(one.value) for one in figure.operands}
    return [text(part) for part in figure.parts or (figure.value,)]


def described(figure: Figure) -> dict[str, object]:
    """What a reader may ask of a figure: its exact value, its text, from what, how and where it was made."""
    return {
        "label": figure.label,
        "group": figure.group,
        "row": figure.row,
        "value": text(figure.value),
        "operands": operands(figure),
        "unit": figure.unit,
        "text": prose(figure),
        "arithmetic": arithmetic(figure),
        "formula": formula(figure),
        "made_of": [one.name for one in figure.operands if one.computed],
        "sources": figure.sources.split("; ") if figure.sources else [],
    }
