"""What all three writers need to know before setting a page: sections, table grids, column widths, marks.

Nothing here knows a file format. Lengths are in characters of the table's own font size.
"""

import itertools
import re
from functools import lru_cache

PORTRAIT, LANDSCAPE = 165, 252  # mm of text width on A4: 210 or 297 less the margins 30 and 15
TABLE_PT, WIDE_PT, SMALLEST_PT = 12, 10, 7
MM_PER_LETTER = 0.185  # per point of font size; a figure is half its size wide, and 1 pt is 0.353 mm
PADDING = 1.5  # characters lost to the two sides of a cell
LONGEST_WORD = 20  # characters; a longer word may be broken inside, so no column is widened for it
LONGEST_LINE = 36  # characters; a longer text is expected to wrap,
MOST_LINES = 3  # though not to more lines than these, up to
LONGEST_TEXT = 72  # characters
COLUMN_MARK = (
    r"[A-ZĐ]|\d+(\s*=.*)?"  # the row of the official forms that names columns: A, B, 1, 2, 3=2/1*100
)
KEPT = 2  # rows that stand with the heading of a longer table, and with its totals
WHOLE, WHOLE_TEXT = 12, 200  # rows, and characters of a cell, up to which a table is not broken across pages, if a page holds it
CAPITAL = 0.45  # of a small letter that a capital is wider
MARK_SIZE = 0.75  # of the table's font size


def arrange(document: dict) -> dict:
    """The document in sections of equal page shape, its tables resolved to grids.

    Returns {"meta", "figures", "marks": [str], "sections": [section]}, where
    section = {"wide": bool, "restart": bool, "blocks": [block]}; `restart` starts the page numbers at 1.
    A heading gains `outline` (its depth without gaps), a table `columns` (shares of the width, sum 1),
    `size` (pt), `header` and `rows` as grids, and `whole` where it is so short that it stands on one page; a paragraph or
    list just before the signature gains `keep`.
    """
    meta = document["meta"]
    blocks = _kept_with_signature(_outlined([_resolved(block) for block in document["blocks"]]))
    return {"meta": meta, "figures": document["figures"], "marks": marks(meta), "sections": sections(blocks)}


def marks(meta: dict) -> list[str]:
    """What every page of a document carries: that it is a draft, that its figures are made up.

    >>> marks({"draft": ["thiếu số"], "synthetic": True}), marks({"draft": [], "synthetic": False})
    (['DỰ THẢO', 'SỐ LIỆU MÔ PHỎNG'], [])
    """
    return ["DỰ THẢO"] * bool(meta["draft"]) + ["SỐ LIỆU MÔ PHỎNG"] * bool(meta["synthetic"])


def sections(blocks: list[dict]) -> list[dict]:
    """Blocks cut where the page turns: before an annex, and around wide tables.

    Headings and notes that stand directly above a wide table turn with it, so that no annex title is left
    alone on an upright page.

    >>> text, title, wide = {"type": "paragraph"}, {"type": "annex"}, {"type": "table", "wide": True}
    >>> [(s["wide"], s["restart"], len(s["blocks"])) for s in sections([text, title, wide, text])]
    [(False, True, 1), (True, True, 2), (False, False, 1)]
    """
    cut: list[dict] = [{"wide": False, "restart": True, "blocks": []}]
    for block in blocks:
        wide = block["type"] == "table" and block["wide"]
        if block["type"] == "annex":
            cut.append({"wide": False, "restart": True, "blocks": []})
        elif wide != cut[-1]["wide"]:
            above = _headings_above(cut[-1]["blocks"]) if wide else []
            del cut[-1]["blocks"][len(cut[-1]["blocks"]) - len(above) :]
            emptied = not cut[-1]["blocks"]
            restart = cut.pop()["restart"] if emptied else False
            cut.append({"wide": wide, "restart": restart, "blocks": above})
        cut[-1]["blocks"].append(block)
    return [section for section in cut if section["blocks"]]


