"""A comparison of two reports (`diff`) for people: as text, as CSV that Excel opens, as one HTML page."""

import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from giamngheo import spreadsheets
from giamngheo.report import changes
from giamngheo.report.changes import KINDS
from giamngheo.review import diff
from giamngheo.review.diff import Comparison, listed
from giamngheo.store import anew, manifest
from giamngheo.vietnamese.terms import EARLY

TEMPLATES = Path(__file__).parent / "templates"
STATES = {
    "changed": "Thay đổi",
    "appeared": "Mới có",
    "vanished": "Không còn",
    "reworded": "Chỉ đổi cách in",
    "remade": "Đổi số gốc, kết quả như cũ",
    "same": "Không đổi",
}

MARK = "<title>So sánh "  # by which a page of this program is known
EXCEL = (
    "Tệp Excel thì đặt lại bản sao đã giữ: gõ lại số cũ cho đúng các số ấy, nhưng Excel ghi tệp khác đi từng byte, "
    "nên mã ghi trong báo cáo khác."
)


def title(comparison: Comparison) -> str:
    old, new = comparison.old, comparison.new
    if comparison.years:
        return f"So sánh báo cáo {' với '.join(names(comparison)).lower()} của {new.place}"
    if old.sent or new.sent:
        return f"So sánh {' với '.join(names(comparison))} của {new.place}"
    early = [name.lower() for name, run in zip(names(comparison), (old, new), strict=True) if manifest.early(run.record)]
    return f"So sánh hai lần lập báo cáo năm {new.year} của {new.place}" + f": {', '.join(early)}" * bool(early)


def names(comparison: Comparison) -> list[str]:
    """What the two reports are called, the earlier first; each says where its result was not official yet."""
    old, new = comparison.old, comparison.new
    usual = [f"Năm {old.year}", f"Năm {new.year}"] if comparison.years else ["Lần trước", "Lần này"]
    if not comparison.years and (old.sent or new.sent):
        usual = ["Lần trước" if diff.KEPT in run.folder.parts else "Lần này" for run in (old, new)]
    both = zip(usual, (old, new), strict=True)
    return [(f"{run.sent} đã nộp" if run.sent else name) + EARLY * manifest.early(run.record) for name, run in both]


def counted(comparison: Comparison) -> str:
    """How many figures are in each state, in one line."""
    many = comparison.figures["state"].value_counts()
    said = [f"{name.lower()}: {many[state]}" for state, name in STATES.items() if state in many]
    return f"Số liệu {'; '.join(said)}"


def way_back(comparison: Comparison) -> str:
    """How to make the earlier report again; "" for those that stay: of two years, and what was sent."""
    if comparison.years or comparison.old.sent or not comparison.inputs:
        return ""
    again = f"chạy giamngheo report --unit {comparison.new.record['unit']} --year {comparison.new.year}"
    if list(comparison.inputs) == ["data"]:
        back = f"Muốn trở lại: sửa các tệp nêu trên về số cũ, {again}; báo cáo sẽ giống hệt lần trước."
        return f"{back} {EXCEL}" if any(name.endswith(".xlsx") for name in comparison.inputs["data"]) else back
    return f"Muốn trở lại: dùng lại số liệu, bảng luật và mã của lần trước, {again}."


def text(comparison: Comparison) -> str:
    """The comparison for the terminal: what differs in the inputs, then every figure that is not the same."""
    lines = [title(comparison), ""]
    lines += [f"Khác ở {KINDS[kind]}: {listed(names)}" for kind, names in comparison.inputs.items()]
    lines += [counted(comparison)]
    for state, rows in comparison.figures.groupby("state", sort=False):
        if state != "same":
            lines += ["", STATES[state], *(line for row in rows.to_dict("records") for line in told(row))]
    back = way_back(comparison)
    notes = [*changes.marked(comparison.figures["said"]), *([back] if back else [])]
    return "\n".join([*lines, *(line for note in notes for line in ("", note))])


def told(row: dict) -> list[str]:
    """One figure in the text: its values, the difference, the cause, and below how it was made."""
    name = f"{row['label']} – {row['row']}" if row["row"] else row["label"]
    values = " → ".join(value or "không có" for value in (row["old"], row["new"]))
    said = f" ({row['said']})" if row["said"] else ""
    made = [f"    {line}" for line in arithmetic(row)]
    return [f"- {name}: {values}{said}; do {row['cause'] or 'chưa rõ'}", *made]


def arithmetic(row: dict) -> list[str]:
    """How the figure was made then and now; once where it was made alike."""
    return [made for made in dict.fromkeys([row["old_made"], row["new_made"]]) if made]


def page(comparison: Comparison, folder: Path) -> str:
    """The comparison as one HTML page that stands in `folder` and leads to the cells of the newer run."""
    near = [TEMPLATES, TEMPLATES / "giamngheo-review"]
    templates = Environment(loader=FileSystemLoader(near), autoescape=True, undefined=StrictUndefined,
                            trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    rows = [row | {"made": arithmetic(row)} for row in comparison.figures.to_dict("records")]
    states = comparison.figures["state"].unique()
    groups = {state: [row for row in rows if row["state"] == state] for state in states}
    return templates.get_template("diff_page.html").render(
        title=title(comparison),
        counted=counted(comparison),
        notes=changes.marked(comparison.figures["said"]),
        new=comparison.new,
        names=names(comparison),
        inputs={KINDS[kind]: listed(names) for kind, names in comparison.inputs.items()},
        way_back=way_back(comparison),
        groups={STATES[state]: found for state, found in groups.items() if state != "same"},
        same=groups.get("same", []),
        cells=Path(os.path.relpath(comparison.new.folder, folder)).as_posix(),
    )


def csv(comparison: Comparison) -> str:
    """The figures (`diff.compare`), exact values as fractions."""
    figures = comparison.figures.astype(object)
    rows = figures.where(figures.notna(), "").itertuples(index=False)
    return spreadsheets.csv_text([figures.columns, *rows])


def write(comparison: Comparison, folder: Path) -> Path:
    """Write the page and, beside it, the figures as CSV that Excel opens; returns the page's path."""
    both = (comparison.old, comparison.new)
    parts = dict.fromkeys([*(run.sent.short for run in both if run.sent), *(manifest.place(run.record) for run in both)])
    path = folder / f"khac-biet-{'-'.join(parts)}.html"
    figures = csv(comparison)
    anew.put(path, page(comparison, folder), MARK)
    anew.put(path.with_suffix(".csv"), figures, figures.partition("\n")[0], encoding="utf-8-sig")
    return path
