"""The year's page in JupyterLab: where a year stands, and what can be done with it, without a terminal; and its preview.

Plain forms, answered by JupyterLab's own server to whoever may use that: its token, and its cookie against pages of others.
No JavaScript is needed. What a verb does is what its command does (`desk`).
"""

import asyncio
import datetime as dt
import html
import json
import mimetypes
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from string import Template

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from giamngheo.findings import DataError
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year, units, years
from giamngheo.lab.desk import Desk
from giamngheo.preview import pages

TEMPLATE = Path(__file__).parent / "templates" / "year.html"
PREVIEWS = sys.platform == "linux"
RENEWED = '<meta http-equiv="refresh" content="1">'  # while a command is at work
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
YEARS = range(1000, 10000)
ENDS = {None: "đang chạy …", 0: "xong", 1: "xong, còn điều phải xử lý"}  # by exit code


@dataclass(frozen=True)
class Verb:
    """Something to be done with a year: the command, what its button says, what it does, and fields beside it (HTML)."""

    name: str
    label: str
    says: str
    asks: str = ""


FINAL = '<label><input type="checkbox" name="final" value="1"> chỉ lập bản chính thức</label>'
SENT = (
    '<label>Ngày gửi <input type="date" name="sent" value="$today" required></label> '
    '<label><input type="checkbox" name="sure" value="1" required> báo cáo đã gửi</label>'
)
VERBS = (
    Verb("check", "Kiểm tra số liệu", "Còn gì sai, thiếu, mâu thuẫn: tệp nào, dòng nào, sửa thế nào. Không ghi gì."),
    Verb("report", "Lập báo cáo", "Lập PDF, Word, HTML và biểu Excel.", FINAL),
    Verb("ready", "Đủ để gửi chưa?", "Danh sách những gì cấp trên sẽ xem, đã đủ hay chưa. Không ghi gì."),
    Verb("submit", "Ghi nhận đã nộp", "Giữ nguyên từng tệp của bản chính thức đã gửi, không bao giờ ghi đè.", SENT),
    Verb("new-year", "Mở năm $next", "Tạo thư mục năm sau, tệp Excel để điền, những gì chép sang từ năm này."),
)


class Page(JupyterHandler):
    """The page of a year, `?unit=…&year=…`; what is posted to it begins a verb."""

    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def content_security_policy(self) -> str:
        return POLICY

    @authenticated
    async def get(self) -> None:
        unit, year = self.asked()
        status = "" if self.desk.busy else await self.desk.printed("status", unit, year)
        self.finish(page(self.desk, unit, year, status, self.xsrf_form_html(), self.base_url))

    @authenticated
    async def post(self) -> None:
        unit, year = self.asked()
        verb, more = self.get_body_argument("verb", ""), []
        if verb not in {one.name for one in VERBS} or verb == "submit" and not self.get_body_argument("sure", ""):
            raise HTTPError(400)
        if verb == "report" and self.get_body_argument("final", ""):
            more = ["--final"]
        if verb == "submit":
            more = [f"--sent={self.get_body_argument('sent', '')}"]
        await self.desk.begin(verb, unit, year + (verb == "new-year"), more)
        self.redirect(f"{self.request.path}?unit={unit}&year={year}", status=303)

    def asked(self) -> tuple[str, int]:
        """The unit and the year that are asked for, of those there may be; else those that JupyterLab was opened for."""
        this = self.desk.this
        unit, year = self.get_argument("unit", this.unit), self.get_argument("year", str(this.year))
        known = {*units(this.root), this.unit}
        valid = year.isascii() and year.isdecimal() and int(year) in YEARS
        return unit if unit in known else this.unit, int(year) if valid else this.year


def page(desk: Desk, unit: str, year: int, status: str, hidden: str, base: str) -> str:
    this = desk.this.other(unit, year)
    chosen = (f"<option{' selected' * (one == unit)}>{html.escape(one)}</option>" for one in {**dict.fromkeys(units(this.root)), unit: None})
    said = f"<pre>{html.escape(status.strip())}</pre>" if status else "<p>Đợi việc đang chạy xong.</p>"
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        unit=html.escape(unit), year=year, place=html.escape(place(this)), units="".join(chosen), renewed=RENEWED * desk.busy,
        result=result(desk), status=said, verbs=verbs(unit, year, hidden, base), files=files(desk, this, base),
    )  # fmt: skip


