"""Importing this module makes the process warm: all that a report needs is imported, and a kernel is ready.

A warm process has one thread and executes no notebook itself. `engine` forks it for every run, so that a run
finds everything loaded and leaves nothing behind. Import it first, in a process that is to be nothing else.
"""

import bdb  # noqa: F401 (IPython loads this one and its logger with the first cell)
import gc
import os
import sys

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[threads] = "1"  # numpy: a fork would lose them; Typst: reports side by side fill the cores already

# Optional parts of ipykernel and jsonschema that no run uses, and whose import takes longer than all the rest.
absent = {"debugpy", "rfc3987_syntax"} - sys.modules.keys()
sys.modules |= dict.fromkeys(absent)

from giamngheo import kernel  # noqa: E402

KERNEL = kernel.prepared()

with KERNEL.shell.builtin_trap:  # pandas asks at its import whether it is in a notebook
    import nbformat
    import pandas as pd
    from IPython.core import logger  # noqa: F401

    from giamngheo import (  # noqa: F401
        budget,
        checks,
        cli,
        crosschecks,
        data,
        exporters,
        findings,
        manifest,
        passages,
        poverty,
        present,
        reconcile,
        results,
        runner,
        sections,
        standards,
        trace,
    )  # fmt: skip
    from giamngheo.present import charts
    from giamngheo.writers import templates

for name in absent:
    del sys.modules[name]
counts = {"class": ["poor"], "households": [1], "households_before": [2]}
shown = pd.DataFrame(counts)
charts.changes(shown, 2000)  # what drawing, Vietnamese notation and frames on a page load when first used
shown.to_html()
cells = [nbformat.v4.new_markdown_cell("a"), nbformat.v4.new_code_cell("1")]
exporters.review(nbformat.v4.new_notebook(cells=cells), manifest.keyed("", 0, {}, ()))
for table in data.LAW:
    standards.law_rows(table)
for kept in (manifest.library, manifest.versions, manifest.typeface):
    kept()
for name in templates.environment().list_templates():
    templates.environment().get_template(name)
gc.collect()
gc.freeze()

