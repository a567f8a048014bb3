"""The command line: what it answers, with which exit code, and what it leaves behind when a cell fails."""

import argparse
import ast
import csv
import inspect
import io
import json
import os
import pty
import re
import subprocess

import nbformat
import pytest

import projects
from conftest import BIN, PROJECT, SEED, SEED_YEAR, program
from giamngheo import cli, parsing, simulate
from giamngheo.run import runner
from giamngheo.run.runner import ParameterError
from giamngheo.store import atomic_folders
from giamngheo.store.manifest import sha256

REVIEW = {"households": 200, "poor_households": 30, "near_poor_households": 20}


@pytest.fixture
def giamngheo(capsys, tmp_path):
    """A function that gives a command and returns its exit code, what it printed, what it complained of."""

    def command(*arguments):
        try:
            code = cli.main([*map(str, arguments), "--out", str(tmp_path / "out")])
        except SystemExit as ended:
            code = ended.code
        printed = capsys.readouterr()
        return code, printed.out.strip(), printed.err.strip()

    return command


@pytest.fixture
def sound(tmp_path):
    """A data folder with one made-up commune in whose year nothing is wrong, and its name."""
    simulate.write(tmp_path / "data", communes=1, villages=3, year=2024, seed=7)
    return tmp_path / "data", next((tmp_path / "data").glob("*/unit.yml")).parent.name


# exit codes ---------------------------------------------------------------------------------------


def test_a_year_in_which_nothing_blocks_is_0(giamngheo, sound):
    root, unit = sound
    code, printed, complaint = giamngheo("check", "--data", root, "--unit", unit, "--year", 2024)
    assert (code, complaint) == (0, ""), printed


def test_a_year_that_gets_a_draft_only_is_1(giamngheo):
    code, printed, complaint = giamngheo("check", "--unit", SEED, "--year", SEED_YEAR)
    assert (code, complaint) == (1, "")
    assert "[chỉ lập được DỰ THẢO]" in printed


def test_a_draft_is_refused_where_a_final_report_is_asked_for(giamngheo, tmp_path):
    code, _, complaint = giamngheo("report", "--final")
    assert code == 1
    assert complaint.splitlines()[0] == "Chưa lập được bản chính thức:"
    assert not (tmp_path / "out").exists()


def test_data_of_which_no_report_can_be_made_is_1_and_nothing_runs(giamngheo, write_year, tmp_path):
    write_year("xa", 2022, review=[REVIEW | {"poor_households": 300}])
    code, printed, complaint = giamngheo("report", "--data", write_year.root, "--unit", "xa")
    assert (code, printed) == (1, "")
    assert "xa/2022/review.csv, dòng 2" in complaint
    assert not (tmp_path / "out").exists()


ABSENT = {
    "a unit that is not there, with those that are": (
        ["--unit", "kong-long-kong"],
        "kong-long-kong: không có đơn vị này. Cách sửa: các đơn vị đang có "
        '(có phải là "kong-long-khong" không?): kong-long-khong.',
    ),
    "a year that is not there, with those that are": (
        ["--year", "1999"],
        "kong-long-khong/1999: không có số liệu của năm này. Cách sửa: các năm đang có: 2021, 2022.",
    ),
}


@pytest.mark.parametrize("verb", ["check", "report"])
@pytest.mark.parametrize(("options", "message"), ABSENT.values(), ids=ABSENT)
def test_what_is_not_there(giamngheo, verb, options, message):
    assert giamngheo(verb, *options) == (1, "", message)


