"""A finished report is made again byte for byte; whatever differs is told with its file and line."""

import io
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import opened
from giamngheo.run import differences, runner, verify


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIAMNGHEO_DATA", str(PROJECT / "data"))
        runner.make(opened(SEED, SEED_YEAR), out, say=lambda _: None)
    return out


@pytest.fixture
def own(finished, tmp_path):
    """A copy of the finished report, to spoil at will."""
    shutil.copytree(finished, tmp_path / "out")
    return tmp_path / "out"


def told(capsys):
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_an_untouched_report_is_made_again_byte_for_byte(finished, capsys):
    assert verify.main(opened(SEED, SEED_YEAR), finished) == 0
    said = told(capsys)
    assert said.startswith(f"13 tệp của {SEED}/{SEED_YEAR}/")
    assert said.endswith(" lập lại được, không khác một byte nào.\n")


def test_edited_files_are_named_with_the_line_or_the_part(own, capsys):
    folder = own / SEED / str(SEED_YEAR)
    page = (folder / "bao-cao.html").read_text(encoding="utf-8")
    (folder / "bao-cao.html").write_text(page.replace("242 hộ", "241 hộ", 1), encoding="utf-8")
    line = next(n for n, text in enumerate(page.splitlines(), 1) if "242 hộ" in text)
    with zipfile.ZipFile(folder / "bao-cao.docx") as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    contents["word/document.xml"] += b" "
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    (folder / "bao-cao.docx").write_bytes(spoilt.getvalue())
    (folder / "02_budget.html").unlink()
    assert verify.main(opened(SEED, SEED_YEAR), own) == 1
    said = told(capsys)
    assert "bao-cao.html: không còn như khi lập xong" in said
    assert f"bao-cao.html, dòng {line}: “" in said
    assert "241 hộ" in said
    assert "bao-cao.docx!word/document.xml, dòng " in said
    assert "02_budget.html: chỉ có trong bản lập lại" in said


@pytest.mark.parametrize("put", [os.mkfifo, Path.mkdir], ids=["a pipe", "a folder"])
def test_what_stands_in_the_place_of_a_file_is_named_and_nothing_waits_for_it(put, own, capsys):
    page = own / SEED / str(SEED_YEAR) / "bao-cao.html"
    page.unlink()
    put(page)
    assert verify.main(opened(SEED, SEED_YEAR), own) == 1
    assert told(capsys) == "Khác với báo cáo lập lại:\n  bao-cao.html: không phải là một tệp\n"


def test_a_report_whose_data_have_changed_is_told_what_changed(own, tmp_path, monkeypatch, capsys):
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path / "data"))
    review = tmp_path / "data" / SEED / str(SEED_YEAR) / "review.csv"
    review.write_text(review.read_text(encoding="utf-8").replace("922", "923"), encoding="utf-8")
    assert verify.main(opened(SEED, SEED_YEAR), own) == 1
    said = told(capsys)
    assert f"số liệu: đổi {SEED}/{SEED_YEAR}/review.csv" in said
    assert "01_review.ipynb, dòng " in said


def test_a_report_that_was_never_finished_cannot_be_verified(tmp_path, capsys):
    assert verify.main(opened(SEED, SEED_YEAR), tmp_path) == 1
    assert told(capsys) == f"{tmp_path / SEED / str(SEED_YEAR)} chưa có báo cáo nào lập xong\n"


@pytest.mark.parametrize(
    "name, kept, again, said",
    [
        ("a.ipynb", b"1\n2\n3", b"1\n2\n", ["a.ipynb, dòng 3: thừa “3”"]),
        ("a.html", b"x" * 200 + b"1", b"x" * 200 + b"2", [f"a.html, dòng 1: “…{'x' * 20}1”, lập lại: “…{'x' * 20}2”"]),
        ("a.pdf", b"123", b"1234", ["a.pdf: khác từ byte thứ 4"]),
        ("a.docx", b"no zip", b"no zip either", ["a.docx: khác ở phần đầu của tệp nén"]),
        ("a.html", b"same\n", b"same\n", []),
        ("a.html", b"same", b"same\n", ["a.html, dòng 1: “same”, lập lại: “same⏎”"]),
    ],
)  # fmt: skip
def test_the_first_difference_of_a_file(name, kept, again, said):
    assert differences.of(name, kept, again) == said
