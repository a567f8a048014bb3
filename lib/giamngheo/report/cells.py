"""What the cells of an executed notebook give the report, in their order, and a refusal of what would be lost.

Code gives the passages stored in its outputs. A Markdown cell gives its text where it carries the tag `bao-cao`;
its placeholders are bound to the figures that `sections.available` recorded. Anything else stays in the review edition.
"""

import ast
import json
from collections.abc import Iterator

from giamngheo.figures.trace import Figure
from giamngheo.findings import DataError, Finding
from giamngheo.intake import narrative
from giamngheo.report import citations, outline, passages, programmes, sections
from giamngheo.report.names import NAMES
from giamngheo.report.stored import MIME, READ, Passage, joined, unpacked
from giamngheo.vietnamese.text import bare

TAG = "bao-cao"
MEANT = {bare(name) for name in (TAG, "report", "in báo cáo")}
STORED = "Passage(blocks="  # how a passage within a list or a tuple is printed
FILE = "sổ báo cáo"  # where findings of its cells stand
TOO_EARLY = ("đứng trước phần đầu văn bản", "dời ô này xuống dưới ô có report.opening hoặc rollup.opening")
NO_CAPTION = ("bảng chưa có tên", "viết ngay trên bảng một dòng “Bảng: tên bảng”")
ROOMS = {room.__name__.rpartition(".")[2]: room for room in (citations, outline, passages, programmes, sections)}


def of(notebook: dict) -> list[dict]:
    """The passages of a notebook in the order of its cells: {"blocks", "figures", and once "meta"}.

    Raises DataError for a cell whose words or table would not reach the report.
    """
    rooms = aliases(notebook)
    lost = [finding for number, cell in numbered(notebook) for finding in lost_in(cell, number, rooms)]
    if lost:
        raise DataError(lost)
    known = names(notebook)
    found = [(number, cell, passage) for number, cell in numbered(notebook) for passage in of_cell(cell, number, known)]
    opening = next((n for n, (_, _, passage) in enumerate(found) if "meta" in passage), 0)
    if before := [finding(place(cell, number), cell, *TOO_EARLY) for number, cell, _ in found[:opening]]:
        raise DataError(before)
    return [passage for _, _, passage in found]


def of_cell(cell: dict, number: int, known: dict[str, dict | str]) -> list[dict]:
    if cell.get("cell_type") == "markdown":
        return [of_markdown(cell, number, known)] if marked(cell) else []
    return [unpacked(output["data"][MIME]) for output in cell.get("outputs", []) if MIME in output.get("data", {})]


def of_markdown(cell: dict, number: int, known: dict[str, dict | str]) -> dict:
    """The passage of a marked Markdown cell that stands below code cell `number`."""
    stand_ins = {name: said if isinstance(said, str) else Figure(name, said["label"], said["text"], "")
                 for name, said in known.items()}  # fmt: skip
    text = narrative.Text(f"o-{number}", f"{FILE}, {place(cell, number)}", joined(cell["source"]))
    passage = passages.written(text, stand_ins)
    if any(block["type"] == "table" and not block["caption"] for block in passage.blocks):
        raise DataError([finding(place(cell, number), cell, *NO_CAPTION)])
    return {"blocks": passage.blocks, "figures": {name: known[name] for name in passage.figures}}


def bound(cell: dict, known: dict[str, dict | str]) -> str:
    """The text of a marked Markdown cell with what its placeholders print."""
    said = {name: one if isinstance(one, str) else one["text"] for name, one in known.items()}
    return narrative.PLACEHOLDER.sub(lambda found: said.get(found[1], found[0]), joined(cell["source"]))


