"""The document (blocks) as a file: `pdf`, `docx`, `html`, each with `write(document) -> bytes`; `xlsx` its official forms.

Every writer reads the same blocks through `arrangement.arrange` and fills a template of `form/`;
none is made by converting another. The official form (Decree 30/2020/NĐ-CP, Annex I) lives in
those templates: fonts, sizes, margins, capitals, rules and numbering are found there and nowhere else.
"""

from importlib import import_module

FORMATS = {"html": "HTML", "pdf": "PDF", "docx": "Word", "xlsx": "Excel"}  # what a reader calls each, by the module here that writes it


def file(format: str, name: str = "bao-cao") -> str:
    """What a report's file of one of `FORMATS` is called, `name` being that of its kind of report.

    >>> file("pdf"), file("xlsx")
    ('bao-cao.pdf', 'bieu-mau.xlsx')
    """
    return "bieu-mau.xlsx" if format == "xlsx" else f"{name}.{format}"


def write(format: str, document: dict) -> bytes:
    """The document as a file of one of `FORMATS`."""
    return import_module(f"{__name__}.{format}").write(document)
