"""What was sent of each kind of report is found again wherever it stands, and no number is given to two reports of a year."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import cli
from giamngheo.checks import complete
from giamngheo.findings import DataError
from giamngheo.intake import kinds, office, submissions
from giamngheo.intake.submissions import Submission
from giamngheo.intake.unit import Year
from giamngheo.law import kinds as law_kinds
from giamngheo.report import after_submission, inputs, letterhead
from giamngheo.store import manifest
from giamngheo.year import status


@pytest.fixture
def data(tmp_path) -> Path:
    """A data folder with the seed, whose main kind of report is that to inspectors."""
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    return tmp_path / "data"


def this(data: Path, kind: str = "") -> Year:
    return Year(data, SEED, SEED_YEAR, kind=kind)


def sent(data: Path, place: str, kind: str, number: str, date: dt.date, replaces: str = "") -> Submission:
    """A record of a submission in the folder `place` of those of the seed, without its files."""
    one = Submission(
        folder=data / SEED / "da-nop" / place / submissions.name(number, date), kind=kind, number=submissions.number(number), date=date,
        sent=date, replaces=replaces, addressees=("Ủy ban nhân dân huyện Kbang",), recipients=(), key=f"{SEED}/{place}/", files={},
    )  # fmt: skip
    one.folder.mkdir(parents=True)
    (one.folder / submissions.RECORD).write_text(one.record(), "utf-8")
    return one


def report_yml(data: Path, text: str) -> None:
    (data / SEED / "2022" / "report.yml").write_text(text, "utf-8")


EARLY, MONEY, OFFICIAL = dt.date(2022, 11, 14), dt.date(2022, 7, 5), dt.date(2022, 12, 22)


# found again ------------------------------------------------------------------------------------------


def test_what_was_sent_is_found_whatever_the_years_main_kind_is_today(data):
    yearly = sent(data, "2022", "yearly", "403", OFFICIAL)  # when the yearly report was the main one
    money = sent(data, "2022-half_year", "half_year", "200", MONEY)
    for main in ("inspection", "yearly", "half_year"):
        report_yml(data, f"kind: {main}\n")
        assert submissions.of(this(data, "yearly")) == [yearly]
        assert submissions.of(this(data, "half_year")) == [money]
        assert submissions.of(this(data, "inspection")) == []
        assert submissions.of(this(data)) == {"inspection": [], "yearly": [yearly], "half_year": [money]}[main]


def test_what_stands_in_two_folders_of_one_kind_is_in_the_order_of_its_dates(data):
    later = sent(data, "2022", "yearly", "17", dt.date(2023, 1, 20), replaces="2022-12-22-so-403")
    first = sent(data, "2022-yearly", "yearly", "403", OFFICIAL)
    assert submissions.of(this(data, "yearly")) == [first, later]
    assert submissions.in_force(submissions.of(this(data, "yearly"))) == [later]


def test_a_record_that_does_not_say_its_kind_is_of_that_of_its_place(data):
    main, money = sent(data, "2022", "", "403", OFFICIAL), sent(data, "2022-programme", "", "200", MONEY)
    assert submissions.of(this(data)) == submissions.of(this(data, "inspection")) == [main]
    assert submissions.of(this(data, "programme")) == [money]
    assert submissions.of(this(data, "yearly")) == []


def test_what_was_sent_is_called_by_its_number_that_of_the_kind_first(data):
    money, yearly = sent(data, "2022-half_year", "half_year", "200", MONEY), sent(data, "2022", "yearly", "403", OFFICIAL)
    assert submissions.everywhere(this(data, "yearly")) == [yearly, money]
    assert submissions.everywhere(this(data, "half_year")) == [money, yearly]


def test_a_later_report_reads_the_records_of_every_kind(data):
    money, yearly = sent(data, "2022-half_year", "half_year", "200", MONEY), sent(data, "2022", "yearly", "403", OFFICIAL)
    assert submissions.read_again(this(data)) == [money.folder / "ban-nop.yml", yearly.folder / "ban-nop.yml"]


def test_the_status_of_a_year_tells_what_was_sent_of_every_kind(data, tmp_path):
    sent(data, "2022-preliminary", "preliminary", "350", EARLY)
    sent(data, "2022", "inspection", "17", dt.date(2023, 5, 8))
    sent(data, "2022-thon-moi", "thon_moi", "9", OFFICIAL)  # of a kind that the law has no more
    assert status.of(this(data), tmp_path / "out").sent == [
        "Báo cáo số 17/BC-UBND ngày 08/05/2023, gửi ngày 08/05/2023",
        "Báo cáo sơ bộ kết quả rà soát: Báo cáo số 350/BC-UBND ngày 14/11/2022, gửi ngày 14/11/2022",
        "thon_moi: Báo cáo số 09/BC-UBND ngày 22/12/2022, gửi ngày 22/12/2022",
    ]


def test_a_submission_whose_record_is_gone_is_no_submission_that_never_was(data):
    one = sent(data, "2022", "inspection", "17", dt.date(2023, 5, 8))
    (one.folder / "ban-nop.yml").unlink()
    with pytest.raises(DataError) as refused:
        submissions.of(this(data, "half_year"))
    assert str(refused.value) == (
        f"{SEED}/da-nop/2022/2023-05-08-so-17/ban-nop.yml: hồ sơ của bản đã nộp không còn. "
        "Cách sửa: lấy lại tệp này từ kho git hoặc bản sao lưu."
    )
    assert submissions.lines(this(data)) == [str(refused.value)] and submissions.lines_of_other_kinds(this(data)) == []


RECORD = f"{SEED}/da-nop/2022/2023-05-08-so-17/ban-nop.yml"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"a.csv": "1"}, f"bản đã nộp (bỏ {RECORD})"),
        ({"a.csv": "2"}, "số liệu (đổi a.csv)"),
        ({"a.csv": "1", RECORD: "2"}, f"bản đã nộp (đổi {RECORD})"),
        ({"a.csv": "1", RECORD: "1"}, ""),
    ],
)
def test_what_has_changed_is_never_left_blank(now, said):
    assert after_submission.changed_since({"inputs": {"a.csv": "1", RECORD: "1"}}, {"inputs": now}) == said


# numbers ----------------------------------------------------------------------------------------------

TAKEN = (
    f"[chỉ lập được DỰ THẢO] {SEED}/2022/report.yml, dòng {{}}: số này là của Báo cáo số 200/BC-UBND ngày {{}} đã nộp: "
    "trong một năm mỗi báo cáo có một số riêng. Cách sửa: xin văn thư số khác, ghi vào number."
)
NUMBERED = "kind: half_year\nnumber: {}\ndate: {}\nkinds:\n  - kind: yearly\n    number: '200'\n    date: 22/12/2022\n"


def test_a_number_that_another_kind_of_report_was_sent_with_is_refused(data):
    sent(data, "2022-half_year", "half_year", "200", MONEY)
    report_yml(data, NUMBERED.format("'201'", "06/07/2022"))
    assert [str(found) for found in after_submission.findings(this(data, "yearly"))] == [TAKEN.format(6, "05/07/2022")]


def test_a_correction_needs_a_number_of_its_own_whatever_its_date(data):
    sent(data, "2022", "half_year", "200", MONEY)
    replaces = "replaces: {number: '200', date: 05/07/2022, reason: sót một khoản vốn}\n"
    report_yml(data, NUMBERED.format("'200'", "06/07/2022") + replaces)
    assert [str(found) for found in after_submission.findings(this(data))] == [TAKEN.format(2, "05/07/2022")]


def test_the_same_number_may_be_given_again_in_the_next_year(data):
    sent(data, "2022-half_year", "half_year", "200", MONEY)
    report_yml(data, "kinds:\n  - kind: inspection\n    number: '200'\n    date: 08/05/2023\n")
    assert after_submission.findings(this(data, "inspection")) == []


KINDS = """\
kind: inspection
kinds:
  - kind: half_year
    number: '200'
    date: 06/07/2031
  - kind: yearly
    number: '17'
    date: 20/12/2022
    replaces: {number: '403', date: 22/12/2022}
