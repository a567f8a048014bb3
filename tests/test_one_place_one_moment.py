"""Data and results stand apart, a unit has one name, and a report is of one moment of its files."""

import os
import shutil
import unicodedata

import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import cli
from giamngheo.findings import DataError
from giamngheo.intake.unit import Year, meant
from giamngheo.law import unit_name
from giamngheo.report import inputs
from giamngheo.run import batch_record, moment, runner
from giamngheo.store import manifest, places

TAIL = b"/2024/" + b"0" * 64


@pytest.fixture
def data(tmp_path):
    """A data folder with the seed's files."""
    shutil.copytree(PROJECT / "data" / SEED, tmp_path / "data" / SEED)
    return tmp_path / "data"


def same(data):
    return data


def below(data):
    return data / "ket-qua"


def above(data):
    return data.parent


def by_a_link(data):
    (data.parent / "lien-ket").symlink_to("data")
    return data.parent / "lien-ket"


def below_a_link(data):
    return by_a_link(data) / "moi" / "nua"


def with_a_unit_that_is_a_link(data):
    (data.parent / "out").mkdir()
    (data.parent / "out" / SEED).symlink_to(data / SEED)
    return data.parent / "out"


@pytest.mark.parametrize("verb", ["report", "verify", "diff", "review", "template", "new-year"])
@pytest.mark.parametrize("out", [same, below, above, by_a_link, below_a_link, with_a_unit_that_is_a_link])
def test_no_command_begins_whose_results_would_stand_among_the_data(out, verb, data, capsys):
    out = out(data)
    before = sorted(data.rglob("*"))
    assert cli.main([verb, "--data", str(data), "--out", str(out), "--year", str(SEED_YEAR)]) == 1
    said = capsys.readouterr().err
    assert said.endswith("Cách sửa: chọn bằng --out một thư mục kết quả ở ngoài thư mục số liệu.\n")
    assert said.count("\n") == 1
    assert sorted(data.rglob("*")) == before


def test_folders_beside_one_another_are_apart(data):
    places.require_apart(data, data.parent / "data-2", SEED, SEED_YEAR)
    places.require_apart(data, data.parent / "out" / "data", SEED, SEED_YEAR)


@pytest.mark.parametrize("name", ["../data/xa-mau", "a/b", "a\\b", "", ".", "..", ".an", " a", "a ", "a.", "a,b", "a:b", "a\nb", "-p", "a" * 201])
def test_what_is_no_name_is_refused_in_every_command(name, data):
    with pytest.raises(DataError) as refused:
        meant(data, name)
    (found,) = refused.value.findings
    assert found.rule == unit_name.RULE
    assert Year(data, name, SEED_YEAR).years == []


@pytest.mark.parametrize("folder", ["xã Bình Minh", "kông hoà", "kong.long", "KONG-LONG", unicodedata.normalize("NFD", "kông hoà")])
def test_a_name_means_the_one_folder_whatever_its_capitals_and_its_unicode_form(folder, data):
    (data / SEED).rename(data / folder)
    for form in ("NFC", "NFD"):
        for given in (folder, folder.upper(), folder.lower()):
            assert meant(data, unicodedata.normalize(form, given)) == folder


def test_two_folders_of_one_name_are_each_themselves_and_together_a_question(data):
    for name in ("xa-mau", "XA-MAU"):
        (data / name).mkdir()
        assert meant(data, name) == name
    with pytest.raises(DataError) as refused:
        meant(data, "Xa-Mau")
    assert str(refused.value) == (
        "Xa-Mau: có 2 thư mục chỉ khác nhau ở chữ hoa hoặc dạng Unicode: XA-MAU, xa-mau. "
        "Cách sửa: đổi tên để mỗi đơn vị có một thư mục."
    )


@pytest.mark.parametrize("unit", ["xã Bình Minh", "kông hoà", "kong.long", unicodedata.normalize("NFD", "kông hoà"), "xã A & 'B'"])
def test_a_stamp_with_spaces_and_accents_is_the_units_own(unit):
    for said in (unit, unit.replace("&", "&amp;"), unit.replace("&", "&amp;").replace("'", "&#x27;")):
        assert batch_record.stamps(b'<meta content="' + said.encode() + TAIL + b'">', unit) == {unit.encode() + TAIL}
    assert batch_record.stamps(b'<meta content="xa-khac' + TAIL + b'">', unit) == {b"xa-khac" + TAIL}


@pytest.mark.parametrize(
    "make, rule",
    [
        (lambda path: path.symlink_to("nowhere"), "là liên kết hỏng"),
        (lambda path: path.symlink_to(path.name), "là liên kết hỏng"),
        (lambda path: os.mkfifo(path), "không phải tệp thường (ống dẫn hay thiết bị)"),
    ],
    ids=["broken link", "link to itself", "pipe"],
)
def test_what_is_no_file_among_the_data_is_told_and_nothing_waits_for_it(make, rule, data):
    make(data / SEED / str(SEED_YEAR) / "anh.csv")
    with pytest.raises(DataError) as refused:
        inputs.paths(Year(data, SEED, SEED_YEAR))
    (found,) = refused.value.findings
    assert (found.file, found.rule) == (f"{SEED}/{SEED_YEAR}/anh.csv", rule)


