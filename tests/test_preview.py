"""A preview: who gets it, what it says, what is made again."""

import http.client
import json
import threading
from pathlib import Path

import pytest

from conftest import PROJECT
from giamngheo import cli
from giamngheo.preview import dependence, pages, watching
from giamngheo.preview.shown import Shown

ALL = ["01_review", "02_budget", "03_checks", "04_report", "05_rollup"]


@pytest.fixture
def shown(tmp_path):
    return Shown("xa-mau, năm 2024", tmp_path, "bao-cao", ["01_review", "04_report"])


@pytest.fixture
def server(shown):
    with pages.Server(shown) as started:
        serving = threading.Thread(target=started.serve_forever, args=(0.01,))
        serving.start()
        yield started
        started.shutdown()
        serving.join()


def answer(server: pages.Server, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    asking = http.client.HTTPConnection(pages.HOST, server.server_port, timeout=10)
    asking.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    given = asking.getresponse()
    said = given.read().decode()
    asking.close()
    return given.status, said


def own(server: pages.Server, name: str = "") -> str:
    return f"/{server.token}/{name}"


# who gets it --------------------------------------------------------------------------------------


def test_who_has_the_address_gets_the_page(server):
    status, page = answer(server, own(server))
    assert status == 200
    assert "<title>Xem trước: xa-mau, năm 2024</title>" in page
    assert answer(server, own(server, "so")) == (200, "0")


@pytest.mark.parametrize("path", ["/", "/so", "/bao-cao.html", "/%2e%2e/", "//", "/wrong/", "/wrong/bao-cao.html", "/wrong"])
def test_who_does_not_know_the_token_gets_nothing(server, path):
    assert answer(server, path) == (404, "")


@pytest.mark.parametrize(
    "header",
    [
        {"Host": "example.org"},
        {"Host": "example.org:80"},
        {"Origin": "http://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_another_origin_gets_nothing_though_it_knows_the_token(server, header):
    """A page of another server, also one that has given its own name this machine's address."""
    assert answer(server, own(server), **header) == (404, "")


def test_the_page_itself_asks_as_same_origin(server):
    asked = {"Origin": server.origin, "Sec_Fetch_Site": "same-origin", "Host": f"localhost:{server.server_port}"}
    assert answer(server, own(server, "so"), **asked) == (200, "0")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "X"])
def test_nothing_can_be_done_but_look(server, method):
    assert answer(server, own(server), method) == (404, "")


@pytest.mark.parametrize("name", ["../secret.html", "last.pickle", "nhat-ky.txt", "x/bao-cao.html", "%2e%2e%2fa.html", "05_rollup.html", "a.html"])
def test_no_file_is_given_but_those_that_are_shown(server, shown, name):
    (shown.folder / "a.html").write_text("secret", encoding="utf-8")
    (shown.folder / "last.pickle").write_text("secret", encoding="utf-8")
    shown.hear("new", {"first": True})
    status, said = answer(server, own(server, name))
    assert status in (404, 409)
    assert "secret" not in said


def test_it_listens_to_this_machine_alone_and_each_preview_has_a_token_of_its_own(server, shown):
    assert server.server_address[0] == "127.0.0.1"
    with pages.Server(shown) as other:
        assert len({server.token, other.token}) == 2
        assert min(len(server.token), len(other.token)) == 32


def test_an_answer_is_neither_kept_nor_framed_nor_allowed_to_fetch(server):
    asking = http.client.HTTPConnection(pages.HOST, server.server_port, timeout=10)
    asking.request("GET", own(server, "so"))
    given = asking.getresponse()
    assert given.getheader("Cache-Control") == "no-store"
    assert given.getheader("Referrer-Policy") == "no-referrer"
    assert given.getheader("Content-Security-Policy") == pages.POLICY
    assert "default-src 'none'" in pages.POLICY
    asking.close()


# what it says -------------------------------------------------------------------------------------

FINDING = {"level": "draft", "where": "xa-mau/2024/report.yml", "rule": "chưa có <số>", "remedy": "điền mục number"}


def test_a_page_says_what_was_saved_what_has_changed_and_what_is_wrong(shown):
    shown.hear("began", ["budget.csv"])
    assert pages.state(shown) == "Đang lập lại: budget.csv …"
    shown.hear("findings", [FINDING])
    shown.hear("new", {"first": True})
    assert pages.changes(shown) == "<p>Trang đầu tiên: chưa có gì để so.</p>"
    assert pages.report(shown) == '<iframe id="bao-cao" title="Báo cáo" src="bao-cao.html?1"></iframe>'
    row = "<tr><td>Chỉ lập được dự thảo</td><td>xa-mau/2024/report.yml</td><td>chưa có &lt;số&gt;</td><td>điền mục number</td></tr>"
    assert row in pages.findings(shown)
    shown.hear("new", {"first": False, "figures": [["Kế hoạch vốn", "1 đồng", "2 đồng", "tăng 1 đồng"]], "words": ["I. Chung"]})
    assert "<tr><td>Kế hoạch vốn</td><td>1 đồng</td><td>2 đồng</td><td>tăng 1 đồng</td></tr>" in pages.changes(shown)
    assert "<li>I. Chung</li>" in pages.changes(shown)
    shown.hear("new", {"first": False, "figures": [], "words": []})
    assert pages.changes(shown) == "<p>Không số liệu, lời văn nào của báo cáo thay đổi.</p>"


def test_an_error_stands_above_the_last_good_page_until_the_next_good_one(shown):
    shown.hear("new", {"first": True})
    shown.hear("stopped", "budget.csv, dòng 3: phải là số nguyên")
    page = pages.page(shown, "nonce")
    assert '<section id="loi" role="alert"><h2>Chưa lập được trang mới</h2><pre>budget.csv, dòng 3: phải là số nguyên</pre>' in page
    assert 'src="bao-cao.html?1"' in page
    shown.hear("new", {"first": False, "figures": [], "words": []})
    page = pages.page(shown, "nonce")
    assert 'role="alert"' not in page
    assert 'src="bao-cao.html?2"' in page


def test_it_can_be_read_and_is_renewed_without_javascript(shown):
    page = pages.page(shown, "nonce")
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert page.count("<script") == page.count('<script nonce="nonce">') == 1


def test_a_file_that_is_asked_for_is_awaited_or_the_reason_is_said(shown):
    shown.hear("new", {"first": True})
    shown.ask = lambda name: (shown.folder.joinpath(name).write_bytes(b"%PDF"), shown.hear("made", [name, ""]))
    assert shown.file("bao-cao.pdf") == (b"%PDF", "")
    shown.ask = lambda name: shown.hear("made", [name, "ổ đĩa đã đầy"])
    assert shown.file("bao-cao.pdf") == (b"", "ổ đĩa đã đầy")


# what is made again -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("saved", "again"),
    [
        ("data/xa/2024/narrative/giai-phap.md", ALL[2:]),
        ("data/xa/2024/report.yml", ALL[2:]),
        ("data/xa/unit.yml", ALL[2:]),
        ("data/xa/2024/so-lieu.xlsx", ALL),
        ("data/xa/2023/review.csv", ALL),
        ("data/xa/2024/budget.csv", ALL),
        ("data/standards.csv", ALL),
        ("data/units.csv", ALL),
        ("notebooks/02_budget.ipynb", ["02_budget"]),
        ("notebooks/04_report.ipynb", ["04_report"]),
    ],
)
def test_what_is_saved_makes_those_notebooks_run_again_that_show_it(saved, again):
    assert sorted(dependence.notebooks(Path(saved))) == again


def test_after_files_that_could_not_be_looked_at_everything_is_made_again():
    """A file that was changed in the meantime is among them or is not: nobody knows."""
    assert sorted(watching.differing({"a": 1, "b": 1, "d": 1}, {"a": 2, "c": 1, "d": 1})) == ["a", "b", "c"]
    assert watching.differing({"a": 1}, "không đọc được") is None
    assert watching.differing("không đọc được", {"a": 1}) is None
    assert watching.differing(None, {"a": 1}) is None


def test_the_notebooks_that_words_do_not_touch_name_nothing_of_words_or_office():
    """The table of dependence against what the notebooks call."""
    for name in set(dependence.EVERY) - dependence.OF_WORDS:
        book = json.loads((PROJECT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        code = "".join(line for cell in book["cells"] if cell["cell_type"] == "code" for line in cell["source"])
        assert not {word for word in ("narrative", "office", "checks.", "passages", "sections") if word in code}


def test_where_processes_cannot_be_forked_it_says_what_to_do_instead(monkeypatch, capsys):
    monkeypatch.setattr("sys.platform", "win32")
    assert cli.main(["preview", "--no-browser", "--data", str(PROJECT / "data")]) == 1
    assert capsys.readouterr().err == "Xem trước chỉ chạy trên Linux. Cách làm: chạy giamngheo report rồi mở bao-cao.html.\n"