VERBS = ", ".join(cli.parser().verbs)
WRONG_COMMAND = {
    "no command": ([], f"giamngheo: chưa ghi lệnh nào; các lệnh: {VERBS}."),
    "a misspelt command": (["reprot"], f"giamngheo: không có lệnh 'reprot' (có phải là \"report\" không?); các lệnh: {VERBS}."),
    "a command like no other": (["xyz"], f"giamngheo: không có lệnh 'xyz'; các lệnh: {VERBS}."),
    "an option before the command": (["--unit", "xa", "check"], "giamngheo: tên lệnh đứng trước mọi tùy chọn: giamngheo check --unit …."),
    "a misspelt option": (["report", "--yeer", "2022"], 'giamngheo report: không có tùy chọn --yeer (có phải là "--year" không?).'),
    "an option like no other": (["report", "--xyz"], "giamngheo report: không có tùy chọn --xyz."),
    "a misspelt option of another command": (
        ["check", "--formt=csv"], 'giamngheo check: không có tùy chọn --formt (có phải là "--format" không?).'),
    "dashes of Word": (["check", "—unit", "xa"], 'giamngheo check: không có tùy chọn —unit (có phải là "--unit" không?).'),
    "two files": (
        ["import", "a.csv", "b.csv"],
        "giamngheo import: thừa 'b.csv': giá trị đi sau tên tùy chọn; tên có dấu cách thì đặt trong ngoặc kép."),
    "the first letters of an option": (["check", "--form", "csv"], 'giamngheo check: không có tùy chọn --form (có phải là "--format" không?).'),
    "a unit without its option": (
        ["check", "xa-mau"],
        "giamngheo check: thừa 'xa-mau': giá trị đi sau tên tùy chọn, ví dụ --unit xa-mau; tên có dấu cách thì đặt trong ngoặc kép."),
    "a year without its option": (
        ["check", "2022"],
        "giamngheo check: thừa '2022': giá trị đi sau tên tùy chọn, ví dụ --year 2022; tên có dấu cách thì đặt trong ngoặc kép."),
    "two folders": (["init", "thu", "muc"], "giamngheo init: thừa 'muc': giá trị đi sau tên tùy chọn; tên có dấu cách thì đặt trong ngoặc kép."),
    "no folder": (["init"], "giamngheo init: còn thiếu THƯ-MỤC."),
    "no file": (["reconcile"], "giamngheo reconcile: còn thiếu TỆP."),
    "an option without its value": (
        ["report", "--unit", "--year", "2022"],
        "giamngheo report: --unit: phải có một giá trị đi sau; giá trị bắt đầu bằng dấu - thì nối bằng dấu =."),
    "a remark without its words": (["review", "--remark", "01_review:6"], "giamngheo review: --remark: phải có 2 giá trị đi sau."),
    "a value that an option does not take": (["report", "--final=co"], "giamngheo report: --final: không nhận giá trị, nhận được 'co'."),
    "a parameter without value": (
        ["report", "-p", "unit"], "giamngheo report: -p/--parameter: -p cần TÊN=GIÁ TRỊ, ví dụ -p year=2022; nhận được 'unit'."),
    "a year that is no number": (["check", "--year", "abc"], "giamngheo check: --year: năm phải là số nguyên, ví dụ 2022; nhận được 'abc'."),
    "a number that is none": (["simulate", "--villages", "ba"], "giamngheo simulate: --villages: phải là số nguyên từ 1 đến 5000; nhận được 'ba'."),
    "a format that is not there": (["check", "--format", "cvs"],
        "giamngheo check: --format: không có 'cvs' (có phải là \"csv\" không?); có thể ghi: text, csv, json, xlsx."),
    "an engine that is not there": (["report", "--engine", "nosuch"], "giamngheo report: --engine: không có 'nosuch'; có thể ghi: warm, kernel."),
}  # fmt: skip


@pytest.mark.parametrize(("command", "message"), WRONG_COMMAND.values(), ids=WRONG_COMMAND)
def test_a_wrong_command_is_2_says_what_is_wrong_and_where_more_is_told(capsys, command, message):
    with pytest.raises(SystemExit, match="2"):
        cli.main(command)
    said = f"{message} Xem cách ghi: {message.partition(':')[0]} --help\n"
    assert capsys.readouterr() == ("", said)


WRONG_PARAMETER = {
    "a misspelt parameter": ("yeer=2022", "Không có tham số yeer; có phải là year? Các tham số: unit, year, kind."),
    "a parameter like no other": ("xyz=1", "Không có tham số xyz. Các tham số: unit, year, kind."),
    "a year that is no number": ("year=hai", "Tham số year phải là một số nguyên, ví dụ 2022; nhận được 'hai'."),
    "digits that are not ours": ("year=２０２２", "Tham số year phải là một số nguyên, ví dụ 2022; nhận được '２０２２'."),
}


