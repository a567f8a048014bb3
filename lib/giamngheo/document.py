"""The executed `04_report` as one document: the blocks of its passages in order, numbered and complete.

Nothing is computed here: tables, figures and annexes get their numbers, the text its end mark, and the
last annex lists how every computed figure of the document was made.
"""

from collections.abc import Iterable

from giamngheo.passages import MIME

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


class NotAReport(ValueError):
    """The notebook was not executed, or is not the report."""


def passages(notebook: dict) -> list[dict]:
    """The passages stored in the outputs of an executed notebook, in the order of its cells."""
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", []))
    return [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]


def from_notebook(notebook: dict, key: str = "") -> dict:
    """The document of an executed `04_report`; `key` is the manifest key it carries."""
    found = passages(notebook)
    meta = next((passage["meta"] for passage in found if "meta" in passage), None)
    if meta is None:
        raise NotAReport("Sổ này chưa chạy, hoặc không phải sổ báo cáo: không có phần đầu văn bản trong kết quả.")
    blocks = [block for passage in found for block in passage["blocks"]]
    figures = {name: figure for passage in found for name, figure in passage["figures"].items()}
    blocks = end_mark(blocks) + made_by_hand(figures)
    return {"meta": meta | {"key": key}, "blocks": list(numbered(blocks)), "figures": figures}


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


def ended(runs: list[dict]) -> list[dict]:
    return [*runs[:-1], runs[-1] | {"text": runs[-1]["text"].rstrip(" .;") + "./."}]


def made_by_hand(figures: dict[str, dict]) -> list[dict]:
    """The annex that shows how every computed figure was made: its formula, its counts, where they stand."""
    computed = {name: figure for name, figure in figures.items() if figure["arithmetic"]}
    if not computed:
        return []
    header = ["TT", "Số liệu", "Cách tính", "Phép tính", "Tệp: dòng"]
    rows = [
        [
            {"runs": [{"text": str(number)}]},
            {"runs": [{"text": figure["label"]}]},
            {"runs": [{"text": figure["formula"]}]},
            {"runs": [{"text": figure["arithmetic"], "figure": name}]},
            {"runs": [{"text": "; ".join(figure["sources"])}]},
        ]
        for number, (name, figure) in enumerate(computed.items(), start=1)
    ]
    title = "CÁCH TÍNH CÁC SỐ LIỆU TRONG BÁO CÁO"
    return [
        {"type": "annex", "number": "", "title": title, "attached": ""},
        {
            "type": "table", "id": "cach-tinh", "caption": "Cách tính từng số liệu", "unit": "", "notes": [],
            "header": [[{"runs": [{"text": text}]} for text in header]],
            "align": ["center", "left", "left", "left", "left"], "widths": [1, 5, 6, 7, 5], "rows": rows, "wide": True,
        },
    ]  # fmt: skip
