"""A little of what `make faults` tries at length: looked at after every call that changes a file, killed, and raced."""

import subprocess
import sys

import pytest

from conftest import PROJECT

pytestmark = pytest.mark.long

TRIED = {
    "after every call": ["stop-sign", "stop-template", "stop-lab"],
    "killed": ["kill-lab"],
    "at once": ["pair-sign+remark", "pair-lab+lab"],
}


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked and traced as Linux does it")
def test_nothing_is_torn_lost_or_left_behind():
    kinds = [kind for kinds in TRIED.values() for kind in kinds]
    command = [sys.executable, "benchmarks/faults", *kinds, "--times", "4", "--only-print"]
    said = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, timeout=600)
    rows = [row.split(" | ") for row in said.stdout.splitlines() if row.startswith("| ")]
    assert [row[0] for row in rows if row[3] != "0"] == [], said.stderr[-3000:]
    assert len(rows) == len(kinds), said.stderr[-3000:]
