"""The executed `04_report` as one document: the blocks of its passages in order, numbered and complete.

Nothing is computed here: tables, figures and annexes get their numbers, the text its end mark, and the
last annex lists how every computed figure of the document was made.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import unescape
from urllib.parse import quote

from giamngheo.checks.gaps import GAP
from giamngheo.findings import DataError, Finding
from giamngheo.intake.cell import IN_BRACES
from giamngheo.report import cells
from giamngheo.report.annex_rows import address, alike_figures, made_by_hand
from giamngheo.report.stored import joined

REPORT = "04_report"
ELSEWHERE = "Cách tính từng số liệu: phụ lục “Cách tính các số liệu trong báo cáo”, lập riêng cùng báo cáo này; "
ANNEXES = "các phụ lục"
ADDRESS = re.compile(r"id='so-([^']+)'")

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


class NotAReport(ValueError):
    """The notebook was not executed, or is not the report."""


def homes(notebooks: Mapping[str, dict]) -> dict[str, str]:
    """For each figure the first notebook, by name, in which a cell shows it."""
    found: dict[str, str] = {}
    for name, notebook in notebooks.items():
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                page = joined(output.get("data", {}).get("text/html", ""))
                for figure in ADDRESS.findall(page):
                    found.setdefault(unescape(figure), name)
    return found


def from_notebook(notebook: dict, key: str = "", shown_in: dict[str, str] | None = None) -> dict:
    """The document of an executed `04_report`.

    `key` is the manifest key it carries; `shown_in` (`homes`) names the notebook in which a reader finds
    how a figure was made, the report's own where none is named.
    """
    found = cells.of(notebook)
    meta = next((passage["meta"] for passage in found if "meta" in passage), None)
    if meta is None:
        raise NotAReport("Sổ này chưa chạy, hoặc không phải sổ báo cáo: không có phần đầu văn bản trong kết quả.")
    blocks = apart(in_outline([block for passage in found for block in passage["blocks"]]))
    described = {name: figure for passage in found for name, figure in passage["figures"].items()}
    if left := [name[0] for block in blocks for text in texts(block) if (name := IN_BRACES.search(text))]:
        rule, remedy = "còn tên trong ngoặc nhọn chưa được thay bằng số liệu", "sửa tên ấy ở sổ hoặc lời văn, rồi chạy lại"
        raise DataError(Finding(REPORT, rule, remedy, value=one) for one in left)
    figures = {
        name: described[name] | {"href": f"{(shown_in or {}).get(name, REPORT)}.html#so-{quote(name)}"}
        for name in in_order(blocks)
    }
    given = {
        name: figure | {"href": f"{(shown_in or {}).get(name, REPORT)}.html#so-{quote(name)}"}
        for passage in found for name, figure in passage.get("given", {}).items()
    }  # fmt: skip
    behind = made_of(figures, described)
    calculations = attached(made_by_hand(figures | behind, meta.get("unit", "")), blocks, meta)
    without = meta.get("calculations") == "no"  # then the annex is a file of its own (`report.calculations`)
    blocks = referring(end_mark(blocks), figures, behind) if without and calculations else end_mark(blocks) + calculations
    if not without:
        rows = row_of(figures | behind)
        figures = {name: figure | ({"row_of_annex": address(rows[name])} if name in rows else {}) for name, figure in figures.items()}
    gaps = {} if meta.get("draft") else still_to_fill_in(blocks)
    return {"meta": meta | {"key": key} | gaps, "blocks": list(numbered(blocks)), "figures": figures, "behind": behind, "given": given}


def in_outline(blocks: list[dict]) -> list[dict]:
    """The blocks in the order of their kind's outline (`at`); one without a place stays behind the one before it.

    >>> in_outline([{"id": "letterhead"}, {"id": "b", "at": 2}, {"id": "own"}, {"id": "a", "at": 1}])
    [{'id': 'letterhead'}, {'id': 'a'}, {'id': 'b'}, {'id': 'own'}]
    """
    placed, last = [], -1
    for block in blocks:
        last = block.get("at", last)
        placed.append((last, {name: value for name, value in block.items() if name != "at"}))
    return [block for _, block in sorted(placed, key=lambda one: one[0])]


def attached(annex: list[dict], blocks: list[dict], meta: dict) -> list[dict]:
    """The blocks of an annex, which says to what report it belongs: that of the letterhead among `blocks`."""
    top = next((block for block in blocks if block["type"] == "letterhead"), None)
    if not annex or top is None:
        return annex
    number, date = top["number"].removeprefix("Số: "), top["place_date"].rpartition(", ")[2]
    return [annex[0] | {"attached": f"(Kèm theo Báo cáo số {number} {date} của {meta['issuer']})"}, *annex[1:]]


def still_to_fill_in(blocks: list[dict]) -> dict[str, list[str]]:
    """A document that still prints a gap, `[cần bổ sung …]`, is a `draft`: a sentence for each; {} where none does."""
    found = dict.fromkeys(gap[0] for block in blocks for text in texts(block) for gap in GAP.finditer(text))
    said = [f"{REPORT}: còn in “{gap}”. Cách sửa: điền chỗ này ở sổ, lời văn hoặc tệp của văn phòng." for gap in found]
    return {"draft": said} if said else {}


def apart(blocks: list[dict]) -> list[dict]:
    """The blocks, each table and figure with an id of its own: the second with one id is `id-2`.

    >>> [block["id"] for block in apart([{"id": "h"}, {"id": "h"}, {"id": "t"}, {"id": "h"}])]
    ['h', 'h-2', 't', 'h-3']
    """
    seen: Counter[str] = Counter()
    made = []
    for block in blocks:
        if name := block.get("id"):
            seen[name] += 1
            block = block | {"id": f"{name}-{seen[name]}"} if seen[name] > 1 else block
        made.append(block)
    return made


def made_of(figures: dict[str, dict], described: dict[str, dict]) -> dict[str, dict]:
    """The computed figures, by name, that `figures` were made of and that are not among them: nothing prints them."""
    found: dict[str, dict] = {}
    for figure in figures.values():
        own = {name: described[name] for name in figure.get("made_of", []) if name not in figures}
        found |= own | made_of(own, described)
    return {name: figure for name, figure in found.items() if name not in figures}


def row_of(figures: dict[str, dict]) -> dict[str, int]:
    """The row of the annex of calculations that each computed figure stands in."""
    return {name: row for row, alike in enumerate(alike_figures(figures), start=1) for name in alike}


def in_order(blocks: list[dict]) -> list[str]:
    """The names of the figures that blocks print, each once, in the order of the page."""
    runs = (run for block in blocks for run in printed(block))
    return list(dict.fromkeys(run["figure"] for run in runs if "figure" in run))


def texts(value: object) -> Iterable[str]:
    """Every text of a block that is set as words, drawings left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, own in value.items():
            yield from () if name in ("svg", "id") else texts(own)
    elif isinstance(value, list | tuple):
        for own in value:
            yield from texts(own)


