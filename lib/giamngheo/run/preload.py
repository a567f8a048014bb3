"""Importing this module makes the process warm: all that a report needs is imported, and a kernel is ready.

A warm process has one thread and executes no notebook itself. `engine` forks it for every run, so that a run
finds everything loaded and leaves nothing behind. Import it first, in a process that is to be nothing else.
"""

import bdb  # noqa: F401 (IPython loads this one and its logger with the first cell)
import gc
import os

from giamngheo.surroundings import cleaned, one_thread, without_unused

gc.disable()  # until all of it is there: none of it is ever thrown away
one_thread()  # reports side by side fill the cores already

clean = cleaned(os.environ)
os.environ.clear()
os.environ.update(clean)

with without_unused():
    from giamngheo.run import kernel

    KERNEL = kernel.prepared()

with without_unused(), KERNEL.shell.builtin_trap:  # pandas asks at its import whether it is in a notebook
    import nbformat
    import pandas as pd
    from IPython.core import logger  # noqa: F401
    from tornado.platform import asyncio  # noqa: F401

    from giamngheo import checks, environment, findings, present, reconcile  # noqa: F401
    from giamngheo.checks import between_tables  # noqa: F401
    from giamngheo.figures import budget, poverty, results, trace  # noqa: F401
    from giamngheo.intake import narrative, office, unit, workbook  # noqa: F401
    from giamngheo.law import dictionary
    from giamngheo.present import charts
    from giamngheo.report import exporters, passages, sections  # noqa: F401
    from giamngheo.review import edition
    from giamngheo.run import runner  # noqa: F401
    from giamngheo.store import manifest
    from giamngheo.writers import docx, html, pdf, templates, xlsx  # noqa: F401

counts = {"class": ["poor"], "households": [1], "households_before": [2]}
shown = pd.DataFrame(counts)
charts.changes(shown, 2000)  # what drawing, Vietnamese notation and frames on a page load when first used
shown.to_html()
shown.to_string()
cells = [nbformat.v4.new_markdown_cell("a"), nbformat.v4.new_code_cell("1")]
edition.review(nbformat.v4.new_notebook(cells=cells), manifest.keyed({"unit": "", "year": 0}, "", {}, ()), None)
known = (manifest.library_state, manifest.library, manifest.versions, manifest.typeface, dictionary.columns, dictionary.tables)
for kept in known:
    kept()
for name in templates.environment().list_templates():
    templates.environment().get_template(name)
gc.collect()
gc.freeze()
gc.enable()

