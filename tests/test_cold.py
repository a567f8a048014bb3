"""What a command loads before it answers: nothing that it does not need."""

import os
import subprocess
import sys

import pytest

from conftest import PROJECT
from giamngheo import present
from giamngheo.surroundings import LIBRARY, UNUSED, without_unused

LOADED = """
import sys
from giamngheo.surroundings import without_unused
with without_unused():
    from giamngheo import checks
    from giamngheo.report import rollup
    from giamngheo.review import index, signoff
    from giamngheo.run import runner
    from giamngheo.verbs import asking, entering, reporting
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_the_command_that_makes_a_report_leaves_drawing_to_the_notebooks():
    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert loaded & {"matplotlib", "seaborn", *UNUSED} == set()
    assert {"pandas", "papermill", "nbformat"} <= loaded


HEAVY = {
    "IPython", "babel", "docx", "ipykernel", "jinja2", "jsonschema", "jupyterlab", "lxml", "matplotlib", "nbconvert", "nbformat",
    "numpy", "openpyxl", "pandas", "papermill", "pypdf", "seaborn", "typst", "xlsxwriter", "yaml",
}  # fmt: skip
ASKED = """
import io, sys
from contextlib import redirect_stdout, suppress
from giamngheo import cli
with suppress(SystemExit), redirect_stdout(io.StringIO()):
    cli.main(sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize(
    ("verb", "needed"),
    [
        ("--help", set()),
        ("check", {"babel", "numpy", "pandas", "typst", "yaml"}),
        ("status", {"babel", "jinja2", "numpy", "pandas", "typst", "yaml"}),
    ],
)
def test_a_command_waits_for_no_library_that_it_does_not_use(verb, needed, tmp_path):
    """The seed's data are CSV files and nothing was made of them: no workbook is opened and no notebook read."""
    command = [sys.executable, "-c", ASKED, verb, *(("--out", str(tmp_path)) if needed else ())]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert HEAVY & set(run.stdout.split()) == needed


def test_help_loads_nothing_that_only_a_running_command_needs():
    command = [sys.executable, "-S", "-c", ASKED, "--help"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(LIBRARY)})
    assert set(run.stdout.split()) & {"ctypes", "difflib", "logging", "tempfile", "traceback"} == set()


def test_a_command_that_reads_starts_no_thread_it_would_wait_for():
    """numpy starts one for each processor where nobody says otherwise."""
    asked = ASKED.rpartition("print")[0] + "import os; print(len(os.listdir('/proc/self/task')))"
    run = subprocess.run([sys.executable, "-c", asked, "check"], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout == "1\n"


def test_parts_that_no_run_uses_are_kept_from_what_is_imported_and_from_nothing_else(monkeypatch):
    monkeypatch.delitem(sys.modules, "rfc3987_syntax", raising=False)
    with without_unused(), pytest.raises(ImportError):
        import rfc3987_syntax  # noqa: F401
    assert "rfc3987_syntax" not in sys.modules


def test_charts_are_there_when_they_are_asked_for_and_nothing_else_is():
    assert present.charts.__name__ == "giamngheo.present.charts"
    with pytest.raises(AttributeError, match="has no attribute 'chart'"):
        present.chart  # noqa: B018