def points(block: dict) -> list[tuple[str, int]]:
    """The mark of each point of a list and how many points it stands within; a dash where the list says nothing.

    >>> points({"items": [[], []]}), points({"items": [[], []], "marks": ["1.", "a)"], "levels": [0, 1]})
    ([('-', 0), ('-', 0)], [('1.', 0), ('a)', 1)])
    """
    count = len(block["items"])
    return list(zip(block.get("marks", ["-"] * count), block.get("levels", [0] * count), strict=True))


def grid(rows: list[list[dict]], align: list[str]) -> list[list[dict]]:
    """Each row as slots with their column: {"x", "colspan", "rowspan", "align", "runs", "bold", "merge"}.

    `merge` is "" for a plain cell, "start" for the first row of a cell that spans rows, "continue" for the
    rows below it (their slots have no runs).

    >>> rows = [[{"runs": [1], "rowspan": 2}, {"runs": [2]}], [{"runs": [3]}]]
    >>> [[(s["x"], s["merge"], s["runs"]) for s in row] for row in grid(rows, ["left", "right"])]
    [[(0, 'start', [1]), (1, '', [2])], [(0, 'continue', []), (1, '', [3])]]
    """
    hanging: dict[int, tuple[int, dict]] = {}  # column -> rows still covered, slot that covers them
    resolved = []
    for row in rows:
        cells, slots, x = iter(row), [], 0
        while x < len(align):
            if x in hanging:
                left, slot = hanging.pop(x)
                slot = slot | {"merge": "continue", "runs": []}
            else:
                cell = next(cells)
                left = cell.get("rowspan", 1)
                slot = {"x": x, "colspan": cell.get("colspan", 1), "rowspan": left, "align": align[x]}
                slot |= {
                    "runs": cell["runs"],
                    "bold": cell.get("bold", False),
                    "merge": "start" if left > 1 else "",
                }
            if left > 1:
                hanging[x] = left - 1, slot
            slots.append(slot)
            x += slot["colspan"]
        resolved.append(slots)
    return resolved


def columns(table: dict, header: list[list[dict]], rows: list[list[dict]]) -> tuple[list[float], float]:
    """Shares of the table's width per column, and the font size (pt) at which its longest words fit.

    The wished shares are `table["widths"]`, or the length of what stands in the column. A column is never
    narrower than its longest word; where the words of all columns do not fit, the type gets smaller.

    >>> table = {"align": ["left", "right"], "widths": [], "wide": False}
    >>> rows = grid([[{"runs": [{"text": "Làng Mơ Tôn"}]}, {"runs": [{"text": "27"}]}]], table["align"])
    >>> shares, size = columns(table, [], rows)
    >>> [round(share, 2) for share in shares], size
    ([0.78, 0.22], 12)
    """
    least, wish = [1.0] * len(table["align"]), [1.0] * len(table["align"])
    for slot in itertools.chain.from_iterable(header + rows):
        if slot["colspan"] == 1:
            x, text = slot["x"], "".join(run["text"] for run in slot["runs"])
            word = min(LONGEST_WORD, _longest(text)) * (MARK_SIZE if slot.get("mark") else 1)
            least[x] = max(
                least[x], word, 0 if slot.get("mark") else min(len(text), LONGEST_TEXT) / MOST_LINES
            )
            wish[x] = max(wish[x], word, 0 if "mark" in slot else min(len(text), LONGEST_LINE))
    least, wish = [one + PADDING for one in least], table["widths"] or [one + PADDING for one in wish]
    size = WIDE_PT if table["wide"] else TABLE_PT
    room = (LANDSCAPE if table["wide"] else PORTRAIT) / (size * MM_PER_LETTER)
    if sum(least) > room:
        return [one / sum(least) for one in least], max(SMALLEST_PT, round(size * room / sum(least), 1))
    spare = [max(0, one * room / sum(wish) - low) for one, low in zip(wish, least, strict=True)]
    given = (room - sum(least)) / (sum(spare) or 1)
    shares = [low + more * given for low, more in zip(least, spare, strict=True)]
    return [one / sum(shares) for one in shares], size


