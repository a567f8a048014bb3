"""Sign-offs and remarks: kept from run to run, dropped with the reason when the cell has changed."""

import os
import shutil
import subprocess
import sys

import nbformat
import pandas as pd
import pytest

import runs
from conftest import PROJECT, SEED, SEED_YEAR, finished, program
from giamngheo import checks, opened
from giamngheo.findings import DataError
from giamngheo.report import inputs
from giamngheo.review import signoff

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
    assert 'this = giamngheo.opened(unit, year)' in list(lines[dropped["number"]])
    assert "present.source(budget.breakdown)" in list(lines[kept["number"]])
    assert 'training = budget.training(this.table("training"))' in list(lines[kept["number"]])
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
    path = signoff.write(opened("u", 2022), log)
    assert path == root / "u" / "tham-tra" / "2022.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert ''',"'=1+1, ""gấp""",''' in path.read_text(encoding="utf-8")
    pd.testing.assert_frame_equal(signoff.read(opened("u", 2022)), log)


def test_no_hash_looks_like_a_number_to_a_spreadsheet(cells):
    for hashes in (cells["code"], cells["value"]):
        assert hashes.str.fullmatch("x[0-9a-f]{12}").all()


def test_a_file_saved_by_excel_with_semicolons_is_read(before, root):
    path = signoff.write(opened("u", 2022), signed(signoff.cells(before)))
    expected = signoff.read(opened("u", 2022))
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",", ";"), encoding="utf-8-sig")
    pd.testing.assert_frame_equal(signoff.read(opened("u", 2022)), expected)


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
        signoff.read(opened("u", 2022))
    assert str(refused.value) == message


