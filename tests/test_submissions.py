"""What was sent stays as it was sent: kept whole or not at all, never made again otherwise, replaced only by a correction."""

import datetime as dt
import os
import random
import shutil
import signal
import time
from pathlib import Path

import docx
import nbformat
import pytest
import yaml

import tools
from giamngheo import cli, simulate
from giamngheo.findings import DataError
from giamngheo.intake import submissions
from giamngheo.intake.unit import Year
from giamngheo.report import after_submission, correction, document, exporters, inputs, rollup
from giamngheo.report.annex_rows import cell
from giamngheo.review import diff
from giamngheo.run import runner, verify
from giamngheo.store import manifest
from giamngheo.year import accompany, submit

pytestmark = pytest.mark.long

UNIT, YEAR = "mo-phong-001", 2024
FIRST, SECOND = "2024-12-22-so-403", "2025-01-10-so-07"
REASON = "thôn Giả Định 1 rà soát lại, có thêm một hộ mới tách"
CORRECTION = {"number": "403", "date": "22/12/2024", "reason": REASON}


def commune(root: Path) -> Path:
    """A made-up commune of two villages in whose year nothing is wrong and nothing else was published; its year's folder."""
    simulate.write(root, communes=1, villages=2, year=YEAR, seed=7)
    folder = root / UNIT / str(YEAR)
    published = folder / "published.csv"
    published.write_text(published.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    office(folder, number="403", date="22/12/2024")
    return folder


def office(folder: Path, **told) -> None:
    """Write fields of the year's report.yml, the others as they are."""
    path = folder / "report.yml"
    before = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    before.pop("year", None)
    path.write_text(yaml.safe_dump(before | told, allow_unicode=True, sort_keys=False), encoding="utf-8")


def one_household_more(folder: Path) -> tuple[int, int]:
    """Count one household more in the first village; its households before and now."""
    path = folder / "review.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = lines[1].split(",")
    before, cells[1] = int(cells[1]), str(int(cells[1]) + 1)
    path.write_text("".join([lines[0], ",".join(cells), *lines[2:]]), encoding="utf-8")
    return before, before + 1


def make(root: Path, out: Path, final: bool = True) -> Path:
    return runner.make(Year(root, UNIT, YEAR), out, say=lambda line: None, final=final)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def copied(story: dict, place: Path, *parts: str) -> tuple[Path, Path]:
    """The data and the results of the story as they stood at the end of these `parts`, to be changed."""
    shutil.copytree(story["at"] / parts[0], place, dirs_exist_ok=True)
    return place / "data", place / "out"


@pytest.fixture(scope="module")
def story():
    """A report is made and sent, a household is found, the correction is made and sent.

    `at / "final"`, `at / "sent"` and `at / "corrected"` are the data and results at these moments.
    """
    place = tools.folder() / "submissions"
    root, out, at = place / "data", place / "out", place / "at"
    folder = commune(root)

    def remember(name):
        for part in (root, out):
            shutil.copytree(part, at / name / part.name)

    make(root, out)
    remember("final")
    first, new = submit.submit(Year(root, UNIT, YEAR), out, dt.date(2024, 12, 23))
    remember("sent")
    counted = one_household_more(folder)
    office(folder, number="7", date="10/01/2025", replaces=CORRECTION)
    make(root, out)
    remember("corrected")
    return {"at": at, "first": first, "new": new, "counted": counted}


def year(root: Path) -> Year:
    return Year(root, UNIT, YEAR)


# sent ---------------------------------------------------------------------------------------------


def test_every_file_of_the_final_is_kept_byte_for_byte_with_a_record_of_it(story):
    sent = story["at"] / "sent"
    kept = sent / "data" / UNIT / "da-nop" / str(YEAR) / FIRST
    made = contents(sent / "out" / UNIT / str(YEAR))
    record = yaml.safe_load((kept / "ban-nop.yml").read_text(encoding="utf-8"))
    assert {name: content for name, content in contents(kept).items() if name != "ban-nop.yml"} == made
    assert record.pop("files") == {name: manifest.sha256(content) for name, content in made.items()}
    assert record == {
        "kind": "yearly", "number": "403", "date": "2024-12-22", "sent": "2024-12-23", "replaces": "",
        "addressees": ["Ủy ban nhân dân huyện Mô Phỏng 1", "Phòng Lao động - Thương binh và Xã hội huyện Mô Phỏng 1"],
        "recipients": ["Như trên", "Thường trực Đảng ủy xã", "Thường trực HĐND xã", "Ủy ban MTTQ Việt Nam xã", "Lưu: VT"],
        "key": manifest.read(sent / "out" / UNIT / str(YEAR))["key"],
    }  # fmt: skip
    assert story["new"]
    assert submissions.of(year(sent / "data")) == [story["first"].__class__(**vars(story["first"]) | {"folder": kept})]


def test_the_report_that_was_sent_is_still_todays_and_is_kept_once(story, tmp_path):
    root, out = copied(story, tmp_path, "sent")
    assert after_submission.findings(year(root)) == []
    assert inputs.described(year(root))["key"] == manifest.read(out / UNIT / str(YEAR))["key"]
    before = contents(root)
    one, new = submit.submit(year(root), out, dt.date(2025, 1, 2))
    assert (one.sent, new, contents(root)) == (dt.date(2024, 12, 23), False, before)


def a_draft(folder, root, out):
    office(folder, approved_by={"number": "", "date": "", "issuer": ""})
    make(root, out, final=False)


def changed_data(folder, root, out):
    one_household_more(folder)


def a_changed_file(folder, root, out):
    with (out / UNIT / str(YEAR) / "bao-cao.docx").open("ab") as file:
        file.write(b"changed in Word")


def a_lost_file(folder, root, out):
    (out / UNIT / str(YEAR) / "bao-cao.pdf").unlink()


AGAIN = "chạy lại giamngheo report --final, xem lại bản mới rồi nộp"
REFUSED = {
    "a report that today's data would make otherwise": (
        changed_data, "báo cáo không còn đúng với số liệu hiện nay: số liệu (đổi mo-phong-001/2024/review.csv). Cách sửa: " + AGAIN + "."
    ),
    "a file that was changed after it was made": (
        a_changed_file,
        f"/bao-cao.docx: đã bị sửa sau khi lập. Cách sửa: dời tệp đã sửa đi nơi khác, {AGAIN}; chữ cần sửa thì sửa ở lời văn, số liệu.",
    ),
    "a file that is gone": (a_lost_file, f"/bao-cao.pdf: tệp của báo cáo đã mất. Cách sửa: {AGAIN}."),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_the_final_of_today_is_refused(change, said, story, tmp_path):
    root, out = copied(story, tmp_path, "final")
    change(root / UNIT / str(YEAR), root, out)
    with pytest.raises(DataError) as refused:
        submit.submit(year(root), out, dt.date(2024, 12, 23))
    assert len(refused.value.findings) == 1
    assert str(refused.value).endswith(said), str(refused.value)
    assert not (root / UNIT / "da-nop").exists()


def test_a_draft_and_a_report_without_number_are_refused(story, tmp_path):
    root, out = copied(story, tmp_path, "final")
    office(root / UNIT / str(YEAR), number="", approved_by={"number": "", "date": "", "issuer": ""})
    make(root, out, final=False)
    with pytest.raises(DataError) as refused:
        submit.submit(year(root), out, dt.date(2024, 12, 23))
    one, other = str(refused.value).splitlines()[::-1]
    assert ": báo cáo còn là DỰ THẢO vì: mo-phong-001/2024/report.yml, " in one or other
    assert f"{UNIT}/{YEAR}/report.yml: chưa có số của báo cáo. Cách sửa: ghi số của báo cáo văn thư đã cấp vào number, rồi {AGAIN}." in (one, other)


def test_where_no_report_stands_there_is_nothing_to_send(story, tmp_path):
    root, out = copied(story, tmp_path, "final")
    shutil.rmtree(out)
    with pytest.raises(DataError) as refused:
        submit.submit(year(root), out, dt.date(2024, 12, 23))
    place = out / UNIT / str(YEAR)
    assert str(refused.value) == f"{place}: chưa có báo cáo nào lập xong để nộp. Cách sửa: chạy giamngheo report --final trước."


def test_a_day_before_the_report_or_after_today_is_refused(story, tmp_path):
    root, out = copied(story, tmp_path, "final")
    for day in (dt.date(2024, 12, 21), dt.date.today() + dt.timedelta(days=1)):
        with pytest.raises(DataError) as refused:
            submit.submit(year(root), out, day)
        assert str(refused.value) == (
            f'--sent: giá trị "{day:%d/%m/%Y}" — ngày gửi phải từ ngày của báo cáo (22/12/2024) đến hôm nay. '
            "Cách sửa: ghi ngày đã gửi, ví dụ --sent 05/02/2024."
        )


def test_other_bytes_under_the_number_and_date_that_were_sent_are_refused(story, tmp_path):
    root, out = copied(story, tmp_path, "sent")
    record = submissions.folders(year(root))[0] / "ban-nop.yml"
    told = yaml.safe_load(record.read_text(encoding="utf-8"))
    told["files"]["bao-cao.pdf"] = "0" * 64  # as if other bytes had been sent with the very same key
    record.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        submit.submit(year(root), out, dt.date(2024, 12, 23))
    assert str(refused.value) == (
        f"{record.parent}: Báo cáo số 403/BC-UBND ngày 22/12/2024 đã nộp ngày 23/12/2024 với nội dung khác. "
        "Cách sửa: báo cáo thay thế phải có số, ngày mới và mục replaces trong report.yml."
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed at a moment of its own copying")
def test_a_kill_at_any_moment_leaves_no_submission_or_a_whole_one(story, tmp_path):
    root, out = copied(story, tmp_path, "final")
    one = submit.described(
        year(root), {"number": "403", "date": "22/12/2024"}, manifest.read(out / UNIT / str(YEAR)),
        contents(out / UNIT / str(YEAR)), dt.date(2024, 12, 23),
    )  # fmt: skip
    files = contents(out / UNIT / str(YEAR))
    whole = files | {"ban-nop.yml": one.record().encode()}
    began = time.monotonic()
    submit.keep(one, files, print)
    lasts, moments = time.monotonic() - began, random.Random(15)
    for _ in range(20):
        shutil.rmtree(one.folder.parent, ignore_errors=True)
        child = os.fork()
        if child == 0:
            submit.keep(one, files, lambda sentence: None)
            os._exit(0)
        time.sleep(moments.uniform(0, 1.5 * lasts))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        there = submissions.of(year(root))
        assert there == [] or contents(there[0].folder) == whole
    shutil.rmtree(one.folder, ignore_errors=True)
    submit.keep(one, files, print)  # what the killed ones left is in nobody's way, and goes
    assert [path.name for path in one.folder.parent.iterdir()] == [FIRST]
    assert contents(one.folder) == whole


# from then on -------------------------------------------------------------------------------------


def test_after_one_household_the_old_final_cannot_be_made_again(story, tmp_path):
    root, out = copied(story, tmp_path, "sent")
    before = contents(root / UNIT / "da-nop")
    one_household_more(root / UNIT / str(YEAR))
    with pytest.raises(runner.NotFinal) as refused:
        make(root, out)
    assert str(refused.value) == (
        "Chưa lập được bản chính thức:\n"
        "- mo-phong-001/2024/report.yml, dòng 1: Báo cáo số 403/BC-UBND ngày 22/12/2024 đã nộp; bản lập bây giờ khác bản ấy ở "
        "số liệu (đổi mo-phong-001/2024/review.csv). Cách sửa: giữ bản đã nộp thì sửa lại như khi nộp; phải thay thế thì xin "
        "văn thư số và ngày mới, ghi vào number và date; ở mục replaces ghi number: 403, date: 22/12/2024, reason: vì sao "
        "thay thế; rồi lập lại với --final."
    )
    assert contents(root / UNIT / "da-nop") == before


def test_the_same_data_make_another_report_beside_what_was_sent(story, tmp_path):
    keys = set()
    for moment in ("final", "sent"):
        root, _ = copied(story, tmp_path / moment, moment)
        one_household_more(root / UNIT / str(YEAR))
        keys.add(inputs.described(year(root))["key"])
    assert len(keys) == 2  # before it, a final; beside it, a draft: equal keys would not give equal bytes


ANEW = (
    "xin văn thư số và ngày mới, ghi vào number và date; ở mục replaces ghi number: 403, date: 22/12/2024, "
    "reason: vì sao thay thế; rồi lập lại với --final."
)
NOT_YET = {
    "a new number that does not say what it replaces": (
        {"number": "7", "date": "10/01/2025"},
        "mo-phong-001/2024/report.yml: năm này đã nộp Báo cáo số 403/BC-UBND ngày 22/12/2024; bản này chưa ghi thay thế bản ấy. "
        f"Cách sửa: {ANEW}",
    ),
    "a correction of a report that was not sent": (
        {"number": "7", "date": "10/01/2025", "replaces": CORRECTION | {"number": "404"}},
        "mo-phong-001/2024/report.yml, dòng 7: mục replaces không phải là báo cáo đã nộp đang có hiệu lực. "
        "Cách sửa: ghi số, ngày của Báo cáo số 403/BC-UBND ngày 22/12/2024: number: 403, date: 22/12/2024.",
    ),
}


@pytest.mark.parametrize(("told", "said"), NOT_YET.values(), ids=NOT_YET)
def test_a_report_after_one_that_was_sent_must_say_which_one_it_replaces(told, said, story, tmp_path):
    root, _ = copied(story, tmp_path, "sent")
    office(root / UNIT / str(YEAR), **told)
    assert [str(one) for one in after_submission.findings(year(root))] == [f"[chỉ lập được DỰ THẢO] {said}"]


def test_where_nothing_was_sent_there_is_nothing_to_replace(story, tmp_path):
    root, _ = copied(story, tmp_path, "final")
    office(root / UNIT / str(YEAR), number="7", date="10/01/2025", replaces=CORRECTION)
    assert [str(one) for one in after_submission.findings(year(root))] == [
        "[chỉ lập được DỰ THẢO] mo-phong-001/2024/report.yml, dòng 7: năm này chưa ghi nhận báo cáo nào đã nộp, nên không có bản nào "
        "để thay thế. Cách sửa: để trống mục replaces; đã nộp mà chưa ghi nhận thì chạy giamngheo submit với bản ấy trước."
    ]


def test_a_correction_without_its_reason_is_a_draft(story, tmp_path):
    root, out = copied(story, tmp_path, "corrected")
    office(root / UNIT / str(YEAR), replaces=CORRECTION | {"reason": ""})
    with pytest.raises(runner.NotFinal) as refused:
        make(root, out)
    assert str(refused.value).splitlines()[1:] == [
        "- mo-phong-001/2024/report.yml, dòng 10: chưa có lý do thay thế. Cách sửa: điền mục replaces.reason: Vì sao phải thay thế, "
        "in ở phụ lục của báo cáo thay thế: viết một câu."
    ]


# the correction -----------------------------------------------------------------------------------


def paper(out: Path) -> dict:
    return document.from_notebook(nbformat.read(out / UNIT / str(YEAR) / "04_report.ipynb", as_version=4))


def test_the_correction_names_what_it_replaces_and_lists_exactly_what_changed(story):
    place = story["at"] / "corrected"
    before, after = paper(story["at"] / "sent" / "out"), paper(place / "out")
    made = correction.applied(year(place / "data"), after)
    assert made["blocks"][0]["replaces"] == "(Thay thế Báo cáo số 403/BC-UBND ngày 22 tháng 12 năm 2024)"
    annex = next(n for n, block in enumerate(made["blocks"]) if block["type"] == "annex")
    title, why, table, words = made["blocks"][annex : annex + 4]
    assert (title["number"], title["title"]) == ("Phụ lục I", "NỘI DUNG THAY ĐỔI SO VỚI BÁO CÁO ĐƯỢC THAY THẾ")
    assert said(why) == f"Báo cáo này thay thế Báo cáo số 403/BC-UBND ngày 22 tháng 12 năm 2024. Lý do: {REASON}."
    assert said(words) == "Lời văn không thay đổi."
    listed = [[said(cell) for cell in row[1:]] for row in table["rows"]]
    old, new = before["figures"], after["figures"]
    changed = sorted((old[name]["text"], new[name]["text"]) for name in old if old[name]["value"] != new[name]["value"])
    figures, cells = [row for row in listed if "bảng" not in row[0]], [row for row in listed if "bảng" in row[0]]
    assert sorted((was, now) for _, was, now, _ in figures) == changed
    assert old.keys() == new.keys()
    (apart,) = [row for row in figures if row[0] == "Tỷ lệ hộ nghèo (toàn xã)"]
    assert apart[1:] == ["5,64%", "5,63%", "giảm 0,02 điểm phần trăm (*)"]  # 18 / 319 - 18 / 320 = 0,0176 points
    assert [note[0]["text"] for note in table["notes"]] == ["(*) Tính từ số chưa làm tròn, nên lệch 0,01 so với hiệu của hai số đã in."]
    was, now = story["counted"]
    assert {(row[1], row[2]) for row in cells} == {(str(was), str(now))}  # the village's own count in the table of the form


def test_the_letter_with_a_correction_says_why_and_the_first_dozen_of_what_changed(story, tmp_path):
    root, out = copied(story, tmp_path, "corrected")
    this = year(root)
    letter = next(path for path in accompany.make(this, out, lambda sentence: None) if path.name == "cong-van-thay-the.docx")
    lines = [paragraph.text for paragraph in docx.Document(str(letter)).paragraphs]
    assert (
        f"Ủy ban nhân dân xã Mô Phỏng 001 gửi kèm Báo cáo số 07/BC-UBND ngày 10 tháng 01 năm 2025, thay thế Báo cáo số 403/BC-UBND "
        f"ngày 22 tháng 12 năm 2024. Lý do: {REASON}."
    ) in lines
    after = paper(out)
    before = correction.before(this, after)
    changed = [*correction.of_cells(before, after), *correction.of_figures(before, after)]
    listed = [line for line in lines if ", nay là " in line]
    assert listed == [f"{what}: {was}, nay là {now};" for what, was, now, _ in changed][:12]
    assert lines[lines.index(listed[-1]) + 1] == f"{len(changed) - 12} số liệu khác ở Phụ lục I."
    was, now = story["counted"]
    assert listed[0].endswith(f": {was}, nay là {now};")  # the village's own count, in the form


def test_jupyterlab_exports_the_correction_byte_for_byte(story, tmp_path, monkeypatch):
    root, out = copied(story, tmp_path, "corrected")
    monkeypatch.setenv("GIAMNGHEO_DATA", str(root))
    folder = out / UNIT / str(YEAR)
    exported, _ = exporters.DocxExporter().from_notebook_node(nbformat.read(folder / "04_report.ipynb", as_version=4))
    assert exported == (folder / "bao-cao.docx").read_bytes()


def test_the_correction_can_be_made_again_byte_for_byte(story, tmp_path, capsys):
    root, out = copied(story, tmp_path, "corrected")
    assert verify.main(year(root), out) == 0, capsys.readouterr().out


def test_a_commune_that_changed_what_it_sent_is_a_draft_in_the_report_that_puts_communes_together(story, tmp_path):
    root, out = copied(story, tmp_path, "sent")
    below = {"sent": rollup.standing(year(root))}
    one_household_more(root / UNIT / str(YEAR))
    below["changed"] = rollup.standing(year(root))
    assert below["sent"] == ("final", [])
    assert (below["changed"][0], len(below["changed"][1])) == ("draft", 1)
    this = year(root)
    assert inputs.as_found(this) == inputs.described(this)["inputs"]  # so it is all the same whether its report was looked at


def test_a_file_that_changes_while_it_is_sent_stops_that(story, tmp_path, monkeypatch):
    root, out = copied(story, tmp_path, "final")
    this, finished = year(root), submit.finished

    def saved_meanwhile(folder):
        one_household_more(root / UNIT / str(YEAR))
        return finished(folder)

    monkeypatch.setattr(submit, "finished", saved_meanwhile)
    with pytest.raises(DataError) as refused:
        submit.submit(this, out, dt.date(2024, 12, 23))
    assert str(refused.value) == (
        "mo-phong-001/2024: tệp số liệu thay đổi trong lúc chạy lệnh. Cách sửa: đợi người khác lưu xong rồi chạy lại."
    )
    assert not (root / UNIT / "da-nop").exists()


def said(block: dict) -> str:
    return "".join(run["text"] for run in block["runs"])


def test_words_and_cells_that_changed_are_listed_and_the_number_and_date_are_not(story):
    after = paper(story["at"] / "sent" / "out")
    changed = [dict(block) for block in after["blocks"]]
    at = next(n for n, block in enumerate(changed) if block["type"] == "paragraph" and "phổ biến chính sách" in said(block))
    changed[at] = changed[at] | {"runs": [{"text": "Năm nay xã không họp."}]}
    changed[0] = changed[0] | {"number": "Số: 07/BC-UBND", "place_date": "ngày mai"}
    assert list(correction.of_words(after["blocks"], changed)) == [
        "Phần I Kết quả thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững – "
        "I. Công tác tuyên truyền, giáo dục, nâng cao nhận thức và trách nhiệm về giảm nghèo bền vững"
    ]
    assert list(correction.of_cells(after, after | {"blocks": changed})) == []


def test_a_row_that_is_new_and_a_table_that_is_gone_are_listed():
    def table(name, *rows):
        cells = [[cell(text) for text in row] for row in rows]
        head = [[cell(text) for text in ("TT", "Thôn", "Số hộ")]]
        return {"type": "table", "id": name, "caption": f"Bảng {name}", "header": head, "align": ["center", "left", "right"], "rows": cells}

    before = {"blocks": [table("a", ("1", "Một", "5")), table("b", ("1", "Một", "5"))]}
    after = {"blocks": [table("a", ("1", "Không", "7"), ("2", "Một", "6"))]}
    assert list(correction.of_cells(before, after)) == [
        ["Không: Số hộ (bảng “Bảng a”)", "chưa có", "7", ""],
        ["Một: Số hộ (bảng “Bảng a”)", "5", "6", ""],
        ["Bảng “Bảng b”", "có", "không còn", ""],
    ]


def test_the_correction_is_sent_and_both_stay_as_they_were(story, tmp_path):
    root, out = copied(story, tmp_path, "corrected")
    kept = root / UNIT / "da-nop" / str(YEAR) / FIRST
    before = contents(kept)
    one, _ = submit.submit(year(root), out, dt.date(2025, 1, 11))
    assert (one.name, one.replaces) == (SECOND, FIRST)
    assert contents(kept) == before
    assert after_submission.findings(year(root)) == []  # the report that stands is the one that was sent last
    assert submissions.lines(year(root)) == [
        "Báo cáo số 403/BC-UBND ngày 22/12/2024, gửi ngày 23/12/2024; đã thay thế bằng Báo cáo số 07/BC-UBND ngày 10/01/2025",
        "Báo cáo số 07/BC-UBND ngày 10/01/2025, gửi ngày 11/01/2025",
    ]
    office(root / UNIT / str(YEAR), number="9", date="15/01/2025", replaces=CORRECTION)
    assert [one.remedy for one in after_submission.findings(year(root))] == [
        "ghi số, ngày của Báo cáo số 07/BC-UBND ngày 10/01/2025: number: 07, date: 10/01/2025"
    ]


def test_a_file_of_what_was_sent_that_was_changed_is_told_and_not_compared(story, tmp_path):
    root, out = copied(story, tmp_path, "corrected")
    book = root / UNIT / "da-nop" / str(YEAR) / FIRST / "04_report.ipynb"
    book.write_bytes(book.read_bytes() + b"\n")
    assert submissions.lines(year(root)) == [
        "Báo cáo số 403/BC-UBND ngày 22/12/2024, gửi ngày 23/12/2024; KHÔNG còn như khi nộp: 04_report.ipynb"
    ]
    with pytest.raises(DataError) as refused:
        correction.applied(year(root), paper(out))
    assert str(refused.value) == (
        f"{UNIT}/da-nop/{YEAR}/{FIRST}/04_report.ipynb: không còn như khi nộp. Cách sửa: lấy lại tệp này từ kho git hoặc bản sao lưu."
    )


def test_a_correction_is_not_kept_while_what_it_replaces_is_not_as_it_was_sent(story, tmp_path):
    root, out = copied(story, tmp_path, "corrected")
    kept = root / UNIT / "da-nop" / str(YEAR) / FIRST
    (kept / "bao-cao.pdf").write_bytes(b"another PDF")
    (kept / "bao-cao.docx").unlink()
    with pytest.raises(DataError) as refused:
        submit.submit(year(root), out, dt.date(2025, 1, 11))
    place, again = f"{UNIT}/da-nop/{YEAR}/{FIRST}", "Cách sửa: lấy lại tệp này từ kho git hoặc bản sao lưu."
    assert str(refused.value).splitlines() == [
        f"{place}/bao-cao.docx: tệp đã nộp không còn. {again}", f"{place}/bao-cao.pdf: không còn như khi nộp. {again}",
    ]  # fmt: skip
    assert [folder.name for folder in submissions.folders(year(root))] == [FIRST]


def test_another_kinds_number_leaves_what_was_sent_as_it_is(story, tmp_path, capsys):
    root, out = copied(story, tmp_path, "sent")
    office(root / UNIT / str(YEAR), kinds=[{"kind": "programme", "number": "17", "date": "20/01/2025"}])
    assert after_submission.findings(year(root)) == []
    assert submit.submit(year(root), out, dt.date(2025, 1, 2))[1] is False
    assert verify.main(year(root), out) == 0, capsys.readouterr().out


BROKEN = {
    "nothing in it": ("", "không phải hồ sơ của bản đã nộp. Cách sửa: lấy lại tệp này từ kho git hoặc bản sao lưu."),
    "no YAML": ("a: [", "không phải hồ sơ của bản đã nộp. Cách sửa: lấy lại tệp này từ kho git hoặc bản sao lưu."),
    "another number": (
        None, f"ghi số, ngày khác với tên thư mục {FIRST}. Cách sửa: lấy lại tên thư mục và tệp này như khi nộp."
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "why_not"), BROKEN.values(), ids=BROKEN)
def test_a_record_that_is_none_is_refused_by_its_name(text, why_not, story, tmp_path):
    root, _ = copied(story, tmp_path, "sent")
    path = root / UNIT / "da-nop" / str(YEAR) / FIRST / "ban-nop.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("403", "404") if text is None else text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        submissions.of(year(root))
    assert str(refused.value) == f"{UNIT}/da-nop/{YEAR}/{FIRST}/ban-nop.yml: {why_not}"


# compared -----------------------------------------------------------------------------------------


def test_diff_reaches_what_was_sent_after_five_more_edits(story, tmp_path):
    root, out = copied(story, tmp_path, "corrected")
    for number in range(1, 6):
        one_household_more(root / UNIT / str(YEAR))
        if number in (3, 5):
            make(root, out, final=False)  # so neither the report there is nor the one before it is the one that was sent
    found = diff.of_two(out, year(root), "so-403", "")
    households = found.figures.set_index("name").loc["review.households"]
    assert households["difference"] == 1 + 5
    assert diff.of_two(out, year(root), FIRST, "lan-truoc").figures.set_index("name").loc["review.households", "difference"] == 1 + 3
    assert found.old.sent == submissions.of(year(root))[0]


def test_the_command_compares_sends_and_says_where_the_year_stands(story, tmp_path, capsys):
    root, out = copied(story, tmp_path, "corrected")
    place = ["--data", str(root), "--out", str(out), "--unit", UNIT]
    assert cli.main(["submit", *place, "--year", str(YEAR), "--sent", "11/01/2025"]) == 0
    assert capsys.readouterr().out == (
        "Đã ghi nhận nộp Báo cáo số 07/BC-UBND ngày 10/01/2025, gửi ngày 11/01/2025: Ủy ban nhân dân huyện Mô Phỏng 1, "
        "Phòng Lao động - Thương binh và Xã hội huyện Mô Phỏng 1.\n"
        f"15 tệp giữ nguyên tại {root / UNIT / 'da-nop' / str(YEAR) / SECOND}; hồ sơ: ban-nop.yml.\n"
        "Từ đây số liệu, lời văn thay đổi thì phải lập báo cáo thay thế (số, ngày mới; mục replaces trong report.yml).\n"
    )
    assert cli.main(["diff", *place, "--from", "so-403", "--to", "so-7"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == (
        "So sánh Báo cáo số 403/BC-UBND ngày 22/12/2024 đã nộp với Báo cáo số 07/BC-UBND ngày 10/01/2025 đã nộp của xã Mô Phỏng 001"
    )
    assert printed[-1] == f"Trang: {out / UNIT / 'khac-biet-so-403-so-07-2024.html'}"
    assert cli.main(["diff", *place, "--from", "so-8"]) == 1
    assert capsys.readouterr().err == f"{UNIT}, so-8: không có bản đã nộp nào như vậy; các bản đã nộp: {FIRST}, {SECOND}.\n"
    assert cli.main(["status", *place, "--year", str(YEAR)]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("Đã nộp")] == [
        f"Đã nộp: {line}" for line in submissions.lines(year(root))
    ]
    assert "Đã nộp Báo cáo số 07/BC-UBND ngày 10/01/2025, gửi ngày 11/01/2025" in (out / "index.html").read_text(encoding="utf-8")
