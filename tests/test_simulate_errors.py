"""Every planted error is found at its file, sheet, row and column; nothing is reported without a cause."""

import collections
import csv
from contextlib import closing
from functools import cache

import pytest
from openpyxl import load_workbook

from conftest import data_folder
from giamngheo import checks, opened, simulate
from giamngheo.findings import Finding
from giamngheo.intake.unit import units
from giamngheo.simulate.kinds import KINDS
from giamngheo.spreadsheets import original

pytestmark = pytest.mark.long

YEAR = 2024
SIZES = {"csv": (130, 430), "xlsx": (20, 70)}  # communes, errors: five hundred in all
# A table refused in one of these leaves another with names or rows that nothing answers to.
ECHOES = {"models": "budget", "movements": "review"}


@pytest.fixture(scope="module", params=["csv", "xlsx"])
def province(request, tmp_path_factory):
    """A province with errors, read once: (form, folder, planted rows, {unit: findings})."""
    form, out = request.param, tmp_path_factory.mktemp(request.param)
    path = simulate.write(out, SIZES[form][0], 2, YEAR, seed=21, errors=SIZES[form][1], excel=form == "xlsx")
    with path.open(encoding="utf-8") as lines, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIAMNGHEO_DATA", str(out))
        found = {unit: checks.findings(opened(unit, YEAR)) for unit in units(data_folder())}
        return form, out, list(csv.DictReader(lines)), found


def unit_of(planted: dict) -> str:
    return planted["file"].partition("/")[0]


def table_of(file: str, sheet: str) -> str:
    return sheet or file.rpartition("/")[2].removesuffix(".csv")


def test_errors_of_every_kind_are_planted(province):
    form, _, planted, _ = province
    many = collections.Counter(row["kind"] for row in planted)
    assert many.total() == SIZES[form][1]
    assert set(many) == {name for name, kind in KINDS.items() if kind.form in ("", form)}
    assert min(many.values()) >= 1


def test_every_planted_error_is_reported_where_it_stands(province):
    _, _, planted, found = province
    missed = [row for row in planted if not any(reports(one, row) for one in found[unit_of(row)])]
    assert missed == []


def reports(finding: Finding, planted: dict) -> bool:
    """Whether a finding names the file, sheet, row and column of the planted error."""
    place = (planted["file"], planted["sheet"], int(planted["row"]), planted["column"])
    return (finding.file, finding.sheet, finding.row, finding.column) == place


def test_nothing_is_reported_without_a_planted_error_behind_it(province):
    _, _, planted, found = province
    wrong = collections.defaultdict(set)
    for row in planted:
        table = table_of(row["file"], row["sheet"])
        wrong[unit_of(row)] |= {table, ECHOES.get(table, table)}
    unexplained = [
        one for unit, findings in found.items() for one in findings
        if table_of(one.file, one.sheet) not in wrong[unit]
    ]  # fmt: skip
    assert unexplained == []


def test_a_table_holds_one_error_at_most(province):
    _, _, planted, _ = province
    places = collections.Counter((row["file"], row["sheet"]) for row in planted)
    assert set(places.values()) == {1}


def test_the_list_says_what_stands_in_the_files_now(province):
    form, out, planted, _ = province
    for row in planted:
        if row["column"] and row["kind"] != "hidden_column":
            assert cell(form, out, row) == original(row["after"]), row


@cache
def sheets(path) -> dict[str, list[tuple]]:
    """The cells of a workbook, as rows of values by sheet."""
    with closing(load_workbook(path, read_only=True)) as book:
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def cell(form: str, out, planted: dict) -> str:
    """What the file says at the place of a planted error."""
    row, column = int(planted["row"]), ord(planted["column"]) - ord("A")
    if form == "csv":
        with (out / planted["file"]).open(encoding="utf-8") as lines:
            return list(csv.reader(lines))[row - 1][column]
    value = sheets(out / planted["file"])[planted["sheet"]][row - 1][column]
    return "" if value is None else str(value).partition(" – ")[0]


def test_tables_without_an_error_are_those_of_the_clean_province(tmp_path):
    clean, wrong = tmp_path / "clean", tmp_path / "wrong"
    simulate.write(clean, 5, 2, YEAR, seed=21)
    with simulate.write(wrong, 5, 2, YEAR, seed=21, errors=10).open(encoding="utf-8") as lines:
        touched = {row["file"] for row in csv.DictReader(lines)}
    files = {path.relative_to(clean).as_posix() for path in clean.rglob("*") if path.is_file()}
    differing = {file for file in files if (clean / file).read_bytes() != (wrong / file).read_bytes()}
    assert differing == touched


def test_more_errors_than_there_is_room_for_are_refused(tmp_path):
    with pytest.raises(ValueError) as refused:
        simulate.write(tmp_path, 1, 2, YEAR, seed=1, errors=20)
    assert str(refused.value).startswith("chỉ cài được ")
    assert " trên 20 lỗi: tăng số xã; còn chờ: " in str(refused.value)