def place(this: Year) -> str:
    """The unit's name as the law has it; its folder's where the map does not know it."""
    try:
        return this.law.unit_name(this.unit) or this.unit
    except (DataError, KeyError):
        return this.unit


def result(desk: Desk) -> str:
    """What the last command has printed so far, and how it ended."""
    run = desk.last
    if run is None:
        return ""
    label = next(verb.label for verb in VERBS if verb.name == run.verb)
    head = f"{Template(label).substitute(next=run.year)}: {ENDS.get(run.code, 'không xong')} <small>({html.escape(run.typed)})</small>"
    printed = html.escape(run.printed.strip()) or ("…" if run.code is None else "Không có gì phải nêu.")
    bad = ' class="loi"' * bool(run.code)
    return f'<section id="ket-qua"{bad} role="status"><h2>{head}</h2><pre>{printed}</pre></section>'


def verbs(unit: str, year: int, hidden: str, base: str) -> str:
    """The forms of the verbs, and where the preview is."""
    named = f"unit={html.escape(unit)}&amp;year={year}"
    forms = [
        f'<form class="viec" method="post" action="?{named}">{hidden}<button name="verb" value="{verb.name}">{verb.label}</button>'
        f"<span>{verb.says} {verb.asks}</span></form>"
        for verb in VERBS
    ]
    to_preview = url_path_join(base, "giamngheo", "xem-truoc", unit, str(year), "/")
    shown = f'<p><a href="{html.escape(to_preview)}">Xem trước báo cáo</a>: trang tự lập lại mỗi khi lưu một tệp.</p>'
    return Template("\n".join([shown * PREVIEWS, *forms])).substitute(today=dt.date.today().isoformat(), next=year + 1)


def files(desk: Desk, this: Year, base: str) -> str:
    """Links to what a finished report has for a reader, where it lies in the folder that JupyterLab shows."""
    folder = kinds.folder(desk.out, this)
    if not folder.is_relative_to(desk.place):
        return f"Ở thư mục {html.escape(str(folder))}."
    shown = sorted(path for path in folder.glob("*") if path.suffix in (".pdf", ".docx", ".html", ".xlsx"))
    address = (url_path_join(base, "files", path.relative_to(desk.place).as_posix()) for path in shown)
    links = (f'<a href="{html.escape(to)}" target="_blank">{html.escape(path.name)}</a>' for to, path in zip(address, shown, strict=True))
    return " · ".join(links) or "Chưa lập báo cáo."


class PreviewPage(JupyterHandler):
    """The page of a preview and its files, as `preview.pages` makes them."""

    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def content_security_policy(self) -> str:
        return pages.POLICY

    @authenticated
    async def get(self, unit: str = "", year: str = "", name: str = "") -> None:
        this = self.desk.this
        if not unit:
            self.redirect(url_path_join(self.request.path, this.unit, str(this.year), "/"))
            return
        asked = (unit, int(year))
        if not PREVIEWS or asked != (this.unit, this.year) and asked not in ((one, of) for one in units(this.root) for of in years(this.root, one)):
            raise HTTPError(404)
        shown = self.desk.preview(unit, int(year))
        for header, value in pages.HEADERS.items():
            self.set_header(header, value)
        if name == "":
            nonce = secrets.token_urlsafe(12)
            self.set_header("Content-Security-Policy", pages.POLICY + pages.OWN_POLICY.format(nonce=nonce))
            self.finish(pages.page(shown, nonce))
        elif name == "so":
            self.finish(json.dumps(shown.number))
        else:
            content, wrong = await asyncio.get_running_loop().run_in_executor(None, shown.file, name)
            if wrong:
                self.set_status(409)
            self.set_header("Content-Type", "text/plain; charset=utf-8" if wrong else mimetypes.guess_type(name)[0] or "text/html")
            self.finish(f"Không lập được {name}: {wrong}\n" if wrong else content)


def add(application, desk: Desk) -> None:
    """Let JupyterLab's server answer for the pages of a desk."""
    base, given = application.settings["base_url"], {"desk": desk}
    address = url_path_join(base, "giamngheo")
    application.add_handlers(".*$", [
        (address + "/?", Page, given),
        (address + "/xem-truoc/", PreviewPage, given),
        (address + r"/xem-truoc/([^/]+)/(\d{4})/([\w.-]*)", PreviewPage, given),
    ])  # fmt: skip
