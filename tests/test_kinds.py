"""Kinds of report: from one year's data the yearly report, the preliminary one, the money's and a commune's own, side by side."""

import csv
import shutil
from functools import cache
from pathlib import Path

import nbformat
import pytest

import provinces
import tools
from conftest import PROJECT, SEED, SEED_YEAR
from giamngheo import checks, cli
from giamngheo.findings import DataError
from giamngheo.intake import kinds, office
from giamngheo.intake.unit import Year
from giamngheo.law.kinds import PARTS, known
from giamngheo.report import calculations, document
from giamngheo.review import index
from giamngheo.run import runner
from giamngheo.store import manifest
from laws import LAW

UNIT, YEAR = provinces.UNITS[0], provinces.YEAR
FULL, REVIEW, MONEY = (
    ["Phần I", "I.", "II.", "1.", "2.", "3.", "a)", "b)", "c)", "d)", "4.", "a)", "b)", "c)", "d)", "III.", "1.", "2.", "3.", "Phần II",
     "I.", "II.", "III."],
    ["I.", "II.", "III.", "1.", "2.", "3.", "IV."],
    ["I.", "1.", "2.", "3.", "II.", "1.", "2.", "3.", "4.", "III.", "IV.", "V."],
)  # fmt: skip
MADE = {
    "inspection": ("2022", "bao-cao", FULL),
    "yearly": ("2022-yearly", "bao-cao", FULL),
    "preliminary": ("2022-preliminary", "bao-cao-so-bo", REVIEW),
    "programme": ("2022-programme", "bao-cao-von", MONEY),
}


@cache
def seed() -> Path:
    """The output folder with four kinds of report of the seed's year."""
    out = tools.folder() / "kinds"
    for kind in MADE:
        runner.make(Year(PROJECT / "data", SEED, SEED_YEAR, kind=kind), out, say=lambda line: None)
    return out


@cache
def paper(folder: Path) -> dict:
    return document.from_notebook(nbformat.read(folder / "04_report.ipynb", as_version=4))


def headings(folder: Path) -> list[str]:
    return [block["number"] for block in paper(folder)["blocks"] if block["type"] == "heading"]


@pytest.mark.parametrize("kind", MADE)
def test_each_kind_stands_by_itself_with_its_sections_under_its_own_numbers(kind):
    place, file, numbers = MADE[kind]
    folder = seed() / SEED / place
    record = manifest.read(folder)
    assert (record["kind"], record["key"].rpartition("/")[0]) == (kind, f"{SEED}/{place}")
    assert {path.name for path in folder.glob("bao-cao*")} == {f"{file}.{form}" for form in ("html", "pdf", "docx")}
    assert headings(folder) == numbers


def test_what_a_kind_does_not_speak_of_is_neither_said_nor_worked_out():
    tables = {kind: {name.partition(".")[0] for name in paper(seed() / SEED / MADE[kind][0])["figures"]} for kind in MADE}
    assert tables["yearly"] == tables["inspection"] >= {"review", "changes", "budget", "models", "training"}
    assert tables["preliminary"] == {"review", "changes"}
    assert tables["programme"] == {"budget", "models", "training", "facts"}
    assert not list((seed() / SEED / "2022-programme").glob("01_review*"))
    assert not list((seed() / SEED / "2022-preliminary").glob("02_budget*"))


def test_one_figure_is_the_same_in_every_kind_that_says_it():
    papers = [paper(seed() / SEED / place)["figures"] for place, _, _ in MADE.values()]
    for name in {name for figures in papers for name in figures}:
        assert len({figures[name]["value"] for figures in papers if name in figures}) == 1


def test_a_cell_of_a_part_that_is_left_out_says_so_in_the_review_edition():
    page = (seed() / SEED / "2022-programme" / "04_report.html").read_text("utf-8")
    assert "<p>Báo cáo thực hiện và giải ngân vốn Chương trình: loại báo cáo này không có phần này.</p>" in page


def test_every_part_that_an_outline_may_name_is_made_by_one_cell_of_the_notebook():
    notebook = nbformat.read(PROJECT / "notebooks" / "04_report.ipynb", as_version=4)
    source = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert [source.count(f'outline.part(this, "{part}"') for part in PARTS] == [1] * len(PARTS)


def test_the_index_lists_each_kind_and_finds_its_files():
    found = [(one.kind, one.reports["PDF"]) for one in index.entries(seed(), PROJECT / "data")]
    assert sorted(found) == sorted(
        ("" if kind == "inspection" else known(LAW, SEED_YEAR)[kind].name, f"{SEED}/{place}/{file}.pdf")
        for kind, (place, file, _) in MADE.items()
    )


