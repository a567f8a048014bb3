"""Importing this module makes the process warm: all that notebooks use is imported, and a kernel is ready.

A warm process is single-threaded and executes no notebook itself; `engine` forks it for every run, so a run
finds everything loaded and leaves nothing behind.
"""

import gc
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # before numpy starts threads, which a fork would lose

from giamngheo import kernel  # noqa: E402

KERNEL = kernel.prepared()

with KERNEL.shell.builtin_trap:  # pandas asks at its import whether it is in a notebook
    import matplotlib  # noqa: F401
    import seaborn  # noqa: F401

    from giamngheo import (  # noqa: F401
        budget, checks, data, document, exporters, findings, passages, poverty, present, reconcile, results, sections,
        standards, trace,
    )  # fmt: skip
    from giamngheo.present import charts

charts.load_fonts()
gc.collect()
gc.freeze()