@pytest.mark.parametrize(("given", "message"), WRONG_PARAMETER.values(), ids=WRONG_PARAMETER)
def test_a_wrong_parameter_is_2_and_runs_nothing(giamngheo, tmp_path, given, message):
    assert giamngheo("report", "-p", given) == (2, "", message)
    assert not (tmp_path / "out").exists()


def test_every_word_of_pythons_own_library_that_a_user_may_see_is_vietnamese():
    called = (node for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Call))
    looked_up = [node for node in called if ast.unparse(node.func) in ("_", "ngettext")]
    words = {part.value for node in looked_up for part in node.args[:2] if isinstance(part, ast.Constant)}
    assert words - set(parsing.WORDS) - AUTHORS == set()


# What argparse says only to who writes a program, or of ways to write one that this one does not go.
AUTHORS = {
    "%(prog)s: error: %(message)s\n", "%r is not callable", "'required' is an invalid argument for positionals",
    ".__call__() not defined", "ambiguous option: %(option)s could match %(matches)s", 'argument "-" with mode %r',
    "can't open '%(filename)s': %(error)s", "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r", "conflicting option string: %s", "conflicting option strings: %s",
    "conflicting subparser alias: %s", "conflicting subparser: %s", "dest= is required for options like %r",
    "invalid %(type)s value: %(value)r", "invalid choice: %(value)r (choose from %(choices)s)",
    "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "mutually exclusive arguments must be optional", "not allowed with argument %s", "one of the arguments %s is required",
    "unexpected option string: %s", "unknown parser %(parser_name)r (choices: %(choices)s)", "unrecognized arguments: %s",
}  # fmt: skip


def test_the_help_of_every_command_is_vietnamese(capsys):
    for verb in cli.parser().verbs:
        with pytest.raises(SystemExit, match="0"):
            cli.main([verb, "--help"])
        said = capsys.readouterr().out
        assert said.startswith(f"cách ghi: giamngheo {verb} [-h]")
        assert re.findall("usage|positional|options|show this|exit", said) == []


def test_argparse_says_its_own_words_to_everyone_else(capsys):
    cli.parser()
    argparse.ArgumentParser(prog="other").print_usage()
    assert capsys.readouterr().out == "usage: other [-h]\n"


NO_SUCH = {
    "no data folder": (
        ["status", "--data", "nope"],
        "nope: không có thư mục số liệu này. Cách sửa: chạy lệnh ở thư mục làm việc, nơi có thư mục data, hoặc ghi thư mục số liệu sau --data.",
    ),
    "no data folder to write into": (
        ["template", "--data", "nope"],
        "nope: không có thư mục số liệu này. Cách sửa: chạy lệnh ở thư mục làm việc, nơi có thư mục data, hoặc ghi thư mục số liệu sau --data.",
    ),
    "no unit to open notebooks of": (
        ["lab", "--unit", "nope"], "nope: không có đơn vị này. Cách sửa: các đơn vị đang có: kong-long-khong."),
    "no year to open notebooks of": (
        ["lab", "--year", "1999"], "kong-long-khong/1999: không có số liệu của năm này. Cách sửa: các năm đang có: 2021, 2022."),
    "no unit to show": (
        ["preview", "--unit", "nope"], "nope: không có đơn vị này. Cách sửa: các đơn vị đang có: kong-long-khong."),
    "no unit to look at while one writes": (
        ["preview", "--unit", "nope"], "nope: không có đơn vị này. Cách sửa: các đơn vị đang có: kong-long-khong."),
    "no kind of report to open notebooks of": (
        ["lab", "--kind", "nope"],
        'kind: giá trị "nope" — không có loại báo cáo này. Cách sửa: dùng một trong các loại: yearly (báo cáo năm); inspection (báo cáo gửi '
        "đoàn kiểm tra); preliminary (báo cáo sơ bộ kết quả rà soát); programme (báo cáo thực hiện và giải ngân vốn chương trình); half_year "
        "(báo cáo 6 tháng về thực hiện và giải ngân vốn chương trình)."),
    "a year before any standard": (
        ["simulate", "--year", "2015"],
        "data/standards.csv: không có chuẩn nghèo nào có hiệu lực vào cuối năm 2015. Cách sửa: chọn một trong các năm 2016-2030, hoặc thêm dòng "
        "của chuẩn mới vào bảng này."),
}  # fmt: skip