PLACES = ["2022/narrative/giai-phap.md", "2022/narrative/la.md", "2022/review.csv", "2022/report.yml", "unit.yml"]
NO_FILES = {
    "pipe": (os.mkfifo, "không phải tệp thường (ống dẫn hay thiết bị). Cách sửa: dời nó khỏi thư mục số liệu."),
    "folder": (os.mkdir, "đây phải là một tệp, không phải thư mục. Cách sửa: đổi tên hoặc dời thư mục này, rồi đặt tệp vào chỗ của nó."),
    "device": (
        lambda path: path.symlink_to("/dev/zero"),
        "không phải tệp thường (ống dẫn hay thiết bị). Cách sửa: dời nó khỏi thư mục số liệu.",
    ),
    "link to itself": (
        lambda path: path.symlink_to(path.name),
        "là liên kết hỏng. Cách sửa: xóa liên kết này, hoặc chép tệp thật vào đây.",
    ),
    "broken link": (
        lambda path: path.symlink_to("nowhere"),
        "là liên kết hỏng. Cách sửa: xóa liên kết này, hoặc chép tệp thật vào đây.",
    ),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("make, told", NO_FILES.values(), ids=NO_FILES)
def test_what_stands_in_the_place_of_a_file_is_told_by_every_command_in_one_sentence(make, told, place, data, capsys):
    path = data / SEED / place
    path.unlink(missing_ok=True)
    make(path)
    for verb, year in (("check", 2022), ("report", 2022), ("status", 2022), ("new-year", 2023)):
        options = ["--unit", SEED, "--year", str(year), "--data", str(data), "--out", str(data.parent / "out")]
        code = cli.main([verb, *options])
        assert (verb, code, capsys.readouterr().err) == (verb, 1, f"{SEED}/{place}: {told}\n")
    assert not (data / SEED / "2023").exists()
    assert not (data.parent / "out").exists()


def test_a_folder_that_links_to_one_above_it_is_read_once(data):
    folder = data / SEED / str(SEED_YEAR)
    before = manifest.files_below(folder)
    (folder / "narrative" / "tro-lai").symlink_to("..")
    assert manifest.files_below(folder) == before


def changed(path):
    path.write_text(path.read_text(encoding="utf-8").replace("242", "243"), encoding="utf-8")


def back_again(path):
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n", encoding="utf-8")
    path.write_text(text, encoding="utf-8")


def replaced(path):
    shutil.copy2(path, path.with_suffix(".new"))
    path.with_suffix(".new").rename(path)


def gone(path):
    path.unlink()


def one_more(path):
    (path.parent / "facts-2.csv").write_text("", encoding="utf-8")


@pytest.mark.parametrize("change", [changed, back_again, replaced, gone, one_more])
def test_files_that_change_while_something_is_made_from_them_are_noticed(change, data):
    this = Year(data, SEED, SEED_YEAR)
    with moment.one(this):
        pass
    with pytest.raises(moment.Changed), moment.one(this):
        change(data / SEED / str(SEED_YEAR) / "review.csv")
    with pytest.raises(moment.Changed), moment.one(this):
        (data / SEED / str(SEED_YEAR - 1)).mkdir(exist_ok=True)
        (data / SEED / str(SEED_YEAR - 1) / f"{change.__name__}.csv").touch()
        raise ValueError("of a half state")


def test_a_report_whose_files_change_is_made_again_and_after_five_times_refused(data, tmp_path, monkeypatch):
    this, path = Year(data, SEED, SEED_YEAR), data / SEED / str(SEED_YEAR) / "review.csv"
    times = []

    def contents(*_):
        times.append(path.touch())
        return {}

    monkeypatch.setattr(runner, "contents", contents)
    with pytest.raises(DataError) as refused:
        runner.make(this, tmp_path / "out")
    assert len(times) == 5
    assert str(refused.value) == (
        f"{SEED}/{SEED_YEAR}: tệp số liệu thay đổi trong lúc lập báo cáo, 5 lần liền. Cách sửa: đợi người khác lưu xong, "
        "hoặc đóng chương trình đang ghi vào thư mục này, rồi chạy lại."
    )
    assert list((tmp_path / "out" / SEED).iterdir()) == []


def test_a_library_that_is_no_longer_the_one_that_was_loaded_makes_no_report(data, monkeypatch):
    monkeypatch.setattr(manifest, "library_state_now", dict)
    with pytest.raises(DataError) as refused, moment.one(Year(data, SEED, SEED_YEAR)):
        pass
    assert str(refused.value) == "lib/giamngheo: mã của chương trình đã thay đổi trong lúc chạy. Cách sửa: chạy lại lệnh này."
