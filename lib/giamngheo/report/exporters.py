"""nbconvert exporters: the official report as HTML, PDF and DOCX.

    jupyter nbconvert --to bao_cao_pdf outputs/<unit>/<year>/04_report.ipynb

They are registered in `pyproject.toml`, so JupyterLab offers them; its server takes names of letters, digits
and `_` only.
"""

import sys
from collections.abc import Callable

from nbconvert.exporters.exporter import Exporter
from traitlets.config import Application

from giamngheo import environment
from giamngheo.findings import DataError
from giamngheo.intake.unit import Year
from giamngheo.report import cells, correction, document, inputs, rollup
from giamngheo.vietnamese.text import first_few
from giamngheo.writers import docx, html, pdf

__all__ = ["ChangedSince", "DocxExporter", "HtmlExporter", "NotRunToTheEnd", "PdfExporter"]
RUN_AGAIN = "Cách làm: chọn Run ▸ Run All Cells, chờ chạy xong, rồi xuất lại."
LISTED = 5  # files that a message names


class NotRunToTheEnd(ValueError):
    """A notebook of which some cells were not run, or not in their order: its report would lack parts or mix runs."""


def run_to_the_end(notebook) -> None:
    """Refuse a notebook whose code cells were not all run from the first to the last."""
    before = 0
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            if not cell.execution_count or cell.execution_count <= before:
                raise NotRunToTheEnd(
                    f"Không xuất được: ô `{cell.source.splitlines()[0]}` chưa chạy, hoặc chạy trước ô ở trên nó. "
                    + RUN_AGAIN
                )
            before = cell.execution_count


class ChangedSince(ValueError):
    """A notebook that was run on files that have changed since: what it shows is not what they say."""


def run_on_the_files_there_are(notebook, this: Year) -> None:
    """Refuse a notebook that was run before a file of the data was changed, added or taken away."""
    then, now = cells.read(notebook), inputs.data(this)
    if then is None:
        raise ChangedSince(f"Không xuất được: sổ chạy bằng bản cũ, không ghi đã đọc những tệp nào. {RUN_AGAIN}")
    changed = [name for name in sorted(then.keys() | now.keys()) if then.get(name) != now.get(name)]
    if changed:
        named = first_few(changed, LISTED, "tệp")
        raise ChangedSince(f"Không xuất được: tệp đã thay đổi sau khi chạy sổ ({named}), báo cáo sẽ khác số liệu. {RUN_AGAIN}")


class ReportExporter(Exporter):
    """The document of an executed report notebook, written by the class's `writer`.

    A finished notebook carries its manifest key as long as the files it was run on make that key. One that was run in
    JupyterLab, also a finished one that was run again there, gets the key of the files, which must be those that it was run
    on, and is a draft for all that keeps them from being final now.
    """

    writer: Callable[[dict], bytes]

    def from_notebook_node(self, nb, resources=None, **kwargs):
        try:
            return self.exported(nb, resources, **kwargs)
        except (NotRunToTheEnd, ChangedSince, DataError) as refused:
            if on_the_command_line():
                sys.exit(str(refused))
            raise

    def exported(self, nb, resources, **kwargs):
        nb, resources = super().from_notebook_node(nb, resources, **kwargs)  # with --execute this runs it
        run_to_the_end(nb)
        paper = without_links(document.from_notebook(nb, nb.metadata.get("giamngheo", {}).get("key", "")))
        meta = paper["meta"]
        this = environment.opened(meta["unit"], meta["year"], meta.get("kind", ""))
        if not meta["key"] or meta["key"] != inputs.key(this, cells.read(nb) or {}):
            run_on_the_files_there_are(nb, this)
            meta["key"] = inputs.described(this)["key"]
            meta["draft"] = list(dict.fromkeys([*meta["draft"], *rollup.reasons(this)]))
        if correction.is_one(paper):
            paper = correction.applied(this, paper)
        return type(self).writer(paper), resources


def without_links(paper: dict) -> dict:
    """The document without links to review pages: where this file will lie, and whether they lie beside it, nobody knows."""
    return paper | {kind: {name: figure | {"href": ""} for name, figure in paper[kind].items()} for kind in ("figures", "given")}


def on_the_command_line() -> bool:
    """Whether `jupyter nbconvert` is asking, which shows every exception with its traceback, and not JupyterLab's server."""
    from nbconvert.nbconvertapp import NbConvertApp  # slow to import, and only asked for in a refusal

    return Application.initialized() and isinstance(Application.instance(), NbConvertApp)


class PdfExporter(ReportExporter):
    export_from_notebook = "Báo cáo PDF"
    file_extension = ".pdf"
    output_mimetype = "application/pdf"
    writer = staticmethod(pdf.write)


class DocxExporter(ReportExporter):
    export_from_notebook = "Báo cáo Word"
    file_extension = ".docx"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    writer = staticmethod(docx.write)


class HtmlExporter(ReportExporter):
    export_from_notebook = "Báo cáo HTML"
    file_extension = ".html"
    output_mimetype = "text/html"
    writer = staticmethod(html.write)
