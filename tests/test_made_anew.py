"""Pages and lists that are made anew: what else stands in their place is kept and told, and nothing is written through a link."""

import pytest

import provinces
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
