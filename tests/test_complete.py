"""What a final report needs: a complete year that lacks any one of it is a draft, says why, and is refused as a final."""

import csv
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import yaml

import provinces
from giamngheo import checks, cli
from giamngheo.checks import complete
from giamngheo.intake.narrative import SECTIONS
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import PROJECT_DATA
from giamngheo.law.kinds import known
from giamngheo.report import passages
from giamngheo.run import runner
from laws import LAW

UNIT, YEAR = provinces.UNITS[0], provinces.YEAR
REQUIREMENTS = {one.name: one for one in complete.REQUIREMENTS}
NEEDED = {kind: [one.name for one in complete.requirements(Year(PROJECT_DATA, UNIT, YEAR, kind=kind))] for kind in known(LAW, YEAR)}
WRITTEN = {kind: one.words for kind, one in known(LAW, YEAR).items()}
OF_A_KIND = [(kind, name) for kind, names in NEEDED.items() for name in names]


@pytest.fixture
def folder(tmp_path) -> Path:
    """A year to which nothing is missing, in a data folder of its own."""
    shutil.copytree(provinces.root(), tmp_path / "data")
    return tmp_path / "data" / UNIT / str(YEAR)


def year(folder: Path, kind: str = "") -> Year:
    return Year(folder.parents[1], UNIT, YEAR, kind=kind)


def without(folder: Path, name: str) -> None:
    """Take out of a complete year what the requirement `name` asks for."""
    kind, _, what = name.partition(" ")
    {
        "unit.yml": lambda: (drop(folder.parent / "unit.yml", what), off_the_map(folder) if what == "name" else None),
        "report.yml": lambda: drop(folder / "report.yml", what),
        "review": lambda: in_review(folder, what),
        "other_review": lambda: second(folder),
        "budget": lambda: unknown(folder / "budget.csv", what),
        "models": lambda: without_money(folder / "budget.csv", what),
        "narrative": lambda: (folder / "narrative" / f"{what}.md").unlink(),
        "gaps": lambda: (folder / "narrative" / "kien-nghi.md").write_text("Đề nghị [cần bổ sung nơi].\n", "utf-8"),
    }[kind]()


def drop(path: Path, place: str) -> None:
    """Take one field out of an office file."""
    said = yaml.safe_load(path.read_text("utf-8"))
    *above, name = place.split(".")
    within = said
    for part in above:
        within = within[part][0] if isinstance(within[part], list) else within[part]
    del within[name]
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")


def off_the_map(folder: Path) -> None:
    """Blank the unit's name on the map, which else says what its own file does not."""
    path = folder.parents[1] / "units.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]))
        lines.writeheader()
        lines.writerows(row | ({"name": ""} if row["unit"] == UNIT else {}) for row in rows)