def test_the_next_run_says_which_sign_offs_it_dropped_once(before, root, tmp_path):
    signoff.write(opened("u", 2022), signed(signoff.cells(before)))
    after = notebook(tmp_path / "after", ("a", "1 + 1", "3"), ("b", "2 + 2", "4"))
    assert signoff.update(opened("u", 2022), after) == [
        "Bỏ chữ ký ở ô 01_review:1: kết quả của ô đã thay đổi; xem lại rồi ký lại."
    ]
    assert signoff.read(opened("u", 2022))[["cell", "status"]].values.tolist() == [["a", "dropped"], ["b", "signed"]]
    assert signoff.update(opened("u", 2022), after) == []
    assert signoff.counted(signoff.cells(after), signoff.read(opened("u", 2022))) == (
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
    key, found = inputs.described(opened(SEED, SEED_YEAR))["key"], checks.check(opened(SEED, SEED_YEAR))
    signoff.write(opened(SEED, SEED_YEAR), signoff.read(opened(SEED, SEED_YEAR)))
    assert inputs.described(opened(SEED, SEED_YEAR))["key"] == key
    assert checks.check(opened(SEED, SEED_YEAR)) == found
    assert opened(SEED, SEED_YEAR).years == [2021, 2022]


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


# what is refused, two at once, a stop at any moment ---------------------------------------------------


UNWRITABLE = {
    "a byte that is no UTF-8": ("x\udcffy", "Không ghi được nhận xét: có ký tự '\\udcff' không phải là chữ; gõ lại bằng Unicode (UTF-8)."),
    "NUL": ("a\0b", "Không ghi được nhận xét: có ký tự '\\x00' không phải là chữ; gõ lại bằng Unicode (UTF-8)."),
    "an escape of the terminal": ("\x1b[2J", "Không ghi được nhận xét: có ký tự '\\x1b' không phải là chữ; gõ lại bằng Unicode (UTF-8)."),
    "half an emoji": ("\ud83d", "Không ghi được nhận xét: có ký tự '\\ud83d' không phải là chữ; gõ lại bằng Unicode (UTF-8)."),
    "a book": ("a" * 2001, "Không ghi được nhận xét: dài 2001 ký tự, giới hạn 2000; viết ngắn lại."),
    "nothing": (" \n", "Nhận xét ở ô 01_review:1 trống: ghi nhận xét sau địa chỉ của ô."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), UNWRITABLE.values(), ids=UNWRITABLE)
def test_a_remark_that_cannot_be_kept_is_refused_and_the_file_is_as_it_was(before, root, text, message):
    shown = signoff.cells(before)
    kept = signoff.write(opened("u", 2022), signed(shown)).read_bytes()
    with pytest.raises(signoff.Unwritable) as refused:
        signoff.change(opened("u", 2022), lambda log: signoff.remark(log, shown, "01_review:1", text))
    assert str(refused.value) == message
    assert signoff.path(opened("u", 2022)).read_bytes() == kept


@pytest.mark.parametrize("name", ["N.V.A\udcff", "a\0", "b" * 3000])
def test_a_name_that_cannot_be_kept_signs_nothing(before, root, name):
    shown = signoff.cells(before)
    with pytest.raises(signoff.Unwritable, match="Không ghi được tên người thẩm tra: "):
        signoff.change(opened("u", 2022), lambda log: signoff.sign(log, shown, "01_review:1", name))
    assert not signoff.path(opened("u", 2022)).exists()


FOREIGN = {
    "emptied by another program": (b"", "u/tham-tra/2022.csv: tệp trống. Cách sửa: ghi dòng tên cột và số liệu, hoặc xoá tệp nếu không có số liệu."),
    "a column of somebody's own": (
        f"{HEADER},ghi chú\n01_review,1,a,signed,,,x1,x2,của tôi\n".encode(),
        f"u/tham-tra/2022.csv, dòng 1: không phải tệp thẩm tra. Cách sửa: dòng đầu phải là: {HEADER}.",
    ),
    "a cell too many": (
        f"{HEADER}\n01_review,1,a,signed,,,x1,x2,của tôi\n".encode(),
        "u/tham-tra/2022.csv, dòng 2: dòng có 9 ô, phải có 8. Cách sửa: lấy lại tệp cũ, hoặc sửa dòng này.",
    ),
    "cut off": (
        f"{HEADER}\n01_review,1,a,sig".encode(),
        "u/tham-tra/2022.csv, dòng 2: dòng có 4 ô, phải có 8. Cách sửa: lấy lại tệp cũ, hoặc sửa dòng này.",
    ),
    "NUL, as a disk leaves it": (
        f"{HEADER}\n\0\0".encode(),
        "u/tham-tra/2022.csv, dòng 2: có ký tự NUL, tệp đã hỏng. Cách sửa: lấy lại tệp gốc hoặc "
        "trong Excel chọn Save As → CSV UTF-8 (Comma delimited), hoặc lưu cả năm thành so-lieu.xlsx.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), FOREIGN.values(), ids=FOREIGN)
def test_a_file_that_is_not_ours_is_refused_with_its_place_and_never_written(before, root, content, message):
    path = root / "u" / "tham-tra" / "2022.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    for change in (lambda: signoff.change(opened("u", 2022), signed), lambda: signoff.update(opened("u", 2022), before)):
        with pytest.raises(DataError) as refused:
            change()
        assert str(refused.value) == message
    assert path.read_bytes() == content


def test_empty_cells_that_a_spreadsheet_put_after_the_last_column_are_nothing(root):
    path = root / "u" / "tham-tra" / "2022.csv"
    path.parent.mkdir(parents=True)
    path.write_text(f"{HEADER},,\n01_review,1,a,remark,Xem lại,,x1,x2,,\n", encoding="utf-8")
    assert signoff.read(opened("u", 2022)).values.tolist() == [["01_review", "1", "a", "remark", "Xem lại", "", "x1", "x2"]]


WRITER = """
import sys
from pathlib import Path
from giamngheo import opened
from giamngheo.review import signoff
shown, name = signoff.cells(Path(sys.argv[1])), sys.argv[2]
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    sys.stdin.readline()
    signoff.change(opened("u", 2022), lambda log: signoff.remark(log, shown, "01_review:1", f"{name} {number}"))
    print("done", flush=True)
"""


def writer(root, shown, name, times):
    command = [sys.executable, "-c", WRITER, str(shown), name, str(times)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=os.environ | {"GIAMNGHEO_DATA": str(root)}, **pipes)


def test_two_who_remark_at_the_same_moment_fifty_times_lose_no_remark(before, root):
    both = [writer(root, before, name, 50) for name in ("an", "bình")]
    for one in both:
        assert one.stdout.readline() == "ready\n"
    for _ in range(50):
        for one in both:
            print(file=one.stdin, flush=True)
        assert [one.stdout.readline() for one in both] == ["done\n"] * 2
    for one in both:
        one.communicate()
    texts = list(signoff.read(opened("u", 2022))["text"])
    assert sorted(texts) == sorted(f"{name} {number}" for name in ("an", "bình") for number in range(50))


def stopped_before(at: int, work) -> int:
    """The exit code of a process that does `work` and ends before its call of the system number `at`: 9 then, else 0."""
    calls = 0

    def watch(event, arguments):  # every file that is opened, renamed, removed or changed
        nonlocal calls
        if event.partition(".")[0] in ("open", "os", "tempfile", "fcntl"):
            calls += 1
            if calls == at:
                os._exit(9)

    child = os.fork()
    if not child:
        try:
            sys.addaudithook(watch)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_stop_before_any_call_of_the_system_leaves_the_old_or_the_new_file(before, root):
    shown = signoff.cells(before)
    old = signoff.write(opened("u", 2022), signed(shown))
    content, codes, at = old.read_bytes(), [], 0
    new = signoff.remark(signed(shown), shown, "01_review:1", "mới")
    while 0 not in codes and at < 100:
        at += 1
        old.write_bytes(content)
        this = opened("u", 2022)
        signoff.read(this)
        codes.append(stopped_before(at, lambda: signoff.change(this, lambda log: signoff.remark(log, shown, "01_review:1", "mới"))))  # noqa: B023
        texts = sorted(signoff.read(opened("u", 2022))["text"])
        assert texts in (["", ""], ["", "", "mới"]), at
    assert (codes[-1], texts) == (0, ["", "", "mới"])
    assert set(codes[:-1]) == {9}
    assert len(codes) > 4
    assert len(signoff.read(opened("u", 2022))) == len(new)


def test_the_command_refuses_a_wrong_byte_with_2_and_touches_nothing(tmp_path):
    root, out = runs.pair()
    shutil.copytree(root, tmp_path / "data")
    options = ("review", "--data", tmp_path / "data", "--out", out, "--unit", SEED, "--year", SEED_YEAR)
    finished(program("giamngheo", *options, "--sign", "01_review:1-10", cwd=PROJECT))
    log = tmp_path / "data" / SEED / "tham-tra" / f"{SEED_YEAR}.csv"
    kept = log.read_bytes()
    run = program("giamngheo", *options, "--remark", "01_review:3", "x\udcffy", cwd=PROJECT)
    assert (run.communicate(timeout=60)[1], run.returncode) == (f"{UNWRITABLE['a byte that is no UTF-8'][1]}\n", 2)
    assert log.read_bytes() == kept