def printed(block: dict) -> Iterable[dict]:
    """The runs of a paragraph, a list or a table, and of the numbers that are written on a picture."""
    yield from block.get("runs", [])
    for item in [*block.get("items", []), *block.get("labels", [])]:
        yield from item
    for row in block.get("rows", []):
        for cell in row:
            yield from cell["runs"]


def numbered(blocks: list[dict]) -> Iterable[dict]:
    """Tables and figures counted through the document; annexes in Roman numbers where there are several."""
    counts = {"table": 0, "figure": 0, "annex": 0}
    annexes = sum(block["type"] == "annex" for block in blocks)
    for block in blocks:
        kind = block["type"]
        if kind not in counts:
            yield block
            continue
        counts[kind] += 1
        if kind == "annex":
            yield block | {"number": f"Phụ lục {ROMAN[counts[kind] - 1]}" if annexes > 1 else "Phụ lục"}
        else:
            yield block | {"number": counts[kind]}


def end_mark(blocks: list[dict]) -> list[dict]:
    """The text closes with "./." before the signature."""
    place = next((n for n, block in enumerate(blocks) if block["type"] == "signature"), 0)
    if not place or blocks[place - 1]["type"] not in ("paragraph", "list"):
        return blocks
    last = blocks[place - 1]
    marked = dict(last)
    if last["type"] == "list":
        marked["items"] = [*last["items"][:-1], ended(last["items"][-1])]
    else:
        marked["runs"] = ended(last["runs"])
    return [*blocks[: place - 1], marked, *blocks[place:]]


def referring(blocks: list[dict], figures: dict[str, dict], behind: dict[str, dict]) -> list[dict]:
    """The blocks with a note, above the closing sentence, that says in which rows of the annex their figures were made.

    `behind` are the figures that these were made of (`made_of`), whose rows are named with them.
    """
    place = next((n for n, block in enumerate(blocks) if block["type"] == "signature"), len(blocks))
    said = "; ".join(f"{where}: dòng {ranges(rows)}" for where, rows in rows_by_place(blocks, figures | behind).items())
    note = {"type": "paragraph", "runs": [{"text": f"{ELSEWHERE}{said}."}], "style": "note"}
    return [*blocks[: max(place - 1, 0)], note, *blocks[max(place - 1, 0) :]]


def refers(block: dict) -> bool:
    """Whether a block is the note of `referring`."""
    return block["type"] == "paragraph" and block["style"] == "note" and block["runs"][0]["text"].startswith(ELSEWHERE)


def rows_by_place(blocks: list[dict], figures: dict[str, dict]) -> dict[str, set[int]]:
    """The rows of the annex of calculations by the place whose figures they are of: a heading, or the annexes together."""
    numbers = row_of(figures)
    found: dict[str, set[int]] = {}
    path: list[tuple[int, str]] = []
    for block in blocks:
        if block["type"] == "heading":
            path = [one for one in path if one[0] < block["level"]] + [(block["level"], block["number"])]
        if block["type"] == "annex":
            path = [(0, ANNEXES)]
        there = {run["figure"]: figures[run["figure"]] for run in printed(block) if run.get("figure") in numbers}
        rows = {numbers[name] for name in there | made_of(there, figures)}
        if rows:
            found.setdefault(headed([number for _, number in path]), set()).update(rows)
    return found


def headed(numbers: list[str]) -> str:
    """The place below headings of these numbers.

    >>> headed(["Phần I", "II.", "3.", "a)"]), headed(["II.", "1."]), headed(["Phần I"]), headed([])
    ('Phần I mục II.3.a', 'mục II.1', 'Phần I', 'phần mở đầu')
    """
    above = [number for number in numbers if number == ANNEXES or number.startswith("Phần ")]
    within = ".".join(number.rstrip(".)") for number in numbers if number not in above)
    return " ".join([*above, *([f"mục {within}"] if within else [])]) or "phần mở đầu"


def ranges(numbers: Iterable[int]) -> str:
    """
    >>> ranges([1, 2, 3, 7, 9, 10])
    '1 - 3, 7, 9, 10'
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} - {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def ended(runs: list[dict]) -> list[dict]:
    return [*runs[:-1], runs[-1] | {"text": runs[-1]["text"].rstrip(" .;") + "./."}]
