"""A report takes the place of the one before it; what a person put or changed there stays, wherever the run stops."""

import errno
import json
import os
import signal
import stat
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from giamngheo.findings import DataError, unusable
from giamngheo.store import atomic, atomic_folders, belongings

UNIT, YEAR = "xa-mau", "2024"
OLD = {"bao-cao.pdf": b"old pdf", "bao-cao.docx": b"old docx", "04_report.ipynb": b"old book"}
NEW = {"bao-cao.pdf": b"new pdf", "bao-cao.docx": b"new docx", "04_report.ipynb": b"new book"}
REMEDY = "đổi tên hoặc dời nó đi nơi khác, hoặc chọn thư mục kết quả khác bằng --out, rồi chạy lại"


class Failed(Exception):
    """A run that fails."""


def fill(folder: Path, files: dict[str, bytes], place: str = f"{UNIT}/{YEAR}") -> None:
    """The files of a report, its manifest last."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    listed = {name: belongings.digest(folder / name) for name in files}
    (folder / "manifest.json").write_text(json.dumps({"key": f"{place}/{'0' * 64}", "outputs": listed}), encoding="utf-8")


def report(out: Path, files: dict[str, bytes]) -> Path:
    folder = out / UNIT / YEAR
    folder.mkdir(parents=True)
    fill(folder, files)
    return folder


def run(target: Path, files: dict[str, bytes] = NEW) -> list[str]:
    """Make the report at `target`; what was told."""
    told: list[str] = []
    with atomic_folders.workshop(target, Failed, told.append) as folder:
        fill(folder, files)
    return told


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest, links as what they lead to."""
    files = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return {
        path.relative_to(folder).as_posix(): os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
        for path in files
        if path.name != "manifest.json"
    }


def theirs(folder: Path) -> dict[str, bytes]:
    """What a person has put beside a report, and a DOCX changed by hand."""
    (folder / "da-ky.pdf").write_bytes(b"scan")
    (folder / ".ghi-chu").write_bytes(b"hidden")
    (folder / "cong-van" / "den").mkdir(parents=True)
    (folder / "cong-van" / "den" / "12.pdf").write_bytes(b"letter")
    (folder / "lien-ket.pdf").symlink_to("da-ky.pdf")
    (folder / "bao-cao.docx").write_bytes(b"changed in Word")
    kept = {"da-ky.pdf": b"scan", ".ghi-chu": b"hidden", "cong-van/den/12.pdf": b"letter", "lien-ket.pdf": b"da-ky.pdf"}
    return kept | {"bao-cao-giu-lai.docx": b"changed in Word"}


def test_what_somebody_put_beside_a_report_and_changed_in_it_is_carried_into_the_next_and_told(tmp_path):
    target = report(tmp_path, OLD)
    kept = theirs(target)
    assert run(target) == [
        "Giữ lại .ghi-chu (không phải của báo cáo): còn nguyên chỗ cũ.",
        "Giữ lại bao-cao.docx (tệp đã sửa sau khi lập): nay là bao-cao-giu-lai.docx.",
        "Giữ lại cong-van (không phải của báo cáo): còn nguyên chỗ cũ.",
        "Giữ lại da-ky.pdf (không phải của báo cáo): còn nguyên chỗ cũ.",
        "Giữ lại lien-ket.pdf (không phải của báo cáo): còn nguyên chỗ cũ.",
    ]
    assert contents(target) == NEW | kept
    run(target, OLD)
    assert contents(target) == OLD | kept
    assert os.listdir(target.parent) == [YEAR]


def test_a_second_change_by_hand_is_kept_beside_the_first(tmp_path):
    target = report(tmp_path, OLD)
    for text in (b"one", b"two"):
        (target / "bao-cao.docx").write_bytes(text)
        run(target)
    assert contents(target) == NEW | {"bao-cao-giu-lai.docx": b"one", "bao-cao-giu-lai-2.docx": b"two"}


def test_where_the_disk_knows_no_links_what_is_kept_is_copied(tmp_path, monkeypatch):
    def no_links(*_, **__):
        raise OSError(errno.EPERM, "Operation not permitted")

    target = report(tmp_path, OLD)
    kept = theirs(target)
    monkeypatch.setattr(os, "link", no_links)
    run(target)
    assert contents(target) == NEW | kept


def test_a_name_that_is_no_text_is_kept_and_can_be_told(tmp_path):
    target = report(tmp_path, OLD)
    name = os.fsdecode(b"scan-\xff.pdf")
    (target / name).write_bytes(b"scan")
    assert run(target) == ["Giữ lại scan-\\xff.pdf (không phải của báo cáo): còn nguyên chỗ cũ."]
    assert (target / name).read_bytes() == b"scan"


