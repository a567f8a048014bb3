"""Programs that only the tests need. A missing one skips its tests, but fails them where CI=true."""

import atexit
import html
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest

import documents


def need(name: str) -> str:
    """Path of the program (or, for "axe", of axe.min.js), or skip the test that asks for it."""
    found = _axe() if name == "axe" else shutil.which(name)
    if not found:
        reason = f"cần {name}, máy này không có"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return found


def said(*command: str | Path) -> str:
    """What the command writes to standard output; anything it writes to standard error fails the test."""
    ran = subprocess.run([need(command[0]), *command[1:]], capture_output=True, check=False)
    assert (ran.returncode, ran.stderr.decode()) == (0, ""), f"{command}: {ran.stderr.decode()}"
    return ran.stdout.decode()


@cache
def folder() -> Path:
    """A folder for this run of the tests, gone at its end."""
    made = Path(tempfile.mkdtemp(prefix="giamngheo-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def office(to: str, *files: Path) -> list[Path]:
    """The files as LibreOffice converts them to `to` ("pdf", "txt:Text"), without asking for a repair."""
    profile, target = folder() / "office", folder() / to.split(":")[0]
    command = [need("soffice"), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", to]
    subprocess.run([*command, "--outdir", target, *files], check=True, capture_output=True, timeout=120)
    return [target / file.with_suffix("." + to.split(":")[0]).name for file in files]


def pages(pdf: Path) -> int:
    return int(re.search(r"Pages: +(\d+)", said("pdfinfo", pdf))[1])


def _axe() -> str | None:
    spec = importlib.util.find_spec("axe_playwright_python")
    path = spec and Path(spec.origin).with_name("axe.min.js")
    return str(path) if path and path.exists() else None


@cache
def written(name: str, kind: str) -> Path:
    """The example document `name` of documents.py as a file of `kind`, written once."""
    module = importlib.import_module(f"giamngheo.writers.{kind}")
    target = folder() / f"{name}.{kind}"
    target.write_bytes(module.write(getattr(documents, name)()))
    return target


@cache
def in_office(to: str) -> dict[str, Path]:
    """The example documents as LibreOffice makes them of the Word files, by name."""
    names = ["usual", "few", "large", "hostile"]
    return dict(zip(names, office(to, *[written(name, "docx") for name in names]), strict=True))


def unpacked(file: Path) -> str:
    """All the text of a file, of a zip file of all its parts, with letters that XML writes as numbers."""
    parts = [file.read_bytes()]
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            parts = [packed.read(name) for name in packed.namelist()]
    return html.unescape("\n".join(part.decode("utf-8", "replace") for part in parts))
