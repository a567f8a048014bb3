"""Sign-offs and remarks: kept from run to run; a sign-off holds while cell and report are what was signed, whatever the log says."""

import os
import shutil
import subprocess
import sys

import nbformat
import pandas as pd
import pytest

import runs
from conftest import PROJECT, SEED, SEED_YEAR, finished, program
from giamngheo import checks, cli, opened
from giamngheo.findings import DataError
from giamngheo.intake.unit import Year
from giamngheo.report import inputs
from giamngheo.review import signed as state
from giamngheo.review import signoff

HEADER = ",".join(signoff.COLUMNS)


@pytest.fixture(scope="module")
def cells():
    return state.cells(runs.first(runs.pair()[1]))


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


def fallen(log, shown, altered=()):
    """Why the sign-offs that do not hold for the cells that are shown do not, by notebook and cell."""
    why = state.reasons(log, shown, list(altered))
    return {(row.notebook, row.cell): said for row, said in zip(log.itertuples(), why, strict=True) if said}


def test_a_run_of_the_same_data_and_code_keeps_every_sign_off(cells):
    log = signed(cells)
    assert fallen(log, state.cells(runs.first(runs.pair()[1]))) == {}
    pd.testing.assert_frame_equal(state.numbered(log, cells), log)


def test_money_that_changed_drops_the_sign_offs_of_the_cells_that_show_it_and_no_other_of_the_budget(cells):
    budget = cells[cells["notebook"] == "02_budget"]
    why = fallen(signed(budget), state.cells(runs.second(runs.pair()[1])))
    lines = dict(zip(budget["cell"], budget["line"], strict=True))
    assert set(why.values()) == {"kết quả của ô đã thay đổi"}
    dropped = [lines.pop(cell) for _, cell in why]
    assert "this = giamngheo.opened(unit, year, kind)" in dropped
    assert "Tổng số vốn" in dropped
    assert "present.source(budget.breakdown)" in lines.values()
    assert "Người tham gia tập huấn" in lines.values()


CHANGES = {
    "its value": ([("a", "1 + 1", "3"), ("b", "2 + 2", "4")], "kết quả của ô đã thay đổi"),
    "its code": ([("a", "1 + 1 + 0", "2"), ("b", "2 + 2", "4")], "mã của ô đã thay đổi"),
    "both": ([("a", "1 + 2", "3"), ("b", "2 + 2", "4")], "mã và kết quả của ô đã thay đổi"),
    "it is gone": ([("b", "2 + 2", "4")], "ô không còn trong sổ"),
}


@pytest.mark.parametrize(("after", "why"), CHANGES.values(), ids=CHANGES)
def test_a_sign_off_is_dropped_with_the_reason(before, tmp_path, after, why):
    log = signed(state.cells(before))
    assert fallen(log, state.cells(notebook(tmp_path / "after", *after))) == {("01_review", "a"): why}


@pytest.mark.parametrize("word", ["signed", "dropped"])
def test_no_word_in_the_log_makes_a_sign_off_hold_or_fall(word, before, root, tmp_path):
    """An inspector's row that somebody sets back to `signed` by hand, and one that an older log calls dropped."""
    path = signoff.write(opened("u", 2022), signed(state.cells(before)))
    path.write_text(path.read_text("utf-8-sig").replace(",signed,", f",{word},"), "utf-8-sig")
    log = signoff.read(opened("u", 2022))
    assert fallen(log, state.cells(before)) == {}
    after = notebook(tmp_path / "after", ("a", "1 + 1", "3"), ("b", "2 + 2", "4"))
    assert fallen(log, state.cells(after)) == {("01_review", "a"): "kết quả của ô đã thay đổi"}


def test_a_cell_that_is_as_it_was_signed_again_is_signed_again(before, tmp_path):
    log = signed(state.cells(before))
    away = state.cells(notebook(tmp_path / "away", ("a", "1 + 1", "3"), ("b", "2 + 2", "4")))
    assert len(fallen(log, away)) == 1
    assert fallen(log, state.cells(before)) == {}


def test_with_one_file_of_the_report_altered_no_sign_off_holds(before):
    why = fallen(signed(state.cells(before)), state.cells(before), ["bao-cao.pdf"])
    assert set(why.values()) == {"báo cáo đã bị sửa sau khi lập (bao-cao.pdf)"}
    assert len(why) == 2


