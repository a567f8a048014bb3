"""Sign-offs and remarks: kept from run to run, dropped with the reason when the cell has changed."""

import shutil

import nbformat
import pandas as pd
import pytest

import runs
from conftest import PROJECT, SEED, SEED_YEAR, program
from giamngheo.findings import DataError
from giamngheo.intake import data
from giamngheo.review import signoff
from giamngheo.store import manifest

HEADER = ",".join(signoff.COLUMNS)


@pytest.fixture(scope="module")
def cells():
    return signoff.cells(runs.first(runs.pair()[1]))


def signed(shown):
    """A log in which every cell is signed off."""
    log = pd.DataFrame(columns=signoff.COLUMNS, dtype="str")
    for cell in shown.itertuples():
        log = signoff.sign(log, shown, f"{cell.notebook}:{cell.number}")
    return log


def notebook(folder, *cells, name="01_review"):
    """An executed notebook of (id, source, what it shows) cells, numbered as the runner numbers them."""
    made = nbformat.v4.new_notebook()
    made.cells.append(nbformat.v4.new_markdown_cell("# Toàn xã", id="title"))
    for number, (place, source, value) in enumerate(cells, start=1):
        output = nbformat.v4.new_output("execute_result", data={"text/plain": value})
        cell = nbformat.v4.new_code_cell(source, id=place, outputs=[output], metadata={"number": number})
        made.cells.append(cell)
    folder.mkdir(exist_ok=True)
    nbformat.write(made, folder / f"{name}.ipynb")
    return folder


@pytest.fixture
def before(tmp_path):
    return notebook(tmp_path / "before", ("a", "1 + 1", "2"), ("b", "2 + 2", "4"))


def test_the_cells_of_a_report_are_numbered_from_1_in_each_notebook_under_their_headings(cells):
    for _, there in cells.groupby("notebook"):
        assert list(there["number"]) == [str(number) for number in range(1, len(there) + 1)]
    assert list(cells["notebook"].unique()) == ["01_review", "02_budget", "03_checks", "04_report"]
    assert (cells["heading"] != "").all()


def test_a_run_of_the_same_data_and_code_keeps_every_sign_off(cells):
    log = signed(cells)
    kept, dropped = signoff.carry(runs.first(runs.pair()[1]), log)
    assert dropped.empty
    pd.testing.assert_frame_equal(kept, log)


def test_money_that_changed_drops_the_sign_offs_of_the_cells_that_show_it_and_no_other_of_the_budget(cells):
    budget = cells[cells["notebook"] == "02_budget"]
    kept, dropped = signoff.carry(runs.second(runs.pair()[1]), signed(budget))
    lines = budget.set_index("number")["line"]
    assert set(dropped["text"]) == {"kết quả của ô đã thay đổi"}
    assert 'lines = data.read("budget", unit, year)' in list(lines[dropped["number"]])
    assert "present.source(budget.breakdown)" in list(lines[kept["number"]])
    assert 'training = budget.training(data.read("training", unit, year))' in list(lines[kept["number"]])
    assert len(kept) + len(dropped) == len(budget)


CHANGES = {
    "its value": ([("a", "1 + 1", "3"), ("b", "2 + 2", "4")], "kết quả của ô đã thay đổi"),
    "its code": ([("a", "1 + 1 + 0", "2"), ("b", "2 + 2", "4")], "mã của ô đã thay đổi"),
    "both": ([("a", "1 + 2", "3"), ("b", "2 + 2", "4")], "mã và kết quả của ô đã thay đổi"),
    "it is gone": ([("b", "2 + 2", "4")], "ô không còn trong sổ"),
}


@pytest.mark.parametrize(("after", "why"), CHANGES.values(), ids=CHANGES)
def test_a_sign_off_is_dropped_with_the_reason(before, tmp_path, after, why):
    log = signed(signoff.cells(before))
    kept, dropped = signoff.carry(notebook(tmp_path / "after", *after), log)
    assert dropped[["cell", "status", "text"]].values.tolist() == [["a", "dropped", why]]
    assert kept["cell"].tolist() == ["b"]


