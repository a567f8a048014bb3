"""Hostile text in every field of every input appears as itself in all formats, and runs nowhere."""

import csv
import itertools
import re

import pytest
import yaml

import printed
from browser import chromium
from giamngheo import opened, simulate
from giamngheo.intake import office
from giamngheo.report import document
from giamngheo.run import runner
from giamngheo.writers import docx, html, pdf
from tools import folder

UNIT, YEAR = "mo-phong-001", 2024
HOSTILE = (
    "<script>window.ran = 1</script>",
    '<img src="http://mang.invalid/x" onerror="window.ran = 2">',
    '#import "x.typ" #panic()',
    "$x^2$ $$\\sum$$",
    "{{ 7 * 7 }} {% raw %}",
    "=cmd()|' /C calc'!A0",
    "\"ngoặc kép\" 'ngoặc đơn' `mã`",
    "'; DROP TABLE xa; -- 100%",
    "&lt;b&gt; &amp; <b>đậm</b>",
    "làng " + "Dài" * 60,
)
# Texts that people fill in and the report prints; villages are named in several tables and must agree.
FIELDS = {
    "documents": ("title", "issuer"), "board": ("role", "position"), "facts": ("label",), "training": ("group",),
    "models": ("model",), "budget": ("model",),
}  # fmt: skip


@pytest.fixture(scope="module")
def report():
    """A simulated commune whose every text is hostile, executed and written."""
    base, texts = folder() / "hostile", itertools.cycle(HOSTILE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIAMNGHEO_DATA", str(base / "data"))
        simulate.write(base / "data", communes=1, villages=len(HOSTILE), year=YEAR, seed=3)
        year = base / "data" / UNIT / str(YEAR)
        names: dict[tuple[str, str], str] = {}
        for path in sorted((base / "data" / UNIT).glob("*/*.csv")):
            spoil(path, names, texts)
        # Braces name figures, and a direction that is turned round is refused in a narrative: `test_narrative`.
        lines = [f"Kiến nghị {text}" for text in HOSTILE if not set("{\u202e") & set(text)]
        escaped = [re.sub(r"([\\<`*_|&$])", r"\\\1", line) for line in lines]
        (year / "narrative" / "kien-nghi.md").write_text("\n\n".join(escaped), encoding="utf-8")
        settings = base / "data" / UNIT / "unit.yml"
        written = office.settings(opened(UNIT, YEAR))
        for entry in written["letterhead"]:
            entry["recipients"] = list(HOSTILE[:4])
        written["name"] = f"xã {HOSTILE[0]}"
        settings.write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")
        yield runner.make(opened(UNIT, YEAR), base / "out", say=lambda line: None)


def spoil(path, names, texts):
    """Replace the texts of a table; a village or model keeps one new name in all tables."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for column in row:
            if column == "village" and row[column] or column == "model" and row[column]:
                fresh = f"{next(texts)} {len(names)}"
                row[column] = names.setdefault((column, row[column]), fresh)
            elif column in FIELDS.get(path.stem, ()) and row[column]:
                row[column] = f"{next(texts)} {len(names)}-{rows.index(row)}"
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, rows[0] if rows else [])
        written.writeheader()
        written.writerows(rows)


def test_it_prints_as_itself_in_html_and_docx_and_pdf(report):
    import nbformat

    paper = document.from_notebook(nbformat.read(report / "04_report.ipynb", as_version=4))
    wanted = printed.squeezed("".join(printed.expected(paper)))
    for text in HOSTILE[:6]:
        assert printed.squeezed(text) in wanted
    assert printed.squeezed(printed.in_html(html.write(paper))) == wanted
    for text in HOSTILE:
        if "{" not in text:
            assert printed.squeezed(text) in printed.squeezed(printed.in_docx(docx.write(paper)))
    assert pdf.write(paper).startswith(b"%PDF-")


def test_nothing_of_it_runs_and_nothing_is_fetched(report):
    with chromium() as browser:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        for name in ("bao-cao.html", "01_review.html", "02_budget.html", "03_checks.html", "04_report.html"):
            page.goto((report / name).as_uri())
            assert page.evaluate("window.ran") is None, name
            assert HOSTILE[0] in page.inner_text("body") or name == "03_checks.html"
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
