"""Pieces of the report, made cell by cell in `04_report`: headings, sentences, narrative, tables, pictures.

A cell of the report ends with a `Passage`. Jupyter stores it twice, as a page to look at and as blocks
(`MIME`), so the executed notebook itself is the record from which `document` makes HTML, PDF and DOCX.
The kinds of blocks are described in `docs/blocks.md`.
"""

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from giamngheo.figures.trace import Figure
from giamngheo.findings import DataError
from giamngheo.intake import kinds, narrative, office, reviews
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import LEVELS, REVIEW
from giamngheo.present import UNKNOWN, Table, prose
from giamngheo.report import after_submission, frames, inputs, letterhead
from giamngheo.report.figure_runs import cell_of, label_of, split
from giamngheo.report.frames import NotPrintable
from giamngheo.report.stored import Passage
from giamngheo.vietnamese.text import bare

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

    from giamngheo.present.drawing import Pages, Picture

Named = Mapping[str, Figure | str]  # what placeholders may name: figures, and words as they stand


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
    >>> [level(number) for number in ("Phần II", "IV.", "3.", "đ)", "3.1.")]
    [1, 2, 3, 4, 4]
    """
    for depth, form in enumerate(LEVELS, start=1):
        if re.fullmatch(form, number):
            return depth
    raise ValueError(f"Số của đề mục phải có dạng Phần I, I., 1. hoặc a); nhận được {number!r}.")


def context(this: Year) -> dict[str, str]:
    """Words that any sentence may use: the years, the place, the issuer, the report's number and date."""
    settings = office.settings(this)
    place = office.name(this) or this.unit
    issuer = settings.get("issuer_name") or f"Ủy ban nhân dân {place}"
    years = {"year": str(this.year), "last_year": str(this.year - 1), "next_year": str(this.year + 1)}
    return years | {"place": place, "issuer": issuer, "reference": letterhead.reference(office.report(this))}


def text(template: str, figures: Named) -> str:
    """`template` with its placeholders replaced, as plain text."""
    return "".join(run["text"] for run in bind([{"text": template}], figures)[0])


def opening(this: Year, abstract: str, draft: list[str]) -> Passage:
    """The letterhead and what every copy of the document says of itself; `draft` lists why it is one.

    With it stands which files the notebook was run on, for what is exported later.
    """
    words, date = context(this), office.dated(this)
    meta = {
        "title": abstract,
        "unit": this.unit,
        "year": this.year,
        "kind": kinds.of(this).code,
        "place": words["place"],
        "issuer": words["issuer"],
        "timestamp": int(dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC).timestamp()),
        "draft": list(dict.fromkeys([*draft, *after_submission.reasons(this)])),
        "synthetic": office.settings(this).get("synthetic") == "true",
        "standards": reviews.named(this),
    }
    replaces = office.report(this).get("replaces") or {}
    meta |= {"replaces": replaces | {"by": words["reference"]}} if any(replaces.values()) else {}
    if this.year in this.years and kinds.of(this).speaks_of(REVIEW) and reviews.preliminary(this):
        meta["preliminary"] = True
    if not kinds.calculations(this):
        meta["calculations"] = "no"  # the annex of calculations is a file of its own
    return Passage([letterhead.letterhead(this, abstract)], {}, meta, inputs.data(this))


def closing(this: Year) -> Passage:
    return Passage([letterhead.signature(this)])


def sentence(template: str, figures: Named, style: str = "body") -> Passage:
    """One paragraph of the workbook's own words; `{name}` prints the figure of that name."""
    runs, used = bind([{"text": template}], figures)
    return Passage([{"type": "paragraph", "runs": runs, "style": style}], used)


def items(texts: Iterable[str], figures: Named | None = None) -> Passage:
    """A list, one line for each of `texts`; nothing where there are none."""
    bound = [bind([{"text": text}], figures or {}) for text in texts]
    used = {name: figure for _, found in bound for name, figure in found.items()}
    return Passage([{"type": "list", "items": [runs for runs, _ in bound]}] if bound else [], used)


def stated(subject: str, template: str, figures: Named) -> Passage:
    """The sentence, or that its subject is not known where one of its figures is not."""
    named = [figures.get(match.group(1)) for match in narrative.PLACEHOLDER.finditer(template)]
    known = all(found is not None and getattr(found, "value", found) is not None for found in named)
    return sentence(template if known else f"{subject}: {UNKNOWN}.", figures)


def plain_paragraph(text: str) -> Passage:
    """A paragraph of text as it stands: nothing in it is a placeholder."""
    return Passage([{"type": "paragraph", "runs": [{"text": text}], "style": "body"}])


def plain_items(texts: Iterable[str]) -> Passage:
    """A list of texts as they stand in the data: nothing in them is a placeholder."""
    lines = [[{"text": text}] for text in texts]
    return Passage([{"type": "list", "items": lines}] if lines else [])


def bind(runs: list[dict], figures: Named) -> tuple[list[dict], dict[str, Figure]]:
    """Runs with their placeholders replaced by the figures' words, and the figures used."""
    bound: list[dict] = []
    used: dict[str, Figure] = {}
    for run in runs:
        text, end = narrative.PLACEHOLDER.sub(lambda name: "" if figures.get(name[1]) == "" else name[0], run["text"]), 0
        for match in narrative.PLACEHOLDER.finditer(text):
            figure = figures.get(match.group(1))
            if figure is None:
                raise NotPrintable(unknown_name(match.group(1), figures))
            bound.append(run | {"text": text[end : match.start()]})
            words = {"text": printed(figure)}
            if isinstance(figure, str):
                bound.append(run | words)
            else:
                bound.append(run | words | {"figure": figure.name})
                used[figure.name] = figure
            end = match.end()
        bound.append(run | {"text": text[end:]})
    return [run for run in bound if run["text"]], used