def in_review(folder: Path, column: str) -> None:
    """Make the review preliminary, as last year's then is, or blank one of its counts, which no printed figure tells either."""
    if column == "status":
        for path in (folder / "review.csv", folder.parent / str(YEAR - 1) / "review.csv"):
            path.write_text(path.read_text("utf-8").replace(",official,", ",preliminary,"), "utf-8")
        return
    unknown(folder / "review.csv", column)
    printed = folder / "published.csv"
    printed.write_text(printed.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")


def second(folder: Path) -> None:
    """Add an official result under another standard, which no decision has approved."""
    review = (folder / "review.csv").read_text("utf-8")
    (folder / "other_review.csv").write_text(review.replace("ND07_2021", "ND351_2025"), "utf-8")


def rewrite(path: Path, change: Callable[[list[dict]], Iterable[dict]]) -> None:
    """Write a table again with its rows changed."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, list(rows[0]))
        lines.writeheader()
        lines.writerows(change(rows))


def unknown(path: Path, column: str) -> None:
    """Blank a column of a table."""
    rewrite(path, lambda rows: (row | {column: ""} for row in rows))


def without_money(path: Path, what: str) -> None:
    """Take the lines of the models' support, or of what the people put in, out of the budget."""
    contributed = what == "contributed"
    rewrite(path, lambda rows: (row for row in rows if not (row["model"] and (row["source"] == "nguoi_dan") == contributed)))


def in_the_first_half(folder: Path) -> None:
    """Let the money be that of the end of June, and the courses be held by then."""
    for name, column in (("budget", "as_of"), ("training", "date")):
        rewrite(folder / f"{name}.csv", lambda rows, column=column: (row | {column: f"{YEAR}-06-30"} for row in rows))


@pytest.mark.parametrize("kind", NEEDED)
def test_nothing_is_missing_to_a_simulated_commune(folder, kind):
    if kind == "half_year":
        in_the_first_half(folder)
    for name in set(WRITTEN[kind]) - set(SECTIONS):
        (folder / "narrative" / f"{name}.md").write_text("Đã thực hiện đúng kế hoạch.\n", "utf-8")
    assert complete.findings(year(folder, kind)) == []
    assert checks.draft_reasons(year(folder, kind)) == []


def test_the_list_is_what_a_yearly_final_needs():
    assert NEEDED["yearly"] == NEEDED["inspection"] == [
        "unit.yml letterhead", "unit.yml name", "unit.yml letterhead.place", "unit.yml letterhead.position", "unit.yml letterhead.signatory",
        "unit.yml letterhead.issuer", "unit.yml letterhead.addressees", "unit.yml letterhead.recipients",
        "unit.yml letterhead.authority", "report.yml approved_by.number", "report.yml approved_by.date", "review status", "other_review decision",
        "review households", "review poor_households", "review near_poor_households", "models supported", "models contributed",
        *(f"narrative {section}" for section in SECTIONS), "gaps",
    ]  # fmt: skip


FRAME = [one.name for one in complete.FRAME]


def test_what_else_each_kind_of_report_needs():
    counted = ["review households", "review poor_households", "review near_poor_households"]
    models, decided = ["models supported", "models contributed"], "other_review decision"
    money = ["budget planned", "budget disbursed", *models]
    common = (*FRAME, "gaps", *(name for names in NEEDED.values() for name in names if name.startswith("narrative")))
    assert {kind: [name for name in names if name not in common] for kind, names in NEEDED.items()} == {
        "yearly": ["report.yml approved_by.number", "report.yml approved_by.date", "review status", decided, *counted, *models],
        "inspection": ["report.yml approved_by.number", "report.yml approved_by.date", "review status", decided, *counted, *models],
        "preliminary": counted,
        "programme": money,
        "half_year": money,
    }
    assert all(names[: len(FRAME)] == FRAME and names[-1] == "gaps" for names in NEEDED.values())


@pytest.mark.parametrize(("kind", "name"), OF_A_KIND)
def test_a_final_without_any_one_required_thing_is_refused_with_exactly_what_check_lists(folder, kind, name, capsys):
    for section in WRITTEN[kind]:
        path = folder / "narrative" / f"{section}.md"
        path.write_text(path.read_text("utf-8") if path.exists() else "Đã thực hiện đúng kế hoạch.\n", "utf-8")
    without(folder, name)
    this = year(folder, kind)
    (needed,) = (one for one in complete.requirements(this) if one.name == name)
    missing = list(needed.missing(this))
    assert missing and {finding.level for finding in missing} == {"draft"}
    found = checks.findings(this)
    assert all(any(finding is one for one in found) or finding in found for finding in missing)
    reasons = checks.draft_reasons(this)
    assert set(map(checks.said, missing)) <= set(reasons)
    assert passages.opening(this, "Kết quả", reasons).meta["draft"] == reasons

    out = folder.parents[2] / "out"
    asked = ["--data", str(folder.parents[1]), "--unit", UNIT, "--year", str(YEAR), "--kind", kind]
    assert cli.main(["report", *asked, "--out", str(out), "--final"]) == 1
    assert capsys.readouterr().err == "\n- ".join(["Chưa lập được bản chính thức:", *reasons]) + "\n"
    assert not out.exists()
    cli.main(["check", *asked])
    listed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("[chỉ lập được DỰ THẢO] ")]
    assert sorted(line.removeprefix("[chỉ lập được DỰ THẢO] ") for line in listed) == sorted(reasons)