def test_a_new_cell_above_changes_the_number_and_nothing_else(before, tmp_path):
    after = notebook(tmp_path / "after", ("new", "0", "0"), ("a", "1 + 1", "2"), ("b", "2 + 2", "4"))
    kept, dropped = signoff.carry(after, signed(signoff.cells(before)))
    assert dropped.empty
    assert kept[["cell", "number"]].values.tolist() == [["a", "2"], ["b", "3"]]


def test_a_remark_is_kept_whatever_becomes_of_its_cell(before, tmp_path):
    empty = pd.DataFrame(columns=signoff.COLUMNS, dtype="str")
    log = signoff.remark(empty, signoff.cells(before), "01_review:1", "Hỏi lại\nkế toán")
    kept, dropped = signoff.carry(notebook(tmp_path / "after", ("b", "2 + 2", "4")), log)
    assert dropped.empty
    assert kept[["cell", "number", "status", "text"]].values.tolist() == [
        ["a", "", "remark", "Hỏi lại kế toán"]
    ]


def test_signing_again_takes_the_place_of_the_dropped_sign_off_and_leaves_remarks(before, tmp_path):
    log = signoff.remark(
        signed(signoff.cells(before)), signoff.cells(before), "01_review:1", "Đã hỏi", by="N.V.A"
    )
    after = notebook(tmp_path / "after", ("a", "1 + 1", "3"), ("b", "2 + 2", "4"))
    carried = pd.concat(signoff.carry(after, log), ignore_index=True)
    again = signoff.sign(carried, signoff.cells(after), "01_review:1")
    assert sorted(again.loc[again["cell"] == "a", "status"]) == ["remark", "signed"]
    assert again.loc[again["status"] == "remark", "by"].tolist() == ["N.V.A"]
    assert signoff.carry(after, again)[1].empty


WRONG_ADDRESSES = {
    "01_reviw:1": "Không có sổ 01_reviw; có phải là 01_review? Các sổ: 01_review. Ghi ô như 01_review:6.",
    "01_review:3": "Sổ 01_review không có ô 3; các ô: 1 đến 2.",
    "01_review": "Sổ 01_review không có ô (chưa ghi số); các ô: 1 đến 2.",
}


@pytest.mark.parametrize("address", WRONG_ADDRESSES)
def test_a_cell_that_is_not_there_is_refused_with_those_that_are(before, address):
    with pytest.raises(signoff.NoCell) as refused:
        signoff.at(signoff.cells(before), address)
    assert str(refused.value) == WRONG_ADDRESSES[address]


