"""A batch keeps reports apart, tells what failed where, and leaves nothing torn, however it ends."""

import csv
import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from conftest import PROJECT
from giamngheo import batch, data, jobs, manifest, runner
from giamngheo.findings import DataError
from provinces import UNITS, YEAR, bytes_below, root, start, undisturbed

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
    pages = {(name, kind) for name in runner.NOTEBOOKS for kind in ("ipynb", "html")}
    for unit in UNITS:
        listed = {(row["notebook"], row["format"]) for row in rows if row["unit"] == unit}
        assert listed == pages | {("04_report", kind) for kind in ("html", "pdf", "docx")}
    for row in rows:
        content = (undisturbed() / row["file"]).read_bytes()
        assert manifest.sha256(content) == row["sha256"]
        assert batch.stamps(content) == {row["key"].encode()}
        assert row["key"].startswith(f"{row['unit']}/{YEAR}/")


def test_a_file_that_is_not_what_its_row_says_is_found(tmp_path):
    rows = [row for unit in UNITS[:2] for row in batch.listed(unit, YEAR, undisturbed()) if row["format"] == "html"]
    for row in rows:
        (tmp_path / row["file"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(undisturbed() / row["file"], tmp_path / row["file"])
    assert batch.self_check(tmp_path, rows) == []
    other, row = rows[0], next(row for row in rows if row["unit"] == UNITS[1])
    shutil.copyfile(undisturbed() / other["file"], tmp_path / row["file"])
    assert [(found.unit, found.notebook) for found in batch.self_check(tmp_path, rows)] == [(UNITS[1], row["notebook"])]


def test_why_names_the_file_that_has_changed(own, capsys):
    data_folder, out = own
    assert batch.why(UNITS[1], YEAR, out) == 0
    assert capsys.readouterr().out == f"Báo cáo năm {YEAR} của {UNITS[1]} còn nguyên.\n"
    file = data_folder / UNITS[1] / str(YEAR) / "narrative" / "giai-phap.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nMột ý nữa.\n", encoding="utf-8")
    assert batch.why(UNITS[1], YEAR, out) == 1
    assert capsys.readouterr().out == f"số liệu: đổi {UNITS[1]}/{YEAR}/narrative/giai-phap.md\n"


@pytest.mark.parametrize(
    "part, name",
    [
        ("inputs", f"{UNITS[0]}/{YEAR}/review.csv"),
        ("inputs", f"{UNITS[0]}/{YEAR - 1}/review.csv"),
        ("inputs", f"{UNITS[0]}/unit.yml"),
        ("inputs", "standards.csv"),
        ("code", "notebooks/01_review.ipynb"),
        ("code", "lib/giamngheo/poverty.py"),
        ("code", "lib/giamngheo/writers/form/form.typ"),
        ("versions", "pandas"),
    ],
)
def test_everything_that_goes_into_a_report_is_in_its_key(own, part, name):
    before = manifest.read(own[1] / UNITS[0] / str(YEAR))
    other = before | {part: before[part] | {name: "other"}}
    changed = manifest.changes(other, manifest.described(UNITS[0], YEAR))
    assert [line.partition(": ")[2] for line in changed] == [f"đổi {name}"]


def test_a_file_or_a_format_that_is_not_there_is_a_reason_to_make_the_report(own):
    assert batch.reasons(UNITS[2], YEAR, own[1]) == []
    (own[1] / UNITS[2] / str(YEAR) / "bao-cao.pdf").unlink()
    assert batch.reasons(UNITS[2], YEAR, own[1]) == ["kết quả: thiếu bao-cao.pdf"]
    assert batch.reasons("mo-phong-001", YEAR, own[0]) == ["chưa lập xong lần nào"]


def test_a_unit_without_data_for_the_year_is_refused_before_anything_runs(own):
    with pytest.raises(DataError, match="khong-co: không có số liệu năm 2024"):
        batch.main(f"{UNITS[0]},khong-co", YEAR, out=own[1])


def test_units_are_those_with_data_for_the_year(own):
    assert batch.chosen("all", YEAR) == UNITS
    assert batch.chosen(f" {UNITS[2]}, {UNITS[0]}", YEAR) == [UNITS[0], UNITS[2]]
    assert YEAR - 1 in data.years(UNITS[0])


def test_a_second_batch_waits_for_its_turn(own):
    with batch.alone(own[1]), pytest.raises(batch.Busy, match="đang ghi vào"):
        batch.main("all", YEAR, out=own[1])


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
    assert batch.main("all", YEAR, 1, keep_going=True, out=out, formats=HTML) == 1
    assert batch.reasons(UNITS[1], YEAR, out, HTML) == []
    (row,) = table(out / f"failures-{YEAR}.csv")
    assert (row["unit"], row["notebook"], row["cell"]) == (UNITS[0], "-", "-")
    assert where in row["lines"]
    assert where in capsys.readouterr().err


def test_the_first_failure_ends_a_batch_that_was_not_told_to_keep_going(own):
    data_folder, out = own
    spoil(data_folder, UNITS[0])
    shutil.rmtree(out / UNITS[2])
    assert batch.main("all", YEAR, 1, out=out, formats=HTML) == 1
    assert batch.reasons(UNITS[2], YEAR, out, HTML) == ["chưa lập xong lần nào"]


def test_a_cell_that_fails_is_told_with_its_notebook_and_number_and_leaves_its_notebook(tmp_path, monkeypatch):
    shutil.copytree(PROJECT / "notebooks", tmp_path / "notebooks")
    monkeypatch.setattr(manifest, "NOTEBOOKS", tmp_path / "notebooks")
    path = tmp_path / "notebooks" / "02_budget.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("budget.breakdown(lines, [])", "1 / 0"), encoding="utf-8")
    outcome = jobs.make(jobs.Task(UNITS[0], YEAR, root(), tmp_path, "warm", HTML))
    assert (outcome.unit, outcome.notebook) == (UNITS[0], "02_budget")
    assert outcome.cause == "ZeroDivisionError: division by zero"
    assert outcome.cell > 1
    left = tmp_path / UNITS[0] / str(YEAR)
    assert [path.name for path in left.iterdir()] == ["02_budget.ipynb"]
    assert "ZeroDivisionError" in (left / "02_budget.ipynb").read_text(encoding="utf-8")


def test_an_input_line_named_in_an_error_is_told(tmp_path):
    said = "ValueError: xa/2022/review.csv:7 và xa/2022/so-lieu.xlsx:review!5 không khớp"
    assert runner.RunError("01_review", 3, "x", said).lines == "xa/2022/review.csv:7; xa/2022/so-lieu.xlsx:review!5"


def dies(pipe, task):
    os.kill(os.getpid(), signal.SIGKILL)


def sleeps(pipe, task):
    time.sleep(60)


@pytest.mark.parametrize("worker, limit", [(dies, 60), (sleeps, 1)])
def test_a_report_whose_process_dies_or_takes_too_long_is_a_failure(worker, limit, tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "worker", worker)
    (outcome,) = jobs.run([jobs.Task(UNITS[0], YEAR, root(), tmp_path, "warm", HTML)], 1, limit)
    assert outcome.cause == "tiến trình của báo cáo kết thúc bởi SIGKILL"


def working(out: Path) -> bool:
    return any(out.glob("*/.*"))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "ctrl-c"])
def test_a_batch_that_is_stopped_leaves_whole_reports_only_and_goes_on(how, tmp_path):
    whole = bytes_below(undisturbed())
    running = start(root(), tmp_path)
    while not working(tmp_path):
        time.sleep(0.01)
    time.sleep(random.Random(int(how)).uniform(0, 3))
    running.send_signal(how)
    running.communicate(timeout=60)
    assert running.returncode == (130 if how == signal.SIGINT else -how)
    for name, digest in bytes_below(tmp_path).items():
        assert "/." in name or name.endswith(".csv") or whole[name] == digest
    assert how == signal.SIGKILL or not working(tmp_path)
    again = start(root(), tmp_path, jobs=4)
    said = again.communicate(timeout=300)[0]
    assert again.returncode == 0, said
    assert bytes_below(tmp_path) == whole