def short(header: list[list[dict]], rows: list[list[dict]]) -> bool:
    """Whether a table is read at a glance: few rows, and no long text in a cell.

    >>> row, long = [{"runs": [{"text": "Làng"}]}], [{"runs": [{"text": "x" * 201}]}]
    >>> short([row], [row] * 12), short([row], [row] * 13), short([row], [long])
    (True, False, False)
    """
    texts = (sum(len(run["text"]) for run in slot["runs"]) for row in header + rows for slot in row)
    return len(rows) <= WHOLE and max(texts, default=0) <= WHOLE_TEXT


@lru_cache(maxsize=10_000)
def _longest(text: str) -> float:
    """Length of the longest word in small letters; a capital is nearly half as wide again."""
    return max((len(word) + CAPITAL * sum(map(str.isupper, word)) for word in text.split()), default=0)


def _headings_above(blocks: list[dict]) -> list[dict]:
    """The headings, annex title and notes that close `blocks`, if a heading or annex title begins them."""
    tail = list(
        itertools.takewhile(
            lambda b: b["type"] in ("annex", "heading") or b.get("style") == "note", reversed(blocks)
        )
    )[::-1]
    return tail if tail and tail[0]["type"] in ("annex", "heading") else []


def _resolved(block: dict) -> dict:
    """A copy of the block that a writer may add to, its cells on a grid if it is a table."""
    if block["type"] != "table":
        return dict(block)
    header, rows = grid(block["header"], block["align"]), grid(block["rows"], block["align"])
    for slots in header:
        marks = all(re.fullmatch(COLUMN_MARK, "".join(run["text"] for run in slot["runs"])) for slot in slots)
        slots[:] = [slot | {"mark": marks} for slot in slots]
    shares, size = columns(block, header, rows)
    whole = short(header, rows)
    return block | {"header": header, "rows": rows, "columns": shares, "size": size, "whole": whole, "joined": joined(rows, whole)}


def joined(rows: list[list[dict]], whole: bool) -> list[bool]:
    """For each row whether it stands on one page with the next: all of a table that is `whole`, of a longer one with totals
    the first ones, those with the totals, and a row with the ones below it that have no number of their own.

    >>> row, more, total = ([{"bold": bold, "runs": [{"text": text}]}] for text, bold in (("1", False), ("", False), ("", True)))
    >>> "".join(".+"[one] for one in joined([row] * 6 + [total] * 2, whole=False))
    '++..+++.'
    >>> "".join(".+"[one] for one in joined([row, more] * 5 + [total] * 2, whole=False))
    '+++.+.+.+++.'
    >>> joined([row] * 3, whole=True), joined([row] * 3, whole=False)
    ([True, True, False], [False, False, False])
    """
    totals = len(list(itertools.takewhile(lambda row: all(slot["bold"] for slot in row), reversed(rows))))
    if whole or not totals:
        return [whole] * (len(rows) - 1) + [False] * bool(rows)
    closing = len(rows) - totals - KEPT
    goes_on = [not any(run["text"] for run in row[0]["runs"]) for row in rows[1:]]
    return [at < KEPT or at >= closing or goes_on[at] for at in range(len(rows) - 1)] + [False]


def _outlined(blocks: list[dict]) -> list[dict]:
    """Headings with their depth: one below the heading before at most, as PDF/UA and WCAG ask."""
    outlined, depth = [], 0
    for block in blocks:
        if block["type"] == "annex":
            depth = 1
        elif block["type"] == "heading":
            depth = min(block["level"], depth + 1)
            block = block | {"outline": depth}
        outlined.append(block)
    return outlined


def _kept_with_signature(blocks: list[dict]) -> list[dict]:
    """A signature never stands alone on a page: the text before it goes with it."""
    after = [block["type"] for block in blocks[1:]] + [""]
    return [
        block | {"keep": True}
        if block["type"] in ("paragraph", "list") and following in ("signature", "signers")
        else block
        for block, following in zip(blocks, after, strict=True)
    ]
