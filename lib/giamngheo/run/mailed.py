"""One finished file that came by mail: which report it says it is, and whether it is that report.

Every file a report consists of carries the report's key: unit, year and a hash of all that went into it. The key is only what the
file says; that it is true is found out by making the report again.
"""

import io
import re
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from giamngheo import limits, writers
from giamngheo.intake.unit import Year, units, years
from giamngheo.reconcile import paragraphs
from giamngheo.report import calculations
from giamngheo.run import differences, verify
from giamngheo.store import manifest

KEY = re.compile(r"(?P<unit>[^\s/<>\"']+)/(?P<year>\d{4})(?:-(?P<kind>[a-z][a-z0-9_]*))?/(?P<hash>[0-9a-f]{64})")
FORMATS = tuple(writers.FORMATS)


def main(path: Path, root: Path, engine_name: str = "") -> int:
    """Say what the file at `path` is, against the data below `root`; 0 when no byte differs."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        print(f"{path.name}: chỉ xem được tệp {', '.join(f'.{one}' for one in FORMATS)}", file=sys.stderr)
        return 1
    content = limits.head(path, limits.DOCUMENT)
    if len(content) > limits.DOCUMENT:
        print(f"{path.name}: tệp quá lớn, giới hạn {limits.DOCUMENT // 1_000_000} MB.", file=sys.stderr)
        return 1
    found = KEY.fullmatch(key_of(kind, content))
    if found is None:
        print(f"{path.name}: không mang mã của báo cáo nào do chương trình này lập, hoặc mã đã bị xóa.", file=sys.stderr)
        return 1
    unit, year = found["unit"], int(found["year"])
    print(f"{path.name} ghi là báo cáo của {unit}, năm {year}, mã {found['hash'][:12]}….")
    if unit not in units(root) or year not in years(root, unit):
        print(f"Không có số liệu của {unit}, năm {year} trong {root} nên không lập lại để so được.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place:
        again, now = verify.made_again(Year(root, unit, year, kind=found["kind"] or ""), Path(place), engine_name, [kind])
        same = counterpart(content, kind, again, manifest.files(now)[kind])
        made, figures = same.read_bytes(), verify.printed(again)
    if now["key"] == found[0] and content == made:
        print(f"Đúng là {same.name} do số liệu này lập ra, không khác một byte nào.")
        return 0
    if now["key"] == found[0]:
        told = differences.of(path.name, content, made, figures)
    else:
        print(f"Số liệu, luật hoặc mã nay khác khi tệp này được lập: lập lại bây giờ là mã {now['key'].rpartition('/')[2][:12]}….")
        told = differences.readable(path.name, content.replace(found[0].encode(), now["key"].encode()), made, figures)
    if told:
        print(f"Khác với {same.name} lập lại:", *told, sep="\n  ")
    else:
        print("Mọi chữ, mọi số đọc được đều như bản lập lại bây giờ; phần không in ra thì khác.")
    return 1


def counterpart(content: bytes, kind: str, folder: Path, report: str) -> Path:
    """Which file of a report just made a file is to be compared with: its title says so, else the `report` itself."""
    annex = folder / f"{calculations.FILE}.{kind}"
    if annex.is_file() and title_of(kind, content).startswith(calculations.TITLE):
        return annex
    title = re.search(rb"<title>.*?</title>", content, re.DOTALL) if kind == "html" else None
    pages = sorted(folder.glob("0*.html")) if title else []
    return next((page for page in pages if title and title[0] in page.read_bytes()), folder / report)


def key_of(kind: str, content: bytes) -> str:
    """The key that a file carries; "" where it has none or cannot be read."""
    try:
        return KEYS[kind](content)
    except (zipfile.BadZipFile, ValueError, KeyError, OSError):
        return ""


def title_of(kind: str, content: bytes) -> str:
    """What a PDF or Word file, which could be read for its key, says it is called; "" where it says nothing."""
    from docx import Document
    from pypdf import PdfReader

    if kind == "pdf":
        said = PdfReader(io.BytesIO(content)).metadata
        return str(said.title or "") if said else ""
    return Document(io.BytesIO(content)).core_properties.title if kind == "docx" else ""


def in_pdf(content: bytes) -> str:
    return paragraphs.of_pdf(io.BytesIO(content))[0]


def in_office(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = re.search(r"<cp:keywords>(.*?)</cp:keywords>", archive.read("docProps/core.xml").decode())
    return found[1] if found else ""


def in_page(content: bytes) -> str:
    found = KEY.search(content.decode(errors="replace"))
    return found[0] if found else ""


KEYS: Mapping[str, Callable[[bytes], str]] = {"pdf": in_pdf, "docx": in_office, "xlsx": in_office, "html": in_page}
