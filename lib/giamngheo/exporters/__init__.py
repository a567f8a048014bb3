"""nbconvert exporters: the official report as HTML, PDF and DOCX, and the review edition of any notebook.

    jupyter nbconvert --to giamngheo-pdf outputs/<unit>/<year>/04_report.ipynb

They are registered in `pyproject.toml`, so JupyterLab lists them under *Save and Export Notebook As*.
"""

import re
from functools import cache
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.exporter import Exporter

from giamngheo import document
from giamngheo.writers import docx, html, pdf

ADDRESS = re.compile(r" id='so-[^']*'")
TEMPLATES = Path(__file__).parent / "templates"


class ReportExporter(Exporter):
    """The document of an executed report notebook, written by the class's `writer`."""

    writer = None

    def from_notebook_node(self, nb, resources=None, **kwargs):
        resources = self._init_resources(resources)
        key = nb.metadata.get("giamngheo", {}).get("key", "")
        return type(self).writer(document.from_notebook(nb, key)), resources


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


class ReviewExporter(HTMLExporter):
    """Every cell with its code, result and number, on one page that asks nothing of the network."""

    export_from_notebook = "Bản thẩm tra HTML"
    template_name = "giamngheo-review"

    def __init__(self, **kwargs):
        super().__init__(extra_template_basedirs=[str(TEMPLATES)], embed_images=True, **kwargs)
        self.exclude_anchor_links = True


@cache
def review_exporter() -> ReviewExporter:
    return ReviewExporter()


def review(notebook) -> bytes:
    """The review edition of an executed notebook; a figure shown again keeps its first address only."""
    text, _ = review_exporter().from_notebook_node(notebook)
    seen: set[str] = set()
    return ADDRESS.sub(lambda found: "" if found[0] in seen or seen.add(found[0]) else found[0], text).encode()