def printed(named: Figure | str) -> str:
    """The words that a name prints."""
    return named if isinstance(named, str) else prose(named)


def unknown_name(name: str, figures: Named) -> str:
    near = difflib.get_close_matches(name, figures, n=1, cutoff=0.5)
    remedy = f"có phải là {{{near[0]}}}?" if near else "xem bảng tên các số liệu ở đầu sổ này."
    return f"không có số liệu nào tên {{{name}}}. Cách sửa: {remedy}"


def words(section: str, this: Year, figures: Named) -> Passage:
    """A section's narrative, or a visible request to write it; DataError where it cannot be printed as written."""
    text = narrative.read(section, this)
    if not text.body and not text.refused:
        return sentence(kinds.words(this).get(section, narrative.SECTIONS.get(section, section)), {}, "missing")
    return written(text, figures)


def written(text: narrative.Text, figures: Named) -> Passage:
    """A text with its names replaced; DataError where it cannot be printed as written."""
    unknown = narrative.unknown_names(text, figures, lambda name: f" (in ra “{printed(figures[name])}”)")
    if refused := [*text.refused, *narrative.unprintable(text), *unknown]:
        raise DataError(refused)
    return parts(*(bound(block, figures) for block in text.words().blocks))


def bound(block: dict, figures: Named) -> Passage:
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


def table(shown: Table | pd.DataFrame, caption: str = "", unit: str = "", wide: bool = False) -> Passage:
    """A table as a block; where it has no row, the sentence that the data are not known.

    A table of `present` has its caption; a plain DataFrame is given one here (`frames`).
    """
    if isinstance(shown, pd.DataFrame):
        block = frames.block(shown, caption, unit, wide)
        return Passage([block]) if block["rows"] else plain_paragraph(f"{caption}: {UNKNOWN}.")
    if not isinstance(shown, Table):
        raise NotPrintable(
            f"report.table nhận bảng của present.table hoặc một DataFrame, không nhận {type(shown).__name__}. "
            'Cách sửa: report.table(bảng, caption="Tên bảng"); với một cột (Series): bảng = cột.to_frame().'
        )
    if not shown.rows:
        return sentence(f"{shown.caption}: {shown.empty}", {})
    figures, given = split(shown.figures())
    rows = [[cell_of(cell) for cell in row] for row in shown.rows]
    for row in rows[len(rows) - shown.total :]:
        row[:] = [cell | {"bold": True} for cell in row]
    block = {
        "type": "table", "id": shown.id, "caption": shown.caption, "unit": shown.unit,
        "header": [[{"runs": [{"text": cell["text"]}], **{k: v for k, v in cell.items() if k != "text"}}
                    for cell in row] for row in shown.header],
        "align": ["left" if all(isinstance(cell, str) for cell in column) else "right"
                  for column in zip(*shown.rows, strict=True)],
        "widths": list(shown.widths), "rows": rows, "wide": shown.wide,
        "notes": [[{"text": note}] for note in shown.all_notes()],
    }  # fmt: skip
    return Passage([block], figures, given=given)


def figure(drawn: "Picture | Pages | Canvas | None", caption: str = "", alt: str = "") -> Passage:
    """A picture as a block, one of several pages as several; nothing where there was nothing to draw.

    A picture of `present.charts` has its caption and its words for those who do not see it; a figure of matplotlib
    is given them here.
    """
    from matplotlib.figure import Figure as Canvas  # slow to import, and a run that draws has it

    from giamngheo.present.drawing import Pages, Picture

    if drawn is None:
        return Passage([])
    if isinstance(drawn, Pages):
        return parts(*map(figure, drawn))
    picture = of_matplotlib(drawn, caption, alt) if isinstance(drawn, Canvas) else drawn
    if not isinstance(picture, Picture):
        raise NotPrintable(
            f"report.figure nhận hình của present.charts hoặc của matplotlib, không nhận {type(drawn).__name__}. "
            "Cách sửa: với một trục (Axes) hay lưới hình: report.figure(hình.figure, caption=…, alt=…)."
        )
    block = {name: value for name, value in vars(picture).items() if name != "figures"} | {"type": "figure"}
    computed, given = split(picture.figures)
    said = {"labels": list(map(label_of, picture.figures))} if picture.figures else {}
    return Passage([block | said], computed, given=given)


def of_matplotlib(drawn: "Canvas", caption: str, alt: str) -> "Picture":
    """A figure of an analyst's own; refused without its caption, or without the words that stand for it."""
    if not caption.strip() or not alt.strip():
        raise NotPrintable(
            "hình đưa vào báo cáo phải có tên và lời mô tả cho người không xem được hình. "
            'Cách sửa: viết report.figure(hình, caption="Tên hình", alt="Hình cho thấy gì, với những số nào").'
        )
    from giamngheo.present import drawing

    return drawing.own(drawn, f"hinh-{bare(caption)}", caption, alt)


def annex(title: str, figures: Named) -> Passage:
    """A new annex; `document` gives it its number."""
    attached = text("(Kèm theo Báo cáo {reference} của {issuer})", figures)
    return Passage([{"type": "annex", "number": "", "title": title, "attached": attached}])