def test_a_report_that_is_sent_without_its_calculations_says_where_they_are_and_they_are_a_file_of_their_own():
    folder = seed() / SEED / "2022-programme"
    said = ["".join(run["text"] for run in block["runs"]) for block in paper(folder)["blocks"] if block["type"] == "paragraph"]
    note = (
        "Cách tính từng số liệu: phụ lục “Cách tính các số liệu trong báo cáo”, lập riêng cùng báo cáo này; "
        "mục II.1: dòng 1, 2; mục II.2: dòng 3 - 9, 11; mục II.3: dòng 10."
    )
    assert said.index(note) == len(said) - 2
    assert [block["title"] for block in paper(folder)["blocks"] if block["type"] == "annex"] == []
    own = calculations.apart(paper(folder))
    (*_, table) = own["blocks"]
    made = {row[1]["runs"][0]["text"]: row[2]["runs"][0]["text"] for row in table["rows"]}
    assert made["Kế hoạch vốn"].startswith("Vốn thực hiện Chương trình năm 2022: 100.000.000 + 48.300.000 = 148.300.000 [2-3]; ")
    assert not any(".csv" in text for text in made.values())
    assert {path.name for path in folder.glob("cach-tinh*")} == {"cach-tinh.pdf", "cach-tinh.docx"}
    assert {"cach-tinh.pdf", "cach-tinh.docx"} <= manifest.read(folder)["outputs"].keys()
    assert [block["runs"][0]["text"] for block in paper(folder)["blocks"] if document.refers(block)] == [note]


def test_an_official_report_is_sent_without_its_calculations_and_the_one_to_inspectors_with_them():
    assert {place: len(list((seed() / SEED / place).glob("cach-tinh*"))) for place, _, _ in MADE.values()} == {
        "2022": 0, "2022-yearly": 2, "2022-preliminary": 2, "2022-programme": 2,
    }  # fmt: skip
    assert "CÁCH TÍNH CÁC SỐ LIỆU TRONG BÁO CÁO" in [block.get("title") for block in paper(seed() / SEED / "2022")["blocks"]]


@pytest.mark.parametrize("kind", ["yearly", "preliminary", "programme"])
def test_the_rows_that_the_note_names_are_those_in_which_the_figures_of_a_section_were_made(kind):
    whole = paper(seed() / SEED / MADE[kind][0])
    (*_, table) = calculations.apart(whole)["blocks"]
    labels = {int(row[0]["runs"][0]["text"]): row[1]["runs"][0]["text"] for row in table["rows"]}
    blocks = [block for block in whole["blocks"] if not document.refers(block)]
    figures = whole["figures"] | whole["behind"]
    places = document.rows_by_place(blocks, figures)
    assert set().union(*places.values()) == set(labels)
    for row, names in enumerate(document.alike_figures(figures), start=1):
        assert all(labels[row].startswith(figures[name]["label"]) for name in names)


def test_report_yml_says_whether_the_calculations_of_a_kind_are_sent(data):
    (data / SEED / "2022" / "report.yml").write_text("kinds:\n  - kind: programme\n    calculations: yes\n", "utf-8")
    assert kinds.calculations(Year(data, SEED, SEED_YEAR, kind="programme"))
    assert not kinds.calculations(Year(data, SEED, SEED_YEAR, kind="preliminary"))


# a commune's own kind ---------------------------------------------------------------------------------

OWN = {
    "kind": "cong_khai_bo", "name": "Công khai tiền của mô hình tại làng", "outline": "cong_khai", "period": "năm {year}",
    "abstract": "Công khai kinh phí mô hình nuôi bò {period} tại {place}", "opening": "{issuer} công khai như sau:",
    "closing": "Tổng số tiền công khai: {budget.planned}", "projects": "DA2", "file": "cong-khai", "calculations": "no",
}  # fmt: skip
OUTLINE = [
    {"number": "I.", "title": "Ý kiến của người dân", "words": "y-kien"},
    {"number": "II.", "title": "Tiền của mô hình {period}"},
    {"number": "1.", "title": "Mô hình", "part": "models"},
    {"number": "2.", "title": "Vốn", "part": "money", "needs": "budget planned"},
    {"part": "closing"},
]


@pytest.fixture
def data(tmp_path) -> Path:
    """A data folder with the seed and a kind of report of its own."""
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    return own_kind(tmp_path / "data", OWN, OUTLINE)


def own_kind(root: Path, kind: dict[str, str], outline: list[dict[str, str]]) -> Path:
    for name, rows in (("kinds-local", [kind]), ("outlines-local", [{"outline": kind["outline"]} | row for row in outline])):
        path = root / f"{name}.csv"
        header = path.read_text("utf-8").splitlines()[0].split(",")
        with path.open("w", encoding="utf-8", newline="") as file:
            lines = csv.DictWriter(file, header, restval="")
            lines.writeheader()
            lines.writerows(rows)
    return root


