"""The notebooks: their shape, and that each of them runs, alone too, for years that are not in it."""

import ast
import re
from statistics import median

import nbformat
import papermill
import pytest

from conftest import NOTEBOOKS, PROJECT, SEED, SEED_YEAR, finished, program
from giamngheo import opened, simulate
from giamngheo.intake import narrative
from giamngheo.present.phrases import whole
from giamngheo.report.cells import of as passages
from giamngheo.store import manifest

NAMES = [path.stem for path in NOTEBOOKS]
MADE_UP_YEAR = 2024


def cells(path, kind=None):
    return [cell for cell in nbformat.read(path, as_version=4).cells if kind in (None, cell.cell_type)]


def lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)


def test_the_notebooks_are_numbered_in_the_order_they_are_read():
    assert NAMES == ["01_review", "02_budget", "03_checks", "04_report", "05_rollup"]
    assert tuple(NAMES) == manifest.BOOKS + manifest.ROLLUP


@notebook
def test_no_result_is_stored(path):
    assert [cell.id for cell in cells(path, "code") if cell.outputs or cell.execution_count] == []


@notebook
def test_cell_ids_are_unique(path):
    ids = [cell.id for cell in cells(path)]
    assert len(ids) == len(set(ids))


@notebook
def test_one_cell_has_the_parameters_one_to_a_line_each_with_its_help(path):
    tagged = [cell for cell in cells(path) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    declared = papermill.inspect_notebook(str(path))
    assert {name: known["inferred_type_name"] for name, known in declared.items()} == {
        "unit": "str",
        "year": "int",
        "kind": "str",
    }
    assert [name for name, parameter in declared.items() if not parameter["help"]] == []
    assert len(lines(tagged[0])) == len(declared)
    unit = SEED if path.stem in manifest.BOOKS else "kbang-huyen"
    assert [parameter["default"] for parameter in declared.values()] == [f'"{unit}"', str(SEED_YEAR), '""']


@notebook
def test_nothing_is_defined_in_a_notebook(path):
    made = (node for cell in cells(path, "code") for node in ast.walk(ast.parse(cell.source)))
    assert [node.name for node in made if isinstance(node, ast.FunctionDef | ast.ClassDef)] == []


@notebook
def test_cells_are_short(path):
    lengths = [len(lines(cell)) for cell in cells(path, "code")]
    assert max(lengths) <= 12
    assert median(lengths) <= 5


@notebook
def test_no_line_is_longer_than_a_reader_sees_at_once(path):
    assert [(cell.id, line) for cell in cells(path) for line in cell.source.splitlines() if len(line) > 120] == []


@notebook
def test_every_cell_has_a_name_that_says_what_it_holds(path):
    assert [cell.id for cell in cells(path) if not re.fullmatch(r"[a-z]+(-[a-z]+)*", cell.id)] == []


@notebook
def test_there_is_a_cell_of_prose_for_every_two_of_code(path):
    assert len(cells(path, "code")) <= 2 * len(cells(path, "markdown"))


@notebook
def test_a_notebook_is_read_at_one_sitting(path):
    assert 15 <= len(cells(path)) <= 50


@notebook
def test_every_cell_that_makes_something_shows_it(path):
    silent = []
    for cell in cells(path, "code"):
        statements = ast.parse(cell.source).body
        quiet = ast.Import | ast.ImportFrom
        if "parameters" not in cell.metadata.get("tags", []) and not all(
            isinstance(s, quiet) for s in statements
        ):
            silent += [cell.id] * (not isinstance(statements[-1], ast.Expr))
    assert silent == []


COLUMNS_OF_A_FORM = re.compile(r"\d+ = [\d+\-]+")  # 9 = 1-2-3-4+5+6+7+8


def typed(text):
    """Figures typed by hand in a text; names of files, columns of a form and zero are none."""
    kept = COLUMNS_OF_A_FORM.sub("", re.sub(r"`[^`]*`", "", text))
    return [figure for _, figure in narrative.typed_figures(narrative.Text("", "", kept)) if figure != "0"]


@notebook
def test_no_figure_is_typed_into_prose(path):
    assert [figure for cell in cells(path, "markdown") for figure in typed(cell.source)] == []


@notebook
def test_no_figure_is_typed_into_a_sentence_of_the_code(path):
    nodes = (node for cell in cells(path, "code") for node in ast.walk(ast.parse(cell.source)))
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [figure for text in texts if " " in text for figure in typed(text)] == []


@notebook
def test_no_figure_is_typed_into_an_assertion(path):
    asserts = [
        node
        for cell in cells(path, "code")
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Assert)
    ]
    numbers = (node.value for test in asserts for node in ast.walk(test) if isinstance(node, ast.Constant))
    assert [number for number in numbers if isinstance(number, int | float) and number not in (0, 1)] == []


