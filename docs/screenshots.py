"""Make the pictures of the guides, `docs/images/*.png`, from the real thing: python docs/screenshots.py

The seed's report is made in a folder of its own and read in Chromium; JupyterLab runs on a copy of the notebooks.
Needs chromium and pdftoppm.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PROJECT = Path(__file__).parents[1]
IMAGES = Path(__file__).with_name("images")
UNIT, YEAR = "kong-long-khong", 2022
SIZE = {"width": 1200, "height": 720}
LARGEST = 150_000  # bytes
SERVE = (
    "import sys; from pathlib import Path; from giamngheo import lab, opened; "
    f"lab.serve(Path(sys.argv[1]), opened({UNIT!r}, {YEAR}), sys.argv[2:])"
)


def save(name: str, png: bytes) -> None:
    """Write a picture in 64 colours; refuse one that is too large for the repository."""
    small = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    if small.tell() > LARGEST:
        raise ValueError(f"{name}.png: {small.tell()} bytes, at most {LARGEST}")
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / f"{name}.png").write_bytes(small.getvalue())


def report(page: Page, folder: Path) -> None:
    """A number with its arithmetic, the cell that made it, the line of the file."""
    page.goto((folder / "bao-cao.html").as_uri())
    number = page.locator("a.so", has_text="20,86%").first
    number.scroll_into_view_if_needed()
    page.mouse.wheel(0, 250)
    number.hover()
    save("bao-cao-so-lieu", page.screenshot())
    number.click()
    page.locator(":target").wait_for()
    save("tham-tra-o-tinh", page.screenshot())
    page.locator("tr:has(:target) a").first.click()
    page.locator("tr:target").wait_for()
    save("tham-tra-dong", page.screenshot())


def first_page(folder: Path) -> None:
    """The first page of the PDF, with its mark DỰ THẢO."""
    command = ["pdftoppm", "-f", "1", "-l", "1", "-r", "70", "-png", str(folder / "bao-cao.pdf")]
    save("bao-cao-trang-1", subprocess.run(command, check=True, capture_output=True).stdout)


@contextmanager
def jupyterlab(root: Path, home: Path, log=subprocess.DEVNULL, **environment: str):
    """The address of JupyterLab on the project below `root`, for a user whose own settings lie in `home`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = dict.fromkeys(places, str(home)) | environment
    options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--IdentityProvider.token=mo"]
    command = [sys.executable, "-c", SERVE, str(root), *options]
    started, until = subprocess.Popen(command, env=os.environ | own, stdout=log, stderr=log), time.monotonic() + 60
    try:
        while started.poll() is None and time.monotonic() < until:
            try:
                urlopen(f"http://127.0.0.1:{port}/api", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        started.terminate()
        started.wait(30)


def lab(page: Page, server: str) -> None:
    """The start page, 01_review after Run All, the menu Báo cáo."""
    page.goto(f"{server}/?token=mo")
    page.locator(".jp-MarkdownViewer h1").wait_for()
    page.wait_for_timeout(1000)
    save("lab-bat-dau", page.screenshot())
    page.get_by_role("link", name="01_review.ipynb").click()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells").first.click()
    page.wait_for_function(
        "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(prompt => /\\d/.test(prompt.textContent))"
    )
    page.locator(".jp-OutputArea-output caption", has_text="nghèo đa chiều của toàn xã").scroll_into_view_if_needed()
    page.mouse.move(700, 400)
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(500)
    save("lab-01-review", page.screenshot())
    page.get_by_role("menuitem", name="Báo cáo", exact=True).click()
    page.wait_for_timeout(300)
    save("lab-menu", page.screenshot(clip={"x": 0, "y": 0, "width": 700, "height": 260}))


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        for name in ("notebooks", "docs"):
            shutil.copytree(PROJECT / name, root / name)
        given = ("--unit", UNIT, "--year", str(YEAR), "--out", str(root / "outputs"))
        subprocess.run([sys.executable, "-m", "giamngheo", "report", *given], check=True, cwd=PROJECT)
        folder = root / "outputs" / UNIT / str(YEAR)
        first_page(folder)
        with jupyterlab(root, root / "home") as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport=SIZE)
            report(page, folder)
            lab(page, server)
            browser.close()


if __name__ == "__main__":
    main()
