"""The annex of a report that takes the place of one that was sent: why, and everything that changed.

The two documents are compared as they are printed: each figure (`changes`), each cell of a table that is no computed
figure, and the words under each heading. So nothing that changed is left out, and nothing else is listed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from giamngheo.intake.submissions import Submission
from giamngheo.intake.unit import Year
from giamngheo.report import changes, document, letterhead
from giamngheo.report.after_submission import replaced
from giamngheo.report.annex_rows import cell
from giamngheo.store import belongings, manifest
from giamngheo.writers.arrangement import COLUMN_MARK, grid

TITLE = "NỘI DUNG THAY ĐỔI SO VỚI BÁO CÁO ĐƯỢC THAY THẾ"
SERIAL = ("TT", "STT")  # heads of columns that only count the rows
HEAD, END = "Phần đầu văn bản", "Nơi nhận, người ký"
OF_EVERY_REPORT = ("type", "number", "place_date", "replaces")  # of a letterhead: what no two reports share
NEW, GONE = "chưa có", "không còn"


def applied(this: Year, paper: dict) -> dict:
    """The document, with the annex of what changed where it takes the place of one that was sent."""
    sent = before(this, paper)
    if sent is None:
        return paper
    own = annex(sent, paper)
    at = next((n for n, block in enumerate(paper["blocks"]) if block["type"] == "annex"), len(paper["blocks"]))
    return paper | {"blocks": list(document.numbered([*paper["blocks"][:at], *own, *paper["blocks"][at:]]))}


def before(this: Year, paper: dict) -> dict | None:
    """The document whose place this one takes; None where it takes none."""
    one = replaced(this, paper["meta"].get("replaces", {}))
    return None if one is None else as_sent(one)


def is_one(paper: dict) -> bool:
    """Whether the document says that it takes the place of another."""
    return "replaces" in paper["meta"]


def as_sent(one: Submission) -> dict:
    """The document of a submission; raises DataError where its notebook is no longer the one that was sent."""
    import nbformat  # slow to import, and few reports are corrections

    notebook = one.content(manifest.report(belongings.about(one.folder)))
    return document.from_notebook(nbformat.reads(notebook.decode(), as_version=4))


def annex(before: dict, after: dict) -> list[dict]:
    """The blocks of the annex of the report `after`, which takes the place of `before`."""
    asked = after["meta"]["replaces"]
    rows = [*of_figures(before, after), *of_cells(before, after)]
    reason = asked.get("reason") or letterhead.gap("lý do thay thế")
    words = list(of_words(before["blocks"], after["blocks"]))
    attached = f"(Kèm theo Báo cáo {asked['by']} của {after['meta']['issuer']})"
    said = [
        paragraph(f"Báo cáo này thay thế Báo cáo {letterhead.reference(asked)}. Lý do: {reason.rstrip('. ')}."),
        *([table(rows, letterhead.short(asked))] if rows else [paragraph("Không số liệu nào thay đổi.")]),
        *([paragraph("Lời văn thay đổi ở các mục sau:"), listed(words)] if words else [paragraph("Lời văn không thay đổi.")]),
    ]
    return [{"type": "annex", "number": "", "title": TITLE, "attached": attached}, *said]


def table(rows: list[list[str]], before: str) -> dict:
    """The table of figures that changed; `before` is the head of what was sent."""
    header = ["TT", "Số liệu", before, "Báo cáo này", "Thay đổi"]
    numbered = [[str(number), *row] for number, row in enumerate(rows, start=1)]
    return {
        "type": "table", "id": "thay-doi", "caption": "Số liệu thay đổi", "unit": "",
        "header": [[cell(text) for text in header]],
        "align": ["center", "left", "right", "right", "left"], "widths": [1, 7, 4, 4, 4], "wide": False,
        "notes": [[{"text": note}] for note in changes.marked(said for *_, said in rows)],
        "rows": [[cell(text) for text in row] for row in numbered],
    }  # fmt: skip


def paragraph(text: str) -> dict:
    return {"type": "paragraph", "runs": [{"text": text}], "style": "body"}


def listed(texts: list[str]) -> dict:
    ends = [";"] * (len(texts) - 1) + ["."]
    return {"type": "list", "items": [[{"text": text + end}] for text, end in zip(texts, ends, strict=True)]}


# figures ------------------------------------------------------------------------------------------


def of_figures(before: dict, after: dict) -> Iterator[list[str]]:
    """Each figure that is printed otherwise: what it is, as it was sent, as it is now, the difference in words."""
    mains = [next(iter(paper["meta"].get("standards", {}).values()), "") for paper in (before, after)]
    refusal = changes.TWO_STANDARDS if all(mains) and mains[0] != mains[1] else ""
    for row in changes.rows(before["figures"], comparable(before, after), {}, refusal):
        if row["old"] != row["new"] or row["state"] == "changed":
            what = row["label"] + f" ({row['row']})" * bool(row["row"])
            yield [what, row["old"] or NEW, row["new"] or GONE, row["said"]]


def comparable(before: dict, after: dict) -> dict[str, dict]:
    """The figures of `after`; without those on its pictures alone where `before` was made when a picture did not tell its own."""
    if any("labels" in block for block in before["blocks"]):
        return after["figures"]
    printed = document.in_order([{name: value for name, value in block.items() if name != "labels"} for block in after["blocks"]])
    return {name: after["figures"][name] for name in printed if name in after["figures"]}


# cells --------------------------------------------------------------------------------------------


def of_cells(before: dict, after: dict) -> Iterator[list[str]]:
    """Each cell of a table that prints something else and is no figure, as `of_figures`; a table or row that is new or gone."""
    old, new = tables(before["blocks"]), tables(after["blocks"])
    for name in dict.fromkeys([*new, *old]):
        yield from of_table(old.get(name), new.get(name))


def tables(blocks: Iterable[dict]) -> dict[str, dict]:
    """The tables of a document by their id, without that of its calculations."""
    return {block["id"]: block for block in blocks if block["type"] == "table" and block["id"] != "cach-tinh"}


def of_table(old: dict | None, new: dict | None) -> Iterator[list[str]]:
    if old is None or new is None:
        caption = (new or old or {})["caption"]
        yield [f"Bảng “{caption}”", NEW if old is None else "có", "có" if old is None else GONE, ""]
        return
    befores, afters = cells(old), cells(new)
    for place in dict.fromkeys([*afters, *befores]):
        was, now = befores.get(place, (NEW, False)), afters.get(place, (GONE, False))
        if was[0] != now[0] and not (was[1] or now[1]):
            row, column = place[0], place[2]
            yield [f"{row}: {column} (bảng “{new['caption']}”)", was[0] or "…", now[0] or "…", ""]


def cells(block: dict) -> dict[tuple[str, int, str], tuple[str, bool]]:
    """What each cell of a table prints and whether it is a figure, by its row, how many rows of that name came before, its column."""
    heads = columns(block)
    names = [at for at, align in enumerate(block["align"]) if align == "left" and heads[at] not in SERIAL]
    seen: Counter[str] = Counter()
    found = {}
    for slots in grid(block["rows"], block["align"]):
        texts = {slot["x"]: slot for slot in slots}
        row = ", ".join(filter(None, (said(texts[at]) for at in names if at in texts))) or "dòng không tên"
        for at, slot in texts.items():
            if at not in names and heads[at] not in SERIAL:
                found[row, seen[row], heads[at]] = said(slot), any("figure" in run for run in slot["runs"])
        seen[row] += 1
    return found


def columns(block: dict) -> list[str]:
    """The name of each column: what stands above it in the head, from the top down."""
    above: list[list[str]] = [[] for _ in block["align"]]
    for slots in grid(block["header"], block["align"]):
        counted = all(re.fullmatch(COLUMN_MARK, said(slot)) for slot in slots)
        for slot in [] if counted else slots:
            for at in range(slot["x"], slot["x"] + slot["colspan"]):
                above[at] += [text] if (text := said(slot)) and text not in above[at] else []
    return [", ".join(texts) for texts in above]


def said(block: dict) -> str:
    return "".join(run["text"] for run in block["runs"])


# words --------------------------------------------------------------------------------------------


def of_words(before: list[dict], after: list[dict]) -> Iterator[str]:
    """Where the words of two documents differ, whatever their figures: the head, the headings, the end."""
    old, new = by_heading(before), by_heading(after)
    for place in dict.fromkeys([*new, *old]):
        if old.get(place) != new.get(place):
            yield place + (" (mới)" if place not in old else " (bỏ)" if place not in new else "")


def by_heading(blocks: Iterable[dict]) -> dict[str, list]:
    """The words under each heading, a figure standing for itself whatever it prints, in the order of the document."""
    found: dict[str, list] = {}
    path: list[tuple[int, str]] = []
    for block in blocks:
        if block["type"] == "heading":
            path = [one for one in path if one[0] < block["level"]] + [(block["level"], f"{block['number']} {block['text']}")]
        if block["type"] == "annex":
            path = [(0, block["title"].capitalize())]
        if block["type"] in ("letterhead", "signature"):
            own = {name: value for name, value in block.items() if name not in OF_EVERY_REPORT}
            found.setdefault(HEAD if block["type"] == "letterhead" else END, []).append(own)
        else:
            place = " – ".join(text for _, text in path) or "Câu mở đầu"
            found.setdefault(place, []).extend(words(block))
    return found


def words(block: dict) -> list[str]:
    """The words of a paragraph, of each point of a list, of a picture's or table's name."""
    if document.refers(block):  # rows of the annex of calculations, which follow the figures
        return []
    if block["type"] == "paragraph":
        return [unfigured(block["runs"])]
    if block["type"] == "list":
        return [unfigured(item) for item in block["items"]]
    return [block["caption"]] if block["type"] in ("table", "figure") and block["id"] != "cach-tinh" else []


def unfigured(runs: list[dict]) -> str:
    return "".join(f"{{{run['figure']}}}" if "figure" in run else run["text"] for run in runs)