def test_a_kind_of_the_commune_is_made_of_data_alone(data, tmp_path, capsys):
    (data / SEED / "2022" / "narrative" / "y-kien.md").write_text("Người dân đồng ý với {budget.planned}.\n", "utf-8")
    asked = ["--data", str(data), "--out", str(tmp_path / "out"), "--kind", "cong_khai_bo"]
    assert cli.main(["report", *asked, "--final"]) == 0
    folder = tmp_path / "out" / SEED / "2022-cong_khai_bo"
    assert capsys.readouterr().out.endswith(f"Báo cáo: {folder / 'cong-khai.pdf'}\n")
    made = paper(folder)
    assert made["meta"]["title"] == "Công khai kinh phí mô hình nuôi bò năm 2022 tại xã Kông Lơng Khơng"
    headed = [(block["number"], block["text"]) for block in made["blocks"] if block["type"] == "heading"]
    assert headed == [
        ("I.", "Ý kiến của người dân"), ("II.", "Tiền của mô hình năm 2022"), ("1.", "Mô hình"), ("2.", "Vốn"),
    ]  # fmt: skip
    said = ["".join(run["text"] for run in block["runs"]) for block in made["blocks"] if block["type"] == "paragraph"]
    assert {"Người dân đồng ý với 148.300.000 đồng.", "Tổng số tiền công khai: 148.300.000 đồng./."} <= set(said)
    assert cli.main(["verify", *asked]) == 0
    assert cli.main(["check", "--data", str(data), "--out", str(tmp_path / "out")]) == 1
    assert "y-kien" not in capsys.readouterr().out  # it is read, though not by the year's main report


def test_of_one_project_nothing_but_its_money_is_told(data):
    lines = (data / SEED / "2022" / "budget.csv").read_text("utf-8") + "DA7.1,recurrent,nsnn,2022,2022,5000000,,,\n"
    (data / SEED / "2022" / "budget.csv").write_text(lines, "utf-8")
    told = kinds.table(Year(data, SEED, SEED_YEAR, kind="cong_khai_bo"), "budget")
    assert list(told["planned"]) == [100_000_000, 48_300_000]
    assert len(kinds.table(Year(data, SEED, SEED_YEAR), "budget")) == 3


WRONG = {
    "a part there is not": (
        {}, {"part": "modles"},
        'data/outlines.csv: giá trị "modles" — sổ 04_report không có phần này. Cách sửa: dùng một trong các phần '
        f'(có phải là "models" không?): {", ".join(PARTS)}.',
    ),
    "a heading without its name": (
        {}, {"number": "III."},
        'data/outlines.csv: giá trị "III." — đề mục phải có cả số và tên. Cách sửa: ghi cả number và title, hoặc bỏ cả hai.',
    ),
    "a number of no level": (
        {}, {"number": "A", "title": "Vốn"},
        'data/outlines.csv: giá trị "A" — số của đề mục phải có dạng Phần I, I., 1. hoặc a). Cách sửa: sửa cột number.',
    ),
    "a file with capitals": (
        {"file": "Công khai"}, {},
        'data/kinds.csv: giá trị "Công khai" — tên tệp phải là chữ thường không dấu. '
        "Cách sửa: dùng chữ a - z, số và dấu -, ví dụ bao-cao-von.",
    ),
    "a project there is not": (
        {"projects": "DA2; DA9"}, {},
        'data/kinds.csv: giá trị "DA9" — Chương trình không có dự án này. '
        'Cách sửa: dùng mã ở data/programme.csv (có phải là "DA7" không?).',
    ),
    "a paper there is not": (
        {"papers": "letter; minute"}, {},
        'data/kinds.csv: giá trị "minute" — chương trình không lập văn bản kèm theo này. '
        'Cách sửa: dùng một trong các văn bản (có phải là "minutes" không?): letter, decision, minutes.',
    ),
    "neither yes nor no": (
        {"calculations": "có"}, {},
        'data/kinds.csv: giá trị "có" — cột calculations phải là yes hoặc no. Cách sửa: ghi yes hoặc no.',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "message"), WRONG.values(), ids=WRONG)
def test_a_row_that_cannot_be_is_refused(data, kind, row, message):
    own_kind(data, OWN | kind, [*OUTLINE, row] if row else OUTLINE)
    with pytest.raises(DataError) as refused:
        checks.check(Year(data, SEED, SEED_YEAR))
    assert str(refused.value) == message