@pytest.mark.parametrize(("command", "message"), NO_SUCH.values(), ids=NO_SUCH)
def test_what_is_not_there_is_refused_and_nothing_is_made_or_started(giamngheo, tmp_path, command, message):
    assert giamngheo(*command) == (1, "", message)
    assert not (PROJECT / "nope").exists() and not (tmp_path / "out").exists()


def test_a_new_unit_cannot_begin_in_a_year_without_a_standard(giamngheo, tmp_path):
    (tmp_path / "data").mkdir()
    told = {"unit": "xa-moi", "name": "xã Mới", "year": 2031, "villages": "Làng A"}
    blank = ("code", "province", "predecessors", "addressees", "recipients", "position", "signatory", "drafting-unit")
    options = [f"--{name}={value}" for name, value in (told | dict.fromkeys(blank, "")).items()]
    assert giamngheo("new-unit", "--data", tmp_path / "data", *options) == (
        1,
        "",
        "data/standards.csv: không có chuẩn nghèo nào có hiệu lực vào cuối năm 2031. Cách sửa: chọn một trong các năm 2016-2030, hoặc thêm dòng "
        "của chuẩn mới vào bảng này.",
    )
    assert list((tmp_path / "data").iterdir()) == []


# screens ------------------------------------------------------------------------------------------

SAID = "nope: không có đơn vị này. Cách sửa: các đơn vị đang có: kong-long-khong.\n"
LOCALES = [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_a_pipe_gets_utf_8_whatever_the_locale(locale):
    run = subprocess.run([BIN / "giamngheo", "status", "--unit", "nope"], capture_output=True, cwd=PROJECT, env=os.environ | locale)
    assert (run.returncode, run.stdout, run.stderr.decode()) == (1, b"", SAID)


def test_a_screen_without_vietnamese_letters_shows_them_without_marks():
    own, theirs = pty.openpty()
    command = [BIN / "giamngheo", "status", "--unit", "nope"]
    run = subprocess.run(command, stdout=theirs, stderr=theirs, cwd=PROJECT, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    os.close(theirs)
    said = os.read(own, 4096).decode("ascii").replace("\r\n", "\n")
    os.close(own)
    assert (run.returncode, said) == (1, "nope: khong co don vi nay. Cach sua: cac don vi dang co: kong-long-khong.\n")


def test_parameters_get_the_types_the_notebooks_declare():
    assert runner.checked({"unit": "00123", "year": "2022"}, PROJECT / "data") == {"unit": "00123", "year": 2022}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"unit": 123}, "Tham số unit phải là một chuỗi chữ, ví dụ kong-long-khong; nhận được 123."),
        ({"year": True}, "Tham số year phải là một số nguyên, ví dụ 2022; nhận được True."),
        ({"year": 2022.5}, "Tham số year phải là một số nguyên, ví dụ 2022; nhận được 2022.5."),
    ],
)
def test_a_parameter_of_another_type(given, message):
    with pytest.raises(ParameterError) as refused:
        runner.checked(given, PROJECT / "data")
    assert str(refused.value) == message


def test_findings_as_a_table_and_as_json(giamngheo):
    rows = list(csv.DictReader(io.StringIO(giamngheo("check", "--format", "csv")[1])))
    assert json.loads(giamngheo("check", "--format", "json")[1]) == [
        row | {"row": int(row["row"])} for row in rows
    ]
    assert rows[0]["file"] == f"{SEED}/2022/published.csv"