WHOLE = f"{UNIT}/{YEAR}"
MESSAGES = {
    "report.yml approved_by.number": (
        f"{WHOLE}/report.yml, dòng 4: chưa có số quyết định công nhận kết quả. "
        "Cách sửa: điền mục approved_by.number: Số và ký hiệu đầy đủ, ví dụ 15/QĐ-UBND."
    ),
    "unit.yml letterhead.signatory": (
        f"{UNIT}/unit.yml, dòng 6: chưa có họ tên người ký. Cách sửa: điền mục letterhead.signatory: Họ tên in dưới chữ ký."
    ),
    "review status": (
        f'{WHOLE}/review.csv, dòng 2, cột N (status): giá trị "preliminary" — kết quả còn là sơ bộ. Cách sửa: khi có '
        "quyết định công nhận thì ghi official, và ghi số, ngày quyết định vào report.yml."
    ),
    "review households": (
        f"{WHOLE}/review.csv, dòng 2, cột B (households): chưa biết số của toàn xã: Tổng số hộ dân cư. "
        "Cách sửa: điền ô này; không có thì hỏi lại thôn, làng hoặc cấp trên."
    ),
    "gaps": (
        f'{WHOLE}/narrative/kien-nghi.md, dòng 1: giá trị "[cần bổ sung nơi]" — còn chỗ cần bổ sung. '
        "Cách sửa: điền vào chỗ này, hoặc bỏ đi."
    ),
}


@pytest.mark.parametrize(("name", "message"), MESSAGES.items(), ids=MESSAGES)
def test_what_is_missing_is_said_with_its_place_and_what_to_do(folder, name, message):
    without(folder, name)
    assert [checks.said(finding) for finding in REQUIREMENTS[name].missing(year(folder))] == [message]


GAPS = {
    "an addressee in quotes": ("unit.yml", "Ủy ban nhân dân huyện Mô Phỏng 1", "'[cần bổ sung nơi gửi]'", "unit.yml, dòng"),
    "a signatory": ("unit.yml", "Người Ký Mô Phỏng", "'[Cần bổ sung]'", "unit.yml, dòng"),
    "a place as the paper form has it": ("unit.yml", "place: Mô Phỏng 001", "place: Mô Phỏng ........", "unit.yml, dòng"),
    "a number to come": ("documents.csv", "Kế hoạch", "Kế hoạch số xx/KH-UBND", "documents.csv, dòng"),
    "a remark of who wrote it": ("narrative/kien-nghi.md", "Cấp trên", "[chờ số liệu của kế toán] Cấp trên", "kien-nghi.md, dòng 1"),
    "a line to write on": ("narrative/kien-nghi.md", "Cấp trên", "Cấp trên ____", "kien-nghi.md, dòng 1"),
    "the dots of a form": ("narrative/ton-tai.md", "còn cao", "còn ……… hộ", "ton-tai.md, dòng 1"),
    "brackets that are round": ("narrative/ton-tai.md", "còn cao", "còn cao (sẽ bổ sung sau)", "ton-tai.md, dòng 1"),
    "the title of a document": ("documents.csv", "rà soát", "[cần bổ sung trích yếu]", "documents.csv, dòng"),
}


@pytest.mark.parametrize(("file", "old", "new", "place"), GAPS.values(), ids=GAPS)
def test_a_gap_is_found_wherever_it_stands(folder, file, old, new, place):
    path = folder.parent / file if file == "unit.yml" else folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    (reason,) = checks.draft_reasons(year(folder))
    assert place in reason and "còn chỗ cần bổ sung" in reason