# executed -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def made_up(tmp_path_factory):
    """A data folder with one complete made-up commune, and its name."""
    root = tmp_path_factory.mktemp("made-up")
    simulate.write(root, communes=1, villages=4, year=MADE_UP_YEAR, seed=7)
    return root, next(path.parent.name for path in root.glob("*/unit.yml"))


@pytest.fixture(scope="session")
def alone(made_up, tmp_path_factory):
    """Every notebook executed by plain papermill, all at once, from a folder that is not the project's."""
    root, unit = made_up
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    options = ("-p", "unit", unit, "-p", "year", MADE_UP_YEAR, "--no-progress-bar")
    runs = {
        path.stem: program(
            "papermill", path, f"{path.stem}.ipynb", *options, cwd=elsewhere, GIAMNGHEO_DATA=str(root)
        )
        for path in NOTEBOOKS
    }
    for run in runs.values():
        finished(run)
    return {name: nbformat.read(elsewhere / f"{name}.ipynb", as_version=4) for name in runs}


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """The report of a commune of which only one line of one year's review is known."""
    root = tmp_path_factory.mktemp("bare")
    (root / "data" / "xa" / "2024").mkdir(parents=True)
    header = (PROJECT / "data" / SEED / "2022" / "review.csv").read_text(encoding="utf-8").splitlines()[0]
    row = {"households": 200, "poor_households": 30, "status": "official", "standard": "ND07_2021"}
    line = ",".join(str(row.get(column, "")) for column in header.split(","))
    (root / "data" / "xa" / "2024" / "review.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    finished(program("giamngheo", "report", "--unit", "xa", "--year", 2024, cwd=root))
    return root / "outputs" / "xa" / "2024"


def shown(executed):
    """Everything an executed notebook shows, as text."""
    found = []
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            found += [text for kind, text in output.get("data", {}).items() if kind.startswith("text/")]
    return re.sub(r"<[^>]+>", " ", "\n".join(found))


def check_executed(executed):
    """Every cell ran, once, in its order, and none complained."""
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert [output for output in outputs if output.output_type in ("error", "stream")] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_by_itself_for_a_year_that_is_not_its_default(alone, name):
    check_executed(alone[name])


@pytest.mark.parametrize("name", manifest.BOOKS)
def test_it_runs_for_its_default_year(seed_reports, name):
    check_executed(nbformat.read(seed_reports[0] / f"{name}.ipynb", as_version=4))


def test_another_years_notebook_speaks_of_that_year(alone, made_up, monkeypatch):
    monkeypatch.setenv("GIAMNGHEO_DATA", str(made_up[0]))
    review = opened(made_up[1], MADE_UP_YEAR).table("review")
    page = shown(alone["01_review"])
    assert whole(int(review["poor_households"].sum())) in page
    assert [village for village in review["village"] if village not in page] == []
    for name in NAMES:
        assert "Kông Lơng Khơng" not in shown(alone[name])


def test_a_complete_year_leaves_nothing_unknown_in_the_report(alone):
    blocks = [block for passage in passages(alone["04_report"]) for block in passage["blocks"]]
    texts = [
        "".join(run["text"] for run in runs)
        for block in blocks
        for runs in [block.get("runs", []), *block.get("items", [])]
    ]
    assert [text for text in texts if "chưa có số liệu" in text] == []


def test_a_complete_year_has_every_picture(alone):
    blocks = [block for passage in passages(alone["04_report"]) for block in passage["blocks"]]
    drawn = {block["id"] for block in blocks if block["type"] == "figure"}
    assert {"h-changes", "h-movements-poor", "h-movements-near_poor", "h-deprivations", "h-sources"} <= drawn


def test_of_a_first_year_with_the_review_alone_everything_else_is_said_not_to_be_known(bare):
    page = re.sub(r"<[^>]+>", "", (bare / "bao-cao.html").read_text(encoding="utf-8"))
    assert "Hộ nghèo: 30 hộ" in page
    assert "15,00%" in page
    assert "Chưa có số liệu năm 2023 để so sánh." in page
    for subject in ("Tổng kế hoạch vốn", "Tập huấn", "Mô hình sinh kế", "Diễn biến hộ nghèo trong năm"):
        assert f"{subject}: chưa có số liệu" in page
    assert re.findall(r"(?<![\d.,])0(?:,00)?(?:%| hộ| khẩu| đồng| người)", page) == []


def test_running_them_leaves_nothing_beside_them(alone, seed_reports):
    beside = [path.name for path in (PROJECT / "notebooks").iterdir() if path not in NOTEBOOKS]
    assert [name for name in beside if not name.startswith(".")] == []
