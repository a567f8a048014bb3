"""Many reports with one command: what stands is left alone, what changed is made again, what fails is told."""

import csv
import shutil
from pathlib import Path

import pytest

from conftest import PROJECT, data_folder
from giamngheo import opened
from giamngheo.findings import DataError
from giamngheo.intake.unit import years
from giamngheo.law.dated import Law
from giamngheo.report import calculations, inputs
from giamngheo.review import index
from giamngheo.run import batch, batch_record, processes, runner
from giamngheo.store import cache, manifest
from provinces import UNITS, WHOLES, YEAR, root, undisturbed

HTML = ("html",)


@pytest.fixture
def own(tmp_path, monkeypatch) -> tuple[Path, Path]:
    """A copy of the data and of the finished reports, to change at will."""
    shutil.copytree(root(), tmp_path / "data")
    shutil.copytree(undisturbed(), tmp_path / "out")
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path / "data"))
    return tmp_path / "data", tmp_path / "out"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_file_is_listed_by_unit_notebook_and_format_and_carries_its_own_key():
    rows = table(undisturbed() / f"manifest-{YEAR}.csv")
    for unit in UNITS + WHOLES:
        books = manifest.ROLLUP if unit in WHOLES else manifest.BOOKS
        pages = {(name, kind) for name in books for kind in ("ipynb", "html")}
        listed = {(row["notebook"], row["format"]) for row in rows if row["unit"] == unit}
        papers = {(books[-1], kind) for kind in ("html", "pdf", "docx", "xlsx")}
        assert listed == pages | papers | {(calculations.FILE, kind) for kind in calculations.FORMATS}
    assert len(rows) == 3 * (4 * 2 + 4 + 2) + 2 * (1 * 2 + 4 + 2)
    for row in rows:
        content = (undisturbed() / row["file"]).read_bytes()
        assert manifest.sha256(content) == row["sha256"]
        assert batch_record.stamps(content) == {row["key"].encode()}
        assert row["key"].startswith(f"{row['unit']}/{YEAR}/")