def test_a_final_is_of_one_moment_also_where_a_file_changes_between_the_check_and_the_run(folder, capsys, monkeypatch):
    make, changed = runner.make, "Đề nghị [cần bổ sung nơi].\n"

    def changed_before(*given, **named):
        (folder / "narrative" / "kien-nghi.md").write_text(changed, "utf-8")
        return make(*given, **named)

    monkeypatch.setattr(runner, "make", changed_before)
    out = folder.parents[2] / "out"
    asked = ["--data", str(folder.parents[1]), "--unit", UNIT, "--year", str(YEAR)]
    assert cli.main(["report", *asked, "--out", str(out), "--final"]) == 1
    assert capsys.readouterr().err == (
        "Chưa lập được bản chính thức:\n"
        f'- {UNIT}/{YEAR}/narrative/kien-nghi.md, dòng 1: giá trị "[cần bổ sung nơi]" — còn chỗ cần bổ sung. '
        "Cách sửa: điền vào chỗ này, hoặc bỏ đi.\n"
    )
    assert list((out / UNIT).iterdir()) == []


NO_GAPS = (
    "Vẫn còn. Tỷ lệ % hộ nghèo giảm 5 %, có hộ thoát nghèo, gian nan,\n"
    "keo, mì, … người dân trồng, «Chương trình», giảm  hộ nghèo, cập nhật sau rà soát.\n"
    "Đại hội lần thứ XX; vốn, giống, …; v.v.; cần bổ sung vốn (cần bổ sung 2 hộ); [1] theo Quyết định 65/QĐ-UBND."
)


def test_words_that_ask_for_nothing_are_no_gap(folder):
    (folder / "narrative" / "kien-nghi.md").write_text(NO_GAPS, "utf-8")
    assert checks.draft_reasons(year(folder)) == []


