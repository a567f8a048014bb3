"""The review edition of an executed notebook: code, results, the cited lines of the files, the record of the run."""

import copy
import re
from functools import cache
from pathlib import Path

from jupyter_core.paths import ENV_JUPYTER_PATH
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML

from giamngheo import environment
from giamngheo.intake.unit import Year
from giamngheo.report import cells, exporters, inputs
from giamngheo.review import cited_lines, communes

ADDRESS = re.compile(r"""(?P<figure> id=["']so-[^"']*["'])(?P<rest>[^>]*>)(?P<unknown>…(?=<))?""")
TEMPLATES = Path(__file__).parent / "templates"
APPENDIX = "<!-- số liệu gốc -->"
RUN = "giamngheo_run"


class ReviewExporter(HTMLExporter):
    """Every cell with its code, result and number, on one page that asks nothing of the network."""

    export_from_notebook = "Bản thẩm tra HTML"
    template_name = "giamngheo-review"
    default_preprocessors = []  # the template needs none, and each would copy and check the whole notebook

    def __init__(self, **kwargs):
        super().__init__(extra_template_basedirs=[str(TEMPLATES)], embed_images=True, **kwargs)
        self.exclude_anchor_links = True
        self.register_filter("highlight_code", Highlight2HTML(parent=self))

    def get_prefix_root_dirs(self) -> list[str]:
        """Where nbconvert's own templates are; those of the user's own Jupyter take the place of none."""
        return ENV_JUPYTER_PATH

    def from_notebook_node(self, nb, resources=None, **kwargs):
        given = (resources or {}).get(RUN)
        record, this = given or run(nb.metadata.get("giamngheo", {}))
        more = {"giamngheo": {"title": title(nb), "record": record, "appendix": APPENDIX, "warning": "" if given else warning(nb, record)}}
        # Not HTMLExporter's own step: after it, that parses the whole page again to add what this template has.
        page, resources = super(HTMLExporter, self).from_notebook_node(numbered(nb), (resources or {}) | more, **kwargs)
        page = communes.linked(page, this) if this and this.law.territory(this.year).is_whole(this.unit) else page
        page, cited = cited_lines.linked(within_reach(addressed(page)), record.get("inputs", ()))
        return page.replace(APPENDIX, cited_lines.appendix(cited, this)), resources


@cache
def exporter() -> ReviewExporter:
    return ReviewExporter()


def review(notebook, record: dict, this: Year | None) -> bytes:
    """The review edition of an executed notebook as UTF-8; `record` is the manifest of its run, of `this` year."""
    return exporter().from_notebook_node(notebook, {RUN: (record, this)})[0].encode()


def run(about: dict) -> tuple[dict, Year | None]:
    """The manifest of the run that a notebook is the record of, and its year; empty where the files have changed since."""
    if not about:
        return {}, None
    this = environment.opened(about["unit"], about["year"], about.get("kind", ""))
    record = inputs.described(this)
    return (record if record["key"] == about["key"] else {}), this


def warning(notebook, record: dict) -> str:
    """Why a page is not the review edition of a report; "" where it is."""
    try:
        exporters.run_to_the_end(notebook)
    except exporters.NotRunToTheEnd:
        return f"Sổ này chưa chạy, hoặc chạy dở: trang này thiếu kết quả, không dùng để thẩm tra. {exporters.RUN_AGAIN}"
    if record:
        return ""
    return "Sổ này không mang khóa của một báo cáo lập từ số liệu hiện có: lập báo cáo bằng giamngheo report rồi xem bản thẩm tra ở đó."


def title(notebook) -> str:
    """The first heading of a notebook."""
    texts = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found = re.search(r"(?m)^# (.+)$", texts)
    return found[1] if found else "Sổ tính"


def numbered(notebook):
    """A copy whose code cells all have their number, also where no report was made from it.

    Text that is marked for the report reads as it is printed there, with its figures.
    """
    copied = copy.deepcopy(notebook)
    for cell in filter(cells.marked, copied.cells):
        if cell.cell_type == "markdown":
            cell.source = cells.bound(cell, cells.names(copied))
    for number, cell in enumerate((cell for cell in copied.cells if cell.cell_type == "code"), start=1):
        cell.metadata["number"] = number
    return copied


def addressed(page: str) -> str:
    """The page with each figure's address once: at the first place that shows its value, where one does.

    >>> addressed('<td id="so-a">…</td><td id="so-a">7</td><td id="so-a">7</td>')
    '<td>…</td><td id="so-a">7</td><td>7</td>'
    """
    known = {found["figure"] for found in ADDRESS.finditer(page) if not found["unknown"]}
    seen: set[str] = set()

    def once(found: re.Match) -> str:
        figure = found["figure"]
        if figure in seen or found["unknown"] and figure in known:
            return f"{found['rest']}{found['unknown'] or ''}"
        seen.add(figure)
        return found[0]

    return ADDRESS.sub(once, page)


def within_reach(page: str) -> str:
    """The page without header cells that say nothing, and with all code that may scroll within reach of Tab."""
    return page.replace("<th></th>", "<td></td>").replace("<pre>", '<pre tabindex="0">')