def test_a_new_cell_above_changes_the_number_and_nothing_else(before, tmp_path):
    after = notebook(tmp_path / "after", ("new", "0", "0"), ("a", "1 + 1", "2"), ("b", "2 + 2", "4"))
    log = state.numbered(signed(state.cells(before)), state.cells(after))
    assert fallen(log, state.cells(after)) == {}
    assert log[["cell", "number"]].values.tolist() == [["a", "2"], ["b", "3"]]


def test_a_remark_is_kept_whatever_becomes_of_its_cell(before, tmp_path):
    empty = pd.DataFrame(columns=signoff.COLUMNS, dtype="str")
    log = signoff.remark(empty, state.cells(before), "01_review:1", "Hỏi lại\nkế toán")
    kept = state.numbered(log, state.cells(notebook(tmp_path / "after", ("b", "2 + 2", "4"))))
    assert kept[["cell", "number", "status", "text"]].values.tolist() == [["a", "", "remark", "Hỏi lại kế toán"]]


def test_signing_again_takes_the_place_of_the_dropped_sign_off_and_leaves_remarks(before, tmp_path):
    log = signoff.remark(
        signed(state.cells(before)), state.cells(before), "01_review:1", "Đã hỏi", by="N.V.A"
    )
    after = notebook(tmp_path / "after", ("a", "1 + 1", "3"), ("b", "2 + 2", "4"))
    again = signoff.sign(state.numbered(log, state.cells(after)), state.cells(after), "01_review:1")
    assert sorted(again.loc[again["cell"] == "a", "status"]) == ["remark", "signed"]
    assert again.loc[again["status"] == "remark", "by"].tolist() == ["N.V.A"]
    assert fallen(again, state.cells(after)) == {}


WRONG_ADDRESSES = {
    "01_reviw:1": "Không có sổ 01_reviw; có phải là 01_review? Các sổ: 01_review. Ghi ô như 01_review:6.",
    "01_review:3": "Sổ 01_review không có ô 3; các ô: 1 đến 2.",
    "01_review:": "Sổ 01_review không có ô (chưa ghi số); các ô: 1 đến 2.",
}


@pytest.mark.parametrize("address", WRONG_ADDRESSES)
def test_a_cell_that_is_not_there_is_refused_with_those_that_are(before, address):
    with pytest.raises(signoff.NoCell) as refused:
        signoff.at(state.cells(before), address)
    assert str(refused.value) == WRONG_ADDRESSES[address]