def names(notebook: dict) -> dict[str, dict | str]:
    """What each placeholder stands for, as the notebook recorded it: a figure's description, or plain words."""
    outputs = (output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", []))
    return {name: said for data in outputs if NAMES in data for name, said in json.loads(joined(data[NAMES])).items()}


def read(notebook: dict) -> dict[str, str] | None:
    """The files that the notebook was run on, each with its hash; None where an older version ran it."""
    outputs = (output.get("data", {}) for cell in notebook["cells"] for output in cell.get("outputs", []))
    return next((json.loads(joined(data[READ])) for data in outputs if READ in data), None)


def numbered(notebook: dict) -> Iterator[tuple[int, dict]]:
    """Every cell with the number of the code cell it is, or stands below."""
    number = 0
    for cell in notebook["cells"]:
        number += cell.get("cell_type") != "markdown"
        yield number, cell


def tags(cell: dict) -> list[str]:
    return cell.get("metadata", {}).get("tags", [])


def marked(cell: dict) -> bool:
    return TAG in tags(cell)


# what would be lost -------------------------------------------------------------------------------


def lost_in(cell: dict, number: int, rooms: dict[str, object]) -> Iterator[Finding]:
    """Findings of a cell that means something for the report and would not give it."""
    here, source = place(cell, number), joined(cell.get("source", ""))
    for tag in tags(cell):
        if tag != TAG and bare(tag) in MEANT:
            yield finding(here, cell, f"thẻ “{tag}” không có nghĩa gì với báo cáo", f"đổi thẻ thành {TAG}")
    if cell.get("cell_type") == "markdown":
        return
    stored = [output.get("data", {}) for output in cell.get("outputs", [])]
    if any(STORED in joined(data.get("text/plain", "")) and MIME not in data for data in stored):
        yield finding(here, cell, "các đoạn của báo cáo nằm trong một danh sách nên không được in",
                      "nối chúng bằng report.parts(đoạn, đoạn, …) ở dòng cuối của ô")  # fmt: skip
    elif marked(cell) and not any(MIME in data for data in stored):
        yield finding(here, cell, f"ô mang thẻ {TAG} nhưng không cho đoạn nào của báo cáo",
                      "kết thúc ô bằng report.table(bảng, caption=…), report.figure(…) hoặc report.sentence(…)")  # fmt: skip
    for call in unseen(source, rooms):
        yield finding(here, cell, f"{call}(…) không phải dòng cuối của ô nên không được in",
                      "để ở dòng cuối (không có dấu ; ở sau), hoặc gộp các đoạn của ô bằng report.parts(…)")  # fmt: skip


def place(cell: dict, number: int) -> str:
    """Where a cell stands, by the numbers that the review edition and JupyterLab show."""
    return f"ô văn bản sau ô tính số {number}" if cell.get("cell_type") == "markdown" else f"ô tính số {number}"


def finding(place: str, cell: dict, rule: str, remedy: str) -> Finding:
    first = joined(cell.get("source", "")).strip().partition("\n")[0]
    return Finding(f"{FILE}, {place}", rule, remedy, value=first)


def aliases(notebook: dict) -> dict[str, object]:
    """The rooms of the report by the names that the notebook's imports give them."""
    found: dict[str, object] = {}
    for cell in notebook["cells"]:
        for node in ast.walk(parsed(joined(cell.get("source", "")))) if cell.get("cell_type") == "code" else ():
            if isinstance(node, ast.ImportFrom) and node.module == "giamngheo.report":
                found |= {one.asname or one.name: ROOMS[one.name] for one in node.names if one.name in ROOMS}
    return found


def parsed(source: str) -> ast.Module:
    """The code of a cell; nothing where it is not plain Python (a cell may use IPython's own commands)."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])


def unseen(source: str, rooms: dict[str, object]) -> list[str]:
    """Calls that make a passage which Jupyter shows nobody: not the last expression of the cell, or ended by ";".

    >>> unseen("report.sentence('Một.', {})\\nreport.sentence('Hai.', {})", {"report": passages})
    ['report.sentence']
    """
    tree = parsed(source)
    shown = tree.body[-1] if tree.body and not source.rstrip().endswith(";") else None
    discarded = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and node is not shown]
    return [call for value in discarded for call in makers(value, rooms)]


def makers(value: ast.expr, rooms: dict[str, object]) -> list[str]:
    """The call that a value comes from, of several added together the first, where it makes a passage."""
    while isinstance(value, ast.BinOp):
        value = value.left
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=room), attr=name)) if room in rooms:
            function = getattr(rooms[room], name, None)
            return [f"{room}.{name}"] * (getattr(function, "__annotations__", {}).get("return") is Passage)
    return []
