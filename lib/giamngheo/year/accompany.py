"""The papers that go with a finished report, as Word files to edit, in a folder of their own beside it.

    outputs/<unit>/<year>-kem-theo/cong-van.docx · quyet-dinh.docx · bien-ban-01-….docx · phieu-thong-tin.docx

They are made from the data that the report was made from, or not at all. A file that somebody edited is kept under a name of
its own when they are made again (`store.atomic_folders`).
"""

import io
from collections.abc import Callable
from pathlib import Path

import nbformat
import pandas as pd
from pypdf import PdfReader

from giamngheo.figures import results
from giamngheo.findings import DataError, Finding
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import REVIEW
from giamngheo.report import correction, document, inputs, papers
from giamngheo.run import moment
from giamngheo.store import atomic_folders, belongings, manifest
from giamngheo.store.belongings import readable
from giamngheo.vietnamese.text import bare
from giamngheo.writers import docx

WITH = "kem-theo"  # ends the name of the folder
SINGLE = {"letter": ("cong-van.docx", papers.letter), "decision": ("quyet-dinh.docx", papers.decision)}  # by `law.kinds.PAPERS`


def place(this: Year, out: Path) -> Path:
    return out / this.unit / f"{kinds.place(this)}-{WITH}"


def make(this: Year, out: Path, tell: Callable[[str], None] = print) -> list[Path]:
    """Write the papers of the finished report below `out`; their paths. Raises DataError where no report of today's data stands."""
    folder, target = kinds.folder(out, this), place(this, out)
    with moment.at_rest(this):
        record = current(this, folder)
        made = {name: docx.write(papers.drafted(paper, record)) for name, paper in every(this, folder, record).items()}
    with atomic_folders.workshop(target.absolute(), tell=tell) as workshop:
        for name, content in made.items():
            (workshop / name).write_bytes(content)
        belongings.record(workshop, target.absolute())
    return [target / name for name in made]


def current(this: Year, folder: Path) -> dict:
    """The manifest of the report in `folder`, which must be the one that today's data make."""
    record = manifest.read(folder)
    if record is None or record["key"] != inputs.described(this)["key"]:
        rule = "chưa có báo cáo lập từ số liệu hiện nay, nên chưa lập được văn bản kèm theo"
        raise DataError([Finding(readable(folder), rule, "chạy giamngheo report trước")])
    return record


def every(this: Year, folder: Path, record: dict) -> dict[str, dict]:
    """Each paper by the name of its file."""
    notebook = nbformat.reads((folder / manifest.report(record)).read_text(encoding="utf-8"), as_version=4)
    report = document.from_notebook(notebook)
    kind = kinds.of(this)
    with_it = kind.papers if kind.speaks_of(REVIEW) else ()  # nothing but the clerk's sheet goes with every report
    made = {file: paper(this) for name, (file, paper) in SINGLE.items() if name in with_it}
    if sent := correction.before(this, report):
        changed = [*correction.of_cells(sent, report), *correction.of_figures(sent, report)]
        made["cong-van-thay-the.docx"] = papers.correcting(this, changed)
    villages = results.reviewed(this) if "minutes" in with_it else pd.DataFrame()
    for at in range(len(villages)):
        one = villages.iloc[[at]]
        if one["village"].item():
            made[f"bien-ban-{at + 1:02d}-{bare(one['village'].item())[:40]}.docx"] = papers.minutes(this, one)
    pages = len(PdfReader(io.BytesIO((folder / manifest.files(record)["pdf"]).read_bytes())).pages)
    return made | {"phieu-thong-tin.docx": papers.sheet(this, report, pages)}
