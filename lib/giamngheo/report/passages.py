"""Pieces of the report, made cell by cell in `04_report`: headings, sentences, narrative, tables, pictures.

A cell of the report ends with a `Passage`. Jupyter stores it twice, as a page to look at and as blocks
(`MIME`), so the executed notebook itself is the record from which `document` makes HTML, PDF and DOCX.
The kinds of blocks are described in `docs/blocks.md`.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from giamngheo.figures.trace import Figure
from giamngheo.findings import DataError
from giamngheo.intake import narrative
from giamngheo.present import UNKNOWN, Table, arithmetic, prose
from giamngheo.present.charts import Picture
from giamngheo.present.phrases import formula, plain
from giamngheo.report import letterhead
from giamngheo.writers import html

MIME = "application/vnd.giamngheo.blocks"  # its content is JSON as text: `packed`, `unpacked`
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
LEVELS = [re.compile(form) for form in (r"Phần [IVX]+", r"[IVX]+\.", r"\d+\.", r"[a-zđ]\)")]  # of headings, by number


@dataclass
class Passage:
    """A piece of the report: its blocks, the figures they print, and (once) the document's `meta`."""

    blocks: list[dict]
    figures: dict[str, Figure] = field(default_factory=dict)
    meta: dict | None = None

    def __add__(self, other: "Passage") -> "Passage":
        return Passage(self.blocks + other.blocks, self.figures | other.figures, self.meta or other.meta)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {"blocks": self.blocks, "figures": {n: described(f) for n, f in self.figures.items()}}
        if self.meta is not None:
            bundle["meta"] = self.meta
        return {MIME: packed(bundle), "text/html": preview(bundle), "text/plain": "Đoạn của báo cáo"}


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
    )
    head = "<tr><th>Số liệu</th><th>Cách tính</th><th>Phép tính</th><th>Tệp: dòng</th></tr>"
    count = len(bundle["figures"])
    traced = f"<details class='made'><summary>Cách tính {count} số liệu</summary><table>{head}{made}</table></details>"
    return (html.passage(bundle) if bundle["blocks"] else "") + (traced if made else "")


def named(figure: dict[str, str]) -> str:
    whose = ", ".join(filter(None, [figure["group"], figure["row"]]))
    return figure["label"] + f" ({whose})" * bool(whose)


def described(figure: Figure) -> dict[str, object]:
    """What a reader may ask of a figure: its exact value, its text, how it was made and where from."""
    return {
        "label": figure.label,
        "group": figure.group,
        "row": figure.row,
        "value": None if figure.value is None else str(figure.value),
        "unit": figure.unit,
        "text": prose(figure),
        "arithmetic": arithmetic(figure),
        "formula": formula(figure),
        "sources": figure.sources.split("; ") if figure.sources else [],
    }


def heading(level: int, number: str, title: str) -> Passage:
    return Passage([{"type": "heading", "level": level, "number": number, "text": title}])


def section(number: str, title: str, *inside: Passage) -> Passage:
    """A heading and what stands under it, in that order; the form of its number is its level.

    "Phần I", "I.", "1.", "a)" are the levels 1 to 4 of an official report.
    """
    return parts(heading(level(number), number, title), *inside)


def parts(*following: Passage) -> Passage:
    """Several passages as one, in their order."""
    return sum(following, Passage([]))


def level(number: str) -> int:
    """
    >>> [level(number) for number in ("Phần II", "IV.", "3.", "đ)")]
    [1, 2, 3, 4]
    """
    for depth, form in enumerate(LEVELS, start=1):
        if form.fullmatch(number):
            return depth
    raise ValueError(f"Số của đề mục phải có dạng Phần I, I., 1. hoặc a); nhận được {number!r}.")


def context(unit: str, year: int) -> dict[str, str]:
    """Words that any sentence may use: the years, the place, the issuer, the report's number and date."""
    office = letterhead.settings(unit)
    place = office.get("name") or unit
    issuer = office.get("issuer_name") or f"Ủy ban nhân dân {place}"
    years = {"year": str(year), "last_year": str(year - 1), "next_year": str(year + 1)}
    return years | {"place": place, "issuer": issuer, "reference": letterhead.reference(letterhead.report(unit, year))}


def text(template: str, figures: dict[str, Figure | str]) -> str:
    """`template` with its placeholders replaced, as plain text."""
    return "".join(run["text"] for run in bind([{"text": template}], figures)[0])


def opening(unit: str, year: int, abstract: str, draft: list[str]) -> Passage:
    """The letterhead and what every copy of the document says of itself; `draft` lists why it is one."""
    words, date = context(unit, year), letterhead.dated(unit, year)
    meta = {
        "title": abstract,
        "unit": unit,
        "year": year,
        "place": words["place"],
        "issuer": words["issuer"],
        "timestamp": int(dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC).timestamp()),
        "draft": draft,
        "synthetic": letterhead.settings(unit).get("synthetic") == "true",
    }
    return Passage([letterhead.letterhead(unit, year, abstract)], {}, meta)


def closing(unit: str, year: int) -> Passage:
    return Passage([letterhead.signature(unit, year)])