@pytest.fixture
def root(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_the_file_is_read_back_as_written_and_nothing_in_it_is_a_formula(before, root):
    log = signoff.remark(signed(signoff.cells(before)), signoff.cells(before), "01_review:2", '=1+1, "gấp"')
    path = signoff.write("u", 2022, log)
    assert path == root / "u" / "tham-tra" / "2022.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert '," =1+1, ""gấp""",' in path.read_text(encoding="utf-8")
    pd.testing.assert_frame_equal(signoff.read("u", 2022), log)


def test_no_hash_looks_like_a_number_to_a_spreadsheet(cells):
    for hashes in (cells["code"], cells["value"]):
        assert hashes.str.fullmatch("x[0-9a-f]{12}").all()


def test_a_file_saved_by_excel_with_semicolons_is_read(before, root):
    path = signoff.write("u", 2022, signed(signoff.cells(before)))
    expected = signoff.read("u", 2022)
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",", ";"), encoding="utf-8-sig")
    pd.testing.assert_frame_equal(signoff.read("u", 2022), expected)


WRONG_FILES = {
    "another header": (
        "a,b\n1,2\n",
        f"u/tham-tra/2022.csv, dòng 1: không phải tệp thẩm tra. Cách sửa: dòng đầu phải là: {HEADER}.",
    ),
    "a status that is none": (
        f"{HEADER}\n01_review,1,a,sigend,,,x1,x2\n",
        'u/tham-tra/2022.csv, dòng 2, cột D (status): giá trị "sigend" — không có tình trạng này. '
        "Cách sửa: dùng: signed, dropped, remark.",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_file_that_is_no_log_is_refused(root, text, message):
    (root / "u" / "tham-tra").mkdir(parents=True)
    (root / "u" / "tham-tra" / "2022.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        signoff.read("u", 2022)
    assert str(refused.value) == message


def test_the_next_run_says_which_sign_offs_it_dropped_once(before, root, tmp_path):
    signoff.write("u", 2022, signed(signoff.cells(before)))
    after = notebook(tmp_path / "after", ("a", "1 + 1", "3"), ("b", "2 + 2", "4"))
    assert signoff.update("u", 2022, after) == [
        "Bỏ chữ ký ở ô 01_review:1: kết quả của ô đã thay đổi; xem lại rồi ký lại."
    ]
    assert signoff.read("u", 2022)[["cell", "status"]].values.tolist() == [["a", "dropped"], ["b", "signed"]]
    assert signoff.update("u", 2022, after) == []
    assert signoff.counted(signoff.cells(after), signoff.read("u", 2022)) == (
        "đã ký 1 trên 2 ô; chữ ký hết hiệu lực: 1; nhận xét: 0"
    )


def test_the_listing_shows_every_cell_with_its_state_and_remarks(before):
    shown = signoff.cells(before)
    log = signoff.remark(
        signoff.sign(signed(shown).iloc[:0], shown, "01_review:1"), shown, "01_review:2", "Xem lại"
    )
    assert signoff.listing(shown, log) == (
        "Bản thẩm tra: đã ký 1 trên 2 ô; chữ ký hết hiệu lực: 0; nhận xét: 1\n\n"
        "01_review\n"
        "  01_review:1   đã ký         Toàn xã · 1 + 1\n"
        "  01_review:2   chưa ký       Toàn xã · 2 + 2\n"
        "        nhận xét: Xem lại"
    )


def test_the_log_is_no_input_of_the_report_and_no_stray_file_of_the_data(root):
    shutil.copytree(PROJECT / "data" / SEED, root / SEED)
    key, found = manifest.described(SEED, SEED_YEAR)["key"], data.check(SEED, SEED_YEAR)
    signoff.write(SEED, SEED_YEAR, signoff.read(SEED, SEED_YEAR))
    assert manifest.described(SEED, SEED_YEAR)["key"] == key
    assert data.check(SEED, SEED_YEAR) == found
    assert data.years(SEED) == [2021, 2022]


def test_several_cells_are_signed_at_once(before):
    shown = signoff.cells(before)
    log = signoff.sign(pd.DataFrame(columns=signoff.COLUMNS, dtype="str"), shown, "01_review:1-2")
    assert log[["number", "status"]].values.tolist() == [["1", "signed"], ["2", "signed"]]


@pytest.mark.parametrize("range_", ["01_review:2-1", "01_review:1-3", "01_review:1-"])
def test_a_range_that_is_none_or_goes_too_far_signs_nothing(before, range_):
    with pytest.raises(signoff.NoCell) as refused:
        signoff.sign(pd.DataFrame(columns=signoff.COLUMNS, dtype="str"), signoff.cells(before), range_)
    assert str(refused.value).endswith("; các ô: 1 đến 2.")


def test_the_list_of_cells_may_be_cut_short():
    root, out = runs.pair()
    with program("giamngheo", "review", "--data", root, "--out", out, cwd=PROJECT) as listing:
        listing.stdout.close()
        assert listing.stderr.read() == ""