def a_folder_of_their_own(target: Path) -> None:
    target.mkdir(parents=True)
    (target / "review.csv").write_bytes(b"figures")


def a_report_of_another_unit(target: Path) -> None:
    target.mkdir(parents=True)
    fill(target, OLD, "xa-khac/2024")


def a_manifest_that_is_none(target: Path) -> None:
    target.mkdir(parents=True)
    (target / "manifest.json").write_text('["key"]')


def a_link(target: Path) -> None:
    target.parent.mkdir()
    fill(target.parent.parent, OLD)
    target.symlink_to("..")


def a_broken_link(target: Path) -> None:
    target.parent.mkdir()
    target.symlink_to("nowhere")


def a_link_to_itself(target: Path) -> None:
    target.parent.mkdir()
    target.symlink_to(target.name)


def a_file(target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"a file")


def a_pipe(target: Path) -> None:
    target.parent.mkdir()
    os.mkfifo(target)


NOT_OURS = "thư mục này không phải do chương trình lập ra nên không thay bằng kết quả mới"
LINK = "là liên kết nên không thay bằng kết quả mới"
NO_FOLDER = "không phải thư mục nên không thay bằng kết quả mới"


@pytest.mark.parametrize(
    "place, rule",
    [
        (a_folder_of_their_own, NOT_OURS), (a_report_of_another_unit, NOT_OURS), (a_manifest_that_is_none, NOT_OURS),
        (a_link, LINK), (a_broken_link, LINK), (a_link_to_itself, LINK), (a_file, NO_FOLDER), (a_pipe, NO_FOLDER),
    ],
)  # fmt: skip
def test_what_is_no_report_of_this_unit_is_never_replaced(place, rule, tmp_path):
    target = tmp_path / UNIT / YEAR
    place(target)
    before = sorted(path.as_posix() for path in tmp_path.rglob("*"))
    with pytest.raises(DataError) as refused, atomic_folders.workshop(target):
        pytest.fail("begun although its end is refused")
    assert str(refused.value) == f"{target}: {rule}. Cách sửa: {REMEDY}."
    assert sorted(path.as_posix() for path in tmp_path.rglob("*")) == before


def test_marked_copies_that_were_there_before_the_first_report_stay(tmp_path):
    target = tmp_path / UNIT / YEAR
    target.mkdir(parents=True)
    (target / "kiem-tra-review.xlsx").write_bytes(b"marked")
    run(target)
    assert contents(target) == NEW | {"kiem-tra-review.xlsx": b"marked"}


def fail(target: Path, files: dict[str, bytes]) -> list[str]:
    told: list[str] = []
    with pytest.raises(Failed), atomic_folders.workshop(target, Failed, told.append) as folder:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        raise Failed
    return told


def test_a_failed_run_leaves_the_report_and_beside_it_what_it_had_made(tmp_path):
    target = report(tmp_path, OLD)
    for half in (b"half", b"another half"):
        assert fail(target, {"02_budget.ipynb": half}) == []
        assert contents(target) == OLD
        assert contents(atomic_folders.remains(target)) == {"02_budget.ipynb": half}
        assert sorted(os.listdir(target.parent)) == [YEAR, f"{YEAR}-lap-hong"]
    run(target)
    assert os.listdir(target.parent) == [YEAR]


def test_what_somebody_changed_in_what_a_failed_run_left_is_kept(tmp_path):
    target = report(tmp_path, OLD)
    fail(target, {"02_budget.ipynb": b"half"})
    (atomic_folders.remains(target) / "02_budget.ipynb").write_bytes(b"looked into")
    told = fail(target, {"02_budget.ipynb": b"half again"})
    assert told == ["Giữ lại 02_budget.ipynb (tệp đã sửa sau khi lập): nay là 02_budget-giu-lai.ipynb."]
    run(target)
    left = {"02_budget.ipynb": b"half again", "02_budget-giu-lai.ipynb": b"looked into"}
    assert contents(atomic_folders.remains(target)) == left


CALLS = ("mkdir", "rename", "replace", "link", "symlink", "unlink", "rmdir", "open", "write", "fsync")


class Stopped(BaseException):
    """The process is gone."""


def stopping(monkeypatch, after: int, exchange: bool) -> list[str]:
    """Let the process end before the call to the system after `after` of them; returns the calls as they are made."""
    made: list[str] = []

    def counting(name, function):
        def call(*given, **named):
            if len(made) >= after:
                os._exit(77)
            made.append(name)
            return function(*given, **named)

        return call

    for name in CALLS:
        monkeypatch.setattr(os, name, counting(name, getattr(os, name)))
    swap = atomic_folders.exchanged if exchange else lambda one, other: False
    monkeypatch.setattr(atomic_folders, "exchanged", counting("exchange", swap))
    return made