def sentence(template: str, figures: dict[str, Figure], style: str = "body") -> Passage:
    """One paragraph of the workbook's own words; `{name}` prints the figure of that name."""
    runs, used = bind([{"text": template}], figures)
    return Passage([{"type": "paragraph", "runs": runs, "style": style}], used)


def items(texts: Iterable[str], figures: dict[str, Figure] | None = None) -> Passage:
    """A list, one line for each of `texts`; nothing where there are none."""
    bound = [bind([{"text": text}], figures or {}) for text in texts]
    used = {name: figure for _, found in bound for name, figure in found.items()}
    return Passage([{"type": "list", "items": [runs for runs, _ in bound]}] if bound else [], used)


def stated(subject: str, template: str, figures: dict[str, Figure | str]) -> Passage:
    """The sentence, or that its subject is not known where one of its figures is not."""
    named = [figures.get(match.group(1)) for match in narrative.PLACEHOLDER.finditer(template)]
    known = all(found is not None and getattr(found, "value", found) is not None for found in named)
    return sentence(template if known else f"{subject}: {UNKNOWN}.", figures)


def plain_items(texts: Iterable[str]) -> Passage:
    """A list of texts as they stand in the data: nothing in them is a placeholder."""
    lines = [[{"text": text}] for text in texts]
    return Passage([{"type": "list", "items": lines}] if lines else [])


def bind(runs: list[dict], figures: dict[str, Figure]) -> tuple[list[dict], dict[str, Figure]]:
    """Runs with their placeholders replaced by the figures' words, and the figures used."""
    bound, used = [], {}
    for run in runs:
        text, end = run["text"], 0
        for match in narrative.PLACEHOLDER.finditer(text):
            figure = figures.get(match.group(1))
            if figure is None:
                raise KeyError(f"no figure is named {match.group(1)}")
            bound.append(run | {"text": text[end : match.start()]})
            if isinstance(figure, str):
                bound.append(run | {"text": figure})
            else:
                bound.append(run | {"text": prose(figure), "figure": figure.name})
                used[figure.name] = figure
            end = match.end()
        bound.append(run | {"text": text[end:]})
    return [run for run in bound if run["text"]], used


def words(section: str, unit: str, year: int, figures: dict[str, Figure]) -> Passage:
    """A section's narrative, or a visible request to write it; DataError where it cannot be printed as written."""
    text = narrative.read(section, unit, year)
    if refused := [*text.refused, *narrative.unprintable(text), *narrative.unknown_names(text, figures)]:
        raise DataError(refused)
    if not text.body:
        return sentence(narrative.SECTIONS[section], {}, "missing")
    passage = Passage([])
    for block in text.words().blocks:
        passage += bound(block, figures)
    return passage


def bound(block: dict, figures: dict[str, Figure]) -> Passage:
    """A block of the narrative with the names in all its runs replaced."""
    used: dict[str, Figure] = {}

    def replaced(value):
        if isinstance(value, list) and value and isinstance(value[0], dict) and "text" in value[0]:
            runs, found = bind(value, figures)
            used.update(found)
            return runs
        if isinstance(value, list):
            return [replaced(own) for own in value]
        return {name: replaced(own) for name, own in value.items()} if isinstance(value, dict) else value

    made = replaced(block)
    if block["type"] == "table":
        made["caption"] = text(block["caption"], figures)
    return Passage([made], used)


def table(shown: Table) -> Passage:
    """A table as a block; where it has no row, the sentence that the data are not known."""
    if not shown.rows:
        return sentence(f"{shown.caption}: {shown.empty}", {})
    figures = {figure.name: figure for figure in shown.figures() if figure.computed}
    rows = [[cell_of(cell) for cell in row] for row in shown.rows]
    if shown.total:
        rows[-1] = [cell | {"bold": True} for cell in rows[-1]]
    block = {
        "type": "table", "id": shown.id, "caption": shown.caption, "unit": shown.unit,
        "header": [[{"runs": [{"text": cell["text"]}], **{k: v for k, v in cell.items() if k != "text"}}
                    for cell in row] for row in shown.header],
        "align": ["left" if all(isinstance(cell, str) for cell in column) else "right"
                  for column in zip(*shown.rows, strict=True)],
        "widths": list(shown.widths), "rows": rows, "wide": shown.wide,
        "notes": [[{"text": note}] for note in shown.all_notes()],
    }  # fmt: skip
    return Passage([block], figures)


def cell_of(cell: str | Figure) -> dict:
    if isinstance(cell, str):
        return {"runs": [{"text": cell}]}
    return {"runs": [{"text": plain(cell)} | ({"figure": cell.name} if cell.computed else {})]}


def figure(picture: Picture | None) -> Passage:
    """A picture as a block; nothing where there was nothing to draw."""
    if picture is None:
        return Passage([])
    return Passage([{"type": "figure"} | vars(picture)])


def annex(title: str, figures: dict[str, str]) -> Passage:
    """A new annex; `document` gives it its number."""
    attached = text("(Kèm theo Báo cáo {reference} của {issuer})", figures)
    return Passage([{"type": "annex", "number": "", "title": title, "attached": attached}])