@pytest.fixture
def root(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("GIAMNGHEO_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_the_file_is_read_back_as_written_and_nothing_in_it_is_a_formula(before, root):
    log = signoff.remark(signed(state.cells(before)), state.cells(before), "01_review:2", '=1+1, "gấp"')
    path = signoff.write(opened("u", 2022), log)
    assert path == root / "u" / "tham-tra" / "2022.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert ''',"'=1+1, ""gấp""",''' in path.read_text(encoding="utf-8")
    pd.testing.assert_frame_equal(signoff.read(opened("u", 2022)), log)


def test_no_hash_looks_like_a_number_to_a_spreadsheet(cells):
    for hashes in (cells["code"], cells["value"]):
        assert hashes.str.fullmatch("x[0-9a-f]{12}").all()


def test_a_file_saved_by_excel_with_semicolons_is_read(before, root):
    path = signoff.write(opened("u", 2022), signed(state.cells(before)))
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
        "Cách sửa: dùng: signed, remark.",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_file_that_is_no_log_is_refused(root, text, message):
    (root / "u" / "tham-tra").mkdir(parents=True)
    (root / "u" / "tham-tra" / "2022.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        signoff.read(opened("u", 2022))
    assert str(refused.value) == message


def test_each_run_says_which_sign_offs_do_not_hold(before, root, tmp_path):
    signoff.write(opened("u", 2022), signed(state.cells(before)))
    after = notebook(tmp_path / "after", ("a", "1 + 1", "3"), ("b", "2 + 2", "4"))
    said = ["Chữ ký ở ô 01_review:1 hết hiệu lực: kết quả của ô đã thay đổi; xem lại rồi ký lại."]
    assert [state.update(opened("u", 2022), after) for _ in range(2)] == [said, said]
    assert signoff.read(opened("u", 2022))[["cell", "status"]].values.tolist() == [["a", "signed"], ["b", "signed"]]
    assert state.counted(after, signoff.read(opened("u", 2022))) == (
        "đã ký 1 trên 2 ô; chữ ký hết hiệu lực: 1; nhận xét: 0"
    )


def test_the_listing_shows_every_cell_with_its_state_and_remarks(before):
    shown = state.cells(before)
    log = signoff.remark(
        signoff.sign(signed(shown).iloc[:0], shown, "01_review:1"), shown, "01_review:2", "Xem lại"
    )
    assert state.listing(before, log) == (
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


@pytest.mark.parametrize("address", ["01_review:1-2", "01_review"])
def test_several_cells_or_a_whole_notebook_are_signed_at_once(address, before):
    shown = state.cells(before)
    log = signoff.sign(pd.DataFrame(columns=signoff.COLUMNS, dtype="str"), shown, address)
    assert log[["number", "status"]].values.tolist() == [["1", "signed"], ["2", "signed"]]


@pytest.mark.parametrize("range_", ["01_review:2-1", "01_review:1-3", "01_review:1-"])
def test_a_range_that_is_none_or_goes_too_far_signs_nothing(before, range_):
    with pytest.raises(signoff.NoCell) as refused:
        signoff.sign(pd.DataFrame(columns=signoff.COLUMNS, dtype="str"), state.cells(before), range_)
    assert str(refused.value).endswith("; các ô: 1 đến 2.")


def test_only_the_report_that_the_files_make_byte_for_byte_is_signed(tmp_path, capsys):
    data, out = runs.pair()
    shutil.copytree(data, tmp_path / "data")
    shutil.copytree(out, tmp_path / "out")
    asked = ["review", "--data", tmp_path / "data", "--out", tmp_path / "out", "--unit", SEED, "--year", SEED_YEAR, "--sign", "01_review"]
    asked = [str(one) for one in asked]
    log = tmp_path / "data" / SEED / "tham-tra" / f"{SEED_YEAR}.csv"
    page = tmp_path / "out" / SEED / str(SEED_YEAR) / "bao-cao.html"
    untouched = page.read_bytes()
    page.write_bytes(untouched.replace(b"242", b"241"))
    assert cli.main(asked) == 1
    assert capsys.readouterr().err == (
        "Chưa ký được: báo cáo đã bị sửa sau khi lập (bao-cao.html). Cách làm: lập lại báo cáo, xem lại rồi ký.\n"
    )
    page.write_bytes(untouched)
    review = tmp_path / "data" / SEED / str(SEED_YEAR) / "review.csv"
    figures = review.read_bytes()
    review.write_bytes(figures.replace(b"242,925", b"242,926"))
    assert cli.main(asked) == 1
    assert capsys.readouterr().err == (
        f"Chưa ký được: báo cáo đã cũ (số liệu: đổi {SEED}/{SEED_YEAR}/review.csv). Cách làm: lập lại báo cáo, xem lại rồi ký.\n"
    )
    assert not log.exists()
    review.write_bytes(figures)
    assert cli.main(asked) == 0
    assert set(signoff.read(Year(tmp_path / "data", SEED, SEED_YEAR))["status"]) == {"signed"}
    assert "01_review:6   đã ký         Tỷ lệ · Hộ nghèo, hộ cận nghèo và hộ nghèo đa chiều của toàn xã\n" in capsys.readouterr().out


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
    shown = state.cells(before)
    kept = signoff.write(opened("u", 2022), signed(shown)).read_bytes()
    with pytest.raises(signoff.Unwritable) as refused:
        signoff.change(opened("u", 2022), lambda log: signoff.remark(log, shown, "01_review:1", text))
    assert str(refused.value) == message
    assert signoff.path(opened("u", 2022)).read_bytes() == kept


@pytest.mark.parametrize("name", ["N.V.A\udcff", "a\0", "b" * 3000])
def test_a_name_that_cannot_be_kept_signs_nothing(before, root, name):
    shown = state.cells(before)
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
    for change in (lambda: signoff.change(opened("u", 2022), signed), lambda: state.update(opened("u", 2022), before)):
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
from giamngheo.review import signed as state
from giamngheo.review import signoff
shown, name = state.cells(Path(sys.argv[1])), sys.argv[2]
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
    shown = state.cells(before)
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