def in_a_child(work) -> int:
    """The exit code of a process that does this work."""
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at_every_point(work, exchange: bool, check, place: Path) -> int:
    """Stop `work(folder)` before each of its calls to the system in turn, each in a folder of its own, and `check` it."""
    for after in range(10_000):
        folder = place / str(after)
        folder.mkdir()
        prepared = check.prepare(folder)

        def stopped(folder=folder, after=after):
            with pytest.MonkeyPatch.context() as patch:
                stopping(patch, after, exchange)
                work(folder)

        code = in_a_child(stopped)
        assert code in (0, 77)
        check(folder, prepared)
        if code == 0:
            return after
    raise AssertionError("no end")


class Report:
    """After a stop the old or the new report is whole, what is somebody's is there, and the next run clears up."""

    def prepare(self, out: Path) -> dict[str, bytes]:
        return theirs(report(out, OLD))

    def __call__(self, out: Path, kept: dict[str, bytes]) -> None:
        target = out / UNIT / YEAR
        atomic_folders.mend(target)
        before = {name.replace("bao-cao-giu-lai", "bao-cao"): content for name, content in kept.items()}
        assert contents(target) in (OLD | before, NEW | kept)
        run(target)
        assert contents(target) == NEW | kept
        assert os.listdir(target.parent) == [YEAR]


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "in two steps"])
def test_a_stop_at_any_point_of_a_run_loses_neither_the_report_nor_what_somebody_put_there(exchange, tmp_path):
    assert at_every_point(lambda out: run(out / UNIT / YEAR), exchange, Report(), tmp_path) > 30


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "in two steps"])
def test_a_stop_at_any_point_of_a_failed_run_loses_nothing_either(exchange, tmp_path):
    def work(out):
        target = out / UNIT / YEAR
        with atomic_folders.workshop(target, Failed, lambda _: None) as folder:
            (folder / "02_budget.ipynb").write_bytes(b"half")
            raise Failed

    class Left(Report):
        def prepare(self, out):
            kept = super().prepare(out)
            target = atomic_folders.remains(out / UNIT / YEAR)
            target.mkdir()
            (target / "02_budget.ipynb").write_bytes(b"an earlier half")
            belongings.record(target, target)
            return kept

    def quietly(out):
        with suppress(Failed):
            work(out)

    assert at_every_point(quietly, exchange, Left(), tmp_path) > 8


class Text:
    """After a stop the old or the new text is there, whole, and the next writing leaves nothing beside it."""

    def prepare(self, folder: Path) -> Path:
        (folder / "tham-tra.csv").write_bytes(b"old")
        return folder / "tham-tra.csv"

    def __call__(self, folder: Path, path: Path) -> None:
        assert path.read_bytes() in (b"old", b"new" * 100_000)
        atomic.put(path, "after")
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"tham-tra.csv": b"after"}


def test_a_stop_at_any_point_of_writing_a_file_leaves_the_old_text_or_the_new_one(tmp_path):
    written = at_every_point(lambda folder: atomic.put(folder / "tham-tra.csv", b"new" * 100_000), True, Text(), tmp_path)
    assert written >= 4


def failing(monkeypatch, name: str, number: int, code: int) -> None:
    """Let the `number`-th call of a function of `os` fail."""
    function, calls = getattr(os, name), iter(range(1, 10_000))

    def call(*given, **named):
        if next(calls) == number:
            raise OSError(code, os.strerror(code), str(given[0]))
        return function(*given, **named)

    monkeypatch.setattr(os, name, call)


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("name", ["link", "mkdir", "rename", "fsync", "open"])
def test_an_error_of_the_disk_at_any_point_loses_nothing(name, number, tmp_path):
    target = report(tmp_path, OLD)
    kept = theirs(target)
    before = {name.replace("bao-cao-giu-lai", "bao-cao"): content for name, content in kept.items()}
    with pytest.MonkeyPatch.context() as patch:
        failing(patch, name, number, errno.ENOSPC)
        try:
            run(target)
        except OSError as full:
            assert "ổ đĩa đã đầy. Cách sửa: giải phóng chỗ trên ổ đĩa rồi chạy lại." in str(unusable(full))
    assert contents(target) in (OLD | before, NEW | kept)
    run(target)
    assert contents(target) == NEW | kept
    assert os.listdir(target.parent) == [YEAR]