def test_a_file_that_is_not_what_its_row_says_is_found(tmp_path):
    rows = [row for unit in UNITS[:2] for row in batch_record.listed(unit, YEAR, undisturbed()) if row["format"] == "html"]
    for row in rows:
        (tmp_path / row["file"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(undisturbed() / row["file"], tmp_path / row["file"])
    assert batch_record.self_check(tmp_path, rows) == []
    other, row = rows[0], next(row for row in rows if row["unit"] == UNITS[1])
    shutil.copyfile(undisturbed() / other["file"], tmp_path / row["file"])
    assert [(found.unit, found.notebook) for found in batch_record.self_check(tmp_path, rows)] == [(UNITS[1], row["notebook"])]


def made_at(out: Path) -> dict[str, int]:
    """When the report of every unit was made."""
    return {path.parts[-3]: path.stat().st_mtime_ns for path in out.glob(f"*/{YEAR}/{manifest.FILE}")}


def test_touch_nothing_and_nothing_runs(own, capsys):
    before = made_at(own[1])
    assert sorted(before) == sorted(UNITS + WHOLES)
    assert batch.main(data_folder(), "all", YEAR, 2, out=own[1]) == 0
    assert made_at(own[1]) == before
    assert capsys.readouterr().out.startswith("5 báo cáo năm 2024: 5 còn nguyên, 0 cần lập\n")


def test_one_changed_file_makes_its_report_and_those_it_is_put_together_in(own):
    data_folder, out = own
    file = f"{UNITS[1]}/{YEAR}/narrative/giai-phap.md"
    path = data_folder / file
    path.write_text(path.read_text(encoding="utf-8") + "\nMột ý nữa.\n", encoding="utf-8")
    assert batch.why(opened(UNITS[0], YEAR), out) == []
    assert batch.why(opened(UNITS[1], YEAR), out) == [f"số liệu: đổi {file}"]
    assert [batch.why(opened(unit, YEAR), out) for unit in WHOLES] == [[f"số liệu: đổi {UNITS[1]}/{YEAR}"]] * 2
    before = made_at(out)
    assert batch.main(data_folder, "all", YEAR, 2, out=out) == 0
    after = made_at(out)
    assert {unit for unit in after if after[unit] != before[unit]} == {UNITS[1], *WHOLES}


@pytest.mark.parametrize(
    "part, name",
    [
        ("inputs", f"{UNITS[0]}/{YEAR}/review.csv"),
        ("inputs", f"{UNITS[0]}/{YEAR - 1}/review.csv"),
        ("inputs", f"{UNITS[0]}/unit.yml"),
        ("inputs", "standards.csv"),
        ("code", "notebooks/01_review.ipynb"),
        ("code", "lib/giamngheo/figures/poverty.py"),
        ("code", "lib/giamngheo/writers/form/form.typ"),
        ("versions", "pandas"),
    ],
)
def test_everything_that_goes_into_a_report_is_in_its_key(own, part, name):
    before = manifest.read(own[1] / UNITS[0] / str(YEAR))
    other = before | {part: before[part] | {name: "other"}}
    changed = manifest.changes(other, inputs.described(opened(UNITS[0], YEAR)))
    assert [line.partition(": ")[2] for line in changed] == [f"đổi {name}"]


def test_a_file_or_a_format_that_is_not_there_is_a_reason_to_make_the_report(own):
    assert batch.why(opened(UNITS[2], YEAR), own[1]) == []
    (own[1] / UNITS[2] / str(YEAR) / "bao-cao.pdf").unlink()
    assert batch.why(opened(UNITS[2], YEAR), own[1]) == ["kết quả: thiếu bao-cao.pdf"]
    assert batch.why(opened(UNITS[0], YEAR), own[0]) == ["chưa lập xong lần nào"]


def test_a_unit_without_data_for_the_year_is_refused_before_anything_runs(own):
    with pytest.raises(DataError, match="khong-co: không có số liệu năm 2024"):
        batch.main(data_folder(), f"{UNITS[0]},khong-co", YEAR, out=own[1])


def test_units_are_those_with_data_for_the_year(own):
    root, law = data_folder(), Law(data_folder())
    assert batch.chosen(root, law, "all", YEAR) == UNITS
    assert batch.chosen(root, law, f" {UNITS[2]}, {UNITS[0]}", YEAR) == [UNITS[0], UNITS[2]]
    assert batch.chosen(root, law, WHOLES[0], YEAR) == UNITS
    assert list(batch.described(root, law, UNITS, YEAR)[0]) == UNITS + WHOLES
    assert list(batch.described(root, law, UNITS[:2], YEAR)[0]) == UNITS[:2]
    assert YEAR - 1 in years(root, UNITS[0])


def spoil(data_folder: Path, unit: str) -> str:
    """More poor households than households. Returns where it stands."""
    file = data_folder / unit / str(YEAR) / "review.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[lines[0].split(",").index("poor_households")] = "999999"
    file.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    return f"{unit}/{YEAR}/review.csv:2"


def test_a_failure_is_told_with_its_input_line_and_the_others_are_made(own, capsys):
    data_folder, out = own
    where = spoil(data_folder, UNITS[0])
    shutil.rmtree(out / UNITS[1])
    assert batch.main(data_folder, "all", YEAR, 1, keep_going=True, out=out, formats=HTML) == 1
    assert batch.reasons(inputs.described(opened(UNITS[1], YEAR)), out, HTML) == []
    (row,) = table(out / f"failures-{YEAR}.csv")
    assert (row["unit"], row["notebook"], row["cell"]) == (UNITS[0], "-", "-")
    assert row["key"] == manifest.read(undisturbed() / UNITS[0] / str(YEAR))["key"]
    assert where in row["lines"]
    assert where in capsys.readouterr().err
    for unit in WHOLES:
        reasons = manifest.read(out / unit / str(YEAR))["draft"]
        assert reasons[1:] == ["1 xã số liệu chưa dùng được: xã Mô Phỏng 001."]


def test_the_first_failure_ends_a_batch_that_was_not_told_to_keep_going(own):
    data_folder, out = own
    spoil(data_folder, UNITS[0])
    shutil.rmtree(out / UNITS[2])
    assert batch.main(data_folder, "all", YEAR, 1, out=out, formats=HTML) == 1
    assert batch.why(opened(UNITS[2], YEAR), out) == ["chưa lập xong lần nào"]
    assert manifest.read(out / WHOLES[0] / str(YEAR))["key"] != inputs.described(opened(WHOLES[0], YEAR))["key"]


def test_a_failure_that_this_batch_was_not_asked_about_stays_told(tmp_path):
    told = [processes.Outcome(unit, YEAR, cause=f"lỗi của {unit}") for unit in UNITS[:2]]
    path = tmp_path / f"failures-{YEAR}.csv"
    batch_record.keep_failures(path, batch_record.failure_rows(told, YEAR, tmp_path), UNITS)
    batch_record.keep_failures(path, [], UNITS[1:])
    assert [row["cause"] for row in table(path)] == [f"lỗi của {UNITS[0]}"]
    batch_record.keep_failures(path, [], UNITS[:1])
    assert not path.exists()


def test_a_cell_that_fails_is_told_with_its_notebook_and_number_and_leaves_its_notebook(tmp_path):
    shutil.copytree(PROJECT / "notebooks", tmp_path / "notebooks")
    shutil.copytree(root(), tmp_path / "data")
    path = tmp_path / "notebooks" / "02_budget.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("budget.breakdown(lines, [])", "1 / 0"), encoding="utf-8")
    outcome = processes.make(processes.Task(UNITS[0], YEAR, tmp_path / "data", tmp_path / "out", "warm", HTML))
    assert (outcome.unit, outcome.notebook) == (UNITS[0], "02_budget")
    assert outcome.cause == "ZeroDivisionError: division by zero"
    assert outcome.cell > 1
    assert [path.name for path in (tmp_path / "out" / UNITS[0]).iterdir()] == [f"{YEAR}-lap-hong"]
    left = tmp_path / "out" / UNITS[0] / f"{YEAR}-lap-hong"
    assert sorted(path.name for path in left.iterdir()) == ["02_budget.ipynb", "manifest.json"]
    assert "ZeroDivisionError" in (left / "02_budget.ipynb").read_text(encoding="utf-8")


def test_a_folder_of_answers_that_has_gone_stops_no_later_report(monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "_shared_in", tmp_path / "gone")
    assert cache.shared("asked", lambda: 7) == 7


def test_an_input_line_named_in_an_error_is_told(tmp_path):
    said = "ValueError: xa/2022/review.csv:7 và xa/2022/so-lieu.xlsx:review!5 không khớp"
    assert runner.RunError("01_review", 3, "x", said).lines == "xa/2022/review.csv:7; xa/2022/so-lieu.xlsx:review!5"


def test_a_district_that_is_asked_for_has_its_report_with_one_commune_of_data_too(own):
    data, _ = own
    for unit in UNITS[1:]:
        shutil.rmtree(data / unit / str(YEAR))
    assert batch.wholes_of(data, Law(data), UNITS[:1], YEAR) == []
    assert batch.wholes_of(data, Law(data), UNITS[:1], YEAR, {WHOLES[0]}) == WHOLES[:1]


def test_what_is_old_gone_or_never_made_is_told_by_a_batch_besides_its_failures(own, capsys):
    data, out = own
    shutil.rmtree(data / UNITS[2] / str(YEAR))
    batch.tell_others(index.entries(out, data), YEAR)
    assert capsys.readouterr().err.splitlines() == [
        f"Chú ý: huyện Mô Phỏng 1 ({WHOLES[0]}): cũ; đã đổi sau khi lập: xã Mô Phỏng 003; lập lại: giamngheo report --unit {WHOLES[0]} --year 2024",
        f"Chú ý: tỉnh Mô Phỏng ({WHOLES[1]}): cũ; đã đổi sau khi lập: xã Mô Phỏng 003; lập lại: giamngheo report --unit {WHOLES[1]} --year 2024",
        f"Chú ý: xã Mô Phỏng 003 ({UNITS[2]}): không còn số liệu; không còn {UNITS[2]}/2024 trong thư mục số liệu: lấy lại, hoặc bỏ báo cáo này",
    ]