"""


def test_the_dates_of_every_kind_are_looked_at_each_at_its_line(data):
    report_yml(data, KINDS)
    refused = [
        f'{SEED}/2022/report.yml, dòng 5: giá trị "06/07/2031" — báo cáo và quyết định của năm rà soát 2022 phải ở các năm 2022 - 2027. '
        "Cách sửa: sửa ngày hoặc năm này.",
        f'{SEED}/2022/report.yml, dòng 9: giá trị "22/12/2022" — báo cáo được thay thế có sau ngày của báo cáo này (20/12/2022). '
        "Cách sửa: sửa một trong hai ngày.",
    ]
    without_a_reason = (
        f"[chỉ lập được DỰ THẢO] {SEED}/2022/report.yml, dòng 9: chưa có lý do thay thế. "
        "Cách sửa: điền mục replaces.reason: Vì sao phải thay thế, in ở phụ lục của báo cáo thay thế: viết một câu."
    )
    assert [str(found) for found in office.findings(this(data, "yearly"))] == [*refused, without_a_reason]
    assert [str(found) for found in office.findings(this(data, "half_year"))] == refused  # which needs no reason of another's


DECIDED = "approved_by: {number: 15/QĐ-UBND, date: 20/12/2022}\n"


def test_a_decision_of_december_stands_beside_a_report_of_july_that_needs_none(data):
    report_yml(data, f"kind: half_year\nnumber: '200'\ndate: 05/07/2022\n{DECIDED}kinds:\n  - kind: yearly\n    date: 19/12/2022\n")
    assert [*office.findings(this(data)), *kinds.findings(this(data))] == []
    assert [str(found) for found in kinds.findings(this(data, "yearly"))] == [
        f'{SEED}/2022/report.yml, dòng 4: giá trị "20/12/2022" — quyết định công nhận kết quả có sau ngày của báo cáo (19/12/2022). '
        "Cách sửa: sửa một trong hai ngày."
    ]


# what a kind reads of report.yml ----------------------------------------------------------------------

READ = f"kind: yearly\nnumber: '403'\ndate: 22/12/2022\n{DECIDED}kinds:\n  - kind: half_year\n    number: '200'\n    date: 05/07/2022\n"
UNREAD = {
    "another kind's number": (READ + "  - kind: programme\n    number: '17'\n    date: 20/01/2023\n", ("yearly", "half_year", "inspection")),
    "another kind's gap": (READ + "  - kind: programme\n    replaces: {number: '5'}\n", ("yearly", "half_year")),
    "a remark above": ("# số của văn thư\n" + READ, ("yearly", "half_year")),
    "the decision on the result": (READ.replace("15/QĐ", "16/QĐ"), ("half_year",)),
    "the number of the year's main report": (READ.replace("403", "404"), ("half_year",)),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "unmoved"), UNREAD.values(), ids=UNREAD)
def test_only_what_a_kind_reads_of_report_yml_counts_for_its_report(data, changed, unmoved):
    every = ("yearly", "half_year", "inspection", "programme")
    report_yml(data, READ)
    before = {kind: inputs.described(this(data, kind))["key"] for kind in every}
    report_yml(data, changed)
    after = {kind: inputs.described(this(data, kind))["key"] for kind in every}
    assert {kind for kind in ("yearly", "half_year", "inspection") if before[kind] == after[kind]} >= set(unmoved)
    if "programme" in changed:
        assert before["programme"] != after["programme"]
    if "403" not in changed or "16/QĐ" in changed:
        assert before["yearly"] != after["yearly"]


def test_the_line_of_what_is_missing_counts_since_the_draft_names_it(data):
    report_yml(data, "kind: inspection\nnumber: ''\n")
    before = inputs.described(this(data))["key"]
    report_yml(data, "# một dòng\nkind: inspection\nnumber: ''\n")
    assert inputs.described(this(data))["key"] != before


def test_a_gap_in_what_is_said_of_another_kind_is_not_of_this_one(data):
    report_yml(data, READ.replace("15/QĐ-UBND", "…/QĐ-UBND") + "    period: từ ngày … đến ngày 30/6/2022\n")
    found = {kind: [(one.row, one.value) for one in complete.gaps(this(data, kind)) if one.file.endswith("report.yml")] for kind in ("", "half_year")}
    assert found == {"": [(4, "…/QĐ")], "half_year": [(9, "ngày …")]}


def test_what_is_said_of_a_report_points_to_the_line_of_its_own_kind(data):
    report_yml(data, KINDS)
    asked = [(kind, field) for kind in ("inspection", "half_year", "yearly") for field in ("number", "replaces")]
    found = {one: office.line(this(data, one[0]), one[1]) for one in asked}
    assert found == {
        ("inspection", "number"): 0, ("inspection", "replaces"): 0, ("half_year", "number"): 4, ("half_year", "replaces"): 3,
        ("yearly", "number"): 7, ("yearly", "replaces"): 9,
    }  # fmt: skip


# what a kind says at its head -------------------------------------------------------------------------


def test_only_the_report_that_was_asked_for_names_the_document_that_asked(data):
    asked = {kind: list(kinds.requests(this(data, kind))["number"]) for kind in ("", "inspection", "yearly", "half_year")}
    assert asked == {"": ["534/UBND-VX"], "inspection": ["534/UBND-VX"], "yearly": [], "half_year": []}


def test_report_yml_says_which_document_asked_for_another_kind_of_report(data):
    with (data / SEED / "2022" / "documents.csv").open("a", encoding="utf-8") as file:
        file.write("88/UBND-KT,2022-06-01,UBND huyện Kbang,Công văn,báo cáo giải ngân vốn,request\n")
    report_yml(data, "kind: inspection\nkinds:\n  - kind: half_year\n    request: 88/UBND-KT\n")
    asked = {kind: list(kinds.requests(this(data, kind))["number"]) for kind in ("inspection", "yearly", "half_year")}
    assert asked == {"inspection": ["534/UBND-VX"], "yearly": [], "half_year": ["88/UBND-KT"]}
    assert list(kinds.findings(this(data))) == []


def test_a_request_that_is_not_among_the_documents_is_refused_at_its_line(data):
    report_yml(data, "kind: inspection\nkinds:\n  - kind: half_year\n    request: 27/2022/NĐ-CP\n")
    assert [str(found) for found in kinds.findings(this(data))] == [
        f'{SEED}/2022/report.yml, dòng 4: giá trị "27/2022/NĐ-CP" — bảng documents không có văn bản yêu cầu (use: request) nào số này. '
        "Cách sửa: ghi đúng số ở bảng documents, hoặc thêm văn bản vào bảng ấy."
    ]


def test_the_year_on_the_page_of_report_yml_is_the_main_reports(data):
    dated = {kind: letterhead.letterhead(this(data, kind), "")["place_date"] for kind in ("inspection", "half_year")}
    assert dated == {
        "inspection": "Kông Lơng Khơng, ngày     tháng     năm 2023", "half_year": "Kông Lơng Khơng, ngày     tháng     năm     ",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["submit", "papers", "ready", "status", "review", "verify", "diff"])
def test_a_kind_that_there_is_not_is_refused_before_anything_is_looked_for(command, data, tmp_path, capsys):
    place = ["--data", str(data), "--out", str(tmp_path / "out"), "--unit", SEED, "--year", str(SEED_YEAR)]
    assert cli.main([command, *place, "--kind", "half-year"]) == 1
    listed = "; ".join(f"{one.code} ({one.name.lower()})" for one in law_kinds.known(this(data).law, SEED_YEAR).values())
    assert capsys.readouterr().err == (
        'kind: giá trị "half-year" — không có loại báo cáo này. '
        f'Cách sửa: dùng một trong các loại (có phải là "half_year" không?): {listed}.\n'
    )


# draft and preliminary are two things -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "early"),
    [
        ({"draft": []}, False), ({"draft": [], "preliminary": True}, True), ({"draft": ["chưa có số quyết định"]}, False),
        ({"draft": ["x/2024/review.csv, dòng 2: kết quả còn là sơ bộ."]}, True),
    ],
)  # fmt: skip
def test_a_final_may_be_of_a_preliminary_result_and_a_draft_of_an_official_one(record, early):
    assert manifest.early(record) is early