def test_a_text_that_cannot_be_written_is_refused_and_the_old_one_stays(tmp_path):
    path = tmp_path / "tham-tra.csv"
    path.write_text("cũ", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        atomic.put(path, "một\nhai \udcff")
    assert str(refused.value) == (
        f"{path}, dòng 2: có ký tự không ghi được thành chữ (\\udcff); tệp cũ còn nguyên. "
        "Cách sửa: sửa chữ đó rồi làm lại."
    )
    assert {one.name: one.read_text(encoding="utf-8") for one in tmp_path.iterdir()} == {"tham-tra.csv": "cũ"}


def test_a_file_is_written_through_a_link_and_with_the_rights_of_the_old_one_or_of_any_new_one(tmp_path):
    (tmp_path / "own").write_text("old")
    (tmp_path / "own").chmod(0o640)
    (tmp_path / "link").symlink_to("own")
    atomic.put(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "own").read_text() == "new"
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o640
    before = os.umask(0o027)
    try:
        atomic.put(tmp_path / "fresh", "new")
        run(tmp_path / UNIT / YEAR)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "fresh").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / UNIT / YEAR).stat().st_mode) == 0o750


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_a_folder_or_pipe_in_the_place_of_a_file_is_told(make, tmp_path):
    make(tmp_path / "index.html")
    with pytest.raises(DataError) as refused:
        atomic.put(tmp_path / "index.html", "new")
    assert str(refused.value) == (
        f"{tmp_path / 'index.html'}: không phải tệp thường (thư mục, ống dẫn hay thiết bị) nên không ghi vào đó. "
        "Cách sửa: đổi tên hoặc dời nó đi nơi khác rồi chạy lại."
    )


def test_a_broken_link_in_the_place_of_a_file_is_told(tmp_path):
    (tmp_path / "index.html").symlink_to("nowhere")
    with pytest.raises(DataError) as refused:
        atomic.put(tmp_path / "index.html", "new")
    assert str(refused.value) == (
        f"{tmp_path / 'index.html'}: là liên kết hỏng nên không ghi vào đó. Cách sửa: xóa liên kết này rồi chạy lại."
    )


def test_who_writes_waits_for_the_one_before_and_writes_what_is_true_then(tmp_path):
    path = tmp_path / "so.txt"
    path.write_text("0")

    def add():
        for _ in range(20):
            atomic.put(path, lambda: str(int(path.read_text()) + 1))

    at_work = [threading.Thread(target=add) for _ in range(5)]
    for one in at_work:
        one.start()
    for one in at_work:
        one.join()
    assert path.read_text() == "100"
    assert os.listdir(tmp_path) == ["so.txt"]


def test_a_second_run_of_one_unit_says_who_is_at_work_and_waits(tmp_path):
    target = tmp_path / UNIT / YEAR
    told: list[str] = []

    def second():
        with atomic_folders.workshop(target, tell=told.append) as folder:
            fill(folder, NEW)

    with atomic_folders.workshop(target) as folder:
        waiting = threading.Thread(target=second)
        waiting.start()
        while not told:
            time.sleep(0.01)
        fill(folder, OLD)
    waiting.join()
    assert told == [f"Một lần chạy khác đang ghi vào {target.parent}; đang đợi lần đó xong."]
    assert contents(target) == NEW


def test_a_reader_finds_the_report_that_a_killed_run_was_putting_in_its_place(tmp_path):
    from giamngheo.review import index
    from giamngheo.store import manifest

    target = report(tmp_path, OLD)
    target.rename(target.parent / f".{YEAR}-0a1b2c3d")
    assert [path.name for path in index.years(target.parent)] == [YEAR]
    target.rename(target.parent / f".{YEAR}-0a1b2c3d")
    assert manifest.read(target)["key"] == f"{UNIT}/{YEAR}/{'0' * 64}"
    assert contents(target) == OLD


def killed_at_work(target: Path, exchange: bool, delay: float) -> None:
    """Kill a process that makes the report at `target` again and again, so many seconds after it has begun."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        try:
            atomic_folders.exchanged = atomic_folders.exchanged if exchange else lambda one, other: False
            os.write(tell, b"begun")
            while True:
                run(target, NEW)
                run(target, OLD)
        finally:
            os._exit(1)
    os.read(told, 5)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    os.close(told)
    os.close(tell)


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "in two steps"])
def test_killed_runs_leave_a_whole_report_and_the_next_one_clears_up(exchange, tmp_path):
    target = report(tmp_path, OLD)
    kept = theirs(target)
    for delay in range(12):
        killed_at_work(target, exchange, 0.003 * delay)
        atomic_folders.mend(target)
        now = contents(target)
        assert {name: now[name] for name in kept if name != "bao-cao-giu-lai.docx"} == {
            name: content for name, content in kept.items() if name != "bao-cao-giu-lai.docx"
        }
        assert b"changed in Word" in now.values()
        assert {name: now[name] for name in OLD if name != "bao-cao.docx"} in (
            {name: files[name] for name in OLD if name != "bao-cao.docx"} for files in (OLD, NEW)
        )
    run(target)
    assert contents(target) == NEW | kept
    assert os.listdir(target.parent) == [YEAR]