def test_an_outline_without_its_closing_and_a_need_there_is_not_are_refused(data):
    own_kind(data, OWN, OUTLINE[:-1])
    with pytest.raises(DataError, match="dàn ý không có hoặc thiếu phần closing"):
        checks.check(Year(data, SEED, SEED_YEAR))
    own_kind(data, OWN, [*OUTLINE[:-2], OUTLINE[-2] | {"needs": "budget plan"}, OUTLINE[-1]])
    with pytest.raises(DataError) as refused:
        checks.findings(Year(data, SEED, SEED_YEAR, kind="cong_khai_bo"))
    assert str(refused.value).startswith(
        'data/outlines.csv: giá trị "budget plan" — không có yêu cầu nào tên như vậy. '
        'Cách sửa: dùng một trong các yêu cầu (có phải là "budget planned" không?): '
    )


# report.yml -------------------------------------------------------------------------------------------

REPORT = """\
kind: programme
number: "12"
date: 05/02/2023
approved_by: {number: 15/QĐ-UBND, date: 20/12/2022}
kinds:
  - kind: yearly
    number: "15"
    addressees: [Sở Nông nghiệp và Môi trường]
  - kind: programme
    period: từ ngày 01/01/2022 đến ngày 30/9/2022
"""


def test_every_kind_has_its_own_number_and_the_decision_is_the_years(data):
    (data / SEED / "2022" / "report.yml").write_text(REPORT, "utf-8")
    decision = {"number": "15/QĐ-UBND", "date": "20/12/2022"}
    main, yearly, early = (Year(data, SEED, SEED_YEAR, kind=kind) for kind in ("", "yearly", "preliminary"))
    said = office.report(main)
    assert (said["number"], said["date"], said["period"]) == ("12", "05/02/2023", "từ ngày 01/01/2022 đến ngày 30/9/2022")
    assert office.report(yearly) == {
        "approved_by": decision, "kind": "yearly", "number": "15", "addressees": ["Sở Nông nghiệp và Môi trường"],
    }  # fmt: skip
    assert office.report(early) == {"approved_by": decision}
    assert [kinds.place(this) for this in (main, main.of_kind("programme"), yearly)] == ["2022", "2022", "2022-yearly"]
    assert checks.refusing(checks.check(main)) == []


def test_a_kind_that_report_yml_names_and_there_is_not_is_refused_at_its_line(data):
    (data / SEED / "2022" / "report.yml").write_text("kinds:\n  - kind: yearly\n  - kind: yearli\n  - kind: yearly\n", "utf-8")
    listed = "; ".join(f"{one.code} ({one.name.lower()})" for one in known(Year(data, SEED, SEED_YEAR).law, SEED_YEAR).values())
    assert [str(found) for found in kinds.findings(Year(data, SEED, SEED_YEAR))] == [
        f'{SEED}/2022/report.yml, dòng 2: giá trị "yearly" — loại báo cáo này có hai lần. Cách sửa: giữ một mục.',
        f'{SEED}/2022/report.yml, dòng 3: giá trị "yearli" — không có loại báo cáo này. '
        f'Cách sửa: dùng một trong các loại (có phải là "yearly" không?): {listed}.',
        f'{SEED}/2022/report.yml, dòng 4: giá trị "yearly" — loại báo cáo này có hai lần. Cách sửa: giữ một mục.',
    ]


# before the review ------------------------------------------------------------------------------------


def test_the_money_of_half_a_year_is_reported_before_there_is_a_review(data, tmp_path):
    (data / SEED / "2022" / "review.csv").unlink()
    this = Year(data, SEED, SEED_YEAR, kind="half_year")
    folder = runner.make(this, tmp_path / "out", say=lambda line: None)
    assert paper(folder)["meta"]["title"].startswith(
        "Kết quả thực hiện, giải ngân vốn Chương trình mục tiêu quốc gia giảm nghèo bền vững 6 tháng đầu năm 2022 trên địa bàn"
    )
    assert [found.rule for found in checks.refusing(checks.check(this.of_kind("yearly")))] == ["thiếu bảng review (kết quả rà soát)"]


def test_communes_of_one_kind_are_put_together(tmp_path):
    out = tmp_path / "out"
    asked = ["--data", str(provinces.root()), "--out", str(out), "--year", str(YEAR), "--kind", "programme"]
    assert cli.main(["batch", *asked, "--units", provinces.WHOLES[0]]) == 0
    made = [paper(out / unit / f"{YEAR}-programme") for unit in provinces.UNITS]
    whole = nbformat.read(out / provinces.WHOLES[0] / f"{YEAR}-programme" / "05_rollup.ipynb", as_version=4)
    together = document.from_notebook(whole)
    planned = [int(one["figures"]["budget.planned"]["value"]) for one in made]
    assert int(together["figures"]["budget.planned"]["value"]) == sum(planned)
    assert {name.partition(".")[0] for name in together["figures"]} == {"budget"}
    assert [block["number"] for block in together["blocks"] if block["type"] == "heading"] == ["I.", "II."]
    assert sorted(path.name for path in out.glob("manifest*")) == [f"manifest-{YEAR}-programme.csv"]
