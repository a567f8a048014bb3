"""axe-core finds nothing on any page of a report, on a desk and on a phone, and no page asks for anything."""

from pathlib import Path

import pytest

import browser
from tools import need

pytestmark = pytest.mark.long
PAGES = ["bao-cao.html", "01_review.html", "02_budget.html", "03_checks.html", "04_report.html"]
SCREENS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def chromium():
    need("axe")
    browser.reports()
    with browser.chromium() as started:
        yield started


def test_these_are_all_pages_of_a_report():
    for folder in browser.reports().values():
        assert sorted(path.name for path in folder.glob("*.html")) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("report", "screen"), [("seed", "desk"), ("seed", "phone"), ("simulated", "phone")])
def test_axe_finds_nothing_and_the_page_is_as_wide_as_the_screen(report, name, screen, chromium):
    page = chromium.new_page(viewport=SCREENS[screen])
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((browser.reports()[report] / name).as_uri())
    if report == "seed":  # the other has so many rows that looking at them all would take a minute
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate(Path(need("axe")).read_text("utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    scripts = page.evaluate("document.scripts.length")
    page.close()
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []
    assert wide == SCREENS[screen]["width"]
    assert [url for url in asked[1:] if not url.startswith("data:")] == []
    assert scripts == 0
