"""Pages and lists that are made anew: what else stands in their place is kept and told, and nothing is written through a link."""

import shutil

import pytest

import provinces
from giamngheo import cli
from giamngheo.findings import DataError
from giamngheo.review import diff, diff_page, index
from giamngheo.run import batch_record

UNIT = provinces.UNITS[0]


def index_page(out):
    index.write(out, provinces.root())


def failures(out):
    batch_record.keep_failures(out / "failures-2024.csv", [dict.fromkeys((*batch_record.FAILURE, "key"), "-")], None)


MADE = {"index.html": index_page, "failures-2024.csv": failures}


@pytest.mark.parametrize("name", MADE)
def test_somebodys_own_file_is_kept_beside_the_new_one_and_told_once(name, tmp_path, capsys):
    (tmp_path / name).write_text("của tôi", encoding="utf-8")
    stem, kind = name.split(".")
    MADE[name](tmp_path)
    MADE[name](tmp_path)
    assert (tmp_path / f"{stem}-giu-lai.{kind}").read_text(encoding="utf-8") == "của tôi"
    assert capsys.readouterr().err == f"Giữ lại {name} (không phải của báo cáo): nay là {stem}-giu-lai.{kind}.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, f"{stem}-giu-lai.{kind}"])


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing"])
def test_nothing_is_written_through_a_link(name, there, tmp_path):
    own, out = tmp_path / "units.csv", tmp_path / "out"
    out.mkdir()
    if there:
        own.write_text("của tôi", encoding="utf-8")
    (out / name).symlink_to(own)
    with pytest.raises(DataError) as refused:
        MADE[name](out)
    assert str(refused.value) == (
        f"{out / name}: là liên kết nên không ghi qua đó. Cách sửa: xóa hoặc dời liên kết này rồi chạy lại."
    )
    assert (own.read_text(encoding="utf-8") if there else own.exists()) == ("của tôi" if there else False)


@pytest.mark.parametrize("kind", ["html", "csv"])
def test_a_comparison_takes_nobodys_place(kind, tmp_path, capsys):
    finished = provinces.undisturbed() / UNIT / "2024"
    comparison = diff.between(finished, finished, provinces.root())
    (tmp_path / f"khac-biet-2024.{kind}").write_text("của tôi", encoding="utf-8")
    diff_page.write(comparison, tmp_path)
    assert (tmp_path / f"khac-biet-2024-giu-lai.{kind}").read_text(encoding="utf-8") == "của tôi"
    (tmp_path / f"khac-biet-2024.{kind}").unlink()
    (tmp_path / f"khac-biet-2024.{kind}").symlink_to(tmp_path / f"khac-biet-2024-giu-lai.{kind}")
    with pytest.raises(DataError):
        diff_page.write(comparison, tmp_path)
    assert (tmp_path / f"khac-biet-2024-giu-lai.{kind}").read_text(encoding="utf-8") == "của tôi"


def test_a_report_stands_and_is_named_where_what_follows_it_is_refused(tmp_path, capsys):
    shutil.copytree(provinces.root(), tmp_path / "data")
    signed = tmp_path / "data" / UNIT / "tham-tra" / "2024.csv"
    signed.parent.mkdir(exist_ok=True)
    signed.write_text("hỏng\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").symlink_to(signed)
    given = ["--data", str(tmp_path / "data"), "--out", str(tmp_path / "out"), "--unit", UNIT, "--year", "2024"]
    assert cli.main(["report", *given]) == 1
    said, complaints = capsys.readouterr()
    assert said.splitlines()[-1] == f"Báo cáo: {tmp_path / 'out' / UNIT / '2024' / 'bao-cao.pdf'}"
    assert [line.partition(": ")[0] for line in complaints.splitlines() if "Cách sửa" in line] == [
        str(tmp_path / "out" / "index.html"), f"{UNIT}/tham-tra/2024.csv, dòng 1"
    ]  # fmt: skip
    assert signed.read_text(encoding="utf-8") == "hỏng\n"