NO_NUMBER = "chưa có số quyết định công nhận kết quả. Cách sửa: điền mục approved_by.number: Số và ký hiệu đầy đủ, ví dụ 15/QĐ-UBND."
ODD_NUMBER = (
    "số của một văn bản gồm con số, dấu gạch chéo, chữ viết tắt. "
    "Cách sửa: ghi số và ký hiệu, không ghi gì khác, ví dụ 15/QĐ-UBND; chưa có thì để trống."
)
NO_DECISION = (
    "đây không phải số của một quyết định (không có chữ QĐ). "
    "Cách sửa: kết quả được công nhận bằng quyết định: ghi số và ký hiệu của quyết định ấy, ví dụ 15/QĐ-UBND."
)
ODD_NAME = "họ tên chỉ gồm chữ, không phải chức vụ, không viết tắt. Cách sửa: chỉ ghi họ và tên đầy đủ; chức vụ ghi ở mục position."
NO_POSITION = "chưa có chức vụ người ký. Cách sửa: điền mục letterhead.position: Ví dụ CHỦ TỊCH, PHÓ CHỦ TỊCH."
NO_ADDRESSEES = "chưa có nơi gửi. Cách sửa: điền mục letterhead.addressees: Các cơ quan ở dòng Kính gửi."
NO_SIGNATORY = "chưa có họ tên người ký. Cách sửa: điền mục letterhead.signatory: Họ tên in dưới chữ ký."
NO_AUTHORITY = "chưa có thẩm quyền ký. Cách sửa: điền mục letterhead.authority: Dòng trên chức vụ, ví dụ TM. ỦY BAN NHÂN DÂN hoặc KT. CHỦ TỊCH."
NO_PLACE = "chưa có địa danh. Cách sửa: điền mục letterhead.place: Chữ đứng trước ngày tháng ở đầu văn bản."
NO_RECIPIENTS = "chưa có nơi nhận. Cách sửa: điền mục letterhead.recipients: Các dòng ở Nơi nhận, trừ dòng Lưu."
GAP = "còn chỗ cần bổ sung. Cách sửa: điền vào chỗ này, hoặc bỏ đi."
NOT_FILLED_IN = {
    "dots": ("approved_by.number", "...", NO_NUMBER),
    "words that it is to come": ("approved_by.number", "chưa có quyết định", NO_NUMBER),
    "a decision without its number": ("approved_by.number", "QĐ-UBND", ODD_NUMBER),
    "a number alone": ("approved_by.number", "15", ODD_NUMBER),
    "a number in words": ("approved_by.number", "số 5", ODD_NUMBER),
    "a number of noughts": ("approved_by.number", "00/QĐ-UBND", ODD_NUMBER),
    "a number and its day": ("approved_by.number", "15/QĐ-UBND ngày 5/12/2024", ODD_NUMBER),
    "a year alone": ("approved_by.number", "QĐ-UBND/2024", ODD_NUMBER),
    "a dash": ("signatory", "-", NO_SIGNATORY),
    "a name to come": ("signatory", "chờ phân công", NO_SIGNATORY),
    "a name nobody knows": ("signatory", "(chưa rõ)", NO_SIGNATORY),
    "what the form asks for": ("signatory", "Họ và tên", NO_SIGNATORY),
    "what the form asks for in brackets": ("signatory", "(Ký tên, đóng dấu)", NO_SIGNATORY),
    "letters x": ("signatory", "XXX", NO_SIGNATORY),
    "a sample name": ("signatory", "Nguyễn Văn A", NO_SIGNATORY),
    "a name and its office": ("signatory", "Trần Văn Nhơn (Chủ tịch)", ODD_NAME),
    "the name of the field": ("place", "Địa danh", NO_PLACE),
    "a list of dots": ("authority", ["…"], NO_AUTHORITY),
    "a list of the field's name": ("recipients", ["Nơi nhận"], NO_RECIPIENTS),
    "an office for a name": ("signatory", "Phó Chủ tịch", ODD_NAME),
    "an office with a title": ("signatory", "Đồng chí Chủ tịch", ODD_NAME),
    "an acting office": ("signatory", "Quyền Chủ tịch", ODD_NAME),
    "a name cut short": ("signatory", "Lê Văn T.", ODD_NAME),
    "initials": ("signatory", "A. B.", ODD_NAME),
    "a sample name's initials": ("signatory", "N.V.A", NO_SIGNATORY),
    "the same in one": ("signatory", "NVA", NO_SIGNATORY),
    "somebody": ("signatory", "Ai đó", NO_SIGNATORY),
    "nobody": ("signatory", "khuyết", NO_SIGNATORY),
    "as above": ("signatory", "như trên", NO_SIGNATORY),
    "a sample place": ("place", "xã X", NO_PLACE),
    "a sample of an office's place": ("addressees", ["UBND huyện Z"], NO_ADDRESSEES),
    "a number for words": ("position", "123", NO_POSITION),
    "a place that is as above": ("place", "nt", NO_PLACE),
    "a numbered field's name": ("recipients", ["Như trên", "Nơi nhận 1"], NO_RECIPIENTS),
    "a report for a decision": ("approved_by.number", "15/BC-UBND", NO_DECISION),
    "a letter for a decision": ("approved_by.number", "15/UBND-VX", NO_DECISION),
    "a number with an x": ("approved_by.number", "1x/QĐ-UBND", ODD_NUMBER),
    "a sample name without accents": ("signatory", "Nguyen Van A", NO_SIGNATORY),
    "one line of a list": ("recipients", ["Như trên", "(ghi sau)"], NO_RECIPIENTS),
}  # fmt: skip


def lacking(folder: Path) -> list[str]:
    """What a final of the year lacks, as it is told."""
    return [checks.said(finding) for finding in complete.findings(year(folder))]


