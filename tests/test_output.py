"""What a cell says is bounded: neither endless lines nor one of half a gigabyte fill the memory of who listens."""

import re
import resource

import pytest
from nbclient import client as listener
from nbformat import v4
from papermill.engines import papermill_engines

from giamngheo import limits
from giamngheo.run import engine

PRINTED, SHOWN = (f"ô in hơn {most} ký tự; in ít hơn, hoặc bỏ vòng lặp không dừng" for most in (limits.PRINTED, limits.OUTPUT))
TALKERS = {
    "lines without end": "while True: print('a' * 1000)",
    "short lines without end": "while True: print('a')",
    "one line of 500 MB": "print('a' * 500_000_000)",
    "a table of 30 MB": "from IPython.display import HTML, display\ndisplay(HTML('a' * 30_000_000))",
    "a value of 30 MB": "class Shown:\n    def _repr_html_(self): return 'a' * 30_000_000\nShown()",
    "many tables": "from IPython.display import HTML, display\nfor _ in range(100): display(HTML('a' * 1_000_000))",
    "a process that prints": "import subprocess\nsubprocess.run(['head', '-c', '60000000', '/dev/zero'])\nimport time; time.sleep(0.5)",
}


def executed(*sources: str, name: str = engine.DEFAULT, **options):
    made = v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    made.metadata.papermill = {}
    made.cells = [v4.new_code_cell(source) for source in sources]
    return papermill_engines.execute_notebook_with_engine(name, made, kernel_name="python3", progress_bar=False, **options)


def errors(cell) -> list[tuple[str, str]]:
    return [(one.ename, one.evalue) for one in cell.outputs if one.output_type == "error"]


def length(cell) -> int:
    return sum(len(str(one)) for one in cell.outputs)


@pytest.mark.parametrize("source", TALKERS.values(), ids=TALKERS)
def test_a_cell_that_says_too_much_fails_and_what_it_said_is_cut(source):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cell = executed(source).cells[0]
    assert errors(cell) == [("TooMuchOutput", SHOWN if "HTML" in source or "_html_" in source else PRINTED)]
    assert length(cell) < 1.5 * limits.OUTPUT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kB


def test_papermills_own_engine_cuts_too():
    cell = executed("for _ in range(30): print('a' * 1_000_000)", name="kernel").cells[0]
    assert errors(cell) == [("TooMuchOutput", PRINTED)]
    assert length(cell) < 1.5 * limits.OUTPUT


def test_a_cell_that_catches_every_error_and_prints_on_ends_by_its_time():
    source = "while True:\n    try: print('a' * 1_000_000)\n    except Exception: pass"
    cell = executed(source, execution_timeout=8).cells[0]
    assert [name for name, _ in errors(cell)] == ["KeyboardInterrupt"]
    assert length(cell) < 1.5 * limits.OUTPUT


def test_every_cell_has_its_own_allowance():
    cells = executed(*["print('a' * 900_000)"] * 2).cells
    assert [errors(cell) for cell in cells] == [[], []]


def test_an_error_of_100_mb_is_told_in_short():
    cell = executed("raise ValueError('a' * 100_000_000)").cells[0]
    assert errors(cell) == [("ValueError", "a" * limits.TOLD + "…")]
    assert length(cell) < 1.5 * limits.OUTPUT


def test_what_takes_the_place_of_a_carriage_return_is_what_nbclient_leaves():
    text = "a\rb\rc\nd\r\ne\r"
    old, new = re.compile(r".*\r(?=[^\n])"), listener._RGX_CARRIAGERETURN
    for cut in range(len(text)):
        assert new.sub("", text[cut:]) == old.sub("", text[cut:])
    assert new.sub("", "a" * 1_000_000) == "a" * 1_000_000
