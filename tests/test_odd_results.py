"""What lies among the results and is not what its name says: the index, the batch and the sign-offs go on, or say so."""

import json
import os

import pytest

from conftest import data_folder
from giamngheo.findings import DataError
from giamngheo.intake.unit import Year
from giamngheo.review import index, signoff
from giamngheo.store import manifest

ODD = {
    "pipe": os.mkfifo,
    "folder": os.mkdir,
    "link to itself": lambda path: path.symlink_to(path.name),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "empty": lambda path: path.write_bytes(b""),
    "torn": lambda path: path.write_bytes(b"{"),
    "another thing": lambda path: path.write_bytes(b"[1]"),
    "bytes": lambda path: path.write_bytes(b"\xff\x00\xfe" * 50),
    "no rows of ours": lambda path: path.write_text("unit,notebook,cell,cause,lines,key\nx,-,-,boom\n"),
    "a cell without end": lambda path: path.write_text('unit,cause,key\n"' + "x" * 200_000),
    "nested": lambda path: path.write_bytes(b"[" * 100_000),
}
RECORDS = {
    "draft of numbers": {"draft": [1]},
    "draft of lists": {"draft": [["x"]]},
    "draft that is a text": {"draft": "x"},
    "no draft": {},
}


@pytest.fixture
def out(tmp_path):
    (tmp_path / "xa-1" / "2024").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("name", ["failures-2024.csv", "failures-2024 (1).csv", "xa-1/2024/manifest.json"])
@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_the_index_is_written_whatever_stands_in_the_place_of_one_of_its_sources(make, name, out):
    make(out / name)
    assert index.failures(out / "failures-2024.csv") == []
    assert manifest.read(out / "xa-1" / "2024") is None
    index.write(out, data_folder())
    (entry,) = index.entries(out, data_folder())
    assert (entry.unit, entry.year, entry.state, entry.reports) == ("xa-1", 2024, "failed", {})
    assert (out / name).is_symlink() or (out / name).exists()


@pytest.mark.parametrize("more", RECORDS.values(), ids=RECORDS)
def test_a_manifest_of_another_form_is_no_finished_report(more, out):
    record = {"key": "xa-1/2024/" + "0" * 64, "outputs": {"04_report.ipynb": "x"}} | more
    (out / "xa-1" / "2024" / "manifest.json").write_text(json.dumps(record), encoding="utf-8")
    index.write(out, data_folder())
    assert [one.state for one in index.entries(out, data_folder())] == ["failed"]


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (os.mkfifo, "không phải tệp thường (ống dẫn hay thiết bị). Cách sửa: dời nó khỏi thư mục số liệu."),
        (lambda path: path.symlink_to("/dev/zero"), "không phải tệp thường (ống dẫn hay thiết bị). Cách sửa: dời nó khỏi thư mục số liệu."),
        (lambda path: path.symlink_to("nowhere"), "là liên kết hỏng. Cách sửa: xóa liên kết này, hoặc chép tệp thật vào đây."),
        (
            os.mkdir,
            "đây phải là một tệp, không phải thư mục. Cách sửa: đổi tên hoặc dời thư mục này, rồi đặt tệp vào chỗ của nó.",
        ),
    ],
    ids=["pipe", "device", "broken link", "folder"],
)
def test_what_stands_in_the_place_of_the_sign_offs_is_told_and_not_waited_for(make, rule, tmp_path):
    (tmp_path / "xa-1" / "tham-tra").mkdir(parents=True)
    make(tmp_path / "xa-1" / "tham-tra" / "2024.csv")
    this = Year(tmp_path, "xa-1", 2024)
    for work in (lambda: signoff.read(this), lambda: signoff.change(this, lambda log: log)):
        with pytest.raises(DataError) as refused:
            work()
        assert str(refused.value) == f"xa-1/tham-tra/2024.csv: {rule}"