def fill_in(folder: Path, field: str, value: str | list[str]) -> Path:
    """Write a value into a field of an office file."""
    decided = field.startswith("approved_by")
    path = folder / "report.yml" if decided else folder.parent / "unit.yml"
    said = yaml.safe_load(path.read_text("utf-8"))
    within = said["approved_by"] if decided else said["letterhead"][0]
    within[field.rpartition(".")[2]] = value
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")
    return path


def told_at(path: Path, value: str, message: str) -> str:
    """A finding of the value in an office file, at the line in which it stands."""
    line = 1 + next(at for at, text in enumerate(path.read_text("utf-8").splitlines()) if re.search(rf"(?:: |- )'?{re.escape(value)}", text))
    return f'{UNIT}/{path.relative_to(path.parents[path.name == "report.yml"])}, dòng {line}: giá trị "{value}" — {message}'


@pytest.mark.parametrize(("field", "value", "message"), NOT_FILLED_IN.values(), ids=NOT_FILLED_IN)
def test_a_value_that_says_nothing_is_not_filled_in(folder, field, value, message):
    path = fill_in(folder, field, value)
    assert lacking(folder) == [told_at(path, value if isinstance(value, str) else value[-1], message)]


FILLED_IN = {
    "a place that begins as a wish": ("place", "Cần Thơ"), "a name of one word": ("signatory", "Hyưn"),
    "a short name": ("signatory", "Y Cho"), "a name with marks": ("signatory", "H'Rơ\u0306 Niê-Kđăm"),
    "a blank before the bar": ("approved_by.number", "15 /QĐ-UBND"),
    "a decision of its year": ("approved_by.number", "7/2024/QĐ-UBND"), "a decision of the party": ("approved_by.number", "12-QĐ/HU"),
    "two decisions": ("approved_by.number", "15/QĐ-UBND, 16/QĐ-UBND"), "a letter behind the number": ("approved_by.number", "015a/QĐ-CTUBND"),
    "a name of one letter": ("signatory", "Lê Ô"), "a title before a name": ("signatory", "ThS. Đinh Văn Nam"),
    "a ward with a number": ("place", "Phường 1"),
    "offices in general": ("recipients", ["Như trên", "Các phòng, ban, đơn vị", "Các thôn, làng"]),
}  # fmt: skip


@pytest.mark.parametrize(("field", "value"), FILLED_IN.values(), ids=FILLED_IN)
def test_a_value_that_says_something_is_filled_in(folder, field, value):
    fill_in(folder, field, value)
    assert lacking(folder) == []


@pytest.mark.parametrize(("field", "value"), [("archive", "(nơi lưu)"), ("drafting_unit", "chưa rõ"), ("superior", "Cơ quan chủ quản")])
def test_a_field_that_may_be_blank_says_something_or_is_blank(folder, field, value):
    path = fill_in(folder, field, value)
    assert lacking(folder) == [told_at(path, value, GAP)]


def test_dots_within_a_value_of_the_office_are_a_gap(folder):
    path = fill_in(folder, "place", "xã …")
    assert lacking(folder) == [told_at(path, "xã …", GAP).replace('"xã …"', '"…"')]


NUMBERS_LEFT_OUT = {
    "/2024/QĐ-UBND": "/2024/QĐ-UBND", "Số /QĐ-UBND năm 2024": "/QĐ-UBND", "số …/QĐ-UBND": "số …", ".../QĐ-UBND": ".../QĐ", "<số>/QĐ-UBND": "<số>",
    "15/XX-UBND": "XX", "15/QĐ-XXX": "XXX", "xx/QĐ-UBND": "xx", "x/QĐ-UBND": "x",
}  # fmt: skip


@pytest.mark.parametrize(("value", "gap"), NUMBERS_LEFT_OUT.items())
def test_a_decision_whose_number_was_left_out_is_a_gap(folder, value, gap):
    path = fill_in(folder, "approved_by.number", value)
    assert lacking(folder) == [told_at(path, value, GAP).replace(f'"{value}"', f'"{gap}"')]


