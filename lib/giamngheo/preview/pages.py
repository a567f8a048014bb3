"""What the browser is given: one page with everything, the report in it, and files that are made when they are asked for.

Whoever asks has to name the token that is in the address, and this machine; anybody else gets nothing.
"""

import hmac
import html
import json
import mimetypes
import re
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template

from giamngheo.findings import LEVELS
from giamngheo.preview.shown import Shown

HOST = "127.0.0.1"
TEMPLATE = Path(__file__).parent / "templates" / "page.html"
REPORT = "bao-cao.html"
FILE = re.compile(r"[\w-]+\.(html|pdf|docx|xlsx)")
LEVEL_NAMES = {"refuse": "Không lập được", "draft": "Chỉ lập được dự thảo", "note": "Lưu ý"}
HEADERS = {
    "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip
POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
OWN_POLICY = "; frame-src 'self'; connect-src 'self'; script-src 'nonce-{nonce}'"


class Server(ThreadingHTTPServer):
    """Answers at a free port of this machine, to those who have the token."""

    daemon_threads = True

    def __init__(self, shown: Shown, port: int = 0):
        super().__init__((HOST, port), Handler)
        self.shown, self.token = shown, secrets.token_urlsafe(24)

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.server_port}"

    @property
    def address(self) -> str:
        return f"{self.origin}/{self.token}/"

    def handle_error(self, request, client_address) -> None:
        """A browser that has left while it was answered is no error."""


class Handler(BaseHTTPRequestHandler):
    """One request: nothing but GET, nothing but what is shown."""

    server: Server
    server_version, sys_version = "giamngheo", ""
    timeout = 60

    def send_error(self, code, message=None, explain=None) -> None:
        """What cannot be understood, or is no GET, gets nothing either."""
        self.answer(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def log_message(self, format, *args) -> None:
        """Nothing is logged: an address has the token in it."""

    def do_GET(self) -> None:
        token, _, name = self.path.partition("?")[0].removeprefix("/").partition("/")
        if not (self.is_of_this_page() and hmac.compare_digest(token.encode(), self.server.token.encode())):
            self.answer(HTTPStatus.NOT_FOUND, b"", "text/plain")
        elif name == "":
            nonce = secrets.token_urlsafe(12)
            self.answer(HTTPStatus.OK, page(self.server.shown, nonce).encode(), "text/html", OWN_POLICY.format(nonce=nonce))
        elif name == "so":
            self.answer(HTTPStatus.OK, json.dumps(self.server.shown.number).encode(), "application/json")
        elif FILE.fullmatch(name):
            self.file(name)
        else:
            self.answer(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def is_of_this_page(self) -> bool:
        """Whether the request names this machine and comes from a page of this server, or from no page at all."""
        named = {f"{HOST}:{self.server.server_port}", f"localhost:{self.server.server_port}"}
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site", "none")
        origins = {None, *(f"http://{one}" for one in named)}
        return self.headers.get("Host") in named and origin in origins and site in ("none", "same-origin")

    def file(self, name: str) -> None:
        content, wrong = self.server.shown.file(name)
        if wrong:
            self.answer(HTTPStatus.CONFLICT, f"Không lập được {name}: {wrong}\n".encode(), "text/plain")
        else:
            self.answer(HTTPStatus.OK, content, mimetypes.guess_type(name)[0] or "application/octet-stream")

    def answer(self, status: HTTPStatus, content: bytes, kind: str, more: str = "") -> None:
        self.send_response(status)
        text = kind.startswith("text/")
        headers = {"Content-Type": kind + "; charset=utf-8" * text, "Content-Length": str(len(content))}
        for name, value in (headers | HEADERS | {"Content-Security-Policy": POLICY + more}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


# the page -----------------------------------------------------------------------------------------


def page(shown: Shown, nonce: str) -> str:
    """The whole page; it can be read without JavaScript, which only renews what has changed."""
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=html.escape(shown.title), nonce=nonce, number=shown.number, state=state(shown), message=message(shown),
        files=files(shown), changes=changes(shown), findings=findings(shown), report=report(shown),
    )  # fmt: skip


def state(shown: Shown) -> str:
    if shown.busy:
        return f"Đang lập lại: {html.escape(shown.busy)} …"
    return f"Trang số {shown.pages}, lập trong {html.escape(shown.took)} giây." if shown.pages else "Chưa có trang nào."


def message(shown: Shown) -> str:
    if not shown.message:
        return ""
    stays = "<p>Dưới đây là trang tốt gần nhất; sửa xong, lưu tệp thì trang tự lập lại.</p>" if shown.pages else ""
    return f'<section id="loi" role="alert"><h2>Chưa lập được trang mới</h2><pre>{html.escape(shown.message)}</pre>{stays}</section>'


def files(shown: Shown) -> str:
    links = (f'<a href="{html.escape(name)}" target="_blank">{html.escape(label)}</a>' for name, label in shown.files.items())
    return " · ".join(links) if shown.pages else ""


def changes(shown: Shown) -> str:
    """What the last page says otherwise than the one before it."""
    news = shown.news
    if not news or news.get("first"):
        return "<p>Trang đầu tiên: chưa có gì để so.</p>"
    head = "".join(f"<th>{name}</th>" for name in ("Số liệu", "Trang trước", "Trang này", "Thay đổi"))
    rows = "".join(f"<tr>{cells(row)}</tr>" for row in news["figures"])
    words = "".join(f"<li>{html.escape(place)}</li>" for place in news["words"])
    said = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    said += f"<p>Lời văn thay đổi ở:</p><ul>{words}</ul>" if words else ""
    return said or "<p>Không số liệu, lời văn nào của báo cáo thay đổi.</p>"


def findings(shown: Shown) -> str:
    if not shown.findings:
        return "<p>Không có.</p>" if shown.pages else ""
    head = "".join(f"<th>{name}</th>" for name in ("Mức", "Tệp, dòng", "Điều sai", "Cách sửa"))
    ordered = sorted(shown.findings, key=lambda one: LEVELS.index(one["level"]))
    rows = ([LEVEL_NAMES[one["level"]], one["where"], one["rule"], one["remedy"]] for one in ordered)
    body = "".join(f"<tr>{cells(row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cells(row: list[str]) -> str:
    return "".join(f"<td>{html.escape(text)}</td>" for text in row)


def report(shown: Shown) -> str:
    return f'<iframe id="bao-cao" title="Báo cáo" src="{REPORT}?{shown.pages}"></iframe>' if shown.pages else ""
