"""The executed `04_report` as one document: the blocks of its passages in order, numbered and complete.

Nothing is computed here: tables, figures and annexes get their numbers, the text its end mark, and the
last annex lists how every computed figure of the document was made.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from urllib.parse import quote

from giamngheo.checks.gaps import GAP
from giamngheo.findings import DataError, Finding
from giamngheo.intake.cell import IN_BRACES
from giamngheo.report import cells
from giamngheo.report.stored import joined

REPORT = "04_report"
A_DOZEN = 12
ELSEWHERE = "Cách tính từng số liệu: phụ lục “Cách tính các số liệu trong báo cáo”, lập riêng cùng báo cáo này; "
ANNEXES = "các phụ lục"
ADDRESS = re.compile(r"id='so-([^']+)'")
LINES = re.compile(r"(.*)[:!]([A-Z\d, -]+)")  # the file (and sheet), the lines or cells

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
    calculations = made_by_hand(figures, meta.get("unit", ""))
    without = meta.get("calculations") == "no"  # then the annex is a file of its own (`report.calculations`)
    blocks = referring(end_mark(blocks), figures) if without and calculations else end_mark(blocks) + calculations
    if not without:
        rows = {name: line for line, alike in enumerate(alike_figures(figures), start=1) for name in alike}
        figures = {name: figure | ({"row_of_annex": address(rows[name])} if name in rows else {}) for name, figure in figures.items()}
    gaps = {} if meta.get("draft") else still_to_fill_in(blocks)
    return {"meta": meta | {"key": key} | gaps, "blocks": list(numbered(blocks)), "figures": figures, "given": given}


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
    """The runs of a paragraph, a list or a table."""
    yield from block.get("runs", [])
    for item in block.get("items", []):
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


def referring(blocks: list[dict], figures: dict[str, dict]) -> list[dict]:
    """The blocks with a note, above the closing sentence, that says in which rows of the annex their figures were made."""
    place = next((n for n, block in enumerate(blocks) if block["type"] == "signature"), len(blocks))
    said = "; ".join(f"{where}: dòng {ranges(rows)}" for where, rows in rows_by_place(blocks, figures).items())
    note = {"type": "paragraph", "runs": [{"text": f"{ELSEWHERE}{said}."}], "style": "note"}
    return [*blocks[: max(place - 1, 0)], note, *blocks[max(place - 1, 0) :]]


def refers(block: dict) -> bool:
    """Whether a block is the note of `referring`."""
    return block["type"] == "paragraph" and block["style"] == "note" and block["runs"][0]["text"].startswith(ELSEWHERE)


def rows_by_place(blocks: list[dict], figures: dict[str, dict]) -> dict[str, set[int]]:
    """The rows of the annex of calculations by the place whose figures they are of: a heading, or the annexes together."""
    numbers = {name: row for row, alike in enumerate(alike_figures(figures), start=1) for name in alike}
    found: dict[str, set[int]] = {}
    path: list[tuple[int, str]] = []
    for block in blocks:
        if block["type"] == "heading":
            path = [one for one in path if one[0] < block["level"]] + [(block["level"], block["number"])]
        if block["type"] == "annex":
            path = [(0, ANNEXES)]
        rows = {numbers[run["figure"]] for run in printed(block) if run.get("figure") in numbers}
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


def made_by_hand(figures: dict[str, dict], unit: str = "", say: Callable[[str], str] = str) -> list[dict]:
    """The annex that shows how every computed figure was made: its formula, its counts, where they stand.

    `say` gives the file in which they stand its name.

    Figures of one column of a table (one for each village, say) share a row of the annex, a dozen to a row.
    """
    rows = []
    for names in alike_figures(figures):
        alike = [figures[name] for name in names]
        rows.append([cell(" = ".join(filter(None, [labelled(alike[0]), alike[0]["formula"]]))), cell(made(alike, unit, say))])
    if not rows:
        return []
    return [
        {"type": "annex", "number": "", "title": "CÁCH TÍNH CÁC SỐ LIỆU TRONG BÁO CÁO", "attached": ""},
        {
            "type": "table", "id": "cach-tinh", "caption": "Cách tính từng số liệu và nơi có số liệu gốc", "unit": "",
            "header": [[cell(text) for text in ("TT", "Số liệu", "Tệp: phép tính [dòng]")]],
            "align": ["center", "left", "left"], "widths": [1, 5, 18], "wide": True, "notes": [],
            "rows": [[numbered_cell(number), *row] for number, row in enumerate(rows, start=1)],
        },
    ]  # fmt: skip


def alike_figures(figures: dict[str, dict]) -> list[list[str]]:
    """The names of the computed figures, those of a row of the annex of calculations together, in its order."""
    columns: dict[tuple[str, str, str], list[str]] = {}
    for name, figure in figures.items():
        if figure["arithmetic"]:
            column = f"{name.partition('.')[0]}.{name.rpartition('.')[2]}"
            columns.setdefault((column, labelled(figure), figure["formula"]), []).append(name)
    return [alike[start : start + A_DOZEN] for alike in columns.values() for start in range(0, len(alike), A_DOZEN)]


def labelled(figure: dict) -> str:
    return figure["label"] + f" ({figure['group']})" * bool(figure["group"])


def address(row: int) -> str:
    """Where a row of that annex can be gone to, in PDF and Word."""
    return f"cach-tinh-dong-{row}"


def numbered_cell(number: int) -> dict:
    return {"runs": [{"text": str(number), "address": address(number)}]}


def made(figures: list[dict], unit: str = "", say: Callable[[str], str] = str) -> str:
    """The arithmetic of figures of one column, one after the other, each with its lines, under their files.

    A file of the report's own `unit` is named without its folder, one of another unit with it.

    >>> made([{"row": "A", "arithmetic": "1 / 4 = 25,00%", "sources": ["x/2022/review.csv:2"]},
    ...       {"row": "B", "arithmetic": "1 / 2 = 50,00%", "sources": ["x/2022/review.csv:3"]}])
    '2022/review.csv: A: 1 / 4 = 25,00% [2]; B: 1 / 2 = 50,00% [3].'
    """
    entries, file = [], ""
    for figure in figures:
        found = [LINES.fullmatch(below(source, unit)) for source in figure["sources"]]
        places = [(say(place[1]), place[2]) for place in found if place]
        one = places[0][0] if len({place for place, _ in places}) == 1 else ""
        lines = "; ".join(lines if one else f"{place}: {lines}" for place, lines in places)
        said = f"{figure['row']}: " * bool(figure["row"]) + f"{figure['arithmetic']} [{lines}]"
        entries.append(f"{one}: {said}" if one and one != file else said)
        file = one or file
    return "; ".join(entries) + "."


def below(source: str, unit: str) -> str:
    """A source without the folder of the report's own unit; without any, where no unit is named.

    >>> below("xa/2025/review.csv:2", "xa"), below("xa-cu/2024/review.csv:2", "xa"), below("xa/2025/review.csv:2", "")
    ('2025/review.csv:2', 'xa-cu/2024/review.csv:2', '2025/review.csv:2')
    """
    return source.removeprefix(f"{unit}/") if unit else source.partition("/")[2] or source


def cell(text: str) -> dict:
    return {"runs": [{"text": text}]}