UNWRITTEN = [
    "(chưa viết)", "...", ".", "TODO", "## Giải pháp về vốn", "**Giải pháp về vốn**", "Bảng: Vốn", "Đang chờ số liệu…", "Giải pháp", "Các giải pháp:",
    "- (sẽ bổ sung sau)", "1. …", "- xxx\n- xxx", "Nội dung", "viết vào đây", "Đang chờ số liệu của các thôn, làng.", "Lorem ipsum dolor sit amet",
    "[...]", "abc", "## Vốn\n\n(chưa có nội dung)", "| Việc | Vốn |\n|---|---|\n| … | … |", "CHUA VIET", "12.", "N/A", "Bảng 1",
    "Bổ sung sau khi có số liệu chính thức", "(trống)", "chờ phòng kế toán gửi số", "Đang soạn thảo", "Như năm trước.",
    "Đang cập nhật, bổ sung sau nhé", "nt", "- nt", "Như trên.", "Đã nêu ở trên.", "Xem mục I.", "Tương tự năm trước.", "Bỏ trống", "Xem lại chỗ này",
    "Hộ nghèo: chưa có số liệu.", "Kết quả: N/A", "- Số hộ tái nghèo: chưa biết",
]  # fmt: skip


@pytest.mark.parametrize("text", UNWRITTEN)
def test_a_section_of_words_that_hold_its_place_is_not_written(folder, text):
    (folder / "narrative" / "giai-phap.md").write_text(f"\n{text}\n", "utf-8")
    (message,) = [reason for reason in lacking(folder) if GAP not in reason]
    assert message == (
        f'{WHOLE}/narrative/giai-phap.md, dòng 2: giá trị "{text.splitlines()[0]}" — mục “Giải pháp” chưa có câu nào: chỉ có đề mục, '
        "tên bảng hoặc chữ giữ chỗ. Cách sửa: viết mục này; không có gì để nêu thì viết thành câu, ví dụ: Trong năm, xã không có …."
    )


WRITTEN_SECTIONS = [
    "Không có.", "Chưa có mô hình nào.", "**Vay vốn, đào tạo nghề.**", "## Vốn\nVay vốn.", "Chờ mưa để gieo sạ.", "- Vay vốn", "Không",
    "Cập nhật đầy đủ số liệu, thông tin, báo cáo cấp trên.", "| Việc | Vốn |\n|---|---|\n| Nước | 5 |", "Giải pháp: vay vốn",
    "Các giải pháp:\n- Vay vốn", "Tương tự năm trước, xã cho vay vốn.", "Xem xét cho vay vốn.", "Khó khăn: không có.",
    "Bổ sung số liệu, thông tin của các thôn.", "Vốn, giống, …", "Tổ chức họp thôn ngày tháng năm theo lịch.",
]  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN_SECTIONS)
def test_a_section_that_says_something_is_written(folder, text):
    (folder / "narrative" / "giai-phap.md").write_text(f"{text}\n", "utf-8")
    assert lacking(folder) == []


