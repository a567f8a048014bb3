"""Short ways to write the blocks of a document in a test (the contract is in giamngheo.document)."""

import io
from functools import cache

import matplotlib

matplotlib.use("agg")
from matplotlib import pyplot


def run(text, **marks):
    return {"text": text, **marks}


def cell(text, **spans):
    return {"runs": [run(text)], **spans}


def heading(level, number, text):
    return {"type": "heading", "level": level, "number": number, "text": text}


def paragraph(*runs, style="body"):
    return {"type": "paragraph", "style": style, "runs": [run(r) if isinstance(r, str) else r for r in runs]}


def bullets(*items):
    return {"type": "list", "items": [[run(item)] for item in items]}


def table(id, number, caption, header, rows, align, **options):
    """A table block; strings in `header` and `rows` become cells, a row that begins with "Tổng" is bold."""
    filled = [[c if isinstance(c, dict) else cell(c) for c in row] for row in rows]
    for row in filled:
        if any(c["runs"][0]["text"].startswith("Tổng") for c in row[:2]):
            row[:] = [c | {"bold": True} for c in row]
    header = [[c if isinstance(c, dict) else cell(c) for c in row] for row in header]
    block = {
        "type": "table",
        "id": id,
        "number": number,
        "caption": caption,
        "unit": "",
        "widths": [],
        "notes": [],
    }
    return block | {"wide": False, "header": header, "rows": filled, "align": align} | options


@cache
def chart() -> str:
    """A small bar chart as SVG text."""
    with matplotlib.rc_context({"svg.hashsalt": "giamngheo", "font.size": 9, "figure.dpi": 100}):
        figure, axes = pyplot.subplots(figsize=(6.0, 2.6), layout="constrained")
        bars = axes.bar(
            ["Hộ nghèo 2021", "Hộ nghèo 2022", "Hộ cận nghèo 2021", "Hộ cận nghèo 2022"], [262, 242, 321, 324]
        )
        axes.bar_label(bars)
        axes.margins(y=0.15)
        axes.set_ylabel("Số hộ")
        svg = io.StringIO()
        figure.savefig(svg, format="svg", metadata={"Date": None})
        pyplot.close(figure)
    return svg.getvalue()


def picture(id, number, caption, alt, width_mm=150):
    block = {"type": "figure", "id": id, "number": number, "caption": caption, "alt": alt}
    return block | {"svg": chart(), "width_mm": width_mm}


def meta(**changes):
    meant = {
        "title": "Báo cáo kết quả thực hiện Chương trình giảm nghèo bền vững năm 2022, xã Kông Lơng Khơng",
        "unit": "kong-long-khong",
        "year": 2022,
        "place": "xã Kông Lơng Khơng",
        "issuer": "Ủy ban nhân dân xã Kông Lơng Khơng",
        "timestamp": 1677542400,
        "draft": [],
        "synthetic": False,
        "key": "8b1c6f2e4d" * 6 + "0a1b",
    }
    return meant | changes