@pytest.mark.parametrize("taken", ["claims.csv", "của tôi.csv", "hỏng.csv"])
def test_a_witness_is_not_written_over_what_is_there(giamngheo, tmp_path, taken):
    row = "xã Mẫu,,,2022,,,households,1.000 hộ"
    (tmp_path / "claims.csv").write_text(f"place,part_of,partition,year,standard,status,indicator,printed\n{row}\n", encoding="utf-8")
    (tmp_path / "của tôi.csv").write_text("ghi chú\n", encoding="utf-8")
    (tmp_path / "hỏng.csv").symlink_to("nowhere")
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    code, said, told = giamngheo("reconcile", tmp_path / "claims.csv", "--witness", tmp_path / taken)
    remedy = "chọn tên tệp khác cho --witness, hoặc đổi tên tệp đang có"
    assert (code, said, told) == (2, "", f"{tmp_path / taken}: đã có nên không ghi đè. Cách sửa: {remedy}.")
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_published_figures_that_contradict_each_other_are_1(giamngheo, tmp_path):
    claims = tmp_path / "claims.csv"
    columns = "place,part_of,partition,year,standard,status,indicator,printed"
    rows = ["households,1.000 hộ", "poor_households,242 hộ", "poor_rate,20,86%"]
    lines = [f'xã Mẫu,,,2022,,,{row.partition(",")[0]},"{row.partition(",")[2]}"' for row in rows]
    claims.write_text("\n".join([columns, *lines]), encoding="utf-8")
    code, said, _ = giamngheo("reconcile", claims)  # 20,86% of 1.000 households is no whole number
    assert (code, said.splitlines()[-1]) == (
        1,
        "claims.csv: Các số này không thể cùng đúng: 1 nhóm số mâu thuẫn với nhau (dòng 2, 4).",
    )
    claims.write_text("\n".join([columns, *lines[1:]]), encoding="utf-8")
    code, said, _ = giamngheo("reconcile", claims, "--witness", tmp_path / "bộ số.csv")
    assert (code, said.splitlines()[-1]) == (
        0,
        "claims.csv: Các số này có thể cùng đúng: có ít nhất một bộ số nguyên và tỷ lệ đúng từng con số đã in "
        "(3 giá trị, đã in lại và so từng số).",
    )
    assert (tmp_path / "bộ số.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "xã Mẫu,2022,,,households,1.160 hộ",
        "xã Mẫu,2022,,,poor_households,242 hộ",
        "xã Mẫu,2022,,,poor_rate,'121/580",
    ]
    claims.write_text("\n".join([columns, lines[0].replace("1.000 hộ", "nghìn hộ")]), encoding="utf-8")
    assert giamngheo("reconcile", claims)[0] == 2


# a cell that fails --------------------------------------------------------------------------------

CAUSE = "before = year - 1\nbefore / 0"


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """Exit code, complaint and the folder of a run that failed where there was a report before."""
    root = tmp_path_factory.mktemp("failed")
    prose = [nbformat.v4.new_markdown_cell(text) for text in ("# Sổ hỏng", "## Một", "## Hai")]
    projects.write(root, *prose, "unit, year", CAUSE, unit="00123")
    folder = root / "outputs" / "00123" / "2022"
    folder.mkdir(parents=True)
    (folder / "bao-cao.pdf").write_text("bản cũ", encoding="utf-8")
    made = {"key": "00123/2022/", "outputs": {"bao-cao.pdf": sha256("bản cũ".encode())}}
    (folder / "manifest.json").write_text(json.dumps(made | {"place": "xã cũ", "draft": []}), encoding="utf-8")
    run = program("giamngheo", "report", "-p", "unit=00123", cwd=root, PYTHONPATH=str(root / "lib"))
    return run.wait(timeout=120), run.communicate()[1], folder


def test_a_failing_cell_is_1(failed):
    assert failed[0] == 1