HELD = {
    "a point": ("Vay vốn.\n- (chưa viết)", 2, "(chưa viết)"), "a note to come back": ("Vay vốn. TODO: thêm số hộ", 1, "TODO"),
    "a day": ("Theo Kế hoạch ngày … của xã.", 1, "ngày …"), "a number": ("Theo Quyết định số /QĐ-UBND của xã.", 1, "/QĐ-UBND"),
    "a day of bars": ("Họp ngày / /2024 tại xã.", 1, "ngày / /2024"), "question marks": ("Hỗ trợ ??? hộ.", 1, "???"),
    "a line between others": ("Vay vốn.\nĐang chờ số liệu\nĐào tạo nghề.", 2, "Đang chờ số liệu"),
    "a number of dots": ("Có ... hộ thoát nghèo.", 1, "... hộ"), "dots in brackets": ("Giảm (…) hộ.", 1, "(…) hộ"),
    "a number of xx": ("Có XX hộ thoát nghèo.", 1, "XX hộ"), "a number in brackets": ("Có [số] hộ thoát nghèo.", 1, "[số] hộ"),
    "a blank for a number": ("Hộ nghèo là  hộ.", 1, "là  hộ"), "a wide blank": ("Có       hộ thoát nghèo.", 1, "Có       hộ"),
    "a rate without its number": ("Tỷ lệ nghèo là %.", 1, "là %"), "nothing before the stop": ("Số hộ nghèo là  .", 1, "là  ."),
    "a blank for a number of a text": ("Theo Quyết định số     của huyện.", 1, "số     "),
    "a pattern of a day": ("Ngày dd/mm/yyyy đã họp.", 1, "dd/mm/yyyy"),
    "a broken reference of a sheet": ("Hộ nghèo là #REF! hộ.", 1, "#REF!"), "a value that is none": ("Còn #N/A hộ.", 1, "#N/A"),
    "a program's nothing": ("Giảm nan hộ.", 1, "nan"),
    "another program's nothing": ("Giảm None hộ.", 1, "None"),
    "a broken reference of Word": ("Xem Error! Reference source not found.", 1, "Error! Reference source not found."),
    "a field of Word": ("Xã «Ten_xa» báo cáo.", 1, "«Ten_xa»"), "a blank form of Word": ("Click here to enter text.", 1, "Click here to enter"),
    "a doubt": ("Có 12 hộ thoát nghèo (?).", 1, "(?)"), "a word to oneself": ("Vay vốn (kiểm tra lại).", 1, "(kiểm tra lại)"),
    "a picture to come": ("Vay vốn (chèn bảng).", 1, "(chèn bảng)"), "an end to come": ("Kết quả sẽ bổ sung sau.", 1, "bổ sung sau"),
    "a line that says nothing of what it names": ("Vay vốn.\nHộ nghèo: chưa có số liệu.", 2, "Hộ nghèo: chưa có số liệu."),
    "under a heading": ("Vay vốn.\n## Nghề\n…", 3, "…"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "value"), HELD.values(), ids=HELD)
def test_a_place_that_is_held_within_a_section_is_a_gap(folder, text, line, value):
    (folder / "narrative" / "giai-phap.md").write_text(f"{text}\n", "utf-8")
    assert lacking(folder) == [f'{WHOLE}/narrative/giai-phap.md, dòng {line}: giá trị "{value}" — {GAP}']


def test_the_map_names_a_unit_that_does_not_name_itself(folder):
    drop(folder.parent / "unit.yml", "name")
    assert checks.draft_reasons(year(folder)) == []
    assert passages.context(year(folder))["place"] == "xã Mô Phỏng 001"


def test_check_lists_what_a_final_lacks_beside_what_is_refused(folder):
    """One wrong code hides neither a missing decision nor an unwritten section nor last year's words."""
    review = folder / "review.csv"
    review.write_text(review.read_text("utf-8").replace(",ND07_2021", ",ND7_2021", 1), "utf-8")
    drop(folder / "report.yml", "approved_by.number")
    (folder / "narrative" / "mo-hinh.md").unlink()
    (folder / "narrative" / "kien-nghi.md").write_text("So với năm 2023 [cần bổ sung].", "utf-8")
    listed = [(finding.level, finding.file.rpartition("/")[2], finding.value) for finding in checks.findings(year(folder))]
    assert listed == [
        ("refuse", "review.csv", "ND7_2021"), ("draft", "kien-nghi.md", "năm 2023"), ("draft", "report.yml", ""),
        ("draft", "mo-hinh.md", ""), ("draft", "kien-nghi.md", "[cần bổ sung]"),
    ]  # fmt: skip
