"""A home in which everything that a user can set is set to spoil a report."""

import json
from pathlib import Path

TEMPLATE = "{%- extends 'basic/index.html.j2' -%}{% block body %}lời của người khác{% endblock %}"


def hostile(home: Path) -> dict[str, str]:
    """Fill `home` with settings of matplotlib, IPython, Jupyter and Python; the environment that leads there."""
    drawing = "lines.linewidth: 9\naxes.facecolor: yellow\nfigure.facecolor: yellow\npatch.facecolor: red\nxtick.color: green\n"
    startup = "import pandas\npandas.set_option('display.max_rows', 3)\nprint('xin chào')\n"
    files = {
        ".config/matplotlib/matplotlibrc": drawing,
        "own/matplotlibrc": drawing,
        ".ipython/profile_default/startup/00-first.py": startup,
        ".ipython/profile_default/ipython_config.py": "c.InteractiveShellApp.exec_lines = ['print(1)']\n",
        ".ipython/profile_default/ipython_kernel_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
        ".jupyter/jupyter_nbconvert_config.py": "c.TemplateExporter.exclude_input = True\n",
        "jupyter/kernels/python3/kernel.json": json.dumps({"argv": ["false"], "display_name": "Python 3", "language": "python"}),
        "jupyter/nbconvert/templates/giamngheo-review/index.html.j2": TEMPLATE,
        "jupyter/nbconvert/templates/basic/index.html.j2": "lời của người khác",
        "python/startup.py": startup,
        "python/seaborn.py": "raise RuntimeError('không phải seaborn')\n",
    }
    for name, text in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return {
        "HOME": str(home), "MATPLOTLIBRC": str(home / "own"), "MPLBACKEND": "TkAgg", "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"), "JUPYTER_PATH": str(home / "jupyter"),
        "JUPYTER_DATA_DIR": str(home / "jupyter"), "PYTHONSTARTUP": str(home / "python" / "startup.py"),
        "PYTHONPATH": str(home / "python"), "PYTHONWARNINGS": "always",
    }  # fmt: skip