def test_it_is_said_with_the_notebook_the_cell_the_cause_and_what_is_where(failed):
    said = [line for line in failed[1].splitlines() if "IPKernelApp" not in line]
    assert said == [
        "Sổ 01_review.ipynb dừng ở ô tính số 4: before = year - 1",
        "Nguyên nhân: ZeroDivisionError: division by zero",
        "Sổ đang chạy dở: outputs/00123/2022-lap-hong",
        "Báo cáo lập lần trước còn nguyên: outputs/00123/2022",
    ]


def test_the_report_stays_and_beside_it_is_the_half_executed_notebook(failed):
    assert (failed[2] / "bao-cao.pdf").read_text(encoding="utf-8") == "bản cũ"
    assert sorted(path.name for path in failed[2].iterdir()) == ["bao-cao.pdf", "manifest.json"]
    assert sorted(path.name for path in failed[2].parent.iterdir()) == ["2022", "2022-lap-hong"]
    left = sorted(path.name for path in (failed[2].parent / "2022-lap-hong").iterdir())
    assert left == ["01_review.ipynb", "manifest.json"]


def test_the_half_executed_notebook_shows_what_ran_and_where_it_stopped(failed):
    cells = nbformat.read(atomic_folders.remains(failed[2]) / "01_review.ipynb", as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    assert [output.output_type for output in outputs] == ["execute_result", "error"]
    assert outputs[1].ename == "ZeroDivisionError"


def test_a_code_keeps_its_leading_zeros_into_the_notebook(failed):
    cells = nbformat.read(atomic_folders.remains(failed[2]) / "01_review.ipynb", as_version=4).cells
    shown = next(
        output.data["text/plain"] for cell in cells for output in cell.get("outputs", []) if "data" in output
    )
    assert shown == "('00123', 2022)"


IDLE = {
    "one unit for many": (["batch", "--unit", "xa-mau"], "batch lập báo cáo của nhiều đơn vị: dùng --units, ví dụ --units xa-mau,xa-khac"),
    "a year beside two": (
        ["diff", "--year", "2022", "--from", "2021", "--to", "2022"],
        "--year so hai lần lập báo cáo của một năm, --from và --to so hai năm hoặc hai bản bất kỳ, kể cả bản đã nộp: chỉ dùng một cách",
    ),
    "initials without a signature": (["review", "--by", "NVA"], "--by chỉ đi với --sign hoặc --remark"),
    "a format twice": (["check", "--format", "csv", "--format", "json"], "--format có hai lần; chỉ ghi một lần"),
    "a place twice": (["status", "--data", "a", "--data", "b"], "--data có hai lần; chỉ ghi một lần"),
    "a number of villages twice": (["simulate", "--villages", "3", "--villages", "4"], "--villages có hai lần; chỉ ghi một lần"),
}


@pytest.mark.parametrize(("asked", "message"), IDLE.values(), ids=IDLE)
def test_an_option_that_means_nothing_is_refused(giamngheo, tmp_path, asked, message):
    code, printed, said = giamngheo(*asked)
    assert (code, printed, said) == (2, "", f"giamngheo {asked[0]}: {message}. Xem cách ghi: giamngheo {asked[0]} --help")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["batch", "--out", "tep"], "Không xong: lệnh batch, đơn vị all, năm 2022. Nguyên nhân: tep"),
        (["simulate", "--out", "tep/x"], "Không xong: lệnh simulate, năm 2024. Nguyên nhân: {here}/tep"),
    ],
)
def test_a_file_in_place_of_a_folder_of_results_is_named(tmp_path, monkeypatch, capsys, asked, said):
    simulate.write(tmp_path / "data", communes=1, villages=1, year=2022, seed=1)
    (tmp_path / "tep").touch()
    monkeypatch.chdir(tmp_path)
    assert cli.main(asked) == 1
    assert capsys.readouterr().err == (
        f"{said.format(here=tmp_path)}: ở chỗ này đã có một tệp, không phải thư mục. Cách sửa: đổi tên hoặc dời tệp này đi.\n"
    )


def test_a_file_is_no_place_for_a_made_up_province(tmp_path, capsys):
    (tmp_path / "tep").touch()
    assert cli.main(["simulate", "--out", str(tmp_path / "tep")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'tep'} là một tệp; chọn thư mục mới bằng --out\n"
